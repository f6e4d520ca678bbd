"""What must hold of every movement: the contract tests and whoever writes a record ask here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from midstance.motion.body import HIGH, LOW, NAMES, OFFSETS, PARENTS, POINT_INDEX, POINT_NAMES, clearances
from midstance.motion.clip import Solved, solved
from midstance.motion.watch import values_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.motion import Moved

SLIDE_M: Final = 0.010
SINK_M: Final = 0.010
BONE_M: Final = 0.002
LEAST_MOVE: Final = {"rise": 3.0}
LEAST_MOVE_DEG: Final = 15.0


def faults_of(exercise: Moved) -> tuple[str, ...]:
    """List what is wrong with a movement, in words; empty is right.

    Raises: ValueError: The exercise has no ``[motion]``.
    """
    rep = solved(exercise)
    return (*_slides(rep), *_sinks(rep), *_bones(rep), *_limits(rep), *_closes(rep), *_moves(exercise, rep))


def _slides(rep: Solved) -> Iterator[str]:
    worst: dict[str, float] = {}
    for frame, held in enumerate(rep.held):
        for spot, where in held.items():
            off = float(np.linalg.norm(rep.points[frame, spot] - np.array(where)))
            name = POINT_NAMES[spot]
            worst[name] = max(worst.get(name, 0.0), off)
    for name, off in worst.items():
        if off > SLIDE_M:
            yield f"{name} is {off * 1000:.0f} mm from where it was planted"


def _sinks(rep: Solved) -> Iterator[str]:
    for spot, height in clearances():
        low = float((rep.points[:, spot, 2] - height).min())
        if low < -SINK_M:
            yield f"{POINT_NAMES[spot]} sinks {-low * 1000:.0f} mm into the ground"


def _bones(rep: Solved) -> Iterator[str]:
    for name, parent, offset in zip(NAMES, PARENTS, OFFSETS, strict=True):
        if parent >= 0:
            lengths = np.linalg.norm(
                rep.points[:, POINT_INDEX[name]] - rep.points[:, POINT_INDEX[NAMES[parent]]], axis=1)
            off = float(np.abs(lengths - np.linalg.norm(offset)).max())
            if off > BONE_M:
                yield f"the bone to {name} changes its length by {off * 1000:.0f} mm"


def _limits(rep: Solved) -> Iterator[str]:
    if bool((rep.angles < LOW - 1e-6).any() or (rep.angles > HIGH + 1e-6).any()):
        yield "a joint passes its limits"


def _closes(rep: Solved) -> Iterator[str]:
    off = float(np.abs(rep.points[-1] - rep.travel - rep.points[0]).max())
    if off > SLIDE_M:
        yield f"the last frame is {off * 1000:.0f} mm from the first"


def _moves(exercise: Moved, rep: Solved) -> Iterator[str]:
    motion = exercise.motion
    if motion is None or motion.starts == "hold" or not motion.watch:
        return
    values = values_of(motion.watch, rep.points)
    moved = float(values.max() - values.min())
    least = LEAST_MOVE.get(motion.watch, LEAST_MOVE_DEG)
    if moved < least:
        yield f"the watched {motion.watch} moves only {moved:.0f}, less than {least:.0f}"
