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
        too_soon: Exercises that wait after a low result, where anything easier or other of their family is there.
        finding: What a low result says, for the reasons of a session; empty where nothing is said.
        rated: Whether sides are compared by eye and not measured; what was measured counts before it.
    """

    word: str
    patterns: frozenset[str]
    noise: float = 0.0
    noise_share: float = 0.15
    least: float | None = None
    loaded: bool = False
    too_soon: frozenset[str] = frozenset()
    finding: str = ""
    rated: bool = False


ONE_LEG = frozenset({"squat", "lunge", "step", "hinge", "bridge", "leg-curl", "calf-straight", "calf-bent",
                     "hip-abduction"})
SELF_CHECK = (
    Test(word="mirror-balance", patterns=frozenset({"foot", "hip-abduction"}), noise=5.0, noise_share=0.5, least=10.0,
         too_soon=frozenset({"single-leg-deadlift", "single-leg-step-up", "high-step-up", "single-leg-squat-to-box",
                             "skater-squat", "single-leg-balance-toe-tap"}),
         finding="less than 10 seconds on one foot"),
    Test(word="mirror-upper-back", patterns=frozenset({"thoracic-mobility", "pull"}), least=1.0,
         finding="shoulders or head drifting forward"),
    Test(word="mirror-lower-back", patterns=frozenset({"core-front"}), least=1.0,
         finding="a lower back that arches a lot"),
    Test(word="mirror-squat-heels", patterns=frozenset({"ankle-mobility"}), least=1.0, loaded=True,
         finding="heels that lift in a deep squat"),
    Test(word="mirror-squat-depth", patterns=frozenset({"hip-mobility"}), least=1.0, too_soon=frozenset({"squat"}),
         finding="a squat that stops above level"),
    Test(word="mirror-push-up", patterns=frozenset(), least=5.0,
         too_soon=frozenset({"push-up", "feet-raised-push-up"}), finding="fewer than 5 push-ups"),
    Test(word="mirror-one-leg", patterns=ONE_LEG, noise=1.0, rated=True),
)
"""The five questions of the first self-check (M23): they choose exercises and sides, and predict nothing (R48)."""
TESTS = (
    *SELF_CHECK,
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
class Finding:
    """What the self-check found: its words, what it prefers, and what it finds too soon."""

    says: str
    patterns: frozenset[str]
    too_soon: frozenset[str]
    loaded: bool = False

    def prefers(self, exercise: Exercise) -> bool:
        """Tell whether an exercise is preferred because of it."""
        return exercise.pattern in self.patterns or (self.loaded and loads_range(exercise))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """What the assessment changes.

    Attributes:
        first: The side that leads, by pattern; ``felt`` are the patterns where it was told by eye.
        extra: Patterns in which it gets a set more.
        tilted: Patterns that are preferred.
        loaded: Whether loaded range is preferred.
        findings: What the self-check found, in the order of its questions.
    """

    first: dict[str, str]
    extra: frozenset[str]
    tilted: frozenset[str]
    loaded: bool
    felt: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()

    @property
    def too_soon(self) -> frozenset[str]:
        """Exercises that wait for some weeks."""
        return frozenset().union(*(finding.too_soon for finding in self.findings))

    def tilt(self, exercise: Exercise) -> float:
        """How much more an exercise is wanted because of the assessment."""
        value = TILT if exercise.pattern in self.tilted else 0.0
        return value + (TILT if self.loaded and loads_range(exercise) else 0.0)


def sides_of(assessment: dict[str, float | dict[str, float]]) -> Sides:
    """Read an assessment: the weaker side first, and beyond noise one set more (never a ban, R48).

    >>> sides_of({"knee-to-wall-cm": {"left": 7, "right": 11}}).first["calf-bent"]
    'left'
    """
    told = [(test, result) for name, result in sorted(assessment.items()) if (test := test_of(name)) is not None]
    first: dict[str, str] = {}
    extra: set[str] = set()
    tilted: set[str] = set()
    felt: set[str] = set()
    low: list[Test] = []
    for test, result in sorted(told, key=lambda one: not one[0].rated):
        values = list(result.values()) if isinstance(result, dict) else [result]
        if test.least is not None and values and min(values) < test.least:
            low.append(test)
            tilted |= test.patterns
        side = _weaker(result)
        if side:
            first.update(dict.fromkeys(test.patterns, side))
            felt = felt | test.patterns if test.rated else felt - test.patterns
            if _beyond_noise(test, max(values), min(values)):
                extra |= test.patterns
                tilted |= test.patterns
    return Sides(
        first=first, extra=frozenset(extra), tilted=frozenset(tilted), loaded=any(test.loaded for test in low),
        felt=frozenset(felt), findings=tuple(
            Finding(says=test.finding, patterns=test.patterns, too_soon=test.too_soon, loaded=test.loaded)
            for test in TESTS if test in low and test.finding))


def loads_range(exercise: Exercise) -> bool:
    """Tell whether an exercise trains the range of ankle or knee under load (M5)."""
    return "deficit" in exercise.id or (exercise.pattern == "squat" and bool(exercise.load.start_share))


def test_of(name: str) -> Test | None:
    """Find how a result is read by the id of its test, or None."""
    return next((test for test in TESTS if test.word in name), None)


def _weaker(result: float | dict[str, float]) -> str | None:
    if not isinstance(result, dict) or set(result) != {"left", "right"} or result["left"] == result["right"]:
        return None
    return min(result, key=lambda side: result[side])


def _beyond_noise(test: Test, better: float, worse: float) -> bool:
    difference = better - worse
    return difference > test.noise and difference >= test.noise_share * better
