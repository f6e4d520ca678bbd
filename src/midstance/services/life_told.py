"""Sleep and life's load as they were told, and what the plan made of them: day by day, week by week."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.domain.dates import WEEK, dates_between, monday
from midstance.domain.diary import ChangeAccepted, ChangeProposed
from midstance.metrics.life_factor import WINDOW_DAYS, mean_life
from midstance.metrics.sleep_factor import WINDOW_NIGHTS
from midstance.planning.readiness import readiness
from midstance.planning.readying.facts import WINDOW_DAYS as LOOK_BACK
from midstance.planning.readying.facts import gather
from midstance.planning.readying.sleep import habitual
from midstance.services.regions_trained import week_in_force

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from midstance.domain.diary import CheckIn
    from midstance.domain.entry import Entry

DAY = dt.timedelta(days=1)
DAYS = 42
"""Days that are looked back on, whole weeks of them at least; midstance default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTold:
    """One date.

    Attributes:
        date: The date.
        sleep_h: Sleep of the night before [h], or None when not said.
        life: Load of work, family and the rest, 0 to 10, or None when not said.
        light: ``green``, ``amber`` or ``red`` as the morning was judged; empty where nothing was said.
        factor: Share of the sets that the morning left, 0.5 to 1.
        why: Reasons that asked for less, sentences.
    """

    date: dt.date
    sleep_h: float | None = None
    life: float | None = None
    light: str = ""
    factor: float = 1.0
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A change of the plan that the runner took: its date, and what it says."""

    date: dt.date
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekCut:
    """A week whose plan had fewer sets: its Monday, the share that was left, 0.5 to 1, and why."""

    starts: dt.date
    factor: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeTold:
    """What was told of sleep and life, and what the plan did.

    Attributes:
        days: Every date of the weeks looked at, oldest first.
        cut: Weeks with fewer sets, oldest first.
        taken: Changes that the runner took, oldest first.
        mean_sleep_h: Mean of the last nights [h], or None where too few are known; over ``nights`` nights.
        mean_life: Mean of the last days, 0 to 10, or None; over ``life_days`` days.
    """

    days: tuple[DayTold, ...]
    cut: tuple[WeekCut, ...]
    taken: tuple[Taken, ...]
    mean_sleep_h: float | None
    mean_life: float | None
    nights: int = WINDOW_NIGHTS
    life_days: int = WINDOW_DAYS

    @property
    def empty(self) -> bool:
        """Whether neither a night nor life's load was told."""
        return all(day.sleep_h is None and day.life is None for day in self.days)


def life_told(entries: Sequence[Entry], *, today: dt.date, days: int = DAYS) -> LifeTold:
    """Gather what was told of sleep and life, with the plan's answers.

    Args:
        entries: Entries in force, in the order of writing; those after today do not count.
        today: The day.
        days: How far to look back; from a Monday on.
    """
    first = monday(today - (days - 1) * DAY)
    known = [e for e in entries if e.date <= today]
    near = _near(known, first)
    facts = gather(near, today=today)
    return LifeTold(
        days=tuple(_day(date, facts.mornings.get(date), near) for date in dates_between(first, today)),
        cut=tuple(_cuts(known, first, today)), taken=tuple(_taken(known, first)),
        mean_sleep_h=habitual(facts), mean_life=mean_life(facts.answers("life", WINDOW_DAYS, until=today)))


def _near(entries: Sequence[Entry], first: dt.date) -> list[Entry]:
    """Leave out what no morning since ``first`` looks at: of older words, the last of each kind alone counts."""
    since = first - LOOK_BACK * DAY
    older = {type(e.what): e for e in sorted(entries, key=lambda e: e.date) if e.date <= since}
    return [*older.values(), *(e for e in entries if e.date > since)]


def _day(date: dt.date, said: CheckIn | None, entries: Sequence[Entry]) -> DayTold:
    if said is None:
        return DayTold(date=date)
    ready = readiness(entries, today=date)
    return DayTold(date=date, sleep_h=said.sleep_h, life=said.life, light=ready.light.label, factor=ready.factor,
                   why=tuple(reason.text for reason in ready.why))


def _cuts(entries: Sequence[Entry], first: dt.date, today: dt.date) -> Iterable[WeekCut]:
    for starts in (first + k * WEEK for k in range((monday(today) - first) // WEEK + 1)):
        week = week_in_force(entries, starts, today)
        if week is not None and week.set_factor < 1:
            yield WeekCut(starts=starts, factor=week.set_factor, why=week.factor_why)


def _taken(entries: Sequence[Entry], first: dt.date) -> Iterable[Taken]:
    proposed = {e.id: e.what for e in entries if isinstance(e.what, ChangeProposed)}
    for entry in entries:
        if isinstance(entry.what, ChangeAccepted) and entry.date >= first and entry.what.change in proposed:
            yield Taken(date=entry.date, says=proposed[entry.what.change].says)

