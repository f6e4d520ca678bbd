"""TCX: activities with laps, as Garmin's older programs and many services export them. Courses are no recordings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from midstance.formats import _xml
from midstance.formats._format import Fault, Format, Parsed
from midstance.formats._sport import is_run
from midstance.formats._track import MAX_POINTS, Point, Recording, epoch_s, to_parsed

ROOT = re.compile(rb"<(?:\w+:)?TrainingCenterDatabase[\s>/]")
REMEDY = "export the activity as TCX or FIT"


def sniff(data: bytes) -> bool:
    """Tell whether bytes begin a TCX document."""
    return bool(ROOT.search(_xml.head_of(data)))


def parse(data: bytes, source: str) -> Parsed:
    """Read the activities of a TCX file.

    Args:
        data: All bytes of the file, of any kind.
        source: File name for faults.
    Returns: ``RunDone`` entries; in a file that breaks off, the broken activity is measured by its points.
    """
    if not sniff(data):
        fault = Fault(source=source, place="", says="this is not a TCX file", remedy=REMEDY, fatal=True)
        return Parsed(faults=(fault,))
    reader = _Reader()
    trouble = _xml.walk(data, reader.start, reader.end)
    reader.finish(whole=False)
    faults = []
    if trouble:
        nothing = not reader.activities
        says = trouble.says if nothing else f"{trouble.says}; read up to there"
        faults.append(Fault(source=source, place=f"line {trouble.line}", says=says, fatal=nothing))
    elif not reader.activities:
        faults.append(Fault(source=source, place="", says="it holds no activity", remedy=REMEDY, fatal=True))
    return to_parsed(reader.activities, source, faults)


@dataclass(slots=True)
class _Totals:
    """What the laps of an activity state, added up; ``beats`` is heart rate times seconds."""

    seconds: float = 0.0
    metres: float = 0.0
    beats: float = 0.0
    beat_seconds: float = 0.0
    top: float | None = None


@dataclass(slots=True)
class _Reader:
    """Collects activities from the stream of elements."""

    activities: list[Recording] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    current: Recording | None = None
    totals: _Totals = field(default_factory=_Totals)
    lap: dict[str, float | None] = field(default_factory=dict)
    at: float | None = None
    lat: float | None = None
    lon: float | None = None
    metres: float | None = None
    hr: int | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.inside.append(name)
        if name == "Activity":
            self.finish(whole=False)
            self.current, self.totals = Recording(run=_sport(attributes.get("Sport", ""))), _Totals()
            self.current.place = f"activity {len(self.activities) + 1}"
        elif name == "Trackpoint":
            self.at = self.lat = self.lon = self.metres = self.hr = None
        elif name == "Lap":
            self.lap = {}
            self._begin(attributes.get("StartTime", ""))

    def end(self, name: str, text: str) -> None:
        self.inside.pop()
        if self.current is None:
            return
        parent = self.inside[-1] if self.inside else ""
        if "Trackpoint" in self.inside:
            self._in_point(name, parent, text)
        elif name == "Trackpoint":
            self._keep()
        elif name == "Lap":
            self._add_lap()
        elif parent == "Lap" and name in ("TotalTimeSeconds", "DistanceMeters"):
            self.lap[name] = _xml.number(text)
        elif parent in ("AverageHeartRateBpm", "MaximumHeartRateBpm"):
            self.lap[parent] = _xml.number(text)
        elif parent == "Activity" and name == "Id":
            self._begin(text)
        elif parent == "Creator" and name == "Name":
            self.current.device = text.strip()[:60]
        elif name == "Activity":
            self.finish(whole=True)

    def _in_point(self, name: str, parent: str, text: str) -> None:
        if name == "Time":
            moment = epoch_s(text)
            self.at = moment[0] if moment else None
        elif name == "DistanceMeters":
            self.metres = _xml.number(text)
        elif name == "LatitudeDegrees":
            self.lat = _xml.number(text)
        elif name == "LongitudeDegrees":
            self.lon = _xml.number(text)
        elif name == "Value" and parent == "HeartRateBpm":
            beats = _xml.number(text)
            self.hr = None if beats is None else int(beats)

    def _keep(self) -> None:
        if self.current is not None and self.at is not None and len(self.current.points) < MAX_POINTS:
            placed = self.lat is not None and self.lon is not None and abs(self.lat) <= 90 and abs(self.lon) <= 180
            lat, lon = (self.lat, self.lon) if placed else (None, None)
            self.current.points.append(Point(self.at, lat, lon, self.metres, self.hr))

    def _begin(self, text: str) -> None:
        """Take the start of the first lap; some programs cut the seconds off the activity's Id before it."""
        moment = epoch_s(text)
        if self.current is None or not moment:
            return
        if self.current.start is None or 0 < moment[0] - self.current.start < 60:
            self.current.start = moment[0]
            self.current.place = f"activity of {text.strip()[:40]}"
        self.current.offset_s = moment[1] if self.current.offset_s is None else self.current.offset_s

    def _add_lap(self) -> None:
        seconds, metres = self.lap.get("TotalTimeSeconds"), self.lap.get("DistanceMeters")
        mean, top = self.lap.get("AverageHeartRateBpm"), self.lap.get("MaximumHeartRateBpm")
        self.totals.seconds += max(seconds or 0.0, 0.0)
        self.totals.metres += max(metres or 0.0, 0.0)
        if mean and mean > 0 and seconds and seconds > 0:
            self.totals.beats += mean * seconds
            self.totals.beat_seconds += seconds
        if top:
            self.totals.top = max(top, self.totals.top or 0.0)

    def finish(self, *, whole: bool) -> None:
        """Close the current activity; what its laps state is believed only when none is missing."""
        done, self.current = self.current, None
        if done is None:
            return
        if whole:
            done.seconds, done.metres = self.totals.seconds, self.totals.metres
            done.max_hr = self.totals.top
            if self.totals.beat_seconds:
                done.mean_hr = self.totals.beats / self.totals.beat_seconds
        self.activities.append(done)


def _sport(text: str) -> bool | None:
    """Tell whether an activity is a run; ``Other`` is what the programs write for walks and everything else."""
    if text.strip().lower() in ("other", "multisport"):
        return False
    return is_run(text, "")


FORMAT = Format(
    id="tcx", title="TCX activity", suffixes=(".tcx",), role="recording", sniff=sniff, parse=parse,
    supports={
        "running activities": "parsed", "laps": "parsed", "heart rate": "parsed", "multi-sport": "parsed",
        "courses and workouts": "not supported", "other sports": "not supported",
    },
)
