"""A new plan stays close to the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Certainty, Tier
from midstance.domain.problem import Claim
from midstance.rules._prices import CHANGED_DAY
from midstance.rules._rule import Example, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Problem
    from midstance.domain.session import Kind


@rule(
    title="Stay close",
    tier=Tier.TASTE,
    unit="days",
    says="{at}: differs from the plan before ({facts})",
    helps="nothing: changes are kept few on purpose",
    cites=("M22",),
    certainty=Certainty.METHOD,
    examples=(Example(week="Mon 18:00 strength 20min", finds=None),),
)
def stay_close(problem: Problem) -> Iterator[Claim]:
    """Change as few days as possible when a plan is made again.

    A plan that jumps about is not believed. Only plans that replace another one know this rule.
    """
    if not problem.published:
        return
    by_slot: dict[tuple[int, Kind], list[int]] = {}
    for choice in problem.choices:
        by_slot.setdefault((choice.day, choice.kind), []).append(choice.index)
    for day, kind in sorted(problem.published):
        if problem.first <= day <= problem.last:
            yield Claim(
                rule="stay-close",
                tier=Tier.TASTE,
                day=day,
                price=CHANGED_DAY,
                low=1,
                terms=tuple((1, i) for i in by_slot.get((day, kind), ())),
                facts=f"{kind.value} stood here",
            )
    for (day, kind), indices in by_slot.items():
        if (day, kind) not in problem.published:
            for i in indices:
                yield Claim(
                    rule="stay-close",
                    tier=Tier.TASTE,
                    day=day,
                    price=CHANGED_DAY,
                    high=0,
                    terms=((1, i),),
                    facts="nothing of this kind stood here",
                )
