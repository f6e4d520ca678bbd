"""Hevy: the workouts that the app exports as CSV, with weights in kg or pounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.formats._format import Format
from midstance.formats._strength_log import (
    Cells,
    LoggedSet,
    believable,
    exertion,
    header_of,
    kilograms,
    moment,
    number,
    read_log,
)

if TYPE_CHECKING:
    import datetime as dt

    from midstance.formats._format import Parsed

NEEDED = frozenset({"start_time", "exercise_title", "set_type", "reps"})
KIND = {"normal": "", "warmup": "warm-up", "failure": "failure", "dropset": "drop set"}
FORMS = ("%d %b %Y, %H:%M", "%d %b %Y, %I:%M %p")


def sniff(data: bytes) -> bool:
    """Tell whether data is a table with Hevy's columns."""
    return header_of(data) >= NEEDED


def parse(data: bytes, source: str) -> Parsed:
    """Read the sets that Hevy exports.

    Args:
        data: The whole file.
        source: File name for faults.
    Returns: ``Workout`` entries; bad rows are left out and named.
    """
    return read_log(data, source, _read)


def _read(cells: Cells) -> LoggedSet:
    pounds = "weight_kg" not in cells
    start = moment(cells.get("start_time", ""), FORMS)
    title = (cells.get("title", ""), cells.get("description", ""))
    return LoggedSet(
        start=start, minutes=_minutes(start, cells.get("end_time", "")), title=": ".join(filter(None, title)),
        exercise=cells.get("exercise_title", ""),
        weight_kg=kilograms(number(cells.get("weight_lbs" if pounds else "weight_kg", ""), "weight"), pounds=pounds),
        reps=number(cells.get("reps", ""), "reps"), seconds=number(cells.get("duration_seconds", ""), "seconds"),
        distance=number(cells.get("distance_km", cells.get("distance_miles", "")), "distance"),
        rpe=exertion(cells.get("rpe", "")), kind=KIND.get(cells.get("set_type", ""), ""),
        note=cells.get("exercise_notes", ""),
    )


def _minutes(start: dt.datetime, end: str) -> float | None:
    try:
        return believable((moment(end, FORMS) - start).total_seconds() / 60)
    except (ValueError, TypeError):
        return None


FORMAT = Format(
    id="hevy-csv", title="Hevy export", suffixes=(".csv",), role="strength-log", sniff=sniff, parse=parse,
    supports={
        "sets with weight, repetitions or seconds": "parsed", "warm-up, drop and failure sets": "parsed",
        "RPE": "parsed", "length of the workout": "parsed", "notes": "parsed", "kg and pounds": "parsed",
        "supersets": "not supported", "running and other endurance": "not supported",
    },
)
