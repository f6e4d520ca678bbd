"""From a runner to the answers that the set-up's form shows, the way back of ``set_up_form``."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from midstance.domain.dates import DAYS
from midstance.domain.runner import DEFAULT_WINDOW
from midstance.domain.units import clock_text
from midstance.formats._toml_values import merged
from midstance.formats.runner_toml import TABLES
from midstance.services.set_up_fields import ASKS, PARTS, SCALARS, As
from midstance.services.set_up_measures import measure_text, number_text, pace_shown, weights_text
from midstance.services.set_up_rows import cells_of
from midstance.services.set_up_tests import answers_of_tests

if TYPE_CHECKING:
    import datetime as dt

    from midstance.domain.runner import Runner
    from midstance.services.set_up_fields import Answer

FIELDS = {(field.table, field.key): field for table in TABLES for field in table.fields}


def answers_of(runner: Runner, *, today: dt.date) -> dict[str, Answer]:
    """Give all answers of the form for a runner, empty ones where nothing is said.

    Args:
        runner: The runner.
        today: Races and days away before it are not shown.
    """
    found: dict[str, Answer] = {ask.name: () if ask.many else "" for ask in ASKS}
    for ask in SCALARS:
        known = FIELDS[ask.table, ask.key]
        value = getattr(runner if ask.table == "runner" else runner.thresholds, known.attribute)
        if value is not None:
            found[ask.name] = shown_as(value, known.reader.write(value), ask.read, runner.units)
    if runner.sessions_a_week:
        low, high = runner.sessions_a_week
        found |= {"sessions_least": str(low), "sessions_most": str(high)}
    return found | windows_shown(runner) | dict(cells_of(runner, today)) | answers_of_tests(runner.assessment)


def shown_as(value: Any, literal: str, read: As, units: str) -> Answer:
    """Write one value as its field shows it."""
    if read is As.WEIGHTS:
        return weights_text(value, units)
    if read in (As.WEIGHT, As.DISTANCE):
        return measure_text(value, units, read.value)
    if read is As.PACE:
        return pace_shown(value, units)
    plain = tomllib.loads(f"x = {literal}")["x"]
    if isinstance(plain, list):
        words = tuple(map(str, plain))
        return ", ".join(words) if read is As.WORDS else words
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    return number_text(plain) if isinstance(plain, int | float) else str(plain)


def windows_shown(runner: Runner) -> dict[str, Answer]:
    """Give the free times of each day: parts of the day where they fit, else the exact times."""
    found: dict[str, Answer] = {}
    for number, day in enumerate(DAYS):
        windows = runner.availability.get(number, (DEFAULT_WINDOW,))
        parts = tuple(name for name, (first, last) in PARTS.items()
                      if any(low <= first and last <= high for low, high in windows))
        whole = merged(PARTS[name] for name in parts) == windows
        exact = ", ".join(f"{clock_text(low)}-{clock_text(high)}" for low, high in windows)
        found |= {f"free_{day}": parts if whole else (), f"free_{day}_exact": "" if whole else exact}
    return found
