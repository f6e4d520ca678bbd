"""Landmark series as JSON Lines: on each line one object with the keys that the CSV has as columns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import msgspec

from midstance.formats._format import Format, refusal
from midstance.formats._landmark_table import MOST_BYTES, TIME, Frames, LandmarkTable, columns_faults, columns_of
from midstance.formats._text import decode, refuse, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

HUGE: Final = 1e300   # whole numbers may be larger than a float holds
_DECODER: Final = msgspec.json.Decoder(dict[str, Any])


def sniff(data: bytes) -> bool:
    """Tell whether data begins with an object that has a time."""
    head = data[:65_536].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and f'"{TIME}"'.encode() in head


def parse_table(data: bytes, source: str, names: Sequence[str]) -> LandmarkTable:
    """Read a landmark series.

    Args:
        data: The whole file; null stands for a place that was not seen.
        source: File name for messages.
        names: Places needed, in the order wanted.
    Raises: InputError: No such lines, keys missing, or values that are no numbers; all of them at once.
    """
    text = decode(data, source, most_bytes=MOST_BYTES)
    needed = columns_of(names)
    frames = Frames(source=source, names=needed)
    doubts = []
    for line, row in enumerate(text.split("\n"), 1):
        if not row.strip():
            continue
        found = _object(row, line, frames)
        if found is None:
            continue
        if not frames.lines and not frames.faults:
            doubts = columns_faults(list(found), needed, source, f"line {line}")
            refuse([fault for fault in doubts if fault.fatal])
        numbers = _numbers(found, line, frames)
        if numbers:
            frames.add(line, numbers)
    if not frames.lines and not frames.faults:
        raise refusal(source, "the file is empty", f'on each line an object: {{"{TIME}": 0.0, "{needed[1]}": 0.51, …}}')
    return frames.table(doubts)


def _object(row: str, line: int, frames: Frames) -> dict[str, Any] | None:
    try:
        return _DECODER.decode(row)
    except (msgspec.DecodeError, RecursionError):
        frames.fault(line, "is no JSON object" if row.rstrip().endswith("}") else "is no whole JSON object",
                     "one object a line; the last line may be cut off")
        return None


def _numbers(found: dict[str, Any], line: int, frames: Frames) -> list[float]:
    numbers = []
    for name in frames.names:
        value = found.get(name, "")
        if value is None and name != TIME:
            numbers.append(math.nan)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            numbers.append(float(min(max(value, -HUGE), HUGE)))
        else:
            says = f"{name} is {shown(value)}" if name in found else f"{name} is missing"
            frames.fault(line, says, "a number, or null where the place was not seen")
            return []
    return numbers


FORMAT = Format(
    id="landmarks-jsonl", title="Landmark series (JSON Lines)", suffixes=(".jsonl", ".ndjson", ".jsonl.gz"),
    role="movement", sniff=sniff,
    supports={
        "33 places of the body": "parsed", "places not seen": "parsed", "frames a little out of order": "parsed",
        "other keys": "not supported",
    },
)
