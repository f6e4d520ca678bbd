"""The diary as JSON Lines, ``midstance-diary/1``: one entry a line, in the order of writing.

    {"kind":"set-done","id":"9f...","at":"2026-12-01T18:04:11Z","date":"2026-12-01",
     "origin":{"via":"hand","batch":"b-1a2b3c4d5e6f"},"what":{"exercise":"goblet-squat","amount":8,"weight_kg":16}}

(one line in the file). Fields at their defaults are left out. ``id`` may be left out in lines that other programs
write; where it stands, it must be what the content gives, so a damaged line is noticed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import msgspec

from midstance.domain.diary import KINDS
from midstance.domain.entry import Entry, Origin, entry_of, plain
from midstance.formats._format import Fault, Format, Parsed
from midstance.formats._json_reading import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

DIARY_FORMAT = "midstance-diary/1"
KEYS = ("kind", "id", "at", "date", "origin", "replaces", "what")
MOST_LINE_BYTES = 16 << 20
"""A plan of a year has about 0.4 MB [bytes]."""


def render_entry(entry: Entry) -> str:
    """Write an entry as one line, without its end; the same bytes each time."""
    document = {
        "kind": entry.kind, "id": entry.id, "at": plain(entry.at), "date": plain(entry.date),
        "origin": plain(entry.origin)}
    if entry.replaces:
        document["replaces"] = entry.replaces
    return msgspec.json.encode(document | {"what": plain(entry.what)}).decode()


def render_entries(entries: Iterable[Entry]) -> bytes:
    """Write entries as JSON Lines."""
    return b"".join(render_entry(entry).encode() + b"\n" for entry in entries)


def parse_entries(data: bytes, source: str) -> Parsed:
    """Read JSON Lines; a line that cannot be used is left out and named, the others are kept.

    Args:
        data: The bytes; empty lines are passed over.
        source: Their name, for messages.
    """
    entries: list[Entry] = []
    faults: list[Fault] = []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            entry, found = parse_entry(line, source, f"line {number}")
            entries += [entry] if entry else []
            faults += found
    return Parsed(entries=tuple(entries), faults=tuple(faults))


def parse_entry(
    line: bytes | str, source: str, place: str = "", *, trusted: bool = False,
) -> tuple[Entry | None, tuple[Fault, ...]]:
    """Read one line.

    Args:
        line: The line, with or without its end.
        source: Name of the file or diary, for messages.
        place: Where in it, in words.
        trusted: Whether the line comes out of a store, so that its id need not be made again.
    Returns: The entry, and a fault for each field that was left out because it is not known; or None and why the line
        cannot be used.
    """
    try:
        value = msgspec.json.decode(line)
        unknown: list[str] = []
        entry = _entry(_object(value, "the line"), unknown, trusted=trusted)
    except (ValueError, RecursionError) as error:
        return None, (Fault(source=source, place=place, says=f"no entry of a diary: {error}", fatal=True),)
    return entry, tuple(
        Fault(source=source, place=place, says=f"the field {name} is not known here; it was left out",
              remedy="a newer midstance may know it") for name in unknown)


def _entry(value: dict[str, Any], unknown: list[str], *, trusted: bool) -> Entry:
    name = value.get("kind")
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        msg = f"its kind is {shown(name)}, which is not known here"
        raise ValueError(msg)
    unknown += [key for key in value if key not in KEYS]
    what = msgspec.convert(_known(value.get("what"), kind, "what", unknown), kind)
    origin = msgspec.convert(_known(value.get("origin"), Origin, "origin", unknown), Origin)
    at = _converted(value, "at", dt.datetime)
    date = _converted(value, "date", dt.date)
    replaces = _converted(value, "replaces", str) if "replaces" in value else ""
    key = _converted(value, "id", str) if "id" in value else ""
    if trusted:
        return Entry(id=key, at=at, date=date, origin=origin, replaces=replaces, what=what)
    made = entry_of(what, at=at, date=date, origin=origin, replaces=replaces)
    if key not in ("", made.id) and not unknown:
        msg = "its content is not what its id was made from, so it was changed or damaged; without the id it is new"
        raise ValueError(msg)
    return dataclasses.replace(made, id=key or made.id)


def _converted(value: dict[str, Any], key: str, kind: type[Any]) -> Any:
    try:
        return msgspec.convert(value.get(key), kind)
    except msgspec.ValidationError:
        msg = f"{key} is {shown(value.get(key))}"
        raise ValueError(msg) from None


def _object(value: Any, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        msg = f"{place} is no object"
        raise ValueError(msg)
    return value


def _known(value: Any, kind: Any, place: str, unknown: list[str]) -> dict[str, Any]:
    """Keep what the class has a field for, also in values inside values, and note the rest."""
    inner = _inner(kind)
    kept = {}
    for key, held in _object(value, place).items():
        if key not in inner:
            unknown.append(f"{place}.{key}")
        elif inner[key] is None or held is None:
            kept[key] = held
        elif isinstance(held, list):
            kept[key] = [_known(one, inner[key], f"{place}.{key}", unknown) for one in held]
        else:
            kept[key] = _known(held, inner[key], f"{place}.{key}", unknown)
    return kept


@cache
def _inner(kind: Any) -> dict[str, Any]:
    """Name a class's fields, each with the value class inside it or None."""
    hints = get_type_hints(kind)
    return {
        field.name: next((k for k in (hints[field.name], *get_args(hints[field.name])) if dataclasses.is_dataclass(k)),
                         None)
        for field in dataclasses.fields(kind)}


FORMAT = Format(
    id="diary-jsonl", title="midstance diary", suffixes=(".jsonl",), role="diary",
    sniff=lambda data: b'"origin":{"via":' in data[:2000], parse=parse_entries,
    supports={"entries": "both", "entries taken back": "both"},
)
