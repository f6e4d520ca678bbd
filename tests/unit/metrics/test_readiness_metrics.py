"""Readiness: sleep, life, wellness, heart-rate variability and pain (G36, G37, G43-G46, G53), copied by hand."""

from __future__ import annotations

import pytest

from midstance.metrics.hrv_range import HrvVerdict, hrv_baseline, hrv_range, hrv_verdict, hrv_week, ln_rmssd
from midstance.metrics.life_factor import life_factor, mean_life
from midstance.metrics.pain_verdict import PainVerdict, Tissue, next_morning, pain_verdict
from midstance.metrics.readiness_factor import readiness_factor
from midstance.metrics.sleep_factor import NightVerdict, mean_sleep, night_verdict, sleep_factor
from midstance.metrics.wellness_z import (
    HOOPER,
    MCLEAN,
    WellnessVerdict,
    usual_wellness,
    wellness_sum,
    wellness_verdict,
    wellness_z,
)


@pytest.mark.parametrize(("mean", "factor"), [(6.9, 0.9), (7.0, 1.0), (5.9, 0.8), (6.0, 0.9), (9, 1), (None, 1)])
def test_sleep_scales_a_week(mean, factor):
    """Below seven hours nine tenths are left, below six eight (G43); not knowing cuts nothing."""
    assert sleep_factor(mean) == factor


def test_one_bad_night_does_not_scale_a_week():
    """Five hours in a fortnight of seven and a half change nothing but the same day (G43, R62)."""
    nights = [7.5] * 13 + [5.0]
    assert sleep_factor(mean_sleep(nights)) == 1
    assert night_verdict(nights[-1]) is NightVerdict.EASE


@pytest.mark.parametrize("hours", [7.0, 6.0, 7.1, 6.35])
def test_equal_nights_have_their_own_mean(hours):
    """Fourteen equal nights are exactly so long, so that a border is not missed by rounding."""
    assert mean_sleep([hours] * 14) == hours


def test_seven_hours_in_uneven_parts_are_seven_hours():
    """Nights of 6.9 and 7.1 hours make seven hours and cut nothing."""
    assert sleep_factor(mean_sleep([6.9, 7.1] * 7)) == 1


def test_only_the_last_fortnight_counts_and_it_must_be_known():
    """Older nights drop out; with fewer than seven known nights there is no mean."""
    assert mean_sleep([4.0] * 20 + [8.0] * 14) == 8
    assert mean_sleep([None] * 8 + [5.0] * 6) is None
    assert mean_sleep([None] * 7 + [5.0] * 7) == 5
    assert mean_sleep([]) is None


@pytest.mark.parametrize(("hours", "verdict"), [
    (None, NightVerdict.FINE), (6, NightVerdict.FINE), (5.9, NightVerdict.EASE), (4, NightVerdict.EASE),
    (3.9, NightVerdict.REST)])
def test_last_night_touches_today(hours, verdict):
    """Under six hours ease, under four rest (R62)."""
    assert night_verdict(hours) is verdict


@pytest.mark.parametrize(("life", "factor"), [
    (0, 1), (4, 1), (4.9, 1), (5, 0.9), (6, 0.9), (7, 0.75), (8, 0.75), (9, 0.6), (10, 0.6), (None, 1)])
def test_life_scales_a_week(life, factor):
    """Each band of the scale leaves its share (R65)."""
    assert life_factor(life) == factor


def test_life_of_a_week():
    """The last seven answers count, unknown ones are left out."""
    assert mean_life([10] * 5 + [4] * 7) == 4
    assert mean_life([None, 6, None, 8]) == 7
    assert mean_life([None] * 7) is None


def test_factors_combine_by_the_strongest():
    """Life 7 and sleep 0.9 leave 0.75, not 0.675; never less than a half; nothing cuts nothing (G44)."""
    assert readiness_factor([life_factor(7), 0.9]) == 0.75
    assert readiness_factor([0.3, 0.9]) == 0.5
    assert readiness_factor([]) == 1


def test_wellness_sums():
    """Hooper's four answers 3, 2, 4, 3 are 12 of 4 to 28 (G45); McLean has five of 1 to 5."""
    assert wellness_sum([3, 2, 4, 3]) == 12
    assert (wellness_sum([1] * 4), wellness_sum([7] * 4)) == (4, 28)
    assert (wellness_sum([1] * 5, questions=MCLEAN), wellness_sum([5] * 5, questions=MCLEAN)) == (5, 25)


@pytest.mark.parametrize("answers", [[3, 2, 4], [3, 2, 4, 8], [0, 2, 4, 3], []])
def test_wellness_answers_must_fit_the_questions(answers):
    """A missing answer and one beyond the scale are errors."""
    with pytest.raises(ValueError, match="given"):
        wellness_sum(answers)


def test_below_zero_is_always_worse():
    """Hooper 16 against 12 is -1.33 and caution, McLean 14 against 20 is -1.5 and reduce (G53)."""
    hooper = wellness_z(16, 12, 3, larger_is_worse=HOOPER.larger_is_worse)
    mclean = wellness_z(14, 20, 4, larger_is_worse=MCLEAN.larger_is_worse)
    assert (hooper, mclean) == (pytest.approx(-4 / 3), -1.5)
    assert wellness_verdict(hooper) is WellnessVerdict.CAUTION
    assert wellness_verdict(mclean) is WellnessVerdict.REDUCE


@pytest.mark.parametrize(("today", "yesterday", "verdict"), [
    (None, -3, WellnessVerdict.USUAL), (-1.0, -3, WellnessVerdict.USUAL), (-1.01, None, WellnessVerdict.CAUTION),
    (-1.01, -1.0, WellnessVerdict.CAUTION), (-1.01, -1.01, WellnessVerdict.REDUCE), (-1.5, 1, WellnessVerdict.REDUCE),
    (2, 2, WellnessVerdict.USUAL)])
def test_two_bad_days_count_like_one_very_bad(today, yesterday, verdict):
    """Below -1 is caution, twice in a row or -1.5 reduce; -1 itself is usual (R66)."""
    assert wellness_verdict(today, yesterday) is verdict


def test_usual_wellness_needs_fourteen_answers():
    """Fewer give None; only the last 28 days count; equal answers have no z."""
    assert usual_wellness([12] * 13) is None
    assert usual_wellness([12] * 14) == (12, 0)
    assert usual_wellness([None, 12] * 7 + [None] * 21) is None
    assert usual_wellness([28] * 9 + [10, 14] * 14) == (12, pytest.approx(2.0367, abs=1e-4))
    assert wellness_z(12, 12, 0, larger_is_worse=True) is None


def test_normal_range_of_variability():
    """Half a standard deviation to either side of 4.1393; 4.07 lies outside, 4.12 inside (G36)."""
    normal = hrv_range(4.1393, 0.0994)
    assert normal == (pytest.approx(4.0896), pytest.approx(4.189))
    assert hrv_verdict(4.07, normal) is HrvVerdict.BELOW
    assert hrv_verdict(4.12, normal) is HrvVerdict.INSIDE
    assert hrv_verdict(4.25, normal) is HrvVerdict.ABOVE
    assert {hrv_verdict(end, normal) for end in normal} == {HrvVerdict.INSIDE}


def test_logarithm_of_variability():
    """60 ms are 4.094 (G37); nothing has none."""
    assert ln_rmssd(60) == pytest.approx(4.094345, abs=1e-6)
    with pytest.raises(ValueError, match="RMSSD"):
        ln_rmssd(0)


def test_a_week_of_variability_needs_three_mornings():
    """Two known mornings give None, three a mean, older ones drop out."""
    assert hrv_week([None] * 5 + [4.0, 4.2]) is None
    assert hrv_week([9.0] + [None] * 4 + [4.0, 4.1, 4.2]) == pytest.approx(4.1)


def test_a_baseline_needs_two_weeks():
    """Thirteen days, or two mornings a week, give none; four weeks at most count."""
    assert hrv_baseline([4.0] * 13) is None
    assert hrv_baseline(([4.0] * 2 + [None] * 5) * 2) is None
    mean, sd = hrv_baseline([9.0] * 9 + ([4.0, 4.1, 4.2] + [None] * 4) * 4)
    assert (mean, sd) == (pytest.approx(4.1), pytest.approx(0.0853, abs=1e-4))


@pytest.mark.parametrize(("pain", "tissue", "block", "verdict"), [
    (2, Tissue.TENDON, True, PainVerdict.OK), (5, Tissue.TENDON, True, PainVerdict.IF_SETTLED),
    (6, Tissue.TENDON, True, PainVerdict.STOP), (1, Tissue.BONE, False, PainVerdict.STOP),
    (0, Tissue.BONE, False, PainVerdict.OK), (0.5, Tissue.BONE, True, PainVerdict.STOP),
    (3, None, False, PainVerdict.IF_SETTLED), (4, None, False, PainVerdict.EASIER),
    (5, None, False, PainVerdict.EASIER), (4, Tissue.TENDON, False, PainVerdict.EASIER),
    (5, Tissue.JOINT, True, PainVerdict.IF_SETTLED),
    (5.5, None, True, PainVerdict.STOP), (2, Tissue.MUSCLE, False, PainVerdict.OK),
])
def test_what_pain_allows(pain, tissue, block, verdict):
    """2 is safe, 5 only in a block for the tissue, 6 stops, bone must not hurt at all (G46, R26, R69)."""
    assert pain_verdict(pain, tissue, tissue_block=block) is verdict


@pytest.mark.parametrize(("before", "morning", "tissue", "verdict"), [
    (2, 2, None, PainVerdict.OK), (4, 3, None, PainVerdict.OK), (1, 2, None, PainVerdict.EASIER),
    (5, 6, None, PainVerdict.STOP), (6, 6, None, PainVerdict.STOP), (1, 1, Tissue.BONE, PainVerdict.STOP)])
def test_the_morning_after(before, morning, tissue, verdict):
    """Pain that rose overnight goes back a step, too much of it stops (R69)."""
    assert next_morning(before, morning, tissue) is verdict
