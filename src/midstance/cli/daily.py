"""The commands of every day - check-in, session, sets, exertion, undo, progress - and those that keep the diary.

One function a command, as in ``main``, which registers them; modules are loaded by the command that needs them.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from midstance import __version__
from midstance.cli.answers import NOTHING, NOTHING_BESIDE, Answers, Beside
from midstance.cli.diary import Date, Diary, diary_place, moment, open_diary
from midstance.cli.printing import columns, put, tell

Output = Annotated[Path, Parameter(alias="-o")]
Archive = Annotated[Path, Parameter()]
Plain = Literal["text", "json"]
Words = Annotated[str, Parameter(allow_leading_hyphen=True)]


def checkin(*, said: Answers = NOTHING, date: Date = None, diary: Diary = None) -> int:
    """Tell how the morning is, and read at once what the day allows; nothing is obligatory.

    Without any answer the few questions are asked one by one; Enter skips each.
    """
    from midstance.cli.noted import NOTHING_SAID, checkin_text, folded  # noqa: PLC0415
    from midstance.cli.noting import asked, morning, stamped  # noqa: PLC0415
    from midstance.services.note import note_morning  # noqa: PLC0415

    stamp = stamped(date, "checkin")
    answers = asked(input, tell, there=sys.stdin.isatty()) if said == NOTHING else said
    told, well_again = morning(answers)
    if answers == NOTHING:
        put("\n".join(folded(NOTHING_SAID, width=columns())))
        return 0
    with open_diary(diary) as store:
        put(checkin_text(note_morning(store, told, stamp, well_again=well_again), columns()))
    return 0


def log(
    exercise: str, /, *sets: Words, beside: Beside = NOTHING_BESIDE, date: Date = None, diary: Diary = None,
) -> int:
    """Log what was done: one line an exercise, or a whole planned session.

    midstance log goblet-squat 3x8 16kg @2
    logs three sets of eight with 16 kg and two reps in reserve.
    Sets: 3x8, 8,8,6, 3x40s, 2x10steps, 3x20contacts.
    Weight: 16kg, 35lb, 2x12kg for one in each hand; none for body weight.

    midstance log session [ID]
    notes a planned session as done, the one of the date or the one named.
    midstance log session mobility --minutes 15
    names it by its kind; where none of that kind is planned, notes one that was not.

    Parameters
    ----------
    exercise
        Id or name of an exercise, or the word session.
    sets
        Sets, weight and reps in reserve; after the word session an id or a kind of session.
    """
    from midstance.cli.noted import session_text, sets_text  # noqa: PLC0415
    from midstance.cli.noting import session_line, set_line, slip_of_session, stamped  # noqa: PLC0415
    from midstance.services.note import WHOLE, meant_session, note_session, note_sets  # noqa: PLC0415

    stamp, words = stamped(date, "log"), (exercise, *sets)
    if exercise == WHOLE:
        told = session_line(words, beside)
        with open_diary(diary) as store:
            put(session_text(note_session(store, told, stamp), columns()))
        return 0
    if meant_session(exercise):
        raise slip_of_session(exercise)
    line = set_line(words, beside)
    with open_diary(diary) as store:
        put(sets_text(note_sets(store, line, stamp), columns()))
    return 0


def rpe(activity: str, exertion: str, /, *, diary: Diary = None) -> int:
    """Tell how hard a run or session was as a whole, best half an hour after it.

    Parameters
    ----------
    activity
        Id of a run or session, or a date (also today, yesterday) that has just one.
    exertion
        0 rest, 3 moderate, 5 hard, 7 very hard, 10 maximal.
    """
    from midstance.cli.noted import rpe_text  # noqa: PLC0415
    from midstance.cli.noting import exertion_of, stamped  # noqa: PLC0415
    from midstance.services.rate import note_rpe  # noqa: PLC0415

    stamp, value = stamped(None, "rpe"), exertion_of(exertion)
    with open_diary(diary) as store:
        put(rpe_text(note_rpe(store, activity, value, stamp), columns()))
    return 0


def session(
    day: dt.date | None = None, /, *, output: Output, id: str = "",
    primer: Annotated[bool, Parameter(negative="")] = False, diary: Diary = None,
) -> int:
    """Write a session with its player as one page, for a phone that cannot reach this computer.

    The page works from the file alone, without a connection. What was done comes back as a file or as a code in a
    file: midstance import FILE.

    Parameters
    ----------
    day
        The date of the session; today by default.
    output
        The page to write, HTML; what is there is replaced.
    id
        Id of the session, where the date has more than one.
    primer
        The primer before the run of that date, instead of the session.
    """
    from midstance.cli.keeping import page_text  # noqa: PLC0415
    from midstance.services.session_page import write_session_page  # noqa: PLC0415

    now = moment()
    with open_diary(diary) as store:
        found = write_session_page(store, output, now=now.at, today=now.date, date=day,
                                   session="primer" if primer else id)
    put(page_text(found, output, columns()))
    return 0


def undo(id: str = "", /, *, diary: Diary = None) -> int:
    """Take back the last thing that was told, or the one named; taking back a taking back restores it.

    Parameters
    ----------
    id
        Id of an entry or of everything one command wrote, or its first letters; the last command by default.
    """
    from midstance.cli.entry_words import undone_text  # noqa: PLC0415
    from midstance.services.diary import take_back  # noqa: PLC0415

    now = moment()
    with open_diary(diary) as store:
        put(undone_text(store, take_back(store, id, now=now.at, date=now.date), now.at, columns()))
    return 0


def progress(*, format: Plain = "text", date: Date = None, diary: Diary = None) -> int:
    """Show how strength, load, easy share, adherence and the two sides went.

    Parameters
    ----------
    format
        What to print.
    """
    from midstance.cli.noting import stamped  # noqa: PLC0415
    from midstance.cli.progress import progress_json, progress_text  # noqa: PLC0415
    from midstance.services.progress_report import progress_report  # noqa: PLC0415

    today = stamped(date).date
    with open_diary(diary) as store:
        report = progress_report(store, today=today)
    put(progress_json(report) if format == "json" else progress_text(report, columns()))
    return 0


def export(
    *, output: Output, format: Literal["archive", "fit", "ics", "pdf"] = "archive", date: Date = None,
    days: Annotated[int, Parameter(validator=Number(gte=1, lte=366))] = 7, done: bool = False, diary: Diary = None,
) -> int:
    """Write the whole diary as open files: a zip of JSON lines, CSV tables and plans; or the plan in force.

    Parameters
    ----------
    output
        The file to write; what is there is replaced.
    format
        archive is everything; ics is the plan in force as a calendar; fit is a zip of workouts for a watch, one a
        session (a name that ends in .fit: the one session); pdf is not there yet.
    date
        With fit: first date, today by default; with --done the last one.
    days
        With fit: how many dates.
    done
        With fit: sessions that were done, as activities with their sets for other services.
    """
    from midstance.cli.keeping import calendar_text, exported_text, refuse_form, watch_text  # noqa: PLC0415
    from midstance.services.diary_archive import export_diary  # noqa: PLC0415
    from midstance.services.output import write_course  # noqa: PLC0415

    refuse_form(format)
    with open_diary(diary) as store:
        if format == "ics":
            put(calendar_text(write_course(store, output, format), output, columns()))
            return 0
        if format == "fit":
            from midstance.services.watch_files import write_activities, write_workouts  # noqa: PLC0415

            day = date or moment().date
            found = (write_activities(store, output, last=day, days=days) if done
                     else write_workouts(store, output, first=day, days=days))
            put(watch_text(found, output, done=done, width=columns()))
            return 0
        count = export_diary(store, output, version=__version__)
    put(exported_text(count, output, columns()))
    return 0


def restore(archive: Archive, *, diary: Diary = None) -> int:
    """Put an exported diary back, into a new diary or into one of the same runner that lacks a part of it.

    Exit status 1: a part of the archive could not be read; everything else was restored.

    Parameters
    ----------
    archive
        The zip that midstance export wrote.
    """
    from midstance.cli.keeping import restored_text  # noqa: PLC0415
    from midstance.services.diary_archive import restore_diary  # noqa: PLC0415

    with open_diary(diary) as store:
        found = restore_diary(store, archive)
        tell(*(str(fault) for fault in found.faults))
        put(restored_text(found, store.address, columns()))
    return 1 if found.faults else 0


def doctor(*, diary: Diary = None) -> int:
    """Examine the diary: whether it is whole, has room and has backups; exit status 1 when it is damaged."""
    from midstance.cli.keeping import health_text  # noqa: PLC0415
    from midstance.services.doctor import examine  # noqa: PLC0415

    health = examine(diary_place(diary))
    put(health_text(health, columns()))
    return 0 if health.well else 1


COMMANDS = (checkin, session, log, rpe, undo, progress, export, restore, doctor)
