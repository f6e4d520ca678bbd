"""Laws of importing: however runs come in, each is there once; however a log is damaged, the answer is typed."""

from __future__ import annotations

import datetime as dt
import random
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from builders_diary import NOON
from builders_logs import hevy, hevy_row, strong, strong_row
from builders_recordings import START, gpx, mutated, track_points
from midstance.domain.diary import SetDone
from midstance.domain.run import RunDone
from midstance.formats import hevy_csv, strong_csv
from midstance.formats._format import Fault
from midstance.formats._strength_log import Workout
from midstance.services.diary import current, take_back
from midstance.services.import_files import import_paths
from midstance.store.store import MemoryStore

if TYPE_CHECKING:
    from midstance.domain.entry import Entry

MUTANTS = 400
DAYS, DEVICES = 3, 3


@cache
def recording(day: int, device: int) -> bytes:
    """The run of a day as one of three devices has it: with heart rate or without, begun up to two minutes later."""
    at = START + dt.timedelta(days=day, seconds=40 * device)
    return gpx(track_points(at=at, every=5, speed=3 + 0.02 * device, hr=150 if device == 1 else None)).encode()


def bring(store: MemoryStore, path: Path) -> None:
    """Import a path at noon."""
    import_paths(store, [path], zone="UTC", now=NOON)


def told(entries: tuple[Entry, ...]) -> set[tuple[dt.date, bool]]:
    """Dates of runs, and whether heart rate is known."""
    return {(entry.date, bool(entry.what.minute_hr)) for entry in entries if isinstance(entry.what, RunDone)}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, DAYS - 1), st.integers(0, DEVICES - 1)), min_size=1, max_size=8))
def test_each_run_is_there_once_in_its_fullest_record(arrivals):
    """In any order, one by one or together, with repeats: one run a day, with heart rate where any record has it."""
    apart, together = MemoryStore(), MemoryStore()
    with TemporaryDirectory() as folder:
        for number, (day, device) in enumerate(arrivals):
            path = Path(folder, f"{number}.gpx")
            path.write_bytes(recording(day, device))
            bring(apart, path)
            before = apart.count()
            bring(apart, path)
            assert apart.count() == before
        bring(together, Path(folder))
        wanted = {((START + dt.timedelta(days=day)).date(), any(arrival == (day, 1) for arrival in arrivals))
                  for day, _ in arrivals}
        for store in (apart, together):
            assert told(current(store)) == wanted
            assert len(current(store)) == len(wanted)
        count = together.count()
        bring(together, Path(folder))
        assert together.count() == count
        take_back(together, next(together.batches()), now=NOON, date=NOON.date())
        assert current(together) == ()


def samples() -> dict[str, bytes]:
    """A log of each app."""
    return {
        "hevy": hevy(*(hevy_row(f"Exercise {k % 3}", reps=k, rpe=8, exercise_notes='say "x", y') for k in range(30))),
        "strong": strong(*(strong_row(f"Exercise {k % 3}", Reps=k) for k in range(30)))}


def test_damaged_logs_give_typed_answers():
    """Four hundred damaged logs of each app give believable sets and faults that say something, nothing raised."""
    chance = random.Random(20261123)
    for format_, data in ((hevy_csv.FORMAT, samples()["hevy"]), (strong_csv.FORMAT, samples()["strong"])):
        assert format_.parse is not None
        kept = 0
        for _ in range(MUTANTS):
            parsed = format_.parse(mutated(data, chance), "damaged")
            for workout in parsed.entries:
                assert isinstance(workout, Workout)
                assert workout.sets
                assert all(isinstance(done, SetDone) and done.amount > 0 for done in workout.sets)
            assert all(isinstance(fault, Fault) and fault.says for fault in parsed.faults)
            kept += len(parsed.entries)
        assert kept > MUTANTS // 2


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_answered(data):
    """Any bytes at all are no log, or one with typed answers, also behind a true heading."""
    for format_, heading in ((hevy_csv.FORMAT, hevy()), (strong_csv.FORMAT, strong())):
        assert format_.parse is not None
        for given_ in (data, heading + data):
            parsed = format_.parse(given_, "any")
            assert parsed.entries or parsed.faults
            assert isinstance(format_.sniff(given_), bool)
