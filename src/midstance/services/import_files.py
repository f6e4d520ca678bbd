"""Bring recordings and strength logs into the diary: one use case, from paths to entries that one undo takes back.

What a file's bytes mean is in ``formats``, parsing on all cores in ``services.parse_many``, what the diary holds
already in ``services.known``. Entries are written in chunks, each whole or not at all, so an import that was
interrupted goes on when it is asked for again.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from midstance.domain.diary import PlanAccepted, SessionDone, SetDone
from midstance.domain.entry import Entry, Origin, Via, batch_id, run_entry
from midstance.domain.run import RunDone
from midstance.formats import events_json
from midstance.formats._fit_sets import RecordedSession
from midstance.formats._format import Fault, InputError, Parsed
from midstance.formats._strength_log import Workout
from midstance.formats.archive import SUFFIXES, Member, Skipped, expand, wanted
from midstance.formats.events_json import PlayEvent
from midstance.services import strength_logs
from midstance.services.course import course_of
from midstance.services.diary import add, current, in_words
from midstance.services.handbook import catalogue
from midstance.services.known import KnownRuns, load_runs, load_sets
from midstance.services.parse_many import Job, parse_many
from midstance.services.recorded_sessions import Offer, offer_entries, offer_of
from midstance.services.recordings import at_home, clock_of, fullness, parse_recording
from midstance.services.strength_logs import is_log, is_table, log_entries, parse_log
from midstance.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from midstance.domain.runner import Runner

WANTED = (*SUFFIXES, *strength_logs.SUFFIXES)
CHUNK = 200             # midstance default: entries written at once, some five seconds of reading
MOST_NAMED = 20         # midstance default: broken files that a message names; the others are counted
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
REMEDY = ("give .fit, .gpx or .tcx files, an export of Strava, Garmin, Hevy or Strong, a result of the session player, "
          "or a folder or .zip of them")
GONE = "a session of it was taken back; midstance undo {batch} brings it back"
Progress: TypeAlias = Callable[[int, int, str], None]


@dataclass(slots=True)
class Tally:
    """How many things of one kind an import found.

    Attributes:
        new: Written for the first time.
        again: In force again after they were taken back.
        known: In the diary already.
        matched: The same as another device's or service's; ``fuller`` of these tell more and took that one's place.
            What the runner wrote by hand is never replaced.
    """

    new: int = 0
    again: int = 0
    known: int = 0
    matched: int = 0
    fuller: int = 0

    @property
    def found(self) -> int:
        """How many there are in the files."""
        return self.new + self.again + self.known + self.matched

    @property
    def written(self) -> int:
        """How many changed the diary."""
        return self.new + self.again + self.fuller


@dataclass(slots=True, kw_only=True)
class Imported:
    """What an import did.

    Attributes:
        batch: Id by which it is taken back; empty when the diary holds nothing of it.
        zone: Time zone of times that tell none.
        files: How many recordings and logs were opened.
        before: How many files this very import has brought in before; they are not read again.
        runs: Runs; ``sets`` and ``sessions`` of strength logs.
        played: What the session player reported: sets, pains, sessions and their corrections.
        plays: Batch of each session that was played, by which it is taken back.
        says: What follows for the runner, sentences.
        ignored: Recordings that are no runs; ``strength`` of these are strength sessions that a watch recorded and
            nobody logged.
        offers: What recorded strength sessions would add to the log, where it does not hold them; not written.
        skipped: Files that are by name or content something else.
        unknown: Sets by exercise that the catalogue does not hold.
        faults: What could not be used, or is doubtful.
    """

    batch: str = ""
    zone: str = ""
    files: int = 0
    before: int = 0
    runs: Tally = field(default_factory=Tally)
    sets: Tally = field(default_factory=Tally)
    sessions: Tally = field(default_factory=Tally)
    played: Tally = field(default_factory=Tally)
    plays: list[str] = field(default_factory=list)
    says: list[str] = field(default_factory=list)
    ignored: int = 0
    strength: int = 0
    offers: list[Offer] = field(default_factory=list)
    skipped: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """All that is counted."""
        return self.runs, self.sets, self.sessions, self.played

    @property
    def written(self) -> int:
        """How many entries changed the diary."""
        return sum(tally.written for tally in self.tallies)


def runner_of(store: Store) -> Runner | None:
    """Give the runner of the plan in force, or None, also where that plan cannot be read.

    Raises: InputError: The diary cannot be read.
    """
    entries = current(store, kinds=(PlanAccepted,))
    try:
        course = course_of(entries)
    except InputError:
        return None
    return course.runner if course else None


def import_paths(
    store: Store, paths: Sequence[Path], *, zone: str, now: dt.datetime, pounds: bool = False, fill: bool = False,
    workers: int = 1, progress: Progress | None = None,
) -> Imported:
    """Import all recorded runs and strength logs that paths hold.

    Args:
        store: The diary.
        paths: Recordings (``.fit``, ``.gpx``, ``.tcx``, ``.gz``), logs of Hevy and Strong, zip archives and folders.
        zone: The runner's IANA time zone, for times that tell no offset.
        now: The moment, aware.
        pounds: Whether weights of a log that names no unit are pounds.
        fill: Whether strength sessions that a watch recorded and nobody logged go into the log, with the sets whose
            exercise is more than the watch's guess. What midstance wrote itself goes in without it.
        workers: How many processes may parse.
        progress: Called with files done, files in all and the name of each; None for silence, which also spares the
            counting.
    Returns: What was found and written. The same paths once more write nothing.
    Raises: InputError: Nothing at all can be used, the zone does not exist, or the diary cannot be written.
    """
    batch = batch_id(EPOCH, *(line for path in paths for line in _prints(path)))
    told = Imported(zone=zone)
    work = _Work(store=store, clock=clock_of(zone), now=now, runs=load_runs(store, batch), told=told, batch=batch)
    done = work.runs.done.copy() if len({path.name for path in paths}) == len(paths) else Counter[str]()
    total = _count(paths) if progress else 0
    parse = partial(parse_any, pounds=pounds)
    for number, (job, parsed) in enumerate(parse_many(_jobs(paths, done, told), parse, workers=workers), 1):
        work.take(job.name, parsed)
        if progress:
            progress(number, max(total, number), job.name)
    work.write()
    work.take_recorded(fill=fill)
    if not (told.ignored or any(tally.found for tally in told.tallies)):
        raise InputError(_worst(told.faults))
    with in_words():
        told.batch = batch if any(True for _ in store.rows(of=batch)) else ""
    return told


def parse_any(data: bytes, name: str, *, pounds: bool) -> Parsed:
    """Read a recording or a strength log, whose format its content tells.

    Args:
        data: All its bytes, not packed.
        name: File name for faults.
        pounds: Whether weights without a unit are pounds.
    Returns: ``RunDone`` or ``Workout`` entries.
    """
    if is_log(data):
        return parse_log(data, name, pounds=pounds)
    if events_json.sniff(data):
        return events_json.parse(data, name)
    if data and is_table(name):
        fault = Fault(source=name, place="", says="this is no export of Hevy or Strong", remedy=REMEDY, fatal=True)
        return Parsed(faults=(fault,))
    return parse_recording(data, name)


@dataclass(slots=True, kw_only=True)
class _Work:
    """An import at work: what is known, what waits to be written."""

    store: Store
    clock: ZoneInfo
    now: dt.datetime
    runs: KnownRuns
    told: Imported
    batch: str
    fresh: set[str] = field(default_factory=set)
    pending: list[Entry] = field(default_factory=list)
    recorded: list[tuple[RecordedSession, Origin]] = field(default_factory=list)

    def take(self, name: str, parsed: Parsed) -> None:
        """Take what one file gave; it is written whole, perhaps with what comes after it."""
        origin = Origin(via=Via.FILE, name=name, batch=self.batch)
        for run in parsed.entries:
            if isinstance(run, RunDone):
                self._take_run(at_home(run, self.clock), origin)
        self.told.faults += parsed.faults
        workouts = [entry for entry in parsed.entries if isinstance(entry, Workout)]
        self.told.ignored += 0 if workouts else parsed.ignored
        self.told.strength += parsed.strength
        self.recorded += [(session, origin) for session in parsed.sessions]
        if workouts:
            self._take_workouts(workouts, origin)
        if played := [entry for entry in parsed.entries if isinstance(entry, PlayEvent)]:
            self._take_played(played, name)
        if len(self.pending) >= CHUNK:
            self.write()

    def take_recorded(self, *, fill: bool) -> None:
        """Judge the recorded strength sessions against the log, which by now holds what the other files brought."""
        exercises = catalogue().exercises
        entries = list(current(self.store, kinds=(PlanAccepted, SetDone, SessionDone))) if self.recorded else []
        for session, origin in sorted(self.recorded, key=lambda one: one[0].start):
            offer = offer_of(session, clock=self.clock, entries=entries, exercises=exercises)
            if not (offer.logged or offer.ours or fill):
                self.told.offers.append(offer)
                continue
            self.told.strength -= 1
            self.told.ignored -= 1
            if offer.logged:
                self.told.sessions.matched += 1
                continue
            new = offer_entries(offer, origin)
            self._take_log(new)
            self.write()
            entries += new

    def write(self) -> None:
        """Write what waits: all of it or nothing."""
        if self.pending:
            add(self.store, self.pending, now=self.now)
        self.pending = []

    def _take_run(self, run: RunDone, origin: Origin) -> None:
        tally = self.told.runs
        entry = run_entry(run, origin)
        if entry.id in self.runs.settled:
            tally.matched += entry.id in self.fresh
            tally.known += entry.id not in self.fresh
            return
        self.fresh.add(entry.id)
        like = self.runs.like(run)
        if like is None:
            tally.again += entry.id in self.runs.gone
            tally.new += entry.id not in self.runs.gone
        else:
            tally.matched += 1
            by_hand = like[0].origin.via is Via.HAND
            if by_hand or fullness(run) <= fullness(like[1]):
                return
            tally.fuller += 1
            entry = run_entry(run, origin, replaces=like[0].id)
            self.runs.drop(*like)
        self.runs.put(entry, run)
        self.pending.append(entry)

    def _take_played(self, events: Sequence[PlayEvent], name: str) -> None:
        """Take what the session player reported, once however often and by which way it comes."""
        from midstance.services.player_events import take_parsed  # noqa: PLC0415 - what answers it loads the planner

        self.write()
        told = self.told
        done = take_parsed(self.store, events, now=self.now, today=self.now.astimezone(self.clock).date())
        told.played.new += len(done.kept)
        told.played.known += len(done.known)
        told.plays += [batch for batch in done.batches if batch not in told.plays]
        told.says += done.says
        told.faults += [Fault(source=name, place=one.key, says=one.says, remedy=one.remedy) for one in done.refused]
        told.faults += [Fault(source=name, place="", says=GONE.format(batch=batch)) for batch in done.gone.values()]

    def _take_workouts(self, workouts: Sequence[Workout], origin: Origin) -> None:
        self.write()
        self._take_log(list(log_entries(workouts, self.clock, origin, catalogue().exercises)))

    def _take_log(self, entries: Sequence[Entry]) -> None:
        """Take a log's sessions and sets that the diary does not hold."""
        exercises = catalogue().exercises
        known = load_sets(self.store, min(e.date for e in entries), max(e.date for e in entries))
        for entry in entries:
            tally = self.told.sessions
            if isinstance(entry.what, SetDone):
                tally = self.told.sets
                if entry.what.exercise not in exercises:
                    self.told.unknown[entry.what.exercise] += 1
            if known.holds(entry):
                tally.known += 1
                continue
            tally.again += entry.id in known.gone
            tally.new += entry.id not in known.gone
            self.pending.append(entry)
            if len(self.pending) >= CHUNK:
                self.write()


def _jobs(paths: Iterable[Path], done: Mapping[str, int], told: Imported) -> Iterator[Job]:
    """Read what paths hold, file by file; what this very import has brought in before is not read again."""
    for path in paths:
        empty = True
        for found in expand(path, WANTED):
            if isinstance(found, Skipped):
                told.skipped += 1
            elif isinstance(found, Fault):
                empty = False
                yield Job(found.source, parsed=Parsed(faults=(found,)))
            elif job := _job(found, done, told, alone=path.is_file() and found.name == path.name):
                empty = False
                yield job
        if empty:
            fault = Fault(source=str(path), place="", says="it holds no recording and no strength log", remedy=REMEDY,
                          fatal=True)
            yield Job(fault.source, parsed=Parsed(faults=(fault,)))


def _job(member: Member, done: Mapping[str, int], told: Imported, *, alone: bool) -> Job | None:
    """Open a member; None where it turns out to be something else, as most tables of an export are."""
    if member.name in done:
        told.before += 1
        told.runs.known += done[member.name]
        return Job(member.name, parsed=Parsed())
    try:
        data = member.read()
    except InputError as error:
        told.files += 1
        return Job(member.name, parsed=Parsed(faults=error.faults))
    if not alone and is_table(member.name) and not is_log(data):
        told.skipped += 1
        return None
    told.files += 1
    return Job(member.name, data)


def _count(paths: Iterable[Path]) -> int:
    return sum(not isinstance(found, Skipped) for path in paths for found in expand(path, WANTED))


def _prints(path: Path) -> Iterator[str]:
    """Name what a path holds with size and time of change, so that another content makes another batch."""
    yield str(path.absolute())
    files = [path]
    if path.is_dir():
        files = [Path(here, file) for here, _, names in os.walk(path) for file in names
                 if wanted(file, (*WANTED, ".zip"))]
    for file in sorted(files):
        try:
            told = file.stat()
        except OSError:
            continue
        yield f"{file.relative_to(path) if file != path else ''} {told.st_size} {told.st_mtime_ns}"


def _worst(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Take the first faults for the message that nothing can be used, and count the others."""
    kept = tuple(replace(fault, fatal=True) for fault in faults[:MOST_NAMED])
    more = len(faults) - len(kept)
    if not more:
        return kept
    return (*kept, Fault(source=faults[0].source, place="", says=f"and {more} more like these", fatal=True))
