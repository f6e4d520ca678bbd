"""Exact search: the cheapest combination of week patterns, with a proof.

Each week lists its patterns up to a limit; one more, the *other*, stands for everything above it, at a cost no listed
pattern of the week undercuts and beside any neighbour for free. A dynamic programme over the weeks gives the best plan
of listed patterns, and with the others a lower bound of every plan. Where a plan through a week's other could still
cost as little, that week's limit is raised. When no such week is left the plan is proven optimal, and so is the choice
among equals: the first in canonical order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.planning.compile import Coupling
from midstance.planning.week_patterns import (
    FORBIDDEN,
    Patterns,
    TooManyPatterns,
    WeekAutomaton,
    list_patterns,
    weigh_all,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.planning.compile import Compiled

    Floats = NDArray[np.float64] | NDArray[np.float32]
    Ints = NDArray[np.int64]

FIRST_SLACK = 1
PATTERN_GUARD = 400_000
GROUP_GUARD = 6_000
MOST_ROUNDS = 14
KEPT_PAIRS = 400_000
BAN = float(1 << 50)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What a search found and proved.

    Attributes:
        chosen: Indices of the chosen choices, ascending.
        cost: Packed cost of the plan.
        bound: Packed lower bound of every plan.
        rounds: How often limits were raised.
        patterns: Listed patterns of each week.
        groups: Patterns that differ to their neighbours, of each week.
        limits: Cost up to which each week is listed completely.
    """

    chosen: tuple[int, ...]
    cost: int
    bound: int
    rounds: int
    patterns: tuple[int, ...]
    groups: tuple[int, ...]
    limits: tuple[int, ...]

    @property
    def proven(self) -> bool:
        """Whether cost and bound meet."""
        return self.cost == self.bound


@dataclass(slots=True)
class Sides:
    """Couplings of two neighbour weeks, split by shape: yes/no on both sides, and everything else."""

    binary: list[Coupling]
    wide: list[Coupling]


@dataclass(slots=True)
class WeekGroups:
    """The patterns of a week that differ to their neighbours, cheapest first kept.

    ``left``: values towards the next week (binary, wide); ``right``: towards the week before.
    """

    codes: Ints
    cost: Floats
    out_binary: Ints
    out_wide: Ints
    in_binary: Ints
    in_wide: Ints
    listed: int
    limit: int


def split(couplings: list[Coupling]) -> Sides:
    """Tell the couplings whose sides only take 0 and one other value apart from the rest."""
    binary: list[Coupling] = []
    wide: list[Coupling] = []
    for c in couplings:
        one = all(abs(v) == 1 for v in (*c.left.values(), *c.right.values())) and c.price > 0
        single = len(set(c.left.values())) <= 1 and len(set(c.right.values())) <= 1
        (binary if one and single and c.low == c.high == 0 else wide).append(c)
    return Sides(binary, wide)


def side_values(couplings: list[Coupling], codes: Ints, *, left: bool) -> Ints:
    """Give each pattern's value on one side of each coupling (patterns x couplings)."""
    if not couplings:
        return np.zeros((len(codes), 0), dtype=np.int64)
    return weigh_all([c.left if left else c.right for c in couplings], codes)


def group_patterns(patterns: Patterns, before: Sides, after: Sides) -> WeekGroups:
    """Keep, of the patterns that look alike from both neighbour weeks, the cheapest and then the first."""
    out_binary = side_values(after.binary, patterns.codes, left=True)
    out_wide = side_values(after.wide, patterns.codes, left=True)
    in_binary = side_values(before.binary, patterns.codes, left=False)
    in_wide = side_values(before.wide, patterns.codes, left=False)
    signature = np.column_stack([out_binary, out_wide, in_binary, in_wide])
    order = np.lexsort((np.arange(len(patterns.cost)), patterns.cost, code_rows(signature)))
    codes = code_rows(signature)[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = codes[1:] != codes[:-1]
    keep = np.sort(order[first])
    return WeekGroups(
        codes=patterns.codes[keep],
        cost=patterns.cost[keep].astype(np.float64),
        out_binary=out_binary[keep],
        out_wide=out_wide[keep],
        in_binary=in_binary[keep],
        in_wide=in_wide[keep],
        listed=len(patterns.cost),
        limit=patterns.limit,
    )


def code_rows(rows: Ints) -> Ints:
    """Number equal rows equally, in order of their values."""
    code = np.zeros(len(rows), dtype=np.int64)
    for column in rows.T:
        if len(column) == 0 or (low := int(column.min())) == (high := int(column.max())):
            continue
        code = code * (high - low + 1) + (column - low)
        if int(code.max(initial=0)) > 1 << 40:
            code = np.unique(code, return_inverse=True)[1].astype(np.int64)
    return code


def pair_costs(left: WeekGroups, right: WeekGroups, sides: Sides) -> Floats:
    """Price every pair of neighbour patterns (left x right); forbidden pairs cost at least ``BAN``."""
    prices = np.array([c.price for c in sides.binary], dtype=np.float32)
    a = np.abs(left.out_binary).astype(np.float32)
    b = np.abs(right.in_binary).astype(np.float32)
    # price * |a - b| for a, b in {0, 1} is price * (a + b - 2ab); small whole numbers are exact in single precision
    out: Floats = (a @ prices)[:, None] + (b @ prices)[None, :] - np.float32(2) * (a * prices) @ b.T
    if not sides.wide:
        return out
    left_code, right_code = code_rows(left.out_wide), code_rows(right.in_wide)
    left_first, left_class = np.unique(left_code, return_index=True, return_inverse=True)[1:]
    right_first, right_class = np.unique(right_code, return_index=True, return_inverse=True)[1:]
    table = np.zeros((len(left_first), len(right_first)), dtype=np.float32)
    for k, c in enumerate(sides.wide):
        total = left.out_wide[left_first, k][:, None] + right.in_wide[right_first, k][None, :]
        excess = np.zeros_like(total)
        if c.high is not None:
            excess = np.maximum(excess, total - c.high)
        if c.low is not None:
            excess = np.maximum(excess, c.low - total)
        table += (np.where(excess > 0, BAN, 0) if c.price == 0 else excess * c.price).astype(np.float32)
    if not table.any():
        return out
    return out + table[left_class[:, None], right_class[None, :]]


class Search:
    """The state of one search: automata, limits, groups."""

    def __init__(self, compiled: Compiled, *, slack: int = FIRST_SLACK, guard: int = PATTERN_GUARD) -> None:
        self.compiled = compiled
        self.guard = guard
        self.slack = slack
        self.automata = [WeekAutomaton(model, compiled.problem.choices) for model in compiled.weeks]
        empty = Sides([], [])
        self.sides = [split(couplings) for couplings in compiled.couplings]
        self.before = [empty, *self.sides]
        self.after = [*self.sides, empty]
        self.groups = [self.open_week(w) for w in range(len(self.automata))]
        self.known_pairs: dict[int, tuple[WeekGroups, WeekGroups, Floats]] = {}

    def open_week(self, week: int) -> WeekGroups:
        """List a week's patterns, raising the limit in growing steps until there is one."""
        limit, step = self.automata[week].least + self.slack, max(self.slack, 1)
        while True:
            found = list_patterns(self.automata[week], limit, guard=self.guard)
            if len(found.cost):
                return group_patterns(found, self.before[week], self.after[week])
            step *= 4
            limit += step

    def raise_limit(self, week: int, limit: int) -> None:
        """List a week again with a higher limit."""
        found = list_patterns(self.automata[week], limit, guard=self.guard)
        self.groups[week] = group_patterns(found, self.before[week], self.after[week])
        if len(self.groups[week].cost) > GROUP_GUARD:
            raise TooManyPatterns

    def pairs(self, week: int) -> Floats:
        """Price every pair of patterns of a week and the next, once for each pair of listings."""
        left, right = self.groups[week], self.groups[week + 1]
        known = self.known_pairs.get(week)
        if known is not None and known[0] is left and known[1] is right:
            return known[2]
        costs = pair_costs(left, right, self.sides[week])
        if costs.size <= KEPT_PAIRS:
            self.known_pairs[week] = (left, right, costs)
        return costs

    def forward(self) -> tuple[list[float], float]:
        """Pass from the first week to the last with the *others* beside the listed patterns.

        Returns: The lower bound of plans up to and through each week's *other*, and of whole plans.
        """
        listed = self.groups[0].cost
        others = [self.groups[0].limit + 1.0]
        for w in range(1, len(self.groups)):
            week = self.groups[w]
            least = min(float(listed.min()), others[-1])
            nearest = (listed[:, None] + self.pairs(w - 1)).min(axis=0)
            listed = np.minimum(nearest, others[-1]) + week.cost
            others.append(least + week.limit + 1.0)
        return others, min(float(listed.min()), others[-1])

    def backward(self) -> tuple[Ints, float, list[float]]:
        """Pass from the last week to the first, then walk forward along the first cheapest patterns.

        Returns: The pattern of each week, the plan's cost, and the lower bound after each week's *other*.
        """
        last = len(self.groups) - 1
        legal: list[Floats] = [np.zeros(0)] * (last + 1)
        after_other = [0.0] * (last + 1)
        legal[last] = rest = self.groups[last].cost
        for w in range(last - 1, -1, -1):
            week, after = self.groups[w], self.groups[w + 1]
            costs = self.pairs(w)
            beyond = after.limit + 1.0 + after_other[w + 1]
            after_other[w] = min(float(rest.min()), beyond)
            same = rest is legal[w + 1]
            legal[w] = (costs + legal[w + 1][None, :]).min(axis=1) + week.cost
            nearest = legal[w] if same else (costs + rest[None, :]).min(axis=1) + week.cost
            rest = np.minimum(nearest, beyond + week.cost)
            if np.array_equal(rest, legal[w]):
                rest = legal[w]
        path = [int(np.argmin(legal[0]))]
        for w in range(last):
            row = pair_row(self.groups[w], path[-1], self.groups[w + 1], self.sides[w])
            path.append(int(np.argmin(row + legal[w + 1])))
        return np.array(path), float(legal[0].min()), after_other

    def improve(self) -> tuple[Ints, float, float, bool]:
        """Do one round: solve, bound, and raise the limits of weeks that could still hide something.

        Returns: The path, its cost, the lower bound, and whether anything was raised.
        """
        path, cost, after_other = self.backward()
        others, bound = self.forward()
        raised = False
        for w, (before, after) in enumerate(zip(others, after_other, strict=True)):
            limit = self.groups[w].limit
            if cost >= FORBIDDEN:
                wanted = limit + 4 * max(self.slack, 1, limit - self.automata[w].least)
            elif before + after <= cost:
                wanted = limit + int(cost - before - after) + 1
            else:
                continue
            self.raise_limit(w, wanted)
            raised = True
        return path, cost, min(cost, bound), raised


def pair_row(left: WeekGroups, index: int, right: WeekGroups, sides: Sides) -> Floats:
    """Price one pattern beside every pattern of the next week."""
    one = slice(index, index + 1)
    alone = WeekGroups(
        codes=left.codes[one],
        cost=left.cost[one],
        out_binary=left.out_binary[one],
        out_wide=left.out_wide[one],
        in_binary=left.in_binary[one],
        in_wide=left.in_wide[one],
        listed=1,
        limit=left.limit,
    )
    row: Floats = pair_costs(alone, right, sides)[0]
    return row


def search(compiled: Compiled, *, slack: int = FIRST_SLACK, guard: int = PATTERN_GUARD) -> Certificate:
    """Find the cheapest plan and prove it.

    Args:
        compiled: Week models and couplings.
        slack: Taste units above each week's least that are listed at first; never changes the plan.
        guard: Most patterns listed at once; beyond it the best plan so far is returned with its gap.
    Returns: The certificate; ``proven`` unless the guard was reached.
    """
    state = Search(compiled, slack=slack, guard=guard)
    best: tuple[tuple[int, ...], int, int] | None = None
    rounds = 0
    raised = True
    while raised and rounds < MOST_ROUNDS:
        rounds += 1
        try:
            groups = list(state.groups)
            path, cost, bound, raised = state.improve()
        except TooManyPatterns:
            raised = False
            if best is None:
                path, cost, _ = state.backward()
                bound = state.forward()[1]
                groups = state.groups
            else:
                break
        chosen = tuple(int(i) for w, p in enumerate(path) for i in groups[w].codes[p] if i >= 0)
        best = (chosen, int(cost), int(min(cost, bound)))
    assert best is not None
    return Certificate(
        chosen=tuple(sorted(best[0])),
        cost=best[1],
        bound=best[2],
        rounds=rounds,
        patterns=tuple(g.listed for g in state.groups),
        groups=tuple(len(g.cost) for g in state.groups),
        limits=tuple(g.limit for g in state.groups),
    )
