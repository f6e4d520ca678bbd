"""Arrange: fill placed sessions down to the last set, and shorten a session on a busy day.

Where sessions go is decided before; how exercises are chosen, dosed and fitted to the time stands in ``arranging``.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midstance.domain.session import KIND_RPE, Block, Item, Kind, Session
from midstance.planning.arranging import words
from midstance.planning.arranging.book import KEEPING, Book
from midstance.planning.arranging.choose import Task
from midstance.planning.arranging.cutting import cut
from midstance.planning.arranging.guide import LIGHT_PHASES, coming_back
from midstance.planning.arranging.hopping import hopping_blocks
from midstance.planning.arranging.lifting import frame_of, lifting_blocks
from midstance.planning.arranging.moving import moving_blocks
from midstance.planning.arranging.needs import Ledger
from midstance.planning.arranging.warming import primer_blocks
from midstance.planning.arranging.working import hard_minutes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from midstance.domain.exercise import Exercise
    from midstance.domain.plan import Targets
    from midstance.domain.runner import Runner
    from midstance.domain.slot import Slot
    from midstance.planning.progressing.values import Progress

LEG_KINDS = (Kind.HEAVY, Kind.STRENGTH)
FILL = {
    Kind.HEAVY: lifting_blocks,
    Kind.STRENGTH: lifting_blocks,
    Kind.UPPER: lifting_blocks,
    Kind.PLYOMETRIC: hopping_blocks,
    Kind.MOBILITY: moving_blocks,
    Kind.PRIMER: primer_blocks,
}
MOST_FOUND, MOST_NAMED = 2, 3    # findings of self-tests in a session's reasons, and exercises named for each
NOTHING_FITS = "No exercise for a {kind} session fits the equipment and the injuries on {date}: it holds moving drills."


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """Sets of a region that a week could not hold."""

    week: dt.date
    region: str
    wanted: int
    got: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """What arrange gives back.

    Attributes:
        sessions: One for each slot, in the order of the slots.
        shortfalls: Regions that got fewer sets than wanted, by week.
        notes: Assumptions about weights and body mass, in sentences, each once.
    """

    sessions: tuple[Session, ...]
    shortfalls: tuple[Shortfall, ...]
    notes: tuple[str, ...]


def arrange(
    slots: Sequence[Slot],
    *,
    runner: Runner,
    catalogue: Mapping[str, Exercise],
    targets: Mapping[dt.date, Targets],
    progress: Progress | None = None,
) -> Arranged:
    """Fill placed sessions with warm-up, blocks, weights, rests and minutes.

    Args:
        slots: Placed sessions in any order; minutes and the bound of hard minutes are kept.
        runner: Equipment, weights, injuries, likes and assessment.
        catalogue: Exercises by id; their order changes nothing.
        targets: Weekly targets by Monday; only ``sets`` is read.
        progress: What the log says about weights, ranges and versions; without a log nothing is different.
    Returns: Sessions in the order of the slots, shortfalls and notes. Pure: the same values give the same sessions.
    """
    book = Book(slots, runner, catalogue, progress)
    slots = [coming_back(slot, book.guide.progress.comeback) for slot in slots]
    order = sorted(range(len(slots)), key=lambda k: slots[k].start)
    weeks: dict[dt.date, list[int]] = {}
    for k in order:
        weeks.setdefault(slots[k].week, []).append(k)
    sessions: dict[int, Session] = {}
    shortfalls: list[Shortfall] = []
    first = min(weeks, default=dt.date.min)
    for week, members in weeks.items():
        wanted = targets[week].sets if week in targets else {}
        ledger = Ledger(wanted, (slots[k].kind for k in members))
        for k, slot, number, new in _in_turn(slots, members, first=week == first):
            sessions[k] = _filled(slot, book, ledger, catalogue, ((week - first).days // 7, number), bring_new=new)
        shortfalls += [Shortfall(week=w, region=r, wanted=n, got=g) for w, r, n, g in ledger.short(week)]
    return Arranged(
        sessions=tuple(sessions[k] for k in range(len(slots))),
        shortfalls=tuple(shortfalls),
        notes=tuple(book.notes),
    )


def can_hop(runner: Runner, catalogue: Mapping[str, Exercise], date: dt.date) -> bool:
    """Tell whether any hop is allowed on a date; where none is, a plyometric session has nothing to hold (R35)."""
    book = Book((), runner, catalogue)
    return bool(book.pool(Kind.PLYOMETRIC.value, runner.strength_level, book.hurt(date)))


def shorten(session: Session, minutes: int, catalogue: Mapping[str, Exercise]) -> Session:
    """Cut a session to fewer minutes; the key lift A1 and a warm-up always stay.

    Args:
        session: What was planned.
        minutes: Minutes there are, usually 10, 15, 20 or 30 [min].
        catalogue: Exercises by id, for the bounds of the warm-up drills.
    Returns: The same session with fewer blocks, rounds, items and seconds of rest; itself when it is short enough.
    Raises: ValueError: Fewer than 5 minutes.
    """
    if minutes >= session.minutes:
        return session
    blocks = cut(session, minutes, catalogue)
    lifts = session.kind not in (Kind.MOBILITY, Kind.PRIMER)
    said = (words.SHORTENED if lifts else words.SHORTENED_MOVES).format(minutes=minutes)
    return replace(
        session,
        minutes=minutes,
        hard_minutes=min(session.hard_minutes, hard_minutes(session.kind, blocks)),
        load_au=round(minutes * KIND_RPE[session.kind]),
        why=(*session.why, said),
        blocks=blocks,
    )


def _in_turn(slots: Sequence[Slot], members: Sequence[int], *, first: bool) -> list[tuple[int, Slot, int, bool]]:
    """Give each session of a week its number among its kind, and whether it may bring new leg exercises.

    New movements belong where no harder run follows within 72 h. Where no leg session of the week lies so,
    the first one brings them, with more in reserve; in the plan's first week everything is new, and towards a
    race nothing is.
    """
    legs = [k for k in members if slots[k].kind in LEG_KINDS]
    calm = legs if first else [k for k in legs if not slots[k].keep_fresh] or legs[:1]
    numbers: Counter[Kind] = Counter()
    turn = []
    for k in members:
        slot = slots[k]
        new = slot.phase not in KEEPING and (not slot.keep_fresh or k in calm)
        turn.append((k, slot, numbers[slot.kind], new))
        numbers[slot.kind] += 1
    return turn


def _filled(
    slot: Slot,
    book: Book,
    ledger: Ledger,
    catalogue: Mapping[str, Exercise],
    place: tuple[int, int],
    *,
    bring_new: bool,
) -> Session:
    task = _task(slot, book, ledger, place, bring_new=bring_new)
    opened = set(ledger.open_regions())
    blocks = FILL[slot.kind](task)
    if not blocks:
        blocks = primer_blocks(task)
        book.note((NOTHING_FITS.format(kind=slot.kind.value, date=slot.start.date()),))
    blocks = book.guide.led(blocks, task.mode, catalogue)
    changes = book.guide.reasons(slot, blocks, task.mode, catalogue)
    served = [r for r in sorted(opened) if ledger.served[r]]
    why = (*slot.why, words.content_why(slot.kind, blocks, catalogue, served), *_circumstances(task, blocks),
           *_tested(task, blocks, catalogue), *changes)
    return Session(
        id=f"{'p' if slot.kind is Kind.PRIMER else 's'}-{slot.start:%Y-%m-%d-%H%M}",
        start=slot.start,
        minutes=slot.minutes,
        kind=slot.kind,
        hard_minutes=hard_minutes(slot.kind, blocks),
        load_au=round(slot.minutes * KIND_RPE[slot.kind]),
        why=why,
        blocks=blocks,
        for_run=slot.for_run,
    )


def _task(slot: Slot, book: Book, ledger: Ledger, place: tuple[int, int], *, bring_new: bool) -> Task:
    week, number = place
    mode = book.guide.mode(slot, keeping=slot.reduced or slot.phase in KEEPING, bring_new=bring_new)
    hurt = book.hurt(slot.start.date())
    task = Task(
        slot=slot,
        book=book,
        ledger=ledger,
        week=week,
        mode=mode,
        hurt=hurt, choices=book.choices(slot.kind.value, mode, hurt),
        bring_new=bring_new,
        number=number,
        worth=ledger.worth(slot.kind.value),
        sets=1,
        got=dict(ledger.served),
    )
    frame = frame_of(task)
    task.sets, task.spare = frame.rounds, frame.working
    task.reserved = book.reserved(task.era)
    return task


def _circumstances(task: Task, blocks: Sequence[Block]) -> tuple[str, ...]:
    """Say what else shaped the content, at most two sentences."""
    slot = task.slot
    led = next((i for b in blocks for i in b.items if i.first_side), None)
    side = _side_words(task, led) if led is not None else ""
    back = task.book.guide.progress.comeback
    cut = words.CUT if back is None or slot.set_factor < back.set_factor or slot.reduced else words.RETURNING
    lifting = slot.kind in (Kind.HEAVY, Kind.STRENGTH, Kind.UPPER)
    said = [
        (lifting and slot.learning, words.LEARNING),
        (lifting and not slot.learning and slot.phase in LIGHT_PHASES, words.LIGHT),
        (lifting and (slot.reduced or slot.set_factor < 1), cut.format(weeks=back.weeks if back else 0)),
        (lifting and slot.keep_fresh, words.FRESH),
        (led is not None, side),
    ]
    return tuple(text for holds, text in said if holds)[:2]


def _side_words(task: Task, led: Item) -> str:
    """Choose the words for the side that leads an item: logged, told by eye, or tested."""
    if task.book.guide.sided(led):
        return words.SIDE_LOGGED.format(side=led.first_side)
    option = task.choices.by_id.get(led.exercise)
    pattern, sides = option.option.pattern if option is not None else "", task.book.sides
    said = words.SIDE_FELT if pattern in sides.felt else words.SIDE
    return said.format(side=led.first_side, test=sides.tests.get(pattern, "self-test"))


def _tested(task: Task, blocks: Sequence[Block], catalogue: Mapping[str, Exercise]) -> tuple[str, ...]:
    """Name what stands in the main blocks because of self-tests, for two findings at most."""
    main = [catalogue[item.exercise] for b in blocks if b.label != "warm-up" for item in b.items]
    said: list[str] = []
    for finding in task.book.sides.findings:
        steps = easier_of(finding.too_soon & task.hurt.too_soon, catalogue) - finding.too_soon
        met = list(dict.fromkeys(e.name for e in main if finding.prefers(e) or e.id in steps))
        if met and len(said) < MOST_FOUND:
            said.append(words.tested_why(met[:MOST_NAMED], finding.says, finding.test))
    return tuple(said)


def easier_of(exercises: Iterable[str], catalogue: Mapping[str, Exercise]) -> set[str]:
    """List all easier versions of some exercises, down their ladders."""
    found: set[str] = set()
    open_ = [id_ for id_ in exercises if id_ in catalogue]
    while open_:
        easier = catalogue[open_.pop()].easier
        if easier is not None and easier not in found:
            found.add(easier)
            open_.append(easier)
    return found
