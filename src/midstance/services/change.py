"""Change a plan: keep one, accept a proposed change, and what the runner decides - move, skip, busy, a new race.

What the runner decides is taken at once, with its consequences; what the facts ask for waits for ``accept``. The
entries of one command share a batch, so that one undo takes back the decision and all that followed from it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midstance.domain.diary import (
    BlockTaken,
    Busy,
    ChangeAccepted,
    ChangeProposed,
    Moved,
    PlanAccepted,
    RaceAdded,
    Skipped,
    What,
)
from midstance.domain.entry import Entry, Origin, entry_of
from midstance.domain.session import Kind, Session
from midstance.formats._format import refusal
from midstance.formats._plan_words import RUN_WORDS
from midstance.formats.plan_json import render_plan_json
from midstance.planning.readiness import readiness
from midstance.planning.tissue_blocks import load_tissue_blocks
from midstance.planning.tissue_sitting import dose_table
from midstance.services.course import Course, need_course
from midstance.services.day_words import reason_of
from midstance.services.diary import add, current
from midstance.services.handbook import catalogue
from midstance.services.replan_day import Morning, Proposal, know, morning, moved_session, propose

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from midstance.domain.plan import Plan
    from midstance.domain.run import PlannedRun
    from midstance.domain.runner import Race
    from midstance.services.replan_day import Known
    from midstance.store.store import Store


WAITED = "With it goes what waited for your yes."
BEYOND = "It lies beyond the plan's end ({ends}); the next plan will lead to it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A change as the runner sees it: id, sentences, and ``proposed``, ``accepted`` or ``undone``."""

    id: str
    says: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a decision did, sentences with its consequences, and the batch that one undo takes back."""

    says: tuple[str, ...]
    batch: str


def keep_plan_document(store: Store, plan: Plan, *, now: dt.datetime, date: dt.date, origin: Origin) -> Decided:
    """Keep a plan as the one that is followed from now on.

    Raises: InputError: The diary cannot be written.
    """
    entry = entry_of(accepted(plan), at=now, date=date, origin=origin)
    add(store, [entry], now=now)
    return Decided(says=(f"The plan is kept ({plan.starts} to {plan.ends}).",), batch=origin.batch)


def accepted(plan: Plan) -> PlanAccepted:
    """Make the word that a plan is followed from now on."""
    return PlanAccepted(plan=plan.id, document=render_plan_json(plan, compact=True))


def todays(
    store: Store, *, now: dt.datetime, date: dt.date, origin: Origin
) -> tuple[Morning, tuple[Shown, ...]]:
    """Say what to do on a day, and keep the change that the facts ask for as proposed.

    Returns: The day, and the changes of the last two days and the one that waits.
    Raises: InputError: The diary holds no plan, or cannot be read or written.
    """
    entries = current(store)
    found = morning(entries, today=date)
    if found.proposal is not None:
        waits = keep_proposed(store, entries, found.proposal, now=now, date=date, origin=origin)
        entries = entries if waits in entries else (*entries, waits)
    return found, shown_changes(entries, found.proposal, date)


def keep_proposed(
    store: Store, entries: Sequence[Entry], proposal: Proposal, *, now: dt.datetime, date: dt.date, origin: Origin
) -> Entry:
    """Keep a change as proposed where it does not wait already; give its entry."""
    waits = open_change(entries, proposal)
    if waits is None:
        waits = entry_of(proposed(proposal), at=now, date=date, origin=origin)
        add(store, [waits], now=now)
    return waits


def proposed(proposal: Proposal) -> ChangeProposed:
    """Make the word that a change waits; its plan is made again when it is accepted."""
    return ChangeProposed(says=proposal.says, plan=proposal.plan.id, previous=proposal.plan.previous or "")


def open_change(entries: Sequence[Entry], proposal: Proposal) -> Entry | None:
    """Find the entry of a proposal that waits already: the same sentences about the same plan."""
    for entry in reversed(entries):
        what = entry.what
        if isinstance(what, ChangeProposed) and (what.says, what.previous) == (
                proposal.says, proposal.plan.previous or ""):
            return entry
    return None


def shown_changes(entries: Sequence[Entry], proposal: Proposal | None, date: dt.date) -> tuple[Shown, ...]:
    """List the changes accepted since yesterday, and the one that waits."""
    known = {entry.id: entry.what for entry in entries if isinstance(entry.what, ChangeProposed)}
    out = []
    for entry in entries:
        if isinstance(entry.what, ChangeAccepted) and date - dt.timedelta(days=1) <= entry.date <= date:
            what = known.get(entry.what.change)
            if what is not None:
                out.append(Shown(id=entry.what.change, says=what.says, state="accepted"))
    waits = open_change(entries, proposal) if proposal else None
    if waits is not None and isinstance(waits.what, ChangeProposed):
        out.append(Shown(id=waits.id, says=waits.what.says, state="proposed"))
    return tuple(out)


def accept(store: Store, target: str, *, now: dt.datetime, date: dt.date, origin: Origin) -> Decided:
    """Accept the change that waits.

    Args:
        store: The diary.
        target: First letters of its id, or empty; the id of a tissue block takes that up.
        now: The moment, aware.
        date: The day.
        origin: Marks the entries.
    Raises: InputError: Nothing waits, or it is another change by now.
    """
    if target in load_tissue_blocks():
        return take_block(store, target, now=now, date=date, origin=origin)
    found, changes = todays(store, now=now, date=date, origin=origin)
    waiting = next((c for c in changes if c.state == "proposed"), None)
    if waiting is None or found.proposal is None:
        raise refusal("accept", "no change waits", "midstance today shows what is to be done")
    if not waiting.id.startswith(target):
        raise refusal("accept", f"{target!r} is not the change that waits", f"it is {waiting.id[:8]} now; look at it "
                      "with midstance today")
    take(store, waiting.id, found.proposal, now=now, date=date, origin=origin)
    return Decided(says=waiting.says, batch=origin.batch)


def take(
    store: Store, change: str, proposal: Proposal, *, now: dt.datetime, date: dt.date, origin: Origin
) -> None:
    """Follow the plan of a proposal from now on; ``change`` is the id of its entry."""
    write(store, [ChangeAccepted(change=change), accepted(proposal.plan)], now=now, date=date, origin=origin)


def take_block(store: Store, block: str, *, now: dt.datetime, date: dt.date, origin: Origin) -> Decided:
    """Take up a tissue block; it takes the place of one before, at most one is followed at a time (M25).

    Raises: InputError: The diary cannot be written.
    """
    found = load_tissue_blocks()[block]
    if readiness([e for e in current(store) if e.date <= date], today=date).stop:
        raise refusal("accept", "today is a day without training, and no day to begin a block",
                      "midstance today says why; ask again on a better day")
    write(store, [BlockTaken(block=block)], now=now, date=date, origin=origin)
    says = (f"{found.name}: begins today, {found.weeks} weeks. It takes the place of other sets.",
            *dose_table(found, catalogue().exercises), *found.first, *found.stops,
            "This is education, no diagnosis and no treatment.")
    return Decided(says=says, batch=origin.batch)


def write(store: Store, words: Sequence[What], *, now: dt.datetime, date: dt.date, origin: Origin) -> None:
    """Add entries of one command, all or none."""
    add(store, [entry_of(what, at=now, date=date, origin=origin) for what in words], now=now)


def decide(
    store: Store, words: Sequence[What], *, now: dt.datetime, date: dt.date, origin: Origin,
    knowing: Callable[[Known], Known] | None = None, must: Callable[[Known, Proposal | None], None] | None = None,
) -> tuple[str, ...]:
    """Write what the runner decided, and the change that follows from it, as one.

    Args:
        store: The diary.
        words: What was decided.
        now: The moment, aware.
        date: The day.
        origin: Marks the entries.
        knowing: Changes what the morning knows before the plan is made again.
        must: Raises where the change is not what was wished.
    Returns: The consequences, sentences; empty when nothing else changes.
    Raises: InputError: The diary holds no plan, or the wish cannot be.
    """
    entries = [e for e in current(store) if e.date <= date]
    fresh = [entry_of(what, at=now, date=date, origin=origin) for what in words]
    waited = propose(know(entries, today=date))
    known = know([*entries, *fresh], today=date)
    proposal = propose(knowing(known) if knowing else known)
    if must is not None:
        must(known, proposal)
    if proposal is None:
        add(store, fresh, now=now)
        return ()
    change = entry_of(proposed(proposal), at=now, date=date, origin=origin)
    taken = [entry_of(what, at=now, date=date, origin=origin)
             for what in (ChangeAccepted(change=change.id), accepted(proposal.plan))]
    add(store, [*fresh, change, *taken], now=now)
    return (*proposal.says, *([WAITED] if waited and set(waited.says) & set(proposal.says) else []))


def move(store: Store, day: dt.date, to: dt.date, *, now: dt.datetime, date: dt.date, origin: Origin) -> Decided:
    """Move what is planned on a date to another: its session, else its run.

    Raises: InputError: Nothing or too much stands there, a date lies in the past or outside the plan, or a safety rule
        speaks against it.
    """
    course = need_course(current(store))
    inside(course, date, day, to)
    if day == to:
        raise refusal("move", f"{day} is the same date twice", "name the date to go to second")
    sessions = standing(course, day)
    runs = [run for run in course.plan.runs if run.date == day]
    if sessions:
        if any(s.kind is sessions[0].kind for s in standing(course, to)):
            raise refusal("move", f"a {sessions[0].kind.value} session stands on {to} already",
                          "name another date, or skip one of the two")
        return move_session(store, sessions[0], to, now=now, date=date, origin=origin)
    if len(runs) != 1:
        many = ", ".join(run.id for run in runs) or "nothing"
        raise refusal("move", f"{many} stands on {day}", "name a date with one session or one run; midstance today "
                      "--date shows a day")
    return move_run(store, runs[0], to, now=now, date=date, origin=origin)


def move_session(
    store: Store, session: Session, to: dt.date, *, now: dt.datetime, date: dt.date, origin: Origin
) -> Decided:
    """Move one session; refuse with the rule where safety speaks against it."""
    wish = Moved(day=session.date, to=to, activity=session.id)

    def must(known: Known, proposal: Proposal | None) -> None:
        there = proposal is not None and any(
            s.date == to and s.kind is session.kind for s in proposal.plan.sessions)
        if not there:
            moved = replace(session, start=dt.datetime.combine(to, session.start.time()))
            why = reason_of(known, proposal.solved, moved) if proposal else ""
            raise refusal("move", f"the {session.kind.value} session cannot stand on {to}: {why or 'no free window.'}",
                          "try another date; midstance why tells what a date costs")

    says = decide(store, [wish], now=now, date=date, origin=origin,
                  knowing=lambda known: moved_session(known, wish, session), must=must)
    return Decided(says=says, batch=origin.batch)


def move_run(store: Store, run: PlannedRun, to: dt.date, *, now: dt.datetime, date: dt.date, origin: Origin) -> Decided:
    """Move one run; the runner decides about runs, so it is never refused."""
    says = decide(store, [Moved(day=run.date, to=to, activity=run.id)], now=now, date=date, origin=origin)
    what = RUN_WORDS[run.type].lower()
    first = f"{run.date:%A}'s {what} ({run.date}) {'go' if what.endswith('s') else 'goes'} to {to:%A} {to}."
    return Decided(says=(first, *says), batch=origin.batch)


def skip(store: Store, day: dt.date, *, now: dt.datetime, date: dt.date, origin: Origin) -> Decided:
    """Skip the session of a date, or its run where no session stands there; nothing is caught up on.

    Raises: InputError: Nothing stands there, or the date lies outside the plan.
    """
    course = need_course(current(store))
    inside(course, date, day)
    sessions = standing(course, day)
    runs = [run for run in course.plan.runs if run.date == day]
    if not sessions and not runs:
        raise refusal("skip", f"nothing is planned on {day}", "name a date with a session or a run")
    if sessions:
        words: list[What] = [Skipped(day=day, activity=s.id) for s in sessions]
        first = f"{day:%A}'s {sessions[0].kind.value} session ({day}) is dropped; there is nothing to catch up on."
    else:
        words = [Skipped(day=day, activity=run.id) for run in runs]
        first = f"{day:%A}'s run ({day}) is dropped."
    says = decide(store, words, now=now, date=date, origin=origin)
    return Decided(says=(first, *(s for s in says if f"({day}) falls away" not in s)), batch=origin.batch)


def busy(
    store: Store, first: dt.date, last: dt.date, *, now: dt.datetime, date: dt.date, origin: Origin
) -> Decided:
    """Keep a span of dates free of sessions.

    Raises: InputError: It ends before it begins, or lies outside the plan.
    """
    course = need_course(current(store))
    if last < first:
        raise refusal("busy", f"it ends on {last}, before it begins on {first}", "name the first date first")
    if last < date or first > course.plan.ends:
        raise refusal("busy", f"{first} to {last} lies outside the plan",
                      f"name dates from {max(date, course.plan.starts)} to {course.plan.ends}")
    says = decide(store, [Busy(first=first, last=last)], now=now, date=date, origin=origin)
    return Decided(says=(f"No sessions from {first} to {last}.", *says), batch=origin.batch)


def race(store: Store, race: Race, *, now: dt.datetime, date: dt.date, origin: Origin) -> Decided:
    """Add a race; an A race beyond the plan's end makes the plan longer.

    Raises: InputError: It lies in the past.
    """
    need_course(current(store))
    if race.date < date:
        raise refusal("race", f"{race.date} is past", "name a date to come")
    says = decide(store, [RaceAdded(race=race)], now=now, date=date, origin=origin)
    first = f"A {race.distance_km:g} km race ({race.priority}) stands on {race.date:%A} {race.date}."
    ends = need_course(current(store)).plan.ends
    beyond = [BEYOND.format(ends=ends)] if race.date > ends else []
    return Decided(says=(first, *beyond, *says), batch=origin.batch)


def standing(course: Course, day: dt.date) -> list[Session]:
    """List the sessions of a date in the plan in force, primers apart."""
    return [s for s in course.plan.sessions if s.date == day and s.kind is not Kind.PRIMER]


def inside(course: Course, today: dt.date, *days: dt.date) -> None:
    """Refuse dates of the past and outside the plan.

    Raises: InputError: The first that is wrong.
    """
    for day in days:
        if day < today:
            raise refusal("date", f"{day} is past", "what was done is noted with midstance log; missed sessions are "
                          "dropped by themselves")
        if not course.plan.starts <= day <= course.plan.ends:
            raise refusal("date", f"{day} lies outside the plan",
                          f"it runs from {course.plan.starts} to {course.plan.ends}")
