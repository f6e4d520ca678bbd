"""Plans from files: what is read, refused, identified and written."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from pathlib import Path

import pytest

from builders import a_runner
from builders_recordings import gpx, track_points
from midstance.formats._format import InputError
from midstance.formats.plan_json import render_plan_json
from midstance.services.check import check_file, read_plan, why_from_file
from midstance.services.handbook import all_rules, cues, names
from midstance.services.output import render, write_whole
from midstance.services.plan import MOST_WEEKS, Planned, Wish, end_of, plan_from_files, with_id

START = dt.date(2026, 11, 30)
RUNNER = """[runner]
name = "Ana"
timezone = "Europe/Lisbon"
running_level = "intermediate"
strength_level = "intermediate"
goal = "10k"
equipment = ["kettlebell", "step"]
weights_kg = [8, 12, 16, 16]

[[running]]
day = "tue"
start = "06:30"
minutes = 50
type = "intervals"

[[running]]
day = "sun"
minutes = 80
type = "long"
"""
CSV = "date,title\n2026-11-30,Easy 8 km\n2026-12-01,Club dinner\n2026-12-02,5 x 1000 m\n"


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    path = tmp_path / "ana.toml"
    path.write_text(RUNNER, "utf-8")
    return path


def make(runner: Path, *runs: Path, weeks: int | None = 2, **more) -> Planned:
    ticks = itertools.count()
    return plan_from_files(Wish(runner=runner, runs=runs, start=START, weeks=weeks, **more), lambda: float(next(ticks)))


def refusal(action) -> str:
    with pytest.raises(InputError) as caught:
        action()
    return " ".join(str(f) for f in caught.value.faults)


def saved(planned: Planned, tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    path.write_text(render_plan_json(planned.plan), "utf-8")
    return path


def test_a_plan_from_files(runner: Path) -> None:
    """Dates, inputs and the seconds between two looks at the clock are filled in."""
    plan = make(runner).plan
    assert (plan.starts, plan.ends, plan.runner) == (START, dt.date(2026, 12, 13), "Ana")
    assert plan.optimality.seconds == 1.0
    assert plan.inputs["runner"]["timezone"] == "Europe/Lisbon"
    assert plan.inputs["history"] == {}
    assert plan.id.startswith("plan-")
    assert len(plan.id) == 21


def test_the_id_follows_the_content(runner: Path) -> None:
    """The same inputs give the same id whatever the clock says; another start gives another."""
    one = make(runner).plan
    slow = plan_from_files(Wish(runner=runner, start=START, weeks=2), itertools.count(0, 7).__next__).plan
    assert slow.optimality.seconds != one.optimality.seconds
    assert slow.id == one.id
    assert make(runner, weeks=3).plan.id != one.id
    assert with_id(one) == one


def test_calendars_are_read(runner: Path, tmp_path: Path) -> None:
    """Runs of a table stand in the plan, what is none is left out, and its own dates only."""
    table = tmp_path / "runs.csv"
    table.write_text(CSV, "utf-8")
    plan = make(runner, table).plan
    assert [r.title for r in plan.runs if r.source == "runs.csv"] == ["Easy 8 km", "5 x 1000 m"]
    assert [u.title for u in plan.unread] == ["Club dinner"]


@pytest.mark.parametrize(("weeks", "ends"), [(1, "2026-12-06"), (None, "2027-03-21"), (MOST_WEEKS, "2028-11-26")])
def test_where_a_plan_ends(weeks: int | None, ends: str) -> None:
    """So many calendar weeks, by default sixteen without a race; always a Sunday."""
    wish = Wish(runner=Path(), start=START, weeks=weeks)
    assert end_of(wish, a_runner()) == dt.date.fromisoformat(ends)


@pytest.mark.parametrize("weeks", [0, -1, MOST_WEEKS + 1])
def test_impossible_lengths(runner: Path, weeks: int) -> None:
    """Less than a week and more than two years are refused with what is possible."""
    assert f"1 to {MOST_WEEKS} are possible" in refusal(lambda: make(runner, weeks=weeks))


def test_lifts_must_be_exercises(runner: Path) -> None:
    """Every unknown lift is named at once, with the nearest known one where there is one."""
    lift = '\n[[lifts]]\nexercise = "{}"\nweight_kg = 16\nreps = 8\n'
    runner.write_text(RUNNER + lift.format("goblet-squad") + lift.format("zzzz") + lift.format("goblet-squat"), "utf-8")
    says = refusal(lambda: make(runner))
    assert "did you mean 'goblet-squat'?" in says
    assert "'zzzz' is no exercise" in says
    assert says.count("is no exercise") == 2


def test_recordings_become_history(runner: Path, tmp_path: Path) -> None:
    """A folder of recordings is read as history, its faults are told beside the plan."""
    folder = tmp_path / "recorded"
    folder.mkdir()
    (folder / "junk.fit").write_bytes(b"\x0e\x10not a recording")
    (folder / "run.gpx").write_text(gpx(track_points(), kind="running"), "utf-8")
    planned = make(runner, folder)
    assert planned.plan.inputs["history"]["runs"] == 1
    assert any("junk.fit" in message for message in planned.messages)


def test_a_plan_is_judged_from_its_file(runner: Path, tmp_path: Path) -> None:
    """The document's own runner judges it; another runner's file may."""
    path = saved(make(runner), tmp_path)
    report = check_file(path, None)
    assert not report.unsafe
    assert report.unjudged == ()
    other = tmp_path / "other.toml"
    busy = "[availability]\nthu = []\nfri = []\nsat = []\n\n[[running]]"
    other.write_text(RUNNER.replace("[[running]]", busy, 1), "utf-8")
    assert check_file(path, other).unsafe
    plain = json.loads(path.read_text("utf-8"))
    plain["inputs"] = {}
    path.write_text(json.dumps(plain), "utf-8")
    assert check_file(path, None).unjudged != ()


def test_plans_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is missing, too large or no plan is refused by name."""
    assert "nowhere.json" in refusal(lambda: read_plan(tmp_path / "nowhere.json"))
    other = tmp_path / "x.json"
    other.write_text("{}", "utf-8")
    assert "x.json" in refusal(lambda: read_plan(other))
    monkeypatch.setattr("midstance.services.check.MOST_BYTES", 1)
    assert "too large" in refusal(lambda: read_plan(other))


def test_inputs_that_cannot_be_read(runner: Path, tmp_path: Path) -> None:
    """A document whose runner makes no sense says so and what to do."""
    path = saved(make(runner), tmp_path)
    broken = json.loads(path.read_text("utf-8"))
    broken["inputs"]["runner"]["running_level"] = "godlike"
    path.write_text(json.dumps(broken), "utf-8")
    assert "give the runner's file beside the plan" in refusal(lambda: check_file(path, None))


def test_why_from_a_file(runner: Path, tmp_path: Path) -> None:
    """Reasons of a date, what gave way in its week, and the answer about another date."""
    planned = make(runner)
    path = saved(planned, tmp_path)
    session = planned.plan.sessions[0]
    (reason,) = why_from_file(path, session.date, None)
    assert reason.session == session
    assert reason.answer is None
    assert reason.gave_way == tuple(r.says for r in planned.plan.relaxed if r.week == START)
    other = next(d.date for d in planned.plan.weeks[0].days if d.date != session.date)
    (reason,) = why_from_file(path, session.date, other)
    assert reason.answer is not None
    assert reason.answer.date == other


def test_why_of_a_date_that_has_no_answer(runner: Path, tmp_path: Path) -> None:
    """Dates outside the plan and dates without a session are refused with the dates that would do."""
    planned = make(runner)
    path, session = saved(planned, tmp_path), planned.plan.sessions[0]
    late = planned.plan.ends + dt.timedelta(days=1)
    assert f"{late} lies outside the plan" in refusal(lambda: why_from_file(path, late, None))
    assert f"{late} lies outside the plan" in refusal(lambda: why_from_file(path, session.date, late))
    empty = next(d.date for d in planned.plan.weeks[0].days if not d.sessions)
    says = refusal(lambda: why_from_file(path, empty, None))
    assert f"no session stands on {empty}" in says
    assert str(session.date) in says


@pytest.mark.parametrize(("form", "begins"), [
    ("text", b""), ("json", b"{"), ("ics", b"BEGIN:VCALENDAR"), ("html", b"<!")])
def test_every_form_is_rendered(runner: Path, form: str, begins: bytes) -> None:
    """Text, JSON, calendar and page hold the plan of the named runner."""
    planned = make(runner, weeks=1)
    data = render(planned.plan, planned.runner, form)
    assert data.lstrip().startswith(begins)
    assert b"Ana" in data or form == "ics"
    assert len(data) > 500


def test_results_are_written_whole(tmp_path: Path) -> None:
    """A file is there with everything or not at all, readable by others; nothing else is left behind."""
    target = tmp_path / "plan.txt"
    target.write_text("old", "utf-8")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o644
    assert [p.name for p in tmp_path.iterdir()] == ["plan.txt"]


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    """A missing folder is named with what to do, and nothing is left behind."""
    assert "choose a folder that exists" in refusal(lambda: write_whole(tmp_path / "no" / "plan.txt", b"x"))
    (tmp_path / "folder").mkdir()
    assert "cannot be written" in refusal(lambda: write_whole(tmp_path / "folder", b"x"))
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]


def test_the_handbook_knows_everything() -> None:
    """Rules by id, exercises with names and cues."""
    assert [r.id for r in all_rules()] == sorted(r.id for r in all_rules())
    assert names().keys() == cues().keys()
    assert all(len(lines) >= 3 for lines in cues().values())
