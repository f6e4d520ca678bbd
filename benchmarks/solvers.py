"""Two solvers beside the search, given the same claims: dose first, then taste with the dose held, both to gap 0.

The solvers get the choices that compiling left open, one a date at most, and every claim that can bind; a claim on a
single choice becomes that choice's price, as it does for the search. Building a model and solving it are told apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import highspy
import numpy as np

from midstance.domain.evidence import Tier
from midstance.planning.compile import Compiled, Filing, empty_weeks, mask
from midstance.planning.search import search

try:
    from ortools.sat.python import cp_model
except ImportError:  # the second solver is optional
    cp_model = None

if TYPE_CHECKING:
    from collections.abc import Callable

    from midstance.domain.problem import Claim

SECONDS = 20.0
"""A pass that takes longer is given up [s]."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a way to the optimum found: (dose, taste), or None when it was given up; seconds to build and to solve."""

    cost: tuple[int, int] | None
    build_s: float
    solve_s: float

    @property
    def seconds(self) -> float:
        """Building and solving together [s]."""
        return self.build_s + self.solve_s


@dataclass(kw_only=True)
class Programme:
    """The claims as rows over yes/no columns and columns of excess.

    Attributes:
        open: Number of yes/no columns; the others are excess, 0 or more.
        most: Largest value of each column.
        rows: (terms as column -> coefficient, low, high).
        prices: Price of each column by tier.
        sure: What every plan costs, by tier.
    """

    open: int
    most: list[int]
    rows: list[tuple[dict[int, int], int | None, int | None]] = field(default_factory=list)
    prices: dict[Tier, dict[int, int]] = field(default_factory=lambda: {Tier.DOSE: {}, Tier.TASTE: {}})
    sure: dict[Tier, int] = field(default_factory=lambda: {Tier.DOSE: 0, Tier.TASTE: 0})


def programme_of(compiled: Compiled) -> Programme:
    """Turn the claims of a compiled problem into rows."""
    days = [day for week in compiled.weeks for day in week.days if day]
    column = {choice: k for k, choice in enumerate(c for day in days for c in day)}
    out = Programme(open=len(column), most=[1] * len(column))
    for day in days:
        out.rows.append(({column[c]: 1 for c in day}, None, 1))
    for claim in compiled.claims:
        terms = {column[index]: c for c, index in claim.terms if index in column and c}
        add_claim(out, claim, terms)
    return out


def add_claim(out: Programme, claim: Claim, terms: dict[int, int]) -> None:
    """Add one claim: nothing where it cannot bind, a price where it holds one choice, else a row or two."""
    smallest, largest = sum(c for c in terms.values() if c < 0), sum(c for c in terms.values() if c > 0)
    over = largest - claim.high if claim.high is not None else 0
    under = claim.low - smallest if claim.low is not None else 0
    if over <= 0 and under <= 0:
        return
    if claim.tier is Tier.SAFETY:
        out.rows.append((terms, claim.low, claim.high))
        return
    prices = out.prices[claim.tier]
    if len(terms) <= 1:
        out.sure[claim.tier] += claim.price * claim.excess(0)
        for column, coefficient in terms.items():
            more = claim.excess(coefficient) - claim.excess(0)
            prices[column] = prices.get(column, 0) + claim.price * more
        return
    excess = len(out.most)
    out.most.append(max(over, under))
    prices[excess] = claim.price
    if over > 0:
        out.rows.append(({**terms, excess: -1}, None, claim.high))
    if under > 0:
        out.rows.append(({**terms, excess: 1}, claim.low, None))


def own_way(compiled: Compiled, clock: Callable[[], float]) -> Answer:
    """File the claims into week models and search them."""
    begun = clock()
    choices = compiled.problem.choices
    banned = mask(compiled.claims, choices)
    fresh = replace(
        compiled,
        weeks=empty_weeks(compiled.problem, set(banned)),
        couplings=[[] for _ in compiled.couplings],
    )
    filing = Filing(fresh, banned)
    for claim in compiled.claims:
        filing.file(claim)
    built = clock()
    found = search(fresh)
    cost = fresh.unpack(found.cost) if found.proven else None
    return Answer(cost=cost, build_s=built - begun, solve_s=clock() - built)


def highs_way(compiled: Compiled, clock: Callable[[], float]) -> Answer:
    """Let HiGHS solve the claims: one thread, gap 0, each pass from the solution of the one before."""
    begun = clock()
    programme = programme_of(compiled)
    highs = highs_model(programme)
    built = clock()
    cost = []
    for tier in (Tier.DOSE, Tier.TASTE):
        prices = programme.prices[tier]
        columns = range(len(programme.most))
        highs.changeColsCost(len(programme.most), list(columns), [float(prices.get(c, 0)) for c in columns])
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return Answer(cost=None, build_s=built - begun, solve_s=clock() - built)
        value = round(highs.getInfo().objective_function_value)
        cost.append(value + programme.sure[tier])
        if tier is Tier.DOSE:
            solution = highs.getSolution()
            held = sorted(c for c, price in prices.items() if price)
            highs.addRow(-highs.getInfinity(), value + 0.5, len(held), held, [float(prices[c]) for c in held])
            highs.setSolution(solution)
    return Answer(cost=(cost[0], cost[1]), build_s=built - begun, solve_s=clock() - built)


def highs_model(programme: Programme) -> Any:
    """Build the rows for HiGHS in one piece."""
    highs = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.0),
                          ("time_limit", SECONDS)):
        highs.setOptionValue(option, value)
    infinity = highs.getInfinity()
    lp = highspy.HighsLp()
    columns, rows = len(programme.most), programme.rows
    lp.num_col_, lp.num_row_ = columns, len(rows)
    lp.col_cost_ = np.zeros(columns)
    lp.col_lower_ = np.zeros(columns)
    lp.col_upper_ = np.array(programme.most, dtype=np.float64)
    lp.row_lower_ = np.array([-infinity if low is None else low for _, low, _ in rows])
    lp.row_upper_ = np.array([infinity if high is None else high for _, _, high in rows])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(terms) for terms, _, _ in rows)], dtype=np.int32)
    lp.a_matrix_.index_ = np.array([c for terms, _, _ in rows for c in terms], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([v for terms, _, _ in rows for v in terms.values()], dtype=np.float64)
    # excess is whole by itself; saying so took a third off the slowest instances
    lp.integrality_ = [highspy.HighsVarType.kInteger] * columns
    highs.passModel(lp)
    return highs


def cpsat_way(compiled: Compiled, clock: Callable[[], float]) -> Answer:
    """Let CP-SAT solve the claims: one worker, linearisation level 2, each pass from the solution of the one before."""
    begun = clock()
    programme = programme_of(compiled)
    model, variables = cpsat_model(programme)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.max_time_in_seconds = SECONDS
    built = clock()
    cost = []
    for tier in (Tier.DOSE, Tier.TASTE):
        prices = programme.prices[tier]
        total = cp_model.LinearExpr.weighted_sum([variables[c] for c in prices], list(prices.values()))
        model.minimize(total)
        if solver.solve(model) != cp_model.OPTIMAL:
            return Answer(cost=None, build_s=built - begun, solve_s=clock() - built)
        value = round(solver.objective_value)
        cost.append(value + programme.sure[tier])
        if tier is Tier.DOSE:
            model.add(total <= value)
            for variable in variables:
                model.add_hint(variable, solver.value(variable))
    return Answer(cost=(cost[0], cost[1]), build_s=built - begun, solve_s=clock() - built)


def cpsat_model(programme: Programme) -> tuple[Any, list[Any]]:
    """Build the rows for CP-SAT."""
    model = cp_model.CpModel()
    variables = [
        model.new_bool_var("") if c < programme.open else model.new_int_var(0, most, "")
        for c, most in enumerate(programme.most)
    ]
    far = 1 << 40
    for terms, low, high in programme.rows:
        total = cp_model.LinearExpr.weighted_sum([variables[c] for c in terms], list(terms.values()))
        model.add_linear_constraint(total, -far if low is None else low, far if high is None else high)
    return model, variables


WAYS: dict[str, Callable[[Compiled, Callable[[], float]], Answer]] = {
    "midstance": own_way,
    "HiGHS": highs_way,
    **({} if cp_model is None else {"CP-SAT": cpsat_way}),
}
"""The ways to the optimum that are installed here, the own one first."""
