"""A program that writes into a diary until it is ended: run by the tests that end it at bad moments.

    diary_writer.py PLACE NAME BATCHES [LIMIT_BYTES]

Prints ``ready`` when the diary is open, then the name of each batch once the diary has said that it is kept, and
``refused: ...`` when it cannot write any more.
"""

from __future__ import annotations

import random
import resource
import sys
from typing import TYPE_CHECKING

from builders_diary import NOON, an_entry
from midstance.domain.diary import SetDone
from midstance.formats._format import InputError
from midstance.services.diary import add, open_store

if TYPE_CHECKING:
    from midstance.domain.entry import Entry


def batch(name: str, size: int) -> list[Entry]:
    """A batch whose entries tell how many they are."""
    note = f"{size} entries " + "x" * (size * 37 % 500)
    return [an_entry(SetDone(exercise=name, amount=size, number=k + 1, note=note), batch=name) for k in range(size)]


def main(place: str, name: str, batches: int, limit: int = 0) -> None:
    """Write batches of one to thirty entries, one after the other."""
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    sizes = random.Random(name)
    try:
        with open_store(place) as store:
            print("ready", flush=True)
            for number in range(batches):
                done = f"{name}-{number}"
                add(store, batch(done, sizes.randint(1, 30)), now=NOON)
                print(done, flush=True)
    except InputError as error:
        print(f"refused: {error}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
