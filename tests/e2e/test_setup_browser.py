"""The first set-up and the settings in a real Chromium: from nothing to a plan, with and without scripts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from browser import DESKTOP, PHONE, Watched, served, tab_of, violations
from midstance.domain.runner import Level
from midstance.domain.session import Kind
from midstance.services.course import Course, need_course
from midstance.services.diary import current, open_store
from midstance.services.set_up_change import settings_of
from web import an_app, diary_with_plan, morning

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default:NO BROWSER")]

STEPS = ("you", "running", "time", "mirror", "ready")
LOOKS = [(PHONE, "light"), ((768, 1024), "dark"), (DESKTOP, "light"), (PHONE, "dark")]
TOO_WIDE = "document.scrollingElement.scrollWidth > document.documentElement.clientWidth"
CALENDAR = b"date,start,type,minutes,title\n2027-02-10,07:00,easy,40,Lake\n2027-02-12,18:00,easy,30,Town\n"
TODAY = morning().date()


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The app on an empty diary, and the diary."""
    place = tmp_path / "diary.db"
    with served(an_app(place)) as address:
        yield address, place


def course_in(place: Path) -> Course:
    """The plan in force in a diary."""
    with open_store(place) as store:
        return need_course(current(store))


def faults_of(tab: Tab) -> list[str]:
    """Barriers of what a page shows, and whether it is too wide."""
    tab.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    return [*violations(tab), *(["too wide"] if tab.evaluate(TOO_WIDE) else [])]


def answer(tab: Tab) -> None:
    """Answer as Ana would: a 10 km in spring, a kettlebell, no time on Wednesdays, a wobbly left foot."""
    tab.fill("#name", "Ana")
    tab.click("text=A 10 km")
    to(tab, "running")
    tab.select_option("#race_1_distance", "10")
    tab.fill("#race_1_date", "2027-04-18")
    tab.select_option("#run_thu_type", "intervals")
    tab.fill("#run_thu_minutes", "50")
    to(tab, "time")
    for part in ("early", "evening"):
        tab.uncheck(f"[name=free_wed][value={part}]")
    tab.select_option("#session_minutes", "20")
    tab.check("[name=equipment][value=kettlebell]")
    tab.fill("#weights_kg", "8, 2 x 16 kg")
    to(tab, "mirror")
    tab.fill("#test_balance_eyes_open_s_left", "6")
    tab.fill("#test_balance_eyes_open_s_right", "20")
    tab.fill("#test_push_up_reps", "3")
    to(tab, "ready")


def to(tab: Tab, step: str) -> None:
    """Go to the next step where there are steps."""
    if tab.locator("[data-next]").is_visible():
        tab.click("[data-next]")
        tab.wait_for_selector(f"#{step}:not([hidden])")


def as_asked(course: Course) -> None:
    """Check that a plan is the one that ``answer`` asks for."""
    runner, plan = course.runner, course.plan
    assert (runner.name, runner.goal, runner.equipment) == ("Ana", "10k", ("kettlebell",))
    assert runner.weights_kg == (8.0, 16.0, 16.0)
    assert [(race.date, race.distance_km, race.priority) for race in runner.races] == [
        (dt.date(2027, 4, 18), 10.0, "A")]
    assert runner.assessment["balance-eyes-open-s"] == {"left": 6.0, "right": 20.0}
    assert (plan.starts, runner.strength_level) == (TODAY, Level.BEGINNER)
    sessions = [s for s in plan.sessions if s.kind is not Kind.PRIMER]
    assert len(sessions) > 20
    assert all(s.date.weekday() != 2 and s.minutes <= 20 for s in sessions)
    assert {run.type.value for run in plan.runs if run.date.weekday() == 3} == {"intervals"}
    assert plan.runs[-1].date > dt.date(2027, 4, 18)
    whys = " ".join(why for s in sessions for why in s.why)
    assert "your test found less than 10 seconds on one foot" in whys
    assert "your test found fewer than 5 push-ups" in whys


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_from_nothing_to_a_plan(browser: Browser, bare: tuple[str, Path], size: tuple[int, int]) -> None:
    """A first visit leads to the set-up, step by step to a plan that is what was asked for, and on to today."""
    home, place = bare
    with tab_of(browser, home, size=size, timezone_id="Europe/Madrid") as watched:
        tab = watched.open("/today")
        assert tab.url.endswith("/setup")
        answer(tab)
        assert "10 km on 2027-04-18" in tab.inner_text("[data-summary]")
        tab.click("[data-make]")
        tab.wait_for_url("**/setup?made=yes")
        assert "Your plan is made, Ana" in tab.inner_text("h1")
        assert "your test found" in tab.inner_text("main")
        tab.click("text=To today")
        tab.wait_for_url("**/today")
        assert watched.heard() == []
    as_asked(course_in(place))
    assert course_in(place).runner.timezone == "Europe/Madrid"


def test_the_same_without_scripts(browser: Browser, bare: tuple[str, Path]) -> None:
    """Without scripts the set-up is one long page that leads to the same plan, and a fault keeps what was typed."""
    home, place = bare
    with tab_of(browser, home, size=PHONE, java_script_enabled=False) as watched:
        tab = watched.open("/setup")
        answer(tab)
        tab.fill("#weights_kg", "many")
        tab.click("[data-make]")
        assert tab.locator(".faults a").count() == 1
        assert tab.input_value("#name") == "Ana"
        assert not tab.is_checked("[name=free_wed][value=early]")
        tab.fill("#weights_kg", "8, 2 x 16 kg")
        tab.click("[data-make]")
        tab.wait_for_url("**/setup?made=yes")
    as_asked(course_in(place))


def test_pressing_through_gives_a_careful_plan(browser: Browser, bare: tuple[str, Path]) -> None:
    """Whoever changes nothing gets a plan for a regular runner who is new to strength work, with body weight."""
    home, place = bare
    with tab_of(browser, home) as watched:
        tab = watched.open("/setup")
        for step in STEPS[1:]:
            to(tab, step)
        tab.click("[data-make]")
        tab.wait_for_url("**/setup?made=yes")
        assert watched.heard() == []
    plan = course_in(place).plan
    weeks = [[s for s in week.sessions if s.kind is not Kind.PRIMER] for week in plan.weeks[1:-1]]
    assert all(2 <= len(week) <= 3 for week in weeks)
    assert all(item.weight_kg is None for s in plan.sessions for b in s.blocks for item in b.items)


def test_a_fault_loses_nothing_not_even_files(browser: Browser, bare: tuple[str, Path]) -> None:
    """What is wrong is shown at its step with the focus one press away; answers and chosen files stay."""
    home, place = bare
    with tab_of(browser, home, size=PHONE) as watched:
        tab = watched.open("/setup")
        answer(tab)
        tab.click("[data-step-link=running]", force=True)
        tab.set_input_files("#upload", {"name": "plan.csv", "mimeType": "text/csv", "buffer": CALENDAR})
        tab.fill("#run_tue_minutes", "soon")
        for step in ("time", "mirror", "ready"):
            to(tab, step)
        tab.click("[data-make]")
        tab.wait_for_selector(".faults")
        assert tab.is_visible("#running")
        assert tab.evaluate("document.activeElement.className") == "faults"
        assert violations(tab) == []
        tab.click(".faults a")
        assert tab.evaluate("document.activeElement.id") == "run_tue_minutes"
        assert "soon" in tab.inner_text(".row-faults >> nth=1")
        tab.fill("#run_tue_minutes", "45")
        for step in ("time", "mirror", "ready"):
            to(tab, step)
        tab.click("[data-make]")
        tab.wait_for_url("**/setup?made=yes")
        watched.heard()     # the refused form is told in the console
    as_asked(course := course_in(place))
    assert [run.title for run in course.plan.runs if run.source == "plan.csv"] == ["Lake", "Town"]


def test_answers_outlive_a_reload(browser: Browser, bare: tuple[str, Path]) -> None:
    """A reload in the middle, and the browser's own way back, keep the answers and the step."""
    home, _ = bare
    with tab_of(browser, home) as watched:
        tab = watched.open("/setup")
        tab.fill("#name", "Ana")
        tab.click("text=A marathon")
        to(tab, "running")
        tab.select_option("#run_mon_type", "tempo")
        tab.reload()
        assert tab.is_visible("#running")
        assert tab.input_value("#run_mon_type") == "tempo"
        tab.go_back()
        tab.wait_for_selector("#you:not([hidden])")
        assert tab.input_value("#name") == "Ana"
        assert tab.is_checked("[name=goal][value=marathon]")


@pytest.mark.parametrize(("size", "theme"), LOOKS, ids=[f"{size[0]}-{theme}" for size, theme in LOOKS])
def test_every_step_is_free_of_barriers(
    browser: Browser, bare: tuple[str, Path], size: tuple[int, int], theme: str
) -> None:
    """Each step with everything unfolded, and the page with the plan: axe finds nothing, nothing is cut off."""
    home, _ = bare
    found: list[str] = []
    with tab_of(browser, home, size=size, theme=theme) as watched:
        tab = watched.open("/setup")
        for step in STEPS:
            to(tab, step) if step != "you" else None
            found += [f"{step}: {fault}" for fault in faults_of(tab)]
        tab.click("[data-make]")
        tab.wait_for_url("**/setup?made=yes")
        found += [f"made: {fault}" for fault in faults_of(tab)]
        assert watched.heard() == []
    assert found == []


def changed(watched: Watched) -> Tab:
    """Open the settings, leave the runner one kettlebell of 24 kg, and take Fridays away."""
    tab = watched.open("/settings")
    tab.click("#things > summary")
    tab.fill("#weights_kg", "24 kg")
    tab.click("#time > summary")
    tab.fill("#free_fri_exact", "")
    tab.click("[data-look] button")
    tab.wait_for_url("**/settings?look=*")
    return tab


def test_settings_show_before_they_change_and_are_taken_back(browser: Browser, tmp_path: Path) -> None:
    """A change is shown first, kept on a yes, followed by the plan, and taken back as one."""
    place = diary_with_plan(tmp_path / "diary.db")
    before = course_in(place)
    with served(an_app(place)) as home, tab_of(browser, home) as watched:
        tab = changed(watched)
        assert "Free times: changed on Fri." in tab.inner_text("#change")
        assert faults_of(tab) == []
        assert course_in(place).plan.id == before.plan.id
        tab.click("text=Keep these settings")
        tab.wait_for_url("**/settings")
        after = course_in(place)
        assert after.runner.availability[4] == ()
        assert after.runner.weights_kg == (24.0,)
        assert not [s for s in after.plan.sessions if s.date >= TODAY and s.date.weekday() == 4
                    and s.kind is not Kind.PRIMER]
        tab.click("text=Take back")
        tab.wait_for_selector("text=Taken back")
        assert watched.heard() == []
    assert course_in(place).plan.id == before.plan.id


def test_this_device_keeps_its_colours_and_sounds(browser: Browser, tmp_path: Path) -> None:
    """Dark stays dark on the next page, and the player's sounds are off where they were switched off."""
    place = diary_with_plan(tmp_path / "diary.db")
    with served(an_app(place)) as home, tab_of(browser, home) as watched:
        tab = watched.open("/settings")
        tab.click("label:has-text('Dark')")
        tab.uncheck("[data-wish][name=sound]")
        tab.wait_for_selector("text=Kept on this device", state="attached")
        watched.open("/settings")
        assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
        assert not tab.is_checked("[data-wish][name=sound]")
        assert faults_of(tab) == []
        assert watched.heard() == []


def test_everything_can_be_deleted(browser: Browser, tmp_path: Path) -> None:
    """The typed word deletes the diary, one archive is left, and the app begins anew."""
    place = diary_with_plan(tmp_path / "diary.db")
    with served(an_app(place)) as home, tab_of(browser, home) as watched:
        tab = watched.open("/settings")
        tab.click("text=Delete everything >> nth=0")
        tab.fill("#word", "delete")
        tab.click("button:has-text('Delete everything')")
        tab.wait_for_url("**/setup?gone=yes")
        assert "Everything is deleted here" in tab.inner_text(".notice")
        watched.open("/today")
        assert tab.url.endswith("/setup")
        assert watched.heard() == []
    assert len(list((tmp_path / "backups").glob("deleted-*.zip"))) == 1
    with open_store(place) as store:
        assert settings_of(current(store), today=TODAY) is None
