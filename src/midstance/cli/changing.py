"""The commands of the plan in force: today, and what changes it - accept, move, skip, busy, race.

One function a command, as in ``main``, which registers them; modules are loaded by the command that needs them.
"""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING, Literal

from midstance.cli.diary import Date, Diary, moment, open_diary
from midstance.cli.printing import columns, put

if TYPE_CHECKING:
    from collections.abc import Callable

    from midstance.services.change import Decided


Plain = Literal["text", "json"]


def today(*, date: Date = None, diary: Diary = None, format: Plain = "text") -> int:
    """Say what to do today and why, and what changed since yesterday.

    Parameters
    ----------
    format
        What to print.
    """
    from midstance.cli.today import today_json, today_text  # noqa: PLC0415
    from midstance.services.change import todays  # noqa: PLC0415

    now = moment(date)
    with open_diary(diary) as store:
        found, changes = todays(store, now=now.at, date=now.date, origin=now.origin("today"))
    width = columns()
    put(today_json(found, changes) if format == "json"
        else today_text(found, changes, width=width, colour=sys.stdout.isatty()))
    return 0


def accept(id: str = "", *, date: Date = None, diary: Diary = None) -> int:
    """Take the change of the plan that waits; midstance undo takes it back.

    Parameters
    ----------
    id
        First letters of its id, as midstance today shows it; not needed.
    """
    from midstance.services.change import accept as taken  # noqa: PLC0415

    return decided(diary, date, "accept", lambda store, **when: taken(store, id, **when))


def move(day: dt.date, to: dt.date, *, date: Date = None, diary: Diary = None) -> int:
    """Move a session, or a run where no session stands, to another date, with all that follows from it.

    Parameters
    ----------
    day
        The date on which it stands.
    to
        The date to which it goes.
    """
    from midstance.services.change import move as moved  # noqa: PLC0415

    return decided(diary, date, "move", lambda store, **when: moved(store, day, to, **when))


def skip(day: dt.date, *, date: Date = None, diary: Diary = None) -> int:
    """Drop the session of a date, or its run where no session stands; nothing is caught up on.

    Parameters
    ----------
    day
        The date.
    """
    from midstance.services.change import skip as skipped  # noqa: PLC0415

    return decided(diary, date, "skip", lambda store, **when: skipped(store, day, **when))


def busy(first: dt.date, last: dt.date, *, date: Date = None, diary: Diary = None) -> int:
    """Keep a span of dates free of sessions.

    Parameters
    ----------
    first
        The first date.
    last
        The last date, included.
    """
    from midstance.services.change import busy as kept_free  # noqa: PLC0415

    return decided(diary, date, "busy", lambda store, **when: kept_free(store, first, last, **when))


def race(
    day: dt.date,
    km: float,
    priority: Literal["A", "B", "C"],
    *,
    start: str | None = None,
    name: str = "",
    date: Date = None,
    diary: Diary = None,
) -> int:
    """Add a race to the plan.

    Parameters
    ----------
    day
        The date of the race.
    km
        Its distance [km].
    priority
        A: the plan leads to it; B: a few easy days before it; C: a hard run.
    start
        When it starts, as 10:00.
    name
        Its name.
    """
    from midstance.cli.diary import a_race  # noqa: PLC0415
    from midstance.services.change import race as added  # noqa: PLC0415

    wish = a_race(day, km, priority, start, name)
    return decided(diary, date, "race", lambda store, **when: added(store, wish, **when))


def decided(place: str | None, date: dt.date | None, name: str, decide: Callable[..., Decided]) -> int:
    """Let the runner's decision be written, and print what followed from it."""
    from midstance.cli.today import decided_text  # noqa: PLC0415

    now = moment(date)
    with open_diary(place) as store:
        done = decide(store, now=now.at, date=now.date, origin=now.origin(name))
    put(decided_text(done, columns()))
    return 0


COMMANDS = (today, accept, move, skip, busy, race)
