"""When each pose is reached: tempo, holds, and smooth ways between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.motion import Motion, Moved, Pose

DEFAULT_TEMPO: Final = "2-0-1-0"
BREATH_S: Final = 4.0                 # of a still pose held
LEAST_S: Final = 0.3                  # a leg of a tempo written as 0 is quick, not instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A way between stops, through one or more keys.

    Attributes:
        says: ``lowering``, ``lifting``, ``pause``, ``hold`` or ``move``.
        keys: Indexes of the keys, in order; one key is a pause.
        seconds: How long it takes [s].
        marks: Share of the way's time at which each key is passed, from 0 to 1.
        even: Whether it runs on without stopping at its ends.
    """

    says: str
    keys: tuple[int, ...]
    seconds: float
    marks: tuple[float, ...]
    even: bool = False


def eased(share: float) -> float:
    """Share of the way at a share of the time, starting and ending softly (minimum jerk).

    Source: Flash and Hogan (1985), the least-jerk way from rest to rest.

    >>> eased(0), eased(0.5), eased(1)
    (0, 0.5, 1)
    """
    return share * share * share * (10 + share * (6 * share - 15))


def uneased(way: float) -> float:
    """Share of the time at a share of the way: the inverse of ``eased``.

    >>> round(uneased(eased(0.3)), 6)
    0.3
    """
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if eased(middle) < way else (low, middle)
    return (low + high) / 2


def tempo_of(exercise: Moved) -> tuple[float, float, float, float]:
    """Lowering, pause below, lifting, pause above [s]."""
    parts = (exercise.tempo or DEFAULT_TEMPO).split("-")
    down, below, up, above = (float(part) for part in parts)
    return down, below, up, above


def legs_of(motion: Motion, exercise: Moved, order: Sequence[Pose]) -> tuple[Leg, ...]:
    """Plan the legs of one repetition.

    Args:
        motion: The record.
        exercise: Whose tempo counts.
        order: Poses in the order done, without the closing one.
    """
    count = len(order)
    if motion.starts == "hold" and count == 1:
        return (Leg(says="hold", keys=(0, 1), seconds=BREATH_S, marks=(0.0, 1.0), even=True),)
    if motion.starts in ("hold", "flow") or any(pose.seconds for pose in order):
        return _flow(order)
    return _tempo(motion, exercise, order)


def _tempo(motion: Motion, exercise: Moved, order: Sequence[Pose]) -> tuple[Leg, ...]:
    count = len(order)
    names = [pose.name for pose in order]
    turn = names.index(motion.turning) if motion.turning else (1 if count == 2 else count // 2)
    if count == 1:
        turn = 1
    down, below, up, above = tempo_of(exercise)
    lowering = motion.starts == "lowering"
    ways = [("lowering", down, below), ("lifting", up, above)]
    first, second = ways if lowering else ways[::-1]
    legs = [*_split(order, range(turn + 1), first[0], first[1]), *_pause(turn, first[2])]
    if turn < count:
        legs += [*_split(order, range(turn, count + 1), second[0], second[1]), *_pause(count, second[2])]
    return tuple(legs)


def _split(order: Sequence[Pose], keys: range, says: str, seconds: float) -> list[Leg]:
    """Share the time of a leg among its poses; those passed through do not stop it."""
    seconds = max(seconds, LEAST_S)
    each = seconds / (len(keys) - 1)
    legs: list[Leg] = []
    run = [keys[0]]
    for key in keys[1:]:
        run.append(key)
        if key == keys[-1] or not order[key].through:
            share = tuple(k / (len(run) - 1) for k in range(len(run)))
            legs.append(Leg(says=says, keys=tuple(run), seconds=each * (len(run) - 1), marks=share))
            run = [key]
    return legs


def _pause(key: int, seconds: float) -> list[Leg]:
    return [Leg(says="pause", keys=(key,), seconds=seconds, marks=(0.0,))] if seconds > 0 else []


def _flow(order: Sequence[Pose]) -> tuple[Leg, ...]:
    """Poses with their own seconds; a round without any stop runs evenly."""
    count = len(order)
    endless = all(pose.through and not pose.hold for pose in order)
    legs: list[Leg] = []
    run, spent = [0], [0.0]
    legs += _hold(0, order[0].hold) if order[0].hold else []
    for key in range(1, count + 1):
        pose = order[key % count]
        run.append(key)
        spent.append(spent[-1] + (pose.seconds or 1.0))
        if key == count or not pose.through or pose.hold:
            marks = tuple(time / spent[-1] for time in spent)
            legs.append(Leg(says="move", keys=tuple(run), seconds=spent[-1], marks=marks, even=endless))
            legs += _hold(key, pose.hold) if pose.hold and key < count else []
            run, spent = [key], [0.0]
    return tuple(legs)


def _hold(key: int, seconds: float) -> list[Leg]:
    return [Leg(says="hold", keys=(key,), seconds=seconds, marks=(0.0,))]
