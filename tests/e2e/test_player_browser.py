"""The player in a real Chromium: by keyboard alone, through reloads, without a server, in two tabs, as one file."""

from __future__ import annotations

import base64
import json
import random
import shutil
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from player_site import ROOT, Site, all_assets, document_of

from midstance.web.player_page import file_page, shell_page

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
WAIT_MS = 8000
NOT_HERE = [reason for there, reason in ((Path(CHROMIUM).exists(), "no Chromium"), (shutil.which("node"), "no Node"))
            if not there]
pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(NOT_HERE), reason=f"BROWSER TESTS DID NOT RUN: {NOT_HERE}")]


@pytest.fixture(scope="module")
def brief() -> dict[str, Any]:
    """A short session with one set of each unit."""
    return document_of("brief")


@pytest.fixture(scope="module")
def heavy() -> dict[str, Any]:
    """A session of 24 minutes."""
    return document_of("heavy")


@pytest.fixture
def site(brief: dict[str, Any], heavy: dict[str, Any]) -> Iterator[Site]:
    """A site that knows both sessions."""
    all_assets()
    served = Site(documents={doc["session"]["id"]: doc for doc in (brief, heavy)})
    served.start()
    yield served
    served.stop()


@pytest.fixture
def phone(browser: Any) -> Iterator[Any]:
    """A fresh phone; each complaint of its console fails the test."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, accept_downloads=True)
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda line: complaints.append(line.text) if is_complaint(line) else None)
    context.set_default_timeout(WAIT_MS)
    yield context
    context.close()
    assert not complaints


def is_complaint(line: Any) -> bool:
    """Tell whether a console line is a fault of ours; requests that fail offline are not."""
    return line.type in ("error", "warning") and "Failed to load resource" not in line.text


def opened(phone: Any, site: Site, doc: dict[str, Any], *, clock: bool = False) -> Any:
    """Open the player at a session."""
    page = phone.new_page()
    if clock:
        page.clock.install()
    page.goto(f"{site.url}/player#{doc['session']['id']}")
    page.wait_for_selector(".view h1")
    return page


def until(page: Any, script: str) -> None:
    """Wait until a script says yes; asked from here, since the page's policy allows no waiting script."""
    for _ in range(WAIT_MS // 40):
        if page.evaluate(script):
            return
        page.wait_for_timeout(40)
    pytest.fail(f"never came true: {script}")


def press(page: Any, key: str, then: str) -> None:
    """Press a key and wait until something is there."""
    page.keyboard.press(key)
    page.wait_for_selector(then)


def to_set(page: Any) -> None:
    """Leave what lies before the next set."""
    if page.locator(".view.gap").count():
        press(page, "Enter", ".view.set")


def log_set(page: Any) -> None:
    """Confirm a set; a hold is left out."""
    to_set(page)
    count = page.locator(".score [data-is='now']").count()
    label = page.locator(".score").get_attribute("aria-label")
    if page.get_by_role("button", name="Start hold").count():
        page.keyboard.press("m")
        page.get_by_role("button", name="Skip this set").click()
    else:
        page.keyboard.press("Enter")
    assert count == 1
    until(page, f"document.querySelector('.score').getAttribute('aria-label') !== {json.dumps(label)}")


def arrived(page: Any, site: Site, count: int) -> None:
    """Wait until so many events are in the diary."""
    for _ in range(100):
        if len(site.taken) >= count:
            break
        page.wait_for_timeout(50)
    assert len(site.taken) == count


def kinds(site: Site) -> list[str]:
    """List what arrived, in order."""
    return [event["kind"] for event in site.taken.values()]


def test_a_whole_session_by_keyboard_alone(phone: Any, site: Site, brief: dict[str, Any]) -> None:
    """Every set of every unit, a correction, a pain and the finish need no pointer, and arrive as said."""
    page = opened(phone, site, brief, clock=True)
    press(page, "Enter", ".view.gap.ready")
    press(page, "Enter", ".view.set")
    assert page.evaluate("document.activeElement.textContent") == "Single-leg deadlift"
    for key in ("ArrowUp", "ArrowUp", "ArrowLeft", "["):
        page.keyboard.press(key)
    press(page, "Space", ".gap.switch")
    press(page, "r", ".view.set")
    press(page, "Enter", ".gap")
    press(page, "u", "dialog[open]")
    page.get_by_role("spinbutton", name="Reps").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Save").press("Enter")
    page.wait_for_selector("dialog", state="detached")
    press(page, "Enter", ".view.set")
    press(page, "p", "dialog[data-sheet=pain]")
    page.get_by_role("button", name="shoulder").press("Enter")
    page.get_by_role("button", name="1 of 10").press("Enter")
    page.get_by_role("button", name="Note it and go on").press("Enter")
    page.wait_for_selector("dialog", state="detached")
    press(page, "Enter", ".view.holding")
    page.clock.run_for(5500)
    until(page, "document.querySelector('.word').textContent === 'Hold'")
    page.clock.run_for(5500)
    page.wait_for_selector(".gap")
    page.clock.run_for(11000)
    page.wait_for_selector(".view.set")
    press(page, "Enter", ".gap.rest, .gap.change")
    press(page, "Enter", ".view.set")
    press(page, "Enter", ".gap")
    press(page, "Enter", ".view.set")
    press(page, "Enter", ".view.finish")
    page.keyboard.press("6")
    press(page, "Enter", ".view.summary")
    arrived(page, site, 9)
    page.get_by_text("Saved in your diary.").wait_for()
    told = list(site.taken.values())
    said = [(e["kind"], e.get("exercise"), e.get("amount"), e.get("side")) for e in told]
    assert said == [
        ("set", "single-leg-deadlift", 8, "left"), ("set", "single-leg-deadlift", 8, "right"),
        ("set", "single-leg-deadlift", 7, "right"), ("pain", "plank", None, None), ("set", "plank", 5, None),
        ("set", "farmers-carry", 8, None), ("set", "pogo", 12, None), ("set", "single-leg-deadlift", 8, "left"),
        ("finish", None, None, None)]
    assert told[2]["replaces"] == told[1]
    assert (told[0]["weight_kg"], told[0]["rir"]) == (12, 1)
    assert told[4]["pain"] == 1
    assert told[5]["per_hand"] is True
    assert told[8]["rpe_cr10"] == 6
    assert not site.doubled


def test_a_reload_in_the_middle_goes_on_where_it_was(phone: Any, site: Site, heavy: dict[str, Any]) -> None:
    """Nothing is asked twice, nothing is lost, and the rest still ends when it would have."""
    page = opened(phone, site, heavy)
    press(page, "Enter", ".view.gap")
    for _ in range(5):
        log_set(page)
    to_set(page)
    name = page.locator("h1").inner_text()
    page.reload()
    page.wait_for_selector(".view.set")
    assert page.locator("h1").inner_text() == name
    press(page, "Enter", ".view.gap")
    left = page.locator(".count").inner_text()
    page.reload()
    page.wait_for_selector(".view.gap")
    assert page.locator(".count").inner_text() <= left
    arrived(page, site, 6)
    assert len({(e["exercise"], e.get("side"), e["number"]) for e in site.taken.values()}) == 6


def test_a_session_starts_runs_and_ends_without_the_server(phone: Any, site: Site, brief: dict[str, Any]) -> None:
    """Stored beforehand it needs no connection, survives a reload, and arrives once when the server is back."""
    page = phone.new_page()
    page.goto(f"{site.url}/opener")
    until(page, "document.title === 'ready'")
    page.evaluate("doc => dispatchEvent(new CustomEvent('prepare', { detail: doc }))", brief)
    until(page, "document.title.startsWith('{')")
    told = json.loads(page.title())
    assert told == {"href": f"/player#{brief['session']['id']}", "offline": True}
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, "caches.match('/player').then(Boolean)")
    site.stop()
    page.goto(site.url + told["href"])
    page.wait_for_selector(".view.start")
    press(page, "Enter", ".view.gap")
    log_set(page)
    page.reload()
    page.wait_for_selector(".view.gap.switch")
    while not page.locator(".view.finish").count():
        log_set(page)
    page.keyboard.press("4")
    press(page, "Enter", ".view.summary")
    page.get_by_text("still to send").wait_for()
    page.reload()
    page.get_by_text("still to send").wait_for()
    page.goto(f"{site.url}/today")
    assert page.locator("h1").inner_text() == "No connection"
    site.start()
    page.goto(site.url + told["href"])
    page.get_by_text("Saved in your diary.").wait_for()
    assert kinds(site) == ["set"] * 5 + ["finish"]


def test_answers_cut_at_random_lose_and_double_nothing(phone: Any, site: Site, heavy: dict[str, Any]) -> None:
    """Whether a request is cut before or after the diary took it, each set is there once at the end."""
    chance = random.Random(4)
    page = opened(phone, site, heavy)
    press(page, "Enter", ".view.gap")
    for _ in range(12):
        site.cut = chance.choice(("", "before", "after"))
        log_set(page)
        if chance.random() < 0.25:
            page.reload()
            page.wait_for_selector(".view")
    site.cut = ""
    page.reload()
    page.wait_for_selector(".view")
    page.wait_for_timeout(300)
    sets = [(e["exercise"], e.get("side"), e["number"]) for e in site.taken.values()]
    arrived(page, site, 10)
    assert len(set(sets)) == len(sets)


def test_a_second_tab_says_so_and_can_take_over(phone: Any, site: Site, brief: dict[str, Any]) -> None:
    """Only one page does the session; after taking over the first one steps back, and both know every set."""
    first = opened(phone, site, brief)
    press(first, "Enter", ".view.gap")
    log_set(first)
    second = phone.new_page()
    second.goto(f"{site.url}/player#{brief['session']['id']}")
    second.get_by_role("heading", name="Open in another tab").wait_for()
    second.get_by_role("button", name="Go on here").click()
    second.wait_for_selector(".view.gap.switch")
    first.get_by_role("heading", name="Open in another tab").wait_for()
    log_set(second)
    first.get_by_role("button", name="Go on here").click()
    first.wait_for_selector(".view.gap")
    assert "2 of 6" in first.locator(".score").get_attribute("aria-label")
    arrived(first, site, 2)


def test_a_refused_event_stays_visible_with_its_reason(phone: Any, site: Site, brief: dict[str, Any]) -> None:
    """What the diary refuses is shown at the end, and offered again when asked."""
    site.refuse["finish"] = "the session is longer than a day"
    page = opened(phone, site, brief)
    press(page, "Enter", ".view.gap")
    log_set(page)
    page.keyboard.press("m")
    page.get_by_role("button", name="Finish early").click()
    page.get_by_role("button", name="Save session").click()
    page.get_by_text("The diary refused: the session is longer than a day; correct it.").wait_for()
    site.refuse.clear()
    page.get_by_role("button", name="Offer it again").click()
    page.get_by_text("Saved in your diary.").wait_for()
    assert kinds(site) == ["set", "finish"]


def test_swap_shorten_and_pain_change_what_follows(phone: Any, site: Site, heavy: dict[str, Any]) -> None:
    """A swap brings its converted weight, a strong pain ends the session, shortening drops the finisher first."""
    page = opened(phone, site, heavy)
    press(page, "Enter", ".view.gap")
    for _ in range(3):
        log_set(page)
    to_set(page)
    page.keyboard.press("s")
    page.get_by_role("button", name="Kickstand deadlift").click()
    page.get_by_role("heading", name="Kickstand deadlift").wait_for()
    assert page.get_by_role("spinbutton", name="Weight").inner_text().startswith("24")
    page.keyboard.press("m")
    page.get_by_role("button", name="Make it shorter").click()
    assert "Plank row" in page.locator("dialog[data-sheet=shorten]").inner_text()
    page.get_by_role("button", name="15 minutes more").click()
    page.wait_for_selector("dialog", state="detached")
    assert page.locator(".score [data-is='skipped']").count() >= 2
    page.keyboard.press("p")
    page.get_by_role("button", name="hamstring").click()
    page.get_by_role("button", name="7 of 10").click()
    page.get_by_text("More than 5 of 10 ends the session for today.").wait_for()
    page.get_by_role("button", name="Note it and end the session").click()
    page.wait_for_selector(".view.finish")
    arrived(page, site, 4)
    assert list(site.taken.values())[-1]["score"] == 7


def test_one_file_plays_without_any_server(phone: Any, brief: dict[str, Any], tmp_path: Path) -> None:
    """The page from the file system plays, survives a reload, and gives its result as a file and as a code."""
    all_assets()
    path = tmp_path / "today.html"
    path.write_text(file_page(brief), encoding="utf-8")
    page = phone.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector(".view.start")
    press(page, "Enter", ".view.gap")
    log_set(page)
    page.reload()
    page.wait_for_selector(".view.gap.switch")
    page.keyboard.press("m")
    page.get_by_role("button", name="Finish early").click()
    page.get_by_role("button", name="Save session").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save the result as a file").click()
    name = waiting.value.suggested_filename
    told = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
    assert (name.startswith("midstance-20"), told["format"], [e["kind"] for e in told["events"]]) == (
        True, "midstance-events/1", ["set", "finish"])
    mark, body, _ = page.locator("#code").input_value().split(".")
    unpacked = zlib.decompress(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)), -15)
    assert (mark, json.loads(unpacked)) == ("MS1", told)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, site: Site, heavy: dict[str, Any], theme: str) -> None:
    """Start, set, rest, sheets, finish and summary have no accessibility fault, in both themes."""
    axe = next((ROOT / ".venv").rglob("axe.min.js"), None)
    if axe is None:
        pytest.skip("BROWSER TESTS DID NOT RUN: no axe")
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=theme, service_workers="block",
                                  reduced_motion="reduce")
    context.set_default_timeout(WAIT_MS)
    page = opened(context, site, heavy)
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        page.wait_for_timeout(250)
        page.evaluate(axe.read_text(encoding="utf-8"))
        result = page.evaluate("axe.run()")
        if result["violations"]:
            found[name] = [one["id"] for one in result["violations"]]

    look("start")
    press(page, "Enter", ".view.gap")
    look("ready")
    for _ in range(3):
        log_set(page)
    to_set(page)
    look("set")
    for key in ("s", "p", "m", "w", "?"):
        press(page, key, "dialog[open]")
        look(f"sheet {key}")
        page.keyboard.press("Escape")
    page.keyboard.press("k")
    look("paused")
    page.keyboard.press("k")
    log_set(page)
    look("switch")
    page.keyboard.press("m")
    page.get_by_role("button", name="Finish early").click()
    look("finish")
    press(page, "Enter", ".view.summary")
    look("summary")
    context.close()
    assert found == {}


def test_targets_are_large_enough(phone: Any, site: Site, heavy: dict[str, Any]) -> None:
    """Every button of a set and of a rest is at least 44 by 44 px, and nothing is wider than the phone."""
    page = opened(phone, site, heavy)
    press(page, "Enter", ".view.gap")
    for _ in range(3):
        log_set(page)
    for selector in (".view.gap", ".view.set"):
        if selector == ".view.set":
            to_set(page)
        small = page.evaluate("""() => [...document.querySelectorAll('button, a, [role=spinbutton], summary')]
            .filter((one) => one.checkVisibility()).map((one) => [one.textContent, one.getBoundingClientRect()])
            .filter(([, box]) => box.width < 44 || box.height < 44).map(([text]) => text)""")
        assert small == []
        assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_shell_holds_nothing_inline() -> None:
    """The page keeps to the strict policy: no inline script, no style, no handler."""
    all_assets()
    page = shell_page()
    assert "<style" not in page
    assert " style=" not in page
    assert " on" not in page.replace(" on Today", "")
    assert page.count("<script") == page.count("src=") == 1
