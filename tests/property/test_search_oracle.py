"""The search against other ways to the optimum: every plan listed, a solver, the whole grid, other rules.

A short run by default; ``MIDSTANCE_ORACLES`` says how many sixteen-week problems the solver proves, and a large
``MIDSTANCE_FUZZ_WEEKS`` (``make soak``) multiplies the small ones.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from midstance.domain.evidence import Tier
from midstance.domain.run import RunType
from midstance.domain.runner import Level, PatternRun, Race
from midstance.planning import prepare, week_listing
from midstance.planning import search as search_module
from midstance.planning.compile import Compiled, compile_problem
from midstance.planning.search import search
from midstance.services.handbook import all_rules
from midstance.services.inputs import read_calendars, read_runner
from oracles import Solver, list_every_plan, recost
from problems import SOAK, a_brief, a_runner, briefs, candidates, thinned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Claim, Problem
    from midstance.planning.make import Brief
    from midstance.rules._rule import Rule

RUNNERS = Path(__file__).parents[3] / "shared" / "acceptance" / "runners"
ORACLES = int(os.environ.get("MIDSTANCE_ORACLES", "60" if SOAK else "12"))
SMALL = 1_000 if SOAK else 60


def examples(count: int) -> settings:
    """Settle how many examples there are: the same ones every time, and others in a soak; failures are not shrunk."""
    return settings(max_examples=count, deadline=None, derandomize=not SOAK, database=None,
                    phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck))


def same_plan(compiled: Compiled, **how: int) -> None:
    """Search with other limits must give the same answer, proven."""
    usual, other = search(compiled), search(compiled, **how)
    assert (other.chosen, other.cost, other.bound) == (usual.chosen, usual.cost, usual.bound)


# ------------------------------------------------------------------------------------------------- every plan listed


@examples(SMALL * 2)
@given(thinned())
def test_the_search_finds_the_first_of_the_cheapest_plans(problem: Problem) -> None:
    """On small problems cost and plan equal those of a list of every plan, and cost equals bound."""
    compiled = compile_problem(problem, all_rules())
    every = list_every_plan(compiled.problem, compiled.claims)
    found = search(compiled)
    assert compiled.unpack(found.cost) == every.cost
    assert found.chosen == every.chosen
    assert compiled.unpack(found.bound) == every.cost


@examples(SMALL // 2)
@given(thinned(weeks=3, most=10_000))
def test_three_week_problems_are_solved_too(problem: Problem) -> None:
    """A week with two neighbours is as exact as one with a single neighbour."""
    compiled = compile_problem(problem, all_rules())
    every = list_every_plan(compiled.problem, compiled.claims)
    found = search(compiled)
    assert (compiled.unpack(found.cost), found.chosen) == (every.cost, every.chosen)


@examples(SMALL)
@given(thinned(weeks=3, border=True))
def test_safety_across_borders_is_solved_too(problem: Problem) -> None:
    """Where hard sessions of neighbouring weeks forbid each other, the first of the cheapest plans is found."""
    compiled = compile_problem(problem, all_rules())
    every = list_every_plan(compiled.problem, compiled.claims)
    found = search(compiled)
    assert (compiled.unpack(found.cost), found.chosen) == (every.cost, every.chosen)


@contextmanager
def dropping() -> Iterator[None]:
    """Let the search drop what is beaten even in its smallest lists, and list skeletons off whole weeks."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name, value in ((search_module, "FEW_PATTERNS", 2), (search_module, "SMALL_WEEK", 0),
                                    (search_module, "WORTH_DROPPING", 1 << 30), (week_listing, "FEW_SKELETONS", 0)):
            patch.setattr(module, name, value)
        yield


@examples(SMALL * 2)
@given(thinned(weeks=3) | thinned(weeks=3, border=True))
def test_dropping_what_is_beaten_keeps_the_first_of_the_cheapest_plans(problem: Problem) -> None:
    """Where every list is thinned by bounds, the first of the cheapest plans is still found, and proven."""
    compiled = compile_problem(problem, all_rules())
    every = list_every_plan(compiled.problem, compiled.claims)
    with dropping():
        found = search(compiled)
    assert (compiled.unpack(found.cost), found.chosen) == (every.cost, every.chosen)
    assert found.proven


@examples(SMALL // 2)
@given(briefs(weeks=8))
def test_dropping_what_is_beaten_changes_no_plan(brief: Brief) -> None:
    """Eight weeks have one plan, however much is dropped on the way to it."""
    compiled = compile_problem(candidates(brief), all_rules())
    usual = search(compiled)
    with dropping():
        other = search(compiled)
    assert (other.chosen, other.cost, other.bound) == (usual.chosen, usual.cost, usual.bound)


@examples(SMALL // 2)
@given(thinned(most=4_000))
def test_the_lower_bound_never_lies_above_the_optimum(problem: Problem) -> None:
    """Whatever the guard, the bound is below every plan, the plan is legal and its cost is its own."""
    compiled = compile_problem(problem, all_rules())
    every = list_every_plan(compiled.problem, compiled.claims)
    for guard in (1, 8, 64, 512):
        found = search(compiled, guard=guard)
        dose, taste, broken = recost(compiled.claims, found.chosen)
        assert not broken
        assert compiled.unpack(found.cost) == (dose, taste) >= every.cost >= compiled.unpack(found.bound)


@examples(SMALL // 2)
@given(thinned(most=8_000))
def test_slack_changes_no_plan_of_a_small_problem(problem: Problem) -> None:
    """Where limits begin, even far above anything useful, never changes the plan."""
    compiled = compile_problem(problem, all_rules())
    for slack in (0, 7, 1 << 24):
        same_plan(compiled, slack=slack)


# ------------------------------------------------------------------------------------------------- whole plans


@examples(SMALL // 4)
@given(briefs(weeks=8))
def test_slack_changes_no_plan(brief: Brief) -> None:
    """Where limits begin never changes the plan of eight weeks."""
    compiled = compile_problem(candidates(brief), all_rules())
    for slack in (0, 3, 8):
        same_plan(compiled, slack=slack)


@examples(SMALL // 2)
@given(briefs(weeks=5))
def test_a_certificate_holds_when_counted_again(brief: Brief) -> None:
    """Cost is the claims' own, no safety claim is broken, one session stands on a date, and cost equals bound."""
    compiled = compile_problem(candidates(brief), all_rules())
    found = search(compiled)
    dose, taste, broken = recost(compiled.claims, found.chosen)
    assert not broken
    assert compiled.unpack(found.cost) == (dose, taste)
    assert found.proven
    days = [compiled.problem.choices[i].day for i in found.chosen]
    assert len(days) == len(set(days))


@examples(SMALL // 4)
@given(briefs(weeks=4))
def test_thinning_the_grid_costs_nothing(brief: Brief) -> None:
    """All starts of the 15-minute grid give the same cost as those that are kept because a rule tells them apart."""
    the_whole_grid_is_no_cheaper(brief)


def the_whole_grid_is_no_cheaper(brief: Brief) -> None:
    """Compare the cost over thinned starts with the cost over every start of the grid."""
    thin = compile_problem(candidates(brief), all_rules())
    whole = compile_problem(on_the_whole_grid(brief), all_rules())
    assert thin.unpack(search(thin).cost) == whole.unpack(search(whole).cost)


def on_the_whole_grid(brief: Brief) -> Problem:
    """Give the candidates of a brief without thinning."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepare, "told_apart",
                      lambda starts, cuts, usual, *, ends_too: sorted(starts, key=lambda t: (abs(t - usual), t)))
        return candidates(brief)


def test_hard_sessions_on_three_dates_in_a_row_use_the_whole_evening() -> None:
    """Two heavy sessions and hops on three evenings, each a little later than the one before, are found."""
    evening = ((18 * 60, 20 * 60),)
    days = dict.fromkeys(range(7), ()) | dict.fromkeys((1, 2, 3), evening)
    runner = a_runner(
        strength_level=Level.ADVANCED, running_level=Level.ADVANCED, availability=days,
        races=(Race(date=dt.date(2027, 3, 28), distance_km=42.2, priority="A"),),
        running=tuple(PatternRun(day=day, start_minute=390, minutes=70, type=RunType.EASY) for day in range(7)),
    )
    the_whole_grid_is_no_cheaper(a_brief(runner, weeks=4))


# ------------------------------------------------------------------------------------------------- other rules


def repriced(rule: Rule, price: int | None) -> Rule:
    """Give a rule whose wishes cost something else, or are not made at all (None); safety stays."""

    def claims(problem: Problem, **values: Any) -> Iterator[Claim]:
        for claim in rule.claims(problem, **values):
            if claim.tier is Tier.SAFETY:
                yield claim
            elif price is not None:
                yield replace(claim, price=price)

    def with_values(problem: Problem) -> Iterator[Claim]:
        names = rule.claims.__code__.co_varnames[: rule.claims.__code__.co_kwonlyargcount + 1]
        return claims(problem, **{k: v for k, v in rule.values().items() if k in names})

    return replace(rule, claims=with_values)


@pytest.mark.parametrize("name", ["not-back-to-back", "same-days", "steady-load", "strength-after-running",
                                  "fresh-legs", "sessions-a-week"])
@pytest.mark.parametrize("seed", range(2))
def test_a_price_of_nothing_equals_no_claim(name: str, seed: int) -> None:
    """Wishes that cost nothing change neither the plan nor its cost."""
    runner = a_runner(strength_days=(0, 3), session_minutes=30 - 5 * seed)
    answers = []
    for price in (0, None):
        rules = [repriced(rule, price) if rule.id == name else rule for rule in all_rules()]
        compiled = compile_problem(candidates(a_brief(runner, weeks=4 + seed)), rules)
        found = search(compiled)
        chosen = [compiled.problem.choices[i].label for i in found.chosen]
        answers.append((found.cost, chosen))
    assert answers[0] == answers[1]


# ------------------------------------------------------------------------------------------------- a solver


def solver_agrees(compiled: Compiled) -> None:
    """The solver's cheapest (dose, taste) is the search's; where the size guard ended the proof, it lies in the gap."""
    found = search(compiled)
    cheapest = Solver(compiled).cheapest()
    if found.proven:
        assert compiled.unpack(found.cost) == cheapest
    else:
        assert compiled.unpack(found.bound) <= cheapest <= compiled.unpack(found.cost)
        assert cheapest[0] == compiled.unpack(found.cost)[0]


@examples(max(2, ORACLES - 24 if ORACLES >= 60 else ORACLES // 2))
@given(briefs(weeks=16))
def test_a_solver_finds_the_same_cost_on_sixteen_weeks(brief: Brief) -> None:
    """HiGHS, given the same claims, proves the same dose and then the same taste."""
    solver_agrees(compile_problem(candidates(brief), all_rules()))


def shared_briefs() -> list[tuple[str, Brief]]:
    """Give the runners of the acceptance kit, sixteen weeks each."""
    out = []
    if RUNNERS.is_dir():
        for row in csv.DictReader((RUNNERS / "INDEX.csv").open(encoding="utf-8", newline="")):
            runner = read_runner(RUNNERS / row["runner"])
            first = dt.date.fromisoformat(row["start"])
            brief = a_brief(runner, first=first, weeks=16)
            files = [RUNNERS / row["calendar"]] if row["calendar"] else []
            runs = read_calendars(files, runner=runner, first=first, last=brief.last).runs
            out.append((row["runner"], replace(brief, calendar=runs)))
    return out


@pytest.mark.shared
@pytest.mark.parametrize("number", range(0, 24, 1 if ORACLES >= 48 else 4))
def test_a_solver_finds_the_same_cost_for_the_kits_runners(number: int) -> None:
    """HiGHS, given the same claims, proves the same dose and taste for the acceptance kit's runners."""
    if not RUNNERS.is_dir():
        pytest.skip(f"the runners of the acceptance kit are not at {RUNNERS}")
    _, brief = shared_briefs()[number]
    assert search(compile_problem(candidates(brief), all_rules())).proven
    solver_agrees(compile_problem(candidates(brief), all_rules()))
