"""The writer of FIT frames: bytes, ranges, strings and checksums."""

from __future__ import annotations

import datetime as dt
import struct

import pytest

from builders_recordings import crc16
from fit_decoders import by_fitdecode, by_native
from midstance.formats._fit_writing import (
    BYTES,
    ENUM,
    FLOAT64,
    TEXT,
    UINT16,
    UINT32,
    UINT32Z,
    WORKOUT_FILE,
    Field,
    Layout,
    Message,
    encode,
    file_id,
    fitted,
    moment,
)

WHEN = dt.datetime(2026, 12, 3, 18, 0, tzinfo=dt.UTC)
STEP = Layout("workout_step", 27, {
    "wkt_step_name": Field(number=0, base=TEXT, most=8), "duration_type": Field(number=1, base=ENUM),
    "duration_value": Field(number=2, base=UINT32), "exercise_weight": Field(number=12, base=UINT16, scale=100)})


def a_step(**values: object) -> bytes:
    return encode([file_id(WORKOUT_FILE, "x", WHEN), Message(STEP, values)])  # type: ignore[arg-type]


def test_the_bytes_are_those_of_the_format():
    """A file is a header with its checksum, a definition before the first message of a kind, and a checksum."""
    data = a_step(wkt_step_name="Plank", duration_type=29)
    assert (data[0], data[1], data[8:12]) == (14, 0x10, b".FIT")
    assert struct.unpack_from("<I", data, 4)[0] == len(data) - 16
    assert struct.unpack_from("<H", data, 12)[0] == crc16(data[:12])
    assert crc16(data) == 0
    body = data[14:-2]
    first = bytes.fromhex("40 00 00 0000 06 000100 010284 020284 03048c 040486 080a07")
    assert body.startswith(first)
    second = bytes.fromhex("41 00 00 1b00 02 000607 010100") + b"\x01Plank\x00\x1d"
    assert body.endswith(second)
    assert len(body) == len(first) + 1 + 1 + 2 + 2 + 4 + 4 + 10 + len(second)


@pytest.mark.parametrize("decode", [by_fitdecode, by_native])
def test_what_is_told_is_read_by_others_and_the_rest_says_nothing(decode):
    """Fields that one message has and another has not are there for the first and absent for the second."""
    data = encode([file_id(WORKOUT_FILE, "x", WHEN), Message(STEP, {"wkt_step_name": "Squat", "exercise_weight": 16.5}),
                   Message(STEP, {"wkt_step_name": "Rest", "duration_type": 5})])
    first, second = (m for m in decode(data) if m["message_type"] == "workout_step")
    assert (first["wkt_step_name"], first["exercise_weight"], "duration_type" in first) == ("Squat", 16.5, False)
    assert (second["wkt_step_name"], "exercise_weight" in second) == ("Rest", False)


@pytest.mark.parametrize(("name", "value"), [
    ("exercise_weight", 655.35), ("exercise_weight", 700), ("exercise_weight", -1), ("duration_type", 255),
    ("duration_value", 2 ** 32 - 1), ("duration_value", float("nan")), ("duration_value", float("inf")),
    ("duration_value", "five"), ("duration_value", (1, 2)),
])
def test_numbers_beyond_their_field_are_refused(name, value):
    """Nothing wraps around: what a field cannot hold, or uses to say nothing, is an error that names the field."""
    with pytest.raises(ValueError, match=name):
        a_step(**{name: value})


def test_the_greatest_value_fits():
    """The last value below the one that says nothing is written and read as it is."""
    data = a_step(exercise_weight=655.34, duration_value=2 ** 32 - 2)
    step = by_native(data)[-1]
    assert (step["exercise_weight"], step["duration_value"]) == (655.34, 2 ** 32 - 2)


def test_too_long_strings_and_unknown_fields_are_refused():
    """A string is counted in bytes; a field that the layout does not have is an error."""
    assert a_step(wkt_step_name="ééé!!")
    with pytest.raises(ValueError, match="8 bytes"):
        a_step(wkt_step_name="ééééé")
    with pytest.raises(ValueError, match="no field 'colour'"):
        a_step(colour=1)


def test_more_kinds_of_message_than_local_numbers():
    """A header names sixteen kinds at once; the seventeenth takes the first one's number and is defined anew."""
    kinds = [Layout(f"m{k}", 0xFF00 + k, {"a": Field(number=0, base=ENUM)}) for k in range(17)]
    messages = [Message(kind, {"a": k}) for k, kind in enumerate(kinds)]
    data = encode([file_id(WORKOUT_FILE, "x", WHEN), *messages, *messages])
    values = [m["unknown_0"] for m in by_fitdecode(data)[1:]]
    assert values == [*range(17)] * 2


def test_arrays_bytes_floats_and_zero_types():
    """An array has its count, a byte array its length, a type with z takes no 0, a float any number."""
    layout = Layout("m", 200, {
        "three": Field(number=0, base=UINT16, count=3), "raw": Field(number=1, base=BYTES, count=2),
        "real": Field(number=2, base=FLOAT64), "z": Field(number=3, base=UINT32Z)})
    full = {"three": (1, 2, 3), "raw": b"ab", "real": 0.1, "z": 7}
    body = encode([Message(layout, full)])[14:-2]
    assert body.endswith(struct.pack("<HHH", 1, 2, 3) + b"ab" + struct.pack("<dI", 0.1, 7))
    for bad in ({"three": (1, 2)}, {"raw": b"abc"}, {"z": 0}):
        with pytest.raises(ValueError, match=r"m\."):
            encode([Message(layout, bad)])


def test_developer_fields_come_last_and_raise_the_protocol():
    """A definition with a developer's field says so, lists it after the others, and makes it protocol 2."""
    layout = Layout("m", 200, {"own": Field(number=4, base=ENUM, developer=True), "plain": Field(number=1, base=ENUM)})
    data = encode([Message(layout, {"own": 9, "plain": 8})])
    assert data[1] == 0x20
    assert data[14:-2] == bytes.fromhex("60 00 00 c800 01 010100 01 040100") + bytes((0, 8, 9))


@pytest.mark.parametrize(("text", "most", "fits"), [
    ("Goblet squat", 20, "Goblet squat"), ("Ünter", 1, ""), ("Ünter", 2, "Ü"), ("a\nb\tc\0d", 20, "a b c d"),
    ("e\u0301", 2, "é"), ("q\u0301q", 2, ""), ("x q\u0301q", 4, "x"), ("🏋 lift", 3, ""), ("", 5, ""), ("a b", 2, "a"),
    ("\ud800x", 5, "?x"),
])
def test_texts_are_cut_at_whole_characters(text, most, fits):
    """A text becomes one line that is cut between characters, never inside one nor between a letter and its sign."""
    assert fitted(text, most) == fits
    assert len(fitted(text, most).encode()) <= most


def test_times_need_a_zone():
    """FIT counts from the last day of 1989 in UTC; a time without a zone is refused."""
    assert moment(dt.datetime(1990, 1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=1)))) == 86400
    with pytest.raises(ValueError, match="no time zone"):
        moment(dt.datetime(2026, 1, 1))  # noqa: DTZ001


def test_files_of_different_names_have_different_serial_numbers():
    """Maker, product and serial number together tell files apart; the same name gives the same bytes."""
    one, other = (by_native(encode([file_id(WORKOUT_FILE, name, WHEN)]))[0] for name in ("a", "b"))
    assert one["serial_number"] != other["serial_number"]
    assert encode([file_id(WORKOUT_FILE, "a", WHEN)]) == encode([file_id(WORKOUT_FILE, "a", WHEN)])
