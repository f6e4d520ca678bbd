"""Make a plan: the whole way from settled facts to finished, checked sessions, as one pure function."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from midstance.domain.dates import minute_of, moment_of
from midstance.domain.evidence import Tier
from midstance.domain.history import History
from midstance.domain.plan import Day, Finding, Optimality, Plan, Relaxed, Targets, Unread, Week
from midstance.domain.run import CalendarRun
from midstance.domain.runner import Runner
from midstance.domain.session import Kind, Session
from midstance.domain.slot import Slot
from midstance.planning.arrange import Arranged, arrange
from midstance.planning.check import evaluate, findings_of, sessions_as_choices
from midstance.planning.compile import Compiled, compile_problem
from midstance.planning.explain import why_here
from midstance.planning.prepare import prepare_facts, with_choices
from midstance.planning.primers import place_primers
from midstance.planning.progressing.values import Progress
from midstance.planning.relax import shortfalls
from midstance.planning.search import Certificate, search
from midstance.planning.settle_runs import SettledRuns, settle_runs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midstance.domain.exercise import Exercise
    from midstance.domain.problem import Choice, Problem
    from midstance.domain.run import PlannedRun
    from midstance.rules._rule import Rule

FRESH_HOURS = 72
NEARLY = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Everything a plan is made from.

    Attributes:
        runner: The runner.
        first: First date; ``last`` the last, a Sunday.
        calendar: Runs of all calendar files.
        unread: Calendar entries that could not be read.
        history: Facts from recorded runs.
        published: (ordinal day, kind) of the sessions of the plan that this one replaces.
        progress: What a log says about weights and versions, or None without one.
    """

    runner: Runner
    first: dt.date
    last: dt.date
    calendar: tuple[CalendarRun, ...] = ()
    unread: tuple[Unread, ...] = ()
    history: History = field(default_factory=History)
    published: frozenset[tuple[int, Kind]] = frozenset()
    progress: Progress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """The steps of a solution, for benchmarks and explanations."""

    settled: SettledRuns
    compiled: Compiled
    certificate: Certificate

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """The chosen choices by date."""
        return tuple(self.compiled.problem.choices[i] for i in self.certificate.chosen)


def solve(brief: Brief, rules: Sequence[Rule]) -> Solved:
    """Place the sessions of a plan, proven."""
    settled = settle_runs(brief.runner, brief.calendar, brief.history, first=brief.first, last=brief.last)
    facts = prepare_facts(
        brief.runner,
        settled,
        brief.history,
        first=brief.first,
        last=brief.last,
        published=brief.published,
    )
    compiled = compile_problem(with_choices(facts, brief.runner, rules), rules)
    return Solved(settled=settled, compiled=compiled, certificate=search(compiled))


def slots_of(solved: Solved, runner: Runner) -> tuple[Slot, ...]:
    """Turn the chosen choices into slots to be filled."""
    problem = solved.compiled.problem
    out = []
    for choice in solved.chosen:
        week = problem.weeks[choice.week]
        out.append(
            Slot(
                start=moment_of(choice.start),
                kind=choice.kind,
                minutes=choice.minutes,
                hard_minutes_most=choice.hard_minutes,
                week=dt.date.fromordinal(week.monday),
                phase=week.phase,
                phase_week=week.phase_week,
                cycle=week.cycle,
                level=runner.strength_level,
                learning=week.learning,
                reduced=week.reduced,
                set_factor=week.set_factor,
                keep_fresh=run_soon(problem, choice),
                why=why_here(problem, choice, solved.chosen),
            )
        )
    return tuple(sorted(out, key=lambda s: s.start))


def run_soon(problem: Problem, choice: Choice) -> bool:
    """Tell whether a quality run, a long run or a race follows within three days."""
    reach = choice.end + 60 * FRESH_HOURS
    races = any(choice.end <= race.start <= reach for race in problem.races)
    return races or any(
        run.needs_fresh_legs and choice.end <= run.start <= reach
        for day in range(choice.day, choice.day + 4)
        for run in problem.runs_on.get(day, ())
    )


def weeks_of(problem: Problem, runs: Sequence[PlannedRun], sessions: Sequence[Session]) -> tuple[Week, ...]:
    """Build the weeks of a plan."""
    by_date: dict[dt.date, tuple[list[PlannedRun], list[Session]]] = {}
    for run in runs:
        by_date.setdefault(run.date, ([], []))[0].append(run)
    for session in sessions:
        by_date.setdefault(session.date, ([], []))[1].append(session)
    out = []
    for week in problem.weeks:
        days = []
        for ordinal in week.days:
            date = dt.date.fromordinal(ordinal)
            here, there = by_date.get(date, ([], []))
            days.append(
                Day(
                    date=date,
                    runs=tuple(sorted(here, key=lambda r: (r.start, r.id))),
                    sessions=tuple(sorted(there, key=lambda s: (s.start, s.id))),
                )
            )
        out.append(
            Week(
                starts=dt.date.fromordinal(week.monday),
                phase=week.phase,
                targets=week.targets,
                set_factor=week.set_factor,
                factor_why=week.factor_why,
                days=tuple(days),
            )
        )
    return tuple(out)


def first_guilty(problem: Problem, rules: Sequence[Rule]) -> Choice:
    """Give the choice that adds most to the first broken safety claim, the latest of equals."""
    broken = (c for rule in rules for c, _ in evaluate(rule.yield_claims(problem))[0] if c.tier is Tier.SAFETY)
    return problem.choices[max(next(broken).terms)[1]]


def safe_sessions(
    problem: Problem,
    sessions: Sequence[Session],
    runner: Runner,
    runs: Sequence[PlannedRun],
    rules: Sequence[Rule],
) -> tuple[tuple[Session, ...], tuple[Finding, ...]]:
    """Judge the finished sessions; should one break a safety rule after filling, take it out and judge again.

    A safety claim holds for the empty plan, so taking out what adds to a broken one ends.

    Returns: The sessions that stay, and the findings that remain on the calendar.
    """
    kept = list(sessions)
    while True:
        judged = sessions_as_choices(problem, kept, runner, runs)
        findings, _ = findings_of(judged, rules)
        if not any(f.on == "plan" and f.tier == Tier.SAFETY.label for f in findings):
            return tuple(kept), tuple(f for f in findings if f.on == "calendar")
        guilty = first_guilty(judged, rules)
        kept.remove(next(s for s in kept if s.kind is guilty.kind and minute_of(s.start) == guilty.start))


def region_reports(
    arranged: Arranged, targets: Mapping[dt.date, Targets], slots: Sequence[Slot]
) -> tuple[Relaxed, ...]:
    """Report regions whose weekly sets did not fit into the sessions."""
    sessions = Counter(s.week for s in slots if s.kind in (Kind.HEAVY, Kind.STRENGTH, Kind.UPPER))
    out = []
    for short in arranged.shortfalls:
        wanted = targets[short.week].sets.get(short.region, 0)
        if short.got and short.got >= NEARLY * wanted:
            continue
        out.append(
            Relaxed(
                rule="regions-covered",
                what=short.region,
                week=short.week,
                wanted=wanted,
                planned=short.got,
                because=("sessions-a-week",),
                says=f"Week of {short.week}: {short.got} of {wanted} sets for {short.region} fit into "
                f"{sessions[short.week]} strength sessions. Longer sessions or one more would help.",
            )
        )
    return tuple(out)


def make_plan(
    brief: Brief,
    *,
    rules: Sequence[Rule],
    catalogue: Mapping[str, Exercise],
    version: str,
) -> tuple[Plan, Solved]:
    """Make a plan from a brief: place, fill, check, explain.

    Args:
        brief: Everything it is made from.
        rules: The rules.
        catalogue: The exercises by id.
        version: Version of midstance, for the document.
    Returns: The plan (``id``, ``inputs`` and ``seconds`` still empty), and the solution behind it.
    """
    runner = brief.runner
    solved = solve(brief, rules)
    problem = solved.compiled.problem
    slots = slots_of(solved, runner)
    primed = place_primers(runner, problem, solved.settled.runs, slots, rules)
    everything = tuple(sorted((*slots, *primed.slots), key=lambda s: (s.start, s.kind.value)))
    targets = {dt.date.fromordinal(w.monday): w.targets for w in problem.weeks}
    arranged = arrange(
        everything, runner=runner, catalogue=catalogue, targets=targets, progress=brief.progress
    )
    settled = replace(solved.settled, runs=primed.runs)
    facts = (
        prepare_facts(runner, settled, brief.history, first=brief.first, last=brief.last) if primed.slots else problem
    )
    sessions, notes = safe_sessions(facts, arranged.sessions, runner, primed.runs, rules)
    cost, bound = (solved.compiled.unpack(c) for c in (solved.certificate.cost, solved.certificate.bound))
    plan = Plan(
        id="",
        previous=None,
        version=version,
        runner=runner.name,
        starts=brief.first,
        ends=brief.last,
        inputs={},
        optimality=Optimality(
            status="optimal" if solved.certificate.proven else "feasible", cost=cost, bound=bound, seconds=0.0
        ),
        weeks=weeks_of(problem, primed.runs, sessions),
        findings=notes,
        relaxed=(
            *shortfalls(solved.compiled, solved.certificate.chosen, rules),
            *region_reports(arranged, targets, slots),
        ),
        unread=brief.unread,
        notes=(*solved.settled.notes, *arranged.notes),
    )
    return plan, solved
