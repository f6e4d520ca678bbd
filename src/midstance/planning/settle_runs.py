"""Settle the runs of a plan: the calendar first, the weekly pattern where it is silent, races on their days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midstance.domain.dates import DAYS, dates_between
from midstance.domain.run import HARD_PART, RUN_RPE, CalendarRun, PlannedRun, RunType, counts_as_hard
from midstance.domain.units import pace_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.history import History
    from midstance.domain.runner import PatternRun, Race, Runner

DEFAULT_PACE = 390
WORK_PACE = 0.88
SECOND_RUN_MINUTE = 17 * 60 + 30
BETWEEN_RUNS = 120
USUAL_MINUTES = {
    RunType.RECOVERY: 30, RunType.EASY: 45, RunType.LONG: 90, RunType.STEADY: 50, RunType.TEMPO: 50,
    RunType.INTERVALS: 50, RunType.FARTLEK: 45, RunType.HILLS: 45, RunType.RACE: 60,
}
AROUND_WORK = 25
JOGGED_BETWEEN = 0.5
SAME_DISTANCE = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledRuns:
    """The runs of a plan by start, with notes on what was assumed."""

    runs: tuple[PlannedRun, ...]
    notes: tuple[str, ...]
    easy_pace_s_per_km: int


def easy_pace(runner: Runner, history: History) -> tuple[int, str]:
    """Choose the easy pace [s/km]: the runner's, the recorded one, else 6:30, and say which."""
    if runner.easy_pace_s_per_km:
        return runner.easy_pace_s_per_km, ""
    if history.easy_pace_s_per_km:
        return history.easy_pace_s_per_km, (
            f"Easy pace {pace_text(history.easy_pace_s_per_km)} per km is taken from recorded runs."
        )
    return DEFAULT_PACE, "Easy pace is not known: 6:30 per km is assumed (midstance default)."


def race_seconds_per_km(km: float, pace: int) -> float:
    """Estimate race pace from easy pace [s/km]. Source: midstance default."""
    return pace * (0.8 if km <= 10.5 else 0.84 if km <= 21.6 else 0.88 if km <= 43 else 1.1)


def work_minutes(run: CalendarRun, pace: int) -> float:
    """Give the minutes of work that a calendar tells in time or distance [min], 0 where it tells none."""
    return (run.hard_minutes or 0.0) + (run.hard_km or 0.0) * pace * WORK_PACE / 60


def says_no_length(run: CalendarRun) -> bool:
    """Tell whether a calendar names neither minutes nor distance of a run."""
    return run.minutes is None and not run.distance_km


def usual_minutes(run: CalendarRun, pace: int) -> int:
    """Give the length of a run that names none [min]: usual for its type, and long enough for its work.

    Around the work lie a warm-up and a cool-down, between its parts some jogging. Source: midstance default.
    """
    work = work_minutes(run, pace)
    return max(USUAL_MINUTES[run.type], round(AROUND_WORK + (1 + JOGGED_BETWEEN) * work))


def estimate_minutes(run: CalendarRun, pace: int) -> int:
    """Give a run's length [min]: stated, else from its distance, work somewhat faster than easy, else the usual."""
    if run.minutes is not None:
        return max(1, round(run.minutes))
    if says_no_length(run):
        return usual_minutes(run, pace)
    km = run.distance_km or 0.0
    if run.type is RunType.RACE:
        return max(1, round(km * race_seconds_per_km(km, pace) / 60))
    work = min(run.hard_km or 0.0, km)
    return max(1, round(((km - work) + work * WORK_PACE) * pace / 60))


def estimate_hard_minutes(run: CalendarRun, minutes: int, pace: int) -> int:
    """Give the minutes above easy [min]: as stated in time or distance, else by type (method 7.1)."""
    if run.type is RunType.RACE:
        part = run.hard_km / run.distance_km if run.distance_km and run.hard_km else 1.0
        return max(1, round(min(1.0, part) * minutes))
    told = work_minutes(run, pace)
    if told:
        return min(minutes, max(1, round(told)))
    return round(HARD_PART.get(run.type, 0.0) * minutes)


def estimate_km(run: CalendarRun, minutes: int, pace: int) -> float:
    """Give a run's distance [km]: stated, else from its minutes at easy pace, a race at race pace."""
    if run.distance_km:
        return run.distance_km
    easy = 60 * minutes / pace
    return round(60 * minutes / race_seconds_per_km(easy, pace) if run.type is RunType.RACE else easy, 1)


def plan_run(run: CalendarRun, *, start_minute: int, pace: int) -> PlannedRun:
    """Turn a calendar's run into a run of the plan."""
    minutes = estimate_minutes(run, pace)
    hard_minutes = estimate_hard_minutes(run, minutes, pace)
    hard = counts_as_hard(run.type, minutes, pace_work=run.marathon_pace_or_faster)
    start = dt.datetime.combine(run.date, dt.time()) + dt.timedelta(minutes=start_minute)
    return PlannedRun(
        id=f"run-{start:%Y-%m-%d-%H%M}",
        start=start,
        minutes=minutes,
        distance_km=round(estimate_km(run, minutes, pace), 2),
        type=run.type,
        hard=hard,
        hard_minutes=hard_minutes if hard else 0,
        load_au=round(minutes * RUN_RPE[run.type]),
        title=run.title,
        source=run.source,
    )


def from_pattern(pattern: Sequence[PatternRun], date: dt.date, source: str) -> list[CalendarRun]:
    """Give the pattern's runs of a date."""
    return [
        CalendarRun(date=date, start_minute=p.start_minute, minutes=p.minutes, type=p.type, source=source)
        for p in pattern
        if p.day == date.weekday()
    ]


def from_race(race: Race) -> CalendarRun:
    """Turn a race of the runner's file into a run."""
    return CalendarRun(
        date=race.date,
        start_minute=race.start_minute,
        distance_km=race.distance_km,
        type=RunType.RACE,
        title=race.name,
        source="races",
    )


def runs_of_date(
    date: dt.date,
    listed: list[CalendarRun],
    usual: list[CalendarRun],
    race: Race | None,
) -> list[CalendarRun]:
    """Choose the runs of one date: its race, the calendar's runs, else the usual ones."""
    if race is None:
        return listed or usual
    for k, run in enumerate(listed):
        near = abs((run.distance_km or 0.0) - race.distance_km) <= SAME_DISTANCE * race.distance_km
        if run.type is RunType.RACE or near:
            start = run.start_minute if run.start_minute is not None else race.start_minute
            km = run.distance_km if run.type is RunType.RACE and run.distance_km else race.distance_km
            listed[k] = replace(run, type=RunType.RACE, start_minute=start, distance_km=km)
            return listed
    return [from_race(race), *listed]


def open_minute(run_start: int, minutes: int, others: Sequence[PlannedRun]) -> int:
    """Give the start of a run without an hour: the runner's usual one, else late in the day, apart from the others."""
    busy = [(r.start.hour * 60 + r.start.minute, r.start.hour * 60 + r.start.minute + r.minutes) for r in others]
    if all(run_start + minutes + BETWEEN_RUNS <= begin or end + BETWEEN_RUNS <= run_start for begin, end in busy):
        return run_start
    return max(SECOND_RUN_MINUTE, max(end for _, end in busy) + BETWEEN_RUNS)


def spread(runs: list[CalendarRun], run_start: int, pace: int) -> list[PlannedRun]:
    """Give each run of a date a start, so that none overlaps another."""
    out: list[PlannedRun] = []
    for run in sorted(runs, key=lambda r: (r.start_minute is None, r.start_minute or 0)):
        minute = run.start_minute
        if minute is None:
            minute = open_minute(run_start, estimate_minutes(run, pace), out)
        planned = plan_run(run, start_minute=min(minute, 23 * 60 + 30), pace=pace)
        while any(planned.id == other.id for other in out):
            planned = replace(planned, id=planned.id + "b")
        out.append(planned)
    return sorted(out, key=lambda r: r.start)


def settle_runs(
    runner: Runner,
    calendar: Sequence[CalendarRun],
    history: History,
    *,
    first: dt.date,
    last: dt.date,
) -> SettledRuns:
    """Settle which runs stand on which date of a plan.

    A calendar covers the dates from its first to its last entry; elsewhere the weekly pattern holds, and without a
    calendar or pattern the likely week of recorded runs. Races of the runner's file become runs of type race.

    Args:
        runner: The runner.
        calendar: Runs of all calendar files.
        history: Facts from recorded runs.
        first: First date of the plan.
        last: Its last date.
    Returns: Runs by start, and what was assumed.
    """
    pace, pace_note = easy_pace(runner, history)
    pattern, source = (runner.running, "pattern") if runner.running or calendar else (history.likely_week, "history")
    covered = (min(r.date for r in calendar), max(r.date for r in calendar)) if calendar else None
    listed: dict[dt.date, list[CalendarRun]] = {}
    for run in calendar:
        listed.setdefault(run.date, []).append(run)
    races = {race.date: race for race in sorted(runner.races, key=lambda r: r.priority, reverse=True)}
    out: list[PlannedRun] = []
    for date in dates_between(first, last):
        outside = covered is None or not covered[0] <= date <= covered[1]
        usual = from_pattern(pattern, date, source) if outside else []
        runs = runs_of_date(date, list(listed.get(date, ())), usual, races.get(date))
        out.extend(spread(runs, runner.run_start_minute, pace))
    notes = [pace_note] if pace_note else []
    silent = sum(says_no_length(run) and first <= run.date <= last for run in calendar)
    if silent:
        notes.append(f"{silent} of the calendar's runs name neither minutes nor distance: usual lengths are assumed.")
    if source == "history" and pattern:
        days = ", ".join(sorted({DAYS[p.day] for p in pattern}, key=DAYS.index))
        notes.append(
            f"No calendar and no weekly pattern were given: the running week ({days}) is inferred from recorded runs."
        )
    elif not pattern and not calendar:
        notes.append("No runs are known: the plan is made around races alone.")
    return SettledRuns(runs=tuple(out), notes=tuple(notes), easy_pace_s_per_km=pace)
