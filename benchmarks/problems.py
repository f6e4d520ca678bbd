"""What is measured: the runners of the acceptance kit where it lies beside the checkout, and runners of our own.

Own runners are drawn from six kinds of life with one seed, so every run of the benchmarks sees the same ones.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
from dataclasses import dataclass, replace
from pathlib import Path

from midstance.domain.dates import DAYS, WEEK, monday
from midstance.domain.run import CalendarRun, RunType
from midstance.domain.runner import Level, PatternRun, Race, Runner
from midstance.formats.runner_toml import render_runner
from midstance.planning.make import Brief
from midstance.services.inputs import read_calendars, read_runner

ROOT = Path(__file__).resolve().parents[1]
KIT = ROOT.parent / "shared" / "acceptance" / "runners"
TITLES = ROOT.parent / "shared" / "acceptance" / "titles.csv"
START = dt.date(2026, 11, 30)
SEED = 20_261_130

EVENING, LUNCH, MORNING, DAY = (1050, 1230), (720, 780), (330, 480), (360, 1260)
EASY, STEADY, LONG = RunType.EASY, RunType.STEADY, RunType.LONG
TEMPO, INTERVALS, HILLS = RunType.TEMPO, RunType.INTERVALS, RunType.HILLS
OWN_TITLES = (
    "8 km easy", "Rest or cross-train", "6 x 800 m at 5 km pace, 2 min jog", "Long run 24 km, last 6 at marathon pace",
    "45 min steady", "Tempo 20 min", "3 miles + strides", "10 x 1 min hard, 1 min easy", "Half-marathon race",
    "Easy 40 min, then 6 x 100 m strides", "Hill repeats 8 x 60 s", "Fartlek 50 min", "Recovery run 30 min",
    "2 km warm-up, 4 x 1 mile @ 10 km pace, 2 km cool-down", "Yoga", "15 km progression", "Off", "parkrun",
    "90 min over hills", "Warm up, 5 x 5 min at threshold with 90 s jog, cool down",
)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One runner with calendar and dates: what ``make_plan`` needs, files already read."""

    name: str
    brief: Brief


@dataclass(frozen=True, kw_only=True)
class Life:
    """A kind of runner: levels, weekly runs as (weekday, minutes, type), free windows, race distance [km]."""

    name: str
    running: Level
    strength: Level
    week: tuple[tuple[int, int, RunType], ...]
    windows: tuple[tuple[int, int], ...]
    race_km: float | None
    goal: str


LIVES = (
    Life(name="first 5 km", running=Level.BEGINNER, strength=Level.BEGINNER, race_km=5.0, goal="5k",
         week=((1, 25, EASY), (3, 30, EASY), (6, 40, EASY)), windows=(DAY,)),
    Life(name="10 km", running=Level.INTERMEDIATE, strength=Level.INTERMEDIATE, race_km=10.0, goal="10k",
         week=((1, 50, INTERVALS), (3, 45, EASY), (5, 40, EASY), (6, 80, LONG)), windows=(EVENING,)),
    Life(name="marathon", running=Level.ADVANCED, strength=Level.ADVANCED, race_km=42.195, goal="marathon",
         week=((0, 45, EASY), (1, 70, TEMPO), (2, 60, EASY), (3, 75, INTERVALS), (5, 60, EASY), (6, 130, LONG)),
         windows=(MORNING, EVENING)),
    Life(name="busy parent", running=Level.INTERMEDIATE, strength=Level.BEGINNER, race_km=21.0975,
         goal="half-marathon", week=((2, 45, TEMPO), (5, 40, EASY), (6, 75, LONG)), windows=(LUNCH,)),
    Life(name="shift worker", running=Level.INTERMEDIATE, strength=Level.INTERMEDIATE, race_km=21.0975,
         goal="half-marathon", week=((0, 50, EASY), (2, 55, HILLS), (4, 45, EASY), (6, 95, LONG)),
         windows=(LUNCH, EVENING)),
    Life(name="off-season", running=Level.INTERMEDIATE, strength=Level.ADVANCED, race_km=None, goal="general",
         week=((1, 45, EASY), (3, 50, STEADY), (6, 70, LONG)), windows=(DAY,)),
)
HOUSES: tuple[tuple[tuple[str, ...], tuple[float, ...]], ...] = (
    ((), ()), (("step",), ()), (("dumbbell", "step"), (8.0, 8.0, 16.0, 16.0)), (("kettlebell",), (12.0, 16.0, 24.0)),
)


def last_date(first: dt.date, weeks: int) -> dt.date:
    """Give the Sunday that ends so many calendar weeks."""
    return monday(first) + weeks * WEEK - dt.timedelta(days=1)


def kit_cases(weeks: int, folder: Path = KIT) -> list[Case]:
    """Read the runners of the acceptance kit; none where it is not there."""
    if not (folder / "INDEX.csv").is_file():
        return []
    out = []
    with (folder / "INDEX.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            runner = read_runner(folder / row["runner"])
            first = dt.date.fromisoformat(row["start"])
            last = last_date(first, weeks)
            files = [folder / row["calendar"]] if row["calendar"] else []
            runs = read_calendars(files, runner=runner, first=first, last=last).runs
            name = row["runner"].removesuffix(".toml")
            out.append(Case(name=name, brief=Brief(runner=runner, first=first, last=last, calendar=runs)))
    return out


def own_cases(count: int, weeks: int, seed: int = SEED) -> list[Case]:
    """Draw runners of our own, the six lives in turn; every other one has a running calendar."""
    draw = random.Random(seed)
    return [own_case(draw, LIVES[k % len(LIVES)], weeks, number=k) for k in range(count)]


def own_case(draw: random.Random, life: Life, weeks: int, number: int) -> Case:
    """Draw one runner of a life."""
    shift = draw.randrange(7)
    week = tuple(sorted(((day + shift) % 7, 5 * round(minutes * draw.uniform(0.85, 1.2) / 5), kind)
                        for day, minutes, kind in life.week))
    hour = draw.choice((375, 390, 420, 1080))
    equipment, weights = draw.choice(HOUSES)
    busy = draw.sample(range(7), 2)
    races: tuple[Race, ...] = ()
    if life.race_km:
        day = START + (weeks - 1) * WEEK - dt.timedelta(days=1)
        races = (Race(date=day, distance_km=life.race_km, start_minute=600, name="The race"),)
        if draw.random() < 0.5:
            early = START + (weeks // 2) * WEEK - dt.timedelta(days=1)
            races = (Race(date=early, distance_km=life.race_km / 2, priority="B", start_minute=600), *races)
    runner = Runner(
        name=f"Runner {number}", timezone=draw.choice(("Europe/Lisbon", "America/New_York", "Australia/Sydney")),
        running_level=life.running, strength_level=life.strength, goal=life.goal,
        equipment=equipment, weights_kg=weights, easy_pace_s_per_km=draw.choice((330, 375, 420)),
        run_start_minute=hour, session_minutes=draw.choice((20, 30, 30, 40)),
        strength_days=tuple(sorted(draw.sample(range(7), 2))) if draw.random() < 0.3 else (),
        hard_days_hard=draw.random() < 0.2, birth_year=draw.choice((1990, 1980, 1966)),
        availability={day: () if day in busy and draw.random() < 0.5 else life.windows for day in range(7)},
        races=races,
        running=tuple(PatternRun(day=d, start_minute=None, minutes=m, type=t) for d, m, t in week),
    )
    brief = Brief(runner=runner, first=START, last=last_date(START, weeks))
    if number % 2:
        brief = replace(brief, calendar=growing_calendar(draw, week, weeks))
    return Case(name=f"{life.name} {number}", brief=brief)


def growing_calendar(
    draw: random.Random, week: tuple[tuple[int, int, RunType], ...], weeks: int
) -> tuple[CalendarRun, ...]:
    """Write the weekly runs out as a calendar whose long runs grow, with a lighter week in four."""
    out = []
    for k in range(weeks):
        factor = (0.8 if k % 4 == 3 else 1.0) * (0.9 + 0.25 * min(k, 12) / 12)
        for day, minutes, kind in week:
            length = max(15, round(minutes * factor * draw.uniform(0.95, 1.05)))
            date = START + k * WEEK + dt.timedelta(days=day)
            out.append(CalendarRun(date=date, minutes=float(length), type=kind, source="calendar.csv"))
    return tuple(out)


def write_files(case: Case, folder: Path) -> tuple[Path, Path]:
    """Write a case as files for the command line: (runner's file, CSV calendar)."""
    toml, table = folder / "runner.toml", folder / "calendar.csv"
    toml.write_text(render_runner(case.brief.runner), encoding="utf-8")
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["date", "start", "type", "minutes", "distance_km", "title"])
        for run in case.brief.calendar:
            title = f"{DAYS[run.date.weekday()]} run"
            rows.writerow([run.date, "", run.type.value, round(run.minutes or 0), "", title])
    return toml, table


def titles() -> tuple[str, ...]:
    """Give workout titles: those of the acceptance kit where it is there, else our own."""
    if not TITLES.is_file():
        return OWN_TITLES
    with TITLES.open(encoding="utf-8", newline="") as table:
        return tuple(row["title"] for row in csv.DictReader(table))
