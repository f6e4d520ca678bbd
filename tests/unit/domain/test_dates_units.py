"""Dates, clock minutes and units."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midstance.domain.dates import dates_between, minute_of, moment_of, monday, sunday, weekday_name
from midstance.domain.units import clock_text, day_minutes, pace_seconds, pace_text

dates = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))


@given(dates)
def test_a_week_begins_on_monday_and_ends_on_sunday(date: dt.date) -> None:
    """Both lie around the date, six days apart, with the right names."""
    assert monday(date) <= date <= sunday(date)
    assert (sunday(date) - monday(date)).days == 6
    assert (weekday_name(monday(date)), weekday_name(sunday(date))) == ("Monday", "Sunday")
    assert weekday_name(date) == date.strftime("%A")


@given(st.datetimes(dt.datetime.fromisoformat("1990-01-01"), dt.datetime.fromisoformat("2090-01-01")))
def test_minutes_count_there_and_back(moment: dt.datetime) -> None:
    """A moment of whole minutes survives; differences are minutes by the clock."""
    whole = moment.replace(second=0, microsecond=0)
    assert moment_of(minute_of(whole)) == whole
    assert minute_of(whole + dt.timedelta(minutes=90)) - minute_of(whole) == 90


def test_dates_between() -> None:
    """Both ends belong to it; nothing when the last lies before the first."""
    first = dt.date(2026, 12, 30)
    assert dates_between(first, dt.date(2027, 1, 2))[-1] == dt.date(2027, 1, 2)
    assert len(dates_between(first, dt.date(2027, 1, 2))) == 4
    assert dates_between(first, first) == (first,)
    assert dates_between(first, dt.date(2026, 12, 29)) == ()


@given(st.integers(120, 1200))
def test_paces_are_read_as_they_are_written(seconds: int) -> None:
    """Minutes and seconds per kilometre, from 2:00 to 20:00."""
    assert pace_seconds(pace_text(seconds)) == seconds


@pytest.mark.parametrize("text", ["", "6", "6:1", "6:100", "6:60", "a:10", "6:bb", "-6:10", "6.10", "6:10 min"])
def test_what_is_no_pace(text: str) -> None:
    """The text is quoted, and what would be right is shown."""
    with pytest.raises(ValueError, match=re.escape(repr(text))) as caught:
        pace_seconds(text)
    assert "6:10" in str(caught.value)


@pytest.mark.parametrize("text", ["1:59", "20:01", "99:59"])
def test_paces_nobody_runs(text: str) -> None:
    """Outside 2:00 to 20:00 per km."""
    with pytest.raises(ValueError, match="outside 2:00 to 20:00"):
        pace_seconds(text)
    assert pace_text(359.6) == "6:00"


@given(st.integers(0, 1440))
def test_times_of_day_are_read_as_they_are_written(minutes: int) -> None:
    """Midnight to midnight, both included."""
    assert day_minutes(clock_text(minutes)) == minutes


@pytest.mark.parametrize("text", ["", "18", "18:3", "18h30", "x:30", "18:xx", "1830"])
def test_what_is_no_time_of_day(text: str) -> None:
    """The text is quoted, and what would be right is shown."""
    with pytest.raises(ValueError, match="18:30") as caught:
        day_minutes(text)
    assert repr(text) in str(caught.value)


@pytest.mark.parametrize("text", ["24:01", "25:00", "12:60"])
def test_times_no_clock_shows(text: str) -> None:
    """Between 00:00 and 24:00, with minutes up to 59."""
    with pytest.raises(ValueError, match="between 00:00 and 24:00"):
        day_minutes(text)
