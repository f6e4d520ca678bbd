"""The running calendar of the app: a subscribed address, and a calendar that waits for the runner's yes.

Both lie in one small file beside the diary, for neither is something that happened. What is subscribed to is fetched
when the runner asks, and at most once a day by itself; a calendar that differs from the plan's waits until it is
accepted (``services.calendar_change``) or put aside.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

import msgspec

from midstance.domain.plan import Unread
from midstance.domain.run import CalendarRun
from midstance.formats._format import Fault, InputError, refusal
from midstance.formats.archive import reason_of
from midstance.formats.weeks_json import NEEDS_PLACE
from midstance.services.calendar_feed import Feed, checked_address, fetch, says_of, shown_address
from midstance.services.inputs import Calendars, read_calendars
from midstance.services.output import write_whole
from midstance.services.set_up import calendar_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from midstance.services.set_up_change import Settings

ENDING = "-calendar.json"
SERVERS = ("postgresql://", "postgres://")
AHEAD = dt.timedelta(days=370)
"""How far calendars are read, beyond the plan's end too; midstance default."""
ANEW = dt.timedelta(days=30)
"""After so long a calendar is fetched whole, changed or not; midstance default."""
SAME = "The calendar has not changed."
ALREADY = "All its runs stand in your plan already."
SAME_RUNS = "The calendar has changed, and none of your runs with it."
WAITS = "The calendar has changed. Look at what it would change in your plan."
FIRST = "It holds other runs than your plan. Look at what it would change."
TAKEN = "Its runs stand in your plan."
ASIDE = "The calendar is still the one that you put aside."
NO_RUNS = "it holds no run from {today} on"
REMEDY = "hand in a calendar of the weeks to come"
PLACE_SAYS = "this list has weeks and no dates"
PLACE_REMEDY = "say on which day its race is, or on which Monday it begins"
MEMORY_SAYS = "this diary is gone when the program ends, and a calendar could not be remembered"
Fetch: TypeAlias = Callable[..., Feed]
_turn = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What calendars hold from a date on.

    Attributes:
        runs: Their runs, by date.
        unread: Entries that may be runs and could not be read.
        notes: What else to know, sentences.
    """

    runs: tuple[CalendarRun, ...] = ()
    unread: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = ()

    def between(self, first: dt.date, last: dt.date) -> tuple[CalendarRun, ...]:
        """Give the runs between two dates, both included."""
        return tuple(run for run in self.runs if first <= run.date <= last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A calendar that is to become the plan's.

    Attributes:
        held: What it holds.
        names: Names of its files, or of the machine it comes from.
        came: When it came.
        beside: Whether it stands beside the plan's other calendars, instead of in their place.
        subscribed: Whether it comes from the subscribed address.
    """

    held: Held
    names: tuple[str, ...]
    came: dt.datetime
    beside: bool = False
    subscribed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """An address that is looked at for changes.

    Attributes:
        address: The address, which may be secret.
        own_network: Whether the runner said that it is a machine of their own network.
        held: What it held last; ``etag`` and ``modified`` name that version.
        fetched: When that came.
        looked: When it was last looked at, with or without success; ``on`` is the local date.
        says: What came of it, a sentence.
        failed: Whether that is a fault.
        aside: Whether what it held last was put aside.
        beside: Whether its runs stand beside those of other calendars.
    """

    address: str
    own_network: bool = False
    held: Held = field(default_factory=Held)
    etag: str = ""
    modified: str = ""
    fetched: dt.datetime | None = None
    looked: dt.datetime | None = None
    on: dt.date | None = None
    says: str = ""
    failed: bool = False
    aside: bool = False
    beside: bool = False

    @property
    def name(self) -> str:
        """What its runs are named after: the machine."""
        return (urlsplit(self.address).hostname or "calendar").replace(":", "-")

    @property
    def shown(self) -> str:
        """The address without what may be secret in it."""
        return shown_address(self.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """All that is remembered of calendars beside the diary."""

    subscription: Subscription | None = None
    waiting: Waiting | None = None


# ------------------------------------------------------------------------------------------------------- the file


def calendar_file(address: str, folder: Path) -> Path:
    """Say where the calendar of a diary is remembered: beside it, or for one on a server in a folder of the user.

    Args:
        address: The diary's address, as its store tells it.
        folder: The user's folder for data of midstance.
    Raises: InputError: The diary lives in memory alone.
    """
    if address.startswith(SERVERS):
        return folder / f"{hashlib.sha256(address.encode()).hexdigest()[:12]}{ENDING}"
    path = Path(address)
    if not path.is_file():
        raise refusal("calendar", MEMORY_SAYS, "start midstance with a diary in a file")
    return path.with_name(path.name + ENDING)


def kept_in(path: Path) -> Kept:
    """Read what is remembered; nothing where the file is not there or was damaged."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Kept)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        return Kept()


@contextmanager
def _rewritten(path: Path) -> Iterator[list[Kept]]:
    """Change what is remembered: the last of the list is written, whole or not at all."""
    with _turn:
        states = [kept_in(path)]
        yield states
        if states[-1] == states[0]:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise refusal(str(path.parent), f"the folder cannot be made ({reason_of(error)})") from error
        write_whole(path, msgspec.json.encode(states[-1]))
        path.chmod(0o600)


def forget(path: Path) -> None:
    """Remember nothing any more."""
    with _turn:
        path.unlink(missing_ok=True)


# --------------------------------------------------------------------------------------------------- what is read


def read_held(
    paths: Sequence[Path], now: Settings, *, today: dt.date, race_day: dt.date | None = None,
    runs_start: dt.date | None = None,
) -> Held:
    """Read what calendars hold from today on.

    Args:
        paths: Files.
        now: What is set: the time zone, the units, and the race that a week list leads to.
        today: The day.
        race_day: Day of a week list's race; the runner's next A race where neither this nor ``runs_start`` is given.
        runs_start: Monday of its first week.
    Raises: InputError: Every fault.
    """
    races = [race.date for race in now.runner.races if race.priority == "A" and race.date >= today]
    led = race_day or (min(races) if races and runs_start is None else None)
    last = max(now.course.plan.ends, today + AHEAD)
    try:
        found = read_calendars(paths, runner=now.runner, first=today, last=last, race_day=led, runs_start=runs_start)
    except InputError as error:
        raise InputError(tuple(_in_place(fault) for fault in error.faults)) from None
    if found.recordings:
        raise refusal(found.recordings[0].name, "this holds runs that were run, and no plan of runs",
                      "hand it in above, with your recordings")
    held = tuple(run for run in found.runs if run.date >= today)
    if not held:
        named = ", ".join(path.name for path in paths)
        raise refusal(named, NO_RUNS.format(today=today), REMEDY, place="calendar")
    once = {one.title.casefold(): one for one in found.unread}
    notes = calendar_words(Calendars(unread=tuple(once.values()), faults=found.faults))
    return Held(runs=held, unread=found.unread, notes=notes)


def _in_place(fault: Fault) -> Fault:
    """Tell in the page's words what the command line tells with its options."""
    if fault.says == NEEDS_PLACE:
        return replace(fault, place="race_day", says=PLACE_SAYS, remedy=PLACE_REMEDY)
    return replace(fault, place="", says=f"{fault.place}: {fault.says}" if fault.place else fault.says)


def standing(now: Settings, names: Sequence[str], today: dt.date) -> tuple[CalendarRun, ...]:
    """List the runs to come that the plan has from calendars of some names."""
    return tuple(run for run in now.calendar if run.source in names and today <= run.date <= now.course.plan.ends)


# ---------------------------------------------------------------------------------------------- what is remembered


def offer(path: Path, held: Held, names: Sequence[str], *, now: dt.datetime) -> Waiting:
    """Let a calendar wait for the runner's yes, in place of one that waited."""
    waiting = Waiting(held=held, names=tuple(names), came=now)
    with _rewritten(path) as states:
        states.append(replace(states[0], waiting=waiting))
    return waiting


def put_beside(path: Path, *, beside: bool) -> None:
    """Say whether the calendar that waits stands beside the plan's others or in their place."""
    with _rewritten(path) as states:
        if states[0].waiting is not None:
            states.append(replace(states[0], waiting=replace(states[0].waiting, beside=beside)))


def settle(path: Path, waiting: Waiting, *, taken: bool) -> None:
    """Let a calendar wait no longer, because it was accepted or put aside."""
    with _rewritten(path) as states:
        kept = states[0]
        if kept.waiting != waiting:
            return
        subscription = kept.subscription
        if waiting.subscribed and subscription is not None:
            beside = waiting.beside if taken else subscription.beside
            subscription = replace(subscription, aside=not taken, beside=beside, says=TAKEN if taken else ASIDE)
        states.append(Kept(subscription=subscription))


def subscribe(path: Path, address: str, *, own_network: bool = False) -> Subscription:
    """Remember an address, in place of one before; it is not asked yet.

    Raises: InputError: It is no address that is fetched.
    """
    made = Subscription(address=checked_address(address), own_network=own_network)
    with _rewritten(path) as states:
        waiting = states[0].waiting
        states.append(Kept(subscription=made, waiting=None if waiting and waiting.subscribed else waiting))
    return made


def restore(path: Path, kept: Kept) -> None:
    """Remember what was remembered before, where an address turned out to be of no use."""
    with _rewritten(path) as states:
        states.append(kept)


def unsubscribe(path: Path) -> None:
    """Look at the address no more; the runs that came from it stay in the plan."""
    with _rewritten(path) as states:
        waiting = states[0].waiting
        states.append(Kept(waiting=None if waiting and waiting.subscribed else waiting))


# -------------------------------------------------------------------------------------------------- what is looked at


def is_due(path: Path, today: dt.date) -> bool:
    """Tell whether the subscribed address was not looked at today."""
    found = kept_in(path).subscription if path.is_file() else None
    return found is not None and found.on != today


def look_for_changes(
    path: Path, now: Settings, *, at: dt.datetime, today: dt.date, fetched: Fetch = fetch,
) -> Subscription:
    """Fetch the subscribed calendar, and let it wait for the runner's yes where it differs from the plan's.

    Nothing is raised for an address that cannot be fetched: what is remembered says so.

    Args:
        path: The file that remembers.
        now: What is set.
        at: The moment, aware.
        today: The local date.
        fetched: Fetches an address.
    Returns: The subscription with what came of it in ``says``.
    Raises: InputError: Nothing is subscribed to.
    """
    old = kept_in(path).subscription
    if old is None:
        raise refusal("calendar", "no address is subscribed to", "give one first", place="address")
    try:
        new, waiting = _looked(old, now, at, today, fetched)
    except InputError as error:
        new, waiting = replace(old, says=says_of(error), failed=True), None
    new = replace(new, looked=at, on=today)
    with _rewritten(path) as states:
        kept = states[0]
        if kept.subscription is None or kept.subscription.address != old.address:
            return new              # it was ended meanwhile
        left = kept.waiting
        if left is not None and left.subscribed and not new.failed:
            left = left if waiting is not None and left.held == waiting.held else None
        states.append(Kept(subscription=new, waiting=left if left is not None else waiting))
    return new


def _looked(
    old: Subscription, now: Settings, at: dt.datetime, today: dt.date, fetched: Fetch,
) -> tuple[Subscription, Waiting | None]:
    fresh = old.fetched is not None and at - old.fetched < ANEW
    feed = fetched(old.address, own_network=old.own_network, etag=old.etag if fresh else "",
                   modified=old.modified if fresh else "")
    new = replace(old, failed=False)
    if not feed.unchanged:
        held = _held(feed.data, old.name, now, today)
        last = now.course.plan.ends
        same = held.between(today, last) == old.held.between(today, last)
        new = replace(new, held=held, etag=feed.etag, modified=feed.modified, fetched=at, aside=old.aside and same)
    runs = new.held.between(today, now.course.plan.ends)
    if runs == standing(now, (new.name,), today):
        again = SAME if feed.unchanged or new.held == old.held else SAME_RUNS
        return replace(new, says=ALREADY if old.fetched is None else again), None
    if new.aside:
        return replace(new, says=ASIDE), None
    waiting = Waiting(held=new.held, names=(new.name,), came=at, beside=new.beside, subscribed=True)
    return replace(new, says=FIRST if old.fetched is None else WAITS), waiting


def _held(data: bytes, name: str, now: Settings, today: dt.date) -> Held:
    with tempfile.TemporaryDirectory(prefix="midstance-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return read_held((path,), now, today=today)
