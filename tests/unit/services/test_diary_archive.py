"""All data out and in: archives hold everything, come back identical, and broken ones give their good part."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders_daily import a_document, kept
from builders_diary import DAY, NOON, TODAY, a_run_done, an_entry, an_origin, sets
from midstance.domain.diary import CheckIn, PlanAccepted, Rpe
from midstance.domain.entry import Entry, run_entry
from midstance.formats._format import InputError
from midstance.services.diary import add, current, open_store, row_of, take_back
from midstance.services.diary_archive import back_up, backups, examine_archive, export_diary, restore_diary
from midstance.store.store import MemoryStore, Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
from strategies_diary import entries


def a_full_diary() -> Store:
    """A diary with runs, sets, a plan, something taken back and something replaced."""
    store = open_store("memory:")
    runs = [run_entry(a_run_done(day), an_origin("import")) for day in range(8)]
    add(store, runs, now=NOON)
    add(store, [*sets(3, batch="log"), an_entry(CheckIn(sleep_h=6, note="schlecht, «müde»"), batch="morning"),
                an_entry(PlanAccepted(plan="../../plan", document='{"format": "midstance-plan/1"}'))], now=NOON)
    add(store, [an_entry(Rpe(activity="run-1", rpe_cr10=6), batch="rpe")], now=NOON)
    add(store, [run_entry(a_run_done(2, minutes=48), an_origin("fuller"), replaces=runs[2].id)], now=NOON)
    take_back(store, sets(1, batch="log")[0].origin.batch, now=NOON, date=TODAY)
    return store


def rewritten(path: Path, change: Callable[[bytes], bytes], member: str = "entries.jsonl") -> Path:
    """The same archive with one member changed; its checksum in the manifest stays."""
    other = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == member else data)
    return other


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of the full diary."""
    path = tmp_path / "out.zip"
    assert export_diary(a_full_diary(), path, version="1") == 16
    return path


def test_restored_is_identical(archive: Path, tmp_path: Path) -> None:
    """An empty diary filled from an archive has the same rows, the same state, and gives the same archive."""
    before = a_full_diary()
    with open_store(tmp_path / "diary.db") as store:
        done = restore_diary(store, archive)
        assert (done.new, done.known, done.faults) == (16, 0, ())
        assert list(store.rows()) == list(before.rows())
        assert current(store) == current(before)
        export_diary(store, tmp_path / "again.zip", version="1")
        assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()
        assert restore_diary(store, archive).known == 16


@settings(max_examples=25, deadline=None)
@given(some=st.lists(entries(), max_size=6))
def test_any_diary_is_restored_identical(some: list[Entry], tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever it holds, a diary survives its archive."""
    path = tmp_path_factory.mktemp("any") / "a.zip"
    before, after = MemoryStore(), MemoryStore()
    before.append(map(row_of, some))
    export_diary(before, path, version="1")
    assert restore_diary(after, path).faults == ()
    assert list(after.rows()) == list(before.rows())


def test_restoring_into_a_used_diary_adds_what_it_lacks(archive: Path) -> None:
    """Entries that are there stay as they are, the others follow."""
    with open_store("memory:") as store:
        add(store, [*sets(2, batch="log"), *sets(2, exercise="plank")], now=NOON)
        done = restore_diary(store, archive)
        assert (done.new, done.known) == (14, 2)
        assert store.count() == 18


def of_runner(name: str) -> Entry:
    """A kept plan of a runner of this name."""
    return kept(a_document(runner=f'name = "{name}"'))


def archived(path: Path, *entries: Entry) -> Path:
    """An archive of a diary with these entries."""
    with open_store("memory:") as store:
        add(store, entries, now=NOON)
        export_diary(store, path, version="1")
    return path


def test_another_runners_archive_is_refused(tmp_path: Path) -> None:
    """Two runners are not mixed: nothing is added, both are named, and the remedy is a new diary."""
    path = archived(tmp_path / "vera.zip", of_runner("Vera"), *sets(2))
    with open_store("memory:") as store:
        add(store, [of_runner("Kit")], now=NOON)
        with pytest.raises(InputError, match=r"diary of Vera, .* that of Kit; nothing was added - .*--diary NEW\.db"):
            restore_diary(store, path)
        assert store.count() == 1


@pytest.mark.parametrize("theirs", [[of_runner("kit ")], [of_runner("Vera"), of_runner("Kit")], []])
def test_the_same_runners_archive_is_restored(tmp_path: Path, theirs: list[Entry]) -> None:
    """Capitals make no other runner; a plan of the same one is enough, and where no plan tells, nobody can know."""
    path = archived(tmp_path / "kit.zip", *theirs, *sets(2, batch="log"))
    with open_store("memory:") as store:
        add(store, [of_runner("Kit")], now=NOON)
        assert restore_diary(store, path).new >= 2


def test_a_diary_without_a_plan_takes_any_archive(tmp_path: Path) -> None:
    """Where no plan says whose diary it is, or its plan was taken back, an archive comes in."""
    path = archived(tmp_path / "vera.zip", of_runner("Vera"))
    with open_store("memory:") as store:
        add(store, [of_runner("Kit")], now=NOON)
        take_back(store, now=NOON, date=TODAY)
        assert restore_diary(store, path).new == 1


def test_an_archive_is_open_files(archive: Path) -> None:
    """It holds every line, a table for each kind in force, plans as documents, and says what is what."""
    with zipfile.ZipFile(archive) as held:
        names = held.namelist()
        assert names == ["README.txt", "entries.jsonl", "tables/run-done.csv", "tables/check-in.csv",
                         "tables/plan-accepted.csv", "tables/rpe.csv",
                         next(n for n in names if n.startswith("plans/2026-12-01-")), "manifest.json"]
        assert held.read("entries.jsonl").count(b"\n") == 16
        assert held.read("tables/run-done.csv").count(b"\n") == 9
        assert json.loads(held.read("manifest.json"))["format"] == "midstance-diary/1"
        assert all(info.external_attr >> 16 == 0o600 for info in held.infolist())
    assert archive.stat().st_mode & 0o077 == 0


def test_the_good_lines_of_a_damaged_archive_are_kept(archive: Path) -> None:
    """A changed line and a line of nonsense are named, and the rest is restored."""
    broken = rewritten(archive, lambda data: data.replace(b'"distance_km":8,', b'"distance_km":9,', 1) + b"nonsense\n")
    with open_store("memory:") as store:
        done = restore_diary(store, broken)
        assert (done.new, len(done.faults)) == (15, 2)
        assert [fault.place for fault in done.faults] == ["entries.jsonl, line 1", "entries.jsonl, line 17"]
    assert len(examine_archive(broken)) == 2


def test_a_line_that_is_missing_is_noticed(archive: Path) -> None:
    """Lines taken out leave the checksum wrong, which is said."""
    shorter = rewritten(archive, lambda data: data.split(b"\n", 1)[1])
    with open_store("memory:") as store:
        done = restore_diary(store, shorter)
        assert (done.new, [fault.says.split()[1] for fault in done.faults]) == (15, ["checksum"])
    assert examine_archive(archive) == ()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_archive_is_refused_in_words(archive: Path, share: float, tmp_path: Path) -> None:
    """An archive without its end adds nothing and is named."""
    data = archive.read_bytes()
    (tmp_path / "cut.zip").write_bytes(data[:int(share * len(data))])
    with open_store("memory:") as store:
        with pytest.raises(InputError, match="no whole archive of a diary"):
            restore_diary(store, tmp_path / "cut.zip")
        assert store.count() == 0
    assert len(examine_archive(tmp_path / "cut.zip")) == 1


@pytest.mark.parametrize("where", range(0, 2400, 150))
def test_flipped_bytes_never_crash(archive: Path, tmp_path: Path, where: int) -> None:
    """A byte changed anywhere is borne: everything, the good part with a fault, or a refusal."""
    data = bytearray(archive.read_bytes())
    data[where % len(data)] ^= 0xFF
    (tmp_path / "flipped.zip").write_bytes(data)
    with open_store("memory:") as store:
        try:
            done = restore_diary(store, tmp_path / "flipped.zip")
        except InputError:
            assert store.count() == 0
        else:
            assert done.new == 16 or done.faults


@pytest.mark.parametrize(("manifest", "words"), [
    (b'{"format": "midstance-diary/2"}', "newer midstance"), (b'{"format": "photos/1"}', "no archive of a diary"),
    (b"[]", "no archive of a diary"), (b"{", "cannot be read")])
def test_other_archives_are_refused_in_words(archive: Path, manifest: bytes, words: str) -> None:
    """A newer format, another program's archive and a broken manifest add nothing."""
    other = rewritten(archive, lambda _: manifest, "manifest.json")
    with open_store("memory:") as store, pytest.raises(InputError, match=words):
        restore_diary(store, other)


def test_no_file_and_no_room_are_told(tmp_path: Path) -> None:
    """A missing archive and a folder that is not there are faults, and no half file is left."""
    with open_store("memory:") as store, pytest.raises(InputError, match="No such file"):
        restore_diary(store, tmp_path / "nothing.zip")
    with pytest.raises(InputError, match="cannot be written"):
        export_diary(a_full_diary(), tmp_path / "nowhere" / "out.zip", version="1")
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="cannot be written"):
        export_diary(a_full_diary(), tmp_path / "folder", version="1")
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]


def test_a_bomb_is_refused(archive: Path) -> None:
    """An archive whose entries unpack to one endless line is refused."""
    bomb = rewritten(archive, lambda data: data + b"x" * (17 << 20))
    with open_store("memory:") as store, pytest.raises(InputError, match="larger than a diary can be"):
        restore_diary(store, bomb)


def test_backups_are_kept_by_date_and_the_oldest_dropped(tmp_path: Path) -> None:
    """One backup a date, the newest first, no more than wanted; other files are left alone."""
    folder = tmp_path / "kept" / "backups"
    with open_store("memory:") as store:
        for day in (0, 1, 2, 2, 3):
            add(store, sets(1, day=day), now=NOON)
            back_up(store, folder, date=TODAY + day * DAY, version="1", keep=3)
            (folder / "mine.txt").touch()
    dates = [dt.date.fromisoformat(path.stem.removeprefix("diary-")) for path in backups(folder)]
    assert dates == [TODAY + day * DAY for day in (3, 2, 1)]
    assert (folder / "mine.txt").exists()
    with open_store("memory:") as store:
        assert restore_diary(store, backups(folder)[0]).new == 4
