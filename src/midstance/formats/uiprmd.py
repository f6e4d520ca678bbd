"""UI-PRMD: folders of text tables, one file a repetition, as the University of Idaho published them.

Vakanski, Jun, Paul and Baker (2018): ``Kinect/Positions/m01_s01_e01_positions.txt`` and ``Kinect/Angles/…_angles.txt``
(22 joints, 30 frames a second; places are relative to the joint above, in its own axes, so the angles are needed), or
``Vicon/Positions/…`` (39 markers, 100 frames a second, mm). ``m`` is the movement, ``s`` the person, ``e`` the
repetition; the files of wrong repetitions end in ``_inc``. What joints and markers are stands in ``motion.skeletons``.
"""

from __future__ import annotations

import math
import re
from array import array
from dataclasses import dataclass
from typing import Final, Literal

from midstance.formats._format import Format, refusal
from midstance.formats._text import decode, shown

System = Literal["kinect", "vicon"]

NAME: Final = re.compile(r"m(\d\d)_s(\d\d)_e(\d\d)_positions(_inc)?\.txt(\.gz)?", re.IGNORECASE)
RATE_HZ: Final[dict[System, float]] = {"kinect": 30.0, "vicon": 100.0}
WIDTH: Final[dict[int, System]] = {66: "kinect", 117: "vicon"}
MOST_BYTES: Final = 20_000_000
MOST_FRAMES: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A table of numbers.

    Attributes:
        count: Rows.
        width: Numbers in each: 66 or 117.
        values: All of them, row by row.
    """

    count: int
    width: int
    values: array[float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """What a file's name tells: movement, person and repetition, and whether it is one done wrong."""

    movement: int
    person: int
    repetition: int
    wrong: bool

    @property
    def set_name(self) -> str:
        """Name of all repetitions of one person's one movement, as the files begin and end."""
        return f"m{self.movement:02}_s{self.person:02}" + ("_inc" if self.wrong else "")


def which(name: str) -> Which | None:
    """Read a file's name; None where it is no file of positions.

    >>> which("m01_s02_e10_positions_inc.txt").set_name
    'm01_s02_inc'
    """
    found = NAME.fullmatch(name)
    if found is None:
        return None
    movement, person, repetition = (int(part) for part in found.group(1, 2, 3))
    return Which(movement=movement, person=person, repetition=repetition, wrong=bool(found[4]))


def angles_name(name: str) -> str:
    """Name the file of angles that belongs to a Kinect's file of positions.

    >>> angles_name("m01_s02_e10_positions_inc.txt")
    'm01_s02_e10_angles_inc.txt'
    """
    return name.replace("_positions", "_angles")


def parse_rows(data: bytes, source: str) -> Rows:
    """Read a table of positions or angles.

    Args:
        data: The whole file: numbers parted by commas or blanks, one frame a line.
        source: File name for messages.
    Raises: InputError: A row of another width, or what is no number.
    """
    text = decode(data, source, most_bytes=MOST_BYTES)
    values, width, count = array("d"), 0, 0
    for line, row in enumerate(text.splitlines(), 1):
        cells = row.replace(",", " ").split()
        if not cells:
            continue
        width = width or len(cells)
        if len(cells) != width or width not in WIDTH:
            raise refusal(source, f"has {len(cells)} numbers", _width_remedy(count, width), place=f"line {line}")
        values.extend(_number(cell, source, line) for cell in cells)
        count += 1
        if count > MOST_FRAMES:
            raise refusal(source, f"has more than {MOST_FRAMES:,} frames", "one repetition a file")
    if not count:
        raise refusal(source, "the file is empty", "a Kinect's file has 66 numbers a line, a Vicon's 117")
    return Rows(count=count, width=width, values=values)


def _width_remedy(count: int, width: int) -> str:
    if not count:
        return "a Kinect's file has 66 numbers a line, a Vicon's 117"
    return f"the lines before have {width}; the file may be cut off there"


def _number(cell: str, source: str, line: int) -> float:
    try:
        value = float(cell)
    except ValueError:
        raise refusal(source, f"{shown(cell)} is no number", "the untouched file", place=f"line {line}") from None
    if math.isinf(value):
        raise refusal(source, f"{cell} is no place", "the untouched file", place=f"line {line}")
    return value


def sniff(data: bytes) -> bool:
    """Tell whether the first line has as many numbers as a Kinect's or a Vicon's."""
    line = data[:8192].split(b"\n")[0].decode("ascii", "replace")
    cells = line.replace(",", " ").split()
    return len(cells) in WIDTH and all(re.fullmatch(r"[-+0-9.eE]+", cell) for cell in cells)


FORMAT = Format(
    id="uiprmd", title="UI-PRMD folder", suffixes=(".txt", ".txt.gz"), role="movement", sniff=sniff,
    supports={
        "Kinect positions with their angles": "parsed", "Vicon positions": "parsed",
        "several repetitions of one person, one after the other": "parsed", "Vicon angles": "not supported",
        "raw recordings": "not supported",
    },
)
