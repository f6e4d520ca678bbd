"""How fast the app answers: pages and documents on the server, beside a bare route of the same library as the limit.

    python benchmarks/web.py [--repeats 30] [--weeks 8] [--json FILE]

Jonas some weeks into his plan (``examples/life.py``), on a day with a heavy session, in a diary of its own. Each number
is the median, with p95, of whole requests through the app as the server calls it: guard, diary opened, page written,
packed, diary closed; in processor time of the process (as in run.py), so that a neighbour on the machine counts for
little. ``cold`` forgets what was kept of the page before; ``first`` is the first request of a fresh program.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if __package__ in (None, ""):  # called as a script
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from examples.life import live, morning
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from midstance.services.diary import open_store
from midstance.web.app import World, make_app
from midstance.web.remember import forget

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

GOAL_MS = 50.0
HOST = (b"host", b"127.0.0.1")
PAGES = ("/today", "/plan", "/checkin", "/progress", "/exercises", "/why")
FIRST = """import datetime as dt, sys, time; begun = time.process_time()
sys.path.insert(0, {root!r})
from benchmarks.web import *
app = app_on({place!r}, dt.datetime.fromisoformat({at!r}))
ready = time.process_time()
asyncio.run(timed(app, '/today', 1))
print((ready - begun) * 1000, (time.process_time() - ready) * 1000)"""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number: what it is of, median and p95 [ms], the answer's length [kB], and its goal."""

    what: str
    median_ms: float
    p95_ms: float
    kilobytes: float
    goal_ms: float | None = None


def app_on(place: str, at: dt.datetime) -> Starlette:
    """The app on a diary, with a clock that stands."""
    logging.getLogger("midstance.web").addHandler(logging.StreamHandler())
    return make_app(World(place=place, clock=lambda: at))


async def ask(app: Any, path: str) -> tuple[int, int]:
    """Ask once as the server does; status and length of the answer."""
    path, _, query = path.partition("?")
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
             "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
             "headers": [HOST, (b"accept-encoding", b"gzip")], "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80)}
    told = {"status": 0, "length": 0}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        told["status"] = message.get("status", told["status"])
        told["length"] += len(message.get("body", b""))

    await app(scope, receive, send)
    return told["status"], told["length"]


async def timed(app: Any, path: str, repeats: int, *, cold: bool = False) -> tuple[list[float], int]:
    """Ask several times: how long each took [ms], and how long the answer is [bytes]."""
    taken, length = [], 0
    for _ in range(repeats):
        if cold:
            forget()
        begun = time.process_time()
        status, length = await ask(app, path)
        taken.append(1000 * (time.process_time() - begun))
        if status != 200:
            raise SystemExit(f"{path} answered {status}")
    return taken, length


def figure(what: str, taken: Sequence[float], length: int, goal: float | None = None) -> Figure:
    """Make a figure of times."""
    order = sorted(taken)
    return Figure(what=what, median_ms=median(order), p95_ms=order[max(0, -(-95 * len(order) // 100) - 1)],
                  kilobytes=length / 1000, goal_ms=goal)


async def measure(place: str, at: dt.datetime, session: str, repeats: int) -> list[Figure]:
    """Measure everything that needs one program only."""
    app = app_on(place, at)
    bare = Starlette(routes=[Route("/", lambda request: PlainTextResponse("hello"))])
    await timed(bare, "/", 20)
    out = [figure("a bare route of Starlette", *await timed(bare, "/", 10 * repeats))]
    for path in PAGES:
        if (await ask(app, path))[0] != 200:
            continue
        goal = GOAL_MS if path == "/today" else None
        await timed(app, path, 3)  # templates are read, changes that wait are written
        out += [figure(f"{path} warm", *await timed(app, path, repeats), goal),
                figure(f"{path} cold", *await timed(app, path, repeats, cold=True), goal)]
    for name in ("/api/v1/today", f"/api/v1/player?date={at.date()}&session={session}"):
        if (await ask(app, name))[0] == 200:
            out += [figure(f"{name.partition('?')[0]} warm", *await timed(app, name, repeats)),
                    figure(f"{name.partition('?')[0]} cold", *await timed(app, name, repeats, cold=True))]
    return out


def fresh(place: str, at: dt.datetime, repeats: int) -> list[Figure]:
    """Start the program anew: until it is ready, and its first Today."""
    text = FIRST.format(root=str(Path(__file__).resolve().parents[1]), place=place, at=at.isoformat())
    found = [subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True).stdout.split()
             for _ in range(repeats)]
    return [figure("a fresh program, until it is ready", [float(one[0]) for one in found], 0),
            figure("/today first", [float(one[1]) for one in found], 0)]


def table(figures: Sequence[Figure]) -> str:
    """Write the figures as a table."""
    lines = [f"{'':44}{'median':>10}{'p95':>10}      {'kB packed':>10}  goal"]
    lines += [f"  {f.what:42}{f.median_ms:>10.2f}{f.p95_ms:>10.2f} ms   {f.kilobytes:>10.1f}  "
              f"{'' if f.goal_ms is None else f'{f.goal_ms:g} ms'}".rstrip() for f in figures]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--repeats", type=int, default=30)
    parser.add_argument("--weeks", type=int, default=8, help="weeks of life in the diary")
    parser.add_argument("--json", type=Path, metavar="FILE")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder) / "diary.db")
        store = open_store(place)
        heavy = live(store, given.weeks)
        at = morning(heavy.date)
        entries = store.count()
        store.close()
        figures = [*asyncio.run(measure(place, at, heavy.id, given.repeats)), *fresh(place, at, min(given.repeats, 5))]
    print(f"The app on a diary of {entries} entries, {given.weeks} weeks into Jonas's plan; n = {given.repeats}.")
    print(table(figures))
    if given.json:
        given.json.write_text(json.dumps([asdict(f) for f in figures], indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
