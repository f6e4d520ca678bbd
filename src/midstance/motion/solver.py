"""Put bodies where their contacts are: damped Gauss-Newton over place, orientation and joint angles of many frames.

Contacts are hard, the pose asked for is soft, nothing sinks into the ground and no joint passes its limits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from midstance.motion.body import FREEDOM, HIGH, LOW, POINT_NAMES, ROOT, Array, centre_weights, clearances
from midstance.motion.kinematics import Placed, place, slopes, turned, turning

CONTACT_M: Final = 0.0006             # how far a contact may be off before it costs as much as one soft angle
GROUND_M: Final = 0.001
BALANCE_M: Final = 0.008
FIRST_DAMPING: Final = 1e-5
MOST_DAMPING: Final = 1e4
LOOSE_ROUNDS: Final = 15
LONGEST_STEP: Final = 0.35            # of one angle in one round [rad]
_CLEAR: Final = tuple(zip(*clearances(), strict=True))
_CLEAR_POINTS: Final = np.array(_CLEAR[0], dtype=int)
_CLEAR_HEIGHTS: Final = np.array(_CLEAR[1])
_CENTRE: Final = centre_weights()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Bodies in space: pelvis place [frame, 3], orientation [frame, 3, 3] and hinge angles [frame, hinge]."""

    root: Array
    orientation: Array
    angles: Array

    def placed(self) -> Placed:
        """Place every joint and point."""
        return place(self.root, self.orientation, self.angles)

    def frame(self, index: int) -> State:
        """Take one frame."""
        cut = slice(index, index + 1) if index >= 0 else slice(index, index + 1 or None)
        return State(root=self.root[cut], orientation=self.orientation[cut], angles=self.angles[cut])


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The posture asked for, and how loosely.

    Attributes:
        state: Where each frame should be.
        root_m: Looseness of the pelvis' place [m], three numbers.
        turn_rad: Looseness of its orientation [rad].
        angles_rad: Looseness of each hinge [rad].
    """

    state: State
    root_m: Array
    turn_rad: float
    angles_rad: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A weighted sum of points that must lie at a place along one direction.

    Attributes:
        points: (point, weight); weights sum to one for a place, to zero for a difference.
        along: Direction, unit vector.
        target: Where [m]: one number, or one for each frame.
        loose_m: Looseness [m].
    """

    points: tuple[tuple[int, float], ...]
    along: tuple[float, float, float]
    target: float | Array
    loose_m: float = CONTACT_M


@dataclass(frozen=True, slots=True, kw_only=True)
class Demands:
    """Everything besides the wish.

    Attributes:
        rows: Contacts, touches and planned paths.
        support: One group of points for each supporting foot; empty for no demand of balance.
        sway_m: How far the centre of mass may be off the support [m].
    """

    rows: Sequence[Row] = ()
    support: tuple[tuple[int, ...], ...] = ()
    sway_m: float = 0.02


class _Rows:
    """Rows as arrays."""

    def __init__(self, rows: Sequence[Row], frames: int) -> None:
        used = sorted({point for row in rows for point, _ in row.points})
        self.points = np.array(used, dtype=int)
        self.weights = np.zeros((len(rows), len(used)))
        for index, row in enumerate(rows):
            for point, weight in row.points:
                self.weights[index, used.index(point)] += weight
        self.along = np.array([row.along for row in rows]).reshape(len(rows), 3)
        self.target = np.array([np.broadcast_to(row.target, (frames,)) for row in rows]).reshape(len(rows), frames).T
        self.tight = 1 / np.array([row.loose_m for row in rows])

    def off(self, placed: Placed) -> Array:
        places = np.einsum("rp,fpk->frk", self.weights, placed.points[:, self.points])
        return np.asarray((np.einsum("frk,rk->fr", places, self.along) - self.target) * self.tight)

    def slope(self, placed: Placed) -> Array:
        moved = slopes(placed, self.points)
        summed = np.tensordot(moved, self.weights, axes=(2, 1))       # frame, freedom, 3, row
        return np.asarray(np.einsum("fdkr,rk->frd", summed, self.along) * self.tight[None, :, None])


def solve(wish: Wish, demands: Demands, *, stages: Sequence[float] = (1.0,), rounds: int = 30) -> State:
    """Find the bodies nearest to the wish that keep the demands.

    Args:
        wish: Posture of each frame.
        demands: Contacts, ground, balance.
        stages: How much looser than in the end the demands are, stage by stage: from far away a body finds better
            ways when it may slide a little at first.
        rounds: At most so many rounds of each stage.
    """
    state = replace(wish.state, angles=np.clip(wish.state.angles, LOW, HIGH))
    for looser in stages:
        state = _stage(state, wish, demands, looser, rounds if looser == 1 else min(rounds, LOOSE_ROUNDS))
    return state


def _stage(state: State, wish: Wish, demands: Demands, looser: float, rounds: int) -> State:
    wish = replace(wish, root_m=wish.root_m / looser, turn_rad=wish.turn_rad / looser,
                   angles_rad=wish.angles_rad / looser)
    rows = _Rows(demands.rows, len(state.root))
    tight = np.concatenate([1 / wish.root_m, np.full(3, 1 / wish.turn_rad), 1 / wish.angles_rad])
    damping = np.full(len(state.root), FIRST_DAMPING)
    costs, normal, pull = _weighed(state, wish, tight, rows, demands)
    for _ in range(rounds):
        spread = np.einsum("fdd->fd", normal)
        damped = normal.copy()
        damped[:, range(FREEDOM), range(FREEDOM)] += damping[:, None] * spread
        step = _bounded(_inside(damped, pull, state.angles))
        tried = State(root=state.root + step[:, :3], orientation=turned(step[:, 3:ROOT]) @ state.orientation,
                      angles=np.clip(state.angles + step[:, ROOT:], LOW, HIGH))
        new_costs, new_normal, new_pull = _weighed(tried, wish, tight, rows, demands)
        better = new_costs <= costs + 1e-9
        gained = float((costs - new_costs)[better].sum()) if better.any() else 0.0
        damping = np.where(better, damping / 5, damping * 6)
        state = State(root=np.where(better[:, None], tried.root, state.root),
                      orientation=np.where(better[:, None, None], tried.orientation, state.orientation),
                      angles=np.where(better[:, None], tried.angles, state.angles))
        normal = np.where(better[:, None, None], new_normal, normal)
        pull = np.where(better[:, None], new_pull, pull)
        costs = np.where(better, new_costs, costs)
        settled = better.all() and gained < 1e-3 * len(costs) + 1e-4 * float(costs.sum())
        if settled or float(damping.min()) > MOST_DAMPING:
            break
    return state


def _weighed(
    state: State, wish: Wish, tight: Array, rows: _Rows, demands: Demands,
) -> tuple[Array, Array, Array]:
    """Weigh a state: its cost, and the normal matrix and gradient that lead to a better one; each by frame."""
    placed = state.placed()
    soft = np.concatenate([
        state.root - wish.state.root,
        turning(state.orientation @ np.swapaxes(wish.state.orientation, -1, -2)),
        state.angles - wish.state.angles,
    ], axis=1) * tight
    normal = np.zeros((len(state.root), FREEDOM, FREEDOM))
    normal[:, range(FREEDOM), range(FREEDOM)] = tight**2 + 1e-3
    pull = soft * tight
    costs = (soft**2).sum(axis=1)
    for off, slope in _hard(placed, rows, demands):
        across = np.swapaxes(slope, -1, -2)
        normal += across @ slope
        pull += (across @ off[..., None])[..., 0]
        costs += (off**2).sum(axis=1)
    return costs, normal, pull


def _inside(normal: Array, pull: Array, angles: Array) -> Array:
    """Solve for the step; joints that it would push past their limits are held and the rest solved again."""
    step = _solution(normal, pull)
    for _ in range(3):
        wanted = angles + step[:, ROOT:]
        over = ((wanted < LOW) & (angles <= LOW + 1e-6)) | ((wanted > HIGH) & (angles >= HIGH - 1e-6))
        if not over.any():
            break
        held = np.concatenate([np.zeros((len(angles), ROOT)), over * 1e9], axis=1)
        normal = normal.copy()
        normal[:, range(FREEDOM), range(FREEDOM)] += held
        step = _solution(normal, pull)
    return step


def _solution(normal: Array, pull: Array) -> Array:
    return np.asarray(np.linalg.solve(normal, -pull[..., None])[..., 0], dtype=np.float64)


def _bounded(step: Array) -> Array:
    """Shorten steps that go too far to be trusted."""
    longest = np.abs(step[:, 3:]).max(axis=1, keepdims=True)
    return np.asarray(step * np.minimum(1.0, LONGEST_STEP / np.maximum(longest, 1e-9)))


def _hard(placed: Placed, rows: _Rows, demands: Demands) -> list[tuple[Array, Array]]:
    found = []
    if len(rows.points):
        found.append((rows.off(placed), rows.slope(placed)))
    sunk = placed.points[:, _CLEAR_POINTS, 2] - _CLEAR_HEIGHTS
    low = (sunk < 0).any(axis=0)
    if low.any():
        active = (sunk[:, low] < 0)[..., None] / GROUND_M
        slope = np.swapaxes(slopes(placed, _CLEAR_POINTS[low])[..., 2], 1, 2)
        found.append((np.minimum(sunk[:, low], 0) / GROUND_M, slope * active))
    if demands.support:
        found.append(_balance(placed, demands))
    return found


def _balance(placed: Placed, demands: Demands) -> tuple[Array, Array]:
    """Hold the centre of mass over the feet: its way to the line between them, beyond a tolerance."""
    ends = [np.isin(np.arange(len(POINT_NAMES)), group) / len(group) for group in demands.support]
    one, other = ends[0], ends[-1]
    here = np.einsum("p,fpk->fk", _CENTRE, placed.points)[:, :2]
    near, far = (np.einsum("p,fpk->fk", end, placed.points)[:, :2] for end in (one, other))
    span = far - near
    share = np.clip((span * (here - near)).sum(axis=1) / np.maximum((span**2).sum(axis=1), 1e-9), 0, 1)[:, None]
    off = here - near - share * span
    far_off = np.linalg.norm(off, axis=1, keepdims=True)
    kept = np.maximum(0.0, 1 - demands.sway_m / np.maximum(far_off, 1e-9)) / BALANCE_M
    used = np.flatnonzero((_CENTRE != 0) | (one != 0) | (other != 0))
    moved = slopes(placed, used)[..., :2]
    weights = _CENTRE[used] - (1 - share) * one[used] - share * other[used]
    slope = np.einsum("fdpk,fp->fkd", moved, weights) * (kept > 0)[..., None] / BALANCE_M
    return off * kept, slope
