"""Results over time: noise is called noise, sides apart, what is typical with its source, tables that can be read."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders_diary import DAY, TODAY, an_entry
from midstance.catalogue.self_tests import load_self_tests
from midstance.domain.diary import AssessmentDone
from midstance.services.assess_history import CSV_COLUMNS, history, history_csv, history_json, source_words
from midstance.services.assess_person import Person

if TYPE_CHECKING:
    from midstance.domain.entry import Entry
    from midstance.services.assess_history import ResultHistory

TESTS = load_self_tests()
ANKLE, CALF, PUSH, FAULTS = "knee-to-wall-cm", "calf-raise-reps", "push-up-reps", "single-leg-squat-faults"
ANA = Person(age=36, sex="female")


def told(test: str, day: int = 0, note: str = "", **numbers: float) -> Entry:
    """A result on a day counted from today."""
    return an_entry(AssessmentDone(test=test, note=note, **numbers), day=day)


def one(entries: list[Entry], person: Person = ANA) -> ResultHistory:
    """The history of the only test that was told of."""
    found, = history(entries, TESTS, TODAY, person=person)
    return found


def test_points_are_in_order_and_days_are_one() -> None:
    """Results stand oldest first, and two sides of one date are one point."""
    found = one([told(CALF, left=20), told(CALF, -60, left=15, right=18), told(CALF, right=21)])
    assert [(p.date, p.numbers) for p in found.points] == [
        (TODAY - 60 * DAY, {"left": 15, "right": 18}), (TODAY, {"left": 20, "right": 21})]


@pytest.mark.parametrize(("now", "noise", "better", "says"), [
    (21, True, True, "within the noise of this test (6 reps)"), (22, False, True, "more than the noise"),
    (9, True, False, "within the noise"), (8, False, False, "a step back"),
    (15, True, False, "15 reps, as 8 weeks ago")])
def test_noise_is_called_noise(now: float, says: str, *, noise: bool, better: bool) -> None:
    """A change of up to six calf raises is noise, one beyond it is a gain or a step back."""
    change = one([told(CALF, -56, left=15, right=15), told(CALF, left=now, right=15)]).changes[0]
    assert (change.side, change.before, change.now, change.is_noise, change.better) == ("left", 15, now, noise, better)
    assert change.since == TODAY - 56 * DAY
    assert says in change.says


def test_fewer_faults_are_better() -> None:
    """Where less is better, a lower number is the gain."""
    found = one([told(FAULTS, -56, left=4, right=1), told(FAULTS, left=1, right=1)])
    assert found.changes[0].better
    assert "real gain" in found.changes[0].says


def test_a_share_of_the_result_is_noise_too() -> None:
    """The band is the larger of the fixed noise and the share of the better result."""
    balance = replace(TESTS["balance-eyes-open-s"], noise=5, noise_share=0.5)
    found, = history([told(balance.id, left=40, right=30)], {balance.id: balance}, TODAY, person=ANA)
    assert found.noise == 20


def test_an_answer_is_compared_by_its_words() -> None:
    """A test that is looked at has no noise in numbers; its answers stand beside each other."""
    found = one([told("squat-depth", -56, value=0), told("squat-depth", value=2)])
    assert found.changes[0].says == ("“I stop above level, heels down” 8 weeks ago, “Thighs level or lower, heels stay "
                                     "down” now.")


def test_typical_has_its_source() -> None:
    """What is typical depends on age and sex, and its source says how it is known."""
    found = one([told(CALF, left=20, right=20)])
    assert found.typical == 27
    assert found.typical_source == "Hébert-Losier et al. 2017, R50, as another paper quotes it"
    unknown = one([told(CALF, left=20, right=20)], Person())
    assert unknown.typical == TESTS[CALF].typical_without_age
    assert unknown.typical_source.startswith("Sleeswijk Visser")


def test_each_norm_names_where_it_comes_from() -> None:
    """No test shows a typical value without saying where it is from, at any age and at none."""
    for test in TESTS.values():
        assert bool(source_words(test, age=40)) == bool(test.norms)
        assert bool(source_words(test, age=None)) == bool(test.norms)


def test_the_next_date_follows_the_finding() -> None:
    """Six weeks after a result that asks for something, eight after another."""
    assert one([told(ANKLE, left=7, right=11)]).next_date == TODAY + 42 * DAY
    assert one([told(ANKLE, left=11, right=11)]).next_date == TODAY + 56 * DAY


def test_results_of_unknown_tests_are_left_out() -> None:
    """A result whose test no record describes is no fault."""
    assert history([told("mirror-balance-s", left=20, right=20)], TESTS, TODAY, person=ANA) == ()


def test_the_table_holds_each_number_with_its_unit() -> None:
    """The table has a row a side and date, and a note that looks like a formula stays a text."""
    entries = [told(CALF, left=15, right=18, note="left best of 12, 15, 14"), told(PUSH, value=12, note="=1+1")]
    rows = list(csv.reader(io.StringIO(history_csv(history(entries, TESTS, TODAY, person=ANA)))))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert rows[1:] == [
        ["2026-12-01", CALF, "Calf raises on one leg", "left", "15", "reps", "6", "left best of 12, 15, 14"],
        ["2026-12-01", CALF, "Calf raises on one leg", "right", "18", "reps", "6", "left best of 12, 15, 14"],
        ["2026-12-01", PUSH, "Push-ups", "", "12", "reps", f"{one(entries[1:]).noise:g}", "'=1+1"]]


def test_the_document_is_plain() -> None:
    """The JSON form holds points, changes and dates as plain values."""
    entries = [told(ANKLE, -56, left=7, right=11), told(ANKLE, left=10, right=11)]
    found = json.loads(json.dumps(history_json(history(entries, TESTS, TODAY, person=ANA))))[0]
    assert found["points"][1] == {"date": "2026-12-01", "left": 10, "right": 11, "note": ""}
    assert [(c["side"], c["is_noise"]) for c in found["changes"]] == [("left", False), ("right", True)]
    assert found["next"] == "2027-01-26"


@given(st.lists(st.tuples(st.integers(-300, 0), st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=8))
def test_every_change_is_noise_or_not_and_never_both(words: list[tuple[int, int, int]]) -> None:
    """Whatever the results, a change is noise exactly when it is no larger than the band, and its words agree."""
    found = one([told(CALF, day, left=left, right=right) for day, left, right in words])
    for change in found.changes:
        assert change.is_noise == (abs(change.now - change.before) <= change.noise)
        assert ("real gain" in change.says) == (not change.is_noise and change.better)
        assert ("step back" in change.says) == (not change.is_noise and not change.better)
