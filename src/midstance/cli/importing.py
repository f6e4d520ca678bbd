"""What ``midstance import`` says: the report as text and JSON, the progress bar, and whose clock counts."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from midstance.formats._plan_words import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from midstance.formats._format import Fault
    from midstance.services.import_files import Imported, Tally
    from midstance.services.recorded_sessions import Offer
    from midstance.store.store import Store

MOST_NAMED = 20      # midstance default: files named in each part of the report; the others are counted
MOST_NAMES = 6       # midstance default: unknown exercises named
MOST_CORES = 8       # midstance default: with more, the one process that writes is what others wait for
BAR = 24             # columns
NAME = 28            # letters of a file's name
EVERY_S = 0.1        # midstance default: the bar is drawn at most ten times a second
SOONEST_S = 1.0      # midstance default: before that, no time left is estimated
ZONES = "zoneinfo/"


def import_from(
    store: Store, paths: Sequence[Path], *, zone: str, weights: str | None, now: dt.datetime,
    fill: bool = False,
) -> Imported | None:
    """Import with a progress bar on a terminal, on all cores; None when it was stopped by Ctrl-C.

    Raises: InputError: Nothing at all can be used, in words.
    """
    from midstance.services.import_files import import_paths, runner_of  # noqa: PLC0415 - reports need no readers

    runner = runner_of(store)
    offset = now.astimezone().utcoffset()
    zone = zone or (runner.timezone if runner else local_zone(os.environ, offset or dt.timedelta()))
    pounds = weights == "lb" if weights else runner is not None and runner.units == "imperial"
    bar = Bar(sys.stderr, time.monotonic, columns=shutil.get_terminal_size().columns) if sys.stderr.isatty() else None
    try:
        return import_paths(store, paths, zone=zone, now=now, pounds=pounds, fill=fill, workers=_cores(), progress=bar)
    except KeyboardInterrupt:
        return None
    finally:
        if bar:
            bar.clear()


def _cores() -> int:
    """Count the cores that this program may use, up to ``MOST_CORES``."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(allowed or 1, MOST_CORES)


def import_text(told: Imported) -> str:
    """Write what an import did, what it left out and why, and how to take it back."""
    before = (f"; {_counted(told.before, 'other was', 'others were')} brought in by this import before and not read "
              "again") if told.before else ""
    lines = [f"{_counted(told.files, 'file', 'files')} opened{before}. Times without a zone are taken as {told.zone}."]
    lines += [_tally(told.runs, "run", "runs")] if told.runs.found else ["No runs."]
    for tally, one, many in ((told.sessions, "strength session", "strength sessions"), (told.sets, "set", "sets")):
        lines += [_tally(tally, one, many)] if tally.found else []
    lines += _played(told)
    lines += _unknown(told)
    lines += _offers(told)
    if left := list(_left_out(told)):
        lines += ["", "Left out:", *left]
    if notes := _by_file([fault for fault in told.faults if not fault.fatal]):
        lines += ["", "To know:", *notes]
    lines.append("")
    if not told.written:
        lines.append("Nothing in the diary has changed.")
    lines += [f"Take it back: midstance undo {batch}" for batch in (*filter(None, [told.batch]), *told.plays)]
    return "\n".join(lines).strip()


def import_json(told: Imported) -> str:
    """Write the same as one JSON document."""
    document = {
        "batch": told.batch or None, "zone": told.zone, "files": told.files, "files_before": told.before,
        "runs": asdict(told.runs),
        "sessions": asdict(told.sessions), "sets": asdict(told.sets), "played": asdict(told.played),
        "plays": told.plays, "says": told.says, "no_runs": told.ignored,
        "strength_recordings": told.strength, "offers": [_offered(offer) for offer in told.offers],
        "other_files": told.skipped,
        "unknown_exercises": dict(told.unknown.most_common()), "faults": [asdict(fault) for fault in told.faults],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _offered(offer: Offer) -> dict[str, Any]:
    sets = [{"exercise": one.done.exercise, "amount": one.done.amount, "unit": one.done.unit,
             "weight_kg": one.done.weight_kg, "side": one.done.side or None, "sure": one.sure.value}
            for one in offer.sets]
    return {"date": offer.date.isoformat(), "session": offer.planned.id if offer.planned else None,
            "source": offer.recorded.source, "minutes": round(offer.recorded.seconds / 60, 1), "sets": sets,
            "unclear": offer.unclear}


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _tally(tally: Tally, one: str, many: str) -> str:
    """Say what became of things of one kind.

    >>> from midstance.services.import_files import Tally
    >>> _tally(Tally(new=3, known=1), "run", "runs")
    '4 runs: 3 new, 1 in the diary already.'
    """
    parts = [
        (tally.new, "new"), (tally.again, "back after being taken back"), (tally.known, "in the diary already"),
        (tally.matched, f"matched with another record of the same {one}"),
    ]
    said = ", ".join(f"{count:,} {words}" for count, words in parts if count)
    fuller = f" ({tally.fuller:,} of them tell more and took its place)" if tally.fuller else ""
    return f"{_counted(tally.found, one, many)}: {said}{fuller}."


def _played(told: Imported) -> list[str]:
    """Say what the session player reported, and what follows from it."""
    if not told.played.found:
        return []
    return [_tally(told.played, "report of the session player", "reports of the session player"), *told.says]


def _offers(told: Imported) -> list[str]:
    """Say what recorded strength sessions would add to the log, the newest first, and how that is taken."""
    newest = sorted(told.offers, key=lambda offer: offer.recorded.start, reverse=True)
    lines = [f"Strength session of {offer.date}, {offer.recorded.seconds / 60:.0f} min, recorded and not logged: "
             f"{_sets(offer)}." for offer in newest[:MOST_NAMES]]
    more = len(newest) - MOST_NAMES
    lines += [f"And {more} more like these."] if more > 0 else []
    return [*lines, "With --sets they go into the log, with the sets that are known."] if newest else []


def _sets(offer: Offer) -> str:
    certain, guessed = len(offer.certain), len(offer.sets) - len(offer.certain)
    parts = [f"{_counted(certain, 'set', 'sets')} known"] if certain else []
    parts += [f"{_counted(guessed, 'set', 'sets')} with an exercise that the watch only guesses"] if guessed else []
    parts += [f"{_counted(offer.unclear, 'set', 'sets')} unclear"] if offer.unclear else []
    return joined(parts) or "no sets"


def _unknown(told: Imported) -> list[str]:
    """Name exercises that the catalogue does not hold, the most frequent first."""
    if not told.unknown:
        return []
    named = ", ".join(f"{name} ({count:,})" for name, count in told.unknown.most_common(MOST_NAMES))
    more = len(told.unknown) - MOST_NAMES
    exercises = _counted(len(told.unknown), "exercise is", "exercises are")
    return [f"{exercises} not in midstance's catalogue; the sets are kept under their names: {named}"
            + (f" and {more} more." if more > 0 else ".")]


def _left_out(told: Imported) -> Iterator[str]:
    if told.ignored:
        words = _counted(told.ignored, "recording that is no run", "recordings that are no runs")
        strength = (f", {told.strength:,} of them strength work that a watch recorded: it counts as you log it or an "
                    "app exports it, so nothing counts twice") if told.strength else ""
        yield f"  {words}{strength}"
    if told.skipped:
        yield f"  {_counted(told.skipped, 'file of another kind', 'files of other kinds')}"
    broken = [fault for fault in told.faults if fault.fatal]
    if broken:
        yield f"  {_counted(len({fault.source for fault in broken}), 'file', 'files')} that cannot be used:"
        yield from (f"  {line}" for line in _by_file(broken))


def _by_file(faults: Sequence[Fault]) -> list[str]:
    """Write what is said of each file on a line, of the first files; count the others."""
    by_file: dict[str, dict[str, list[str]]] = {}
    for fault in faults:
        by_file.setdefault(fault.source, {}).setdefault(fault.says, []).append(fault.place)
    lines = [
        f"  {name}: " + "; ".join(_with_place(says, places) for says, places in said.items())
        for name, said in list(by_file.items())[:MOST_NAMED]]
    more = len(by_file) - len(lines)
    return lines + ([f"  and {_counted(more, 'more file', 'more files')}"] if more else [])


def _with_place(says: str, places: Sequence[str]) -> str:
    """Put the place before what is wrong, or count the places.

    >>> _with_place("left out", ["line 3"]), _with_place("left out", ["line 3", "line 4"])
    ('line 3: left out', 'left out (2 times)')
    """
    if len(places) > 1:
        return f"{says} ({len(places)} times)"
    return f"{places[0]}: {says}" if places[0] else says


class Bar:
    """A progress bar on a terminal: files done and in all, the time left, and the file at hand."""

    def __init__(self, out: TextIO, clock: Callable[[], float], *, columns: int = 100) -> None:
        self._out = out
        self._clock = clock
        self._columns = columns
        self._began = clock()
        self._drawn = -EVERY_S

    def __call__(self, done: int, total: int, name: str) -> None:
        """Draw the bar, unless it was drawn a moment ago."""
        passed = self._clock() - self._began
        if passed - self._drawn >= EVERY_S or done == total:
            self._drawn = passed
            line = bar_line(done, total, passed, name)[:self._columns - 1]
            self._out.write(f"\r{line:<{self._columns - 1}}")
            self._out.flush()

    def clear(self) -> None:
        """Take the bar off the screen."""
        self._out.write("\r" + " " * (self._columns - 1) + "\r")
        self._out.flush()


def bar_line(done: int, total: int, passed_s: float, name: str) -> str:
    """Write one state of the bar.

    Args:
        done: Files done, at most ``total``.
        total: Files in all, at least 1.
        passed_s: Time since the beginning [s].
        name: The file at hand.

    >>> bar_line(500, 2000, 10.0, "runs/a.fit")
    '[######..................] 500 of 2,000 files, 30 s left  runs/a.fit'
    """
    full = BAR * done // max(total, 1)
    left = ""
    if passed_s >= SOONEST_S and done:
        left = f", {_span(passed_s * (total - done) / done)} left"
    shown = name if len(name) <= NAME else "..." + name[3 - NAME:]
    printable = shown.encode("utf-8", "replace").decode()
    return f"[{'#' * full}{'.' * (BAR - full)}] {done:,} of {total:,} files{left}  {printable}"


def _span(seconds: float) -> str:
    """Write a time left.

    >>> _span(12.3), _span(130)
    ('12 s', '2 min 10 s')
    """
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60:02} s"


def local_zone(environment: Mapping[str, str], offset: dt.timedelta, etc: Path = Path("/etc")) -> str:
    """Find the time zone of the computer.

    Args:
        environment: Variables of the environment; ``TZ`` counts first.
        offset: Local time minus UTC now, for a computer that names no zone.
        etc: Folder of the system's settings.
    Returns: An IANA name, else the fixed zone with the nearest whole hour.

    >>> import datetime as dt
    >>> local_zone({}, dt.timedelta(hours=2), Path("/nowhere")), local_zone({"TZ": "Asia/Tokyo"}, dt.timedelta())
    ('Etc/GMT-2', 'Asia/Tokyo')
    """
    for name in _names(environment, etc):
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
        return name
    hours = round(offset.total_seconds() / 3600)
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"


def _names(environment: Mapping[str, str], etc: Path) -> Iterator[str]:
    """List names that a system may give its zone; Unix has a link to the zone's file, Debian a text too."""
    yield environment.get("TZ", "").removeprefix(":")
    link = os.path.realpath(etc / "localtime")
    if ZONES in link:
        yield link.partition(ZONES)[2]
    try:
        yield (etc / "timezone").read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return
