"""Read recorded runs from files, folders and archives: one use case, the only one that turns them into history.

What a file's bytes mean is in ``formats``, what the runs say about the runner in ``metrics.history``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from midstance.domain.run import RunDone
from midstance.formats import fit, gpx, tcx
from midstance.formats._format import Fault, InputError, Parsed, refusal
from midstance.formats.archive import Member, Skipped, expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FORMATS = (fit.FORMAT, gpx.FORMAT, tcx.FORMAT)
SUFFIXES = tuple(suffix for format_ in FORMATS for suffix in format_.suffixes)
SAME_START_S = 180     # midstance default: two devices of one runner start within 3 min
SAME_DISTANCE = 0.05   # midstance default: and agree on the distance within 5 %
REMEDY = "give a .fit, .gpx or .tcx file with a recorded run, or a folder or .zip of such files"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recordings:
    """What the given paths hold.

    Attributes:
        runs: Recorded runs, oldest first, each once.
        faults: What could not be used or is doubtful.
        ignored: How many activities and files were plainly something else, files of other kinds included.
        files: How many recordings were opened.
    """

    runs: tuple[RunDone, ...] = ()
    faults: tuple[Fault, ...] = ()
    ignored: int = 0
    files: int = 0


def read_recordings(
    paths: Iterable[Path | str], *, zone: str, progress: Callable[[int, str], None] | None = None,
) -> Recordings:
    """Read all recorded runs that paths hold.

    Args:
        paths: Files (``.fit``, ``.gpx``, ``.tcx``, also ``.gz``), zip archives and folders of them.
        zone: The runner's IANA time zone, for recordings that do not tell local time.
        progress: Called with the number of files opened and the name of each; None for silence.
    Returns: Runs in order of time; a run found twice counts once.
    Raises: InputError: A file given by itself is no recording, is not there, or the zone does not exist.
    """
    clock = clock_of(zone)
    opened = count(1)
    shelves = [_read_path(Path(path), opened, progress or _silence) for path in paths]
    if wrong := tuple(fault for shelf in shelves for fault in shelf.wrong):
        raise InputError(wrong)
    runs, twice = _once(run for shelf in shelves for run in shelf.runs)
    return Recordings(
        runs=tuple(at_home(run, clock) for run in runs),
        faults=(*(fault for shelf in shelves for fault in shelf.faults), *twice),
        ignored=sum(shelf.ignored + shelf.skipped for shelf in shelves), files=sum(shelf.files for shelf in shelves),
    )


@dataclass(slots=True)
class _Shelf:
    """What one given path holds; ``skipped`` members were not opened, ``wrong`` is set when nothing is of use."""

    runs: list[RunDone] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    wrong: list[Fault] = field(default_factory=list)
    ignored: int = 0
    skipped: int = 0
    files: int = 0


def _silence(_: int, __: str) -> None:
    """Report no progress."""


def _read_path(path: Path, opened: Iterator[int], progress: Callable[[int, str], None]) -> _Shelf:
    shelf = _Shelf()
    for found in expand(path):
        if isinstance(found, Fault):
            shelf.faults.append(found)
        elif isinstance(found, Skipped):
            shelf.skipped += 1
        else:
            progress(next(opened), found.name)
            parsed = _parse(found)
            shelf.files += 1
            shelf.runs += parsed.entries
            shelf.faults += parsed.faults
            shelf.ignored += parsed.ignored
    if not (shelf.runs or shelf.ignored):
        shelf.wrong = [fault for fault in shelf.faults if fault.fatal]
        if not shelf.faults:
            shelf.wrong = [Fault(source=str(path), place="", says="it holds no recording", remedy=REMEDY, fatal=True)]
    return shelf


def clock_of(zone: str) -> ZoneInfo:
    """Give the clock of a time zone.

    Raises: InputError: There is no zone of that name.
    """
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise refusal("timezone", f"there is no time zone {zone!r}") from error


def _parse(member: Member) -> Parsed:
    try:
        data = member.read()
    except InputError as error:
        return Parsed(faults=error.faults)
    return parse_recording(data, member.name)


def parse_recording(data: bytes, name: str) -> Parsed:
    """Read the runs of a recording, whose format its content tells.

    Args:
        data: All its bytes, not packed.
        name: File name for faults.
    Returns: ``RunDone`` entries; what is no recording is a fault.
    """
    for format_ in FORMATS:
        if format_.sniff(data) and format_.parse:
            return format_.parse(data, name)
    says = f"this is no {_expected(name)} file" if data else "the file is empty"
    return Parsed(faults=(Fault(source=name, place="", says=says, remedy=REMEDY, fatal=True),))


def _expected(name: str) -> str:
    """Name the format that a file claims to be by its ending, else all of them."""
    suffix = Path(name.lower().removesuffix(".gz")).suffix
    return suffix[1:].upper() if suffix in SUFFIXES else "FIT, GPX or TCX"


def at_home(run: RunDone, clock: ZoneInfo) -> RunDone:
    """Set the local start by the runner's clock where the recording tells none.

    A recording that gives the same time for both is taken as one that does not know: many programs write UTC twice.
    """
    if run.local_start != run.start.replace(tzinfo=None):
        return run
    return replace(run, local_start=run.start.astimezone(clock).replace(tzinfo=None))


def _once(runs: Iterable[RunDone]) -> tuple[list[RunDone], list[Fault]]:
    """Keep each run once, the fuller record of it, oldest first; say which were left out."""
    kept: list[RunDone] = []
    faults = []
    for run in sorted(runs, key=lambda run: (run.start, run.source)):
        place = next((i for i in _late(kept, run) if same_run(kept[i], run)), None)
        if place is None:
            kept.append(run)
            continue
        better, other = sorted((kept[place], run), key=_rank, reverse=True)
        kept[place] = better
        faults.append(Fault(source=other.source, place="", says=f"the same run as in {better.source}; counted once"))
    return sorted(kept, key=lambda run: (run.start, run.source)), faults


def _late(kept: list[RunDone], run: RunDone) -> Iterator[int]:
    """Count back through the kept runs that start close enough to be the same."""
    for i in range(len(kept) - 1, -1, -1):
        if (run.start - kept[i].start).total_seconds() > 2 * SAME_START_S:
            return
        yield i


def same_run(a: RunDone, b: RunDone) -> bool:
    """Tell whether two records are of one run: they overlap, begin together and agree on the distance."""
    apart = abs((a.start - b.start).total_seconds())
    if apart > SAME_START_S or apart >= min(a.seconds, b.seconds):
        return False
    if a.distance_km is None or b.distance_km is None:
        return abs(a.seconds - b.seconds) <= max(SAME_START_S, SAME_DISTANCE * max(a.seconds, b.seconds))
    return abs(a.distance_km - b.distance_km) <= SAME_DISTANCE * max(a.distance_km, b.distance_km)


def fullness(run: RunDone) -> tuple[bool, bool, bool]:
    """Rank records of the same run by what they tell: heart rate, distance, speed."""
    return bool(run.minute_hr), run.distance_km is not None, bool(run.minute_speed_m_s)


def _rank(run: RunDone) -> tuple[bool, ...]:
    """Rank records by fullness, and equals by whether they tell local time."""
    return *fullness(run), run.local_start != run.start.replace(tzinfo=None)
