"""What was lived since a plan began: the facts that making it again starts from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from midstance.domain.run import PlannedRun
from midstance.domain.session import Kind, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What adherence has taken from a plan: sessions a week, and a share of each session's time, since a date."""

    sessions_less: int = 0
    minutes_factor: float = 1.0
    since: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """Facts between the first date of a plan and the morning on which it is made again.

    Attributes:
        until: The morning: sessions are placed from this date on.
        runs: Runs as they were recorded, in the shape of runs of the plan.
        away: Ids of the calendar's runs that do not count: recorded otherwise, not run, or skipped.
        moved: (id, date) of the calendar's runs that go to another date, in the order in which they were moved.
        done: Sessions that were done, also today.
        dropped: (date, kind) of sessions that were planned and missed: they are not caught up on (M2).
        limits: Kinds that alone may be placed on some dates.
        set_factor: Share of the sets that readiness leaves for the week of ``until``, 0.5 to 1.
        factor_why: The reason, a sentence.
        scale: What adherence has taken from the plan.
    """

    until: dt.date
    runs: tuple[PlannedRun, ...] = ()
    away: frozenset[str] = frozenset()
    moved: tuple[tuple[str, dt.date], ...] = ()
    done: tuple[Session, ...] = ()
    dropped: tuple[tuple[dt.date, Kind], ...] = ()
    limits: dict[dt.date, frozenset[Kind]] = field(default_factory=dict)
    set_factor: float = 1.0
    factor_why: str = ""
    scale: Scale = field(default_factory=Scale)
