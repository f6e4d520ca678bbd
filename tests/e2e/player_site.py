"""A tiny site that serves the player and takes its events, for tests in a browser; it can be cut off at any moment."""

from __future__ import annotations

import http.server
import json
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from midstance.web.assets import Asset, load_assets
from midstance.web.guard import HEADERS
from midstance.web.player_page import shell_page

ROOT = Path(__file__).parents[2]
NO_FIGURE = b"export function mountFigure() { return { update() {}, stop() {} }; }\n"
OFFLINE = "<!doctype html><title>Offline</title><h1>No connection</h1>"
OPENER = """<!doctype html><html lang="en"><title>Today</title><script type="module" src="/opener.js"></script>"""
OPENER_JS = """import { prepare } from "%s";
addEventListener("prepare", async (event) => {
  document.title = JSON.stringify(await prepare(event.detail));
});
document.title = "ready";
"""


@dataclass
class Site:
    """What is served, and what came in.

    Attributes:
        cut: ``""``, ``"before"`` (no answer, nothing taken) or ``"after"`` (taken, but no answer).
        taken: Events by key, each as first told.
        doubled: Keys that came more than once.
    """

    cut: str = ""
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    doubled: list[str] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    documents: dict[str, Any] = field(default_factory=dict)
    server: http.server.ThreadingHTTPServer | None = None
    port: int = 0

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Open the door, at the same place as before."""
        site = self

        class Handler(Answers):
            pass

        Handler.site = site
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Be gone, as a server that was killed."""
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def take(self, events: list[dict[str, Any]]) -> dict[str, Any]:
        """Take events as the diary does: each once."""
        told: dict[str, Any] = {"kept": [], "known": [], "refused": [], "says": []}
        for event in events:
            if event["kind"] in self.refuse:
                says = self.refuse[event["kind"]]
                told["refused"].append({"key": event["key"], "says": says, "remedy": "correct it"})
            elif event["key"] in self.taken:
                self.doubled.append(event["key"])
                told["known"].append(event["key"])
            else:
                self.taken[event["key"]] = event
                told["kept"].append(event["key"])
        return told


class Answers(http.server.BaseHTTPRequestHandler):
    """Answers requests to the site."""

    site: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Give a page or a file."""
        path, _, query = self.path.partition("?")
        assets = all_assets()
        if path == "/player":
            self.give(200, "text/html; charset=utf-8", shell_page().encode())
        elif path == "/offline":
            self.give(200, "text/html", OFFLINE.encode())
        elif path == "/sw.js":
            self.give(200, "text/javascript", assets.worker().encode())
        elif path.startswith(f"/static/{assets.version}/") and (name := path.split("/", 3)[3]) in assets.files:
            self.give(200, assets.files[name].media_type, assets.files[name].data)
        elif path == "/opener":
            self.give(200, "text/html", OPENER.encode())
        elif path == "/opener.js":
            self.give(200, "text/javascript", (OPENER_JS % assets.url("player/prepare.js")).encode())
        elif path == "/api/v1/player" and (told := self.site.documents.get(query.removeprefix("session="))):
            self.give(200, "application/json", json.dumps(told).encode())
        else:
            self.give(404, "text/plain", b"nothing here")

    def do_POST(self) -> None:
        """Take events, or be cut off."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.site.cut == "before":
            self.close_connection = True
            return
        told = self.site.take(json.loads(body)["events"])
        if self.site.cut == "after":
            self.close_connection = True
            return
        self.give(200, "application/json", json.dumps(told).encode())

    def give(self, status: int, kind: str, data: bytes) -> None:
        """Answer under the app's own policy."""
        self.send_response(status)
        own = {"Content-Type": kind, "Content-Length": str(len(data)), "Connection": "close"}
        for name, value in {**HEADERS, **own}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def all_assets() -> Any:
    """Give the app's files; where no figures are drawn yet, with a figure that shows nothing."""
    assets = load_assets()
    assets.files.setdefault("player/figure.js", Asset("text/javascript; charset=utf-8", NO_FIGURE))
    assets.files.setdefault("icon.svg", Asset("image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg"/>'))
    return assets


def document_of(name: str) -> dict[str, Any]:
    """Read a session document from the fixtures of the scripts' own tests."""
    script = f'import * as all from "./tests/js/fixtures.mjs"; process.stdout.write(JSON.stringify(all.{name}()));'
    done = subprocess.run(["node", "--input-type=module", "-e", script], cwd=ROOT, capture_output=True, check=True)
    return json.loads(done.stdout)
