"""Running calendars as tables: ``date, start, type, minutes, distance_km, title`` (formats.md section 2).

Spreadsheets write them with commas, semicolons or tabs, decimal commas, byte order marks and several encodings; all of
these are read. A table with a bad row is refused as a whole, with every bad row named.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from typing import TYPE_CHECKING, Any

from midstance.domain.run import RunType
from midstance.domain.units import KM_PER_MILE, day_minutes
from midstance.formats._calendar import (
    FIRST_DATE,
    LAST_DATE,
    MOST_BYTES,
    MOST_KM,
    MOST_MINUTES,
    MOST_TITLE,
    Gathered,
    Stated,
    read_entry,
)
from midstance.formats._format import Fault, Format, InputError, Parsed, refusal
from midstance.formats._text import decode, nearest, refuse, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COLUMNS = ("date", "start", "type", "minutes", "distance_km", "title")
MOST_ROWS = 50_000
Cells = dict[str, str]
Row = tuple[int, list[str]]


def parse_csv(data: bytes, source: str, *, units: str = "km") -> Parsed:
    """Read a table of planned runs.

    Args:
        data: The whole file.
        source: File name for messages.
        units: Unit of bare numbers in titles, ``km`` or ``mi``; the column ``distance_km`` is in km.
    Returns: One ``CalendarRun`` per run, in the order of the file; columns that are not read are named in ``faults``.
    Raises: InputError: No table, no column ``date``, or bad rows; all of them at once.
    """
    text = decode(data, source, most_bytes=MOST_BYTES)
    rows = list(_rows(text, source))
    if not rows:
        raise refusal(source, "the file is empty", "begin with the line " + ",".join(COLUMNS))
    gathered = Gathered(source=source)
    header = _header(rows[0], gathered)
    faults: list[Fault] = []
    for line, cells in rows[1:]:
        try:
            _add_row(_named(header, cells), line, units, gathered)
        except ValueError as error:
            says, _, remedy = str(error).partition(" | ")
            faults.append(Fault(source=source, place=f"line {line}", says=says, remedy=remedy, fatal=True))
    refuse(faults)
    if len(rows) == 1:
        gathered.fault("", "has a header and no rows")
    return gathered.parsed()


def _rows(text: str, source: str) -> Iterator[Row]:
    """Give the rows that are not blank, each with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 0
    try:
        for count, cells in enumerate(reader):
            if count > MOST_ROWS:
                raise refusal(source, f"has more than {MOST_ROWS} rows", "split the file", place=f"line {line + 1}")
            if any(cell.strip() for cell in cells):
                yield line + 1, cells
            line = reader.line_num
    except csv.Error as error:
        says = f"this row cannot be parsed as CSV: {error}"
        remedy = "quotes must be closed, and doubled inside a cell"
        raise refusal(source, says, remedy, place=f"line {line + 1}") from None


def _delimiter(text: str) -> str:
    """Find the separator: the one that most often stands in the first line that is not blank."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=head.count)


def _header(row: Row, gathered: Gathered) -> list[str]:
    line, cells = row
    names = [re.sub(r"[\s-]+", "_", cell.strip().lower()) for cell in cells]
    if "date" not in names:
        says = f"there is no column date; the first line is {shown(','.join(cells))}"
        raise refusal(gathered.source, says, "begin with the line " + ",".join(COLUMNS), place=f"line {line}")
    if twice := sorted({name for name in names if name in COLUMNS and names.count(name) > 1}):
        says = f"the column {twice[0]} is there twice"
        raise refusal(gathered.source, says, "keep one of them", place=f"line {line}")
    for name in names:
        if name and name not in COLUMNS:
            near = nearest(name, COLUMNS)
            remedy = f"was {near} meant?" if near else ""
            gathered.fault(f"line {line}", f"the column {shown(name)} is not read", remedy)
    return names


def _named(header: list[str], cells: list[str]) -> Cells:
    extra = [cell for cell in cells[len(header):] if cell.strip()]
    if extra:
        says = f"has {len(cells)} cells, and the first line has {len(header)} columns"
        raise ValueError(f"{says} | put quotes around a cell that holds the separator, such as \"9,5\"")
    return {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name in COLUMNS}


def _add_row(cells: Cells, line: int, units: str, gathered: Gathered) -> None:
    """Read one row; a ValueError carries all that is wrong with it, ``what | remedy``."""
    wrong: list[str] = []

    def read(column: str, reader: Callable[[str], Any]) -> Any:
        cell = cells.get(column, "")
        try:
            return reader(cell) if cell else None
        except ValueError as error:
            wrong.append(f"{column} {error}")
            return None

    date = read("date", _date)
    stated = Stated(
        start_minute=read("start", _start), type=read("type", _type), minutes=read("minutes", _minutes),
        distance_km=read("distance_km", _kilometres),
    )
    title = read("title", _title) or ""
    if not cells.get("date"):
        wrong.insert(0, "has no date | write year-month-day, such as 2026-12-31")
    if not any(cells.get(column) for column in ("minutes", "distance_km", "title")):
        wrong.append("has none of minutes, distance_km and title | one of them is needed")
    if wrong:
        raise ValueError(_joined(wrong))
    distance = None
    if stated.distance_km is not None:
        distance = stated.distance_km / (KM_PER_MILE if units == "mi" else 1)
    gathered.add(date, read_entry(title, units=units, distance=distance), stated, place=f"line {line}")


def _joined(wrong: list[str]) -> str:
    parts = [part.partition(" | ") for part in wrong]
    remedies = dict.fromkeys(remedy for _, _, remedy in parts if remedy)
    return "; ".join(says for says, _, _ in parts) + " | " + "; ".join(remedies)


def _date(cell: str) -> dt.date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell, re.ASCII):
        remedy = "write year-month-day, such as 2026-12-31"
        if day := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", cell, re.ASCII):
            remedy = f"write {day[3]}-{int(day[2]):02}-{int(day[1]):02} if day.month.year was meant"
        raise ValueError(f"is {shown(cell)}, not in the form year-month-day | {remedy}")
    try:
        date = dt.date.fromisoformat(cell)
    except ValueError:
        raise ValueError(f"is {shown(cell)}, and there is no such date | correct month or day") from None
    if not FIRST_DATE <= date <= LAST_DATE:
        raise ValueError(f"is {date}, too far from today | write a date between {FIRST_DATE} and {LAST_DATE}")
    return date


def _start(cell: str) -> int:
    remedy = "write hours and minutes, such as 06:30"
    if not re.fullmatch(r"\d{1,2}:\d{2}(:\d{2})?", cell, re.ASCII):
        raise ValueError(f"is {shown(cell)}, not a time of day | {remedy}")
    hours, minutes, *_ = cell.split(":")
    try:
        minute = day_minutes(f"{hours}:{minutes}")
    except ValueError:
        minute = 24 * 60
    if minute >= 24 * 60:
        raise ValueError(f"is {shown(cell)}, and there is no such time of day | {remedy}")
    return minute


def _type(cell: str) -> RunType:
    names = [kind.value for kind in RunType]
    if cell.lower() in names:
        return RunType(cell.lower())
    near = nearest(cell, names)
    meant = f"was {near} meant? " if near else ""
    raise ValueError(f"is {shown(cell)}, not a kind of run | {meant}the kinds are {', '.join(names)}")


def _minutes(cell: str) -> float:
    return _number(cell, MOST_MINUTES, "minutes")


def _kilometres(cell: str) -> float:
    return _number(cell, MOST_KM, "km")


def _number(cell: str, most: float, unit: str) -> float:
    if not re.fullmatch(r"[+-]?\d{1,12}([.,]\d{1,12})?", cell, re.ASCII):
        raise ValueError(f"is {shown(cell)}, not a number | write digits alone, such as 45 or 9.5")
    value = float(cell.replace(",", "."))
    if not 0 < value <= most:
        raise ValueError(f"is {cell}, not between 0 and {most:g} {unit} | correct it or leave the cell empty")
    return value


def _title(cell: str) -> str:
    if len(cell) > MOST_TITLE:
        raise ValueError(f"has {len(cell)} characters | write at most {MOST_TITLE}")
    return cell


def _sniff(data: bytes) -> bool:
    try:
        text = decode(data[:4096], "", most_bytes=MOST_BYTES)
    except InputError:
        return False
    head = next((line for line in text.splitlines() if line.strip()), "")
    names = [re.sub(r"[\s-]+", "_", cell.strip().strip('"').lower()) for cell in head.split(_delimiter(text))]
    return "date" in names and len(set(names) & set(COLUMNS)) > 1


FORMAT = Format(
    id="calendar-csv", title="Table of planned runs", suffixes=(".csv", ".tsv"), role="calendar", sniff=_sniff,
    parse=parse_csv, supports=dict.fromkeys(COLUMNS, "parsed") | {"other columns": "not supported"},
)
