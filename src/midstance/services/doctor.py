"""The diary's health: can it be opened, is it whole, is there room, are there backups."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from midstance.formats._format import InputError
from midstance.formats.entry_json import parse_entry
from midstance.services.diary import in_words, open_store, row_of
from midstance.services.diary_archive import backups, examine_archive

if TYPE_CHECKING:
    from midstance.store.store import Store

LEAST_FREE_BYTES = 100 << 20
"""Room that should be left on the disk [bytes]; midstance default."""
MOST_TOLD = 20
BACKUPS = "backups"


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What an examination found.

    Attributes:
        address: The diary, without password.
        version: Version of its layout, or None when it cannot be opened.
        entries: How many entries it holds, those taken back included.
        bytes: Room it takes [bytes].
        free_bytes: Room left on its disk [bytes], or None for a server.
        backups: Backups, the newest first.
        faults: What is damaged: the diary should be restored.
        warnings: What should be looked at.
    """

    address: str
    version: int | None = None
    entries: int = 0
    bytes: int = 0
    free_bytes: int | None = None
    backups: tuple[Path, ...] = ()
    faults: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def well(self) -> bool:
        """Whether nothing is damaged."""
        return not self.faults


def examine(place: str | Path, *, folder: Path | None = None) -> Health:
    """Examine a diary; every entry is read and compared with its id, and so is the newest backup.

    Args:
        place: The diary, as ``open_store`` takes it; none is made where there is none.
        folder: Folder of its backups; by default ``backups`` beside a diary file.
    """
    file = None if "://" in str(place) or str(place).endswith(":") else Path(place)
    kept = folder or (file.parent / BACKUPS if file else None)
    old = backups(kept) if kept else ()
    warnings = (*_backup_warnings(old, kept), *_place_warnings(file))
    free = _free(file)
    if file is not None and not file.exists():
        return Health(address=str(place), free_bytes=free, backups=old,
                      warnings=(*warnings, "there is no diary yet; the first entry makes it"))
    try:
        with open_store(place) as store, in_words():
            return Health(
                address=store.address, version=store.version(), entries=store.count(), bytes=store.size(),
                free_bytes=free, backups=old, faults=(*store.check(), *_entry_faults(store)), warnings=warnings)
    except InputError as error:
        return Health(address=error.faults[0].source, free_bytes=free, backups=old, warnings=warnings,
                      faults=tuple(str(fault) for fault in error.faults))


def _entry_faults(store: Store) -> tuple[str, ...]:
    """Read every entry; the first that cannot be read are named."""
    told: list[str] = []
    for row in store.rows():
        entry, faults = parse_entry(row.body, store.address, f"entry {row.seq}")
        told += [str(fault) for fault in faults]
        if entry is not None and replace(row_of(entry), seq=row.seq, body=row.body) != row:
            told.append(f"{store.address}: entry {row.seq}: it is kept under another id, date or batch than its own")
        if len(told) >= MOST_TOLD:
            return (*told, "more may be wrong; only the first are told")
    return tuple(told)


def _backup_warnings(old: tuple[Path, ...], folder: Path | None) -> tuple[str, ...]:
    if folder is None:
        return ()
    if not old:
        return (f"there is no backup in {folder}; midstance export writes one",)
    return tuple(str(fault) for fault in examine_archive(old[0])[:MOST_TOLD])


def _place_warnings(file: Path | None) -> tuple[str, ...]:
    told = []
    free = _free(file)
    if free is not None and free < LEAST_FREE_BYTES:
        told.append(f"only {free >> 20} MB are free on the disk of the diary")
    if file is not None and file.exists() and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        told.append("the diary cannot be written; allow writing to the file and its folder")
    return tuple(told)


def _free(file: Path | None) -> int | None:
    if file is None:
        return None
    folder = file.absolute().parent
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free
