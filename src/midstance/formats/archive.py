"""Files, gzip files, folders and zip archives of recordings as one lazy sequence of members.

Nothing is ever unpacked to disk under a name that an archive chose. Limits are by what is really read, not by what
an archive says of itself. What the bytes mean is for the formats.
"""

from __future__ import annotations

import gzip
import io
import os
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from midstance.formats._format import Fault, InputError, refusal

SUFFIXES = (".fit", ".gpx", ".tcx")
MEMBER_BYTES = 64 << 20        # midstance default: a day and night of running as TCX has about 20 MB
NESTED_BYTES = 2 << 30         # an archive within an archive, as services export them in parts
TOTAL_BYTES = 8 << 30
MOST_MEMBERS = 100_000
DEEPEST = 2                    # an archive within an archive, no further
RATIO = 150                    # midstance default: TCX shrinks to a fifteenth, a bomb to a thousandth
RATIO_FREE_BYTES = 16 << 20    # below this no ratio harms
SPOOL_BYTES = 32 << 20
CHUNK = 1 << 20
OUTSIDE = re.compile(r"[/\\]|[A-Za-z]:[/\\]")
UNREADABLE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError)
"""What reading a damaged file or archive raises; RuntimeError also for a password and for packing nobody knows."""
BROKEN = (*UNREADABLE, ValueError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file that may be a recording.

    Attributes:
        name: Path as given, then the names inside archives, joined by ``/``.
        read: Gives its bytes, unzipped; valid until the next member is asked for. Raises InputError.
    """

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A member that is by its name no recording."""

    name: str


@dataclass(slots=True)
class _Budget:
    """What may still be read out of one given path, and the endings of names that are wanted."""

    members: int
    bytes: int
    suffixes: tuple[str, ...]


def expand(path: Path, suffixes: tuple[str, ...] = SUFFIXES) -> Iterator[Member | Skipped | Fault]:
    """List what a path holds, in order of names, reading nothing before it is asked for.

    Args:
        path: A file (recording, ``.gz``, zip archive) or a folder; a given file is a member whatever its name.
        suffixes: Endings of the names that are wanted in folders and archives, small letters; ``.gz`` may follow.
    Returns: Members to read, members skipped by their name, and faults of what was refused.
    """
    budget = _Budget(members=MOST_MEMBERS, bytes=TOTAL_BYTES, suffixes=suffixes)
    if path.is_dir():
        yield from _folder(path, budget)
    elif not path.is_file():
        yield Fault(source=str(path), place="", says="there is no such file or folder", fatal=True)
    elif _is_zip(path):
        yield from _zip_file(path, path.name, budget)
    else:
        yield Member(name=path.name, read=lambda: _read_file(path, path.name, budget))


def wanted(name: str, suffixes: tuple[str, ...]) -> bool:
    """Tell by its name whether a member is to be read; what systems hide or add is not."""
    lowered = name.lower()
    base = lowered.rpartition("/")[2]
    return lowered.removesuffix(".gz").endswith(suffixes) and not base.startswith(".") and "__macosx/" not in lowered


def _folder(root: Path, budget: _Budget) -> Iterator[Member | Skipped | Fault]:
    for here, folders, files in os.walk(root, followlinks=False):
        folders.sort()
        for file in sorted(files):
            path = Path(here) / file
            name = path.relative_to(root.parent).as_posix()
            if budget.members <= 0:
                yield Fault(source=str(root), place="", says=f"more than {MOST_MEMBERS} files; the rest is left out")
                return
            budget.members -= 1
            yield from _file(path, name, budget)


def _file(path: Path, name: str, budget: _Budget) -> Iterator[Member | Skipped | Fault]:
    """Give a file of a folder; links are skipped, for they may lead anywhere, and so is what is no plain file."""
    plain = not path.is_symlink() and path.is_file()
    if plain and name.lower().endswith(".zip"):
        yield from _zip_file(path, name, budget)
    elif plain and wanted(name, budget.suffixes):
        yield Member(name=name, read=lambda: _read_file(path, name, budget))
    else:
        yield Skipped(name=name)


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04" or path.suffix.lower() == ".zip"
    except OSError:
        return False


def _read_file(path: Path, name: str, budget: _Budget) -> bytes:
    try:
        with path.open("rb") as file:
            data = _bounded(file, name, MEMBER_BYTES, budget, packed=None)
    except BROKEN as error:
        raise refusal(name, f"it cannot be read ({reason_of(error)})") from error
    return _unzipped(data, name, budget)


def reason_of(error: BaseException) -> str:
    """Give the words of an error, or its name where it has none."""
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _bounded(file: IO[bytes] | gzip.GzipFile, name: str, most: int, budget: _Budget, *, packed: int | None) -> bytes:
    """Read all of a stream, refusing what grows beyond the limits."""
    chunks = []
    size = 0
    while chunk := file.read(CHUNK):
        size += len(chunk)
        budget.bytes -= len(chunk)
        _check_size(size, name, most, budget, packed)
        chunks.append(chunk)
    return b"".join(chunks)


def _check_size(size: int, name: str, most: int, budget: _Budget, packed: int | None) -> None:
    if size > most:
        raise refusal(name, f"it is larger than {most >> 20} MB, which no recording is")
    if budget.bytes < 0:
        raise refusal(name, f"with it, more than {TOTAL_BYTES >> 30} GB would be read")
    if packed is not None and size > RATIO_FREE_BYTES and size > RATIO * max(packed, 1):
        raise refusal(name, f"it unpacks to more than {RATIO} times its size, as only a zip bomb does")


def _unzipped(data: bytes, name: str, budget: _Budget) -> bytes:
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            return _bounded(file, name, MEMBER_BYTES, budget, packed=len(data))
    except BROKEN as error:
        raise refusal(name, f"its gzip data are broken ({reason_of(error)})") from error


def _zip_file(path: Path, name: str, budget: _Budget) -> Iterator[Member | Skipped | Fault]:
    try:
        with path.open("rb") as file:
            yield from _zip(file, name, path.stat().st_size, budget, 1)
    except BROKEN as error:
        yield Fault(source=name, place="", says=f"it is no whole zip archive ({reason_of(error)})", fatal=True)


def _zip(file: IO[bytes], name: str, size: int, budget: _Budget, depth: int) -> Iterator[Member | Skipped | Fault]:
    with zipfile.ZipFile(file) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        budget.members -= len(entries)
        if budget.members < 0:
            yield Fault(source=name, place="", says=f"more than {MOST_MEMBERS} members; it is left out", fatal=True)
            return
        stated = sum(entry.file_size for entry in entries if wanted(entry.filename, budget.suffixes))
        if stated > max(RATIO * size, RATIO_FREE_BYTES):
            yield Fault(
                source=name, place="", fatal=True,
                says=f"it would unpack to more than {RATIO} times its size, as only a zip bomb does",
            )
            return
        for entry in sorted(entries, key=lambda e: e.filename):
            yield from _entry(archive, entry, f"{name}/{entry.filename}", budget, depth)


def _entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, budget: _Budget, depth: int,
) -> Iterator[Member | Skipped | Fault]:
    inner = entry.filename
    if OUTSIDE.match(inner) or ".." in inner.replace("\\", "/").split("/"):
        yield Fault(source=name, place="", says="its name leads out of the archive; left out")
    elif inner.lower().endswith(".zip"):
        yield from _nested(archive, entry, name, budget, depth)
    elif wanted(inner, budget.suffixes):
        yield Member(name=name, read=lambda: _read_entry(archive, entry, name, budget))
    else:
        yield Skipped(name=name)


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, budget: _Budget) -> bytes:
    try:
        with archive.open(entry) as file:
            data = _bounded(file, name, MEMBER_BYTES, budget, packed=entry.compress_size)
    except BROKEN as error:
        raise refusal(name, f"it cannot be unpacked ({reason_of(error)})") from error
    return _unzipped(data, name, budget)


def _nested(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, budget: _Budget, depth: int,
) -> Iterator[Member | Skipped | Fault]:
    """Go into an archive within an archive, by way of memory or a nameless temporary file."""
    if depth >= DEEPEST:
        yield Fault(source=name, place="", says=f"archives lie more than {DEEPEST} deep in each other; left out")
        return
    with tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES) as spool:
        try:
            with archive.open(entry) as file:
                size = _copy(file, spool, name, budget, entry.compress_size)
            spool.seek(0)
            yield from _zip(spool, name, size, budget, depth + 1)
        except InputError as error:
            yield from error.faults
        except BROKEN as error:
            yield Fault(source=name, place="", says=f"it is no whole zip archive ({reason_of(error)})")


def _copy(file: IO[bytes], spool: IO[bytes], name: str, budget: _Budget, packed: int) -> int:
    size = 0
    while chunk := file.read(CHUNK):
        size += len(chunk)
        budget.bytes -= len(chunk)
        _check_size(size, name, NESTED_BYTES, budget, packed)
        spool.write(chunk)
    return size
