"""Every screen in a real Chromium: no barrier, no complaint, nothing from elsewhere or cut off, all by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from browser import DESKTOP, PHONE, Watched, served, tab_of, violations
from midstance.domain.diary import CheckIn
from midstance.services.diary import current, open_store
from web import SHOWN, a_pairing, an_app, diary_with_plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default:NO BROWSER")]

LOOKS = [(size, theme) for size in (PHONE, DESKTOP) for theme in ("light", "dark")]
looks = pytest.mark.parametrize(("size", "theme"), LOOKS, ids=[f"{size[0]}-{theme}" for size, theme in LOOKS])
MORE_PATHS = ("/player", "/offline", "/nothing-here", "/checkin?date=x", "/exercises?id=goblet-squat")
MORE_LOOKS = ((PHONE, "light"), (DESKTOP, "dark"))
STEPS_EACH = 3
QUIET_PATHS = ("/nothing-here", "/checkin?date=x")
"""Pages whose own answer is a fault: the console says so."""

WORKER_READY = "Promise.race([navigator.serviceWorker.ready.then(() => 1), new Promise((ok) => setTimeout(ok, 3000))])"
OPEN_ALL = "document.querySelectorAll('details:not(.more)').forEach((one) => { one.open = true; })"
TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth, wide = document.scrollingElement.scrollWidth;
  if (wide <= room) return [];
  const out = (one) => one.getBoundingClientRect().right > room + 1;
  const sticking = [...document.querySelectorAll("body *")].filter(out);
  return [`${wide} > ${room}`, ...sticking.slice(0, 5).map((one) => `${one.tagName} ${one.className}`)];
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll(
    "button, a.button, .chip, summary, select, input:not([type=hidden])")]
  .filter((one) => one.checkVisibility() && !one.closest(".visually-hidden") && !one.matches(".visually-hidden"))
  .map((one) => [one, (one.closest("label") || one).getBoundingClientRect()])
  .filter(([one, box]) => box.width && (box.height < 24 || box.width < 24))
  .map(([one, box]) => `${one.tagName}.${one.className} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
FOCUSABLE = """() => {
  const seen = new Set();
  return [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")]
    .filter((one) => {
      const seen_by_eye = one.checkVisibility({ visibilityProperty: true });
      if (one.disabled || one.getAttribute("tabindex") === "-1" || !seen_by_eye || one.closest("[inert]")) return false;
      if (one.type !== "radio") return true;  // one stop for each group of radio buttons
      const group = `${one.form && [...document.forms].indexOf(one.form)} ${one.name}`;
      if (seen.has(group)) return false;
      seen.add(group);
      return true;
    }).map((one) => { one.dataset.wanted = "yes"; }).length;
}"""
NEVER = """() => [...document.querySelectorAll("[data-wanted]")].filter((one) => !window.__number.has(one))
  .map((one) => one.outerHTML.slice(0, 120)).slice(0, 3)"""
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  window.__number = window.__number || new Map();
  if (!window.__number.has(one)) window.__number.set(one, window.__number.size);
  const shows = (what) => {
    const style = getComputedStyle(what);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none";
  };
  const wrap = one.closest("label") || one.parentElement;
  const box = one.getBoundingClientRect();
  const name = `${one.tagName} ${one.className} ${(one.innerText || one.name || "").slice(0, 30)}`;
  const wanted = Boolean(one.dataset.wanted) || one.type === "radio";
  const inside = box.bottom > 0 && box.top < innerHeight;
  return { number: window.__number.get(one), name, wanted, shows: shows(one) || shows(wrap), inside };
}"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on Jonas's diary, on a Thursday with a session."""
    with served(an_app(diary_with_plan(tmp_path_factory.mktemp("browser") / "diary.db"))) as address:
        yield address


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The app on a diary that a test may change, and the diary."""
    place = diary_with_plan(tmp_path / "diary.db")
    with served(an_app(place)) as address:
        yield address, place


def faults_of(watched: Watched, path: str) -> list[str]:
    """All that is wrong with a page as it opens and with everything unfolded."""
    tab = watched.open(path)
    tab.evaluate(OPEN_ALL)
    found = [f"axe {one}" for one in violations(tab)]
    found += [f"too wide: {one}" for one in tab.evaluate(TOO_WIDE)]
    found += [f"too small: {one}" for one in tab.evaluate(SMALL_TARGETS)]
    said = watched.heard()
    return [f"{path}: {one}" for one in (*found, *(() if path in QUIET_PATHS else said))]


@looks
def test_screens_have_no_barrier_and_no_complaint(
    browser: Browser, home: str, size: tuple[int, int], theme: str,
) -> None:
    """On phone and desktop, light and dark: axe finds nothing, the console is silent, nothing is asked elsewhere."""
    with tab_of(browser, home, size=size, theme=theme) as watched:
        found = [fault for screen in SHOWN for fault in faults_of(watched, screen.path)]
        more = MORE_PATHS if (size, theme) in MORE_LOOKS else ()
        found += [fault for path in more for fault in faults_of(watched, path)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_first_visit_has_no_barrier(browser: Browser, tmp_path: Path, theme: str) -> None:
    """Without a plan every page is as sound: set-up, and the empty states."""
    with served(an_app(tmp_path / "diary.db")) as address, tab_of(browser, address, size=PHONE, theme=theme) as watched:
        found = [fault for screen in SHOWN for fault in faults_of(watched, screen.path)]
    assert not found, "\n".join(found)


def test_the_tests_of_barriers_find_one(browser: Browser, home: str) -> None:
    """A page that is spoilt on purpose is found out: the tests above do look."""
    with tab_of(browser, home, size=PHONE) as watched:
        tab = watched.open("/checkin")
        tab.evaluate("""() => {
          const bad = document.createElement("div");
          bad.innerHTML = '<img src="/favicon.ico"><button></button><p id="pale">pale</p>';
          bad.style.width = "500px";
          document.querySelector("main").append(bad);
          document.querySelector("#pale").style.color = "#ddd";
          fetch("https://elsewhere.example/x").catch(() => {});
        }""")
        found = " ".join(violations(tab))
        wide = tab.evaluate(TOO_WIDE)
        complaints = " ".join(watched.heard())
    assert all(rule in found for rule in ("image-alt", "button-name", "color-contrast"))
    assert wide
    assert "Content Security Policy" in complaints


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_everything_is_reached_by_tab_and_seen(browser: Browser, home: str, size: tuple[int, int]) -> None:
    """Every link, button and field takes the focus in turn, shows it, and is in sight while it has it."""
    found = []
    with tab_of(browser, home, size=size) as watched:
        for screen in SHOWN:
            tab = watched.open(screen.path)
            tab.evaluate(OPEN_ALL)
            found += [f"{screen.path}: {one}" for one in unreached(tab)]
    assert not found, "\n".join(found)


def unreached(tab: Tab) -> list[str]:
    """Press Tab through a page: what shows no focus, is out of sight, or is never reached."""
    wanted, seen, found = tab.evaluate(FOCUSABLE), set(), []
    for _ in range(STEPS_EACH * wanted + 20):  # fields for dates have a stop for each part
        tab.keyboard.press("Tab")
        now = tab.evaluate(FOCUSED)
        if now is None or now["number"] in seen or not now["wanted"]:
            continue
        seen.add(now["number"])
        if not now["shows"]:
            found.append(f"shows no focus: {now['name']}")
        if not now["inside"]:
            found.append(f"out of sight: {now['name']}")
        if len(seen) == wanted:
            break
    else:
        found.append(f"{len(seen)} of {wanted} were reached: {tab.evaluate(NEVER)}")
    return found


@looks
def test_the_menu_opens_and_closes_by_keyboard(browser: Browser, home: str, size: tuple[int, int], theme: str) -> None:
    """More shows the other screens without a barrier, and Escape closes it and gives the focus back."""
    with tab_of(browser, home, size=size, theme=theme) as watched:
        tab = watched.open("/checkin")
        more = tab.locator("details.more summary")
        more.focus()
        tab.keyboard.press("Enter")
        assert tab.locator("details.more a").first.is_visible()
        assert [one for one in violations(tab) if not one.startswith("target-size")] == []  # it lies above the page
        tab.keyboard.press("Escape")
        assert not tab.locator("details.more a").first.is_visible()
        assert tab.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_pages_work_at_twice_the_text_size(browser: Browser, home: str) -> None:
    """With text at 200 % on a narrow window nothing has to be scrolled sideways (WCAG 1.4.10, reflow at 320 px)."""
    found = []
    with tab_of(browser, home, size=(320, 640)) as watched:
        for screen in SHOWN:
            found += [f"{screen.path}: {one}" for one in watched.open(screen.path).evaluate(TOO_WIDE)]
    assert not found, "\n".join(found)


def test_the_pairing_page_has_no_barrier_and_opens_the_door(browser: Browser, tmp_path: Path) -> None:
    """A phone that is not paired is led to the code, and after it to the app."""
    pairing = a_pairing()
    app = an_app(diary_with_plan(tmp_path / "diary.db"), pairing=pairing)
    with served(app) as address, tab_of(browser, address, size=PHONE, theme="dark") as watched:
        tab = watched.open("/plan")
        assert tab.url.endswith("/pair")
        assert violations(tab) == []
        tab.get_by_label("Code").fill("00000000")
        tab.get_by_role("button", name="Pair").click()
        assert "not the code" in tab.get_by_role("alert").inner_text()
        assert violations(tab) == []
        tab.get_by_label("Code").fill(pairing.code)
        tab.get_by_role("button", name="Pair").click()
        tab.wait_for_url("**/today")
        assert tab.get_by_role("heading", level=1).is_visible()


def test_a_bad_morning_changes_today_and_take_back_restores_it(browser: Browser, own: tuple[str, Path]) -> None:
    """Check-in by taps: Today tells the light and what changed; Take back brings the day back as it was."""
    address, place = own
    with tab_of(browser, address, size=PHONE) as watched:
        tab = watched.open("/today")
        assert tab.locator(".light").count() == 0
        before = tab.locator("main article.session .blocks").all_text_contents()
        assert before
        tab.get_by_role("link", name="Check in").first.click()
        for question, answer in (("Hours of sleep", "4 h"), ("How was the sleep?", "bad"), ("Sore legs?", "a lot"),
                                 ("Tired?", "worn out")):
            tab.get_by_role("group", name=question).get_by_text(answer, exact=True).click()
        tab.get_by_role("button", name="That is my morning").click()
        tab.wait_for_url("**/today")
        light = tab.locator(".light").first
        assert light.inner_text().strip() in ("Take care", "Not today")
        assert tab.locator(".ready-says").inner_text().count("\n") >= 1
        assert "Noted" in tab.locator("[data-notice]").inner_text()
        assert violations(tab) == []
        tab.get_by_role("button", name="Take back").click()
        tab.wait_for_url("**/today")
        assert "Taken back" in tab.locator("[data-notice]").inner_text()
        tab.reload()
        assert tab.locator("[data-notice]").count() == 0
        assert tab.locator(".light").count() == 0
        assert tab.locator("main article.session .blocks").all_text_contents() == before
        assert watched.heard() == []
    with open_store(place) as store:
        assert current(store, kinds=(CheckIn,)) == ()


def test_a_wrong_answer_is_told_and_kept(browser: Browser, own: tuple[str, Path]) -> None:
    """What cannot be taken is told beside what was typed, the focus goes there, and nothing is noted."""
    address, _ = own
    with tab_of(browser, address, size=PHONE) as watched:
        tab = watched.open("/checkin")
        tab.evaluate(OPEN_ALL)
        tab.get_by_label("Where").select_option("knee")
        tab.get_by_role("button", name="That is my morning").click()
        faults = tab.get_by_role("alert")
        assert "how much does it hurt" in faults.inner_text()
        assert tab.evaluate("document.activeElement.className") == "faults"
        assert tab.get_by_label("Where").input_value() == "knee"
        assert violations(tab) == []
        assert tab.get_by_role("heading", level=1).inner_text() == "How is the morning?"


def test_a_page_elsewhere_gets_nothing_of_the_diary(browser: Browser, own: tuple[str, Path]) -> None:
    """A page of another origin can post nothing, read nothing, frame nothing; a plain link from it works."""
    address, place = own
    before = open_store(place).count()
    evil = f"""<!doctype html><title>evil</title>
      <form id="f" method="post" action="{address}/checkin/tell"><input name="life" value="9"></form>
      <a id="link" href="{address}/today">look</a><iframe src="{address}/today"></iframe>"""
    app = Starlette(routes=[Route("/", lambda request: HTMLResponse(evil))])
    with served(app) as elsewhere:
        there = elsewhere.replace("127.0.0.1", "localhost")
        with tab_of(browser, address) as watched:
            tab = watched.open("/today")  # the app's service worker is there before
            tab.evaluate(WORKER_READY)
            tab.goto(there)
            told = tab.evaluate("""async (home) => {
              const out = [];
              for (const options of [{}, {mode: "no-cors"}, {method: "POST", mode: "no-cors", body: "life=9",
                   headers: {"content-type": "application/x-www-form-urlencoded"}}]) {
                try { const r = await fetch(home + "/api/v1/checkin" + (options.method ? "/tell" : ""), options);
                      out.push(r.type + (await r.text()).length); } catch (error) { out.push("refused"); }
              }
              return out;
            }""", address)
            assert set(told) <= {"refused", "opaque0"}
            assert "How is" not in tab.frames[-1].content()
            tab.click("#link")
            tab.wait_for_url("**/today")
            assert "January" in tab.inner_text("body")
            tab.goto(there)
            tab.evaluate("document.querySelector('#f').submit()")
            tab.wait_for_url("**/checkin/tell")
            assert "own pages" in tab.inner_text("body")
    assert open_store(place).count() == before
