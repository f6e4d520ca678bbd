"""What the pose model's two networks say, put into numbers: where a body is, and its 33 places.

The first network looks at the whole picture and finds a body: the middle of the hips and a point whose distance and
direction give size and tilt. The second looks at a square around the body, turned upright, and names the places.
Numbers, unless a line says otherwise, are those of MediaPipe's pose graphs (Apache-2.0): ``pose_detection_cpu``,
``pose_landmark_by_roi_cpu`` and ``pose_landmarks_to_roi``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from midstance.motion.body import Array

Whole: TypeAlias = NDArray[np.signedinteger[Any]]

DETECTOR_SIDE: Final = 224     # pictures for the first network [pixels]
LANDMARK_SIDE: Final = 256     # pictures for the second
PLACES: Final = 33             # of a body; the model knows six more, of which two tell where to look next
TOLD: Final = 39
FACE: Final = 11               # the first places are the face's
HEAT_SIDE: Final = 64
# Cells of the first network's grids [pixels], one entry for each layer: two answers a cell.
_STRIDES: Final = (8, 16, 32, 32, 32)
_BODY_SCORE: Final = 0.5       # a body is there from this score on
_ROOM: Final = 1.25            # side of the square around a body over its size
_KERNEL: Final = 7             # heat around a place that sharpens it [cells]
_HEAT: Final = 0.5             # least heat there


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A square in the picture around a body.

    Attributes:
        x: Middle, to the right [pixels].
        y: Middle, down [pixels].
        side: Length of a side [pixels].
        turn: How far the body is turned from upright, clockwise in the picture [radians].
    """

    x: float
    y: float
    side: float
    turn: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One body in one picture.

    Attributes:
        points: Places in the picture, (33, 3): right, down, away from the camera [pixels]. Right and down are where
            the picture shows them; depth is that of the model's body in metres, brought to the picture's size.
        visibility: How surely each is seen, 0 to 1, (33,).
        there: How surely a body is there, 0 to 1.
        region: Where to look in the next picture.
    """

    points: Array
    visibility: Array
    there: float
    region: Region


def middles() -> Array:
    """List the middle of the grid cell that each answer of the first network counts from, (2254, 2), share of a side.

    >>> middles().shape
    (2254, 2)
    """
    layers: list[Array] = []
    k = 0
    while k < len(_STRIDES):
        same = sum(1 for stride in _STRIDES[k:] if stride == _STRIDES[k])
        cells = math.ceil(DETECTOR_SIDE / _STRIDES[k])
        one = (np.arange(cells) + 0.5) / cells
        x, y = np.meshgrid(one, one)
        layers.append(np.repeat(np.stack([x.ravel(), y.ravel()], axis=1), 2 * same, axis=0))
        k += same
    return np.concatenate(layers)


def found_body(answers: Array, scores: Array, size: tuple[int, int]) -> Region | None:
    """Tell where the surest body is.

    Args:
        answers: (2254, 12): box, then four points, each counted from its cell's middle [pixels of 224].
        scores: (2254,) before the logistic curve.
        size: Width and height of the picture [pixels], which stood in the middle of the square.
    Returns: The square to look at; None where no body is found.
    """
    best = int(np.argmax(scores))
    if logistic(np.asarray(scores[best])) < _BODY_SCORE:
        return None
    near = _alike(answers, scores, best)
    weights = logistic(scores[near])[:, None, None]
    points = answers[near, 4:8].reshape(-1, 2, 2) / DETECTOR_SIDE + middles()[near, None, :]
    hip, top = (points * weights).sum(axis=0) / weights.sum()
    longer = max(size)
    edge = ((longer - size[0]) / 2, (longer - size[1]) / 2)
    return region_of(hip * longer - edge, top * longer - edge)


def _alike(answers: Array, scores: Array, best: int) -> Whole:
    """Choose the answers that mean the same body as the best: boxes that share 0.3 of their area."""
    middle = middles() + answers[:, :2] / DETECTOR_SIDE
    half = np.abs(answers[:, 2:4]) / DETECTOR_SIDE / 2
    low, high = middle - half, middle + half
    common = np.clip(np.minimum(high, high[best]) - np.maximum(low, low[best]), 0, None).prod(axis=1)
    areas = (2 * half).prod(axis=1)
    share = common / np.maximum(areas + areas[best] - common, 1e-9)
    return np.flatnonzero((logistic(scores) >= _BODY_SCORE) & (share >= 0.3))


def region_of(hip: Array, top: Array) -> Region:
    """Draw the square around a body from the middle of its hips and a point above its head [pixels]."""
    across, down = (float(d) for d in top - hip)
    turn = math.pi / 2 - math.atan2(-down, across)
    turn -= 2 * math.pi * math.floor((turn + math.pi) / (2 * math.pi))
    return Region(x=float(hip[0]), y=float(hip[1]), side=2 * math.hypot(across, down) * _ROOM, turn=turn)


def logistic(values: Array) -> Array:
    """Turn a network's answers into shares of 0 to 1."""
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -80, 80))))


def whole(picture: Array) -> Array:
    """Put a picture into the middle of a square for the first network.

    Args:
        picture: (height, width, 3), 0 to 255.
    Returns: (1, 224, 224, 3), -1 to 1; black beside the picture.
    """
    height, width = picture.shape[:2]
    region = Region(x=width / 2, y=height / 2, side=float(max(width, height)), turn=0.0)
    return np.asarray(_cut(picture, region, DETECTOR_SIDE)[None] / 127.5 - 1, dtype=np.float32)


def upright(picture: Array, region: Region) -> Array:
    """Cut a square out of a picture and turn it upright for the second network, (1, 256, 256, 3), 0 to 1."""
    return np.asarray(_cut(picture, region, LANDMARK_SIDE)[None] / 255.0, dtype=np.float32)


def _cut(picture: Array, region: Region, side: int) -> Array:
    """Read a turned square at even steps, blending the four pixels around each; black outside the picture."""
    steps = (np.arange(side, dtype=np.float32) + 0.5) / side - 0.5
    cos, sin = (np.float32(f(region.turn) * region.side) for f in (math.cos, math.sin))
    x = np.float32(region.x - 0.5) + cos * steps[None, :] - sin * steps[:, None]
    y = np.float32(region.y - 0.5) + sin * steps[None, :] + cos * steps[:, None]
    height, width = picture.shape[:2]
    left, up = np.floor(x).astype(np.int32), np.floor(y).astype(np.int32)
    right_share, down_share = (x - left)[..., None], (y - up)[..., None]
    flat = picture.reshape(-1, picture.shape[2])

    def pixels(row: Whole, column: Whole) -> Array:
        inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
        place = np.clip(row, 0, height - 1) * width + np.clip(column, 0, width - 1)
        return np.asarray(flat[place] * inside[..., None], dtype=np.float32)

    above = pixels(up, left) * (1 - right_share) + pixels(up, left + 1) * right_share
    below = pixels(up + 1, left) * (1 - right_share) + pixels(up + 1, left + 1) * right_share
    return np.asarray(above * (1 - down_share) + below * down_share)


def body_of(answers: Array, heat: Array, world: Array, there: float, region: Region) -> Body:
    """Read the second network's answers.

    Args:
        answers: (195,): for each of 39 places right, down, away [pixels of 256], visibility and presence before the
            logistic curve.
        heat: (64, 64, 39) before the logistic curve.
        world: (117,): right, down, away of each place about the hips [m].
        there: How surely a body is there, 0 to 1.
        region: The square it looked at.
    """
    told = np.asarray(answers, dtype=float).reshape(TOLD, 5)
    points = told[:, :3] / LANDMARK_SIDE
    points[:, :2] = _sharpened(points[:, :2], heat)
    points = _placed(points, region)
    metres = np.asarray(world, dtype=float).reshape(TOLD, 3)[:PLACES] @ _turning(region.turn).T
    points[:PLACES, 2] = metres[:, 2] * _size(points[FACE:PLACES, :2], metres[FACE:, :2])
    return Body(points=points[:PLACES], visibility=logistic(told[:PLACES, 3]), there=there,
                region=region_of(points[PLACES, :2], points[PLACES + 1, :2]))


def _size(shown: Array, metres: Array) -> float:
    """Tell how large a metre is in the picture [pixels]: the scale by which one body lies best over the other.

    The depth that the model tells beside its places in the picture is far noisier than that of its body in metres: in
    the project's video the knee of a man standing still wavers by 7.6 degrees with the one, by 4.5 with the other.
    """
    one, other = metres - metres.mean(axis=0), shown - shown.mean(axis=0)
    return float((one * other).sum() / max((one * one).sum(), 1e-9))


def _turning(turn: float) -> Array:
    """Matrix that turns right and down by an angle and leaves depth."""
    cos, sin = math.cos(turn), math.sin(turn)
    return np.array([[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]])


def _placed(points: Array, region: Region) -> Array:
    """Bring places from the square, shares of its side, back into the picture [pixels]."""
    moved = (points - np.array([0.5, 0.5, 0.0])) * region.side @ _turning(region.turn).T
    return np.asarray(moved + np.array([region.x, region.y, 0.0]))


def _sharpened(points: Array, heat: Array) -> Array:
    """Move each place to the middle of the heat around it, where there is some."""
    found = points.copy()
    reach = (_KERNEL - 1) // 2
    for k, (x, y) in enumerate(points):
        column, row = int(x * HEAT_SIDE), int(y * HEAT_SIDE)
        if not (0 <= column < HEAT_SIDE and 0 <= row < HEAT_SIDE):
            continue
        left, up = max(0, column - reach), max(0, row - reach)
        part = logistic(heat[up:row + reach + 1, left:column + reach + 1, k])
        if part.max() < _HEAT:
            continue
        rows, columns = np.mgrid[up:up + part.shape[0], left:left + part.shape[1]]
        found[k] = np.array([(columns * part).sum(), (rows * part).sum()]) / part.sum() / HEAT_SIDE
    return found
