"""Drills: warm-ups, primers and mobility, whose repetitions are tuned until the time is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.domain.exercise import Exercise
from midstance.domain.session import CHANGEOVER_SECONDS, SWITCH_SECONDS, Block, Item, item_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from midstance.domain.runner import Level


FROM_EVEN = 8


@dataclass(frozen=True, slots=True, eq=False)
class Drill:
    """A drill with its usual bounds and the most allowed; a round takes ``per`` seconds a count plus ``fixed``."""

    exercise: Exercise
    low: int
    high: int
    top: int
    per: float
    fixed: float

    def seconds(self, count: float) -> float:
        """Time of one round with so many counts [s]."""
        return self.per * count + self.fixed


def drill_of(exercise: Exercise, level: Level) -> Drill:
    """Take the dose of a level as the bounds of a drill, a little wider downwards."""
    low, high = exercise.dose.by_level.get(level, (exercise.dose.low, exercise.dose.high))
    return drill_between(exercise, max(exercise.dose.low, low - (high - low)), high, exercise.dose.high)


def drill_between(exercise: Exercise, low: int, high: int, top: int) -> Drill:
    """Take given bounds for a drill."""
    one, two = (item_seconds(_item("", exercise, n)) for n in (1, 2))
    per = two - one
    return Drill(exercise, low, high, top, per, one - per + (SWITCH_SECONDS if exercise.per_side else 0.0))


def _item(label: str, exercise: Exercise, count: int) -> Item:
    return Item(label=label, exercise=exercise.id, unit=exercise.dose.unit, low=count, high=count,
                per_side=exercise.per_side, tempo=exercise.dose.tempo)


def counts(drills: Sequence[Drill], seconds: float) -> list[int]:
    """Choose the count of each drill so that one round of all comes nearest to a time, changeovers included [s].

    Each stays inside its bounds; the same share of its span is taken of every drill, and the rounding is evened out.
    """
    gaps = CHANGEOVER_SECONDS * (len(drills) - 1)
    least = sum(d.seconds(d.low) for d in drills) + gaps
    most = sum(d.seconds(d.high) for d in drills) + gaps
    highs = [d.high for d in drills]
    if seconds > most:
        highs = [d.top for d in drills]
        most = sum(d.seconds(d.top) for d in drills) + gaps
    share = min(1.0, max(0.0, (seconds - least) / (most - least))) if most > least else 0.0
    chosen = []
    owed = 0.0
    for d, high in zip(drills, highs, strict=True):
        exact = d.low + share * (high - d.low)
        count = round_number(exact + owed / d.per, d, high)
        owed += (exact - count) * d.per
        chosen.append(count)
    return chosen


def round_number(wanted: float, drill: Drill, high: int) -> int:
    """Give a count that a coach would say: even from 8 repetitions on, fives for seconds; inside the drill's bounds."""
    step = 5 if drill.exercise.dose.unit == "seconds" else 2 if high >= FROM_EVEN else 1
    count = step * round(wanted / step)
    if drill.low <= count <= high:
        return count
    return min(high, max(drill.low, round(wanted)))


def block(label: str, letter: str, drills: Sequence[Drill], chosen: Sequence[int], *, rounds: int = 1,
          rest_s: int = 0) -> Block:
    """Build a block of drills with the counts chosen for them."""
    items = tuple(_item(f"{letter}{k + 1}", d.exercise, n)
                  for k, (d, n) in enumerate(zip(drills, chosen, strict=True)))
    return Block(label=label, rounds=rounds, rest_s=rest_s, items=items)


def enough(ordered: Iterable[Drill], seconds: float, *, most: int, least: int = 1) -> list[Drill]:
    """Take drills from the front until their usual doses fill a time [s]."""
    taken: list[Drill] = []
    total = -CHANGEOVER_SECONDS
    for drill in ordered:
        more = drill.seconds((drill.low + 3 * drill.high) / 4) + CHANGEOVER_SECONDS
        if len(taken) >= most or (len(taken) >= least and abs(total + more - seconds) > abs(total - seconds)):
            break
        taken.append(drill)
        total += more
    return taken
