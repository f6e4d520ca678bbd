"""The judge of the simulation: what was advised beside what was done, in plain dates, minutes and kilograms.

It shares no rule with the planner: the numbers of method 7.2 and 7.3 stand here once more. What is an open reading of
the method is decided in the plan's favour, so that every word is a breach.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from midstance.domain.plan import Phase
from midstance.domain.run import PlannedRun, RunType
from midstance.domain.runner import Level, Race, Runner
from midstance.domain.session import Kind, Session

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from midstance.domain.diary import CheckIn

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
GAP = 24 * HOUR
SAME_DAY, SAME_DAY_MINUTES = 3 * HOUR, 90
HARD = (Kind.HEAVY, Kind.PLYOMETRIC)
STRENGTH_TYPE = (Kind.HEAVY, Kind.STRENGTH, Kind.UPPER, Kind.PLYOMETRIC)
LEVEL_MOST = {Level.BEGINNER: 3, Level.INTERMEDIATE: 4, Level.ADVANCED: 5}
MOST = {
    Phase.OFF_SEASON: (3, 2, 2), Phase.BASE: (3, 2, 2), Phase.BUILD: (3, 1, 2), Phase.PEAK: (2, 1, 2),
    Phase.TAPER: (1, 1, 2), Phase.RACE_WEEK: (1, 0, 2), Phase.RECOVERY: (1, 0, 2),
}
"""Most strength-type, heavy and mobility sessions of a week (method 7.3)."""
LONG, FASTEST_MIN_A_KM = 90, 3
PAIN_STOPS, SORE_LEGS = 5, 3
LEAST_SAID = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A run or session that was really done: local start and end, minutes, and whether it was hard."""

    start: dt.datetime
    end: dt.datetime
    hard: bool
    kind: Kind | None = None
    race: bool = False
    minutes: int = 0

    @property
    def date(self) -> dt.date:
        """Date on which it starts."""
        return self.start.date()


@dataclass(kw_only=True)
class World:
    """What the judge knows by itself: the runner's own words and deeds, not the planner's view of them.

    Attributes:
        runner: The runner as the plan was made for.
        busy: Spans of dates without sessions, both ends included.
        races: Races of the runner's file and those that were added.
        runs: Recorded runs; ``sessions`` the same for what was done of strength and mobility.
    """

    runner: Runner
    busy: list[tuple[dt.date, dt.date]] = field(default_factory=list)
    races: list[Race] = field(default_factory=list)
    runs: list[Done] = field(default_factory=list)
    sessions: list[Done] = field(default_factory=list)

    def is_busy(self, date: dt.date) -> bool:
        """Tell whether the runner wants no session on a date."""
        return any(first <= date <= last for first, last in self.busy)

    def done_in(self, first: dt.date, last: dt.date) -> list[Done]:
        """List sessions done between two dates, both included."""
        return [done for done in self.sessions if first <= done.date <= last]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What is planned from a morning on: runs, sessions and the phase of each week by its Monday."""

    today: dt.date
    runs: tuple[PlannedRun, ...]
    sessions: tuple[Session, ...]
    phases: dict[dt.date, Phase]


def judge_day(world: World, ahead: Ahead, session: Session, told: CheckIn | None) -> Iterator[str]:
    """Judge the session that a morning advises.

    Args:
        world: What was done, and what the runner wants.
        ahead: The rest of the plan on this morning.
        session: What is advised for today.
        told: The morning's answers, or None.
    Yields: Breaches, a sentence each; none for good advice.
    """
    yield from judge_session(world, ahead, session)
    if told is None:
        return
    worst = max((pain.score for pain in told.pain), default=0)
    if worst > PAIN_STOPS:
        yield f"{named(session)} with pain of {worst:g}"
    if told.limp:
        yield f"{named(session)} although the runner limps"
    if session.kind in HARD and (told.soreness or 0) > SORE_LEGS:
        yield f"{named(session)} with soreness of {told.soreness:g}"


def judge_plan(world: World, ahead: Ahead) -> Iterator[str]:
    """Judge every session that lies ahead in a plan, and the shares of its seven-day windows."""
    for session in ahead.sessions:
        if session.kind is not Kind.PRIMER:
            yield from judge_session(world, ahead, session)
    yield from judge_shares(ahead)


def judge_session(world: World, ahead: Ahead, session: Session) -> Iterator[str]:
    """Judge hours and place of one session that lies ahead."""
    yield from judge_place(world, ahead, session)
    yield from judge_count(world, ahead, session)
    yield from judge_races(world, ahead, session)
    if session.kind in HARD:
        yield from judge_hours(world, ahead, session)


def named(session: Session) -> str:
    """Name a session by kind, start and length."""
    return f"{session.kind.value} {session.start:%Y-%m-%d %H:%M} for {session.minutes} min"


def judge_place(world: World, ahead: Ahead, session: Session) -> Iterator[str]:
    """Look for a free window, a date that is not busy, a minute shared with a run, and a second session."""
    date = session.date
    if world.is_busy(date) or world.runner.blocked_on(date):
        yield f"{named(session)} on a busy date"
    begin = session.start.hour * 60 + session.start.minute
    windows = world.runner.availability.get(date.weekday(), ((360, 1260),))
    if not any(low <= begin and begin + session.minutes <= high for low, high in windows):
        yield f"{named(session)} outside the free windows {windows}"
    for run in ahead.runs:
        if run.start < session.end and session.start < run.end:
            yield f"{named(session)} in the time of the run at {run.start:%H:%M}"
    beside = [s for s in ahead.sessions if s.date == date and s.kind is not Kind.PRIMER and s is not session]
    if beside:
        yield f"{named(session)} beside another session"
    if session.minutes > world.runner.session_minutes:
        yield f"{named(session)} is longer than {world.runner.session_minutes} min"


def judge_count(world: World, ahead: Ahead, session: Session) -> Iterator[str]:
    """Count the sessions of the week, done and ahead up to this one; only this one may be too many."""
    monday = session.date - session.date.weekday() * DAY
    kinds = Counter(done.kind for done in world.done_in(monday, monday + 6 * DAY))
    kinds.update(s.kind for s in ahead.sessions
                 if monday <= s.date <= session.date and s.kind is not Kind.PRIMER)
    wanted = world.runner.sessions_a_week
    most = wanted[1] if wanted else LEVEL_MOST[world.runner.strength_level]
    strength, heavy, mobility = MOST[ahead.phases[monday]]
    if kinds.total() > most:
        yield f"{named(session)}: {kinds.total()} sessions in its week, {most} at most"
    if session.kind in STRENGTH_TYPE and sum(kinds[k] for k in STRENGTH_TYPE) > strength:
        yield f"{named(session)}: more than {strength} of strength type in its week of {ahead.phases[monday]}"
    if session.kind is Kind.HEAVY and kinds[Kind.HEAVY] > heavy:
        yield f"{named(session)}: more than {heavy} heavy in its week of {ahead.phases[monday]}"
    if session.kind is Kind.MOBILITY and kinds[Kind.MOBILITY] > mobility:
        yield f"{named(session)}: more than {mobility} of mobility in its week"


def judge_hours(world: World, ahead: Ahead, session: Session) -> Iterator[str]:
    """Look for hard activity 24 h or less before or after a hard session."""
    for done in (*world.runs, *world.sessions):
        if done.hard and done.start < session.start and session.start - done.end <= GAP:
            yield f"{named(session)} {hours(session.start - done.end)} after what was done on {done.start:%a %H:%M}"
    for run in ahead.runs:
        if not hard_run(run):
            continue
        if run.start < session.start and session.start - run.end <= GAP and not same_day(world, run, session):
            yield f"{named(session)} {hours(session.start - run.end)} after {run.type.value} of {run.start:%a %H:%M}"
        if session.start <= run.start and run.start - session.end <= GAP:
            yield f"{named(session)} {hours(run.start - session.end)} before {run.type.value} of {run.start:%a %H:%M}"
    for other in ahead.sessions:
        if other.kind in HARD and session.start < other.start and other.start - session.end <= GAP:
            yield f"{named(session)} {hours(other.start - session.end)} before {named(other)}"


def hours(span: dt.timedelta) -> str:
    """Write a span in hours."""
    return f"{span / HOUR:.1f} h"


def hard_run(run: PlannedRun) -> bool:
    """Tell whether a run of the plan is hard: it says so, or its length does."""
    return run.hard or run.minutes > LONG or run.type in (RunType.TEMPO, RunType.INTERVALS, RunType.FARTLEK,
                                                         RunType.HILLS, RunType.RACE)


def same_day(world: World, run: PlannedRun, session: Session) -> bool:
    """Tell whether a runner who keeps hard days hard may lift after this run."""
    return (world.runner.hard_days_hard and session.kind is Kind.HEAVY and run.date == session.date
            and run.type is not RunType.RACE and run.minutes <= SAME_DAY_MINUTES
            and session.start - run.end >= SAME_DAY and all(race.date != run.date for race in world.races))


def before_race(race: Race) -> dt.timedelta:
    """Time without hard sessions before a race."""
    km = race.distance_km
    free = 72 if km <= 10.5 else 96 if km <= 21.5 else 168
    return HOUR * (free if race.priority == "A" else max(48, free / 2))


def after_race(km: float) -> dt.timedelta:
    """Time without hard sessions after a race."""
    return HOUR * (48 if km <= 5.5 else 72 if km <= 10.5 else 96 if km <= 21.6 else 168 if km <= 43 else 336)


def judge_races(world: World, ahead: Ahead, session: Session) -> Iterator[str]:
    """Look for a race too soon after a hard session, or too shortly before any session but mobility."""
    for race in world.races:
        begin = race_start(world, ahead, race)
        if session.kind in HARD and session.start < begin and begin - session.end < before_race(race):
            yield f"{named(session)} {hours(begin - session.end)} before the {race.distance_km:g} km of {race.date}"
        end = race_end(world, ahead, race)
        if end is None or session.start < end or session.kind is Kind.MOBILITY:
            continue
        free = after_race(race.distance_km) / (1 if session.kind in HARD else 2)
        if session.start - end < free:
            yield f"{named(session)} {hours(session.start - end)} after the {race.distance_km:g} km of {race.date}"


def race_end(world: World, ahead: Ahead, race: Race) -> dt.datetime | None:
    """Give the end of a race that was run or lies ahead."""
    done = [run.end for run in world.runs if run.race and run.date == race.date]
    planned = [run.end for run in ahead.runs if run.type is RunType.RACE and run.date == race.date]
    return next(iter((*done, *planned)), None)


def race_start(world: World, ahead: Ahead, race: Race) -> dt.datetime:
    """Give the start of a race: as it is planned, else as the file says."""
    run = next((r for r in ahead.runs if r.date == race.date and r.type is RunType.RACE), None)
    minute = world.runner.run_start_minute if race.start_minute is None else race.start_minute
    return run.start if run else dt.datetime.combine(race.date, dt.time()) + dt.timedelta(minutes=minute)


def judge_shares(ahead: Ahead) -> Iterator[str]:
    """Add up the minutes of every seven days that lie ahead: with a hard session a fifth at most is hard."""
    ran, sat = minutes_a_day(ahead.runs), minutes_a_day(ahead.sessions)
    hard_days = {session.date for session in ahead.sessions if session.kind in HARD}
    last = max((*ran, *sat), default=ahead.today)
    for k in range((last - ahead.today).days - 5):
        days = [ahead.today + (k + n) * DAY for n in range(7)]
        run, run_hard = (sum(ran[day][n] for day in days if day in ran) for n in range(2))
        session, session_hard = (sum(sat[day][n] for day in days if day in sat) for n in range(2))
        much = 5 * run_hard > run or 5 * (run_hard + session_hard) > run + session
        if much and not hard_days.isdisjoint(days):
            yield (f"{run_hard + session_hard} of {run + session} min in seven days from {days[0]} are hard "
                   f"({run_hard} of {run} min of running)")


def minutes_a_day(items: Sequence[PlannedRun] | Sequence[Session]) -> dict[dt.date, tuple[int, int]]:
    """Add up minutes and hard minutes by date."""
    sums: dict[dt.date, tuple[int, int]] = {}
    for item in items:
        minutes, hard = sums.get(item.date, (0, 0))
        sums[item.date] = (minutes + item.minutes, hard + item.hard_minutes)
    return sums


def judge_minutes(runner: Runner, session: Session, told: CheckIn | None) -> Iterator[str]:
    """Look for a session that is longer than the runner wants or has time for today."""
    most = runner.session_minutes
    if told is not None and told.minutes is not None:
        most = min(most, max(LEAST_SAID, int(told.minutes)))
    if session.minutes > most:
        yield f"{named(session)} although {most} min were given"
