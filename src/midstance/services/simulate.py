"""The closed loop: made-up runners of all levels live for a year with the planner, and every morning is judged."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from midstance.formats._format import refusal
from midstance.services.simulating.one import One
from midstance.services.simulating.year import live

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from midstance.services.simulating.book import Tally


FIRST = dt.date(2027, 1, 4)
MOST_WEEKS, MOST_RUNNERS, MOST_JOBS = 520, 100_000, 256
DESCRIBED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """What a simulation came to.

    Attributes:
        runner_years: Runners times weeks, in years of 52 weeks.
        mornings: Mornings lived.
        events: How often what happened, by kind.
        safety_findings: Breaches of a safety rule, in a plan or in the advice of a day.
        weight_jumps: Weights that rose by more than a step, or after pain or a long break.
        too_long: Sessions longer than the time given.
        unstable: Changes that asked for one more change on the same morning.
        lost: Entries that were written and are not there.
        failures: Years that an error ended.
        described: The first breaches, a sentence each.
        changed_days_median: Dates whose sessions differ, median of the changes; ``changed_days_max`` the most.
        unchanged: Decisions that asked for no change.
        proposals: Changes that were proposed, ``accepted`` those that were taken.
        refused: Decisions that were refused.
        replanned: Mornings on which the plan was made again.
        sessions_planned: Sessions that the plans in force had, each on its day.
        sessions_advised: Sessions among them that the day allowed.
        sessions_kept: Sessions among those that were done.
        plans_made: Plans made without a plan before them, or after its end.
        entries: Entries of all diaries.
    """

    runner_years: float
    mornings: int
    events: dict[str, int]
    safety_findings: int
    weight_jumps: int
    too_long: int
    unstable: int
    lost: int
    failures: int
    described: tuple[str, ...]
    changed_days_median: float
    changed_days_max: int
    unchanged: int
    proposals: int
    accepted: int
    refused: int
    replanned: int
    sessions_planned: int
    sessions_advised: int
    sessions_kept: int
    plans_made: int
    entries: int

    @property
    def kept_share(self) -> float:
        """Share of the advised sessions that were done, 0 to 1."""
        return self.sessions_kept / self.sessions_advised if self.sessions_advised else 0.0

    @property
    def violations(self) -> int:
        """Everything that must not be, counted."""
        return (self.safety_findings + self.weight_jumps + self.too_long + self.unstable + self.lost + self.failures)


def simulate(
    runners: int, *, weeks: int = 52, seed: int = 1, first: dt.date = FIRST, jobs: int = 1,
    say: Callable[[int], None] | None = None,
) -> Simulated:
    """Let made-up runners live with the planner and judge every morning.

    Args:
        runners: How many; each has chance of its own, made from the seed and its number.
        weeks: How long [weeks].
        seed: The same seed gives the same result, whatever the machine and the number of processes.
        first: First date, a Monday.
        jobs: Processes to share the runners out to.
        say: Hears how many runners are through.
    Returns: What it came to.
    Raises: InputError: A number that cannot be.
    """
    check("runners", runners, MOST_RUNNERS)
    check("weeks", weeks, MOST_WEEKS)
    check("jobs", jobs, MOST_JOBS)
    one = partial(one_year, weeks=weeks, seed=seed, first=first)
    if jobs <= 1:
        return gathered(heard(map(one, range(runners)), say), weeks)
    with ProcessPoolExecutor(jobs) as pool:
        return gathered(heard(pool.map(one, range(runners)), say), weeks)


def check(name: str, value: int, most: int) -> None:
    """Refuse a number that cannot be.

    Raises: InputError: It is too small or too large.
    """
    if not 1 <= value <= most:
        raise refusal(f"--{name}", f"{value} cannot be simulated", f"1 to {most} are possible")


def heard(tallies: Iterable[Tally], say: Callable[[int], None] | None) -> Iterable[Tally]:
    """Say how many are through."""
    for number, tally in enumerate(tallies, 1):
        if say is not None:
            say(number)
        yield tally


def one_year(number: int, *, weeks: int, seed: int, first: dt.date) -> Tally:
    """Let one runner live; an error ends the year and is told, so that the other runners' years go on."""
    one = One(Random(f"{seed}/{number}"), number=number, first=first, days=7 * weeks)
    try:
        return live(one)
    except Exception as error:  # whatever it is, it must not be, and is counted
        date = one.dates[min(one.tally.mornings, len(one.dates) - 1)]
        one.breach("failure", date, f"{type(error).__name__}: {error}")
        return one.tally


def gathered(tallies: Iterable[Tally], weeks: int) -> Simulated:
    """Add the years up."""
    all_ = list(tallies)
    events: Counter[str] = Counter()
    for tally in all_:
        events.update(tally.events)
    breaches = [breach for tally in all_ for breach in tally.breaches]
    sorts = Counter(sort for sort, _ in breaches)
    looked = [days for tally in all_ for days in tally.changed]
    changed = [days for days in looked if days]
    return Simulated(
        runner_years=round(len(all_) * weeks / 52, 2), mornings=sum(t.mornings for t in all_),
        events=dict(sorted(events.items())), safety_findings=sorts["safety"], weight_jumps=sorts["weight"],
        too_long=sorts["minutes"], unstable=sorts["unstable"], lost=sorts["lost"], failures=sorts["failure"],
        described=tuple(text for _, text in breaches[:DESCRIBED]),
        changed_days_median=median(changed) if changed else 0, changed_days_max=max(changed, default=0),
        unchanged=len(looked) - len(changed),
        proposals=sum(t.proposals for t in all_), accepted=sum(t.accepted for t in all_),
        refused=sum(t.refused for t in all_), replanned=sum(t.replanned for t in all_),
        sessions_planned=sum(t.planned for t in all_), sessions_advised=sum(t.advised for t in all_),
        sessions_kept=sum(t.kept for t in all_), plans_made=sum(t.plans for t in all_),
        entries=sum(t.entries for t in all_))
