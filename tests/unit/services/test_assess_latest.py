"""The newest result of each self-test: dates, sides, and sides that are too far apart in time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders_diary import DAY, TODAY, an_entry
from midstance.domain.diary import AssessmentDone, CheckIn
from midstance.services.assess_latest import MOST_DAYS_APART, latest, latest_dates, newest

if TYPE_CHECKING:
    from midstance.domain.entry import Entry

ANKLE = "knee-to-wall-cm"


def told(day: int = 0, **numbers: float) -> Entry:
    """A result of the ankle test on a day counted from today."""
    return an_entry(AssessmentDone(test=ANKLE, **numbers), day=day)


def test_nothing_told_gives_nothing() -> None:
    """Entries that are no results say nothing of tests."""
    assert latest([an_entry(CheckIn(sleep_h=8))], TODAY) == {}


def test_the_newest_of_two_counts() -> None:
    """Of two results of one test the one of the later date counts, however they were written."""
    entries = [told(0, left=9, right=11), told(-50, left=7, right=11)]
    assert latest(entries, TODAY) == {ANKLE: {"left": 9, "right": 11}}
    assert latest_dates(entries, TODAY) == {ANKLE: TODAY}


def test_the_later_word_of_one_date_counts() -> None:
    """Of two results of one date the one that was told later counts."""
    first, second = told(left=7, right=11), told(left=8, right=11)
    second = replace(second, at=second.at + DAY / 24)
    assert latest([second, first], TODAY) == {ANKLE: {"left": 8, "right": 11}}


def test_what_lies_ahead_does_not_count() -> None:
    """A result of a later day is not known today."""
    assert latest([told(1, left=7, right=7)], TODAY) == {}


def test_sides_of_one_ritual_are_put_together() -> None:
    """Left and right that came one by one stand together, each with its date."""
    found = newest([told(-1, left=7), told(0, right=11)], TODAY)[ANKLE]
    assert found.result == {"left": 7, "right": 11}
    assert found.dates == {"left": TODAY - DAY, "right": TODAY}
    assert len(found.entries) == 2


@pytest.mark.parametrize(("days", "sides"), [
    (MOST_DAYS_APART, {"left": 7, "right": 11}), (MOST_DAYS_APART + 1, {"right": 11})])
def test_sides_too_far_apart_are_not_mixed(days: int, sides: dict[str, float]) -> None:
    """A side older than two weeks before the other one is left out, not set against it."""
    assert latest([told(-days, left=7), told(0, right=11)], TODAY) == {ANKLE: sides}


def test_a_value_and_sides_are_not_mixed() -> None:
    """One value for both sides does not fill up the sides of another result, nor the other way round."""
    assert latest([told(-1, left=7, right=11), told(0, value=9)], TODAY) == {ANKLE: 9}
    assert latest([told(-1, value=9), told(0, left=7)], TODAY) == {ANKLE: {"left": 7}}


@given(st.lists(st.tuples(st.integers(-100, 5), st.sampled_from(["left", "right"]), st.integers(0, 30)), max_size=12))
def test_sides_stay_near_each_other(words: list[tuple[int, str, int]]) -> None:
    """Whatever was told, no side is newer than today, and both lie within two weeks of each other."""
    for found in newest([told(day, **{side: float(n)}) for day, side, n in words], TODAY).values():
        assert set(found.dates) == set(found.sides)
        assert max(found.dates.values()) == found.date <= TODAY
        assert (found.date - min(found.dates.values())).days <= MOST_DAYS_APART
