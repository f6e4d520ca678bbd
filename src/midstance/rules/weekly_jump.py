"""A jump in weekly kilometres."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Certainty, Param, Tier
from midstance.domain.problem import CalendarNote
from midstance.rules._rule import Example, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Claim, Problem

STEP = Param(
    id="step",
    value=20,
    unit="%",
    between=(10, 60),
    source="damsted-2019",
    says="Rise of weekly kilometres above the week before that gets a note.",
)
LEAST_KM = Param(
    id="least-km",
    value=20,
    unit="km",
    between=(0, 60),
    says="Weeks that follow fewer kilometres than this are not judged.",
)
LEAST_SHARE = Param(
    id="least-share",
    value=60,
    unit="% of the 4-week mean",
    between=(0, 100),
    says="Weeks that follow a reduced week below this share are not judged.",
)


def calendar(problem: Problem, *, step: float, least_km: float, least_share: float) -> Iterator[CalendarNote]:
    """Point out weeks whose kilometres jump above the week before."""
    km: dict[int, float] = {}
    for run in problem.runs:
        km[run.day - (run.day - 1) % 7] = km.get(run.day - (run.day - 1) % 7, 0.0) + (run.distance_km or 0.0)
    series = [*problem.past_week_km]
    for week in problem.weeks:
        now = km.get(week.monday, 0.0)
        if len(week.days) == 7 and series:
            before, mean = series[-1], sum(series[-4:]) / len(series[-4:])
            judged = before >= least_km and before >= least_share / 100 * mean
            if judged and now > before * (1 + step / 100):
                yield CalendarNote(
                    rule="weekly-jump",
                    tier=Tier.TASTE,
                    day=week.monday,
                    says=f"{now:.0f} km this week are {100 * (now / before - 1):.0f} % more than the week before "
                    f"({before:.0f} km). Steps above {step:g} % went with more injuries for some weeks in one "
                    "study; a smaller step costs nothing.",
                )
        if len(week.days) == 7:
            series.append(now)


@rule(
    title="No jump in weekly kilometres",
    tier=Tier.TASTE,
    unit="weeks",
    says="{at}: {facts}",
    helps="a smaller step in the running calendar",
    params=(STEP, LEAST_KM, LEAST_SHARE),
    cites=("M19", "R9", "R11"),
    sources=("damsted-2019", "buist-2008"),
    certainty=Certainty.LOW,
    examples=(
        Example(week="Mon 06:30 easy 150min 25km || Mon 06:30 easy 210min 35km", finds="Mon"),
        Example(week="Mon 06:30 easy 150min 25km || Mon 06:30 easy 170min 28km", finds=None),
    ),
    calendar=calendar,
)
def weekly_jump(problem: Problem) -> Iterator[Claim]:
    """Watch for weeks whose kilometres jump.

    A fixed ten per cent has no support; larger jumps deserve a word. It concerns the running calendar, so midstance
    points it out and moves nothing.
    """
    del problem
    return iter(())
