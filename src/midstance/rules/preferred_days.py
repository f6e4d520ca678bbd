"""The weekdays the runner likes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Certainty, Param, Tier
from midstance.domain.problem import Claim
from midstance.domain.session import Kind
from midstance.rules._prices import ODD_HOUR, PREFERRED_DAY
from midstance.rules._rule import Edge, Example, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Choice, Problem

EARLY = Param(
    id="early",
    value=7,
    unit="o'clock",
    between=(0, 12),
    says="Where the runner named no windows, sessions before this hour are a little dearer.",
)
LATE = Param(
    id="late",
    value=20.5,
    unit="o'clock",
    between=(12, 24),
    says="Where the runner named no windows, sessions that end after this hour are a little dearer.",
)


def edges(problem: Problem, *, early: float, late: float) -> Iterator[Edge]:
    """Give the hours of each date at which a session becomes early or late."""
    kinds = frozenset(Kind) - {Kind.PRIMER}
    for day in range(problem.first, problem.last + 1):
        yield Edge(minute=day * 1440 + int(60 * early), of_end=False, kinds=kinds)
        yield Edge(minute=day * 1440 + int(60 * late) + 1, of_end=True, kinds=kinds)


def against(choice: Choice, price: int, facts: str) -> Claim:
    """Claim that a choice is better not taken, at a price."""
    return Claim(
        rule="preferred-days",
        tier=Tier.TASTE,
        day=choice.day,
        terms=((1, choice.index),),
        high=0,
        price=price,
        facts=facts,
    )


@rule(
    title="Days you like",
    tier=Tier.TASTE,
    unit="sessions",
    says="{at}: {facts}",
    helps="other strength_days in the runner's file",
    params=(EARLY, LATE),
    cites=("M2", "M20"),
    certainty=Certainty.METHOD,
    examples=(
        Example(week="Mon 18:00 strength 20min", finds="Mon", runner='strength_days = ["tue"]'),
        Example(week="Tue 18:00 strength 20min", finds=None, runner='strength_days = ["tue"]'),
    ),
    edges=edges,
)
def preferred_days(problem: Problem, *, early: float, late: float) -> Iterator[Claim]:
    """Put strength-type sessions on the weekdays that the runner named, and at humane hours.

    What is liked is kept. Where the runner named free windows, every hour in them is as good as another.
    """
    for choice in problem.choices:
        day = choice.day * 1440
        if choice.odd_hour and (choice.start < day + 60 * early or choice.end > day + 60 * late):
            yield against(choice, ODD_HOUR, "an early or late hour")
        if problem.preferred_days and choice.strength_type and (choice.day - 1) % 7 not in problem.preferred_days:
            yield against(choice, PREFERRED_DAY, "not one of your strength days")
