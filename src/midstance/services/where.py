"""Where a session could go: each date of the weeks around it is free, possible at a price, or forbidden.

An answer rests on the plan that would be made if the session went there, as ``change.move`` makes it. What moving a
run would do is told in ``services.where_runs``, what any change would do in ``services.where_preview``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from midstance.domain.dates import moment_of, monday
from midstance.domain.entry import Origin, Via, batch_id
from midstance.domain.evidence import Tier
from midstance.domain.session import Kind, Session
from midstance.formats._format import refusal
from midstance.formats._plan_words import KIND_WORDS
from midstance.planning.changes import moves
from midstance.services.course import need_course
from midstance.services.diary import current
from midstance.services.where_board import Board, board_of, changed
from midstance.services.where_words import Reason, costs_of, reasons_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from midstance.domain.problem import Choice
    from midstance.services.course import Course
    from midstance.store.store import Store

WEEK = dt.timedelta(days=7)
DAY = dt.timedelta(days=1)


class State(StrEnum):
    """What a date says to a session that might come."""

    HERE = "here"
    FREE = "free"
    PRICE = "price"
    TAKEN = "taken"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayAnswer:
    """What a date says to a session that might come.

    Attributes:
        date: The date.
        state: Whether it can go there.
        says: Price or reason in few words, no full stop; empty where it is free.
        reasons: What it costs or what forbids it, rule by rule.
        price: Change of (dose, taste) of the whole plan; None where it cannot go there.
        also: What else would change, a sentence each.
    """

    date: dt.date
    state: State
    says: str = ""
    reasons: tuple[Reason, ...] = ()
    price: tuple[int, int] | None = None
    also: tuple[str, ...] = ()


def where_could(store: Store, session_id: str, *, date: dt.date) -> tuple[DayAnswer, ...]:
    """Say of each date around a session whether it could stand there.

    Args:
        store: The diary.
        session_id: Id of a session to come.
        date: The day.
    Returns: The dates of its week, the one before from ``date`` on, and the one after, inside the plan.
    Raises: InputError: There is no plan, or the session is not one to come.
    """
    entries = [entry for entry in current(store) if entry.date <= date]
    course = need_course(entries)
    session = session_to_come(course, session_id, date)
    dates = dates_around(course, session.date, date)
    taken = {s.date for s in course.plan.sessions if s.kind is session.kind} - {session.date}
    asked = [day for day in dates if day != session.date and day not in taken]
    now = dt.datetime.combine(date, dt.time(), dt.UTC)
    board = board_of(entries, session, asked, today=date, now=now,
                     origin=Origin(via=Via.HAND, batch=batch_id(now, "where"))) if asked else None
    out = []
    for day in dates:
        if day == session.date:
            out.append(DayAnswer(date=day, state=State.HERE))
        elif day in taken:
            kind = KIND_WORDS[session.kind].lower()
            out.append(DayAnswer(date=day, state=State.TAKEN, says=f"a session of this kind ({kind}) stands there"))
        elif board is not None:
            out.append(answer(board, day))
    return tuple(out)


def answer(board: Board, to: dt.date) -> DayAnswer:
    """Say whether a session could go to a date, on a board made for it."""
    possible = any(c.day == to.toordinal() and c.kind is board.session.kind
                   and c.index in board.compiled.weeks[c.week].unary for c in board.compiled.problem.choices)
    after = board.planned_with(to) if possible else board.chosen
    if not possible or not board.there(after, to):
        reasons = reasons_of(board, to, after)
        return DayAnswer(date=to, state=State.FORBIDDEN, says="; ".join(r.says for r in reasons), reasons=reasons)
    rises = changed(board.moves, after)
    price = tuple(sum(n * c.price for c, n in rises if c.tier is tier) for tier in (Tier.DOSE, Tier.TASTE))
    costs = costs_of(rises) if price > (0, 0) else ()
    return DayAnswer(date=to, state=State.PRICE if price > (0, 0) else State.FREE,
                     says="; ".join(r.says for r in costs), reasons=costs, price=(price[0], price[1]),
                     also=consequences(board, after, to))


def consequences(board: Board, after: Collection[int], to: dt.date) -> tuple[str, ...]:
    """Say what else would change if a session went to a date, a sentence each."""
    before, then = board.choices(board.chosen), board.choices(after)
    stay = {(c.day, c.kind) for c in before} & {(c.day, c.kind) for c in then}
    gone = [as_session(c) for c in before if (c.day, c.kind) not in stay]
    come = [as_session(c) for c in then if (c.day, c.kind) not in stay]
    gone = [s for s in gone if (s.date, s.kind) != (board.session.date, board.session.kind)]
    come = [s for s in come if (s.date, s.kind) != (to, board.session.kind)]
    return tuple(change.says for change in sorted(moves(gone, come, None), key=lambda change: change.date))


def as_session(choice: Choice) -> Session:
    """Give a choice the shape of a session, without content."""
    start = moment_of(choice.start)
    return Session(id=f"s-{start:%Y-%m-%d-%H%M}", start=start, minutes=choice.minutes, kind=choice.kind,
                   hard_minutes=choice.hard_minutes, load_au=choice.load, why=(), blocks=())


def session_to_come(course: Course, session_id: str, date: dt.date) -> Session:
    """Find a session that may still be moved.

    Raises: InputError: There is none of this id, it is past, or it is a primer, which goes with its run.
    """
    found = next((s for s in course.plan.sessions if s.id == session_id), None)
    if found is None:
        raise refusal("session", f"{session_id} is not in the plan", "the plan has changed; look at it again",
                      place="id")
    if found.date < date:
        raise refusal("session", f"{found.date} is past", "missed sessions are dropped by themselves", place="id")
    if found.kind is Kind.PRIMER:
        raise refusal("session", "a primer goes with its run", "move the run", place="id")
    return found


def dates_around(course: Course, day: dt.date, today: dt.date) -> Sequence[dt.date]:
    """List the dates of a date's week, of the one before from today on, and of the one after, inside the plan."""
    first = max(monday(day) - WEEK, today, course.plan.starts)
    last = min(monday(day) + 2 * WEEK - DAY, course.plan.ends)
    return [first + n * DAY for n in range((last - first).days + 1)]
