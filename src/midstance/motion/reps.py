"""Count repetitions from one watched angle, frame by frame, as they happen.

A repetition is a way out and back: the value leaves its rest in the direction of the record by a good part of the
record's excursion, turns, and returns. Only the direction, the excursion and the time come from the record; where rest
and turn lie is learned from the runner, so a partial range, a bent standing knee or a slow drift do no harm.
Twin: ``web/static/mirror/reps.js``; both keep to ``tests/data/vectors/mirror-reps.json``.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from midstance.motion.watch import Watched

Phase = Literal["rest", "out", "turn", "back"]

# All numbers of this module are midstance defaults, checked by benchmarks/mirror_reps.py; the report shows how little
# the counts change when each is 20 % smaller or larger.
OUT_SHARE: Final = 0.33       # of the excursion that makes a way out, if the record asks for no more
BACK_SHARE: Final = 0.5       # of the own way out that makes a return
END_SHARE: Final = 0.25       # the same when the recording ends on the way back
LEAST_TIME_SHARE: Final = 0.15   # of the record's time that a repetition takes at least
STEP_TIME_SHARE: Final = 0.4  # the same for a way no larger than a step of walking,
STEP_S: Final = 0.6           # but never more than this [s]: a foot swings for half a second in walking
MOST_TIME_SHARE: Final = 2.0     # of the record's time that it takes at most, and
MOST_TIME_MORE_S: Final = 2.0    # so much more [s]
OWN_REPS: Final = 3           # last repetitions whose mean is the runner's own excursion
OWN_LEAST: Final = 0.5        # the own excursion counts as this share of the record's at least
OWN_MOST: Final = 1.25        # and at most
REST_S: Final = 2.5           # a value that stays only a little out for so long [s] is at rest there, and
LITTLE_SHARE: Final = 0.5     # a little is this share of the way that counts
GAP_S: Final = 1.0            # after so long without a value a repetition under way is dropped
NEAR_SHARE: Final = 0.1       # of the excursion: as near as this to rest or turn is at rest or turn
CALM_FRAMES: Final = 0.2      # values are evened out over the time of so many of the slowest frames a record allows
WINDOW_S: Final = 0.09        # values whose median is taken, against single wrong frames; three at 30 a second


@dataclass(frozen=True, slots=True, kw_only=True)
class Rep:
    """One repetition.

    Attributes:
        start_s: When the value left its rest [s].
        turn_s: When it was farthest [s].
        end_s: When it had returned far enough to count [s].
        rest: Value it started from [degrees; cm for a rise].
        turn: Farthest value.
    """

    start_s: float
    turn_s: float
    end_s: float
    rest: float
    turn: float


class Counter:
    """Counts one movement; push every frame in order of time.

    Each push is a fixed small amount of work. The median of ``WINDOW_S`` delays by half of that, the evening out by
    ``CALM_FRAMES`` over the record's ``frames_s`` (0.15 s for a squat, 0.03 s for a hop); a repetition is told when the
    value has come back ``BACK_SHARE`` of its way.

    Attributes:
        reps: How many were counted.
        phase: ``rest``, ``out`` on the way to the turn, ``turn`` near it, ``back`` on the way to rest.
        now_s: Time of the last frame taken [s].
        start_s: When the value was last at rest [s]; ``turn_s`` when it was farthest on the way under way [s].
        way: The smoothed value of the last frame.
    """

    def __init__(self, watched: Watched) -> None:
        self._sign = 1.0 if watched["turn"] >= watched["rest"] else -1.0
        self._excursion = abs(watched["turn"] - watched["rest"])
        self._floor = float(watched["least"])
        self._least_s = LEAST_TIME_SHARE * watched["seconds"]
        self._step, self._step_s = watched["step"], min(STEP_TIME_SHARE * watched["seconds"], STEP_S)
        self._most_s = MOST_TIME_SHARE * watched["seconds"] + MOST_TIME_MORE_S
        self._each = watched["ways"]
        self._calm_s = CALM_FRAMES / watched["frames_s"]
        self._ways: list[Rep] = []
        self._own: deque[float] = deque(maxlen=OWN_REPS)
        self._window: deque[tuple[float, float]] = deque()
        self._away = False
        self._low = self._high = math.nan
        self.now_s = self.start_s = self.turn_s = self.way = math.nan
        self.reps = 0
        self.phase: Phase = "rest"

    def push(self, t_s: float, value: float) -> Rep | None:
        """Take the value of a frame.

        Args:
            t_s: Time [s], later than the one before; a frame that is not is passed over.
            value: What is watched; NaN where it was not seen.
        Returns: The repetition that this frame completes, if it does.
        """
        if math.isnan(value) or (self._window and t_s <= self._window[-1][0]):
            return None
        if self._window and t_s - self._window[-1][0] > GAP_S:
            self.drop()
        self.now_s, self.way = t_s, self._smooth(t_s, value)
        way = self._sign * self.way
        if math.isnan(self._low) or self._is_stale(t_s, way):
            self._settle(t_s, way)
            self._ways.clear()
        if self._away:
            return self._going(t_s, way, BACK_SHARE)
        self._resting(t_s, way)
        return None

    def finish(self) -> Rep | None:
        """End the recording: a repetition counts whose way back had begun."""
        if not self._away or not self._window:
            return None
        return self._going(self.now_s, self._sign * self.way, END_SHARE)

    def drop(self) -> None:
        """Forget the repetition under way: what was seen does not belong to it."""
        self._window.clear()
        self._ways.clear()
        self._low = self._high = math.nan
        self._away = False
        self.phase = "rest"

    def take_back(self) -> None:
        """Forget the last repetition: it was none after all."""
        self.reps -= 1
        self._own.clear()

    def needed(self) -> float:
        """Tell how far a way out must lead to count [degrees; cm for a rise]."""
        own = sum(self._own) / len(self._own) if self._own else self._excursion
        own = min(max(own, OWN_LEAST * self._excursion), OWN_MOST * self._excursion)
        return max(self._floor, OUT_SHARE * own)

    def _smooth(self, t_s: float, value: float) -> float:
        """Take the median of the last frames, then even it out."""
        passed = t_s - self._window[-1][0] if self._window else math.inf
        self._window.append((t_s, value))
        while self._window[0][0] < t_s - WINDOW_S:
            self._window.popleft()
        values = sorted(one for _, one in self._window)
        half = len(values) // 2
        middle = values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2
        return middle if passed == math.inf else self.way + (middle - self.way) * passed / (passed + self._calm_s)

    def _is_stale(self, t_s: float, way: float) -> bool:
        """Tell whether this has lasted too long: a new posture, or sitting down, but no repetition."""
        return t_s - self.start_s > self._most_s and (self._away or way > self._low)

    def _settle(self, t_s: float, way: float) -> None:
        """Take this place as the rest."""
        self._low, self.start_s, self._away, self.phase = way, t_s, False, "rest"

    def _resting(self, t_s: float, way: float) -> None:
        needed = self.needed()
        if way < self._low:
            self._low, self.start_s = way, t_s
        elif way - self._low <= NEAR_SHARE * needed:
            self.start_s, self.phase = t_s, "rest"
        elif t_s - self.start_s > REST_S and way - self._low < LITTLE_SHARE * needed:
            self._settle(t_s, way)
        else:
            self.phase = "out"
        if way - self._low >= needed:
            self._away, self._high, self.turn_s = True, way, t_s

    def _going(self, t_s: float, way: float, share: float) -> Rep | None:
        if way > self._high:
            self._high, self.turn_s = way, t_s
        far = self._high - self._low
        self.phase = "turn" if way >= self._high - NEAR_SHARE * far else "back"
        if self._high - way < share * far:
            return None
        rep = Rep(start_s=self.start_s, turn_s=self.turn_s, end_s=t_s, rest=self._sign * self._low,
                  turn=self._sign * self._high)
        self._settle(t_s, way)
        self.phase = "back"
        least_s = max(self._least_s, self._step_s) if far <= self._step else self._least_s
        return self._counted(rep) if t_s - rep.start_s >= least_s else None

    def _counted(self, way: Rep) -> Rep | None:
        """Make a repetition of its ways; most movements have one."""
        self._own.append(abs(way.turn - way.rest))
        self._ways.append(way)
        if len(self._ways) < self._each:
            return None
        first, farthest = self._ways[0], max(self._ways, key=lambda one: self._sign * one.turn)
        self._ways.clear()
        self.reps += 1
        return Rep(start_s=first.start_s, turn_s=farthest.turn_s, end_s=way.end_s, rest=first.rest, turn=farthest.turn)


def count(times_s: Iterable[float], values: Iterable[float], watched: Watched) -> tuple[Rep, ...]:
    """Count the repetitions of a whole recording.

    Args:
        times_s: Time of each frame [s].
        values: What is watched in each; NaN where it was not seen.
        watched: What a record says of it.
    """
    counter = Counter(watched)
    found = [counter.push(float(t_s), float(value)) for t_s, value in zip(times_s, values, strict=True)]
    return tuple(rep for rep in [*found, counter.finish()] if rep is not None)
