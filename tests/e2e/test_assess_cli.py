"""The self-assessment as a runner types it: guided in a real terminal, told in one line, listed, looked back on."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import re
import select
import sys
import time
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from midstance.catalogue.self_tests import load_self_tests
from midstance.cli import main as cli
from midstance.domain.diary import AssessmentDone
from midstance.services.diary import current, open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Command = Callable[..., tuple[int, str, str]]

LONGEST_LINE = 80
PATIENCE_S = 30.0
SHORT = [id_ for id_, test in load_self_tests().items() if test.short]
SOME_DAYS_AGO = (dt.datetime.now().astimezone().date() - dt.timedelta(days=60)).isoformat()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the diary is."""
    return tmp_path / "diary.db"


@pytest.fixture
def command(place: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Type a command that sees no terminal; gives exit status, output and errors."""
    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main([*words, "--diary", str(place)])
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err
    return run


@dataclass
class Keyboard:
    """A program in a terminal of its own: what it shows, and lines that are typed when it asks."""

    process: int
    handle: int
    shown: str = ""
    place: int = field(default=0)

    def until(self, text: str) -> None:
        """Read on until a text is shown after the last one that was waited for."""
        end = time.monotonic() + PATIENCE_S
        while text not in self.shown[self.place:]:
            assert time.monotonic() < end, f"{text!r} did not come: {self.shown[self.place:]!r}"
            assert self._read(), f"it ended before {text!r}: {self.shown[self.place:]!r}"
        self.place = self.shown.index(text, self.place) + len(text)

    def type(self, after: str, line: str) -> None:
        """Type a line once a text is shown."""
        self.until(after)
        os.write(self.handle, f"{line}\n".encode())

    def end(self) -> int:
        """Read what is left, and give the exit status."""
        while self._read():
            pass
        os.close(self.handle)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])

    def _read(self) -> bool:
        if not select.select([self.handle], [], [], 1)[0]:
            return True
        data = b""
        with suppress(OSError):   # the program is gone
            data = os.read(self.handle, 4096)
        self.shown += data.decode().replace("\r\n", "\n")
        return bool(data)


def at_a_terminal(place: Path, *words: str) -> Keyboard:
    """Start the command in a terminal."""
    pty = pytest.importorskip("pty", reason="this system has no terminals of that kind")
    process, handle = pty.fork()
    if not process:
        os.execve(sys.executable, [sys.executable, "-m", "midstance", "assess", *words, "--diary", str(place)],
                  {**os.environ, "COLUMNS": "80", "TERM": "dumb"})
    return Keyboard(process, handle)


def results(place: Path) -> list[AssessmentDone]:
    """The results in the diary."""
    with open_store(place) as store:
        return [e.what for e in current(store, kinds=(AssessmentDone,)) if isinstance(e.what, AssessmentDone)]


def test_guided_stopped_and_gone_on_with(place: Path) -> None:
    """A guided run is stopped in the middle of a test; the next one goes on with the other side and ends."""
    first = at_a_terminal(place)
    first.type("Which one? ", "3")
    first.type("or type the seconds: ", "45")
    first.type("Right side.", "quit")
    first.until("Stopped. What you told is kept")
    assert first.end() == 0
    assert results(place) == [AssessmentDone(test="posture-look", value=3),
                              AssessmentDone(test="balance-eyes-open-s", left=45)]
    second = at_a_terminal(place)
    second.until("Going on: 1 test done already, 4 to go.")
    second.type("or type the seconds: ", "30")
    second.type("or type the seconds: ", "next")
    second.type("Which one? ", "2")
    for _ in "ab":
        second.type("Faults: ", "1")
    second.type("Reps: ", "twelve")
    second.type("Reps: ", "12")
    second.until("That was all for now.")
    assert second.end() == 0
    assert [r.test for r in results(place)] == SHORT
    assert results(place)[1] == AssessmentDone(test="balance-eyes-open-s", left=45, right=30)


def test_a_hold_is_timed_in_a_real_terminal(place: Path) -> None:
    """Enter starts the countdown and the clock, Enter stops it after two seconds, and the time is what was held."""
    keyboard = at_a_terminal(place, "plank-s")
    keyboard.type("or type the seconds: ", "")
    keyboard.type("Get ready: 3", "")
    keyboard.type("  2 s   Enter stops", "")
    keyboard.type("Enter keeps it", "")
    keyboard.until("Noted for today: Plank")
    assert keyboard.end() == 0
    assert "\a" in keyboard.shown
    assert results(place)[0].value in (2, 3)


def test_interrupted_by_the_keyboard(place: Path) -> None:
    """Control-C ends a guided run with what was told kept and no traceback."""
    keyboard = at_a_terminal(place)
    keyboard.type("Which one? ", "3")
    keyboard.until("or type the seconds: ")
    os.write(keyboard.handle, b"\x03")
    keyboard.until("Stopped. What you told is kept")
    assert keyboard.end() == 0
    assert "Traceback" not in keyboard.shown
    assert len(results(place)) == 1


def test_without_a_terminal_it_says_what_is_due(command: Command) -> None:
    """Without a terminal nothing is asked: the tests, why, how to tell results, and the honest limits."""
    code, out, err = command("assess")
    assert (code, err) == (0, "")
    assert "5 tests, about" in out
    assert "midstance assess posture-look 3" in out
    assert "It is no diagnosis" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= LONGEST_LINE
    assert "14 tests" in command("assess", "--full")[1]


def test_a_named_test_is_explained(command: Command) -> None:
    """A test's name alone prints its steps, when to stop, and how to tell the result."""
    code, out, _ = command("assess", "knee-to-wall")
    assert code == 0
    assert "Stop: " in out
    assert "midstance assess knee-to-wall-cm --left 9 --right 9" in out


def test_told_in_one_line_and_taken_back(command: Command, place: Path) -> None:
    """A result in one line is noted and answered, and the undo that it names takes it back."""
    code, out, _ = command("assess", "knee-to-wall-cm", "--left", "7 cm", "--right", "11")
    assert code == 0
    assert "Noted for today: Knee to the wall, left 7 cm, right 11 cm." in out
    batch = re.findall(r"midstance undo (b-[0-9a-f]{12})", out)[0]
    assert "Taken back: the result of the test" in command("undo", batch)[1]
    assert results(place) == []


def test_a_result_with_its_unit_and_words(command: Command, place: Path) -> None:
    """A test of both sides together takes one number with its unit, and the runner's words beside it."""
    assert command("assess", "push-up-reps", "12", "reps", "--note", "in the park")[0] == 0
    assert results(place) == [AssessmentDone(test="push-up-reps", value=12, note="in the park")]


def test_a_single_side_asks_for_the_other(command: Command) -> None:
    """One side alone is noted, and the line that tells the other is shown."""
    out = command("assess", "calf-raise-reps", "--left", "12, 15, 14")[1]
    assert "left 15 reps" in out
    assert "midstance assess calf-raise-reps --right 25" in out


@pytest.mark.parametrize(("words", "says"), [
    (("knee-to-wal-cm", "7"), "did you mean knee-to-wall-cm?"),
    (("knee-to-wall-cm", "7"), "left and right are tested apart"),
    (("push-up-reps", "lots"), "repetitions are told like 24"),
    (("push-up-reps", "999"), "0 to 300 reps is possible"),
    (("--left", "7"), "no test is named"),
    (("--short", "--full"), "say one of them"),
    (("--format", "csv"), "midstance assess --history --format csv"),
    (("--list", "push-up-reps"), "--list stands alone"),
    (("push-up-reps", "3", "--history"), "--history takes no result"),
    (("push-up-reps", "3", "--date", "2999-01-01"), "not a day that can be told about"),
    (("push-up-reps", "--wrong"), "Unknown option")])
def test_wrong_input_ends_with_2(command: Command, place: Path, words: tuple[str, ...], says: str) -> None:
    """What cannot be done is refused on standard error with exit status 2, and nothing is written."""
    code, out, err = command("assess", *words)
    assert (code, out) == (2, "")
    assert says in err
    assert not place.exists() or results(place) == []


def test_the_list_of_tests(command: Command) -> None:
    """The list names each test with unit and sides, and what was told of it; the JSON form the same."""
    command("assess", "knee-to-wall-cm", "--left", "7", "--right", "11", "--date", SOME_DAYS_AGO)
    out = command("assess", "--list")[1]
    assert all(id_ in out for id_ in load_self_tests())
    assert "left 7 cm, right 11 cm on" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= LONGEST_LINE
    listed = {one["id"]: one for one in json.loads(command("assess", "--list", "--format", "json")[1])["tests"]}
    assert listed["knee-to-wall-cm"]["last"] == {"date": SOME_DAYS_AGO, "left": 7, "right": 11}
    assert (listed["plank-s"]["unit"], listed["plank-s"]["last"]) == ("s", None)


def test_what_is_due_as_json(command: Command) -> None:
    """The JSON form of what is due is one document, and a result moves its test to what is done."""
    command("assess", "push-up-reps", "12")
    found = json.loads(command("assess", "--short", "--format", "json")[1])
    assert (found["version"], found["started"]) == ("short", True)
    assert [c["test"] for c in found["done"]] == ["push-up-reps"]
    assert found["steps"][0]["reason"] == "Not tested yet."


def test_the_history_in_three_forms(command: Command) -> None:
    """The history calls noise noise, and its table and document hold the same numbers."""
    assert "No test was told of yet." in command("assess", "--history")[1]
    command("assess", "knee-to-wall-cm", "--left", "7", "--right", "11", "--date", SOME_DAYS_AGO)
    command("assess", "knee-to-wall-cm", "--left", "10", "--right", "11.5")
    text = " ".join(command("assess", "--history")[1].split())
    assert "Left: 7 cm 8 weeks ago, now 10 cm: more than the noise of this test (2 cm)" in text
    assert "Right: 11 cm 8 weeks ago, now 11.5 cm: within the noise of this test (2 cm)" in text
    rows = list(csv.DictReader(io.StringIO(command("assess", "--history", "--format", "csv")[1])))
    assert [(r["side"], r["result"]) for r in rows] == [("left", "7"), ("right", "11"), ("left", "10"),
                                                         ("right", "11.5")]
    found = json.loads(command("assess", "knee-to-wall-cm", "--history", "--format", "json")[1])["tests"]
    assert [point["left"] for point in found[0]["points"]] == [7, 10]
    assert command("assess", "plank-s", "--history")[1].startswith("No test was told of yet.")


def test_results_travel_in_the_archive(command: Command, tmp_path: Path) -> None:
    """An exported diary holds the results, and a diary restored from it gives the same history."""
    command("assess", "knee-to-wall-cm", "--left", "7", "--right", "11")
    before = command("assess", "--history", "--format", "csv")[1]
    archive = tmp_path / "all.zip"
    assert command("export", "-o", str(archive))[0] == 0
    with zipfile.ZipFile(archive) as files:
        assert any(b"knee-to-wall-cm" in files.read(name) for name in files.namelist())
    (tmp_path / "diary.db").rename(tmp_path / "old.db")
    assert command("restore", str(archive))[0] == 0
    assert command("assess", "--history", "--format", "csv")[1] == before
