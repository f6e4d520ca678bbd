"""What the doctor says of a diary that is well, missing, damaged, or without backups."""

from __future__ import annotations

from collections import namedtuple
from dataclasses import replace
from typing import TYPE_CHECKING

from builders_diary import DAY, NOON, TODAY, sets
from midstance.services.diary import add, open_store, row_of
from midstance.services.diary_archive import back_up
from midstance.services.doctor import examine

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_diary_that_is_well(tmp_path: Path) -> None:
    """Version, entries, size and free room are told, the newest backup is read, and nothing is complained of."""
    file = tmp_path / "diary.db"
    with open_store(file) as store:
        add(store, sets(5), now=NOON)
        kept = back_up(store, tmp_path / "backups", date=TODAY, version="1")
    health = examine(file)
    assert health.well
    assert (health.version, health.entries, health.backups) == (1, 5, (kept,))
    assert health.bytes > 4096
    assert (health.free_bytes or 0) > 0
    assert health.warnings == ()


def test_no_diary_yet_is_said_and_none_is_made(tmp_path: Path) -> None:
    """Examining makes nothing."""
    health = examine(tmp_path / "far" / "diary.db")
    assert health.well
    assert any("no diary yet" in line for line in health.warnings)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_backup_and_little_room_are_warnings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a backup or with 5 MB left the diary is well, and both are said."""
    with open_store(tmp_path / "diary.db") as store:
        add(store, sets(5), now=NOON)
    usage = namedtuple("usage", "total used free")(1 << 40, 1 << 40, 5 << 20)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    health = examine(tmp_path / "diary.db")
    assert health.well
    assert [line.split()[:3] for line in health.warnings] == [["there", "is", "no"], ["only", "5", "MB"]]


def test_damage_is_told(tmp_path: Path) -> None:
    """A damaged file, a damaged entry and a damaged backup are each named."""
    file = tmp_path / "diary.db"
    with open_store(file) as store:
        add(store, sets(5), now=NOON)
        kept = back_up(store, tmp_path / "backups", date=TODAY, version="1")
        line = row_of(sets(6)[5])
        store.append([type(line)(id=line.id, date=line.date, kind=line.kind, batch=line.batch, steers=False,
                                 body=line.body.replace('"amount":8', '"amount":9'))])
    kept.write_bytes(kept.read_bytes()[:-100])
    health = examine(file)
    assert not health.well
    assert ["entry 6" in line and "changed or damaged" in line for line in health.faults] == [True]
    assert any("no whole archive" in line for line in health.warnings)
    file.write_bytes(b"no diary at all " * 1000)
    health = examine(file)
    assert not health.well
    assert health.version is None
    assert "no diary" in health.faults[0]


def test_an_entry_under_a_wrong_date_is_told(tmp_path: Path) -> None:
    """A row whose date is not its entry's would be missed by every question, and is named."""
    with open_store(tmp_path / "diary.db") as store:
        store.append([replace(row_of(sets(1)[0]), date=TODAY + DAY)])
    assert ["another id, date" in line for line in examine(tmp_path / "diary.db").faults] == [True]


def test_memory_has_neither_disk_nor_backups() -> None:
    """A diary in memory is examined as well."""
    health = examine("memory:")
    assert (health.well, health.entries, health.free_bytes, health.warnings) == (True, 0, None, ())
