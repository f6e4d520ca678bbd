"""Clock time and real time: gaps across a clock change must not come out too long."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

NIGHT = 240
NOON = 720


@lru_cache(maxsize=4096)
def offset_minutes(zone: str, day: int, minute: int = NOON) -> int:
    """Give a zone's offset from UTC at a minute of a date, by default at noon [min].

    Clock changes happen at night, so everything that begins after 04:00 has the offset of noon.
    """
    clock = dt.time(minute // 60, minute % 60)
    offset = dt.datetime.combine(dt.date.fromordinal(day), clock, tzinfo=zone_info(zone)).utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0


@lru_cache(maxsize=64)
def zone_info(zone: str) -> ZoneInfo:
    """Load a zone once."""
    return ZoneInfo(zone)


def real_minute(zone: str, minute: int) -> int:
    """Turn clock minutes into real minutes, so that differences are what a stopwatch shows [min]."""
    day, rest = divmod(minute, 1440)
    return minute - (offset_minutes(zone, day, rest) if rest < NIGHT else offset_minutes(zone, day))
