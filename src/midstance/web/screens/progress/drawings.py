"""The drawings of the screen Progress, and the few words that its template asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from midstance.domain.dates import WEEK, monday, sunday
from midstance.domain.units import KG_PER_POUND
from midstance.formats._plan_words import Words, counted, day_text, span_text
from midstance.web import charts
from midstance.web.charts import Chart, Line, Mark, Row, Tick

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from markupsafe import Markup

    from midstance.web.screens.progress.view import (
        Context,
        Day,
        Kept,
        Lift,
        LoadWeek,
        Point,
        Region,
        RegionWeek,
        Side,
        Told,
    )

UNITS = {"reps": "reps", "seconds": "s", "steps": "steps", "contacts": "contacts"}
SIDE_UNITS = {**UNITS, "s": "s", "cm": "cm", "kg": "kg"}
LIFT_HEIGHT, WEEK_HEIGHT, EASY_HEIGHT, NIGHT_HEIGHT, LIFE_HEIGHT, LEFT_HEIGHT = 112, 150, 150, 132, 100, 88
ROLES = ("main", "accessory", "core", "finisher")
LEAST_EASY_SHOWN = 0.5
NIGHTS = (3.0, 10.0)


def point_text(point: Point, unit: str, units: str) -> str:
    """Write one value of a lift with unit and weight, as ``midstance progress`` does."""
    words = Words(names={}, units=units)
    if unit == "kg":
        return words.weight(point.value)
    weight = f" at {words.weight(point.weight_kg)}" if point.weight_kg else ""
    return (f"{point.value:g}" if weight and unit == "reps" else f"{point.value:g} {UNITS[unit]}") + weight


def lift_chart(lift: Lift, units: str) -> Markup:
    """Draw a lift over its dates; where weights differ from date to date, their kilograms are drawn."""
    by_weight = lift.unit != "kg" and len({p.weight_kg for p in lift.points}) > 1
    kilograms = by_weight or lift.unit == "kg"
    factor = 1 / KG_PER_POUND if kilograms and units == "imperial" else 1.0
    values = [factor * ((p.weight_kg or 0.0) if by_weight else p.value) for p in lift.points]
    low, high = charts.nice(min(values), max(values))
    texts = [point_text(p, lift.unit, units) for p in lift.points]
    dates = [day_text(p.date) for p in lift.points]
    span = (lift.points[-1].date - lift.points[0].date).days
    places = [100 * (p.date - lift.points[0].date).days / span for p in lift.points]
    what = "Weight of the best set" if by_weight else "Estimated maximum" if lift.unit == "kg" else "Best set"
    return charts.chart_figure(Chart(
        id=f"lift-{lift.exercise}", title=lift.name,
        desc=f"{what}, {dates[0]} to {dates[-1]}: from {texts[0]} to {texts[-1]}.",
        marks=tuple(Mark(at=at, value=value, says=f"{date}: {text}")
                    for at, value, date, text in zip(places, values, dates, texts, strict=True)),
        low=low, high=high, height=LIFT_HEIGHT,
        lines=(Line(value=high, says=f"{high:g}"), Line(value=low, says=f"{low:g}")),
        ticks=(Tick(at=0, says=short_day(dates[0]), end="start"), Tick(at=100, says=short_day(dates[-1]), end="end")),
        head=("date", what.lower()), rows=tuple(Row(cells=cells) for cells in zip(dates, texts, strict=True)),
        table=counted(len(dates), "day")))


def charted(lifts: Sequence[Lift]) -> list[Lift]:
    """Choose the lifts that get a chart, main lifts before the others, those with most dates first."""
    return sorted((lift for lift in lifts if lift.charted), key=lambda lift: ROLES.index(lift.role))


def change_text(lift: Lift) -> str:
    """Write how much a lift changed; empty where its values cannot be compared."""
    if lift.change_percent is None:
        return ""
    percent = round(lift.change_percent)
    return f"{'+' if percent > 0 else '−'}{abs(percent)} %" if percent else "as before"


def short_day(text: str) -> str:
    """Leave out the weekday of a date in words."""
    return text.partition(" ")[2]


def week_text(week: LoadWeek | RegionWeek) -> str:
    """Write a week's span of dates."""
    return span_text(week.starts, sunday(week.starts)) + ("" if week.whole else ", so far")


def load_text(week: LoadWeek) -> str:
    """Write a week's load, marked where a part is estimated."""
    return f"{'~' if week.estimated else ''}{week.load_au:.0f} AU"


def easy_text(week: LoadWeek) -> str:
    """Write a week's easy share."""
    return "–" if week.easy_share is None else f"{100 * week.easy_share:.0f} %"


def load_chart(weeks: Sequence[LoadWeek], units: str) -> Markup:
    """Draw the load of each week; the one that still goes on stands open."""
    words = Words(names={}, units=units)
    most = max((w.load_au for w in weeks), default=0.0) or 1.0
    rows = tuple(
        Row(cells=(week_text(w), str(w.runs), f"{w.run_minutes:.0f} min", words.distance(w.run_km) if w.run_km else "–",
                   str(w.sessions), f"{w.session_minutes:.0f} min", load_text(w), easy_text(w))) for w in weeks)
    return charts.chart_figure(Chart(
        id="load", title="Load by week", shape="bars", low=0, high=most, height=WEEK_HEIGHT,
        desc=f"{counted(len(weeks), 'week')}; whole ones between {_range([w.load_au for w in weeks if w.whole])} AU.",
        marks=tuple(Mark(at=at, value=w.load_au, tone="" if w.whole else "open", label=f"{w.load_au:.0f}",
                         says=f"{week_text(w)}: {load_text(w)}, {counted(w.runs, 'run')} {w.run_minutes:.0f} min, "
                              f"{counted(w.sessions, 'session')} {w.session_minutes:.0f} min")
                    for at, w in zip(charts.places(len(weeks), inside=1), weeks, strict=True)),
        lines=(Line(value=0, tone="axis"),), ticks=_week_ticks(weeks),
        head=("week", "runs", "running", "distance", "sessions", "length", "load", "easy"), rows=rows,
        table="Load and easy share as a table"))


def easy_chart(weeks: Sequence[LoadWeek], least: float) -> Markup:
    """Draw the easy share of each week beside the line of what is aimed at."""
    low = min([LEAST_EASY_SHOWN, *(w.easy_share for w in weeks if w.easy_share is not None)])
    return charts.chart_figure(Chart(
        id="easy", title="Easy share by week", low=low, high=1.0, height=EASY_HEIGHT,
        desc=f"Share of easy minutes; {100 * least:.0f} % or more is the aim.",
        marks=tuple(Mark(at=at, value=w.easy_share, label=easy_text(w).removesuffix(" %"),
                         tone="under" if w.easy_share is not None and round(w.easy_share, 2) < least else "",
                         says=f"{week_text(w)}: {easy_text(w)} easy, {w.hard_minutes:.0f} min hard")
                    for at, w in zip(charts.places(len(weeks), inside=1), weeks, strict=True)),
        lines=(Line(value=least, says=f"{100 * least:.0f} %", tone="aim"),), ticks=_week_ticks(weeks)))


def _week_ticks(weeks: Sequence[LoadWeek]) -> tuple[Tick, ...]:
    """Name every second week, the last one always."""
    at = charts.places(len(weeks), inside=1)
    return tuple(Tick(at=at[k], says=short_day(day_text(w.starts)))
                 for k, w in enumerate(weeks) if (len(weeks) - 1 - k) % 2 == 0)


def _range(values: Sequence[float]) -> str:
    return f"{min(values):.0f} and {max(values):.0f}" if values else "0 and 0"


def kept_scale(kept: Kept) -> Markup:
    """Draw where the share kept lies between its borders."""
    return charts.spans(0, 1, ((kept.less_below, "less"), (kept.grow_from, "hold"), (1.0, "grow")), kept.share_4_weeks)


def region_bar(region: Region, week: RegionWeek) -> Markup:
    """Draw done against wanted, on one scale for the week."""
    most = max((max(r.noted + r.assumed, r.wanted or 0) for r in week.regions), default=1) or 1
    return charts.share_bar(region.noted + region.assumed, region.wanted or 0, most=most,
                            classes="" if week.whole else "going")


def region_text(region: Region | None) -> str:
    """Write sets done of sets wanted; what is only assumed to be done is marked."""
    if region is None:
        return "–"
    done = f"{'~' if region.assumed else ''}{region.noted + region.assumed:g}"
    return f"{done} of {region.wanted}" if region.wanted else done


def region_rows(weeks: Sequence[RegionWeek]) -> list[tuple[str, tuple[Region | None, ...]]]:
    """List the regions with their sets in each week, in the order of the last one, then the others."""
    names = dict.fromkeys(r.region for week in reversed(weeks) for r in week.regions)
    by_week = [{r.region: r for r in week.regions} for week in weeks]
    return [(name, tuple(found.get(name) for found in by_week)) for name in names]


def side_bar(side: Side) -> Markup:
    """Draw both sides from the middle."""
    return charts.balance(side.left, side.right)


def side_unit(side: Side) -> str:
    """Write the unit of two sides."""
    return SIDE_UNITS.get(side.unit, side.unit)


def nights_chart(days: Sequence[Day], short_h: float) -> Markup:
    """Draw the nights that were told, beside the line under which sets are cut."""
    return charts.chart_figure(Chart(
        id="nights", title="Nights", shape="dots", low=NIGHTS[0], high=NIGHTS[1], height=NIGHT_HEIGHT,
        desc=f"Hours of sleep, {counted(sum(d.sleep_h is not None for d in days), 'night')} told of {len(days)}; "
             f"under {short_h:g} hours on average sets are cut.",
        marks=tuple(Mark(at=at, value=d.sleep_h, tone=_tone(d, d.sleep_h is not None and d.sleep_h < short_h),
                         says=f"{day_text(d.date)}: {_hours(d.sleep_h)}{_then(d)}")
                    for at, d in zip(charts.places(len(days)), days, strict=True)),
        lines=(Line(value=short_h, says=f"{short_h:g} h", tone="aim"),), ticks=_monday_ticks(days)))


def life_chart(days: Sequence[Day], life_from: float) -> Markup:
    """Draw life's load as it was told, beside the line from which sets are cut."""
    return charts.chart_figure(Chart(
        id="life", title="Life's load", shape="bars", low=0, high=10, height=LIFE_HEIGHT,
        desc=f"Work, family and the rest, 0 to 10; from {life_from:g} on average sets are cut.",
        marks=tuple(Mark(at=at, value=d.life, tone=_tone(d, d.life is not None and d.life >= life_from),
                         says=f"{day_text(d.date)}: {d.life or 0:g} of 10{_then(d)}")
                    for at, d in zip(charts.places(len(days)), days, strict=True)),
        lines=(Line(value=life_from, says=f"{life_from:g}", tone="aim"), Line(value=0, tone="axis")),
        ticks=_monday_ticks(days)))


def left_chart(told: Told) -> Markup:
    """Draw what share of the sets mornings and weeks left, with a mark where the plan changed."""
    cuts = {r.date: r.factor for r in told.reactions if r.kind == "cut"}
    changes: dict[dt.date, list[str]] = {}
    for reaction in told.reactions:
        if reaction.kind == "change":
            changes.setdefault(reaction.date, []).extend(reaction.says)
    marks = []
    for at, day in zip(charts.places(len(told.days)), told.days, strict=True):
        left = min(day.factor, cuts.get(monday(day.date), 1.0))
        says = [f"{day_text(day.date)}: {_share(left)} of the sets", *changes.get(day.date, [])]
        marks.append(Mark(at=at, value=left, tone="under" if left < 1 else "", says="; ".join(says),
                          label="◆" if day.date in changes else ""))
    rows = tuple(
        Row(cells=(day_text(d.date), _hours(d.sleep_h), "–" if d.life is None else f"{d.life:g} of 10",
                   d.light or "–", _share(m.value or 0.0), " ".join([*d.why, *changes.get(d.date, [])])))
        for d, m in reversed(list(zip(told.days, marks, strict=True))) if d.light or d.date in changes)
    return charts.chart_figure(Chart(
        id="left", title="Share of the sets left", shape="bars", low=0, high=1, height=LEFT_HEIGHT,
        desc="Each day, by the morning and by the week's plan; a diamond marks a change of the plan.",
        marks=tuple(marks), lines=(Line(value=1, says="all"), Line(value=0, tone="axis")),
        ticks=_monday_ticks(told.days), head=("date", "night", "life", "light", "sets left", "because"), rows=rows,
        table="Every morning told"))


def _share(share: float) -> str:
    return f"{100 * share:.0f} %"


def _tone(day: Day, over: bool) -> str:
    return "under" if over else "asked" if day.factor < 1 else ""


def _hours(sleep_h: float | None) -> str:
    return "–" if sleep_h is None else f"{sleep_h:g} h"


def _then(day: Day) -> str:
    """Say what the morning left of the sets, where it left less."""
    return f"; {_share(day.factor)} of the sets left" if day.factor < 1 else ""


def _monday_ticks(days: Sequence[Day]) -> tuple[Tick, ...]:
    at = charts.places(len(days))
    mondays = [k for k, d in enumerate(days) if d.date.weekday() == 0]
    kept = mondays[:: 2 if len(mondays) > 4 else 1]
    return tuple(Tick(at=at[k], says=short_day(day_text(days[k].date)), end="start" if k == 0 else "middle")
                 for k in kept if at[k] < 94 or k == 0)


def headline(c: Context) -> tuple[str, ...]:
    """Say in a sentence or two how the last weeks went; empty where there is too little to say."""
    out = []
    whole = [w for w in c.weeks if w.whole]
    if whole:
        last = whole[-1]
        easy = "" if last.easy_share is None else f", {easy_text(last)} of it easy"
        when = "Last week" if last.starts + 2 * WEEK > c.date else f"The week of {short_day(day_text(last.starts))}"
        out.append(f"{when}: {counted(last.runs, 'run')} and {counted(last.sessions, 'session')}, "
                   f"{last.run_minutes + last.session_minutes:.0f} minutes{easy}.")
    here = sum(s.owned for s in c.skills)
    if here:
        out.append(f"You own {counted(here, 'rung')} of the body-weight ladders.")
    return tuple(out)


GLOBALS: dict[str, Callable[..., Any]] = {
    "point_text": point_text, "lift_chart": lift_chart, "load_chart": load_chart, "easy_chart": easy_chart,
    "kept_scale": kept_scale, "region_bar": region_bar, "region_text": region_text, "region_rows": region_rows,
    "side_bar": side_bar, "side_unit": side_unit, "nights_chart": nights_chart, "life_chart": life_chart,
    "week_text": week_text, "headline": headline, "charted": charted, "change_text": change_text,
    "left_chart": left_chart,
}
