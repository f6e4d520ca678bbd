"""Laws of delivery: however a play's events arrive, the diary holds the same, and nothing acknowledged is lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builders_daily import HEAVY, a_document, a_stamp, kept
from builders_diary import TODAY, an_entry
from builders_player import NOON, Phone
from midstance.domain.diary import PainNoted, SessionDone, SetDone
from midstance.domain.session import Kind
from midstance.formats._format import InputError
from midstance.formats.events_json import parse_event
from midstance.services.diary import add, current, read_row, take_back
from midstance.services.note import note_session
from midstance.services.player_events import Taken, batch_of, take_events
from midstance.services.told import SessionLine
from midstance.store.store import MemoryStore, Row, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from midstance.domain.entry import Entry

EVENING = NOON + dt.timedelta(hours=4)
PLAN = kept(a_document())
EXERCISES = ("goblet-squat", "single-leg-calf-raise", "plank")
Event = dict[str, Any]


@dataclass
class Frail(MemoryStore):
    """A store that fails when it is told to: before it writes, or after, when nobody hears that it did."""

    fails: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        MemoryStore.__init__(self)

    def append(self, rows: Iterable[Row]) -> int:
        how = self.fails.pop(0) if self.fails else ""
        if how == "before":
            raise StoreError("memory", "the disk is full")
        done = super().append(rows)
        if how == "after":
            raise StoreError("memory", "the line was cut")
        return done


@st.composite
def plays(draw: st.DrawFn) -> list[Event]:
    """Draw what a runner does with a phone: sets, corrections, taking back, pain, and an end that may be corrected."""
    phone = Phone(session=draw(st.sampled_from((HEAVY, "s-2026-12-01-0700", "p-2026-12-01-0620"))))
    alive: list[Event] = []
    for number in range(draw(st.integers(1, 10))):
        act = draw(st.sampled_from(("set", "set", "set", "pain", "edit", "retract", "finish")))
        ended = any(e["kind"] == "finish" for e in alive)
        if act in ("edit", "retract") and alive:
            old = draw(st.sampled_from(alive))
            alive.remove(old)
            new = phone.edit(old, note=draw(st.sampled_from(("", "well")))) if act == "edit" else phone.retract(old)
            alive += [new] if act == "edit" else []
        elif act == "pain":
            alive.append(phone.pain(score=draw(st.integers(0, 10))))
        elif act == "finish" and not ended:
            alive.append(phone.finish(20 + number, rpe_cr10=draw(st.none() | st.integers(0, 10))))
        else:
            alive.append(phone.set(draw(st.sampled_from(EXERCISES)), amount=number + 1, number=number + 1))
    return phone.sent


@st.composite
def deliveries(draw: st.DrawFn, events: list[Event]) -> list[list[Event]]:
    """Draw calls that bring every event at least once, in any order, cut anywhere."""
    queue = draw(st.permutations(events + draw(st.lists(st.sampled_from(events), max_size=5))))
    cuts = sorted(draw(st.lists(st.integers(0, len(queue)), max_size=4)))
    return [queue[a:b] for a, b in zip([0, *cuts], [*cuts, len(queue)], strict=True)]


def a_diary(before: str = "") -> Frail:
    """A diary with a plan, and what the runner told of the session by hand before anything arrived."""
    store = Frail()
    add(store, [PLAN], now=NOON)
    if before == "early":
        note_session(store, SessionLine(which=HEAVY, minutes=33, rpe_cr10=9, note="by hand"), a_stamp())
    elif before == "late":
        note_session(store, SessionLine(which=HEAVY, minutes=33, rpe_cr10=9, note="by hand"), a_stamp(second=9 * 3600))
    elif before == "rated":
        add(store, [an_entry(SessionDone(session=HEAVY, kind=Kind.HEAVY, rpe_cr10=2))], now=NOON)
    return store


def send(store: Frail, events: list[Event], now: dt.datetime = EVENING) -> Taken | None:
    """Deliver some events; None where no answer came."""
    try:
        return take_events(store, events, now=now, today=TODAY)
    except InputError:
        return None


def in_force(store: Frail) -> set[str]:
    """Ids of what counts."""
    return {e.id for e in current(store) if isinstance(e.what, SetDone | SessionDone | PainNoted)}


def rows_of(store: Frail) -> set[str]:
    """Ids of everything that was ever written."""
    return {row.id for row in store.rows()}


@settings(max_examples=200, deadline=None)
@given(st.data(), plays(), st.sampled_from(("", "early", "late", "rated")))
def test_any_delivery_gives_the_same_diary(data: st.DataObject, events: list[Event], before: str) -> None:
    """Split, shuffled, repeated and cut off, the events of a play leave what they leave in one piece and in order."""
    whole = a_diary(before)
    send(whole, events)
    store = a_diary(before)
    calls = data.draw(deliveries(events))
    store.fails = data.draw(st.lists(st.sampled_from(("", "before", "after")), max_size=len(calls)))
    for call in calls:
        send(store, call)
    store.fails = []
    last = send(store, events)
    assert last is not None
    assert set(last.kept + last.known) == {event["key"] for event in events}
    assert in_force(store) == in_force(whole)


@settings(max_examples=100, deadline=None)
@given(st.data(), plays())
def test_what_is_acknowledged_is_in_the_diary(data: st.DataObject, events: list[Event]) -> None:
    """Every event that was answered with kept or known has an entry from then on, and none is ever answered twice so.

    After an answer that was lost, the event is known, not new.
    """
    store = a_diary()
    acknowledged: set[str] = set()
    by_key = {event["key"]: event for event in events}
    for call in data.draw(deliveries(events)):
        store.fails = [data.draw(st.sampled_from(("", "before", "after")))]
        rows = rows_of(store)
        taken = send(store, call)
        if taken is None:
            continue
        assert acknowledged.isdisjoint(taken.kept)
        assert taken.kept == () or rows_of(store) > rows
        acknowledged.update(taken.kept, taken.known)
        assert taken.refused == ()
        batch = batch_of(events[0]["play"])
        told = [e for e in everything(store) if e.origin.batch == batch]
        for key in acknowledged:
            assert any(says_the_same(by_key[key], entry) for entry in told), by_key[key]


@settings(max_examples=150, deadline=None)
@given(st.data(), plays())
def test_an_undo_between_deliveries_holds(data: st.DataObject, events: list[Event]) -> None:
    """What was said before the runner took the play back never counts again; what was said after it does.

    Whatever part had arrived before, and however often and in which order the rest and all of it comes.
    """
    place = data.draw(st.integers(1, len(events)))
    store = a_diary()
    before = data.draw(st.lists(st.sampled_from(events[:place]), min_size=1))
    send(store, before)
    batch = batch_of(events[0]["play"])
    at = dt.datetime.fromisoformat(events[place - 1]["at"]) + dt.timedelta(seconds=1)
    try:
        undo = take_back(store, batch, now=at, date=TODAY)
    except InputError:
        return  # all that had arrived was taken back in the player already
    assert undo.entries
    for call in data.draw(deliveries(events)):
        send(store, call)
    send(store, events)
    early = {e.id for e in everything(store) if e.at < at}
    assert in_force(store).isdisjoint(early)
    fresh = a_diary()
    send(fresh, events)
    expected = {e.id for e in current(fresh) if e.id in in_force(fresh) and e.at > at}
    assert {whats(store)[i] for i in in_force(store)} == {whats(fresh)[i] for i in expected}


@settings(max_examples=60, deadline=None)
@given(st.data(), plays(), plays())
def test_two_plays_do_not_disturb_each_other(data: st.DataObject, one: list[Event], two: list[Event]) -> None:
    """Events of two plays in one queue give what each gives alone, apart from whose note of one session is newer."""
    other = [_other_play(event) for event in two]
    store = a_diary()
    for call in data.draw(deliveries([*one, *other])):
        send(store, call)
    alone = set()
    for events in (one, other):
        fresh = a_diary()
        send(fresh, events)
        alone |= {e.id for e in current(fresh) if isinstance(e.what, SetDone | PainNoted)}
    assert {e.id for e in current(store) if isinstance(e.what, SetDone | PainNoted)} == alone


def _other_play(event: Event) -> Event:
    """The same as another phone would have sent it, a moment later."""
    made = {**event, "play": "play-0000002", "key": event["key"].replace("01-", "02-"),
            "at": event["at"].replace(".000Z", ".500Z")}
    for name in ("of", "replaces"):
        if name in made:
            made[name] = _other_play(made[name])
    return made


def everything(store: Frail) -> list[Entry]:
    """Every entry that was ever written."""
    return [read_row(row, "memory") for row in store.rows()]


def whats(store: Frail) -> dict[str, object]:
    """What every entry says, by its id, apart from what it replaces."""
    return {e.id: (e.what, e.at, e.date) for e in everything(store)}


def says_the_same(event: Event, entry: Entry) -> bool:
    """Tell whether an entry is an event's."""
    parsed = parse_event(event)
    if parsed.what is None:
        return entry.kind == "undone" and entry.at == parsed.at
    return (entry.what, entry.at, entry.date) == (parsed.what, parsed.at, parsed.date)
