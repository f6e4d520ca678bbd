"""Hard sets by region: what strength work asks of each part of the body, apart from running load."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.domain.evidence import Validity
from midstance.domain.exercise import REGIONS, Exercise
from midstance.domain.session import Kind, Session
from midstance.metrics._metric import Aggregate, metric

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_RIR = 4   # evidence R16: farther from the limit a set is no hard one
SOFT_KINDS = frozenset({Kind.MOBILITY, Kind.PRIMER, Kind.PLYOMETRIC})
WARM_UP = "warm-up"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedSets:
    """Sets of one exercise, planned or done, that were equally hard.

    Attributes:
        exercise: Exercise id.
        sets: How many; one side of a set done on both sides is half of one.
        rir: Repetitions in reserve, or None when unknown.
        to_the_end: Whether they go to the last good repetition, or carry a weight in a heavy session.
    """

    exercise: str
    sets: float = 1.0
    rir: int | None = None
    to_the_end: bool = False


def planned_sets(sessions: Iterable[Session]) -> tuple[RatedSets, ...]:
    """List the sets of the main blocks of sessions; warm-ups, mobility, primers and hops have none."""
    return tuple(
        RatedSets(
            exercise=item.exercise,
            sets=block.rounds + sum(more for _, more in item.extra_rounds) / 2,
            rir=item.rir,
            to_the_end=item.to_last_good_rep or (session.kind is Kind.HEAVY and item.weight_kg is not None),
        )
        for session in sessions if session.kind not in SOFT_KINDS
        for block in session.blocks if block.label != WARM_UP
        for item in block.items
    )


@metric(
    title="Hard sets by region",
    unit="sets",
    aggregate=Aggregate.SUM,
    validity=Validity.USEFUL,
    cites=("R16",),
)
def hard_sets(sets: Iterable[RatedSets], exercises: Mapping[str, Exercise]) -> dict[str, float]:
    """Count sets with four repetitions or fewer in reserve, each by its shares of the body's regions.

    A set done on one side and then the other counts once. Sets whose reserve is unknown count only where they go to
    the last good repetition. Working sets of the method (7.4) are stricter: three in reserve.

    Args:
        sets: Planned (``planned_sets``) or done sets, of seven days for a week's count; may be empty.
        exercises: The catalogue by id; sets of other exercises count for nothing.
    Returns: Hard sets by region, only regions that got some, in the catalogue's order.
    Source: R16, a midstance count (validity: useful).

    >>> hard_sets([], {})
    {}
    """
    found: dict[str, float] = defaultdict(float)
    for rated in sets:
        hard = rated.to_the_end if rated.rir is None else rated.rir <= MOST_RIR
        exercise = exercises.get(rated.exercise)
        if hard and exercise:
            for region, share in exercise.regions.items():
                found[region] += rated.sets * share
    return {region: found[region] for region in REGIONS if region in found}
