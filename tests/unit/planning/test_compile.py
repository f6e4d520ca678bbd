"""Compile: what claims become, what is refused, and which reasons are kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from midstance.domain.evidence import Tier
from midstance.domain.run import RunType
from midstance.domain.runner import Level, PatternRun, Race
from midstance.domain.session import Kind
from midstance.planning.compile import CompileError, compile_problem
from midstance.planning.make import Brief, make_plan
from midstance.services.handbook import all_rules, catalogue
from problems import NAMED_DAY, a_brief, a_choice, a_claim, a_problem, a_rule, a_runner, briefs, candidates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from midstance.domain.problem import Claim, Problem

FEW = settings(max_examples=25, deadline=None, derandomize=True, database=None,
               suppress_health_check=list(HealthCheck))
MONDAYS = a_problem([a_choice(0), a_choice(7), a_choice(14)], weeks=3)


def compiled_with(problem: Problem, *claims: Claim, **how: bool):
    """Compile a problem with some claims of one rule."""
    return compile_problem(problem, [a_rule(lambda _: claims, **how)])


def refusal(problem: Problem, *claims: Claim) -> str:
    """The text with which claims are refused."""
    with pytest.raises(CompileError) as caught:
        compiled_with(problem, *claims)
    return str(caught.value)


# ------------------------------------------------------------------------------------------------- refused


@pytest.mark.parametrize("tier", [Tier.TASTE, Tier.SAFETY])
def test_a_claim_wider_than_two_weeks_is_refused(tier: Tier) -> None:
    """A claim over three weeks, or over two that are no neighbours, is an error that names its rule."""
    assert "by-hand" in refusal(MONDAYS, a_claim((1, 0), (1, 1), (1, 2), tier=tier, high=1))
    assert "by-hand" in refusal(MONDAYS, a_claim((1, 0), (1, 2), tier=tier, high=1))


def test_a_refusal_is_clear() -> None:
    """Rule, date and weeks of a refused claim can be read by people: the date is a date."""
    text = refusal(MONDAYS, a_claim((1, 0), (1, 2), day=3, high=1))
    assert "wider than two" in text
    assert dt.date.fromordinal(NAMED_DAY + 3).isoformat() in text


def test_a_dose_claim_across_weeks_is_refused() -> None:
    """Dose never couples weeks, since that would destroy the bounds, and the text says so."""
    text = refusal(MONDAYS, a_claim((1, 0), (1, 1), tier=Tier.DOSE, low=1))
    assert "by-hand" in text
    assert "dose" in text


def test_a_safety_claim_against_the_empty_plan_is_refused() -> None:
    """Safety that asks for a session could leave no answer at all."""
    assert "empty" in refusal(MONDAYS, a_claim((1, 0), tier=Tier.SAFETY, low=1))
    assert "empty" in refusal(MONDAYS, a_claim((1, 0), tier=Tier.SAFETY, high=-1))


def test_a_wide_claim_whose_far_end_is_masked_is_no_error() -> None:
    """What is forbidden anyway makes no claim wide."""
    compiled = compiled_with(
        MONDAYS, a_claim((1, 2), tier=Tier.SAFETY, high=0), a_claim((1, 0), (1, 1), (1, 2), tier=Tier.SAFETY, high=1))
    assert [len(c) for c in compiled.couplings] == [1, 0]


@FEW
@given(briefs(weeks=3))
def test_every_safety_claim_accepts_the_empty_plan(brief: Brief) -> None:
    """Whatever the runs are, no session at all breaks nothing, so that there is always an answer."""
    problem = candidates(brief)
    for claim in (c for rule in all_rules() for c in rule.yield_claims(problem)):
        if claim.tier is Tier.SAFETY:
            assert (claim.low or 0) <= 0
            assert claim.high is None or claim.high >= 0


# ------------------------------------------------------------------------------------------------- shapes


def test_a_claim_that_never_binds_is_dropped() -> None:
    """A cap that no plan can reach leaves no trace."""
    compiled = compiled_with(MONDAYS, a_claim((1, 0), (1, 1), tier=Tier.SAFETY, high=2))
    assert compiled.couplings == [[], []]
    assert not any(week.counts or week.rows or week.pairs for week in compiled.weeks)


def test_neighbouring_weeks_are_coupled() -> None:
    """A claim on two neighbouring weeks becomes a coupling with the terms of each on its side."""
    compiled = compiled_with(MONDAYS, a_claim((3, 1), (-2, 2), high=1, price=5))
    assert compiled.couplings[0] == []
    (coupling,) = compiled.couplings[1]
    assert (coupling.left, coupling.right, coupling.high, coupling.price) == ({1: 3}, {2: -2}, 1, 5)


def test_one_priced_term_is_a_price_of_its_choice() -> None:
    """Prices of one choice add up."""
    compiled = compiled_with(MONDAYS, a_claim((1, 0), high=0, price=2), a_claim((2, 0), high=1, price=3))
    assert compiled.weeks[0].unary == {0: 5}


def test_a_wish_without_any_choice_costs_what_it_costs() -> None:
    """A target that no choice can serve is a constant, not lost."""
    compiled = compiled_with(MONDAYS, a_claim(tier=Tier.DOSE, low=2, price=7))
    (row,) = compiled.weeks[0].counts
    assert (row.kinds, row.low) == ((), 2)


def test_a_wish_that_costs_nothing_forbids_nothing() -> None:
    """A price of nothing is no ban."""
    two = a_problem([a_choice(0), a_choice(1)], weeks=1)
    compiled = compiled_with(two, a_claim((1, 0), (1, 1), high=1, price=0))
    week = compiled.weeks[0]
    assert not any(row.price == 0 for row in (*week.counts, *week.rows, *(row for _, row in week.pairs)))


# ------------------------------------------------------------------------------------------------- masks


def test_a_mask_keeps_all_its_reasons() -> None:
    """Of a choice that three claims forbid, all three are told."""
    claims = [replace(a_claim((1, 0), tier=Tier.SAFETY, high=0), facts=text) for text in ("a", "b", "c")]
    compiled = compiled_with(MONDAYS, *claims)
    ((_, why),) = compiled.masked[NAMED_DAY, Kind.STRENGTH]
    assert [claim.facts for claim in why] == ["a", "b", "c"]
    assert compiled.weeks[0].days[0] == []


def monday_is_forbidden(problem: Problem) -> list[Claim]:
    """Forbid every choice of the first Monday."""
    return [a_claim((1, c.index), tier=Tier.SAFETY, high=0) for c in problem.choices if c.day == NAMED_DAY]


def test_reasons_that_see_the_hour_and_reasons_that_do_not_are_kept_together() -> None:
    """A choice that both a rule about hours and a rule about minutes forbid has both reasons."""
    rules = [a_rule(monday_is_forbidden, hours=True),
             a_rule(lambda p: [replace(c, rule="minutes") for c in monday_is_forbidden(p)])]
    ((_, why),) = compile_problem(MONDAYS, rules).masked[NAMED_DAY, Kind.STRENGTH]
    assert {claim.rule for claim in why} == {"by-hand", "minutes"}


def test_a_heavy_session_knows_every_rule_in_its_way() -> None:
    """Two days before a race, the day after intervals, in a week whose runs are too hard: all three are named."""
    runner = a_runner(
        races=(Race(date=dt.date(2026, 12, 13), distance_km=10, priority="A"),),
        strength_level=Level.ADVANCED,
        running=tuple(PatternRun(day=d, start_minute=390, minutes=60, type=RunType.INTERVALS) for d in (0, 2, 4)))
    problem = candidates(a_brief(runner, first=dt.date(2026, 11, 30), weeks=2))
    # race week itself holds no heavy session at all, so one is put there by hand
    day = dt.date(2026, 12, 12).toordinal()
    extra = replace(a_choice(12, Kind.HEAVY, 300, 24, hard_minutes=8), index=len(problem.choices))
    problem = replace(problem, choices=(*problem.choices, extra))
    compiled = compile_problem(problem, all_rules())
    why = next(w for c, w in compiled.masked[day, Kind.HEAVY] if c.start == extra.start)
    assert {"recovery-between-hard", "race-freshness", "easy-share"} <= {claim.rule for claim in why}


def test_a_positive_term_is_masked_only_when_nothing_can_relieve_it() -> None:
    """Minutes that other sessions bring are counted at their most before a choice is forbidden."""
    problem = a_problem([a_choice(0, Kind.HEAVY), a_choice(1, Kind.MOBILITY)], weeks=1)
    tight, loose = (a_claim((5, 0), (-3, 1), tier=Tier.SAFETY, high=high) for high in (1, 2))
    assert (NAMED_DAY, Kind.HEAVY) in compiled_with(problem, tight).masked
    assert (NAMED_DAY, Kind.HEAVY) not in compiled_with(problem, loose).masked


def test_relief_of_the_same_date_does_not_count() -> None:
    """Of two choices of one date only one is taken, so one cannot relieve the other."""
    problem = a_problem([a_choice(0, Kind.HEAVY), a_choice(0, Kind.MOBILITY)], weeks=1)
    compiled = compiled_with(problem, a_claim((5, 0), (-3, 1), tier=Tier.SAFETY, high=2))
    assert (NAMED_DAY, Kind.HEAVY) in compiled.masked


# ------------------------------------------------------------------------------------------------- merging


def starts_left(problem: Problem, claims: Callable[[Problem], Iterable[Claim]]) -> list[int]:
    """Starts that are left after a rule about hours has spoken, in minutes of the day."""
    return [c.start % 1440 for c in compile_problem(problem, [a_rule(claims, hours=True)]).problem.choices]


def test_starts_that_nothing_tells_apart_become_the_first_of_them() -> None:
    """Equal columns are merged, and the first in order stays."""
    problem = a_problem([a_choice(0, start=s) for s in (1080, 1095, 1065)], weeks=1)
    assert starts_left(problem, lambda _: ()) == [1080]


def test_of_equal_starts_the_cheapest_stays() -> None:
    """Equal columns are merged into the cheapest one."""
    problem = a_problem([a_choice(0, start=s) for s in (1080, 1095, 1110)], weeks=1)
    price = {1080: 2, 1095: 1, 1110: 1}

    def wishes(left: Problem) -> list[Claim]:
        return [a_claim((1, c.index), high=0, price=price[c.start % 1440]) for c in left.choices]

    assert starts_left(problem, wishes) == [1095]


def test_starts_with_different_columns_stay_apart() -> None:
    """A start that stands in a claim of several sessions is not the same as one that does not."""
    problem = a_problem([a_choice(0, start=1080), a_choice(0, start=1095), a_choice(1)], weeks=1)
    assert starts_left(problem, lambda _: [a_claim((1, 0), (1, 2), tier=Tier.SAFETY, high=1)]) == [1080, 1095, 1080]


def test_versions_of_one_session_that_differ_inside_stay_apart() -> None:
    """A version with fewer hard minutes is not the same as the full one of the same length, start and kind."""
    versions = [a_choice(0, Kind.HEAVY, hard_minutes=7), a_choice(0, Kind.HEAVY, hard_minutes=5, cut=True)]
    assert len(starts_left(a_problem(versions, weeks=1), lambda _: ())) == 2


def test_a_window_of_twenty_minutes_keeps_the_version_with_fewer_hard_minutes() -> None:
    """Where only the shorter heavy version keeps a fifth, it is placed also when the window is no longer than it."""
    evening = {**dict.fromkeys(range(7), ()), 3: ((18 * 60, 18 * 60 + 20),)}
    runner = a_runner(availability=evening, sessions_a_week=(1, 1), running=tuple(
        PatternRun(day=d, start_minute=390, minutes=m, type=t)
        for d, m, t in ((0, 45, RunType.TEMPO), (2, 30, RunType.EASY), (5, 45, RunType.EASY))))
    plan, solved = make_plan(a_brief(runner, weeks=3), rules=all_rules(), catalogue=catalogue().exercises, version="t")
    assert any(c.cut for c in candidates(a_brief(runner, weeks=3)).choices)
    assert [s.kind for s in plan.weeks[1].sessions] == [Kind.HEAVY], [c.label for c in solved.chosen]


@FEW
@given(briefs(weeks=3))
def test_a_forbidden_start_is_never_left_open(brief: Brief) -> None:
    """No choice that alone breaks a safety claim is among those of a week model."""
    compiled = compile_problem(candidates(brief), all_rules())
    open_choices = {i for week in compiled.weeks for day in week.days for i in day}
    for claim in compiled.claims:
        if claim.tier is Tier.SAFETY and claim.high is not None and all(c >= 0 for c, _ in claim.terms):
            assert not open_choices & {i for c, i in claim.terms if c > claim.high}
