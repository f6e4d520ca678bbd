"""Runners, weeks, plans and verdicts in few words; every date lies in winter unless a test says otherwise."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import TYPE_CHECKING, Any

from midstance.domain.dates import WEEK, dates_between, monday, sunday
from midstance.domain.notation import parse_week
from midstance.domain.plan import Day, Finding, Optimality, Phase, Plan, Targets, Week
from midstance.formats.runner_toml import parse_runner
from midstance.planning.check import check_plan
from midstance.services.handbook import all_rules

if TYPE_CHECKING:
    from midstance.domain.history import History
    from midstance.domain.runner import Runner
    from midstance.rules._rule import Rule

MONDAY = dt.date(2026, 11, 30)
"""Monday of the first week of notation; no clock changes for weeks in Lisbon, New York or Sydney."""
RULES: dict[str, Rule] = {rule.id: rule for rule in all_rules()}
BASE = {
    "name": '"Ana"', "timezone": '"UTC"', "running_level": '"advanced"', "strength_level": '"advanced"',
    "goal": '"general"', "equipment": '["dumbbell", "kettlebell", "barbell", "bench", "step", "box", "band"]',
}


def a_runner(text: str = "") -> Runner:
    """Give an experienced runner with a full house; ``text`` is TOML that follows ``[runner]`` and overrides."""
    given = tomllib.loads(f"[runner]\n{text}")["runner"]
    base = "\n".join(f"{key} = {value}" for key, value in BASE.items() if key not in given)
    return parse_runner(f"[runner]\n{base}\n{text}\n".encode(), "runner.toml")


def a_plan_of(text: str, *, first: dt.date = MONDAY, weeks: int = 1, inputs: dict[str, Any] | None = None) -> Plan:
    """Build a plan of whole weeks (at least ``weeks``) from notation; ``first`` may lie inside the first week."""
    start = monday(first)
    runs, sessions = parse_week(text, monday=start)
    last = max([sunday(first) + (weeks - 1) * WEEK, *(sunday(x.date) for x in (*runs, *sessions))])
    targets = Targets(sessions=(0, 9), strength_type=(0, 9), heavy=(0, 9), mobility=(0, 9), leg_sessions=0, upper=0,
                      plyometric=0, sets={})
    planned = tuple(
        Week(starts=begin, phase=Phase.BASE, targets=targets, days=tuple(
            Day(date=date, runs=tuple(r for r in runs if r.date == date),
                sessions=tuple(s for s in sessions if s.date == date))
            for date in dates_between(max(begin, first), sunday(begin))))
        for begin in dates_between(start, last)[::7])
    return Plan(
        id="p", previous=None, version="0", runner="Ana", starts=first, ends=last, inputs=inputs or {}, weeks=planned,
        optimality=Optimality(status="feasible", cost=(0, 0), bound=(0, 0), seconds=0.0))


def judged(text: str, rule: str, runner: str = "", *, first: dt.date = MONDAY, weeks: int = 1,
           history: History | None = None) -> list[Finding]:
    """Judge a week by one rule alone."""
    plan = a_plan_of(text, first=first, weeks=weeks)
    return list(check_plan(plan, (RULES[rule],), runner=a_runner(runner), history=history).findings)


def days_found(text: str, rule: str, runner: str = "", *, tier: str = "", on: str = "plan",
               first: dt.date = MONDAY, history: History | None = None) -> list[str]:
    """Give the dates of a rule's findings as ``Tue``, later weeks as ``2 Tue``; only one tier where named."""
    out = []
    for f in judged(text, rule, runner, first=first, history=history):
        if f.on == on and tier in ("", f.tier):
            number = (f.date - monday(first)).days // 7 + 1
            out.append(("" if number == 1 else f"{number} ") + f"{f.date:%a}")
    return out


def cost_of(text: str, rule: str, runner: str = "") -> tuple[int, int]:
    """Give the (dose, taste) that a week costs under one rule alone."""
    return check_plan(a_plan_of(text), (RULES[rule],), runner=a_runner(runner)).cost


def race_text(date: str, km: float, priority: str = "A", start: str = "10:00") -> str:
    """Give a race of the runner's file as TOML; ``date`` is a day of the first week or a date."""
    if "-" not in date:
        date = str(MONDAY + dt.timedelta(days=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun").index(date)))
    return f'\n[[races]]\ndate = {date}\nstart = "{start}"\ndistance_km = {km}\npriority = "{priority}"\n'
