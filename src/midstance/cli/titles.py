"""Title readings as text and JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from midstance.domain.run import HARD_PART
from midstance.formats.run_title import read_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.run import TitleReading

EASY_PACE_MINUTES = 6.5


def hard_minutes_of(reading: TitleReading) -> float | None:
    """Give the minutes above easy [min]: as told, else by type; None where the length is not known."""
    told = (reading.hard_minutes or 0.0) + (reading.hard_km or 0.0) * EASY_PACE_MINUTES
    if told or reading.type is None:
        return told or None
    minutes = reading.minutes
    if minutes is None and reading.distance_km is not None:
        minutes = reading.distance_km * EASY_PACE_MINUTES
    return None if minutes is None else HARD_PART.get(reading.type, 0.0) * minutes


def fields(reading: TitleReading) -> dict[str, object]:
    """Give a reading's fields as formats.md names them.

    Work stated in distance counts at 6:30 per km, the pace midstance assumes without a runner; where a title tells no
    work, the share of method 7.1 by type counts.
    """
    hard = hard_minutes_of(reading)
    return {
        "title": reading.title,
        "type": reading.type.value if reading.type else None,
        "is_run": reading.is_run,
        "minutes": reading.minutes,
        "distance_km": None if reading.distance_km is None else round(reading.distance_km, 2),
        "hard_minutes": None if hard is None else round(hard, 1),
    }


def titles_json(titles: Sequence[str], units: str) -> str:
    """Write readings as one JSON list."""
    return json.dumps([fields(read_title(t, units=units)) for t in titles], indent=2, ensure_ascii=False)


def titles_text(titles: Sequence[str], units: str) -> str:
    """Write readings for people, with how each was read."""
    lines = []
    for text in titles:
        reading = read_title(text, units=units)
        said = fields(reading)
        kind = said["type"] or ("no run" if reading.is_run is False else "unread")
        parts = [
            f"{said['distance_km']} km" if said["distance_km"] is not None else "",
            f"{said['minutes']} min" if said["minutes"] is not None else "",
            f"{said['hard_minutes']} hard min" if said["hard_minutes"] is not None else "",
        ]
        lines.append(f"{text}\n  {kind}" + "".join(f", {p}" for p in parts if p))
        lines += [f"    {why}" for why in reading.why]
    return "\n".join(lines)
