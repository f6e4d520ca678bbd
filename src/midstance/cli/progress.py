"""The progress report for a terminal of 80 columns, and as one JSON document; every number with unit and source."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from midstance.cli.handbook import badge
from midstance.cli.noted import folded
from midstance.domain.dates import sunday
from midstance.formats._plan_words import Words, day_text, joined, span_text
from midstance.metrics.limb_symmetry import NOTABLE_ABOVE_PERCENT, WORK_FROM_PERCENT, SideVerdict
from midstance.planning.adherence import Step
from midstance.rules.easy_share import MOST_HARD
from midstance.services.progress_report import LOAD_WEEKS, STRENGTH_WEEKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.planning.adherence import Adherence
    from midstance.planning.progression import Point
    from midstance.services.progress_report import ProgressReport, Sides, Trend, WeekDone

BARS = "▁▂▃▄▅▆▇█"
MOST_BARS = 10
GLUE = "\xa0"
NAME = 26
UNITS = {"reps": "reps", "seconds": "s", "steps": "steps", "contacts": "contacts", "kg": "kg", "cm": "cm", "s": "s"}
EMPTY = """Nothing to show yet, and that is a fine place to begin.

  midstance import PATH            your recorded runs
  midstance log EXERCISE 3x8 16kg  what you lifted
  midstance log session            a planned session, done
  midstance checkin                how the morning is"""
STRENGTH_SOURCE = (
    "A weight alone: estimated one-rep maximum, the mean of Epley, Brzycki and Wathan from sets of ten or fewer with "
    "the reserve (R24; useful, error 2-5 % at best). Otherwise the best set of the day; of two sides the weaker.")
LOAD_SOURCE = (
    "AU: exertion times minutes (Foster's session RPE, R1; useful). ~ means that exertion or minutes of a part are "
    "estimated: from heart rate or pace, else what such training usually is (midstance default).")
EASY_SOURCE = (
    "easy: share of all minutes, runs and sessions, below hard work; {least:.0f} % or more is the aim ({badge}).")
SIDES_SOURCE = (
    "%: the weaker side as a part of the stronger (limb symmetry index, R60; useful). Below {work} % of difference, or "
    "within the noise of the test, it means nothing; above {notable} % it is notable (midstance defaults). A "
    "difference chooses exercises; it foretells no injury.")
KEPT_SOURCE = "Shares and their borders are midstance defaults after R20 and R71; what was missed is dropped, not owed."
VERDICTS = {SideVerdict.IGNORE: "even enough", SideVerdict.WORK_ON_IT: "work on it", SideVerdict.NOTABLE: "notable"}
NO_STRENGTH = "No sets are logged in these weeks: midstance log goblet-squat 3x8 16kg @2"
NO_WEEKS = "No run and no session in these weeks."
NO_SIDES = "Nothing was told of both sides yet: midstance log single-leg-calf-raise 3x12 --left"
NO_PLAN = "No plan is kept yet: midstance plan RUNNER.toml --save"
EARLY = "It is too early to judge: that takes three weeks with a plan."


def progress_text(report: ProgressReport) -> str:
    """Write the report for a terminal, no line longer than 80 columns."""
    if report.empty and report.adherence is None:
        return EMPTY
    words = Words(names={}, units=report.units)
    return "\n".join([
        f"Progress up to {day_text(report.date, year=True)}",
        *_strength(report.trends, words), *_weeks(report.weeks, words), *_kept(report.adherence), *_sides(report.sides),
        *(["", *(line for note in report.notes for line in folded(note, "Note: "))] if report.notes else []),
    ])


def _strength(trends: Sequence[Trend], words: Words) -> list[str]:
    """Write a row for each exercise of two dates or more, and the others in a sentence."""
    lines = ["", f"Strength, last {STRENGTH_WEEKS} weeks"]
    if not trends:
        return [*lines, *folded(NO_STRENGTH, "  ")]
    for trend in (t for t in trends if len(t.points) > 1):
        change = trend.change_percent
        went = f"{_point(trend.points[0], words)} -> {_point(trend.points[-1], words)}"
        gain = "" if change is None else f"{change:+.0f} %"
        rest = f"{gain:>6}  {len(trend.points):>2} days {_bars(trend.points)}".rstrip()
        name = f"  {_cut(trend.name, NAME)}"
        lines += [f"{name}  {went:<26} {rest}"] if len(went) <= 26 else [name.rstrip(), f"  {went:>54} {rest}"]
    once = [f"{t.name} {_point(t.points[0], words).replace(' ', GLUE)}" for t in trends if len(t.points) == 1]
    lines += folded(f"{joined(once)}.", "  One day each: ", "  ") if once else []
    return lines + folded(STRENGTH_SOURCE, "  ")


def _point(point: Point, words: Words) -> str:
    if point.unit == "kg":
        return words.weight(point.value)
    weight = f" at {words.weight(point.weight_kg)}" if point.weight_kg else ""
    amount = f"{point.value:g}" if weight and point.unit == "reps" else f"{point.value:g} {UNITS[point.unit]}"
    return amount + weight


def _bars(points: Sequence[Point]) -> str:
    """Draw the way of a trend, its last ten dates, where all can be compared."""
    shown = points[-MOST_BARS:]
    if len(shown) < 3 or (shown[0].unit != "kg" and len({p.weight_kg for p in shown}) > 1):
        return ""
    low, high = min(p.value for p in shown), max(p.value for p in shown)
    step = (high - low) / (len(BARS) - 1) or 1
    return "".join(BARS[round((p.value - low) / step)] for p in shown)


def _cut(text: str, width: int) -> str:
    return f"{text:<{width}}" if len(text) <= width else text[:width - 1] + "…"


def _weeks(weeks: Sequence[WeekDone], words: Words) -> list[str]:
    lines = ["", f"Load by week, last {LOAD_WEEKS} weeks"]
    if not weeks:
        return [*lines, *folded(NO_WEEKS, "  ")]
    lines.append("  week               runs                     sessions       load       easy")
    for week in weeks:
        span = span_text(week.starts, sunday(week.starts)) + ("" if week.whole else " *")
        km = f" {words.distance(week.run_km):>8}" if week.run_km else ""
        runs = f"{week.runs:2} {week.run_minutes:4.0f} min{km}" if week.runs else " -"
        done = f"{week.sessions:2} {week.session_minutes:4.0f} min" if week.sessions else " -"
        load = f"{'~' if week.estimated else ''}{week.load_au:.0f} AU"
        easy = "-" if week.easy_share is None else f"{100 * week.easy_share:.0f} %"
        lines.append(f"  {span:<18} {runs:<23}  {done:<12} {load:>9}  {easy:>6}")
    lines += ["  * so far"] if not weeks[-1].whole else []
    return [*lines, *folded(LOAD_SOURCE, "  "), *folded(_easy_source(), "  ")]


def _kept(found: Adherence | None) -> list[str]:
    lines = ["", "Sessions kept"]
    if found is None:
        return [*lines, *folded(NO_PLAN, "  ")]
    shares = ((4, found.share_4_weeks), (3, found.share_3_weeks))
    told = [f"{100 * share:.0f} % of the last {weeks} weeks' sessions" for weeks, share in shares if share is not None]
    lines += folded(f"{', '.join(told)}." if told else "No session was due yet.", "  ")
    lines += folded(EARLY if found.step is Step.EARLY else found.says, "  ")
    return [*lines, *folded(KEPT_SOURCE, "  ")]


def _sides(sides: Sequence[Sides]) -> list[str]:
    lines = ["", "Left and right"]
    if not sides:
        return [*lines, *folded(NO_SIDES, "  ")]
    for side in sides:
        date = day_text(side.date) if side.date else "your file"
        unit = UNITS.get(side.unit, side.unit)
        row = f"{side.left:g} | {side.right:g} {unit}".rstrip()
        verdict = VERDICTS[side.verdict]
        if side.verdict is not SideVerdict.IGNORE:
            verdict = f"{'left' if side.left < side.right else 'right'}: {verdict}"
        lines.append(f"  {_cut(side.what, NAME)}  {row:<15} {side.symmetry_percent:4.0f} %  {date:<10} {verdict}")
    return lines + folded(_sides_source(), "  ")


def progress_json(report: ProgressReport) -> str:
    """Write the report as one JSON document; units and sources stand beside the numbers."""
    kept = report.adherence
    document: dict[str, Any] = {
        "date": str(report.date),
        "strength": [_trend_json(trend) for trend in report.trends],
        "weeks": [_week_json(week) for week in report.weeks],
        "adherence": None if kept is None else {
            "share_4_weeks": _round(kept.share_4_weeks), "share_3_weeks": _round(kept.share_3_weeks),
            "step": kept.step.value, "says": kept.says,
        },
        "sides": [_sides_json(side) for side in report.sides],
        "sources": {"strength": STRENGTH_SOURCE, "load_au": LOAD_SOURCE,
                    "easy_share": _easy_source(), "adherence": KEPT_SOURCE,
                    "sides": _sides_source()},
        "notes": list(report.notes),
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _trend_json(trend: Trend) -> dict[str, Any]:
    return {
        "exercise": trend.exercise, "name": trend.name, "unit": trend.points[0].unit,
        "change_percent": _round(trend.change_percent),
        "points": [{"date": str(p.date), "value": p.value, "weight_kg": p.weight_kg} for p in trend.points],
    }


def _week_json(week: WeekDone) -> dict[str, Any]:
    return {
        "starts": str(week.starts), "whole": week.whole, "runs": week.runs, "run_minutes": _round(week.run_minutes),
        "run_km": _round(week.run_km), "sessions": week.sessions, "session_minutes": _round(week.session_minutes),
        "load_au": _round(week.load_au), "estimated": week.estimated, "hard_minutes": _round(week.hard_minutes),
        "easy_share": _round(week.easy_share),
    }


def _sides_json(side: Sides) -> dict[str, Any]:
    return {
        "what": side.what, "date": str(side.date) if side.date else None, "left": side.left, "right": side.right,
        "unit": side.unit, "symmetry_percent": _round(side.symmetry_percent),
        "difference_percent": _round(side.difference_percent), "verdict": side.verdict.value,
    }


def _easy_source() -> str:
    return EASY_SOURCE.format(least=100 - MOST_HARD.value, badge=badge(MOST_HARD))


def _sides_source() -> str:
    return SIDES_SOURCE.format(work=WORK_FROM_PERCENT, notable=NOTABLE_ABOVE_PERCENT)


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
