"""Words about the diary as a whole: what was written out, what came back in, how it is; and about a session's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.cli.noted import WIDTH, folded
from midstance.formats._format import refusal
from midstance.formats._plan_words import joined

if TYPE_CHECKING:
    from pathlib import Path

    from midstance.formats.session_json import PlayerSession
    from midstance.services.course import Course
    from midstance.services.diary_archive import Restored
    from midstance.services.doctor import Health
    from midstance.services.watch_files import Written

MEGABYTE, GIGABYTE = 1 << 20, 1 << 30
READY_FORMS = {"archive": "everything", "ics": "the plan in force as a calendar", "fit": "sessions for watches"}
WATCH = ("Each is a strength workout. Onto a Garmin watch: connect it by cable and copy the .fit files into its folder "
         "GARMIN/NewFiles. Not tried on a watch: it keeps to the public descriptions of FIT and is checked with other "
         "readers.")
DONE = "Each is a strength activity with its sets; other services take it by their upload of .fit files."
NO_ONE_UNDO = ("midstance undo does not take this back as one: each entry keeps the command that wrote it, and undo "
               "goes back command by command.")
PAGE_THERE = "Send it to the phone and open it there; it needs no connection."
PAGE_BACK = "At the end it gives a file or a short code. Bring it back with: midstance import FILE"
EMPTY = "The diary is empty so far: the archive holds no entry."
REMEDY = ("What to do: keep a copy of the diary as it is; then put the newest backup into a new one: "
          "midstance restore BACKUP.zip --diary NEW.db")


def refuse_form(form: str) -> None:
    """Refuse a form of export that is not there.

    Raises: InputError: It is not among ``READY_FORMS``.
    """
    if form not in READY_FORMS:
        ready = joined(f"{name} ({what})" for name, what in READY_FORMS.items())
        raise refusal("--format", f"{form} is not there yet", f"{ready} are")


def calendar_text(course: Course, path: Path, width: int = WIDTH) -> str:
    """Say which plan was written out as a calendar."""
    told = f"The plan in force ({course.plan.starts} to {course.plan.ends}) is in {path}."
    again = "Imported again after a change it updates its events and doubles none."
    return "\n".join([*folded(told, width=width), *folded(again, width=width)])


def watch_text(found: Written, path: Path, *, done: bool, width: int = WIDTH) -> str:
    """Say which sessions were written for a watch, or finished ones for other services."""
    count = len(found.names)
    told = f"{'1 session' if count == 1 else f'{count} sessions'} of {found.first} to {found.last} in {path}."
    return "\n".join([*folded(told, width=width), *folded(DONE if done else WATCH, width=width)])


def exported_text(count: int, path: Path, width: int = WIDTH) -> str:
    """Say what was written out."""
    told = f"{_entries(count)} written to {path}, with tables for a spreadsheet." if count else EMPTY
    lines = (told, "These are data about your health: keep them safe.", f"Back in with: midstance restore {path}")
    return "\n".join(part for line in lines for part in folded(line, width=width))


def page_text(found: PlayerSession, path: Path, width: int = WIDTH) -> str:
    """Say which session was written as a page, and how its result comes back."""
    head = found.session
    lines = (f"{head.name}, {head.minutes} min, of {head.date} is in {path}.", PAGE_THERE, PAGE_BACK)
    return "\n".join(part for line in lines for part in folded(line, width=width))


def restored_text(found: Restored, address: str, width: int = WIDTH) -> str:
    """Say what came back, what was there already, that a part is lost, and that it is no one thing to take back."""
    parts = [f"{_entries(found.new)} restored into {address}"]
    parts += [f"{found.known} were there already"] if found.known else []
    lines = folded("; ".join(parts) + ".", width=width)
    lines += folded(NO_ONE_UNDO, width=width) if found.new else []
    if found.faults:
        lines += folded("A part of the archive could not be read; the lines above say which. The rest is in the diary.",
                        width=width)
    return "\n".join(lines)


def health_text(health: Health, width: int = WIDTH) -> str:
    """Write what an examination of the diary found: damage first, then the figures, then what should be looked at."""
    lines = ["The diary is well." if health.well and health.version else
             "There is no diary here yet." if health.well else "The diary is damaged."]
    lines += [line for fault in health.faults for line in folded(str(fault), "  - ", width=width)]
    lines += [] if health.well else folded(REMEDY, width=width)
    rows = [("place", health.address), ("entries", f"{health.entries}")]
    rows += [] if health.version is None else [("layout", f"version {health.version}")]
    rows += [("size", _size(health.bytes))] if health.bytes else []
    rows += [] if health.free_bytes is None else [("free", _size(health.free_bytes))]
    newest = f", the newest {health.backups[0].name}" if health.backups else ""
    rows.append(("backups", f"{len(health.backups)}{newest}"))
    lines += [line for name, value in rows for line in folded(value, f"  {name:8} ", width=width)]
    if health.warnings:
        lines += ["Worth a look:",
                  *(line for warning in health.warnings for line in folded(warning, "  - ", width=width))]
    return "\n".join(lines)


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def _size(count: int) -> str:
    """Write a size.

    >>> _size(3 << 20), _size(5000)
    ('3.0 MB', '5 kB')
    """
    if count >= GIGABYTE:
        return f"{count / GIGABYTE:.1f} GB"
    return f"{count / MEGABYTE:.1f} MB" if count >= MEGABYTE else f"{max(1, count // 1000)} kB"
