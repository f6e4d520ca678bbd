"""The form that set-up and settings share: its fields as a dataclass, what can be chosen, and what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, make_dataclass
from typing import Annotated, Any

from msgspec import Meta

from midstance.domain.dates import DAYS
from midstance.domain.run import RunType
from midstance.domain.runner import AREAS
from midstance.formats._plan_words import MONTHS, RUN_WORDS
from midstance.services.set_up_fields import (
    ASKS,
    DISTANCES,
    OTHER,
    PARTS,
    RUN_ROWS,
    Answer,
    Ask,
    rows_of,
)

WHOLE = "whole"
DAY_NAMES = dict(zip(DAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True))
PART_WORDS = {"early": ("Early", "6-9"), "day": ("Day", "9-17"), "evening": ("Evening", "17-21")}
Option = tuple[str, str, str]
"""Value, words, and what more to say of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the form shows: as it was handed in where something was wrong, else as answered before."""

    answers: Mapping[str, Answer]
    given: Mapping[str, Sequence[str]]

    def text(self, name: str) -> str:
        """Give the value of a field."""
        if self.given:
            values = self.given.get(name, ())
            return values[-1] if values else ""
        answer = self.answers.get(name, "")
        return answer if isinstance(answer, str) else ", ".join(answer)

    def has(self, name: str, value: str) -> bool:
        """Tell whether a value of a field is chosen."""
        if self.given:
            return value in self.given.get(name, ())
        answer = self.answers.get(name, "")
        return answer == value if isinstance(answer, str) else value in answer

    def any(self, row: str, *cells: str) -> bool:
        """Tell whether a row of the form says anything in some of its cells."""
        return any(self.text(f"{row}_{cell}") not in ("", "none") for cell in cells)


def shown(answers: Mapping[str, Answer], given: Mapping[str, Sequence[str]]) -> Shown:
    """Give what the form shows."""
    return Shown(answers=answers, given=given)


def _field(ask: Ask) -> tuple[str, Any, None]:
    kind: Any = tuple[str, ...] if ask.many else str
    words = f"{ask.label}. {ask.says}".strip()
    return (ask.name, Annotated[kind | None, Meta(description=words)], None)


def wish_of(name: str, doc: str, *more: tuple[str, Any, Any]) -> type:
    """Make the dataclass of a form's fields: all questions, and some of its own.

    Args:
        name: Its name.
        doc: What it is, for the documented interface.
        more: (name, type, default) of further fields.
    """
    whole = (WHOLE, Annotated[str, Meta(description="yes: every field is told, and what is not there is empty.")], "")
    found = make_dataclass(name, [whole, *more, *map(_field, ASKS)], frozen=True, slots=True, kw_only=True)
    found.__doc__ = doc
    found.__module__ = __name__
    return found


def answers_in(wish: Any) -> dict[str, Answer]:
    """Take the answers out of a form: told ones, and of a whole form also the empty ones."""
    whole = getattr(wish, WHOLE) == "yes"
    known = {ask.name: ask for ask in ASKS}
    found: dict[str, Answer] = {}
    for one in fields(wish):
        value = getattr(wish, one.name)
        if one.name in known and (value is not None or whole):
            found[one.name] = value if value is not None else (() if known[one.name].many else "")
    return found


CHOICES: dict[str, tuple[Option, ...]] = {
    "goal": (
        ("general", "Stay strong and healthy", ""), ("5k", "A 5 km", ""), ("10k", "A 10 km", ""),
        ("half-marathon", "A half marathon", ""), ("marathon", "A marathon", ""), ("ultra", "Something longer", "")),
    "running_level": (
        ("beginner", "New to it", "Less than half a year, or under 15 km a week."),
        ("intermediate", "Regular", "Half a year or more, most weeks of the year."),
        ("advanced", "Keen", "More than two years, four runs a week or more.")),
    "strength_level": (
        ("beginner", "New to it", "Never, or not regularly. Six weeks with body weight come first."),
        ("intermediate", "Some practice", "Regularly for some months; squats and deadlifts are familiar."),
        ("advanced", "Experienced", "Years of it, also with heavy weights.")),
    "units": (("metric", "Kilometres, kilograms", ""), ("imperial", "Miles, pounds", "")),
    "sex": (("", "Not said", ""), ("female", "Female", ""), ("male", "Male", "")),
    "session_minutes": tuple((str(n), f"{n} min", "") for n in range(10, 50, 5)),
    "sessions": (("", "by level", ""), *((str(n), str(n), "") for n in range(1, 8))),
    "primers": (
        ("auto", "As it fits", "Inside the run's time when fewer than two sessions a week fit."),
        ("before", "Before the run", "5 to 10 minutes that come on top."),
        ("inside", "Inside the run's time", "The run is shorter by as many minutes."),
        ("off", "None", "")),
    "equipment": (
        ("dumbbell", "Dumbbells", ""), ("kettlebell", "Kettlebells", ""), ("barbell", "Barbell", ""),
        ("bench", "Bench", ""), ("step", "Step", ""), ("box", "Box or sturdy chair", ""), ("band", "Band", ""),
        ("pull-up-bar", "Pull-up bar", ""), ("backpack", "Backpack to load", "")),
    "run_type": (("none", "No run", ""), *((kind.value, RUN_WORDS[kind], "") for kind in RunType
                                            if kind is not RunType.RACE)),
    "distance": (("", "No race", ""), *((value, words, "") for value, words in DISTANCES.items()),
                 (OTHER, "Another distance", "")),
    "priority": (("A", "A: all is for it", ""), ("B", "B: matters", ""), ("C", "C: a hard run", "")),
    "area": (("", "Nothing", ""), *((area, area.capitalize(), "") for area in AREAS)),
    "side": (("both", "Both sides", ""), ("left", "Left", ""), ("right", "Right", "")),
    "day": (("", "Day", ""), *((day, name, "") for day, name in DAY_NAMES.items())),
    "days": tuple((day, day.capitalize(), "") for day in DAYS),
    "months": tuple((str(number), month, "") for number, month in enumerate(MONTHS, 1)),
}


def choices(name: str) -> tuple[Option, ...]:
    """List what can be chosen in a field."""
    return CHOICES[name]


def rows(group: str) -> tuple[str, ...]:
    """List the names of a group's rows."""
    return rows_of(group)


def weekdays() -> tuple[tuple[str, str], ...]:
    """List the days: name of the field and name for people."""
    return tuple(DAY_NAMES.items())


def loose_runs() -> tuple[str, ...]:
    """List the rows of the running week that name their day themselves."""
    return tuple(row for row, day in RUN_ROWS if not day)


def parts() -> tuple[tuple[str, str, str], ...]:
    """List the parts of a day: value, name and hours."""
    return tuple((part, *PART_WORDS[part]) for part in PARTS)


GLOBALS: dict[str, Callable[..., Any]] = {
    "shown": shown, "choices": choices, "rows": rows, "weekdays": weekdays, "loose_runs": loose_runs, "parts": parts}
