"""Real recordings of many devices: what they hold, and that both FIT readers agree on them."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path

import pytest

from midstance import formats
from midstance.discover import discover
from midstance.formats import _track, fit, gpx
from midstance.formats._format import Format, InputError
from midstance.metrics.history import estimate_history
from midstance.services import recordings
from midstance.services.recordings import read_recordings

SHARED = Path(__file__).parents[2].parent / "shared"
DATA = SHARED / "data"

SLOW_BYTES = 60_000  # the patient reader takes 2 s for a megabyte, and long rides say nothing about runs

shared = pytest.mark.shared


@pytest.fixture(autouse=True)
def _material(request):
    if request.node.get_closest_marker("shared") and not DATA.is_dir():
        pytest.skip(f"the real material is not there: {DATA}")


def fit_files():
    return sorted([*DATA.glob("fit/*/*.fit"), *DATA.glob("runs/*/*.fit")])


# (file, local start, seconds, km, mean and highest heart rate), read off the devices' own summaries
KNOWN = [
    ("runs/elevate/kaiteriteri.fit", "2020-01-07T11:33:00", 4735, 12.242, 120, 143),
    ("runs/elevate/portland.fit", "2018-02-18T09:29:41", 6166, 16.076, 118, 142),
    ("runs/elevate/sloatsburg.fit", "2019-06-15T05:42:23", 4989, 14.005, 137, 167),
    ("runs/elevate/treadmill.fit", "2020-02-02T06:19:33", 3098, 10.63, 145, 177),
    ("fit/fit-parser/running-with-developer-data.fit", "2018-06-14T16:55:22", 1681, 5.383, 158, 177),
    ("fit/python-fitparse/sample_mulitple_header.fit", "2018-05-27T11:23:41", 2851, 9.806, 176, 187),
    ("fit/muktihari/triathlon_summary_first.fit", "2023-09-02T08:56:34", 1574, 4.492, 168, 175),
]


@shared
@pytest.mark.parametrize(("name", "start", "seconds", "km", "mean", "top"), KNOWN)
def test_known_runs_are_read_as_the_device_summed_them_up(name, start, seconds, km, mean, top):
    """Start, time, distance and heart rate are those of the session message, also in triathlons and chained files."""
    runs = fit.parse((DATA / name).read_bytes(), name).entries
    assert [(r.local_start.isoformat(), r.seconds, r.distance_km, r.mean_hr, r.max_hr) for r in runs] == [
        (start, seconds, km, mean, top),
    ]
    assert len(runs[0].minute_speed_m_s) >= seconds // 60


@shared
def test_both_readers_agree_on_every_file(monkeypatch):
    """On every file with a run, and every small one, they give the same: start, distance, duration, pulse."""
    compared = 0
    for path in fit_files():
        data = path.read_bytes()
        fast = fit.parse(data, path.name)
        if not fast.entries and len(data) > SLOW_BYTES:
            continue
        with monkeypatch.context() as patch:
            patch.setattr(fit, "_fast", lambda _: None)
            patient = fit.parse(data[:fit.PATIENT_BYTES], path.name)
        assert len(fast.entries) == len(patient.entries), path
        assert fast.ignored == patient.ignored, path
        for one, two in zip(fast.entries, patient.entries, strict=True):
            compared += 1
            assert (one.start, one.local_start, one.seconds) == (two.start, two.local_start, two.seconds), path
            assert (one.distance_km or 0) == pytest.approx(two.distance_km or 0, rel=0.01), path
            assert (one.mean_hr, one.max_hr, one.minute_hr) == (two.mean_hr, two.max_hr, two.minute_hr), path
            assert one.minute_speed_m_s == two.minute_speed_m_s, path
    assert compared >= 20


@shared
def test_all_recordings_are_read_without_a_word_on_standard_error(capfd):
    """Every FIT, GPX and TCX file gives runs, counts or faults; each run is there once."""
    got = read_recordings([DATA / part for part in ("runs", "fit", "gpx", "tcx")], zone="Europe/Lisbon")
    assert got.files == 121
    assert len(got.runs) == 19
    assert len({run.start for run in got.runs}) == 19
    assert all(fault.says for fault in got.faults)
    assert capfd.readouterr().err == ""


@shared
@pytest.mark.parametrize(("fit_name", "other_name"), [
    ("runs/elevate/sloatsburg.fit", "runs/elevate/sloatsburg.tcx.gz"),
    ("runs/elevate/treadmill.fit", "runs/sports-lib/6860622783.tcx.gz"),
])
def test_the_same_run_in_two_formats_counts_once(fit_name, other_name):
    """A run exported twice is one run, and the FIT file, which tells local time, is the one that stays."""
    got = read_recordings([DATA / other_name, DATA / fit_name], zone="Europe/Lisbon")
    assert [run.source for run in got.runs] == [Path(fit_name).name]


@shared
def test_rides_without_a_sport_are_not_taken_for_runs():
    """Mountain bike rides whose files state no sport are left out with a reason."""
    for path in sorted(DATA.glob("gpx/sport-activities-features/broken*.gpx.gz")):
        parsed = gpx.parse(gzip.decompress(path.read_bytes()), path.name)
        assert parsed.entries == ()
        assert "swings" in parsed.faults[0].says


@shared
def test_measured_and_stated_distances_agree():
    """What the track measures by itself lies within 4 % of what the device, with its foot pod, states."""
    for name in ("kaiteriteri", "portland", "sloatsburg"):
        recording = fit._recordings(fit._fast((DATA / f"runs/elevate/{name}.fit").read_bytes()), "")[0]
        bare = [p._replace(metres=None) for p in recording.points]
        measured = _track.measure(_track.in_order(bare))
        assert measured.metres == pytest.approx(recording.metres, rel=0.04), name


@shared
def test_history_of_the_real_runs_is_plausible():
    """The facts drawn from the real runs are in the range of what a runner would say."""
    got = read_recordings([DATA / "runs"], zone="Europe/Lisbon")
    history = estimate_history(got.runs, until=dt.date(2020, 2, 10))
    assert history.runs == len(got.runs)
    assert 300 <= history.easy_pace_s_per_km <= 420
    assert history.longest_km_30_days == 10.63
    assert history.notes


@shared
def test_the_junk_file_of_the_acceptance_kit_is_an_input_error():
    """A junk file named as FIT is refused with its name and format."""
    with pytest.raises(InputError, match=r"junk\.fit.*FIT"):
        read_recordings([SHARED / "acceptance/runners/bad/junk.fit"], zone="Europe/Lisbon")


def test_every_recording_format_is_asked():
    """A format that reads recordings is among those that the service tries."""
    found = {format_.id for format_ in discover(formats, Format) if format_.role == "recording"}
    assert found == {format_.id for format_ in recordings.FORMATS}
