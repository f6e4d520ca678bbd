"""The plan as a calendar: what stands on each date now, and of past dates what was run, done, skipped and missed.

A run that was moved stands where it was moved to, also where no session had to change and the plan was not made again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from midstance.domain.plan import Phase, Plan, Week
from midstance.domain.run import PlannedRun
from midstance.domain.session import Kind, Session
from midstance.planning.make import settle
from midstance.planning.recall import done_ids
from midstance.services.course import planned_sessions
from midstance.services.replan_day import Known, decided_sessions, know

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.entry import Entry


class Fate(StrEnum):
    """What has become of a run or session."""

    AHEAD = "ahead"
    DONE = "done"
    SKIPPED = "skipped"
    MISSED = "missed"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunNow:
    """A run of the calendar; a past one without a recording is ``untold``."""

    run: PlannedRun
    fate: Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionNow:
    """A session of the calendar."""

    session: Session
    fate: Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class DayNow:
    """A date; primers stand beside the sessions."""

    date: dt.date
    runs: tuple[RunNow, ...]
    sessions: tuple[SessionNow, ...]
    primers: tuple[Session, ...]
    blocked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekNow:
    """A week.

    Attributes:
        number: Its place in the plan, from 1.
        week: The week as the plan in force has it.
        days: Its dates as they stand now.
        run_load: Load of its runs [AU]; ``session_load`` of its sessions.
        minutes: Minutes of runs and sessions; ``hard_minutes`` of them hard.
    """

    number: int
    week: Week
    days: tuple[DayNow, ...]
    run_load: int
    session_load: int
    minutes: int
    hard_minutes: int

    @property
    def starts(self) -> dt.date:
        """Its Monday."""
        return self.week.starts

    @property
    def phase(self) -> Phase:
        """Its phase."""
        return self.week.phase

    @property
    def easy_share(self) -> float:
        """Easy minutes over all minutes; 1 for an empty week."""
        return 1 - self.hard_minutes / self.minutes if self.minutes else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The plan in force as it stands now."""

    plan: Plan
    known: Known
    weeks: tuple[WeekNow, ...]


def calendar_of(entries: Sequence[Entry], *, today: dt.date) -> Calendar:
    """Lay out the plan in force.

    Args:
        entries: Entries in force, in the order of writing.
        today: The day; entries after it do not count.
    Raises: InputError: The diary holds no plan, or one that cannot be read.
    """
    until = [entry for entry in entries if entry.date <= today]
    known = know(until, today=today)
    plan = known.course.plan
    runs = _runs(known, today)
    sessions = {**_past(until, known), **_ahead(known)}
    weeks = tuple(_week(number, week, runs, sessions, known) for number, week in enumerate(plan.weeks, start=1))
    return Calendar(plan=plan, known=known, weeks=weeks)


def _runs(known: Known, today: dt.date) -> dict[dt.date, list[RunNow]]:
    recorded = {(run.start, run.minutes) for run in (known.brief.lived.runs if known.brief.lived else ())}
    out: dict[dt.date, list[RunNow]] = {}
    for run in settle(known.brief).runs:
        fate = Fate.DONE if (run.start, run.minutes) in recorded else Fate.AHEAD if run.date >= today else Fate.UNTOLD
        out.setdefault(run.date, []).append(RunNow(run=run, fate=fate))
    return out


def _ahead(known: Known) -> dict[dt.date, list[SessionNow]]:
    """List the sessions from today on; of today also those that are done or skipped."""
    lived = known.brief.lived
    done = {s.id: s for s in (lived.done if lived else ()) if s.date == known.today}
    out: dict[dt.date, list[SessionNow]] = {known.today: [SessionNow(session=s, fate=Fate.DONE) for s in done.values()]}
    for session in known.course.plan.sessions:
        if session.date < known.today or session.kind is Kind.PRIMER or session.id in done:
            continue
        dropped = lived is not None and (session.date, session.kind) in lived.dropped
        fate = Fate.SKIPPED if dropped else Fate.AHEAD
        out.setdefault(session.date, []).append(SessionNow(session=session, fate=fate))
    return out


def _past(entries: Sequence[Entry], known: Known) -> dict[dt.date, list[SessionNow]]:
    """List what was done before today, and what was planned and was not."""
    first, lived = known.brief.first, known.brief.lived
    planned = planned_sessions(entries, since=first, until=known.today)
    skipped, _ = decided_sessions(entries)
    given = {(s.date, s.kind) for s in skipped}
    noted = done_ids(entries, planned)
    out: dict[dt.date, list[SessionNow]] = {}
    for session in lived.done if lived else ():
        if session.date < known.today:
            out.setdefault(session.date, []).append(SessionNow(session=session, fate=Fate.DONE))
    told = {s.id for s in planned}
    for session in (*planned, *(s for s in skipped if s.id not in told and first <= s.date < known.today)):
        if session.id not in noted:
            fate = Fate.SKIPPED if (session.date, session.kind) in given else Fate.MISSED
            out.setdefault(session.date, []).append(SessionNow(session=session, fate=fate))
    return out


def _week(
    number: int, week: Week, runs: dict[dt.date, list[RunNow]], sessions: dict[dt.date, list[SessionNow]], known: Known
) -> WeekNow:
    days = tuple(_day(day.date, day.sessions, runs, sessions, known) for day in week.days)
    ran = [r.run for day in days for r in day.runs]
    sat = [s.session for day in days for s in day.sessions if s.fate in (Fate.AHEAD, Fate.DONE)]
    sat += [s for day in days for s in day.primers]
    return WeekNow(
        number=number, week=week, days=days, run_load=sum(r.load_au for r in ran),
        session_load=sum(s.load_au for s in sat), minutes=sum(r.minutes for r in ran) + sum(s.minutes for s in sat),
        hard_minutes=sum(r.hard_minutes for r in ran) + sum(s.hard_minutes for s in sat))


def _day(
    date: dt.date, held: Sequence[Session], runs: dict[dt.date, list[RunNow]],
    sessions: dict[dt.date, list[SessionNow]], known: Known
) -> DayNow:
    here = tuple(sorted(runs.get(date, ()), key=lambda r: (r.run.start, r.run.id)))
    ids = {r.run.id for r in here}
    primers = tuple(s for s in held if s.kind is Kind.PRIMER and s.for_run in ids and date >= known.today)
    found = sorted(sessions.get(date, ()), key=lambda s: (s.session.start, s.session.id))
    return DayNow(date=date, runs=here, sessions=tuple(found), primers=primers,
                  blocked=known.brief.runner.blocked_on(date))
