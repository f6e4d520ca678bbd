"""What a format is: bytes in, values and faults out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong with an input: a value with its place, never a traceback.

    Attributes:
        source: File name as the runner gave it.
        place: Line, row, byte offset or key, in words; empty when the whole file is meant.
        says: What is wrong.
        remedy: What would be right.
        fatal: Whether nothing of the file can be used.
    """

    source: str
    place: str
    says: str
    remedy: str = ""
    fatal: bool = False

    def __str__(self) -> str:
        where = f"{self.source}: {self.place}" if self.place else self.source
        return f"{where}: {self.says}" + (f" - {self.remedy}" if self.remedy else "")


class InputError(Exception):
    """Input that cannot be used; carries every fault found, not only the first."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def refusal(source: str, says: str, remedy: str = "", *, place: str = "") -> InputError:
    """Make the error for an input with one fault."""
    return InputError((Fault(source=source, place=place, says=says, remedy=remedy, fatal=True),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a reader found.

    Attributes:
        entries: Values (``CalendarRun``, ``RunDone`` ...), in the order of the file.
        faults: What was skipped or doubtful, with its place.
        unread: (date, title) of entries that may be runs and could not be read.
        ignored: How many entries were plainly something else.
        strength: How many of these were strength sessions that a watch recorded.
        sessions: What these strength sessions hold (``RecordedSession``), where the format tells.
    """

    entries: tuple[Any, ...] = ()
    faults: tuple[Fault, ...] = ()
    unread: tuple[tuple[Any, str], ...] = ()
    ignored: int = 0
    strength: int = 0
    sessions: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One file format; ``parse`` and ``render`` are pure, None means not supported.

    Attributes:
        id: Kebab case, the module's name.
        title: Name for people.
        suffixes: Lower-case file name endings.
        role: ``calendar``, ``recording``, ``strength-log``, ``player``, ``player-session``, ``plan``, ``runner``,
            ``diary`` or ``watch``.
        sniff: Tells from the first bytes whether data is of this format.
        parse: ``parse(data, source)`` gives a ``Parsed``; formats that need more have functions of their own.
        supports: What is read or written, by content: ``parsed``, ``rendered``, ``both`` or ``not supported``.
    """

    id: str
    title: str
    suffixes: tuple[str, ...]
    role: str
    sniff: Callable[[bytes], bool]
    parse: Callable[[bytes, str], Parsed] | None = None
    supports: dict[str, str] = field(default_factory=dict)
