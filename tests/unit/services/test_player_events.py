"""What a player sends: kept once, alone, in any order; what was taken back stays so; what follows is said."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from builders import MONDAY
from builders_daily import HEAVY, MOBILITY, WEEK, a_document, a_stamp, kept
from builders_diary import DAY, TODAY, an_entry
from builders_player import NOON, Phone
from midstance.domain.diary import Moved, PainNoted, Rpe, SessionDone, SetDone, Undone
from midstance.domain.session import Kind
from midstance.formats._format import InputError
from midstance.formats.events_json import MOST_EVENTS
from midstance.services.activities import activities
from midstance.services.diary import add, current, open_store, take_back
from midstance.services.note import note_session
from midstance.services.player_events import Taken, batch_of, take_events
from midstance.services.replan_day import day_of, know
from midstance.services.told import SessionLine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from midstance.domain.entry import Entry
    from midstance.store.store import Store

LATER = NOON + dt.timedelta(hours=2)


@pytest.fixture
def store() -> Iterator[Store]:
    """A diary with a kept plan: heavy on Tuesdays, mobility on Thursdays."""
    with open_store("memory:") as bare:
        add(bare, [kept(a_document())], now=NOON)
        yield bare


@pytest.fixture
def phone() -> Phone:
    """A phone in the hand of a runner."""
    return Phone()


def send(store: Store, *events: object, now: dt.datetime = LATER, today: dt.date = TODAY) -> Taken:
    """Deliver events two hours after the play began."""
    return take_events(store, events, now=now, today=today)


def undo(store: Store, target: str, now: dt.datetime = LATER) -> None:
    """The runner takes something back."""
    take_back(store, target, now=now, date=TODAY)


def told(store: Store) -> list[object]:
    """What is in force of what was done."""
    return [e.what for e in current(store) if isinstance(e.what, SetDone | SessionDone | PainNoted)]


def sets(store: Store) -> list[tuple[float, int]]:
    """Amount and number of the sets in force."""
    return [(w.amount, w.number) for w in told(store) if isinstance(w, SetDone)]


def notes(store: Store) -> list[tuple[float | None, float | None, str]]:
    """Minutes, exertion and words of the sessions in force."""
    return [(w.minutes, w.rpe_cr10, w.note) for w in told(store) if isinstance(w, SessionDone)]


def keys(*events: dict[str, object]) -> tuple[object, ...]:
    """The keys of events."""
    return tuple(event["key"] for event in events)


# what is written -------------------------------------------------------------------------------------------------


def test_a_play_becomes_entries_of_one_batch(store: Store, phone: Phone) -> None:
    """Sets, a pain and the whole carry the session; one undo takes all of it back."""
    phone.set(weight_kg=16, rir=2)
    phone.set(number=2, weight_kg=16, rir=1)
    phone.pain()
    phone.finish(rpe_cr10=6, note="good")
    taken = send(store, *phone.sent)
    assert taken.kept == keys(*phone.sent)
    assert (taken.known, taken.refused) == ((), ())
    assert taken.batches == (batch_of(phone.play),)
    assert sets(store) == [(8, 1), (8, 2)]
    assert notes(store) == [(24, 6, "good")]
    mine = [e for e in current(store) if e.origin.batch == taken.batches[0]]
    assert len(mine) == 4
    assert {getattr(e.what, "session", HEAVY) for e in mine} == {HEAVY}
    undo(store, taken.batches[0])
    assert told(store) == []


def test_sending_again_changes_nothing(store: Store, phone: Phone) -> None:
    """The same events once more, or twice in one call, are known and write no row."""
    phone.set()
    phone.edit(phone.sent[0], amount=7)
    phone.finish()
    phone.retract(phone.pain())
    send(store, *phone.sent, *phone.sent)
    rows = list(store.rows())
    again = send(store, *phone.sent)
    assert again.known == keys(*phone.sent)
    assert (again.kept, again.says) == ((), ())
    assert list(store.rows()) == rows
    assert sets(store) == [(7, 1)]


def test_a_refused_event_blocks_no_other(store: Store, phone: Phone) -> None:
    """What cannot be used is named with its key, why and what would help; the rest is in the diary."""
    good, bad, end = phone.set(), phone.set(number=2, amount=1001), phone.finish()
    taken = send(store, good, bad, "nonsense", end)
    assert taken.kept == keys(good, end)
    assert [(r.key, bool(r.says), bool(r.remedy)) for r in taken.refused] == [
        (bad["key"], True, True), ("", True, True)]
    assert "amount" in taken.refused[0].says
    assert sets(store) == [(8, 1)]


@pytest.mark.parametrize(("change", "says"), [
    ({"date": "2025-11-20"}, "no date that can be told about"),
    ({"date": "2026-12-03"}, "no date that can be told about"),
    ({"at": "2026-12-02T20:30:00Z"}, "yet to come"),
    ({"at": "2026-10-20T20:30:00Z"}, "does not fit"),
    ({"date": "2026-10-20"}, "does not fit"),
])
def test_dates_and_moments_must_be_possible(
    store: Store, phone: Phone, change: dict[str, object], says: str,
) -> None:
    """A date far from today, a moment ahead, or two that do not fit are refused alone."""
    taken = send(store, {**phone.set(), **change}, phone.set(number=2))
    assert says in taken.refused[0].says
    assert sets(store) == [(8, 2)]


def test_a_play_past_midnight_and_a_late_delivery_are_taken(store: Store, phone: Phone) -> None:
    """The date of the play may be a day before its moment, and a phone may come back after months."""
    late = {**phone.set(), "at": "2026-12-02T00:30:00Z"}
    taken = send(store, late, now=NOON + 300 * DAY, today=TODAY + 300 * DAY)
    assert taken.kept == keys(late)


def test_too_many_at_once_are_refused_as_a_whole(store: Store, phone: Phone) -> None:
    """More events than a call may have leave the diary as it was."""
    for number in range(MOST_EVENTS + 1):
        phone.set(number=number + 1)
    with pytest.raises(InputError):
        send(store, *phone.sent)
    assert sets(store) == []


def test_events_of_a_session_that_was_moved_or_is_unknown_count(store: Store) -> None:
    """Whatever became of the plan meanwhile, the events stand with the session that they name."""
    phone = Phone(session=MOBILITY, kind="mobility")
    phone.set("ankle-rock")
    phone.finish(12)
    add(store, [an_entry(Moved(day=TODAY + 2 * DAY, to=TODAY + 3 * DAY, activity=MOBILITY))], now=NOON)
    send(store, *phone.sent)
    strange = Phone(play="play-0000002", session="s-2026-11-30-0700")
    send(store, strange.set(), strange.finish())
    found = {w.session for w in told(store)}
    assert found == {MOBILITY, "s-2026-11-30-0700"}
    assert {a.id for a in activities(current(store))} == found


def test_a_primer_that_was_begun_is_not_the_session_of_the_day(store: Store) -> None:
    """Sets before a run, with the finish still in the phone, leave today's heavy session to be done."""
    phone = Phone(session="p-2026-12-01-0620", kind="primer")
    send(store, phone.set("glute-bridge"), phone.set("glute-bridge", number=2))
    entries = current(store)
    day = day_of(know(entries, today=TODAY), None, entries)
    assert day.session is not None
    assert day.session.id == HEAVY
    assert [s.kind for s in day.done] == [Kind.PRIMER]
    send(store, phone.finish(8, rpe_cr10=1))
    assert notes(store) == [(8, 1, "")]


# order -----------------------------------------------------------------------------------------------------------


def test_a_correction_may_arrive_before_what_it_corrects(store: Store, phone: Phone) -> None:
    """The earlier versions come along, so they are known when they arrive themselves."""
    first = phone.set()
    second = phone.edit(first, amount=7)
    third = phone.edit(second, amount=6)
    assert send(store, third).kept == keys(third)
    assert sets(store) == [(6, 1)]
    late = send(store, second, first)
    assert late.known == keys(second, first)
    assert sets(store) == [(6, 1)]


def test_what_never_happened_may_arrive_before_it_was_told(store: Store, phone: Phone) -> None:
    """A set that was taken back in the player stays out with all its versions, in whatever order they come."""
    first = phone.set()
    second = phone.edit(first, amount=7)
    gone = phone.retract(second)
    assert send(store, gone).kept == keys(gone)
    assert sets(store) == []
    assert send(store, second, first, gone).known == keys(second, first, gone)
    assert sets(store) == []


def test_a_retract_of_what_was_refused_is_done_at_once(store: Store, phone: Phone) -> None:
    """There is nothing to take back, so the phone may forget it."""
    gone = phone.retract(phone.set(amount=1001))
    assert send(store, gone).known == keys(gone)
    assert told(store) == []


# undo ------------------------------------------------------------------------------------------------------------


def test_an_undone_play_stays_undone(store: Store, phone: Phone) -> None:
    """A queue that sends everything again, and the rest that was never sent, brings nothing back."""
    for number in range(1, 5):
        phone.set(number=number)
    end = phone.finish()
    batch = send(store, *phone.sent[:2]).batches[0]
    undo(store, batch)
    taken = send(store, *phone.sent, now=LATER + dt.timedelta(minutes=1))
    assert taken.kept == keys(*phone.sent[2:])
    assert taken.known == keys(*phone.sent[:2])
    assert (taken.says, set(taken.gone)) == ((), {batch})
    assert told(store) == []
    assert send(store, end).known == keys(end)
    assert told(store) == []


def test_taking_the_undo_back_brings_the_whole_play_back(store: Store, phone: Phone) -> None:
    """What arrived after the undo belongs to it, so it comes back with the rest."""
    phone.set()
    phone.set(number=2)
    phone.finish()
    batch = send(store, phone.sent[0]).batches[0]
    undo(store, batch)
    gone = send(store, *phone.sent, now=LATER + dt.timedelta(minutes=1)).gone[batch]
    assert told(store) == []
    undo(store, gone, now=LATER + dt.timedelta(minutes=2))
    assert sets(store) == [(8, 1), (8, 2)]
    assert len(notes(store)) == 1
    assert send(store, *phone.sent).known == keys(*phone.sent)


def test_what_is_done_after_the_undo_counts(store: Store, phone: Phone) -> None:
    """Who takes a play back and goes on with it has done what came after."""
    first = phone.set()
    batch = send(store, first).batches[0]
    undo(store, batch, now=NOON + dt.timedelta(seconds=10))
    second = phone.set(number=2)
    send(store, first, second)
    assert sets(store) == [(8, 2)]


def test_one_undone_set_stays_undone(store: Store, phone: Phone) -> None:
    """A single set that the runner took back does not come back with its play."""
    phone.set()
    phone.set(number=2)
    send(store, *phone.sent)
    one = next(e for e in current(store) if isinstance(e.what, SetDone))
    undo(store, one.id)
    send(store, *phone.sent)
    assert sets(store) == [(8, 2)]


# the session as a whole ------------------------------------------------------------------------------------------


def test_a_finish_takes_the_place_of_an_earlier_note(store: Store, phone: Phone) -> None:
    """What was told of the session by hand before stays where the player says nothing of it."""
    note_session(store, SessionLine(which=HEAVY, minutes=30, rpe_cr10=7, note="hot"), a_stamp())
    first = phone.finish(24)
    send(store, first)
    assert notes(store) == [(24, 7, "hot")]
    second = phone.edit(first, rpe_cr10=5)
    send(store, second, first)
    assert notes(store) == [(24, 5, "hot")]
    assert send(store, first, second).known == keys(first, second)
    undo(store, batch_of(phone.play))
    assert notes(store) == [(30, 7, "hot")]


def test_what_the_player_said_and_dropped_is_not_kept(store: Store, phone: Phone) -> None:
    """A note that is wiped out in the player is gone, and what only the hand had told stays."""
    note_session(store, SessionLine(which=HEAVY, minutes=30, rpe_cr10=7, note="hot"), a_stamp())
    first = phone.finish(24, note="slow")
    send(store, phone.edit(first, note=""))
    assert notes(store) == [(24, 7, "")]


def test_a_later_word_by_hand_stays(store: Store, phone: Phone) -> None:
    """A finish that arrives after the runner told the session otherwise does not undo that."""
    first = phone.finish(24)
    note_session(store, SessionLine(which=HEAVY, minutes=30), a_stamp(second=7 * 3600))
    taken = send(store, first)
    assert taken.kept == keys(first)
    assert notes(store) == [(30, None, "")]
    assert send(store, first).known == keys(first)
    late = phone.event("finish", minutes=26, session_kind="heavy", replaces=first)
    late["at"] = "2026-12-01T19:30:00.000Z"
    send(store, late)
    assert notes(store) == [(26, None, "")]


def test_an_exertion_told_on_the_computer_first_is_not_lost(store: Store, phone: Phone) -> None:
    """A rating of the session, told while the phone was away, still counts when its finish arrives."""
    add(store, [an_entry(SessionDone(session=HEAVY, kind=Kind.HEAVY, rpe_cr10=8))], now=NOON)
    send(store, phone.finish(20))
    assert notes(store) == [(20, 8, "")]
    rated = next(a for a in activities(current(store)) if a.id == HEAVY)
    assert (rated.minutes, rated.rpe_cr10) == (20, 8)


def test_a_note_that_was_replaced_may_be_taken_back(store: Store, phone: Phone) -> None:
    """The finish is known again also when what it replaced is gone by now."""
    noted = note_session(store, SessionLine(which=HEAVY, minutes=30, rpe_cr10=7), a_stamp())
    end = phone.finish(24)
    send(store, end)
    with pytest.raises(InputError, match="replaced"):
        undo(store, noted.stamp.origin.batch)
    undo(store, batch_of(phone.play))
    undo(store, noted.stamp.origin.batch)
    assert send(store, end).known == keys(end)
    assert notes(store) == []


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (2, 0, 1), (2, 1, 0), (1, 2, 0), (1, 0, 2)])
def test_a_finish_that_was_taken_back_leaves_nothing(store: Store, phone: Phone, order: tuple[int, ...]) -> None:
    """Ended by mistake, taken back and ended again: only the second end counts, whatever arrives first."""
    note_session(store, SessionLine(which=HEAVY, minutes=30, note="hot"), a_stamp())
    first = phone.finish(3, rpe_cr10=9)
    phone.retract(first)
    phone.finish(24)
    for place in order:
        send(store, phone.sent[place])
    assert notes(store) == [(24, None, "hot")]


def test_a_second_play_of_a_session_is_its_newer_note(store: Store, phone: Phone) -> None:
    """Done once more on the same day, both plays' sets count, and the later finish is the session's."""
    phone.set()
    one = phone.finish(20)
    other = Phone(play="play-0000002", said=100)
    other.set()
    two = other.finish(25)
    send(store, *other.sent)
    send(store, *phone.sent)
    assert len(sets(store)) == 2
    assert notes(store) == [(25, None, "")]
    assert send(store, one, two).known == keys(one, two)


# what is said ----------------------------------------------------------------------------------------------------


def test_pain_that_stops_is_said_at_once(store: Store, phone: Phone) -> None:
    """Pain above the limit during a set, or noted with its place, is answered with the reason to stop."""
    by_set = send(store, phone.set(pain=7))
    assert any("Training is over for today" in text for text in by_set.says)
    by_place = send(store, phone.pain(score=8))
    assert any("Today is for rest" in text for text in by_place.says)
    assert send(store, *phone.sent).says == ()


def test_pain_of_another_day_is_not_answered_today(store: Store, phone: Phone) -> None:
    """A queue that arrives two days later says nothing about training today."""
    taken = send(store, phone.set(pain=7), now=LATER + 2 * DAY, today=TODAY + 2 * DAY)
    assert taken.kept
    assert taken.says == ()


def test_a_finished_session_says_what_comes_next(store: Store) -> None:
    """Twice the top of the range: the answer to the second finish says what rises, and why."""
    first = MONDAY - 14 * DAY
    with open_store("memory:") as diary:
        document = a_document(f"{WEEK} || {WEEK}", runner="weights_kg = [12, 16, 17]", first=first)
        add(diary, [kept(document, date=first)], now=NOON)
        says: list[tuple[str, ...]] = []
        for k, weeks in enumerate((2, 1)):
            date = TODAY - 7 * weeks * DAY
            phone = Phone(play=f"play-000000{k}", session=f"s-{date}-1800", date=date)
            for number in (1, 2, 3):
                phone.set(number=number, weight_kg=16, rir=2)
            assert send(diary, *phone.sent).says == ()
            says.append(send(diary, phone.finish(), now=phone.now, today=date).says)
    assert len(says[0]) == 1
    assert "16 kg" in says[0][0]
    assert "from 16 to 17 kg" in says[1][0]


def test_a_plan_that_cannot_be_read_stops_no_play() -> None:
    """A broken document in the diary keeps nothing out; nothing follows from it."""
    with open_store("memory:") as diary:
        add(diary, [kept("{}")], now=NOON)
        phone = Phone()
        phone.set(pain=1)
        phone.finish()
        taken = send(diary, *phone.sent)
        assert len(taken.kept) == 2
        assert taken.says == ()


def test_a_retract_is_an_undone_of_the_play(store: Store, phone: Phone) -> None:
    """Taking back in the player is an entry of the play's batch, with the moment at which it was said."""
    gone = phone.retract(phone.set())
    send(store, *phone.sent)
    rows = [row for row in store.rows(of=batch_of(phone.play)) if row.kind == "undone"]
    assert len(rows) == 1
    assert gone["at"].removesuffix("000Z")[:19] in rows[0].body


def test_many_at_once_are_one(tmp_path: Path, phone: Phone) -> None:
    """Requests that arrive together, each with all of a play, write every event once."""
    for number in range(1, 9):
        phone.set(number=number)
    phone.edit(phone.sent[0], amount=7)
    phone.finish()
    place = tmp_path / "diary.db"
    with open_store(place) as diary:
        add(diary, [kept(a_document())], now=NOON)

    def deliver(_: int) -> Taken:
        with open_store(place) as own:
            return send(own, *phone.sent)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(deliver, range(8)))
    assert all(set(a.kept + a.known) == set(keys(*phone.sent)) for a in answers)
    with open_store(place) as diary:
        assert sorted(sets(diary)) == sorted([(7.0, 1), *((8.0, n) for n in range(2, 9))])
        assert len(notes(diary)) == 1


def entries_of(store: Store, kind: type) -> list[Entry]:
    """Entries in force of one kind."""
    return [e for e in current(store) if isinstance(e.what, kind)]


def test_no_other_kind_of_entry_is_written(store: Store, phone: Phone) -> None:
    """A play leaves no exertion or taking back of its own beside what it says."""
    phone.set()
    phone.finish(rpe_cr10=5)
    send(store, *phone.sent)
    assert entries_of(store, Rpe) == []
    assert [row for row in store.rows() if row.kind == "undone"] == []
    assert entries_of(store, Undone) == []
