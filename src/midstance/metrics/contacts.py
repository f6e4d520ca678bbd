"""Foot contacts of hops: the channel for jumps, apart from running load and sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Validity
from midstance.metrics._metric import Aggregate, metric

if TYPE_CHECKING:
    from collections.abc import Iterable

    from midstance.domain.session import Session


@metric(
    title="Foot contacts",
    unit="contacts",
    aggregate=Aggregate.SUM,
    validity=Validity.USEFUL,
    cites=("R16", "R21", "R35"),
)
def contacts(sessions: Iterable[Session]) -> float:
    """Count the contacts that hops of sessions ask for, both sides.

    The middle of a range counts; running's own foot strikes, about a thousand a kilometre, are not in it.

    Args:
        sessions: Sessions; may be empty.
    Returns: Contacts, whole or half; 0 without hops.
    Source: R16 and R35, a midstance count (validity: useful).

    >>> contacts([])
    0.0
    """
    total = 0.0
    for session in sessions:
        for block in session.blocks:
            for item in (i for i in block.items if i.unit == "contacts"):
                sides = 2 if item.per_side else 1
                rounds = block.rounds * sides + sum(more for _, more in item.extra_rounds)
                total += rounds * (item.low + item.high) / 2
    return total
