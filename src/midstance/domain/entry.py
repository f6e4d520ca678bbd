"""An entry of the diary: written once, never changed; everything else is derived from the entries.

An entry is an envelope (when, where from, which entry it corrects) around what happened. Taking back is an entry too,
so nothing is ever lost. What can happen is in ``domain.diary``, how entries are kept in ``store``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from midstance.domain.diary import KIND_OF, Redone, Undone, What, check_id
from midstance.domain.run import RunDone

if TYPE_CHECKING:
    from collections.abc import Iterable

ID_DIGITS = 32
STEERING = (Undone, Redone)
NO_CONTENT: dict[type[Any], tuple[str, ...]] = {RunDone: ("source", "local_start")}
"""Fields that the id leaves out: a run is the same run in another file and in another time zone."""


class Via(StrEnum):
    """How an entry came in."""

    FILE = "file"
    DEVICE = "device"
    HAND = "hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an entry comes from; entries of one batch are taken back together.

    Attributes:
        via: File, device, or typed by hand.
        name: Name of the file or device, or empty.
        batch: Id of the import or command that wrote it, as ``batch_id`` makes it.
    """

    via: Via
    batch: str
    name: str = ""

    def __post_init__(self) -> None:
        check_id("batch", self.batch)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the diary; the printed form leaves out what happened, for that is nobody's business in a log.

    Attributes:
        id: Digest of the content (``entry_id``): the same thing twice is one entry.
        at: Instant at which it happened or was said, aware, UTC.
        date: Local date on which it happened or was said.
        origin: Where it comes from.
        what: What happened.
        replaces: Id of the entry that this one corrects, or empty.
    """

    id: str
    at: dt.datetime
    date: dt.date
    origin: Origin
    what: What = field(repr=False)
    replaces: str = ""

    def __post_init__(self) -> None:
        check_id("id", self.id)
        if self.replaces:
            check_id("replaces", self.replaces)
        if self.at.utcoffset() != dt.timedelta(0):
            msg = f"{self.at.isoformat()} is no instant in UTC"
            raise ValueError(msg)
        if isinstance(self.what, RunDone) and (self.what.start.tzinfo is None or self.what.local_start.tzinfo):
            msg = "a run starts at an aware instant, and locally at a time without offset"
            raise ValueError(msg)

    @property
    def kind(self) -> str:
        """Name of what happened, a key of ``KINDS``."""
        return KIND_OF[type(self.what)]

    @property
    def steers(self) -> bool:
        """Whether it changes which other entries are in force."""
        return isinstance(self.what, STEERING) or bool(self.replaces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Which entries are in force, in the order in which they were written, and ids of those that are not."""

    in_force: tuple[Entry, ...]
    undone: frozenset[str]
    replaced: frozenset[str]


def entry_of(what: What, *, at: dt.datetime, date: dt.date, origin: Origin, replaces: str = "") -> Entry:
    """Put what happened into an entry.

    Args:
        what: What happened.
        at: Aware instant, in any zone.
        date: Local date.
        origin: Where it comes from.
        replaces: Id of the entry it corrects.
    Raises: ValueError: ``at`` is naive, or a number in it is infinite or none.
    """
    if at.tzinfo is None:
        msg = f"{at.isoformat()} has no time zone; an entry needs an instant"
        raise ValueError(msg)
    at = at.astimezone(dt.UTC)
    key = entry_id(what, at=at, date=date, replaces=replaces)
    return Entry(id=key, at=at, date=date, origin=origin, replaces=replaces, what=what)


def run_entry(run: RunDone, origin: Origin, *, replaces: str = "") -> Entry:
    """Put a recorded run into an entry: at its start, on its local date."""
    return entry_of(run, at=run.start, date=run.local_start.date(), origin=origin, replaces=replaces)


def entry_id(what: What, *, at: dt.datetime, date: dt.date, replaces: str = "") -> str:
    """Digest an entry's content; origin and fields at their defaults do not count, nor does the date of a run.

    So the same import twice gives the same ids, and a field that a later version adds changes no older id.
    """
    content = plain(what)
    for name in NO_CONTENT.get(type(what), ()):
        content.pop(name, None)
    parts = [KIND_OF[type(what)], plain(at), "" if isinstance(what, RunDone) else plain(date), replaces, content]
    text = json.dumps(parts, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:ID_DIGITS]


def batch_id(at: dt.datetime, *names: str) -> str:
    """Make the id of a batch from its instant and what it reads.

    >>> batch_id(dt.datetime(2026, 11, 30, tzinfo=dt.UTC), "runs.zip")
    'b-940c8ae6b096'
    """
    text = "\n".join((plain(at.astimezone(dt.UTC)), *names))
    return f"b-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:12]}"


def plain(value: Any) -> Any:
    """Turn a value into what JSON knows: fields at their defaults are left out, whole numbers lose their point.

    Bytes of a file name that are no text become question marks.

    >>> plain(Origin(via=Via.HAND, batch="b-1a2b")), plain(30.0)
    ({'via': 'hand', 'batch': 'b-1a2b'}, 30)
    """
    if isinstance(value, str):
        return str(value) if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, dt.date):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    if is_dataclass(value):
        kind: Any = type(value)
        told = ((name, getattr(value, name), default) for name, default in _shape(kind))
        return {name: plain(v) for name, v, default in told if v != default}
    return value


@cache
def _shape(kind: Any) -> tuple[tuple[str, Any], ...]:
    """Name a class's fields with their defaults; where there is none, with ``MISSING``, which equals no value."""
    return tuple((field.name, field.default) for field in fields(kind))


def standing(entries: Iterable[Entry]) -> Standing:
    """Tell which entries are in force.

    The newest word on an entry or its batch counts. Taking back holds for what was written before it; an entry that
    was taken back takes nothing back itself. An entry with a newer version stays out whatever else is said of it.

    Args:
        entries: In the order of writing: all, or any part of them with every one that ``steers``.
    Returns: Entries in force, without those that only take back.
    """
    said: dict[str, tuple[int, bool]] = {}
    kept: list[Entry] = []
    undone: set[str] = set()
    replaced: set[str] = set()
    for age, entry in enumerate(reversed(tuple(entries))):
        words = [said[key] for key in (entry.id, entry.origin.batch) if key in said]
        if entry.id not in replaced and words and min(words)[1]:
            undone.add(entry.id)
            continue
        if entry.replaces:
            replaced.add(entry.replaces)
        if isinstance(entry.what, STEERING):
            for key in entry.what.of:
                said.setdefault(key, (age, isinstance(entry.what, Undone)))
        elif entry.id not in replaced:
            kept.append(entry)
    return Standing(in_force=tuple(reversed(kept)), undone=frozenset(undone), replaced=frozenset(replaced))
