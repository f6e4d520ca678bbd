"""Runners, calendars and small problems for tests of the planner; everything drawn could stand in a runner's file."""

from __future__ import annotations

import datetime as dt
import json
import os
import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from midstance.domain.dates import dates_between, monday
from midstance.domain.evidence import Certainty, Tier
from midstance.domain.history import History
from midstance.domain.plan import Phase, Plan, Targets
from midstance.domain.problem import Choice, Claim, Problem, WeekFacts
from midstance.domain.run import CalendarRun, RunType
from midstance.domain.runner import (
    AREAS,
    EQUIPMENT,
    GOALS,
    PRIMERS,
    WEIGHTS,
    Blocked,
    Injury,
    Level,
    PatternRun,
    Race,
    Runner,
)
from midstance.domain.session import Kind
from midstance.formats.plan_inputs import render_inputs
from midstance.formats.plan_json import render_plan_json
from midstance.formats.runner_toml import render_runner
from midstance.planning.compile import compile_problem
from midstance.planning.make import Brief, Solved, make_plan
from midstance.planning.prepare import prepare_facts, with_choices
from midstance.planning.settle_runs import settle_runs
from midstance.rules._rule import Rule
from midstance.services.handbook import all_rules, catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ZONES = ("Europe/Lisbon", "America/New_York", "Australia/Sydney", "Pacific/Apia", "Asia/Beirut", "America/Havana",
         "Asia/Kathmandu", "UTC")
DISTANCES = (3.0, 5.0, 5.5, 8.0, 10.0, 10.5, 15.0, 21.1, 21.5, 25.0, 30.0, 42.2, 43.0, 50.0, 100.0, 161.0)
EASY_KINDS = (RunType.EASY, RunType.RECOVERY, RunType.STEADY)
QUALITY = (RunType.TEMPO, RunType.INTERVALS, RunType.FARTLEK, RunType.HILLS)
EVENING, MORNING = (18 * 60, 20 * 60), (6 * 60, 8 * 60 + 30)
FUZZED_WEEKS = int(os.environ.get("MIDSTANCE_FUZZ_WEEKS", "2160"))
SOAK = FUZZED_WEEKS > 10_000


@dataclass(frozen=True, kw_only=True)
class Made:
    """A plan with its solution, its document as JSON values, and its runner's file as TOML values."""

    brief: Brief
    plan: Plan
    solved: Solved
    text: str

    @property
    def document(self) -> dict[str, Any]:
        """The plan document."""
        return json.loads(self.text)

    @property
    def tables(self) -> dict[str, Any]:
        """The runner's file."""
        return tomllib.loads(render_runner(self.brief.runner))


def made(brief: Brief) -> Made:
    """Make the plan of a brief, with what planning used in its ``inputs`` as the command line writes it."""
    plan, solved = make_plan(brief, rules=all_rules(), catalogue=catalogue().exercises, version="test")
    plan = replace(plan, inputs=render_inputs(brief.runner, brief.history, None))
    return Made(brief=brief, plan=plan, solved=solved, text=render_plan_json(plan))


def candidates(brief: Brief) -> Problem:
    """Give the problem of a brief with every candidate start, not compiled yet."""
    settled = settle_runs(brief.runner, brief.calendar, brief.history, first=brief.first, last=brief.last)
    facts = prepare_facts(brief.runner, settled, brief.history, first=brief.first, last=brief.last,
                          published=brief.published)
    return with_choices(facts, brief.runner, all_rules())


def a_runner(**values: Any) -> Runner:
    """Build a plain runner: intermediate, dumbbells, four runs a week, free all day."""
    usual: dict[str, Any] = {
        "name": "Ana", "timezone": "Europe/Lisbon", "running_level": Level.INTERMEDIATE,
        "strength_level": Level.INTERMEDIATE, "goal": "10k", "equipment": ("dumbbell", "step"),
        "weights_kg": (8.0, 8.0, 16.0, 16.0), "primers": "off",
        "running": tuple(
            PatternRun(day=day, start_minute=390, minutes=minutes, type=kind)
            for day, minutes, kind in ((1, 50, RunType.TEMPO), (3, 50, RunType.EASY), (5, 40, RunType.EASY),
                                       (6, 80, RunType.LONG))),
    }
    return Runner(**{**usual, **values})


def a_brief(runner: Runner | None = None, *, first: dt.date = dt.date(2026, 11, 30), weeks: int = 2,
            **values: Any) -> Brief:
    """Build a brief of some calendar weeks."""
    last = monday(first) + dt.timedelta(days=7 * weeks - 1)
    return Brief(runner=runner or a_runner(), first=first, last=last, **values)


# --------------------------------------------------------------------------------------------- strategies


@st.composite
def windows(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """Draw the free windows of a weekday: none, tiny, an evening, a night, or anything."""
    shape = draw(st.sampled_from(("none", "tiny", "evening", "both", "long", "any")))
    if shape == "none":
        return ()
    if shape == "evening":
        return (EVENING,)
    if shape == "both":
        return (MORNING, EVENING)
    if shape == "tiny":
        begin = draw(st.integers(0, 1410))
        return ((begin, min(1440, begin + draw(st.integers(10, 35)))),)
    if shape == "long":
        return ((0, 1440),)
    cuts = sorted(draw(st.sets(st.integers(0, 1440), min_size=4, max_size=4)))
    return ((cuts[0], cuts[1]), (cuts[2], cuts[3]))


@st.composite
def patterns(draw: st.DrawFn) -> tuple[PatternRun, ...]:
    """Draw a weekly pattern: mostly a sensible one with easy runs, one or two hard ones and a long run."""
    if draw(st.integers(0, 9)) == 0:
        return draw(wild_patterns())
    days = sorted(draw(st.sets(st.integers(0, 6), min_size=2, max_size=7)))
    hard = set(draw(st.permutations(days))[: draw(st.integers(0, 2))])
    start = draw(st.sampled_from((None, 360, 390, 420, 720, 1080, 1140)))
    out = []
    for day in days:
        long = day == days[-1] and draw(st.booleans())
        kind = RunType.LONG if long else draw(st.sampled_from(QUALITY if day in hard else EASY_KINDS))
        out.append(PatternRun(day=day, start_minute=start, minutes=draw(st.integers(60, 150) if long else
                                                                        st.integers(20, 75)), type=kind))
    if draw(st.integers(0, 3)) == 0:
        day = draw(st.sampled_from(days))
        out.append(PatternRun(day=day, start_minute=draw(st.sampled_from((960, 1260))), minutes=30, type=RunType.EASY))
    return sound(out)


@st.composite
def wild_patterns(draw: st.DrawFn) -> tuple[PatternRun, ...]:
    """Draw any runs at any hour, also such as cross midnight."""
    runs = draw(st.lists(st.builds(
        PatternRun, day=st.integers(0, 6), start_minute=st.none() | st.integers(0, 1439), minutes=st.integers(5, 240),
        type=st.sampled_from(RunType)), max_size=9))
    return sound(runs)


def sound(runs: Iterable[PatternRun]) -> tuple[PatternRun, ...]:
    """Leave out timed runs that lie in the time of another one of their day, as a runner's file must."""
    kept: list[PatternRun] = []
    for run in runs:
        clash = any(
            run.day == other.day and run.start_minute is not None and other.start_minute is not None
            and run.start_minute < other.start_minute + other.minutes
            and other.start_minute < run.start_minute + run.minutes for other in kept)
        if not clash:
            kept.append(run)
    return tuple(kept)


@st.composite
def races(draw: st.DrawFn, first: dt.date, last: dt.date) -> tuple[Race, ...]:
    """Draw up to four races from a month before the plan to a month after it."""
    span = (last - first).days
    days = draw(st.sets(st.integers(-30, span + 30), max_size=4))
    return tuple(
        Race(date=first + dt.timedelta(days=day), distance_km=draw(st.sampled_from(DISTANCES)),
             priority=draw(st.sampled_from("AABC")),
             start_minute=draw(st.none() | st.sampled_from((0, 480, 600, 1080, 1320))))
        for day in sorted(days))


@st.composite
def blocked(draw: st.DrawFn, first: dt.date, last: dt.date) -> tuple[Blocked, ...]:
    """Draw up to three spans without sessions."""
    span = (last - first).days
    out = []
    for begin in draw(st.lists(st.integers(-5, span), max_size=3)):
        day = first + dt.timedelta(days=begin)
        out.append(Blocked(first=day, last=day + dt.timedelta(days=draw(st.integers(0, 9)))))
    return tuple(out)


@st.composite
def equipment(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what is in the house; weights and plates only where there is something to use them with."""
    if draw(st.booleans()):
        return {"equipment": ("dumbbell", "kettlebell", "step"), "weights_kg": (8.0, 8.0, 12.0, 12.0, 16.0, 24.0)}
    owned = tuple(sorted(draw(st.sets(st.sampled_from(EQUIPMENT), max_size=5))))
    some = st.lists(st.sampled_from((2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 16.0, 20.0, 24.0)), max_size=6)
    bar = draw(st.none() | st.sampled_from((10.0, 20.0))) if "barbell" in owned else None
    plates = st.lists(st.sampled_from((1.25, 2.5, 5.0, 10.0)), max_size=6)
    return {
        "equipment": owned, "weights_kg": tuple(sorted(draw(some))) if WEIGHTS & set(owned) else (), "bar_kg": bar,
        "plates_kg": tuple(sorted(draw(plates))) if bar else (),
    }


@st.composite
def runners(draw: st.DrawFn, first: dt.date, last: dt.date) -> Runner:
    """Draw a runner for a plan of these dates."""
    maybe_rarely = draw(st.integers(0, 2)) == 0
    early = dt.timedelta(days=draw(st.integers(-20, 90)))
    areas = draw(st.lists(st.sampled_from(AREAS), max_size=2))
    return Runner(
        name="R", timezone=draw(st.sampled_from(ZONES)), running_level=draw(st.sampled_from(Level)),
        strength_level=draw(st.sampled_from((Level.BEGINNER, Level.INTERMEDIATE, Level.ADVANCED, Level.ADVANCED))),
        goal=draw(st.sampled_from(GOALS)),
        birth_year=draw(st.none() | st.sampled_from((1955, 1976, 1977, 1995))),
        strength_since=first - early if draw(st.booleans()) else None,
        body_mass_kg=draw(st.none() | st.sampled_from((48.0, 75.0))),
        easy_pace_s_per_km=draw(st.none() | st.sampled_from((270, 360, 480))),
        run_start_minute=draw(st.sampled_from((390, 390, 720, 1110, 1350))),
        recent_week_km=draw(st.none() | st.sampled_from((15.0, 40.0, 90.0))),
        session_minutes=draw(st.sampled_from((30, 30, 45)) | st.integers(10, 45)),
        sessions_a_week=draw(st.sampled_from(
            (None, None, None, (1, 1), (0, 2), (2, 2), (2, 3), (3, 5), (5, 5), (4, 7)))),
        strength_days=tuple(sorted(draw(st.sets(st.integers(0, 6), max_size=3)))) if maybe_rarely else (),
        primers=draw(st.sampled_from(PRIMERS)), hard_days_hard=draw(st.booleans()),
        indoor_months=tuple(sorted(draw(st.sets(st.integers(1, 12), max_size=4)))) if maybe_rarely else (),
        availability=dict(sorted(draw(st.dictionaries(
            st.integers(0, 6), windows(), max_size=draw(st.sampled_from((0, 3, 7))))).items())),
        blocked=draw(blocked(first, last)), races=draw(races(first, last)), running=draw(patterns()),
        injuries=tuple(Injury(area=a, since=first - dt.timedelta(days=9),
                              until=draw(st.none() | st.just(first + dt.timedelta(days=20)))) for a in areas),
        **draw(equipment()),
    )


@st.composite
def calendars(draw: st.DrawFn, first: dt.date, last: dt.date) -> tuple[CalendarRun, ...]:
    """Draw a running calendar over part of the plan, with doubles, long runs and races of its own."""
    begin = draw(st.integers(-7, 14))
    dates = dates_between(first + dt.timedelta(days=begin), last + dt.timedelta(days=draw(st.integers(-30, 7))))
    out = []
    for date in dates:
        for _ in range(draw(st.sampled_from((0, 1, 1, 1, 2)))):
            hard = draw(st.integers(0, 7))
            kind = (RunType.RACE if hard == 0 and draw(st.integers(0, 3)) == 0 else
                    draw(st.sampled_from(QUALITY)) if hard <= 1 else
                    RunType.LONG if date.weekday() == 6 else draw(st.sampled_from(EASY_KINDS)))
            km = float(draw(st.sampled_from(DISTANCES[:7]))) if kind is RunType.RACE else draw(st.integers(3, 28))
            timed = draw(st.booleans())
            out.append(CalendarRun(
                date=date, start_minute=draw(st.sampled_from((330, 390, 720, 1140, 1380))) if timed else None,
                distance_km=float(km), type=kind, source="calendar.csv"))
    return tuple(sorted(out, key=lambda r: (r.date, -1 if r.start_minute is None else r.start_minute)))


@st.composite
def histories(draw: st.DrawFn, first: dt.date) -> History:
    """Draw the recorded runs of the days before the plan."""
    days = sorted(draw(st.sets(st.integers(1, 27), max_size=9)), reverse=True)
    last_days = []
    for back in days:
        begin = dt.datetime.combine(first - dt.timedelta(days=back), dt.time(draw(st.sampled_from((6, 18, 23)))))
        minutes = draw(st.integers(20, 140))
        hard = minutes > 90 or draw(st.booleans())
        last_days.append((begin, begin + dt.timedelta(minutes=minutes), minutes, minutes // 4 if hard else 0, hard))
    if not last_days:
        return History()
    return History(runs=len(last_days), first=last_days[0][0].date(), last=last_days[-1][0].date(),
                   last_days=tuple(last_days))


@st.composite
def briefs(draw: st.DrawFn, weeks: int = 12) -> Brief:
    """Draw a whole task of some calendar weeks; the first may be cut short."""
    first = dt.date(2026, 8, 3) + dt.timedelta(days=draw(st.integers(0, 300)))
    if draw(st.booleans()):
        first = monday(first)
    last = monday(first) + dt.timedelta(days=7 * weeks - 1)
    calendar = draw(calendars(first, last)) if draw(st.integers(0, 3)) == 0 else ()
    history = draw(histories(first)) if draw(st.integers(0, 3)) == 0 else History()
    return Brief(runner=draw(runners(first, last)), first=first, last=last, calendar=calendar, history=history)


@st.composite
def thinned(draw: st.DrawFn, weeks: int = 2, most: int = 30_000, *, border: bool = False) -> Problem:
    """Draw a problem of a few weeks with so few choices that all its plans can be listed.

    Only starts that the rules tell apart are kept; a few dates with several of them say more than many with one. With
    ``border`` the dates next to a week's border come first, and hard sessions on them, where safety couples weeks.
    """
    brief = draw(briefs(weeks=weeks))
    if border:
        brief = replace(brief, runner=replace(brief.runner, strength_level=Level.ADVANCED, equipment=("dumbbell",)))
    full = candidates(brief)
    winners = compile_problem(full, all_rules()).problem.choices
    random = draw(st.randoms(use_true_random=False))
    by_day: dict[int, list[int]] = {}
    for choice in winners:
        by_day.setdefault(choice.day, []).append(choice.index)
    days = sorted(by_day)
    random.shuffle(days)
    if border:
        days.sort(key=lambda day: (day + 1) % 7 >= 4)  # Saturday to Tuesday
    kept: list[int] = []
    plans = 1
    for day in days:
        here = random.sample(by_day[day], min(len(by_day[day]), random.randint(1, 4)))
        if border:
            here = ([i for i in by_day[day] if winners[i].hard][:3] + here[:1]) or here
            here = list(dict.fromkeys(here))
        while here and plans * (len(here) + 1) > most:
            here.pop()
        plans *= len(here) + 1
        kept += here
    choices = tuple(replace(winners[i], index=k) for k, i in enumerate(sorted(kept)))
    return replace(full, choices=choices)


# --------------------------------------------------------------------------------------------- by hand

NAMED_DAY = dt.date(2026, 11, 30).toordinal()
"""The Monday on which problems made by hand begin."""
NO_TARGETS = Targets(sessions=(0, 7), strength_type=(0, 7), heavy=(0, 7), mobility=(0, 7), leg_sessions=0, upper=0,
                     plyometric=0, sets={})


def a_choice(day: int, kind: Kind = Kind.STRENGTH, start: int = 18 * 60, minutes: int = 20, **values: Any) -> Choice:
    """Build a choice on a date counted from the first Monday, 0 being that Monday; ``index`` follows later."""
    ordinal = NAMED_DAY + day
    begin = ordinal * 1440 + start
    usual = {"hard_minutes": 0, "load": 0}
    return Choice(index=0, week=day // 7, day=ordinal, start=begin, end=begin + minutes, start_real=begin,
                  end_real=begin + minutes, minutes=minutes, kind=kind, **{**usual, **values})


def a_problem(choices: Iterable[Choice], weeks: int = 2, **values: Any) -> Problem:
    """Build a problem without runs whose weeks want nothing."""
    facts = tuple(
        WeekFacts(index=k, monday=NAMED_DAY + 7 * k, days=tuple(range(NAMED_DAY + 7 * k, NAMED_DAY + 7 * k + 7)),
                  phase=Phase.BASE, phase_week=k, cycle=0, targets=NO_TARGETS, learning=False, reduced=False,
                  set_factor=1.0, factor_why="", run_days=frozenset(), run_load=0)
        for k in range(weeks))
    ordered = sorted(choices, key=lambda c: c.day)
    return Problem(first=NAMED_DAY, last=NAMED_DAY + 7 * weeks - 1, weeks=facts, runs=(),
                   choices=tuple(replace(c, index=k) for k, c in enumerate(ordered)), **values)


def a_claim(*terms: tuple[int, int], tier: Tier = Tier.TASTE, day: int = 0, **values: Any) -> Claim:
    """Build a claim from (coefficient, index) terms; ``day`` counts from the first Monday."""
    usual = {"price": 0 if tier is Tier.SAFETY else 1}
    return Claim(rule="by-hand", tier=tier, day=NAMED_DAY + day, terms=terms, **{**usual, **values})


def a_rule(claims: Callable[[Problem], Iterable[Claim]], *, hours: bool = False, name: str = "by-hand") -> Rule:
    """Build a rule from a function that makes its claims; with ``hours`` it counts as one that sees the hour."""
    return Rule(
        id=name, title="", why="", tier=Tier.SAFETY, unit="", says="", helps="", params=(), cites=(), sources=(),
        certainty=Certainty.METHOD, examples=(), claims=lambda problem: iter(tuple(claims(problem))),
        edges=(lambda problem: iter(())) if hours else None)
