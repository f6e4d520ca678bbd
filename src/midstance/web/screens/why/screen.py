"""Why: why a date's session stands there, the rules with their numbers, the evidence, and the words of safety."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from midstance.catalogue.phases import load_phases
from midstance.domain.diary import PlanAccepted
from midstance.formats._format import InputError, refusal
from midstance.formats._plan_words import HONESTY, KIND_WORDS, PHASE_WORDS, RUN_WORDS, SAFETY, SAFETY_NEW
from midstance.planning.readying.pain import BONE_MEMORY, EASIER, LIMP_REFER, NOT_BETTER, STOPS
from midstance.planning.readying.pain import SAFE as SAFE_PAIN
from midstance.planning.readying.words import CLEARANCE, DISCLAIMER, RED_FLAGS
from midstance.services.check import why_from_plan
from midstance.services.course import SOURCE, course_of
from midstance.services.diary import current
from midstance.services.evidence import all_metrics
from midstance.services.handbook import all_rules
from midstance.web._screen import Screen, Visit
from midstance.web.screens.why import shelf, view
from midstance.web.screens.why.shelf import GLOBALS
from midstance.web.screens.why.view import Context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from midstance.domain.plan import Finding, Plan, Week
    from midstance.planning.explain import Answer

Page = Literal["day", "rules", "numbers", "sources", "safety"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What to explain."""

    page: Annotated[Page, Meta(description="Which part.")] = "day"
    date: Annotated[dt.date | None, Meta(description="Why this date is as it is; today by default.")] = None
    other: Annotated[dt.date | None, Meta(description="Why its sessions do not stand on this one.")] = None
    rule: Annotated[str, Meta(description="Id of one rule.", max_length=80)] = ""
    metric: Annotated[str, Meta(description="Id of one metric.", max_length=80)] = ""


def load(asked: Asked, visit: Visit) -> Context:
    """Explain what is asked for.

    Raises: InputError: There is no such rule or metric, or the diary cannot be read.
    """
    page: Page = "rules" if asked.rule else "numbers" if asked.metric else asked.page
    one = _known("rule", asked.rule) or _known("metric", asked.metric)
    rules = tuple(shelf.rule_shown(r) for r in sorted(all_rules(), key=lambda r: (r.tier, r.title))
                  if page == "rules" and one in ("", r.id))
    metrics = tuple(shelf.metric_shown(m) for m in all_metrics() if page == "numbers" and one in ("", m.id))
    return Context(
        page=page, today=visit.today, one=one, rules=rules, metrics=metrics,
        day=_day(visit, asked.date or visit.today, asked.other) if page == "day" else None,
        daily=shelf.daily_numbers() if page == "numbers" and not one else (),
        sources=shelf.sources_shown() if page == "sources" else shelf.sources_beside(rules, metrics) if one else (),
        safety=_safety() if page == "safety" else None)


def _known(what: str, id_: str) -> str:
    """Give an id back that is known.

    Raises: InputError: It is not; the nearest one is named.
    """
    known = [r.id for r in all_rules()] if what == "rule" else [m.id for m in all_metrics()]
    if id_ and id_ not in known:
        near = get_close_matches(id_, known, n=1)
        raise refusal(id_[:80], f"is no {what}", f"did you mean {near[0]}?" if near else "look for it in the list",
                      place=what)
    return id_


def _safety() -> view.Safety:
    pain = (SAFE_PAIN, EASIER, STOPS, BONE_MEMORY, LIMP_REFER, NOT_BETTER)
    return view.Safety(
        honest=HONESTY, first=(*SAFETY, SAFETY_NEW), disclaimer=DISCLAIMER, red_flags=RED_FLAGS, clearance=CLEARANCE,
        pain=tuple(shelf.number(param) for param in pain))


# ---------------------------------------------------------------------------------------------------------- the day


def _day(visit: Visit, date: dt.date, other: dt.date | None) -> view.DayThere | None:
    """Explain a date of the plan in force; None without one."""
    course = course_of(current(visit.store, kinds=(PlanAccepted,)))
    if course is None:
        return None
    plan = course.plan
    week = next((w for w in plan.weeks if any(d.date == date for d in w.days)), None)
    other = other if other is not None and plan.starts <= other <= plan.ends and other != date else None
    runs = [run for run in plan.runs if run.date == date]
    return view.DayThere(
        date=date, inside=week is not None and plan.starts <= date <= plan.ends, starts=plan.starts, ends=plan.ends,
        phase=PHASE_WORDS[week.phase] if week else "", aim=load_phases().by_phase[week.phase].aim if week else "",
        factor=week.set_factor if week else 1.0, factor_why=week.factor_why if week else "",
        runs=tuple(view.RunThere(start=r.start, name=RUN_WORDS[r.type], minutes=r.minutes, hard=r.hard) for r in runs),
        sessions=_sessions(plan, date, other), gave_way=_gave_way(plan, week),
        findings=_against(f for f in plan.findings if f.date == date),
        week=tuple(d.date for d in week.days) if week else (),
        with_session=tuple(d.date for d in week.days if d.sessions) if week else (), other=other)


def _sessions(plan: Plan, date: dt.date, other: dt.date | None) -> tuple[view.SessionThere, ...]:
    try:
        reasons = why_from_plan(plan, date, other, source=SOURCE)
    except InputError:   # outside the plan, or a date without a session: that is no fault here
        return ()
    return tuple(
        view.SessionThere(
            id=r.session.id, start=r.session.start, minutes=r.session.minutes, kind=r.session.kind.value,
            name=KIND_WORDS[r.session.kind], hard=r.session.hard, why=r.session.why,
            elsewhere=_elsewhere(r.answer) if r.answer else None)
        for r in reasons)


def _elsewhere(answer: Answer) -> view.Elsewhere:
    """Say what another date would mean: what forbids it, else what makes it dearer, each rule once."""
    once = {f.rule: f for f in reversed(answer.dearer if answer.legal else answer.broken)}
    return view.Elsewhere(date=answer.date, possible=answer.legal, start=answer.start,
                          against=_against(reversed(once.values())))


def _against(findings: Iterable[Finding]) -> tuple[view.Against, ...]:
    titles = {rule.id: rule.title for rule in all_rules()}
    return tuple(view.Against(rule=f.rule, title=titles.get(f.rule, f.rule), tier=f.tier, says=f.says)
                 for f in findings)


def _gave_way(plan: Plan, week: Week | None) -> tuple[str, ...]:
    return tuple(r.says for r in plan.relaxed if week is not None and r.week == week.starts)


SCREEN = Screen(id="why", path="/why", title="Why", asked=Asked, context=Context, load=load, nav=7, needs_plan=False,
                globals=GLOBALS)
