"""The fields of runner.toml as data: one table for reading, writing and the docs page (formats.md section 1).

What single fields cannot tell, contradictions between them, is in ``_runner_checks.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from typing import Any

from midstance.domain.dates import DAYS
from midstance.domain.run import RunType
from midstance.domain.runner import (
    AREAS,
    EQUIPMENT,
    GOALS,
    PRIMERS,
    Blocked,
    Injury,
    Level,
    Lift,
    PatternRun,
    Race,
    Runner,
    Thresholds,
)
from midstance.formats import _toml_values as v

REQUIRED = object()
NONE = "none"
OWN_DEFAULTS: dict[tuple[str, str], Any] = {("runner", "name"): "Runner", ("running", "start"): None}
"""Defaults of the file that the domain values do not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One key of runner.toml.

    Attributes:
        table: Table it stands in, such as ``runner`` or ``races``.
        key: The key in the file.
        attribute: Name in the domain value.
        reader: Reads, checks and writes its value.
        default: What holds when the key is absent, or ``REQUIRED``.
        says: What it is for, for the docs page and for messages that ask for it.
    """

    table: str
    key: str
    attribute: str
    reader: v.Reader
    default: Any
    says: str

    @property
    def required(self) -> bool:
        """Whether the file must have it."""
        return self.default is REQUIRED


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of runner.toml.

    Attributes:
        name: Name in the file.
        make: Domain value made of its fields; None where the fields themselves are kept by key.
        many: Whether it is an array of tables, ``[[name]]``.
        fields: Its keys, in the order of the file; empty when keys are free.
        free: Reader of the values of free keys, or None.
        says: What it is for.
        most: Most entries of an array of tables.
    """

    name: str
    make: Callable[..., Any] | None
    many: bool = False
    fields: tuple[Field, ...] = ()
    free: v.Reader | None = None
    says: str
    most: int = 1


def _equipment(words: list[str]) -> tuple[str, ...]:
    if NONE in words and set(words) != {NONE}:
        others = ", ".join(sorted(set(words) - {NONE}))
        raise ValueError(f'names "{NONE}" together with {others}; leave one of them out')
    return v.unique(word for word in words if word != NONE)


Row = tuple[str, v.Reader, str] | tuple[str, v.Reader, str, str]


def _fields(table: str, make: type, *rows: Row) -> tuple[Field, ...]:
    """Build fields; a fourth entry of a row names the attribute where it differs from the key."""
    defaults = {
        f.name: REQUIRED if f.default is MISSING and f.default_factory is MISSING else f.default for f in fields(make)
    }
    done = []
    for key, reader, says, *rest in rows:
        attribute = rest[0] if rest else key
        default = OWN_DEFAULTS.get((table, key), defaults[attribute])
        done.append(Field(table=table, key=key, attribute=attribute, reader=reader, default=default, says=says))
    return tuple(done)


LEVELS = v.choice([level.value for level in Level], Level)
WORDS = v.list_of(v.text(60), 100, v.in_order)
WINDOWS = v.list_of(v.window(), 12, v.merged)

RUNNER = Table(
    name="runner", make=Runner, says="the person trained", fields=_fields(
        "runner", Runner,
        ("name", v.text(), "your name, as plans show it"),
        ("birth_year", v.whole(1910, 2020), "year of birth; rests grow from 50 on"),
        ("sex", v.choice(("female", "male")), "sex"),
        ("timezone", v.zone(), "time zone in which you train"),
        ("units", v.choice(("metric", "imperial")), "units on screens; files stay in km and kg"),
        ("running_level", LEVELS, "experience as a runner"),
        ("strength_level", LEVELS, "experience with strength work"),
        ("strength_since", v.date(), "when regular strength work began"),
        ("goal", v.choice(GOALS), "what you train for"),
        ("equipment", v.list_of(v.choice((NONE, *EQUIPMENT)), 30, _equipment), "what is in the house"),
        ("weights_kg", v.list_of(v.number(0.25, 300, "[kg]"), 100, v.ascending),
         "each weight in the house [kg]; the same weight twice is a pair"),
        ("bar_kg", v.number(1, 50, "[kg]"), "barbell without plates [kg]"),
        ("plates_kg", v.list_of(v.number(0.25, 100, "[kg]"), 100, v.ascending), "each plate of the barbell [kg]"),
        ("body_mass_kg", v.number(25, 300, "[kg]"), "body mass [kg]"),
        ("easy_pace", v.pace(), "easy running pace, min:s per km", "easy_pace_s_per_km"),
        ("run_start", v.clock(), "start of runs whose calendar names no time of day", "run_start_minute"),
        ("recent_week_km", v.number(0, 400, "[km]"), "usual week, when no runs are recorded [km]"),
        ("recent_longest_km", v.number(0, 300, "[km]"), "longest run of the last 30 days, when none are recorded [km]"),
        ("session_minutes", v.whole(10, 45, "[min]"), "longest session wanted [min]"),
        ("sessions_a_week", v.low_high(0, 7, 1), "least and most sessions a week"),
        ("strength_days", v.list_of(v.weekday(), 7, v.unique), "preferred days"),
        ("primers", v.choice(PRIMERS), "5 to 10 minutes of drills: none, before a run, inside its time, or as fits"),
        ("hard_days_hard", v.yes_no(), "whether a heavy session may follow a hard run on the same date"),
        ("indoor_months", v.list_of(v.whole(1, 12), 12, v.unique), "months for more indoor strength"),
        ("likes", WORDS, "exercise ids, regions or equipment to prefer"),
        ("dislikes", WORDS, "exercise ids, regions or equipment to avoid"),
    ),
)

AVAILABILITY = Table(
    name="availability", make=None, says="windows in which a session may lie, by day", fields=tuple(
        Field(table="availability", key=day, attribute=day, reader=WINDOWS, default=None,
              says="free windows; an empty list means no session, a day not named 06:00-21:00")
        for day in DAYS
    ),
)

BLOCKED = Table(
    name="blocked", make=Blocked, many=True, most=200, says="dates without sessions", fields=_fields(
        "blocked", Blocked,
        ("from", v.date(), "first date", "first"),
        ("to", v.date(), "last date", "last"),
    ),
)

RACES = Table(
    name="races", make=Race, many=True, most=100, says="races", fields=_fields(
        "races", Race,
        ("date", v.date(), "date of the race"),
        ("start", v.clock(), "start by the clock", "start_minute"),
        ("name", v.text(least=0), "name of the race"),
        ("distance_km", v.number(0.1, 500, "[km]"), "distance [km]"),
        ("priority", v.choice(("a", "b", "c"), str.upper), "A (all is for it), B or C"),
    ),
)

RUNNING = Table(
    name="running", make=PatternRun, many=True, most=30, says="weekly pattern of runs, where no calendar covers a date",
    fields=_fields(
        "running", PatternRun,
        ("day", v.weekday(), "day of the week"),
        ("start", v.clock(), "start by the clock", "start_minute"),
        ("minutes", v.whole(1, 1440, "[min]"), "length [min]"),
        ("type", v.choice([kind.value for kind in RunType], RunType), "kind of run"),
    ),
)

INJURIES = Table(
    name="injuries", make=Injury, many=True, most=100, says="past and present injuries", fields=_fields(
        "injuries", Injury,
        ("area", v.choice(AREAS), "where"),
        ("side", v.choice(("left", "right", "both")), "which side"),
        ("since", v.date(), "first date"),
        ("until", v.date(), "last date; absent means still there"),
    ),
)

LIFTS = Table(
    name="lifts", make=Lift, many=True, most=200, says="what is already lifted, for starting weights", fields=_fields(
        "lifts", Lift,
        ("exercise", v.identifier(), "exercise id"),
        ("weight_kg", v.number(0, 500, "[kg]"), "weight [kg], 0 for body weight"),
        ("reps", v.whole(1, 100), "repetitions of one set"),
        ("rir", v.whole(0, 10), "repetitions that were left in reserve"),
    ),
)

THRESHOLDS = Table(
    name="thresholds", make=Thresholds, says="heart rates and threshold pace", fields=_fields(
        "thresholds", Thresholds,
        ("hr_max", v.whole(100, 240, "[beats/min]"), "highest heart rate [beats/min]"),
        ("hr_rest", v.whole(25, 120, "[beats/min]"), "heart rate at rest [beats/min]"),
        ("hr_threshold", v.whole(80, 230, "[beats/min]"), "heart rate at threshold [beats/min]"),
        ("pace_threshold", v.pace(), "threshold pace, min:s per km", "pace_threshold_s_per_km"),
    ),
)

ASSESSMENT = Table(
    name="assessment", make=None, free=v.sides(-1000, 1000), says="results of the self-assessment by test id", most=200,
)

TABLES = (RUNNER, AVAILABILITY, BLOCKED, RACES, RUNNING, INJURIES, LIFTS, THRESHOLDS, ASSESSMENT)
FIELDS: tuple[Field, ...] = tuple(field for table in TABLES for field in table.fields)
