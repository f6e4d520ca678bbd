"""Follow one body through the pictures of a video: find it once, then look where it was last seen.

The networks themselves are given as functions; what runs them stands in ``midstance.formats.pose_video``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from midstance.motion.body import Array
from midstance.motion.landmarks import NAMES, Series
from midstance.motion.pose_network import PLACES, Body, Region, body_of, found_body, upright, whole
from midstance.motion.smoothing import low_pass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


    Network = Callable[[Array], Sequence[Array]]

THERE: Final = 0.5             # a body is there from this on; MediaPipe's default for tracking
# Where half the power of a movement is left [Hz]. Source: Winter, Biomechanics and Motor Control of Human Movement,
# 6 Hz for walking and slower.
SMOOTH_HZ: Final = 6.0
# A hole as long as this parts the series: nothing is smoothed across it [s]; midstance default.
HOLE_S: Final = 0.25


@dataclass(slots=True, kw_only=True)
class Tracker:
    """Follows a body, picture by picture.

    Attributes:
        detector: The first network: boxes and points (1, 2254, 12), scores (1, 2254, 1).
        landmarks: The second: places (1, 195), a body (1, 1), its outline, heat (1, 64, 64, 39), metres (1, 117).
        times_s: Time of each picture [s].
        searches: How often the whole picture was searched.
        seen: In how many pictures a body was seen.
    """

    detector: Network
    landmarks: Network
    times_s: list[float] = field(default_factory=list)
    searches: int = 0
    seen: int = 0
    _region: Region | None = None
    _points: list[Array] = field(default_factory=list)
    _visibility: list[Array] = field(default_factory=list)

    def look(self, time_s: float, picture: Array) -> Body | None:
        """Look at the next picture.

        Args:
            time_s: Its time [s].
            picture: (height, width, 3), 0 to 255.
        Returns: The body in it; None where none is seen.
        """
        height, width = picture.shape[:2]
        if self._region is None:
            self.searches += 1
            answers, scores = self.detector(whole(picture))[:2]
            self._region = found_body(answers[0], scores[0][:, 0], (width, height))
        body = self._read(picture, self._region) if self._region else None
        self._region = body.region if body else None
        self.seen += body is not None
        self.times_s.append(time_s)
        self._points.append(body.points / height if body else np.full((PLACES, 3), np.nan))
        self._visibility.append(body.visibility if body else np.zeros(PLACES))
        return body

    def _read(self, picture: Array, region: Region) -> Body | None:
        answers, there, _, heat, metres = self.landmarks(upright(picture, region))
        if float(there.ravel()[0]) < THERE:
            return None
        return body_of(answers[0], heat[0], metres[0], float(there.ravel()[0]), region)

    def series(self) -> Series:
        """Give what was seen, evened out, in heights of the picture; NaN and visibility 0 where nobody was."""
        count = len(self.times_s)
        return smoothed(Series(
            times_s=np.array(self.times_s, dtype=float),
            points=np.array(self._points, dtype=float).reshape(count, PLACES, 3),
            visibility=np.array(self._visibility, dtype=float).reshape(count, PLACES)))


def smoothed(series: Series) -> Series:
    """Take the jitter out of every place: what is faster than ``SMOOTH_HZ``, without delay, between holes."""
    if len(series) < 3:
        return series
    steps = np.diff(series.times_s)
    rate = 1 / float(np.median(steps))
    there = np.asarray(np.isfinite(series.points).all(axis=(1, 2)))
    cuts = [0, *(np.flatnonzero((steps > HOLE_S) | (there[1:] != there[:-1])) + 1).tolist(), len(series)]
    points = series.points.copy()
    for first, last in pairwise(cuts):
        if not there[first]:
            continue
        for place in range(len(NAMES)):
            for axis in range(3):
                points[first:last, place, axis] = low_pass(points[first:last, place, axis], rate, SMOOTH_HZ)
    return Series(times_s=series.times_s, points=points, visibility=series.visibility)
