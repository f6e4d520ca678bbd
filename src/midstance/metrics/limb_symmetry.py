"""Left against right: the usual formulas, with one sign for all - above 0 when the right side is the larger.

For results where more is better. A difference chooses exercises; it foretells no injury (evidence R48).
"""

from __future__ import annotations

from enum import StrEnum
from math import atan2, degrees

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require
from midstance.metrics._metric import Aggregate, metric

WORK_FROM_PERCENT, NOTABLE_ABOVE_PERCENT = 10, 15   # midstance defaults, evidence R60


class SideVerdict(StrEnum):
    """What a difference between sides asks for."""

    IGNORE = "ignore"
    WORK_ON_IT = "work on it"
    NOTABLE = "notable"


def _require_sides(left: float, right: float) -> None:
    require("left", left, 0)
    require("right", right, 0)
    if not left and not right:
        msg = "left and right: both are 0; without a result on one side nothing can be compared"
        raise ValueError(msg)


@metric(
    title="Limb symmetry index",
    unit="%",
    aggregate=Aggregate.LAST,
    validity=Validity.USEFUL,
    cites=("R60",),
)
def limb_symmetry(left: float, right: float) -> float:
    """Give the weaker side as a part of the stronger.

    Args:
        left: Result of the left side, at least 0.
        right: Result of the right side, at least 0.
    Returns: Part [%], 0 to 100; 100 when both are alike.
    Raises: ValueError: A result below 0, or both are 0.
    Source: R60, after Bishop 2016 (validity: useful).

    >>> limb_symmetry(90, 100)
    90.0
    """
    _require_sides(left, right)
    return 100 * min(left, right) / max(left, right)


@metric(
    title="Difference between sides",
    unit="%",
    aggregate=Aggregate.LAST,
    validity=Validity.USEFUL,
    cites=("R60",),
)
def side_difference(left: float, right: float) -> float:
    """Give the difference as a part of the larger side: midstance's choice for tests of one side at a time.

    Args:
        left: Result of the left side, at least 0.
        right: Result of the right side, at least 0.
    Returns: Difference [%], -100 to 100; above 0 when the right side is the larger.
    Raises: ValueError: A result below 0, or both are 0.
    Source: R60, after Bishop 2016 (validity: useful).

    >>> side_difference(90, 100)
    10.0
    """
    _require_sides(left, right)
    return 100 * (right - left) / max(left, right)


@metric(
    title="Symmetry index",
    unit="%",
    aggregate=Aggregate.LAST,
    validity=Validity.USEFUL,
    cites=("R60",),
)
def symmetry_index(left: float, right: float, *, of_mean: bool = False) -> float:
    """Give the difference as a part of both sides: of their sum, or of their mean (the classic form, twice as large).

    Args:
        left: Result of the left side, at least 0.
        right: Result of the right side, at least 0.
        of_mean: Divide by the mean of both instead of their sum.
    Returns: Index [%], -100 to 100, of the mean -200 to 200; above 0 when the right side is the larger.
    Raises: ValueError: A result below 0, or both are 0.
    Source: R60, after Bishop 2016 (validity: useful).

    >>> round(symmetry_index(90, 100), 3), round(symmetry_index(90, 100, of_mean=True), 3)
    (5.263, 10.526)
    """
    _require_sides(left, right)
    return (200 if of_mean else 100) * (right - left) / (left + right)


@metric(
    title="Symmetry angle",
    unit="%",
    aggregate=Aggregate.LAST,
    validity=Validity.USEFUL,
    cites=("R60",),
)
def symmetry_angle(left: float, right: float) -> float:
    """Give how far left over right lies from the diagonal; no side has to be the one that is compared with.

    Args:
        left: Result of the left side, at least 0.
        right: Result of the right side, at least 0.
    Returns: Part of a quarter turn [%], -50 to 50; above 0 when the right side is the larger.
    Raises: ValueError: A result below 0, or both are 0.
    Source: R60, after Bishop 2016 (validity: useful).

    >>> round(symmetry_angle(90, 100), 4)
    3.3475
    """
    _require_sides(left, right)
    return (45 - degrees(atan2(left, right))) / 90 * 100


@metric(
    title="What a difference between sides asks for",
    unit="verdict",
    aggregate=Aggregate.LAST,
    validity=Validity.UNKNOWN,
    cites=("R48", "R60"),
)
def side_verdict(left: float, right: float, *, noise_percent: float = 0) -> SideVerdict:
    """Judge a difference between sides: below 10 % or the test's own noise nothing, above 15 % notable.

    Args:
        left: Result of the left side, at least 0.
        right: Result of the right side, at least 0.
        noise_percent: What the test varies by from day to day [%], 0 to 100.
    Returns: What it asks for.
    Raises: ValueError: A number outside its bounds, or both results are 0.
    Source: R60, midstance defaults (validity: unknown).

    >>> side_verdict(88, 100).value
    'work on it'
    """
    require("noise [%]", noise_percent, 0, 100)
    difference = abs(side_difference(left, right))
    if difference < max(WORK_FROM_PERCENT, noise_percent):
        return SideVerdict.IGNORE
    return SideVerdict.NOTABLE if difference > NOTABLE_ABOVE_PERCENT else SideVerdict.WORK_ON_IT
