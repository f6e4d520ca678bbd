"""What progression gives back: where each exercise stands, what to leave out, and how to come back after a break."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Rung(StrEnum):
    """Whether an exercise stays, or gives way to the harder or the easier version."""

    STAY = "stay"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What the next session asks for.

    Attributes:
        weight_kg: External weight [kg], None for body weight.
        low: Least of the target range [unit of the exercise]; ``high`` the most.
        tempo: Slower tempo than the exercise's own, or empty.
    """

    weight_kg: float | None
    low: int
    high: int
    tempo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one exercise stands after everything that was logged.

    Attributes:
        exercise: Its id.
        heavy: Whether this is its heavy range (7.4); otherwise its founding range. An exercise may stand in both.
        weight_kg: Next weight [kg], None for body weight; with ``per_hand`` in each hand.
        low: Least of the next target range [unit]; ``high`` the most.
        tempo: Slower tempo than the exercise's own, or empty.
        kept: What was lifted before a rise that is not yet tried: for weeks that keep the load.
        rung: Whether it stays, or gives way to ``instead``.
        instead: Id of the version that takes its place, or empty.
        decided_side: Weaker side, which decides, or empty.
        sets_cut: Share of the sets left out while coming back from a break, 0 to 1.
        changed: Whether the latest session, or a break, changed something.
        since: Date from which this holds.
        why: One sentence.
    """

    exercise: str
    heavy: bool = False
    weight_kg: float | None
    per_hand: bool = False
    low: int
    high: int
    tempo: str = ""
    kept: Aim
    rung: Rung = Rung.STAY
    instead: str = ""
    decided_side: str = ""
    sets_cut: float = 0.0
    changed: bool = False
    since: dt.date
    why: str = ""

    @property
    def aim(self) -> Aim:
        """What the next session asks for."""
        return Aim(weight_kg=self.weight_kg, low=self.low, high=self.high, tempo=self.tempo)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comeback:
    """The first weeks after a break in strength work (R30).

    Attributes:
        weeks: Whole weeks that the break lasted.
        sets_until: Last date with fewer sets; ``set_factor`` is their share.
        lower_until: Last date on which one strength level lower counts, or None.
    """

    weeks: int
    sets_until: dt.date
    set_factor: float
    lower_until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Everything the log says about the next sessions.

    Attributes:
        standings: By exercise id, the founding range before the heavy one.
        owned: Exercises whose body-weight version is owned (M8).
        barred: Exercises to leave out now: pain, or a weight that is not earned yet.
        preferred: Versions that take the place of what is barred.
        known: Exercises that were done before.
        comeback: The way back after a break, or None.
        unknown: Names that the catalogue does not hold, with the number of their sets.
        notes: What the runner should know beside the standings, in sentences.
    """

    standings: tuple[Standing, ...] = ()
    owned: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    preferred: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    comeback: Comeback | None = None
    unknown: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, exercise: str, *, heavy: bool = False) -> Standing | None:
        """Give the standing of an exercise in its founding or in its heavy range, or None where nothing is logged."""
        return next((s for s in self.standings if (s.exercise, s.heavy) == (exercise, heavy)), None)
