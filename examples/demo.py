"""Plan the three example runners: one plan on the screen; a page, a calendar and the document of each in a folder.

    python examples/demo.py [FOLDER]
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path

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
    head, _, _ = text.partition("Week 2 ")
    return head.removesuffix("\x1b[1m").rstrip("\n")


def sentence(planned: Planned) -> str:
    """Say what was planned for whom, in a line."""
    plan = planned.plan
    sessions = sum(len(week.sessions) for week in plan.weeks)
    return f"{plan.runner}: {len(plan.weeks)} weeks, {sessions} sessions, {plan.optimality.seconds:.2f} s"


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
        told.append(f"  {sentence(planned)}\n    {'  '.join(map(str, paths))}")
    print("Three plans were written (open a .html page in a browser, import an .ics into a calendar):")
    print("\n".join(told))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
