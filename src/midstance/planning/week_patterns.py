"""All good patterns of one week: which choice stands on which date.

A pattern is counted by kinds. The state after some dates is how many sessions of each kind stand so far; a backward
pass over those few states gives the exact cheapest completion when neighbour dates and wide rows are ignored, so the
forward pass lists exactly the patterns that may still cost at most ``limit``.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

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
FAR = 1 << 40
KINDS = len(PLACED)


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
        self.days = [self._day(day) for day in model.days]

    def _caps(self) -> list[int]:
        """Bound how many sessions of each kind can stand in the week."""
        caps = [0] * KINDS
        for day in self.model.days:
            for k in {self.kind_of[i] for i in day}:
                caps[k] += 1
        for row in self.model.counts:
            if row.price == 0 and row.high is not None:
                for k in row.kinds:
                    caps[k] = min(caps[k], row.high)
        return caps

    def _final_cost(self) -> Ints:
        """Price the count rows at every state; what safety forbids costs ``FORBIDDEN``."""
        rows = self.model.counts
        member = np.zeros((len(rows), KINDS), dtype=np.int64)
        for number, row in enumerate(rows):
            member[number, list(row.kinds)] = 1
        totals = member @ np.indices(self.shape).reshape(KINDS, -1)
        return np.minimum(priced(totals, rows), FORBIDDEN).reshape(self.shape)

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

    def _day(self, day: list[int]) -> tuple[Ints, Ints]:
        """Give, for none and each choice of a date, its price, and from every state (row) the state after it."""
        price = np.array([0, *(self.model.unary[i] for i in day)], dtype=np.int64)
        kinds = np.array([self.kind_of[i] for i in day], dtype=np.int64)
        after = np.column_stack([np.arange(self.steps.shape[1]), self.steps[kinds].T])
        return price, after

    @property
    def least(self) -> int:
        """Lower bound of the cheapest pattern."""
        return int(self.togo[0][0])


def priced(totals: Ints, rows: Sequence[CountRow | Row]) -> Ints:
    """Price sums (one of each row in front): each unit outside a row's bounds, ``FORBIDDEN`` where it has no price."""
    shape = (len(rows), *(1,) * (totals.ndim - 1))
    high = np.array([FAR if row.high is None else row.high for row in rows], dtype=np.int64).reshape(shape)
    low = np.array([-FAR if row.low is None else row.low for row in rows], dtype=np.int64).reshape(shape)
    price = np.array([row.price for row in rows], dtype=np.int64).reshape(shape)
    excess = np.maximum(np.maximum(totals - high, low - totals), 0)
    costs: Ints = np.where(price == 0, np.where(excess > 0, FORBIDDEN, 0), excess * price).sum(axis=0)
    return costs


def pair_tables(model: WeekModel) -> list[Ints]:
    """Price neighbour dates: for each date but the first a table (choice of the date before + 1, choice + 1)."""
    tables = [np.zeros((1, 1), dtype=np.int64)]
    weights = coefficient_table([row.coefficients for _, row in model.pairs], max(chain([0], *model.days))).T
    for first, (before, day) in enumerate(pairwise(model.days)):
        rows = [k for k, (place, _) in enumerate(model.pairs) if place == first]
        here = weights[rows]
        totals = here[:, [-1, *before], None] + here[:, None, [-1, *day]]
        tables.append(priced(totals, [model.pairs[k][1] for k in rows]))
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
    state = np.zeros(1, dtype=np.int64)
    cost = np.zeros(1, dtype=np.int64)
    last = np.zeros(1, dtype=np.int64)
    trail: list[tuple[Ints, Ints]] = []
    for d, (price, steps) in enumerate(automaton.days):
        after = steps[state]
        paid = cost[:, None] + price
        if d:
            paid += automaton.tables[d][last]
        good = (after >= 0) & (paid + automaton.togo[d + 1][after] <= limit)
        if columns is not None:
            good &= columns[d][None, :]
        rows, last = np.nonzero(good)
        if len(rows) > guard:
            raise TooManyPatterns
        state, cost = after[rows, last], paid[rows, last]
        trail.append((rows, last))
    cost = cost + automaton.final[state]
    return apply_rows(automaton.model, Patterns(codes=codes_of(automaton.model, trail), cost=cost, limit=limit))


def codes_of(model: WeekModel, trail: list[tuple[Ints, Ints]]) -> Ints:
    """Follow each pattern back from the last date to the first."""
    row = np.arange(len(trail[-1][0]))
    codes = np.empty((len(row), len(trail)), dtype=np.int64)
    for d in range(len(trail) - 1, -1, -1):
        rows, taken = trail[d]
        codes[:, d] = np.array([-1, *model.days[d]], dtype=np.int64)[taken[row]]
        row = rows[row]
    return codes


def apply_rows(model: WeekModel, patterns: Patterns) -> Patterns:
    """Price the rows that are no counts and no neighbours, and drop what safety or the limit forbids."""
    if not model.rows:
        legal = patterns.cost <= patterns.limit
        return Patterns(codes=patterns.codes[legal], cost=patterns.cost[legal], limit=patterns.limit)
    totals = weigh_all([row.coefficients for row in model.rows], patterns.codes)
    cost = patterns.cost + priced(totals.T, model.rows)
    legal = cost <= patterns.limit
    return Patterns(codes=patterns.codes[legal], cost=cost[legal], limit=patterns.limit)


def weigh_all(coefficients: Sequence[dict[int, int]], codes: Ints) -> Ints:
    """Sum the coefficients of each pattern's choices for several claims at once (patterns x claims)."""
    if codes.size == 0 or not coefficients:
        return np.zeros((len(codes), len(coefficients)), dtype=np.int64)
    sums: Ints = coefficient_table(coefficients, int(codes.max()))[codes.T].sum(axis=0)
    return sums


def coefficient_table(coefficients: Sequence[dict[int, int]], most: int) -> Ints:
    """Lay claims side by side: one row a choice up to ``most``, and a last row of zeros for none (-1)."""
    indices = np.fromiter(chain.from_iterable(coefficients), dtype=np.int64)
    values = np.fromiter(chain.from_iterable([terms.values() for terms in coefficients]), dtype=np.int64)
    column = np.arange(len(coefficients)).repeat([len(terms) for terms in coefficients])
    table = np.zeros((max(most, int(indices.max(initial=0))) + 2, len(coefficients)), dtype=np.int64)
    table[indices, column] = values
    return table
