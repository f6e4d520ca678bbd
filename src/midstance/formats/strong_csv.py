"""Strong: the workouts that the app exports as CSV, in the orders of columns that its versions write.

The table is parted by commas or semicolons; the unit of weights stands in a column, in a heading, or nowhere.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from midstance.formats._format import Fault, Format, Parsed
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

NEEDED = frozenset({"date", "workout name", "exercise name", "set order", "reps"})
KIND = {"w": "warm-up", "f": "failure", "d": "drop set"}
NO_SETS = frozenset({"rest timer", "note"})
IN_POUNDS = ("weight (lbs)", "weight (lb)", "lbs", "lb")
IN_KILOGRAMS = ("weight (kg)", "weight (kgs)", "kg", "kgs")
FORMS = ("%Y-%m-%d %I:%M:%S %p",)
_LENGTH = re.compile(r"(?:(\d{1,5})h)?\s*(?:(\d{1,5})m(?:in)?)?\s*(?:(\d{1,6})s)?", re.ASCII)


def sniff(data: bytes) -> bool:
    """Tell whether data is a table with Strong's columns."""
    return header_of(data) >= NEEDED


def parse(data: bytes, source: str, *, pounds: bool = False) -> Parsed:
    """Read the sets that Strong exports.

    Args:
        data: The whole file.
        source: File name for faults.
        pounds: Whether weights without a unit are pounds.
    Returns: ``Workout`` entries; bad rows are left out and named, and so is a unit that had to be assumed.
    """
    assumed: list[float] = []
    parsed = read_log(data, source, partial(_read, pounds=pounds, assumed=assumed))
    if not any(assumed):
        return parsed
    unit, other = ("lb", "kg") if pounds else ("kg", "lb")
    fault = Fault(source=source, place="", says=f"its weights have no unit and are taken as {unit}",
                  remedy=f"if they are {other}: midstance undo, then import it with --weights {other}")
    return replace(parsed, faults=(*parsed.faults, fault))


def _read(cells: Cells, *, pounds: bool, assumed: list[float]) -> LoggedSet | None:
    order = cells.get("set order", "").lower()
    if order in NO_SETS:
        return None
    title = (cells.get("workout name", ""), cells.get("workout notes", ""))
    weight, unit = _weight(cells)
    if unit is None:
        assumed.append(weight)
    return LoggedSet(
        start=moment(cells.get("date", ""), FORMS), minutes=_minutes(cells), title=": ".join(filter(None, title)),
        exercise=cells.get("exercise name", ""), weight_kg=kilograms(weight, pounds=pounds if unit is None else unit),
        reps=number(cells.get("reps", ""), "reps"), seconds=number(cells.get("seconds", ""), "seconds"),
        distance=_distance(cells), rpe=exertion(cells.get("rpe", "")), kind=KIND.get(order, ""),
        note=cells.get("notes", ""),
    )


def _weight(cells: Cells) -> tuple[float, bool | None]:
    """Read the weight, and whether it is in pounds; None where nothing says."""
    for names, is_pounds in ((IN_KILOGRAMS, False), (IN_POUNDS, True)):
        for name in names:
            if name in cells:
                return number(cells[name], "weight"), is_pounds
    stated = cells.get("weight unit", "").lower().rstrip(".")
    known = True if stated in IN_POUNDS else False if stated in IN_KILOGRAMS else None
    return number(cells.get("weight", ""), "weight"), known


def _distance(cells: Cells) -> float:
    return max((number(cell, "distance") for name, cell in cells.items()
                if name.startswith("distance") and "unit" not in name), default=0.0)


def _minutes(cells: Cells) -> float | None:
    if "duration (sec)" in cells:
        return believable(number(cells["duration (sec)"], "duration") / 60)
    told = _LENGTH.fullmatch(cells.get("duration", cells.get("workout duration", "")))
    if told is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in told.groups())
    return believable(60 * hours + minutes + seconds / 60)


FORMAT = Format(
    id="strong-csv", title="Strong export", suffixes=(".csv",), role="strength-log", sniff=sniff, parse=parse,
    supports={
        "sets with weight, repetitions or seconds": "parsed", "warm-up, drop and failure sets": "parsed",
        "RPE": "parsed", "length of the workout": "parsed", "notes": "parsed", "kg and pounds": "parsed",
        "older orders of columns": "parsed", "supersets": "not supported",
        "running and other endurance": "not supported",
    },
)
