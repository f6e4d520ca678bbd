"""What the Import page shows of running calendars: what is in force, what waits, and what it would change."""

from __future__ import annotations

import datetime as dt
import os
import time
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from midstance.domain.dates import monday
from midstance.formats._format import InputError
from midstance.formats._plan_words import KIND_WORDS, Words, day_text, joined, spoken
from midstance.formats.plan_html import run_view
from midstance.services.calendar_change import CalendarChange, counted, preview
from midstance.services.calendar_subscription import Kept, Subscription, Waiting, calendar_file, kept_in, standing
from midstance.services.diary import current, default_place
from midstance.web.remember import remembered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.run import PlannedRun
    from midstance.domain.session import Session
    from midstance.services.set_up_change import Settings
    from midstance.services.where_preview import DayChange
    from midstance.web._screen import Visit



@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A calendar whose runs stand in the plan."""

    name: Annotated[str, Meta(description="Name of its file, or of the machine it comes from.")]
    runs: Annotated[int, Meta(description="Runs to come.")]
    last: Annotated[dt.date, Meta(description="Date of the last of them.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run or a session on a date."""

    says: Annotated[str, Meta(description="Time, name and length.")]
    kind: Annotated[str, Meta(description="Kind of session, or empty for a run.")]
    hard: Annotated[bool, Meta(description="Whether it is hard.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A date that would change."""

    date: Annotated[dt.date, Meta(description="The date.")]
    gone: Annotated[tuple[Piece, ...], Meta(description="What would go.")]
    come: Annotated[tuple[Piece, ...], Meta(description="What would come.")]
    stay: Annotated[tuple[Piece, ...], Meta(description="What would stay.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week in which something would change."""

    monday: Annotated[dt.date, Meta(description="Its Monday.")]
    days: Annotated[tuple[Date, ...], Meta(description="Dates that would change.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A calendar that waits for the runner's yes."""

    names: Annotated[tuple[str, ...], Meta(description="Where it comes from.")]
    came: Annotated[dt.datetime, Meta(description="When it came.")]
    plan: Annotated[str, Meta(description="Id of the plan that it leads to; accepting names it.")]
    runs: Annotated[int, Meta(description="Runs from today to the plan's end.")]
    new: Annotated[int, Meta(description="Runs that come to dates which had none.")]
    gone: Annotated[int, Meta(description="Runs that go.")]
    other: Annotated[int, Meta(description="Runs that become others.")]
    same: Annotated[int, Meta(description="Runs that stay as they are.")]
    beyond: Annotated[int, Meta(description="Runs after the plan's end, which it does not hold.")]
    ends: Annotated[dt.date, Meta(description="Last date of the plan.")]
    beside: Annotated[bool, Meta(description="Whether it stands beside the plan's other calendars.")]
    others: Annotated[tuple[Calendar, ...], Meta(description="The plan's other calendars.")]
    says: Annotated[tuple[str, ...], Meta(description="What changes in the sessions, a sentence each.")]
    contents: Annotated[tuple[str, ...], Meta(description="What changes inside sessions that stay.")]
    notes: Annotated[tuple[str, ...], Meta(description="What of it could not be read, and what else to know.")]
    weeks: Annotated[tuple[Week, ...], Meta(description="Every date that would change, by week.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """The address that is looked at for changes."""

    shown: Annotated[str, Meta(description="The address without what may be secret in it.")]
    own_network: Annotated[bool, Meta(description="Whether it is a machine of the runner's own network.")]
    looked: Annotated[dt.datetime | None, Meta(description="When it was last looked at.")]
    today: Annotated[bool, Meta(description="Whether that was today.")]
    says: Annotated[str, Meta(description="What came of it.")]
    failed: Annotated[bool, Meta(description="Whether it could not be fetched or read.")]


def file_of(visit: Visit) -> Path | None:
    """Say where calendars of this diary are remembered; None for a diary in memory."""
    try:
        usual = default_place(os.environ, Path.home(), windows=os.name == "nt")
        return calendar_file(visit.store.address, Path(usual).parent)
    except InputError:
        return None


def kept_of(visit: Visit) -> Kept:
    """Read what is remembered of calendars."""
    path = file_of(visit)
    return kept_in(path) if path is not None else Kept()


def calendars_of(now: Settings | None, today: dt.date) -> tuple[Calendar, ...]:
    """List the calendars whose runs are yet to come."""
    if now is None:
        return ()
    found = ((name, standing(now, (name,), today)) for name in now.files)
    return tuple(
        Calendar(name=name, runs=len(runs), last=max(run.date for run in runs)) for name, runs in found if runs)


def subscribed_of(found: Subscription | None, today: dt.date, zone: dt.tzinfo | None) -> Subscribed | None:
    """Show the subscription."""
    if found is None:
        return None
    return Subscribed(
        shown=found.shown, own_network=found.own_network, says=found.says, failed=found.failed,
        looked=found.looked.astimezone(zone) if found.looked else None, today=found.on == today)


def change_of(waiting: Waiting | None, now: Settings | None, visit: Visit) -> Change | None:
    """Show what a calendar that waits would change; made once for the diary as it stands."""
    if waiting is None or now is None:
        return None
    return remembered(visit, ("calendar", waiting), lambda: _change(waiting, now, visit))


def _change(waiting: Waiting, now: Settings, visit: Visit) -> Change:
    entries = [entry for entry in current(visit.store) if entry.date <= visit.today]
    found = preview(entries, waiting, stamp=visit.stamp("calendar"), clock=time.perf_counter)
    words = Words(names={}, units=now.runner.units, to="–")
    others = tuple(one for one in calendars_of(now, visit.today) if one.name in found.others)
    return Change(
        names=waiting.names, came=waiting.came, plan=found.plan, new=found.new, gone=found.gone, other=found.other,
        same=found.same, runs=len(waiting.held.between(visit.today, found.found.plan.ends)), beyond=found.beyond,
        ends=found.found.plan.ends, beside=waiting.beside, others=others, says=tuple(map(spoken, found.found.says)),
        contents=tuple(map(spoken, found.found.contents)), notes=waiting.held.notes, weeks=_weeks(found, words))


def _weeks(found: CalendarChange, words: Words) -> tuple[Week, ...]:
    return tuple(Week(monday=first, days=tuple(_date(day, words) for day in days))
                 for first, days in groupby(found.days, key=lambda day: monday(day.date)))


def _date(day: DayChange, words: Words) -> Date:
    before = _pieces(day.runs, day.sessions, words)
    after = _pieces(day.new_runs, day.new_sessions, words)
    return Date(date=day.date, gone=tuple(piece for piece in before if piece not in after),
                come=tuple(piece for piece in after if piece not in before),
                stay=tuple(piece for piece in after if piece in before))


def _pieces(runs: Sequence[PlannedRun], sessions: Sequence[Session], words: Words) -> tuple[Piece, ...]:
    found = []
    for run in runs:
        view = run_view(run, words)
        title = f" “{view.title}”" if view.title else ""
        says = f"{view.time} {view.name}, {run.minutes} min{title}"
        found.append((run.start, Piece(says=says, kind="", hard=run.hard)))
    found += [(s.start, Piece(says=KIND_WORDS[s.kind], kind=s.kind.value, hard=s.hard)) for s in sessions]
    return tuple(piece for _, piece in sorted(found, key=lambda one: one[0]))


def says_of(change: Change) -> str:
    """Say in one sentence what a calendar would change in the runs.

    Shown where nothing of the days changes too.
    """
    words = ((change.new, "is new", "are new"), (change.other, "differs", "differ"), (change.gone, "goes", "go"))
    parts = [counted(count, one, many) for count, one, many in words if count]
    if not parts:
        return f"All {counted(change.same, 'run stays as it is', 'runs stay as they are')}."
    number, _, rest = parts[0].partition(" ")
    parts[0] = f"{number} {'run' if number == '1' else 'runs'} {rest}"
    same = f"; {counted(change.same, 'stays as it is', 'stay as they are')}" if change.same else ""
    return f"Until {day_text(change.ends)} {joined(parts)}{same}."
