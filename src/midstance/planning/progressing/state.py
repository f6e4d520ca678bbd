"""Where an exercise stands between two bouts, and what the last two of them say (R26, R22)."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from midstance.metrics.double_progression import IN_A_ROW, LiftDone, NextStep, double_progression
from midstance.planning.progressing.ladder import slower
from midstance.planning.progressing.values import Aim, Rung

if TYPE_CHECKING:
    from midstance.planning.progressing.ladder import Ladder

EASIER_BY = 2               # so much more in reserve than aimed at, twice, is too easy
SPENT_BELOW = 1             # so little in reserve, twice, is too hard


class Verdict(Enum):
    """What the last two sessions say."""

    REACHED = "reached"
    BEYOND = "beyond"
    EASY = "easy"
    MISSED = "missed"
    SPENT = "spent"
    HOLD = "hold"


RISES = frozenset({Verdict.REACHED, Verdict.BEYOND, Verdict.EASY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A time without strength work: the date on which it ended, and how long it lasted."""

    ends: dt.date
    lasted: dt.timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """A judged bout: what was done, below which count it is missed, and the sentence why it raises nothing, if so."""

    done: LiftDone
    low: int
    hindered: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where an exercise stands in one of its ranges.

    Attributes:
        weight: Weight of the next session [kg], None for body weight.
        more: Counts by which the top of the range is raised; ``slow`` a slower tempo: the smaller steps.
        recent: The last bouts at exactly this aim, two at most.
        light: Bouts in a row with less weight that reached no top.
        tested: Whether anything was done at such a weight; before that it is a guess.
        hurt: Whether a pain has lowered it; then nothing guesses it up again.
        lowest: Lowest weight at which it ever stood since it was tested [kg].
        raised: Date of the last rise in weight, or None.
        owned: Whether the body-weight version is owned.
        rung: Whether it gives way to a neighbour.
        since: Date of the last change.
        side: Side that decided last, or empty.
        kept: Aim before a rise that is not yet tried, or None.
        changed: Whether the latest bout or break changed something; ``why`` says it, or why nothing did.
    """

    weight: float | None
    more: int = 0
    slow: bool = False
    recent: tuple[Lift, ...] = ()
    light: tuple[Lift, ...] = ()
    tested: bool = False
    hurt: bool = False
    lowest: float = math.inf
    raised: dt.date | None = None
    owned: bool = False
    rung: Rung = Rung.STAY
    since: dt.date = dt.date.min
    side: str = ""
    kept: Aim | None = None
    changed: bool = False
    why: str = ""

    def aim(self, ladder: Ladder) -> Aim:
        """What the next session asks for; a raised top is asked for from the old top on."""
        low, high = ladder.span(self.weight)
        tempo = slower(ladder.exercise.dose.tempo) if self.slow else ""
        return Aim(weight_kg=self.weight, low=high if self.more else low, high=high + self.more, tempo=tempo)


def verdict(recent: tuple[Lift, ...], low: int, high: int, rir: int | None) -> Verdict:
    """Read the last two bouts.

    Args:
        recent: Bouts at the same aim, oldest first.
        low: Least of the range [unit].
        high: Most of it, a raised top included [unit].
        rir: Reserve aimed at, or None where none is noted.
    """
    if len(recent) < IN_A_ROW:
        return Verdict.HOLD
    lifts = [lift.done for lift in recent]
    step = double_progression(lifts, min(low, *(lift.low for lift in recent)), high, target_rir=rir or 0)
    if step is NextStep.STEP_BACK or all(missed(lift) for lift in recent):
        return Verdict.MISSED
    if all(spent(lift, high) for lift in recent):
        return Verdict.SPENT
    if any(lift.hindered for lift in recent):
        return Verdict.HOLD
    if step is NextStep.RAISE_LOAD:
        return Verdict.REACHED if all(min(lift.reps) >= high for lift in lifts) else Verdict.BEYOND
    easy = rir is not None and all(lift.rir is not None and lift.rir >= rir + EASIER_BY for lift in lifts)
    return Verdict.EASY if easy and all(min(lift.reps) >= low for lift in lifts) else Verdict.HOLD


def missed(lift: Lift) -> bool:
    """Whether a set of a bout stayed below the range."""
    return min(lift.done.reps) < lift.low


def spent(lift: Lift, high: int) -> bool:
    """Whether a bout left nothing in reserve short of the top, or missed."""
    reps, rir = min(lift.done.reps), lift.done.rir
    return missed(lift) or (rir is not None and rir < SPENT_BELOW and reps < high)
