"""Runs: planned ones from the running calendar, done ones from recordings, and what makes a run hard."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class RunType(StrEnum):
    """What kind of run it is (formats.md section 1)."""

    RECOVERY = "recovery"
    EASY = "easy"
    LONG = "long"
    STEADY = "steady"
    TEMPO = "tempo"
    INTERVALS = "intervals"
    FARTLEK = "fartlek"
    HILLS = "hills"
    RACE = "race"


HARD_TYPES = frozenset({RunType.TEMPO, RunType.INTERVALS, RunType.FARTLEK, RunType.HILLS, RunType.RACE})
QUALITY_TYPES = frozenset({RunType.TEMPO, RunType.INTERVALS, RunType.HILLS})
LONG_MINUTES = 90
HARD_PART = {
    RunType.TEMPO: 0.5, RunType.INTERVALS: 0.4, RunType.FARTLEK: 0.4, RunType.HILLS: 0.4, RunType.RACE: 1.0,
}
RUN_RPE = {
    RunType.RECOVERY: 2.5, RunType.EASY: 3.0, RunType.STEADY: 4.0, RunType.LONG: 5.0, RunType.TEMPO: 6.0,
    RunType.FARTLEK: 6.5, RunType.HILLS: 7.0, RunType.INTERVALS: 7.5, RunType.RACE: 9.5,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRun:
    """One run of the running calendar.

    Attributes:
        id: ``run-DATE-HHMM``, unique in a plan.
        start: Local start, without offset.
        minutes: Length [min], at least 1.
        distance_km: Distance [km] when known.
        type: Kind of run.
        hard: Whether it counts as a hard activity (method 7.1).
        hard_minutes: Minutes of work above easy [min], at most ``minutes``.
        load_au: Session load [AU], minutes times a planning RPE (evidence R16).
        title: Free text of the source, or empty.
        source: File name, ``pattern``, ``races`` or ``history``.
    """

    id: str
    start: dt.datetime
    minutes: int
    distance_km: float | None
    type: RunType
    hard: bool
    hard_minutes: int
    load_au: int
    title: str
    source: str

    @property
    def date(self) -> dt.date:
        """Date on which it starts."""
        return self.start.date()

    @property
    def end(self) -> dt.datetime:
        """Local end by the clock."""
        return self.start + dt.timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRun:
    """A run as a calendar file gives it, before pace and start time are known.

    Attributes:
        date: Date of the run.
        start_minute: Start in minutes since midnight [min], or None when the file names none.
        minutes: Length [min] when stated.
        distance_km: Distance [km] when stated.
        type: Kind of run.
        hard_minutes: Minutes of work when stated by title or recording [min], else None.
        hard_km: Kilometres of work when the title states distances [km], else None.
        marathon_pace_or_faster: Whether the title names 5 minutes or more at marathon pace or faster.
        title: Free text of the source.
        source: Name of the file it came from.
    """

    date: dt.date
    start_minute: int | None = None
    minutes: float | None = None
    distance_km: float | None = None
    type: RunType
    hard_minutes: float | None = None
    hard_km: float | None = None
    marathon_pace_or_faster: bool = False
    title: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDone:
    """A recorded run: history, not plan.

    Attributes:
        start: Start as an instant in UTC (aware).
        local_start: Start by the runner's clock (naive), where the recording or the runner's zone tells it.
        seconds: Moving time [s].
        distance_km: Distance [km], or None (treadmill without sensor).
        mean_hr: Mean heart rate [bpm], or None.
        max_hr: Highest heart rate [bpm], or None.
        hard_minutes: Minutes clearly above easy as measured [min], or None when nothing tells.
        source: File name, with the member's name when it came out of an archive.
        device: Device or program that recorded it, or empty.
        minute_hr: Mean heart rate of each elapsed minute [bpm], 0 where paused or unknown; empty without heart rate.
        minute_speed_m_s: Mean moving speed of each elapsed minute [m/s], 0 where paused; empty without distance.
    """

    start: dt.datetime
    local_start: dt.datetime
    seconds: int
    distance_km: float | None = None
    mean_hr: float | None = None
    max_hr: float | None = None
    hard_minutes: float | None = None
    source: str = ""
    device: str = ""
    minute_hr: tuple[int, ...] = ()
    minute_speed_m_s: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleReading:
    """How a workout title is read.

    Attributes:
        title: The text, verbatim.
        type: Kind of run; None when it is no run or cannot be read.
        is_run: True for a run, False for a day without a run, None when it cannot be read.
        minutes: Length [min] when the title states it or it follows from stated parts, else None.
        distance_km: Distance [km], else None.
        hard_minutes: Minutes of work when stated in time [min], else None.
        hard_km: Kilometres of work when stated in distance [km], else None.
        marathon_pace_or_faster: Whether 5 minutes or more are at marathon pace or faster.
        why: How it was read, piece by piece, for ``midstance title``; or why it could not be.
        parts: Each run apart where a title holds several (AM and PM); empty for one run.
    """

    title: str
    type: RunType | None
    is_run: bool | None
    minutes: float | None = None
    distance_km: float | None = None
    hard_minutes: float | None = None
    hard_km: float | None = None
    marathon_pace_or_faster: bool = False
    why: tuple[str, ...] = ()
    parts: tuple[TitleReading, ...] = ()


def counts_as_hard(kind: RunType, minutes: float, *, pace_work: bool = False) -> bool:
    """Tell whether a run is hard (method 7.1): by its type, longer than 90 min, or marathon pace in it.

    >>> counts_as_hard(RunType.EASY, 91)
    True
    """
    return kind in HARD_TYPES or minutes > LONG_MINUTES or pace_work
