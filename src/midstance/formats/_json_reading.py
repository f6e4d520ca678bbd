"""A careful walk over a JSON document: each wrong value becomes a fault with its place, and reading goes on."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

import msgspec

from midstance.formats._format import Fault, refusal

E = TypeVar("E", bound=StrEnum)
MOST = 10_000_000


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a document, its place as a JSON pointer and the faults found so far, shared by all nodes.

    Readers give a harmless stand-in for what is wrong and note the fault; whoever began the walk raises at its end.
    """

    value: Any
    source: str
    place: str
    faults: list[Fault]

    def fault(self, says: str, remedy: str = "") -> None:
        """Note that this value is wrong."""
        self.faults.append(Fault(source=self.source, place=self.place or "/", says=says, remedy=remedy, fatal=True))

    def has(self, key: str) -> bool:
        """Tell whether an object holds a key with anything but null."""
        return isinstance(self.value, dict) and self.value.get(key) is not None

    def child(self, key: str) -> Node:
        """Give the value below a key, None where it is absent."""
        if not isinstance(self.value, dict):
            self.fault(f"{shown(self.value)} is no object")
            return Node({}, self.source, f"{self.place}/{key}", [])
        return Node(self.value.get(key), self.source, f"{self.place}/{key}", self.faults)

    def children(self, key: str, *, needed: bool = False) -> list[Node]:
        """Give the members of a list below a key; an absent list is empty unless ``needed``."""
        at = self.child(key)
        if at.value is None and not needed:
            return []
        if not isinstance(at.value, list):
            at.fault(f"{shown(at.value)} is no list")
            return []
        return [Node(v, self.source, f"{at.place}/{k}", self.faults) for k, v in enumerate(at.value)]

    def members(self, key: str) -> dict[str, Node]:
        """Give the members of an object below a key by name; an absent object is empty."""
        at = self.child(key)
        if at.value is None:
            return {}
        if not isinstance(at.value, dict):
            at.fault(f"{shown(at.value)} is no object")
            return {}
        return {name: at.child(name) for name in at.value}

    def text(self, default: str | None = None) -> str:
        """Read a text; None in its place gives the default, or a fault without one."""
        if self.value is None and default is not None:
            return default
        if not isinstance(self.value, str):
            self.fault(f"{shown(self.value)} is no text")
            return ""
        return self.value

    def number(self, default: float | None = None) -> float:
        """Read a number of 0 or more; None in its place gives the default, or a fault without one."""
        if self.value is None and default is not None:
            return default
        wrong = isinstance(self.value, bool) or not isinstance(self.value, int | float)
        if wrong or not (math.isfinite(self.value) and 0 <= self.value <= MOST):
            self.fault(f"{shown(self.value)} is no number of 0 or more")
            return 0.0
        return float(self.value)

    def whole(self, default: int | None = None) -> int:
        """Read a number of 0 or more, rounded to a whole one."""
        return round(self.number(default))

    def flag(self, default: bool) -> bool:
        """Read true or false; None in its place gives the default."""
        if self.value is None:
            return default
        if not isinstance(self.value, bool):
            self.fault(f"{shown(self.value)} is neither true nor false")
            return default
        return self.value

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts below a key; one text alone is a list of one."""
        if isinstance(self.child(key).value, str):
            return (self.child(key).text(),)
        return tuple(node.text() for node in self.children(key))

    def word(self, kind: type[E]) -> E:
        """Read one word of a closed list."""
        try:
            return kind(self.value)
        except ValueError:
            self.fault(f"{shown(self.value)} is not known here", f"use one of {', '.join(kind)}")
            return next(iter(kind))

    def date(self, default: dt.date | None = None) -> dt.date:
        """Read a date such as 2026-11-30; None in its place gives the default, or a fault without one."""
        if self.value is None and default is not None:
            return default
        try:
            return dt.date.fromisoformat(self.value)
        except (TypeError, ValueError):
            self.fault(f"{shown(self.value)} is no date", "write for example \"2026-11-30\"")
            return dt.date.min

    def moment(self) -> dt.datetime:
        """Read a local start such as 2026-11-30T18:00, cut to whole minutes."""
        try:
            moment = dt.datetime.fromisoformat(self.value)
        except (TypeError, ValueError):
            moment = None
        if moment is None or moment.tzinfo is not None or "T" not in self.value:
            self.fault(f"{shown(self.value)} is no local time", "write \"2026-11-30T18:00\", without offset")
            return dt.datetime.combine(dt.date.min, dt.time())
        return moment.replace(second=0, microsecond=0)


def shown(value: object) -> str:
    """Quote a value for a message, cut to what fits a line."""
    if value is None:
        return "nothing"
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def parse_document(data: bytes, source: str) -> Node:
    """Read the bytes of a JSON document.

    Raises: InputError: The bytes are no JSON object.
    """
    try:
        value = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise refusal(source, f"this is no JSON document: {error}") from error
    if not isinstance(value, dict):
        raise refusal(source, "this is JSON, but no object")
    return Node(value, source, "", [])
