"""What a camera can measure of a movement beside counting: each value with its error, its limits and its view.

A measure is withheld, with the reason in words, where the view or the visibility does not carry it. Errors are mean
absolute differences between a depth camera and a laboratory's cameras over the same repetitions, rounded up, the larger
of two movements, from ``docs/reports/mirror-measures.md``: a stand-in, as no pose model has been beside a laboratory
here. That of an inward knee is larger for a body turned by a few degrees.
Twin: ``web/static/mirror/measures.js``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midstance.motion import lines
from midstance.motion.smoothing import steady
from midstance.motion.sway import Sway, camera_sway
from midstance.motion.views import View, middle_turn, near_side, view_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from midstance.motion.body import Array
    from midstance.motion.landmarks import Series

# Degrees that a body may be turned away where a bent knee must not look like an inward one; midstance default.
SQUARE_TO: Final = 10.0
# How far the median looks before and after [s]: from the front angles are small and noise counts for more; midstance
# default.
QUIET_S: Final = {View.SIDE: 0.1, View.FRONT: 0.2}
LEAST_FRAMES: Final = 5       # midstance default
MOST_OUT: Final = 0.1         # of the frames in which a joint may move out of the picture; midstance default
LEAST_SHARE: Final = 0.5      # of the frames in which all places must be seen; midstance default


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What is measured.

    Attributes:
        id: Kebab-case name.
        title: Words for people.
        unit: ``degrees``, ``% of leg``, ``% of height`` and the like.
        view: From where it must be seen.
        takes: ``span`` between the extremes, or the ``most``, the ``least`` or the ``farthest`` from 0 of the values.
        needs: Places without side that must be seen; with ``both`` before them, those of both sides.
        error: Typical error of one value [unit]; None where nothing is known.
        limits: What must be kept in mind, for people.
    """

    id: str
    title: str
    unit: str
    view: View
    takes: str
    needs: tuple[str, ...]
    error: float | None
    limits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A value, or why there is none.

    Attributes:
        id: Id of its kind.
        side: ``left`` or ``right``.
        value: The value; None where withheld.
        low: Least value seen; None where withheld or where there is but one value.
        high: Most.
        unit: Of the three.
        error: Typical error of the value [unit]; None where unknown.
        limits: What must be kept in mind.
        view: View it needs.
        reason: Why it is withheld; empty where it is not.
    """

    id: str
    side: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    error: float | None
    limits: str
    view: View
    reason: str = ""


_PLANE: Final = "Measured in the picture: true only with the camera level and square to you."
_PROXY: Final = (
    "A stand-in: a camera sees hips move over the foot, not pressure. Compare only with your own, same camera."
)


def _kind(id_: str, title: str, unit: str, takes: str, needs: str, error: float | None, limits: str) -> Kind:
    front = {"trunk-sideways", "pelvic-drop", "knee-inward", "knee-inward-share", "sway-path", "sway-rms", "sway-area"}
    return Kind(id=id_, title=title, unit=unit, view=View.FRONT if id_ in front else View.SIDE, takes=takes,
                needs=tuple(needs.split()), error=error, limits=limits)


_TOO_FEW: Final = {
    "shin-forward": "The heel was off the ground nearly all the time.",
    "knee-inward": "The knee was bent too far nearly all the time.",
}
_ALL: Final = (
    _kind("knee-range", "Range of the knee", "degrees", "span", "hip knee ankle", 7, _PLANE),
    _kind("hip-range", "Range of the hip", "degrees", "span", "shoulder hip knee", 11, _PLANE),
    _kind("ankle-range", "Range of the ankle", "degrees", "span", "knee ankle foot_index", 35,
          "Feet are seen worst of all: prefer the lean of the shin. " + _PLANE),
    _kind("elbow-range", "Range of the elbow", "degrees", "span", "shoulder elbow wrist", 13, _PLANE),
    _kind("shoulder-range", "Range of the shoulder", "degrees", "span", "hip shoulder elbow", 13, _PLANE),
    _kind("shin-forward", "Lean of the shin with the heel down", "degrees", "most", "knee ankle heel foot_index", 9,
          "Not the knee-to-wall test in cm: the heel must stay down and the foot point along the picture. " + _PLANE),
    _kind("squat-depth", "Thigh over level at the lowest", "degrees", "least", "hip knee", 6,
          "0 is level, below 0 the hip is under the knee. " + _PLANE),
    _kind("trunk-forward", "Lean of the trunk forward", "degrees", "most", "shoulder hip", 7, _PLANE),
    _kind("trunk-sideways", "Lean of the trunk to the side", "degrees", "farthest", "both-shoulder both-hip", 8,
          _PLANE),
    _kind("pelvic-drop", "Drop of the free hip", "degrees", "most", "both-hip", 4,
          "Hips are points inside clothes: a few degrees are noise. " + _PLANE),
    _kind("knee-inward", "Knee inward of hip and ankle", "degrees", "most", "both-hip knee ankle", 10,
          "Turned feet or hips look like an inward knee: face the camera with toes ahead. " + _PLANE),
    _kind("knee-inward-share", "Knee inward of hip and ankle", "% of leg", "most", "both-hip knee ankle", 3,
          "Turned feet or hips look like an inward knee: face the camera with toes ahead. " + _PLANE),
    _kind("sway-path", "Path of the hips over the foot", "% of height/s", "", "both-hip ankle heel foot_index", None,
          "Jitter of the picture makes the path longer: trust the spread more. " + _PROXY),
    _kind("sway-rms", "Spread of the hips over the foot", "% of height", "", "both-hip ankle heel foot_index", None,
          _PROXY),
    _kind("sway-area", "Area of the hips over the foot", "(% of height)²", "", "both-hip ankle heel foot_index", None,
          _PROXY),
)
KINDS: Final[dict[str, Kind]] = {kind.id: kind for kind in _ALL}
_FRAMES: Final[dict[str, Callable[[Series, str], Array]]] = {
    "shin-forward": lines.shin_forward,
    "squat-depth": lines.thigh_over_level,
    "trunk-forward": lines.trunk_forward,
    "trunk-sideways": lines.trunk_sideways,
    "pelvic-drop": lines.pelvic_drop,
    "knee-inward": lines.knee_inward,
    "knee-inward-share": lines.knee_inward_share,
}


def frames(series: Series, id_: str, side: str) -> Array:
    """Give the values that a measure is taken from, frame by frame, for showing them live.

    Args:
        series: What was seen.
        id_: A kind with a value in each frame: not sway.
        side: ``left`` or ``right``; for the lean of the trunk to the side the side that is positive, for the drop of
            the pelvis the leg stood on.
    Returns: (n,), NaN where not seen.
    """
    if id_ in _FRAMES:
        return _FRAMES[id_](series, side)
    return lines.bend(series, side, id_.removesuffix("-range"))


def measure(series: Series, id_: str, side: str) -> Measure:
    """Take one measure of one side.

    Args:
        series: What was seen, from the start to the end of what is to be measured.
        id_: A key of ``KINDS``.
        side: ``left`` or ``right``; in a balance the leg stood on.
    Raises: KeyError: There is no such measure.
    """
    kind = KINDS[id_]
    why = _unfit(series, kind, side)
    if why:
        return _withheld(kind, side, why)
    if id_.startswith("sway-"):
        return _swayed(series, kind, side)
    values = steady(series.times_s, frames(series, id_, side), QUIET_S[kind.view])
    values = values[np.isfinite(values)]
    if len(values) < LEAST_FRAMES:
        return _withheld(kind, side, _TOO_FEW.get(id_, "Too little was seen."))
    low, high = float(values.min()), float(values.max())
    taken = {"span": high - low, "most": high, "least": low, "farthest": high if high >= -low else low}[kind.takes]
    return _given(kind, side, (taken, low, high))


def measures(series: Series, side: str = "") -> tuple[Measure, ...]:
    """Take every measure but sway that this view carries, of one side or of both.

    Args:
        series: What was seen.
        side: ``left`` or ``right``; empty for both, from the side only the one nearer to the camera.
    Returns: Measures, those withheld among them.
    """
    view = view_of(series)
    sides = (side,) if side else (near_side(series),) if view is View.SIDE else ("left", "right")
    unclear = view in (View.BETWEEN, View.UNSEEN)
    chosen = [kind.id for kind in _ALL if kind.takes and (unclear or kind.view is view)]
    return tuple(measure(series, id_, one) for id_ in chosen for one in sides)


def sway_measures(series: Series, stance: str) -> tuple[Measure, ...]:
    """Take the three measures of a balance on one leg, from the front; see ``sway.camera_sway``."""
    return tuple(measure(series, id_, stance) for id_ in ("sway-path", "sway-rms", "sway-area"))


def _swayed(series: Series, kind: Kind, side: str) -> Measure:
    found = camera_sway(series, side)
    if not isinstance(found, Sway):
        return _withheld(kind, side, found)
    value = {"sway-path": found.path_per_s, "sway-rms": found.rms, "sway-area": found.ellipse_area}[kind.id]
    return _given(kind, side, (value, None, None))


def _unfit(series: Series, kind: Kind, side: str) -> str:
    """Say why a measure cannot be taken from what was seen; empty where it can."""
    if len(series) < LEAST_FRAMES:
        return "Too short to measure."
    names = tuple(name for need in kind.needs for name in _sided(need, side))
    shares = {name: float(lines.seen(series, (name,)).mean()) for name in names}
    worst = min(names, key=lambda name: shares[name])
    if float(lines.seen(series, names).mean()) < LEAST_SHARE:
        return f"The {_said(worst)} was not seen well enough."
    view = view_of(series)
    if view is View.UNSEEN:
        return "Shoulders and hips were not seen well enough to tell how you stand to the camera."
    if view is not kind.view:
        return "Face the camera for this." if kind.view is View.FRONT else "Turn your side to the camera for this."
    joint = kind.id.removesuffix("-range")
    if joint != kind.id and lines.out_of_plane(series, side, joint) > MOST_OUT:
        return f"The {side} {joint} moved towards or away from the camera: it must move across the picture."
    if kind.id.startswith("knee-inward") and middle_turn(series) > SQUARE_TO:
        return "Face the camera squarely: turned away, a bent knee looks like one that falls inward."
    return ""


def _sided(need: str, side: str) -> tuple[str, ...]:
    if need.startswith("both-"):
        return f"left_{need[5:]}", f"right_{need[5:]}"
    return (f"{side}_{need}",)


def _said(name: str) -> str:
    """Words for a place: ``left toes``."""
    return name.replace("foot_index", "toes").replace("_", " ")


def _withheld(kind: Kind, side: str, why: str) -> Measure:
    return Measure(id=kind.id, side=side, value=None, low=None, high=None, unit=kind.unit, error=kind.error,
                   limits=kind.limits, view=kind.view, reason=why)


def _given(kind: Kind, side: str, found: tuple[float, float | None, float | None]) -> Measure:
    return Measure(id=kind.id, side=side, value=found[0], low=found[1], high=found[2], unit=kind.unit,
                   error=kind.error, limits=kind.limits, view=kind.view)
