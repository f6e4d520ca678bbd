"""Skeletons: every pattern has one, and none costs more than the cheapest pattern with it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, example, given, settings

from midstance.domain.history import History
from midstance.domain.runner import Level
from midstance.planning.compile import compile_problem
from midstance.planning.skeletons import list_skeletons
from midstance.planning.week_patterns import TooManyPatterns, WeekAutomaton, list_patterns
from midstance.services.handbook import all_rules
from problems import a_brief, a_runner, briefs, candidates

if TYPE_CHECKING:
    from midstance.planning.make import Brief

SLACK = 6
LAST_RUN = dt.datetime.combine(dt.date(2026, 11, 27), dt.time(6))


def recorded_runs() -> Brief:
    """A plan without runs of its own after a recorded one: a share of seven days whose last two are the plan's first.

    On its Tuesday a heavy session needs the easy minutes of Monday's.
    """
    run = (LAST_RUN, LAST_RUN + dt.timedelta(minutes=75), 75, 15, False)
    return a_brief(
        a_runner(strength_level=Level.ADVANCED, running=()),
        history=History(runs=1, first=LAST_RUN.date(), last=LAST_RUN.date(), last_days=(run,)))


@settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(briefs(weeks=2))
@example(recorded_runs())
def test_every_pattern_has_a_skeleton_that_costs_no_more(brief: Brief) -> None:
    """The hard sessions of every legal pattern are a skeleton, whose least cost is at most the pattern's."""
    compiled = compile_problem(candidates(brief), all_rules())
    choices = compiled.problem.choices
    for model in compiled.weeks:
        automaton = WeekAutomaton(model, choices)
        found = list_skeletons(automaton, choices)
        least = {tuple(codes): cost for codes, cost in zip(found.codes.tolist(), found.least.tolist(), strict=True)}
        try:
            patterns = list_patterns(automaton, automaton.least + SLACK, guard=20_000)
        except TooManyPatterns:
            continue
        for codes, cost in zip(patterns.codes.tolist(), patterns.cost.tolist(), strict=True):
            bare = tuple(i if i >= 0 and choices[i].hard else -1 for i in codes)
            assert least[bare] <= cost


def test_an_easy_session_before_a_hard_one_is_not_forgotten() -> None:
    """In the case by hand, a heavy session on Tuesday is legal only after an easy one on Monday."""
    compiled = compile_problem(candidates(recorded_runs()), all_rules())
    choices = compiled.problem.choices
    automaton = WeekAutomaton(compiled.weeks[0], choices)
    found = list_patterns(automaton, automaton.least + SLACK, guard=200_000)
    tuesdays = [codes for codes in found.codes.tolist() if codes[1] >= 0 and choices[codes[1]].hard]
    assert tuesdays
    assert all(codes[0] >= 0 for codes in tuesdays)
