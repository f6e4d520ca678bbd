"""Certificates: what a search says of its own proof is counted again, in another way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from midstance.domain.run import RunType
from midstance.domain.runner import Level, PatternRun
from midstance.planning.compile import Compiled, compile_problem
from midstance.planning.search import Certificate, search
from midstance.planning.week_patterns import WeekAutomaton, list_patterns
from midstance.services.handbook import all_rules
from oracles import list_every_plan, recost
from problems import Made, a_brief, a_runner, briefs, candidates, made, thinned

if TYPE_CHECKING:
    from midstance.domain.problem import Problem
    from midstance.planning.make import Brief

FEW = settings(max_examples=20, deadline=None, derandomize=True, database=None,
               suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def usual() -> tuple[Compiled, Certificate]:
    """Eight weeks of a plain runner, searched."""
    compiled = compile_problem(candidates(a_brief(weeks=8)), all_rules())
    return compiled, search(compiled)


def test_the_cost_is_the_claims_own(usual: tuple[Compiled, Certificate]) -> None:
    """Priced from the claims, the chosen sessions cost what the certificate says, and break no safety claim."""
    compiled, found = usual
    dose, taste, broken = recost(compiled.claims, found.chosen)
    assert (dose, taste) == compiled.unpack(found.cost)
    assert not broken


def test_cost_and_bound_meet(usual: tuple[Compiled, Certificate]) -> None:
    """An everyday plan is proven."""
    _, found = usual
    assert found.cost == found.bound
    assert found.proven


def test_chosen_is_ascending_and_one_a_date(usual: tuple[Compiled, Certificate]) -> None:
    """The chosen indices ascend, and no date has two of them."""
    compiled, found = usual
    days = [compiled.problem.choices[i].day for i in found.chosen]
    assert list(found.chosen) == sorted(set(found.chosen))
    assert days == sorted(set(days))


def test_every_week_is_counted(usual: tuple[Compiled, Certificate]) -> None:
    """Each week says how many patterns it listed, how many differ to their neighbours, and up to which cost."""
    compiled, found = usual
    assert len(found.patterns) == len(found.groups) == len(found.limits) == len(compiled.weeks)
    for listed, groups in zip(found.patterns, found.groups, strict=True):
        assert 1 <= groups <= listed


def test_the_chosen_week_lies_within_its_limit_unless_skeletons_were_raised(
    usual: tuple[Compiled, Certificate],
) -> None:
    """What a week costs on its own is at most the limit up to which it was listed."""
    compiled, found = usual
    if found.skeletons:
        pytest.fail("this plain case needs no bounds by skeletons; take another one")
    for week, (model, limit) in enumerate(zip(compiled.weeks, found.limits, strict=True)):
        here = {i for i in found.chosen if compiled.problem.choices[i].week == week}
        automaton = WeekAutomaton(model, compiled.problem.choices)
        patterns = list_patterns(automaton, limit, guard=1 << 22)
        assert here in [{int(i) for i in codes if i >= 0} for codes in patterns.codes]


@FEW
@given(thinned(most=10_000))
def test_no_plan_of_a_small_problem_is_cheaper_than_the_bound(problem: Problem) -> None:
    """The bound, unpacked, is no more than the cheapest of all plans."""
    compiled = compile_problem(problem, all_rules())
    found = search(compiled)
    every = list_every_plan(compiled.problem, compiled.claims)
    assert compiled.unpack(found.bound) <= every.cost
    assert compiled.unpack(found.cost) >= every.cost


@FEW
@given(briefs(weeks=6))
def test_a_plan_document_carries_the_certificate(brief: Brief) -> None:
    """Status, cost and bound of the document are those of the search, and the sessions are those it chose."""
    a_plan_is_what_was_proven(made(brief))


def a_plan_is_what_was_proven(plan: Made) -> None:
    """Compare document and certificate."""
    found, compiled = plan.solved.certificate, plan.solved.compiled
    said = plan.document["optimality"]
    assert tuple(said["cost"]) == compiled.unpack(found.cost)
    assert tuple(said["bound"]) == compiled.unpack(found.bound)
    assert said["status"] == ("optimal" if found.proven else "feasible")
    chosen = sorted((c.start, c.kind.value, c.minutes) for c in plan.solved.chosen)
    assert placed(plan) == chosen


def placed(plan: Made) -> list[tuple[int, str, int]]:
    """Start, kind and minutes of a plan's sessions without primers."""
    return sorted(
        (s.start.toordinal() * 1440 + s.start.hour * 60 + s.start.minute, s.kind.value, s.minutes)
        for s in plan.plan.sessions if s.kind.value != "primer")


def test_a_tight_plan_is_proven_too() -> None:
    """Where the fifth and the hard runs leave almost no room, cost and bound still meet."""
    runner = a_runner(
        strength_level=Level.ADVANCED, hard_days_hard=True,
        running=tuple(PatternRun(day=d, start_minute=390, minutes=m, type=t) for d, m, t in (
            (0, 40, RunType.EASY), (1, 60, RunType.INTERVALS), (3, 55, RunType.TEMPO), (4, 30, RunType.EASY),
            (6, 120, RunType.LONG))))
    compiled = compile_problem(candidates(a_brief(runner, weeks=10)), all_rules())
    found = search(compiled)
    assert found.proven
    assert not recost(compiled.claims, found.chosen)[2]
