"""Pictures of every screen of the app, phone and desktop, from a made-up life.

``python examples/shots.py [FOLDER]``; the folder is ``docs/shots`` where none is named. Needs Chromium and playwright.
Jonas has followed his plan for five weeks (``life.py``); everything is made up, and the same at every call.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from life import ZONE, live, morning
from playwright.sync_api import sync_playwright

from midstance.services.diary import open_store
from midstance.web.app import World, make_app
from midstance.web.serve import Door, listen

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from playwright.sync_api import Browser

HERE = Path(__file__).parent
WEEKS = 5
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--hide-scrollbars")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True, kw_only=True)
class Look:
    """A window: its name, size, scale of the picture, and theme."""

    name: str
    width: int
    height: int
    scale: float
    theme: str = "light"


@dataclass(frozen=True, kw_only=True)
class Shot:
    """A picture: its name, its page, and what is pressed before it is taken."""

    name: str
    path: str
    press: tuple[str, ...] = ()


PHONE = Look(name="phone", width=390, height=780, scale=1.0)
DESKTOP = Look(name="desktop", width=1280, height=860, scale=0.6)
DARK = Look(name="phone-dark", width=390, height=780, scale=1.0, theme="dark")
SCREENS = tuple(Shot(name=name, path=f"/{name}") for name in (
    "today", "plan", "checkin", "progress", "exercises", "why", "import", "settings"))
FIRST_VISIT = Shot(name="setup", path="/setup")


@contextmanager
def served(place: Path, at: dt.datetime) -> Iterator[str]:
    """Serve the app with a clock that stands; its address."""
    socket = listen(Door(port=0))
    app = make_app(World(place=str(place), clock=lambda: at))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def take(browser: Browser, home: str, shot: Shot, look: Look, at: dt.datetime, folder: Path) -> Path:
    """Take one picture."""
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height}, device_scale_factor=look.scale, reduced_motion="reduce",
        color_scheme="dark" if look.theme == "dark" else "light", locale="en-GB", timezone_id=str(ZONE),
        service_workers="block")
    tab = context.new_page()
    tab.clock.set_fixed_time(at)
    tab.goto(home + shot.path, wait_until="networkidle")
    for what in shot.press:
        tab.locator(what).first.click()
        tab.wait_for_timeout(300)
    path = folder / f"{shot.name}-{look.name}.png"
    tab.screenshot(path=path, animations="disabled", caret="hide")
    context.close()
    return path


def main(folder: Path) -> None:
    """Let Jonas live, and take all pictures."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise SystemExit("make shots needs Chromium: Debian's package chromium")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        store = open_store(Path(made) / "jonas.db")
        heavy = live(store, WEEKS)
        store.close()
        at = morning(heavy.date)
        player = Shot(name="player", path=f"/player#{heavy.id}")
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        taken: list[Path] = []
        with served(Path(made) / "jonas.db", at) as home:
            for shot in (*SCREENS, player):
                taken += [take(browser, home, shot, look, at, folder) for look in (PHONE, DESKTOP)]
            taken += [take(browser, home, shot, DARK, at, folder) for shot in (SCREENS[0], player)]
        with served(Path(made) / "new.db", at) as home:
            taken += [take(browser, home, FIRST_VISIT, look, at, folder) for look in (PHONE, DESKTOP)]
        browser.close()
    size = sum(path.stat().st_size for path in taken)
    print(f"{len(taken)} pictures in {folder}, {size / 1000:.0f} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else HERE.parent / "docs" / "shots"))
