"""The clip of an exercise: one repetition as frames of joint places, small enough to be sent for every exercise.

A clip is plain data (see ``Clip`` for its keys) and the same bytes for the same record.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypedDict

import numpy as np

from midstance.motion.body import INDEX, NAMES, POINT_INDEX, POINT_NAMES, Array
from midstance.motion.camera import CAMERAS
from midstance.motion.draw import box_of
from midstance.motion.frames import Filled, filled, joined
from midstance.motion.holds import Hold, hold_of
from midstance.motion.keys import Anchors, completed, keys_of, point_other
from midstance.motion.props import PropDrawn, drawn_props, points_needed
from midstance.motion.timing import legs_of, uneased
from midstance.motion.watch import Watched, watched

if TYPE_CHECKING:
    from midstance.domain.motion import Motion, Moved, Pose

FORMAT: Final = "midstance-clip/1"
LEAST_TRAVEL_MM: Final = 10


class Phase(TypedDict):
    """A leg of the repetition.

    Keys: ``says`` lowering, lifting, pause, hold or move; ``from`` and ``to`` first and last frame; ``start`` and
    ``seconds``; ``marks`` share of the way of each frame; ``even`` whether it runs without easing.
    """

    says: str
    first: int
    last: int
    start: float
    seconds: float
    marks: list[float]
    even: bool


class Camera(TypedDict):
    """Where the figure is seen from [degrees], and the box that is seen [mm]: left, top, right, bottom."""

    yaw: int
    pitch: int
    box: list[int]


class Clip(TypedDict):
    """What the browser gets.

    Keys: ``joints`` names; ``frames`` places [mm], x forward, y left, z up for each joint, the first absolute and each
    later one as differences from the frame before; ``times`` share of the repetition of each frame; ``seconds`` of one
    repetition; ``travel`` way over the ground in one repetition [mm]; ``camera`` yaw and pitch [degrees] and the box
    seen [mm]; ``far`` the side that is drawn pale; ``stills`` times of the poses shown standing still.
    """

    format: str
    exercise: str
    name: str
    joints: list[str]
    frames: list[list[int]]
    times: list[float]
    phase: list[Phase]
    seconds: float
    travel: list[int]
    props: list[PropDrawn]
    camera: Camera
    far: str
    holds: bool
    alternating: bool
    stills: list[float]
    watch: Watched | None
    hold: Hold | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """A repetition in space, before rounding.

    Attributes:
        points: Places of all points [m], [frame, point, 3].
        held: For each frame, the points that stay where they are.
        phases: The legs.
        travel: Way over the ground in one repetition [m].
        angles: Hinge angles [rad], [frame, hinge].
    """

    points: Array
    held: tuple[Anchors, ...]
    phases: tuple[Phase, ...]
    travel: Array
    angles: Array


def solved(exercise: Moved) -> Solved:
    """Put an exercise's movement on the ground, frame by frame.

    Raises: ValueError: The exercise has no ``[motion]``.
    """
    motion = _motion(exercise)
    keys = keys_of(motion)
    parts = [filled(keys, leg) for leg in legs_of(motion, exercise, _order(motion))]
    points, held, phases, angles = _strung(parts)
    if motion.alternate:
        points, held, phases, angles = _both_sides(points, held, phases, angles)
    return Solved(points=points, held=tuple(held), phases=tuple(phases), travel=_travel(points), angles=angles)


def _motion(exercise: Moved) -> Motion:
    if exercise.motion is None:
        raise ValueError(f"{exercise.id} has no [motion]")
    return exercise.motion


def _order(motion: Motion) -> tuple[Pose, ...]:
    poses = {pose.name: pose for pose in completed(motion)}
    return tuple(poses[name] for name in motion.order or tuple(poses))


def _strung(parts: list[Filled]) -> tuple[Array, list[Anchors], list[Phase], Array]:
    """Join legs into one run of frames; a leg begins with the frame the leg before ended with."""
    states, held, phases = [parts[0].state.frame(0)], [parts[0].held[0]], []
    start = 0.0
    for part in parts:
        first = len(held) - 1
        count = len(part.held)
        if count > 1:
            states += [part.state.frame(k) for k in range(1, count)]
            held += part.held[1:]
        phases.append(Phase(says=part.leg.says, first=first, last=first + count - 1, start=start,
                            seconds=part.leg.seconds, marks=[round(mark, 4) for mark in part.marks],
                            even=part.leg.even))
        start += part.leg.seconds
    state = joined(states)
    return state.placed().points, list(held), phases, state.angles


def _both_sides(
    points: Array, held: list[Anchors], phases: list[Phase], angles: Array,
) -> tuple[Array, list[Anchors], list[Phase], Array]:
    """Add the mirror of a half, carried on from where the half ended."""
    other = np.array([point_other(spot) for spot in range(len(POINT_NAMES))])
    flipped = points[:, other] * np.array([1.0, -1.0, 1.0])
    way = points[-1] - flipped[0]
    way = np.array([*way[:, :2].mean(axis=0), 0.0])
    turned = [{point_other(spot): (x + float(way[0]), -y + float(way[1]), z) for spot, (x, y, z) in frame.items()}
              for frame in held]
    frames, seconds = len(points) - 1, phases[-1]["start"] + phases[-1]["seconds"]
    later = [Phase(says=p["says"], first=p["first"] + frames, last=p["last"] + frames, start=p["start"] + seconds,
                   seconds=p["seconds"], marks=p["marks"], even=p["even"]) for p in phases]
    return (np.concatenate([points, flipped[1:] + way]), held + turned[1:], phases + later,
            np.concatenate([angles, angles[1:]]))


def _travel(points: Array) -> Array:
    """Way over the ground of one repetition [m]; what is less than a centimetre is none."""
    way: Array = (points[-1, INDEX["pelvis"]] - points[0, INDEX["pelvis"]]) * np.array([1.0, 1.0, 0.0])
    return np.where(np.abs(way) * 1000 < LEAST_TRAVEL_MM, 0.0, way)


class _Key:
    """An exercise as the key of a cache: equal to another of the same record."""

    __slots__ = ("exercise",)

    def __init__(self, exercise: Moved) -> None:
        self.exercise = exercise

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.exercise == other.exercise

    def __hash__(self) -> int:
        return hash(self.exercise.id)


@lru_cache(maxsize=512)
def _clip_text(key: _Key) -> str:
    return json.dumps(made(key.exercise), separators=(",", ":"))


def clip_json(exercise: Moved) -> bytes:
    """Give the clip as JSON; the same bytes each time.

    Raises: ValueError: The exercise has no ``[motion]``.
    """
    return _clip_text(_Key(exercise)).encode()


def clip_of(exercise: Moved) -> Clip:
    """Give the clip of an exercise.

    Raises: ValueError: The exercise has no ``[motion]``.
    """
    found: Clip = json.loads(_clip_text(_Key(exercise)))
    return found


def made(exercise: Moved) -> Clip:
    """Make the clip of an exercise; slow, see ``clip_of``."""
    motion = _motion(exercise)
    rep = solved(exercise)
    chosen = [*NAMES, *(name for name in points_needed(motion) if name not in NAMES)]
    places = np.rint(rep.points[:, [POINT_INDEX[name] for name in chosen]] * 1000).astype(int)
    seconds = rep.phases[-1]["start"] + rep.phases[-1]["seconds"]
    times = _times(rep, seconds)
    props = drawn_props(motion, rep.points, rep.held)
    yaw, pitch, far = CAMERAS[motion.view]
    travel = [round(float(value) * 1000) for value in rep.travel[:2]]
    flat = places.reshape(len(places), -1)
    frames = [flat[0].tolist(), *np.diff(flat, axis=0).tolist()]
    clip = Clip(
        format=FORMAT, exercise=exercise.id, name=exercise.name, joints=chosen, frames=frames, times=times,
        phase=list(rep.phases), seconds=seconds, travel=travel, props=props,
        camera=Camera(yaw=yaw, pitch=pitch, box=[0, 0, 0, 0]), far=far, holds=motion.starts == "hold",
        alternating=motion.alternate, stills=_stills(rep, motion, times),
        watch=watched(motion, rep.points, np.array(times) * seconds, seconds, exercise.sides),
        hold=hold_of(motion, rep.points),
    )
    clip["camera"]["box"] = box_of(clip)
    return clip


def _times(rep: Solved, seconds: float) -> list[float]:
    times = [0.0] * len(rep.points)
    for phase in rep.phases:
        for index, mark in enumerate(phase["marks"]):
            if not index:
                continue                          # the leg before ended there
            share = mark if phase["even"] else uneased(mark)
            times[phase["first"] + index] = round((phase["start"] + share * phase["seconds"]) / seconds, 4)
    return times


def _stills(rep: Solved, motion: Motion, times: list[float]) -> list[float]:
    """Times of the poses that tell the movement: every stop, and of a round without stops its keys."""
    stops = [0.0] + [times[phase["last"]] for phase in rep.phases[:-1] if phase["last"] != phase["first"]]
    if len(stops) < 2 and len(times) > 2 and motion.starts != "hold":
        stops = [0.0, times[len(times) // 3], times[2 * len(times) // 3]]
    return list(dict.fromkeys(stops))
