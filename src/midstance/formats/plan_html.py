"""The plan as one self-contained page: reads on a phone, prints week by week, asks nothing of any network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from midstance.domain.run import RunType
from midstance.domain.session import Kind
from midstance.formats import _plan_words as say
from midstance.formats._plan_chart import draw
from midstance.formats._plan_words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.domain.plan import Day, Plan, Week
    from midstance.domain.run import PlannedRun
    from midstance.domain.session import Block, Session

TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """One run as the page shows it."""

    time: str
    name: str
    facts: str
    title: str
    hard: bool
    race: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One item: name, dose and details ready to print."""

    label: str
    name: str
    dose: str
    details: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockView:
    """One block; ``letter`` stands large beside its items, or nothing for a block with a name."""

    letter: str
    title: str
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """One session; ``cues`` are (exercise, sentences), each exercise once."""

    anchor: str
    kind: str
    name: str
    day: str
    moment: str
    time: str
    minutes: int
    hard: bool
    why: tuple[str, ...]
    blocks: tuple[BlockView, ...]
    cues: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """One date; ``column`` 1-7 from Monday."""

    iso: str
    weekday: str
    number: int
    month: str
    column: int
    runs: tuple[RunView, ...]
    sessions: tuple[SessionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekView:
    """One week; ``notes`` are (heading, sentence)."""

    anchor: str
    number: int
    span: str
    phase: str
    running: str
    minutes: int
    hard_share: str
    sessions: str
    strength_minutes: int
    cut: str
    race: bool
    days: tuple[DayView, ...]
    notes: tuple[tuple[str, str], ...]


def render_plan_html(
    plan: Plan, *, names: Mapping[str, str], cues: Mapping[str, tuple[str, ...]], units: str = "metric",
    lang: str = "en",
) -> str:
    """Write a plan as one HTML page with its style inside.

    Args:
        plan: The plan.
        names: Exercise names by id.
        cues: What to mind, by exercise id; exercises without cues get none.
        units: ``metric`` or ``imperial``.
        lang: Language tag of the page.
    Returns: The page; the same plan gives the same bytes.
    """
    words = Words(names=names, units=units, to="–")
    return _template().render(
        lang=lang, style=_style(), plan=plan, runner=say.cleaned(plan.runner), words=words,
        span=f"{say.day_text(plan.starts)} to {say.day_text(plan.ends, year=True)}",
        races=[(say.day_text(race.date, year=True), words.race(race)) for race in say.plan_races(plan)],
        aim=say.aim_text(plan, words), certificate=say.certificate_text(plan), chart=draw(plan),
        weeks=[_week(plan, number, week, words, cues) for number, week in enumerate(plan.weeks, start=1)],
        elsewhere=[" ".join(say.finding_parts(f)) for f in plan.findings
                   if not any(say.within(week, f.date) for week in plan.weeks)],
        unread=[say.unread_text(entry) for entry in plan.unread], notes=[say.cleaned(note) for note in plan.notes],
        honesty=say.HONESTY, safety=say.safety_texts(plan))


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True)
    return environment.get_template("plan.html")


@cache
def _style() -> str:
    return (TEMPLATES / "plan.css").read_text(encoding="utf-8")


def _week(plan: Plan, number: int, week: Week, words: Words, cues: Mapping[str, tuple[str, ...]]) -> WeekView:
    sat = [s for s in week.sessions if s.kind is not Kind.PRIMER]
    why = f": {say.cleaned(week.factor_why)}" if week.factor_why else ""
    notes = [say.finding_parts(f) for f in plan.findings if say.within(week, f.date)]
    notes += [("Gave way:", say.relaxed_text(r)) for r in plan.relaxed if say.within(week, r.week)]
    notes += [say.retest_parts(r) for r in plan.retests if say.within(week, r.date)]
    return WeekView(
        anchor=f"w{number}", number=number, span=say.week_span(week), phase=say.PHASE_WORDS[week.phase],
        running=words.running(week), minutes=sum(r.minutes for r in week.runs),
        hard_share=f"{100 * week.hard_share:.0f} %", sessions=say.counted(len(sat), "session"),
        strength_minutes=sum(s.minutes for s in week.sessions),
        cut=f"Sets cut to {100 * week.set_factor:.0f} %{why}" if week.set_factor < 1 else "",
        race=any(r.type is RunType.RACE for r in week.runs),
        days=tuple(_day(day, f"w{number}d{day.date.isoweekday()}", words, cues) for day in week.days),
        notes=tuple(notes))


def _day(day: Day, anchor: str, words: Words, cues: Mapping[str, tuple[str, ...]]) -> DayView:
    return DayView(
        iso=day.date.isoformat(), weekday=say.day_text(day.date)[:3], number=day.date.day,
        month=say.MONTHS[day.date.month - 1], column=day.date.isoweekday(),
        runs=tuple(run_view(run, words) for run in day.runs),
        sessions=tuple(session_view(s, f"{anchor}s{k}", words, cues) for k, s in enumerate(day.sessions, start=1)))


def run_view(run: PlannedRun, words: Words) -> RunView:
    """Put a run into what a page shows of it."""
    title, name = say.cleaned(run.title), say.RUN_WORDS[run.type]
    known = title.casefold() in {"", run.type.value, name.casefold()}
    return RunView(time=f"{run.start:%H:%M}", name=name, facts=_glued(words.run(run)), title="" if known else title,
                   hard=run.hard, race=run.type is RunType.RACE)


def session_view(session: Session, anchor: str, words: Words, cues: Mapping[str, tuple[str, ...]]) -> SessionView:
    """Put a session into what a page shows of it; ``cues`` are what to mind, by exercise id."""
    exercises = dict.fromkeys(item.exercise for block in session.blocks for item in block.items)
    return SessionView(
        anchor=anchor, kind=session.kind.value, name=say.KIND_WORDS[session.kind], day=say.day_text(session.date),
        moment=session.start.isoformat(timespec="minutes"), time=f"{session.start:%H:%M}", minutes=session.minutes,
        hard=session.hard, why=tuple(say.cleaned(reason) for reason in session.why),
        blocks=tuple(block_view(block, words) for block in session.blocks),
        cues=tuple((words.exercise(key), tuple(map(say.cleaned, cues[key]))) for key in exercises if cues.get(key)))


def block_view(block: Block, words: Words) -> BlockView:
    """Put a block into what a page shows of it."""
    items = tuple(
        ItemView(label=say.cleaned(item.label), name=words.exercise(item.exercise), dose=_glued(words.dose(item)),
                 details=_glued(" · ".join(words.details(item))))
        for item in block.items)
    title = say.block_title(block)
    if len(block.label) == 1:
        return BlockView(letter=block.label, title=_glued(title.partition(": ")[2]), items=items)
    return BlockView(letter="F" if block.label == "finisher" else "", title=_glued(title), items=items)


def _glued(text: str) -> str:
    """Keep a number and its unit on one line."""
    return re.sub(r"(?<=\d) (?=(?:km|mi|min|kg|lb|s|h|%)\b|%)", "\xa0", text)
