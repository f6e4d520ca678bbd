"""The diary as one SQLite file: opened, created and brought up to date.

The file is in WAL mode, so a reader never waits and a program that is killed loses nothing it was told is kept. With
``synchronous=NORMAL`` a power failure may lose the last entries; it never damages the file.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import zlib
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from midstance.store._sql import Connection, Dialect, SqlStore, load_migrations, refuse_newer, told, writing
from midstance.store.store import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

APPLICATION = int.from_bytes(b"mdst", "big")
LEAST_SQLITE = (3, 37)
"""First version with STRICT tables."""
BUSY_S = 5
PACK_FROM = 4096
"""Bodies from this length on are deflated [characters]: plans, to an eighth."""
MOST_BODY_BYTES = 64 << 20
SIDES = ("-wal", "-shm", "-journal")
COUNT = "SELECT count(*) FROM diary_entry"
REMEDIES = {
    "SQLITE_BUSY": ("another program has been writing to it for more than 5 seconds", "try again"),
    "SQLITE_LOCKED": ("another program has been writing to it for more than 5 seconds", "try again"),
    "SQLITE_READONLY": ("it cannot be written, only read; nothing was added", "allow writing to the file and its "
                        "folder, or name another diary"),
    "SQLITE_FULL": ("it cannot grow: the disk is full, or a limit is reached; nothing was added", "make room"),
    "SQLITE_IOERR": ("it cannot be read or written; the disk may be full or failing; nothing was added",
                     "make room, and look at the disk"),
    "SQLITE_CANTOPEN": ("it cannot be opened", "its folder must be there and must be writable"),
    "SQLITE_CORRUPT": ("it is damaged", "keep the file, and restore a backup or an export"),
    "SQLITE_NOTADB": ("it is no diary: not even an SQLite file, or a damaged one", "name another file, or restore"),
    "SQLITE_TOOBIG": ("an entry is too large; nothing was added", ""),
}


class DamagedError(sqlite3.DatabaseError):
    """What SQLite holds is not what was put into it."""

    sqlite_errorname = "SQLITE_CORRUPT"


def open_sqlite(path: Path, *, migrations: tuple[str, ...] | None = None) -> SqlStore:
    """Open a diary file; make it where there is none, bring it up to date where it is older.

    Args:
        path: The file.
        migrations: Scripts from each version to the next, those of this program by default.
    Raises: StoreError: It cannot be used; whatever was there is as it was.
    """
    scripts = load_migrations("sqlite") if migrations is None else migrations
    address = str(path)
    if sqlite3.sqlite_version_info < LEAST_SQLITE:
        raise StoreError(address, f"SQLite {sqlite3.sqlite_version} is too old", "version 3.37 or later is needed")
    with told(DIALECT, address):
        if not path.exists():
            _create(path, scripts)
        connection = _connect(path)
        try:
            _refuse_foreign(connection, address)
            _update(connection, path, scripts)
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode = WAL")
        except BaseException:
            connection.close()
            raise
    return SqlStore(cast("Connection", connection), DIALECT, address)


def _connect(path: Path) -> sqlite3.Connection:
    if path.is_dir():
        raise StoreError(str(path), "it is a folder", "name a file in it")
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=BUSY_S)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _create(path: Path, scripts: tuple[str, ...]) -> None:
    """Make a diary beside its place and put it there whole: whoever comes first wins, and none is ever half made."""
    new = None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        os.close(handle)
        new = Path(name)
        with closing(_connect(new)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            with writing(cast("Connection", connection), DIALECT.begin):
                _apply(connection, scripts, 0)
        _put(new, path)
    except OSError as error:
        raise StoreError(str(path), f"it cannot be made ({error.strerror or error})",
                         "name a file in a folder that may be written") from None
    finally:
        if new is not None:
            _remove(new)


def _put(new: Path, path: Path) -> None:
    """Give a file its name unless another has it by now."""
    try:
        path.hardlink_to(new)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not path.exists():
            new.rename(path)


def _remove(path: Path) -> None:
    for side in ("", *SIDES):
        with suppress(OSError):
            path.with_name(path.name + side).unlink(missing_ok=True)


def _refuse_foreign(connection: sqlite3.Connection, address: str) -> None:
    empty = not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if not empty and connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        raise StoreError(address, "it is the database of another program", "name another file")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _update(connection: sqlite3.Connection, path: Path, scripts: tuple[str, ...]) -> None:
    """Bring an older layout up to date: first on a copy, then for real; a copy of the old file stays beside it."""
    refuse_newer(str(path), _version(connection), len(scripts))
    if _version(connection) == len(scripts):
        return
    with writing(cast("Connection", connection), DIALECT.begin):
        version = _version(connection)  # another program may have been faster
        if 0 < version < len(scripts):
            _rehearse(path, scripts, version)
        _apply(connection, scripts, version)


def _rehearse(path: Path, scripts: tuple[str, ...], version: int) -> None:
    """Try the scripts on a copy, then put an untouched copy beside the diary."""
    trial = path.with_name(f".{path.name}.trial-{os.getpid()}")
    try:
        with closing(_connect(path)) as source:
            _copy(source, trial)
            _try(trial, scripts, version)
            _remove(trial)
            _copy(source, trial)
        trial.replace(path.with_name(f"{path.stem}.version-{version}{path.suffix}"))
    except sqlite3.Error as error:
        raise StoreError(
            str(path), f"it could not be brought from version {version} to {len(scripts)} "
            f"({DIALECT.explain(error)[0]}); a copy was tried, the diary is as it was",
            "use the midstance that wrote it, and report this") from None
    finally:
        _remove(trial)


def _try(trial: Path, scripts: tuple[str, ...], version: int) -> None:
    with closing(_connect(trial)) as copy:
        before = copy.execute(COUNT).fetchone()
        with writing(cast("Connection", copy), DIALECT.begin):
            _apply(copy, scripts, version)
        if copy.execute(COUNT).fetchone() != before or _damage(copy):
            raise DamagedError


def _copy(connection: sqlite3.Connection, to: Path) -> None:
    to.touch(mode=0o600)
    with closing(sqlite3.connect(to)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def _apply(connection: sqlite3.Connection, scripts: tuple[str, ...], version: int) -> None:
    """Run the scripts from a version on, inside a transaction; SQLite undoes layouts as it undoes rows."""
    for number, script in enumerate(scripts[version:], start=version + 1):
        for statement in _statements(script):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")


def _statements(script: str) -> Iterator[str]:
    """Split a script; ``executescript`` would commit first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _pack(body: str) -> str | bytes:
    return body if len(body) < PACK_FROM else zlib.compress(body.encode(), 6)


def _unpack(body: str | bytes) -> str:
    if isinstance(body, str):
        return body
    try:
        return zlib.decompressobj().decompress(body, MOST_BODY_BYTES).decode()
    except (zlib.error, UnicodeDecodeError):
        raise DamagedError from None


def _damage(connection: Any) -> tuple[str, ...]:
    found = [str(line) for line, in connection.execute("PRAGMA integrity_check(20)")]
    return tuple(f"the file is damaged: {line}" for line in found if line != "ok")


def _explain(error: Exception) -> tuple[str, str]:
    misused = isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError)
    name = getattr(error, "sqlite_errorname", type(error).__name__ if misused else DamagedError.sqlite_errorname)
    for beginning, words in REMEDIES.items():
        if name.startswith(beginning):
            return words
    return f"SQLite refuses it ({name})", ""


DIALECT = Dialect(
    mark="?", begin=("BEGIN IMMEDIATE",), version="PRAGMA user_version", pack=_pack, unpack=_unpack, check=_damage,
    size="SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()", errors=(sqlite3.Error,),
    explain=_explain)
