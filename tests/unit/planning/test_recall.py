"""What is recalled from a diary: runs, sessions, limits, and how much smaller a plan is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from builders_diary import an_entry
from midstance.domain.diary import Busy, CheckIn, Moved, Pain, RaceAdded, SessionDone, SetDone, Skipped
from midstance.domain.lived import Scale
from midstance.domain.run import PlannedRun, RunType
from midstance.domain.runner import Blocked, Race
from midstance.domain.session import Kind, Session
from midstance.planning import recall
from midstance.planning.adherence import Adherence, Step
from midstance.planning.readiness import readiness
from problems import a_runner

TODAY = dt.date(2026, 12, 1)
RUNNER = a_runner()


def on(day: int) -> dt.date:
    """A date, counted from the first of December."""
    return TODAY + dt.timedelta(days=day)


def a_run(day: int, hour: int = 7, kind: RunType = RunType.EASY, km: float = 8.0) -> PlannedRun:
    """A run of the plan."""
    start = dt.datetime.combine(on(day), dt.time(hour))
    return PlannedRun(id=f"run-{start:%Y-%m-%d-%H%M}", start=start, minutes=50, distance_km=km, type=kind,
                      hard=kind is not RunType.EASY, hard_minutes=0 if kind is RunType.EASY else 20, load_au=150,
                      title="", source="calendar.ics")


def a_session(day: int, kind: Kind = Kind.STRENGTH, hour: int = 18) -> Session:
    """A session of the plan."""
    start = dt.datetime.combine(on(day), dt.time(hour))
    return Session(id=f"s-{start:%Y-%m-%d-%H%M}", start=start, minutes=25, kind=kind, hard_minutes=0, load_au=110,
                   why=(), blocks=())


def test_runs_of_the_past_without_a_recording() -> None:
    """Before the newest recording they were not run; after it they may not be imported yet; today's stays open."""
    runs = [a_run(-4), a_run(-3), a_run(-2), a_run(0)]
    away = recall.away_runs((), runs, [a_run(-3, hour=9)], TODAY)
    assert away == {runs[0].id, runs[1].id}


def test_each_recording_of_today_takes_the_nearest_planned_run() -> None:
    """Two runs are planned today, one is recorded: the other is still to come."""
    morning, evening = a_run(0, 7), a_run(0, 18)
    assert recall.away_runs((), [morning, evening], [a_run(0, 17)], TODAY) == {evening.id}


def test_skipped_and_moved_runs() -> None:
    """A skipped run does not count; moves are told in their order, those of sessions apart."""
    run = a_run(2)
    entries = [an_entry(Skipped(day=on(2), activity=run.id)),
               an_entry(Moved(day=on(3), to=on(4), activity="run-2026-12-04-0700")),
               an_entry(Moved(day=on(3), to=on(4), activity="s-2026-12-04-1800"))]
    assert recall.away_runs(entries, [run], [], TODAY) == {run.id}
    assert recall.run_moves(entries) == (("run-2026-12-04-0700", on(4)),)


@pytest.mark.parametrize(("km", "kind"), [(9.0, RunType.RACE), (7.9, RunType.EASY)])
def test_a_recording_of_the_race_is_the_race(km: float, kind: RunType) -> None:
    """At four fifths of its distance or more; then all of it is hard."""
    (found,) = recall.raced([a_run(-1, km=km)], [a_run(-1, kind=RunType.RACE, km=10.0)])
    assert (found.type, found.hard_minutes == found.minutes) == (kind, kind is RunType.RACE)


def test_sessions_done_missed_and_on_another_day() -> None:
    """Named by id they count where they were done; unnamed for one of their date; the rest is dropped."""
    planned = [a_session(-3), a_session(-2, Kind.HEAVY), a_session(-1, Kind.MOBILITY), a_session(2)]
    entries = [an_entry(SessionDone(session=planned[3].id, minutes=30, rpe_cr10=6), day=-1),
               an_entry(SetDone(exercise="goblet-squat", amount=8), day=-2)]
    done = recall.done_sessions(entries, planned, TODAY)
    assert [(s.date, s.id, s.minutes) for s in done] == [
        (on(-2), planned[1].id, 25), (on(-1), planned[3].id, 30)]
    assert done[1].load_au == 180
    assert recall.dropped_sessions(entries, planned, TODAY) == ((on(-3), Kind.STRENGTH), (on(-1), Kind.MOBILITY))


@pytest.mark.parametrize(("what", "kind"), [
    (SessionDone(kind=Kind.MOBILITY, minutes=15), Kind.MOBILITY),
    (SetDone(exercise="goblet-squat", amount=5, weight_kg=24.0), Kind.HEAVY),
    (SetDone(exercise="goblet-squat", amount=12, weight_kg=8.0), Kind.STRENGTH),
    (SetDone(exercise="plank", amount=40, unit="seconds"), Kind.STRENGTH),
])
def test_a_session_that_nobody_planned(what: SessionDone | SetDone, kind: Kind) -> None:
    """Its kind is what was told, else what its sets say."""
    (found,) = recall.done_sessions([an_entry(what, day=-1)], [], TODAY)
    assert (found.kind, found.date, found.blocks) == (kind, on(-1), ())


def test_limits_of_today_and_of_skipped_days() -> None:
    """Pain keeps hard work from today and tomorrow; a skipped date stays empty; mobility is always open tomorrow."""
    entries = [an_entry(CheckIn(pain=(Pain(area="knee", score=4, side="left"),))),
               an_entry(Skipped(day=on(3), activity="s-2026-12-04-1800"))]
    limits = recall.limits_of(entries, readiness(entries, today=TODAY), TODAY)
    assert Kind.HEAVY not in limits[TODAY]
    assert Kind.HEAVY not in limits[on(1)]
    assert Kind.MOBILITY in limits[on(1)]
    assert limits[on(3)] == frozenset()
    assert recall.limits_of((), readiness((), today=TODAY), TODAY) == {}


def test_life_is_added_once() -> None:
    """Races of a date take the place of those there; busy days are blocked; sore areas count as injuries."""
    race = Race(date=on(20), distance_km=10, priority="B")
    runner = replace(RUNNER, races=(Race(date=on(20), distance_km=5, priority="C"),),
                     blocked=(Blocked(first=on(1), last=on(2)),))
    entries = [an_entry(RaceAdded(race=race)), an_entry(Busy(first=on(1), last=on(2))),
               an_entry(Busy(first=on(5), last=on(6)))]
    found = recall.with_sore(recall.with_life(runner, entries), ["knee"], TODAY)
    assert found.races == (race,)
    assert [b.first for b in found.blocked] == [on(1), on(5)]
    assert [(i.area, i.since) for i in found.injuries] == [("knee", TODAY)]


def kept(step: Step, *, less: int = 0, factor: float = 1.0) -> Adherence:
    """A judgement of adherence."""
    return Adherence(share_4_weeks=0.5, share_3_weeks=0.5, step=step, sessions_less=less, minutes_factor=factor)


def test_a_plan_gets_smaller_once_in_four_weeks_and_grows_back() -> None:
    """Less is taken at most every four weeks; growing gives back what was taken, and never more."""
    first = recall.smaller(Scale(), kept(Step.LESS, less=1), RUNNER, TODAY)
    assert (first.sessions_less, first.since) == (1, TODAY)
    assert recall.smaller(first, kept(Step.LESS, less=1), RUNNER, on(27)) == first
    second = recall.smaller(first, kept(Step.SHORTEN, factor=0.7), RUNNER, on(28))
    assert (second.sessions_less, second.minutes_factor) == (1, 0.7)
    grown = recall.smaller(second, kept(Step.GROW), RUNNER, on(56))
    assert grown.sessions_less == 0
    assert recall.smaller(Scale(), kept(Step.GROW), RUNNER, TODAY) == Scale()
    assert recall.smaller(Scale(), kept(Step.HOLD), RUNNER, TODAY) == Scale()


def test_a_smaller_plan_keeps_one_short_session() -> None:
    """However little is kept."""
    small = recall.scaled(RUNNER, Scale(sessions_less=9, minutes_factor=0.1))
    assert small.sessions_a_week == (1, 1)
    assert small.session_minutes == 10
    assert recall.scaled(RUNNER, Scale()) is RUNNER
