"""The weekdays the runner likes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Certainty, Tier
from midstance.domain.problem import Claim
from midstance.rules._prices import PREFERRED_DAY
from midstance.rules._rule import Example, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Problem


@rule(
    title="Days you like",
    tier=Tier.TASTE,
    unit="sessions",
    says="{at}: not one of your strength days",
    helps="other strength_days in the runner's file",
    cites=("M2", "M20"),
    certainty=Certainty.METHOD,
    examples=(
        Example(week="Mon 18:00 strength 20min", finds="Mon", runner='strength_days = ["tue"]'),
        Example(week="Tue 18:00 strength 20min", finds=None, runner='strength_days = ["tue"]'),
    ),
)
def preferred_days(problem: Problem) -> Iterator[Claim]:
    """Put strength-type sessions on the weekdays that the runner named.

    What is liked is kept.
    """
    if not problem.preferred_days:
        return
    for choice in problem.choices:
        if choice.strength_type and (choice.day - 1) % 7 not in problem.preferred_days:
            yield Claim(
                rule="preferred-days",
                tier=Tier.TASTE,
                day=choice.day,
                terms=((1, choice.index),),
                high=0,
                price=PREFERRED_DAY,
            )
