"""Exports of Hevy and Strong: what a row says, in every order of columns, and what is left out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from builders_logs import hevy, hevy_row, strong, strong_row, table
from midstance import formats
from midstance.catalogue.load import load_catalogue
from midstance.discover import discover
from midstance.formats import _strength_log, hevy_csv, strong_csv
from midstance.formats._format import Format
from midstance.formats._strength_log import ALIASES, NOT_OURS, exercise_id
from midstance.services import strength_logs

if TYPE_CHECKING:
    from midstance.formats._format import Parsed

START = dt.datetime.fromisoformat("2026-11-03T18:05")
START_S = dt.datetime.fromisoformat("2026-11-03T18:05:12")


def only_set(parsed: Parsed):
    """The one set of the one workout."""
    (workout,) = parsed.entries
    (done,) = workout.sets
    return done


def test_a_hevy_set_is_read_with_everything_it_says():
    """Weight, repetitions, reserve, note and the workout's start, length and name come out of a row."""
    data = hevy(hevy_row(rpe=8.5, exercise_notes="belt", description="good"))
    (workout,) = hevy_csv.parse(data, "h.csv").entries
    (done,) = workout.sets
    assert (workout.start, workout.minutes, workout.title) == (START, 50, "Legs: good")
    assert (done.exercise, done.amount, done.unit, done.weight_kg, done.rir) == ("Squat (Barbell)", 8, "reps", 60, 1.5)
    assert (done.note, done.warm_up) == ("belt", False)


def test_a_strong_set_is_read_with_everything_it_says():
    """The same of Strong, whose dates have seconds and whose length is in words."""
    parsed = strong_csv.parse(strong(strong_row(RPE=9)), "s.csv")
    (workout,) = parsed.entries
    assert (workout.start, workout.minutes) == (START_S, 68)
    assert (only_set(parsed).weight_kg, only_set(parsed).rir) == (60, 1)
    assert "no unit and are taken as kg" in parsed.faults[0].says


@pytest.mark.parametrize(("kind", "warm_up", "rir", "note"), [
    ("normal", False, None, ""), ("warmup", True, None, ""), ("failure", False, 0, ""), ("dropset", False, None,
                                                                                         "drop set")])
def test_kinds_of_hevy_sets(kind, warm_up, rir, note):
    """Warm-up sets are marked, a set to failure leaves no reserve, a drop set says so."""
    done = only_set(hevy_csv.parse(hevy(hevy_row(set_type=kind)), "h.csv"))
    assert (done.warm_up, done.rir, done.note) == (warm_up, rir, note)


@pytest.mark.parametrize(("order", "warm_up", "rir"), [("W", True, None), ("F", False, 0), ("D", False, None)])
def test_letters_in_the_place_of_strong_s_set_number(order, warm_up, rir):
    """Strong writes the kind of a set where its number stands."""
    done = only_set(strong_csv.parse(strong(strong_row(Set_Order=order)), "s.csv"))
    assert (done.warm_up, done.rir) == (warm_up, rir)


def test_strong_s_rest_timers_and_notes_are_no_sets():
    """Rows of the rest timer and of notes are passed over without a word."""
    rows = [strong_row(), strong_row(Set_Order="Rest Timer", Reps=0, Weight=0, Seconds=120),
            strong_row(Set_Order="Note", Reps="", Weight="")]
    parsed = strong_csv.parse(strong(*rows), "s.csv")
    assert len(parsed.entries[0].sets) == 1
    assert len(parsed.faults) == 1


ANDROID = ("Date", "Workout Name", "Exercise Name", "Set Order", "Weight", "Weight Unit", "Reps", "RPE", "Distance",
           "Distance Unit", "Seconds", "Notes", "Workout Notes", "Workout Duration")
QUOTED = ("Workout #", "Date", "Workout Name", "Duration (sec)", "Exercise Name", "Set Order", "Weight (kg)", "Reps",
          "RPE", "Distance (meters)", "Seconds", "Notes", "Workout Notes")
OLDEST = ("Date", "Workout Name", "Exercise Name", "Set Order", "lbs", "Reps", "mi.", "Seconds", "Notes")
SHARED = {"Date": "2026-11-03 18:05:12", "Workout Name": "A", "Exercise Name": "Deadlift", "Set Order": 1, "Reps": 5}


@pytest.mark.parametrize(("names", "row", "delimiter", "weight", "minutes"), [
    (ANDROID, {"Weight": "102,5", "Weight Unit": "kg", "Workout Duration": "53m"}, ";", 102.5, 53),
    (ANDROID, {"Weight": 225, "Weight Unit": "lbs", "Workout Duration": "264h 1m"}, ";", 102.06, None),
    (QUOTED, {"Weight (kg)": "50.0", "Duration (sec)": 5060}, ";", 50, 84.3),
    (OLDEST, {"lbs": 45}, ";", 20.41, None)])
def test_older_and_other_orders_of_strong_s_columns(names, row, delimiter, weight, minutes):
    """Commas or semicolons, the unit in a column or a heading, the length in words or seconds: all are read."""
    data = table(names, [SHARED | row], delimiter=delimiter)
    assert strong_csv.sniff(data)
    parsed = strong_csv.parse(data, "s.csv")
    assert (only_set(parsed).weight_kg, parsed.entries[0].minutes, parsed.faults) == (weight, minutes, ())


def test_pounds_become_kilograms():
    """Hevy's heading and the runner's word for Strong both count; 88.18 lb is the 40 kg that the app holds."""
    assert only_set(hevy_csv.parse(hevy(hevy_row(weight_kg=88.18), pounds=True), "h.csv")).weight_kg == 40
    parsed = strong_csv.parse(strong(strong_row(Weight=100)), "s.csv", pounds=True)
    assert only_set(parsed).weight_kg == 45.36
    assert "taken as lb" in parsed.faults[0].says
    assert "--weights kg" in parsed.faults[0].remedy


def test_help_is_no_weight():
    """The weight of an assisted exercise is help, not load."""
    done = only_set(hevy_csv.parse(hevy(hevy_row("Pull Up (Assisted)", weight_kg=20)), "h.csv"))
    assert (done.weight_kg, done.note) == (None, "20 kg of help")


def test_seconds_are_kept_where_there_are_no_repetitions():
    """A hold counts in seconds and no weight is no weight."""
    done = only_set(hevy_csv.parse(hevy(hevy_row("Plank", reps="", weight_kg="", duration_seconds=45)), "h.csv"))
    assert (done.amount, done.unit, done.weight_kg) == (45, "seconds", None)


def test_running_in_a_strength_log_is_no_set():
    """A treadmill run is left out, counted and said: the watch tells it."""
    rows = [hevy_row(), hevy_row("Treadmill", reps="", weight_kg="", duration_seconds=1800, distance_km=5),
            hevy_row("Running", reps="", weight_kg="", duration_seconds=240)]
    parsed = hevy_csv.parse(hevy(*rows), "h.csv")
    assert [done.exercise for done in parsed.entries[0].sets] == ["Squat (Barbell)"]
    assert parsed.ignored == 2
    assert "recordings tell it (rows: 2)" in parsed.faults[0].says


def test_a_note_that_is_repeated_with_every_set_is_kept_once():
    """Hevy repeats an exercise's note in each row."""
    parsed = hevy_csv.parse(hevy(hevy_row(exercise_notes="slow"), hevy_row(exercise_notes="slow")), "h.csv")
    assert [done.note for done in parsed.entries[0].sets] == ["slow", ""]


@pytest.mark.parametrize(("broken", "says"), [
    ({"reps": "many"}, 'reps is "many", not a number'), ({"start_time": "soon"}, 'its date is "soon"'),
    ({"start_time": ""}, "it has no date"), ({"start_time": "3 Nov 1890, 18:05"}, "its date"),
    ({"exercise_title": ""}, "the exercise has no name"), ({"exercise_title": "x" * 400}, "the exercise is"),
    ({"rpe": 45}, "RPE is 45"), ({"weight_kg": 5000}, "weight_kg is 5000"), ({"reps": 20_000}, "reps is 20000")])
def test_a_broken_row_is_named_and_the_others_stay(broken, says):
    """Each kind of broken row is named with its line, and the good half of the file is read."""
    parsed = hevy_csv.parse(hevy(hevy_row(), hevy_row(**broken), hevy_row(reps=9)), "h.csv")
    assert [done.amount for done in parsed.entries[0].sets] == [8, 9]
    (fault,) = parsed.faults
    assert fault.place == "line 3"
    assert says in fault.says
    assert not fault.fatal


def test_many_broken_rows_are_counted():
    """Ten broken rows are spelled out, the others counted."""
    parsed = hevy_csv.parse(hevy(hevy_row(), *[hevy_row(reps="x")] * 25), "h.csv")
    assert len(parsed.faults) == 11
    assert "(rows: 15)" in parsed.faults[-1].says


@pytest.mark.parametrize("data", [hevy(), hevy(hevy_row(reps="", weight_kg="")), hevy(hevy_row(reps="x"))])
def test_a_log_without_any_set_cannot_be_used(data):
    """A heading alone, empty sets and broken ones alone are one fatal fault."""
    parsed = hevy_csv.parse(data, "h.csv")
    assert parsed.entries == ()
    assert parsed.faults[0].fatal


def test_a_log_too_large_is_refused(monkeypatch):
    """The size that is read is bounded, in words."""
    monkeypatch.setattr(_strength_log, "MOST_BYTES", 100)
    (fault,) = hevy_csv.parse(hevy(hevy_row()), "h.csv").faults
    assert "are read up to" in fault.says


def test_each_sample_is_claimed_by_its_app_alone():
    """Content decides, with a byte order mark and with other line ends too; other tables belong to nobody."""
    samples = {"hevy": hevy(hevy_row()), "strong": strong(strong_row())}
    formats = {"hevy": hevy_csv.FORMAT, "strong": strong_csv.FORMAT}
    for name, data in samples.items():
        for form in (data, b"\xef\xbb\xbf" + data, data.replace(b"\n", b"\r\n"), data.decode().encode("utf-16")):
            assert [key for key, format_ in formats.items() if format_.sniff(form)] == [name]
    for other in (b"", b"date,start,minutes\n2026-11-03,06:30,45\n", b"\x00\x01", b"GIF89a", b'"'):
        assert not any(format_.sniff(other) for format_ in formats.values())


def test_dates_in_the_other_ways_apps_write_them():
    """Twelve hours with a narrow space, ISO with an offset: all are understood."""
    starts = {"2026-11-03 6:05:12\u202fPM": START_S,
              "2026-11-03T18:05:12+01:00": START_S.replace(tzinfo=dt.timezone(dt.timedelta(hours=1)))}
    for text, start in starts.items():
        assert strong_csv.parse(strong(strong_row(Date=text)), "s.csv").entries[0].start == start


def test_aliases_lead_to_exercises_that_exist():
    """Every alias names an exercise of the catalogue, and is written as names are compared."""
    exercises = load_catalogue().exercises
    assert [alias for alias, key in ALIASES.items() if key not in exercises] == []
    assert [alias for alias in ALIASES if exercise_id(alias.upper(), exercises) == alias.upper()] == []
    assert [name for name in NOT_OURS if exercise_id(name, exercises) != name] == []


@pytest.mark.parametrize(("name", "found"), [
    ("Goblet Squat", "goblet-squat"), ("Squat (Barbell)", "barbell-back-squat"), ("Farmer's Walk", "farmers-carry"),
    ("Push-Up", "push-up"), ("Squat (Smith Machine)", "Squat (Smith Machine)"),
    ("Seated Calf Raise", "Seated Calf Raise"), ("深蹲", "深蹲")])
def test_names_are_mapped_only_where_they_mean_the_same(name, found):
    """A name that is the catalogue's or an alias becomes an id; a machine stays a machine."""
    assert exercise_id(name, load_catalogue().exercises) == found


def test_every_log_format_is_asked():
    """A format that reads strength logs is among those that the import tries."""
    found = {format_.id for format_ in discover(formats, Format) if format_.role == "strength-log"}
    assert found == {format_.id for format_ in strength_logs.FORMATS}
