"""Bodies that other systems measured, as the 33 places a camera's pose model sees.

Joints and markers are those of UI-PRMD (Vakanski et al. 2018); joint centres from skin markers are estimates. What a
system does not measure is not seen: visibility 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from midstance.motion.body import Array
from midstance.motion.figure_landmarks import facing
from midstance.motion.landmarks import INDEX, NAMES, Series

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIDE_YAW: Final = 0.0
FRONT_YAW: Final = 90.0
# Lengths [m] that a bone of a grown-up may have; a marker that jumped makes another (midstance default).
PLAUSIBLE: Final = {
    ("hip", "knee"): (0.2, 0.65), ("knee", "ankle"): (0.2, 0.65), ("ankle", "foot_index"): (0.05, 0.3),
    ("shoulder", "hip"): (0.25, 0.75), ("shoulder", "elbow"): (0.15, 0.45),
}

# Markers of the Vicon's full body in the order of the files.
_MARKERS: Final = (
    "LFHD", "RFHD", "LBHD", "RBHD", "C7", "T10", "CLAV", "STRN", "RBAK",
    "LSHO", "LUPA", "LELB", "LFRM", "LWRA", "LWRB", "LFIN", "RSHO", "RUPA", "RELB", "RFRM", "RWRA", "RWRB", "RFIN",
    "LASI", "RASI", "LPSI", "RPSI", "LTHI", "LKNE", "LTIB", "LANK", "LHEE", "LTOE",
    "RTHI", "RKNE", "RTIB", "RANK", "RHEE", "RTOE",
)
# Joint above each joint of the Kinect: waist, spine, chest, neck, head, its tip, four of the left arm, four of the
# right, four of the left leg, four of the right.
_ABOVE: Final = (-1, 0, 1, 2, 3, 4, 2, 6, 7, 8, 2, 10, 11, 12, 0, 14, 15, 16, 0, 18, 19, 20)
# Place -> joints of the left and the right side.
_KINECT: Final = {
    "shoulder": (7, 11), "elbow": (8, 12), "wrist": (9, 13), "hip": (14, 18), "knee": (15, 19), "ankle": (16, 20),
    "foot_index": (17, 21),
}
# Share of a pelvis's width from the middle of the front spines to a hip: back, down, aside. Source: Bell and others
# (1990), A comparison of the accuracy of several hip center location prediction methods.
_HIP: Final = (0.19, 0.30, 0.36)
# From a marker on the skin to the middle of the joint [m]: half a usual breadth of knee and ankle, and the depth of
# the shoulder under its marker; midstance defaults.
_KNEE, _ANKLE, _SHOULDER = 0.05, 0.035, 0.05

Places = dict[str, Array]


def kinect_places(positions: Array, angles: Array) -> Places:
    """Put a Kinect's joints together: each lies in the axes of the joint above it.

    Args:
        positions: (n, 66): 22 joints [cm], the first in space, the others from the joint above.
        angles: (n, 66): how each joint is turned [degrees].
    Returns: Places [m] by name, right-handed, y up, each (n, 3).
    """
    count = len(positions)
    steps, turns = positions.reshape(count, 22, 3) / 100, angles.reshape(count, 22, 3)
    places: list[Array] = []
    ways: list[Array] = []
    for joint, above in enumerate(_ABOVE):
        own = _turned(turns[:, joint])
        if above < 0:
            places.append(steps[:, joint])
            ways.append(own)
        else:
            places.append(places[above] + np.einsum("nij,nj->ni", ways[above], steps[:, joint]))
            ways.append(ways[above] @ own)
    return {f"{side}_{name}": places[joint] for name, pair in _KINECT.items()
            for side, joint in zip(("left", "right"), pair, strict=True)} | {"nose": places[4]}


def _turned(degrees: Array) -> Array:
    """Matrices of z, then x, then y, (n, 3, 3): of the six orders the one in which Kinect and Vicon agree best."""
    (sx, sy, sz), (cx, cy, cz) = (f(np.radians(degrees).T) for f in (np.sin, np.cos))
    one, none = np.ones_like(sx), np.zeros_like(sx)
    about_z = np.array([[cz, -sz, none], [sz, cz, none], [none, none, one]]).transpose(2, 0, 1)
    about_x = np.array([[one, none, none], [none, cx, -sx], [none, sx, cx]]).transpose(2, 0, 1)
    about_y = np.array([[cy, none, sy], [none, one, none], [-sy, none, cy]]).transpose(2, 0, 1)
    return np.asarray(about_z @ about_x @ about_y)


def vicon_places(positions: Array) -> Places:
    """Estimate joint centres from a Vicon's markers.

    Args:
        positions: (n, 117): 39 markers on the skin [mm].
    Returns: Places [m] by name, right-handed, z up, each (n, 3).
    """
    parts = positions.reshape(len(positions), -1, 3).transpose(1, 0, 2) / 1000
    marker = dict(zip(_MARKERS, parts, strict=True))
    front, back = (marker["LASI"] + marker["RASI"]) / 2, (marker["LPSI"] + marker["RPSI"]) / 2
    across = marker["LASI"] - marker["RASI"]
    width, left = np.linalg.norm(across, axis=1, keepdims=True), _unit(across)
    ahead = _unit(front - back - ((front - back) * left).sum(axis=1, keepdims=True) * left)
    up = np.cross(ahead, left)
    trunk = _unit((marker["C7"] + marker["CLAV"]) / 2 - (front + back) / 2)
    found = {"nose": (marker["LFHD"] + marker["RFHD"]) / 2}
    for side, sign in (("left", 1.0), ("right", -1.0)):
        s = side[0].upper()
        found |= {
            f"{side}_hip": front + width * (-_HIP[0] * ahead - _HIP[1] * up + sign * _HIP[2] * left),
            f"{side}_knee": marker[f"{s}KNE"] - sign * _KNEE * left,
            f"{side}_ankle": marker[f"{s}ANK"] - sign * _ANKLE * left,
            f"{side}_heel": marker[f"{s}HEE"], f"{side}_foot_index": marker[f"{s}TOE"],
            f"{side}_shoulder": marker[f"{s}SHO"] - _SHOULDER * trunk, f"{side}_elbow": marker[f"{s}ELB"],
            f"{side}_wrist": (marker[f"{s}WRA"] + marker[f"{s}WRB"]) / 2,
        }
    return found


def _unit(vector: Array) -> Array:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(vector / np.linalg.norm(vector, axis=-1, keepdims=True))


def seen_from(places: Mapping[str, Array], up: Sequence[float], times_s: Array, yaw: float) -> Series:
    """See a body in space from one side; it is turned so that the hips of the first frames lie across.

    Args:
        places: Places [m] by name, right-handed, each (n, 3).
        up: Where up is.
        times_s: Rising times [s], (n,).
        yaw: Where the camera stands: ``SIDE_YAW`` at the body's right, ``FRONT_YAW`` before it.
    Returns: The series; places that are not measured, and bones of impossible length, have visibility 0.
    """
    axis = np.asarray(up, dtype=float)
    across = np.nanmedian((places["left_hip"] - places["right_hip"])[:10], axis=0)
    left = _unit(across - (across @ axis) * axis)
    turn = facing(yaw, 0.0) @ np.stack([np.cross(left, axis), left, axis])
    points, visibility = np.zeros((len(times_s), len(NAMES), 3)), np.zeros((len(times_s), len(NAMES)))
    for name, place in places.items():
        points[:, INDEX[name]], visibility[:, INDEX[name]] = place @ turn.T, 1.0
    _doubt(points, visibility)
    points[np.isnan(points).any(axis=2)] = np.nan
    visibility[np.isnan(points).any(axis=2)] = 0.0
    return Series(times_s=times_s, points=points, visibility=visibility)


def _doubt(points: Array, visibility: Array) -> None:
    """Take out both ends of a bone of an impossible length, frame by frame."""
    for (one, two), (least, most) in PLAUSIBLE.items():
        for side in ("left", "right"):
            ends = [INDEX[f"{side}_{one}"], INDEX[f"{side}_{two}"]]
            length = np.linalg.norm(points[:, ends[0]] - points[:, ends[1]], axis=1)
            wrong = (visibility[:, ends].min(axis=1) > 0) & ~((length >= least) & (length <= most))
            visibility[np.ix_(wrong, ends)] = 0.0


def watched_angles(degrees: Mapping[str, Array]) -> dict[str, Array]:
    """Turn OpenSim's joint angles into the angles that records watch.

    Args:
        degrees: By OpenSim's name; 0 is straight, bending is positive.
    Returns: By watch word [degrees]: 180 is straight; ``trunk`` from upright. Ankles are left out: where OpenSim's 0
        lies between shin and toes depends on the foot.
    """
    found: dict[str, Array] = {}
    for side in ("left", "right"):
        for joint, name in (("knee", "knee_angle"), ("hip", "hip_flexion"), ("elbow", "elbow_flex")):
            for given in (f"{name}_{side[0]}", f"{name}ion_{side[0]}"):
                if given in degrees:
                    found[f"{side} {joint}"] = 180 - np.abs(degrees[given])
    if "pelvis_tilt" in degrees and "lumbar_extension" in degrees:
        found["trunk"] = np.abs(degrees["pelvis_tilt"] + degrees["lumbar_extension"])
    return found
