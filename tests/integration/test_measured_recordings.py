"""Real recordings, measured: what was easy comes out easy, what was raced comes out hard, whatever the files say."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from midstance.domain.run import RunType
from midstance.domain.runner import Thresholds
from midstance.metrics.history import estimate_history
from midstance.metrics.measured_run import LoadFrom, MeasuredRun, measure_runs
from midstance.services.recordings import read_recordings

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
UNTIL = dt.date(2020, 2, 10)
OWN = Thresholds(hr_threshold=165)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.exists(), reason="shared/ is not beside the checkout: real runs were NOT measured"),
]


@pytest.fixture(scope="module")
def measured() -> dict[str, MeasuredRun]:
    """Real runs by the beginning of their file's name, with a threshold set by hand."""
    paths = [DATA / "runs", DATA / "fit/python-fitparse/sample_mulitple_header.fit"]
    got = read_recordings(paths, zone="Europe/Lisbon")
    runs = measure_runs(got.runs, until=UNTIL, thresholds=OWN).runs
    return {Path(run.run.source).name.partition(".")[0]: run for run in runs}


def test_a_long_easy_run_is_hard_by_its_length_alone(measured: dict[str, MeasuredRun]) -> None:
    """103 minutes at a mean of 118 beats: no hard minute, hard all the same, rated as a long run."""
    run = measured["portland"]
    assert (run.minutes, run.hard_minutes, run.type, run.hard) == (103, 0, RunType.EASY, True)
    assert (run.load_au, run.load_from, run.estimated) == (515, LoadFrom.HEART_RATE, True)


def test_an_easy_run_stays_easy(measured: dict[str, MeasuredRun]) -> None:
    """79 minutes at a mean of 120 beats are no hard activity, and their load is an easy run's or less."""
    run = measured["kaiteriteri"]
    assert (run.hard_minutes, run.type, run.hard) == (0, RunType.EASY, False)
    assert run.load_au < 3 * run.minutes


def test_a_run_at_racing_heart_rate_is_hard_throughout(measured: dict[str, MeasuredRun]) -> None:
    """48 minutes at a mean of 176 beats, threshold 165: every minute is hard, and the load is a race's."""
    run = measured["sample_mulitple_header"]
    assert (run.type, run.hard) == (RunType.TEMPO, True)
    assert run.hard_minutes == pytest.approx(run.run.seconds / 60)
    assert run.load_au == pytest.approx(9.5 * run.minutes, rel=0.01)


def test_zones_of_real_runs_add_up_to_their_time(measured: dict[str, MeasuredRun]) -> None:
    """Minutes in zones are those of the run but for pauses and gaps, and the upper two are its hard minutes."""
    assert len(measured) >= 6
    for name, run in measured.items():
        assert 0.9 * run.run.seconds / 60 <= sum(run.zone_minutes) <= run.run.seconds / 60 + 0.3, name
        assert sum(run.zone_minutes[3:]) == pytest.approx(run.hard_minutes, abs=1.5), name


def test_history_and_measures_agree_on_real_runs() -> None:
    """Hard minutes of each week in the history are the sum of those measured run by run."""
    got = read_recordings([DATA / "runs"], zone="Europe/Lisbon")
    history = estimate_history(got.runs, until=UNTIL)
    runs = measure_runs(got.runs, until=UNTIL).runs
    assert sum(week[3] for week in history.weeks) == pytest.approx(sum(run.hard_minutes for run in runs), abs=1)
    assert [day[4] for day in history.last_days] == [
        run.hard for run in sorted(runs, key=lambda run: run.run.local_start) if (UNTIL - run.date).days <= 28]
