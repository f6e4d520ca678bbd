"""Strength sessions that a watch recorded: which of them the log holds already, and what the others would add to it.

A session is told once. What the runner logged stands, and a recording of the same session adds nothing to it. A
recording without a log is offered: sets are filled in only where the runner says so, and a set whose exercise is only
the watch's guess is shown and not taken. What midstance wrote itself is known exactly.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from midstance.domain.diary import SessionDone, SetDone
from midstance.domain.entry import Via, entry_of
from midstance.domain.exercise import Hold
from midstance.domain.session import Session
from midstance.formats._fit_exercises import category_words
from midstance.formats._fit_sets import RecordedSession
from midstance.services.course import planned_sessions
from midstance.services.finished import played

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from zoneinfo import ZoneInfo

    from midstance.domain.entry import Entry, Origin
    from midstance.domain.exercise import Exercise
    from midstance.formats._fit_sets import RecordedSet

MARGIN = dt.timedelta(minutes=15)
"""How far a logged set may lie outside of a recording that it belongs to; midstance default."""
NEAR = dt.timedelta(hours=4)
"""How far from its planned start a recorded session still counts as the planned one; midstance default."""
DAY = dt.timedelta(days=1)


class Sure(StrEnum):
    """How it is known which exercise a recorded set was."""

    OURS = "ours"        # midstance wrote the file
    STEP = "step"        # the watch followed a workout of midstance
    PLAN = "plan"        # the watch's guess fits one exercise of the planned session
    GUESS = "guess"      # the watch's guess alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A set that a recording would add: the set, its start, and how its exercise is known."""

    done: SetDone
    start: dt.datetime
    sure: Sure


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a recorded session means to the log.

    Attributes:
        recorded: The session.
        date: Local date.
        logged: Ids of entries of the same session that the runner logged; nothing is added then.
        planned: The planned session it was, or None.
        sets: Sets that may be added, in order of time.
        unclear: How many recorded sets tell no exercise or no amount.
    """

    recorded: RecordedSession
    date: dt.date
    logged: tuple[str, ...] = ()
    planned: Session | None = None
    sets: tuple[Offered, ...] = ()
    unclear: int = 0

    @property
    def ours(self) -> bool:
        """Whether midstance wrote the file, so that all of it is known."""
        return bool(self.sets) and all(one.sure is Sure.OURS for one in self.sets)

    @property
    def certain(self) -> tuple[Offered, ...]:
        """The sets whose exercise is more than a guess."""
        return tuple(one for one in self.sets if one.sure is not Sure.GUESS)


def offer_of(
    recorded: RecordedSession, *, clock: ZoneInfo, entries: Sequence[Entry], exercises: Mapping[str, Exercise],
) -> Offer:
    """Find out what a recorded session means to the log.

    Args:
        recorded: The session.
        clock: The runner's clock, for files that tell no local time.
        entries: Entries in force, with accepted plans, sets and sessions.
        exercises: The catalogue, by id.
    Raises: InputError: A plan in the diary cannot be read.
    """
    date = local_date(recorded, clock)
    planned = _planned(recorded, date, clock, entries)
    logged = logged_like(recorded, date, planned, entries)
    if logged:
        return Offer(recorded=recorded, date=date, logged=tuple(e.id for e in logged), planned=planned)
    found = [_offered(one, planned, exercises) for one in recorded.sets]
    sets = _numbered([one for one in found if one])
    return Offer(recorded=recorded, date=date, planned=planned, sets=sets, unclear=len(found) - len(sets))


def local_date(recorded: RecordedSession, clock: ZoneInfo) -> dt.date:
    """Give the local date: by the file where it tells local time, else by the runner's clock."""
    if recorded.local_start != recorded.start.replace(tzinfo=None):
        return recorded.local_start.date()
    return recorded.start.astimezone(clock).date()


def logged_like(
    recorded: RecordedSession, date: dt.date, planned: Session | None, entries: Sequence[Entry],
) -> list[Entry]:
    """Give the sets and sessions of the log that are the recorded session.

    What the player or an app wrote has its time, which must lie in the recording; what was typed may have been told
    hours later and counts for the whole date, unless it names another planned session.

    Args:
        recorded: The session.
        date: Its local date.
        planned: The planned session it was, or None.
        entries: Entries in force.
    """
    of_date = [e for e in entries if e.date == date and isinstance(e.what, SetDone | SessionDone)]
    there = [e for e in of_date if _timed(e) and _overlaps(recorded, e)]
    return there or [e for e in of_date if not _timed(e) and _may_be(e, planned)]


def offer_entries(offer: Offer, origin: Origin, *, guesses: bool = False) -> list[Entry]:
    """Turn an offer into entries: the session, then its sets, each at its time.

    Args:
        offer: An offer without anything logged.
        origin: Where they come from.
        guesses: Whether sets whose exercise is only guessed are taken too.
    """
    session = offer.planned
    taken = offer.sets if guesses else offer.certain
    id_ = session.id if session else ""
    whole = SessionDone(session=id_, kind=session.kind if session else None,
                        minutes=round(offer.recorded.seconds / 60, 1))
    return [entry_of(whole, at=offer.recorded.start, date=offer.date, origin=origin), *(
        entry_of(replace(one.done, session=id_), at=one.start, date=offer.date, origin=origin) for one in taken)]


def _timed(entry: Entry) -> bool:
    return entry.origin.via is not Via.HAND or played(entry)


def _overlaps(recorded: RecordedSession, entry: Entry) -> bool:
    lasts = dt.timedelta(minutes=(entry.what.minutes or 0) if isinstance(entry.what, SessionDone) else 0)
    # The player notes a session at its end, an app's export at its start.
    first = entry.at - lasts if played(entry) else entry.at
    return first <= recorded.end + MARGIN and recorded.start - MARGIN <= first + lasts


def _may_be(entry: Entry, planned: Session | None) -> bool:
    named = entry.what.session if isinstance(entry.what, SetDone | SessionDone) else ""
    return not named or planned is None or named == planned.id


def _planned(
    recorded: RecordedSession, date: dt.date, clock: ZoneInfo, entries: Sequence[Entry],
) -> Session | None:
    """Find the planned session: the one that the file names, else the nearest of the date within some hours."""
    there = planned_sessions(entries, since=date, until=date + DAY)
    named = [s for s in there if s.id == recorded.session]
    if named:
        return named[0]
    apart = {s.id: abs(s.start.replace(tzinfo=clock) - recorded.start) for s in there}
    near = [s for s in there if apart[s.id] <= NEAR]
    return min(near, key=lambda s: (apart[s.id], s.id)) if near else None


def _offered(one: RecordedSet, planned: Session | None, exercises: Mapping[str, Exercise]) -> Offered | None:
    """Make a set of a recorded one; None where it tells no exercise or no amount."""
    if one.done is not None:
        return Offered(done=one.done, start=one.start, sure=Sure.OURS)
    name, sure = _exercise(one, planned, exercises)
    known = exercises.get(name)
    timed = known is not None and known.dose.unit == "seconds"
    amount = one.seconds if timed else one.reps
    if not name or not amount or (known is not None and known.dose.unit == "steps"):
        return None
    done = SetDone(
        exercise=name, amount=round(amount), unit=known.dose.unit if known else "reps", weight_kg=one.weight_kg,
        per_hand=bool(one.weight_kg and known and known.load.hold is Hold.EACH_HAND), side=one.side,
        warm_up=one.warm_up)
    return Offered(done=done, start=one.start, sure=sure)


def _exercise(one: RecordedSet, planned: Session | None, exercises: Mapping[str, Exercise]) -> tuple[str, Sure]:
    """Say which exercise it was, as an id or as the profile's words, and how that is known; empty where nothing is."""
    by_name = [e.id for e in exercises.values() if one.step and e.name.casefold() == one.step.casefold()]
    if by_name:
        return by_name[0], Sure.STEP
    ours = [exercises[i] for i in _ids(planned) if i in exercises and exercises[i].fit]
    for pair in one.guesses:
        exact = [e.id for e in ours if e.fit == pair]
        like = exact or [e.id for e in ours if e.fit and e.fit[0] == pair[0] and not pair[1]]
        if len(like) == 1:
            return like[0], Sure.PLAN
    if not one.guesses:
        return "", Sure.GUESS
    same = [e.id for e in exercises.values() if e.fit == one.guesses[0]]
    return (same[0] if len(same) == 1 else category_words(*one.guesses[0])), Sure.GUESS


def _ids(planned: Session | None) -> list[str]:
    return list(dict.fromkeys(i.exercise for b in planned.blocks for i in b.items)) if planned else []


def _numbered(sets: Sequence[Offered]) -> tuple[Offered, ...]:
    """Number the sets by exercise and side; what midstance wrote has its number."""
    counted: Counter[tuple[str, str]] = Counter()
    out = []
    for one in sets:
        key = one.done.exercise, one.done.side
        counted[key] += 1
        out.append(one if one.sure is Sure.OURS else replace(one, done=replace(one.done, number=counted[key])))
    return tuple(out)
