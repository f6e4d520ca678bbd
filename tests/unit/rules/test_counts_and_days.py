"""Training days, sessions a week and what fits a day, worked by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from builders import MONDAY, cost_of, days_found, judged, race_text
from midstance.rules import _prices as price

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def week(runs: str, sessions: str = "") -> str:
    """Write a week: days with an easy run, and days with a session by letter (s strength, m mobility, h heavy)."""
    kinds = {"s": "strength 20min", "m": "mobility 15min", "h": "heavy 24min (hard 1)", "u": "upper 20min",
             "p": "plyometric 10min (hard 1)", "r": "primer 10min"}
    parts = [f"{DAYS[int(d)]} 06:30 easy 40min" for d in runs]
    parts += [f"{DAYS[int(d)]} {'06:20' if k == 'r' else '18:00'} {kinds[k]}"
              for d, k in zip(sessions[::2], sessions[1::2], strict=True)]
    return " | ".join(parts)


@pytest.mark.parametrize(("runs", "sessions", "found"), [
    ("01234", "5s6s", True),            # 5 + 2 = 7 days
    ("01234", "5s6m", False),           # mobility alone makes no training day
    ("01234", "5s", False),
    ("012345", "6s", True),             # 6 + 1
    ("012345", "5s", False),            # on the date of a run
    ("012345", "6m", False),
    ("0123456", "6s5s4s", False),       # who runs seven days trains seven
    ("01234", "5h6u", True),
    ("01234", "5s6r", False),
])
def test_six_training_days_unless_all_seven_are_run(runs: str, sessions: str, found: bool) -> None:
    """Runs and strength-type sessions take six dates at most, seven where the runner runs on seven."""
    assert bool(days_found(week(runs, sessions), "training-days")) is found


@pytest.mark.parametrize(("runs", "sessions", "found"), [
    ("024", "1s3s5m6m", True),          # not a single free day
    ("024", "1s3s5m", False),           # Sunday is free
    ("0245", "1m3m", False), ("0245", "1m3m6m", True), ("012345", "6m", True), ("0123456", "6m", False),
    ("024", "1s3s5m6r", False),         # a primer fills no day
])
def test_a_running_beginner_keeps_a_day_with_nothing(runs: str, sessions: str, found: bool) -> None:
    """Where the runs leave a day, one stays empty, of mobility too."""
    assert bool(days_found(week(runs, sessions), "training-days", 'running_level = "beginner"')) is found


def test_a_first_week_that_is_cut_short_is_not_judged() -> None:
    """From Wednesday on five dates may all hold training: nobody knows what Monday and Tuesday were."""
    text = week("234", "5s6s")
    assert days_found(text, "training-days", first=MONDAY + dt.timedelta(days=2)) == []


@pytest.mark.parametrize(("sessions", "what"), [
    ("0s1s2s3s", "4 strength-type sessions in off-season, at most 3"), ("0h2h4h", "3 heavy sessions in off-season"),
    ("0m2m4m", "3 mobility sessions in off-season"), ("0p2p4s", "2 plyometric sessions in off-season"),
    ("0s1m2s3m4u5s", "6 sessions in off-season, at most 5"),
])
def test_maxima_are_safety(sessions: str, what: str) -> None:
    """More than phase and level allow is a safety finding dated on the Monday."""
    safety = [f for f in judged(week("", sessions), "sessions-a-week") if f.tier == "safety"]
    assert any(what in f.says for f in safety)
    assert {f.date for f in safety} == {MONDAY}


@pytest.mark.parametrize(("days", "km", "phase", "sessions", "found"), [
    (6, 10, "race week", "0s2s", True), (6, 10, "race week", "0s2m", False), (6, 10, "race week", "0h", True),
    (6, 10, "race week", "0p", True), (13, 42.2, "taper", "0s2s", True), (13, 42.2, "taper", "0h2m4m", False),
    (-1, 42.2, "recovery", "0s2m4m", False), (-1, 42.2, "recovery", "0s2u", True),
])
def test_the_phase_sets_the_most(days: int, km: float, phase: str, sessions: str, found: bool) -> None:
    """Race week holds one light session and nothing hard, taper one short, peak one heavy and two in all."""
    race = race_text(str(MONDAY + dt.timedelta(days=days)), km, start="23:00")
    got = days_found(week("", sessions), "sessions-a-week", race, tier="safety")
    assert bool(got) is found, phase


@pytest.mark.parametrize(("sessions", "found"), [("0h2s4s", True), ("0h2h", True), ("0h2p4m", False)])
def test_peak_holds_two_strength_sessions_one_of_them_heavy(sessions: str, found: bool) -> None:
    """Four weeks before a marathon, twenty weeks planned: two strength-type sessions, one heavy."""
    text = "|| " * 16 + week("", sessions)
    race = race_text(str(MONDAY + dt.timedelta(days=139)), 42.195)
    assert ("17 Mon" in days_found(text, "sessions-a-week", race, tier="safety")) is found


@pytest.mark.parametrize(("level", "count", "found"), [
    ("beginner", 4, True), ("beginner", 3, False), ("intermediate", 5, True), ("intermediate", 4, False),
    ("advanced", 5, False),
])
def test_the_level_sets_the_total(level: str, count: int, found: bool) -> None:
    """At most 3, 4 and 5 sessions a week for beginner, intermediate and advanced."""
    text = week("", "0s1m2u3m4s"[:2 * count])
    assert bool(days_found(text, "sessions-a-week", f'strength_level = "{level}"', tier="safety")) is found


def test_minima_cost_in_the_order_in_which_dose_gives_way() -> None:
    """Leg sessions weigh more than everything below them together, and so on down to mobility."""
    ranks = (price.LEG_SESSIONS, price.HEAVY, price.STRENGTH_TYPE, price.FRESH_LEGS, price.UPPER, price.PLYOMETRIC,
             price.MOBILITY)
    most = (2, 2, 3, 1, 1, 1, 2)
    assert all(rank > sum(p * n for p, n in zip(ranks[k + 1:], most[k + 1:], strict=True))
               for k, rank in enumerate(ranks))
    empty = cost_of(week("", ""), "sessions-a-week")[0]
    # off-season of an advanced lifter: 2 leg, 1 heavy, 2 strength-type, 1 upper, 1 mobility, 3 in all
    assert empty == 2 * 4096 + 1024 + 2 * 256 + 16 + 1 + 3
    assert cost_of(week("", "0h2h4u6m"), "sessions-a-week") == (0, 0)
    assert cost_of(week("", "0h2s4u6m"), "sessions-a-week") == (0, price.SECOND_HEAVY)
    assert cost_of(week("", "0h2h4u5m6m"), "sessions-a-week") == (0, price.BEYOND_WANTED)


@pytest.mark.parametrize(("text", "says"), [
    ("Tue 05:59 strength 20min", "outside the free windows (06:00-21:00)"),
    ("Tue 20:41 strength 20min", "outside the free windows (06:00-21:00)"),
    ("Tue 06:30 easy 50min | Tue 07:19 strength 20min", "overlaps the run at 06:30"),
    ("Tue 06:30 easy 50min | Tue 06:11 strength 20min", "overlaps the run at 06:30"),
    ("Tue 12:00 strength 20min | Tue 18:00 mobility 15min", "one session a date"),
    ("Tue 12:00 strength 20min | Tue 12:10 mobility 15min", "overlaps the mobility session at 12:10"),
    ("Tue 06:10 primer 10min | Tue 06:30 easy 50min", "ends 10 min before its run"),
    ("Tue 06:25 primer 10min | Tue 06:30 easy 50min", "not over when its run begins"),
    ("Tue 06:20 primer 10min", "a primer needs a run of its date"),
])
def test_what_does_not_fit_a_day(text: str, says: str) -> None:
    """A session lies inside a window, beside every run and alone on its date; a primer directly before its run."""
    found = judged(text, "fits-the-day")
    assert any(says in f.says for f in found)
    assert {f.tier for f in found} == {"safety"}


@pytest.mark.parametrize("text", [
    "Tue 06:00 strength 20min", "Tue 20:40 strength 20min", "Tue 06:30 easy 50min | Tue 07:20 strength 20min",
    "Tue 06:30 easy 50min | Tue 06:10 strength 20min", "Tue 06:15 primer 10min | Tue 06:30 easy 50min",
    "Tue 04:50 primer 10min | Tue 05:00 easy 50min | Tue 18:00 strength 20min",
])
def test_what_fits_a_day(text: str) -> None:
    """Borders belong to the window, touching a run is allowed, and a primer needs no window."""
    assert judged(text, "fits-the-day") == []


def test_blocked_dates_hold_nothing() -> None:
    """No session and no primer on a blocked date; the same week later is free."""
    runner = "[[blocked]]\nfrom = 2026-12-01\nto = 2026-12-02\n"
    text = "Tue 18:00 mobility 15min | Wed 06:20 primer 10min | Wed 06:30 easy 40min | Thu 18:00 mobility 15min"
    assert days_found(text, "fits-the-day", runner) == ["Tue", "Wed"]


def test_a_day_without_windows_may_still_hold_a_primer() -> None:
    """An empty list of windows means no session, but minutes before a run are the run's own time."""
    runner = "[availability]\ntue = []\n"
    assert days_found("Tue 18:00 mobility 15min", "fits-the-day", runner) == ["Tue"]
    assert days_found("Tue 06:20 primer 10min | Tue 06:30 easy 40min", "fits-the-day", runner) == []
