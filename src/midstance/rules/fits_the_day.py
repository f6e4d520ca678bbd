"""A session fits the day it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Certainty, Tier
from midstance.domain.problem import Claim
from midstance.domain.session import Kind
from midstance.rules._rule import Example, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Problem


@rule(
    title="Fits the day",
    tier=Tier.SAFETY,
    unit="sessions",
    says="{at}: does not fit the day ({facts})",
    helps="a free window on another day, or a longer one",
    cites=("M2", "M3", "M20"),
    certainty=Certainty.METHOD,
    examples=(
        Example(week="Tue 06:30 easy 50min | Tue 07:00 strength 20min", finds="Tue"),
        Example(week="Tue 12:00 strength 20min | Tue 18:00 mobility 15min", finds="Tue"),
        Example(week="Tue 18:00 strength 20min", finds="Tue", runner='[availability]\ntue = ["06:00-07:00"]'),
        Example(week="Tue 06:20 primer 10min | Tue 06:30 easy 50min | Tue 18:00 strength 20min", finds=None),
    ),
)
def fits_the_day(problem: Problem) -> Iterator[Claim]:
    """Place a session inside a free window, beside no run, and at most one a date.

    A plan that asks for time that is not there is not kept, and a plan that is not kept trains nothing. A primer may
    stand directly before its run besides.
    """
    by_day: dict[int, list[int]] = {}
    for choice in problem.choices:
        if choice.misfit:
            yield Claim(
                rule="fits-the-day",
                tier=Tier.SAFETY,
                day=choice.day,
                terms=((1, choice.index),),
                high=0,
                facts=choice.misfit,
            )
        if choice.kind is not Kind.PRIMER:
            by_day.setdefault(choice.day, []).append(choice.index)
    for day, indices in by_day.items():
        if len(indices) > 1:
            yield Claim(
                rule="fits-the-day",
                tier=Tier.SAFETY,
                day=day,
                terms=tuple((1, i) for i in indices),
                high=1,
                facts="one session a date, primers apart",
            )
