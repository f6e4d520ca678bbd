"""A runner's life for tests: a diary in memory with a plan in it, and few words for what happens."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from midstance.domain.entry import Origin, Via, batch_id, entry_of, run_entry
from midstance.domain.run import RunDone
from midstance.services.change import keep_plan_document, todays
from midstance.services.diary import add, current, open_store
from midstance.services.plan import Wish, plan_from_files
from midstance.store.store import Store

if TYPE_CHECKING:
    from midstance.domain.diary import What
    from midstance.domain.entry import Entry
    from midstance.domain.plan import Plan
    from midstance.services.change import Shown
    from midstance.services.replan_day import Morning

EXAMPLES = Path(__file__).parents[1] / "examples"
MONDAY = dt.date(2027, 1, 11)
EASY_BPM, HARD_BPM = 120, 171


@dataclass
class Life:
    """Jonas and his diary: days are counted from the Monday on which his plan begins.

    Attributes:
        store: The diary.
        said: How many commands were given, so that each is a batch of its own.
    """

    store: Store = field(default_factory=lambda: open_store("memory:"))
    said: int = 0

    @classmethod
    def with_plan(cls, *, runs: bool = True, store: Store | None = None) -> Life:
        """Keep Jonas's plan, and two months of runs before it that tell his zones, where wanted."""
        life = cls() if store is None else cls(store=store)
        for day in range(-60, 0, 3) if runs else ():
            life.run(day, EASY_BPM, 45, hour=6)
        for day in range(-50, -7, 7) if runs else ():
            life.run(day, HARD_BPM, 45, hour=17)
        wish = Wish(runner=EXAMPLES / "jonas-10k.toml", runs=(EXAMPLES / "jonas-10k.ics",), start=MONDAY)
        plan = plan_from_files(wish, lambda: 0.0, entries=current(life.store)).plan
        keep_plan_document(life.store, plan, **life.at(0))
        return life

    def at(self, day: int) -> dict[str, Any]:
        """Give the moment of a command: seven in the morning of a day, and a batch of its own."""
        self.said += 1
        now = dt.datetime.combine(on(day), dt.time(7), dt.UTC) + dt.timedelta(seconds=self.said)
        return {"now": now, "date": on(day), "origin": Origin(via=Via.HAND, batch=batch_id(now, str(self.said)))}

    def note(self, day: int, *words: What) -> str:
        """Write what happened on a day, and give its batch."""
        when = self.at(day)
        add(self.store, [entry_of(what, at=when["now"], date=when["date"], origin=when["origin"]) for what in words],
            now=when["now"])
        return str(when["origin"].batch)

    def run(self, day: int, bpm: int, minutes: int, *, hour: int = 17, easy: int = 0) -> None:
        """Record a run at a steady heart rate after some easy minutes, by the clock of Berlin in winter."""
        local = dt.datetime.combine(on(day), dt.time(hour))
        beats = (EASY_BPM,) * easy + (bpm,) * (minutes - easy)
        speeds = tuple(2.7 if beat < HARD_BPM else 3.4 for beat in beats)
        run = RunDone(
            start=(local - dt.timedelta(hours=1)).replace(tzinfo=dt.UTC), local_start=local, seconds=60 * minutes,
            distance_km=round(sum(speeds) * 0.06, 2), mean_hr=sum(beats) / minutes, max_hr=bpm + 8.0, minute_hr=beats,
            minute_speed_m_s=speeds, source=f"{on(day)}.fit")
        add(self.store, [run_entry(run, Origin(via=Via.FILE, batch="b-runs"))], now=run.start)

    def morning(self, day: int) -> tuple[Morning, tuple[Shown, ...]]:
        """Ask for a day as ``midstance today`` does."""
        return todays(self.store, **self.at(day))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Entries in force."""
        return current(self.store)


def on(day: int) -> dt.date:
    """A date, counted from the plan's first Monday."""
    return MONDAY + dt.timedelta(days=day)


def days_of(plan: Plan, kind: str) -> list[int]:
    """Days of a plan with a session of a kind, counted from its first Monday."""
    return [(s.date - MONDAY).days for s in plan.sessions if s.kind.value == kind]
