"""Files as people give them: the wrong ones, broken ones and several at once, read by the services."""

from __future__ import annotations

import csv
import datetime as dt
import os
import random
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from midstance.formats._format import InputError
from midstance.services.inputs import Calendars, read_calendars, read_runner

if TYPE_CHECKING:
    from midstance.domain.runner import Runner

BAD = Path(__file__).parents[3] / "shared" / "acceptance" / "runners" / "bad"
RUNNER = """[runner]
timezone = "Europe/Lisbon"
running_level = "intermediate"
strength_level = "beginner"
goal = "10k"
"""
TABLE = """date,start,type,minutes,distance_km,title
2026-12-01,06:30,easy,45,,Easy run
2026-12-03,,tempo,,8,Tempo 8 km
"""
EVENT = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261201T063000\nSUMMARY:Easy  RUN\nEND:VEVENT\nEND:VCALENDAR\n"
WEEKS = '{"units": "km", "schedule": [{"workouts": [{"title": "Easy 5 km"}, {"title": "Long run 12 km"}]}]}'


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A runner who has a file of their own."""
    return read_runner(written(tmp_path, "runner.toml", RUNNER))


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(runner: Runner, *paths: Path, **place: dt.date) -> Calendars:
    """What the calendars hold for the winter of 2026."""
    return read_calendars(paths, runner=runner, first=dt.date(2026, 11, 30), last=dt.date(2027, 3, 21), **place)


def refused(runner: Runner, *paths: Path, **place: dt.date) -> str:
    """What is said when calendars are refused; within ten seconds."""
    began = time.perf_counter()
    with pytest.raises(InputError) as caught:
        read(runner, *paths, **place)
    assert time.perf_counter() - began < 10
    return str(caught.value)


def test_calendars_of_all_kinds_are_joined_in_order(tmp_path: Path, runner: Runner) -> None:
    """A table, a calendar and a week list give one list of runs by date, each with its source."""
    found = read(
        runner, written(tmp_path, "a.json", WEEKS), written(tmp_path, "b.ics", EVENT.replace("1201", "1208")),
        written(tmp_path, "c.csv", TABLE), runs_start=dt.date(2026, 12, 7))
    assert [(run.date.day, run.source) for run in found.runs] == [
        (1, "c.csv"), (3, "c.csv"), (7, "a.json"), (8, "a.json"), (8, "b.ics")]
    assert found.faults == ()


def test_a_run_in_two_calendars_counts_once_and_that_is_said(tmp_path: Path, runner: Runner) -> None:
    """The same date, start and title in two files is one run, with a note; twice in one file it stays two."""
    table = TABLE + "2026-12-03,,tempo,,8,Tempo 8 km\n"
    found = read(runner, written(tmp_path, "a.csv", table), written(tmp_path, "b.ics", EVENT))
    assert [(run.date.day, run.source) for run in found.runs] == [(1, "a.csv"), (3, "a.csv"), (3, "a.csv")]
    assert [str(fault) for fault in found.faults] == ["b.ics: 1 run is in a.csv too and counted once"]
    assert not found.faults[0].fatal


def test_content_comes_before_the_name(tmp_path: Path, runner: Runner) -> None:
    """A table named .txt or .json is read as the table it is, and a recording named .csv is a recording."""
    for name in ("runs.txt", "runs.json", "RUNS.CSV"):
        assert len(read(runner, written(tmp_path, name, TABLE)).runs) == 2
    fit = written(tmp_path, "runs.csv", b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT\x00\x00")
    assert read(runner, fit).recordings == (fit,)


def test_recordings_are_set_apart_unopened(tmp_path: Path, runner: Runner) -> None:
    """Recorded runs, archives and folders are listed for their own reader."""
    folder = tmp_path / "watch"
    folder.mkdir()
    files = [written(tmp_path, name, b"anything") for name in ("a.fit", "b.GPX", "c.tcx", "d.fit.gz", "e.zip")]
    files.append(written(tmp_path, "f.dat", b"\xef\xbb\xbf<?xml version='1.0'?><gpx>"))
    found = read(runner, *files, folder, written(tmp_path, "runs.csv", TABLE))
    assert found.recordings == (*files, folder)
    assert len(found.runs) == 2


def test_miles_are_the_unit_of_an_imperial_runner(tmp_path: Path) -> None:
    """A bare number in a title is miles for a runner with imperial units."""
    imperial = read_runner(written(tmp_path, "runner.toml", RUNNER + 'units = "imperial"\n'))
    table = written(tmp_path, "runs.csv", "date,title\n2026-12-01,Easy 5\n")
    assert read(imperial, table).runs[0].distance_km == pytest.approx(8.04672)


def test_what_cannot_be_read_is_listed_with_its_source(tmp_path: Path, runner: Runner) -> None:
    """Titles that tell no run reach the plan's list of unread entries."""
    found = read(runner, written(tmp_path, "b.ics", EVENT.replace("Easy  RUN", "Qwertz")))
    assert [(entry.source, entry.date, entry.title) for entry in found.unread] == [
        ("b.ics", dt.date(2026, 12, 1), "Qwertz")]


def test_the_faults_of_all_files_are_named_at_once(tmp_path: Path, runner: Runner) -> None:
    """Three bad files are refused together, each fault with its file, and nothing of the good one is used."""
    said = refused(
        runner, written(tmp_path, "good.csv", TABLE), written(tmp_path, "rows.csv", TABLE.replace("12-01", "12-32")),
        written(tmp_path, "weeks.json", WEEKS), tmp_path / "missing.ics")
    assert re.search(r"rows\.csv: line 2: .*2026-12-32", said)
    assert re.search(r"weeks\.json: .*--race-day.*--runs-start", said)
    assert "missing.ics: there is no such file" in said


@pytest.mark.parametrize(("name", "content", "words"), [
    ("runs.xlsx", b"PK\x03\x04rest", ("save the sheet as CSV",)),
    ("runs.pdf", b"%PDF-1.4", ("CSV",)),
    ("runner.toml", RUNNER, ("a runner's file",)),
    ("runs.doc", b"hello", (".ics, .csv or .json",)),
    ("runs.ics", TABLE.replace("date", "day"), ("BEGIN:VCALENDAR",)),
    ("empty.csv", b"", ("empty", "date")),
    ("empty.ics", b"", ("BEGIN:VCALENDAR",)),
    ("empty.json", b"", ("JSON",)),
    ("a" * 300 + ".csv", None, ("cannot be opened",)),
    ("nul\0.csv", None, ("csv",)),
])
def test_a_file_of_another_kind_is_refused_with_a_remedy(
    tmp_path: Path, runner: Runner, name: str, content: str | bytes | None, words: tuple[str, ...],
) -> None:
    """What is no calendar is refused with its name and what would be right, never with a traceback."""
    path = tmp_path / name if content is None else written(tmp_path, name, content)
    said = refused(runner, path)
    assert name[:40] in said
    assert all(word in said for word in words), said


def test_pipes_and_folders_are_not_waited_for(tmp_path: Path, runner: Runner) -> None:
    """A pipe is refused at once instead of waited for; a folder is no runner's file."""
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    assert "not a plain file" in refused(runner, pipe)
    with pytest.raises(InputError, match="is a folder"):
        read_runner(tmp_path)
    with pytest.raises(InputError, match=r"nobody\.toml: there is no such file"):
        read_runner(tmp_path / "nobody.toml")


@pytest.mark.parametrize("suffix", [".csv", ".json", ".ics"])
def test_ten_megabytes_of_noise_are_refused_soon(tmp_path: Path, runner: Runner, suffix: str) -> None:
    """Noise of any name is one short refusal that names the file."""
    noise = written(tmp_path, f"noise{suffix}", random.Random(1).randbytes(10_000_000))
    said = refused(runner, noise)
    assert said.startswith("noise")
    assert len(said) < 500


def test_a_runners_file_of_noise_is_refused_soon(tmp_path: Path) -> None:
    """Ten megabytes of noise are no runner's file, which is said at once."""
    noise = written(tmp_path, "noise.toml", random.Random(1).randbytes(10_000_000))
    began = time.perf_counter()
    with pytest.raises(InputError, match=r"noise\.toml: has 10\.0 MB"):
        read_runner(noise)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(("name", "head"), [("huge.csv", "date,title\n"), ("huge.ics", EVENT), ("huge.json", WEEKS)])
def test_huge_calendars_are_refused_unread(tmp_path: Path, runner: Runner, name: str, head: str) -> None:
    """A calendar of more than 50 MB is refused by its size."""
    path = written(tmp_path, name, head)
    with path.open("ab") as file:
        file.truncate(60_000_000)
    assert re.search(r"MB", refused(runner, path))


def expected() -> list[dict[str, str]]:
    """The rows of the acceptance kit's table of broken inputs; empty where the kit is not there."""
    if not BAD.is_dir():
        return []
    with (BAD / "expected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.shared
@pytest.mark.skipif(not BAD.is_dir(), reason="SHARED MATERIAL IS NOT THERE: broken inputs beside the checkout")
def test_every_broken_input_of_the_kit_is_answered_as_its_table_says() -> None:
    """Each of the kit's files is refused with the words it asks for, or read with the runs it asks for."""
    rows = [row for row in expected() if row["file"] != "junk.fit"]
    assert len(rows) == 34
    assert {row["file"]: said for row in rows if (said := disagreement(row))} == {}


def disagreement(row: dict[str, str]) -> str:
    """What of an answer differs from the table, or nothing."""
    place = {}
    if found := re.search(r"--runs-start (\S+)", row["args"]):
        place["runs_start"] = dt.date.fromisoformat(found[1])
    try:
        if not row["runner"]:
            read_runner(BAD / row["file"])
            return "" if row["exit"] == "0" else "read, not refused"
        calendars = read(read_runner(BAD / row["runner"]), BAD / row["file"], **place)
    except InputError as error:
        said = str(error)
        names = re.search(row["stderr_names"], said, re.I)
        return "" if row["exit"] == "2" and names and row["file"] in said else said
    missing = set(row["runs"].split()) - {str(run.date) for run in calendars.runs}
    told = " ".join(map(str, calendars.faults))
    heard = not row["listed"] or re.search(row["listed"], told)
    return "" if row["exit"] == "0" and not missing and heard else f"read; missing {missing}; {told}"
