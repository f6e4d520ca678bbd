"""Dates and weeks: Monday first, local time without offset, minutes counted from one fixed origin."""

from __future__ import annotations

import datetime as dt

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEK = dt.timedelta(days=7)


def monday(date: dt.date) -> dt.date:
    """Give the Monday of a date's week.

    >>> monday(dt.date(2026, 11, 29))
    datetime.date(2026, 11, 23)
    """
    return date - dt.timedelta(days=date.weekday())


def sunday(date: dt.date) -> dt.date:
    """Give the Sunday of a date's week.

    >>> sunday(dt.date(2026, 11, 23))
    datetime.date(2026, 11, 29)
    """
    return date + dt.timedelta(days=6 - date.weekday())


def minute_of(moment: dt.datetime) -> int:
    """Count a local moment in minutes, so that differences are whole minutes by the clock.

    >>> minute_of(dt.datetime(2026, 11, 24, 7)) - minute_of(dt.datetime(2026, 11, 23, 18))
    780
    """
    return moment.toordinal() * 1440 + moment.hour * 60 + moment.minute


def moment_of(minute: int) -> dt.datetime:
    """Give the local moment of a minute count.

    >>> moment_of(minute_of(dt.datetime(2026, 11, 24, 7, 30)))
    datetime.datetime(2026, 11, 24, 7, 30)
    """
    days, rest = divmod(minute, 1440)
    return dt.datetime.combine(dt.date.fromordinal(days), dt.time(rest // 60, rest % 60))


def dates_between(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """List the dates from first to last, both included; empty when last lies before first."""
    return tuple(first + dt.timedelta(days=k) for k in range((last - first).days + 1))


def weekday_name(date: dt.date) -> str:
    """Give the English name of a weekday, the same on every machine.

    >>> weekday_name(dt.date(2026, 11, 23))
    'Monday'
    """
    return ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[date.weekday()]
