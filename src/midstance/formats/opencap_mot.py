"""Joint angles as OpenSim and OpenCap write them (``.mot``): a head, then a table parted by blanks."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from midstance.formats._format import Format, refusal
from midstance.formats._text import decode, shown

END: Final = "endheader"
MOST_BYTES: Final = 50_000_000
HEAD_LINES: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class JointAngles:
    """Joint angles over time.

    Attributes:
        times_s: Rising [s].
        degrees: Values by name of the coordinate, ``knee_angle_r`` and the like; bending is positive [degrees].
    """

    times_s: array[float]
    degrees: dict[str, array[float]]


def sniff(data: bytes) -> bool:
    """Tell whether data begins with a head of OpenSim."""
    return b"endheader" in data[:4096] and data[:1] not in (b"{", b"\x00")


def parse_angles(data: bytes, source: str) -> JointAngles:
    """Read joint angles.

    Args:
        data: The whole file.
        source: File name for messages.
    Raises: InputError: No head, radians without a word of it, rows of another width, times that do not rise.
    """
    lines = decode(data, source, most_bytes=MOST_BYTES).splitlines()
    head = [line.strip().lower() for line in lines[:HEAD_LINES]]
    if END not in head:
        raise refusal(source, "has no head of OpenSim", f"a .mot file has a line {END} before its table")
    start = head.index(END) + 1
    factor = math.degrees(1) if "indegrees=no" in [line.replace(" ", "") for line in head[:start]] else 1.0
    rows = [(number, line.split()) for number, line in enumerate(lines[start:], start + 1) if line.strip()]
    if len(rows) < 3 or rows[0][1][0] != "time":
        raise refusal(source, "has no table", "after the head a line of names, time first, then a row a frame",
                      place=f"line {start + 1}")
    names = rows[0][1]
    columns = [array("d") for _ in names]
    for line, cells in rows[1:]:
        _add(columns, cells, source, line)
    _check_times(columns[0], source, rows[1][0])
    angles = {name: array("d", (value * factor for value in column))
              for name, column in zip(names[1:], columns[1:], strict=True)}
    return JointAngles(times_s=columns[0], degrees=angles)


def _add(columns: list[array[float]], cells: list[str], source: str, line: int) -> None:
    if len(cells) != len(columns):
        raise refusal(source, f"has {len(cells)} of {len(columns)} columns", "the file may be cut off there",
                      place=f"line {line}")
    for column, cell in zip(columns, cells, strict=True):
        try:
            value = float(cell)
        except ValueError:
            raise refusal(source, f"{shown(cell)} is no number", "degrees", place=f"line {line}") from None
        if math.isinf(value):
            raise refusal(source, f"{cell} is no angle", "degrees", place=f"line {line}")
        column.append(value)


def _check_times(times: array[float], source: str, first: int) -> None:
    for k, (before, after) in enumerate(pairwise(times)):
        if not after > before:
            raise refusal(source, f"time goes from {before:g} to {after:g}", "times rise from row to row",
                          place=f"line {first + k + 1}")


FORMAT = Format(
    id="opencap-mot", title="OpenCap joint angles", suffixes=(".mot", ".mot.gz"), role="movement", sniff=sniff,
    supports={
        "bending of hips, knees and elbows": "parsed", "lean of the trunk": "parsed", "degrees and radians": "parsed",
        "ankles": "not supported", "forces": "not supported",
    },
)
