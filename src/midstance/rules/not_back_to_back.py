"""Strength days with a day between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Certainty, Tier
from midstance.domain.problem import Claim
from midstance.domain.session import Kind
from midstance.rules._prices import BACK_TO_BACK, HARD_BACK_TO_BACK, HEAVY_TOO_SOON, NEXT_TO_HARD
from midstance.rules._rule import Example, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Choice, Problem


@rule(
    title="Not back to back",
    tier=Tier.TASTE,
    unit="sessions",
    says="{at}: {facts}",
    helps="a free window on another day",
    cites=("M15", "R44"),
    certainty=Certainty.LOW,
    examples=(
        Example(week="Mon 18:00 strength 20min | Tue 18:00 strength 20min", finds="Mon"),
        Example(week="Mon 18:00 strength 20min | Wed 18:00 strength 20min", finds=None),
        Example(week="Tue 06:30 tempo 50min | Wed 18:00 heavy 24min", finds="Wed"),
        Example(week="Wed 18:00 heavy 24min | Fri 08:00 heavy 24min", finds="Fri"),
        Example(week="Tue 18:00 heavy 24min | Fri 18:00 heavy 24min", finds=None),
    ),
)
def not_back_to_back(problem: Problem) -> Iterator[Claim]:
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
    yield from heavy_pairs(problem)


def heavy_pairs(problem: Problem) -> Iterator[Claim]:
    """Claim, at a small price, that two heavy sessions of a week have two dates between them, whatever the hour."""
    by_day: dict[int, list[Choice]] = {}
    for choice in problem.choices:
        if choice.kind is Kind.HEAVY:
            by_day.setdefault(choice.day, []).append(choice)
    for day, todays in by_day.items():
        later = [c for c in by_day.get(day + 2, ()) if c.week == todays[0].week]
        if later:
            terms = tuple((1, c.index) for c in (*todays, *later))
            facts = "heavy sessions with one day between them"
            yield Claim(
                rule="not-back-to-back",
                tier=Tier.TASTE,
                day=day + 2,
                high=1,
                price=HEAVY_TOO_SOON,
                terms=terms,
                facts=facts,
            )
