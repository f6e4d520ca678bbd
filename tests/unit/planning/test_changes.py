"""What changed between two plans, in sentences."""

from __future__ import annotations

import datetime as dt

import pytest

from builders import a_plan_of
from midstance.planning.changes import changed_days, compare

MONDAY = dt.date(2026, 11, 30)
RUNS = "Tue 06:30 intervals 50min"


def told(before: str, after: str, *, first: dt.date = MONDAY) -> list[str]:
    """Sentences about two weeks in notation."""
    return [c.says for c in compare(a_plan_of(f"{RUNS} | {before}"), a_plan_of(f"{RUNS} | {after}"), first=first)]


@pytest.mark.parametrize(("before", "after", "says"), [
    ("Thu 18:00 heavy 24min", "Thu 18:00 heavy 24min", []),
    ("Thu 18:00 heavy 24min", "Fri 18:00 heavy 24min",
     ["Thursday's heavy session (2026-12-03) moves to Friday."]),
    ("Thu 18:00 heavy 24min | Sat 10:00 mobility 15min", "Thu 18:00 heavy 24min",
     ["Saturday's mobility session (2026-12-05) falls away."]),
    ("Thu 18:00 heavy 24min", "Thu 18:00 strength 24min",
     ["Thursday's heavy session (2026-12-03) becomes a strength session."]),
    ("Thu 18:00 heavy 24min", "Thu 18:00 heavy 24min | Sat 10:00 mobility 15min",
     ["A mobility session comes to Saturday (2026-12-05)."]),
    ("Thu 18:00 heavy 24min: A1 goblet-squat 3x8", "Thu 18:00 heavy 20min: A1 goblet-squat 2x8",
     ["Thursday's heavy session (2026-12-03) has 2 sets in 20 min instead of 3 in 24 min."]),
])
def test_each_change_is_one_sentence(before: str, after: str, says: list[str]) -> None:
    """A session that moves, goes, comes, turns into another or holds other sets is told once."""
    assert told(before, after) == says


def test_the_reason_follows_the_change() -> None:
    """Where a rule says why a session cannot stay, the sentence carries it."""
    old, new = (a_plan_of(f"{RUNS} | {day} 18:00 heavy 24min") for day in ("Thu", "Fri"))
    (change,) = compare(old, new, first=MONDAY, because=lambda s: f"the run of {s.date} is hard now.")
    assert change.says == "Thursday's heavy session (2026-12-03) moves to Friday: the run of 2026-12-03 is hard now."


def test_days_before_the_first_are_facts_and_days_are_counted_once() -> None:
    """Nothing is said about dates that are over, and a move touches two dates."""
    assert told("Tue 18:00 mobility 15min", "Wed 18:00 mobility 15min", first=dt.date(2026, 12, 3)) == []
    old, new = (a_plan_of(f"{RUNS} | {day} 18:00 heavy 24min") for day in ("Thu", "Fri"))
    assert changed_days(compare(old, new, first=MONDAY)) == 2
    assert changed_days(()) == 0
