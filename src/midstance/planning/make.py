"""Make a plan: the whole way from settled facts to finished, checked sessions, as one pure function."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from midstance.domain.dates import minute_of, moment_of, monday
from midstance.domain.evidence import Tier
from midstance.domain.history import History
from midstance.domain.lived import Lived
from midstance.domain.plan import Day, Finding, Optimality, Plan, Relaxed, Targets, Unread, Week
from midstance.domain.problem import Choice, Fate, Problem
from midstance.domain.run import CalendarRun
from midstance.domain.runner import Runner
from midstance.domain.session import Kind, Session
from midstance.domain.slot import Slot
from midstance.planning.arrange import Arranged, arrange
from midstance.planning.check import evaluate, findings_of, sessions_as_choices
from midstance.planning.compile import Compiled, compile_problem
from midstance.planning.explain import why_here
from midstance.planning.lived import claims_of, with_lived
from midstance.planning.prepare import HARD_PART_OF_SESSION, prepare_facts, with_choices
from midstance.planning.primers import place_primers
from midstance.planning.progressing.values import Progress
from midstance.planning.relax import shortfalls
from midstance.planning.retests import retests_of
from midstance.planning.search import Certificate, search
from midstance.planning.settle_runs import SettledRuns, settle_runs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midstance.domain.exercise import Exercise
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
        lived: What was done and missed since ``first``, for a plan that is made again.
        progress: What a log says about weights and versions, or None without one.
    """

    runner: Runner
    first: dt.date
    last: dt.date
    calendar: tuple[CalendarRun, ...] = ()
    unread: tuple[Unread, ...] = ()
    history: History = field(default_factory=History)
    published: frozenset[tuple[int, Kind]] = frozenset()
    lived: Lived | None = None
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


def settle(brief: Brief) -> SettledRuns:
    """Settle the runs of a plan: as planned, and what was lived as it was."""
    settled = settle_runs(brief.runner, brief.calendar, brief.history, first=brief.first, last=brief.last)
    return with_lived(settled, brief.lived)


def facts_of(brief: Brief, settled: SettledRuns) -> Problem:
    """Gather everything that stands."""
    return prepare_facts(
        brief.runner, settled, brief.history, first=brief.first, last=brief.last, published=brief.published,
        lived=brief.lived,
    )


def solve(brief: Brief, rules: Sequence[Rule]) -> Solved:
    """Place the sessions of a plan, proven."""
    settled = settle(brief)
    facts = facts_of(brief, settled)
    compiled = compile_problem(with_choices(facts, brief.runner, rules), rules)
    return Solved(settled=settled, compiled=compiled, certificate=search(compiled))


def slots_of(problem: Problem, chosen: Sequence[Choice], runner: Runner) -> tuple[Slot, ...]:
    """Turn chosen choices into slots to be filled."""
    out = []
    for choice in chosen:
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
                why=why_here(problem, choice, chosen),
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
    broken = (c for rule in rules for c, _ in evaluate(claims_of(rule, problem))[0] if c.tier is Tier.SAFETY)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where sessions stand: the problem, the sessions to come by start, and the certificate of the search."""

    problem: Problem
    settled: SettledRuns
    chosen: tuple[Choice, ...]
    optimality: Optimality
    relaxed: tuple[Relaxed, ...] = ()


def lived_sessions(brief: Brief) -> tuple[Session, ...]:
    """Give the sessions that were done inside the plan, by start."""
    done = brief.lived.done if brief.lived else ()
    return tuple(sorted((s for s in done if s.date >= brief.first), key=lambda s: (s.start, s.id)))


def with_hard_bound(choice: Choice) -> Choice:
    """Give a fact the bound of hard minutes that its kind reserves, where its own minutes under sets are fewer."""
    bound = int(HARD_PART_OF_SESSION.get(choice.kind, 0.0) * choice.minutes)
    return replace(choice, hard_minutes=max(bound, choice.hard_minutes))


def fill(
    brief: Brief, placed: Placed, *, rules: Sequence[Rule], catalogue: Mapping[str, Exercise], version: str,
) -> Plan:
    """Fill placed sessions, judge them, and make the document (``id``, ``inputs`` and ``seconds`` still empty).

    What was done comes first in time and stays as it was; it tells which exercises are known and which lead.
    """
    runner, problem, since = brief.runner, placed.problem, brief.lived.until if brief.lived else brief.first
    done = [with_hard_bound(c) for c in problem.lived if c.fate is Fate.DONE and c.week >= 0]
    slots = slots_of(problem, (*numbered(done), *placed.chosen), runner)
    open_runs = [run for run in placed.settled.runs if run.date >= since]
    primed = place_primers(runner, problem, open_runs, slots, rules, counted=meant(brief, problem))
    runs = (*(run for run in placed.settled.runs if run.date < since), *primed.runs)
    everything = tuple(sorted((*slots, *primed.slots), key=lambda s: (s.start, s.kind.value)))
    targets = {dt.date.fromordinal(w.monday): w.targets for w in problem.weeks}
    arranged = arrange(everything, runner=runner, catalogue=catalogue, targets=targets, progress=brief.progress)
    settled = replace(placed.settled, runs=runs)
    facts = facts_of(brief, settled) if primed.slots else problem
    lived = lived_sessions(brief)
    known = {(s.start, s.kind) for s in lived}
    filled = [s for s in arranged.sessions if (s.start, s.kind) not in known]
    sessions, notes = safe_sessions(facts, (*lived, *filled), runner, runs, rules)
    weeks = weeks_of(problem, runs, sessions)
    return Plan(
        id="",
        previous=None,
        version=version,
        runner=runner.name,
        starts=brief.first,
        ends=brief.last,
        inputs={},
        optimality=placed.optimality,
        weeks=weeks,
        findings=tuple(note for note in notes if note.date >= since),
        relaxed=(
            *(short for short in placed.relaxed if short.week >= monday(since)),
            *(short for short in region_reports(arranged, targets, slots) if short.week >= monday(since)),
        ),
        unread=brief.unread,
        retests=retests_of(runner, weeks, first=brief.first, since=since),
        notes=(*placed.settled.notes, *arranged.notes),
    )


def meant(brief: Brief, problem: Problem) -> dict[dt.date, int]:
    """Count the sessions that each week was meant to have: published ones, and those that were done or missed."""
    days = [*(day for day, _ in brief.published), *(fact.day for fact in problem.lived)]
    return Counter(monday(dt.date.fromordinal(day)) for day in days)


def numbered(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Number facts below zero, so that no open choice has the same number."""
    return tuple(replace(choice, index=-1 - k) for k, choice in enumerate(choices))


def keep_plan(
    brief: Brief,
    sessions: Sequence[Session],
    *,
    rules: Sequence[Rule],
    catalogue: Mapping[str, Exercise],
    version: str,
) -> Plan:
    """Fill the sessions of a plan in force anew where they stand, by what the log says now; nothing is moved.

    Args:
        brief: As a plan would be made again, with what was lived.
        sessions: The sessions in force; those before the morning do not count.
        rules: The rules.
        catalogue: The exercises by id.
        version: Version of midstance, for the document.
    Returns: The plan without what the facts forbid by now: sessions on blocked dates, too near to a run that was hard.
    """
    settled = settle(brief)
    problem = facts_of(brief, settled)
    open_ = [s for s in sessions if problem.may_hold(s.date.toordinal(), s.kind)]
    held = sessions_as_choices(problem, open_, brief.runner, settled.runs)
    chosen = tuple(with_hard_bound(c) for c in held.choices if c.fate is Fate.OPEN and not c.misfit)
    certificate = Optimality(status="feasible", cost=(0, 0), bound=(0, 0), seconds=0.0)
    placed = Placed(problem=problem, settled=settled, chosen=chosen, optimality=certificate)
    return fill(brief, placed, rules=rules, catalogue=catalogue, version=version)


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
    solved = solve(brief, rules)
    compiled, certificate = solved.compiled, solved.certificate
    cost, bound = (compiled.unpack(c) for c in (certificate.cost, certificate.bound))
    placed = Placed(
        problem=compiled.problem,
        settled=solved.settled,
        chosen=solved.chosen,
        optimality=Optimality(
            status="optimal" if certificate.proven else "feasible", cost=cost, bound=bound, seconds=0.0
        ),
        relaxed=shortfalls(compiled, certificate.chosen, rules),
    )
    return fill(brief, placed, rules=rules, catalogue=catalogue, version=version), solved
