"""Plan with the library: a runner's file and a calendar in, weeks of sessions out."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

from midstance.services.plan import Wish, plan_from_files

HERE = Path(__file__).parent


def main() -> None:
    """Plan Mara's first four weeks and print them, a line a session."""
    wish = Wish(
        runner=HERE / "mara-first-5k.toml", runs=(HERE / "mara-first-5k.csv",), start=dt.date(2027, 1, 11), weeks=4,
    )
    plan = plan_from_files(wish, time.perf_counter).plan
    for week in plan.weeks:
        print(f"Week of {week.starts} ({week.phase.value})")
        for session in week.sessions:
            exercises = [item.exercise for block in session.blocks for item in block.items if block.label != "warm-up"]
            print(f"  {session.start:%a %H:%M}  {session.kind.value}, {session.minutes} min: {', '.join(exercises)}")


if __name__ == "__main__":
    main()
