"""How well a step-down or single-leg squat is done: the five kinds of faults of Piva and others (evidence R56).

The original is judged by eye, with low agreement between judges. A camera's borders stand here instead, all midstance
defaults; the score chooses exercises and foretells nothing. Twin: ``web/static/mirror/quality.js``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midstance.motion.landmarks import INDEX
from midstance.motion.lines import middle, outward, pelvic_drop, place, seen, trunk_sideways
from midstance.motion.smoothing import steady
from midstance.motion.views import View, view_of

if TYPE_CHECKING:
    from midstance.motion.body import Array
    from midstance.motion.landmarks import Series

QUIET_S: Final = 0.2              # how far medians look before and after; midstance default
START_S: Final = 0.5              # the posture that leans and slopes are counted from; midstance default
ARM_SHARE: Final = 0.25           # of the trunk's length that a hand leaves its place; midstance default
TRUNK_DEGREES: Final = 10.0       # midstance default
PELVIS_DEGREES: Final = 8.0       # midstance default, twice the error of the drop of the hip
STANCE_SHARE: Final = 0.15        # of the shin's length that the standing foot moves; midstance default
# Half the breadth of a foot as a share of the shin: 0.055 / 2 over 0.246 of body height, Drillis and Contini (1966).
HALF_FOOT: Final = 0.11
GOOD_TO, MEDIUM_TO = 1, 3         # R56: 0-1 good, 2-3 medium, 4 or more poor


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """Faults of one leg over all its repetitions; None where the camera did not see enough to judge.

    Attributes:
        arm: 1 when a hand leaves its place to balance.
        trunk: 1 when the trunk leans to a side.
        pelvis: 1 when one hip drops or hitches.
        knee: 1 when the knee goes inward of the toes, 2 when of the foot's inner edge.
        stance: 1 when the standing foot moves.
    """

    arm: int | None
    trunk: int | None
    pelvis: int | None
    knee: int | None
    stance: int | None

    @property
    def total(self) -> int:
        """Sum of those that could be judged."""
        return sum(one or 0 for one in (self.arm, self.trunk, self.pelvis, self.knee, self.stance))

    @property
    def not_judged(self) -> tuple[str, ...]:
        """Name the kinds that the camera did not see."""
        found = {"arm": self.arm, "trunk": self.trunk, "pelvis": self.pelvis, "knee": self.knee, "stance": self.stance}
        return tuple(name for name, value in found.items() if value is None)

    @property
    def reading(self) -> str:
        """``good``, ``medium`` or ``poor`` after R56, by the kinds that could be judged."""
        if self.total > MEDIUM_TO:
            return "poor"
        return "good" if self.total <= GOOD_TO else "medium"


def step_down_faults(series: Series, stance: str) -> Faults | str:
    """Count the faults of a step-down or single-leg squat seen from the front.

    Args:
        series: What was seen, from standing ready on one leg to the end of the last repetition.
        stance: ``left`` or ``right``, the leg stood on.
    Returns: Faults, or in words why they cannot be judged. A free foot that touches the ground is not noticed.
    Source: R56, after Piva 2006; borders are midstance defaults.
    """
    if view_of(series) is not View.FRONT:
        return "Face the camera for this."
    return Faults(
        arm=_arm(series),
        trunk=_beyond(series, trunk_sideways(series, stance), TRUNK_DEGREES),
        pelvis=_beyond(series, pelvic_drop(series, stance), PELVIS_DEGREES),
        knee=_knee(series, stance),
        stance=_stance(series, stance),
    )


def _from_start(series: Series, values: Array) -> Array:
    """Change of a value since the first half second in which it was seen; empty where it was seen too seldom."""
    quiet = steady(series.times_s, values, QUIET_S)
    there = np.isfinite(quiet)
    if there.sum() < max(5, len(series) / 2):
        return np.empty(0)
    times, quiet = series.times_s[there], quiet[there]
    return np.asarray(quiet - np.median(quiet[times <= times[0] + START_S]))


def _beyond(series: Series, values: Array, border: float) -> int | None:
    changes = _from_start(series, values)
    return int(np.abs(changes).max() > border) if len(changes) else None


def _length(series: Series, one: Array, two: Array, names: tuple[str, ...]) -> float:
    """Middle length of a line while its ends are seen; 1 where they never are."""
    there = seen(series, names)
    lengths = np.sqrt(((one - two) ** 2).sum(axis=1))[there]
    return float(np.median(lengths)) if len(lengths) else 1.0


def _arm(series: Series) -> int | None:
    trunk = ("left_shoulder", "right_shoulder", "left_hip", "right_hip")
    length = _length(series, middle(series, "shoulder"), middle(series, "hip"), trunk)
    found: list[int] = []
    for side in ("left", "right"):
        there = seen(series, (f"{side}_wrist", "left_hip", "right_hip"))
        way = (place(series, f"{side}_wrist") - middle(series, "hip")) / length
        moved = [_from_start(series, np.where(there, way[:, axis], np.nan)) for axis in (0, 1)]
        if not len(moved[0]):
            return None
        found.append(int(np.sqrt(moved[0] ** 2 + moved[1] ** 2).max() > ARM_SHARE))
    return max(found)


def _shin(series: Series, side: str) -> float:
    names = (f"{side}_knee", f"{side}_ankle")
    return _length(series, place(series, names[0]), place(series, names[1]), names)


def _knee(series: Series, side: str) -> int | None:
    there = seen(series, (f"{side}_knee", f"{side}_foot_index", "left_hip", "right_hip"))
    past = (place(series, f"{side}_foot_index") - place(series, f"{side}_knee"))[:, 0] * outward(series, side)
    values = steady(series.times_s, np.where(there, past / _shin(series, side), np.nan), QUIET_S)
    values = values[np.isfinite(values)]
    if len(values) < max(5, len(series) / 2):
        return None
    most = float(values.max())
    return 2 if most > HALF_FOOT else int(most > 0)


def _stance(series: Series, side: str) -> int | None:
    names = (f"{side}_ankle", f"{side}_foot_index")
    foot = series.points[:, [INDEX[name] for name in names], :2].mean(axis=1)
    there = seen(series, names)
    moved = [_from_start(series, np.where(there, foot[:, axis], np.nan)) for axis in (0, 1)]
    if not len(moved[0]):
        return None
    return int(np.sqrt(moved[0] ** 2 + moved[1] ** 2).max() > STANCE_SHARE * _shin(series, side))


