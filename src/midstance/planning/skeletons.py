"""Skeletons: where a week's hard sessions stand, with a lower bound of everything that may stand beside them.

Safety across a week's border depends on the hard sessions and, a little, on easy minutes. A skeleton fixes the hard
sessions; the easy ones are counted at their most helpful. So a bound over skeletons keeps the bans that make dose give
way, while the many ways to place easy sessions stay uncounted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.planning.week_patterns import FORBIDDEN, WeekAutomaton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from midstance.domain.problem import Choice
    from midstance.planning.compile import Coupling

    Ints = NDArray[np.int64]

MOST_PARTIAL = 60_000


@dataclass(frozen=True, slots=True)
class Skeletons:
    """Hard sessions of a week (rows: one index a date, -1 for none), and the least packed cost with each."""

    codes: Ints
    least: Ints


class TooManySkeletons(Exception):  # noqa: N818 - a guard, not an error
    """A week offers more placements of hard sessions than the guard allows."""


def list_skeletons(automaton: WeekAutomaton, choices: Sequence[Choice]) -> Skeletons:
    """List where the hard sessions of a week may stand.

    Args:
        automaton: The week.
        choices: The problem's choices.
    Returns: Every legal placement of hard sessions with a lower bound of the week's cost, canonical order.
    Raises: TooManySkeletons: The guard was reached.
    """
    model = automaton.model
    state = np.zeros(1, dtype=np.int64)
    cost = np.zeros(1, dtype=np.int64)
    codes = np.zeros((1, 0), dtype=np.int64)
    last = np.zeros(1, dtype=np.int64)
    for d, day in enumerate(model.days):
        easy: dict[int, int] = {}
        hard: list[tuple[int, int]] = []
        for position, index in enumerate(day):
            if choices[index].hard:
                hard.append((index, position + 1))
            else:
                kind = automaton.kind_of[index]
                easy[kind] = min(easy.get(kind, FORBIDDEN), model.unary[index])
        beside = neighbours(automaton, d, choices)
        spent = cost + beside[last, 0]
        parts = [(state, spent, -1, 0)]
        parts += [(automaton.steps[kind][state], spent + price, -1, 0) for kind, price in sorted(easy.items())]
        for index, column in hard:
            spent = cost + model.unary[index] + beside[last, column]
            parts.append((automaton.steps[automaton.kind_of[index]][state], spent, index, column))
        state = np.concatenate([p[0] for p in parts])
        cost = np.concatenate([p[1] for p in parts])
        code = np.repeat(np.array([p[2] for p in parts]), len(codes))
        last = np.repeat(np.array([p[3] for p in parts]), len(codes))
        codes = np.column_stack([np.tile(codes, (len(parts), 1)), code])
        legal = state >= 0
        legal[legal] &= cost[legal] + automaton.togo[d + 1][state[legal]] < FORBIDDEN
        state, cost, codes, last = state[legal], cost[legal], codes[legal], last[legal]
        keep = cheapest_of(np.column_stack([codes, state]), cost)
        state, cost, codes, last = state[keep], cost[keep], codes[keep], last[keep]
        if len(state) > MOST_PARTIAL:
            raise TooManySkeletons
    total = cost + automaton.final[state]
    keep = cheapest_of(codes, total)
    return legal_rows(automaton, Skeletons(codes[keep], total[keep]), choices)


def neighbours(automaton: WeekAutomaton, day: int, choices: Sequence[Choice]) -> Ints:
    """Price a date beside the one before it where none stands for none or any easy session, whichever costs least.

    An easy session may be what allows the hard one on the next date: a seven days' share of which all but two dates lie
    before the plan speaks of two neighbouring dates.
    """
    table = automaton.tables[day].copy() if day else np.zeros((1, 1 + len(automaton.model.days[0])), dtype=np.int64)
    days = automaton.model.days
    if day:
        table[0] = table[[0, *(k + 1 for k, i in enumerate(days[day - 1]) if not choices[i].hard)]].min(axis=0)
    table[:, 0] = table[:, [0, *(k + 1 for k, i in enumerate(days[day]) if not choices[i].hard)]].min(axis=1)
    return table


def cheapest_of(rows: Ints, cost: Ints) -> Ints:
    """Give the positions of the cheapest of equal rows, in order of the rows."""
    order = np.lexsort((cost, *rows.T[::-1]))
    ranked = rows[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (ranked[1:] != ranked[:-1]).any(axis=1)
    kept: Ints = order[first]
    return kept


def legal_rows(automaton: WeekAutomaton, found: Skeletons, choices: Sequence[Choice]) -> Skeletons:
    """Drop the skeletons that break a safety row of the week even with the most helpful easy sessions."""
    legal = found.least < FORBIDDEN
    for row in automaton.model.rows:
        if row.price == 0 and row.high is not None:
            legal &= optimistic(automaton, row.coefficients, found.codes, choices) <= row.high
    return Skeletons(found.codes[legal], found.least[legal])


def optimistic(
    automaton: WeekAutomaton,
    coefficients: dict[int, int],
    codes: Ints,
    choices: Sequence[Choice],
) -> Ints:
    """Sum a claim over skeletons, easy sessions at their most helpful on every date without a hard one."""
    out = np.zeros(len(codes), dtype=np.int64)
    for d, day in enumerate(automaton.model.days):
        helpful = min((coefficients.get(i, 0) for i in day if not choices[i].hard), default=0)
        column = codes[:, d]
        value = np.full(len(codes), min(0, helpful), dtype=np.int64)
        for index in day:
            if choices[index].hard:
                value[column == index] = coefficients.get(index, 0)
        out += value
    return out


def at_border(
    automaton: WeekAutomaton,
    codes: Ints,
    couplings: Sequence[Coupling],
    choices: Sequence[Choice],
    *,
    left: bool,
) -> Ints:
    """Weigh skeletons for the safety couplings of a border, at their most helpful (skeletons x couplings)."""
    columns = [optimistic(automaton, c.left if left else c.right, codes, choices) for c in couplings]
    return np.column_stack(columns) if columns else np.zeros((len(codes), 0), dtype=np.int64)
