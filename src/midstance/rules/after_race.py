"""Rest after a race before anything hard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Certainty, Param, Tier
from midstance.domain.problem import Claim, between_run_and_choice
from midstance.domain.session import HARD_KINDS, Kind
from midstance.rules._rule import Edge, Example, rule
from midstance.rules.recovery_between_hard import hours_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Problem

AFTER_5 = Param(id="after-5", value=48, unit="h", between=(24, 120), says="Hours without hard strength after 5 km.")
AFTER_10 = Param(id="after-10", value=72, unit="h", between=(48, 168), says="The same after 10 km.")
AFTER_HALF = Param(id="after-half", value=96, unit="h", between=(72, 240), says="The same after a half-marathon.")
AFTER_MARATHON = Param(id="after-marathon", value=168, unit="h", between=(96, 336), says="The same after a marathon.")
AFTER_ULTRA = Param(id="after-ultra", value=336, unit="h", between=(168, 504), says="The same beyond a marathon.")


def hours_after(km: float, hours: tuple[float, float, float, float, float]) -> float:
    """Give the hours without hard strength after a race; a distance between two named ones asks the longer [h].

    >>> hours_after(15, (48, 72, 96, 168, 336))
    96
    """
    tops = (5.5, 10.5, 21.6, 43.0, float("inf"))
    return next(h for top, h in zip(tops, hours, strict=True) if km <= top)


def edges(
    problem: Problem,
    *,
    after_5: float,
    after_10: float,
    after_half: float,
    after_marathon: float,
    after_ultra: float,
) -> Iterator[Edge]:
    """Give the moments after each race at which sessions become possible again."""
    hours = (after_5, after_10, after_half, after_marathon, after_ultra)
    for race in problem.races:
        limit = int(60 * hours_after(race.distance_km, hours))
        yield Edge(minute=race.start + 1, of_end=True, kinds=frozenset(Kind) - {Kind.MOBILITY})
        yield Edge(minute=race.end + limit, of_end=False, kinds=HARD_KINDS)
        yield Edge(minute=race.end + limit // 2, of_end=False, kinds=frozenset(Kind) - {Kind.MOBILITY})


@rule(
    title="Rest after a race",
    tier=Tier.SAFETY,
    unit="sessions",
    says="{at}: too soon after a race ({facts})",
    helps="nothing: tissue needs these days",
    params=(AFTER_5, AFTER_10, AFTER_HALF, AFTER_MARATHON, AFTER_ULTRA),
    cites=("M18", "R44"),
    certainty=Certainty.LOW,
    examples=(
        Example(week="Sun 10:00 race 50min 10km || Tue 18:00 heavy 24min", finds="Tue"),
        Example(week="Sun 10:00 race 50min 10km || Mon 18:00 strength 24min", finds="Mon"),
        Example(week="Sun 10:00 race 50min 10km || Mon 18:00 mobility 15min | Thu 18:00 heavy 24min", finds=None),
    ),
    edges=edges,
)
def after_race(
    problem: Problem,
    *,
    after_5: float,
    after_10: float,
    after_half: float,
    after_marathon: float,
    after_ultra: float,
) -> Iterator[Claim]:
    """Wait after a race before heavy or plyometric work, and do mobility only in the first half of that time.

    Muscle is sore for some days after a race and its strength comes back within a week after a marathon; tissue that
    feels well is not yet well. Easy moving helps.
    """
    hours = (after_5, after_10, after_half, after_marathon, after_ultra)
    for race in problem.races:
        limit = int(60 * hours_after(race.distance_km, hours))
        for choice in problem.choices:
            if choice.kind is Kind.MOBILITY or choice.end <= race.start or choice.start - race.end >= limit + 120:
                continue
            race_first, apart = between_run_and_choice(race, choice)
            if race_first and apart < (limit if choice.hard else limit // 2):
                yield Claim(
                    rule="after-race",
                    tier=Tier.SAFETY,
                    day=choice.day,
                    terms=((1, choice.index),),
                    high=0,
                    facts=f"{hours_text(max(apart, 0))} h after {race.name}, {limit // 60} h without hard "
                    "strength, mobility only in the first half",
                )
