"""FIT activities: what others read of a finished session, and that midstance reads back exactly what it wrote."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from fit_decoders import by_fitdecode, by_native, of, told
from midstance.domain.diary import SetDone
from midstance.formats import fit
from midstance.formats._fit_sets import APPLICATION
from midstance.formats.fit_activity import FinishedSession, TimedSet, render_activity
from midstance.services.handbook import catalogue

EXERCISES = catalogue().exercises
START = dt.datetime(2026, 12, 1, 18, 0, tzinfo=dt.timezone(dt.timedelta(hours=2)))
SETS = (
    SetDone(exercise="goblet-squat", amount=8, weight_kg=22.7, rir=1.5, pain=3, note="mine", session="s-1"),
    SetDone(exercise="single-leg-calf-raise", amount=10, number=2, side="left", warm_up=True),
    SetDone(exercise="plank", amount=45, unit="seconds"),
    SetDone(exercise="farmers-carry", amount=30, unit="steps", weight_kg=24, per_hand=True),
    SetDone(exercise="pogo", amount=20, unit="contacts"),
    SetDone(exercise="Seilzug – Crunch", amount=12, weight_kg=0),
)


def finished(*sets: SetDone) -> FinishedSession:
    timed = tuple(TimedSet(done=one, start=START + dt.timedelta(seconds=60 + 90 * k), seconds=30.5)
                  for k, one in enumerate(sets))
    return FinishedSession(id="s-2026-12-01-1800", start=START, seconds=1440, sets=timed)


def written(*sets: SetDone, units: str = "metric") -> bytes:
    return render_activity(finished(*sets), exercises=EXERCISES, units=units)


def bare(done: SetDone) -> SetDone:
    """What a file keeps of a set: pain and words stay at home."""
    return replace(done, pain=None, note="", session="")


@pytest.mark.parametrize("decode", [by_fitdecode, by_native])
def test_others_read_a_strength_activity(decode):
    """Start, end, sport and the messages that an activity needs are there, in an order that others know."""
    messages = decode(written(*SETS))
    kinds = [m["message_type"] for m in messages]
    assert kinds[0] == "file_id"
    assert kinds[-3:] == ["lap", "session", "activity"]
    assert told(messages[0])["type"] == "activity"
    session, activity = (told(of(messages, kind)[0]) for kind in ("session", "activity"))
    assert (session["sport"], session["sub_sport"], session["total_timer_time"]) == (
        "training", "strength_training", 1440)
    assert str(session["start_time"]).replace("T", " ").startswith("2026-12-01 16:00:00")
    assert str(activity["local_timestamp"]).replace("T", " ").startswith("2026-12-01 18:24:00")
    assert [e["event_type"] for e in of(messages, "event")] == ["start", "stop_all"]
    assert len(of(messages, "record")) == 2


@pytest.mark.parametrize("decode", [by_fitdecode, by_native])
def test_others_read_sets_and_rests(decode):
    """Each set has exercise, repetitions, weight, start and length; each gap is a rest without an exercise."""
    sets = [told(m) for m in of(decode(written(*SETS)), "set")]
    assert [s["set_type"] for s in sets] == ["rest", "active"] * 6
    assert [s["message_index"] for s in sets] == list(range(12))
    assert [s["duration"] for s in sets] == [60, 30.5, *[59.5, 30.5] * 5]
    active = sets[1::2]
    assert [s.get("repetitions") for s in active] == [8, 10, None, None, 20, 12]
    assert [s["weight"] for s in active] == [22.6875, 0, 0, 24, 0, 0]
    assert [tuple(s["category_subtype"]) for s in active[:3]] == [(37,) * 3, (15,) * 3, (92,) * 3]
    assert tuple(active[0]["category"]) in {(28,) * 3, ("squat",) * 3}
    assert tuple(active[5]["category"]) in {(65534,) * 3, ("unknown",) * 3}
    assert all({"category", "weight", "repetitions"}.isdisjoint(s) for s in sets[::2])


def test_our_names_stand_in_titles():
    """Each exercise has a title with our name, also one that the FIT profile does not have."""
    titles = [t["wkt_step_name"] for t in of(by_fitdecode(written(*SETS)), "exercise_title")]
    assert titles == ["Goblet squat", "Single-leg calf raise", "Plank", "Farmer's carry", "Pogo hop",
                      "Seilzug – crunch"]


@pytest.mark.parametrize("patient", [False, True])
def test_what_was_written_is_read_back_exactly(patient, monkeypatch):
    """Sets come back with side, reserve, exact weight, unit and number, by either reader; pain and notes stay home."""
    if patient:
        monkeypatch.setattr(fit, "_fast", lambda _whole: None)
    (found,) = fit.parse(written(*SETS), "a.fit").sessions
    assert [one.done for one in found.sets] == [bare(one) for one in SETS]
    assert [(one.start, one.seconds) for one in found.sets] == [(s.start, s.seconds) for s in finished(*SETS).sets]
    assert (found.start, found.seconds, found.session) == (START, 1440, "s-2026-12-01-1800")
    assert found.local_start == START.replace(tzinfo=None)


def test_pain_and_notes_are_not_in_the_file():
    """What the runner said about pain and in words does not leave the house."""
    one = SetDone(exercise="goblet-squat", amount=8, note="hurts a lot", pain=9)
    assert b"hurts" not in written(one)
    assert written(one) == written(bare(one))


def test_the_same_session_gives_the_same_bytes():
    """No clock and no chance is in a file; another start gives another serial number."""
    assert written(*SETS) == written(*SETS)
    later = replace(finished(*SETS), start=START - dt.timedelta(minutes=5))
    ids = {by_native(render_activity(one, exercises=EXERCISES))[0]["serial_number"]
           for one in (later, finished(*SETS))}
    assert len(ids) == 2


def test_pounds_are_a_matter_of_showing():
    """The weight is in kg in any case; its unit tells others what to show."""
    for units, word in (("metric", "kilogram"), ("imperial", "pound")):
        one = of(by_native(written(SETS[0], units=units)), "set")[1]
        assert (one["weight"], one["weight_display_unit"]) == (22.6875, word)


def test_the_limits_of_the_log_can_be_written():
    """The heaviest and the largest sets that the log takes come back as they are."""
    most = SetDone(exercise="goblet-squat", amount=10_000, number=1000, weight_kg=1000, rir=30)
    (found,) = fit.parse(written(most), "a.fit").sessions
    assert [one.done for one in found.sets] == [most]


def test_a_file_of_a_stranger_is_not_taken_for_ours():
    """Developer fields count only where midstance's own id stands before them."""
    data = bytearray(written(*SETS))
    place = data.index(APPLICATION)
    data[place] ^= 1
    (found,) = fit.parse(bytes(data), "a.fit").sessions
    assert [one.done for one in found.sets] == [None] * 6
    assert found.sets[0].guesses == (("squat", "goblet_squat"),)
    assert (found.sets[0].reps, found.sets[0].weight_kg) == (8, 22.69)
