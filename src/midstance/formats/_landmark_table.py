"""Landmark series as tables: what a row must hold, whichever way it is written, and the order of time.

A place that was not seen has empty cells (or NaN) in place of x, y and z; its visibility counts as 0.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Final

from midstance.formats._format import Fault, refusal
from midstance.formats._text import MOST_FAULTS, listed, nearest, refuse

TIME: Final = "time_s"
PARTS: Final = ("x", "y", "z", "visibility")
# Some 50 minutes at 30 frames a second; midstance default [bytes].
MOST_BYTES: Final = 100_000_000
MOST_FRAMES: Final = 200_000
# A frame may stand so far behind its place in time and is sorted; a longer way back is another recording
# (midstance default) [s].
SHUFFLED_S: Final = 1.0
# Slower than this nothing can be counted (midstance default) [s a frame].
SLOWEST_S: Final = 1.0
FARTHEST: Final = 1e6
NAMED: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class LandmarkTable:
    """A landmark series as it stood in a file.

    Attributes:
        times_s: Time of each frame [s], rising.
        values: x, y, z and visibility of each place of each frame, one after the other, in the order of the names
            asked for; NaN with visibility 0 where not seen.
        faults: What is doubtful, with its place.
    """

    times_s: array[float]
    values: array[float]
    faults: tuple[Fault, ...] = ()


def columns_of(names: Sequence[str]) -> tuple[str, ...]:
    """List the columns that a series of these places has.

    >>> columns_of(["nose"])
    ('time_s', 'nose_x', 'nose_y', 'nose_z', 'nose_visibility')
    """
    return (TIME, *(f"{name}_{part}" for name in names for part in PARTS))


def columns_faults(given: Sequence[str], needed: Sequence[str], source: str, place: str) -> list[Fault]:
    """Compare the columns that are there with those needed; fatal where one is missing or stands twice."""
    faults = []
    missing = [name for name in needed if name not in given]
    if missing:
        faults.append(_missing(missing, given, needed, Fault(source=source, place=place, says="", fatal=True)))
    twice = sorted({name for name in given if given.count(name) > 1 and name in needed})
    if twice:
        faults.append(Fault(source=source, place=place, says=f"{_some(twice)} stands there twice", fatal=True,
                            remedy="each column once"))
    extra = sorted({name for name in given if name and name not in needed})
    if extra and not faults:
        faults.append(Fault(source=source, place=place, says=f"{_some(extra)} is not read"))
    return faults


def _missing(missing: list[str], given: Sequence[str], needed: Sequence[str], fault: Fault) -> Fault:
    near = nearest(missing[0], [name for name in given if name not in needed])
    places = (len(needed) - 1) // len(PARTS)
    meant = f'is "{near}" meant for {missing[0]}? ' if near else ""
    remedy = (f"{meant}needed are {TIME}, then {listed(PARTS).replace(' or ', ' and ')} of each of the {places} "
              f"places, {needed[1]} to {needed[-1]}")
    return Fault(source=fault.source, place=fault.place, remedy=remedy, fatal=True,
                 says=f"{_some(missing)} is missing ({len(missing)} of {len(needed)} columns)")


def _some(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


@dataclass(slots=True, kw_only=True)
class Frames:
    """Frames as they are read, with everything that is wrong.

    Attributes:
        source: File name for messages.
        names: Columns in order, time first.
        lines: Line of each frame.
    """

    source: str
    names: Sequence[str]
    lines: list[int] = field(default_factory=list)
    times: array[float] = field(default_factory=lambda: array("d"))
    values: array[float] = field(default_factory=lambda: array("d"))
    faults: list[Fault] = field(default_factory=list)

    def add(self, line: int, numbers: Sequence[float]) -> None:
        """Take one frame: time, then the four numbers of each place; NaN where nothing stood."""
        if len(self.times) >= MOST_FRAMES:
            says = f"has more than {MOST_FRAMES:,} frames"
            raise refusal(self.source, says, "cut it into recordings of one exercise", place=f"line {line}")
        if not math.isfinite(numbers[0]):
            self.fault(line, f"{TIME} is no time", "seconds from the start, such as 0.033")
            return
        rest = list(numbers[1:])
        if not math.isfinite(sum(rest)) or max(rest) > FARTHEST or min(rest) < -FARTHEST:
            self._mend(line, rest)
        seen = rest[3::4]
        if max(seen) > 1 or min(seen) < 0:
            worst = next(k for k, value in enumerate(seen) if not 0 <= value <= 1)
            self.fault(line, f"{self.names[1 + 4 * worst + 3]} is {seen[worst]:g}", "0 (not seen) to 1 (surely seen)")
            return
        self.lines.append(line)
        self.times.append(numbers[0])
        self.values.extend(rest)

    def _mend(self, line: int, rest: list[float]) -> None:
        """Take places with NaN as not seen; what is infinite or absurdly far is a fault."""
        for k in range(0, len(rest), 4):
            wild = [j for j in range(k, k + 4) if math.isinf(rest[j]) or abs(rest[j]) > FARTHEST]
            if wild:
                self.fault(line, f"{self.names[1 + wild[0]]} is {rest[wild[0]]:g}", "a number of the picture or metres")
                rest[k:k + 4] = (math.nan, math.nan, math.nan, 0.0)
            elif any(map(math.isnan, rest[k:k + 4])):
                rest[k:k + 4] = (math.nan, math.nan, math.nan, 0.0)

    def fault(self, line: int, says: str, remedy: str = "") -> None:
        """Note what is wrong in a line; far more than anybody reads ends the reading."""
        self.faults.append(Fault(source=self.source, place=f"line {line}", says=says, remedy=remedy, fatal=True))
        if len(self.faults) > MOST_FAULTS:
            refuse(self.faults)

    def table(self, doubts: Sequence[Fault] = ()) -> LandmarkTable:
        """Put the frames in order of time.

        Args:
            doubts: What was doubtful before the first frame.
        Raises: InputError: Anything wrong in a line, no frames, or times that make no recording.
        """
        refuse(self.faults)
        if len(self.times) < 2:
            raise refusal(self.source, f"holds {len(self.times)} frames", "a recording has many, each on its own line")
        times, values, sorted_ = self._sorted()
        times, values, twice = _once(times, values, len(self.names) - 1)
        self._check_pace(times)
        return LandmarkTable(times_s=times, values=values, faults=(*doubts, *self._said(sorted_, twice)))

    def _sorted(self) -> tuple[array[float], array[float], int]:
        latest, behind = -math.inf, 0
        for line, time in zip(self.lines, self.times, strict=True):
            if time < latest - SHUFFLED_S:
                says = f"{TIME} goes back from {latest:g} to {time:g}"
                raise refusal(self.source, says, "one recording a file, its times rising; cut the file there",
                              place=f"line {line}")
            behind += time < latest
            latest = max(latest, time)
        if not behind:
            return self.times, self.values, 0
        width = len(self.names) - 1
        order = sorted(range(len(self.times)), key=self.times.__getitem__)
        values = array("d")
        for k in order:
            values.extend(self.values[k * width:(k + 1) * width])
        return array("d", (self.times[k] for k in order)), values, behind

    def _check_pace(self, times: array[float]) -> None:
        step = median(after - before for before, after in pairwise(times)) if len(times) > 1 else 0.0
        if not 0 < step <= SLOWEST_S:
            says = f"there are {step:g} s between frames" if step else "all frames have the same time"
            raise refusal(self.source, says, f"{TIME} is in seconds; one frame a second is the least, 25 are good")

    def _said(self, behind: int, twice: int) -> list[Fault]:
        said = []
        if behind:
            said.append(f"{behind} of {len(self.times)} frames were not in order of time and were sorted")
        if twice:
            said.append(f"{twice} frames had the time of another and were left out")
        return [Fault(source=self.source, place="", says=one) for one in said]


def _once(times: array[float], values: array[float], width: int) -> tuple[array[float], array[float], int]:
    """Keep the first frame of each time."""
    kept = [k for k in range(len(times)) if k == 0 or times[k] > times[k - 1]]
    if len(kept) == len(times):
        return times, values, 0
    found = array("d")
    for k in kept:
        found.extend(values[k * width:(k + 1) * width])
    return array("d", (times[k] for k in kept)), found, len(times) - len(kept)
