"""All data out and in again: a zip of open files, and the diary made anew from it.

``entries.jsonl`` is the diary itself, line by line, also what was taken back; the tables and plans beside it hold what
is in force, for people and spreadsheets, and are not read back.
"""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from midstance.domain.diary import KIND_OF, KINDS, ChangeProposed, PlanAccepted
from midstance.formats._format import Fault, InputError, refusal
from midstance.formats._plan_words import cleaned, joined
from midstance.formats.archive import UNREADABLE, reason_of
from midstance.formats.entry_csv import render_entries_csv
from midstance.formats.entry_json import DIARY_FORMAT, MOST_LINE_BYTES, parse_entry
from midstance.services.diary import current, in_words, row_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from midstance.domain.entry import Entry
    from midstance.store.store import Row, Store

ENTRIES = "entries.jsonl"
MANIFEST = "manifest.json"
README = "README.txt"
README_TEXT = f"""The diary of a runner, kept by midstance ({DIARY_FORMAT}).

{ENTRIES}  every entry, one JSON object a line, in the order of writing, also what was taken back
tables/         what is in force, one CSV table for each kind of entry
plans/          accepted and proposed plans, one JSON document each
{MANIFEST}   format, number of entries, SHA-256 of {ENTRIES}

"midstance restore FILE.zip" makes the diary anew from {ENTRIES}. These are data about your health: keep them safe.
"""
MOST_BYTES = 4 << 30
MOST_LINES = 5_000_000
MOST_MANIFEST_BYTES = 1 << 16
EPOCH = (1980, 1, 1, 0, 0, 0)
BACKUP = "diary-{date}.zip"
PLAN_LINE = KIND_OF[PlanAccepted].encode()
TWO_RUNNERS = "it is the diary of {theirs}, and the one at {address} is that of {ours}; nothing was added"
OTHER_DIARY = "put it into a new one: midstance restore {path} --diary NEW.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What restoring did: entries that were new, entries that were there already, and what could not be read.

    The entries keep the batches that they were written in, so a restore is no batch of its own.
    """

    new: int
    known: int
    faults: tuple[Fault, ...] = ()


def export_diary(store: Store, path: Path, *, version: str) -> int:
    """Write everything into a zip archive, whole or not at all; the same diary gives the same bytes.

    Args:
        store: The diary.
        path: The archive; what is there is replaced.
        version: Version of midstance.
    Returns: How many entries it holds.
    Raises: InputError: The diary cannot be read or the archive not be written.
    """
    with in_words(), _written(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_member(README), README_TEXT)
        count, digest = _write_entries(store, archive)
        for name, kind in KINDS.items():
            if found := current(store, kinds=(kind,)):
                archive.writestr(_member(f"tables/{name}.csv"), render_entries_csv(kind, found))
        for entry in current(store, kinds=(PlanAccepted, ChangeProposed)):
            if isinstance(entry.what, PlanAccepted | ChangeProposed) and entry.what.document:
                archive.writestr(_member(f"plans/{entry.date}-{entry.id[:12]}.json"), entry.what.document)
        told = {"format": DIARY_FORMAT, "version": version, "entries": count, "sha256": digest}
        archive.writestr(_member(MANIFEST), json.dumps(told, indent=2) + "\n")
    return count


def restore_diary(store: Store, path: Path) -> Restored:
    """Put an exported diary into a store: into an empty one exactly as it was, into another what it lacks.

    A line that cannot be read is left out and named; the others are kept. All of it is added or nothing.

    Args:
        store: Where to.
        path: The archive.
    Raises: InputError: It is no archive of a diary, one of a newer midstance, or one of another runner than the plans
        in the store are of; nothing was added.
    """
    faults: list[Fault] = []
    lines = 0

    def counted(rows: Iterator[Row]) -> Iterator[Row]:
        nonlocal lines
        for row in rows:
            lines += 1
            yield row

    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive, path)
            _refuse_another_runner(store, archive, path)
            with archive.open(ENTRIES) as file, in_words():
                new = store.append(counted(_rows(file, path, faults, str(manifest.get("sha256", "")))))
    except (*UNREADABLE, KeyError) as error:
        raise refusal(str(path), f"it is no whole archive of a diary ({reason_of(error)})") from error
    return Restored(new=new, known=lines - new, faults=tuple(faults))


def examine_archive(path: Path) -> tuple[Fault, ...]:
    """Read an archive as restoring would, and tell what is wrong with it; empty when it is whole."""
    faults: list[Fault] = []
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive, path)
            with archive.open(ENTRIES) as file:
                for _ in _rows(file, path, faults, str(manifest.get("sha256", ""))):
                    pass
    except InputError as error:
        return error.faults
    except (*UNREADABLE, KeyError) as error:
        return refusal(str(path), f"it is no whole archive of a diary ({reason_of(error)})").faults
    return tuple(faults)


def back_up(store: Store, folder: Path, *, date: dt.date, version: str, keep: int = 7) -> Path:
    """Export into a folder of backups under the date's name, and drop the oldest beyond ``keep``.

    Args:
        store: The diary.
        folder: Where to; made where it is not there.
        date: The date.
        version: Version of midstance.
        keep: How many are kept, at least 1; midstance default.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise refusal(str(folder), f"the folder cannot be made ({reason_of(error)})") from error
    path = folder / BACKUP.format(date=date.isoformat())
    export_diary(store, path, version=version)
    for old in backups(folder)[max(1, keep):]:
        old.unlink(missing_ok=True)
    return path


def backups(folder: Path) -> tuple[Path, ...]:
    """List the backups in a folder, the newest first by the date in their names."""
    return tuple(sorted(folder.glob(BACKUP.format(date="????-??-??")), reverse=True))


def _refuse_another_runner(store: Store, archive: zipfile.ZipFile, path: Path) -> None:
    """Refuse an archive whose plans are all of runners with other names than those of the plans in the store.

    Raises: InputError: They are.
    """
    ours = _runners(current(store, kinds=(PlanAccepted,)))
    if not ours:
        return
    with archive.open(ENTRIES) as file:
        theirs = _runners(
            entry for number, line in _lines(file, path, []) if PLAN_LINE in line
            and (entry := parse_entry(line, path.name, f"{ENTRIES}, line {number}")[0]) is not None)
    if theirs and not ours.keys() & theirs.keys():
        says = TWO_RUNNERS.format(theirs=joined(theirs.values()), ours=joined(ours.values()), address=store.address)
        raise refusal(str(path), says, OTHER_DIARY.format(path=path))


def _runners(entries: Iterable[Entry]) -> dict[str, str]:
    """Name the runners that plans were made for, however they are spaced and capitalised; nameless ones do not count.

    Returns: The name as it is written, by the name as it is compared.
    """
    found: dict[str, str] = {}
    for entry in entries:
        if isinstance(entry.what, PlanAccepted):
            try:
                name = str(json.loads(entry.what.document)["inputs"]["runner"]["name"])
            except (ValueError, RecursionError, LookupError, TypeError):
                continue
            found[" ".join(name.casefold().split())] = cleaned(name)
    found.pop("", None)
    return found


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


@contextmanager
def _written(path: Path) -> Iterator[IO[bytes]]:
    """Give a file that takes its name only when it is whole; nobody else may read it."""
    name = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            name = Path(file.name)
            yield file
        name.replace(path)
    except OSError as error:
        raise refusal(str(path), f"it cannot be written ({reason_of(error)})",
                       "choose a folder that exists, may be written and has room") from error
    finally:
        if name is not None:
            name.unlink(missing_ok=True)


def _write_entries(store: Store, archive: zipfile.ZipFile) -> tuple[int, str]:
    count, digest = 0, hashlib.sha256()
    with archive.open(_member(ENTRIES), "w", force_zip64=True) as file:
        for row in store.rows():
            line = row.body.encode() + b"\n"
            digest.update(line)
            file.write(line)
            count += 1
    return count, digest.hexdigest()


def _manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, object]:
    with archive.open(MANIFEST) as file:
        try:
            told = json.loads(file.read(MOST_MANIFEST_BYTES))
        except (ValueError, RecursionError) as error:
            raise refusal(str(path), f"its {MANIFEST} cannot be read") from error
    name, _, number = str(told.get("format") if isinstance(told, dict) else "").partition("/")
    ours, _, newest = DIARY_FORMAT.partition("/")
    if name != ours or not number.isdecimal():
        raise refusal(str(path), "it is no archive of a diary")
    if int(number) > int(newest):
        raise refusal(str(path), f"it was written by a newer midstance (format {name}/{number}); nothing was added",
                       "install the newer midstance")
    return dict(told)


def _rows(file: IO[bytes], path: Path, faults: list[Fault], digest: str) -> Iterator[Row]:
    """Read entries as rows; what is wrong goes to ``faults``, and a break in the archive ends them."""
    seen = hashlib.sha256()
    for number, line in _lines(file, path, faults):
        seen.update(line)
        if line.strip():
            entry, found = parse_entry(line, path.name, f"{ENTRIES}, line {number}")
            faults += found
            if entry is not None:
                yield row_of(entry)
    if seen.hexdigest() != digest and not faults:
        faults.append(Fault(source=path.name, place=ENTRIES, says="its checksum is not the one in the manifest"))


def _lines(file: IO[bytes], path: Path, faults: list[Fault]) -> Iterator[tuple[int, bytes]]:
    number, size = 0, 0
    reader = io.BufferedReader(cast("io.BufferedReader", file))  # a zip member's own readline is slow
    while True:
        number += 1
        try:
            line = reader.readline(MOST_LINE_BYTES)
        except UNREADABLE as error:
            says = f"the archive is damaged from here on ({reason_of(error)}); what comes before is used"
            faults.append(Fault(source=path.name, place=f"{ENTRIES}, line {number}", says=says))
            return
        size += len(line)
        if not line:
            return
        if len(line) == MOST_LINE_BYTES or size > MOST_BYTES or number > MOST_LINES:
            raise refusal(str(path), f"{ENTRIES} is larger than a diary can be")
        yield number, line
