"""What the Plan screen shows of weeks, dates, runs and sessions, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from midstance.domain.run import RunType
from midstance.formats import _plan_words as say
from midstance.formats.plan_html import run_view
from midstance.services.handbook import catalogue
from midstance.services.where_calendar import DayNow, Fate, RunNow, SessionNow, WeekNow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.domain.plan import Plan
    from midstance.domain.session import Session
    from midstance.services.where_calendar import Calendar

SHOWN_WEEKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class RunShown:
    """A run."""

    id: Annotated[str, Meta(description="Its id.")]
    date: Annotated[dt.date, Meta(description="Its date.")]
    time: Annotated[str, Meta(description="Its start by the clock.")]
    name: Annotated[str, Meta(description="What kind of run it is.")]
    facts: Annotated[str, Meta(description="Length and work in words.")]
    title: Annotated[str, Meta(description="What the calendar calls it, where that says more.")]
    hard: Annotated[bool, Meta(description="Whether it is a hard run.")]
    race: Annotated[bool, Meta(description="Whether it is a race.")]
    fate: Annotated[Fate, Meta(description="ahead, done, or untold: past, without a recording.")]
    movable: Annotated[bool, Meta(description="Whether it can still be moved.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionShown:
    """A session or a primer."""

    id: Annotated[str, Meta(description="Its id.")]
    date: Annotated[dt.date, Meta(description="Its date.")]
    time: Annotated[str, Meta(description="Its start by the clock.")]
    kind: Annotated[str, Meta(description="Its kind.")]
    name: Annotated[str, Meta(description="Its kind in words.")]
    minutes: Annotated[int, Meta(description="Its length [min].")]
    hard: Annotated[bool, Meta(description="Whether it is hard.")]
    fate: Annotated[Fate, Meta(description="ahead, done, skipped or missed.")]
    movable: Annotated[bool, Meta(description="Whether it can still be moved.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShown:
    """A date."""

    date: Annotated[dt.date, Meta(description="The date.")]
    when: Annotated[Literal["past", "today", "ahead"], Meta(description="Where it lies to today.")]
    blocked: Annotated[bool, Meta(description="Whether the runner is busy.")]
    race: Annotated[str, Meta(description="The race of the date in words, or empty.")]
    runs: Annotated[tuple[RunShown, ...], Meta(description="Runs by start.")]
    sessions: Annotated[tuple[SessionShown, ...], Meta(description="Sessions by start.")]
    primers: Annotated[tuple[SessionShown, ...], Meta(description="Primers before these runs.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekShown:
    """A week."""

    number: Annotated[int, Meta(description="Its place in the plan, from 1.")]
    starts: Annotated[dt.date, Meta(description="Its Monday.")]
    span: Annotated[str, Meta(description="Its dates in words.")]
    now: Annotated[bool, Meta(description="Whether today lies in it.")]
    phase: Annotated[str, Meta(description="Its phase.")]
    phase_name: Annotated[str, Meta(description="Its phase in words.")]
    running: Annotated[str, Meta(description="How much is run, in words.")]
    sessions: Annotated[str, Meta(description="How many sessions, in words.")]
    session_minutes: Annotated[int, Meta(description="Minutes of sessions and primers [min].")]
    load: Annotated[int, Meta(description="Load of runs and sessions [AU].")]
    easy_share: Annotated[int, Meta(description="Easy minutes of all minutes [%].")]
    cut: Annotated[str, Meta(description="Why sets are cut, or empty.")]
    days: Annotated[tuple[DayShown, ...], Meta(description="Its dates, Monday first.")]
    notes: Annotated[tuple[tuple[str, str], ...], Meta(description="(heading, sentence): findings, and what gave way.")]


def words_of(units: str) -> say.Words:
    """Put values into words in a runner's units."""
    names = {key: exercise.name for key, exercise in catalogue().exercises.items()}
    return say.Words(names=names, units=units, to="–")


def shown_weeks(found: Calendar, first: int, words: say.Words) -> tuple[WeekShown, ...]:
    """Show some weeks from one on, by its place from 0."""
    races = {race.date: words.race(race) for race in say.plan_races(found.plan)}
    return tuple(week_shown(found.plan, week, found.known.today, words, races)
                 for week in found.weeks[first : first + SHOWN_WEEKS])


def week_shown(
    plan: Plan, now: WeekNow, today: dt.date, words: say.Words, races: Mapping[dt.date, str]
) -> WeekShown:
    """Show a week."""
    ahead = [s for day in now.days for s in day.sessions if s.fate in (Fate.AHEAD, Fate.DONE)]
    primers = [s for day in now.days for s in day.primers]
    why = f": {say.cleaned(now.week.factor_why)}" if now.week.factor_why else ""
    notes = [say.finding_parts(f) for f in plan.findings if say.within(now.week, f.date)]
    notes += [("Gave way:", say.relaxed_text(r)) for r in plan.relaxed if say.within(now.week, r.week)]
    notes += [say.retest_parts(r) for r in plan.retests if say.within(now.week, r.date)]
    return WeekShown(
        number=now.number, starts=now.starts, span=say.week_span(now.week),
        now=now.starts <= today <= now.starts + dt.timedelta(days=6), phase=now.phase.value,
        phase_name=say.PHASE_WORDS[now.phase], running=running(now, words), sessions=say.counted(len(ahead), "session"),
        session_minutes=sum(s.session.minutes for s in ahead) + sum(s.minutes for s in primers),
        load=now.run_load + now.session_load, easy_share=round(100 * now.easy_share),
        cut=f"Sets cut to {100 * now.week.set_factor:.0f} %{why}" if now.week.set_factor < 1 else "",
        days=tuple(day_shown(day, today, words, races.get(day.date, "")) for day in now.days), notes=tuple(notes))


def running(now: WeekNow, words: say.Words) -> str:
    """Write how much is run in a week: the distance where all of it is known, else minutes."""
    runs = [r.run for day in now.days for r in day.runs]
    known = [run.distance_km for run in runs if run.distance_km is not None]
    if runs and len(known) == len(runs):
        return words.distance(sum(known), whole_from=20)
    return f"{sum(run.minutes for run in runs)} min"


def day_shown(day: DayNow, today: dt.date, words: say.Words, race: str) -> DayShown:
    """Show a date."""
    when: Literal["past", "today", "ahead"] = (
        "past" if day.date < today else "today" if day.date == today else "ahead")
    return DayShown(
        date=day.date, when=when, blocked=day.blocked, race=race,
        runs=tuple(run_shown(run, today, words) for run in day.runs),
        sessions=tuple(session_shown(one, today) for one in day.sessions),
        primers=tuple(session_shown(SessionNow(session=s, fate=Fate.AHEAD), None) for s in day.primers))


def run_shown(now: RunNow, today: dt.date, words: say.Words) -> RunShown:
    """Show a run."""
    view = run_view(now.run, words)
    return RunShown(id=now.run.id, date=now.run.date, time=view.time, name=view.name, facts=view.facts,
                    title=view.title, hard=view.hard, race=now.run.type is RunType.RACE, fate=now.fate,
                    movable=now.fate is Fate.AHEAD and now.run.date >= today)


def session_shown(now: SessionNow, today: dt.date | None) -> SessionShown:
    """Show a session; without a day it stands fast."""
    session: Session = now.session
    return SessionShown(
        id=session.id, date=session.date, time=f"{session.start:%H:%M}", kind=session.kind.value,
        name=say.KIND_WORDS[session.kind], minutes=session.minutes, hard=session.hard, fate=now.fate,
        movable=today is not None and now.fate is Fate.AHEAD and session.date >= today)
