"""The ``.task`` file: networks that are told how to scale their picture, and otherwise stay as they are."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from builders_mirror import a_model
from midstance.formats.pose_task import SCALES, scaling, task_file, with_scaling


class Reader:
    """Follows references in a FlatBuffer as a program that reads models does."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def number(self, at: int, form: str = "<I") -> int:
        return int(struct.unpack_from(form, self.data, at)[0])

    def to(self, at: int) -> int:
        return at + self.number(at)

    def slot(self, table: int, number: int) -> int:
        """Place of a field, 0 where it is not given."""
        shape = table - self.number(table, "<i")
        if 4 + 2 * number >= self.number(shape, "<H"):
            return 0
        found = self.number(shape + 4 + 2 * number, "<H")
        return table + found if found else 0

    def row(self, table: int, number: int) -> list[int]:
        start = self.to(self.slot(table, number))
        return [self.to(start + 4 + 4 * n) for n in range(self.number(start))]

    def data_of(self, table: int, number: int) -> bytes:
        start = self.to(self.slot(table, number))
        return self.data[start + 4:start + 4 + self.number(start)]


def notes_of(model: bytes) -> dict[bytes, bytes]:
    """Metadata of a model by its name."""
    read = Reader(model)
    root = read.to(0)
    buffers = read.row(root, 4)
    return {read.data_of(one, 0): read.data_of(buffers[read.number(read.slot(one, 1))], 0)
            if read.slot(buffers[read.number(read.slot(one, 1))], 0) else b"" for one in read.row(root, 6)}


@pytest.mark.parametrize("metadata", [True, False])
def test_a_model_keeps_all_it_had(metadata: bool) -> None:
    """Version, operators, buffers and older metadata are where a reader looks for them, byte for byte."""
    made = with_scaling(a_model(metadata=metadata), 127.5, 127.5)
    read = Reader(made)
    root = read.to(0)
    assert made[4:8] == b"TFL3"
    assert read.number(read.slot(root, 0)) == 3
    assert read.row(root, 1) == []
    assert read.data_of(read.row(root, 4)[1], 0) == bytes(range(1, 8))
    assert list(notes_of(made)) == ([b"older"] if metadata else []) + [b"TFLITE_METADATA"]


def test_the_scaling_is_told() -> None:
    """Mean and divisor of the one picture stand where MediaPipe looks for them, as 32-bit numbers."""
    told = notes_of(with_scaling(a_model(), 127.5, 255.0))[b"TFLITE_METADATA"]
    assert told[4:8] == b"M001"
    read = Reader(told)
    (network,) = read.row(read.to(0), 3)
    (picture,) = read.row(network, 2)
    (unit,) = read.row(picture, 4)
    assert read.number(read.slot(unit, 0), "<B") == 1
    options = read.to(read.slot(unit, 1))
    values = [read.to(read.slot(options, n)) for n in (0, 1)]
    assert [read.number(at) for at in values] == [1, 1]
    assert [struct.unpack_from("<f", told, at + 4)[0] for at in values] == [127.5, 255.0]


def test_weights_stay_aligned() -> None:
    """The old model moves by a multiple of 64 bytes, and the new part lies at a multiple of 16."""
    model = a_model()
    made = with_scaling(model, 0, 255)
    assert made.endswith(model)
    assert (len(made) - len(model)) % 64 == 0
    assert made.index(scaling(0, 255)) % 16 == 0


@pytest.mark.parametrize("model", [b"", b"\0\0\0\0TFL3", b"PK\3\4 no model", a_model()[:40], b"\xff\xff\xff\x7fTFL3"])
def test_what_is_no_model_is_refused(model: bytes) -> None:
    """Something else, or a model that is cut off, is a ``ValueError`` in words."""
    with pytest.raises(ValueError, match=r"no TensorFlow Lite model|cut off"):
        with_scaling(model, 0, 255)


def test_the_task_file_is_a_plain_zip() -> None:
    """It holds both networks unpacked, and is the same bytes each time."""
    networks = dict.fromkeys(SCALES, a_model())
    made = task_file(networks)
    assert made == task_file(networks)
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert file.testzip() is None
        assert {one.filename: one.compress_type for one in file.infolist()} == dict.fromkeys(SCALES, zipfile.ZIP_STORED)
