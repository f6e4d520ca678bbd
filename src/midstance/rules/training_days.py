"""Days without training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Certainty, Param, Tier
from midstance.domain.problem import Claim
from midstance.domain.session import Kind
from midstance.rules._rule import Example, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Problem

MOST = Param(id="most", value=6, unit="days", between=(3, 7), says="Most training days in a calendar week.")


@rule(
    title="A day without training",
    tier=Tier.SAFETY,
    unit="days",
    says="{at}: {total} training days on dates without a run, {high} fit ({facts})",
    helps="strength on the date of a run",
    params=(MOST,),
    cites=("M15", "M20", "R77"),
    certainty=Certainty.METHOD,
    examples=(
        Example(
            week="Mon 06:30 easy 40min | Tue 06:30 easy 40min | Wed 06:30 easy 40min | Thu 06:30 easy 40min | "
            "Fri 06:30 easy 40min | Sat 18:00 strength 20min | Sun 18:00 strength 20min",
            finds="Mon",
        ),
        Example(
            week="Mon 06:30 easy 40min | Tue 06:30 easy 40min | Wed 06:30 easy 40min | Thu 06:30 easy 40min | "
            "Fri 06:30 easy 40min | Sat 18:00 strength 20min | Sun 18:00 mobility 15min",
            finds=None,
        ),
        Example(
            week="Mon 06:30 easy 40min | Tue 18:00 mobility 15min | Wed 06:30 easy 40min | Thu 18:00 strength "
            "20min | Fri 06:30 easy 40min | Sat 18:00 strength 20min | Sun 18:00 mobility 15min",
            finds="Mon",
            runner='running_level = "beginner"',
        ),
    ),
)
def training_days(problem: Problem, *, most: float) -> Iterator[Claim]:
    """Leave one day a week without training, unless the runner already runs on all seven.

    Mobility alone or a primer does not make a training day. Somebody new to running keeps one day with nothing at
    all, where the runs leave one.
    """
    by_week: dict[int, list[tuple[int, int, Kind]]] = {}
    for choice in problem.choices:
        by_week.setdefault(choice.week, []).append((choice.index, choice.day, choice.kind))
    for week in problem.weeks:
        if len(week.days) < 7 or len(week.run_days) == 7:
            continue
        free = [(i, kind) for i, day, kind in by_week.get(week.index, ()) if day not in week.run_days]
        room = max(0, int(most) - len(week.run_days))
        facts = f"{len(week.run_days)} days with runs, {int(most)} training days at most"
        solid = tuple((1, i) for i, kind in free if kind not in (Kind.MOBILITY, Kind.PRIMER))
        if solid:
            yield Claim(rule="training-days", tier=Tier.SAFETY, day=week.monday, terms=solid, high=room, facts=facts)
        anything = tuple((1, i) for i, kind in free if kind is not Kind.PRIMER)
        if problem.running_beginner and anything:
            yield Claim(
                rule="training-days",
                tier=Tier.SAFETY,
                day=week.monday,
                terms=anything,
                high=6 - len(week.run_days),
                facts=f"{len(week.run_days)} days with runs, one day with nothing at all for a beginner",
            )
