"""Eight runners and their plans as prose that a coach can read: one line a session, one heading a week.

The plans lie beside this file as text. A change that is meant rewrites them with MIDSTANCE_REWRITE_GOLDEN=1; the
difference is then read like any other change.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builders import MONDAY
from midstance.domain.notation import render_days
from midstance.services.plan import Wish, plan_from_files

if TYPE_CHECKING:
    from midstance.domain.plan import Plan, Week
    from midstance.domain.session import Session

HERE = Path(__file__).parent
RUNNERS = sorted(HERE.glob("*.toml"))
REWRITE = "MIDSTANCE_REWRITE_GOLDEN"


def made(runner: Path) -> Plan:
    """Make the plan of a runner's file, with the calendar of the same name where there is one."""
    runs = tuple(p for p in (runner.with_suffix(".csv"),) if p.exists())
    return plan_from_files(Wish(runner=runner, runs=runs, start=MONDAY), lambda: 0.0).plan


def session_line(session: Session) -> str:
    """Write a session with the first exercise of each main block."""
    leads = [f"{i.exercise} {b.rounds}x{i.low}-{i.high}{'/side' if i.per_side else ''}"
             + (f" {i.weight_kg:g}kg{'/hand' if i.per_hand else ''}" if i.weight_kg is not None else "")
             + (f" @{i.rir}" if i.rir is not None else "")
             for b in session.blocks if b.label in {"A", "B", "C"} for i in b.items[:1]]
    hard = f" ({session.hard_minutes} hard)" if session.hard else ""
    head = f"  {session.start:%Y-%m-%d %a %H:%M} {session.kind.value} {session.minutes}min{hard}"
    return head + (f": {', '.join(leads)}" if leads else "")


def week_lines(week: Week) -> list[str]:
    """Write a week: phase, share of hard minutes, cuts, its runs in notation, its sessions."""
    cut = f", {100 * week.set_factor:.0f} % of the sets" if week.set_factor < 1 else ""
    runs = render_days(week.runs, (), monday=week.starts)
    return ["", f"{week.starts} {week.phase.value}, {100 * week.hard_share:.0f} % hard{cut}", f"  [{runs}]",
            *(session_line(s) for s in week.sessions)]


def prose(plan: Plan) -> str:
    """Write a plan week by week, then what gave way and what was found on the calendar."""
    lines = [f"{plan.runner}, {plan.starts} to {plan.ends}, {plan.optimality.status} {plan.optimality.cost}"]
    lines += [line for week in plan.weeks for line in week_lines(week)]
    short = [r for r in plan.relaxed if r.rule != "regions-covered"]
    lines += ["", "Gave way:", *(f"  {r.week} {r.rule} {r.what} {r.planned} of {r.wanted} ({', '.join(r.because)})"
                                 for r in short)]
    lines += ["", "Calendar:", *(f"  {f.date} {f.rule}" for f in plan.findings)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("runner", RUNNERS, ids=lambda path: path.stem)
def test_the_plan_is_the_one_that_was_signed(runner: Path) -> None:
    """The plan reads, to the letter, as it did when it was last reviewed."""
    text, signed = prose(made(runner)), runner.with_suffix(".txt")
    if os.environ.get(REWRITE):
        signed.write_text(text, "utf-8")
    assert signed.exists(), f"run once with {REWRITE}=1 and review {signed.name}"
    assert text.splitlines() == signed.read_text("utf-8").splitlines()


def test_eight_runners() -> None:
    """There are eight of them, each with a plan."""
    assert len(RUNNERS) == 8
    assert all(path.with_suffix(".txt").exists() for path in RUNNERS)
