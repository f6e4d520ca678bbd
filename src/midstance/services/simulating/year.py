"""One runner's year: every morning answers, decisions, a look at the plan, and what is done of it.

The loop is the real one: entries are written and read as the commands do, and the plan is made again by the same
functions. It is made again only on mornings on which something happened, for on others nothing should change; some
quiet mornings are tried all the same.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from midstance.domain.diary import IllnessNoted, Rpe, SessionDone
from midstance.domain.run import PlannedRun, RunDone, RunType
from midstance.domain.session import KIND_RPE, Kind, Session
from midstance.services.replan_day import Known, Proposal, day_of, know
from midstance.services.simulating.acts import LIGHT, VERY_HARD, run_done, session_done, sets_of
from midstance.services.simulating.judge import Done
from midstance.services.simulating.life import GRAVE, answers
from midstance.services.simulating.looking import look, plan_anew
from midstance.services.simulating.one import DAY, One
from midstance.services.simulating.wishing import decide

if TYPE_CHECKING:
    from midstance.domain.diary import What
    from midstance.services.simulating.book import Tally

PRIMER_DAYS = 0.2
HARDER, EXTRA, RACES = 0.05, 0.01, 0.95
HARD_LEAST, HARD_SHARE, LONG = 5, 0.15, 90
MINUTE = dt.timedelta(minutes=1)


def live(one: One) -> Tally:
    """Live every day, one after the other; give what it came to."""
    for date in one.dates:
        if one.tally.plans == 0 or one.course.plan.ends < date:
            plan_anew(one, date)
        wake(one, date)
        decide(one, date)
        known, proposal = look(one, date)
        train(one, date, known, proposal)
        one.tally.mornings += 1
    one.tally.entries = one.book.store.count()
    for text in one.book.lost():
        one.breach("lost", one.dates[-1], text)
    return one.tally


def wake(one: One, date: dt.date) -> None:
    """Tell how the morning is, and that an illness is over."""
    sore = any(done.date == date - DAY for done in one.world.sessions)
    one.told = answers(one.random, one.person.habit, one.life, date, sore=sore)
    if one.told is not None:
        one.book.write(date, one.told, name="checkin")
        for kind, there in (("pain", bool(one.told.pain)), ("illness", bool(one.told.ill)),
                            ("little time", one.told.minutes is not None), ("too much", one.told.too_much)):
            if there:
                one.event(kind, matters=kind != "little time")
    ended = any(s.kind == "illness" and s.last == date - DAY for s in one.life.spells)
    if ended and one.chance(0.5):
        one.book.write(date, IllnessNoted(over=True), name="well")
        one.event("well again")


def train(one: One, date: dt.date, known: Known | None, proposal: Proposal | None) -> None:
    """Do what is advised, or not."""
    plan = one.course.plan
    planned = [s for s in plan.sessions if s.date == date]
    main = [s for s in planned if s.kind is not Kind.PRIMER]
    off = one.life.now("time off", date) is not None
    one.tally.planned += len(main)
    runs = tuple(run for run in plan.runs if run.date == date and run.id not in one.gone)
    if main or (planned and one.chance(PRIMER_DAYS)):
        entries = one.book.entries()
        found = day_of(known or know(entries, today=date), proposal, entries)
        one.judge_morning(date, found)
        runs = found.runs
        if found.session is not None:
            keep(one, date, found.session, off=off)
    if off:
        return
    for run in runs:
        do_run(one, date, run)
    if one.chance(EXTRA):
        extra(one, date)


def keep(one: One, date: dt.date, session: Session, *, off: bool) -> None:
    """Do what is advised today, or let it be."""
    one.tally.advised += 1
    if off or not one.chance(one.person.habit.keeps):
        one.event("missed session")
        return
    one.tally.kept += 1
    aches = one.life.now("pain", date) is not None
    sets = sets_of(one.random, one.person.habit, session, one.person.runner.weights_kg, aches=aches)
    whole = session_done(one.random, session)
    words: tuple[What, ...] = (*sets, whole) if one.person.habit.sets else (whole,)
    one.book.write(date, *words, name="log")
    if one.person.habit.sets:
        one.weights.log(date, session.kind, sets)
        if any((s.pain or 0) > 2 for s in sets):
            one.event("pain in a set")
    note_done(one, session.start, round(whole.minutes or session.minutes), session.kind)


def note_done(one: One, start: dt.datetime, minutes: int, kind: Kind) -> None:
    """Let the judge know of a session."""
    hard = kind in (Kind.HEAVY, Kind.PLYOMETRIC)
    one.world.sessions.append(Done(start=start, end=start + minutes * MINUTE, minutes=minutes, hard=hard, kind=kind))


def extra(one: One, date: dt.date) -> None:
    """Do a session that nobody planned, on a day without another."""
    if any(done.date == date for done in one.world.sessions):
        return
    kind = one.random.choice((Kind.MOBILITY, Kind.STRENGTH, Kind.HEAVY, Kind.UPPER))
    minutes = one.random.choice((10, 20, 30))
    one.book.write(date, SessionDone(kind=kind, minutes=minutes, rpe_cr10=KIND_RPE[kind]), name="log")
    note_done(one, dt.datetime.combine(date, dt.time(18)), minutes, kind)
    one.event("unplanned session")


def do_run(one: One, date: dt.date, run: PlannedRun) -> None:
    """Run, sometimes harder than planned; the watch may fail."""
    ill = one.life.now("illness", date)
    goes = one.chance(RACES if run.type is RunType.RACE else one.person.habit.runs)
    if not goes or (ill and GRAVE & set(ill.symptoms)):
        one.event("missed run")
        return
    if one.life.now("watch failure", date):
        one.event("watch failure")
        return
    harder = not run.hard and one.chance(HARDER)
    runner = one.world.runner
    done = run_done(one.random, one.person.habit, run, zone=runner.timezone, pace=runner.easy_pace_s_per_km,
                    harder=harder)
    entry, = one.book.write(date, done, name="import", at=done.start)
    hard = harder or really_hard(run, done)
    if one.person.habit.watch == "told":
        one.book.write(date, Rpe(activity=entry.id, rpe_cr10=VERY_HARD if hard else LIGHT), name="rpe")
    if harder:
        one.event("harder run")
    minutes = done.seconds // 60
    one.world.runs.append(Done(start=done.local_start, end=done.local_start + minutes * MINUTE, minutes=minutes,
                               hard=hard, race=run.type is RunType.RACE))


def really_hard(run: PlannedRun, done: RunDone) -> bool:
    """Tell whether a run that went as planned was hard: a race, long, or with enough hard minutes."""
    minutes = done.seconds // 60
    part = round(minutes * run.hard_minutes / run.minutes)
    return run.type is RunType.RACE or minutes > LONG or part >= max(HARD_LEAST, HARD_SHARE * minutes)
