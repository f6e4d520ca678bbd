"""Back after time off: R72 for all training, R30 for strength alone."""

from __future__ import annotations

import pytest

from builders_diary import DAY, TODAY, a_run_done, an_entry, an_origin
from midstance.domain.diary import SessionDone
from midstance.domain.entry import run_entry
from midstance.planning.readiness import Comeback, Readiness, readiness
from midstance.planning.readying.returning import EACH_STEP, WALK_RUN, walk_run_step


def runs(*days: int) -> list:
    """Recorded runs on days counted from the first of December."""
    return [run_entry(a_run_done(day), an_origin()) for day in days]


def sessions(*days: int) -> list:
    """Sessions done on days."""
    return [an_entry(SessionDone(session=f"s-{day}"), day=day) for day in days]


HABIT = range(-60, -40, 2)
"""A run every second day; the last one is on day -42."""


def on(day: int, *entries) -> Readiness:
    """Judge a day."""
    return readiness([e for part in entries for e in part], today=TODAY + day * DAY)


@pytest.mark.parametrize(("off", "share"), [
    (4, 1.0), (5, 0.9), (7, 0.9), (8, 0.7), (14, 0.7), (15, 0.5), (28, 0.5), (29, 0.5), (80, 0.5)])
def test_time_off_decides_how_much_comes_back(off: int, share: float) -> None:
    """Up to a week off leaves 90 per cent, two weeks 70, four weeks 50; a short pause is none."""
    assert on(-42 + off + 1, runs(*HABIT)).factor == share


def test_it_grows_week_by_week() -> None:
    """After 20 days off the first week has half, the second 70, the third 90 per cent, then all."""
    back = range(-21, 8, 2)
    found = [on(day, runs(*HABIT, *(b for b in back if b < day))).factor for day in (-21, -20, -14, -7, 0)]
    assert found == [0.5, 0.5, 0.7, 0.9, 1.0]


def test_a_long_break_begins_with_walking() -> None:
    """More than four weeks off bring the walk-run table and lower weights; more than eight a lower level."""
    found = on(-10, runs(*HABIT)).comeback
    assert found == Comeback(run_share=0.5, load_share=0.85, levels_less=0, walk_run=(1, 4))
    assert on(20, runs(*HABIT)).comeback.levels_less == 1
    back = runs(*HABIT, -8, -6, -4)
    assert on(-2, back).comeback.walk_run == (2, 3)


def test_walk_run_does_each_step_twice() -> None:
    """The table goes from 1 and 4 minutes to running through, each step twice, then it is done."""
    steps = [walk_run_step(n) for n in range(len(WALK_RUN) * EACH_STEP + 1)]
    assert steps == [step for step in WALK_RUN for _ in range(EACH_STEP)] + [None]


def test_a_weekly_habit_is_no_break() -> None:
    """Who trains once a week is not off between; two weeks without are."""
    weekly = range(-63, -6, 7)
    assert on(0, sessions(*weekly)).why == ()
    assert on(8, sessions(*weekly)).factor == 0.7


def test_a_diary_without_training_says_nothing() -> None:
    """Without any training recorded nobody is told to start again; nor is someone after a first run."""
    assert on(0).why == ()
    assert on(0, runs(-3)).why == ()


def test_time_off_is_never_red_or_amber() -> None:
    """A break makes the day smaller and the light no worse."""
    assert on(-10, runs(*HABIT)).light.label == "green"


def test_strength_alone_can_be_off() -> None:
    """Four weeks without strength beside running leave two thirds of the sets at lower weights."""
    running = runs(*range(-60, 0, 2))
    found = on(0, running, sessions(-40, -36))
    assert (found.factor, found.comeback.load_share, found.comeback.run_share) == (0.67, 0.85, 1.0)
    assert on(0, running, sessions(-28)).why == ()
    assert on(0, running).why == ()
