"""Imports of real files, and imports that are killed."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from builders_diary import NOON
from builders_logs import hevy, hevy_row
from builders_recordings import START, fit_run, gpx, track_points
from midstance.domain.diary import SessionDone, SetDone
from midstance.domain.run import RunDone
from midstance.services import import_files
from midstance.services.diary import current, open_store, read_row, take_back
from midstance.services.import_files import import_paths
from midstance.services.recordings import read_recordings
from midstance.store.store import MemoryStore

DATA = Path(__file__).parents[2].parent / "shared" / "data"
IMPORTER = Path(__file__).parents[1] / "importer.py"
KILLS = min(200, int(os.environ.get("MIDSTANCE_KILLS", "12")))
CHUNK = 5
LONGEST_S = 60

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real material is not there: {DATA}")


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty runs, some of them from two devices, a broken file and a strength log."""
    folder = tmp_path_factory.mktemp("everything")
    for k in range(40):
        at = START.replace(year=2025) + k * (NOON - START) / 20
        (folder / f"run{k:02}.fit").write_bytes(fit_run(at=at))
        if k % 8 == 0:
            (folder / f"run{k:02}.again.gpx").write_text(gpx(track_points(at=at, hr=None)))
    (folder / "broken.fit").write_bytes(b"junk")
    rows = [hevy_row(f"Exercise {k % 7}", title=f"Day {k // 20}", reps=5 + k % 9) for k in range(120)]
    (folder / "log.csv").write_bytes(hevy(*rows))
    return folder


def started(place: Path, folder: Path, mark: str) -> subprocess.Popen[str]:
    """Start an import in a program of its own."""
    return subprocess.Popen([sys.executable, str(IMPORTER), str(place), str(CHUNK), str(folder)], text=True,
                            stdout=subprocess.PIPE, env=os.environ | {"IMPORTER_MARK": mark})


def still_there(mark: str) -> list[str]:
    """Processes that were started with a mark, as Linux tells."""
    return [path.parent.name for path in Path("/proc").glob("[0-9]*/environ") if mark in _environment(path)]


def _environment(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""


def kept_ids(lines: list[str]) -> set[str]:
    """Ids that the program told, without a line that its end cut off."""
    return {key for line in lines if line.endswith("\n") and line.strip() not in ("ready", "done")
            for key in line.split()}


def test_an_import_that_is_killed_loses_nothing_and_goes_on(tmp_path: Path, everything: Path) -> None:
    """Killed eight times, an import keeps every entry it was told is kept, leaves no half one, and ends up the same."""
    place, mark, chance = tmp_path / "diary.db", uuid.uuid4().hex, random.Random(8)
    kept: set[str] = set()
    counts = []
    for number in range(KILLS):
        program = started(place, everything, mark)
        assert program.stdout is not None
        lines = [program.stdout.readline()]
        for _ in range(chance.randint(1, 5) if number % 2 else 0):
            lines.append(program.stdout.readline())
        time.sleep(chance.uniform(0, 0.05 if number % 2 else 0.3))
        program.kill()
        lines += program.stdout.readlines()
        program.stdout.close()
        program.wait(LONGEST_S)
        kept |= kept_ids(lines)
        with open_store(place) as store:
            assert store.check() == ()
            ids = {read_row(row, store.address).id for row in store.rows()}
        assert kept - ids == set()
        counts.append(len(ids))
    assert counts == sorted(counts)
    assert 0 < counts[1] < counts[-1]
    last = started(place, everything, mark)
    assert last.stdout is not None
    with last.stdout as out:
        assert out.read().endswith("done\n")
    assert last.wait(LONGEST_S) == 0
    whole = tmp_path / "whole.db"
    with started(whole, everything, mark) as other:
        assert other.wait(LONGEST_S) == 0
    with open_store(place) as one, open_store(whole) as two:
        assert [(row.id, row.body) for row in one.rows()] == [(row.id, row.body) for row in two.rows()]
        assert len(take_back(one, next(one.batches()), now=NOON, date=NOON.date()).entries) == len(current(two))
        assert current(one) == ()


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the processes")
def test_nothing_is_left_running_after_a_kill(tmp_path: Path, everything: Path) -> None:
    """The processes that parse end with the one that started them, also when that is killed."""
    mark = uuid.uuid4().hex
    program = started(tmp_path / "diary.db", everything, mark)
    assert program.stdout is not None
    with program.stdout as out:
        while len(still_there(mark)) < 3 and out.readline():
            pass
        program.kill()
        program.wait(LONGEST_S)
    until = time.monotonic() + LONGEST_S
    while still_there(mark) and time.monotonic() < until:
        time.sleep(0.05)
    assert still_there(mark) == []


@needs_data
@pytest.mark.shared
def test_real_recordings_and_logs_come_in_once() -> None:
    """All real runs come in as planning reads them, with every set of the real logs; a second import writes nothing."""
    paths = [DATA / part for part in ("runs", "fit", "gpx", "tcx", "strength-logs")]
    with MemoryStore() as store:
        told = import_paths(store, paths, zone="Europe/Lisbon", now=NOON)
        planned = read_recordings(paths[:4], zone="Europe/Lisbon").runs
        runs = [entry.what for entry in current(store, kinds=(RunDone,))]
        assert sorted(run.start for run in runs if isinstance(run, RunDone)) == [run.start for run in planned]
        assert told.strength == 4
        assert (told.sets.new, told.sets.known) == (7465, 1)
        assert (told.sessions.new, told.sessions.known) == (352, 1)
        rows = store.count()
        assert import_paths(store, paths, zone="Europe/Lisbon", now=NOON).written == 0
        assert store.count() == rows
        sets = [entry.what for entry in current(store, kinds=(SetDone,))]
        warm_ups = sum(isinstance(one, SetDone) and one.warm_up for one in sets)
        assert warm_ups == 2195
        minutes = [entry.what.minutes for entry in current(store, kinds=(SessionDone,))
                   if isinstance(entry.what, SessionDone)]
        assert all(one is not None and 4 <= one <= 300 for one in minutes)


@needs_data
@pytest.mark.shared
def test_real_files_by_other_names_are_known_by_their_content(tmp_path: Path) -> None:
    """A FIT file, a log of Strong and a packed one of Hevy are read under any name when they are given."""
    names = {"a.bin": "runs/elevate/sloatsburg.fit", "b": "strength-logs/sample_strong.csv",
             "c.txt": "strength-logs/sample_hevy.csv.gz"}
    for name, origin in names.items():
        shutil.copy(DATA / origin, tmp_path / name)
    with MemoryStore() as store:
        told = import_paths(store, [tmp_path / name for name in names], zone="UTC", now=NOON)
        assert (told.files, told.runs.new, told.sessions.new) == (3, 1, 350)


def test_the_chunk_is_a_setting_of_the_module() -> None:
    """The program that is killed writes in smaller chunks than the real one."""
    assert import_files.CHUNK > CHUNK
