"""Read what planning starts from: the runner's file and the running calendars.

Files are opened here and nowhere below; recorded runs are only set apart, ``services.recordings`` reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from midstance.domain.plan import Unread
from midstance.domain.run import CalendarRun
from midstance.formats import calendar_csv, weeks_json
from midstance.formats._format import Fault, InputError, Parsed, refusal
from midstance.formats._ics_events import is_calendar
from midstance.formats.runner_toml import parse_runner

if TYPE_CHECKING:
    import datetime as dt

    from midstance.domain.runner import Runner

HEAD_BYTES = 16_384
"""How much of a file tells what it is [bytes]."""
MOST_BYTES = 50_000_000
"""Largest file read here [bytes]; the formats have limits of their own below it."""
ICS_SUFFIXES = (".ics", ".ical", ".ifb")
RECORDED_SUFFIXES = (".fit", ".gpx", ".tcx", ".gz", ".zip")
RECORDED_BEGINNINGS = (b"\x1f\x8b", b"PK\x03\x04")
RECORDED_WORDS = (b"<gpx", b"<TrainingCenterDatabase")
REMEDIES = {
    ".xlsx": "save the sheet as CSV", ".xls": "save the sheet as CSV", ".ods": "save the sheet as CSV",
    ".pdf": "make a CSV calendar of it: date,start,type,minutes,distance_km,title", ".toml": "this is a runner's file",
}
KINDS = "calendars are .ics, .csv or .json files, recorded runs .fit, .gpx or .tcx"
Reader = Callable[[bytes, str], Parsed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendars:
    """What the given files hold.

    Attributes:
        runs: Planned runs in order of date and start, those of all calendars together.
        faults: What was skipped or doubtful.
        unread: Entries that may be runs and could not be read.
        ignored: How many entries were plainly something else.
        recordings: Paths of recorded runs, not opened here.
    """

    runs: tuple[CalendarRun, ...] = ()
    faults: tuple[Fault, ...] = ()
    unread: tuple[Unread, ...] = ()
    ignored: int = 0
    recordings: tuple[Path, ...] = ()


def read_runner(path: Path | str) -> Runner:
    """Read a runner's file.

    Args:
        path: Path of a ``runner.toml``.
    Returns: The runner.
    Raises: InputError: The file cannot be opened, or all that is wrong in it.
    """
    path = Path(path)
    return parse_runner(_content(path), path.name)


def read_calendars(
    paths: Iterable[Path | str], *, runner: Runner, first: dt.date, last: dt.date, race_day: dt.date | None = None,
    runs_start: dt.date | None = None,
) -> Calendars:
    """Read running calendars and set recorded runs apart.

    Args:
        paths: Files, and folders of recorded runs.
        runner: For the time zone and the unit of bare numbers.
        first: First date wanted of calendars that repeat; tables and week lists are read whole.
        last: Last date wanted of them.
        race_day: Places week lists by their last race.
        runs_start: Places week lists by the Monday of their first week.
    Returns: The runs of all calendars; one that two calendars share counts once.
    Raises: InputError: What is wrong with any of the files, all of them at once.
    """
    units = "mi" if runner.units == "imperial" else "km"

    def read_ics(data: bytes, source: str) -> Parsed:
        from midstance.formats import ics  # noqa: PLC0415 - the library takes 80 ms that other calendars need not pay

        return ics.parse_ics(data, source, zone=runner.timezone, first=first, last=last, units=units)

    def read_table(data: bytes, source: str) -> Parsed:
        return calendar_csv.parse_csv(data, source, units=units)

    def read_weeks(data: bytes, source: str) -> Parsed:
        return weeks_json.place_weeks(weeks_json.parse_weeks(data, source), race_day=race_day, runs_start=runs_start)

    readers: dict[str, Reader] = {"ics": read_ics, "csv": read_table, "weeks": read_weeks}
    return _joined(*_read_all([Path(path) for path in paths], readers))


def _read_all(
    paths: Sequence[Path], readers: dict[str, Reader],
) -> tuple[list[tuple[str, Parsed]], list[Path]]:
    """Read each file by its kind; refuse only after all were tried, so that every fault is named."""
    found: list[tuple[str, Parsed]] = []
    recordings: list[Path] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            kind = _kind(path)
            if kind == "recording":
                recordings.append(path)
            else:
                found.append((path.name, readers[kind](_content(path), path.name)))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(tuple(faults))
    return found, recordings


def _kind(path: Path) -> str:
    """Tell what a path holds: by its content, and where that does not tell, by its name."""
    if _is_folder(path):
        return "recording"
    head, suffix = _head(path), path.suffix.lower()
    if suffix in REMEDIES:
        raise refusal(str(path), "is no running calendar", REMEDIES[suffix])
    if head.startswith(RECORDED_BEGINNINGS) or head[8:12] == b".FIT" or any(word in head for word in RECORDED_WORDS):
        return "recording"
    if is_calendar(head):
        return "ics"
    if weeks_json.FORMAT.sniff(head):
        return "weeks"
    if calendar_csv.FORMAT.sniff(head):
        return "csv"
    if suffix in RECORDED_SUFFIXES:
        return "recording"
    named = {**dict.fromkeys(ICS_SUFFIXES, "ics"), ".csv": "csv", ".tsv": "csv", ".json": "weeks"}
    if suffix not in named:
        raise refusal(str(path), "is of no kind that is read here", KINDS)
    return named[suffix]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _head(path: Path) -> bytes:
    return _opened(path, HEAD_BYTES)


def _content(path: Path) -> bytes:
    data = _opened(path, MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise refusal(str(path), f"is larger than {MOST_BYTES / 1e6:.0f} MB", "check that it is the right file")
    return data


def _opened(path: Path, most: int) -> bytes:
    """Read at most so many bytes of a plain file."""
    try:
        if path.exists() and not path.is_file():
            raise refusal(str(path), "is a folder" if path.is_dir() else "is not a plain file", "give the file itself")
        with path.open("rb") as file:
            return file.read(most)
    except FileNotFoundError:
        raise refusal(str(path), "there is no such file", "check the name and the folder") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        raise refusal(str(path), f"cannot be opened: {reason}", "check the name and who may read it") from None


def _joined(found: Sequence[tuple[str, Parsed]], recordings: Sequence[Path]) -> Calendars:
    """Join what all calendars hold; a run that two of them share counts once."""
    runs: list[CalendarRun] = []
    faults = [fault for _, parsed in found for fault in parsed.faults]
    seen: dict[tuple[object, ...], str] = {}
    for source, parsed in found:
        fresh = [run for run in parsed.entries if _identity(run) not in seen]
        if doubled := len(parsed.entries) - len(fresh):
            others = sorted({seen[_identity(run)] for run in parsed.entries if _identity(run) in seen})
            counted = "1 run is" if doubled == 1 else f"{doubled} runs are"
            faults.append(Fault(source=source, place="", says=f"{counted} in {', '.join(others)} too and counted once"))
        seen.update((_identity(run), source) for run in fresh)
        runs += fresh
    runs.sort(key=lambda run: (run.date, -1 if run.start_minute is None else run.start_minute))
    unread = tuple(
        Unread(source=source, date=date, title=title) for source, parsed in found for date, title in parsed.unread
    )
    return Calendars(
        runs=tuple(runs), faults=tuple(faults), unread=unread, ignored=sum(parsed.ignored for _, parsed in found),
        recordings=tuple(recordings),
    )


def _identity(run: CalendarRun) -> tuple[object, ...]:
    """Tell what makes two runs of different calendars the same: date, start and title, or what stands for a title."""
    title = " ".join(run.title.lower().split())
    return run.date, run.start_minute, title or (run.type, run.minutes, run.distance_km)
