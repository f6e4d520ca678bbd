"""What a change would do, before it is made: it is made in a draft of the diary, which is then thrown away.

The draft holds what is written on top of what the diary holds; the diary itself is only read. So a preview says what
the change says when it is made, because it is the same function.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from midstance.domain.diary import Skipped
from midstance.domain.run import PlannedRun
from midstance.domain.session import Kind, Session
from midstance.formats._format import refusal
from midstance.formats._plan_words import RUN_WORDS
from midstance.planning.make import settle
from midstance.services import change
from midstance.services.change import Decided
from midstance.services.course import need_course
from midstance.services.diary import current
from midstance.services.replan_day import Known, know
from midstance.store.store import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from midstance.domain.entry import Origin
    from midstance.store.store import Row, Store

    Days = dict[dt.date, tuple[tuple[PlannedRun, ...], tuple[Session, ...]]]

NOTHING: tuple[tuple[()], tuple[()]] = ((), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChange:
    """A date before a change and after it; runs and sessions by start, primers apart."""

    date: dt.date
    runs: tuple[PlannedRun, ...]
    sessions: tuple[Session, ...]
    new_runs: tuple[PlannedRun, ...]
    new_sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a change would do.

    Attributes:
        says: Its sentences, the very ones that it says when it is made.
        days: Dates on which another run or kind of session would stand.
        plan: Id of the plan that the change was tried on.
    """

    says: tuple[str, ...]
    days: tuple[DayChange, ...]
    plan: str


class Draft(MemoryStore):
    """A diary that holds what is written in it on top of another diary, which stays as it is."""

    def __init__(self, below: Store) -> None:
        super().__init__()
        self._below = below
        self.address = below.address

    def append(self, rows: Iterable[Row]) -> int:
        """Add rows that the other diary does not hold, to the draft alone."""
        given = tuple(rows)
        known = self._below.known([row.id for row in given])
        return super().append(row for row in given if row.id not in known)

    def rows(
        self, *, since: dt.date | None = None, until: dt.date | None = None, kinds: Collection[str] = (),
        of: str = "", steering: bool = False,
    ) -> Iterator[Row]:
        """Find rows, those of the other diary first."""
        return chain(
            self._below.rows(since=since, until=until, kinds=kinds, of=of, steering=steering),
            super().rows(since=since, until=until, kinds=kinds, of=of, steering=steering))

    def known(self, ids: Collection[str]) -> frozenset[str]:
        """Tell which of these ids either holds."""
        return self._below.known(ids) | super().known(ids)

    def batches(self) -> Iterator[str]:
        """List the batches, the one written to last first."""
        return iter(dict.fromkeys(chain(super().batches(), self._below.batches())))

    def named(self, prefix: str) -> tuple[str, ...]:
        """List at most three ids that begin with ``prefix``."""
        return tuple(sorted({*super().named(prefix), *self._below.named(prefix)})[:3])

    def count(self) -> int:
        """Count the rows of both."""
        return self._below.count() + super().count()


def preview(store: Store, act: Callable[[Store], Decided], *, date: dt.date) -> Preview:
    """Say what a change would do, and write nothing.

    Args:
        store: The diary.
        act: Makes the change in the diary that it is given, for example a move with all but the store filled in.
        date: The day.
    Raises: InputError: The change cannot be made, as when it is made.
    """
    draft = Draft(store)
    decided = act(draft)
    return Preview(says=decided.says, days=changed_days(by_date(store, date), by_date(draft, date)),
                   plan=need_course(current(store)).plan.id)


def changed_days(old: Days, new: Days) -> tuple[DayChange, ...]:
    """List the dates on which another run or another kind of session stands."""
    out = []
    for date in sorted(old.keys() | new.keys()):
        (runs, sessions), (new_runs, new_sessions) = (
            days.get(date, ((), ())) for days in (old, new))
        if _shape(runs, sessions) != _shape(new_runs, new_sessions):
            out.append(DayChange(date=date, runs=runs, sessions=sessions, new_runs=new_runs,
                                 new_sessions=new_sessions))
    return tuple(out)


def by_date(store: Store, date: dt.date) -> Days:
    """Give runs and sessions of each date from a day on as they stand now, primers apart."""
    known = known_on(store, date)
    out: Days = {}
    for run in settle(known.brief).runs:
        out[run.date] = ((*out.get(run.date, NOTHING)[0], run), ())
    for session in known.course.plan.sessions:
        if session.kind is not Kind.PRIMER:
            runs, there = out.get(session.date, NOTHING)
            out[session.date] = (runs, (*there, session))
    return {day: found for day, found in out.items() if day >= date}


def known_on(store: Store, date: dt.date) -> Known:
    """Gather what is known on a day.

    Raises: InputError: The diary holds no plan, or one that cannot be read.
    """
    return know([entry for entry in current(store) if entry.date <= date], today=date)


def _shape(runs: tuple[PlannedRun, ...], sessions: tuple[Session, ...]) -> tuple[object, ...]:
    return tuple((run.type, run.minutes) for run in runs), tuple(s.kind for s in sessions)


def move(
    store: Store, activity: str, to: dt.date, *, now: dt.datetime, date: dt.date, origin: Origin
) -> Decided:
    """Move a session or a run, named by its id, to another date.

    Raises: InputError: It is not in the plan, a date lies in the past or outside the plan, something of its kind
        stands there, or a safety rule speaks against it.
    """
    known = known_on(store, date)
    course = known.course
    session, run = find(known, activity)
    if run is not None:
        change.inside(course, date, run.date, to)
        if run.date == to:
            raise refusal("move", f"the run stands on {to} already", "name another date", place="to")
        return change.move_run(store, run, to, now=now, date=date, origin=origin)
    assert session is not None
    if session.kind is Kind.PRIMER:
        raise refusal("move", "a primer goes with its run", "move the run", place="id")
    if change.standing(course, session.date)[0].id != session.id:
        raise refusal("move", f"two sessions stand on {session.date}", "skip the other one first", place="id")
    return change.move(store, session.date, to, now=now, date=date, origin=origin)


def skip(store: Store, activity: str, *, now: dt.datetime, date: dt.date, origin: Origin) -> Decided:
    """Skip a session or a run, named by its id; nothing is caught up on.

    Raises: InputError: It is not in the plan, or lies in the past.
    """
    known = known_on(store, date)
    course = known.course
    session, run = find(known, activity)
    if run is not None:
        change.inside(course, date, run.date)
        says = change.decide(store, [Skipped(day=run.date, activity=run.id)], now=now, date=date, origin=origin)
        return Decided(says=(f"{run.date:%A}'s {RUN_WORDS[run.type].lower()} ({run.date}) is dropped.", *says),
                       batch=origin.batch)
    assert session is not None
    return change.skip(store, session.date, now=now, date=date, origin=origin)


def find(known: Known, activity: str) -> tuple[Session | None, PlannedRun | None]:
    """Find a session of the plan in force, or a run as it stands now, by its id; exactly one of the two is given.

    Raises: InputError: There is none.
    """
    session = next((s for s in known.course.plan.sessions if s.id == activity), None)
    run = None if session else next((r for r in settle(known.brief).runs if r.id == activity), None)
    if session is None and run is None:
        raise refusal("plan", f"{activity} is not in it any more", "the plan has changed; look at it again", place="id")
    return session, run
