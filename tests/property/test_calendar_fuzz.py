"""Damaged files: whatever happens to a runner's file or a calendar, the answer is a value or words, and soon."""

from __future__ import annotations

import datetime as dt
import os
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midstance.domain.runner import Runner
from midstance.formats._format import InputError, Parsed
from midstance.formats.calendar_csv import parse_csv
from midstance.formats.ics import parse_ics
from midstance.formats.runner_toml import parse_runner
from midstance.formats.weeks_json import parse_weeks, place_weeks

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = int(os.environ.get("MIDSTANCE_MUTANTS", "1000")) // 5
FIRST, LAST = dt.date(2026, 11, 30), dt.date(2027, 4, 1)
SECONDS = 5.0
"""Longest time for one damaged sample of a few hundred bytes, on a slow and busy machine [s]."""
RUNNER = b"""[runner]
name = "Ana"
timezone = "Europe/Lisbon"
running_level = "intermediate"
strength_level = "beginner"
goal = "10k"
equipment = ["kettlebell", "step"]
weights_kg = [8, 12.5]
easy_pace = "6:10"
sessions_a_week = [2, 3]
[availability]
tue = ["06:00-08:30", "18:00-20:00"]
[[races]]
date = 2027-02-14
distance_km = 10
[[running]]
day = "tue"
start = "06:30"
minutes = 45
type = "intervals"
[[injuries]]
area = "achilles"
since = 2026-03-01
[assessment]
knee-to-wall-cm = { left = 7, right = 11 }
"""
TABLE = """date;start;type;minutes;distance_km;title
2026-12-01;06:30;intervals;50;9,5;6 x 800 m
2026-12-03;;easy;45;;"Zoë, easy"
2026-12-06;08:00;;;14;Long run
""".encode()
EVENTS = """BEGIN:VCALENDAR
BEGIN:VTIMEZONE
TZID:Own
BEGIN:STANDARD
DTSTART:19701025T040000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:1
DTSTART;TZID=Own:20261201T063000
DURATION:PT50M
RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=8;BYDAY=TU,TH
EXDATE;TZID=Own:20261215T063000
SUMMARY:6 x 800 m
END:VEVENT
BEGIN:VEVENT
UID:1
RECURRENCE-ID;TZID=Own:20261203T063000
DTSTART:20261204T063000Z
DTEND:20261204T072000Z
SUMMARY:Easy
  run
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20261206
RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;BYSETPOS=1;UNTIL=20270401
SUMMARY:Long run 100 min
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()
WEEKS = b"""{"units": "mi", "schedule": [
 {"workouts": [{"title": "Easy 5", "distance": 5}, {"title": "Rest"}, {"title": "6 x 400 m", "distance": [4, 6]}]},
 {"workouts": [[{"title": "Easy 5"}, {"title": "Easy 3"}], null, {"title": "Half marathon race"}]}]}"""


def pieces(sample: bytes) -> st.SearchStrategy[bytes]:
    """What may get into a sample: noise, numbers out of range, its own lines once more, and parts of its syntax."""
    syntax = tuple(bytes([byte]) for byte in b'",;:=[]{}\n\r\x00\xff\xc3-# \t')
    numbers = (b"-1", b"0", b"9" * 30, b"9" * 5000, b"1e999", b"nan", b"2027-02-30", b"99991231T235959Z", b"00010101")
    words = (b"FREQ=SECONDLY", b"INTERVAL=0", b"COUNT=999999999", b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"true")
    return st.sampled_from((*syntax, *numbers, *words, *sample.splitlines(keepends=True))) | st.binary(max_size=6)


def damaged(sample: bytes) -> st.SearchStrategy[bytes]:
    """A sample with up to six cuts and insertions, perhaps in another encoding, perhaps cut off."""
    edit = st.tuples(st.integers(0, len(sample)), st.integers(0, 40) | st.just(0), pieces(sample))

    def apply(edits: list[tuple[int, int, bytes]], encoding: str, end: int) -> bytes:
        data = sample
        for at, length, piece in edits:
            data = data[:at] + piece + data[at + length:]
        return data.decode("utf-8", "replace").encode(encoding) if encoding else data[:end]

    return st.builds(
        apply, st.lists(edit, max_size=6), st.sampled_from(("", "", "", "utf-16", "cp1252-or-utf-8")).map(
            lambda name: name.partition("-or-")[2] or name),
        st.integers(0, len(sample)) | st.just(10 * len(sample)))


def in_time(read: Callable[[bytes], object], data: bytes) -> object | None:
    """The value that a reader gives, or None where it refuses in few words; nothing else, and not late."""
    began = time.perf_counter()
    value, refusal = None, None
    try:
        value = read(data)
    except InputError as error:
        refusal = error
    assert time.perf_counter() - began < SECONDS
    assert refusal is None or refusal.faults
    for fault in refusal.faults if refusal else ():
        assert str(fault).startswith("sample")
        assert len(str(fault)) < 2000
    return value


fuzzed = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example])


@fuzzed
@given(damaged(RUNNER))
def test_a_damaged_runners_file_is_read_or_refused(data: bytes) -> None:
    """A damaged runner's file gives a runner or a refusal in words."""
    assert isinstance(in_time(lambda d: parse_runner(d, "sample.toml"), data), Runner | None)


@fuzzed
@given(damaged(TABLE))
def test_a_damaged_table_is_read_or_refused(data: bytes) -> None:
    """A damaged table gives runs or a refusal in words."""
    assert isinstance(in_time(lambda d: parse_csv(d, "sample.csv"), data), Parsed | None)


@fuzzed
@given(damaged(EVENTS))
def test_a_damaged_calendar_is_read_or_refused(data: bytes) -> None:
    """A damaged calendar gives its sound events or a refusal in words."""
    def read(content: bytes) -> Parsed:
        return parse_ics(content, "sample.ics", zone="Europe/Lisbon", first=FIRST, last=LAST)

    assert isinstance(in_time(read, data), Parsed | None)


@fuzzed
@given(damaged(WEEKS))
def test_a_damaged_week_list_is_read_or_refused(data: bytes) -> None:
    """A damaged week list is placed or refused in words."""
    def read(content: bytes) -> Parsed:
        return place_weeks(parse_weeks(content, "sample.json"), race_day=dt.date(2027, 4, 18))

    assert isinstance(in_time(read, data), Parsed | None)


@pytest.mark.parametrize("sample", [RUNNER, TABLE, EVENTS, WEEKS], ids=["runner", "table", "calendar", "weeks"])
def test_the_samples_themselves_are_sound(sample: bytes) -> None:
    """Undamaged, each sample is read whole, so that damage is what the other tests see."""
    readers = {
        RUNNER: lambda d: parse_runner(d, "sample.toml"), TABLE: lambda d: len(parse_csv(d, "sample.csv").entries) == 3,
        EVENTS: lambda d: len(parse_ics(d, "sample.ics", zone="Europe/Lisbon", first=FIRST, last=LAST).entries) == 11,
        WEEKS: lambda d: len(place_weeks(parse_weeks(d, "sample.json"), race_day=dt.date(2027, 4, 18)).entries) == 5,
    }
    assert in_time(readers[sample], sample)
