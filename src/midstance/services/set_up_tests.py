"""The short version of the self-tests as a part of the first set-up (M23), and what an answer becomes.

An answer chooses exercises and sides of the first plan; it judges nobody and predicts nothing (M24, R48).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from midstance.catalogue.self_tests import load_self_tests
from midstance.domain.diary import AssessmentDone

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from midstance.domain.runner import Runner
    from midstance.domain.self_test import SelfTest

PREFIX = "test_"
SIDES = ("left", "right")
Result: TypeAlias = float | dict[str, float]
Wrong: TypeAlias = tuple[str, str, str]
SAFETY = ("Stand beside a wall or a table that you can hold on to, on a floor that does not slip. Stop at once when "
          "something hurts or you feel dizzy, and leave the question out.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer: its value in the form, and its words."""

    value: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One self-test as a question of the form.

    Attributes:
        id: Id of the test.
        title: What it is about.
        protocol: What to do, sentence by sentence.
        stop: When not to do it, or to stop.
        fields: Form fields that take a number, with their labels; empty where options are chosen.
        field: Form field that takes one of the options.
        options: Answers to choose from.
        changes: What an answer changes in the first plan.
        source: Key of the source behind it; empty where its numbers are midstance defaults.
        figure: Exercise whose drawing shows it.
    """

    id: str
    title: str
    protocol: tuple[str, ...]
    stop: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    field: str = ""
    options: tuple[Choice, ...] = ()
    changes: str
    source: str = ""
    figure: str = ""


@cache
def short_tests() -> tuple[SelfTest, ...]:
    """List the tests of the short version, in their order."""
    return tuple(test for test in load_self_tests().values() if test.short)


@cache
def questions() -> tuple[Question, ...]:
    """Put the short version into questions."""
    return tuple(
        Question(
            id=test.id, title=test.name, protocol=test.protocol, stop=test.stop, changes=test.changes,
            source=test.norm_source or next(iter(test.sources), ""), figure=test.figure,
            fields=() if test.options else tuple((name, _label(test, side)) for side, name in fields_of(test).items()),
            field=fields_of(test).get("", "") if test.options else "",
            options=tuple(Choice(value=str(option.value), says=option.says) for option in test.options))
        for test in short_tests())


def fields_of(test: SelfTest) -> dict[str, str]:
    """Name a test's form fields by side; the empty side is both together.

    >>> fields_of(load_self_tests()["calf-raise-reps"])["left"]
    'test_calf_raise_reps_left'
    """
    name = PREFIX + test.id.replace("-", "_")
    return {side: f"{name}_{side}" for side in SIDES} if test.each_side else {"": name}


@cache
def test_fields() -> tuple[tuple[str, str, str], ...]:
    """List all form fields of the short version: name, label, and what is right there."""
    found = []
    for test in short_tests():
        says = (", ".join(f"{option.value}: {option.says}" for option in test.options)
                or f"{test.least:g} to {test.most:g} {test.unit}".strip())
        found += [(name, f"{test.name}, {side}" if side else test.name, f"{says}.")
                  for side, name in fields_of(test).items()]
    return tuple(found)


def results_of(text: Callable[[str], str]) -> tuple[dict[str, tuple[str, Result]], list[Wrong]]:
    """Turn answers into results.

    Args:
        text: Gives the answer of a field by its name.
    Returns: (name of the form's field, result) by test id, none for a question without an answer; and what is wrong:
        field, what, and what would be right.
    """
    found: dict[str, tuple[str, Result]] = {}
    wrong: list[Wrong] = []
    for test in short_tests():
        names = fields_of(test)
        said = {side: text(name) for side, name in names.items() if text(name)}
        told = {side: _number(test, said[side], names[side], wrong) for side in said}
        if test.each_side and len(said) == 1:
            missing = next(side for side in SIDES if side not in said)
            wrong.append((names[missing], "is missing", "test the other side too, or leave both out"))
        good = {side: value for side, value in told.items() if value is not None}
        if len(good) == len(names):
            found[test.id] = (next(iter(names.values())), good if test.each_side else good[""])
    return found, wrong


def _number(test: SelfTest, answer: str, name: str, wrong: list[Wrong]) -> float | None:
    """Read a number; what is none, or is not believed, is added to what is wrong."""
    allowed = [float(option.value) for option in test.options]
    try:
        value = float(answer.replace(",", "."))
    except ValueError:
        value = float("nan")
    if (value in allowed) if allowed else (test.least <= value <= test.most):
        return value
    right = (f"choose one of {', '.join(f'{one:g}' for one in allowed)}" if allowed
             else f"give a number from {test.least:g} to {test.most:g}")
    wrong.append((name, f"{answer[:40]!r} is no result", f"{right}, or leave it empty"))
    return None


def answers_of_tests(assessment: dict[str, float | dict[str, float]]) -> dict[str, str]:
    """Give the answers that lead to some results; a question without a result has none."""
    found: dict[str, str] = {}
    for test in short_tests():
        result = assessment.get(test.id)
        parts = result if isinstance(result, dict) else {} if result is None else {"": result}
        found.update((name, f"{parts[side]:g}") for side, name in fields_of(test).items() if side in parts)
    return found


def tested(runner: Runner, answered: Runner, today: dt.date) -> Runner:
    """Give a runner the answers of the short version, as found today.

    Args:
        runner: The runner with what the diary knew before.
        answered: The runner as the form tells them.
        today: The day.
    """
    told = {test.id: answered.assessment[test.id] for test in short_tests() if test.id in answered.assessment}
    return replace(runner, assessment={**runner.assessment, **told},
                   assessed_on={**runner.assessed_on, **dict.fromkeys(told, today)})


def told_tests(runner: Runner, before: Runner | None = None) -> tuple[AssessmentDone, ...]:
    """Give the results of the short version as entries of the diary, those that are new since ``before``."""
    known = before.assessment if before is not None else {}
    done = []
    for test in short_tests():
        result = runner.assessment.get(test.id)
        if result is None or result == known.get(test.id):
            continue
        sides = result if isinstance(result, dict) else {}
        done.append(AssessmentDone(test=test.id, value=None if isinstance(result, dict) else result,
                                   left=sides.get("left"), right=sides.get("right")))
    return tuple(done)


def _label(test: SelfTest, side: str) -> str:
    unit = {"s": "seconds", "°": "degrees"}.get(test.unit, test.unit)
    return f"{side.capitalize()}, {unit}" if side else unit.capitalize()
