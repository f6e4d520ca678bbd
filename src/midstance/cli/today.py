"""Today in words, and as JSON: what to do, why, what changed."""

from __future__ import annotations

import json
import textwrap
from functools import partial
from typing import TYPE_CHECKING

from midstance.domain.plan import Day
from midstance.formats._plan_words import KIND_WORDS, day_text
from midstance.formats.plan_json import run_values, session_values
from midstance.formats.plan_text import render_day_text
from midstance.planning.readiness import Light
from midstance.planning.tissue_blocks import load_tissue_blocks
from midstance.planning.tissue_sitting import dose_table, holds_sitting
from midstance.services.handbook import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from midstance.services.change import Decided, Shown
    from midstance.services.replan_day import Morning

LIGHTS = {Light.GREEN: ("Green", "32"), Light.AMBER: ("Amber", "33"), Light.RED: ("Red", "31")}
ID_SHOWN = 8
GIVES_WAY = "You can train; the plan gives way in one thing, see below."
NOTHING = "No session today."
REST = "Nothing is planned today: rest."
WAITS = "A change waits for you (nothing is moved until you take it: midstance accept):"
TAKEN = "Changed (midstance undo takes it back):"


def today_json(found: Morning, changes: Sequence[Shown]) -> str:
    """Write the day as one JSON document (formats.md section 3)."""
    return json.dumps({
        "date": found.date.isoformat(),
        "runs": [run_values(run) for run in found.runs],
        "session": session_values(found.session) if found.session else None,
        "primers": [session_values(primer) for primer in found.primers],
        "done": [session_values(session) for session in found.done],
        "readiness": {
            "level": found.ready.light.label, "factor": found.ready.factor, "why": list(found.ready.says),
            "minutes": found.ready.minutes, "run": found.ready.run.name.lower().replace("_", "-"),
            "run_advice": found.run_advice, "offers": [offer.text for offer in found.ready.offers],
        },
        "block": {
            "id": found.sitting.block.id, "week": found.sitting.week, "minutes": found.sitting.minutes,
            "says": found.sitting.says, "exercises": list(found.sitting.lines),
            "in_session": holds_sitting(found.session),
        } if found.sitting else None,
        "left_out": list(found.left_out),
        "changes": [{"id": change.id, "says": " ".join(change.says), "state": change.state} for change in changes],
        "adherence": found.kept.says,
        "retest": {"tests": list(found.retest.tests), "says": found.retest.says} if found.retest else None,
        "notes": list(found.notes),
    }, ensure_ascii=False, indent=2)


def today_text(found: Morning, changes: Sequence[Shown], *, width: int = 80, colour: bool = False) -> str:
    """Write the day for a terminal."""
    return "\n".join(_lines(found, changes, width=width, colour=colour)).rstrip() + "\n"


def _lines(found: Morning, changes: Sequence[Shown], *, width: int, colour: bool) -> Iterator[str]:
    paint = partial(_painted, colour=colour)
    light, code = LIGHTS[found.ready.light]
    yield paint(day_text(found.date, year=True), "1")
    yield ""
    head = found.ready.says if found.ready.why or not found.left_out else (GIVES_WAY,)
    yield from _told(head, width, paint(f"{light}. ", code), len(light) + 2)
    for note in found.notes:
        yield from _told((note,), width)
    if found.retest is not None:
        yield from _told((found.retest.says, "midstance assess leads you through."), width, "Test again. ", 12)
    for offer in found.ready.offers:
        block = load_tissue_blocks()[offer.block]
        table = () if found.offered else (*dose_table(block, catalogue().exercises), *block.first, *block.stops)
        yield from _told((offer.text, *table, f"midstance accept {offer.block} takes it up."), width, "Offer. ", 7)
    yield ""
    yield from _doing(found, width=width, colour=colour)
    for state, title in (("accepted", TAKEN), ("proposed", WAITS)):
        for change in (c for c in changes if c.state == state):
            yield ""
            yield from (paint(line, "1") for line in textwrap.wrap(title, width))
            for says in change.says:
                yield from _told((says,), width, "  - ", 4)
            yield f"  ({change.id[:ID_SHOWN]})"
    if found.kept.says and found.date.weekday() == 0:
        yield ""
        yield from _told((found.kept.says,), width)


def _doing(found: Morning, *, width: int, colour: bool) -> Iterator[str]:
    """Write what was done, what is to be done, and why something is not for today."""
    for done in found.done:
        yield f"Done today: {KIND_WORDS[done.kind].lower()}, {done.minutes} min."
    sessions = (*found.primers, *((found.session,) if found.session else ()))
    day = Day(date=found.date, runs=found.runs, sessions=sessions)
    if found.runs or sessions:
        names = {id_: exercise.name for id_, exercise in catalogue().exercises.items()}
        yield render_day_text(day, names=names, units=found.course.runner.units, width=width, colour=colour).rstrip()
    if found.sitting is not None and not holds_sitting(found.session):
        yield f"  Any time  {found.sitting.block.name}, {found.sitting.minutes} min"
        yield from _told(found.sitting.lines, width, " " * 9, 9)
        yield from _told((found.sitting.says,), width, "         > ", 11)
    if found.run_advice:
        yield f"  > {found.run_advice}"
    for text in () if found.session else found.left_out:
        yield from _told((text,), width)
    if not (found.session or found.left_out or found.done or found.sitting):
        yield NOTHING if found.runs else REST


def _painted(text: str, code: str, *, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def _told(texts: Sequence[str], width: int, first: str = "", indent: int = 0) -> Iterator[str]:
    for number, text in enumerate(texts):
        lines = textwrap.wrap(text, width - indent, break_on_hyphens=False) or [""]
        for place, line in enumerate(lines):
            yield f"{first if number == place == 0 else ' ' * indent}{line}"


def decided_text(done: Decided, width: int = 80) -> str:
    """Write what a decision did, and how to take it back."""
    return "\n".join(_told((*done.says, f"midstance undo {done.batch} takes it back."), width))
