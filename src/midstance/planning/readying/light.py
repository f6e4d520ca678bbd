"""What a reason is, what it may ask for, and how reasons join: by the strongest, never multiplied (R65, R70)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from midstance.domain.evidence import Param
from midstance.domain.session import HARD_KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Light(IntEnum):
    """The traffic light of a day (R70)."""

    GREEN = 0
    AMBER = 1
    RED = 2

    @property
    def label(self) -> str:
        """Name as it stands in files."""
        return self.name.lower()


class RunToday(IntEnum):
    """What becomes of today's run, from as planned to none; of two the stricter holds."""

    AS_PLANNED = 0
    EASY = 1          # a quality run becomes easy
    SHORT_EASY = 2    # easy, at most half an hour
    NONE = 3


ALL_KINDS = frozenset(Kind)
NOTHING_HARD = ALL_KINDS - HARD_KINDS
MOBILITY_ONLY = frozenset({Kind.MOBILITY})
NO_KIND: frozenset[Kind] = frozenset()

STEP = Param(
    id="ambers-further", value=2, unit="ambers", between=(2, 5),
    says="From so many ambers on, the day goes one step further than each alone asks for (R70).",
)
ONLY_MOBILITY = Param(
    id="ambers-mobility", value=3, unit="ambers", between=(3, 5),
    says="From so many ambers on, only mobility is left for the day (R70).",
)
PARAMS = (STEP, ONLY_MOBILITY)

COUNTED = frozenset({"R61", "R65", "R66", "R67", "R69"})
"""Rules whose ambers R70 counts: sleep, life, wellness, heart-rate variability, pain."""
OF_THE_WEEK = frozenset({"R61", "R65"})
"""Those among them that last for weeks and scale the week; the others speak of today."""

FURTHER_WEEK = (
    "Two things speak for less at once, so the day goes one step further: no hops, and a hard run becomes an easy one. "
    "The weights stay."
)
FURTHER_DAY = (
    "Two things speak for less at once, so the day goes one step further: nothing hard today, neither run nor session."
)
FURTHEST = (
    "Several things speak for less at once, so today is for mobility only, and a run can wait. One day less costs "
    "nothing."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comeback:
    """How training starts again after time off (R30, R72).

    Attributes:
        run_share: Share of the usual running, 0.5 to 1.
        load_share: Share of the usual weights, 0.8 to 1.
        levels_less: How many levels lower strength starts again.
        walk_run: (running, walking) minutes of one turn of the walk-run plan [min], or None; no walking is
            running through.
    """

    run_share: float = 1.0
    load_share: float = 1.0
    levels_less: int = 0
    walk_run: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason with all that it asks for; what it does not touch stays at its default.

    Attributes:
        rule: Id of the evidence (R61) or the method (M20).
        text: Whole sentences for the runner.
        light: The light that it alone would give.
        factor: Share of today's and this week's strength sets that it leaves, 0.5 to 1.
        kinds: Kinds of session that it leaves for today.
        run: What it asks of today's run.
        later: Whether a quality run is better a day later.
        sets_less: Sets fewer of each block, where no quality run becomes easy instead.
        minutes: Most minutes of training today [min], or None.
        areas: Areas whose exercises go to the easier version or to a hold.
        longest_stays: Whether the long run should not be longer than ever.
        refer: Whether it asks to see a clinician.
        comeback: How to start again after time off, or None.
    """

    rule: str
    text: str
    light: Light = Light.GREEN
    factor: float = 1.0
    kinds: frozenset[Kind] = ALL_KINDS
    run: RunToday = RunToday.AS_PLANNED
    later: bool = False
    sets_less: int = 0
    minutes: int | None = None
    areas: tuple[str, ...] = ()
    longest_stays: bool = False
    refer: bool = False
    comeback: Comeback | None = None


def stop(rule: str, text: str, *, refer: bool = False) -> Reason:
    """Make a reason that stops the day: red, no run, no session."""
    return Reason(
        rule=rule, text=text, light=Light.RED, factor=0.5, kinds=NO_KIND, run=RunToday.NONE, minutes=0, refer=refer)


def ambers(reasons: Sequence[Reason]) -> frozenset[str]:
    """Give the rules whose ambers count, each once."""
    return frozenset(r.rule for r in reasons if r.light is Light.AMBER and r.rule in COUNTED)


def further(reasons: Sequence[Reason]) -> Iterator[Reason]:
    """Go one step further with two ambers, and to mobility only with three or more (R70).

    A step further follows the order of R65: sets are cut already, then hops, then quality. Where both ambers last for
    weeks, heavy sessions stay, with fewer sets; where one of them speaks of today, nothing hard is left today.
    """
    found = ambers(reasons)
    if len(found) >= ONLY_MOBILITY.value:
        yield Reason(rule="R70", text=FURTHEST, light=Light.AMBER, kinds=MOBILITY_ONLY, run=RunToday.NONE)
    elif len(found) >= STEP.value:
        weekly = found <= OF_THE_WEEK
        yield Reason(
            rule="R70", text=FURTHER_WEEK if weekly else FURTHER_DAY, light=Light.AMBER, run=RunToday.EASY,
            kinds=ALL_KINDS - {Kind.PLYOMETRIC} if weekly else NOTHING_HARD)


def by_weight(reason: Reason) -> tuple[int, int, int, float]:
    """Order reasons by how much they ask for, the most first."""
    return (-reason.light, -reason.run, len(reason.kinds), reason.factor)
