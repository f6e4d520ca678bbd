"""How hard recorded minutes were: the heart rate above which they count, the easy pace, hard minutes and their shape.

History (``history.py``) is made of these. Nothing here reads files; recordings carry means by elapsed minute.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from midstance.domain.units import pace_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.run import RunDone
    from midstance.domain.runner import Thresholds

EASY_BELOW = 0.9             # of threshold heart rate; midstance default
THRESHOLD_OF_MAX = 0.88      # midstance default within evidence R14 (87 to 88 % of the highest)
FASTER_THAN_EASY = 0.92      # pace below this part of the easy pace is work; midstance default
BELIEVABLE_MAX = (100, 220)  # [bpm]
LONE_PEAK_BPM = 8            # a single highest value so far above the next is taken for a fault of the sensor
MAX_OVER_USUAL = 1.25        # the highest seen is near the true one only when it stands so far above usual runs
RUNS_FOR_MAX = 3
RUNNING_M_S = 1.5            # slower minutes are walked
EASY_MINUTES = 30            # fewer easy minutes tell no pace
COVERED = 0.7                # part of a run's minutes that must be known before its hard ones are counted
PACES = (120, 1200)          # believable paces [s/km]


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """By what minutes are judged.

    Attributes:
        hard_above_bpm: Heart rate above which a minute is hard [bpm], or None.
        easy_pace_s_per_km: Easy pace [s/km], or None.
        notes: How both were found, in sentences.
    """

    hard_above_bpm: float | None = None
    easy_pace_s_per_km: int | None = None
    notes: tuple[str, ...] = ()


def estimate_yardstick(runs: Sequence[RunDone], recent: Sequence[RunDone], thresholds: Thresholds) -> Yardstick:
    """Find what separates easy from hard minutes.

    Args:
        runs: All counted runs, for the highest heart rate.
        recent: Those of the weeks that the easy pace is taken from.
        thresholds: What the runner knows.
    Returns: A yardstick; both values None without evidence.
    Source: evidence R14 (validity: unclear); the parts are midstance defaults.
    """
    hard_above, heart_notes = _hard_above(runs, thresholds)
    pace, pace_notes = _easy_pace(recent, hard_above)
    return Yardstick(hard_above_bpm=hard_above, easy_pace_s_per_km=pace, notes=(*heart_notes, *pace_notes))


def _hard_above(runs: Sequence[RunDone], thresholds: Thresholds) -> tuple[float | None, tuple[str, ...]]:
    if not any(run.minute_hr for run in runs):
        return None, ()
    threshold, how = _threshold_bpm(runs, thresholds)
    if threshold is None:
        return None, (how,)
    above = EASY_BELOW * threshold
    return above, (f"{how} Minutes above {above:.0f} beats (90 % of it, a midstance default) count as hard.",)


def _threshold_bpm(runs: Sequence[RunDone], thresholds: Thresholds) -> tuple[float | None, str]:
    if thresholds.hr_threshold:
        own = thresholds.hr_threshold
        return own, f"The threshold heart rate of {own} beats is the runner's own."
    if thresholds.hr_max:
        guess = THRESHOLD_OF_MAX * thresholds.hr_max
        says = f"The threshold heart rate is taken as {guess:.0f} beats, 88 % of the stated highest {thresholds.hr_max}"
        return guess, f"{says} (evidence R14, midstance default)."
    top = _highest_bpm(runs)
    if top is None:
        return None, (
            "Heart rate is not used to tell hard minutes: no threshold is given, and too few runs, or none near full "
            "effort, show the highest heart rate."
        )
    guess = THRESHOLD_OF_MAX * top
    says = f"The threshold heart rate is taken as {guess:.0f} beats, 88 % of the highest seen in the runs ({top:.0f})"
    return guess, f"{says} (evidence R14, midstance default); a measured one would be better."


def _highest_bpm(runs: Sequence[RunDone]) -> float | None:
    """Give the highest believable heart rate of three or more runs [bpm], if it is far above usual ones."""
    low, high = BELIEVABLE_MAX
    tops = sorted(run.max_hr for run in runs if run.max_hr and low <= run.max_hr <= high)
    means = [run.mean_hr for run in runs if run.mean_hr]
    if len(tops) < RUNS_FOR_MAX or not means:
        return None
    top = tops[-2] if tops[-1] - tops[-2] > LONE_PEAK_BPM else tops[-1]
    return top if top >= MAX_OVER_USUAL * median(means) else None


def _easy_pace(runs: Sequence[RunDone], hard_above: float | None) -> tuple[int | None, tuple[str, ...]]:
    """Take the median pace of easy minutes: by heart rate where known, else without the fastest third."""
    by_heart = [
        speed for run in runs for speed, beats in _minutes(run)
        if speed >= RUNNING_M_S and hard_above and 0 < beats <= hard_above
    ]
    if len(by_heart) >= EASY_MINUTES:
        how = f"the median of {len(by_heart)} minutes with a heart rate of {hard_above:.0f} or less"
        return _pace(by_heart, how)
    speeds = sorted(speed for run in runs for speed, _ in _minutes(run) if speed >= RUNNING_M_S)
    slower = speeds[:len(speeds) - len(speeds) // 3]
    if len(slower) >= EASY_MINUTES:
        return _pace(slower, f"the median of {len(slower)} minutes, the fastest third left out")
    return None, ("Too few recorded minutes tell an easy pace.",) if runs else ()


def _pace(speeds: Sequence[float], how: str) -> tuple[int | None, tuple[str, ...]]:
    pace = round(1000 / median(speeds))
    if not PACES[0] <= pace <= PACES[1]:
        return None, (f"The recorded minutes give {pace} s a km, which is no running pace.",)
    return pace, (f"The easy pace of {pace_text(pace)} a km is {how}, from the last 12 weeks.",)


def _minutes(run: RunDone) -> list[tuple[float, int]]:
    """Pair speed [m/s] and heart rate [bpm] of each minute; a run without a track gives its mean pace as minutes."""
    speeds = run.minute_speed_m_s
    if not speeds:
        if not run.distance_km:
            return []
        mean = 1000 * run.distance_km / run.seconds
        return [(mean, round(run.mean_hr or 0))] * (run.seconds // 60)
    beats = run.minute_hr or (0,) * len(speeds)
    return list(zip(speeds, beats, strict=False))


def hard_pattern(run: RunDone, yardstick: Yardstick) -> tuple[bool, ...] | None:
    """Tell of each elapsed minute whether it was hard.

    Args:
        run: A recorded run.
        yardstick: By what to judge; heart rate comes before pace.
    Returns: One truth value a minute, paused ones False; None when nothing tells.
    """
    if yardstick.hard_above_bpm and _known(run.minute_hr, run):
        return tuple(beats > yardstick.hard_above_bpm for beats in run.minute_hr)
    pace = yardstick.easy_pace_s_per_km
    if pace and _known(run.minute_speed_m_s, run):
        fast = 1000 / (FASTER_THAN_EASY * pace)
        return tuple(speed > fast for speed in run.minute_speed_m_s)
    return None


def _known(series: Sequence[float], run: RunDone) -> bool:
    return 60 * sum(value > 0 for value in series) >= COVERED * run.seconds


def hard_minutes(run: RunDone, yardstick: Yardstick) -> float | None:
    """Count the hard minutes of a run [min], at most its length; None when nothing tells.

    What the run itself states comes first. Source: evidence R14 (validity: unclear).
    """
    if run.hard_minutes is not None:
        return min(run.hard_minutes, run.seconds / 60)
    pattern = hard_pattern(run, yardstick)
    return None if pattern is None else min(float(sum(pattern)), run.seconds / 60)


def longest_streak(pattern: Sequence[bool]) -> int:
    """Give the length of the longest row of hard minutes.

    >>> longest_streak((True, False, True, True))
    2
    """
    best = current = 0
    for hard in pattern:
        current = current + 1 if hard else 0
        best = max(best, current)
    return best
