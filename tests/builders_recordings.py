"""Recordings made by our own code: small FIT, GPX and TCX files of known content, for tests only."""

from __future__ import annotations

import datetime as dt
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

FIT_EPOCH = dt.datetime(1989, 12, 31, tzinfo=dt.UTC)
START = dt.datetime(2026, 11, 3, 6, 30, tzinfo=dt.UTC)
RUNNING, CYCLING, TRANSITION, FITNESS, WALKING = 1, 2, 3, 4, 11
SIZES = {0x00: "B", 0x02: "B", 0x84: "H", 0x85: "i", 0x86: "I", 0x55: "B"}
SAME_MINUTES = 1 / 111_195  # degrees of latitude for a metre


def crc16(data: bytes) -> int:
    """Compute the FIT checksum bit by bit, independently of the product's table."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0xA001 if crc & 1 else 0)
    return crc


def fit_time(moment: dt.datetime) -> int:
    return int((moment - FIT_EPOCH).total_seconds())


@dataclass
class FitWriter:
    """Writes FIT frames: ``say(number, [(field, base type, value)])`` defines a message anew and gives its data."""

    big: bool = False
    frames: bytearray = field(default_factory=bytearray)
    known: dict[tuple, int] = field(default_factory=dict)

    def say(self, number: int, fields: list[tuple[int, int, int]], developer: bytes = b"") -> None:
        order = ">" if self.big else "<"
        shape = (number, tuple((num, base) for num, base, _ in fields), len(developer))
        if shape not in self.known:
            self.known[shape] = local = len(self.known)
            self.frames += struct.pack("<BBB", 0x40 | local | (0x20 if developer else 0), 0, self.big)
            self.frames += struct.pack(order + "HB", number, len(fields))
            for num, base, _ in fields:
                self.frames += struct.pack("<BBB", num, struct.calcsize(SIZES[base]), base)
            if developer:
                self.frames += struct.pack("<BBBB", 1, 0, len(developer), 0)
        self.frames.append(self.known[shape])
        for _, base, value in fields:
            self.frames += struct.pack(order + SIZES[base], value)
        self.frames += developer

    def file(self, header: int = 14, size: int | None = None) -> bytes:
        stated = len(self.frames) if size is None else size
        head = struct.pack("<BBHI4s", header, 0x20, 2100, stated, b".FIT")
        if header == 14:
            head += struct.pack("<H", crc16(head))
        whole = head + bytes(self.frames)
        return whole + struct.pack("<H", crc16(whole))


def fit_head(writer: FitWriter, kind: int = 4, at: dt.datetime = START) -> None:
    writer.say(0, [(0, 0x00, kind), (1, 0x84, 1), (2, 0x84, 3113), (4, 0x86, fit_time(at))])


def fit_records(
    writer: FitWriter, *, at: dt.datetime = START, seconds: int = 600, speed: float = 3.0, hr: int = 140,
    developer: bytes = b"", placed: bool = False,
) -> None:
    for second in range(seconds + 1):
        fields = [
            (253, 0x86, fit_time(at) + second), (5, 0x86, round(100 * speed * second)), (3, 0x02, hr),
        ]
        if placed:
            fields += [(0, 0x85, round((45 + SAME_MINUTES * speed * second) * 2**31 / 180)), (1, 0x85, 100_000_000)]
        writer.say(20, fields, developer)


def fit_session(
    writer: FitWriter, *, at: dt.datetime = START, seconds: float = 600, metres: float = 1800, sport: int = RUNNING,
    sub_sport: int = 0, hr: tuple[int, int] = (140, 150),
) -> None:
    end = fit_time(at) + int(seconds)
    writer.say(18, [
        (253, 0x86, end), (2, 0x86, fit_time(at)), (7, 0x86, round(1000 * seconds)), (8, 0x86, round(1000 * seconds)),
        (9, 0x86, round(100 * metres)), (5, 0x00, sport), (6, 0x00, sub_sport), (16, 0x02, hr[0]), (17, 0x02, hr[1]),
    ])


def fit_activity(writer: FitWriter, *, at: dt.datetime = START, offset_h: float = 1.0) -> None:
    moment = fit_time(at) + 600
    writer.say(34, [
        (253, 0x86, moment), (0, 0x86, 600_000), (1, 0x84, 1), (2, 0x00, 0), (3, 0x00, 26), (4, 0x00, 1),
        (5, 0x86, moment + round(3600 * offset_h)),
    ])


def fit_run(*, big: bool = False, at: dt.datetime = START, offset_h: float = 1.0, sport: int = RUNNING) -> bytes:
    """Ten minutes at 3 m/s and 140 beats: a whole file."""
    writer = FitWriter(big=big)
    fit_head(writer, at=at)
    fit_records(writer, at=at)
    fit_session(writer, at=at, sport=sport)
    fit_activity(writer, at=at, offset_h=offset_h)
    return writer.file()


def iso(moment: dt.datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def track_points(
    *, at: dt.datetime = START, seconds: int = 600, speed: float = 3.0, every: int = 1, hr: int | None = 140,
) -> list[tuple[dt.datetime, float, float, int | None]]:
    """Give fixes due north at a constant speed: (moment, latitude, longitude, heart rate)."""
    return [
        (at + dt.timedelta(seconds=s), 45 + SAME_MINUTES * speed * s, 8.0, hr) for s in range(0, seconds + 1, every)
    ]


def gpx(points: list[tuple[dt.datetime, float, float, int | None]], *, kind: str = "running", name: str = "") -> str:
    """Write a GPX document as Garmin does, heart rate in an extension."""
    rows = "".join(
        f'<trkpt lat="{lat:.7f}" lon="{lon:.7f}"><ele>10</ele><time>{iso(at)}</time>'
        + (f"<extensions><x:TrackPointExtension><x:hr>{hr}</x:hr></x:TrackPointExtension></extensions>" if hr else "")
        + "</trkpt>\n"
        for at, lat, lon, hr in points
    )
    kind = f"<type>{kind}</type>" if kind else ""
    name = f"<name>{name}</name>" if name else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gpx creator="our tests" version="1.1" '
        'xmlns="urn:gpx" xmlns:x="urn:tpx">'
        f"<metadata><time>2026-01-01T00:00:00Z</time></metadata><trk>{name}{kind}<trkseg>\n{rows}</trkseg></trk></gpx>"
    )


def tcx(
    points: list[tuple[dt.datetime, float, float, int | None]], *, sport: str = "Running", seconds: float = 600,
    metres: float = 1800, laps: int = 1, speed: float | None = 3.0,
) -> str:
    """Write a TCX document with equal laps; ``speed`` None leaves out the distance of each point."""
    rows, at = [], points[0][0]
    share = len(points) // laps
    for lap in range(laps):
        mine = points[lap * share:(lap + 1) * share if lap < laps - 1 else None]
        track = "".join(_trackpoint(point, at, speed) for point in mine)
        rows.append(
            f'<Lap StartTime="{iso(mine[0][0])}"><TotalTimeSeconds>{seconds / laps}</TotalTimeSeconds>'
            f"<DistanceMeters>{metres / laps}</DistanceMeters><AverageHeartRateBpm><Value>140</Value>"
            "</AverageHeartRateBpm><MaximumHeartRateBpm><Value>150</Value></MaximumHeartRateBpm>"
            f"<Track>{track}</Track></Lap>",
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<TrainingCenterDatabase xmlns="urn:tcx"><Activities>'
        f'<Activity Sport="{sport}"><Id>{iso(at)}</Id>{"".join(rows)}<Creator><Name>our tests</Name></Creator>'
        "</Activity></Activities></TrainingCenterDatabase>"
    )


def _trackpoint(point: tuple[dt.datetime, float, float, int | None], first: dt.datetime, speed: float | None) -> str:
    at, lat, lon, hr = point
    far = "" if speed is None else f"<DistanceMeters>{speed * (at - first).total_seconds():.2f}</DistanceMeters>"
    beats = f"<HeartRateBpm><Value>{hr}</Value></HeartRateBpm>" if hr else ""
    return (
        f"<Trackpoint><Time>{iso(at)}</Time><Position><LatitudeDegrees>{lat:.7f}</LatitudeDegrees>"
        f"<LongitudeDegrees>{lon:.7f}</LongitudeDegrees></Position>{far}{beats}</Trackpoint>\n"
    )


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Flip, cut, double or overwrite a few places."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 2, 5, 20))):
        at = rng.randrange(max(len(out), 1))
        kind = rng.choice(("flip", "flip", "cut", "double", "noise", "drop"))
        if kind == "flip" and out:
            out[at] ^= 1 << rng.randrange(8)
        elif kind == "cut" and rng.random() < 0.3:
            del out[at:]
        elif kind == "double":
            out[at:at] = out[at:at + rng.randrange(1, 200)]
        elif kind == "noise":
            out[at:at + 4] = rng.randbytes(4)
        elif kind == "drop":
            del out[at:at + rng.randrange(1, 30)]
    return bytes(out)
