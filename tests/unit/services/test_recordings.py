"""Recordings from given paths: local time, doubles, and what a wrong file is told."""

from __future__ import annotations

import datetime as dt
import gzip
import zipfile

import pytest

from builders_recordings import CYCLING, START, fit_run, gpx, tcx, track_points
from midstance.formats._format import InputError
from midstance.services.recordings import read_recordings


def test_a_folder_of_formats_becomes_runs_in_order(tmp_path):
    """FIT, GPX and TCX, packed or not, become runs in order of time; the rest is counted."""
    day = dt.timedelta(days=1)
    (tmp_path / "b.fit").write_bytes(fit_run(at=START + 2 * day))
    (tmp_path / "a.gpx.gz").write_bytes(gzip.compress(gpx(track_points(at=START + day)).encode()))
    (tmp_path / "ride.fit").write_bytes(fit_run(at=START + day, sport=CYCLING))
    (tmp_path / "notes.txt").write_text("x")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as file:
        file.writestr("in/t.tcx", tcx(track_points(at=START)))
    told = []
    got = read_recordings([tmp_path], zone="Europe/Lisbon", progress=lambda k, name: told.append((k, name)))
    assert [run.source.rsplit("/", 1)[-1] for run in got.runs] == ["t.tcx", "a.gpx.gz", "b.fit"]
    assert (got.ignored, got.files, got.faults) == (2, 4, ())
    assert [k for k, _ in told] == [1, 2, 3, 4]


@pytest.mark.parametrize(("zone", "moment", "local"), [
    ("Europe/Lisbon", START, "2026-11-03T06:30"),
    ("Australia/Sydney", START, "2026-11-03T17:30"),
    ("Europe/Madrid", dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC), "2026-07-02T00:30"),
])
def test_the_runners_zone_gives_the_local_start(tmp_path, zone, moment, local):
    """A recording that tells no local time is placed by the runner's zone, with summer time."""
    (tmp_path / "a.gpx").write_text(gpx(track_points(at=moment)))
    run = read_recordings([tmp_path / "a.gpx"], zone=zone).runs[0]
    assert run.local_start == dt.datetime.fromisoformat(local)


def test_a_recording_that_tells_its_local_time_keeps_it(tmp_path):
    """A run on a journey stays at the hour of the place."""
    (tmp_path / "a.fit").write_bytes(fit_run(offset_h=9))
    run = read_recordings([tmp_path / "a.fit"], zone="Europe/Lisbon").runs[0]
    assert run.local_start == dt.datetime.fromisoformat("2026-11-03T15:30")


def test_the_same_run_from_two_devices_counts_once(tmp_path):
    """Two records that begin together and agree on the distance are one run, the fuller record stays."""
    late = START + dt.timedelta(seconds=100)
    (tmp_path / "watch.fit").write_bytes(fit_run())
    (tmp_path / "phone.gpx").write_text(gpx(track_points(at=late, speed=3.05, hr=None)))
    got = read_recordings([tmp_path / "phone.gpx", tmp_path / "watch.fit"], zone="Europe/Lisbon")
    assert [run.source for run in got.runs] == ["watch.fit"]
    assert "counted once" in got.faults[0].says


@pytest.mark.parametrize(("minutes", "speed"), [(4, 3.0), (1, 3.5), (11, 3.0)])
def test_runs_that_differ_are_two(tmp_path, minutes, speed):
    """A later start, or another distance, is another run."""
    (tmp_path / "a.fit").write_bytes(fit_run())
    (tmp_path / "b.gpx").write_text(gpx(track_points(at=START + dt.timedelta(minutes=minutes), speed=speed)))
    assert len(read_recordings([tmp_path], zone="UTC").runs) == 2


def test_wrong_files_are_all_named_with_format_and_remedy(tmp_path):
    """Given files that are no recordings raise one error that names each, its format and a remedy."""
    (tmp_path / "junk.fit").write_bytes(b"\x07junk" * 60)
    (tmp_path / "empty.gpx").write_bytes(b"")
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04")
    (tmp_path / "photos").mkdir()
    paths = [tmp_path / name for name in ("junk.fit", "empty.gpx", "bad.zip", "photos", "missing.tcx")]
    with pytest.raises(InputError) as caught:
        read_recordings([str(path) for path in paths], zone="UTC")
    text = str(caught.value)
    assert all(path.name in text for path in paths)
    assert "FIT" in text
    assert "give a .fit" in text
    assert len(caught.value.faults) == 5


def test_a_broken_file_among_good_ones_is_a_fault(tmp_path):
    """In a folder one broken file is listed and the others are read."""
    (tmp_path / "a.fit").write_bytes(fit_run())
    (tmp_path / "b.fit").write_bytes(b"no")
    got = read_recordings([tmp_path], zone="UTC")
    assert len(got.runs) == 1
    assert "b.fit" in str(got.faults[0])


def test_a_given_ride_is_no_error(tmp_path):
    """A file of another sport is counted and not wrong."""
    (tmp_path / "ride.fit").write_bytes(fit_run(sport=CYCLING))
    got = read_recordings([tmp_path / "ride.fit"], zone="UTC")
    assert (got.runs, got.ignored) == ((), 1)


def test_an_unknown_zone_is_an_input_error():
    """A time zone that does not exist is named."""
    with pytest.raises(InputError, match="Lisboa"):
        read_recordings([], zone="Europe/Lisboa")
