"""The runner's file: TOML in, a checked ``Runner`` out, and back (formats.md section 1).

Which keys there are is data in ``_runner_fields.py``, contradictions are in ``_runner_checks.py``. Exercise ids,
test ids, likes and dislikes are compared with the catalogue by the caller.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from midstance.domain.dates import DAYS
from midstance.domain.runner import Runner, Thresholds
from midstance.formats import _runner_checks as checks
from midstance.formats._format import Fault, Format, refusal
from midstance.formats._runner_fields import (
    AVAILABILITY,
    FIELDS,
    OWN_DEFAULTS,
    RUNNER,
    TABLES,
    Field,
    Table,
)
from midstance.formats._text import decode, nearest, refuse, shown
from midstance.formats._toml_lines import Path, key_lines, line_of
from midstance.formats._toml_values import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["FIELDS", "FORMAT", "TABLES", "parse_runner", "render_runner"]

MOST_BYTES = 200_000


class _Reading:
    """The faults of one file while it is read, each with its line."""

    def __init__(self, source: str, lines: Mapping[Path, int]) -> None:
        self.source = source
        self.lines = dict(lines)
        self.faults: list[Fault] = []

    def fault(self, path: Path, says: str, remedy: str) -> None:
        line = line_of(self.lines, path)
        words = [f"line {line}"] if line else []
        names = [part if isinstance(part, str) else f"entry {part + 1}" for part in path]
        place = ", ".join([*words, " ".join(names)[:120]])
        self.faults.append(Fault(source=self.source, place=place, says=says, remedy=remedy, fatal=True))


def parse_runner(text: bytes, source: str) -> Runner:
    """Read a runner's file.

    Args:
        text: The whole file.
        source: File name for messages.
    Returns: The runner, every value in its range and no two of them in contradiction.
    Raises: InputError: Everything that is wrong, each with its line and what would be right.
    """
    decoded = decode(text, source, most_bytes=MOST_BYTES).replace("\r\n", "\n")
    document = _document(decoded, source)
    reading = _Reading(source, key_lines(decoded))
    _unknown_tables(document, reading)
    values = {table.name: _read(document, table, reading) for table in TABLES}
    refuse(sorted(reading.faults, key=_line_number))
    return Runner(
        **values["runner"], blocked=values["blocked"], races=values["races"], running=values["running"],
        injuries=values["injuries"], lifts=values["lifts"], thresholds=Thresholds(**values["thresholds"]),
        availability={DAYS.index(day): windows for day, windows in values["availability"].items()},
        assessment=values["assessment"],
    )


def _line_number(fault: Fault) -> int:
    found = re.match(r"line (\d+)", fault.place)
    return int(found[1]) if found else 0


def _document(text: str, source: str) -> dict[str, Any]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r" ?\(at (line (\d+), column \d+|end of document)\)", str(error))
        place = found[1] if found else ""
        says = "this is not TOML and cannot be parsed: " + re.sub(r" ?\(at .*", "", str(error))
        if found and found[2]:
            says += f', in "{text.splitlines()[int(found[2]) - 1].strip()[:80]}"'
        raise refusal(source, says, "correct this line first; the rest is read after that", place=place) from None
    except (ValueError, RecursionError):
        raise refusal(source, "this is not TOML that can be read", "look for brackets without end") from None
    if not document:
        says = "the file is empty: the table [runner] is missing"
        raise refusal(source, says, "begin with [runner] and what is asked for in the documentation")
    return document


def _unknown_tables(document: Mapping[str, Any], reading: _Reading) -> None:
    names = [table.name for table in TABLES]
    for key in document:
        if key in names:
            continue
        near = nearest(key, names)
        homes = [f"[{f.table}]" for f in FIELDS if f.key == key]
        remedy = f"was [{near}] meant?" if near else "the tables are " + ", ".join(names)
        if homes and not isinstance(document[key], dict):
            remedy = f"it belongs below the line {homes[0]}"
        reading.fault((key,), f"{shown(key)} is no table of a runner's file", remedy)


def _read(document: Mapping[str, Any], table: Table, reading: _Reading) -> Any:
    """Read one table: a mapping by attribute, or a tuple of domain values for an array of tables."""
    if table.many:
        return _read_many(document.get(table.name, []), table, reading)
    if table is RUNNER and table.name not in document:
        reading.fault((), "the table [runner] is missing", "begin the file with the line [runner]")
        return {}
    raw = document.get(table.name, {})
    if not isinstance(raw, dict):
        reading.fault((table.name,), f"is {shown(raw)}, not a table", f"write [{table.name}] on a line of its own")
        return {}
    if table.free is not None:
        return _read_free(raw, table, reading)
    return _read_one(raw, table, (table.name,), reading)


def _read_many(raw: Any, table: Table, reading: _Reading) -> tuple[Any, ...]:
    path: Path = (table.name,)
    if not isinstance(raw, list) or not all(isinstance(entry, dict) for entry in raw):
        reading.fault(path, "is not a list of tables", f"write [[{table.name}]] above each entry")
        return ()
    if len(raw) > table.most:
        reading.fault(path, f"has {len(raw)} entries", f"at most {table.most} are allowed")
        return ()
    before = len(reading.faults)
    entries = [_read_one(entry, table, (*path, index), reading) for index, entry in enumerate(raw)]
    if check := checks.ALL.get(table.name):
        for index, (key, says, remedy) in check(entries):
            reading.fault((*path, index, key), says, remedy)
    if len(reading.faults) > before or table.make is None:
        return ()
    return tuple(table.make(**entry) for entry in entries)


def _read_one(raw: Mapping[str, Any], table: Table, path: Path, reading: _Reading) -> dict[str, Any]:
    """Read the fields of one table; what is absent stays absent, except for a default the domain does not have."""
    values: dict[str, Any] = {}
    missing: list[Field] = []
    for field in table.fields:
        if field.key in raw:
            try:
                values[field.attribute] = field.reader.read(raw[field.key])
            except ValueError as error:
                reading.fault((*path, field.key), str(error), f"write {field.reader.words}")
        elif (table.name, field.key) in OWN_DEFAULTS:
            values[field.attribute] = field.default
        elif field.required:
            missing.append(field)
    meant = _unknown_keys(raw, table, path, reading)
    for field in missing:
        if field.key not in meant:
            remedy = f"add {field.key} ({field.says}): {field.reader.words}"
            reading.fault(path, f"{field.key} is missing", remedy)
    if check := checks.ONE.get(table.name):
        for key, says, remedy in check(values):
            reading.fault((*path, key), says, remedy)
    return values


def _unknown_keys(raw: Mapping[str, Any], table: Table, path: Path, reading: _Reading) -> set[str]:
    """Name the keys that the table does not have; give the known keys that were probably meant."""
    known = [field.key for field in table.fields]
    meant: set[str] = set()
    for key in raw:
        if key in known:
            continue
        near = nearest(key, known)
        homes = sorted({f.table for f in FIELDS if f.key == key})
        remedy = "the keys here are " + ", ".join(known)
        if homes:
            remedy = f"it belongs to [{homes[0]}]"
        elif near:
            remedy = f"was {near} meant?"
            meant.add(near)
        reading.fault((*path, key), f"{shown(key)} is not a key of [{table.name}]", remedy)
    return meant


def _read_free(raw: Mapping[str, Any], table: Table, reading: _Reading) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if len(raw) > table.most:
        reading.fault((table.name,), f"has {len(raw)} entries", f"at most {table.most} are allowed")
        return values
    for key, value in raw.items():
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
            reading.fault((table.name, key), f"{shown(key)} is no test id", 'ids look like "knee-to-wall-cm"')
            continue
        try:
            values[key] = table.free.read(value) if table.free else value
        except ValueError as error:
            reading.fault((table.name, key), str(error), f"write {table.free.words if table.free else 'a number'}")
    return values


def render_runner(runner: Runner) -> str:
    """Write a runner's file that ``parse_runner`` reads back to the same runner; defaults are left out.

    >>> from midstance.domain.runner import Level
    >>> ana = Runner(name="Ana", timezone="Europe/Lisbon", running_level=Level.BEGINNER, strength_level=Level.BEGINNER,
    ...              goal="5k")
    >>> parse_runner(render_runner(ana).encode(), "ana.toml") == ana
    True
    """
    blocks = [["[runner]", *_lines(RUNNER, runner)]]
    for table in TABLES:
        value: Any = getattr(runner, table.name, runner)
        if table.many:
            blocks += [[f"[[{table.name}]]", *_lines(table, entry)] for entry in value]
        elif table is AVAILABILITY:
            lines = [f"{DAYS[day]} = {table.fields[day].reader.write(w)}" for day, w in sorted(value.items())]
            blocks += [["[availability]", *lines]] if lines else []
        elif table.free is not None:
            lines = [f"{key} = {table.free.write(result)}" for key, result in sorted(value.items())]
            blocks += [[f"[{table.name}]", *lines]] if lines else []
        elif table is not RUNNER and (lines := list(_lines(table, value))):
            blocks.append([f"[{table.name}]", *lines])
    return "\n\n".join("\n".join(lines) for lines in blocks) + "\n"


def _lines(table: Table, value: Any) -> Iterator[str]:
    for field in table.fields:
        known = getattr(value, field.attribute)
        if known != field.default or field is RUNNER.fields[0]:
            yield f"{_key(field)} = {field.reader.write(known)}"


def _key(field: Field) -> str:
    return field.key if re.fullmatch(r"[A-Za-z0-9_-]+", field.key) else quoted(field.key)


def _sniff(data: bytes) -> bool:
    return re.search(rb"(?m)^[ \t]*\[runner\]", data[:100_000].removeprefix(b"\xef\xbb\xbf")) is not None


FORMAT = Format(
    id="runner-toml", title="Runner's file", suffixes=(".toml",), role="runner", sniff=_sniff,
    supports={f"[{table.name}]": "both" for table in TABLES},
)
