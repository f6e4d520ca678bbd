"""Put the poses of a record on the ground, one after the other, so that contacts stay where they were planted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from midstance.domain.motion import Contact, Motion, Pose, other_side
from midstance.motion.body import POINT_INDEX, POINT_NAMES, Array, point
from midstance.motion.contact import is_foot, points_of
from midstance.motion.posture import (
    FREE_TURN,
    angles_of,
    followed,
    grounded,
    hinge_angles,
    levelled,
    looseness,
    mirrored,
    orientation_of,
    stance_of,
)
from midstance.motion.solver import Demands, Row, State, Wish, solve

if TYPE_CHECKING:
    from collections.abc import Iterable

UP: Final = (0.0, 0.0, 1.0)
AXES: Final = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), UP)
TOUCH_M: Final = 0.004
SWAY_ONE_M: Final = 0.015
SWAY_TWO_M: Final = 0.03
WALL_NORMALS: Final = {"front": 0, "back": 0, "left": 1, "right": 1}
HELD: Final = {"hand": "grip", "foot": "ball-in", "fist": "grip"}
SAME_M: Final = 0.004
Anchors = dict[int, tuple[float, float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A pose that was put on the ground.

    Attributes:
        pose: The pose.
        state: Its body, one frame.
        anchors: Where each point in contact was planted [m].
        sliding: Points in contact that may slide.
        known: Where points were planted last, also those in the air now [m].
        contacts: What lies on what; mirrored with the key.
        touch: Pairs of points that touch.
    """

    pose: Pose
    state: State
    anchors: Anchors
    known: Anchors = field(default_factory=dict)
    sliding: frozenset[int] = field(default_factory=frozenset)
    contacts: tuple[Contact, ...] = ()
    touch: tuple[tuple[str, str], ...] = ()


def keys_of(motion: Motion) -> tuple[Key, ...]:
    """Put every pose of a record on the ground, and after the last one the first again to close the round.

    Raises: KeyError: A record names a point of the body that does not exist.
    """
    keys: list[Key] = []
    named: dict[str, Key] = {}
    poses = {pose.name: pose for pose in completed(motion)}
    for name in motion.order or tuple(poses):
        if name in named:
            keys.append(named[name])
            continue
        key = _key(motion, poses[name], keys[-1] if keys else None)
        keys.append(key)
        named[name] = key
    keys.append(_closing(keys[0], keys[-1], motion))
    return tuple(keys)


def completed(motion: Motion) -> tuple[Pose, ...]:
    """Give poses that name no contacts those of the stance."""
    contacts = stance_of(motion.base).contacts
    return tuple(pose if pose.contacts is not None else replace(pose, contacts=contacts) for pose in motion.poses)


def _closing(first: Key, last: Key, motion: Motion) -> Key:
    """The first pose again, mirrored where sides alternate, carried to where the last one still stands."""
    again = mirror_key(first) if motion.alternate else first
    where = last.anchors or last.known
    shared = [spot for spot in again.anchors if spot in where and spot not in last.sliding]
    ways = [np.subtract(where[spot], again.anchors[spot]) for spot in shared]
    if not ways or min(float(np.abs(way).max()) for way in ways) < SAME_M:
        return again
    return carried(again, np.mean(ways, axis=0) * np.array([1.0, 1.0, 0.0]))


def carried(key: Key, way: Array) -> Key:
    """Carry a key along the ground."""
    moved = {spot: (x + float(way[0]), y + float(way[1]), z) for spot, (x, y, z) in key.anchors.items()}
    return replace(key, state=replace(key.state, root=key.state.root + way), anchors=moved)


def mirror_key(key: Key) -> Key:
    """Swap left and right of a key."""
    anchors = {point_other(spot): (x, -y, z) for spot, (x, y, z) in key.anchors.items()}
    contacts = tuple(replace(c, side={"left": "right", "right": "left"}.get(c.side, "")) for c in key.contacts)
    touch = tuple((other_side(one), other_side(other)) for one, other in key.touch)
    return replace(key, state=mirrored(key.state), anchors=anchors, contacts=contacts, touch=touch,
                   sliding=frozenset(point_other(spot) for spot in key.sliding))


def point_other(spot: int) -> int:
    """Find the point on the other side."""
    return POINT_INDEX[other_side(POINT_NAMES[spot])]


def _key(motion: Motion, pose: Pose, before: Key | None) -> Key:
    stance = stance_of(motion.base)
    angles = hinge_angles(angles_of(stance, pose))
    if before:
        angles = followed(angles, before.state.angles[0], stance, pose)
    orientation = levelled(orientation_of(stance, pose), angles, pose)
    guess = grounded(orientation, angles)
    stepping = {spot for contact in pose.contacts or () if contact.steps for spot, _ in points_of(contact)}
    kept = {spot: where for spot, where in before.known.items() if spot not in stepping} if before else {}
    rows, planned = _contact_rows(motion, pose, kept)
    if before:
        guess = replace(guess, root=_carried_root(before, kept, guess, planned))
    loose = np.full(3, 0.6)
    if before and pose.shift is not None:
        guess = replace(guess, root=before.state.root + np.array(pose.shift) / 100)
        loose = np.full(3, 0.004)
    asked = any(getattr(pose, word) is not None for word in ("lean", "roll", "turn"))
    wish = Wish(state=guess, root_m=loose, turn_rad=0.03 if asked else FREE_TURN, angles_rad=looseness(stance, pose))
    demands = Demands(rows=(*rows, *touches(pose.touch)), support=_support(pose), sway_m=_sway(pose))
    state = solve(wish, demands, stages=(40.0, 6.0, 1.0), rounds=40)
    places = state.placed().points[0]
    anchors = {spot: _planted(places[spot], kept.get(spot), surface) for spot, surface in planned.items()}
    sliding = frozenset(spot for c in pose.contacts or () if c.slides for spot, _ in points_of(c))
    known = (before.known if before else {}) | anchors
    return Key(pose=pose, state=state, anchors=anchors, known=known, sliding=sliding, contacts=pose.contacts or (),
               touch=pose.touch)


def _carried_root(before: Key, kept: Anchors, guess: State, planned: dict[int, tuple[float | None, ...]]) -> Array:
    """Guess where the pelvis is from the contacts that stay."""
    shared = [spot for spot in planned if spot in kept]
    if not shared:
        root = guess.root.copy()
        root[0, :2] = before.state.root[0, :2]
        return root
    places = guess.placed().points[0, shared]
    way = np.mean([np.array(kept[spot]) for spot in shared], axis=0) - places.mean(axis=0)
    return np.asarray(guess.root + way)


def _planted(
    place: Array, kept: tuple[float, float, float] | None, surface: tuple[float | None, ...],
) -> tuple[float, float, float]:
    if kept is not None:
        return kept
    x, y, z = (float(place[k]) if fixed is None else fixed for k, fixed in enumerate(surface))
    return x, y, z


def _contact_rows(
    motion: Motion, pose: Pose, kept: Anchors,
) -> tuple[list[Row], dict[int, tuple[float | None, ...]]]:
    """Rows of all contacts of a pose, and for each point which coordinates its surface fixes."""
    rows: list[Row] = []
    planned: dict[int, tuple[float | None, ...]] = {}
    for contact in pose.contacts or ():
        for spot, height in points_of(contact):
            surface = _surface(motion, contact, height)
            planned[spot] = surface
            anchor = None if contact.slides else kept.get(spot)
            fixed = anchor if anchor is not None else surface
            rows += [Row(points=((spot, 1.0),), along=AXES[k], target=value)
                     for k, value in enumerate(fixed) if value is not None]
    return rows, planned


def _surface(motion: Motion, contact: Contact, height: float) -> tuple[float | None, ...]:
    """Coordinates [m] that a surface fixes; None are free."""
    if contact.on == "floor":
        return None, None, height
    prop = next(prop for prop in motion.props if prop.kind == contact.on)
    if contact.on == "wall":
        inwards = -1 if prop.side in ("front", "left") else 1
        face = prop.at[0] / 100 * -inwards + height * inwards
        return (face, None, None) if WALL_NORMALS[prop.side] == 0 else (None, face, None)
    if contact.on == "bar":
        return prop.at[0] / 100 if prop.at else 0.0, None, prop.height / 100
    return None, None, prop.height / 100 + height


def touches(pairs: Iterable[tuple[str, str]]) -> list[Row]:
    """Rows that bring pairs of body points together."""
    rows = []
    for one, other in pairs:
        a, b = named_point(one), named_point(other)
        rows += [Row(points=((a, 1.0), (b, -1.0)), along=axis, target=0.0, loose_m=TOUCH_M) for axis in AXES]
    return rows


def named_point(name: str) -> int:
    """Find a point of the body by an author's word; a hand is its grip.

    Raises: KeyError: There is no such point.
    """
    side, _, part = name.rpartition(" ")
    full = f"{side} {HELD[part]}" if part in HELD else name
    found = point(full)
    if found < 0:
        raise KeyError(name)
    return found


def _support(pose: Pose) -> tuple[tuple[int, ...], ...]:
    """Points under each supporting foot; none where something else than feet carries."""
    feet = [contact for contact in pose.contacts or () if is_foot(contact) and contact.on != "wall"]
    others = [contact for contact in pose.contacts or () if not is_foot(contact) and contact.on != "wall"]
    if pose.over == "none" or not feet or (others and not pose.over):
        return ()
    if pose.over in ("left", "right"):
        feet = [contact for contact in feet if contact.side == pose.over]
    groups = [tuple(spot for spot, _ in points_of(contact) if "toe" not in POINT_NAMES[spot]) or
              tuple(spot for spot, _ in points_of(contact)) for contact in feet]
    return tuple(groups[:2])


def _sway(pose: Pose) -> float:
    single = pose.over in ("left", "right") or sum(is_foot(c) for c in pose.contacts or ()) == 1
    return SWAY_ONE_M if single else SWAY_TWO_M
