"""From what a recording says and the points of its track to a ``RunDone``; shared by FIT, GPX and TCX.

The readers only collect; everything that is judged (is it a run, how far, how long in motion, what cannot be true)
is judged here, once, for all formats. Zones and thresholds come later, in ``metrics``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from math import asin, cos, isfinite, radians, sin, sqrt
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from midstance.domain.run import RunDone
from midstance.formats._format import Fault, Parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EARTH_M = 6_371_008.8
FASTEST_RUN_M_S = 12.0     # midstance default: above it a step of a run is a fault of the receiver
FASTEST_STEP_M_S = 60.0    # the same where the sport is still unknown
STILL_M_S = 0.5            # midstance default: slower is standing
LEG_S = 5.0                # one receiver fix says little about motion, five seconds do
LONGEST_GAP_S = 120.0      # midstance default: a longer silence is a pause
BLIND_GAP_S = 30.0         # the same without any distance, where nothing shows motion in the gap
RUN_M_S = (1.7, 6.5)       # midstance default: median moving speed that counts as a run when no sport is stated
STEADY = 2.0               # midstance default: a runner's fast legs are at most twice the median; a rider's coast
TELLING_S = 300            # midstance default: shorter, a speed tells no sport
TOO_FAST_M_S = 7.6         # mean speed over a kilometre or more that no runner has reached
KNOWN_S = 15.0             # midstance default: less of a minute says nothing about it
HEART = range(25, 251)     # believable heart rates [bpm]
LONGEST_S = 48 * 3600
YEARS = range(1995, 2100)
MAX_POINTS = 400_000
SPIKES = 5                 # so many wild fixes in a row are no spike but a new place


class Point(NamedTuple):
    """One fix: seconds since 1970 UTC, degrees, metres since the start as the device counts them, beats a minute."""

    at: float
    lat: float | None = None
    lon: float | None = None
    metres: float | None = None
    hr: int | None = None


@dataclass(slots=True, kw_only=True)
class Recording:
    """What a reader collects of one activity; None where the file does not say.

    Attributes:
        place: Where it stands in the file, in words.
        run: True for running, False for anything else, None when the file does not say.
        strength: Whether it is a strength session.
        start: Start [s since 1970 UTC].
        seconds: Time with the timer running [s].
        metres: Distance [m].
        mean_hr: Mean heart rate [bpm], ``max_hr`` the highest.
        offset_s: Local time minus UTC [s].
        device: What recorded it.
        points: Its track, in the order of the file.
    """

    place: str = ""
    run: bool | None = None
    strength: bool = False
    start: float | None = None
    seconds: float | None = None
    metres: float | None = None
    mean_hr: float | None = None
    max_hr: float | None = None
    offset_s: int | None = None
    device: str = ""
    points: list[Point] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a track tells by itself.

    Attributes:
        seconds: Time in motion [s].
        metres: Distance [m], or None when no point has place or distance.
        mean_hr: Mean heart rate in motion [bpm], or None; ``max_hr`` the highest over five seconds.
        typical_m_s: Median speed of legs in motion [m/s], 0 when unknown; ``fast_m_s`` the 95th percentile.
        minute_hr: By elapsed minute, see ``RunDone``; ``minute_speed_m_s`` the same.
    """

    seconds: float = 0.0
    metres: float | None = None
    mean_hr: float | None = None
    max_hr: float | None = None
    typical_m_s: float = 0.0
    fast_m_s: float = 0.0
    minute_hr: tuple[int, ...] = ()
    minute_speed_m_s: tuple[float, ...] = ()


class Leg(NamedTuple):
    """Some seconds of a track: start [s since the first point], length [s], distance [m], mean heart rate [bpm]."""

    at: float
    seconds: float
    metres: float | None
    hr: float | None

    @property
    def moves(self) -> bool:
        """Tell whether the runner is in motion on it."""
        if self.metres is None:
            return self.seconds <= BLIND_GAP_S
        return self.seconds <= LONGEST_GAP_S and self.metres >= STILL_M_S * self.seconds


def haversine_m(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Give the distance of two places on the sphere [m], from degrees.

    >>> round(haversine_m(0, 0, 0, 1))
    111195
    """
    phi, phi2 = radians(lat), radians(lat2)
    h = sin((phi2 - phi) / 2) ** 2 + cos(phi) * cos(phi2) * sin(radians(lon2 - lon) / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(h)))


def epoch_s(text: str) -> tuple[float, int | None] | None:
    """Read an ISO 8601 moment; one without offset is taken as UTC, as GPX and TCX want it.

    Args:
        text: For example ``2015-12-11T15:43:13.994+01:00``.
    Returns: (seconds since 1970 UTC, offset stated [s] or None when it is none or zero), or None when it is no moment.

    >>> epoch_s("1970-01-01T02:00:10+02:00")
    (10.0, 7200)
    """
    try:
        moment = dt.datetime.fromisoformat(text.strip())
        offset = moment.utcoffset()
        aware = moment if offset is not None else moment.replace(tzinfo=dt.UTC)
        seconds = aware.timestamp()
    except (ValueError, OverflowError):
        return None
    return seconds, round(offset.total_seconds()) if offset else None


def to_parsed(recordings: Sequence[Recording], source: str, faults: Sequence[Fault] = ()) -> Parsed:
    """Judge what a reader collected: runs become entries, other sports are counted, doubts become faults."""
    runs: list[RunDone] = []
    found: list[Fault] = list(faults)
    ignored = 0
    for recording in recordings:
        if recording.run is False:
            ignored += 1
            continue
        run, doubt = _judge(recording, source)
        if run is None and not doubt:
            ignored += 1
        if run:
            runs.append(run)
        if doubt:
            found.append(Fault(source=source, place=recording.place, says=doubt))
    strength = sum(recording.strength for recording in recordings)
    return Parsed(entries=tuple(runs), faults=tuple(found), ignored=ignored, strength=strength)


def _judge(recording: Recording, source: str) -> tuple[RunDone | None, str]:
    """Give the run and what is doubtful about it; neither when it is another sport by its speed."""
    points = in_order(recording.points)
    start = recording.start if recording.start is not None else (points[0].at if points else None)
    if start is None or not _dated(start):
        return None, "left out: nothing tells on what date it was"
    measured = measure(points, FASTEST_RUN_M_S)
    doubt = ""
    if recording.run is None:
        taken, doubt = _by_speed(measure(points, FASTEST_STEP_M_S))
        if not taken:
            return None, doubt
    seconds = _first(recording.seconds, measured.seconds, top=LONGEST_S)
    metres = _first(recording.metres, measured.metres, top=LONGEST_S * FASTEST_RUN_M_S)
    if not seconds or seconds < 1:
        return None, "left out: no time passes in it"
    if metres and metres >= 1000 and metres / seconds > TOO_FAST_M_S:
        return None, f"left out: {metres / 1000:.1f} km in {seconds / 60:.0f} min is faster than anyone runs"
    return _run(recording, measured, start, seconds, metres, source), doubt


def _by_speed(measured: Measured) -> tuple[bool, str]:
    """Tell whether a recording without a sport is taken as a run, and what to say about it."""
    typical, fast = measured.typical_m_s, measured.fast_m_s
    if not typical or measured.seconds < TELLING_S:
        return False, "left out: no sport is stated, and it is too short or too still for its speed to tell one"
    if not RUN_M_S[0] <= typical <= RUN_M_S[1]:
        return False, ""
    if fast > min(RUN_M_S[1], STEADY * typical):
        swing = f"{typical:.1f} to {fast:.1f} m/s"
        return False, f"left out: no sport is stated, and its speed swings like a ride's ({swing})"
    return True, f"sport not stated, taken as a run from its speed ({typical:.1f} m/s)"


def _run(
    recording: Recording, measured: Measured, start: float, seconds: float, metres: float | None, source: str,
) -> RunDone:
    begin = dt.datetime.fromtimestamp(start, dt.UTC).replace(microsecond=0)
    local = begin.replace(tzinfo=None) + dt.timedelta(seconds=recording.offset_s or 0)
    mean, top = _heart(recording.mean_hr, measured.mean_hr), _heart(recording.max_hr, measured.max_hr)
    return RunDone(
        start=begin, local_start=local, seconds=round(seconds),
        distance_km=round(metres / 1000, 3) if metres and metres >= 1 else None,
        mean_hr=mean, max_hr=max(top, mean) if top and mean else top, source=source, device=recording.device,
        minute_hr=measured.minute_hr, minute_speed_m_s=measured.minute_speed_m_s,
    )


def _dated(seconds: float) -> bool:
    """Tell whether a moment lies in years in which runs are recorded; watches without a date begin near 1990."""
    try:
        return dt.datetime.fromtimestamp(seconds, dt.UTC).year in YEARS
    except (ValueError, OverflowError, OSError):
        return False


def _first(stated: float | None, measured: float | None, *, top: float) -> float | None:
    """Take what is stated where it can be true, else what was measured."""
    if stated is not None and isfinite(stated) and 0 < stated <= top:
        return stated
    return measured or None


def _heart(stated: float | None, measured: float | None) -> float | None:
    for value in (stated, measured):
        if value is not None and isfinite(value) and int(value) in HEART:
            return round(value, 1)
    return None


def in_order(points: Sequence[Point]) -> list[Point]:
    """Put points in order of time; those far from the middle one (a clock that jumped by days) are dropped."""
    timed = sorted((p for p in points[:MAX_POINTS] if isfinite(p.at)), key=lambda p: p.at)
    if not timed:
        return []
    middle = timed[len(timed) // 2].at
    kept = [p for p in timed if abs(p.at - middle) <= LONGEST_S]
    return [p for p in kept if p.at - kept[0].at <= LONGEST_S]


def measure(points: Sequence[Point], fastest: float = FASTEST_RUN_M_S) -> Measured:
    """Measure a track.

    Args:
        points: In order of time; may be empty.
        fastest: Speed above which a step is a fault of the receiver [m/s].
    Returns: Facts; without distance every leg up to 30 s counts as motion.
    """
    legs = [leg for leg in cut_legs(points, fastest) if leg.moves]
    if not legs:
        return Measured()
    known = [leg for leg in legs if leg.metres is not None]
    beats = [(leg.hr, leg.seconds) for leg in legs if leg.hr is not None]
    weight = sum(seconds for _, seconds in beats)
    speeds = sorted((leg.metres or 0.0) / leg.seconds for leg in known)
    return Measured(
        seconds=sum(leg.seconds for leg in legs),
        metres=sum(leg.metres or 0.0 for leg in known) if known else None,
        mean_hr=sum(hr * seconds for hr, seconds in beats) / weight if weight else None,
        max_hr=max((hr for hr, _ in beats), default=None),
        typical_m_s=median(speeds) if speeds else 0.0,
        fast_m_s=speeds[int(0.95 * (len(speeds) - 1))] if speeds else 0.0,
        minute_hr=tuple(round(mean) for mean in _by_minute(legs, heart=True)),
        minute_speed_m_s=tuple(round(mean, 3) for mean in _by_minute(legs, heart=False)),
    )


def _by_minute(legs: Sequence[Leg], *, heart: bool) -> tuple[float, ...]:
    """Average heart rate or speed over each elapsed minute; 0 where less than 15 s of it are known."""
    minutes = int((legs[-1].at + legs[-1].seconds) // 60) + 1
    total, known = [0.0] * minutes, [0.0] * minutes
    for leg in legs:
        value = leg.hr if heart else None if leg.metres is None else leg.metres / leg.seconds
        if value is None:
            continue
        for minute, seconds in _spread(leg):
            total[minute] += value * seconds
            known[minute] += seconds
    if not any(known):
        return ()
    return tuple(t / k if k >= KNOWN_S else 0.0 for t, k in zip(total, known, strict=True))


def _spread(leg: Leg) -> Iterator[tuple[int, float]]:
    """Share a leg out over the minutes it touches: (minute, seconds)."""
    at, end = leg.at, leg.at + leg.seconds
    minute = int(at // 60)
    while at < end:
        edge = min(end, 60.0 * (minute + 1))
        yield minute, edge - at
        at, minute = edge, minute + 1


def cut_legs(points: Sequence[Point], fastest: float) -> Iterator[Leg]:
    """Cut a track into legs of five seconds or more."""
    if not points:
        return
    metres = odometer(points, fastest)
    origin, first, beats = points[0].at, 0, 0
    pulses = 0
    for i in range(1, len(points)):
        pulse = points[i].hr
        if pulse is not None and pulse in HEART:
            beats, pulses = beats + pulse, pulses + 1
        seconds = points[i].at - points[first].at
        if seconds >= LEG_S or (i == len(points) - 1 and seconds > 0):
            gained = metres[i] - metres[first] if metres else None
            yield Leg(points[first].at - origin, seconds, gained, beats / pulses if pulses else None)
            first, beats, pulses = i, 0, 0


def odometer(points: Sequence[Point], fastest: float) -> list[float]:
    """Give the metres covered up to each point [m]; empty when points have neither distance nor place.

    What the device counted is believed before what the places say: it knows the foot pod and the treadmill.
    """
    counted = sum(p.metres is not None for p in points)
    placed = sum(p.lat is not None and p.lon is not None for p in points)
    if counted > 1 and 2 * counted >= placed:
        return _counted(points, fastest)
    return _placed(points, fastest) if placed > 1 else []


def _counted(points: Sequence[Point], fastest: float) -> list[float]:
    """Follow the device's count over resets (a chained file, a new lap) and jumps."""
    total, at, last = 0.0, points[0].at, None
    out = []
    for p in points:
        if p.metres is not None:
            if last is not None and 0 <= p.metres - last <= fastest * max(p.at - at, LEG_S):
                total += p.metres - last
            at, last = p.at, p.metres
        out.append(total)
    return out


def _placed(points: Sequence[Point], fastest: float) -> list[float]:
    """Add up the steps between places, leaving out spikes of the receiver."""
    total, spikes = 0.0, 0
    last: Point | None = None
    out = []
    for p in points:
        if p.lat is not None and p.lon is not None:
            step = _step(last, p)
            if last is None or step <= fastest * max(p.at - last.at, 1.0):
                total, last, spikes = total + step, p, 0
            elif spikes == SPIKES:
                last, spikes = p, 0
            else:
                spikes += 1
        out.append(total)
    return out


def _step(last: Point | None, here: Point) -> float:
    if last is None or last.lat is None or last.lon is None or here.lat is None or here.lon is None:
        return 0.0
    return haversine_m(last.lat, last.lon, here.lat, here.lon)
