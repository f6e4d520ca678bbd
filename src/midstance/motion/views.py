"""From which side a camera sees a body: most measures are true from one side only.

Twin: ``web/static/mirror/views.js``.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from midstance.motion.landmarks import INDEX, SEEN

if TYPE_CHECKING:
    from midstance.motion.body import Array
    from midstance.motion.landmarks import Series

# Degrees that a body may be turned away from facing the camera, and from which it counts as sideways; midstance
# defaults, what they cost is in docs/reports/mirror-measures.md.
FRONT_TO: Final = 40.0
SIDE_FROM: Final = 60.0
# Width of the shoulders over length of the trunk when facing the camera: 0.226 over 0.288 of body height (body.py).
BREADTH: Final = 0.78
ALIKE: Final = 0.1     # difference of visibility that tells no side apart; midstance default
_TRUNK: Final = ("left_shoulder", "right_shoulder", "left_hip", "right_hip")


class View(StrEnum):
    """From where a body is seen."""

    FRONT = "front"
    SIDE = "side"
    BETWEEN = "between"
    UNSEEN = "unseen"


def turned(series: Series) -> Array:
    """Tell how far the body is turned away from facing the camera, frame by frame.

    By the depth of shoulders and hips where the series has depth; otherwise by how broad the shoulders look against
    the trunk, which takes raised arms for a turn. Shoulder and hip of one side must be seen: from the side the others
    are hidden, and where the model supposes them is good enough for this.

    Returns: 0 facing it (or turned to it with the back), 90 sideways [degrees], (n,); NaN where not seen.
    """
    points = series.points[:, [INDEX[name] for name in _TRUNK]]
    across = points[:, 0] - points[:, 1] + points[:, 2] - points[:, 3]
    if np.any(points[:, :, 2]):
        found = np.degrees(np.arctan2(np.abs(across[:, 2]), np.sqrt((across[:, :2] ** 2).sum(axis=1))))
    else:
        found = np.degrees(np.arccos(np.clip(_breadth(points) / BREADTH, 0, 1)))
    sure = series.visibility[:, [INDEX[name] for name in _TRUNK]] >= SEEN
    return np.where((sure[:, 0] & sure[:, 2]) | (sure[:, 1] & sure[:, 3]), found, np.nan)


def _breadth(points: Array) -> Array:
    """Width of the shoulders at a right angle to the trunk, over its length, (n,); infinite where it has none."""
    across = points[:, 0] - points[:, 1]
    trunk = (points[:, 0] + points[:, 1] - points[:, 2] - points[:, 3]) / 2
    length = (trunk[:, :2] ** 2).sum(axis=1)
    width = np.abs(across[:, 0] * trunk[:, 1] - across[:, 1] * trunk[:, 0])
    return np.where(length > 0, width / np.where(length > 0, length, 1), np.inf)


def middle_turn(series: Series) -> float:
    """Give the middle of ``turned`` over all frames [degrees]; NaN where it was never seen."""
    values = turned(series)
    values = values[np.isfinite(values)]
    return float(np.median(values)) if len(values) else float("nan")


def view_of(series: Series) -> View:
    """Tell from where the body is seen, by the middle of all frames; front and back are not told apart."""
    middle = middle_turn(series)
    if math.isnan(middle):
        return View.UNSEEN
    if middle <= FRONT_TO:
        return View.FRONT
    return View.SIDE if middle >= SIDE_FROM else View.BETWEEN


def near_side(series: Series) -> str:
    """Name the side whose leg is seen better; where both are seen about alike, the side whose hip is nearer.

    Returns: ``left`` or ``right``; the left where nothing tells them apart.
    """
    if not len(series):
        return "left"
    left, right = (float(series.visibility[:, [INDEX[f"{side}_{name}"] for name in ("hip", "knee", "ankle")]].mean())
                   for side in ("left", "right"))
    if abs(left - right) < ALIKE:
        depth = series.points[:, [INDEX["left_hip"], INDEX["right_hip"]], 2]
        return "right" if float(np.median(depth[:, 1] - depth[:, 0])) < 0 else "left"
    return "right" if right > left else "left"
