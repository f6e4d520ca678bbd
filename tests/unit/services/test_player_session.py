"""The player's document: the session as the day shows it, with all that doing it may need."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builders import MONDAY, a_runner
from builders_daily import HEAVY, WEEK, a_document, kept
from builders_diary import DAY, TODAY, an_entry
from builders_player import Phone
from lives import EXAMPLES, Life, days_of, on
from midstance.domain.diary import BlockTaken, CheckIn, Pain, SetDone
from midstance.domain.entry import Origin, Via
from midstance.domain.runner import AREAS
from midstance.domain.session import Item, Kind
from midstance.formats._format import InputError
from midstance.formats.session_json import FORMAT, PlayerSession, PlayItem, render_session
from midstance.metrics.pain_verdict import PainVerdict, pain_verdict
from midstance.planning.arrange import shorten
from midstance.planning.arranging.weights import rack_of
from midstance.planning.progressing.hurting import chain
from midstance.planning.readying.words import RED_FLAGS
from midstance.planning.tissue_blocks import load_tissue_blocks
from midstance.services.change import keep_plan_document
from midstance.services.course import need_course
from midstance.services.diary import add, current, open_store
from midstance.services.handbook import catalogue
from midstance.services.plan import Wish, plan_from_files
from midstance.services.player_events import take_events
from midstance.services.player_session import figure_of, player_session
from midstance.services.player_words import last_times, pain_words, plates_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.plan import Plan
    from midstance.store.store import Store

HOUSE = """weights_kg = [4, 8, 12, 16, 20]
strength_level = "intermediate"
equipment = ["kettlebell"]
body_mass_kg = 70
likes = ["goblet-squat"]"""
NOW = dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC)
GOLDEN = Path(__file__).parents[2] / "golden"
RUNNERS = {
    "jonas": (EXAMPLES / "jonas-10k.toml", EXAMPLES / "jonas-10k.ics"),
    "mara": (EXAMPLES / "mara-first-5k.toml", EXAMPLES / "mara-first-5k.csv"),
    "barbell": (GOLDEN / "barbell.toml",), "imperial": (GOLDEN / "imperial.toml", GOLDEN / "imperial.csv"),
    "masters": (GOLDEN / "masters.toml",),
}


@pytest.fixture
def store() -> Iterator[Store]:
    """A diary with a kept plan of two weeks: heavy on Tuesdays, mobility on Thursdays."""
    with open_store("memory:") as bare:
        add(bare, [kept(a_document(f"{WEEK} || {WEEK}", runner=HOUSE))], now=NOW)
        yield bare


@pytest.fixture(scope="module")
def jonas() -> Life:
    """Jonas, whose plan begins today."""
    return Life.with_plan()


@pytest.fixture(scope="module", params=sorted(RUNNERS))
def season(request: pytest.FixtureRequest) -> tuple[Store, Plan]:
    """A runner with a plan of ten weeks."""
    runner, *runs = RUNNERS[request.param]
    store = open_store("memory:")
    plan = plan_from_files(Wish(runner=runner, runs=tuple(runs), start=on(0), weeks=10), lambda: 0.0, entries=()).plan
    keep_plan_document(store, plan, now=NOW, date=on(0), origin=Origin(via=Via.HAND, batch="b-plan"))
    return store, plan


def made(store: Store, today: dt.date = TODAY, date: dt.date | None = None, session: str = "") -> PlayerSession:
    """The document of a session."""
    return player_session(store, now=NOW, today=today, date=date, session=session, figures=False)


def shown(store: Store, **fields: Any) -> dict[str, Any]:
    """The same as the player reads it."""
    found: dict[str, Any] = json.loads(render_session(made(store, **fields)))
    return found


def item_of(item: PlayItem) -> Item:
    """An item of the document as one of a session."""
    return Item(
        label=item.label, exercise=item.exercise, unit=item.unit, low=item.low, high=item.high, per_side=item.per_side,
        first_side=item.first_side, extra_rounds=tuple(item.extra_rounds.items()), weight_kg=item.weight_kg,
        per_hand=item.per_hand, rir=item.rir, tempo=item.tempo, to_last_good_rep=item.to_last_good_rep)


# the session -----------------------------------------------------------------------------------------------------


def test_it_is_the_session_that_today_shows(jonas: Life) -> None:
    """Blocks, minutes and reasons are those of the morning, and making them writes nothing."""
    plan = jonas.morning(0)[0].plan
    for day in (days_of(plan, "heavy")[0], days_of(plan, "strength")[1], days_of(plan, "mobility")[0]):
        session = jonas.morning(day)[0].session
        rows = jonas.store.count()
        document = made(jonas.store, on(day))
        assert jonas.store.count() == rows
        assert session is not None
        assert (document.session.id, document.session.minutes) == (session.id, session.minutes)
        assert document.session.why == session.why
        assert [(b.label, b.rounds, b.rest_s, tuple(map(item_of, b.items))) for b in document.blocks] == [
            (b.label, b.rounds, b.rest_s, b.items) for b in session.blocks]
        assert {int(k): v.minutes for k, v in document.shorter.items()} == {
            m: m for m in (10, 15, 20, 30) if m < session.minutes}
        for minutes, short in document.shorter.items():
            cut = shorten(session, int(minutes), catalogue().exercises)
            assert [tuple(map(item_of, b.items)) for b in short.blocks] == [b.items for b in cut.blocks]


def test_readiness_belongs_to_today_alone(store: Store) -> None:
    """Today's document says what the morning allows and is cut by it; another day's knows nothing of that."""
    plain = shown(store)
    add(store, [an_entry(CheckIn(sleep_h=4))], now=NOW)
    tired = shown(store)
    assert plain["readiness"]["level"] == "green"
    assert "4 hours" in " ".join(tired["readiness"]["says"])
    rounds = [[b["rounds"] for b in d["blocks"] if b["label"] == "A"] for d in (plain, tired)]
    assert rounds[1] < rounds[0]
    later = shown(store, date=TODAY + 7 * DAY)
    assert later["readiness"] is None
    assert later["session"]["id"] == "s-2026-12-08-1800"


def test_past_and_later_sessions_can_be_done_today(store: Store) -> None:
    """Yesterday's missed session and Thursday's come by date or by id, with their own ids."""
    missed = shown(store, today=TODAY + DAY, date=TODAY)
    assert (missed["session"]["id"], missed["session"]["date"]) == (HEAVY, "2026-12-01")
    by_id = shown(store, session="s-2026-12-03-1800")
    assert by_id["session"]["kind"] == "mobility"
    assert shown(store, date=TODAY + 2 * DAY, session="s-2026-12-03-1800") == by_id
    assert shown(store, session=HEAVY)["session"]["id"] == HEAVY


def test_a_primer_is_asked_for_by_word_or_id(jonas: Life) -> None:
    """A primer tells the run that it precedes, and has no shorter versions."""
    plan = jonas.morning(0)[0].plan
    primer = next(s for s in plan.sessions if s.kind is Kind.PRIMER)
    by_word = made(jonas.store, primer.date, session="primer")
    by_id = made(jonas.store, on(0), primer.date, primer.id)
    assert by_word.session == by_id.session
    assert by_word.primer_of == primer.for_run
    assert by_word.shorter == {}
    assert by_word.session.kind == "primer"


def test_a_session_under_way_stays_as_it_was(store: Store) -> None:
    """Opened again by its id after some sets arrived, the session is the one that was begun."""
    before = shown(store)
    phone = Phone()
    take_events(store, [phone.set(weight_kg=16), phone.set(number=2, weight_kg=16)], now=phone.now, today=TODAY)
    again = shown(store, session=HEAVY)
    assert again["blocks"] == before["blocks"]
    with pytest.raises(InputError, match="today's session is done"):
        made(store)


def test_what_is_not_there_is_refused_in_words(store: Store) -> None:
    """No plan, no such session, no primer, a red day: each says why."""
    with open_store("memory:") as bare, pytest.raises(InputError, match="no plan yet"):
        made(bare)
    for fields, says in (
        ({"date": TODAY + DAY}, "no session is planned on 2026-12-02"),
        ({"session": "s-2026-12-01-0700"}, "no session s-2026-12-01-0700 is planned"),
        ({"session": "s-2026-13-40-0700"}, "no session s-2026-13-40-0700 is planned on 2026-12-01"),
        ({"session": "primer"}, "no primer is planned"),
        ({"date": TODAY + 99 * DAY}, "no session is planned"),
    ):
        with pytest.raises(InputError, match=says):
            made(store, **fields)
    add(store, [an_entry(CheckIn(pain=(Pain(area="knee", score=8),)))], now=NOW)
    with pytest.raises(InputError, match="Heavy is not for today"):
        made(store)


# what it brings along --------------------------------------------------------------------------------------------


def test_it_needs_no_server(season: tuple[Store, Plan]) -> None:
    """Every exercise that is named is there with name, cues and a figure's place, and ladders lead to swaps."""
    store, plan = season
    for session in _one_of_each(plan):
        document = made(store, on(0), session.date, session.id)
        blocks = [*document.blocks, *(b for short in document.shorter.values() for b in short.blocks)]
        named = {i.exercise for b in blocks for i in b.items}
        named |= {s.id for e in document.exercises.values() for s in e.swaps}
        assert named == set(document.exercises) == set(document.figures)
        for exercise in document.exercises.values():
            rungs = {s.how: s.id for s in exercise.swaps if s.how != "same-slot"}
            assert (exercise.easier, exercise.harder) == (rungs.get("easier"), rungs.get("harder"))
            assert exercise.cues
            assert exercise.setup


def test_swaps_are_possible(season: tuple[Store, Plan]) -> None:
    """What may take a place is done with what is owned, at a dose and weight that are, and stands nowhere else yet."""
    store, plan = season
    exercises = catalogue().exercises
    for session in _one_of_each(plan):
        document = made(store, on(0), session.date, session.id)
        runner = _runner(store)
        rack = rack_of(runner, exercises)
        own = {i.exercise for b in session.blocks for i in b.items}
        for id_, exercise in document.exercises.items():
            assert len({s.id for s in exercise.swaps}) == len(exercise.swaps)
            for swap in exercise.swaps:
                new, dose = exercises[swap.id], exercises[swap.id].dose
                assert swap.id != id_
                assert id_ not in own or swap.id not in own
                assert all(set(runner.equipment) & set(group) for group in new.equipment)
                assert swap.item.unit == dose.unit
                assert swap.item.low <= swap.item.high
                assert swap.item.per_side == new.per_side
                assert swap.item.weight_kg in (None, *rack.loads(new.load.hold))
                assert swap.item.weight_kg is not None or not new.load.required or new.load.hold.value == "band"
                assert swap.item.weight_kg is None or swap.says


def test_most_pains_leave_something_to_do(season: tuple[Store, Plan]) -> None:
    """For nearly every place that a main exercise loads there is a swap that spares it."""
    store, plan = season
    spared = []
    for session in _one_of_each(plan):
        if session.kind not in (Kind.HEAVY, Kind.STRENGTH, Kind.UPPER):
            continue
        document = made(store, on(0), session.date, session.id)
        for item in (i for b in document.blocks if b.label != "warm-up" for i in b.items):
            exercise = document.exercises[item.exercise]
            spared += [any(area not in document.exercises[s.id].areas for s in exercise.swaps)
                       for area in exercise.areas]
    assert sum(spared) >= 0.7 * len(spared)


def test_a_swap_keeps_its_place(season: tuple[Store, Plan]) -> None:
    """The label stays, no less is kept in reserve, and of the ladder the nearest that is possible comes first."""
    store, plan = season
    for session in _one_of_each(plan):
        document = made(store, on(0), session.date, session.id)
        for item in (i for b in document.blocks for i in b.items):
            for swap in document.exercises[item.exercise].swaps:
                assert swap.item.label == item.label
                if item.rir is not None and swap.item.rir is not None:
                    assert swap.item.rir >= item.rir
                if swap.how == "easier":
                    assert swap.id in _below(item.exercise)


def test_a_swap_says_where_its_weight_is_from(store: Store) -> None:
    """A related lift is a share of the old weight; what the log knows goes on from there."""
    squat = made(store).blocks[1].items[0]
    assert (squat.exercise, squat.weight_kg) == ("goblet-squat", 8)
    swaps = {s.id: s for s in made(store).exercises["goblet-squat"].swaps}
    split = next(s for s in swaps.values() if s.item.weight_kg)
    assert split.says == "4 kg: 50% of what 8 kg in the goblet squat suggests, rounded down to a weight you own."
    assert split.item.weight_kg == 4
    log = [an_entry(SetDone(exercise=split.id, amount=8, number=n, weight_kg=12, rir=2, side=side), day=-3)
           for n in (1, 2) for side in ("left", "right")]
    add(store, log, now=NOW)
    logged = next(s for e in made(store).exercises.values() for s in e.swaps if s.id == split.id)
    assert "as your log has it" in logged.says
    assert logged.item.last is not None
    assert logged.item.last.says == "8, 8 with 12 kg, each side"


def test_beginners_who_learn_get_no_weights() -> None:
    """In the first six weeks neither the session nor a swap has a weight."""
    life = open_store("memory:")
    runner, runs = RUNNERS["mara"]
    plan = plan_from_files(Wish(runner=runner, runs=(runs,), start=on(0), weeks=8), lambda: 0.0, entries=()).plan
    keep_plan_document(life, plan, now=NOW, date=on(0), origin=Origin(via=Via.HAND, batch="b-plan"))
    first = next(s for s in plan.sessions if s.kind is Kind.STRENGTH)
    document = made(life, on(0), first.date, first.id)
    assert {s.item.weight_kg for e in document.exercises.values() for s in e.swaps} == {None}


def test_exercises_of_a_tissue_block_are_not_swapped(store: Store) -> None:
    """The dose table of a block is followed or stopped, not mixed."""
    add(store, [an_entry(BlockTaken(block="achilles-slow"))], now=NOW)
    document = made(store)
    sitting = [i for b in document.blocks if b.label.startswith("T") for i in b.items]
    assert sitting
    assert [document.exercises[i.exercise].swaps for i in sitting] == [()] * len(sitting)
    assert document.pain.block_areas == load_tissue_blocks()["achilles-slow"].areas


def test_last_time_is_told_with_each_item(store: Store) -> None:
    """The sets of the last day before today, in words and numbers; warm-up sets and today's are not among them."""
    days = {-9: ((8, 12), (8, 12)), -2: ((8, 16), (8, 16), (7, 16)), 0: ((5, 20),)}
    sets = [an_entry(SetDone(exercise="goblet-squat", amount=amount, number=n + 1, weight_kg=kg), day=day)
            for day, told in days.items() for n, (amount, kg) in enumerate(told)]
    add(store, [*sets, an_entry(SetDone(exercise="goblet-squat", amount=3, warm_up=True, number=9), day=-1)], now=NOW)
    last = made(store, session=HEAVY).blocks[1].items[0].last
    assert last is not None
    assert (last.date, last.says) == (TODAY - 2 * DAY, "8, 8, 7 with 16 kg")
    assert [s.amount for s in last.sets] == [8, 8, 7]


@pytest.mark.parametrize(("sets", "says"), [
    ([("", 30, None)], "30 s"),
    ([("left", 8, 12.0), ("right", 8, 12.0)], "8 with 12 kg, each side"),
    ([("left", 8, 12.0), ("right", 7, 12.0)], "left 8 with 12 kg; right 7 with 12 kg"),
    ([("", 8, 12.0), ("", 8, 16.0)], "8 with 12 kg; 8 with 16 kg"),
])
def test_last_time_in_words(sets: list[tuple[str, float, float | None]], says: str) -> None:
    """Sides stand apart where they differ, and weights where they change."""
    unit = "reps" if sets[0][2] else "seconds"
    told = [an_entry(SetDone(exercise="x", amount=amount, unit=unit, number=n, weight_kg=kg, side=side), day=-1)
            for n, (side, amount, kg) in enumerate(sets, start=1)]
    assert last_times(told, ["x"], before=TODAY, units="metric")["x"].says == says


# weights and plates ----------------------------------------------------------------------------------------------


def test_plates_add_up() -> None:
    """Every load of the bar names plates in pairs that are there and make it, as few as possible."""
    runner = a_runner("bar_kg = 20\nplates_kg = [15, 15, 10, 10, 10, 10, 2.5, 2.5, 1.25]")
    loads = rack_of(runner, catalogue().exercises).bar
    told = plates_of(runner, loads)
    assert set(told) == {str(float(load)) for load in loads}
    assert told["20.0"] == "bar only"
    assert told["60.0"] == "10 kg and 10 kg on each side"
    for load in loads[1:]:
        plates = [float(p.removesuffix(" kg")) for p in
                  told[str(float(load))].removesuffix(" on each side").replace(" and ", ", ").split(", ")]
        assert 20 + 2 * sum(plates) == load
        assert all(2 * plates.count(p) <= runner.plates_kg.count(p) for p in plates)


def test_plates_of_a_house_that_states_none() -> None:
    """Where bar and plates are assumed, each side is told as a weight; pounds for who reads pounds."""
    assert plates_of(a_runner(), (20.0, 25.0)) == {"20.0": "bar only", "25.0": "2.5 kg on each side"}
    assert plates_of(a_runner('units = "imperial"'), (65.0,)) == {"65.0": "49.5 lb on each side"}


def test_weights_are_those_of_the_house(store: Store) -> None:
    """An exercise that can be loaded lists what is owned for its hold; one that cannot lists nothing."""
    exercises = made(store).exercises
    assert exercises["goblet-squat"].weights_kg == (4, 8, 12, 16, 20)
    assert exercises["goblet-squat"].needs_weight
    assert exercises["plank"].weights_kg == ()
    assert exercises["plank"].plates == {}


# pain ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("block", [False, True])
def test_pain_rules_are_the_one_judgement_of_pain(block: bool) -> None:
    """For each score exactly one rule holds, and it is what the metric says."""
    words = pain_words(("achilles",) if block else ())
    rules = words.block_rules if block else words.rules
    does = {PainVerdict.OK: "continue", PainVerdict.IF_SETTLED: "continue", PainVerdict.EASIER: "swap",
            PainVerdict.STOP: "stop"}
    for score in range(11):
        found = [rule for rule in rules if rule.from_ <= score <= rule.to]
        assert [rule.do for rule in found] == [does[pain_verdict(score, tissue_block=block)]]


def test_pain_is_told_with_places_and_red_flags(store: Store) -> None:
    """Every area has a name, every red flag is there, and the JSON has the contract's keys."""
    pain = shown(store)["pain"]
    assert tuple(pain["areas"]) == AREAS
    assert set(pain["places"]) == set(AREAS)
    assert tuple(pain["red_flags"]) == RED_FLAGS
    assert set(pain["rules"][0]) == {"from", "to", "do", "says"}
    assert {stop["tissue"] or stop["area"] or stop["unit"] for stop in pain["stops"]} == {"bone", "groin", "contacts"}


# the file --------------------------------------------------------------------------------------------------------


def test_figures_go_along_where_they_are_drawn(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    """A figure comes as JSON values, an exercise without one has null, and without them the rest is the same."""
    figure_of.cache_clear()
    drawn = {"goblet-squat": b'{"format":"midstance-clip/1"}'}
    monkeypatch.setattr("midstance.services.player_session.clip_of", drawn.get)
    whole = player_session(store, now=NOW, today=TODAY)
    figure_of.cache_clear()
    assert whole.figures["goblet-squat"] == {"format": "midstance-clip/1"}
    assert {v for k, v in whole.figures.items() if k != "goblet-squat"} == {None}
    assert replace(whole, figures=made(store).figures) == made(store)


def test_the_document_has_the_keys_of_the_contract(store: Store) -> None:
    """What the player relies on is there under its name, and the same moment gives the same bytes."""
    document = shown(store)
    assert next(iter(document)) == "format"
    assert set(document) == {"format", "made_at", "units", "session", "readiness", "blocks", "shorter", "exercises",
                             "figures", "pain", "primer_of"}
    assert (document["format"], document["made_at"]) == ("midstance-session/1", "2026-12-01T17:00:00Z")
    assert set(document["session"]) == {"id", "date", "start", "minutes", "kind", "name", "hard", "why"}
    item = document["blocks"][1]["items"][0]
    assert set(item) == {"label", "exercise", "unit", "low", "high", "per_side", "first_side", "extra_rounds",
                         "weight_kg", "per_hand", "rir", "tempo", "to_last_good_rep", "last"}
    exercise = document["exercises"]["goblet-squat"]
    assert set(exercise) >= {"name", "setup", "cues", "unit", "sides", "hold", "easier", "harder", "swaps",
                             "weights_kg", "plates", "areas"}
    assert set(exercise["swaps"][0]) == {"id", "name", "item", "says", "how"}
    assert render_session(made(store)) == render_session(made(store))
    assert FORMAT.sniff(render_session(made(store)))


def _one_of_each(plan: Plan) -> list[Any]:
    """The first session of each kind."""
    return list({s.kind: s for s in reversed(plan.sessions)}.values())


def _runner(store: Store) -> Any:
    return need_course(current(store)).runner


def _below(exercise: str) -> set[str]:
    return {e.id for e in chain(catalogue().exercises[exercise], catalogue().exercises)}


def test_monday_is_where_it_was() -> None:
    """The dates of this file lie in the first week of the builders' plan."""
    assert MONDAY + DAY == TODAY
