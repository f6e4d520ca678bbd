"""Import: files and archives with live progress, the running calendar, and the result of a session done offline."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from msgspec import Meta

from midstance.formats import events_json
from midstance.formats._format import InputError, refusal
from midstance.services import calendar_change
from midstance.services import calendar_subscription as remembering
from midstance.services.calendar_change import counted, need_settings
from midstance.services.diary import current
from midstance.services.import_files import runner_of
from midstance.services.player_events import take_parsed
from midstance.services.recordings import clock_of
from midstance.services.set_up_change import Settings, settings_of
from midstance.web._screen import Action, Answer, Nothing, Screen, Visit
from midstance.web.jobs import JOBS, Job, State
from midstance.web.remember import remembered
from midstance.web.screens.importing import handed
from midstance.web.screens.importing.calendar_view import (
    Calendar,
    Change,
    Subscribed,
    calendars_of,
    change_of,
    file_of,
    kept_of,
    says_of,
    subscribed_of,
)
from midstance.web.screens.importing.view import Progress, progress_of
from midstance.web.screens.importing.work import Order, bring_in

CALENDAR = "/import#calendar"
WAIT_S = 1.2
"""How long an answer waits for a short import to be over [s]."""
STOP_S = 3.0
MOST_CALENDAR_BYTES = 20 << 20
MOST_CODE = 3 << 20
NOTHING = "nothing was chosen"
NO_FILE = "a diary in memory remembers no calendar"
NO_FILE_REMEDY = "start midstance with a diary in a file"
UNITS = {"metric": "kg", "imperial": "lb"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which import."""

    job: Annotated[str, Meta(description="Id of the import; the last one by default.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What can be brought in, what came in, and the running calendar."""

    today: Annotated[dt.date, Meta(description="The clock's date.")]
    progress: Annotated[Progress | None, Meta(description="The import that is at work, or was last.")]
    zone: Annotated[str, Meta(description="Time zone of times that tell none; empty without a plan: it is asked.")]
    weights: Annotated[Literal["kg", "lb"], Meta(description="Unit of weights of a log that names none.")]
    most_bytes: Annotated[int, Meta(description="Longest import, all its files together [bytes].")]
    has_plan: Annotated[bool, Meta(description="Whether a plan is in the diary, which a calendar can change.")]
    calendars: Annotated[tuple[Calendar, ...], Meta(description="Calendars whose runs stand in the plan.")]
    change: Annotated[Change | None, Meta(description="A calendar that waits for a yes, with what it changes.")]
    subscribed: Annotated[Subscribed | None, Meta(description="The address that is looked at for changes.")]
    remembers: Annotated[bool, Meta(description="Whether calendars can be remembered beside this diary.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Files, in one request or in several that name the same import."""

    zone: Annotated[str, Meta(description="IANA time zone of times that tell none; the plan's by default.",
                              max_length=80)] = ""
    weights: Annotated[Literal["", "kg", "lb"], Meta(
        description="Unit of weights of a log that names none; by the plan's units by default.")] = ""
    job: Annotated[str, Meta(description="Import that these files belong to; empty to begin one.", max_length=40)] = ""
    more: Annotated[bool, Meta(description="Whether more files follow before it begins to read.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun(Answer):
    """An import that was begun, or waits for more files."""

    job: Annotated[str, Meta(description="Its id.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """An import."""

    job: Annotated[str, Meta(description="Its id.", max_length=40)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """The result of a session that was done on the offline page."""

    code: Annotated[str, Meta(description="The code, from MS1. to its last sign, or the file's content.",
                              max_length=MOST_CODE)]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFiles:
    """Running calendars as files, and where a list of weeks without dates lies."""

    race_day: Annotated[dt.date | None, Meta(
        description="Day on which the last race of a week list falls; the next A race by default.")] = None
    runs_start: Annotated[dt.date | None, Meta(description="Monday of the first week of a week list.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address of a calendar to look at for changes."""

    address: Annotated[str, Meta(description="An https, http or webcal address of an iCalendar file.",
                                 max_length=4000)]
    own_network: Annotated[bool, Meta(description="Whether it is a machine of the runner's own network.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Where the calendar that waits is to stand."""

    beside: Annotated[bool, Meta(description="Beside the plan's other calendars, instead of in their place.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """The calendar that waits, as it was shown."""

    plan: Annotated[str, Meta(description="Id of the plan that was shown.", max_length=80)]


def load(asked: Asked, visit: Visit) -> Context:
    """Show what is at work, what came in, and the running calendar."""
    key = visit.store.address
    job = JOBS.of(asked.job, key) if asked.job else JOBS.latest(key)
    now = _settings(visit)
    kept = kept_of(visit)
    return Context(
        today=visit.today, progress=progress_of(job, visit.store) if job else None,
        zone=now.runner.timezone if now else "", weights="lb" if now and now.runner.units == "imperial" else "kg",
        most_bytes=handed.MOST_BYTES, has_plan=now is not None, calendars=calendars_of(now, visit.today),
        change=change_of(kept.waiting, now, visit), remembers=file_of(visit) is not None,
        subscribed=subscribed_of(kept.subscription, visit.today, ZoneInfo(now.runner.timezone) if now else None))


def _settings(visit: Visit) -> Settings | None:
    return remembered(visit, "settings", lambda: settings_of(current(visit.store), today=visit.today))


# ------------------------------------------------------------------------------------------------------- files


def take_files(wish: Files, visit: Visit) -> Begun:
    """Take files, and begin to read them when all have come."""
    key = visit.store.address
    if not visit.upload and not wish.job:
        raise refusal("import", NOTHING, "choose files, or drop them on the page", place="files")
    runner = runner_of(visit.store)
    zone = wish.zone or (runner.timezone if runner else "")
    if not zone:
        raise refusal("import", "where do you run?", "name your time zone, such as Europe/Lisbon", place="zone")
    try:
        clock_of(zone)
    except InputError:
        raise refusal("import", f"{zone!r} is no time zone", "name one such as Europe/Lisbon", place="zone") from None
    job = _receiving(wish.job, key) if wish.job else JOBS.begin(key)
    try:
        handed.keep(job, visit.upload)
    except (InputError, OSError) as error:
        JOBS.stop(job)
        if isinstance(error, InputError):
            raise
        raise refusal("import", f"there is no room for the files ({error.strerror})", "free some") from error
    if not wish.more:
        pounds = wish.weights == "lb" if wish.weights else runner is not None and runner.units == "imperial"
        order = Order(place=visit.place, zone=zone, pounds=pounds, at=visit.at, today=visit.today,
                      calendar=file_of(visit))
        JOBS.run(job, lambda one: bring_in(one, order), wait_s=WAIT_S)
    return Begun(job=job.id, go=f"/import?job={job.id}")


def _receiving(name: str, key: str) -> Job:
    job = JOBS.of(name, key)
    if job is None or job.state is not State.RECEIVING:
        raise refusal("import", "this import takes no more files", "begin it once more; what came in before counts "
                      "once", place="job")
    return job


def _need(name: str, visit: Visit) -> Job:
    job = JOBS.of(name, visit.store.address)
    if job is None:
        raise refusal("import", "there is no such import", "midstance was started anew; what came in is in your diary",
                      place="job")
    return job


def watch(wish: Which, visit: Visit) -> Progress:
    """Say how far an import is."""
    return progress_of(_need(wish.job, visit), visit.store)


def stop(wish: Which, visit: Visit) -> Answer:
    """Stop an import; what came in stays."""
    job = _need(wish.job, visit)
    JOBS.stop(job, wait_s=STOP_S)
    return Answer(go=f"/import?job={job.id}")


def close(wish: Which, visit: Visit) -> Answer:
    """Show an import no longer."""
    JOBS.drop(_need(wish.job, visit))
    return Answer()


# ------------------------------------------------------------------------------------------------ done offline


def take_code(wish: Code, visit: Visit) -> Answer:
    """Take the result of a session that was done on the offline page."""
    read = events_json.parse(wish.code.encode(errors="replace"), "the code")
    if not read.entries:
        if read.faults:
            raise InputError(tuple(_in_code(fault.says, fault.remedy).faults[0] for fault in read.faults))
        raise _in_code("it holds no set and no session", "copy the code of the session's last page")
    done = take_parsed(visit.store, read.entries, now=visit.at, today=visit.today)
    if not done.kept and not done.known:
        raise InputError(tuple(_in_code(one.says, one.remedy).faults[0] for one in done.refused))
    says = [f"{counted(len(done.kept), 'report of your session is', 'reports of your session are')} in your diary."
            if done.kept else "All of it was in your diary already."]
    left = len(done.refused) + len(read.faults)
    says += [f"{counted(left, 'report', 'reports')} could not be used."] if left else []
    return Answer(says=(*says, *done.says), batch=done.batches[0] if done.kept and len(done.batches) == 1 else "")


def _in_code(says: str, remedy: str) -> InputError:
    return refusal("the code", says, remedy, place="code")


# ------------------------------------------------------------------------------------------------ the calendar


def _file(visit: Visit) -> Path:
    path = file_of(visit)
    if path is None:
        raise refusal("calendar", NO_FILE, NO_FILE_REMEDY)
    return path


def take_calendar(wish: CalendarFiles, visit: Visit) -> Answer:
    """Let running calendars wait for a yes, with what they would change."""
    path, now = _file(visit), _need_settings(visit)
    if not visit.upload:
        raise refusal("calendar", NOTHING, "choose an .ics, .csv or .json file", place="calendar")
    if wish.race_day and wish.runs_start:
        raise refusal("calendar", "both the race's day and the first Monday are given", "give one of them",
                      place="runs_start")
    held = remembering.read_held([upload.path for upload in visit.upload], now, today=visit.today,
                                 race_day=wish.race_day, runs_start=wish.runs_start)
    remembering.offer(path, held, [upload.path.name for upload in visit.upload], now=visit.at)
    return Answer(go=CALENDAR)


def _need_settings(visit: Visit) -> Settings:
    return need_settings(current(visit.store), visit.today)


def subscribe(wish: Address, visit: Visit) -> Answer:
    """Subscribe to an address, and look at it at once."""
    path, now = _file(visit), _need_settings(visit)
    before = remembering.kept_in(path)
    remembering.subscribe(path, wish.address, own_network=wish.own_network)
    found = remembering.look_for_changes(path, now, at=visit.at, today=visit.today)
    if found.failed:
        remembering.restore(path, before)
        raise refusal("the calendar's address", found.says.rstrip("."), place="address")
    return Answer(says=("The address is kept. " + found.says,), go=CALENDAR)


def look(wish: Nothing, visit: Visit) -> Answer:
    """Look for changes of the subscribed calendar."""
    found = remembering.look_for_changes(_file(visit), _need_settings(visit), at=visit.at, today=visit.today)
    return Answer(says=(found.says,), go=CALENDAR)


def unsubscribe(wish: Nothing, visit: Visit) -> Answer:
    """Look at the address no more; its runs stay in the plan."""
    remembering.unsubscribe(_file(visit))
    return Answer(says=("The address is forgotten. Its runs stay in your plan.",), go=CALENDAR)


def put_beside(wish: Beside, visit: Visit) -> Answer:
    """Say whether the calendar that waits stands beside the others or in their place."""
    remembering.put_beside(_file(visit), beside=wish.beside)
    return Answer(go=CALENDAR)


def accept(wish: Accept, visit: Visit) -> Answer:
    """Take the calendar that waits as the plan's."""
    path = _file(visit)
    waiting = remembering.kept_in(path).waiting
    if waiting is None:
        raise refusal("calendar", "no calendar waits", "hand one in first", place="plan")
    done = calendar_change.accept(visit.store, waiting, wish.plan, stamp=visit.stamp("calendar"),
                                  clock=time.perf_counter)
    remembering.settle(path, waiting, taken=True)
    return Answer(says=done.says, batch=done.batch, go="/import")


def put_aside(wish: Nothing, visit: Visit) -> Answer:
    """Leave the plan as it is; the calendar waits no longer."""
    path = _file(visit)
    waiting = remembering.kept_in(path).waiting
    if waiting is not None:
        remembering.settle(path, waiting, taken=False)
    return Answer(says=("Your plan stays as it is.",))


SCREEN = Screen(
    id="import", path="/import", title="Import", asked=Asked, context=Context, load=load, nav=8, needs_plan=False,
    globals={"run_words": says_of},
    actions=(
        Action(name="files", title="Bring in recordings, logs, archives and calendars", wish=Files, do=take_files,
               answer=Begun, files=True, most_bytes=handed.MOST_BYTES + (1 << 20)),
        Action(name="progress", title="Say how far an import is", wish=Which, do=watch, answer=Progress, reads=True),
        Action(name="stop", title="Stop an import; what came in stays", wish=Which, do=stop),
        Action(name="close", title="Show an import no longer", wish=Which, do=close),
        Action(name="session", title="Take the result of a session done on the offline page", wish=Code, do=take_code,
               most_bytes=MOST_CODE + (1 << 20)),
        Action(name="calendar", title="Hand in running calendars", wish=CalendarFiles, do=take_calendar, files=True,
               most_bytes=MOST_CALENDAR_BYTES),
        Action(name="subscribe", title="Subscribe to a calendar's address", wish=Address, do=subscribe),
        Action(name="look", title="Look for changes of the subscribed calendar", wish=Nothing, do=look),
        Action(name="unsubscribe", title="Forget the subscribed address", wish=Nothing, do=unsubscribe),
        Action(name="beside", title="Say where the calendar that waits is to stand", wish=Beside, do=put_beside),
        Action(name="accept", title="Take the calendar that waits as the plan's", wish=Accept, do=accept),
        Action(name="aside", title="Leave the plan as it is", wish=Nothing, do=put_aside),
    ))
