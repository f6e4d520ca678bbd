"""Sessions that were done, with a time for each set: what the log tells, and an even spread where it tells none.

The player notes each set as it ends, so its times are real. What was typed afterwards, or came from an app's table, is
laid out over the session's length in the order in which it was told.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypeAlias

from midstance.domain.diary import SessionDone, SetDone
from midstance.domain.entry import Via
from midstance.domain.session import (
    SECONDS_PER_CONTACT,
    SECONDS_PER_REP,
    SECONDS_PER_STEP,
    TURN_SECONDS,
    Kind,
)
from midstance.formats.fit_activity import FinishedSession, TimedSet
from midstance.services.course import planned_sessions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from midstance.domain.entry import Entry
    from midstance.domain.session import Session

Key: TypeAlias = tuple[dt.date, str, str]

DAY = dt.timedelta(days=1)
WEEK = 7 * DAY
PLAYER = "player"
SECONDS_BETWEEN = 60.0     # midstance default: from set to set where the log tells no length
SHORTEST_S = 1.0


def finished_sessions(entries: Sequence[Entry], *, clock: ZoneInfo) -> tuple[FinishedSession, ...]:
    """List the sessions of the log that have sets.

    Args:
        entries: Entries in force, with accepted plans, in the order of writing.
        clock: The runner's clock.
    Returns: By start; sets do not overlap and begin at whole seconds.
    Raises: InputError: A plan in the diary cannot be read.
    """
    groups: dict[Key, list[Entry]] = {}
    notes: dict[Key, Entry] = {}
    for entry in entries:
        if isinstance(entry.what, SetDone):
            groups.setdefault(_key(entry, entry.what.session), []).append(entry)
        elif isinstance(entry.what, SessionDone):
            notes[_key(entry, entry.what.session)] = entry
    if not groups:
        return ()
    dates = [date for date, _, _ in groups]
    planned = {s.id: s for s in planned_sessions(entries, since=min(dates) - WEEK, until=max(dates) + WEEK)}
    found = [_finished(key, sets, notes.get(key), planned.get(key[1]), clock) for key, sets in groups.items()]
    return tuple(sorted(found, key=lambda one: (one.start, one.id)))


def played(entry: Entry) -> bool:
    """Tell whether the session player told it, whose times are those of the sets."""
    return entry.origin.name.partition(" ")[0] == PLAYER


def set_seconds(done: SetDone) -> float:
    """Guess how long a set took [s], by the same seconds that sessions are planned with."""
    each = {"reps": SECONDS_PER_REP, "seconds": 1.0, "steps": 2 * SECONDS_PER_STEP, "contacts": SECONDS_PER_CONTACT}
    turn = TURN_SECONDS if done.unit == "steps" else 0.0
    return max(SHORTEST_S, done.amount * each[done.unit] + turn)


def _key(entry: Entry, session: str) -> Key:
    """Tell sessions apart: by date and planned session, and what was imported by its start too."""
    return entry.date, session, entry.at.isoformat() if entry.origin.via is Via.FILE and not session else ""


def _finished(
    key: Key, sets: list[Entry], note: Entry | None, planned: Session | None, clock: ZoneInfo,
) -> FinishedSession:
    whole = note.what if note else None
    minutes = whole.minutes if isinstance(whole, SessionDone) else None
    if all(played(entry) for entry in sets):
        timed = _as_played(sets, clock)
    else:
        timed = _laid_out(sets, _begin(sets, note, planned, clock), minutes)
    start = timed[0].start if note is None or not played(note) else min(timed[0].start, _noted_start(note, clock))
    last = timed[-1]
    seconds = max((last.start - start).total_seconds() + last.seconds, 0 if played(sets[0]) else 60 * (minutes or 0))
    return FinishedSession(id=key[1] or sets[0].id, start=start, seconds=seconds, sets=tuple(timed))


def _noted_start(note: Entry, clock: ZoneInfo) -> dt.datetime:
    """Give the start of a session that the player noted at its end."""
    minutes = note.what.minutes if isinstance(note.what, SessionDone) and note.what.kind is not Kind.PRIMER else None
    return _whole(note.at.astimezone(clock) - dt.timedelta(minutes=minutes or 0))


def _as_played(sets: list[Entry], clock: ZoneInfo) -> list[TimedSet]:
    """Give the player's sets their own times: each was noted as it ended."""
    out: list[TimedSet] = []
    for entry in sorted(sets, key=lambda one: one.at):
        assert isinstance(entry.what, SetDone)
        end = _whole(entry.at.astimezone(clock))
        start = end - dt.timedelta(seconds=round(set_seconds(entry.what)))
        if out:
            before = out[-1]
            start = max(start, before.start + dt.timedelta(seconds=before.seconds))
        seconds = max(SHORTEST_S, (end - start).total_seconds())
        out.append(TimedSet(done=entry.what, start=start, seconds=seconds))
    return out


def _begin(sets: list[Entry], note: Entry | None, planned: Session | None, clock: ZoneInfo) -> dt.datetime:
    """Say when a session began whose sets have no times of their own."""
    first = sets[0]
    if first.origin.via is Via.FILE:
        return _whole(first.at.astimezone(clock))
    if planned and planned.date == first.date:
        return planned.start.replace(tzinfo=clock)
    told = min((e.at for e in (first, note) if e), default=first.at).astimezone(clock)
    return _whole(told) if told.date() == first.date else dt.datetime.combine(first.date, dt.time(12), clock)


def _laid_out(sets: list[Entry], begin: dt.datetime, minutes: float | None) -> list[TimedSet]:
    """Lay sets out one after the other, with even gaps that fill the session's length."""
    done = [entry.what for entry in sets if isinstance(entry.what, SetDone)]
    lasts = [set_seconds(one) for one in done]
    gap = SECONDS_BETWEEN if minutes is None else max(0.0, (60 * minutes - sum(lasts)) / len(done))
    out: list[TimedSet] = []
    at = 0
    for one, seconds in zip(done, lasts, strict=True):
        out.append(TimedSet(done=one, start=begin + dt.timedelta(seconds=at), seconds=seconds))
        at += max(1, int(seconds + gap + 0.999))
    return out


def _whole(when: dt.datetime) -> dt.datetime:
    return when.replace(microsecond=0)
