"""Files for watches and other services: sessions to be done as FIT workouts, finished ones as FIT activities."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from midstance.domain.diary import PlanAccepted, SessionDone, SetDone
from midstance.formats._format import refusal
from midstance.formats.fit_activity import render_activity
from midstance.formats.fit_workout import render_workout, workout_name
from midstance.services.course import course_of, need_course
from midstance.services.diary import current
from midstance.services.finished import finished_sessions
from midstance.services.handbook import catalogue
from midstance.services.output import write_whole

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from pathlib import Path

    from midstance.formats.fit_activity import FinishedSession
    from midstance.store.store import Store

DAY = dt.timedelta(days=1)
WEEK_DAYS = 7              # midstance default: how many days are written when nobody says
FIT = ".fit"
EPOCH = (1980, 1, 1, 0, 0, 0)
NARROWER = "name a .zip, or fewer days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written: names of the files, and the first and last date that was asked for."""

    names: tuple[str, ...]
    first: dt.date
    last: dt.date


def write_workouts(store: Store, path: Path, *, first: dt.date, days: int = WEEK_DAYS) -> Written:
    """Write the sessions of some days of the plan in force as workouts for a watch.

    Args:
        store: The diary.
        path: A zip of ``.fit`` files, or one ``.fit`` file where there is one session.
        first: First date.
        days: How many dates.
    Returns: What was written; the same plan gives the same bytes.
    Raises: InputError: There is no plan, no session in these days, several for one file, or the place cannot be
        written.
    """
    course = need_course(current(store, kinds=(PlanAccepted,)))
    last = first + (max(days, 1) - 1) * DAY
    runner = course.runner
    with _in_words():
        found = {
            workout_name(s): render_workout(s, exercises=catalogue().exercises, zone=runner.timezone,
                                            units=runner.units)
            for s in course.plan.sessions if first <= s.date <= last}
    return _write(path, found, first, last, "no session is planned")


def write_activities(
    store: Store, path: Path, *, last: dt.date, days: int = WEEK_DAYS, zone: str = "",
) -> Written:
    """Write the finished sessions of some days as activities for other services.

    Args:
        store: The diary.
        path: A zip of ``.fit`` files, or one ``.fit`` file where there is one session.
        last: Last date.
        days: How many dates.
        zone: IANA time zone where no plan tells it; UTC by default.
    Returns: What was written; the same log gives the same bytes.
    Raises: InputError: No set was logged in these days, or as ``write_workouts``.
    """
    entries = current(store, kinds=(PlanAccepted, SetDone, SessionDone))
    course = course_of(entries)
    clock = ZoneInfo(course.runner.timezone if course else zone or "UTC")
    units = course.runner.units if course else "metric"
    first = last - (max(days, 1) - 1) * DAY
    found: dict[str, bytes] = {}
    with _in_words():
        for done in finished_sessions(entries, clock=clock):
            if first <= done.start.date() <= last:
                found[_activity_name(done, found)] = render_activity(
                    done, exercises=catalogue().exercises, units=units)
    return _write(path, found, first, last, "no set was logged")


def _activity_name(done: FinishedSession, taken: Container[str]) -> str:
    """Name the file of a finished session; of two that begin in one minute the later has a number."""
    name = f"{done.start:%Y-%m-%d-%H%M}-done"
    return next(full for k in count(1) if (full := f"{name}{f'-{k}' if k > 1 else ''}{FIT}") not in taken)


@contextmanager
def _in_words() -> Iterator[None]:
    """Turn what FIT cannot hold into a fault.

    Raises: InputError: In place of ``ValueError``.
    """
    try:
        yield
    except ValueError as error:
        raise refusal("export", f"FIT cannot hold it: {error}") from error


def _write(path: Path, found: Mapping[str, bytes], first: dt.date, last: dt.date, none: str) -> Written:
    if not found:
        raise refusal("export", f"{none} from {first} to {last}", "choose other days")
    if path.suffix.lower() == FIT:
        if len(found) > 1:
            raise refusal(str(path), f"there are {len(found)} sessions from {first} to {last}, and a .fit file holds "
                          "one", NARROWER)
        write_whole(path, next(iter(found.values())))
    else:
        write_whole(path, _zipped(found))
    return Written(names=tuple(sorted(found)), first=first, last=last)


def _zipped(found: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(found):
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, found[name])
    return out.getvalue()
