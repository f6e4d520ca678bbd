"""Back after time off: R72 for all training, R30 for strength alone."""

from __future__ import annotations

import pytest

from builders_diary import DAY, TODAY, a_run_done, an_entry, an_origin
from midstance.domain.diary import CheckIn, Pain, Rpe, SessionDone
from midstance.domain.entry import run_entry
from midstance.domain.session import HARD_KINDS, Kind
from midstance.planning.readiness import Comeback, Light, Readiness, RunToday, readiness
from midstance.planning.readying.facts import gather
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


@pytest.mark.parametrize(("off", "light", "run"), [
    (4, Light.GREEN, RunToday.AS_PLANNED), (7, Light.GREEN, RunToday.AS_PLANNED), (8, Light.AMBER, RunToday.EASY),
    (14, Light.AMBER, RunToday.EASY), (15, Light.AMBER, RunToday.SHORT_EASY), (21, Light.AMBER, RunToday.SHORT_EASY),
    (35, Light.AMBER, RunToday.SHORT_EASY)])
def test_more_than_a_week_off_is_amber_and_easy(off: int, light: Light, run: RunToday) -> None:
    """Up to a week off stays green; after that runs are easy, at half of the usual short, and nothing is hard."""
    found = on(-42 + off + 1, runs(*HABIT))
    assert (found.light, found.run) == (light, run)
    assert bool(HARD_KINDS & found.kinds) is (light is Light.GREEN)
    assert Kind.STRENGTH in found.kinds
    assert found.longest_stays is (off > 4)


def test_hard_work_comes_back_after_three_training_days() -> None:
    """Heavy work and hops wait for three training days, intensity of running until 90 per cent."""
    back = (-21, -20, -19)
    days = [on(day, runs(*HABIT, *(b for b in back if b < day))) for day in (-21, -20, -19, -18)]
    assert [bool(day.kinds & HARD_KINDS) for day in days] == [False, False, False, True]
    assert [next(text for text in day.says if "wait for" in text) for day in days[1:3]] == [
        "For now runs are easy, half an hour at most. Heavy work and hops wait for 2 more training days.",
        "For now runs are easy, half an hour at most. Heavy work and hops wait for 1 more training day."]
    later = [on(day, runs(*HABIT, *range(-21, day, 2))) for day in (-14, -7, 0)]
    assert [(day.light, day.run) for day in later] == [
        (Light.AMBER, RunToday.EASY), (Light.GREEN, RunToday.AS_PLANNED), (Light.GREEN, RunToday.AS_PLANNED)]


def test_walk_and_run_is_told_once_and_only_where_there_may_be_a_run() -> None:
    """The turns are the first runs, said once; a morning that forbids running says nothing of them."""
    told = " ".join(on(-10, runs(*HABIT)).says)
    assert told.count("1 min running") == 1
    assert "Your first runs" in told
    assert "oday's walk-run" not in told
    for check in (CheckIn(sleep_h=3), CheckIn(pain=(Pain(area="knee", score=7),))):
        resting = on(-10, runs(*HABIT), [an_entry(check, day=-10)])
        assert resting.run is RunToday.NONE
        assert "run" not in " ".join(r.text for r in resting.why if r.rule == "R72").replace("run every second", "")
        assert resting.comeback.walk_run == (1, 4)


def test_the_reason_that_goes_with_a_week_speaks_of_no_day() -> None:
    """The reason that cuts the sets stands with each session of a week, so what today asks for is another."""
    found = on(-10, runs(*HABIT))
    assert [(reason.factor, "Your first runs" in reason.text) for reason in found.why] == [(0.5, False), (1.0, True)]


def rated(*days: int, activity: str = "run-{date}-0630") -> list:
    """Runs or sessions without a recording whose exertion was told, by default a day later than they were."""
    return [an_entry(Rpe(activity=activity.format(date=TODAY + day * DAY), rpe_cr10=3), day=day + 1) for day in days]


def test_told_exertion_is_training() -> None:
    """A run that was rated has been run on its own date; a session likewise; anything else on its entry's date."""
    found = gather([*rated(-9), *rated(-7, activity="s-{date}-1800"), *rated(-5, activity="4a8464b9d280702e")],
                   today=TODAY)
    assert (found.ran, found.lifted) == ((TODAY - 9 * DAY,), (TODAY - 7 * DAY,))
    assert found.trained == (TODAY - 9 * DAY, TODAY - 7 * DAY, TODAY - 4 * DAY)
    odd = gather([*rated(-3, activity="run-2026-99-99-0630"), *rated(0)], today=TODAY)
    assert odd.ran == (TODAY - 2 * DAY,)


def test_runs_told_by_their_exertion_are_no_break() -> None:
    """A beginner who rates each run is not told that nothing is recorded."""
    assert on(0, runs(-18), rated(-16, -14, -11, -9, -4, -1)).why == ()
    assert on(0, runs(-18)).why != ()


def test_strength_alone_can_be_off() -> None:
    """Four weeks without strength beside running leave two thirds of the sets at lower weights."""
    running = runs(*range(-60, 0, 2))
    found = on(0, running, sessions(-40, -36))
    assert (found.factor, found.comeback.load_share, found.comeback.run_share) == (0.67, 0.85, 1.0)
    assert on(0, running, sessions(-28)).why == ()
    assert on(0, running).why == ()
