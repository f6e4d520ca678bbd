"""The records of a FIT file lifted out of it: the messages that make files long, read in a tenth of the time.

Only records of the plain shape are lifted: normal headers, each field that is used of the size and base type that the
FIT profile gives it; what extensions of a watch add is passed over. Where a file has any other record, all of it is
left to the reader of whole messages; for both it must be the same run. Field numbers are facts of the FIT profile.
"""

from __future__ import annotations

import datetime as dt
import struct
from dataclasses import dataclass

from midstance.formats import _fit_frames as frames
from midstance.formats._track import YEARS, Point

RECORD = 20
TIME, LAT, LON, METRES, HEART = 253, 0, 1, 5, 3
PACKED_SPEED_DISTANCE = 8     # readers take a distance out of it
SHAPES = {TIME: (4, 0x86, "I"), LAT: (4, 0x85, "i"), LON: (4, 0x85, "i"), METRES: (4, 0x86, "I"), HEART: (1, 0x02, "B")}
NOTHING = {TIME: 0xFFFFFFFF, LAT: 0x7FFFFFFF, LON: 0x7FFFFFFF, METRES: 0xFFFFFFFF, HEART: 0xFF}
EPOCH_S = int(dt.datetime(1989, 12, 31, tzinfo=dt.UTC).timestamp())
FIRST_S = int(dt.datetime(YEARS.start, 1, 1, tzinfo=dt.UTC).timestamp()) - EPOCH_S
LAST_S = int(dt.datetime(YEARS.stop, 1, 1, tzinfo=dt.UTC).timestamp()) - EPOCH_S
DEGREES = 180 / 2 ** 31       # places are stored as parts of half a circle


@dataclass(frozen=True, slots=True)
class Lifted:
    """A file without its records.

    Attributes:
        rest: The other messages as a whole file of their own.
        points: The records with a date, in the order of the file.
        records: How many records there were, with a date or without.
    """

    rest: bytes
    points: list[Point]
    records: int


class _Shape:
    """How the records of one definition lie in the file."""

    def __init__(self, data: bytes, at: int) -> None:
        order = ">" if data[at + 2] else "<"
        self.plain = True
        codes = [order, "x"]
        self._fields: list[int] = []
        for k in range(at + 6, at + 6 + 3 * data[at + 5], 3):
            number, size, base = data[k:k + 3]
            shape = SHAPES.get(number)
            self.plain &= number != PACKED_SPEED_DISTANCE and (shape is None or shape[:2] == (size, base))
            self.plain &= number not in self._fields
            codes.append(shape[2] if shape else f"{size}x")
            self._fields += [number] if shape else []
        more = at + 6 + 3 * data[at + 5]
        if data[at] & 0x20:
            codes.append(f"{sum(data[more + 2:more + 1 + 3 * data[more]:3])}x")
        layout = struct.Struct("".join(codes))
        self.size, self._unpack = layout.size, layout.unpack_from
        if self.plain:
            self._places = tuple(
                self._fields.index(number) if number in self._fields else -1
                for number in (TIME, LAT, LON, METRES, HEART))

    def point(self, data: bytes, at: int) -> Point | None:
        """Read one record; None where it has no date."""
        values = (*self._unpack(data, at), None)
        time, lat, lon, metres, heart = (values[place] for place in self._places)
        if time is None or not FIRST_S <= time < LAST_S:
            return None
        return Point(
            float(EPOCH_S + time),
            None if lat is None or lat == NOTHING[LAT] else lat * DEGREES,
            None if lon is None or lon == NOTHING[LON] else lon * DEGREES,
            None if metres is None or metres == NOTHING[METRES] else metres / 100,
            None if heart is None or heart == NOTHING[HEART] else heart)


def lift(whole: bytes) -> Lifted | None:
    """Take the records out of one whole FIT file whose frames can be followed to the end.

    Args:
        whole: Header, frames and checksum.
    Returns: The records and the rest, or None where a record is not of the plain shape or the checksum is wrong.
    """
    found = _frames(whole, whole[0], len(whole) - frames.CRC_BYTES)
    if found is None or frames.checksum(whole) != 0:
        return None
    rest, points, records = found
    return Lifted(frames.framed(rest, whole[1]), points, records)


def _frames(data: bytes, at: int, end: int) -> tuple[bytes, list[Point], int] | None:
    """Walk over the frames: (those that are no records, points, number of records)."""
    walk = frames.Walk(at=at, end=end, sizes=[0] * 16, fields=[0] * 16)
    shapes: list[_Shape | None] = [None] * 16
    rest: list[bytes] = []
    points: list[Point] = []
    kept, records = at, 0
    while at < end:
        head = data[at]
        if head & 0xC0 == 0x40:
            walk.at = at
            if frames.define(data, walk):
                return None
            shapes[head & 15] = shape = _shape(data, at)
            if shape and not shape.plain:
                return None
            at = walk.at
            continue
        shape = shapes[(head >> 5) & 3 if head & 0x80 else head & 15]
        if shape is None:
            at += walk.sizes[(head >> 5) & 3 if head & 0x80 else head & 15] or end
            continue
        if head & 0x80:
            return None
        rest.append(data[kept:at])
        point = shape.point(data, at)
        if point:
            points.append(point)
        at += shape.size
        kept, records = at, records + 1
    rest.append(data[kept:end])
    return (b"".join(rest), points, records) if at == end else None


def _shape(data: bytes, at: int) -> _Shape | None:
    """Read the shape of a definition at an offset; None where it defines no record."""
    number = struct.unpack_from(">H" if data[at + 2] else "<H", data, at + 3)[0]
    return _Shape(data, at) if number == RECORD else None
