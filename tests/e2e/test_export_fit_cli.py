"""``midstance export --format fit`` and the way back, as a runner types it."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from builders import MONDAY
from builders_daily import a_document, kept
from midstance.cli.main import main
from midstance.services.diary import add, open_store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def diary(tmp_path: Path) -> str:
    """A diary with a small plan."""
    place = str(tmp_path / "diary.db")
    store = open_store(place)
    entry = kept(a_document())
    add(store, [entry], now=entry.at)
    store.close()
    return place


def run(*words: object) -> int:
    """Run a command and give its exit status."""
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    return int(ended.value.code or 0)


def test_a_week_goes_out_and_what_was_logged_comes_back(diary, tmp_path, capsys):
    """The zip holds the week's sessions; sets that were logged go out as an activity that adds nothing at home."""
    week, done = tmp_path / "week.zip", tmp_path / "done.zip"
    assert run("export", "--format", "fit", "--date", MONDAY, "-o", week, "--diary", diary) == 0
    assert "2 sessions of 2026-11-30 to 2026-12-06" in " ".join(capsys.readouterr().out.split())
    with zipfile.ZipFile(week) as archive:
        assert archive.namelist() == ["2026-12-01-1800-heavy.fit", "2026-12-03-1800-mobility.fit"]
    assert run("log", "goblet-squat", "3x8", "16kg", "--diary", diary) == 0
    assert run("export", "--format", "fit", "--done", "-o", done, "--diary", diary) == 0
    assert "1 session of" in capsys.readouterr().out
    assert run("import", done, "--diary", diary) == 0
    assert "1 matched with another record of the same strength session" in capsys.readouterr().out
    assert run("import", done, "--diary", tmp_path / "other.db") == 0
    assert "3 sets: 3 new." in capsys.readouterr().out


def test_what_cannot_be_written_is_told(diary, tmp_path, capsys):
    """Several sessions in one .fit, and days without a session, are refused with a remedy and exit status 2."""
    for days, says in ((7, "a .fit file holds one"), (1, "no session is planned")):
        code = run("export", "--format", "fit", "--date", MONDAY, "--days", days, "-o", tmp_path / "a.fit",
                   "--diary", diary)
        assert (code, says in capsys.readouterr().err) == (2, True)
    assert not (tmp_path / "a.fit").exists()
