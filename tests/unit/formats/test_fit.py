"""FIT recordings: what is read, what is ignored, and what is kept of damaged files."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from builders_recordings import (
    CYCLING,
    FITNESS,
    START,
    TRANSITION,
    FitWriter,
    fit_activity,
    fit_head,
    fit_records,
    fit_run,
    fit_session,
)
from midstance.formats import _fit_frames as frames
from midstance.formats import fit


def only(parsed):
    assert len(parsed.entries) == 1, parsed
    return parsed.entries[0]


@pytest.mark.parametrize("big", [False, True])
def test_a_whole_run_is_read(big):
    """A run gives start, local start, time, distance, heart rate and means by minute, in either byte order."""
    parsed = fit.parse(fit_run(big=big), "a.fit")
    run = only(parsed)
    assert (run.start, run.local_start) == (START, dt.datetime.fromisoformat("2026-11-03T07:30"))
    assert (run.seconds, run.distance_km, run.mean_hr, run.max_hr) == (600, 1.8, 140, 150)
    assert run.minute_hr[:10] == (140,) * 10
    assert run.minute_speed_m_s[:10] == (3.0,) * 10
    assert (run.source, run.device, run.hard_minutes) == ("a.fit", "garmin", None)
    assert (parsed.faults, parsed.ignored) == ((), 0)


def test_equal_local_and_universal_time_tell_no_zone():
    """A file that writes the same time twice leaves the local start equal to UTC, for the runner's zone to decide."""
    assert only(fit.parse(fit_run(offset_h=0), "a.fit")).local_start == START.replace(tzinfo=None)


def test_other_sports_and_other_kinds_of_file_are_ignored():
    """A ride, and a file of settings, are counted and give no fault."""
    settings = FitWriter()
    fit_head(settings, kind=2)
    for data in (fit_run(sport=CYCLING), settings.file()):
        parsed = fit.parse(data, "a.fit")
        assert (parsed.entries, parsed.faults, parsed.ignored) == ((), (), 1)


def test_a_multisport_file_gives_its_running_sessions():
    """Of a duathlon the runs are entries with their own minutes only, the rest is counted."""
    writer = FitWriter()
    fit_head(writer)
    begins = START
    for sport, seconds, speed in ((1, 600, 3.0), (TRANSITION, 60, 1.0), (CYCLING, 900, 8.0), (1, 300, 4.0)):
        fit_records(writer, at=begins, seconds=seconds - 1, speed=speed)
        fit_session(writer, at=begins, seconds=seconds, metres=speed * seconds, sport=sport)
        begins += dt.timedelta(seconds=seconds)
    fit_activity(writer)
    parsed = fit.parse(writer.file(), "duathlon.fit")
    assert [(run.seconds, run.distance_km) for run in parsed.entries] == [(600, 1.8), (300, 1.2)]
    assert [round(run.minute_speed_m_s[2], 1) for run in parsed.entries] == [3.0, 4.0]
    assert len(parsed.entries[1].minute_hr) <= 6
    assert parsed.ignored == 2


def test_a_cut_file_gives_its_good_half():
    """A file that ends in the middle of its records is measured by those there are, with the byte of the cut."""
    writer = FitWriter()
    fit_head(writer)
    writer.say(12, [(0, 0x00, 1)])
    fit_records(writer, seconds=400)
    data = writer.file()
    parsed = fit.parse(data[:len(data) - 7], "cut.fit")
    run = only(parsed)
    assert 395 <= run.seconds <= 400
    assert run.distance_km == pytest.approx(1.2, abs=0.01)
    assert parsed.faults[0].place.startswith("byte ")
    assert not parsed.faults[0].fatal
    assert "cut off" in parsed.faults[0].says


def test_a_dead_watch_leaves_a_header_without_size():
    """A file whose header states no size is read to its end."""
    writer = FitWriter()
    fit_head(writer)
    fit_records(writer)
    fit_session(writer)
    parsed = fit.parse(writer.file(size=0), "dead.fit")
    assert only(parsed).seconds == 600
    assert "no size" in parsed.faults[0].says


def test_a_wrong_checksum_is_a_fault_and_keeps_the_run():
    """A wrong checksum warns, and the run is still there."""
    data = bytearray(fit_run())
    data[-1] ^= 0xFF
    parsed = fit.parse(bytes(data), "crc.fit")
    assert only(parsed).distance_km == 1.8
    assert "checksum" in parsed.faults[0].says


def test_a_short_header_is_read():
    """A header of 12 bytes, without a checksum of its own, is a FIT header too."""
    writer = FitWriter()
    fit_head(writer)
    fit_records(writer)
    fit_session(writer)
    assert only(fit.parse(writer.file(header=12), "old.fit")).seconds == 600


def test_developer_fields_do_no_harm():
    """Fields that a developer added beside the records change nothing."""
    writer = FitWriter()
    fit_head(writer)
    fit_records(writer, developer=b"\x07")
    fit_session(writer)
    parsed = fit.parse(writer.file(), "dev.fit")
    assert only(parsed).minute_speed_m_s[0] == 3.0
    assert parsed.faults == ()


def test_a_chained_file_keeps_its_good_head():
    """Two whole files in one give two runs; a broken second one leaves the first."""
    first, second = fit_run(), fit_run(at=START + dt.timedelta(days=2))
    assert len(fit.parse(first + second, "two.fit").entries) == 2
    for tail in (second[:200], b"noise" * 20):
        parsed = fit.parse(first + tail, "half.fit")
        assert parsed.entries[0].start == START
        assert parsed.faults


def test_beats_sent_later_by_a_strap_fill_the_mean():
    """A part with nothing but beats belongs to the activity before it and gives the missing heart rate."""
    writer, strap = FitWriter(), FitWriter()
    fit_head(writer)
    for second in range(0, 601, 5):
        writer.say(20, [(253, 0x86, 1_100_000_000 + second), (5, 0x86, 300 * second)])
    fit_session(writer, hr=(0xFF, 0xFF))
    fit_head(strap)
    for beats in (120, 130, 140):
        strap.say(132, [(253, 0x86, 1_100_000_000), (6, 0x02, beats)])
    run = only(fit.parse(writer.file() + strap.file(), "strap.fit"))
    assert (run.mean_hr, run.max_hr) == (130, 140)


def test_a_kind_of_value_that_does_not_exist_causes_no_panic(capfd):
    """A definition on which the fast reader panics goes to the patient one, without a word on standard error."""
    writer = FitWriter()
    fit_head(writer)
    fit_records(writer, seconds=60)
    writer.say(99, [(1, 0x55, 7)])
    fit_session(writer)
    parsed = fit.parse(writer.file(), "odd.fit")
    assert only(parsed).seconds == 600
    assert parsed.faults
    assert capfd.readouterr().err == ""


def test_a_panic_that_comes_all_the_same_is_no_crash(monkeypatch):
    """Whatever the fast reader raises, the patient one takes over; only an interrupt goes through."""
    class Panic(BaseException):
        pass

    def breaks(_):
        raise Panic

    monkeypatch.setattr("pyfitparsernative.parse_fit_bytes", breaks)
    assert only(fit.parse(fit_run(), "a.fit")).distance_km == 1.8

    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("pyfitparsernative.parse_fit_bytes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        fit.parse(fit_run(), "a.fit")


def test_both_readers_agree_on_our_file(monkeypatch):
    """The patient reader gives the same run as the fast one."""
    fast = fit.parse(fit_run(), "a.fit")
    monkeypatch.setattr(fit, "_fast", lambda _: None)
    assert fit.parse(fit_run(), "a.fit").entries == fast.entries


@pytest.mark.parametrize("data", [b"", b"\x0e", b"junk" * 100, b"<gpx></gpx>", b"\0" * 50])
def test_what_is_no_fit_is_one_fatal_fault(data):
    """Bytes without a FIT header give one fatal fault that names the format."""
    parsed = fit.parse(data, "junk.fit")
    assert parsed.entries == ()
    assert [fault.fatal for fault in parsed.faults] == [True]
    assert "FIT" in str(parsed.faults[0])
    assert "junk.fit" in str(parsed.faults[0])


def test_a_run_without_a_date_is_left_out():
    """A watch that never knew the date begins near 1990: its run cannot be placed."""
    parsed = fit.parse(fit_run(at=dt.datetime(1990, 7, 9, tzinfo=dt.UTC)), "old.fit")
    assert parsed.entries == ()
    assert "date" in parsed.faults[0].says


def test_a_forgotten_stop_button_is_no_run():
    """A running session at the speed of a car is left out with a fault."""
    writer = FitWriter()
    fit_head(writer)
    fit_session(writer, seconds=600, metres=12_000)
    parsed = fit.parse(writer.file(), "car.fit")
    assert parsed.entries == ()
    assert "faster" in parsed.faults[0].says


@pytest.mark.parametrize(("speed", "taken"), [(3.0, 1), (1.2, 0)])
def test_a_treadmill_under_fitness_counts_by_its_speed(speed, taken):
    """Gym equipment with a treadmill is a run when it ran, and a walk when it walked."""
    writer = FitWriter()
    fit_head(writer)
    fit_records(writer, speed=speed)
    fit_session(writer, metres=600 * speed, sport=FITNESS, sub_sport=1)
    parsed = fit.parse(writer.file(), "gym.fit")
    assert len(parsed.entries) == taken
    assert parsed.ignored == 1 - taken


def test_a_made_up_file_asks_for_no_more_than_bounded_memory_and_time():
    """Ten million one-byte messages are cut at the limit within 2 s."""
    writer = FitWriter()
    fit_head(writer)
    writer.frames += b"\x41\0\0\x09\x03\0"
    writer.frames += b"\x01" * 10_000_000
    head = FitWriter(frames=writer.frames)
    data = b"\x0e\x20\0\0" + len(head.frames).to_bytes(4, "little") + b".FIT\0\0" + bytes(head.frames) + b"\0\0"
    began = time.perf_counter()
    parts, _ = frames.split_parts(data)
    assert "values" in parts[0].trouble
    assert time.perf_counter() - began < 2


def test_a_checksum_is_that_of_the_builder():
    """The product's checksum agrees with the bitwise one of the tests."""
    data = fit_run()
    assert frames.checksum(data[:-2]) == int.from_bytes(data[-2:], "little")
