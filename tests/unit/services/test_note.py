"""What the runner tells: the morning's answers, sets and sessions as entries, and what follows from them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builders import MONDAY
from builders_daily import HEAVY, MOBILITY, WEEK, a_document, a_stamp, kept
from builders_diary import DAY, NOON, TODAY, an_entry
from midstance.domain.diary import BlockTaken, CheckIn, IllnessNoted, Moved, Pain, SessionDone, SetDone
from midstance.domain.session import Kind
from midstance.formats._format import InputError
from midstance.services.diary import add, current, open_store, take_back
from midstance.services.note import (
    Leap,
    exercise_of,
    main_items,
    meant_session,
    note_morning,
    note_session,
    note_sets,
)
from midstance.services.replan_day import morning
from midstance.services.told import SessionLine, SetLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.store.store import Store

SQUATS = SetLine(exercise="goblet-squat", amounts=(8, 8, 6), weight_kg=16, rir=2)


@pytest.fixture
def bare() -> Iterator[Store]:
    """A diary that holds nothing."""
    with open_store("memory:") as store:
        yield store


@pytest.fixture
def store(bare: Store) -> Store:
    """A diary with a kept plan: heavy on Tuesdays, mobility on Thursdays."""
    add(bare, [kept(a_document())], now=NOON)
    return bare


def sets_of(store: Store) -> list[SetDone]:
    """The sets of a diary."""
    return [e.what for e in current(store) if isinstance(e.what, SetDone)]


def shown(store: Store) -> list[str]:
    """The exercises of the day's session as ``midstance today`` shows them, the warm-up apart."""
    return [item.exercise for item, _ in main_items(morning(current(store), today=TODAY).session)]


# the morning -----------------------------------------------------------------------------------------------------


def test_a_morning_is_written_and_judged(bare: Store) -> None:
    """One entry of the date, and the light with its reasons from everything said so far."""
    add(bare, [an_entry(CheckIn(life=8), day=-1)], now=NOON)
    noted = note_morning(bare, CheckIn(sleep_h=4.0, pain=(Pain(area="knee", side="left", score=4),)), a_stamp())
    assert noted.readiness.light.label == "amber"
    assert any("left knee" in text for text in noted.readiness.says)
    assert [e.date for e in current(bare) if isinstance(e.what, CheckIn)] == [TODAY - DAY, TODAY]


def test_pain_that_lasts_is_offered_a_block(store: Store) -> None:
    """The third morning with pain at the Achilles tendon offers its block, and none was there before."""
    told = CheckIn(pain=(Pain(area="achilles", side="left", score=3),))
    offers = [note_morning(store, told, a_stamp(day)).readiness.offers for day in (-2, -1, 0)]
    assert [len(found) for found in offers] == [0, 0, 1]
    assert offers[2][0].area == "achilles"


def test_a_block_that_was_taken_up_counts(store: Store) -> None:
    """Who follows the block of the place may go on at a pain that otherwise asks for easier exercises."""
    told = CheckIn(pain=(Pain(area="achilles", side="left", score=4),))
    before = note_morning(store, told, a_stamp()).readiness
    add(store, [an_entry(BlockTaken(block="achilles-slow"))], now=NOON)
    after = note_morning(store, told, a_stamp(second=1)).readiness
    assert before.easier_areas == ("achilles",)
    assert after.easier_areas == ()


def test_symptoms_that_are_gone_are_an_entry(bare: Store) -> None:
    """Saying that one is well again ends an illness on the same day."""
    note_morning(bare, CheckIn(ill=("fever",)), a_stamp(-1))
    ill = note_morning(bare, CheckIn(sleep_h=8), a_stamp(-1, second=5)).readiness
    note_morning(bare, CheckIn(), a_stamp(-1, second=9), well_again=True)
    later = note_morning(bare, CheckIn(sleep_h=8), a_stamp(1)).readiness
    assert ill.stop
    assert not later.stop
    assert sum(isinstance(e.what, IllnessNoted) and e.what.over for e in current(bare)) == 1


def test_a_forgotten_morning_is_judged_by_its_own_date(bare: Store) -> None:
    """What was said of later days says nothing of an earlier one."""
    note_morning(bare, CheckIn(ill=("fever",)), a_stamp())
    noted = note_morning(bare, CheckIn(sleep_h=8), a_stamp(-3))
    assert noted.readiness.light.label == "green"
    assert noted.readiness.date == TODAY - 3 * DAY


def test_a_plan_that_cannot_be_read_stops_no_note(bare: Store) -> None:
    """A broken document in the diary keeps nobody from telling how the morning is, or what was lifted."""
    add(bare, [kept("{}")], now=NOON)
    assert note_morning(bare, CheckIn(sleep_h=8), a_stamp()).readiness.light.label == "green"
    assert note_sets(bare, SQUATS, a_stamp()).standings == ()
    assert len(sets_of(bare)) == 3


# sets ------------------------------------------------------------------------------------------------------------


def test_sets_carry_the_planned_session_and_say_what_comes_next(store: Store) -> None:
    """Three sets with numbers, weight and reserve belong to the date's session; the heavy range stands first."""
    noted = note_sets(store, SQUATS, a_stamp())
    assert sets_of(store) == list(noted.sets)
    assert [(s.amount, s.number, s.weight_kg, s.rir, s.session) for s in noted.sets] == [
        (8, 1, 16, 2, HEAVY), (8, 2, 16, 2, HEAVY), (6, 3, 16, 2, HEAVY)]
    assert noted.session is not None
    assert [s.heavy for s in noted.standings] == [True]
    assert "16 kg" in noted.standings[0].why


def test_weights_rise_after_the_top_twice(bare: Store) -> None:
    """Twice the top of the range with reserve: the log asks for the next weight in the house, and says why."""
    first = MONDAY - 14 * DAY
    document = a_document(f"{WEEK} || {WEEK}", runner="weights_kg = [12, 16, 17]", first=first)
    add(bare, [kept(document, date=first)], now=NOON)
    top = replace(SQUATS, amounts=(8, 8, 8), rir=2)
    weights = [note_sets(bare, top, a_stamp(day)).standings[0] for day in (-14, -7)]
    assert [standing.weight_kg for standing in weights] == [16, 17]
    assert "from 16 to 17 kg" in weights[1].why


def test_sets_are_numbered_on_by_exercise_and_side(store: Store) -> None:
    """Each exercise and each side counts for itself; taken back sets leave their numbers."""
    calf = SetLine(exercise="single-leg-calf-raise", amounts=(10, 10), side="left")
    first = note_sets(store, calf, a_stamp())
    second = note_sets(store, replace(calf, amounts=(9,)), a_stamp(second=1))
    other = note_sets(store, replace(calf, side="right"), a_stamp(second=2))
    take_back(store, second.stamp.origin.batch, now=NOON, date=TODAY)
    again = note_sets(store, replace(calf, amounts=(8,)), a_stamp(second=3))
    assert [[s.number for s in n.sets] for n in (first, second, other, again)] == [[1, 2], [3], [1, 2], [3]]


def test_one_command_is_one_batch(store: Store) -> None:
    """All sets of a line are taken back together."""
    noted = note_sets(store, SQUATS, a_stamp())
    assert len(take_back(store, noted.stamp.origin.batch, now=NOON, date=TODAY).entries) == 3
    assert sets_of(store) == []


def test_an_exercise_out_of_plan_belongs_to_the_only_session(store: Store) -> None:
    """On a date with one session everything belongs to it; on a date without, to none."""
    assert note_sets(store, SetLine(exercise="push-up", amounts=(10,)), a_stamp()).sets[0].session == HEAVY
    assert note_sets(store, SetLine(exercise="push-up", amounts=(10,)), a_stamp(1)).sets[0].session == ""


def test_of_two_sessions_the_one_that_names_the_exercise_counts(bare: Store) -> None:
    """An exercise that neither names belongs to none of two."""
    add(bare, [kept(a_document(WEEK + "| Tue 12:00 upper 15min: A1 push-up 3x8-12"))], now=NOON)
    found = {name: note_sets(bare, SetLine(exercise=name, amounts=(8,)), a_stamp()).sets[0].session
             for name in ("goblet-squat", "push-up", "glute-bridge")}
    assert found == {"goblet-squat": HEAVY, "push-up": "s-2026-12-01-1200", "glute-bridge": ""}


@pytest.mark.parametrize(("line", "session"), [
    (SetLine(exercise="goblet-squat", amounts=(6,), weight_kg=24), ""),
    (SetLine(exercise="barbell-back-squat", amounts=(5,), weight_kg=60), ""),
    (SetLine(exercise="ankle-rock", amounts=(8,)), MOBILITY), (SetLine(exercise="plank", amounts=(30,)), MOBILITY),
])
def test_a_lift_is_no_part_of_a_mobility_session(store: Store, line: SetLine, session: str) -> None:
    """Sets that the only session of the date cannot hold belong to none; drills and a plank belong to it."""
    noted = note_sets(store, line, a_stamp(2))
    assert noted.sets[0].session == session
    assert (noted.session is None) == (not session)


def test_a_moved_session_is_found_on_its_new_date(store: Store) -> None:
    """Sets of the day to which a session was moved carry its id."""
    add(store, [an_entry(Moved(day=TODAY, to=TODAY + DAY, activity=HEAVY))], now=NOON)
    assert note_sets(store, SQUATS, a_stamp(1)).sets[0].session == HEAVY


def test_two_hands_hold_the_same_weight(store: Store) -> None:
    """An exercise with one piece in each hand is told by one of them, said or not."""
    noted = note_sets(store, SetLine(exercise="farmers-carry", amounts=(20,), weight_kg=16), a_stamp())
    assert (noted.sets[0].per_hand, noted.sets[0].unit) == (True, "steps")


def test_pain_above_the_limit_stops_the_day(store: Store) -> None:
    """Pain of 6 during a set gives the reason to stop; pain of 1 gives none."""
    assert note_sets(store, replace(SQUATS, pain=1), a_stamp()).stops == ()
    assert note_sets(store, replace(SQUATS, pain=6), a_stamp(second=1)).stops


def at_home(bare: Store) -> Store:
    """A diary whose runner owns pieces of up to 24 kg, and once lifted 16 kg."""
    add(bare, [kept(a_document(runner="weights_kg = [8, 16, 24, 24]"))], now=NOON)
    note_sets(bare, replace(SQUATS, amounts=(8,)), a_stamp(-1))
    return bare


@pytest.mark.parametrize(("weight", "leap"), [
    (16, None), (24, None), (25, Leap(to_kg=25, from_kg=16, logged=True)),
    (160, Leap(to_kg=160, from_kg=16, logged=True)),
])
def test_a_weight_far_above_all_before_looks_like_a_slip(bare: Store, weight: float, leap: Leap | None) -> None:
    """More than half as much again as ever logged and more than the house holds is written, and said."""
    noted = note_sets(at_home(bare), replace(SQUATS, weight_kg=weight), a_stamp())
    assert noted.leap == leap
    assert [s.weight_kg for s in sets_of(bare)] == [16, weight, weight, weight]


@pytest.mark.parametrize(("line", "leap"), [
    (SetLine(exercise="single-leg-deadlift", amounts=(8,), weight_kg=36), None),
    (SetLine(exercise="single-leg-deadlift", amounts=(8,), weight_kg=37), Leap(to_kg=37, from_kg=24, logged=False)),
    (SetLine(exercise="farmers-carry", amounts=(20,), weight_kg=36), None),
    (SetLine(exercise="farmers-carry", amounts=(20,), weight_kg=50), Leap(to_kg=50, from_kg=24, logged=False)),
    (SetLine(exercise="push-up", amounts=(8,)), None),
])
def test_a_first_weight_is_held_against_the_house(bare: Store, line: SetLine, leap: Leap | None) -> None:
    """Without a log the heaviest of the house counts, in each hand where both are full."""
    assert note_sets(at_home(bare), line, a_stamp()).leap == leap


def test_without_a_plan_only_the_log_tells_a_slip(bare: Store) -> None:
    """Nobody knows the house then: the first weight is taken as it is, the next is held against it."""
    leaps = [note_sets(bare, replace(SQUATS, weight_kg=kg), a_stamp(second=kg)).leap for kg in (16, 24, 40)]
    assert leaps == [None, None, Leap(to_kg=40, from_kg=24, logged=True)]


@pytest.mark.parametrize(("word", "meant"), [
    ("sesion", True), ("Sessions", True), ("goblet-squat", False), ("goblet-sqat", False), ("side", False)])
def test_a_slip_of_the_word_session_is_known(word: str, meant: bool) -> None:
    """A word is taken for it where no exercise is nearer."""
    assert meant_session(word) == meant


@pytest.mark.parametrize(("line", "word"), [
    (replace(SQUATS, exercise="goblet-sqat"), "goblet-squat"),
    (replace(SQUATS, exercise="zzz"), "midstance exercises"),
    (replace(SQUATS, side="left"), "leave it out"),
    (replace(SQUATS, exercise="barbell-back-squat", per_hand=True), "one weight"),
    (replace(SQUATS, weight_kg=2000), "between"),
])
def test_what_cannot_be_is_refused_and_not_written(store: Store, line: SetLine, word: str) -> None:
    """An unknown exercise, a side of what has none, two barbells and a house lifted are errors with a remedy."""
    with pytest.raises(InputError, match=word):
        note_sets(store, line, a_stamp())
    assert sets_of(store) == []


def test_an_exercise_is_found_by_its_name() -> None:
    """Capitals, blanks and underscores make no difference."""
    assert {exercise_of(name).id for name in ("goblet-squat", "Goblet squat", "GOBLET_SQUAT")} == {"goblet-squat"}


# sessions --------------------------------------------------------------------------------------------------------


def test_a_session_is_noted_without_inventing_sets(store: Store) -> None:
    """The date's session is done with minutes and exertion; its unlogged items are named, the warm-up not."""
    listed = shown(store)
    noted = note_session(store, SessionLine(minutes=26, rpe_cr10=7), a_stamp())
    assert noted.done == SessionDone(session=HEAVY, kind=Kind.HEAVY, minutes=26, rpe_cr10=7)
    assert noted.activity.load_au == 182
    assert not noted.activity.estimated
    assert [item.exercise for item, _ in noted.unlogged] == listed
    assert sets_of(store) == []


def test_unlogged_items_are_those_that_the_day_showed(store: Store) -> None:
    """Not those of the plan as it was stored, which the morning fills anew."""
    listed = shown(store)
    assert listed != ["goblet-squat", "single-leg-calf-raise", "plank"]
    assert [i.exercise for i, _ in note_session(store, SessionLine(), a_stamp()).unlogged] == listed
    assert [i.exercise for i, _ in note_session(store, SessionLine(rpe_cr10=5), a_stamp(second=1)).unlogged] == listed


def test_a_tissue_block_names_its_own_sets_only(store: Store) -> None:
    """What the block took the place of was not done, and is not asked for."""
    before = shown(store)
    add(store, [an_entry(BlockTaken(block="achilles-slow"))], now=NOON)
    listed = shown(store)
    noted = note_session(store, SessionLine(), a_stamp())
    assert [item.exercise for item, _ in noted.unlogged] == listed
    assert any(item.label.startswith("T") for item, _ in noted.unlogged)
    assert set(before) - set(listed)


def test_a_session_that_was_not_for_today_is_as_the_plan_has_it(store: Store) -> None:
    """After a night of three hours the morning shows no heavy session; who did it all the same did the plan's."""
    note_morning(store, CheckIn(sleep_h=3), a_stamp())
    assert shown(store) == []
    noted = note_session(store, SessionLine(), a_stamp(second=1))
    assert [item.exercise for item, _ in noted.unlogged] == ["goblet-squat", "single-leg-calf-raise", "plank"]


def test_logged_items_are_not_asked_for_again(store: Store) -> None:
    """After sets of the first item only the others are named."""
    listed = shown(store)
    note_sets(store, SetLine(exercise=listed[0], amounts=(8,)), a_stamp())
    noted = note_session(store, SessionLine(), a_stamp(second=1))
    assert [item.exercise for item, _ in noted.unlogged] == listed[1:]
    assert (noted.activity.minutes, noted.activity.minutes_told) == (24, False)


def test_a_second_note_corrects_the_first_and_undo_brings_it_back(store: Store) -> None:
    """What is not said again stays, also the date; one note of the session is in force at a time."""
    note_session(store, SessionLine(minutes=26, note="good"), a_stamp())
    noted = note_session(store, SessionLine(which=HEAVY, rpe_cr10=5), a_stamp(1))
    assert noted.corrected
    assert noted.done == SessionDone(session=HEAVY, kind=Kind.HEAVY, minutes=26, rpe_cr10=5, note="good")
    assert [e.date for e in current(store, kinds=(SessionDone,))] == [TODAY]
    take_back(store, now=NOON + DAY, date=TODAY)
    assert [e.what for e in current(store, kinds=(SessionDone,))] == [
        SessionDone(session=HEAVY, kind=Kind.HEAVY, minutes=26, note="good")]


def test_sessions_can_be_named_moved_and_unplanned(store: Store) -> None:
    """An id names a session of another date, a kind one that no plan held."""
    assert note_session(store, SessionLine(which=MOBILITY), a_stamp()).done.session == MOBILITY
    loose = note_session(store, SessionLine(which="upper", minutes=15), a_stamp()).done
    assert loose == SessionDone(kind=Kind.UPPER, minutes=15)


def test_a_kind_means_the_planned_session_of_that_kind_only(store: Store) -> None:
    """Heavy on a mobility day was not planned; mobility is the planned session, and a second time one more."""
    heavy = note_session(store, SessionLine(which="heavy", minutes=30), a_stamp(2))
    first = note_session(store, SessionLine(which="mobility", minutes=12), a_stamp(2, second=1))
    second = note_session(store, SessionLine(which="mobility", minutes=5), a_stamp(2, second=2))
    assert heavy.done == SessionDone(kind=Kind.HEAVY, minutes=30)
    assert heavy.unlogged == ()
    assert first.done == SessionDone(session=MOBILITY, kind=Kind.MOBILITY, minutes=12)
    assert second.done == SessionDone(kind=Kind.MOBILITY, minutes=5)
    assert len(current(store, kinds=(SessionDone,))) == 3


@pytest.mark.parametrize(("line", "day", "word"), [
    (SessionLine(), 1, "no session is planned"), (SessionLine(which="s-1999-01-01-1800"), 0, "no planned session"),
    (SessionLine(rpe_cr10=12), 0, "between"),
])
def test_sessions_that_are_not_there_are_refused(store: Store, line: SessionLine, day: int, word: str) -> None:
    """A date without session, an unknown id and an impossible number write nothing."""
    with pytest.raises(InputError, match=word):
        note_session(store, line, a_stamp(day))
    assert current(store, kinds=(SessionDone,)) == ()


def test_several_sessions_of_a_date_are_listed(bare: Store) -> None:
    """Nobody guesses which one was meant; once one is done the other is."""
    add(bare, [kept(a_document(WEEK + "| Tue 12:00 upper 15min"))], now=NOON)
    with pytest.raises(InputError, match=f"s-2026-12-01-1200 .upper., {HEAVY}"):
        note_session(bare, SessionLine(), a_stamp())
    note_session(bare, SessionLine(which=HEAVY), a_stamp())
    assert note_session(bare, SessionLine(), a_stamp(second=1)).done.session == "s-2026-12-01-1200"
