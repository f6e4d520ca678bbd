"""Single-leg calf raises against what is typical for age and sex: a test that chooses exercises."""

from __future__ import annotations

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require
from midstance.metrics._metric import Aggregate, metric
from midstance.metrics._screen import ScreenVerdict

NORMS = {   # median repetitions by decade from the twenties to the eighties, evidence R50
    "male": (37, 32, 28, 23, 19, 14, 10),
    "female": (30, 27, 24, 21, 19, 16, 13),
}
NOISE_REPS = 6   # two tests of one person differ by as many


@metric(
    title="Typical number of calf raises",
    unit="reps",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    source="hebert-losier-2017",
    cites=("R50",),
)
def calf_raise_norm(sex: str, age: int) -> int:
    """Give how many single-leg calf raises are typical; a newer study found no fall with age.

    Args:
        sex: ``female`` or ``male``.
        age: Age [years], 18 to 110; under 20 counts as the twenties, from 90 on as the eighties.
    Returns: Median repetitions on a 10-degree incline at full height.
    Raises: ValueError: Another word for sex, or an age outside its bounds.
    Source: R50, Hébert-Losier 2017 as quoted by others (validity: unclear).

    >>> calf_raise_norm("female", 44)
    24
    """
    require("age", age, 18, 110)
    if sex not in NORMS:
        msg = f"sex: {sex!r} given; norms are known for female and male"
        raise ValueError(msg)
    norms = NORMS[sex]
    return norms[min(max(age // 10 - 2, 0), len(norms) - 1)]


@metric(
    title="Calf raises beyond the noise",
    unit="verdict",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    cites=("R48", "R50"),
)
def calf_raise_verdict(left: int, right: int, norm: int) -> ScreenVerdict:
    """Flag calf raises more than six below the norm on a side, or more than six apart.

    Args:
        left: Repetitions of the left leg, at least 0.
        right: Repetitions of the right leg, at least 0.
        norm: Typical repetitions (``calf_raise_norm``), at least 0.
    Returns: Flag: calves come first; ok otherwise.
    Raises: ValueError: A number below 0.
    Source: R50, the flag is a midstance default (validity: unclear).

    >>> calf_raise_verdict(25, 26, 32).value
    'flag'
    """
    require("left", left, 0)
    require("right", right, 0)
    require("norm", norm, 0)
    low = norm - min(left, right) > NOISE_REPS
    return ScreenVerdict.FLAG if low or abs(left - right) > NOISE_REPS else ScreenVerdict.OK
