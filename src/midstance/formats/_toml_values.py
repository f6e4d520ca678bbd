"""Readers of single TOML values: each knows its allowed range in words, reads a value, and writes it back."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from midstance.domain.dates import DAYS
from midstance.domain.units import clock_text, day_minutes, pace_seconds, pace_text
from midstance.formats._text import listed, nearest, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FIRST_DATE = dt.date(1950, 1, 1)
LAST_DATE = dt.date(2099, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How one value is read and written.

    Attributes:
        words: What is allowed, as words that follow "write".
        read: Gives the value; raises ValueError with what is wrong.
        write: Gives the TOML text of a value that ``read`` gave.
    """

    words: str
    read: Callable[[Any], Any]
    write: Callable[[Any], str]


def quoted(text: str) -> str:
    r"""Write a TOML string.

    >>> quoted('City "10"')
    '"City \\"10\\""'
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _wrong(value: Any, reason: str) -> ValueError:
    return ValueError(f"{shown(value)} {reason}")


def _kind_of(value: Any) -> str:
    kinds = {bool: "yes or no", str: "text", int: "a number", float: "a number", list: "a list", dict: "a table",
             dt.date: "a date", dt.datetime: "a date with time", dt.time: "a time"}
    return kinds.get(type(value), "something else")


def _need(value: Any, kind: type | tuple[type, ...], name: str) -> None:
    if isinstance(value, kind) and (isinstance(value, bool) == (kind is bool)):
        return
    raise _wrong(value, f"is {_kind_of(value)}, not {name}")


def _parsed(reader: Callable[[str], int], value: Any, name: str) -> int:
    """Read text by one of the domain's readers, whose messages after the semicolon the field's words replace."""
    _need(value, str, f"{name} in quotes")
    if len(value) > 20:
        raise _wrong(value, f"is not {name}")
    try:
        return reader(value)
    except ValueError as error:
        raise ValueError(str(error).partition("; write")[0]) from None


def whole(low: int, high: int, unit: str = "") -> Reader:
    """Read a whole number between two bounds, both allowed."""

    def read(value: Any) -> int:
        _need(value, (int, float), "a whole number")
        if not low <= value <= high:
            raise _wrong(value, "is " + ("below the least allowed" if value < low else "above the most allowed"))
        if value != int(value):
            raise _wrong(value, "is not whole")
        return int(value)

    return Reader(words=f"a whole number from {low} to {high}" + f" {unit}".rstrip(), read=read, write=str)


def number(low: float, high: float, unit: str = "") -> Reader:
    """Read a number between two bounds, both allowed."""

    def read(value: Any) -> float:
        _need(value, (int, float), "a number")
        if isinstance(value, float) and not math.isfinite(value):
            raise _wrong(value, "is not a number that can be used")
        if not low <= value <= high:
            raise _wrong(value, "is " + ("below the least allowed" if value < low else "above the most allowed"))
        return float(value)

    return Reader(words=f"a number from {low:g} to {high:g}" + f" {unit}".rstrip(), read=read, write=number_text)


def number_text(value: float) -> str:
    """Write a number as TOML, without a fraction where there is none.

    >>> number_text(16.0), number_text(7.5)
    ('16', '7.5')
    """
    return str(int(value)) if value == int(value) else repr(float(value))


def choice(names: Sequence[str], make: Callable[[str], Any] = str) -> Reader:
    """Read one of some words; upper case is forgiven."""

    def read(value: Any) -> Any:
        _need(value, str, "one of the known words")
        word = value.strip().lower()
        if word not in names:
            near = nearest(word, names)
            raise _wrong(value, "is not known" + (f"; was {quoted(near)} meant?" if near else ""))
        return make(word)

    return Reader(words=listed(map(quoted, names)), read=read, write=lambda value: quoted(str(value)))


def text(most: int = 100, least: int = 1) -> Reader:
    """Read a line of text without control characters; blanks at the ends are dropped."""

    def read(value: Any) -> str:
        _need(value, str, "text")
        line = str(value).strip()
        if not least <= len(line) <= most or re.search(r"[\x00-\x1f\x7f]", line):
            raise _wrong(value, "is empty, too long or more than one line")
        return line

    return Reader(words=f"a text of {least} to {most} characters in quotes", read=read, write=quoted)


def identifier() -> Reader:
    """Read an id: lower-case letters, digits and hyphens."""

    def read(value: Any) -> str:
        _need(value, str, "an id in quotes")
        word = str(value).strip().lower()
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", word) or len(word) > 80:
            raise _wrong(value, "is no id")
        return word

    return Reader(words='an id such as "goblet-squat": letters, digits and hyphens', read=read, write=quoted)


def yes_no() -> Reader:
    """Read true or false."""

    def read(value: Any) -> bool:
        _need(value, bool, "true or false")
        return bool(value)

    return Reader(words="true or false, without quotes", read=read, write=lambda value: "true" if value else "false")


def date() -> Reader:
    """Read a TOML date between 1950 and 2099."""

    def read(value: Any) -> dt.date:
        if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
            raise _wrong(value, f"is {_kind_of(value)}, not a date")
        if not FIRST_DATE <= value <= LAST_DATE:
            raise _wrong(value, "is too far from today")
        return value

    words = f"a date between {FIRST_DATE} and {LAST_DATE} without quotes, such as 2027-02-14"
    return Reader(words=words, read=read, write=dt.date.isoformat)


def clock() -> Reader:
    """Read a time of day into minutes since midnight [min]."""

    def read(value: Any) -> int:
        minute = _parsed(day_minutes, value, "a time of day")
        if minute >= 24 * 60:
            raise _wrong(value, "is no time of day at which anything can start")
        return minute

    return Reader(words='a time from "00:00" to "23:59"', read=read, write=lambda value: quoted(clock_text(value)))


def pace() -> Reader:
    """Read a pace [s/km]."""

    def read(value: Any) -> int:
        return _parsed(pace_seconds, value, "a pace")

    words = 'minutes and seconds per km from "2:00" to "20:00", such as "6:10"'
    return Reader(words=words, read=read, write=lambda value: quoted(pace_text(value)))


def weekday() -> Reader:
    """Read the name of a day into 0 to 6 from Monday."""
    return Reader(
        words=listed(map(quoted, DAYS)), read=choice(DAYS, DAYS.index).read, write=lambda value: quoted(DAYS[value]),
    )


def zone() -> Reader:
    """Read the IANA name of a time zone."""

    def read(value: Any) -> str:
        _need(value, str, "the name of a time zone")
        name = str(value).strip()
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise _wrong(value, "is no time zone" + _zone_hint(name)) from None
        return name

    return Reader(words='an IANA name such as "Europe/Lisbon"', read=read, write=quoted)


def _zone_hint(name: str) -> str:
    zones = {known.lower(): known for known in available_timezones()}
    tails = {known.rpartition("/")[2].lower(): known for known in sorted(zones.values())}
    near = nearest(name, zones) or nearest(name.rpartition("/")[2], tails)
    found = zones.get(near or "") or tails.get(near or "")
    return f"; was {quoted(found)} meant?" if found else ""


def window() -> Reader:
    """Read a free window ``HH:MM-HH:MM`` into (from, to) in minutes since midnight [min]."""

    def read(value: Any) -> tuple[int, int]:
        _need(value, str, "a window in quotes")
        first, dash, last = value.replace("–", "-").partition("-")
        if not dash:
            raise _wrong(value, "has no hyphen between its two times")
        low, high = _parsed(day_minutes, first, "a time of day"), _parsed(day_minutes, last, "a time of day")
        if high <= low:
            raise _wrong(value, "ends before it begins" if high < low else "has no length")
        return low, high

    def write(value: tuple[int, int]) -> str:
        return quoted(f"{clock_text(value[0])}-{clock_text(value[1])}")

    return Reader(words='two times, the earlier first, such as "18:00-19:30"', read=read, write=write)


def merged(windows: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Merge windows that overlap or touch; the result ascends.

    >>> merged([(1140, 1230), (1080, 1170)])
    ((1080, 1230),)
    """
    done: list[tuple[int, int]] = []
    for low, high in sorted(windows):
        if done and low <= done[-1][1]:
            done[-1] = (done[-1][0], max(high, done[-1][1]))
        else:
            done.append((low, high))
    return tuple(done)


def unique(values: Iterable[Any]) -> tuple[Any, ...]:
    """Sort values and drop repeated ones."""
    return tuple(sorted(set(values)))


def ascending(values: Iterable[Any]) -> tuple[Any, ...]:
    """Sort values and keep repeated ones."""
    return tuple(sorted(values))


def in_order(values: Iterable[Any]) -> tuple[Any, ...]:
    """Drop repeated values and keep the order."""
    return tuple(dict.fromkeys(values))


def list_of(item: Reader, most: int, finish: Callable[[list[Any]], Any], words: str = "") -> Reader:
    """Read a list of up to ``most`` values; every bad value of it is named."""

    def read(value: Any) -> Any:
        _need(value, list, "a list")
        if len(value) > most:
            raise ValueError(f"has {len(value)} entries, and at most {most} are allowed")
        good, bad = [], []
        for entry in value:
            try:
                good.append(item.read(entry))
            except ValueError as error:
                bad.append(str(error))
        if bad:
            raise ValueError("; ".join(bad[:5]) + (f"; and {len(bad) - 5} more" if len(bad) > 5 else ""))
        return finish(good)

    def write(value: Iterable[Any]) -> str:
        return "[" + ", ".join(map(item.write, value)) + "]"

    return Reader(words=words or f"a list in square brackets, each entry {item.words}", read=read, write=write)


def low_high(low: int, high: int, least_high: int) -> Reader:
    """Read a list of two whole numbers, least and most."""
    item = whole(low, high)

    def finish(values: list[int]) -> tuple[int, int]:
        if len(values) != 2:
            raise ValueError(f"has {len(values)} entries, not two")
        if values[0] > values[1]:
            raise ValueError(f"begins with {values[0]}, which is above {values[1]}")
        if values[1] < least_high:
            raise ValueError(f"has {values[1]} as its most, and at least {least_high} is needed")
        return values[0], values[1]

    words = f"least and most, each {low} to {high}, such as [2, 3]"
    return list_of(item, 2, finish, words)


def sides(low: float, high: float) -> Reader:
    """Read a number, or a table with ``left`` and ``right``."""
    one = number(low, high)

    def read(value: Any) -> float | dict[str, float]:
        if not isinstance(value, dict):
            return float(one.read(value))
        if set(value) != {"left", "right"}:
            raise ValueError(f"has the keys {', '.join(sorted(value)) or '(none)'}"[:100] + ", not left and right")
        return {side: float(one.read(value[side])) for side in ("left", "right")}

    def write(value: float | dict[str, float]) -> str:
        if isinstance(value, dict):
            return "{ " + ", ".join(f"{side} = {number_text(value[side])}" for side in sorted(value)) + " }"
        return number_text(value)

    return Reader(words=f"{one.words}, or {{ left = 7, right = 11 }}", read=read, write=write)
