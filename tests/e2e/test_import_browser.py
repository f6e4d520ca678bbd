"""The Import screen in a real Chromium: choose, drop and stop, the question about weights, and the running calendar."""

from __future__ import annotations

import datetime as dt
import threading
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from browser import DESKTOP, PHONE, Watched, served, tab_of, violations
from builders_logs import strong, strong_row
from builders_recordings import START, fit_run
from calendar_server import calendar_server, ics
from lives import on
from midstance.domain.diary import SetDone
from midstance.domain.run import RunDone
from midstance.services import import_files
from midstance.services.course import need_course
from midstance.services.diary import current, open_store
from midstance.web.screens.importing import work
from web import an_app, diary_with_plan, morning

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default:NO BROWSER")]

DAY = 8
CLUB = ics(("20270119", "6 x 400 m"), ("20270123", "Easy 40 min"))
WAIT_S = 20.0
CHOOSE = 'input[name="files"]:not([webkitdirectory])'
DROP = """([files, at]) => {
  const data = new DataTransfer();
  for (const [name, bytes] of files) data.items.add(new File([new Uint8Array(bytes)], name));
  const place = document.querySelector(at);
  for (const name of ["dragenter", "dragover", "drop"]) {
    place.dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }));
  }
}"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Jonas's diary."""
    return diary_with_plan(tmp_path / "diary.db")


@pytest.fixture
def home(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The app on it, on Jonas's second Tuesday; it reads in its own process."""
    monkeypatch.setattr(work, "_workers", lambda: 1)
    with served(an_app(place, at=morning(DAY))) as address:
        yield address


@pytest.fixture
def watched(browser: Browser, home: str) -> Iterator[Watched]:
    """A tab on the screen; whatever a test does, no page complains."""
    with tab_of(browser, home) as one:
        one.open("/import")
        yield one
        assert one.heard() == []


def files_in(folder: Path, count: int) -> list[str]:
    """Recordings of runs on different dates."""
    folder.mkdir()
    paths = []
    for number in range(count):
        path = folder / f"{number:03}.fit"
        path.write_bytes(fit_run(at=START - number * dt.timedelta(hours=26)))
        paths.append(str(path))
    return paths


def result(tab: Tab) -> str:
    """Wait until an import is over, and give its headline."""
    tab.wait_for_selector(".result")
    return tab.inner_text("#result-h")


def runs_in(place: Path) -> int:
    """How many recorded runs a diary has."""
    with open_store(place) as store:
        return len(current(store, kinds=(RunDone,)))


def test_chosen_files_come_in_and_one_press_takes_them_back(watched, place, tmp_path):
    """From the choice to the counts without another press; Take back leaves the diary as it was."""
    tab, before = watched.tab, runs_in(place)
    tab.set_input_files(CHOOSE, files_in(tmp_path / "watch", 5))
    assert result(tab) == "5 runs came in."
    assert runs_in(place) == before + 5
    assert violations(tab) == []
    tab.click("text=Take back all of it")
    tab.wait_for_selector(".notice")
    assert runs_in(place) == before
    assert tab.is_visible("text=It was taken back.")


def test_a_folder_comes_in_with_all_that_is_wanted_of_it(watched, tmp_path):
    """Recordings in folders of it come in, and pictures are not even uploaded."""
    tab, folder = watched.tab, tmp_path / "GARMIN"
    folder.mkdir()
    files_in(folder / "Activity", 3)
    (folder / "photo.jpg").write_bytes(b"x" * 100)
    (folder / ".hidden.fit").write_bytes(b"x")
    tab.set_input_files("input[webkitdirectory]", str(folder))
    assert result(tab) == "3 runs came in."
    assert not tab.is_visible("text=Left out")


def test_files_dropped_anywhere_come_in(watched, place):
    """The whole page takes them, runs and a running calendar together; the calendar waits for a yes."""
    tab = watched.tab
    run = list(fit_run(at=START))
    tab.evaluate(DROP, [[["run.fit", run], ["club.ics", list(CLUB)]], "h1"])
    assert result(tab) == "1 run came in."
    assert tab.inner_text("#waits-h") == "What club.ics would change"


def test_a_drop_that_is_too_long_is_told_before_it_is_uploaded(watched):
    """Nothing is uploaded, and the words take the focus."""
    tab = watched.tab
    tab.evaluate("""() => { const data = new DataTransfer(); data.items.add(new File(["x"], "a.fit"));
      document.querySelector("[data-drop]").dataset.most = "0";
      dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true })); }""")
    tab.wait_for_selector("[data-fault]:not([hidden])")
    assert "are taken at once" in tab.inner_text("[data-fault]")
    assert tab.evaluate("document.activeElement.matches('[data-fault]')")


def test_progress_is_live_survives_a_reload_and_can_be_stopped(watched, place, tmp_path, monkeypatch):
    """The count moves, another visit shows it again, Stop keeps what was written, the same archive goes on."""
    monkeypatch.setattr(import_files, "CHUNK", 2)
    gates = {"005.fit": threading.Event(), "009.fit": threading.Event()}
    parse = import_files.parse_any

    def slow(data: bytes, name: str, **more: Any) -> Any:
        gate = gates.get(name.rpartition("/")[2])
        if gate is not None:
            gate.wait(WAIT_S)
        return parse(data, name, **more)

    monkeypatch.setattr(import_files, "parse_any", slow)
    archive = tmp_path / "export.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in files_in(tmp_path / "watch", 14):
            packed.write(path, f"activities/{path.rpartition('/')[2]}")
    tab, before = watched.tab, runs_in(place)
    tab.set_input_files(CHOOSE, str(archive))
    tab.wait_for_selector("[data-done]:text-is('5')")
    assert tab.inner_text("[data-of]") == "of 14 files"
    assert tab.inner_text("[data-kept]") == "4 runs are in your diary by now."
    assert violations(tab) == []
    gates["005.fit"].set()
    tab.wait_for_selector("[data-done]:text-is('9')")
    watched.open("/import")
    assert tab.inner_text("[data-done]") == "9"
    assert tab.locator("[data-drop][data-busy]").count() == 1
    tab.click("[data-stop] button")
    threading.Timer(0.2, gates["009.fit"].set).start()
    assert result(tab) == "10 runs stay in your diary."
    tab.set_input_files(CHOOSE, str(archive))
    tab.wait_for_selector(".result.done")
    assert "10 were brought in before" in tab.inner_text(".result")
    assert runs_in(place) == before + 14


def test_the_unit_of_weights_is_asked_where_a_log_names_none(watched, place, tmp_path):
    """Only then; the answer counts, and never mind uploads nothing."""
    log = tmp_path / "strong.csv"
    log.write_bytes(strong(strong_row()))
    tab = watched.tab
    tab.set_input_files(CHOOSE, str(log))
    tab.wait_for_selector("[data-ask-weights]:not([hidden])")
    assert "strong.csv names no unit" in tab.inner_text("[data-ask-weights]")
    tab.click("text=Never mind")
    assert tab.is_hidden("[data-working]")
    tab.set_input_files(CHOOSE, str(log))
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert result(tab) == "1 set came in."
    with open_store(place) as store:
        [weight] = {entry.what.weight_kg for entry in current(store, since=dt.date(2026, 11, 1), kinds=(SetDone,))
                    if entry.date == dt.date(2026, 11, 3)}
    assert weight == pytest.approx(27.22)


def test_a_broken_connection_is_told_and_nothing_hangs(watched, tmp_path):
    """The upload that fails leaves the page ready for another."""
    tab = watched.tab
    tab.route("**/api/v1/import/files", lambda route: route.abort())
    tab.set_input_files(CHOOSE, files_in(tmp_path / "watch", 1))
    tab.wait_for_selector("[data-fault]:not([hidden])")
    assert "connection" in tab.inner_text("[data-fault]")
    assert tab.is_hidden("[data-working]")
    assert any("/import/files" in line for line in watched.heard())
    tab.unroute("**/api/v1/import/files")
    tab.set_input_files(CHOOSE, files_in(tmp_path / "again", 1))
    assert result(tab) == "1 run came in."


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_subscribed_calendar_is_shown_taken_and_taken_back(browser, home, place, size, theme):
    """Address, preview, yes and Take back, without a barrier at any step and nothing asked elsewhere by the page."""
    with open_store(place) as store:
        before = need_course(current(store)).plan.id
    with calendar_server() as server, tab_of(browser, home, size=size, theme=theme) as one:
        server.data = CLUB
        tab = one.open("/import")
        tab.fill("#f-address", f"{server.home}/club.ics")
        tab.check('[name="own_network"]')
        tab.click("button:text-is('Subscribe')")
        tab.wait_for_selector(".waits")
        assert violations(tab) == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= size[0]
        tab.click("text=Take it into the plan")
        tab.wait_for_selector(".notice:has-text('stands in your plan')")
        with open_store(place) as store:
            runs = need_course(current(store)).plan.runs
        assert [run.title for run in runs if run.date == on(12)] == ["Easy 40 min"]
        tab.click(".notice button")
        tab.wait_for_selector(".notice:has-text('Taken back')")
        with open_store(place) as store:
            assert need_course(current(store)).plan.id == before
        assert one.heard() == []


def test_without_scripts_the_form_says_what_it_does(browser, home, tmp_path, place):
    """Native controls, one button, and a page that brings itself up to date until the import is over."""
    before = runs_in(place)
    with tab_of(browser, home, java_script_enabled=False) as one:
        tab = one.open("/import")
        tab.set_input_files(CHOOSE, files_in(tmp_path / "watch", 3))
        tab.click("text=Bring them in")
        assert result(tab) == "3 runs came in."
        assert runs_in(place) == before + 3
        assert one.heard() == []
