"""Plyometric sessions: after a warm-up, hops in contacts with ample rest (R35)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from midstance.domain.runner import Level
from midstance.domain.session import SWITCH_SECONDS, Block, Item, item_seconds
from midstance.planning.arranging.doses import CONTACT_HARD_SECONDS
from midstance.planning.arranging.lifting import REDUCED, ROUNDING
from midstance.planning.arranging.pool import RANK
from midstance.planning.arranging.warming import warm_up

if TYPE_CHECKING:
    from midstance.planning.arranging.choose import Task
    from midstance.planning.arranging.pool import Option

CONTACTS = {Level.BEGINNER: (40, 50), Level.INTERMEDIATE: (50, 70), Level.ADVANCED: (60, 100)}
LEAST_CONTACTS, MOST_CONTACTS = 40, 100
WEEKS_TO_TOP = 6
LEAST_REST, WANTED_REST, MOST_REST, STEP = 30, 45, 90, 5
LEAST_WARM, MOST_WARM = 150.0, 240.0
LETTERS = ("A", "B", "C")
ROUNDS, MOST_ROUNDS = {Level.BEGINNER: 2, Level.INTERMEDIATE: 3, Level.ADVANCED: 3}, 4


def hopping_blocks(task: Task) -> tuple[Block, ...]:
    """Fill a plyometric session, one hop a block; empty where no hop is allowed."""
    hops = _hops(task)
    sets = _sets(task, hops)
    if not sets:
        return ()
    turns = sum(rounds for _, rounds in sets)
    moving = sum(rounds * (item_seconds(i) + (SWITCH_SECONDS if i.per_side else 0.0)) for i, rounds in sets)
    rest, warm = _rest(60.0 * task.slot.minutes - moving, turns)
    opening = warm_up(task, hops, warm)
    blocks = [opening] if opening else []
    for letter, (item, rounds) in zip(LETTERS, sets, strict=False):
        blocks.append(Block(label=letter, rounds=rounds, rest_s=rest, items=(replace(item, label=f"{letter}1"),)))
    for hop, (_, rounds) in zip(hops, sets, strict=False):
        task.ledger.book(hop.counts, hop.serves, rounds)
        task.ledger.used.add(hop.id)
        task.book.remember(hop, task.week)
    return tuple(blocks)


def _hops(task: Task) -> list[Option]:
    """Choose two hops, three for the advanced: those kept through an era, the easiest in the first weeks of hopping."""
    pool = [d.option for d in task.choices.of(("hop",))]
    known = [o for o in pool if task.bring_new or o.id in task.book.seen] or pool
    liked = [o for o in known if not o.disliked] or known
    if task.book.hopping_since is None:
        task.book.hopping_since = task.week
    easy = task.week - task.book.hopping_since < WEEKS_TO_TOP // 2
    rank = 0 if easy else RANK[task.slot.level]
    ordered = sorted(liked, key=lambda o: (abs(RANK[Level(o.exercise.least_level)] - rank), -o.bonus, o.id))
    count = 3 if task.slot.level is Level.ADVANCED else 2
    turn = task.era % max(1, len(ordered) - count + 1)
    return ordered[turn:turn + count]


def _sets(task: Task, hops: list[Option]) -> list[tuple[Item, int]]:
    """Give each hop its rounds and contacts, so that the session meets its total and its hard minutes."""
    if not hops:
        return []
    most = (60 * task.slot.hard_minutes_most + ROUNDING) / CONTACT_HARD_SECONDS
    wanted = max(LEAST_CONTACTS, min(_wanted(task), MOST_CONTACTS, int(most)))
    rounds = next((r for r in _rounds_tried(task) if _total(hops, r, low=True) <= wanted <= _total(hops, r)),
                  MOST_ROUNDS if _total(hops, MOST_ROUNDS) < wanted else 1)
    sets: list[tuple[Item, int]] = []
    left = wanted
    for k, hop in enumerate(hops):
        exact = left / (len(hops) - k) / (rounds * _feet(hop))
        count = min(hop.exercise.dose.high, max(hop.exercise.dose.low, int(exact + 0.5)))
        left -= count * rounds * _feet(hop)
        sets.append((Item(label="", exercise=hop.id, unit="contacts", low=count, high=count,
                          per_side=hop.exercise.per_side), rounds))
    return _at_least(sets, hops, LEAST_CONTACTS)


def _at_least(sets: list[tuple[Item, int]], hops: list[Option], least: int) -> list[tuple[Item, int]]:
    """Lift single sets until rounding has cost no session its least number of contacts."""
    missing = least - sum(r * i.low * (2 if i.per_side else 1) for i, r in sets)
    for k, (hop, (item, rounds)) in enumerate(zip(hops, sets, strict=True)):
        if missing <= 0:
            break
        more = min(hop.exercise.dose.high - item.low, -(-missing // (rounds * _feet(hop))))
        sets[k] = replace(item, low=item.low + more, high=item.high + more), rounds
        missing -= more * rounds * _feet(hop)
    return sets


def _rounds_tried(task: Task) -> tuple[int, ...]:
    usual = ROUNDS[task.slot.level]
    return (usual, *(r for r in range(MOST_ROUNDS, 0, -1) if r != usual))


def _total(hops: list[Option], rounds: int, *, low: bool = False) -> int:
    """Contacts of so many rounds with the smallest or the largest sets."""
    return sum(rounds * _feet(h) * (h.exercise.dose.low if low else h.exercise.dose.high) for h in hops)


def _wanted(task: Task) -> int:
    """Rise from the least to the most contacts of the level over six weeks; fewer where sets are cut."""
    low, high = CONTACTS[task.slot.level]
    factor = min(task.slot.set_factor, REDUCED if task.slot.reduced else 1.0)
    return round((low + (high - low) * min(1.0, task.slot.phase_week / WEEKS_TO_TOP)) * factor)


def _feet(hop: Option) -> int:
    return 2 if hop.exercise.per_side else 1


def _rest(seconds: float, turns: int) -> tuple[int, float]:
    """Split what the hops leave between rests, in steps of 5 s, and the warm-up [s]."""
    warm = min(MOST_WARM, max(LEAST_WARM, seconds - turns * WANTED_REST))
    exact = (seconds - warm) / turns
    rest = min(MOST_REST, max(LEAST_REST, STEP * round(exact / STEP)))
    return rest, seconds - turns * rest
