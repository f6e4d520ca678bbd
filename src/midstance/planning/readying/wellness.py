"""Wellness and soreness: today's answers against the runner's own usual ones (R66), sore legs (R45).

The sum: sleep quality and mood count as answered, fatigue, soreness and life load are turned round (10 minus the
answer), so five questions give 0 (bad) to 50 (good) and a z below 0 is worse than usual. That is McLean's direction;
Hooper's is the other one. Where a morning leaves questions out, only days that answered the same ones are compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Param
from midstance.domain.session import HARD_KINDS
from midstance.metrics import wellness_z as metric
from midstance.metrics.wellness_z import (
    Questions,
    WellnessVerdict,
    usual_wellness,
    wellness_sum,
    wellness_verdict,
    wellness_z,
)
from midstance.planning.readying.facts import DAY
from midstance.planning.readying.light import ALL_KINDS, Light, Reason, RunToday

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from midstance.domain.diary import CheckIn
    from midstance.planning.readying.facts import Facts

CAUTION = Param(
    id="wellness-caution", value=metric.CAUTION_BELOW, unit="SD", between=(-3, 0),
    says="Wellness against the usual below which a quality run becomes easy (R66).",
)
REDUCE = Param(
    id="wellness-reduce", value=metric.REDUCE_AT, unit="SD", between=(-4, 0),
    says="Wellness at or below which, or on the second day below the caution, sets are cut too (R66).",
)
REDUCE_FACTOR = Param(
    id="wellness-factor", value=0.9, unit="share", between=(0.5, 1),
    says="Share of the sets that is left then: the first step of the life table.",
)
BASELINE = Param(
    id="wellness-baseline", value=metric.WINDOW_DAYS, unit="days", between=(14, 56),
    says="Days before today that make the usual (R66).",
)
LEAST = Param(
    id="wellness-least-entries", value=metric.LEAST_ENTRIES, unit="answers", between=(7, 28),
    says="Answers among them that are needed (R66).",
)
LEAST_QUESTIONS = Param(
    id="wellness-least-questions", value=3, unit="questions", between=(1, 5),
    says="Questions that a morning must answer to be compared.",
)
SORE_QUALITY = Param(
    id="sore-quality", value=4, unit="of 10", between=(2, 10),
    says="Soreness from which quality waits a day while easy running goes on (R45).",
)
SORE_LEGS = Param(
    id="sore-heavy-legs", value=3, unit="of 10", between=(1, 10),
    says="Soreness above which there is no heavy leg work and no hopping that day (R45).",
)
VERY_TIRED = Param(
    id="fatigue-extreme", value=9, unit="of 10", between=(7, 10),
    says="Fatigue from which a morning gets a kind word and a set less while the usual is not known yet.",
)
VERY_LOW = Param(
    id="mood-extreme", value=1, unit="of 10", between=(0, 3),
    says="Mood up to which the same is said.",
)
PARAMS = (CAUTION, REDUCE, REDUCE_FACTOR, BASELINE, LEAST, LEAST_QUESTIONS, SORE_QUALITY, SORE_LEGS,
          VERY_TIRED, VERY_LOW)

GOOD = ("sleep_quality", "mood")
BAD = ("fatigue", "soreness", "life")
MOST = 10

BELOW = (
    "Your answers this morning are lower than is usual for you. A hard run today becomes an easy one. Such answers are "
    "a rough guide, so only the day changes."
)
WELL_BELOW = (
    "Your answers are clearly lower than is usual for you, today or for two days. A hard run today becomes an easy "
    "one, and the sessions keep {share:.0%} of their sets until it is better."
)
EXTREME = (
    "You told of {what} this morning; thank you for saying so. The session has one set of each block less, and it is "
    "fine to run easy or to leave it for today."
)
SORE = (
    "Your legs are sore, {sore:g} of 10. Soreness is highest one to three days after new work and goes by itself. A "
    "hard run is better a day later, easy running is fine, and heavy leg work and hops wait."
)
A_BIT_SORE = "Your legs are a little sore, {sore:g} of 10, so heavy leg work and hops wait until it is 3 or less."


def wellness_reasons(facts: Facts) -> Iterator[Reason]:
    """Judge today's answers against those of the four weeks before; too few answers say nothing."""
    verdict = wellness_verdict(z_of(facts, facts.today), z_of(facts, facts.today - DAY))
    if verdict is WellnessVerdict.CAUTION:
        yield Reason(rule="R66", text=BELOW, light=Light.AMBER, run=RunToday.EASY)
    elif verdict is WellnessVerdict.REDUCE:
        share = REDUCE_FACTOR.value
        yield Reason(rule="R66", text=WELL_BELOW.format(share=share), light=Light.AMBER, run=RunToday.EASY,
                     factor=share)
    elif z_of(facts, facts.today) is None and (what := _extreme(facts.morning)):
        yield Reason(rule="R66", text=EXTREME.format(what=what), sets_less=1)


def soreness_reasons(facts: Facts) -> Iterator[Reason]:
    """Judge soreness, which is taken to be that of the legs."""
    sore = facts.morning.soreness
    if sore is None:
        return
    kinds = ALL_KINDS - HARD_KINDS
    if sore >= SORE_QUALITY.value:
        yield Reason(rule="R45", text=SORE.format(sore=sore), light=Light.AMBER, kinds=kinds, run=RunToday.EASY,
                     later=True)
    elif sore > SORE_LEGS.value:
        yield Reason(rule="R45", text=A_BIT_SORE.format(sore=sore), kinds=kinds)


def z_of(facts: Facts, date: dt.date) -> float | None:
    """Give a morning's wellness in standard deviations of the four weeks before it; below 0 is worse.

    Returns: None where the morning or the weeks before answer too little, or the answers never differ.
    """
    morning = facts.mornings.get(date)
    asked = () if morning is None else tuple(n for n in (*GOOD, *BAD) if getattr(morning, n) is not None)
    if morning is None or len(asked) < LEAST_QUESTIONS.value:
        return None
    before = (facts.mornings.get(date - n * DAY) for n in range(1, round(BASELINE.value) + 1))
    usual = usual_wellness([_sum(day, asked) for day in before])
    today = _sum(morning, asked)
    return None if usual is None or today is None else wellness_z(today, *usual, larger_is_worse=False)


def _extreme(morning: CheckIn) -> str:
    """Name an extreme answer, which needs no usual to be heard; empty where there is none (midstance default)."""
    tired = morning.fatigue is not None and morning.fatigue >= VERY_TIRED.value
    low = morning.mood is not None and morning.mood <= VERY_LOW.value
    return " and ".join([*(["great tiredness"] if tired else []), *(["a low mood"] if low else [])])


def _sum(morning: CheckIn | None, asked: tuple[str, ...]) -> float | None:
    points: list[float] = []
    for name in asked:
        answer: float | None = getattr(morning, name, None)
        if answer is None:
            return None
        points.append(MOST - answer if name in BAD else answer)
    return wellness_sum(points, questions=Questions(items=len(asked), low=0, high=MOST, larger_is_worse=False))
