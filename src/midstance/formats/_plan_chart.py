"""The season as a drawing: phases over the weeks, running above a line, strength below it, on one scale.

Horizontal measures are per cent of the width and vertical ones pixels, so that letters keep their size on a phone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from midstance.domain.run import RunType
from midstance.formats._plan_words import PHASE_WORDS, counted, joined

if TYPE_CHECKING:
    from midstance.domain.plan import Plan, Week

RIBBON = 24
TOP = 52
REACH = 170
BAR_SHARE = 0.64
LETTER = 6.2
SCREENS = (("all", 280), ("middle", 620), ("wide", 840))


@dataclass(frozen=True, slots=True)
class Band:
    """One phase of the ribbon; ``fits`` names the least screen that has room for its name, or ``none``."""

    x: str
    width: str
    middle: str
    phase: str
    name: str
    fits: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One week: running with its work at the foot, strength hanging below the line."""

    x: str
    width: str
    middle: str
    number: str
    run_y: str
    run_height: str
    work_y: str
    work_height: str
    strength_height: str
    race: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """All a template needs to draw the season."""

    bands: tuple[Band, ...]
    bars: tuple[Bar, ...]
    hours: tuple[tuple[str, str], ...]
    axis: str
    numbers_y: str
    height: str
    says: str


def draw(plan: Plan) -> Chart:
    """Lay out a plan's weeks; a plan without minutes gives empty bars."""
    ran = [sum(r.minutes for r in week.runs) for week in plan.weeks]
    sat = [sum(s.minutes for s in week.sessions) for week in plan.weeks]
    most, share = max(ran, default=0), 100 / max(1, len(plan.weeks))
    scale = REACH / max(60, most + max(sat, default=0))
    axis = TOP + scale * max(60 - max(sat, default=0), most)
    every = -(-len(plan.weeks) // 16)
    bars = tuple(
        _bar(week, share * k, share, number=f"{k + 1}" if k % every == 0 else "", axis=axis, scale=scale)
        for k, week in enumerate(plan.weeks))
    step = next((h for h in (60, 120, 180, 240, 300, 600) if most / h < 4), 1200)
    hours = tuple((_px(axis - scale * m), f"{m // 60} h") for m in range(step, int(most) + 1, step))
    bottom = axis + scale * max(sat, default=0)
    return Chart(bands=_bands(plan, share), bars=bars, hours=hours, axis=_px(axis), numbers_y=_px(bottom + 18),
                 height=_px(bottom + 26), says=_says(plan, ran, sat))


def _bar(week: Week, left: float, share: float, *, number: str, axis: float, scale: float) -> Bar:
    ran, work = sum(r.minutes for r in week.runs) * scale, sum(r.hard_minutes for r in week.runs) * scale
    sat = sum(s.minutes for s in week.sessions) * scale
    return Bar(
        x=_px(left + share * (1 - BAR_SHARE) / 2), width=_px(share * BAR_SHARE), middle=_px(left + share / 2),
        number=number, run_y=_px(axis - ran), run_height=_px(ran), work_y=_px(axis - work), work_height=_px(work),
        strength_height=_px(sat), race=any(r.type is RunType.RACE for r in week.runs))


def _bands(plan: Plan, share: float) -> tuple[Band, ...]:
    bands, left = [], 0.0
    for phase, weeks in groupby(week.phase for week in plan.weeks):
        width, name = share * len(list(weeks)), PHASE_WORDS[phase]
        fits = next((on for on, room in SCREENS if width / 100 * room > LETTER * len(name) + 2), "none")
        bands.append(Band(_px(left), _px(width), _px(left + width / 2), phase.value, name, fits))
        left += width
    return tuple(bands)


def _says(plan: Plan, ran: list[int], sat: list[int]) -> str:
    if not plan.weeks:
        return "No weeks."
    phases = joined(
        f"{PHASE_WORDS[phase]} for {counted(len(list(weeks)), 'week')}"
        for phase, weeks in groupby(week.phase for week in plan.weeks))
    races = [k for k, week in enumerate(plan.weeks, start=1) if any(r.type is RunType.RACE for r in week.runs)]
    raced = f" Races in week {joined(map(str, races))}." if races else ""
    return (f"Phases: {phases}. Running takes {min(ran)} to {max(ran)} minutes a week, "
            f"strength and mobility {min(sat)} to {max(sat)}.{raced} The table below has every week.")


def _px(value: float) -> str:
    """Write a measure the same way each time."""
    return f"{round(value, 2):g}"
