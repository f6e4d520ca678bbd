"""Check with the library: move a session by hand and let midstance judge the plan that comes of it."""

from __future__ import annotations

import datetime as dt
import time
from functools import partial
from pathlib import Path

from midstance.domain.history import History
from midstance.domain.session import Kind
from midstance.planning.check import check_plan
from midstance.planning.explain import moved
from midstance.services.handbook import all_rules, catalogue
from midstance.services.plan import Wish, plan_from_files

HERE = Path(__file__).parent


def main() -> None:
    """Put the first heavy session half a day after the intervals and print what breaks."""
    wish = Wish(
        runner=HERE / "jonas-10k.toml", runs=(HERE / "jonas-10k.ics",), start=dt.date(2027, 1, 11), weeks=4,
    )
    planned = plan_from_files(wish, time.perf_counter)
    judge = partial(
        check_plan, rules=all_rules(), runner=planned.runner, history=History(), catalogue=catalogue().exercises,
    )
    print(f"As planned: {'unsafe' if judge(planned.plan).unsafe else 'no safety rule is broken'}.")
    heavy = next(s for week in planned.plan.weeks for s in week.sessions if s.kind is Kind.HEAVY)
    start = dt.datetime(2027, 1, 13, 7, 30)  # noqa: DTZ001 - plans hold local times without offset
    print(f"The heavy session of {heavy.start:%a %d %b} moved to {start:%a %d %b %H:%M}:")
    for finding in judge(moved(planned.plan, heavy, start)).findings:
        if finding.tier == "safety" and finding.on == "plan":
            print(f"  {finding.rule}: {finding.says}")


if __name__ == "__main__":
    main()
