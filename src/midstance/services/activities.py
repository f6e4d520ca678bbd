"""What was trained: each run and session of the diary with its length, exertion and load, measured or estimated.

One shape for both, so that an exertion can be told afterwards (``services.note``) and weeks can be added up
(``services.progress_report``). What was planned and not done is not here.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.domain.diary import PlanAccepted, Rpe, SessionDone, SetDone
from midstance.domain.run import RunDone
from midstance.domain.session import KIND_RPE, Kind, Session
from midstance.metrics.measured_run import MeasuredRun, counted_runs, measure_run, yardstick_of
from midstance.metrics.session_rpe import session_rpe
from midstance.planning.prepare import HARD_PART_OF_SESSION
from midstance.planning.recall import usual_minutes
from midstance.services.course import course_of, planned_sessions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from midstance.domain.entry import Entry
    from midstance.domain.run import PlannedRun
    from midstance.domain.runner import Thresholds
    from midstance.metrics._effort import Yardstick

RUN = "run"
SESSION = "session"
DAY = dt.timedelta(days=1)
PLANNED_RUN = "run-"
TELLING = (RunDone, SetDone, SessionDone, Rpe, PlanAccepted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A run or session that was done.

    Attributes:
        id: What an ``Rpe`` names: entry of a recorded run, id of a planned session or run, else an entry.
        date: Local date.
        start: Local start, or None when not known.
        sport: ``run`` or ``session``.
        kind: Kind of session, None for a run or when not known.
        minutes: Length [min]; ``minutes_told`` whether measured or told, not estimated.
        distance_km: Distance of a run [km], or None.
        rpe_cr10: Exertion, 0 to 10; ``rpe_told`` whether the runner said it.
        hard_minutes: Minutes above easy [min], or None when nothing tells.
        load_au: Exertion times minutes [AU] (R1).
    """

    id: str
    date: dt.date
    start: dt.datetime | None = None
    sport: str
    kind: Kind | None = None
    minutes: float
    minutes_told: bool
    distance_km: float | None = None
    rpe_cr10: float
    rpe_told: bool
    hard_minutes: float | None
    load_au: float

    @property
    def estimated(self) -> bool:
        """Whether a part of the load was not told."""
        return not (self.minutes_told and self.rpe_told)


def activities(entries: Sequence[Entry], thresholds: Thresholds | None = None) -> tuple[Activity, ...]:
    """List what was trained.

    A planned run without a recording counts once its exertion was told. Sets that belong to no noted session make one.

    Args:
        entries: Entries in force, in the order of writing; hard minutes are measured against all runs among them.
        thresholds: Heart rates and paces that the runner knows, or None.
    Returns: By date, runs first.
    Raises: InputError: A plan in the diary cannot be read.
    """
    told = {e.what.activity: e.what.rpe_cr10 for e in entries if isinstance(e.what, Rpe)}
    sessions = _sessions_by_id(entries)
    rated = planned_runs(entries, [key for key in told if key.startswith(PLANNED_RUN)])
    found = [*_runs(entries, told, rated, thresholds), *_noted(entries, told, sessions),
             *_from_sets(entries, told, sessions)]
    return tuple(sorted(found, key=lambda a: (a.date, a.sport, a.start.time() if a.start else dt.time(), a.id)))


def planned_runs(entries: Sequence[Entry], ids: Iterable[str] = (), *, on: dt.date | None = None) -> list[PlannedRun]:
    """Find planned runs by id, or those of a date, in the newest plan that holds them.

    Raises: InputError: A plan in the diary cannot be read.
    """
    wanted, found = set(ids), dict[str, "PlannedRun"]()
    for number in reversed(range(len(entries))):
        if not isinstance(entries[number].what, PlanAccepted) or (not wanted - found.keys() and (found or not on)):
            continue
        course = course_of(entries[:number + 1])
        for run in course.plan.runs if course else ():
            if run.id in wanted or run.date == on:
                found.setdefault(run.id, run)
    return list(found.values())


def _sessions_by_id(entries: Sequence[Entry]) -> dict[str, Session]:
    dates = [e.date for e in entries if isinstance(e.what, SetDone | SessionDone)]
    if not dates:
        return {}
    week = 7 * DAY   # a session may be done some days before or after its date
    return {s.id: s for s in planned_sessions(entries, since=min(dates) - week, until=max(dates) + week)}


def _runs(
    entries: Sequence[Entry], told: dict[str, float], rated: Sequence[PlannedRun], thresholds: Thresholds | None,
) -> list[Activity]:
    """List recorded runs, and rated planned ones of dates without a recording; one recording takes over the rating."""
    done = [(e.id, e.date, e.what) for e in entries if isinstance(e.what, RunDone)]
    dates = Counter(date for _, date, _ in done)
    until = max(dates, default=dt.date.min) + DAY
    yardstick = yardstick_of(counted_runs([run for _, _, run in done], until), until=until, thresholds=thresholds)
    planned = {run.date: told[run.id] for run in rated if dates[run.date] == 1}
    return [
        *(_recorded(id_, _run_load(run, told.get(id_, planned.get(date)), yardstick), date) for id_, date, run in done),
        *(_only_planned(run, told[run.id]) for run in rated if run.date not in dates)]


def _run_load(run: RunDone, rpe: float | None, yardstick: Yardstick) -> MeasuredRun:
    """Give load and hard minutes of a recorded run: by the told exertion, else by what was measured."""
    return measure_run(run, yardstick=yardstick, rpe_cr10=rpe)


def _recorded(id_: str, found: MeasuredRun, date: dt.date) -> Activity:
    return Activity(
        id=id_, date=date, start=found.run.local_start, sport=RUN, minutes=found.run.seconds / 60, minutes_told=True,
        distance_km=found.run.distance_km, rpe_cr10=found.rpe_cr10, rpe_told=not found.estimated,
        hard_minutes=found.hard_minutes, load_au=found.load_au)


def _only_planned(run: PlannedRun, rpe: float) -> Activity:
    return Activity(
        id=run.id, date=run.date, start=run.start, sport=RUN, minutes=run.minutes, minutes_told=False,
        distance_km=run.distance_km, rpe_cr10=rpe, rpe_told=True, hard_minutes=run.hard_minutes,
        load_au=session_rpe(rpe, run.minutes))


def _noted(entries: Sequence[Entry], told: dict[str, float], sessions: dict[str, Session]) -> list[Activity]:
    """List sessions that were noted as a whole; of two notes of one session the later counts."""
    newest: dict[str, Entry] = {}
    for entry in entries:
        if isinstance(entry.what, SessionDone):
            newest[entry.what.session or entry.id] = entry
    sets = Counter((e.date, e.what.session) for e in entries if isinstance(e.what, SetDone))
    return [_session(key, e.date, sessions.get(e.what.session), minutes=e.what.minutes, kind=e.what.kind,
                     rpe=told.get(key, e.what.rpe_cr10), sets=sets[e.date, e.what.session])
            for key, e in newest.items() if isinstance(e.what, SessionDone)]


def _from_sets(entries: Sequence[Entry], told: dict[str, float], sessions: dict[str, Session]) -> list[Activity]:
    """List sessions of which only sets were noted."""
    done = [(e.date, e.what.session) for e in entries if isinstance(e.what, SessionDone)]
    noted = {key for _, key in done if key}
    dates = {date for date, _ in done}
    groups: dict[tuple[dt.date, str], list[str]] = {}
    for entry in entries:
        if isinstance(entry.what, SetDone):
            key = entry.what.session
            if (key and key not in noted) or (not key and entry.date not in dates):
                groups.setdefault((entry.date, key), []).append(entry.id)
    return [_session(key or ids[0], date, sessions.get(key), minutes=None, kind=None, rpe=told.get(key or ids[0]),
                     sets=len(ids)) for (date, key), ids in groups.items()]


def _session(
    id_: str, date: dt.date, planned: Session | None, *, minutes: float | None, kind: Kind | None, rpe: float | None,
    sets: int,
) -> Activity:
    kind = kind or (planned.kind if planned else None)
    guess = planned.minutes if planned else usual_minutes(kind or Kind.STRENGTH, sets)
    length = guess if minutes is None else minutes
    usual = rpe if rpe is not None else KIND_RPE[kind or Kind.STRENGTH]
    share = HARD_PART_OF_SESSION.get(kind, 0.0) if kind else 0.0
    if planned and planned.minutes and planned.kind is kind:
        share = planned.hard_minutes / planned.minutes
    return Activity(
        id=id_, date=date, start=planned.start if planned and planned.date == date else None, sport=SESSION, kind=kind,
        minutes=length, minutes_told=minutes is not None, rpe_cr10=usual, rpe_told=rpe is not None,
        hard_minutes=share * length, load_au=session_rpe(usual, length))
