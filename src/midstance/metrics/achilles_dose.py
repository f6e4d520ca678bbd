"""Slow heavy loading for the Achilles tendon, week by week. Education, no treatment."""

from __future__ import annotations

from midstance.domain.evidence import Validity
from midstance.metrics._dose_table import TissueDose, dose_of_week
from midstance.metrics._metric import Aggregate, metric

ACHILLES = ((1, 3, 15), (2, 3, 12), (4, 4, 10), (6, 4, 8), (9, 4, 6))   # from week, sets, repetitions; evidence R84


@metric(
    title="Dose for the Achilles tendon",
    unit="dose",
    aggregate=Aggregate.LAST,
    validity=Validity.USEFUL,
    source="beyer-2015",
    cites=("R84",),
)
def achilles_dose(week: int) -> TissueDose:
    """Give the dose of slow heavy calf raises, three times a week, six seconds a repetition, two to three minutes rest.

    Args:
        week: Week of the programme, 1 to 12.
    Returns: Sets and repetitions.
    Raises: ValueError: A week outside the programme.
    Source: R84, Beyer 2015 as quoted by others (validity: useful).

    >>> str(achilles_dose(6))
    '4x8RM'
    """
    return dose_of_week(ACHILLES, week)
