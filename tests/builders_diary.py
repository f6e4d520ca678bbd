"""Diary entries in few words; the clock of the tests stands at noon, UTC."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from midstance.domain.diary import SetDone, What
from midstance.domain.entry import Entry, Origin, Via, batch_id, entry_of
from midstance.domain.run import RunDone
from midstance.store.store import Row, Store

NOON = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)
TODAY = NOON.date()
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """A diary's place: opened as often as one likes, it is the same diary."""

    kind: str
    address: str
    open: Callable[[], Store]


def an_origin(batch: str = "by hand", via: Via = Via.HAND, name: str = "") -> Origin:
    """An origin whose batch is known by a word."""
    return Origin(via=via, batch=batch_id(NOON, batch), name=name)


def an_entry(what: What, *, day: int = 0, batch: str = "by hand", replaces: str = "") -> Entry:
    """An entry written at noon of a day, counted from the first of December."""
    return entry_of(what, at=NOON + day * DAY, date=TODAY + day * DAY, origin=an_origin(batch), replaces=replaces)


def sets(count: int, *, batch: str = "by hand", day: int = 0, exercise: str = "goblet-squat") -> list[Entry]:
    """Several sets of one batch."""
    return [an_entry(SetDone(exercise=exercise, amount=8, number=k + 1, weight_kg=16), day=day, batch=batch)
            for k in range(count)]


def a_run_done(day: int = 0, minutes: int = 50, source: str = "run.fit") -> RunDone:
    """A recorded run with its minutes, at half past six in Lisbon."""
    start = dt.datetime(2026, 12, 1, 6, 30, tzinfo=dt.UTC) + day * DAY
    return RunDone(
        start=start, local_start=start.replace(tzinfo=None), seconds=60 * minutes, distance_km=0.16 * minutes,
        mean_hr=142.5, max_hr=171.0, hard_minutes=4.0, source=source, device="watch",
        minute_hr=tuple(120 + (7 * k + day) % 50 for k in range(minutes)),
        minute_speed_m_s=tuple(round(2.5 + (k % 9) / 7, 3) for k in range(minutes)))


def a_row(name: str, *, day: int = 0, kind: str = "set-done", batch: str = "b-1111", steers: bool = False,
          body: str = '{"note":"é"}') -> Row:
    """A row that need not be an entry."""
    return Row(id=f"entry-{name}", date=TODAY + day * DAY, kind=kind, batch=batch, steers=steers, body=body)
