"""A made-up life for pictures and benchmarks: Jonas follows his plan for some weeks, the same at every call.

Runs as planned and recorded by a watch, sessions set by set with one now and then missed, every morning told. Nothing
of it is real.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from midstance.domain.diary import CheckIn, SessionDone, SetDone
from midstance.domain.entry import Origin, Via, batch_id, entry_of, run_entry
from midstance.domain.run import RunDone
from midstance.domain.session import Kind
from midstance.services.change import keep_plan_document
from midstance.services.diary import add, current
from midstance.services.plan import Wish, plan_from_files

if TYPE_CHECKING:
    from midstance.domain.diary import What
    from midstance.domain.session import Session
    from midstance.store.store import Store

HERE = Path(__file__).parent
ZONE = ZoneInfo("Europe/Berlin")
MONDAY = dt.date(2027, 1, 11)
DAY = dt.timedelta(days=1)
EASY_BPM, HARD_BPM = 122, 171
WATCH = Origin(via=Via.FILE, batch="b-watch")
WARM_UP_MIN, HARD_MIN = 12, 16
MISSED = 11
"""Every eleventh session is missed."""


def live(store: Store, weeks: int) -> Session:
    """Let Jonas live: two months of runs, then his plan, and some weeks with it, until a day with a heavy session.

    Args:
        store: An empty diary.
        weeks: How many weeks of the plan are over at least.
    Returns: The heavy session that comes next; all before its day has happened.
    """
    before = [a_run(MONDAY + n * DAY, dt.time(6), 45, hard=n % 7 == 6) for n in range(-60, 0) if n % 7 in (1, 3, 6)]
    add(store, [run_entry(run, WATCH) for run in before], now=moment(MONDAY, 4))
    wish = Wish(runner=HERE / "jonas-10k.toml", runs=(HERE / "jonas-10k.ics",), start=MONDAY)
    plan = plan_from_files(wish, lambda: 0.0, entries=current(store)).plan
    keep_plan_document(store, plan, now=moment(MONDAY, 5), date=MONDAY, origin=origin(MONDAY, "plan"))
    next_one = next(s for s in plan.sessions if s.date >= MONDAY + 7 * weeks * DAY and s.kind is Kind.HEAVY)
    over = next_one.date
    for day in (day for week in plan.weeks for day in week.days if day.date < over):
        number = (day.date - MONDAY).days
        told = CheckIn(sleep_h=(7.5, 8.0, 6.5, 7.0, 8.5)[number % 5], soreness=(0, 2, 2, 4)[number % 4],
                       fatigue=(2, 2, 4)[number % 3], mood=7, life=(3, 3, 5, 3, 3, 1, 1)[number % 7])
        note(store, day.date, 6, told)
        runs = [a_run(run.date, run.start.time(), run.minutes, hard=run.hard) for run in day.runs if run.start]
        add(store, [run_entry(run, WATCH) for run in runs], now=moment(day.date, 20))
    trained = [s for s in plan.sessions if s.date < over and s.kind is not Kind.PRIMER]
    for session in (s for n, s in enumerate(trained, start=1) if n % MISSED):
        note(store, session.date, 19, *words_of(session))
    return next_one


def words_of(session: Session) -> tuple[What, ...]:
    """What Jonas tells of a session: every set of it, and that it is done."""
    sets = [SetDone(exercise=item.exercise, amount=item.high, unit=item.unit, number=n, weight_kg=item.weight_kg,
                    rir=2 if n < block.rounds else 1)
            for block in session.blocks for item in block.items for n in range(1, block.rounds + 1)]
    return (*sets, SessionDone(session=session.id, kind=session.kind, minutes=session.minutes, rpe_cr10=6))


def morning(date: dt.date) -> dt.datetime:
    """Ten past seven by Jonas's clock."""
    return dt.datetime.combine(date, dt.time(7, 10), ZONE)


def moment(date: dt.date, hour: int) -> dt.datetime:
    """An hour of a day, UTC."""
    return dt.datetime.combine(date, dt.time(hour), dt.UTC)


def origin(date: dt.date, word: str) -> Origin:
    """Where an entry comes from."""
    return Origin(via=Via.HAND, batch=batch_id(moment(date, 5), word))


def note(store: Store, date: dt.date, hour: int, *words: What) -> None:
    """Write what happened on a day."""
    at, by = moment(date, hour), origin(date, str(hour))
    add(store, [entry_of(what, at=at, date=date, origin=by) for what in words], now=at)


def a_run(date: dt.date, start: dt.time, minutes: int, *, hard: bool) -> RunDone:
    """A recorded run, minute by minute: easy, or with a hard part after the warm-up."""
    local = dt.datetime.combine(date, start)
    work = range(WARM_UP_MIN, min(minutes, WARM_UP_MIN + HARD_MIN)) if hard else range(0)
    beats = tuple(HARD_BPM if n in work else EASY_BPM + n % 4 for n in range(minutes))
    speeds = tuple(3.5 if n in work else 2.7 for n in range(minutes))
    return RunDone(
        start=(local - dt.timedelta(hours=1)).replace(tzinfo=dt.UTC), local_start=local, seconds=60 * minutes,
        distance_km=round(sum(speeds) * 0.06, 2), mean_hr=sum(beats) / minutes, max_hr=max(beats) + 6.0,
        minute_hr=beats, minute_speed_m_s=speeds, device="watch", source=f"{date}.fit")
