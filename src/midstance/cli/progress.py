"""The progress report for a terminal, and as one JSON document; every number with unit and source.

Tables are made for 80 columns; where there are fewer, each row becomes a sentence.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from midstance.cli.handbook import badge
from midstance.cli.noted import WIDTH, folded
from midstance.domain.dates import sunday
from midstance.formats._plan_words import Words, counted, day_text, joined, span_text
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
EMPTY = "Nothing to show yet, and that is a fine place to begin."
FIRST_STEPS = (
    ("midstance import PATH", "your recorded runs"),
    ("midstance log EXERCISE 3x8 {weight}", "what you lifted"),
    ("midstance log session", "a planned session, done"),
    ("midstance checkin", "how the morning is"),
)
A_WEIGHT = {"imperial": "35lb"}
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
NO_STRENGTH = "No sets are logged in these weeks: midstance log goblet-squat 3x8 {weight} @2"
NO_WEEKS = "No run and no session in these weeks."
NO_SIDES = "Nothing was told of both sides yet: midstance log single-leg-calf-raise 3x12 --left"
NO_PLAN = "No plan is kept yet: midstance plan RUNNER.toml --save"
EARLY = "It is too early to judge: that takes three weeks with a plan."


def progress_text(report: ProgressReport, width: int = WIDTH) -> str:
    """Write the report for a terminal of so many columns."""
    weight = A_WEIGHT.get(report.units, "16kg")
    if report.empty and report.adherence is None:
        return "\n".join([*folded(EMPTY, width=width), "", *_first_steps(weight, width)])
    words = Words(names={}, units=report.units)
    notes = [line for note in report.notes for line in folded(note, "Note: ", width=width)]
    return "\n".join([
        f"Progress up to {day_text(report.date, year=True)}",
        *_strength(report.trends, words, weight, width), *_weeks(report.weeks, words, width),
        *_kept(report.adherence, width), *_sides(report.sides, width), *(["", *notes] if notes else []),
    ])


def _first_steps(weight: str, width: int) -> list[str]:
    """List the first commands with what they are for, beside them where there is room, else below."""
    steps = [(command.format(weight=weight), why) for command, why in FIRST_STEPS]
    column = 2 + max(len(command) for command, _ in steps)
    if 2 + column + max(len(why) for _, why in steps) <= width:
        return [f"  {command:<{column}}{why}" for command, why in steps]
    return [line for command, why in steps for line in (f"  {command}", f"    {why}")]


def _strength(trends: Sequence[Trend], words: Words, weight: str, width: int) -> list[str]:
    """Write a row for each exercise of two dates or more, and the others in a sentence."""
    fold = partial(folded, width=width)
    lines = ["", f"Strength, last {STRENGTH_WEEKS} weeks"]
    if not trends:
        return [*lines, *fold(NO_STRENGTH.format(weight=weight), "  ")]
    for trend in (t for t in trends if len(t.points) > 1):
        change = trend.change_percent
        went = f"{_point(trend.points[0], words)} -> {_point(trend.points[-1], words)}"
        gain = "" if change is None else f"{change:+.0f} %"
        days = f"{len(trend.points):>2} days {_bars(trend.points)}".rstrip()
        if width < WIDTH:
            lines += fold(_unbroken(f"{trend.name}:", went, gain, days.strip()), "  ", "    ")
            continue
        rest = f"{gain:>6}  {days}"
        name = f"  {_cut(trend.name, NAME)}"
        lines += [f"{name}  {went:<26} {rest}"] if len(went) <= 26 else [name.rstrip(), f"  {went:>54} {rest}"]
    once = [f"{t.name} {_point(t.points[0], words).replace(' ', GLUE)}" for t in trends if len(t.points) == 1]
    lines += fold(f"{joined(once)}.", "  One day each: ", "  ") if once else []
    return lines + fold(STRENGTH_SOURCE, "  ")


def _unbroken(first: str, *parts: str) -> str:
    """Join the parts of a row so that a line breaks between them only."""
    return " ".join([first, ", ".join(part.replace(" ", GLUE) for part in parts if part)])


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


def _weeks(weeks: Sequence[WeekDone], words: Words, width: int) -> list[str]:
    fold = partial(folded, width=width)
    lines = ["", f"Load by week, last {LOAD_WEEKS} weeks"]
    if not weeks:
        return [*lines, *fold(NO_WEEKS, "  ")]
    if width >= WIDTH:
        lines.append("  week               runs                     sessions       load       easy")
    for week in weeks:
        span = span_text(week.starts, sunday(week.starts)) + ("" if week.whole else " *")
        km = f" {words.distance(week.run_km):>8}" if week.run_km else ""
        runs = f"{week.runs:2} {week.run_minutes:4.0f} min{km}" if week.runs else " -"
        done = f"{week.sessions:2} {week.session_minutes:4.0f} min" if week.sessions else " -"
        load = f"{'~' if week.estimated else ''}{week.load_au:.0f} AU"
        easy = "-" if week.easy_share is None else f"{100 * week.easy_share:.0f} %"
        if width < WIDTH:
            lines += fold(_unbroken(f"{span}:", *_week_parts(week, words), load,
                                    "" if week.easy_share is None else f"easy {easy}"), "  ", "    ")
        else:
            lines.append(f"  {span:<18} {runs:<23}  {done:<12} {load:>9}  {easy:>6}")
    lines += ["  * so far"] if not weeks[-1].whole else []
    return [*lines, *fold(LOAD_SOURCE, "  "), *fold(_easy_source(), "  ")]


def _week_parts(week: WeekDone, words: Words) -> list[str]:
    """Tell a week's runs and sessions in few words."""
    parts = [f"{counted(week.runs, 'run')} {week.run_minutes:.0f} min"] if week.runs else []
    parts += [words.distance(week.run_km)] if week.run_km else []
    return parts + ([f"{counted(week.sessions, 'session')} {week.session_minutes:.0f} min"] if week.sessions else [])


def _kept(found: Adherence | None, width: int) -> list[str]:
    fold = partial(folded, width=width)
    lines = ["", "Sessions kept"]
    if found is None:
        return [*lines, *fold(NO_PLAN, "  ")]
    shares = ((4, found.share_4_weeks), (3, found.share_3_weeks))
    told = [f"{100 * share:.0f} % of the last {weeks} weeks' sessions" for weeks, share in shares if share is not None]
    lines += fold(f"{', '.join(told)}." if told else "No session was due yet.", "  ")
    lines += fold(EARLY if found.step is Step.EARLY else found.says, "  ")
    return [*lines, *fold(KEPT_SOURCE, "  ")]


def _sides(sides: Sequence[Sides], width: int) -> list[str]:
    lines = ["", "Left and right"]
    if not sides:
        return [*lines, *folded(NO_SIDES, "  ", width=width)]
    for side in sides:
        date = day_text(side.date) if side.date else "your file"
        unit = UNITS.get(side.unit, side.unit)
        row = f"{side.left:g} | {side.right:g} {unit}".rstrip()
        verdict = VERDICTS[side.verdict]
        if side.verdict is not SideVerdict.IGNORE:
            verdict = f"{'left' if side.left < side.right else 'right'}: {verdict}"
        if width < WIDTH:
            text = _unbroken(f"{side.what}:", row, f"{side.symmetry_percent:.0f} %", date, verdict)
            lines += folded(text, "  ", "    ", width)
        else:
            lines.append(f"  {_cut(side.what, NAME)}  {row:<15} {side.symmetry_percent:4.0f} %  {date:<10} {verdict}")
    return lines + folded(_sides_source(), "  ", width=width)


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
