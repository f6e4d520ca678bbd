"""What can be done to the plan: the fields that tell of it, and the functions that do it, in a diary or in a draft."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from midstance.domain.diary import RaceAdded
from midstance.domain.runner import Race
from midstance.formats._format import refusal
from midstance.services import change, where_preview
from midstance.services.course import course_of
from midstance.services.diary import current
from midstance.web._screen import Answer, Visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from midstance.services.change import Decided
    from midstance.store.store import Store

Act = Literal["move", "skip", "busy", "race"]
PRIORITIES = {
    "A": "A: the plan leads to it", "B": "B: a few easy days before it", "C": "C: a hard run in training",
}
LONGEST_KM = 300
LONGEST_NAME = 80
Kilometres = Annotated[float, Meta(gt=0, le=LONGEST_KM)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A session or run, and where it goes."""

    id: Annotated[str, Meta(description="Its id.")]
    to: Annotated[dt.date, Meta(description="The date to go to.")]
    plan: Annotated[str, Meta(description="Id of the plan that was looked at; another one by now is refused.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """A session or run to drop."""

    id: Annotated[str, Meta(description="Its id.")]
    plan: Annotated[str, Meta(description="Id of the plan that was looked at; another one by now is refused.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """Dates without sessions."""

    first: Annotated[dt.date, Meta(description="First date.")]
    last: Annotated[dt.date | None, Meta(description="Last date; the first one by default.")] = None
    plan: Annotated[str, Meta(description="Id of the plan that was looked at; another one by now is refused.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRace:
    """A race."""

    date: Annotated[dt.date, Meta(description="Its date.")]
    distance_km: Annotated[Kilometres, Meta(description="Its distance [km].")]
    priority: Annotated[Literal["A", "B", "C"], Meta(description="A: the plan leads to it; C: a hard run.")] = "B"
    start: Annotated[dt.time | None, Meta(description="When it starts, by the clock.")] = None
    name: Annotated[str, Meta(description="Its name.", max_length=LONGEST_NAME)] = ""
    plan: Annotated[str, Meta(description="Id of the plan that was looked at; another one by now is refused.")] = ""


Wish = Move | Skip | Busy | AddRace


def doing(wish: Wish, visit: Visit) -> Callable[[Store], Decided]:
    """Give the function that does what is wished in the diary that it is given."""
    if isinstance(wish, Move):
        when = visit.when("move")
        return lambda store: where_preview.move(store, wish.id, wish.to, **when)
    if isinstance(wish, Skip):
        when = visit.when("skip")
        return lambda store: where_preview.skip(store, wish.id, **when)
    if isinstance(wish, Busy):
        when = visit.when("busy")
        return lambda store: change.busy(store, wish.first, wish.last or wish.first, **when)
    start = None if wish.start is None else wish.start.hour * 60 + wish.start.minute
    try:
        race = RaceAdded(race=Race(date=wish.date, distance_km=wish.distance_km, priority=wish.priority,
                                   start_minute=start, name=wish.name)).race
    except ValueError as error:
        raise refusal("race", str(error), "give its date, distance and priority", place="distance_km") from None
    when = visit.when("race")
    return lambda store: change.race(store, race, **when)


def done(wish: Wish, visit: Visit) -> Answer:
    """Do what is wished.

    Raises: InputError: It cannot be, or the plan is another one than was looked at.
    """
    course = course_of(current(visit.store))
    if wish.plan and course is not None and course.plan.id != wish.plan:
        raise refusal("plan", "it has changed since you looked", "nothing was done; look at it again and decide anew")
    decided = doing(wish, visit)(visit.store)
    return Answer(says=decided.says, batch=decided.batch, go=f"/plan?date={place_of(wish, visit)}")


def place_of(wish: Wish, visit: Visit) -> dt.date:
    """Give the date that the calendar shows after an act."""
    if isinstance(wish, Move):
        return wish.to
    if isinstance(wish, Busy):
        return max(wish.first, visit.today)
    if isinstance(wish, AddRace):
        return wish.date
    return day_in(wish.id) or visit.today


def day_in(id_: str) -> dt.date | None:
    """Read the date out of the id of a session or run.

    >>> day_in("s-2026-12-03-1800"), day_in("x")
    (datetime.date(2026, 12, 3), None)
    """
    try:
        return dt.date.fromisoformat(id_.partition("-")[2][:10])
    except ValueError:
        return None
