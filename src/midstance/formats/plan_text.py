"""The plan for a terminal, 40 columns or wide: an overview of the weeks, then every day down to each set."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from midstance.domain.dates import DAYS
from midstance.domain.run import RunType
from midstance.domain.session import Kind
from midstance.formats import _plan_words as say
from midstance.formats._plan_words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from midstance.domain.plan import Day, Plan, Week
    from midstance.domain.run import PlannedRun
    from midstance.domain.session import Session

    Line = tuple[str, str]

STYLES = {
    "": "", "title": "1", "head": "1", "dim": "2", "note": "33", "run": "", "hard-run": "1", "race": "1;35",
    "heavy": "1;31", "strength": "1;33", "upper": "1;34", "mobility": "1;32", "plyometric": "1;36", "primer": "1;36",
}
SESSION_MARKS = {
    Kind.HEAVY: "H", Kind.STRENGTH: "S", Kind.UPPER: "U", Kind.MOBILITY: "M", Kind.PLYOMETRIC: "P", Kind.PRIMER: "p",
}
MARK_WORDS = (
    ("r", "easy run"), ("R", "hard run"), ("*", "race"), ("H", "heavy"), ("S", "strength"), ("U", "upper body"),
    ("M", "mobility"), ("P", "hops"), ("p", "primer"),
)
WIDE = 76
WITH_BARS = 92
BAR = 12
GLUE = "\xa0"
LEAST_WIDTH = 32


def render_plan_text(
    plan: Plan, *, names: Mapping[str, str], units: str = "metric", width: int = 80, colour: bool = False,
    full: bool = True,
) -> str:
    """Write a plan for reading in a terminal.

    Args:
        plan: The plan.
        names: Exercise names by id.
        units: ``metric`` or ``imperial``.
        width: Columns; no line is longer (32 at least).
        colour: Whether to colour with ANSI sequences, which take no column.
        full: Whether to add the days after the overview.
    Returns: Lines that end with a newline each.
    """
    words, width = Words(names=names, units=units), max(width, LEAST_WIDTH)
    lines = [*_header(plan, words, width), *_overview(plan, words, width)]
    for number, week in enumerate(plan.weeks, start=1):
        lines += _week(plan, number, week, words, width) if full else ()
    lines += [*([] if full else _all_notes(plan, width)), *_footer(plan, width)]
    return "".join(f"{_painted(text, style) if colour else text}\n" for text, style in lines)


def render_day_text(
    day: Day, *, names: Mapping[str, str], units: str = "metric", width: int = 80, colour: bool = False,
) -> str:
    """Write one day with its runs and sessions down to each set, in the order of the clock, without its date."""
    lines = list(_day(day, Words(names=names, units=units), max(width, LEAST_WIDTH)))[2:]
    return "".join(f"{_painted(text, style) if colour else text}\n" for text, style in lines)


def _painted(text: str, style: str) -> str:
    code = STYLES[style]
    return f"\x1b[{code}m{text}\x1b[0m" if code and text else text


def _wrapped(text: str, width: int, style: str = "", *, first: str = "", later: str | None = None) -> list[Line]:
    """Break a text into lines with an indent; later lines stand under the first one's text."""
    below = " " * len(first) if later is None else later
    return [(line, style) for line in textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=below, break_on_hyphens=False)]


def _header(plan: Plan, words: Words, width: int) -> Iterator[Line]:
    name = say.cleaned(plan.runner)
    yield from _wrapped(f"{name}: strength and mobility around your runs" if name else
                        "Strength and mobility around your runs", width, "title")
    span = f"{say.day_text(plan.starts, year=True)} to {say.day_text(plan.ends, year=True)}"
    yield from _wrapped(f"{span}, {say.counted(len(plan.weeks), 'week')}", width, "dim")
    yield "", ""
    for race in say.plan_races(plan):
        yield from _wrapped(f"{say.day_text(race.date, year=True)}, {words.race(race)}", width, "race", first="Race  ")
    yield from _wrapped(say.aim_text(plan, words), width, first="Plan  ")
    yield from _wrapped(say.certificate_text(plan), width, "dim", first="Best  ")
    for note in plan.notes:
        yield from _wrapped(say.cleaned(note), width, "dim", first="Note  ")


def _overview(plan: Plan, words: Words, width: int) -> Iterator[Line]:
    wide = width >= WIDE
    most = max([sum(r.minutes for r in week.runs) for week in plan.weeks] or [0])
    yield "", ""
    yield _overview_row("", "week", "phase", "run", [d[0].upper() for d in DAYS], "sessions", wide=wide), "head"
    for number, week in enumerate(plan.weeks, start=1):
        cells = [""] * (7 - len(week.days)) + [_marks(day, both=wide) for day in week.days]
        told = _sessions_told(week)
        if width >= WITH_BARS and most:
            told = f"{told:<13}" + "▇" * round(BAR * sum(r.minutes for r in week.runs) / most)
        span = say.week_span(week) if wide else _first_day(week)
        row = _overview_row(f"{number}", span, say.PHASE_WORDS[week.phase], words.running(week), cells, told, wide=wide)
        yield row[:width], "race" if any(r.type is RunType.RACE for r in week.runs) else ""
    seen = {mark for week in plan.weeks for day in week.days for mark in _marks(day, both=wide)}
    legend = [f"{mark} {word}".replace(" ", GLUE) for mark, word in MARK_WORDS if mark in seen]
    yield "", ""
    yield from _wrapped(" · ".join(legend), width, "dim")


def _overview_row(number: str, week: str, phase: str, run: str, cells: list[str], told: str, *, wide: bool) -> str:
    if wide:
        strip = "".join(f"{cell:<3}" for cell in cells)
        return f"{number:>2}  {week:<15}  {phase:<10}  {run:>7}   {strip} {told}".rstrip()
    strip = "".join(f"{cell:<2}" for cell in cells)
    return f"{number:>2} {week:<6} {phase:<10} {run.replace(' ', ''):>5} {strip}".rstrip()


def _first_day(week: Week) -> str:
    return say.day_text(week.days[0].date if week.days else week.starts)[4:]


def _sessions_told(week: Week) -> str:
    sat = [s for s in week.sessions if s.kind is not Kind.PRIMER]
    return f"{len(sat)} in {sum(s.minutes for s in sat)} min" if sat else ""


def _marks(day: Day, *, both: bool) -> str:
    """Sum up a day: its hardest run and its main session, or where there is little room the weightier of the two."""
    ran = "*" if any(r.type is RunType.RACE for r in day.runs) else "R" if any(r.hard for r in day.runs) else "r"
    kinds = sorted((s.kind for s in day.sessions), key=list(Kind).index)
    sat = SESSION_MARKS[kinds[0]] if kinds else ""
    if both:
        return ((ran if day.runs else "") + sat) or "·"
    return ran if day.runs and ran == "*" else sat or (ran if day.runs else "·")


def _week(plan: Plan, number: int, week: Week, words: Words, width: int) -> Iterator[Line]:
    title = f"Week {number} · {say.week_span(week)} · {say.PHASE_WORDS[week.phase]} "
    yield "", ""
    yield title[:width] + "─" * (width - len(title)), "head"
    sat = [s for s in week.sessions if s.kind is not Kind.PRIMER]
    parts = [f"{words.running(week)} of running" if week.runs else "no runs",
             f"{say.counted(len(sat), 'session')} of {sum(s.minutes for s in sat)} min" if sat else "no session",
             f"{100 * week.hard_share:.0f} % of all time hard"]
    yield from _wrapped(", ".join(parts), width, "dim")
    if week.set_factor < 1:
        why = f": {say.cleaned(week.factor_why)}" if week.factor_why else ""
        yield from _wrapped(f"Sets cut to {100 * week.set_factor:.0f} %{why}", width, "note")
    for day in week.days:
        if day.runs or day.sessions:
            yield from _day(day, words, width)
    yield from _notes(plan, week, width)


def _day(day: Day, words: Words, width: int) -> Iterator[Line]:
    yield "", ""
    yield say.day_text(day.date), "head"
    timed = [(s.start, 0, _session(s, words, width)) for s in day.sessions]
    timed += [(r.start, 1, _run(r, words, width)) for r in day.runs]
    for _, _, lines in sorted(timed, key=lambda one: one[:2]):
        yield from lines


def _run(run: PlannedRun, words: Words, width: int) -> Iterator[Line]:
    style = "race" if run.type is RunType.RACE else "hard-run" if run.hard else "run"
    yield from _wrapped(f"{say.RUN_WORDS[run.type]}, {words.run(run)}", width, style, first=f"  {run.start:%H:%M}  ")
    title = say.cleaned(run.title)
    if title and title.casefold() not in {run.type.value, say.RUN_WORDS[run.type].casefold()}:
        yield from _wrapped(f"“{title}”", width, "dim", first=" " * 9)


def _session(session: Session, words: Words, width: int) -> Iterator[Line]:
    text = f"{say.KIND_WORDS[session.kind]}, {session.minutes} min"
    yield from _wrapped(text, width, session.kind.value, first=f"  {session.start:%H:%M}  ")
    indent = "    " if width < WIDE else " " * 9
    for block in session.blocks:
        yield from _wrapped(say.block_title(block), width, first=indent, later=f"{indent}  ")
        for item in block.items:
            told = ", ".join((words.dose(item), *words.details(item)))
            text = f"{words.exercise(item.exercise)} {told}"
            label = f"{say.cleaned(item.label)[:6]} " if item.label else ""
            yield from _wrapped(text, width, first=f"{indent}  {label}", later=f"{indent}    ")
    for reason in session.why:
        yield from _wrapped(say.cleaned(reason), width, "dim", first=f"{indent}> ")


def _notes(plan: Plan, week: Week, width: int) -> Iterator[Line]:
    texts = [" ".join(say.finding_parts(f)) for f in plan.findings if say.within(week, f.date)]
    texts += [f"Gave way. {say.relaxed_text(r)}" for r in plan.relaxed if say.within(week, r.week)]
    texts += [" ".join(say.retest_parts(r)) for r in plan.retests if say.within(week, r.date)]
    if texts:
        yield "", ""
    for text in texts:
        yield from _wrapped(text, width, "note", first="! ")


def _all_notes(plan: Plan, width: int) -> Iterator[Line]:
    for week in plan.weeks:
        yield from _notes(plan, week, width)


def _footer(plan: Plan, width: int) -> Iterator[Line]:
    yield "", ""
    yield "─" * width, "dim"
    elsewhere = [f for f in plan.findings if not any(say.within(week, f.date) for week in plan.weeks)]
    for finding in elsewhere:
        yield from _wrapped(" ".join(say.finding_parts(finding)), width, "note", first="! ")
    if plan.unread:
        yield from _wrapped(f"Not read as runs ({len(plan.unread)}):", width, "head")
        for entry in plan.unread:
            yield from _wrapped(say.unread_text(entry), width, first="  ", later="    ")
        yield "", ""
    yield from _wrapped(f"What to expect: {say.HONESTY[0].lower()}{say.HONESTY[1:]}", width, "dim")
    yield "", ""
    for text in say.safety_texts(plan):
        yield from _wrapped(text, width, first="+ ")
