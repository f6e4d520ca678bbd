"""Parsing on several processes: the order, what is in memory, and files on which a process dies."""

from __future__ import annotations

import os

import pytest

from midstance.formats._format import Parsed
from midstance.services import parse_many as module
from midstance.services.parse_many import ALONE, Job, parse_many

JOBS = [Job(f"f{k}", bytes([k])) for k in range(ALONE + 20)]


def parse(data: bytes, name: str) -> Parsed:
    """Give back what came in; the process ends at once over a file named deadly."""
    if name == "deadly":
        os._exit(3)
    return Parsed(entries=(name, data), ignored=os.getpid())


@pytest.mark.parametrize("workers", [1, 2])
def test_answers_come_in_the_order_of_the_files(workers):
    """With one process and with two, each job has its own answer, in order."""
    got = list(parse_many(JOBS, parse, workers=workers))
    assert [job for job, _ in got] == JOBS
    assert [parsed.entries for _, parsed in got] == [(job.name, job.data) for job in JOBS]
    others = {parsed.ignored for _, parsed in got} - {os.getpid()}
    assert bool(others) == (workers > 1)


def test_few_files_need_no_other_process(monkeypatch):
    """A handful of files is parsed where it is."""
    monkeypatch.setattr(module, "ProcessPoolExecutor", None)
    assert len(list(parse_many(JOBS[:ALONE - 1], parse, workers=8))) == ALONE - 1


def test_what_is_known_is_not_parsed():
    """A job with an answer passes through in its place."""
    known = Parsed(ignored=7)
    jobs = [*JOBS[:ALONE], Job("known", parsed=known), JOBS[ALONE]]
    got = list(parse_many(jobs, parse, workers=2))
    assert got[ALONE] == (jobs[ALONE], known)
    assert got[-1][1].entries == (JOBS[ALONE].name, JOBS[ALONE].data)


def test_a_file_on_which_the_reader_dies_is_a_fault_and_the_others_are_read():
    """A process that dies costs one file, named, and no other."""
    jobs = [*JOBS[:ALONE + 3], Job("deadly", b"x"), *JOBS[ALONE + 3:]]
    got = {job.name: parsed for job, parsed in parse_many(jobs, parse, workers=2)}
    assert list(got) == [job.name for job in jobs]
    (fault,) = got.pop("deadly").faults
    assert (fault.source, fault.fatal) == ("deadly", True)
    assert all(parsed.entries for parsed in got.values())


def test_few_files_are_in_memory_at_a_time(monkeypatch):
    """Jobs are asked for only when there is room: by number and by bytes."""
    monkeypatch.setattr(module, "AHEAD_BYTES", 3)
    asked = []
    jobs = (asked.append(job.name) or job for job in JOBS)
    for number, _ in enumerate(parse_many(jobs, parse, workers=2), 1):
        assert len(asked) <= max(number, ALONE) + 4
    assert len(asked) == len(JOBS)


def test_giving_up_in_the_middle_ends_the_processes():
    """Who stops asking leaves nothing running."""
    answers = parse_many(JOBS, parse, workers=2)
    for _ in range(ALONE + 2):
        next(answers)
    answers.close()
    assert list(answers) == []
