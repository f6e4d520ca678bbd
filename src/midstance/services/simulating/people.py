"""Made-up runners: levels, running weeks, houses, windows, and how they keep to a plan (all midstance defaults)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.domain.dates import WEEK, monday
from midstance.domain.run import CalendarRun, RunType
from midstance.domain.runner import Level, PatternRun, Race, Runner, Thresholds
from midstance.planning.phases import default_end

if TYPE_CHECKING:
    from random import Random

DAY = dt.timedelta(days=1)
EASY, LONG, STEADY, TEMPO, INTERVALS, HILLS = (
    RunType.EASY, RunType.LONG, RunType.STEADY, RunType.TEMPO, RunType.INTERVALS, RunType.HILLS)
WHOLE, EARLY, NOON, LATE = (360, 1260), (330, 480), (705, 810), (1050, 1290)
HIGHEST_BPM = 190
RACE_START = 600
CALENDAR_WEEKS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """A sort of runner: levels, weekly runs as (weekday, minutes, type), free windows, race distance [km] or None."""

    running: Level
    strength: Level
    week: tuple[tuple[int, int, RunType], ...]
    windows: tuple[tuple[int, int], ...]
    race_km: float | None
    goal: str


SORTS = (
    Sort(running=Level.BEGINNER, strength=Level.BEGINNER, race_km=5.0, goal="5k", windows=(WHOLE,),
         week=((1, 25, EASY), (3, 30, EASY), (6, 40, EASY))),
    Sort(running=Level.INTERMEDIATE, strength=Level.INTERMEDIATE, race_km=10.0, goal="10k", windows=(LATE,),
         week=((1, 50, INTERVALS), (3, 45, EASY), (5, 40, EASY), (6, 80, LONG))),
    Sort(running=Level.ADVANCED, strength=Level.ADVANCED, race_km=42.195, goal="marathon", windows=(EARLY, LATE),
         week=((0, 45, EASY), (1, 70, TEMPO), (2, 60, EASY), (3, 75, INTERVALS), (5, 60, EASY), (6, 130, LONG))),
    Sort(running=Level.INTERMEDIATE, strength=Level.BEGINNER, race_km=21.0975, goal="half-marathon", windows=(NOON,),
         week=((2, 45, TEMPO), (5, 40, EASY), (6, 75, LONG))),
    Sort(running=Level.INTERMEDIATE, strength=Level.INTERMEDIATE, race_km=21.0975, goal="half-marathon",
         windows=(NOON, LATE), week=((0, 50, EASY), (2, 55, HILLS), (4, 45, EASY), (6, 95, LONG))),
    Sort(running=Level.INTERMEDIATE, strength=Level.ADVANCED, race_km=None, goal="general", windows=(WHOLE,),
         week=((1, 45, EASY), (3, 50, STEADY), (6, 70, LONG))),
    Sort(running=Level.ADVANCED, strength=Level.INTERMEDIATE, race_km=60.0, goal="ultra", windows=(WHOLE,),
         week=((0, 40, EASY), (2, 70, HILLS), (3, 50, EASY), (5, 150, LONG), (6, 90, EASY))),
)
HOUSES: tuple[tuple[tuple[str, ...], tuple[float, ...], float | None, tuple[float, ...]], ...] = (
    ((), (), None, ()),
    (("step",), (), None, ()),
    (("dumbbell", "step"), (4.0, 4.0, 8.0, 8.0, 12.0, 12.0, 16.0, 16.0), None, ()),
    (("kettlebell", "band"), (8.0, 12.0, 16.0, 20.0, 24.0), None, ()),
    (("barbell", "bench", "box", "dumbbell", "step"), (10.0, 10.0, 14.0, 14.0, 20.0, 20.0), 20.0,
     (1.25, 1.25, 2.5, 2.5, 5.0, 5.0, 10.0, 10.0, 20.0, 20.0)),
    (("backpack",), (), None, ()),
)
"""Equipment, pieces [kg], bar [kg], plates [kg]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How somebody keeps to a plan; shares 0 to 1.

    Attributes:
        keeps: Share of the sessions that are done.
        runs: Share of the runs that are run.
        checks: Share of the mornings with an answer.
        accepts: Share of the proposed changes that are taken.
        sets: Whether single sets are logged, else the session alone.
        watch: What a recording holds: ``heart``, ``pace``, or ``told`` for no more than its length and an exertion.
        able: Repetitions that somebody manages above the middle of the asked range, on average.
    """

    keeps: float
    runs: float
    checks: float
    accepts: float
    sets: bool
    watch: str
    able: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A made-up runner with habits; ``sort`` is what further races and calendars are drawn from."""

    runner: Runner
    habit: Habit
    sort: Sort
    has_calendar: bool


def person_of(random: Random, *, number: int, first: dt.date) -> Person:
    """Draw a runner.

    Args:
        random: Where chance comes from.
        number: The runner's number, which decides its sort.
        first: First date of the simulation.
    """
    sort = SORTS[number % len(SORTS)]
    equipment, weights, bar, plates = random.choice(HOUSES)
    full = random.sample(range(7), 2)
    starts = random.choice((375, 390, 420, 1080))
    runner = Runner(
        name=f"Runner {number}", timezone=random.choice(("Europe/Lisbon", "America/New_York", "Australia/Sydney")),
        running_level=sort.running, strength_level=sort.strength, goal=sort.goal, equipment=equipment,
        weights_kg=weights, bar_kg=bar, plates_kg=plates, easy_pace_s_per_km=random.choice((330, 375, 420, None)),
        run_start_minute=starts, session_minutes=random.choice((15, 20, 30, 30, 40)),
        sessions_a_week=random.choice((None, None, None, (1, 2), (2, 3), (2, 5))),
        strength_days=tuple(sorted(random.sample(range(7), 2))) if random.random() < 0.3 else (),
        primers=random.choice(("auto", "auto", "off", "before", "inside")), hard_days_hard=random.random() < 0.25,
        birth_year=random.choice((None, 1990, 1980, 1966)), body_mass_kg=random.choice((None, 58.0, 75.0)),
        strength_since=first - random.randrange(120) * DAY if random.random() < 0.4 else None,
        availability={day: () if day in full and random.random() < 0.5 else sort.windows for day in range(7)},
        races=races_of(random, sort, first), running=pattern_of(random, sort, starts),
        thresholds=Thresholds(hr_max=HIGHEST_BPM) if random.random() < 0.5 else Thresholds(),
    )
    return Person(runner=runner, habit=habit_of(random), sort=sort, has_calendar=number % 3 == 2)


def habit_of(random: Random) -> Habit:
    """Draw how somebody keeps to a plan."""
    return Habit(
        keeps=random.uniform(0.4, 0.95), runs=random.uniform(0.85, 0.99), checks=random.choice((0.0, 0.5, 0.9, 1.0)),
        accepts=random.choice((0.0, 0.8, 1.0, 1.0, 1.0)), sets=random.random() < 0.7,
        watch=random.choice(("heart", "heart", "pace", "told")), able=random.uniform(-1.0, 2.5))


def pattern_of(random: Random, sort: Sort, starts: int) -> tuple[PatternRun, ...]:
    """Draw the weekly runs: the sort's, on other weekdays and somewhat longer or shorter."""
    shift = random.randrange(7)
    week = sorted(((day + shift) % 7, 5 * round(minutes * random.uniform(0.85, 1.2) / 5), kind)
                  for day, minutes, kind in sort.week)
    return tuple(PatternRun(day=day, start_minute=starts if random.random() < 0.5 else None, minutes=minutes, type=kind)
                 for day, minutes, kind in week)


def races_of(random: Random, sort: Sort, first: dt.date) -> tuple[Race, ...]:
    """Draw an A race some months ahead, sometimes with a B race on the way; none for a sort without races."""
    if sort.race_km is None:
        return ()
    day = monday(first) + random.randint(5, 16) * WEEK + 6 * DAY
    races = [Race(date=day, distance_km=sort.race_km, start_minute=RACE_START, name="The race")]
    if day > first + 8 * WEEK and random.random() < 0.4:
        before = day - random.randint(3, 6) * WEEK
        races.append(Race(date=before, distance_km=sort.race_km / 2, priority="B", start_minute=RACE_START))
    return tuple(sorted(races, key=lambda race: race.date))


def end_of(random: Random, races: tuple[Race, ...], first: dt.date) -> dt.date:
    """Give the end of a plan: behind the race, else some weeks on, as ``--weeks`` would say."""
    if any(race.priority == "A" and race.date >= first for race in races):
        return default_end(first, races)
    return monday(first) + random.choice((6, 8, 12, 16)) * WEEK - DAY


def calendar_of(random: Random, person: Person, first: dt.date, last: dt.date) -> tuple[CalendarRun, ...]:
    """Write the weekly runs out as a calendar whose runs grow, with a lighter week in four; empty for who has none."""
    if not person.has_calendar:
        return ()
    out = []
    week = monday(first)
    for k in range((last - week).days // 7 + 1):
        factor = (0.8 if k % 4 == 3 else 1.0) * (0.9 + 0.25 * min(k, CALENDAR_WEEKS) / CALENDAR_WEEKS)
        for run in person.runner.running:
            date = week + k * WEEK + run.day * DAY
            length = max(15, round(run.minutes * factor * random.uniform(0.95, 1.05)))
            if first <= date <= last:
                out.append(CalendarRun(date=date, start_minute=run.start_minute, minutes=float(length), type=run.type,
                                       source="calendar.csv"))
    return tuple(out)
