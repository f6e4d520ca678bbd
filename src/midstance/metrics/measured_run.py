"""Measured, not titled: what a recorded run was - zones, hard minutes, kind, whether it was hard, session load.

How hard single minutes were is told by ``_effort``; what many runs say about the runner by ``history``. A run's
title counts nowhere here (method 7.1).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from midstance.domain.run import HARD_PART, LONG_MINUTES, RUN_RPE, RunDone, RunType, counts_as_hard
from midstance.domain.runner import Thresholds
from midstance.metrics._effort import (
    ZONES,
    MinuteZones,
    Yardstick,
    estimate_yardstick,
    hard_minutes,
    hard_pattern,
    longest_streak,
    minute_zones,
)
from midstance.metrics.session_rpe import session_rpe
from midstance.metrics.zone_exertion import zone_exertion

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

SHORTEST_S = 300            # midstance default: shorter recordings are slips of the button
PACE_WEEKS = 12             # weeks from which the easy pace is taken; midstance default
HARD_SHARE = 0.15           # share of hard minutes that makes a run a session; midstance default
HARD_LEAST = 5              # [min]; midstance default
TEMPO_STREAK = 8            # so many hard minutes in a row, and half of all, are a tempo run; midstance default
VERY_HARD_RPE = 7           # told exertion from which a run is hard: "very hard" (R1), above threshold (R14)


class LoadFrom(StrEnum):
    """Where a session load comes from, best first; all but the first are estimates."""

    RPE = "rpe"                 # minutes times the exertion that the runner told
    HEART_RATE = "heart-rate"   # minutes times exertion estimated from heart-rate zones
    PACE = "pace"               # the same from pace zones
    ASSUMED = "assumed"         # minutes times the usual exertion of such a run


LOAD_WORDS = {
    LoadFrom.RPE: "from the exertion you told",
    LoadFrom.HEART_RATE: "estimated from heart rate",
    LoadFrom.PACE: "estimated from pace",
    LoadFrom.ASSUMED: "assumed: neither heart rate nor pace tells",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredRun:
    """A recorded run with its measures.

    Attributes:
        run: The recording.
        minutes: Moving time [min], at least 1.
        zone_minutes: Minutes in five zones [min], easiest first, the upper two hard; paused and unknown minutes in
            none; empty when nothing tells.
        zones_by_heart_rate: Whether heart rate told the zones; pace did where False and they are there.
        hard_minutes: Minutes clearly above easy [min], or None when nothing tells.
        type: Kind by what was measured: easy, tempo or intervals.
        hard: Whether it counts as a hard activity (method 7.1).
        rpe_cr10: Exertion, told or estimated, 0 to 10.
        load_au: Session load [AU], minutes times exertion (R1).
        load_from: Where the exertion comes from.
    """

    run: RunDone
    minutes: int
    zone_minutes: tuple[float, ...]
    zones_by_heart_rate: bool
    hard_minutes: float | None
    type: RunType
    hard: bool
    rpe_cr10: float
    load_au: int
    load_from: LoadFrom

    @property
    def date(self) -> dt.date:
        """Local date of its start."""
        return self.run.local_start.date()

    @property
    def estimated(self) -> bool:
        """Whether the load is an estimate; only what the runner told is none."""
        return self.load_from is not LoadFrom.RPE

    @property
    def says(self) -> str:
        """Load and where it comes from, a few words."""
        return f"{self.load_au} AU, {LOAD_WORDS[self.load_from]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredRuns:
    """Runs measured by one yardstick, in the order given, with notes on how it was found and on the loads."""

    runs: tuple[MeasuredRun, ...]
    notes: tuple[str, ...]


def measure_run(run: RunDone, *, yardstick: Yardstick, rpe_cr10: float | None = None) -> MeasuredRun:
    """Measure one run.

    The load is minutes times CR10 exertion throughout, so that loads add up whatever they come from: told where the
    runner told it, else estimated from minutes in zones (``zone_exertion``) and never below R16's 5 for a run of more
    than 90 min, else the usual exertion of its kind (R16), which is an easy run's when nothing tells. A told exertion
    of 7 or more makes any run hard; where nothing else tells, half of it counts as hard minutes (method 7.1: tempo).

    Args:
        run: The recording.
        yardstick: By what its minutes are judged (``yardstick_of``); an empty one leaves length and told exertion.
        rpe_cr10: Exertion of the whole run as the runner told it, 0 to 10, or None.
    Returns: The run with its measures.
    Raises: ValueError: A told exertion outside 0 to 10.
    Source: evidence R1, R14, R16 (validity: unclear); the mapping of zones to exertion is a midstance default.
    """
    minutes = max(1, round(run.seconds / 60))
    zones = minute_zones(run, yardstick)
    spent = () if zones is None else _zone_minutes(zones, run)
    kind, hard = _judge(run, yardstick, minutes=minutes, rpe_cr10=rpe_cr10)
    exertion, told_by = _exertion(kind, minutes, spent, by_heart_rate=bool(zones and zones.by_heart_rate))
    if rpe_cr10 is not None:
        exertion, told_by = rpe_cr10, LoadFrom.RPE
    return MeasuredRun(
        run=run, minutes=minutes, zone_minutes=spent, zones_by_heart_rate=bool(zones and zones.by_heart_rate),
        hard_minutes=hard, type=kind,
        hard=counts_as_hard(kind, minutes) or (rpe_cr10 or 0) >= VERY_HARD_RPE,
        rpe_cr10=round(exertion, 1), load_au=round(session_rpe(exertion, minutes)), load_from=told_by,
    )


def measure_runs(
    runs: Sequence[RunDone],
    *,
    until: dt.date,
    thresholds: Thresholds | None = None,
    rpes: Mapping[dt.datetime, float] | None = None,
) -> MeasuredRuns:
    """Measure many runs by one yardstick.

    Args:
        runs: Recordings in any order, each once; may be empty.
        until: First date whose runs tell nothing about the runner; they are measured all the same.
        thresholds: Heart rates and paces that the runner knows; None for none.
        rpes: Told exertion, 0 to 10, by the instant at which a run started (``RunDone.start``).
    Returns: All runs, in the order given, and notes: how the yardstick was found, and how many loads are estimates.
    Raises: ValueError: A told exertion outside 0 to 10.
    """
    yardstick = yardstick_of(counted_runs(runs, until), until=until, thresholds=thresholds)
    told = rpes or {}
    measured = tuple(measure_run(run, yardstick=yardstick, rpe_cr10=told.get(run.start)) for run in runs)
    return MeasuredRuns(runs=measured, notes=(*yardstick.notes, *_load_notes(measured)))


def counted_runs(runs: Sequence[RunDone], until: dt.date) -> list[RunDone]:
    """Give the runs that tell something: of five minutes or more, before a date; by start."""
    kept = (run for run in runs if run.seconds >= SHORTEST_S and run.local_start.date() < until)
    return sorted(kept, key=lambda run: (run.local_start, run.source))


def yardstick_of(counted: Sequence[RunDone], *, until: dt.date, thresholds: Thresholds | None = None) -> Yardstick:
    """Find by what minutes are judged.

    The highest heart rate is looked for in all runs, for it hardly changes; the easy pace in the last 12 weeks.

    Args:
        counted: Runs that tell something (``counted_runs``); may be empty.
        until: The day after the last of the 12 weeks.
        thresholds: What the runner knows; None for nothing. It comes before what is estimated.
    """
    recent = [run for run in counted if (until - run.local_start.date()).days <= 7 * PACE_WEEKS]
    return estimate_yardstick(counted, recent, thresholds or Thresholds())


def _judge(
    run: RunDone, yardstick: Yardstick, *, minutes: int, rpe_cr10: float | None,
) -> tuple[RunType, float | None]:
    """Give kind and hard minutes [min]: by what was measured, else by what the runner told."""
    hard = hard_minutes(run, yardstick)
    if hard is None:
        if rpe_cr10 is None or rpe_cr10 < VERY_HARD_RPE:
            return RunType.EASY, None
        return RunType.TEMPO, HARD_PART[RunType.TEMPO] * minutes
    if hard < max(HARD_LEAST, HARD_SHARE * minutes):
        return RunType.EASY, hard
    streak = longest_streak(hard_pattern(run, yardstick) or ())
    return (RunType.TEMPO if streak >= max(TEMPO_STREAK, hard / 2) else RunType.INTERVALS), hard


def _zone_minutes(told: MinuteZones, run: RunDone) -> tuple[float, ...]:
    """Count minutes in zones [min]; elapsed minutes in part paused are shortened, so that they fit the moving time."""
    count = Counter(zone for zone in told.zones if zone is not None)
    share = min(1.0, run.seconds / 60 / max(1, count.total()))
    return tuple(round(share * count[zone], 1) for zone in range(ZONES))


def _exertion(
    kind: RunType, minutes: int, zone_minutes: tuple[float, ...], *, by_heart_rate: bool,
) -> tuple[float, LoadFrom]:
    """Estimate the exertion of a run that nobody told, at least R16's of a long run when it is long."""
    long = RUN_RPE[RunType.LONG] if minutes > LONG_MINUTES else 0.0
    if not zone_minutes:
        return max(long, RUN_RPE[kind]), LoadFrom.ASSUMED
    return max(long, zone_exertion(zone_minutes)), LoadFrom.HEART_RATE if by_heart_rate else LoadFrom.PACE


def _load_notes(measured: Sequence[MeasuredRun]) -> tuple[str, ...]:
    """Say how many loads are estimates, and from what."""
    count = Counter(one.load_from for one in measured)
    guessed = count.total() - count[LoadFrom.RPE]
    if not guessed:
        return ()
    ways = (
        (count[LoadFrom.HEART_RATE], "from heart rate"), (count[LoadFrom.PACE], "from pace"),
        (count[LoadFrom.ASSUMED], "as an easy run's where nothing tells"),
    )
    parts = ", ".join(f"{number} {how}" for number, how in ways if number)
    return (
        f"The load of {guessed} of {count.total()} runs is estimated ({parts}; midstance default): your own rating of "
        "the exertion would be better.",
    )
