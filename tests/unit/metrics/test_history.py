"""History from recorded runs: every fact against a case worked by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from midstance.domain.history import History
from midstance.domain.run import RunDone, RunType
from midstance.domain.runner import Thresholds
from midstance.metrics._effort import Yardstick, hard_minutes, hard_pattern, longest_streak
from midstance.metrics.history import estimate_history

UNTIL = dt.date(2026, 11, 30)  # a Monday


def a_run(date="2026-11-24", at="07:00", *, speeds=(3.0,) * 40, beats=(), **more) -> RunDone:
    local = dt.datetime.fromisoformat(f"{date}T{at}")
    known = [b for b in beats if b]
    given = {
        "seconds": 60 * sum(s > 0 for s in speeds), "distance_km": round(sum(speeds) * 60 / 1000, 3) or None,
        "mean_hr": sum(known) / len(known) if known else None, "max_hr": max(known, default=None),
        "minute_hr": tuple(beats), "minute_speed_m_s": tuple(speeds), **more,
    }
    return RunDone(start=local.replace(tzinfo=dt.UTC), local_start=local, **given)


def weekly(day: int, weeks: int = 8, **more) -> list[RunDone]:
    """One run on a weekday (0 Monday) in each of the last weeks before ``UNTIL``."""
    return [a_run((UNTIL + dt.timedelta(days=day - 7 * k)).isoformat(), **more) for k in range(1, weeks + 1)]


def test_no_runs_give_an_empty_history():
    """Without recordings everything is empty."""
    assert estimate_history([], until=UNTIL, thresholds=Thresholds()) == History()


def test_only_days_before_the_plan_count():
    """Runs on or after the plan's first day, and slips of the button, are left out and noted."""
    runs = [a_run("2026-11-29"), a_run("2026-11-30"), a_run("2026-12-05"), a_run("2026-11-28", speeds=(3.0,) * 2)]
    history = estimate_history(runs, until=UNTIL)
    assert (history.runs, history.first, history.last) == (1, dt.date(2026, 11, 29), dt.date(2026, 11, 29))
    assert any("2 recordings from 2026-11-30" in note for note in history.notes)
    assert any("1 recording shorter" in note for note in history.notes)


def test_only_left_out_runs_say_so():
    """A history of nothing but slips is empty and says why."""
    history = estimate_history([a_run(speeds=(3.0,))], until=UNTIL)
    assert history.runs == 0
    assert "left out" in history.notes[0]


def test_calendar_weeks_add_up_and_keep_the_empty_ones():
    """Each week from Monday has its minutes, km and hard minutes, weeks without a run zeros."""
    runs = [a_run("2026-11-09"), a_run("2026-11-15", speeds=(3.0,) * 60), a_run("2026-11-25", hard_minutes=12.0)]
    assert estimate_history(runs, until=UNTIL).weeks == (
        (dt.date(2026, 11, 9), 100, 18.0, 0), (dt.date(2026, 11, 16), 0, 0.0, 0), (dt.date(2026, 11, 23), 40, 7.2, 12),
    )


def test_the_longest_run_is_that_of_the_last_thirty_days():
    """A longer run 31 days ago no longer counts, one 30 days ago does."""
    runs = [a_run("2026-10-30", speeds=(3.0,) * 150), a_run("2026-10-31", speeds=(3.0,) * 100), a_run("2026-11-20")]
    assert estimate_history(runs, until=UNTIL).longest_km_30_days == 18.0


def test_the_easy_pace_by_heart_rate_leaves_hard_minutes_out():
    """With a threshold known, the easy pace is the median of minutes at most 90 % of it."""
    beats, speeds = (140,) * 25 + (165,) * 15, (2.5,) * 25 + (4.0,) * 15
    runs = [a_run(f"2026-11-{day}", speeds=speeds, beats=beats) for day in (20, 22, 24)]
    history = estimate_history(runs, until=UNTIL, thresholds=Thresholds(hr_threshold=170))
    assert history.easy_pace_s_per_km == 400
    assert history.last_days[0][3:] == (15, True)
    assert any("6:40" in note and "153 or less" in note for note in history.notes)


def test_the_easy_pace_without_heart_rate_leaves_the_fastest_third_out():
    """Without heart rate the fastest third of running minutes is left out, and walked minutes too."""
    run = a_run(speeds=(1.0,) * 30 + (2.5,) * 40 + (4.0,) * 20)
    history = estimate_history([run], until=UNTIL)
    assert history.easy_pace_s_per_km == 400
    assert any("fastest third left out" in note for note in history.notes)


def test_an_easy_pace_is_not_made_of_too_little_or_too_old():
    """Few minutes, and runs of more than 12 weeks ago, give no easy pace."""
    assert estimate_history([a_run(speeds=(3.0,) * 20)], until=UNTIL).easy_pace_s_per_km is None
    assert estimate_history([a_run("2026-08-01")], until=UNTIL).easy_pace_s_per_km is None


def test_a_run_without_a_track_counts_with_its_mean():
    """A run that has only a time and a distance tells its mean pace."""
    run = a_run(speeds=(), seconds=3600, distance_km=10.0)
    assert estimate_history([run], until=UNTIL).easy_pace_s_per_km == 360


@pytest.mark.parametrize(("thresholds", "above"), [
    (Thresholds(hr_threshold=170, hr_max=200), 153),
    (Thresholds(hr_max=200), 158.4),
    (Thresholds(), 0.9 * 0.88 * 190),
])
def test_the_threshold_is_given_or_estimated_from_the_highest(thresholds, above):
    """A given threshold wins, then 88 % of a given maximum, then of the highest seen."""
    low, high = int(above), int(above) + 1
    beats = (130,) * 20 + (low,) * 10 + (high,) * 10
    runs = [a_run(f"2026-11-{day}", beats=beats, max_hr=190.0) for day in (20, 22, 24)]
    history = estimate_history(runs, until=UNTIL, thresholds=thresholds)
    assert [day[3] for day in history.last_days] == [10, 10, 10]


def test_a_lone_peak_of_the_sensor_is_not_the_highest_heart_rate():
    """A single value far above the others does not set the threshold."""
    beats = (130,) * 30 + (160,) * 10
    runs = [a_run(f"2026-11-{day}", beats=beats, max_hr=top) for day, top in ((20, 185.0), (22, 184.0), (24, 215.0))]
    history = estimate_history(runs, until=UNTIL)
    assert any("highest seen in the runs (185)" in note for note in history.notes)


def test_easy_runs_alone_show_no_highest_heart_rate():
    """Where no run comes near full effort, heart rate tells nothing and easy running is not called hard."""
    runs = [a_run(f"2026-11-{day}", beats=(140,) * 40, max_hr=150.0) for day in (20, 22, 24)]
    history = estimate_history(runs, until=UNTIL)
    assert [day[3:] for day in history.last_days] == [(0, False)] * 3
    assert any("not used" in note for note in history.notes)


def test_hard_minutes_by_pace_are_those_clearly_faster_than_easy():
    """Without heart rate, minutes more than 8 % faster than the easy pace count."""
    run = a_run(speeds=(2.5,) * 20 + (2.71,) * 10 + (2.73,) * 10)
    assert hard_minutes(run, Yardstick(easy_pace_s_per_km=400)) == 10


def test_hard_minutes_are_none_when_nothing_tells():
    """No yardstick, no series, or a series of a small part of the run tells nothing; a stated value wins."""
    yardstick = Yardstick(hard_above_bpm=150, easy_pace_s_per_km=400)
    assert hard_minutes(a_run(), Yardstick()) is None
    assert hard_pattern(a_run(speeds=(), seconds=3600), yardstick) is None
    assert hard_minutes(a_run(speeds=(4.0,) * 6, seconds=3600), yardstick) is None
    assert hard_minutes(a_run(hard_minutes=99.0), yardstick) == 40
    assert longest_streak(()) == 0


def test_runs_that_tell_nothing_are_noted():
    """Runs without heart rate and distance count as easy, and a note says so."""
    history = estimate_history([a_run(speeds=(), seconds=3600)], until=UNTIL)
    assert history.last_days[0][2:] == (60, 0, False)
    assert any("1 of 1 run" in note for note in history.notes)


def test_the_last_days_are_those_of_four_weeks():
    """Of the last 28 days each run has start, end, minutes, hard minutes and whether it was hard."""
    runs = [a_run("2026-11-01"), a_run("2026-11-02", at="18:10", speeds=(3.0,) * 95)]
    assert estimate_history(runs, until=UNTIL).last_days == (
        (dt.datetime.fromisoformat("2026-11-02T18:10"), dt.datetime.fromisoformat("2026-11-02T19:45"), 95, 0, True),
    )


def test_a_likely_week_is_inferred_from_habits():
    """Habit days have typical start, minutes and type: intervals, a tempo run, easy and a long run."""
    intervals, tempo = ((2.5,) * 15 + (4.0,) * 4 + (2.5,) * 2) * 2, (2.5,) * 20 + (4.0,) * 20
    runs = [
        *weekly(1, at="06:40", speeds=intervals), *weekly(3, at="18:05", speeds=tempo),
        *weekly(4, at="07:10", speeds=(2.5,) * 38), *weekly(6, at="09:00", speeds=(2.5,) * 92),
        *weekly(0, weeks=2),
    ]
    history = estimate_history(runs, until=UNTIL)
    assert [(p.day, p.start_minute, p.minutes, p.type) for p in history.likely_week] == [
        (1, 405, 40, RunType.INTERVALS), (3, 1080, 40, RunType.TEMPO), (4, 435, 40, RunType.EASY),
        (6, 540, 90, RunType.LONG),
    ]
    assert history.weekday_share == (0.25, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0)
    assert any("inferred from 34 runs of the last 8 weeks" in note for note in history.notes)


def test_a_likely_week_has_as_many_days_as_a_usual_week():
    """Where days wander, the most frequent ones fill up to the usual number of running days."""
    runs = [*weekly(1), *weekly(5, weeks=3)]
    wandering = ((4, 2), (5, 3), (6, 2), (7, 3), (8, 6))
    runs += [a_run((UNTIL + dt.timedelta(days=day - 7 * k)).isoformat()) for k, day in wandering]
    history = estimate_history(runs, until=UNTIL)
    assert [p.day for p in history.likely_week] == [1, 5]


def test_doubles_count_once_in_the_likely_week():
    """On days with two runs the longer one is the pattern's."""
    runs = [*weekly(2), *weekly(2, at="18:00", speeds=(3.0,) * 20)]
    history = estimate_history(runs, until=UNTIL)
    assert [(p.day, p.start_minute, p.minutes) for p in history.likely_week] == [(2, 420, 40)]
    assert any("two runs" in note for note in history.notes)


def test_too_few_weeks_show_no_habit():
    """Two weeks, or five runs, give no likely week and a note."""
    for runs in ([*weekly(1, weeks=2), *weekly(3, weeks=2), *weekly(5, weeks=2)], weekly(1, weeks=5)):
        history = estimate_history(runs, until=UNTIL)
        assert history.likely_week == ()
        assert any("Too few" in note for note in history.notes)


def test_order_does_not_matter():
    """The same runs in another order give the same history."""
    runs = [*weekly(1), *weekly(3, at="18:00"), *weekly(6, speeds=(2.5,) * 100)]
    assert estimate_history(runs[::-1], until=UNTIL) == estimate_history(runs, until=UNTIL)
