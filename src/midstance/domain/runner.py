"""The runner: what a runner.toml says, checked and in one shape (formats.md section 1)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from midstance.domain.run import RunType


class Level(StrEnum):
    """Running and strength level are separate (M1)."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


GOALS = ("5k", "10k", "half-marathon", "marathon", "ultra", "general")
EQUIPMENT = (
    "dumbbell", "kettlebell", "barbell", "bench", "step", "box", "band", "pull-up-bar", "backpack",
)
WEIGHTS = frozenset({"dumbbell", "kettlebell", "barbell", "backpack"})
AREAS = (
    "foot", "toe", "plantar", "ankle", "achilles", "calf", "shin", "knee", "hamstring", "quad", "groin", "hip",
    "glute", "back", "shoulder", "other",
)
PRIMERS = ("off", "before", "inside", "auto")
DEFAULT_WINDOW = (6 * 60, 21 * 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """A race of the runner's file; ``start_minute`` in minutes since midnight."""

    date: dt.date
    distance_km: float
    priority: str = "A"
    start_minute: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternRun:
    """One run of the weekly pattern: ``day`` 0-6 from Monday, ``start_minute`` since midnight."""

    day: int
    start_minute: int | None
    minutes: int
    type: RunType


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """A span of dates without sessions, both ends included."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Injury:
    """A past or present injury; ``until`` None means still there."""

    area: str
    side: str = "both"
    since: dt.date
    until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """What is already lifted, for starting weights [kg]."""

    exercise: str
    weight_kg: float
    reps: int
    rir: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Heart rates [bpm] and threshold pace [s/km], each optional."""

    hr_max: int | None = None
    hr_rest: int | None = None
    hr_threshold: int | None = None
    pace_threshold_s_per_km: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """The person trained.

    Attributes:
        name: As the runner writes it.
        timezone: IANA name.
        units: ``metric`` or ``imperial``, for display only.
        running_level: Running level.
        strength_level: Strength level.
        strength_since: When regular strength work began, or None.
        goal: One of ``GOALS``.
        equipment: Owned pieces, sorted; empty for none.
        weights_kg: Each piece in the house [kg], ascending; the same weight twice is a pair.
        bar_kg: Barbell [kg], or None.
        plates_kg: Each plate [kg], ascending.
        body_mass_kg: Body mass [kg], or None.
        easy_pace_s_per_km: Easy pace [s/km], or None when to be taken from history.
        run_start_minute: Start of runs whose calendar names no time, minutes since midnight [min].
        recent_week_km: Usual week [km], or None.
        recent_longest_km: Longest run of the last 30 days [km], or None.
        session_minutes: Longest session wanted [min].
        sessions_a_week: Least and most sessions a week, or None for the level's default.
        strength_days: Preferred weekdays, 0-6 from Monday.
        primers: One of ``PRIMERS``.
        hard_days_hard: Whether a heavy session may follow a hard run on the same date.
        indoor_months: Months (1-12) for more indoor strength.
        likes: Exercise ids, regions or equipment; ``dislikes`` the same.
        availability: Free windows by weekday 0-6, each (from, to) in minutes since midnight, merged and ascending.
        assessment: Results by test id: a number, or a mapping of ``left`` and ``right``.
        assessed_on: Dates of those results that the diary knows.
    """

    name: str
    timezone: str
    running_level: Level
    strength_level: Level
    goal: str
    units: str = "metric"
    birth_year: int | None = None
    sex: str | None = None
    strength_since: dt.date | None = None
    equipment: tuple[str, ...] = ()
    weights_kg: tuple[float, ...] = ()
    bar_kg: float | None = None
    plates_kg: tuple[float, ...] = ()
    body_mass_kg: float | None = None
    easy_pace_s_per_km: int | None = None
    run_start_minute: int = 6 * 60 + 30
    recent_week_km: float | None = None
    recent_longest_km: float | None = None
    session_minutes: int = 30
    sessions_a_week: tuple[int, int] | None = None
    strength_days: tuple[int, ...] = ()
    primers: str = "auto"
    hard_days_hard: bool = False
    indoor_months: tuple[int, ...] = ()
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    availability: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    blocked: tuple[Blocked, ...] = ()
    races: tuple[Race, ...] = ()
    running: tuple[PatternRun, ...] = ()
    injuries: tuple[Injury, ...] = ()
    lifts: tuple[Lift, ...] = ()
    thresholds: Thresholds = Thresholds()
    assessment: dict[str, float | dict[str, float]] = field(default_factory=dict)
    assessed_on: dict[str, dt.date] = field(default_factory=dict)

    @property
    def can_load(self) -> bool:
        """Whether there is external weight in the house (a band is none)."""
        return bool(WEIGHTS & set(self.equipment)) or bool(self.weights_kg)

    def windows(self, date: dt.date) -> tuple[tuple[int, int], ...]:
        """Give the free windows of a date, (from, to) in minutes since midnight; blocked dates have none."""
        if any(span.first <= date <= span.last for span in self.blocked):
            return ()
        return self.availability.get(date.weekday(), (DEFAULT_WINDOW,))

    def blocked_on(self, date: dt.date) -> bool:
        """Tell whether the runner wants nothing on this date."""
        return any(span.first <= date <= span.last for span in self.blocked)
