"""The ``.task`` file that the browser's pose model wants: two networks in a zip, each told how to scale its picture.

The networks come without that; a TensorFlow Lite model is a FlatBuffer, whose references only point forward. So a new
root is written before the old bytes, which move as one block and stay as they are.
"""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MODEL_SIGN, METADATA_SIGN = b"TFL3", b"M001"
METADATA_NAME: Final = b"TFLITE_METADATA"
# Fields of a model's root: number in the schema (tensorflow/lite/schema/schema.fbs, Apache-2.0).
VERSION, BUFFERS, METADATA = 0, 4, 6
NORMALIZATION = 1  # the union's first kind in metadata_schema.fbs: what is taken off and divided by
BLOCK: Final = 64
"""Bytes that the old model moves by a multiple of, so that its weights stay aligned (16 are asked for)."""
SCALES: Final[dict[str, tuple[float, float]]] = {
    "pose_detector.tflite": (127.5, 127.5), "pose_landmarks_detector.tflite": (0.0, 255.0)}
"""Member -> mean and divisor of the picture's values 0 to 255: -1 to 1 for the detector, 0 to 1 for the landmarks.

Source: the graphs of MediaPipe's pose solution (pose_detection_cpu, pose_landmark_cpu: output_tensor_float_range).
"""
LONG_AGO = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class There:
    """A place in the old model."""

    at: int


@dataclass(frozen=True, slots=True)
class Run:
    """Bytes that begin at a multiple of 16, with a number before them: how many things they are."""

    data: bytes
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """References, one after the other, with their number before them."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Fields by their number in the schema: a number, a reference, or None for one that is not given."""

    fields: tuple[int | Part | None, ...]


Part = There | Run | Row | Table


@dataclass(slots=True)
class Sheet:
    """Writes a FlatBuffer from its root on, each part before those that it refers to."""

    out: bytearray = field(default_factory=bytearray)
    old: list[tuple[int, int]] = field(default_factory=list)

    def document(self, root: Table, sign: bytes, block: int = 4) -> None:
        """Write a whole document, padded to a multiple of ``block`` bytes."""
        self.out += bytes(4) + sign
        self._refer(0, root)
        self._pad(block)

    def _refer(self, at: int, part: Part) -> None:
        if isinstance(part, There):
            self.old.append((at, part.at))
        else:
            struct.pack_into("<I", self.out, at, self._write(part) - at)

    def _write(self, part: Run | Row | Table) -> int:
        if isinstance(part, Run):
            return self._run(part)
        if isinstance(part, Row):
            place = self._head(struct.pack("<I", len(part.parts)))
            parts: tuple[int | Part | None, ...] = part.parts
        else:
            here = [4 + 4 * n if value is not None else 0 for n, value in enumerate(part.fields)]
            size = 4 + 2 * len(here)
            self._pad(4, ahead=size)
            self.out += struct.pack(f"<{2 + len(here)}H", size, 4 + 4 * len(here), *here)
            place = self._head(struct.pack("<i", size))
            parts = part.fields
        self.out += bytes(4 * len(parts))
        for number, value in enumerate(parts):
            if isinstance(value, int):
                struct.pack_into("<I", self.out, place + 4 + 4 * number, value)
            elif value is not None:
                self._refer(place + 4 + 4 * number, value)
        return place

    def _head(self, data: bytes) -> int:
        self._pad(4)
        self.out += data
        return len(self.out) - len(data)

    def _run(self, run: Run) -> int:
        self._pad(16, ahead=4)
        place = self._head(struct.pack("<I", run.count))
        self.out += run.data
        return place

    def _pad(self, to: int, ahead: int = 0) -> None:
        self.out += bytes(-(len(self.out) + ahead) % to)


def task_file(networks: Mapping[str, bytes]) -> bytes:
    """Put the networks together.

    Args:
        networks: The members of ``SCALES`` as they come.
    Returns: A zip whose members are not packed, the same bytes for the same networks.
    Raises: ValueError: One is no TensorFlow Lite model.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as file:
        for name, (mean, divisor) in SCALES.items():
            file.writestr(zipfile.ZipInfo(name, LONG_AGO), with_scaling(networks[name], mean, divisor))
    return made.getvalue()


def with_scaling(model: bytes, mean: float, divisor: float) -> bytes:
    """Tell a model how its picture is to be scaled.

    Args:
        model: A TensorFlow Lite model without metadata of this kind.
        mean: What is taken off each value 0 to 255.
        divisor: What the rest is divided by.
    Raises: ValueError: It is no such model, or it is damaged.
    """
    if model[4:8] != MODEL_SIGN:
        raise ValueError("this is no TensorFlow Lite model")
    try:
        root, buffers, notes = _parts_of(model)
    except struct.error:
        raise ValueError("this model is cut off") from None
    told = scaling(mean, divisor)
    note = Table((_text(METADATA_NAME), len(buffers)))
    root[BUFFERS] = Row((*buffers, Table((Run(told, len(told)),))))
    root[METADATA] = Row((*notes, note))
    sheet = Sheet()
    sheet.document(Table(tuple(root)), MODEL_SIGN, BLOCK)
    for at, there in sheet.old:
        struct.pack_into("<I", sheet.out, at, len(sheet.out) + there - at)
    return bytes(sheet.out) + model


def scaling(mean: float, divisor: float) -> bytes:
    """Write a model's metadata: how its one picture is scaled, and nothing else.

    The fields are those of ``ModelMetadata`` in metadata_schema.fbs (TensorFlow Lite Support, Apache-2.0).
    """
    options = Table((_float(mean), _float(divisor)))
    picture = Table((None, None, None, None, Row((Table((NORMALIZATION, options)),))))
    network = Table((None, None, Row((picture,))))
    sheet = Sheet()
    sheet.document(Table((None, None, None, Row((network,)))), METADATA_SIGN)
    return bytes(sheet.out)


def _float(value: float) -> Run:
    return Run(struct.pack("<f", value), 1)


def _text(text: bytes) -> Run:
    return Run(text + b"\0", len(text))


def _parts_of(model: bytes) -> tuple[list[int | Part | None], tuple[There, ...], tuple[There, ...]]:
    """Read a model's root: its fields, the places of its buffers, and of the metadata that it has already."""
    root = _follow(model, 0)
    fields = root - struct.unpack_from("<i", model, root)[0]
    count = (struct.unpack_from("<H", model, fields)[0] - 4) // 2
    slots = struct.unpack_from(f"<{count}H", model, fields + 4)
    parts: list[int | Part | None] = [There(_follow(model, root + slot)) if slot else None for slot in slots]
    parts += [None] * (METADATA + 1 - count)
    parts[VERSION] = struct.unpack_from("<I", model, root + slots[VERSION])[0] if slots[VERSION] else None
    return parts, _row(model, parts[BUFFERS]), _row(model, parts[METADATA])


def _row(model: bytes, part: int | Part | None) -> tuple[There, ...]:
    """List the places that a row of the old model refers to."""
    if not isinstance(part, There):
        return ()
    count = struct.unpack_from("<I", model, part.at)[0]
    if count > len(model) // 4:
        raise struct.error
    return tuple(There(_follow(model, part.at + 4 + 4 * n)) for n in range(count))


def _follow(model: bytes, at: int) -> int:
    place = at + int(struct.unpack_from("<I", model, at)[0])
    if place + 4 > len(model):
        raise struct.error
    return place
