"""The phases of a training cycle as data (method 7.3), read from ``phases.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from midstance.domain.plan import Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseSpec:
    """What a phase asks for.

    Attributes:
        phase: Which one.
        strength_type: (least, most) strength-type sessions a week; ``heavy`` and ``mobility`` likewise.
        leg_sessions: Wanted heavy or strength sessions.
        upper: Wanted upper-body sessions by strength level; ``plyometric`` likewise.
        share: Share of the level's weekly sets.
        minutes: Longest session by kind [min].
        aim: What it is for, in a few words.
    """

    phase: Phase
    strength_type: tuple[int, int]
    heavy: tuple[int, int]
    mobility: tuple[int, int]
    leg_sessions: int
    upper: dict[str, int]
    plyometric: dict[str, int]
    share: float
    minutes: dict[str, int]
    aim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phases:
    """All phases, and the weekly sets by strength level and region."""

    by_phase: dict[Phase, PhaseSpec]
    sets: dict[str, dict[str, int]]


@lru_cache(maxsize=1)
def load_phases() -> Phases:
    """Read the phases from the package's data.

    Returns: Every phase of ``Phase`` with its numbers.
    Raises: KeyError: A phase or a number is missing.
    """
    data = tomllib.loads(files("midstance.catalogue").joinpath("phases.toml").read_text("utf-8"))
    specs = {}
    for phase in Phase:
        raw = data[phase.value]
        specs[phase] = PhaseSpec(
            phase=phase,
            strength_type=pair(raw["strength_type"]),
            heavy=pair(raw["heavy"]),
            mobility=pair(raw["mobility"]),
            leg_sessions=raw["leg_sessions"],
            upper=raw["upper"],
            plyometric=raw["plyometric"],
            share=raw["share"],
            minutes=raw["minutes"],
            aim=raw["aim"],
        )
    return Phases(by_phase=specs, sets=data["sets"])


def pair(values: list[int]) -> tuple[int, int]:
    """Read a (least, most) pair."""
    low, high = values
    return int(low), int(high)
