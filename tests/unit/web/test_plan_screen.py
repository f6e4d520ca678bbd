"""The Plan screen: weeks as a calendar, what each date says, previews that write nothing, and acts that do as shown."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from lives import MONDAY, Life, on
from midstance.domain.diary import ChangeProposed, SessionDone
from midstance.domain.entry import entry_of
from midstance.domain.session import Kind
from midstance.formats._format import InputError
from midstance.services import change
from midstance.services.course import need_course
from midstance.services.diary import add, take_back
from midstance.services.where_calendar import Fate
from midstance.web._screen import Visit
from midstance.web.pages import Frame, page
from midstance.web.screens.plan.acts import AddRace, Busy, Move, Skip, done
from midstance.web.screens.plan.screen import SCREEN, Asked, PreviewAsked, WhereAsked, load, previewed, where
from midstance.web.screens.plan.views import SHOWN_WEEKS
from web import HTML, a_client, an_app, diary_with_plan, morning, read_page

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from midstance.domain.plan import Plan
    from midstance.domain.session import Session
    from midstance.web.screens.plan.panel import Question
    from midstance.web.screens.plan.screen import Context
    from midstance.web.screens.plan.views import DayShown

MOST_BYTES = 60_000
TWO_DAYS = dt.timedelta(days=2)


@pytest.fixture
def life() -> Life:
    """Jonas and his plan."""
    return Life.with_plan()


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """A browser at the app, on Jonas's second Tuesday."""
    return a_client(an_app(diary_with_plan(tmp_path / "diary.db"), at=morning(8)))


def visit_of(life: Life, day: int) -> Visit:
    """A request on a day."""
    return Visit(store=life.store, at=life.at(day)["now"], today=on(day))


def plan_of(life: Life) -> Plan:
    """The plan in force."""
    return need_course(life.entries).plan


def a_session(life: Life, day: int, kind: Kind = Kind.HEAVY) -> Session:
    """The first session of a kind from a day on."""
    return next(s for s in plan_of(life).sessions if s.kind is kind and s.date >= on(day))


def shown(context: Context, date: dt.date) -> DayShown:
    """A date of the calendar."""
    return next(day for week in context.weeks for day in week.days if day.date == date)


def written(context: Context) -> str:
    """The page."""
    return page(SCREEN, context, Frame(screens=(SCREEN,), path="/plan"))


def question(context: Context) -> Question:
    """What is asked."""
    assert context.panel is not None
    assert context.panel.question is not None
    return context.panel.question


# ---------------------------------------------------------------------------------------------------------- the weeks


def test_it_opens_at_this_week(life: Life) -> None:
    """Four weeks from today's on, with today marked and links to what lies before and after."""
    context = load(Asked(), visit_of(life, 16))
    assert [week.starts for week in context.weeks] == [on(14 + 7 * n) for n in range(SHOWN_WEEKS)]
    assert [week.now for week in context.weeks] == [True, False, False, False]
    assert (context.earlier, context.later, context.this_week) == (on(0), on(42), None)
    assert shown(context, on(16)).when == "today"
    assert shown(context, on(15)).when == "past"


@pytest.mark.parametrize("asked", [Asked(date=on(30)), Asked(session="s-2027-02-10-1800"), Asked(busy_first=on(31))])
def test_it_opens_where_it_is_asked_to(life: Life, asked: Asked) -> None:
    """The week of a date, of a session that is looked at, or of busy days; with a way back to this week."""
    context = load(asked, visit_of(life, 0))
    assert (context.first, context.this_week) == (on(28), on(0))


@pytest.mark.parametrize(("day", "says"), [(200, "This plan ended on Sun 18 Apr."), (-5, "This plan begins on")])
def test_a_plan_that_is_over_or_not_begun_says_so(day: int, says: str) -> None:
    """Its last or first weeks are shown, and one sentence."""
    life = Life()
    early = Life.with_plan(runs=False)
    for entry in early.entries:
        add(life.store, [entry_of(entry.what, at=entry.at, date=min(entry.date, on(day)), origin=entry.origin)],
            now=entry.at)
    context = load(Asked(), visit_of(life, day))
    assert context.over.startswith(says)
    assert context.weeks
    assert says[:10] in written(context)


def test_the_headline_counts_down(life: Life) -> None:
    """Weeks, then days, then today; then there is only a plan."""
    race = (dt.date(2027, 4, 11) - MONDAY).days
    heads = [load(Asked(), visit_of(life, day)).headline for day in (6, race - 5, race - 1, race, race + 1)]
    assert heads == ["12 weeks to Canal 10 km", "5 days to Canal 10 km", "1 day to Canal 10 km",
                     "Canal 10 km is today", "The plan"]


def test_past_days_tell_what_was_done(life: Life) -> None:
    """Done and skipped sessions are told in words, and neither can be moved any more."""
    heavy, mobility = a_session(life, 0), a_session(life, 0, Kind.MOBILITY)
    life.note(3, SessionDone(session=heavy.id, minutes=22))
    change.skip(life.store, mobility.date, **life.at(4))
    context = load(Asked(), visit_of(life, 6))
    first, second = (shown(context, s.date).sessions[0] for s in (heavy, mobility))
    assert (first.fate, first.minutes, first.movable) == (Fate.DONE, 22, False)
    assert (second.fate, second.movable) == (Fate.SKIPPED, False)
    text = re.sub(r"\s+", " ", read_page(written(context)).named("main")[0].text)
    assert "Heavy strength 22 min done" in text


def test_the_season_shows_every_week(life: Life) -> None:
    """The drawing and its table hold the load and easy share of all weeks; weeks under four fifths are marked."""
    context = load(Asked(), visit_of(life, 0))
    plan = plan_of(life)
    assert [w.run_load + w.session_load for w in context.season.weeks] == [
        sum(r.load_au for r in week.runs) + sum(s.load_au for s in week.sessions) for week in plan.weeks]
    assert [w.easy_share for w in context.season.weeks] == [round(100 - 100 * week.hard_share) for week in plan.weeks]
    read = read_page(written(context))
    rows = [tag for tag in read.named("tr") if any("wide-table" in p.of("class") for p in tag.parents)]
    assert len(rows) == len(plan.weeks) + 1
    assert len([t for t in read.named("circle") if "under" in t.of("class")]) == sum(
        w.easy_share < 80 for w in context.season.weeks)


@pytest.mark.parametrize("asked", [Asked(), Asked(date=on(35)), Asked(session="s-2027-01-21-1800")])
def test_the_page_stays_light_and_well_formed(life: Life, asked: Asked) -> None:
    """At most 60 kB, every element closed, every id there once, no style in the markup."""
    text = written(load(asked, visit_of(life, 2)))
    read = read_page(text)
    ids = [tag.of("id") for tag in read.tags if tag.of("id")]
    assert len(text.encode()) < MOST_BYTES
    assert read.faults == []
    assert len(ids) == len(set(ids))
    assert not [tag for tag in read.tags if "style" in tag.attributes]


def test_a_change_that_waits_is_told(life: Life) -> None:
    """What was proposed this morning stands above the calendar, until it is taken."""
    at = life.at(2)
    what = ChangeProposed(says=("Thursday's heavy session (2027-01-14) falls away.",), plan="plan-x",
                          previous=plan_of(life).id)
    add(life.store, [entry_of(what, at=at["now"], date=on(2), origin=at["origin"])], now=at["now"])
    assert "session (14 Jan) falls away" in written(load(Asked(), visit_of(life, 2)))
    assert load(Asked(), visit_of(life, 3)).waits == ()


# ---------------------------------------------------------------------------------------------------------- the panel


def test_a_session_is_looked_at_with_its_dates(life: Life) -> None:
    """Blocks, reasons, a start, and a choice of days in which those that cannot be are switched off."""
    session = a_session(life, 7)
    context = load(Asked(session=session.id), visit_of(life, 2))
    assert context.panel is not None
    assert context.panel.view is not None
    assert (context.panel.heading, context.panel.movable, context.panel.startable) == ("Heavy strength", True, True)
    assert context.panel.why
    read = read_page(written(context))
    assert f"/player#{session.id}" in {tag.of("href") for tag in read.named("a")}
    options = {tag.of("value"): "disabled" in tag.attributes for tag in read.named("option")
               if tag.of("value").startswith("20")}
    assert options == {str(a.date): not a.possible for a in context.panel.answers if a.state != "here"}
    assert True in options.values()


def test_runs_and_primers_are_looked_at_too(life: Life) -> None:
    """A run says what it is and can move; a primer can only be started."""
    run = next(r for r in plan_of(life).runs if r.date >= on(7))
    primer = next(s for s in plan_of(life).sessions if s.kind is Kind.PRIMER and s.date >= on(7))
    of_run = load(Asked(session=run.id), visit_of(life, 2)).panel
    of_primer = load(Asked(session=primer.id), visit_of(life, 2)).panel
    assert of_run is not None
    assert of_primer is not None
    assert (of_run.movable, of_run.startable, of_run.tone) == (True, False, "run")
    assert (of_primer.movable, of_primer.startable, of_primer.tone) == (False, True, "primer")


def test_what_is_gone_is_told(life: Life) -> None:
    """An old link opens the calendar and says that the thing is not there any more."""
    context = load(Asked(session="s-2027-01-30-0600"), visit_of(life, 2))
    assert (context.gone, context.panel) == (True, None)
    assert "not in the plan any more" in written(context)


def test_a_move_is_asked_before_it_is_done(life: Life) -> None:
    """The consequences, the days that change, the price, and one form that does exactly this."""
    session = a_session(life, 7)
    to, rows = session.date + dt.timedelta(days=1), life.store.count()
    context = load(Asked(session=session.id, to=to), visit_of(life, 2))
    asked = question(context)
    assert life.store.count() == rows
    assert asked.preview is not None
    assert asked.answer is not None
    assert asked.answer.word == "At a price"
    assert {day.date for day in asked.preview.days} == {session.date, to}
    fields = dict(asked.fields)
    assert fields == {"id": session.id, "to": str(to), "plan": plan_of(life).id}
    answer = done(Move(id=fields["id"], to=to, plan=fields["plan"]), visit_of(life, 2))
    assert answer.says == asked.preview.says
    assert answer.go == f"/plan?date={to}"


def test_a_move_that_cannot_be_says_why(life: Life) -> None:
    """No form, the reason, and what helps."""
    session = a_session(life, 7)
    context = load(Asked(session=session.id, to=session.date + dt.timedelta(days=3)), visit_of(life, 2))
    asked = question(context)
    assert (asked.preview, len(asked.refused)) == (None, 1)
    assert asked.refused[0][0] == "Sunday 24 January: forbidden: no free time is set for Sundays."
    assert "data-accept" not in written(context)


@pytest.mark.parametrize("asked", [
    Asked(session="s-2027-01-21-1800", skip=True),
    Asked(busy_first=on(10), busy_last=on(12)),
    Asked(race_date=on(20), race_km=10.5, race_start=dt.time(10), race_name="Mill run"),
])
def test_other_changes_are_asked_too(life: Life, asked: Asked) -> None:
    """Skipping, busy days and races show what they would do, with a form that holds all that was said."""
    context = load(asked, visit_of(life, 2))
    found = question(context)
    assert found.preview is not None
    assert found.preview.says
    read = read_page(written(context))
    form = next(tag for tag in read.named("form") if tag.of("action") == f"/plan/{found.act}")
    inside = {t.of("name"): t.of("value") for t in read.named("input") if form in t.parents}
    assert inside == dict(found.fields)
    assert {"skip": "id", "busy": "first", "race": "distance_km"}[found.act] in inside


# ---------------------------------------------------------------------------------------------------------- the acts


def test_an_act_on_another_plan_is_refused(life: Life) -> None:
    """What was looked at in another tab before the plan changed is not done."""
    session, before = a_session(life, 7), plan_of(life).id
    done(Skip(id=a_session(life, 14).id, plan=before), visit_of(life, 2))
    with pytest.raises(InputError, match="changed since you looked"):
        done(Move(id=session.id, to=session.date + TWO_DAYS, plan=before), visit_of(life, 2))


def test_one_undo_takes_a_move_back(life: Life) -> None:
    """The answer's batch names all that the move wrote."""
    session = a_session(life, 7)
    before = plan_of(life)
    answer = done(Move(id=session.id, to=session.date + TWO_DAYS), visit_of(life, 2))
    assert plan_of(life).id != before.id
    take_back(life.store, answer.batch, now=life.at(2)["now"], date=on(2))
    assert plan_of(life) == before


def test_acts_give_the_calendar_that_shows_them(life: Life) -> None:
    """Each act says where to look next."""
    race = AddRace(date=on(40), distance_km=5, priority="C", name="Mill run")
    goes = [done(wish, visit_of(life, 2)).go for wish in (
        Busy(first=on(10)), race, Skip(id=a_session(life, 14).id))]
    assert goes == [f"/plan?date={on(10)}", f"/plan?date={on(40)}", f"/plan?date={on(17)}"]


@pytest.mark.parametrize("wish", [
    PreviewAsked(act="move", id="x"), PreviewAsked(act="busy"), PreviewAsked(act="race", date=on(30)),
    PreviewAsked(act="race", distance_km=5), PreviewAsked(act="skip", id="x"),
    PreviewAsked(act="move", id="s-2027-01-21-1800", to=on(0)),
])
def test_a_preview_names_what_is_missing(life: Life, wish: PreviewAsked) -> None:
    """Fields that an act needs, things that are not there, dates that are past: faults in words, never a crash."""
    with pytest.raises(InputError) as error:
        previewed(wish, visit_of(life, 2))
    assert error.value.faults[0].says


def test_the_interface_says_where_and_what(life: Life) -> None:
    """``where`` and ``preview`` give what the page shows, for sessions and runs, and write nothing."""
    session, rows = a_session(life, 7), life.store.count()
    found = where(WhereAsked(id=session.id), visit_of(life, 2))
    free = next(day for day in found.days if day.state == "free")
    told = previewed(PreviewAsked(act="move", id=session.id, to=free.date), visit_of(life, 2))
    run = next(r for r in plan_of(life).runs if r.date >= on(7))
    assert told.says
    assert {day.state for day in where(WhereAsked(id=run.id), visit_of(life, 2)).days} <= {"here", "free", "price"}
    assert life.store.count() == rows


def test_the_words_of_a_day_hold_its_reason(life: Life) -> None:
    """A whole sentence with the date, the state in a word, the rule's margin; a price in points of dose and taste."""
    session = a_session(life, 7)
    days = {day.date: day for day in where(WhereAsked(id=session.id), visit_of(life, 2)).days}
    assert days[on(7)].text == ("Monday 18 January: forbidden: 23.6 h before Tuesday's intervals (18:00), "
                                "more than 24 h are needed.")
    friday = days[session.date + dt.timedelta(days=1)]
    assert friday.text.startswith("Friday 22 January: at a price: another weekday")
    assert re.search(r"\(\d+ points of taste\)\. Friday's mobility session \(22 Jan\) moves to Thursday\.$",
                     friday.text)


def test_the_whole_way_without_scripts(client: TestClient) -> None:
    """A link, a day, a look, a yes, a notice with its undo, and the undo: forms alone do all of it."""
    days = client.get("/plan", headers=HTML)
    link = next(t.of("href") for t in read_page(days.text).named("a") if t.of("aria-label").startswith("Move heavy"))
    looked = read_page(client.get(link.replace("#move", ""), headers=HTML).text)
    form = next(t for t in looked.named("form") if t.of("class") == "to")
    id_ = next(t.of("value") for t in looked.named("input") if t.of("name") == "session" and form in t.parents)
    day = next(t.of("value") for t in looked.named("option") if ": free" in t.text)
    asked = read_page(client.get("/plan", params={"session": id_, "to": day}, headers=HTML).text)
    move = next(t for t in asked.named("form") if t.of("action") == "/plan/move")
    fields = {t.of("name"): t.of("value") for t in asked.named("input") if move in t.parents}
    done_ = client.post("/plan/move", data=fields, headers={**HTML, "origin": "http://127.0.0.1:8765"})
    assert (done_.status_code, done_.headers["location"]) == (303, f"/plan?date={day}")
    after = client.get(done_.headers["location"], headers=HTML)
    assert "moves to Saturday" in after.text
    assert "Take back" in after.text


def test_a_diary_without_a_plan_goes_to_the_set_up(tmp_path: Path) -> None:
    """There is no empty calendar."""
    answer = a_client(an_app(tmp_path / "diary.db")).get("/plan", headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (303, "/setup")
