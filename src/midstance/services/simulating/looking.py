"""Looking at the plan: a first one, one made again where something happened, and once more after a change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from midstance import __version__
from midstance.domain.lived import Scale
from midstance.formats.plan_inputs import parse_lived, render_inputs
from midstance.planning.make import Brief, make_plan
from midstance.planning.readiness import Light, readiness
from midstance.services import change
from midstance.services.course import SOURCE
from midstance.services.handbook import all_rules, catalogue
from midstance.services.plan import with_diary, with_id
from midstance.services.replan_day import Known, Proposal, know, propose
from midstance.services.simulating.book import differs
from midstance.services.simulating.one import One, mood_of, shown
from midstance.services.simulating.people import calendar_of, end_of, races_of

if TYPE_CHECKING:
    import datetime as dt

LOOKS_ANYWAY = 0.02
ROWS_OF_AN_ACCEPTANCE = 2


def plan_anew(one: One, date: dt.date) -> None:
    """Make the next plan as ``midstance plan --save`` does; the file has a new race."""
    if one.tally.plans:
        known = {race.date for race in one.world.races}
        one.world.races += [r for r in races_of(one.random, one.person.sort, date) if r.date not in known]
    runner = replace(one.person.runner, races=tuple(sorted(one.world.races, key=lambda race: race.date)))
    last = end_of(one.random, runner.races, date)
    calendar = calendar_of(one.random, one.person, date, last)
    brief = Brief(runner=runner, first=date, last=last, calendar=calendar)
    entries = one.book.entries()
    brief = with_diary(brief, entries) if entries else brief
    plan, _ = make_plan(brief, rules=all_rules(), catalogue=catalogue().exercises, version=__version__)
    inputs = render_inputs(runner, brief.history, None, calendar=calendar, lived=brief.lived)
    plan = with_id(replace(plan, inputs=inputs))
    one.judge_document(date, plan, brief, "a new plan")
    one.book.write(date, change.accepted(plan), name="plan")
    one.world.runner = one.weights.runner = runner
    one.tally.plans += 1
    one.gone.clear()


def look(one: One, date: dt.date) -> tuple[Known | None, Proposal | None]:
    """Make the plan again where something happened, and take what it proposes, or not.

    Returns: What the morning knows, and the change that waits; None each where nobody asked.
    """
    entries = one.book.entries()
    mood = mood_of(readiness(entries, today=date, equipment=one.person.runner.equipment))
    worse = mood != one.mood and mood.light is not Light.GREEN
    news, anyway = one.happened or worse, one.chance(LOOKS_ANYWAY)
    one.happened, one.mood = False, mood
    if not news and not anyway and date.weekday():
        return None, None
    known = know(entries, today=date)
    news = news or rescaled(known)
    if not news and not anyway:
        return known, None
    one.tally.replanned += 1
    proposal = propose(known)
    if proposal is None:
        return known, None
    if not news:
        one.event("change on a quiet morning", matters=False)
    return offered(one, date, known, proposal)


def offered(one: One, date: dt.date, known: Known, proposal: Proposal) -> tuple[Known, Proposal | None]:
    """Judge a proposed change, keep it as ``midstance today`` does, and take it or leave it."""
    one.tally.proposals += 1
    one.tally.changed.append(differs(shown(known.course.plan, date), shown(proposal.plan, date)))
    one.judge_document(date, proposal.plan, known.brief, "a proposal")
    now = one.book.moment(date)
    waits = change.keep_proposed(one.book.store, one.book.entries(), proposal, now=now, date=date,
                                 origin=one.book.origin(now, "today"))
    one.book.ids.add(waits.id)
    if not one.chance(one.person.habit.accepts):
        return known, proposal
    now = one.book.moment(date)
    origin = one.book.origin(now, "accept")
    change.take(one.book.store, waits.id, proposal, now=now, date=date, origin=origin)
    one.tally.accepted += 1
    if one.book.told(origin.batch) != ROWS_OF_AN_ACCEPTANCE:
        one.breach("lost", date, "a change that was taken is not two entries")
    return settled(one, date, "a change that was proposed"), None


def settled(one: One, date: dt.date, name: str) -> Known:
    """Look once more after a change was taken: nothing more may be proposed."""
    known = know(one.book.entries(), today=date)
    more = propose(known)
    if more is not None:
        one.breach("unstable", date, f"after {name}: {' '.join(more.says)}")
    return known


def rescaled(known: Known) -> bool:
    """Tell whether how much was kept makes the plan smaller or larger than the one in force."""
    before = parse_lived(known.course.plan.inputs, SOURCE)
    return known.brief.lived is not None and known.brief.lived.scale != (before.scale if before else Scale())
