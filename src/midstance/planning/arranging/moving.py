"""Mobility sessions: dynamic range for hips, ankles, big toe and trunk, flows, foot strength; a hold at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.session import CHANGEOVER_SECONDS, Block
from midstance.planning.arranging.drilling import Drill, block, counts, enough
from midstance.planning.arranging.pool import FIGHTS
from midstance.planning.arranging.warming import ordered_drills

if TYPE_CHECKING:
    from midstance.planning.arranging.choose import Task

ROUNDS = 2
REST, STEP = (0, 30), 5
WANTED_REST = 10
HOLD_FROM = 15              # minutes
MOST_DRILLS, LEAST_DRILLS, BLOCK_ITEMS = 9, 3, 3
MOST_TILTED = 2
BENDING = frozenset({"squat", "lunge"})
LETTERS = "ABCDEF"
THEMES = (
    ("hip-mobility", "foot", "flow", "ankle-mobility", "rotation", "toe-mobility", "thoracic-mobility"),
    ("ankle-mobility", "hip-mobility", "foot", "thoracic-mobility", "flow", "hip-abduction", "toe-mobility"),
    ("flow", "toe-mobility", "hip-mobility", "foot", "ankle-mobility", "thoracic-mobility", "squat", "rotation"),
)


def moving_blocks(task: Task) -> tuple[Block, ...]:
    """Fill a mobility session: two rounds of drills in blocks of three, one static hold at the end of a long one."""
    drills, holds = _stock(task)
    seconds = 60.0 * task.slot.minutes
    hold = holds[task.week % len(holds)] if holds and task.slot.minutes >= HOLD_FROM else None
    if hold is not None:
        seconds -= hold.seconds((hold.low + hold.high) // 2)
    theme = THEMES[(task.week + task.number) % len(THEMES)]
    ordered = _preferring(task, ordered_drills(drills, theme, task.week))
    taken = enough(ordered, seconds / ROUNDS - WANTED_REST, most=MOST_DRILLS, least=LEAST_DRILLS)
    if not taken:
        return ()
    blocks = _in_blocks(taken, seconds)
    if hold is not None:
        letter = LETTERS[len(blocks)]
        blocks.append(block(letter, letter, [hold], [(hold.low + hold.high) // 2]))
    _book(task, blocks)
    return tuple(blocks)


def _stock(task: Task) -> tuple[tuple[Drill, ...], tuple[Drill, ...]]:
    """List moving drills and static holds that a mobility session may have."""
    kept = task.book.kept
    moving, static = ("moving", task.slot.level, task.hurt), ("held", task.slot.level, task.hurt)
    if moving not in kept:
        kept[moving], kept[static] = _sorted_out(task)
    return kept[moving], kept[static]


def _sorted_out(task: Task) -> tuple[tuple[Drill, ...], tuple[Drill, ...]]:
    pool = task.book.pool(task.slot.kind, task.slot.level, task.hurt)
    liked = [o for o in pool if not o.disliked] or list(pool)
    unloaded = [o for o in liked if not o.exercise.load.required and o.exercise.dose.unit in ("reps", "seconds")]
    static = {o.id for o in unloaded if "flexibility" in o.exercise.trains}
    made = [task.book.drill(o.exercise, task.slot.level) for o in unloaded]
    return tuple(d for d in made if d.exercise.id not in static), tuple(d for d in made if d.exercise.id in static)


def _preferring(task: Task, ordered: list[Drill]) -> list[Drill]:
    """Move to the front what the assessment asks for, and back what was done earlier this week."""
    sides, used = task.book.sides, task.ledger.used
    first = [d for d in ordered if sides.wants(d.exercise) and d.exercise.id not in used][:MOST_TILTED]
    return sorted(ordered, key=lambda d: (d not in first, d.exercise.id in used))


def _in_blocks(taken: list[Drill], seconds: float) -> list[Block]:
    """Lay drills out in blocks of up to three that do not tire the same muscles, and tune them to the time [s]."""
    groups: list[list[Drill]] = [[] for _ in range(-(-len(taken) // BLOCK_ITEMS))]
    for drill in sorted(taken, key=lambda d: not _bends(d)):
        open_groups = [g for g in groups if len(g) < BLOCK_ITEMS]
        calm = [g for g in open_groups if not any(_same_muscles(drill, other) for other in g)]
        (calm or open_groups)[0].append(drill)
    groups = [g for g in groups if g]
    flat = [d for g in groups for d in g]
    joins = CHANGEOVER_SECONDS * (len(groups) - 1)
    chosen = counts(flat, seconds / ROUNDS - WANTED_REST * len(groups) + joins)
    took = sum(d.seconds(n) for d, n in zip(flat, chosen, strict=True))
    took += CHANGEOVER_SECONDS * (len(flat) - len(groups))
    spare = seconds / ROUNDS - took
    rest = min(REST[1], max(REST[0], STEP * round(spare / len(groups) / STEP)))
    blocks, start = [], 0
    for letter, group in zip(LETTERS, groups, strict=False):
        part = chosen[start:start + len(group)]
        blocks.append(block(letter, letter, group, part, rounds=ROUNDS, rest_s=rest))
        start += len(group)
    return blocks


def _same_muscles(one: Drill, other: Drill) -> bool:
    """Two drills that bend the same joint deeply, or work the same muscles, stand in different blocks."""
    fights = FIGHTS.get(one.exercise.main_region)
    if _bends(one) and _bends(other):
        return True
    return fights is not None and fights == FIGHTS.get(other.exercise.main_region)


def _bends(drill: Drill) -> bool:
    return "quads" in drill.exercise.regions or drill.exercise.pattern in BENDING


def _book(task: Task, blocks: list[Block]) -> None:
    """Count strength work among the drills; foot strength belongs here (R75)."""
    by_id = {o.id: o for o in task.book.pool(task.slot.kind, task.slot.level, task.hurt)}
    for part in blocks:
        for item in part.items:
            option = by_id[item.exercise]
            task.ledger.used.add(option.id)
            if "strength" in option.exercise.trains:
                task.ledger.book(option.counts, option.serves, part.rounds)
