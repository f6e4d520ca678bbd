"""How hard recorded minutes were: the heart rate and pace above which they count, zones, hard minutes and their shape.

What a whole run was (``measured_run.py``) is made of these. Nothing here reads files; recordings carry means by
elapsed minute.
"""

from __future__ import annotations

from bisect import bisect_left
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
HARD_SPEED = 0.88            # of threshold speed; faster is work; midstance default
ZONES = 5
HARD_FROM = 3                # minutes in the zones from this index on are hard
HEART_ZONES = (0.68, 0.80, EASY_BELOW, 1.0)
"""Borders of the five zones, of threshold heart rate: about 60 and 70 % of the highest (R4), then R14's two borders."""
SPEED_ZONES = (0.55, 0.75, HARD_SPEED, 1.0)
"""The same, of threshold speed: walking, clearly slower than easy, easy, up to threshold; midstance default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """By what minutes are judged.

    Attributes:
        hard_above_bpm: Heart rate above which a minute is hard [bpm], or None.
        easy_pace_s_per_km: Easy pace [s/km], or None.
        pace_threshold_s_per_km: Threshold pace [s/km] that the runner set by hand, or None.
        notes: How they were found, in sentences.
    """

    hard_above_bpm: float | None = None
    easy_pace_s_per_km: int | None = None
    pace_threshold_s_per_km: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def hard_above_m_s(self) -> float | None:
        """Speed above which a minute is work [m/s]: by the runner's own threshold pace, else by the easy pace."""
        if self.pace_threshold_s_per_km:
            return HARD_SPEED * 1000 / self.pace_threshold_s_per_km
        return 1000 / (FASTER_THAN_EASY * self.easy_pace_s_per_km) if self.easy_pace_s_per_km else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MinuteZones:
    """Zone of each elapsed minute of a run.

    Attributes:
        by_heart_rate: Whether heart rate told them; else pace did.
        zones: Index of the zone, 0 (easiest) to 4, or None where the minute is paused or unknown.
    """

    by_heart_rate: bool
    zones: tuple[int | None, ...]


def estimate_yardstick(runs: Sequence[RunDone], recent: Sequence[RunDone], thresholds: Thresholds) -> Yardstick:
    """Find what separates easy from hard minutes.

    Args:
        runs: All counted runs, for the highest heart rate.
        recent: Those of the weeks that the easy pace is taken from.
        thresholds: What the runner knows; a threshold pace set by hand comes before the easy pace.
    Returns: A yardstick; all values None without evidence.
    Source: evidence R14 (validity: unclear); the parts are midstance defaults.
    """
    hard_above, heart_notes = _hard_above(runs, thresholds)
    pace, pace_notes = _easy_pace(recent, hard_above)
    own = thresholds.pace_threshold_s_per_km
    if own:
        pace_notes = (
            *pace_notes,
            f"The threshold pace of {pace_text(own)} a km is the runner's own: where no heart rate tells, minutes "
            f"faster than {pace_text(round(own / HARD_SPEED))} a km (88 % of its speed, a midstance default) count as "
            "hard.",
        )
    return Yardstick(
        hard_above_bpm=hard_above, easy_pace_s_per_km=pace, pace_threshold_s_per_km=own,
        notes=(*heart_notes, *pace_notes),
    )


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


def minute_zones(run: RunDone, yardstick: Yardstick) -> MinuteZones | None:
    """Tell the zone of each elapsed minute: by heart rate, and where that tells nothing by pace.

    Five zones; ``HEART_ZONES`` and ``SPEED_ZONES`` are the upper borders of the first four as shares of the runner's
    threshold, and a minute on a border belongs to the easier side. The upper two zones are hard.

    Args:
        run: A recorded run.
        yardstick: By what to judge.
    Returns: Zones, or None when nothing tells: no yardstick, or too small a part of the run is known.
    Source: evidence R4 and R14 for heart rate, midstance default for pace (validity: unclear).
    """
    if yardstick.hard_above_bpm and _known(run.minute_hr, run):
        return MinuteZones(by_heart_rate=True, zones=_zones(run.minute_hr, yardstick.hard_above_bpm, HEART_ZONES))
    if yardstick.hard_above_m_s and _known(run.minute_speed_m_s, run):
        zones = _zones(run.minute_speed_m_s, yardstick.hard_above_m_s, SPEED_ZONES)
        return MinuteZones(by_heart_rate=False, zones=zones)
    return None


def _zones(series: Sequence[float], hard_above: float, shares: tuple[float, ...]) -> tuple[int | None, ...]:
    hard = shares[HARD_FROM - 1]
    borders = [hard_above if share == hard else hard_above * share / hard for share in shares]
    return tuple(bisect_left(borders, value) if value > 0 else None for value in series)


def hard_pattern(run: RunDone, yardstick: Yardstick) -> tuple[bool, ...] | None:
    """Tell of each elapsed minute whether it was hard.

    Args:
        run: A recorded run.
        yardstick: By what to judge; heart rate comes before pace.
    Returns: One truth value a minute, paused ones False; None when nothing tells.
    """
    told = minute_zones(run, yardstick)
    return None if told is None else tuple(zone is not None and zone >= HARD_FROM for zone in told.zones)


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
