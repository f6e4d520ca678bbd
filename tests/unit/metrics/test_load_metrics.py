"""Training load: numbers of the evidence base (G1-G21, G42), copied by hand."""

from __future__ import annotations

import math

import pytest

from midstance.metrics.banister_trimp import banister_trimp, reserve_share
from midstance.metrics.decayed_load import Alpha, decayed_load, load_balance
from midstance.metrics.edwards_trimp import edwards_trimp
from midstance.metrics.ewma_load import ewma_load, ewma_ratio
from midstance.metrics.fitness_fatigue import Response, days_until_best, days_until_even, fitness_fatigue
from midstance.metrics.longest_run_ratio import (
    RATE_RATIOS,
    SpikeBand,
    longest_planned,
    longest_run_ratio,
    spike_band,
)
from midstance.metrics.lucia_trimp import lucia_trimp
from midstance.metrics.monotony import load_spread, monotony, strain
from midstance.metrics.rolling_load import coupled_of_uncoupled, coupled_ratio, rolling_load, uncoupled_ratio
from midstance.metrics.running_stress import intensity_factor, running_stress
from midstance.metrics.session_rpe import session_rpe
from midstance.metrics.slope_cost import flat_speed, slope_cost
from midstance.metrics.weekly_step import weekly_step

WEEK = [300, 0, 420, 240, 0, 360, 600]


def near(value):
    """Equal to six places."""
    return pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(("rpe", "minutes", "load"), [(7, 60, 420), (6, 120, 720), (0, 60, 0), (5, 0, 0)])
def test_session_load_is_exertion_times_minutes(rpe, minutes, load):
    """Exertion 7 for an hour is 420, 6 for two hours 720 (G1)."""
    assert session_rpe(rpe, minutes) == load


@pytest.mark.parametrize(("rpe", "minutes"), [(-1, 60), (10.5, 60), (5, -1)])
def test_session_load_refuses_what_the_scale_does_not_hold(rpe, minutes):
    """Exertion beyond 0 to 10 and negative minutes are errors."""
    with pytest.raises(ValueError, match="given"):
        session_rpe(rpe, minutes)


def test_monotony_and_strain_of_a_week():
    """A mixed week has the printed spread, monotony and strain, with either kind of spread (G2)."""
    assert load_spread(WEEK) == near(202.474488)
    assert monotony(WEEK) == near(1.354668)
    assert strain(WEEK) == near(2600.962601)
    assert load_spread(WEEK, sample=True) == near(218.697443)
    assert monotony(WEEK, sample=True) == near(1.254179)
    assert strain(WEEK, sample=True) == near(2408.023455)


def test_monotony_of_every_other_day():
    """Three equal days among four empty ones give half the root of three (G3)."""
    assert monotony([0, 600, 0, 600, 0, 600, 0]) == pytest.approx(math.sqrt(3) / 2)
    assert strain([0, 600, 0, 600, 0, 600, 0]) == near(1558.845727)


@pytest.mark.parametrize("load", [300, 0, 0.1, 1e-9, 123456.789])
def test_seven_equal_days_have_no_monotony(load):
    """Equal days give None and never infinity, also where the mean is not exact (G4)."""
    assert load_spread([load] * 7) == 0
    assert monotony([load] * 7) is None
    assert strain([load] * 7) is None


@pytest.mark.parametrize("days", [0, 1, 6, 8, 14])
def test_a_week_has_seven_days(days):
    """Anything but seven days is an error that says so."""
    with pytest.raises(ValueError, match=f"{days} days given; a week has 7"):
        monotony([100] * days)


def test_banister_by_sex():
    """An hour at 150 between 50 and 190 beats is 108.1 for men and 121.5 for women (G5)."""
    share = reserve_share(150, 50, 190)
    assert share == near(0.714286)
    assert banister_trimp(60, share, sex="male") == near(108.095359)
    assert banister_trimp(60, share, sex="female") == near(121.499066)


def test_banister_at_half_the_reserve():
    """Half an hour at half the reserve is 25.1 and 29.7; not stated is the mean of both (G6)."""
    assert banister_trimp(30, 0.5, sex="male") == near(25.072286)
    assert banister_trimp(30, 0.5, sex="female") == near(29.732101)
    assert banister_trimp(30, 0.5) == pytest.approx((25.072286 + 29.732101) / 2, abs=1e-6)


@pytest.mark.parametrize(("mean", "rest", "top"), [(195, 50, 190), (45, 50, 190), (150, 190, 50), (60, 60, 60)])
def test_heart_rates_out_of_order_are_refused(mean, rest, top):
    """A mean above the highest or below rest, and a highest not above rest, are errors."""
    with pytest.raises(ValueError, match="heart rate"):
        reserve_share(mean, rest, top)


def test_banister_refuses_another_word_for_sex():
    """Only the runner file's words are known."""
    with pytest.raises(ValueError, match="'f' given"):
        banister_trimp(30, 0.5, sex="f")


def test_zone_scores():
    """Five zones give 152, three give 85 (G7, G8)."""
    assert edwards_trimp([10, 20, 20, 8, 2]) == 152
    assert lucia_trimp([40, 15, 5]) == 85


@pytest.mark.parametrize(("score", "zones"), [(edwards_trimp, 3), (lucia_trimp, 5), (edwards_trimp, 0)])
def test_zone_scores_refuse_another_number_of_zones(score, zones):
    """Three zones are not read as five, nor five as three."""
    with pytest.raises(ValueError, match=f"{zones} zones given"):
        score([10] * zones)


@pytest.mark.parametrize(("speed", "points"), [(10, 44.444444), (7.5, 25.0), (15, 100.0)])
def test_running_stress_of_an_hour(speed, points):
    """An hour at two thirds, half and all of threshold speed is 44.4, 25 and 100 (G9, G11)."""
    assert running_stress(60, intensity_factor(speed, 15)) == near(points)


def test_running_stress_from_paces():
    """Half an hour at 5:00 a km with a threshold of 4:30 is 40.5 (G10)."""
    intensity = intensity_factor(1000 / 300, 1000 / 270)
    assert intensity == near(0.9)
    assert running_stress(30, intensity) == near(40.5)


def test_ratios_of_weeks():
    """400 after 300, 320 and 280 is 1.23 coupled and 1.33 uncoupled (G12)."""
    assert coupled_ratio(400, [300, 320, 280]) == near(1.230769)
    assert uncoupled_ratio(400, [300, 320, 280]) == near(1.333333)


@pytest.mark.parametrize(("uncoupled", "coupled"), [(0, 0), (0.5, 0.571429), (1, 1), (1.5, 1.333333), (2, 1.6), (3, 2)])
def test_both_ratios_tell_the_same(uncoupled, coupled):
    """The coupled ratio is 4u/(u+3) (G13)."""
    assert coupled_of_uncoupled(uncoupled) == near(coupled)


def test_ratios_of_nothing_are_none():
    """Where nothing can be divided there is None; a first week after nothing is at the coupled limit of 4."""
    assert coupled_ratio(0, [0, 0, 0]) is None
    assert uncoupled_ratio(400, [0, 0, 0]) is None
    assert coupled_ratio(400, [0, 0, 0]) == 4


def test_rolling_sums_begin_with_a_full_span():
    """Before seven days are known there is None; then the oldest day drops out."""
    assert rolling_load([10, 20, 30, 40, 50, 60, 70, 80]) == [None] * 6 + [280, 350]
    assert rolling_load([]) == []


def test_smoothed_load_of_a_single_day():
    """From 100, a day of 200 lifts acute load to 125 and chronic to 106.9 (G14)."""
    assert ewma_load([200], start=100) == [125]
    assert ewma_load([200], days=28, start=100)[0] == near(106.896552)
    assert ewma_ratio([200], start=100)[0] == near(1.169355)


def test_smoothed_load_of_a_hard_week():
    """A week of 200 after four of 100 (G15); without a start the first day stands for it."""
    daily = [100] * 28 + [200] * 7
    assert ewma_load(daily, start=100)[-1] == near(186.651611)
    assert ewma_load(daily, days=28)[-1] == near(139.359836)
    assert ewma_ratio(daily)[-1] == near(1.33935)


def test_smoothed_load_of_nothing():
    """No days give no values, rest from the start gives no ratio."""
    assert ewma_load([]) == []
    assert ewma_load([0, 0]) == [0, 0]
    assert ewma_ratio([0, 0]) == [None, None]


@pytest.mark.parametrize(("alpha", "chronic", "acute", "balance"), [
    (Alpha.DECAY, 31.606028, 49.876062, -18.270034),
    (Alpha.RECIPROCAL, 31.827202, 49.922873, -18.095671),
])
def test_chronic_and_acute_load_with_both_alphas(alpha, chronic, acute, balance):
    """42 days of 50 from nothing (G16, G17)."""
    daily = [50] * 42
    assert decayed_load(daily, alpha=alpha)[-1] == near(chronic)
    assert decayed_load(daily, tau_d=7, alpha=alpha)[-1] == near(acute)
    assert load_balance(daily, alpha=alpha)[-1] == near(balance)


def test_times_of_fitness_and_fatigue():
    """With 45 and 15 days, 1 and 2, a load is even after 15.6 and best after 40.3 days (G18)."""
    assert days_until_even() == near(15.595812)
    assert days_until_best() == near(40.314588)


def test_times_depend_on_the_ratio_of_gains():
    """Doubling both gains changes no time, halving fatigue's share makes both shorter."""
    assert days_until_even(Response(fitness_gain=2, fatigue_gain=4)) == pytest.approx(15.595812, abs=1e-6)
    assert days_until_best(Response(fitness_gain=2, fatigue_gain=4)) == pytest.approx(40.314588, abs=1e-6)
    assert days_until_even(Response(fitness_gain=2, fatigue_gain=3)) == pytest.approx(22.5 * math.log(1.5))


def test_times_without_fatigue_are_zero():
    """Where fatigue never outweighs fitness nothing is waited for."""
    light = Response(fatigue_gain=0.3)
    assert days_until_even(light) == 0
    assert days_until_best(light) == 0


def test_one_load_seen_over_days():
    """A load of 100 pulls down first and lifts later (G19)."""
    net = fitness_fatigue([100] + [0] * 40)
    assert [net[day] for day in (0, 1, 11, 16, 23, 40)] == [
        0, near(-89.29911), near(-17.747111), near(1.247644), near(16.819857), near(27.214539)]


@pytest.mark.parametrize("wrong", [
    {"fitness_tau_d": 15}, {"fatigue_tau_d": 0}, {"fitness_gain": 0}, {"fatigue_gain": -1}])
def test_a_response_that_cannot_be_is_refused(wrong):
    """Fitness must outlast fatigue, and every number be above 0."""
    with pytest.raises(ValueError, match="above"):
        Response(**wrong)


@pytest.mark.parametrize(("run_m", "band", "rate"), [
    (9000, SpikeBand.REFERENCE, 1.0), (11000, SpikeBand.REFERENCE, 1.0), (11001, SpikeBand.SMALL, 1.64),
    (11100, SpikeBand.SMALL, 1.64), (13000, SpikeBand.SMALL, 1.64), (13100, SpikeBand.MODERATE, 1.52),
    (20000, SpikeBand.MODERATE, 1.52), (20100, SpikeBand.LARGE, 2.28),
])
def test_bands_of_a_long_run(run_m, band, rate):
    """Against 10 km, borders belong to the lower band, to the metre (G20)."""
    assert spike_band(run_m, 10000) is band
    assert RATE_RATIOS[band] == rate


def test_after_a_month_without_a_run_there_is_no_ratio():
    """No run in 30 days gives None, not infinity (G21)."""
    assert spike_band(8000, None) is None
    assert longest_run_ratio(8000, None) is None
    assert longest_planned(None) is None


def test_the_longest_run_to_plan():
    """It is 130 % in whole metres, and never in a higher band than the second."""
    assert longest_planned(10000) == 13000
    assert longest_planned(7777) == 10110
    assert spike_band(longest_planned(7777), 7777) is SpikeBand.SMALL


@pytest.mark.parametrize(("grade", "cost"), [(0, 3.6), (0.1, 5.968214), (-0.1, 2.151706),
                                             (0.4, 16.849856), (-0.4, 3.609664)])
def test_what_a_slope_costs(grade, cost):
    """Flat, a tenth up and down (G42), and four tenths, where the high powers count (R7)."""
    assert slope_cost(grade) == near(cost)


def test_flat_speed_on_the_flat_is_speed():
    """No slope changes nothing, climbing counts for more, beyond the measured slopes nothing is said."""
    assert flat_speed(3, 0) == pytest.approx(3)
    assert flat_speed(3, 0.1) > 3 > flat_speed(3, -0.1)
    with pytest.raises(ValueError, match="grade"):
        slope_cost(0.46)


@pytest.mark.parametrize(("weeks", "step"), [
    ([], None), ([40], None), ([40, 50], 25), ([40, 30], -25),
    ([19.9, 40], None), ([20, 40], 100),
    ([50, 50, 50, 20, 40], None),      # the week before was a reduced one
    ([50, 50, 50, 30, 36], 20),
    ([200, 30, 30, 30, 30, 33], 10),   # only four weeks count for the mean
])
def test_weekly_steps(weeks, step):
    """A week is compared with the one before, unless that one was short or reduced."""
    assert weekly_step(weeks) == (None if step is None else pytest.approx(step))
