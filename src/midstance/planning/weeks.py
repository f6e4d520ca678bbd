"""What each week aims at: phase, ranges, weekly sets, and the sets that mileage leaves."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from midstance.catalogue.phases import load_phases
from midstance.domain.dates import WEEK, dates_between, monday, sunday
from midstance.domain.plan import Phase, Targets
from midstance.domain.problem import WeekFacts
from midstance.domain.runner import Level, Runner
from midstance.planning.judging import emphasised
from midstance.planning.phases import phases_of_weeks

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from midstance.domain.history import History
    from midstance.domain.run import PlannedRun

LEVEL_TOTAL = {Level.BEGINNER: (2, 3), Level.INTERMEDIATE: (2, 4), Level.ADVANCED: (3, 5)}
LEARNING_DAYS = 42
NEWCOMER_DAYS = 14
LEAST_MINUTES_FOR_HEAVY = 20
FEW_WEEKS = 2
RISES = ((1.30, 0.60), (1.15, 0.75))
REDUCED_FACTOR = 0.55
REDUCED_BELOW = 0.85
REDUCED_GAP = (3, 5)
MOSTLY_BLOCKED = 5
SORE_FOR_HOPS = frozenset(
    {"achilles", "plantar", "foot", "calf", "shin", "ankle", "toe", "knee", "hip", "groin"}
)
EMPHASIS_SETS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Mileage:
    """Running minutes of the weeks before the plan (oldest first) and of each of its weeks.

    ``whole_from`` is the first of its weeks whose running is known from Monday on.
    """

    before: tuple[int, ...]
    weeks: tuple[int, ...]
    whole_from: int = 0


def learning_from(runner: Runner, first: dt.date) -> dt.date:
    """Give the date from which a beginner's first six weeks count."""
    return runner.strength_since or first


def set_factor(mileage: Mileage, index: int) -> tuple[float, str]:
    """Give the share of the strength sets that a week's mileage leaves, and why (method 7.3).

    Compared with the median of the eight weeks before, recorded or planned.
    """
    known = [*mileage.before, *mileage.weeks[mileage.whole_from : index]][-8:]
    now = mileage.weeks[index]
    if len(known) < FEW_WEEKS or not (usual := median(known)):
        return 1.0, ""
    for rise, factor in RISES:
        if 100 * now > round(100 * rise) * usual:
            cut = round(100 * (1 - factor))
            return factor, (
                f"{now} min of running, {round(100 * now / usual - 100)} % above the usual "
                f"{round(usual)}: strength sets fall by {cut} %, weights stay."
            )
    return 1.0, ""


def reduced_weeks(mileage: Mileage, phases: Sequence[Phase], idle: Sequence[bool] = ()) -> tuple[bool, ...]:
    """Find the reduced weeks: with the running's own cut-back week, else every sixth week (evidence R28).

    A week that life has emptied (``idle``) eases enough by itself; the count begins again after it.
    """
    out: list[bool] = []
    since = 0
    least, most = REDUCED_GAP
    for k, phase in enumerate(phases):
        if phase not in (Phase.OFF_SEASON, Phase.BASE, Phase.BUILD) or (idle and idle[k]):
            since, reduced = 0, False
        else:
            before = mileage.weeks[max(mileage.whole_from, k - 3) : k]
            eased = bool(before) and 100 * mileage.weeks[k] * len(before) < round(100 * REDUCED_BELOW) * sum(before)
            reduced = k > 0 and ((eased and since >= least) or since >= most)
            since = 0 if reduced else since + 1
        out.append(reduced)
    return tuple(out)


def sessions_range(runner: Runner) -> tuple[int, int]:
    """Give the least and most sessions a week: the runner's wish, else by strength level."""
    return runner.sessions_a_week or LEVEL_TOTAL[runner.strength_level]


def targets_of_week(
    runner: Runner, phase: Phase, *, learning: bool, factor: float, hops: bool, share: float,
    emphasis: Collection[str] = (),
) -> Targets:
    """Give a week's ranges, wanted numbers and weekly sets.

    Args:
        runner: Levels, wishes and equipment.
        phase: Phase of the week.
        learning: A strength beginner's first six weeks: no heavy.
        factor: Share of the sets that mileage leaves.
        hops: Whether hops are allowed (no sore foot or calf).
        share: Share of the week that lies in the plan; minima shrink with it.
        emphasis: Regions that the assessment puts weight on.
    Returns: The targets.
    """
    phases = load_phases()
    spec = phases.by_phase[phase]
    level = runner.strength_level
    low, high = sessions_range(runner)
    can_heavy = runner.can_load and not learning
    least_heavy = spec.heavy[0] if can_heavy and runner.session_minutes >= LEAST_MINUTES_FOR_HEAVY else 0
    least = max(low, 0)
    if phase in (Phase.TAPER, Phase.RACE_WEEK, Phase.RECOVERY):
        least = min(least, spec.strength_type[0] + spec.mobility[0])
    least = min(least, spec.strength_type[1] + spec.mobility[1])
    cut = (lambda n: n) if share >= 1 else (lambda n: int(n * share))
    sets = {
        region: max(1, round((n + (EMPHASIS_SETS if region in emphasis else 0)) * spec.share * factor))
        if spec.share
        else 0
        for region, n in phases.sets[level.value].items()
    }
    return Targets(
        sessions=(cut(least), high),
        strength_type=(cut(spec.strength_type[0]), spec.strength_type[1]),
        heavy=(cut(least_heavy), spec.heavy[1] if can_heavy else 0),
        mobility=(cut(spec.mobility[0]), spec.mobility[1]),
        leg_sessions=cut(spec.leg_sessions),
        upper=cut(spec.upper[level.value]),
        plyometric=cut(spec.plyometric[level.value]) if hops and not learning else 0,
        sets=sets,
    )


def week_minutes(runs: Sequence[PlannedRun], mondays: Sequence[dt.date]) -> dict[dt.date, int]:
    """Sum the running minutes of each week [min]."""
    out = dict.fromkeys(mondays, 0)
    for run in runs:
        out[monday(run.date)] += run.minutes
    return out


def minutes_before(runner: Runner, history: History, pace: int, start: dt.date) -> tuple[int, ...]:
    """Give the running minutes of the weeks before a Monday, oldest first; without recordings of ``recent_week_km``."""
    recorded = tuple(minutes for week, minutes, _, _ in history.weeks if week < start)
    if recorded or not runner.recent_week_km:
        return recorded[-8:]
    return (round(runner.recent_week_km * pace / 60),) * 8


def mileage_of(
    runner: Runner, runs: Sequence[PlannedRun], history: History, mondays: Sequence[dt.date], first: dt.date, pace: int
) -> Mileage:
    """Gather the running minutes of a plan's weeks and those before.

    What was recorded in the first days of the first week belongs to it; without recordings such a week is no measure.
    """
    minutes = week_minutes(runs, mondays)
    minutes[mondays[0]] += sum(done for week, done, _, _ in history.weeks if week == mondays[0])
    return Mileage(
        before=minutes_before(runner, history, pace, mondays[0]),
        weeks=tuple(minutes[m] for m in mondays),
        whole_from=0 if first == mondays[0] or history.weeks else 1,
    )


def weeks_of_plan(
    runner: Runner,
    runs: Sequence[PlannedRun],
    history: History,
    *,
    first: dt.date,
    last: dt.date,
    pace: int,
) -> tuple[WeekFacts, ...]:
    """Gather the facts of each calendar week of a plan.

    Args:
        runner: The runner.
        runs: The plan's runs.
        history: Facts from recorded runs.
        first: First date.
        last: Last date, a Sunday.
        pace: Easy pace [s/km], for ``recent_week_km``.
    Returns: The weeks, Monday first.
    """
    mondays = tuple(dates_between(monday(first), last)[::7])
    mileage = mileage_of(runner, runs, history, mondays, first, pace)
    phases = phases_of_weeks(first, last, races=runner.races, indoor_months=runner.indoor_months)
    blocked = [sum(runner.blocked_on(d) for d in dates_between(m, sunday(m))) for m in mondays]
    reduced = reduced_weeks(mileage, phases, [n >= MOSTLY_BLOCKED for n in blocked])
    since = learning_from(runner, first)
    emphasis = emphasised(runner, first)
    out: list[WeekFacts] = []
    for k, (start, phase) in enumerate(zip(mondays, phases, strict=True)):
        dates = dates_between(max(start, first), sunday(start))
        learning = runner.strength_level is Level.BEGINNER and (start - since).days < LEARNING_DAYS
        whole = len(dates) == 7
        factor, why = set_factor(mileage, k) if whole else (1.0, "")
        if reduced[k] and whole and factor > REDUCED_FACTOR:
            factor, why = REDUCED_FACTOR, "A reduced week: fewer sets, the same weights; the body catches up."
        hops = not any(i.area in SORE_FOR_HOPS and (i.until is None or i.until >= start) for i in runner.injuries)
        same = bool(out) and out[-1].phase is phase
        here = [r for r in runs if start <= r.date < start + WEEK]
        out.append(
            WeekFacts(
                index=k,
                monday=start.toordinal(),
                days=tuple(d.toordinal() for d in dates),
                phase=phase,
                phase_week=out[-1].phase_week + 1 if same else 0,
                cycle=0 if not out else out[-1].cycle + (0 if same else 1),
                targets=targets_of_week(
                    runner, phase, learning=learning, factor=factor, hops=hops, share=len(dates) / 7,
                    emphasis=emphasis,
                ),
                learning=learning,
                reduced=reduced[k],
                set_factor=factor,
                factor_why=why,
                run_days=frozenset(r.date.toordinal() for r in here),
                run_load=sum(r.load_au for r in here),
            )
        )
    return tuple(out)
