"""A calendar that waits becomes the plan's: what that changes is shown first, and one undo takes it back.

The plan keeps its beginning, its phases and all that was lived, as with changed settings (``services.set_up_change``).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midstance.domain.session import Kind
from midstance.formats._format import InputError, refusal
from midstance.services.calendar_subscription import standing
from midstance.services.change import Decided
from midstance.services.diary import add, current
from midstance.services.inputs import Calendars
from midstance.services.set_up import Ready
from midstance.services.set_up_change import Look, in_turn, joined, look, settings_of
from midstance.services.where_preview import DayChange

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from midstance.domain.entry import Entry
    from midstance.domain.plan import Plan
    from midstance.domain.run import PlannedRun
    from midstance.domain.session import Session
    from midstance.services.calendar_subscription import Waiting
    from midstance.services.set_up_change import Settings
    from midstance.services.told import Stamp
    from midstance.store.store import Store

NO_PLAN = "there is no plan yet that it could change"
NO_PLAN_REMEDY = "make one first: the set-up takes a calendar too"
OTHER = "the plan, or the calendar that waits, is another one than when this was shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChange:
    """What a calendar would change.

    Attributes:
        found: The plan that it leads to, and what would be written.
        days: Dates on which another run or another session would stand.
        new: How many runs come, on dates and at hours that had none; ``gone`` that go, ``other`` that become others.
        same: How many runs to come stay as they are.
        others: Runs to come of the plan's other calendars, by name.
        beyond: How many runs lie after the plan's end.
    """

    found: Look
    days: tuple[DayChange, ...]
    new: int
    gone: int
    other: int
    same: int
    others: dict[str, int]
    beyond: int

    @property
    def plan(self) -> str:
        """Id of the plan that it leads to."""
        return self.found.plan.id


def need_settings(entries: Sequence[Entry], today: dt.date) -> Settings:
    """Give what is set now.

    Raises: InputError: There is no plan.
    """
    found = settings_of(entries, today=today)
    if found is None:
        raise refusal("calendar", NO_PLAN, NO_PLAN_REMEDY)
    return found


def preview(
    entries: Sequence[Entry], waiting: Waiting, *, stamp: Stamp, clock: Callable[[], float],
) -> CalendarChange:
    """Say what a calendar would change; nothing is written.

    Args:
        entries: Entries in force, in the order of writing.
        waiting: The calendar.
        stamp: Moment, date and batch.
        clock: Seconds of a running clock.
    Raises: InputError: There is no plan.
    """
    today = stamp.today
    now = need_settings(entries, today)
    others = {name: count for name in now.files if name not in waiting.names
              and (count := len(standing(now, (name,), today)))}
    kept = tuple(others) if waiting.beside else ()
    held = tuple(run for run in waiting.held.runs if run.date >= today)
    calendar = joined(now, Calendars(runs=held), kept, today)
    ready = Ready(runner=now.runner, calendars=Calendars(runs=calendar, unread=waiting.held.unread))
    found = look(now, ready, stamp=stamp, clock=clock)
    days = changed(now.course.plan, found.plan, today)
    pairs = [_paired(day.runs, day.new_runs) for day in days]
    untouched = {day.date for day in days}
    return CalendarChange(
        found=found, days=days, others=others, beyond=sum(run.date > found.plan.ends for run in held),
        new=sum(new for new, _, _, _ in pairs), gone=sum(gone for _, gone, _, _ in pairs),
        other=sum(other for _, _, other, _ in pairs),
        same=sum(same for _, _, _, same in pairs) + sum(
            run.date >= today and run.date not in untouched for run in found.plan.runs))


def accept(
    store: Store, waiting: Waiting, plan: str, *, stamp: Stamp, clock: Callable[[], float],
) -> Decided:
    """Take a calendar as the plan's.

    Args:
        store: The diary.
        waiting: The calendar.
        plan: Id of the plan that was shown.
        stamp: Moment, date and batch.
        clock: Seconds of a running clock.
    Raises: InputError: It leads to another plan by now, or the diary cannot be written; then nothing is.
    """
    found = preview([e for e in current(store) if e.date <= stamp.today], waiting, stamp=stamp, clock=clock)
    if found.plan != plan:
        raise InputError((replace(refusal("calendar", OTHER, "look at it once more, and accept it then").faults[0],
                                  place="plan"),))
    add(store, in_turn(found.found.words, stamp), now=stamp.at)
    runs = found.new + found.other
    says = [f"The calendar stands in your plan: {counted(runs, 'run', 'runs')} changed, {found.gone} gone."]
    says += [f"{counted(len(found.found.says), 'session', 'sessions')} changed with it."] if found.found.says else []
    return Decided(says=tuple(says), batch=stamp.origin.batch)


def counted(count: int, one: str, many: str) -> str:
    """Write a number with its word.

    >>> counted(1, "run", "runs"), counted(1200, "run", "runs")
    ('1 run', '1,200 runs')
    """
    return f"{count:,} {one if count == 1 else many}"


def changed(old: Plan, new: Plan, first: dt.date) -> tuple[DayChange, ...]:
    """List the dates from one on on which another run or another kind of session stands; hours count too."""
    before, after = _by_date(old, first), _by_date(new, first)
    out = []
    for date in sorted(before.keys() | after.keys()):
        runs, sessions = before[date]
        new_runs, new_sessions = after[date]
        shapes = [([_shape(run) for run in some], [s.kind for s in kinds])
                  for some, kinds in ((runs, sessions), (new_runs, new_sessions))]
        if shapes[0] != shapes[1]:
            out.append(DayChange(date=date, runs=tuple(runs), sessions=tuple(sessions), new_runs=tuple(new_runs),
                                 new_sessions=tuple(new_sessions)))
    return tuple(out)


def _by_date(plan: Plan, first: dt.date) -> defaultdict[dt.date, tuple[list[PlannedRun], list[Session]]]:
    out: defaultdict[dt.date, tuple[list[PlannedRun], list[Session]]] = defaultdict(lambda: ([], []))
    for run in plan.runs:
        if run.date >= first:
            out[run.date][0].append(run)
    for session in plan.sessions:
        if session.date >= first and session.kind is not Kind.PRIMER:
            out[session.date][1].append(session)
    return out


def _shape(run: PlannedRun) -> tuple[object, ...]:
    return run.start, run.type, run.minutes, run.title


def _paired(old: Sequence[PlannedRun], new: Sequence[PlannedRun]) -> tuple[int, int, int, int]:
    """Count what becomes of a date's runs: (new, gone, other, same)."""
    left, come = [_shape(run) for run in old], [_shape(run) for run in new]
    same = sum(shape in come for shape in left)
    other = min(len(left), len(come)) - same
    return len(come) - same - other, len(left) - same - other, other, same
