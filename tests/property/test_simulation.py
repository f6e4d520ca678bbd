"""The closed loop: made-up runners live with the planner, and nothing that must not be happens on any morning.

``MIDSTANCE_RUNNERS`` says how many live for a year (10 by default, more in ``make soak``). The judges are tested by
faults put in their way: each must be found.
"""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from midstance.domain.diary import CheckIn, Pain, SetDone
from midstance.domain.plan import Phase
from midstance.domain.run import PlannedRun, RunType
from midstance.domain.runner import Level, Race, Runner
from midstance.domain.session import Block, Item, Kind, Session
from midstance.formats._format import InputError
from midstance.services.handbook import catalogue
from midstance.services.simulate import FIRST, one_year, simulate
from midstance.services.simulating import looking, year
from midstance.services.simulating.judge import Ahead, Done, World, judge_day, judge_minutes, judge_plan, judge_session
from midstance.services.simulating.kilograms import Weights
from midstance.services.simulating.one import One

if TYPE_CHECKING:
    from midstance.services import replan_day
    from midstance.services.replan_day import Known, Proposal
    from midstance.services.simulate import Simulated

ROOT = Path(__file__).resolve().parents[2]
RUNNERS = int(os.environ.get("MIDSTANCE_RUNNERS", "10"))
CORES = min(8, os.cpu_count() or 1)
DAY = dt.timedelta(days=1)
MONDAY = dt.date(2027, 1, 11)


# ------------------------------------------------------------------------------------------------------- the loop


@pytest.fixture(scope="module")
def lived() -> Simulated:
    """Let the runners live for a year."""
    return simulate(RUNNERS, weeks=52, seed=RUNNERS, jobs=CORES)


def test_nothing_that_must_not_be_happens(lived: Simulated) -> None:
    """No safety finding, no jump of a weight, no session too long, no restless plan, nothing lost, no error."""
    assert lived.described == ()
    assert lived.violations == 0


def test_life_was_lived(lived: Simulated) -> None:
    """Every morning was looked at, and all sorts of things happened."""
    assert lived.mornings == RUNNERS * 364
    assert lived.plans_made >= RUNNERS
    assert {"missed session", "missed run", "moved session", "moved run", "illness", "pain", "travel", "new race",
            "watch failure", "harder run", "little time", "undo"} <= set(lived.events)
    assert 0 < lived.sessions_kept < lived.sessions_advised <= lived.sessions_planned


def test_changes_are_few(lived: Simulated) -> None:
    """The usual event changes a few days, not the plan."""
    assert lived.proposals > 0
    assert lived.accepted > 0
    assert lived.changed_days_median <= 4


def test_the_same_seed_gives_the_same_lives() -> None:
    """Also shared out to processes; another seed gives others."""
    alone = simulate(2, weeks=2, seed=5)
    assert simulate(2, weeks=2, seed=5, jobs=2) == alone
    assert simulate(2, weeks=2, seed=6) != alone


def test_numbers_that_cannot_be_are_refused() -> None:
    """In words, with the remedy."""
    for wrong in ({"runners": 0}, {"runners": 1, "weeks": 0}, {"runners": 1, "jobs": 0}):
        with pytest.raises(InputError, match="cannot be simulated"):
            simulate(**wrong)


def test_an_error_ends_one_year_and_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told with its kind and the day."""

    def fails(*_: object) -> None:
        msg = "no such thing"
        raise KeyError(msg)

    monkeypatch.setattr(year, "decide", fails)
    found = simulate(2, weeks=1)
    assert (found.failures, found.violations) == (2, 2)
    assert found.described[0].startswith(f"runner 0, {FIRST}: KeyError")


def test_a_planner_that_ignores_the_time_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions twice as long as the runner has time for."""
    whole = year.day_of

    def longer(known: Known, proposal: Proposal | None, entries: tuple[object, ...]) -> replan_day.Morning:
        found = whole(known, proposal, entries)
        session = found.session
        return found if session is None else replace(found, session=replace(session, minutes=2 * session.minutes + 30))

    monkeypatch.setattr(year, "day_of", longer)
    assert simulate(1, weeks=2).too_long > 0


def test_a_planner_that_adds_weight_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty kilograms more each time."""
    whole, more = year.day_of, [0.0]

    def heavier(known: Known, proposal: Proposal | None, entries: tuple[object, ...]) -> replan_day.Morning:
        found = whole(known, proposal, entries)
        more[0] += 20
        return found if found.session is None else replace(found, session=loaded(found.session, more[0]))

    monkeypatch.setattr(year, "day_of", heavier)
    number = next(n for n in range(99) if lifts(One(Random(f"1/{n}"), number=n, first=FIRST, days=1)))
    assert "weight" in {sort for sort, _ in one_year(number, weeks=6, seed=1, first=FIRST).breaches}


def lifts(one: One) -> bool:
    """Tell whether somebody logs sets with weights, and mostly does what is asked."""
    habit, runner = one.person.habit, one.person.runner
    return habit.sets and habit.keeps > 0.7 and bool(runner.weights_kg) and runner.strength_level is Level.ADVANCED


def loaded(session: Session, kg: float) -> Session:
    """Give every loaded item so many kilograms more."""
    return replace(session, blocks=tuple(replace(block, items=tuple(
        replace(item, weight_kg=item.weight_kg + kg) if item.weight_kg else item for item in block.items))
        for block in session.blocks))


def test_a_restless_planner_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that always has one more change."""
    one = One(Random(1), number=1, first=FIRST, days=14)
    looking.plan_anew(one, FIRST)
    looking.settled(one, FIRST, "a test")
    assert one.tally.breaches == []
    monkeypatch.setattr(looking, "propose", lambda _: SimpleNamespace(says=("One more.",)))
    looking.settled(one, FIRST, "a test")
    assert one.tally.breaches == [("unstable", f"runner 1, {FIRST}: after a test: One more.")]


def test_lost_entries_are_found() -> None:
    """What was written and is not there; what is there and was not written."""
    one = One(Random(1), number=1, first=FIRST, days=1)
    one.book.ids.add("ab" * 16)
    year.live(one)
    assert [sort for sort, _ in one.tally.breaches] == ["lost"]
    one.book.ids.remove("ab" * 16)
    assert one.book.lost() == []
    one.book.undone += 1
    assert len(one.book.lost()) == 1


# ------------------------------------------------------------------------------------------------------ the judges


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """A moment, counted from the Monday of the tests."""
    return dt.datetime.combine(MONDAY + day * DAY, dt.time(hour, minute))


def a_session(day: int, kind: Kind = Kind.HEAVY, *, hour: int = 18, minutes: int = 25, hard: int = 9,
              blocks: tuple[Block, ...] = ()) -> Session:
    """A session in the evening."""
    start = at(day, hour)
    return Session(id=f"s-{start:%Y-%m-%d-%H%M}", start=start, minutes=minutes, kind=kind, blocks=blocks, why=(),
                   hard_minutes=hard if kind in (Kind.HEAVY, Kind.PLYOMETRIC) else 0, load_au=0)


def a_run(day: int, kind: RunType = RunType.TEMPO, *, hour: int = 7, minutes: int = 50, hard: int = 0) -> PlannedRun:
    """A run in the morning."""
    start = at(day, hour)
    return PlannedRun(id=f"run-{start:%Y-%m-%d-%H%M}", start=start, minutes=minutes, distance_km=None, type=kind,
                      hard=kind in (RunType.TEMPO, RunType.RACE), hard_minutes=hard, load_au=0, title="", source="")


def a_world(**values: object) -> World:
    """A runner who lifts well and is free all day."""
    usual = {"name": "Ana", "timezone": "UTC", "running_level": Level.ADVANCED, "strength_level": Level.ADVANCED,
             "goal": "general"}
    return World(runner=Runner(**{**usual, **values}))  # type: ignore[arg-type]


def ahead(*things: Session | PlannedRun, phase: Phase = Phase.BASE) -> Ahead:
    """What lies ahead of the Monday."""
    return Ahead(
        today=MONDAY, runs=tuple(x for x in things if isinstance(x, PlannedRun)),
        sessions=tuple(x for x in things if isinstance(x, Session)),
        phases={MONDAY + 7 * k * DAY: phase for k in range(-1, 4)})


def done(day: int, hour: int, *, kind: Kind | None = None) -> Done:
    """Something hard that took an hour: a run, or a session of a kind."""
    start = at(day, hour)
    return Done(start=start, end=start + dt.timedelta(hours=1), minutes=60, hard=True, kind=kind)


def test_good_advice_is_no_breach() -> None:
    """A day and more after and before anything hard, in the evening."""
    session = a_session(2)
    world = a_world()
    world.runs.append(done(1, 16))
    assert list(judge_day(world, ahead(session, a_run(4)), session, CheckIn(soreness=1))) == []


@pytest.mark.parametrize(("things", "past", "word"), [
    ((), [done(1, 18)], "after what was done"),
    ((), [done(1, 18, kind=Kind.HEAVY)], "after what was done"),
    ((a_run(3, hour=17),), [], "before tempo"),
    ((a_run(2, hour=7),), [], "after tempo"),
    ((a_session(3, Kind.PLYOMETRIC, minutes=10, hard=2),), [], "before plyometric"),
    ((a_run(2, RunType.EASY, hour=18),), [], "in the time of the run"),
    ((a_session(2, Kind.MOBILITY, hour=12),), [], "beside another session"),
    ((a_session(0), a_session(1)), [], "more than 2 heavy"),
])
def test_hours_and_counts_are_judged(things: tuple[Session | PlannedRun, ...], past: list[Done], word: str) -> None:
    """Each fault by its words."""
    session = a_session(2)
    world = a_world()
    for one in past:
        (world.sessions if one.kind else world.runs).append(one)
    assert any(word in text for text in judge_session(world, ahead(session, *things), session))


def test_hard_days_may_be_kept_hard() -> None:
    """Three hours after a hard run of its date, for who wants it."""
    session = a_session(2)
    assert list(judge_session(a_world(hard_days_hard=True), ahead(session, a_run(2)), session)) == []
    assert list(judge_session(a_world(hard_days_hard=True), ahead(session, a_run(2, hour=15)), session))


@pytest.mark.parametrize(("race", "session", "word"), [
    (Race(date=MONDAY + 4 * DAY, distance_km=10, start_minute=600), a_session(2), "before the 10 km"),
    (Race(date=MONDAY + 8 * DAY, distance_km=42.2, start_minute=600), a_session(2), "before the 42.2 km"),
    (Race(date=MONDAY, distance_km=42.2, start_minute=600), a_session(5), "after the 42.2 km"),
    (Race(date=MONDAY, distance_km=10, start_minute=600), a_session(1, Kind.STRENGTH), "after the 10 km"),
])
def test_races_are_judged(race: Race, session: Session, word: str) -> None:
    """Fresh before it, calm after it."""
    world = a_world()
    world.races.append(race)
    run = a_run((race.date - MONDAY).days, RunType.RACE, hour=10, minutes=60)
    assert any(word in text for text in judge_session(world, ahead(session, run), session))
    easy = replace(session, kind=Kind.MOBILITY, hard_minutes=0)
    assert list(judge_session(world, ahead(easy, run), easy)) == []


def test_place_is_judged() -> None:
    """Busy dates, windows, and the runner's own length."""
    session = a_session(2)
    world = a_world(availability={2: ((360, 480),)}, session_minutes=20)
    world.busy.append((session.date, session.date))
    said = " ".join(judge_session(world, ahead(session), session))
    assert "busy" in said
    assert "outside" in said
    assert "longer than 20 min" in said


def test_seven_days_are_judged() -> None:
    """A fifth is hard at most where a hard session stands; without one the runs are their own affair."""
    runs = [a_run(day, RunType.EASY, minutes=40) for day in range(7)]
    assert list(judge_plan(a_world(), ahead(a_session(2), *runs))) == []
    hard = [*runs[:5], a_run(5, minutes=60, hard=60), runs[6]]
    assert any("in seven days" in text for text in judge_plan(a_world(), ahead(a_session(2), *hard)))
    assert list(judge_plan(a_world(), ahead(*hard))) == []


@pytest.mark.parametrize("told", [
    CheckIn(pain=(Pain(area="knee", score=6),)), CheckIn(limp=True), CheckIn(soreness=5)])
def test_the_morning_is_judged(told: CheckIn) -> None:
    """Pain above 5, a limp, sore legs."""
    session = a_session(2)
    assert len(list(judge_day(a_world(), ahead(session), session, told))) == 1


def test_minutes_are_judged() -> None:
    """What was given this morning, five at least; else what the runner wants."""
    session = a_session(2, minutes=25)
    assert list(judge_minutes(a_world().runner, session, None)) == []
    assert list(judge_minutes(a_world().runner, session, CheckIn(minutes=20)))
    assert list(judge_minutes(a_world().runner, replace(session, minutes=5), CheckIn(minutes=0))) == []


def lifted(kg: float, *, pain: float | None = None) -> list[SetDone]:
    """One set of squats."""
    return [SetDone(exercise="goblet-squat", amount=8, weight_kg=kg, pain=pain)]


def squats(kg: float) -> Session:
    """A session that asks for squats."""
    item = Item(label="A1", exercise="goblet-squat", unit="reps", low=6, high=8, weight_kg=kg)
    return a_session(2, blocks=(Block(label="A", rounds=3, rest_s=90, items=(item,)),))


def test_weights_rise_by_one_step() -> None:
    """From 8 to 12 where these are in the house, not to 16; and not at all after pain or a long break."""
    def fresh() -> Weights:
        return Weights(catalogue=catalogue().exercises, runner=replace(a_world().runner, weights_kg=(8.0, 12.0, 16.0)))

    weights = fresh()
    assert list(weights.judge(MONDAY, squats(16.0))) == []
    weights.log(MONDAY, Kind.HEAVY, lifted(8.0))
    assert list(weights.judge(MONDAY + DAY, squats(12.0))) == []
    assert "more than a step" in " ".join(weights.judge(MONDAY + DAY, squats(16.0)))
    assert "after a break" in " ".join(weights.judge(MONDAY + 30 * DAY, squats(12.0)))
    weights.log(MONDAY + DAY, Kind.HEAVY, lifted(8.0, pain=6))
    assert "it hurt at 8 kg" in " ".join(weights.judge(MONDAY + 2 * DAY, squats(12.0)))
    weights.log(MONDAY + 2 * DAY, Kind.HEAVY, lifted(8.0))
    assert list(weights.judge(MONDAY + 3 * DAY, squats(12.0))) == []


def test_the_benchmark_prints_the_same_table(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
                                             ) -> None:
    """With the time of a runner-year beside it."""
    monkeypatch.syspath_prepend(str(ROOT))
    closed_loop = import_module("benchmarks.closed_loop")
    assert closed_loop.main(["--runners", "1", "--weeks", "1", "--jobs", "1"]) == 0
    out = capsys.readouterr().out
    assert "safety findings" in out
    assert "A runner-year took" in out
