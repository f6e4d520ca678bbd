"""What the next page says of the last action: a small cookie, shown once."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

import msgspec

COOKIE = "midstance-notice"
MOST_BYTES = 3600
"""Longest value of the cookie; browsers take 4,096 bytes with name and attributes."""
MORE = "The rest is on the page."


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Sentences about what was done, and the batch that one undo takes back, or an empty text."""

    says: tuple[str, ...] = ()
    batch: str = ""


def cookie_of(notice: Notice) -> str:
    """Write a notice as a cookie's value; what is too long is cut at a sentence."""
    written = _written(notice)
    count = len(notice.says)
    while len(written) > MOST_BYTES and count:
        count -= 1
        written = _written(Notice(says=(*notice.says[:count], MORE), batch=notice.batch))
    return written if len(written) <= MOST_BYTES else ""


def _written(notice: Notice) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(notice)).decode().rstrip("=")


def notice_of(cookie: str) -> Notice | None:
    """Read a notice; None where there is none or where it is garbled."""
    if not cookie or len(cookie) > MOST_BYTES:
        return None
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4)), type=Notice)
    except (msgspec.DecodeError, msgspec.ValidationError, binascii.Error, ValueError):
        return None
