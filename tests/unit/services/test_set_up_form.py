"""The form of the set-up: answers to a runner and back, through the reader of runner.toml."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import a_runner
from midstance.domain.run import RunType
from midstance.domain.runner import Injury, Level, Runner
from midstance.formats._format import Fault, InputError
from midstance.formats.runner_toml import parse_runner, render_runner
from midstance.services.set_up_answers import answers_of
from midstance.services.set_up_fields import ASKS
from midstance.services.set_up_form import runner_from
from strategies import runners

TODAY = dt.date(2026, 11, 30)
LEAST = {"name": "Ana", "timezone": "Europe/Lisbon", "running_level": "intermediate", "strength_level": "beginner",
         "goal": "10k"}


def faults_of(answers: dict[str, str | tuple[str, ...]]) -> tuple[Fault, ...]:
    """Give the faults of some answers."""
    with pytest.raises(InputError) as refused:
        runner_from({**LEAST, **answers}, today=TODAY)
    return refused.value.faults


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(runners(), st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)))
def test_answers_lead_back_to_the_runner(runner: Runner, today: dt.date) -> None:
    """Whatever a runner's file says, showing it in the form and handing it in unchanged changes nothing."""
    assert runner_from(answers_of(runner, today=today), base=runner, today=today) == runner


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(runners())
def test_a_rendered_file_reads_back(runner: Runner) -> None:
    """The file that is handed out reads back to the same runner."""
    assert parse_runner(render_runner(runner).encode(), "runner.toml") == runner


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(runners())
def test_one_change_changes_one_thing(runner: Runner) -> None:
    """A new name changes the name and nothing else, to the last digit of every weight."""
    answers = {**answers_of(runner, today=TODAY), "name": "Somebody else"}
    assert runner_from(answers, base=runner, today=TODAY) == replace(runner, name="Somebody else")


def test_every_fault_at_once_with_its_field() -> None:
    """What is wrong in several steps is told together, by the names of the fields, in the order of the form."""
    found = faults_of({
        "birth_year": "1066", "race_3_date": "2027-02-31", "race_3_distance": "10", "run_tue_type": "easy",
        "run_tue_minutes": "soon", "run_8_day": "", "run_8_type": "easy", "run_8_minutes": "30",
        "free_wed_exact": "20:00-18:00", "weights_kg": "8, many", "bar_kg": "heavy", "easy_pace": "1:00",
        "test_balance_eyes_open_s_left": "8", "test_push_up_reps": "lots", "test_squat_depth": "deep",
        "injury_2_area": "knee",
        "injury_2_since": "yesterday", "hr_max": "150", "hr_rest": "160", "running_level": "good"})
    assert [fault.place for fault in found] == [
        "running_level", "birth_year", "race_3_date", "run_tue_minutes", "run_8_day", "easy_pace", "free_wed_exact",
        "weights_kg", "bar_kg", "test_balance_eyes_open_s_right", "test_push_up_reps", "test_squat_depth",
        "injury_2_since", "hr_rest"]
    assert all(fault.says and fault.remedy and fault.source == "your answers" for fault in found)
    assert not [fault for fault in found if "[[" in fault.remedy or "_kg" in fault.says + fault.remedy]


@pytest.mark.parametrize(("answers", "place", "words"), [
    ({"name": " "}, "", ""),
    ({"weights_kg": "8 stone"}, "weights_kg", "as in 8, 12, 2 x 16 kg"),
    ({"race_1_date": "2027-02-14"}, "race_1_distance", "0.1 to 500"),
    ({"race_1_distance": "other", "race_1_other": "far", "race_1_date": "2027-02-14"}, "race_1_other", "15 km"),
    ({"race_1_distance": "10", "race_2_distance": "5", "race_1_date": "2027-02-14", "race_2_date": "2027-02-14"},
     "race_2_date", "one race a date"),
    ({"weights_kg": "8 kg", "equipment": ()}, "weights_kg", "equipment"),
    ({"away_1_from": "2027-02-05", "away_1_to": "2027-02-01"}, "away_1_to", "exchange"),
    ({"injury_1_area": "knee", "injury_1_since": ""}, "injury_1_since", "a date"),
    ({"sessions_least": "4", "sessions_most": "2"}, "sessions_most", "least and most"),
])
def test_a_fault_says_what_would_be_right(
    answers: dict[str, str | tuple[str, ...]], place: str, words: str
) -> None:
    """A fault stands at its field, and its remedy is in the words of the form; a name may be left out."""
    if not place:
        assert runner_from({**LEAST, **answers}, today=TODAY).name == "Runner"
        return
    found = faults_of(answers)
    assert [fault.place for fault in found] == [place]
    assert words in found[0].says + found[0].remedy


def test_the_answers_of_a_whole_form() -> None:
    """Every kind of answer comes to its place in the runner."""
    runner = runner_from({
        **LEAST, "units": "imperial", "body_mass_kg": "134 lb", "easy_pace": "9:55", "recent_week_km": "20 mi",
        "equipment": ("kettlebell", "barbell"), "weights_kg": "2 x 35, 53 lb", "bar_kg": "20 kg",
        "plates_kg": "2x10 kg and 2 x 5 kg", "session_minutes": "25", "sessions_least": "2", "sessions_most": "3",
        "strength_days": ("fri", "tue"), "indoor_months": ("12", "1"), "hard_days_hard": "yes", "likes": "core, plank",
        "free_mon": ("early", "day", "evening"), "free_tue": (), "free_wed": ("early", "day"), "free_thu": ("evening",),
        "free_thu_exact": "12:00-13:00; 18:00-19:00", "race_1_distance": "21.0975", "race_1_date": "2027-02-14",
        "race_1_start": "10:00", "race_1_name": "City", "race_1_priority": "B", "race_2_distance": "other",
        "race_2_other": "9.3 mi", "race_2_date": "2027-03-14", "run_tue_type": "tempo", "run_tue_minutes": "50",
        "run_tue_start": "06:30", "run_8_day": "tue", "run_8_type": "easy", "run_8_minutes": "30", "hr_max": "188",
        "injury_1_area": "knee", "injury_1_side": "left", "injury_1_since": "2026-03-01", "away_1_from": "2026-12-24",
        "pace_threshold": "4:55 /km"}, today=TODAY)
    assert runner.body_mass_kg == pytest.approx(60.8, abs=0.05)
    assert runner.weights_kg == pytest.approx((15.88, 15.88, 24.04), abs=0.01)
    assert (runner.bar_kg, runner.plates_kg) == (20.0, (5.0, 5.0, 10.0, 10.0))
    assert (runner.easy_pace_s_per_km, runner.thresholds.pace_threshold_s_per_km) == (370, 295)
    assert (runner.sessions_a_week, runner.strength_days, runner.indoor_months) == ((2, 3), (1, 4), (1, 12))
    assert runner.availability == {
        1: (), 2: ((360, 1020),), 3: ((720, 780), (1080, 1140))}
    assert [(race.distance_km, race.priority, race.start_minute) for race in runner.races] == [
        (21.0975, "B", 600), (pytest.approx(14.97, abs=0.01), "A", None)]
    assert [(run.day, run.type, run.minutes, run.start_minute) for run in runner.running] == [
        (1, RunType.TEMPO, 50, 390), (1, RunType.EASY, 30, None)]
    assert runner.injuries == (Injury(area="knee", side="left", since=dt.date(2026, 3, 1)),)
    assert (runner.blocked[0].first, runner.blocked[0].last) == (dt.date(2026, 12, 24), dt.date(2026, 12, 24))
    assert (runner.hard_days_hard, runner.likes, runner.strength_level) == (True, ("core", "plank"), Level.BEGINNER)


def test_what_has_no_row_stays() -> None:
    """More races, runs and injuries than the form has rows for, and past races, stay as they are."""
    races = "".join(f'\n[[races]]\ndate = {TODAY + dt.timedelta(days=7 * n)}\ndistance_km = {5 + n}.25\n'
                    for n in range(-2, 12))
    runs = "".join(f'\n[[running]]\nday = "mon"\nstart = "{6 + n:02}:00"\nminutes = 20\ntype = "easy"\n'
                   for n in range(12))
    hurts = "".join(f'\n[[injuries]]\narea = "knee"\nsince = 202{n}-01-01\nuntil = 202{n}-02-01\n' for n in range(7))
    lifts = '\n[[lifts]]\nexercise = "goblet-squat"\nweight_kg = 16\nreps = 10\nrir = 2\n'
    runner = a_runner(f'weights_kg = [7.3]\n{races}{runs}{hurts}{lifts}\n[assessment]\nknee-to-wall-cm = 9.5\n')
    answers = {**answers_of(runner, today=TODAY), "name": "Bea", "race_1_name": "Park", "test_push_up_reps": "12"}
    made = runner_from(answers, base=runner, today=TODAY)
    assert (len(made.races), len(made.running), len(made.injuries)) == (14, 12, 7)
    assert made.lifts == runner.lifts
    assert made.assessment == {"knee-to-wall-cm": 9.5, "push-up-reps": 12.0}
    assert sum(a != b for a, b in zip(sorted(made.races, key=lambda r: r.date),
                                      sorted(runner.races, key=lambda r: r.date), strict=True)) == 1


def test_other_units_are_other_words_for_the_same() -> None:
    """Changing units rewrites no number: what was shown in kilograms is still meant in kilograms."""
    runner = a_runner("weights_kg = [7.5, 16]\nbody_mass_kg = 61\nrecent_week_km = 34")
    answers = {**answers_of(runner, today=TODAY), "units": "imperial"}
    assert runner_from(answers, base=runner, today=TODAY) == replace(runner, units="imperial")
    shown = answers_of(replace(runner, units="imperial"), today=TODAY)
    assert (shown["weights_kg"], shown["recent_week_km"]) == ("16.5, 35.5 lb", "21.13 mi")


def test_each_field_has_its_words_once() -> None:
    """No two fields share a name, and each says what it is."""
    names = [ask.name for ask in ASKS]
    assert len(names) == len(set(names))
    assert all(ask.label for ask in ASKS)
