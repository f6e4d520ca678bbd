"""A small kept plan with targets for some regions, for the tests of what came of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from builders import a_plan_of, a_runner
from builders_daily import WEEK, kept
from midstance.domain.history import History
from midstance.formats.plan_inputs import render_inputs
from midstance.formats.plan_json import render_plan_json

if TYPE_CHECKING:
    from midstance.domain.entry import Entry

MONDAY = dt.date(2026, 11, 30)
WANTED = {"quads": 4, "glutes": 4, "core": 3}


def a_plan(factor: float = 1.0, *, date: dt.date = MONDAY, name: str = "p", runner: str = "") -> Entry:
    """The small plan, kept on a date, with targets for three regions; sets are cut to a share."""
    inputs = render_inputs(a_runner(runner), History(), None)
    plan = a_plan_of(WEEK, first=MONDAY, weeks=2, inputs=inputs)
    weeks = tuple(replace(w, targets=replace(w.targets, sets=WANTED), set_factor=factor,
                          factor_why="Less sleep." if factor < 1 else "") for w in plan.weeks)
    return kept(render_plan_json(replace(plan, weeks=weeks, id=name)), date=date, name=name)
