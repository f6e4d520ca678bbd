"""At least four fifths of all training time feels easy."""

from __future__ import annotations

import datetime as dt
from math import gcd
from typing import TYPE_CHECKING

from midstance.domain.evidence import Certainty, Param, Tier
from midstance.domain.problem import CalendarNote, Claim
from midstance.domain.run import RunType
from midstance.rules._rule import Example, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Choice, Problem

MOST_HARD = Param(
    id="most-hard",
    value=20,
    unit="% of training minutes",
    between=(10, 35),
    source="rosenblat-2025",
    says="Largest share of hard minutes in any seven days.",
)


def windows(problem: Problem) -> Iterator[tuple[int, int, int]]:
    """Yield (first day, run minutes, hard run minutes) of every seven days whose runs are known.

    Windows that begin before the plan count only where recorded runs tell of that time.
    """
    minutes: dict[int, int] = {}
    hard: dict[int, int] = {}
    for run in (*problem.past, *problem.runs):
        minutes[run.day] = minutes.get(run.day, 0) + run.minutes
        hard[run.day] = hard.get(run.day, 0) + run.hard_minutes
    begins = problem.first - 6 if problem.past else problem.first
    for day in range(begins, problem.last - 5):
        span = range(day, day + 7)
        yield day, sum(minutes.get(d, 0) for d in span), sum(hard.get(d, 0) for d in span)


def calendar(problem: Problem, *, most_hard: float) -> Iterator[CalendarNote]:
    """Point out spans in which the runs alone are more than a fifth hard."""
    over = [
        (day, run, hard) for day, run, hard in windows(problem) if 100 * hard > most_hard * run and day >= problem.first
    ]
    groups: list[list[tuple[int, int, int]]] = []
    for entry in over:
        if groups and entry[0] - groups[-1][-1][0] <= 7:
            groups[-1].append(entry)
        else:
            groups.append([entry])
    for group in groups:
        worst = max(group, key=lambda e: e[2] / e[1])
        day = next((r.day for r in problem.runs if r.hard_minutes and r.day >= worst[0]), worst[0])
        racing = sum(r.hard_minutes for r in problem.runs if r.type is RunType.RACE and 0 <= r.day - worst[0] < 7)
        share = f"{100 * worst[2] / worst[1]:.0f} % hard ({worst[2]} of {worst[1]} min in seven days)"
        if racing and 100 * (worst[2] - racing) <= most_hard * (worst[1] - racing):
            says = f"The race makes these days up to {share}, as races do. No hard strength there."
        else:
            says = (
                f"The runs alone are up to {share}; {most_hard:g} % is the most. No hard strength there. One hard run "
                "less, or more easy minutes, would change that."
            )
        yield CalendarNote(rule="easy-share", tier=Tier.SAFETY, day=day, says=says)


@rule(
    title="Four fifths easy",
    tier=Tier.SAFETY,
    unit="hundredths of a minute",
    says="{at}: more than {limit} would be hard ({facts})",
    helps="an easier hard run, more easy minutes, or a shorter heavy session",
    params=(MOST_HARD,),
    cites=("M16", "R14", "R15"),
    sources=("rosenblat-2025",),
    certainty=Certainty.LOW,
    examples=(
        Example(
            week="Mon 06:30 easy 60min | Tue 06:30 tempo 60min (hard 24) | Fri 18:00 heavy 28min (hard 10)", finds="Mon"
        ),
        Example(
            week="Mon 06:30 easy 90min | Tue 06:30 tempo 60min (hard 24) | Fri 18:00 heavy 28min (hard 10)", finds=None
        ),
    ),
    calendar=calendar,
)
def easy_share(problem: Problem, *, most_hard: float) -> Iterator[Claim]:
    """Keep at least four fifths of every seven days easy, strength included.

    Easy minutes are what lets the hard ones work. Strength counts in full: the minutes under working sets of a heavy
    or plyometric session are hard, everything else of it is easy. Where the runs alone take more than a fifth, no hard
    strength is added and the calendar gets a note.
    """
    share = int(most_hard)
    scale = gcd(100, share)
    by_day: dict[int, list[Choice]] = {}
    for choice in problem.choices:
        by_day.setdefault(choice.day, []).append(choice)
    for day, run, hard in windows(problem):
        here = [c for d in range(day, day + 7) for c in by_day.get(d, ())]
        if not here:
            continue
        room = (share * run - 100 * hard) // scale
        facts = f"seven days from {dt.date.fromordinal(day)}; the runs: {hard} hard of {run} min"
        if room < 0:
            terms = tuple((1, c.index) for c in here if c.hard)
            if terms:
                yield Claim(
                    rule="easy-share", tier=Tier.SAFETY, day=max(day, problem.first), terms=terms, high=0, facts=facts
                )
            continue
        terms = tuple(((100 * c.hard_minutes - share * c.minutes) // scale, c.index) for c in here)
        yield Claim(
            rule="easy-share", tier=Tier.SAFETY, day=max(day, problem.first), terms=terms, high=room, facts=facts
        )
