"""The small languages of a runner's words: sets, answers of the morning, pains, dates."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midstance.cli import noting
from midstance.cli.answers import NOTHING, NOTHING_BESIDE, Answers, Beside
from midstance.cli.diary import Moment
from midstance.cli.noting import (
    ANSWERS,
    asked,
    exertion_of,
    morning,
    option,
    session_line,
    set_line,
    stamped,
)
from midstance.domain.diary import CheckIn, Pain
from midstance.formats._format import InputError
from midstance.services.told import SessionLine

if TYPE_CHECKING:
    from midstance.services.told import SetLine

TODAY = dt.date(2026, 12, 1)


def read(text: str, beside: Beside = NOTHING_BESIDE) -> SetLine:
    """Read a line as it is typed after midstance log."""
    return set_line(tuple(text.split()), beside)


@pytest.mark.parametrize(("text", "name", "amounts", "unit", "weight", "per_hand", "rir"), [
    ("goblet-squat 3x8 16kg @2", "goblet-squat", (8, 8, 8), "", 16, False, 2),
    ("goblet-squat 8,8,6", "goblet-squat", (8, 8, 6), "", None, False, None),
    ("goblet squat 3 x 8 16 kg @ 2", "goblet squat", (8, 8, 8), "", 16, False, 2),
    ("plank 3x40s", "plank", (40, 40, 40), "seconds", None, False, None),
    ("plank 40 s bw", "plank", (40,), "seconds", None, False, None),
    ("farmers-carry 2x10steps 2x12kg", "farmers-carry", (10, 10), "steps", 12, True, None),
    ("pogo 3x20contacts", "pogo", (20, 20, 20), "contacts", None, False, None),
    ("goblet-squat @1 35lb 8", "goblet-squat", (8,), "", 15.88, False, 1),
    ("goblet-squat 3×8 12,5kg", "goblet-squat", (8, 8, 8), "", 12.5, False, None),
    ("push-up 10 0kg", "push-up", (10,), "", None, False, None),
    ("hip-switch-90-90 2x8", "hip-switch-90-90", (8, 8), "", None, False, None),
    ("SQUAT 3X8 16KG", "SQUAT", (8, 8, 8), "", 16, False, None),
])
def test_sets_are_read(
    text: str, name: str, amounts: tuple[float, ...], unit: str, weight: float | None, per_hand: bool,
    rir: float | None,
) -> None:
    """Every form of the little language gives its sets, weight and reserve."""
    line = read(text)
    assert (line.exercise, line.amounts, line.unit) == (name, amounts, unit)
    assert (line.weight_kg, line.per_hand, line.rir) == (weight, per_hand, rir)


@pytest.mark.parametrize(("text", "words"), [
    ("squat", ("no sets", "3x8")),
    ("squat 3x8 16", ("16", "16kg")),
    ("squat 3x8 16kg 20kg", ("20kg", "second weight")),
    ("squat 3x8 3x16kg", ("3x16kg", "2x16kg")),
    ("squat 0x8", ("1 to 50",)),
    ("squat 51x8", ("1 to 50",)),
    ("squat 3x0", ("1 to 1000",)),
    ("squat 3x8000", ("1 to 1000",)),
    ("squat 3x8 501kg", ("500 kg",)),
    ("squat 3x8,6", ("3x8,6", "8,8,6")),
    ("squat 3x8 @31", ("@31", "0 to 30")),
    ("squat 3x8 16stone", ("16stone", "16kg")),
    ("squat 3x8 -5kg", ("-5kg", "a weight is not negative", "5kg")),
    ("squat -3x8", ("-3x8", "cannot be read")),
    ("squat -8", ("-8", "not negative")),
    ("squat 3x8 --foo", ("--foo", "no option", "--help")),
])
def test_what_cannot_be_read_is_named_with_what_would_be_right(text: str, words: tuple[str, ...]) -> None:
    """A wrong piece is quoted, and the remedy shows a right one."""
    with pytest.raises(InputError) as found:
        read(text)
    assert [word for word in words if word not in str(found.value)] == []


def test_all_mistakes_of_a_line_come_at_once() -> None:
    """Four wrong pieces are four faults."""
    with pytest.raises(InputError) as found:
        read("squat 3x8 16kgg @a", Beside(pain="11", minutes="5"))
    assert len(found.value.faults) == 4


def test_what_stands_beside_sets() -> None:
    """Side, pain, note and exertion; both sides are no side; exertion 8 leaves two in reserve."""
    line = read("squat 3x8", Beside(left=True, pain="3", rpe="8", note="fine"))
    assert (line.side, line.pain, line.rir, line.note) == ("left", 3, 2, "fine")
    assert read("squat 3x8", Beside(left=True, right=True)).side == ""
    assert read("squat 3x8 @2", Beside(rpe="8")).rir == 2
    for beside in (Beside(rpe="7"), Beside(rpe="3"), Beside(pain="-1")):
        with pytest.raises(InputError):
            read("squat 3x8 @2", beside)


@given(st.text(max_size=40))
def test_any_line_is_read_or_refused(text: str) -> None:
    """No line ends in anything but sets within bounds or a refusal in words."""
    with suppress(InputError):
        assert all(1 <= amount <= 1000 for amount in set_line(("squat", text), NOTHING_BESIDE).amounts)


def test_a_session_line_is_read() -> None:
    """Which one, minutes and exertion; sides and a second id do not belong there."""
    found = session_line(("session", "upper"), Beside(minutes="20", rpe="5.5", note="ok"))
    assert found == SessionLine(which="upper", minutes=20, rpe_cr10=5.5, note="ok")
    assert session_line(("session",), NOTHING_BESIDE) == SessionLine()
    with pytest.raises(InputError) as refused:
        session_line(("session", "a", "b"), Beside(left=True, pain="2", minutes="2000"))
    assert len(refused.value.faults) == 4
    with pytest.raises(InputError, match="--foo: is no option"):
        session_line(("session", "--foo"), NOTHING_BESIDE)


def test_the_morning_is_read() -> None:
    """Numbers with comma or /10, pains with and without side and tissue, symptoms in small letters."""
    told, gone = morning(Answers(
        sleep="5,5", sleep_quality="2/10", life="7", soreness="3", fatigue="4", mood="3", hrv="61", resting_hr="49",
        pain=("knee:left:4", "shin:2:right:bone,calf:1"), ill=("Cough, runny  nose",), limp=True, minutes="20",
        too_much=True, note="n"))
    assert told == CheckIn(
        sleep_h=5.5, sleep_quality=2, life=7, soreness=3, fatigue=4, mood=3, hrv_ms=61, resting_hr=49,
        pain=(Pain(area="knee", side="left", score=4), Pain(area="shin", side="right", score=2, tissue="bone"),
              Pain(area="calf", score=1)),
        ill=("cough", "runny nose"), limp=True, minutes=20, too_much=True, note="n")
    assert not gone
    assert morning(Answers(ill=("none",))) == (CheckIn(), True)


@pytest.mark.parametrize("name", ANSWERS)
def test_ranges_are_those_of_the_diary(name: str) -> None:
    """Both ends of a range are taken and what lies beyond is refused, by the option as by the entry."""
    answer = ANSWERS[name]
    for value in (answer.low, answer.high):
        told, _ = morning(replace(NOTHING, **{name: f"{value:g}"}))
        assert getattr(told, answer.field) == value
    for value in (answer.low - 0.5, answer.high + 0.5):
        with pytest.raises(InputError) as found:
            morning(replace(NOTHING, **{name: f"{value:g}"}))
        assert [word for word in (option(name), f"{answer.low:g} to {answer.high:g}") if word not in str(found.value)
                ] == []
        with pytest.raises(ValueError, match="must lie between"):
            CheckIn(**{answer.field: value})


@pytest.mark.parametrize(("answers", "words"), [
    (Answers(sleep="long"), ("--sleep", "0 to 24 h")),
    (Answers(mood="nan"), ("--mood", "0 to 10")),
    (Answers(pain=("nee:left:4",)), ("--pain", "knee")),
    (Answers(pain=("xyz:4",)), ("--pain", "achilles")),
    (Answers(pain=("knee:left",)), ("--pain", "0 to 10")),
    (Answers(pain=("knee:left:14",)), ("--pain", "0 to 10")),
    (Answers(pain=("knee:links:4",)), ("--pain", "left, right, both")),
    (Answers(pain=("",)), ("--pain", "areas")),
    (Answers(ill=("f3ver",)), ("--ill", "English")),
])
def test_answers_that_cannot_be_are_named(answers: Answers, words: tuple[str, ...]) -> None:
    """The option and what is possible are said."""
    with pytest.raises(InputError) as found:
        morning(answers)
    assert [word for word in words if word not in str(found.value)] == []


def test_the_questions_are_asked_one_by_one() -> None:
    """Enter skips, a wrong answer is asked again, the end of input ends the questions and keeps the answers."""
    answers = iter(["7,5", "", "x", "3"])
    shown: list[str] = []

    def type_in(question: str) -> str:
        shown.append(question)
        try:
            return next(answers)
        except StopIteration:
            raise EOFError from None

    said: list[str] = []
    assert asked(type_in, said.append, there=True) == Answers(sleep="7,5", soreness="3")
    assert [q.split(",")[0].rstrip(": ") for q in shown] == [
        "Hours of sleep", "Sleep quality", "Sore legs", "Sore legs", "Tired"]
    assert any("no number" in text for text in said)


def test_eight_lines_skip_everything() -> None:
    """Eight times Enter says nothing, and that is all there is to ask."""
    shown: list[str] = []

    def type_in(question: str) -> str:
        shown.append(question)
        return ""

    assert asked(type_in, lambda text: None, there=True) == NOTHING
    assert len(shown) == 8


def test_breaking_off_and_nobody_there_are_refused() -> None:
    """Ctrl-C notes nothing; without a terminal the options are named."""
    def breaks_off(question: str) -> str:
        raise KeyboardInterrupt

    with pytest.raises(InputError, match="nothing was noted"):
        asked(breaks_off, lambda text: None, there=True)
    with pytest.raises(InputError, match="--sleep-quality"):
        asked(breaks_off, lambda text: None, there=False)


@pytest.mark.parametrize(("date", "fine"), [
    (None, True), (TODAY, True), (dt.date(2026, 12, 2), True), (dt.date(2020, 1, 1), True),
    (dt.date(2026, 12, 3), False), (dt.date(1, 1, 1), False), (dt.date(9999, 12, 31), False),
])
def test_past_days_and_tomorrow_can_be_noted(date: dt.date | None, fine: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A forgotten day is fine, the day after tomorrow is a slip."""
    now = Moment(at=dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC), date=TODAY)
    monkeypatch.setattr(noting, "moment", lambda: now)
    if fine:
        stamp = stamped(date, "log")
        assert (stamp.date, stamp.today) == (date or TODAY, max(date or TODAY, TODAY))
    else:
        with pytest.raises(InputError, match="--date"):
            stamped(date, "log")


def test_exertion_is_read() -> None:
    """A number from 0 to 10."""
    assert exertion_of("6,5") == 6.5
    for text in ("11", "hard", "-1"):
        with pytest.raises(InputError, match=r"0 \(rest\) to 10"):
            exertion_of(text)
