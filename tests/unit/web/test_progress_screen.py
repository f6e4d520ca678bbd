"""The screen Progress: the facts of ``midstance progress``, with skills, regions and life beside them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import TYPE_CHECKING

import msgspec
import pytest

from builders_daily import HEAVY
from builders_diary import NOON, TODAY, a_run_done, an_entry, an_origin
from builders_progress import a_plan
from midstance.cli.progress import progress_json
from midstance.domain.diary import AssessmentDone, ChangeAccepted, ChangeProposed, CheckIn, SessionDone, SetDone
from midstance.domain.entry import run_entry
from midstance.services.diary import add
from midstance.services.progress_report import progress_report
from midstance.store.store import MemoryStore
from midstance.web._screen import Visit
from midstance.web.pages import Frame, page
from midstance.web.screens.progress import drawings
from midstance.web.screens.progress.screen import SCREEN, Asked, load
from midstance.web.screens.progress.view import Context, Lift, LoadWeek, Point, Region
from web import Page, read_page

if TYPE_CHECKING:
    from midstance.domain.entry import Entry

DAY = TODAY + dt.timedelta(days=9)


def a_visit(*entries: Entry, today: dt.date = DAY) -> Visit:
    """A visit to a diary that holds these entries."""
    store = MemoryStore()
    add(store, entries, now=NOON)
    return Visit(store=store, at=NOON, today=today)


def a_past() -> list[Entry]:
    """Ten days with a plan, sets, runs, a session without sets, mornings, both sides and a change."""
    proposed = an_entry(ChangeProposed(says=("Thursday's <session> moves.",), plan="q"))
    squats = [an_entry(SetDone(exercise="goblet-squat", amount=8, number=n, weight_kg=16 + day, rir=2), day=day)
              for day in (-10, 0, 3) for n in (1, 2, 3)]
    push_ups = [an_entry(SetDone(exercise="push-up", amount=amount, number=n, rir=3), day=day)
                for day, amount in ((-2, 7), (3, 9)) for n in (1, 2)]
    carries = [an_entry(SetDone(exercise="farmers-carry", amount=amount, unit="steps", weight_kg=kg, per_hand=True),
                        day=day) for day, amount, kg in ((-2, 8, 12), (3, 6, 16))]
    sides = [an_entry(SetDone(exercise="single-leg-calf-raise", amount=amount, side=side), day=3)
             for side, amount in (("left", 10), ("right", 17))]
    mornings = [an_entry(CheckIn(sleep_h=5 + n % 4, life=n % 9), day=-n) for n in range(12)]
    return [
        a_plan(0.75), *squats, *push_ups, *carries, *sides, *mornings,
        *(run_entry(a_run_done(day, 40), an_origin()) for day in range(-20, 8, 3)),
        an_entry(SessionDone(session=HEAVY, minutes=24, rpe_cr10=6), day=1),
        an_entry(AssessmentDone(test="balance-eyes-closed-s", left=10, right=11), day=2),
        proposed, an_entry(ChangeAccepted(change=proposed.id), day=1)]


@pytest.fixture(scope="module")
def visit() -> Visit:
    """A visit to a diary with a past."""
    return a_visit(*a_past())


@pytest.fixture(scope="module")
def context(visit: Visit) -> Context:
    """What the page shows of it."""
    return load(Asked(), visit)


def shown(context: Context) -> Page:
    """The page, well-formed and without a double id."""
    read = read_page(page(SCREEN, context, Frame(screens=(SCREEN,), path=SCREEN.path)))
    assert read.faults == []
    ids = [tag.of("id") for tag in read.tags if tag.of("id")]
    assert sorted({one for one in ids if ids.count(one) > 1}) == []
    return read


def plain(week: LoadWeek) -> dict[str, object]:
    """A week as the terminal's JSON writes it."""
    values = {field.name: getattr(week, field.name) for field in dataclasses.fields(week)}
    return {name: str(v) if name == "starts" else rounded(v) if isinstance(v, float) else v
            for name, v in values.items()}


def rounded(value: float | None) -> float | None:
    """As the terminal's JSON rounds."""
    return None if value is None else round(value, 3)


def test_facts_are_those_of_the_command(visit: Visit, context: Context) -> None:
    """Strength, weeks, adherence and sides are what ``midstance progress`` says, number by number."""
    told = json.loads(progress_json(progress_report(visit.store, today=DAY)))
    assert [(lift.exercise, lift.name, lift.unit, rounded(lift.change_percent),
             [(str(p.date), p.value, p.weight_kg) for p in lift.points]) for lift in context.lifts] == [
        (t["exercise"], t["name"], t["unit"], t["change_percent"],
         [(p["date"], p["value"], p["weight_kg"]) for p in t["points"]]) for t in told["strength"]]
    assert [plain(week) for week in context.weeks] == told["weeks"]
    assert context.kept is not None
    assert (rounded(context.kept.share_4_weeks), rounded(context.kept.share_3_weeks), context.kept.step,
            context.kept.says) == tuple(told["adherence"][key] for key in
                                        ("share_4_weeks", "share_3_weeks", "step", "says"))
    assert [(s.what, s.left, s.right, s.unit, rounded(s.symmetry_percent), s.verdict) for s in context.sides] == [
        (s["what"], s["left"], s["right"], s["unit"], s["symmetry_percent"], s["verdict"]) for s in told["sides"]]
    assert list(context.notes) == told["notes"]


def test_everything_is_shown(context: Context) -> None:
    """Each part of the page holds what the context says of it."""
    text = shown(context).named("main")[0].text
    squat = next(lift for lift in context.lifts if lift.exercise == "goblet-squat")
    assert drawings.point_text(squat.points[-1], "kg", "metric") in text
    assert "To own it: 10 good repetitions in every set, twice, with 2 in reserve." in " ".join(text.split())
    assert "left weaker: notable" in text
    assert "Thursday's <session> moves." in text
    assert "75 % of the sets. Less sleep." in " ".join(text.split())
    assert "injur" not in text.replace("foretells no injury", "").replace("linked with a higher injury rate", "")


def test_every_chart_is_readable_without_seeing_it(context: Context) -> None:
    """Each drawing is named and described, its values are read out below it, or it is hidden beside its words."""
    read = shown(context)
    texts = {tag.of("id"): tag.text for tag in read.tags}
    pictures = [tag for tag in read.named("svg") if tag.of("aria-hidden") != "true"]
    assert len(pictures) == 5 + len(drawings.charted(context.lifts))
    for picture in pictures:
        names = [texts[name] for name in picture.of("aria-labelledby").split()]
        assert all(names)
        plot = next(tag for tag in reversed(picture.parents) if "data-plot" in tag.attributes)
        assert plot.of("data-plot") == names[0]
    marks = [tag for tag in read.named("g") if "data-says" in tag.attributes]
    assert all(tag.of("data-says") and tag.of("data-at").endswith("%") for tag in marks)


def test_every_number_says_what_it_rests_on(context: Context) -> None:
    """Each part has its badge with a page that is there to explain it."""
    read = shown(context)
    badges = [tag for tag in read.named("a") if "badge" in tag.of("class")]
    assert {tag.of("href").partition("?")[0] for tag in badges} == {"/why"}
    assert {"midstance default", "Johnston et al. 2020", "Foster et al. 2001"} <= {tag.text for tag in badges}
    scales = [tag.text for tag in read.named("span") if "trust" in tag.of("class").split()]
    assert len(scales) >= 8
    assert all(text.startswith(("certainty: ", "validity: ")) for text in scales)


def test_the_context_is_plain_data(context: Context) -> None:
    """It goes out as JSON and comes back the same, with no drawing in it."""
    sent = msgspec.json.encode(context)
    assert b"<svg" not in sent
    assert msgspec.json.decode(sent, type=Context) == context


def test_an_empty_diary_says_how_to_begin() -> None:
    """Without a log there is no empty chart, but what to do first and what will appear."""
    context = load(Asked(), a_visit())
    assert context.empty
    assert (context.lifts, context.skills, context.kept) == ((), (), None)
    read = shown(context)
    assert [h.text for h in read.named("h2")] == ["How to begin", "What will stand here"]
    assert {"/import", "/today", "/checkin"} <= {tag.of("href") for tag in read.named("a")}


def test_parts_without_facts_say_what_will_stand_there() -> None:
    """With mornings alone the other parts are told in a sentence, not drawn empty."""
    context = load(Asked(), a_visit(an_entry(CheckIn(sleep_h=8))))
    assert not context.empty
    read = shown(context)
    assert len([tag for tag in read.tags if "blank" in tag.of("class").split()]) == 6
    assert {tag.of("data-plot") for tag in read.tags if tag.of("data-plot")} == {"Nights", "Share of the sets left"}


def test_days_to_come_are_not_asked_about(visit: Visit) -> None:
    """A date in the future counts as today, one in the past shows what was known then."""
    assert load(Asked(date=DAY + dt.timedelta(days=30)), visit).date == DAY
    before = load(Asked(date=TODAY - dt.timedelta(days=5)), visit)
    assert [lift.exercise for lift in before.lifts] == ["goblet-squat"]
    assert len(before.lifts[0].points) == 1


def test_pounds_are_drawn_for_who_lifts_pounds() -> None:
    """A chart's axis and words are in the runner's units; the context stays metric."""
    points = tuple(Point(date=TODAY + dt.timedelta(days=n), value=value, weight_kg=16)
                   for n, value in ((0, 20), (7, 22)))
    lift = Lift(exercise="x", name="X", role="main", unit="kg", points=points, change_percent=10, charted=True)
    drawn = str(drawings.lift_chart(lift, "imperial"))
    assert "Tue 8 Dec: 48.5 lb" in drawn
    assert ">35<" in drawn
    assert "kg" not in drawn


def test_weights_are_drawn_where_best_sets_cannot_be_compared() -> None:
    """Where the weight of the best set changed, its kilograms are the drawing and the words tell both."""
    points = (Point(date=TODAY, value=8, weight_kg=12), Point(date=DAY, value=6, weight_kg=16))
    lift = Lift(exercise="x", name="X", role="core", unit="steps", points=points, change_percent=None, charted=True)
    drawn = str(drawings.lift_chart(lift, "metric"))
    assert "Weight of the best set" in drawn
    assert "Thu 10 Dec: 6 steps at 16 kg" in drawn
    assert drawings.change_text(lift) == ""


@pytest.mark.parametrize(("noted", "assumed", "wanted", "says"), [
    (3, 0, 4, "3 of 4"), (1.5, 3, 4, "~4.5 of 4"), (2, 0, 0, "2"), (2, 0, None, "2")])
def test_sets_of_a_region_in_words(noted: float, assumed: int, wanted: int | None, says: str) -> None:
    """Sets are told of what was wanted; assumed ones are marked, and a target of nothing is not named."""
    assert drawings.region_text(Region(region="core", noted=noted, assumed=assumed, wanted=wanted)) == says
