"""Why a session stands where it stands, and why not elsewhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midstance.catalogue.phases import load_phases
from midstance.domain.evidence import Tier
from midstance.domain.plan import Finding, Phase
from midstance.domain.problem import between_run_and_choice
from midstance.domain.session import STRENGTH_TYPE, Kind, Session
from midstance.planning.check import Report, check_plan
from midstance.rules.recovery_between_hard import hours_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from midstance.domain.plan import Plan
    from midstance.domain.problem import Activity, Choice, Problem

FAR = 4 * 1440
GRID = 15
PHASE_NAMES = {phase: phase.value.replace("-", " ") for phase in Phase}
KIND_PURPOSE = {
    Kind.HEAVY: "heavy leg work",
    Kind.STRENGTH: "leg strength with body weight or light load",
    Kind.UPPER: "push, pull and core",
    Kind.MOBILITY: "range of motion",
    Kind.PLYOMETRIC: "short, springy contacts",
    Kind.PRIMER: "hips and core before the run",
}


def neighbours(problem: Problem, choice: Choice) -> tuple[tuple[Activity, int] | None, tuple[Activity, int] | None]:
    """Find the nearest hard runs before and after a choice, with the minutes between; None beyond four days."""
    before = after = None
    for run in (*problem.past, *problem.runs):
        if not run.hard or run.end < choice.start - FAR:
            continue
        if run.start > choice.end + FAR:
            break
        run_first, apart = between_run_and_choice(run, choice)
        if run_first:
            before = (run, apart)
        elif after is None:
            after = (run, apart)
    return before, after


def placement_why(problem: Problem, choice: Choice) -> str:
    """Say in one sentence how a session lies to the runs around it."""
    runs_today = problem.runs_on.get(choice.day, ())
    before, after = neighbours(problem, choice) if choice.hard else (None, None)
    parts = []
    if before:
        parts.append(f"{hours_text(before[1])} h after {before[0].name}")
    if after:
        parts.append(f"{hours_text(after[1])} h before {after[0].name}")
    if parts:
        return "Stands " + " and ".join(parts) + "."
    if choice.hard:
        return "No hard run is near."
    first = next((r for r in runs_today if r.start < choice.start), None)
    if first:
        return f"Shares the day with {first.name}: the run comes first."
    if runs_today:
        return f"Shares the day with {runs_today[0].name}."
    return "A day without a run."


def count_why(problem: Problem, choice: Choice, chosen: Sequence[Choice]) -> str:
    """Say what a session is for, in its phase and week."""
    week = problem.weeks[choice.week]
    same = [c for c in chosen if c.week == choice.week and (c.kind in STRENGTH_TYPE) == (choice.kind in STRENGTH_TYPE)]
    number = [c.index for c in same].index(choice.index) + 1
    aim = load_phases().by_phase[week.phase].aim
    what = "strength" if choice.kind in STRENGTH_TYPE else "mobility"
    of = f"{number} of {len(same)} {what} sessions" if len(same) > 1 else f"the week's {what} session"
    return f"{KIND_PURPOSE[choice.kind].capitalize()}, {of} ({PHASE_NAMES[week.phase]}: {aim})."


def why_here(problem: Problem, choice: Choice, chosen: Sequence[Choice]) -> tuple[str, ...]:
    """Give the reasons for a placement, most important first."""
    out = [placement_why(problem, choice), count_why(problem, choice, chosen)]
    earlier = any(c.day == choice.day - 7 and c.kind is choice.kind for c in chosen)
    if earlier:
        out.append("The same weekday as last week.")
    week = problem.weeks[choice.week]
    if week.factor_why and choice.strength_type:
        out.append(week.factor_why)
    return tuple(out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Why not on another date.

    Attributes:
        date: The date asked about.
        legal: Whether some start of that date breaks no safety rule.
        start: The best start of that date, or None where nothing fits.
        price: Change of (dose, taste) when moved there; None when not legal.
        broken: Safety findings at the best start.
        dearer: Dose and taste findings that the move adds.
    """

    date: dt.date
    legal: bool
    start: dt.datetime | None
    price: tuple[int, int] | None
    broken: tuple[Finding, ...]
    dearer: tuple[Finding, ...]


def moved(plan: Plan, session: Session, start: dt.datetime) -> Plan:
    """Give the plan with one session at another start."""
    there = replace(session, start=start)
    weeks = []
    for week in plan.weeks:
        days = []
        for day in week.days:
            kept = [s for s in day.sessions if s.id != session.id]
            if day.date == start.date():
                kept.append(there)
            days.append(replace(day, sessions=tuple(sorted(kept, key=lambda s: s.start))))
        weeks.append(replace(week, days=tuple(days)))
    return replace(plan, weeks=tuple(weeks))


def why_not(plan: Plan, session: Session, date: dt.date, judge: Callable[[Plan], Report]) -> Answer:
    """Judge one session on another date, at every half hour and at its own time of day.

    Args:
        plan: The plan.
        session: One of its sessions.
        date: The other date, inside the plan.
        judge: Checks a plan, for example ``check_plan`` with rules and runner filled in.
    Returns: The best start there, and what speaks against it.
    """
    base = judge(plan)
    own = {(f.rule, f.date, f.says) for f in base.findings}
    best: tuple[tuple[int, int, int, int], Answer] | None = None
    usual = session.start.hour * 60 + session.start.minute
    for minute in sorted({usual, *range(6 * 60, 21 * 60 + 1, 2 * GRID)}, key=lambda m: (abs(m - usual), m)):
        start = dt.datetime.combine(date, dt.time()) + dt.timedelta(minutes=minute)
        report = judge(moved(plan, session, start))
        new = [f for f in report.findings if f.on == "plan" and (f.rule, f.date, f.says) not in own]
        broken = tuple(f for f in new if f.tier == Tier.SAFETY.label)
        price = (report.cost[0] - base.cost[0], report.cost[1] - base.cost[1])
        answer = Answer(
            date=date,
            legal=not broken,
            start=start,
            price=None if broken else price,
            broken=broken,
            dearer=tuple(f for f in new if f.tier != Tier.SAFETY.label),
        )
        rank = (len({f.rule for f in broken}), *(price if not broken else (0, 0)), abs(minute - usual))
        if best is None or rank < best[0]:
            best = (rank, answer)
    assert best is not None
    return best[1]


__all__ = ["Answer", "check_plan", "moved", "neighbours", "placement_why", "why_here", "why_not"]
