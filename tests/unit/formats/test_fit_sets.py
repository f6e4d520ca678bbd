"""Set messages of watches: guesses, unknowns, noise, rests and order."""

from __future__ import annotations

import datetime as dt

import pytest

from builders_recordings import START, FitWriter, fit_activity, fit_head, fit_run, fit_session, fit_time
from midstance.formats import fit
from midstance.formats._fit_sets import RecordedSet, is_ours, planned_id, read_sets

WHEN = START.isoformat()


def a_message(**more: object) -> dict:
    return {"message_type": "set", "set_type": "active", "start_time": WHEN, "duration": 30.0, "repetitions": 8, **more}


def read(*messages: dict) -> tuple[RecordedSet, ...]:
    return read_sets(messages, lambda category, number: f"{category}_{number}")


def test_a_known_exercise_comes_once_for_three_equal_guesses():
    """A watch that follows a workout says the same thing three times, in words or in numbers."""
    for category in ("squat", 28):
        (one,) = read(a_message(category=[category] * 3, category_subtype=[37] * 3, weight=16.0))
        assert (one.guesses, one.reps, one.weight_kg, one.seconds) == ((("squat", "goblet_squat"),), 8, 16.0, 30.0)
        assert one.start == START


@pytest.mark.parametrize(("category", "subtype", "guesses"), [
    (["unknown"] * 3, None, ()), ([65534] * 3, [0, 0, 0], ()), ([None] * 3, [None] * 3, ()), (None, None, ()),
    ([28, 65534, 17], [65535, 65535, 32], (("squat", ""), ("lunge", "lunge"))),
    (["row", "shrug", "shrug"], [65535, 24, 65535], (("row", ""), ("shrug", "shrug_24"), ("shrug", ""))),
    ("plank", 66, (("plank", "side_plank"),)), (["squat", "plank"], [1], (("squat", "squat_1"), ("plank", ""))),
    ([48, 9999], [1, 2], ()), (["squat"], [-1], (("squat", ""),)), ([28], ["61"], (("squat", ""),)),
])
def test_guesses(category, subtype, guesses):
    """Unknown and absent guesses fall away, a category without a name stands alone, foreign names are asked for."""
    (one,) = read(a_message(category=category, category_subtype=subtype))
    assert one.guesses == guesses


@pytest.mark.parametrize(("reps", "read_as"), [(0, None), (1, None), (2, 2), (1000, 1000), (1001, None), (None, None),
                                               (float("nan"), None), (-3, None), ("8", None)])
def test_single_repetitions_are_noise(reps, read_as):
    """0 and 1 repetition occur as noise, and so does what no set can have."""
    (one,) = read(a_message(repetitions=reps))
    assert one.reps == read_as


@pytest.mark.parametrize(("kg", "read_as"), [(0.0, None), (None, None), (14.0, 14.0), (22.6875, 22.69), (4000.0, None)])
def test_no_weight_is_body_weight(kg, read_as):
    """A weight of 0 says nothing; one beyond what the log takes is no weight."""
    (one,) = read(a_message(weight=kg))
    assert one.weight_kg == read_as


def test_rests_are_left_out_and_sets_are_in_order_of_time():
    """The order of messages is not that of time; rests and sets without a time are no sets."""
    late = dt.datetime.fromisoformat(WHEN) + dt.timedelta(minutes=5)
    found = read(
        a_message(start_time=late, repetitions=5), a_message(set_type="rest"), a_message(set_type=0),
        a_message(start_time=None), a_message(start_time="no time"), a_message(set_type=1, repetitions=4),
        a_message(start_time=None, timestamp=late + dt.timedelta(minutes=1), repetitions=6))
    assert [one.reps for one in found] == [4, 5, 6]


def test_a_followed_step_names_exercise_and_side():
    """The step that a set belongs to gives name, side and whether it was a warm-up."""
    steps = [{"message_type": "workout_step", "message_index": 4, "wkt_step_name": "Single-leg deadlift, right",
              "intensity": "warmup"}]
    (one,) = read(*steps, a_message(wkt_step_index=4))
    assert (one.step, one.side, one.warm_up) == ("Single-leg deadlift", "right", True)
    (other,) = read(*steps, a_message(wkt_step_index=9))
    assert (other.step, other.side, other.warm_up) == ("", "", False)


def test_the_planned_session_is_named_by_the_workout():
    """The description of a workout of midstance names the session; other descriptions name none."""
    assert planned_id([{"wkt_description": "24 min; midstance s-2026-12-01-1800"}]) == "s-2026-12-01-1800"
    assert planned_id([{"wkt_description": "Leg day"}, {}, {"wkt_description": 7}]) == ""


def test_an_odd_application_id_is_not_ours():
    """An id that is no id of sixteen bytes is somebody else's."""
    for value in (None, [], [300] * 16, "x", [None] * 16):
        assert not is_ours({"application_id": value})


def a_strength_file(*sets: tuple[int, int, int]) -> bytes:
    """A watch's recording of ten minutes: sets as (minute, repetitions, category)."""
    writer = FitWriter()
    fit_head(writer)
    for minute, reps, category in sets:
        at = fit_time(START + dt.timedelta(minutes=minute))
        writer.say(225, [(254, 0x86, at), (5, 0x02, 1), (6, 0x86, at), (0, 0x86, 30_000), (3, 0x84, reps),
                         (7, 0x84, category)])
    at = fit_time(START)
    writer.say(18, [(253, 0x86, at + 600), (2, 0x86, at), (5, 0x00, 10), (6, 0x00, 20), (7, 0x86, 600_000),
                    (8, 0x86, 600_000)])
    fit_activity(writer)
    return writer.file()


def test_a_watchs_file_gives_a_session_and_no_run():
    """A strength recording is counted, ignored as a run, and its session tells start, length and sets."""
    parsed = fit.parse(a_strength_file((5, 8, 28), (1, 10, 17)), "watch.fit")
    assert (parsed.entries, parsed.ignored, parsed.strength) == ((), 1, 1)
    (session,) = parsed.sessions
    assert (session.start, session.seconds, session.source) == (START, 600, "watch.fit")
    assert session.local_start == START.replace(tzinfo=None) + dt.timedelta(hours=1)
    assert [(one.reps, one.guesses) for one in session.sets] == [(10, (("lunge", ""),)), (8, (("squat", ""),))]


def test_a_run_has_no_strength_session():
    """A run with stray set messages, or none, gives no session."""
    assert fit.parse(fit_run(), "a.fit").sessions == ()
    writer = FitWriter()
    fit_head(writer)
    at = fit_time(START)
    writer.say(225, [(254, 0x86, at), (5, 0x02, 1), (6, 0x86, at), (3, 0x84, 8)])
    fit_session(writer)
    assert fit.parse(writer.file(), "a.fit").sessions == ()
