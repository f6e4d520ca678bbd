"""What a self-test's result says: typical or not, alike or apart, what follows; no diagnosis and no forecast.

What it changes in sessions stands in ``arranging.sides``, in weekly targets in ``weeks``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from midstance.catalogue.self_tests import load_self_tests
from midstance.domain.self_test import Follow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from midstance.domain.runner import Runner
    from midstance.domain.self_test import SelfTest

Result: TypeAlias = float | dict[str, float]
STALE = dt.timedelta(weeks=16)
"""Age from which a result chooses nothing any more: two missed re-tests (R60); midstance default."""
PLURAL = {"reps": ("rep", "reps"), "faults": ("fault", "faults")}
ALIKE = "Left and right are alike."
NOISE = "Left and right are {difference} apart: within the noise of this test ({noise}), so it means nothing."
APART = "Your {weaker} side: {difference} {behind} than the {other}, more than the noise of this test ({noise})."
SEEN = "Your {weaker} side was the less steady one. It was seen and not measured, so it only goes first."
TYPICAL = "Typical{people}: {typical}."
ONE_SIDE = "Only one side was told, so nothing can be said about left and right."
ENOUGH = "{enough} is enough for running."
ENOUGH_AND_MORE = "{enough} is enough for running; a harder exercise says more now."


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a result says.

    Attributes:
        weaker: ``left`` or ``right``; empty where sides are equal, or were not told apart.
        apart: Whether the sides differ by more than the noise.
        difference: Distance between the sides [unit of the test]; None where they were not told apart.
        noise: Difference below which two results are the same [unit of the test].
        follow: What follows; None where nothing does.
        typical: What is typical for age and sex [unit of the test]; None where it is not known.
        says: Sentences for the runner.
    """

    weaker: str = ""
    apart: bool = False
    difference: float | None = None
    noise: float = 0.0
    follow: Follow | None = None
    typical: float | None = None
    says: tuple[str, ...] = ()

    @property
    def flagged(self) -> bool:
        """Whether the result is worth coming back to sooner."""
        return self.apart or self.follow is not None


def judged(runner: Runner, date: dt.date) -> dict[str, tuple[SelfTest, Judgement]]:
    """Judge a runner's results, by test id in the order of the tests; nothing of unknown and stale ones."""
    if not runner.assessment:
        return {}
    age = date.year - runner.birth_year if runner.birth_year else None
    return {
        id_: (test, judge(test, runner.assessment[id_], age=age, sex=runner.sex))
        for id_, test in load_self_tests().items()
        if id_ in runner.assessment and date - runner.assessed_on.get(id_, date) < STALE}


def emphasised(runner: Runner, date: dt.date) -> frozenset[str]:
    """Give the regions that results put weight on: of what follows, and of sides beyond the noise (R48)."""
    regions: set[str] = set()
    for test, found in judged(runner, date).values():
        regions.update(found.follow.regions if found.follow is not None else ())
        if found.apart:
            regions.update(region for follow in test.follows for region in follow.regions)
    return frozenset(regions)


def judge(test: SelfTest, result: Result, *, age: int | None = None, sex: str | None = None) -> Judgement:
    """Tell what a result says.

    Args:
        test: The test.
        result: A value, or one a side, of which one may be missing [unit of the test].
        age: Age [years], or None.
        sex: ``female`` or ``male``, or None.
    Returns: What it says; a result without numbers says nothing.
    """
    sides = result if isinstance(result, dict) else {}
    values = list(sides.values()) if isinstance(result, dict) else [float(result)]
    if not values:
        return Judgement()
    worst = max(values) if test.less_is_better else min(values)
    typical = typical_of(test, age, sex)
    follow = next((one for one in test.follows if fits(one, worst, typical, age)), None)
    difference = abs(sides["left"] - sides["right"]) if len(sides) == 2 else None
    noise = noise_of(test, values)
    weaker = _weaker(test, sides)
    apart = bool(weaker) and difference is not None and difference > noise and not test.by_eye
    found = Judgement(weaker=weaker, apart=apart, difference=difference, noise=noise, follow=follow, typical=typical)
    return replace(found, says=(*_said_of_sides(test, found, sides), *_said_of_level(test, found, worst, age, sex)))


def typical_of(test: SelfTest, age: int | None, sex: str | None) -> float | None:
    """Give what is typical for age and sex [unit of the test].

    Without a sex the lower of both norms counts, without an age none does unless it holds for all ages.
    """
    found = [norm.typical for norm in test.norms
             if (norm.age_from <= age <= norm.age_to if age is not None else norm.age_to - norm.age_from > 80)
             and (not norm.sex or sex is None or norm.sex == sex)]
    return min(found) if found else test.typical_without_age


def noise_of(test: SelfTest, values: Iterable[float]) -> float:
    """Give the difference that means nothing: the larger of the fixed one and the share of the better result."""
    better = min(values) if test.less_is_better else max(values)
    return max(test.noise, test.noise_share * abs(better))


def fits(follow: Follow, worst: float, typical: float | None, age: int | None) -> bool:
    """Tell whether something follows from a result.

    Args:
        follow: What could follow.
        worst: The result, of two sides the worse [unit of the test].
        typical: What is typical for the runner [unit of the test], or None.
        age: Age [years]; without one, what holds only for the young does not follow.
    """
    if follow.under_age and (age is None or age >= follow.under_age):
        return False
    if follow.chosen:
        return worst in follow.chosen
    if follow.below is not None:
        return worst < follow.below
    if follow.above is not None:
        return worst > follow.above
    return typical is not None and follow.under_typical is not None and worst <= typical - follow.under_typical


def amount_text(test: SelfTest, value: float) -> str:
    """Write a result with its unit.

    >>> from midstance.catalogue.self_tests import load_self_tests
    >>> tests = load_self_tests()
    >>> [amount_text(tests["calf-raise-reps"], n) for n in (1, 24)], amount_text(tests["knee-to-wall-cm"], 9.5)
    (['1 rep', '24 reps'], '9.5 cm')
    """
    said = next((option.says for option in test.options if option.value == value), "")
    if said or test.measure == "choice":
        return said
    if test.unit in PLURAL:
        return f"{value:g} {PLURAL[test.unit][value != 1]}"
    return f"{value:g}{'' if test.unit == '°' else ' '}{test.unit}".strip()


def _weaker(test: SelfTest, sides: dict[str, float]) -> str:
    if len(sides) < 2 or sides["left"] == sides["right"]:
        return ""
    return (max if test.less_is_better else min)(sides, key=lambda side: sides[side])


def _said_of_sides(test: SelfTest, found: Judgement, sides: dict[str, float]) -> tuple[str, ...]:
    if not test.each_side or test.measure == "choice" or not sides:
        return ()
    if found.difference is None:
        return (ONE_SIDE,)
    if not found.weaker:
        return (ALIKE,)
    if test.by_eye:
        return (SEEN.format(weaker=found.weaker),)
    noise, difference = (amount_text(test, round(value, 1)) for value in (found.noise, found.difference))
    if not found.apart:
        return (NOISE.format(difference=difference, noise=noise),)
    behind = "more" if test.less_is_better else {"seconds": "shorter", "reps": "fewer"}.get(test.measure, "less")
    other = "left" if found.weaker == "right" else "right"
    return (APART.format(weaker=found.weaker, other=other, difference=difference, noise=noise, behind=behind),)


def _said_of_level(
    test: SelfTest, found: Judgement, worst: float, age: int | None, sex: str | None,
) -> tuple[str, ...]:
    says: list[str] = []
    if found.typical is not None:
        says.append(TYPICAL.format(people=_people(test, age, sex), typical=amount_text(test, found.typical)))
    if found.follow is not None:
        says += [found.follow.advice] if found.follow.advice else []
    elif test.enough is not None and (worst <= test.enough if test.less_is_better else worst >= test.enough):
        words = ENOUGH if test.less_is_better or test.stop_at is not None else ENOUGH_AND_MORE
        says.append(words.format(enough=amount_text(test, test.enough)))
    return tuple(says)


def _people(test: SelfTest, age: int | None, sex: str | None) -> str:
    """Name whom a norm speaks about: `` for women of your age``; empty for everybody."""
    of_sex = {norm.sex for norm in test.norms} - {""}
    of_age = any(norm.age_to - norm.age_from <= 80 for norm in test.norms)
    who = {"female": "women", "male": "men"}.get(sex or "", "") if of_sex else ""
    if of_age and age is not None:
        return f" for {who or 'people'} of your age"
    return f" for {who}" if who else ""
