"""Life's share of the pie: work, family, travel and grief leave less room for training."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require, require_each
from midstance.metrics._metric import Aggregate, metric

if TYPE_CHECKING:
    from collections.abc import Sequence

WINDOW_DAYS = 7                                       # lag of stress in evidence R63
STEPS = ((9.0, 0.60), (7.0, 0.75), (5.0, 0.90))       # from so much on, this share of sets; midstance defaults


@metric(
    title="Life load, mean of a week",
    unit="0-10",
    aggregate=Aggregate.MEAN,
    validity=Validity.UNKNOWN,
    cites=("R63", "R65"),
)
def mean_life(days: Sequence[float | None]) -> float | None:
    """Average the answers of the last seven days.

    Args:
        days: Life load of each day, 0 (none) to 10 (all there is), oldest first, None where not asked; may be empty.
    Returns: Mean of the known answers, 0 to 10; None without any.
    Raises: ValueError: An answer outside 0 to 10.
    Source: R63 and R65, midstance defaults (validity: unknown).

    >>> mean_life([None, 6, 8])
    7.0
    """
    known = [answer for answer in days[-WINDOW_DAYS:] if answer is not None]
    require_each("life load (0-10)", known, 0, 10)
    return fsum(known) / len(known) if known else None


@metric(
    title="What life leaves of the sets",
    unit="share",
    aggregate=Aggregate.LAST,
    validity=Validity.UNKNOWN,
    cites=("R65",),
)
def life_factor(life: float | None) -> float:
    """Scale a week by life's load: 0.9 from five of ten, 0.75 from seven, 0.6 from nine.

    Args:
        life: Life load of the week, 0 to 10; None when unknown, which cuts nothing.
    Returns: Share of the sets, 0.6 to 1.
    Raises: ValueError: Life load outside 0 to 10.
    Source: R65, midstance defaults (validity: unknown).

    >>> [life_factor(life) for life in (4, 5, 7, 9)]
    [1.0, 0.9, 0.75, 0.6]
    """
    if life is None:
        return 1.0
    require("life load (0-10)", life, 0, 10)
    return next((share for least, share in STEPS if life >= least), 1.0)
