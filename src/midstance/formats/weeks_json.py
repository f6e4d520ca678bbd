"""Published week lists: weeks of titled workouts without dates, and their place in a year (formats.md section 2)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from midstance.domain.dates import monday, weekday_name
from midstance.domain.run import RunType, TitleReading
from midstance.formats._calendar import FIRST_DATE, LAST_DATE, MOST_TITLE, Gathered, Stated, read_entry
from midstance.formats._format import Fault, Format, Parsed, refusal
from midstance.formats._text import decode, refuse, shown

MOST_BYTES = 5_000_000
MOST_WEEKS = 260
MOST_A_DAY = 4
UNITS = ("mi", "km")
Report = Callable[[str, str, str], None]
NEEDS_PLACE = "a week list has no dates of its own"
PLACES = "give --race-day DATE (its last race falls on that day) or --runs-start DATE (the Monday of its first week)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workout:
    """One workout of a week list; ``distance`` in the list's unit [km or mi], or None."""

    title: str
    distance: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekList:
    """A published plan before it has dates.

    Attributes:
        source: Name of the file it came from.
        units: Unit of its distances and bare numbers, ``mi`` or ``km``.
        weeks: Weeks, each of up to seven days, each with its workouts in order.
    """

    source: str
    units: str
    weeks: tuple[tuple[tuple[Workout, ...], ...], ...]


def parse_weeks(data: bytes, source: str) -> WeekList:
    """Read a week list.

    Args:
        data: The whole file.
        source: File name for messages.
    Returns: The weeks as written; nothing is placed and no title is read yet.
    Raises: InputError: Everything in it that is no week list, each with its place.
    """
    document = _document(decode(data, source, most_bytes=MOST_BYTES), source)
    faults: list[Fault] = []

    def fault(place: str, says: str, remedy: str) -> None:
        faults.append(Fault(source=source, place=place, says=says, remedy=remedy, fatal=True))

    units = document.get("units")
    if units not in UNITS:
        fault("units", "is missing" if units is None else f"is {shown(units)}", 'write "units": "km" or "mi"')
    schedule = document.get("schedule")
    if not isinstance(schedule, list) or not 1 <= len(schedule) <= MOST_WEEKS:
        fault("schedule", "is missing" if schedule is None else "is " + _described(schedule),
              f"a week list has a schedule of 1 to {MOST_WEEKS} weeks, each with workouts")
        schedule = []
    weeks = tuple(_week(week, f"schedule, week {number}", fault) for number, week in enumerate(schedule, start=1))
    refuse(faults)
    return WeekList(source=source, units=str(units), weeks=weeks)


def _described(value: Any) -> str:
    return f"a list of {len(value)}" if isinstance(value, list) else shown(value)


def _document(text: str, source: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        ended = error.pos >= len(text.rstrip())
        says = "this is not JSON: " + ("the file ends in the middle" if ended else error.msg)
        raise refusal(source, says, "check that the file is complete", place=place) from None
    except (ValueError, RecursionError):
        raise refusal(source, "this is not JSON that can be read", "check that it is the right file") from None
    if not isinstance(document, dict):
        raise refusal(source, "is JSON, but no week list", 'it must be an object with "units" and "schedule"')
    return document


def _week(week: Any, place: str, fault: Report) -> tuple[tuple[Workout, ...], ...]:
    days = week.get("workouts") if isinstance(week, dict) else None
    if not isinstance(days, list) or len(days) > 7:
        says = f"has {len(days)} workouts" if isinstance(days, list) else "has no list of workouts"
        fault(place, says, "a week has a list of up to seven workouts, Monday first")
        return ()
    return tuple(_day(day, f"{place}, day {number}", fault) for number, day in enumerate(days, start=1))


def _day(day: Any, place: str, fault: Report) -> tuple[Workout, ...]:
    if day is None:
        return ()
    entries = day if isinstance(day, list) else [day]
    if len(entries) > MOST_A_DAY:
        fault(place, f"has {len(entries)} workouts", f"at most {MOST_A_DAY} a day are read")
        return ()
    return tuple(_workout(entry, place, fault) for entry in entries)


def _workout(entry: Any, place: str, fault: Report) -> Workout:
    title = entry.get("title") if isinstance(entry, dict) else None
    if not isinstance(title, str) or len(title) > MOST_TITLE:
        fault(place, "has no title that can be read", f'write {{"title": text of up to {MOST_TITLE} characters}}')
        return Workout(title="")
    distance = entry.get("distance")
    values = distance if isinstance(distance, list) else [distance]
    known = [value for value in values if value is not None]
    if len(known) > 2 or not all(_is_distance(value) for value in known):
        fault(place, f"has the distance {shown(distance)}", "a distance is a number from 0 to 500, or two of them")
        return Workout(title=title)
    run = [value for value in known if value > 0]
    return Workout(title=title, distance=sum(run) / len(run) if run else None)


def _is_distance(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 500


def place_weeks(
    week_list: WeekList, *, race_day: dt.date | None = None, runs_start: dt.date | None = None,
) -> Parsed:
    """Give a week list its dates.

    Args:
        week_list: What ``parse_weeks`` gave.
        race_day: Day on which its last workout that reads as a race falls; where none does, the schedule's last day
            is the day before it.
        runs_start: Monday of its first week.
    Returns: One ``CalendarRun`` per run, in order of date.
    Raises: InputError: Neither is given, ``runs_start`` is no Monday, or the two disagree.
    """
    readings = [
        (7 * week + day, workout, read_entry(workout.title, units=week_list.units, distance=workout.distance))
        for week, days in enumerate(week_list.weeks) for day, workouts in enumerate(days) for workout in workouts
    ]
    start = _first_day(week_list, [(day, reading) for day, _, reading in readings], race_day, runs_start)
    gathered = Gathered(source=week_list.source)
    for day, workout, reading in readings:
        if not workout.title.strip() and workout.distance is None:
            continue
        gathered.add(start + dt.timedelta(days=day), reading, Stated(), place=f"week {day // 7 + 1}, day {day % 7 + 1}")
    return gathered.parsed()


def _first_day(
    week_list: WeekList, readings: list[tuple[int, TitleReading]], race_day: dt.date | None, runs_start: dt.date | None,
) -> dt.date:
    source = week_list.source
    if race_day is None and runs_start is None:
        raise refusal(source, NEEDS_PLACE, PLACES)
    for option, date in (("--race-day", race_day), ("--runs-start", runs_start)):
        if date is not None and not FIRST_DATE <= date <= LAST_DATE:
            raise refusal(source, f"{option} {date} is too far from today", f"{FIRST_DATE} to {LAST_DATE} are read")
    if runs_start is not None and runs_start.weekday() != 0:
        near = monday(runs_start)
        remedy = f"--runs-start is a Monday, such as {near} or {near + dt.timedelta(days=7)}"
        raise refusal(source, f"--runs-start {runs_start} is a {weekday_name(runs_start)}", remedy)
    if race_day is None:
        return runs_start if runs_start is not None else dt.date.min
    races = [day for day, reading in readings if reading.type is RunType.RACE]
    last = races[-1] if races else max((day for day, _ in readings), default=0) + 1
    start = race_day - dt.timedelta(days=last)
    if runs_start is not None and start != runs_start:
        says = f"--race-day {race_day} would begin the list on {start}, and --runs-start says {runs_start}"
        raise refusal(source, says, "give one of the two")
    return start


def _parse(data: bytes, source: str) -> Parsed:
    return Parsed(entries=(parse_weeks(data, source),))


def _sniff(data: bytes) -> bool:
    head = data[:8192].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"{") and b'"schedule"' in head and b"midstance-plan/" not in head


FORMAT = Format(
    id="weeks-json", title="Published week list", suffixes=(".json",), role="calendar", sniff=_sniff, parse=_parse,
    supports={"title": "parsed", "distance": "parsed", "description": "not supported", "tags": "not supported"},
)
