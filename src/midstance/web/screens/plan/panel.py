"""What the Plan screen opens beside the calendar: a session or run with its dates, and what a change would do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta

from midstance.formats._format import InputError
from midstance.formats._plan_words import KIND_WORDS, RUN_WORDS, Words, counted, day_text, spoken
from midstance.formats.plan_html import RunView, SessionView, run_view, session_view
from midstance.services.handbook import catalogue
from midstance.services.replan_day import held
from midstance.services.where import DayAnswer, State, where_could
from midstance.services.where_calendar import Fate
from midstance.services.where_preview import preview
from midstance.services.where_runs import where_run_could
from midstance.web._screen import Visit
from midstance.web.pages import long_day
from midstance.web.remember import remembered
from midstance.web.screens.plan.acts import Act, AddRace, Busy, Move, Skip, Wish, doing

if TYPE_CHECKING:
    from midstance.domain.run import PlannedRun
    from midstance.domain.session import Session
    from midstance.services.where_calendar import Calendar, RunNow, SessionNow
    from midstance.services.where_preview import DayChange

WORDS = {State.HERE: "Here now", State.FREE: "Free", State.PRICE: "At a price", State.TAKEN: "Taken",
         State.FORBIDDEN: "Forbidden"}
TOO_DEAR = "Not worth it"
FEW = 2
DOSE, TASTE = "dose", "taste"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerShown:
    """What a date says to a session or run that might come."""

    date: Annotated[dt.date, Meta(description="The date.")]
    state: Annotated[State, Meta(description="here, free, price, taken or forbidden.")]
    possible: Annotated[bool, Meta(description="Whether it can go there.")]
    word: Annotated[str, Meta(description="The state in a word or two.")]
    says: Annotated[str, Meta(description="Price or reason in few words; empty where it is free.")]
    rules: Annotated[tuple[str, ...], Meta(description="Ids of the rules that it costs or that forbid it.")]
    dose: Annotated[int, Meta(description="How much training it costs [points of dose].")]
    taste: Annotated[int, Meta(description="What else it costs [points of taste].")]
    also: Annotated[tuple[str, ...], Meta(description="What else would change, a sentence each.")]
    text: Annotated[str, Meta(description="All of it as a sentence, with the date.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run or session of a date, in a comparison."""

    name: Annotated[str, Meta(description="Its name.")]
    tone: Annotated[str, Meta(description="Its kind, or run.")]
    change: Annotated[str, Meta(description="gone, new, or empty where it stays.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCompared:
    """A date that would change."""

    date: Annotated[dt.date, Meta(description="The date.")]
    before: Annotated[tuple[Piece, ...], Meta(description="What stands there now.")]
    after: Annotated[tuple[Piece, ...], Meta(description="What would stand there.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewShown:
    """What a change would do."""

    says: Annotated[tuple[str, ...], Meta(description="Its consequences, a sentence each.")]
    days: Annotated[tuple[DayCompared, ...], Meta(description="Dates that would change.")]
    plan: Annotated[str, Meta(description="Id of the plan that it was tried on.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A change that waits for the runner's yes."""

    act: Annotated[Act, Meta(description="What is to be done.")]
    title: Annotated[str, Meta(description="What is asked.")]
    accept: Annotated[str, Meta(description="What the button says that does it.")]
    fields: Annotated[tuple[tuple[str, str], ...], Meta(description="Fields of the form that does it.")]
    answer: Annotated[AnswerShown | None, Meta(description="What the day of a move says.")]
    preview: Annotated[PreviewShown | None, Meta(description="What it would do; nothing where it cannot be.")]
    refused: Annotated[tuple[tuple[str, str], ...], Meta(description="(what is wrong, what helps) where it cannot be.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A session or run that is looked at, or a question about the plan."""

    heading: Annotated[str, Meta(description="What it is.")]
    tone: Annotated[str, Meta(description="Its kind, run, or empty.")]
    id: Annotated[str, Meta(description="Id of the session or run, or empty.")] = ""
    date: Annotated[dt.date | None, Meta(description="Its date.")] = None
    fate: Annotated[str, Meta(description="What has become of it.")] = ""
    view: Annotated[SessionView | None, Meta(description="The session in words.")] = None
    run: Annotated[RunView | None, Meta(description="The run in words.")] = None
    why: Annotated[tuple[str, ...], Meta(description="Why the session stands there.")] = ()
    movable: Annotated[bool, Meta(description="Whether it can still be moved or skipped.")] = False
    startable: Annotated[bool, Meta(description="Whether the player can start it.")] = False
    answers: Annotated[tuple[AnswerShown, ...], Meta(description="What each date around it says.")] = ()
    question: Annotated[Question | None, Meta(description="A change that waits for the runner's yes.")] = None


def answers_of(id_: str, visit: Visit) -> tuple[AnswerShown, ...]:
    """Say of each date around a session or run whether it could go there.

    Raises: InputError: It is not one to come.
    """
    asked = where_run_could if id_.startswith("run-") else where_could
    return remembered(visit, ("where", id_), lambda: tuple(
        answer_shown(one) for one in asked(visit.store, id_, date=visit.today)))


def answer_shown(one: DayAnswer) -> AnswerShown:
    """Put an answer into words."""
    possible = one.state in (State.FREE, State.PRICE)
    dose, taste = one.price or (0, 0)
    dear = one.state is State.FORBIDDEN and {reason.tier for reason in one.reasons} <= {DOSE, TASTE} and one.reasons
    word = TOO_DEAR if dear else WORDS[one.state]
    few = "; ".join(reason.says for reason in one.reasons[:FEW]) or one.says
    if len(one.reasons) > FEW:
        few = f"{few}; {len(one.reasons) - FEW} more"
    full = f"{long_day(one.date)}: {word.lower()}" + (f": {one.says}" if one.says else "")
    points = [f"{counted(n, 'point')} of {what}" for n, what in ((dose, DOSE), (taste, TASTE)) if n > 0]
    full += f" ({', '.join(points)})" if points and one.state is State.PRICE else ""
    return AnswerShown(
        date=one.date, state=one.state, possible=possible, word=word, says=few,
        rules=tuple(reason.rule for reason in one.reasons if reason.rule), dose=dose, taste=taste, also=one.also,
        text=spoken(" ".join((f"{full}.", *one.also))))


def preview_of(wish: Wish, visit: Visit) -> PreviewShown:
    """Say what a change would do.

    Raises: InputError: It cannot be.
    """
    found = preview(visit.store, doing(wish, visit), date=visit.today)
    return PreviewShown(says=found.says, days=tuple(_compared(day) for day in found.days), plan=found.plan)


def _compared(day: DayChange) -> DayCompared:
    old = [*map(_run_piece, day.runs), *map(_session_piece, day.sessions)]
    new = [*map(_run_piece, day.new_runs), *map(_session_piece, day.new_sessions)]
    return DayCompared(
        date=day.date,
        before=tuple(Piece(name=n, tone=t, change="" if (n, t) in new else "gone") for n, t in old),
        after=tuple(Piece(name=n, tone=t, change="" if (n, t) in old else "new") for n, t in new))


def _run_piece(run: PlannedRun) -> tuple[str, str]:
    return RUN_WORDS[run.type], "run"


def _session_piece(session: Session) -> tuple[str, str]:
    return KIND_WORDS[session.kind], session.kind.value


def question_of(wish: Wish, visit: Visit, name: str = "") -> Question:
    """Ask for the runner's yes, with what a change would do; or say why it cannot be."""
    act, title, accept = _asked(wish, name)
    answers = answers_of(wish.id, visit) if isinstance(wish, Move) else ()
    answer = next((one for one in answers if isinstance(wish, Move) and one.date == wish.to), None)
    try:
        found = preview_of(wish, visit)
    except InputError as error:
        refused = tuple((fault.says, fault.remedy) for fault in error.faults)
        if answer is not None and answer.says:
            refused = ((answer.text, refused[0][1]),)
        return Question(act=act, title=title, accept=accept, fields=(), answer=None, preview=None, refused=refused)
    told = {name: getattr(wish, name) for name in type(wish).__dataclass_fields__}
    fields = {name: _text(value) for name, value in {**told, "plan": found.plan}.items() if value not in (None, "")}
    return Question(act=act, title=title, accept=accept, fields=tuple(fields.items()), answer=answer, preview=found,
                    refused=())


def _asked(wish: Wish, name: str) -> tuple[Act, str, str]:
    if isinstance(wish, Move):
        return "move", f"{name} to {day_text(wish.to)}?", "Move it"
    if isinstance(wish, Skip):
        return "skip", f"Skip {name[:1].lower()}{name[1:].rstrip(',')}?", "Skip it"
    if isinstance(wish, Busy):
        last = wish.last or wish.first
        span = long_day(wish.first) if last == wish.first else f"{day_text(wish.first)} to {day_text(last)}"
        return "busy", f"No sessions: {span}?", "Keep these days free"
    return "race", f"{wish.name or 'A race'} on {long_day(wish.date)}?", "Add the race"


def _text(value: Any) -> str:
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def panel_of(id_: str, found: Calendar, visit: Visit, words: Words, wish: Wish | None) -> Panel | None:
    """Show a session, primer or run; nothing where the calendar does not hold it.

    Args:
        id_: Its id.
        found: The calendar.
        visit: The request.
        words: Puts values into words.
        wish: What is to be done with it, or None.
    """
    for week in found.weeks:
        for day in week.days:
            for session in day.sessions:
                if session.session.id == id_:
                    return _session_panel(session, found, visit, words, wish)
            for primer in day.primers:
                if primer.id == id_:
                    return Panel(heading="Primer", tone=primer.kind.value, id=id_, date=primer.date, fate=Fate.AHEAD,
                                 view=_view(primer, words), why=primer.why, startable=True)
            for run in day.runs:
                if run.run.id == id_:
                    return _run_panel(run, visit, words, wish)
    return None


def _session_panel(now: SessionNow, found: Calendar, visit: Visit, words: Words, wish: Wish | None) -> Panel:
    session, ahead = now.session, now.fate is Fate.AHEAD
    if ahead:
        filled = held(found.known).sessions
        session = next((s for s in filled if s.id == session.id), session)
    name = KIND_WORDS[session.kind]
    return Panel(
        heading=name, tone=session.kind.value, id=session.id, date=session.date, fate=now.fate,
        view=_view(session, words), why=session.why, movable=ahead, startable=ahead,
        answers=answers_of(session.id, visit) if ahead and wish is None else (),
        question=question_of(wish, visit, f"{name}, {day_text(session.date)},") if wish and ahead else None)


def _run_panel(now: RunNow, visit: Visit, words: Words, wish: Wish | None) -> Panel:
    ahead, name = now.fate is Fate.AHEAD, RUN_WORDS[now.run.type]
    return Panel(
        heading=name, tone="run", id=now.run.id, date=now.run.date, fate=now.fate, run=run_view(now.run, words),
        movable=ahead, answers=answers_of(now.run.id, visit) if ahead and wish is None else (),
        question=question_of(wish, visit, f"{name}, {day_text(now.run.date)},") if wish and ahead else None)


def _view(session: Session, words: Words) -> SessionView:
    cues = {key: exercise.cues for key, exercise in catalogue().exercises.items()}
    return session_view(session, session.id, words, cues)


__all__ = ["AddRace", "AnswerShown", "Busy", "Panel", "PreviewShown", "Question", "answers_of", "panel_of",
           "preview_of", "question_of"]
