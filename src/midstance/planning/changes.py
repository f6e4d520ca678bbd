"""What changed between two plans, in sentences: few, whole, each with its reason where a rule gives one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.domain.dates import monday, weekday_name
from midstance.domain.session import Kind, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from midstance.domain.plan import Plan

NAMES = {
    Kind.HEAVY: "heavy session",
    Kind.STRENGTH: "strength session",
    Kind.UPPER: "upper-body session",
    Kind.MOBILITY: "mobility session",
    Kind.PLYOMETRIC: "hops",
    Kind.PRIMER: "primer",
}
A_NAME = {kind: name if kind is Kind.PLYOMETRIC else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
          for kind, name in NAMES.items()}
"""The same with their article, inside a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of a plan.

    Attributes:
        date: Date it concerns first.
        says: One sentence.
        days: Dates whose sessions differ because of it.
    """

    date: dt.date
    says: str
    days: frozenset[dt.date]


def working_sets(session: Session) -> int:
    """Count the sets of a session's main blocks, a per-side set once."""
    return sum(b.rounds * len(b.items) for b in session.blocks if not b.label.startswith("warm"))


def changed_days(changes: Iterable[Change]) -> int:
    """Count the dates that some change touches."""
    return len(frozenset().union(*(c.days for c in changes)))


def placed(plan: Plan, first: dt.date) -> list[Session]:
    """List the sessions from a date on, primers apart."""
    return [s for s in plan.sessions if s.date >= first and s.kind is not Kind.PRIMER]


def compare(
    old: Plan, new: Plan, *, first: dt.date, because: Callable[[Session], str] | None = None, contents: bool = True,
) -> tuple[Change, ...]:
    """Say what a new plan changes in the sessions from a date on.

    Args:
        old: The plan before.
        new: The plan after.
        first: Changes before this date are not looked at.
        because: Gives the reason why an old session cannot stay, or an empty text.
        contents: Whether other sets or minutes of a session that stays are a change too.
    Returns: Changes by date; none where the plans hold the same sessions.
    """
    last = min(old.ends, new.ends)
    before = [s for s in placed(old, first) if s.date <= last]
    after = [s for s in placed(new, first) if s.date <= last]
    stayed = {(s.date, s.kind) for s in before} & {(s.date, s.kind) for s in after}
    gone = [s for s in before if (s.date, s.kind) not in stayed]
    come = [s for s in after if (s.date, s.kind) not in stayed]
    out = list(moves(gone, come, because))
    if contents:
        out += edits([s for s in before if (s.date, s.kind) in stayed], after)
    return tuple(sorted(out, key=lambda c: (c.date, c.says)))


def moves(gone: list[Session], come: list[Session], because: Callable[[Session], str] | None) -> Iterable[Change]:
    """Pair sessions that left a date with sessions of the same kind that came to one in the same week.

    What a moved session displaces is told with it; what is left over becomes another kind, falls away, or comes anew.
    """
    left, lost = list(come), list(gone)
    moved: list[tuple[Session, Session]] = []
    for session in gone:
        same = [s for s in left if monday(s.date) == monday(session.date) and s.kind is session.kind]
        if same:
            there = min(same, key=lambda s: abs((s.date - session.date).days))
            left.remove(there)
            lost.remove(session)
            moved.append((session, there))
    arriving = {there.date for _, there in moved}
    for session, there in moved:
        displaced = [s for s in lost if s.date == there.date]
        instead = "".join(f", in place of its {NAMES[s.kind]}" for s in displaced)
        lost = [s for s in lost if s not in displaced]
        yield Change(date=session.date, says=f"{named(session)} moves to {weekday_name(there.date)}{instead}"
                     f"{reason_text(session, because)}", days=frozenset({session.date, there.date}))
    for session in lost:
        other = [s for s in left if s.date == session.date and s.date not in arriving]
        if other:
            left.remove(other[0])
        what = f"becomes {A_NAME[other[0].kind]}" if other else "falls away"
        yield Change(date=session.date, says=f"{named(session)} {what}{reason_text(session, because)}",
                     days=frozenset({session.date}))
    for session in left:
        name = A_NAME[session.kind]
        come_to = "come" if session.kind is Kind.PLYOMETRIC else "comes"
        says = f"{name[:1].upper()}{name[1:]} {come_to} to {weekday_name(session.date)} ({session.date})."
        yield Change(date=session.date, says=says, days=frozenset({session.date}))


def named(session: Session) -> str:
    """Name a session by its weekday, kind and date."""
    return f"{weekday_name(session.date)}'s {NAMES[session.kind]} ({session.date})"


def reason_text(session: Session, because: Callable[[Session], str] | None) -> str:
    """Give the reason why a session cannot stay as the end of a sentence."""
    reason = because(session) if because else ""
    return f": {reason}" if reason else "."


def edits(before: Sequence[Session], after: Sequence[Session]) -> list[Change]:
    """Say where a session that stays is shorter or holds other sets."""
    now = {(s.date, s.kind): s for s in after}
    out = []
    for session in before:
        other = now[session.date, session.kind]
        was, is_now = working_sets(session), working_sets(other)
        if session.minutes == other.minutes and was == is_now:
            continue
        says = (
            f"{weekday_name(session.date)}'s {NAMES[session.kind]} ({session.date}) has {is_now} sets in "
            f"{other.minutes} min instead of {was} in {session.minutes} min."
        )
        out.append(Change(date=session.date, says=says, days=frozenset({session.date})))
    return out
