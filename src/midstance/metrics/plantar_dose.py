"""Slow heavy loading for the plantar fascia, week by week. Education, no treatment."""

from __future__ import annotations

from midstance.domain.evidence import Validity
from midstance.metrics._dose_table import TissueDose, dose_of_week
from midstance.metrics._metric import Aggregate, metric

PLANTAR = ((1, 3, 12), (3, 4, 10), (5, 5, 8))   # from week, sets, repetitions; evidence R78


@metric(
    title="Dose for the plantar fascia",
    unit="dose",
    aggregate=Aggregate.LAST,
    validity=Validity.USEFUL,
    source="rathleff-2015",
    cites=("R78",),
)
def plantar_dose(week: int) -> TissueDose:
    """Give the dose of single-leg heel raises with a towel under the toes, every second day.

    Three seconds up, two held, three down; on both legs where one is too weak. At three months it helped, at one,
    six and twelve there was no difference.

    Args:
        week: Week of the programme, 1 to 12.
    Returns: Sets and repetitions.
    Raises: ValueError: A week outside the programme.
    Source: R78, Rathleff 2015 (validity: useful).

    >>> str(plantar_dose(3))
    '4x10RM'
    """
    return dose_of_week(PLANTAR, week)
