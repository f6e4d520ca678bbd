"""Time: how many blocks, items, rounds and seconds of rest fill a session exactly, inside its hard minutes.

Numbers only; what the items are is decided elsewhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from midstance.domain.session import CHANGEOVER_SECONDS

if TYPE_CHECKING:
    from collections.abc import Sequence

REST_STEP = 5
MISSED, OFF, ROUND_LOST, ROUND_OVER = 20.0, 0.65, 45.0, 70.0
MAX_LOST = 2
POOR = 250.0                # price from which fewer rounds than usual are tried

Piece = tuple[float, float, float, float, float]
"""Seconds and working seconds of a set, the same of the extra sets on one side in all, and what having it is worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the session must be.

    Attributes:
        seconds: Length wanted [s].
        working: Most working seconds [s].
        rounds: Rounds wanted; ``most`` and ``least`` the bounds.
        rest: Least and most rest after a round [s].
        warm: Least, wanted and most length of the warm-up [s].
    """

    seconds: float
    working: float = math.inf
    rounds: int = 2
    most: int = 2
    least: int = 1
    rest: tuple[int, int] = (30, 90)
    warm: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Fit:
    """What fills it: per block (items, rounds, rest [s]), the seconds left for the warm-up, and the finisher."""

    blocks: tuple[tuple[int, int, int], ...]
    warm: float
    finisher: bool = False


@dataclass(slots=True)
class _Block:
    """Sums over the first n items of a block, by n."""

    once: list[float]
    working: list[float]
    extra: list[float]
    extra_working: list[float]
    worth: list[float]
    ideal: int


_Part = tuple[float, float, float, float, float]
"""Of a block with its rounds and items: seconds, working seconds, rest that can go, rest that can come, price."""
_Found = tuple[float, tuple[int, ...], tuple[int, ...], bool]
"""Price, rounds by block, items by block, and whether the finisher is in."""


def fit(blocks: Sequence[Sequence[Piece]], rests: Sequence[int], frame: Frame, finisher: Piece | None = None) -> Fit:
    """Choose blocks, items, rounds and rest.

    Args:
        blocks: Items of each block, most important first; items and blocks may be dropped from the end.
        rests: Rest wanted after a round of each block [s].
        frame: Bounds.
        finisher: One set at the very end, or None.
    Returns: The cheapest fill: nearest in time, then with most rounds and items; never over the working seconds
        unless one round of the first item alone is.
    """
    sums = [_sums(items, rest, frame) for items, rest in zip(blocks, rests, strict=True)]
    usual = max(frame.least, min(frame.rounds, frame.most) - 1)
    best = _cheapest(sums, frame, finisher, usual)
    if usual > frame.least and (best is None or best[0] > POOR):
        best = _cheapest(sums, frame, finisher, frame.least)
    _, rounds, sizes, closing = best or (0.0, (1,), (1,), False)
    return _spread(sums, rounds, sizes, frame, finisher if closing else None)


def _cheapest(sums: list[_Block], frame: Frame, finisher: Piece | None, least: int) -> _Found | None:
    """Try every fill with so many rounds at least; None where all have too many working seconds."""
    lengths = [len(block.once) - 1 for block in sums]
    parts = [{(r, n): _part(block, r, n, frame) for r in range(least, frame.most + 1)
              for n in range(max(1, length - MAX_LOST), length + 1)}
             for block, length in zip(sums, lengths, strict=True)]
    best: _Found | None = None
    for rounds in _rounds(len(sums), frame.most, least):
        closings = (False, True) if finisher and len(rounds) > 1 else (False,)
        for sizes in _sizes(tuple(lengths[:len(rounds)])):
            chosen = [part[r, n] for part, r, n in zip(parts, rounds, sizes, strict=False)]
            for closing in closings:
                cost = _cost(chosen, frame, finisher if closing else None)
                if cost is not None and (best is None or cost < best[0]):
                    best = cost, rounds, sizes, closing
    return best


def _sums(items: Sequence[Piece], rest: int, frame: Frame) -> _Block:
    once, working, extra, extra_working, worth = [0.0], [0.0], [0.0], [0.0], [0.0]
    for seconds, hard, more, more_hard, value in items:
        once.append(once[-1] + seconds + (CHANGEOVER_SECONDS if len(once) > 1 else 0.0))
        working.append(working[-1] + hard)
        extra.append(extra[-1] + more)
        extra_working.append(extra_working[-1] + more_hard)
        worth.append(worth[-1] + value)
    return _Block(once, working, extra, extra_working, worth, min(max(rest, frame.rest[0]), frame.rest[1]))


def _part(block: _Block, rounds: int, items: int, frame: Frame) -> _Part:
    """Work out what one block with its rounds and items brings and costs."""
    price = ROUND_LOST * max(0, frame.rounds - rounds) + ROUND_OVER * max(0, rounds - frame.rounds)
    return (
        rounds * (block.once[items] + block.ideal) + block.extra[items],
        rounds * block.working[items] + block.extra_working[items],
        rounds * (block.ideal - frame.rest[0]), rounds * (frame.rest[1] - block.ideal),
        price - block.worth[items],
    )


@cache
def _rounds(blocks: int, most: int, least: int) -> tuple[tuple[int, ...], ...]:
    """List rounds by block, never rising, for one block up to all of them; earlier blocks differ by one at most."""
    found: list[tuple[int, ...]] = []
    layer: list[tuple[int, ...]] = [(r,) for r in range(most, least - 1, -1)]
    for _ in range(blocks):
        found += layer
        layer = [(*v, r) for v in layer for r in range(v[-1], max(least, v[0] - 1) - 1, -1)]
    return tuple(found)


@cache
def _sizes(lengths: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """List items by block: all of them, or up to two fewer in the last block."""
    last = lengths[-1]
    return tuple((*lengths[:-1], last - lost) for lost in range(min(MAX_LOST, last - 1) + 1))


def _cost(parts: Sequence[_Part], frame: Frame, finisher: Piece | None) -> float | None:
    """Price a fill, or None where it has too many working seconds."""
    off, working, less, more, cost = frame.seconds - frame.warm[1], 0.0, 0.0, 0.0, 0.0
    for seconds, hard, can_go, can_come, price in parts:
        off -= seconds
        working += hard
        less += can_go
        more += can_come
        cost += price
    if finisher is not None:
        off, working, cost = off - finisher[0], working + finisher[1], cost - finisher[4]
    if working > frame.working:
        return None
    if off > 0:
        return cost + OFF * off + MISSED * max(0.0, off - more - frame.warm[2] + frame.warm[1])
    return cost - OFF * off + MISSED * max(0.0, -off - less - frame.warm[1] + frame.warm[0])


def _spread(sums: list[_Block], rounds: tuple[int, ...], sizes: tuple[int, ...], frame: Frame,
            finisher: Piece | None) -> Fit:
    """Give the time that is left to the rests, in steps of 5 s, and what remains to the warm-up."""
    parts = [(block, r, n) for block, r, n in zip(sums, rounds, sizes, strict=False)]
    fixed = sum(r * b.once[n] + b.extra[n] for b, r, n in parts) + (finisher[0] if finisher else 0.0)
    left = frame.seconds - frame.warm[1] - fixed
    rests = [b.ideal for b, _, _ in parts]
    off = left - sum(r * rest for (_, r, _), rest in zip(parts, rests, strict=True))
    step = REST_STEP if off > 0 else -REST_STEP
    moved = True
    while moved:
        moved = False
        for k, (_, r, _) in enumerate(parts):
            wanted = off * step > 0 and abs(off) > REST_STEP * r / 2
            if wanted and frame.rest[0] <= rests[k] + step <= frame.rest[1]:
                rests[k] += step
                off -= step * r
                moved = True
    return Fit(tuple((n, r, rest) for (_, r, n), rest in zip(parts, rests, strict=True)), frame.warm[1] + off,
               finisher is not None)
