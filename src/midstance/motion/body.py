"""The jointed body: joints, bones, hinges, limits, masses and the points that touch things.

Lengths are shares of body height after Drillis and Contini (1966) and masses shares of body mass after Dempster (1955),
both as tabled by Winter, Biomechanics and Motor Control of Human Movement; the spine's curve, hands and feet are drawn
to look right. Axes: x forward, y left, z up; everything is metres and radians.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from midstance.domain.motion import MIDDLE, SIDED

Array = NDArray[np.float64]
Indexes = NDArray[np.int64]

HEIGHT: Final = 1.72
SIDES: Final = ("left", "right")

# Joint, parent, place in the parent's frame [share of height]; sided ones for the left.
_MIDDLE_JOINTS = (
    ("pelvis", "", (0, 0, 0)),
    ("lumbar", "pelvis", (-0.020, 0, 0.052)),
    ("waist", "lumbar", (0.008, 0, 0.075)),
    ("chest", "waist", (-0.010, 0, 0.085)),
    ("neck", "chest", (0.006, 0, 0.090)),
    ("head", "neck", (0.020, 0, 0.052)),
    ("crown", "head", (0.008, 0, 0.112)),
    ("nose", "head", (0.064, 0, 0.036)),
)
_SIDED_JOINTS = (
    ("girdle", "chest", (0.008, 0.022, 0.066)),
    ("shoulder", "girdle", (-0.006, 0.091, 0.003)),
    ("elbow", "shoulder", (0, 0, -0.186)),
    ("wrist", "elbow", (0, 0, -0.146)),
    ("knuckle", "wrist", (0, 0, -0.050)),
    ("fingertip", "knuckle", (0, 0, -0.050)),
    ("thumb", "wrist", (0.025, -0.012, -0.044)),
    ("hip", "pelvis", (0, 0.052, 0)),
    ("knee", "hip", (0, 0, -0.245)),
    ("ankle", "knee", (0, 0, -0.246)),
    ("heel", "ankle", (-0.032, 0, -0.022)),
    ("ball", "ankle", (0.074, 0, -0.028)),
    ("toe", "ball", (0.036, 0, -0.001)),
)

# Hinges of a joint in order, each with its channel, place in the channel, axis (left side) and share of the angle.
_X, _Y, _Z = (1, 0, 0), (0, 1, 0), (0, 0, 1)
_NX, _NY, _NZ = (-1, 0, 0), (0, -1, 0), (0, 0, -1)
_SIDED_HINGES = (
    ("hip", "hip", 0, _NY), ("hip", "hip", 1, _X), ("hip", "hip", 2, _Z),
    ("knee", "knee", 0, _Y),
    ("ankle", "ankle", 0, _NY), ("ankle", "ankle", 1, _NX),
    ("ball", "toe", 0, _NY),
    ("girdle", "shrug", 0, _X), ("girdle", "reach", 0, _NZ),
    ("shoulder", "shoulder", 0, _NY), ("shoulder", "shoulder", 1, _X), ("shoulder", "shoulder", 2, _Z),
    ("elbow", "elbow", 0, _NY), ("elbow", "forearm", 0, _NZ),
    ("wrist", "wrist", 0, _NX), ("wrist", "wrist", 1, _NY),
    ("knuckle", "grip", 0, _NX),
)
_SPINE_AXES = (_Y, _NX, _Z)

# Angles of the spine's joints: share of "spine", "lumbar" and "thorax", and limits [degrees] for each.
_SPINE = {
    "lumbar": ((0.40, 0.30, 0.12), "lumbar", (1.0, 1.0, 1.0), ((-22, 35), (-20, 20), (-8, 8))),
    "waist": ((0.33, 0.40, 0.43), "thorax", (0.5, 0.5, 0.5), ((-18, 30), (-18, 18), (-25, 25))),
    "chest": ((0.27, 0.30, 0.45), "thorax", (0.5, 0.5, 0.5), ((-16, 28), (-16, 16), (-28, 28))),
    "neck": ((0, 0, 0), "neck", (0.45, 0.5, 0.45), ((-35, 35), (-22, 22), (-40, 40))),
    "head": ((0, 0, 0), "neck", (0.55, 0.5, 0.55), ((-40, 35), (-22, 22), (-48, 48))),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hinge:
    """One axis of one joint: a degree of freedom.

    Attributes:
        joint: Joint it turns.
        axis: Unit axis in the frame before it.
        parts: (channel, place, share) whose weighted sum is the angle.
        low: Least angle [rad]; ``high`` the greatest.
        key: Channel that an author writes to set it.
    """

    joint: str
    axis: tuple[int, int, int]
    parts: tuple[tuple[str, int, float], ...]
    low: float
    high: float
    key: str


def _sided(side: str) -> list[Hinge]:
    flip = 1 if side == "left" else -1
    found = []
    for joint, channel, place, (x, y, z) in _SIDED_HINGES:
        _, low, high = SIDED[channel][place]
        name = f"{side} {channel}"
        found.append(Hinge(joint=f"{side} {joint}", axis=(x * flip, y, z * flip), parts=((name, place, 1.0),),
                           low=math.radians(low), high=math.radians(high), key=name))
    return found


def _spine() -> list[Hinge]:
    found = []
    for joint, (whole, own, shares, limits) in _SPINE.items():
        for place in range(3):
            parts = ((own, place, shares[place]),) + ((("spine", place, whole[place]),) if any(whole) else ())
            low, high = limits[place]
            found.append(Hinge(joint=joint, axis=_SPINE_AXES[place], parts=parts, low=math.radians(low),
                               high=math.radians(high), key=own))
    return found


def _joints() -> tuple[tuple[str, str, tuple[float, float, float]], ...]:
    found: list[tuple[str, str, tuple[float, float, float]]] = list(_MIDDLE_JOINTS)
    middle = {name for name, _, _ in _MIDDLE_JOINTS}
    for side in SIDES:
        flip = 1 if side == "left" else -1
        for joint, parent, (x, y, z) in _SIDED_JOINTS:
            above = parent if parent in middle else f"{side} {parent}"
            found.append((f"{side} {joint}", above, (x, y * flip, z)))
    return tuple(found)


JOINTS: Final = _joints()
NAMES: Final = tuple(name for name, _, _ in JOINTS)
INDEX: Final = {name: place for place, name in enumerate(NAMES)}
PARENTS: Final = tuple(INDEX[parent] if parent else -1 for _, parent, _ in JOINTS)
OFFSETS: Final = np.array([place for _, _, place in JOINTS]) * HEIGHT
HINGES: Final = (*_spine(), *_sided("left"), *_sided("right"))
LOW: Final = np.array([hinge.low for hinge in HINGES])
HIGH: Final = np.array([hinge.high for hinge in HINGES])
ROOT: Final = 6                       # degrees of freedom before the hinges: pelvis place and orientation
FREEDOM: Final = ROOT + len(HINGES)

# Points of the skin: joint, place in its frame [share of height], for the left. Radii are in the place.
_FLAT = -0.039
_PAD = 0.011                          # the ball of the foot rolls: its points are the joint, this far over the ground
_SIDED_POINTS = {
    "heel": ("ankle", (-0.032, 0, _FLAT)),
    "ball-in": ("ankle", (0.074, -0.020, _FLAT + _PAD)),
    "ball-out": ("ankle", (0.074, 0.022, _FLAT + _PAD)),
    "toe-tip": ("ball", (0.036, 0, -0.011)),
    "instep": ("ankle", (0.050, 0, -0.004)),
    "toe-top": ("ball", (0.034, 0, 0.006)),
    "ankle-in": ("ankle", (0, -0.020, 0)),
    "ankle-out": ("ankle", (0, 0.020, 0)),
    "ankle-back": ("ankle", (-0.018, 0, 0.02)),
    "shin": ("ankle", (0.020, 0, 0.03)),
    "knee-top": ("knee", (0.033, 0, 0.004)),
    "knee-in": ("knee", (0, -0.030, 0)),
    "knee-out": ("knee", (0, 0.030, 0)),
    "thigh": ("hip", (0.044, 0, -0.12)),
    "thigh-back": ("hip", (-0.040, 0, -0.16)),
    "hip": ("hip", (0, 0.045, 0.005)),
    "hip-front": ("pelvis", (0.045, 0.055, 0.020)),
    "palm": ("wrist", (0, -0.013, -0.012)),
    "palm-thumb": ("wrist", (0.022, -0.013, -0.050)),
    "palm-small": ("wrist", (-0.022, -0.013, -0.050)),
    "fingertip": ("knuckle", (0, -0.006, -0.050)),
    "grip": ("wrist", (0, -0.020, -0.048)),
    "grip-thumb": ("wrist", (0.022, -0.020, -0.048)),
    "grip-small": ("wrist", (-0.022, -0.020, -0.048)),
    "forearm": ("wrist", (0, 0, 0.012)),
    "elbow": ("elbow", (-0.016, 0, -0.004)),
    "shoulder": ("shoulder", (0, 0.030, 0)),
    "shoulder-top": ("shoulder", (0, 0, 0.03)),
    "blade": ("chest", (-0.046, 0.055, 0.035)),
}
_SINGLE_POINTS = {
    "pelvis": ("pelvis", (-0.062, 0, 0.010)),
    "seat": ("pelvis", (-0.030, 0, -0.050)),
    "back": ("chest", (-0.056, 0, 0.030)),
    "nape": ("neck", (-0.032, 0, -0.004)),
    "head": ("head", (-0.046, 0, 0.055)),
    "forehead": ("head", (0.060, 0, 0.075)),
    "chest": ("chest", (0.070, 0, 0.025)),
    "belly": ("lumbar", (0.066, 0, 0.02)),
    "hips": ("pelvis", (0.052, 0, -0.005)),
    "ribs": ("waist", (0.062, 0, 0.02)),
}
# Radius that keeps a joint above the ground [share of height].
_CLEARANCE = {
    "heel": 0.0, "ball-in": _PAD, "ball-out": _PAD, "toe-tip": 0.0, "toe-top": 0.0, "knee": 0.030, "elbow": 0.018,
    "wrist": 0.014, "fingertip": 0.006, "knuckle": 0.012, "shoulder": 0.032, "hip": 0.040, "ankle": 0.018,
}
_CLEARANCE_SINGLE = {"pelvis": 0.050, "seat": 0.0, "chest": 0.050, "waist": 0.050, "head": 0.04, "nose": 0.006,
                     "crown": 0.0}


def _points() -> dict[str, tuple[int, Array]]:
    found = {name: (INDEX[name], np.zeros(3)) for name in NAMES}
    for side in SIDES:
        flip = np.array([1, 1 if side == "left" else -1, 1]) * HEIGHT
        for name, (joint, place) in _SIDED_POINTS.items():
            above = joint if joint in INDEX else f"{side} {joint}"
            key = f"{side} {name}"
            found[key if key not in NAMES else f"{key} skin"] = (INDEX[above], np.array(place) * flip)
    for name, (joint, place) in _SINGLE_POINTS.items():
        found[name if name not in NAMES else f"{name} skin"] = (INDEX[joint], np.array(place) * HEIGHT)
    return found


POINTS: Final = _points()
POINT_NAMES: Final = tuple(POINTS)
POINT_INDEX: Final = {name: place for place, name in enumerate(POINT_NAMES)}
POINT_JOINT: Final = np.array([joint for joint, _ in POINTS.values()])
POINT_PLACE: Final = np.array([place for _, place in POINTS.values()])


def point(name: str) -> int:
    """Find a point of the skin, or of the skeleton where there is none of that name; the place in ``POINT_NAMES``."""
    return POINT_INDEX.get(f"{name} skin", POINT_INDEX.get(name, -1))


def clearances() -> tuple[tuple[int, float], ...]:
    """List the points that must not sink, each with its height over the ground [m]."""
    skin = {"ball-in", "ball-out"}
    found = [(point(f"{side} {name}") if radius == 0.0 or name in skin else POINT_INDEX[f"{side} {name}"],
              radius * HEIGHT) for side in SIDES for name, radius in _CLEARANCE.items()]
    found += [(point(name) if radius == 0.0 else POINT_INDEX[name], radius * HEIGHT)
              for name, radius in _CLEARANCE_SINGLE.items()]
    return tuple(found)


# Segment, distal joint, mass share, place of its centre along it.
_MASSES = (
    ("pelvis", "lumbar", 0.142, 0.4), ("lumbar", "waist", 0.139, 0.5), ("waist", "neck", 0.216, 0.6),
    ("head", "crown", 0.081, 0.4),
)
_SIDED_MASSES = (
    ("hip", "knee", 0.100, 0.433), ("knee", "ankle", 0.0465, 0.433), ("ankle", "ball", 0.0145, 0.5),
    ("shoulder", "elbow", 0.028, 0.436), ("elbow", "wrist", 0.016, 0.430), ("wrist", "knuckle", 0.006, 0.506),
)


def centre_weights() -> Array:
    """Weight of each point in the centre of mass; the weights sum to one."""
    weights = np.zeros(len(POINT_NAMES))
    rows = [*_MASSES, *((f"{s} {a}", f"{s} {b}", m, c) for s in SIDES for a, b, m, c in _SIDED_MASSES)]
    for near, far, mass, place in rows:
        weights[POINT_INDEX[near]] += mass * (1 - place)
        weights[POINT_INDEX[far]] += mass * place
    return np.asarray(weights / weights.sum())


def angle_names() -> tuple[str, ...]:
    """Name every angle an author may write: ``right hip flexion``."""
    sided = [f"{side} {name} {part}" for side in SIDES for name, parts in SIDED.items() for part, _, _ in parts]
    return (*sided, *(f"{name} {part}" for name, parts in MIDDLE.items() for part, _, _ in parts))
