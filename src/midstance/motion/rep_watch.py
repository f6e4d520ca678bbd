"""Count repetitions of a whole body: the watched angle of the sides that work, and whether the rest of it fits.

A way of the watched angle is a repetition only if the runner stays in place as the record does and is held as the
record is, so that walking about, coming nearer and scratching count nothing. Twin: ``web/static/mirror/rep_watch.js``.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from midstance.domain.motion import other_side
from midstance.motion.landmarks import (
    INDEX,
    TRUNK_CM,
    Series,
    angles,
    are_seen,
    direction,
    ends,
    middle,
)
from midstance.motion.landmarks import pointing as measured
from midstance.motion.reps import Counter, Rep
from midstance.motion.watch import other_watch
from midstance.motion.ways import together

if TYPE_CHECKING:
    from midstance.motion.body import Array
    from midstance.motion.watch import Watched

Refused = Literal["", "moved", "held"]

# All midstance defaults: somebody who walks 0.5 m/s or turns a quarter within this time is not in place.
PLACE_S: Final = 1.5          # time over which staying in place is judged [s]
ROAM: Final = 0.5             # hips move sideways by no more than this in that time [lengths of the trunk],
GROW: Final = 1.2             # the body grows or shrinks in the picture by no more than this factor,
TURN_DEG: Final = 40.0        # and the hips turn by no more than this [degrees]
MARGIN: Final = 1.5           # a record that itself roams or turns may be outdone by this factor
HELD_DEG: Final = 45.0        # parts of the body point as the record's within this [degrees],
WORKING_DEG: Final = 70.0     # legs that work, at the turn, within this: a small range counts too
LEG_WATCHES: Final = ("knee", "hip", "ankle", "legs", "rise")
SHANK_IN_TRUNKS: Final = 1.17 # lengths of the trunk over that of the shank (Drillis and Contini 1966, 0.288 and 0.246)
LATELY_S: Final = 0.5         # a part not seen in a frame points as it did no longer ago [s]
SCALE_FRAMES: Final = 60      # frames over which the length of the trunk is averaged, for a rise
Pointing = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is measured of one frame; NaN where not seen.

    Attributes:
        value: What is watched, of all sides that work [degrees]; not for a rise.
        x: Middle of the hips to the right [unit of the places]; ``y`` down.
        trunk: Length of the trunk in the picture; ``size`` of the body in space, in lengths of a trunk.
        across: Where the hips point from right to left: to the right, and away from the camera.
        pointing: Parts of the body from straight up [degrees].
    """

    value: float
    x: float
    y: float
    trunk: float
    size: float
    across: tuple[float, float]
    pointing: Pointing


class RepWatch:
    """Counts one movement of one body.

    Attributes:
        counter: The counter of the watched value, with its phase.
        value: What is watched in the last frame [degrees; cm for a rise].
        refused: Why the last way was no repetition: ``moved`` or ``held``; empty where it was one.
    """

    def __init__(self, watched: Watched) -> None:
        self.counter = Counter(watched)
        self.value = math.nan
        self.refused: Refused = ""
        self._rises = watched["angle"] == "rise"
        self._roam = max(ROAM, MARGIN * watched["roams"])
        self._turn_deg = max(TURN_DEG, MARGIN * watched["turns"])
        self._held = watched["held"]
        self._free = watched["angle"].rpartition(" ")[2] in LEG_WATCHES
        self._swaps = watched["who"] == "either"
        self._at_rest: Pointing = {}
        self._at_turn: Pointing = {}
        self._places: deque[tuple[float, Look]] = deque()
        self._start: Look | None = None
        self._arrived = True
        self._first_y = self._trunk = math.nan
        self._frames = 0

    @property
    def reps(self) -> int:
        """How many repetitions were counted."""
        return self.counter.reps

    def push(self, t_s: float, look: Look) -> Rep | None:
        """Take a frame; give the repetition that it completes, if it does."""
        self.value = self._rise(look) if self._rises else look.value
        self._remember(t_s, look)
        return self._checked(self.counter.push(t_s, self.value), look)

    def finish(self) -> Rep | None:
        """End the recording: a repetition counts whose way back had begun."""
        rep = self.counter.finish()
        return self._checked(rep, None)

    def _rise(self, look: Look) -> float:
        if math.isnan(look.trunk) or look.trunk <= 0:
            return math.nan
        self._frames = min(self._frames + 1, SCALE_FRAMES)
        if self._frames == 1:
            self._first_y, self._trunk = look.y, look.trunk
        self._trunk += (look.trunk - self._trunk) / self._frames
        return (self._first_y - look.y) / self._trunk * TRUNK_CM

    def _remember(self, t_s: float, look: Look) -> None:
        if not math.isnan(look.x) and not math.isnan(look.size):
            self._places.append((t_s, look))
        while self._places and self._places[0][0] < t_s - PLACE_S:
            self._places.popleft()

    def _checked(self, rep: Rep | None, look: Look | None) -> Rep | None:
        """Let a repetition pass that stayed in place and was held as it should; note how the body is held."""
        if look is not None and self.counter.start_s == self.counter.now_s and rep is None:
            self._at_rest = self._lately(look)
            self._start = self._places[-1][1] if self._places else None
            self._arrived = not self._moved()
        if look is not None and self.counter.turn_s == self.counter.now_s:
            self._at_turn = self._lately(look)
        if rep is None:
            return None
        self.refused = "moved" if self._moved() or not self._arrived else "" if self._fits() else "held"
        if self.refused:
            self.counter.take_back()
            return None
        return rep

    def _lately(self, look: Look) -> Pointing:
        """How the parts point, from the last frames where this one does not show them."""
        found = dict(look.pointing)
        for t_s, other in reversed(self._places):
            if t_s < self.counter.now_s - LATELY_S or not any(math.isnan(one) for one in found.values()):
                break
            found = {name: other.pointing[name] if math.isnan(one) else one for name, one in found.items()}
        return found

    def _moved(self) -> bool:
        """Tell whether the runner walked, came nearer or turned just now."""
        if not self._places:
            return False
        seen = [look for _, look in self._places]
        if self._start is not None:
            seen.insert(0, self._start)
        few = max(len(seen) // 5, 1)
        before, after = (sum(look.size for look in part) / few for part in (seen[:few], seen[-few:]))
        here, places = seen[-1].x, [look.x for look in seen]
        away = max(max(places) - here, here - min(places)) / after
        grown = max(before, after) / min(before, after)
        return away > self._roam or grown > GROW or _turned(seen) > self._turn_deg

    def _fits(self) -> bool:
        """Tell whether the body was held as the record says, at rest and at the turn."""
        return self._alike(swapped=False) or (self._swaps and self._alike(swapped=True))

    def _alike(self, *, swapped: bool) -> bool:
        known = 0
        for name, (rest, turn) in self._held.items():
            part = other_side(name) if swapped else name
            at_turn = WORKING_DEG if self._free and name != "trunk" else HELD_DEG
            off = abs(self._at_rest.get(part, math.nan) - rest), abs(self._at_turn.get(part, math.nan) - turn)
            if off[0] > HELD_DEG or off[1] > at_turn:
                return False
            known += not math.isnan(off[0] + off[1])
        return 2 * known >= len(self._held)


def _turned(seen: list[Look]) -> float:
    """How far the hips were turned against where they point now [degrees]; 0 where there is no depth."""
    x, z = seen[-1].across
    if all(look.across[1] == 0 for look in seen):
        return 0.0
    ways = [abs(math.atan2(x * w - z * u, x * u + z * w)) for u, w in (look.across for look in seen)]
    return math.degrees(max(ways))


def looks(series: Series, watched: Watched, side: str = "right") -> list[Look]:
    """Measure every frame of a series for a ``RepWatch``.

    Args:
        series: What was seen; for a rise and for staying in place in the axes of the picture.
        watched: What a record says, always for the right side.
        side: Side that works where one does, ``left`` or ``right``; empty where it is not known.
    """
    values = _values(series, watched, side)
    hips, shoulders = middle(series.points, "hip"), middle(series.points, "shoulder")
    seen = are_seen(series, ends("trunk"))
    trunk, size = (np.where(seen, np.linalg.norm((shoulders - hips)[:, :k], axis=1), np.nan) for k in (2, 3))
    size = np.fmax(size, np.fmax(_shank(series, "left"), _shank(series, "right")) * SHANK_IN_TRUNKS)
    across = series.points[:, INDEX["left_hip"]] - series.points[:, INDEX["right_hip"]]
    pointing = _pointing(series, watched, side)
    return [
        Look(value=float(values[k]), x=float(hips[k, 0]) if seen[k] else math.nan, y=float(hips[k, 1]),
             trunk=float(trunk[k]), size=float(size[k]), across=(float(across[k, 0]), float(across[k, 2])),
             pointing={name: float(turned[k]) for name, turned in pointing.items()})
        for k in range(len(series))
    ]


def count_seen(series: Series, watched: Watched, side: str = "right") -> tuple[Rep, ...]:
    """Count the repetitions of a body, see ``looks`` for the arguments."""
    watch = RepWatch(watched)
    found = [watch.push(float(t), look) for t, look in zip(series.times_s, looks(series, watched, side), strict=True)]
    return tuple(rep for rep in [*found, watch.finish()] if rep is not None)


def _values(series: Series, watched: Watched, side: str) -> Array:
    if watched["angle"] == "rise":
        return np.full(len(series), np.nan)
    who = "either" if watched["who"] == "one" and not side else watched["who"]
    watch, sign = other_watch(watched["angle"])
    own, other = angles(series, watched["angle"]), sign * angles(series, watch)
    if side == "left":
        own, other = other, own
    return together(who, own, other, 1 if watched["turn"] >= watched["rest"] else -1)


def _shank(series: Series, side: str) -> Array:
    part = f"{side} shank"
    return np.where(are_seen(series, ends(part)), np.linalg.norm(direction(series.points, part), axis=1), np.nan)


def _pointing(series: Series, watched: Watched, side: str) -> dict[str, Array]:
    """How the parts point that the record asks for, as if the right side worked."""
    found = {}
    for name in watched["held"]:
        part = other_side(name) if side == "left" and watched["who"] == "one" else name
        found[name] = np.where(are_seen(series, ends(part)), measured(series.points, part), np.nan)
    return found
