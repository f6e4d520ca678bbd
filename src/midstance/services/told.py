"""What commands hand over when the runner tells something: when it was, sets in one line, what was wrong with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.domain.entry import Entry, Origin, entry_of

if TYPE_CHECKING:
    from midstance.domain.diary import What


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a command marks its entries with.

    Attributes:
        at: The moment, aware.
        date: Local date that is told about.
        today: The clock's date, or ``date`` where that is later.
        origin: Where the entries come from, with their batch.
    """

    at: dt.datetime
    date: dt.date
    today: dt.date
    origin: Origin

    def entry(self, what: What, *, replaces: str = "") -> Entry:
        """Put what happened into an entry."""
        return entry_of(what, at=self.at, date=self.date, origin=self.origin, replaces=replaces)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLine:
    """Sets of one exercise as told in one line.

    Attributes:
        exercise: Id or name of the exercise.
        amounts: One number a set.
        unit: One of ``SET_UNITS``, or empty for the exercise's own.
        weight_kg: Weight [kg], None for body weight; with ``per_hand`` in each hand.
        rir: Reps in reserve, or None.
        side: ``left``, ``right`` or empty.
        pain: Pain during the sets, 0 to 10, or None.
        note: The runner's words.
    """

    exercise: str
    amounts: tuple[float, ...]
    unit: str = ""
    weight_kg: float | None = None
    per_hand: bool = False
    rir: float | None = None
    side: str = ""
    pain: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """A whole session as told in one line.

    Attributes:
        which: Id of a planned session, a kind, or empty for the planned one of the date.
        minutes: How long it took [min], or None.
        rpe_cr10: Exertion of the whole session, 0 to 10, or None.
        note: The runner's words.
    """

    which: str = ""
    minutes: float | None = None
    rpe_cr10: float | None = None
    note: str = ""
