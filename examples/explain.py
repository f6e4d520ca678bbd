"""Explain with the library: why a session stands where it stands, and why not on another date."""

from __future__ import annotations

import datetime as dt
import time
from functools import partial
from pathlib import Path

from midstance.domain.history import History
from midstance.domain.session import Kind
from midstance.planning.check import check_plan
from midstance.planning.explain import why_not
from midstance.services.handbook import all_rules, catalogue
from midstance.services.plan import Wish, plan_from_files

HERE = Path(__file__).parent


def main() -> None:
    """Ask about Jonas' first heavy session on every date of its week."""
    wish = Wish(
        runner=HERE / "jonas-10k.toml", runs=(HERE / "jonas-10k.ics",), start=dt.date(2027, 1, 11), weeks=2,
    )
    planned = plan_from_files(wish, time.perf_counter)
    judge = partial(
        check_plan, rules=all_rules(), runner=planned.runner, history=History(), catalogue=catalogue().exercises,
    )
    week = planned.plan.weeks[0]
    heavy = next(s for s in week.sessions if s.kind is Kind.HEAVY)
    print(f"{heavy.start:%A %H:%M}: {heavy.kind.value}, {heavy.minutes} min")
    for why in heavy.why:
        print(f"  {why}")
    for day in week.days:
        if day.date == heavy.date:
            continue
        answer = why_not(planned.plan, heavy, day.date, judge)
        if answer.legal:
            dose, taste = answer.price or (0, 0)
            print(f"{day.date:%A}: possible, dose {dose:+d}, taste {taste:+d}")
        else:
            print(f"{day.date:%A}: no, {'; '.join(sorted({f.rule for f in answer.broken}))}")


if __name__ == "__main__":
    main()
