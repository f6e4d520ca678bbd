"""Logs of strength apps: which app wrote one, and from its workouts to entries of the diary."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from midstance.domain.diary import SessionDone
from midstance.domain.entry import entry_of
from midstance.domain.exercise import Hold
from midstance.formats import hevy_csv, strong_csv
from midstance.formats._strength_log import exercise_id
from midstance.formats.archive import wanted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping
    from zoneinfo import ZoneInfo

    from midstance.domain.entry import Entry, Origin
    from midstance.domain.exercise import Exercise
    from midstance.formats._format import Parsed
    from midstance.formats._strength_log import Workout

FORMATS = (hevy_csv.FORMAT, strong_csv.FORMAT)
SUFFIXES = tuple(sorted({suffix for format_ in FORMATS for suffix in format_.suffixes}))


def is_table(name: str) -> bool:
    """Tell whether a file may be a strength log by its name."""
    return wanted(name, SUFFIXES)


def is_log(data: bytes) -> bool:
    """Tell whether a file is a strength log by its content."""
    return any(format_.sniff(data) for format_ in FORMATS)


def parse_log(data: bytes, name: str, *, pounds: bool) -> Parsed:
    """Read a strength log that ``is_log`` knows.

    Args:
        data: The whole file.
        name: File name for faults.
        pounds: Whether weights without a unit are pounds.
    Returns: ``Workout`` entries.
    """
    if hevy_csv.sniff(data):
        return hevy_csv.parse(data, name)
    return strong_csv.parse(data, name, pounds=pounds)


def log_entries(
    workouts: Iterable[Workout], clock: ZoneInfo, origin: Origin, exercises: Mapping[str, Exercise],
) -> Iterator[Entry]:
    """Turn workouts into entries: a session, then its sets, at the start of the workout.

    Args:
        workouts: In any order.
        clock: The runner's clock, for starts without an offset.
        origin: Where they come from.
        exercises: The catalogue, by id.
    Returns: Entries, oldest first; sets are numbered by exercise and date. An exercise that is held in both hands has
        its weight in each of them, as the apps count.
    """
    numbers: Counter[tuple[dt.date, str]] = Counter()
    for workout in sorted(workouts, key=lambda one: _aware(one.start, clock)):
        date = workout.start.date()
        put = partial(entry_of, at=_aware(workout.start, clock), date=date, origin=origin)
        yield put(SessionDone(minutes=workout.minutes, note=workout.title))
        for done in workout.sets:
            name = exercise_id(done.exercise, exercises)
            numbers[date, name] += 1
            loaded = done.weight_kg is not None and name in exercises
            yield put(replace(done, exercise=name, number=numbers[date, name],
                              per_hand=loaded and exercises[name].load.hold is Hold.EACH_HAND))


def _aware(start: dt.datetime, clock: ZoneInfo) -> dt.datetime:
    return start if start.tzinfo else start.replace(tzinfo=clock)
