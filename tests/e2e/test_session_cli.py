"""``midstance session`` as a runner uses it: a page for the phone, played there, and its result brought back."""

from __future__ import annotations

import datetime as dt
import json
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builders_daily import a_document, kept
from builders_player import Phone
from midstance.cli import main as cli
from midstance.domain.dates import monday
from midstance.domain.diary import SessionDone, SetDone
from midstance.formats.events_json import render_code
from midstance.services import session_page
from midstance.services.diary import add, current, open_store
from midstance.services.player_events import batch_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

FIGURE = "export function mountFigure() { return { update() {}, stop() {} }; }\n"
DAY = dt.timedelta(days=1)


@pytest.fixture
def today() -> dt.date:
    """The day on the clock."""
    return dt.datetime.now().astimezone().date()


class Jonas:
    """A runner at the keyboard whose plan holds a strength session today."""

    def __init__(self, place: Path, capture: pytest.CaptureFixture[str], today: dt.date) -> None:
        self.place, self.capture, self.today = place, capture, today
        text, first = f"{today} 18:00 strength 24min: A1 squat 3x8-12, A2 plank 3x30-45s", monday(today)
        with open_store(place) as store:
            add(store, [kept(a_document(text, first=first), date=first)], now=dt.datetime.now(dt.UTC))

    def __call__(self, *words: str | Path) -> tuple[int, str, str]:
        self.capture.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main([*map(str, words), "--diary", str(self.place)])
        said = self.capture.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    def fine(self, *words: str | Path) -> str:
        """Type a line that must do, and give what it prints."""
        status, out, err = self(*words)
        assert (status, err) == (0, "")
        return " ".join(out.split())

    @property
    def id(self) -> str:
        """Today's session."""
        return f"s-{self.today}-1800"

    def done(self) -> list[Any]:
        """What is in force of what was done."""
        with open_store(self.place) as store:
            return [e.what for e in current(store) if isinstance(e.what, SetDone | SessionDone)]


@pytest.fixture
def jonas(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, today: dt.date,
) -> Jonas:
    """A runner in a folder of their own, at a terminal of 80 columns."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    files = {"figure.js": FIGURE, **session_page.player_files()}
    monkeypatch.setattr(session_page, "player_files", lambda: files)
    return Jonas(tmp_path / "diary.db", capsys, today)


@pytest.fixture
def result(today: dt.date) -> bytes:
    """What the player gives back of two sets and a finish, told an hour ago."""
    phone = Phone(session=f"s-{today}-1800", date=today, kind="strength")
    for number in (1, 2):
        phone.set(number=number, weight_kg=16, rir=2)
    phone.finish(24, rpe_cr10=6)
    at = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
    for k, event in enumerate(phone.sent):
        event["at"] = (at + dt.timedelta(minutes=k)).isoformat()
    return json.dumps({"format": "midstance-events/1", "events": phone.sent}).encode()


# the page --------------------------------------------------------------------------------------------------------


def test_the_page_holds_the_session(jonas: Jonas) -> None:
    """Today's session is in one file that asks nothing of any network, and what was written is said."""
    out = jonas.fine("session", "-o", "today.html")
    assert f"of {jonas.today} is in today.html" in out
    assert "midstance import FILE" in out
    page = Path("today.html").read_text("utf-8")
    document = json.loads(re.findall(r'id="session-document">(.*?)</script>', page, re.DOTALL)[0])
    assert (document["format"], document["session"]["id"]) == ("midstance-session/1", jonas.id)
    assert re.findall(r'(?:src|href)="', page) == []


def test_other_dates_and_what_is_not_there(jonas: Jonas) -> None:
    """A date without a session, a wrong id, a primer that is not there, a place that is none: status 2, no file."""
    for words in ((str(jonas.today + 3 * DAY),), ("--id", "s-2026-01-01-0700"), ("--primer",), ("someday",)):
        status, out, err = jonas("session", *words, "-o", "other.html")
        assert (status, out) == (2, "")
        assert err
        assert "Traceback" not in err
        assert not Path("other.html").exists()
    status, _, err = jonas("session", "-o", Path("nowhere") / "x.html")
    assert (status, "cannot be written" in err) == (2, True)


def test_the_command_explains_itself(jonas: Jonas) -> None:
    """Help has status 0 and names where the page goes."""
    status, out, _ = jonas("session", "--help")
    assert status == 0
    assert "--output" in out


# its result ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [False, True])
def test_a_result_comes_back_as_file_or_code(jonas: Jonas, result: bytes, code: bool) -> None:
    """Either way the sets are in the diary with their session, once, and one undo takes them back."""
    Path("result").write_bytes(render_code(result).encode() if code else result)
    out = jonas.fine("import", "result")
    batch = batch_of(json.loads(result)["events"][0]["play"])
    assert "3 reports of the session player: 3 new." in out
    assert f"midstance undo {batch}" in out
    assert [w.session for w in jonas.done()] == [jonas.id] * 3
    again = jonas.fine("import", "result")
    assert "3 in the diary already" in again
    assert "Nothing in the diary has changed" in again
    jonas.fine("undo", batch)
    assert jonas.done() == []
    gone = jonas.fine("import", "result")
    assert "was taken back; midstance undo b-" in gone
    assert jonas.done() == []
    jonas.fine("undo", re.findall(r"midstance undo (b-\w{12}) brings", gone)[0])
    assert len(jonas.done()) == 3


def test_a_file_and_its_code_are_one(jonas: Jonas, result: bytes) -> None:
    """Brought in twice by two ways, in one command, nothing is doubled; JSON tells the same."""
    Path("a.json").write_bytes(result)
    Path("b.txt").write_text(render_code(result))
    told = json.loads(jonas("import", "a.json", "b.txt", "--format", "json")[1])
    assert (told["played"]["new"], told["played"]["known"]) == (3, 3)
    assert len(told["plays"]) == 1
    assert len(jonas.done()) == 3


def test_a_broken_event_is_named_and_the_rest_kept(jonas: Jonas, result: bytes) -> None:
    """One event that cannot be used is told with its key; a file that is damaged as a whole is refused."""
    document = json.loads(result)
    document["events"][0]["amount"] = -1
    Path("half.json").write_text(json.dumps(document))
    out = jonas.fine("import", "half.json")
    assert "2 new" in out
    assert document["events"][0]["key"] in out
    code = render_code(result)
    for damaged, says in ((code[:60] + code[61:], "not whole"), (code[:-20], "no whole code")):
        Path("cut.txt").write_text(damaged)
        status, _, err = jonas("import", "cut.txt")
        assert (status, says in err) == (2, True)


# the whole way ---------------------------------------------------------------------------------------------------


@contextmanager
def a_tab(browser: Browser, path: Path) -> Iterator[Tab]:
    """Open a file on a phone of its own; each complaint of its console fails the test."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, accept_downloads=True)
    context.set_default_timeout(8000)
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
    tab = context.new_page()
    tab.goto(path.as_uri())
    yield tab
    context.close()
    assert not complaints


@pytest.mark.browser
def test_the_whole_way_there_and_back(jonas: Jonas, browser: Browser) -> None:
    """A page that the command wrote is opened from the file, a set is done, and the saved result is imported."""
    jonas.fine("session", "-o", "today.html")
    with a_tab(browser, Path("today.html").absolute()) as tab:
        tab.wait_for_selector(".view.start")
        tab.keyboard.press("Enter")
        tab.wait_for_selector(".view.gap")
        tab.keyboard.press("Enter")
        tab.wait_for_selector(".view.set")
        tab.keyboard.press("Enter")
        tab.wait_for_selector(".view.gap")
        tab.keyboard.press("m")
        tab.get_by_role("button", name="Finish early").click()
        tab.get_by_role("button", name="Save session").click()
        with tab.expect_download() as waiting:
            tab.get_by_role("button", name="Save the result as a file").click()
        waiting.value.save_as(waiting.value.suggested_filename)
        name = waiting.value.suggested_filename
        Path("code.txt").write_text(tab.locator("#code").input_value())
    assert "2 reports of the session player: 2 new." in jonas.fine("import", name)
    assert "2 in the diary already" in jonas.fine("import", "code.txt")
    assert {w.session for w in jonas.done()} == {jonas.id}
    assert [type(w) for w in jonas.done()] == [SetDone, SessionDone]
