"""Laws of load metrics over random records, and arrays against the scalar functions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from midstance.metrics.decayed_load import Alpha, decayed_load, load_balance
from midstance.metrics.ewma_load import ewma_load, ewma_ratio
from midstance.metrics.limb_symmetry import limb_symmetry, side_difference, symmetry_angle, symmetry_index
from midstance.metrics.monotony import monotony, strain
from midstance.metrics.rolling_load import coupled_of_uncoupled, coupled_ratio, rolling_load, uncoupled_ratio
from midstance.services import club_metrics

brief = settings(max_examples=60, deadline=None)
loads = st.integers(0, 12000).map(lambda n: n / 10)
records = st.lists(loads, max_size=60)
clubs = arrays.arrays(np.float64, st.tuples(st.integers(0, 60), st.integers(0, 4)), elements=loads)


def same(found: np.ndarray, club: np.ndarray, scalar) -> None:
    """Compare an array with what the scalar function gives for each runner; None is NaN."""
    assert found.shape == club.shape
    for runner in range(club.shape[1]):
        wanted = [math.nan if value is None else value for value in scalar(club[:, runner].tolist())]
        np.testing.assert_allclose(found[:, runner], wanted, rtol=1e-9, atol=1e-9)


def weekly(metric):
    """A metric of a week, taken over the seven days that end with each day."""
    return lambda daily: [metric(daily[k - 6:k + 1]) if k >= 6 else None for k in range(len(daily))]


def coupled(daily):
    """The coupled ratio of the four weeks that end with each day."""
    weeks = rolling_load(daily)
    return [None if k < 27 else coupled_ratio(weeks[k], [weeks[k - 7], weeks[k - 14], weeks[k - 21]])
            for k in range(len(daily))]


@brief
@given(clubs, st.integers(1, 28))
def test_smoothed_loads_of_a_club(club, days):
    """Arrays give what the scalar smoothing gives, for any span, and leave their input alone."""
    before = club.copy()
    same(club_metrics.ewma_loads(club, days=days), club, lambda daily: ewma_load(daily, days=days))
    same(club_metrics.ewma_ratios(club), club, ewma_ratio)
    assert np.array_equal(club, before)


@brief
@given(clubs, st.data())
def test_smoothed_loads_of_a_club_with_a_start(club, data):
    """Each runner may have a start of their own."""
    start = np.array(data.draw(st.lists(loads, min_size=club.shape[1], max_size=club.shape[1])), dtype=float)
    found = club_metrics.ewma_loads(club, start=start)
    for runner in range(club.shape[1]):
        wanted = ewma_load(club[:, runner].tolist(), start=float(start[runner]))
        np.testing.assert_allclose(found[:, runner], wanted, rtol=1e-9, atol=1e-9)


@brief
@given(clubs, st.sampled_from(Alpha), st.sampled_from((1.0, 7.0, 42.0)))
def test_fading_loads_of_a_club(club, alpha, tau):
    """Arrays give what the scalar decay gives, with both alphas."""
    same(club_metrics.decayed_loads(club, tau_d=tau, alpha=alpha), club,
         lambda daily: decayed_load(daily, tau_d=tau, alpha=alpha))
    same(club_metrics.load_balances(club, alpha=alpha), club, lambda daily: load_balance(daily, alpha=alpha))


@brief
@given(clubs, st.integers(1, 28))
def test_rolling_loads_of_a_club(club, days):
    """Sums and coupled ratios agree, also where a span is not full or empty."""
    same(club_metrics.rolling_loads(club, days=days), club, lambda daily: rolling_load(daily, days=days))
    same(club_metrics.coupled_ratios(club), club, coupled)


@brief
@given(clubs)
def test_monotony_and_strain_of_a_club(club):
    """Each trailing week has the scalar's monotony and strain."""
    same(club_metrics.monotonies(club), club, weekly(monotony))
    same(club_metrics.strains(club), club, weekly(strain))


def test_equal_days_of_a_club_have_no_monotony():
    """Also where a mean of equal days is not exact there is NaN, never a huge number."""
    assert np.isnan(club_metrics.monotonies(np.full((20, 3), 0.1))).all()


@pytest.mark.parametrize("wrong", [np.zeros(7), *(np.full((7, 1), value) for value in (-1.0, np.nan, np.inf))])
def test_a_club_of_odd_numbers_is_refused(wrong):
    """Arrays of another shape, negative loads and what is no number are errors everywhere."""
    for metric in (club_metrics.ewma_loads, club_metrics.decayed_loads, club_metrics.rolling_loads,
                   club_metrics.monotonies, club_metrics.strains, club_metrics.coupled_ratios):
        with pytest.raises(ValueError, match="daily load"):
            metric(wrong)


def test_a_span_of_no_days_is_refused():
    """Spans and time constants below one day are errors."""
    for wrong in ({"days": 0}, {"tau_d": 0.5}):
        metric = club_metrics.decayed_loads if "tau_d" in wrong else club_metrics.rolling_loads
        with pytest.raises(ValueError, match="at least 1"):
            metric(np.zeros((7, 1)), **wrong)


@brief
@given(st.lists(loads, min_size=1, max_size=40), st.integers(0, 39), st.floats(0, 500), st.integers(1, 28))
def test_more_load_never_lowers_smoothed_load(daily, day, more, days):
    """Adding load to a day raises, or leaves, every smoothed value."""
    raised = [load + (more if k == day % len(daily) else 0) for k, load in enumerate(daily)]
    for smooth in (lambda x: ewma_load(x, days=days), lambda x: decayed_load(x, tau_d=days)):
        assert all(b >= a - 1e-9 for a, b in zip(smooth(daily), smooth(raised), strict=True))


@brief
@given(st.lists(loads, min_size=1, max_size=40), st.integers(1, 28))
def test_smoothed_load_stays_between_the_smallest_and_the_largest(daily, days):
    """An average lies between the extremes of what it averages."""
    assert all(min(daily) - 1e-9 <= load <= max(daily) + 1e-9 for load in ewma_load(daily, days=days))


@brief
@given(loads, st.lists(loads, min_size=3, max_size=3))
def test_the_coupled_ratio_is_a_function_of_the_uncoupled(week, before):
    """Both ratios fit their identity, and the coupled one never exceeds four."""
    one, other = coupled_ratio(week, before), uncoupled_ratio(week, before)
    assert one is None or one <= 4 + 1e-9
    if other is not None:
        assert one == pytest.approx(coupled_of_uncoupled(other))


@brief
@given(st.lists(loads, min_size=7, max_size=7), st.floats(0.1, 10))
def test_monotony_has_no_unit(daily, times):
    """Scaling a week scales its strain and leaves its monotony; the order of days changes neither."""
    if (one := monotony(daily)) is not None:
        scaled = [times * load for load in daily]
        assert monotony(scaled) == pytest.approx(one)
        assert strain(scaled) == pytest.approx(times * strain(daily))
        assert monotony(sorted(daily)) == pytest.approx(one)


@brief
@given(st.floats(0, 1000), st.floats(0.001, 1000))
def test_swapping_sides_turns_the_sign(left, right):
    """Every signed formula turns with the sides, and the unsigned one does not."""
    for formula in (side_difference, symmetry_index, symmetry_angle):
        assert formula(left, right) == pytest.approx(-formula(right, left), abs=1e-9)
    assert limb_symmetry(left, right) == pytest.approx(100 - abs(side_difference(left, right)))
