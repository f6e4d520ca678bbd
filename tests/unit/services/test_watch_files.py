"""Files for watches: which sessions are written, under which names, and the same bytes for the same plan."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import replace

import pytest

from builders import MONDAY
from builders_daily import HEAVY, a_document, a_stamp, kept
from fit_decoders import by_native, of
from midstance.domain.diary import SessionDone, SetDone
from midstance.domain.entry import Origin, Via, entry_of
from midstance.formats import fit
from midstance.formats._format import InputError
from midstance.services.diary import add
from midstance.services.import_files import import_paths
from midstance.services.watch_files import write_activities, write_workouts
from midstance.store.store import MemoryStore

NOW = dt.datetime(2026, 12, 1, 20, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def store():
    found = MemoryStore()
    add(found, [kept(a_document(runner='timezone = "Europe/Lisbon"'))], now=NOW)
    return found


def played(*sets: SetDone, first: dt.datetime = NOW, minutes: float = 20) -> list:
    """What the player writes: each set as it ends, a minute apart, then the session."""
    origin = Origin(via=Via.HAND, batch="b-1234", name="player")
    out = [entry_of(one, at=first + k * dt.timedelta(minutes=1), date=first.date(), origin=origin)
           for k, one in enumerate(sets)]
    end = first + len(sets) * dt.timedelta(minutes=1)
    whole = SessionDone(session=sets[0].session, minutes=minutes)
    return [*out, entry_of(whole, at=end, date=first.date(), origin=replace(origin, name="player 12ab"))]


def test_a_week_is_a_zip_of_workouts(store, tmp_path):
    """Each session of the next seven dates is a file named by its start and kind; the same plan gives the same zip."""
    told = write_workouts(store, tmp_path / "a.zip", first=MONDAY)
    assert told.names == ("2026-12-01-1800-heavy.fit", "2026-12-03-1800-mobility.fit")
    assert (told.first, told.last) == (MONDAY, MONDAY + 6 * DAY)
    write_workouts(store, tmp_path / "b.zip", first=MONDAY)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.namelist() == list(told.names)
        for name in told.names:
            messages = by_native(archive.read(name))
            assert messages[0]["type"] == "workout"
            assert of(messages, "workout_step")


def test_one_session_can_be_one_file(store, tmp_path):
    """A name that ends in .fit takes the one session of its days, and is refused where there are none or several."""
    write_workouts(store, tmp_path / "a.FIT", first=MONDAY + DAY, days=1)
    assert of(by_native((tmp_path / "a.FIT").read_bytes()), "workout")[0]["wkt_description"].endswith(HEAVY)
    with pytest.raises(InputError, match="2 sessions"):
        write_workouts(store, tmp_path / "b.fit", first=MONDAY)
    with pytest.raises(InputError, match="no session is planned from 2026-11-30 to 2026-11-30"):
        write_workouts(store, tmp_path / "b.fit", first=MONDAY, days=1)
    assert not (tmp_path / "b.fit").exists()


def test_a_plan_is_needed(tmp_path):
    """Without a plan there is nothing to write, with the remedy."""
    with pytest.raises(InputError, match="no plan yet"):
        write_workouts(MemoryStore(), tmp_path / "a.zip", first=MONDAY)


def test_what_was_played_is_an_activity_that_comes_back(store, tmp_path):
    """A played session is written with its times, and read into another diary as it was; once more adds nothing."""
    sets = (SetDone(exercise="goblet-squat", amount=8, weight_kg=16, rir=2, session=HEAVY),
            SetDone(exercise="single-leg-calf-raise", amount=10, side="left", session=HEAVY),
            SetDone(exercise="plank", amount=40, unit="seconds", session=HEAVY))
    add(store, played(*sets), now=NOW)
    told = write_activities(store, tmp_path / "done.fit", last=MONDAY + DAY)
    assert told.names == ("2026-12-01-1943-done.fit",)
    (found,) = fit.parse((tmp_path / "done.fit").read_bytes(), "done.fit").sessions
    assert [one.done for one in found.sets] == [replace(one, session="") for one in sets]
    assert [one.start + dt.timedelta(seconds=one.seconds) for one in found.sets] == [
        NOW + k * dt.timedelta(minutes=1) for k in range(3)]
    other = MemoryStore()
    add(other, [kept(a_document())], now=NOW)
    first = import_paths(other, [tmp_path / "done.fit"], zone="Europe/Lisbon", now=NOW)
    assert (first.sessions.new, first.sets.new, first.offers) == (1, 3, [])
    assert len(list(other.rows(kinds=["set-done"]))) == 3
    again = import_paths(other, [tmp_path / "done.fit"], zone="Europe/Lisbon", now=NOW)
    assert (again.written, again.sessions.matched) == (0, 1)
    home = import_paths(store, [tmp_path / "done.fit"], zone="Europe/Lisbon", now=NOW)
    assert (home.written, home.sessions.matched) == (0, 1)


def test_what_was_typed_is_laid_out(store, tmp_path):
    """Sets that were typed afterwards begin at the planned start and fill the session's length evenly."""
    stamp = a_stamp()
    done = [SetDone(exercise="goblet-squat", amount=10, number=k + 1, session=HEAVY) for k in range(3)]
    add(store, [*map(stamp.entry, done), stamp.entry(SessionDone(session=HEAVY, minutes=9))], now=NOW)
    write_activities(store, tmp_path / "done.zip", last=MONDAY + DAY)
    with zipfile.ZipFile(tmp_path / "done.zip") as archive:
        (name,) = archive.namelist()
        (found,) = fit.parse(archive.read(name), name).sessions
    assert name == "2026-12-01-1800-done.fit"
    start = dt.datetime(2026, 12, 1, 18, tzinfo=dt.UTC)
    assert [one.start - start for one in found.sets] == [k * dt.timedelta(minutes=3) for k in range(3)]
    assert (found.start, found.seconds) == (start, 540)


def test_days_without_sets_are_refused(store, tmp_path):
    """Where nothing was logged, no empty file is written."""
    with pytest.raises(InputError, match="no set was logged"):
        write_activities(store, tmp_path / "done.zip", last=MONDAY)


def test_a_log_without_a_plan_can_be_written(tmp_path):
    """Sets alone are enough; without a plan the times are in the zone that is named."""
    found = MemoryStore()
    add(found, played(SetDone(exercise="goblet-squat", amount=8)), now=NOW)
    told = write_activities(found, tmp_path / "done.zip", last=NOW.date(), zone="Europe/Berlin")
    assert told.names == ("2026-12-01-2041-done.fit",)


def test_what_fit_cannot_hold_is_told(tmp_path):
    """An amount beyond its field is a message, not a traceback, and no file is left."""
    found = MemoryStore()
    add(found, [kept(a_document("Tue 18:00 heavy 24min: A1 plank 1x5000000-5000000s"))], now=NOW)
    with pytest.raises(InputError, match="FIT cannot hold it"):
        write_workouts(found, tmp_path / "a.zip", first=MONDAY)
    assert list(tmp_path.iterdir()) == []
