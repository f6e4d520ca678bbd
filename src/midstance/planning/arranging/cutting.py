"""Cutting a session that exists to fewer minutes."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from midstance.domain.session import SWITCH_SECONDS, Block, Item, Kind, Session, block_seconds, item_seconds
from midstance.planning.arranging.doses import counts_as_working
from midstance.planning.arranging.drilling import Drill, block, counts, drill_between, enough
from midstance.planning.arranging.fit import Frame, Piece, fit
from midstance.planning.arranging.warming import UNNOTICED_S, warm_share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.domain.exercise import Exercise

LEAST_MINUTES = 5
REST = {Kind.HEAVY: (60, 150), Kind.MOBILITY: (0, 40)}
OTHER_REST = (30, 120)
ROUNDING = 29.0
ITEM_WON = 20.0


def cut(session: Session, minutes: int, catalogue: Mapping[str, Exercise]) -> tuple[Block, ...]:
    """Choose the blocks of a shorter session: the finisher goes first, then C, B, and the last items of A.

    Raises: ValueError: Fewer than 5 minutes.
    """
    if minutes < LEAST_MINUTES:
        msg = f"{minutes} minutes are too few for a session; it needs {LEAST_MINUTES}"
        raise ValueError(msg)
    opening = [b for b in session.blocks if b.label == "warm-up"]
    main = [b for b in session.blocks if b.label not in ("warm-up", "finisher")]
    seconds = 60.0 * minutes
    drills = [_drill(i, catalogue) for b in opening for i in b.items]
    if not main:
        return (_rounded(drills, seconds, opening[0].rounds),) if drills else session.blocks
    warm = warm_share(seconds) if drills else 0.0
    frame = Frame(
        seconds=seconds, working=60.0 * session.hard_minutes + ROUNDING if session.hard else math.inf,
        rounds=main[0].rounds, most=main[0].rounds, rest=REST.get(session.kind, OTHER_REST),
        warm=(0.5 * warm, warm, 1.6 * warm),
    )
    chosen = fit([[_piece(i, session.kind) for i in b.items] for b in main], [b.rest_s for b in main], frame)
    kept = tuple(replace(b, rounds=r, rest_s=rest, items=b.items[:n])
                 for b, (n, r, rest) in zip(main, chosen.blocks, strict=False))
    return (_warm_up(drills, chosen.warm), *kept) if drills else kept


def _rounded(drills: list[Drill], seconds: float, rounds: int) -> Block:
    """Cut a primer: as many rounds as come nearest to the time, the calmest first."""
    tried = [replace(_warm_up(drills, seconds / r), rounds=r) for r in range(rounds, 0, -1)]
    return min(tried, key=lambda b: int(abs(block_seconds(b) - seconds) / UNNOTICED_S))


def _drill(item: Item, catalogue: Mapping[str, Exercise]) -> Drill:
    """A drill that may be done less often than planned, down to the least of its record."""
    exercise = catalogue[item.exercise]
    return drill_between(exercise, min(item.low, exercise.dose.low), item.high, exercise.dose.high)


def _warm_up(drills: list[Drill], seconds: float) -> Block:
    taken = enough(drills, seconds, most=len(drills))
    return block("warm-up", "W", taken, counts(taken, seconds))


def _piece(item: Item, kind: Kind) -> Piece:
    under = item_seconds(item)
    working = under if counts_as_working(item, heavy=kind is Kind.HEAVY) else 0.0
    if item.unit == "contacts":
        working = 2 * under
    half = sum(n for _, n in item.extra_rounds) / 2
    return under + (SWITCH_SECONDS if item.per_side else 0.0), working, under * half, working * half, ITEM_WON
