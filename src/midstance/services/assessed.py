"""The runner as tests found them: what the diary's newest results say, for planning."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from midstance.services.assess_latest import newest

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from midstance.domain.entry import Entry
    from midstance.domain.runner import Runner


def assessed(runner: Runner, entries: Iterable[Entry], today: dt.date) -> Runner:
    """Give a runner the diary's newest results.

    A result of the diary counts before one of the runner's file; one that was taken back counts no more.

    Args:
        runner: The runner, as told or as a plan's document has them.
        entries: Entries in force.
        today: The day; later entries do not count.
    """
    told = newest(entries, today)
    own = {id_: result for id_, result in runner.assessment.items() if id_ not in runner.assessed_on}
    return replace(
        runner,
        assessment={**own, **{id_: found.result for id_, found in told.items()}},
        assessed_on={id_: found.date for id_, found in told.items()},
    )
