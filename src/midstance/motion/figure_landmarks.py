"""The figure as a camera's pose model would see it: what a record promises, in the same 33 places."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from midstance.motion.body import HEIGHT, POINT_INDEX, Array
from midstance.motion.camera import CAMERAS
from midstance.motion.landmarks import INDEX, NAMES

# Landmark after its side -> joint of the body.
_LIMBS: Final = {
    "shoulder": "shoulder", "elbow": "elbow", "wrist": "wrist", "pinky": "knuckle", "index": "knuckle",
    "thumb": "thumb", "hip": "hip", "knee": "knee", "ankle": "ankle", "heel": "heel", "foot_index": "toe",
}
# Landmark of the face -> place seen from the middle of the head: forward, left, up [share of height].
# Source: midstance default, drawn to look right; no measure is taken from the face.
_FACE: Final = {
    "eye_inner": (0.052, 0.010, 0.052), "eye": (0.050, 0.018, 0.053), "eye_outer": (0.047, 0.026, 0.052),
    "ear": (0.000, 0.044, 0.040), "mouth": (0.052, 0.014, 0.016),
}


def landmarks_of(points: Array, yaw: float = 0.0, pitch: float = 0.0) -> Array:
    """Place the 33 landmarks of a figure in the axes of a camera.

    Args:
        points: Places of all points of the body [m], (n, point, 3): x forward, y left, z up.
        yaw: Where the camera stands, from the runner's right towards the front [degrees].
        pitch: How far it looks down [degrees].
    Returns: (n, 33, 3) [m]: x right, y down, z away from the camera.
    """
    found = np.zeros((len(points), len(NAMES), 3))
    found[:, INDEX["nose"]] = points[:, POINT_INDEX["nose"]]
    for side in ("left", "right"):
        for name, joint in _LIMBS.items():
            found[:, INDEX[f"{side}_{name}"]] = points[:, POINT_INDEX[f"{side} {joint}"]]
    _add_face(found, points)
    return found @ facing(yaw, pitch).T


def viewed(points: Array, view: str) -> Array:
    """Place the 33 landmarks as seen from the side a record names, see ``landmarks_of``."""
    yaw, pitch, _ = CAMERAS[view]
    return landmarks_of(points, yaw, pitch)


def facing(yaw: float, pitch: float) -> Array:
    """Give the matrix from x forward, y left, z up to x right, y down, z away [degrees]."""
    a, e = math.radians(yaw), math.radians(pitch)
    right = np.array([math.cos(a), math.sin(a), 0.0])
    away = np.array([-math.sin(a), math.cos(a), 0.0])
    up = np.array([0.0, 0.0, 1.0])
    return np.stack([right, -away * math.sin(e) - up * math.cos(e), away * math.cos(e) - up * math.sin(e)])


def _add_face(found: Array, points: Array) -> None:
    head, crown, nose = (points[:, POINT_INDEX[name]] for name in ("head", "crown", "nose"))
    up = _unit(crown - head)
    ahead = _unit(nose - head - ((nose - head) * up).sum(axis=1, keepdims=True) * up)
    left = np.cross(up, ahead)
    for name, (forward, aside, above) in _FACE.items():
        for side, sign in (("left", 1), ("right", -1)):
            place = head + HEIGHT * (forward * ahead + sign * aside * left + above * up)
            found[:, INDEX[f"mouth_{side}" if name == "mouth" else f"{side}_{name}"]] = place


def _unit(vector: Array) -> Array:
    return np.asarray(vector / np.linalg.norm(vector, axis=1, keepdims=True))
