"""Work that outlasts a request: one at a time for each diary, watched while it runs, stopped when asked.

A job lives in this process alone. What it was handed lies in a folder of its own that is removed when the job ends,
when the program ends, and by the next job where a program was killed.
"""

from __future__ import annotations

import atexit
import logging
import secrets
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

from midstance.formats._format import Fault, InputError, refusal

log = logging.getLogger("midstance.web")
PREFIX = "midstance-job-"
MOST_KEPT = 12
"""Jobs remembered, in all diaries together; midstance default, as the numbers below."""
IDLE_S = 180.0
"""A job that waits for more files makes room for another after so long without one [s]."""
ABANDONED_S = 24 * 3600.0
"""A folder untouched for so long belongs to a program that was killed [s]."""
END_S = 5.0
"""How long the end of the program waits for a job to end [s]."""
BUSY = "another import is still at work"
BUSY_REMEDY = "wait until it is done, or stop it"


class State(StrEnum):
    """Where a job stands."""

    RECEIVING = "receiving"
    WORKING = "working"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


OPEN = frozenset({State.RECEIVING, State.WORKING})


class StoppedError(Exception):
    """The runner stopped a job."""


@dataclass(slots=True, kw_only=True, eq=False)
class Job:
    """Work that was asked for.

    Attributes:
        id: Its name.
        key: The diary it works on.
        folder: Where its files lie, as long as it is open.
        clock: Seconds, only ever growing.
        state: Where it stands.
        began: When it began [s]; ``touched`` when something last came to it, ``ended`` when it ended.
        files: How many files were handed to it; ``size`` how long they are together [bytes].
        progress: Steps done, steps in all, and the name of the step at hand.
        counts: What was written so far, by kind.
        batches: What takes it back, in the order of writing.
        result: What it gave.
        faults: Why it gave nothing.
    """

    id: str
    key: str
    folder: Path
    clock: Callable[[], float]
    state: State = State.RECEIVING
    began: float = 0.0
    touched: float = 0.0
    ended: float = 0.0
    files: int = 0
    size: int = 0
    progress: tuple[int, int, str] = (0, 0, "")
    counts: Counter[str] = field(default_factory=Counter)
    batches: list[str] = field(default_factory=list)
    result: Any = None
    faults: tuple[Fault, ...] = ()
    over: threading.Event = field(default_factory=threading.Event)
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def seconds(self) -> float:
        """How long it has been at work [s]."""
        return (self.clock() if self.state in OPEN else self.ended) - self.began

    def tell(self, done: int, total: int, name: str) -> None:
        """Say how far it is.

        Raises: StoppedError: It was asked to stop.
        """
        self.progress = done, total, name
        if self.stopping.is_set():
            raise StoppedError


Work: TypeAlias = Callable[[Job], Any]


class Jobs:
    """The jobs of this program.

    Args:
        clock: Seconds, only ever growing.
        place: Folder for the folders of jobs; the system's for temporary files where None.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, place: Path | None = None) -> None:
        self._clock = clock
        self._place = place
        self._jobs: dict[str, Job] = {}
        self._turn = threading.Lock()

    def begin(self, key: str) -> Job:
        """Begin a job that waits for its files.

        Raises: InputError: Another one of the same diary is still at work, or there is no room for files.
        """
        with self._turn:
            for other in self._of(key):
                if other.state is State.WORKING or (other.state is State.RECEIVING and self._fresh(other)):
                    raise refusal("import", BUSY, BUSY_REMEDY)
                if other.state is State.RECEIVING:
                    self._close(other, State.STOPPED)
            self._sweep()
            try:
                folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=self._place))
            except OSError as error:
                raise refusal("import", f"there is no room for its files ({error.strerror})", "free some") from error
            now = self._clock()
            job = Job(id=secrets.token_hex(6), key=key, folder=folder, clock=self._clock, began=now, touched=now)
            self._jobs[job.id] = job
            self._forget()
            return job

    def of(self, name: str, key: str) -> Job | None:
        """Give a job of a diary by its name, or None."""
        job = self._jobs.get(name)
        return job if job is not None and job.key == key else None

    def latest(self, key: str) -> Job | None:
        """Give the job of a diary that began last, or None."""
        return next(reversed(self._of(key)), None)

    def run(self, job: Job, work: Work, *, wait_s: float = 0.0) -> None:
        """Let a job work beside everything else.

        Args:
            job: One that waited for its files.
            work: What it does.
            wait_s: How long to wait for its end: a short job is over when the answer goes out [s].
        """
        job.state, job.began = State.WORKING, self._clock()
        threading.Thread(target=self._work, args=(job, work), name=f"job-{job.id}", daemon=True).start()
        job.over.wait(wait_s)

    def stop(self, job: Job, *, wait_s: float = 0.0) -> None:
        """Ask a job to stop; what it wrote stays written."""
        job.stopping.set()
        with self._turn:
            if job.state is State.RECEIVING:
                self._close(job, State.STOPPED)
        job.over.wait(wait_s)

    def drop(self, job: Job) -> None:
        """Forget a job that is over."""
        with self._turn:
            if job.state not in OPEN:
                self._jobs.pop(job.id, None)

    def end(self) -> None:
        """End all jobs, with the program."""
        for job in tuple(self._jobs.values()):
            if job.state in OPEN:
                self.stop(job, wait_s=END_S)
                shutil.rmtree(job.folder, ignore_errors=True)

    def _of(self, key: str) -> list[Job]:
        return [job for job in self._jobs.values() if job.key == key]

    def _fresh(self, job: Job) -> bool:
        return self._clock() - job.touched < IDLE_S

    def _work(self, job: Job, work: Work) -> None:
        state = State.FAILED
        try:
            job.result = work(job)
            state = State.DONE
        except StoppedError:
            state = State.STOPPED
        except InputError as error:
            job.faults = error.faults
        except Exception as error:
            # nothing above this thread would tell; the traceback holds no diary, as for a request that broke
            log.error("an import failed", exc_info=error)
            job.faults = (Fault(source="import", place="", says="something broke here", fatal=True,
                                remedy="what is in your diary stays; the terminal shows what it was"),)
        finally:
            self._close(job, state)

    def _close(self, job: Job, state: State) -> None:
        job.ended = self._clock()
        shutil.rmtree(job.folder, ignore_errors=True)
        job.state = state
        job.over.set()

    def _forget(self) -> None:
        over = [job.id for job in self._jobs.values() if job.state not in OPEN]
        for name in over[:max(0, len(self._jobs) - MOST_KEPT)]:
            del self._jobs[name]

    def _sweep(self) -> None:
        """Remove folders that a killed program left behind."""
        mine = {job.folder for job in self._jobs.values()}
        for folder in (self._place or Path(tempfile.gettempdir())).glob(f"{PREFIX}*"):
            try:
                old = time.time() - folder.stat().st_mtime > ABANDONED_S
            except OSError:
                continue
            if old and folder not in mine:
                shutil.rmtree(folder, ignore_errors=True)


JOBS = Jobs()
"""The jobs of this program."""
atexit.register(JOBS.end)
