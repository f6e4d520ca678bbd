"""What the commands with a diary share: where it is, what moment it is, what marks the entries of one command."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    from collections.abc import Callable

    from midstance.domain.entry import Origin
    from midstance.domain.runner import Race
    from midstance.services.plan import Planned, Wish
    from midstance.store.store import Store

Diary = Annotated[str | None, Parameter(name="--diary", help="The diary: a file, or postgresql://...; by default "
                                        "MIDSTANCE_DIARY, else a file in the user's data folder.")]
Date = Annotated[dt.date | None, Parameter(name="--date", help="The day; today by default.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Now, as the clock says it once a command: the instant in UTC, and the local date."""

    at: dt.datetime
    date: dt.date

    def origin(self, *names: str) -> Origin:
        """Mark entries of one command, typed by hand, so that they are taken back together."""
        from midstance.domain.entry import Origin, Via, batch_id  # noqa: PLC0415 - every start reads this module

        return Origin(via=Via.HAND, batch=batch_id(self.at, *names))


def moment(date: dt.date | None = None) -> Moment:
    """Ask the clock; a date that the runner names counts instead of the clock's."""
    now = dt.datetime.now().astimezone()
    return Moment(at=now.astimezone(dt.UTC), date=date or now.date())


def diary_place(place: str | None) -> str:
    """Say where the diary is: where the runner says, else its usual place."""
    from midstance.services.diary import default_place  # noqa: PLC0415

    return place or default_place(os.environ, Path.home(), windows=os.name == "nt")


def open_diary(place: str | None) -> Store:
    """Open the diary; made where there is none.

    Raises: InputError: It cannot be used, in words.
    """
    from midstance.services.diary import open_store  # noqa: PLC0415

    return open_store(diary_place(place))


def plan_and_keep(wish: Wish, place: str | None, clock: Callable[[], float]) -> tuple[Planned, tuple[str, ...]]:
    """Make a plan with what the diary knows, and keep it there.

    Returns: The plan, and what to tell.
    Raises: InputError: The files or the diary cannot be used; nothing is kept.
    """
    from midstance.services.change import keep_plan_document  # noqa: PLC0415 - not every command makes a plan
    from midstance.services.diary import current  # noqa: PLC0415
    from midstance.services.plan import plan_from_files  # noqa: PLC0415

    now = moment()
    with open_diary(place) as store:
        done = plan_from_files(wish, clock, entries=current(store))
        kept = keep_plan_document(store, done.plan, now=now.at, date=wish.start, origin=now.origin("plan"))
    return done, (*kept.says, f"midstance today shows each day; midstance undo {kept.batch} takes it back.")


def a_race(day: dt.date, km: float, priority: str, start: str | None, name: str) -> Race:
    """Make a race of what the runner said.

    Raises: InputError: A number that cannot be.
    """
    from midstance.domain.diary import RaceAdded  # noqa: PLC0415
    from midstance.domain.runner import Race as Wished  # noqa: PLC0415
    from midstance.formats._format import refusal  # noqa: PLC0415

    try:
        minute = None if start is None else minute_of_day(start)
        return RaceAdded(race=Wished(date=day, distance_km=km, priority=priority, start_minute=minute, name=name)).race
    except ValueError as error:
        raise refusal("race", str(error), "as in: midstance race 2027-05-02 21.1 A --start 10:00") from None


def minute_of_day(text: str) -> int:
    """Read a time of day as minutes since midnight.

    >>> minute_of_day("10:30")
    630

    Raises: ValueError: It is none.
    """
    time = dt.time.fromisoformat(text)
    return 60 * time.hour + time.minute
