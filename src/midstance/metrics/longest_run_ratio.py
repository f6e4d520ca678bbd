"""A single run against the longest of the last 30 days, in whole metres so that borders are exact."""

from __future__ import annotations

from enum import StrEnum

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require, require_above
from midstance.metrics._metric import Aggregate, metric

WINDOW_DAYS = 30
BORDERS_PERCENT = (110, 130, 200)   # a run of exactly 110 % is still within the first band
MOST_PLANNED_PERCENT = 130


class SpikeBand(StrEnum):
    """Bands of the study, by how far a run goes beyond the longest of 30 days."""

    REFERENCE = "reference"
    SMALL = "small"
    MODERATE = "moderate"
    LARGE = "large"


RATE_RATIOS = {SpikeBand.REFERENCE: 1.0, SpikeBand.SMALL: 1.64, SpikeBand.MODERATE: 1.52, SpikeBand.LARGE: 2.28}
"""Overuse-injury rate of a band over that of the first, in groups of runners; never a personal chance."""


@metric(
    title="Run over the longest of 30 days",
    unit="ratio",
    aggregate=Aggregate.MAX,
    validity=Validity.USEFUL,
    source="frandsen-2025",
    cites=("R10",),
)
def longest_run_ratio(run_m: int, longest_m: int | None) -> float | None:
    """Divide the length of a run by the longest single run of the 30 days before it.

    Args:
        run_m: Length of the run in whole metres [m], at least 0.
        longest_m: Longest single run of the 30 days before [m], above 0, or None when there was none.
    Returns: Ratio; None without a run in 30 days, where the return to running decides instead (R72).
    Raises: ValueError: A length outside its bounds.
    Source: R10, Frandsen 2025 (validity: useful).

    >>> longest_run_ratio(11000, 10000)
    1.1
    """
    require("length of the run [m]", run_m, 0)
    if longest_m is None:
        return None
    require_above("longest run [m]", longest_m)
    return run_m / longest_m


@metric(
    title="Band of a single-run spike",
    unit="verdict",
    aggregate=Aggregate.MAX,
    validity=Validity.USEFUL,
    source="frandsen-2025",
    cites=("R10",),
)
def spike_band(run_m: int, longest_m: int | None) -> SpikeBand | None:
    """Name the band of the study that a run falls into; ``RATE_RATIOS`` tells what was seen there.

    The rates do not rise from the second to the third band, and injuries were self-reported.

    Args:
        run_m: Length of the run in whole metres [m], at least 0.
        longest_m: Longest single run of the 30 days before [m], above 0, or None when there was none.
    Returns: The band; None without a run in 30 days, where the return to running decides instead (R72).
    Raises: ValueError: A length outside its bounds.
    Source: R10, Frandsen 2025 (validity: useful).

    >>> [spike_band(m, 10000).value for m in (11000, 11100, 13100, 20100)]
    ['reference', 'small', 'moderate', 'large']
    """
    if longest_run_ratio(run_m, longest_m) is None or longest_m is None:
        return None
    passed = sum(100 * run_m > longest_m * border for border in BORDERS_PERCENT)
    return tuple(SpikeBand)[passed]


@metric(
    title="Longest run to plan next",
    unit="m",
    aggregate=Aggregate.LAST,
    validity=Validity.USEFUL,
    source="frandsen-2025",
    cites=("R10",),
)
def longest_planned(longest_m: int | None) -> int | None:
    """Give the longest run that midstance would plan: 130 % of the longest of 30 days; race day is apart.

    Args:
        longest_m: Longest single run of the 30 days before [m], above 0, or None when there was none.
    Returns: Whole metres [m], rounded down; None without a run in 30 days (R72).
    Raises: ValueError: A length outside its bounds.
    Source: R10, Frandsen 2025 (validity: useful).

    >>> longest_planned(10000)
    13000
    """
    if longest_m is None:
        return None
    require_above("longest run [m]", longest_m)
    return longest_m * MOST_PLANNED_PERCENT // 100
