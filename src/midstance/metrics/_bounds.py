"""Refuse numbers that no measurement can give, in words that name number and bounds."""

from __future__ import annotations

from math import inf, isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def require(what: str, value: float, low: float = -inf, high: float = inf) -> None:
    """Refuse a value outside its bounds.

    Args:
        what: Name of the value with its unit, as a message shows it.
        value: A number.
        low: Least that is allowed.
        high: Most that is allowed.
    Raises: ValueError: The value lies outside, or is no finite number.

    >>> require("minutes", 60, 0)
    """
    if not isfinite(value):
        msg = f"{what}: {value} is no number to reckon with"
        raise ValueError(msg)
    if not low <= value <= high:
        bounds = f"between {low:g} and {high:g}" if isfinite(low) and isfinite(high) else (
            f"at least {low:g}" if isfinite(low) else f"at most {high:g}")
        msg = f"{what}: {value:g} given; it must be {bounds}"
        raise ValueError(msg)


def require_above(what: str, value: float, low: float = 0) -> None:
    """Refuse a value that is not truly above a bound.

    Raises: ValueError: The value is the bound, lies below, or is no finite number.
    """
    require(what, value)
    if value <= low:
        msg = f"{what}: {value:g} given; it must be above {low:g}"
        raise ValueError(msg)


def require_each(what: str, values: Iterable[float], low: float = 0, high: float = inf) -> None:
    """Refuse a series with a value outside the bounds; an empty one passes.

    Raises: ValueError: A value lies outside, or is no finite number.
    """
    for value in values:
        require(what, value, low, high)
