"""Today: what to do, why, what changed, and the buttons that start, shorten, move or skip it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from midstance.domain.diary import CheckIn, SessionDone
from midstance.domain.run import RunDone
from midstance.domain.session import Kind, Session
from midstance.formats._plan_words import PHASE_WORDS, Words
from midstance.formats.plan_html import RunView, SessionView, run_view, session_view
from midstance.planning.tissue_blocks import load_tissue_blocks
from midstance.planning.tissue_sitting import dose_table, holds_sitting
from midstance.services import change, rate
from midstance.services.diary import current
from midstance.services.handbook import catalogue
from midstance.services.note import note_session
from midstance.services.player_session import SHORTER
from midstance.services.told import SessionLine
from midstance.web._screen import Action, Answer, Screen, Visit
from midstance.web.remember import remembered
from midstance.web.screens.importing.daily import calendar_waits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.services.change import Shown
    from midstance.services.replan_day import Morning

LOOK_AHEAD = dt.timedelta(days=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which day."""

    date: Annotated[dt.date | None, Meta(description="The day; today by default.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunToday:
    """A run of the day."""

    id: Annotated[str, Meta(description="Its id.")]
    view: Annotated[RunView, Meta(description="Time, name and length in words.")]
    minutes: Annotated[int, Meta(description="Length [min].")]
    recorded: Annotated[bool, Meta(description="Whether it was run and recorded.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionToday:
    """A session of the day, or the next one."""

    id: Annotated[str, Meta(description="Its id.")]
    date: Annotated[dt.date, Meta(description="Its date.")]
    view: Annotated[SessionView, Meta(description="All of it, in words.")]
    exercises: Annotated[tuple[tuple[str, str], ...], Meta(description="(id, name) of its exercises, warm-up apart.")]
    shorter: Annotated[tuple[int, ...], Meta(description="Lengths it can be cut to [min].")] = ()
    begun: Annotated[bool, Meta(description="Whether sets of it are logged and nobody said that it is over.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What the morning allows."""

    level: Annotated[Literal["green", "amber", "red"], Meta(description="The light.")]
    factor: Annotated[float, Meta(description="Share of the strength sets, 0.5 to 1.")]
    minutes: Annotated[int | None, Meta(description="Time for training today [min], where something limits it.")]
    why: Annotated[tuple[str, ...], Meta(description="Reasons, the weightiest first.")]
    run_advice: Annotated[str, Meta(description="What becomes of today's run; empty when it stays.")]
    told: Annotated[bool, Meta(description="Whether a check-in of this day is in the diary.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A tissue block that may be taken up, never must."""

    block: Annotated[str, Meta(description="Its id.")]
    says: Annotated[str, Meta(description="What it is for, with its certainty.")]
    details: Annotated[tuple[str, ...], Meta(description="Doses, what comes first, when to stop.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of the plan."""

    id: Annotated[str, Meta(description="Its id.")]
    says: Annotated[tuple[str, ...], Meta(description="What changes, a sentence each.")]
    state: Annotated[str, Meta(description="proposed or accepted.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A sitting of the tissue block in force."""

    name: Annotated[str, Meta(description="Its name.")]
    minutes: Annotated[int, Meta(description="How long it takes [min].")]
    says: Annotated[str, Meta(description="Which week it is, and what counts.")]
    lines: Annotated[tuple[str, ...], Meta(description="Exercises with doses.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A day of the plan in force."""

    date: Annotated[dt.date, Meta(description="The day shown.")]
    today: Annotated[dt.date, Meta(description="The clock's date.")]
    runner: Annotated[str, Meta(description="The runner's name.")]
    units: Annotated[str, Meta(description="metric or imperial.")]
    week: Annotated[str, Meta(description="Week and phase of the plan, in words.")]
    readiness: Annotated[Readiness, Meta(description="What the morning allows.")]
    runs: Annotated[tuple[RunToday, ...], Meta(description="Runs of the day, recorded ones as they were.")]
    primers: Annotated[tuple[SessionToday, ...], Meta(description="Primers before these runs.")]
    session: Annotated[SessionToday | None, Meta(description="The session as it should be done now.")]
    next: Annotated[SessionToday | None, Meta(description="The next session, on a day without one.")]
    done: Annotated[tuple[SessionToday, ...], Meta(description="Sessions done today.")]
    block: Annotated[Block | None, Meta(description="A sitting of a tissue block that is due beside the session.")]
    left_out: Annotated[tuple[str, ...], Meta(description="Why a planned session is not for today.")]
    changes: Annotated[tuple[Change, ...], Meta(description="Changes taken since yesterday, and the one that waits.")]
    offers: Annotated[tuple[Offer, ...], Meta(description="At most one tissue block.")]
    retest: Annotated[str, Meta(description="Which self-tests are worth doing again on this day, or empty.")]
    notes: Annotated[tuple[str, ...], Meta(description="What else to know.")]
    calendar: Annotated[str, Meta(description="That a changed running calendar waits, or empty.")]
    kept: Annotated[str, Meta(description="How much of the plan was kept, on Mondays.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """A change that waits, or a tissue block that is offered."""

    id: Annotated[str, Meta(description="Id of the change or block, or its first letters; empty for what waits.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """What to drop."""

    day: Annotated[dt.date, Meta(description="Date of the session, or of the run where no session stands.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Did:
    """A session that was done without the player."""

    session: Annotated[str, Meta(description="Its id.")]
    rpe_cr10: Annotated[float, Meta(description="Exertion, 0 to 10.", ge=0, le=10)] | None = None
    minutes: Annotated[float, Meta(description="How long it took [min].", ge=0, le=1440)] | None = None
    note: Annotated[str, Meta(description="The runner's words.", max_length=2000)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How hard a run or session was."""

    activity: Annotated[str, Meta(description="Its id.")]
    rpe_cr10: Annotated[float, Meta(description="Exertion, 0 to 10.", ge=0, le=10)]


def load(asked: Asked, visit: Visit) -> Context:
    """Say what to do on a day."""
    date = asked.date or visit.today
    found = remembered(visit, ("today", date), lambda: _context(date, visit))
    return replace(found, calendar=calendar_waits(visit) if date == visit.today else "")


def _context(date: dt.date, visit: Visit) -> Context:
    when = {**visit.when("today"), "date": date}
    found, changes = change.todays(visit.store, **when)
    told = [entry.what for entry in current(visit.store, since=date, until=date, kinds=(CheckIn, RunDone, SessionDone))]
    ran = {what.local_start.replace(second=0, microsecond=0) for what in told if isinstance(what, RunDone)}
    over = {what.session for what in told if isinstance(what, SessionDone)}
    words = Words(names=_names(), units=found.course.runner.units, to="–")
    return Context(
        date=date, today=visit.today, runner=found.course.runner.name, units=words.units, week=week_words(found),
        readiness=Readiness(
            level=found.ready.light.label, factor=found.ready.factor,  # type: ignore[arg-type]
            minutes=found.ready.minutes, why=tuple(found.ready.says), run_advice=found.run_advice,
            told=any(isinstance(what, CheckIn) for what in told)),
        runs=tuple(RunToday(id=run.id, view=run_view(run, words), minutes=run.minutes,
                            recorded=run.start.replace(second=0) in ran) for run in found.runs),
        primers=_views(found.primers, words), session=next(iter(_views((found.session,), words)), None),
        next=None if found.session or found.done else _next(found, words),
        done=tuple(replace(one, begun=one.id not in over and date == visit.today)
                   for one in _views(found.done, words)),
        block=_block(found), left_out=found.left_out if found.session is None else (),
        calendar="", changes=_changes(changes), offers=_offers(found), notes=found.notes,
        retest=found.retest.says if found.retest is not None else "",
        kept=found.kept.says if date.weekday() == 0 else "")


def week_words(found: Morning) -> str:
    """Name week and phase of a day.

    >>> "Week 3 of 14, base"
    'Week 3 of 14, base'
    """
    weeks = found.plan.weeks
    number = next((n for n, week in enumerate(weeks, start=1) if any(d.date == found.date for d in week.days)), 0)
    return f"Week {number} of {len(weeks)}, {PHASE_WORDS[weeks[number - 1].phase]}" if number else ""


def _names() -> dict[str, str]:
    return {key: exercise.name for key, exercise in catalogue().exercises.items()}


def _views(sessions: Sequence[Session | None], words: Words) -> tuple[SessionToday, ...]:
    return tuple(_view(session, words) for session in sessions if session is not None)


def _view(session: Session, words: Words) -> SessionToday:
    cues = {key: exercise.cues for key, exercise in catalogue().exercises.items()}
    main = [b for b in session.blocks if not b.label.startswith("warm")] or list(session.blocks)
    shown = dict.fromkeys(item.exercise for block in main for item in block.items)
    shorter = tuple(m for m in SHORTER if m < session.minutes) if session.kind is not Kind.PRIMER else ()
    return SessionToday(id=session.id, date=session.date, view=session_view(session, session.id, words, cues),
                        exercises=tuple((key, words.exercise(key)) for key in shown), shorter=shorter)


def _next(found: Morning, words: Words) -> SessionToday | None:
    ahead = [s for s in found.plan.sessions if found.date < s.date <= found.date + LOOK_AHEAD
             and s.kind is not Kind.PRIMER]
    return _view(ahead[0], words) if ahead else None


def _block(found: Morning) -> Block | None:
    sitting = found.sitting
    if sitting is None or holds_sitting(found.session):
        return None
    return Block(name=sitting.block.name, minutes=sitting.minutes, says=sitting.says, lines=tuple(sitting.lines))


def _changes(changes: Sequence[Shown]) -> tuple[Change, ...]:
    return tuple(Change(id=one.id, says=one.says, state=one.state) for one in changes)


def _offers(found: Morning) -> tuple[Offer, ...]:
    out = []
    for offer in found.ready.offers:
        block = load_tissue_blocks()[offer.block]
        details = (*dose_table(block, catalogue().exercises), *block.first, *block.stops)
        out.append(Offer(block=offer.block, says=offer.text, details=details))
    return tuple(out)


def accept(wish: Accept, visit: Visit) -> Answer:
    """Take the change that waits."""
    done = change.accept(visit.store, wish.id, **visit.when("accept"))
    return Answer(says=done.says, batch=done.batch)


def skip(wish: Skip, visit: Visit) -> Answer:
    """Drop the session of a day, or its run."""
    done = change.skip(visit.store, wish.day, **visit.when("skip"))
    return Answer(says=done.says, batch=done.batch)


def did(wish: Did, visit: Visit) -> Answer:
    """Note a session as done, as it was planned."""
    line = SessionLine(which=wish.session, minutes=wish.minutes, rpe_cr10=wish.rpe_cr10, note=wish.note)
    noted = note_session(visit.store, line, visit.stamp("log"))
    load = f", {noted.activity.load_au:.0f} AU" if noted.activity.load_au else ""
    return Answer(says=(f"Noted as done{load}. No sets were made up; the weights of next time stay as they are.",),
                  batch=noted.stamp.origin.batch)


def rated(wish: Rate, visit: Visit) -> Answer:
    """Note how hard a run or session was."""
    stamp = visit.stamp("rpe")
    rate.note_rpe(visit.store, wish.activity, wish.rpe_cr10, stamp)
    return Answer(says=(f"Exertion {wish.rpe_cr10:g} of 10 noted.",), batch=stamp.origin.batch)


SCREEN = Screen(
    id="today", path="/today", title="Today", asked=Asked, context=Context, load=load, nav=1,
    actions=(
        Action(name="accept", title="Take the change that waits, or a tissue block", wish=Accept, do=accept),
        Action(name="skip", title="Drop the session of a day", wish=Skip, do=skip),
        Action(name="did", title="Note a session as done as planned", wish=Did, do=did),
        Action(name="rpe", title="Note how hard a run or session was", wish=Rate, do=rated),
    ))
