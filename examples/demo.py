"""Plan the three example runners: one plan on the screen; a page, a calendar and the document of each in a folder.

``python examples/demo.py [FOLDER]``; the folder is ``out`` where none is named.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
import time
from pathlib import Path

from midstance.domain.session import Kind
from midstance.services.output import render, write_whole
from midstance.services.plan import Planned, Wish, plan_from_files

HERE = Path(__file__).parent
START = dt.date(2027, 1, 11)
WISHES = (
    Wish(runner=HERE / "mara-first-5k.toml", runs=(HERE / "mara-first-5k.csv",), start=START),
    Wish(runner=HERE / "jonas-10k.toml", runs=(HERE / "jonas-10k.ics",), start=START),
    Wish(
        runner=HERE / "ines-marathon.toml", runs=(HERE / "ines-marathon.json",), start=START,
        race_day=dt.date(2027, 5, 2),
    ),
)
SHOWN = "jonas-10k"
SECOND_WEEK = re.compile(r"^(?:\x1b\[[\d;]*m)?Week 2 ", re.MULTILINE)
FORMS = {"html": "html", "ics": "ics", "json": "json", "txt": "text"}


def write_all(planned: Planned, name: str, folder: Path) -> list[Path]:
    """Write a plan in every format and give the paths."""
    paths = []
    for suffix, form in FORMS.items():
        path = folder / f"{name}.{suffix}"
        write_whole(path, render(planned.plan, planned.runner, form))
        paths.append(path)
    return paths


def opening(planned: Planned) -> str:
    """Give a plan's overview and its first week, as the terminal shows them."""
    text = render(planned.plan, planned.runner, "text", colour=sys.stdout.isatty()).decode()
    return SECOND_WEEK.split(text)[0].rstrip("\n")


def sentence(planned: Planned) -> str:
    """Say what was planned for whom, in a line."""
    plan = planned.plan
    primers = sum(session.kind is Kind.PRIMER for session in plan.sessions)
    sessions = f"{len(plan.sessions) - primers} sessions and {primers} primers"
    return f"{plan.runner}: {len(plan.weeks)} weeks, {sessions}, {plan.optimality.seconds:.2f} s"


def main(folder: Path) -> None:
    """Plan, print and write."""
    folder.mkdir(parents=True, exist_ok=True)
    told = []
    for wish in WISHES:
        name = wish.runner.stem
        planned = plan_from_files(wish, time.perf_counter)
        paths = write_all(planned, name, folder)
        if name == SHOWN:
            print(opening(planned))
            print(f"\n... and {len(planned.plan.weeks) - 1} more weeks, set by set, in {folder / name}.txt\n")
        others = ", ".join(path.suffix for path in paths[1:])
        told.append(f"  {sentence(planned)}\n    {paths[0]}, with {others} beside it")
    print(f"Three plans lie in {folder}: open a page (.html) in a browser, import a calendar (.ics).")
    print("\n".join(told))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
