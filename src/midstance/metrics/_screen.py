"""What tests of the self-assessment say, in one word for all of them."""

from __future__ import annotations

from enum import StrEnum


class ScreenVerdict(StrEnum):
    """What a test says: nothing to do, or a reason to choose some exercises first. Never a forecast."""

    OK = "ok"
    FLAG = "flag"
