"""The things of a movement: where they stand, and which points of the body hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict

from midstance.domain.motion import SIDED
from midstance.motion.body import POINT_INDEX, Array, point
from midstance.motion.contact import points_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from midstance.domain.motion import Motion, Prop
    from midstance.motion.keys import Anchors

HANDS: Final = frozenset(f"{side} {part}" for side in ("left", "right") for part in ("hand", "grip", "fist"))
# Length forward and width [mm] of the things that stand in the world.
SIZES: Final = {"box": (440, 460), "step": (360, 560), "bench": (300, 1000), "chair": (420, 440), "mat": (1800, 620)}
WALL_HIGH_MM: Final = 1900
BAR_WIDE_MM: Final = 1100


class PropDrawn(TypedDict):
    """A thing as the browser draws it: what kind, the joints that hold it, or where it stands [mm]."""

    kind: str
    hold: list[str]
    at: list[int]
    size: list[int]
    upright: bool
    ends: list[str | list[int]]


def points_needed(motion: Motion) -> list[str]:
    """List the points besides the joints that props hang on."""
    names: list[str] = []
    for prop in motion.props:
        for held in _held(prop):
            names += held
        names += [_point(end) for end in prop.ends if isinstance(end, str)]
    return list(dict.fromkeys(names))


def _point(name: str) -> str:
    side, _, part = name.rpartition(" ")
    full = f"{side} grip" if part == "hand" else name
    return f"{full} skin" if f"{full} skin" in POINT_INDEX else full


def _held(prop: Prop) -> Iterator[tuple[str, ...]]:
    for where in prop.held:
        if where == "hands":
            yield from (_grip(side) for side in ("left", "right"))
        elif where in HANDS:
            yield _grip(where.split(" ")[0])
        else:
            yield (_point(where),)


def _grip(side: str) -> tuple[str, ...]:
    return f"{side} grip-thumb", f"{side} grip-small"


def drawn_props(motion: Motion, points: Array, held: Sequence[Anchors]) -> list[PropDrawn]:
    """Place all props."""
    found: list[PropDrawn] = []
    for prop in motion.props:
        groups = list(_held(prop))
        if groups and prop.kind in ("dumbbell", "kettlebell") and len(groups) == 2 and not prop.together:
            found += [_drawn(prop, list(group), [], []) for group in groups]
        elif groups:
            found.append(_drawn(prop, [name for group in groups for name in group], [], []))
        elif prop.ends:
            found.append(_drawn(prop, [], [], [_end(end) for end in prop.ends]))
        else:
            found.append(_standing(motion, prop, points, held))
    return found


def _end(end: str | tuple[float, float, float]) -> str | list[int]:
    return _point(end) if isinstance(end, str) else [round(value * 10) for value in end]


def _drawn(prop: Prop, hold: list[str], at: list[int], ends: list[str | list[int]],
           size: list[int] | None = None) -> PropDrawn:
    return PropDrawn(kind=prop.kind, hold=hold, at=at, size=size or [round(prop.size * 100)], upright=prop.upright,
                     ends=ends)


def _standing(motion: Motion, prop: Prop, points: Array, held: Sequence[Anchors]) -> PropDrawn:
    """A thing in the world: its middle on the ground and its size, forward, left, up."""
    if prop.kind == "wall":
        way = round((prop.at[0] if prop.at else 50) * 10)
        x, y = {"front": (way, 0), "back": (-way, 0), "left": (0, way), "right": (0, -way)}[prop.side]
        return _drawn(prop, [], [x, y], [], [0, 900, WALL_HIGH_MM] if x else [900, 0, WALL_HIGH_MM])
    if prop.kind == "bar":
        return _drawn(prop, [], [round(prop.at[0] * 10) if prop.at else 0, 0], [],
                      [0, BAR_WIDE_MM, round(prop.height * 10)])
    length, width = (round(side * prop.size) for side in SIZES.get(prop.kind, (400, 400)))
    x, y = _under(motion, prop, points, held)
    at = prop.at or (0.0, 0.0)
    return _drawn(prop, [], [x + round(at[0] * 10), y + round((at[1] if len(at) > 1 else 0) * 10)], [],
                  [length, width, round(prop.height * 10)])


def _under(motion: Motion, prop: Prop, points: Array, held: Sequence[Anchors]) -> tuple[int, int]:
    """Middle of the contacts that rest on a thing, where they first do [mm]."""
    spots = {spot for pose in motion.poses for contact in pose.contacts or () if contact.on == prop.kind
             and (not prop.under or contact.name == prop.under) for spot, _ in points_of(contact)}
    for frame in held:
        touching = [frame[spot] for spot in sorted(spots) if spot in frame]
        if touching:
            return (round(sum(place[0] for place in touching) / len(touching) * 1000),
                    round(sum(place[1] for place in touching) / len(touching) * 1000))
    side, _, part = prop.under.rpartition(" ")
    spot = point(f"{side} ankle" if part in ("foot", *SIDED) else prop.under or "pelvis")
    x, y, _ = points[0, spot]
    return round(float(x) * 1000), round(float(y) * 1000)
