"""Calendars as iCalendar files: planned runs in, sessions out (formats.md section 2).

This is the only door to the icalendar library. Events are read one by one, so that a broken one costs no other.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import icalendar

from midstance.domain.dates import monday
from midstance.domain.session import Kind, Session
from midstance.formats import _ics_events as events
from midstance.formats._calendar import MOST_BYTES, MOST_MINUTES, MOST_TITLE, Gathered, Stated, read_entry, with_warm_up
from midstance.formats._format import Format, Parsed, refusal
from midstance.formats._ics_events import Component, Event, Moment
from midstance.formats._plan_words import KIND_WORDS, Words, block_title, cleaned
from midstance.formats._recurrence import Recurrence, read_rule
from midstance.formats._text import shown

if TYPE_CHECKING:
    from midstance.domain.plan import Plan

MOST_DAYS = 1_000_000
"""Days looked at for repeating events in one file, a bound on its time."""
MOST_RUNS = 20_000
MOST_ZONE_LINES = 2_000
READ = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SUMMARY", "STATUS", "UID")
_NAME = re.compile(r"[A-Za-z-]+")
_STARTS = re.compile(r"DTSTART[^:]{0,200}:(\d{4})(\d\d)(\d\d)(T\d{4,6}Z?)?$", re.ASCII | re.IGNORECASE)
_ZONE_RULE = re.compile(
    r"RRULE:(FREQ=YEARLY|BYMONTH=(0?[1-9]|1[0-2])|BYDAY=[+-]?[1-5][A-Z]{2}|UNTIL=[0-9TZ]+|INTERVAL=1|WKST=[A-Z]{2}|;)*",
    re.ASCII,
)
Zones = Mapping[str, dt.tzinfo]


class _BrokenError(Exception):
    """What is wrong with one event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What is asked of a calendar: runs by the runner's clock, between two dates."""

    zone: ZoneInfo
    first: dt.date
    last: dt.date
    units: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _At:
    """One event while it is read: its place, the file's own zones, and where doubts go."""

    place: str
    zones: Mapping[str, dt.tzinfo]
    gathered: Gathered

    def doubt(self, says: str) -> None:
        self.gathered.fault(self.place, says)


def parse_ics(data: bytes, source: str, *, zone: str, first: dt.date, last: dt.date, units: str = "km") -> Parsed:
    """Read the runs of a calendar between two dates.

    Args:
        data: The whole file.
        source: File name for messages.
        zone: The runner's IANA time zone, in which all runs are given.
        first: First date wanted.
        last: Last date wanted, which also bounds events that repeat without end.
        units: Unit of bare numbers in titles, ``km`` or ``mi``.
    Returns: One ``CalendarRun`` per run; broken events are in ``faults``, titles that cannot be read in ``unread``
        (each event once), events that are plainly no run, and cancelled ones, counted in ``ignored``.
    Raises: InputError: No calendar, or too large.
    """
    if len(data) > MOST_BYTES:
        says = f"has {len(data) / 1e6:.1f} MB, and calendars up to {MOST_BYTES / 1e6:.0f} MB are read"
        raise refusal(source, says, "export fewer months")
    if not events.is_calendar(data):
        raise refusal(source, "is not an iCalendar file", "its first line must be BEGIN:VCALENDAR")
    gathered = Gathered(source=source)
    wanted = _Wanted(zone=ZoneInfo(zone), first=first, last=last, units=units)
    parts = list(events.components(events.unfolded(data)))
    with warnings.catch_warnings():
        # the library warns about zone names that it guesses; unknown ones become faults here
        warnings.simplefilter("ignore")
        zones = _own_zones(parts, gathered)
        found = list(_sound(parts, zones, gathered, wanted))
    replaced = _replaced(found, wanted.zone)
    budget = MOST_DAYS
    for event in found:
        budget -= events.cost(event, first, last)
        if budget < 0:
            says = f"{shown(event.summary)} and later events are left out: too much is repeated here"
            gathered.fault(event.place, says)
            break
        gone = replaced.get(event.uid, set()) if event.replaces is None else set()
        _add(event, gone, gathered, wanted)
    return gathered.parsed()


def _add(event: Event, gone: set[Moment], gathered: Gathered, wanted: _Wanted) -> None:
    """Add the occurrences of one event, without those that other events stand for."""
    starts = [x for x in events.local_starts(event, wanted.zone, wanted.first, wanted.last) if x not in gone]
    if not starts:
        return
    reading = read_entry(event.summary, units=wanted.units)
    if event.cancelled or reading.is_run is False:
        gathered.ignored += 1
        return
    if reading.type is None:
        gathered.unread.append((events.date_of(starts[0]), event.summary))
        return
    if len(gathered.runs) + len(starts) > MOST_RUNS:
        raise refusal(gathered.source, f"has more than {MOST_RUNS} runs", "export fewer months", place=event.place)
    longer = with_warm_up(reading, Stated(minutes=event.minutes)) is not reading
    says_length = reading.minutes is not None or reading.distance_km is not None
    for start in starts:
        minutes = None if says_length and not longer else event.minutes
        stated = Stated(start_minute=events.minute_of_day(start), minutes=minutes)
        gathered.add(events.date_of(start), reading, stated, place=event.place)


def _replaced(found: Iterable[Event], zone: ZoneInfo) -> dict[str, set[Moment]]:
    """Collect, by identity, the starts that other events stand for, by the runner's clock."""
    gone: dict[str, set[Moment]] = {}
    for event in found:
        if event.replaces is not None:
            gone.setdefault(event.uid, set()).add(events.by_clock(event.replaces, event.zone, zone))
    return gone


def _sound(parts: Iterable[Component], zones: Zones, gathered: Gathered, wanted: _Wanted) -> Iterator[Event]:
    """Read each event that may touch the span; broken ones become faults."""
    for part in parts:
        if part.kind != "VEVENT" or _lies_outside(part, wanted):
            continue
        place = f"lines {part.first} to {part.last}" if part.last > part.first else f"line {part.first}"
        try:
            yield _event(part, _At(place=place, zones=zones, gathered=gathered))
        except _BrokenError as error:
            said = (line[7:].strip(" :") for line in part.lines if line.upper().startswith("SUMMARY"))
            title = shown(next(said, "without a title"))
            gathered.fault(place, f"the event {title} is skipped: {error}", "correct it in the calendar, export again")


def _lies_outside(part: Component, wanted: _Wanted) -> bool:
    """Tell from its text alone that a single event is years away: most events of an old calendar are."""
    names = {match[0].upper() for line in part.lines if (match := _NAME.match(line))}
    if not part.closed or names & {"RRULE", "RDATE", "RECURRENCE-ID"}:
        return False
    starts = [match for line in part.lines if (match := _STARTS.match(line))]
    try:
        date = dt.date(*map(int, starts[0].groups()[:3])) if len(starts) == 1 else None
    except ValueError:
        return False
    margin = dt.timedelta(days=2)
    return date is not None and not wanted.first - margin <= date <= wanted.last + margin


def _event(part: Component, at: _At) -> Event:
    component = _component(part)
    summary = str(_one(component, "SUMMARY") or "").strip()
    begins, replaces = _one(component, "DTSTART"), _one(component, "RECURRENCE-ID")
    if begins is None or not summary:
        raise _BrokenError(f"it has no {'DTSTART' if begins is None else 'SUMMARY, or a line of it lacks its colon'}")
    start, zone = _moment(begins, at)
    if not 1900 <= start.year <= 2100:
        raise _BrokenError(f"it begins in the year {start.year}")
    if replaces is not None and replaces.params.get("RANGE"):
        at.doubt(f"{shown(summary)} changes all later events too; only its own date is changed here")
    return Event(
        place=at.place, uid=str(_one(component, "UID") or ""), summary=summary[:MOST_TITLE], start=start, zone=zone,
        minutes=_minutes(component, start, zone, at), rule=_rule(_one(component, "RRULE"), start, zone),
        more=tuple(_in_zone(x, zone, at) for x in _all_times(component, "RDATE")),
        without=frozenset(_in_zone(x, zone, at) for x in _all_times(component, "EXDATE")),
        replaces=None if replaces is None else _in_zone(replaces, zone, at),
        cancelled=str(_one(component, "STATUS") or "").upper() == "CANCELLED",
    )


def _component(part: Component) -> Any:
    if not part.closed:
        raise _BrokenError("it has no END:VEVENT")
    lines = [line for line in part.lines if (name := _NAME.match(line)) and name[0].upper() in READ]
    try:
        component = icalendar.Event.from_ical("\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""]))
    except Exception as error:  # the library promises nothing about what a damaged event raises
        raise _BrokenError(f"it cannot be parsed: {str(error)[:150]}") from None
    if component.errors:
        raise _BrokenError("; ".join(f"{name or 'a line'}: {str(says)[:150]}" for name, says in component.errors))
    return component


def _one(component: Any, name: str) -> Any:
    value = component.get(name)
    if isinstance(value, list):
        raise _BrokenError(f"it has {name} {len(value)} times")
    return value


def _all_times(component: Any, name: str) -> list[Any]:
    value = component.get(name, [])
    lists = value if isinstance(value, list) else [value]
    return [moment for one in lists for moment in one.dts]


def _moment(value: Any, at: _At) -> tuple[Moment, dt.tzinfo | None]:
    """Read a date or a wall time with its zone; the file's own description of it comes before the library's guess."""
    moment = value.dt[0] if isinstance(value.dt, tuple) else value.dt
    if not isinstance(moment, dt.datetime):
        if not isinstance(moment, dt.date):
            raise _BrokenError(f"{shown(str(moment))} is neither a date nor a date with time")
        return moment, None
    name = value.params.get("TZID")
    zone = at.zones.get(str(name)) or moment.tzinfo
    if name and zone is None:
        at.doubt(f"the time zone {shown(str(name))} is not known; its times are taken as yours")
    return moment.replace(tzinfo=None, second=0, microsecond=0), zone


def _in_zone(value: Any, zone: dt.tzinfo | None, at: _At) -> Moment:
    moment, own = _moment(value, at)
    return events.by_clock(moment, own, zone) if zone is not None else moment


def _minutes(component: Any, start: Moment, zone: dt.tzinfo | None, at: _At) -> float | None:
    """Give the length of an event [min]; None where it has none, lasts whole days or longer than any run."""
    if not isinstance(start, dt.datetime):
        return None
    length, ends = _one(component, "DURATION"), _one(component, "DTEND")
    if length is not None:
        span = length.dt
    elif ends is not None:
        end = _in_zone(ends, zone, at)
        span = end - start if isinstance(end, dt.datetime) else None
    else:
        return None
    if not isinstance(span, dt.timedelta):
        return None
    minutes = span.total_seconds() / 60
    if minutes < 0:
        raise _BrokenError("it ends before it begins")
    return minutes if 0 < minutes <= MOST_MINUTES else None


def _rule(value: Any, start: Moment, zone: dt.tzinfo | None) -> Recurrence | None:
    if value is None:
        return None
    parts = {str(name).upper(): entry if isinstance(entry, list) else [entry] for name, entry in value.items()}
    time = start.time() if isinstance(start, dt.datetime) else None
    try:
        parts["UNTIL"] = [_last_date(moment, time, zone) for moment in parts.get("UNTIL", [])]
        return read_rule(parts)
    except (ValueError, TypeError, IndexError) as error:
        raise _BrokenError(f"its RRULE cannot be read: {error}") from None


def _last_date(until: Any, time: dt.time | None, zone: dt.tzinfo | None) -> dt.date:
    """Turn the end of a rule, an instant or a date, into the last date on which the event may start."""
    if not isinstance(until, dt.datetime):
        if not isinstance(until, dt.date):
            raise ValueError("UNTIL is no date")
        return until
    local = until.astimezone(zone).replace(tzinfo=None) if until.tzinfo and zone else until.replace(tzinfo=None)
    if time is not None and local.time() < time:
        return local.date() - dt.timedelta(days=1)
    return local.date()


def _own_zones(parts: Iterable[Component], gathered: Gathered) -> dict[str, dt.tzinfo]:
    """Read the time zones that the file describes itself and that have no IANA name."""
    zones: dict[str, dt.tzinfo] = {}
    for part in parts:
        name = next((line.partition(":")[2].strip() for line in part.lines if line.upper().startswith("TZID")), "")
        if part.kind != "VTIMEZONE" or not name or _is_iana(name):
            continue
        zone = _own_zone(part)
        if zone is None:
            gathered.fault(f"line {part.first}", f"the time zone {shown(name)} cannot be read")
        else:
            zones[name] = zone
    return zones


def _own_zone(part: Component) -> dt.tzinfo | None:
    rules = [line for line in part.lines if line.upper().startswith("RRULE")]
    if not all(_ZONE_RULE.fullmatch(line.upper()) for line in rules) or len(part.lines) > MOST_ZONE_LINES:
        return None  # what steps by hours or never comes would be searched for without end
    # the library remembers zones by name for the whole process: a name made of the content cannot mix up two files
    body = [line for line in part.lines if not line.upper().startswith("TZID")]
    digest = hashlib.sha256("\n".join(body).encode()).hexdigest()
    text = "\r\n".join(["BEGIN:VTIMEZONE", f"TZID:{digest}", *body, "END:VTIMEZONE", ""])
    try:
        described: Any = icalendar.Timezone.from_ical(text)
        zone: dt.tzinfo = described.to_tz(lookup_tzid=False)
        dt.datetime(2026, 7, 1, tzinfo=zone).utcoffset()
    except Exception:  # as above: a damaged description may raise anything
        return None
    return zone


def _is_iana(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def render_plan_ics(
    plan: Plan, *, zone: str, names: Mapping[str, str], units: str = "metric", primers: bool = False,
    stamp: dt.datetime | None = None,
) -> bytes:
    """Write a plan's sessions as a calendar; the same plan gives the same bytes.

    An event keeps its UID as long as it is the same one of its kind in its week, wherever in the week it moves:
    a later export updates what an earlier one brought and doubles nothing.

    Args:
        plan: The plan.
        zone: IANA time zone of the runner.
        names: Name for people by exercise id.
        units: ``metric`` or ``imperial``, for weights in the text.
        primers: Whether primers get events of their own.
        stamp: Time of the export, aware; midnight UTC of the plan's first date when absent.
    Returns: iCalendar, UTF-8.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//midstance//plan//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", icalendar.vText(cleaned(f"midstance: {plan.runner}")))
    words = Words(names=names, units=units)
    at = stamp or dt.datetime.combine(plan.starts, dt.time(), tzinfo=dt.UTC)
    counts: Counter[tuple[dt.date, Kind]] = Counter()
    for session in sorted(plan.sessions, key=lambda s: (s.start, s.kind)):
        if session.kind is Kind.PRIMER and not primers:
            continue
        key = (monday(session.date), session.kind)
        calendar.add_component(_session_event(session, _uid(plan.runner, *key, counts[key]), at, ZoneInfo(zone), words))
        counts[key] += 1
    if counts:
        calendar.add_missing_timezones(plan.starts - dt.timedelta(days=366), plan.ends + dt.timedelta(days=366))
    return bytes(calendar.to_ical())


def _uid(runner: str, week: dt.date, kind: Kind, index: int) -> str:
    digest = hashlib.sha256("\n".join([runner, week.isoformat(), kind.value, str(index)]).encode()).hexdigest()
    return f"{digest[:32]}@midstance"


def _session_event(session: Session, uid: str, stamp: dt.datetime, zone: ZoneInfo, words: Words) -> Any:
    event = icalendar.Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    event.add("sequence", 0)
    event.add("dtstart", session.start.replace(tzinfo=zone))
    event.add("dtend", session.end.replace(tzinfo=zone))
    event.add("summary", f"{KIND_WORDS[session.kind]} {session.minutes} min")
    event.add("description", "\n".join(_description(session, words)))
    event.add("categories", ["midstance", session.kind.value])
    event.add("transp", "OPAQUE")
    return event


def _description(session: Session, words: Words) -> list[str]:
    lines: list[str] = []
    for block in session.blocks:
        lines.append(block_title(block))
        for item in block.items:
            dose = ", ".join([words.dose(item), *words.details(item)])
            lines.append(f"  {item.label} {words.exercise(item.exercise)}: {dose}")
    return [*lines, "", *map(cleaned, session.why)] if session.why else lines


FORMAT = Format(
    id="ics", title="iCalendar", suffixes=(".ics", ".ical", ".ifb"), role="calendar", sniff=events.is_calendar,
    supports={
        "start, end, duration": "both", "time zones": "both", "title": "both",
        "repetition by day, week, month, year": "parsed", "exceptions and moved events": "parsed",
        "repetition by hour or minute": "not supported", "alarms": "not supported",
    },
)
