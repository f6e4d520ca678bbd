"""Legs that are fresh for the runs that matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Certainty, Param, Tier
from midstance.domain.problem import Claim, between_run_and_choice
from midstance.domain.session import HARD_KINDS, LEG_KINDS, Kind
from midstance.rules._prices import EVE_OF_QUALITY, FRESH_LEGS
from midstance.rules._rule import Edge, Example, rule
from midstance.rules.recovery_between_hard import hours_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Activity, Choice, Problem, RaceFact

GAP = Param(
    id="gap",
    value=48,
    unit="h",
    between=(24, 96),
    source="doma-2013",
    says="Hours from the end of a heavy or plyometric session to a quality or long run.",
)
EVE = Param(
    id="eve",
    value=24,
    unit="h",
    between=(0, 48),
    source="doma-2013",
    says="Hours from the end of lighter leg strength to such a run; fewer cost a little.",
)
MINI_TAPER = Param(
    id="mini-taper",
    value=72,
    unit="h",
    between=(48, 120),
    says="Hours before an A or B race that stay free of all leg work where the week allows it.",
)
TIRING = HARD_KINDS | LEG_KINDS
TAPERED = ("A", "B")


def edges(problem: Problem, *, gap: float, mini_taper: float, eve: float) -> Iterator[Edge]:
    """Give the last moment at which a tiring session may end before each run that matters."""
    kinds = HARD_KINDS | {Kind.STRENGTH} if problem.newcomer_until > problem.first else HARD_KINDS
    for run in problem.runs:
        if run.needs_fresh_legs:
            yield Edge(minute=run.start - int(60 * gap) + 1, of_end=True, kinds=kinds)
            yield Edge(minute=run.start - int(60 * eve) + 1, of_end=True, kinds=frozenset({Kind.STRENGTH}))
            yield Edge(minute=run.start + 1, of_end=True, kinds=TIRING)
    for race in problem.races:
        if race.priority in TAPERED:
            yield Edge(minute=race.start - int(60 * mini_taper) + 1, of_end=True, kinds=TIRING)
            yield Edge(minute=race.start + 1, of_end=True, kinds=TIRING)


@rule(
    title="Fresh legs for quality and long runs",
    tier=Tier.DOSE,
    unit="sessions",
    says="{at}: tiring leg work too close before a run that wants fresh legs ({facts})",
    helps="another day for the heavy session or for the run",
    params=(GAP, MINI_TAPER, EVE),
    cites=("M15", "R39", "R44"),
    sources=("doma-2013", "doma-2015"),
    certainty=Certainty.MODERATE,
    examples=(
        Example(week="Mon 06:30 heavy 24min | Wed 06:00 intervals 50min", finds="Mon"),
        Example(week="Mon 06:00 heavy 24min | Wed 06:30 intervals 50min", finds=None),
        Example(week="Mon 18:00 strength 24min | Tue 06:30 intervals 50min", finds="Mon"),
        Example(week="Mon 18:00 strength 24min | Tue 19:00 intervals 50min", finds=None),
    ),
    edges=edges,
)
def fresh_legs(problem: Problem, *, gap: float, mini_taper: float, eve: float) -> Iterator[Claim]:
    """Leave two days between heavy or plyometric work and the next quality run or run over 90 minutes.

    One day later a run to exhaustion ends markedly sooner, two days later it does not. A heavy session in the week
    outranks this wish; a newcomer's first two weeks of body-weight strength count as heavy here, because everything
    is new. Lighter leg strength keeps a day's distance as a matter of taste, and out of the last three days before an
    A or B race.
    """
    reach = int(-(-max(gap, eve) // 24))
    for choice in problem.choices:
        if choice.kind not in TIRING:
            continue
        for race in problem.races:
            if race.priority in TAPERED and 0 <= race.start - choice.end < 60 * mini_taper + 120:
                yield from claim_before(race, choice, int(60 * mini_taper))
        fresh = choice.hard or choice.day < problem.newcomer_until
        for day in range(choice.day, choice.day + reach + 1):
            for run in problem.runs_on.get(day, ()):
                if run.needs_fresh_legs and run.start >= choice.end:
                    yield from claim_before(run, choice, int(60 * (gap if fresh else eve)), dose=fresh)


def claim_before(run: Activity | RaceFact, choice: Choice, limit: int, *, dose: bool = True) -> Iterator[Claim]:
    """Claim, at a price, that a session too soon before a run is not chosen."""
    _, apart = between_run_and_choice(run, choice)
    if apart < limit:
        yield Claim(
            rule="fresh-legs",
            tier=Tier.DOSE if dose else Tier.TASTE,
            day=choice.day,
            terms=((1, choice.index),),
            high=0,
            price=FRESH_LEGS if dose else EVE_OF_QUALITY,
            facts=f"{hours_text(apart)} h before {run.name}, {limit // 60} h are better",
        )
