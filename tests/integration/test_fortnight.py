"""A scripted fortnight on real recordings: each morning reads right to a coach."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from lives import Life
from midstance.cli.today import today_text
from midstance.domain.dates import monday
from midstance.domain.diary import CheckIn, Pain, SessionDone
from midstance.domain.entry import run_entry
from midstance.domain.run import RunDone
from midstance.domain.session import Kind, Session
from midstance.planning.changes import changed_days, compare
from midstance.services import change
from midstance.services.course import Course, course_of
from midstance.services.diary import add, current
from midstance.services.import_files import import_paths
from midstance.services.plan import Wish, plan_from_files

RUNS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "runs"
RUNNER = """
[runner]
name = "Ana"
timezone = "Europe/Paris"
running_level = "intermediate"
strength_level = "intermediate"
goal = "10k"
equipment = ["kettlebell", "step"]
weights_kg = [8, 12, 16, 16]
easy_pace = "6:10"

[availability]
wed = ["18:00-19:30"]
thu = ["18:00-19:30"]
fri = ["18:00-19:30"]
sat = ["09:00-12:00"]
mon = []
tue = []
sun = []
"""
PATTERN = "".join(f'[[running]]\nday = "{day}"\nstart = "{start}"\nminutes = {minutes}\ntype = "{kind}"\n' for
                  day, start, minutes, kind in (("tue", "06:30", 50, "intervals"), ("thu", "06:30", 45, "easy"),
                                                ("sat", "16:00", 40, "easy"), ("sun", "08:00", 80, "long")))


class Fortnight(Life):
    """A life whose days are counted from the Monday after the last real run."""

    first: dt.date

    def day(self, number: int) -> dict[str, object]:
        """The moment of a command on a day of the fortnight."""
        self.said += 1
        now = dt.datetime.combine(self.on(number), dt.time(7), dt.UTC) + dt.timedelta(seconds=self.said)
        return {**self.at(0), "now": now, "date": self.on(number)}

    def on(self, number: int) -> dt.date:
        """A date of the fortnight."""
        return self.first + dt.timedelta(days=number)

    def says(self, number: int, *words: object) -> None:
        """Note something on a day."""
        change.write(self.store, words, **self.day(number))  # type: ignore[arg-type]

    def reads(self, number: int) -> str:
        """What ``midstance today`` prints, on one line."""
        found, changes = change.todays(self.store, **self.day(number))  # type: ignore[arg-type]
        return " ".join(today_text(found, changes, width=1000).split())

    def ran(self, number: int, hour: int, beats: tuple[int, ...]) -> None:
        """Record a run, a heart rate a minute."""
        local = dt.datetime.combine(self.on(number), dt.time(hour, 30))
        run = RunDone(start=(local - dt.timedelta(hours=1)).replace(tzinfo=dt.UTC), local_start=local,
                      seconds=60 * len(beats), distance_km=0.17 * len(beats), mean_hr=sum(beats) / len(beats),
                      max_hr=max(beats), minute_hr=beats, source=f"{number}.fit")
        add(self.store, [run_entry(run, self.day(number)["origin"])], now=run.start)  # type: ignore[arg-type]

    @property
    def course(self) -> Course:
        """The plan in force."""
        found = course_of(self.entries)
        assert found is not None
        return found

    def session(self, number: int) -> Session:
        """The session of a day of the plan in force."""
        return next(s for s in self.course.plan.sessions if s.date == self.on(number) and s.kind is not Kind.PRIMER)


@pytest.mark.shared
@pytest.mark.skipif(not RUNS.is_dir(), reason="the folder of real runs is not beside this checkout")
def test_a_fortnight_reads_right(tmp_path: Path) -> None:
    """Import, plan, short nights, a missed session, a run that turned hard, a sore knee, a week of travel."""
    life = Fortnight()
    import_paths(life.store, [RUNS], zone="Europe/Paris", now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    runs = [e.what for e in current(life.store) if isinstance(e.what, RunDone)]
    assert len(runs) >= 5
    life.first = monday(max(run.local_start.date() for run in runs)) + dt.timedelta(days=7)
    file = tmp_path / "ana.toml"
    file.write_text(RUNNER + f'[[races]]\ndate = {life.on(62)}\ndistance_km = 10\npriority = "A"\n' + PATTERN)
    made = plan_from_files(Wish(runner=file, start=life.first), lambda: 0.0, entries=current(life.store))
    change.keep_plan_document(life.store, made.plan, **life.day(0))  # type: ignore[arg-type]
    assert life.reads(0).endswith("Nothing is planned today: rest.")

    # the first session is done as planned, then three short nights
    first = life.session(2)
    life.says(2, SessionDone(session=first.id, minutes=first.minutes, rpe_cr10=4))
    assert "Done today: strength" in life.reads(2)
    for night in (2, 3, 4):
        life.says(night, CheckIn(sleep_h=5.0))
    assert life.session(4).kind is Kind.STRENGTH
    friday = life.reads(4)
    assert "Last night was short" in friday
    assert "Strength, " in friday
    assert "A set less today; the weights stay." in friday or "Fewer sets than usual" in friday

    # it is missed: dropped, not piled up
    saturday = life.reads(5)
    assert "Yesterday's strength session is not noted" in saturday
    assert "nothing to catch up on" in saturday
    assert "A change waits" not in saturday

    # Thursday's easy run of the second week turns hard: Friday's heavy session cannot stay
    assert life.session(11).kind is Kind.HEAVY
    life.ran(10, 18, (130,) * 5 + (185,) * 40)
    second = life.reads(11)
    assert "Heavy is not for today" in second
    assert "A change waits for you" in second
    change.accept(life.store, "", **life.day(11))  # type: ignore[arg-type]
    assert "Heavy" not in life.reads(11)

    # a sore knee
    life.says(12, CheckIn(sleep_h=7.5, pain=(Pain(area="knee", side="left", score=4),)))
    sore = life.reads(12)
    assert sore.count("Pain at the left knee is 4 of 10.") >= 1
    assert "Amber" in sore

    # a week of travel: nothing in it, few days change, and the week after stays
    before = life.course.plan
    done = change.busy(life.store, life.on(14), life.on(20), **life.day(13))  # type: ignore[arg-type]
    after = life.course.plan
    assert not [s for s in after.sessions if life.on(14) <= s.date <= life.on(20)]
    assert done.says[0].startswith("No sessions from")
    inside = {life.on(k) for k in range(14, 21)}
    moved = compare(before, after, first=life.on(21), contents=False)
    assert changed_days(moved) <= 4
    assert len({s.date for s in before.sessions if s.date in inside}) >= 2
    assert "No session" in life.reads(16) or "Nothing is planned" in life.reads(16)
