"""The end of a diary: all of it as an archive first, then its files are deleted."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from midstance.formats._format import InputError, refusal
from midstance.formats.archive import reason_of
from midstance.services.calendar_subscription import ENDING as CALENDAR
from midstance.services.diary_archive import examine_archive, export_diary
from midstance.services.doctor import BACKUPS

if TYPE_CHECKING:
    import datetime as dt

    from midstance.store.store import Store

PARTS = ("", "-wal", "-shm", "-journal", CALENDAR)
ARCHIVE = "deleted-{at:%Y-%m-%d-%H%M%S}.zip"
NOT_A_FILE = "this diary is no file on this computer"


def archive_of(store: Store, *, version: str) -> bytes:
    """Give all data as one archive.

    Raises: InputError: The diary cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="midstance-") as folder:
        path = Path(folder) / "diary.zip"
        export_diary(store, path, version=version)
        return path.read_bytes()


def erase(store: Store, *, at: dt.datetime, version: str) -> Path:
    """Delete a diary after all of it was put into an archive that was read back whole.

    Args:
        store: The diary, a file; it is closed.
        at: The moment, for the archive's name.
        version: Version of midstance.
    Returns: The archive, in the folder of backups beside the diary.
    Raises: InputError: It is no file, or the archive could not be made; then nothing was deleted.
    """
    path = Path(store.address)
    if not path.is_file():
        raise refusal("diary", NOT_A_FILE, "delete it where it is kept, after midstance export")
    kept = path.parent / BACKUPS / ARCHIVE.format(at=at)
    try:
        kept.parent.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise refusal(str(kept.parent), f"the folder cannot be made ({reason_of(error)})") from error
    export_diary(store, kept, version=version)
    if faults := examine_archive(kept):
        raise InputError(faults)
    store.close()
    for part in PARTS:
        try:
            path.with_name(path.name + part).unlink(missing_ok=True)
        except OSError as error:
            raise refusal(str(path), f"it cannot be deleted ({reason_of(error)})",
                          "close other programs that use it, and delete the file by hand") from error
    return kept
