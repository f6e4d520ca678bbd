"""Whether a camera sees well enough to count, and what to say where it does not, instead of guessing.

Twin: ``web/static/mirror/seeing.js``, which says it live.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midstance.motion.landmarks import INDEX, SEEN, Series, middle

if TYPE_CHECKING:
    from collections.abc import Sequence

# Midstance defaults: a trunk that is shorter than this share of the picture's height leaves a few pixels a degree.
FAR: Final = 0.09
ENOUGH: Final = 0.8           # share of the frames in which what is needed should be seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeing:
    """How well a recording was seen.

    Attributes:
        seen: Share of the frames in which all places needed were seen, 0 to 1.
        frames_s: Frames a second, the median; 0 for fewer than two.
        reason: ``nobody``, ``hidden``, ``slow`` or empty; stable, for programs.
        says: The same in words; empty where all is well.
    """

    seen: float
    frames_s: float
    reason: str
    says: str


def seeing(series: Series, needed: Sequence[str], *, least_frames_s: float = 0) -> Seeing:
    """Judge a recording as a whole.

    Args:
        series: What was seen.
        needed: Names of the places that are measured.
        least_frames_s: Frames a second below which the movement is too quick to be counted.
    """
    if len(series) < 2:
        return Seeing(seen=0.0, frames_s=0.0, reason="nobody", says="Nobody was seen.")
    there = series.visibility[:, [INDEX[name] for name in needed]] >= SEEN
    seen = float(there.all(axis=1).mean())
    rate = float(1 / np.median(np.diff(series.times_s)))
    worst = needed[int(np.argmin(there.mean(axis=0)))].replace("_", " ")
    if not there.any():
        return Seeing(seen=seen, frames_s=rate, reason="nobody", says="Nobody was seen well enough to measure.")
    if seen < ENOUGH:
        share = there.mean(axis=0).min()
        says = f"Your {worst} was seen in {share:.0%} of the frames only: what was counted may be short."
        return Seeing(seen=seen, frames_s=rate, reason="hidden", says=says)
    if rate < least_frames_s:
        says = f"{rate:.0f} pictures a second are too few for this movement, {least_frames_s:.0f} are needed."
        return Seeing(seen=seen, frames_s=rate, reason="slow", says=says)
    return Seeing(seen=seen, frames_s=rate, reason="", says="")


def is_far(series: Series, height: float) -> bool:
    """Tell whether the body is too small in a picture of this height [unit of the places]."""
    lengths = np.linalg.norm((middle(series.points, "shoulder") - middle(series.points, "hip"))[:, :2], axis=1)
    return bool(np.median(lengths) < FAR * height)
