"""Sleep: habitual sleep scales a week, one bad night only nudges a day."""

from __future__ import annotations

from enum import StrEnum
from math import fsum
from typing import TYPE_CHECKING

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require, require_each
from midstance.metrics._metric import Aggregate, metric

if TYPE_CHECKING:
    from collections.abc import Sequence

WINDOW_NIGHTS = 14
LEAST_NIGHTS = 7                          # midstance default: a habit shows in half of the nights or not at all
STEPS = ((6.0, 0.80), (7.0, 0.90))        # below so many hours, this share of sets; shares are midstance defaults
EASE_BELOW_H, REST_BELOW_H = 6.0, 4.0     # midstance defaults, evidence R62


class NightVerdict(StrEnum):
    """What one night asks of the same day."""

    FINE = "fine"
    EASE = "ease"    # quality becomes easy, or a set less
    REST = "rest"    # rest or mobility


@metric(
    title="Sleep, mean of two weeks",
    unit="h",
    aggregate=Aggregate.MEAN,
    validity=Validity.UNCLEAR,
    source="johnston-2020",
    cites=("R61", "R63"),
)
def mean_sleep(nights_h: Sequence[float | None]) -> float | None:
    """Average the last 14 nights that are known.

    Args:
        nights_h: Sleep of each night [h], 0 to 24, oldest first, None where unknown; may be empty.
    Returns: Mean [h], to the second, so that 14 nights of 7 hours are 7; None with fewer than seven known nights.
    Raises: ValueError: A night outside 0 to 24 h.
    Source: R61, the span after Johnston 2020, the least number of nights a midstance default (validity: unclear).

    >>> round(mean_sleep([7.5] * 13 + [5.0]), 2)
    7.32
    """
    known = [hours for hours in nights_h[-WINDOW_NIGHTS:] if hours is not None]
    require_each("sleep of a night [h]", known, 0, 24)
    return round(fsum(known) / len(known), 4) if len(known) >= LEAST_NIGHTS else None


@metric(
    title="What habitual sleep leaves of the sets",
    unit="share",
    aggregate=Aggregate.LAST,
    validity=Validity.UNKNOWN,
    cites=("R61",),
)
def sleep_factor(mean_h: float | None) -> float:
    """Scale a week by habitual sleep: 0.9 below seven hours, 0.8 below six.

    Short sleep was linked with a higher injury rate in groups of athletes; how much training should give way is
    midstance's guess.

    Args:
        mean_h: Mean of two weeks [h], 0 to 24 (``mean_sleep``); None when unknown, which cuts nothing.
    Returns: Share of the sets, 0.8 to 1.
    Raises: ValueError: A mean outside 0 to 24 h.
    Source: R61, midstance defaults; seven hours after Johnston 2020 (validity: unknown).

    >>> [sleep_factor(hours) for hours in (5.9, 6.9, 7.0, None)]
    [0.8, 0.9, 1.0, 1.0]
    """
    if mean_h is None:
        return 1.0
    require("mean sleep [h]", mean_h, 0, 24)
    return next((share for below, share in STEPS if mean_h < below), 1.0)


@metric(
    title="What last night asks of today",
    unit="verdict",
    aggregate=Aggregate.LAST,
    validity=Validity.UNKNOWN,
    cites=("R62",),
)
def night_verdict(night_h: float | None) -> NightVerdict:
    """Judge one night for the same day only: under six hours ease, under four rest or mobility.

    Args:
        night_h: Sleep of last night [h], 0 to 24; None when unknown.
    Returns: What it asks for; fine when unknown.
    Raises: ValueError: A night outside 0 to 24 h.
    Source: R62, midstance defaults (validity: unknown).

    >>> [night_verdict(hours).value for hours in (3.5, 5.0, 6.0)]
    ['rest', 'ease', 'fine']
    """
    if night_h is None:
        return NightVerdict.FINE
    require("sleep of a night [h]", night_h, 0, 24)
    if night_h < REST_BELOW_H:
        return NightVerdict.REST
    return NightVerdict.EASE if night_h < EASE_BELOW_H else NightVerdict.FINE
