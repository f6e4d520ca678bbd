"""The screen Why: the day's reasons from the plan in the diary, rules, numbers, sources, and the words of safety."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest

from builders import a_plan_of, a_runner
from builders_daily import HEAVY, WEEK, kept
from builders_diary import NOON, TODAY
from builders_progress import MONDAY, a_plan
from midstance.domain.evidence import Certainty, Tier, Validity
from midstance.domain.history import History
from midstance.domain.plan import Finding, Plan, Relaxed
from midstance.formats._format import InputError
from midstance.formats.plan_inputs import render_inputs
from midstance.formats.plan_json import render_plan_json
from midstance.planning.readying.words import CLEARANCE, RED_FLAGS
from midstance.services.check import why_from_plan
from midstance.services.diary import add
from midstance.services.evidence import DEFAULT, all_metrics
from midstance.services.handbook import all_rules, catalogue
from midstance.store.store import MemoryStore
from midstance.web._screen import Visit
from midstance.web.pages import Frame, page
from midstance.web.screens.why import shelf
from midstance.web.screens.why.screen import SCREEN, Asked, load
from midstance.web.screens.why.view import Context, DayThere
from web import Page, read_page

if TYPE_CHECKING:
    from midstance.domain.entry import Entry

TUESDAY, WEDNESDAY, THURSDAY, SATURDAY = (MONDAY + dt.timedelta(days=n) for n in (1, 2, 3, 5))
GAVE_WAY = "Week of 2026-11-30: 0 of 1 plyometric sessions."


def a_told_plan() -> Plan:
    """The small plan with reasons, something that gave way, and a note on the calendar."""
    plan = a_plan_of(WEEK, first=MONDAY, weeks=2, inputs=render_inputs(a_runner(), History(), None))
    weeks = tuple(replace(w, days=tuple(replace(d, sessions=tuple(
        replace(s, why=("Stands <here>.", "The same weekday as last week.")) for s in d.sessions)) for d in w.days))
        for w in plan.weeks)
    gave = Relaxed(rule="sessions-a-week", what="plyometric", week=MONDAY, wanted=1, planned=0,
                   because=("fits-the-day",), says=GAVE_WAY)
    note = Finding(rule="easy-share", tier="safety", on="calendar", date=TUESDAY, says="The runs alone are 27 % hard.")
    return replace(plan, weeks=weeks, relaxed=(gave, replace(gave, week=MONDAY + dt.timedelta(days=7))),
                   findings=(note,))


def a_visit(*entries: Entry) -> Visit:
    """A visit to a diary that holds these entries."""
    store = MemoryStore()
    add(store, entries, now=NOON)
    return Visit(store=store, at=NOON, today=TODAY)


@pytest.fixture(scope="module")
def visit() -> Visit:
    """A visit to a diary with the small plan."""
    return a_visit(kept(render_plan_json(a_told_plan())))


def day_of(visit: Visit, date: dt.date | None = None, other: dt.date | None = None) -> DayThere:
    """Why a date is as it is."""
    found = load(Asked(date=date, other=other), visit).day
    assert found is not None
    return found


def shown(context: Context) -> Page:
    """The page, well-formed and without a double id."""
    read = read_page(page(SCREEN, context, Frame(screens=(SCREEN,), path=SCREEN.path)))
    assert read.faults == []
    ids = [tag.of("id") for tag in read.tags if tag.of("id")]
    assert sorted({one for one in ids if ids.count(one) > 1}) == []
    return read


def words_of(context: Context) -> str:
    """The words of a page."""
    return " ".join(shown(context).named("main")[0].text.split())


# ------------------------------------------------------------------------------------------------- the day


def test_a_day_tells_the_reasons_that_the_plan_holds(visit: Visit) -> None:
    """Today's session stands there with the plan's own reasons, runs, notes, and what gave way in its week alone."""
    day = day_of(visit)
    assert day.date == TODAY == TUESDAY
    session, = day.sessions
    assert (session.id, session.name, session.hard) == (HEAVY, "Heavy strength", True)
    assert session.why == ("Stands <here>.", "The same weekday as last week.")
    assert day.gave_way == (GAVE_WAY,)
    assert [(f.rule, f.title) for f in day.findings] == [("easy-share", "Four fifths easy")]
    assert [run.name for run in day.runs] == ["Easy run"]
    assert day.with_session == (TUESDAY, THURSDAY)
    text = words_of(load(Asked(), visit))
    assert "Stands <here>." in text
    assert GAVE_WAY in text


def test_the_reasons_are_those_of_the_service(visit: Visit) -> None:
    """From a plan in hand the service says what it says of a file; a date without a session is refused in words."""
    reasons = why_from_plan(a_told_plan(), TUESDAY, source="the plan")
    assert [r.session.why for r in reasons] == [s.why for s in day_of(visit, TUESDAY).sessions]
    assert reasons[0].gave_way == (GAVE_WAY,)
    with pytest.raises(InputError, match="no session stands on 2026-12-02"):
        why_from_plan(a_told_plan(), WEDNESDAY, source="the plan")
    with pytest.raises(InputError, match="lies outside the plan"):
        why_from_plan(a_told_plan(), dt.date(2027, 6, 1), source="the plan")


def test_another_date_is_judged_by_the_rules(visit: Visit) -> None:
    """A date that safety forbids names the rule once, with a link to it."""
    found = day_of(visit, TUESDAY, WEDNESDAY).sessions[0].elsewhere
    assert found is not None
    assert not found.possible
    rules = [against.rule for against in found.against]
    assert "recovery-between-hard" in rules
    assert len({*rules}) == len(rules)
    assert {against.tier for against in found.against} == {"safety"}
    read = shown(load(Asked(date=TUESDAY, other=WEDNESDAY), visit))
    assert "/why?rule=recovery-between-hard" in {tag.of("href") for tag in read.named("a")}
    assert "Wednesday 2 December it cannot stand" in words_of(load(Asked(date=TUESDAY, other=WEDNESDAY), visit))


def test_a_date_that_would_do_says_so(visit: Visit) -> None:
    """A mobility session may stand on another day, at a price or without one."""
    found = day_of(visit, THURSDAY, SATURDAY).sessions[0].elsewhere
    assert found is not None
    assert found.possible
    assert "it could stand" in words_of(load(Asked(date=THURSDAY, other=SATURDAY), visit))


def test_a_day_without_a_session_and_one_outside_the_plan_are_no_faults(visit: Visit) -> None:
    """Both are told in a sentence; another date outside the plan is not asked about."""
    assert "No session stands here: the intervals has the day." in words_of(load(Asked(date=WEDNESDAY), visit))
    outside = load(Asked(date=dt.date(2027, 6, 1)), visit)
    assert outside.day is not None
    assert not outside.day.inside
    assert "lies outside the plan, which runs from Mon 30 Nov to" in words_of(outside)
    assert day_of(visit, TUESDAY, dt.date(2027, 6, 1)).other is None
    assert day_of(visit, TUESDAY, TUESDAY).other is None


def test_cut_sets_are_among_what_gave_way() -> None:
    """A week with fewer sets says how many are left and why."""
    assert "75 % of the sets. Less sleep." in words_of(load(Asked(), a_visit(a_plan(0.75))))


def test_without_a_plan_the_page_leads_to_one() -> None:
    """Nothing stands anywhere yet, and the rules can be read all the same."""
    context = load(Asked(), a_visit())
    assert context.day is None
    assert "/setup" in {tag.of("href") for tag in shown(context).named("a")}
    assert load(Asked(page="rules"), a_visit()).rules


# ------------------------------------------------------------------------------------------------- rules, numbers


def test_rules_stand_by_tier_with_all_that_they_say(visit: Visit) -> None:
    """Every rule is there, safety first, with why, numbers, certainty and both sorts of examples."""
    context = load(Asked(page="rules"), visit)
    assert {r.id for r in context.rules} == {r.id for r in all_rules()}
    tiers = [Tier[r.tier.upper()] for r in context.rules]
    assert tiers == sorted(tiers)
    text = words_of(context)
    for rule in all_rules():
        assert rule.title in text
        assert " ".join(rule.why.split("\n\n")[0].split()).replace("`", "") in text
        assert all(param.says in text for param in rule.params)
        assert all(part.strip() in text for e in rule.examples for part in " ".join(e.week.split()).split("|"))
    assert "Broken on Mon" in text
    assert "Kept" in text


def test_one_rule_stands_alone_with_its_sources(visit: Visit) -> None:
    """A rule's own page holds it alone, and the publications that its numbers rest on."""
    context = load(Asked(rule="easy-share"), visit)
    assert [r.id for r in context.rules] == ["easy-share"]
    assert [s.id for s in context.sources] == ["rosenblat-2025"]
    assert context.rules[0].numbers[0].badge == DEFAULT
    assert shown(context).named("h1")[0].text == "Four fifths easy"


def test_a_metric_stands_alone_with_its_validity(visit: Visit) -> None:
    """A metric's page tells what it does, how far it can be trusted, and what it rests on."""
    context = load(Asked(metric="session-rpe"), visit)
    metric, = context.metrics
    assert (metric.validity, metric.badge, metric.unit) == ("useful", "Foster et al. 2001", "AU")
    assert "validity: useful" in words_of(context)
    assert ">>>" not in metric.more


@pytest.mark.parametrize(("asked", "near"), [
    (Asked(rule="easy-shar"), "did you mean easy-share?"), (Asked(metric="e1rn"), "did you mean e1rm?"),
    (Asked(rule="zzzzzz"), "look for it in the list")])
def test_what_is_unknown_is_refused_with_the_nearest(visit: Visit, asked: Asked, near: str) -> None:
    """A misspelt id names the one that was meant."""
    with pytest.raises(InputError) as caught:
        load(asked, visit)
    assert caught.value.faults[0].remedy == near


def test_numbers_stand_by_validity_with_those_of_the_daily_loop(visit: Visit) -> None:
    """Every metric is under its validity, and every number of the daily loop says what it rests on."""
    context = load(Asked(page="numbers"), visit)
    assert [m.id for m in context.metrics] == [m.id for m in all_metrics()]
    groups = shelf.by_validity(context.metrics)
    assert sum(len(found) for _, _, found in groups) == len(context.metrics)
    assert all(m.validity == step for step, _, found in groups for m in found)
    assert [len(group.numbers) for group in context.daily] == [len(params) for _, params in shelf.DAILY]
    short = next(n for group in context.daily for n in group.numbers if n.id == "sleep-short")
    assert (short.value, short.badge) == (7, "Johnston et al. 2020")


def test_every_step_of_trust_is_put_into_words() -> None:
    """No certainty and no validity stands there without a meaning."""
    assert {*shelf.CERTAINTY_WORDS} == {*Certainty}
    assert {*shelf.VALIDITY_WORDS} == {*Validity}


# ------------------------------------------------------------------------------------------------- sources, safety


def test_sources_tell_what_is_taken_and_who_cites_them(visit: Visit) -> None:
    """Each publication stands at its key; one whose paper was not read lends its name to no number."""
    context = load(Asked(page="sources"), visit)
    assert {s.id for s in context.sources} == set(catalogue().sources)
    read = shown(context)
    assert {s.id for s in context.sources} <= {tag.of("id") for tag in read.tags}
    by_id = {s.id: s for s in context.sources}
    assert ("easy-share", "low") in [(c.id, c.trust) for c in by_id["rosenblat-2025"].cited_by]
    assert not by_id["rosenblat-2025"].citable
    assert all(s.cited_by or s.evidence for s in context.sources)


def test_words_of_safety_are_whole(visit: Visit) -> None:
    """Honest words, red flags, who asks first and what a pain means stand on one page, with no chance of injury."""
    text = words_of(load(Asked(page="safety"), visit))
    assert all(words in text for words in (*RED_FLAGS, *CLEARANCE))
    assert "2-4 % more economical" in text
    assert "does not diagnose" in text
    assert "Pain up to which everything goes on" in text


@pytest.mark.parametrize("asked", [
    Asked(), Asked(page="rules"), Asked(page="numbers"), Asked(page="sources"), Asked(page="safety"),
    Asked(rule="fits-the-day"), Asked(metric="e1rm")])
def test_every_page_goes_out_as_plain_data(visit: Visit, asked: Asked) -> None:
    """What the page shows comes back from JSON as it was."""
    context = load(asked, visit)
    assert msgspec.json.decode(msgspec.json.encode(context), type=Context) == context


def test_docstrings_become_paragraphs() -> None:
    """Code is marked, text is escaped, empty lines part paragraphs."""
    assert str(shelf.prose("One ``a < b``\nline.\n\nTwo.")) == "<p>One <code>a &lt; b</code> line.</p><p>Two.</p>"
