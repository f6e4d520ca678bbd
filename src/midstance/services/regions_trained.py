"""Sets by region of the body, week by week, as they were done, against what the plan in force aimed at.

Counted as the planner counts (``planning.check.sets_by_region``): a set for each region that gets half of it or more,
a set done on one side and then on the other once. Mobility and primers do not count.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.domain.dates import WEEK, monday, sunday
from midstance.domain.diary import PlanAccepted, SetDone
from midstance.domain.exercise import REGIONS, Role
from midstance.domain.session import Kind
from midstance.formats._format import InputError
from midstance.planning.check import sets_by_region
from midstance.planning.recall import done_ids
from midstance.rules.regions_covered import SHARE
from midstance.services.activities import DAY
from midstance.services.course import course_of, planned_sessions
from midstance.services.handbook import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from midstance.domain.entry import Entry
    from midstance.domain.plan import Week
    from midstance.domain.session import Session

WEEKS = 5
"""This week and the four before it; midstance default."""
UNCOUNTED = frozenset({Kind.MOBILITY, Kind.PRIMER})


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionSets:
    """Sets of one region in one week.

    Attributes:
        region: One of ``REGIONS``.
        noted: Sets that were noted one by one; one side of a set is half of one.
        assumed: Sets of planned sessions that were noted as done without their sets.
        wanted: What the plan in force aims at, or None without a plan for that week.
    """

    region: str
    noted: float
    assumed: int
    wanted: int | None

    @property
    def done(self) -> float:
        """All sets of the region."""
        return self.noted + self.assumed


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionWeek:
    """One calendar week.

    Attributes:
        starts: Its Monday.
        whole: Whether it is over.
        regions: Regions that are wanted or were trained, in the catalogue's order.
        factor: Share of the sets that mileage, life and sleep left in its plan, 0.5 to 1.
        why: Why sets were cut, or empty.
    """

    starts: dt.date
    whole: bool
    regions: tuple[RegionSets, ...]
    factor: float = 1.0
    why: str = ""


def regions_trained(entries: Sequence[Entry], *, today: dt.date, weeks: int = WEEKS) -> tuple[RegionWeek, ...]:
    """Count sets by region for this week and those before it.

    Args:
        entries: Entries in force, in the order of writing; those after today do not count.
        today: The day.
        weeks: How many weeks, this one among them.
    Returns: Weeks, oldest first, from the first with a plan or a set on.
    """
    known = [e for e in entries if e.date <= today]
    first = monday(today) - (weeks - 1) * WEEK
    sessions = _planned(known, first, today)
    found = [_week(first + k * WEEK, known, sessions, today) for k in range(weeks)]
    while found and not found[0].regions:
        found.pop(0)
    return tuple(found)


def week_in_force(entries: Sequence[Entry], starts: dt.date, today: dt.date) -> Week | None:
    """Give a calendar week of the plan that was in force at its end, or today where it still goes on.

    A plan that begins later, or one that cannot be read, gives None.
    """
    until = min(sunday(starts), today)
    known = [e for e in entries if isinstance(e.what, PlanAccepted) and e.date <= until]
    try:
        course = course_of(known)
    except InputError:
        return None
    return next((w for w in course.plan.weeks if w.starts == starts), None) if course else None


def _planned(entries: Sequence[Entry], first: dt.date, today: dt.date) -> tuple[Session, ...]:
    try:
        return planned_sessions(entries, since=first - WEEK, until=today + DAY)
    except InputError:
        return ()


def _week(starts: dt.date, entries: Sequence[Entry], sessions: Sequence[Session], today: dt.date) -> RegionWeek:
    here = [e for e in entries if starts <= e.date < starts + WEEK]
    noted = _noted(here, {s.id: s for s in sessions})
    assumed = sets_by_region(_without_sets(here, sessions), catalogue().exercises, share=SHARE.value)
    plan = week_in_force(entries, starts, today)
    wanted = plan.targets.sets if plan else {}
    return RegionWeek(
        starts=starts, whole=starts + WEEK <= today, factor=plan.set_factor if plan else 1.0,
        why=plan.factor_why if plan else "",
        regions=tuple(
            RegionSets(region=r, noted=noted.get(r, 0.0), assumed=assumed.get(r, 0),
                       wanted=wanted.get(r, 0) if plan else None)
            for r in REGIONS if noted.get(r) or assumed.get(r) or wanted.get(r)))


def _noted(entries: Iterable[Entry], sessions: dict[str, Session]) -> dict[str, float]:
    out: dict[str, float] = defaultdict(float)
    known = catalogue().exercises
    for what in (e.what for e in entries):
        if not isinstance(what, SetDone) or what.warm_up or what.exercise not in known:
            continue
        exercise, session = known[what.exercise], sessions.get(what.session)
        if session.kind in UNCOUNTED if session else exercise.role is Role.DRILL:
            continue
        for region, share in exercise.regions.items():
            if share >= SHARE.value:
                out[region] += 0.5 if what.side else 1.0
    return out


def _without_sets(entries: Sequence[Entry], sessions: Sequence[Session]) -> list[Session]:
    """List planned sessions that were done here, and of which no set was noted."""
    told = {(e.date, e.what.session) for e in entries if isinstance(e.what, SetDone)}
    done = done_ids(entries, sessions)
    return [s for s in sessions if s.id in done and not told & {(done[s.id], s.id), (done[s.id], "")}]
