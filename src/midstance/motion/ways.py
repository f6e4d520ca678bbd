"""Ways out and back of a watched value: how many a round has, and how large one must be to be believed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from midstance.motion.body import Array

# Ways of walking, from end to end [degrees; cm for a rise]. Source: Perry, Gait Analysis (1992): knee 60, hip 30
# forward, ankle 30, thighs 45 apart; arms and trunk after Murray (1967): elbow 25, shoulder 30, trunk 5, shoulders
# against hips 15, hips up and down 5.
WALKING: Final = {
    "knee": 60, "hip": 30, "ankle": 30, "legs": 45, "elbow": 25, "shoulder": 30, "trunk": 5, "turn": 15, "rise": 5,
}
WALKING_MARGIN: Final = 1.1     # what is no more than this larger could be a step (midstance default)
QUICK_S: Final = 2.0            # a repetition no longer than this is as quick as a step (midstance default)
# A way is never believed below this (midstance defaults): three times the jitter of an angle between landmarks, more
# at the ankle, where the foot is short; hips bob by 4 to 5 cm in walking.
LEAST_DEG: Final = 10
LEAST_OF: Final = {"ankle": 15, "rise": 5}


def together(who: str, own: Array, other: Array, sign: float) -> Array:
    """Make one value of both sides.

    Args:
        who: ``one`` is the own side; ``both`` their mean, or the one that is seen; ``either`` the one farther out.
        own: Value of the side that works, NaN where not seen.
        other: Of the other side.
        sign: 1 where the value grows on the way out, else -1.
    """
    if who == "one":
        return own
    if who == "either":
        return np.asarray(np.fmax(sign * own, sign * other) * sign)
    one, two = np.where(np.isnan(own), other, own), np.where(np.isnan(other), own, other)
    return np.asarray((one + two) / 2)


def ways_in(values: Array) -> int:
    """Count how often a value goes out and back in a round that begins anew, by the middle of its range and a margin.

    >>> ways_in(np.array([0, 9, 0, 8, 0.0])), ways_in(np.array([5, 5, 5.0]))
    (2, 0)
    """
    low, high = float(values.min()), float(values.max())
    if high <= low:
        return 0
    counts, out = [0], False
    for share in (np.concatenate([values, values]) - low) / (high - low):
        out, was = share > 0.6 or (out and share >= 0.4), out
        counts.append(counts[-1] + (out and not was))
    return int(counts[-1] - counts[len(values)])


def shortest_run_s(values: Array, step_s: float) -> float:
    """Tell the shortest time that a round spends beyond the middle of its range, or on this side of it [s].

    >>> shortest_run_s(np.array([0, 0, 9, 9, 9, 0.0]), 0.1)
    0.3
    """
    beyond = values > (values.min() + values.max()) / 2
    turns = np.flatnonzero(beyond != np.roll(beyond, 1))
    if not len(turns):
        return len(values) * step_s
    return round(float(np.diff(np.append(turns, turns[0] + len(values))).min()) * step_s, 6)


def step_way(angle: str, who: str) -> int:
    """Tell up to which size a way could be a step [degrees; cm for a rise]; of both legs together it is half as large.

    >>> step_way("right knee", "one"), step_way("right knee", "both")
    (66, 33)
    """
    shared = who == "both" and " " in angle
    return round(WALKING[angle.rpartition(" ")[2]] * WALKING_MARGIN / (2 if shared else 1))


def least_way(angle: str, step: int, seconds: float) -> int:
    """Tell how large a way must at least be [degrees; cm for a rise]: quick ones larger than a step.

    >>> least_way("right knee", 66, 4.0), least_way("right hip", 33, 0.7)
    (10, 33)
    """
    floor = LEAST_OF.get(angle.rpartition(" ")[2], LEAST_DEG)
    return max(floor, step) if seconds <= QUICK_S else floor
