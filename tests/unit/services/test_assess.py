"""What is told of a test: checked, written at once, joined with its other side, answered, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders_daily import a_document, a_stamp, kept
from builders_diary import DAY, NOON, TODAY
from midstance.catalogue.self_tests import load_self_tests
from midstance.domain.diary import AssessmentDone
from midstance.formats._format import InputError
from midstance.services.assess import Told, checked, entries_of, find_test, note_result
from midstance.services.assess_latest import latest
from midstance.services.diary import add, current, open_store, take_back

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.store.store import Store

TESTS = load_self_tests()
ANKLE, CALF, PUSH, FAULTS = "knee-to-wall-cm", "calf-raise-reps", "push-up-reps", "single-leg-squat-faults"


@pytest.fixture
def store() -> Iterator[Store]:
    """A diary of a runner of 36 years with a plan."""
    with open_store("memory:") as opened:
        add(opened, [kept(a_document(runner='birth_year = 1990\nsex = "female"'))], now=NOON)
        yield opened


def results(store: Store) -> list[AssessmentDone]:
    """The results in force."""
    return [e.what for e in current(store, kinds=(AssessmentDone,)) if isinstance(e.what, AssessmentDone)]


def test_a_result_is_written_and_answered(store: Store) -> None:
    """A stiff left ankle is noted, its difference told, what follows named, and the next date six weeks on."""
    noted = note_result(store, Told(test=ANKLE, left=7, right=11), a_stamp())
    assert results(store) == [AssessmentDone(test=ANKLE, left=7, right=11)]
    assert (noted.missing, noted.corrected, noted.next_date) == ("", False, TODAY + 42 * DAY)
    assert noted.judgement.weaker == "left"
    said = " ".join(noted.says)
    assert "more than the noise of this test (2 cm)" in said
    assert "Found: an ankle that bends less than 9 centimetres to the wall." in said


def test_a_small_difference_is_called_noise(store: Store) -> None:
    """A difference within the noise is called so, and nothing has to change."""
    said = " ".join(note_result(store, Told(test=ANKLE, left=11, right=12), a_stamp()).says)
    assert "within the noise of this test (2 cm), so it means nothing" in said
    assert "Nothing has to change because of it." in said


def test_sides_that_come_one_by_one_become_one_entry(store: Store) -> None:
    """The second side of a date joins the first; undoing it leaves the first."""
    first = note_result(store, Told(test=CALF, tries={"left": (12, 15, 14)}), a_stamp())
    assert (first.missing, first.says) == ("right", ("Now the right side.",))
    second = note_result(store, Told(test=CALF, tries={"right": (20,)}), a_stamp(second=60))
    assert results(store) == [AssessmentDone(test=CALF, left=15, right=20, note="left best of 12, 15, 14")]
    assert (second.missing, second.corrected) == ("", False)
    take_back(store, second.stamp.origin.batch, now=NOON + DAY, date=TODAY)
    assert latest(current(store), TODAY) == {CALF: {"left": 15}}


def test_a_side_told_again_takes_the_place_of_the_earlier_word(store: Store) -> None:
    """A corrected side replaces its number and its tries; those of the other side stay."""
    note_result(store, Told(test=CALF, tries={"left": (12, 15), "right": (19, 20)}), a_stamp())
    noted = note_result(store, Told(test=CALF, left=18, note="slept well"), a_stamp(second=60))
    assert noted.corrected
    assert results(store) == [AssessmentDone(test=CALF, left=18, right=20, note="right best of 19, 20; slept well")]
    assert all("Right" not in line for line in noted.says[1:]), "only the side that was told is compared"


def test_the_other_side_may_come_the_next_day(store: Store) -> None:
    """A side of another date is an entry of its own, and both count together."""
    note_result(store, Told(test=CALF, left=15), a_stamp())
    noted = note_result(store, Told(test=CALF, right=20), a_stamp(1))
    assert len(results(store)) == 2
    assert noted.missing == ""
    assert noted.judgement.difference == 5


def test_the_best_try_counts(store: Store) -> None:
    """The best is the highest, and where less is better the lowest."""
    assert checked(Told(test=CALF, tries={"left": (12, 15), "right": (9,)}), TESTS[CALF]).left == 15
    assert checked(Told(test=FAULTS, tries={"left": (3, 1), "right": (2,)}), TESTS[FAULTS]).left == 1
    assert note_result(store, Told(test=PUSH, tries={"": (9, 12)}), a_stamp()).done.note == "best of 9, 12"


@pytest.mark.parametrize(("told", "says", "remedy"), [
    (Told(test=CALF), "no result is told", "midstance assess calf-raise-reps --left 25 --right 25"),
    (Told(test=CALF, value=20), "left and right are tested apart", "--left"),
    (Told(test=PUSH, left=20), "it has one result, not one a side", "midstance assess push-up-reps"),
    (Told(test=CALF, left=1000), "1000 reps cannot be", "0 to 150 reps is possible"),
    (Told(test=ANKLE, right=-1), "-1 cm cannot be", "0 to 30 cm is possible"),
    (Told(test=CALF, left=12.5), "12.5 is no whole number", "count whole reps"),
    (Told(test="squat-depth", value=7), "7 is none of its answers", "0 (I stop above level, heels down)"),
    (Told(test=CALF, tries={"left": (12, 999)}), "999 reps cannot be", "0 to 150 reps is possible")])
def test_what_cannot_be_is_refused_with_a_remedy(store: Store, told: Told, says: str, remedy: str) -> None:
    """An impossible result is refused with place and remedy, and nothing is written."""
    with pytest.raises(InputError) as error:
        note_result(store, told, a_stamp())
    fault, = error.value.faults
    assert (fault.source, says in fault.says, remedy in fault.remedy) == (told.test, True, True)
    assert results(store) == []


def test_every_fault_is_named_with_its_side() -> None:
    """Two wrong sides are two faults, each with its place."""
    with pytest.raises(InputError) as error:
        checked(Told(test=CALF, left=1.5, right=999), TESTS[CALF])
    assert [fault.place for fault in error.value.faults] == ["left", "right"]


def test_tests_are_found_by_id_name_and_beginning() -> None:
    """A test is found by its id, its name and a beginning that only it has."""
    assert {find_test(name).id for name in (CALF, "Calf raises on one leg", "calf", "CALF_RAISE_REPS")} == {CALF}


@pytest.mark.parametrize(("name", "remedy"), [
    ("balance", "did you mean balance-eyes-open-s or balance-eyes-closed-s?"),
    ("knee-to-wal-cm", "did you mean knee-to-wall-cm?"), ("", "midstance assess --list names them"),
    ("zzz", "midstance assess --list names them")])
def test_an_unknown_test_names_the_nearest(name: str, remedy: str) -> None:
    """A name that is none, or several, is refused with what may be meant."""
    with pytest.raises(InputError) as error:
        find_test(name)
    assert error.value.faults[0].remedy.startswith(remedy.rstrip("?"))


def test_each_record_can_be_told_as_its_example_says(store: Store) -> None:
    """The example that a missing result shows is a result that each test takes."""
    for test in TESTS.values():
        with pytest.raises(InputError) as error:
            checked(Told(test=test.id), test)
        words = error.value.faults[0].remedy.split()[3:]
        numbers = {word.removeprefix("--"): float(words[k + 1]) for k, word in enumerate(words)
                   if word.startswith("--")} or {"value": float(words[0])}
        assert note_result(store, Told(test=test.id, **numbers), a_stamp()).missing == ""


def test_what_lies_ahead_is_not_read(store: Store) -> None:
    """Entries after the day do not bear on it."""
    note_result(store, Told(test=PUSH, value=20), a_stamp(3))
    assert latest(entries_of(store, TODAY), TODAY) == {}
