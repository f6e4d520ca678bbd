"""The mirror in Chromium, with a film of two squats for a camera: it counts two, and nothing leaves the machine."""

from __future__ import annotations

import importlib.util
import os
import re
import time
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browser import DESKTOP, FLAGS, PHONE, Watched, program, served, tab_of, violations
from midstance.services.mirror_package import MirrorPackage, find_package, mirror_folder
from midstance.web.app import World, make_app
from web import morning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default:NO MIRROR")]

FILM = Path(__file__).resolve().parents[3] / "shared" / "data" / "video" / "squat-rohanx01.mp4"
FILM_S = 20.4
"""Length of the film [s]; the camera begins anew after it."""
EXERCISE = "barbell-back-squat"
TELEMETRY = "https://odml.pa.googleapis.com/"
"""Where the pose model's runtime tries to report to; the page's policy must refuse it."""
START_MS = 60_000
TRACK = "(window.track = document.querySelector('video').srcObject.getVideoTracks()[0]).readyState"
DROP = """async () => {
  const loaded = performance.getEntriesByType("resource").map((one) => one.name);
  (await import(loaded.find((one) => one.endsWith("/mirror/pose.js")))).dropPose();
}"""
CHATTER = ("GL Driver Message", ".cc:", "XNNPACK", "GroupMarkerNotSet")
"""What the runtime says to itself on the console."""


def not_here(what: str) -> None:
    """Skip, loudly and counted; a machine without the model or the film runs everything else."""
    warnings.warn(f"NO MIRROR TESTS: {what}", stacklevel=1)
    pytest.skip(f"NO MIRROR TESTS: {what}")


@pytest.fixture(scope="module")
def package() -> MirrorPackage:
    """The real pose model, where it was fetched."""
    found = find_package(mirror_folder(os.environ, Path.home(), windows=os.name == "nt"))
    if found is None:
        not_here("the pose model is not here (make mirror fetches it)")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The film as Chromium's made-up camera takes it: pictures one after the other."""
    if not FILM.is_file():
        not_here("shared/data is not beside the checkout")
    if importlib.util.find_spec("av") is None:
        not_here("av is not installed")
    return mjpeg_of(FILM, tmp_path_factory.mktemp("film") / "squats.mjpeg")


def mjpeg_of(source: Path, to: Path) -> Path:
    """Write a film as pictures one after the other, 360 wide and 640 high."""
    import av  # noqa: PLC0415

    writer: Any = av.CodecContext.create("mjpeg", "w")
    writer.width, writer.height, writer.pix_fmt = 360, 640, "yuvj420p"
    with av.open(str(source)) as film, to.open("wb") as out:
        writer.time_base, writer.qmin, writer.qmax = film.streams.video[0].time_base, 3, 3
        for frame in film.decode(video=0):
            small = frame.reformat(width=writer.width, height=writer.height, format=writer.pix_fmt)
            out.writelines(bytes(packet) for packet in writer.encode(small))
    return to


@pytest.fixture(scope="module")
def home(package: MirrorPackage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with the pose model."""
    place, moment = tmp_path_factory.mktemp("mirror") / "diary.db", morning()
    with served(make_app(World(place=str(place), clock=lambda: moment, mirror=package.folder))) as address:
        yield address


@contextmanager
def with_camera(browser: Browser, *flags: str) -> Iterator[Browser]:
    """A second Chromium, whose camera is as the flags say."""
    started = browser.browser_type.launch(executable_path=program(), args=[*FLAGS, *flags])
    yield started
    started.close()


@pytest.fixture(scope="module")
def filmed(browser: Browser, film: Path) -> Iterator[Browser]:
    """Chromium with the film for a camera."""
    with with_camera(browser, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
                     f"--use-file-for-fake-video-capture={film}") as started:
        yield started


def serious(watched: Watched) -> list[str]:
    """Complaints that are not the runtime's talk to itself."""
    return [one for one in watched.heard() if not any(word in one for word in CHATTER)]


def start(watched: Watched, exercise: str = EXERCISE) -> Tab:
    """Open the mirror and wait until it looks."""
    tab = watched.open(f"/mirror?id={exercise}")
    tab.get_by_role("button", name="Start the camera").click()
    tab.locator("[data-mirror][data-on]").wait_for(timeout=START_MS)
    return tab


def counted(tab: Tab) -> int:
    """The number on the screen."""
    return int(tab.locator(".mirror-count b").inner_text())


def test_two_squats_are_counted_and_nothing_leaves(filmed: Browser, home: str) -> None:
    """The long still start counts nothing, the film two; no request but to the app, none that sends anything."""
    asked: list[tuple[str, str]] = []
    with tab_of(filmed, home) as watched:
        watched.tab.on("request", lambda request: asked.append((request.method, request.url)))
        began = time.monotonic()
        tab = start(watched)
        track = tab.evaluate(TRACK)
        told = []
        while time.monotonic() - began < FILM_S - 0.4:
            told.append((time.monotonic() - began, counted(tab)))
            tab.wait_for_timeout(100)
        assert [number for _, number in told] == sorted(number for _, number in told)
        assert counted(tab) == 2
        assert max((number for at, number in told if at < 8), default=0) == 0
        tab.get_by_role("button", name="Stop").click()
        assert "2 reps" in tab.locator("[data-mirror-log]").inner_text()
        assert (track, tab.evaluate("window.track.readyState")) == ("live", "ended")
        assert tab.evaluate("document.querySelector('video').srcObject") is None
        complaints = serious(watched)
    assert complaints == []
    assert {method for method, _ in asked} == {"GET"}
    assert [url for _, url in asked if not url.startswith((home, "data:", "blob:"))] == []


def test_the_runtime_cannot_report(filmed: Browser, home: str) -> None:
    """When the model is let go of, its runtime tries to report its use: the policy refuses that, and only that."""
    arrived: list[str] = []
    with tab_of(filmed, home) as watched:
        watched.tab.on("response", lambda answer: arrived.append(answer.url))
        tab = start(watched)
        tab.wait_for_timeout(1500)
        tab.get_by_role("button", name="Stop").click()
        assert serious(watched) == []
        with tab.expect_console_message(lambda said: TELEMETRY in said.text) as refused:
            tab.evaluate(DROP)
        assert "Content Security Policy" in refused.value.text
        tab.wait_for_timeout(500)
        complaints = serious(watched)
    assert complaints
    assert all(TELEMETRY in one or "Fetch API cannot load" in one for one in complaints), complaints
    assert [url for url in arrived if not url.startswith((home, "data:", "blob:"))] == []


@pytest.mark.parametrize(("size", "theme"), [(PHONE, "light"), (PHONE, "dark"), (DESKTOP, "light"), (DESKTOP, "dark")])
def test_the_open_mirror_has_no_barrier(filmed: Browser, home: str, size: tuple[int, int], theme: str) -> None:
    """While it runs axe finds nothing, all fits the window, and keys are enough: Enter starts, Escape stops."""
    with tab_of(filmed, home, size=size, theme=theme) as watched:
        tab = watched.open(f"/mirror?id={EXERCISE}")
        tab.get_by_role("button", name="Start the camera").focus()
        tab.keyboard.press("Enter")
        tab.locator("[data-mirror][data-on]").wait_for(timeout=START_MS)
        assert violations(tab) == []
        assert tab.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
        box = tab.get_by_role("button", name="Stop").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= size[1]
        assert box["height"] >= 44
        tab.keyboard.press("Escape")
        assert not tab.locator("dialog.mirror-window").is_visible()
        assert tab.evaluate("document.activeElement.textContent") == "Start the camera"
        assert serious(watched) == []


def test_a_hidden_page_pauses(filmed: Browser, home: str) -> None:
    """While the page is out of sight no picture is looked at; back in sight it goes on and says so."""
    hide = """(is) => {
      Object.defineProperty(document, "hidden", { value: is, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    with tab_of(filmed, home) as watched:
        tab = start(watched)
        tab.wait_for_timeout(1500)
        tab.evaluate(hide, True)
        tab.evaluate("delete document.querySelector('[data-mirror]').dataset.rate")
        tab.wait_for_timeout(1500)
        assert tab.evaluate("document.querySelector('[data-mirror]').dataset.rate ?? 'none'") == "none"
        tab.evaluate(hide, False)
        assert "not in sight" in tab.locator("dialog .mirror-state").inner_text()
        tab.locator("[data-mirror][data-rate]").wait_for(timeout=5000)


def test_a_refused_camera_has_words(browser: Browser, home: str) -> None:
    """Where the camera is not allowed or not there, the words say so, and one can try again."""
    with tab_of(browser, home) as watched:
        tab = watched.open(f"/mirror?id={EXERCISE}")
        tab.get_by_role("button", name="Start the camera").click()
        tab.get_by_text(re.compile("camera was not allowed|No camera was found")).wait_for()
        assert not tab.locator("dialog.mirror-window").is_visible()
        assert tab.get_by_role("button", name="Start the camera").is_visible()


def test_the_model_is_loaded_on_the_action_only(filmed: Browser, home: str) -> None:
    """Opening the page loads no byte of the package; a second start loads none again."""
    asked: list[str] = []
    with tab_of(filmed, home) as watched:
        watched.tab.on("request", lambda request: asked.append(request.url))
        tab = watched.open(f"/mirror?id={EXERCISE}")
        tab.wait_for_load_state("networkidle")
        assert not [url for url in asked if "/mirror/package/" in url]
        tab.get_by_role("button", name="Start the camera").click()
        tab.locator("[data-mirror][data-on]").wait_for(timeout=START_MS)
        first = [url for url in asked if "/mirror/package/" in url]
        assert len(first) == 4
        tab.get_by_role("button", name="Stop").click()
        tab.get_by_role("button", name="Start the camera").click()
        tab.locator("[data-mirror][data-on]").wait_for(timeout=START_MS)
        assert [url for url in asked if "/mirror/package/" in url] == first
