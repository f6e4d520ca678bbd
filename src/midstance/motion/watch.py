"""What a camera watches of an exercise: the angle that tells a repetition, and what must hold besides."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, Literal, TypedDict

import numpy as np

from midstance.domain.exercise import Sides
from midstance.domain.motion import other_side
from midstance.motion.figure_landmarks import landmarks_of
from midstance.motion.landmarks import INDEX, NAMES, Series, angles, middle, pointing
from midstance.motion.ways import LEAST_DEG, LEAST_OF, QUICK_S, least_way, shortest_run_s, step_way, together, ways_in

if TYPE_CHECKING:
    from midstance.domain.motion import Motion
    from midstance.motion.body import Array

Who = Literal["one", "both", "either"]
Uncounted = Literal["", "small", "walking"]

# A record whose way is not so many times the least way is not counted: too little is left above the jitter
# (midstance default).
SMALL: Final = 1.5
# Share of the record's way that the least way may take; above it a step and a repetition are too alike.
LIKE_WALKING: Final = 0.75
# Frames that the shortest run out or at rest must be seen in (midstance default): below, ways melt into one another.
FRAMES_A_RUN: Final = 3
GRID_S: Final = 0.01
BODY_PARTS: Final = ("trunk", "left thigh", "right thigh", "left shank", "right shank")
UPRIGHT_DEG: Final = 45       # a trunk that leans less than this could be walking (midstance default)
ARMS: Final = ("elbow", "shoulder")


class Watched(TypedDict):
    """What to watch.

    Keys: ``angle`` its name; ``rest`` and ``turn`` its values [degrees; cm for a rise] at the start and farthest from
    it; ``seconds`` of one way out and back; ``ways`` that make one repetition; ``least`` way that is believed
    and ``step``, up to which a way could be one of walking;
    ``frames_s`` that a camera must give at least [1/s]; ``who`` works: one side, both at once, or either in turn;
    ``roams`` how far the hips move over the ground [lengths of the trunk] and ``turns`` how far they turn about the
    vertical [degrees]; ``view`` the side it is best seen from; ``held`` for parts of the body how they point at rest
    and at the turn [degrees from straight up]; ``uncounted`` why no camera can count it, empty where it can.
    """

    angle: str
    rest: int
    turn: int
    seconds: float
    ways: int
    least: int
    step: int
    frames_s: int
    who: Who
    roams: float
    turns: int
    view: str
    held: dict[str, list[int]]
    uncounted: Uncounted


def values_of(watch: str, points: Array) -> Array:
    """Measure what a record says to watch, frame by frame, on the places a camera sees.

    Args:
        watch: A word as ``landmarks.angles`` takes it.
        points: Places of a figure [m], (frame, point, 3).
    """
    shape = (len(points), len(NAMES))
    times = np.arange(len(points), dtype=float)
    return angles(Series(times_s=times, points=landmarks_of(points), visibility=np.ones(shape)), watch)


def plainly(angle: str, rest: int, turn: int, seconds: float, who: Who = "both") -> Watched:
    """Make what to watch without a record: nothing is asked of how the body is held.

    Args:
        angle: Watch word.
        rest: Its value at rest [degrees; cm for a rise]; ``turn`` farthest from it.
        turn: See ``rest``.
        seconds: Of one repetition [s].
        who: Which sides work.
    """
    step = step_way(angle, who)
    least = least_way(angle, step, seconds)
    return Watched(
        angle=angle, rest=rest, turn=turn, seconds=seconds, ways=1, least=least, step=step,
        frames_s=math.ceil(2 * FRAMES_A_RUN / seconds), who=who, roams=0.0, turns=0,
        view="quarter", held={}, uncounted=_uncounted(angle, abs(turn - rest), least),
    )


def other_watch(watch: str) -> tuple[str, int]:
    """Name what the other side shows, and the sign it is taken with.

    >>> other_watch("right knee"), other_watch("turn"), other_watch("trunk")
    (('left knee', 1), ('turn', -1), ('trunk', 1))
    """
    return other_side(watch), -1 if watch == "turn" else 1


def watched(motion: Motion, points: Array, times_s: Array, seconds: float, sides: Sides) -> Watched | None:
    """Tell what to watch with its values; None where the record names nothing.

    Args:
        motion: The record.
        points: The figure in one round [m], (frame, point, 3).
        times_s: Time of each frame [s].
        seconds: Length of the round [s].
        sides: Which sides work.
    """
    if not motion.watch:
        return None
    who = _who(motion, sides)
    values = _together(motion, points, who)
    far = int(np.argmax(np.abs(values - values[0])))
    grid = np.interp(np.arange(0, seconds, GRID_S), times_s, values)
    ways = max(ways_in(grid if values[far] > values[0] else -grid), 1)
    shown = ways if who == "either" or motion.watch == "rise" else 1
    each_s = round(seconds / ways, 3)
    held = _held(motion.watch, who, points, far, quick=each_s <= QUICK_S)
    step = step_way(motion.watch, who) if max(held["trunk"]) < UPRIGHT_DEG else 0
    least = least_way(motion.watch, step, each_s)
    return Watched(
        angle=motion.watch, rest=round(float(values[0])), turn=round(float(values[far])), seconds=each_s,
        ways=ways // shown, least=least, step=step,
        frames_s=math.ceil(FRAMES_A_RUN / shortest_run_s(grid, GRID_S)), who=who,
        roams=_roams(points), turns=_turns(points), view=motion.view, held=held,
        uncounted=_uncounted(motion.watch, abs(float(values[far] - values[0])), least),
    )


def _who(motion: Motion, sides: Sides) -> Who:
    if motion.alternate or sides is Sides.ALTERNATING:
        return "either"
    return "one" if sides is Sides.EACH else "both"


def _together(motion: Motion, points: Array, who: Who) -> Array:
    own = values_of(motion.watch, points)
    watch, sign = other_watch(motion.watch)
    way = own[int(np.argmax(np.abs(own - own[0])))] - own[0]
    return together(who, own, sign * values_of(watch, points), 1 if way >= 0 else -1)


def _uncounted(angle: str, way: float, least: int) -> Uncounted:
    if way < SMALL * LEAST_OF.get(angle.rpartition(" ")[2], LEAST_DEG):
        return "small"
    return "walking" if least > LIKE_WALKING * way else ""


def _roams(points: Array) -> float:
    places = landmarks_of(points)
    hips, shoulders = (middle(places, joint) for joint in ("hip", "shoulder"))
    trunk = float(np.linalg.norm(shoulders[0] - hips[0]))
    return round(float(np.ptp(hips[:, [0, 2]], axis=0).max()) / trunk, 2)


def _turns(points: Array) -> int:
    """How far the hips turn about the vertical; not told where the body lies, as they roll then."""
    places = landmarks_of(points)
    across = places[:, INDEX["left_hip"]] - places[:, INDEX["right_hip"]]
    if (np.abs(across[:, 1]) > np.linalg.norm(across[:, [0, 2]], axis=1)).any():
        return 180
    heading = np.unwrap(np.arctan2(across[:, 2], across[:, 0]))
    return round(math.degrees(float(np.ptp(heading))))


def _held(watch: str, who: Who, points: Array, far: int, *, quick: bool) -> dict[str, list[int]]:
    """How the trunk points; legs too where they are not too quick for it, and arms where they are what works."""
    side, _, joint = watch.partition(" ")
    frames = landmarks_of(points[[0, far]])
    working = ("left", "right") if who != "one" else (side,)
    arms = tuple(f"{one} {part}" for one in working for part in ("arm", "forearm")) if joint in ARMS else ()
    elbows = tuple(f"{one} elbow" for one in working) if joint == "shoulder" else ()
    return {name: [round(float(value)) for value in pointing(frames, name)]
            for name in (*BODY_PARTS[:1 if quick else None], *arms, *elbows)}
