"""A terminal in which a test is timed: lines that are typed, waiting for Enter, one line that counts, a bell.

The guide of ``cli.assess_guided`` sees only ``Screen``; tests give it another one.
"""

from __future__ import annotations

import os
import select
import sys
import time
from dataclasses import dataclass, field
from typing import Protocol

BELL = "\a"
CLEAR = "\r\x1b[K"
STEP_S = 0.02
CHUNK = 1024


class Screen(Protocol):
    """What the guide needs of a terminal."""

    @property
    def width(self) -> int:
        """Columns."""

    def say(self, *lines: str) -> None:
        """Write lines."""

    def ask(self, question: str) -> str:
        """Ask for a line. Raises: EOFError: Nothing more will come."""

    def wait(self, seconds: float) -> str | None:
        """Wait; give the line if Enter was pressed before the time was over. Raises: EOFError: as ``ask``."""

    def count(self, text: str, *, bell: bool = False) -> None:
        """Show a text in place of the one before, with a bell if asked; an empty text ends it."""

    def now(self) -> float:
        """Give the seconds of a running clock."""


@dataclass(slots=True)
class Terminal:
    """The terminal that standard input and output are; its lines are read here alone, so that none is lost.

    Attributes:
        width: Columns.
    """

    width: int
    _typed: bytes = field(default=b"", init=False)
    _ended: bool = field(default=False, init=False)

    def say(self, *lines: str) -> None:
        """Write lines."""
        for line in lines:
            print(line)
        sys.stdout.flush()

    def ask(self, question: str) -> str:
        """Ask for a line.

        Raises: EOFError: Nothing more will come.
        """
        sys.stdout.write(question)
        sys.stdout.flush()
        while (line := self._line()) is None:
            self._read(None)
        return line

    def wait(self, seconds: float) -> str | None:
        """Wait; give the line if Enter was pressed before the time was over.

        Raises: EOFError: Nothing more will come.
        """
        until = self.now() + seconds
        while (line := self._line()) is None:
            left = until - self.now()
            if left <= 0:
                return None
            self._read(left)
        return line

    def count(self, text: str, *, bell: bool = False) -> None:
        """Show a text in place of the one before, with a bell if asked; an empty text ends it."""
        sys.stdout.write(CLEAR + text + (BELL if bell else ""))
        sys.stdout.flush()

    def now(self) -> float:
        """Give the seconds of a running clock."""
        return time.perf_counter()

    def _line(self) -> str | None:
        """Take the next whole line of what was typed, or None.

        Raises: EOFError: Nothing more will come.
        """
        line, end, rest = self._typed.partition(b"\n")
        if end:
            self._typed = rest
            return line.decode("utf-8", "replace").strip()
        if self._ended:
            raise EOFError
        return None

    def _read(self, seconds: float | None) -> None:
        """Read what was typed, waiting for it so long, or until it comes."""
        if os.name == "nt":
            self._read_windows(seconds)
            return
        handle = sys.stdin.fileno()
        if select.select([handle], [], [], seconds)[0]:
            try:
                self._took(os.read(handle, CHUNK))
            except OSError:  # the terminal is gone
                self._took(b"")

    def _read_windows(self, seconds: float | None) -> None:
        """Do the same on Windows, whose consoles cannot be waited for in this way: a key is looked for in steps."""
        if seconds is None:
            self._took(sys.stdin.readline().encode())
            return
        import msvcrt  # noqa: PLC0415 - of Windows alone

        if msvcrt.kbhit():  # type: ignore[attr-defined, unused-ignore]
            self._took(sys.stdin.readline().encode())
        else:
            time.sleep(min(seconds, STEP_S))

    def _took(self, data: bytes) -> None:
        self._typed += data
        self._ended = self._ended or not data
