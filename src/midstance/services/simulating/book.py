"""The diary of one made-up runner, with a list of its own of what was written; and what a year came to."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from midstance.domain.entry import Entry, Origin, Via, batch_id, entry_of, standing
from midstance.services.diary import MEMORY, add, open_store, read_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.diary import What
    from midstance.store.store import Store

WAKES = dt.time(4)
TICK = dt.timedelta(seconds=1)


@dataclass(kw_only=True)
class Tally:
    """What a year came to; ``breaches`` are (sort, sentence)."""

    mornings: int = 0
    replanned: int = 0
    proposals: int = 0
    accepted: int = 0
    refused: int = 0
    planned: int = 0
    advised: int = 0
    kept: int = 0
    plans: int = 0
    entries: int = 0
    events: Counter[str] = field(default_factory=Counter)
    changed: list[int] = field(default_factory=list)
    breaches: list[tuple[str, str]] = field(default_factory=list)


class Book:
    """A diary in memory; each command has its own moment, so that no two batches are one."""

    def __init__(self) -> None:
        self.store: Store = open_store(MEMORY)
        self.ids: set[str] = set()
        self.undone = 0
        self._read: list[Entry] = []
        self._steered = False
        self._ticks = 0

    def moment(self, date: dt.date) -> dt.datetime:
        """Give the next moment of a date, aware; the runner's clock is taken as UTC."""
        self._ticks += 1
        return dt.datetime.combine(date, WAKES, tzinfo=dt.UTC) + self._ticks % 40_000 * TICK

    def origin(self, now: dt.datetime, name: str) -> Origin:
        """Mark what one command writes."""
        return Origin(via=Via.HAND, batch=batch_id(now, name, str(self._ticks)))

    def write(self, date: dt.date, *words: What, name: str, at: dt.datetime | None = None) -> tuple[Entry, ...]:
        """Write words of one date; ``at`` is the instant of a recording."""
        now = self.moment(date)
        origin = self.origin(now, name)
        entries = tuple(entry_of(what, at=at or now, date=date, origin=origin) for what in words)
        add(self.store, entries, now=now)
        self.ids |= {entry.id for entry in entries}
        return entries

    def told(self, batch: str) -> int:
        """Count the entries of a command, and remember them."""
        found = {row.id for row in self.store.rows(of=batch)}
        self.ids |= found
        return len(found)

    def entries(self) -> tuple[Entry, ...]:
        """Give the entries in force, as ``services.diary.current`` does; what was read before is not read again."""
        rows = list(self.store.rows())
        for row in rows[len(self._read):]:
            self._read.append(read_row(row, self.store.address))
            self._steered = self._steered or row.steers
        return standing(self._read).in_force if self._steered else tuple(self._read)

    def lost(self) -> list[str]:
        """Say what was written and is not there, and whether there is more than was written."""
        missing = [f"entry {id_} is gone" for id_ in sorted(self.ids - self.store.known(self.ids))]
        written = len(self.ids) + self.undone
        if not missing and self.store.count() != written:
            missing = [f"{self.store.count()} entries are there, {written} were written"]
        return missing


def differs(before: Sequence[tuple[dt.date, str]], after: Sequence[tuple[dt.date, str]]) -> int:
    """Count the dates on which two plans hold other kinds of sessions."""
    return len({date for date, _ in {*before} ^ {*after}})
