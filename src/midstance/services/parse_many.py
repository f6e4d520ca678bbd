"""Parse many files on all cores: answers come in the order of the files, and few files are in memory at a time."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.formats._format import Fault, Parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ALONE = 12              # midstance default: files parsed before other processes are worth their start of 0.3 s
AHEAD = 4               # files in flight a process, so that none waits for the next
AHEAD_BYTES = 96 << 20  # and no more bytes than this, after the first


@dataclass(frozen=True, slots=True)
class Job:
    """One file.

    Attributes:
        name: Its name, for faults.
        data: Its bytes.
        parsed: What is known of it without parsing, else None.
    """

    name: str
    data: bytes = b""
    parsed: Parsed | None = None


@dataclass(slots=True)
class _Flight:
    """A job on its way."""

    job: Job
    answer: Future[Parsed]


def parse_many(
    jobs: Iterable[Job], parse: Callable[[bytes, str], Parsed], *, workers: int,
) -> Iterator[tuple[Job, Parsed]]:
    """Parse jobs.

    Args:
        jobs: Asked for one by one, at most some dozen ahead.
        parse: Gives the answer to bytes and name; of a module, so that other processes find it.
        workers: How many processes may work; 1 for none but this one.
    Returns: Each job with its answer, in the order of the jobs. A file on which a process dies is a fault.
    """
    waiting = iter(jobs)
    if workers > 1:
        done = 0
        for job in waiting:
            yield job, _answer(job, parse)
            done += job.parsed is None
            if done == ALONE:
                yield from _Pool(parse, workers).answers(waiting)
                return
    for job in waiting:
        yield job, _answer(job, parse)


def _answer(job: Job, parse: Callable[[bytes, str], Parsed]) -> Parsed:
    return parse(job.data, job.name) if job.parsed is None else job.parsed


class _Pool:
    """Processes that parse; begun anew where one of them dies."""

    def __init__(self, parse: Callable[[bytes, str], Parsed], workers: int) -> None:
        self._parse = parse
        self._workers = workers
        self._flights: deque[_Flight] = deque()
        self._bytes = 0
        self._pool = _begin(workers)

    def answers(self, waiting: Iterator[Job]) -> Iterator[tuple[Job, Parsed]]:
        try:
            while self._fill(waiting) or self._flights:
                flight = self._flights.popleft()
                yield flight.job, self._landed(flight)
                self._bytes -= len(flight.job.data)
        finally:
            self._pool.shutdown(cancel_futures=True)

    def _fill(self, waiting: Iterator[Job]) -> bool:
        """Send jobs off as long as there is room; tell whether there is any on its way."""
        while len(self._flights) < AHEAD * self._workers and (self._bytes < AHEAD_BYTES or not self._flights):
            job = next(waiting, None)
            if job is None:
                break
            self._bytes += len(job.data)
            self._flights.append(_Flight(job, self._sent(job)))
        return bool(self._flights)

    def _sent(self, job: Job) -> Future[Parsed]:
        if job.parsed is not None:
            answer: Future[Parsed] = Future()
            answer.set_result(job.parsed)
            return answer
        try:
            return self._pool.submit(self._parse, job.data, job.name)
        except BrokenProcessPool:
            answer = Future()
            answer.set_exception(BrokenProcessPool())
            return answer

    def _landed(self, flight: _Flight) -> Parsed:
        try:
            return flight.answer.result()
        except BrokenProcessPool:
            return self._again(flight.job)

    def _again(self, job: Job) -> Parsed:
        """Parse a job whose pool died in a process of its own, and send the others off anew."""
        with _begin(1) as own:
            try:
                parsed = own.submit(self._parse, job.data, job.name).result()
            except BrokenProcessPool:
                says = "the reader broke down over it"
                parsed = Parsed(faults=(Fault(source=job.name, place="", says=says, remedy="please report it",
                                              fatal=True),))
        self._pool.shutdown(cancel_futures=True)
        self._pool = _begin(self._workers)
        for flight in self._flights:
            flight.answer = self._sent(flight.job)
        return parsed


def _begin(workers: int) -> ProcessPoolExecutor:
    """Start processes that share nothing with this one: an open diary is not to be inherited."""
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_settle)


def _settle() -> None:
    """Leave Ctrl-C to the main process, and end when it ends, also when it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
