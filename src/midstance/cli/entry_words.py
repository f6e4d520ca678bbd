"""Entries of the diary in plain words, for what was taken back."""

from __future__ import annotations

from collections import Counter
from functools import singledispatch
from typing import TYPE_CHECKING, Any

from midstance.cli.noted import WIDTH, exertion_words, sets_words, taken_back_text
from midstance.domain.diary import (
    AssessmentDone,
    BlockTaken,
    Busy,
    ChangeAccepted,
    ChangeProposed,
    CheckIn,
    IllnessNoted,
    Moved,
    PainNoted,
    PlanAccepted,
    RaceAdded,
    Redone,
    Rpe,
    SessionDone,
    SetDone,
    Skipped,
    Undone,
)
from midstance.domain.entry import batch_id
from midstance.domain.run import RunDone
from midstance.formats._plan_words import KIND_WORDS, Words, cleaned, counted, day_text, joined
from midstance.planning.readying.pain import place_of
from midstance.services.diary import current
from midstance.services.handbook import names
from midstance.services.note import course_or_none

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from midstance.domain.entry import Entry
    from midstance.services.diary import TakenBack
    from midstance.store.store import Store

MOST_LINES = 12
UNDATED = (PlanAccepted, Moved, Skipped, Busy, RaceAdded, Undone, Redone)
MANY = {
    RunDone: "recorded run", SetDone: "set", SessionDone: "session", CheckIn: "check-in", PainNoted: "pain note",
    AssessmentDone: "test result", Rpe: "exertion",
}


def undone_text(store: Store, taken: TakenBack, at: dt.datetime, width: int = WIDTH) -> str:
    """Say what was taken back, or what counts again, and how to turn that round.

    Args:
        store: The diary, after it.
        taken: What was taken back.
        at: The moment at which it was.
        width: Columns of the terminal.
    """
    undone = {key for entry in taken.entries if isinstance(entry.what, Undone) for key in entry.what.of}
    again = [e for e in current(store) if undone & {e.id, e.origin.batch}] if undone else []
    course = course_or_none(current(store, kinds=(PlanAccepted,)))
    lines = entry_lines(again or taken.entries, course.runner.units if course else "metric")
    return taken_back_text(lines, batch_id(at, "undo", taken.target), restored=bool(undone), width=width)


def entry_lines(entries: Sequence[Entry], units: str = "metric") -> tuple[str, ...]:
    """Tell of entries, a line each; sets of one exercise together, and more than a dozen by their number."""
    groups: dict[tuple[Any, ...], list[Entry]] = {}
    for entry in entries:
        what = entry.what
        key = (entry.date, what.exercise, what.side, what.weight_kg, what.unit, what.rir) if isinstance(
            what, SetDone) else (entry.id,)
        groups.setdefault(key, []).append(entry)
    if len(groups) > MOST_LINES:
        return _numbers(entries)
    words = Words(names=names(), units=units)
    return tuple(_sets(group, words) if isinstance(group[0].what, SetDone) else _on(group[0]) for group in
                 groups.values())


def _numbers(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Count many entries by kind, with their dates and the file that they came from."""
    first, last = min(e.date for e in entries), max(e.date for e in entries)
    count = Counter(MANY.get(type(e.what), "other note") for e in entries)
    name = cleaned(entries[0].origin.name)
    source = f", from {name}" if name and all(e.origin.name == name for e in entries) else ""
    span = f"{_date(first)} to {_date(last)}" if first != last else _date(first)
    return (f"{joined(counted(n, noun) for noun, n in count.most_common())}, of {span}{source}",)


def _sets(group: Sequence[Entry], words: Words) -> str:
    sets = [e.what for e in group if isinstance(e.what, SetDone)]
    return f"{words.exercise(sets[0].exercise)}, {sets_words(sets, words)}, of {_date(group[0].date)}"


def _on(entry: Entry) -> str:
    told = _told(entry.what)
    return told if isinstance(entry.what, UNDATED) else f"{told} of {_date(entry.date)}"


def _date(date: dt.date) -> str:
    return day_text(date, year=True)


@singledispatch
def _told(what: object) -> str:
    return "an entry"


@_told.register
def _(what: RunDone) -> str:
    km = f", {what.distance_km:.1f} km" if what.distance_km else ""
    return f"the recorded run at {what.local_start:%H:%M} ({what.seconds / 60:.0f} min{km})"


@_told.register
def _(what: SessionDone) -> str:
    name = KIND_WORDS[what.kind].lower() if what.kind else "session"
    parts = [f"{what.minutes:g} min"] if what.minutes is not None else []
    parts += [exertion_words(what.rpe_cr10)] if what.rpe_cr10 is not None else []
    return f"the note that a session was done ({', '.join([name, *parts])})"


@_told.register
def _(what: CheckIn) -> str:
    pains = [f"pain at the {place_of(p)}" for p in what.pain]
    said = ", ".join([*pains, *what.ill])
    return f"the check-in ({said})" if said else "the check-in"


@_told.register
def _(what: PainNoted) -> str:
    return f"the note of pain {what.pain.score:g} of 10 at the {place_of(what.pain)}"


@_told.register
def _(what: IllnessNoted) -> str:
    return "the word that symptoms are gone" if what.over else f"the note of illness ({', '.join(what.symptoms)})"


@_told.register
def _(what: AssessmentDone) -> str:
    parts = {"": what.value, "left ": what.left, "right ": what.right}
    told = ", ".join(f"{side}{value:g}" for side, value in parts.items() if value is not None)
    return f"the result of the test {cleaned(what.test)} ({told})"


@_told.register
def _(what: PlanAccepted) -> str:
    return f"the plan {what.plan}; an earlier one counts again where there is one"


@_told.register
def _(what: ChangeProposed) -> str:
    return f"the proposed change ({cleaned(' '.join(what.says)) or what.plan})"


@_told.register
def _(what: ChangeAccepted) -> str:
    return f"the acceptance of the change {what.change[:8]}"


@_told.register
def _(what: BlockTaken) -> str:
    return f"the block {what.block}, taken up" if what.block else "the end of the block"


@_told.register
def _(what: Moved) -> str:
    return f"the move of {what.activity or 'everything'} from {_date(what.day)} to {_date(what.to)}"


@_told.register
def _(what: Skipped) -> str:
    return f"the skipping of {what.activity or 'everything'} on {_date(what.day)}"


@_told.register
def _(what: Busy) -> str:
    return f"the busy time {_date(what.first)} to {_date(what.last)}"


@_told.register
def _(what: RaceAdded) -> str:
    name = f"{cleaned(what.race.name)}, " if what.race.name else ""
    return f"the race on {_date(what.race.date)} ({name}{what.race.distance_km:g} km)"


@_told.register
def _(what: Rpe) -> str:
    return exertion_words(what.rpe_cr10)


@_told.register
def _(what: Undone) -> str:
    return f"what had been taken back ({counted(len(what.of), 'note')})"


@_told.register
def _(what: Redone) -> str:
    return "what had been added once more"
