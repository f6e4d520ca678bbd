"""From runner and runs to the choices that could be taken, in minutes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builders import MONDAY, RULES, a_runner, race_text
from midstance.domain.dates import moment_of
from midstance.domain.history import History
from midstance.domain.run import RunType
from midstance.domain.runner import Race
from midstance.domain.session import KIND_MINUTES, Kind
from midstance.planning.clock import offset_minutes, real_minute
from midstance.planning.prepare import (
    Edges,
    Interval,
    free_intervals,
    grid_starts,
    prepare_facts,
    reserved_minutes,
    run_name,
    told_apart,
    with_choices,
)
from midstance.planning.settle_runs import settle_runs
from midstance.rules._rule import Edge

if TYPE_CHECKING:
    from midstance.domain.problem import Choice, Problem

DAY = MONDAY.toordinal()
TUE_RUN = '[[running]]\nday = "tue"\nstart = "06:30"\nminutes = 50\ntype = "intervals"\n'

EASY = '[[running]]\nday = "sun"\nminutes = 85\ntype = "easy"\n'


def prepared(runner: str = "", *, weeks: int = 1, first: dt.date = MONDAY, history: History | None = None) -> Problem:
    who, known = a_runner(runner), history or History()
    last = MONDAY + dt.timedelta(days=7 * weeks - 1)
    settled = settle_runs(who, (), known, first=first, last=last)
    facts = prepare_facts(who, settled, known, first=first, last=last)
    return with_choices(facts, who, tuple(RULES.values()))


def on(problem: Problem, day: int, kind: Kind) -> list[Choice]:
    return [c for c in problem.choices if c.day == DAY + day and c.kind is kind]


def clocks(choices: list[Choice]) -> list[str]:
    return sorted(f"{moment_of(c.start):%H:%M}" for c in choices)


def test_windows_are_cut_by_runs() -> None:
    """A run in a window leaves what lies before and after it; one that covers it leaves nothing."""
    window, day = [(360, 540)], DAY * 1440

    def runs(*spans: tuple[int, int]):
        text = "".join(
            f'[[running]]\nday = "mon"\nstart = "{a // 60:02}:{a % 60:02}"\nminutes = {b - a}\ntype = "easy"\n'
            for a, b in spans)
        return prepared(text).runs

    def free(*spans: tuple[int, int]) -> list[tuple[int, int]]:
        return [(i.start - day, i.end - day) for i in free_intervals(window, DAY, runs(*spans))]

    assert free() == [(360, 540)]
    assert free((390, 440)) == [(360, 390), (440, 540)]
    assert free((300, 400)) == [(400, 540)]
    assert free((500, 600)) == [(360, 500)]
    assert free((300, 600)) == []
    assert free((390, 420), (450, 480)) == [(360, 390), (420, 450), (480, 540)]
    assert free((600, 660), (300, 360)) == [(360, 540)]


def test_starts_lie_on_a_grid_of_the_window_and_ten_minutes_after_runs() -> None:
    """Every 15 min from the window's own start, 10 min after a run, and late enough is what still fits."""
    free = Interval(start=440, end=540)
    assert grid_starts(free, 360, 20, [450]) == (450, 465, 480, 495, 510)
    assert grid_starts(free, 370, 20, [450]) == (445, 450, 460, 475, 490, 505, 520)
    assert grid_starts(free, 360, 100, [440]) == (440,)
    assert grid_starts(free, 360, 101, [450]) == ()
    assert grid_starts(Interval(start=360, end=380), 360, 20, []) == (360,)


def test_of_starts_that_no_rule_tells_apart_one_is_kept() -> None:
    """Each cell between two cuts keeps the start nearest to the usual hour; long cells of hard kinds their ends too."""
    starts = list(range(360, 1260, 15))
    assert told_apart(starts, [], 1080, ends_too=False) == [1080]
    assert told_apart(starts, [720, 1000], 1080, ends_too=False) == [1080, 990, 705]
    assert set(told_apart(starts, [720], 1080, ends_too=True)) == {360, 705, 720, 1080, 1245}
    assert told_apart([600, 615], [720], 1080, ends_too=True) == [615]
    assert told_apart([], [720], 1080, ends_too=True) == []
    assert told_apart([700, 720], [720], 0, ends_too=False) == [700, 720]


def test_cuts_belong_to_kind_length_and_date() -> None:
    """A moment of an end is a start less the minutes; other kinds and dates do not see it."""
    edges = Edges([
        Edge(minute=DAY * 1440 + 600, of_end=False, kinds=frozenset({Kind.HEAVY})),
        Edge(minute=DAY * 1440 + 700, of_end=True, kinds=frozenset({Kind.HEAVY, Kind.PRIMER})),
        Edge(minute=(DAY + 2) * 1440 + 700, of_end=False, kinds=frozenset({Kind.HEAVY})),
    ])
    assert [m - DAY * 1440 for m in edges.cuts(Kind.HEAVY, 24, DAY)] == [600, 676]
    assert edges.cuts(Kind.STRENGTH, 24, DAY) == []
    assert edges.cuts(Kind.HEAVY, 24, DAY + 1) == []


def test_choices_fit_their_windows() -> None:
    """Every choice lies in a window, beside every run, as long as reserved, on the grid or after a run."""
    windows = '[availability]\ntue = ["06:00-07:00", "07:30-09:00"]\nwed = []\nthu = ["12:00-12:12"]\n'
    problem = prepared(windows + TUE_RUN)
    tuesday = [c for c in problem.choices if c.day == DAY + 1]
    assert tuesday
    for choice in tuesday:
        begin, end = choice.start % 1440, choice.start % 1440 + choice.minutes
        assert 360 <= begin < end <= 390 or 450 <= begin < end <= 540      # the run takes 06:30 to 07:20
        assert (begin - 360) % 15 == 0 or (begin - 450) % 15 == 0 or begin == 450
    assert not [c for c in problem.choices if c.day == DAY + 2]
    assert {c.kind for c in problem.choices if c.day == DAY + 3} == {Kind.MOBILITY}


def test_a_short_window_shrinks_a_session_to_the_kinds_least() -> None:
    """25 free minutes hold a heavy session of 25; 19 hold none, and a strength session of 19."""
    def minutes(window: str, kind: Kind) -> set[int]:
        return {c.minutes for c in on(prepared(f'[availability]\nmon = ["{window}"]\n{EASY}'), 0, kind)}

    assert minutes("12:00-13:00", Kind.HEAVY) == {30}
    assert minutes("12:00-12:25", Kind.HEAVY) == {25}
    assert minutes("12:00-12:19", Kind.HEAVY) == set()
    assert minutes("12:00-12:19", Kind.STRENGTH) == {19}
    assert minutes("12:00-12:14", Kind.STRENGTH) == set()


@pytest.mark.parametrize(("runner", "heavy", "strength", "mobility"), [
    ("", 30, 28, 18), ("session_minutes = 15", 15, 15, 15), ("session_minutes = 10", 10, 10, 10),
    ("session_minutes = 45", 30, 28, 18), ('strength_level = "beginner"\nstrength_since = 2026-01-01', 26, 24, 18),
])
def test_reserved_minutes(runner: str, heavy: int, strength: int, mobility: int) -> None:
    """Phase and level decide inside the kind's range; the runner's session_minutes shrink below it."""
    who = a_runner(runner)
    (week,) = prepared(runner).weeks
    assert [reserved_minutes(k, week, who) for k in (Kind.HEAVY, Kind.STRENGTH, Kind.MOBILITY)] == [
        heavy, strength, mobility]


def test_cut_weeks_have_shorter_sessions_and_as_much_mobility() -> None:
    """A reduced week leaves 55 % of the sets: 30 min become 22, mobility keeps its 18, and never below the least."""
    problem = prepared(weeks=6)
    assert problem.weeks[5].set_factor == 0.55
    assert reserved_minutes(Kind.HEAVY, problem.weeks[5], a_runner()) == 22
    assert reserved_minutes(Kind.MOBILITY, problem.weeks[5], a_runner()) == 18
    assert all(c.minutes >= KIND_MINUTES[c.kind][0] for c in problem.choices)


def test_kinds_of_a_week() -> None:
    """Only kinds that the week's targets allow are offered: no heavy in race week, none without weights."""
    def kinds(runner: str, week: int = 0) -> set[str]:
        return {c.kind.value for c in prepared(runner, weeks=week + 1).choices if c.week == week}

    assert kinds("") == {"heavy", "strength", "upper", "mobility"}
    assert kinds("equipment = []") == {"strength", "upper", "mobility"}
    assert kinds(race_text("Sun", 10)) == {"strength", "mobility"}
    assert kinds(race_text("2027-02-21", 10)) == {"heavy", "strength", "mobility", "plyometric"}


def test_hard_minutes_are_bounded() -> None:
    """A heavy session may hold 35 % of its minutes under working sets, hops 40 %, everything else none."""
    problem = prepared(race_text("2027-02-21", 10) + EASY)
    assert {(c.kind.value, c.minutes, c.hard_minutes) for c in problem.choices if c.hard} == {
        ("heavy", 28, 9), ("plyometric", 10, 4)}
    assert {c.hard_minutes for c in problem.choices if not c.hard} == {0}


def test_a_shorter_heavy_session_where_the_hard_fifth_is_nearly_full() -> None:
    """200 min of running with 38 hard leave 2 hard minutes: a full heavy session fills them, a cut one is offered."""
    tempo = '[[running]]\nday = "{}"\nminutes = {}\ntype = "{}"\n'
    runner = tempo.format("tue", 76, "tempo") + tempo.format("thu", 62, "easy") + tempo.format("sat", 62, "easy")
    cut = [c for c in prepared(runner).choices if c.cut]
    assert cut
    assert {(c.kind, c.minutes, c.hard_minutes) for c in cut} == {(Kind.HEAVY, 20, 5)}
    assert not [c for c in prepared(tempo.format("tue", 60, "easy")).choices if c.cut]


def test_choices_are_numbered_in_canonical_order() -> None:
    """Index follows date, and inside a date kind and nearness to the usual hour: 18:00 on weekdays, 10:00 else."""
    problem = prepared(weeks=2)
    assert [c.index for c in problem.choices] == list(range(len(problem.choices)))
    assert [c.day for c in problem.choices] == sorted(c.day for c in problem.choices)
    assert clocks(on(problem, 0, Kind.MOBILITY)[:1]) == ["18:00"]
    assert clocks(on(problem, 5, Kind.MOBILITY)[:1]) == ["10:00"]


def test_odd_hours_matter_only_where_no_windows_were_named() -> None:
    """A day with windows of the runner's own has no odd hour."""
    problem = prepared('[availability]\nmon = ["06:00-07:00"]\n')
    assert {c.odd_hour for c in problem.choices if c.day == DAY} == {False}
    assert {c.odd_hour for c in problem.choices if c.day == DAY + 1} == {True}


def test_blocked_dates_hold_no_choice() -> None:
    """Nothing is offered from the first to the last blocked date."""
    problem = prepared("[[blocked]]\nfrom = 2026-12-01\nto = 2026-12-03\n")
    assert {c.day - DAY for c in problem.choices} == {0, 4, 5, 6}


@pytest.mark.parametrize(("zone", "date", "before", "after"), [
    ("Europe/Lisbon", "2027-03-28", 0, 60), ("Europe/Lisbon", "2026-10-25", 60, 0),
    ("America/New_York", "2027-03-14", -300, -240), ("Australia/Sydney", "2027-04-04", 660, 600),
    ("Asia/Kathmandu", "2026-12-01", 345, 345), ("UTC", "2026-12-01", 0, 0),
])
def test_real_minutes_across_clock_changes(zone: str, date: str, before: int, after: int) -> None:
    """The offset of the day before and of the day itself differ by the hour that is lost or gained."""
    day = dt.date.fromisoformat(date).toordinal()
    assert (offset_minutes(zone, day - 1), offset_minutes(zone, day)) == (before, after)
    gap = real_minute(zone, day * 1440 + 600) - real_minute(zone, (day - 1) * 1440 + 600)
    assert gap == 1440 - (after - before)


def test_the_small_hours_of_a_clock_change_have_the_old_offset() -> None:
    """In Lisbon the clock jumps at 01:00: 00:30 is still winter time, 04:00 is summer time."""
    day = dt.date(2027, 3, 28).toordinal() * 1440
    assert real_minute("Europe/Lisbon", day + 240) - real_minute("Europe/Lisbon", day + 30) == 150


def test_races_are_facts() -> None:
    """A race of the file takes its run's hours, one beyond the plan its own; a calendar's race is C and unlisted."""
    problem = prepared(
        race_text("Sun", 10) + race_text("2027-02-14", 21.1, "B", "09:00")
        + '[[running]]\nday = "wed"\nstart = "19:00"\nminutes = 25\ntype = "race"\n')
    assert [(r.day - DAY, r.start % 1440, r.priority, r.listed) for r in problem.races] == [
        (2, 1140, "C", False), (6, 600, "A", True), (76, 540, "B", True)]
    assert problem.races[1].end - problem.races[1].start == 52
    assert problem.races[2].end - problem.races[2].start == 106
    assert "21.1 km race (2027-02-14)" in problem.races[2].name


def test_recorded_runs_become_facts() -> None:
    """The runs of the last 28 days stand before the plan, hard ones as tempo; longest run and weekly km come along."""
    end = dt.datetime.fromisoformat("2026-11-29T09:00")
    days = ((end - dt.timedelta(days=2, minutes=40), end - dt.timedelta(days=2), 40, 0, False),
            (end - dt.timedelta(minutes=60), end, 60, 30, True))
    week = (MONDAY - dt.timedelta(days=7), 100, 18.0, 30)
    history = History(runs=2, last_days=days, longest_km_30_days=15.0, weeks=(week,))
    problem = prepared(history=history)
    assert [(a.type, a.hard, a.day - DAY, a.load) for a in problem.past] == [
        (RunType.EASY, False, -3, 120), (RunType.TEMPO, True, -1, 360)]
    assert problem.runs_on[DAY - 1][0].name == "Sunday's recorded run"
    assert (problem.longest_before_km, problem.past_week_km) == (15.0, (18.0,))


def test_without_recordings_the_runner_speaks() -> None:
    """recent_longest_km and recent_week_km stand in; without them nothing is known."""
    problem = prepared("recent_week_km = 30\nrecent_longest_km = 12\n")
    assert (problem.longest_before_km, problem.past_week_km) == (12, (30,))
    assert (prepared().longest_before_km, prepared().past_week_km) == (None, ())


def test_who_the_runner_is() -> None:
    """Birth year, levels and wishes become facts."""
    young, old = prepared("birth_year = 1990"), prepared("birth_year = 1970\nhard_days_hard = true")
    assert old.fifty_from == dt.date(2020, 1, 1).toordinal()
    assert young.fifty_from == dt.date(2040, 1, 1).toordinal()
    assert (old.hard_days_hard, young.hard_days_hard, prepared().fifty_from) == (True, False, None)
    new = prepared('running_level = "beginner"\nstrength_level = "beginner"\nstrength_days = ["tue", "fri"]')
    assert (new.running_beginner, new.newcomer_until, new.preferred_days) == (True, DAY + 14, (1, 4))
    assert (young.running_beginner, young.newcomer_until) == (False, 0)


@pytest.mark.parametrize(("kind", "minutes", "name"), [
    ("long", 120, "Sunday's 120 min long run (08:00)"), ("long", 80, "Sunday's long run (08:00)"),
    ("easy", 95, "Sunday's 95 min easy run (08:00)"), ("race", 120, "Sunday's race (08:00)"),
    ("intervals", 50, "Sunday's intervals (08:00)"), ("hills", 50, "Sunday's hill run (08:00)"),
])
def test_how_sentences_call_a_run(kind: str, minutes: int, name: str) -> None:
    """Weekday, what it is, its length where that makes it hard, and its hour."""
    date = MONDAY + dt.timedelta(days=6)
    assert run_name(date, RunType(kind), minutes, 480) == name


def test_a_race_before_the_plan_ends_when_its_recording_does() -> None:
    """A slow 60 km race without a start in the file: its recording tells the hours; a jog of that date does not."""
    day = dt.date(2026, 11, 28)
    runner = replace(a_runner(""), races=(Race(date=day, distance_km=60, priority="A"),))
    usual = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=runner.run_start_minute + 300)
    begin = dt.datetime.combine(day, dt.time(7))
    for minutes, end in ((462, begin + dt.timedelta(minutes=462)), (30, usual)):
        history = History(runs=1, first=day, last=day, last_days=(
            (begin, begin + dt.timedelta(minutes=minutes), minutes, 0, False),))
        settled = settle_runs(runner, (), history, first=dt.date(2026, 11, 30), last=dt.date(2026, 12, 13))
        facts = prepare_facts(runner, settled, history, first=dt.date(2026, 11, 30), last=dt.date(2026, 12, 13))
        (race,) = facts.races
        assert moment_of(race.end) == end
