"""The settings screen: shown before changed, kept on a yes, data out and back, and an end that leaves an archive."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from midstance.formats.runner_toml import parse_runner
from midstance.services.course import need_course
from midstance.services.diary import current, open_store
from midstance.web.screens.settings import drafts
from web import HTML, a_client, an_app, diary_with_plan, read_page

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

KIT = {"equipment": ["barbell", "bench"], "bar_kg": "20 kg", "plates_kg": "2 x 20, 2 x 10 kg"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A diary with Jonas's plan."""
    return diary_with_plan(tmp_path / "diary.db")


@pytest.fixture
def client(place: Path) -> TestClient:
    """A browser at the app on it."""
    return a_client(an_app(place))


def rows(place: Path) -> int:
    """How many entries a diary holds."""
    with open_store(place) as store:
        return store.count()


def looked(client: TestClient, **answers: object) -> str:
    """Look at changed settings, and give the address that shows them."""
    done = client.post("/api/v1/settings/look", json=answers)
    assert done.status_code == 200, done.text
    return str(done.json()["go"]).partition("#")[0]


def test_the_form_shows_what_is_set(client: TestClient) -> None:
    """Every section has its line, and the page is sound."""
    told = client.get("/settings.json").json()
    assert told["lines"]["you"].startswith("Jonas")
    assert told["lines"]["things"] == "band, kettlebell and step; 12, 16, 16, 24 kg"
    assert told["calendars"]
    assert read_page(client.get("/settings", headers=HTML).text).faults == []


def test_handing_the_form_in_unchanged_changes_nothing(client: TestClient, place: Path) -> None:
    """The whole form as it stands is no change, and says so."""
    before = rows(place)
    answers = client.get("/settings.json").json()["answers"]
    calendars = client.get("/settings.json").json()["calendars"]
    done = client.post("/settings/look", data={**answers, "whole": "yes", "keep_calendar": [*calendars]}, headers=HTML)
    assert (done.status_code, done.headers["location"]) == (303, "/settings")
    assert rows(place) == before


def test_a_change_is_shown_and_waits(client: TestClient, place: Path) -> None:
    """Looking writes nothing; the page says what would change, with the form as it would be."""
    before = rows(place)
    address = looked(client, **KIT)
    page = client.get(address, headers=HTML).text
    assert "Equipment: barbell and bench instead of band, kettlebell and step." in page
    assert read_page(page).faults == []
    told = client.get(address.replace("/settings", "/settings.json")).json()
    assert told["answers"]["equipment"] == ["barbell", "bench"]
    assert told["change"]["contents"]
    assert rows(place) == before


def test_a_yes_keeps_it_as_one(client: TestClient, place: Path) -> None:
    """Kept settings make the plan in force; one undo brings the old one back."""
    with open_store(place) as store:
        before = need_course(current(store)).plan.id
    name = looked(client, **KIT).partition("look=")[2]
    done = client.post("/api/v1/settings/keep", json={"look": name}).json()
    with open_store(place) as store:
        assert need_course(current(store)).runner.bar_kg == 20.0
    client.post("/api/v1/diary/undo", json={"batch": done["batch"]})
    with open_store(place) as store:
        assert need_course(current(store)).plan.id == before
    assert client.post("/api/v1/settings/keep", json={"look": name}).status_code == 422


def test_what_waited_too_long_is_looked_at_again(client: TestClient) -> None:
    """When the diary changed since, the change is shown anew before it is kept."""
    name = looked(client, session_minutes="15").partition("look=")[2]
    race = {"race_3_date": "2027-03-07", "race_3_distance": "10", "race_3_priority": "A"}
    other = looked(client, **race).partition("look=")[2]
    assert client.post("/api/v1/settings/keep", json={"look": other}).status_code == 200
    refused = client.post("/api/v1/settings/keep", json={"look": name})
    assert refused.status_code == 422
    assert "changed since" in refused.json()["faults"][0]["says"]
    assert client.get(f"/settings.json?look={name}").json()["change"]["settings"]


def test_faults_stand_at_their_fields(client: TestClient, place: Path) -> None:
    """A wrong setting is refused at its field, what was typed stays, nothing is written."""
    before = rows(place)
    answers = client.get("/settings.json").json()["answers"]
    done = client.post("/settings/look", data={**answers, "whole": "yes", "session_minutes": "-5"}, headers=HTML)
    assert done.status_code == 422
    assert 'href="#session_minutes"' in done.text
    assert 'value="-5"' in done.text
    assert rows(place) == before


def test_the_file_comes_out_and_in(client: TestClient) -> None:
    """The downloaded runner.toml reads as the settings; an edited one is shown before it is taken."""
    file = client.get("/api/v1/settings/runner")
    assert 'filename="runner.toml"' in file.headers["content-disposition"]
    assert parse_runner(file.content, "runner.toml").name == "Jonas"
    other = file.content.replace(b'name = "Jonas"', b'name = "Jo"')
    done = client.post("/settings/file", files={"runner_file": ("runner.toml", other)}, headers=HTML)
    assert done.headers["location"].startswith("/settings?look=")
    assert "Name: Jo instead of Jonas." in client.get(done.headers["location"], headers=HTML).text
    wrong = client.post("/settings/file", files={"runner_file": ("x.toml", b"[other]\n")}, headers=HTML)
    assert wrong.status_code == 422


def test_all_data_come_out_and_back(client: TestClient, place: Path, tmp_path: Path) -> None:
    """The archive holds the diary; put into a new one it is there again, and a second time nothing is doubled."""
    archive = client.get("/api/v1/settings/archive")
    assert archive.headers["content-type"] == "application/zip"
    assert "entries.jsonl" in zipfile.ZipFile(io.BytesIO(archive.content)).namelist()
    fresh = a_client(an_app(tmp_path / "fresh.db"))
    for expected in (f"{rows(place)} entries are back", "were there already"):
        done = fresh.post("/api/v1/settings/restore", files={"archive": ("all.zip", archive.content)})
        assert expected in done.json()["says"][0]
    assert rows(tmp_path / "fresh.db") == rows(place)
    wrong = fresh.post("/settings/restore", files={"archive": ("all.zip", b"PK\x03\x04")}, headers=HTML)
    assert wrong.status_code == 422
    assert "it is no whole archive of a diary" in wrong.text
    assert "midstance-" not in wrong.text.partition("<main")[2].partition("<form")[0], "no path of a temporary file"


def test_deleting_needs_the_word(client: TestClient, place: Path) -> None:
    """Another word deletes nothing; the right one leaves an archive and an empty beginning."""
    before = rows(place)
    refused = client.post("/settings/erase", data={"word": "yes"}, headers=HTML)
    assert refused.status_code == 422
    assert 'value="Jonas"' in refused.text, "the settings are still shown beside the fault"
    assert rows(place) == before
    done = client.post("/settings/erase", data={"word": " Delete "}, headers=HTML)
    assert done.headers["location"] == "/setup?gone=yes"
    assert not place.exists() or rows(place) == 0
    assert len(list((place.parent / "backups").iterdir())) == 1
    assert client.get("/today", headers=HTML).headers["location"] == "/setup"


def test_without_a_plan_there_are_still_settings(tmp_path: Path) -> None:
    """Data, device and health are there; settings of a plan are refused with the way to the set-up."""
    client = a_client(an_app(tmp_path / "diary.db"))
    page = client.get("/settings", headers=HTML)
    assert page.status_code == 200
    assert 'action="/settings/look"' not in page.text
    assert client.post("/api/v1/settings/look", json={"name": "Jo"}).status_code == 422
    assert client.get("/settings.json?health=yes").json()["health"]["well"] is True


def test_drafts_are_few(client: TestClient, place: Path) -> None:
    """Only the newest changes wait; an older one is looked at anew."""
    first = looked(client, name="Runner 0").partition("look=")[2]
    for n in range(1, drafts.MOST + 1):
        looked(client, name=f"Runner {n}")
    assert drafts.find(str(place), first) is None
    assert client.get(f"/settings.json?look={first}").json()["change"] is None
