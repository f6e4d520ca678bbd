"""Vectors, and the flat shapes a drawing is made of. Twin: ``figure.js``."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypedDict

from midstance.motion.camera import Place, seen

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLES: Final = 20                   # points of a circle where a hull is drawn round it
Ball = tuple[Place, float]            # a place and a radius [mm]


class Shape(TypedDict):
    """One shape of a drawing.

    Keys: ``kind`` ``chain`` (circles joined by their tangents: x, y, radius), ``hull`` (a polygon: x, y), ``line``
    (x, y); ``part`` its class; ``points`` [mm on the screen]; ``width`` of a line; ``depth`` how near.
    """

    kind: str
    part: str
    points: list[list[float]]
    width: float
    depth: float


def plus(a: Place, b: Place, by: float = 1.0) -> Place:
    """Add ``by`` times b."""
    return a[0] + by * b[0], a[1] + by * b[1], a[2] + by * b[2]


def minus(a: Place, b: Place) -> Place:
    """Subtract."""
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def along(a: Place, b: Place, share: float) -> Place:
    """Find a place on the way from a to b."""
    return plus(a, minus(b, a), share)


def dot(a: Place, b: Place) -> float:
    """Multiply to a number."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Place, b: Place) -> Place:
    """Multiply to a vector."""
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def unit(a: Place, otherwise: Place = (0.0, 0.0, 1.0)) -> Place:
    """Shorten to length 1; a vector of no length gives ``otherwise``."""
    length = math.sqrt(dot(a, a))
    return otherwise if length < 1e-6 else (a[0] / length, a[1] / length, a[2] / length)


def square_to(a: Place, axis: Place) -> Place:
    """Take away from a what points along a unit axis."""
    return plus(a, axis, -dot(a, axis))


class Pencil:
    """Draws balls and rings in space as shapes on the screen, from one camera."""

    def __init__(self, yaw: float, pitch: float) -> None:
        self.yaw, self.pitch = yaw, pitch

    def depth(self, *places: Place) -> float:
        """Mean nearness of places [mm]."""
        return sum(seen(place, self.yaw, self.pitch)[2] for place in places) / len(places)

    def chain(self, part: str, balls: Sequence[Ball]) -> Shape:
        """Draw balls joined like a limb."""
        points = []
        for place, radius in balls:
            right, down, _ = seen(place, self.yaw, self.pitch)
            points.append([right, down, radius])
        return Shape(kind="chain", part=part, points=points, width=0.0, depth=self.depth(*(b[0] for b in balls)))

    def hull(self, part: str, balls: Sequence[Ball], rings: Sequence[Sequence[Place]] = ()) -> Shape:
        """Draw the outline round balls and rings of places."""
        flat: list[tuple[float, float]] = []
        for place, radius in balls:
            right, down, _ = seen(place, self.yaw, self.pitch)
            for k in range(SAMPLES if radius else 1):
                angle = 2 * math.pi * k / SAMPLES
                flat.append((right + radius * math.cos(angle), down + radius * math.sin(angle)))
        for ring in rings:
            for place in ring:
                right, down, _ = seen(place, self.yaw, self.pitch)
                flat.append((right, down))
        places = [ball[0] for ball in balls] + [place for ring in rings for place in ring]
        return Shape(kind="hull", part=part, points=outline(flat), width=0.0, depth=self.depth(*places))

    def cap(self, part: str, centre: Place, radius: float, pole: Place, above: float) -> Shape:
        """Draw what is seen of the part of a ball that lies above a plane.

        Args:
            part: Class of the shape.
            centre: Of the ball.
            radius: Of the ball.
            pole: Unit direction of the plane's upper side.
            above: Distance of the plane from the centre, above 0.
        """
        right, down, near = self.axes()
        x, y = dot(right, pole), dot(down, pole)
        tilt = radius * math.hypot(x, y)
        rim = math.sqrt(radius * radius - above * above)
        middle = plus(centre, pole, above)
        places: list[Place] = []
        one = unit(square_to(near, pole), right)
        other = cross(pole, one)
        if tilt <= above + 1e-6:
            turns = [2 * math.pi * k / SAMPLES for k in range(SAMPLES)] if dot(pole, near) > 0 else []
        else:
            heading, half = math.atan2(y, x), math.acos(above / tilt)
            for k in range(SAMPLES + 1):
                angle = heading + half * (2 * k / SAMPLES - 1)
                places.append(plus(plus(centre, right, radius * math.cos(angle)), down, radius * math.sin(angle)))
            end = math.acos(min(max(-above * dot(near, pole) / (rim * max(dot(near, one), 1e-9)), -1.0), 1.0))
            first = plus(plus(middle, one, rim * math.cos(end)), other, rim * math.sin(end))
            gap = minus(first, places[-1])
            sense = 1.0 if dot(gap, gap) < radius * radius * 0.01 else -1.0
            turns = [sense * end * (1 - 2 * k / SAMPLES) for k in range(1, SAMPLES)]
        places += [plus(plus(middle, one, rim * math.cos(turn)), other, rim * math.sin(turn)) for turn in turns]
        shape = self.line(part, places or [centre], 0.0)
        return Shape(kind="hull", part=part, points=shape["points"], width=0.0, depth=self.depth(centre))

    def axes(self) -> tuple[Place, Place, Place]:
        """Directions in space that are right, down and nearer on the screen."""
        a, e = math.radians(self.yaw), math.radians(self.pitch)
        return ((math.cos(a), math.sin(a), 0.0),
                (math.sin(a) * math.sin(e), -math.cos(a) * math.sin(e), -math.cos(e)),
                (math.sin(a) * math.cos(e), -math.cos(a) * math.cos(e), math.sin(e)))

    def line(self, part: str, places: Sequence[Place], width: float) -> Shape:
        """Draw a line with round ends."""
        points = []
        for place in places:
            right, down, _ = seen(place, self.yaw, self.pitch)
            points.append([right, down])
        return Shape(kind="line", part=part, points=points, width=width, depth=self.depth(*places))


def swollen(balls: Sequence[Ball]) -> list[Ball]:
    """Round the swelling of a limb: between two balls one more, its radius on a curve through the neighbours."""
    found = [balls[0]]
    for k in range(len(balls) - 1):
        (a, p), (b, q) = balls[k], balls[k + 1]
        before, after = balls[max(k - 1, 0)][1], balls[min(k + 2, len(balls) - 1)][1]
        found += [(along(a, b, 0.5), (9 * (p + q) - before - after) / 16), (b, q)]
    return found


def ring(centre: Place, one: Place, other: Place) -> list[Place]:
    """List places on an ellipse with two half axes."""
    found = []
    for k in range(SAMPLES):
        angle = 2 * math.pi * k / SAMPLES
        found.append(plus(plus(centre, one, math.cos(angle)), other, math.sin(angle)))
    return found


def outline(flat: Sequence[tuple[float, float]]) -> list[list[float]]:
    """Find the convex outline of points, in order round it."""
    ordered = sorted(flat)
    halves: list[list[tuple[float, float]]] = []
    for run in (ordered, ordered[::-1]):
        half: list[tuple[float, float]] = []
        for p in run:
            while len(half) > 1 and _bend(half[-2], half[-1], p) <= 1e-9:
                half.pop()
            half.append(p)
        halves.append(half[:-1])
    return [[x, y] for half in halves for x, y in half]


def _bend(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def path_of(shape: Shape) -> str:
    """Write a shape as the path of an SVG, to the millimetre."""
    points = shape["points"]
    if shape["kind"] == "chain":
        pieces = [_capsule(a, b) for a, b in pairwise(points)]
        return "".join(pieces)
    close = "Z" if shape["kind"] == "hull" else ""
    places = [(math.floor(x + 0.5), math.floor(y + 0.5)) for x, y in points]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(places)]
    return f"M{places[0][0]} {places[0][1]}" + "".join(f"l{x} {y}" for x, y in steps if x or y) + close


def _whole(value: float) -> str:
    return f"{math.floor(value + 0.5):d}"


def _capsule(a: Sequence[float], b: Sequence[float]) -> str:
    """Two circles and the tangents between them."""
    (ax, ay, ar), (bx, by, br) = a, b
    way = math.hypot(bx - ax, by - ay)
    if way <= abs(ar - br) + 1e-6:
        x, y, r = (ax, ay, ar) if ar >= br else (bx, by, br)
        return (f"M{_whole(x - r)} {_whole(y)}A{_whole(r)} {_whole(r)} 0 1 1 {_whole(x + r)} {_whole(y)}"
                f"A{_whole(r)} {_whole(r)} 0 1 1 {_whole(x - r)} {_whole(y)}Z")
    heading, lean = math.atan2(by - ay, bx - ax), math.acos((ar - br) / way)
    corners = [(x + r * math.cos(heading + side * lean), y + r * math.sin(heading + side * lean))
               for (x, y, r), side in ((a, -1), (b, -1), (b, 1), (a, 1))]
    p, q, s, t = (f"{_whole(x)} {_whole(y)}" for x, y in corners)
    ra, rb = _whole(ar), _whole(br)
    return f"M{p}L{q}A{rb} {rb} 0 {int(br > ar)} 1 {s}L{t}A{ra} {ra} 0 {int(ar > br)} 1 {p}Z"
