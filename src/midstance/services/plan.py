"""Make a plan from files."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from midstance import __version__
from midstance.domain.dates import WEEK, monday
from midstance.domain.history import History
from midstance.domain.plan import Plan
from midstance.domain.runner import Runner
from midstance.formats._format import Fault, InputError, refusal
from midstance.formats.plan_inputs import render_inputs
from midstance.formats.plan_json import render_plan_json
from midstance.planning.make import Brief, make_plan
from midstance.planning.phases import default_end
from midstance.services.handbook import all_rules, catalogue
from midstance.services.inputs import read_calendars, read_runner

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from midstance.domain.entry import Entry


MOST_WEEKS = 104


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the command line asks for.

    Attributes:
        runner: The runner's file.
        runs: Calendar and recording files.
        start: First date of the plan.
        weeks: How many calendar weeks, or None for the default.
        race_day: Where a week list leads to; ``runs_start`` its first Monday.
    """

    runner: Path
    runs: tuple[Path, ...] = ()
    start: dt.date
    weeks: int | None = None
    race_day: dt.date | None = None
    runs_start: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A finished plan, its runner, and what to tell beside it."""

    plan: Plan
    runner: Runner
    messages: tuple[str, ...]


def end_of(wish: Wish, runner: Runner) -> dt.date:
    """Give the last date of a plan, a Sunday.

    Raises: InputError: The number of weeks is impossible.
    """
    if wish.weeks is None:
        return default_end(wish.start, runner.races)
    if not 1 <= wish.weeks <= MOST_WEEKS:
        raise refusal("--weeks", f"{wish.weeks} weeks cannot be planned", f"1 to {MOST_WEEKS} are possible")
    return monday(wish.start) + wish.weeks * WEEK - dt.timedelta(days=1)


def check_names(runner: Runner, source: str) -> None:
    """Refuse lifts of exercises that the catalogue does not hold.

    Raises: InputError: Each unknown exercise, with the nearest known one.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - rarely needed

    known = catalogue().exercises
    faults = []
    for lift in runner.lifts:
        if lift.exercise not in known:
            near = get_close_matches(lift.exercise, known, n=1)
            remedy = f"did you mean {near[0]!r}? " if near else ""
            faults.append(
                Fault(
                    source=source,
                    place="[[lifts]] exercise",
                    says=f"{lift.exercise!r} is no exercise",
                    remedy=f"{remedy}midstance exercises lists them",
                    fatal=True,
                )
            )
    if faults:
        raise InputError(tuple(faults))


def read_history(runner: Runner, paths: Sequence[Path], until: dt.date) -> tuple[History, tuple[str, ...]]:
    """Read recorded runs as history up to a date."""
    if not paths:
        return History(), ()
    from midstance.metrics.history import estimate_history  # noqa: PLC0415 - only with recordings
    from midstance.services.recordings import read_recordings  # noqa: PLC0415

    found = read_recordings(paths, zone=runner.timezone)
    history = estimate_history(found.runs, until=until, thresholds=runner.thresholds)
    return history, tuple(str(f) for f in found.faults)


def with_id(plan: Plan) -> Plan:
    """Give a plan its id: a digest of what is in it, without the seconds."""
    still = replace(plan, id="", optimality=replace(plan.optimality, seconds=0.0))
    digest = hashlib.sha256(render_plan_json(still).encode()).hexdigest()
    return replace(plan, id=f"plan-{digest[:16]}")


def with_diary(brief: Brief, entries: Sequence[Entry]) -> Brief:
    """Add what a diary knows from before a plan: runs where no recordings were given, sessions done, and the log."""
    from midstance.services.before import Before, before_plan  # noqa: PLC0415 - only with a diary

    known: Before = before_plan(entries, runner=brief.runner, first=brief.first)
    history = brief.history if brief.history.runs else known.history
    return replace(brief, runner=known.runner, history=history, lived=known.lived, progress=known.progress)


def plan_from_files(wish: Wish, clock: Callable[[], float], *, entries: Sequence[Entry] = ()) -> Planned:
    """Read runner, calendars and recordings, and make the plan.

    Args:
        wish: Files, dates and length.
        clock: Seconds of a running clock, for ``optimality.seconds``.
        entries: Entries in force of the diary that will keep the plan, in the order of writing.
    Returns: The plan, the runner, and messages about what was skipped or assumed.
    Raises: InputError: Anything that cannot be used, every fault at once.
    """
    runner = read_runner(wish.runner)
    check_names(runner, wish.runner.name)
    first, last = wish.start, end_of(wish, runner)
    found = read_calendars(
        wish.runs, runner=runner, first=first, last=last, race_day=wish.race_day, runs_start=wish.runs_start
    )
    history, told = read_history(runner, found.recordings, first)
    exercises, rules = catalogue().exercises, all_rules()
    begun = clock()
    brief = Brief(runner=runner, first=first, last=last, calendar=found.runs, unread=found.unread, history=history)
    if entries:
        brief = with_diary(brief, entries)
    plan, _ = make_plan(brief, rules=rules, catalogue=exercises, version=__version__)
    seconds = round(clock() - begun, 4)
    plan = replace(
        plan,
        notes=(*brief.history.notes, *plan.notes),
        inputs=render_inputs(brief.runner, brief.history, None, calendar=found.runs, lived=brief.lived),
        optimality=replace(plan.optimality, seconds=seconds),
    )
    return Planned(plan=with_id(plan), runner=runner, messages=(*(str(f) for f in found.faults), *told))
