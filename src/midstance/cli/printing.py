"""Where results go, and what is said beside them."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

UTF8_OUT = "utf-8"
NARROWEST, USUAL, WIDEST = 40, 80, 100


def put(data: bytes | str, output: Path | None = None) -> None:
    """Write a result to a file or to standard output."""
    raw = data.encode(UTF8_OUT) if isinstance(data, str) else data
    if output is not None:
        from midstance.services.output import write_whole  # noqa: PLC0415 - commands load only what they need

        write_whole(output, raw)
        return
    sys.stdout.buffer.write(raw if raw.endswith(b"\n") else raw + b"\n")
    sys.stdout.flush()


def tell(*lines: str) -> None:
    """Say something beside the result, on standard error."""
    for line in lines:
        print(line, file=sys.stderr)


def columns() -> int:
    """Ask how wide the terminal is, within what can be read well."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((USUAL, 24)).columns))
