"""What was lived since a plan began: runs as recorded, sessions done and missed - facts that replanning starts from.

Facts of sessions stand among the choices, so every rule speaks about them as about planned ones; before the search
sees a claim, they are put into its bounds (``settled_claim``). The past never forbids the empty future.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from midstance.domain.dates import minute_of, monday
from midstance.domain.evidence import Tier
from midstance.domain.problem import Choice, Claim, Fate, Problem
from midstance.domain.session import KIND_RPE, Kind
from midstance.planning.clock import real_minute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from midstance.domain.lived import Lived
    from midstance.domain.problem import WeekFacts
    from midstance.domain.run import PlannedRun
    from midstance.planning.settle_runs import SettledRuns
    from midstance.rules._rule import Rule

COUNTS_MISSED = "sessions-a-week"
USUAL_MINUTES = 20
NOON = 12


def moved_runs(runs: Sequence[PlannedRun], moved: Iterable[tuple[str, dt.date]]) -> tuple[PlannedRun, ...]:
    """Move runs to other dates at their hour, by id, one after the other; what is not there changes nothing."""
    now = list(runs)
    for id_, date in moved:
        for k, run in enumerate(now):
            if run.id == id_:
                start = dt.datetime.combine(date, run.start.time())
                now[k] = replace(run, start=start, id=free_id(start, [r.id for r in now]))
    return tuple(now)


def free_id(start: dt.datetime, taken: Sequence[str]) -> str:
    """Give the id of a run that starts at a moment; a letter is added where it is taken."""
    found = f"run-{start:%Y-%m-%d-%H%M}"
    while found in taken:
        found += "b"
    return found


def with_lived(settled: SettledRuns, lived: Lived | None) -> SettledRuns:
    """Put the runs as they were lived in place of what the calendar said."""
    if lived is None:
        return settled
    kept = [run for run in moved_runs(settled.runs, lived.moved) if run.id not in lived.away]
    for run in lived.runs:
        taken = [r.id for r in kept]
        kept.append(run if run.id not in taken else replace(run, id=free_id(run.start, taken)))
    return replace(settled, runs=tuple(sorted(kept, key=lambda r: (r.start, r.id))))


def lived_choices(lived: Lived, weeks: Sequence[WeekFacts], zone: str) -> tuple[Choice, ...]:
    """Turn sessions that were done or missed into facts in the shape of choices, by start."""
    week_of = {dt.date.fromordinal(w.monday): w.index for w in weeks}
    done = [
        fact(s.start, s.minutes, s.hard_minutes, s.kind, Fate.DONE, week_of.get(monday(s.date), -1), zone)
        for s in lived.done if s.kind is not Kind.PRIMER
    ]
    missed = [
        fact(dt.datetime.combine(date, dt.time(NOON)), USUAL_MINUTES, 0, kind, Fate.DROPPED,
             week_of.get(monday(date), -1), zone)
        for date, kind in lived.dropped
    ]
    return tuple(sorted((*done, *missed), key=lambda c: (c.start, c.kind.value, c.fate.value)))


def fact(
    start: dt.datetime, minutes: int, hard_minutes: int, kind: Kind, fate: Fate, week: int, zone: str
) -> Choice:
    """Give a session that is a fact the shape of a choice."""
    begin = minute_of(start)
    return Choice(
        index=0, week=week, day=begin // 1440, start=begin, end=begin + minutes,
        start_real=real_minute(zone, begin), end_real=real_minute(zone, begin + minutes), minutes=minutes,
        hard_minutes=min(hard_minutes, minutes), kind=kind, load=round(minutes * KIND_RPE[kind]), fate=fate,
    )


def settled_claim(claim: Claim, choices: Sequence[Choice]) -> Claim | None:
    """Put what was done into the bounds of a claim, so that it speaks about what is open alone.

    A missed session counts toward a week's number of sessions, so that nothing is piled up, and nowhere else. A bound
    that the past broke already is moved to what the empty future gives: facts never make a plan impossible.

    Returns: The claim about open choices; None where it has none.
    """
    fixed = 0
    terms = []
    for term in claim.terms:
        fate = choices[term[1]].fate
        if fate is Fate.OPEN:
            terms.append(term)
        elif fate is Fate.DONE or claim.rule == COUNTS_MISSED:
            fixed += term[0]
    if len(terms) == len(claim.terms):
        return claim
    if not terms:
        return None
    low = None if claim.low is None else claim.low - fixed
    high = None if claim.high is None else claim.high - fixed
    if claim.tier is Tier.SAFETY:
        low = None if low is None else min(low, 0)
        high = None if high is None else max(high, 0)
    return replace(claim, terms=tuple(terms), low=low, high=high)


def claims_of(rule: Rule, problem: Problem) -> Iterator[Claim]:
    """Yield what a rule says about what is open, with all that was lived in the bounds."""
    if not problem.lived:
        yield from rule.yield_claims(problem)
        return
    for claim in rule.yield_claims(problem):
        found = settled_claim(claim, problem.choices)
        if found is not None:
            yield found
