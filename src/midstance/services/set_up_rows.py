"""The rows of the set-up's form: runs of the week, races, days away and injuries, to TOML and back."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from midstance.domain.dates import DAYS
from midstance.domain.runner import Runner
from midstance.domain.units import clock_text
from midstance.formats._toml_values import number_text, quoted
from midstance.services.set_up_fields import (
    AWAY_CELLS,
    DISTANCES,
    INJURY_CELLS,
    OTHER,
    RACE_CELLS,
    RUN_CELLS,
    RUN_ROWS,
    rows_of,
)
from midstance.services.set_up_measures import measure_of, measure_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.domain.runner import Blocked, Injury, PatternRun, Race

Cells = dict[str, str]
Literals = dict[str, tuple[str, str]]
"""(cell, TOML) by key; an empty TOML text leaves the key out."""
DAY_OF = dict(RUN_ROWS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """An array of tables as rows of a form.

    Attributes:
        table: Its table in runner.toml.
        rows: Names of its rows.
        cells: Fields of each row.
        read: Makes keys of the cells of a row (with its name and the units), None of an empty row.
        values: Gives a runner's entries.
        write: Gives the cells of an entry in some units.
        over: Tells whether an entry lies behind a date and is not shown any more.
    """

    table: str
    rows: tuple[str, ...]
    cells: tuple[str, ...]
    read: Callable[[Cells, str, str], Literals | None]
    values: Callable[[Runner], Sequence[Any]]
    write: Callable[[Any, str], Cells]
    over: Callable[[Any, dt.date], bool]


def shown(group: Group, runner: Runner, today: dt.date) -> dict[str, Any]:
    """Lay a runner's entries into the rows of the form, those of runs by their day."""
    entries = [value for value in group.values(runner) if not group.over(value, today)]
    placed: dict[str, Any] = {}
    for value in entries:
        own = [row for row in group.rows if DAY_OF.get(row) == DAYS[value.day]] if group.table == "running" else []
        loose = [row for row in group.rows if not DAY_OF.get(row)]
        row = next((row for row in (*own, *loose) if row not in placed), None)
        if row is not None:
            placed[row] = value
    return placed


def beyond(group: Group, runner: Runner, today: dt.date) -> tuple[Any, ...]:
    """List the entries that the form has no row for: they stay as they are."""
    rows = [id(value) for value in shown(group, runner, today).values()]
    return tuple(value for value in group.values(runner) if id(value) not in rows)


def text_literal(text: str) -> str:
    """Write text as TOML, nothing for none."""
    return quoted(text) if text else ""


def plain_literal(text: str) -> str:
    """Write a number or date as TOML, any other text quoted, so that the reader says what is wrong with it."""
    if not text:
        return ""
    try:
        tomllib.loads(f"x = {text.replace(',', '.')}")
    except tomllib.TOMLDecodeError:
        return quoted(text)
    simple = text.replace(",", ".").replace("-", "").replace(".", "", 1).isdigit()
    return text.replace(",", ".") if simple else quoted(text)


def _read_run(cells: Cells, row: str, _: str) -> Literals | None:
    if not cells["type"] or cells["type"] == "none":
        return None
    day = DAY_OF.get(row) or cells.get("day", "")
    own = "type" if DAY_OF.get(row) else "day"
    return {"day": (own, quoted(day)), "start": ("start", text_literal(cells["start"])),
            "minutes": ("minutes", plain_literal(cells["minutes"])), "type": ("type", quoted(cells["type"]))}


def _write_run(run: PatternRun, _: str) -> Cells:
    start = "" if run.start_minute is None else clock_text(run.start_minute)
    return {"day": DAYS[run.day], "type": run.type.value, "minutes": str(run.minutes), "start": start}


def _read_race(cells: Cells, _: str, units: str) -> Literals | None:
    if not any(cells[name] for name in ("date", "distance", "other", "name")):
        return None
    other = cells["distance"] in ("", OTHER)
    return {"date": ("date", plain_literal(cells["date"])), "start": ("start", text_literal(cells["start"])),
            "name": ("name", text_literal(cells["name"])),
            "distance_km": ("other" if cells["distance"] == OTHER else "distance", distance_literal(
                cells["other"] if other else cells["distance"], units if other else "metric")),
            "priority": ("priority", text_literal(cells["priority"] or "A"))}


def distance_literal(text: str, units: str) -> str:
    """Write a distance as TOML [km]."""
    try:
        return number_text(measure_of(text, units, "distance")) if text else ""
    except ValueError:
        return quoted(text)


def _write_race(race: Race, units: str) -> Cells:
    usual = next((value for value in DISTANCES if abs(float(value) - race.distance_km) < 0.01), OTHER)
    other = measure_text(race.distance_km, units, "distance") if usual == OTHER else ""
    start = "" if race.start_minute is None else clock_text(race.start_minute)
    return {"date": race.date.isoformat(), "distance": usual, "other": other, "priority": race.priority,
            "start": start, "name": race.name}


def _read_away(cells: Cells, _: str, __: str) -> Literals | None:
    if not any(cells.values()):
        return None
    first = cells["from"] or cells["to"]
    return {"from": ("from", plain_literal(first)), "to": ("to", plain_literal(cells["to"] or first))}


def _write_away(span: Blocked, _: str) -> Cells:
    return {"from": span.first.isoformat(), "to": span.last.isoformat()}


def _read_injury(cells: Cells, _: str, __: str) -> Literals | None:
    if not (cells["area"] or cells["until"]):
        return None
    return {"area": ("area", text_literal(cells["area"])), "side": ("side", text_literal(cells["side"])),
            "since": ("since", plain_literal(cells["since"])), "until": ("until", plain_literal(cells["until"]))}


def _write_injury(injury: Injury, _: str) -> Cells:
    until = "" if injury.until is None else injury.until.isoformat()
    return {"area": injury.area, "side": injury.side, "since": injury.since.isoformat(), "until": until}


GROUPS = (
    Group(table="blocked", rows=rows_of("away"), cells=tuple(AWAY_CELLS), read=_read_away, write=_write_away,
          values=lambda runner: runner.blocked, over=lambda span, today: span.last < today),
    Group(table="races", rows=rows_of("race"), cells=tuple(RACE_CELLS), read=_read_race, write=_write_race,
          values=lambda runner: runner.races, over=lambda race, today: race.date < today),
    Group(table="running", rows=rows_of("run"), cells=("day", *RUN_CELLS), read=_read_run, write=_write_run,
          values=lambda runner: runner.running, over=lambda _, __: False),
    Group(table="injuries", rows=rows_of("injury"), cells=tuple(INJURY_CELLS), read=_read_injury, write=_write_injury,
          values=lambda runner: runner.injuries, over=lambda _, __: False),
)


def cells_of(runner: Runner, today: dt.date) -> Mapping[str, str]:
    """Give the answers of all rows for a runner; those of empty rows are empty."""
    found: dict[str, str] = {}
    for group in GROUPS:
        placed = shown(group, runner, today)
        for row in group.rows:
            cells = group.write(placed[row], runner.units) if row in placed else dict.fromkeys(group.cells, "")
            found |= {f"{row}_{cell}": text for cell, text in cells.items() if cell != "day" or not DAY_OF.get(row)}
    return found
