"""The runner's file: what is read, what is refused, and in which words."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import fields

import pytest
from hypothesis import HealthCheck, given, settings

from midstance.domain.run import RunType
from midstance.domain.runner import Blocked, Injury, Level, Lift, Race, Runner, Thresholds
from midstance.formats._format import InputError
from midstance.formats._runner_fields import FIELDS, TABLES
from midstance.formats._toml_lines import key_lines
from midstance.formats.runner_toml import FORMAT, parse_runner, render_runner
from strategies import runners

LEAST = """[runner]
timezone = "Europe/Lisbon"
running_level = "intermediate"
strength_level = "beginner"
goal = "10k"
"""
WHOLE = LEAST + """name = "Ana"
birth_year = 1990
sex = "female"
units = "imperial"
strength_since = 2026-05-01
equipment = ["kettlebell", "step", "kettlebell"]
weights_kg = [16, 8, 12, 16]
bar_kg = 20
plates_kg = [20, 20, 10]
body_mass_kg = 61
easy_pace = "6:10"
run_start = "06:15"
recent_week_km = 34
recent_longest_km = 14
session_minutes = 25
sessions_a_week = [3, 4]
strength_days = ["fri", "tue"]
primers = "off"
hard_days_hard = true
indoor_months = [12, 1]
likes = ["kettlebell"]
dislikes = ["plank"]

[availability]
mon = ["18:00-19:30", "19:00-20:30"]
tue = ["06:00-08:30", "18:00-24:00"]
sun = []

[[blocked]]
from = 2027-02-01
to = 2027-02-05

[[races]]
date = 2027-02-14
start = "10:00"
name = "City 10 km"
distance_km = 10
priority = "B"

[[running]]
day = "tue"
start = "06:30"
minutes = 50
type = "intervals"

[[running]]
day = "wed"
minutes = 40
type = "easy"

[[injuries]]
area = "achilles"
side = "left"
since = 2026-03-01
until = 2026-05-15

[[lifts]]
exercise = "goblet-squat"
weight_kg = 16
reps = 10
rir = 2

[thresholds]
hr_max = 188
hr_rest = 52
pace_threshold = "4:55"

[assessment]
knee-to-wall-cm = { left = 7, right = 11 }
plank-s = 45
"""


def faults(text: str | bytes) -> list[str]:
    """All that is said about a file that is refused."""
    with pytest.raises(InputError) as caught:
        parse_runner(text if isinstance(text, bytes) else text.encode(), "ana.toml")
    return [str(fault) for fault in caught.value.faults]


def test_a_whole_file_is_read_into_one_shape() -> None:
    """Every key of the contract reaches the runner, sorted and merged where order means nothing."""
    ana = parse_runner(WHOLE.encode(), "ana.toml")
    assert (ana.name, ana.timezone, ana.units, ana.sex, ana.birth_year) == (
        "Ana", "Europe/Lisbon", "imperial", "female", 1990)
    assert (ana.running_level, ana.strength_level, ana.goal) == (Level.INTERMEDIATE, Level.BEGINNER, "10k")
    assert ana.equipment == ("kettlebell", "step")
    assert ana.weights_kg == (8, 12, 16, 16)
    assert (ana.bar_kg, ana.plates_kg, ana.body_mass_kg) == (20, (10, 20, 20), 61)
    assert (ana.easy_pace_s_per_km, ana.run_start_minute) == (370, 375)
    assert (ana.recent_week_km, ana.recent_longest_km, ana.session_minutes) == (34, 14, 25)
    assert (ana.sessions_a_week, ana.strength_days, ana.primers) == ((3, 4), (1, 4), "off")
    assert (ana.hard_days_hard, ana.indoor_months, ana.likes, ana.dislikes) == (
        True, (1, 12), ("kettlebell",), ("plank",))
    assert ana.availability == {0: ((1080, 1230),), 1: ((360, 510), (1080, 1440)), 6: ()}
    assert ana.blocked == (Blocked(first=dt.date(2027, 2, 1), last=dt.date(2027, 2, 5)),)
    assert ana.races == (
        Race(date=dt.date(2027, 2, 14), start_minute=600, name="City 10 km", distance_km=10, priority="B"),)
    assert [(run.day, run.start_minute, run.minutes, run.type) for run in ana.running] == [
        (1, 390, 50, RunType.INTERVALS), (2, None, 40, RunType.EASY)]
    assert ana.injuries == (
        Injury(area="achilles", side="left", since=dt.date(2026, 3, 1), until=dt.date(2026, 5, 15)),)
    assert ana.lifts == (Lift(exercise="goblet-squat", weight_kg=16, reps=10, rir=2),)
    assert ana.thresholds == Thresholds(hr_max=188, hr_rest=52, pace_threshold_s_per_km=295)
    assert ana.assessment == {"knee-to-wall-cm": {"left": 7, "right": 11}, "plank-s": 45}


def test_little_is_enough() -> None:
    """Four keys make a runner; everything else has a default, the name too."""
    ana = parse_runner(LEAST.encode(), "ana.toml")
    assert ana == Runner(name="Runner", timezone="Europe/Lisbon", running_level=Level.INTERMEDIATE,
                         strength_level=Level.BEGINNER, goal="10k")


@pytest.mark.parametrize("data", [
    b"\xef\xbb\xbf" + WHOLE.encode(), WHOLE.replace("\n", "\r\n").encode(), WHOLE.encode("utf-16"),
    WHOLE.encode("utf-16-le"), WHOLE.encode("cp1252"),
])
def test_encodings_and_line_ends_change_nothing(data: bytes) -> None:
    """A byte order mark, Windows line ends or another encoding of Unicode read as the same runner."""
    assert parse_runner(data, "ana.toml") == parse_runner(WHOLE.encode(), "ana.toml")


@pytest.mark.parametrize(("key", "value", "words"), [
    ("session_minutes", "900000000000", ("line 6", "session_minutes", "above the most", "10 to 45")),
    ("session_minutes", '"thirty"', ("session_minutes", '"thirty" is text', "whole number")),
    ("session_minutes", "true", ("session_minutes", "true is yes or no")),
    ("session_minutes", "20.5", ("20.5 is not whole",)),
    ("weights_kg", "[8, nan]", ("weights_kg", "nan is not a number")),
    ("weights_kg", "[8, -2, 9999]", ("-2 is below", "9999 is above")),
    ("weights_kg", "8", ("8 is a number, not a list",)),
    ("equipment", '["none", "kettlebell"]', ("equipment", "none", "kettlebell")),
    ("equipment", '["treadmill"]', ("treadmill", "equipment", "pull-up-bar")),
    ("equipment", '["kettelbell"]', ('was "kettlebell" meant?',)),
    ("sessions_a_week", "[4, 2]", ("sessions_a_week", "4, which is above 2")),
    ("sessions_a_week", "[4]", ("1 entries, not two",)),
    ("run_start", '"25:10"', ("run_start", "25:10")),
    ("run_start", '"24:00"', ("run_start", "24:00")),
    ("easy_pace", '"6.10"', ("easy_pace", "6.10", "minutes and seconds")),
    ("easy_pace", '"0:40"', ("easy_pace", "2:00")),
    ("primers", '"sometimes"', ("primers", "sometimes", '"auto"')),
    ("hard_days_hard", '"yes"', ("hard_days_hard", "not true or false")),
    ("strength_since", "2127-01-01", ("strength_since", "too far from today")),
    ("strength_since", '"2026-05-01"', ("strength_since", "not a date", "without quotes")),
    ("strength_since", "2026-05-01T10:00:00", ("a date with time, not a date",)),
    ("strength_days", '["tuesday"]', ("strength_days", '"tue" meant')),
    ("indoor_months", "[0, 13]", ("0 is below", "13 is above")),
    ("plates_kg", "[20, 20]", ("plates_kg", "bar_kg")),
    ("name", '""', ("name", "empty")),
    ("strenght_level", '"beginner"', ("line 6", "strenght_level", "was strength_level meant?")),
    ("hr_max", "180", ("hr_max", "belongs to [thresholds]")),
    ("distance_km", "10", ("distance_km", "belongs to [races]")),
])
def test_each_wrong_value_is_named_with_its_line_and_a_remedy(key: str, value: str, words: tuple[str, ...]) -> None:
    """A wrong value is one fault that names file, line and key, says what is wrong and what would be right."""
    found = faults(f"{LEAST}{key} = {value}\n")
    assert len(found) == 1
    assert found[0].startswith("ana.toml: line 6, runner ")
    assert all(word in found[0] for word in words), found[0]
    assert " - " in found[0]


@pytest.mark.parametrize(("block", "words"), [
    ("[availability]\ntue = [\"20:00-18:00\"]", ("tue", "20:00-18:00", "ends before it begins")),
    ("[availability]\ntue = [\"18:00-18:00\"]", ("tue", "has no length")),
    ("[availability]\ntuesday = []", ("tuesday", "was tue meant?")),
    ("[[blocked]]\nfrom = 2027-02-05\nto = 2027-02-01", ("line 8", "blocked", "2027-02-01")),
    ("[[injuries]]\narea = \"achilles\"\nsince = 2026-05-15\nuntil = 2026-03-01", ("injuries", "until", "2026-03-01")),
    ("[[injuries]]\narea = \"knees\"\nsince = 2026-05-15", ('"knee" meant',)),
    ("[[lifts]]\nexercise = \"goblet-squat\"\nweight_kg = 12", ("line 6", "reps is missing", "1 to 100")),
    ("[[lifts]]\nexercise = \"goblet-squat\"\nweight_kg = -8\nreps = 8", ("line 8", "-8", "weight_kg")),
    ("[[running]]\nday = \"tue\"\nminutes = -45\ntype = \"easy\"", ("line 8", "minutes", "-45")),
    ("[[running]]\nday = \"tue\"\nminutes = 45\ntype = \"sprinting\"", ("line 9", "type", "sprinting", "fartlek")),
    ("[[races]]\ndate = 2027-02-14\ndistance_km = 10\n[[races]]\ndate = 2027-02-14\ndistance_km = 5",
     ("line 10", "date of race 1")),
    ("[[running]]\nday = \"tue\"\nstart = \"06:30\"\nminutes = 45\ntype = \"easy\"\n"
     "[[running]]\nday = \"tue\"\nstart = \"07:00\"\nminutes = 45\ntype = \"easy\"", ("line 13", "tue 06:30")),
    ("[thresholds]\nhr_max = 150\nhr_threshold = 160", ("hr_threshold", "not below hr_max 150")),
    ("[assessment]\nknee-to-wall-cm = { left = 7 }", ("knee-to-wall-cm", "left and right")),
    ("[assessment]\n\"Knee to wall\" = 7", ("no test id",)),
    ("[raecs]\ndate = 2027-02-14", ("raecs", "was [races] meant?")),
    ("[races]\ndate = 2027-02-14\ndistance_km = 10", ("[[races]]",)),
])
def test_each_wrong_entry_is_named(block: str, words: tuple[str, ...]) -> None:
    """Contradictions and faults in the other tables are one fault each, with their place."""
    found = faults(LEAST + block + "\n")
    assert len(found) == 1, found
    assert all(word in found[0] for word in words), found[0]


def test_contradictions_across_keys_are_found() -> None:
    """Weights without equipment, one thing liked and disliked, and strength work before birth contradict each other."""
    text = LEAST + """equipment = ["none"]
weights_kg = [8]
likes = ["plank"]
dislikes = ["plank"]
birth_year = 1990
strength_since = 1980-01-01
"""
    found = faults(text)
    assert [line for line in (7, 9, 11) if any(f"line {line}," in fault for fault in found)] == [7, 9, 11]
    assert len(found) == 3


def test_all_faults_are_named_at_once_in_the_order_of_the_file() -> None:
    """A file with four mistakes is refused once, naming all four."""
    text = WHOLE.replace('"10k"', '"10 km"').replace('"6:10"', '"6.10"').replace("minutes = 50", "minutes = 0")
    found = faults(text.replace("hr_max", "hr_maxi"))
    assert [word in fault for word, fault in zip(("goal", "easy_pace", "minutes", "hr_maxi"), found, strict=True)] == [
        True] * 4


def test_what_is_required_is_asked_for_in_words() -> None:
    """Without its required keys a file is refused with what each of them is and what may be written."""
    found = faults("[runner]\nname = \"Ana\"\n")
    assert [key for key in ("timezone", "running_level", "strength_level", "goal") if any(
        f"{key} is missing" in fault for fault in found)] == ["timezone", "running_level", "strength_level", "goal"]


@pytest.mark.parametrize(("data", "words"), [
    (b"", ("empty", "[runner]")),
    (b"# only a remark\n", ("empty", "[runner]")),
    (b"[thresholds]\nhr_max = 180\n", ("[runner] is missing",)),
    (b'name = "Ana"\n', ("name", "below the line [runner]")),
    (b'[runner]\nname = "Ana\n', ("line 2", "parsed", "Ana")),
    (b"[[races]]\ndate = 2027-02-30\n", ("line 2", "2027-02-30", "parsed")),
    (b"runner = 5\n", ("not a table",)),
    (bytes(range(256)) * 10, ("not text",)),
    (b"\x00" * 500, ("not text",)),
    (b"a = " + b"[" * 5000, ("TOML",)),
    (b"a = " + b"9" * 5000, ("TOML",)),
    (b"#" * 300_000, ("0.3 MB",)),
])
def test_what_is_no_runners_file_is_refused_in_words(data: bytes, words: tuple[str, ...]) -> None:
    """Broken TOML, another file or no text at all is one clear refusal at once."""
    began = time.perf_counter()
    found = " ".join(faults(data))
    assert all(word in found for word in words), found
    assert time.perf_counter() - began < 2


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(runners())
def test_a_rendered_runner_reads_back_the_same(runner: Runner) -> None:
    """parse(render(runner)) == runner for every sound runner."""
    assert parse_runner(render_runner(runner).encode(), "x.toml") == runner


def test_the_fields_are_data_that_cover_the_domain() -> None:
    """Every attribute of the runner comes from the field table, and every field says what it is for."""
    read = {field.attribute for field in FIELDS if field.table == "runner"} | {table.name for table in TABLES}
    assert {field.name for field in fields(Runner)} - {"assessed_on"} <= read, "dates of results are the diary's"
    assert all(field.says and field.reader.words for field in FIELDS)
    assert [field.key for field in FIELDS if field.table == "runner" and field.required] == [
        "timezone", "running_level", "strength_level", "goal"]


def test_lines_are_found_behind_strings_and_dotted_keys() -> None:
    """Text in triple quotes hides no key lines, and dotted keys have the line they stand on."""
    lines = key_lines('[a]\nx = """\ny = 1\n"""\nb.c = 2\n[[d]]\n[[d]] # again\nk = 1\n')
    assert (lines[("a", "x")], lines[("a", "b", "c")], lines[("d", 1)], lines[("d", 1, "k")]) == (2, 5, 7, 8)
    assert ("a", "y") not in lines


def test_a_runners_file_is_known_by_its_first_table() -> None:
    """The sniffer knows a runner's file and no other TOML."""
    assert FORMAT.sniff(b"\xef\xbb\xbf# hello\n[runner]\n")
    assert not FORMAT.sniff(b"[project]\nname = 'x'\n")
