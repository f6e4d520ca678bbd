"""The screen Exercises: filters that are plain queries, one exercise in full, and what the log knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args
from urllib.parse import parse_qsl

import msgspec
import pytest

from builders_diary import NOON, TODAY, an_entry
from builders_progress import a_plan
from midstance.domain.diary import SetDone
from midstance.domain.exercise import REGIONS, Exercise, Role
from midstance.domain.runner import EQUIPMENT
from midstance.domain.session import Kind
from midstance.formats._format import InputError
from midstance.services.diary import add
from midstance.services.handbook import catalogue
from midstance.store.store import MemoryStore
from midstance.web._screen import Visit
from midstance.web.decoding import of_pairs
from midstance.web.pages import Frame, page
from midstance.web.screens.exercises import words
from midstance.web.screens.exercises.screen import SCREEN, Asked, Equipment, KindAsked, Region, load
from midstance.web.screens.exercises.view import Context, LogDay, Set, Shown
from web import Page, read_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from midstance.domain.entry import Entry

KETTLEBELLS = 'strength_level = "intermediate"\nequipment = ["kettlebell"]\nweights_kg = [12, 16]\nbody_mass_kg = 70'


def a_visit(*entries: Entry) -> Visit:
    """A visit to a diary that holds these entries."""
    store = MemoryStore()
    add(store, entries, now=NOON)
    return Visit(store=store, at=NOON, today=TODAY)


def one(id_: str, *entries: Entry) -> Shown:
    """One exercise in full."""
    found = load(Asked(id=id_), a_visit(*entries)).one
    assert found is not None
    return found


def shown(context: Context) -> Page:
    """The page, well-formed."""
    read = read_page(page(SCREEN, context, Frame(screens=(SCREEN,), path=SCREEN.path)))
    assert read.faults == []
    return read


def visible(read: Page) -> list[str]:
    """Ids of the exercises that are not hidden."""
    rows = [tag for tag in read.named("li") if "data-row" in tag.attributes and "hidden" not in tag.attributes]
    return [tag.of("href").partition("=")[2] for tag in read.named("a") if any(row in tag.parents for row in rows)]


def test_every_value_of_a_filter_is_known_to_the_catalogue() -> None:
    """The documented choices are the regions, kinds and pieces there are."""
    assert set(get_args(Region)) == {"", *REGIONS}
    assert set(get_args(KindAsked)) == {"", *Kind, "warm-up"}
    assert set(get_args(Equipment)) == {"", "owned", "none", *EQUIPMENT}
    assert {value for value, _ in words.EQUIPMENT_WORDS} == set(get_args(Equipment))


def test_the_list_holds_every_exercise_in_the_order_of_a_session() -> None:
    """Without a filter all are there, main lifts first, the founding ones before the others of their role."""
    context = load(Asked(), a_visit())
    assert {e.id for e in context.found} == set(catalogue().exercises)
    assert context.left_out == ()
    roles = [e.role for e in context.found]
    assert list(dict.fromkeys(roles)) == [role.value for role in Role]
    assert roles == sorted(roles, key=[role.value for role in Role].index)
    assert context.found[0].founding == "A1"
    assert visible(shown(context)) == [e.id for e in context.found]


@pytest.mark.parametrize(("query", "fits"), [
    ("region=calves", lambda e: "calves" in e.regions),
    ("kind=primer", lambda e: e.primer or "primer" in e.kinds),
    ("kind=heavy&region=push", lambda e: "heavy" in e.kinds and "push" in e.regions),
    ("equipment=none", lambda e: not e.equipment and not e.load.required),
    ("equipment=barbell", lambda e: any("barbell" in group for group in e.equipment)),
    ("equipment=pull-up-bar", lambda e: any("pull-up-bar" in group for group in e.equipment)),
    ("q=Single-Leg deadlift", lambda e: all(w in f"{e.name} {e.id} {e.pattern}".lower() for w in (
        "single", "leg", "deadlift"))),
    ("q=zzz", lambda _: False),
])
def test_a_filter_is_a_plain_query(query: str, fits: Callable[[Exercise], bool]) -> None:
    """What a query asks for is found, the rest is left out, and the page hides it without a script."""
    asked = of_pairs(Asked, parse_qsl(query), "exercises")
    context = load(asked, a_visit())
    wanted = {e.id for e in catalogue().exercises.values() if fits(e)}
    assert {e.id for e in context.found} == wanted
    assert len(context.found) + len(context.left_out) == context.all
    read = shown(context)
    assert set(visible(read)) == wanted
    none = next(tag for tag in read.tags if "data-none" in tag.attributes)
    assert ("hidden" in none.attributes) == bool(wanted)


def test_rows_tell_a_script_all_that_the_filter_reads() -> None:
    """Regions, kinds, equipment and words stand in each row, so that the script finds what the server finds."""
    context = load(Asked(), a_visit(a_plan(runner=KETTLEBELLS)))
    rows = [tag for tag in shown(context).named("li") if "data-row" in tag.attributes]
    for row, e in zip(rows, context.found, strict=True):
        assert tuple(row.of("data-region").split()) == e.regions
        assert tuple(row.of("data-kind").split()) == e.kinds
        assert {*row.of("data-equipment").split()} == {
            *e.pieces, *(["owned"] if e.at_hand else []), *([] if e.needs else ["none"])}
        assert row.of("data-words") == e.words


def test_what_is_owned_is_known_with_a_plan() -> None:
    """With a plan what the runner owns can be asked for; without one nobody knows, and nothing is left out."""
    context = load(Asked(equipment="owned"), a_visit(a_plan(runner=KETTLEBELLS)))
    ids = {e.id for e in context.found}
    assert "goblet-squat" in ids
    assert "squat" in ids
    assert not ids & {"barbell-deadlift", "pull-up", "high-step-up"}
    assert len(load(Asked(equipment="owned"), a_visit()).found) == context.all
    options = [tag.of("value") for tag in shown(load(Asked(), a_visit())).named("option")]
    assert "owned" not in options


def test_one_exercise_is_told_in_full() -> None:
    """Set-up, cues, doses, ladder, regions and what rules it out stand on its page."""
    found = one("single-leg-deadlift")
    record: Exercise = catalogue().exercises["single-leg-deadlift"]
    assert (found.setup, found.cues, found.avoid, found.regions) == (
        record.setup, record.cues, record.avoid, record.regions)
    assert [step.id for step in found.ladder] == ["bodyweight-deadlift", "kickstand-deadlift", "single-leg-deadlift"]
    assert [step.here for step in found.ladder] == [False, False, True]
    assert [(d.level, d.low, d.high, d.heavy) for d in found.doses][1] == ("intermediate", 8, 12, (5, 8))
    read = shown(load(Asked(id="single-leg-deadlift"), a_visit()))
    text = " ".join(read.named("main")[0].text.split())
    assert all(" ".join(part.split()) in text for part in (record.setup, *record.cues))
    assert "While ankle, hamstring or back hurts" in text
    assert "3 s lowering, 1 s pause, 1 s lifting" in text
    assert "8–12 reps a side" in text
    assert {"/exercises?id=kickstand-deadlift", "/exercises?region=hamstrings"} <= {
        tag.of("href") for tag in read.named("a")}
    figure, = (tag for tag in read.tags if tag.of("data-clip-url"))
    assert figure.of("data-clip-url") == "/figures/single-leg-deadlift.json"


@pytest.mark.parametrize("id_", ["pogo", "plank", "farmers-carry", "ankle-rock", "plank-row", "pull-up"])
def test_pages_hold_every_sort_of_exercise(id_: str) -> None:
    """A hop, a hold, a carry, a drill, a finisher and one that hangs on a bar have a well-formed page each."""
    shown(load(Asked(id=id_), a_visit()))


def test_every_exercise_goes_out_as_plain_data() -> None:
    """What one exercise's page shows comes back from JSON as it was, with itself on its ladder."""
    for id_ in catalogue().exercises:
        context = load(Asked(id=id_), a_visit())
        assert msgspec.json.decode(msgspec.json.encode(context), type=Context) == context
        assert context.one is not None
        assert [step.id for step in context.one.ladder if step.here] == [id_]


def test_an_unknown_exercise_is_refused_with_the_nearest() -> None:
    """A misspelt id names the one that was meant."""
    with pytest.raises(InputError) as caught:
        load(Asked(id="goblet-sqat"), a_visit())
    assert (caught.value.faults[0].place, caught.value.faults[0].remedy) == ("id", "did you mean goblet-squat?")


def test_the_runners_level_and_first_weight_are_marked() -> None:
    """The runner's own row is marked, and a share of body mass becomes a weight."""
    found = one("goblet-squat", a_plan(runner=KETTLEBELLS))
    mine = [d for d in found.doses if d.mine]
    assert [(d.level, d.first_share, d.first_kg) for d in mine] == [("intermediate", 0.15, 10.5)]
    assert words.first_text(mine[0], "metric") == "15 % of body mass, about 10 kg"
    assert words.first_text(mine[0], "imperial") == "15 % of body mass, about 22 lb"


def test_my_log_and_what_comes_next() -> None:
    """The last dates with sets stand there, newest first, with what the log asks for next."""
    sets = [an_entry(SetDone(exercise="goblet-squat", amount=8, number=n, weight_kg=12, rir=2), day=day)
            for day in range(-20, 0, 2) for n in (2, 1)]
    found = one("goblet-squat", a_plan(runner=KETTLEBELLS), *sets,
                an_entry(SetDone(exercise="goblet-squat", amount=1), day=1))
    assert len(found.log) == 6
    assert [day.date for day in found.log] == sorted({e.date for e in sets}, reverse=True)[:6]
    assert words.day_sets(found.log[0], "metric") == "8, 8 reps with 12 kg, 2 in reserve"
    assert {step.heavy for step in found.next} == {False, True}
    assert all(step.why.startswith("Goblet squat ") for step in found.next)
    assert one("plank", a_plan(), *sets).next == ()


def test_sets_of_a_day_in_words() -> None:
    """Sides and weights are told apart, warm-ups left out where there is more."""
    def done(amount: float, side: str = "", kg: float | None = None, *, warm_up: bool = False) -> Set:
        return Set(amount=amount, unit="reps", weight_kg=kg, per_hand=kg == 8, rir=None, side=side, warm_up=warm_up)

    sided = LogDay(date=TODAY, sets=(done(12, "right"), done(10, "left"), done(11, "left"), done(5, warm_up=True)))
    assert words.day_sets(sided, "metric") == "left 10, 11 reps; right 12 reps"
    loaded = LogDay(date=TODAY, sets=(done(8, kg=8), done(6, kg=16)))
    assert words.day_sets(loaded, "metric") == "6 reps with 16 kg; 8 reps with 8 kg in each hand"
    assert words.day_sets(LogDay(date=TODAY, sets=(done(5, warm_up=True),)), "metric") == "5 reps"
