"""The whole way from a brief to a finished plan: what comes out keeps every promise."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from builders import MONDAY, RULES, a_plan_of, a_runner, race_text
from midstance.catalogue.load import load_catalogue
from midstance.domain.dates import dates_between, sunday
from midstance.domain.history import History
from midstance.domain.plan import Plan, Targets, Unread
from midstance.domain.run import CalendarRun, RunType
from midstance.domain.session import Kind, content_minutes
from midstance.planning.arrange import Arranged, Shortfall
from midstance.planning.check import check_plan, sessions_as_choices
from midstance.planning.make import (
    Brief,
    Solved,
    first_guilty,
    make_plan,
    region_reports,
    run_soon,
    safe_sessions,
    slots_of,
    solve,
)
from midstance.planning.phases import default_end
from midstance.planning.prepare import prepare_facts
from midstance.planning.settle_runs import SettledRuns

if TYPE_CHECKING:
    from midstance.domain.runner import Runner

ALL = tuple(RULES.values())
EXERCISES = load_catalogue().exercises


def run(day: str, minutes: int, kind: str = "easy", start: str = "06:30") -> str:
    return f'[[running]]\nday = "{day}"\nstart = "{start}"\nminutes = {minutes}\ntype = "{kind}"\n'


FOUR_RUNS = run("tue", 45, "intervals") + run("wed", 40) + run("fri", 45) + run("sun", 85, "long", "08:00")
RUNNERS = {
    "racer": 'strength_level = "intermediate"\n' + race_text("2027-01-31", 10) + FOUR_RUNS,
    "beginner": (
        'running_level = "beginner"\nstrength_level = "beginner"\nequipment = []\n' + run("mon", 30) + run("thu", 30)),
    "primed": 'primers = "before"\n' + race_text("2026-12-13", 10) + race_text("2026-12-20", 5, "B") + FOUR_RUNS,
    "inside": 'primers = "inside"\nsessions_a_week = [1, 2]\n' + FOUR_RUNS,
    "fifty": "birth_year = 1960\nhard_days_hard = true\n" + FOUR_RUNS,
    "blocked": "[[blocked]]\nfrom = 2026-12-07\nto = 2026-12-13\n" + FOUR_RUNS,
    "sore": '[[injuries]]\narea = "achilles"\nsince = 2026-11-01\n' + race_text("2027-02-14", 21.1) + FOUR_RUNS,
    "too hard": run("mon", 60, "tempo") + run("wed", 60, "intervals") + run("fri", 60, "tempo"),
    "no runs": "",
}
named = pytest.mark.parametrize("name", RUNNERS)


def a_brief(name: str = "racer", *, weeks: int | None = 8, first: dt.date = MONDAY, **more) -> Brief:
    runner = a_runner(RUNNERS[name])
    last = sunday(first + dt.timedelta(weeks=weeks - 1)) if weeks else default_end(first, runner.races)
    return Brief(runner=runner, first=first, last=last, **more)


@lru_cache(maxsize=32)
def made(name: str, first: dt.date = MONDAY) -> tuple[Plan, Solved, Runner]:
    brief = a_brief(name, first=first)
    plan, solved = make_plan(brief, rules=ALL, catalogue=EXERCISES, version="1.2.3")
    return plan, solved, brief.runner


@named
def test_no_safety_finding_on_the_plan(name: str) -> None:
    """The independent check finds no breach of safety in what is published."""
    plan, _, runner = made(name)
    report = check_plan(plan, ALL, runner=runner)
    assert [f for f in report.findings if f.tier == "safety" and f.on == "plan"] == []
    assert {f.on for f in plan.findings} <= {"calendar"}
    assert plan.findings == tuple(f for f in report.findings if f.on == "calendar")


@named
def test_weeks_are_complete(name: str) -> None:
    """Every date stands once, Monday first, and each run and session on its own date."""
    plan, _, _ = made(name)
    dates = [d.date for w in plan.weeks for d in w.days]
    assert dates == list(dates_between(plan.starts, plan.ends))
    assert all(w.starts.weekday() == 0 for w in plan.weeks)
    for day in (d for w in plan.weeks for d in w.days):
        assert all(x.date == day.date for x in (*day.runs, *day.sessions))
        assert [s.start for s in day.sessions] == sorted(s.start for s in day.sessions)


@named
def test_ids_are_unique(name: str) -> None:
    """No two runs and no two sessions share an id, and every primer names a run of its date."""
    plan, _, _ = made(name)
    ids = Counter(x.id for x in (*plan.runs, *plan.sessions))
    assert set(ids.values()) <= {1}
    runs = {r.id: r for r in plan.runs}
    for session in plan.sessions:
        assert (session.for_run is not None) == (session.kind is Kind.PRIMER)
        if session.for_run:
            run_of = runs[session.for_run]
            assert run_of.date == session.date
            assert session.end == run_of.start


@named
def test_minutes_are_those_of_the_content(name: str) -> None:
    """Each session says the minutes that its sets, rests and drills take, within one."""
    plan, _, _ = made(name)
    assert all(abs(s.minutes - content_minutes(s.blocks)) <= 1 for s in plan.sessions)
    assert all(s.why and s.blocks for s in plan.sessions)


@named
def test_hard_minutes_stay_under_the_bound(name: str) -> None:
    """What is placed keeps its minutes and stays at or under the hard minutes that were reserved: nothing is lost."""
    plan, solved, _ = made(name)
    placed = {(c.start, c.kind): c for c in solved.chosen}
    sessions = [s for s in plan.sessions if s.kind is not Kind.PRIMER]
    assert len(sessions) == len(placed)
    for s in sessions:
        choice = placed[s.start.toordinal() * 1440 + s.start.hour * 60 + s.start.minute, s.kind]
        assert s.minutes == choice.minutes
        assert s.hard_minutes <= choice.hard_minutes


@named
def test_shortfalls_are_all_reported(name: str) -> None:
    """Each minimum of a week's targets is reached or reported with what stood in the way."""
    plan, _, _ = made(name)
    said = {(r.week, r.what) for r in plan.relaxed if r.rule == "sessions-a-week"}
    for week in plan.weeks:
        kinds = Counter(s.kind for s in week.sessions)
        strength = sum(kinds[k] for k in (Kind.HEAVY, Kind.STRENGTH, Kind.UPPER, Kind.PLYOMETRIC))
        t = week.targets
        for what, got, low in (
            ("heavy", kinds[Kind.HEAVY], t.heavy[0]), ("mobility", kinds[Kind.MOBILITY], t.mobility[0]),
            ("strength_type", strength, t.strength_type[0]), ("upper", kinds[Kind.UPPER], t.upper),
            ("plyometric", kinds[Kind.PLYOMETRIC], t.plyometric),
            ("leg_sessions", kinds[Kind.HEAVY] + kinds[Kind.STRENGTH], t.leg_sessions),
            ("sessions", strength + kinds[Kind.MOBILITY], t.sessions[0]),
        ):
            assert got >= low or (week.starts, what) in said


@named
def test_the_same_brief_gives_the_same_plan(name: str) -> None:
    """Twice the same values, and a shuffled catalogue too."""
    plan, _, _ = made(name)
    shuffled = dict(sorted(EXERCISES.items(), reverse=True))
    assert make_plan(a_brief(name), rules=ALL, catalogue=shuffled, version="1.2.3")[0] == plan


def test_a_plan_carries_what_it_was_made_from() -> None:
    """Name, dates, version, what could not be read, and a proven optimum."""
    unread = Unread(source="x.ics", date=MONDAY, title="Club dinner")
    brief = a_brief(unread=(unread,))
    plan, solved = make_plan(brief, rules=ALL, catalogue=EXERCISES, version="1.2.3")
    assert (plan.runner, plan.starts, plan.ends, plan.version) == ("Ana", MONDAY, brief.last, "1.2.3")
    assert plan.unread == (unread,)
    assert plan.optimality.status == "optimal"
    assert plan.optimality.cost == plan.optimality.bound == solved.compiled.unpack(solved.certificate.cost)
    assert any("6:30 per km" in note for note in plan.notes)


def test_a_plan_that_starts_mid_week() -> None:
    """The first week keeps its Monday as name and begins with the first date."""
    plan, _, _ = made("racer", MONDAY + dt.timedelta(days=3))
    assert (plan.weeks[0].starts, plan.weeks[0].days[0].date, len(plan.weeks[0].days)) == (
        MONDAY, MONDAY + dt.timedelta(days=3), 4)


def test_calendar_runs_take_the_place_of_the_pattern() -> None:
    """Runs of the brief's calendar stand in the plan with their titles."""
    calendar = (CalendarRun(date=MONDAY, minutes=50, type=RunType.EASY, title="with Jo", source="c.csv"),)
    plan, _ = make_plan(a_brief(weeks=1, calendar=calendar), rules=ALL, catalogue=EXERCISES, version="0")
    assert ("with Jo", "c.csv") in {(r.title, r.source) for r in plan.runs}


def test_a_published_plan_is_kept_close() -> None:
    """Made again from its own sessions the plan is the same; from others it moves towards them."""
    plan, _, _ = made("racer")
    own = frozenset((s.date.toordinal(), s.kind) for s in plan.sessions)
    again, _ = make_plan(a_brief(published=own), rules=ALL, catalogue=EXERCISES, version="1.2.3")
    assert [(s.start, s.kind) for s in again.sessions] == [(s.start, s.kind) for s in plan.sessions]
    moved = frozenset((day + 1, kind) for day, kind in own)
    other, _ = make_plan(a_brief(published=moved), rules=ALL, catalogue=EXERCISES, version="1.2.3")
    there = {(s.date.toordinal(), s.kind) for s in other.sessions}
    assert len(there & moved) > len(own & moved)


def test_primers_do_not_cost_sessions() -> None:
    """After each race the first easy runs have no primer, and no hard session is lost to it."""
    plan, solved, _ = made("primed")
    assert any(s.kind is Kind.PRIMER for s in plan.sessions)
    after = [s for s in plan.sessions if s.kind is Kind.PRIMER and s.date in dates_between(
        dt.date(2026, 12, 14), dt.date(2026, 12, 14))]
    assert after == []
    assert sum(s.hard for s in plan.sessions) == sum(c.hard for c in solved.chosen)


def test_inside_primers_shorten_the_runs() -> None:
    """The runs' minutes and the primers' together are what the calendar said."""
    plan, solved, _ = made("inside")
    primers = sum(s.minutes for s in plan.sessions if s.kind is Kind.PRIMER)
    assert primers > 0
    assert sum(r.minutes for r in plan.runs) + primers == sum(r.minutes for r in solved.settled.runs)


def test_who_is_to_keep_fresh() -> None:
    """A quality run, a run over 90 min or a race within three days after the session; not one before it."""
    def fresh(text: str, runner: str = "") -> bool:
        plan, who = a_plan_of(text), a_runner(runner)
        settled = SettledRuns(runs=plan.runs, notes=(), easy_pace_s_per_km=390)
        facts = prepare_facts(who, settled, History(), first=plan.starts, last=plan.ends)
        problem = sessions_as_choices(facts, plan.sessions, who, plan.runs)
        return run_soon(problem, problem.choices[0])

    assert fresh("Mon 06:06 heavy 24min | Thu 06:30 tempo 50min")
    assert not fresh("Mon 06:05 heavy 24min | Thu 06:30 tempo 50min")
    assert fresh("Mon 18:00 heavy 24min | Wed 06:30 long 91min")
    assert not fresh("Mon 18:00 heavy 24min | Wed 06:30 long 90min")
    assert not fresh("Tue 18:00 heavy 24min | Tue 06:30 tempo 50min")
    assert fresh("Mon 18:00 heavy 24min", race_text("Wed", 10))
    assert not fresh("Mon 18:00 heavy 24min", race_text("Fri", 10))


def test_slots_know_their_week() -> None:
    """Phase, number in the phase, level and cuts come from the week; minutes and bounds from the choice."""
    done = solve(a_brief("beginner"), ALL)
    slots = slots_of(done.compiled.problem, done.chosen, a_runner(RUNNERS["beginner"]))
    assert [s.start for s in slots] == sorted(s.start for s in slots)
    assert {s.learning for s in slots if s.start.date() < MONDAY + dt.timedelta(weeks=6)} == {True}
    assert {s.set_factor for s in slots} == {1.0, 0.55}
    assert [s.phase_week for s in slots] == [(s.week - MONDAY).days // 7 for s in slots]


def test_a_session_that_breaks_safety_is_taken_out_and_nothing_else() -> None:
    """Of two heavy sessions within 24 h the later goes; the mobility beside and what follows stay."""
    text = "Mon 18:00 heavy 24min | Tue 18:00 heavy 24min | Sat 10:00 heavy 24min | Sun 10:00 mobility 15min | " \
           "Wed 06:30 easy 300min"
    plan, who = a_plan_of(text), a_runner()
    settled = SettledRuns(runs=plan.runs, notes=(), easy_pace_s_per_km=390)
    facts = prepare_facts(who, settled, History(), first=plan.starts, last=plan.ends)
    rules = (RULES["recovery-between-hard"], RULES["easy-share"])
    kept, notes = safe_sessions(facts, plan.sessions, who, plan.runs, rules)
    assert [f"{s.start:%a} {s.kind.value}" for s in kept] == ["Mon heavy", "Sat heavy", "Sun mobility"]
    assert notes == ()
    choice = first_guilty(sessions_as_choices(facts, plan.sessions, who, plan.runs), rules)
    assert choice.day == MONDAY.toordinal() + 1


def test_missing_sets_are_reported_when_they_are_many() -> None:
    """A region with 60 % of its sets is near enough; with less it is reported with the week's sessions."""
    done = solve(a_brief(weeks=1), ALL)
    slots = slots_of(done.compiled.problem, done.chosen, a_runner(RUNNERS["racer"]))
    targets = {MONDAY: replace(done.compiled.problem.weeks[0].targets, sets={"glutes": 10, "core": 10, "pull": 1})}
    shorts = tuple(Shortfall(week=MONDAY, region=r, wanted=w, got=g) for r, w, g in (
        ("glutes", 10, 6), ("core", 10, 5), ("pull", 1, 0)))
    found = region_reports(Arranged(sessions=(), shortfalls=shorts, notes=()), targets, slots)
    assert [(r.what, r.wanted, r.planned, r.rule) for r in found] == [
        ("core", 10, 5, "regions-covered"), ("pull", 1, 0, "regions-covered")]
    assert isinstance(targets[MONDAY], Targets)
    lifting = sum(s.kind in (Kind.HEAVY, Kind.STRENGTH, Kind.UPPER) for s in slots)
    assert f"fit into {lifting} strength sessions" in found[0].says
