"""Heavy, strength and upper sessions: a warm-up, supersets A, B, C, and a finisher where there is time."""

from __future__ import annotations

import math
from dataclasses import replace

from midstance.domain.exercise import Role
from midstance.domain.runner import Level
from midstance.domain.session import Block, Item, Kind
from midstance.planning.arranging.choose import Task, lead, overdue, pick
from midstance.planning.arranging.doses import Dosed, timed
from midstance.planning.arranging.fit import Fit, Frame, Piece, fit
from midstance.planning.arranging.warming import warm_share, warm_up

ROUNDS = {Level.BEGINNER: 2, Level.INTERMEDIATE: 3, Level.ADVANCED: 3}
MOST_ROUNDS = {Level.BEGINNER: 2, Level.INTERMEDIATE: 3, Level.ADVANCED: 4}
LEAST_ROUNDS = 2            # a reduced session loses blocks before it loses the second set (M12)
REDUCED = 0.6
LETTERS = ("A", "B", "C")
HEAVY_REST, OTHER_REST = (60, 150), (30, 90)
WANTED_REST = {Kind.HEAVY: (90, 120)}
OTHER_WANTED_REST = (45, 75)
FINISHER_FROM = 20          # minutes
SHORT_BY = 30.0             # seconds missing from which sets that were cut come back
LEAD_WON, ITEM_WON, FINISHER_WON = 50.0, 20.0, 10.0     # in seconds of rest given up for it, doubled
FIRST_SETS_WON, OVERDUE_WON = 60.0, 15.0
ROUNDING = 29.0             # seconds by which working time may pass the bound and still round to it

KNEE, HINGE = ("knee",), ("hinge",)
CORE, UPPER, SMALL, FOOT = ("core",), ("push", "pull", "carry"), ("calf", "hip"), ("foot",)
ANY_LEG = ("knee", "hinge", "bridge", "calf", "hip")
FREE = (*UPPER, *SMALL, "bridge")

Places = tuple[tuple[tuple[str, ...], ...], ...]
LEG_PLACES: dict[Kind, Places] = {
    Kind.HEAVY: ((FREE, CORE), (FREE, (*CORE, *UPPER, *FOOT)), (FREE, (*CORE, *SMALL, *FOOT))),
    Kind.STRENGTH: (((*UPPER, *ANY_LEG), CORE), (FREE, (*CORE, *UPPER, *FOOT)), (FREE, (*CORE, *SMALL, *FOOT))),
}
SHORT_PLACES: Places = (((*UPPER, *ANY_LEG), (*CORE, *UPPER)), (FREE, (*CORE, *UPPER)), (FREE, CORE))
SHORT_TO = 17               # minutes up to which the third place is open to what the week lacks most
UPPER_PLACES: Places = (
    (("push",), ("pull",), CORE), (("pull", "carry"), ("push",), CORE), (("carry", "push"), CORE, CORE),
)


def lifting_blocks(task: Task) -> tuple[Block, ...]:
    """Fill a heavy, strength or upper session; empty where nothing is allowed at all."""
    frame = frame_of(task)
    drafts = _upper(task, frame) if task.slot.kind is Kind.UPPER else _legs(task, frame)
    if not drafts:
        return ()
    finisher = _finisher(task, drafts)
    extra = _extra(task, drafts)
    worth = _worth(task, drafts)
    if finisher is not None:
        worth[finisher.option.id] = FINISHER_WON + OVERDUE_WON * overdue(task, finisher.option)
    pieces = [[_piece(d, extra, worth) for d in block] for block in drafts]
    rests = [_rest(task, block) for block in drafts]
    closing_piece = _piece(finisher, None, worth) if finisher else None
    chosen = fit(pieces, rests, frame, closing_piece)
    if chosen.warm > frame.warm[2] + SHORT_BY and frame.most < ROUNDS[task.slot.level]:
        chosen = fit(pieces, rests, replace(frame, most=ROUNDS[task.slot.level]), closing_piece)
    kept = [(block[:n], r, rest) for block, (n, r, rest) in zip(drafts, chosen.blocks, strict=False)]
    closing = finisher if chosen.finisher else None
    _book(task, [(d, r) for block, r, _ in kept for d in block] + ([(closing, 1)] if closing else []))
    return _assemble(task, kept, closing, extra, chosen)


def frame_of(task: Task) -> Frame:
    """Set the bounds of a lifting session: rounds by level, fewer where sets are cut, never a lighter load."""
    slot = task.slot
    heavy = slot.kind is Kind.HEAVY
    factor = min(slot.set_factor, REDUCED if slot.reduced else 1.0)
    rounds = max(LEAST_ROUNDS, math.floor(ROUNDS[slot.level] * factor + 0.5))
    most = rounds if factor < 1 else MOST_ROUNDS[slot.level]
    seconds = 60.0 * slot.minutes
    working = 60.0 * slot.hard_minutes_most + ROUNDING if heavy else math.inf
    warm = warm_share(seconds)
    return Frame(seconds=seconds, working=working, rounds=rounds, most=most, rest=HEAVY_REST if heavy else OTHER_REST,
                 warm=(0.6 * warm, warm, 1.5 * warm))


def _legs(task: Task, frame: Frame) -> list[list[Dosed]]:
    """Choose the blocks of a heavy or strength session, as many as the time may hold."""
    first, second = _lead_families(task)
    places = SHORT_PLACES if task.slot.minutes <= SHORT_TO else LEG_PLACES[task.slot.kind]
    blocks: list[list[Dosed]] = []
    for letter, families, others in zip(LETTERS, (first, second, ANY_LEG), places, strict=True):
        block: list[Dosed] = []
        opening = pick(task, families, block) if letter == "C" else lead(task, families, letter, block)
        if opening is None and letter == "A":
            opening = pick(task, ANY_LEG, block, main=True)
        opening = opening or pick(task, FREE, block) or pick(task, CORE, block)
        _fill(task, block, opening, others)
        if block:
            blocks.append(block)
        if not _room(blocks, frame):
            break
    return blocks


def _lead_families(task: Task) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Let knee and hip lead in turn, from session to session and from era to era."""
    hinge_first = (task.era + task.number + (task.slot.kind is Kind.STRENGTH)) % 2
    if task.mode.heavy and not _loaded(task, HINGE if hinge_first else KNEE):
        hinge_first = not hinge_first
    return (HINGE, KNEE) if hinge_first else (KNEE, HINGE)


def _loaded(task: Task, families: tuple[str, ...]) -> bool:
    """Tell whether a family has a lift that the house can load heavily."""
    return any(d.item.weight_kg is not None and d.option.exercise.dose.heavy and not d.option.disliked
               for d in task.choices.of(families))


def _upper(task: Task, frame: Frame) -> list[list[Dosed]]:
    """Choose the blocks of an upper session: push, pull, carry and core, no tired legs."""
    blocks: list[list[Dosed]] = []
    for letter, (families, *others) in zip(LETTERS, UPPER_PLACES, strict=True):
        block: list[Dosed] = []
        opening = lead(task, families, letter, block) or pick(task, (*UPPER, *CORE), block)
        _fill(task, block, opening, tuple(others))
        if block:
            blocks.append(block)
        if not _room(blocks, frame):
            break
    return blocks


def _fill(task: Task, block: list[Dosed], opening: Dosed | None, others: tuple[tuple[str, ...], ...]) -> None:
    if opening is not None:
        block.append(opening)
    for families in others:
        found = pick(task, families, block)
        if found is not None:
            block.append(found)


def _room(blocks: list[list[Dosed]], frame: Frame) -> bool:
    """Tell whether another block might fit: with the least rest, two short items more."""
    rounds = min(2, frame.rounds)
    used = sum(d.seconds + 10 for block in blocks for d in block) * rounds + len(blocks) * rounds * frame.rest[0]
    return frame.seconds - frame.warm[0] - used > rounds * (60 + frame.rest[0])


def _finisher(task: Task, drafts: list[list[Dosed]]) -> Dosed | None:
    """Choose a finisher for rested runners with time; open-ended where it is meant to be (M13)."""
    slot = task.slot
    if slot.minutes < FINISHER_FROM or slot.keep_fresh or slot.reduced or slot.level is Level.BEGINNER:
        return None
    chosen = {d.option.id for block in drafts for d in block}
    finishers = [d for d in task.choices.by_id.values()
                 if d.option.exercise.role is Role.FINISHER and d.option.id not in chosen and not d.option.disliked]
    best = max(finishers, default=None, key=lambda d: (
        d.bonus + d.option.bonus + overdue(task, d.option) - (task.book.last.get(d.option.id, -9) >= task.week - 1),
        d.option.id))
    if best is None or best.item.unit != "reps":
        return best
    return timed(best.option, replace(best.item, to_last_good_rep=True, rir=None), task.mode, best.bonus, best.notes)


def _rest(task: Task, block: list[Dosed]) -> int:
    """Rest that a superset wants: the longest of its exercises, within what the kind calls ample [s]."""
    low, high = WANTED_REST.get(task.slot.kind, OTHER_WANTED_REST)
    return min(high, max(low, *(d.option.exercise.dose.rest_s for d in block)))


def _extra(task: Task, drafts: list[list[Dosed]]) -> Dosed | None:
    """Choose the one item that gets a set more on the weaker side (R48); none where sets are cut."""
    slot = task.slot
    if slot.keep_fresh or slot.reduced or slot.set_factor < 1:
        return None
    sides = task.book.sides
    return next((d for block in drafts for d in block if d.item.per_side and d.option.pattern in sides.extra), None)


def _worth(task: Task, drafts: list[list[Dosed]]) -> dict[str, float]:
    """Price each choice by what is lost without it; most where it brings a region's only sets of the week."""
    missing = set(task.ledger.open_regions())
    worth: dict[str, float] = {}
    for number, block in enumerate(drafts):
        for place, dosed in enumerate(block):
            option = dosed.option
            worth[option.id] = LEAD_WON if (number, place) == (1, 0) else ITEM_WON
            worth[option.id] += OVERDUE_WON * overdue(task, option)
            worth[option.id] += FIRST_SETS_WON * len(missing.intersection(option.serves))
            missing.difference_update(option.serves)
    return worth


def _piece(dosed: Dosed, extra: Dosed | None, worth: dict[str, float]) -> Piece:
    half = dosed is extra
    return (dosed.seconds, dosed.working, dosed.under / 2 * half, dosed.working / 2 * half,
            worth[dosed.option.id])


def _book(task: Task, done: list[tuple[Dosed, int]]) -> None:
    for dosed, sets in done:
        task.ledger.book(dosed.option.counts, dosed.option.serves, sets)
        task.ledger.used.add(dosed.option.id)
        task.book.remember(dosed.option, task.week)
        task.book.note(dosed.notes)


def _assemble(task: Task, kept: list[tuple[list[Dosed], int, int]], finisher: Dosed | None, extra: Dosed | None,
              chosen: Fit) -> tuple[Block, ...]:
    opening = warm_up(task, [d.option for block, _, _ in kept for d in block], chosen.warm)
    blocks = [opening] if opening else []
    for letter, (block, rounds, rest) in zip(LETTERS, kept, strict=False):
        items = tuple(_labelled(task, d, f"{letter}{k + 1}", extra=d is extra) for k, d in enumerate(block))
        blocks.append(Block(label=letter, rounds=rounds, rest_s=rest, items=items))
    if finisher is not None:
        last = _labelled(task, finisher, "F1", extra=False)
        blocks.append(Block(label="finisher", rounds=1, rest_s=0, items=(last,)))
    return tuple(blocks)


def _labelled(task: Task, dosed: Dosed, label: str, *, extra: bool) -> Item:
    item = dosed.item
    side = task.book.sides.first.get(dosed.option.pattern) if item.per_side else None
    return Item(
        label=label, exercise=item.exercise, unit=item.unit, low=item.low, high=item.high, per_side=item.per_side,
        first_side=side, extra_rounds=((side, 1),) if extra and side else (), weight_kg=item.weight_kg,
        per_hand=item.per_hand, rir=item.rir, tempo=item.tempo, to_last_good_rep=item.to_last_good_rep,
    )
