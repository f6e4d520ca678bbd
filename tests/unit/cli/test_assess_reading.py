"""How results of tests are typed: numbers with units, tries, answers in words; what cannot be read is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midstance.catalogue.self_tests import load_self_tests
from midstance.cli.assess_reading import told_of, tries_of
from midstance.formats._format import InputError

TESTS = load_self_tests()
HOLD, REPS, CM, DEGREES, FAULTS, CHOICE = (
    "plank-s", "calf-raise-reps", "knee-to-wall-cm", "big-toe-degrees", "single-leg-squat-faults", "squat-depth")


@pytest.mark.parametrize(("test", "text", "numbers"), [
    (HOLD, "45", (45,)), (HOLD, "45s", (45,)), (HOLD, "45 seconds", (45,)), (HOLD, "1:05", (65,)),
    (HOLD, "1.5 min", (90,)), (HOLD, "40s 52s", (40, 52)), (REPS, "24", (24,)), (REPS, "24 reps", (24,)),
    (REPS, "12,15,14", (12, 15, 14)), (REPS, "12, 15 and 14", (12, 15, 14)), (REPS, "12/15", (12, 15)),
    (CM, "9,5", (9.5,)), (CM, "9.5 cm", (9.5,)), (CM, "95mm", (9.5,)), (CM, "4 in", (10.16,)), (CM, '4"', (10.16,)),
    (DEGREES, "60°", (60,)), (DEGREES, "60 deg", (60,)), (FAULTS, "2 faults", (2,)), (CHOICE, "1", (1,)),
    (CHOICE, "my heels lift first", (1,)), (CHOICE, "Heels lift", (1,))])
def test_results_are_read(test: str, text: str, numbers: tuple[float, ...]) -> None:
    """A number is read with and without its unit, and several are tries."""
    assert tries_of(TESTS[test], text) == numbers


@pytest.mark.parametrize(("test", "text", "remedy"), [
    (HOLD, "45 cm", "seconds are told like 45"), (HOLD, "", "seconds are told"), (HOLD, "1:75", "seconds are told"),
    (REPS, "many", "repetitions are told like 24"), (REPS, "1:05", "repetitions"), (REPS, "12 s", "repetitions"),
    (CM, "nine", "centimetres are told like 9.5"), (CM, "-3", "centimetres"), (DEGREES, "60 cm", "degrees"),
    (CHOICE, "heels", "answers are 2 Thighs level"), (CHOICE, "up", "answers are"), (REPS, "1 " * 21, "repetitions")])
def test_what_cannot_be_read_is_refused(test: str, text: str, remedy: str) -> None:
    """A word, a unit of another test and an answer that two could be are refused with what would be right."""
    with pytest.raises(InputError) as error:
        tries_of(TESTS[test], text)
    fault, = error.value.faults
    assert (fault.source, fault.remedy.startswith(remedy)) == (test, True)


def test_each_side_is_read_and_each_fault_is_named() -> None:
    """Left and right have their own tries, and two wrong sides are two faults."""
    told = told_of(TESTS[REPS], (), left="12 15", right="20 reps", note="tired")
    assert (told.tries, told.note) == ({"left": (12, 15), "right": (20,)}, "tired")
    with pytest.raises(InputError) as error:
        told_of(TESTS[REPS], (), left="a", right="b")
    assert [fault.place for fault in error.value.faults] == ["left", "right"]


@given(st.text(max_size=30), st.sampled_from(sorted(TESTS)))
def test_any_text_is_read_or_refused(text: str, test: str) -> None:
    """No text ends in anything but numbers of at least 0 or a refusal in words."""
    numbers, faults = (), ()
    try:
        numbers = tries_of(TESTS[test], text)
    except InputError as error:
        faults = error.faults
    assert bool(numbers) != bool(faults)
    assert all(number >= 0 for number in numbers)
    assert all(fault.says and fault.remedy for fault in faults)
