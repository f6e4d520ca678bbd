"""Published plans: wherever a heavy session is legal in a base or build week the plan has one, else it says why.

The legal places are found by trying every quarter of an hour against the second checker. A sixth of the plans by
default, all of them when ``MIDSTANCE_FUZZ_WEEKS`` is large.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from midstance.domain.run import RunType
from midstance.domain.runner import Level, Race
from midstance.domain.session import Kind
from midstance.formats.weeks_json import parse_weeks, place_weeks
from midstance.planning.make import Brief
from midstance.planning.prepare import offers_of_week
from problems import SOAK, Made, a_runner, made
from second_checker import Case, Thing, free_windows, read_case, thing, time_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

PLANS = Path(__file__).parents[3] / "shared" / "data" / "plans" / "calendar-hack"
FIRST = dt.date(2027, 1, 4)
DAY = dt.timedelta(days=1)
KILOMETRES = {"Marathon": 42.195, "Half Marathon": 21.0975, "10K": 10.0, "5K": 5.0, "15k/10m": 15.0,
              "Multiple Distances": 10.0, "50K": 50.0, "100K": 100.0, "100M": 161.0}
LEVELS = (Level.INTERMEDIATE, Level.ADVANCED)
TIGHT = ("higdon_half3",)
"""Plans on which a search once gave up every heavy session."""
EVERY = sorted(PLANS.glob("*.json"))
FILES = EVERY if SOAK else sorted({*EVERY[::6], *(path for path in EVERY if path.stem in TIGHT)})


@dataclass
class Count:
    """What became of the base and build weeks of a plan."""

    weeks: int = 0
    possible: int = 0
    placed: int = 0
    told: int = 0


def brief_of(path: Path, level: Level) -> Brief | None:
    """Place a published plan from a Monday, with its last race or last day as an A race; None for what is no plan."""
    data = json.loads(path.read_text("utf-8"))
    runs = place_weeks(parse_weeks(path.read_bytes(), path.name), runs_start=FIRST).entries
    if not runs:
        return None
    km = KILOMETRES.get(data.get("type", ""))
    aims = km is not None and "recovery" not in path.stem
    raced = [run.date for run in runs if run.type is RunType.RACE]
    weeks = len(data["schedule"])
    last = FIRST + dt.timedelta(days=7 * weeks - 1)
    day = max(raced) if raced and max(raced) > last - 8 * DAY else last
    races = (Race(date=day, distance_km=km, priority="A"),) if aims and km else ()
    runner = a_runner(
        running_level=level, strength_level=level, running=(), races=races, run_start_minute=390,
        equipment=("dumbbell", "kettlebell", "step"), weights_kg=(8.0, 8.0, 12.0, 12.0, 16.0, 24.0),
        easy_pace_s_per_km=390 if level is Level.INTERMEDIATE else 320, session_minutes=30, primers="auto")
    return Brief(runner=runner, first=FIRST, last=last + 14 * DAY, calendar=runs)


def heavy_sessions(case: Case, date: dt.date, versions: list[tuple[int, int]]) -> Iterator[Thing]:
    """Try a heavy session at every quarter of an hour of a date, and 10 minutes after each run."""
    midnight = dt.datetime.combine(date, dt.time())
    ends = [(run.end - midnight).total_seconds() / 60 + 10 for run in case.runs if run.date == date]
    for low, high in free_windows(case, date):
        for start in sorted({*range(low, high, 15), *(int(e) for e in ends if low <= e <= high)}):
            for minutes, hard_minutes in versions:
                if start + minutes <= high:
                    yield thing("heavy", midnight + dt.timedelta(minutes=start), minutes, True, hard_minutes, {},
                                case.zone, run=False)


def around(case: Case, week: list[dt.date]) -> Case:
    """Cut a plan down to a week and those beside it, which is all that a session of the week can touch."""
    first, last = max(case.dates[0], week[0] - 7 * DAY), min(case.dates[-1], week[-1] + 7 * DAY)
    raw = next(w for w in case.plan["weeks"] if w["days"][0]["date"] == week[0].isoformat())
    return replace(
        case, plan={**case.plan, "weeks": [raw], "starts": first.isoformat(), "ends": last.isoformat()},
        dates=[d for d in case.dates if first <= d <= last],
        runs=[r for r in case.runs if first <= r.date <= last],
        sessions=[s for s in case.sessions if first <= s.date <= last])


def legal_place(case: Case, week: list[dt.date], versions: list[tuple[int, int]]) -> Thing | None:
    """Find a heavy session that breaks nothing, in place of what stands on its date or of one other session."""
    sessions = list(case.sessions)
    swaps = [s for s in sessions if s.date in week and s.kind not in ("heavy", "primer")]
    try:
        for date in week:
            kept = [s for s in sessions if s.date != date or s.kind == "primer"]
            for trial in heavy_sessions(case, date, versions):
                for away in (None, *swaps):
                    case.sessions = [*(s for s in kept if s is not away), trial]
                    if away in kept or away is None:
                        found = time_rules(case)
                        if not found:
                            return trial
                        if not any(rule == "sessions-a-week" for rule, _, _ in found):
                            break  # taking another session away makes room in the week, never in the hours
    finally:
        case.sessions = sessions
    return None


def judge(plan: Made) -> tuple[Count, list[str]]:
    """Compare each whole base or build week of a plan with what would be legal."""
    case = read_case(plan.document, plan.tables)
    count, wrong = Count(), []
    relaxed = {(r["week"], r["what"]): r for r in plan.document["relaxed"]}
    for week, facts in zip(plan.document["weeks"], plan.solved.compiled.problem.weeks, strict=True):
        days = [dt.date.fromisoformat(day["date"]) for day in week["days"]]
        if week["phase"] not in ("base", "build") or len(days) < 7:
            continue
        count.weeks += 1
        if any(s.kind == "heavy" and s.date in days for s in case.sessions):
            count.possible += 1
            count.placed += 1
            continue
        offers = [o for o in offers_of_week(facts, plan.brief.runner) if o.kind is Kind.HEAVY]
        trial = legal_place(around(case, days), days, [(o.minutes, int(o.hard_share * o.minutes)) for o in offers])
        because = relaxed.get((week["starts"], "heavy"), {}).get("because")
        if trial:
            count.possible += 1
            wrong.append(f"week of {week['starts']}: a heavy session at {trial.start} would be legal")
        elif because:
            count.told += 1
        else:
            wrong.append(f"week of {week['starts']}: no heavy session is legal, and the plan does not say why")
    return count, wrong


@pytest.mark.shared
@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.value)
@pytest.mark.parametrize("path", FILES or [PLANS], ids=lambda path: path.stem)
def test_heavy_stands_where_it_is_legal(path: Path, level: Level) -> None:
    """Each base or build week has a heavy session where the method allows one, and else names the rules in the way."""
    if not path.is_file():
        pytest.skip(f"the published plans are not at {PLANS}")
    brief = brief_of(path, level)
    assert brief is not None
    plan = made(brief)
    count, wrong = judge(plan)
    assert not wrong
    certificate = plan.plan.optimality
    assert certificate.cost[0] == certificate.bound[0], "dose is proven also where the size guard ends the rest"
    assert count.placed + count.told == count.weeks


def shares() -> dict[str, Counter[str]]:
    """Count over all plans, for a report: ``python -c "import test_heavy_is_placed as t; print(t.shares())"``."""
    out: dict[str, Counter[str]] = {}
    for level in LEVELS:
        total = out.setdefault(level.value, Counter())
        for path in EVERY:
            brief = brief_of(path, level)
            if brief is None:
                continue
            count, wrong = judge(made(brief))
            total.update(plans=1, weeks=count.weeks, possible=count.possible, placed=count.placed, told=count.told,
                         wrong=len(wrong))
    return out
