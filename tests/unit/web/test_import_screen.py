"""The Import screen: files in the background, what came of them, the running calendar, and codes of sessions."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import threading
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builders_logs import hevy, hevy_row, strong, strong_row
from builders_player import Phone
from builders_recordings import CYCLING, START, FitWriter, fit_head, fit_run, fit_session
from calendar_server import calendar_server, ics
from lives import EXAMPLES, MONDAY, on
from midstance.domain.diary import SessionDone, SetDone
from midstance.domain.run import RunDone
from midstance.formats._format import InputError, refusal
from midstance.formats.events_json import render_code
from midstance.services import import_files
from midstance.services.calendar_subscription import kept_in
from midstance.services.course import need_course
from midstance.services.diary import current, open_store
from midstance.web import jobs
from midstance.web._screen import Visit
from midstance.web.jobs import JOBS, Jobs, State, StoppedError
from midstance.web.screens.importing import daily, handed, work
from midstance.web.screens.importing.screen import SCREEN, Asked, load
from midstance.web.screens.importing.view import by_file, headline
from web import HTML, Ticks, a_client, an_app, diary_with_plan, morning, read_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient

DAY = 8
PATH = "/import"
HOUR = dt.timedelta(hours=1)
CLUB = ics(("20270119", "6 x 400 m"), ("20270123", "Easy 40 min"))
WAIT_S = 20.0


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Jonas's diary."""
    return diary_with_plan(tmp_path / "diary.db")


@pytest.fixture
def client(place: Path) -> TestClient:
    """A browser at the app, on Jonas's second Tuesday."""
    return a_client(an_app(place, at=morning(DAY)))


@pytest.fixture(autouse=True)
def nothing_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every import reads in this process, and leaves no folder behind when it is over."""
    folder = tmp_path / "jobs"
    folder.mkdir()
    monkeypatch.setattr(JOBS, "_place", folder)
    monkeypatch.setattr(work, "_workers", lambda: 1)
    yield
    JOBS.end()
    assert list(folder.iterdir()) == []


def runs(count: int, first: dt.datetime = START) -> dict[str, bytes]:
    """Recordings of runs on different dates, by name."""
    return {f"{n:03}.fit": fit_run(at=first - n * 26 * HOUR) for n in range(count)}


def parts(files: dict[str, bytes], field: str = "files") -> list[tuple[str, tuple[str, bytes]]]:
    """Files as a form sends them."""
    return [(field, (name, data)) for name, data in files.items()]


def zipped(files: dict[str, bytes]) -> bytes:
    """An archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def over(client: TestClient, job: str) -> dict[str, Any]:
    """Wait until an import is over, and give what came of it."""
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        told = client.get("/api/v1/import/progress", params={"job": job}).json()
        if told["state"] not in ("receiving", "working"):
            return told
        time.sleep(0.02)
    raise AssertionError(told)


def brought(client: TestClient, files: dict[str, bytes], **fields: str) -> dict[str, Any]:
    """Hand files in as a script does, and give what came of them."""
    answer = client.post("/api/v1/import/files", files=parts(files), data=fields)
    assert answer.status_code == 200, answer.text
    return over(client, answer.json()["job"])


def held(place: Path, *kinds: type) -> list[Any]:
    """What of some kinds is in force in a diary."""
    with open_store(place) as store:
        return [entry.what for entry in current(store, kinds=kinds)]


def refused(answer: Any, place: str) -> str:
    """What is said of a field that is wrong."""
    assert answer.status_code == 422, answer.text
    faults = answer.json()["faults"]
    assert [fault["place"] for fault in faults] == [place]
    return f"{faults[0]['says']} {faults[0]['remedy']}"


# --------------------------------------------------------------------------------------------------------- files


def test_a_form_without_scripts_brings_files_in_and_shows_what_came(client, place):
    """The plain post leads to a page with the counts, the faults with their files, and one Take back."""
    ride, gym = fit_run(sport=CYCLING), FitWriter()
    fit_head(gym)
    fit_session(gym, sport=10, sub_sport=20)
    files = {**runs(3), "ride.fit": ride, "gym.fit": gym.file(), "broken.fit": b"junk",
             "log.csv": hevy(hevy_row(), hevy_row("Cable Crunch"))}
    before = len(held(place, RunDone))
    answer = client.post(f"{PATH}/files", files=parts(files), headers=HTML)
    assert answer.status_code == 303
    page = client.get(answer.headers["location"], headers=HTML).text
    for words in ("3 runs and 2 sets came in.", "broken.fit", "This is no FIT file", "Cable Crunch",
                  "1 recording is of another sport.", "1 strength session was recorded by a watch",
                  "Take back all of it"):
        assert words in page, words
    assert read_page(page).faults == []
    assert len(held(place, RunDone)) == before + 3


def test_one_take_back_takes_the_whole_import(client, place):
    """Undo with the import's batch leaves the diary as it was, and the page says that it was taken back."""
    before = len(held(place, RunDone, SetDone, SessionDone))
    told = brought(client, {**runs(4), "log.csv": hevy(hevy_row())})
    [batch] = told["batches"]
    assert len(held(place, RunDone, SetDone, SessionDone)) == before + 6
    client.post("/diary/undo", data={"batch": batch["batch"], "go": f"/import?job={told['job']}"})
    assert len(held(place, RunDone, SetDone, SessionDone)) == before
    assert client.get("/api/v1/import/progress", params={"job": told["job"]}).json()["batches"][0]["back"]
    page = client.get(f"/import?job={told['job']}", headers=HTML).text
    assert "It was taken back." in page
    assert "Take back all of it" not in page


def test_the_same_files_again_write_nothing_and_are_not_read_again(client, place):
    """Their content makes it the same import, whatever time and folder they have now."""
    first = brought(client, {"export.zip": zipped(runs(5))})
    rows = len(held(place, RunDone))
    again = brought(client, {"export.zip": zipped(runs(5))})
    assert again["result"]["before"] == 5
    assert again["result"]["headline"] == "Nothing new: all of it was in your diary already."
    assert again["batches"] == first["batches"]
    assert len(held(place, RunDone)) == rows


def test_another_content_of_the_same_name_and_length_is_read(client, place):
    """A file is known by what is in it: nothing is skipped for its name alone."""
    one, other = fit_run(at=START), fit_run(at=START - 50 * HOUR)
    assert len(one) == len(other)
    brought(client, {"a.fit": one})
    told = brought(client, {"a.fit": other})
    assert told["result"]["counts"][0]["new"] == 1


def test_two_devices_of_one_run_count_once(client):
    """The second record of a run is told as such."""
    told = brought(client, {"watch.fit": fit_run(), "phone.fit": fit_run(at=START + dt.timedelta(seconds=4))})
    [count] = told["result"]["counts"]
    assert (count["found"], count["new"], count["matched"]) == (2, 1, 1)
    assert "second record of a run" in count["says"]


def test_folders_keep_their_names_and_lead_nowhere_else(client, tmp_path):
    """What a browser tells of folders is in the messages; what would lead out of the import's folder does not."""
    files = [("files", ("Activity/2026/a.fit", fit_run())), ("files", ("Activity/2026/b.fit", b"junk")),
             ("files", ("../../evil/../b.fit", b"junk")), ("files", ("Activity", b"junk"))]
    answer = client.post("/api/v1/import/files", files=files)
    told = over(client, answer.json()["job"])
    names = {fault["file"] for fault in told["result"]["broken"]}
    assert "Activity/2026/b.fit" in names
    assert not any(".." in name for name in names)
    assert not (tmp_path / "evil").exists()
    assert told["result"]["counts"][0]["new"] == 1


def test_files_come_in_portions(client):
    """Requests that name the same import wait until the last one, and are one import."""
    files = runs(4)
    first = dict(list(files.items())[:2])
    begun = client.post("/api/v1/import/files", files=parts(first), data={"more": "yes"}).json()
    told = client.get("/api/v1/import/progress", params={"job": begun["job"]}).json()
    assert (told["state"], told["handed"]) == ("receiving", 2)
    rest = dict(list(files.items())[2:])
    told = brought(client, rest, job=begun["job"])
    assert (told["handed"], told["result"]["counts"][0]["new"]) == (4, 4)
    late = client.post("/api/v1/import/files", files=parts(first), data={"job": begun["job"]})
    assert "takes no more files" in refused(late, "job")


def test_a_stopped_import_keeps_what_was_written_and_goes_on(client, place, monkeypatch):
    """Stopped in the middle, written runs stay and can be taken back; the same files again read only the others."""
    monkeypatch.setattr(import_files, "CHUNK", 2)
    files = {"export.zip": zipped(runs(12))}
    reached, go_on = threading.Event(), threading.Event()
    parse = import_files.parse_any

    def slow(data: bytes, name: str, **more: Any) -> Any:
        if name.endswith("007.fit"):
            reached.set()
            go_on.wait(WAIT_S)
        return parse(data, name, **more)

    before = len(held(place, RunDone))
    monkeypatch.setattr(import_files, "parse_any", slow)
    job = client.post("/api/v1/import/files", files=parts(files)).json()["job"]
    assert reached.wait(WAIT_S)
    told = client.get("/api/v1/import/progress", params={"job": job}).json()
    assert (told["state"], told["done"], told["total"], told["kept"]) == ("working", 7, 12, "6 runs")
    page = client.get(f"/import?job={job}", headers=HTML).text
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "7</b>" in page
    threading.Timer(0.1, go_on.set).start()
    client.post(f"{PATH}/stop", data={"job": job})
    stopped = over(client, job)
    assert (stopped["state"], len(held(place, RunDone)) - before) == ("stopped", 8)
    assert "8 runs stay in your diary." in client.get(f"/import?job={job}", headers=HTML).text
    again = brought(client, files)
    assert (again["result"]["before"], again["result"]["counts"][0]["new"]) == (8, 4)
    assert again["batches"] == stopped["batches"]
    client.post("/diary/undo", data={"batch": again["batches"][0]["batch"]})
    assert len(held(place, RunDone)) == before


def test_one_import_at_a_time_for_a_diary(client, monkeypatch):
    """While one is at work another is refused, whatever it holds; afterwards it is taken."""
    go_on = threading.Event()
    parse = import_files.parse_any
    monkeypatch.setattr(import_files, "parse_any",
                        lambda data, name, **more: (go_on.wait(WAIT_S), parse(data, name, **more))[1])
    monkeypatch.setattr("midstance.web.screens.importing.screen.WAIT_S", 0.0)
    job = client.post("/api/v1/import/files", files=parts(runs(1))).json()["job"]
    assert "still at work" in refused(client.post("/api/v1/import/files", files=parts(runs(2))), "")
    go_on.set()
    over(client, job)
    assert brought(client, runs(2))["state"] == "done"


def test_nothing_that_can_be_used_is_told_with_each_file(client, place):
    """Nothing was written; the page names the file and what is wrong with it."""
    told = brought(client, {"a.fit": b"junk", "b.csv": b"x,y\n1,2\n"})
    assert (told["state"], told["result"], told["batches"]) == ("failed", None, [])
    assert {fault["file"] for fault in told["faults"]} == {"a.fit", "b.csv"}
    page = client.get(f"/import?job={told['job']}", headers=HTML).text
    assert "None of it could be used." in page
    assert "Nothing in your diary has changed." in page


def test_what_breaks_here_is_told_and_logged_without_a_diary(client, monkeypatch, caplog):
    """An error of the program ends the import, not the app."""
    monkeypatch.setattr(work, "import_paths", lambda *_, **__: 1 / 0)
    told = brought(client, runs(1))
    assert (told["state"], told["faults"][0]["says"]) == (
        "failed", ["Something broke here. What is in your diary stays; the terminal shows what it was."])
    assert "ZeroDivisionError" in caplog.text


def test_an_import_has_a_longest_length(client, monkeypatch):
    """More than the limit is refused in words, and nothing of it is kept."""
    monkeypatch.setattr(handed, "MOST_BYTES", 3000)
    assert "more than" in refused(client.post("/api/v1/import/files", files=parts(runs(9))), "files")
    begun = client.get("/api/v1/import").json()["progress"]
    assert begun["state"] == "stopped"


def test_nothing_chosen_is_said(client):
    """A form without a file writes nothing."""
    assert "choose files" in refused(client.post("/api/v1/import/files", data={"zone": "UTC"}), "files")


def test_the_time_zone_is_asked_only_without_a_plan(client, tmp_path):
    """With a plan it is the plan's; without one the field must be there and must name a zone."""
    assert client.get("/api/v1/import").json()["zone"] == "Europe/Berlin"
    new = a_client(an_app(tmp_path / "new.db", at=morning(DAY)))
    page = new.get(PATH, headers=HTML)
    assert page.status_code == 200
    assert "Your time zone" in page.text
    assert "Europe/Lisbon" in refused(new.post("/api/v1/import/files", files=parts(runs(1))), "zone")
    again = new.post(f"{PATH}/files", files=parts(runs(1)), data={"zone": "Berlin"}, headers=HTML)
    assert again.status_code == 422
    assert 'value="Berlin"' in again.text
    told = brought(new, runs(1), zone="Asia/Tokyo")
    assert told["result"]["zone"] == "Asia/Tokyo"


@pytest.mark.parametrize(("said", "weight"), [("", 60.0), ("kg", 60.0), ("lb", 27.22)])
def test_weights_without_a_unit_are_what_was_said(client, place, said, weight):
    """By the plan's units, or as the runner says; what was assumed stands beside the result."""
    told = brought(client, {"strong.csv": strong(strong_row())}, weights=said)
    assert held(place, SetDone)[-1].weight_kg == pytest.approx(weight)
    assert "no unit" in told["result"]["doubtful"][0]["says"][0]
    assert "--weights" not in json.dumps(told)


def test_results_of_the_session_player_can_be_dropped_too(client, place):
    """Its file is known by its content, and each session has a taking back of its own."""
    phone = Phone(date=on(DAY), session="s-2027-01-19-1800")
    phone.set()
    phone.finish()
    document = json.dumps({"format": "midstance-events/1", "events": phone.sent}).encode()
    told = brought(client, {"midstance-2027-01-19.json": document})
    assert told["result"]["counts"][0]["what"].startswith("report")
    assert told["result"]["counts"][0]["new"] == 2
    assert len(told["batches"]) == 1
    assert any(done.session == phone.session for done in held(place, SetDone))


def test_an_import_that_is_over_can_be_closed(client):
    """Closed, the page shows none; unknown ones are refused."""
    told = brought(client, runs(1))
    assert client.post(f"{PATH}/close", data={"job": told["job"]}).status_code == 303
    assert client.get("/api/v1/import").json()["progress"] is None
    assert "no such import" in refused(client.get("/api/v1/import/progress", params={"job": told["job"]}), "job")


def test_imports_of_another_diary_are_not_shown(client, tmp_path):
    """Two diaries of one program know nothing of each other."""
    told = brought(client, runs(1))
    other = a_client(an_app(diary_with_plan(tmp_path / "other.db"), at=morning(DAY)))
    assert other.get("/api/v1/import").json()["progress"] is None
    assert other.get("/api/v1/import", params={"job": told["job"]}).json()["progress"] is None


def test_many_faults_are_counted():
    """The first files are named, the others counted; the same fault in many places is said once."""
    faults = [fault for n in range(90) for fault in refusal(f"{n:02}.fit", "is cut off", "copy it again").faults]
    shown, count = by_file([*faults, *faults[:1]])
    assert (len(shown), count) == (40, 90)
    assert shown[0].says == ("2 times: is cut off. Copy it again.",)


def test_the_headline_says_what_matters():
    """New things first; then that all was known; then that there was nothing."""
    told = import_files.Imported()
    assert headline(told, ()) == "There was no run and no set in it."
    assert headline(told, ("club.ics",)) == "A running calendar waits for your yes."
    told.runs.matched, told.runs.fuller = 2, 1
    assert headline(told, ()) == "1 record is fuller than before."


# ------------------------------------------------------------------------------------------------------ the jobs


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder for the folders of jobs."""
    made = tmp_path / "own"
    made.mkdir()
    return made


def a_job(registry: Jobs, name: str = "diary") -> jobs.Job:
    """A job that waits for its files."""
    return registry.begin(name)


def test_jobs_are_remembered_in_bounds(own):
    """Old ones that are over are forgotten; each had a folder of its own that is gone."""
    registry = Jobs(Ticks(), own)
    made = []
    for _ in range(jobs.MOST_KEPT + 5):
        job = a_job(registry)
        registry.run(job, lambda one: one.id, wait_s=WAIT_S)
        assert job.result == job.id
        made.append(job)
    known = [job for job in made if registry.of(job.id, "diary")]
    assert known == made[-len(known):]
    assert len(known) <= jobs.MOST_KEPT
    assert list(own.iterdir()) == []


def test_a_job_without_its_files_makes_room_after_a_while(own):
    """A page that was left in the middle of an upload holds the diary for some minutes at most."""
    clock = Ticks()
    registry = Jobs(clock, own)
    left = a_job(registry)
    with pytest.raises(InputError, match="still at work"):
        a_job(registry)
    clock.now = jobs.IDLE_S + 1
    new = a_job(registry)
    assert (left.state, left.folder.exists(), new.folder.exists()) == (State.STOPPED, False, True)


def test_folders_of_a_killed_program_are_removed(own):
    """Old ones go with the next job; those of other programs at work stay."""
    old, fresh = own / f"{jobs.PREFIX}old", own / f"{jobs.PREFIX}fresh"
    for folder in (old, fresh):
        folder.mkdir()
        (folder / "run.fit").write_bytes(b"x")
    os.utime(old, (0, 0))
    a_job(Jobs(Ticks(), own))
    assert (old.exists(), fresh.exists()) == (False, True)


def test_the_end_of_the_program_ends_jobs(own):
    """A job at work is stopped, and its files are removed."""
    registry = Jobs(Ticks(), own)
    job = a_job(registry)
    began = threading.Event()

    def forever(one: jobs.Job) -> None:
        while True:
            one.tell(1, 2, "a")
            began.set()
            time.sleep(0.005)

    registry.run(job, forever)
    assert began.wait(WAIT_S)
    registry.end()
    assert (job.state, list(own.iterdir())) == (State.STOPPED, [])


def test_a_job_tells_how_far_it_is_until_it_is_stopped(own):
    """Its progress is kept, and the next word after a stop ends it."""
    registry = Jobs(Ticks(), own)
    job = a_job(registry)
    job.tell(3, 7, "a.fit")
    assert job.progress == (3, 7, "a.fit")
    registry.stop(job)
    with pytest.raises(StoppedError):
        job.tell(4, 7, "b.fit")


# -------------------------------------------------------------------------------------------------- the calendar


def test_a_calendar_is_shown_before_it_changes_anything(client, place):
    """Handed in, it waits with every date that would change; accepted, it is the plan's; Take back brings the old."""
    before = plan_id(place)
    answer = client.post(f"{PATH}/calendar", files=parts({"club.ics": CLUB}, "calendar"), headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (303, "/import#calendar")
    assert plan_id(place) == before
    page = client.get(PATH, headers=HTML).text
    assert read_page(page).faults == []
    for words in ("What club.ics would change", "06:30 Intervals", "6 x 400 m", "jonas-10k.ics (47 to come)",
                  "Take it into the plan"):
        assert words in page, words
    change = client.get("/api/v1/import").json()["change"]
    assert change["gone"] > 0
    assert change["weeks"][0]["monday"] == "2027-01-18"
    done = client.post("/api/v1/import/accept", json={"plan": change["plan"]}).json()
    assert plan_id(place) == change["plan"]
    assert client.get("/api/v1/import").json()["change"] is None
    client.post("/diary/undo", data={"batch": done["batch"]})
    assert plan_id(place) == before


def plan_id(place: Path) -> str:
    """Id of the plan in force."""
    with open_store(place) as store:
        return need_course(current(store)).plan.id


def test_beside_or_in_its_place_is_one_press(client):
    """The preview is made anew for it: beside the others nothing goes."""
    client.post(f"{PATH}/calendar", files=parts({"club.ics": CLUB}, "calendar"))
    assert client.get("/api/v1/import").json()["change"]["gone"] > 0
    client.post(f"{PATH}/beside", data={"beside": "yes"})
    change = client.get("/api/v1/import").json()["change"]
    assert (change["gone"], change["beside"], change["new"]) == (0, True, 2)
    client.post(f"{PATH}/beside")
    assert not client.get("/api/v1/import").json()["change"]["beside"]


def test_a_calendar_put_aside_waits_no_longer(client, place):
    """The plan is as it was."""
    before = plan_id(place)
    client.post(f"{PATH}/calendar", files=parts({"club.ics": CLUB}, "calendar"))
    client.post(f"{PATH}/aside")
    assert client.get("/api/v1/import").json()["change"] is None
    assert plan_id(place) == before
    assert "no calendar waits" in refused(client.post("/api/v1/import/accept", json={"plan": before}), "plan")


def test_a_calendar_among_dropped_files_waits_too(client):
    """Recordings come in, the calendar is shown; alone it is told to be looked at."""
    told = brought(client, {**runs(2), "club.ics": CLUB})
    assert told["result"]["calendars"] == ["club.ics"]
    assert told["result"]["headline"] == "2 runs came in."
    assert client.get("/api/v1/import").json()["change"]["names"] == ["club.ics"]
    alone = brought(client, {"club.ics": CLUB})
    assert (alone["state"], alone["result"]["headline"]) == ("done", "A running calendar waits for your yes.")
    past = brought(client, {"past.ics": ics(("20260101", "Easy 40 min")), **runs(2)})
    assert past["result"]["broken"][0]["file"] == "past.ics"


def test_without_a_plan_a_calendar_leads_to_the_set_up(tmp_path):
    """There is nothing that it could change yet."""
    new = a_client(an_app(tmp_path / "new.db", at=morning(DAY)))
    assert 'href="/setup"' in new.get(PATH, headers=HTML).text
    assert "make one first" in refused(
        new.post("/api/v1/import/calendar", files=parts({"club.ics": CLUB}, "calendar")), "")
    told = brought(new, {**runs(1), "club.ics": CLUB}, zone="UTC")
    assert "no plan yet" in told["result"]["broken"][0]["says"][0]


def test_faults_of_a_calendar_stand_at_their_field(client):
    """What cannot be read, both dates at once, and a first day that is no Monday are refused; the values stay."""
    both = client.post("/api/v1/import/calendar", files=parts({"a.ics": CLUB}, "calendar"),
                       data={"race_day": "2027-03-01", "runs_start": "2027-02-01"})
    assert "one of them" in refused(both, "runs_start")
    assert "choose an .ics" in refused(client.post("/api/v1/import/calendar", data={"race_day": ""}), "calendar")
    bad = client.post(f"{PATH}/calendar", files=parts({"a.csv": b"date\n99\n"}, "calendar"),
                      data={"runs_start": "2027-02-01"}, headers=HTML)
    assert bad.status_code == 422
    assert 'value="2027-02-01"' in bad.text
    assert read_page(bad.text).faults == []


def test_an_address_is_looked_at_kept_and_forgotten(client, place):
    """Subscribed, it is fetched at once and its changes wait; a press looks again; forgotten, its runs stay."""
    with calendar_server() as server:
        server.data = CLUB
        private = client.post(f"{PATH}/subscribe", data={"address": f"{server.home}/k3y/club.ics"}, headers=HTML)
        assert private.status_code == 422
        assert "private network" in private.text
        assert client.get("/api/v1/import").json()["subscribed"] is None
        given = {"address": f"{server.home}/k3y/club.ics", "own_network": "yes"}
        assert client.post(f"{PATH}/subscribe", data=given).status_code == 303
        context = client.get("/api/v1/import").json()
        assert context["change"]["names"] == ["127.0.0.1"]
        assert "k3y" not in json.dumps(context)
        assert context["subscribed"]["shown"].endswith("/.../club.ics")
        client.post("/api/v1/import/accept", json={"plan": context["change"]["plan"]})
        answer = client.post("/api/v1/import/look", json={}).json()
        assert answer["says"] == ["The calendar has not changed."]
        assert [path for path, _ in server.asked] == ["/k3y/club.ics"] * 2
    client.post(f"{PATH}/unsubscribe")
    context = client.get("/api/v1/import").json()
    assert (context["subscribed"], context["calendars"][0]["name"]) == (None, "127.0.0.1")


def test_an_address_that_does_not_answer_is_not_kept(client, place):
    """The one before it stays."""
    with calendar_server() as server:
        server.data = CLUB
        client.post(f"{PATH}/subscribe", data={"address": server.home, "own_network": "yes"})
    bad = client.post("/api/v1/import/subscribe", json={"address": "http://127.0.0.1:1/", "own_network": True})
    assert "does not answer" in refused(bad, "address")
    assert kept_in(Path(f"{place}-calendar.json")).subscription.address == f"{server.home}/"


def test_today_hears_of_a_calendar_that_waits_and_looks_once_a_day(client, place):
    """The look happens beside the page, once a day; the page after it knows."""
    path = Path(f"{place}-calendar.json")

    def hears(day: int) -> str:
        with open_store(place) as store:
            return daily.calendar_waits(Visit(store=store, at=morning(day).astimezone(dt.UTC), today=on(day),
                                              place=str(place)))

    assert hears(DAY) == ""
    with calendar_server() as server:
        server.data = EXAMPLE
        client.post(f"{PATH}/subscribe", data={"address": server.home, "own_network": "yes"})
        client.post("/api/v1/import/accept", json={"plan": client.get("/api/v1/import").json()["change"]["plan"]})
        assert hears(DAY) == ""
        assert len(server.asked) == 1
        server.data = CLUB
        hears(DAY + 1)
        until = time.monotonic() + WAIT_S
        while kept_in(path).waiting is None and time.monotonic() < until:
            time.sleep(0.01)
        assert hears(DAY + 1) == daily.SAYS
        assert len(server.asked) == 2


EXAMPLE = (EXAMPLES / "jonas-10k.ics").read_bytes()


# ------------------------------------------------------------------------------------------------- done offline


def code_of(phone: Phone) -> str:
    """The code that the offline page shows."""
    return render_code(json.dumps({"format": "midstance-events/1", "events": phone.sent}).encode())


def test_a_code_of_the_session_page_is_taken_once(client, place):
    """Its sets are in the diary with one Take back; the same code again is known; broken in two it is refused."""
    phone = Phone(date=on(DAY), session="s-2027-01-19-1800")
    phone.set()
    phone.set(number=2)
    code = code_of(phone)
    before = len(held(place, SetDone))
    done = client.post("/api/v1/import/session", json={"code": f"  {code[:30]}\n{code[30:]} "}).json()
    assert done["says"][0] == "2 reports of your session are in your diary."
    assert done["batch"].startswith("b-")
    assert len(held(place, SetDone)) == before + 2
    assert client.post("/api/v1/import/session", json={"code": code}).json()["says"][0].startswith("All of it")
    assert "not whole" in refused(client.post("/api/v1/import/session", json={"code": code[:-3] + "zzz"}), "code")
    assert "no JSON" in refused(client.post("/api/v1/import/session", json={"code": "hello"}), "code")


def test_a_code_that_is_refused_stays_in_its_field(client):
    """The runner corrects it where it is."""
    answer = client.post(f"{PATH}/session", data={"code": "MS1.abc.def"}, headers=HTML)
    assert answer.status_code == 422
    assert "MS1.abc.def</textarea>" in answer.text


# ------------------------------------------------------------------------------------------------------ the page


def test_the_page_is_the_same_for_a_diary_in_memory():
    """Nothing to show and nothing remembered is no error."""
    with open_store("memory:") as store:
        context = load(Asked(), Visit(store=store, at=morning(DAY).astimezone(dt.UTC), today=on(DAY)))
    assert (context.progress, context.change, context.remembers, context.has_plan) == (None, None, False, False)


def test_every_part_of_the_context_is_documented(client):
    """The interface's document describes each field, and progress can be asked by GET."""
    document = client.get("/api/v1/openapi.json").json()
    assert "get" in document["paths"]["/api/v1/import/progress"]
    assert all(f"/api/v1/import/{action.name}" in document["paths"] for action in SCREEN.actions)
    for name in ("Result", "Progress", "Change", "Subscribed"):
        fields = next(schema for key, schema in document["components"]["schemas"].items() if key.endswith(name))
        assert all("description" in field for field in fields["properties"].values()), name


def test_the_monday_of_the_fixture_is_the_plans():
    """The dates above are those of Jonas's second week."""
    assert MONDAY + dt.timedelta(days=DAY) == dt.date(2027, 1, 19)
