"""How fast the mirror looks in a browser: headless Chromium, no graphics chip, a film for a camera, the lite model.

    python benchmarks/mirror_speed.py [--runs 3] [--seconds 15] [--json FILE]

Needs the pose model (``make mirror``), Chromium, playwright, and av for the film; the film is 20 s of two squats from
``shared/data``, made smaller to 360 x 640, 30 pictures a second. Each run is a browser of its own, so that nothing is
kept from the run before. ``looks_a_second`` is what the page reaches, at most the camera's 30; ``look_ms`` how long
the model takes for one picture; ``first_skeleton_s`` runs from the press on Start to the first skeleton, with all that
is loaded by then. The machine's load stands beside each run: neighbours count.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if __package__ in (None, ""):  # called as a script
    sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "tests")]

from browser import FLAGS, program, served
from e2e.test_mirror_browser import FILM, mjpeg_of
from midstance.services.mirror_package import find_package, mirror_folder
from midstance.web.app import World, make_app
from web import morning

if TYPE_CHECKING:
    from collections.abc import Iterator

GOAL = 25
"""Looks a second that the project aims at."""
CLOCK = """() => {
  // the panel asks for each picture by this call: it is timed around what is done there
  window.spent = [];
  const own = HTMLVideoElement.prototype.requestVideoFrameCallback;
  HTMLVideoElement.prototype.requestVideoFrameCallback = function (run) {
    return own.call(this, (now, more) => {
      const began = performance.now();
      run(now, more);
      window.spent.push([began, performance.now() - began]);
    });
  };
}"""


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run: looks a second, time of one [ms], seconds and bytes to the first skeleton, and the machine's load."""

    looks_a_second: float
    look_ms: float
    look_p95_ms: float
    first_skeleton_s: float
    page_bytes: int
    start_bytes: int
    reps: int
    load: float


@contextmanager
def app() -> Iterator[str]:
    """Serve the app with the pose model."""
    package = find_package(mirror_folder(os.environ, Path.home(), windows=os.name == "nt"))
    if package is None:
        sys.exit("The pose model is not here: make mirror fetches it.")
    moment = morning()
    with tempfile.TemporaryDirectory() as folder, served(
            make_app(World(place=f"{folder}/diary.db", clock=lambda: moment, mirror=package.folder))) as home:
        yield home


def measured(home: str, film: Path, seconds: float) -> Run:
    """Let one browser look for so long."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    flags = [*FLAGS, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
             f"--use-file-for-fake-video-capture={film}"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=flags)
        tab = browser.new_page(viewport={"width": 360, "height": 740})
        sent: list[int] = []
        tab.on("requestfinished", lambda request: sent.append(request.sizes()["responseBodySize"]))
        tab.goto(f"{home}/mirror?id=barbell-back-squat", wait_until="networkidle")
        page_bytes = sum(sent)
        tab.evaluate(CLOCK)
        began = time.monotonic()
        tab.get_by_role("button", name="Start the camera").click()
        tab.locator("[data-mirror][data-delegate]").wait_for(timeout=120_000)
        first = time.monotonic() - began
        start_bytes = sum(sent) - page_bytes
        tab.evaluate("window.spent = []")
        tab.wait_for_timeout(1000 * seconds)
        spent = tab.evaluate("window.spent")
        reps = int(tab.locator(".mirror-count b").inner_text())
        browser.close()
    times = sorted(ms for _, ms in spent)
    return Run(looks_a_second=round((len(spent) - 1) / (spent[-1][0] - spent[0][0]) * 1000, 1),
               look_ms=round(median(times), 1), look_p95_ms=round(times[int(0.95 * len(times))], 1),
               first_skeleton_s=round(first, 2), page_bytes=page_bytes, start_bytes=start_bytes, reps=reps,
               load=round(os.getloadavg()[0], 2))


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--seconds", type=float, default=15)
    asked.add_argument("--json", type=Path)
    given = asked.parse_args()
    if not FILM.is_file():
        sys.exit(f"{FILM} is not there.")
    runs: list[Run] = []
    with tempfile.TemporaryDirectory() as folder, app() as home:
        film = mjpeg_of(FILM, Path(folder) / "film.mjpeg")
        for _ in range(given.runs):
            runs.append(measured(home, film, given.seconds))
            print(runs[-1])
    reached = median(run.looks_a_second for run in runs)
    print(f"looks a second: {reached} (goal {GOAL}), one look {median(run.look_ms for run in runs):.1f} ms, "
          f"{os.cpu_count()} processors")
    if given.json:
        told: dict[str, Any] = {"goal": GOAL, "runs": [asdict(run) for run in runs]}
        given.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
