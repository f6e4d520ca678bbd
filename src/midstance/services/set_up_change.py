"""Changing settings: what a plan made again from today would change, and keeping it.

The plan keeps its beginning, its phases and all that was lived; runs of uploaded calendars stay where they are. What
the runner decided about runs still holds. One batch holds all of it, so that one undo takes it back.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midstance import __version__
from midstance.domain.diary import Busy, Moved, PlanAccepted, RaceAdded, Skipped, Undone, What
from midstance.domain.entry import Entry, entry_of
from midstance.domain.plan import Plan
from midstance.domain.run import CalendarRun, PlannedRun
from midstance.domain.runner import Level, Runner
from midstance.formats.plan_inputs import parse_calendar, parse_lived, render_inputs
from midstance.formats.plan_json import render_plan_json
from midstance.planning.changes import compare
from midstance.planning.make import make_plan
from midstance.planning.phases import default_end
from midstance.planning.recall import RUN, race_moves, races_now, with_life
from midstance.planning.settle_runs import from_pattern, settle_runs
from midstance.planning.weeks import learning_from
from midstance.services.change import Decided
from midstance.services.course import SOURCE as PLAN_SOURCE
from midstance.services.course import Course, base_of, course_of
from midstance.services.day_words import reason_of
from midstance.services.diary import TICK, add
from midstance.services.handbook import all_rules, catalogue
from midstance.services.plan import with_id
from midstance.services.replan_day import know, still_meant
from midstance.services.set_up import Ready, calendar_words, first_plan, named, read_both
from midstance.services.set_up_form import runner_from
from midstance.services.set_up_tests import told_tests
from midstance.services.set_up_words import content_changes, settings_changed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from midstance.services.inputs import Calendars
    from midstance.services.set_up_fields import Answers
    from midstance.services.told import Stamp
    from midstance.store.store import Store

BEFORE = "before"
"""Source of runs that the weekly pattern had planned for dates that are past."""
NO_FILES = frozenset({BEFORE, "pattern", "history", "races"})
RUNNING = ("running", "run_start_minute", "easy_pace_s_per_km")
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is set now.

    Attributes:
        course: The plan in force.
        base: The plan as it was first made, with the settings.
        runner: The runner as set, with races and busy days that came since.
        calendar: Runs of uploaded calendars.
        entries: Entries in force until today.
        place: Place of the base among them.
    """

    course: Course
    base: Course
    runner: Runner
    calendar: tuple[CalendarRun, ...]
    entries: tuple[Entry, ...]
    place: int

    @property
    def files(self) -> dict[str, int]:
        """Runs by uploaded calendar."""
        return dict(sorted(Counter(run.source for run in self.calendar if run.source not in NO_FILES).items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What new settings would change.

    Attributes:
        plan: The plan that they lead to.
        words: What would be written to the diary.
        settings: Each setting that changes, in words.
        says: Each change of the days to come, in words.
        contents: What changes inside sessions that stay.
        runner: The runner as they would be set.
        notes: What else to know, about uploaded calendars.
    """

    plan: Plan
    words: tuple[What, ...]
    settings: tuple[str, ...]
    says: tuple[str, ...]
    contents: tuple[str, ...]
    runner: Runner
    notes: tuple[str, ...] = ()


def settings_of(entries: Sequence[Entry], *, today: dt.date) -> Settings | None:
    """Give what is set now; None without a plan.

    Args:
        entries: Entries in force, in the order of writing.
        today: The day; what was written for later days does not count.
    """
    known = tuple(e for e in entries if e.date <= today)
    course, found = course_of(known), base_of(known)
    if course is None:
        return None
    place, base = found if found is not None else (0, course)
    return Settings(
        course=course, base=base, runner=with_life(base.runner, known), place=place, entries=known,
        calendar=parse_calendar(base.plan.inputs, PLAN_SOURCE))


def read_settings(now: Settings, answers: Answers, files: Sequence[Path], *, today: dt.date) -> Ready:
    """Read changed answers of the form, and calendars that come with them.

    Args:
        now: What is set.
        answers: By the name of the field; a field that is not there stays as it is.
        files: Uploaded calendars; one of the name of another takes its place.
        today: The day.
    Returns: The runner, and all calendars that hold from now on.
    Raises: InputError: Every fault.
    """
    own = {key: value for key, value in answers.items() if key not in ("keep_calendar", "calendar_starts")}
    ready = read_both(lambda: named(runner_from(own, base=now.runner, today=today), now.runner), answers, files,
                      today=today)
    kept = tuple(answers.get("keep_calendar", tuple(now.files)))
    return replace(ready, calendars=replace(ready.calendars, runs=joined(now, ready.calendars, kept, today)))


def joined(now: Settings, new: Calendars, kept: Sequence[str], today: dt.date) -> tuple[CalendarRun, ...]:
    """Join calendars: what is past stays, of what is to come the calendars that are kept and the new ones."""
    fresh = {run.source for run in new.runs}
    if not fresh and set(now.files) <= set(kept):
        return now.calendar
    past = [run for run in now.calendar if run.date < today]
    ahead = [run for run in now.calendar
             if run.date >= today and run.source not in fresh and (run.source in kept or run.source in NO_FILES)]
    runs = [*past, *ahead, *(run for run in new.runs if run.date >= today)]
    return tuple(sorted(runs, key=lambda run: (run.date, -1 if run.start_minute is None else run.start_minute)))


def look(now: Settings, ready: Ready, *, stamp: Stamp, clock: Callable[[], float]) -> Look:
    """Make the plan again from today with other settings, and say what that would change; nothing is written.

    Args:
        now: What is set.
        ready: The runner and the calendars as they would be set.
        stamp: Moment, date and batch.
        clock: Seconds of a running clock.
    """
    asked, today = ready.runner, stamp.today
    runner = as_learner(asked, now)
    calendar = frozen(now, runner, ready.calendars.runs, today)
    ready = Ready(runner=runner, calendars=replace(ready.calendars, runs=calendar))
    gone = contradicted(now, runner)
    entries = [entry for entry in now.entries if entry.id not in gone]
    again_said = (*restated(now, runner), *never_planned(now, ready, today))
    course = now.course
    inside = course.plan.starts <= today <= course.plan.ends
    says: tuple[str, ...] = ()
    if inside:
        plan, says = again(now, ready, entries, again_said, stamp=stamp, clock=clock)
        words = again_said
    else:
        plan, words = first_plan(ready, entries, today=max(today, course.plan.starts), clock=clock), ()
        if course.plan.ends < today:
            says = (f"The old plan ended on {course.plan.ends}; a new one begins today.",)
    taken = (Undone(of=tuple(gone)),) if gone else ()
    return Look(
        plan=plan, runner=runner, says=says, settings=settings_changed(now.runner, asked, today=today),
        contents=content_changes(course.plan, plan, first=today, units=runner.units, names=catalogue().exercises),
        words=(PlanAccepted(plan=plan.id, document=render_plan_json(plan, compact=True)), *taken, *words,
               *told_tests(runner, now.runner)),
        notes=calendar_words(replace(ready.calendars, runs=())))


def keep(store: Store, found: Look, *, stamp: Stamp) -> Decided:
    """Keep changed settings and the plan they lead to, as one batch.

    Raises: InputError: The diary cannot be written.
    """
    add(store, in_turn(found.words, stamp), now=stamp.at)
    days = f"{len(found.says)} {'change' if len(found.says) == 1 else 'changes'} in the days to come."
    return Decided(says=("Your settings are kept.", days if found.says else "The days to come stay as they are."),
                   batch=stamp.origin.batch)


def in_turn(words: Sequence[What], stamp: Stamp) -> list[Entry]:
    """Put words into entries, a tick apart: what was said twice is said twice again."""
    return [entry_of(what, at=stamp.at + k * TICK, date=stamp.today, origin=stamp.origin)
            for k, what in enumerate(words)]


def again(
    now: Settings, ready: Ready, entries: Sequence[Entry], said: Sequence[What], *, stamp: Stamp,
    clock: Callable[[], float],
) -> tuple[Plan, tuple[str, ...]]:
    """Make the plan in force again with other settings, from its own beginning and with all that was lived."""
    begun, runner, today = clock(), ready.runner, stamp.today
    lived = parse_lived(now.course.plan.inputs, PLAN_SOURCE)
    inputs = render_inputs(runner, now.base.history, None, calendar=ready.calendars.runs, lived=lived)
    stand_in = PlanAccepted(plan=now.course.plan.id,
                            document=render_plan_json(replace(now.course.plan, inputs=inputs), compact=True))
    known = know([*entries, *in_turn((stand_in, *said), stamp)], today=today)
    same_days = runner.strength_days == now.runner.strength_days
    brief = replace(
        known.filling, last=end_of(now, runner, today), unread=ready.calendars.unread,
        published=known.brief.published if same_days else frozenset())
    plan, solved = make_plan(brief, rules=all_rules(), catalogue=catalogue().exercises, version=__version__)
    inputs = render_inputs(runner, now.base.history, now.course.plan.id, calendar=ready.calendars.runs,
                           lived=brief.lived)
    plan = with_id(replace(
        plan, previous=now.course.plan.id, inputs=inputs, notes=(*brief.history.notes, *plan.notes),
        optimality=replace(plan.optimality, seconds=round(clock() - begun, 4))))
    known = replace(known, brief=brief)
    changes = compare(still_meant(known), plan, first=today, contents=False,
                      because=lambda s: reason_of(known, solved, s))
    return plan, tuple(change.says for change in changes)


def end_of(now: Settings, runner: Runner, today: dt.date) -> dt.date:
    """Give the last date of the plan: as it was, unless the A races to come are others."""
    def leading(one: Runner) -> list[tuple[dt.date, float]]:
        return [(race.date, race.distance_km) for race in one.races if race.priority == "A" and race.date >= today]

    if leading(runner) == leading(now.runner):
        return max(now.base.plan.ends, now.course.plan.ends)
    return default_end(today, runner.races)


def as_learner(runner: Runner, now: Settings) -> Runner:
    """Let a beginner go on learning where they are: a change of settings is no new beginning."""
    learning = (runner.strength_level, now.runner.strength_level) == (Level.BEGINNER, Level.BEGINNER)
    if not learning or runner.strength_since is not None or now.runner.strength_since is not None:
        return runner
    return replace(runner, strength_since=learning_from(now.runner, now.base.plan.starts))


def frozen(
    now: Settings, runner: Runner, calendar: tuple[CalendarRun, ...], today: dt.date
) -> tuple[CalendarRun, ...]:
    """Keep the runs of past dates as they were planned where another running week would rewrite them.

    Past runs of the pattern join the calendar. A calendar covers every date between its first and last run, so the
    dates between today and the first run of an uploaded calendar get the new pattern's runs by name.
    """
    first, old = now.base.plan.starts, now.runner
    changed = any(getattr(old, name) != getattr(runner, name) for name in RUNNING) or calendar != now.calendar
    if not changed or today <= first:
        return calendar
    listed = [run for run in calendar if run.date >= today and run.source not in NO_FILES]
    if not (runner.running or listed):
        return ()           # the likely week of recorded runs holds
    before = settle_runs(old, now.calendar, now.base.history, first=first, last=today - DAY).runs
    past = [*(run for run in calendar if run.date < today),
            *(as_calendar(run) for run in before if run.source in NO_FILES - {BEFORE, "races"})]
    gap = (min(run.date for run in listed) - today).days if listed else 0
    between = [run for n in range(gap) for run in from_pattern(runner.running, today + n * DAY, "pattern")]
    return tuple(sorted([*past, *between, *listed], key=lambda run: (run.date, run.start_minute or 0)))


def never_planned(now: Settings, ready: Ready, today: dt.date) -> tuple[What, ...]:
    """Leave out the runs that a new running week would put on past dates where none were planned."""
    first = now.base.plan.starts
    if today <= first or (ready.runner.running, ready.calendars.runs) == (now.runner.running, now.calendar):
        return ()

    def past(runner: Runner, calendar: Sequence[CalendarRun]) -> tuple[PlannedRun, ...]:
        return settle_runs(runner, calendar, now.base.history, first=first, last=today - DAY).runs

    known = {run.id for run in past(now.runner, now.calendar)}
    return tuple(Skipped(day=run.date, activity=run.id) for run in past(ready.runner, ready.calendars.runs)
                 if run.id not in known and run.source in NO_FILES)


def as_calendar(run: PlannedRun) -> CalendarRun:
    """Give a run that the weekly pattern planned the shape of a calendar's."""
    return CalendarRun(
        date=run.date, start_minute=60 * run.start.hour + run.start.minute, minutes=run.minutes,
        distance_km=run.distance_km, type=run.type, hard_minutes=run.hard_minutes or None, title=run.title,
        source=BEFORE)


def contradicted(now: Settings, runner: Runner) -> list[str]:
    """Find the entries about races and busy days that new settings take back, by id."""
    gone = [e.id for e in now.entries
            if (isinstance(e.what, Busy) and not any(
                (span.first, span.last) == (e.what.first, e.what.last) for span in runner.blocked))
            or (isinstance(e.what, RaceAdded) and e.what.race not in runner.races)]
    left = [e for e in now.entries if e.id not in gone]
    if races_now(runner.races, left) == tuple(sorted(runner.races, key=lambda race: race.date)):
        return gone
    days = {race.date for race in runner.races}
    return [*gone, *(e.id for e in left if isinstance(e.what, Moved | Skipped)
                     and e.what.activity.startswith(RUN) and e.what.day in days)]


def restated(now: Settings, runner: Runner) -> tuple[What, ...]:
    """Say again what the runner decided about runs since the plan began; races stand where they are set."""
    written = now.entries[now.place:]
    moved = {id_ for id_, _, _ in race_moves(now.base.runner.races, now.entries)}
    races = {race.date for race in (*now.base.runner.races, *runner.races)}
    return tuple(
        e.what for e in written if isinstance(e.what, Moved | Skipped) and e.what.activity.startswith(RUN)
        and e.what.activity not in moved and not (isinstance(e.what, Skipped) and e.what.day in races))


