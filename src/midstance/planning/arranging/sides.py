"""What the self-assessment changes: the side that leads, one more set, and a tilt in the choice (R48-R60)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from midstance.domain.exercise import Exercise

TILT = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """How one self-test is read.

    Attributes:
        word: Part of the test's id.
        patterns: Movement patterns it speaks about.
        noise: Difference between sides that means nothing [unit of the test].
        noise_share: The same as a share of the better side.
        least: Result below which its patterns are preferred, or None.
        loaded: Whether to answer a low result with loaded range rather than with stretching (M5, R31).
    """

    word: str
    patterns: frozenset[str]
    noise: float = 0.0
    noise_share: float = 0.15
    least: float | None = None
    loaded: bool = False


TESTS = (
    Test(word="knee-to-wall", patterns=frozenset({"calf-straight", "calf-bent", "ankle-mobility"}), noise=2.0,
         noise_share=0.0, least=9.0, loaded=True),
    Test(word="calf-raise", patterns=frozenset({"calf-straight", "calf-bent"}), noise=6.0, noise_share=0.0, least=20.0),
    Test(word="side-plank", patterns=frozenset({"core-side"}), noise=8.0, least=30.0),
    Test(word="balance", patterns=frozenset({"foot", "hip-abduction"}), noise_share=0.5, least=5.0),
    Test(word="bridge", patterns=frozenset({"bridge", "leg-curl"}), least=20.0),
    Test(word="sit-to-stand", patterns=frozenset({"squat", "lunge", "step"}), least=10.0),
    Test(word="plank", patterns=frozenset({"core-front"}), least=60.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Which side leads by pattern, where it gets a set more, and which patterns are preferred."""

    first: dict[str, str]
    extra: frozenset[str]
    tilted: frozenset[str]
    loaded: bool

    def tilt(self, exercise: Exercise) -> float:
        """How much more an exercise is wanted because of the assessment."""
        value = TILT if exercise.pattern in self.tilted else 0.0
        if self.loaded and ("deficit" in exercise.id or (exercise.pattern == "squat" and exercise.load.start_share)):
            value += TILT
        return value


def sides_of(assessment: dict[str, float | dict[str, float]]) -> Sides:
    """Read an assessment: the weaker side first, and beyond noise one set more (never a ban, R48).

    >>> sides_of({"knee-to-wall-cm": {"left": 7, "right": 11}}).first["calf-bent"]
    'left'
    """
    first: dict[str, str] = {}
    extra: set[str] = set()
    tilted: set[str] = set()
    loaded = False
    for name, result in sorted(assessment.items()):
        test = next((t for t in TESTS if t.word in name), None)
        if test is None:
            continue
        values = list(result.values()) if isinstance(result, dict) else [result]
        if test.least is not None and values and min(values) < test.least:
            tilted |= test.patterns
            loaded |= test.loaded
        side = _weaker(result)
        if side:
            first.update(dict.fromkeys(test.patterns, side))
            if _beyond_noise(test, max(values), min(values)):
                extra |= test.patterns
                tilted |= test.patterns
    return Sides(first=first, extra=frozenset(extra), tilted=frozenset(tilted), loaded=loaded)


def _weaker(result: float | dict[str, float]) -> str | None:
    if not isinstance(result, dict) or set(result) != {"left", "right"} or result["left"] == result["right"]:
        return None
    return min(result, key=lambda side: result[side])


def _beyond_noise(test: Test, better: float, worse: float) -> bool:
    difference = better - worse
    return difference > test.noise and difference >= test.noise_share * better
