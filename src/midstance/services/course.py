"""The course of things: which plan is in force, and what was planned for each day by the plan then in force."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from midstance.domain.diary import ChangeAccepted, PlanAccepted
from midstance.domain.history import History
from midstance.domain.plan import Plan
from midstance.domain.runner import Runner
from midstance.domain.session import Kind, Session
from midstance.formats._format import refusal
from midstance.formats.plan_inputs import parse_inputs
from midstance.formats.plan_json import parse_plan_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.entry import Entry

SOURCE = "the plan in the diary"
KEPT_DOCUMENTS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A plan that the runner follows or followed.

    Attributes:
        plan: The plan, with its id.
        runner: The runner it was made for.
        history: Facts from before it.
        since: Date on which it was accepted.
        entry: Id of the entry that accepted it.
    """

    plan: Plan
    runner: Runner
    history: History
    since: dt.date
    entry: str


def course_of(entries: Sequence[Entry]) -> Course | None:
    """Give the plan in force, or None.

    Args:
        entries: Entries in force, in the order of writing.
    Raises: InputError: The plan in the diary cannot be read.
    """
    for entry in reversed(entries):
        if isinstance(entry.what, PlanAccepted):
            return _read(entry)
    return None


def base_of(entries: Sequence[Entry]) -> tuple[int, Course] | None:
    """Give the plan as it was first made for the one in force, before any change, with the place of its entry.

    Args:
        entries: Entries in force, in the order of writing.
    """
    changes = {entry.origin.batch for entry in entries if isinstance(entry.what, ChangeAccepted)}
    for place in range(len(entries) - 1, -1, -1):
        entry = entries[place]
        if isinstance(entry.what, PlanAccepted) and entry.origin.batch not in changes:
            return place, _read(entry)
    return None


def need_course(entries: Sequence[Entry]) -> Course:
    """Give the plan in force.

    Raises: InputError: There is none, with the remedy.
    """
    found = course_of(entries)
    if found is None:
        raise refusal("diary", "it holds no plan yet", "make one and keep it: midstance plan RUNNER.toml --save")
    return found


def planned_sessions(entries: Sequence[Entry], *, since: dt.date, until: dt.date) -> tuple[Session, ...]:
    """Tell what was planned for each date by the plan in force when the date began, primers apart.

    Args:
        entries: Entries in force, in the order of writing.
        since: First date.
        until: First date that is no longer asked for.
    Returns: Sessions by start.
    """
    found: list[Session] = []
    until_then = until
    for entry in reversed(entries):
        if not isinstance(entry.what, PlanAccepted) or until_then <= since:
            continue
        begins = entry.date
        if begins < until_then:
            plan = _read(entry).plan
            found += [s for s in plan.sessions
                      if max(since, begins) <= s.date < until_then and s.kind is not Kind.PRIMER]
            until_then = begins
    return tuple(sorted(found, key=lambda s: (s.start, s.id)))


def _read(entry: Entry) -> Course:
    assert isinstance(entry.what, PlanAccepted)
    plan, runner, history = _parsed(entry.what.document)
    return Course(plan=plan, runner=runner, history=history, since=entry.date, entry=entry.id)


@lru_cache(maxsize=KEPT_DOCUMENTS)
def _parsed(document: str) -> tuple[Plan, Runner, History]:
    plan = parse_plan_json(document.encode(), SOURCE)
    runner, history = parse_inputs(plan.inputs, SOURCE)
    if runner is None:
        raise refusal(SOURCE, "is missing", "make the plan again: midstance plan RUNNER.toml --save",
                      place="inputs.runner")
    return plan, runner, history or History()
