"""The closed loop as a benchmark: made-up runners live for a year with the planner, and every morning is judged.

    python benchmarks/closed_loop.py [--runners 200] [--weeks 52] [--seed 1] [--jobs N]

The same as ``midstance simulate``, with the processor time of a runner-year beside the table. Exit status 1 where a
judge found anything.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if __package__ in (None, ""):  # called as a script
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from midstance.cli.simulate import simulated_text
from midstance.services.simulate import simulate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.services.simulate import Simulated

RUNNERS = 200


def spent() -> float:
    """Give the processor time of this process and of those it ran [s]."""
    now = os.times()
    return now.user + now.system + now.children_user + now.children_system


def measured(runners: int, *, weeks: int, seed: int, jobs: int) -> tuple[Simulated, float, float]:
    """Let runners live: what it came to, processor time and wall time of a runner-year [s]."""
    begun, wall = spent(), time.monotonic()
    found = simulate(runners, weeks=weeks, seed=seed, jobs=jobs, say=told)
    years = found.runner_years or 1.0
    return found, (spent() - begun) / years, (time.monotonic() - wall) / years


def told(number: int) -> None:
    """Say now and then how many runners are through."""
    if number % 10 == 0:
        print(f"... {number} runners", file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--runners", type=int, default=RUNNERS)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args(arguments)
    found, processor, wall = measured(given.runners, weeks=given.weeks, seed=given.seed, jobs=given.jobs)
    print(simulated_text(found, seed=given.seed))
    print(f"A runner-year took {processor:.1f} s of processor, {wall:.1f} s of wall time in {given.jobs} processes.")
    return 1 if found.violations else 0


if __name__ == "__main__":
    sys.exit(main())
