"""Patterns of one week against a list of all of them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midstance.domain.evidence import Tier
from midstance.domain.session import Kind
from midstance.planning.compile import Compiled, compile_problem
from midstance.planning.week_patterns import TooManyPatterns, WeekAutomaton, list_patterns
from midstance.services.handbook import all_rules
from problems import a_choice, a_claim, a_problem, a_rule, thinned

if TYPE_CHECKING:
    from midstance.domain.problem import Claim, Problem

PLENTY = 1 << 20
FAR = 1 << 44
FEW = settings(max_examples=40, deadline=None, derandomize=True, database=None,
               suppress_health_check=list(HealthCheck))


def of_first_week(problem: Problem, *claims: Claim) -> tuple[Compiled, WeekAutomaton]:
    """Compile some claims and build the automaton of the first week."""
    compiled = compile_problem(problem, [a_rule(lambda _: claims)])
    return compiled, WeekAutomaton(compiled.weeks[0], compiled.problem.choices)


def of_week(claim: Claim, compiled: Compiled, week: int) -> bool:
    """Tell whether a claim concerns a week alone, once what is masked is gone."""
    live = {i for model in compiled.weeks for day in model.days for i in day}
    weeks = {compiled.problem.choices[i].week for _, i in claim.terms if i in live}
    monday = compiled.problem.weeks[week].monday
    return weeks == {week} if weeks else monday <= claim.day < monday + 7


def counted(compiled: Compiled, week: int) -> list[tuple[tuple[int, ...], int]]:
    """List every legal pattern of a week with its packed cost, in canonical order, from the claims alone."""
    claims = [claim for claim in compiled.claims if of_week(claim, compiled, week)]
    out = []
    for codes in product(*[[-1, *day] for day in compiled.weeks[week].days]):
        cost = 0
        for claim in claims:
            excess = claim.excess(sum(k for k, i in claim.terms if i in codes))
            if excess and claim.tier is Tier.SAFETY:
                break
            cost += excess * claim.price * (PLENTY if claim.tier is Tier.DOSE else 1)
        else:
            out.append((codes, cost))
    return out


def listed(automaton: WeekAutomaton, limit: int) -> list[tuple[tuple[int, ...], int]]:
    """What is listed up to a limit."""
    found = list_patterns(automaton, limit, guard=1 << 22)
    return [(tuple(map(int, codes)), int(cost)) for codes, cost in zip(found.codes, found.cost, strict=True)]


@FEW
@given(thinned(most=6_000), st.integers(0, 3))
def test_exactly_the_patterns_up_to_the_limit_are_listed(problem: Problem, part: int) -> None:
    """Every legal pattern of at most the limit is listed once, with its cost, in canonical order, and no other."""
    compiled = compile_problem(problem, all_rules())
    for week, model in enumerate(compiled.weeks):
        every = counted(compiled, week)
        costs = sorted({cost for _, cost in every})
        limit = costs[len(costs) * part // 4]
        automaton = WeekAutomaton(model, compiled.problem.choices)
        assert listed(automaton, limit) == [(codes, cost) for codes, cost in every if cost <= limit]
        assert automaton.least <= costs[0]


def test_none_comes_first_and_later_dates_change_first() -> None:
    """Patterns stand in lexicographic order of dates, none before any choice."""
    problem = a_problem([a_choice(0), a_choice(0, Kind.MOBILITY), a_choice(6)], weeks=1)
    _, automaton = of_first_week(problem)
    found = list_patterns(automaton, 0, guard=100).codes[:, [0, 6]]
    assert found.tolist() == [[-1, -1], [-1, 2], [0, -1], [0, 2], [1, -1], [1, 2]]


def test_counts_prices_and_caps_meet_in_one_week() -> None:
    """A target, a cap and a price of one choice are added up for every pattern."""
    problem = a_problem([a_choice(d) for d in range(4)], weeks=1)
    ones = tuple((1, i) for i in range(4))
    _, automaton = of_first_week(
        problem, a_claim(*ones, low=2, price=10), a_claim(*ones, tier=Tier.SAFETY, high=3),
        a_claim((1, 2), high=0, price=3))
    found = dict(listed(automaton, FAR))
    assert len(found) == 15
    assert found[(-1,) * 7] == 20
    assert found[(0, 1, -1, -1, -1, -1, -1)] == 0
    assert found[(-1, 1, 2, -1, -1, -1, -1)] == 3
    assert automaton.least == 0


def test_a_week_may_hold_more_than_three_sessions_of_a_kind() -> None:
    """How many there may be is for the claims to say: where five are wanted and nothing forbids them, five stand."""
    problem = a_problem([a_choice(d, Kind.MOBILITY) for d in range(6)], weeks=1)
    _, automaton = of_first_week(problem, a_claim(*((1, i) for i in range(6)), low=5, price=10))
    assert automaton.least == 0
    assert any(cost == 0 for _, cost in listed(automaton, 100))


def test_neighbouring_dates_are_priced_and_banned() -> None:
    """A priced pair costs, a forbidden pair is not listed."""
    problem = a_problem([a_choice(d) for d in range(3)], weeks=1)
    _, automaton = of_first_week(
        problem, a_claim((1, 0), (1, 1), high=1, price=4), a_claim((1, 1), (1, 2), tier=Tier.SAFETY, high=1))
    found = dict(listed(automaton, FAR))
    assert found[(0, 1, -1, -1, -1, -1, -1)] == 4
    assert (-1, 1, 2, -1, -1, -1, -1) not in found
    assert len(found) == 6


def test_wide_sums_with_relief_are_kept() -> None:
    """A sum over the week that other sessions relieve forbids just what is too much."""
    problem = a_problem([a_choice(0, Kind.HEAVY), a_choice(2, Kind.MOBILITY), a_choice(4, Kind.MOBILITY)], weeks=1)
    _, automaton = of_first_week(problem, a_claim((5, 0), (-2, 1), (-2, 2), tier=Tier.SAFETY, high=3))
    heavy = [codes for codes, _ in listed(automaton, FAR) if 0 in codes]
    assert sorted((codes[2], codes[4]) for codes in heavy) == [(-1, 2), (1, -1), (1, 2)]


def test_an_impossible_limit_lists_nothing() -> None:
    """Below the least cost there is no pattern, and that is no error."""
    _, automaton = of_first_week(a_problem([a_choice(0)], weeks=1), a_claim((1, 0), low=1, price=5))
    assert automaton.least == 0
    assert list_patterns(automaton, -1, guard=10).cost.size == 0


def test_the_guard_counts_work_and_not_results() -> None:
    """More partial patterns than the guard allows are refused, whatever the clock says."""
    _, automaton = of_first_week(a_problem([a_choice(d) for d in range(7)], weeks=1))
    with pytest.raises(TooManyPatterns):
        list_patterns(automaton, FAR, guard=10)
    assert len(list_patterns(automaton, FAR, guard=1 << 10).cost) > 10


def test_closed_columns_are_left_out() -> None:
    """With some choices closed, exactly the patterns without them are listed."""
    problem = a_problem([a_choice(0), a_choice(1), a_choice(1, Kind.MOBILITY)], weeks=1)
    _, automaton = of_first_week(problem)
    columns = [np.ones(len(day) + 1, dtype=bool) for day in automaton.model.days]
    columns[1][1] = False
    found = list_patterns(automaton, 0, guard=100, columns=columns).codes[:, :2].tolist()
    assert found == [[-1, -1], [-1, 2], [0, -1], [0, 2]]
