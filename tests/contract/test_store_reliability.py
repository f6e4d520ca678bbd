"""Bad moments: programs that are killed, two that write at once, full disks, files that are read-only or damaged."""

from __future__ import annotations

import collections
import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builders_diary import DAY, NOON, TODAY, Place, a_row, a_run_done, an_origin, sets
from midstance.domain.diary import SetDone
from midstance.domain.entry import run_entry
from midstance.formats._format import InputError
from midstance.services.diary import add, current, open_store, read_row
from midstance.store.sqlite import open_sqlite
from midstance.store.store import Store, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

KILLS = int(os.environ.get("MIDSTANCE_KILLS", "12"))
WRITER = Path(__file__).parents[1] / "diary_writer.py"
ENDLESS = 1_000_000
LONGEST_S = 60
NOBODY = 65534


def writer(place: str, name: str, batches: int = ENDLESS, limit: int = 0) -> subprocess.Popen[str]:
    """Start a program that writes into a diary."""
    return subprocess.Popen([sys.executable, str(WRITER), place, name, str(batches), str(limit)],
                            stdout=subprocess.PIPE, text=True)


def told(program: subprocess.Popen[str]) -> list[str]:
    """What a program that has ended said, without a line that its end cut off."""
    assert program.stdout is not None
    with program.stdout as out:
        return [line.strip() for line in out.read().splitlines(keepends=True) if line.endswith("\n")]


def check_whole(store: Store, kept: set[str], *, after: int = 0) -> int:
    """Every batch written after a place is whole, every kept one is there, nothing is damaged. Gives the last place."""
    sizes: dict[str, float] = {}
    found: collections.Counter[str] = collections.Counter()
    last = after
    for row in store.rows():
        if row.seq > after:
            what = read_row(row, store.address).what
            assert isinstance(what, SetDone)
            sizes[what.exercise] = what.amount
            found[what.exercise] += 1
            last = row.seq
    assert {name: count for name, count in found.items() if count != sizes[name]} == {}
    assert kept - set(found) == set()
    assert store.check() == ()
    return last


def test_a_kill_loses_nothing_that_was_kept(lasting: Place) -> None:
    """Killed at random moments, also while opening, a writer leaves every acknowledged batch and no half one."""
    moments = random.Random(7)
    acknowledged, last = 0, 0
    for number in range(KILLS):
        program = writer(lasting.address, f"w{number}")
        if number % 4:
            assert program.stdout is not None
            assert program.stdout.readline() == "ready\n"
            time.sleep(moments.uniform(0, 0.05))
        else:
            time.sleep(moments.uniform(0.05, 0.4))
        program.kill()
        program.wait(LONGEST_S)
        kept = set(told(program)) - {"ready"}
        acknowledged += len(kept)
        with lasting.open() as store:
            last = check_whole(store, kept, after=last)
    assert acknowledged > KILLS


def test_two_programs_write_at_once_without_loss(lasting: Place) -> None:
    """Two writers end with all batches of both in the diary, each once."""
    with lasting.open():
        pass
    programs = [writer(lasting.address, name, 120) for name in ("left", "right")]
    kept = set()
    for program in programs:
        lines = told(program)
        assert program.wait(LONGEST_S) == 0
        assert len(lines) == 121, lines[-1]
        kept |= set(lines) - {"ready"}
    with lasting.open() as store:
        check_whole(store, kept)
        seqs = [row.seq for row in store.rows()]
    assert seqs == sorted(set(seqs))


def test_two_programs_make_the_diary_at_once(lasting: Place) -> None:
    """Programs that both find no diary agree on one, and nothing is left over beside it."""
    programs = [writer(lasting.address, f"maker{k}", 3) for k in range(4)]
    lines = [told(program) for program in programs]
    assert [len(said) for said in lines] == [4] * 4, lines
    assert [program.wait(LONGEST_S) for program in programs] == [0] * 4
    with lasting.open() as store:
        check_whole(store, {name for said in lines for name in said} - {"ready"})
    if lasting.kind == "sqlite":
        assert [p.name for p in Path(lasting.address).parent.iterdir()] == ["diary.db"]


def test_a_writer_waits_and_then_says_why(lasting: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program is in the middle of writing, adding waits, and says in words that it could not."""
    monkeypatch.setattr("midstance.store.sqlite.BUSY_S", 0.2)
    with contextlib.suppress(ImportError):
        monkeypatch.setattr("midstance.store.postgresql.WAIT", "200ms")
    with lasting.open() as first, lasting.open() as second:
        def rows() -> Iterator[object]:
            yield a_row("a")
            with pytest.raises(StoreError, match="another program has been writing"):
                second.append([a_row("b")])

        assert first.append(rows()) == 1  # type: ignore[arg-type]
        assert second.append([a_row("b")]) == 1
        assert first.count() == 2


def test_a_full_disk_is_a_clear_error(tmp_path: Path) -> None:
    """A writer that may not make files larger than 300 kB is refused in words; what it was told is kept, is kept."""
    place = str(tmp_path / "diary.db")
    program = writer(place, "full", limit=300_000)
    lines = told(program)
    assert program.wait(LONGEST_S) == 0
    assert lines[-1].startswith(f"refused: {place}: it cannot ")
    assert "make room" in lines[-1]
    assert len(lines) > 5
    with open_store(place) as store:
        check_whole(store, set(lines[1:-1]))
        assert add(store, sets(3), now=NOON).new == 3


@contextlib.contextmanager
def somebody_else() -> Iterator[None]:
    """Act as an account without rights where we are root, whom no file mode stops."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder that other accounts may enter."""
    folder = Path(tempfile.mkdtemp(prefix="midstance-"))
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o777)
    shutil.rmtree(folder)


def test_a_read_only_file_can_be_read_and_says_that_it_cannot_be_written(shelf: Path) -> None:
    """A diary whose file is read-only is read as ever; adding to it is refused in words."""
    file = shelf / "diary.db"
    with open_store(file) as store:
        add(store, sets(2), now=NOON)
    file.chmod(0o444)
    with somebody_else(), open_store(file) as store:
        assert len(current(store)) == 2
        with pytest.raises(InputError, match="cannot be written, only read; nothing was added - allow writing"):
            add(store, sets(3), now=NOON)
    with open_store(file) as store:
        assert len(current(store)) == 2


def test_a_folder_without_rights_is_a_clear_error(shelf: Path) -> None:
    """Neither a new diary nor an old one in a folder that may not be written ends in anything but words."""
    with open_store(shelf / "diary.db") as store:
        add(store, sets(2), now=NOON)
    shelf.chmod(0o555)
    with somebody_else():
        with pytest.raises(InputError, match=r"cannot be made .* in a folder that may be written"):
            open_store(shelf / "new.db")
        with pytest.raises(InputError, match=r"cannot be (opened|written)"), open_store(shelf / "diary.db") as store:
            add(store, sets(3), now=NOON)
    shelf.chmod(0o777)
    assert sorted(p.name for p in shelf.iterdir()) == ["diary.db"]


def test_other_files_are_not_taken_for_diaries(tmp_path: Path) -> None:
    """A text, the database of another program and a folder are refused in words and left as they are."""
    (tmp_path / "text").write_text("dear diary " * 1000)
    with contextlib.closing(sqlite3.connect(tmp_path / "other")) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    (tmp_path / "folder").mkdir()
    for name, words in (("text", "no diary"), ("other", "another program"), ("folder", "a folder")):
        before = (tmp_path / name).read_bytes() if name != "folder" else b""
        with pytest.raises(InputError, match=words):
            open_store(tmp_path / name)
        assert before == ((tmp_path / name).read_bytes() if name != "folder" else b"")
    with pytest.raises(InputError, match="no such kind of diary"):
        open_store("mysql://host/diary")


def test_an_empty_file_becomes_a_diary(tmp_path: Path) -> None:
    """A file of no bytes, as an interrupted copy leaves it, is used as a new diary."""
    (tmp_path / "diary.db").touch()
    with open_store(tmp_path / "diary.db") as store:
        assert add(store, sets(2), now=NOON).new == 2


def test_a_diary_is_for_its_owner_only(tmp_path: Path) -> None:
    """The file and the folder that midstance makes cannot be read by others."""
    with open_store(tmp_path / "new" / "diary.db") as store:
        add(store, sets(2), now=NOON)
        modes = {p.name: p.stat().st_mode & 0o077 for p in (tmp_path / "new").iterdir()}
    assert set(modes.values()) == {0}, modes
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("seed", range(6))
def test_damage_is_reported_and_never_a_crash(tmp_path: Path, seed: int) -> None:
    """A diary with damaged pages is refused or reported in words, and what is read of it is what was written."""
    file, chance = tmp_path / "diary.db", random.Random(seed)
    with open_store(file) as store:
        written = [run_entry(a_run_done(day), an_origin()) for day in range(150)]
        add(store, written, now=NOON)
    data = bytearray(file.read_bytes())
    for _ in range(4):
        start = chance.randrange(4096, len(data) - 600)
        data[start:start + 600] = chance.randbytes(600)
    file.write_bytes(data)
    said: tuple[str, ...] = ()
    try:
        with open_store(file) as store:
            said = store.check()
            assert set(current(store)) <= set(written)
    except InputError as error:
        said = (*said, str(error))
    assert any("damaged" in line or "no entry of a diary" in line for line in said)


def test_a_lost_server_is_a_clear_error(schema: str) -> None:
    """A server that cannot be reached, a wrong database and a cut connection each end in words without a password."""
    with pytest.raises(InputError, match="cannot be reached"):
        open_store("postgresql://ana:secret@/diary?host=/nowhere")
    with pytest.raises(InputError) as error:
        open_store(schema.replace("/postgres?", "/nothere?") + "&password=secret")
    assert "secret" not in str(error.value)
    with open_store(schema) as store, open_store(schema) as other:
        store.append([a_row("a")])
        with pytest.raises(Exception, match="terminating connection"):
            store._connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")  # type: ignore[attr-defined]
        with pytest.raises(StoreError, match="connection"):
            store.append([a_row("b")])
        assert [row.id for row in other.rows()] == ["entry-a"]


def test_a_read_only_server_is_a_clear_error(schema: str) -> None:
    """A database that may only be read is read, and adding is refused in words."""
    with open_store(schema) as store:
        store.append([a_row("a")])
    with open_store(schema.replace("search_path", "default_transaction_read_only%3Don%20-csearch_path")) as store:
        assert store.count() == 1
        with pytest.raises(InputError, match="only read"):
            add(store, sets(1), now=NOON)


def test_a_long_plan_takes_little_room(tmp_path: Path) -> None:
    """Long bodies are packed in the file and come back letter by letter."""
    body = "".join(f'{{"date": "{TODAY + k * DAY}", "runs": [], "sessions": []}}, ' for k in range(5000))
    with open_sqlite(tmp_path / "diary.db") as store:
        store.append([a_row(f"{k}", body=body) for k in range(10)])
        assert {row.body for row in store.rows()} == {body}
        assert store.size() < 10 * len(body) / 5
