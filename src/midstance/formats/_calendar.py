"""What all running calendars share: from a read title and stated values to a ``CalendarRun``, and what is too much."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from functools import lru_cache

from midstance.domain.run import CalendarRun, RunType, TitleReading
from midstance.formats._format import Fault, Parsed
from midstance.formats.run_title import read_title

MOST_BYTES = 50_000_000
"""Largest calendar read [bytes]."""
MOST_MINUTES = 48 * 60
"""Longest run that a calendar may state [min]."""
MOST_KM = 500.0
"""Longest run that a calendar may state [km]."""
WARM_UP_TOO = 1.3
"""A run this many times as long as the tempo its title names holds warm-up and cool-down besides."""
MOST_TITLE = 500
"""Longest title read [characters]."""
FIRST_DATE, LAST_DATE = dt.date(1950, 1, 1), dt.date(2099, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a calendar states beside the title; None where it states nothing.

    Attributes:
        type: Kind of run.
        minutes: Length [min].
        distance_km: Distance [km].
        start_minute: Start in minutes since midnight [min].
    """

    type: RunType | None = None
    minutes: float | None = None
    distance_km: float | None = None
    start_minute: int | None = None

    @property
    def is_run(self) -> bool:
        """Whether the entry is a run even where its title cannot be read."""
        return self.type is not None or self.minutes is not None or self.distance_km is not None


@dataclass(slots=True, kw_only=True)
class Gathered:
    """Entries of one calendar while it is read."""

    source: str
    runs: list[CalendarRun] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unread: list[tuple[dt.date, str]] = field(default_factory=list)
    ignored: int = 0

    def add(self, date: dt.date, reading: TitleReading, stated: Stated, *, place: str = "") -> None:
        """Add an entry as a run, as unread, or to the ignored ones.

        A stated type makes a run whatever the title says; stated minutes or distance make one unless the title says
        that it is none.
        """
        if reading.is_run is False and stated.type is None:
            self.ignored += 1
            return
        if reading.parts and stated.type is None and stated.minutes is None:
            for number, part in enumerate(reading.parts):
                start = stated.start_minute if number == 0 else None
                self.add(date, part, Stated(start_minute=start), place=place)
            return
        reading = with_warm_up(reading, stated)
        kind = stated.type or reading.type
        if kind is None and not stated.is_run:
            self.unread.append((date, reading.title))
            return
        if kind is None:
            kind = RunType.EASY
            self.fault(place, f"does not say what kind of run {date} has; taken as easy", "name its type")
        self.runs.append(CalendarRun(
            date=date, start_minute=stated.start_minute, type=kind,
            minutes=_first(stated.minutes, reading.minutes),
            distance_km=_first(stated.distance_km, reading.distance_km),
            hard_minutes=reading.hard_minutes, hard_km=reading.hard_km,
            marathon_pace_or_faster=reading.marathon_pace_or_faster, title=reading.title, source=self.source,
        ))

    def fault(self, place: str, says: str, remedy: str = "") -> None:
        """Note something doubtful that loses nothing else."""
        self.faults.append(Fault(source=self.source, place=place, says=says, remedy=remedy))

    def parsed(self) -> Parsed:
        """Give what was gathered."""
        return Parsed(
            entries=tuple(self.runs), faults=tuple(self.faults), unread=tuple(self.unread), ignored=self.ignored,
        )


def with_warm_up(reading: TitleReading, stated: Stated) -> TitleReading:
    """Take a tempo that is shorter than the whole run as its work: the rest is warm-up and cool-down."""
    short = reading.minutes is not None and (stated.minutes or 0.0) >= WARM_UP_TOO * reading.minutes
    if not short or reading.type is not RunType.TEMPO or reading.hard_minutes or reading.hard_km:
        return reading
    return replace(reading, hard_minutes=reading.minutes)


@lru_cache(maxsize=2048)
def read_entry(title: str, *, units: str, distance: float | None = None) -> TitleReading:
    """Read the title of an entry; without one, nothing is known, which is not the same as a day of rest."""
    if not title.strip():
        return TitleReading(title=title, type=None, is_run=None)
    return read_title(title, units=units, distance=distance)


def _first(*values: float | None) -> float | None:
    return next((value for value in values if value is not None), None)
