"""Each day's commands as a runner types them: check-in, log, rpe, undo, progress, export, restore, doctor."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builders_daily import WEEK, a_document, kept
from builders_diary import an_origin
from midstance.cli import main as cli
from midstance.domain.dates import monday
from midstance.domain.diary import CheckIn, SessionDone, SetDone
from midstance.domain.entry import Entry, run_entry
from midstance.domain.run import RunDone
from midstance.services.diary import add, current, open_store

if TYPE_CHECKING:
    from collections.abc import Callable

COMMANDS = ("checkin", "log", "rpe", "undo", "progress", "export", "restore", "doctor")
BATCH = re.compile(r"midstance undo (b-[0-9a-f]{12})")
LONGEST_LINE = 80


@dataclass(frozen=True)
class Ended:
    """How a call of the program ended."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Runner:
    """A runner at the keyboard with a diary of their own."""

    place: Path
    capture: pytest.CaptureFixture[str]

    def __call__(self, *words: str, diary: Path | None = None) -> Ended:
        self.capture.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main([*words, "--diary", str(diary or self.place)])
        said = self.capture.readouterr()
        code = ended.value.code
        return Ended(code if isinstance(code, int) else 0, said.out, said.err)

    def fine(self, words: str, *more: str) -> str:
        """Type a line that must do, and give what it prints."""
        ended = self(*words.split(), *more)
        assert (ended.status, ended.err) == (0, "")
        assert ended.out.startswith("{") or max(map(len, ended.out.splitlines())) <= LONGEST_LINE
        return ended.out

    def refused(self, words: str, *wanted: str) -> None:
        """Type a line that must be refused in words, and leave nothing in the diary."""
        before = self.entries()
        ended = self(*words.split())
        assert (ended.status, ended.out) == (2, "")
        assert "Traceback" not in ended.err
        assert [word for word in wanted if word not in ended.err] == [], ended.err
        assert self.entries() == before

    def entries(self) -> tuple[Entry, ...]:
        """What is in force."""
        with open_store(self.place) as store:
            return current(store)


@pytest.fixture
def ana(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Runner:
    """A runner without a plan, at a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    return Runner(tmp_path / "diary.db", capsys)


@pytest.fixture
def today() -> dt.date:
    """The day on the clock, as the program asks for it."""
    return dt.datetime.now().astimezone().date()


@pytest.fixture
def jonas(ana: Runner, today: dt.date) -> Runner:
    """A runner whose plan holds a heavy session today."""
    text = re.sub(r"\bTue\b", str(today), WEEK)
    text = "|".join(part for part in text.split("|") if str(today) in part)
    first = monday(today)
    with open_store(ana.place) as store:
        document = a_document(text, first=first)
        add(store, [kept(document, date=first)], now=dt.datetime.now(dt.UTC))
    return ana


def whats(runner: Runner, kind: type) -> list[object]:
    """What of one kind the diary holds."""
    return [e.what for e in runner.entries() if isinstance(e.what, kind)]


# help ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(ana: Runner, command: str) -> None:
    """Help has status 0, names the command and how to choose another diary."""
    ended = ana(command, "--help")
    assert ended.status == 0
    assert f"midstance {command}" in ended.out
    assert "--diary" in ended.out


def test_help_loads_no_planner() -> None:
    """Help of a diary command neither loads the catalogue nor the search."""
    code = ("import sys\nfrom midstance.cli.main import main\ntry: main(['log', '--help'])\nexcept SystemExit: pass\n"
            "heavy = ('numpy', 'midstance.planning.search', 'midstance.catalogue.load')\n"
            "print([m for m in heavy if m in sys.modules])")
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "[]"


# checkin ---------------------------------------------------------------------------------------------------------


def test_checkin_answers_at_once(ana: Runner) -> None:
    """What was noted, the light with its reasons, and how to take it back."""
    out = ana.fine("checkin --sleep 4 --life 7 --pain knee:left:4")
    assert "4 h of sleep, life load 7 of 10 and pain 4 of 10 at the left knee" in " ".join(out.split())
    assert "AMBER" in out
    assert "Pain at the left knee" in out
    assert "no heavy strength" in out
    assert BATCH.search(out)
    assert len(whats(ana, CheckIn)) == 1


def test_a_good_morning_is_green(ana: Runner) -> None:
    """A good night asks for nothing."""
    out = ana.fine("checkin --sleep 8")
    assert "GREEN" in out
    assert "  - " not in out


def test_red_flags_stand_in_plain_words(ana: Runner) -> None:
    """Pain of a bone stops the day, sends to a doctor and lists the other signs; a mild illness lists none."""
    out = ana.fine("checkin --pain shin:right:3:bone")
    assert "RED: no training today." in out
    assert "doctor" in out
    assert "A limp for more than two days." in out
    assert "does not diagnose" in out
    ill = ana.fine("checkin --ill fever --date 2026-01-05")
    assert "You named fever" in ill
    assert "A limp for more than two days." not in ill


def test_checkin_points_to_the_plan_where_one_is_kept(jonas: Runner) -> None:
    """A morning that changes the day says where to see how; a good one, and one without plan, do not."""
    assert "midstance today" not in jonas.fine("checkin --sleep 8")
    assert "midstance today" in jonas.fine("checkin --sleep 4")


def test_symptoms_that_are_gone(ana: Runner) -> None:
    """The word none says so."""
    assert "symptoms are gone" in ana.fine("checkin --ill none")


@pytest.mark.parametrize(("words", "wanted"), [
    ("checkin --sleep 30", ("--sleep", "0 to 24 h")),
    ("checkin --resting-hr 5 --mood x", ("--resting-hr", "20 to 200", "--mood", "0 to 10")),
    ("checkin --pain nee:4", ("--pain", "knee")),
    ("checkin --date 2999-01-01 --sleep 7", ("--date", "2999-01-01")),
    ("checkin --slep 7", ("--slep",)),
    ("checkin", ("--sleep", "terminal")),
])
def test_checkin_refuses_in_words(
    ana: Runner, words: str, wanted: tuple[str, ...], monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The option and what is possible are named, status 2, nothing is written."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    ana.refused(words, *wanted)


def test_checkin_asks_at_a_terminal(ana: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without options the questions come; only Enter notes nothing, one answer is noted."""
    class Terminal:
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("builtins.input", lambda question: "")
    assert "nothing was noted" in ana("checkin").out
    assert ana.entries() == ()
    monkeypatch.setattr("builtins.input", lambda question: "7,5" if "Hours" in question else "")
    assert "7.5 h of sleep" in ana("checkin").out
    assert whats(ana, CheckIn) == [CheckIn(sleep_h=7.5)]


# log -------------------------------------------------------------------------------------------------------------


def test_log_notes_sets_and_says_what_comes_next(jonas: Runner, today: dt.date) -> None:
    """The line, the planned session, the next weight with its reason, and the way back."""
    out = jonas.fine("log goblet-squat 3x8 16kg @2")
    assert "Goblet squat, 3 sets of 8 reps, 16 kg, 2 in reserve" in " ".join(out.split())
    assert f"s-{today}-1800" in out
    assert "Next time: " in out
    assert "Goblet squat" in out.split("Next time: ")[1]
    assert len(whats(jonas, SetDone)) == 3
    more = jonas.fine("log goblet squat 6 16kg")
    assert "set 4 of the day" in " ".join(more.split())


def test_log_without_a_plan(ana: Runner) -> None:
    """Sets are kept, and what a plan would add is said."""
    out = ana.fine("log single-leg-calf-raise 12,11 8kg --left --pain 1")
    assert "2 sets of 12, 11 reps, 8 kg, left side, pain 1 of 10" in " ".join(out.split())
    assert "--save" in out


def test_log_shows_the_runners_units(ana: Runner, today: dt.date) -> None:
    """Pounds stay pounds on the screen of a runner who counts in them."""
    with open_store(ana.place) as store:
        document = a_document(f"{today} 18:00 heavy 24min: A1 goblet-squat 3x8", runner='units = "imperial"',
                              first=monday(today))
        add(store, [kept(document, date=monday(today))], now=dt.datetime.now(dt.UTC))
    assert "35 lb" in ana.fine("log goblet-squat 3x8 35lb @2")


def test_examples_are_in_the_runners_units(ana: Runner, today: dt.date) -> None:
    """Who counts in pounds reads no kilogram in what to type next."""
    text = f"{today} 18:00 heavy 24min: A1 goblet-squat 3x8 16kg @2RIR"
    with open_store(ana.place) as store:
        document = a_document(text, runner='units = "imperial"', first=monday(today))
        add(store, [kept(document, date=monday(today))], now=dt.datetime.now(dt.UTC))
    assert "goblet-squat 3x8 35lb" in ana.fine("progress")
    out = " ".join(ana.fine("log session").split())
    assert re.search(r"midstance log \S+ \dx\d+ \d+(\.5)?lb", out)
    assert "kg" not in out
    ana.fine("log goblet-squat 3x8 35lb @2")
    assert "35 lb" in ana.fine("undo")


def test_log_in_another_unit_is_kept_and_said(ana: Runner) -> None:
    """A hold of an exercise that counts repetitions is no repetition."""
    assert "do not move its weight" in " ".join(ana.fine("log goblet-squat 3x20s 16kg").split())


def test_pain_in_a_set_stops_the_day(jonas: Runner) -> None:
    """Pain of 7 says stop, and the next weight is none."""
    out = jonas.fine("log goblet-squat 3x8 16kg --pain 7")
    assert "STOP: " in out
    assert "Next time" in out


def test_log_session_in_one_line(jonas: Runner, today: dt.date) -> None:
    """Minutes and exertion make the load, sets are not made up, and a second line corrects the first."""
    out = " ".join(jonas.fine("log session --minutes 26 --rpe 7").split())
    assert f"Heavy strength (s-{today}-1800) done, 26 min, exertion 7 of 10 (very hard)" in out
    assert "182 AU" in out
    assert "No sets are logged for Goblet squat, Single-leg calf raise and Plank" in out
    assert "midstance log goblet-squat 3x6 16kg @2" in out
    assert whats(jonas, SetDone) == []
    assert "Corrected for today" in jonas.fine("log session --rpe 6")
    assert len(whats(jonas, SessionDone)) == 1


def test_an_example_of_minutes_is_not_the_number_that_counts(jonas: Runner, today: dt.date) -> None:
    """Where the plan's minutes count, the line that tells others names others."""
    out = " ".join(jonas.fine("log session").split())
    assert f"so 24 min count: midstance log session s-{today}-1800 --minutes 19" in out


def test_a_kind_that_is_not_planned_stands_alone(jonas: Runner) -> None:
    """Mobility on a heavy day leaves the heavy session as it is."""
    assert "Mobility (not planned) done, 30 min" in jonas.fine("log session mobility --minutes 30")
    assert "what such a session usually takes" in " ".join(jonas.fine("log session upper --rpe 4").split())
    assert "Heavy strength (s-" in jonas.fine("log session heavy --minutes 30")
    assert [done.session == "" for done in whats(jonas, SessionDone) if isinstance(done, SessionDone)] == [
        True, True, False]


def test_a_weight_like_a_slip_is_named_first(jonas: Runner) -> None:
    """The first line says so with the way back; the sets are written, and the way back takes them."""
    jonas.fine("log goblet-squat 3x8 16kg @2")
    first, *_ = jonas.fine("log goblet-squat 3x8 300kg").splitlines()
    assert first.startswith("300 kg is much more than 16 kg so far. A slip?")
    found = BATCH.search(first)
    assert found is not None
    assert len(whats(jonas, SetDone)) == 6
    jonas.fine(f"undo {found[1]}")
    assert len(whats(jonas, SetDone)) == 3


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_answers_fit_the_terminal(jonas: Runner, monkeypatch: pytest.MonkeyPatch, today: dt.date, columns: int) -> None:
    """Each answer keeps to the terminal's width, and uses a wide one."""
    monkeypatch.setenv("COLUMNS", str(columns))
    longest = 0
    for kg, days in ((12, 7), (16, 0)):
        for line in (f"goblet-squat 3x8 {kg}kg @2", "single-leg-calf-raise 3x8 --left",
                     "single-leg-calf-raise 3x14 --right"):
            jonas("log", *line.split(), "--date", str(today - dt.timedelta(days=days)))
    for words in ("checkin --sleep 3 --pain shin:left:5:bone", "checkin --ill none", "log goblet-squat 3x8 400kg",
                  "log session", f"rpe s-{today}-1800 6", "progress", "doctor", "undo"):
        out = jonas(*words.split()).out
        assert out
        lines = [line for line in out.splitlines() if str(jonas.place.parent) not in line]
        assert [line for line in lines if len(line) > columns] == []
        longest = max(longest, *map(len, lines))
    assert longest > columns - 10


def test_no_time_is_said_so(ana: Runner) -> None:
    """Nought minutes are no time, not at most none."""
    out = ana.fine("checkin --minutes 0")
    assert "Noted for today" in out
    assert "no time today" in out
    assert "0 min" not in out


@pytest.mark.parametrize(("words", "wanted"), [
    ("log goblet-sqat 3x8", ("goblet-sqat", "did you mean goblet-squat")),
    ("log goblet-squat", ("3x8",)),
    ("log goblet-squat 3x8 16", ("16kg",)),
    ("log goblet-squat 3x8 --left", ("--left",)),
    ("log goblet-squat 3x8 --pain 11", ("--pain", "0 to 10")),
    ("log goblet-squat 3x8 -5kg", ("-5kg", "a weight is not negative")),
    ("log goblet-squat 3x8 --sets 3", ("--sets", "midstance log --help")),
    ("log sesion", ("sesion", "did you mean session?")),
    ("log sesion --minutes 25", ("sesion", "did you mean session?")),
    ("log session", ("no session is planned", "midstance log session strength")),
    ("log session nonsense", ("nonsense", "mobility")),
    ("log session --pain 3", ("--pain",)),
    ("log", ("EXERCISE",)),
])
def test_log_refuses_in_words(ana: Runner, words: str, wanted: tuple[str, ...]) -> None:
    """Each mistake is named with what would be right, status 2, nothing is written."""
    ana.refused(words, *wanted)


# rpe and undo ----------------------------------------------------------------------------------------------------


def test_rpe_of_a_recorded_run(ana: Runner, today: dt.date) -> None:
    """A date with one run is enough; the load stands beside it."""
    start = dt.datetime.combine(today, dt.time(6, 30), tzinfo=dt.UTC)
    run = RunDone(start=start, local_start=start.replace(tzinfo=None), seconds=3000)
    with open_store(ana.place) as store:
        add(store, [run_entry(run, an_origin())], now=start)
    out = ana.fine("rpe today 6")
    assert "Run of" in out
    assert "300 AU" in out


@pytest.mark.parametrize(("words", "wanted"), [
    ("rpe today 6", ("today", "midstance import")), ("rpe today 12", ("--rpe", "0 (rest) to 10")),
    ("rpe today", ("EXERTION",)), ("rpe nothing 5", ("nothing",)),
])
def test_rpe_refuses_in_words(ana: Runner, words: str, wanted: tuple[str, ...]) -> None:
    """An empty date, an impossible exertion and an unknown id are named."""
    ana.refused(words, *wanted)


def test_undo_says_what_it_took_back_and_brings_it_back(jonas: Runner) -> None:
    """The last command goes first; the id that undo prints restores, and says what counts again."""
    jonas.fine("checkin --sleep 7 --pain knee:3")
    jonas.fine("log goblet-squat 3x8 16kg @2")
    out = jonas.fine("undo")
    assert "Goblet squat, 3 sets of 8 reps, 16 kg, 2 in reserve" in " ".join(out.split())
    assert whats(jonas, SetDone) == []
    found = BATCH.search(out)
    assert found is not None
    again = jonas.fine(f"undo {found[1]}")
    assert "Back in force again: Goblet squat" in again
    assert len(whats(jonas, SetDone)) == 3
    assert "Goblet squat" in jonas.fine("undo")
    assert "the check-in (pain at the knee)" in jonas.fine("undo")
    assert "the plan p" in jonas.fine("undo")
    jonas.refused("undo", "nothing to take back")


def test_undo_by_id(ana: Runner) -> None:
    """Any earlier command is taken back by the id that it printed; an unknown one is refused."""
    found = BATCH.search(ana.fine("log push-up 12"))
    ana.fine("checkin --sleep 7")
    assert found is not None
    assert "Push-up" in ana.fine(f"undo {found[1]}")
    assert [type(e.what) for e in ana.entries()] == [CheckIn]
    ana.refused("undo ffff", "ffff")


def test_undo_of_an_import_counts_what_it_takes(ana: Runner, today: dt.date) -> None:
    """Dozens of entries are told by their number, dates and file."""
    entries = []
    for day in range(20):
        start = dt.datetime.combine(today - dt.timedelta(days=day), dt.time(6), tzinfo=dt.UTC)
        entries.append(run_entry(RunDone(start=start, local_start=start.replace(tzinfo=None), seconds=3000),
                                 an_origin("import", name="watch.zip")))
    with open_store(ana.place) as store:
        add(store, entries, now=dt.datetime.now(dt.UTC))
    out = " ".join(ana.fine("undo").split())
    assert "20 recorded runs" in out
    assert "from watch.zip" in out


# progress --------------------------------------------------------------------------------------------------------


def test_progress_of_an_empty_diary_is_friendly(ana: Runner) -> None:
    """It says what to do first; JSON is one document all the same."""
    out = ana.fine("progress")
    assert "midstance log" in out
    assert json.loads(ana.fine("progress --format json"))["strength"] == []


def test_progress_fits_a_terminal_and_names_units_and_sources(jonas: Runner, today: dt.date) -> None:
    """Every part is there, no line is longer than 80 columns, and nothing speaks of the risk of an injury."""
    for days, kg in ((14, 12), (7, 16), (0, 20)):
        date = str(today - dt.timedelta(days=days))
        jonas.fine(f"log goblet-squat 3x8 {kg}kg @2 --date {date}")
        jonas.fine(f"log single-leg-calf-raise 3x8 --left --date {date}")
        jonas.fine(f"log single-leg-calf-raise 3x14 --right --date {date}")
        jonas.fine(f"log farmers-carry 3x{10 + kg}steps 2x{kg}kg --date {date}")
    jonas.fine("log session --minutes 25 --rpe 6")
    out = jonas.fine("progress")
    for word in ("Strength", "Goblet squat", "kg", "3 days", "Load by week", "AU", "min", "easy", "Sessions kept",
                 "Left and right", "left: notable", "midstance default", "R24", "R1", "R60"):
        assert word in out
    assert "risk" not in out
    report = json.loads(jonas.fine("progress --format json"))
    assert report["date"] == str(today)
    assert report["strength"][0]["points"]
    assert report["sides"][0]["left"] < report["sides"][0]["right"]
    assert {"strength", "load_au", "easy_share", "adherence", "sides"} <= report["sources"].keys()


def test_progress_of_an_earlier_date(ana: Runner, today: dt.date) -> None:
    """Of a date before everything there is nothing to show."""
    ana.fine("log push-up 12")
    assert "Push-up" in ana.fine("progress")
    assert "Push-up" not in ana.fine(f"progress --date {today - dt.timedelta(days=30)}")


# export, restore, doctor -----------------------------------------------------------------------------------------


def test_everything_out_and_in_again(jonas: Runner, tmp_path: Path) -> None:
    """The archive restores a diary of the same entries; a second time nothing is new."""
    jonas.fine("log goblet-squat 3x8 16kg @2")
    path, other = tmp_path / "all.zip", tmp_path / "new.db"
    out = jonas("export", "-o", str(path)).out
    assert "4 entries" in out
    assert "entries.jsonl" in zipfile.ZipFile(path).namelist()
    first, second = (jonas("restore", str(path), diary=other) for _ in range(2))
    assert (first.status, second.status) == (0, 0)
    assert "4 entries restored" in first.out
    assert "midstance undo does not take this back as one" in first.out
    assert "4 were there already" in " ".join(second.out.split())
    assert "undo" not in second.out
    with open_store(other) as store:
        assert current(store) == jonas.entries()


def test_another_runners_archive_is_refused(jonas: Runner, tmp_path: Path) -> None:
    """Status 2, nothing is added, and a new diary is the remedy."""
    path, other = tmp_path / "all.zip", tmp_path / "other.db"
    jonas("export", "-o", str(path))
    with open_store(other) as store:
        add(store, [kept(a_document(runner='name = "Vera"'))], now=dt.datetime.now(dt.UTC))
    ended = jonas("restore", str(path), diary=other)
    assert ended.status == 2
    assert "--diary NEW.db" in ended.err
    with open_store(other) as store:
        assert store.count() == 1


def test_a_damaged_archive_gives_what_is_whole(jonas: Runner, tmp_path: Path) -> None:
    """A line that cannot be read is named, the others come in, status 1."""
    path, broken = tmp_path / "all.zip", tmp_path / "broken.zip"
    jonas.fine("log push-up 12")
    jonas("export", "-o", str(path))
    with zipfile.ZipFile(path) as good, zipfile.ZipFile(broken, "w") as bad:
        for name in good.namelist():
            data = good.read(name)
            bad.writestr(name, data + b"{nonsense\n" if name == "entries.jsonl" else data)
    ended = jonas("restore", str(broken), diary=tmp_path / "new.db")
    assert ended.status == 1
    assert "entries.jsonl, line 3" in ended.err
    assert "2 entries restored" in ended.out


def test_the_plan_in_force_is_a_calendar(
    jonas: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its sessions are events; without a plan the remedy is named."""
    monkeypatch.chdir(tmp_path)
    assert "in force" in jonas.fine("export --format ics -o plan.ics")
    assert "Heavy" in (tmp_path / "plan.ics").read_text("utf-8")
    ended = jonas("export", "--format", "ics", "-o", "plan.ics", diary=tmp_path / "empty.db")
    assert ended.status == 2
    assert "midstance plan RUNNER.toml --save" in ended.err


@pytest.mark.parametrize(("words", "wanted"), [
    ("export", ("--output",)),
    ("export --format pdf -o x.pdf", ("pdf is not there yet", "archive", "ics", "fit")),
    ("export -o no-such-folder/x.zip", ("no-such-folder",)), ("restore nowhere.zip", ("nowhere.zip",)),
])
def test_export_and_restore_refuse_in_words(
    ana: Runner, words: str, wanted: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A missing name, a form that is not there, a folder and an archive that do not exist."""
    monkeypatch.chdir(tmp_path)
    ana.refused(words, *wanted)


def test_doctor(ana: Runner, tmp_path: Path) -> None:
    """No diary and a well one are status 0, a damaged one 1 with what to do; nothing is made."""
    assert "no diary here yet" in ana("doctor").out
    assert not ana.place.exists()
    ana.fine("log push-up 12")
    well = ana("doctor")
    assert (well.status, well.out.splitlines()[0]) == (0, "The diary is well.")
    bad = tmp_path / "bad.db"
    bad.write_bytes(b"no diary at all" * 100)
    ended = ana("doctor", diary=bad)
    assert ended.status == 1
    assert "The diary is damaged." in ended.out
    assert "midstance restore" in ended.out


def test_the_usual_place_is_the_environments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    """Without --diary the diary of MIDSTANCE_DIARY is used."""
    place = tmp_path / "mine.db"
    monkeypatch.setenv("MIDSTANCE_DIARY", str(place))
    main: Callable[[list[str]], None] = cli.main
    with pytest.raises(SystemExit):
        main(["log", "push-up", "12"])
    assert "Push-up" in capsys.readouterr().out
    with open_store(place) as store:
        assert len(current(store)) == 1
