"""What the session player reports becomes entries of the diary, once and only once, in whatever order it arrives.

No state is kept about phones or queues: an entry's id is made from what the event says, so the same event twice is one
entry. An event brings along what it replaces or takes back, and that is written before it; so the order of arrival
does not matter. What the runner took back stays taken back: sending a play again, or sending the rest of it, brings
nothing of it back that was said before.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from midstance.domain.diary import KIND_OF, SessionDone, Undone
from midstance.domain.entry import STEERING, Entry, Origin, Via, entry_id, entry_of, standing
from midstance.domain.session import Kind
from midstance.formats._format import InputError, refusal
from midstance.formats.events_json import MOST_EVENTS, is_primer, key_of, parse_event
from midstance.services.diary import TICK, add, in_words, read_row
from midstance.services.player_says import Told, says_of
from midstance.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from midstance.domain.diary import What
    from midstance.formats.events_json import PlayEvent

DAY = dt.timedelta(days=1)
OLDEST = 366 * DAY
"""How long after its date an event is still taken; midstance default."""
AHEAD = DAY
"""How far a phone's clock may be ahead of this one; midstance default."""
LATEST_WORD = 31 * DAY
"""How long after its date a session is corrected in the player; midstance default."""
NEAR = 14 * DAY
"""How far from its date another note of the same session may stand; midstance default."""
NAME = "player"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An event that was not taken: its key as far as it has one, why, and what would help."""

    key: str
    says: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of events.

    Attributes:
        kept: Keys of those that came into the diary now.
        known: Keys of those that were in it already, in force or taken back.
        refused: Those that cannot be used; nothing of them was written.
        says: What follows for the runner, sentences.
        batches: Batch of each play, in the order of the events: what one undo takes back.
        gone: Batch of the undo, by the play's, for plays that the runner took back.
    """

    kept: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    says: tuple[str, ...] = ()
    batches: tuple[str, ...] = ()
    gone: dict[str, str] = field(default_factory=dict)


def take_events(store: Store, events: Sequence[object], *, now: dt.datetime, today: dt.date) -> Taken:
    """Take what a player sends; each event is kept or refused alone.

    Args:
        store: The diary.
        events: JSON values as they came, ``MOST_EVENTS`` at most.
        now: The moment, aware.
        today: The local date.
    Returns: What became of each; the answer to the same events once more says that all of them are known.
    Raises: InputError: They are too many, or the diary cannot be written; then nothing was.
    """
    if len(events) > MOST_EVENTS:
        raise refusal("events", f"{len(events)} are too many at once", f"send {MOST_EVENTS} at most")
    found: list[PlayEvent] = []
    refused: list[Refused] = []
    for value in events:
        try:
            found.append(parse_event(value))
        except InputError as error:
            refused.append(_refused(key_of(value), error))
    taken = take_parsed(store, found, now=now, today=today)
    return replace(taken, refused=(*refused, *taken.refused))


def take_parsed(store: Store, events: Iterable[PlayEvent], *, now: dt.datetime, today: dt.date) -> Taken:
    """Take events that were read already, of a file for instance, as ``take_events`` does."""
    plays: dict[str, _Play] = {}
    refused: list[Refused] = []
    for event in events:
        try:
            _check_times(event, now, today)
        except InputError as error:
            refused.append(_refused(event.key, error))
            continue
        if event.play not in plays:
            plays[event.play] = _Play.of(store, event.play)
        plays[event.play].take(event)
    new = [entry for play in plays.values() for entry in play.written(now)]
    if new:
        add(store, new, now=now)
    told = Told(entries=tuple(e for play in plays.values() for e in play.fresh()), today=today)
    return Taken(
        kept=tuple(key for play in plays.values() for key in play.kept),
        known=tuple(key for play in plays.values() for key in play.known if key not in play.kept),
        refused=tuple(refused), says=says_of(store, told),
        batches=tuple(play.origin.batch for play in plays.values()),
        gone={play.origin.batch: play.gone.batch for play in plays.values() if play.gone})


def batch_of(play: str) -> str:
    """Give the batch of a play.

    >>> batch_of("p-00000001")
    'b-cac3fd995459'
    """
    return f"b-{hashlib.sha256(play.encode()).hexdigest()[:12]}"


def _refused(key: str, error: InputError) -> Refused:
    first = error.faults[0]
    where = first.place.partition("/")[2]
    return Refused(key=key, says=f"{where}: {first.says}" if where else first.says, remedy=first.remedy)


def _check_times(event: PlayEvent, now: dt.datetime, today: dt.date) -> None:
    """Refuse what cannot have been.

    Raises: InputError: The date is far from today, the moment lies ahead, or the two do not fit.
    """
    if not today - OLDEST <= event.date <= today + DAY:
        raise refusal("event", f"{event.date} is no date that can be told about today, {today}",
                      "look at the date of the phone and of this computer")
    if event.at > now + AHEAD:
        raise refusal("event", f"it was said at {event.at:%Y-%m-%d %H:%M} UTC, which is yet to come",
                      "look at the clock of the phone and of this computer")
    if not -DAY <= event.at.date() - event.date <= LATEST_WORD:
        raise refusal("event", f"it was said on {event.at:%Y-%m-%d}, which does not fit its date {event.date}",
                      "look at the date of the phone")


@dataclass(frozen=True, slots=True)
class _Gone:
    """When, and in which batch, the runner took a play back."""

    at: dt.datetime
    batch: str


@dataclass(slots=True, kw_only=True)
class _Play:
    """A play: what the diary holds of it, and what is to be added.

    Attributes:
        store: The diary.
        origin: Marks its entries.
        there: Ids of its entries in the diary.
        tags: Its notes of the whole session, by what their event says alone.
        gone: How the runner took it back, or None.
        new: What is to be written, in order.
        kept: Keys of events that are new; ``known`` of those that are not.
    """

    store: Store
    origin: Origin
    there: set[str]
    tags: dict[str, Entry]
    gone: _Gone | None
    new: dict[str, Entry] = field(default_factory=dict)
    kept: dict[str, None] = field(default_factory=dict)
    known: dict[str, None] = field(default_factory=dict)
    over: list[str] = field(default_factory=list)       # notes of the session that a later word has overtaken

    @classmethod
    def of(cls, store: Store, play: str) -> _Play:
        """Look up what the diary holds of a play."""
        batch = batch_of(play)
        with in_words():
            rows = [read_row(row, store.address) for row in store.rows(of=batch, steering=True)]
        own = [entry for entry in rows if entry.origin.batch == batch]
        return cls(
            store=store, origin=Origin(via=Via.HAND, batch=batch, name=NAME), there={entry.id for entry in own},
            tags={e.origin.name: e for e in own if isinstance(e.what, SessionDone)}, gone=_gone(rows, batch))

    def take(self, event: PlayEvent) -> None:
        """Take one event with all that it brings along."""
        ids = self._put(event)
        before = not ids or (ids[0] in self.there and ids[0] not in self.new)
        (self.known if before else self.kept)[event.key] = None

    def written(self, now: dt.datetime) -> list[Entry]:
        """List what is to be written, and the taking back of what belongs to a play that the runner took back."""
        entries = list(self.new.values())
        late = self.late()
        if self.over:
            entries.append(self._back(self.over, now, self.origin))
        if late and self.gone:
            entries.append(self._back(late, now, replace(self.origin, batch=self.gone.batch)))
        return entries

    def late(self) -> list[str]:
        """List new entries of what was said before the runner took the play back."""
        if self.gone is None:
            return []
        return [e.id for e in self.new.values() if e.at <= self.gone.at and not isinstance(e.what, STEERING)]

    def fresh(self) -> list[Entry]:
        """List what was told now and counts."""
        out = {*self.late(), *self.over, *(e.replaces for e in self.new.values())}
        out.update(key for e in self.new.values() if isinstance(e.what, Undone) for key in e.what.of)
        return [e for e in self.new.values() if e.id not in out and not isinstance(e.what, STEERING)]

    def _put(self, event: PlayEvent) -> tuple[str, ...]:
        """Write an event after what it replaces or takes back.

        Returns: Id of its entry, then those of its earlier versions.
        """
        before = self._put(event.of) if event.of else ()
        if is_primer(event.session):
            self._write(_begun(event, self.origin))
        if isinstance(event.what, SessionDone):
            entry = self._note(event, event.what)
        elif event.what is not None:
            entry = self._entry(event, event.what, replaces=before[0] if before else "")
        elif before:
            entry = self._entry(event, Undone(of=before))
        else:
            return ()
        self._write(entry)
        return entry.id, *before

    def _write(self, entry: Entry) -> None:
        if entry.id not in self.there:
            self.new.setdefault(entry.id, entry)
            self.there.add(entry.id)

    def _entry(self, event: PlayEvent, what: What, *, replaces: str = "") -> Entry:
        return entry_of(what, at=event.at, date=event.date, origin=self.origin, replaces=replaces)

    def _note(self, event: PlayEvent, done: SessionDone) -> Entry:
        """Write the session as done in place of an earlier note of it, as ``note_session`` does.

        What it replaces depends on the diary, so its id does too; it is known again by its tag.
        """
        tag = _tag(event)
        if tag in self.tags:
            return self.tags[tag]
        earlier = self.tags[_tag(event.of)] if event.of else None
        others = self._notes(event)
        told = [e for e in others if e.at <= event.at and (event.of is None or e.at > event.of.at)]
        old = told[-1] if told else earlier
        if old is not None:
            done = _joined(done, old, event.of)
        replaces = old.id if old else _begun(event, self.origin).id if is_primer(event.session) else ""
        entry = entry_of(done, at=event.at, date=event.date, origin=replace(self.origin, name=tag), replaces=replaces)
        if any(e.at > event.at for e in others):
            self.over.append(entry.id)
        self.tags[tag] = entry
        return entry

    def _notes(self, event: PlayEvent) -> list[Entry]:
        """List the notes of the event's session that would be in force without this play."""
        since, until = event.date - NEAR, event.date + NEAR
        with in_words():
            rows = self.store.rows(since=since, until=until, kinds=[KIND_OF[SessionDone]], steering=True)
            found = [read_row(row, self.store.address) for row in rows if row.batch != self.origin.batch]
        return [e for e in standing(found).in_force
                if isinstance(e.what, SessionDone) and e.what.session == event.session]

    def _back(self, ids: list[str], now: dt.datetime, origin: Origin) -> Entry:
        at = now.astimezone(dt.UTC)
        entry = entry_of(Undone(of=tuple(ids)), at=at, date=at.date(), origin=origin)
        while self.store.known([entry.id]):
            at += TICK
            entry = entry_of(Undone(of=tuple(ids)), at=at, date=at.date(), origin=origin)
        return entry


def _gone(rows: Sequence[Entry], batch: str) -> _Gone | None:
    """Find the newest word of the runner on a play as a whole, where it takes the play back."""
    void = standing(rows).undone
    for entry in reversed(rows):
        if isinstance(entry.what, STEERING) and batch in entry.what.of and entry.id not in void:
            return _Gone(entry.at, entry.origin.batch) if isinstance(entry.what, Undone) else None
    return None


def _bare(event: PlayEvent) -> str:
    """Give the id that an event's entry has by what the event says alone."""
    if event.what is None:
        return ""
    return entry_id(event.what, at=event.at, date=event.date, replaces=_bare(event.of) if event.of else "")


def _begun(event: PlayEvent, origin: Origin) -> Entry:
    """Note that a primer was begun, before anything else of it: its sets alone would pass for the day's session."""
    start = dt.datetime.combine(event.date - DAY, dt.time(), dt.UTC)
    at = start + dt.timedelta(microseconds=int(origin.batch[2:], 16) % (DAY // TICK))
    what = SessionDone(session=event.session, kind=Kind.PRIMER)
    return entry_of(what, at=at, date=event.date, origin=origin)


def _tag(event: PlayEvent) -> str:
    """Name the note of a session by what its event says alone."""
    return f"{NAME} {_bare(event)}"


def _joined(done: SessionDone, old: Entry, earlier: PlayEvent | None) -> SessionDone:
    """Keep what an older note told and the player never did."""
    mine = earlier.what if earlier is not None else None
    kept = {name: getattr(old.what, name) for name in ("rpe_cr10", "note")
            if getattr(done, name) in (None, "") and getattr(mine, name, None) in (None, "")}
    return replace(done, **kept)
