"""FIT workouts: what a watch would lead through is what the session says, as two other decoders read it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest

from builders import MONDAY, a_plan_of
from fit_decoders import by_fitdecode, by_native, of, told
from midstance.domain.notation import parse_week
from midstance.domain.session import Block, Item, Kind, Session
from midstance.formats.fit_workout import MOST_NOTES, MOST_STEP_NAME, render_workout, workout_name
from midstance.services.handbook import catalogue

EXERCISES = catalogue().exercises
HEAVY = """Tue 18:00 heavy 24min: W1 leg-swing-bent-knee 1x10/side, A1 goblet-squat 3x6-8 16kg @2RIR,
    A2 single-leg-calf-raise 3x8-12/right, A3 plank 3x30-45s"""
BOTH = pytest.mark.parametrize("decode", [by_fitdecode, by_native])


def a_session(text: str = HEAVY) -> Session:
    return parse_week(text, monday=MONDAY)[1][0]


def of_items(*items: Item, rounds: int = 1, rest_s: int = 0, label: str = "A") -> Session:
    block = Block(label=label, rounds=rounds, rest_s=rest_s, items=items)
    return Session(id="s-2026-12-01-1800", start=dt.datetime.fromisoformat("2026-12-01T18:00"), minutes=20,
                   kind=Kind.STRENGTH, hard_minutes=0, load_au=60, why=(), blocks=(block,))


def an_item(exercise: str = "goblet-squat", unit: str = "reps", low: int = 6, high: int = 8, **more: object) -> Item:
    return Item(label="A1", exercise=exercise, unit=unit, low=low, high=high, **more)  # type: ignore[arg-type]


def written(session: Session, **more: str) -> bytes:
    return render_workout(session, exercises=EXERCISES, zone="Europe/Lisbon", **more)


def steps_of(session: Session, **more: str) -> list[dict]:
    return [told(m) for m in of(by_native(written(session, **more)), "workout_step")]


def walked(steps: list[dict]) -> list[dict]:
    """Go through the steps as a watch does, loops as often as they say."""
    out: list[dict] = []
    done: Counter[int] = Counter()
    at = 0
    while at < len(steps):
        step = steps[at]
        if step["duration_type"] == "repeat_until_steps_cmplt":
            done[at] += 1
            again = done[at] < step["target_value"]
            at = step["duration_value"] if again else at + 1
            continue
        out.append(step)
        at += 1
    return out


@BOTH
def test_the_head_says_what_it_is(decode):
    """File and workout say kind, sport, number of steps, a short name, and when; no clock is asked."""
    session = a_session()
    messages = decode(written(session))
    head, workout = told(messages[0]), told(messages[1])
    assert (head["message_type"], head["type"], head["manufacturer"]) == ("file_id", "workout", "development")
    assert str(head["time_created"]).replace("T", " ").startswith("2026-12-01 18:00:00")
    assert (workout["sport"], workout["sub_sport"], workout["capabilities"]) == ("training", "strength_training", "tcx")
    assert workout["num_valid_steps"] == len(of(messages, "workout_step"))
    assert workout["wkt_name"] == "Heavy strength Tue 1 Dec"
    assert workout["wkt_description"].endswith(session.id)
    assert written(session) == written(session)


def test_golden_steps_field_by_field():
    """Each step of a heavy session has exactly the fields that are meant, as fitdecode reads them."""
    steps = [told(m) for m in of(by_fitdecode(written(a_session())), "workout_step")]
    plain = {"message_type": "workout_step", "target_type": "open"}
    swing = {**plain, "target_value": 0, "duration_type": "reps", "duration_reps": 10, "intensity": "warmup",
             "exercise_category": "warm_up", "exercise_name": 9}
    calf = {**plain, "target_value": 0, "duration_type": "reps", "duration_reps": 8, "intensity": "active",
            "exercise_category": "calf_raise", "exercise_name": 15}
    rest = {**plain, "target_value": 0, "duration_type": "time", "intensity": "rest"}
    wanted = [
        {**swing, "wkt_step_name": "Bent-knee leg swing, front to back, left"},
        {**swing, "wkt_step_name": "Bent-knee leg swing, front to back, right"},
        {**plain, "target_value": 0, "wkt_step_name": "Goblet squat", "duration_type": "reps", "duration_reps": 6,
         "intensity": "active", "exercise_category": "squat", "exercise_name": 37, "exercise_weight": 16.0,
         "weight_display_unit": "kilogram"},
        {**calf, "wkt_step_name": "Single-leg calf raise, right"},
        {**calf, "wkt_step_name": "Single-leg calf raise, left"},
        {**rest, "wkt_step_name": "Get ready", "duration_time": 10.0},
        {**plain, "target_value": 0, "wkt_step_name": "Plank", "duration_type": "time", "duration_time": 30.0,
         "intensity": "active", "exercise_category": "plank", "exercise_name": 92},
    ]
    blocks = a_session().blocks
    if blocks[1].rest_s:
        wanted.append({**rest, "wkt_step_name": "Rest", "duration_time": float(blocks[1].rest_s)})
    wanted.append({**plain, "duration_type": "repeat_until_steps_cmplt", "duration_step": 2, "repeat_steps": 3,
                   "intensity": "active"})
    notes = [step.pop("notes", "") for step in steps]
    assert steps == [{**step, "message_index": k} for k, step in enumerate(wanted)]
    assert notes[2].startswith("Goblet squat: 6-8 reps, 16 kg, 2 in reserve")
    assert notes[3].startswith("Single-leg calf raise, right: 8-12 reps")


@pytest.mark.parametrize("kind", list(Kind))
def test_both_decoders_agree_on_every_kind_of_session(kind):
    """Whatever the kind, two decoders read the same steps and titles, checksums included."""
    data = written(replace(a_session(), kind=kind))
    keys = {"duration_reps": "duration_value", "duration_step": "duration_value", "repeat_steps": "target_value"}
    for message in ("workout_step", "exercise_title", "workout"):
        mine = [{keys.get(k, k): v for k, v in told(m).items()} for m in of(by_fitdecode(data), message)]
        for one in mine:
            if "duration_time" in one:
                one["duration_value"] = round(1000 * one.pop("duration_time"))
        other = [{k: v[0] if isinstance(v, list) else v for k, v in told(m).items()}
                 for m in of(by_native(data), message)]
        assert mine == other
        assert mine


@pytest.mark.parametrize("id_", sorted(EXERCISES))
def test_every_exercise_of_the_catalogue_is_exported(id_):
    """Each exercise has a step with our whole name, notes that fit, and both numbers; a title where it is alone."""
    exercise = EXERCISES[id_]
    session = of_items(an_item(id_, exercise.dose.unit, exercise.dose.low, exercise.dose.high,
                               per_side=exercise.per_side))
    messages = by_native(written(session))
    found = [told(s) for s in of(messages, "workout_step") if s["intensity"] != "rest"]
    assert [s["wkt_step_name"] for s in found] == (
        [f"{exercise.name}, left", f"{exercise.name}, right"] if exercise.per_side else [exercise.name])
    for step in found:
        assert step["exercise_category"] == (exercise.fit[0] if exercise.fit else "unknown")
        assert "exercise_name" in step
        assert step["notes"].startswith(f"{step['wkt_step_name']}: {exercise.dose.low}")
        assert len(step["notes"].encode()) <= MOST_NOTES
    assert [t["wkt_step_name"] for t in of(messages, "exercise_title")] == [[exercise.name]]


def test_a_watch_would_lead_through_every_set():
    """Walking through the loops gives each set of each exercise on each side, in the order of the plan."""
    item = an_item("single-leg-calf-raise", low=8, high=12, per_side=True, first_side="right",
                   extra_rounds=(("left", 2),))
    steps = walked(steps_of(of_items(item, an_item(), rounds=3, rest_s=90)))
    done = [s["wkt_step_name"] for s in steps if s["intensity"] == "active"]
    once = ["Single-leg calf raise, right", "Single-leg calf raise, left", "Goblet squat"]
    assert done == [*once * 3, *["Single-leg calf raise, left"] * 2]
    assert [s["duration_value"] for s in steps if s["intensity"] == "rest"] == [90_000] * 5


def test_holds_leave_time_to_get_ready():
    """A hold starts by the clock, so a rest comes before it: after an exercise, between sides, before the first."""
    hold = an_item("side-plank", "seconds", 30, 40, per_side=True)
    one = steps_of(of_items(hold))
    assert [(s["wkt_step_name"], s["duration_value"]) for s in one] == [
        ("Get ready", 10_000), ("Side plank, left", 30_000), ("Get ready", 15_000), ("Side plank, right", 30_000)]
    loop = walked(steps_of(of_items(hold, rounds=2, rest_s=60)))
    names = [s["wkt_step_name"] for s in loop]
    assert names == ["Get ready", *["Side plank, left", "Get ready", "Side plank, right", "Rest"] * 2]
    tight = [s["wkt_step_name"] for s in walked(steps_of(of_items(an_item("plank", "seconds"), rounds=2)))]
    assert tight == ["Get ready", "Plank"] * 2


@pytest.mark.parametrize(("item", "kind", "value"), [
    (an_item(), "reps", 6), (an_item("pogo", "contacts", 20, 30), "reps", 20),
    (an_item("farmers-carry", "steps", 20, 30), "open", None), (an_item(to_last_good_rep=True), "open", None),
    (an_item("plank", "seconds", 45, 60), "time", 45_000),
])
def test_a_step_ends_as_the_unit_says(item, kind, value):
    """Repetitions and contacts are counted, holds end by the clock, carries and open sets by a key."""
    step = steps_of(of_items(item))[-1]
    assert (step["duration_type"], step.get("duration_value")) == (kind, value)


def test_weights_have_the_runners_unit():
    """The weight is in kg with the unit it is shown in; in each hand it is said in the notes; body weight is none."""
    pounds = steps_of(of_items(an_item(weight_kg=22.68, per_hand=True)), units="imperial")[0]
    assert (pounds["exercise_weight"], pounds["weight_display_unit"]) == (22.68, "pound")
    assert "50 lb in each hand" in pounds["notes"]
    free = steps_of(of_items(an_item()))[0]
    assert {"exercise_weight", "weight_display_unit"}.isdisjoint(free)


def test_what_fit_cannot_hold_is_left_to_the_notes():
    """A weight beyond the field is said in the notes alone; an amount beyond its field is refused."""
    step = steps_of(of_items(an_item(weight_kg=700)))[0]
    assert "exercise_weight" not in step
    assert "700 kg" in step["notes"]
    with pytest.raises(ValueError, match="duration_value"):
        written(of_items(an_item("plank", "seconds", 5_000_000, 5_000_000)))


def test_an_exercise_that_is_not_in_the_catalogue_is_named_by_its_id():
    """A hand-made plan's own exercise is written by the words of its id, cut where it is too long, with no category."""
    long = "very-long-name-of-an-exercise-that-nobody-has-heard-of-before"
    steps = steps_of(of_items(an_item(long), an_item("moon-walk"), an_item("short-foot")))
    assert [s["exercise_category"] for s in steps] == ["unknown"] * 3
    assert [s["exercise_name"] for s in steps] == [0, 1, 2]
    assert steps[0]["wkt_step_name"] == "Very long name of an exercise that nobody has h"
    assert len(steps[0]["wkt_step_name"]) == MOST_STEP_NAME


def test_two_exercises_with_one_fit_name_have_no_title():
    """A title names a pair of numbers, so a pair that means two exercises of the session has none."""
    pair = EXERCISES["side-plank"].fit
    others = [id_ for id_, e in EXERCISES.items() if e.fit == pair]
    assert len(others) > 1
    data = written(of_items(*(an_item(id_, "seconds") for id_ in others), an_item()))
    assert [t["wkt_step_name"] for t in of(by_fitdecode(data), "exercise_title")] == ["Goblet squat"]


def test_the_start_follows_the_zone_and_its_daylight_saving():
    """The moment of a session is its local start in the runner's zone, in winter and in summer."""
    for date, zone, utc in (
            ("2026-12-01", "America/New_York", "23:00:00"), ("2026-07-01", "Europe/Lisbon", "17:00:00")):
        session = replace(a_session(), start=dt.datetime.fromisoformat(f"{date}T18:00"))
        data = render_workout(session, exercises=EXERCISES, zone=zone)
        assert by_native(data)[0]["time_created"] == f"{date}T{utc}"


def test_file_names_are_unique_in_a_plan():
    """Sessions of one plan have different file names and serial numbers."""
    plan = a_plan_of(f"{HEAVY} | Tue 07:00 mobility 12min: M1 ankle-rock 2x8/side")
    assert len({workout_name(s) for s in plan.sessions}) == len(plan.sessions) == 2
    assert len({by_native(written(s))[0]["serial_number"] for s in plan.sessions}) == 2
