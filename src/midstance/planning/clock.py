"""Clock time and real time: gaps across a clock change must not come out too long."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=4096)
def offset_minutes(zone: str, day: int) -> int:
    """Give a zone's offset from UTC at noon of a date [min].

    Clock changes happen at night, so everything that begins after 03:00 has the offset of noon.
    """
    noon = dt.datetime.combine(dt.date.fromordinal(day), dt.time(12), tzinfo=zone_info(zone))
    offset = noon.utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0


@lru_cache(maxsize=64)
def zone_info(zone: str) -> ZoneInfo:
    """Load a zone once."""
    return ZoneInfo(zone)


def real_minute(zone: str, minute: int) -> int:
    """Turn clock minutes into real minutes, so that differences are what a stopwatch shows [min]."""
    return minute - offset_minutes(zone, minute // 1440)
