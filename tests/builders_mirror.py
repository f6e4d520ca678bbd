"""A pose model for tests: packages of npm as small as they can be, with the pins that fit them."""

from __future__ import annotations

import hashlib
import io
import struct
import tarfile
from dataclasses import replace
from typing import TYPE_CHECKING

from midstance.services.mirror_fetch import fetch_package
from midstance.services.mirror_package import DETECTOR, LANDMARKS, SOURCES, Source

if TYPE_CHECKING:
    from pathlib import Path

    from midstance.services.mirror_package import MirrorPackage


def a_model(*, metadata: bool = True) -> bytes:
    """A model with two buffers, the second with 7 weights, and one piece of metadata, written by hand."""
    weights = bytes(range(1, 8))
    out = bytearray(b"\0\0\0\0TFL3")
    fields = (4, 8, 0, 0, 12, 0, 16) if metadata else (4, 8, 0, 0, 12)
    vtable = len(out)
    out += struct.pack(f"<{2 + len(fields)}H", 4 + 2 * len(fields), 20, *fields)
    out += bytes(-len(out) % 4)
    root = len(out)
    out += struct.pack("<iIIII", root - vtable, 3, 0, 0, 0)
    struct.pack_into("<I", out, 0, root)

    def refer(at: int) -> None:
        struct.pack_into("<I", out, at, len(out) - at)

    refer(root + 8)
    out += struct.pack("<I", 0)  # no operators
    refer(root + 12)
    row = len(out)
    out += struct.pack("<III", 2, 0, 0)
    for number in range(2):
        shape = len(out)
        out.extend(struct.pack("<HHHH", 6, 8, 4 if number else 0, 0))
        refer(row + 4 + 4 * number)
        table = len(out)
        out.extend(struct.pack("<iI", table - shape, 0))
        if number:
            refer(table + 4)
            out.extend(struct.pack("<I", len(weights)) + weights + b"\0")
    if metadata:
        refer(root + 16)
        row = len(out)
        out += struct.pack("<II", 1, 0)
        shape = len(out)
        out += struct.pack("<HHHH", 8, 12, 4, 8)
        refer(row + 4)
        table = len(out)
        out += struct.pack("<iII", table - shape, 0, 0)
        refer(table + 4)
        out += struct.pack("<I", 5) + b"older\0\0\0"
    return bytes(out)


def contents(source: Source) -> dict[str, bytes]:
    """Small content for each file that is taken of a package, by its path in there."""
    return {pinned.member: a_model() if pinned.name in (DETECTOR, LANDMARKS) else f"{pinned.name}\n".encode() * 40
            for pinned in source.files}


def pinned_to(source: Source, files: dict[str, bytes]) -> Source:
    """The package with the pins of other content."""
    return replace(source, files=tuple(
        replace(pinned, sha256=hashlib.sha256(files[pinned.member]).hexdigest(), size=len(files[pinned.member]))
        for pinned in source.files))


TINY = tuple(pinned_to(source, contents(source)) for source in SOURCES)


def an_archive(files: dict[str, bytes], *, links: dict[str, str] | None = None) -> bytes:
    """A package as npm packs it, from content by path, with links by path where asked for."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as package:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            package.addfile(member, io.BytesIO(data))
        for name, to in (links or {}).items():
            member = tarfile.TarInfo(name)
            member.type, member.linkname = tarfile.SYMTYPE, to
            package.addfile(member)
    return out.getvalue()


def packed_in(folder: Path) -> Path:
    """Put both packages into a folder, as ``npm pack`` does."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in TINY:
        (folder / source.archive).write_bytes(an_archive({"package/else.txt": b"no", **contents(source)}))
    return folder


def a_package(folder: Path) -> MirrorPackage:
    """A whole package on the disk, made as the real one is."""
    return fetch_package(folder / "mirror" / "1.1.0", files_from=packed_in(folder / "packed"), sources=TINY)
