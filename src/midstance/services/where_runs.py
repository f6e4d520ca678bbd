"""Where a run could go: never forbidden, since the runner decides about runs, but with what it would bring.

Each date says what the running calendar would break by itself, and which sessions would have to give way.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midstance.domain.dates import weekday_name
from midstance.domain.evidence import Tier
from midstance.domain.lived import Lived
from midstance.domain.problem import CalendarNote, Claim
from midstance.domain.session import Kind, Session
from midstance.formats._format import refusal
from midstance.planning.changes import NAMES
from midstance.planning.check import evaluate, sessions_as_choices
from midstance.planning.lived import claims_of
from midstance.planning.make import facts_of, settle
from midstance.services.course import need_course
from midstance.services.diary import current
from midstance.services.handbook import all_rules
from midstance.services.replan_day import know
from midstance.services.where import DAY, WEEK, DayAnswer, State, dates_around
from midstance.services.where_words import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.run import PlannedRun
    from midstance.rules._rule import Rule
    from midstance.services.replan_day import Known
    from midstance.store.store import Store

OVERLAP = "starts -"
"""In a note: two runs at one hour, which is said in other words."""
AROUND = WEEK + DAY
"""Sessions nearer to a run than this are judged with it; no rule about a run reaches further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the rules say of runs where they stand: notes on the calendar, and sessions that break a safety rule."""

    notes: dict[tuple[str, str], CalendarNote]
    sessions: dict[str, tuple[Session, Claim]]


def where_run_could(store: Store, run_id: str, *, date: dt.date) -> tuple[DayAnswer, ...]:
    """Say of each date around a run what would happen if it went there.

    Args:
        store: The diary.
        run_id: Id of a run to come.
        date: The day.
    Returns: The dates of its week, the one before from ``date`` on, and the one after, inside the plan.
    Raises: InputError: There is no plan, or the run is not one to come.
    """
    entries = [entry for entry in current(store) if entry.date <= date]
    course = need_course(entries)
    known = know(entries, today=date)
    standing = settle(known.brief).runs
    run = next((r for r in standing if r.id == run_id), None)
    if run is None:
        raise refusal("run", f"{run_id} is not in the plan", "the plan has changed; look at it again", place="id")
    if run.date < date:
        raise refusal("run", f"{run.date} is past", "recorded runs are imported", place="id")
    rules = tuple(rule for rule in all_rules() if rule.tier is Tier.SAFETY or rule.calendar is not None)
    dates = dates_around(course, run.date, date)
    first, last = dates[0] - AROUND, dates[-1] + AROUND
    sessions = tuple(s for s in course.plan.sessions
                     if s.kind is not Kind.PRIMER and max(date, first) <= s.date <= last)
    others = [r for r in standing if r.id != run_id]
    base = told(known, None, sessions, rules)
    return tuple(
        DayAnswer(date=day, state=State.HERE) if day == run.date
        else answer(base, told(known, (run, day), sessions, rules), day, beside(run, day, others))
        for day in dates)


def told(
    known: Known, move: tuple[PlannedRun, dt.date] | None, sessions: tuple[Session, ...], rules: tuple[Rule, ...]
) -> Told:
    """Ask the rules about the runs, with one of them moved where wanted."""
    brief = known.brief
    if move is not None:
        lived = brief.lived or Lived(until=known.today)
        run, to = move
        brief = replace(brief, lived=replace(lived, moved=(*lived.moved, (run.id, to))))
    settled = settle(brief)
    facts = facts_of(brief, settled)
    problem = sessions_as_choices(facts, sessions, brief.runner, settled.runs)
    notes = {(n.rule, n.says): n for rule in rules for n in rule.yield_notes(problem) if n.day >= facts.open_from}
    broken: dict[str, tuple[Session, Claim]] = {}
    by_slot = {(s.date.toordinal(), s.kind): s for s in sessions}
    for rule in rules:
        for claim, _ in evaluate(claims_of(rule, problem))[0]:
            for weight, index in claim.terms if claim.tier is Tier.SAFETY else ():
                choice = problem.choices[index]
                session = by_slot.get((choice.day, choice.kind))
                if weight > 0 and session is not None:
                    broken.setdefault(session.id, (session, claim))
    return Told(notes=notes, sessions=broken)


def answer(base: Told, then: Told, to: dt.date, beside: str) -> DayAnswer:
    """Say what moving a run to a date would bring: what gives way, what else stands there, what the calendar breaks."""
    reasons = [
        Reason(rule=claim.rule, tier=claim.tier.label,
               says=f"{weekday_name(session.date)}'s {NAMES[session.kind]} would give way")
        for key, (session, claim) in then.sessions.items() if key not in base.sessions]
    reasons += [Reason(rule="", tier="", says=beside)] if beside else []
    reasons += [Reason(rule=note.rule, tier=note.tier.label, says=note.says.split(". ")[0].rstrip("."))
                for key, note in then.notes.items() if key not in base.notes and OVERLAP not in note.says]
    return DayAnswer(date=to, state=State.PRICE if reasons else State.FREE, says="; ".join(r.says for r in reasons),
                     reasons=tuple(reasons))


def beside(run: PlannedRun, to: dt.date, others: Sequence[PlannedRun]) -> str:
    """Say which run stands on a date already, or give an empty text."""
    there = [other for other in others if other.date == to]
    start = dt.datetime.combine(to, run.start.time())
    if any(other.start < start + (run.end - run.start) and start < other.end for other in there):
        return "another run stands at this hour"
    return "a run stands there already" if there else ""
