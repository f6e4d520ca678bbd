"""The self-tests in a real Chromium: the short version guided through, timed, counted to a beat, left and resumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from browser import DESKTOP, PHONE, served, tab_of, violations
from builders_mirror import a_package
from midstance.catalogue.self_tests import load_self_tests
from midstance.domain.diary import AssessmentDone
from midstance.services.assess_latest import latest
from midstance.services.diary import current, open_store
from midstance.web.app import World, make_app
from web import an_app, diary_with_plan, morning

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default:NO BROWSER")]

BALANCE, CALF, PUSH_UPS, SQUAT = "balance-eyes-open-s", "calf-raise-reps", "push-up-reps", "squat-depth"
DAY = 4
"""A Friday of Jonas's plan: neither it nor the day after is hard, so nothing waits."""
READY_MS = 5000
LOOKS = [(size, theme) for size in (PHONE, DESKTOP) for theme in ("light", "dark")]
looks = pytest.mark.parametrize(("size", "theme"), LOOKS, ids=[f"{size[0]}-{theme}" for size, theme in LOOKS])


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The app on a diary that a test may change, and the diary."""
    place = diary_with_plan(tmp_path / "diary.db")
    with served(an_app(place, at=morning(DAY))) as address:
        yield address, place


def results(place: Path) -> dict[str, float | dict[str, float]]:
    """The newest result of each test."""
    with open_store(place) as store:
        return latest(current(store, kinds=(AssessmentDone,)), morning(DAY).date())


def begin(tab: Tab, start: str) -> None:
    """Press a start button, and let the count-in of five seconds pass."""
    tab.get_by_role("button", name=start).click()
    assert tab.locator("dialog.run .run-number").inner_text() == "5"
    tab.clock.run_for(READY_MS)


def gone(tab: Tab) -> None:
    """Wait until the stage has closed."""
    tab.locator("dialog.run").wait_for(state="detached")


def saved(tab: Tab, button: str) -> None:
    """Save, and wait for the next page."""
    with tab.expect_navigation():
        tab.get_by_role("button", name=button).click()


def test_a_hold_is_timed_its_tries_are_kept_and_the_best_one_is_saved(browser: Browser, own: tuple[str, Path]) -> None:
    """Three tries of one foot by clock and space bar: the best stands in the field, and each side is saved at once."""
    address, place = own
    with tab_of(browser, address, size=PHONE) as watched:
        watched.tab.clock.install()
        tab = watched.open(f"/assess?test={BALANCE}&of=short")
        for number, seconds in ((1, 12.4), (2, 31.9), (3, 20)):
            begin(tab, f"Start try {number} of 3")
            tab.clock.run_for(1000 * seconds)
            assert tab.locator("dialog.run .run-number").inner_text() == str(int(seconds))
            tab.keyboard.press("Space")
            gone(tab)
        assert tab.locator(".tries li").all_inner_texts()[1].split("\n")[:2] == ["Try 2", "31 s"]
        assert tab.locator(".tries .best b").inner_text() == "31 s"
        assert tab.get_by_label("Left side, seconds").input_value() == "31"
        assert violations(tab) == []
        saved(tab, "Save left")
        assert results(place) == {BALANCE: {"left": 31}}
        assert "left 31 s" in tab.locator("[data-notice]").inner_text()
        assert tab.locator(".sides-done [aria-current]").inner_text().startswith("Right")
        assert tab.locator(".tries li").count() == 0
        assert watched.heard() == []
    with open_store(place) as store:
        noted = [entry.what for entry in current(store, kinds=(AssessmentDone,))]
    assert [one.note for one in noted if isinstance(one, AssessmentDone)] == ["left best of 12, 31, 20"]


def test_a_hold_ends_by_itself_where_one_is_done(browser: Browser, own: tuple[str, Path]) -> None:
    """At 45 seconds on one foot the clock stops without a touch, and 45 is noted."""
    with tab_of(browser, own[0], size=PHONE) as watched:
        watched.tab.clock.install()
        tab = watched.open(f"/assess?test={BALANCE}")
        begin(tab, "Start try 1 of 3")
        tab.clock.run_for(60_000)
        gone(tab)
        assert tab.get_by_label("Left side, seconds").input_value() == "45"
        assert tab.evaluate("document.activeElement.textContent") == "Save left"


def test_repetitions_follow_the_beat_and_can_be_put_right(browser: Browser, own: tuple[str, Path]) -> None:
    """Calf raises count with the metronome, two beats each; one less takes the last one off; a press ends it."""
    address, place = own
    with tab_of(browser, address, size=PHONE) as watched:
        watched.tab.clock.install()
        tab = watched.open(f"/assess?test={CALF}&side=left")
        begin(tab, "Start")
        number = tab.locator("dialog.run .run-number")
        tab.clock.run_for(41_000)
        assert number.inner_text() == "20"
        assert tab.locator(".run-beats i.on").count() == 1
        tab.get_by_role("button", name="One less").click()
        assert number.inner_text() == "19"
        assert tab.evaluate("document.activeElement.className") == "run-target"
        assert [one for one in violations(tab) if "target-size" not in one] == []
        tab.keyboard.press("Space")
        gone(tab)
        assert tab.get_by_label("Left side, repetitions").input_value() == "19"
        saved(tab, "Save left")
        assert results(place) == {CALF: {"left": 19}}
        assert watched.heard() == []


def test_repetitions_without_a_beat_are_counted_by_the_large_target(browser: Browser, own: tuple[str, Path]) -> None:
    """Push-ups: each press of the screen or the space bar is one, held keys count once, and nothing counts before."""
    with tab_of(browser, own[0], size=PHONE) as watched:
        watched.tab.clock.install()
        tab = watched.open(f"/assess?test={PUSH_UPS}")
        if tab.get_by_label("The beat counts for me").count():
            tab.get_by_label("The beat counts for me").uncheck()
        tab.get_by_role("button", name="Start").click()
        target = tab.locator(".run-target")
        target.click()
        tab.clock.run_for(READY_MS)
        assert tab.locator(".run-number").inner_text() == "0"
        for _ in range(4):
            target.click()
        tab.keyboard.press("Space")
        tab.keyboard.down("Enter")
        for _ in range(3):
            tab.keyboard.down("Enter")
        tab.keyboard.up("Enter")
        assert tab.locator(".run-number").inner_text() == "6"
        tab.get_by_role("button", name="One less").click()
        tab.get_by_role("button", name="Done").click()
        gone(tab)
        assert tab.get_by_label("Repetitions").input_value() == "5"


def test_a_try_that_is_cancelled_leaves_nothing(browser: Browser, own: tuple[str, Path]) -> None:
    """Escape and Cancel end a try without a result, and the focus is where it was."""
    with tab_of(browser, own[0], size=PHONE) as watched:
        watched.tab.clock.install()
        tab = watched.open(f"/assess?test={BALANCE}")
        begin(tab, "Start try 1 of 3")
        tab.clock.run_for(3000)
        tab.keyboard.press("Escape")
        gone(tab)
        assert tab.evaluate("document.activeElement.textContent") == "Start try 1 of 3"
        begin(tab, "Start try 1 of 3")
        tab.get_by_role("button", name="Cancel").click()
        gone(tab)
        assert tab.locator(".tries li").count() == 0
        assert tab.get_by_label("Left side, seconds").input_value() == ""


def test_tries_and_sides_outlive_leaving(browser: Browser, own: tuple[str, Path]) -> None:
    """A page that was closed in the middle goes on: tries of the day come back, and a saved side is not asked again."""
    address, place = own
    with tab_of(browser, address, size=PHONE) as watched:
        watched.tab.clock.install()
        tab = watched.open(f"/assess?test={BALANCE}&of=short")
        begin(tab, "Start try 1 of 3")
        tab.clock.run_for(9000)
        tab.keyboard.press("Space")
        gone(tab)
        tab.goto(f"{address}/today")
        tab.goto(f"{address}/assess?test={BALANCE}&of=short")
        assert tab.locator(".tries li").count() == 1
        assert tab.get_by_label("Left side, seconds").input_value() == "9"
        saved(tab, "Save left")
        tab.goto(f"{address}/assess")
        short = tab.locator(".way", has_text="The short version")
        assert "to go" in short.inner_text()
        short.get_by_role("link", name="Go on").click()
        while tab.locator("h1").inner_text() != load_self_tests()[BALANCE].name:
            with tab.expect_navigation():
                tab.get_by_role("link", name="Not today").click()
        assert tab.locator(".sides-done [aria-current]").inner_text().startswith("Right")
        assert results(place) == {BALANCE: {"left": 9}}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_short_version_is_done_by_hand_from_begin_to_end(
    browser: Browser, own: tuple[str, Path], scripts: bool,
) -> None:
    """Typed by hand, with scripts and without: one test after the other, left and right, each with what it says."""
    address, place = own
    short = [test for test in load_self_tests().values() if test.short]
    with tab_of(browser, address, size=PHONE, java_script_enabled=scripts) as watched:
        tab = watched.open("/assess")
        tab.locator(".way", has_text="The short version").get_by_role("link", name="Begin").click()
        for _ in range(2 * len(short)):
            if not tab.locator("form.take").count():
                break
            while tab.locator("form.take").count():
                side = tab.locator('input[name="side"]').get_attribute("value")
                if tab.locator(".answers").count():
                    tab.locator(".answer").first.click()
                else:
                    tab.locator("#f-value").fill("4" if side == "right" else "5")
                saved(tab, f"Save {side}".strip())
            assert tab.get_by_role("heading", name="What it says").is_visible()
            if scripts:
                assert violations(tab) == []
            onward = tab.locator("[data-next]")
            last = "see what came out" in onward.inner_text()
            onward.click()
            tab.wait_for_load_state()
            if last:
                break
        assert tab.url.endswith("/assess#results")
        assert watched.heard() == []
    offered = {test.id for test in short}
    assert set(results(place)) == offered
    assert results(place)[BALANCE] == {"left": 5, "right": 4}


def test_not_today_leaves_a_test_out_of_this_sitting(browser: Browser, own: tuple[str, Path]) -> None:
    """Not today goes to the next test, notes nothing, and the skipped one does not come again in this sitting."""
    address, place = own
    with tab_of(browser, address) as watched:
        tab = watched.open("/assess")
        tab.locator(".way", has_text="The short version").get_by_role("link", name="Begin").click()
        seen = []
        while tab.url.partition("?")[0].endswith("/assess") and tab.locator("form.take").count():
            seen.append(tab.locator('input[name="test"]').get_attribute("value"))
            tab.get_by_role("link", name="Not today").click()
            tab.wait_for_load_state()
        assert tab.url.endswith("/assess")
        assert len(seen) == len({*seen}) == sum(test.short for test in load_self_tests().values())
        assert results(place) == {}
        assert watched.heard() == []


@looks
def test_the_guided_steps_have_no_barrier(
    browser: Browser, own: tuple[str, Path], size: tuple[int, int], theme: str,
) -> None:
    """On phone and desktop, light and dark: each kind of step, the stage and the results please axe and the console."""
    found = []
    with tab_of(browser, own[0], size=size, theme=theme) as watched:
        for test in load_self_tests():
            tab = watched.open(f"/assess?test={test}&of=full")
            found += [f"{test}: {one}" for one in (*violations(tab), *watched.heard())]
            wide = tab.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
            found += [f"{test}: {wide} px too wide"] if wide > 0 else []
        tab = watched.open(f"/assess?test={BALANCE}")
        tab.get_by_role("button", name="Start try 1 of 3").click()
        found += [f"stage: {one}" for one in violations(tab)]
    assert not found, "\n".join(found)


STUB = """export function openMirror(root, wish) {
  globalThis.wish = wish;
  root.textContent = "mirror";
}"""
"""Stands in for the mirror: its own tests are elsewhere; here counts what becomes of its numbers."""


@pytest.fixture
def with_mirror(tmp_path: Path) -> Iterator[str]:
    """The app with a pose model, as small as can be."""
    place, moment = diary_with_plan(tmp_path / "diary.db"), morning(DAY)
    package = a_package(tmp_path)
    with served(make_app(World(place=str(place), clock=lambda: moment, mirror=package.folder))) as address:
        yield address


def with_stub(tab: Tab) -> None:
    """Let the page load the stand-in for the mirror."""
    tab.route("**/mirror/mirror_panel.js", lambda route: route.fulfill(body=STUB, content_type="text/javascript"))


def test_what_the_camera_counted_becomes_a_try_that_the_runner_confirms(browser: Browser, with_mirror: str) -> None:
    """Repetitions of the mirror stand in the field, may be changed, and nothing is saved by themselves."""
    with tab_of(browser, with_mirror, size=PHONE) as watched:
        with_stub(watched.tab)
        tab = watched.open(f"/assess?test={CALF}&side=right")
        tab.get_by_text("Let the camera count").click()
        wish = tab.evaluate("({ ...wish, onStop: null })")
        assert (wish["mode"], wish["side"], wish["exercise"]) == ("reps", "right", load_self_tests()[CALF].figure)
        assert wish["base"].startswith("/mirror/package/")
        tab.evaluate("wish.onStop({ count: 0, found: [], says: '' })")
        assert "Nothing was counted" in tab.locator("[data-mirror-says]").inner_text()
        tab.evaluate("wish.onStop({ count: 17, found: [], says: '17 repetitions.' })")
        field = tab.get_by_label("Right side, repetitions")
        assert field.input_value() == "17"
        assert tab.locator("[data-mirror-says]").inner_text() == ""
        field.fill("16")
        saved(tab, "Save right")
        assert "right 16 reps" in tab.locator("[data-notice]").inner_text()


def test_holds_that_the_camera_timed_are_tries(browser: Browser, with_mirror: str) -> None:
    """Each hold of a second or more is one try in whole seconds, none longer than the test; the best one counts."""
    with tab_of(browser, with_mirror, size=PHONE) as watched:
        with_stub(watched.tab)
        tab = watched.open(f"/assess?test={BALANCE}")
        tab.get_by_text("Let the camera time it").click()
        tab.evaluate("wish.onStop({ count: 0, found: [{seconds: 0.6}, {seconds: 12.9}, {seconds: 51}], says: '' })")
        assert [one.split("\n")[1] for one in tab.locator(".tries li").all_inner_texts()] == ["12 s", "45 s"]
        assert tab.get_by_label("Left side, seconds").input_value() == "45"


def test_where_the_camera_only_looks_on_it_fills_nothing_in(browser: Browser, with_mirror: str) -> None:
    """The depth of a squat is chosen by the runner; what the camera measured stands beside it in words."""
    with tab_of(browser, with_mirror, size=PHONE) as watched:
        with_stub(watched.tab)
        tab = watched.open(f"/assess?test={SQUAT}")
        tab.get_by_text("Let the camera look on").click()
        tab.evaluate("wish.onStop({ count: 0, found: [], says: 'Knee 70 to 178 degrees.' })")
        assert "Knee 70 to 178 degrees." in tab.locator("[data-mirror-says]").inner_text()
        assert tab.locator(".answers input:checked").count() == 0


def test_without_the_pose_model_no_camera_is_offered(browser: Browser, own: tuple[str, Path]) -> None:
    """Everything goes by hand, and no word of a camera stands in the way."""
    with tab_of(browser, own[0], size=PHONE) as watched:
        tab = watched.open(f"/assess?test={CALF}")
        assert "camera" not in tab.locator("main").inner_text().lower()
        assert watched.heard() == []


def test_a_try_can_be_left_out_and_a_typed_number_stays(browser: Browser, own: tuple[str, Path]) -> None:
    """Leaving the best try out takes the next best; without any the field is empty; a reload keeps what is left."""
    with tab_of(browser, own[0], size=PHONE) as watched:
        watched.tab.clock.install()
        tab = watched.open(f"/assess?test={BALANCE}")
        for number, seconds in ((1, 8), (2, 14)):
            begin(tab, f"Start try {number} of 3")
            tab.clock.run_for(1000 * seconds)
            tab.keyboard.press("Space")
            gone(tab)
        field = tab.get_by_label("Left side, seconds")
        assert field.input_value() == "14"
        tab.get_by_role("button", name="Leave out try 2").click()
        assert field.input_value() == "8"
        tab.reload()
        assert tab.locator(".tries li").count() == 1
        tab.get_by_role("button", name="Leave out try 1").click()
        assert field.input_value() == ""
        assert tab.get_by_role("button", name="Start try 1 of 3").is_visible()
