"""The session document of the player: a session of the plan with everything that doing it may need.

Nothing is written here: the day is made as ``midstance today`` shows it, without asking for a change of the plan.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast, get_args

import msgspec

from midstance.domain.diary import Rpe, SessionDone, SetDone
from midstance.domain.entry import Entry
from midstance.domain.runner import Level, Runner
from midstance.domain.session import Block, Item, Kind, Session
from midstance.formats._format import InputError, refusal
from midstance.formats._plan_words import KIND_WORDS
from midstance.formats.session_json import (
    Allowed,
    How,
    PlayBlock,
    PlayerSession,
    PlayExercise,
    PlayItem,
    SessionHead,
    Shorter,
    Swap,
)
from midstance.planning.arrange import shorten
from midstance.planning.arranging.book import KEEPING
from midstance.planning.arranging.doses import Mode
from midstance.planning.arranging.guide import LIGHT_PHASES, ONE_LOWER
from midstance.planning.tissue_blocks import load_tissue_blocks
from midstance.planning.weeks import LEARNING_DAYS, learning_from
from midstance.services.course import planned_sessions
from midstance.services.diary import current
from midstance.services.figures import clip_of
from midstance.services.handbook import catalogue
from midstance.services.player_swaps import MOST_LADDER, Bench, Swapped, bench_of, is_drill
from midstance.services.player_words import last_times, pain_words, plates_of
from midstance.services.replan_day import Known, Morning, block_in_force, day_of, know, known_until, sore_today

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from midstance.domain.exercise import Exercise
    from midstance.formats.session_json import LastTime
    from midstance.store.store import Store

DAY = dt.timedelta(days=1)
PRIMER = "primer"
OF_A_PLAN = re.compile(r"[sp]-(\d{4}-\d\d-\d\d)-")
SHORTER = (10, 15, 20, 30)
"""Lengths that a session is offered in [min]."""
LOGGED_TODAY = (SetDone, SessionDone, Rpe)
SEE = "midstance today shows what is planned"
MADE = get_args(How)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The day on which a session is done: what is known, what it shows, and the entries behind it."""

    known: Known
    found: Morning
    entries: tuple[Entry, ...]

    @property
    def runner(self) -> Runner:
        """The runner with what is sore today."""
        return sore_today(self.known.brief.runner, self.known.ready, self.known.today)


def player_session(
    store: Store, *, now: dt.datetime, today: dt.date, date: dt.date | None = None, session: str = "",
    figures: bool = True,
) -> PlayerSession:
    """Make the document of a session.

    Args:
        store: The diary.
        now: The moment, aware.
        today: The local date on which it is done.
        date: Date of the session; by default that of its id, else today.
        session: Id of the session or primer, the word ``primer``, or empty for the session of the date.
        figures: Whether the moving figures go along; each takes time when it is drawn for the first time.
    Raises: InputError: There is no plan, no such session, or it is not for today; with the reason.
    """
    day = day_known(current(store), today=today)
    return document_of(*_chosen(day, date or _date_of(session) or today, session), now=now, figures=figures)


def day_known(entries: Sequence[Entry], *, today: dt.date) -> Day:
    """Find out what is known on a day, which takes most of the time.

    Raises: InputError: There is no plan, or it cannot be read.
    """
    known = know(known_until(entries, today), today=today)
    return Day(known=known, found=day_of(known, None, entries), entries=tuple(entries))


def document_of(day: Day, session: Session, *, now: dt.datetime, figures: bool = True) -> PlayerSession:
    """Make the document of a session on a day that is known."""
    exercises = catalogue().exercises
    runner, known = day.runner, day.known
    bench = bench_of(session, runner=runner, catalogue=exercises, progress=known.log(), mode=_mode(day, session),
                     date=known.today)
    swaps = _all_swaps(bench, session)
    named = dict.fromkeys((*bench.planned, *(s.item.exercise for found in swaps.values() for s in found)))
    shown = [id_ for id_ in named if id_ in exercises]
    last = last_times(day.entries, shown, before=known.today, units=runner.units)
    block, _ = block_in_force(day.entries)
    allowed = Allowed(level=known.ready.light.label, says=known.ready.says) if session.date == known.today else None
    return PlayerSession(
        made_at=f"{now.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}", units=runner.units, session=_head(session),
        readiness=allowed, blocks=_blocks(session, last), shorter=_shorter(session, last),
        exercises={id_: _exercise(bench, exercises[id_], swaps.get(id_, []), last) for id_ in shown},
        figures={id_: figure_of(id_) if figures else None for id_ in shown},
        pain=pain_words(load_tissue_blocks()[block].areas if block else ()), primer_of=session.for_run)


@lru_cache(maxsize=512)
def figure_of(exercise: str) -> Any:
    """Give an exercise's moving figure as JSON values; None where it has none."""
    data = clip_of(exercise)
    return None if data is None else msgspec.json.decode(data)


# which session ---------------------------------------------------------------------------------------------------


def _date_of(session: str) -> dt.date | None:
    """Read the date out of the id of a session of a plan."""
    found = OF_A_PLAN.match(session)
    try:
        return dt.date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def _chosen(day: Day, date: dt.date, which: str) -> tuple[Day, Session]:
    """Find the session that is meant, with the day as it was before anything of it was logged."""
    today = day.known.today
    if date == today and which in {s.id for s in day.found.done}:
        entries = [e for e in day.entries if e.date < today or not isinstance(e.what, LOGGED_TODAY)]
        day = replace(day_known(entries, today=today), entries=day.entries)
    there = _sessions(day, date)
    if which == PRIMER:
        found = next((s for s in there if s.kind is Kind.PRIMER), None)
    elif which:
        found = next((s for s in there if s.id == which), None)
    else:
        found = next((s for s in there if s.kind is not Kind.PRIMER), None)
    if found is None:
        raise _no_session(day, date, which)
    return day, found


def _sessions(day: Day, date: dt.date) -> list[Session]:
    """List the sessions of a date: today as the morning has it, later ones as they stand now, past ones as planned."""
    found, today = day.found, day.known.today
    if date == today:
        return [*([found.session] if found.session else []), *found.primers]
    if date > today:
        return [s for s in found.plan.sessions if s.date == date]
    return list(planned_sessions(day.entries, since=date, until=date + DAY))


def _no_session(day: Day, date: dt.date, which: str) -> InputError:
    found = day.found
    if date == day.known.today and found.left_out and which != PRIMER:
        return refusal("session", found.left_out[0].rstrip("."), SEE)
    if date == day.known.today and found.done and which != PRIMER:
        return refusal("session", "today's session is done", "midstance progress shows it; or do one of another day")
    what = "primer" if which == PRIMER else f"session {which}" if which else "session"
    return refusal("session", f"no {what} is planned on {date}", SEE)


# what it holds ---------------------------------------------------------------------------------------------------


def _head(session: Session) -> SessionHead:
    return SessionHead(
        id=session.id, date=session.date, start=session.start.isoformat(timespec="minutes"), minutes=session.minutes,
        kind=session.kind.value, name=KIND_WORDS[session.kind], hard=session.hard, why=session.why)


def _mode(day: Day, session: Session) -> Mode:
    """Say how the session doses, as it was filled: body weight while learning, nothing rises where sets are cut."""
    known = day.known
    runner, progress = known.brief.runner, known.log()
    level = runner.strength_level
    back = progress.comeback if progress else None
    if back and back.lower_until and back.lower_until >= known.today:
        level = ONE_LOWER.get(level, level)
    week = next((w for w in day.found.plan.weeks if w.starts <= session.date < w.starts + 7 * DAY), None)
    learns = runner.strength_level is Level.BEGINNER and week is not None and (
        week.starts - learning_from(runner, known.brief.first)).days < LEARNING_DAYS
    light = week is not None and week.phase in LIGHT_PHASES
    keeps = week is not None and (week.phase in KEEPING or week.set_factor < 1)
    return Mode(heavy=session.kind is Kind.HEAVY, level=level, learning=learns or light,
                keeping=keeps and bool(progress and progress.standings))


def _shorter(session: Session, last: dict[str, LastTime]) -> dict[str, Shorter]:
    lengths = [m for m in SHORTER if m < session.minutes] if session.kind is not Kind.PRIMER else []
    cut = [shorten(session, minutes, catalogue().exercises) for minutes in lengths]
    return {f"{s.minutes}": Shorter(minutes=s.minutes, blocks=_blocks(s, last)) for s in cut}


def _blocks(session: Session, last: dict[str, LastTime]) -> tuple[PlayBlock, ...]:
    return tuple(
        PlayBlock(label=b.label, rounds=b.rounds, rest_s=b.rest_s, items=tuple(_item(i, last) for i in b.items))
        for b in session.blocks)


def _item(item: Item, last: dict[str, LastTime]) -> PlayItem:
    return PlayItem(
        label=item.label, exercise=item.exercise, unit=item.unit, low=item.low, high=item.high, per_side=item.per_side,
        first_side=item.first_side, extra_rounds=dict(item.extra_rounds), weight_kg=item.weight_kg,
        per_hand=item.per_hand, rir=item.rir, tempo=item.tempo, to_last_good_rep=item.to_last_good_rep,
        last=last.get(item.exercise))


def _exercise(bench: Bench, exercise: Exercise, swaps: Sequence[Swapped], last: dict[str, LastTime]) -> PlayExercise:
    names = bench.catalogue
    loads = bench.rack.loads(exercise.load.hold) if exercise.load.start_share else ()
    of = {s.how: s.item.exercise for s in reversed(swaps)}
    return PlayExercise(
        name=exercise.name, setup=exercise.setup, cues=exercise.cues, unit=exercise.dose.unit,
        sides=exercise.sides.value, hold=exercise.load.hold.value, needs_weight=exercise.load.required,
        easier=of.get("easier"), harder=of.get("harder"),
        swaps=tuple(Swap(id=s.item.exercise, name=names[s.item.exercise].name, how=cast("How", s.how),
                         item=_item(s.item, last), says=s.says) for s in swaps),
        weights_kg=loads, plates=plates_of(bench.runner, loads) if exercise.load.hold.value == "barbell" else {},
        areas=exercise.avoid)


def _all_swaps(bench: Bench, session: Session) -> dict[str, list[Swapped]]:
    """List the swaps of every exercise of the session, and how the ladder goes on from those."""
    found: dict[str, list[Swapped]] = {}
    for block, item in _items(session):
        if bench.planned[item.exercise] is not item:
            continue
        found[item.exercise] = bench.swaps(item, block)
    for block, item in _items(session):
        drill = is_drill(block, session.kind)
        for swapped in found[item.exercise]:
            _follow(bench, found, swapped, item, drill=drill)
    return found


def _follow(bench: Bench, found: dict[str, list[Swapped]], swapped: Swapped, before: Item, *, drill: bool) -> None:
    """Follow a ladder from rung to rung, as far as nobody stands there yet."""
    for _ in range(MOST_LADDER):
        if swapped.how == "same-slot" or swapped.item.exercise in found:
            return
        onward = bench.onward(swapped, before, drill=drill)
        found[swapped.item.exercise] = onward
        if len(onward) < 2:
            return
        before, swapped = swapped.item, onward[0]


def _items(session: Session) -> Iterator[tuple[Block, Item]]:
    """Give each item with its block."""
    for block in session.blocks:
        for item in block.items:
            yield block, item
