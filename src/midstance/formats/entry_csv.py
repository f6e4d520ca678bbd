"""Diary entries of one kind as a table for spreadsheets; written, never read back (that is ``entry_json``'s part)."""

from __future__ import annotations

import csv
import dataclasses
import io
from typing import TYPE_CHECKING, Any

from midstance.domain.entry import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from midstance.domain.diary import What
    from midstance.domain.entry import Entry

BEFORE = ("id", "at", "date", "via", "name")
LEFT_OUT = frozenset({"document"})
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that make a spreadsheet calculate; an apostrophe goes before such a text."""


def render_entries_csv(kind: type[What], entries: Iterable[Entry]) -> str:
    """Write entries of one kind as CSV: a line each, a column for each field, documents left out.

    Args:
        kind: Class of what happened.
        entries: Entries of that kind.
    Returns: Text with a heading line; lists are parted by spaces (numbers) or semicolons.
    """
    names = [field.name for field in dataclasses.fields(kind) if field.name not in LEFT_OUT]
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow((*BEFORE, *names))
    for entry in entries:
        before = (entry.id, plain(entry.at), entry.date, entry.origin.via.value, _cell(entry.origin.name))
        table.writerow((*before, *_cells(entry.what, names)))
    return text.getvalue()


def _cells(what: Any, names: list[str]) -> Iterator[object]:
    return (_cell(getattr(what, name)) for name in names)


def _cell(value: Any) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return ":".join(str(_cell(getattr(value, field.name))) for field in dataclasses.fields(value))
    if isinstance(value, tuple):
        numbers = all(isinstance(one, int | float) for one in value)
        return (" " if numbers else "; ").join(str(_cell(one)) for one in value)
    shown = plain(value)
    return f"'{shown}" if isinstance(shown, str) and shown.startswith(FORMULA) else shown
