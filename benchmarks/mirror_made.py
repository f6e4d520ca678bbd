"""Made motion for what no real data here covers: the figure moves with a known fault, a camera sees it badly.

Nothing in here is a person. Angles are put in exactly, then seen in perspective with noise, missing places and few
pictures a second, from a generator with a fixed seed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from midstance.catalogue.load import load_catalogue
from midstance.motion.body import HEIGHT
from midstance.motion.clip import solved
from midstance.motion.figure_landmarks import facing, landmarks_of
from midstance.motion.landmarks import INDEX, NAMES, Series
from midstance.motion.smoothing import low_pass

EXERCISE = "single-leg-squat-to-box"
STANCE, FREE = "right", "left"
FRONT, SIDE = 90.0, 0.0
LEGS = tuple(INDEX[f"{side}_{name}"] for side in ("left", "right") for name in ("knee", "ankle", "heel", "foot_index"))


@dataclass(frozen=True, kw_only=True)
class Eye:
    """A camera: pictures a second, noise of each place [% of body height, standard deviation], share of places lost,
    yaw (0 from the right, 90 from the front), metres away, roll [degrees]."""

    rate_hz: float = 30.0
    noise_percent: float = 0.0
    lost: float = 0.0
    yaw: float = FRONT
    metres: float = 3.0
    roll: float = 0.0
    seed: int = 1


@cache
def _repetition(exercise: str) -> np.ndarray:
    """Landmarks of one repetition [m], x forward, y left, z up, over even shares of its time; deepest in the middle."""
    record = load_catalogue().exercises[exercise]
    points = landmarks_of(solved(record).points) @ facing(0.0, 0.0)
    drop = points[:, [INDEX["left_hip"], INDEX["right_hip"]], 2].mean(axis=1)
    deepest = int(np.argmin(drop))
    return points[:deepest + 1]


def squats(count: int, rate_hz: float, seconds: float = 3.0, share: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Single-leg squats with eased ways, to a share of the exercise's depth, the hands staying on the hips: times [s]
    and landmarks [m], (n, 33, 3), x forward, y left, z up."""
    leg = _repetition(EXERCISE)
    times = np.arange(0, count * seconds + 1 + 1e-9, 1 / rate_hz)
    inside = np.clip(times - 0.5, 0, count * seconds - 1e-9) % seconds / seconds
    way = (1 - np.cos(2 * np.pi * inside)) / 2 * (len(leg) - 1) * share
    low = np.clip(np.floor(way).astype(int), 0, len(leg) - 2)
    part = (way - low)[:, None, None]
    points = leg[low] * (1 - part) + leg[low + 1] * part
    for side in ("left", "right"):
        points[:, INDEX[f"{side}_wrist"]] = points[:, INDEX[f"{side}_hip"]]
    return times, points


def depth_share(points: np.ndarray) -> np.ndarray:
    """How deep the hips are, 0 to 1, (n,)."""
    height = points[:, [INDEX["left_hip"], INDEX["right_hip"]], 2].mean(axis=1)
    return (height.max() - height) / max(float(np.ptp(height)), 1e-9)


def knee_in(points: np.ndarray, degrees: np.ndarray) -> np.ndarray:
    """Put the standing knee so far inward that hip, knee and ankle make this angle from straight in front, (n,)."""
    found = points.copy()
    hip, knee, ankle = (points[:, INDEX[f"{STANCE}_{name}"], 1:] for name in ("hip", "knee", "ankle"))
    inward = 1.0 if STANCE == "right" else -1.0
    for k, wanted in enumerate(degrees):
        def gap(aside: float, k: int = k, wanted: float = wanted) -> float:
            line = ankle[k] - hip[k]
            share = (knee[k][1] - hip[k][1]) / line[1]
            place = np.array([hip[k][0] + share * line[0] + aside * inward, knee[k][1]])
            up, down = hip[k] - place, ankle[k] - place
            bend = math.pi - math.acos(np.clip(up @ down / np.linalg.norm(up) / np.linalg.norm(down), -1, 1))
            return math.copysign(math.degrees(bend), aside) - wanted

        low, high = -0.5, 0.5
        for _ in range(50):
            mid = (low + high) / 2
            low, high = (mid, high) if gap(mid) < 0 else (low, mid)
        line = ankle[k] - hip[k]
        share = (knee[k][1] - hip[k][1]) / line[1]
        found[k, INDEX[f"{STANCE}_knee"], 1] = hip[k][0] + share * line[0] + low * inward
    return found


def hip_drop(points: np.ndarray, degrees: np.ndarray) -> np.ndarray:
    """Lower the free hip until the line of the hips slopes by this angle, (n,)."""
    found = points.copy()
    width = np.abs(points[:, INDEX["left_hip"], 1] - points[:, INDEX["right_hip"], 1])
    found[:, INDEX[f"{FREE}_hip"], 2] = points[:, INDEX[f"{STANCE}_hip"], 2] - width * np.tan(np.radians(degrees))
    return found


def lean_aside(points: np.ndarray, degrees: np.ndarray) -> np.ndarray:
    """Turn the trunk about the hips towards the standing side until it leans by this angle from upright, (n,)."""
    found = points.copy()
    hips = points[:, [INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=1)
    upper = [k for k in range(len(NAMES)) if k < INDEX["left_hip"]]
    shoulders = points[:, [INDEX["left_shoulder"], INDEX["right_shoulder"]]].mean(axis=1) - hips
    now = np.degrees(np.arctan2(-shoulders[:, 1], shoulders[:, 2]))
    turn = np.radians(degrees - now)
    c, s = np.cos(turn)[:, None], np.sin(turn)[:, None]
    y, z = (points[:, upper, k] - hips[:, None, k] for k in (1, 2))
    found[:, upper, 1] = hips[:, None, 1] + y * c - z * s
    found[:, upper, 2] = hips[:, None, 2] + y * s + z * c
    return found


def seen(times: np.ndarray, points: np.ndarray, eye: Eye) -> Series:
    """See landmarks (x forward, y left, z up [m]) by a camera at hip height."""
    random = np.random.default_rng(eye.seed)
    centre = points[:, [INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=(0, 1))
    places = (points - centre) @ facing(eye.yaw, 0.0).T
    places = places * (eye.metres / (eye.metres + places[:, :, 2:]))
    roll = math.radians(eye.roll)
    places = places @ np.array([[math.cos(roll), math.sin(roll), 0], [-math.sin(roll), math.cos(roll), 0], [0, 0, 1]])
    places = places + random.normal(0, eye.noise_percent / 100 * HEIGHT, places.shape)
    visibility = np.where(random.random(places.shape[:2]) < eye.lost, 0.1, 0.95)
    return Series(times_s=times, points=places, visibility=visibility)


@cache
def standing() -> np.ndarray:
    """The figure on its right leg, (33, 3) [m]."""
    return _repetition(EXERCISE)[0]


def swaying(seconds: float, percent: float, eye: Eye) -> tuple[Series, np.ndarray]:
    """A balance whose hips move over the foot like a slow random walk about a place.

    Args:
        seconds: How long.
        percent: Root mean square of the movement to the sides and, half as large, up and down [% of body height].
        eye: Camera.
    Returns: What is seen, and the hips' true path [% of body height] (n, 2) at the camera's rate, before the camera.
    """
    random = np.random.default_rng(eye.seed + 100)
    rate = 200.0
    count = int(seconds * rate) + 1
    steps = np.stack([low_pass(random.normal(0, 1, count), rate, 0.6) for _ in range(2)], axis=1)
    path = (steps - steps.mean(axis=0)) / steps.std(axis=0) * percent * np.array([1, 0.5]) / math.sqrt(1.25)
    chosen = np.round(np.arange(0, seconds, 1 / eye.rate_hz) * rate).astype(int)
    path = path[chosen]
    points = np.tile(standing(), (len(chosen), 1, 1))
    feet = [INDEX[f"{STANCE}_{name}"] for name in ("ankle", "heel", "foot_index")]
    moved = [k for k in range(len(NAMES)) if k not in feet]
    share = np.clip((points[:, :, 2] - points[:, feet, 2].mean(axis=1, keepdims=True)) / 0.9, 0, 1.3)
    share[:, [INDEX["left_hip"], INDEX["right_hip"]]] = 1
    points[:, moved, 1] += (path[:, :1] / 100 * HEIGHT * share)[:, moved]
    points[:, moved, 2] -= (path[:, 1:] / 100 * HEIGHT * share)[:, moved]
    return seen(chosen / rate, points, eye), path
