"""The planning problem: facts that stand, choices that may be taken, claims that rules make about them.

Times are whole minutes by the local clock (``dates.minute_of``) beside the same moment in real time
(``*_real``, clock minutes less the zone's offset), so that a gap across a clock change is never too short.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from midstance.domain.evidence import Tier
from midstance.domain.plan import Phase, Targets
from midstance.domain.run import LONG_MINUTES, QUALITY_TYPES, RunType
from midstance.domain.session import HARD_KINDS, LEG_KINDS, STRENGTH_TYPE, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A run that stands: planned, or done before the plan begins.

    Attributes:
        id: As in the plan; empty for one from before.
        day: Ordinal of its date.
        start: Start by the clock [min]; ``end`` likewise.
        start_real: Start in real time [min]; ``end_real`` likewise.
        minutes: Length [min]; ``hard_minutes`` of it above easy.
        hard: Whether it is a hard activity.
        type: Kind of run.
        distance_km: Distance [km], or None.
        load: Session load [AU].
        name: How sentences call it.
    """

    id: str
    day: int
    start: int
    end: int
    start_real: int
    end_real: int
    minutes: int
    hard_minutes: int
    hard: bool
    type: RunType
    distance_km: float | None
    load: int
    name: str

    @property
    def needs_fresh_legs(self) -> bool:
        """Whether legs should be fresh for it: quality, or longer than 90 min (``fresh-legs``)."""
        return self.type in QUALITY_TYPES or (self.minutes > LONG_MINUTES and self.type is not RunType.RACE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RaceFact:
    """A race with its hours; ``listed`` when the runner's file names it, ``ahead`` when it is not over at the start."""

    day: int
    start: int
    end: int
    start_real: int
    end_real: int
    distance_km: float
    priority: str
    listed: bool
    name: str


class Fate(StrEnum):
    """What has become of a choice: open to the search, done, or planned once and dropped."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One yes/no decision: a session of a kind on a date at a start.

    Attributes:
        index: Position in ``Problem.choices``.
        week: Index of its week.
        day: Ordinal of its date.
        start: Start by the clock [min]; ``end`` likewise, ``*_real`` in real time.
        minutes: Reserved length [min]; ``hard_minutes`` the bound of minutes under working sets.
        kind: Kind of session.
        load: Session load [AU].
        misfit: Why it does not fit its date (outside the windows, overlap), or empty.
        odd_hour: On a date for which the runner named no windows, so that the hour matters.
        cut: A shorter version, offered where the easy share is tight.
        fate: Open to the search; or a fact: a session that was done, or one that was missed.
    """

    index: int
    week: int
    day: int
    start: int
    end: int
    start_real: int
    end_real: int
    minutes: int
    hard_minutes: int
    kind: Kind
    load: int
    misfit: str = ""
    odd_hour: bool = False
    cut: bool = False
    fate: Fate = Fate.OPEN

    @property
    def hard(self) -> bool:
        """Whether it is a hard activity."""
        return self.kind in HARD_KINDS

    @property
    def strength_type(self) -> bool:
        """Whether it counts as strength-type (heavy, strength, upper, plyometric)."""
        return self.kind in STRENGTH_TYPE

    @property
    def leg_session(self) -> bool:
        """Whether it counts as a leg session (heavy, strength)."""
        return self.kind in LEG_KINDS

    @property
    def label(self) -> str:
        """How sentences and findings name it, for example ``Thursday 2026-12-03 18:00 heavy``."""
        date = dt.date.fromordinal(self.day)
        clock = f"{self.start // 60 % 24:02}:{self.start % 60:02}"
        return f"{WEEKDAYS[date.weekday()]} {date} {clock} {self.kind.value}"


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFacts:
    """What is known of a week before any session is placed.

    Attributes:
        index: Position, from 0.
        monday: Its Monday.
        days: Ordinals of its dates inside the plan, ascending.
        phase: Its phase; ``phase_week`` counts its weeks from 0, ``cycle`` the phases of the plan from 0.
        targets: Ranges and wanted numbers.
        learning: A strength beginner's first six weeks.
        reduced: A reduced week: fewer sets.
        set_factor: Share of the sets that is left, 0.5 to 1; ``factor_why`` says why.
        run_days: Ordinals of dates with a run.
        run_load: Load of its runs [AU].
    """

    index: int
    monday: int
    days: tuple[int, ...]
    phase: Phase
    phase_week: int
    cycle: int
    targets: Targets
    learning: bool
    reduced: bool
    set_factor: float
    factor_why: str
    run_days: frozenset[int]
    run_load: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Facts and choices of one plan.

    Attributes:
        first: Ordinal of the first date; ``last`` of the last.
        weeks: Each calendar week, the first perhaps cut short.
        runs: Runs of the plan, by start.
        past: Runs of the 28 days before, by start.
        races: Races of the runner's file and of the calendar, by start.
        choices: What may be taken, ordered by date and preference.
        hard_days_hard: Whether a heavy session may follow a hard run on its date.
        fifty_from: Ordinal from which the runner counts as 50 or older, or None.
        running_beginner: Keeps one day a week with nothing at all.
        newcomer_until: Ordinal before which ``strength`` counts as heavy for fresh legs.
        can_load: Whether there is external weight in the house.
        preferred_days: Weekdays 0-6 that the runner prefers.
        published: (day, kind) of sessions of the plan this one replaces.
        longest_before_km: Longest run of the 30 days before the plan [km], or None.
        past_week_load: Load of runs and sessions of the week before the first [AU], or None.
        past_week_km: Kilometres of the weeks before the plan, oldest first.
        lived: Sessions that were done or missed: facts in the shape of choices, their week -1 before the first week.
        open_from: Ordinal before which nothing is placed any more.
        limits: Kinds that alone may be placed on some dates, by ordinal.
    """

    first: int
    last: int
    weeks: tuple[WeekFacts, ...]
    runs: tuple[Activity, ...]
    past: tuple[Activity, ...] = ()
    races: tuple[RaceFact, ...] = ()
    choices: tuple[Choice, ...] = ()
    hard_days_hard: bool = False
    fifty_from: int | None = None
    running_beginner: bool = False
    newcomer_until: int = 0
    can_load: bool = True
    preferred_days: tuple[int, ...] = ()
    published: frozenset[tuple[int, Kind]] = frozenset()
    longest_before_km: float | None = None
    past_week_load: int | None = None
    past_week_km: tuple[float, ...] = ()
    lived: tuple[Choice, ...] = ()
    open_from: int = 0
    limits: dict[int, frozenset[Kind]] = field(default_factory=dict)
    runs_on: dict[int, tuple[Activity, ...]] = field(default_factory=dict)

    def may_hold(self, day: int, kind: Kind) -> bool:
        """Tell whether a session of a kind may still be placed on a date."""
        return day >= self.open_from and (day not in self.limits or kind in self.limits[day])

    def hard_near(self, day: int, reach: int = 2) -> Iterator[Activity]:
        """Yield the hard runs from ``reach`` dates before to ``reach`` dates after a date."""
        for near in range(day - reach, day + reach + 1):
            for run in self.runs_on.get(near, ()):
                if run.hard:
                    yield run


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """``low <= sum(coefficient * chosen) <= high`` in whole numbers, in the rule's unit.

    Attributes:
        rule: Id of the rule that makes it.
        tier: Safety must hold; dose and taste cost ``price`` a unit outside the bounds.
        day: Ordinal of the date it is about (the Monday for a week).
        terms: (coefficient, index of a choice), ascending by index.
        low: Least sum, or None.
        high: Largest sum, or None.
        price: Cost of each unit outside the bounds; 0 under safety.
        what: Key of ``Targets`` it is about, or empty.
        facts: The facts it rests on, in words.
    """

    rule: str
    tier: Tier
    day: int
    terms: tuple[tuple[int, int], ...]
    low: int | None = None
    high: int | None = None
    price: int = 0
    what: str = ""
    facts: str = ""

    def excess(self, total: int) -> int:
        """Give the units by which a sum lies outside the bounds, 0 inside."""
        if self.high is not None and total > self.high:
            return total - self.high
        if self.low is not None and total < self.low:
            return self.low - total
        return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarNote:
    """Something about the running calendar itself that a rule points out."""

    rule: str
    tier: Tier
    day: int
    says: str


def gap_minutes(end: int, end_real: int, start: int, start_real: int) -> int:
    """Minutes from an end to a start, by the clock or in real time, whichever is less [min]."""
    return min(start - end, start_real - end_real)


def between_run_and_choice(run: Activity | RaceFact, choice: Choice) -> tuple[bool, int]:
    """Tell which comes first and the gap between them: (whether the run is first, minutes apart).

    The gap is negative where they overlap.
    """
    if run.start <= choice.start:
        return True, gap_minutes(run.end, run.end_real, choice.start, choice.start_real)
    return False, gap_minutes(choice.end, choice.end_real, run.start, run.start_real)
