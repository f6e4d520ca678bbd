"""The first self-check: five questions that a mirror answers in two minutes (M23), and what an answer changes.

An answer chooses exercises and sides of the first plan; it judges nobody and predicts nothing (M24, R48). All results
have ids that begin with ``mirror-``, apart from those of the measured tests, whose protocols are others (R49).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from midstance.domain.diary import AssessmentDone

if TYPE_CHECKING:
    from collections.abc import Callable

    from midstance.domain.runner import Runner

BALANCE, PUSH_UPS, ONE_LEG = "mirror-balance-s", "mirror-push-up-reps", "mirror-one-leg"
UPPER_BACK, LOWER_BACK = "mirror-upper-back", "mirror-lower-back"
SQUAT_HEELS, SQUAT_DEPTH = "mirror-squat-heels", "mirror-squat-depth"
POSTURES = {"fine": (1, 1), "upper": (0, 1), "lower": (1, 0), "both": (0, 0)}
SQUATS = {"low": (1, 1), "heels": (0, 1), "high": (1, 0)}
ONE_LEGS = {"alike": (2, 2), "left": (1, 2), "right": (2, 1)}
MIRROR = ("mirror_balance_left", "mirror_balance_right", "mirror_posture", "mirror_squat", "mirror_push_ups",
          "mirror_one_leg")
"""Names of the form's fields, in the order of the questions."""
PAIRS = (("mirror_posture", (UPPER_BACK, LOWER_BACK), POSTURES), ("mirror_squat", (SQUAT_HEELS, SQUAT_DEPTH), SQUATS))
COUNTS = {"mirror_balance_left": 600, "mirror_balance_right": 600, "mirror_push_ups": 300}
"""Fields that take a count, with the most that is believed."""
PREFIX = "mirror-"
Result: TypeAlias = float | dict[str, float]
SAFETY = ("Stand beside a wall or a table that you can hold on to, on a floor that does not slip. Stop at once when "
          "something hurts or you feel dizzy, and leave the question out.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer: its value in the form, and its words."""

    value: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of the self-check.

    Attributes:
        id: Kebab-case.
        title: What it is about.
        protocol: What to do, sentence by sentence.
        stop: When not to do it, or to stop.
        fields: Form fields that take a number, with their labels; empty where options are chosen.
        field: Form field that takes one of the options.
        options: Answers to choose from.
        changes: What an answer changes in the first plan.
        source: Key of the source behind it; empty where its numbers are midstance defaults.
        figure: Exercise whose drawing shows it, or empty.
    """

    id: str
    title: str
    protocol: tuple[str, ...]
    stop: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    field: str = ""
    options: tuple[Option, ...] = ()
    changes: str
    source: str = ""
    figure: str = ""


QUESTIONS = (
    Question(
        id="balance", title="On one foot", figure="single-leg-arch-balance",
        protocol=("Barefoot, one hand's breadth from a wall. Cross your arms, look straight ahead and lift one foot.",
                  "Count the seconds until the foot comes down or you touch the wall. At 30 you are done. "
                  "Then the other foot."),
        stop="Not with a foot, ankle or knee that hurts to stand on.",
        fields=(("mirror_balance_left", "Left foot, seconds"), ("mirror_balance_right", "Right foot, seconds")),
        changes="Below 10 seconds: foot and balance drills come in, and the hardest one-leg exercises wait, for eight "
                "weeks or until you log them. A side that is much shorter leads and gets one set more."),
    Question(
        id="posture", title="As you stand", field="mirror_posture",
        protocol=("Sideways to the mirror, shake your arms out and stand as you always do. Look without correcting.",),
        options=(
            Option(value="fine", says="Nothing stands out"),
            Option(value="upper", says="Shoulders or head drift forward"),
            Option(value="lower", says="The lower back arches a lot"),
            Option(value="both", says="Both")),
        changes="Upper-back drills and pulling, or core work, are preferred where exercises are otherwise equal. "
                "Posture in a mirror tells next to nothing about injuries, so it adds no set.",
        source="bahr-2016"),
    Question(
        id="squat", title="Down into a squat", field="mirror_squat", figure="squat",
        protocol=("Feet hip-wide, arms out in front. Three times, sink slowly as far as it goes.",),
        stop="Stop above any depth at which a knee, hip or the back hurts.",
        options=(
            Option(value="low", says="Thighs level or lower, heels stay down"),
            Option(value="heels", says="My heels lift first"),
            Option(value="high", says="I stop above level, heels down")),
        changes="Heels that lift: ankle drills, and squats with weight once you lift weights, because load trains "
                "range at least as well as stretching. Stopping high: squats to a chair first, and hip drills.",
        source="alizadeh-2023"),
    Question(
        id="push-ups", title="Push-ups", figure="push-up",
        protocol=("From your toes, body straight, elbows to a right angle. Count only clean ones, and stop when the "
                  "next would not be. None is an answer too.",),
        stop="Not with a shoulder or wrist that hurts.",
        fields=(("mirror_push_ups", "Clean push-ups"),),
        changes="Fewer than 5: from the knees or against a table first."),
    Question(
        id="one-leg", title="Left against right", field="mirror_one_leg", figure="single-leg-squat-to-box",
        protocol=("One fingertip on the wall. Five small, slow squats on the left leg, then five on the right.",
                  "Watch in the mirror: does one knee wander in, does one hip drop, does one side feel weaker?"),
        stop="Small is enough. Not with a knee or hip that hurts.",
        options=(
            Option(value="alike", says="Much alike"),
            Option(value="left", says="The left is less steady"),
            Option(value="right", says="The right is less steady")),
        changes="The less steady side goes first on leg days. It gets no set more: the eye is no measurement."),
)


def assessment_of(text: Callable[[str], str]) -> tuple[dict[str, tuple[str, Result]], list[tuple[str, str, str]]]:
    """Turn answers into results.

    Args:
        text: Gives the answer of a field by its name.
    Returns: (name of the form's field, result) by test id, none for a question without an answer; and what is wrong:
        field, what, and what would be right.
    """
    found: dict[str, tuple[str, Result]] = {}
    wrong: list[tuple[str, str, str]] = []
    counts = {name: count_of(text(name), name, most, wrong) for name, most in COUNTS.items() if text(name)}
    left, right = (counts.get(f"mirror_balance_{side}") for side in ("left", "right"))
    if left is not None and right is not None:
        found[BALANCE] = ("mirror_balance_left", {"left": left, "right": right})
    for side, other in (("left", right), ("right", left)):
        if other is not None and not text(f"mirror_balance_{side}"):
            wrong.append((f"mirror_balance_{side}", "is missing", "count the other foot too, or leave both out"))
    if (push := counts.get("mirror_push_ups")) is not None:
        found[PUSH_UPS] = ("mirror_push_ups", push)
    for name, tests, known in PAIRS:
        if values := _chosen(text(name), name, known, wrong):
            found |= {test: (name, float(value)) for test, value in zip(tests, values, strict=True)}
    if sides := _chosen(text("mirror_one_leg"), "mirror_one_leg", ONE_LEGS, wrong):
        found[ONE_LEG] = ("mirror_one_leg", {"left": float(sides[0]), "right": float(sides[1])})
    return found, wrong


def count_of(answer: str, name: str, most: int, wrong: list[tuple[str, str, str]]) -> float | None:
    """Read a count; what is none is added to what is wrong."""
    try:
        count = float(answer.replace(",", "."))
    except ValueError:
        count = -1.0
    if 0 <= count <= most:
        return count
    wrong.append((name, f"{answer[:40]!r} is no count", f"give a number from 0 to {most}, or leave it empty"))
    return None


def _chosen(
    answer: str, name: str, known: dict[str, tuple[int, int]], wrong: list[tuple[str, str, str]]
) -> tuple[int, int] | None:
    if answer and answer not in known:
        wrong.append((name, f"{answer[:40]!r} is not known", f"choose one of {', '.join(known)}, or leave it empty"))
    return known.get(answer)


def answers_of_mirror(assessment: dict[str, float | dict[str, float]]) -> dict[str, str]:
    """Give the answers that lead to some results; a question without a result has none."""
    found: dict[str, str] = {}
    balance = assessment.get(BALANCE)
    if isinstance(balance, dict):
        found |= {f"mirror_balance_{side}": f"{value:g}" for side, value in balance.items()}
    elif balance is not None:
        found["mirror_balance_left"] = f"{balance:g}"
    push = assessment.get(PUSH_UPS)
    if isinstance(push, float | int):
        found["mirror_push_ups"] = f"{push:g}"
    for name, tests, known in PAIRS:
        pair = tuple(assessment.get(test) for test in tests)
        found.update((name, value) for value, marks in known.items() if marks == pair)
    legs = assessment.get(ONE_LEG)
    if isinstance(legs, dict):
        pair = (legs["left"], legs["right"])
        found.update(("mirror_one_leg", value) for value, marks in ONE_LEGS.items() if marks == pair)
    return found


def told_tests(runner: Runner, before: Runner | None = None) -> tuple[AssessmentDone, ...]:
    """Give the measured results of the self-check as entries of the diary, those that are new since ``before``."""
    known = before.assessment if before is not None else {}
    done = []
    for test in (BALANCE, PUSH_UPS):
        result = runner.assessment.get(test)
        if result is None or result == known.get(test):
            continue
        if isinstance(result, dict):
            done.append(AssessmentDone(test=test, left=result["left"], right=result["right"]))
        else:
            done.append(AssessmentDone(test=test, value=result))
    return tuple(done)
