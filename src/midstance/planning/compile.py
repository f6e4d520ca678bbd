"""From claims to what a search can use: masks with their reasons, week models and couplings of neighbour weeks.

Two steps. Rules with edges are the only ones that see the hour, so first every start of a kind on a date is judged by
them alone: forbidden ones are masked, of those that no rule tells apart the cheapest stays. Then all rules speak about
what is left. ``planner.md`` section 3 has the shapes; a claim wider than two neighbouring weeks is refused.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from midstance.domain.evidence import Tier
from midstance.domain.problem import Choice, Claim, Fate, Problem
from midstance.domain.session import Kind
from midstance.planning.lived import claims_of
from midstance.planning.prepare import PLACED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from midstance.rules._rule import Rule

TASTE_LIMIT = 1 << 20
KIND_INDEX = {kind: k for k, kind in enumerate(PLACED)}


class CompileError(Exception):
    """A claim of a shape that the search does not know; names rule, date and weeks."""


@dataclass(slots=True, kw_only=True)
class Row:
    """A claim inside one week: coefficient by choice, bounds, and the price of each unit outside (0: forbidden)."""

    coefficients: dict[int, int]
    low: int | None
    high: int | None
    price: int


@dataclass(slots=True, kw_only=True)
class CountRow:
    """A claim on how many sessions of some kinds a week holds."""

    kinds: tuple[int, ...]
    low: int | None
    high: int | None
    price: int


@dataclass(slots=True, kw_only=True)
class WeekModel:
    """One week for the search.

    Attributes:
        days: For each date of the week, the indices of its choices in canonical order.
        unary: Packed price of each choice.
        counts: Rows on counts of kinds.
        pairs: Rows whose terms lie on two neighbouring dates, by the first date's position.
        rows: All other rows.
    """

    days: list[list[int]]
    unary: dict[int, int]
    counts: list[CountRow] = field(default_factory=list)
    pairs: list[tuple[int, Row]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Coupling:
    """A claim across a week and the next: ``left`` coefficients of the week, ``right`` of the next one."""

    left: dict[int, int]
    right: dict[int, int]
    low: int | None
    high: int | None
    price: int


@dataclass(slots=True, kw_only=True)
class Compiled:
    """What the search reads.

    Attributes:
        problem: The problem with the choices that are left.
        weeks: One model a week.
        couplings: For each week but the last, the couplings to the next one.
        masked: Every candidate start that is forbidden, with each claim that forbids it.
        kept: Choices of the first step's winners by (day, kind), masked ones by the second step included.
        claims: Every claim of the second step, for pricing moves and re-scoring.
    """

    problem: Problem
    weeks: list[WeekModel]
    couplings: list[list[Coupling]]
    masked: dict[tuple[int, Kind], list[tuple[Choice, tuple[Claim, ...]]]]
    claims: tuple[Claim, ...]

    def unpack(self, cost: int) -> tuple[int, int]:
        """Split a packed cost into (dose, taste)."""
        return divmod(cost, TASTE_LIMIT)


def packed(claim: Claim) -> int:
    """Price of one unit of a claim in one number: dose above any taste; 0 for safety."""
    if claim.tier is Tier.SAFETY:
        return 0
    return claim.price * TASTE_LIMIT if claim.tier is Tier.DOSE else claim.price


def inside(choice: Choice) -> tuple[int, Kind, int, int]:
    """Give what rules without edges see of a choice: not its hour."""
    return choice.day, choice.kind, choice.minutes, choice.hard_minutes


def judge_starts(
    problem: Problem,
    rules: Sequence[Rule],
) -> tuple[list[Choice], dict[int, list[Claim]]]:
    """Judge every start by the rules that see the hour; keep one of those that nothing tells apart.

    Returns: The choices that stay (in order), and the claims that forbid each of the others by index.
    """
    banned: dict[int, list[Claim]] = {}
    price: dict[int, int] = {}
    beside: dict[int, list[int]] = {}
    for number, claim in enumerate(c for rule in rules if rule.edges for c in claims_of(rule, problem)):
        if len(claim.terms) > 1:
            for coefficient, index in claim.terms:
                beside.setdefault(index, []).extend((number, coefficient))
            continue
        coefficient, index = claim.terms[0]
        if claim.tier is Tier.SAFETY:
            if claim.high is not None and coefficient > claim.high:
                banned.setdefault(index, []).append(claim)
        else:
            price[index] = price.get(index, 0) + packed(claim) * claim.excess(coefficient)
    best: dict[tuple[object, ...], Choice] = {}
    for choice in problem.choices:
        if choice.index in banned:
            continue
        if choice.fate is not Fate.OPEN:
            best[choice.index,] = choice
            continue
        column = tuple(beside.get(choice.index, ()))
        key = (*inside(choice), column)
        other = best.get(key)
        if other is None or price.get(choice.index, 0) < price.get(other.index, 0):
            best[key] = choice
    return sorted(best.values(), key=lambda c: c.index), banned


def smallest_and_largest(terms: dict[int, int], days: Sequence[int]) -> tuple[int, int]:
    """Bound a sum of choices, at most one a date; ``days`` is the date of each choice."""
    low: dict[int, int] = {}
    high: dict[int, int] = {}
    for index, coefficient in terms.items():
        day = days[index]
        if coefficient > 0:
            if coefficient > high.get(day, 0):
                high[day] = coefficient
        elif coefficient < low.get(day, 0):
            low[day] = coefficient
    return sum(low.values()), sum(high.values())


def mask(claims: Iterable[Claim], choices: Sequence[Choice]) -> dict[int, list[Claim]]:
    """Find the choices that break a safety claim on their own, with every claim that says so."""
    banned: dict[int, list[Claim]] = {}
    for claim in claims:
        if claim.tier is not Tier.SAFETY or claim.high is None or max(claim.terms, default=(0, 0))[0] <= claim.high:
            continue
        by_day: dict[int, int] = {}
        for coefficient, index in claim.terms:
            if coefficient < 0:
                day = choices[index].day
                by_day[day] = min(by_day.get(day, 0), coefficient)
        relief = sum(by_day.values())
        for coefficient, index in claim.terms:
            if coefficient > 0 and coefficient + relief - by_day.get(choices[index].day, 0) > claim.high:
                banned.setdefault(index, []).append(claim)
    return banned


def compile_problem(problem: Problem, rules: Sequence[Rule]) -> Compiled:
    """Compile a problem with all candidate starts.

    Args:
        problem: Facts and every candidate start.
        rules: The rules, in any order.
    Returns: Week models, couplings, and the reasons of everything masked.
    Raises: CompileError: A claim is wider than two neighbouring weeks, a dose claim crosses weeks, or a safety claim
        forbids the empty plan.
    """
    stay, banned_starts = judge_starts(problem, rules)
    shown = with_representatives(problem, stay, banned_starts)
    small = replace(shown, choices=shown.choices[: len(stay)])
    told = [c for rule in rules for c in claims_of(rule, small if rule.edges else shown)]
    banned_all = mask(told, shown.choices)
    banned = {index: why for index, why in banned_all.items() if index < len(stay)}
    claims = tuple(without_terms_from(claim, len(stay)) for claim in told)
    compiled = Compiled(
        problem=small,
        weeks=empty_weeks(small, set(banned)),
        couplings=[[] for _ in small.weeks[1:]],
        masked=reasons(problem, shown, banned_starts, banned_all, len(stay)),
        claims=claims,
    )
    filing = Filing(compiled, banned)
    for claim in claims:
        filing.file(claim)
    return compiled


def with_representatives(problem: Problem, stay: Sequence[Choice], banned: dict[int, list[Claim]]) -> Problem:
    """Add to the choices that stay one forbidden start for each session that has no open one.

    Rules that do not see the hour speak about it too, so that every reason against a session is known.
    """
    known = {inside(choice) for choice in stay if choice.fate is Fate.OPEN}
    extra: dict[tuple[int, Kind, int, int], Choice] = {}
    for index in banned:
        choice = problem.choices[index]
        if inside(choice) not in known:
            extra.setdefault(inside(choice), choice)
    return replace(problem, choices=tuple(replace(c, index=k) for k, c in enumerate((*stay, *extra.values()))))


def without_terms_from(claim: Claim, end: int) -> Claim:
    """Drop the terms of representatives from a claim."""
    if all(index < end for _, index in claim.terms):
        return claim
    return replace(claim, terms=tuple(term for term in claim.terms if term[1] < end))


def reasons(
    problem: Problem,
    shown: Problem,
    starts: dict[int, list[Claim]],
    sessions: dict[int, list[Claim]],
    end: int,
) -> dict[tuple[int, Kind], list[tuple[Choice, tuple[Claim, ...]]]]:
    """Gather every reason against every forbidden choice by date and kind."""
    by_inside = {inside(shown.choices[index]): why for index, why in sessions.items()}
    out: dict[tuple[int, Kind], list[tuple[Choice, tuple[Claim, ...]]]] = {}
    for index, why in starts.items():
        choice = problem.choices[index]
        more = [claim for claim in by_inside.get(inside(choice), ()) if claim not in why]
        out.setdefault((choice.day, choice.kind), []).append((choice, (*why, *more)))
    for index, why in sessions.items():
        if index < end:
            choice = shown.choices[index]
            out.setdefault((choice.day, choice.kind), []).append((choice, tuple(why)))
    return out


def empty_weeks(problem: Problem, banned: set[int]) -> list[WeekModel]:
    """Make a week model for each week, with its dates' choices."""
    models = []
    by_day: dict[int, list[int]] = {}
    for choice in problem.choices:
        if choice.index not in banned and choice.fate is Fate.OPEN:
            by_day.setdefault(choice.day, []).append(choice.index)
    for week in problem.weeks:
        days = [list(by_day.get(day, ())) for day in week.days]
        models.append(WeekModel(days=days, unary={i: 0 for day in days for i in day}))
    return models


def kind_sizes(problem: Problem, banned: set[int]) -> dict[tuple[int, Kind], int]:
    """Count the choices of each kind in each week."""
    sizes: dict[tuple[int, Kind], int] = {}
    for choice in problem.choices:
        if choice.index not in banned and choice.fate is Fate.OPEN:
            sizes[choice.week, choice.kind] = sizes.get((choice.week, choice.kind), 0) + 1
    return sizes


class Filing:
    """Puts claims where the search finds them."""

    def __init__(self, compiled: Compiled, banned: Collection[int]) -> None:
        choices = compiled.problem.choices
        self.compiled = compiled
        self.banned = set(banned)
        self.days = [c.day for c in choices]
        self.weeks = [c.week for c in choices]
        self.kinds = [c.kind for c in choices]
        self.sizes = kind_sizes(compiled.problem, self.banned)

    def file(self, claim: Claim) -> None:
        """Put one claim where the search finds it.

        Raises: CompileError: The search does not know its shape, or it is a safety claim that forbids an empty plan.
        """
        banned, compiled = self.banned, self.compiled
        if claim.tier is Tier.SAFETY and ((claim.low or 0) > 0 or (claim.high is not None and claim.high < 0)):
            date = dt.date.fromordinal(claim.day)
            raise CompileError(f"{claim.rule}: the safety claim of {date} forbids an empty plan")
        terms = {index: coefficient for coefficient, index in claim.terms if index not in banned}
        if claim.tier is not Tier.SAFETY and claim.price == 0:
            return
        smallest, largest = smallest_and_largest(terms, self.days)
        if (claim.low is None or smallest >= claim.low) and (claim.high is None or largest <= claim.high):
            return
        if not terms:
            week = next(w.index for w in compiled.problem.weeks if w.monday <= claim.day < w.monday + 7)
            compiled.weeks[week].counts.append(CountRow(kinds=(), low=claim.low, high=claim.high, price=packed(claim)))
            return
        weeks = sorted({self.weeks[i] for i in terms})
        if len(weeks) == 1:
            self.file_in_week(claim, terms, weeks[0])
        elif len(weeks) == 2 and weeks[1] == weeks[0] + 1 and claim.tier is not Tier.DOSE:
            self.couple(claim, terms, weeks[0])
        else:
            shape = "dose claim across weeks" if claim.tier is Tier.DOSE else "claim wider than two neighbouring weeks"
            where = f"{dt.date.fromordinal(claim.day)}, weeks {weeks}"
            raise CompileError(f"{claim.rule}: a {shape} ({where}) is no shape the search knows")

    def couple(self, claim: Claim, terms: dict[int, int], week: int) -> None:
        """Put a claim of two neighbouring weeks between them."""
        self.compiled.couplings[week].append(
            Coupling(
                left={i: c for i, c in terms.items() if self.weeks[i] == week},
                right={i: c for i, c in terms.items() if self.weeks[i] != week},
                low=claim.low,
                high=claim.high,
                price=packed(claim),
            )
        )

    def file_in_week(self, claim: Claim, terms: dict[int, int], week: int) -> None:
        """Put a claim of one week into its model: as unary price, count of kinds, neighbour dates, or other row."""
        model = self.compiled.weeks[week]
        price = packed(claim)
        if len(terms) == 1 and price and claim.low is None:
            ((index, coefficient),) = terms.items()
            model.unary[index] += price * claim.excess(coefficient)
            return
        if set(terms.values()) == {1}:
            kinds = {self.kinds[i] for i in terms}
            if sum(self.sizes[week, kind] for kind in kinds) == len(terms):
                codes = tuple(sorted(KIND_INDEX[kind] for kind in kinds))
                model.counts.append(CountRow(kinds=codes, low=claim.low, high=claim.high, price=price))
                return
        row = Row(coefficients=terms, low=claim.low, high=claim.high, price=price)
        days = sorted({self.days[i] for i in terms})
        if len(days) == 2 and days[1] == days[0] + 1:
            model.pairs.append((days[0] - self.compiled.problem.weeks[week].days[0], row))
        else:
            model.rows.append(row)
