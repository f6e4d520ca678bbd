"""A single run far beyond the longest of the last 30 days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Certainty, Param, Tier
from midstance.domain.problem import CalendarNote
from midstance.domain.run import RunType
from midstance.rules._rule import Example, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Claim, Problem

NOTICE = Param(
    id="notice",
    value=10,
    unit="%",
    between=(5, 50),
    source="frandsen-2025",
    says="A run longer than the longest of the last 30 days by more than this gets a note.",
)
MOST = Param(
    id="most",
    value=30,
    unit="%",
    between=(10, 100),
    source="frandsen-2025",
    says="The largest step that midstance would plan.",
)
WINDOW = Param(
    id="window",
    value=30,
    unit="days",
    between=(14, 60),
    source="frandsen-2025",
    says="Days over which the longest run counts.",
)


def calendar(problem: Problem, *, notice: float, most: float, window: float) -> Iterator[CalendarNote]:
    """Point out runs much longer than any of the 30 days before; race day is left out."""
    known = [(run.day, run.distance_km) for run in problem.past if run.distance_km]
    if problem.longest_before_km:
        known.append((problem.first - 1, problem.longest_before_km))
    for run in problem.runs:
        if not run.distance_km:
            continue
        before = [km for day, km in known if run.day - window <= day < run.day]
        known.append((run.day, run.distance_km))
        reaches_back = bool(problem.past or problem.longest_before_km) or run.day - problem.first >= window
        if not before or not reaches_back or run.type is RunType.RACE:
            continue
        longest = max(before)
        # whole metres, so that 11 km after 10 km is exactly the border
        if round(1000 * run.distance_km) * 100 > round(1000 * longest) * (100 + notice):
            rise = 100 * (run.distance_km / longest - 1)
            limit = longest * (1 + most / 100)
            more = f" At most {limit:.1f} km would be a step to plan." if rise > most else ""
            yield CalendarNote(
                rule="single-run-spike",
                tier=Tier.DOSE,
                day=run.day,
                says=f"{run.distance_km:.1f} km are {rise:.0f} % beyond the longest run of the {window:g} days before "
                f"({longest:.1f} km). In one large study such runs went with a higher overuse-injury rate; "
                f"nobody knows your own risk.{more}",
            )


@rule(
    title="No single run far beyond the longest",
    tier=Tier.DOSE,
    unit="runs",
    says="{at}: {facts}",
    helps="a shorter long run",
    params=(NOTICE, MOST, WINDOW),
    cites=("M19", "R10"),
    sources=("frandsen-2025",),
    certainty=Certainty.MODERATE,
    examples=(
        Example(
            week="Sun 08:00 long 60min 10km || Sun 08:00 long 90min 15km", finds="Sun", runner="recent_longest_km = 10"
        ),
        Example(
            week="Sun 08:00 long 60min 10km || Sun 08:00 long 65min 11km", finds=None, runner="recent_longest_km = 10"
        ),
    ),
    calendar=calendar,
)
def single_run_spike(problem: Problem) -> Iterator[Claim]:
    """Watch for single runs that are much longer than any run of the last 30 days.

    Of all the ways to measure a jump in running, this one goes with injuries most clearly. It concerns the running
    calendar, so midstance points it out and moves nothing.
    """
    del problem
    return iter(())
