"""Sessions: one strength or mobility sitting with blocks and items (formats.md section 4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of session (method 7.4)."""

    HEAVY = "heavy"
    STRENGTH = "strength"
    UPPER = "upper"
    MOBILITY = "mobility"
    PLYOMETRIC = "plyometric"
    PRIMER = "primer"


HARD_KINDS = frozenset({Kind.HEAVY, Kind.PLYOMETRIC})
STRENGTH_TYPE = frozenset({Kind.HEAVY, Kind.STRENGTH, Kind.UPPER, Kind.PLYOMETRIC})
LEG_KINDS = frozenset({Kind.HEAVY, Kind.STRENGTH})
KIND_MINUTES = {
    Kind.HEAVY: (20, 30), Kind.STRENGTH: (15, 30), Kind.UPPER: (15, 25), Kind.MOBILITY: (10, 20),
    Kind.PLYOMETRIC: (8, 12), Kind.PRIMER: (5, 10),
}
KIND_RPE = {
    Kind.HEAVY: 6.0, Kind.STRENGTH: 4.5, Kind.UPPER: 4.0, Kind.MOBILITY: 1.5, Kind.PLYOMETRIC: 5.0, Kind.PRIMER: 2.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One exercise of a block with its dose.

    Attributes:
        label: ``A1``, ``W2``, ``F1``.
        exercise: Exercise id.
        unit: ``reps``, ``seconds``, ``steps`` or ``contacts``.
        low: Least of the target range [unit]; ``high`` the most.
        per_side: Whether each set is done on both sides, one after the other.
        first_side: ``left`` or ``right``: the side that leads and decides; only with ``per_side``.
        extra_rounds: Sets more on one side, by side; only with ``per_side``.
        weight_kg: External weight [kg], None for body weight; with ``per_hand`` in each hand.
        rir: Reps in reserve aimed at, or None.
        tempo: Lowering-pause-lifting-pause [s], or empty.
        to_last_good_rep: Whether the top is open.
    """

    label: str
    exercise: str
    unit: str
    low: int
    high: int
    per_side: bool = False
    first_side: str | None = None
    extra_rounds: tuple[tuple[str, int], ...] = ()
    weight_kg: float | None = None
    per_hand: bool = False
    rir: int | None = None
    tempo: str = ""
    to_last_good_rep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block: ``rounds`` passes over its items with ``rest_s`` seconds of rest after each pass."""

    label: str
    rounds: int
    rest_s: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sitting, down to each set.

    Attributes:
        id: ``s-DATE-HHMM``; ``p-DATE-HHMM`` for a primer.
        start: Local start, without offset.
        minutes: Length [min], computed from the content.
        kind: Kind of session.
        hard_minutes: Minutes under working sets [min]; 0 unless heavy or plyometric.
        load_au: Session load [AU].
        why: Reasons in words, most important first.
        blocks: Warm-up first.
        for_run: Id of the run that a primer precedes.
    """

    id: str
    start: dt.datetime
    minutes: int
    kind: Kind
    hard_minutes: int
    load_au: int
    why: tuple[str, ...]
    blocks: tuple[Block, ...]
    for_run: str | None = None

    @property
    def date(self) -> dt.date:
        """Date on which it starts."""
        return self.start.date()

    @property
    def end(self) -> dt.datetime:
        """Local end by the clock."""
        return self.start + dt.timedelta(minutes=self.minutes)

    @property
    def hard(self) -> bool:
        """Whether it is a hard activity (method 7.1)."""
        return self.kind in HARD_KINDS


SECONDS_PER_REP = 3.0
SECONDS_PER_STEP = 0.75
TURN_SECONDS = 3.0
SECONDS_PER_CONTACT = 1.0
SWITCH_SECONDS = 15.0
CHANGEOVER_SECONDS = 10.0


def item_seconds(item: Item) -> float:
    """Time one set of an item takes under the exercise, both sides, without switching sides [s].

    The middle of the range counts: tempo seconds a repetition (3 s without a tempo), a step of a carry
    0.75 s out and back with 3 s to turn, a contact 1 s. Source: midstance default.
    """
    mean = (item.low + item.high) / 2
    if item.unit == "reps":
        tempo = sum(int(part) for part in item.tempo.split("-")) if item.tempo else 0
        mean *= tempo or SECONDS_PER_REP
    elif item.unit == "steps":
        mean = 2 * SECONDS_PER_STEP * mean + TURN_SECONDS
    elif item.unit == "contacts":
        mean *= SECONDS_PER_CONTACT
    return 2 * mean if item.per_side else mean


def block_seconds(block: Block) -> float:
    """Time of a block with changeovers, switches of side and the rest after each round [s]."""
    one = sum(item_seconds(i) + (SWITCH_SECONDS if i.per_side else 0.0) for i in block.items)
    one += CHANGEOVER_SECONDS * (len(block.items) - 1)
    extra = sum(n * item_seconds(i) / 2 for i in block.items for _, n in i.extra_rounds)
    return block.rounds * (one + block.rest_s) + extra


def content_minutes(blocks: tuple[Block, ...]) -> int:
    """Length of a session from its content, rounded to whole minutes and at least 1 [min]."""
    return max(1, round(sum(map(block_seconds, blocks)) / 60))
