"""iCalendar without the library: lines cut into components, and events as values with their occurrences."""

from __future__ import annotations

import codecs
import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.formats._recurrence import Recurrence, days_to_look_at, occurrence_dates
from midstance.formats._text import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

Moment = dt.date | dt.datetime
"""A date for an event of the whole day, else a wall time without offset."""
WANTED = frozenset({"VEVENT", "VTIMEZONE"})
_BREAK = re.compile(rb"\r\n|\n|\r")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A VEVENT or VTIMEZONE as text.

    Attributes:
        kind: ``VEVENT`` or ``VTIMEZONE``.
        lines: Its unfolded lines without BEGIN and END; parts nested in an event are left out.
        first: Line of the file on which it begins.
        last: Line on which it ends.
        closed: Whether its END is there.
    """

    kind: str
    lines: tuple[str, ...]
    first: int
    last: int
    closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A sound event of a calendar.

    Attributes:
        place: Its lines in the file, in words.
        uid: Identity in the calendar, or empty.
        summary: Its title.
        start: First start; a date for an event of the whole day.
        zone: Time zone of ``start``, or None where it is meant by the runner's clock.
        minutes: Length [min], or None.
        rule: How it repeats, or None.
        more: Further starts in its own zone.
        without: Dates and starts on which it does not happen, in its own zone.
        replaces: The start of the series that this event stands for, or None.
        cancelled: Whether it is called off.
    """

    place: str
    uid: str
    summary: str
    start: Moment
    zone: dt.tzinfo | None
    minutes: float | None
    rule: Recurrence | None = None
    more: tuple[Moment, ...] = ()
    without: frozenset[Moment] = frozenset()
    replaces: Moment | None = None
    cancelled: bool = False


def is_calendar(data: bytes) -> bool:
    """Tell from the first bytes whether data is an iCalendar file, in any encoding read here."""
    head = data[:2048].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head[:15].upper() == b"BEGIN:VCALENDAR"


def unfolded(data: bytes) -> Iterator[tuple[int, str]]:
    r"""Give the lines of a calendar, folded ones joined, each with its line number.

    Lines are joined before they are decoded, because a fold may cut a character in two.

    >>> list(unfolded(b"SUMMARY:Long\r\n  run\r\nEND:VEVENT"))
    [(1, 'SUMMARY:Long run'), (3, 'END:VEVENT')]
    """
    number, parts = 1, [b""]
    for count, line in enumerate(_BREAK.split(_utf8(data)), start=1):
        if line[:1] in (b" ", b"\t"):
            parts.append(line[1:])
            continue
        if any(parts):
            yield number, _decoded(b"".join(parts))
        number, parts = count, [line]
    if any(parts):
        yield number, _decoded(b"".join(parts))


def _utf8(data: bytes) -> bytes:
    for mark, encoding in MARKS[1:]:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").encode()
    return data.removeprefix(codecs.BOM_UTF8)


def _decoded(line: bytes) -> str:
    try:
        text = line.decode()
    except UnicodeDecodeError:
        text = line.decode("cp1252", errors="replace")
    return _CONTROL.sub("", text)


def components(lines: Iterator[tuple[int, str]]) -> Iterator[Component]:
    """Cut the lines of a calendar into its events and time zones; without END an event ends where the next begins."""
    open_kind, first, number, nested = "", 0, 0, ""
    body: list[str] = []

    def done(closed: bool) -> Component:
        return Component(kind=open_kind, lines=tuple(body), first=first, last=number, closed=closed)

    for number, line in lines:
        word = line.strip().upper()
        if not open_kind:
            if word.startswith("BEGIN:") and word[6:] in WANTED:
                open_kind, first, nested, body = word[6:], number, "", []
        elif word == f"END:{open_kind}":
            yield done(True)
            open_kind = ""
        elif word in {"BEGIN:VEVENT", "END:VCALENDAR"}:
            yield done(False)
            open_kind, first, nested, body = word[6:] if word.startswith("BEGIN") else "", number, "", []
        elif nested:
            nested = "" if word == f"END:{nested}" else nested
        elif open_kind == "VEVENT" and word.startswith("BEGIN:"):
            nested = word[6:]
        else:
            body.append(line)
    if open_kind:
        yield done(False)


def cost(event: Event, first: dt.date, last: dt.date) -> int:
    """Tell how many days must be looked at to repeat an event [d]."""
    if event.rule is None:
        return 1 + len(event.more)
    return days_to_look_at(event.rule, start=_date(event.start), first=first, last=last) + len(event.more)


def local_starts(event: Event, zone: ZoneInfo, first: dt.date, last: dt.date) -> list[Moment]:
    """List when an event starts by the runner's clock.

    Args:
        event: The event; its own exceptions are heeded, events that replace an occurrence are not.
        zone: The runner's time zone.
        first: First date wanted, by the runner's clock.
        last: Last date wanted, both included.
    Returns: Starts in order, each once.
    """
    margin = dt.timedelta(days=2)
    dates = [_date(event.start)]
    if event.rule is not None:
        dates = occurrence_dates(event.rule, start=dates[0], first=first - margin, last=last + margin)
    own = {_on(event.start, date) for date in dates} | set(event.more)
    held = [moment for moment in own if moment not in event.without and _date(moment) not in event.without]
    local = {by_clock(moment, event.zone, zone) for moment in held}
    return sorted((moment for moment in local if first <= _date(moment) <= last), key=start_key)


def _on(start: Moment, date: dt.date) -> Moment:
    return dt.datetime.combine(date, start.time()) if isinstance(start, dt.datetime) else date


def _date(moment: Moment) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def start_key(moment: Moment) -> tuple[dt.date, int]:
    """Order starts by date, events of the whole day first."""
    minute = minute_of_day(moment)
    return _date(moment), -1 if minute is None else minute


def minute_of_day(moment: Moment) -> int | None:
    """Give the start in minutes since midnight [min], or None for a whole day."""
    return moment.hour * 60 + moment.minute if isinstance(moment, dt.datetime) else None


def date_of(moment: Moment) -> dt.date:
    """Give the date of a start."""
    return _date(moment)


def by_clock(moment: Moment, own: dt.tzinfo | None, zone: dt.tzinfo) -> Moment:
    """Turn a start in an event's own zone into the clock time of another; dates and floating times stay.

    >>> from zoneinfo import ZoneInfo
    >>> by_clock(dt.datetime(2026, 12, 3, 19, 30), dt.UTC, ZoneInfo("Australia/Sydney"))
    datetime.datetime(2026, 12, 4, 6, 30)
    """
    if own is None or not isinstance(moment, dt.datetime):
        return moment
    return moment.replace(tzinfo=own).astimezone(zone).replace(tzinfo=None)
