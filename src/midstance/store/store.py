"""What a store is: rows are added, found and counted, never changed and never removed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

LEAST_PREFIX = 4
"""Letters of an id that a person must at least give; midstance default."""


class StoreError(Exception):
    """A store that cannot be used, in words; it never quotes what a row holds.

    Attributes:
        address: The store, as a person knows it, without a password.
        says: What is wrong.
        remedy: What would help.
    """

    def __init__(self, address: str, says: str, remedy: str = "") -> None:
        super().__init__(f"{address}: {says}" + (f" - {remedy}" if remedy else ""))
        self.address = address
        self.says = says
        self.remedy = remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An entry as it is kept.

    Attributes:
        id: The entry's id.
        date: Its local date.
        kind: What it tells of.
        batch: Id of the import or command that wrote it.
        steers: Whether it changes which other entries are in force.
        body: The whole entry as one line of JSON; not shown when a row is printed.
        seq: Place in the order of writing, given by the store; 0 before.
    """

    id: str
    date: dt.date
    kind: str
    batch: str
    steers: bool
    body: str = field(repr=False)
    seq: int = 0


class Store(Protocol):
    """A diary's rows in the order of writing; one writer at a time, others wait for some seconds."""

    @property
    def address(self) -> str:
        """The store, as a person knows it, without a password."""

    def append(self, rows: Iterable[Row]) -> int:
        """Add rows, all or none; a row whose id is there already changes nothing.

        Returns: How many were new. When it returns, they are kept: the end of the program cannot lose them.
        Raises: StoreError: Nothing was added, and why.
        """

    def rows(
        self, *, since: dt.date | None = None, until: dt.date | None = None, kinds: Collection[str] = (),
        of: str = "", steering: bool = False,
    ) -> Iterator[Row]:
        """Find rows, as they are at one moment, in the order of writing.

        Args:
            since: First date, or None.
            until: Last date, included, or None.
            kinds: Kinds wanted; empty for all.
            of: Id of the entry or batch wanted; empty for all.
            steering: Give every row that steers as well, wanted or not.
        """

    def known(self, ids: Collection[str]) -> frozenset[str]:
        """Tell which of these ids the store holds."""

    def named(self, prefix: str) -> tuple[str, ...]:
        """List at most three ids of entries or batches that begin with ``prefix``, of 4 letters or more."""

    def batches(self) -> Iterator[str]:
        """List the batches, the one written to last first."""

    def count(self) -> int:
        """Count the rows."""

    def version(self) -> int:
        """Tell the version of the store's layout."""

    def size(self) -> int:
        """Tell how much room the store takes [bytes]."""

    def check(self) -> tuple[str, ...]:
        """List what is damaged, in words; empty when all is well."""

    def close(self) -> None:
        """Let go of the store; it may not be used afterwards."""

    def __enter__(self) -> Self:
        """Use the store in a ``with`` statement, which closes it."""

    def __exit__(self, *_: object) -> None:
        """Close the store."""


class MemoryStore:
    """A diary that lives as long as the program: for tests and for trying things out."""

    address = "memory"

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}

    def append(self, rows: Iterable[Row]) -> int:
        """Add rows, all or none."""
        new: dict[str, Row] = {}
        for row in rows:
            if row.id not in self._rows and row.id not in new:
                new[row.id] = replace(row, seq=len(self._rows) + len(new) + 1)
        self._rows |= new
        return len(new)

    def rows(
        self, *, since: dt.date | None = None, until: dt.date | None = None, kinds: Collection[str] = (),
        of: str = "", steering: bool = False,
    ) -> Iterator[Row]:
        """Find rows, in the order of writing."""
        for row in tuple(self._rows.values()):
            dated = (since is None or since <= row.date) and (until is None or row.date <= until)
            wanted = dated and (not kinds or row.kind in kinds) and of in ("", row.id, row.batch)
            if wanted or (steering and row.steers):
                yield row

    def known(self, ids: Collection[str]) -> frozenset[str]:
        """Tell which of these ids the store holds."""
        return frozenset(key for key in ids if key in self._rows)

    def named(self, prefix: str) -> tuple[str, ...]:
        """List at most three ids of entries or batches that begin with ``prefix``, of 4 letters or more."""
        if len(prefix) < LEAST_PREFIX:
            return ()
        keys = {key for row in self._rows.values() for key in (row.id, row.batch) if key.startswith(prefix)}
        return tuple(sorted(keys)[:3])

    def batches(self) -> Iterator[str]:
        """List the batches, the one written to last first."""
        return iter(dict.fromkeys(row.batch for row in reversed(self._rows.values())))

    def count(self) -> int:
        """Count the rows."""
        return len(self._rows)

    def version(self) -> int:
        """Tell the version of the store's layout; memory has but one."""
        return 1

    def size(self) -> int:
        """Tell how much room the bodies take [bytes]."""
        return sum(len(row.body) for row in self._rows.values())

    def check(self) -> tuple[str, ...]:
        """List what is damaged: in memory, nothing."""
        return ()

    def close(self) -> None:
        """Let go of the store."""

    def __enter__(self) -> Self:
        """Use the store in a ``with`` statement."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        self.close()
