"""Requests become visits: answers, notices, faults, and what must not happen."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from midstance.domain.diary import CheckIn
from midstance.formats._format import refusal
from midstance.services.diary import current, open_store
from midstance.web._screen import Action, Answer, Download, Nothing, Screen, Visit
from midstance.web.app import own_path
from midstance.web.notices import COOKIE, notice_of
from midstance.web.screens.checkin.screen import SCREEN as CHECKIN
from midstance.web.screens.diary.screen import SCREEN as DIARY
from midstance.web.screens.today.screen import SCREEN as TODAY
from web import HTML, a_client, an_app, diary_with_plan, morning, read_page

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

SCRIPT = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"
AWAY = ("//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "javascript:alert(1)",
        "/\t/evil.example", "/\n/evil.example", " //evil.example", "/\r\nset-cookie: a=b", "evil.example", "/\u2028/x")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word."""

    word: str = ""


def fall(*_: object) -> Answer:
    """Break."""
    secret = "the runner's secret"
    raise RuntimeError(secret)


def answer(wish: Word, visit: Visit) -> Answer:
    """Say the word."""
    return Answer(says=(wish.word,), batch="b-1", go=wish.word if wish.word.startswith(("/", "\\")) else "")


def a_file(*_: object) -> Download:
    """Give a file."""
    return Download(name='a/../b"\r\nc é漢.txt', media_type="text/plain", data=b"data")


def when(_: Nothing, visit: Visit) -> Word:
    """Tell the moment."""
    return Word(word=f"{visit.at.isoformat()} {visit.today}")


def refused(*_: object) -> Answer:
    """Refuse."""
    raise refusal("toy", SCRIPT, "do better", place="word")


TOY = Screen(id="toy", path="/toy", title="Toy", context=Word, load=when, page=False, needs_plan=False, actions=(
    Action(name="fall", title="Fall", wish=Word, do=fall), Action(name="say", title="Say", wish=Word, do=answer),
    Action(name="file", title="Give", wish=Nothing, do=a_file, answer=Download, reads=True),
    Action(name="refuse", title="Refuse", wish=Word, do=refused)))
BROKEN = Screen(id="checkin", path="/broken", title="Broken", context=Word, load=fall, needs_plan=False)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A diary with a plan."""
    return diary_with_plan(tmp_path / "diary.db")


@pytest.fixture
def client(place: Path) -> TestClient:
    """A browser at some screens."""
    return a_client(an_app(place, screens=(TODAY, CHECKIN, DIARY, TOY)))


# ------------------------------------------------------------------------------------------------- answers


def test_a_page_is_never_kept_by_a_browser(client: TestClient) -> None:
    """Pages and the interface hold the diary: they are not stored anywhere."""
    for path in ("/today", "/api/v1/today", "/today.json", "/nothing"):
        assert client.get(path, headers=HTML).headers["cache-control"] == "no-store"


def test_an_action_leads_to_a_page_that_says_what_was_done_once(client: TestClient) -> None:
    """A form gives a redirect and a notice with a way back; the notice is shown once."""
    done = client.post("/checkin/tell", data={"life": "3"}, headers=HTML)
    assert (done.status_code, done.headers["location"]) == (303, "/today")
    told = done.headers["set-cookie"].lower()
    assert "httponly" in told
    assert "samesite=strict" in told
    page = client.get("/today", headers=HTML)
    assert "Noted." in page.text
    assert 'name="batch"' in page.text
    assert "Noted." not in client.get("/today", headers=HTML).text


def test_taking_back_restores_the_diary(client: TestClient, place: Path) -> None:
    """The batch that an action names takes back all it wrote, and that can be taken back too."""
    def told() -> int:
        with open_store(place) as store:
            return len(current(store, kinds=(CheckIn,)))

    before = told()
    batch = client.post("/api/v1/checkin/tell", json={"life": 8}).json()["batch"]
    assert told() == before + 1
    undone = client.post("/api/v1/diary/undo", json={"batch": batch}).json()
    assert told() == before
    back = client.post("/api/v1/diary/undo", json={"batch": undone["batch"]}).json()
    assert told() == before + 1
    assert back["says"] == ["Restored: it is in the diary again."]
    client.post("/api/v1/diary/undo", json={"batch": back["batch"]})
    assert told() == before


@pytest.mark.parametrize("go", AWAY)
def test_no_answer_leads_away(client: TestClient, go: str) -> None:
    """Whatever is asked for as the next page, it is one of the app."""
    assert own_path(go) == ""
    client.post("/checkin/tell", data={"life": "3"})
    for path, data in (("/diary/undo", {"go": go}), ("/toy/say", {"word": go})):
        there = client.post(path, data=data, headers=HTML)
        assert there.status_code == 303
        assert there.headers["location"] in ("/today", "/toy", "/diary")
        assert "set-cookie" not in there.headers["location"]


@pytest.mark.parametrize("go", ["/plan", "/plan?date=2026-12-01#move", "/"])
def test_a_page_of_the_app_may_be_next(client: TestClient, go: str) -> None:
    """Paths of the app are followed as they are."""
    assert client.post("/toy/say", data={"word": go}).headers["location"] == go


def test_a_file_to_keep_has_a_harmless_name(client: TestClient) -> None:
    """No path, quote or line break gets into the header, and letters that it cannot hold do not break it."""
    for given in (client.get("/api/v1/toy/file"), client.post("/toy/file", headers=HTML)):
        assert given.status_code == 200
        assert given.content == b"data"
        assert given.headers["content-disposition"] == 'attachment; filename="a-..-b---c---.txt"'


def test_moment_and_date_come_from_the_clock(client: TestClient) -> None:
    """A visit's moment is in UTC, its date the local one."""
    moment = morning()
    assert client.get("/api/v1/toy").json()["word"] == f"{moment.astimezone(dt.UTC).isoformat()} {moment.date()}"


def test_the_theme_is_one_of_two(client: TestClient) -> None:
    """A theme is taken from its cookie where it is one; anything else is the system's."""
    for said, shown in (("dark", "dark"), ("light", "light"), ('x"><script>', ""), ("", "")):
        client.cookies.set("theme", said)
        assert read_page(client.get("/checkin", headers=HTML).text).named("html")[0].of("data-theme") == shown


# ------------------------------------------------------------------------------------------------- faults


def test_faults_of_a_form_come_with_the_page_and_what_was_typed(client: TestClient) -> None:
    """A refused form is shown again with what was wrong, what was typed, and 422."""
    again = client.post("/checkin/tell", data={"pain_area": "knee", "life": "7"}, headers=HTML)
    assert again.status_code == 422
    assert "how much does it hurt?" in again.text
    page = read_page(again.text)
    assert page.faults == []
    assert [tag for tag in page.named("input") if tag.of("name") == "life" and "checked" in tag.attributes]


def test_faults_come_as_json_to_programs(client: TestClient) -> None:
    """A program gets every fault with its place."""
    told = client.post("/api/v1/checkin/tell", json={"life": 11, "mood": "good"})
    assert told.status_code == 422
    assert {fault["place"] for fault in told.json()["faults"]} == {"life", "mood"}
    assert set(told.json()["faults"][0]) == {"source", "place", "says", "remedy"}


def test_what_a_runner_gives_is_only_text(client: TestClient) -> None:
    """Tags in queries, fields, file names and notices are shown as text."""
    client.post("/toy/say", data={"word": SCRIPT})
    for answered in (client.get("/checkin", params={"date": SCRIPT}, headers=HTML),
                     client.get("/checkin", params={SCRIPT: "1"}, headers=HTML), client.get("/today", headers=HTML),
                     client.post("/checkin/tell", data={"pain_score": SCRIPT, "pain_area": SCRIPT}, headers=HTML),
                     client.post("/toy/refuse", data={"word": SCRIPT}, headers=HTML),
                     client.get(f"/{SCRIPT}", headers=HTML)):
        page = read_page(answered.text)
        assert page.faults == []
        assert "<script>alert" not in answered.text
        assert not [tag for tag in page.tags if "onerror" in tag.attributes]


def test_a_runner_named_like_a_script_is_only_text(tmp_path: Path) -> None:
    """A plan's own texts are escaped on every page too."""
    from builders_daily import a_document, kept  # noqa: PLC0415
    from midstance.services.diary import add  # noqa: PLC0415
    from web import SHOWN  # noqa: PLC0415

    place = tmp_path / "diary.db"
    document = a_document(runner=f"name = {SCRIPT!r}" if "'" not in SCRIPT else f"name = '''{SCRIPT}'''")
    entry = kept(document)
    with open_store(place) as store:
        add(store, [entry], now=entry.at)
    browser = a_client(an_app(place, at=dt.datetime(2026, 12, 1, 7, tzinfo=dt.UTC)))
    for screen in SHOWN:
        answered = browser.get(screen.path, headers=HTML)
        assert answered.status_code == 200, screen.path
        assert "<script>alert" not in answered.text, screen.path
        assert not [tag for tag in read_page(answered.text).tags if "onerror" in tag.attributes], screen.path


@pytest.mark.parametrize("cookie", ["x", "%22", "A" * 4000, "bnVsbA", "W10", "\xe9"])
def test_a_garbled_notice_shows_nothing(client: TestClient, cookie: str) -> None:
    """Any cookie may stand there: the page comes without a notice."""
    page = client.get("/today", headers={**HTML, "cookie": f"{COOKIE}={cookie}".encode("latin-1")})  # type: ignore[dict-item]
    assert page.status_code == 200
    assert "data-notice" not in page.text


@pytest.mark.parametrize(("path", "method", "status"), [
    ("/nothing", "GET", 404), ("/today", "POST", 405), ("/checkin/tell", "GET", 405), ("/api/v1/nothing", "GET", 404),
    ("/api/v1/checkin/tell", "GET", 405), ("/today.json", "POST", 405), ("/toy", "GET", 404),
    ("/api/v1/", "GET", 404), ("/today", "OPTIONS", 405)])
def test_what_is_not_there_is_told(client: TestClient, path: str, method: str, status: int) -> None:
    """Pages get a page, programs get JSON; what is not allowed names what is."""
    page, plain = (client.request(method, path, headers=headers) for headers in (HTML, {}))
    assert (page.status_code, plain.status_code) == (status, status)
    assert plain.json()["faults"][0]["says"]
    if status == 405:
        assert "allow" in page.headers
        assert "allow" in plain.headers


def test_what_breaks_is_told_without_its_inside(place: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A fault of the program is a page of its own or JSON: no traceback, no path, no data; the log has it."""
    browser = a_client(an_app(place, screens=(BROKEN, TOY)))
    with caplog.at_level(logging.ERROR):
        answers = [browser.get("/broken", headers=HTML), browser.get("/broken"), browser.get("/api/v1/checkin"),
                   browser.post("/toy/fall", headers=HTML), browser.post("/api/v1/toy/fall", json={})]
    for broken in answers:
        assert broken.status_code == 500
        assert not {"Traceback", "RuntimeError", "secret", ".py"} & {*broken.text.replace("'", " ").split()}
        assert "secret" not in broken.text
        assert "default-src 'self'" in broken.headers["content-security-policy"]
        assert broken.headers["cache-control"] == "no-store"
    assert read_page(answers[0].text).faults == []
    assert answers[1].json()["faults"][0]["remedy"]
    assert "fall" in caplog.text


def test_without_a_plan_pages_lead_to_the_set_up(tmp_path: Path) -> None:
    """A screen that needs a plan leads to the set-up; its JSON says what is missing."""
    browser = a_client(an_app(tmp_path / "diary.db", screens=(TODAY,)))
    page = browser.get("/today", headers=HTML)
    assert (page.status_code, page.headers["location"]) == (303, "/setup")
    assert browser.get("/api/v1/today").status_code == 422


def test_a_diary_that_vanished_is_told(tmp_path: Path) -> None:
    """A file that is no diary any more is a fault in words, not a broken program."""
    place = diary_with_plan(tmp_path / "diary.db")
    browser = a_client(an_app(place, screens=(TODAY, DIARY)))
    assert browser.get("/api/v1/diary").status_code == 200
    place.write_bytes(b"garbage" * 1000)
    told = browser.get("/api/v1/diary")
    assert told.status_code == 422
    assert told.json()["faults"][0]["says"]


# ------------------------------------------------------------------------------------------------- two at once


def test_two_devices_write_at_once_and_nothing_is_lost(place: Path) -> None:
    """Twenty answers from four devices at the same time are all in the diary, each told as done."""
    moments = iter(morning() + dt.timedelta(seconds=n) for n in range(10_000))
    lock = threading.Lock()

    def clock() -> dt.datetime:
        with lock:
            return next(moments)

    from midstance.web.app import World, make_app  # noqa: PLC0415

    app = make_app(World(place=str(place), clock=clock), (CHECKIN, DIARY))
    statuses: list[int] = []

    def device(number: int) -> None:
        browser = a_client(app)
        for n in range(5):
            note = {"note": f"device {number}, answer {n}", "life": 3}
            statuses.append(browser.post("/api/v1/checkin/tell", json=note).status_code)

    threads = [threading.Thread(target=device, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert statuses == [200] * 20
    with open_store(place) as store:
        notes = {entry.what.note for entry in current(store) if isinstance(entry.what, CheckIn)}
    assert len([note for note in notes if note.startswith("device")]) == 20


def test_the_notice_says_what_the_action_said(client: TestClient) -> None:
    """The cookie holds the sentences and the batch, nothing else."""
    cookie = client.post("/toy/say", data={"word": "Done, 5 kg × 3"}).cookies[COOKIE]
    told = notice_of(cookie)
    assert told is not None
    assert (told.says, told.batch) == (("Done, 5 kg × 3",), "b-1")
