"""The metric object: a function with a head, that can still be called, read and found."""

from __future__ import annotations

import dataclasses
import inspect

import pytest

from midstance.domain.evidence import Validity
from midstance.metrics import (
    longest_run_ratio,
    monotony,
    session_rpe,
    weekly_step,
)
from midstance.metrics._bounds import require, require_above, require_each
from midstance.metrics._metric import Aggregate, Metric, metric
from midstance.metrics.banister_trimp import banister_trimp
from midstance.metrics.calf_raise_norm import calf_raise_norm
from midstance.metrics.double_progression import LiftDone
from midstance.metrics.economy_to_speed import economy_to_speed, time_after_gain
from midstance.metrics.group_effect import group_effect
from midstance.metrics.life_factor import life_factor
from midstance.metrics.limb_symmetry import side_verdict
from midstance.metrics.pain_verdict import next_morning, pain_verdict
from midstance.metrics.predictive_value import predictive_value
from midstance.metrics.readiness_factor import readiness_factor
from midstance.metrics.rpe_chart import rpe_chart
from midstance.metrics.running_stress import running_stress
from midstance.metrics.sleep_factor import night_verdict, sleep_factor
from midstance.metrics.slope_cost import slope_cost
from midstance.metrics.taper_volume import linear_taper
from midstance.metrics.wellness_z import MCLEAN, wellness_sum


@metric(title="Half", unit="m", aggregate=Aggregate.LAST, validity=Validity.HIGH, cites=("R1",))
def half_of_it(length_m: float, *, parts: int = 2) -> float:
    """Cut a length in two."""
    return length_m / parts


def test_a_metric_is_called_like_its_function():
    """Calling the object must give what the function gives, with names and defaults."""
    assert half_of_it(3) == 1.5
    assert half_of_it(length_m=3, parts=3) == 1
    assert str(inspect.signature(half_of_it)) == "(length_m: 'float', *, parts: 'int' = 2) -> 'float'"


def test_a_metric_has_the_name_and_page_of_its_function():
    """Id, name and docstring must come from the function, so that help and doctest find them."""
    assert isinstance(half_of_it, Metric)
    assert half_of_it.id == "half-of-it"
    assert half_of_it.__doc__ == "Cut a length in two."
    assert half_of_it.__module__ == __name__
    assert inspect.unwrap(half_of_it) is half_of_it.function


def test_a_metric_does_not_change():
    """Its head must be frozen, and it must serve as a key."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        half_of_it.unit = "km"
    assert {half_of_it: 1}[half_of_it] == 1


def test_a_metric_without_a_source_is_a_midstance_default():
    """The badge must be the source's key, or say that there is none."""
    assert half_of_it.badge == "midstance default"
    assert dataclasses.replace(half_of_it, source="foster-1998").badge == "foster-1998"


@pytest.mark.parametrize(("low", "high", "words"), [
    (0, 10, "pain: 11 given; it must be between 0 and 10"),
    (12, float("inf"), "pain: 11 given; it must be at least 12"),
    (float("-inf"), 10, "pain: 11 given; it must be at most 10"),
])
def test_a_refusal_names_value_and_bounds(low, high, words):
    """What is refused must be told with its name, its value and what is allowed."""
    with pytest.raises(ValueError, match=words):
        require("pain", 11, low, high)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_finite_number_is_refused(value):
    """Neither undefined nor infinite numbers may pass, whatever the bounds."""
    with pytest.raises(ValueError, match="no number"):
        require("minutes", value)


def test_bounds_themselves_are_allowed_unless_it_must_be_above():
    """Bounds are included; `require_above` leaves its bound out; a series is judged value by value."""
    require("x", 0, 0, 0)
    require_each("x", (0, 10), 0, 10)
    with pytest.raises(ValueError, match="above 0"):
        require_above("x", 0)
    with pytest.raises(ValueError, match="x: 11"):
        require_each("x", (0, 11), 0, 10)


@pytest.mark.parametrize(("call", "ends", "beyond"), [
    (lambda x: session_rpe.session_rpe(x, 60), (0, 10), (-0.1, 10.1)),
    (lambda x: banister_trimp(30, x), (0, 1), (-0.01, 1.01)),
    (lambda x: running_stress(60, x), (0, 3), (-0.1, 3.1)),
    (slope_cost, (-0.45, 0.45), (-0.46, 0.46)),
    (lambda x: calf_raise_norm("male", x), (18, 110), (17, 111)),
    (lambda x: LiftDone(reps=(8,), pain=x), (0, 10), (-1, 11)),
    (lambda x: economy_to_speed(x, 3), (-50, 50), (-51, 51)),
    (lambda x: time_after_gain(60, x), (-50, 50), (-51, 51)),
    (lambda x: group_effect(20, x), (0, 100), (-1, 101)),
    (lambda x: group_effect(x, 20), (0.1, 100), (0, 101)),
    (life_factor, (0, 10), (-1, 11)),
    (lambda x: side_verdict(1, 2, noise_percent=x), (0, 100), (-1, 101)),
    (pain_verdict, (0, 10), (-1, 11)),
    (lambda x: next_morning(x, 0), (0, 10), (-1, 11)),
    (lambda x: predictive_value(x, 0.5, 0.5), (0, 1), (-0.1, 1.1)),
    (lambda x: predictive_value(0.5, x, 0.5), (0, 1), (-0.1, 1.1)),
    (lambda x: predictive_value(0.5, 0.5, x), (0, 1), (-0.1, 1.1)),
    (lambda x: readiness_factor([x]), (0, 1), (-0.1, 1.1)),
    (lambda x: rpe_chart(5, x), (5, 10), (4.5, 10.5)),
    (lambda x: rpe_chart(x, 10), (1, 12), (0, 13)),
    (sleep_factor, (0, 24), (-0.1, 24.1)),
    (night_verdict, (0, 24), (-0.1, 24.1)),
    (lambda x: linear_taper(3, last=x), (0, 1), (-0.1, 1.1)),
    (lambda x: wellness_sum([x] * 5, questions=MCLEAN), (1, 5), (0, 6)),
])
def test_what_no_scale_holds_is_refused(call, ends, beyond):
    """Both ends of a scale are allowed, and nothing past them."""
    for value in ends:
        call(value)
    for value in beyond:
        with pytest.raises(ValueError, match="given"):
            call(value)


def test_numbers_that_others_show_are_those_of_the_evidence():
    """Words of the exertion scale, flags and windows stand as in R1, R2, R10 and R11."""
    assert session_rpe.CR10_WORDS == {0: "rest", 1: "very easy", 2: "easy", 3: "moderate", 4: "somewhat hard",
                                      5: "hard", 7: "very hard", 10: "maximal"}
    assert session_rpe.ASK_AFTER_MINUTES == 30
    assert monotony.MONOTONOUS_ABOVE == 2.0
    assert (longest_run_ratio.WINDOW_DAYS, longest_run_ratio.MOST_PLANNED_PERCENT) == (30, 130)
    assert (weekly_step.NOTABLE_PERCENT, weekly_step.LARGE_PERCENT, weekly_step.REMEMBERED_DAYS) == (20, 30, 21)
