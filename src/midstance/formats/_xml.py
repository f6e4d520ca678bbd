"""Reading XML from strangers as a stream of elements; shared by GPX and TCX.

This uses expat as it stands below ``xml.etree``: without its handling of namespaces a prefix that nobody declared
does no harm, elements are known by their local names, nothing is kept in memory, and a document type (the way to
entity bombs and foreign files) is refused before it is read.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

START = Callable[[str, dict[str, str]], None]
END = Callable[[str, str], None]
CHUNK = 1 << 16
DEEPEST = 100  # midstance default: real files nest to about 10
BLANKS = b" \t\r\n"
# Other encodings than UTF-8 that recordings are written in; expat itself knows few of them.
DECLARED = re.compile(
    rb"""<\?xml[^>]{0,80}encoding\s*=\s*["']((?:iso-?8859|windows-|cp|latin|koi8|gb|shift_jis|euc|big5|ascii|us-)[\w.-]{0,20})["']""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why reading stopped: the line [from 1] and what is wrong there."""

    line: int
    says: str


class _RefusedError(Exception):
    """The document asks for something that no recording needs."""


class _Stream:
    """Turns expat's events into calls with local names and the text of leaves."""

    def __init__(self, start: START, end: END) -> None:
        self.start, self.end = start, end
        self.depth = 0
        self.text: list[str] = []

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            msg = f"elements nest deeper than {DEEPEST}"
            raise _RefusedError(msg)
        self.text.clear()
        self.start(name.rpartition(":")[2], attributes)

    def closes(self, name: str) -> None:
        self.depth -= 1
        self.end(name.rpartition(":")[2], "".join(self.text))
        self.text.clear()

    def refuses(self, *_: object) -> None:
        msg = "a document type is declared, which recordings do not need and which can hide an attack"
        raise _RefusedError(msg)


def walk(data: bytes, start: START, end: END) -> Trouble | None:
    """Walk through the elements of an XML document.

    Args:
        data: The document; a byte order mark and blanks before it are forgiven.
        start: Called with the local name and attributes of each element.
        end: Called with the local name and the text behind its last child.
    Returns: What stopped the walk, or None. Everything before was delivered.
    """
    body, encoding = _plain(data.lstrip(BLANKS).removeprefix(codecs.BOM_UTF8).lstrip(BLANKS))
    return _walk(body, start, end, encoding)


def _plain(body: bytes) -> tuple[bytes, str | None]:
    """Give bytes and the encoding to read them with; what a document declares is believed only when it is true."""
    if b"\0" in body[:4] or body[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return body, None  # UTF-16, which expat knows by itself
    declared = DECLARED.match(body)
    if declared:
        try:
            return body.decode(declared[1].decode()).encode(), "utf-8"
        except (LookupError, UnicodeError):
            pass
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(body) - 4:  # else it is only cut in the middle of a letter
            return body, "iso-8859-1"
    return body, "utf-8"


def _walk(body: bytes, start: START, end: END, encoding: str | None) -> Trouble | None:
    stream = _Stream(start, end)
    parser = expat.ParserCreate(encoding)
    parser.buffer_text = True
    parser.StartElementHandler = stream.opens
    parser.EndElementHandler = stream.closes
    parser.CharacterDataHandler = stream.text.append
    parser.StartDoctypeDeclHandler = stream.refuses
    parser.EntityDeclHandler = stream.refuses
    try:
        for at in range(0, len(body), CHUNK):
            parser.Parse(body[at:at + CHUNK], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        return Trouble(line=error.lineno, says=f"the XML breaks off: {expat.errors.messages[error.code]}")
    except _RefusedError as error:
        return Trouble(line=parser.CurrentLineNumber, says=str(error))
    return None


def head_of(data: bytes) -> bytes:
    """Give the first 4 kB in a form in which a name can be looked for, whatever the encoding."""
    return data[:4096].replace(b"\0", b"")


def number(text: str | None) -> float | None:
    """Read a number, or None; neither infinite nor not-a-number counts as one.

    >>> number(" 142 "), number("nan"), number("-")
    (142.0, None, None)
    """
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if abs(value) < 1e12 else None
