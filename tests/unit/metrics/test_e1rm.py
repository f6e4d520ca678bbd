"""Estimated one-rep maximum against the golden vectors G22-G27 of the evidence base."""

import itertools

import pytest

from midstance.metrics.e1rm import FORMULAS, e1rm, share_of_one_rm

G22 = {"epley": 116.666667, "brzycki": 112.5, "lombardi": 117.461894, "wathan": 116.582505, "mayhew": 119.01068,
       "oconner": 112.5, "lander": 113.708918}
G23 = {"epley": 133.333333, "brzycki": 133.333333, "lombardi": 125.892541, "wathan": 134.746699}
G24 = {"epley": 96.0, "brzycki": 92.903226, "wathan": 96.264464}


@pytest.mark.parametrize(("kg", "reps", "wanted"), [(100, 5, G22), (100, 10, G23), (80, 6, G24),
                                                     (100, 8, {"brzycki": 124.137931, "epley": 126.666667})])
def test_each_formula_gives_its_golden_value(kg, reps, wanted):
    """Every formula must give the printed value for the golden sets."""
    for name, value in wanted.items():
        assert e1rm(kg, reps, formulas=(name,)) == pytest.approx(value, abs=1e-6)


def test_a_single_is_its_own_maximum():
    """One possible repetition must give the weight itself, whatever the formulas say (G25)."""
    assert e1rm(100, 1) == 100
    assert FORMULAS["epley"](1) == pytest.approx(1.03333333)


def test_reserve_counts_as_repetitions():
    """Five with two in reserve must count as seven possible repetitions (G26)."""
    assert e1rm(100, 5, rir=2, formulas=("epley",)) == pytest.approx(123.333333, abs=1e-6)


def test_the_default_is_the_mean_of_three():
    """Without names the mean of Epley, Brzycki and Wathan must come out."""
    assert e1rm(80, 6) == pytest.approx(sum(G24.values()) / 3, abs=1e-5)


@pytest.mark.parametrize(("reps", "rir"), [(0, 1), (11, 0), (8, 3)])
def test_sets_no_formula_can_read_are_refused(reps, rir):
    """No repetition at all, or more than ten with the reserve, must raise."""
    with pytest.raises(ValueError, match="together"):
        e1rm(50, reps, rir=rir)


@pytest.mark.parametrize(("reps", "rir", "share"), [(5, 2, 0.811), (3, 1, 0.892), (8, 3, 0.707), (1, 2, 0.922)])
def test_the_chart_gives_its_golden_values(reps, rir, share):
    """The chart must be read at repetitions plus reserve (G27)."""
    assert share_of_one_rm(reps, rir) == pytest.approx(share, abs=1e-9)


def test_more_repetitions_never_ask_for_more_weight():
    """The share must fall with every possible repetition, also beyond the chart."""
    shares = [share_of_one_rm(n) for n in range(1, 31)]
    assert all(a > b for a, b in itertools.pairwise(shares))
