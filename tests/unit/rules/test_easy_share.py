"""At least four fifths easy in every seven days, worked by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from builders import days_found, judged
from midstance.domain.history import History

RULE = "easy-share"
HARD = "Tue 06:30 tempo 60min hard 24min"


@pytest.mark.parametrize(("easy", "found"), [(82, []), (81, ["Mon"])])
def test_twenty_per_cent_exactly_is_enough(easy: int, found: list[str]) -> None:
    """24 + 10 hard of 142 + 28 min are 34 of 170, 20.0 %: fine; one easy minute less is over."""
    assert days_found(f"Mon 06:30 easy {easy}min | {HARD} | Fri 18:00 heavy 28min (hard 10)", RULE) == found


def test_mobility_adds_easy_minutes() -> None:
    """127 + 28 + 15 min hold 34 hard ones; without the 15 min of mobility the share is over."""
    text = f"Mon 06:30 easy 67min | {HARD} | Fri 18:00 heavy 28min (hard 10)"
    assert days_found(text, RULE) == ["Mon"]
    assert days_found(f"{text} | Sat 18:00 mobility 15min", RULE) == []


def test_every_seven_days_count_not_only_calendar_weeks() -> None:
    """Monday's week holds 34 of 178 (19 %), but the seven days from Tuesday, without Monday's easy run, 34 of 88."""
    text = "Mon 06:30 easy 90min | Sat 06:30 tempo 60min hard 24min | Sun 18:00 heavy 28min (hard 10) || "
    assert days_found(f"{text} Tue 06:30 easy 90min", RULE) == ["Tue"]
    assert days_found(f"{text} Mon 06:30 easy 90min", RULE) == []


def test_runs_alone_over_a_fifth_are_the_calendars_fault() -> None:
    """25 of 120 min are 20.8 %: a note on the calendar, no hard strength, and other strength stays free."""
    runs = "Mon 06:30 easy 60min | Tue 06:30 tempo 60min hard 25min"
    assert days_found(runs, RULE, on="calendar") == ["Tue"]
    assert days_found(f"{runs} | Fri 18:00 plyometric 10min (hard 1)", RULE) == ["Mon"]
    assert days_found(f"{runs} | Fri 18:00 strength 28min", RULE) == []
    assert days_found(f"Mon 06:30 easy 60min | {HARD}", RULE, on="calendar") == []


def test_far_apart_faults_of_the_calendar_are_told_apart() -> None:
    """Two hard weeks with a month of easy running between give two notes; two in a row give one."""
    hard, calm = "Mon 06:30 easy 20min | Tue 06:30 tempo 60min", "Mon 06:30 easy 60min | Thu 06:30 easy 60min"
    assert len(days_found(" || ".join((hard, calm, calm, calm, hard)), RULE, on="calendar")) == 2
    assert len(days_found(" || ".join((hard, hard)), RULE, on="calendar")) == 1


def test_recorded_runs_before_the_plan_open_the_window() -> None:
    """Recorded: Sunday 60 min, 40 hard. Its six days with Monday's 28 min heavy are over; without recordings not."""
    end = dt.datetime.fromisoformat("2026-11-29T11:00")
    past = History(runs=1, last_days=((end - dt.timedelta(minutes=60), end, 60, 40, True),))
    text = "Tue 18:00 heavy 28min (hard 10) | Wed 06:30 easy 60min | Sun 06:30 easy 200min"
    assert days_found(text, RULE) == []
    assert days_found(text, RULE, history=past) == ["Mon"]


def test_what_a_session_holds_counts_not_what_it_says() -> None:
    """A heavy session that claims 1 hard minute and holds 3 sets of 10 slow reps a side has 8 of 34."""
    content = "A1 single-leg-deadlift 3x10/side @2RIR 3-1-3-1"
    text = f"Mon 06:30 easy 10min | Fri 18:00 heavy 24min (hard 1): {content}, rest 90s"
    (found,) = judged(text, RULE)
    assert "would be hard" in found.says
