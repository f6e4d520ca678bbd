"""The metric object: a function with a head, that can still be called, read and found."""

from __future__ import annotations

import dataclasses
import inspect

import pytest

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require, require_above, require_each
from midstance.metrics._metric import Aggregate, Metric, metric


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
