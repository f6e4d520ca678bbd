"""What an import does in the background: it reads what was handed in, and counts what it writes."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from midstance.formats._format import Fault, InputError
from midstance.services.calendar_change import need_settings
from midstance.services.calendar_subscription import offer, read_held
from midstance.services.diary import current, in_words, open_store
from midstance.services.import_files import Imported, import_paths
from midstance.web.screens.importing.handed import calendars_among, handed_in, settle

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from midstance.store.store import Row, Store
    from midstance.web.jobs import Job

LEAST_WORKERS, MOST_WORKERS = 2, 8
"""Processes that read: two even on one core, so that the app answers meanwhile; midstance default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What an import is to do.

    Attributes:
        place: The diary as the program was told it.
        zone: Time zone of times that tell none.
        pounds: Whether weights without a unit are pounds.
        at: The moment it was asked for; ``today`` the local date.
        calendar: File that remembers calendars beside the diary, or None.
    """

    place: str
    zone: str
    pounds: bool
    at: dt.datetime
    today: dt.date
    calendar: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an import gave.

    Attributes:
        imported: What came of recordings and logs, or None where there were none.
        calendars: Names of running calendars that wait for the runner's yes now.
        faults: What could not be used of calendars.
    """

    imported: Imported | None = None
    calendars: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


class Counted:
    """A diary that tells a job what is written to it."""

    def __init__(self, store: Store, job: Job) -> None:
        self._store, self._job = store, job

    def __getattr__(self, name: str) -> Any:
        """Give everything else as the diary has it."""
        return getattr(self._store, name)

    def append(self, rows: Iterable[Row]) -> int:
        """Add rows, and count those that are new."""
        given = tuple(rows)
        known = self._store.known([row.id for row in given])
        added = self._store.append(given)
        fresh = [row for row in given if row.id not in known]
        self._job.counts = self._job.counts + Counter(row.kind for row in fresh)
        for row in fresh:
            if row.batch not in self._job.batches:
                self._job.batches.append(row.batch)
        return added


def bring_in(job: Job, order: Order) -> Outcome:
    """Bring in what was handed to a job.

    Raises:
        InputError: Nothing at all can be used.
        StoppedError: It was stopped; what was written stays.
    """
    settle(job, order.zone, "lb" if order.pounds else "kg")
    job.tell(0, 0, "")
    paths = handed_in(job)
    calendars = calendars_among(paths)
    others = [path for path in paths if path not in calendars]
    with open_store(order.place) as store:
        offered, faults = _offer(store, calendars, order)
        imported = None
        if others:
            try:
                imported = import_paths(
                    cast("Store", Counted(store, job)), others, zone=order.zone, now=order.at, pounds=order.pounds,
                    workers=_workers(), progress=job.tell)
            except InputError as error:
                if not offered:
                    raise InputError((*error.faults, *faults)) from None
                faults = (*error.faults, *faults)
    if imported is None and not offered:
        raise InputError(faults)
    return Outcome(imported=imported, calendars=offered, faults=faults)


def _offer(store: Store, paths: Sequence[Path], order: Order) -> tuple[tuple[str, ...], tuple[Fault, ...]]:
    """Let running calendars wait for the runner's yes; give their names, and what is wrong with them."""
    if not paths or order.calendar is None:
        return (), ()
    try:
        with in_words():
            entries = [entry for entry in current(store) if entry.date <= order.today]
        held = read_held(paths, need_settings(entries, order.today), today=order.today)
    except InputError as error:
        return (), tuple(replace(fault, place="", fatal=True) for fault in error.faults)
    names = tuple(path.name for path in paths)
    offer(order.calendar, held, names, now=order.at)
    return names, ()


def _workers() -> int:
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(LEAST_WORKERS, min(allowed or 1, MOST_WORKERS))
