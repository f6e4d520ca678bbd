"""Strength over time: the estimated maximum where a weight makes the exercise, otherwise the best set of the day."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - a named tuple reads its annotations
from typing import TYPE_CHECKING, NamedTuple

from midstance.domain.diary import SetDone
from midstance.domain.entry import standing
from midstance.metrics.e1rm import MOST_REPS, e1rm
from midstance.planning.progressing.ladder import needs_weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.entry import Entry
    from midstance.domain.exercise import Exercise

KILOGRAMS = "kg"


class Point(NamedTuple):
    """One date of a trend.

    Attributes:
        date: The date.
        value: Estimated one-rep maximum [kg], or repetitions, seconds or steps of the best set.
        unit: ``kg``, ``reps``, ``seconds`` or ``steps``.
        weight_kg: Weight of that set [kg], None for body weight.
    """

    date: dt.date
    value: float
    unit: str
    weight_kg: float | None


def strength_trend(entries: Sequence[Entry], exercise: Exercise) -> tuple[Point, ...]:
    """Tell how strength in one exercise went, one point a date, of the weaker side where both were noted.

    An estimated maximum counts only repetitions with a weight that makes the exercise, up to ten with the reserve
    (R24); body weight, single legs that may carry one, holds and carries show their best set: the heaviest weight
    with most counts. Where a weighted exercise has no set of ten or fewer, its best sets are shown.

    Args:
        entries: Of the diary, in the order of writing; warm-up sets are left out.
        exercise: The exercise.
    Returns: Points by date, ascending, all in one unit; empty without a set.
    """
    done = [(e.date, e.what) for e in standing(entries).in_force
            if isinstance(e.what, SetDone) and e.what.exercise == exercise.id and not e.what.warm_up
            and e.what.unit == exercise.dose.unit and e.what.amount >= 1]
    by_date: dict[dt.date, dict[str, list[SetDone]]] = {}
    for date, what in sorted(done, key=lambda pair: pair[0]):
        by_date.setdefault(date, {}).setdefault(what.side, []).append(what)
    points: list[Point] = []
    if needs_weight(exercise) and exercise.dose.unit == "reps":
        for date, sides in by_date.items():
            found = [guess for sets in sides.values() if (guess := _estimated(sets)) is not None]
            points += [Point(date, round(value, 1), KILOGRAMS, weight) for value, weight in sorted(found)[:1]]
    return tuple(points) or tuple(_best(date, sides, exercise.dose.unit) for date, sides in by_date.items())


def _estimated(sets: Sequence[SetDone]) -> tuple[float, float] | None:
    """Highest estimate of some sets with its weight [kg], or None where no set can be trusted."""
    found = [(e1rm(s.weight_kg, int(s.amount), rir=int(s.rir or 0)), s.weight_kg) for s in sets
             if s.weight_kg and int(s.amount) + int(s.rir or 0) <= MOST_REPS]
    return max(found, default=None)


def _best(date: dt.date, sides: dict[str, list[SetDone]], unit: str) -> Point:
    best = [max((s.weight_kg or 0.0, s.amount) for s in sets) for sets in sides.values()]
    weight, amount = min(best)
    return Point(date, amount, unit, weight or None)
