"""Time a hold by itself: it begins when the body is held as the figure holds it, and ends when it no longer is.

A hold on one foot is told by the other foot being off the floor, whatever the free leg does; every other hold by how
trunk and legs point. Twin: ``web/static/mirror/holds.js``; both keep to ``tests/data/vectors/mirror-reps.json``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypedDict

import numpy as np

from midstance.domain.motion import other_side
from midstance.motion.figure_landmarks import landmarks_of
from midstance.motion.landmarks import INDEX, Series, are_seen, ends, middle, pointing

if TYPE_CHECKING:
    from midstance.domain.motion import Motion
    from midstance.motion.body import Array

Kind = Literal["one-foot", "posture"]
# All midstance defaults; no real recording of a hold by a camera is in reach.
LIFTED: Final = 0.08          # share of the leg's length by which the free ankle is higher than the standing one
UPRIGHT_DEG: Final = 45.0     # a trunk that leans no more than this stands
HELD_DEG: Final = 30.0        # parts point as the figure's within this [degrees]
BEGIN_S: Final = 0.5          # a hold must last so long before it is one, and be lost
END_S: Final = 0.5            # so long before it is over
GAP_S: Final = 1.0            # after so long without seeing it, it ended when it was last seen [s]
PARTS: Final = ("trunk", "left thigh", "right thigh", "left shank", "right shank")
FEET: Final = ("left_hip", "right_hip", "left_ankle", "right_ankle")


class Hold(TypedDict):
    """What a hold looks like: its ``kind``, and how parts of the body point [degrees from straight up]."""

    kind: Kind
    held: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One hold, from ``start_s`` to ``end_s`` [s]."""

    start_s: float
    end_s: float

    @property
    def seconds(self) -> float:
        """How long it lasted [s]."""
        return self.end_s - self.start_s


def hold_of(motion: Motion, points: Array) -> Hold | None:
    """Tell what a record's hold looks like; None where it is a movement.

    Args:
        motion: The record.
        points: The figure in one round [m], (frame, point, 3).
    """
    if motion.starts != "hold":
        return None
    places = landmarks_of(points)
    held = {name: round(float(np.median(pointing(places, name)))) for name in PARTS}
    heights = np.median(places[:, [INDEX["left_ankle"], INDEX["right_ankle"]], 1], axis=0)
    leg = float(np.median(heights.max() - middle(places, "hip")[:, 1]))
    stands = motion.base == "standing" and leg > 0 and abs(heights[0] - heights[1]) > LIFTED * leg
    return Hold(kind="one-foot" if stands else "posture", held=held)


class HoldWatch:
    """Times the holds of one body; push every frame in order of time.

    Attributes:
        since_s: When the hold under way began [s]; NaN where there is none.
        now_s: Time of the last frame in which it was held [s].
    """

    def __init__(self) -> None:
        self.since_s = self.now_s = math.nan
        self._first = self._last = math.nan

    @property
    def seconds(self) -> float:
        """How long the hold under way has lasted [s]; 0 without one."""
        return 0.0 if math.isnan(self.since_s) else self.now_s - self.since_s

    def push(self, t_s: float, fits: bool | None) -> Held | None:
        """Take a frame.

        Args:
            t_s: Time [s], later than the one before.
            fits: Whether the body is held as it should; None where that was not seen.
        Returns: The hold that this frame ends, if it does.
        """
        if fits:
            if math.isnan(self._first):
                self._first = t_s
            self._last = t_s
            if t_s - self._first >= BEGIN_S:
                self.since_s, self.now_s = self._first, t_s
            return None
        patience = END_S if fits is False else GAP_S
        if math.isnan(self._first) or t_s - self._last < patience:
            return None
        return self.finish()

    def finish(self) -> Held | None:
        """End what is under way; give it if it was a hold."""
        found = None if math.isnan(self.since_s) else Held(start_s=self.since_s, end_s=self.now_s)
        self.since_s = self.now_s = self._first = self._last = math.nan
        return found


def fitting(series: Series, hold: Hold, side: str = "") -> list[bool | None]:
    """Tell for each frame whether the body is held; None where not enough is seen.

    Args:
        series: What was seen.
        hold: What it should look like, of the right side where sides work apart.
        side: Side that works, ``left`` or ``right``; empty for either.
    """
    if hold["kind"] == "one-foot":
        return _on_one_foot(series, side)
    ways = [hold["held"]] if side == "right" else [_swapped(hold["held"])] if side == "left" else [
        hold["held"], _swapped(hold["held"])]
    told = [_as_held(series, way) for way in ways]
    return [None if all(one is None for one in frame) else any(frame) for frame in zip(*told, strict=True)]


def holds_in(series: Series, hold: Hold, side: str = "") -> tuple[Held, ...]:
    """Time all holds of a recording, see ``fitting`` for the arguments."""
    watch = HoldWatch()
    found = [watch.push(float(t), fits) for t, fits in zip(series.times_s, fitting(series, hold, side), strict=True)]
    return tuple(one for one in [*found, watch.finish()] if one is not None)


def _swapped(held: dict[str, int]) -> dict[str, int]:
    return {other_side(name): value for name, value in held.items()}


def _on_one_foot(series: Series, side: str) -> list[bool | None]:
    left, right = (series.points[:, INDEX[f"{one}_ankle"], 1] for one in ("left", "right"))
    leg = np.maximum(left, right) - middle(series.points, "hip")[:, 1]
    with np.errstate(invalid="ignore", divide="ignore"):
        lifted = (left - right) / leg                   # above 0 where the right foot is the higher one
    up = pointing(series.points, "trunk")
    seen = np.logical_and(are_seen(series, (*FEET, *ends("trunk"))), leg > 0)
    free = {"left": lifted, "right": -lifted}.get(side, np.abs(lifted))
    fits = np.logical_and(free > LIFTED, up < UPRIGHT_DEG)
    return [bool(one) if there else None for one, there in zip(fits, seen, strict=True)]


def _as_held(series: Series, held: dict[str, int]) -> list[bool | None]:
    off = np.array([np.where(are_seen(series, ends(name)), np.abs(pointing(series.points, name) - angle), np.nan)
                    for name, angle in held.items()])
    return [_judged(frame) for frame in off.T]


def _judged(off: Array) -> bool | None:
    """Judge one frame by how far its parts are off [degrees], NaN where not seen."""
    known = off[~np.isnan(off)]
    if (known > HELD_DEG).any():
        return False
    return True if 2 * len(known) >= len(off) else None
