"""Plan: the weeks as a calendar, the season above it, and what moves, skips, busy days and races would do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from midstance.domain.diary import ChangeAccepted, ChangeProposed
from midstance.formats import _plan_words as say
from midstance.formats._format import refusal
from midstance.services.diary import current
from midstance.services.where_calendar import calendar_of
from midstance.web._screen import Action, Answer, Screen, Visit
from midstance.web.remember import remembered
from midstance.web.screens.plan.acts import (
    LONGEST_NAME,
    PRIORITIES,
    Act,
    AddRace,
    Busy,
    Kilometres,
    Move,
    Skip,
    Wish,
    day_in,
    done,
)
from midstance.web.screens.plan.chart import Season, draw_season
from midstance.web.screens.plan.panel import (
    AnswerShown,
    Panel,
    PreviewShown,
    answers_of,
    panel_of,
    preview_of,
    question_of,
)
from midstance.web.screens.plan.views import SHOWN_WEEKS, WeekShown, shown_weeks, words_of

if TYPE_CHECKING:
    from midstance.domain.entry import Entry
    from midstance.services.where_calendar import Calendar

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which weeks, what is looked at, and what would be done."""

    date: Annotated[dt.date | None, Meta(description="A date of the first week shown; today's week by default.")] = None
    session: Annotated[str, Meta(description="Id of a session or run that is looked at.")] = ""
    to: Annotated[dt.date | None, Meta(description="Where it would go.")] = None
    skip: Annotated[bool, Meta(description="Whether it would be skipped.")] = False
    busy_first: Annotated[dt.date | None, Meta(description="First of the dates that would be busy.")] = None
    busy_last: Annotated[dt.date | None, Meta(description="Last of them.")] = None
    race_date: Annotated[dt.date | None, Meta(description="Date of a race that would be added.")] = None
    race_km: Annotated[Kilometres | None, Meta(description="Its distance [km].")] = None
    race_priority: Annotated[str, Meta(description="A, B or C.", pattern="^[ABC]$")] = "B"
    race_start: Annotated[dt.time | None, Meta(description="When it starts, by the clock.")] = None
    race_name: Annotated[str, Meta(description="Its name.", max_length=LONGEST_NAME)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RaceShown:
    """A race of the plan."""

    date: Annotated[dt.date, Meta(description="Its date.")]
    words: Annotated[str, Meta(description="Name, distance and priority.")]
    past: Annotated[bool, Meta(description="Whether it is over.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The plan in force, some weeks of it, and what is looked at."""

    today: Annotated[dt.date, Meta(description="The clock's date.")]
    plan: Annotated[str, Meta(description="Id of the plan.")]
    starts: Annotated[dt.date, Meta(description="Its first date.")]
    ends: Annotated[dt.date, Meta(description="Its last date.")]
    units: Annotated[str, Meta(description="metric or imperial.")]
    headline: Annotated[str, Meta(description="Where it leads, and how far that is.")]
    aim: Annotated[str, Meta(description="What it does, in a sentence or two.")]
    over: Annotated[str, Meta(description="That it has not begun or is over, or empty.")]
    races: Annotated[tuple[RaceShown, ...], Meta(description="Its races by date.")]
    season: Annotated[Season, Meta(description="All weeks as a drawing and a table.")]
    first: Annotated[dt.date, Meta(description="Monday of the first week shown.")]
    weeks: Annotated[tuple[WeekShown, ...], Meta(description="The weeks shown.")]
    earlier: Annotated[dt.date | None, Meta(description="Where the weeks before begin, if there are any.")]
    later: Annotated[dt.date | None, Meta(description="Where the weeks after begin, if there are any.")]
    this_week: Annotated[dt.date | None, Meta(description="Monday of today's week where it is not shown.")]
    waits: Annotated[tuple[str, ...], Meta(description="What a change would do that waits on the Today screen.")]
    panel: Annotated[Panel | None, Meta(description="What is looked at, or what is asked.")]
    gone: Annotated[bool, Meta(description="Whether what was to be looked at is not in the plan any more.")]
    priorities: Annotated[dict[str, str], Meta(description="What the priorities of races mean.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereAsked:
    """A session or run that might move."""

    id: Annotated[str, Meta(description="Its id.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where it could go."""

    id: Annotated[str, Meta(description="Its id.")]
    days: Annotated[tuple[AnswerShown, ...], Meta(description="What each date around it says.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewAsked:
    """A change to try: the fields that its act needs."""

    act: Annotated[Act, Meta(description="move and skip need id, move needs to, busy first, race date and distance.")]
    id: Annotated[str, Meta(description="Id of a session or run.")] = ""
    to: Annotated[dt.date | None, Meta(description="The date to go to.")] = None
    first: Annotated[dt.date | None, Meta(description="First busy date.")] = None
    last: Annotated[dt.date | None, Meta(description="Last busy date.")] = None
    date: Annotated[dt.date | None, Meta(description="Date of a race.")] = None
    distance_km: Annotated[Kilometres | None, Meta(description="Its distance [km].")] = None
    priority: Annotated[str, Meta(description="A, B or C.", pattern="^[ABC]$")] = "B"
    start: Annotated[dt.time | None, Meta(description="When it starts.")] = None
    name: Annotated[str, Meta(description="Its name.", max_length=LONGEST_NAME)] = ""


def load(asked: Asked, visit: Visit) -> Context:
    """Show some weeks of the plan in force."""
    entries = current(visit.store)
    found = remembered(visit, "calendar", lambda: calendar_of(entries, today=visit.today))
    runner = found.known.course.runner
    words = words_of(runner.units)
    first = _first_week(found, asked, visit.today)
    panel = _panel(asked, found, visit, words)
    starts = [week.starts for week in found.weeks]
    shown = starts[first : first + SHOWN_WEEKS]
    this = next((s for s in starts if s <= visit.today < s + WEEK), None)
    later = first + SHOWN_WEEKS
    return Context(
        today=visit.today, plan=found.plan.id, starts=found.plan.starts, ends=found.plan.ends, units=runner.units,
        headline=headline(found, visit.today), aim=say.aim_text(found.plan, words), over=over(found, visit.today),
        races=tuple(RaceShown(date=race.date, words=words.race(race), past=race.date < visit.today)
                    for race in say.plan_races(found.plan)),
        season=draw_season(found.weeks, first=first, count=SHOWN_WEEKS, today=visit.today),
        first=shown[0] if shown else found.plan.starts, weeks=shown_weeks(found, first, words),
        earlier=starts[max(0, first - SHOWN_WEEKS)] if first else None,
        later=starts[later] if later < len(starts) else None, this_week=this if this not in shown else None,
        waits=waiting(entries, found.plan.id, visit.today), panel=panel,
        gone=bool(asked.session) and panel is None, priorities=PRIORITIES)


def _first_week(found: Calendar, asked: Asked, today: dt.date) -> int:
    """Find the first week to show: that of the date asked for, of the session looked at, or of today."""
    day = asked.date or day_in(asked.session) or asked.busy_first or asked.race_date or today
    place = next((k for k, week in enumerate(found.weeks) if day < week.starts + WEEK), len(found.weeks) - 1)
    return max(0, min(place, len(found.weeks) - 1))


def _panel(asked: Asked, found: Calendar, visit: Visit, words: say.Words) -> Panel | None:
    wish: Wish | None = None
    if asked.session:
        if asked.to is not None:
            wish = Move(id=asked.session, to=asked.to)
        elif asked.skip:
            wish = Skip(id=asked.session)
        return panel_of(asked.session, found, visit, words, wish)
    if asked.busy_first is not None:
        wish = Busy(first=asked.busy_first, last=asked.busy_last)
    elif asked.race_date is not None and asked.race_km is not None:
        wish = AddRace(date=asked.race_date, distance_km=asked.race_km, name=asked.race_name, start=asked.race_start,
                       priority=asked.race_priority)  # type: ignore[arg-type]
    if wish is None:
        return None
    question = question_of(wish, visit)
    return Panel(heading=question.title, tone="", question=question)


def headline(found: Calendar, today: dt.date) -> str:
    """Say where the plan leads, and how far that is."""
    ahead = [race for race in say.plan_races(found.plan) if race.date >= today]
    main = [race for race in ahead if race.priority in {"A", ""}] or ahead
    if not main:
        return "The plan"
    days = (main[0].date - today).days
    name = main[0].name or "the race"
    if days == 0:
        return f"{name} is today"
    far = say.counted(round(days / 7), "week") if days >= 14 else say.counted(days, "day")
    return f"{far} to {name}"


def over(found: Calendar, today: dt.date) -> str:
    """Say that a plan has not begun or is over."""
    if today > found.plan.ends:
        return f"This plan ended on {say.day_text(found.plan.ends)}."
    if today < found.plan.starts:
        return f"This plan begins on {say.day_text(found.plan.starts)}."
    return ""


def waiting(entries: tuple[Entry, ...], plan: str, today: dt.date) -> tuple[str, ...]:
    """Give what a change would do that was proposed today and not taken."""
    taken = {e.what.change for e in entries if isinstance(e.what, ChangeAccepted)}
    last = next(islice((e for e in reversed(entries) if isinstance(e.what, ChangeProposed) and e.date == today), 1),
                None)
    if last is None or not isinstance(last.what, ChangeProposed) or last.id in taken or last.what.previous != plan:
        return ()
    return last.what.says


def where(wish: WhereAsked, visit: Visit) -> Where:
    """Say of each date around a session or run whether it could go there."""
    return Where(id=wish.id, days=answers_of(wish.id, visit))


def previewed(wish: PreviewAsked, visit: Visit) -> PreviewShown:
    """Say what a change would do, and write nothing."""
    return preview_of(_wished(wish), visit)


def _wished(asked: PreviewAsked) -> Wish:
    if asked.act == "move":
        return Move(id=asked.id, to=_needed("to", asked.to))
    if asked.act == "skip":
        return Skip(id=asked.id)
    if asked.act == "busy":
        return Busy(first=_needed("first", asked.first), last=asked.last)
    if asked.distance_km is None:
        raise refusal("preview", "is missing", "give a number", place="distance_km")
    return AddRace(date=_needed("date", asked.date), distance_km=asked.distance_km, name=asked.name, start=asked.start,
                   priority=asked.priority)  # type: ignore[arg-type]


def _needed(name: str, date: dt.date | None) -> dt.date:
    if date is None:
        raise refusal("preview", "is missing", "give a date such as 2026-12-01", place=name)
    return date


def act(wish: Wish, visit: Visit) -> Answer:
    """Do what is wished."""
    return done(wish, visit)


SCREEN = Screen(
    id="plan", path="/plan", globals={"spoken": say.spoken}, title="Plan", asked=Asked, context=Context, load=load,
    nav=2,
    actions=(
        Action(name="where", title="Say where a session or run could go", wish=WhereAsked, do=where, answer=Where,
               reads=True),
        Action(name="preview", title="Say what a change would do", wish=PreviewAsked, do=previewed,
               answer=PreviewShown, reads=True),
        Action(name="move", title="Move a session or run", wish=Move, do=act),
        Action(name="skip", title="Skip a session or run", wish=Skip, do=act),
        Action(name="busy", title="Keep dates free of sessions", wish=Busy, do=act),
        Action(name="race", title="Add a race", wish=AddRace, do=act),
    ))
