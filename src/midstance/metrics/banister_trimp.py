"""Banister's training impulse: minutes weighted by heart-rate reserve, steeply above easy."""

from __future__ import annotations

from math import exp

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require
from midstance.metrics._metric import Aggregate, metric

WEIGHTS = {"male": (0.64, 1.92), "female": (0.86, 1.67)}   # factor and exponent by sex, evidence R3


@metric(
    title="Share of the heart-rate reserve",
    unit="share",
    aggregate=Aggregate.MEAN,
    validity=Validity.USEFUL,
    cites=("R3",),
)
def reserve_share(mean_hr: float, hr_rest: float, hr_max: float) -> float:
    """Place a heart rate between rest and the highest.

    Args:
        mean_hr: Mean heart rate of the exercise [bpm], from ``hr_rest`` to ``hr_max``.
        hr_rest: Resting heart rate [bpm].
        hr_max: Highest heart rate [bpm], above ``hr_rest``.
    Returns: Share of the reserve, 0 to 1.
    Raises: ValueError: The three are not in this order; a mean above the highest says that the highest is wrong.
    Source: R3, after Banister 1991 (validity: useful).

    >>> round(reserve_share(150, 50, 190), 6)
    0.714286
    """
    require("resting heart rate [bpm]", hr_rest, 20, 150)
    require("highest heart rate [bpm]", hr_max, hr_rest + 1, 250)
    require("mean heart rate [bpm]", mean_hr, hr_rest, hr_max)
    return (mean_hr - hr_rest) / (hr_max - hr_rest)


@metric(
    title="Training impulse by heart-rate reserve",
    unit="TRIMP",
    aggregate=Aggregate.SUM,
    validity=Validity.USEFUL,
    cites=("R3",),
)
def banister_trimp(minutes: float, share: float, *, sex: str | None = None) -> float:
    """Weight minutes by heart-rate reserve.

    One mean for a whole session understates intervals, because the weight bends upwards: where each minute is known,
    add up the minutes.

    Args:
        minutes: Length [min], at least 0.
        share: Share of the heart-rate reserve, 0 to 1 (``reserve_share``).
        sex: ``female`` or ``male``; None takes the mean of both, a midstance default.
    Returns: Training impulse [TRIMP]; 0 for no minutes.
    Raises: ValueError: A number outside its bounds, or another word for sex.
    Source: R3, after Banister 1991 and Morton 1990 (validity: useful).

    >>> round(banister_trimp(30, 0.5, sex="male"), 4)
    25.0723
    """
    require("minutes", minutes, 0)
    require("share of the heart-rate reserve", share, 0, 1)
    if sex is not None and sex not in WEIGHTS:
        msg = f"sex: {sex!r} given; it must be female, male or not stated"
        raise ValueError(msg)
    used = [WEIGHTS[sex]] if sex else list(WEIGHTS.values())
    return minutes * share * sum(factor * exp(power * share) for factor, power in used) / len(used)
