"""The first set-up: answers and files become a runner, a plan from today, and the diary's first entries.

What the form says goes through the reader of runner.toml, so its faults are those of the command line, all at once.
Changing settings later is in ``set_up_change``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from midstance import __version__
from midstance.domain.exercise import REGIONS
from midstance.domain.plan import Plan
from midstance.domain.runner import EQUIPMENT, Runner
from midstance.domain.session import Kind
from midstance.formats._format import Fault, InputError
from midstance.formats._plan_words import KIND_WORDS, day_text
from midstance.formats.plan_inputs import render_inputs
from midstance.formats.runner_toml import FORMAT as RUNNER_FILE
from midstance.planning.make import Brief, make_plan
from midstance.planning.phases import default_end
from midstance.services.change import Decided, accepted, write
from midstance.services.diary import current
from midstance.services.handbook import all_rules, catalogue
from midstance.services.import_files import import_paths
from midstance.services.inputs import Calendars, read_calendars, read_runner
from midstance.services.plan import check_names, with_diary, with_id
from midstance.services.set_up_fields import rank
from midstance.services.set_up_form import SOURCE, runner_from
from midstance.services.set_up_tests import tested, told_tests

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from midstance.domain.diary import What
    from midstance.domain.entry import Entry
    from midstance.services.set_up_fields import Answer, Answers
    from midstance.services.told import Stamp
    from midstance.store.store import Store

FILES = "files"
"""Name of the form's field for uploaded files."""
HEAD_BYTES = 16_384
MOST_TOLD = 6
USUAL_WEEK: dict[str, dict[str, tuple[str, str, str]]] = {
    "beginner": {"tue": ("easy", "30", "18:00"), "thu": ("easy", "30", "18:00"), "sun": ("easy", "40", "09:00")},
    "intermediate": {"tue": ("easy", "45", "06:30"), "thu": ("easy", "45", "06:30"), "sun": ("long", "75", "09:00")},
    "advanced": {"tue": ("intervals", "55", "06:30"), "wed": ("easy", "45", "06:30"), "thu": ("tempo", "55", "06:30"),
                 "sat": ("easy", "50", "09:00"), "sun": ("long", "100", "09:00")},
}
"""A running week (type, minutes, start) to begin from, by running level; midstance default, meant to be corrected."""
WORKING_DAY, FREE_DAY = ("early", "evening"), ("early", "day", "evening")
FIRST: Mapping[str, Answer] = {
    "units": "metric", "timezone": "UTC", "running_level": "intermediate", "strength_level": "beginner",
    "goal": "general", "session_minutes": "30", "primers": "auto", "hard_days_hard": "no", "run_start": "06:30",
    **{f"free_{day}": WORKING_DAY for day in ("mon", "tue", "wed", "thu", "fri")},
    "free_sat": FREE_DAY, "free_sun": FREE_DAY,
    **{f"run_{day}_{cell}": text for day, cells in USUAL_WEEK["intermediate"].items()
       for cell, text in zip(("type", "minutes", "start"), cells, strict=True)},
    **{f"race_{number}_priority": "A" if number == 1 else "B" for number in range(1, 9)},
    **{f"injury_{number}_side": "both" for number in range(1, 7)},
}
"""What the form says before anybody answers: pressing through it gives a careful plan; midstance defaults."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """Everything a first plan is made from, read and checked.

    Attributes:
        runner: The runner.
        calendars: Planned runs of the uploaded calendars, and the recordings beside them, not opened yet.
    """

    runner: Runner
    calendars: Calendars = field(default_factory=Calendars)


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What a set-up did.

    Attributes:
        plan: The plan.
        done: What was made, in sentences, and the batch that one undo takes back.
        notes: What the uploaded files gave, sentences.
    """

    plan: Plan
    done: Decided
    notes: tuple[str, ...] = ()


def read_set_up(answers: Answers, files: Sequence[Path], *, today: dt.date) -> Ready:
    """Read the answers of the form and the files beside them.

    Args:
        answers: By the name of the field; what is not there counts as the form had it first.
        files: Calendars, recordings, or a runner's file that takes the place of all answers.
        today: First date of the plan.
    Raises: InputError: Every fault of answers and files, those of answers with the form's field as their place.
    """
    whole = [path for path in files if is_runner_file(path)]
    if whole:
        runner = read_runner(whole[0])
        check_names(runner, whole[0].name)
    return read_both(lambda: runner if whole else named(runner_from({**FIRST, **answers}, today=today), None), answers,
                     [path for path in files if path not in whole], today=today)


def read_both(make: Callable[[], Runner], answers: Answers, files: Sequence[Path], *, today: dt.date) -> Ready:
    """Read a runner and calendars, and raise what is wrong with either at once.

    Raises: InputError: Every fault.
    """
    faults: list[Fault] = []
    runner: Runner | None = None    # where it cannot be read, calendars are read for one with the form's first answers
    calendars = Calendars()
    try:
        runner = make()
    except InputError as error:
        faults += error.faults
    try:
        calendars = read_uploads(files, runner or runner_from(FIRST, today=today), answers, today=today)
    except InputError as error:
        faults += [replace(fault, place=FILES, says=f"{fault.source}: {fault.says}") for fault in error.faults]
    if faults or runner is None:
        raise InputError(tuple(sorted(faults, key=lambda fault: rank(fault.place))))
    return Ready(runner=runner, calendars=calendars)


def read_uploads(files: Sequence[Path], runner: Runner, answers: Answers, *, today: dt.date) -> Calendars:
    """Read uploaded calendars; a week list leads to the runner's next A race, or begins on the Monday that is named.

    Raises: InputError: What is wrong with any of them.
    """
    if not files:
        return Calendars()
    starts = str(answers.get("calendar_starts", ""))
    try:
        monday = dt.date.fromisoformat(starts) if starts else None
    except ValueError:
        fault = Fault(source=SOURCE, place="calendar_starts", says=f"{starts[:40]!r} is no date",
                      remedy="give the Monday on which the list begins", fatal=True)
        raise InputError((fault,)) from None
    races = [race.date for race in runner.races if race.priority == "A" and race.date >= today]
    last = default_end(today, runner.races)
    return read_calendars(files, runner=runner, first=today, last=last, runs_start=monday,
                          race_day=min(races) if races and monday is None else None)


def is_runner_file(path: Path) -> bool:
    """Tell whether a file is a runner's file, by its content."""
    with path.open("rb") as file:
        return RUNNER_FILE.sniff(file.read(HEAD_BYTES))


def named(runner: Runner, before: Runner | None) -> Runner:
    """Give likes and dislikes as ids; refuse words that name nothing.

    Args:
        runner: As the form had it.
        before: The runner before, whose words stay as they are.
    Raises: InputError: Each word that is no exercise, part of the body or piece of equipment.
    """
    exercises = catalogue().exercises
    by_name = {exercise.name.casefold(): id_ for id_, exercise in exercises.items()}
    known = {*exercises, *REGIONS, *EQUIPMENT, *(before.likes if before else ()), *(before.dislikes if before else ())}
    faults: list[Fault] = []

    def of(word: str, place: str) -> str:
        found = by_name.get(word.casefold(), "-".join(word.casefold().split()) if word not in known else word)
        if found not in known:
            near = get_close_matches(word.casefold(), [*by_name, *known], n=1)
            remedy = f"was {near[0]!r} meant?" if near else "name an exercise, a part of the body or equipment"
            faults.append(Fault(source=SOURCE, place=place, says=f"{word!r} is not known here", remedy=remedy,
                                fatal=True))
        return found

    made = replace(runner, likes=tuple(of(word, "likes") for word in runner.likes),
                   dislikes=tuple(of(word, "dislikes") for word in runner.dislikes))
    if faults:
        raise InputError(tuple(faults))
    return made


def first_plan(
    ready: Ready, entries: Sequence[Entry], *, today: dt.date, clock: Callable[[], float], answered: bool = False,
) -> Plan:
    """Make a plan from today with what the diary knows already.

    Args:
        ready: What was answered.
        entries: Entries in force, in the order of writing.
        today: First date of the plan.
        clock: Seconds of a running clock, for ``optimality.seconds``.
        answered: Whether the self-tests were answered just now.
    """
    runner, begun = ready.runner, clock()
    last = default_end(today, runner.races)
    brief = Brief(runner=runner, first=today, last=last, calendar=ready.calendars.runs, unread=ready.calendars.unread)
    if entries:
        brief = with_diary(brief, entries)
    if answered:
        brief = replace(brief, runner=tested(brief.runner, runner, today))
    plan, _ = make_plan(brief, rules=all_rules(), catalogue=catalogue().exercises, version=__version__)
    inputs = render_inputs(brief.runner, brief.history, None, calendar=brief.calendar, lived=brief.lived)
    return with_id(replace(
        plan, notes=(*brief.history.notes, *plan.notes), inputs=inputs,
        optimality=replace(plan.optimality, seconds=round(clock() - begun, 4))))


def set_up(
    store: Store, answers: Answers, files: Sequence[Path], *, stamp: Stamp, clock: Callable[[], float],
) -> Begun:
    """Make the first plan and keep it.

    Recordings come into the diary first, as an import of their own; the plan and the self-tests are one batch.

    Args:
        store: The diary.
        answers: Answers of the form.
        files: Uploaded files.
        stamp: Moment, date and batch.
        clock: Seconds of a running clock.
    Raises: InputError: Every fault; then nothing was written.
    """
    ready = read_set_up(answers, files, today=stamp.today)
    told = import_recordings(store, ready, stamp)
    plan = first_plan(ready, [e for e in current(store) if e.date <= stamp.today], today=stamp.today, clock=clock,
                      answered=True)
    words: list[What] = [accepted(plan), *told_tests(ready.runner)]
    write(store, words, now=stamp.at, date=stamp.today, origin=stamp.origin)
    return Begun(plan=plan, done=Decided(says=made_words(plan), batch=stamp.origin.batch),
                 notes=(*told, *calendar_words(ready.calendars)))


def import_recordings(store: Store, ready: Ready, stamp: Stamp) -> tuple[str, ...]:
    """Bring uploaded recordings into the diary; say what came.

    Raises: InputError: None of them can be used.
    """
    if not ready.calendars.recordings:
        return ()
    try:
        done = import_paths(store, ready.calendars.recordings, zone=ready.runner.timezone, now=stamp.at,
                            pounds=ready.runner.units == "imperial")
    except InputError as error:
        raise InputError(tuple(replace(fault, place=FILES, says=f"{fault.source}: {fault.says}")
                               for fault in error.faults)) from None
    runs = done.runs.found
    return (f"{runs} recorded {'run is' if runs == 1 else 'runs are'} in your diary, and the plan knows them.",)


def made_words(plan: Plan) -> tuple[str, ...]:
    """Say what was made: how long it is, and its first session."""
    weeks = len(plan.weeks)
    first = next((s for s in plan.sessions if s.kind is not Kind.PRIMER), None)
    says = f"Your plan is made: {weeks} {'week' if weeks == 1 else 'weeks'}, until {day_text(plan.ends)}."
    if first is None:
        return (says, "No session fits yet; more free times would help.")
    what = KIND_WORDS[first.kind].lower()
    return (says, f"It begins with {what} on {day_text(first.date)}, {first.minutes} minutes.")


def calendar_words(calendars: Calendars) -> tuple[str, ...]:
    """Say what the calendars gave, and what of them could not be read."""
    says = []
    if calendars.runs:
        says.append(f"{len(calendars.runs)} runs stand in the plan from your calendar.")
    if calendars.unread:
        titles = ", ".join(f"{one.title!r}" for one in calendars.unread[:MOST_TOLD])
        more = f" and {len(calendars.unread) - MOST_TOLD} more" if len(calendars.unread) > MOST_TOLD else ""
        says.append(f"Not read as runs: {titles}{more}.")
    return (*says, *(f"{fault.source}: {fault.says}." for fault in calendars.faults[:MOST_TOLD]))
