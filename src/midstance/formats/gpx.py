"""GPX: tracks of watches, phones and web services. Routes and waypoints are plans of a way, not recordings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from midstance.formats import _xml
from midstance.formats._format import Fault, Format, Parsed
from midstance.formats._sport import is_run
from midstance.formats._track import MAX_POINTS, Point, Recording, epoch_s, to_parsed

ROOT = re.compile(rb"<(?:\w+:)?gpx[\s>/]")
HEART_NAMES = frozenset({"hr", "heartrate", "heart_rate", "heartratebpm"})
REMEDY = "export the activity as GPX with times, or as FIT"


def sniff(data: bytes) -> bool:
    """Tell whether bytes begin a GPX document."""
    return bool(ROOT.search(_xml.head_of(data)))


def parse(data: bytes, source: str) -> Parsed:
    """Read the tracks of a GPX file, each as one recording.

    Args:
        data: All bytes of the file, of any kind.
        source: File name for faults.
    Returns: ``RunDone`` entries; tracks without times cannot be dated and are faults.
    """
    if not sniff(data):
        fault = Fault(source=source, place="", says="this is not a GPX file", remedy=REMEDY, fatal=True)
        return Parsed(faults=(fault,))
    reader = _Reader()
    trouble = _xml.walk(data, reader.start, reader.end)
    reader.finish()
    faults = []
    if trouble:
        nothing = not reader.tracks
        says = trouble.says if nothing else f"{trouble.says}; read up to there"
        faults.append(Fault(source=source, place=f"line {trouble.line}", says=says, fatal=nothing))
    faults += [
        Fault(source=source, place=place, says="left out: a track without times is no recording", remedy=REMEDY)
        for place in reader.timeless
    ]
    if not (reader.tracks or reader.timeless or trouble):
        faults.append(Fault(source=source, place="", says="it holds no track", remedy=REMEDY, fatal=True))
    return to_parsed(reader.tracks, source, faults)


@dataclass(slots=True)
class _Reader:
    """Collects tracks from the stream of elements; the fields below ``tracks`` are those of the current track."""

    tracks: list[Recording] = field(default_factory=list)
    timeless: list[str] = field(default_factory=list)
    device: str = ""
    inside: list[str] = field(default_factory=list)
    seen: int = 0
    name: str = ""
    kind: str = ""
    points: list[Point] = field(default_factory=list)
    bare: int = 0
    offset_s: int | None = None
    lat: float | None = None
    lon: float | None = None
    at: float | None = None
    hr: int | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.inside.append(name)
        if name == "trkpt":
            self.lat, self.lon = _xml.number(attributes.get("lat")), _xml.number(attributes.get("lon"))
            self.at = self.hr = None
        elif name == "trk":
            self.finish()
            self.seen += 1
        elif name == "gpx":
            self.device = attributes.get("creator", "").strip()[:60]

    def end(self, name: str, text: str) -> None:
        self.inside.pop()
        parent = self.inside[-1] if self.inside else ""
        if name == "trkpt":
            self._keep()
        elif name == "time" and parent == "trkpt":
            self._time(text)
        elif name.lower() in HEART_NAMES and "trkpt" in self.inside:
            beats = _xml.number(text)
            self.hr = None if beats is None else int(beats)
        elif parent == "trk" and name == "name":
            self.name = text.strip()
        elif parent == "trk" and name == "type":
            self.kind = text.strip()
        elif name == "trk":
            self.finish()

    def _time(self, text: str) -> None:
        moment = epoch_s(text)
        if moment:
            self.at = moment[0]
            self.offset_s = moment[1] if self.offset_s is None else self.offset_s

    def _keep(self) -> None:
        if self.at is None or self.lat is None or self.lon is None:
            self.bare += 1
        elif abs(self.lat) <= 90 and abs(self.lon) <= 180 and len(self.points) < MAX_POINTS:
            self.points.append(Point(self.at, self.lat, self.lon, None, self.hr))

    def finish(self) -> None:
        """Close the current track, whole or cut off."""
        if self.points:
            self.tracks.append(Recording(
                place=self._place(), run=is_run(self.kind, self.name), device=self.device,
                offset_s=self.offset_s, points=self.points,
            ))
        elif self.bare:
            self.timeless.append(self._place())
        self.points, self.bare, self.name, self.kind, self.offset_s = [], 0, "", "", None

    def _place(self) -> str:
        return f"track {self.seen}" + (f" ({self.name[:40]})" if self.name else "")


FORMAT = Format(
    id="gpx", title="GPX track", suffixes=(".gpx",), role="recording", sniff=sniff, parse=parse,
    supports={
        "tracks with times": "parsed", "heart rate extensions": "parsed", "sport by type, name or speed": "parsed",
        "routes and waypoints": "not supported", "other sports": "not supported",
    },
)
