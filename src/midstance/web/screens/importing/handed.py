"""Files that were handed in: put where a job finds them, under the names they had, and told apart by their content."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from midstance.formats import calendar_csv, weeks_json
from midstance.formats._format import refusal
from midstance.formats._ics_events import is_calendar
from midstance.services.strength_logs import is_log
from midstance.web.bodies import safe_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from midstance.web._screen import Upload
    from midstance.web.jobs import Job

MOST_BYTES = 2 << 30
"""Longest import, all its files together [bytes]; midstance default."""
MOST_FILES = 100_000
HEAD_BYTES = 16_384
DEEPEST = 12
TABLE = "files"


def keep(job: Job, uploads: Sequence[Upload]) -> None:
    """Move uploaded files to a job's folder.

    Raises: InputError: They are too many, or too long together.
    """
    for upload in uploads:
        size = upload.path.stat().st_size
        if job.size + size > MOST_BYTES or job.files >= MOST_FILES:
            raise refusal("import", f"this is more than the {MOST_BYTES >> 30} GB and {MOST_FILES:,} files that are "
                          "taken at once", "hand in less at a time", place="files")
        to = _free(job.folder, upload.name)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(upload.path, to)
        job.files, job.size = job.files + 1, job.size + size
    job.touched = job.clock()


def _free(folder: Path, name: str) -> Path:
    """Find a place for a file: its folders as they were, and a table of its own for each second one of its name.

    A browser tells a file's folders where a whole folder is handed in.
    """
    parts = [safe_name(part) for part in name.replace("\\", "/").split("/") if part.strip(" .")][-DEEPEST:]
    number = 1
    while True:
        table = TABLE if number == 1 else f"{TABLE}-{number}"
        place = folder.joinpath(table, *(parts or [TABLE]))
        taken = any(above.is_file() for above in place.parents if above != folder and folder in above.parents)
        if not place.exists() and not taken:
            return place
        number += 1


def handed_in(job: Job) -> list[Path]:
    """List what was handed in: single files, and folders as they were."""
    return [path for table in sorted(job.folder.iterdir()) for path in sorted(table.iterdir())]


def settle(job: Job, *told: str) -> None:
    """Name a job's folder after its content, so that the same files again are the same import.

    Times of files are set to the same moment: browsers do not tell them.

    Args:
        job: The job.
        told: What else makes it another import: the time zone, the unit of weights.
    """
    digest = hashlib.sha256("\n".join(told).encode())
    for path in sorted(path for path in job.folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"{path.relative_to(job.folder).as_posix()}\0{content}\n".encode())
        os.utime(path, (0, 0))
        if job.stopping.is_set():
            return
    to = job.folder.with_name(f"midstance-job-{digest.hexdigest()[:24]}")
    if to.exists() or to.is_symlink():
        return              # another program reads the same files now: this import only gets a name of its own
    try:
        job.folder = job.folder.rename(to)
    except OSError:
        return


def calendars_among(paths: Iterable[Path]) -> list[Path]:
    """Pick the running calendars out of single files, by their content."""
    return [path for path in paths if path.is_file() and _is_calendar(path)]


def _is_calendar(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if is_log(head):
        return False
    return is_calendar(head) or weeks_json.FORMAT.sniff(head) or calendar_csv.FORMAT.sniff(head)
