"""Screening, tapers, economy and the arithmetic of studies (G31, G34, G35, G38-G41, G49, G50), copied by hand."""

from __future__ import annotations

import pytest

from midstance.metrics._screen import ScreenVerdict
from midstance.metrics.calf_raise_norm import calf_raise_norm, calf_raise_verdict
from midstance.metrics.economy_to_speed import economy_to_speed, time_after_gain
from midstance.metrics.group_effect import group_effect
from midstance.metrics.knee_to_wall import knee_to_wall, knee_to_wall_verdict
from midstance.metrics.predictive_value import predictive_value
from midstance.metrics.relative_change import relative_change
from midstance.metrics.taper_volume import CUT_PERCENT, DAYS, linear_taper, taper_cut, taper_volume
from midstance.metrics.y_balance import y_balance, y_balance_verdict


@pytest.mark.parametrize(("sex", "age", "norm"), [
    ("female", 44, 24), ("male", 33, 32), ("male", 20, 37), ("male", 29, 37), ("male", 40, 28), ("male", 59, 23),
    ("male", 60, 19), ("male", 75, 14), ("male", 88, 10), ("female", 25, 30), ("female", 30, 27), ("female", 52, 21),
    ("female", 66, 19), ("female", 70, 16), ("female", 80, 13), ("female", 18, 30), ("male", 95, 10)])
def test_typical_calf_raises(sex, age, norm):
    """Each decade has its median; the ends hold for younger and older (R50)."""
    assert calf_raise_norm(sex, age) == norm


@pytest.mark.parametrize(("left", "right", "norm", "verdict"), [
    (24, 24, 24, ScreenVerdict.OK), (25, 25, 32, ScreenVerdict.FLAG), (26, 26, 32, ScreenVerdict.OK),
    (40, 25, 32, ScreenVerdict.FLAG), (40, 34, 32, ScreenVerdict.OK), (40, 33, 32, ScreenVerdict.FLAG)])
def test_calf_raises_are_flagged_beyond_the_noise(left, right, norm, verdict):
    """Seven below the norm or apart is a flag, six is noise (G35)."""
    assert calf_raise_verdict(left, right, norm) is verdict


def test_knee_to_wall():
    """10 cm are 36 degrees (G34)."""
    assert knee_to_wall(10) == pytest.approx(36)


@pytest.mark.parametrize(("left", "right", "verdict"), [
    (10, 10, ScreenVerdict.OK), (9, 11, ScreenVerdict.OK), (8.9, 10, ScreenVerdict.FLAG),
    (12, 9.5, ScreenVerdict.FLAG)])
def test_stiff_or_uneven_ankles_are_flagged(left, right, verdict):
    """Below 9 cm or more than 2 cm apart (R53)."""
    assert knee_to_wall_verdict(left, right) is verdict


def test_y_balance():
    """Reaches of 65, 105 and 100 on a leg of 90 are all of it (G31); 4 cm apart is a flag (R54)."""
    assert y_balance(65, 105, 100, 90) == 100
    assert y_balance_verdict(60, 63.9) is ScreenVerdict.OK
    assert y_balance_verdict(64, 60) is ScreenVerdict.FLAG


@pytest.mark.parametrize(("before", "after", "percent"), [
    (0.72, 0.76, 5.555556), (0.70, 0.77, 10.0), (335.4, 237.8, -29.099583), (335.4, 275.3, -17.918903)])
def test_relative_change(before, after, percent):
    """Changes of a trial, from its raw values (G38)."""
    assert relative_change(before, after) == pytest.approx(percent, abs=1e-6)


def test_a_marathon_with_better_economy():
    """2:04:00 with 1.97 % more speed is 2:01:36 (G39), and 3 % economy gives about as much at that speed (R18)."""
    assert time_after_gain(7440, 1.97) == pytest.approx(7296.3, abs=0.05)
    assert economy_to_speed(3, 42195 / 7440) == pytest.approx(1.97, abs=0.02)


@pytest.mark.parametrize(("speed", "gain"), [(2, 4.0), (3, 4.0), (4.25, 3.32), (5.5, 2.64), (7, 2.64)])
def test_economy_becomes_less_speed_the_faster(speed, gain):
    """All of it up to 3 m/s, two thirds from 5.5 m/s, evenly between (R18)."""
    assert economy_to_speed(4, speed) == pytest.approx(gain)


@pytest.mark.parametrize(("days", "tau", "cut", "inside"), [
    (14, 8, 49.774816, True), (14, 4, 68.683607, False), (14, 10, 43.449934, True), (8, 8, 32.754905, False),
    (8, None, 47.435052, True), (10, None, 48.535522, True), (12, None, 49.260829, True), (17, None, 50.315321, True)])
def test_how_much_a_taper_cuts(days, tau, cut, inside):
    """A fixed time constant cuts short tapers too little, a scaled one about half of each (G40)."""
    found = taper_cut(taper_volume(days, tau_d=tau))
    assert found == pytest.approx(cut, abs=1e-6)
    assert (CUT_PERCENT[0] <= found <= CUT_PERCENT[1]) is inside


def test_a_linear_taper_to_a_quarter_cuts_too_little():
    """From all to a quarter over two weeks is 37.5 % (G41)."""
    assert taper_cut(linear_taper(14, last=0.25)) == pytest.approx(37.5)
    assert linear_taper(1, last=0.25) == [1]


def test_every_event_has_a_taper_that_cuts_enough():
    """The lengths midstance takes for each event all cut 41 to 60 %."""
    assert DAYS == {"5k": 8, "10k": 10, "half-marathon": 12, "marathon": 17}
    assert all(CUT_PERCENT[0] <= taper_cut(taper_volume(days)) <= CUT_PERCENT[1] for days in DAYS.values())


def test_a_trial_in_numbers():
    """32.8 against 14.0 % is a relative risk of 0.43, 18.8 points, one in 5.3 (G49); no fewer, no number to treat."""
    effect = group_effect(32.8, 14.0)
    assert effect.relative_risk == pytest.approx(0.426829, abs=1e-6)
    assert effect.fewer_points == pytest.approx(18.8)
    assert effect.needed_to_treat == pytest.approx(5.319149, abs=1e-6)
    assert group_effect(20, 20).needed_to_treat is None
    assert group_effect(20, 25).fewer_points == -5


@pytest.mark.parametrize(("prevalence", "value"), [(0.015, 0.033198), (0.014, 0.031023)])
def test_warnings_of_rare_events_are_mostly_wrong(prevalence, value):
    """A test of fair quality is right about once in thirty (G50)."""
    assert predictive_value(0.584, 0.741, prevalence) == pytest.approx(value, abs=1e-6)


def test_a_test_that_never_warns_has_no_value():
    """Where nothing is warned of there is None."""
    assert predictive_value(0, 1, 0.1) is None
