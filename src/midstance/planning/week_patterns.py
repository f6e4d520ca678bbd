"""All good patterns of one week: which choice stands on which date.

A pattern is counted by kinds. The state after some dates is how many sessions of each kind stand so far; a backward
pass over those few states gives the exact cheapest completion when neighbour dates and wide rows are ignored, so the
forward pass lists exactly the patterns that may still cost at most ``limit``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from midstance.planning.compile import KIND_INDEX
from midstance.planning.prepare import PLACED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from midstance.domain.problem import Choice
    from midstance.planning.compile import CountRow, Row, WeekModel

    Ints = NDArray[np.int64]

FORBIDDEN = 1 << 50
KINDS = len(PLACED)
MOST_OF_A_KIND = 3


class TooManyPatterns(Exception):  # noqa: N818 - a guard, not an error
    """More patterns than the size guard allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """Patterns of a week in canonical order.

    Attributes:
        codes: For each pattern (row) and date (column) the index of the choice, -1 for none.
        cost: Packed cost of each inside its week.
        limit: Every pattern of at most this cost is listed.
    """

    codes: Ints
    cost: Ints
    limit: int


class WeekAutomaton:
    """Counts of kinds as states, with the cheapest completion from every date."""

    def __init__(self, model: WeekModel, choices: Sequence[Choice]) -> None:
        self.model = model
        self.kind_of = {i: KIND_INDEX[choices[i].kind] for day in model.days for i in day}
        self.caps = self._caps()
        self.shape = tuple(cap + 1 for cap in self.caps)
        self.strides = [int(np.prod(self.shape[k + 1 :])) for k in range(KINDS)]
        self.final = self._final_cost().ravel()
        self.steps = self._steps()
        self.togo = self._completions()
        self.tables = pair_tables(model)

    def _caps(self) -> list[int]:
        """Bound how many sessions of each kind can stand in the week."""
        caps = [0] * KINDS
        for day in self.model.days:
            for k in {self.kind_of[i] for i in day}:
                caps[k] = min(caps[k] + 1, MOST_OF_A_KIND)
        for row in self.model.counts:
            if row.price == 0 and row.high is not None:
                for k in row.kinds:
                    caps[k] = min(caps[k], row.high)
        return caps

    def _final_cost(self) -> Ints:
        """Price the count rows at every state; what safety forbids costs ``FORBIDDEN``."""
        grids = np.indices(self.shape)
        out = np.zeros(self.shape, dtype=np.int64)
        for row in self.model.counts:
            total = sum((grids[k] for k in row.kinds), np.zeros(self.shape, dtype=np.int64))
            excess = row_excess(total, row)
            out += np.where(excess > 0, FORBIDDEN, 0) if row.price == 0 else excess * row.price
        return np.minimum(out, FORBIDDEN)

    def _steps(self) -> Ints:
        """For each kind and state, the state after one more session of it; -1 where the cap is reached."""
        index = np.arange(int(np.prod(self.shape)))
        counts = np.unravel_index(index, self.shape)
        return np.stack(
            [np.where(counts[k] < self.caps[k], index + self.strides[k], -1) for k in range(KINDS)],
        )

    def _completions(self) -> list[Ints]:
        """Give, before each date, the cheapest cost from every state to the week's end."""
        togo = [self.final]
        for day in reversed(self.model.days):
            later = togo[-1]
            best = later.copy()
            cheapest: dict[int, int] = {}
            for i in day:
                k = self.kind_of[i]
                cheapest[k] = min(cheapest.get(k, FORBIDDEN), self.model.unary[i])
            for k, price in cheapest.items():
                after = self.steps[k]
                cost = np.where(after >= 0, later[after] + price, FORBIDDEN)
                np.minimum(best, cost, out=best)
            togo.append(best)
        return togo[::-1]

    @property
    def least(self) -> int:
        """Lower bound of the cheapest pattern."""
        return int(self.togo[0][0])


def row_excess(total: Any, row: CountRow | Row) -> Any:
    """Units of a sum outside a row's bounds, elementwise."""
    out = np.zeros_like(total)
    if row.high is not None:
        out = np.maximum(out, total - row.high)
    if row.low is not None:
        out = np.maximum(out, row.low - total)
    return out


def pair_tables(model: WeekModel) -> list[Ints]:
    """Price neighbour dates: for each date but the first a table (choice of the date before + 1, choice + 1)."""
    tables = [np.zeros((1, 1), dtype=np.int64)]
    for before, day in zip(model.days, model.days[1:], strict=False):
        tables.append(np.zeros((len(before) + 1, len(day) + 1), dtype=np.int64))
    for first, row in model.pairs:
        left = np.array([0, *(row.coefficients.get(i, 0) for i in model.days[first])])
        right = np.array([0, *(row.coefficients.get(i, 0) for i in model.days[first + 1])])
        excess = row_excess(left[:, None] + right[None, :], row)
        tables[first + 1] += np.where(excess > 0, FORBIDDEN, 0) if row.price == 0 else excess * row.price
    return tables


def list_patterns(
    automaton: WeekAutomaton,
    limit: int,
    *,
    guard: int,
    columns: list[NDArray[np.bool_]] | None = None,
) -> Patterns:
    """List every pattern of a week whose cost is at most ``limit``, in canonical order ("none" first).

    Args:
        automaton: The week.
        limit: Highest packed cost wanted.
        guard: Most partial patterns held at once.
        columns: For each date which of its choices are open ("none" first); all by default.
    Returns: The patterns, possibly none.
    Raises: TooManyPatterns: The guard was reached.
    """
    model = automaton.model
    tables = automaton.tables
    state = np.zeros(1, dtype=np.int64)
    cost = np.zeros(1, dtype=np.int64)
    last = np.zeros(1, dtype=np.int64)
    codes = np.zeros((1, 0), dtype=np.int64)
    for d, day in enumerate(model.days):
        kinds = np.array([automaton.kind_of[i] for i in day], dtype=np.int64)
        price = np.array([0, *(model.unary[i] for i in day)], dtype=np.int64)
        after = np.empty((len(state), len(day) + 1), dtype=np.int64)
        after[:, 0] = state
        if len(day):
            after[:, 1:] = automaton.steps[kinds][:, state].T
        paid = cost[:, None] + price[None, :] + (tables[d][last] if d else 0)
        bound = paid + automaton.togo[d + 1][after]
        good = (after >= 0) & (bound <= limit)
        if columns is not None:
            good &= columns[d][None, :]
        rows, taken = np.nonzero(good)
        if len(rows) > guard:
            raise TooManyPatterns
        state, cost, last = after[rows, taken], paid[rows, taken], taken
        code = np.array([-1, *day], dtype=np.int64)[taken]
        codes = np.column_stack([codes[rows], code])
    cost = cost + automaton.final[state]
    return apply_rows(model, Patterns(codes=codes, cost=cost, limit=limit))


def apply_rows(model: WeekModel, patterns: Patterns) -> Patterns:
    """Price the rows that are no counts and no neighbours, and drop what safety or the limit forbids."""
    cost = patterns.cost
    legal = np.ones(len(cost), dtype=bool)
    for row in model.rows:
        total = weigh(row.coefficients, patterns.codes)
        excess = row_excess(total, row)
        if row.price == 0:
            legal &= excess == 0
        else:
            cost = cost + excess * row.price
    legal &= cost <= patterns.limit
    return Patterns(codes=patterns.codes[legal], cost=cost[legal], limit=patterns.limit)


def weigh(coefficients: dict[int, int], codes: Ints) -> Ints:
    """Sum the coefficients of each pattern's choices."""
    column: Ints = weigh_all([coefficients], codes)[:, 0]
    return column


def weigh_all(coefficients: Sequence[dict[int, int]], codes: Ints) -> Ints:
    """Sum the coefficients of each pattern's choices for several claims at once (patterns x claims)."""
    out = np.zeros((len(codes), len(coefficients)), dtype=np.int64)
    if codes.size == 0 or not coefficients:
        return out
    taken = codes[codes >= 0]
    indices = [
        *(i for terms in coefficients for i in terms),
        *((int(taken.min()), int(taken.max())) if len(taken) else ()),
    ]
    low, high = min(indices, default=0), max(indices, default=0)
    table = np.zeros((high - low + 2, len(coefficients)), dtype=np.int64)
    for column, terms in enumerate(coefficients):
        for index, coefficient in terms.items():
            table[index - low, column] = coefficient
    places = np.where(codes >= 0, codes - low, high - low + 1)
    for day in range(codes.shape[1]):
        out += table[places[:, day]]
    return out
