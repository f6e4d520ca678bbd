"""A session on a real phone's browser while the real server is killed at random moments: nothing is lost or doubled.

20 kills a run of the tests; ``MIDSTANCE_SESSION_KILLS`` says how many instead (``make soak``: 200).
"""

from __future__ import annotations

import os
import random
import re
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from midstance.domain.diary import SessionDone, SetDone
from midstance.domain.session import STRENGTH_TYPE
from midstance.services.course import need_course
from midstance.services.diary import current, open_store
from web import diary_with_plan, morning

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KILLS = int(os.environ.get("MIDSTANCE_SESSION_KILLS", "20"))
EVENTS = """new Promise((done, failed) => {
  const asked = indexedDB.open("midstance-player");
  asked.onerror = () => failed(asked.error);
  asked.onsuccess = () => {
    const all = asked.result.transaction("events").objectStore("events").getAll();
    all.onsuccess = () => { asked.result.close(); done(all.result); };
  };
})"""
PRESSES = 400
WAIT_MS = 15_000
SERVE = """
import datetime as dt, sys
from pathlib import Path
from midstance.web.serve import Door, serve
first = dt.datetime.fromisoformat(sys.argv[3])
began = dt.datetime.now(dt.UTC)
serve(sys.argv[1], Door(port=int(sys.argv[2]), figures=Path(sys.argv[1]).parent),
      clock=lambda: first + (dt.datetime.now(dt.UTC) - began), tell=lambda line: print(line, flush=True))
"""
pytestmark = pytest.mark.browser


class Server:
    """The app as a process of its own, at one port, on a diary, with a clock that starts in the plan."""

    def __init__(self, place: Path) -> None:
        self.place = place
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it says that it is ready; one that runs goes on."""
        if self.process is not None:
            return
        at = morning().isoformat()
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(self.place), str(self.port), at], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        assert "ready" in self.process.stdout.readline()

    def kill(self) -> None:
        """Kill it as a power cut does."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server on a diary with a plan."""
    made = Server(diary_with_plan(tmp_path / "diary.db"))
    yield made
    made.kill()


def sessions_of(place: Path) -> list[str]:
    """List the strength sessions of the plan."""
    with open_store(place) as store:
        return [s.id for s in need_course(current(store)).plan.sessions if s.kind in STRENGTH_TYPE
                and s.date >= morning().date()]


def step(page: Any) -> bool:
    """Do what a runner does next; False when the session is finished."""
    if page.locator(".view.summary").count():
        return False
    if page.locator(".view.finish").count():
        page.keyboard.press("5")
        page.keyboard.press("Enter")
        page.wait_for_selector(".view.summary")
    elif page.get_by_role("button", name="Start hold").count() or page.locator(".view.holding").count():
        page.keyboard.press("m")
        page.get_by_role("button", name="Skip this set").click()
        page.wait_for_selector("dialog", state="detached")
    else:
        page.keyboard.press("Enter")
    page.wait_for_timeout(30)
    return True


def do_session(page: Any, server: Server, chance: random.Random, kills: int) -> int:
    """Do the session that is open, and kill the server on the way; give how often it was killed."""
    done = 0
    for _ in range(PRESSES):
        act = chance.random()
        if act < 0.3 and done < kills and server.process is not None:
            page.wait_for_timeout(chance.choice((0, 0, 20, 60)))
            server.kill()
            done += 1
        elif act < 0.6:
            server.start()
        elif act < 0.68:
            page.reload()
            page.wait_for_selector(".view")
        if not step(page):
            return done
    pytest.fail("the session does not end")


def test_a_session_arrives_once_however_often_the_server_dies(browser: Any, server: Server) -> None:
    """What the player acknowledged is in the diary at the end: each set once, the finish once."""
    chance, killed = random.Random(20261123), 0
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    names = sessions_of(server.place)
    played = []
    server.start()
    page.goto(f"{server.url}/today")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    while killed < KILLS:
        name = names[len(played)]
        server.start()
        page.goto(f"{server.url}/player#{name}")
        page.reload()
        page.wait_for_selector(".view.start")
        killed += do_session(page, server, chance, KILLS - killed)
        played.append(name)
    server.start()
    page.reload()
    page.get_by_text(re.compile("Saved in your diary")).wait_for()
    told = page.evaluate(EVENTS)
    context.close()
    assert {one["state"] for one in told} == {"sent"}
    sets = [one["event"] for one in told if one["event"]["kind"] == "set"]
    with open_store(server.place) as store:
        entries = [e.what for e in current(store)]
        store_faults = store.check()
    kept = [what for what in entries if isinstance(what, SetDone) and what.session in played]
    assert sorted((s["session"], s["exercise"], s.get("side", ""), s["number"]) for s in sets) == sorted(
        (k.session, k.exercise, k.side, k.number) for k in kept)
    assert len(kept) > killed / 4
    assert sorted(what.session for what in entries if isinstance(what, SessionDone)) == sorted(played)
    assert store_faults == ()
