"""Nothing hard before a race, and rest after it, worked by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from builders import MONDAY, days_found, race_text

RACE = "Sun 10:00 race 50min"


@pytest.mark.parametrize(("km", "priority", "hours"), [
    (5, "A", 72), (10.5, "A", 72), (10.6, "A", 96), (21.0975, "A", 96), (21.5, "A", 96), (21.6, "A", 168),
    (42.195, "A", 168), (50, "A", 168), (10, "B", 48), (10, "C", 48), (21.1, "B", 48), (42.195, "B", 84),
    (42.195, "C", 84),
])
def test_hours_before_a_race(km: float, priority: str, hours: int) -> None:
    """A session that ends exactly the hours before Sunday 10:00 is fine; one minute later it is found."""
    end = dt.datetime.fromisoformat("2026-12-13T10:00") - dt.timedelta(hours=hours)
    for late in (0, 1):
        start = end + dt.timedelta(minutes=late - 24)
        text = f"{start:%Y-%m-%d %H:%M} heavy 24min | 2026-12-13 10:00 race 50min {km}km"
        found = days_found(text, "race-freshness", race_text("2026-12-13", km, priority))
        assert len(found) == late


def test_a_race_that_only_the_calendar_knows_counts_as_c() -> None:
    """48 h before a race run without an entry in the runner's file."""
    assert days_found(f"Fri 09:36 heavy 24min | {RACE} 10km", "race-freshness") == []
    assert days_found(f"Fri 09:37 heavy 24min | {RACE} 10km", "race-freshness") == ["Fri"]


def test_a_race_without_a_run_has_its_own_hour() -> None:
    """Without a run in the plan the hours count to the start in the runner's file, and after it from 5 min a km."""
    runner = race_text("Sun", 10, start="18:00")
    assert days_found("Thu 17:36 heavy 24min", "race-freshness", runner) == []
    assert days_found("Thu 17:37 heavy 24min", "race-freshness", runner) == ["Thu"]
    assert days_found("Sun 19:00 strength 20min", "after-race", runner) == ["Sun"]


def test_a_night_that_loses_an_hour_before_a_race() -> None:
    """Thursday 10:00 to Sunday 10:00 across the change is 72 h by the clock and 71 by the sun: too few."""
    first = dt.date(2027, 3, 22)
    runner = 'timezone = "Europe/Lisbon"' + race_text("2027-03-28", 10)
    text = "Thu {} heavy 24min | Sun 10:00 race 50min 10km"
    assert days_found(text.format("09:36"), "race-freshness", runner, first=first) == ["Thu"]
    assert days_found(text.format("08:36"), "race-freshness", runner, first=first) == []


def test_other_kinds_are_free_before_a_race() -> None:
    """Strength, upper and mobility are not hard."""
    assert days_found(f"Fri 18:00 strength 20min | Sat 18:00 mobility 15min | {RACE} 10km", "race-freshness",
                      race_text("Sun", 10)) == []


@pytest.mark.parametrize(("km", "hours"), [
    (5, 48), (5.5, 48), (6, 72), (10.5, 72), (15, 96), (21.1, 96), (30, 168), (42.195, 168), (50, 336), (100, 336),
])
def test_hours_after_a_race(km: float, hours: int) -> None:
    """No heavy session before the hours are over, no strength before half of them, mobility always."""
    end = dt.datetime.fromisoformat("2026-12-06T11:00")
    for kind, limit in (("heavy", hours), ("plyometric", hours), ("strength", hours / 2), ("upper", hours / 2)):
        for early in (0, 1):
            start = end + dt.timedelta(hours=limit, minutes=-early)
            text = f"Sun 10:00 race 60min {km}km | {start:%Y-%m-%d %H:%M} {kind} 20min"
            assert len(days_found(text, "after-race")) == early
    assert days_found(f"Sun 10:00 race 60min {km}km || Mon 06:30 mobility 15min", "after-race") == []


def test_every_priority_is_rested_from_in_full() -> None:
    """Tissue does not know which race was called C."""
    for priority in "ABC":
        text = f"{RACE} 10km || Wed 10:00 heavy 24min"
        assert days_found(text, "after-race", race_text("Sun", 10, priority)) == ["2 Wed"]


def test_a_primer_is_no_mobility() -> None:
    """Hip and core work the morning after a 10 km race falls into the first half of the 72 h."""
    text = f"{RACE} 10km || Mon 06:20 primer 10min | Mon 06:30 easy 40min"
    assert days_found(text, "after-race") == ["2 Mon"]


def test_a_race_before_the_plan_is_not_forgotten() -> None:
    """A marathon on the Sunday before the plan keeps heavy away for 7 days and strength for 3.5."""
    runner = race_text(str(MONDAY - dt.timedelta(days=1)), 42.195)
    assert days_found("Wed 18:00 strength 20min | Sat 18:00 heavy 24min", "after-race", runner) == ["Wed", "Sat"]
    assert days_found("Fri 18:00 strength 20min || Mon 18:00 heavy 24min", "after-race", runner) == []
