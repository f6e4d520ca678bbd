"""The outer shape of FIT files: headers, chained parts, frames and checksum; what the messages mean is in fit.py.

Both FIT libraries stop at the first damage without saying where. Walking the frames first, without decoding them,
tells the byte, keeps the good head of a cut file, bounds the memory a made-up file may ask for, and spots the one
thing on which the fast reader panics (a base type that does not exist).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from typing import Any

BASE_SIZES = {
    0x00: 1, 0x01: 1, 0x02: 1, 0x83: 2, 0x84: 2, 0x85: 4, 0x86: 4, 0x07: 1, 0x88: 4, 0x89: 8, 0x0A: 1, 0x8B: 2,
    0x8C: 4, 0x0D: 1, 0x8E: 8, 0x8F: 8, 0x90: 8,
}
MAX_VALUES = 3_000_000  # midstance default: 24 h of one record a second with 26 fields each
MESSAGE_COST = 8  # a message weighs as much as some values, even an empty one
SHORTEST_HEADER = 12
ROW = 256               # bytes that are summed up at once
LONG_BYTES = 16 * ROW   # below it a plain loop is as quick
CRC_BYTES = 2


def _crc_table() -> tuple[int, ...]:
    table = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ (0xA001 if value & 1 else 0)  # noqa: PLW2901
        table.append(value)
    return tuple(table)


_CRC = _crc_table()


def checksum(data: bytes) -> int:
    """Give the 16-bit checksum that ends a FIT file.

    >>> checksum(b"123456789")
    47933
    """
    if len(data) > LONG_BYTES:
        return _long_checksum(data)
    crc = 0
    for byte in data:
        crc = (crc >> 8) ^ _CRC[(crc ^ byte) & 0xFF]
    return crc


def _long_checksum(data: bytes) -> int:
    """Give the same for long data, row by row: a checksum is linear, so the bytes of a row add up in any order."""
    import numpy as np  # noqa: PLC0415 - only long files are worth its start

    tables = _row_tables()
    rows = np.frombuffer(bytes(-len(data) % ROW) + data, dtype=np.uint8).reshape(-1, ROW)
    sums = np.bitwise_xor.reduce(tables[np.arange(ROW), rows], axis=1)
    first, second = tables[0].tolist(), tables[1].tolist()
    crc = 0
    for row in sums.tolist():
        crc = row ^ first[crc & 0xFF] ^ second[crc >> 8]
    return crc


@cache
def _row_tables() -> Any:
    """Give what each value at each place of a row adds to the row's checksum: an array (place, value)."""
    import numpy as np  # noqa: PLC0415

    table = np.array(_CRC, dtype=np.uint16)
    tables = np.empty((ROW, 256), dtype=np.uint16)
    tables[-1] = table
    for place in range(ROW - 2, -1, -1):
        tables[place] = (tables[place + 1] >> 8) ^ table[tables[place + 1] & 0xFF]
    return tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of a chain, as far as its frames can be followed.

    Attributes:
        header: Offset of its header [bytes].
        frames: Offset of the first frame [bytes].
        end: Offset behind the last whole frame [bytes].
        next: Offset behind the part [bytes].
        trouble: What is wrong with its frames, at offset ``end``; empty when nothing is.
        odd: Whether it names a base type that does not exist.
    """

    header: int
    frames: int
    end: int
    next: int
    trouble: str = ""
    odd: bool = False


@dataclass(slots=True)
class Walk:
    """Where a walk over the frames of a part stands; ``sizes`` and ``fields`` by local message number."""

    at: int
    end: int
    sizes: list[int]
    fields: list[int]
    values: int = 0
    odd: bool = False


def is_header(data: bytes, at: int = 0) -> bool:
    """Tell whether a FIT header begins at an offset."""
    return len(data) >= at + SHORTEST_HEADER and data[at] >= SHORTEST_HEADER and data[at + 8:at + 12] == b".FIT"


def split_parts(data: bytes) -> tuple[list[Part], str]:
    """Follow the frames of all chained parts.

    Args:
        data: The bytes of a file.
    Returns: The parts in order, and what follows the last one when that is no FIT (a sentence, or empty).
    """
    parts: list[Part] = []
    at = 0
    while is_header(data, at):
        part = _walk_part(data, at)
        parts.append(part)
        at = part.next
    rest = len(data) - at
    sound = parts and not parts[-1].trouble
    return parts, f"{rest} bytes from byte {at} on are not FIT" if sound and rest > 0 else ""


def _walk_part(data: bytes, at: int) -> Part:
    first = at + data[at]
    stated = struct.unpack_from("<I", data, at + 4)[0]
    # A recorder that died leaves 0 as its size: everything up to the end is then taken as frames.
    end = first + stated if stated else len(data) - CRC_BYTES
    walk = Walk(at=min(first, len(data)), end=min(end, len(data)), sizes=[0] * 16, fields=[0] * 16)
    trouble = _follow(data, walk)
    if not trouble and stated == 0:
        trouble = "its header states no size"
    if not trouble and end + CRC_BYTES > len(data):
        trouble = "the file is cut off"
    return Part(header=at, frames=first, end=walk.at, next=end + CRC_BYTES, trouble=trouble, odd=walk.odd)


def _follow(data: bytes, walk: Walk) -> str:
    """Move ``walk`` behind the last whole frame; say what stopped it, or nothing."""
    sizes, fields = walk.sizes, walk.fields
    at, end, values = walk.at, walk.end, walk.values
    while at < end:
        head = data[at]
        if head & 0xC0 == 0x40:
            walk.at = at
            if trouble := define(data, walk):
                return trouble
            at = walk.at
            continue
        local = (head >> 5) & 3 if head & 0x80 else head & 15
        size = sizes[local]
        walk.at = at
        if not size:
            return f"a message of local type {local} comes before its definition"
        at += size
        values += MESSAGE_COST + fields[local]
        if at > end:
            return "the file is cut off in the middle of a message"
        if values > MAX_VALUES:
            return f"more than {MAX_VALUES} values, which no run has"
    walk.at = at
    return ""


def define(data: bytes, walk: Walk) -> str:
    """Read the definition at ``walk.at`` and step over it; say what is wrong with it, or nothing."""
    at, end = walk.at, walk.end
    head = data[at]
    if at + 6 > end or at + 6 + 3 * data[at + 5] > end:
        return "the file is cut off in the middle of a definition"
    if data[at + 2] > 1:
        return "a definition is neither little nor big endian"
    count = data[at + 5]
    behind = at + 6 + 3 * count
    size = 1 + sum(data[at + 7:behind:3])
    walk.odd = walk.odd or any(base not in BASE_SIZES for base in data[at + 8:behind:3])
    if head & 0x20:
        if behind >= end or behind + 1 + 3 * data[behind] > end:
            return "the file is cut off in the middle of a definition"
        more, behind = behind, behind + 1 + 3 * data[behind]
        size += sum(data[more + 2:behind:3])
        count += data[more]
    walk.sizes[head & 15], walk.fields[head & 15] = size, count
    walk.at = behind
    return ""


def mended(data: bytes, part: Part) -> bytes:
    """Give a part as a whole file of its own: good frames, right size, right checksum."""
    return framed(data[part.frames:part.end], data[part.header + 1])


def framed(frames: bytes, protocol: int) -> bytes:
    """Put header and checksum around frames.

    Args:
        frames: Definitions and data.
        protocol: Version of the protocol, a byte of the header.
    """
    header = struct.pack("<BBHI4sH", 14, protocol, 0, len(frames), b".FIT", 0)
    whole = header[:12] + struct.pack("<H", checksum(header[:12])) + frames
    return whole + struct.pack("<H", checksum(whole))
