"""How training went: trends, weeks, adherence and sides, from entries worked out by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builders_daily import HEAVY, MOBILITY, a_document, kept
from builders_diary import DAY, NOON, TODAY, a_run_done, an_entry, an_origin
from midstance.domain.diary import AssessmentDone, PlanAccepted, Rpe, SessionDone, SetDone
from midstance.domain.entry import run_entry
from midstance.domain.session import Kind
from midstance.metrics.limb_symmetry import SideVerdict
from midstance.services.diary import add, open_store
from midstance.services.progress_report import ProgressReport, progress_report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from midstance.domain.diary import What
    from midstance.domain.entry import Entry
    from midstance.store.store import Store

MONDAYS = [dt.date(2026, 11, 23), dt.date(2026, 11, 30)]


@pytest.fixture
def store() -> Iterator[Store]:
    """A diary that holds nothing."""
    with open_store("memory:") as store:
        yield store


def told(store: Store, *whats: What, day: int = 0) -> None:
    """Write what happened on a day."""
    add(store, [an_entry(what, day=day) for what in whats], now=NOON)


def ran(day: int, minutes: int, hard: float | None = 0.0) -> Entry:
    """A recorded run without heart rate and track."""
    run = replace(a_run_done(day, minutes), hard_minutes=hard, minute_hr=(), minute_speed_m_s=(), mean_hr=None,
                  max_hr=None, distance_km=None)
    return run_entry(run, an_origin())


def squats(amounts: Sequence[int], kg: float, *, session: str = "") -> list[SetDone]:
    """Sets of goblet squats with two in reserve."""
    return [SetDone(exercise="goblet-squat", amount=n, number=k + 1, weight_kg=kg, rir=2, session=session)
            for k, n in enumerate(amounts)]


def test_an_empty_diary_has_nothing_to_show(store: Store) -> None:
    """No trend, no week, no sides, and nothing fails."""
    report = progress_report(store, today=TODAY)
    assert report == ProgressReport(date=TODAY)
    assert report.empty


def test_strength_is_a_trend_by_exercise(store: Store) -> None:
    """Two dates of squats are two points in kilograms with the change between them; old sets are left out."""
    told(store, *squats((8,), 30), day=-100)
    told(store, *squats((8, 8), 16), day=-7)
    told(store, *squats((8, 6), 20))
    told(store, SetDone(exercise="plank", amount=40, unit="seconds"))
    squat, plank = progress_report(store, today=TODAY).trends
    assert [(p.date, p.unit, p.weight_kg) for p in squat.points] == [(TODAY - 7 * DAY, "kg", 16), (TODAY, "kg", 20)]
    assert squat.change_percent == pytest.approx(25, abs=0.3)
    assert [(p.value, p.unit) for p in plank.points] == [(40, "seconds")]
    assert plank.change_percent is None


def test_exercises_of_other_programs_are_named(store: Store) -> None:
    """Sets that the catalogue does not know are left out and said to be."""
    told(store, SetDone(exercise="Zercher Squat", amount=5), SetDone(exercise="Zercher Squat", amount=5, number=2))
    report = progress_report(store, today=TODAY)
    assert report.trends == ()
    assert "2 sets of one exercise" in report.notes[0]
    assert "Zercher Squat" in report.notes[0]


def test_weeks_add_up_runs_and_sessions(store: Store) -> None:
    """Loads are exertion times minutes, told where told; shares count the minutes of both."""
    add(store, [ran(-5, 60, 12), rated := ran(0, 50)], now=NOON)
    told(store, Rpe(activity=rated.id, rpe_cr10=4), SessionDone(kind=Kind.UPPER, minutes=20, rpe_cr10=5))
    before, this = progress_report(store, today=TODAY).weeks
    assert [w.starts for w in (before, this)] == MONDAYS
    assert [w.whole for w in (before, this)] == [True, False]
    assert (before.runs, before.run_minutes, before.hard_minutes, before.estimated) == (1, 60, 12, 1)
    assert before.easy_share == pytest.approx(0.8)
    assert (this.load_au, this.estimated, this.sessions, this.session_minutes) == (4 * 50 + 5 * 20, 0, 1, 20)
    assert this.easy_share == 1


def test_a_week_without_training_is_an_empty_row(store: Store) -> None:
    """Between two weeks with runs a week of rest has no share; weeks before the first run are not shown."""
    add(store, [ran(-15, 40), ran(-1, 40)], now=NOON)
    weeks = progress_report(store, today=TODAY).weeks
    assert [(w.runs, w.easy_share) for w in weeks] == [(1, 1), (0, None), (1, 1)]


def test_a_run_that_tells_nothing_counts_as_easy_and_is_said(store: Store) -> None:
    """Runs without any measure of hardness are counted and named in a note."""
    add(store, [ran(-1, 40, None)], now=NOON)
    report = progress_report(store, today=TODAY)
    assert report.weeks[0].easy_share == 1
    assert "1 of 1 runs" in report.notes[0]


def test_sessions_known_by_their_sets_alone_count(store: Store) -> None:
    """Sets of a planned session take its minutes, hard minutes and usual exertion; loose sets 2.5 minutes each."""
    add(store, [kept(a_document())], now=NOON)
    told(store, *squats((8, 8), 16, session=HEAVY))
    told(store, *squats((8, 8), 16), day=-3)
    before, this = progress_report(store, today=TODAY).weeks
    assert (this.sessions, this.session_minutes, this.hard_minutes, this.estimated) == (1, 24, 8, 1)
    assert this.load_au == 6 * 24
    assert (before.sessions, before.session_minutes) == (1, 5)


def test_adherence_follows_the_plan(store: Store) -> None:
    """One of two sessions kept is one half; without a plan there is no share."""
    add(store, [kept(a_document())], now=NOON)
    told(store, SessionDone(session=HEAVY, kind=Kind.HEAVY))
    found = progress_report(store, today=dt.date(2026, 12, 4)).adherence
    assert found is not None
    assert found.share_4_weeks == 0.5
    with open_store("memory:") as other:
        add(other, [ran(0, 40)], now=NOON)
        assert progress_report(other, today=TODAY).adherence is None


def test_sides_compare_the_last_date_with_both(store: Store) -> None:
    """Best sets at one weight are compared; two repetitions are noise, four are not; one side alone is nothing."""
    def calf(left: int, right: int) -> list[SetDone]:
        return [SetDone(exercise="single-leg-calf-raise", amount=n, side=side)
                for side, n in (("left", left), ("right", right))]

    told(store, *calf(10, 12), day=-7)
    noise = progress_report(store, today=TODAY).sides
    told(store, *calf(8, 12), day=-3)
    told(store, SetDone(exercise="single-leg-calf-raise", amount=20, side="left"))
    apart = progress_report(store, today=TODAY).sides
    assert [(s.left, s.right, s.verdict) for s in noise] == [(10, 12, SideVerdict.IGNORE)]
    assert [(s.left, s.right, s.verdict, s.unit) for s in apart] == [(8, 12, SideVerdict.NOTABLE, "reps")]
    assert apart[0].symmetry_percent == pytest.approx(66.7, abs=0.1)
    assert apart[0].difference_percent > 0


def test_sides_with_other_weights_are_compared_by_estimate(store: Store) -> None:
    """Five with 20 kg against ten with 16 kg is a question for the estimated maximum."""
    told(store, SetDone(exercise="single-arm-row", amount=5, weight_kg=20, side="left", rir=0),
         SetDone(exercise="single-arm-row", amount=10, weight_kg=16, side="right", rir=0))
    side = progress_report(store, today=TODAY).sides[0]
    assert side.unit == "kg"
    assert 20 < side.left < 26
    assert 20 < side.right < 26


def test_tests_of_both_sides_are_compared_with_their_own_noise(store: Store) -> None:
    """Ankles 2 cm apart are alike and 4 cm apart notable; the diary's result counts before the runner's file."""
    runner = "[assessment]\nknee-to-wall-cm = { left = 10, right = 8 }\nside-plank-s = { left = 40, right = 60 }"
    add(store, [kept(a_document(runner=runner))], now=NOON)
    first = {s.what: (s.left, s.date, s.verdict) for s in progress_report(store, today=TODAY).sides}
    told(store, AssessmentDone(test="knee-to-wall-cm", left=7, right=11))
    then = {s.what: (s.left, s.date, s.verdict) for s in progress_report(store, today=TODAY).sides}
    assert first == {"Knee to the wall": (10, None, SideVerdict.IGNORE), "Side plank": (40, None, SideVerdict.NOTABLE)}
    assert then["Knee to the wall"] == (7, TODAY, SideVerdict.NOTABLE)


def test_a_plan_that_cannot_be_read_is_left_out_and_said(store: Store) -> None:
    """The runs are shown all the same."""
    add(store, [an_entry(PlanAccepted(plan="p", document="{}"), day=-2), ran(0, 40)], now=NOON)
    report = progress_report(store, today=TODAY)
    assert report.weeks[0].runs == 1
    assert "cannot be read" in report.notes[0]


def test_later_entries_do_not_count(store: Store) -> None:
    """A report of an earlier date knows nothing of what came after."""
    add(store, [kept(a_document()), ran(0, 40)], now=NOON)
    told(store, SessionDone(session=MOBILITY, kind=Kind.MOBILITY), day=2)
    assert progress_report(store, today=TODAY).weeks[-1].sessions == 0
    assert progress_report(store, today=TODAY + 2 * DAY).weeks[-1].sessions == 1
