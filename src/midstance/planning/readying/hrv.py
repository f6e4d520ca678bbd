"""Heart-rate variability, for runners who measure it: the week's mean against the own normal range (R67)."""

from __future__ import annotations

from itertools import dropwhile
from typing import TYPE_CHECKING

from midstance.domain.evidence import Param
from midstance.metrics import hrv_range as metric
from midstance.metrics.hrv_range import HrvVerdict, hrv_baseline, hrv_range, hrv_verdict, hrv_week, ln_rmssd
from midstance.planning.readying.facts import DAY
from midstance.planning.readying.light import Light, Reason, RunToday

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.planning.readying.facts import Facts

ROLL = Param(
    id="hrv-roll", value=metric.ROLL_DAYS, unit="days", between=(3, 14),
    says="Mornings whose mean is judged (R67).",
)
LEAST = Param(
    id="hrv-least-a-week", value=metric.LEAST_A_WEEK, unit="mornings a week", between=(2, 7),
    says="Valid mornings a week that suffice (R67).",
)
WIDTH = Param(
    id="hrv-width", value=metric.WIDTH_SD, unit="SD", between=(0.25, 2),
    says="Half width of the normal range around the baseline (R67).",
)
BASELINE = Param(
    id="hrv-baseline", value=metric.BASELINE_DAYS[1], unit="days", between=(14, 56),
    says="Days before the judged week that make the baseline (R67).",
)
BASELINE_LEAST = Param(
    id="hrv-baseline-least", value=metric.BASELINE_DAYS[0], unit="days", between=(7, 28),
    says="Days that the baseline must span at least (R67).",
)
PARAMS = (ROLL, LEAST, WIDTH, BASELINE, BASELINE_LEAST)

LOW = (
    "The week's heart-rate variability lies below your normal range. A hard run today becomes an easy one; this number "
    "is noisy, so nothing else changes."
)
HIGH = (
    "The week's heart-rate variability lies above your normal range, which can be a sign of tiredness too. A hard run "
    "today becomes an easy one; this number is noisy, so nothing else changes."
)


def hrv_reasons(facts: Facts) -> Iterator[Reason]:
    """Judge the rolling mean; without enough mornings, or without a spread, it says nothing.

    The baseline ends before the judged week begins, so that the week is not compared with itself.
    """
    roll = round(ROLL.value)
    week = hrv_week(_logs(facts.answers("hrv_ms", roll, until=facts.today)))
    before = _logs(facts.answers("hrv_ms", round(BASELINE.value), until=facts.today - roll * DAY))
    baseline = hrv_baseline(list(dropwhile(lambda value: value is None, before)))
    if week is None or baseline is None or not baseline[1]:
        return
    verdict = hrv_verdict(week, hrv_range(*baseline))
    if verdict is not HrvVerdict.INSIDE:
        text = LOW if verdict is HrvVerdict.BELOW else HIGH
        yield Reason(rule="R67", text=text, light=Light.AMBER, run=RunToday.EASY)


def _logs(values: list[float | None]) -> list[float | None]:
    """Take logarithms; a heart has at least 1 ms, anything less is no measurement."""
    return [ln_rmssd(value) if value is not None and value >= 1 else None for value in values]
