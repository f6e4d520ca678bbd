"""A server of calendars on this machine, for tests: what it answers is said by the test, what it was asked is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = "BEGIN:VCALENDAR\nVERSION:2.0\n"
ZONE = "TZID=Europe/Berlin"


def ics(*runs: tuple[str, str], more: str = "") -> bytes:
    """A calendar of runs at 6:30 in Berlin: (date as 20270119, title)."""
    events = "".join(
        f"BEGIN:VEVENT\nUID:{date}@club\nDTSTART;{ZONE}:{date}T063000\nDURATION:PT45M\nSUMMARY:{title}\nEND:VEVENT\n"
        for date, title in runs)
    return f"{HEAD}{events}{more}END:VCALENDAR\n".encode()


@dataclass
class Answers:
    """What the server answers next.

    Attributes:
        data: The calendar.
        status: Status of the answer.
        headers: More headers.
        at_path: Answers (status, headers) for some paths instead.
        slowly: Called before the calendar is sent.
        asked: Path and headers of each request.
        home: Address of the server.
    """

    data: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    at_path: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    slowly: Callable[[], None] | None = None
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    home: str = ""


@contextmanager
def calendar_server() -> Iterator[Answers]:
    """Serve calendars at a free port of loopback."""
    answers = Answers()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers.asked.append((self.path, dict(self.headers)))
            status, headers = answers.at_path.get(self.path, (answers.status, answers.headers))
            if status == 200 and headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status = 304
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            body = answers.data if status == 200 else b""
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if answers.slowly:
                answers.slowly()
            try:
                self.wfile.write(body)
            except OSError:
                return          # the other side had enough

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    answers.home = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield answers
    server.shutdown()
    server.server_close()
