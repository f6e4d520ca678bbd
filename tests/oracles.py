"""Other ways to the cheapest plan, from a compiled problem's claims alone: listing every plan, and a solver."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from midstance.domain.evidence import Tier
from midstance.domain.problem import Claim

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from midstance.domain.problem import Choice, Problem
    from midstance.planning.compile import Compiled

BLOCK = 4096


@dataclass(frozen=True, kw_only=True)
class Listed:
    """What listing every plan found: the cheapest (dose, taste), the first such plan, how many there are of them."""

    cost: tuple[int, int]
    chosen: tuple[int, ...]
    equals: int
    legal: int
    plans: int


def recost(claims: Iterable[Claim], chosen: Collection[int]) -> tuple[int, int, list[Claim]]:
    """Add up what a plan costs: (dose, taste, broken safety claims)."""
    taken = set(chosen)
    dose = taste = 0
    broken = []
    for claim in claims:
        excess = claim.excess(sum(coefficient for coefficient, index in claim.terms if index in taken))
        if not excess:
            continue
        if claim.tier is Tier.SAFETY:
            broken.append(claim)
        elif claim.tier is Tier.DOSE:
            dose += excess * claim.price
        else:
            taste += excess * claim.price
    return dose, taste, broken


def choices_by_date(problem: Problem) -> list[list[Choice]]:
    """Give the choices of each date of a problem, in order."""
    by_day: dict[int, list[Choice]] = {}
    for choice in problem.choices:
        by_day.setdefault(choice.day, []).append(choice)
    return [by_day[day] for day in sorted(by_day)]


def list_every_plan(problem: Problem, claims: Sequence[Claim]) -> Listed:
    """Price every plan with at most one choice a date, in canonical order: date by date, none first, then by index."""
    options = [[-1, *(c.index for c in day)] for day in choices_by_date(problem)]
    columns = len(problem.choices)
    claims = claims or [Claim(rule="nothing", tier=Tier.TASTE, day=0, terms=())]
    weights = np.zeros((columns + 1, len(claims)), dtype=np.int64)  # the last row stands for none
    for number, claim in enumerate(claims):
        for coefficient, index in claim.terms:
            weights[index, number] += coefficient
    every = np.array(list(product(*options)), dtype=np.int64).reshape(-1 if options else 1, len(options))
    dose, taste, legal = np.zeros((3, len(every)), dtype=np.int64)
    for low in range(0, len(every), BLOCK):
        rows = slice(low, low + BLOCK)
        sums = weights[every[rows]].sum(axis=1)
        excess = np.stack([over(claim, sums[:, k]) for k, claim in enumerate(claims)], axis=1)
        prices = [np.array([c.price if c.tier is tier else 0 for c in claims]) for tier in (Tier.DOSE, Tier.TASTE)]
        safety = np.array([c.tier is Tier.SAFETY for c in claims])
        dose[rows], taste[rows] = excess @ prices[0], excess @ prices[1]
        legal[rows] = (excess[:, safety] == 0).all(axis=1)
    allowed = np.flatnonzero(legal)
    order = np.lexsort((allowed, taste[allowed], dose[allowed]))
    best = allowed[order[0]]
    cost = int(dose[best]), int(taste[best])
    equals = int(((dose[allowed] == cost[0]) & (taste[allowed] == cost[1])).sum())
    chosen = tuple(sorted(int(i) for i in every[best] if i >= 0))
    return Listed(cost=cost, chosen=chosen, equals=equals, legal=len(allowed), plans=len(every))


def over(claim: Claim, totals: Any) -> Any:
    """Units outside a claim's bounds, for many sums at once."""
    out = np.zeros_like(totals)
    if claim.high is not None:
        out = np.maximum(out, totals - claim.high)
    if claim.low is not None:
        out = np.maximum(out, claim.low - totals)
    return out


class Solver:
    """The same claims as a mixed-integer programme: a yes/no column a choice, a column of excess a priced bound."""

    def __init__(self, compiled: Compiled) -> None:
        from highspy import Highs  # noqa: PLC0415 - only the tests that ask it pay for it

        self.highs = Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-6),
                              ("mip_feasibility_tolerance", 1e-7), ("random_seed", 0)):
            self.highs.setOptionValue(option, value)
        self.columns = 0
        self.price: dict[Tier, dict[int, int]] = {Tier.DOSE: {}, Tier.TASTE: {}}
        self.compiled = compiled
        for _ in compiled.problem.choices:
            self._column(whole=True, most=1.0)
        for day in choices_by_date(compiled.problem):
            self._row({c.index: 1.0 for c in day}, None, 1.0)
        for claim in compiled.claims:
            self._claim(claim)

    def _column(self, *, whole: bool, most: float) -> int:
        import highspy  # noqa: PLC0415

        self.highs.addCol(0.0, 0.0, most, 0, np.array([], dtype=np.int32), np.array([]))
        if whole:
            self.highs.changeColIntegrality(self.columns, highspy.HighsVarType.kInteger)
        self.columns += 1
        return self.columns - 1

    def _row(self, terms: dict[int, float], low: float | None, high: float | None) -> None:
        infinity = self.highs.getInfinity()
        columns = sorted(terms)
        self.highs.addRow(
            -infinity if low is None else low, infinity if high is None else high, len(columns),
            np.array(columns, dtype=np.int32), np.array([float(terms[c]) for c in columns]))

    def _claim(self, claim: Claim) -> None:
        terms: dict[int, float] = {}
        for coefficient, index in claim.terms:
            terms[index] = terms.get(index, 0.0) + coefficient
        if claim.tier is Tier.SAFETY:
            self._row(terms, claim.low, claim.high)
            return
        if claim.price == 0:
            return
        for bound, sign in ((claim.high, -1.0), (claim.low, 1.0)):
            if bound is not None:
                excess = self._column(whole=False, most=self.highs.getInfinity())
                self.price[claim.tier][excess] = claim.price
                row = {**terms, excess: sign}
                self._row(row, None if sign < 0 else bound, bound if sign < 0 else None)

    def cheapest(self) -> tuple[int, int]:
        """Find the cheapest (dose, taste): dose first, then taste with the dose held."""
        dose = self._minimise(self.price[Tier.DOSE])
        self._row({c: float(p) for c, p in self.price[Tier.DOSE].items()}, None, float(dose) + 0.25)
        return dose, self._minimise(self.price[Tier.TASTE])

    def _minimise(self, prices: dict[int, int]) -> int:
        import highspy  # noqa: PLC0415

        for column in range(self.columns):
            self.highs.changeColCost(column, float(prices.get(column, 0)))
        self.highs.run()
        assert self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        values = np.rint(self.highs.getSolution().col_value[: len(self.compiled.problem.choices)])
        dose, taste, broken = recost(self.compiled.claims, np.flatnonzero(values).tolist())
        assert not broken
        found = dose if prices is self.price[Tier.DOSE] else taste
        assert abs(self.highs.getInfo().objective_function_value - found) < 0.01
        return found
