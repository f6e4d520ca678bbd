"""From runner and runs to a problem: facts in whole minutes, and the choices that could be taken."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from midstance.catalogue.phases import load_phases
from midstance.domain.dates import minute_of, monday, weekday_name
from midstance.domain.problem import Activity, Choice, Fate, Problem, RaceFact
from midstance.domain.run import RUN_RPE, RunType
from midstance.domain.runner import Level, Race
from midstance.domain.session import HARD_KINDS, KIND_MINUTES, KIND_RPE, Kind
from midstance.domain.units import clock_text
from midstance.planning.clock import real_minute
from midstance.planning.lived import lived_choices
from midstance.planning.weeks import NEWCOMER_DAYS, learning_from, weeks_of_plan
from midstance.rules.easy_share import windows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from midstance.domain.history import History
    from midstance.domain.lived import Lived
    from midstance.domain.problem import WeekFacts
    from midstance.domain.run import PlannedRun
    from midstance.domain.runner import Runner
    from midstance.planning.settle_runs import SettledRuns
    from midstance.rules._rule import Edge, Rule

GRID = 15
LONG_CELL = 120
ENOUGH_DATES = 5
AFTER_RUN = 10
USUAL_START = (18 * 60, 10 * 60)
HARD_PART_OF_SESSION = {Kind.HEAVY: 0.35, Kind.PLYOMETRIC: 0.4}
CUT_HARD_PART = 0.25
LESS_WHEN_CUT = 0.6
BEGINNER_SHARE = 0.85
PLACED = (Kind.HEAVY, Kind.STRENGTH, Kind.UPPER, Kind.MOBILITY, Kind.PLYOMETRIC)
FIRST_DAY_OF_50 = 50
FASTEST_RACE = 2.8          # [min/km], near the world's best marathon: a shorter recording was not the race


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Free minutes of a date, absolute by the clock [min]."""

    start: int
    end: int


def activity_of(run: PlannedRun, zone: str) -> Activity:
    """Turn a planned run into a fact in minutes."""
    start, end = minute_of(run.start), minute_of(run.end)
    return Activity(
        id=run.id,
        day=start // 1440,
        start=start,
        end=end,
        start_real=real_minute(zone, start),
        end_real=real_minute(zone, end),
        minutes=run.minutes,
        hard_minutes=run.hard_minutes,
        hard=run.hard,
        type=run.type,
        distance_km=run.distance_km,
        load=run.load_au,
        name=run_name(run.date, run.type, run.minutes, start),
    )


def run_name(date: dt.date, kind: RunType, minutes: int, start: int) -> str:
    """Say which run is meant, for example ``Wednesday's intervals (06:30)``."""
    what = {
        RunType.LONG: "long run",
        RunType.EASY: "easy run",
        RunType.STEADY: "steady run",
        RunType.RECOVERY: "recovery run",
        RunType.TEMPO: "tempo run",
        RunType.HILLS: "hill run",
    }.get(kind, kind.value)
    length = f"{minutes} min {what}" if minutes > 90 and kind is not RunType.RACE else what
    return f"{weekday_name(date)}'s {length} ({clock_text(start % 1440)})"


def past_activities(history: History, zone: str) -> tuple[Activity, ...]:
    """Turn the recorded runs of the last 28 days into facts."""
    out = []
    for begin, end, minutes, hard_minutes, hard in history.last_days:
        start, stop = minute_of(begin), minute_of(end)
        kind = RunType.TEMPO if hard else RunType.EASY
        out.append(
            Activity(
                id="",
                day=start // 1440,
                start=start,
                end=stop,
                start_real=real_minute(zone, start),
                end_real=real_minute(zone, stop),
                minutes=minutes,
                hard_minutes=hard_minutes,
                hard=hard,
                type=kind,
                distance_km=None,
                load=round(minutes * RUN_RPE[kind]),
                name=f"{weekday_name(begin.date())}'s recorded run",
            )
        )
    return tuple(out)


def race_facts(runner: Runner, runs: Sequence[Activity], past: Sequence[Activity] = ()) -> tuple[RaceFact, ...]:
    """Gather the races: those of the runner's file, and those that only the calendar knows (as C races).

    A race before the plan has the hours of its recording: the longest of its date, where that can be the race.
    """
    out = []
    listed = {race.date.toordinal(): race for race in runner.races}
    for day, race in listed.items():
        run = next((r for r in runs if r.day == day and r.type is RunType.RACE), None)
        if run is None:
            recorded = [a for a in past if a.day == day and a.minutes >= FASTEST_RACE * race.distance_km]
            run = max(recorded, key=lambda a: a.minutes, default=None)
        out.append(race_fact(race, run, runner))
    for run in runs:
        if run.type is RunType.RACE and run.day not in listed:
            name = f"the race of {dt.date.fromordinal(run.day)}"
            out.append(
                RaceFact(
                    day=run.day,
                    start=run.start,
                    end=run.end,
                    start_real=run.start_real,
                    end_real=run.end_real,
                    distance_km=run.distance_km or 10.0,
                    priority="C",
                    listed=False,
                    name=name,
                )
            )
    return tuple(sorted(out, key=lambda r: r.start))


def race_fact(race: Race, run: Activity | None, runner: Runner) -> RaceFact:
    """Give a race its hours: those of its run in the plan, else its own start and 5 min a km."""
    at = race.start_minute if race.start_minute is not None else runner.run_start_minute
    start = run.start if run else race.date.toordinal() * 1440 + at
    end = run.end if run else start + round(5 * race.distance_km)
    name = f"{race.name or f'the {race.distance_km:g} km race'} ({race.date})"
    return RaceFact(
        day=race.date.toordinal(),
        start=start,
        end=end,
        start_real=real_minute(runner.timezone, start),
        end_real=real_minute(runner.timezone, end),
        distance_km=race.distance_km,
        priority=race.priority,
        listed=True,
        name=name,
    )


def free_intervals(windows: Iterable[tuple[int, int]], day: int, runs: Sequence[Activity]) -> list[Interval]:
    """Cut the runs out of a date's windows."""
    out = [Interval(start=day * 1440 + a, end=day * 1440 + b) for a, b in windows]
    for run in runs:
        cut: list[Interval] = []
        for free in out:
            if run.end <= free.start or run.start >= free.end:
                cut.append(free)
                continue
            if run.start > free.start:
                cut.append(Interval(start=free.start, end=run.start))
            if run.end < free.end:
                cut.append(Interval(start=run.end, end=free.end))
        out = cut
    return out


def grid_starts(free: Interval, window_start: int, minutes: int, after: Sequence[int]) -> tuple[int, ...]:
    """Give the candidate starts inside a free interval: a 15-minute grid from the window's start, and after runs."""
    last = free.end - minutes
    first = window_start + -(-(free.start - window_start) // GRID) * GRID
    extra = [t for t in after if free.start <= t <= last and (t - first) % GRID]
    grid = range(first, last + 1, GRID)
    return tuple(sorted((*grid, *extra))) if extra else tuple(grid)


def told_apart(starts: Sequence[int], cuts: Sequence[int], usual: int, *, ends_too: bool) -> list[int]:
    """Thin starts that no rule tells apart: of each cell between two cuts, the one nearest to the usual hour.

    Hard sessions also keep the first and last of a long cell where dates for them are scarce, since their gap to one
    another counts then. With five free dates in a week three hard sessions never need neighbouring dates.
    """
    out: set[int] = set()
    low = 0
    for cut in (*cuts, None):
        high = len(starts) if cut is None else bisect_left(starts, cut, low)
        if high == low:
            continue
        first, last = starts[low], starts[high - 1]
        at = bisect_left(starts, usual, low, high)
        near = starts[max(low, at - 1) : min(high, at + 1)]
        out.add(min(near, key=lambda t: (abs(t - usual), t)))
        if ends_too and last - first >= LONG_CELL:
            out.update((first, last))
        low = high
    return sorted(out, key=lambda t: (abs(t - usual), t))


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A kind and length that a week may hold: wanted and least minutes, the share of them that may be hard."""

    kind: Kind
    minutes: int
    least: int
    hard_share: float
    cut: bool = False


class Edges:
    """The moments that rules tell apart, by kind, sorted once for all dates."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        starts: dict[Kind, set[int]] = {kind: set() for kind in PLACED}
        ends: dict[Kind, set[int]] = {kind: set() for kind in PLACED}
        for edge in edges:
            for kind in edge.kinds:
                if kind in starts:
                    (ends if edge.of_end else starts)[kind].add(edge.minute)
        self._starts = {kind: sorted(found) for kind, found in starts.items()}
        self._ends = {kind: sorted(found) for kind, found in ends.items()}

    def cuts(self, kind: Kind, minutes: int, day: int) -> list[int]:
        """Give the starts of a date at which some verdict about this kind and length changes."""
        low, high = day * 1440, (day + 1) * 1440
        starts, ends = self._starts[kind], self._ends[kind]
        found = starts[bisect_left(starts, low) : bisect_right(starts, high)]
        shifted = ends[bisect_left(ends, low + minutes) : bisect_right(ends, high + minutes)]
        return sorted({*found, *(t - minutes for t in shifted)})


def reserved_minutes(kind: Kind, week: WeekFacts, runner: Runner) -> int:
    """Give the length of a session of a kind in a week [min]: phase, level, cuts, and the time the runner has."""
    low, high = KIND_MINUTES[kind]
    minutes: float = load_phases().by_phase[week.phase].minutes[kind.value]
    if kind is not Kind.MOBILITY:
        minutes *= 1 - LESS_WHEN_CUT * (1 - week.set_factor)
        if runner.strength_level is Level.BEGINNER:
            minutes *= BEGINNER_SHARE
    return min(max(low, round(minutes)), high, max(runner.session_minutes, 5))


def offers_of_week(week: WeekFacts, runner: Runner) -> list[Offer]:
    """Give the kinds and lengths that a week may hold; heavy also in a shorter version for tight days."""
    out = []
    for kind in kinds_of_week(week):
        minutes = reserved_minutes(kind, week, runner)
        least = min(KIND_MINUTES[kind][0], minutes)
        out.append(Offer(kind=kind, minutes=minutes, least=least, hard_share=HARD_PART_OF_SESSION.get(kind, 0.0)))
        if kind is Kind.HEAVY and minutes > least:
            out.append(Offer(kind=kind, minutes=least, least=least, hard_share=CUT_HARD_PART, cut=True))
    return out


def tight_days(problem: Problem, week_offers: Sequence[Sequence[Offer]]) -> frozenset[int]:
    """Find the dates on which a full heavy session alone would fill the hard fifth of some seven days."""
    most = {
        w.index: max((o for o in offers if o.kind is Kind.HEAVY and not o.cut), key=lambda o: o.minutes, default=None)
        for w, offers in zip(problem.weeks, week_offers, strict=True)
    }
    week_of = {day: w.index for w in problem.weeks for day in w.days}
    out: set[int] = set()
    for first, run, hard in windows(problem):
        for day in range(first, first + 7):
            offer = most.get(week_of.get(day, -1))
            if offer and 0 <= run - 5 * hard < 5 * int(offer.hard_share * offer.minutes) - offer.minutes:
                out.add(day)
    return frozenset(out)


def kinds_of_week(week: WeekFacts) -> Iterator[Kind]:
    """Give the kinds a week may hold at all."""
    t = week.targets
    for kind, most in (
        (Kind.HEAVY, t.heavy[1]),
        (Kind.STRENGTH, t.strength_type[1]),
        (Kind.UPPER, t.upper),
        (Kind.MOBILITY, t.mobility[1]),
        (Kind.PLYOMETRIC, t.plyometric),
    ):
        if most > 0:
            yield kind


def choices_of_day(
    day: int,
    week: WeekFacts,
    offers: Sequence[Offer],
    *,
    runner: Runner,
    runs: Sequence[Activity],
    edges: Edges,
    numbers: Iterator[int],
    scarce: bool,
) -> Iterator[Choice]:
    """Yield the choices of a date: each kind at each start that some rule tells apart."""
    date = dt.date.fromordinal(day)
    open_windows = runner.windows(date)
    if not open_windows:
        return
    free = free_intervals(open_windows, day, runs)
    usual = day * 1440 + USUAL_START[date.weekday() >= 5]
    after = [r.end + AFTER_RUN for r in runs]
    room = max((f.end - f.start for f in free), default=0)
    for offer in offers:
        kind, minutes = offer.kind, min(offer.minutes, room)
        if minutes < offer.least:
            continue
        starts: list[int] = []
        for interval in free:
            base = next(day * 1440 + a for a, b in open_windows if day * 1440 + a <= interval.start <= day * 1440 + b)
            starts.extend(grid_starts(interval, base, minutes, after))
        cuts = edges.cuts(kind, minutes, day)
        for start in told_apart(starts, cuts, usual, ends_too=scarce and kind in HARD_KINDS):
            yield Choice(
                index=next(numbers),
                week=week.index,
                day=day,
                start=start,
                end=start + minutes,
                start_real=real_minute(runner.timezone, start),
                end_real=real_minute(runner.timezone, start + minutes),
                minutes=minutes,
                hard_minutes=int(offer.hard_share * minutes),
                kind=kind,
                load=round(minutes * KIND_RPE[kind]),
                odd_hour=date.weekday() not in runner.availability,
                cut=offer.cut,
            )


def prepare_facts(
    runner: Runner,
    settled: SettledRuns,
    history: History,
    *,
    first: dt.date,
    last: dt.date,
    published: frozenset[tuple[int, Kind]] = frozenset(),
    lived: Lived | None = None,
) -> Problem:
    """Gather everything that stands, without any choice.

    Args:
        runner: The runner.
        settled: The plan's runs.
        history: Facts from recorded runs before ``first``.
        first: First date of the plan.
        last: Last date, a Sunday.
        published: (day, kind) of sessions of the plan this one replaces.
        lived: What was done and missed since ``first``; the runs of ``settled`` hold it already.
    Returns: The problem without choices.
    """
    zone = runner.timezone
    runs = tuple(activity_of(r, zone) for r in settled.runs)
    past = past_activities(history, zone)
    runs_on: dict[int, tuple[Activity, ...]] = {}
    for run in (*past, *runs):
        runs_on[run.day] = (*runs_on.get(run.day, ()), run)
    begin = first.toordinal()
    newcomer = runner.strength_level is Level.BEGINNER
    weeks = weeks_of_plan(runner, settled.runs, history, first=first, last=last, pace=settled.easy_pace_s_per_km)
    if lived is not None:
        weeks = tuple(eased(week, lived) for week in weeks)
    return Problem(
        first=begin,
        last=last.toordinal(),
        runs=runs,
        past=past,
        races=race_facts(runner, runs, past),
        runs_on=runs_on,
        weeks=weeks,
        hard_days_hard=runner.hard_days_hard,
        fifty_from=dt.date(runner.birth_year + FIRST_DAY_OF_50, 1, 1).toordinal() if runner.birth_year else None,
        running_beginner=runner.running_level is Level.BEGINNER,
        newcomer_until=learning_from(runner, first).toordinal() + NEWCOMER_DAYS if newcomer else 0,
        can_load=runner.can_load,
        preferred_days=runner.strength_days,
        published=published,
        longest_before_km=history.longest_km_30_days or runner.recent_longest_km,
        past_week_km=tuple(km for start, _, km, _ in history.weeks if start < monday(first))[-4:]
        or ((runner.recent_week_km,) if runner.recent_week_km else ()),
        lived=lived_choices(lived, weeks, zone) if lived else (),
        open_from=lived.until.toordinal() if lived else begin,
        limits={date.toordinal(): kinds for date, kinds in lived.limits.items()} if lived else {},
    )


def eased(week: WeekFacts, lived: Lived) -> WeekFacts:
    """Give the week of a morning the share of sets that readiness leaves; the strongest cut counts (7.3)."""
    if week.monday != monday(lived.until).toordinal() or lived.set_factor >= week.set_factor:
        return week
    return replace(week, set_factor=lived.set_factor, factor_why=lived.factor_why)


def runs_touching(problem: Problem, day: int) -> tuple[Activity, ...]:
    """Give the runs of a date, and those of the dates before that last into it."""
    earlier = (r for back in range(3, 0, -1) for r in problem.runs_on.get(day - back, ()) if r.end > day * 1440)
    return (*earlier, *problem.runs_on.get(day, ()))


def free_of_hard_runs(problem: Problem, runner: Runner, day: int) -> bool:
    """Tell whether a date has a window and no hard run on it or next to it."""
    return bool(runner.windows(dt.date.fromordinal(day))) and not any(True for _ in problem.hard_near(day, 1))


def with_choices(problem: Problem, runner: Runner, rules: Sequence[Rule]) -> Problem:
    """Add the choices that could be taken, ordered by date, kind and nearness to the usual hour."""
    edges = Edges(edge for rule in rules for edge in rule.yield_edges(problem))
    out = [replace(fact, index=k) for k, fact in enumerate(problem.lived)]
    numbers = count(len(out))
    done = {fact.day for fact in problem.lived if fact.fate is Fate.DONE}
    week_offers = [offers_of_week(week, runner) for week in problem.weeks]
    tight = tight_days(problem, week_offers)
    for week, offers in zip(problem.weeks, week_offers, strict=True):
        scarce = sum(free_of_hard_runs(problem, runner, day) for day in week.days) < ENOUGH_DATES
        for day in week.days:
            if day < problem.open_from or day in done:
                continue
            runs = runs_touching(problem, day)
            here = [o for o in offers if (day in tight or not o.cut) and problem.may_hold(day, o.kind)]
            out.extend(
                choices_of_day(day, week, here, runner=runner, runs=runs, edges=edges, numbers=numbers, scarce=scarce)
            )
    return replace(problem, choices=tuple(out))
