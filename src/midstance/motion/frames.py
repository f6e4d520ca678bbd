"""Fill the time between poses: frames of the whole repetition, contacts kept, stepping feet lifted in an arc."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midstance.motion.body import HINGES, Array
from midstance.motion.contact import main_point, points_of
from midstance.motion.keys import AXES, Anchors, Key, touches
from midstance.motion.kinematics import turned, turning
from midstance.motion.solver import Demands, Row, State, Wish, solve
from midstance.motion.timing import Leg

if TYPE_CHECKING:
    from collections.abc import Sequence

STEP_LIFT_M: Final = 0.07
PATH_M: Final = 0.006
LOOSE: Final = 0.12                   # of a hinge between poses [rad]
DEGREES_A_FRAME: Final = 24.0
MOST_FRAMES: Final = 5                # between two keys
FEWER_FRAMES: Final = 3               # where a repetition has many
MANY_KEYS: Final = 5
SAME_M: Final = 0.004


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """Frames of one leg.

    Attributes:
        leg: The leg.
        state: Its bodies, from its first key to its last.
        held: For each frame, which points stay where [m].
        marks: Share of the way's time of each frame.
    """

    leg: Leg
    state: State
    held: tuple[Anchors, ...]
    marks: tuple[float, ...]


def filled(keys: Sequence[Key], leg: Leg) -> Filled:
    """Make the frames of one leg."""
    run = [keys[k] for k in leg.keys]
    if len(run) == 1:
        return Filled(leg=leg, state=run[0].state, held=(run[0].anchors,), marks=(0.0,))
    if leg.says == "hold":
        return _breathing(run[0], leg)
    parts, held, marks = [run[0].state], [_fast(run[0])], [leg.marks[0]]
    for index in range(len(run) - 1):
        shares = _shares(run[index], run[index + 1], FEWER_FRAMES if len(keys) > MANY_KEYS else MOST_FRAMES)
        if shares:
            wanted = _between(run, leg, index, shares)
            stays = shared_anchors(run[index], run[index + 1])
            parts.append(_settled(run[index], run[index + 1], wanted, stays, shares))
            held += [stays] * len(shares)
            start, end = leg.marks[index], leg.marks[index + 1]
            marks += [start + (end - start) * share for share in shares]
        parts.append(run[index + 1].state)
        held.append(_fast(run[index + 1]))
        marks.append(leg.marks[index + 1])
    return Filled(leg=leg, state=joined(parts), held=tuple(held), marks=tuple(marks))


def _fast(key: Key) -> Anchors:
    return {spot: where for spot, where in key.anchors.items() if spot not in key.sliding}


def joined(parts: Sequence[State]) -> State:
    """Join frames."""
    return State(root=np.concatenate([part.root for part in parts]),
                 orientation=np.concatenate([part.orientation for part in parts]),
                 angles=np.concatenate([part.angles for part in parts]))


def shared_anchors(one: Key, other: Key) -> Anchors:
    """Points that stay where they are between two keys."""
    return {spot: where for spot, where in one.anchors.items()
            if spot in other.anchors and spot not in one.sliding and spot not in other.sliding
            and math.dist(where, other.anchors[spot]) < SAME_M}


def stepping(one: Key, other: Key) -> tuple[int, ...]:
    """Find the joints of feet, hands and knees that stand elsewhere afterwards."""
    stays = shared_anchors(one, other).keys()
    ends = []
    for key in (one, other):
        moved: dict[int, bool] = {}
        for contact in key.contacts:
            if contact.side and not contact.slides:
                spots = {spot for spot, _ in points_of(contact)}
                spot = main_point(contact)
                moved[spot] = moved.get(spot, True) and not spots & stays
        ends.append(moved)
    return tuple(sorted(spot for spot, moves in ends[0].items() if moves and ends[1].get(spot, False)))


def _shares(one: Key, other: Key, most: int) -> tuple[float, ...]:
    """Where between two keys frames are needed: more where more happens."""
    bend = float(np.abs(np.degrees(one.state.angles - other.state.angles)).max())
    swing = float(np.degrees(np.linalg.norm(turning(other.state.orientation[0] @ one.state.orientation[0].T))))
    way = float(np.abs(one.state.root - other.state.root).max()) * 100
    count = min(most, math.ceil(max(bend, swing, way) / DEGREES_A_FRAME))
    if stepping(one, other):
        count = max(count, FEWER_FRAMES)
    return tuple((k + 1) / (count + 1) for k in range(count)) if max(bend, swing, way) > 0.5 else ()


def _between(run: Sequence[Key], leg: Leg, index: int, shares: Sequence[float]) -> State:
    """Postures between two keys: straight from stop to stop, curved where keys are passed through."""
    reference = run[0].state.orientation[0]
    values = np.array([np.concatenate([
        key.state.root[0], turning(key.state.orientation[0] @ reference.T), key.state.angles[0]]) for key in run])
    slope = _slopes(values, np.array(leg.marks), even=leg.even)
    span = leg.marks[index + 1] - leg.marks[index]
    u = np.array(shares)[:, None]
    one, other = values[index], values[index + 1]
    if len(run) == 2 and not leg.even:
        found = one + (other - one) * u
    else:
        found = ((1 + 2 * u) * (1 - u) ** 2 * one + u * (1 - u) ** 2 * slope[index] * span
                 + u**2 * (3 - 2 * u) * other + u**2 * (u - 1) * slope[index + 1] * span)
    return State(root=found[:, :3], orientation=turned(found[:, 3:6]) @ reference, angles=found[:, 6:])


def _slopes(values: Array, marks: Array, *, even: bool) -> Array:
    """Speeds at the keys of a run, bounded so that nothing overshoots; a run without stops closes on itself."""
    steps = np.diff(values, axis=0) / np.diff(marks)[:, None]
    before = np.vstack([steps[-1:] if even else steps[:1], steps])
    after = np.vstack([steps, steps[:1] if even else steps[-1:]])
    mean = (before + after) / 2
    least = 2.0 * np.minimum(np.abs(before), np.abs(after))
    return np.asarray(np.where(before * after > 0, np.sign(mean) * np.minimum(np.abs(mean), least), 0.0))


def _settled(one: Key, other: Key, wanted: State, stays: Anchors, shares: Sequence[float]) -> State:
    """Bring frames between two keys onto the contacts that stay."""
    rows = [Row(points=((spot, 1.0),), along=AXES[k], target=where[k]) for spot, where in stays.items()
            for k in range(3)]
    rows += touches(sorted(set(one.touch) & set(other.touch)))
    rows += _slides(one, other)
    for spot in stepping(one, other):
        rows += _arc(one, other, spot, shares)
    wish = Wish(state=wanted, root_m=np.full(3, 0.05 if stays else 0.002), turn_rad=LOOSE,
                angles_rad=np.full(len(HINGES), LOOSE))
    return solve(wish, Demands(rows=rows), rounds=12)


def _slides(one: Key, other: Key) -> list[Row]:
    """Sliding points keep to their surface."""
    both = (one.sliding & other.sliding) & one.anchors.keys() & other.anchors.keys()
    return [Row(points=((spot, 1.0),), along=AXES[2], target=one.anchors[spot][2]) for spot in both]


def _arc(one: Key, other: Key, spot: int, shares: Sequence[float]) -> list[Row]:
    """The planned way of a part that steps: straight over the ground, lifted in an arc."""
    start, end = (key.state.placed().points[0, spot] for key in (one, other))
    u = np.array(shares)
    path = start + (end - start) * u[:, None]
    path[:, 2] += STEP_LIFT_M * np.sin(np.pi * u)
    return [Row(points=((spot, 1.0),), along=AXES[k], target=path[:, k], loose_m=PATH_M) for k in range(3)]


def _breathing(key: Key, leg: Leg) -> Filled:
    """A held pose that breathes: the chest opens a little and comes back."""
    count = 5
    wave = (1 - np.cos(np.linspace(0, 2 * np.pi, count))) / 2
    angles = np.repeat(key.state.angles, count, axis=0)
    for k, hinge in enumerate(HINGES):
        if hinge.joint == "chest" and hinge.axis[1]:
            angles[:, k] -= wave * math.radians(1.6)
        if hinge.key.endswith("shrug"):
            angles[:, k] += wave * math.radians(1.4)
    state = State(root=np.repeat(key.state.root, count, axis=0),
                  orientation=np.repeat(key.state.orientation, count, axis=0), angles=angles)
    held = _fast(key)
    rows = [Row(points=((spot, 1.0),), along=AXES[k], target=where[k]) for spot, where in held.items()
            for k in range(3)]
    wish = Wish(state=state, root_m=np.full(3, 0.02), turn_rad=0.05, angles_rad=np.full(len(HINGES), 0.05))
    settled = solve(wish, Demands(rows=(*rows, *touches(key.touch))), rounds=8)
    marks = tuple(k / (count - 1) for k in range(count))
    return Filled(leg=leg, state=settled, held=(held,) * count, marks=marks)
