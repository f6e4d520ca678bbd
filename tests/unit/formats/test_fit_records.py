"""Records lifted out of FIT files: the same runs as with the reader of whole messages, whatever the file."""

from __future__ import annotations

import random

import pytest

from builders_recordings import (
    RUNNING,
    START,
    FitWriter,
    crc16,
    fit_activity,
    fit_head,
    fit_records,
    fit_session,
    fit_time,
    mutated,
)
from midstance.formats import _fit_frames as frames
from midstance.formats import fit
from midstance.formats._fit_records import lift

ALTITUDE = (2, 0x84, 3000)


def a_file(*, big: bool = False, developer: bytes = b"", placed: bool = True) -> bytes:
    """A run of two minutes."""
    writer = FitWriter(big=big)
    fit_head(writer)
    fit_records(writer, seconds=120, placed=placed, developer=developer)
    fit_session(writer, seconds=120, metres=360, sport=RUNNING)
    fit_activity(writer)
    return writer.file()


def both_ways(data: bytes, monkeypatch: pytest.MonkeyPatch):
    """What is read with records lifted, and without."""
    lifted = fit.parse(data, "a.fit")
    with monkeypatch.context() as patch:
        patch.setattr(fit, "lift", lambda _: None)
        return lifted, fit.parse(data, "a.fit")


@pytest.mark.parametrize("data", [a_file(), a_file(big=True), a_file(placed=False), a_file(developer=b"\x07")])
def test_plain_records_are_lifted_and_tell_the_same(data, monkeypatch):
    """In both orders of bytes, also with an extension's field, records are lifted and the run is the same."""
    found = lift(data)
    assert found is not None
    assert (found.records, len(found.points)) == (121, 121)
    assert len(found.rest) < 400
    assert crc16(found.rest) == 0
    one, other = both_ways(data, monkeypatch)
    assert one == other
    assert one.entries[0].distance_km == 0.36


def test_values_that_say_nothing_and_records_without_a_date_are_the_same(monkeypatch):
    """Empty values, no time, a time before watches knew the date, and other fields between: the same run."""
    writer = FitWriter()
    fit_head(writer)
    for second in range(0, 600, 5):
        at = fit_time(START) + second
        writer.say(20, [(253, 0x86, at), ALTITUDE, (5, 0x86, 300 * second),
                        (3, 0x02, 255 if second % 3 else 150)])
        writer.say(20, [(253, 0x86, at + 1), (0, 0x85, 0x7FFFFFFF), (1, 0x85, -5), (5, 0x86, 0xFFFFFFFF)])
        writer.say(20, [(5, 0x86, 300 * second), (3, 0x02, 140)])
        writer.say(20, [(253, 0x86, 1000 if second % 2 else 0xFFFFFFFF), (3, 0x02, 60)])
    fit_session(writer)
    found = lift(writer.file())
    assert found is not None
    assert (found.records, len(found.points)) == (480, 240)
    one, other = both_ways(writer.file(), monkeypatch)
    assert one == other
    assert len(one.entries) == 1


@pytest.mark.parametrize("fields", [
    [(253, 0x86, fit_time(START)), (8, 0x02, 1)], [(253, 0x86, fit_time(START)), (3, 0x84, 140)],
    [(253, 0x86, fit_time(START)), (253, 0x86, fit_time(START))]])
def test_other_shapes_are_left_to_the_reader_of_messages(fields):
    """A packed distance, a heart rate of another size and a field that is there twice are not lifted."""
    writer = FitWriter()
    fit_head(writer)
    writer.say(20, fields)
    assert lift(writer.file()) is None


@pytest.mark.parametrize("head", [1, 0x80 | 1 << 5])
def test_short_times_are_left_to_the_reader_of_messages(head):
    """A record whose header holds five bits of time is not lifted, the same with a normal header is."""
    writer = FitWriter()
    fit_head(writer)
    writer.say(20, [(253, 0x86, fit_time(START)), (3, 0x02, 140)])
    writer.frames += bytes([head]) + writer.frames[-5:]
    assert (lift(writer.file()) is None) == (head != 1)


def test_a_wrong_checksum_is_not_lifted():
    """One wrong bit, and the file goes the way of damaged files."""
    data = bytearray(a_file())
    data[200] ^= 1
    assert lift(bytes(data)) is None


def test_damaged_files_tell_the_same_both_ways(monkeypatch):
    """Three hundred damaged files give the same runs and the same faults with and without lifting."""
    chance = random.Random(11)
    for _ in range(300):
        one, other = both_ways(mutated(a_file(), chance), monkeypatch)
        assert one == other


@pytest.mark.parametrize("size", [0, 1, 4095, 4096, 4097, 5000, 100_003])
def test_the_checksum_of_long_files_is_the_same(size):
    """Row by row or byte by byte, the checksum is that of the tests' own loop."""
    data = random.Random(size).randbytes(size)
    assert frames.checksum(data) == crc16(data)
