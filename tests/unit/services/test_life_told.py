"""Sleep and life's load beside what mornings and plans made of them."""

from __future__ import annotations

import datetime as dt

import pytest

from builders_diary import DAY, TODAY, an_entry
from builders_progress import MONDAY, a_plan
from midstance.domain.diary import ChangeAccepted, ChangeProposed, CheckIn
from midstance.planning.readiness import readiness
from midstance.services.life_told import life_told


def test_every_date_stands_there_from_a_monday_on() -> None:
    """Dates without an answer are there too, without a light."""
    told = life_told([], today=TODAY)
    assert told.empty
    assert (told.days[0].date.weekday(), told.days[-1].date) == (0, TODAY)
    assert len(told.days) >= 42
    assert {day.light for day in told.days} == {""}
    assert (told.mean_sleep_h, told.mean_life) == (None, None)


def test_a_morning_shows_what_it_left_of_the_sets() -> None:
    """A heavy week of life leaves fewer sets, with the sentence that the runner read."""
    entries = [an_entry(CheckIn(sleep_h=7.5, life=8), day=-n) for n in range(7)]
    told = life_told(entries, today=TODAY)
    last = told.days[-1]
    ready = readiness(entries, today=TODAY)
    assert (last.light, last.factor, last.why) == (ready.light.label, ready.factor, ready.says)
    assert last.factor == 0.75
    assert told.mean_life == 8
    assert not told.empty


def test_older_words_still_count_for_what_they_mean() -> None:
    """Leaving out what no morning looks at changes no morning: each is judged as with the whole diary."""
    entries = [an_entry(CheckIn(sleep_h=5 + n % 3, life=n % 10), day=-n) for n in reversed(range(140))]
    told = life_told(entries, today=TODAY)
    for day in told.days:
        ready = readiness(entries, today=day.date)
        assert (day.light, day.factor) == (ready.light.label, ready.factor)


def test_weeks_with_fewer_sets_and_taken_changes_are_listed() -> None:
    """A cut week is named with its share, a change with its day; one that only waits is not there."""
    proposed = an_entry(ChangeProposed(says=("Thursday's session moves.",), plan="q"))
    waits = an_entry(ChangeProposed(says=("Nobody took this.",), plan="r"))
    entries = [a_plan(0.75), proposed, waits, an_entry(ChangeAccepted(change=proposed.id), day=1)]
    told = life_told(entries, today=TODAY + DAY)
    assert [(c.starts, c.factor, c.why) for c in told.cut] == [(MONDAY, 0.75, "Less sleep.")]
    assert [(t.date, t.says) for t in told.taken] == [(TODAY + DAY, ("Thursday's session moves.",))]


@pytest.mark.parametrize("day", [-3, 0, 4])
def test_nothing_is_known_of_days_to_come(day: int) -> None:
    """What is told after the day that is asked about does not stand there."""
    told = life_told([an_entry(CheckIn(sleep_h=6))], today=TODAY + dt.timedelta(days=day))
    assert told.empty == (day < 0)
