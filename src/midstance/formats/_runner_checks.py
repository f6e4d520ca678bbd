"""Contradictions in runner.toml: things that no single field can tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from midstance.domain.dates import DAYS
from midstance.domain.units import clock_text

Values = Mapping[str, Any]
Breach = tuple[str, str, str]
"""Key to point at, what is wrong, what would be right."""


def check_runner(values: Values) -> Iterator[Breach]:
    """Find contradictions among the fields of ``[runner]`` that could be read."""
    if values.get("plates_kg") and "bar_kg" not in values:
        yield "plates_kg", "names plates, and there is no bar_kg", "add bar_kg, the weight of the bar [kg]"
    if "equipment" in values and not values["equipment"] and values.get("weights_kg"):
        yield "weights_kg", "names weights, and equipment names none", 'write for example equipment = ["dumbbell"]'
    if both := sorted(set(values.get("likes", ())) & set(values.get("dislikes", ()))):
        yield "dislikes", f"names {', '.join(both[:5])}, and so does likes", "leave it in one of the two"
    since, born = values.get("strength_since"), values.get("birth_year")
    if since and born and since.year < born:
        yield "strength_since", f"is {since}, before the birth_year {born}", "correct one of the two"


def check_blocked(values: Values) -> Iterator[Breach]:
    """Find a span whose end lies before its beginning."""
    first, last = values.get("first"), values.get("last")
    if first and last and last < first:
        yield "to", f"ends on {last}, before it begins on {first}", "exchange from and to"


def check_injury(values: Values) -> Iterator[Breach]:
    """Find an injury that was over before it began."""
    since, until = values.get("since"), values.get("until")
    if since and until and until < since:
        yield "until", f"is {until}, before since {since}", "exchange the two dates, or leave until out"


def check_thresholds(values: Values) -> Iterator[Breach]:
    """Find heart rates in the wrong order."""
    names = [name for name in ("hr_rest", "hr_threshold", "hr_max") if name in values]
    for low, high in combinations(names, 2):
        if values[low] >= values[high]:
            yield low, f"is {values[low]}, not below {high} {values[high]}", "correct one of the two"


def check_races(entries: Sequence[Values]) -> Iterator[tuple[int, Breach]]:
    """Find two races of one date; entries that could not be read are empty."""
    seen: dict[Any, int] = {}
    for index, values in enumerate(entries):
        date = values.get("date")
        if date in seen:
            says = f"is {date}, the date of race {seen[date] + 1} as well"
            yield index, ("date", says, "one race a date; correct the date or leave one out")
        elif date:
            seen[date] = index


def check_running(entries: Sequence[Values]) -> Iterator[tuple[int, Breach]]:
    """Find runs of the weekly pattern that lie in each other's time."""
    whole = [(i, e) for i, e in enumerate(entries) if {"day", "minutes"} <= set(e)]
    timed = [(i, e) for i, e in whole if e.get("start_minute") is not None]
    for (_, one), (index, other) in combinations(timed, 2):
        if one["day"] != other["day"]:
            continue
        early, late = sorted((one, other), key=lambda entry: entry["start_minute"])
        if late["start_minute"] < early["start_minute"] + early["minutes"]:
            says = f"lies in the time of the run of {DAYS[one['day']]} {clock_text(one['start_minute'])}"
            yield index, ("start", says, "two runs of a day follow each other; correct start or minutes")


ONE = {"runner": check_runner, "blocked": check_blocked, "injuries": check_injury, "thresholds": check_thresholds}
ALL = {"races": check_races, "running": check_running}
