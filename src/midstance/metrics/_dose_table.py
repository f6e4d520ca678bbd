"""Dose tables of slow heavy loading: the shape they share. Education, no treatment."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from midstance.metrics._bounds import require

WEEKS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class TissueDose:
    """Sets of as many slow repetitions as the weight just allows."""

    sets: int
    reps_max: int

    def __str__(self) -> str:
        """Write as ``3x12RM``."""
        return f"{self.sets}x{self.reps_max}RM"


def dose_of_week(table: tuple[tuple[int, int, int], ...], week: int) -> TissueDose:
    """Read a table of (from week, sets, repetitions).

    Raises: ValueError: A week outside the twelve of the programme.
    """
    require("week", week, 1, WEEKS)
    _, sets, reps = table[bisect_right(table, week, key=lambda row: row[0]) - 1]
    return TissueDose(sets=sets, reps_max=reps)
