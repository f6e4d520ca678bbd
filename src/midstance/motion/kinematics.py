"""Forward kinematics of many frames at once: angles to places, and how places change with angles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from midstance.motion.body import (
    FREEDOM,
    HINGES,
    INDEX,
    NAMES,
    OFFSETS,
    PARENTS,
    POINT_JOINT,
    POINT_PLACE,
    ROOT,
    Array,
    Indexes,
)


def _axis(axis: tuple[int, int, int]) -> tuple[int, int]:
    """Name a coordinate axis by its place and sign."""
    place = next(k for k in range(3) if axis[k])
    return place, axis[place]


_OF_JOINT: Final = tuple(
    tuple((place, *_axis(hinge.axis)) for place, hinge in enumerate(HINGES) if hinge.joint == name) for name in NAMES
)


def _above() -> Array:
    """Tell which hinges move which points, as 0 and 1 in [hinge, point]."""
    joints: list[set[int]] = []
    for place, parent in enumerate(PARENTS):
        joints.append((joints[parent] if parent >= 0 else set()) | {place})
    return np.array([[float(INDEX[hinge.joint] in joints[joint]) for joint in POINT_JOINT] for hinge in HINGES])


ABOVE: Final = _above()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Frames of a body in space.

    Attributes:
        joints: Places of the joints, [frame, joint, 3] in metres.
        points: Places of all points, [frame, point, 3].
        axes: Axes of the hinges in the world, [frame, hinge, 3]; ``origins`` the places they turn about.
    """

    joints: Array
    points: Array
    axes: Array
    origins: Array


def turned(vector: Array) -> Array:
    """Turn rotation vectors [..., 3] in radians into matrices."""
    angle = np.linalg.norm(vector, axis=-1)[..., None, None]
    safe = np.where(angle < 1e-9, 1.0, angle)
    x, y, z = (vector[..., k] for k in range(3))
    nought = np.zeros_like(x)
    cross = np.stack([nought, -z, y, z, nought, -x, -y, x, nought], axis=-1).reshape(*vector.shape[:-1], 3, 3) / safe
    rotation: Array = np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * (cross @ cross)
    return rotation


def turning(rotation: Array) -> Array:
    """Turn matrices [..., 3, 3] into rotation vectors, shorter than half a turn."""
    trace = np.clip((np.trace(rotation, axis1=-2, axis2=-1) - 1) / 2, -1.0, 1.0)
    angle = np.arccos(trace)
    skew = np.stack([rotation[..., 2, 1] - rotation[..., 1, 2], rotation[..., 0, 2] - rotation[..., 2, 0],
                     rotation[..., 1, 0] - rotation[..., 0, 1]], axis=-1) / 2
    sine = np.sin(angle)
    scale = np.where(sine < 1e-9, 1.0, angle / np.where(sine < 1e-9, 1.0, sine))
    return np.asarray(skew * scale[..., None])


def place(root: Array, orientation: Array, angles: Array) -> Placed:
    """Place bodies in space.

    Args:
        root: Place of the pelvis, [frame, 3] in metres.
        orientation: Of the pelvis, [frame, 3, 3].
        angles: Of the hinges, [frame, hinge] in radians.
    """
    frames = len(root)
    joints = np.zeros((frames, len(NAMES), 3))
    rotations = np.zeros((frames, len(NAMES), 3, 3))
    axes = np.zeros((frames, len(HINGES), 3))
    origins = np.zeros((frames, len(HINGES), 3))
    cosines, sines = np.cos(angles)[..., None], np.sin(angles)[..., None]
    for index, parent in enumerate(PARENTS):
        if parent < 0:
            joints[:, index] = root
            rotations[:, index] = orientation
        else:
            joints[:, index] = joints[:, parent] + rotations[:, parent] @ OFFSETS[index]
            rotations[:, index] = rotations[:, parent]
        rotation = rotations[:, index]
        for hinge, spot, sign in _OF_JOINT[index]:
            axes[:, hinge] = rotation[:, :, spot] * sign
            origins[:, hinge] = joints[:, index]
            one, other = rotation[:, :, (spot + 1) % 3].copy(), rotation[:, :, (spot + 2) % 3].copy()
            cosine, sine = cosines[:, hinge], sines[:, hinge] * sign
            rotation[:, :, (spot + 1) % 3] = one * cosine + other * sine
            rotation[:, :, (spot + 2) % 3] = other * cosine - one * sine
    points = joints[:, POINT_JOINT] + np.einsum("fpij,pj->fpi", rotations[:, POINT_JOINT], POINT_PLACE)
    return Placed(joints=joints, points=points, axes=axes, origins=origins)


def slopes(placed: Placed, chosen: Indexes) -> Array:
    """Tell how points move with each degree of freedom.

    Args:
        placed: The frames.
        chosen: Indexes of points, [chosen].
    Returns: [frame, freedom, chosen, 3]: three for the pelvis' place, three for turning it, then the hinges.
    """
    points = placed.points[:, chosen]
    found = np.zeros((len(points), FREEDOM, len(chosen), 3))
    found[:, :3] = np.eye(3)[None, :, None, :]
    arms = points - placed.joints[:, :1]
    found[:, 3:ROOT] = np.cross(np.eye(3)[None, :, None, :], arms[:, None])
    arms = points[:, None] - placed.origins[:, :, None]
    found[:, ROOT:] = _crossed(placed.axes[:, :, None], arms) * ABOVE[None, :, chosen, None]
    return found


def _crossed(one: Array, other: Array) -> Array:
    """The cross product, written out because numpy's own is slow."""
    x, y, z = one[..., 0], one[..., 1], one[..., 2]
    a, b, c = other[..., 0], other[..., 1], other[..., 2]
    return np.stack([y * c - z * b, z * a - x * c, x * b - y * a], axis=-1)
