"""Judge a plan document from files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from midstance.domain.session import Session
from midstance.formats._format import refusal
from midstance.formats.plan_inputs import parse_inputs
from midstance.formats.plan_json import parse_plan_json
from midstance.planning.check import Report, check_plan
from midstance.planning.explain import Answer, why_not
from midstance.services.handbook import all_rules, catalogue
from midstance.services.inputs import read_runner

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from midstance.domain.plan import Plan

MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a session stands on a date, what had to give that week, and why not on another date."""

    session: Session
    gave_way: tuple[str, ...]
    answer: Answer | None


def read_plan(path: Path) -> Plan:
    """Read a plan document.

    Raises: InputError: It is not there, too large, or no plan.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise refusal(path.name, "is too large for a plan document", "give a midstance-plan/1 document")
        data = path.read_bytes()
    except OSError as error:
        says = f"cannot be read ({error.strerror or error})"
        raise refusal(path.name, says, "give the path of a plan document") from error
    return parse_plan_json(data, path.name)


def judge_of(plan: Plan, source: str, runner_path: Path | None) -> Callable[[Plan], Report]:
    """Make a function that judges plans as this one is judged: by the given runner, else by the document's own."""
    runner, history = parse_inputs(plan.inputs, source)
    if runner_path is not None:
        runner = read_runner(runner_path)
    return partial(check_plan, rules=all_rules(), runner=runner, history=history, catalogue=catalogue().exercises)


def check_file(plan_path: Path, runner_path: Path | None) -> Report:
    """Judge a plan document, with a runner's file where given."""
    plan = read_plan(plan_path)
    return judge_of(plan, plan_path.name, runner_path)(plan)


def why_from_file(plan_path: Path, date: dt.date, other: dt.date | None) -> tuple[Reason, ...]:
    """Explain the sessions of a date, and why they do not stand on another.

    Raises: InputError: The date lies outside the plan or holds no session.
    """
    return why_from_plan(read_plan(plan_path), date, other, source=plan_path.name)


def why_from_plan(plan: Plan, date: dt.date, other: dt.date | None = None, *, source: str) -> tuple[Reason, ...]:
    """Explain the sessions of a date of a plan, and why they do not stand on another.

    Args:
        plan: The plan.
        date: The date.
        other: Another date inside the plan, or None.
        source: The plan as the runner knows it, for faults.
    Raises: InputError: The date lies outside the plan or holds no session.
    """
    week = next((w for w in plan.weeks if any(d.date == date for d in w.days)), None)
    outside = other is not None and not plan.starts <= other <= plan.ends
    if week is None or outside:
        wrong = other if outside and week is not None else date
        raise refusal(source, f"{wrong} lies outside the plan", f"it runs from {plan.starts} to {plan.ends}")
    sessions = [s for s in week.sessions if s.date == date]
    if not sessions:
        days = ", ".join(str(d.date) for d in week.days if d.sessions) or "none"
        raise refusal(source, f"no session stands on {date}", f"dates of that week with a session: {days}")
    gave_way = tuple(r.says for r in plan.relaxed if r.week == week.starts)
    judge = judge_of(plan, source, None)
    return tuple(
        Reason(
            session=s,
            gave_way=gave_way,
            answer=why_not(plan, s, other, judge) if other is not None and s.for_run is None else None,
        )
        for s in sessions
    )
