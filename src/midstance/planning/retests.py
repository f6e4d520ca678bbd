"""When to do self-tests again: six to eight weeks later, on a quiet day, away from races (M23, R60)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from midstance.catalogue.self_tests import load_self_tests
from midstance.domain.plan import Phase, Retest
from midstance.domain.session import Kind
from midstance.planning.judging import judged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midstance.domain.plan import Day, Week
    from midstance.domain.runner import Runner

DAY = dt.timedelta(days=1)
EARLIEST, LATEST = dt.timedelta(weeks=6), dt.timedelta(weeks=8)
"""After how long a re-test says something (R60: every 6-8 weeks)."""
BEFORE_RACE, AFTER_RACE = dt.timedelta(days=7), dt.timedelta(days=3)
"""Days around a race without tests; midstance default, the week before it as race week (7.3)."""
CLOSED = frozenset({Phase.RACE_WEEK, Phase.RECOVERY})
SAYS = "{tests}: {weeks} weeks after the last time, on a quiet day; {minutes} minutes."
MORE = "{first} and {count} more"
MOST_NAMED = 3


def retests_of(runner: Runner, weeks: Sequence[Week], *, first: dt.date, since: dt.date) -> tuple[Retest, ...]:
    """Find the dates on which results are worth taking again.

    What was flagged decides the date: it comes back after six weeks, the rest with it or after eight.

    Args:
        runner: Results with their dates; one without a date counts as told on the first day of the plan.
        weeks: The plan's weeks with runs and sessions.
        first: First date of the plan.
        since: First date that is still to come.
    Returns: By date; empty without results, and where the plan ends before.
    """
    if not runner.assessment:
        return ()
    told = {id_: runner.assessed_on.get(id_, first) for id_ in load_self_tests() if id_ in runner.assessment}
    flagged = {id_ for id_, (_, found) in judged(runner, first).items() if found.flagged}
    days = {day.date: day for week in weeks if week.phase not in CLOSED for day in week.days}
    races = tuple(race.date for race in runner.races)
    found: list[Retest] = []
    while told:
        begin = min(told.values())
        urgent = [date for id_, date in told.items() if id_ in flagged]
        low, high = (min(urgent) + EARLIEST, min(urgent) + LATEST) if urgent else (begin + EARLIEST, begin + LATEST)
        date = _quietest(days, races, max(low, since), max(high, since + LATEST - EARLIEST))
        if date is None:
            break
        due = tuple(id_ for id_, last in told.items() if last + EARLIEST <= date)
        found.append(_retest(date, due, min(told[id_] for id_ in due)))
        told |= dict.fromkeys(due, date)
        flagged.clear()
    return tuple(found)


def retest_due(retests: Sequence[Retest], told: Mapping[str, dt.date], today: dt.date) -> Retest | None:
    """Give what is due on a day: from its date on for two weeks, as long as a test of it was not done again.

    Args:
        retests: As the plan in force has them.
        told: Dates of the newest results by test id.
        today: The day.
    """
    for one in retests:
        tests = tuple(id_ for id_ in one.tests if told.get(id_, dt.date.min) + EARLIEST <= today)
        if tests and one.date <= today < one.date + LATEST - EARLIEST:
            return replace(one, tests=tests)
    return None


def _quietest(
    days: Mapping[dt.date, Day], races: Sequence[dt.date], low: dt.date, high: dt.date
) -> dt.date | None:
    """Choose the quietest date of a span, the first of equals; where none is open, the next one that is."""
    open_ = [date for date in days if date >= low and not any(
        race - BEFORE_RACE <= date <= race + AFTER_RACE for race in races)]
    inside = [date for date in open_ if date <= high]
    return min(inside, key=lambda date: (_strain(days, date), date)) if inside else min(open_, default=None)


def _strain(days: Mapping[dt.date, Day], date: dt.date) -> int:
    """Price a date: hard work on it or the day before spoils a test, the day after it is spoilt by one."""
    return 4 * _hard(days, date) + 2 * _hard(days, date - DAY) + 2 * _hard(days, date + DAY) + _busy(days[date])


def _hard(days: Mapping[dt.date, Day], date: dt.date) -> bool:
    day = days.get(date)
    return day is not None and (any(run.hard for run in day.runs) or any(s.hard for s in day.sessions))


def _busy(day: Day) -> bool:
    """Tell whether more than a mobility session stands there."""
    return bool(day.runs) or any(s.kind not in (Kind.MOBILITY, Kind.PRIMER) for s in day.sessions)


def _retest(date: dt.date, tests: Sequence[str], last: dt.date) -> Retest:
    known = load_self_tests()
    names = [known[id_].name for id_ in tests]
    named = ", ".join(names) if len(names) <= MOST_NAMED else MORE.format(
        first=", ".join(names[:MOST_NAMED]), count=len(names) - MOST_NAMED)
    minutes = round(sum(known[id_].minutes for id_ in tests))
    weeks = round((date - last).days / 7)
    return Retest(date=date, tests=tuple(tests), says=SAYS.format(tests=named, weeks=weeks, minutes=minutes))
