"""What a recorded run was, by what was measured: zones, hard minutes, kind and load, against cases worked by hand."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midstance.domain.run import RUN_RPE, RunDone, RunType
from midstance.domain.runner import Thresholds
from midstance.metrics._effort import HARD_FROM, Yardstick, minute_zones
from midstance.metrics.history import estimate_history
from midstance.metrics.measured_run import LOAD_WORDS, LoadFrom, measure_run, measure_runs
from midstance.metrics.zone_exertion import ZONE_RPE, zone_exertion

UNTIL = dt.date(2026, 11, 30)
HEART = Yardstick(hard_above_bpm=153, easy_pace_s_per_km=400)   # a threshold of 170 beats
PACE = Yardstick(easy_pace_s_per_km=400)                        # hard from 2.717 m/s on
EASY, FAST, TOP = 130, 165, 175


def a_run(date: str = "2026-11-24", *, minutes: int = 0, beats=(), speeds=(), **more) -> RunDone:
    start = dt.datetime.fromisoformat(f"{date}T07:00")
    length = minutes or sum(value > 0 for value in beats or speeds)
    return RunDone(start=start.replace(tzinfo=dt.UTC), local_start=start, seconds=60 * length, minute_hr=tuple(beats),
                   minute_speed_m_s=tuple(speeds), **more)


def test_minutes_are_counted_in_five_heart_rate_zones() -> None:
    """Borders are 68, 80, 90 and 100 % of the threshold heart rate, and a minute on a border is on the easier side."""
    beats = (110,) * 2 + (116, 136) + (137,) * 4 + (153,) * 5 + (154,) * 6 + (170,) * 7 + (171,) * 8
    run = measure_run(a_run(beats=beats), yardstick=HEART)
    assert run.zone_minutes == (2, 2, 9, 13, 8)
    assert run.zones_by_heart_rate
    assert run.hard_minutes == 21


def test_pace_tells_the_zones_where_there_is_no_heart_rate() -> None:
    """By an easy pace of 6:40 work begins at 2.72 m/s, and the threshold it implies is 3.09 m/s."""
    speeds = (1.0,) * 3 + (2.2,) * 4 + (2.5,) * 20 + (2.8,) * 5 + (3.2,) * 6
    run = measure_run(a_run(speeds=speeds), yardstick=PACE)
    assert run.zone_minutes == (3, 4, 20, 5, 6)
    assert not run.zones_by_heart_rate
    assert (run.hard_minutes, run.load_from) == (11, LoadFrom.PACE)


def test_heart_rate_comes_before_pace_and_pace_before_nothing() -> None:
    """A run with both is judged by heart rate; one whose heart rate is known for a small part, by pace."""
    speeds = (3.2,) * 40
    assert measure_run(a_run(beats=(EASY,) * 40, speeds=speeds), yardstick=HEART).hard_minutes == 0
    gaps = measure_run(a_run(beats=(EASY,) * 10 + (0,) * 30, speeds=speeds, minutes=40), yardstick=HEART)
    assert (gaps.hard_minutes, gaps.load_from) == (40, LoadFrom.PACE)
    assert measure_run(a_run(speeds=speeds), yardstick=Yardstick()).zone_minutes == ()


def test_paused_minutes_are_in_no_zone() -> None:
    """Zones hold running minutes alone, and no more of them than the moving time."""
    paused = measure_run(a_run(beats=(EASY,) * 20 + (0,) * 5 + (FAST,) * 20), yardstick=HEART)
    assert (paused.minutes, sum(paused.zone_minutes)) == (40, 40)
    in_part = measure_run(a_run(beats=(EASY,) * 30 + (FAST,) * 10, minutes=20), yardstick=HEART)
    assert in_part.zone_minutes == (0, 15, 0, 5, 0)


def test_an_easy_run_that_became_a_race_is_hard_with_its_minutes() -> None:
    """Whatever it was called, 50 minutes above threshold are 50 hard minutes, and nearly a race's load."""
    run = measure_run(a_run(beats=(EASY,) * 3 + (TOP,) * 50), yardstick=HEART)
    assert run.hard
    assert (run.type, run.hard_minutes) == (RunType.TEMPO, 50)
    assert run.load_au == pytest.approx(53 * RUN_RPE[RunType.RACE], rel=0.02)
    assert run.load_au > 2.5 * 53 * RUN_RPE[RunType.EASY]


@pytest.mark.parametrize(("beats", "kind", "hard"), [
    ((140,) * 45, RunType.EASY, False),
    ((140,) * 15 + (FAST,) * 20 + (140,) * 10, RunType.TEMPO, True),
    ((140,) * 10 + ((TOP,) * 4 + (140,) * 2) * 5, RunType.INTERVALS, True),
    ((140,) * 40 + (TOP,) * 4, RunType.EASY, False),
    ((140,) * 90, RunType.EASY, False),
    ((140,) * 91, RunType.EASY, True),
])
def test_kind_and_hard_by_what_was_measured(beats: tuple[int, ...], kind: RunType, hard: bool) -> None:
    """Hard minutes in a row are a tempo run, in parts intervals, few of them strides; over 90 min is hard."""
    run = measure_run(a_run(beats=beats), yardstick=HEART)
    assert (run.type, run.hard) == (kind, hard)


def test_told_exertion_gives_the_load() -> None:
    """Minutes times told exertion, whatever heart rate says, and that is no estimate."""
    run = measure_run(a_run(beats=(140,) * 50), yardstick=HEART, rpe_cr10=4)
    assert (run.load_au, run.rpe_cr10, run.load_from, run.estimated) == (200, 4, LoadFrom.RPE, False)
    assert run.says == "200 AU, from the exertion you told"
    assert measure_run(a_run(beats=(140,) * 50), yardstick=HEART, rpe_cr10=0).load_au == 0


@pytest.mark.parametrize("wrong", [-1, 11, math.nan])
def test_exertion_off_the_scale_is_refused(wrong: float) -> None:
    """Only 0 to 10 is exertion."""
    with pytest.raises(ValueError, match="exertion"):
        measure_run(a_run(beats=(140,) * 50), yardstick=HEART, rpe_cr10=wrong)


def test_a_run_that_was_told_very_hard_is_hard() -> None:
    """From 7 on it is hard with the minutes that were measured; with nothing measured, half of it counts."""
    warm = measure_run(a_run(beats=(140,) * 50), yardstick=HEART, rpe_cr10=7)
    assert (warm.hard, warm.type, warm.hard_minutes) == (True, RunType.EASY, 0)
    bare = measure_run(a_run(minutes=40), yardstick=Yardstick(), rpe_cr10=8)
    assert (bare.hard, bare.type, bare.hard_minutes) == (True, RunType.TEMPO, 20)
    mild = measure_run(a_run(minutes=40), yardstick=Yardstick(), rpe_cr10=6.9)
    assert (mild.hard, mild.type, mild.hard_minutes) == (False, RunType.EASY, None)


def test_nothing_tells_means_an_easy_run_assumed() -> None:
    """Without zones and words the load is minutes times 3, or times 5 when it is long, and says that it is assumed."""
    run = measure_run(a_run(minutes=40, distance_km=7.0), yardstick=Yardstick())
    assert (run.load_au, run.load_from, run.hard_minutes, run.hard) == (120, LoadFrom.ASSUMED, None, False)
    assert "assumed" in run.says
    assert measure_run(a_run(minutes=100), yardstick=Yardstick()).load_au == 500


def test_hard_minutes_that_the_recording_states_are_kept() -> None:
    """Stated hard minutes make the run a session, with that session's usual exertion."""
    run = measure_run(a_run(minutes=40, hard_minutes=12.0), yardstick=Yardstick())
    assert (run.hard_minutes, run.type, run.hard) == (12, RunType.INTERVALS, True)
    assert run.load_au == 40 * RUN_RPE[RunType.INTERVALS]


def test_estimates_lie_on_the_scale_of_the_planner() -> None:
    """An easy run, a long run, intervals and a race come out near the exertion by which such runs are planned."""
    easy = measure_run(a_run(beats=(145,) * 45), yardstick=HEART)
    long = measure_run(a_run(beats=(145,) * 120), yardstick=HEART)
    intervals = measure_run(a_run(beats=(145,) * 30 + (TOP,) * 20), yardstick=HEART)
    race = measure_run(a_run(beats=(TOP,) * 45), yardstick=HEART)
    for run, kind in ((easy, RunType.EASY), (long, RunType.LONG), (intervals, RunType.INTERVALS), (race, RunType.RACE)):
        assert run.rpe_cr10 == pytest.approx(RUN_RPE[kind], abs=0.15)
        assert run.estimated


def test_a_run_rates_nearer_to_its_hardest_part() -> None:
    """Exertion lies above the plain mean of the zones' and below the hardest zone's."""
    assert 0.8 * 3 + 0.2 * 9.5 < zone_exertion([0, 0, 40, 0, 10]) < 9.5
    assert [zone_exertion([60 * (k == zone) for k in range(5)]) for zone in range(5)] == pytest.approx(ZONE_RPE)
    assert zone_exertion([0, 0, 0, 0, 0]) == 0
    with pytest.raises(ValueError, match="5"):
        zone_exertion([10, 20])


def test_the_runners_own_threshold_pace_comes_first() -> None:
    """With a threshold pace of 4:24 set by hand work begins at 5:00, whatever easy pace the runs show."""
    runs = [a_run(f"2026-11-{day}", speeds=(3.2,) * 20 + (3.4,) * 20) for day in (20, 22, 24)]
    got = measure_runs(runs, until=UNTIL, thresholds=Thresholds(pace_threshold_s_per_km=264))
    assert [run.hard_minutes for run in got.runs] == [20, 20, 20]
    assert any("4:24" in note and "5:00" in note and "own" in note for note in got.notes)
    slower = measure_runs(runs, until=UNTIL, thresholds=Thresholds(pace_threshold_s_per_km=250))
    assert [run.hard_minutes for run in slower.runs] == [0, 0, 0]


def test_own_heart_rates_come_before_estimated_ones_and_the_notes_say_which() -> None:
    """A stated threshold is used as stated; without one it is estimated from the runs, and the notes say so."""
    beats = (EASY,) * 30 + (FAST,) * 15
    runs = [a_run(f"2026-11-{day}", beats=beats, max_hr=190.0, mean_hr=142.0) for day in (20, 22, 24)]
    own = measure_runs(runs, until=UNTIL, thresholds=Thresholds(hr_threshold=185))
    assert [run.hard_minutes for run in own.runs] == [0, 0, 0]
    assert any("runner's own" in note for note in own.notes)
    seen = measure_runs(runs, until=UNTIL)
    assert [run.hard_minutes for run in seen.runs] == [15, 15, 15]
    assert any("highest seen in the runs" in note for note in seen.notes)


def test_many_runs_are_measured_in_their_order_and_estimates_are_counted() -> None:
    """Each run is measured, also short and later ones; told exertion is found by start; notes count the estimates."""
    runs = [a_run("2026-12-03", minutes=30), a_run("2026-11-24", speeds=(2.5,) * 50),
            a_run("2026-11-22", minutes=3), a_run("2026-11-23", minutes=60)]
    got = measure_runs(runs, until=UNTIL, rpes={runs[3].start: 5.0})
    assert [run.run for run in got.runs] == runs
    assert [run.load_from for run in got.runs] == [
        LoadFrom.ASSUMED, LoadFrom.PACE, LoadFrom.ASSUMED, LoadFrom.RPE]
    assert any("3 of 4 runs is estimated (1 from pace, 2 as an easy run's" in note for note in got.notes)
    assert measure_runs([], until=UNTIL).runs == ()
    assert not any("estimated (" in note for note in measure_runs(runs[3:], until=UNTIL, rpes={runs[3].start: 5}).notes)


def test_history_judges_runs_the_same_way() -> None:
    """What the history says of the last days is what is measured run by run."""
    shapes = ((2.5,) * 40, (2.5,) * 20 + (3.4,) * 20, ((2.5,) * 4 + (3.6,) * 3) * 6, (2.4,) * 95)
    runs = [a_run(f"2026-11-{10 + 2 * k}", speeds=speeds) for k, speeds in enumerate(shapes)]
    measured = measure_runs(runs, until=UNTIL).runs
    assert [(day[2], day[3], day[4]) for day in estimate_history(runs, until=UNTIL).last_days] == [
        (run.minutes, round(run.hard_minutes or 0), run.hard) for run in measured]
    assert [run.type for run in measured] == [RunType.EASY, RunType.TEMPO, RunType.INTERVALS, RunType.EASY]


def test_every_source_of_a_load_has_its_words() -> None:
    """No load is shown without saying where it comes from."""
    assert set(LOAD_WORDS) == set(LoadFrom)


@given(st.lists(st.integers(0, 210), min_size=1, max_size=150), st.floats(120, 190))
def test_measures_stay_within_the_run(beats: list[int], above: float) -> None:
    """Zones add up to at most the run, the upper two hold its hard minutes, exertion stays on its scale."""
    run = a_run(beats=beats, minutes=len(beats))
    got = measure_run(run, yardstick=Yardstick(hard_above_bpm=above))
    assert sum(got.zone_minutes) <= got.minutes
    assert 0 <= got.rpe_cr10 <= 10
    assert got.load_au <= 10 * got.minutes
    zones = minute_zones(run, Yardstick(hard_above_bpm=above))
    if zones is None:
        assert (got.zone_minutes, got.hard_minutes, got.load_from) == ((), None, LoadFrom.ASSUMED)
    else:
        assert sum(got.zone_minutes[HARD_FROM:]) == got.hard_minutes == sum(b > above for b in beats)


@given(st.lists(st.integers(100, 200), min_size=10, max_size=90), st.integers(0, 89), st.integers(1, 60))
def test_a_harder_minute_never_lowers_the_load(beats: list[int], at: int, more: int) -> None:
    """Raising the heart rate of one minute leaves load and hard minutes as they were or raises them."""
    higher = list(beats)
    higher[at % len(beats)] += more
    before, after = (measure_run(a_run(beats=one), yardstick=HEART) for one in (beats, higher))
    assert after.load_au >= before.load_au
    assert after.hard_minutes >= before.hard_minutes
