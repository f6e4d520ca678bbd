"""What the runner tells the diary: the morning's answers, sets, a session as a whole.

Each function writes one batch and gives back what follows from it; words for people are made in ``cli``. An exertion
told afterwards is in ``services.rate``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from midstance.domain.diary import (
    BlockTaken,
    CheckIn,
    IllnessNoted,
    Moved,
    PainNoted,
    PlanAccepted,
    Rpe,
    SessionDone,
    SetDone,
)
from midstance.domain.exercise import Exercise, Hold, Role
from midstance.domain.run import RunDone
from midstance.domain.session import LEG_KINDS, Item, Kind, Session
from midstance.formats._format import InputError, refusal
from midstance.metrics.hard_sets import WARM_UP
from midstance.planning.arranging.weights import rack_of
from midstance.planning.progression import Standing, progress
from midstance.planning.readiness import Light, Readiness, readiness
from midstance.services.activities import DAY, SESSION, TELLING, Activity, activities
from midstance.services.course import Course, course_of, planned_sessions
from midstance.services.diary import add, current
from midstance.services.handbook import catalogue
from midstance.services.told import SessionLine, SetLine, Stamp

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from midstance.domain.entry import Entry
    from midstance.store.store import Store

READY = (CheckIn, PainNoted, IllnessNoted, SetDone, SessionDone, RunDone, Rpe, PlanAccepted, BlockTaken)
LOGGED = (SetDone, SessionDone, PainNoted, CheckIn, PlanAccepted, Moved)
LOOK_BACK = 400 * DAY
"""How far back readiness looks: its own windows are nine weeks, breaks may be longer; midstance default."""
WEEK = 7 * DAY
NEAREST = 3
WHOLE = "session"
"""The word that stands in place of an exercise for a whole session."""
SLIP = 0.75
"""Likeness from which a word is taken for a slip of ``WHOLE``; midstance default."""
LEAP = 1.5
"""Weight, as a share of the heaviest so far, above which a slip of the finger is likely; midstance default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MorningNoted:
    """A check-in that was written.

    Attributes:
        stamp: When, and in which batch.
        told: The answers; ``well_again`` whether symptoms are said to be gone.
        readiness: What the day allows by everything said so far.
        planned: Whether a plan is kept, which the day may change.
    """

    stamp: Stamp
    told: CheckIn
    well_again: bool
    readiness: Readiness
    planned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Leap:
    """A weight far above all before it [kg], and the heaviest before; ``logged`` is False where that is the house's."""

    to_kg: float
    from_kg: float
    logged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetsNoted:
    """Sets that were written.

    Attributes:
        stamp: When, and in which batch.
        exercise: The exercise.
        sets: The sets, numbered.
        session: The planned session that they belong to, or None.
        standings: What the log now says of the exercise, the range of this session first; empty without a plan.
        course: The plan in force, or None.
        stops: Reasons to stop for today, in sentences: pain during the sets.
        leap: What makes the weight look like a slip, or None.
    """

    stamp: Stamp
    exercise: Exercise
    sets: tuple[SetDone, ...]
    session: Session | None
    standings: tuple[Standing, ...]
    course: Course | None
    stops: tuple[str, ...] = ()
    leap: Leap | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionNoted:
    """A session that was written as done.

    Attributes:
        stamp: When, and in which batch.
        done: What was written.
        planned: The planned session, or None.
        activity: The session with its load, measured or estimated.
        corrected: Whether it was noted before, and this takes the place of that note.
        unlogged: Items of its main blocks, as the day showed them, of which no set was logged, with their number of
            sets.
        units: The runner's units for screens.
    """

    stamp: Stamp
    done: SessionDone
    planned: Session | None
    activity: Activity
    corrected: bool
    unlogged: tuple[tuple[Item, int], ...]
    units: str = "metric"


def note_morning(store: Store, told: CheckIn, stamp: Stamp, *, well_again: bool = False) -> MorningNoted:
    """Write the morning's answers and judge the day.

    Args:
        store: The diary.
        told: The answers.
        stamp: When they hold.
        well_again: Whether the runner says that symptoms of an illness are gone.
    Raises: InputError: The diary cannot be used; nothing was written.
    """
    new = [stamp.entry(told), *([stamp.entry(IllnessNoted(over=True))] if well_again else [])]
    add(store, new, now=stamp.at)
    entries = _ready(store, stamp.date)
    course = course_or_none(entries)
    found = _judged(entries, stamp.date, course)
    return MorningNoted(
        stamp=stamp, told=told, well_again=well_again, readiness=found, planned=course is not None)


def note_sets(store: Store, line: SetLine, stamp: Stamp) -> SetsNoted:
    """Write sets, numbered on from those of the date, and say what the log now asks of the exercise.

    Sets of a date that holds a planned session carry its id: the one that names the exercise, else the only one, where
    it is of a kind that may hold them.

    Args:
        store: The diary.
        line: The sets.
        stamp: When they were done.
    Raises: InputError: No such exercise, an impossible number; nothing was written.
    """
    exercise = exercise_of(line.exercise)
    _check_line(line, exercise)
    entries = current(store, kinds=LOGGED)
    session = _session_with(_sessions_on(entries, stamp.date), exercise, loaded=bool(line.weight_kg))
    first = 1 + max((e.what.number for e in entries if isinstance(e.what, SetDone) and e.date == stamp.date
                     and (e.what.exercise, e.what.side) == (exercise.id, line.side)), default=0)
    try:
        sets = tuple(SetDone(
            exercise=exercise.id, amount=amount, unit=line.unit or exercise.dose.unit, number=first + k,
            weight_kg=line.weight_kg, rir=line.rir, side=line.side, pain=line.pain, note=line.note,
            per_hand=line.weight_kg is not None and (line.per_hand or exercise.load.hold is Hold.EACH_HAND),
            session=session.id if session else "") for k, amount in enumerate(line.amounts))
    except ValueError as error:
        raise refusal("log", str(error)) from None
    new = [stamp.entry(one) for one in sets]
    add(store, new, now=stamp.at)
    course = course_or_none(entries)
    leap = _leap(entries, sets[0], exercise, course)
    entries = (*entries, *new)
    stops = _stops(store, stamp) if line.pain else ()
    return SetsNoted(stamp=stamp, exercise=exercise, sets=sets, session=session, course=course, stops=stops, leap=leap,
                     standings=_standings(entries, exercise, session, course, stamp.date))


def note_session(store: Store, line: SessionLine, stamp: Stamp) -> SessionNoted:
    """Write that a session was done; no set is made up. Noted again, it takes the place of the earlier note.

    A kind means the planned session of that kind on the date; where none is left, one that was not planned.

    Args:
        store: The diary.
        line: Which session, and what is told of it.
        stamp: When it was done.
    Raises: InputError: There is no such session or several, an impossible number; nothing was written.
    """
    entries = current(store, kinds=(*TELLING, Moved))
    planned = (_of_kind(entries, Kind(line.which), stamp.date) if line.which in tuple(Kind)
               else _planned(entries, line.which, stamp.date))
    try:
        done = SessionDone(session=planned.id if planned else "", kind=planned.kind if planned else Kind(line.which),
                           minutes=line.minutes, rpe_cr10=line.rpe_cr10, note=line.note)
    except ValueError as error:
        raise refusal("log session", str(error)) from None
    old = next((e for e in reversed(entries) if isinstance(e.what, SessionDone) and done.session
                and e.what.session == done.session), None)
    if old and isinstance(old.what, SessionDone):
        stamp = replace(stamp, date=old.date)
        kept = {name: getattr(old.what, name) for name in ("minutes", "rpe_cr10", "note")
                if getattr(done, name) in (None, "")}
        done = replace(done, **kept)
    entry = stamp.entry(done, replaces=old.id if old else "")
    add(store, [entry], now=stamp.at)
    now = (*(e for e in entries if e is not old), entry)
    key = done.session or entry.id
    logged = {e.what.exercise for e in entries if isinstance(e.what, SetDone) and e.date == stamp.date}
    course = course_or_none(entries)
    items = main_items(_as_shown(store, planned, stamp))
    return SessionNoted(
        stamp=stamp, done=done, planned=planned, corrected=old is not None,
        activity=next(a for a in activities(now) if a.id == key and a.sport == SESSION),
        unlogged=tuple((item, rounds) for item, rounds in items if item.exercise not in logged),
        units=course.runner.units if course else "metric")


def exercise_of(name: str) -> Exercise:
    """Find an exercise by its id or its name.

    Raises: InputError: There is none; the nearest are named.
    """
    known = catalogue().exercises
    key = "-".join(name.lower().replace("_", " ").replace("-", " ").split())
    if key not in known:
        near = get_close_matches(key, list(known), n=NEAREST) or sorted(id_ for id_ in known if key and key in id_)
        remedy = f"did you mean {' or '.join(near[:NEAREST])}?" if near else "midstance exercises lists them"
        raise refusal(name, "is no exercise of the catalogue", remedy)
    return known[key]


def meant_session(name: str) -> bool:
    """Tell whether a word that is no exercise is rather a slip of the word for a whole session."""
    key = name.lower()
    return key not in catalogue().exercises and get_close_matches(
        key, [*catalogue().exercises, WHOLE], n=1, cutoff=SLIP) == [WHOLE]


def main_items(session: Session | None) -> tuple[tuple[Item, int], ...]:
    """List the items of a session's blocks with their number of sets, the warm-up apart, each exercise once."""
    blocks = [b for b in session.blocks if b.label != WARM_UP] if session else []
    found: dict[str, tuple[Item, int]] = {}
    for block in blocks:
        for item in block.items:
            found.setdefault(item.exercise, (item, block.rounds))
    return tuple(found.values())


def course_or_none(entries: Sequence[Entry]) -> Course | None:
    """Give the plan in force; one that cannot be read is none: what was noted must not wait for it."""
    try:
        return course_of(entries)
    except InputError:
        return None


def _ready(store: Store, date: dt.date) -> tuple[Entry, ...]:
    return current(store, since=date - LOOK_BACK, until=date, kinds=READY)


def _check_line(line: SetLine, exercise: Exercise) -> None:
    if line.side and not exercise.per_side:
        raise refusal(f"--{line.side}", f"{exercise.name} is not done one side after the other", "leave it out")
    if line.per_hand and exercise.load.hold is Hold.BARBELL:
        raise refusal(exercise.id, "a barbell is one weight", "give all of it, bar and plates, for example 40kg")


def _stops(store: Store, stamp: Stamp) -> tuple[str, ...]:
    why = _judged(_ready(store, stamp.date), stamp.date, None).why
    return tuple(reason.text for reason in why if reason.light is Light.RED)


def _judged(entries: Sequence[Entry], date: dt.date, course: Course | None) -> Readiness:
    """Judge a day, with the tissue block that the runner follows."""
    block = ""
    if any(isinstance(entry.what, BlockTaken) for entry in entries):
        from midstance.services.replan_day import block_in_force  # noqa: PLC0415 - it loads the whole planner

        block, _ = block_in_force(entries)
    return readiness(entries, today=date, block=block, equipment=course.runner.equipment if course else None)


def _sessions_on(entries: Sequence[Entry], date: dt.date) -> list[Session]:
    """List the planned sessions of a date, those that were moved to it last; a plan that cannot be read has none."""
    try:
        near = planned_sessions(entries, since=date - 2 * WEEK, until=date + 2 * WEEK)
    except InputError:
        return []
    moves = [e.what for e in entries if isinstance(e.what, Moved) and e.what.to == date]
    moved = {(move.day, move.activity) for move in moves}
    return [s for s in near if s.date == date] + [
        s for s in near if s.date != date and {(s.date, s.id), (s.date, "")} & moved]


def _session_with(sessions: Sequence[Session], exercise: Exercise, *, loaded: bool) -> Session | None:
    """Choose the session that names an exercise, else the only one where it may hold it."""
    naming = [s for s in sessions if any(item.exercise == exercise.id for item, _ in main_items(s))]
    only = sessions[0] if len(sessions) == 1 else None
    return naming[0] if naming else only if only and _may_hold(only, exercise, loaded=loaded) else None


def _may_hold(session: Session, exercise: Exercise, *, loaded: bool) -> bool:
    """Tell whether sets of an exercise may be a part of a session: a lift is none of mobility or hops."""
    lift = loaded or exercise.role is Role.MAIN
    return not lift or session.kind in LEG_KINDS or exercise.warm_up or session.kind.value in exercise.kinds


def _leap(
    entries: Sequence[Entry], done: SetDone, exercise: Exercise, course: Course | None,
) -> Leap | None:
    """Tell whether a weight is far above all that was logged of an exercise, and more than the house can load [kg]."""
    told = _whole_weight(done)
    before = max((_whole_weight(e.what) for e in entries if isinstance(e.what, SetDone)
                  and e.what.exercise == exercise.id), default=0.0)
    house = 0.0
    if course is not None:
        rack = rack_of(course.runner, catalogue().exercises)
        pieces = rack.loads(exercise.load.hold) or rack.hand
        house = max(pieces, default=0.0) * (2 if exercise.load.hold is Hold.EACH_HAND else 1)
    heaviest = before or house
    if not heaviest or told <= LEAP * heaviest or told <= house:
        return None
    share = 2 if done.per_hand else 1
    return Leap(to_kg=told / share, from_kg=heaviest / share, logged=before > 0)


def _whole_weight(done: SetDone) -> float:
    """Add up what both hands hold [kg]."""
    return (done.weight_kg or 0.0) * (2 if done.per_hand else 1)


def _as_shown(store: Store, session: Session | None, stamp: Stamp) -> Session | None:
    """Give a planned session as the day showed it before anything was noted of it; else as the plan has it.

    The morning fills it anew from the log, takes sets off it and gives room to a tissue block.
    """
    if session is None or session.date != stamp.date:
        return session
    from midstance.services.replan_day import day_of, know  # noqa: PLC0415 - it loads the whole planner

    entries = [e for e in current(store, until=stamp.date)
               if e.date < stamp.date or not isinstance(e.what, SetDone | SessionDone | Rpe)]
    try:
        known = know(entries, today=stamp.date)
        shown = day_of(known, None, entries).session
    except InputError:
        return session
    return shown if shown is not None and shown.kind is session.kind else session


def _standings(
    entries: Sequence[Entry], exercise: Exercise, session: Session | None, course: Course | None, today: dt.date,
) -> tuple[Standing, ...]:
    """Tell what the log says of an exercise: of the session's own range where it is known, else of each."""
    if course is None:
        return ()
    first = min(e.date for e in entries if isinstance(e.what, SetDone))
    try:
        planned = {s.id: s.kind for s in planned_sessions(entries, since=first, until=today + DAY)}
    except InputError:
        planned = {}
    said = progress(entries, runner=course.runner, catalogue=catalogue().exercises, today=today, planned=planned)
    found = [s for s in said.standings if s.exercise == exercise.id]
    mine = [s for s in found if session and s.heavy == (session.kind is Kind.HEAVY)]
    return tuple(mine or found)


def _of_kind(entries: Sequence[Entry], kind: Kind, date: dt.date) -> Session | None:
    """Find the planned session of a kind on a date that is not noted yet."""
    done = _noted_ids(entries)
    return next((s for s in _sessions_on(entries, date) if s.kind is kind and s.id not in done), None)


def _noted_ids(entries: Sequence[Entry]) -> set[str]:
    return {e.what.session for e in entries if isinstance(e.what, SessionDone)}


def _planned(entries: Sequence[Entry], which: str, date: dt.date) -> Session:
    sessions = _sessions_on(entries, date)
    if which:
        course = course_or_none(entries)
        near = [*sessions, *planned_sessions(entries, since=date - 2 * WEEK, until=date + 2 * WEEK),
                *(course.plan.sessions if course else ())]
        found = next((s for s in near if s.id == which), None)
        if found is None:
            raise refusal(which, "is no planned session within two weeks and no kind of session",
                        f"kinds are {', '.join(Kind)}; midstance today shows what is planned")
        return found
    done = _noted_ids(entries)
    still = [s for s in sessions if s.id not in done] or sessions
    if not still:
        raise refusal(str(date), "no session is planned on this date",
                    "name its kind: midstance log session strength --minutes 20")
    if len(still) > 1:
        listed = ", ".join(f"{s.id} ({s.kind.value})" for s in still)
        raise refusal(str(date), f"several sessions are planned: {listed}", "name one: midstance log session ID")
    return still[0]
