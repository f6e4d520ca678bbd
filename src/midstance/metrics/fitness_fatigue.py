"""Banister's model of fitness and fatigue: the shape of a taper, no forecast for one person."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require_above, require_each
from midstance.metrics._metric import Aggregate, metric

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """How fast the two effects of a day's load fade [d], and how large they begin.

    The numbers illustrate; fitted to one runner they are unstable and hardly identified.

    Raises: ValueError: Fitness does not outlast fatigue, or a number is not above 0.
    """

    fitness_tau_d: float = 45.0
    fatigue_tau_d: float = 15.0
    fitness_gain: float = 1.0
    fatigue_gain: float = 2.0

    def __post_init__(self) -> None:
        require_above("time constant of fatigue [d]", self.fatigue_tau_d)
        require_above("time constant of fitness [d]", self.fitness_tau_d, self.fatigue_tau_d)
        require_above("gain of fitness", self.fitness_gain)
        require_above("gain of fatigue", self.fatigue_gain)

    @property
    def pace_d(self) -> float:
        """Time scale on which the two effects part [d]."""
        return self.fitness_tau_d * self.fatigue_tau_d / (self.fitness_tau_d - self.fatigue_tau_d)


ILLUSTRATION = Response()


@metric(
    title="Fitness minus fatigue",
    unit="AU",
    aggregate=Aggregate.LAST,
    validity=Validity.UNRELIABLE,
    cites=("R13",),
)
def fitness_fatigue(daily: Sequence[float], *, response: Response = ILLUSTRATION) -> list[float]:
    """Subtract faded fatigue from faded fitness each morning, before the day's own load.

    Args:
        daily: Load per calendar day [AU], oldest first, each at least 0; may be empty.
        response: How both effects begin and fade.
    Returns: Change from the starting level, one value per day [AU]; 0 on the first morning.
    Raises: ValueError: A load below 0.
    Source: R13, after Banister and Morton 1990 (validity: unreliable).

    >>> [round(net, 2) for net in fitness_fatigue([100, 0, 0])]
    [0.0, -89.3, -79.38]
    """
    require_each("daily load [AU]", daily)
    fit, tired, out = 0.0, 0.0, []
    for load in daily:
        out.append(response.fitness_gain * fit - response.fatigue_gain * tired)
        fit = (fit + load) * exp(-1 / response.fitness_tau_d)
        tired = (tired + load) * exp(-1 / response.fatigue_tau_d)
    return out


@metric(
    title="Days until a load no longer holds back",
    unit="d",
    aggregate=Aggregate.LAST,
    validity=Validity.UNRELIABLE,
    cites=("R13",),
)
def days_until_even(response: Response = ILLUSTRATION) -> float:
    """Tell after how many days fitness and fatigue of one load are even (t_n).

    Args:
        response: How both effects begin and fade.
    Returns: Days [d]; 0 when fatigue never outweighs fitness.
    Source: R13, after Morton 1990 (validity: unreliable).

    >>> round(days_until_even(), 4)
    15.5958
    """
    return max(0.0, response.pace_d * log(response.fatigue_gain / response.fitness_gain))


@metric(
    title="Days until a load helps most",
    unit="d",
    aggregate=Aggregate.LAST,
    validity=Validity.UNRELIABLE,
    cites=("R13",),
)
def days_until_best(response: Response = ILLUSTRATION) -> float:
    """Tell after how many days one load helps most (t_g).

    Args:
        response: How both effects begin and fade.
    Returns: Days [d]; 0 when it helps most at once.
    Source: R13, after Morton 1990 (validity: unreliable).

    >>> round(days_until_best(), 4)
    40.3146
    """
    fading = response.fatigue_gain * response.fitness_tau_d / (response.fitness_gain * response.fatigue_tau_d)
    return max(0.0, response.pace_d * log(fading))
