"""The same weekdays from week to week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Certainty, Tier
from midstance.domain.problem import WEEKDAYS, Claim
from midstance.domain.session import Kind
from midstance.rules._prices import OTHER_WEEKDAY
from midstance.rules._rule import Example, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Problem

STRENGTH = frozenset({Kind.HEAVY, Kind.STRENGTH, Kind.UPPER})
MOBILITY = frozenset({Kind.MOBILITY})


@rule(
    title="The same days every week",
    tier=Tier.TASTE,
    unit="days",
    says="{at}: another weekday than the week before or after ({facts})",
    helps="the same free windows every week",
    cites=("M2",),
    certainty=Certainty.METHOD,
    examples=(
        Example(week="Mon 18:00 strength 20min || Tue 18:00 strength 20min", finds="Mon"),
        Example(week="Mon 18:00 strength 20min || Mon 18:00 strength 20min", finds=None),
    ),
)
def same_days(problem: Problem) -> Iterator[Claim]:
    """Keep strength and mobility on the same weekdays from week to week.

    A habit needs no decision. Lifting sessions and mobility are compared apart; hops are free to follow the runs.
    """
    for kinds, name in ((STRENGTH, "strength"), (MOBILITY, "mobility")):
        by_day: dict[int, list[int]] = {}
        for choice in problem.choices:
            if choice.kind in kinds:
                by_day.setdefault(choice.day, []).append(choice.index)
        for day in range(problem.first, problem.last - 6):
            now, later = by_day.get(day, ()), by_day.get(day + 7, ())
            if now or later:
                terms = (*((1, i) for i in now), *((-1, i) for i in later))
                yield Claim(
                    rule="same-days",
                    tier=Tier.TASTE,
                    day=day,
                    terms=terms,
                    low=0,
                    high=0,
                    price=OTHER_WEEKDAY,
                    facts=f"{name} on {WEEKDAYS[(day - 1) % 7]}",
                )
