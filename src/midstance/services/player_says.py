"""What follows from a play: reasons to stop after pain, and what comes next for each exercise, in sentences."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.domain.diary import BlockTaken, PainNoted, SessionDone, SetDone
from midstance.domain.entry import Entry
from midstance.domain.session import Kind
from midstance.formats._format import InputError
from midstance.planning.progression import progress
from midstance.planning.readiness import Light, readiness
from midstance.services.course import planned_sessions
from midstance.services.diary import current
from midstance.services.handbook import catalogue
from midstance.services.note import LOGGED, LOOK_BACK, READY, course_or_none

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.planning.progression import Standing
    from midstance.store.store import Store

DAY = dt.timedelta(days=1)
OF_PAIN = ("R69", "R86")
MOST_SAID = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was told just now and counts, and the local date."""

    entries: tuple[Entry, ...]
    today: dt.date


def says_of(store: Store, told: Told) -> tuple[str, ...]:
    """Say what follows from what was told: first what stops, then what comes next.

    Args:
        store: The diary, with what was told.
        told: What was told.
    Raises: InputError: The diary cannot be read.
    """
    return (*_stops(store, told), *_comes_next(store, told))


def _stops(store: Store, told: Told) -> tuple[str, ...]:
    """Say what pain of today asks for."""
    if not any(e.date == told.today and _hurts(e) for e in told.entries):
        return ()
    entries = current(store, since=told.today - LOOK_BACK, until=told.today, kinds=READY)
    course = course_or_none(entries)
    block = ""
    if any(isinstance(entry.what, BlockTaken) for entry in entries):
        from midstance.services.replan_day import block_in_force  # noqa: PLC0415 - it loads the whole planner

        block, _ = block_in_force(entries)
    found = readiness(entries, today=told.today, block=block, equipment=course.runner.equipment if course else None)
    return tuple(reason.text for reason in found.why if reason.light is Light.RED or reason.rule in OF_PAIN)


def _hurts(entry: Entry) -> bool:
    return isinstance(entry.what, PainNoted) or (isinstance(entry.what, SetDone) and bool(entry.what.pain))


def _comes_next(store: Store, told: Told) -> tuple[str, ...]:
    """Say what the log now asks of each exercise of a session that was finished, changes first."""
    done = {e.what.session: e.what.kind for e in told.entries
            if isinstance(e.what, SessionDone) and e.what.kind is not Kind.PRIMER}
    entries = current(store, kinds=LOGGED) if done else ()
    course = course_or_none(entries)
    sets = [(e.date, e.what) for e in entries if isinstance(e.what, SetDone)]
    heavy = {s.exercise: done[s.session] is Kind.HEAVY for _, s in sets if s.session in done and not s.warm_up}
    if course is None or not heavy:
        return ()
    planned = {**_kinds(entries, min(date for date, _ in sets), told.today), **{k: v for k, v in done.items() if v}}
    said = progress(entries, runner=course.runner, catalogue=catalogue().exercises, today=told.today, planned=planned)
    found = [_of(said.standings, id_, heavy=is_heavy) for id_, is_heavy in heavy.items()]
    standings = [standing for standing in found if standing is not None]
    standings.sort(key=lambda standing: not standing.changed)
    return tuple(dict.fromkeys(standing.why for standing in standings))[:MOST_SAID]


def _kinds(entries: Sequence[Entry], since: dt.date, today: dt.date) -> dict[str, Kind]:
    """Tell the kinds of planned sessions; none where a plan cannot be read."""
    try:
        return {s.id: s.kind for s in planned_sessions(entries, since=since, until=today + DAY)}
    except InputError:
        return {}


def _of(standings: Sequence[Standing], exercise: str, *, heavy: bool) -> Standing | None:
    """Give the standing of an exercise in the range of the session, else in the other one."""
    mine = [s for s in standings if s.exercise == exercise]
    return next((s for s in mine if s.heavy == heavy), mine[0] if mine else None)
