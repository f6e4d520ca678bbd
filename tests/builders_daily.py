"""A diary with a small kept plan, and stamps of commands, for the tests of what a runner does each day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from builders import MONDAY, a_plan_of, a_runner
from builders_diary import DAY, NOON, an_origin
from midstance.domain.diary import PlanAccepted
from midstance.domain.entry import Entry, batch_id, entry_of
from midstance.domain.history import History
from midstance.formats.plan_inputs import render_inputs
from midstance.formats.plan_json import render_plan_json
from midstance.services.told import Stamp

WEEK = """Tue 06:30 easy 50min
| Tue 18:00 heavy 24min: W1 leg-swing-bent-knee 1x10/side, A1 goblet-squat 3x6-8 16kg @2RIR,
    A2 single-leg-calf-raise 3x8-12/left, A3 plank 3x30-45s
| Wed 06:30 intervals 40min
| Thu 18:00 mobility 12min: M1 ankle-rock 2x8/side"""
HEAVY, MOBILITY = "s-2026-12-01-1800", "s-2026-12-03-1800"
"""Sessions of the first week: Tuesday, which is the builders' today, and Thursday."""


def a_document(text: str = WEEK, *, name: str = "p", runner: str = "", first: dt.date = MONDAY) -> str:
    """The document of a plan of two weeks or more, in notation."""
    inputs = render_inputs(a_runner(runner), History(), None)
    return render_plan_json(replace(a_plan_of(text, first=first, weeks=2, inputs=inputs), id=name))


def kept(document: str, *, date: dt.date = MONDAY, name: str = "p") -> Entry:
    """A plan that the runner keeps from a date on."""
    at = dt.datetime.combine(date, dt.time(5), tzinfo=dt.UTC)
    return entry_of(PlanAccepted(plan=name, document=document), at=at, date=date, origin=an_origin(f"plan {name}"))


def a_stamp(day: int = 0, *, second: int = 0) -> Stamp:
    """What a command writes with, so many days after the first of December."""
    at = NOON + day * DAY + dt.timedelta(seconds=second)
    origin = replace(an_origin(), batch=batch_id(at, "command"))
    return Stamp(at=at, date=at.date(), today=at.date(), origin=origin)
