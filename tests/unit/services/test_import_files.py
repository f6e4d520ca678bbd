"""Importing: what is new, known and matched; one batch that one undo takes back; what is left out, and why."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from builders_diary import NOON, an_entry
from builders_logs import hevy, hevy_row, strong, strong_row
from builders_recordings import CYCLING, START, FitWriter, fit_head, fit_run, fit_session, gpx, tcx, track_points
from midstance.domain.diary import PlanAccepted, SessionDone, SetDone
from midstance.domain.entry import Origin, Via, batch_id, run_entry
from midstance.domain.run import RunDone
from midstance.formats._format import InputError
from midstance.services import import_files
from midstance.services.diary import add, current, take_back
from midstance.services.import_files import Imported, import_paths, runner_of
from midstance.services.recordings import read_recordings
from midstance.store.store import MemoryStore

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.timedelta(days=1)
STRENGTH, LIFTING = 10, 20   # numbers of the FIT profile: sport training, sub-sport strength training


def bring(store: MemoryStore, *paths: Path, zone: str = "Europe/Lisbon", **more) -> Imported:
    """Import at noon."""
    return import_paths(store, paths, zone=zone, now=NOON, **more)


def put(path: Path, data: bytes) -> Path:
    """Write a file, with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def runs_of(store: MemoryStore) -> list[RunDone]:
    """The runs in force."""
    return [entry.what for entry in current(store, kinds=(RunDone,)) if isinstance(entry.what, RunDone)]


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


@pytest.fixture
def store() -> MemoryStore:
    """An empty diary."""
    return MemoryStore()


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """A folder with three runs, a ride and a text."""
    folder = tmp_path / "week"
    put(folder / "a.fit", fit_run())
    put(folder / "b.gpx.gz", gzip.compress(gpx(track_points(at=START + DAY)).encode()))
    put(folder / "c.tcx", tcx(track_points(at=START + 2 * DAY)).encode())
    put(folder / "ride.fit", fit_run(at=START + DAY, sport=CYCLING))
    put(folder / "notes.txt", b"x")
    return folder


def test_a_folder_becomes_entries_of_one_batch(store, week):
    """Each run is an entry with the file's name, all of one batch; a ride and a text are counted."""
    told = bring(store, week)
    assert (told.runs.new, told.ignored, told.skipped, told.files) == (3, 1, 1, 4)
    entries = current(store)
    assert {entry.origin.batch for entry in entries} == {told.batch}
    assert [entry.origin.name for entry in entries] == ["week/a.fit", "week/b.gpx.gz", "week/c.tcx"]
    assert all(entry.origin.via is Via.FILE for entry in entries)


def test_importing_twice_changes_nothing(store, week):
    """The second import writes no row, and does not even read the files that gave runs."""
    first = bring(store, week)
    rows = list(store.rows())
    told = bring(store, week)
    assert list(store.rows()) == rows
    assert (told.runs.known, told.written, told.before, told.files) == (3, 0, 3, 1)
    assert told.batch == first.batch


def test_the_same_files_elsewhere_are_known(store, week, tmp_path):
    """Another folder with the same runs under other names adds nothing and is no batch of its own."""
    bring(store, week)
    other = put(tmp_path / "other" / "x.fit", (week / "a.fit").read_bytes())
    told = bring(store, other, zone="Asia/Tokyo")
    assert (told.runs.known, told.written, told.batch) == (1, 0, "")


def test_undo_takes_an_import_back_and_importing_brings_it_again(store, week):
    """One undo takes all of it; the same import afterwards puts all back in force; a further undo takes it again."""
    told = bring(store, week)
    assert len(take_back(store, told.batch, now=NOON, date=NOON.date()).entries) == 3
    assert runs_of(store) == []
    again = bring(store, week)
    assert (again.runs.again, again.runs.new, again.batch) == (3, 0, told.batch)
    assert len(runs_of(store)) == 3
    take_back(store, again.batch, now=NOON, date=NOON.date())
    assert runs_of(store) == []


def test_a_new_export_under_the_same_name_is_a_batch_of_its_own(store, tmp_path):
    """What a service exports next month is taken back without the month before."""
    export = put(tmp_path / "export.zip", zipped({"a.fit": fit_run()}))
    first = bring(store, export)
    put(export, zipped({"a.fit": fit_run(), "b.fit": fit_run(at=START + DAY)}))
    second = bring(store, export)
    assert (second.runs.known, second.runs.new) == (1, 1)
    assert first.batch != second.batch
    assert len(take_back(store, second.batch, now=NOON, date=NOON.date()).entries) == 1


def test_a_poorer_record_of_a_run_in_the_diary_is_left_out(store, tmp_path):
    """A phone's track of a run that the watch's file told, imported later, is matched and not added."""
    bring(store, put(tmp_path / "watch.fit", fit_run()))
    late = START + dt.timedelta(seconds=100)
    told = bring(store, put(tmp_path / "phone.gpx", gpx(track_points(at=late, speed=3.05, hr=None)).encode()))
    assert (told.runs.matched, told.runs.fuller, told.written) == (1, 0, 0)
    assert [run.source for run in runs_of(store)] == ["watch.fit"]


@pytest.mark.parametrize("together", [True, False])
def test_a_fuller_record_takes_the_place_of_a_poorer_one(store, tmp_path, together):
    """The watch's file with heart rate replaces the phone's, also later; undo brings the phone's back."""
    phone = put(tmp_path / "a.gpx", gpx(track_points(hr=None)).encode())
    watch = put(tmp_path / "b.fit", fit_run())
    told = bring(store, phone, watch) if together else [bring(store, path) for path in (phone, watch)][1]
    assert (told.runs.matched, told.runs.fuller) == (1, 1)
    assert [run.source for run in runs_of(store)] == ["b.fit"]
    for paths in ((phone,), (watch,), (phone, watch), (watch, phone)):
        assert bring(store, *paths).written == 0
    take_back(store, told.batch, now=NOON, date=NOON.date())
    assert [run.source for run in runs_of(store)] == ([] if together else ["a.gpx"])


def test_the_same_run_in_two_files_of_one_import_counts_once(store, tmp_path):
    """A run exported twice is one, whatever the files are called."""
    told = bring(store, put(tmp_path / "a.fit", fit_run()), put(tmp_path / "b" / "c.fit", fit_run()))
    assert (told.runs.new, told.runs.matched, told.runs.known) == (1, 1, 0)


def test_a_corrected_run_stays_corrected(store, tmp_path):
    """A run corrected by hand is known when its file comes again, and a device that tells more does not replace it."""
    path = put(tmp_path / "a.gpx", gpx(track_points(hr=None)).encode())
    bring(store, path)
    (entry,) = current(store)
    run = entry.what
    mended = RunDone(start=run.start, local_start=run.local_start, seconds=900, distance_km=1.82)
    add(store, [run_entry(mended, Origin(via=Via.HAND, batch=batch_id(NOON, "edit")), replaces=entry.id)], now=NOON)
    for again in (path, put(tmp_path / "b.fit", fit_run())):
        assert bring(store, again).written == 0
    assert [found.seconds for found in runs_of(store)] == [900]


def test_an_interrupted_import_goes_on_in_the_same_batch(store, week, monkeypatch):
    """What was written before a stop is kept; the rest follows into the same batch, and one undo takes both."""
    monkeypatch.setattr(import_files, "CHUNK", 1)
    whole = MemoryStore()
    bring(whole, week)

    def stop(done: int, total: int, name: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring(store, week, progress=stop)
    assert len(runs_of(store)) == 2
    told = bring(store, week)
    assert (told.runs.known, told.runs.new, told.before) == (2, 1, 2)
    assert [row.id for row in store.rows()] == [row.id for row in whole.rows()]
    assert len(take_back(store, told.batch, now=NOON, date=NOON.date()).entries) == 3


def test_progress_counts_files_in_all(store, week):
    """The progress names each file, with how many are done of how many."""
    told: list[tuple[int, int, str]] = []
    bring(store, week, progress=lambda *one: told.append(one))
    assert told == [(1, 4, "week/a.fit"), (2, 4, "week/b.gpx.gz"), (3, 4, "week/c.tcx"), (4, 4, "week/ride.fit")]


def test_two_processes_bring_the_same_as_one(tmp_path):
    """The diary is the same entry by entry, however many processes parse."""
    for k in range(20):
        put(tmp_path / "many" / f"{k:02}.fit", fit_run(at=START + k * DAY))
    stores = [MemoryStore(), MemoryStore()]
    for workers, one in enumerate(stores, 1):
        assert bring(one, tmp_path / "many", workers=workers).runs.new == 20
    assert [row.body for row in stores[0].rows()] == [row.body for row in stores[1].rows()]


def test_an_archive_of_strava_is_read_with_its_tables_left_alone(store, tmp_path):
    """Activities in a folder of the zip are read, also packed ones; the service's own tables are other files."""
    path = put(tmp_path / "strava.zip", zipped({
        "activities.csv": b"Activity ID,Activity Date\n1,x\n", "activities/1.fit.gz": gzip.compress(fit_run()),
        "activities/2.gpx": gpx(track_points(at=START + DAY)).encode(), "media/photo.jpg": b"\xff\xd8"}))
    told = bring(store, path)
    assert (told.runs.new, told.skipped, told.faults) == (2, 2, [])


def test_an_export_of_garmin_is_read_through_its_inner_archives(store, tmp_path):
    """Garmin puts the uploaded files into archives of their own."""
    inner = zipped({"u_1.fit": fit_run(), "u_2.fit": fit_run(at=START + DAY)})
    path = put(tmp_path / "garmin.zip", zipped({"DI_CONNECT/Uploaded/Part1.zip": inner, "IT_X/customer.json": b"{}"}))
    assert bring(store, path).runs.new == 2


def test_a_strength_session_of_a_watch_is_no_run(store, tmp_path):
    """It is counted, said to be one, and brings nothing into the diary."""
    writer = FitWriter()
    fit_head(writer)
    fit_session(writer, sport=STRENGTH, sub_sport=LIFTING)
    told = bring(store, put(tmp_path / "gym.fit", writer.file()))
    assert (told.ignored, told.strength, told.written, told.batch) == (1, 1, 0, "")
    assert list(store.rows()) == []


def test_broken_files_are_named_and_good_halves_kept(store, tmp_path):
    """A cut file gives its good head; what cannot be used is named, and the others are read."""
    put(tmp_path / "all" / "good.fit", fit_run())
    put(tmp_path / "all" / "cut.fit", fit_run(at=START + DAY)[:4000])
    put(tmp_path / "all" / "junk.fit", b"junk")
    put(tmp_path / "all" / "empty.gpx", b"")
    told = bring(store, tmp_path / "all", tmp_path / "nowhere.fit")
    assert told.runs.found == 2
    assert {fault.source for fault in told.faults if fault.fatal} == {
        "all/junk.fit", "all/empty.gpx", str(tmp_path / "nowhere.fit")}
    assert any(fault.source == "all/cut.fit" and not fault.fatal for fault in told.faults)


def test_nothing_of_use_is_an_input_error(store, tmp_path):
    """Junk, a missing file, another table and a folder of photos are refused together, and nothing is written."""
    paths = [put(tmp_path / "junk.fit", b"junk"), tmp_path / "no.zip", put(tmp_path / "t.csv", b"a,b\n1,2\n"),
             put(tmp_path / "photos" / "p.jpg", b"x").parent]
    with pytest.raises(InputError) as caught:
        bring(store, *paths)
    assert [fault.source for fault in caught.value.faults] == ["junk.fit", str(paths[1]), "t.csv", str(paths[3])]
    assert "Hevy or Strong" in caught.value.faults[2].says
    assert list(store.rows()) == []


def test_many_useless_files_are_counted(store, tmp_path):
    """Twenty broken files are named, the others counted."""
    for k in range(33):
        put(tmp_path / "bad" / f"{k:02}.fit", b"no")
    with pytest.raises(InputError) as caught:
        bring(store, tmp_path / "bad")
    assert len(caught.value.faults) == 21
    assert "and 13 more" in caught.value.faults[-1].says


def test_a_zone_that_does_not_exist_is_refused(store, week):
    """Nothing is read before the zone is known."""
    with pytest.raises(InputError, match="Lisboa"):
        bring(store, week, zone="Europe/Lisboa")


def test_a_strength_log_becomes_sessions_and_sets(store, tmp_path):
    """A workout is a session with its minutes and its sets, at the runner's clock, known exercises by their id."""
    data = hevy(hevy_row(), hevy_row(reps=7, rpe=9), hevy_row("Cable Crunch"))
    told = bring(store, put(tmp_path / "any.name", data), zone="America/New_York")
    assert (told.sessions.new, told.sets.new, told.unknown) == (1, 3, {"Cable Crunch": 1})
    entries = current(store)
    assert {entry.at for entry in entries} == {dt.datetime(2026, 11, 3, 23, 5, tzinfo=dt.UTC)}
    assert {entry.date for entry in entries} == {dt.date(2026, 11, 3)}
    session, *sets = [entry.what for entry in entries]
    assert session == SessionDone(minutes=50, note="Legs")
    squat = SetDone(exercise="barbell-back-squat", amount=8, weight_kg=60)
    assert sets == [squat, SetDone(exercise=squat.exercise, amount=7, weight_kg=60, rir=1, number=2),
                    SetDone(exercise="Cable Crunch", amount=8, weight_kg=60)]


def test_a_weight_in_each_hand_is_marked(store, tmp_path):
    """An exercise that the catalogue holds in both hands has its weight in each."""
    bring(store, put(tmp_path / "h.csv", hevy(hevy_row("Bulgarian Split Squat", weight_kg=12))))
    (done,) = [entry.what for entry in current(store, kinds=(SetDone,))]
    assert (done.exercise, done.weight_kg, done.per_hand) == ("rear-foot-elevated-split-squat", 12, True)


def test_a_longer_export_of_the_same_log_adds_what_is_new(store, tmp_path):
    """Newest first, as Hevy writes: an earlier export's sets are known, also beside a second workout of that date."""
    old = [hevy_row(), hevy_row()]
    new = [hevy_row(title="Evening", start_time="3 Nov 2026, 20:00", end_time="3 Nov 2026, 20:20")]
    bring(store, put(tmp_path / "old.csv", hevy(*old)))
    told = bring(store, put(tmp_path / "new.csv", hevy(*new, *old)))
    assert (told.sets.known, told.sets.new, told.sessions.known, told.sessions.new) == (2, 1, 1, 1)
    assert [entry.what.number for entry in current(store, kinds=(SetDone,))] == [1, 2, 3]


def test_a_log_in_another_zone_is_the_same_log(store, tmp_path):
    """The same file at another zone's clock adds nothing, and neither does it once more at the first."""
    path = put(tmp_path / "h.csv", hevy(hevy_row(), hevy_row()))
    bring(store, path, zone="Europe/Lisbon")
    for zone in ("Asia/Kathmandu", "Europe/Lisbon"):
        told = bring(store, path, zone=zone)
        assert (told.written, told.sets.known, told.sessions.known) == (0, 2, 1)


def test_a_log_is_taken_back_and_brought_again(store, tmp_path):
    """Sets and sessions go with one undo and come back with the file."""
    path = put(tmp_path / "s.csv", strong(strong_row(), strong_row()))
    told = bring(store, path, pounds=True)
    assert len(take_back(store, told.batch, now=NOON, date=NOON.date()).entries) == 3
    again = bring(store, path, pounds=True)
    assert (again.sets.again, again.sessions.again) == (2, 1)
    assert [entry.what.weight_kg for entry in current(store, kinds=(SetDone,))] == [27.22, 27.22]


def test_the_runs_of_an_import_are_those_of_the_plan_command(store, week):
    """Importing and planning read the same runs out of the same files."""
    bring(store, week)
    assert tuple(runs_of(store)) == read_recordings([week], zone="Europe/Lisbon").runs


def test_the_runner_is_that_of_the_plan_in_force(store):
    """No plan, or one that cannot be read, names no runner."""
    assert runner_of(store) is None
    add(store, [an_entry(PlanAccepted(plan="plan-1", document="{}"))], now=NOON)
    assert runner_of(store) is None
