"""A store in an SQL database: the statements are the same for all, what differs is a ``Dialect``.

There is one table and a dozen statements, so they are written out here (docs/decisions/0007-own-sql.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self

from midstance.store.store import LEAST_PREFIX, Row, StoreError

COLUMNS = "seq, id, date, kind, batch, steers, body"
INSERT = ("INSERT INTO diary_entry (id, date, kind, batch, steers, body) VALUES (?, ?, ?, ?, ?, ?) "
          "ON CONFLICT (id) DO NOTHING")
SELECT = f"SELECT {COLUMNS} FROM diary_entry WHERE {{where}} ORDER BY seq"
NAMED = ("SELECT id FROM diary_entry WHERE substr(id, 1, ?) = ? UNION "
         "SELECT batch FROM diary_entry WHERE substr(batch, 1, ?) = ? LIMIT 3")
BATCHES = "SELECT batch FROM diary_entry GROUP BY batch ORDER BY max(seq) DESC"
IDS_AT_ONCE = 500


class Cursor(Protocol):
    """What both drivers' cursors can do."""

    @property
    def rowcount(self) -> int:
        """Rows that the last statement changed."""

    def fetchone(self) -> Any:
        """Give the next row, or None."""

    def __iter__(self) -> Iterator[Any]:
        """Go through the rows."""


class Connection(Protocol):
    """What both drivers' connections can do; outside of BEGIN and COMMIT each statement stands alone."""

    def execute(self, sql: Any, values: Any = ..., /) -> Cursor:
        """Run one statement."""

    def cursor(self) -> Any:
        """Open a cursor."""

    def close(self) -> None:
        """Let go of the database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What differs between databases.

    Attributes:
        mark: Placeholder of a value.
        begin: Statements that begin a writing transaction and wait for the other writers.
        version: Query for the version of the layout.
        size: Query for the room taken [bytes].
        pack: Turns a body into what the column holds, ``unpack`` back.
        check: Lists damage in words.
        errors: The driver's exceptions.
        explain: Turns one of them into words and a remedy; it never repeats what a row holds.
    """

    mark: str
    begin: tuple[str, ...]
    version: str
    size: str
    pack: Callable[[str], str | bytes]
    unpack: Callable[[Any], str]
    check: Callable[[Connection], tuple[str, ...]]
    errors: tuple[type[Exception], ...]
    explain: Callable[[Exception], tuple[str, str]]


class SqlStore:
    """A diary in an SQL database; ``sqlite`` and ``postgresql`` open one."""

    def __init__(self, connection: Connection, dialect: Dialect, address: str) -> None:
        self.address = address
        self._connection = connection
        self._dialect = dialect

    def append(self, rows: Iterable[Row]) -> int:
        """Add rows, all or none."""
        values = ((row.id, row.date.isoformat(), row.kind, row.batch, int(row.steers), self._dialect.pack(row.body))
                  for row in rows)
        with self._told(), writing(self._connection, self._dialect.begin):
            cursor = self._connection.cursor()
            cursor.executemany(self._sql(INSERT), values)
            return max(0, int(cursor.rowcount))

    def rows(
        self, *, since: dt.date | None = None, until: dt.date | None = None, kinds: Collection[str] = (),
        of: str = "", steering: bool = False,
    ) -> Iterator[Row]:
        """Find rows, in the order of writing."""
        parts: list[tuple[str, Sequence[str]]] = [
            ("date >= ?", [since.isoformat()] if since else []), ("date <= ?", [until.isoformat()] if until else []),
            (f"kind IN ({_marks(kinds)})", sorted(kinds)), ("(id = ? OR batch = ?)", [of, of] if of else [])]
        wanted = [(text, values) for text, values in parts if values]
        where = " AND ".join(text for text, _ in wanted) or "1 = 1"
        values = [value for _, given in wanted for value in given]
        with self._told():
            found = self._run(SELECT.format(where=f"steers = 1 OR ({where})" if steering else where), values)
            for seq, key, date, kind, group, steers, body in found:
                yield Row(seq=seq, id=key, date=self._date(date), kind=kind, batch=group, steers=bool(steers),
                          body=self._dialect.unpack(body))

    def known(self, ids: Collection[str]) -> frozenset[str]:
        """Tell which of these ids the store holds."""
        asked = list(ids)
        found: set[str] = set()
        with self._told():
            for start in range(0, len(asked), IDS_AT_ONCE):
                part = asked[start:start + IDS_AT_ONCE]
                found.update(key for key, in self._run(
                    f"SELECT id FROM diary_entry WHERE id IN ({_marks(part)})", part))
        return frozenset(found)

    def named(self, prefix: str) -> tuple[str, ...]:
        """List at most three ids of entries or batches that begin with ``prefix``, of 4 letters or more."""
        if len(prefix) < LEAST_PREFIX:
            return ()
        with self._told():
            return tuple(sorted(key for key, in self._run(NAMED, [len(prefix), prefix] * 2)))

    def batches(self) -> Iterator[str]:
        """List the batches, the one written to last first."""
        with self._told():
            yield from (batch for batch, in self._run(BATCHES))

    def count(self) -> int:
        """Count the rows."""
        return self._number("SELECT count(*) FROM diary_entry")

    def version(self) -> int:
        """Tell the version of the store's layout."""
        return self._number(self._dialect.version)

    def size(self) -> int:
        """Tell how much room the store takes [bytes]."""
        return self._number(self._dialect.size)

    def check(self) -> tuple[str, ...]:
        """List what is damaged, in words; empty when all is well."""
        try:
            return self._dialect.check(self._connection)
        except self._dialect.errors as error:
            return (self._dialect.explain(error)[0],)

    def close(self) -> None:
        """Let go of the database."""
        with self._told():
            self._connection.close()

    def __enter__(self) -> Self:
        """Use the store in a ``with`` statement."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        self.close()

    def _sql(self, text: str) -> str:
        return text.replace("?", self._dialect.mark)

    def _run(self, text: str, values: Sequence[Any] = ()) -> Cursor:
        return self._connection.execute(self._sql(text), values)

    def _number(self, query: str) -> int:
        with self._told():
            return int(self._run(query).fetchone()[0])

    def _date(self, text: str) -> dt.date:
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise StoreError(self.address, "it is damaged: a date is none", "restore a backup or an export") from None

    @contextmanager
    def _told(self) -> Iterator[None]:
        with told(self._dialect, self.address):
            yield


@contextmanager
def told(dialect: Dialect, address: str) -> Iterator[None]:
    """Turn a driver's exceptions into words.

    Raises: StoreError: In place of any of them; the driver's own text is dropped, for it may quote a row.
    """
    try:
        yield
    except dialect.errors as error:
        raise StoreError(address, *dialect.explain(error)) from None


@contextmanager
def writing(connection: Connection, begin: tuple[str, ...]) -> Iterator[None]:
    """Write as one: everything is kept when the block ends, nothing when it fails."""
    try:
        for statement in begin:
            connection.execute(statement)
        yield
        connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise


def roll_back(connection: Connection) -> None:
    """Leave a transaction, also one that the database has left already."""
    try:
        connection.execute("ROLLBACK")
    except Exception:  # the first error is the one to be told
        return


def load_migrations(name: str) -> tuple[str, ...]:
    """Load the scripts that bring a layout from each version to the next, the first from nothing to version 1.

    Args:
        name: Folder of the dialect.
    """
    files = sorted((Path(__file__).parent / "migrations" / name).glob("*.sql"))
    return tuple(file.read_text("utf-8") for file in files)


def refuse_newer(address: str, version: int, newest: int) -> None:
    """Refuse a layout that only a later midstance understands.

    Raises: StoreError: It is newer than what this program knows; it was left as it is.
    """
    if version > newest:
        raise StoreError(
            address, f"it was written by a newer midstance (diary version {version}; this one reads up to {newest}); "
            "nothing was changed", "install the newer midstance, or name another diary")


def _marks(values: Collection[str]) -> str:
    return ", ".join("?" * len(values))
