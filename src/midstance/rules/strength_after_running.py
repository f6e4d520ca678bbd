"""On a shared day the run comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Certainty, Param, Tier
from midstance.domain.problem import Claim, between_run_and_choice
from midstance.domain.session import STRENGTH_TYPE, Kind
from midstance.rules._prices import MOBILITY_FIRST
from midstance.rules._rule import Edge, Example, rule
from midstance.rules.recovery_between_hard import hours_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Activity, Problem

LEAST = Param(
    id="least",
    value=3,
    unit="h",
    between=(0, 12),
    source="schumann-2022",
    says="Least hours from the end of a hard run to strength on the same date.",
)
GOOD = Param(
    id="good",
    value=6,
    unit="h",
    between=(3, 12),
    source="robineau-2016",
    says="Hours from the end of a hard run to strength on the same date that cost nothing.",
)
KINDS = STRENGTH_TYPE | {Kind.MOBILITY}


def edges(problem: Problem, *, least: float, good: float) -> Iterator[Edge]:
    """Give the moments around each run at which strength on its date gets better or worse."""
    for run in problem.runs:
        yield Edge(minute=run.start, of_end=True, kinds=KINDS)
        yield Edge(minute=run.end, of_end=False, kinds=KINDS)
        yield Edge(minute=run.start - int(60 * least) + 1, of_end=True, kinds=KINDS)
        if run.hard:
            yield Edge(minute=run.end + int(60 * least), of_end=False, kinds=STRENGTH_TYPE)
            yield Edge(minute=run.end + int(60 * good), of_end=False, kinds=STRENGTH_TYPE)


def price_of(run: Activity, *, run_first: bool, apart: int, least: float, good: float) -> int:
    """Price the order and gap of a run and a strength-type session on one date."""
    if not run_first:
        return 4 if apart < 60 * least else 2
    if not run.hard or apart >= 60 * good:
        return 0
    return 2 if apart >= 60 * least else 6


@rule(
    title="Run first, strength later",
    tier=Tier.TASTE,
    unit="sessions",
    says="{at}: session and run on one day could stand better ({facts})",
    helps="strength later on the day of the run, or on another day",
    params=(LEAST, GOOD),
    cites=("M6", "M15", "R40", "R41", "R42"),
    sources=("doma-2013", "robineau-2016", "schumann-2022"),
    certainty=Certainty.MODERATE,
    examples=(
        Example(week="Tue 07:00 strength 20min | Tue 18:00 easy 50min", finds="Tue"),
        Example(week="Tue 07:00 easy 50min | Tue 18:00 strength 20min", finds=None),
    ),
    edges=edges,
)
def strength_after_running(problem: Problem, *, least: float, good: float) -> Iterator[Claim]:
    """Put strength after the run where both share a day, six hours or more after a hard one.

    A run after leg work costs more; leg work after an easy run costs nothing that matters. Mobility, which may end with
    quiet stretching, does not stand shortly before a run: a run is warmed up for with moving drills of its own.
    """
    for choice in problem.choices:
        if choice.kind not in KINDS:
            continue
        for run in problem.runs_on.get(choice.day, ()):
            run_first, apart = between_run_and_choice(run, choice)
            if choice.strength_type:
                price = price_of(run, run_first=run_first, apart=apart, least=least, good=good)
            else:
                price = 0 if run_first or apart >= 60 * least else MOBILITY_FIRST
            if price:
                order = "after" if run_first else "before"
                yield Claim(
                    rule="strength-after-running",
                    tier=Tier.TASTE,
                    day=choice.day,
                    terms=((1, choice.index),),
                    high=0,
                    price=price,
                    facts=f"{hours_text(max(apart, 0))} h {order} {run.name}",
                )
