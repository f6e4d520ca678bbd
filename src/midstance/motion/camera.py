"""Where the figure is seen from, and its posture at any time of a clip. Twin: ``figure.js``."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.motion.clip import Clip, Phase

Place = tuple[float, float, float]
Seen = tuple[float, float, float]     # right, down, towards the viewer

# View -> yaw of the camera from the runner's right towards the front, pitch from above [degrees], pale side.
CAMERAS: Final[dict[str, tuple[int, int, str]]] = {
    "side": (14, 7, "left"),
    "front": (82, 6, ""),
    "back": (-82, 6, ""),
    "quarter": (46, 9, "left"),
    "back-quarter": (-42, 9, "left"),
    "far-side": (166, 7, "right"),
}


def seen(place: Sequence[float], yaw: float, pitch: float) -> Seen:
    """Project a place [mm] without perspective: right, down, and how near."""
    a, e = math.radians(yaw), math.radians(pitch)
    x, y, z = place
    away = x * math.sin(a) - y * math.cos(a)
    return (x * math.cos(a) + y * math.sin(a),
            away * math.sin(e) - z * math.cos(e),
            away * math.cos(e) + z * math.sin(e))


def eased(share: float) -> float:
    """Share of the way at a share of the time (minimum jerk)."""
    return share * share * share * (10 + share * (6 * share - 15))


def frames_of(clip: Clip) -> list[list[int]]:
    """Add up the differences: absolute places of all frames."""
    found = [list(clip["frames"][0])]
    for step in clip["frames"][1:]:
        found.append([value + change for value, change in zip(found[-1], step, strict=True)])
    return found


def phase_at(clip: Clip, seconds: float) -> Phase:
    """Find the leg of the repetition at a time."""
    for phase in clip["phase"]:
        if seconds < phase["start"] + phase["seconds"]:
            return phase
    return clip["phase"][-1]


def pose_at(clip: Clip, time: float, frames: list[list[int]] | None = None) -> dict[str, Place]:
    """Find where the joints are at a share of the repetition.

    Args:
        clip: The clip.
        time: From 0 to 1.
        frames: Absolute frames where they are known.
    Returns: Places [mm] by joint, seen by a camera that keeps up with a figure that travels.
    """
    frames = frames or frames_of(clip)
    seconds = min(max(time, 0.0), 1.0) * clip["seconds"]
    phase = phase_at(clip, seconds)
    share = min(max((seconds - phase["start"]) / phase["seconds"], 0.0), 1.0) if phase["seconds"] else 0.0
    values = _frame(frames, phase, share if phase["even"] else eased(share))
    dx, dy = (way * time for way in clip["travel"])
    return {name: (values[3 * k] - dx, values[3 * k + 1] - dy, values[3 * k + 2])
            for k, name in enumerate(clip["joints"])}


def _frame(frames: list[list[int]], phase: Phase, way: float) -> list[float]:
    """Curve through the frames of a leg: cubic, with the mean speed of both sides at each frame."""
    marks, first = phase["marks"], phase["first"]
    last = len(marks) - 1
    if last == 0:
        return [float(value) for value in frames[first]]
    k = 0
    while k < last - 1 and way > marks[k + 1]:
        k += 1
    span = marks[k + 1] - marks[k]
    u = (way - marks[k]) / span
    a, b = frames[first + k], frames[first + k + 1]
    before = frames[first + k - 1] if k > 0 else None
    after = frames[first + k + 2] if k + 2 <= last else None
    back = marks[k + 1] - marks[k - 1] if k > 0 else span
    ahead = marks[k + 2] - marks[k] if k + 2 <= last else span
    h1, h2 = u * (1 - u) * (1 - u), u * u * (u - 1)
    h3 = u * u * (3 - 2 * u)
    found = []
    for j in range(len(a)):
        one = (b[j] - (before[j] if before else a[j])) * span / back
        other = ((after[j] if after else b[j]) - a[j]) * span / ahead
        found.append(a[j] + (b[j] - a[j]) * h3 + one * h1 + other * h2)
    return found
