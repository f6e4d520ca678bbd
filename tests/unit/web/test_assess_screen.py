"""The screen Assess: what is offered, one guided side at a time, what came out with its error, and the way on."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import msgspec
import pytest

from builders_diary import NOON, TODAY, an_entry
from midstance.catalogue.self_tests import load_self_tests
from midstance.domain.diary import AssessmentDone, CheckIn, Pain
from midstance.domain.self_test import MEASURES
from midstance.formats._format import InputError
from midstance.planning.judging import judge
from midstance.services.assess_latest import latest
from midstance.services.diary import add, current
from midstance.store.store import MemoryStore
from midstance.web._screen import Download, Nothing, Visit
from midstance.web.decoding import of_pairs
from midstance.web.pages import Frame, page
from midstance.web.screens.assess import drawings
from midstance.web.screens.assess.drawings import bands, charted, field_step, history_chart, step_path
from midstance.web.screens.assess.screen import SCREEN, Asked, Tell, load, table, tell
from midstance.web.screens.assess.view import Context, Outcome, Step
from web import HTML, Page, a_client, an_app, diary_with_plan, read_page

if TYPE_CHECKING:
    from pathlib import Path

    from midstance.domain.entry import Entry

BALANCE, CALF, KNEE, TOE = "balance-eyes-open-s", "calf-raise-reps", "knee-to-wall-cm", "big-toe-degrees"
SQUAT, PLANK, FAULTS = "squat-depth", "plank-s", "single-leg-squat-faults"
TESTS = load_self_tests()
every_test = pytest.mark.parametrize("test", TESTS)


def a_visit(*entries: Entry, hours: int = 0) -> Visit:
    """A visit to a diary that holds these entries."""
    store = MemoryStore()
    add(store, entries, now=NOON)
    at = NOON + dt.timedelta(hours=hours)
    return Visit(store=store, at=at, today=at.date())


def done(test: str, *, day: int = 0, value: float | None = None, left: float | None = None,
         right: float | None = None) -> Entry:
    """A result in the diary."""
    return an_entry(AssessmentDone(test=test, value=value, left=left, right=right), day=day, batch=f"{test} {day}")


def the_step(visit: Visit, test: str, **asked: object) -> Step:
    """One test in full."""
    found = load(Asked(test=test, **asked), visit).one  # type: ignore[arg-type]
    assert found is not None
    return found


def the_outcome(visit: Visit, test: str) -> Outcome:
    """What came out of one test."""
    return next(one for one in load(Asked(), visit).outcomes if one.test == test)


def shown(context: Context) -> Page:
    """The page, well-formed."""
    read = read_page(page(SCREEN, context, Frame(screens=(SCREEN,), path=SCREEN.path)))
    assert read.faults == []
    return read


def text_of(read: Page) -> str:
    """All words of a page's main part."""
    return " ".join(read.named("main")[0].text.split())


# ------------------------------------------------------------------------------------------------- the overview


def test_the_first_visit_offers_everything_and_the_short_version_first() -> None:
    """Without a result every test is worth it, with a reason, and the short version is the suggested one."""
    context = load(Asked(), a_visit())
    by_id = {version.id: version for version in context.versions}
    assert context.now == "short"
    assert [w.test for w in by_id["full"].steps] == sorted(TESTS, key=lambda id_: TESTS[id_].order)
    assert [w.test for w in by_id["short"].steps] == [w.test for w in by_id["full"].steps if TESTS[w.test].short]
    assert all(w.reason.endswith(".") and w.minutes > 0 for w in by_id["full"].steps)
    assert context.outcomes == ()
    assert context.next_date is None
    assert "Nothing yet" in text_of(shown(context))


def test_a_version_that_was_begun_is_suggested_and_goes_on() -> None:
    """After one side of one test the version counts as begun, and its button leads to what is open."""
    visit = a_visit(done(BALANCE, left=45))
    context = load(Asked(), visit)
    assert {v.id: v.started for v in context.versions} == {"short": True, "full": True}
    short = next(v for v in context.versions if v.id == "short")
    assert BALANCE in [w.test for w in short.steps]
    links = {tag.text.split("\n")[0].strip(): tag.of("href") for tag in shown(context).named("a")}
    assert any(text.startswith("Go on") and "of=short" in href for text, href in links.items())


def test_what_hurts_is_not_for_today_and_says_so_once() -> None:
    """A sore ankle keeps its tests from today with one reason for all of them, and the rest stays on offer."""
    visit = a_visit(an_entry(CheckIn(pain=(Pain(area="ankle", score=4),))))
    context = load(Asked(), visit)
    full = next(v for v in context.versions if v.id == "full")
    held = {w.test for w in full.not_now}
    assert {KNEE, CALF} <= held
    assert held.isdisjoint({w.test for w in full.steps})
    reasons = {w.reason for w in full.not_now}
    assert len(drawings.by_reason(full.not_now)) == len(reasons)
    assert text_of(shown(context)).count(next(iter(reasons))) == 1
    assert the_step(visit, KNEE).hint in reasons


def test_reasons_group_tests_in_their_order() -> None:
    """Tests that wait for the same reason stand together, and none is lost."""
    context = load(Asked(), a_visit(an_entry(CheckIn(pain=(Pain(area="knee", score=3), Pain(area="foot", score=3))))))
    full = next(v for v in context.versions if v.id == "full")
    grouped = drawings.by_reason(full.not_now)
    assert sorted(w.test for _, tests in grouped for w in tests) == sorted(w.test for w in full.not_now)
    assert len({reason for reason, _ in grouped}) == len(grouped)


# ------------------------------------------------------------------------------------------------- one test


@every_test
def test_each_test_has_a_page_that_says_all_of_it(test: str) -> None:
    """Name, question, protocol, note, stop and a field that takes what the test can give, and nothing else."""
    read = shown(load(Asked(test=test), a_visit()))
    record, text = TESTS[test], text_of(read)
    for said in (record.name, record.asks, *record.protocol, record.note, record.stop):
        assert " ".join(said.split()) in text
    fields = [tag for tag in read.named("input") if tag.of("name") == "value"]
    if record.measure == "choice":
        assert [int(tag.of("value")) for tag in fields] == [option.value for option in record.options]
    else:
        assert [(float(tag.of("min")), float(tag.of("max"))) for tag in fields] == [(record.least, record.most)]
    assert [tag.of("value") for tag in read.named("input") if tag.of("name") == "side"] == [
        "left" if record.each_side else ""]


@every_test
def test_each_test_is_told_by_its_own_form(test: str) -> None:
    """The fields of the page, as a browser sends them, are taken; the next page is the other side or the meaning."""
    visit, record = a_visit(), TESTS[test]
    value = record.options[0].value if record.options else record.most
    for side in ("left", "right") if record.each_side else ("",):
        read = shown(load(Asked(test=test, of="full"), visit))
        form = next(tag for tag in read.named("form") if tag.of("action") == "/assess/tell")
        sent = [(tag.of("name"), tag.of("value")) for tag in read.named("input")
                if form in tag.parents and tag.of("type") == "hidden"]
        wish = of_pairs(Tell, [*sent, ("value", f"{value:g}")], "assess")
        assert (wish.test, wish.side, wish.of) == (test, side, "full")
        answer = tell(wish, visit)
        assert answer.go == step_path(test, "full")
        assert answer.batch
    told = latest(current(visit.store), TODAY)[test]
    assert told == ({"left": value, "right": value} if record.each_side else value)
    assert the_step(visit, test).side is None


def test_left_and_right_come_one_after_the_other() -> None:
    """The left side first; once it is told the right one; then what it means, and each side can be done again."""
    visit = a_visit()
    assert the_step(visit, CALF).side == "left"
    tell(Tell(test=CALF, side="left", value=24), visit)
    half = the_step(visit, CALF)
    assert half.side == "right"
    assert [(side.side, side.said) for side in half.sides] == [("left", "24 reps"), ("right", "")]
    tell(Tell(test=CALF, side="right", value=15), visit)
    assert the_step(visit, CALF).side is None
    assert the_step(visit, CALF, side="left").side == "left"
    links = [tag.of("href") for tag in shown(load(Asked(test=CALF), visit)).named("a")]
    assert {step_path(CALF, side="left"), step_path(CALF, side="right")} <= {*links}


def test_the_second_side_puts_the_measuring_first() -> None:
    """The first side opens with how it is done, the second one with what to press: it was read a minute ago."""
    visit = a_visit()

    def order() -> list[str]:
        read = shown(load(Asked(test=CALF), visit))
        return [tag.of("class") for tag in read.named("div") if tag.of("class") in ("taking", "how")]

    assert order() == ["how", "taking"]
    tell(Tell(test=CALF, side="left", value=24), visit)
    assert order() == ["taking", "how"]


def test_a_side_that_a_test_does_not_have_is_passed_over() -> None:
    """A test of both sides together is asked as such, whatever the address says."""
    assert the_step(a_visit(), PLANK, side="left").side == ""
    assert the_step(a_visit(), CALF, side="both").side == "left"


def test_tries_are_kept_only_while_the_best_of_them_is_the_result() -> None:
    """The tries stand in the note; a number that was typed over them stands alone."""
    for value, note in ((31, "left best of 12, 31, 20"), (40, "")):
        visit = a_visit()
        tell(Tell(test=BALANCE, side="left", value=value, tries=(12, 31, 20)), visit)
        what = current(visit.store)[0].what
        assert isinstance(what, AssessmentDone)
        assert (what.left, what.note) == (value, note)


@pytest.mark.parametrize(("test", "side", "value"), [
    (CALF, "left", 1000), (CALF, "left", 20.5), (CALF, "", 20), (PLANK, "left", 20), (SQUAT, "", 7),
    (BALANCE, "left", -1)])
def test_what_cannot_be_is_refused_and_nothing_is_written(test: str, side: str, value: float) -> None:
    """Numbers beyond the test, halves of repetitions, the wrong sides and unknown answers are no results."""
    visit = a_visit()
    with pytest.raises(InputError):
        tell(Tell(test=test, side=side, value=value), visit)  # type: ignore[arg-type]
    assert current(visit.store) == ()


def test_a_refused_form_comes_back_on_the_page_it_stood_on(tmp_path: Path) -> None:
    """The same test, the same side, what was wrong, and what was typed."""
    client = a_client(an_app(diary_with_plan(tmp_path / "diary.db")))
    sent = {"test": CALF, "side": "left", "of": "full", "skip": PLANK, "value": "20.5"}
    answer = client.post("/assess/tell", data=sent, headers=HTML)
    read = read_page(answer.text)
    assert answer.status_code == 422
    assert read.faults == []
    assert read.named("h1")[0].text.strip() == TESTS[CALF].name
    assert [tag.of("value") for tag in read.named("input") if tag.of("name") in ("side", "value", "skip")] == [
        "left", PLANK, "20.5"]
    assert "no whole number" in read.named("section")[0].text


def test_an_unknown_test_is_refused_with_the_nearest() -> None:
    """A slip in the id names what was meant."""
    with pytest.raises(InputError, match="calf-raise"):
        load(Asked(test="calf-raise-rep-s"), a_visit())


# ------------------------------------------------------------------------------------------------- the way through


def test_a_version_is_gone_through_in_order_and_ends_at_the_results() -> None:
    """From the first open test each page leads to the next one, none twice, and the last one to what came out."""
    seen: list[str] = []
    visit = a_visit()
    test = load(Asked(), visit).versions[0].steps[0].test
    while True:
        one = the_step(visit, test, of="short")
        seen.append(test)
        assert (one.number, one.of) == (len(seen), sum(t.short for t in TESTS.values()))
        for side in ("left", "right") if TESTS[test].each_side else ("",):
            value = TESTS[test].options[0].value if TESTS[test].options else TESTS[test].most
            tell(Tell(test=test, side=side, value=value, of="short"), visit)
        after = the_step(visit, test, of="short")
        read = shown(load(Asked(test=test, of="short"), visit))
        onward = next(tag for tag in read.named("a") if "data-next" in tag.attributes)
        if not after.next_test:
            assert onward.of("href") == "/assess#results"
            break
        assert onward.of("href") == step_path(after.next_test, "short")
        test = after.next_test
    assert seen == [t.id for t in sorted(TESTS.values(), key=lambda t: t.order) if t.short]


def test_not_today_leads_past_all_that_was_skipped() -> None:
    """Skipping goes on without the skipped tests, carries them along, and writes nothing."""
    skipped: list[str] = []
    visit = a_visit()
    test: str = load(Asked(), visit).versions[0].steps[0].test
    while test:
        one = the_step(visit, test, of="short", skip=tuple(skipped))
        path = drawings.skipped_path(one)
        asked = of_pairs(Asked, parse_qsl(urlsplit(path).query), "assess")
        skipped.append(test)
        assert asked.skip == (tuple(skipped) if asked.test else ())
        assert asked.test not in skipped
        test = asked.test
    assert path == "/assess"
    assert len(skipped) == sum(t.short for t in TESTS.values())
    assert current(visit.store) == ()


def test_a_sitting_goes_on_the_same_day_and_begins_anew_weeks_later() -> None:
    """What was told this morning is done; a result of months ago is asked again, and still shown."""
    assert the_step(a_visit(done(PLANK, value=60)), PLANK).side is None
    old = a_visit(done(PLANK, day=-90, value=60))
    assert the_step(old, PLANK).side == ""
    outcome = the_step(old, PLANK).outcome
    assert outcome is not None
    assert outcome.due


# ------------------------------------------------------------------------------------------------- what came out


@pytest.mark.parametrize(("left", "right"), [(28, 22), (28, 21), (10, 10), (0, 6), (0, 7)])
def test_bands_overlap_exactly_where_the_difference_is_noise(left: float, right: float) -> None:
    """What the eye sees and what the judgement says are one."""
    outcome = the_outcome(a_visit(done(CALF, left=left, right=right)), CALF)
    one, other = outcome.newest
    overlap = one.low <= other.high and other.low <= one.high
    assert overlap == (not outcome.apart) == (not judge(TESTS[CALF], {"left": left, "right": right}).apart)


def test_a_band_ends_where_the_test_does() -> None:
    """Nobody stands longer than the clock runs or less than nothing, and the error does not say so either."""
    for entry in (done(BALANCE, left=45, right=1), done(FAULTS, left=0, right=5), done(KNEE, left=0.5, right=9)):
        for point in load(Asked(), a_visit(entry)).outcomes[0].newest:
            record = TESTS[load(Asked(), a_visit(entry)).outcomes[0].test]
            assert record.least <= point.low <= point.value <= point.high <= record.most


def test_noise_is_called_noise_and_no_page_foretells() -> None:
    """A small difference is named noise, a large one the side to work on; no page speaks of risk or diagnoses."""
    alike = text_of(shown(load(Asked(test=CALF), a_visit(done(CALF, left=30, right=27)))))
    apart = text_of(shown(load(Asked(test=CALF), a_visit(done(CALF, left=30, right=20)))))
    assert "The difference is noise" in alike
    assert "to work on" not in alike
    assert "Right side to work on" in apart
    for text in (alike, apart):
        assert re.search(r"\b(risk|will get injured|abnormal|dysfunction)\b", text) is None
        assert "predicts" in text


def test_a_stiff_toe_is_for_a_professional_and_not_for_the_plan() -> None:
    """Such a result stands out in words, and no side of it is called one to work on."""
    visit = a_visit(done(TOE, left=30, right=62))
    outcome = the_outcome(visit, TOE)
    assert outcome.refer
    assert "doctor" in outcome.advice or "professional" in outcome.advice
    text = text_of(shown(load(Asked(test=TOE), visit)))
    assert "Worth showing to a professional" in text
    assert "side to work on" not in text


def test_what_is_typical_names_its_source() -> None:
    """Beside a typical value stands where it comes from, with a link to that source."""
    visit = a_visit(done(TOE, left=66, right=64))
    one = the_step(visit, TOE)
    assert one.outcome is not None
    assert one.outcome.typical == TESTS[TOE].norms[0].typical
    assert one.typical_source
    read = shown(load(Asked(test=TOE), visit))
    assert one.typical_source in text_of(read)
    assert [tag.of("href") for tag in read.named("a") if tag.text.strip() == one.typical_source] == [
        f"/why?page=sources#{one.norm_source}"]


def test_results_over_time_are_drawn_with_bands_and_two_signs() -> None:
    """A test with two dates gets a chart: a dot for the left, a square for the right, each on its band; and a table."""
    visit = a_visit(done(KNEE, day=-60, left=6, right=11), done(KNEE, left=8, right=11))
    outcome = the_outcome(visit, KNEE)
    assert charted([outcome]) == [outcome]
    drawn = read_page(f"<main>{history_chart(outcome)}</main>")
    assert drawn.faults == []
    marks = [tag for tag in drawn.named("g") if "data-says" in tag.attributes]
    assert [tag.of("data-says").split(": ")[1] for tag in marks] == [
        "left 6 cm", "right 11 cm", "left 8 cm", "right 11 cm"]
    assert len(drawn.named("circle")) == len(drawn.named("rect")) == 2
    assert len([tag for tag in drawn.named("line") if tag.of("class") == "band"]) == 4
    cells = [tag.text for tag in drawn.named("td")]
    assert cells == ["8 cm", "11 cm", "6 cm", "11 cm"]
    assert "overlap" in drawn.named("desc")[0].text


def test_a_chart_waits_for_a_second_date_and_for_a_number() -> None:
    """One date is no course of time, and an answer that was looked at is no number."""
    visit = a_visit(done(KNEE, left=6, right=11), done(SQUAT, day=-60, value=0), done(SQUAT, value=1))
    assert charted(load(Asked(), visit).outcomes) == []
    assert "second date" in text_of(shown(load(Asked(), visit)))


def test_the_drawing_of_two_sides_keeps_within_its_width() -> None:
    """Whatever the numbers, every sign and band lies between 0 and 100 per cent."""
    for left, right in ((0, 150), (1, 1), (150, 149), (0, 0)):
        drawn = read_page(str(bands(the_outcome(a_visit(done(CALF, left=left, right=right)), CALF))))
        found = [float(tag.of(key).rstrip("%")) for tag in drawn.tags for key in ("cx", "x1", "x2")
                 if tag.of(key).endswith("%")]
        assert found
        assert all(0 <= x <= 100 for x in found)


def test_only_one_side_makes_no_claim_about_sides() -> None:
    """A result with one side shows it, and says nothing of left against right."""
    outcome = the_outcome(a_visit(done(CALF, left=24)), CALF)
    assert [point.side for point in outcome.newest] == ["left"]
    assert (outcome.weaker, outcome.apart) == ("", False)


def test_all_results_come_as_a_table() -> None:
    """The download holds every result, a row a side and date, with unit and noise."""
    file = table(Nothing(), a_visit(done(KNEE, day=-60, left=6, right=11), done(PLANK, value=70)))
    assert isinstance(file, Download)
    rows = list(csv.DictReader(io.StringIO(file.data.decode())))
    assert [(row["test"], row["side"], row["result"], row["unit"]) for row in rows] == [
        (KNEE, "left", "6", "cm"), (KNEE, "right", "11", "cm"), (PLANK, "", "70", "s")]
    assert {row["note"] for row in rows} == {""}
    assert file.name.endswith(".csv")


def test_the_context_is_read_back_as_it_was_written() -> None:
    """The interface's JSON holds all of the page, with a step and without."""
    visit = a_visit(done(KNEE, day=-60, left=6, right=11), done(SQUAT, value=1))
    for asked in (Asked(), Asked(test=KNEE, of="full", skip=(PLANK,))):
        context = load(asked, visit)
        assert msgspec.json.decode(msgspec.json.encode(context), type=Context) == context


def test_every_measure_has_a_field_and_a_name() -> None:
    """What is typed is named in words, in steps that fit it: tenths of seconds and centimetres, else whole ones."""
    one = the_step(a_visit(), CALF)
    for measure in MEASURES:
        named = drawings.asked_words(dataclasses.replace(one, measure=measure, side="left"))
        assert named.startswith("Left side, ")
        assert float(field_step(measure)) in (0.1, 1)
