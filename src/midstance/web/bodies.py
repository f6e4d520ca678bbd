"""What is handed in: bounded, read once; files go to a folder that is gone when the request is over."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from midstance.web._screen import Upload

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.requests import Request

MOST_FILES, MOST_FIELDS = 5000, 2000
MOST_DIGITS = 15
MOST_NAME_BYTES = 120
"""Longest file name kept [bytes]; file systems take 255."""
TYPES = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data")


class BodyError(Exception):
    """A body that is not taken: its status and the sentence for it."""

    def __init__(self, status: int, says: str, remedy: str = "") -> None:
        super().__init__(says)
        self.status, self.remedy = status, remedy


@dataclass(slots=True)
class Given:
    """A body as it came.

    Attributes:
        pairs: Fields of a form in their order.
        body: The bytes, where it is JSON.
        is_json: Whether it is JSON (an empty body counts as such).
        uploads: Files, as long as the request lasts.
        folder: Where they lie.
    """

    pairs: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    is_json: bool = False
    uploads: tuple[Upload, ...] = ()
    folder: Path | None = None

    def close(self) -> None:
        """Remove the files."""
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


async def read_body(request: Request, *, files: bool, most: int) -> Given:
    """Read a body.

    Args:
        request: The request.
        files: Whether files may come with it.
        most: Longest body taken [bytes].
    Raises: BodyError: Too long, or of a kind that is not taken here.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or len(length) > MOST_DIGITS or int(length) > most:
        raise _too_long(most)
    if kind == "multipart/form-data":
        if not files:
            raise BodyError(415, "no files are taken here", f"send one of {', '.join(TYPES[:2])}")
        return await _parts(request, most)
    body = b"".join([chunk async for chunk in _bounded(request, most)])
    if kind == "application/x-www-form-urlencoded":
        try:
            pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except ValueError as error:
            raise BodyError(400, f"the form cannot be read ({error})") from None
        return Given(pairs=pairs, body=body)
    if kind not in ("application/json", "") or (body and not kind):
        raise BodyError(415, f"{kind or 'a body without a type'} is not taken here", f"send one of {', '.join(TYPES)}")
    return Given(body=body, is_json=True)


async def _bounded(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    taken = 0
    async for chunk in request.stream():
        taken += len(chunk)
        if taken > most:
            raise _too_long(most)
        yield chunk


async def _parts(request: Request, most: int) -> Given:
    parser = MultiPartParser(request.headers, _bounded(request, most), max_files=MOST_FILES, max_fields=MOST_FIELDS,
                             max_part_size=1 << 20)
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, UnicodeDecodeError) as error:
        raise BodyError(400, f"the form cannot be read ({error})") from None
    given = Given()
    try:
        folder = given.folder = Path(tempfile.mkdtemp(prefix="midstance-"))
        uploads = []
        for number, (name, value) in enumerate(form.multi_items()):
            if not isinstance(value, UploadFile):
                given.pairs.append((name, value))
            elif value.filename:
                path = folder / f"{number:05d}" / safe_name(value.filename)
                await run_in_threadpool(_keep, value, path)
                uploads.append(Upload(name=value.filename, path=path))
        given.uploads = tuple(uploads)
    except BaseException:
        given.close()
        raise
    finally:
        await form.close()
    return given


def _keep(upload: UploadFile, path: Path) -> None:
    path.parent.mkdir()
    with path.open("wb") as file:
        shutil.copyfileobj(upload.file, file)


def safe_name(name: str) -> str:
    """Make a name for a file here of the name that a browser told: no folder, no hidden file, not long.

    >>> safe_name("../../etc/pass wd"), safe_name("C:/runs/.fit"), safe_name("")
    ('pass wd', 'fit', 'file')
    """
    last = name.replace(chr(92), "/").rpartition("/")[2]
    kept = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(". ")
    return kept.encode(errors="ignore")[-MOST_NAME_BYTES:].decode(errors="ignore").strip(". ") or "file"


def _too_long(most: int) -> BodyError:
    size = f"{most >> 20} MB" if most >= 1 << 20 else f"{most >> 10} kB"
    return BodyError(413, f"this is longer than the {size} that are taken here", "hand in less at a time")
