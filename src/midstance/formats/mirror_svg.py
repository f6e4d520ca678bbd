"""An annotated strip of a recording: the watched value over time, repetitions numbered, the body at rest and turn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Point = tuple[float, float]
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 960, 420, 58, 14, 62, 236
"""Size of the picture and its frame around the curve [px]."""
FIGURE_TOP, FIGURE_HEIGHT, MOST_FIGURES = 268, 120, 12
MOST_POINTS: Final = 1200
STYLE: Final = (
    "text{font:13px system-ui,sans-serif;fill:#1d2522}.quiet{fill:#5a6663;font-size:12px}.h{font-size:16px;"
    "font-weight:600}.rep{fill:#2c5d7c;fill-opacity:.12}.hold{fill:#7a5c1e;fill-opacity:.16}.curve{fill:none;"
    "stroke:#2c5d7c;stroke-width:2}.axis{stroke:#9aa5a1;stroke-width:1}.body{stroke:#1d2522;stroke-width:3;"
    "stroke-linecap:round}.paper{fill:#fafaf8}@media(prefers-color-scheme:dark){text{fill:#e8ece9}.quiet{fill:#a9b3af}"
    ".paper{fill:#15191a}.curve{stroke:#8fc0df}.rep{fill:#8fc0df;fill-opacity:.16}.hold{fill:#d9b36a}.body{stroke:#e8ece9}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """What is drawn.

    Attributes:
        title: Heading; ``says`` a line below it.
        unit: Unit of the values in words, and what they are.
        times_s: Time of each frame [s]; ``values`` what was watched, NaN where not seen.
        reps: (start, end) of repetitions [s]; ``holds`` of holds.
        figures: (label, lines) of a body at a moment, x right and y down in any unit.
    """

    title: str
    says: str
    unit: str
    times_s: tuple[float, ...]
    values: tuple[float, ...]
    reps: tuple[Point, ...]
    holds: tuple[Point, ...]
    figures: tuple[tuple[str, tuple[tuple[Point, Point], ...]], ...]


def render_strip(strip: Strip) -> str:
    """Draw a strip; the same strip gives the same bytes."""
    seen = [value for value in strip.values if not math.isnan(value)]
    low, high = (min(seen), max(seen)) if seen else (0.0, 1.0)
    first, last = (strip.times_s[0], strip.times_s[-1]) if strip.times_s else (0.0, 1.0)
    frame = _Frame(first=first, last=max(last, first + 1e-6), low=low, high=max(high, low + 1e-6))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t d">',
        f'<title id="t">{escape(strip.title)}</title><desc id="d">{escape(strip.says)}</desc><style>{STYLE}</style>',
        f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>',
        f'<text class="h" x="{LEFT}" y="26">{escape(strip.title)}</text>',
        f'<text class="quiet" x="{LEFT}" y="46">{escape(strip.says)}</text>',
        *_spans(strip.reps, "rep", frame, numbered=True), *_spans(strip.holds, "hold", frame, numbered=False),
        *_axes(frame, strip.unit), *_curve(strip.times_s, strip.values, frame), *_bodies(strip.figures), "</svg>"]
    return "\n".join(parts) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    first: float
    last: float
    low: float
    high: float

    def x(self, t: float) -> float:
        return LEFT + (t - self.first) / (self.last - self.first) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        return BOTTOM - (value - self.low) / (self.high - self.low) * (BOTTOM - TOP)


def _spans(spans: Iterable[Point], kind: str, frame: _Frame, *, numbered: bool) -> list[str]:
    out = []
    for number, (start, end) in enumerate(spans, start=1):
        x, width = frame.x(start), max(frame.x(end) - frame.x(start), 1)
        out.append(f'<rect class="{kind}" x="{x:.1f}" y="{TOP}" width="{width:.1f}" height="{BOTTOM - TOP}"/>')
        if numbered:
            out.append(f'<text x="{x + width / 2:.1f}" y="{TOP + 14}" text-anchor="middle">{number}</text>')
    return out


def _axes(frame: _Frame, unit: str) -> list[str]:
    seconds = frame.last - frame.first
    step = next(step for step in (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 3600) if seconds / step <= 14 or step == 3600)
    marks = [frame.first + step * k for k in range(int(seconds // step) + 1)]
    below = f'y="{BOTTOM + 17}" text-anchor="middle"'
    return [
        f'<path class="axis" d="M{LEFT} {BOTTOM}H{WIDTH - RIGHT}M{LEFT} {TOP}V{BOTTOM}"/>',
        *(f'<text class="quiet" x="{frame.x(t):.1f}" {below}>{t:g} s</text>' for t in marks),
        f'<text class="quiet" x="{LEFT - 8}" y="{TOP + 5}" text-anchor="end">{frame.high:.0f}</text>',
        f'<text class="quiet" x="{LEFT - 8}" y="{BOTTOM}" text-anchor="end">{frame.low:.0f}</text>',
        f'<text class="quiet" x="{WIDTH - RIGHT}" y="{TOP - 8}" text-anchor="end">{escape(unit)}</text>']


def _curve(times: Sequence[float], values: Sequence[float], frame: _Frame) -> list[str]:
    step = max(1, len(times) // MOST_POINTS)
    path, gap = [], True
    for t, value in list(zip(times, values, strict=True))[::step]:
        if math.isnan(value):
            gap = True
            continue
        path.append(f"{'M' if gap else 'L'}{frame.x(t):.1f} {frame.y(value):.1f}")
        gap = False
    return [f'<path class="curve" d="{"".join(path)}"/>'] if path else []


def _bodies(figures: Sequence[tuple[str, tuple[tuple[Point, Point], ...]]]) -> list[str]:
    shown = [figure for figure in figures if figure[1]][:MOST_FIGURES]
    if not shown:
        return []
    out = []
    width = (WIDTH - LEFT - RIGHT) / max(len(shown), 4)
    places = [place for _, lines in shown for line in lines for place in line]
    height = max(y for _, y in places) - min(y for _, y in places) or 1.0
    for number, (label, lines) in enumerate(shown):
        scale = FIGURE_HEIGHT / height
        xs, ys = ([place[axis] for line in lines for place in line] for axis in (0, 1))
        middle, floor = (min(xs) + max(xs)) / 2, max(ys)
        at = LEFT + (number + 0.5) * width
        path = "".join(
            f"M{at + (a[0] - middle) * scale:.1f} {FIGURE_TOP + FIGURE_HEIGHT + (a[1] - floor) * scale:.1f}"
            f"L{at + (b[0] - middle) * scale:.1f} {FIGURE_TOP + FIGURE_HEIGHT + (b[1] - floor) * scale:.1f}"
            for a, b in lines)
        out += [f'<path class="body" d="{path}"/>',
                f'<text class="quiet" x="{at:.1f}" y="{HEIGHT - 10}" text-anchor="middle">{escape(label)}</text>']
    return out
