"""What the Import page shows of a job: how far it is, what came in, what was left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from midstance.domain.diary import KIND_OF, Redone, SessionDone, SetDone, Undone
from midstance.domain.entry import standing
from midstance.domain.run import RunDone
from midstance.formats._format import Fault
from midstance.formats._plan_words import joined
from midstance.services.calendar_change import counted
from midstance.services.diary import read_row
from midstance.services.import_files import Imported, Tally
from midstance.web.jobs import Job, State

if TYPE_CHECKING:
    from midstance.store.store import Store

MOST_FILES = 40
MOST_UNKNOWN = 12
MOST_LINES = 8
SOONEST_S = 1.5
"""Before that, no time left is guessed [s]."""
NO_UNIT = "its weights have no unit"
UNIT_REMEDY = "if they are in another unit, take the import back and hand it in again with the other one chosen below"
KINDS = {KIND_OF[RunDone]: ("run", "runs"), KIND_OF[SessionDone]: ("session", "sessions"),
         KIND_OF[SetDone]: ("set", "sets")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Things of one kind that were in the files."""

    what: Annotated[str, Meta(description="What they are, in the plural.")]
    found: Annotated[int, Meta(description="How many there are.")]
    new: Annotated[int, Meta(description="How many came into the diary, for the first time or again.")]
    known: Annotated[int, Meta(description="How many were in the diary already.")]
    matched: Annotated[int, Meta(description="How many are other records of a run that is there: counted once.")]
    fuller: Annotated[int, Meta(description="How many of these tell more, and took the other record's place.")]
    says: Annotated[str, Meta(description="What became of them, in words.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """An exercise that the catalogue does not hold; its sets are kept under this name."""

    name: Annotated[str, Meta(description="Its name in the log.")]
    sets: Annotated[int, Meta(description="How many sets.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFault:
    """What is wrong with a file, or doubtful."""

    file: Annotated[str, Meta(description="Its name, with its folders.")]
    says: Annotated[tuple[str, ...], Meta(description="What is said of it, with the place, and what would be right.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A batch of the diary, as the page offers to take it back."""

    batch: Annotated[str, Meta(description="Its id.")]
    back: Annotated[bool, Meta(description="Whether it was taken back.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What an import did."""

    headline: Annotated[str, Meta(description="The most important of it, a sentence.")]
    zone: Annotated[str, Meta(description="Time zone of times that told none.")]
    files: Annotated[int, Meta(description="How many recordings and logs were opened.")]
    before: Annotated[int, Meta(description="How many files this import had brought in before, not read again.")]
    counts: Annotated[tuple[Count, ...], Meta(description="Runs, sessions, sets, reports of the session player.")]
    says: Annotated[tuple[str, ...], Meta(description="What follows for the runner, sentences.")]
    left_out: Annotated[tuple[str, ...], Meta(description="What was left out and is no fault, sentences.")]
    unknown: Annotated[tuple[Unknown, ...], Meta(description="Exercises that are not known, the most frequent first.")]
    unknown_more: Annotated[int, Meta(description="How many more of them there are.")]
    broken: Annotated[tuple[FileFault, ...], Meta(description="Files that could not be used.")]
    broken_all: Annotated[int, Meta(description="How many files could not be used.")]
    doubtful: Annotated[tuple[FileFault, ...], Meta(description="Files of which something is to be known.")]
    doubtful_all: Annotated[int, Meta(description="How many files those are.")]
    calendars: Annotated[tuple[str, ...], Meta(description="Running calendars that wait for a yes.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where an import stands."""

    job: Annotated[str, Meta(description="Its id.")]
    state: Annotated[Literal["receiving", "working", "done", "stopped", "failed"], Meta(
        description="receiving waits for more files; working reads; the others are over.")]
    handed: Annotated[int, Meta(description="How many files were handed in.")]
    done: Annotated[int, Meta(description="Files read, archives opened.")]
    total: Annotated[int, Meta(description="Files in all, 0 before they were counted.")]
    name: Annotated[str, Meta(description="The file at hand.")]
    seconds: Annotated[float, Meta(description="Time at work [s].")]
    seconds_left: Annotated[float | None, Meta(description="Time that is left [s], where it can be guessed.")]
    kept: Annotated[str, Meta(description="What stands in the diary by now, in words.")]
    result: Annotated[Result | None, Meta(description="What it did, once it is done.")]
    faults: Annotated[tuple[FileFault, ...], Meta(description="Why nothing could be used.")]
    batches: Annotated[tuple[Taken, ...], Meta(description="What takes it back.")]

    @property
    def open(self) -> bool:
        """Whether it still goes on."""
        return self.state in ("receiving", "working")


def progress_of(job: Job, store: Store) -> Progress:
    """Say where a job stands.

    Args:
        job: The job.
        store: Its diary, for what was taken back meanwhile.
    """
    done, total, name = job.progress
    over = job.state not in (State.RECEIVING, State.WORKING)
    imported = job.result.imported if job.result is not None else None
    batches = batches_of(job, imported) if over else ()
    return Progress(
        job=job.id, state=job.state.value,
        handed=job.files, done=done, total=total, name=name,
        seconds=round(job.seconds, 2), seconds_left=None if over else left_of(done, total, job.seconds),
        kept=kept_of(job), result=result_of(job) if job.result is not None else None,
        faults=by_file(job.faults)[0],
        batches=tuple(Taken(batch=batch, back=not in_force(store, batch)) for batch in batches))


def left_of(done: int, total: int, seconds: float) -> float | None:
    """Guess the time that is left [s].

    >>> left_of(50, 200, 10.0), left_of(50, 200, 1.0)
    (30.0, None)
    """
    if not done or seconds < SOONEST_S:
        return None
    return round(seconds * (total - done) / done, 1)


def batches_of(job: Job, imported: Imported | None) -> tuple[str, ...]:
    """List what takes an import back: its own batch, and those of sessions that were played."""
    told = [imported.batch, *imported.plays] if imported is not None else []
    return tuple(dict.fromkeys(batch for batch in (*told, *job.batches) if batch))


def kept_of(job: Job) -> str:
    """Say what a job has written so far."""
    parts = [counted(job.counts[kind], *words) for kind, words in KINDS.items() if job.counts[kind]]
    return joined(parts) if parts else ""


def in_force(store: Store, batch: str) -> bool:
    """Tell whether a batch was not taken back; only its first row is read, and what steers."""
    first = next((row for row in store.rows(of=batch)), None)
    if first is None:
        return False
    steers = (KIND_OF[Undone], KIND_OF[Redone])
    rows = [first, *(row for row in store.rows(kinds=steers) if row.seq > first.seq)]
    return first.id not in standing(read_row(row, store.address) for row in rows).undone


# ------------------------------------------------------------------------------------------------------- the result


def result_of(job: Job) -> Result:
    """Say what a job did."""
    told: Imported = job.result.imported or Imported()
    broken, broken_all = by_file([*job.result.faults, *(fault for fault in told.faults if fault.fatal)])
    doubtful, doubtful_all = by_file([fault for fault in told.faults if not fault.fatal])
    counts = tuple(_count(tally, what) for tally, what in (
        (told.runs, "runs"), (told.sessions, "strength sessions"), (told.sets, "sets"),
        (told.played, "reports of the session player")) if tally.found)
    unknown = told.unknown.most_common()
    return Result(
        headline=headline(told, job.result.calendars), zone=told.zone, files=told.files, before=told.before,
        counts=counts, says=tuple(dict.fromkeys(told.says)), left_out=tuple(left_out(told)),
        unknown=tuple(Unknown(name=name, sets=sets) for name, sets in unknown[:MOST_UNKNOWN]),
        unknown_more=max(0, len(unknown) - MOST_UNKNOWN), broken=broken, broken_all=broken_all,
        doubtful=doubtful, doubtful_all=doubtful_all, calendars=job.result.calendars)


def headline(told: Imported, calendars: Sequence[str]) -> str:
    """Say the most important of an import.

    >>> headline(Imported(runs=Tally(new=3), sets=Tally(new=40, known=2)), ())
    '3 runs and 40 sets came in.'
    """
    words = ((told.runs, "run", "runs"), (told.sets, "set", "sets"), (told.played, "report", "reports"))
    came = [counted(tally.new + tally.again, one, many) for tally, one, many in words if tally.new + tally.again]
    if came:
        return f"{joined(came)} came in."
    if told.runs.fuller:
        return f"{counted(told.runs.fuller, 'record is', 'records are')} fuller than before."
    if any(tally.found for tally in told.tallies):
        return "Nothing new: all of it was in your diary already."
    if calendars:
        return "A running calendar waits for your yes."
    return "There was no run and no set in it."


def _count(tally: Tally, what: str) -> Count:
    parts = [(tally.new, "new"), (tally.again, "back after being taken back"), (tally.known, "in the diary already"),
             (tally.matched, f"second {'record' if tally.matched == 1 else 'records'} of a run, counted once")]
    says = joined([f"{count:,} {words}" for count, words in parts if count])
    fuller = f"; {tally.fuller:,} of these told more and took the first one's place" if tally.fuller else ""
    return Count(what=what if tally.found != 1 else what.replace("reports", "report").removesuffix("s"),
                 found=tally.found, new=tally.new + tally.again, known=tally.known, matched=tally.matched,
                 fuller=tally.fuller, says=f"{says}{fuller}")


def left_out(told: Imported) -> Iterable[str]:
    """List what was left out and is no fault."""
    others = told.ignored - told.strength
    if others > 0:
        yield f"{counted(others, 'recording is', 'recordings are')} of another sport."
    if told.strength:
        yield (f"{counted(told.strength, 'strength session was', 'strength sessions were')} recorded by a watch: it "
               "counts as you log it or as an app exports it, so that nothing counts twice.")
    if told.skipped:
        yield f"{counted(told.skipped, 'file holds', 'files hold')} something else, such as photos or settings."


def by_file(faults: Iterable[Fault]) -> tuple[tuple[FileFault, ...], int]:
    """Gather faults by file; the first files, and how many there are."""
    found: dict[str, dict[str, list[str]]] = {}
    for fault in faults:
        remedy = UNIT_REMEDY if fault.says.startswith(NO_UNIT) else fault.remedy
        says = " ".join(sentence(part) for part in (fault.says, remedy) if part)
        found.setdefault(fault.source, {}).setdefault(says, []).append(fault.place)
    shown = [FileFault(file=file, says=tuple(_placed(says, places) for says, places in list(said.items())[:MOST_LINES]))
             for file, said in list(found.items())[:MOST_FILES]]
    return tuple(shown), len(found)


def sentence(words: str) -> str:
    """Write words as a sentence.

    >>> sentence("this is no FIT file"), sentence("is 3 km long."), sentence("")
    ('This is no FIT file.', 'Is 3 km long.', '')
    """
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '!', '?')) or not words else '.'}"


def _placed(says: str, places: Sequence[str]) -> str:
    """Put the place before what is wrong, or count the places.

    >>> _placed("Left out.", ["line 3"]), _placed("Left out.", ["line 3", "line 4"])
    ('Line 3: left out.', '2 times: left out.')
    """
    where = f"{len(places)} times" if len(places) > 1 else places[0]
    return f"{where[:1].upper()}{where[1:]}: {says[:1].lower()}{says[1:]}" if where else says
