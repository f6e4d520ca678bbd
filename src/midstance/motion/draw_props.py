"""Draw the things of a movement and the ground. Twin: ``figure.js``."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from midstance.motion.shapes import Pencil, Shape, along, cross, minus, plus, ring, square_to, unit

if TYPE_CHECKING:
    from midstance.motion.camera import Place
    from midstance.motion.clip import Clip
    from midstance.motion.props import PropDrawn

Pose = dict[str, "Place"]
Group = tuple[float, list[Shape]]
UP: Final = (0.0, 0.0, 1.0)
NEARER: Final = 1.0
MARK_MM: Final = 400                  # between marks on the ground that a figure passes
SHADOWS: Final = (
    ("hip", "knee"), ("knee", "ankle"), ("heel", "toe"), ("shoulder", "elbow"), ("elbow", "wrist"),
    ("wrist", "fingertip"),
)
LOW_MM: Final = 420.0


def ground(pencil: Pencil, pose: Pose, clip: Clip, time: float) -> list[Shape]:
    """Draw the shadow of what is near the ground, and marks where the figure travels."""
    pairs = [(f"{side} {one}", f"{side} {other}") for side in ("left", "right") for one, other in SHADOWS]
    pairs += [("pelvis", "waist"), ("waist", "chest"), ("chest", "head"), ("head", "crown")]
    shapes = []
    for one, other in pairs:
        a, b = pose[one], pose[other]
        if a[2] < LOW_MM and b[2] < LOW_MM:
            rings = []
            for place in (a, b):
                radius = 30.0 + 50.0 * (1 - max(place[2], 0.0) / LOW_MM)
                rings.append(ring((place[0], place[1], 0.0), (radius, 0.0, 0.0), (0.0, radius, 0.0)))
            shapes.append(pencil.hull("shadow", [], rings))
    return [*_marks(pencil, clip, time), *shapes]


def _marks(pencil: Pencil, clip: Clip, time: float) -> list[Shape]:
    """Draw marks on the ground that a figure passes, as far as they are seen."""
    x, y = clip["travel"]
    left, _, right, _ = clip["camera"]["box"]
    shapes = []
    for k in range(-6, 7) if x or y else ():
        if abs(x) >= abs(y):
            at = k * MARK_MM - (x * time) % MARK_MM
            shape = pencil.line("mark", [(at, 420.0, 0.0), (at, 300.0, 0.0)], 8.0)
        else:
            at = k * MARK_MM - (y * time) % MARK_MM
            shape = pencil.line("mark", [(-420.0, at, 0.0), (-300.0, at, 0.0)], 8.0)
        if all(left < place[0] < right for place in shape["points"]):
            shapes.append(shape)
    return shapes


def things(pencil: Pencil, pose: Pose, clip: Clip, time: float) -> list[Group]:
    """Draw every prop."""
    found: list[Group] = []
    for prop in clip["props"]:
        if prop["at"]:
            found.append(_standing(pencil, prop))
        elif prop["ends"]:
            found.append(_strung(pencil, pose, prop, time))
        else:
            found += _held(pencil, pose, prop)
    return found


def _standing(pencil: Pencil, prop: PropDrawn) -> Group:
    (x, y), (length, width, height) = prop["at"], prop["size"]
    if prop["kind"] == "bar":
        ends = [(float(x), y + side * width / 2, float(height)) for side in (-1, 1)]
        posts = [pencil.line("post", [end, (end[0], end[1], 0.0)], 16.0) for end in ends]
        return -9000.0, [*posts, pencil.chain("prop", [(end, 17.0) for end in ends])]
    corners = [[(x + a * length / 2, y + b * width / 2, z) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
               for z in (0.0, float(height))]
    if prop["kind"] == "wall":
        return -9900.0, [pencil.hull("wall", [], corners)]
    if prop["kind"] == "mat":
        return -9950.0, [pencil.hull("mat", [], corners[:1])]
    body = pencil.hull("block", [], corners)
    top = pencil.hull("top", [], corners[1:])
    return pencil.depth((float(x), float(y), height / 2)) - 40, [body, top]


def _strung(pencil: Pencil, pose: Pose, prop: PropDrawn, time: float) -> Group:
    ends: list[Place] = []
    for end in prop["ends"]:
        ends.append(pose[end] if isinstance(end, str) else (float(end[0]), float(end[1]), float(end[2])))
    scale = prop["size"][0] / 100
    if prop["kind"] == "rope":
        ends = _swung(pose, ends, time)
    width = {"towel": 30.0, "stick": 18.0, "rope": 8.0}.get(prop["kind"], 14.0) * scale
    shape = pencil.line(prop["kind"] if prop["kind"] == "towel" else "prop-line", ends, width)
    return shape["depth"], [shape]


def _swung(pose: Pose, ends: list[Place], time: float) -> list[Place]:
    """A skipping rope: an arc from hand to hand that goes round once in a repetition."""
    one, other = ends[0], ends[-1]
    middle = along(one, other, 0.5)
    reach = middle[2] + 60 - min(pose["left toe"][2], pose["right toe"][2], 0.0)
    angle = 2 * math.pi * time
    way = (-math.sin(angle) * reach, 0.0, math.cos(angle) * reach)
    found = []
    for k in range(13):
        share = k / 12
        found.append(plus(along(one, other, share), way, abs(math.sin(math.pi * share)) ** 0.6))
    return found


def _held(pencil: Pencil, pose: Pose, prop: PropDrawn) -> list[Group]:
    places = [pose[name] for name in prop["hold"]]
    middle = places[0]
    for k, place in enumerate(places[1:]):
        middle = along(middle, place, 1 / (k + 2))
    axis = _axis(pose, prop, places)
    scale = prop["size"][0] / 100
    kind = prop["kind"]
    if kind == "kettlebell":
        shapes = _kettlebell(pencil, middle, axis, scale, upright=prop["upright"])
    elif kind == "dumbbell":
        shapes = _dumbbell(pencil, middle, axis, scale, upright=prop["upright"])
    elif kind == "barbell":
        return _barbell(pencil, middle, axis)
    elif kind == "backpack":
        shapes = _backpack(pencil, pose, middle, prop, len(places))
    else:
        shapes = [pencil.line("prop-line", [plus(middle, axis, -500.0), plus(middle, axis, 500.0)], 18.0)]
    return [(pencil.depth(middle) - NEARER, shapes)]


def _axis(pose: Pose, prop: PropDrawn, places: list[Place]) -> Place:
    """Direction of the handle: along the fist, from hand to hand, or across the body."""
    if len(places) == 2:
        return unit(minus(places[0], places[1]), (0.0, 1.0, 0.0))
    if len(places) == 4:
        return unit(minus(along(places[0], places[1], 0.5), along(places[2], places[3], 0.5)), (0.0, 1.0, 0.0))
    low = prop["hold"] and prop["hold"][0] in ("hips", "left hip-front", "right hip-front")
    joint = "hip" if low else "shoulder"
    return unit(minus(pose[f"left {joint}"], pose[f"right {joint}"]), (0.0, 1.0, 0.0))


def _kettlebell(pencil: Pencil, grip: Place, axis: Place, scale: float, *, upright: bool) -> list[Shape]:
    down = (0.0, 0.0, 1.0 if upright else -1.0)
    across = unit(square_to(axis, UP), (0.0, 1.0, 0.0))
    bell = plus(grip, down, 118.0 * scale)
    shoulder = plus(bell, down, -52.0 * scale)
    handle = pencil.line("prop-line", [
        plus(shoulder, across, 62.0 * scale), plus(plus(grip, across, 52.0 * scale), down, 8.0 * scale),
        plus(grip, across, 34.0 * scale), plus(grip, across, -34.0 * scale),
        plus(plus(grip, across, -52.0 * scale), down, 8.0 * scale), plus(shoulder, across, -62.0 * scale),
    ], 22.0 * scale)
    flat = plus(bell, down, 70.0 * scale)
    ball = pencil.hull("prop", [(bell, 82.0 * scale), (plus(flat, across, 34.0 * scale), 12.0 * scale),
                                (plus(flat, across, -34.0 * scale), 12.0 * scale)])
    return [handle, ball]


def _disc(pencil: Pencil, part: str, centre: Place, axis: Place, radius: float, thick: float) -> Shape:
    """A plate: a round thing of some thickness, square to an axis."""
    one = unit(cross(axis, UP), (1.0, 0.0, 0.0))
    other = cross(axis, one)
    rings = []
    for side in (-0.5, 0.5):
        middle = plus(centre, axis, side * thick)
        rings.append(ring(middle, (one[0] * radius, one[1] * radius, one[2] * radius),
                          (other[0] * radius, other[1] * radius, other[2] * radius)))
    return pencil.hull(part, [], rings)


def _dumbbell(pencil: Pencil, grip: Place, axis: Place, scale: float, *, upright: bool) -> list[Shape]:
    if upright:
        axis, grip = UP, plus(grip, UP, -70.0 * scale)
    handle = pencil.line("prop-line", [plus(grip, axis, -90.0 * scale), plus(grip, axis, 90.0 * scale)], 28.0)
    heads = [_disc(pencil, "prop", plus(grip, axis, side * 104.0 * scale), axis, 58.0 * scale, 62.0 * scale)
             for side in (-1.0, 1.0)]
    return [handle, *sorted(heads, key=lambda shape: shape["depth"])]


def _barbell(pencil: Pencil, middle: Place, axis: Place) -> list[Group]:
    """A bar and two plates, each at its own depth; one sees the body through the near plate."""
    bar = pencil.line("prop-line", [plus(middle, axis, -780.0), plus(middle, axis, 780.0)], 26.0)
    ends = sorted((plus(middle, axis, side * 640.0) for side in (-1.0, 1.0)), key=pencil.depth)
    far, near = (_disc(pencil, part, end, axis, 120.0, 60.0)
                 for part, end in zip(("prop", "plate"), ends, strict=True))
    return [(far["depth"], [far]), (pencil.depth(middle) - NEARER, [bar]), (near["depth"], [near])]


def _backpack(pencil: Pencil, pose: Pose, middle: Place, prop: PropDrawn, grips: int) -> list[Shape]:
    chest = pose["chest"]
    across = unit(minus(pose["left girdle"], pose["right girdle"]), (0.0, 1.0, 0.0))
    up = unit(minus(pose["neck"], pose["waist"]))
    if grips >= 2 and not prop["upright"]:
        centre, up = plus(middle, UP, -230.0), UP
        away = unit(cross(across, up))
    else:
        away = unit(square_to(minus(middle, chest), up), (1.0, 0.0, 0.0))
        centre = plus(plus(chest, away, 190.0), up, -30.0)
    balls = []
    for a in (-1.0, 1.0):
        for b in (-1.0, 1.0):
            for c in (-1.0, 1.0):
                place = plus(plus(plus(centre, across, a * 92.0), up, b * 140.0), away, c * 34.0)
                balls.append((place, 46.0))
    strap = pencil.line("prop-line", [plus(centre, up, 180.0), plus(centre, up, 225.0)], 20.0)
    return [strap, pencil.hull("prop", balls)]
