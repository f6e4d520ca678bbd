"""Wellness by short questions, judged against the runner's own usual answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import fsum
from statistics import fmean, stdev
from typing import TYPE_CHECKING

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require, require_each
from midstance.metrics._metric import Aggregate, metric

if TYPE_CHECKING:
    from collections.abc import Sequence

WINDOW_DAYS, LEAST_ENTRIES = 28, 14    # evidence R66
CAUTION_BELOW, REDUCE_AT = -1.0, -1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """A set of questions: how many, the scale of each, and whether a larger answer is worse."""

    items: int
    low: int
    high: int
    larger_is_worse: bool


HOOPER = Questions(items=4, low=1, high=7, larger_is_worse=True)     # sleep, fatigue, stress, soreness
MCLEAN = Questions(items=5, low=1, high=5, larger_is_worse=False)    # fatigue, sleep, soreness, stress, mood


class WellnessVerdict(StrEnum):
    """What wellness asks of the day."""

    USUAL = "usual"
    CAUTION = "caution"
    REDUCE = "reduce"


@metric(
    title="Sum of wellness answers",
    unit="points",
    aggregate=Aggregate.MEAN,
    validity=Validity.UNCLEAR,
    cites=("R66",),
)
def wellness_sum(answers: Sequence[float], *, questions: Questions = HOOPER) -> float:
    """Add up one morning's answers.

    Args:
        answers: One answer for each question, inside its scale.
        questions: ``HOOPER`` (4 to 28, more is worse) or ``MCLEAN`` (5 to 25, more is better).
    Returns: Sum [points].
    Raises: ValueError: Another number of answers, or one outside the scale.
    Source: R66, after Hooper and after McLean 2010 (validity: unclear).

    >>> wellness_sum([3, 2, 4, 3])
    12.0
    """
    if len(answers) != questions.items:
        msg = f"{len(answers)} answers given; there must be {questions.items}"
        raise ValueError(msg)
    require_each("answer", answers, questions.low, questions.high)
    return fsum(answers)


@metric(
    title="Usual wellness",
    unit="points",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    cites=("R66",),
)
def usual_wellness(sums: Sequence[float | None]) -> tuple[float, float] | None:
    """Give mean and spread of the last 28 days before today.

    Args:
        sums: Sum of each day [points], oldest first, None where not answered, today not among them; may be empty.
    Returns: Mean and (sample) standard deviation [points]; None with fewer than 14 answers.
    Raises: ValueError: A sum that is no finite number, or below 0.
    Source: R66; the kind of standard deviation is a midstance default (validity: unclear).

    >>> usual_wellness([10, 14] * 7)[0]
    12.0
    """
    known = [value for value in sums[-WINDOW_DAYS:] if value is not None]
    require_each("sum of answers", known)
    return (fmean(known), stdev(known)) if len(known) >= LEAST_ENTRIES else None


@metric(
    title="Wellness against the usual",
    unit="SD",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    cites=("R66",),
)
def wellness_z(today: float, mean: float, sd: float, *, larger_is_worse: bool) -> float | None:
    """Measure today's answers in the runner's own standard deviations; below 0 is always worse than usual.

    Args:
        today: Today's sum [points], at least 0.
        mean: Usual sum [points], at least 0 (``usual_wellness``).
        sd: Its standard deviation [points], at least 0.
        larger_is_worse: Whether a larger sum is worse, as Hooper's is.
    Returns: Standard deviations [SD]; None when the answers never differ.
    Raises: ValueError: A number below 0.
    Source: R66, the sign is a midstance default (validity: unclear).

    >>> round(wellness_z(16, 12, 3, larger_is_worse=True), 4)
    -1.3333
    """
    require("today's sum", today, 0)
    require("usual sum", mean, 0)
    require("usual spread", sd, 0)
    if not sd:
        return None
    return (mean - today if larger_is_worse else today - mean) / sd


@metric(
    title="What wellness asks of today",
    unit="verdict",
    aggregate=Aggregate.LAST,
    validity=Validity.UNKNOWN,
    cites=("R66",),
)
def wellness_verdict(today: float | None, yesterday: float | None = None) -> WellnessVerdict:
    """Judge wellness: caution below -1, reduce at -1.5 or on the second day in a row below -1.

    Args:
        today: Today's wellness [SD] (``wellness_z``), or None when unknown.
        yesterday: Yesterday's [SD], or None when unknown.
    Returns: What it asks for; usual when unknown.
    Raises: ValueError: A value that is no finite number.
    Source: R66, midstance defaults (validity: unknown).

    >>> wellness_verdict(-1.2).value, wellness_verdict(-1.2, -1.1).value
    ('caution', 'reduce')
    """
    require_each("wellness [SD]", [z for z in (today, yesterday) if z is not None], low=float("-inf"))
    if today is None or today >= CAUTION_BELOW:
        return WellnessVerdict.USUAL
    again = yesterday is not None and yesterday < CAUTION_BELOW
    return WellnessVerdict.REDUCE if again or today <= REDUCE_AT else WellnessVerdict.CAUTION
