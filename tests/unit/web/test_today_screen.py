"""Today: what to do, and what becomes of a session that was begun, done, skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from web import HTML, a_client, an_app, diary_with_plan, morning

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

NOW = morning().isoformat()
DAY = morning().date().isoformat()


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """A client on the Thursday with a heavy session."""
    return a_client(an_app(diary_with_plan(tmp_path / "diary.db")))


def a_set(session: str) -> dict[str, object]:
    """What the player reports after the first drill."""
    return {"key": "p000000000000000001-1", "play": "p000000000000000001", "session": session, "date": DAY, "at": NOW,
            "kind": "set", "exercise": "squat-to-stand", "amount": 6, "unit": "reps", "number": 1, "warm_up": True}


def test_a_session_that_was_begun_goes_on_until_somebody_says_that_it_is_over(client: TestClient) -> None:
    """A look at Today in the middle of a session offers the way back, and afterwards says that it is done."""
    session = client.get("/today.json").json()["session"]["id"]
    assert f'href="/player#{session}"' in client.get("/today", headers=HTML).text
    told = client.post("/api/v1/player/events", json={"events": [a_set(session)]}).json()
    assert told["kept"] == [a_set(session)["key"]]
    begun = client.get("/today.json").json()["done"]
    assert [(one["id"], one["begun"]) for one in begun] == [(session, True)]
    page = client.get("/today", headers=HTML).text
    assert "Go on" in page
    assert f'href="/player#{session}"' in page
    assert client.get("/api/v1/player", params={"session": session}).json()["session"]["id"] == session
    client.post("/today/did", data={"session": session})
    assert [one["begun"] for one in client.get("/today.json").json()["done"]] == [False]


def test_a_skipped_session_is_gone_and_comes_back_with_take_back(client: TestClient) -> None:
    """Skipping says what follows; one undo restores the day."""
    before = client.get("/today.json").json()
    done = client.post("/api/v1/today/skip", json={"day": DAY}).json()
    assert done["says"]
    assert client.get("/today.json").json()["session"] is None
    client.post("/api/v1/diary/undo", json={"batch": done["batch"]})
    after = client.get("/today.json").json()
    assert after["session"] == before["session"]


def test_a_shorter_version_is_one_press_away(client: TestClient) -> None:
    """Each length offered starts the player with it."""
    session = client.get("/today.json").json()["session"]
    page = client.get("/today", headers=HTML).text
    assert session["shorter"]
    for minutes in session["shorter"]:
        assert f'/player?minutes={minutes}#{session["id"]}' in page
