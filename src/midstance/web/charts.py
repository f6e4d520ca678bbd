"""Charts as inline SVG, drawn from plain values: the same values give the same bytes.

Horizontal measures are per cent of the width and vertical ones pixels, so that letters keep their size on a phone.
Colours are classes, never attributes. Every chart has a title, a description and a table of its values;
``static/charts.js`` lets touch and keyboard read them one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

EDGE = 2.0                 # per cent of the width left free at both sides of the first and last mark
TOP, FOOT = 18.0, 20.0     # pixels above and below the drawing, for letters
BAR_SHARE = 0.62
LEAST_SPREAD = 0.3         # of the highest value: what an axis spans at least
RADIUS = 3.5
Shape = Literal["line", "bars", "dots"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One value of a chart.

    Attributes:
        at: Place on the horizontal axis, 0 to 100.
        value: What is drawn, or None for a gap.
        says: The value in words, with date and unit.
        tone: Class for what is special about it, or empty.
        label: Short text beside the mark, or empty.
        series: What it belongs to, where one drawing shows several; lines join marks of one series. It is a class.
        square: Whether it is drawn as a square, so that two series are told apart without colour.
        band: Lower and upper end of its error band, or None.
    """

    at: float
    value: float | None
    says: str
    tone: str = ""
    label: str = ""
    series: str = ""
    square: bool = False
    band: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A level across the drawing, with its words; ``tone`` is a class."""

    value: float
    says: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Words below the drawing; ``end`` is ``start``, ``middle`` or ``end``: which part of them stands at the place."""

    at: float
    says: str
    end: str = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the table behind a chart; the first cell heads it."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """All that a drawing needs.

    Attributes:
        id: Unique on its page.
        title: What is shown, a few words; ``desc`` what there is to see, a sentence or two.
        marks: Values from left to right.
        low: Value at the foot of the drawing; ``high`` at its top.
        shape: Line with dots, bars, or dots alone.
        lines: Levels across it.
        ticks: Words below it.
        height: Height with its letters [px].
        head: Heads of the table's columns; ``rows`` its rows; ``table`` the words that open it.
        reads: Whether the values are read one by one below it.
    """

    id: str
    title: str
    desc: str
    marks: tuple[Mark, ...]
    low: float
    high: float
    shape: Shape = "line"
    lines: tuple[Line, ...] = ()
    ticks: tuple[Tick, ...] = ()
    height: int = 120
    head: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    table: str = "The values as a table"
    reads: bool = True

    def y(self, value: float) -> float:
        """Give the height of a value, from the top [px]; values beyond the axis end at it."""
        share = (min(max(value, self.low), self.high) - self.low) / ((self.high - self.low) or 1.0)
        return TOP + (self.height - TOP - FOOT) * (1 - share)


def places(count: int, *, inside: float = 0.0) -> tuple[float, ...]:
    """Spread marks evenly over the width, 0 to 100; bars stand in the middle of their part.

    >>> places(3), places(2, inside=1)
    ((0.0, 50.0, 100.0), (25.0, 75.0))
    """
    if inside:
        return tuple(100 * (k + 0.5) / count for k in range(count))
    return (100.0,) if count == 1 else tuple(100 * k / (count - 1) for k in range(count))


def nice(low: float, high: float) -> tuple[float, float]:
    """Widen a range to round numbers, so that a small change does not look like a large one.

    >>> nice(15.1, 19.6), nice(28, 30), nice(8, 8)
    ((14.0, 22.0), (24.0, 34.0), (6.5, 9.5))
    """
    spread = max(high - low, LEAST_SPREAD * abs(high), 1e-9)
    step = next((s for s in (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if s * 5 >= spread), 5000)
    middle = (low + high) / 2
    return step * (min(low, middle - spread / 2) // step), -step * (-max(high, middle + spread / 2) // step)


def number(value: float) -> str:
    """Write a measure the same way each time.

    >>> number(12.0), number(33.333333)
    ('12', '33.33')
    """
    return f"{round(value, 2) + 0.0:g}"


def chart_figure(chart: Chart) -> Markup:
    """Draw a chart with the line in which its values are read, and the table behind it."""
    last = next((m for m in reversed(chart.marks) if m.value is not None), None)
    scaled = _class("plot", "scaled" if any(line.says for line in chart.lines) else "")
    plot = Markup('<div class="{}" data-plot="{}">{}</div>').format(scaled, chart.title, drawing(chart))
    reading = Markup('<p class="reading" data-reading>{}</p>').format(last.says if last else "")
    return Markup('<div class="chart" id="{}">{}{}{}</div>').format(
        chart.id, plot, reading if chart.reads else "", table(chart))


def drawing(chart: Chart) -> Markup:
    """Draw a chart alone: one SVG."""
    parts = [
        *(_level(chart, line) for line in chart.lines),
        *(_tick(chart, tick) for tick in chart.ticks),
        *(_segments(chart) if chart.shape == "line" else ()),
        *(_mark(chart, mark) for mark in chart.marks if mark.value is not None),
        *(_label(chart, mark) for mark in chart.marks if mark.value is not None and mark.label),
    ]
    return Markup(
        '<svg role="img" width="100%" height="{height}" aria-labelledby="{id}-t {id}-d">'
        '<title id="{id}-t">{title}</title><desc id="{id}-d">{desc}</desc>{body}</svg>'
    ).format(height=chart.height, id=chart.id, title=chart.title, desc=chart.desc, body=Markup("").join(parts))


def table(chart: Chart) -> Markup:
    """Write the table behind a chart, closed; nothing where it has no rows."""
    if not chart.rows:
        return Markup("")
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(cell) for cell in chart.head)
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            row.cells[0], Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row.cells[1:]))
        for row in chart.rows)
    return Markup(
        '<details class="behind"><summary class="plain">{}</summary><div class="wide-table" tabindex="0" role="group" '
        'aria-label="{}"><table class="table"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></details>'
    ).format(chart.table, chart.title, head, rows)


def _x(at: float) -> str:
    return f"{number(EDGE + at * (100 - 2 * EDGE) / 100)}%"


def _class(*names: str) -> str:
    return " ".join(name for name in names if name)


def _level(chart: Chart, line: Line) -> Markup:
    y = number(chart.y(line.value))
    words = Markup('<text class="scale" text-anchor="end" x="-8" y="{}">{}</text>').format(
        number(chart.y(line.value) + 4), line.says)
    return Markup('<line class="{}" x1="0" x2="100%" y1="{}" y2="{}"/>{}').format(
        _class("level", line.tone), y, y, words if line.says else "")


def _tick(chart: Chart, tick: Tick) -> Markup:
    return Markup('<text class="tick" text-anchor="{}" x="{}" y="{}">{}</text>').format(
        tick.end, _x(tick.at), number(chart.height - 5), tick.says)


def _segments(chart: Chart) -> list[Markup]:
    """Join neighbours of one series with lines; a gap stays open."""
    out = []
    for series in dict.fromkeys(mark.series for mark in chart.marks):
        marks = [mark for mark in chart.marks if mark.series == series]
        for one, other in pairwise(marks):
            if one.value is not None and other.value is not None:
                out.append(Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(
                    _class("path", series), _x(one.at), number(chart.y(one.value)), _x(other.at),
                    number(chart.y(other.value))))
    return out


def _mark(chart: Chart, mark: Mark) -> Markup:
    assert mark.value is not None
    if chart.shape == "bars":
        width = BAR_SHARE * (100 - 2 * EDGE) / max(1, len(chart.marks))
        left = EDGE + mark.at * (100 - 2 * EDGE) / 100 - width / 2
        foot, top = chart.y(chart.low), chart.y(mark.value)
        shape = Markup('<rect x="{}%" y="{}" width="{}%" height="{}"/>').format(
            number(left), number(top), number(width), number(max(foot - top, 0.5)))
    else:
        shape = _dot(chart, mark, mark.value)
    return Markup('<g class="{}" data-at="{}" data-says="{}">{}{}</g>').format(
        _class("mark", mark.series, mark.tone), _x(mark.at), mark.says, _band(chart, mark), shape)


def _dot(chart: Chart, mark: Mark, value: float) -> Markup:
    """Draw a dot, or a square around its place."""
    x, y = _x(mark.at), number(chart.y(value))
    if not mark.square:
        return Markup('<circle cx="{}" cy="{}" r="{}"/>').format(x, y, number(RADIUS))
    return Markup('<rect x="{0}" y="{1}" width="{2}" height="{2}" transform="translate(-{3} -{3})"/>').format(
        x, y, number(2 * RADIUS), number(RADIUS))


def _band(chart: Chart, mark: Mark) -> Markup:
    """Draw the error band of a mark, behind it."""
    if mark.band is None:
        return Markup("")
    foot, top = (number(chart.y(end)) for end in mark.band)
    return Markup('<line class="band" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>').format(_x(mark.at), foot, top)


def _label(chart: Chart, mark: Mark) -> Markup:
    assert mark.value is not None
    end = "middle" if chart.shape == "bars" else "start" if mark.at < 10 else "end" if mark.at > 90 else "middle"
    return Markup('<text class="label" text-anchor="{}" x="{}" y="{}">{}</text>').format(
        end, _x(mark.at), number(max(chart.y(mark.value) - 8, 11)), mark.label)


def share_bar(done: float, wanted: float, *, most: float, classes: str = "") -> Markup:
    """Draw done against wanted as one bar with a tick; for a cell whose text says the same.

    Args:
        done: What there is, at least 0.
        wanted: What was aimed at; 0 for nothing.
        most: Value at the right end, more than 0.
        classes: Further classes of the drawing.
    """
    met = "" if not wanted else "met" if done >= wanted else "short"
    at = number(100 * min(wanted / most, 1))
    goal = Markup('<line class="goal" x1="{}%" x2="{}%" y1="0" y2="14"/>').format(at, at) if wanted else ""
    return Markup(
        '<svg class="{}" width="100%" height="14" aria-hidden="true">'
        '<rect class="track" y="4" width="100%" height="6"/>'
        '<rect class="fill {}" y="4" width="{}%" height="6"/>{}</svg>'
    ).format(_class("share-bar", classes), met, number(100 * min(done / most, 1)), goal)


def balance(left: float, right: float, *, classes: str = "") -> Markup:
    """Draw two sides as bars that grow from the middle, on one scale; for a row whose cells say the same."""
    most = max(left, right) or 1.0
    parts = []
    for side, value in (("left", left), ("right", right)):
        width = 49 * value / most
        x = 50 - width if side == "left" else 50
        weaker = "weaker" if value < max(left, right) else ""
        parts.append(Markup('<rect class="{}" x="{}%" y="3" width="{}%" height="8"/>').format(
            _class("side", weaker), number(x), number(width)))
    return Markup('<svg class="{}" width="100%" height="14" aria-hidden="true">{}'
                  '<line class="axis" x1="50%" x2="50%" y1="0" y2="14"/></svg>').format(
        _class("balance", classes), Markup("").join(parts))


def spans(low: float, high: float, steps: Sequence[tuple[float, str]], at: float | None) -> Markup:
    """Draw a scale in parts with a pointer on it: where a share lies between its borders.

    Args:
        low: Left end of the scale.
        high: Right end.
        steps: (right border, class) of each part, ascending; the last border is ``high``.
        at: Where the pointer stands, or None for none.
    """
    parts, left = [], low
    for right, tone in steps:
        begins, width = (100 * part / (high - low) for part in (left - low, right - left))
        parts.append(Markup('<rect class="{}" x="{}%" y="14" width="{}%" height="8"/>').format(
            _class("part", tone), number(begins), number(width)))
        left = right
    if at is not None:
        x = number(100 * (min(max(at, low), high) - low) / (high - low))
        parts.append(Markup('<line class="pointer" x1="{}%" x2="{}%" y1="6" y2="30"/>').format(x, x))
    return Markup('<svg class="spans" width="100%" height="36" aria-hidden="true">{}</svg>').format(
        Markup("").join(parts))
