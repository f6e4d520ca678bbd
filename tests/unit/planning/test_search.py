"""The search on problems made by hand, where the answer can be read off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midstance.domain.evidence import Tier
from midstance.domain.runner import Level
from midstance.domain.session import Kind
from midstance.planning.compile import Compiled, compile_problem
from midstance.planning.search import search
from midstance.services.handbook import all_rules
from oracles import list_every_plan, recost
from problems import a_brief, a_choice, a_claim, a_problem, a_rule, a_runner, candidates

if TYPE_CHECKING:
    from midstance.domain.problem import Claim, Problem

FEW = settings(max_examples=150, deadline=None, derandomize=True, database=None,
               suppress_health_check=list(HealthCheck))


def with_claims(problem: Problem, *claims: Claim) -> Compiled:
    """Compile a problem with claims of one rule."""
    return compile_problem(problem, [a_rule(lambda _: claims)])


def solved(problem: Problem, *claims: Claim) -> tuple[tuple[int, ...], tuple[int, int]]:
    """The chosen choices and the (dose, taste) cost, checked against a list of every plan."""
    compiled = with_claims(problem, *claims)
    every = list_every_plan(compiled.problem, compiled.claims)
    found = search(compiled)
    assert found.proven
    assert (found.chosen, compiled.unpack(found.cost)) == (every.chosen, every.cost)
    return found.chosen, every.cost


def test_nothing_wanted_is_nothing_planned() -> None:
    """Without a wish the empty plan is the first of the cheapest."""
    assert solved(a_problem([a_choice(0), a_choice(8)])) == ((), (0, 0))


def test_no_choices_at_all_have_an_answer() -> None:
    """A plan without any candidate is the empty plan, and says what it costs."""
    compiled = with_claims(a_problem([]), a_claim(tier=Tier.DOSE, low=2, price=3))
    found = search(compiled)
    assert (found.chosen, compiled.unpack(found.cost), found.proven) == ((), (6, 0), True)


def test_a_single_week_has_no_neighbours() -> None:
    """One week alone is solved."""
    assert solved(a_problem([a_choice(0), a_choice(3)], weeks=1), a_claim((1, 0), (1, 1), low=1)) == ((1,), (0, 0))


def test_of_equals_the_canonically_first_is_taken() -> None:
    """None comes before any choice and early dates decide first: the one wanted session stands late."""
    problem = a_problem([a_choice(d) for d in (0, 2, 9, 11)])
    ones = tuple((1, i) for i in range(4))
    chosen, _ = solved(problem, a_claim(*ones[:2], low=1), a_claim(*ones[2:], low=1))
    assert chosen == (1, 3)


def test_habit_ties_take_the_first_pair() -> None:
    """Where the same weekday of both weeks costs nothing, the last such weekday is the first plan."""
    problem = a_problem([a_choice(d) for d in (0, 2, 4, 7, 9, 11)])
    same = [a_claim((1, k), (-1, k + 3), low=0, high=0) for k in range(3)]
    wants = [a_claim(*((1, i) for i in here), low=1, price=9) for here in (range(3), range(3, 6))]
    assert solved(problem, *same, *wants) == ((2, 5), (0, 0))


def test_a_ban_across_the_border_makes_dose_give_way() -> None:
    """Where safety forbids Sunday beside Monday and each week has no other date, one week goes without."""
    problem = a_problem([a_choice(6, Kind.HEAVY), a_choice(7, Kind.HEAVY)])
    wants = [a_claim((1, i), tier=Tier.DOSE, low=1, price=1024) for i in (0, 1)]
    ban = a_claim((1, 0), (1, 1), tier=Tier.SAFETY, high=1)
    assert solved(problem, *wants, ban) == ((1,), (1024, 0))


def test_a_chain_of_bans_is_solved_exactly() -> None:
    """Five weeks, each with a Monday and a Sunday, and a ban on every border: the price decides who gives way."""
    problem = a_problem([c for w in range(5) for c in (a_choice(7 * w, Kind.HEAVY), a_choice(7 * w + 6, Kind.HEAVY))],
                        weeks=5)
    wants = [a_claim((1, 2 * w), (1, 2 * w + 1), tier=Tier.DOSE, low=2, price=5 + w % 3) for w in range(5)]
    bans = [a_claim((1, 2 * w + 1), (1, 2 * w + 2), tier=Tier.SAFETY, high=1) for w in range(4)]
    _, cost = solved(problem, *wants, *bans)
    assert cost == (21, 0)


def test_easy_minutes_of_the_next_week_may_allow_a_hard_session() -> None:
    """A sum across the border that the next week's easy sessions relieve is kept, and they are planned for it."""
    problem = a_problem([a_choice(5, Kind.HEAVY), a_choice(7, Kind.MOBILITY), a_choice(9, Kind.MOBILITY)])
    fifth = a_claim((5, 0), (-2, 1), (-2, 2), tier=Tier.SAFETY, high=1)
    wants = a_claim((1, 0), tier=Tier.DOSE, low=1, price=7)
    dear = [a_claim((1, i), high=0, price=50) for i in (1, 2)]
    assert solved(problem, fifth, wants, *dear) == ((0, 1, 2), (0, 100))


def test_dose_outranks_any_taste() -> None:
    """One unit of dose is worth more than a thousand of taste."""
    problem = a_problem([a_choice(0), a_choice(8)])
    assert solved(problem, a_claim((1, 0), tier=Tier.DOSE, low=1), a_claim((1, 0), high=0, price=1000)) == (
        (0,), (0, 1000))


def test_the_same_sign_on_both_sides_of_a_border_is_a_sum() -> None:
    """A wish that two neighbouring weeks together hold none costs one for each, not for their difference."""
    problem = a_problem([a_choice(3), a_choice(10)])
    both = [a_claim((1, i), tier=Tier.DOSE, low=1) for i in (0, 1)]
    assert solved(problem, a_claim((1, 0), (1, 1), low=0, high=0), *both) == ((0, 1), (0, 2))


def test_two_sessions_on_one_side_of_a_border_count_twice() -> None:
    """A wish that two weeks hold equally many sessions costs one a session of difference."""
    problem = a_problem([a_choice(1), a_choice(3), a_choice(8), a_choice(10)])
    equal = a_claim((1, 0), (1, 1), (-1, 2), (-1, 3), low=0, high=0, price=2)
    first = [a_claim((1, i), tier=Tier.DOSE, low=1) for i in (0, 1)]
    none = [a_claim((1, i), high=0, price=5) for i in (2, 3)]
    assert solved(problem, equal, *first, *none) == ((0, 1), (0, 4))


@st.composite
def random_claims(draw: st.DrawFn) -> tuple[Problem, tuple[Claim, ...]]:
    """Draw a small problem with claims of every documented shape and any numbers."""
    kinds = st.sampled_from((Kind.HEAVY, Kind.STRENGTH, Kind.MOBILITY))
    dates = draw(st.lists(st.integers(0, 20), min_size=3, max_size=9))
    problem = a_problem([a_choice(d, draw(kinds), minutes=20 + k) for k, d in enumerate(dates)], weeks=3)
    weeks = [[c.index for c in problem.choices if c.week == w] for w in range(3)]
    claims = []
    for _ in range(draw(st.integers(1, 7))):
        tier = draw(st.sampled_from(Tier))
        first = draw(st.integers(0, 2))
        wide = tier is not Tier.DOSE and first < 2 and draw(st.booleans())
        pool = weeks[first] + (weeks[first + 1] if wide else [])
        if not pool:
            continue
        taken = sorted(draw(st.sets(st.sampled_from(pool), min_size=1)))
        numbers = st.sampled_from((1, 1, 1, -1, 2, 3, -2, 5))
        terms = tuple((draw(numbers), i) for i in taken)
        high = draw(st.none() | st.integers(0, 4))
        low = draw(st.none() | st.integers(-3, 0 if tier is Tier.SAFETY else 2))
        if high is not None and low is not None and low > high:
            low = None
        if wide and low == high:  # an equation with one sign has a test of its own
            low = None
        if high is None and low is None:
            high = 1
        claims.append(a_claim(*terms, tier=tier, day=7 * first, high=high, low=low,
                              price=0 if tier is Tier.SAFETY else draw(st.integers(1, 9))))
    return problem, tuple(claims)


@FEW
@given(random_claims())
def test_any_claims_of_the_documented_shapes_are_solved(case: tuple[Problem, tuple[Claim, ...]]) -> None:
    """The search knows no rule: whatever low, high, coefficients and prices are, it finds the first optimum."""
    problem, claims = case
    solved(problem, *claims)


# ------------------------------------------------------------------------------------------------- the guard


@pytest.fixture(scope="module")
def crowded() -> Compiled:
    """Six weeks with a great many patterns: advanced, free all day, few runs."""
    runner = a_runner(strength_level=Level.ADVANCED, session_minutes=45, sessions_a_week=(5, 7))
    return compile_problem(candidates(a_brief(runner, weeks=6)), all_rules())


@pytest.mark.parametrize("guard", [1, 2, 10, 100, 1_000])
def test_a_tiny_guard_still_gives_a_legal_plan(crowded: Compiled, guard: int) -> None:
    """Where the size guard stops the search there is a legal plan, and it says how far from optimal it may be."""
    found = search(crowded, guard=guard)
    dose, taste, broken = recost(crowded.claims, found.chosen)
    assert not broken
    assert crowded.unpack(found.cost) == (dose, taste)
    assert found.bound <= found.cost
    assert found.proven == (found.bound == found.cost)


def test_a_tiny_guard_is_not_called_optimal(crowded: Compiled) -> None:
    """A plan that nobody proved says so: its bound lies below its cost."""
    usual, stopped = search(crowded), search(crowded, guard=2)
    assert usual.proven
    assert stopped.bound <= usual.cost <= stopped.cost
    assert stopped.proven == (stopped.cost == usual.cost and stopped.bound == usual.cost)


def test_a_plan_without_runs_is_answered() -> None:
    """Nobody's calendar is so empty that there is no plan: no runs, no races, all day free, much wanted."""
    runner = a_runner(running=(), races=(), strength_level=Level.ADVANCED, sessions_a_week=(4, 7))
    compiled = compile_problem(candidates(a_brief(runner, weeks=12)), all_rules())
    found = search(compiled)
    assert not recost(compiled.claims, found.chosen)[2]
    assert found.proven


def test_the_same_search_twice_is_the_same(crowded: Compiled) -> None:
    """Nothing of one search is left for the next, and the order of the weeks' lists changes nothing."""
    first, second = search(crowded), search(crowded)
    assert first == second
    np.testing.assert_array_equal(first.limits, second.limits)
