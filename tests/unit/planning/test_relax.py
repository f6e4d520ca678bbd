"""What gave way, which rule stood in the way, and what would help: weeks in which exactly one rule does."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from builders import MONDAY, RULES, a_runner, race_text
from midstance.planning.make import Brief, Solved, solve
from midstance.planning.relax import ALL, Moves, conflict, shortfalls

if TYPE_CHECKING:
    from midstance.domain.plan import Relaxed

KEYS = ("leg_sessions", "heavy", "strength_type", "upper", "plyometric", "mobility", "sessions")
NO_DAY = "".join(f"{d} = []\n" for d in ("tue", "wed", "thu", "fri", "sat", "sun"))
ONE_WINDOW = f'[availability]\nmon = ["12:00-12:30"]\n{NO_DAY}'


def run(day: str, minutes: int, kind: str = "easy", start: str = "06:30") -> str:
    return f'[[running]]\nday = "{day}"\nstart = "{start}"\nminutes = {minutes}\ntype = "{kind}"\n'


EASY = run("wed", 90) + run("sat", 90)


@lru_cache(maxsize=32)
def solved(runner: str, weeks: int = 1) -> Solved:
    last = MONDAY + dt.timedelta(days=7 * weeks - 1)
    return solve(Brief(runner=a_runner(runner), first=MONDAY, last=last), tuple(RULES.values()))


def gave_way(runner: str, weeks: int = 1) -> dict[str, Relaxed]:
    """Give the reports of the last week by what was short."""
    done = solved(runner, weeks)
    found = shortfalls(done.compiled, done.certificate.chosen, tuple(RULES.values()))
    last = MONDAY + dt.timedelta(days=7 * weeks - 7)
    return {r.what: r for r in found if r.week == last}


def test_nothing_gives_way_where_everything_fits() -> None:
    """An open week with easy running reaches every number."""
    assert gave_way(EASY) == {}


def test_windows_stand_in_the_way() -> None:
    """One window of 30 min a week holds one session: legs come first, and the rest misses a window."""
    found = gave_way(EASY + ONE_WINDOW)
    assert {w: (r.planned, r.wanted) for w, r in found.items()} == {
        "leg_sessions": (1, 2), "strength_type": (1, 2), "upper": (0, 1), "mobility": (0, 1), "sessions": (1, 3)}
    assert found["leg_sessions"].because == ("fits-the-day",)
    assert found["mobility"].because == ("fits-the-day", "sessions-a-week")      # on Monday it would cost the legs
    assert "fits the day (6 of 7 dates)" in found["leg_sessions"].says
    assert "What would help: a free window on another day" in found["leg_sessions"].says


def test_twenty_four_hours_stand_in_the_way() -> None:
    """Tempo on Monday noon and every second day at noon leaves no 24 h on both sides, and easy minutes abound."""
    hard = "".join(run(d, 60, "fartlek", "12:00") for d in ("mon", "wed", "fri", "sun"))
    calm = "".join(run(d, 300, "easy", "06:00") for d in ("tue", "thu", "sat"))
    found = gave_way(hard + calm)
    assert set(found) == {"heavy"}
    assert found["heavy"].because == ("recovery-between-hard",)
    assert (found["heavy"].wanted, found["heavy"].planned, found["heavy"].rule) == (1, 0, "sessions-a-week")
    assert "hard_days_hard" in found["heavy"].says


def test_hard_days_hard_helps_as_it_says() -> None:
    """With the runner's leave the same week holds a heavy session."""
    hard = "".join(run(d, 60, "fartlek", "12:00") for d in ("mon", "wed", "fri", "sun"))
    calm = "".join(run(d, 300, "easy", "06:00") for d in ("tue", "thu", "sat"))
    assert "heavy" not in gave_way(f"hard_days_hard = true\n{hard}{calm}")


def test_the_easy_share_stands_in_the_way() -> None:
    """35 hard of 160 min of running are more than a fifth: no hard strength on any date, other strength stays."""
    found = gave_way(run("tue", 70, "tempo") + run("fri", 90))
    assert set(found) == {"heavy"}
    assert found["heavy"].because[0] == "easy-share"
    assert "four fifths easy (5 of 7 dates)" in found["heavy"].says
    assert "more easy minutes" in found["heavy"].says


def test_other_easy_minutes_make_room() -> None:
    """30 hard of 150 min are a fifth exactly: strength and mobility add the easy minutes that a heavy session needs."""
    assert gave_way(run("tue", 60, "tempo") + run("fri", 90)) == {}


def test_the_wished_number_stands_in_the_way() -> None:
    """A runner who wants one session a week gets one for the legs; the rest is the wish's doing."""
    found = gave_way(f"sessions_a_week = [1, 1]\n{EASY}")
    assert {w: (r.planned, r.wanted) for w, r in found.items()} == {
        "leg_sessions": (1, 2), "strength_type": (1, 2), "upper": (0, 1), "mobility": (0, 1)}
    assert {r.because for r in found.values()} == {("sessions-a-week",)}
    assert "more sessions a week" in found["strength_type"].says


def test_a_race_stands_in_the_way() -> None:
    """The only window lies 46 h before a 5 km B race on Sunday: 48 h are kept free, strength is not hard and stays."""
    windows = '[availability]\nfri = ["11:30-12:00"]\n' + NO_DAY.replace("fri = []\n", "") + "mon = []\n"
    found = gave_way(EASY + race_text("Sun", 5, "B") + windows)
    assert found["heavy"].because == ("fits-the-day", "race-freshness")
    assert found["leg_sessions"].planned == 1


def test_hops_are_the_first_strength_to_go() -> None:
    """A build week with room for two sessions keeps both for the legs, one of them heavy; hops go."""
    build = race_text("2027-02-07", 10)
    windows = '[availability]\nmon = ["12:00-12:30"]\nthu = ["12:00-12:30"]\n' + "".join(
        f"{d} = []\n" for d in ("tue", "wed", "fri", "sat", "sun"))
    found = gave_way(build + EASY + windows, weeks=4)
    assert found["plyometric"].planned == 0
    assert "leg_sessions" not in found
    assert "heavy" not in found


def test_a_learning_beginner_is_told_why_there_is_nothing_heavy() -> None:
    """Each of the first six weeks says that weights come later; an off-season asks for none without weights."""
    beginner = f'strength_level = "beginner"\n{EASY}'
    found = gave_way(beginner)["heavy"]
    assert (found.wanted, found.planned, found.because) == (1, 0, ("sessions-a-week",))
    assert "first six weeks" in found.says
    assert "heavy" not in gave_way(beginner, weeks=7)
    assert "heavy" not in gave_way(f'equipment = ["band"]\n{beginner}')


def test_tired_legs_are_told_in_hours() -> None:
    """Where the only window lies 36 h before a quality run, heavy outranks the wish for 48 h, and it is said."""
    windows = '[availability]\nmon = ["18:00-18:30"]\n' + NO_DAY
    found = gave_way(run("wed", 60, "tempo") + run("sat", 120) + run("thu", 90) + windows)
    (report,) = [r for r in found.values() if r.rule == "fresh-legs"]
    assert (report.what, report.wanted, report.planned) == ("heavy", 48, 36)
    assert "48 h are better" in report.says
    assert "outranks this wish" in report.says


def test_three_days_before_a_b_race_are_told_as_such() -> None:
    """Strength in the only window, 64 h before a B race: 72 h were wished, not 48."""
    windows = '[availability]\nthu = ["17:36-18:00"]\n' + NO_DAY.replace("thu = []\n", "") + "mon = []\n"
    found = gave_way(EASY + race_text("Sun", 10, "B") + windows)
    (report,) = [r for r in found.values() if r.rule == "fresh-legs"]
    assert (report.wanted, report.planned) == (72, 64)


def test_from_50_the_wish_is_a_day_and_a_half() -> None:
    """30 h after a hard run in the only window: 36 h were wished."""
    windows = '[availability]\nwed = ["12:30-13:00"]\n' + NO_DAY.replace("wed = []\n", "") + "mon = []\n"
    runs = run("tue", 30, "fartlek", "06:00") + run("sat", 90) + run("fri", 90)
    found = gave_way(f"birth_year = 1960\n{runs}{windows}")
    (report,) = [r for r in found.values() if r.rule == "recovery-between-hard"]
    assert (report.what, report.wanted, report.planned) == ("heavy", 36, 30)


def test_reports_come_by_week_and_in_the_order_of_rank() -> None:
    """Leg sessions first, sessions in all last, week by week."""
    done = solved(EASY + ONE_WINDOW, 3)
    found = shortfalls(done.compiled, done.certificate.chosen, tuple(RULES.values()))
    assert [r.week for r in found] == sorted(r.week for r in found)
    for week in {r.week for r in found}:
        whats = [r.what for r in found if r.week == week and r.rule == "sessions-a-week"]
        assert whats == sorted(whats, key=KEYS.index)
    assert all(0 <= r.planned < r.wanted and r.because and set(r.because) <= set(RULES) for r in found)
    assert all(r.says.endswith(".") and "{" not in r.says for r in found)


def test_an_empty_plan_misses_everything() -> None:
    """With nothing chosen each number of the week is reported, against an open week the plan itself is to blame."""
    done = solved(EASY)
    found = {r.what: r for r in shortfalls(done.compiled, (), tuple(RULES.values()))}
    assert set(found) == {"leg_sessions", "heavy", "strength_type", "upper", "mobility", "sessions"}
    assert all(r.planned == 0 for r in found.values())


def test_a_week_full_of_the_kind_is_its_own_obstacle() -> None:
    """Where every date holds a session already, only the number of sessions stands in the way."""
    done = solved(EASY)
    problem = done.compiled.problem
    daily = [next(c.index for c in problem.choices if c.day == day) for day in problem.weeks[0].days]
    because, counts = conflict(Moves.of(done.compiled, daily), problem.weeks[0], ALL)
    assert because == ("sessions-a-week",)
    assert counts == {"sessions-a-week": 1}


@pytest.mark.parametrize("day", range(7))
def test_moves_price_one_more_session(day: int) -> None:
    """Adding a choice to the solved week raises no claim that it leaves alone, and dropping its date's own counts."""
    done = solved(EASY)
    moves = Moves.of(done.compiled, done.certificate.chosen)
    problem = done.compiled.problem
    for choice in problem.choices:
        if choice.day - problem.first == day and choice.index not in moves.chosen:
            same_day = [i for i in moves.chosen if problem.choices[i].day == choice.day]
            taken = (moves.chosen - set(same_day)) | {choice.index}
            for claim, rise in moves.rises(choice.index, same_day):
                now = sum(c for c, i in claim.terms if i in taken)
                before = sum(c for c, i in claim.terms if i in moves.chosen)
                assert rise == claim.excess(now) - claim.excess(before) > 0
