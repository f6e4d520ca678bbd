"""``midstance import`` as people call it: what it says, what it writes, and how it ends."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import TYPE_CHECKING

import pytest

from builders_daily import a_document, kept
from builders_diary import NOON
from builders_logs import hevy, hevy_row, strong, strong_row
from builders_recordings import CYCLING, START, FitWriter, fit_head, fit_run, fit_session, gpx, track_points
from midstance.cli.importing import MOST_NAMED, Bar, bar_line, import_text, local_zone
from midstance.cli.main import main
from midstance.domain.diary import SetDone
from midstance.domain.run import RunDone
from midstance.formats._format import Fault
from midstance.services import import_files
from midstance.services.diary import add, current, open_store
from midstance.services.import_files import Imported, Tally

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A run, a ride, a gym session of a watch, a broken file, a text and a strength log."""
    gym = FitWriter()
    fit_head(gym)
    fit_session(gym, sport=10, sub_sport=20)
    made = tmp_path / "all"
    made.mkdir()
    for name, data in {
        "run.fit": fit_run(), "ride.fit": fit_run(sport=CYCLING), "gym.fit": gym.file(), "junk.fit": b"junk",
        "notes.txt": b"x", "log.csv": hevy(hevy_row(), hevy_row("Cable Crunch")),
    }.items():
        (made / name).write_bytes(data)
    return made


class Program:
    """The program with one diary: exit status, standard output and standard error."""

    def __init__(self, diary: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.diary = diary
        self.capture = capture

    def __call__(self, *arguments: str | Path) -> tuple[int, str, str]:
        self.capture.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([*map(str, arguments), "--diary", str(self.diary)])
        said = self.capture.readouterr()
        return int(ended.value.code or 0), said.out, said.err


@pytest.fixture
def midstance(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Program:
    """The program with a diary that is not there yet."""
    return Program(tmp_path / "diary.db", capsys)


def test_an_import_says_what_it_did_left_out_and_how_to_take_it_back(midstance, folder):
    """Counts, the gym session, the broken file's name and the command for undo are there; no bar without a terminal."""
    status, out, err = midstance("import", folder, "--zone", "Europe/Lisbon")
    assert (status, err) == (0, "")
    for part in ("5 files opened", "Europe/Lisbon", "1 run: 1 new", "1 strength session: 1 new", "2 sets: 2 new",
                 "1 exercise is not in midstance's catalogue", "Cable Crunch (1)",
                 "2 recordings that are no runs, 1 of them strength work that a watch recorded", "nothing counts twice",
                 "1 file of another kind", "1 file that cannot be used:", "all/junk.fit: this is no FIT file"):
        assert part in out
    batch = out.split("midstance undo ")[1].split()[0]
    assert midstance("undo", batch)[0] == 0
    with open_store(midstance.diary) as store:
        assert current(store) == ()


def test_the_same_import_again_says_that_nothing_changed(midstance, folder):
    """Everything is in the diary already, and the status is 0."""
    midstance("import", folder)
    status, out, _ = midstance("import", folder)
    assert status == 0
    assert "1 run: 1 in the diary already." in out
    assert "Nothing in the diary has changed." in out


def test_two_devices_are_told_as_one_run(midstance, tmp_path):
    """The report says that a record was matched, and that it took the other's place."""
    (tmp_path / "phone.gpx").write_text(gpx(track_points(at=START + dt.timedelta(seconds=60), hr=None)))
    (tmp_path / "watch.fit").write_bytes(fit_run())
    midstance("import", tmp_path / "phone.gpx")
    _, out, _ = midstance("import", tmp_path / "watch.fit")
    assert "1 run: 1 matched with another record of the same run (1 of them tell more and took its place)." in out


def test_json_is_one_document(midstance, folder):
    """The JSON holds all counts, faults and the batch, and nothing else is on standard output."""
    status, out, err = midstance("import", folder, "--format", "json")
    document = json.loads(out)
    assert (status, err) == (0, "")
    assert document["runs"] == {"new": 1, "again": 0, "known": 0, "matched": 0, "fuller": 0}
    assert document["sets"]["new"] == 2
    assert (document["no_runs"], document["strength_recordings"], document["other_files"]) == (2, 1, 1)
    assert document["unknown_exercises"] == {"Cable Crunch": 1}
    assert [fault["source"] for fault in document["faults"]] == ["all/junk.fit"]
    assert document["batch"].startswith("b-")


@pytest.mark.parametrize("arguments", [[], ["nowhere.fit"]])
def test_nothing_to_import_is_status_2(midstance, tmp_path, arguments):
    """Without a path, and with one that is not there, a message says so and standard output stays empty."""
    status, out, err = midstance("import", *[tmp_path / name for name in arguments])
    assert (status, out) == (2, "")
    assert "there is no such file" in err or "needs a file" in err


def test_a_wrong_zone_is_status_2(midstance, folder):
    """A zone that does not exist is named."""
    status, _, err = midstance("import", folder, "--zone", "Europe/Lisboa")
    assert status == 2
    assert "Europe/Lisboa" in err


def test_the_planned_runner_s_clock_and_unit_count(midstance, tmp_path):
    """Without --zone and --weights a log is read in the zone and unit of the runner of the plan in force."""
    (tmp_path / "s.csv").write_bytes(strong(strong_row(Weight=100)))
    with open_store(midstance.diary) as store:
        add(store, [kept(a_document(runner='timezone = "Asia/Tokyo"\nunits = "imperial"'))], now=NOON)
    _, out, _ = midstance("import", tmp_path / "s.csv")
    assert "Asia/Tokyo" in out
    assert "taken as lb" in out
    with open_store(midstance.diary) as store:
        (entry,) = current(store, kinds=(SetDone,))
        assert entry.at == dt.datetime(2026, 11, 3, 9, 5, 12, tzinfo=dt.UTC)
        assert entry.what.weight_kg == 45.36


def test_the_word_of_the_command_line_counts_before_the_plan(midstance, tmp_path):
    """--weights and --zone win."""
    (tmp_path / "s.csv").write_bytes(strong(strong_row(Weight=100)))
    midstance("import", tmp_path / "s.csv", "--weights", "lb", "--zone", "UTC")
    with open_store(midstance.diary) as store:
        (entry,) = current(store, kinds=(SetDone,))
        assert (entry.at.hour, entry.what.weight_kg) == (18, 45.36)


def test_ctrl_c_keeps_what_was_written(midstance, folder, monkeypatch):
    """A stop ends with a word and status 130; the same command afterwards brings the rest."""
    monkeypatch.setattr(import_files, "CHUNK", 1)
    real = import_files.parse_any

    def stop(data: bytes, name: str, *, pounds: bool):
        if name == "all/run.fit":
            raise KeyboardInterrupt
        return real(data, name, pounds=pounds)

    with monkeypatch.context() as patch:
        patch.setattr(import_files, "parse_any", stop)
        status, out, err = midstance("import", folder)
    assert (status, out) == (130, "")
    assert "the same command again goes on" in err
    status, out, _ = midstance("import", folder)
    assert "1 run: 1 new." in out
    assert "2 sets: 2 in the diary already." in out
    with open_store(midstance.diary) as store:
        assert len(current(store, kinds=(RunDone,))) == 1
        assert len(set(store.batches())) == 1


def test_many_broken_files_are_named_up_to_twenty():
    """Twenty files are named with what is wrong, repeated faults once, and the others counted."""
    faults = [Fault(source=f"f{k}.fit", place="", says="broken", fatal=True) for k in range(30)]
    faults += [Fault(source="half.fit", place=f"byte {k}", says="cut") for k in range(3)]
    text = import_text(Imported(files=40, runs=Tally(new=10), faults=faults, zone="UTC", batch="b-1234"))
    assert text.count(": broken") == MOST_NAMED
    assert "30 files that cannot be used" in text
    assert "and 10 more files" in text
    assert "half.fit: cut (3 times)" in text


class Clock:
    """A clock that goes on by a second each time it is asked."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


def test_the_bar_shows_counts_and_time_left_and_goes_away():
    """Each state overwrites the one before, fits the width, and the last one is wiped off."""
    out = io.StringIO()
    bar = Bar(out, Clock(), columns=60)
    for done in (1, 2, 3, 4):
        bar(done, 4, f"runs/{'x' * 80}.fit")
    bar.clear()
    states = out.getvalue().split("\r")
    assert "2 of 4 files, 2 s left" in states[2]
    assert "4 of 4 files, 0 s left" in states[4]
    assert states[5].strip() == ""
    assert {len(state) for state in states[1:-1]} == {59}


def test_the_bar_is_drawn_now_and_then():
    """A thousand files within a moment are one line, and the end is always shown."""
    out = io.StringIO()
    bar = Bar(out, lambda: 5.0)
    for done in range(1, 1001):
        bar(done, 1000, "a.fit")
    assert out.getvalue().count("\r") == 2
    assert "1,000 of 1,000" in out.getvalue()


def test_no_time_left_is_guessed_at_the_start():
    """In the first second there is no estimate; names that are no text are shown with question marks."""
    assert "left" not in bar_line(3, 9, 0.2, "a.fit")
    assert bar_line(3, 9, 100.0, "\udcff.fit").endswith("?.fit")


def test_the_zone_of_the_computer(tmp_path):
    """TZ, the link of Unix and the text of Debian name the zone, in this order; else the offset makes one."""
    (tmp_path / "timezone").write_text("Europe/Madrid\n")
    assert local_zone({}, dt.timedelta(), tmp_path) == "Europe/Madrid"
    (tmp_path / "localtime").symlink_to("/usr/share/zoneinfo/Asia/Tokyo")
    assert local_zone({}, dt.timedelta(), tmp_path) == "Asia/Tokyo"
    assert local_zone({"TZ": ":Europe/Lisbon"}, dt.timedelta(), tmp_path) == "Europe/Lisbon"
    assert local_zone({"TZ": "nonsense"}, dt.timedelta(), tmp_path) == "Asia/Tokyo"
    nowhere = tmp_path / "nowhere"
    assert [local_zone({}, dt.timedelta(hours=h), nowhere) for h in (-5, 0, 5.5)] == ["Etc/GMT+5", "UTC", "Etc/GMT-6"]
