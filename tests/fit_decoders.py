"""Two independent decoders of FIT behind one shape, for tests of what midstance writes."""

from __future__ import annotations

import io
from math import isnan
from typing import Any

import fitdecode
import pyfitparsernative

Message = dict[str, Any]


def by_fitdecode(data: bytes) -> list[Message]:
    """Decode with fitdecode, with both checksums checked; raw numbers of the profile become its words."""
    found = []
    with fitdecode.FitReader(io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE,
                             error_handling=fitdecode.ErrorHandling.RAISE) as reader:
        for frame in reader:
            if frame.frame_type == fitdecode.FIT_FRAME_DATA:
                found.append({"message_type": frame.name, **{f.name: f.value for f in frame.fields}})
    return found


def by_native(data: bytes) -> list[Message]:
    """Decode with pyfitparsernative."""
    return list(pyfitparsernative.parse_fit_bytes(data))


def of(messages: list[Message], kind: str) -> list[Message]:
    """Give the messages of one kind."""
    return [m for m in messages if m["message_type"] == kind]


def told(message: Message) -> Message:
    """Leave out what says nothing."""
    return {k: v for k, v in message.items() if v is not None and v != "" and not (isinstance(v, float) and isnan(v))}
