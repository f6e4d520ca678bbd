"""Week lists: what is read, and where it is placed."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from midstance.domain.run import RunType
from midstance.formats._format import InputError, Parsed
from midstance.formats.weeks_json import FORMAT, Workout, parse_weeks, place_weeks

PLANS = Path(__file__).parents[4] / "shared" / "data" / "plans" / "calendar-hack"
SUNDAY = dt.date(2027, 4, 18)


def week(*titles: str) -> dict[str, Any]:
    """A week of titled workouts."""
    return {"workouts": [{"title": title} for title in titles]}


def data(*weeks: dict[str, Any], units: str = "km") -> bytes:
    """A week list as a file."""
    return json.dumps({"units": units, "schedule": list(weeks)}).encode()


def refused(content: bytes, **place: dt.date) -> list[str]:
    """All that is said about a list that is refused."""
    with pytest.raises(InputError) as caught:
        place_weeks(parse_weeks(content, "plan.json"), **place)
    return [str(fault) for fault in caught.value.faults]


def dates(parsed: Parsed) -> list[tuple[str, RunType]]:
    """Date and type of each run."""
    return [(run.date.isoformat(), run.type) for run in parsed.entries]


EASY = week("Easy 5 km", "Rest", "6 x 400 m", "Rest", "Easy 6 km", "Rest", "Long run 12 km")
RACE = week("Easy 5 km", "Rest", "Easy 4 km", "Rest", "Rest", "Half marathon race", "Easy 3 km")


def test_a_list_begins_on_its_monday() -> None:
    """With --runs-start each workout falls on its day, counted from that Monday."""
    parsed = place_weeks(parse_weeks(data(EASY), "plan.json"), runs_start=dt.date(2026, 12, 7))
    assert dates(parsed) == [
        ("2026-12-07", RunType.EASY), ("2026-12-09", RunType.INTERVALS), ("2026-12-11", RunType.EASY),
        ("2026-12-13", RunType.LONG)]
    assert parsed.ignored == 3


def test_the_last_race_falls_on_the_race_day() -> None:
    """With --race-day the last workout that reads as a race falls on it, wherever in its week it stands."""
    parsed = place_weeks(parse_weeks(data(EASY, RACE, EASY), "plan.json"), race_day=dt.date(2027, 3, 6))
    assert ("2027-03-06", RunType.RACE) in dates(parsed)
    assert dates(parsed)[0][0] == "2027-02-22"


def test_without_a_race_the_list_ends_on_the_day_before() -> None:
    """Where no workout reads as a race, the schedule's last day is the day before the race day."""
    parsed = place_weeks(parse_weeks(data(EASY, EASY), "plan.json"), race_day=SUNDAY)
    assert dates(parsed)[-1] == ("2027-04-17", RunType.LONG)


def test_a_day_may_hold_two_runs_or_none() -> None:
    """A list of workouts is two runs of a day, null is none, and a week may be shorter than seven days."""
    content = json.dumps({"units": "km", "schedule": [
        {"workouts": [[{"title": "Easy 5 km"}, {"title": "Easy 4 km"}], None, {"title": "Easy 6 km"}]}]}).encode()
    parsed = place_weeks(parse_weeks(content, "plan.json"), runs_start=dt.date(2026, 12, 7))
    assert [run.date.day for run in parsed.entries] == [7, 7, 9]


def test_stated_distances_are_in_the_lists_unit() -> None:
    """A distance of 5 in a list in miles is 8 km; of two distances the middle counts, zero meaning no run."""
    list_ = parse_weeks(json.dumps({"units": "mi", "schedule": [{"workouts": [
        {"title": "Easy run", "distance": 5}, {"title": "Easy run", "distance": [4, 6]},
        {"title": "Easy run", "distance": [0, 5]}, {"title": "Rest", "distance": None}]}]}).encode(), "plan.json")
    assert list_.weeks[0] == (
        (Workout(title="Easy run", distance=5),), (Workout(title="Easy run", distance=5),),
        (Workout(title="Easy run", distance=5),), (Workout(title="Rest"),))
    parsed = place_weeks(list_, runs_start=dt.date(2026, 12, 7))
    assert [run.distance_km for run in parsed.entries] == pytest.approx([8.04672] * 3)


@pytest.mark.parametrize(("place", "words"), [
    ({}, ("--race-day", "--runs-start")),
    ({"runs_start": dt.date(2026, 12, 1)}, ("--runs-start", "2026-12-01", "Tuesday", "Monday", "2026-12-07")),
    ({"runs_start": dt.date(2026, 12, 7), "race_day": SUNDAY}, ("--race-day 2027-04-18", "one of the two")),
    ({"race_day": dt.date(1, 1, 2)}, ("too far",)),
])
def test_a_list_needs_one_good_place(place: dict[str, dt.date], words: tuple[str, ...]) -> None:
    """Without a place, on a Tuesday, or with two places that disagree a list is refused with what to give."""
    found = refused(data(EASY), **place)
    assert len(found) == 1
    assert all(word in found[0] for word in words), found


@pytest.mark.parametrize(("content", "words"), [
    (b'{"hello": "world", "schedule": 5}', ("plan.json: units", "schedule")),
    (b'{"units": "mi", "schedule": [{"workouts": [{"title": "Easy 5"', ("line 1, column 62", "JSON", "the file ends")),
    (b'{"units": "mi" "schedule": []}', ("line 1, column 16", "JSON")),
    (b'[1, 2]', ("no week list",)),
    (b'{"units": "furlongs", "schedule": [{"workouts": [{"titel": 1}]}, {}, 7]}',
     ('"furlongs"', "week 1, day 1", "week 2", "week 3")),
    (b'{"units": "km", "schedule": []}', ("schedule", "list of 0")),
    (data(week(*["Rest"] * 8)), ("8 workouts",)),
    (b'{"units": "km", "schedule": [{"workouts": [{"title": "x", "distance": -1}]}]}', ("distance", "-1")),
    (b'{"units": "km", "schedule": [{"workouts": [{"title": "x", "distance": NaN}]}]}', ("distance", "nan")),
    (b"[" * 100_000, ("JSON",)),
    (b'{"units": ' + b"9" * 5000, ("JSON",)),
    (bytes(range(256)), ("not text",)),
    (b"", ("JSON", "ends")),
])
def test_what_is_no_week_list_is_refused(content: bytes, words: tuple[str, ...]) -> None:
    """Broken JSON and other documents are refused with place and remedy, all faults at once."""
    found = " | ".join(refused(content, race_day=SUNDAY))
    assert all(word in found for word in words), found


def test_a_week_list_is_known_by_its_schedule() -> None:
    """The sniffer knows week lists, not plan documents."""
    assert FORMAT.sniff(data(EASY))
    assert not FORMAT.sniff(b'{"format": "midstance-plan/1", "schedule": 1}')
    assert not FORMAT.sniff(b'[{"schedule": 1}]')


@pytest.mark.shared
@pytest.mark.skipif(not PLANS.is_dir(), reason="SHARED MATERIAL IS NOT THERE: published plans beside the checkout")
def test_every_published_plan_is_read_and_placed() -> None:
    """All 63 published plans are read without a fault; the last race is on the race day, else all ends before it."""
    files = sorted(PLANS.glob("*.json"))
    assert len(files) == 63
    for path in files:
        week_list = parse_weeks(path.read_bytes(), path.name)
        parsed = place_weeks(week_list, race_day=SUNDAY)
        races = [run.date for run in parsed.entries if run.type is RunType.RACE]
        assert len(parsed.entries) > 10
        if races:
            assert max(races) == SUNDAY
        else:
            days = [7 * w + d for w, days in enumerate(week_list.weeks) for d, _ in enumerate(days)]
            assert max(run.date for run in parsed.entries) <= SUNDAY - dt.timedelta(days=1)
            start = SUNDAY - dt.timedelta(days=max(days) + 1)
            assert min(run.date for run in parsed.entries) >= start
