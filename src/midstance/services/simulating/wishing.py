"""What a made-up runner decides: travel, a new race, another day for a session or a run, none of it today."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from midstance.domain.run import RunType
from midstance.domain.session import Kind
from midstance.formats._format import InputError
from midstance.services import change
from midstance.services.diary import take_back
from midstance.services.replan_day import know
from midstance.services.simulating.book import differs
from midstance.services.simulating.looking import settled
from midstance.services.simulating.one import DAY, One, shown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from midstance.domain.plan import Plan
    from midstance.services.change import Decided

MOVES, RUN_MOVES, SKIPS, UNDOES = 0.025, 0.015, 0.01, 0.06
ROWS_ALONE, ROWS_WITH_A_CHANGE = (1, 2), (4, 5)
"""One or two words, alone or with the change that follows from them: proposed, accepted, and the plan."""


def decide(one: One, date: dt.date) -> None:
    """Tell of travel and races, move and skip what is planned."""
    tell(one, date)
    if one.life.now("time off", date):
        return
    for share, act in ((MOVES, move_session), (RUN_MOVES, move_run), (SKIPS, skip)):
        if one.chance(share):
            act(one, date)


def tell(one: One, date: dt.date) -> None:
    """Tell of travel and of races as soon as they are known."""
    for spell in one.life.spells:
        travels = spell.kind == "travel" and spell.told == date
        if travels and decided(one, "travel", date, partial(change.busy, first=spell.first, last=spell.last)):
            one.world.busy.append((spell.first, spell.last))
    for said, race in one.life.races:
        new = said == date and race.date not in {r.date for r in one.world.races}
        if new and decided(one, "new race", date, partial(change.race, race=race)):
            one.world.races.append(race)


def decided(one: One, kind: str, date: dt.date, act: Callable[..., Decided]) -> bool:
    """Let a decision be taken; a refusal is accepted. Tell whether it stands."""
    before = one.course.plan
    now = one.book.moment(date)
    try:
        done = act(one.book.store, now=now, date=date, origin=one.book.origin(now, kind))
    except InputError:
        one.tally.refused += 1
        one.event(f"{kind} refused", matters=False)
        return False
    one.event(kind)
    rows = one.book.told(done.batch)
    after = one.course.plan
    if rows not in (ROWS_WITH_A_CHANGE if after.id != before.id else ROWS_ALONE):
        one.breach("lost", date, f"{kind} wrote {rows} entries")
    one.tally.changed.append(differs(shown(before, date), shown(after, date)))
    one.happened = False  # the decision took up all that was known
    if after.id == before.id:
        return True
    one.judge_document(date, after, settled(one, date, kind).brief, kind)
    if one.chance(UNDOES):
        undo(one, date, done.batch, before)
        return False
    return True


def undo(one: One, date: dt.date, batch: str, before: Plan) -> None:
    """Take a decision back; the plan before must be in force again, and can be looked at."""
    take_back(one.book.store, batch, now=one.book.moment(date), date=date)
    one.book.undone += 1
    one.event("undo")
    course = know(one.book.entries(), today=date).course
    if course.plan.id != before.id:
        one.breach("unstable", date, f"undo gives {course.plan.id}, {before.id} was in force")


def move_session(one: One, date: dt.date) -> None:
    """Want a session of the next days on another date."""
    near = [s for s in one.course.plan.sessions if date <= s.date < date + 7 * DAY and s.kind is not Kind.PRIMER]
    if near:
        session = one.random.choice(near)
        to = max(date, session.date + one.random.choice((-2, -1, 1, 1, 2, 3)) * DAY)
        decided(one, "moved session", date, partial(change.move, day=session.date, to=to))


def move_run(one: One, date: dt.date) -> None:
    """Want a run of the next days on another date, where no session stands beside it."""
    plan = one.course.plan
    sessions = {s.date for s in plan.sessions if s.kind is not Kind.PRIMER}
    near = [run for run in plan.runs if date < run.date < date + 7 * DAY and run.date not in sessions
            and run.id not in one.gone and run.type is not RunType.RACE]
    if near:
        run = one.random.choice(near)
        to = max(date, run.date + one.random.choice((-2, -1, 1, 2)) * DAY)
        decided(one, "moved run", date, partial(change.move, day=run.date, to=to))


def skip(one: One, date: dt.date) -> None:
    """Drop what is planned on one of the next days; who skips a race does not run it."""
    day = date + one.random.randrange(4) * DAY
    course = one.course
    sessions = change.standing(course, day)
    runs = [] if sessions else [run for run in course.plan.runs if run.date == day]
    races = any(run.type is RunType.RACE for run in runs)
    before = one.world.races
    one.world.races = [race for race in before if not (races and race.date == day)]
    if decided(one, "skipped ahead", date, partial(change.skip, day=day)):
        one.gone |= {run.id for run in runs}
    else:
        one.world.races = before
