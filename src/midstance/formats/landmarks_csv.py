"""Landmark series as CSV: ``time_s``, then x, y, z and visibility of each place of the body (formats.md section 3)."""

from __future__ import annotations

import csv
import io
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from midstance.formats._format import Format, refusal
from midstance.formats._landmark_table import MOST_BYTES, TIME, Frames, LandmarkTable, columns_faults, columns_of
from midstance.formats._text import decode, refuse, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEPARATORS: Final = ",;\t"
_EMPTY: Final = float("nan")


def sniff(data: bytes) -> bool:
    """Tell whether data is a table whose first line names the time and a place."""
    head = data[:4096].decode("utf-8", "replace").lstrip("\ufeff").splitlines()
    return bool(head) and TIME in head[0].lower() and "_x" in head[0].lower() and not head[0].startswith("{")


def parse_table(data: bytes, source: str, names: Sequence[str]) -> LandmarkTable:
    """Read a landmark series.

    Args:
        data: The whole file. Commas, or semicolons or tabs and then decimal commas too.
        source: File name for messages.
        names: Places needed, in the order wanted; columns may come in any order.
    Raises: InputError: No table, columns missing, or bad rows; all of them at once.
    """
    text = decode(data, source, most_bytes=MOST_BYTES)
    needed = columns_of(names)
    first, _, _ = text.lstrip("\r\n").partition("\n")
    separator = max(SEPARATORS, key=first.count)
    rows = _rows(text, separator, source)
    _, header = next(rows, (1, []))
    if not any(cell.strip() for cell in header):
        raise refusal(source, "the file is empty", f"begin with the line {','.join(needed[:5])} and so on")
    given = [cell.strip().lower() for cell in header]
    doubts = columns_faults(given, needed, source, "line 1")
    refuse([fault for fault in doubts if fault.fatal])
    chosen = itemgetter(*(given.index(name) for name in needed))
    frames = Frames(source=source, names=needed)
    for line, cells in rows:
        if len(cells) != len(given):
            frames.fault(line, f"has {len(cells)} of {len(given)} columns", _why_short(len(cells), len(given)))
            continue
        numbers = _numbers(chosen(cells), separator, line, frames)
        if numbers:
            frames.add(line, numbers)
    return frames.table(doubts)


def _why_short(count: int, needed: int) -> str:
    return "the file may be cut off there" if count < needed else "one cell for each column"


def _rows(text: str, separator: str, source: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except csv.Error as error:
        raise refusal(source, f"is no table ({error})", "check that it is the right file",
                      place=f"line {reader.line_num}") from None


def _numbers(cells: Sequence[str], separator: str, line: int, frames: Frames) -> list[float]:
    if separator != ",":
        cells = [cell.replace(",", ".") for cell in cells]
    try:
        return [float(cell) for cell in cells]
    except ValueError:
        pass
    numbers = []
    for name, cell in zip(frames.names, cells, strict=True):
        try:
            numbers.append(float(cell) if cell.strip() else _EMPTY)
        except ValueError:
            frames.fault(line, f"{name} is {shown(cell)}", "a number, or nothing where the place was not seen")
            return []
    return numbers


FORMAT = Format(
    id="landmarks-csv", title="Landmark series (CSV)", suffixes=(".csv", ".csv.gz"), role="movement", sniff=sniff,
    supports={
        "33 places of the body, in any order of columns": "parsed", "places not seen": "parsed",
        "frames a little out of order": "parsed", "decimal commas": "parsed", "other columns": "not supported",
    },
)
