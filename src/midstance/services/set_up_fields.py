"""What the set-up asks: the fields of its form as data, each with the key of runner.toml that it fills.

Every answer is text, as a form gives it; ``set_up_form`` makes a runner's file of them, ``set_up_answers`` the answers
of a runner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from midstance.domain.dates import DAYS
from midstance.services.set_up_tests import test_fields

Answer: TypeAlias = str | tuple[str, ...]
Answers: TypeAlias = Mapping[str, Answer]
"""Answers by the name of the field; what is not there was not asked."""


class As(Enum):
    """How the text of an answer is read."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    WEIGHT = "weight"
    WEIGHTS = "weights"
    DISTANCE = "distance"
    PACE = "pace"
    YES = "yes"
    MANY = "many"
    MANY_NUMBERS = "many numbers"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One field.

    Attributes:
        name: Name of the field.
        table: Table of runner.toml that it fills, empty where it fills none by itself.
        key: Key in it.
        read: How its text is read.
        label: What it is called, for people.
        says: What it is for.
    """

    name: str
    table: str = ""
    key: str = ""
    read: As = As.TEXT
    label: str
    says: str = ""

    @property
    def many(self) -> bool:
        """Whether it has several values."""
        return self.read in (As.MANY, As.MANY_NUMBERS)


def _runner(name: str, label: str, read: As = As.TEXT, says: str = "") -> Ask:
    return Ask(name=name, table="runner", key=name, read=read, label=label, says=says)


def _threshold(name: str, label: str, read: As = As.NUMBER) -> Ask:
    return Ask(name=name, table="thresholds", key=name, read=read, label=label)


SCALARS: tuple[Ask, ...] = (
    _runner("name", "Name", says="Plans and the archive carry it."),
    _runner("birth_year", "Year of birth", As.NUMBER, "From 50 on, hard days lie further apart."),
    _runner("sex", "Sex", says="A first guess of weights where body weight is not known; nothing else."),
    _runner("timezone", "Time zone", says="An IANA name such as Europe/Lisbon."),
    _runner("units", "Units", says="metric or imperial."),
    _runner("running_level", "Running", says="beginner, intermediate or advanced."),
    _runner("strength_level", "Strength work", says="beginner, intermediate or advanced."),
    _runner("strength_since", "Regular strength work since", As.DATE),
    _runner("goal", "Goal", says="5k, 10k, half-marathon, marathon, ultra or general."),
    _runner("equipment", "Equipment", As.MANY, "Pieces in the house."),
    _runner("weights_kg", "Weights", As.WEIGHTS, "Each piece; the same weight twice is a pair. Such as 8, 2 x 16 kg."),
    _runner("bar_kg", "Barbell without plates", As.WEIGHT),
    _runner("plates_kg", "Plates", As.WEIGHTS),
    _runner("body_mass_kg", "Body weight", As.WEIGHT, "For first weights."),
    _runner("easy_pace", "Easy pace", As.PACE, "Minutes and seconds, such as 6:10 a km or 9:55 a mile."),
    _runner("run_start", "Usual start of runs", says="For calendars that name no time of day."),
    _runner("recent_week_km", "Usual week", As.DISTANCE, "When no runs are recorded."),
    _runner("recent_longest_km", "Longest run of the last 30 days", As.DISTANCE, "When no runs are recorded."),
    _runner("session_minutes", "Longest session", As.NUMBER, "10 to 45 minutes."),
    _runner("strength_days", "Days you like for strength", As.MANY, "mon to sun."),
    _runner("primers", "Primers", says="off, before, inside or auto."),
    _runner("hard_days_hard", "Heavy session on the day of a hard run", As.YES),
    _runner("indoor_months", "Months for more indoor strength", As.MANY_NUMBERS, "1 to 12."),
    _runner("likes", "You like", As.WORDS, "Exercises, parts of the body or equipment, with commas."),
    _runner("dislikes", "You would rather not", As.WORDS, "The same."),
    _threshold("hr_max", "Highest heart rate"),
    _threshold("hr_rest", "Heart rate at rest"),
    _threshold("hr_threshold", "Heart rate at threshold"),
    _threshold("pace_threshold", "Pace at threshold", As.PACE),
)
BY_HAND: tuple[Ask, ...] = (
    Ask(name="sessions_least", label="Sessions a week, least", says="Empty for what the level usually takes."),
    Ask(name="sessions_most", label="Sessions a week, most"),
    *(Ask(name=name, label=label, says=says) for name, label, says in test_fields()),
    Ask(name="calendar_starts", label="First Monday of a week list", read=As.DATE,
        says="Only for week lists (.json) without a race."),
    Ask(name="keep_calendar", read=As.MANY, label="Calendars that stay", says="Names of uploaded calendars."),
)
RUN_SLOTS, RACE_SLOTS, AWAY_SLOTS, INJURY_SLOTS = 7, 8, 4, 6
"""Rows of the form beside the seven days; what a runner has beyond them stays as it is."""
RUN_ROWS: tuple[tuple[str, str], ...] = (
    *((f"run_{day}", day) for day in DAYS), *((f"run_{number}", "") for number in range(8, 8 + RUN_SLOTS)))
"""Name and day of each row of the running week; the last ones name their day in a field of their own."""
RUN_CELLS = {"type": "Kind of run", "minutes": "Minutes", "start": "Start"}
RACE_CELLS = {"date": "Date", "distance": "Distance", "other": "Other distance", "priority": "How much it matters",
              "start": "Start", "name": "Name of the race"}
AWAY_CELLS = {"from": "From", "to": "To"}
INJURY_CELLS = {"area": "Where", "side": "Side", "since": "Since", "until": "Healed on"}
DISTANCES = {"5": "5 km", "10": "10 km", "21.0975": "Half marathon", "42.195": "Marathon", "50": "50 km",
             "100": "100 km"}
OTHER = "other"
PARTS = {"early": (6 * 60, 9 * 60), "day": (9 * 60, 17 * 60), "evening": (17 * 60, 21 * 60)}
"""Parts of a day that can be free, together midstance's usual day, in minutes since midnight [min]."""


def rows_of(group: str) -> tuple[str, ...]:
    """List the names of a group's rows: ``run``, ``race``, ``away`` or ``injury``."""
    slots = {"race": RACE_SLOTS, "away": AWAY_SLOTS, "injury": INJURY_SLOTS}
    if group == "run":
        return tuple(name for name, _ in RUN_ROWS)
    return tuple(f"{group}_{number}" for number in range(1, slots[group] + 1))


def _rows() -> tuple[Ask, ...]:
    asks = []
    for name, day in RUN_ROWS:
        cells = RUN_CELLS if day else {"day": "Day", **RUN_CELLS}
        asks += [Ask(name=f"{name}_{cell}", label=f"{label} of a run" if not day else f"{label}, {day}")
                 for cell, label in cells.items()]
    for group, cells in (("race", RACE_CELLS), ("away", AWAY_CELLS), ("injury", INJURY_CELLS)):
        asks += [Ask(name=f"{row}_{cell}", label=f"{label}, {row.replace('_', ' ')}")
                 for row in rows_of(group) for cell, label in cells.items()]
    for day in DAYS:
        asks.append(Ask(name=f"free_{day}", read=As.MANY, label=f"Free on {day}", says="early, day and evening."))
        asks.append(Ask(name=f"free_{day}_exact", label=f"Exact times on {day}",
                        says="Such as 18:00-19:30; instead of the parts of the day."))
    return tuple(asks)


ORDER = ("name", "goal", "running_level", "strength_level", "units", "birth_year", "body_mass_kg", "sex", "timezone",
         "race", "run", "files", "calendar_starts", "easy_pace", "recent_week_km", "recent_longest_km", "free",
         "session_minutes", "sessions_least", "sessions_most", "strength_days", "equipment", "weights_kg", "bar_kg",
         "plates_kg", "test", "injury")
"""Fields in the order of the form; rows go by what their names begin with."""


def rank(name: str) -> tuple[int, str]:
    """Tell where a field stands in the form, what is not named there at its end."""
    group = name if name in ORDER else name.partition("_")[0]
    days = {day: str(number) for number, day in enumerate(DAYS)}
    return ORDER.index(group) if group in ORDER else len(ORDER), "_".join(days.get(p, p) for p in name.split("_"))


ASKS: tuple[Ask, ...] = tuple(sorted((*SCALARS, *BY_HAND, *_rows()), key=lambda ask: rank(ask.name)))
BY_NAME = {ask.name: ask for ask in ASKS}
