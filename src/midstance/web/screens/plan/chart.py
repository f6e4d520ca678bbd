"""The season as a small drawing: phases, load of each week, and how much of it is easy.

Horizontal measures are per cent of the width and vertical ones pixels, so that letters keep their size on a phone.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from midstance.domain.run import RunType
from midstance.formats._plan_words import PHASE_WORDS, week_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.services.where_calendar import WeekNow

RIBBON = 22
BARS_TOP, BARS = 44, 92
EASY_TOP, EASY = 158, 42
LEAST_EASY = 60
ENOUGH_EASY = 80
HEIGHT = 226
BAR_SHARE = 0.62
LETTER = 6.4
SCREENS = (("all", 300), ("middle", 640), ("wide", 1080))
MOST_NUMBERS = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class BandDrawn:
    """A phase over its weeks."""

    x: Annotated[str, Meta(description="Left edge [% of the width].")]
    width: Annotated[str, Meta(description="Width [% of the width].")]
    middle: Annotated[str, Meta(description="Middle [% of the width].")]
    phase: Annotated[str, Meta(description="The phase.")]
    name: Annotated[str, Meta(description="The phase in words.")]
    fits: Annotated[str, Meta(description="Least screen with room for its name, or none.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDrawn:
    """A week of the drawing, and its row in the table."""

    number: Annotated[int, Meta(description="Its place in the plan, from 1.")]
    starts: Annotated[dt.date, Meta(description="Its Monday.")]
    span: Annotated[str, Meta(description="Its dates in words.")]
    phase: Annotated[str, Meta(description="Its phase in words.")]
    run_load: Annotated[int, Meta(description="Load of its runs [AU].")]
    session_load: Annotated[int, Meta(description="Load of its sessions [AU].")]
    easy_share: Annotated[int, Meta(description="Easy minutes of all minutes [%].")]
    race: Annotated[bool, Meta(description="Whether a race stands in it.")]
    label: Annotated[str, Meta(description="Its number where the drawing has room for it, else empty.")]
    left: Annotated[str, Meta(description="Left edge of its column [% of the width].")]
    share: Annotated[str, Meta(description="Width of its column [% of the width].")]
    x: Annotated[str, Meta(description="Left edge of its bar [% of the width].")]
    width: Annotated[str, Meta(description="Width of its bar [% of the width].")]
    middle: Annotated[str, Meta(description="Middle [% of the width].")]
    run_y: Annotated[str, Meta(description="Top of the runs [px].")]
    run_height: Annotated[str, Meta(description="Height of the runs [px].")]
    session_y: Annotated[str, Meta(description="Top of the sessions [px].")]
    session_height: Annotated[str, Meta(description="Height of the sessions [px].")]
    easy_y: Annotated[str, Meta(description="Height of the mark for the easy share [px].")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """All weeks of the plan."""

    bands: Annotated[tuple[BandDrawn, ...], Meta(description="Phases.")]
    weeks: Annotated[tuple[WeekDrawn, ...], Meta(description="Weeks.")]
    shown_x: Annotated[str, Meta(description="Left edge of the weeks shown below [% of the width].")]
    shown_width: Annotated[str, Meta(description="Width of the weeks shown below [% of the width].")]
    today_x: Annotated[str, Meta(description="Where today is [% of the width]; empty outside the plan.")]
    most: Annotated[int, Meta(description="Largest load of a week [AU].")]
    says: Annotated[str, Meta(description="What the drawing shows, in a sentence or two.")]


def draw_season(weeks: Sequence[WeekNow], *, first: int, count: int, today: dt.date) -> Season:
    """Lay out a season.

    Args:
        weeks: All weeks of the plan.
        first: Place of the first week shown below, from 0.
        count: How many weeks are shown below.
        today: The day.
    """
    share = 100 / max(1, len(weeks))
    most = max((w.run_load + w.session_load for w in weeks), default=0) or 1
    every = -(-len(weeks) // MOST_NUMBERS)
    days = (today - weeks[0].starts).days if weeks else -1
    here = days / 7 if 0 <= days < 7 * len(weeks) else None
    return Season(
        bands=_bands(weeks, share),
        weeks=tuple(_week(w, k, share, BARS / most, label=k % every == 0) for k, w in enumerate(weeks)),
        shown_x=_px(share * first), shown_width=_px(share * min(count, len(weeks) - first)),
        today_x="" if here is None else _px(share * here), most=most, says=_says(weeks))


def _week(now: WeekNow, place: int, share: float, scale: float, *, label: bool) -> WeekDrawn:
    left, run, sat = share * place, now.run_load * scale, now.session_load * scale
    easy = round(100 * now.easy_share)
    floor = BARS_TOP + BARS
    return WeekDrawn(
        number=now.number, starts=now.starts, span=week_span(now.week), phase=PHASE_WORDS[now.phase],
        run_load=now.run_load, session_load=now.session_load, easy_share=easy,
        race=any(r.run.type is RunType.RACE for day in now.days for r in day.runs),
        label=str(now.number) if label else "", left=_px(left), share=_px(share),
        x=_px(left + share * (1 - BAR_SHARE) / 2), width=_px(share * BAR_SHARE), middle=_px(left + share / 2),
        run_y=_px(floor - run), run_height=_px(run), session_y=_px(floor - run - sat), session_height=_px(sat),
        easy_y=_px(easy_y(easy)))


def easy_y(share: float) -> float:
    """Give the height of an easy share in the drawing [px].

    >>> easy_y(100), easy_y(60), easy_y(20)
    (158.0, 200.0, 200.0)
    """
    return EASY_TOP + EASY * (100 - max(LEAST_EASY, share)) / (100 - LEAST_EASY)


def _bands(weeks: Sequence[WeekNow], share: float) -> tuple[BandDrawn, ...]:
    bands, left = [], 0.0
    for phase, those in groupby(week.phase for week in weeks):
        width, name = share * len(list(those)), PHASE_WORDS[phase]
        fits = next((on for on, room in SCREENS if width / 100 * room > LETTER * len(name) + 4), "none")
        bands.append(BandDrawn(x=_px(left), width=_px(width), middle=_px(left + width / 2), phase=phase.value,
                               name=name, fits=fits))
        left += width
    return tuple(bands)


def _says(weeks: Sequence[WeekNow]) -> str:
    if not weeks:
        return "No weeks."
    load = [w.run_load + w.session_load for w in weeks]
    easy = [round(100 * w.easy_share) for w in weeks]
    low = [str(w.number) for w, share in zip(weeks, easy, strict=True) if share < ENOUGH_EASY]
    under = f" Below {ENOUGH_EASY} % in week {', '.join(low)}." if low else ""
    return (f"Load of {len(weeks)} weeks, from {min(load)} to {max(load)} AU a week; {min(easy)} to {max(easy)} % of "
            f"the minutes are easy.{under} The table has every week.")


def _px(value: float) -> str:
    """Write a measure the same way each time."""
    return f"{round(value, 2):g}"
