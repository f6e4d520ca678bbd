"""Before a plan: what a diary knows of the runner on the day on which a new plan begins."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.domain.diary import Busy, RaceAdded
from midstance.domain.history import History
from midstance.domain.lived import Lived
from midstance.domain.run import RunDone
from midstance.domain.runner import Runner
from midstance.metrics.history import estimate_history
from midstance.planning.progression import Progress
from midstance.planning.recall import done_sessions, with_life
from midstance.services.assessed import assessed
from midstance.services.course import planned_sessions
from midstance.services.replan_day import BEFORE_DAYS, progressed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The runner with the diary's races and busy days, recorded runs, sessions of two weeks, and the log's word."""

    runner: Runner
    history: History
    lived: Lived | None
    progress: Progress | None


def before_plan(entries: Sequence[Entry], *, runner: Runner, first: dt.date) -> Before:
    """Gather what a diary knows before a plan.

    Args:
        entries: Entries in force, in the order of writing.
        runner: The runner.
        first: First date of the plan.
    """
    runs = [entry.what for entry in entries if isinstance(entry.what, RunDone)]
    history = estimate_history(runs, until=first, thresholds=runner.thresholds) if runs else History()
    since = first - BEFORE_DAYS * dt.timedelta(days=1)
    planned = planned_sessions(entries, since=since, until=first + dt.timedelta(days=1))
    done = done_sessions([entry for entry in entries if since <= entry.date <= first], planned, first)
    ahead = [e for e in entries if (isinstance(e.what, Busy) and e.what.last >= first)
             or (isinstance(e.what, RaceAdded) and e.what.race.date >= first)]
    return Before(
        runner=assessed(with_life(runner, ahead), entries, first),
        history=history,
        lived=Lived(until=first, done=done) if done else None,
        progress=progressed(entries, runner, first, planned),
    )
