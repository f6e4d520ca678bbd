"""The plan document as values (formats.md section 4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from midstance.domain.run import PlannedRun
from midstance.domain.session import Session

FORMAT = "midstance-plan/1"


class Phase(StrEnum):
    """Phases of a training cycle (method 7.3)."""

    OFF_SEASON = "off-season"
    BASE = "base"
    BUILD = "build"
    PEAK = "peak"
    TAPER = "taper"
    RACE_WEEK = "race-week"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """What a week aims at: (least, most) sessions, and weekly sets by region.

    ``leg_sessions``, ``upper`` and ``plyometric`` are wanted numbers of sessions; ``sets`` counts working sets,
    a per-side set once.
    """

    sessions: tuple[int, int]
    strength_type: tuple[int, int]
    heavy: tuple[int, int]
    mobility: tuple[int, int]
    leg_sessions: int
    upper: int
    plyometric: int
    sets: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One date with its runs and sessions, each in order of start."""

    date: dt.date
    runs: tuple[PlannedRun, ...]
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One calendar week; the first may begin later than Monday.

    Attributes:
        starts: Its Monday (also where the plan begins later).
        phase: The phase of four or more of its days.
        targets: What the week aims at.
        set_factor: Share of the strength sets that mileage, life and sleep leave, 0.5 to 1.
        factor_why: Why sets are cut, or empty.
        days: Every date, Monday first.
    """

    starts: dt.date
    phase: Phase
    targets: Targets
    set_factor: float = 1.0
    factor_why: str = ""
    days: tuple[Day, ...]

    @property
    def runs(self) -> tuple[PlannedRun, ...]:
        """All runs of the week, in order."""
        return tuple(r for d in self.days for r in d.runs)

    @property
    def sessions(self) -> tuple[Session, ...]:
        """All sessions of the week, in order, primers included."""
        return tuple(s for d in self.days for s in d.sessions)

    @property
    def hard_share(self) -> float:
        """Hard minutes over all minutes of runs and sessions; 0 for an empty week."""
        minutes = sum(r.minutes for r in self.runs) + sum(s.minutes for s in self.sessions)
        hard = sum(r.hard_minutes for r in self.runs) + sum(s.hard_minutes for s in self.sessions)
        return hard / minutes if minutes else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A breach: ``on`` the plan (its own doing) or the calendar (the runs themselves)."""

    rule: str
    tier: str
    on: str
    date: dt.date
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxed:
    """A minimum that gave way, with the rules that stood in the way and what would help."""

    rule: str
    what: str
    week: dt.date
    wanted: int
    planned: int
    because: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """An entry of a calendar that could not be read as a run."""

    source: str
    date: dt.date | None
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retest:
    """A date on which to do self-tests again.

    Attributes:
        date: The date; no appointment, and no session moves for it.
        tests: Ids of the tests.
        says: Why then, one sentence.
    """

    date: dt.date
    tests: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimality:
    """Certificate: cost (dose, taste) and its proven lower bound; ``seconds`` from parsed input to sessions."""

    status: str
    cost: tuple[int, ...]
    bound: tuple[int, ...]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A whole plan.

    Attributes:
        id: Derived from the content, the same for the same inputs and version.
        previous: Id of the plan it replaces, or None.
        version: Version of midstance that made it.
        runner: The runner's name.
        starts: First date; ``ends`` the last, a Sunday.
        inputs: What planning used, as plain JSON values: runner, history, published.
        retests: When to do self-tests again, by date; empty without results.
        notes: Plain sentences about assumptions, for screens; not part of the document's contract.
    """

    id: str
    previous: str | None
    version: str
    runner: str
    starts: dt.date
    ends: dt.date
    inputs: dict[str, Any]
    optimality: Optimality
    weeks: tuple[Week, ...]
    findings: tuple[Finding, ...] = ()
    relaxed: tuple[Relaxed, ...] = ()
    unread: tuple[Unread, ...] = ()
    retests: tuple[Retest, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def runs(self) -> tuple[PlannedRun, ...]:
        """All runs, in order."""
        return tuple(r for w in self.weeks for r in w.runs)

    @property
    def sessions(self) -> tuple[Session, ...]:
        """All sessions, in order, primers included."""
        return tuple(s for w in self.weeks for s in w.sessions)
