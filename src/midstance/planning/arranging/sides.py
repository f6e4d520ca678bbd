"""What self-tests change in sessions: the side that leads, one more set, and a tilt in the choice (R48-R60)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.planning.judging import judged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.domain.exercise import Exercise
    from midstance.domain.runner import Runner
    from midstance.domain.self_test import SelfTest
    from midstance.planning.judging import Judgement

TILT = 0.6
"""How much a result adds to the wish for an exercise; midstance default, the least that shows (R48)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a self-test found: its name, its date if known, its words, what it prefers, and what it finds too soon."""

    test: str
    told: dt.date | None
    says: str
    patterns: frozenset[str]
    too_soon: frozenset[str]
    loaded: bool = False

    def prefers(self, exercise: Exercise) -> bool:
        """Tell whether an exercise is preferred because of it."""
        meant = exercise.pattern in self.patterns and not (self.loaded and stretches(exercise))
        return meant or (self.loaded and loads_range(exercise))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """What the assessment changes.

    Attributes:
        first: The side that leads, by pattern; ``felt`` are the patterns where it was told by eye.
        tests: Name of the test that says which side leads, by pattern.
        extra: Patterns in which it gets a set more.
        tilted: Patterns that are preferred.
        loaded: Whether loaded range is preferred.
        findings: What was found, in the order of the tests.
    """

    first: dict[str, str]
    tests: dict[str, str]
    extra: frozenset[str]
    tilted: frozenset[str]
    loaded: bool
    felt: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()

    def too_soon(self, date: dt.date, starts: dt.date, wait: dt.timedelta) -> frozenset[str]:
        """List the exercises that wait on a date: for some weeks after their test, else after the plan's start."""
        waiting = (finding for finding in self.findings if date - (finding.told or starts) < wait)
        return frozenset().union(*(finding.too_soon for finding in waiting))

    def wants(self, exercise: Exercise) -> bool:
        """Tell whether an exercise is of a pattern that is preferred; a stiff joint asks for load, not stretching."""
        return exercise.pattern in self.tilted and not (self.loaded and stretches(exercise))

    def tilt(self, exercise: Exercise) -> float:
        """How much more an exercise is wanted because of the assessment."""
        value = TILT if self.wants(exercise) else 0.0
        return value + (TILT if self.loaded and loads_range(exercise) else 0.0)


def sides_of(runner: Runner, date: dt.date) -> Sides:
    """Read a runner's results: the weaker side first, and beyond noise one set more (never a ban, R48).

    Args:
        runner: Results, year of birth and sex.
        date: The day for which the age counts.
    """
    return sides_from(judged(runner, date), runner.assessed_on)


def sides_from(results: Mapping[str, tuple[SelfTest, Judgement]], told: Mapping[str, dt.date]) -> Sides:
    """Put together what judged results change; what was measured counts before what was seen.

    Args:
        results: Judged results by test id.
        told: Dates of the results that have one.
    """
    first: dict[str, str] = {}
    tests: dict[str, str] = {}
    extra: set[str] = set()
    felt: set[str] = set()
    for test, found in sorted(results.values(), key=lambda one: not one[0].by_eye):
        if found.weaker and (found.apart or test.by_eye):
            patterns = frozenset(test.side_patterns)
            first.update(dict.fromkeys(patterns, found.weaker))
            tests.update(dict.fromkeys(patterns, test.name))
            felt = felt | patterns if test.by_eye else felt - patterns
            extra |= patterns if found.apart else frozenset()
    findings = tuple(_finding(test, found, told.get(test.id)) for test, found in results.values()
                     if found.follow is not None)
    return Sides(
        first=first, tests=tests, extra=frozenset(extra), felt=frozenset(felt), findings=findings,
        tilted=frozenset(extra).union(*(finding.patterns for finding in findings)),
        loaded=any(finding.loaded for finding in findings))


def _finding(test: SelfTest, found: Judgement, told: dt.date | None) -> Finding:
    follow = found.follow
    assert follow is not None
    return Finding(
        test=test.name, told=told, says=follow.finding, patterns=frozenset(follow.patterns),
        too_soon=frozenset(follow.too_soon), loaded=follow.loaded)


def loads_range(exercise: Exercise) -> bool:
    """Tell whether an exercise trains the range of ankle or knee under load (M5)."""
    return "deficit" in exercise.id or (exercise.pattern == "squat" and bool(exercise.load.start_share))


def stretches(exercise: Exercise) -> bool:
    """Tell whether an exercise is a quiet stretch."""
    return "flexibility" in exercise.trains
