"""Judging any plan: what is believed, what is not, what it costs, and what cannot be judged."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from builders import MONDAY, RULES, a_plan_of, a_runner, cost_of, judged
from midstance.catalogue.load import load_catalogue
from midstance.domain.evidence import Tier
from midstance.domain.problem import Claim
from midstance.planning.check import UNJUDGED, check_plan, evaluate, range_text, sets_by_region
from midstance.rules import _prices as price

ALL = tuple(RULES.values())
GOOD = ("Mon 06:30 easy 60min | Tue 18:00 heavy 24min | Thu 06:30 easy 60min | Thu 18:00 upper 20min | "
        "Sat 10:00 heavy 24min | Sun 08:00 easy 85min | Sun 10:00 mobility 15min")


def test_a_good_week_has_nothing_but_taste() -> None:
    """A hand-made week that keeps the rules is safe and costs no dose."""
    report = check_plan(a_plan_of(GOOD), ALL, runner=a_runner())
    assert not report.unsafe
    assert {f.tier for f in report.findings} <= {"taste"}
    assert report.cost[0] == 0
    assert report.unjudged == ()


def test_findings_come_by_date_and_cost_adds_up() -> None:
    """Findings of all rules are in order of date, and the cost is that of the rules alone, added."""
    text = "Sun 08:00 tempo 60min | Mon 18:00 heavy 24min | Tue 06:30 tempo 60min | Wed 06:00 strength 20min"
    report = check_plan(a_plan_of(text), ALL, runner=a_runner())
    assert [f.date for f in report.findings] == sorted(f.date for f in report.findings)
    assert report.unsafe
    each = [cost_of(text, rule) for rule in RULES]
    assert report.cost == (sum(d for d, _ in each), sum(t for _, t in each))


def test_calendar_faults_do_not_make_a_plan_unsafe() -> None:
    """Hard runs on two days running are the calendar's doing."""
    report = check_plan(a_plan_of("Mon 18:00 tempo 60min | Tue 06:30 tempo 60min"), ALL, runner=a_runner())
    assert {f.on for f in report.findings if f.tier == "safety"} == {"calendar"}
    assert not report.unsafe


def test_without_a_runner_it_says_what_it_cannot_judge() -> None:
    """Hours, weights and levels are not held against a document without a runner; hard spacing is."""
    odd = "Mon 03:00 heavy 45min | Mon 23:30 mobility 15min"
    plan = a_plan_of(f"{odd} || Tue 18:00 heavy 24min | Wed 06:30 tempo 60min")
    report = check_plan(plan, ALL)
    assert report.unjudged == UNJUDGED
    safety = {(f.rule, f.date) for f in report.findings if f.tier == "safety" and f.on == "plan"}
    assert ("recovery-between-hard", MONDAY + dt.timedelta(days=9)) in safety
    assert ("fits-the-day", MONDAY) in safety               # two sessions on one date need no runner
    assert not any("windows" in f.says for f in report.findings)


@pytest.mark.parametrize("text", ["Wed 06:30 tempo 60min counts-easy", "Wed 06:30 easy 100min counts-easy"])
def test_a_run_is_as_hard_as_its_type_and_length(text: str) -> None:
    """A document that calls tempo or 100 minutes easy is not believed."""
    assert len(judged(f"Tue 18:00 heavy 24min | {text}", "recovery-between-hard")) == 1


def test_hard_minutes_are_those_of_the_sets() -> None:
    """What a hard session holds counts, what it says only where that is more; other kinds have none."""
    big = "A1 goblet-squat 4x10 @2RIR 4-1-2-0, rest 90s"                     # 4 x 10 x 7 s = 280 s: 5 min
    week = "Mon 06:30 easy 26min | Fri 18:00 {} 24min (hard {}): " + big     # 5 of 50 min are a tenth, 12 are too many
    assert judged(week.format("heavy", 1), "easy-share") == []
    assert len(judged(week.format("heavy", 12), "easy-share")) == 1
    assert judged(week.format("strength", 12), "easy-share") == []


def test_more_hard_minutes_than_minutes_count_as_all() -> None:
    """A session cannot be harder than it is long: 10 of 51 min are a fifth, 60 would not be; 10 of 49 are over."""
    text = "Mon 06:30 easy {}min | Fri 18:00 heavy 10min (hard 60)"
    assert judged(text.format(41), "easy-share") == []
    assert len(judged(text.format(39), "easy-share")) == 1


def test_sessions_outside_the_weeks_are_left_out() -> None:
    """A session dated before the plan starts is nobody's business."""
    plan = a_plan_of("Mon 18:00 heavy 24min | Tue 18:00 heavy 24min")
    cut = replace(plan, starts=MONDAY + dt.timedelta(days=2))
    assert check_plan(cut, (RULES["recovery-between-hard"],), runner=a_runner()).findings == ()


def test_claims_are_evaluated_with_every_choice_taken() -> None:
    """Broken claims come with their sum; only dose and taste cost."""
    def claim(tier: Tier, coefficients: tuple[int, ...], low: int | None, high: int | None, cost: int) -> Claim:
        return Claim(rule="r", tier=tier, day=1, terms=tuple((c, k) for k, c in enumerate(coefficients)), low=low,
                     high=high, price=cost)

    claims = [claim(Tier.SAFETY, (1, 1), None, 1, 0), claim(Tier.DOSE, (), 2, None, 8),
              claim(Tier.TASTE, (3, -1), None, 1, 5), claim(Tier.TASTE, (1,), 0, 1, 9)]
    broken, cost = evaluate(claims)
    assert [(c.tier, total) for c, total in broken] == [(Tier.SAFETY, 2), (Tier.DOSE, 0), (Tier.TASTE, 2)]
    assert cost == (16, 5)


def test_bounds_in_words() -> None:
    """At least, at most, or from to."""
    assert (range_text(0, 0), range_text(1, 3)) == ("0 to 0", "1 to 3")


def test_one_breach_of_the_easy_share_is_told_once() -> None:
    """The same session in seven windows gives one finding, and another session another."""
    week = "Mon 06:30 easy 10min | Wed 18:00 heavy 24min (hard 8)"
    assert len(judged(f"{week} || Mon 06:30 easy 10min", "easy-share")) == 1
    assert len(judged(f"{week} || || {week}", "easy-share")) == 2


def test_sets_by_region() -> None:
    """Sets of main blocks count for regions with half a set or more; warm-ups, mobility and unknown names do not."""
    plan = a_plan_of(
        "Mon 18:00 strength 24min: W1 squat 1x10, A1 squat 3x8, A2 single-leg-calf-raise 3x10/side | "
        "Wed 18:00 mobility 15min: M1 squat 2x10 | Thu 18:00 upper 20min: A1 no-such-exercise 3x8, A2 push-up 3x8")
    sets = sets_by_region(plan.sessions, load_catalogue().exercises)
    assert (sets["quads"], sets["calves"], sets["push"]) == (3, 3, 3)
    assert sets_by_region((), {}) == {}


def test_regions_are_judged_only_with_exercises() -> None:
    """Without a catalogue no region is missed."""
    plan = a_plan_of("Mon 18:00 strength 20min: A1 push-up 3x8 | Thu 18:00 strength 20min: A1 push-up 3x8")
    plan.weeks[0].targets.sets.update(quads=6)
    assert check_plan(plan, (), runner=a_runner()).findings == ()
    (found,) = check_plan(plan, (), runner=a_runner(), catalogue=load_catalogue().exercises).findings
    assert (found.rule, found.date) == ("regions-covered", MONDAY)


def test_prices_are_the_rules_own() -> None:
    """A single breach of fresh legs costs its price."""
    assert cost_of("Mon 18:00 heavy 24min | Wed 06:30 tempo 60min", "fresh-legs") == (price.FRESH_LEGS, 0)
