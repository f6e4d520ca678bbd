"""History: what recorded runs say about the runner, in facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from midstance.domain.runner import PatternRun


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Facts from recorded runs up to the day before the plan starts; all empty without recordings.

    Attributes:
        runs: How many runs were counted.
        first: Date of the oldest, ``last`` of the newest, or None.
        easy_pace_s_per_km: Estimated easy pace [s/km], or None.
        longest_km_30_days: Longest single run of the last 30 days [km], or None.
        weeks: (Monday, minutes, km, hard minutes) of each calendar week from the first to the last, oldest first.
        weekday_share: For Monday to Sunday, the share of the last 8 weeks with a run on that day, 0 to 1.
        likely_week: The likely running week, inferred from the last 8 weeks; empty when too few runs tell.
        last_days: (start, end, minutes, hard minutes, hard) of each run of the last 28 days, oldest first.
        notes: What was estimated and how, in sentences.
    """

    runs: int = 0
    first: dt.date | None = None
    last: dt.date | None = None
    easy_pace_s_per_km: int | None = None
    longest_km_30_days: float | None = None
    weeks: tuple[tuple[dt.date, int, float, int], ...] = ()
    weekday_share: tuple[float, ...] = (0.0,) * 7
    likely_week: tuple[PatternRun, ...] = ()
    last_days: tuple[tuple[dt.datetime, dt.datetime, int, int, bool], ...] = ()
    notes: tuple[str, ...] = ()
