"""Why here, and why not there: sentences and prices, by hand."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import pytest

from builders import MONDAY, RULES, a_plan_of, a_runner
from midstance.domain.dates import weekday_name
from midstance.domain.history import History
from midstance.planning.check import check_plan, sessions_as_choices
from midstance.planning.explain import Answer, moved, neighbours, placement_why, why_here, why_not
from midstance.planning.prepare import prepare_facts
from midstance.planning.settle_runs import SettledRuns
from midstance.rules import _prices as price

if TYPE_CHECKING:
    from midstance.domain.problem import Choice, Problem


def taken(text: str, runner: str = "", history: History | None = None) -> Problem:
    plan, who = a_plan_of(text), a_runner(runner)
    settled = SettledRuns(runs=plan.runs, notes=(), easy_pace_s_per_km=390)
    facts = prepare_facts(who, settled, history or History(), first=plan.starts, last=plan.ends)
    return sessions_as_choices(facts, plan.sessions, who, plan.runs)


def first_why(text: str, **settings) -> str:
    problem = taken(text, **settings)
    return placement_why(problem, problem.choices[0])


@pytest.mark.parametrize(("text", "says"), [
    ("Tue 06:30 tempo 60min | Wed 18:00 heavy 24min | Fri 06:30 intervals 50min",
     "Stands 34.5 h after Tuesday's tempo run (06:30) and 36.1 h before Friday's intervals (06:30)."),
    ("Tue 06:30 tempo 60min | Wed 18:00 heavy 24min", "Stands 34.5 h after Tuesday's tempo run (06:30)."),
    ("Wed 18:00 heavy 24min | Sun 08:00 long 120min", "Stands 85.6 h before Sunday's 120 min long run (08:00)."),
    ("Mon 06:00 heavy 24min | Fri 06:25 tempo 60min", "No hard run is near."),         # 96 h 1 min
    ("Mon 06:00 heavy 24min | Fri 06:24 tempo 60min", "Stands 96 h before Friday's tempo run (06:24)."),
    ("Mon 06:00 heavy 24min | Mon 18:00 easy 40min", "No hard run is near."),
    ("Mon 06:30 easy 40min | Mon 18:00 strength 20min",
     "Shares the day with Monday's easy run (06:30): the run comes first."),
    ("Mon 06:30 strength 20min | Mon 18:00 easy 40min", "Shares the day with Monday's easy run (18:00)."),
    ("Mon 06:30 strength 20min | Tue 18:00 tempo 40min", "A day without a run."),
])
def test_how_a_session_lies_to_the_runs(text: str, says: str) -> None:
    """Hard sessions name the nearest hard runs within four days, others what shares their date."""
    assert first_why(text) == says


def test_the_nearest_of_several() -> None:
    """Of two hard runs before it is the later, of two after it the earlier."""
    problem = taken("Mon 06:30 tempo 40min | Tue 06:30 tempo 40min | Thu 12:00 heavy 24min | Sat 06:30 tempo 40min | "
                    "Sun 06:30 tempo 40min")
    before, after = neighbours(problem, problem.choices[0])
    assert before is not None
    assert after is not None
    assert (before[0].day - problem.first, after[0].day - problem.first) == (1, 5)


def test_a_recorded_run_is_a_neighbour() -> None:
    """The hard run of the day before the plan is named as recorded."""
    end = dt.datetime.fromisoformat("2026-11-29T09:00")
    history = History(runs=1, last_days=((end - dt.timedelta(minutes=60), end, 60, 30, True),))
    assert "33 h after Sunday's recorded run" in first_why("Mon 18:00 heavy 24min", history=history)


def test_what_it_is_for() -> None:
    """Second comes purpose, number and phase; then the habit, then why sets are cut."""
    text = " || ".join(["Mon 18:00 strength 20min | Thu 18:00 upper 20min | Sat 10:00 mobility 15min"] * 6)
    problem = taken(text)
    reasons = [why_here(problem, c, problem.choices) for c in problem.choices]
    assert reasons[0][1] == ("Leg strength with body weight or light load, 1 of 2 strength sessions "
                             "(off season: most strength, all regions, new skills).")
    assert reasons[1][1].startswith("Push, pull and core, 2 of 2 strength sessions")
    assert reasons[2][1].startswith("Range of motion, the week's mobility session (off season")
    assert [len(r) for r in reasons[:3]] == [2, 2, 2]
    assert reasons[3][2] == "The same weekday as last week."
    assert reasons[15][3].startswith("A reduced week")
    assert len(reasons[17]) == 3            # mobility is not cut


def asked(text: str, number: int, day: str, runner: str = "", rules: tuple[str, ...] = tuple(RULES)) -> Answer:
    """Ask why a session does not stand on another weekday of the first week."""
    plan = a_plan_of(text)
    judge = partial(check_plan, rules=tuple(RULES[r] for r in rules), runner=a_runner(runner))
    date = next(d.date for d in plan.weeks[0].days if weekday_name(d.date).startswith(day))
    return why_not(plan, plan.sessions[number], date, judge)


def test_not_there_with_the_rule_that_forbids_it() -> None:
    """A heavy session within 24 h of hard runs at every hour of Wednesday."""
    text = "Tue 20:30 tempo 60min | Thu 05:30 intervals 50min | Sat 10:00 heavy 24min | Sun 08:00 easy 300min"
    answer = asked(text, 0, "Wed")
    assert not answer.legal
    assert answer.price is None
    assert {f.rule for f in answer.broken} == {"recovery-between-hard"}
    assert all(f.tier != "safety" for f in answer.dearer)


def test_not_there_because_another_session_has_the_date() -> None:
    """One session a date, whatever the hour."""
    answer = asked("Mon 18:00 strength 20min | Thu 18:00 mobility 15min", 0, "Thu")
    assert {f.rule for f in answer.broken} == {"fits-the-day"}


def test_not_there_without_a_window() -> None:
    """A day with an empty list of windows holds nothing."""
    answer = asked("Mon 18:00 strength 20min", 0, "Wed", "[availability]\nwed = []\n")
    assert {f.rule for f in answer.broken} == {"fits-the-day"}
    assert "outside the free windows (none)" in answer.broken[0].says


def test_possible_at_a_price() -> None:
    """One day before a quality run a heavy session is legal at noon and costs fresh legs."""
    text = "Mon 06:00 heavy 24min | Wed 18:00 intervals 50min"
    answer = asked(text, 0, "Tue", rules=("recovery-between-hard", "fresh-legs"))
    assert answer.legal
    assert answer.price == (price.FRESH_LEGS, 0)
    assert {f.rule for f in answer.dearer} == {"fresh-legs"}
    assert answer.start is not None
    assert answer.start.date() == MONDAY + dt.timedelta(days=1)


def test_as_good_as_here() -> None:
    """Moving to an equal day costs nothing, at the session's own hour."""
    answer = asked("Mon 18:00 mobility 15min", 0, "Wed")
    assert (answer.legal, answer.price, answer.dearer) == (True, (0, 0), ())
    assert answer.start == dt.datetime.combine(MONDAY + dt.timedelta(days=2), dt.time(18))


def test_a_move_can_help() -> None:
    """Away from the day before a quality run the price is negative."""
    text = "Tue 06:00 heavy 24min | Thu 05:30 intervals 50min"
    answer = asked(text, 0, "Mon", rules=("fresh-legs",))
    assert answer.price == (-price.FRESH_LEGS, 0)


def test_its_own_hour_is_tried_when_it_lies_off_the_grid() -> None:
    """A window of 18:10 to 18:30 holds the session only at its own hour."""
    windows = '[availability]\nmon = ["18:10-18:30"]\nwed = ["18:10-18:30"]\n'
    answer = asked("Mon 18:10 strength 20min", 0, "Wed", windows)
    assert answer.legal
    assert answer.start is not None
    assert answer.start.minute == 10


def test_moving_leaves_everything_else() -> None:
    """The plan with one session elsewhere has the same runs, sessions and dates."""
    plan = a_plan_of("Mon 06:30 easy 40min | Mon 18:00 strength 20min | Wed 18:00 mobility 15min")
    strength = plan.sessions[0]
    there = moved(plan, strength, strength.start + dt.timedelta(days=2, hours=-1))
    assert there.runs == plan.runs
    assert [(s.kind.value, f"{s.start:%a %H:%M}") for s in there.sessions] == [
        ("strength", "Wed 17:00"), ("mobility", "Wed 18:00")]
    assert moved(there, there.sessions[0], strength.start) == plan


def test_choices_are_found_by_identity() -> None:
    """A choice is counted among its own week's sessions only."""
    problem = taken("Mon 18:00 strength 20min || Mon 18:00 strength 20min | Wed 18:00 strength 20min")
    last: Choice = problem.choices[-1]
    assert "2 of 2 strength sessions" in why_here(problem, last, problem.choices)[1]
