"""Damaged recordings: whatever the bytes, a typed answer in bounded time."""

from __future__ import annotations

import os
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders_recordings import (
    FitWriter,
    fit_activity,
    fit_head,
    fit_records,
    fit_session,
    gpx,
    mutated,
    tcx,
    track_points,
)
from midstance.domain.run import RunDone
from midstance.formats import fit
from midstance.formats import gpx as gpx_format
from midstance.formats import tcx as tcx_format
from midstance.formats._format import Fault, Parsed

FORMATS = {"fit": fit.FORMAT, "gpx": gpx_format.FORMAT, "tcx": tcx_format.FORMAT}
MUTANTS = int(os.environ.get("MIDSTANCE_MUTANTS", "1000")) // 5   # a fifth each: FIT, GPX, TCX, CSV, ICS


def _fit_sample() -> bytes:
    writer = FitWriter()
    fit_head(writer)
    fit_records(writer, seconds=90, placed=True)
    fit_session(writer, seconds=90, metres=270)
    fit_activity(writer)
    return writer.file()


SAMPLES = {
    "fit": _fit_sample(),
    "gpx": gpx(track_points(seconds=90), name="Läufe").encode(),
    "tcx": tcx(track_points(seconds=90), seconds=90, metres=270, laps=2).encode(),
}


def assert_typed(parsed: Parsed) -> None:
    """Check that an answer consists of believable runs and of faults that say something."""
    assert isinstance(parsed, Parsed)
    for run in parsed.entries:
        assert isinstance(run, RunDone)
        assert 1 <= run.seconds <= 48 * 3600
        assert run.start.tzinfo is not None
        assert run.local_start.tzinfo is None
        assert run.distance_km is None or 0 < run.distance_km < 2100
        assert run.mean_hr is None or 25 <= run.mean_hr <= 251
        assert len(run.minute_hr) <= 2881
        assert len(run.minute_speed_m_s) <= 2881
        assert all(0 <= speed < 1000 for speed in run.minute_speed_m_s)
    for fault in parsed.faults:
        assert isinstance(fault, Fault)
        assert fault.says
        assert fault.source == "damaged"
    assert parsed.ignored >= 0


@pytest.mark.parametrize("name", FORMATS)
def test_damaged_files_give_typed_answers(name, capfd):
    """Damaged files of each format give values and faults, nothing raised, nothing printed."""
    rng = random.Random(20261123)
    began = time.perf_counter()
    entries = 0
    for _ in range(MUTANTS):
        parsed = FORMATS[name].parse(mutated(SAMPLES[name], rng), "damaged")
        assert_typed(parsed)
        entries += len(parsed.entries)
    assert time.perf_counter() - began < max(20, MUTANTS / 10)
    assert entries > MUTANTS // 10, "some damaged files must still give their good half"
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("headed", [False, True])
def test_ten_megabytes_of_noise_are_refused_in_time(name, headed):
    """Noise, also behind a true beginning, is answered within 2 s."""
    noise = random.Random(7).randbytes(10_000_000)
    data = SAMPLES[name][:200] + noise if headed else noise
    began = time.perf_counter()
    parsed = FORMATS[name].parse(data, "damaged")
    assert time.perf_counter() - began < 2
    assert_typed(parsed)
    assert parsed.faults
    assert parsed.entries == ()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(sorted(FORMATS)))
def test_any_bytes_are_answered(data, name):
    """Any bytes at all give a typed answer, and only one format at most takes them for its own."""
    assert_typed(FORMATS[name].parse(data, "damaged"))
    assert sum(format_.sniff(data) for format_ in FORMATS.values()) <= 1


@pytest.mark.parametrize("name", FORMATS)
def test_each_sample_is_claimed_by_its_format_alone(name):
    """Exactly one format sniffs a sample."""
    assert [key for key, format_ in FORMATS.items() if format_.sniff(SAMPLES[name])] == [name]
