"""Primers: the first minutes before a run, for runners with little time (M3, R74)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midstance.domain.dates import minute_of, monday
from midstance.domain.evidence import Tier
from midstance.domain.problem import Choice
from midstance.domain.run import PlannedRun, RunType
from midstance.domain.session import Kind
from midstance.domain.slot import Slot
from midstance.planning.clock import real_minute

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midstance.domain.problem import Problem, WeekFacts
    from midstance.domain.runner import Runner
    from midstance.rules._rule import Rule

SUITS = frozenset({RunType.EASY, RunType.STEADY, RunType.LONG, RunType.RECOVERY})
MOST_A_WEEK = 3
FEW_SESSIONS = 2
LEAST_RUN = 20
BEFORE_MINUTES = 8
INSIDE_MINUTES = (6, 10)
WHY_BEFORE = "Hips and core before an easy run: in one trial with beginners this went with fewer leg injuries."
WHY_INSIDE = "The first minutes of the run go to hips and core: worth more than a few more easy ones."
WHY_SHORT = "Time is short this week: fewer than two sessions fit."


@dataclass(frozen=True, slots=True, kw_only=True)
class Primed:
    """Primers as slots, and the runs with those minutes taken out where primers go inside."""

    slots: tuple[Slot, ...]
    runs: tuple[PlannedRun, ...]


def mode_of_week(runner: Runner, week: WeekFacts, sessions: int) -> str:
    """Tell how a week's primers are done: off, before or inside.

    Auto means inside where fewer than two sessions fit; a week whose phase asks for no more is not short of time.
    """
    if runner.primers != "auto":
        return runner.primers
    least, most = week.targets.sessions
    short = sessions < FEW_SESSIONS and (least >= FEW_SESSIONS or most < FEW_SESSIONS)
    return "inside" if short else "off"


def suits(run: PlannedRun, runner: Runner) -> bool:
    """Tell whether a primer may precede a run: an easy one, long enough, on a date that is not blocked."""
    return run.type in SUITS and not run.hard and run.minutes >= LEAST_RUN and not runner.blocked_on(run.date)


def primer_slot(run: PlannedRun, week: WeekFacts, runner: Runner, *, inside: bool) -> tuple[Slot, PlannedRun]:
    """Give the primer of a run, and the run as it is afterwards."""
    low, high = INSIDE_MINUTES
    minutes = min(high, max(low, run.minutes // 5)) if inside else BEFORE_MINUTES
    minutes = min(minutes, runner.session_minutes)
    start = run.start if inside else run.start - dt.timedelta(minutes=minutes)
    after = run
    if inside:
        left = run.minutes - minutes
        after = replace(
            run,
            start=run.start + dt.timedelta(minutes=minutes),
            minutes=left,
            load_au=round(run.load_au * left / run.minutes),
            distance_km=None if run.distance_km is None else round(run.distance_km * left / run.minutes, 2),
        )
    slot = Slot(
        start=start,
        kind=Kind.PRIMER,
        minutes=minutes,
        hard_minutes_most=0,
        week=dt.date.fromordinal(week.monday),
        phase=week.phase,
        phase_week=week.phase_week,
        cycle=week.cycle,
        level=runner.strength_level,
        learning=week.learning,
        for_run=run.id,
        why=(WHY_BEFORE,) if not inside else (WHY_INSIDE, WHY_SHORT) if runner.primers == "auto" else (WHY_INSIDE,),
    )
    return slot, after


def free_before(slot: Slot, run: PlannedRun, runs: Sequence[PlannedRun], taken: Sequence[Slot]) -> bool:
    """Tell whether the minutes of a primer are free of other runs and sessions and lie on the run's date."""
    end = slot.start + dt.timedelta(minutes=slot.minutes)
    if slot.start.date() != run.date:
        return False
    if any(r.id != run.id and r.start < end and slot.start < r.end for r in runs):
        return False
    return not any(
        other.start < end and slot.start < other.start + dt.timedelta(minutes=other.minutes) for other in taken
    )


def share_stays(run: PlannedRun, shorter: PlannedRun, runs: Sequence[PlannedRun], problem: Problem) -> bool:
    """Tell whether taking minutes out of a run leaves the runs of every seven days at most a fifth hard, or no worse.

    The seven days are those that easy-share judges: inside the plan, or reaching back to recorded runs.
    """
    known = [(a.day, a.minutes, a.hard_minutes) for a in problem.past]
    known += [(r.date.toordinal(), r.minutes, r.hard_minutes) for r in runs]
    day, taken = run.date.toordinal(), run.minutes - shorter.minutes
    earliest = problem.first - 6 if problem.past else problem.first
    for begin in range(max(day - 6, earliest), min(day, problem.last - 6) + 1):
        minutes = sum(m for d, m, _ in known if begin <= d < begin + 7)
        hard = sum(h for d, _, h in known if begin <= d < begin + 7)
        if 5 * hard <= minutes < 5 * hard + taken:
            return False
    return True


def barred_primers(
    runner: Runner, problem: Problem, slots: Sequence[Slot], rules: Sequence[Rule]
) -> frozenset[str | None]:
    """Give the ids of the runs whose primers a safety rule that sees the hour forbids, as soon after a race."""
    choices = []
    for index, slot in enumerate(slots):
        start = minute_of(slot.start)
        end = start + slot.minutes
        choices.append(
            Choice(
                index=index,
                week=0,
                day=start // 1440,
                start=start,
                end=end,
                start_real=real_minute(runner.timezone, start),
                end_real=real_minute(runner.timezone, end),
                minutes=slot.minutes,
                hard_minutes=0,
                kind=Kind.PRIMER,
                load=0,
            )
        )
    asked = replace(problem, choices=tuple(choices))
    claims = (claim for rule in rules if rule.edges for claim in rule.yield_claims(asked))
    return frozenset(slots[c.terms[0][1]].for_run for c in claims if c.tier is Tier.SAFETY and c.high == 0)


def primer_closed(problem: Problem, date: dt.date) -> bool:
    """Tell whether readiness keeps primers from a date; only the morning itself is judged."""
    return date.toordinal() == problem.open_from and not problem.may_hold(problem.open_from, Kind.PRIMER)


def place_primers(
    runner: Runner,
    problem: Problem,
    runs: Sequence[PlannedRun],
    slots: Sequence[Slot],
    rules: Sequence[Rule],
    *,
    counted: Mapping[dt.date, int] | None = None,
) -> Primed:
    """Put primers before runs, by rule and never by search.

    Args:
        runner: The runner; ``primers`` decides.
        problem: The plan's weeks and races.
        runs: The plan's runs.
        slots: Sessions that are placed already.
        rules: The rules; what they forbid is not placed.
        counted: Sessions that a week (by Monday) was meant to have, where some were missed or left out since.
    Returns: Primer slots by start, and the runs after them.
    """
    offers: dict[int, list[tuple[Slot, PlannedRun]]] = {}
    for week in problem.weeks:
        start = dt.date.fromordinal(week.monday)
        sessions = max((counted or {}).get(start, 0), sum(1 for s in slots if s.week == start))
        mode = mode_of_week(runner, week, sessions)
        here = [r for r in runs if mode != "off" and monday(r.date) == start and suits(r, runner)
                and not primer_closed(problem, r.date)]
        here.sort(key=lambda r: (r.type is RunType.LONG, r.start))
        offers[week.index] = [primer_slot(r, week, runner, inside=mode == "inside") for r in here]
    barred = barred_primers(runner, problem, [slot for offer in offers.values() for slot, _ in offer], rules)
    out: list[Slot] = []
    changed = {run.id: run for run in runs}
    for offer in offers.values():
        done = 0
        for slot, after in offer:
            run, now = changed[after.id], list(changed.values())
            open_ = slot.for_run not in barred and free_before(slot, run, now, (*slots, *out))
            if done < MOST_A_WEEK and open_ and share_stays(run, after, now, problem):
                out.append(slot)
                changed[run.id] = after
                done += 1
    return Primed(slots=tuple(sorted(out, key=lambda s: s.start)), runs=tuple(changed[r.id] for r in runs))
