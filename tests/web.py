"""The app on a diary of its own, for tests: a fixed clock, a client like a browser's, and Jonas's plan in it."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from starlette.testclient import TestClient

from lives import Life, on
from midstance.discover import discover
from midstance.domain.diary import SetDone
from midstance.services.diary import open_store
from midstance.web import screens as screens_package
from midstance.web._screen import Screen
from midstance.web.app import World, make_app
from midstance.web.guard import Pairing

if TYPE_CHECKING:
    from starlette.applications import Starlette

HOME = "http://127.0.0.1:8765"
HTML = {"accept": "text/html,application/xhtml+xml"}
BERLIN = ZoneInfo("Europe/Berlin")
KEY = b"a key of thirty-two letters, so."
CODE = "24681357"
SCREENS = discover(screens_package, Screen)
SHOWN = tuple(screen for screen in SCREENS if screen.page)
LIFTS = (("goblet-squat", 16.0), ("single-leg-deadlift", 12.0))


def morning(day: int = 3, hour: int = 7) -> dt.datetime:
    """A local morning, counted from the Monday on which Jonas's plan begins; on its Thursday is a heavy session."""
    return dt.datetime.combine(on(day), dt.time(hour), BERLIN)


def diary_with_plan(place: Path) -> Path:
    """A diary with two months of runs and Jonas's plan; it is made once and copied."""
    shutil.copyfile(_first_diary(), place)
    return place


@cache
def _first_diary() -> Path:
    place = Path(tempfile.mkdtemp(prefix="midstance-test-")) / "first.db"
    life = Life.with_plan(store=open_store(place))
    for day in range(-21, 0, 7):
        for lift, weight in LIFTS:
            life.note(day, *(SetDone(exercise=lift, amount=8, number=n, weight_kg=weight, rir=2) for n in (1, 2, 3)))
    life.store.close()
    return place


def an_app(
    place: Path | str, *, at: dt.datetime | None = None, pairing: Pairing | None = None,
    screens: tuple[Screen, ...] | None = None,
) -> Starlette:
    """The app on a diary, with a clock that stands; with a pairing it answers every name, as ``serve`` makes it."""
    moment = at or morning()
    if pairing is None:
        return make_app(World(place=str(place), clock=lambda: moment), screens)
    return make_app(World(place=str(place), clock=lambda: moment, pairing=pairing, names=None), screens)


def a_client(app: Starlette, home: str = HOME) -> TestClient:
    """A client that follows nothing by itself and sees a fault of the server as its 500."""
    return TestClient(app, base_url=home, raise_server_exceptions=False, follow_redirects=False)


@dataclass
class Ticks:
    """A clock of seconds that is set by hand."""

    now: float = 0.0

    def __call__(self) -> float:
        """Give the seconds."""
        return self.now


def a_pairing(clock: Ticks | None = None) -> Pairing:
    """A pairing whose code and key are known."""
    return Pairing(code=CODE, key=KEY, clock=clock or Ticks())


VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
CONTROLS = ("input", "select", "textarea")


@dataclass
class Tag:
    """An element of a page: its name, attributes, text below it, and where it lies."""

    name: str
    attributes: dict[str, str]
    parents: tuple[Tag, ...] = ()
    text: str = ""

    def of(self, name: str) -> str:
        """An attribute, or an empty text."""
        return self.attributes.get(name, "")


@dataclass
class Page(HTMLParser):
    """A page, read strictly: every element closed where it must be, in the order it was opened.

    Attributes:
        tags: All elements in their order.
        faults: What is not well-formed.
    """

    tags: list[Tag] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin."""
        super().__init__(convert_charrefs=True)
        self._open: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        names = [name for name, _ in attrs]
        self.faults += [f"line {self.getpos()[0]}: <{tag}> has {n} twice" for n in {*names} if names.count(n) > 1]
        made = Tag(tag, {name: value or "" for name, value in attrs}, tuple(self._open))
        self.tags.append(made)
        if tag not in VOID:
            self._open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open and close an element of a drawing."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if not self._open or self._open[-1].name != tag:
            inside = self._open[-1].name if self._open else "nothing"
            self.faults.append(f"line {self.getpos()[0]}: </{tag}> inside <{inside}>")
        if any(one.name == tag for one in self._open):
            while self._open.pop().name != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Take text."""
        for one in self._open:
            one.text += data

    def named(self, *names: str) -> list[Tag]:
        """All elements of these names."""
        return [tag for tag in self.tags if tag.name in names]


def read_page(text: str) -> Page:
    """Read a page to its end."""
    page = Page()
    page.feed(text)
    page.close()
    page.faults += [f"<{tag.name}> is never closed" for tag in page._open]
    return page


def asked_raw(app: Starlette, path: str, *, method: str = "GET", headers: tuple[tuple[bytes, bytes], ...] = ()) -> int:
    """Ask as no honest client does, with the path as it stands; the status of the answer."""
    import anyio  # noqa: PLC0415

    statuses: list[int] = []
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "path": path,
             "raw_path": path.encode("utf-8", "surrogateescape"), "query_string": b"", "root_path": "",
             "scheme": "http", "headers": [(b"host", b"127.0.0.1"), *headers], "client": ("127.0.0.1", 5),
             "server": ("127.0.0.1", 80)}

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(int(str(message["status"])))

    async def run() -> None:
        await app(scope, receive, send)  # type: ignore[arg-type]

    with ThreadPoolExecutor(1) as beside:  # a browser of other tests may hold a loop in this thread
        beside.submit(anyio.run, run).result()
    return statuses[0]
