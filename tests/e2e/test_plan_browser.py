"""The Plan screen in a real Chromium: drag, long press, tap and keys; forbidden days, consequences, and taking back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from browser import DESKTOP, PHONE, served, tab_of, violations
from lives import on
from midstance.domain.session import Kind
from midstance.services.course import need_course
from midstance.services.diary import current, open_store
from web import an_app, diary_with_plan, morning

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator
    from playwright.sync_api import Page as Tab

    from midstance.domain.plan import Plan

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default:NO BROWSER")]

DAY = 0
HEAVY, MONDAY, SATURDAY = on(10), on(7), on(12)      # Thursday's session; a day that a rule forbids; a free one
LONG_PRESS_MS = 700
POINTER = """([id, kind, points, hold]) => new Promise((done) => {
  const card = document.querySelector(`[data-movable][data-id="${id}"]`);
  const below = (name, [x, y]) => name === "pointerdown" ? card : document.elementFromPoint(x, y) || card;
  const fire = (name, [x, y]) => below(name, [x, y]).dispatchEvent(
    new PointerEvent(name, { bubbles: true, cancelable: true, pointerId: 7, pointerType: kind, clientX: x, clientY: y,
      isPrimary: true, button: 0 }));
  fire("pointerdown", points[0]);
  setTimeout(() => {
    for (const point of points.slice(1)) fire("pointermove", point);
    setTimeout(() => { fire("pointerup", points[points.length - 1]); done(null); }, 60);
  }, hold);
})"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The app on a diary that a test may change, on a Monday; and the diary."""
    place = diary_with_plan(tmp_path / "diary.db")
    with served(an_app(place, at=morning(DAY))) as address:
        yield address, place


def plan_of(place: Path) -> Plan:
    """The plan in force."""
    with open_store(place) as store:
        return need_course(current(store)).plan


def heavy_days(place: Path) -> set[object]:
    """Dates of heavy sessions."""
    return {s.date for s in plan_of(place).sessions if s.kind is Kind.HEAVY}


def heavy(tab: Tab) -> Locator:
    """Thursday's heavy session on the calendar."""
    return tab.locator(f'.card.heavy[data-date="{HEAVY}"]')


def says(tab: Tab) -> Locator:
    """What is said to everybody while something moves."""
    return tab.locator("[data-mover-says]")


def taken_up(tab: Tab) -> None:
    """Take Thursday's session up with the keyboard, and wait until the days have answered."""
    heavy(tab).locator(".open").focus()
    tab.keyboard.press("m")
    tab.wait_for_selector(f'[data-day="{SATURDAY}"][data-answer]')


def middle(tab: Tab, selector: str) -> tuple[float, float]:
    """Middle of an element on the screen."""
    box = tab.locator(selector).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + min(60, box["height"] / 2)


def accept_and_undo(tab: Tab, place: Path) -> None:
    """Accept what the dialog asks, see it done, and take it back."""
    dialog = tab.locator("dialog[open]")
    dialog.wait_for()
    assert "moves to Saturday" in dialog.inner_text()
    assert HEAVY in heavy_days(place)
    dialog.locator("[data-accept]").click()
    notice = tab.locator("[data-notice]")
    notice.wait_for()
    assert "moves to Saturday" in notice.inner_text()
    assert {HEAVY, SATURDAY} & heavy_days(place) == {SATURDAY}
    notice.get_by_role("button", name="Take back").click()
    tab.wait_for_load_state()
    assert {HEAVY, SATURDAY} & heavy_days(place) == {HEAVY}


def test_by_keyboard_alone(browser: Browser, own: tuple[str, Path]) -> None:
    """M takes it up, arrows walk the days, a forbidden one says its rule and takes nothing, Enter asks and accepts."""
    home, place = own
    with tab_of(browser, home) as watched:
        tab = watched.open("/plan")
        taken_up(tab)
        for _ in range(3):
            tab.keyboard.press("ArrowLeft")
        assert says(tab).get_attribute("aria-live") == "polite"
        assert says(tab).inner_text() == (
            "Monday 18 January: forbidden: 23.6 h before Tuesday's intervals (18:00), more than 24 h are needed.")
        tab.keyboard.press("Enter")
        assert tab.locator("dialog[open]").count() == 0
        for _ in range(5):
            tab.keyboard.press("ArrowRight")
        assert says(tab).inner_text().startswith("Saturday 23 January: free.")
        tab.keyboard.press("Enter")
        tab.locator("dialog[open]").wait_for()
        assert tab.evaluate("document.activeElement.matches('[data-accept]')")
        accept_and_undo(tab, place)
        assert watched.heard() == []


def test_escape_leaves_everything_as_it_was(browser: Browser, own: tuple[str, Path]) -> None:
    """Escape ends the choosing, then the dialog; the focus goes back to the session and the diary is as before."""
    home, place = own
    before = plan_of(place)
    with tab_of(browser, home) as watched:
        tab = watched.open("/plan")
        taken_up(tab)
        tab.keyboard.press("Escape")
        assert tab.locator("[data-answer]").count() == 0
        assert tab.evaluate("document.activeElement.closest('[data-id]')?.dataset.date") == str(HEAVY)
        taken_up(tab)
        tab.keyboard.press("ArrowRight")
        tab.keyboard.press("ArrowRight")
        tab.keyboard.press("Enter")
        tab.locator("dialog[open]").wait_for()
        tab.keyboard.press("Escape")
        tab.wait_for_function("!document.querySelector('dialog[open]')")
        assert tab.evaluate("document.activeElement.closest('[data-id]')?.dataset.date") == str(HEAVY)
    assert plan_of(place) == before


def test_dragging_by_mouse(browser: Browser, own: tuple[str, Path]) -> None:
    """Dropped on a forbidden day it stays and the rule is told; dropped on a free one the consequences are asked."""
    home, place = own
    with tab_of(browser, home) as watched:
        tab = watched.open("/plan")
        heavy(tab).scroll_into_view_if_needed()
        for day, found in ((MONDAY, "more than 24 h are needed"), (SATURDAY, "")):
            x, y = middle(tab, f'.card.heavy[data-date="{HEAVY}"] .open')
            tab.mouse.move(x, y)
            tab.mouse.down()
            tab.mouse.move(x + 12, y + 4)
            tab.wait_for_selector(f'[data-day="{day}"][data-answer]')
            to = middle(tab, f'[data-day="{day}"]')
            tab.mouse.move(*to, steps=6)
            assert tab.locator(".ghost").count() == 1
            tab.mouse.up()
            assert tab.locator(".ghost").count() == 0
            if found:
                tab.wait_for_function("document.activeElement.matches('[data-mover]')")
                assert found in says(tab).inner_text()
                tab.get_by_role("button", name="Leave it").click()
        accept_and_undo(tab, place)
        assert watched.heard() == []


def test_a_quick_drag_waits_for_the_answer(browser: Browser, own: tuple[str, Path]) -> None:
    """Let go before the rules have answered, it is asked about as soon as they have; a click opens nothing then."""
    home, _ = own
    with tab_of(browser, home) as watched:
        tab = watched.open("/plan")
        heavy(tab).scroll_into_view_if_needed()
        x, y = middle(tab, f'.card.heavy[data-date="{HEAVY}"] .open')
        tab.mouse.move(x, y)
        tab.mouse.down()
        tab.mouse.move(x + 20, y)
        tab.mouse.move(*middle(tab, f'[data-day="{SATURDAY}"]'))
        tab.mouse.up()
        tab.locator("dialog[open]").wait_for()
        assert "Heavy strength, Thu 21 Jan, to Sat 23 Jan?" in tab.locator("dialog[open]").inner_text()


def test_dragging_by_a_long_press(browser: Browser, own: tuple[str, Path]) -> None:
    """A finger that rests on a session takes it up; one that moves on at once scrolls and takes nothing."""
    home, _ = own
    with tab_of(browser, home, size=PHONE) as watched:
        tab = watched.open("/plan")
        heavy(tab).scroll_into_view_if_needed()
        id_ = heavy(tab).get_attribute("data-id")
        begin, there = middle(tab, f'[data-id="{id_}"]'), middle(tab, f'[data-day="{SATURDAY}"]')
        tab.evaluate(POINTER, [id_, "touch", [begin, (begin[0], begin[1] + 40), there], 40])
        assert tab.locator("[data-moving]").count() == 0
        tab.evaluate(POINTER, [id_, "touch", [begin, (begin[0], begin[1] + 10), there], LONG_PRESS_MS])
        tab.locator("dialog[open]").wait_for()
        assert "to Sat 23 Jan?" in tab.locator("dialog[open]").inner_text()


def test_by_taps_alone(browser: Browser, own: tuple[str, Path]) -> None:
    """Without any dragging: the arrows of a session, then the day; a forbidden day answers and takes nothing."""
    home, place = own
    with tab_of(browser, home, size=PHONE) as watched:
        tab = watched.open("/plan")
        heavy(tab).locator(".grip").tap()
        tab.wait_for_selector(f'[data-day="{SATURDAY}"][data-answer]')
        tab.locator(f'[data-day="{on(13)}"] .date').tap()
        assert says(tab).inner_text() == "Sunday 24 January: forbidden: no free time is set for Sundays."
        tab.locator(f'[data-day="{SATURDAY}"] .date').tap()
        accept_and_undo(tab, place)
        assert watched.heard() == []


def test_a_link_from_today_takes_it_up_at_once(browser: Browser, own: tuple[str, Path]) -> None:
    """Move it, on another screen, leads to the calendar with the days answering and the keys ready."""
    home, place = own
    id_ = next(s.id for s in plan_of(place).sessions if s.date == HEAVY)
    with tab_of(browser, home) as watched:
        tab = watched.open(f"/plan?date={HEAVY}&session={id_}#move")
        tab.wait_for_selector(f'[data-day="{SATURDAY}"][data-answer]')
        assert tab.evaluate("document.activeElement.matches('[data-mover]')")
        assert says(tab).inner_text().startswith("Thursday 21 January: here now")
        assert tab.locator("section.panel").count() == 0


def test_a_session_opens_with_all_that_can_be_done(browser: Browser, own: tuple[str, Path]) -> None:
    """Its blocks, why it stands there, start, move and skip; skipping is asked in the same place."""
    home, place = own
    with tab_of(browser, home) as watched:
        tab = watched.open("/plan")
        heavy(tab).locator(".open").click()
        dialog = tab.locator("dialog[open]")
        dialog.wait_for()
        text = dialog.inner_text()
        assert "Goblet squat" in text
        assert "Stands 47" in text
        start = dialog.get_by_role("link", name="Start").get_attribute("href")
        assert str(start).startswith(f"/player#s-{HEAVY}-")
        dialog.get_by_role("link", name="Skip it").click()
        dialog.get_by_role("button", name="Skip it").click()
        tab.locator("[data-notice]").wait_for()
        assert HEAVY not in heavy_days(place)
        assert watched.heard() == []


def test_busy_days_and_races_are_asked_in_the_dialog(browser: Browser, own: tuple[str, Path]) -> None:
    """The forms at the foot show what would change, and keeping all as it was writes nothing."""
    home, place = own
    before = plan_of(place)
    with tab_of(browser, home) as watched:
        tab = watched.open("/plan")
        tab.fill('[name="busy_first"]', str(HEAVY))
        tab.get_by_role("button", name="See what changes").first.click()
        dialog = tab.locator("dialog[open]")
        dialog.wait_for()
        assert "you are busy on this date" in dialog.inner_text()
        dialog.get_by_role("link", name="Keep as it was").click()
        tab.fill('[name="race_date"]', str(on(20)))
        tab.fill('[name="race_km"]', "5")
        tab.get_by_role("button", name="See what changes").last.click()
        dialog.wait_for()
        assert dialog.get_by_role("button", name="Add the race").is_visible()
        assert watched.heard() == []
    assert plan_of(place) == before


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_barrier_while_something_moves(
    browser: Browser, own: tuple[str, Path], size: tuple[int, int], theme: str,
) -> None:
    """Days that answer, the dialog that asks and the dialog that shows have no barrier in either theme."""
    home, _ = own
    with tab_of(browser, home, size=size, theme=theme) as watched:
        tab = watched.open("/plan")
        taken_up(tab)
        found = violations(tab)
        words = tab.locator(".answer b").all_inner_texts()
        icons = tab.locator(".answer svg").count()
        tab.keyboard.press("ArrowRight")
        tab.keyboard.press("Enter")
        tab.locator("dialog[open]").wait_for()
        found += violations(tab)
        tab.keyboard.press("Escape")
        heavy(tab).locator(".open").click()
        tab.locator("dialog[open]").wait_for()
        found += violations(tab)
    assert found == []
    assert set(words) == {"Forbidden", "Free", "Here now", "At a price", "Taken"}
    assert icons == len(words)


def test_without_scripts_it_is_a_form(browser: Browser, own: tuple[str, Path]) -> None:
    """The arrows lead to a choice of days with their answers, that to the consequences, and Accept does it."""
    home, place = own
    with tab_of(browser, home, java_script_enabled=False) as watched:
        tab = watched.open("/plan")
        heavy(tab).hover()
        heavy(tab).locator(".grip").click()
        tab.locator("form.to select").select_option(str(SATURDAY))
        tab.get_by_role("button", name="See what changes").first.click()
        tab.locator("#panel").get_by_role("button", name="Move it").click()
        assert "moves to Saturday" in tab.locator("[data-notice]").inner_text()
    assert SATURDAY in heavy_days(place)


def test_when_the_server_is_gone_it_says_so(browser: Browser, own: tuple[str, Path]) -> None:
    """No answer is told as no answer: nothing moves, nothing is half done."""
    home, _ = own
    with tab_of(browser, home) as watched:
        tab = watched.open("/plan")
        tab.route(re.compile("/api/v1/plan/where"), lambda route: route.abort())
        heavy(tab).locator(".open").focus()
        tab.keyboard.press("m")
        tab.wait_for_function("document.querySelector('[data-mover-says]').textContent.startsWith('No answer')")
        assert "Nothing was moved" in says(tab).inner_text()
