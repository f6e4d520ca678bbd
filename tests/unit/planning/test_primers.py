"""Primers: which runs they precede, whose minutes they take, and where they may not stand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from builders import MONDAY, RULES, a_plan_of, a_runner, race_text
from midstance.domain.history import History
from midstance.domain.session import Kind
from midstance.domain.slot import Slot
from midstance.planning.prepare import prepare_facts
from midstance.planning.primers import Primed, place_primers
from midstance.planning.settle_runs import SettledRuns

BEFORE, INSIDE = 'primers = "before"', 'primers = "inside"'
WEEK = "Mon 06:30 easy 40min | Wed 06:30 tempo 50min | Fri 06:30 easy 45min | Sun 08:00 long 80min"


def placed(text: str, runner: str = "", *, sessions: int = 0) -> Primed:
    """Place primers before a week's runs beside so many sessions and those that the text names."""
    plan, who = a_plan_of(text), a_runner(runner)
    settled = SettledRuns(runs=plan.runs, notes=(), easy_pace_s_per_km=390)
    problem = prepare_facts(who, settled, History(), first=plan.starts, last=plan.ends)
    week = problem.weeks[0]

    def slot(start: dt.datetime, minutes: int) -> Slot:
        return Slot(start=start, kind=Kind.STRENGTH, minutes=minutes, hard_minutes_most=0, week=MONDAY,
                    phase=week.phase, phase_week=0, cycle=0, level=who.strength_level, learning=False)

    slots = [slot(s.start, s.minutes) for s in plan.sessions]
    slots += [slot(dt.datetime.combine(MONDAY + dt.timedelta(days=k), dt.time(20)), 20) for k in range(sessions)]
    return place_primers(who, problem, plan.runs, slots, tuple(RULES.values()))


def starts(primed: Primed) -> list[str]:
    return [f"{s.start:%a %H:%M} {s.minutes}" for s in primed.slots]


def test_before_adds_the_time() -> None:
    """Eight minutes directly before easy runs, a long one last; runs stay as they are."""
    primed = placed(WEEK, BEFORE)
    assert starts(primed) == ["Mon 06:22 8", "Fri 06:22 8", "Sun 07:52 8"]
    assert primed.runs == a_plan_of(WEEK).runs
    assert [s.for_run for s in primed.slots] == ["run-2026-11-30-0630", "run-2026-12-04-0630", "run-2026-12-06-0800"]


def test_inside_takes_the_first_minutes_of_the_run() -> None:
    """A fifth of the run, 6 to 10 min: the run starts later and is shorter by as many, and keeps its id."""
    primed = placed("Mon 06:30 easy 25min | Wed 06:30 easy 40min | Fri 06:30 easy 90min 14km", INSIDE)
    assert starts(primed) == ["Mon 06:30 6", "Wed 06:30 8", "Fri 06:30 10"]
    assert [(f"{r.start:%H:%M}", r.minutes) for r in primed.runs] == [("06:36", 19), ("06:38", 32), ("06:40", 80)]
    last = primed.runs[-1]
    assert (last.id, last.distance_km, last.load_au) == ("run-2026-12-04-0630", 12.44, 240)
    assert primed.runs[0].distance_km is None


@pytest.mark.parametrize(("runner", "sessions", "mode"), [
    ("", 2, "off"), ("", 1, "inside"), ("", 0, "inside"), ('primers = "off"', 0, "off"), (BEFORE, 4, "before"),
    (INSIDE, 4, "inside"), ("sessions_a_week = [1, 1]", 1, "inside"),
    (race_text("Sun", 42.2), 1, "off"),         # race week asks for no more than one session: time is not short
])
def test_auto_means_inside_where_fewer_than_two_sessions_fit(runner: str, sessions: int, mode: str) -> None:
    """Off, before and inside are the runner's word; auto helps only where time is what is short."""
    primed = placed("Mon 06:30 easy 40min | Wed 06:30 easy 40min", runner, sessions=sessions)
    assert bool(primed.slots) is (mode != "off")
    assert (primed.runs[0].minutes < 40) is (mode == "inside")


def test_reasons() -> None:
    """Only an automatic primer says that time is short."""
    auto, inside, before = (placed("Mon 06:30 easy 40min", r).slots[0].why for r in ("", INSIDE, BEFORE))
    assert "Time is short" in " ".join(auto)
    assert "Time is short" not in " ".join((*inside, *before))
    assert "hips and core" in inside[0]
    assert "Hips and core" in before[0]


@pytest.mark.parametrize("run", [
    "tempo 50min", "intervals 50min", "hills 50min", "fartlek 40min", "race 50min", "easy 19min", "easy 91min",
    "steady 60min hard 20min",
])
def test_runs_that_get_none(run: str) -> None:
    """No primer before a hard run, nor before one too short to give minutes away."""
    assert placed(f"Mon 06:30 {run}", BEFORE).slots == ()
    assert placed("Mon 06:30 easy 20min | Tue 06:30 steady 60min | Wed 06:30 recovery 30min", BEFORE).slots != ()


def test_three_a_week_at_most() -> None:
    """The first three easy runs, the long run only where fewer precede it."""
    text = " | ".join(f"{d} 06:30 easy 40min" for d in ("Tue", "Wed", "Thu", "Fri")) + " | Mon 08:00 long 80min"
    assert starts(placed(text, BEFORE)) == ["Tue 06:22 8", "Wed 06:22 8", "Thu 06:22 8"]


def test_nothing_else_stands_in_the_minutes() -> None:
    """No primer where a session or another run takes the minutes before, on blocked dates, or past midnight."""
    assert placed("Mon 06:00 strength 25min | Mon 06:30 easy 40min", BEFORE).slots == ()
    assert placed("Mon 05:50 easy 35min | Mon 06:30 easy 40min", BEFORE).slots[0].start.hour == 5
    assert len(placed("Mon 05:50 easy 35min | Mon 06:30 easy 40min", BEFORE).slots) == 1
    assert placed("Mon 06:00 strength 22min | Mon 06:30 easy 40min", BEFORE).slots != ()
    assert placed("Mon 00:05 easy 40min", BEFORE).slots == ()
    blocked = f"{BEFORE}\n[[blocked]]\nfrom = 2026-11-30\nto = 2026-11-30\n"
    assert placed("Mon 06:30 easy 40min", blocked).slots == ()
    assert placed("Mon 06:30 easy 40min", f"{BEFORE}\n[availability]\nmon = []\n").slots != ()


def test_not_in_the_first_half_after_a_race() -> None:
    """A 10 km race ended Sunday 08:22: 36 h later is Monday 20:22, so Monday has none and Tuesday has one."""
    runner = BEFORE + race_text("2026-11-29", 10, start="07:30")
    assert starts(placed("Mon 06:30 easy 40min | Tue 06:30 easy 40min", runner)) == ["Tue 06:22 8"]


def test_easy_minutes_are_not_taken_where_the_hard_fifth_is_full() -> None:
    """24 of 120 min are a fifth: a primer inside would make the runs alone too hard; with easy minutes to spare not."""
    full = "Mon 06:30 easy 60min | Tue 06:30 tempo 60min hard 24min"
    assert placed(full, INSIDE).slots == ()
    assert placed(full, BEFORE).slots != ()
    assert placed(f"{full} | Fri 06:30 easy 60min", INSIDE).slots != ()
    over = "Mon 06:30 easy 60min | Tue 06:30 tempo 60min hard 30min"
    assert placed(over, INSIDE).slots != ()         # over already: no worse in kind


def test_a_slot_knows_its_week() -> None:
    """Phase, level and learning come from the week, minutes never exceed the runner's."""
    (slot,) = placed("Mon 06:30 easy 40min", f'{BEFORE}\nstrength_level = "beginner"\nsession_minutes = 10').slots
    assert (slot.kind, slot.week, slot.learning, slot.level.value) == (Kind.PRIMER, MONDAY, True, "beginner")
    assert replace(slot, minutes=1).minutes < slot.minutes <= 10
