"""Places on a body as a camera's pose model gives them, and the angles between them that records watch.

The 33 places and their order are those of MediaPipe's pose model. Axes: x to the right of the picture, y down, z away
from the camera, all in one unit of length (a share of the picture must have been multiplied by its width over height).
Twin: ``web/static/mirror/landmarks.js``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from midstance.motion.body import Array

_FACE: Final = (
    "nose", "left_eye_inner", "left_eye", "left_eye_outer", "right_eye_inner", "right_eye", "right_eye_outer",
    "left_ear", "right_ear", "mouth_left", "mouth_right",
)
_LIMBS: Final = (
    "shoulder", "elbow", "wrist", "pinky", "index", "thumb", "hip", "knee", "ankle", "heel", "foot_index",
)
NAMES: Final = (*_FACE, *(f"{side}_{limb}" for limb in _LIMBS for side in ("left", "right")))
INDEX: Final = {name: place for place, name in enumerate(NAMES)}

# The three places whose middle one has the angle.
AT: Final[dict[str, tuple[str, str, str]]] = {
    "knee": ("hip", "knee", "ankle"),
    "hip": ("shoulder", "hip", "knee"),
    "ankle": ("knee", "ankle", "foot_index"),
    "elbow": ("shoulder", "elbow", "wrist"),
    "shoulder": ("hip", "shoulder", "elbow"),
}
# Parts of the body by their near and far end.
PARTS: Final[dict[str, tuple[str, str]]] = {
    "thigh": ("hip", "knee"), "shank": ("knee", "ankle"), "arm": ("shoulder", "elbow"), "forearm": ("elbow", "wrist"),
}
_TRUNK: Final = ("left_shoulder", "right_shoulder", "left_hip", "right_hip")
_LEGS: Final = ("left_hip", "right_hip", "left_knee", "right_knee")

# A place is taken as seen from this visibility on (0 to 1); MediaPipe's own default for a pose that is there.
SEEN: Final = 0.5
# Shoulders to hips of a runner of 172 cm, by which a rise in the picture becomes centimetres.
# Source: shares of body height of Drillis and Contini (1966), shoulder 0.818 less hip 0.530.
TRUNK_CM: Final = 49.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What a camera saw of one body over time.

    Attributes:
        times_s: Time of each frame [s], rising, (n,).
        points: Places, (n, 33, 3) in the order of ``NAMES``; NaN or low visibility where not seen. Zero z throughout
            says that depth is not known.
        visibility: How surely each place was seen, 0 to 1, (n, 33).
    """

    times_s: Array
    points: Array
    visibility: Array

    def __len__(self) -> int:
        """Count the frames."""
        return len(self.times_s)


def needed(watch: str) -> tuple[str, ...]:
    """Name the places that a watch word is measured from.

    >>> needed("left knee")
    ('left_hip', 'left_knee', 'left_ankle')
    """
    if watch in ("trunk", "turn", "rise"):
        return _TRUNK
    if watch == "legs":
        return _LEGS
    side, _, joint = watch.partition(" ")
    return tuple(f"{side}_{name}" for name in AT[joint])


def angles(series: Series, watch: str) -> Array:
    """Measure what a record says to watch, frame by frame.

    Args:
        series: What was seen.
        watch: ``right knee`` and the like [degrees]; ``trunk`` from upright [degrees]; ``turn`` of the shoulders
            against the hips, positive to the left [degrees], only with depth; ``legs`` the angle between the thighs
            [degrees]; ``rise`` of the hips [cm of a runner of 172 cm] above their first place in the picture.
    Returns: (n,), NaN where a place needed was not seen.
    """
    values = _measured(series, watch)
    return np.where(are_seen(series, needed(watch)), values, np.nan)


def _measured(series: Series, watch: str) -> Array:
    points = series.points
    if watch == "rise":
        return _rise(series)
    if watch == "trunk":
        return inclination(direction(points, "trunk"))
    if watch == "turn":
        return _turn(points)
    if watch == "legs":
        return between(direction(points, "left thigh"), direction(points, "right thigh"))
    return bend(points, watch)


def bend(points: Array, joint: str) -> Array:
    """Measure the angle in a joint, ``right knee``, (n,) [degrees]: 180 is straight."""
    one, at, other = (points[:, INDEX[name]] for name in needed(joint))
    return between(one - at, other - at)


def between(one: Array, other: Array) -> Array:
    """Measure the angle between directions, (n, 3) each or one for all [degrees]; NaN where one has no length."""
    lengths = np.linalg.norm(one, axis=-1) * np.linalg.norm(other, axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.degrees(np.arccos(np.clip((one * other).sum(axis=-1) / lengths, -1, 1))), dtype=float)


def inclination(direction: Array) -> Array:
    """Measure how far directions, (n, 3), lean from straight up [degrees]: 90 is level, 180 straight down."""
    return between(direction, np.array([0.0, -1.0, 0.0]))


def ends(part: str) -> tuple[str, ...]:
    """Name the places of a part: ``trunk``, ``left thigh`` and the like, or a joint.

    >>> ends("left thigh")
    ('left_hip', 'left_knee')
    """
    if part == "trunk":
        return _TRUNK
    side, _, name = part.partition(" ")
    return tuple(f"{side}_{end}" for end in PARTS.get(name) or AT[name])


def pointing(points: Array, part: str) -> Array:
    """Measure how a part points from straight up, or how a joint is bent, (n,) [degrees]."""
    if part.rpartition(" ")[2] in AT:
        return bend(points, part)
    return inclination(direction(points, part))


def direction(points: Array, part: str) -> Array:
    """Give where a part points, (n, 3): the trunk up, limbs away from it."""
    if part == "trunk":
        return np.asarray(middle(points, "shoulder") - middle(points, "hip"))
    near, far = ends(part)
    return np.asarray(points[:, INDEX[far]] - points[:, INDEX[near]])


def are_seen(series: Series, names: tuple[str, ...]) -> Array:
    """Tell for each frame whether all these places are seen, (n,)."""
    return np.asarray((series.visibility[:, [INDEX[name] for name in names]] >= SEEN).all(axis=1))


def middle(points: Array, joint: str) -> Array:
    """Find the middle of the left and the right of a joint, (n, 3)."""
    return np.asarray((points[:, INDEX[f"left_{joint}"]] + points[:, INDEX[f"right_{joint}"]]) / 2)


def _turn(points: Array) -> Array:
    """Turn of the shoulders against the hips about the trunk [degrees], positive to the left."""
    up = direction(points, "trunk")
    shoulders = points[:, INDEX["left_shoulder"]] - points[:, INDEX["right_shoulder"]]
    hips = points[:, INDEX["left_hip"]] - points[:, INDEX["right_hip"]]
    turned = signed_turn(shoulders, hips, up)
    flat = not np.any(points[:, [INDEX[name] for name in _TRUNK], 2])
    return np.full(len(points), np.nan) if flat else turned


def signed_turn(shoulders: Array, hips: Array, up: Array) -> Array:
    """Measure how far one line across the body is turned against another about an axis.

    Args:
        shoulders: From right to left, (n, 3), axes right-handed.
        hips: From right to left, (n, 3).
        up: The axis, any length but none is NaN, (n, 3).
    Returns: [degrees], positive to the left, (n,).
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        axis = up / np.linalg.norm(up, axis=-1, keepdims=True)
    one, other = (line - (line * axis).sum(axis=-1, keepdims=True) * axis for line in (shoulders, hips))
    return np.asarray(np.degrees(np.arctan2((np.cross(other, one) * axis).sum(axis=-1), (one * other).sum(axis=-1))))


def _rise(series: Series) -> Array:
    """Rise of the hips above their first place [cm of a runner of 172 cm], scaled by the middle length of the trunk."""
    hips = middle(series.points, "hip")
    lengths = np.linalg.norm((middle(series.points, "shoulder") - hips)[:, :2], axis=1)
    seen = are_seen(series, _TRUNK) & (lengths > 0)
    if not seen.any():
        return np.full(len(series), np.nan)
    first = hips[seen][0, 1]
    return np.asarray((first - hips[:, 1]) / np.median(lengths[seen]) * TRUNK_CM)
