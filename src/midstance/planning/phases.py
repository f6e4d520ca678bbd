"""Which phase a date and a week belong to (method 7.3)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from midstance.domain.dates import WEEK, dates_between, monday
from midstance.domain.plan import Phase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.runner import Race

FULL_LEAD = 140
PEAK_FROM = 35
BUILD_FROM = 84
LAST_TAPER_DAY = 6
ORDER = tuple(Phase)


def taper_days(km: float) -> int:
    """Days before a race on which its taper begins: 7 to 6 km (all race week), 10 to 10 km, else 14 [d]."""
    return 7 if km <= 6 else 10 if km <= 10.5 else 14


def recovery_days(km: float) -> int:
    """Days of the recovery phase after an A race [d].

    >>> [recovery_days(km) for km in (5, 21.1, 42.2, 80)]
    [7, 10, 14, 21]
    """
    return 7 if km <= 10.5 else 10 if km <= 21.6 else 14 if km <= 43 else 21


def squeezed(border: int, taper: int, lead: int) -> float:
    """Compress a border between phases in proportion when the lead is short; taper and race week stay [d].

    >>> squeezed(84, 14, 140), squeezed(84, 14, 77)
    (84, 49.0)
    """
    if lead >= FULL_LEAD:
        return border
    return taper + (border - taper) * max(0, lead - taper) / (FULL_LEAD - taper)


def phase_of_date(
    date: dt.date,
    *,
    a_races: Sequence[Race],
    start: dt.date,
    indoor_months: tuple[int, ...] = (),
) -> Phase:
    """Tell the phase of one date from the A race before and the A race ahead.

    Args:
        date: The date.
        a_races: A races by date, past ones too.
        start: First date of the plan: the lead to a race begins there or at the race before.
        indoor_months: Months planned like off-season where no A race is within 12 weeks.
    Returns: The phase.
    """
    ahead = next((r for r in a_races if r.date >= date), None)
    past = next((r for r in reversed(a_races) if r.date < date), None)
    days = (ahead.date - date).days if ahead else None
    if days is not None and days <= LAST_TAPER_DAY:
        return Phase.RACE_WEEK
    if past and (date - past.date).days <= recovery_days(past.distance_km):
        return Phase.RECOVERY
    if ahead is None or days is None or (days > BUILD_FROM and date.month in indoor_months):
        return Phase.OFF_SEASON
    taper = taper_days(ahead.distance_km)
    lead = (ahead.date - max(start, past.date if past else start)).days
    for border, phase in (
        (taper, Phase.TAPER if taper > LAST_TAPER_DAY + 1 else Phase.RACE_WEEK),
        (squeezed(PEAK_FROM, taper, lead), Phase.PEAK),
        (squeezed(BUILD_FROM, taper, lead), Phase.BUILD),
        (FULL_LEAD, Phase.BASE),
    ):
        if days <= border:
            return phase
    return Phase.OFF_SEASON


def phases_of_weeks(
    first: dt.date,
    last: dt.date,
    *,
    races: Sequence[Race],
    indoor_months: tuple[int, ...] = (),
) -> tuple[Phase, ...]:
    """Tell the phase of each calendar week from first to last: the one that most of its seven days have.

    A tie goes to race week, whose edge lies as well seven as six days before the race, else to the later phase.
    """
    a_races = sorted((r for r in races if r.priority == "A"), key=lambda r: r.date)
    out = []
    week = monday(first)
    while week <= last:
        days = Counter(
            phase_of_date(d, a_races=a_races, start=first, indoor_months=indoor_months)
            for d in dates_between(week, week + 6 * dt.timedelta(days=1))
        )
        out.append(max(days, key=lambda p: (days[p], p is Phase.RACE_WEEK, ORDER.index(p))))
        week += WEEK
    return tuple(out)


def default_end(first: dt.date, races: Sequence[Race]) -> dt.date:
    """Give the Sunday on which a plan ends by default.

    It ends the recovery phase of the last A race within 52 weeks; without one the plan has 16 weeks.
    """
    ahead = [r for r in races if r.priority == "A" and first <= r.date <= first + 52 * WEEK]
    if ahead:
        race = max(ahead, key=lambda r: r.date)
        end = race.date + dt.timedelta(days=recovery_days(race.distance_km))
    else:
        end = monday(first) + 16 * WEEK - dt.timedelta(days=1)
    return end + dt.timedelta(days=6 - end.weekday())
