"""How many sessions of which kind a week holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Certainty, Tier
from midstance.domain.problem import Claim
from midstance.domain.session import LEG_KINDS, STRENGTH_TYPE, Kind
from midstance.rules import _prices as price
from midstance.rules._rule import Example, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Choice, Problem, WeekFacts

ALL = frozenset(Kind) - {Kind.PRIMER}
HEAVY = frozenset({Kind.HEAVY})
MOBILITY = frozenset({Kind.MOBILITY})
UPPER = frozenset({Kind.UPPER})
PLYOMETRIC = frozenset({Kind.PLYOMETRIC})


def ones(here: list[Choice], kinds: frozenset[Kind]) -> tuple[tuple[int, int], ...]:
    """Count the choices of some kinds once each."""
    return tuple((1, c.index) for c in here if c.kind in kinds)


@rule(
    title="Sessions a week",
    tier=Tier.SAFETY,
    unit="sessions",
    says="{at}: {total} {facts}, {range} would be right",
    helps="more sessions a week, or another free window",
    cites=("M3", "M18", "R20", "R96"),
    sources=("blagrove-2018", "spiering-2021"),
    certainty=Certainty.MODERATE,
    examples=(
        Example(
            week="Mon 18:00 strength 20min | Tue 18:00 strength 20min | Wed 18:00 strength 20min | Fri 18:00 "
            "strength 20min",
            finds="Mon",
        ),
        Example(week="Wed 18:00 mobility 15min", finds="Mon"),
        Example(
            week="Mon 18:00 heavy 24min | Wed 18:00 upper 20min | Fri 18:00 heavy 24min | Sun 10:00 mobility 15min",
            finds=None,
        ),
    ),
)
def sessions_a_week(problem: Problem) -> Iterator[Claim]:
    """Hold each week's number of sessions within what level and phase allow.

    Two or three sessions a week are enough to get stronger, one keeps what is there. The most is a matter of safety;
    the least gives way where the week has no room, in a fixed order that ends with the leg sessions.
    """
    by_week: dict[int, list[Choice]] = {}
    for choice in problem.choices:
        by_week.setdefault(choice.week, []).append(choice)
    for week in problem.weeks:
        here = by_week.get(week.index, [])
        yield from most(week, here)
        yield from least(week, here)
        yield from wishes(week, here)


def most(week: WeekFacts, here: list[Choice]) -> Iterator[Claim]:
    """Claim the maxima of a week: safety."""
    t = week.targets
    hops = 1 if t.plyometric else 0 if t.heavy[1] == 0 and week.phase.value in {"race-week", "recovery"} else 1
    for what, kinds, high, name in (
        ("sessions", ALL, t.sessions[1], "sessions"),
        ("strength_type", STRENGTH_TYPE, t.strength_type[1], "strength-type sessions"),
        ("heavy", HEAVY, t.heavy[1], "heavy sessions"),
        ("mobility", MOBILITY, t.mobility[1], "mobility sessions"),
        ("plyometric", PLYOMETRIC, hops, "plyometric sessions"),
    ):
        terms = ones(here, kinds)
        if terms:
            yield Claim(
                rule="sessions-a-week",
                tier=Tier.SAFETY,
                day=week.monday,
                terms=terms,
                high=high,
                what=what,
                facts=f"{name} in {week.phase.value}",
            )


def least(week: WeekFacts, here: list[Choice]) -> Iterator[Claim]:
    """Claim the minima and wanted numbers of a week: dose, at the price of its rank."""
    t = week.targets
    for what, kinds, low, cost, name in (
        ("leg_sessions", LEG_KINDS, t.leg_sessions, price.LEG_SESSIONS, "leg sessions"),
        ("heavy", HEAVY, t.heavy[0], price.HEAVY, "heavy sessions"),
        ("strength_type", STRENGTH_TYPE, t.strength_type[0], price.STRENGTH_TYPE, "strength-type sessions"),
        ("upper", UPPER, t.upper, price.UPPER, "upper-body sessions"),
        ("plyometric", PLYOMETRIC, t.plyometric, price.PLYOMETRIC, "plyometric sessions"),
        ("mobility", MOBILITY, t.mobility[0], price.MOBILITY, "mobility sessions"),
        ("sessions", ALL, t.sessions[0], price.SESSIONS, "sessions"),
    ):
        if low > 0:
            yield Claim(
                rule="sessions-a-week",
                tier=Tier.DOSE,
                day=week.monday,
                terms=ones(here, kinds),
                low=low,
                price=cost,
                what=what,
                facts=f"{name} in {week.phase.value}",
            )


def wanted_total(week: WeekFacts) -> int:
    """Count the sessions a week needs to reach every wanted number."""
    t = week.targets
    strength = max(t.strength_type[0], t.leg_sessions + t.upper + t.plyometric)
    return max(t.sessions[0], strength + t.mobility[0])


def wishes(week: WeekFacts, here: list[Choice]) -> Iterator[Claim]:
    """Claim what is nicer: no session more than wanted, and heavy rather than light legs where both are open."""
    terms = ones(here, ALL)
    if terms:
        yield Claim(
            rule="sessions-a-week",
            tier=Tier.TASTE,
            day=week.monday,
            terms=terms,
            high=wanted_total(week),
            price=price.BEYOND_WANTED,
            facts="sessions, more than the week needs",
        )
    for choice in here:
        if choice.cut:
            yield Claim(rule="sessions-a-week", tier=Tier.TASTE, day=choice.day, terms=((1, choice.index),), high=0,
                        price=price.CUT_SESSION, facts="shorter heavy session, where a full one would fit too")
    heavy = ones(here, HEAVY)
    second = min(week.targets.heavy[1], week.targets.leg_sessions)
    if second:
        yield Claim(
            rule="sessions-a-week",
            tier=Tier.TASTE,
            day=week.monday,
            terms=heavy,
            low=second,
            price=price.SECOND_HEAVY,
            facts="heavy sessions, fewer than legs can use",
        )
