"""How training went: strength by exercise, load and easy share by week, adherence, left against right.

Facts with their units and where they come from, for ``midstance progress``; nothing here diagnoses, and nothing
foretells an injury.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.catalogue.self_tests import load_self_tests
from midstance.domain.dates import WEEK, monday
from midstance.domain.diary import (
    AssessmentDone,
    Busy,
    CheckIn,
    IllnessNoted,
    Moved,
    PlanAccepted,
    Rpe,
    SessionDone,
    SetDone,
    Skipped,
)
from midstance.domain.run import RunDone
from midstance.formats._format import InputError
from midstance.metrics.e1rm import MOST_REPS, e1rm
from midstance.metrics.limb_symmetry import SideVerdict, limb_symmetry, side_difference, side_verdict
from midstance.planning.adherence import Adherence, adherence
from midstance.planning.judging import noise_of
from midstance.planning.progression import Point, strength_trend
from midstance.services.activities import DAY, RUN, SESSION, Activity, activities
from midstance.services.course import Course, course_of, planned_sessions
from midstance.services.diary import current
from midstance.services.handbook import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from midstance.domain.entry import Entry
    from midstance.store.store import Store

STRENGTH_WEEKS = 12
"""Weeks of the strength trends; midstance default."""
LOAD_WEEKS = 8
"""Weeks of the table of loads, the current one among them; midstance default."""
PLANNED_WEEKS = 6
NOISE_BY_UNIT = {"reps": 2, "steps": 2, "contacts": 2, "seconds": 8}
"""What two tries of one side differ by anyway, up to and with it; midstance defaults."""
SIDES_WEEKS = 26
KINDS = (RunDone, SetDone, SessionDone, Rpe, PlanAccepted, CheckIn, IllnessNoted, Busy, Moved, Skipped, AssessmentDone)
BROKEN_PLAN = "The plan in the diary cannot be read, so nothing of it is used here; midstance doctor says more."
UNKNOWN = "{sets} sets of {names} that the catalogue does not hold are left out of the strength trends: {listed}."
NO_INTENSITY = "Nothing tells how hard {count} of {all} runs of these weeks were; they count as easy."
RUNNERS_FILE = "the runner's file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Strength in one exercise: id, name and points by date, all in one unit."""

    exercise: str
    name: str
    points: tuple[Point, ...]

    @property
    def change_percent(self) -> float | None:
        """Change from the first point to the last [%]; None for one date, or where the weights differ."""
        first, last = self.points[0], self.points[-1]
        same = first.unit == "kg" or first.weight_kg == last.weight_kg
        return 100 * (last.value / first.value - 1) if same and first.value and len(self.points) > 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDone:
    """What was trained in a calendar week.

    Attributes:
        starts: Its Monday.
        whole: Whether it is over.
        runs: Number of runs, with ``run_minutes`` [min] and ``run_km`` [km] as far as known.
        sessions: Number of sessions, with ``session_minutes`` [min].
        load_au: Load of both [AU].
        estimated: Number of runs and sessions whose load is in part estimated.
        hard_minutes: Minutes above easy of both [min].
    """

    starts: dt.date
    whole: bool
    runs: int
    run_minutes: float
    run_km: float
    sessions: int
    session_minutes: float
    load_au: float
    estimated: int
    hard_minutes: float

    @property
    def easy_share(self) -> float | None:
        """Easy minutes over all minutes, 0 to 1; None for a week without training."""
        minutes = self.run_minutes + self.session_minutes
        return 1 - self.hard_minutes / minutes if minutes else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Left against right in one exercise or test, the last time both were told.

    Attributes:
        what: Name of the exercise or id of the test.
        date: The date, or None for a result of the runner's file.
        left: Result of the left side; ``right`` of the right, in ``unit``.
        symmetry_percent: Weaker side as a part of the stronger [%].
        difference_percent: Above 0 when the right is the larger [%].
        verdict: What it asks for; a difference within the noise of the test asks for nothing.
    """

    what: str
    date: dt.date | None
    left: float
    right: float
    unit: str
    symmetry_percent: float
    difference_percent: float
    verdict: SideVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReport:
    """How training went, up to a date.

    Attributes:
        date: The date.
        trends: Of exercises logged in the last twelve weeks, those with most dates first.
        weeks: The last eight calendar weeks, oldest first, from the first with training on; empty without any.
        adherence: How much of the plan was kept; None without a plan.
        sides: Left against right; empty without both sides of anything.
        notes: What to know beside it, in sentences.
        units: The runner's units for screens, ``metric`` or ``imperial``; the numbers here are metric.
    """

    date: dt.date
    trends: tuple[Trend, ...] = ()
    weeks: tuple[WeekDone, ...] = ()
    adherence: Adherence | None = None
    sides: tuple[Sides, ...] = ()
    notes: tuple[str, ...] = ()
    units: str = "metric"

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.trends or self.weeks or self.sides)


def progress_report(store: Store, *, today: dt.date) -> ProgressReport:
    """Sum up the diary up to a date, which counts.

    Raises: InputError: The diary cannot be read.
    """
    return report_of(current(store, until=today, kinds=KINDS), today=today)


def report_of(entries: Sequence[Entry], *, today: dt.date) -> ProgressReport:
    """Sum up entries up to a date, which counts.

    Args:
        entries: Entries in force up to the date, in the order of writing: those of ``KINDS``, others do not matter.
        today: The date.
    """
    notes: list[str] = []
    try:
        course = course_of(entries)
        done = activities(entries, course.runner.thresholds if course else None)
    except InputError:
        notes.append(BROKEN_PLAN)
        entries = tuple(e for e in entries if not isinstance(e.what, PlanAccepted))
        course, done = None, activities(entries)
    recent = tuple(e for e in entries if e.date > today - STRENGTH_WEEKS * WEEK)
    weeks = _weeks(done, today)
    return ProgressReport(
        date=today, trends=_trends(recent), weeks=weeks, adherence=_adherence(entries, course, today),
        sides=_sides([e for e in entries if e.date > today - SIDES_WEEKS * WEEK], course),
        notes=(*notes, *_unknown(recent), *_intensity(done, weeks)),
        units=course.runner.units if course else "metric")


def _trends(entries: Sequence[Entry]) -> tuple[Trend, ...]:
    known = catalogue().exercises
    logged = {e.what.exercise for e in entries if isinstance(e.what, SetDone)} & known.keys()
    trends = (Trend(exercise=id_, name=known[id_].name, points=strength_trend(entries, known[id_])) for id_ in logged)
    return tuple(sorted((t for t in trends if t.points), key=lambda t: (-len(t.points), t.name)))


def _unknown(entries: Iterable[Entry]) -> list[str]:
    known = catalogue().exercises
    count = Counter(e.what.exercise for e in entries if isinstance(e.what, SetDone) and e.what.exercise not in known)
    if not count:
        return []
    names = "one exercise" if len(count) == 1 else f"{len(count)} exercises"
    listed = ", ".join(name for name, _ in count.most_common(5)) + (" ..." if len(count) > 5 else "")
    return [UNKNOWN.format(sets=count.total(), names=names, listed=listed)]


def _weeks(done: Sequence[Activity], today: dt.date) -> tuple[WeekDone, ...]:
    first = monday(today) - (LOAD_WEEKS - 1) * WEEK
    seen = [a for a in done if first <= a.date <= today]
    if not seen:
        return ()
    first = max(first, monday(seen[0].date))
    mondays = [first + k * WEEK for k in range((monday(today) - first) // WEEK + 1)]
    return tuple(_week(start, [a for a in seen if monday(a.date) == start], today) for start in mondays)


def _week(start: dt.date, done: Sequence[Activity], today: dt.date) -> WeekDone:
    runs, sessions = ([a for a in done if a.sport == sport] for sport in (RUN, SESSION))
    return WeekDone(
        starts=start, whole=start + WEEK <= today, runs=len(runs), run_minutes=sum(a.minutes for a in runs),
        run_km=sum(a.distance_km or 0.0 for a in runs), sessions=len(sessions),
        session_minutes=sum(a.minutes for a in sessions), load_au=sum(a.load_au for a in done),
        estimated=sum(a.estimated for a in done), hard_minutes=sum(a.hard_minutes or 0.0 for a in done))


def _intensity(done: Sequence[Activity], weeks: Sequence[WeekDone]) -> list[str]:
    runs = [a for a in done if weeks and a.sport == RUN and a.date >= weeks[0].starts]
    mute = sum(a.hard_minutes is None for a in runs)
    return [NO_INTENSITY.format(count=mute, all=len(runs))] if mute else []


def _adherence(entries: Sequence[Entry], course: Course | None, today: dt.date) -> Adherence | None:
    if course is None:
        return None
    planned = planned_sessions(entries, since=today - PLANNED_WEEKS * WEEK, until=today + DAY)
    return adherence([(s.date, s.id) for s in planned], entries, today=today,
                     session_minutes=course.runner.session_minutes)


def _sides(entries: Sequence[Entry], course: Course | None) -> tuple[Sides, ...]:
    """Compare sides: exercises by name, then tests of the diary, then those of the runner's file alone."""
    found = [*_sides_logged(entries)]
    told: dict[str, tuple[dt.date | None, float, float]] = {}
    for test, result in (course.runner.assessment if course else {}).items():
        if isinstance(result, dict) and {"left", "right"} <= result.keys():
            told[test] = (None, result["left"], result["right"])
    for entry in sorted(entries, key=lambda e: e.date):
        what = entry.what
        if isinstance(what, AssessmentDone) and what.left is not None and what.right is not None:
            told[what.test] = (entry.date, what.left, what.right)
    for test, (date, left, right) in sorted(told.items()):
        known = load_self_tests().get(test)
        if known is None or known.by_eye or min(left, right) < 0 or not max(left, right):
            continue
        found.append(_compared(known.name, date, left, right, unit=known.unit, noise=noise_of(known, (left, right))))
    return tuple(found)


def _sides_logged(entries: Sequence[Entry]) -> Iterable[Sides]:
    """Compare the best sets of both sides on the last date that has both: at one weight, or by estimated maximum."""
    known = catalogue().exercises
    days: dict[tuple[str, dt.date], dict[str, list[SetDone]]] = {}
    for entry in entries:
        what = entry.what
        if isinstance(what, SetDone) and what.side and not what.warm_up and what.exercise in known:
            days.setdefault((what.exercise, entry.date), {}).setdefault(what.side, []).append(what)
    last = dict(sorted(key for key, sides in days.items() if len(sides) == 2))
    for id_, date in sorted(last.items()):
        left, right = (max(days[id_, date][side], key=lambda s: (s.weight_kg or 0, s.amount))
                       for side in ("left", "right"))
        name = known[id_].name
        if left.unit != right.unit or not left.amount or not right.amount:
            continue
        if left.weight_kg == right.weight_kg:
            yield _compared(name, date, left.amount, right.amount, unit=left.unit, noise=NOISE_BY_UNIT[left.unit])
        elif (a := _estimate(left)) and (b := _estimate(right)):
            yield _compared(f"{name}, e1RM", date, round(a, 1), round(b, 1), unit="kg", noise=0.0)


def _estimate(done: SetDone) -> float | None:
    reps, reserve = int(done.amount), int(done.rir or 0)
    if done.unit != "reps" or not done.weight_kg or reps + reserve > MOST_REPS:
        return None
    return e1rm(done.weight_kg, reps, rir=reserve)


def _compared(what: str, date: dt.date | None, left: float, right: float, *, unit: str, noise: float) -> Sides:
    verdict = SideVerdict.IGNORE if abs(left - right) <= noise else side_verdict(left, right)
    return Sides(
        what=what, date=date, left=left, right=right, unit=unit, symmetry_percent=limb_symmetry(left, right),
        difference_percent=side_difference(left, right), verdict=verdict)
