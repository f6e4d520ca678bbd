"""The commands as people call them: help, results, exit status 0, 1 and 2, and messages instead of tracebacks."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from midstance import __version__
from midstance.cli.main import app, main
from midstance.services.handbook import all_rules, catalogue

EXAMPLES = Path(__file__).parents[2] / "examples"
START = "2027-01-11"
RUNNER = """[runner]
name = "Ana"
timezone = "Europe/Lisbon"
running_level = "intermediate"
strength_level = "intermediate"
goal = "10k"
equipment = ["kettlebell"]
weights_kg = [12, 16]

[availability]
tue = ["18:00-20:00"]
thu = ["18:00-20:00"]
sat = ["09:00-12:00"]

[[running]]
day = "tue"
start = "06:30"
minutes = 45
type = "intervals"

[[running]]
day = "sun"
start = "08:00"
minutes = 70
type = "easy"

[[running]]
day = "fri"
start = "06:30"
minutes = 50
type = "easy"
"""
COMMANDS = ("plan", "check", "why", "exercises", "rules", "title")


@dataclass(frozen=True)
class Ended:
    """How a call of the program ended."""

    status: int
    out: str
    err: str


class Program:
    """The program, called in this process."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self.capture = capture

    def __call__(self, *arguments: str | Path) -> Ended:
        self.capture.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(a) for a in arguments])
        said = self.capture.readouterr()
        code = ended.value.code
        return Ended(code if isinstance(code, int) else 0, said.out, said.err)


@pytest.fixture
def midstance(capsys: pytest.CaptureFixture[str]) -> Program:
    """The program."""
    return Program(capsys)


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A runner's file."""
    path = tmp_path / "ana.toml"
    path.write_text(RUNNER, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan document of two weeks, made once."""
    folder = tmp_path_factory.mktemp("plan")
    (folder / "ana.toml").write_text(RUNNER, encoding="utf-8")
    path = folder / "plan.json"
    with pytest.raises(SystemExit) as ended:
        main(["plan", str(folder / "ana.toml"), "--start", START, "--weeks", "2", "--format", "json", "-o", str(path)])
    assert ended.value.code == 0
    return path


def sessions(plan: dict[str, object]) -> list[dict[str, object]]:
    """Sessions of a plan document, in order."""
    weeks = plan["weeks"]
    assert isinstance(weeks, list)
    return [s for week in weeks for day in week["days"] for s in day["sessions"]]


def refused(ended: Ended, *words: str) -> None:
    """Assert that a call was refused in words: status 2, nothing printed, a message without a traceback."""
    assert ended.status == 2
    assert ended.out == ""
    assert "Traceback" not in ended.err
    assert [word for word in words if word not in ended.err] == [], ended.err


# help ------------------------------------------------------------------------------------------------------------


def test_commands_are_those_that_are_promised() -> None:
    """The program has the commands of the contract that need no diary."""
    assert {name for name in app.resolved_commands() if not name.startswith("-")} >= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command(midstance: Program, command: str) -> None:
    """Each command explains itself with status 0, what it takes among it."""
    ended = midstance(command, "--help")
    assert ended.status == 0
    assert f"midstance {command}" in ended.out
    assert ended.err == ""


def test_help_of_the_program(midstance: Program) -> None:
    """Without a command, and with --help, all commands are listed."""
    for arguments in ((), ("--help",)):
        ended = midstance(*arguments)
        assert ended.status == 0
        assert [c for c in COMMANDS if not re.search(rf"^\W*{c}\b", ended.out, re.MULTILINE)] == []


def test_version(midstance: Program) -> None:
    """--version prints the version and nothing else."""
    assert midstance("--version") == Ended(0, f"{__version__}\n", "")


# plan ------------------------------------------------------------------------------------------------------------


def test_plan_prints_text(midstance: Program, runner: Path) -> None:
    """Text is the default: the runner's name, every week, no escape sequences where no terminal is."""
    ended = midstance("plan", runner, "--start", START, "--weeks", "2")
    assert ended.status == 0
    assert ended.out.startswith("Ana: ")
    assert "Week 2" in ended.out
    assert "\x1b" not in ended.out


def test_plan_json_is_one_document_and_nothing_else(midstance: Program, runner: Path) -> None:
    """Standard output holds one JSON document that names format, version and optimality."""
    ended = midstance("plan", runner, "--start", START, "--weeks", "2", "--format", "json")
    plan = json.loads(ended.out)
    assert ended.status == 0
    assert (plan["format"], plan["version"], plan["starts"]) == ("midstance-plan/1", __version__, START)
    assert plan["optimality"]["status"] == "optimal"
    assert sessions(plan)


def test_plan_starts_today_when_nothing_is_said(midstance: Program, runner: Path) -> None:
    """Without --start the plan begins on the day of the clock and ends on a Sunday 16 weeks on."""
    before = dt.datetime.now().astimezone().date()
    plan = json.loads(midstance("plan", runner, "--format", "json").out)
    after = dt.datetime.now().astimezone().date()
    starts, ends = dt.date.fromisoformat(plan["starts"]), dt.date.fromisoformat(plan["ends"])
    assert before <= starts <= after
    assert ends.weekday() == 6
    assert 15 * 7 <= (ends - starts).days < 17 * 7


@pytest.mark.parametrize(("form", "begins"), [
    ("text", b"Ana: "), ("json", b"{"), ("ics", b"BEGIN:VCALENDAR\r\n"), ("html", b"<!doctype html>"),
])
def test_plan_writes_whole_files(midstance: Program, runner: Path, form: str, begins: bytes) -> None:
    """-o writes the whole result to a readable file, nothing to standard output, and leaves nothing beside it."""
    path = runner.parent / f"plan.{form}"
    ended = midstance("plan", runner, "--start", START, "--weeks", "1", "--format", form, "-o", path)
    assert (ended.status, ended.out) == (0, "")
    data = path.read_bytes()
    assert data[:len(begins)].lower() == begins.lower()
    assert data.endswith(b"\n")
    assert sorted(p.name for p in runner.parent.iterdir()) == ["ana.toml", path.name]


def test_plan_replaces_a_file_whole_and_only_when_it_is_done(midstance: Program, runner: Path) -> None:
    """A plan that is refused leaves the old file as it was; one that is made replaces it."""
    path = runner.parent / "plan.json"
    path.write_text("old", encoding="utf-8")
    refused(midstance("plan", runner, "--start", START, "--weeks", "0", "--format", "json", "-o", path))
    assert path.read_text("utf-8") == "old"
    midstance("plan", runner, "--start", START, "--weeks", "1", "--format", "json", "-o", path)
    assert json.loads(path.read_text("utf-8"))["starts"] == START


def test_plan_is_the_same_each_time_but_for_the_seconds(midstance: Program, runner: Path) -> None:
    """Two calls print the same document, the measured seconds apart."""
    arguments = ("plan", runner, "--start", START, "--weeks", "3", "--format", "json")
    first, second = (json.loads(midstance(*arguments).out) for _ in range(2))
    first["optimality"].pop("seconds")
    second["optimality"].pop("seconds")
    assert first == second


def test_calendar_keeps_its_events_when_exported_again(midstance: Program, runner: Path) -> None:
    """An iCalendar export of the same plan holds the same UIDs; none stands twice."""
    arguments = ("plan", runner, "--start", START, "--weeks", "3", "--format", "ics")
    first, second = (re.findall(r"^UID:(\S+)", midstance(*arguments).out, re.MULTILINE) for _ in range(2))
    assert first == second
    assert len(first) == len(set(first)) > 0


def test_plan_reads_several_calendars(midstance: Program, runner: Path) -> None:
    """--runs may be given more than once; runs of both files stand in the plan."""
    for name, line in (("a.csv", "2027-01-12,06:30,Easy 40 min"), ("b.csv", "2027-01-14,06:30,Easy 35 min")):
        (runner.parent / name).write_text(f"date,start,title\n{line}\n", encoding="utf-8")
    ended = midstance(
        "plan", runner, "--runs", runner.parent / "a.csv", "--runs", runner.parent / "b.csv", "--start", START,
        "--weeks", "1", "--format", "json",
    )
    runs = [run for week in json.loads(ended.out)["weeks"] for day in week["days"] for run in day["runs"]]
    assert {"a.csv", "b.csv"} <= {run["source"] for run in runs}


def test_week_list_needs_a_place(midstance: Program) -> None:
    """A week list without --race-day or --runs-start is refused and both are named; with one it is planned."""
    arguments = ("plan", EXAMPLES / "ines-marathon.toml", "--runs", EXAMPLES / "ines-marathon.json", "--start", START)
    refused(midstance(*arguments), "--race-day", "--runs-start")
    ended = midstance(*arguments, "--race-day", "2027-05-02", "--weeks", "1", "--format", "json")
    assert ended.status == 0
    assert json.loads(ended.out)["weeks"][0]["running"]["minutes"] > 0


def test_plan_says_what_it_skipped_beside_the_result(midstance: Program, runner: Path) -> None:
    """What of a calendar could not be used is said on standard error; standard output stays one document."""
    path = runner.parent / "c.csv"
    path.write_text("date,start,title,coach\n2027-01-12,06:30,Easy 40 min,Bo\n", encoding="utf-8")
    ended = midstance("plan", runner, "--runs", path, "--start", START, "--weeks", "1", "--format", "json")
    assert ended.status == 0
    assert "coach" in ended.err
    assert json.loads(ended.out)["format"] == "midstance-plan/1"


@pytest.mark.parametrize(("old", "new", "words"), [
    ('"Europe/Lisbon"', '"Europe/Lisbun"', ("line 3", "Europe/Lisbon")),
    ('"10k"', '"10 k"', ("line 6", "goal")),
    ("weights_kg", "weigths_kg", ("line 8", "weights_kg")),
    ("18:00-20:00", "20:00-18:00", ("line 11", "ends before it begins")),
    ('day = "sun"', "day = 7", ("day",)),
    ("[runner]", "[runner", ("ana.toml",)),
])
def test_mistakes_in_the_runner_file_are_named(
    midstance: Program, runner: Path, old: str, new: str, words: tuple[str, ...],
) -> None:
    """A mistake ends with status 2 and a message that names the file, the place and what would be right."""
    runner.write_text(RUNNER.replace(old, new), encoding="utf-8")
    refused(midstance("plan", runner, "--start", START), "ana.toml", *words)


def test_all_mistakes_are_named_at_once(midstance: Program, runner: Path) -> None:
    """Three mistakes give three messages, a line each."""
    wrong = RUNNER
    for old, new in (('"10k"', '"10 k"'), ("weights_kg", "weigths_kg"), ("minutes = 70", "minutes = -7")):
        wrong = wrong.replace(old, new)
    runner.write_text(wrong, encoding="utf-8")
    ended = midstance("plan", runner, "--start", START)
    refused(ended, "goal", "weigths_kg", "minutes")
    assert len(ended.err.strip().splitlines()) == 3


@pytest.mark.parametrize(("arguments", "word"), [
    (("--runs", "nowhere.ics"), "nowhere.ics"),
    (("--weeks", "1000"), "1000"),
    (("--start", "tomorrow"), "start"),
    (("--start", "2027-02-30"), "start"),
    (("--format", "pdf"), "format"),
    (("--colour",), "--colour"),
    (("-o", "no-such-folder/plan.txt", "--weeks", "1"), "no-such-folder"),
])
def test_wrong_arguments_of_plan_are_refused(
    midstance: Program, runner: Path, arguments: tuple[str, ...], word: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A file that is not there, an impossible value and an unknown option end with status 2 and name the culprit."""
    monkeypatch.chdir(runner.parent)
    start = () if "--start" in arguments else ("--start", START)
    refused(midstance("plan", runner, *start, *arguments), word)


def test_missing_runner_file_is_refused(midstance: Program, tmp_path: Path) -> None:
    """A runner's file that is not there, or a folder, is refused by name."""
    refused(midstance("plan", tmp_path / "nobody.toml"), "nobody.toml")
    refused(midstance("plan", tmp_path), tmp_path.name)
    refused(midstance("plan"), "runner")


def test_unknown_command_is_refused(midstance: Program) -> None:
    """A command that does not exist ends with status 2."""
    refused(midstance("plann"), "plann")


# check -----------------------------------------------------------------------------------------------------------


def test_check_accepts_a_plan_as_it_was_made(midstance: Program, document: Path) -> None:
    """A plan of midstance breaks no safety rule: status 0, and the text says so."""
    ended = midstance("check", document)
    assert (ended.status, ended.err) == (0, "")
    assert "No safety rule is broken by the plan." in ended.out


def test_check_reports_json_alone(midstance: Program, document: Path) -> None:
    """--format json prints one document with verdict, cost and findings."""
    report = json.loads(midstance("check", document, "--format", "json").out)
    assert report["unsafe"] is False
    assert len(report["cost"]) == 2
    assert all({"rule", "tier", "on", "date", "says"} <= f.keys() for f in report["findings"])


def test_check_uses_the_runner_given(midstance: Program, document: Path, tmp_path: Path) -> None:
    """With another runner's file the same plan may be unsafe: windows that are gone are findings."""
    closed = tmp_path / "closed.toml"
    closed.write_text(re.sub(r'= \["\d\d.*"\]', "= []", RUNNER), encoding="utf-8")
    ended = midstance("check", document, closed)
    assert ended.status == 1
    assert "fits-the-day" in ended.out


def hand_made(document: Path, folder: Path) -> Path:
    """The plan with its first session moved to the minute at which the first intervals end."""
    plan = json.loads(document.read_text("utf-8"))
    day = next(d for week in plan["weeks"] for d in week["days"] if d["sessions"] and d["runs"])
    session, run = day["sessions"][-1], day["runs"][0]
    session["start"] = run["start"]
    path = folder / "mine.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    return path


def test_check_finds_what_a_hand_broke(midstance: Program, document: Path, tmp_path: Path) -> None:
    """A session put on top of a run makes the plan unsafe: status 1, rule and date named, in text and in JSON."""
    mine = hand_made(document, tmp_path)
    ended = midstance("check", mine)
    assert ended.status == 1
    assert "Safety" in ended.out
    assert "fits-the-day" in ended.out
    report = json.loads(midstance("check", mine, "--format", "json").out)
    assert report["unsafe"] is True
    assert any(f["tier"] == "safety" and f["on"] == "plan" for f in report["findings"])


def test_faults_of_the_calendar_alone_are_no_failure(midstance: Program, runner: Path) -> None:
    """Runs that are too hard on their own are findings on the calendar; plan and check still end with 0."""
    path = runner.parent / "hard.csv"
    rows = [f"{dt.date(2027, 1, 11) + dt.timedelta(days=k)},06:30,Tempo 50 min" for k in range(0, 14, 3)]
    path.write_text("date,start,title\n" + "\n".join(rows) + "\n", encoding="utf-8")
    plan = runner.parent / "plan.json"
    made = midstance("plan", runner, "--runs", path, "--start", START, "--weeks", "2", "--format", "json", "-o", plan)
    assert made.status == 0
    found = json.loads(plan.read_text("utf-8"))["findings"]
    assert any(f["on"] == "calendar" and f["rule"] == "easy-share" for f in found)
    assert midstance("check", plan).status == 0


def test_check_says_what_it_cannot_judge(midstance: Program, document: Path, tmp_path: Path) -> None:
    """A plan without inputs is judged as far as it goes, and what was not judged is said."""
    plan = json.loads(document.read_text("utf-8"))
    plan["inputs"] = {}
    path = tmp_path / "bare.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    ended = midstance("check", path)
    assert ended.status == 0
    assert "Not judged" in ended.out


@pytest.mark.parametrize(("content", "word"), [
    ("", "plan.json"), ("{", "plan.json"), ("[]", "plan.json"), ('{"format": "other/1"}', "midstance-plan/1"),
    ('{"format": "midstance-plan/1"}', "plan.json"),
])
def test_check_refuses_what_is_no_plan(midstance: Program, tmp_path: Path, content: str, word: str) -> None:
    """An empty file, broken JSON and another document end with status 2 and a message."""
    path = tmp_path / "plan.json"
    path.write_text(content, encoding="utf-8")
    refused(midstance("check", path), word)
    refused(midstance("why", path, START), word)


def test_check_refuses_a_file_that_is_not_there(midstance: Program, tmp_path: Path) -> None:
    """A missing document is refused by name."""
    refused(midstance("check", tmp_path / "gone.json"), "gone.json")


# why -------------------------------------------------------------------------------------------------------------


def test_why_gives_the_reasons_of_a_date(midstance: Program, document: Path) -> None:
    """The reasons that stand in the document are printed for its session."""
    session = sessions(json.loads(document.read_text("utf-8")))[0]
    ended = midstance("why", document, str(session["start"])[:10])
    assert ended.status == 0
    assert str(session["kind"]) in ended.out
    assert str(session["why"][0]) in ended.out  # type: ignore[index]


def test_why_not_names_the_rule_or_the_price(midstance: Program, document: Path) -> None:
    """For another date either the rules that forbid it are named, or what it would cost."""
    plan = json.loads(document.read_text("utf-8"))
    date = str(sessions(plan)[0]["start"])[:10]
    others = [day["date"] for day in plan["weeks"][0]["days"] if day["date"] != date]
    ids = [rule.id for rule in all_rules()]
    for other in others:
        ended = midstance("why", document, date, "--not", other)
        assert ended.status == 0
        told = ended.out.partition(other)[2]
        assert any(f"{rule}:" in told for rule in ids) or "dose" in told, ended.out


def test_why_refuses_dates_without_a_session(midstance: Program, document: Path) -> None:
    """A date outside the plan, one without a session and another date outside are refused in words."""
    plan = json.loads(document.read_text("utf-8"))
    empty = next(day["date"] for day in plan["weeks"][0]["days"] if not day["sessions"])
    date = str(sessions(plan)[0]["start"])[:10]
    refused(midstance("why", document, "2030-01-01"), "2030-01-01", "outside")
    refused(midstance("why", document, empty), empty, "no session")
    refused(midstance("why", document, date, "--not", "2030-01-01"), "2030-01-01")


# handbook and titles ---------------------------------------------------------------------------------------------


def test_exercises_and_rules_are_listed(midstance: Program) -> None:
    """Both lists name every id."""
    listed = midstance("exercises").out
    assert [e for e in catalogue().exercises if e not in listed] == []
    listed = midstance("rules").out
    assert [r.id for r in all_rules() if r.id not in listed] == []


def test_one_exercise_and_one_rule(midstance: Program) -> None:
    """One exercise prints its cues, one rule its why and its numbers."""
    exercise = catalogue().exercises["single-leg-deadlift"]
    ended = midstance("exercises", "single-leg-deadlift")
    assert ended.status == 0
    assert [cue for cue in exercise.cues if cue not in ended.out] == []
    ended = midstance("rules", "easy-share")
    assert ended.status == 0
    assert "20 %" in ended.out


@pytest.mark.parametrize(("command", "given", "meant"), [
    ("exercises", "gobblet-squat", "goblet-squat"), ("rules", "easy-shares", "easy-share"),
])
def test_unknown_ids_are_refused_with_the_nearest(midstance: Program, command: str, given: str, meant: str) -> None:
    """A misspelt id ends with status 2 and the nearest known one."""
    refused(midstance(command, given), given, meant)


def test_titles_as_json(midstance: Program) -> None:
    """One object per title, in order, with the promised keys."""
    ended = midstance("title", "Easy 8 km", "Off", "Dentist", "--format", "json")
    told = json.loads(ended.out)
    assert ended.status == 0
    assert [t["title"] for t in told] == ["Easy 8 km", "Off", "Dentist"]
    keys = {"title", "type", "is_run", "minutes", "distance_km", "hard_minutes"}
    assert all(keys <= t.keys() for t in told)
    assert (told[0]["type"], told[0]["distance_km"], told[1]["is_run"], told[2]["type"]) == ("easy", 8, False, None)


def test_title_units(midstance: Program) -> None:
    """A bare distance is in the unit asked for."""
    told = json.loads(midstance("title", "6 easy", "--units", "mi", "--format", "json").out)
    assert told[0]["distance_km"] == pytest.approx(6 * 1.609344, abs=0.01)
    refused(midstance("title", "6 easy", "--units", "yards"), "units")


def test_titles_from_standard_input(midstance: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """- reads one title a line from standard input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("Easy 8 km\nLong run 90 min\n"))
    told = json.loads(midstance("title", "-", "--format", "json").out)
    assert [t["title"] for t in told] == ["Easy 8 km", "Long run 90 min"]


# as a process ----------------------------------------------------------------------------------------------------


def process(*arguments: str, shell: str = "") -> subprocess.CompletedProcess[str]:
    """Call the program as its own process, or a shell line in which $MIDSTANCE is the program."""
    command = [sys.executable, "-m", "midstance", *arguments]
    if shell:
        command = ["/bin/sh", "-c", shell.replace("$MIDSTANCE", f"'{sys.executable}' -m midstance")]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


def test_process_ends_with_the_status(tmp_path: Path) -> None:
    """As a process the program says the same: 0 with a result, 2 with a message and no traceback."""
    done = process("rules", "easy-share")
    assert (done.returncode, done.stderr) == (0, "")
    done = process("plan", str(tmp_path / "nobody.toml"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_broken_pipe_is_quiet() -> None:
    """A reader that stops early, as head does, hears no complaint."""
    done = process(shell="$MIDSTANCE exercises | head -n 1")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""
    closed = process(shell="( $MIDSTANCE exercises; echo status $? >&2 ) | true")
    assert "Traceback" not in closed.stderr
    assert "Exception ignored" not in closed.stderr
