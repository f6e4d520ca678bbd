"""The second checker itself: for each rule a good week and weeks that break it in one way."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

import second_checker
from second_checker import second_check

MONDAY = dt.date(2026, 11, 30)
HARD = {"tempo": 0.5, "intervals": 0.4, "fartlek": 0.4, "hills": 0.4, "race": 1.0}
EASY = ["Wed 06:30 easy 60", "Fri 06:30 easy 60", "Sat 06:30 easy 60"]
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def content(kind: str, minutes: int, hard: int) -> list[dict[str, Any]]:
    """Blocks that take so many minutes, of which so many are under working sets."""
    rest = 60 * (minutes - hard)
    work = {"label": "A1", "exercise": "goblet-squat", "seconds": [60 * hard] * 2, "per_side": False, "rir": 2}
    easy = {"label": "W1", "exercise": "leg-swing-bent-knee", "seconds": [rest] * 2, "per_side": False}
    blocks = [{"label": "warm-up", "rounds": 1, "rest_s": 0, "items": [easy]}]
    return [*blocks, {"label": "A", "rounds": 1, "rest_s": 0, "items": [work]}] if hard else blocks


def plan_of(*entries: str, weeks: int = 2, phase: str = "off-season", start: dt.date = MONDAY) -> dict[str, Any]:
    """Build a plan from entries such as ``Tue 18:00 heavy 24`` or ``2 Mon 06:30 easy 40``, of the second week."""
    end = MONDAY + dt.timedelta(days=7 * weeks - 1)
    days = {start + dt.timedelta(days=k): {"date": str(start + dt.timedelta(days=k)), "runs": [], "sessions": []}
            for k in range((end - start).days + 1)}
    for entry in entries:
        week, text = (int(entry[0]), entry[2:]) if entry[0].isdigit() else (1, entry)
        name, clock, kind, minutes, *more = text.split()
        date = MONDAY + dt.timedelta(days=7 * (week - 1) + DAYS.index(name))
        here = {"id": f"{kind}-{date}-{clock}", "start": f"{date}T{clock}", "minutes": int(minutes)}
        if kind in ("recovery", "easy", "long", "steady", *HARD):
            hard = kind in HARD or int(minutes) > 90
            km = {"distance_km": float(more[0])} if more else {}
            days[date]["runs"].append({**here, **km, "type": kind, "hard": hard, "title": "",
                                       "hard_minutes": round(HARD.get(kind, 0) * int(minutes))})
        else:
            work = int(more[0]) if more else (6 if kind in ("heavy", "plyometric") else 0)
            days[date]["sessions"].append({**here, "kind": kind, "hard_minutes": work,
                                           "blocks": content(kind, int(minutes), work)})
    found: dict[dt.date, list[Any]] = {}
    for date in sorted(days):
        found.setdefault(date - dt.timedelta(days=date.weekday()), []).append(days[date])
    return {"starts": str(start), "ends": str(end), "findings": [], "inputs": {},
            "optimality": {"status": "optimal", "cost": [0, 1], "bound": [0, 1]},
            "weeks": [{"starts": str(m), "phase": phase, "days": d} for m, d in found.items()]}


def runner_of(**tables: Any) -> dict[str, Any]:
    """Build a runner's file as TOML values; keys of ``[runner]`` come by name, other tables too."""
    others = {k: tables.pop(k) for k in ("availability", "blocked", "races") if k in tables}
    usual = {"timezone": "Europe/Lisbon", "running_level": "intermediate", "strength_level": "intermediate",
             "equipment": ["dumbbell"], "weights_kg": [8, 8, 16]}
    return {"runner": {**usual, **tables}, **others}


def broken(plan: dict[str, Any], runner: dict[str, Any] | None = None) -> set[str]:
    """Rules that a plan breaks."""
    return {rule for rule, _, _ in second_check(plan, runner or runner_of())}


def test_the_second_checker_shares_nothing_with_midstance() -> None:
    """It imports the standard library alone, so that a wrong claim cannot make it blind."""
    tree = ast.parse(Path(second_checker.__file__).read_text("utf-8"))
    modules = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    modules |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert modules <= {"__future__", "datetime", "collections", "dataclasses", "functools", "typing", "zoneinfo"}


def race(day: int, km: float, priority: str = "A", **more: Any) -> list[dict[str, Any]]:
    """A race so many days after the first Monday."""
    return [{"date": MONDAY + dt.timedelta(days=day), "distance_km": km, "priority": priority, **more}]


# rule, entries, runner, breaks it?
WEEKS = [
    ("recovery-between-hard", ["Tue 06:30 tempo 40", "Wed 07:11 heavy 24"], {}, False),
    ("recovery-between-hard", ["Tue 06:30 tempo 40", "Wed 07:10 heavy 24"], {}, True),
    ("recovery-between-hard", ["Tue 18:00 heavy 24", "Wed 18:25 tempo 40"], {}, False),
    ("recovery-between-hard", ["Tue 18:00 heavy 24", "Wed 18:24 tempo 40"], {}, True),
    ("recovery-between-hard", ["Mon 06:30 long 91", "Mon 18:00 heavy 24"], {}, True),
    ("recovery-between-hard", ["Mon 06:30 long 90", "Mon 18:00 heavy 24"], {}, False),
    ("recovery-between-hard", ["Mon 18:00 heavy 24", "Tue 18:00 plyometric 10 2"], {}, True),
    ("recovery-between-hard", ["Sun 18:00 heavy 24", "2 Mon 18:20 heavy 24"], {}, True),
    ("recovery-between-hard", ["Tue 06:30 tempo 40", "Tue 10:10 heavy 24"], {"hard_days_hard": True}, False),
    ("recovery-between-hard", ["Tue 06:30 tempo 40", "Tue 10:09 heavy 24"], {"hard_days_hard": True}, True),
    ("recovery-between-hard", ["Tue 06:30 tempo 40", "Tue 10:10 plyometric 10 2"], {"hard_days_hard": True}, True),
    ("recovery-between-hard", ["Tue 12:00 tempo 40", "Tue 06:30 heavy 24"], {"hard_days_hard": True}, True),
    ("recovery-between-hard", ["Tue 06:30 race 40 8", "Tue 12:00 heavy 24"], {"hard_days_hard": True}, True),
    ("race-freshness", ["Thu 10:00 heavy 24"], {"races": race(6, 10, start="10:24")}, False),
    ("race-freshness", ["Thu 10:00 heavy 24"], {"races": race(6, 10, start="10:23")}, True),
    ("race-freshness", ["Wed 12:00 heavy 24"], {"races": race(6, 21.1, start="10:00")}, True),
    ("race-freshness", ["Mon 12:00 heavy 24"], {"races": race(6, 42.2, start="10:00")}, True),
    ("race-freshness", ["Thu 18:00 heavy 24"], {"races": race(6, 10, "B", start="10:00")}, False),
    ("race-freshness", ["Fri 18:00 heavy 24"], {"races": race(6, 10, "C", start="10:00")}, True),
    ("race-freshness", ["Wed 18:00 heavy 24"], {"races": race(6, 42.2, "B", start="05:00")}, True),
    ("race-freshness", ["Fri 18:00 strength 24"], {"races": race(6, 10, start="10:00")}, False),
    ("race-freshness", ["Fri 18:00 heavy 24", "Sun 10:00 race 50 10"], {}, True),
    ("after-race", ["Sun 10:00 race 30 5", "2 Tue 10:30 heavy 24"], {}, False),
    ("after-race", ["Sun 10:00 race 30 5", "2 Tue 10:29 heavy 24"], {}, True),
    ("after-race", ["Sun 10:00 race 50 10", "2 Tue 18:00 heavy 24"], {}, True),
    ("after-race", ["Sun 10:00 race 50 10", "2 Mon 21:00 strength 24"], {}, True),
    ("after-race", ["Sun 10:00 race 50 10", "2 Mon 18:00 mobility 15", "2 Wed 18:00 strength 20"], {}, False),
    ("after-race", ["Fri 18:00 heavy 24"], {"races": race(-2, 42.2)}, True),
    ("easy-share", ["Tue 06:30 tempo 60", "Fri 18:00 heavy 24", *EASY], {}, False),
    ("easy-share", ["Tue 06:30 tempo 60", "Sun 18:00 heavy 24 7", "Thu 06:30 easy 60", "Fri 06:30 easy 34"], {}, True),
    ("easy-share", ["Tue 06:30 tempo 60", "Thu 12:00 easy 80", "Sun 18:00 plyometric 10 1"], {}, True),
    ("easy-share", ["Sat 06:30 tempo 60", "2 Thu 18:00 heavy 24", "2 Sun 06:30 easy 90", "Wed 06:30 easy 90"],
     {}, True),
    ("fits-the-day", ["Tue 18:00 strength 20"], {"availability": {"tue": ["18:00-18:20"]}}, False),
    ("fits-the-day", ["Tue 18:00 strength 20"], {"availability": {"tue": ["18:00-18:10", "18:10-18:20"]}}, False),
    ("fits-the-day", ["Tue 18:00 strength 20"], {"availability": {"tue": ["18:00-18:19"]}}, True),
    ("fits-the-day", ["Tue 18:00 strength 20"], {"availability": {"tue": []}}, True),
    ("fits-the-day", ["Tue 20:45 strength 20"], {}, True),
    ("fits-the-day", ["Tue 07:30 strength 20", "Tue 06:30 easy 60"], {}, False),
    ("fits-the-day", ["Tue 07:29 strength 20", "Tue 06:30 easy 60"], {}, True),
    ("fits-the-day", ["Tue 00:30 strength 20", "Mon 23:30 easy 70"], {"availability": {"tue": ["00:00-24:00"]}}, True),
    ("fits-the-day", ["Tue 18:00 strength 20", "Tue 12:00 mobility 15"], {}, True),
    ("fits-the-day", ["Tue 18:00 strength 20"], {"blocked": [{"from": MONDAY, "to": dt.date(2026, 12, 1)}]}, True),
    ("primers", ["Tue 06:30 primer 8", "Tue 06:38 easy 40"], {"for_run": "easy-2026-12-01-06:38"}, False),
    ("primers", ["Tue 06:30 primer 8", "Tue 06:43 easy 40"], {"for_run": "easy-2026-12-01-06:43"}, False),
    ("primers", ["Tue 06:30 primer 8", "Tue 06:44 easy 40"], {"for_run": "easy-2026-12-01-06:44"}, True),
    ("primers", ["Tue 06:30 primer 8", "Tue 06:38 easy 40"], {}, True),
    ("primers", ["Tue 06:30 primer 8", "Tue 06:38 easy 40"], {"for_run": "easy-2026-12-01-06:38",
                                                             "primers": "off"}, True),
    ("training-days", [f"{d} 06:30 easy 40" for d in DAYS[:5]] + ["Sat 18:00 strength 20"], {}, False),
    ("training-days", [f"{d} 06:30 easy 40" for d in DAYS[:5]] + ["Sat 18:00 strength 20", "Sun 18:00 upper 20"],
     {}, True),
    ("training-days", [f"{d} 06:30 easy 40" for d in DAYS[:6]] + ["Sun 18:00 mobility 20"], {}, False),
    ("training-days", [f"{d} 06:30 easy 40" for d in DAYS] + ["Sun 18:00 strength 20"], {}, False),
    ("training-days", [f"{d} 06:30 easy 40" for d in DAYS[:6]] + ["Sun 18:00 mobility 20"],
     {"running_level": "beginner"}, True),
    ("sessions-a-week", [f"{d} 18:00 strength 20" for d in ("Mon", "Wed", "Fri")] + ["Sun 18:00 mobility 15"],
     {}, False),
    ("sessions-a-week", [f"{d} 18:00 strength 20" for d in ("Mon", "Wed", "Fri", "Sat")], {}, True),
    ("sessions-a-week", [f"{d} 18:00 mobility 15" for d in ("Mon", "Wed", "Fri")], {}, True),
    ("sessions-a-week", ["Mon 18:00 strength 20", "Wed 18:00 mobility 15"], {"sessions_a_week": [1, 1]}, True),
    ("sessions-a-week", [f"{d} 18:00 strength 20" for d in ("Mon", "Wed")] + [f"{d} 18:00 mobility 15" for d in
     ("Tue", "Sat")], {"strength_level": "beginner"}, True),
    ("heavy-needs", ["Tue 18:00 heavy 24"], {"equipment": ["band"], "weights_kg": []}, True),
    ("heavy-needs", ["Tue 18:00 heavy 24"], {"strength_level": "beginner"}, True),
    ("heavy-needs", ["Tue 18:00 heavy 24"], {"strength_level": "beginner", "strength_since": MONDAY -
                                             dt.timedelta(days=41)}, False),
    ("session-minutes", ["Tue 18:00 heavy 31"], {"session_minutes": 45}, True),
    ("session-minutes", ["Tue 18:00 heavy 15"], {"session_minutes": 15}, False),
    ("session-minutes", ["Tue 18:00 heavy 19"], {}, True),
    ("runs", ["Tue 06:30 tempo 40"], {"races": race(1, 10)}, True),
]


@pytest.mark.parametrize(("rule", "entries", "runner", "breaks"), WEEKS,
                         ids=[f"{w[0]}-{k}-{'broken' if w[3] else 'good'}" for k, w in enumerate(WEEKS)])
def test_each_rule_tells_good_weeks_from_broken_ones(
    rule: str, entries: list[str], runner: dict[str, Any], breaks: bool,
) -> None:
    """The named rule speaks where the week breaks it, and is silent where it does not."""
    runner = dict(runner)
    for_run = runner.pop("for_run", None)
    plan = plan_of(*entries)
    for session in (s for w in plan["weeks"] for d in w["days"] for s in d["sessions"]):
        if for_run and session["kind"] == "primer":
            session["for_run"] = for_run
    assert (rule in broken(plan, runner_of(**runner))) == breaks


def test_a_good_week_breaks_nothing() -> None:
    """Two easy runs, a tempo run, a heavy and a mobility session that all fit are no breach of any rule."""
    assert not second_check(
        plan_of("Tue 06:30 tempo 60", "Thu 06:30 easy 60", *EASY[1:], "Fri 18:00 heavy 24", "Sun 10:00 mobility 15",
                "2 Wed 06:30 easy 50"), runner_of())


@pytest.mark.parametrize(("phase", "most"), [("peak", 2), ("taper", 1), ("race-week", 1), ("recovery", 1)])
def test_phases_have_their_own_maxima(phase: str, most: int) -> None:
    """Strength-type sessions beyond a phase's most are found."""
    days = ("Mon", "Wed", "Fri")
    for count in (most, most + 1):
        found = broken(plan_of(*(f"{d} 18:00 strength 20" for d in days[:count]), phase=phase))
        assert ("sessions-a-week" in found) == (count > most)


def test_hours_are_counted_in_real_time() -> None:
    """A night in which clocks jump an hour ahead is an hour shorter than the clock says."""
    plan = plan_of("Sun 00:10 heavy 24", "2 Mon 00:50 tempo 40")
    at_home = runner_of(availability={"sun": ["00:00-24:00"]})
    assert "recovery-between-hard" not in broken(plan, at_home)
    jump = (dt.date(2027, 3, 22) - MONDAY).days  # the same week in March, before the change of 28 March
    text = repr(plan)
    for day in sorted({MONDAY + dt.timedelta(days=k) for k in range(14)}, reverse=True):
        text = text.replace(str(day), str(day + dt.timedelta(days=jump)))
    assert "recovery-between-hard" in broken(ast.literal_eval(text), at_home)


def test_recorded_runs_before_the_plan_count() -> None:
    """A hard run of the evening before the plan keeps its first day free of hard sessions."""
    plan = plan_of("Mon 18:00 heavy 24", "Tue 06:30 easy 90", "Thu 06:30 easy 90")
    plan["inputs"] = {"history": {"last_days": [["2026-11-29T18:30:00", "2026-11-29T19:10:00", 40, 10, True]]}}
    assert "recovery-between-hard" in broken(plan)


def test_phases_follow_the_races() -> None:
    """The week before an A race is race week and the week after it recovery, not off-season."""
    runner = runner_of(races=race(6, 10))
    plan = plan_of("Sun 10:00 race 50 10")
    assert "phases" in broken(plan, runner)
    plan["weeks"][0]["phase"], plan["weeks"][1]["phase"] = "race-week", "recovery"
    assert "phases" not in broken(plan, runner)


def test_dates_are_all_there() -> None:
    """A missing date, a plan that ends on a Saturday and a run on another date's list are found."""
    plan = plan_of("Tue 06:30 easy 40")
    assert "dates" not in broken(plan)
    del plan["weeks"][0]["days"][3]
    assert "dates" in broken(plan)
    plan = plan_of("Tue 06:30 easy 40")
    plan["weeks"][0]["days"][1]["runs"][0]["start"] = "2026-12-02T06:30"
    assert "dates" in broken(plan)
    plan = plan_of("Tue 06:30 easy 40")
    plan["ends"] = "2026-12-12"
    assert "dates" in broken(plan)


def with_item(**item: Any) -> dict[str, Any]:
    """A plan whose one session holds one item for 24 minutes."""
    plan = plan_of("Tue 18:00 strength 24")
    session = plan["weeks"][0]["days"][1]["sessions"][0]
    session["blocks"][0]["items"][0] |= {"exercise": "goblet-squat", **item}
    return plan


@pytest.mark.parametrize(("item", "runner", "breaks"), [
    ({"weight_kg": 16.0}, {}, False),
    ({"weight_kg": 12.0}, {}, True),
    ({"weight_kg": 8.0, "per_hand": True}, {}, False),
    ({"weight_kg": 16.0, "per_hand": True}, {}, True),
    ({"weight_kg": 12.0}, {"weights_kg": []}, False),
    ({"weight_kg": 5.0}, {"weights_kg": [], "equipment": ["band"]}, True),
    ({"weight_kg": 5.0}, {"weights_kg": [], "equipment": ["backpack"]}, False),
    ({"weight_kg": 12.0}, {"weights_kg": [], "equipment": ["backpack"]}, True),
    ({"weight_kg": 30.0}, {"equipment": ["barbell"], "bar_kg": 20, "plates_kg": [5, 5]}, False),
    ({"weight_kg": 25.0}, {"equipment": ["barbell"], "bar_kg": 20, "plates_kg": [5, 5]}, True),
])
def test_weights_are_those_of_the_house(item: dict[str, Any], runner: dict[str, Any], breaks: bool) -> None:
    """A weight that is not there, and a pair of which there is one, are found."""
    assert ("weights" in broken(with_item(**item), runner_of(**runner))) == breaks


@pytest.mark.parametrize(("item", "breaks"), [
    ({"seconds": [1440, 1440]}, False),
    ({"seconds": [1300, 1300]}, True),
    ({"seconds": [712, 713], "per_side": True}, False),
    ({"seconds": [1440, 1440], "per_side": True}, True),
])
def test_contents_take_the_minutes_that_are_said(item: dict[str, Any], breaks: bool) -> None:
    """Twenty-four minutes are twenty-four minutes, both sides and the switch between them counted."""
    assert ("contents" in broken(with_item(**item))) == breaks


def test_hard_minutes_are_counted_from_the_contents() -> None:
    """A session that says too few hard minutes is found, and its contents count in the fifth."""
    plan = plan_of("Tue 06:30 tempo 60", "Sun 18:00 heavy 24 12", "Thu 06:30 easy 60", "Fri 06:30 easy 50")
    session = plan["weeks"][0]["days"][6]["sessions"][0]
    session["hard_minutes"] = 0
    assert {"contents", "easy-share"} <= broken(plan)


def test_own_words_must_agree() -> None:
    """A safety finding of its own, and an optimum whose bound is lower, are found."""
    plan = plan_of("Tue 06:30 easy 40")
    plan["optimality"]["bound"] = [0, 0]
    assert "own-words" in broken(plan)
    plan["optimality"]["status"] = "feasible"
    assert "own-words" not in broken(plan)
    plan["findings"] = [{"tier": "safety", "on": "plan", "date": "2026-12-01", "says": "x"}]
    assert "own-words" in broken(plan)


def test_runs_are_told_right() -> None:
    """A tempo run that calls itself easy work is found."""
    plan = plan_of("Tue 06:30 tempo 40")
    plan["weeks"][0]["days"][1]["runs"][0]["hard_minutes"] = 5
    assert "runs" in broken(plan)
