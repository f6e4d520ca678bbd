"""The first set-up and changed settings: from answers to a plan in the diary, and nothing lost on the way."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from builders_recordings import START, gpx, track_points
from midstance.domain.diary import AssessmentDone, Busy, Moved, PlanAccepted, RaceAdded, RunDone, SessionDone, What
from midstance.domain.entry import Origin, Via, batch_id
from midstance.domain.runner import Race
from midstance.domain.session import Kind
from midstance.formats._format import InputError
from midstance.formats.runner_toml import parse_runner, render_runner
from midstance.services import change
from midstance.services.course import need_course
from midstance.services.diary import current, open_store, take_back
from midstance.services.diary_archive import restore_diary
from midstance.services.set_up import Begun, set_up
from midstance.services.set_up_change import Look, Settings, keep, look, read_settings, settings_of
from midstance.services.set_up_erase import archive_of, erase
from midstance.services.told import Stamp
from midstance.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from midstance.domain.plan import Plan
    from midstance.services.set_up_fields import Answer

MONDAY = dt.date(2026, 11, 30)
WEEK = dt.timedelta(weeks=1)
DAY = dt.timedelta(days=1)
CALENDAR = "date,start,type,minutes,title\n" + "".join(
    f"{MONDAY + n * WEEK + d * DAY},07:00,{kind},{minutes},{kind} {n}\n"
    for n in range(12) for d, kind, minutes in ((1, "easy", 45), (3, "tempo", 50), (6, "long", 80)))
KIT: dict[str, Answer] = {"equipment": ("kettlebell",), "weights_kg": "8, 12, 16 kg", "strength_level": "intermediate"}


@dataclass
class Ana:
    """A runner at the set-up: a diary, and commands that are each a batch of their own."""

    store: Store = field(default_factory=lambda: open_store("memory:"))
    said: int = 0

    def stamp(self, date: dt.date = MONDAY) -> Stamp:
        """Mark a command of a date's morning."""
        self.said += 1
        at = dt.datetime.combine(date, dt.time(7), dt.UTC) + dt.timedelta(seconds=self.said)
        return Stamp(at=at, date=date, today=date, origin=Origin(via=Via.HAND, batch=batch_id(at, str(self.said))))

    def begin(self, files: Sequence[Path] = (), **answers: Answer) -> Begun:
        """Set up on the Monday."""
        return set_up(self.store, {"name": "Ana", **answers}, files, stamp=self.stamp(), clock=lambda: 0.0)

    def tell(self, date: dt.date, *words: What) -> None:
        """Write words of a date."""
        stamp = self.stamp(date)
        change.write(self.store, words, now=stamp.at, date=date, origin=stamp.origin)

    def settings(self, date: dt.date) -> Settings:
        """What is set on a date."""
        found = settings_of(current(self.store), today=date)
        assert found is not None
        return found

    def look(self, date: dt.date, files: Sequence[Path] = (), **answers: Answer) -> Look:
        """What changed settings would do."""
        now = self.settings(date)
        return look(now, read_settings(now, answers, files, today=date), stamp=self.stamp(date), clock=lambda: 0.0)

    def change(self, date: dt.date, files: Sequence[Path] = (), **answers: Answer) -> Look:
        """Change settings and keep them."""
        found = self.look(date, files, **answers)
        keep(self.store, found, stamp=self.stamp(date))
        return found

    @property
    def plan(self) -> Plan:
        """The plan in force."""
        return need_course(current(self.store)).plan

    def proposed(self, date: dt.date) -> list[str]:
        """What the next morning would change by itself."""
        stamp = self.stamp(date)
        _, changes = change.todays(self.store, now=stamp.at, date=date, origin=stamp.origin)
        return [s for c in changes if c.state == "proposed" for s in c.says]


def sessions(plan: Plan, since: dt.date = MONDAY) -> list[tuple[dt.date, Kind]]:
    """Dates and kinds of a plan's sessions."""
    return [(s.date, s.kind) for s in plan.sessions if s.date >= since and s.kind is not Kind.PRIMER]


def runs(plan: Plan, since: dt.date, until: dt.date) -> list[tuple[str, str]]:
    """Ids and kinds of a plan's runs."""
    return [(run.id, run.type.value) for run in plan.runs if since <= run.date < until]


# ------------------------------------------------------------------------------------------------- the first plan


def test_a_name_is_enough() -> None:
    """The form's own first answers make a careful plan: body weight, two or three short sessions a week."""
    ana = Ana()
    begun = ana.begin()
    runner = need_course(current(ana.store)).runner
    assert (runner.name, runner.goal, runner.equipment) == ("Ana", "general", ())
    assert (runner.running_level.value, runner.strength_level.value) == ("intermediate", "beginner")
    assert begun.plan.starts == MONDAY
    assert begun.done.says[0].startswith("Your plan is made: 16 weeks, until Sun 21 Mar")
    assert all(s.start.hour < 9 or s.start.hour >= 17 for s in begun.plan.sessions if s.date.weekday() < 5)
    assert ana.proposed(MONDAY) == []


def test_one_undo_takes_the_set_up_back() -> None:
    """Plan and self-tests are one batch."""
    ana = Ana()
    begun = ana.begin(test_balance_eyes_open_s_left="8", test_balance_eyes_open_s_right="25", test_push_up_reps="3",
                      test_single_leg_squat_faults_left="3", test_single_leg_squat_faults_right="1")
    kinds = [type(e.what) for e in current(ana.store)]
    assert kinds == [PlanAccepted, AssessmentDone, AssessmentDone, AssessmentDone]
    take_back(ana.store, begun.done.batch, now=ana.stamp().at, date=MONDAY)
    assert current(ana.store) == ()


def test_a_fault_writes_nothing(tmp_path: Path) -> None:
    """Faults of answers and of files come together, and the diary stays empty."""
    ana, bad, ride = Ana(), tmp_path / "notes.csv", tmp_path / "run.gpx"
    bad.write_text("date,minutes\n2026-02-31,40\n")
    ride.write_text(gpx(track_points()))
    with pytest.raises(InputError) as refused:
        ana.begin([bad, ride], run_tue_minutes="soon")
    assert [fault.place for fault in refused.value.faults] == ["run_tue_minutes", "files"]
    assert "notes.csv" in refused.value.faults[1].says
    assert ana.store.count() == 0


def test_an_uploaded_calendar_is_planned_around(tmp_path: Path) -> None:
    """Runs of the calendar stand in the plan where it covers the dates, the usual week elsewhere."""
    file = tmp_path / "spring.csv"
    file.write_text(CALENDAR)
    ana = Ana()
    begun = ana.begin([file], run_mon_type="easy", run_mon_minutes="30", run_mon_start="18:00")
    first = runs(begun.plan, MONDAY, MONDAY + WEEK)
    assert first == [("run-2026-11-30-1800", "easy"), ("run-2026-12-01-0700", "easy"), ("run-2026-12-03-0700", "tempo"),
                     ("run-2026-12-06-0700", "long")]
    assert begun.notes == ("36 runs stand in the plan from your calendar.",)
    later = runs(begun.plan, MONDAY + 12 * WEEK, MONDAY + 13 * WEEK)
    assert later[0] == ("run-2027-02-22-1800", "easy")
    assert ana.settings(MONDAY).files == {"spring.csv": 36}


def test_a_week_list_leads_to_the_race(tmp_path: Path) -> None:
    """A published week list is placed by the first A race, or by the Monday that is named; else it is a fault."""
    file = tmp_path / "weeks.json"
    file.write_text('{"units": "km", "schedule": [{"workouts": [' + ", ".join(
        f'{{"title": "{t}", "distance": {d}}}' for t, d in (
            ("Rest", 0), ("Easy 8 km", 8), ("Rest", 0), ("Easy 8 km", 8), ("Rest", 0), ("Rest", 0), ("10 km race", 10))
    ) + "]}]}")
    raced = Ana().begin([file], race_1_distance="10", race_1_date="2027-02-14").plan
    assert [run.type.value for run in raced.runs if run.date == dt.date(2027, 2, 14)] == ["race"]
    named = Ana().begin([file], calendar_starts="2027-02-01").plan
    assert [run.date.day for run in named.runs if run.source == "weeks.json"] == [2, 4, 7]
    with pytest.raises(InputError) as refused:
        Ana().begin([file])
    assert refused.value.faults[0].place == "files"


def test_recordings_come_into_the_diary_and_the_plan(tmp_path: Path) -> None:
    """Uploaded recordings are imported, and tell the plan the easy pace."""
    file = tmp_path / "run.gpx"
    file.write_text(gpx(track_points(seconds=2700)))
    ana = Ana()
    begun = ana.begin([file], timezone="UTC")
    assert isinstance(current(ana.store)[0].what, RunDone)
    assert begun.notes == ("1 recorded run is in your diary, and the plan knows them.",)
    assert START.date() < MONDAY


def test_a_runner_file_answers_everything(tmp_path: Path) -> None:
    """A runner.toml among the files takes the place of all answers."""
    first = Ana()
    first.begin(**KIT)
    file = tmp_path / "runner.toml"
    file.write_text(render_runner(first.settings(MONDAY).runner))
    second = Ana()
    second.begin([file], name="Nobody", goal="ultra")
    assert second.settings(MONDAY).runner == first.settings(MONDAY).runner
    assert parse_runner(file.read_bytes(), "runner.toml") == second.settings(MONDAY).runner


@pytest.mark.parametrize(("likes", "kept"), [
    ("Goblet squat, CORE, kettlebell", ("goblet-squat", "core", "kettlebell")), ("single leg deadlift", None)])
def test_likes_go_by_name(likes: str, kept: tuple[str, ...] | None) -> None:
    """Exercises are named as people write them, parts of the body and equipment by their words."""
    ana = Ana()
    ana.begin(likes=likes)
    assert ana.settings(MONDAY).runner.likes == (kept or ("single-leg-deadlift",))


def test_an_unknown_like_is_refused() -> None:
    """A word that names nothing is a fault with the nearest one that does."""
    with pytest.raises(InputError, match="goblet squat"):
        Ana().begin(likes="gobblet squat")


# ------------------------------------------------------------------------------------------------- changed settings


def lived() -> Ana:
    """Ana in her third week: she did sessions, moved a run, and has a race and busy days that came since."""
    ana = Ana()
    ana.begin(race_1_distance="10", race_1_date="2027-03-14", race_1_name="Lake")
    for session in [s for s in ana.plan.sessions if s.date < MONDAY + 2 * WEEK and s.kind is not Kind.PRIMER]:
        ana.tell(session.date, SessionDone(session=session.id, kind=session.kind, minutes=session.minutes))
    third = MONDAY + 2 * WEEK
    stamp = ana.stamp(third)
    change.move(ana.store, third + DAY, third + 2 * DAY, now=stamp.at, date=third, origin=stamp.origin)
    stamp = ana.stamp(third)
    change.race(ana.store, Race(date=dt.date(2027, 1, 24), distance_km=5.0, priority="B"), now=stamp.at, date=third,
                origin=stamp.origin)
    stamp = ana.stamp(third)
    change.busy(ana.store, dt.date(2027, 1, 4), dt.date(2027, 1, 6), now=stamp.at, date=third, origin=stamp.origin)
    return ana


TUESDAY = MONDAY + 2 * WEEK + DAY


def test_units_change_nothing_else() -> None:
    """Other units, another name: every session, run and phase stays, and the next morning asks for nothing."""
    ana = lived()
    before = ana.plan
    found = ana.change(TUESDAY, units="imperial", name="Bea")
    assert (found.says, found.contents) == ((), ())
    assert found.settings == ("Name: Bea instead of Ana.", "Units: imperial instead of metric.")
    assert sessions(ana.plan) == sessions(before)
    assert [w.phase for w in ana.plan.weeks] == [w.phase for w in before.weeks]
    assert [run.id for run in ana.plan.runs] == [run.id for run in before.runs]
    assert ana.proposed(TUESDAY) == []


def test_a_look_writes_nothing() -> None:
    """Looking at a change leaves the diary as it was."""
    ana = lived()
    count = ana.store.count()
    assert ana.look(TUESDAY, **KIT).says
    assert ana.store.count() == count


def test_equipment_changes_what_is_lifted() -> None:
    """A kettlebell brings weights, says which exercises are new, and keeps the days where it can."""
    ana = lived()
    before = sessions(ana.plan, TUESDAY)
    found = ana.change(TUESDAY, **{**KIT, "strength_level": "beginner"})
    assert "Equipment: kettlebell instead of nothing." in found.settings
    assert any(line.startswith("New: ") for line in found.contents)
    assert any(item.weight_kg for s in ana.plan.sessions for b in s.blocks for item in b.items)
    after = sessions(ana.plan, TUESDAY)
    assert len({day for day, _ in before} ^ {day for day, _ in after}) <= 4
    assert ana.proposed(TUESDAY) == []


def test_one_undo_takes_settings_back() -> None:
    """After undo everything stands as before: plan, races, busy days and moved runs."""
    ana = lived()
    plan, before = ana.plan, ana.settings(TUESDAY)
    ana.change(TUESDAY, race_1_distance="", race_1_date="", race_2_distance="", race_2_date="", race_2_name="",
               away_1_from="", away_1_to="", free_fri=())
    assert ana.settings(TUESDAY).runner.races == ()
    take_back(ana.store, now=ana.stamp(TUESDAY).at, date=TUESDAY)
    assert ana.plan.id == plan.id
    assert ana.settings(TUESDAY).runner == before.runner
    assert ana.proposed(TUESDAY) == []


def test_what_life_brought_is_set_and_can_be_unset() -> None:
    """Races and busy days that came since are in the settings; taken out there, they are gone for good."""
    ana = lived()
    now = ana.settings(TUESDAY).runner
    assert [race.date for race in now.races] == [dt.date(2027, 1, 24), dt.date(2027, 3, 14)]
    assert [span.first for span in now.blocked] == [dt.date(2027, 1, 4)]
    found = ana.change(TUESDAY, race_1_distance="", race_1_date="", away_1_from="", away_1_to="")
    assert "Race: 5 km (B) on Sun 24 Jan is gone." in found.settings
    assert not [e for e in current(ana.store) if isinstance(e.what, RaceAdded | Busy)]
    assert [race.name for race in ana.settings(TUESDAY).runner.races] == ["Lake"]
    assert "race" not in [kind for _, kind in runs(ana.plan, dt.date(2027, 1, 24), dt.date(2027, 1, 25))]
    assert ana.proposed(TUESDAY + DAY) == []


def test_a_moved_run_stays_moved() -> None:
    """What the runner decided about runs outlives two changes of settings."""
    ana = lived()
    moved = "run-2026-12-16-0630"
    assert moved in [run.id for run in ana.plan.runs]
    ana.change(TUESDAY, **KIT)
    ana.change(TUESDAY, session_minutes="20")
    assert moved in [run.id for run in ana.plan.runs]
    assert "run-2026-12-15-0630" not in [run.id for run in ana.plan.runs]
    assert sum(isinstance(e.what, Moved) for e in current(ana.store)) == 3
    assert ana.proposed(TUESDAY) == []


def test_what_was_done_stays_done() -> None:
    """Sessions of the weeks behind stand in the new plan as they were done."""
    ana = lived()
    done = [s.id for s in ana.plan.sessions if s.date < TUESDAY]
    ana.change(TUESDAY, **KIT)
    after = [s.id for s in ana.plan.sessions if s.date < TUESDAY]
    assert len(after) >= 4
    assert after == [id_ for id_ in done if id_ in after]


def test_a_beginner_does_not_begin_again() -> None:
    """Weeks of learning count from where they began, whatever is set later."""
    ana = Ana()
    ana.begin(equipment=("kettlebell",), weights_kg="8, 16 kg")
    late = MONDAY + 5 * WEEK
    heavy = [day for day, kind in sessions(ana.plan) if kind is Kind.HEAVY]
    found = ana.change(late, units="imperial")
    assert found.settings == ("Units: imperial instead of metric.",)
    assert ana.settings(late).runner.strength_since == MONDAY
    assert [day for day, kind in sessions(ana.plan, late) if kind is Kind.HEAVY] == heavy
    assert min(heavy) >= MONDAY + 6 * WEEK


def test_calendars_stay_until_they_are_taken_out(tmp_path: Path) -> None:
    """Runs of an uploaded calendar stay when settings change, and go from today on when it is unticked."""
    file = tmp_path / "spring.csv"
    file.write_text(CALENDAR)
    ana = Ana()
    ana.begin([file])
    planned = [run.id for run in ana.plan.runs]
    ana.change(TUESDAY, **KIT)
    assert [run.id for run in ana.plan.runs] == planned
    ana.change(TUESDAY, keep_calendar=())
    assert runs(ana.plan, MONDAY, TUESDAY)[1] == ("run-2026-12-03-0700", "tempo")
    assert {run.source for run in ana.plan.runs if run.date >= TUESDAY} == {"pattern"}
    assert ana.proposed(TUESDAY + DAY) == []


def test_a_new_calendar_leaves_the_past_alone(tmp_path: Path) -> None:
    """A calendar that begins later: past runs stay, the usual week holds until it begins, then its runs."""
    file = tmp_path / "later.csv"
    later = MONDAY + 6 * WEEK
    lines = [f"{day},07:00,easy,40,Lake\n" for day in (later, later + 60 * DAY)]
    file.write_text("date,start,type,minutes,title\n" + "".join(lines))
    ana = Ana()
    ana.begin()
    before = runs(ana.plan, MONDAY, later)
    ana.change(TUESDAY, [file])
    assert runs(ana.plan, MONDAY, later) == before
    assert runs(ana.plan, later, later + 2 * WEEK) == [("run-2027-01-11-0700", "easy")]
    assert ana.settings(TUESDAY).files == {"later.csv": 2}


def test_another_running_week_rewrites_no_past() -> None:
    """A new usual week holds from today; past runs stay as they were planned."""
    ana = lived()
    before = runs(ana.plan, MONDAY, TUESDAY)
    ana.change(TUESDAY, run_tue_type="none", run_mon_type="intervals", run_mon_minutes="50", run_mon_start="18:00")
    assert runs(ana.plan, MONDAY, TUESDAY) == before
    week = runs(ana.plan, MONDAY + 4 * WEEK, MONDAY + 5 * WEEK)
    assert week[0] == ("run-2026-12-28-1800", "intervals")
    assert not [id_ for id_, _ in week if id_.startswith("run-2026-12-29")]
    assert ana.settings(TUESDAY).files == {}
    assert ana.proposed(TUESDAY + DAY) == []


def test_another_race_moves_the_end() -> None:
    """The plan ends after the last A race; phases lead to it."""
    ana = lived()
    ends = ana.plan.ends
    ana.change(TUESDAY, race_2_date="2027-05-16", race_2_distance="21.0975")
    assert ana.plan.ends > ends
    assert [run.type.value for run in ana.plan.runs if run.date == dt.date(2027, 5, 16)] == ["race"]


def test_after_its_end_a_plan_begins_anew() -> None:
    """Settings changed after the last day make a new plan from today."""
    ana = Ana()
    ana.begin()
    late = ana.plan.ends + 3 * DAY
    found = ana.change(late, session_minutes="25")
    assert ana.plan.starts == late
    assert found.says[0].startswith("The old plan ended on")


def test_two_settings_changed_at_once_show_both() -> None:
    """Each setting that is another one is named once, and faults of a change name their fields."""
    ana = lived()
    found = ana.look(TUESDAY, session_minutes="20", free_wed=(), race_2_name="Sea")
    assert found.settings == (
        "Longest session: 20 instead of 30.", "Free times: changed on Wed.",
        "Race: Sea (10 km, A) on Sun 14 Mar is new.", "Race: Lake (10 km, A) on Sun 14 Mar is gone.")
    assert all(day.weekday() != 2 for day, _ in sessions(found.plan, TUESDAY))
    with pytest.raises(InputError) as refused:
        ana.look(TUESDAY, session_minutes="5", weights_kg="x")
    assert {fault.place for fault in refused.value.faults} == {"session_minutes", "weights_kg"}


def test_the_same_change_twice_is_the_same_plan() -> None:
    """Looking again gives the same plan to the byte, whatever the clock says."""
    ana = lived()
    first, second = ana.look(TUESDAY, **KIT), ana.look(TUESDAY, **KIT)
    assert first.plan.id == second.plan.id
    assert first.says == second.says


def test_a_self_check_done_later_is_dated() -> None:
    """A new count comes into the diary as a test of its date; an old one is not told twice."""
    ana = Ana()
    ana.begin(test_push_up_reps="3")
    ana.change(TUESDAY, test_push_up_reps="9")
    ana.change(TUESDAY, units="imperial")
    told = [(e.date, e.what.value) for e in current(ana.store) if isinstance(e.what, AssessmentDone)]
    assert told == [(MONDAY, 3.0), (TUESDAY, 9.0)]


# ------------------------------------------------------------------------------------------------- out and back


def test_a_diary_is_deleted_after_an_archive(tmp_path: Path) -> None:
    """The archive that is left holds every entry, and the diary's files are gone."""
    ana = Ana(store=open_store(tmp_path / "diary.db"))
    ana.begin(test_push_up_reps="3")
    count = ana.store.count()
    path = erase(ana.store, at=ana.stamp().at, version="0")
    assert not list(tmp_path.glob("diary.db*"))
    back = open_store(tmp_path / "new.db")
    assert restore_diary(back, path).new == count


def test_a_diary_in_memory_cannot_be_deleted() -> None:
    """What is no file is refused, and stays."""
    ana = Ana()
    ana.begin()
    with pytest.raises(InputError, match="no file"):
        erase(ana.store, at=ana.stamp().at, version="0")
    assert ana.store.count() == 1


def test_the_archive_holds_everything(tmp_path: Path) -> None:
    """What is downloaded restores into the same diary."""
    ana = Ana()
    ana.begin(**KIT)
    file = tmp_path / "all.zip"
    file.write_bytes(archive_of(ana.store, version="0"))
    assert "entries.jsonl" in zipfile.ZipFile(file).namelist()
    back = Ana()
    restore_diary(back.store, file)
    assert replace(back.plan, id="") == replace(ana.plan, id="")
