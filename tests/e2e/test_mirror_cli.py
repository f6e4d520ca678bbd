"""The offline mirror as typed: landmark series in, counts, JSON and a strip out; bad files are refused in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import numpy as np
import pytest

from made_motion import shown
from midstance.catalogue.load import load_catalogue
from midstance.cli import main as cli
from midstance.motion.clip import clip_of
from midstance.motion.landmarks import NAMES

if TYPE_CHECKING:
    from pathlib import Path

HEAD = ",".join(["time_s", *(f"{name}_{axis}" for name in NAMES for axis in ("x", "y", "z", "visibility"))])


def written(folder: Path, exercise: str, rounds: int) -> Path:
    """Write a figure's own movement as a landmark series."""
    series = shown(clip_of(load_catalogue().exercises[exercise]), rounds, 20, noise_m=0.005)
    rows = np.concatenate([series.points, series.visibility[..., None]], axis=2).reshape(len(series), -1)
    file = folder / "series.csv"
    lines = [",".join(f"{value:.4f}" for value in (t, *row)) for t, row in zip(series.times_s, rows, strict=True)]
    file.write_text("\n".join([HEAD, *lines]) + "\n")
    return file


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Type a line; give status, output and errors."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        cli.main(["mirror", *words])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def test_a_series_is_counted_and_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three squats are three, with times in order; the strip is a drawing with three numbered spans."""
    file, strip = written(tmp_path, "squat", 3), tmp_path / "strip.svg"
    status, out, _ = typed(capsys, str(file), "--exercise", "squat", "--format", "json", "-o", str(strip))
    told = json.loads(out)
    assert (status, told["exercise"], len(told["reps"])) == (0, "squat", 3)
    assert all(rep["start_s"] < rep["turn_s"] < rep["end_s"] for rep in told["reps"])
    assert {"reps", "holds", "angles", "quality", "exercise"} <= told.keys()
    drawing = ElementTree.parse(strip).getroot()
    assert len([one for one in drawing.iter() if one.get("class") == "rep"]) == 3
    assert "3 repetitions" in typed(capsys, str(file), "--exercise", "squat")[1]


def test_a_hold_is_timed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A plank is one hold as long as the recording, and no repetition."""
    told = json.loads(typed(capsys, str(written(tmp_path, "plank", 1)), "--exercise", "plank", "--format", "json")[1])
    assert told["reps"] == []
    assert len(told["holds"]) == 1
    assert told["holds"][0]["seconds"] > 3


@pytest.mark.parametrize(("content", "says"), [
    (b"", "is empty"), (b"a,b,c\n", "missing"), (HEAD.encode() + b"\n", "0 frames"), (b"\x00\xff\x13" * 500, ""),
    (HEAD.encode() + b"\nabc" + b",0" * 132 + b"\n", "line 2"),
    (HEAD.encode() + b"".join(b"\n%d" % k + b",0.5" * 132 for k in (1, 2, 3)) + b"\n", "too few"),
    (HEAD.encode() + b"".join(b"\n%d" % k + b",0.5" * 132 for k in (9, 5, 1)) + b"\n", "goes back"),
])
def test_bad_files_are_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, says: str,
) -> None:
    """Status 2, one line that names the file, no traceback, and nothing drawn."""
    file, strip = tmp_path / "bad.csv", tmp_path / "strip.svg"
    file.write_bytes(content)
    status, out, err = typed(capsys, str(file), "--exercise", "squat", "-o", str(strip))
    assert (status, out) == (2, "")
    assert "bad.csv" in err
    assert says in err
    assert "Traceback" not in err
    assert not strip.exists()


def test_a_wrong_name_gets_the_nearest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A slip of the finger is answered with what could have been meant."""
    status, _, err = typed(capsys, str(written(tmp_path, "squat", 1)), "--exercise", "squatt")
    assert status == 2
    assert "perhaps squat" in err


def test_what_a_camera_cannot_count_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A carry is not counted, and the reason is told."""
    status, out, _ = typed(capsys, str(written(tmp_path, "squat", 1)), "--exercise", "farmers-carry")
    assert status == 0
    assert "looks like walking" in " ".join(out.split())


def test_nothing_to_count_is_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A plank looked at as a squat is no repetition, and no fault."""
    told = json.loads(typed(capsys, str(written(tmp_path, "plank", 1)), "--exercise", "squat", "--format", "json")[1])
    assert told["reps"] == []
