"""Recorded strength sessions: which are logged already, and what others would add."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from builders import MONDAY
from builders_daily import HEAVY, MOBILITY, a_document, kept
from midstance.domain.diary import SessionDone, SetDone
from midstance.domain.entry import Entry, Origin, Via, entry_of
from midstance.formats._fit_sets import RecordedSession, RecordedSet
from midstance.services.handbook import catalogue
from midstance.services.recorded_sessions import Offer, Sure, offer_entries, offer_of

UTC = ZoneInfo("UTC")
START = dt.datetime(2026, 12, 1, 18, 5, tzinfo=dt.UTC)
TUESDAY = MONDAY + dt.timedelta(days=1)
PLAN = kept(a_document())
HAND = Origin(via=Via.HAND, batch="b-1234")
PLAYER = replace(HAND, name="player")
FILE = Origin(via=Via.FILE, batch="b-5678", name="hevy.csv")
SQUAT = SetDone(exercise="goblet-squat", amount=8, session=HEAVY)


def a_set(**more: object) -> RecordedSet:
    base = {"start": START, "seconds": 30.0, "reps": 8}
    return RecordedSet(**{**base, **more})  # type: ignore[arg-type]


def a_session(*sets: RecordedSet, start: dt.datetime = START, minutes: int = 25, session: str = "") -> RecordedSession:
    return RecordedSession(start=start, local_start=start.replace(tzinfo=None), seconds=60 * minutes, sets=sets,
                           session=session)


def offered(recorded: RecordedSession, *entries: Entry) -> Offer:
    return offer_of(recorded, clock=UTC, entries=(PLAN, *entries), exercises=catalogue().exercises)


def said(what: SetDone | SessionDone, minutes: float = 10, *, origin: Origin = PLAYER, days: int = 0) -> Entry:
    return entry_of(what, at=START + dt.timedelta(minutes=minutes), date=TUESDAY + dt.timedelta(days=days),
                    origin=origin)


@pytest.mark.parametrize(("entry", "same"), [
    (said(SQUAT, 10), True), (said(SQUAT, 39), True), (said(SQUAT, 60), False), (said(SQUAT, -60), False),
    (said(SQUAT, -14), True), (said(SessionDone(session=HEAVY, minutes=20), 30), True),
    (said(SessionDone(session=HEAVY, minutes=20), 90), False), (said(SessionDone(minutes=60), -50, origin=FILE), True),
    (said(SessionDone(minutes=30), -50, origin=FILE), False), (said(SQUAT, 180, origin=HAND), True),
    (said(SQUAT, -600, origin=HAND), True), (said(replace(SQUAT, session=""), 200, origin=HAND), True),
    (said(replace(SQUAT, session=MOBILITY), 200, origin=HAND), False), (said(SQUAT, 10, days=1), False),
])
def test_a_logged_session_is_not_doubled(entry, same):
    """Times of player and apps must lie in the recording; what was typed counts for its date and planned session."""
    found = offered(a_session(a_set(step="Goblet squat")), entry)
    assert bool(found.logged) is same
    assert (found.logged == (entry.id,)) is same
    assert bool(found.sets) is not same


def test_a_followed_step_is_certain():
    """A set of a step of ours has its exercise and side for certain, and is numbered by both."""
    step = {"step": "Single-leg calf raise", "warm_up": True}
    found = offered(a_session(a_set(**step, side="left"), a_set(**step, side="right"), a_set(**step, side="left")))
    assert [(o.done.exercise, o.done.side, o.done.number, o.sure) for o in found.sets] == [
        ("single-leg-calf-raise", "left", 1, Sure.STEP), ("single-leg-calf-raise", "right", 1, Sure.STEP),
        ("single-leg-calf-raise", "left", 2, Sure.STEP)]
    assert all(o.done.warm_up for o in found.sets)


@pytest.mark.parametrize(("guesses", "exercise", "sure"), [
    ((("squat", "goblet_squat"),), "goblet-squat", Sure.PLAN), ((("squat", ""),), "goblet-squat", Sure.PLAN),
    ((("sit_up", ""), ("squat", "")), "goblet-squat", Sure.PLAN),
    ((("squat", "barbell_back_squat"),), "barbell-back-squat", Sure.GUESS),
    ((("triceps_extension", "dumbbell_kickback"),), "Dumbbell kickback", Sure.GUESS),
    ((("sit_up", ""),), "Sit up", Sure.GUESS),
])
def test_guesses_are_held_against_the_plan(guesses, exercise, sure):
    """A guess that fits one exercise of the planned session is taken for it; any other stays the watch's guess."""
    (one,) = offered(a_session(a_set(guesses=guesses))).sets
    assert (one.done.exercise, one.sure) == (exercise, sure)


def test_unknown_sets_are_unclear():
    """No exercise, or no amount, makes no set."""
    found = offered(a_session(a_set(), a_set(reps=None, guesses=(("squat", ""),)), a_set(step="Farmer's carry")))
    assert (found.sets, found.unclear) == ((), 3)


def test_holds_are_counted_in_seconds():
    """An exercise that is held takes the set's length, whatever repetitions the watch saw."""
    (one,) = offered(a_session(a_set(step="Plank", reps=None, seconds=41.6))).sets
    assert (one.done.amount, one.done.unit) == (42, "seconds")


def test_a_weight_in_each_hand_is_known_by_the_exercise():
    """Where an exercise holds the same weight in each hand, the recorded weight is that of one."""
    carry = next(e for e in catalogue().exercises.values() if e.load.hold == "each-hand" and e.dose.unit == "reps")
    (one,) = offered(a_session(a_set(step=carry.name, weight_kg=12.0))).sets
    assert (one.done.weight_kg, one.done.per_hand) == (12.0, True)


def test_entries_hold_the_session_and_what_is_certain():
    """Taken, an offer is a session of the plan with its certain sets at their times; guesses only where wanted."""
    later = START + dt.timedelta(minutes=3)
    found = offered(a_session(a_set(step="Goblet squat"), a_set(guesses=(("curl", ""),), start=later)))
    whole, one = offer_entries(found, FILE)
    assert isinstance(whole.what, SessionDone)
    assert (whole.what.session, whole.what.minutes, whole.at, whole.date) == (HEAVY, 25, START, TUESDAY)
    assert one.what == replace(SQUAT, amount=8)
    assert [e.at for e in offer_entries(found, FILE, guesses=True)] == [START, START, later]


def test_the_planned_session_is_the_named_or_the_nearest():
    """A named session counts at any time of its date; without a name only one within four hours does."""
    morning = START - dt.timedelta(hours=8)
    assert offered(a_session(start=morning)).planned is None
    named = offered(a_session(start=morning, session=HEAVY)).planned
    near = offered(a_session()).planned
    assert (named and named.id, near and near.id) == (HEAVY, HEAVY)


def test_local_time_of_the_file_gives_the_date():
    """A file that tells local time is believed; otherwise the runner's clock tells the date."""
    late = dt.datetime(2026, 12, 1, 23, 30, tzinfo=dt.UTC)
    told = replace(a_session(start=late), local_start=late.replace(tzinfo=None) - dt.timedelta(hours=5))
    for recorded, day in ((a_session(start=late), 2), (told, 1)):
        found = offer_of(recorded, clock=ZoneInfo("Europe/Berlin"), entries=(), exercises={})
        assert found.date == dt.date(2026, 12, day)
