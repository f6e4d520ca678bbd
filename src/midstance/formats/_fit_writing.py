"""Write FIT: values of the profile become frames, each checked against the range of its type before it is scaled.

A message is a layout and its values by name. Messages of one layout with the same fields share one definition, with
strings as long as the longest of them; a field that says nothing is not there at all. Field numbers and units are facts
of the FIT profile, as the MIT-licensed tables of fitdecode give them. What the messages mean for a workout or an
activity is in ``fit_workout`` and ``fit_activity``.
"""

from __future__ import annotations

import datetime as dt
import struct
import unicodedata
import zlib
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, TypeAlias

from midstance.formats import _fit_frames as frames

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Value: TypeAlias = "int | float | str | bytes | dt.datetime | tuple[int, ...] | None"
Values: TypeAlias = "Mapping[str, Value]"

EPOCH = dt.datetime(1989, 12, 31, tzinfo=dt.UTC)
PROTOCOL_1, PROTOCOL_2 = 0x10, 0x20
PROFILE = 21180            # version in the header: as a watch of 2025 writes it
MOST_STRING = 255          # bytes of a field, with the zero that ends a string
LOCALS = 16                # local message numbers that a normal header can name
DEVELOPER = 0x20           # bit of a definition that has fields of a developer
TIMESTAMP, INDEX = 253, 254
DEVELOPMENT = 255          # maker for files of programs without a number of their own
ACTIVITY_FILE, WORKOUT_FILE = 4, 5


@dataclass(frozen=True, slots=True)
class Base:
    """A base type of FIT.

    Attributes:
        code: Its number in a definition.
        form: Its letter for ``struct``.
        low: Least value, ``high`` the most; the one beyond them says that there is none.
    """

    code: int
    form: str
    low: int = 0
    high: int = 0

    @property
    def size(self) -> int:
        """Bytes of one value."""
        return struct.calcsize(self.form)


ENUM = Base(0x00, "B", 0, 0xFE)
UINT8 = Base(0x02, "B", 0, 0xFE)
UINT16 = Base(0x84, "H", 0, 0xFFFE)
UINT32 = Base(0x86, "I", 0, 0xFFFFFFFE)
UINT32Z = Base(0x8C, "I", 1, 0xFFFFFFFF)
BYTES = Base(0x0D, "s")
TEXT = Base(0x07, "s")
FLOAT64 = Base(0x89, "d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a message.

    Attributes:
        number: Its number in the message, or in the developer's list.
        base: Its type.
        scale: Steps of one unit: a value is stored times this.
        count: How many values an array has; bytes of a byte array.
        most: Most bytes of a string without the zero that ends it.
        developer: Whether it is a developer's own field, which other readers may pass over.
    """

    number: int
    base: Base
    scale: int = 1
    count: int = 1
    most: int = MOST_STRING - 1
    developer: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A message of the profile: its name for faults, its number, its fields by name."""

    name: str
    number: int
    fields: dict[str, Field] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Message:
    """A message to be written; a field that is None or not named says nothing."""

    layout: Layout
    values: Values


FILE_ID = Layout("file_id", 0, {
    "type": Field(number=0, base=ENUM), "manufacturer": Field(number=1, base=UINT16),
    "product": Field(number=2, base=UINT16), "serial_number": Field(number=3, base=UINT32Z),
    "time_created": Field(number=4, base=UINT32), "product_name": Field(number=8, base=TEXT, most=19)})
TITLE = Layout("exercise_title", 264, {
    "message_index": Field(number=INDEX, base=UINT16), "exercise_category": Field(number=0, base=UINT16),
    "exercise_name": Field(number=1, base=UINT16), "wkt_step_name": Field(number=2, base=TEXT, most=63)})


def encode(messages: Sequence[Message]) -> bytes:
    """Write a whole FIT file.

    Args:
        messages: In the order of the file, ``file_id`` first.
    Returns: Header, frames and checksum; the same messages give the same bytes.
    Raises: ValueError: A value lies outside of its field, a field is unknown, or a string is too long.
    """
    shapes = _shapes(messages)
    out: list[bytes] = []
    slots: dict[int, _Shape] = {}
    for message in messages:
        shape = shapes[_key(message)]
        if slots.get(shape.local) is not shape:
            slots[shape.local] = shape
            out.append(shape.definition())
        out.append(shape.data(message.values))
    own = any(spec.developer for shape in shapes.values() for spec in shape.fields.values())
    return _framed(b"".join(out), PROTOCOL_2 if own else PROTOCOL_1)


def file_id(kind: int, name: str, created: dt.datetime) -> Message:
    """Say what a file is and who wrote it.

    Args:
        kind: ``ACTIVITY_FILE`` or ``WORKOUT_FILE``.
        name: What tells it from other files: its serial number is made of it, so that no two are taken for one.
        created: The moment it stands for, aware; no clock is asked.
    """
    return Message(FILE_ID, {
        "type": kind, "manufacturer": DEVELOPMENT, "product": 0, "serial_number": zlib.crc32(name.encode()) or 1,
        "time_created": created, "product_name": "midstance"})


def moment(when: dt.datetime) -> int:
    """Count the seconds since the FIT epoch.

    Args:
        when: An aware moment.
    Raises: ValueError: It is naive.

    >>> moment(dt.datetime(1990, 1, 1, tzinfo=dt.UTC))
    86400
    """
    if when.tzinfo is None:
        msg = f"{when.isoformat()} has no time zone; FIT needs an instant"
        raise ValueError(msg)
    return int((when - EPOCH).total_seconds())


def fitted(text: str, most: int) -> str:
    """Bring a text into a field: one line, cut at a whole character.

    Args:
        text: Any text.
        most: Most bytes in UTF-8.

    >>> fitted("Café au lait", 4), fitted("Café au lait", 5)
    ('Caf', 'Café')
    """
    normal = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    line = " ".join("".join(c if c.isprintable() else " " for c in normal).split())
    short = line.encode()[:most].decode("utf-8", "ignore")
    while short and len(short) < len(line) and unicodedata.combining(line[len(short)]):
        short = short[:-1]       # a sign over a letter is not torn from it
    return short.rstrip()


@dataclass(slots=True, eq=False)
class _Shape:
    """How messages lie in the file: their fields by name, developers' last, and the sizes of these [bytes]."""

    layout: Layout
    local: int
    fields: dict[str, Field]
    sizes: dict[str, int]

    def definition(self) -> bytes:
        """Write the definition that comes before the first message."""
        profile, own = (
            [bytes((spec.number, self.sizes[name], 0 if mine else spec.base.code))
             for name, spec in self.fields.items() if spec.developer is mine] for mine in (False, True))
        head = 0x40 | self.local | (DEVELOPER if own else 0)
        body = struct.pack("<BBBHB", head, 0, 0, self.layout.number, len(profile)) + b"".join(profile)
        return body + (bytes((len(own),)) + b"".join(own) if own else b"")

    def data(self, values: Values) -> bytes:
        """Write one message."""
        return bytes((self.local,)) + b"".join(
            _stored(f"{self.layout.name}.{name}", spec, values[name], self.sizes[name])
            for name, spec in self.fields.items())


def _key(message: Message) -> tuple[Layout, frozenset[str]]:
    return message.layout, frozenset(name for name, value in message.values.items() if value is not None)


def _shapes(messages: Iterable[Message]) -> dict[tuple[Layout, frozenset[str]], _Shape]:
    """Collect the shapes of messages.

    Raises: ValueError: A field is unknown.
    """
    shapes: dict[tuple[Layout, frozenset[str]], _Shape] = {}
    for message in messages:
        layout = message.layout
        if unknown := message.values.keys() - layout.fields.keys():
            msg = f"{layout.name} has no field {min(unknown)!r}"
            raise ValueError(msg)
        key = _key(message)
        if key not in shapes:
            fields = {name: spec for name, spec in layout.fields.items() if name in key[1]}
            ordered = dict(sorted(fields.items(), key=lambda one: one[1].developer))
            shapes[key] = _Shape(layout, len(shapes) % LOCALS, ordered, {})
        sizes = shapes[key].sizes
        for name, spec in shapes[key].fields.items():
            sizes[name] = max(sizes.get(name, 0), _size(spec, message.values[name]))
    return shapes


def _size(spec: Field, value: Value) -> int:
    return len(str(value).encode()) + 1 if spec.base is TEXT else spec.base.size * spec.count


def _stored(name: str, spec: Field, value: Value, size: int) -> bytes:
    """Write one value into its bytes.

    Raises: ValueError: It lies outside of its field.
    """
    if spec.base is TEXT:
        return _text(name, spec, value, size)
    if spec.base is BYTES:
        return _raw(name, spec, value)
    if spec.base is FLOAT64:
        return struct.pack("<d", value)
    values = value if isinstance(value, tuple) else (value,)
    if len(values) != spec.count:
        msg = f"{name} has {len(values)} values, not {spec.count}"
        raise ValueError(msg)
    return struct.pack(f"<{spec.count}{spec.base.form}", *(_number(name, spec, one) for one in values))


def _text(name: str, spec: Field, value: Value, size: int) -> bytes:
    data = str(value).encode()
    if len(data) > spec.most:
        msg = f"{name} takes {spec.most} bytes, and {value!r} has {len(data)}"
        raise ValueError(msg)
    return data.ljust(size, b"\0")


def _raw(name: str, spec: Field, value: Value) -> bytes:
    if not isinstance(value, bytes) or len(value) != spec.count:
        msg = f"{name} takes {spec.count} bytes"
        raise ValueError(msg)
    return value


def _number(name: str, spec: Field, value: Value) -> int:
    """Scale a number and check that it fits; nothing wraps around."""
    if isinstance(value, dt.datetime):
        value = moment(value)
    if not isinstance(value, int | float) or not isfinite(value):
        msg = f"{name} is {value!r}, not a number"
        raise ValueError(msg)
    whole = round(value * spec.scale)
    if not spec.base.low <= whole <= spec.base.high:
        low, high = spec.base.low / spec.scale, spec.base.high / spec.scale
        msg = f"{name} is {value:g}; it must lie between {low:g} and {high:g}"
        raise ValueError(msg)
    return whole


def _framed(body: bytes, protocol: int) -> bytes:
    """Put header and checksum around frames."""
    head = struct.pack("<BBHI4s", 14, protocol, PROFILE, len(body), b".FIT")
    whole = head + struct.pack("<H", frames.checksum(head)) + body
    return whole + struct.pack("<H", frames.checksum(whole))
