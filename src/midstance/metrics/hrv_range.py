"""Morning heart-rate variability against the runner's own normal range; optional."""

from __future__ import annotations

from enum import StrEnum
from math import log
from statistics import fmean, stdev
from typing import TYPE_CHECKING

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require, require_above, require_each
from midstance.metrics._metric import Aggregate, metric

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH_SD = 0.5               # smallest change worth acting on, evidence R67
ROLL_DAYS = 7
LEAST_A_WEEK = 3             # valid mornings
BASELINE_DAYS = (14, 28)


class HrvVerdict(StrEnum):
    """Where the rolling mean lies; on either side outside, the day becomes easy."""

    INSIDE = "inside"
    BELOW = "below"
    ABOVE = "above"


@metric(
    title="Logarithm of RMSSD",
    unit="ln ms",
    aggregate=Aggregate.MEAN,
    validity=Validity.RELIABLE,
    cites=("R67",),
)
def ln_rmssd(rmssd_ms: float) -> float:
    """Take the logarithm of a morning's RMSSD, so that its spread is even.

    Args:
        rmssd_ms: Root mean square of successive differences of heartbeat intervals [ms], above 0.
    Returns: Natural logarithm.
    Raises: ValueError: Not above 0.
    Source: R67 (validity: reliable).

    >>> round(ln_rmssd(60), 6)
    4.094345
    """
    require_above("RMSSD [ms]", rmssd_ms)
    return log(rmssd_ms)


@metric(
    title="Heart-rate variability, mean of a week",
    unit="ln ms",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    cites=("R67",),
)
def hrv_week(mornings: Sequence[float | None]) -> float | None:
    """Average the last seven mornings.

    Args:
        mornings: lnRMSSD of each morning, oldest first, None where none was taken; may be empty.
    Returns: Mean of the last seven; None with fewer than three of them known.
    Raises: ValueError: A value that is no finite number.
    Source: R67, after Plews 2014 (validity: unclear).

    >>> round(hrv_week([4.0, None, 4.1, None, None, 4.2, None]), 3)
    4.1
    """
    known = [value for value in mornings[-ROLL_DAYS:] if value is not None]
    require_each("lnRMSSD", known)
    return fmean(known) if len(known) >= LEAST_A_WEEK else None


@metric(
    title="Normal range of heart-rate variability",
    unit="ln ms",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    cites=("R67",),
)
def hrv_range(mean: float, sd: float) -> tuple[float, float]:
    """Give the normal range: the baseline's mean, half a standard deviation to either side.

    Args:
        mean: Mean lnRMSSD of the baseline (``hrv_baseline``), at least 0.
        sd: Its standard deviation, at least 0.
    Returns: Low and high end.
    Raises: ValueError: A number below 0.
    Source: R67, a common rule (validity: unclear).

    >>> [round(end, 4) for end in hrv_range(4.1393, 0.0994)]
    [4.0896, 4.189]
    """
    require("baseline mean", mean, 0)
    require("baseline standard deviation", sd, 0)
    return mean - WIDTH_SD * sd, mean + WIDTH_SD * sd


@metric(
    title="Baseline of heart-rate variability",
    unit="ln ms",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    cites=("R67",),
)
def hrv_baseline(mornings: Sequence[float | None]) -> tuple[float, float] | None:
    """Give mean and standard deviation of the last two to four weeks of mornings.

    Args:
        mornings: lnRMSSD of each morning, oldest first, None where none was taken; may be empty; the last 28 count.
    Returns: Mean and (sample) standard deviation; None with fewer than 14 days, or fewer than three mornings a week.
    Raises: ValueError: A value that is no finite number.
    Source: R67; the kind of standard deviation is a midstance default (validity: unclear).

    >>> [round(value, 4) for value in hrv_baseline([4.0, 4.2] * 7)]
    [4.1, 0.1038]
    """
    least, most = BASELINE_DAYS
    days = mornings[-most:]
    known = [value for value in days if value is not None]
    require_each("lnRMSSD", known)
    if len(days) < least or 7 * len(known) < LEAST_A_WEEK * len(days):
        return None
    return fmean(known), stdev(known)


@metric(
    title="Heart-rate variability today",
    unit="verdict",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    cites=("R67",),
)
def hrv_verdict(week: float, normal: tuple[float, float]) -> HrvVerdict:
    """Tell whether the rolling mean lies in the normal range; above is as suspicious as below.

    Args:
        week: Mean of the last seven mornings (``hrv_week``), at least 0.
        normal: Low and high end (``hrv_range``).
    Returns: Inside, ends included; below; or above.
    Raises: ValueError: A mean below 0.
    Source: R67 (validity: unclear).

    >>> hrv_verdict(4.07, (4.0896, 4.189)).value
    'below'
    """
    require("mean of the week", week, 0)
    low, high = normal
    if week < low:
        return HrvVerdict.BELOW
    return HrvVerdict.ABOVE if week > high else HrvVerdict.INSIDE
