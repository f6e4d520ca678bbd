"""Any session can be written for a watch, any finished one is read back as it was, broken files are no traceback."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from builders_recordings import mutated
from fit_decoders import by_fitdecode, by_native, of
from midstance.domain.diary import SetDone
from midstance.formats import fit
from midstance.formats._fit_writing import fitted
from midstance.formats.fit_activity import MOST_WORDS, UNNAMED, FinishedSession, TimedSet, render_activity
from midstance.formats.fit_workout import render_workout
from midstance.services.handbook import catalogue
from strategies_diary import BY_KIND
from strategies_plan import sessions

if TYPE_CHECKING:
    from midstance.domain.session import Session

EXERCISES = catalogue().exercises
STARTS = st.datetimes(dt.datetime(1996, 1, 1), dt.datetime(2060, 1, 1)).map(  # noqa: DTZ001 - local starts are naive
    lambda at: at.replace(microsecond=0))
ZONES = st.sampled_from(("UTC", "Asia/Kathmandu", "America/St_Johns", "Europe/Lisbon"))


@st.composite
def finished(draw: st.DrawFn) -> FinishedSession:
    """Draw a finished session whose sets follow each other."""
    start = draw(STARTS).replace(tzinfo=dt.timezone(dt.timedelta(minutes=15 * draw(st.integers(-48, 56)))))
    at, sets = start, []
    named = st.sampled_from(sorted(EXERCISES))
    for done in draw(st.lists(BY_KIND[SetDone], min_size=1, max_size=6)):
        one = replace(done, exercise=draw(named)) if draw(st.booleans()) else done
        at += dt.timedelta(seconds=draw(st.integers(0, 300)))
        seconds = draw(st.integers(1000, 600_000)) / 1000
        sets.append(TimedSet(done=one, start=at, seconds=seconds))
        at += dt.timedelta(seconds=int(seconds) + 1)
    return FinishedSession(id="s-2026-12-01-1800", start=start, seconds=(at - start).total_seconds(), sets=tuple(sets))


@given(sessions(dt.datetime(2026, 12, 1, 18), None), ZONES, st.sampled_from(("metric", "imperial")))  # noqa: DTZ001
def test_any_session_is_led_through(session: Session, zone: str, units: str) -> None:
    """Two decoders read every session alike, and walking the loops gives each set as often as it is planned."""
    data = render_workout(session, exercises=EXERCISES, zone=zone, units=units)
    mine, other = of(by_fitdecode(data), "workout_step"), of(by_native(data), "workout_step")
    assert [s.get("wkt_step_name") for s in mine] == [s.get("wkt_step_name") or None for s in other]
    assert of(by_native(data), "workout")[0]["num_valid_steps"] == len(other)
    loops = {n: (s["duration_value"], s["target_value"]) for n, s in enumerate(other)
             if s["duration_type"] == "repeat_until_steps_cmplt"}
    times = [1] * len(other)
    for place, (first, count) in loops.items():
        assert first < place
        times[first:place] = [count * n for n in times[first:place]]
    done = sum(n for n, s in zip(times, other, strict=True) if s["intensity"] != "rest" and "wkt_step_name" in s)
    planned = sum(b.rounds * (2 if i.per_side else 1) + sum(n for _, n in i.extra_rounds)
                  for b in session.blocks for i in b.items)
    assert done == planned


@given(finished())
def test_any_finished_session_comes_back(done: FinishedSession) -> None:
    """Sets, times and the planned session's id come back exactly; of names, what fits into the field."""
    (found,) = fit.parse(render_activity(done, exercises=EXERCISES), "a.fit").sessions
    assert (found.start, found.seconds, found.session) == (done.start, done.seconds, done.id)
    wanted = [replace(one.done, pain=None, note="", session="",
                      exercise=fitted(one.done.exercise, MOST_WORDS) or UNNAMED) for one in done.sets]
    assert [one.done for one in found.sets] == wanted
    assert [(one.start, one.seconds) for one in found.sets] == [(one.start, one.seconds) for one in done.sets]


@given(finished(), st.integers(0, 2**32))
def test_damaged_activities_are_no_traceback(done: FinishedSession, seed: int) -> None:
    """Whatever happens to a file, reading it gives values and faults."""
    data = mutated(render_activity(done, exercises=EXERCISES), random.Random(seed))
    parsed = fit.parse(data, "a.fit")
    assert all(one.seconds >= 0 for session in parsed.sessions for one in session.sets)
