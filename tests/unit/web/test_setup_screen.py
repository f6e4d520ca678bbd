"""The set-up screen: one form that works without scripts, refilled after a fault, and the plan it leads to."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from midstance.services.course import need_course
from midstance.services.diary import current, open_store
from midstance.services.set_up import FIRST
from midstance.services.set_up_fields import ASKS
from midstance.web.screens.setup.form import CHOICES, answers_in, shown
from midstance.web.screens.setup.screen import Plan_
from web import HTML, a_client, an_app, diary_with_plan, morning, read_page

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from web import Page

NOT_SHOWN = {"strength_since", "run_start", "primers", "hard_days_hard", "indoor_months", "likes", "dislikes", "hr_max",
             "hr_rest", "hr_threshold", "pace_threshold", "keep_calendar"}
"""What the first set-up does not ask; the settings do."""
ANA = {"whole": "yes", "name": "Ana", "goal": "10k", "timezone": "Europe/Lisbon", "running_level": "intermediate",
       "strength_level": "beginner", "units": "metric", "session_minutes": "25", "run_tue_type": "easy",
       "run_tue_minutes": "45", "run_tue_start": "06:30", "free_mon": ["evening"], "free_sat": ["day", "evening"]}


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """A browser at the app on an empty diary."""
    return a_client(an_app(tmp_path / "diary.db"))


def form_of(page: Page) -> dict[str, list[str]]:
    """What a browser would send without anybody touching the form."""
    found: dict[str, list[str]] = {}
    inside = [tag for tag in page.named("input", "select", "option") if any(
        one.of("action") == "/setup/plan" for one in tag.parents)]
    for tag in inside:
        if tag.name == "input" and tag.of("type") in ("radio", "checkbox") and "checked" not in tag.attributes:
            continue
        if tag.name == "input" and tag.of("type") != "file":
            found.setdefault(tag.of("name"), []).append(tag.of("value"))
        if tag.name == "option" and "selected" in tag.attributes:
            found.setdefault(tag.parents[-1].of("name"), []).append(tag.of("value"))
        if tag.name == "select":
            found.setdefault(tag.of("name"), [])
    return {name: values or [""] for name, values in found.items()}


def test_the_form_asks_every_field_once(client: TestClient) -> None:
    """Each field of the set-up is in the page, with a label; nothing else is sent."""
    page = read_page(client.get("/setup", headers=HTML).text)
    controls = [tag for tag in page.named("input", "select") if any(
        one.of("action") == "/setup/plan" for one in tag.parents)]
    names = {tag.of("name") for tag in controls}
    assert page.faults == []
    assert names - {"whole", "files"} == {ask.name for ask in ASKS
                                          if ask.name not in NOT_SHOWN and not ask.name.startswith("away_")}
    labels = {tag.of("for") for tag in page.named("label")}
    bare = [tag.of("name") for tag in controls if tag.of("type") != "hidden" and tag.of("id") not in labels
            and not tag.of("aria-label") and not any(one.name == "label" for one in tag.parents)]
    assert bare == []


def test_pressing_the_button_is_enough(client: TestClient, tmp_path: Path) -> None:
    """The form as it comes, sent by a browser without scripts, makes a plan."""
    form = form_of(read_page(client.get("/setup", headers=HTML).text))
    answer = client.post("/setup/plan", data=form, headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (303, "/setup?made=yes")
    with open_store(tmp_path / "diary.db") as store:
        runner = need_course(current(store)).runner
    assert runner.name == "Runner"
    assert [run.day for run in runner.running] == [1, 3, 6]
    assert sorted(runner.availability) == [0, 1, 2, 3, 4]


def test_a_fault_keeps_what_was_typed(client: TestClient, tmp_path: Path) -> None:
    """Every fault stands at its field, and all answers are in the page again."""
    given = {**ANA, "birth_year": "1066", "race_1_distance": "10", "race_1_date": "soon", "equipment": ["band", "box"]}
    answer = client.post("/setup/plan", data=given, headers=HTML)
    page = read_page(answer.text)
    assert answer.status_code == 422
    links = [tag.of("href") for tag in page.named("a") if any("faults" in one.of("class") for one in tag.parents)]
    assert links == ["#birth_year", "#race_1_date"]
    invalid = {tag.of("id"): tag.of("aria-describedby") for tag in page.named("input")
               if "aria-invalid" in tag.attributes}
    assert set(invalid) == {"birth_year", "race_1_date"}
    ids = {tag.of("id") for tag in page.tags}
    assert set(" ".join(invalid.values()).split()) <= ids
    again = form_of(page)
    assert again["name"] == ["Ana"]
    assert set(again["equipment"]) == {"box", "band"}
    assert again["race_1_date"] == ["soon"]
    assert again["free_sat"] == ["day", "evening"]
    assert "free_sun" not in again
    with open_store(tmp_path / "diary.db") as store:
        assert store.count() == 0


def test_the_made_page_shows_the_week_and_the_check(client: TestClient) -> None:
    """After the set-up: the first seven days, the next session, what the self-tests chose, the way to today."""
    given = {**ANA, "test_balance_eyes_open_s_left": "5", "test_balance_eyes_open_s_right": "6"}
    client.post("/setup/plan", data=given, headers=HTML)
    made = client.get("/setup.json?made=yes").json()["made"]
    assert [day["date"] for day in made["days"]] == [
        (morning().date() + dt.timedelta(days=n)).isoformat() for n in range(7)]
    assert made["next"]["minutes"] <= 25
    assert any("less than 10 seconds on one foot" in sentence for sentence in made["checked"])
    page = client.get("/setup?made=yes", headers=HTML).text
    assert read_page(page).faults == []
    assert 'href="/today"' in page


def test_with_a_plan_the_set_up_leads_to_settings(tmp_path: Path) -> None:
    """Whoever has a plan is led to the settings, and may begin anew if they ask for it."""
    client = a_client(an_app(diary_with_plan(tmp_path / "diary.db")))
    assert "You have a plan" in client.get("/setup", headers=HTML).text
    assert 'action="/setup/plan"' in client.get("/setup?anew=yes", headers=HTML).text


def test_the_interface_takes_the_same(client: TestClient) -> None:
    """JSON with a few answers makes a plan; what is not told counts as the form had it first."""
    answer = client.post("/api/v1/setup/plan", json={"name": "Ana", "equipment": ["kettlebell"], "weights_kg": "16 kg"})
    assert answer.status_code == 200
    assert answer.json()["batch"].startswith("b-")
    assert client.get("/api/v1/settings").json()["answers"]["weights_kg"] == "16 kg"
    refused = client.post("/api/v1/setup/plan", json={"goal": "moon"})
    assert [fault["place"] for fault in refused.json()["faults"]] == ["goal"]


def test_files_come_with_the_form(client: TestClient) -> None:
    """A calendar beside the answers is read; a file that is none is a fault at the field for files."""
    day = morning().date() + dt.timedelta(days=3)
    csv = ("spring.csv", f"date,start,type,minutes,title\n{day},07:00,easy,40,Lake\n".encode())
    answer = client.post("/setup/plan", data=ANA, files={"files": csv}, headers=HTML)
    assert answer.status_code == 303
    assert client.get("/api/v1/settings").json()["calendars"] == {"spring.csv": 1}
    wrong = client.post("/setup/plan", data=ANA, files={"files": ("x.pdf", b"%PDF-1.7")}, headers=HTML)
    assert wrong.status_code == 422
    assert 'href="#files"' in wrong.text


def test_what_can_be_chosen_can_be_read(client: TestClient) -> None:
    """Every option of every select and radio is an answer that makes a plan's runner."""
    fields = {"goal": "goal", "running_level": "running_level", "strength_level": "strength_level", "units": "units",
              "sex": "sex", "session_minutes": "session_minutes", "primers": "primers"}
    for choice, name in fields.items():
        for value, _, _ in CHOICES[choice]:
            refused = client.post("/api/v1/setup/plan", json={name: value}).json()
            assert "faults" not in refused, (name, value)


def test_an_empty_field_is_an_answer_only_in_a_whole_form() -> None:
    """A whole form says that nothing is ticked; a few answers leave the rest alone."""
    whole = answers_in(Plan_(whole="yes", name="Ana"))
    assert whole["equipment"] == ()
    assert whole["run_tue_type"] == ""
    assert set(whole) == {ask.name for ask in ASKS}
    assert answers_in(Plan_(name="Ana")) == {"name": "Ana"}


def test_what_was_given_counts_before_what_was_known() -> None:
    """After a fault the form shows what was handed in, also what was emptied."""
    known, given = shown(FIRST, {}), shown(FIRST, {"name": ["Ana"], "free_sat": ["day"]})
    assert known.has("free_sat", "early")
    assert not given.has("free_sat", "early")
    assert (known.text("run_tue_minutes"), given.text("run_tue_minutes"), given.text("name")) == ("45", "", "Ana")
