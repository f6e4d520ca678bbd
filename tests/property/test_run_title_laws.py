"""What holds for every title."""

from __future__ import annotations

import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midstance.formats._title_words import VOCABULARY
from midstance.formats.run_title import read_title

BITS = (
    "6 x", "5x", "800", "5k", "{6}", "{4-5:6-8}", "(", ")", ",", "+", "/", ";", "-", "@", "10 min", "45'",
    "1:30", "({8})", "30:00", "x 8", "\n", "92% MP", "r=60s", "2-3 miles", "1h30", '"', ":", "=", "400 m",
    "7", "AM:", "PM", "w/", "20 km", "3 sets of", "of", "5-4-3 km", *(words.split(", ")[0] for _, words in VOCABULARY),
    *(words.split(", ")[-1] for _, words in VOCABULARY),
)
MADE_UP = st.lists(st.sampled_from(BITS), max_size=14).map(" ".join)
TEXTS = st.one_of(st.text(max_size=300), st.text(alphabet=string.printable, max_size=120), MADE_UP)
NOISE = (
    "(", "1-", "5 x ", "{1", "a", "1:30 ", "/ 400", "then ", "or ", "5 km + ", "am pm ", "1,", "%", "10 km (3 km ",
    "x 8 ", "5 km x 8 ", "@ 5k ", "10k-", "5k or ", "w1 ", "1 1/2 ", "{6:", "\u0307", "½", "\n;",
)


def _content(reading):
    return (reading.type, reading.is_run, reading.minutes, reading.distance_km, reading.hard_minutes, reading.hard_km,
            reading.marathon_pace_or_faster)


@given(TEXTS, st.sampled_from(["km", "mi"]), st.one_of(st.none(), st.floats()))
def test_reading_never_raises_and_never_contradicts_itself(text, units, distance):
    """Any text gives a reading whose fields fit together."""
    reading = read_title(text, units=units, distance=distance)
    assert reading.title == text
    assert (reading.type is not None) == (reading.is_run is True)
    assert reading.why
    values = (reading.minutes, reading.distance_km, reading.hard_minutes, reading.hard_km)
    assert reading.is_run or values == (None,) * 4
    for value in values:
        assert value is None or 0 < value < 1e6


@given(TEXTS)
def test_work_never_exceeds_the_run(text):
    """Hard minutes and hard kilometres stay within a length that is known."""
    reading = read_title(text)
    if reading.minutes is not None and reading.hard_minutes is not None:
        assert reading.hard_minutes <= reading.minutes + 1e-9
    if reading.distance_km is not None and reading.hard_km is not None:
        assert reading.hard_km <= reading.distance_km + 1e-9


@given(MADE_UP)
def test_case_and_spaces_do_not_matter(text):
    """Upper case, lower case and wider gaps give the same reading."""
    want = _content(read_title(text))
    assert _content(read_title(text.upper())) == want
    assert _content(read_title(text.lower())) == want
    assert _content(read_title("  " + text.replace(" ", "   ") + "\t")) == want


@given(
    st.decimals(1, 15, places=1),
    st.sampled_from(["{{{}}} run", "Easy run: {{{}}}", "Recovery {{{}}}", "{{{}}} easy with 5 x 20 s strides"]),
)
def test_distance_scales_with_units(number, pattern):
    """The same bare number is 1.609344 times as far in miles."""
    title = pattern.format(number)
    km, miles = read_title(title, units="km"), read_title(title, units="mi")
    assert km.distance_km == pytest.approx(float(number))
    assert miles.distance_km == pytest.approx(float(number) * 1.609344)


@given(
    st.integers(2, 20),
    st.integers(1, 20),
    st.sampled_from(["{} x {} min", "{}x{}' hard", "{} × {} min @ threshold w/ 1 min jog"]),
)
def test_repetitions_multiply(times, minutes, pattern):
    """N times M minutes are N times M minutes of work."""
    assert read_title(pattern.format(times, minutes)).hard_minutes == pytest.approx(times * minutes)


@pytest.mark.parametrize("bit", NOISE)
def test_a_hundred_kilobytes_of_noise_take_bounded_time(bit):
    """Long noise is cut, so that no pattern of it takes long."""
    start = time.perf_counter()
    reading = read_title(bit * (100_000 // len(bit)))
    assert time.perf_counter() - start < 0.25
    assert any("first 1000 characters" in line for line in reading.why)
