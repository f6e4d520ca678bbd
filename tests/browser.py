"""A real Chromium at the real app, for tests: the server runs beside the test, every complaint of a page is kept."""

from __future__ import annotations

import shutil
import threading
import time
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from playwright.sync_api import Page

from midstance.web.serve import Door, listen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext
    from starlette.applications import Starlette

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage")
WAIT_S = 10.0
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MISSING = "NO BROWSER TESTS"
PHONE, DESKTOP = (360, 740), (1440, 900)


def program() -> str:
    """Path of the system's Chromium; without one, or without playwright, browser tests are skipped loudly."""
    try:
        import playwright.sync_api  # noqa: F401, PLC0415
        from axe_playwright_python import base  # noqa: F401, PLC0415
    except ImportError:
        missing("playwright or axe-playwright-python is not installed")
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        missing("Chromium is not installed (Debian's package chromium)")
    return str(found)


def missing(what: str) -> None:
    """Skip, so that it is seen."""
    warnings.warn(f"{MISSING}: {what}", stacklevel=2)
    pytest.skip(f"{MISSING}: {what}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium, without a window."""
    path = program()
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def served(app: Starlette) -> Iterator[str]:
    """Serve an app at a free port of loopback, and give its address."""
    socket = listen(Door(port=0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    until = time.monotonic() + WAIT_S
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    assert server.started
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    server.should_exit = True
    thread.join(WAIT_S)


@dataclass
class Watched:
    """A tab whose complaints are kept.

    Attributes:
        tab: The tab.
        home: Address of the app.
        complaints: Errors of the console and of scripts, refused or failed loads, requests to elsewhere.
    """

    tab: Page
    home: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to listen."""
        self.tab.on("console", lambda message: self._said(message.type, message.text, message.location))
        self.tab.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.tab.on("requestfailed", self._failed)
        self.tab.on("request", lambda request: self._asked(request.url))

    def _said(self, kind: str, text: str, location: Any) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(f"console: {text} ({location.get('url', '')})")

    def _failed(self, request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # a page that is left stops loading
            self.complaints.append(f"failed: {request.url} {request.failure}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.home, "data:", "blob:", "about:")):
            self.complaints.append(f"elsewhere: {url}")

    def open(self, path: str) -> Page:
        """Go to a page of the app and wait until it is quiet."""
        self.tab.goto(self.home + path, wait_until="load")
        return self.tab

    def heard(self) -> list[str]:
        """Give the complaints so far, and forget them."""
        found, self.complaints[:] = list(self.complaints), []
        return found


@contextmanager
def tab_of(browser: Browser, home: str, *, size: tuple[int, int] = DESKTOP, theme: str = "light",
           **options: Any) -> Iterator[Watched]:
    """Open a tab of a size and a theme, as a browser of its own."""
    options = {"viewport": {"width": size[0], "height": size[1]}, "color_scheme": theme,
               "has_touch": size == PHONE, "reduced_motion": "reduce", **options}
    context: BrowserContext = browser.new_context(**options)
    context.set_default_timeout(1000 * WAIT_S)
    yield Watched(context.new_page(), home)
    context.close()


def axe_source() -> str:
    """The text of axe-core that comes with axe-playwright-python."""
    import axe_playwright_python  # noqa: PLC0415

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


def violations(tab: Page) -> list[str]:
    """What axe-core finds on a page: rule, how many, and the first element with what is wrong with it."""
    if not tab.evaluate("typeof window.axe === 'object'"):
        tab.evaluate(axe_source())
    found = tab.evaluate("(tags) => axe.run(document, {runOnly: tags, resultTypes: ['violations']})"
                         ".then((r) => r.violations)", TAGS)
    return [f"{one['id']} x{len(one['nodes'])}: {one['nodes'][0]['target']} "
            f"{one['nodes'][0].get('failureSummary', '').splitlines()[1:3]}" for one in found]
