"""A first assessment and two re-tests, as typed: what a good coach would choose, with its reason, and how it fades."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from midstance.catalogue.load import load_catalogue
from midstance.cli import main as cli

FIRST = dt.date(2026, 3, 2)
WEEKS = 8
RUNNER = """[runner]
name = "Lena"
timezone = "Europe/Berlin"
running_level = "intermediate"
strength_level = "intermediate"
goal = "half-marathon"
birth_year = 1988
sex = "female"
body_mass_kg = 62
equipment = ["kettlebell", "dumbbell", "step", "box"]
weights_kg = [8, 12, 16, 16]
strength_since = 2024-01-10
[[running]]
day = "tue"
start = "18:00"
minutes = 50
type = "intervals"
[[running]]
day = "thu"
start = "18:00"
minutes = 45
type = "easy"
[[running]]
day = "sun"
start = "09:00"
minutes = 90
type = "long"
"""
ANKLE, CALF = "Knee to the wall", "Calf raises on one leg"


@dataclass(frozen=True)
class Lena:
    """A runner at the keyboard, with a folder of her own."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def types(self, *words: str) -> str:
        """Type a line that must do, and give what it prints."""
        self.capture.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main([*words])
        said = self.capture.readouterr()
        assert not ended.value.code, said.err
        return said.out

    def diary(self, *words: str) -> str:
        """Type a line about the diary."""
        return self.types(*words, "--diary", str(self.folder / "diary.db"))

    def plan(self, start: dt.date) -> dict[str, Any]:
        """Make the next plan from what is known, and keep it."""
        file = self.folder / f"plan-{start}.json"
        self.diary("plan", str(self.folder / "lena.toml"), "--start", str(start), "--weeks", str(WEEKS), "--save",
                   "--format", "json", "-o", str(file))
        return json.loads(file.read_text())

    def tests(self, date: dt.date, *, ankle: tuple[float, float], calf: tuple[int, int]) -> str:
        """Tell both tests, left and right."""
        return "".join(
            self.diary("assess", test, "--left", str(pair[0]), "--right", str(pair[1]), "--date", str(date))
            for test, pair in (("knee-to-wall-cm", ankle), ("calf-raise-reps", calf)))


@pytest.fixture
def lena(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Lena:
    (tmp_path / "lena.toml").write_text(RUNNER)
    return Lena(tmp_path, capsys)


def items(plan: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """List (session, item) of all main blocks."""
    return [(s, item) for week in plan["weeks"] for day in week["days"] for s in day["sessions"]
            for block in s["blocks"] if block["label"] != "warm-up" for item in block["items"]]


def counted(plan: dict[str, Any]) -> Counter[str]:
    """Count the exercises of the main blocks."""
    return Counter(item["exercise"] for _, item in items(plan))


def named(plan: dict[str, Any], test: str) -> list[dict[str, Any]]:
    """List the sessions whose reasons name a test."""
    return [s for week in plan["weeks"] for day in week["days"] for s in day["sessions"]
            if any(test in why for why in s["why"])]


def test_a_stiff_left_ankle_and_a_weak_right_calf(lena: Lena) -> None:
    """Calves and loaded range come first, the weak calf leads with one set more, and two re-tests end it."""
    known = load_catalogue().exercises
    calves = {id_ for id_, e in known.items() if e.pattern in ("calf-straight", "calf-bent")}
    plain = lena.plan(FIRST)
    assert "retests" not in plan_without_inputs(plain)

    said = lena.tests(FIRST, ankle=(6.5, 11), calf=(26, 14))
    assert "more than the noise" in said
    assert not [word for word in ("injur", "risk", "diagnos") if word in said.lower()]

    first = lena.plan(FIRST)
    before, after = counted(plain), counted(first)
    assert sum(after[id_] for id_ in calves) > sum(before[id_] for id_ in calves)
    led = [item for _, item in items(first) if item["exercise"] in calves and item["per_side"]]
    assert led
    assert {item["first_side"] for item in led} == {"right"}
    extras = [item["extra_rounds"] for _, item in items(first) if item.get("extra_rounds")]
    assert extras
    assert all(extra == {"right": 1} for extra in extras)
    loaded = [item for _, item in items(first) if known[item["exercise"]].pattern == "squat" and item.get("weight_kg")]
    assert loaded
    assert after["calf-stretch"] <= before["calf-stretch"], "a stiff ankle is loaded, not stretched more"
    assert starts(first) == starts(plain), "no session moves for a test"

    session = named(first, CALF)[0]
    why = " ".join(lena.types("why", str(lena.folder / f"plan-{FIRST}.json"), session["start"][:10]).split())
    assert CALF in why
    assert ANKLE in " ".join(why for s in named(first, ANKLE) for why in s["why"])
    assert 42 <= (dt.date.fromisoformat(first["retests"][0]["date"]) - FIRST).days <= 56
    assert set(first["retests"][0]["tests"]) == {"knee-to-wall-cm", "calf-raise-reps"}

    second = FIRST + dt.timedelta(weeks=7)
    lena.tests(second, ankle=(8, 11), calf=(27, 22))
    better = lena.plan(second)
    assert named(better, ANKLE), "the ankle is better and still stiff"
    assert not named(better, CALF), "5 apart is noise, and 22 is near what is typical"
    assert not [item for _, item in items(better) if (item.get("extra_rounds") or {}).get("right")]

    third = second + dt.timedelta(weeks=7)
    lena.tests(third, ankle=(10, 11), calf=(28, 26))
    last = lena.plan(third)
    assert not named(last, ANKLE)
    assert not named(last, CALF)
    assert not [item for _, item in items(last) if item.get("extra_rounds")]


def starts(plan: dict[str, Any]) -> list[str]:
    """List the starts of all sessions."""
    return [s["start"] for week in plan["weeks"] for day in week["days"] for s in day["sessions"]]


def plan_without_inputs(plan: dict[str, Any]) -> dict[str, Any]:
    """Give what the plan itself says."""
    return {key: value for key, value in plan.items() if key != "inputs"}


def test_today_follows_a_result_at_once(lena: Lena) -> None:
    """The morning after a test the session of the plan in force answers it, without anything having moved."""
    plan = lena.plan(FIRST)
    day = next(s["start"][:10] for week in plan["weeks"] for d in week["days"] for s in d["sessions"]
               if s["kind"] == "heavy")
    before = json.loads(lena.diary("today", "--date", day, "--format", "json"))["session"]
    lena.tests(FIRST, ankle=(6.5, 11), calf=(26, 14))
    after = json.loads(lena.diary("today", "--date", day, "--format", "json"))["session"]
    assert (before["start"], before["kind"]) == (after["start"], after["kind"])
    assert not any(CALF in why for why in before["why"])
    assert any(CALF in why for why in after["why"])


def test_the_day_of_the_retest_says_so(lena: Lena) -> None:
    """On its date today names the tests; the day before it does not."""
    lena.tests(FIRST, ankle=(6.5, 11), calf=(26, 14))
    plan = lena.plan(FIRST)
    date = dt.date.fromisoformat(plan["retests"][0]["date"])
    told = json.loads(lena.diary("today", "--date", str(date), "--format", "json"))["retest"]
    assert set(told["tests"]) == {"knee-to-wall-cm", "calf-raise-reps"}
    eve = date - dt.timedelta(days=1)
    assert json.loads(lena.diary("today", "--date", str(eve), "--format", "json"))["retest"] is None
