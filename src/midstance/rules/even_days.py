"""Sessions go where the day is light."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Certainty, Param, Tier
from midstance.domain.problem import Claim
from midstance.domain.session import Kind
from midstance.rules._rule import Example, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Choice, Problem

MOST = Param(
    id="most",
    value=3,
    unit="price",
    between=(0, 6),
    says="Highest price of a strength-type session on a day that already carries a run, and of any on a race day.",
)


@rule(
    title="Even days",
    tier=Tier.TASTE,
    unit="sessions",
    says="{at}: the day already carries much ({facts})",
    helps="a free window on a lighter day",
    params=(MOST,),
    cites=("M20", "R2"),
    sources=("foster-1998",),
    certainty=Certainty.LOW,
    examples=(
        Example(week="Tue 06:30 tempo 60min | Tue 18:00 strength 20min | Sun 08:00 easy 60min", finds="Tue"),
        Example(week="Tue 06:30 tempo 60min | Thu 18:00 strength 20min | Sun 08:00 easy 60min", finds=None),
    ),
)
def even_days(problem: Problem, *, most: float) -> Iterator[Claim]:
    """Put strength on days that carry little, so that no day stands out.

    The price is the day's running load in halves of an average running day's. Where the runner keeps hard days hard,
    a heavy session on one costs nothing. The day of a race belongs to the race.
    """
    load: dict[int, int] = {}
    hard: set[int] = set()
    for run in problem.runs:
        load[run.day] = load.get(run.day, 0) + run.load
        if run.hard:
            hard.add(run.day)
    races = {race.day for race in problem.races}
    for choice in problem.choices:
        if choice.kind is Kind.PRIMER:
            continue
        if choice.day in races:
            price, facts = int(most), "the day of a race"
        else:
            price, facts = price_of(choice, problem, load, hard, most), f"running load {load.get(choice.day, 0)} AU"
        if price:
            yield Claim(
                rule="even-days",
                tier=Tier.TASTE,
                day=choice.day,
                terms=((1, choice.index),),
                high=0,
                price=price,
                facts=facts,
            )


def price_of(choice: Choice, problem: Problem, load: dict[int, int], hard: set[int], most: float) -> int:
    """Price a strength-type session by the running load of its day against an average running day of its week."""
    week = problem.weeks[choice.week]
    if not (choice.strength_type and choice.day in load and week.run_load):
        return 0
    if problem.hard_days_hard and choice.kind is Kind.HEAVY and choice.day in hard:
        return 0
    return min(int(most), 2 * load[choice.day] * len(week.run_days) // week.run_load)
