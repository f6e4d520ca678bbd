"""Which runs stand on which date: calendar, pattern, races, history, and the hours nobody named."""

from __future__ import annotations

import datetime as dt

import pytest

from builders import MONDAY, a_runner, race_text
from midstance.domain.history import History
from midstance.domain.run import CalendarRun, PlannedRun, RunType
from midstance.domain.runner import PatternRun
from midstance.formats.run_title import read_title
from midstance.planning.settle_runs import SettledRuns, easy_pace, race_seconds_per_km, settle_runs

TUESDAY, SUNDAY = MONDAY + dt.timedelta(days=1), MONDAY + dt.timedelta(days=6)
PATTERN = '[[running]]\nday = "tue"\nstart = "06:30"\nminutes = 50\ntype = "intervals"\n'


def settled(runner: str = "", *calendar: CalendarRun, history: History | None = None, days: int = 14) -> SettledRuns:
    last = MONDAY + dt.timedelta(days=days - 1)
    return settle_runs(a_runner(runner), calendar, history or History(), first=MONDAY, last=last)


def a_run(date: dt.date = TUESDAY, kind: str = "easy", **fields) -> CalendarRun:
    return CalendarRun(date=date, type=RunType(kind), source="plan.csv", **fields)


def one(run: CalendarRun, runner: str = "") -> PlannedRun:
    (found,) = settled(runner, run).runs
    return found


def times(found: SettledRuns) -> list[str]:
    return [f"{r.start:%a %H:%M} {r.type.value} {r.minutes}" for r in found.runs]


def test_the_pattern_holds_where_no_calendar_covers() -> None:
    """A calendar covers every date from its first to its last entry, rest days included; the pattern all others."""
    calendar = (a_run(SUNDAY, minutes=60), a_run(MONDAY + dt.timedelta(days=9), minutes=40))
    found = settled(PATTERN, *calendar, days=21)
    assert [(r.date.isoformat(), r.source) for r in found.runs] == [
        ("2026-12-01", "pattern"), ("2026-12-06", "plan.csv"), ("2026-12-09", "plan.csv"), ("2026-12-15", "pattern")]


def test_without_calendar_and_pattern_the_likely_week_holds() -> None:
    """Recorded runs tell the week, and a note says so; a pattern or calendar comes first; nothing at all is told."""
    usual = (PatternRun(day=3, start_minute=420, minutes=45, type=RunType.EASY),
             PatternRun(day=6, start_minute=None, minutes=80, type=RunType.LONG))
    history = History(runs=20, likely_week=usual)
    found = settled(history=history, days=7)
    assert times(found) == ["Thu 07:00 easy 45", "Sun 06:30 long 80"]
    assert {r.source for r in found.runs} == {"history"}
    assert any("thu, sun" in note and "inferred" in note for note in found.notes)
    assert {r.source for r in settled(PATTERN, history=history).runs} == {"pattern"}
    assert len(settled("", a_run(minutes=40), history=history).runs) == 1
    assert any("No runs are known" in note for note in settled().notes)


def test_a_race_of_the_runners_file_becomes_a_run() -> None:
    """It takes the place of the day's usual run, at its own hour or run_start, paced from the easy pace."""
    pattern = PATTERN.replace("tue", "sun")
    (usual,) = [r for r in settled(pattern + race_text("Sun", 10), days=7).runs if r.date == SUNDAY]
    assert (usual.type, usual.start.hour, usual.distance_km, usual.source) == (RunType.RACE, 10, 10, "races")
    assert (usual.minutes, usual.hard_minutes, usual.hard) == (52, 52, True)      # 10 km at 0.8 x 6:30
    no_hour = race_text("Sun", 10).replace('start = "10:00"\n', "")
    assert settled(no_hour, days=7).runs[0].start.strftime("%H:%M") == "06:30"


@pytest.mark.parametrize(("km", "replaced"), [(8.5, True), (11.5, True), (8.4, False), (11.6, False), (None, False)])
def test_a_calendars_run_of_about_that_distance_is_the_race(km: float | None, replaced: bool) -> None:
    """Within 15 % of 10 km the entry is the race itself, else the race is added beside it."""
    found = settled(race_text("Sun", 10), a_run(SUNDAY, distance_km=km, minutes=None if km else 50)).runs
    assert [r.type for r in found].count(RunType.RACE) == 1
    assert len(found) == (1 if replaced else 2)
    assert next(r for r in found if r.type is RunType.RACE).start.strftime("%H:%M") == "10:00"


def test_a_race_in_the_calendar_is_not_doubled() -> None:
    """A calendar's race of that date stands for it, keeping its own hour and distance, else the file's."""
    own = a_run(SUNDAY, "race", distance_km=9.8, start_minute=600, title="City run")
    (found,) = settled(race_text("Sun", 10, start="09:00"), own).runs
    assert (found.title, found.distance_km, found.start.hour) == ("City run", 9.8, 10)
    bare = a_run(SUNDAY, "race", minutes=55)
    (found,) = settled(race_text("Sun", 10, start="09:00"), bare).runs
    assert (found.distance_km, found.start.hour, found.minutes) == (10, 9, 55)


def test_a_warm_up_jog_before_the_race_stays() -> None:
    """Of several entries on race day only the one that is the race is turned into it."""
    jog = a_run(SUNDAY, minutes=15, start_minute=9 * 60)
    found = settled(race_text("Sun", 10), jog, a_run(SUNDAY, distance_km=10)).runs
    assert [(r.start.strftime("%H:%M"), r.type.value) for r in found] == [("09:00", "easy"), ("10:00", "race")]


def test_hours_nobody_named() -> None:
    """The first run without an hour starts at run_start, the second in the late afternoon, at least 2 h after it."""
    calendar = (a_run(kind="tempo", minutes=60), a_run(minutes=30), a_run(minutes=20))
    assert times(settled('run_start = "07:15"', *calendar)) == [
        "Tue 07:15 tempo 60", "Tue 17:30 easy 30", "Tue 20:00 easy 20"]
    late = (a_run(minutes=60, start_minute=17 * 60), a_run(minutes=30))
    assert times(settled("", *late)) == ["Tue 06:30 easy 30", "Tue 17:00 easy 60"]
    early = (a_run(minutes=60, start_minute=6 * 60), a_run(minutes=30))
    assert times(settled("", *early)) == ["Tue 06:00 easy 60", "Tue 17:30 easy 30"]


def test_a_second_run_never_leaves_its_date() -> None:
    """Late runs start at 23:30 at the latest."""
    calendar = (a_run(minutes=60, start_minute=6 * 60), a_run(minutes=60, start_minute=22 * 60), a_run(minutes=30))
    assert times(settled("", *calendar))[-1] == "Tue 23:30 easy 30"


def test_ids_are_unique() -> None:
    """Two entries at the same hour keep apart by their ids."""
    twice = (a_run(minutes=60, start_minute=360), a_run(minutes=30, start_minute=360))
    assert [r.id for r in settled("", *twice).runs] == ["run-2026-12-01-0600", "run-2026-12-01-0600b"]


@pytest.mark.parametrize(("run", "minutes", "km"), [
    (a_run(minutes=50), 50, 7.7),                                   # 50 min at 6:30
    (a_run(distance_km=8), 52, 8),
    (a_run(kind="tempo", distance_km=10, hard_km=4), 62, 10),       # 6 km at 6:30 and 4 at 0.88 of it: 39 + 22.9
    (a_run(kind="race", distance_km=21.1), 115, 21.1),              # 0.84 of easy
    (a_run(kind="race", distance_km=42.195), 241, 42.195),          # 0.88
    (a_run(kind="race", distance_km=50), 358, 50),                  # slower than easy
    (a_run(minutes=0.4), 1, 0.2), (a_run(kind="race", minutes=50), 50, 9.6), (a_run(kind="race", minutes=240), 240, 42),
])
def test_lengths(run: CalendarRun, minutes: int, km: float) -> None:
    """Stated minutes stand; else distance at easy pace, work and races at theirs; nothing is shorter than a minute."""
    found = one(run)
    assert (found.minutes, found.distance_km) == (minutes, round(km, 2))


@pytest.mark.parametrize(("run", "hard", "work"), [
    (a_run(kind="tempo", minutes=50), True, 25), (a_run(kind="intervals", minutes=50), True, 20),
    (a_run(kind="hills", minutes=50), True, 20), (a_run(kind="fartlek", minutes=50), True, 20),
    (a_run(kind="race", minutes=50), True, 50), (a_run(kind="long", minutes=120), True, 0),
    (a_run(kind="long", minutes=90), False, 0), (a_run(kind="steady", minutes=60), False, 0),
    (a_run(kind="intervals", minutes=50, hard_minutes=12), True, 12),
    (a_run(kind="intervals", minutes=50, hard_km=4.8), True, 27),   # 4.8 km at 0.88 x 6:30
    (a_run(kind="intervals", minutes=20, hard_minutes=40), True, 20),
    (a_run(kind="easy", minutes=60, hard_minutes=2), False, 0),     # strides
    (a_run(kind="race", distance_km=12, hard_km=10), True, 55),     # 2 of 12 km are no race
    (a_run(kind="long", minutes=80, hard_km=5, marathon_pace_or_faster=True), True, 29),
])
def test_hard_minutes(run: CalendarRun, hard: bool, work: int) -> None:
    """As the title tells in minutes or kilometres, else by type; long and steady runs hold none."""
    found = one(run)
    assert (found.hard, found.hard_minutes) == (hard, work)


@pytest.mark.parametrize(("title", "hard", "work"), [
    ("6 x 800 m", True, 27), ("Tempo 30 min", True, 15), ("Easy 60 min", False, 0), ("Long run 100 min", True, 0),
])
def test_titles_reach_the_plan(title: str, hard: bool, work: int) -> None:
    """What the title reader finds becomes type and hard minutes of the run."""
    read = read_title(title)
    assert read.type is not None
    found = one(CalendarRun(
        date=TUESDAY, type=read.type, minutes=read.minutes, distance_km=read.distance_km,
        hard_minutes=read.hard_minutes, hard_km=read.hard_km, marathon_pace_or_faster=read.marathon_pace_or_faster))
    assert (found.hard, found.hard_minutes) == (hard, work)


@pytest.mark.parametrize(("run", "minutes", "work"), [
    (a_run(), 45, 0), (a_run(kind="long"), 90, 0), (a_run(kind="tempo"), 50, 25), (a_run(kind="race"), 60, 60),
    (a_run(kind="intervals", hard_km=4.8), 66, 27),         # 25 + 1.5 x 27.5
    (a_run(kind="hills", hard_minutes=8), 45, 8), (a_run(distance_km=0.0), 45, 0),
])
def test_a_run_without_length_gets_the_usual_one(run: CalendarRun, minutes: int, work: int) -> None:
    """A title such as Intervals or 6 x 800 m is no run of a minute: usual for its type, and room for its work."""
    found = one(run)
    assert (found.minutes, found.hard_minutes) == (minutes, work)
    assert any("1 of the calendar's runs" in note for note in settled("", run).notes)


def test_which_easy_pace() -> None:
    """The runner's own, else the recorded one with a note, else 6:30 with a note."""
    known, recorded = a_runner('easy_pace = "5:30"'), History(runs=3, easy_pace_s_per_km=360)
    assert easy_pace(known, recorded) == (330, "")
    assert easy_pace(a_runner(), recorded) == (360, "Easy pace 6:00 per km is taken from recorded runs.")
    pace, note = easy_pace(a_runner(), History())
    assert (pace, "assumed" in note) == (390, True)
    assert settled('easy_pace = "5:30"', a_run(distance_km=10)).notes == ()


def test_race_pace_slows_with_distance() -> None:
    """Faster than easy up to the marathon, slower beyond it."""
    paces = [race_seconds_per_km(km, 400) for km in (5, 21.1, 42.2, 80)]
    assert paces == sorted(paces)
    assert paces[2] < 400 < paces[3]
