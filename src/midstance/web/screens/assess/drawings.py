"""The drawings of the screen Assess, and the few words that its template asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from markupsafe import Markup

from midstance.formats._plan_words import counted, day_text
from midstance.web import charts
from midstance.web.charts import Chart, Line, Mark, Row, Tick

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from midstance.web.screens.assess.view import Outcome, Point, Step, Version, Worth

HEIGHT = 150
ROW = 22.0
"""Height of one side's band [px]."""
RADIUS = 4.5
NAMES = {"left": "Left", "right": "Right", "": ""}
NEAR = 0.12
"""Levels nearer than this to what is typical go unnamed, so that no two numbers touch [share of the height]."""
BESIDE = 1.2
"""Left and right stand this far beside their date, so that neither hides the other [per cent of the width]."""


def bands(o: Outcome) -> Markup:
    """Draw the newest result of each side with its error band on one scale; for a row whose words say the same."""
    low, high = _scale(o, o.newest)
    rows = []
    for k, point in enumerate(o.newest):
        y = charts.number(ROW * (k + 0.5))
        band = Markup('<line class="band" x1="{}%" x2="{}%" y1="{}" y2="{}"/>').format(
            _share(point.low, low, high), _share(point.high, low, high), y, y)
        rows.append(band + _sign(point.side, f"{_share(point.value, low, high)}%", y))
    height = charts.number(ROW * len(o.newest))
    typical = Markup("")
    if o.typical is not None:
        typical = Markup('<line class="typical" x1="{0}%" x2="{0}%" y1="0" y2="{1}"/>').format(
            _share(o.typical, low, high), height)
    return Markup('<svg class="bands" width="100%" height="{}" aria-hidden="true">{}{}</svg>').format(
        height, typical, Markup("").join(rows))


def _sign(side: str, x: str, y: str) -> Markup:
    """Draw a dot for the left side or both, a square for the right one."""
    if side != "right":
        return Markup('<circle class="sign {}" cx="{}" cy="{}" r="{}"/>').format(side, x, y, charts.number(RADIUS))
    return Markup('<rect class="sign right" x="{0}" y="{1}" width="{2}" height="{2}" '
                  'transform="translate(-{3} -{3})"/>').format(x, y, charts.number(2 * RADIUS), charts.number(RADIUS))


def _scale(o: Outcome, points: Sequence[Point]) -> tuple[float, float]:
    """Give a scale of round numbers that holds all bands and what is typical, and nothing below what can be."""
    ends = [end for point in points for end in (point.low, point.high)] + ([] if o.typical is None else [o.typical])
    low, high = charts.nice(min(ends), max(ends))
    return (0.0 if min(ends) >= 0 else low, high) if low < 0 else (low, high)


def _share(value: float, low: float, high: float) -> str:
    return charts.number(4 + 92 * (min(max(value, low), high) - low) / ((high - low) or 1.0))


def history_chart(o: Outcome) -> Markup:
    """Draw all results of a test over their dates, with error bands and the table behind them."""
    low, high = _scale(o, o.points)
    dates = sorted({point.date for point in o.points})
    span = (dates[-1] - dates[0]).days or 1
    sides = sorted({point.side for point in o.points})
    shift = {"left": -BESIDE, "right": BESIDE, "": 0.0}
    unit = f" [{o.unit}]" if o.unit else ""
    lines = [Line(value=level, says=f"{level:g}") for level in (high, low)
             if o.typical is None or abs(level - o.typical) > NEAR * (high - low)]
    if o.typical is not None:
        lines.append(Line(value=o.typical, says=f"{o.typical:g}", tone="aim"))
    marks = tuple(
        Mark(at=min(max(100 * (p.date - dates[0]).days / span + shift[p.side], 0.0), 100.0), value=p.value,
             says=f"{day_text(p.date)}: {' '.join(filter(None, (p.side, p.says)))}", series=p.side,
             square=p.side == "right", band=(p.low, p.high))
        for p in sorted(o.points, key=lambda p: (p.date, p.side)))
    return charts.chart_figure(Chart(
        id=f"chart-{o.test}", title=f"{o.name}{unit}", height=HEIGHT, low=low, high=high, marks=marks,
        desc=f"{counted(len(dates), 'date')}, {day_text(dates[0])} to {day_text(dates[-1])}. Bars show the error: "
             "where two overlap, the difference is noise."
             + (" Left is round, right is square." if len(sides) > 1 else ""),
        lines=tuple(lines),
        ticks=(Tick(at=0, says=_day(dates[0]), end="start"), Tick(at=100, says=_day(dates[-1]), end="end")),
        head=("date", *(NAMES[side].lower() or "result" for side in sides)),
        rows=tuple(Row(cells=(day_text(date), *(_cell(o, date, side) for side in sides))) for date in reversed(dates)),
        table=f"{counted(len(dates), 'date')} as a table"))


def _cell(o: Outcome, date: Any, side: str) -> str:
    return next((point.says for point in o.points if (point.date, point.side) == (date, side)), "–")


def _day(date: Any) -> str:
    return day_text(date).partition(" ")[2]


def charted(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Choose what gets a chart: measured, on two dates or more."""
    return [o for o in outcomes if not o.by_choice and len({p.date for p in o.points}) > 1]


def step_path(test: str, version: str = "", skip: Sequence[str] = (), side: str = "") -> str:
    """Write the address of a guided step.

    >>> step_path("plank-s", "full", ("push-up-reps",))
    '/assess?test=plank-s&of=full&skip=push-up-reps'
    """
    pairs = [("test", test), *([("of", version)] if version else []), *(("skip", one) for one in skip),
             *([("side", side)] if side else [])]
    return f"/assess?{urlencode(pairs)}"


def skipped_path(step: Step) -> str:
    """Write the address that "not today" leads to: the next test, or the overview after the last one."""
    skip = (*step.skip, step.test)
    return step_path(step.next_test, step.version, skip) if step.next_test else "/assess"


def by_reason(tests: Sequence[Worth]) -> list[tuple[str, list[Worth]]]:
    """Group tests that wait for the same reason, in their order."""
    reasons = dict.fromkeys(test.reason for test in tests)
    return [(reason, [test for test in tests if test.reason == reason]) for reason in reasons]


def begin_words(version: Version) -> str:
    """Write what a version's button does."""
    return "Go on" if version.started else "Begin"


def minutes_text(minutes: float) -> str:
    """Write a length of time in whole minutes, at least one."""
    return f"{max(1, round(minutes))} min"


def field_step(measure: str) -> str:
    """Say in which steps a number is typed: tenths of seconds, halves of centimetres, else whole ones."""
    return {"seconds": "0.1", "cm": "0.1"}.get(measure, "1")


def asked_words(step: Step) -> str:
    """Name what is typed: ``Left side, seconds``."""
    words = {"seconds": "seconds", "reps": "repetitions", "cm": "centimetres", "degrees": "degrees", "faults": "faults",
             "choice": "what you saw"}[step.measure]
    return f"{NAMES[step.side or '']} side, {words}" if step.side else words.capitalize()


GLOBALS: dict[str, Callable[..., Any]] = {
    "bands": bands, "history_chart": history_chart, "charted": charted, "step_path": step_path,
    "skipped_path": skipped_path, "begin_words": begin_words, "minutes_text": minutes_text, "field_step": field_step,
    "asked_words": asked_words, "by_reason": by_reason,
}
