"""Facts, choices and claims: what they say of themselves."""

from __future__ import annotations

import datetime as dt

import pytest

from midstance.domain.evidence import Param, Provenance, Source, Tier
from midstance.domain.plan import Day, Optimality, Phase, Plan, Targets, Week
from midstance.domain.problem import (
    Activity,
    Choice,
    Claim,
    Problem,
    RaceFact,
    between_run_and_choice,
    gap_minutes,
)
from midstance.domain.run import PlannedRun, RunType, counts_as_hard
from midstance.domain.runner import Blocked, Level, Runner
from midstance.domain.session import (
    Block,
    Item,
    Kind,
    Session,
    block_seconds,
    content_minutes,
    item_seconds,
)

DAY = dt.date(2026, 12, 3).toordinal()


def an_activity(
    kind: str = "tempo", start: int = 390, minutes: int = 60, *, day: int = DAY, hard: bool = True
) -> Activity:
    begin = day * 1440 + start
    return Activity(id="r", day=day, start=begin, end=begin + minutes, start_real=begin, end_real=begin + minutes,
                    minutes=minutes, hard_minutes=0, hard=hard, type=RunType(kind), distance_km=None, load=0, name="x")


def a_choice(kind: str = "heavy", start: int = 1080, minutes: int = 24, *, day: int = DAY, real: int = 0) -> Choice:
    begin = day * 1440 + start
    return Choice(index=0, week=0, day=day, start=begin, end=begin + minutes, start_real=begin - real,
                  end_real=begin + minutes - real, minutes=minutes, hard_minutes=0, kind=Kind(kind), load=0)


@pytest.mark.parametrize(("low", "high", "total", "excess"), [
    (None, 2, 2, 0), (None, 2, 5, 3), (1, None, 1, 0), (2, None, 0, 2), (0, 0, -1, 1), (0, 0, 1, 1), (0, 0, 0, 0),
    (1, 3, 2, 0), (None, None, 99, 0),
])
def test_how_far_a_sum_lies_outside(low: int | None, high: int | None, total: int, excess: int) -> None:
    """Excess is the distance to the nearer bound, 0 inside, and no bound never binds."""
    claim = Claim(rule="r", tier=Tier.DOSE, day=1, terms=(), low=low, high=high)
    assert claim.excess(total) == excess


def test_the_lesser_of_clock_and_sun() -> None:
    """A gap is what the clock says or what really passes, whichever is less."""
    assert gap_minutes(100, 100, 200, 140) == 40
    assert gap_minutes(100, 100, 200, 260) == 100


def test_which_comes_first() -> None:
    """A run before, after, at the same time and inside: order and minutes between, negative where they overlap."""
    run = an_activity(start=600, minutes=60)
    assert between_run_and_choice(run, a_choice(start=700)) == (True, 40)
    assert between_run_and_choice(run, a_choice(start=500)) == (False, 76)
    assert between_run_and_choice(run, a_choice(start=600)) == (True, -60)
    assert between_run_and_choice(run, a_choice(start=590)) == (False, -14)
    assert between_run_and_choice(run, a_choice(start=700, real=60)) == (True, -20)
    race = RaceFact(day=DAY, start=run.start, end=run.end, start_real=run.start, end_real=run.end, distance_km=10,
                    priority="A", listed=True, name="r")
    assert between_run_and_choice(race, a_choice(start=700)) == (True, 40)


@pytest.mark.parametrize(("kind", "minutes", "fresh"), [
    ("tempo", 30, True), ("intervals", 30, True), ("hills", 30, True), ("fartlek", 60, False), ("easy", 90, False),
    ("easy", 91, True), ("long", 120, True), ("fartlek", 91, True), ("race", 120, False),
])
def test_which_runs_want_fresh_legs(kind: str, minutes: int, fresh: bool) -> None:
    """Tempo, intervals and hills, and whatever takes more than 90 min, save races."""
    assert an_activity(kind, minutes=minutes).needs_fresh_legs is fresh


@pytest.mark.parametrize(("kind", "hard", "strength", "leg"), [
    ("heavy", True, True, True), ("strength", False, True, True), ("upper", False, True, False),
    ("plyometric", True, True, False), ("mobility", False, False, False), ("primer", False, False, False),
])
def test_kinds(kind: str, hard: bool, strength: bool, leg: bool) -> None:
    """What is hard, what is strength-type, what is a leg session (method 7.1 and 7.3)."""
    choice = a_choice(kind)
    assert (choice.hard, choice.strength_type, choice.leg_session) == (hard, strength, leg)


def test_how_a_choice_is_called() -> None:
    """Weekday, date, hour and kind."""
    assert a_choice(start=65).label == "Thursday 2026-12-03 01:05 heavy"


def test_hard_runs_near_a_date() -> None:
    """Hard ones within the reach on both sides, in order, easy ones not."""
    runs = tuple(an_activity(day=DAY + k, hard=k != 1) for k in range(-3, 4))
    problem = Problem(first=DAY, last=DAY, weeks=(), runs=runs, runs_on={r.day: (r,) for r in runs})
    assert [r.day - DAY for r in problem.hard_near(DAY)] == [-2, -1, 0, 2]
    assert [r.day - DAY for r in problem.hard_near(DAY, 3)] == [-3, -2, -1, 0, 2, 3]


def a_source(provenance: Provenance) -> Source:
    return Source(id="who-2020", title="t", authors="Who", year=2020, where="", provenance=provenance, says="It is so.")


def test_only_papers_lend_their_name() -> None:
    """A number from the paper shows its source, every other one is a midstance default."""
    assert a_source(Provenance.PAPER).badge == "Who 2020"
    assert {a_source(p).badge for p in Provenance if p is not Provenance.PAPER} == {"midstance default"}


def test_a_parameter_outside_its_own_range_cannot_be_made() -> None:
    """The message names the number and its range."""
    with pytest.raises(ValueError, match="gap: 5 is outside 10 <= value <= 20"):
        Param(id="gap", value=5, unit="h", between=(10, 20), says="x")
    assert Param(id="gap", value=10, unit="h", between=(10, 20), says="x").badge == "midstance default"
    assert Param(id="gap", value=10, unit="h", between=(10, 20), says="x", source="who-2020").badge == "who-2020"
    assert [t.label for t in Tier] == ["safety", "dose", "taste"]


@pytest.mark.parametrize(("kind", "minutes", "pace_work", "hard"), [
    ("easy", 90, False, False), ("easy", 91, False, True), ("easy", 30, True, True), ("race", 5, False, True),
])
def test_what_makes_a_run_hard(kind: str, minutes: int, pace_work: bool, hard: bool) -> None:
    """Its type, more than 90 min, or work at marathon pace and faster."""
    assert counts_as_hard(RunType(kind), minutes, pace_work=pace_work) is hard


def a_week(hard: int, minutes: int) -> Week:
    start = dt.datetime.combine(dt.date.fromordinal(DAY), dt.time(6))
    run = PlannedRun(id="r", start=start, minutes=minutes, distance_km=None, type=RunType.TEMPO, hard=True,
                     hard_minutes=hard, load_au=0, title="", source="")
    session = Session(id="s", start=start + dt.timedelta(hours=9), minutes=20, kind=Kind.HEAVY, hard_minutes=6,
                      load_au=0, why=(), blocks=())
    targets = Targets(sessions=(0, 0), strength_type=(0, 0), heavy=(0, 0), mobility=(0, 0), leg_sessions=0, upper=0,
                      plyometric=0, sets={})
    days = (Day(date=start.date(), runs=(run,), sessions=(session,)),) if minutes else ()
    return Week(starts=start.date(), phase=Phase.BASE, targets=targets, days=days)


def test_the_hard_share_of_a_week() -> None:
    """20 + 6 of 80 + 20 min are 26 %; an empty week has none."""
    week = a_week(20, 80)
    assert week.hard_share == pytest.approx(0.26)
    assert a_week(0, 0).hard_share == 0.0
    plan = Plan(id="", previous=None, version="", runner="", starts=week.starts, ends=week.starts, inputs={},
                optimality=Optimality(status="optimal", cost=(0,), bound=(0,), seconds=0), weeks=(week, week))
    assert (len(plan.runs), len(plan.sessions)) == (2, 2)
    assert plan.sessions[0].end.minute == 20
    assert plan.runs[0].end.hour == 7


def test_what_a_runner_has_at_home_and_when() -> None:
    """A weight means that loading is possible; windows are the day's own, the default, or none on blocked dates."""
    def who(**fields) -> Runner:
        return Runner(name="A", timezone="UTC", running_level=Level.BEGINNER, strength_level=Level.BEGINNER,
                      goal="5k", **fields)

    assert [who(equipment=e).can_load for e in ((), ("band", "step"), ("kettlebell",), ("backpack",))] == [
        False, False, True, True]
    assert who(weights_kg=(8.0,)).can_load
    thursday = dt.date(2026, 12, 3)
    runner = who(availability={3: ((600, 700),)}, blocked=(Blocked(first=thursday, last=thursday),))
    assert runner.windows(thursday) == ()
    assert runner.windows(thursday + dt.timedelta(days=7)) == ((600, 700),)
    assert runner.windows(thursday + dt.timedelta(days=1)) == ((360, 1260),)
    assert (runner.blocked_on(thursday), runner.blocked_on(thursday + dt.timedelta(days=1))) == (True, False)


def an_item(unit: str = "reps", low: int = 8, high: int = 12, **fields) -> Item:
    return Item(label="A1", exercise="x", unit=unit, low=low, high=high, **fields)


@pytest.mark.parametrize(("item", "seconds"), [
    (an_item(), 30), (an_item(tempo="3-1-1-0"), 50), (an_item(per_side=True), 60), (an_item(tempo="0-0-0-0"), 30),
    (an_item("seconds", 40, 50), 45), (an_item("steps", 8, 8), 15), (an_item("contacts", 20, 20), 20),
    (an_item("seconds", 30, 30, per_side=True), 60),
])
def test_how_long_a_set_takes(item: Item, seconds: float) -> None:
    """The middle of the range: tempo or 3 s a repetition, holds as they are, steps out and back with a turn."""
    assert item_seconds(item) == seconds


def test_how_long_a_block_and_a_session_take() -> None:
    """Sets, 10 s between items, 15 s to change sides, rest after each round, extra sets of a side without rest."""
    pair = Block(label="A", rounds=3, rest_s=90, items=(an_item(per_side=True), an_item()))
    assert block_seconds(pair) == 3 * (60 + 15 + 30 + 10 + 90)
    more = Block(label="A", rounds=1, rest_s=0, items=(an_item(per_side=True, extra_rounds=(("left", 2),)),))
    assert block_seconds(more) == 60 + 15 + 2 * 30
    assert content_minutes((pair,)) == 10
    assert content_minutes(()) == 1
