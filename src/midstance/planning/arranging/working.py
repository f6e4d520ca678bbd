"""Hard minutes: the time under working sets (method 7.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.session import HARD_KINDS, Block, Item, Kind, item_seconds
from midstance.planning.arranging.doses import CONTACT_HARD_SECONDS, counts_as_working

if TYPE_CHECKING:
    from collections.abc import Iterable


def hard_minutes(kind: Kind, blocks: Iterable[Block]) -> int:
    """Count whole minutes under working sets, at least 1 for a hard session and 0 for every other [min].

    Working are main-block sets with three repetitions or fewer in reserve, or to the last good repetition, and
    loaded carries of a heavy session. Holds of the core and the warm-up are not. A contact counts 2 s.
    """
    if kind not in HARD_KINDS:
        return 0
    return max(1, round(working_seconds(kind, blocks) / 60))


def working_seconds(kind: Kind, blocks: Iterable[Block]) -> float:
    """Add up the seconds under working sets, both sides [s]."""
    return sum(_item_seconds(kind, item) * (block.rounds + sum(n for _, n in item.extra_rounds) / 2)
               for block in blocks if block.label != "warm-up" for item in block.items)


def _item_seconds(kind: Kind, item: Item) -> float:
    if item.unit == "contacts":
        return item_seconds(item) * CONTACT_HARD_SECONDS
    return item_seconds(item) if counts_as_working(item, heavy=kind is Kind.HEAVY) else 0.0
