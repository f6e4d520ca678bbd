"""Killed while logging or replanning: what was acknowledged is there, and no decision is half there."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

from midstance.domain.diary import ChangeAccepted, ChangeProposed, PlanAccepted, Skipped
from midstance.services.course import course_of
from midstance.services.diary import current, open_store, read_row
from midstance.services.replan_day import morning

KILLS = int(os.environ.get("MIDSTANCE_KILLS", "12"))
PROGRAM = Path(__file__).parents[1] / "replanner.py"


def killed(place: str, seed: int, wait: float) -> set[str]:
    """Let the program decide for a while, kill it, and give the batches that it was told are kept."""
    program = subprocess.Popen([sys.executable, str(PROGRAM), place, str(seed)], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    with program.stdout as out:
        assert out.readline() == "ready\n"
        time.sleep(wait)
        program.kill()
        lines = out.read().splitlines(keepends=True)
    program.wait()
    return {line.strip() for line in lines if line.endswith("\n")}


def test_a_kill_leaves_no_half_decision(tmp_path: Path) -> None:
    """Every acknowledged batch is there, each accepted change has its words and its plan, and the day can be asked."""
    place, dice, kept = str(tmp_path / "diary.db"), random.Random(11), set()
    for number in range(KILLS):
        kept |= killed(place, number, dice.uniform(0.02, 0.6))
    batches: dict[str, set[type]] = defaultdict(set)
    with open_store(place) as store:
        for row in store.rows():
            batches[row.batch].add(type(read_row(row, place).what))
        assert store.check() == ()
        entries = current(store)
    assert len(kept) >= KILLS
    assert kept <= set(batches)
    changes = {ChangeProposed, ChangeAccepted, PlanAccepted}
    assert [kinds for kinds in batches.values() if kinds & changes and not kinds & {PlanAccepted}] == []
    halves = [kinds for kinds in batches.values() if ChangeAccepted in kinds and not changes <= kinds]
    assert halves == []
    course = course_of(entries)
    assert course is not None
    assert morning(entries, today=course.plan.starts).course == course
    assert any(Skipped in kinds for kinds in batches.values())
