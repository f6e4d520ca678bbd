"""History: what recorded runs say about the runner - weeks, paces, the likely running week - in facts with notes.

What each run was is told by ``measured_run``; reading the recordings is the business of ``formats``.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from math import ceil
from statistics import median
from typing import TYPE_CHECKING

from midstance.domain.dates import WEEK, monday
from midstance.domain.history import History
from midstance.domain.run import RunType
from midstance.domain.runner import PatternRun
from midstance.metrics.measured_run import SHORTEST_S, MeasuredRun, counted_runs, measure_run, yardstick_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.run import RunDone
    from midstance.domain.runner import Thresholds

PATTERN_WEEKS = 8
LONGEST_DAYS = 30           # evidence R10: the single run against the longest of the last 30 days
LAST_DAYS = 28
FEWEST_RUNS, FEWEST_WEEKS = 6, 3   # midstance default: less shows no habit
HABIT = 0.5                 # share of weeks that makes a running day
LONG_RATIO = 1.3            # the longest day is a long run when it is so much longer than the others
ROUND_START, ROUND_MINUTES = 15, 5
WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def estimate_history(runs: Sequence[RunDone], *, until: dt.date, thresholds: Thresholds | None = None) -> History:
    """Estimate what recorded runs say about the runner.

    Args:
        runs: Recorded runs in any order, each once; may be empty.
        until: First date that no longer counts: the day on which the plan starts.
        thresholds: Heart rates and paces that the runner knows; None for none.
    Returns: Facts with notes; an empty ``History`` when no run counts, with notes on what was left out.
    Source: evidence R10, R14 (validity: unclear); shares and windows are midstance defaults.
    """
    counted = counted_runs(runs, until)
    if not counted:
        return History(notes=_doubts(runs, (), until))
    yardstick = yardstick_of(counted, until=until, thresholds=thresholds)
    judged = [measure_run(run, yardstick=yardstick) for run in counted]
    shares, weeks_seen = _weekday_shares(judged, until)
    pattern, pattern_notes = _likely_week(judged, until, shares, weeks_seen)
    return History(
        runs=len(judged), first=judged[0].date, last=judged[-1].date,
        easy_pace_s_per_km=yardstick.easy_pace_s_per_km,
        longest_km_30_days=_longest_km(judged, until),
        weeks=_weeks(judged), weekday_share=shares, likely_week=pattern,
        last_days=_last_days(judged, until),
        notes=(*yardstick.notes, *_doubts(runs, judged, until), *pattern_notes),
    )


def _within(judged: Sequence[MeasuredRun], until: dt.date, days: int) -> list[MeasuredRun]:
    return [one for one in judged if (until - one.date).days <= days]


def _doubts(runs: Sequence[RunDone], judged: Sequence[MeasuredRun], until: dt.date) -> tuple[str, ...]:
    short = sum(run.seconds < SHORTEST_S and run.local_start.date() < until for run in runs)
    late = sum(run.local_start.date() >= until for run in runs)
    mute = sum(one.hard_minutes is None for one in judged)
    notes = []
    if short:
        notes.append(f"{_count(short, 'recording')} shorter than 5 minutes left out.")
    if late:
        notes.append(f"{_count(late, 'recording')} from {until.isoformat()} on left out.")
    if mute:
        notes.append(f"Nothing tells how hard {mute} of {_count(len(judged), 'run')} were; they count as easy.")
    return tuple(notes)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _longest_km(judged: Sequence[MeasuredRun], until: dt.date) -> float | None:
    recent = _within(judged, until, LONGEST_DAYS)
    return max((one.run.distance_km for one in recent if one.run.distance_km), default=None)


def _weeks(judged: Sequence[MeasuredRun]) -> tuple[tuple[dt.date, int, float, int], ...]:
    """Add up each calendar week from the first to the last run, weeks without a run as zeros."""
    sums: dict[dt.date, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for one in judged:
        week = sums[monday(one.date)]
        week[0] += one.minutes
        week[1] += one.run.distance_km or 0.0
        week[2] += one.hard_minutes or 0.0
    first, last = monday(judged[0].date), monday(judged[-1].date)
    mondays = [first + k * WEEK for k in range((last - first) // WEEK + 1)]
    return tuple((day, round(sums[day][0]), round(sums[day][1], 1), round(sums[day][2])) for day in mondays)


def _last_days(
    judged: Sequence[MeasuredRun], until: dt.date,
) -> tuple[tuple[dt.datetime, dt.datetime, int, int, bool], ...]:
    return tuple(
        (one.run.local_start, one.run.local_start + dt.timedelta(minutes=one.minutes), one.minutes,
         round(one.hard_minutes or 0), one.hard)
        for one in _within(judged, until, LAST_DAYS)
    )


def _weekday_shares(judged: Sequence[MeasuredRun], until: dt.date) -> tuple[tuple[float, ...], int]:
    """Give the share of the last weeks with a run, by weekday, and how many weeks that were.

    The weeks are spans of seven days back from ``until``; a record that begins later is measured by its own length.
    """
    first_seen = (until - judged[0].date).days
    weeks = min(PATTERN_WEEKS, ceil(first_seen / 7))
    days = {one.date for one in _within(judged, until, 7 * weeks)}
    return tuple(round(sum(day.weekday() == k for day in days) / weeks, 3) for k in range(7)), weeks


def _likely_week(
    judged: Sequence[MeasuredRun], until: dt.date, shares: Sequence[float], weeks: int,
) -> tuple[tuple[PatternRun, ...], tuple[str, ...]]:
    """Infer the running week: days with a habit, and at least as many days as a usual week has."""
    recent = _within(judged, until, 7 * weeks)
    if len(recent) < FEWEST_RUNS or weeks < FEWEST_WEEKS:
        return (), ("Too few recorded weeks to tell a usual running week.",)
    main = _main_runs(recent)
    days = _running_days(shares, _usual_days(main, until, weeks))
    minutes = {day: median(one.minutes for one in main[day]) for day in days}
    longest = _long_day(minutes)
    pattern = tuple(_pattern_run(day, main[day], long=day == longest) for day in days)
    named = ", ".join(f"{WEEKDAYS[day]} ({shares[day]:.0%})" for day in days)
    notes = [f"The likely running week is inferred from {len(recent)} runs of the last {weeks} weeks: {named}."]
    if len(recent) > sum(map(len, main.values())):
        notes.append("On days with two runs the longer one counts for the likely week.")
    return pattern, tuple(notes)


def _main_runs(recent: Sequence[MeasuredRun]) -> dict[int, list[MeasuredRun]]:
    """Give the longest run of each date, by weekday."""
    by_date: dict[dt.date, MeasuredRun] = {}
    for one in recent:
        if one.date not in by_date or one.minutes > by_date[one.date].minutes:
            by_date[one.date] = one
    out: dict[int, list[MeasuredRun]] = defaultdict(list)
    for date, one in by_date.items():
        out[date.weekday()].append(one)
    return out


def _usual_days(main: dict[int, list[MeasuredRun]], until: dt.date, weeks: int) -> int:
    counts = [0] * weeks
    for ones in main.values():
        for one in ones:
            counts[((until - one.date).days - 1) // 7] += 1
    return round(median(counts))


def _running_days(shares: Sequence[float], wanted: int) -> list[int]:
    """Choose the weekdays with a habit, then the next likely ones up to the usual number."""
    ranked = sorted((day for day in range(7) if shares[day] > 0), key=lambda day: (-shares[day], day))
    habits = sum(share >= HABIT for share in shares)
    return sorted(ranked[:max(habits, wanted)])


def _long_day(minutes: dict[int, float]) -> int | None:
    if len(minutes) < 2:
        return None
    longest = max(minutes, key=lambda day: (minutes[day], day))
    others = median(value for day, value in minutes.items() if day != longest)
    return longest if minutes[longest] >= LONG_RATIO * others else None


def _pattern_run(day: int, ones: Sequence[MeasuredRun], *, long: bool) -> PatternRun:
    starts = median(one.run.local_start.hour * 60 + one.run.local_start.minute for one in ones)
    hard = [one.type for one in ones if one.type is not RunType.EASY]
    kind = RunType.EASY
    if long:
        kind = RunType.LONG
    elif 2 * len(hard) > len(ones):
        kind = RunType.TEMPO if 2 * hard.count(RunType.TEMPO) > len(hard) else RunType.INTERVALS
    return PatternRun(
        day=day, start_minute=_rounded(starts, ROUND_START) % 1440,
        minutes=max(ROUND_MINUTES, _rounded(median(one.minutes for one in ones), ROUND_MINUTES)), type=kind,
    )


def _rounded(value: float, step: int) -> int:
    """Round to the next multiple of a step, halves up.

    >>> _rounded(37.5, 15)
    45
    """
    return int((value + step / 2) // step) * step
