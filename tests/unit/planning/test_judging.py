"""What results say: typical, alike, apart, and what follows, by hand."""

from __future__ import annotations

import pytest

from midstance.catalogue.self_tests import load_self_tests
from midstance.planning.judging import amount_text, judge, typical_of

TESTS = load_self_tests()


def test_six_calf_raises_apart_are_noise_and_seven_are_not() -> None:
    """The border of R50 belongs to the noise."""
    alike = judge(TESTS["calf-raise-reps"], {"left": 30, "right": 24}, age=35, sex="female")
    apart = judge(TESTS["calf-raise-reps"], {"left": 31, "right": 24}, age=35, sex="female")
    assert (alike.apart, alike.weaker, apart.apart) == (False, "right", True)
    assert alike.says[0] == ("Left and right are 6 reps apart: within the noise of this test (6 reps), so it means "
                             "nothing.")
    assert apart.says[0] == "Your right side: 7 reps fewer than the left, more than the noise of this test (6 reps)."


@pytest.mark.parametrize(("reps", "age", "sex", "finding"), [
    (21, 35, "female", ""), (20, 35, "female", "clearly fewer"), (25, 35, "male", "clearly fewer"),
    (26, 35, "male", ""), (12, 75, "female", ""), (9, 35, "female", "fewer than 10"), (19, None, None, ""),
    (18, None, None, "clearly fewer"),
])
def test_calf_raises_are_held_against_age_and_sex(reps: int, age: int | None, sex: str | None, finding: str) -> None:
    """More than 6 below the median of the decade counts as few (R50); without an age the newer study's 25 stands in."""
    follow = judge(TESTS["calf-raise-reps"], float(reps), age=age, sex=sex).follow
    assert (follow.finding if follow else "").startswith(finding)
    assert (follow is None) == (finding == "")


def test_without_a_sex_the_lower_norm_counts() -> None:
    """Nobody is called weak for what was not told."""
    assert typical_of(TESTS["calf-raise-reps"], 45, None) == 24
    assert typical_of(TESTS["calf-raise-reps"], 45, "male") == 28


def test_fewer_faults_are_better() -> None:
    """The side with more faults is the less steady one; it goes first, and is never called apart."""
    found = judge(TESTS["single-leg-squat-faults"], {"left": 4, "right": 1})
    assert (found.weaker, found.apart) == ("left", False)
    assert found.follow is not None


def test_a_big_toe_that_hardly_bends_is_for_a_professional() -> None:
    """Below 40 degrees nothing is trained away: the advice sends on, and prefers nothing (R57)."""
    found = judge(TESTS["big-toe-degrees"], {"left": 35, "right": 62})
    assert found.follow is not None
    assert found.follow.refer
    assert not found.follow.patterns
    assert "doctor or physical therapist" in " ".join(found.says)


def test_one_side_alone_is_not_compared() -> None:
    """A missing side leaves the level, and says nothing of left and right."""
    found = judge(TESTS["knee-to-wall-cm"], {"left": 7})
    assert (found.weaker, found.apart, found.difference) == ("", False, None)
    assert found.follow is not None
    assert judge(TESTS["knee-to-wall-cm"], {}).says == ()


@pytest.mark.parametrize("id_", list(TESTS))
def test_no_sentence_predicts_or_names_an_illness(id_: str) -> None:
    """Whatever the result, no word speaks of risk, of injury to come or of a disease (M24, R48)."""
    test = TESTS[id_]
    values = [float(option.value) for option in test.options] or [test.least, test.most]
    results = [{"left": a, "right": b} for a in values for b in values] if test.each_side else values
    for result in results:
        said = " ".join(judge(test, result, age=40, sex="male").says).lower()
        assert not [word for word in ("risk", "predict", "diagnos", "injur", "abnormal", "dysfunction") if word in said]


def test_amounts_are_written_with_their_unit() -> None:
    """Degrees stand close, other units apart, answers in their own words."""
    assert amount_text(TESTS["big-toe-degrees"], 45) == "45°"
    assert amount_text(TESTS["plank-s"], 61.5) == "61.5 s"
    assert amount_text(TESTS["squat-depth"], 1) == "My heels lift first"
