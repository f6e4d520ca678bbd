"""From the words of a pose to a posture asked for: hinge angles, orientation, and how strictly each was asked for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from midstance.domain.motion import SIDED, other_side
from midstance.motion.body import HIGH, HINGES, INDEX, JOINTS, LOW, NAMES, Array, clearances, point
from midstance.motion.kinematics import place, turned
from midstance.motion.solver import State
from midstance.motion.stances import STANCES, Stance

if TYPE_CHECKING:
    from midstance.domain.motion import Pose

# How far an angle may be off before it costs as much as a contact off by its own looseness [rad].
ASKED: Final = 0.03                   # written in the pose
OF_STANCE: Final = 0.16               # given by the stance
FREE: Final = {"lumbar": 0.10, "thorax": 0.10, "neck": 0.10, "toe": 0.5, "ankle": 0.6, "knee": 0.5, "hip": 0.5}
FREE_SIDEWAYS: Final = 0.15           # abduction, rotation and inversion, where nothing was said
FREE_ELSE: Final = 0.30
FREE_HELD: Final = 0.8                # of an arm whose hand is held
FREE_TURN: Final = 0.35
_NEAR_WORDS: Final = ("lean", "roll", "turn")


def angles_of(stance: Stance, pose: Pose) -> dict[str, tuple[float | None, ...]]:
    """Merge the stance's angles with those written in the pose; sided names only."""
    found: dict[str, tuple[float | None, ...]] = {}
    ordered = sorted(stance.angles.items(), key=lambda item: item[0] not in SIDED)   # sided ones come last and win
    for source in (dict(ordered), pose.angles):
        for name, values in source.items():
            for full in ((f"left {name}", f"right {name}") if name in SIDED else (name,)):
                found[full] = _merged(found.get(full, ()), values)
    return found


def _merged(below: tuple[float | None, ...], above: tuple[float | None, ...]) -> tuple[float | None, ...]:
    longest = max(len(below), len(above))
    padded = (*above, *[None] * (longest - len(above)))
    under = (*below, *[None] * (longest - len(below)))
    return tuple(low if high is None else high for high, low in zip(padded, under, strict=True))


def hinge_angles(angles: dict[str, tuple[float | None, ...]]) -> Array:
    """Turn anatomical angles into hinge angles [rad], inside the limits."""
    found = np.zeros(len(HINGES))
    for index, hinge in enumerate(HINGES):
        for channel, spot, share in hinge.parts:
            values = angles.get(channel, ())
            value = values[spot] if spot < len(values) else None
            found[index] += math.radians((value or 0.0) * share)
    return np.clip(_rhythm(found), LOW, HIGH)


def _rhythm(found: Array) -> Array:
    """Let the shoulder blade follow a raised arm, a third of the way above the horizontal."""
    for side in ("left", "right"):
        raised = {hinge.axis[0] != 0: found[k] for k, hinge in enumerate(HINGES)
                  if hinge.joint == f"{side} shoulder" and hinge.parts[0][1] < 2}
        above = max(0.0, max(raised.values()) - math.radians(70))
        for k, hinge in enumerate(HINGES):
            if hinge.key == f"{side} shrug" and found[k] == 0.0:
                found[k] = min(0.25 * above, math.radians(28))
    return found


_ARM: Final = ("shoulder", "elbow", "forearm", "wrist", "shrug", "reach")
_HANDS: Final = frozenset({"hand", "fingers", "fist", "grip", "forearm", "elbow"})


def arms_held(stance: Stance, pose: Pose) -> frozenset[str]:
    """List the sides whose hand lies on something that the stance does not know of; such an arm follows its hand."""
    own = {contact.side for contact in stance.contacts if contact.part in _HANDS}
    held = {contact.side for contact in pose.contacts or () if contact.part in _HANDS}
    touching = {one.split(" ")[0] for one, _ in pose.touch if one.split(" ")[-1] in _HANDS}
    return frozenset((held | touching) - own)


def followed(angles: Array, before: Array, stance: Stance, pose: Pose) -> Array:
    """Let arms whose hand is held, and of which the pose says nothing, be as they were in the pose before."""
    found = angles.copy()
    for index, hinge in enumerate(HINGES):
        side, _, part = hinge.key.partition(" ")
        if part in _ARM and side in arms_held(stance, pose) and hinge.key not in pose.angles:
            found[index] = before[index]
    return found


def looseness(stance: Stance, pose: Pose) -> Array:
    """Tell how loosely each hinge angle was asked for [rad]."""
    found, held = np.zeros(len(HINGES)), arms_held(stance, pose)
    for index, hinge in enumerate(HINGES):
        part = hinge.key.split(" ")[-1]
        sideways = part in ("hip", "ankle") and hinge.parts[0][1] > 0
        loose = FREE_SIDEWAYS if sideways else FREE.get(part, FREE_ELSE)
        for channel, spot, _ in hinge.parts:
            for source, tight in ((stance.angles, OF_STANCE), (pose.angles, ASKED)):
                values = source.get(channel, source.get(channel.split(" ")[-1], ()))
                if spot < len(values) and values[spot] is not None:
                    loose = min(loose, tight * (2.5 if spot and part == "hip" else 1.0))
        side = hinge.key.split(" ")[0]
        if part in _ARM and side in held and hinge.key not in pose.angles:
            loose = FREE_HELD
        found[index] = loose
    return found


def orientation_of(stance: Stance, pose: Pose) -> Array:
    """Orientation of the pelvis asked for: rolled, then pitched, then turned; [3, 3]."""
    lean, roll, turn = (
        math.radians(getattr(stance, word) if getattr(pose, word) is None else getattr(pose, word))
        for word in _NEAR_WORDS
    )
    vectors = (np.array([0, 0, turn]), np.array([0, lean, 0]), np.array([-roll, 0, 0]))
    found: Array = turned(vectors[0]) @ turned(vectors[1]) @ turned(vectors[2])
    return found


def levelled(orientation: Array, angles: Array, pose: Pose) -> Array:
    """Turn a body about its pelvis until the soles it stands on are level, where the pose leaves that open.

    A deep fold is written as hip flexion alone; without this it would begin as a body that sits.
    """
    feet = [contact for contact in pose.contacts or () if contact.part == "foot" and contact.on != "wall"]
    if not feet or any(getattr(pose, word) is not None for word in _NEAR_WORDS):
        return orientation
    points = place(np.zeros((1, 3)), orientation[None], angles[None]).points[0]
    normal = np.zeros(3)
    for contact in feet:
        heel, inner, outer = (points[point(f"{contact.side} {name}")] for name in ("heel", "ball-in", "ball-out"))
        sole = np.cross((inner + outer) / 2 - heel, outer - inner)
        normal += (1 if contact.side == "left" else -1) * sole / np.linalg.norm(sole)
    normal /= max(float(np.linalg.norm(normal)), 1e-9)
    axis = np.cross(normal, np.array([0.0, 0.0, 1.0]))
    sine = float(np.linalg.norm(axis))
    if sine < 1e-6:
        return orientation
    return np.asarray(turned(axis / sine * math.atan2(sine, float(normal[2]))) @ orientation)


def grounded(orientation: Array, angles: Array) -> State:
    """Stand a posture on the ground, its lowest point at height 0, the pelvis over the origin."""
    placed = place(np.zeros((1, 3)), orientation[None], angles[None])
    lowest = min(float(placed.points[0, spot, 2]) - height for spot, height in clearances())
    return State(root=np.array([[0.0, 0.0, -lowest]]), orientation=orientation[None], angles=angles[None])


def stance_of(base: str) -> Stance:
    """Find a stance by its word."""
    return STANCES[base]


def mirrored(state: State) -> State:
    """Swap left and right, the pelvis staying at y = 0 mirrored."""
    flip = np.array([1.0, -1.0, 1.0])
    angles = state.angles[:, _SWAPPED] * _SIGNS
    return State(root=state.root * flip, orientation=state.orientation * np.outer(flip, flip), angles=angles)


def _swap() -> tuple[Array, Array]:
    named = [(hinge.joint, k) for k, hinge in enumerate(HINGES)]
    places: dict[str, list[int]] = {}
    for joint, k in named:
        places.setdefault(joint, []).append(k)
    order = np.array([places[other_side(joint)][places[joint].index(k)] for joint, k in named])
    middle = {joint for joint, _, _ in JOINTS if " " not in joint}
    signs = [-1.0 if joint in middle and HINGES[k].axis[1] == 0 else 1.0 for joint, k in named]
    return order, np.array(signs)


_SWAPPED, _SIGNS = _swap()
SWAPPED_JOINTS: Final = np.array([INDEX[other_side(name)] for name in NAMES])
