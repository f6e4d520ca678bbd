"""The newest result of each self-test: what planning goes by, and what the next ritual starts from.

Pure functions over entries of the diary; no clock.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from midstance.domain.diary import AssessmentDone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from midstance.domain.entry import Entry

Result: TypeAlias = float | dict[str, float]
"""A value, or one by side (``left``, ``right``; one of them may be missing), as in ``Runner.assessment``."""
SIDES = ("left", "right")
MOST_DAYS_APART = 14
"""Days beyond which a left and a right result are not set against each other; midstance default: two easy weeks
change little, and sides are compared only as they were at one time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """The newest result of one test.

    Attributes:
        test: Id of the test.
        value: Result of both sides together [unit of the test], or None where sides were told.
        left: Left side [unit of the test], or None; ``right`` the same.
        dates: Date of ``value`` under the empty name, or of each side under its name.
        entries: Ids of the diary's entries that it stands on, the newest first.
        notes: The runner's words in them, the newest first.
    """

    test: str
    value: float | None = None
    left: float | None = None
    right: float | None = None
    dates: dict[str, dt.date]
    entries: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def date(self) -> dt.date:
        """The newest date of its parts."""
        return max(self.dates.values())

    @property
    def sides(self) -> dict[str, float]:
        """The sides that were told."""
        told = {"left": self.left, "right": self.right}
        return {side: number for side, number in told.items() if number is not None}

    @property
    def result(self) -> Result:
        """The result in the shape of ``Runner.assessment``."""
        return self.sides if self.value is None else self.value


def latest(entries: Iterable[Entry], today: dt.date) -> dict[str, Result]:
    """Give the newest result of each test, in the shape of ``Runner.assessment``.

    Args:
        entries: Entries in force; those after today do not count, others than results are passed over.
        today: The day.
    Returns: Results by test id; a side that nobody told of within two weeks of the other is missing.
    """
    return {test: found.result for test, found in newest(entries, today).items()}


def latest_dates(entries: Iterable[Entry], today: dt.date) -> dict[str, dt.date]:
    """Give the date of each test's newest result; of two sides the newer one's."""
    return {test: found.date for test, found in newest(entries, today).items()}


def newest(entries: Iterable[Entry], today: dt.date) -> dict[str, Newest]:
    """Give the newest result of each test with its dates and where it stands in the diary.

    Left and right may come from two entries; they are put together only where at most ``MOST_DAYS_APART`` days lie
    between them, else the newer one stands alone.

    Args:
        entries: Entries in force; those after today do not count, others than results are passed over.
        today: The day.
    Returns: By test id, in the order in which the tests first appear.
    """
    told: dict[str, list[tuple[Entry, AssessmentDone]]] = {}
    for entry in entries:
        if isinstance(entry.what, AssessmentDone) and entry.date <= today:
            told.setdefault(entry.what.test, []).append((entry, entry.what))
    return {test: joined(test, sorted(found, key=when, reverse=True)) for test, found in told.items()}


def when(told: tuple[Entry, AssessmentDone]) -> tuple[dt.date, dt.datetime]:
    """Give what results are put in order by: the date they hold for, then the moment they were told."""
    return told[0].date, told[0].at


def joined(test: str, told: Sequence[tuple[Entry, AssessmentDone]]) -> Newest:
    """Put the sides of a test's newest results together.

    Args:
        test: Id of the test.
        told: At least one entry with its result, the newest first.
    """
    last = told[0][0].date
    if told[0][1].value is not None:
        near = [told[0]]
    else:
        near = [pair for pair in told if pair[1].value is None and (last - pair[0].date).days <= MOST_DAYS_APART]
    numbers: dict[str, float] = {}
    dates: dict[str, dt.date] = {}
    used: list[tuple[Entry, AssessmentDone]] = []
    for entry, what in near:
        parts = {"": what.value, "left": what.left, "right": what.right}
        new = {side: number for side, number in parts.items() if number is not None and side not in numbers}
        numbers |= new
        dates |= dict.fromkeys(new, entry.date)
        used += [(entry, what)] if new else []
    return Newest(
        test=test, value=numbers.get(""), left=numbers.get("left"), right=numbers.get("right"), dates=dates,
        entries=tuple(entry.id for entry, _ in used), notes=tuple(what.note for _, what in used if what.note))
