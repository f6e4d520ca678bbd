"""A program that imports until it is ended: run by the test that ends it at bad moments.

    importer.py DIARY CHUNK PATH...

Prints ``ready`` when the diary is open, the ids of entries once the diary has said that they are kept, a line each
time, and ``done`` at the end.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from builders_diary import NOON
from midstance.services import import_files
from midstance.services.diary import Added, add, open_store

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from midstance.domain.entry import Entry
    from midstance.store.store import Store


def told(store: Store, entries: Iterable[Entry], *, now: dt.datetime) -> Added:
    """Add entries and tell their ids."""
    kept = list(entries)
    added = add(store, kept, now=now)
    print(*(entry.id for entry in kept), flush=True)
    return added


def main(place: str, chunk: int, *paths: str) -> None:
    """Import with two processes, a chunk at a time."""
    import_files.CHUNK = chunk
    import_files.add = told
    with open_store(place) as store:
        print("ready", flush=True)
        import_files.import_paths(store, [Path(path) for path in paths], zone="Europe/Lisbon", now=NOON, workers=2)
        print("done", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
