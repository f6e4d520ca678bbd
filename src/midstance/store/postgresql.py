"""The diary in a PostgreSQL database, by its address; psycopg is needed (extra ``postgres``).

The tables lie in the first schema of the search path, so one database holds several diaries in a schema each.
Backups are the server's matter, beside ``midstance export``.
"""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlsplit

import psycopg

from midstance.store._sql import Connection, Dialect, SqlStore, load_migrations, refuse_newer, roll_back, told, writing
from midstance.store.store import StoreError

LOCK = 0x6D647374
"""Number of the lock that lets one writer in at a time, so that the order of writing is the order of keeping."""
WAIT = "5s"
CONNECT_S = 10
REMEDIES = {
    "55P03": ("another program has been writing to it for more than 5 seconds", "try again"),
    "25006": ("it cannot be written, only read; nothing was added", ""),
    "42501": ("this account may not do that; nothing was added", "grant it the right to create and to insert"),
    "53": ("the server is out of room or of connections; nothing was added", "make room on the server"),
    "28": ("the server refuses this account or its password", "look at the address"),
    "3D": ("there is no such database", "create it, or look at the address"),
    "3F": ("there is no such schema", "create it, or look at the search path"),
    "08": ("the connection to the server was lost", "try again"),
    "57": ("the server ended the connection", "try again"),
    "XX": ("the server reports damage", "restore a backup or an export"),
}


def open_postgresql(url: str, *, migrations: tuple[str, ...] | None = None) -> SqlStore:
    """Open a diary in a database; make its tables where there are none, bring them up to date where they are older.

    Args:
        url: ``postgresql://user@host/database``; further options as libpq knows them.
        migrations: Scripts from each version to the next, those of this program by default.
    Raises: StoreError: It cannot be used; whatever was there is as it was.
    """
    scripts = load_migrations("postgresql") if migrations is None else migrations
    address = shown_address(url)
    with told(DIALECT, address):
        connection = psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_S, client_encoding="utf8")
        try:
            connection.execute(f"SET lock_timeout = '{WAIT}'")
            _update(cast("Connection", connection), address, scripts)
        except BaseException:
            connection.close()
            raise
    return SqlStore(cast("Connection", connection), DIALECT, address)


def shown_address(url: str) -> str:
    """Give an address as it may be shown: without password and options.

    >>> shown_address("postgresql://ana:secret@db.example/diary?sslmode=require")
    'postgresql://ana@db.example/diary'
    """
    try:
        parts = urlsplit(url)
        user = f"{parts.username}@" if parts.username else ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "postgresql://"
    return f"postgresql://{user}{parts.hostname or ''}{port}{parts.path}"


def _update(connection: Connection, address: str, scripts: tuple[str, ...]) -> None:
    """Bring the tables up to date: first in a transaction that is taken back, then for real."""
    version = _version(connection)
    refuse_newer(address, version, len(scripts))
    if version == len(scripts):
        return
    if version:
        _rehearse(connection, address, scripts)
    with writing(connection, DIALECT.begin):
        _apply(connection, scripts)


def _version(connection: Connection) -> int:
    if connection.execute("SELECT to_regclass('diary_version')").fetchone()[0] is None:
        return 0
    return int(connection.execute("SELECT max(number) FROM diary_version").fetchone()[0] or 0)


def _rehearse(connection: Connection, address: str, scripts: tuple[str, ...]) -> None:
    counted = "SELECT count(*) FROM diary_entry"
    version = _version(connection)
    try:
        for statement in DIALECT.begin:
            connection.execute(statement)
        before = connection.execute(counted).fetchone()
        _apply(connection, scripts)
        lost = connection.execute(counted).fetchone() != before
        why = "entries would be lost"
    except DIALECT.errors as error:
        lost, why = True, DIALECT.explain(error)[0]
    finally:
        roll_back(connection)
    if lost:
        raise StoreError(
            address, f"it could not be brought from version {version} to {len(scripts)} ({why}); it was only tried, "
            "the diary is as it was", "use the midstance that wrote it, and report this")


def _apply(connection: Connection, scripts: tuple[str, ...]) -> None:
    connection.execute("CREATE TABLE IF NOT EXISTS diary_version (number INTEGER NOT NULL PRIMARY KEY)")
    version = _version(connection)
    for number, script in enumerate(scripts[version:], start=version + 1):
        connection.execute(script)
        connection.execute(f"INSERT INTO diary_version (number) VALUES ({number})")


def _as_it_is(body: Any) -> str:
    return str(body)


def _damage(connection: Connection) -> tuple[str, ...]:
    """Read every row once; the server says what it cannot read."""
    connection.execute("SELECT count(*), sum(length(body)) FROM diary_entry").fetchone()
    return ()


def _explain(error: Exception) -> tuple[str, str]:
    state = getattr(error, "sqlstate", None)
    if state is None:
        return "the server cannot be reached, or the connection was lost", "is it running, and is the address right?"
    for beginning, words in REMEDIES.items():
        if state.startswith(beginning):
            return words
    return f"PostgreSQL refuses it (state {state})", ""


DIALECT = Dialect(
    mark="%s", begin=("BEGIN", f"SELECT pg_advisory_xact_lock({LOCK})"),
    version="SELECT max(number) FROM diary_version", size="SELECT pg_total_relation_size('diary_entry')",
    pack=_as_it_is, unpack=_as_it_is, check=_damage, errors=(psycopg.Error,), explain=_explain)
