"""Strength days with a day between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Certainty, Param, Tier
from midstance.domain.problem import Claim, gap_minutes
from midstance.domain.session import Kind
from midstance.rules._prices import BACK_TO_BACK, HARD_BACK_TO_BACK, HEAVY_TOO_SOON, NEXT_TO_HARD
from midstance.rules._rule import Edge, Example, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Choice, Problem

HEAVY_GAP = Param(
    id="heavy-gap",
    value=48,
    unit="h",
    between=(24, 72),
    says="Hours from the end of a heavy session to the next one of its week; fewer cost a little.",
)


def edges(problem: Problem) -> Iterator[Edge]:
    """Give no moments, but say by being here that the hour of one heavy session matters to another."""
    del problem
    return iter(())


@rule(
    title="Not back to back",
    tier=Tier.TASTE,
    unit="sessions",
    says="{at}: {facts}",
    helps="a free window on another day",
    params=(HEAVY_GAP,),
    cites=("M15", "R44"),
    certainty=Certainty.LOW,
    examples=(
        Example(week="Mon 18:00 strength 20min | Tue 18:00 strength 20min", finds="Mon"),
        Example(week="Mon 18:00 strength 20min | Wed 18:00 strength 20min", finds=None),
        Example(week="Tue 06:30 tempo 50min | Wed 18:00 heavy 24min", finds="Wed"),
        Example(week="Wed 18:00 heavy 24min | Fri 08:00 heavy 24min", finds="Fri"),
        Example(week="Wed 08:00 heavy 24min | Fri 18:00 heavy 24min", finds=None),
    ),
    edges=edges,
)
def not_back_to_back(problem: Problem, *, heavy_gap: float) -> Iterator[Claim]:
    """Leave a day between two strength-type sessions, and put no hard session on the date next to a hard run.

    Muscle that was trained yesterday is trained best again tomorrow; after heavy work two full days are better.
    """
    strength: dict[int, list[int]] = {}
    hard: dict[int, list[int]] = {}
    for choice in problem.choices:
        if choice.strength_type:
            strength.setdefault(choice.day, []).append(choice.index)
        if choice.hard:
            hard.setdefault(choice.day, []).append(choice.index)
            for run in problem.hard_near(choice.day, 1):
                if run.day != choice.day:
                    yield Claim(
                        rule="not-back-to-back",
                        tier=Tier.TASTE,
                        day=choice.day,
                        terms=((1, choice.index),),
                        high=0,
                        price=NEXT_TO_HARD,
                        facts=f"a hard session next to {run.name}",
                    )
    for by_day, price, facts in (
        (strength, BACK_TO_BACK, "strength on two days in a row"),
        (hard, HARD_BACK_TO_BACK, "hard sessions on two days in a row"),
    ):
        for day, todays in by_day.items():
            if tomorrows := by_day.get(day + 1):
                terms = tuple((1, i) for i in (*todays, *tomorrows))
                yield Claim(
                    rule="not-back-to-back", tier=Tier.TASTE, day=day, high=1, price=price, terms=terms, facts=facts
                )
    yield from heavy_pairs(problem, int(60 * heavy_gap))


def heavy_pairs(problem: Problem, limit: int) -> Iterator[Claim]:
    """Claim, at a price, that heavy sessions of a week on dates that are not neighbours lie far enough apart."""
    by_day: dict[int, list[Choice]] = {}
    for choice in problem.choices:
        if choice.kind is Kind.HEAVY:
            by_day.setdefault(choice.day, []).append(choice)
    for day, todays in by_day.items():
        for later in range(day + 2, day + limit // 1440 + 2):
            alike: dict[tuple[int, ...], list[int]] = {}
            for first in todays:
                near = tuple(
                    c.index
                    for c in by_day.get(later, ())
                    if c.week == first.week and gap_minutes(first.end, first.end_real, c.start, c.start_real) < limit
                )
                alike.setdefault(near, []).append(first.index)
            for near, firsts in alike.items():
                if near:
                    yield Claim(
                        rule="not-back-to-back",
                        tier=Tier.TASTE,
                        day=later,
                        high=1,
                        price=HEAVY_TOO_SOON,
                        terms=tuple((1, i) for i in sorted((*firsts, *near))),
                        facts=f"two heavy sessions within {limit // 60} h",
                    )
