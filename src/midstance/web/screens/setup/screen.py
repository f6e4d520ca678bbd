"""The first set-up: five calm steps to a plan, and the page that shows what came of them."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta

from midstance.domain.session import Kind
from midstance.formats._plan_words import SAFETY, SAFETY_NEW, Words
from midstance.formats.plan_html import RunView, SessionView, run_view, session_view
from midstance.services.course import course_of
from midstance.services.diary import current
from midstance.services.handbook import catalogue
from midstance.services.set_up import FIRST, USUAL_WEEK, set_up
from midstance.services.set_up_fields import Answer as Said
from midstance.services.set_up_tests import SAFETY as TEST_SAFETY
from midstance.services.set_up_tests import Question, questions
from midstance.web._screen import Action, Answer, Screen, Visit
from midstance.web.screens.setup.form import GLOBALS, answers_in, wish_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.plan import Plan
    from midstance.domain.session import Session

MOST_BYTES = 256 << 20
"""Largest set of uploaded files [bytes]; midstance default."""
DONE = "/setup?made=yes"
KEPT = "Your plan is in the diary."
CHECKED = "your test found"
MOST_CHECKED = 4
FIRST_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What to show."""

    made: Annotated[bool, Meta(description="Show the plan that was made.")] = False
    anew: Annotated[bool, Meta(description="Show the form although there is a plan.")] = False
    gone: Annotated[bool, Meta(description="Everything was deleted: the browser forgets its part too.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMade:
    """A date of the first week."""

    date: Annotated[dt.date, Meta(description="The date.")]
    runs: Annotated[tuple[RunView, ...], Meta(description="Its runs.")]
    sessions: Annotated[tuple[SessionView, ...], Meta(description="Its sessions.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The plan that was made."""

    name: Annotated[str, Meta(description="Whose plan it is.")]
    starts: Annotated[dt.date, Meta(description="Its first date.")]
    ends: Annotated[dt.date, Meta(description="Its last date.")]
    weeks: Annotated[int, Meta(description="How many calendar weeks it has.")]
    days: Annotated[tuple[DayMade, ...], Meta(description="The first seven days.")]
    next: Annotated[SessionView | None, Meta(description="The next session.")]
    next_date: Annotated[dt.date | None, Meta(description="Its date.")]
    next_exercises: Annotated[tuple[tuple[str, str], ...], Meta(description="(id, name) of its exercises.")]
    checked: Annotated[tuple[str, ...], Meta(description="What the self-tests chose in the first weeks, sentences.")]
    notes: Annotated[tuple[str, ...], Meta(description="What was assumed, sentences.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The form with its first answers, or the plan that was made."""

    answers: Annotated[dict[str, Said], Meta(description="What the form says first, by the name of the field.")]
    planned: Annotated[bool, Meta(description="Whether there is a plan already.")]
    anew: Annotated[bool, Meta(description="Whether the form was asked for although there is a plan.")]
    gone: Annotated[bool, Meta(description="Whether everything was deleted just now.")]
    made: Annotated[Made | None, Meta(description="The plan, where it was asked for.")]
    questions: Annotated[tuple[Question, ...], Meta(description="The short version of the self-tests.")]
    test_safety: Annotated[str, Meta(description="When to leave the self-tests out.")]
    safety: Annotated[tuple[str, ...], Meta(description="Whom to ask before training.")]
    safety_new: Annotated[str, Meta(description="What to do when strength work is new.")]
    usual_weeks: Annotated[dict[str, dict[str, tuple[str, str, str]]], Meta(
        description="A running week to begin from by level: type, minutes and start by day.")]
    today: Annotated[dt.date, Meta(description="The date.")]


Plan_ = wish_of("Plan", "The answers of the form; files come with them as multipart/form-data.")


def load(asked: Asked, visit: Visit) -> Context:
    """Show the form, or what came of it."""
    course = course_of(current(visit.store))
    made = made_of(course.plan, course.runner.units, visit.today) if course is not None and asked.made else None
    first = {f"injury_{number}_since": visit.today.isoformat() for number in range(1, 7)}
    return Context(
        answers={**FIRST, **first}, planned=course is not None, anew=asked.anew, gone=asked.gone, made=made,
        questions=questions(), test_safety=TEST_SAFETY, safety=SAFETY, safety_new=SAFETY_NEW, usual_weeks=USUAL_WEEK,
        today=visit.today)


def made_of(plan: Plan, units: str, today: dt.date) -> Made:
    """Show a plan's first days and its next session."""
    exercises = catalogue().exercises
    words = Words(names={key: exercise.name for key, exercise in exercises.items()}, units=units, to="\u2013")
    cues = {key: (exercise.setup, *exercise.cues) for key, exercise in exercises.items()}
    first = max(today, plan.starts)
    days = [day for week in plan.weeks for day in week.days if 0 <= (day.date - first).days < FIRST_DAYS]
    coming = next((s for s in plan.sessions if s.date >= first and s.kind is not Kind.PRIMER), None)
    return Made(
        name=plan.runner, starts=plan.starts, ends=plan.ends, weeks=len(plan.weeks), notes=plan.notes,
        days=tuple(DayMade(date=day.date, runs=tuple(run_view(run, words) for run in day.runs),
                           sessions=tuple(session_view(s, s.id, words, cues) for s in day.sessions)) for day in days),
        next=session_view(coming, coming.id, words, cues) if coming else None,
        next_date=coming.date if coming else None,
        next_exercises=main_exercises(coming), checked=checked_in(plan.sessions))


def main_exercises(session: Session | None) -> tuple[tuple[str, str], ...]:
    """List the exercises of a session's main blocks."""
    found = [item.exercise for block in (session.blocks if session else ()) if block.label != "warm-up"
             for item in block.items]
    exercises = catalogue().exercises
    return tuple((id_, exercises[id_].name) for id_ in dict.fromkeys(found) if id_ in exercises)


def checked_in(sessions: Sequence[Session]) -> tuple[str, ...]:
    """Gather what the self-tests chose: the first sentence about each finding."""
    found: dict[str, str] = {}
    for session in sessions:
        for sentence in session.why:
            if CHECKED in sentence:
                found.setdefault(sentence.partition(":")[2], sentence)
    return tuple(found.values())[:MOST_CHECKED]


def plan(wish: Any, visit: Visit) -> Answer:
    """Make the plan and keep it."""
    begun = set_up(visit.store, answers_in(wish), [upload.path for upload in visit.upload],
                   stamp=visit.stamp("set-up"), clock=time.perf_counter)
    return Answer(says=(KEPT, *begun.notes), batch=begun.done.batch, go=DONE)


SCREEN = Screen(
    id="setup", path="/setup", title="Set up", asked=Asked, context=Context, load=load, needs_plan=False,
    globals=GLOBALS,
    actions=(Action(name="plan", title="Make the first plan", wish=Plan_, do=plan, files=True, most_bytes=MOST_BYTES),))
