"""The numbers of FIT exercises: complete for the catalogue, and the same as other people's tables."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from fitdecode.profile import FIELD_TYPES

from midstance.formats._fit_exercises import CATEGORIES, NAME_OF, NAMES, UNKNOWN, category_words, numbers_of
from midstance.services.handbook import catalogue

TABLE = Path(__file__).parents[3].parent / "shared" / "data" / "exercises" / "fit_exercise_names.csv"
EXERCISES = catalogue().exercises.values()


def test_every_fit_name_of_the_catalogue_has_numbers():
    """Each exercise with a FIT name has both numbers, and the table holds no other names."""
    pairs = {exercise.fit for exercise in EXERCISES if exercise.fit}
    assert all(numbers_of(pair) is not None for pair in pairs)
    assert {(category, name) for category, names in NAMES.items() for name in names} == pairs


def test_the_numbers_are_those_of_an_independent_table():
    """Categories and names have the numbers of fitdecode's profile."""
    assert {**{number: name for name, number in CATEGORIES.items()}, UNKNOWN: "unknown"} == FIELD_TYPES[
        "exercise_category"].enum
    for category, names in NAMES.items():
        theirs = FIELD_TYPES[f"{category}_exercise_name"].enum
        assert {number: theirs[number] for number in names.values()} == {n: name for name, n in names.items()}


@pytest.mark.shared
def test_the_numbers_are_those_of_the_shared_table():
    """Categories and names have the numbers of the table beside the checkout."""
    if not TABLE.exists():
        pytest.skip(f"{TABLE.name} is not beside the checkout: FIT numbers are not checked against it")
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {r["category"]: int(r["category_id"]) for r in rows} == {**CATEGORIES, "unknown": UNKNOWN}
    theirs = {(int(r["category_id"]), int(r["name_id"])): (r["category"], r["name"]) for r in rows if r["name_id"]}
    assert {key: theirs[key] for key in NAME_OF} == NAME_OF


def test_unknown_names_are_refused():
    """A pair without numbers is an error, for the watch would name nothing; no pair is none."""
    assert numbers_of(()) is None
    for pair in (("squat", "moon_squat"), ("moon", "squat")):
        with pytest.raises(ValueError, match="moon"):
            numbers_of(pair)
    assert category_words("hip_raise") == "Hip raise"
