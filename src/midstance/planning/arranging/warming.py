"""Warm-ups and primers: moving drills that suit what comes next, never a static hold (M6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.session import block_seconds
from midstance.planning.arranging.drilling import Drill, block, counts, enough

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from midstance.domain.session import Block
    from midstance.planning.arranging.choose import Task
    from midstance.planning.arranging.pool import Option

SHARE, LEAST_S, MOST_S = 0.15, 90.0, 270.0
MOST_DRILLS, LONG_S, MOST_LONG = 5, 330.0, 12
PRIMER_SHAPES = ((2, 4), (2, 5), (1, 6), (1, 9), (2, 7), (3, 7))    # rounds and most drills, the calmest first
UNNOTICED_S = 20
SUITED = {
    "knee": ("squat", "hip-mobility", "lunge", "ankle-mobility"), "hinge": ("hinge", "hip-mobility", "bridge"),
    "bridge": ("bridge", "hinge", "hip-abduction"), "calf": ("ankle-mobility",), "hip": ("hip-abduction",),
    "hop": ("activation", "ankle-mobility", "hip-mobility", "squat"), "push": ("thoracic-mobility", "rotation"),
    "pull": ("thoracic-mobility", "flow"), "carry": ("rotation",), "core": ("core-back", "core-front"),
}
ANYWAY = ("hip-mobility", "lunge", "flow", "thoracic-mobility", "activation")
PRIMING = ("bridge", "hip-mobility", "core-back", "hip-abduction", "lunge", "core-front", "hinge", "activation",
           "hip-mobility", "flow", "rotation", "squat")
FIRST = ("leg-swing-bent-knee", "side-lunge", "single-leg-deadlift-drill")


def warm_share(seconds: float) -> float:
    """Length of the warm-up that a session of a length wants [s]."""
    return min(MOST_S, max(LEAST_S, SHARE * seconds))


def warm_up(task: Task, content: Iterable[Option], seconds: float) -> Block | None:
    """Open a session with drills that suit its content; None where the catalogue has none."""
    families = tuple(dict.fromkeys(option.family for option in content))
    key = ("warm-up", families, task.slot.level, task.hurt, task.era + task.number)
    kept = task.book.kept
    if key not in kept:
        wanted = dict.fromkeys(pattern for family in families for pattern in SUITED.get(family, ()))
        stock = task.book.stock(task.slot.level, task.hurt)
        kept[key] = tuple(ordered_drills(stock, (*wanted, *ANYWAY), task.era + task.number))
    taken = enough((d for d in kept[key] if d.exercise.id not in task.chosen), seconds,
                   most=MOST_DRILLS if seconds < LONG_S else MOST_LONG)
    return block("warm-up", "W", taken, counts(taken, seconds)) if taken else None


def primer_blocks(task: Task) -> tuple[Block, ...]:
    """Fill a primer: hip and core activation and moving drills, in two rounds where that comes out."""
    key = ("primer", task.slot.level, task.hurt, task.week)
    kept = task.book.kept
    if key not in kept:
        stock = task.book.stock(task.slot.level, task.hurt, primer=True)
        kept[key] = tuple(ordered_drills(stock, PRIMING, task.week))
    if not kept[key]:
        return ()
    best = None
    for rounds, most in PRIMER_SHAPES:
        made = _primer(kept[key], task.slot.minutes, rounds, most)
        if best is None or _off(made, task.slot.minutes) < _off(best, task.slot.minutes):
            best = made
        if not _off(best, task.slot.minutes):
            break
    return (best,) if best else ()


def _primer(ordered: Sequence[Drill], minutes: int, rounds: int, most: int) -> Block:
    seconds = 60.0 * minutes / rounds
    taken = enough(ordered, seconds, most=most)
    return block("warm-up", "W", taken, counts(taken, seconds), rounds=rounds)


def _off(made: Block, minutes: int) -> int:
    """How far a primer is from its time, in steps that nobody notices."""
    return int(abs(block_seconds(made) - 60 * minutes) / UNNOTICED_S)


def ordered_drills(stock: Sequence[Drill], patterns: Iterable[str], turn: int) -> list[Drill]:
    """Order drills by the patterns wanted, one of each pattern at a time; ``turn`` rotates inside a pattern."""
    by_pattern: dict[str, list[Drill]] = {}
    for drill in sorted(stock, key=lambda d: (d.exercise.id not in FIRST, d.exercise.id)):
        by_pattern.setdefault(drill.exercise.pattern, []).append(drill)
    lists = [drills[turn % len(drills):] + drills[:turn % len(drills)]
             for pattern in patterns if (drills := by_pattern.get(pattern))]
    ordered: dict[Drill, None] = {}
    for depth in range(max(map(len, lists), default=0)):
        for drills in lists:
            if depth < len(drills):
                ordered[drills[depth]] = None
    return list(ordered)
