"""The diary in use: open it, add to it, take something back, and ask what is in force.

Export and restore are in ``services.diary_archive``, its health in ``services.doctor``.
"""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from midstance.domain.diary import KIND_OF, ChangeProposed, Redone, Undone, What
from midstance.domain.entry import Entry, Origin, Standing, Via, batch_id, entry_of, standing
from midstance.formats._format import InputError, refusal
from midstance.formats.entry_json import parse_entry, render_entry
from midstance.store.store import MemoryStore, Row, StoreError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from midstance.store.store import Store

FILE_NAME = "diary.db"
MEMORY = "memory:"
TICK = dt.timedelta(microseconds=1)
NOT_TOLD = (Undone, ChangeProposed)
"""What is no word of the runner: a taking back, and what the program proposes by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding did: entries that were new, that came back after being taken back, and that were there already."""

    new: int
    again: int
    known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What was taken back: the id of the entry or batch, and what is no longer in force, in the order of writing."""

    target: str
    entries: tuple[Entry, ...]


def default_place(environment: Mapping[str, str], home: Path, *, windows: bool = False) -> str:
    """Say where the diary is when nobody says it.

    Args:
        environment: Variables of the environment.
        home: The user's home folder.
        windows: Whether this is Windows, which has a folder of its own for data.
    Returns: ``MIDSTANCE_DIARY``, else a file in the user's data folder (XDG base directories; a relative one is void).

    >>> default_place({"XDG_DATA_HOME": "data"}, Path("/home/ana"))
    '/home/ana/.local/share/midstance/diary.db'
    """
    if named := environment.get("MIDSTANCE_DIARY"):
        return named
    given = Path(environment.get("LOCALAPPDATA" if windows else "XDG_DATA_HOME", ""))
    usual = home / ("AppData/Local" if windows else ".local/share")
    return str((given if given.is_absolute() else usual) / "midstance" / FILE_NAME)


def open_store(place: str | Path) -> Store:
    """Open a diary; it is made where there is none.

    Args:
        place: A file, an address (``postgresql://``), or ``memory:``.
    Raises: InputError: It cannot be used, in words.
    """
    scheme, colon, rest = str(place).partition("://")
    with in_words():
        if str(place) == MEMORY:
            return MemoryStore()
        if colon and scheme in {"postgresql", "postgres"}:
            return _open_server(str(place))
        if colon and scheme != "sqlite":
            raise StoreError(f"{scheme}://", "there is no such kind of diary", "name a file or postgresql://...")
        from midstance.store.sqlite import open_sqlite  # noqa: PLC0415 - only what is asked for is loaded

        return open_sqlite(Path(rest.removeprefix("/") if colon else place))


def _open_server(url: str) -> Store:
    try:
        from midstance.store.postgresql import open_postgresql  # noqa: PLC0415
    except ImportError:
        raise StoreError("postgresql://", "PostgreSQL needs the package psycopg",
                         'install it: pip install "midstance[postgres]"') from None
    return open_postgresql(url)


@contextmanager
def in_words() -> Iterator[None]:
    """Turn a store's errors into faults, as all wrong input is told.

    Raises: InputError: In place of ``StoreError``.
    """
    try:
        yield
    except StoreError as error:
        raise refusal(error.address, error.says, error.remedy) from None


def row_of(entry: Entry) -> Row:
    """Make the row that keeps an entry."""
    return Row(id=entry.id, date=entry.date, kind=entry.kind, batch=entry.origin.batch, steers=entry.steers,
               body=render_entry(entry))


def read_row(row: Row, address: str) -> Entry:
    """Read an entry out of its row.

    Raises: InputError: The row holds none that this version knows.
    """
    entry, faults = parse_entry(row.body, address, f"entry {row.seq}", trusted=True)
    if entry is None:
        raise InputError(faults)
    return entry


def add(store: Store, entries: Iterable[Entry], *, now: dt.datetime) -> Added:
    """Add entries, all or none; the same entry twice is one, and one that was taken back is in force again.

    Args:
        store: The diary.
        entries: In the order in which they are to be written, usually of one batch.
        now: The moment, aware.
    Raises: InputError: Nothing was added, and why.
    """
    given = {entry.id: entry for entry in entries}
    with in_words():
        known = store.known(given)
        back = _undone(store, [given[key] for key in given if key in known])
        rows = [row_of(entry) for key, entry in given.items() if key not in known]
        if back:
            origin = next(iter(given.values())).origin
            rows.append(row_of(_fresh(store, Redone(of=back), now, now.astimezone(dt.UTC).date(), origin)))
        new = store.append(rows) - bool(back)
    return Added(new=new, again=len(back), known=len(given) - new - len(back))


def take_back(store: Store, target: str = "", *, now: dt.datetime, date: dt.date) -> TakenBack:
    """Take back an entry or a batch; taking back a taking back restores what it took.

    Args:
        store: The diary.
        target: Id of an entry or batch or its first letters; empty for the last thing told that is still in force.
        now: The moment, aware.
        date: The local date.
    Raises: InputError: There is nothing of that name, several begin so, or it was taken back already.
    """
    with in_words():
        key = _named(store, target) if target else _last(store)
        live, replaced = _live(store, key)
        if not live:
            raise StoreError(store.address, f"{key} {_why_not(replaced=replaced)}")
        origin = Origin(via=Via.HAND, batch=batch_id(now, "undo", key))
        store.append([row_of(_fresh(store, Undone(of=(key,)), now, date, origin))])
    return TakenBack(target=key, entries=live)


def current(
    store: Store, *, since: dt.date | None = None, until: dt.date | None = None, kinds: Collection[type[What]] = (),
) -> tuple[Entry, ...]:
    """Give the entries in force: all that was written, without what was taken back or replaced.

    Args:
        store: The diary.
        since: First date, or None.
        until: Last date, included, or None.
        kinds: What is wanted, such as ``(CheckIn, PainNoted)``; empty for all.
    Returns: Entries in the order of writing, which need not be that of their dates.
    Raises: InputError: The diary cannot be read.
    """
    with in_words():
        rows = store.rows(since=since, until=until, kinds=[KIND_OF[kind] for kind in kinds], steering=True)
        found = standing(read_row(row, store.address) for row in rows).in_force
    return tuple(
        entry for entry in found
        if (since is None or since <= entry.date) and (until is None or entry.date <= until)
        and (not kinds or isinstance(entry.what, tuple(kinds))))


def _fresh(store: Store, what: What, now: dt.datetime, date: dt.date, origin: Origin) -> Entry:
    """Make an entry that is not there yet: undo, redo and undo are three, also within one tick of the clock."""
    entry = entry_of(what, at=now, date=date, origin=origin)
    while store.known([entry.id]):
        entry = entry_of(what, at=entry.at + TICK, date=date, origin=origin)
    return entry


def _undone(store: Store, entries: Collection[Entry]) -> tuple[str, ...]:
    """Tell which of these entries, all in the diary, were taken back."""
    if not entries or not any(True for _ in store.rows(kinds=[KIND_OF[Undone]])):
        return ()
    dates = [entry.date for entry in entries]
    out = _standing(store, since=min(dates), until=max(dates)).undone
    return tuple(entry.id for entry in entries if entry.id in out)


def _standing(
    store: Store, *, since: dt.date | None = None, until: dt.date | None = None, of: str = "",
) -> Standing:
    rows = store.rows(since=since, until=until, of=of, steering=True)
    return standing(read_row(row, store.address) for row in rows)


def _live(store: Store, key: str) -> tuple[tuple[Entry, ...], bool]:
    """Give what of an entry or batch still counts, and whether a part of it was replaced."""
    meant = [read_row(row, store.address) for row in store.rows(of=key)]
    now = _standing(store, of=key)
    live = tuple(entry for entry in meant if entry.id not in now.undone | now.replaced)
    return live, any(entry.id in now.replaced for entry in meant)


def _last(store: Store) -> str:
    """Find the last batch that still counts and holds something that the runner told or decided."""
    for batch in store.batches():
        if any(not isinstance(entry.what, NOT_TOLD) for entry in _live(store, batch)[0]):
            return batch
    raise StoreError(store.address, "there is nothing to take back")


def _named(store: Store, target: str) -> str:
    found = store.named(target)
    if target in found:
        return target
    if len(found) > 1:
        raise StoreError(store.address, f"several entries begin with {target!r}", "give more letters of the id")
    if not found:
        raise StoreError(store.address, f"no entry and no batch begins with {target!r}", "give 4 letters or more")
    return found[0]


def _why_not(*, replaced: bool) -> str:
    return "was replaced by a newer entry; take that one back" if replaced else "was taken back already"
