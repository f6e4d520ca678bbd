"""Double progression: first more repetitions, then more weight, by what the last two sessions showed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require, require_each
from midstance.metrics._metric import Aggregate, metric

if TYPE_CHECKING:
    from collections.abc import Sequence

IN_A_ROW = 2
EXTRA_REPS = 2        # the rule of two for two
MOST_PAIN = 3         # evidence R26: more goes back a step


class NextStep(StrEnum):
    """What the next session does with an exercise."""

    RAISE_LOAD = "raise load"
    HOLD = "hold"
    STEP_BACK = "step back"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftDone:
    """One exercise in one session: repetitions by set, the least reserve [reps] and pain [0-10] where noted.

    Raises: ValueError: No set, or a number outside its bounds.
    """

    reps: tuple[int, ...]
    rir: int | None = None
    pain: float = 0

    def __post_init__(self) -> None:
        if not self.reps:
            msg = "repetitions: none given; a lift that was done has at least one set"
            raise ValueError(msg)
        require_each("repetitions", self.reps)
        require("repetitions in reserve", self.rir or 0, 0)
        require("pain (0-10)", self.pain, 0, 10)

    def reaches(self, goal: int, reserve: int) -> bool:
        """Tell whether every set reaches a goal with a reserve; an unknown reserve stands in no way."""
        return min(self.reps) >= goal and (self.rir is None or self.rir >= reserve)


@metric(
    title="Next step of an exercise",
    unit="verdict",
    aggregate=Aggregate.LAST,
    validity=Validity.USEFUL,
    cites=("R26",),
)
def double_progression(lifts: Sequence[LiftDone], rep_min: int, rep_max: int, *, target_rir: int = 2) -> NextStep:
    """Decide from the last two sessions whether an exercise gets heavier, stays, or goes back a step.

    It gets heavier when all sets reach the top of the range with the reserve aimed at, or the last set goes two
    beyond it, in two sessions in a row; repetitions then start at the bottom again. With body weight the next step
    is the harder version. It goes back after two sessions with a set below the range, or pain above 3.

    Args:
        lifts: What was done of this exercise, oldest session first; may be empty.
        rep_min: Bottom of the range of repetitions, at least 1.
        rep_max: Top of the range, at least ``rep_min``.
        target_rir: Repetitions in reserve aimed at, at least 0.
    Returns: The next step; hold with fewer than two sessions, unless the last one hurt.
    Raises: ValueError: A number outside its bounds.
    Source: R26, common rules of strength training (validity: useful).

    >>> double_progression([LiftDone(reps=(12, 12, 12)), LiftDone(reps=(12, 12, 12))], 8, 12).value
    'raise load'
    """
    require("bottom of the range", rep_min, 1)
    require("top of the range", rep_max, rep_min)
    require("reserve aimed at", target_rir, 0)
    last = lifts[-IN_A_ROW:]
    if last and last[-1].pain > MOST_PAIN:
        return NextStep.STEP_BACK
    if len(last) < IN_A_ROW:
        return NextStep.HOLD
    if all(min(lift.reps) < rep_min for lift in last):
        return NextStep.STEP_BACK
    reached = all(lift.reaches(rep_max, target_rir) for lift in last)
    beyond = all(lift.reps[-1] >= rep_max + EXTRA_REPS for lift in last)
    return NextStep.RAISE_LOAD if reached or beyond else NextStep.HOLD
