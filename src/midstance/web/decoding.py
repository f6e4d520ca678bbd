"""Forms, queries and JSON bodies become dataclasses; what cannot be read is told with the field's name."""

from __future__ import annotations

import datetime as dt
import re
import types
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from midstance.formats._format import Fault, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")
KINDS = {int: "a whole number", float: "a number", bool: "yes or no", dt.date: "a date such as 2026-12-01",
         dt.datetime: "a moment such as 2026-12-01T18:00", dt.time: "a time such as 18:00", str: "a text"}
YES = {**dict.fromkeys(("on", "true", "yes", "1"), True), **dict.fromkeys(("off", "false", "no", "0", ""), False)}
MOST_VALUES = 2000
BOUND = re.compile(r"Expected `\S+` (?P<length>of length )?(?P<sign>[<>]=?) (?P<number>\S+)")
SIGNS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}
FIRST, LAST = dt.date(1970, 1, 1), dt.date(2199, 12, 31)
"""Dates taken; outside them the calendar itself ends, or somebody mistyped."""
MOST_NUMBER = float(1 << 53)
"""Largest number taken: beyond it, JSON's readers no longer agree."""


def of_pairs(kind: type[T], pairs: Iterable[tuple[str, str]], source: str) -> T:
    """Read a form or a query; an empty field counts as not said.

    Args:
        kind: Dataclass wanted; fields of tuples gather all values of their name.
        pairs: Names and values in their order.
        source: What is read, for the faults.
    Raises: InputError: Every field that cannot be read, is unknown or is missing.
    """
    given: dict[str, list[str]] = {}
    for count, (name, value) in enumerate(pairs):
        if count >= MOST_VALUES:
            raise InputError((Fault(source=source, place="", says="it has too many fields"),))
        given.setdefault(name, []).append(value)
    hints = get_type_hints(kind, include_extras=True)
    faults = [Fault(source=source, place=name, says="is no field here", remedy=f"use {', '.join(hints) or 'none'}")
              for name in given if name not in hints]
    values: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        told = [value.strip() for value in given.get(field.name, ())]
        hint, plain = hints[field.name], _plain(hints[field.name])
        if get_origin(plain) is tuple:
            raw: Any = [value for value in told if value]
            if not raw and field.default is not MISSING:
                continue
        elif plain is bool and told:
            raw = YES.get(told[-1].lower(), told[-1])
        elif not told or (not told[-1] and (plain is not str or field.default is not MISSING)):
            if field.default is MISSING and field.default_factory is MISSING:
                faults.append(Fault(source=source, place=field.name, says="is missing", remedy=f"give {_kind(plain)}"))
            continue
        else:
            raw = told[-1]
        try:
            values[field.name] = within(msgspec.convert(_whole_time(raw, plain), hint, strict=False))
        except (msgspec.ValidationError, ValueError, OverflowError) as error:
            faults.append(Fault(source=source, place=field.name, says=_said(raw, error), remedy=f"give {_kind(plain)}"))
    return _made(kind, values, faults, source)


def of_json(kind: type[T], body: bytes, source: str) -> T:
    """Read a JSON object; unknown keys are faults.

    Raises: InputError: It is no JSON, or does not say what is wanted.
    """
    try:
        raw = msgspec.json.decode(body or b"{}")
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError((Fault(source=source, place="", says=f"is no JSON: {error}", fatal=True),)) from None
    if not isinstance(raw, dict):
        raise InputError((Fault(source=source, place="", says="is no JSON object", remedy='send {"field": value}'),))
    hints = get_type_hints(kind, include_extras=True)
    faults = [Fault(source=source, place=str(name), says="is no field here", remedy=f"use {', '.join(hints) or 'none'}")
              for name in raw if name not in hints]
    values: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        if field.name not in raw:
            if field.default is MISSING and field.default_factory is MISSING:
                faults.append(Fault(source=source, place=field.name, says="is missing",
                                    remedy=f"give {_kind(_plain(hints[field.name]))}"))
            continue
        try:
            values[field.name] = within(msgspec.convert(raw[field.name], hints[field.name]))
        except (msgspec.ValidationError, ValueError, OverflowError) as error:
            _, _, path = str(error).partition(" - at ")
            place = field.name + path.strip("`").removeprefix("$")
            faults.append(Fault(source=source, place=place, says=f"cannot be taken{_reason(error) or f': {error}'}",
                                remedy=f"give {_kind(_plain(hints[field.name]))}"))
    return _made(kind, values, faults, source)


def within(value: T) -> T:
    """Give a value back if it is one that can be reckoned with.

    Raises: ValueError: A date outside the years taken, or a number that is none or too large.

    >>> within(3.5), within(dt.date(2026, 12, 1))
    (3.5, datetime.date(2026, 12, 1))
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool) and not abs(value) <= MOST_NUMBER:
        raise ValueError("this is no number that can be reckoned with")
    if isinstance(value, dt.date) and not FIRST <= (value.date() if isinstance(value, dt.datetime) else value) <= LAST:
        raise ValueError(f"dates from {FIRST} to {LAST} are taken")
    if isinstance(value, (tuple, list)):
        for one in value:
            within(one)
    return value


def _made(kind: type[T], values: dict[str, Any], faults: list[Fault], source: str) -> T:
    if faults:
        raise InputError(tuple(faults))
    try:
        return kind(**values)
    except ValueError as error:
        raise InputError((Fault(source=source, place="", says=str(error)),)) from None


def _plain(hint: Any) -> Any:
    """Take off annotations and ``None``."""
    if get_origin(hint) is Annotated:
        return _plain(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        inner = [_plain(arg) for arg in get_args(hint) if arg is not type(None)]
        return inner[0] if len(inner) == 1 else str
    return hint


def _whole_time(raw: Any, plain: Any) -> Any:
    """Add the seconds that a browser's field leaves out."""
    short = {dt.time: 5, dt.datetime: 16}.get(plain)
    return f"{raw}:00" if short and len(raw) == short else raw


def _kind(plain: Any) -> str:
    return KINDS.get(plain, "one of the values known" if get_origin(plain) is not tuple else "one or more values")


def _said(raw: Any, error: Exception) -> str:
    shown = str(raw)[:40]
    return f"{shown!r} cannot be taken{_reason(error)}"


def _reason(error: Exception) -> str:
    """Say in plain words what the reader found, where that tells more than the remedy."""
    reason = str(error).partition(" - at ")[0]
    if bound := BOUND.fullmatch(reason):
        return f": {SIGNS[bound['sign']]} {float(bound['number']):g}{' letters' if bound['length'] else ''}"
    return "" if "got `" in reason or reason.startswith("Invalid RFC") else f": {reason[:1].lower()}{reason[1:]}"
