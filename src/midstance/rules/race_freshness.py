"""Nothing hard in the last days before a race."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Certainty, Param, Tier
from midstance.domain.problem import Claim, between_run_and_choice
from midstance.domain.session import HARD_KINDS
from midstance.rules._rule import Edge, Example, rule
from midstance.rules.recovery_between_hard import hours_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Problem, RaceFact

TO_10 = Param(
    id="to-10",
    value=72,
    unit="h",
    between=(48, 168),
    source=None,
    says="Hours without heavy and plyometric work before an A race up to 10.5 km.",
)
TO_HALF = Param(id="to-half", value=96, unit="h", between=(48, 240), source=None, says="The same up to 21.5 km.")
BEYOND = Param(id="beyond", value=168, unit="h", between=(72, 336), source=None, says="The same beyond 21.5 km.")
MINOR = Param(
    id="minor",
    value=48,
    unit="h",
    between=(24, 96),
    source=None,
    says="Least hours before a B or C race, which otherwise asks half of an A race.",
)
A_RACE = '[[races]]\ndate = 2026-12-06\ndistance_km = 10\npriority = "A"'


def hours_before(race: RaceFact, to_10: float, to_half: float, beyond: float, minor: float) -> float:
    """Give the hours that a race asks to stay free of hard sessions [h]."""
    km = race.distance_km
    hours = to_10 if km <= 10.5 else to_half if km <= 21.5 else beyond
    return hours if race.priority == "A" else max(minor, hours / 2)


def edges(problem: Problem, *, to_10: float, to_half: float, beyond: float, minor: float) -> Iterator[Edge]:
    """Give the last moment before each race at which a hard session may end."""
    for race in problem.races:
        hours = hours_before(race, to_10, to_half, beyond, minor)
        yield Edge(minute=race.start - int(60 * hours) + 1, of_end=True, kinds=HARD_KINDS)
        yield Edge(minute=race.start, of_end=False, kinds=HARD_KINDS)


@rule(
    title="Fresh for the race",
    tier=Tier.SAFETY,
    unit="hard sessions",
    says="{at}: hard session too near to a race ({facts})",
    helps="nothing: the race comes first",
    params=(TO_10, TO_HALF, BEYOND, MINOR),
    cites=("M18", "R44", "R97"),
    sources=("bosquet-2007",),
    certainty=Certainty.MODERATE,
    examples=(
        Example(week="Thu 18:00 heavy 24min | Sun 10:00 race 50min 10km", finds="Thu", runner=A_RACE),
        Example(week="Wed 18:00 heavy 24min | Sun 10:00 race 50min 10km", finds=None, runner=A_RACE),
        Example(week="Fri 12:00 heavy 24min | Sun 10:00 race 50min 10km", finds="Fri"),
        Example(week="Thu 18:00 heavy 24min | Sun 10:00 race 50min 10km", finds=None),
    ),
    edges=edges,
)
def race_freshness(
    problem: Problem,
    *,
    to_10: float,
    to_half: float,
    beyond: float,
    minor: float,
) -> Iterator[Claim]:
    """Keep heavy and plyometric work away from the days before a race.

    Strength gained is kept for weeks; soreness is not wanted for a minute. The longer the race, the longer the legs
    are left alone. B and C races ask half of it, and two days at least.
    """
    spans = [(race, int(60 * hours_before(race, to_10, to_half, beyond, minor))) for race in problem.races]
    for race, limit in spans:
        for choice in problem.choices:
            if not choice.hard or choice.start >= race.start or race.start - choice.end >= limit + 120:
                continue
            _, apart = between_run_and_choice(race, choice)
            if apart < limit:
                yield Claim(
                    rule="race-freshness",
                    tier=Tier.SAFETY,
                    day=choice.day,
                    terms=((1, choice.index),),
                    high=0,
                    facts=f"{hours_text(max(apart, 0))} h before {race.name}, {limit // 60} h are kept free",
                )
