"""Dates of repeating events: the part of RFC 5545 recurrence rules that a calendar of days needs.

Rules are read as a test on single dates, so that the cost is bounded by the days looked at, whatever a file says;
libraries that step from hit to hit can search thousands of years for a 30 February.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
MARGINS = dict(zip(FREQUENCIES, map(dt.timedelta, (1, 7, 31, 366)), strict=True))
"""Days by which to look further, so that periods at the ends are whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """A rule by which an event repeats.

    Attributes:
        frequency: One of ``FREQUENCIES``.
        interval: Every how many of these, at least 1.
        count: How many times at most, or None.
        until: Last date, or None.
        months: Months 1-12; empty for all. The same holds for the other filters.
        month_days: Days of the month, negative ones from its end.
        weekdays: (ordinal, weekday 0-6); ordinal 0 is every one, -1 the last of the month or year.
        positions: Which of a period's dates, from 1, negative from its end.
        week_start: Weekday on which weeks begin, 0-6.
    """

    frequency: str
    interval: int = 1
    count: int | None = None
    until: dt.date | None = None
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0


def read_rule(parts: Mapping[str, Sequence[Any]]) -> Recurrence:
    """Read the parts of an RRULE.

    Args:
        parts: Values by name, such as ``{"FREQ": ["WEEKLY"], "BYDAY": ["TU"]}``; ``UNTIL`` as a date.
    Returns: The rule.
    Raises: ValueError: A part is missing, out of range, or repeats in a way that runs do not (by hour, by week number).
    """
    known = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST"}
    if others := sorted(set(parts) - known):
        raise ValueError(f"{', '.join(others)[:80]} is not read")
    frequency = str(_only(parts, "FREQ", "")).upper()
    if frequency not in FREQUENCIES:
        raise ValueError(f"FREQ {frequency[:20] or 'is missing'}: runs repeat by day, week, month or year")
    interval, count = int(_only(parts, "INTERVAL", 1)), _only(parts, "COUNT", None)
    if interval < 1 or (count is not None and int(count) < 1):
        raise ValueError("INTERVAL and COUNT are at least 1")
    return Recurrence(
        frequency=frequency, interval=interval, count=None if count is None else int(count),
        until=_only(parts, "UNTIL", None), months=_numbers(parts, "BYMONTH", 1, 12),
        month_days=_numbers(parts, "BYMONTHDAY", -31, 31), positions=_numbers(parts, "BYSETPOS", -366, 366),
        weekdays=tuple(_weekday(str(x)) for x in parts.get("BYDAY", ())),
        week_start=WEEKDAYS.index(str(_only(parts, "WKST", "MO")).upper()),
    )


def _only(parts: Mapping[str, Sequence[Any]], name: str, default: Any) -> Any:
    values = parts.get(name) or [default]
    if len(values) > 1:
        raise ValueError(f"{name} has {len(values)} values")
    return values[0]


def _numbers(parts: Mapping[str, Sequence[Any]], name: str, low: int, high: int) -> tuple[int, ...]:
    numbers = tuple(int(value) for value in parts.get(name, ()))
    if any(number == 0 or not low <= number <= high for number in numbers):
        raise ValueError(f"{name} is not from {low} to {high}")
    return numbers


def _weekday(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", text.upper(), re.ASCII)
    if not found:
        raise ValueError(f"{text[:20]} is no weekday")
    return int(found[1] or 0), WEEKDAYS.index(found[2])


def days_to_look_at(rule: Recurrence, *, start: dt.date, first: dt.date, last: dt.date) -> int:
    """Tell how many days ``occurrence_dates`` will test [d]: its cost."""
    begin = start if rule.count else max(start, first)
    return max(0, (min(last, rule.until or last) - begin).days) + 1


def occurrence_dates(rule: Recurrence, *, start: dt.date, first: dt.date, last: dt.date) -> list[dt.date]:
    """List the dates between first and last on which an event falls.

    Args:
        rule: How it repeats.
        start: Date of its first occurrence; nothing lies before it.
        first: First date wanted.
        last: Last date wanted, which also bounds rules without end.
    Returns: Dates in order.

    >>> rule = Recurrence(frequency="WEEKLY", count=3)
    >>> occurrence_dates(rule, start=dt.date(2026, 12, 1), first=dt.date(2026, 12, 5), last=dt.date(2027, 3, 1))
    [datetime.date(2026, 12, 8), datetime.date(2026, 12, 15)]
    """
    rule = _completed(rule, start)
    end = min(last, rule.until or last)
    begin = start if rule.count else max(start, first)
    margin = MARGINS[rule.frequency] if rule.positions else dt.timedelta()
    days: Iterator[dt.date] = (day for day in _dates(begin - margin, end + margin) if _falls_on(rule, start, day))
    if rule.positions:
        days = _chosen(rule, days)
    sound = (day for day in days if start <= day <= end)
    return [day for day in islice(sound, rule.count) if day >= first]


def _completed(rule: Recurrence, start: dt.date) -> Recurrence:
    """Fill in what a rule leaves to the first occurrence: its weekday, its day of the month, its month."""
    if rule.month_days or rule.weekdays:
        return rule
    if rule.frequency == "WEEKLY":
        return replace(rule, weekdays=((0, start.weekday()),))
    if rule.frequency == "MONTHLY":
        return replace(rule, month_days=(start.day,))
    if rule.frequency == "YEARLY":
        return replace(rule, month_days=(start.day,), months=rule.months or (start.month,))
    return rule


def _dates(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return map(dt.date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def _chosen(rule: Recurrence, days: Iterator[dt.date]) -> Iterator[dt.date]:
    """Take the wanted positions of each period."""
    for _, group in groupby(days, key=lambda day: _period(rule, day)):
        members = list(group)
        wanted = {position - 1 if position > 0 else len(members) + position for position in rule.positions}
        yield from (members[index] for index in sorted(wanted) if 0 <= index < len(members))


def _period(rule: Recurrence, day: dt.date) -> int:
    if rule.frequency == "DAILY":
        return day.toordinal()
    if rule.frequency == "WEEKLY":
        return (day.toordinal() - 1 - rule.week_start) // 7
    return day.year * 12 + day.month if rule.frequency == "MONTHLY" else day.year


def _falls_on(rule: Recurrence, start: dt.date, day: dt.date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    if (_period(rule, day) - _period(rule, start)) % rule.interval:
        return False
    if rule.month_days and not _is_month_day(rule, day):
        return False
    ordinals = [ordinal for ordinal, weekday in rule.weekdays if weekday == day.weekday()]
    return not rule.weekdays or any(_is_weekday(rule, ordinal, day) for ordinal in ordinals)


def _is_month_day(rule: Recurrence, day: dt.date) -> bool:
    length = calendar.monthrange(day.year, day.month)[1]
    return day.day in rule.month_days or day.day - length - 1 in rule.month_days


def _is_weekday(rule: Recurrence, ordinal: int, day: dt.date) -> bool:
    """Tell whether a date is the n-th of its weekday in its month, or in its year for yearly rules without months."""
    if ordinal == 0 or rule.frequency in ("DAILY", "WEEKLY"):
        return True
    if rule.frequency == "YEARLY" and not rule.months:
        index, length = day.timetuple().tm_yday, 366 if calendar.isleap(day.year) else 365
    else:
        index, length = day.day, calendar.monthrange(day.year, day.month)[1]
    return ordinal == ((index - 1) // 7 + 1 if ordinal > 0 else -((length - index) // 7 + 1))
