"""A program that logs and replans until it is ended: run by the test that ends it at bad moments.

    replanner.py DIARY SEED

Makes a plan where the diary holds none. Prints ``ready``, then the batch of each decision once it is kept.
"""

from __future__ import annotations

import random
import sys
from itertools import count

from lives import Life, on
from midstance.domain.diary import SetDone
from midstance.formats._format import InputError
from midstance.services import change
from midstance.services.course import course_of
from midstance.services.diary import current, open_store, take_back


def decide(life: Life, dice: random.Random) -> str:
    """Do one thing that a runner does, and give its batch."""
    day = dice.randint(2, 60)
    what = dice.choice(("log", "busy", "skip", "move", "undo"))
    when = life.at(0)
    if what == "log":
        return life.note(0, SetDone(exercise="goblet-squat", amount=8, weight_kg=16.0, note=str(life.said)))
    if what == "busy":
        return change.busy(life.store, on(day), on(day), **when).batch
    if what == "skip":
        return change.skip(life.store, on(day), **when).batch
    if what == "move":
        return change.move(life.store, on(day), on(day + 1), **when).batch
    take_back(life.store, now=when["now"], date=when["date"])
    return ""


def main(place: str, seed: str) -> None:
    """Decide, and tell what is kept."""
    dice = random.Random(seed)
    with open_store(place) as store:
        life = Life(store=store, said=1_000_000 * (1 + int(seed)))
        if course_of(current(store)) is None:
            life = Life.with_plan(runs=False, store=store)
        print("ready", flush=True)
        for _ in count():
            try:
                batch = decide(life, dice)
            except InputError:
                continue
            if batch:
                print(batch, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
