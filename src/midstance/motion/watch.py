"""The angle that tells a repetition, measured as a camera would: between three points of the body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict

import numpy as np

from midstance.motion.body import POINT_INDEX, Array

if TYPE_CHECKING:
    from midstance.domain.motion import Motion

# The three points whose middle one has the angle.
AT: Final[dict[str, tuple[str, str, str]]] = {
    "knee": ("hip", "knee", "ankle"),
    "hip": ("shoulder", "hip", "knee"),
    "ankle": ("knee", "ankle", "ball"),
    "elbow": ("shoulder", "elbow", "wrist"),
    "shoulder": ("hip", "shoulder", "elbow"),
}


class Watched(TypedDict):
    """What to watch: ``angle`` its name, the values [degrees; cm for a rise] at the start and farthest from it."""

    angle: str
    rest: int
    turn: int


def values_of(watch: str, points: Array) -> Array:
    """Measure what a record says to watch, frame by frame.

    Args:
        watch: ``right knee`` and the like [degrees]; ``trunk`` from upright, ``turn`` of the shoulders against the
            hips, ``legs`` the angle between the thighs [degrees]; ``rise`` height of the hips [cm].
        points: [frame, point, 3] in any unit of length; for ``rise`` metres.
    """
    if watch == "rise":
        return np.asarray(points[:, POINT_INDEX["pelvis"], 2] * 100)
    if watch == "trunk":
        return _angle(points[:, POINT_INDEX["neck"]] - points[:, POINT_INDEX["pelvis"]], np.array([0.0, 0.0, 1.0]))
    if watch == "turn":
        return _angle(_across(points, "shoulder"), _across(points, "hip"))
    if watch == "legs":
        thighs = [points[:, POINT_INDEX[f"{s} knee"]] - points[:, POINT_INDEX[f"{s} hip"]] for s in ("left", "right")]
        return _angle(thighs[0], thighs[1])
    side, _, joint = watch.partition(" ")
    one, at, other = (points[:, POINT_INDEX[f"{side} {name}"]] for name in AT[joint])
    return _angle(one - at, other - at)


def _across(points: Array, joint: str) -> Array:
    return np.asarray(points[:, POINT_INDEX[f"left {joint}"]] - points[:, POINT_INDEX[f"right {joint}"]])


def _angle(one: Array, other: Array) -> Array:
    """Angle between two directions [degrees]."""
    lengths = np.linalg.norm(one, axis=-1) * np.linalg.norm(other, axis=-1)
    return np.asarray(np.degrees(np.arccos(np.clip((one * other).sum(axis=-1) / lengths, -1, 1))), dtype=float)


def watched(motion: Motion, points: Array) -> Watched | None:
    """Tell what to watch with its values; None where the record names nothing."""
    if not motion.watch:
        return None
    values = values_of(motion.watch, points)
    far = int(np.argmax(np.abs(values - values[0])))
    return Watched(angle=motion.watch, rest=round(float(values[0])), turn=round(float(values[far])))
