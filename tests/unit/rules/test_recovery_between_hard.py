"""More than 24 h between hard activities, worked by hand to the minute."""

from __future__ import annotations

import datetime as dt

import pytest

from builders import MONDAY, days_found, judged, race_text
from midstance.domain.history import History

RULE = "recovery-between-hard"
SPRING = {"Europe/Lisbon": "2027-03-22", "America/New_York": "2027-03-08", "Australia/Sydney": "2026-09-28"}
AUTUMN = {"Europe/Lisbon": "2026-10-19", "America/New_York": "2026-10-26", "Australia/Sydney": "2027-03-29"}


def verdicts(text: str, runner: str = "", *, tier: str = "safety", first: str = str(MONDAY)) -> list[str]:
    return days_found(text, RULE, runner, tier=tier, first=dt.date.fromisoformat(first))


@pytest.mark.parametrize(("text", "found"), [
    ("Mon 18:00 heavy 24min | Tue 18:24 tempo 40min", ["Tue"]),             # 18:24 to 18:24 is 24 h 0 min
    ("Mon 18:00 heavy 24min | Tue 18:25 tempo 40min", []),                  # 24 h 1 min
    ("Tue 06:30 intervals 50min | Wed 07:20 heavy 24min", ["Wed"]),         # 07:20 to 07:20
    ("Tue 06:30 intervals 50min | Wed 07:21 heavy 24min", []),
    ("Tue 06:30 intervals 50min | Wed 06:30 heavy 24min", ["Wed"]),         # equal clock times: 23 h 10 min
    ("Mon 18:00 heavy 24min | Tue 18:00 heavy 24min", ["Tue"]),             # 23 h 36 min
    ("Mon 18:00 heavy 24min | Tue 18:24 plyometric 10min", ["Tue"]),        # 24 h 0 min
    ("Mon 18:00 heavy 24min | Tue 18:25 plyometric 10min", []),
    ("Mon 18:00 plyometric 10min | Tue 08:00 hills 50min", ["Tue"]),
    ("Mon 20:00 heavy 24min || Tue 06:30 tempo 50min", []),
    ("Sun 20:00 heavy 24min || Mon 06:30 tempo 50min", ["2 Mon"]),          # across the end of a week
    ("Sun 18:00 heavy 24min || Mon 18:00 heavy 24min", ["2 Mon"]),
])
def test_24_hours_to_the_minute(text: str, found: list[str]) -> None:
    """From the end of one hard activity to the start of the next more than 24 h pass; 24 h exactly are too few."""
    assert verdicts(text) == found


@pytest.mark.parametrize(("run", "found"), [
    ("easy 90min", []), ("easy 91min", ["Tue"]), ("long 90min", []), ("long 91min", ["Tue"]), ("steady 80min", []),
    ("recovery 30min", []), ("fartlek 40min", ["Tue"]), ("hills 40min", ["Tue"]), ("race 5km 25min", ["Tue"]),
    ("tempo 30min", ["Tue"]), ("intervals 30min", ["Tue"]), ("steady 60min hard 20min", ["Tue"]),
])
def test_which_runs_are_hard(run: str, found: list[str]) -> None:
    """Quality, race and marathon pace are hard by type, every run by more than 90 min, others are not."""
    assert verdicts(f"Mon 18:00 heavy 24min | Tue 07:00 {run}") == found


@pytest.mark.parametrize("kind", ["strength", "upper", "mobility", "primer"])
def test_other_kinds_may_stand_next_to_hard_runs(kind: str) -> None:
    """Only heavy and plyometric sessions are hard."""
    assert verdicts(f"Mon 06:30 tempo 50min | Tue 06:00 {kind} 10min | Wed 06:30 tempo 50min") == []


@pytest.mark.parametrize("zone", SPRING)
@pytest.mark.parametrize(("clock", "found"), [("19:30", ["Sun"]), ("20:00", ["Sun"]), ("20:01", [])])
def test_the_night_that_loses_an_hour(zone: str, clock: str, found: list[str]) -> None:
    """Sat 19:00 to Sun 19:30 is 24 h 30 by the clock and 23 h 30 by the sun: the lesser counts, 20:00 is 24 h 0."""
    text = f"Sat 18:00 tempo 60min | Sun {clock} heavy 24min"
    assert verdicts(text, f'timezone = "{zone}"', first=SPRING[zone]) == found


@pytest.mark.parametrize("zone", AUTUMN)
@pytest.mark.parametrize(("clock", "found"), [("18:30", ["Sun"]), ("19:00", ["Sun"]), ("19:01", [])])
def test_the_night_that_gains_an_hour(zone: str, clock: str, found: list[str]) -> None:
    """Sat 19:00 to Sun 18:30 is 23 h 30 by the clock and 24 h 30 by the sun: still too close."""
    text = f"Sat 18:00 heavy 60min | Sun {clock} tempo 50min"
    assert verdicts(text, f'timezone = "{zone}"', first=AUTUMN[zone]) == found


@pytest.mark.parametrize(("text", "found"), [
    ("Tue 06:30 intervals 50min | Tue 10:20 heavy 24min", []),              # 07:20 to 10:20: 3 h
    ("Tue 06:30 intervals 50min | Tue 10:19 heavy 24min", ["Tue"]),
    ("Tue 06:30 easy 91min | Tue 18:00 heavy 24min", ["Tue"]),              # longer than 90 min
    ("Tue 06:30 tempo 90min | Tue 18:00 heavy 24min", []),
    ("Tue 06:30 race 5km 25min | Tue 18:00 heavy 24min", ["Tue"]),          # a race is never followed
    ("Tue 06:30 intervals 50min | Tue 18:00 plyometric 10min", ["Tue"]),    # for heavy alone
    ("Tue 06:30 heavy 24min | Tue 18:00 intervals 50min", ["Tue"]),         # the run first
    ("Tue 06:30 intervals 50min | Tue 12:00 heavy 24min | Wed 12:24 tempo 50min", ["Wed"]),
    ("Tue 06:30 intervals 50min | Tue 12:00 heavy 24min | Wed 12:25 tempo 50min", []),
    ("Tue 06:30 intervals 50min | Wed 06:30 heavy 24min", ["Wed"]),         # not the same date
])
def test_hard_days_hard(text: str, found: list[str]) -> None:
    """With hard_days_hard a heavy session may follow a hard run of up to 90 min that is no race, 3 h later that day."""
    assert verdicts(text, "hard_days_hard = true") == found


def test_without_hard_days_hard_a_hard_run_keeps_its_day() -> None:
    """11 h after intervals of the same date is too close for a runner who did not ask for it."""
    assert verdicts("Tue 06:30 intervals 50min | Tue 18:20 heavy 24min") == ["Tue"]


def test_hard_days_hard_never_on_the_date_of_a_race() -> None:
    """A race of the runner's file on the date forbids it, also when the run is called tempo."""
    runner = "hard_days_hard = true" + race_text("Tue", 5, "C", "19:00")
    assert verdicts("Tue 06:30 tempo 50min | Tue 12:00 heavy 24min", runner) == ["Tue"]


@pytest.mark.parametrize(("born", "clock", "safety", "dose"), [
    (1976, "07:20", ["Wed"], []), (1976, "12:00", [], ["Wed"]), (1976, "19:20", [], ["Wed"]), (1976, "19:21", [], []),
    (1977, "12:00", [], []),
])
def test_from_50_a_day_and_a_half(born: int, clock: str, safety: list[str], dose: list[str]) -> None:
    """In the year of the 50th birthday (1976 + 50 = 2026) 24 h are safety and 36 h, Wed 19:20, are dose."""
    text, runner = f"Tue 06:30 intervals 50min | Wed {clock} heavy 24min", f"birth_year = {born}"
    assert verdicts(text, runner) == safety
    assert verdicts(text, runner, tier="dose") == dose


def test_fifty_begins_with_the_year() -> None:
    """Born in 1977, Wed 30 December 2026 is still 49, the same Wednesday of the week after is 50."""
    text = "Tue 06:30 intervals 50min | Wed 12:00 heavy 24min || Tue 06:30 intervals 50min | Wed 12:00 heavy 24min"
    assert verdicts(text, "birth_year = 1977", tier="dose", first="2026-12-28") == ["2 Wed"]


def test_from_50_two_hard_sessions_lie_a_day_and_a_half_apart() -> None:
    """Mon 18:24 to Wed 06:23 is 35 h 59: dose; Wed 06:25 is 36 h 1."""
    text = "Mon 18:00 heavy 24min | Wed {} heavy 24min"
    assert verdicts(text.format("06:23"), "birth_year = 1960", tier="dose") == ["Wed"]
    assert verdicts(text.format("06:25"), "birth_year = 1960", tier="dose") == []
    assert verdicts(text.format("06:23"), tier="dose") == []


@pytest.mark.parametrize(("text", "notes"), [
    ("Tue 06:30 tempo 60min | Wed 07:30 intervals 40min", ["Wed"]),         # 24 h 0 min
    ("Tue 06:30 tempo 60min | Wed 07:31 intervals 40min", []),
    ("Sat 08:00 long 120min | Sun 08:00 race 10km 50min", ["Sun"]),
    ("Tue 06:30 tempo 60min | Wed 06:30 easy 60min", []),
])
def test_runs_that_follow_each_other_are_the_calendars_own_doing(text: str, notes: list[str]) -> None:
    """Two hard runs within 24 h give a note on the calendar, none on the plan."""
    assert days_found(text, RULE, on="calendar") == notes
    assert days_found(text, RULE) == []


def test_a_hard_run_of_the_day_before_the_plan_counts() -> None:
    """A recorded hard run ended Sunday 19:00: Monday 19:00 is 24 h later and too close, 19:01 is not."""
    end = dt.datetime.fromisoformat("2026-11-29T19:00")
    past = History(runs=1, last_days=((end - dt.timedelta(minutes=60), end, 60, 30, True),))
    assert days_found("Mon 19:00 heavy 24min", RULE, history=past) == ["Mon"]
    assert days_found("Mon 19:01 heavy 24min", RULE, history=past) == []


def test_the_sentence_names_run_and_hours() -> None:
    """The finding says how many hours and which run."""
    (found,) = judged("Tue 18:00 heavy 24min | Wed 06:30 intervals 50min", RULE)
    assert "12.1 h before Wednesday's intervals (06:30)" in found.says
    (found,) = judged("Tue 06:00 intervals 50min | Tue 06:30 heavy 24min", RULE)
    assert "Tuesday's intervals (06:00) lies in it" in found.says
