"""Patterns as their neighbour weeks see them: grouped by what crosses the border, and the price of every pair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from midstance.planning.compile import Coupling
from midstance.planning.week_patterns import FORBIDDEN, Patterns, weigh_all

Floats = NDArray[np.float64] | NDArray[np.float32]
Ints = NDArray[np.int64]

CODE_LIMIT = 1 << 40


@dataclass(frozen=True, slots=True)
class Border:
    """Couplings of two neighbour weeks by shape.

    ``binary``: priced, 0 or 1 on both sides (habits); ``wide``: all other priced ones; ``bans``: safety.
    """

    binary: tuple[Coupling, ...] = ()
    wide: tuple[Coupling, ...] = ()
    bans: tuple[Coupling, ...] = ()

    @classmethod
    def of(cls, couplings: list[Coupling]) -> Border:
        """Tell the couplings of a border apart."""
        binary: list[Coupling] = []
        wide: list[Coupling] = []
        bans: list[Coupling] = []
        for c in couplings:
            units = {abs(v) for v in (*c.left.values(), *c.right.values())} == {1} and c.low == c.high == 0
            left, right = set(c.left.values()), set(c.right.values())
            same = len(left) <= 1 and len(right) <= 1 and left != right
            (bans if c.price == 0 else binary if units and same else wide).append(c)
        return cls(tuple(binary), tuple(wide), tuple(bans))


@dataclass(frozen=True, slots=True)
class Seen:
    """Values of patterns on one side of a border: binary, wide, bans (patterns x couplings each)."""

    binary: Ints
    wide: Ints
    bans: Ints

    @classmethod
    def of(cls, border: Border, codes: Ints, *, left: bool) -> Seen:
        """Weigh patterns for one side of a border."""
        parts = [
            weigh_all([c.left if left else c.right for c in couplings], codes)
            for couplings in (border.binary, border.wide, border.bans)
        ]
        return cls(*parts)

    def rows(self, keep: Ints | slice) -> Seen:
        """Keep some of the patterns."""
        return Seen(self.binary[keep], self.wide[keep], self.bans[keep])

    @property
    def signature(self) -> Ints:
        """One number for patterns that look alike from this side."""
        return code_rows(np.column_stack([self.binary, self.wide, self.bans]))


@dataclass(frozen=True, slots=True)
class Group:
    """Patterns of a week of which no two look alike to both neighbours: the cheapest, then the first, of each kind."""

    codes: Ints
    cost: NDArray[np.float64]
    after: Seen
    before: Seen
    listed: int

    def rows(self, keep: Ints) -> Group:
        """Keep some of the patterns."""
        return Group(self.codes[keep], self.cost[keep], self.after.rows(keep), self.before.rows(keep), self.listed)


def group_patterns(patterns: Patterns, before: Border, after: Border) -> Group:
    """Keep, of the patterns that look alike from both neighbour weeks, the cheapest and then the first."""
    to_next = Seen.of(after, patterns.codes, left=True)
    to_last = Seen.of(before, patterns.codes, left=False)
    signature = code_rows(np.column_stack([to_next.signature, to_last.signature]))
    order = np.lexsort((np.arange(len(patterns.cost)), patterns.cost, signature))
    ranked = signature[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = ranked[1:] != ranked[:-1]
    keep = np.sort(order[first])
    return Group(
        codes=patterns.codes[keep],
        cost=patterns.cost[keep].astype(np.float64),
        after=to_next.rows(keep),
        before=to_last.rows(keep),
        listed=len(patterns.cost),
    )


def code_rows(rows: Ints) -> Ints:
    """Number equal rows equally, in order of their values."""
    code = np.zeros(len(rows), dtype=np.int64)
    if len(rows) == 0:
        return code
    for column in rows.T:
        low, high = int(column.min()), int(column.max())
        if low == high:
            continue
        code = code * (high - low + 1) + (column - low)
        if int(code.max()) > CODE_LIMIT:
            code = np.unique(code, return_inverse=True)[1].astype(np.int64)
    return code


def pair_costs(left: Seen, right: Seen, border: Border) -> Floats:
    """Price every pair of neighbour patterns (left x right); forbidden pairs cost ``FORBIDDEN``.

    Small whole numbers are exact in single precision.
    """
    prices = np.array([c.price for c in border.binary], dtype=np.float32)
    a = np.abs(left.binary).astype(np.float32)
    b = np.abs(right.binary).astype(np.float32)
    # price * |a - b| for a, b in {0, 1} is price * (a + b - 2ab)
    out: Floats = (a @ prices)[:, None] + (b @ prices)[None, :] - np.float32(2) * (a * prices) @ b.T
    for couplings, one, other in ((border.wide, left.wide, right.wide), (border.bans, left.bans, right.bans)):
        if couplings:
            add_tables(out, couplings, one, other)
    return out


def ban_costs(left: Ints, right: Ints, border: Border) -> Floats:
    """Price pairs by safety couplings alone (0 or ``FORBIDDEN``)."""
    out: Floats = np.zeros((len(left), len(right)), dtype=np.float32)
    if border.bans:
        add_tables(out, border.bans, left, right)
    return out


def add_tables(out: Floats, couplings: tuple[Coupling, ...], left: Ints, right: Ints) -> None:
    """Add couplings on small whole numbers: one table over the distinct values of both sides."""
    if len(left) == 0 or len(right) == 0:
        return
    left_first, left_class = np.unique(code_rows(left), return_index=True, return_inverse=True)[1:]
    right_first, right_class = np.unique(code_rows(right), return_index=True, return_inverse=True)[1:]
    table = np.zeros((len(left_first), len(right_first)), dtype=np.float32)
    for k, c in enumerate(couplings):
        total = left[left_first, k][:, None] + right[right_first, k][None, :]
        excess = np.zeros_like(total)
        if c.high is not None:
            excess = np.maximum(excess, total - c.high)
        if c.low is not None:
            excess = np.maximum(excess, c.low - total)
        table += (np.where(excess > 0, FORBIDDEN, 0) if c.price == 0 else excess * c.price).astype(np.float32)
    if table.any():
        out += table[left_class[:, None], right_class[None, :]]
