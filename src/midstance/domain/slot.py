"""Slots: sessions the planner has placed, before anybody knows what is in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from midstance.domain.plan import Phase
from midstance.domain.runner import Level
from midstance.domain.session import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One placed session that ``arrange`` fills.

    Attributes:
        start: Local start.
        kind: Kind of session.
        minutes: Reserved length [min]; the finished session says exactly this and its content is within 1 min of it.
        hard_minutes_most: Upper bound of minutes under working sets [min]; 0 for kinds that are not hard.
        week: Monday of its week.
        phase: Phase of its week.
        phase_week: Weeks since that phase began, from 0; main lifts are kept for 3-4 of them.
        cycle: Counts the phases of the plan from 0, so that two base phases may choose differently.
        level: Strength level.
        learning: A strength beginner's first six weeks: body weight only.
        reduced: A reduced week (every 4th-6th): fewer sets, same load.
        set_factor: Share of the sets that mileage, life and sleep leave, 0.5 to 1.
        keep_fresh: A quality run, long run or race follows within 72 h: RIR 2 or more, nothing new.
        for_run: Id of the run a primer precedes.
        why: Reasons for the placement, most important first.
    """

    start: dt.datetime
    kind: Kind
    minutes: int
    hard_minutes_most: int
    week: dt.date
    phase: Phase
    phase_week: int
    cycle: int
    level: Level
    learning: bool
    reduced: bool = False
    set_factor: float = 1.0
    keep_fresh: bool = False
    for_run: str | None = None
    why: tuple[str, ...] = ()
