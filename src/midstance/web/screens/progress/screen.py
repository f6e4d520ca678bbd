"""Progress: strength, skills, regions, load, what was kept, the two sides, sleep and life over the plan's reaction.

The facts are those of ``midstance progress``; skills, regions and life come from services of their own.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from midstance.catalogue.self_tests import load_self_tests
from midstance.domain.exercise import Role
from midstance.formats._format import InputError
from midstance.metrics.life_factor import STEPS
from midstance.planning.adherence import GROW_FROM, LESS_BELOW
from midstance.planning.readying import sleep
from midstance.rules.easy_share import MOST_HARD
from midstance.services.assess_history import history
from midstance.services.assess_person import person_of
from midstance.services.course import course_of
from midstance.services.diary import current
from midstance.services.handbook import catalogue
from midstance.services.life_told import LifeTold, life_told
from midstance.services.progress_report import STRENGTH_WEEKS, ProgressReport, Trend, report_of
from midstance.services.regions_trained import regions_trained
from midstance.services.skills_owned import Skill as Ladder
from midstance.services.skills_owned import skills_owned
from midstance.web._screen import Screen, Visit
from midstance.web.remember import remembered
from midstance.web.screens.progress import drawings, view
from midstance.web.screens.progress.proofs import PROOFS
from midstance.web.screens.progress.view import Context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.entry import Entry
    from midstance.planning.adherence import Adherence
    from midstance.planning.progression import Point

CHARTED = frozenset({Role.MAIN, Role.ACCESSORY, Role.CORE, Role.FINISHER})
LIFE_FROM = min(least for least, _ in STEPS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Up to which day."""

    date: Annotated[dt.date | None, Meta(description="The last day that counts; today by default.")] = None


def load(asked: Asked, visit: Visit) -> Context:
    """Sum up the diary up to a date.

    Raises: InputError: The diary cannot be read.
    """
    today = min(asked.date or visit.today, visit.today)
    return remembered(visit, ("progress", today), lambda: _context(today, visit))


def _context(today: dt.date, visit: Visit) -> Context:
    entries = current(visit.store, until=today)
    report = report_of(entries, today=today)
    told = life_told(entries, today=today)
    skills = _skills(entries, today)
    regions = regions_trained(entries, today=today)
    trained = any(region.done for week in regions for region in week.regions)
    return Context(
        date=today, units=report.units, empty=report.empty and told.empty and not trained,
        strength_weeks=STRENGTH_WEEKS, lifts=tuple(_lift(trend) for trend in report.trends), skills=skills,
        regions=tuple(
            view.RegionWeek(
                starts=week.starts, whole=week.whole, factor=week.factor, why=week.why,
                regions=tuple(view.Region(region=r.region, noted=r.noted, assumed=r.assumed, wanted=r.wanted)
                              for r in week.regions))
            for week in regions),
        weeks=_weeks(report), easy_least=1 - MOST_HARD.value / 100, kept=_kept(report.adherence),
        sides=_sides(report), next_test=_next_test(entries, today), told=_told(told), notes=report.notes, proofs=PROOFS)


def _lift(trend: Trend) -> view.Lift:
    exercise = catalogue().exercises[trend.exercise]
    return view.Lift(
        exercise=trend.exercise, name=trend.name, role=exercise.role.value, unit=trend.points[0].unit,
        change_percent=trend.change_percent, points=tuple(_point(point) for point in trend.points),
        charted=len(trend.points) > 1 and exercise.role in CHARTED and "strength" in exercise.trains)


def _point(point: Point) -> view.Point:
    return view.Point(date=point.date, value=point.value, weight_kg=point.weight_kg)


def _weeks(report: ProgressReport) -> tuple[view.LoadWeek, ...]:
    return tuple(
        view.LoadWeek(
            starts=w.starts, whole=w.whole, runs=w.runs, run_minutes=w.run_minutes, run_km=w.run_km,
            sessions=w.sessions, session_minutes=w.session_minutes, load_au=w.load_au, estimated=w.estimated,
            hard_minutes=w.hard_minutes, easy_share=w.easy_share)
        for w in report.weeks)


def _kept(found: Adherence | None) -> view.Kept | None:
    if found is None:
        return None
    return view.Kept(share_4_weeks=found.share_4_weeks, share_3_weeks=found.share_3_weeks, step=found.step.value,
                     says=found.says, less_below=LESS_BELOW.value, grow_from=GROW_FROM.value)


def _sides(report: ProgressReport) -> tuple[view.Side, ...]:
    return tuple(
        view.Side(what=s.what, date=s.date, left=s.left, right=s.right, unit=s.unit,
                  symmetry_percent=s.symmetry_percent, difference_percent=s.difference_percent,
                  verdict=s.verdict.value)
        for s in report.sides)


def _next_test(entries: Sequence[Entry], today: dt.date) -> dt.date | None:
    """Say from when on the first of the self-tests is worth doing again."""
    found = history(entries, load_self_tests(), today, person=person_of(entries, today))
    return min((one.next_date for one in found), default=None)


def _skills(entries: Sequence[Entry], today: dt.date) -> tuple[view.Skill, ...]:
    """Lay out the ladders; none without a plan, for nobody knows level and equipment then."""
    try:
        course = course_of(entries)
        ladders = skills_owned(entries, runner=course.runner, today=today) if course else ()
    except InputError:
        return ()
    return tuple(_skill(ladder) for ladder in ladders)


def _skill(ladder: Ladder) -> view.Skill:
    return view.Skill(
        id=ladder.id, name=ladder.name, region=ladder.region, owned=ladder.owned, says=ladder.says, since=ladder.since,
        rungs=tuple(
            view.Rung(exercise=r.exercise, name=r.name, place=r.place.value, weighted=r.weighted, asks=r.asks,
                      best=_point(r.best) if r.best else None, unit=r.best.unit if r.best else "", missing=r.missing)
            for r in ladder.rungs))


def _told(found: LifeTold) -> view.Told:
    reactions = [
        *(view.Reaction(date=t.date, kind="change", factor=1.0, says=t.says) for t in found.taken),
        *(view.Reaction(date=c.starts, kind="cut", factor=c.factor, says=(c.why,) if c.why else ())
          for c in found.cut),
    ]
    return view.Told(
        days=tuple(view.Day(date=d.date, sleep_h=d.sleep_h, life=d.life, light=d.light, factor=d.factor, why=d.why)
                   for d in found.days),
        reactions=tuple(sorted(reactions, key=lambda r: (-r.date.toordinal(), r.kind))),
        mean_sleep_h=found.mean_sleep_h, mean_life=found.mean_life, nights=found.nights, life_days=found.life_days,
        short_h=sleep.SHORT.value, life_from=LIFE_FROM)


SCREEN = Screen(id="progress", path="/progress", title="Progress", asked=Asked, context=Context, load=load, nav=4,
                needs_plan=False, globals=drawings.GLOBALS)
