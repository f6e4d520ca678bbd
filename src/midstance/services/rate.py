"""An exertion told afterwards: to which run or session it belongs, and what it makes of its load."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midstance.domain.diary import Rpe, SessionDone, What
from midstance.formats._format import refusal
from midstance.services.activities import (
    DAY,
    PLANNED_RUN,
    RUN,
    SESSION,
    TELLING,
    Activity,
    activities,
    planned_runs,
)
from midstance.services.course import planned_sessions
from midstance.services.diary import add, current
from midstance.services.note import WEEK, course_or_none
from midstance.services.told import Stamp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.entry import Entry
    from midstance.store.store import Store

SHORTEST_ID, SHOWN_LETTERS = 4, 8
SCALE = "0 is rest, 3 moderate, 5 hard, 7 very hard, 10 maximal"


@dataclass(frozen=True, slots=True, kw_only=True)
class RpeNoted:
    """An exertion that was written; ``activity`` is what it belongs to, with its load."""

    stamp: Stamp
    activity: Activity


def note_rpe(store: Store, which: str, rpe: float, stamp: Stamp) -> RpeNoted:
    """Write the exertion of a run or session told afterwards; a planned session becomes a done one by that.

    Args:
        store: The diary.
        which: Id of a run or session (its first letters for an entry), or a date that has just one.
        rpe: Exertion, 0 to 10.
        stamp: The moment; the entry gets the date of the run or session.
    Raises: InputError: There is no such run or session, or several; an impossible number; nothing was written.
    """
    entries = current(store, kinds=TELLING)
    date = _as_date(which, stamp.today)
    known = activities(entries)
    found = [a for a in known if a.date == date] if date else [a for a in known if _is_meant(a.id, which)]
    ready = _only_planned(entries, which, date, known)
    choice = _one(found + ready or _recorded_instead(entries, which, known), which, date)
    if choice.date > stamp.today:
        raise refusal(which, f"lies ahead, on {choice.date}", "an exertion is told afterwards")
    dated = replace(stamp, date=choice.date)
    try:
        what: What = Rpe(activity=choice.id, rpe_cr10=rpe)
    except ValueError as error:
        raise refusal("rpe", str(error), SCALE) from None
    if choice in ready and choice.sport == SESSION:
        what = SessionDone(session=choice.id, kind=choice.kind, rpe_cr10=rpe)
    entry = dated.entry(what)
    add(store, [entry], now=stamp.at)
    return RpeNoted(stamp=dated, activity=next(a for a in activities((*entries, entry)) if a.id == choice.id))


def _as_date(which: str, today: dt.date) -> dt.date | None:
    words = {"today": today, "yesterday": today - DAY}
    try:
        return words.get(which) or dt.date.fromisoformat(which)
    except ValueError:
        return None


def _is_meant(id_: str, which: str) -> bool:
    return id_ == which or (len(which) >= SHORTEST_ID and "-" not in id_ and id_.startswith(which))


def _only_planned(
    entries: Sequence[Entry], which: str, date: dt.date | None, known: Sequence[Activity],
) -> list[Activity]:
    """List planned runs and sessions that may have been done without a word: of a date, or by id."""
    course = course_or_none(entries)
    if course is None:
        return []
    ran = {a.date for a in known if a.sport == RUN}
    done = {a.id for a in known}
    runs = [r for r in planned_runs(entries, () if date else (which,), on=date) if r.date not in ran]
    days = (date, date + DAY) if date else (course.since - 8 * WEEK, course.plan.ends + DAY)
    sessions = [s for s in planned_sessions(entries, since=days[0], until=days[1]) if date or s.id == which]
    return [
        *(Activity(id=r.id, date=r.date, start=r.start, sport=RUN, minutes=r.minutes, minutes_told=False,
                   distance_km=r.distance_km, rpe_cr10=0, rpe_told=False, hard_minutes=r.hard_minutes, load_au=0)
          for r in runs if r.id not in done),
        *(Activity(id=s.id, date=s.date, start=s.start, sport=SESSION, kind=s.kind, minutes=s.minutes,
                   minutes_told=False, rpe_cr10=0, rpe_told=False, hard_minutes=s.hard_minutes, load_au=0)
          for s in sessions if s.id not in done)]


def _recorded_instead(entries: Sequence[Entry], which: str, known: Sequence[Activity]) -> list[Activity]:
    """Give the recorded runs of the date of a planned run that is named."""
    dates = {run.date for run in planned_runs(entries, (which,))} if which.startswith(PLANNED_RUN) else set()
    return [a for a in known if a.sport == RUN and a.date in dates]


def _one(found: Sequence[Activity], which: str, date: dt.date | None) -> Activity:
    if len(found) == 1:
        return found[0]
    if not found:
        says = "no run and no session is known of this date" if date else "is no run and no session of the diary"
        raise refusal(which, says, "midstance progress shows what is there; midstance import PATH adds recorded runs")
    listed = ", ".join(f"{short_id(a.id)} ({told_briefly(a)})" for a in found)
    raise refusal(which, f"several are known: {listed}", "name one of them")


def short_id(id_: str) -> str:
    """Shorten the id of an entry; ids of a plan stay whole.

    >>> short_id("4a8464b9d280702e1d5bc117f594dcb8"), short_id("s-2026-11-21-1000")
    ('4a8464b9', 's-2026-11-21-1000')
    """
    return id_ if "-" in id_ else id_[:SHOWN_LETTERS]


def told_briefly(activity: Activity) -> str:
    """Name a run or session in few words.

    >>> told_briefly(Activity(id="e", date=dt.date(2026, 11, 23), sport="run", minutes=50, minutes_told=True,
    ...     rpe_cr10=3, rpe_told=False, hard_minutes=None, load_au=150, start=dt.datetime(2026, 11, 23, 6, 30)))
    'run at 06:30, 50 min'
    """
    what = f"{activity.kind.value} session" if activity.kind else activity.sport
    at = f" at {activity.start:%H:%M}" if activity.start else ""
    return f"{what}{at}, {'' if activity.minutes_told else 'about '}{activity.minutes:.0f} min"
