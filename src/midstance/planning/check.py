"""Judge any plan: findings and cost from the claims alone, without the search.

A plan's sessions become choices that are all taken; the rules then speak about them. Nothing a document says about
hardness is believed where its types, minutes and contents say otherwise.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midstance.domain.dates import dates_between, minute_of
from midstance.domain.evidence import Tier
from midstance.domain.history import History
from midstance.domain.plan import Finding
from midstance.domain.problem import WEEKDAYS, Choice, Claim, Fate, Problem
from midstance.domain.run import counts_as_hard
from midstance.domain.runner import EQUIPMENT, Level, Runner
from midstance.domain.session import HARD_KINDS, KIND_RPE, Kind, Session
from midstance.domain.units import clock_text
from midstance.planning.arranging.working import hard_minutes
from midstance.planning.clock import real_minute
from midstance.planning.lived import claims_of
from midstance.planning.prepare import prepare_facts
from midstance.planning.settle_runs import DEFAULT_PACE, SettledRuns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from midstance.domain.exercise import Exercise
    from midstance.domain.lived import Lived
    from midstance.domain.plan import Plan, Week
    from midstance.domain.run import PlannedRun
    from midstance.rules._rule import Rule

PRIMER_GAP = 5
WHOLE_DAY = ((0, 24 * 60),)
LEGS_AND_CORE = ("glutes", "quads", "hamstrings", "calves", "core")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a check found.

    Attributes:
        findings: Breaches by the plan (``on: plan``) and by the runs alone (``on: calendar``), by date.
        cost: (dose, taste) of the plan under the rules' prices.
        unjudged: What could not be judged, and why.
    """

    findings: tuple[Finding, ...]
    cost: tuple[int, int]
    unjudged: tuple[str, ...] = ()

    @property
    def unsafe(self) -> bool:
        """Whether the plan itself breaks a safety rule."""
        return any(f.tier == Tier.SAFETY.label and f.on == "plan" for f in self.findings)


def neutral_runner(name: str) -> Runner:
    """Give a runner that forbids nothing which only a runner's file could know."""
    return Runner(
        name=name,
        timezone="UTC",
        running_level=Level.ADVANCED,
        strength_level=Level.ADVANCED,
        goal="general",
        equipment=EQUIPMENT,
        availability=dict.fromkeys(range(7), WHOLE_DAY),
        sessions_a_week=(0, 14),
        session_minutes=45,
        hard_days_hard=False,
    )


UNJUDGED = (
    "Free windows, blocked dates, races, equipment and levels were not judged: the document holds no runner and no "
    "runner's file was given.",
)


def as_hard_as_it_is(run: PlannedRun) -> PlannedRun:
    """Mark a run as hard where its type or length says so."""
    return run if run.hard or not counts_as_hard(run.type, run.minutes) else replace(run, hard=True)


def misfit(session: Session, runner: Runner, runs: Sequence[PlannedRun], others: Sequence[Session]) -> str:
    """Say why a session does not fit its date, or give an empty text."""
    if runner.blocked_on(session.date):
        return "the date is blocked"
    if session.kind is Kind.PRIMER:
        return primer_misfit(session, runs)
    begin = session.start.hour * 60 + session.start.minute
    windows = runner.windows(session.date)
    if not any(a <= begin and begin + session.minutes <= b for a, b in windows):
        free = ", ".join(f"{clock_text(a)}-{clock_text(b)}" for a, b in windows) or "none"
        return f"{clock_text(begin)} for {session.minutes} min lies outside the free windows ({free})"
    for run in runs:
        if run.start < session.end and session.start < run.end:
            return f"it overlaps the run at {run.start:%H:%M}"
    for other in others:
        if other is not session and other.start < session.end and session.start < other.end:
            return f"it overlaps the {other.kind.value} session at {other.start:%H:%M}"
    return ""


def primer_misfit(session: Session, runs: Sequence[PlannedRun]) -> str:
    """Say why a primer does not stand directly before its run, or give an empty text."""
    run = next((r for r in runs if r.id == session.for_run), None)
    if run is None:
        return "a primer needs a run of its date"
    gap = (run.start - session.end).total_seconds() / 60
    if gap < 0:
        return "the primer is not over when its run begins"
    return "" if gap <= PRIMER_GAP else f"the primer ends {gap:.0f} min before its run, directly before is right"


def sessions_as_choices(
    problem: Problem, sessions: Sequence[Session], runner: Runner, runs: Sequence[PlannedRun]
) -> Problem:
    """Turn sessions into choices of a problem, with what they really hold; those that were lived are facts."""
    out: list[Choice] = []
    week_of = {day: week.index for week in problem.weeks for day in week.days}
    runs_on: dict[dt.date, list[PlannedRun]] = {}
    for run in runs:
        for date in dates_between(run.date, run.end.date()):
            runs_on.setdefault(date, []).append(run)
    lived = {(c.start, c.kind): c for c in problem.lived if c.fate is Fate.DONE and c.week >= 0}
    sessions_on: dict[dt.date, list[Session]] = {}
    for session in sessions:
        sessions_on.setdefault(session.date, []).append(session)
    for session in sorted(sessions, key=lambda s: s.start):
        day = session.date.toordinal()
        if day not in week_of:
            continue
        start, end = minute_of(session.start), minute_of(session.end)
        hard = (
            max(session.hard_minutes, hard_minutes(session.kind, session.blocks)) if session.kind in HARD_KINDS else 0
        )
        done = (start, session.kind) in lived
        why = "" if done else misfit(session, runner, runs_on.get(session.date, ()), sessions_on[session.date])
        out.append(
            Choice(
                index=len(out),
                week=week_of[day],
                day=day,
                start=start,
                end=end,
                minutes=session.minutes,
                start_real=real_minute(runner.timezone, start),
                end_real=real_minute(runner.timezone, end),
                hard_minutes=min(hard, session.minutes),
                kind=session.kind,
                load=round(session.minutes * KIND_RPE[session.kind]),
                misfit=why,
                odd_hour=session.date.weekday() not in runner.availability,
                fate=Fate.DONE if done else Fate.OPEN,
            )
        )
    beside = [c for c in problem.lived if c.fate is Fate.DROPPED or c.week < 0]
    return replace(problem, choices=(*out, *(replace(c, index=k) for k, c in enumerate(beside, len(out)))))


def evaluate(claims: Iterable[Claim]) -> tuple[tuple[tuple[Claim, int], ...], tuple[int, int]]:
    """Evaluate claims with every choice taken: (claim, sum) of the broken ones, and the (dose, taste) cost."""
    broken = []
    cost = {Tier.DOSE: 0, Tier.TASTE: 0}
    for claim in claims:
        total = sum(coefficient for coefficient, _ in claim.terms)
        excess = claim.excess(total)
        if excess:
            broken.append((claim, total))
            if claim.tier is not Tier.SAFETY:
                cost[claim.tier] += excess * claim.price
    return tuple(broken), (cost[Tier.DOSE], cost[Tier.TASTE])


def sentence(rule: Rule, claim: Claim, total: int, choices: Sequence[Choice]) -> str:
    """Say in words what a broken claim means."""
    alone = len(claim.terms) == 1 and claim.high == 0
    first = rule.params[0] if rule.params else None
    return rule.says.format(
        at=choices[claim.terms[0][1]].label if alone else date_text(claim.day),
        total=total,
        range=range_text(claim.low, claim.high),
        high=claim.high,
        facts=claim.facts,
        limit=f"{first.value:g} {first.unit}" if first else "",
    )


def range_text(low: int | None, high: int | None) -> str:
    """Write the bounds of a claim.

    >>> range_text(1, None), range_text(None, 3), range_text(2, 4)
    ('at least 1', 'at most 3', '2 to 4')
    """
    if high is None:
        return f"at least {low}"
    return f"at most {high}" if low is None else f"{low} to {high}"


def date_text(day: int) -> str:
    """Name a date with its weekday."""
    date = dt.date.fromordinal(day)
    return f"{WEEKDAYS[date.weekday()]} {date}"


def findings_of(problem: Problem, rules: Sequence[Rule]) -> tuple[tuple[Finding, ...], tuple[int, int]]:
    """Gather the findings and the cost of a problem whose choices are all taken.

    Seven-day windows that say the same of the same sessions are reported once.
    """
    out: list[Finding] = []
    dose = taste = 0
    for rule in rules:
        broken, cost = evaluate(claims_of(rule, problem))
        dose, taste = dose + cost[0], taste + cost[1]
        seen: set[tuple[int, ...]] = set()
        for claim, total in broken:
            hard = tuple(i for c, i in claim.terms if c > 0)
            if rule.id == "easy-share" and hard in seen:
                continue
            seen.add(hard)
            out.append(
                Finding(
                    rule=rule.id,
                    tier=claim.tier.label,
                    on="plan",
                    date=dt.date.fromordinal(claim.day),
                    says=sentence(rule, claim, total, problem.choices),
                )
            )
        out.extend(
            Finding(
                rule=note.rule, tier=note.tier.label, on="calendar", date=dt.date.fromordinal(note.day), says=note.says
            )
            for note in rule.yield_notes(problem)
        )
    return tuple(sorted(out, key=lambda f: (f.date, f.on, f.tier, f.rule, f.says))), (dose, taste)


def check_plan(
    plan: Plan,
    rules: Sequence[Rule],
    *,
    runner: Runner | None = None,
    history: History | None = None,
    catalogue: Mapping[str, Exercise] | None = None,
    lived: Lived | None = None,
) -> Report:
    """Judge a plan document, also a hand-made one.

    Args:
        plan: The plan.
        rules: The rules to judge by.
        runner: The runner; without one, what needs a runner is not judged and said so.
        history: Facts from before the plan, where known.
        catalogue: Exercises, to count sets by region.
        lived: What was done and missed since the plan began, for a plan that was made again.
    Returns: Findings by date, cost, and what was not judged.
    """
    who = runner or neutral_runner(plan.runner)
    runs = tuple(as_hard_as_it_is(r) for r in plan.runs)
    settled = SettledRuns(runs=runs, notes=(), easy_pace_s_per_km=who.easy_pace_s_per_km or DEFAULT_PACE)
    facts = prepare_facts(who, settled, history or History(), first=plan.starts, last=plan.ends, lived=lived)
    problem = sessions_as_choices(facts, plan.sessions, who, runs)
    findings, cost = findings_of(problem, rules)
    if catalogue is not None:
        findings = (*findings, *(f for week in plan.weeks for f in regions_missing(week, catalogue)))
    return Report(
        findings=tuple(sorted(findings, key=lambda f: f.date)), cost=cost, unjudged=() if runner else UNJUDGED
    )


def sets_by_region(
    sessions: Iterable[Session], catalogue: Mapping[str, Exercise], *, share: float = 0.5
) -> dict[str, int]:
    """Count working sets by region; a per-side set counts once, mobility and primers do not count."""
    out: dict[str, int] = {}
    for session in sessions:
        if session.kind in (Kind.MOBILITY, Kind.PRIMER):
            continue
        for block in session.blocks:
            for item in () if block.label.startswith("warm") else block.items:
                exercise = catalogue.get(item.exercise)
                for region, part in (exercise.regions if exercise else {}).items():
                    if part >= share:
                        out[region] = out.get(region, 0) + block.rounds
    return out


def regions_missing(week: Week, catalogue: Mapping[str, Exercise]) -> Iterable[Finding]:
    """Find leg regions and core without a single set in a week of two or more strength-type sessions."""
    lifting = [s for s in week.sessions if s.kind in (Kind.HEAVY, Kind.STRENGTH, Kind.UPPER)]
    if len(lifting) < 2:
        return
    sets = sets_by_region(lifting, catalogue)
    for region in LEGS_AND_CORE:
        wanted = week.targets.sets.get(region, 0)
        if wanted and not sets.get(region):
            yield Finding(
                rule="regions-covered",
                tier=Tier.DOSE.label,
                on="plan",
                date=week.starts,
                says=f"Week of {week.starts}: no set for {region}, {wanted} are wanted",
            )
