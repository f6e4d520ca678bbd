"""Bytes to text, and the words that all readers of text use for what is wrong."""

from __future__ import annotations

import codecs
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from midstance.formats._format import Fault, InputError, refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_FAULTS = 40
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def refuse(faults: Sequence[Fault]) -> None:
    """Raise one error that carries all faults, at most ``MOST_FAULTS`` of them spelled out; do nothing without any."""
    if not faults:
        return
    kept = tuple(faults[:MOST_FAULTS])
    if len(faults) > MOST_FAULTS:
        more = Fault(source=faults[0].source, place="", says=f"and {len(faults) - MOST_FAULTS} more faults", fatal=True)
        kept = (*kept, more)
    raise InputError(kept)


def decode(data: bytes, source: str, *, most_bytes: int) -> str:
    """Turn the bytes of a text file into text: UTF-8, UTF-16 or UTF-32 with a mark, UTF-16 without, Windows-1252.

    Args:
        data: The whole file.
        source: File name for messages.
        most_bytes: Largest size read [bytes].
    Returns: The text without byte order mark.
    Raises: InputError: Too large, or no text at all.

    >>> decode("Zoë".encode("cp1252"), "a.csv", most_bytes=100)
    'Zoë'
    """
    if len(data) > most_bytes:
        says = f"has {len(data) / 1e6:.1f} MB, and files of this kind are read up to {most_bytes / 1e6:g} MB"
        raise refusal(source, says, "check that it is the right file")
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        bad = _CONTROL.search(text)
        if bad is None:
            return text
        raise refusal(source, "is not text", "check that it is the right file", place=f"character {bad.start() + 1}")
    raise refusal(source, "is not text in any encoding known here", "save it as UTF-8")


def _encodings(data: bytes) -> tuple[str, ...]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return (encoding,)
    head = data[:400]
    if len(head) >= 4 and head.count(0) * 5 >= len(head) * 2:
        return ("utf-16-le",) if head[1::2].count(0) > head[0::2].count(0) else ("utf-16-be",)
    return ("utf-8", "cp1252")


def shown(value: Any) -> str:
    """Show a value of the input in a message, in its own spelling and never longer than 60 characters.

    >>> shown("thirty"), shown(True), shown(-45)
    ('"thirty"', 'true', '-45')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    text = _number_text(value) if isinstance(value, int) else str(value)
    if isinstance(value, str):
        text = f'"{value}"'
    return text if len(text) <= 60 else text[:56] + " ..."


def _number_text(value: int) -> str:
    return str(value) if abs(value) < 10**18 else f"about 10^{value.bit_length() * 0.30103:.0f}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Find the known word that a misspelt one most likely means, or None.

    >>> nearest("strenght_level", ["running_level", "strength_level"])
    'strength_level'
    """
    found = get_close_matches(word[:60].lower(), list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def listed(words: Iterable[str]) -> str:
    """Join words for a sentence.

    >>> listed(["A", "B", "C"])
    'A, B or C'
    """
    parts = list(words)
    return " or ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
