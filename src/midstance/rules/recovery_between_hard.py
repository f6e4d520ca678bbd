"""More than a day between hard activities."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from midstance.domain.evidence import Certainty, Param, Tier
from midstance.domain.problem import WEEKDAYS, CalendarNote, Claim, Fate, between_run_and_choice, gap_minutes
from midstance.domain.run import LONG_MINUTES, RunType
from midstance.domain.session import HARD_KINDS, Kind
from midstance.domain.units import clock_text
from midstance.rules._prices import FRESH_LEGS
from midstance.rules._rule import Edge, Example, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Activity, Choice, Problem

DAY = 1440
GAP = Param(
    id="gap",
    value=24,
    unit="h",
    between=(24, 72),
    source="doma-2013",
    says="Hours that lie between the end of one hard activity and the start of the next; more than this many.",
)
GAP_FROM_50 = Param(
    id="gap-from-50",
    value=36,
    unit="h",
    between=(24, 96),
    says="The same from the year in which a runner turns 50, as a dose rule.",
)
SAME_DAY = Param(
    id="same-day",
    value=3,
    unit="h",
    between=(3, 12),
    source="robineau-2016",
    says="With hard_days_hard: least hours from the end of a hard run to a heavy session on its date.",
)


def edges(problem: Problem, *, gap: float, gap_from_50: float, same_day: float) -> Iterator[Edge]:
    """Give the moments around hard runs at which a hard session becomes possible or impossible."""
    hours = (gap,) if problem.fifty_from is None else (gap, gap_from_50)
    facts: list[Activity | Choice] = [run for run in (*problem.past, *problem.runs) if run.hard]
    facts += [done for done in problem.lived if done.fate is Fate.DONE and done.hard]
    for fact in facts:
        for h in hours:
            yield Edge(minute=fact.end + int(60 * h) + 1, of_end=False, kinds=HARD_KINDS)
            yield Edge(minute=fact.start - int(60 * h), of_end=True, kinds=HARD_KINDS)
    for run in (*problem.past, *problem.runs):
        if run.hard and problem.hard_days_hard:
            yield Edge(minute=run.end + int(60 * same_day), of_end=False, kinds=frozenset({Kind.HEAVY}))


def hard_day_kept_hard(problem: Problem, run: Activity, choice: Choice, gap: int, same_day: float) -> bool:
    """Tell whether the runner's ``hard_days_hard`` allows this heavy session after this run on one date."""
    return (
        problem.hard_days_hard
        and choice.kind is Kind.HEAVY
        and run.day == choice.day
        and gap >= 60 * same_day
        and run.start < choice.start
        and run.minutes <= LONG_MINUTES
        and run.type is not RunType.RACE
        and all(race.day != run.day for race in problem.races)
    )


def calendar(problem: Problem, *, gap: float) -> Iterator[CalendarNote]:
    """Point out hard runs that follow each other within a day: the calendar's own doing."""
    hard = [run for run in problem.runs if run.hard]
    for before, after in pairwise(hard):
        apart = gap_minutes(before.end, before.end_real, after.start, after.start_real)
        if apart <= 60 * gap:
            yield CalendarNote(
                rule="recovery-between-hard",
                tier=Tier.SAFETY,
                day=after.day,
                says=f"{after.name} starts {hours_text(apart)} h after the end of {before.name}; "
                f"more than {gap:g} h lets the body take the first one in.",
            )


def hours_text(minutes: int) -> str:
    """Write minutes as hours with at most one decimal.

    >>> hours_text(690)
    '11.5'
    """
    return f"{minutes / 60:.1f}".removesuffix(".0")


@rule(
    title="More than a day between hard efforts",
    tier=Tier.SAFETY,
    unit="hard sessions",
    says="{at}: a hard session too close to another hard activity ({facts})",
    helps="another time of day, a free window on another day, hard_days_hard, or one hard run less",
    params=(GAP, GAP_FROM_50, SAME_DAY),
    cites=("M15", "R39", "R41", "R44"),
    sources=("doma-2013", "robineau-2016"),
    certainty=Certainty.MODERATE,
    examples=(
        Example(week="Tue 18:00 heavy 24min | Wed 06:30 intervals 50min", finds="Wed"),
        Example(week="Tue 06:30 intervals 50min | Wed 06:30 heavy 24min", finds="Wed"),
        Example(week="Mon 18:00 heavy 24min | Tue 18:15 heavy 24min", finds="Tue"),
        Example(week="Mon 18:00 heavy 24min | Wed 06:30 intervals 50min", finds=None),
        Example(week="Tue 06:30 intervals 50min | Tue 12:30 heavy 24min", finds="Tue"),
        Example(week="Tue 06:30 intervals 50min | Tue 12:30 heavy 24min", finds=None, runner="hard_days_hard = true"),
    ),
    calendar=calendar,
    edges=edges,
)
def recovery_between_hard(problem: Problem, *, gap: float, gap_from_50: float, same_day: float) -> Iterator[Claim]:
    """Leave more than a day between one hard activity and the next.

    The day after heavy leg work a run at the same pace costs more and ends sooner; the day after a hard run the legs
    lift less and with less control. A little more than a day is the floor, two days before quality running the aim
    (see fresh-legs). Runners of 50 and older get a day and a half where the week allows it.
    """
    limit, wished = int(60 * gap), int(60 * gap_from_50)
    reach = max(limit, wished) // DAY + 1
    for choice in problem.choices:
        if not choice.hard:
            continue
        for run in problem.hard_near(choice.day, reach):
            yield from claims_about(problem, run, choice, limit, wished, same_day)
    yield from hard_pairs(problem, limit, Tier.SAFETY)
    if problem.fifty_from is not None and wished > limit:
        yield from hard_pairs(problem, wished, Tier.DOSE)


def claims_about(
    problem: Problem,
    run: Activity,
    choice: Choice,
    limit: int,
    wished: int,
    same_day: float,
) -> Iterator[Claim]:
    """Claim that a hard session too near to a hard run is not chosen; from 50 years on at a price up to the wish."""
    run_first, apart = between_run_and_choice(run, choice)
    later = choice.day if run_first else run.day
    if apart <= limit:
        if run_first and hard_day_kept_hard(problem, run, choice, apart, same_day):
            return
        yield Claim(
            rule="recovery-between-hard",
            tier=Tier.SAFETY,
            day=later,
            terms=((1, choice.index),),
            high=0,
            facts=fact(run, run_first=run_first, apart=apart),
        )
    elif problem.fifty_from is not None and choice.day >= problem.fifty_from and apart <= wished:
        yield Claim(
            rule="recovery-between-hard",
            tier=Tier.DOSE,
            day=later,
            terms=((1, choice.index),),
            high=0,
            price=FRESH_LEGS,
            facts=fact(run, run_first=run_first, apart=apart),
        )


def fact(run: Activity, *, run_first: bool, apart: int) -> str:
    """Say how far a run and a session lie apart."""
    if apart < 0:
        return f"{run.name} lies in it"
    return f"{hours_text(apart)} h after {run.name}" if run_first else f"{hours_text(apart)} h before {run.name}"


def hard_pairs(problem: Problem, limit: int, tier: Tier) -> Iterator[Claim]:
    """Claim that of a hard session and those that start too soon after it on a later date, one is chosen at most.

    Sessions of one date before which the same ones are too near share a claim, since a date holds one of them anyway.
    As a dose rule only inside a week and from 50 years on: dose never couples weeks.
    """
    by_day: dict[int, list[Choice]] = {}
    for choice in problem.choices:
        if choice.hard:
            by_day.setdefault(choice.day, []).append(choice)
    wish = tier is Tier.DOSE
    for day, todays in by_day.items():
        if wish and day < (problem.fifty_from or 0):
            continue
        for later in range(day + 1, day + limit // DAY + 2):
            those = [c for c in by_day.get(later, ()) if not wish or c.week == todays[0].week]
            if not those:
                continue
            soonest, soonest_real = min(c.start for c in those), min(c.start_real for c in those)
            alike: dict[tuple[int, ...], list[Choice]] = {}
            for first in todays:
                last, last_real = first.end + limit, first.end_real + limit
                if soonest <= last or soonest_real <= last_real:
                    near = tuple([c.index for c in those if c.start <= last or c.start_real <= last_real])
                    alike.setdefault(near, []).append(first)
            for near, firsts in alike.items():
                yield pair_claim(firsts, near, later, tier)


def pair_claim(firsts: list[Choice], near: tuple[int, ...], day: int, tier: Tier) -> Claim:
    """Claim that at most one is chosen of the hard sessions of a date and those of a later one that start too soon."""
    first = firsts[0]
    return Claim(
        rule="recovery-between-hard",
        tier=tier,
        day=day,
        terms=tuple([(1, index) for index in (*[c.index for c in firsts], *near)]),
        high=1,
        price=FRESH_LEGS if tier is Tier.DOSE else 0,
        facts=f"the hard session before ends on {WEEKDAYS[(first.day - 1) % 7]} at {clock_text(first.end % DAY)}",
    )
