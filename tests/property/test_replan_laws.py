"""Whatever was lived, the plan can be made again, breaks no safety rule ahead, and changes little."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from midstance.domain.lived import Lived
from midstance.domain.run import PlannedRun, RunType
from midstance.domain.session import Kind
from midstance.planning.changes import changed_days, compare
from midstance.planning.check import check_plan
from midstance.planning.make import Brief, settle
from midstance.services.handbook import all_rules, catalogue
from problems import SOAK, briefs, made

WEEKS = 4
EXAMPLES = 400 if SOAK else 40


def lives(draw: st.DrawFn, brief: Brief) -> tuple[Brief, Lived]:
    """Draw a morning within a plan, and what was done, missed and run until then."""
    plan = made(brief).plan
    days = (plan.ends - plan.starts).days
    until = plan.starts + dt.timedelta(days=draw(st.integers(0, days)))
    sat = [s for s in plan.sessions if s.kind is not Kind.PRIMER and s.date <= until]
    done = tuple(s for s in sat if draw(st.integers(0, 9)) < 7 and (s.date < until or draw(st.booleans())))
    missed = tuple((s.date, s.kind) for s in sat if s not in done and s.date < until)
    runs, away = [], set()
    for run in settle(brief).runs:
        fate = draw(st.sampled_from(("as planned", "as planned", "not run", "hard", "easy")))
        if run.date > until or fate == "as planned":
            continue
        away.add(run.id)
        if fate != "not run":
            hard = fate == "hard"
            runs.append(PlannedRun(
                id=run.id, start=run.start + dt.timedelta(minutes=draw(st.integers(-90, 90))), minutes=run.minutes,
                distance_km=run.distance_km, type=RunType.TEMPO if hard else RunType.EASY, hard=hard,
                hard_minutes=run.minutes // 2 if hard else 0, load_au=run.load_au, title="recorded", source="f.fit"))
    published = frozenset((s.date.toordinal(), s.kind) for s in plan.sessions
                          if s.kind is not Kind.PRIMER and s.date >= until and s not in done)
    lived = Lived(until=until, done=done, dropped=missed, away=frozenset(away),
                  runs=tuple(run for run in runs if plan.starts <= run.date <= until))
    return replace(brief, published=published, lived=lived), lived


@settings(max_examples=EXAMPLES, deadline=None, derandomize=not SOAK, database=None,
          phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_plan_made_again_is_safe(data: st.DataObject) -> None:
    """Done sessions stay, nothing is placed in the past, no safety rule is broken ahead, and the same facts settle."""
    brief = data.draw(briefs(WEEKS))
    again, lived = data.draw(st.composite(lives)(brief))
    done = made(again)
    sat = [s for s in done.plan.sessions if s.kind is not Kind.PRIMER]
    assert {s.id for s in lived.done} <= {s.id for s in sat}
    fresh = [s for s in sat if s not in lived.done]
    assert all(s.date >= lived.until for s in fresh)
    assert not {s.date for s in fresh} & {s.date for s in lived.done}
    report = check_plan(done.plan, all_rules(), runner=brief.runner, history=brief.history,
                        catalogue=catalogue().exercises, lived=lived)
    assert [f for f in report.findings if f.on == "plan" and f.tier == "safety"] == []
    assert done.plan.optimality.cost[0] == done.plan.optimality.bound[0]
    published = frozenset((s.date.toordinal(), s.kind) for s in fresh)
    settled = made(replace(again, published=published)).plan
    changes = compare(done.plan, settled, first=lived.until, contents=False)
    assert changed_days(changes) == 0
