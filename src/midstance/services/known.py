"""What the diary holds already of what an import brings: runs also by time and distance, sets also by date."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, insort
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from midstance.domain.diary import KIND_OF, SessionDone, SetDone, What
from midstance.domain.entry import Entry, entry_id, standing
from midstance.domain.run import RunDone
from midstance.services.diary import in_words, read_row
from midstance.services.recordings import SAME_START_S, same_run

if TYPE_CHECKING:
    from midstance.store.store import Store

QUARTER = dt.timedelta(minutes=15)
"""Time zones differ by whole quarters of an hour (IANA, since 1972)."""
Key: TypeAlias = tuple[dt.date, What, dt.timedelta]


@dataclass(slots=True)
class KnownRuns:
    """The runs of a diary, without their minutes.

    Attributes:
        settled: Ids of entries in force and of replaced ones, and the ids their runs alone would have.
        gone: Ids of entries that were taken back.
        done: How many entries each file has given to one batch.
    """

    settled: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    done: Counter[str] = field(default_factory=Counter)
    _starts: list[tuple[float, str]] = field(default_factory=list)
    _entries: dict[str, Entry] = field(default_factory=dict)

    def like(self, run: RunDone) -> tuple[Entry, RunDone] | None:
        """Find another record of the same run, the one that starts nearest."""
        at = run.start.timestamp()
        low = bisect_left(self._starts, (at - SAME_START_S, ""))
        found: list[tuple[float, Entry, RunDone]] = []
        for start, key in self._starts[low:]:
            if start > at + SAME_START_S:
                break
            entry = self._entries[key]
            if isinstance(entry.what, RunDone) and same_run(entry.what, run):
                found.append((abs(start - at), entry, entry.what))
        return min(found, key=lambda one: one[0])[1:] if found else None

    def put(self, entry: Entry, run: RunDone) -> None:
        """Note that an entry is in force."""
        self.settled |= {entry.id, _bare_id(entry)}
        self.gone.discard(entry.id)
        insort(self._starts, (run.start.timestamp(), entry.id))
        self._entries[entry.id] = _slim(entry)

    def drop(self, entry: Entry, run: RunDone) -> None:
        """Note that an entry was replaced."""
        self._starts.remove((run.start.timestamp(), entry.id))
        del self._entries[entry.id]


@dataclass(frozen=True, slots=True)
class KnownSets:
    """The sets and sessions of some dates: ids of entries in force or replaced, ids taken back, and what was done."""

    settled: frozenset[str]
    gone: frozenset[str]
    keys: frozenset[Key]

    def holds(self, entry: Entry) -> bool:
        """Tell whether an entry needs no writing; the same in another time zone is the same."""
        return entry.id in self.settled or key_of(entry) in self.keys


def load_runs(store: Store, batch: str) -> KnownRuns:
    """Load the runs of a diary.

    Args:
        store: The diary.
        batch: Batch whose files ``done`` counts.
    Raises: InputError: The diary cannot be read.
    """
    bare: dict[str, str] = {}
    with in_words():
        entries = []
        for row in store.rows(kinds=[KIND_OF[RunDone]], steering=True):
            entry = read_row(row, store.address)
            bare[entry.id] = _bare_id(entry)
            entries.append(_slim(entry))
    now = standing(entries)
    known = KnownRuns(gone=set(now.undone))
    for entry in entries:
        if entry.id not in now.undone and isinstance(entry.what, RunDone):
            known.settled |= {entry.id, bare[entry.id]}
            if entry.origin.batch == batch:
                known.done[entry.origin.name] += 1
    known.settled |= now.replaced
    for entry in now.in_force:
        if isinstance(entry.what, RunDone):
            known.put(entry, entry.what)
    return known


def load_sets(store: Store, since: dt.date, until: dt.date) -> KnownSets:
    """Load the sets and sessions of some dates, both ends included.

    Raises: InputError: The diary cannot be read.
    """
    kinds = [KIND_OF[SetDone], KIND_OF[SessionDone]]
    with in_words():
        now = standing(read_row(row, store.address)
                       for row in store.rows(since=since, until=until, kinds=kinds, steering=True))
    return KnownSets(settled=now.replaced.union(entry.id for entry in now.in_force), gone=now.undone,
                     keys=frozenset(key_of(entry) for entry in now.in_force))


def key_of(entry: Entry) -> Key:
    """Say what was done on which date, whatever the time zone.

    Two sessions of one date are told apart by their minutes, sets by their number.
    """
    past_quarter = (entry.at - dt.datetime.min.replace(tzinfo=dt.UTC)) % QUARTER
    return entry.date, entry.what, dt.timedelta() if isinstance(entry.what, SetDone) else past_quarter


def _bare_id(entry: Entry) -> str:
    """Give the id that an entry's content would have if it replaced nothing."""
    return entry_id(entry.what, at=entry.at, date=entry.date) if entry.replaces else entry.id


def _slim(entry: Entry) -> Entry:
    """Leave a run one of its minutes, so that what it tells can still be ranked."""
    run = entry.what
    if not isinstance(run, RunDone):
        return entry
    return replace(entry, what=replace(run, minute_hr=run.minute_hr[:1], minute_speed_m_s=run.minute_speed_m_s[:1]))
