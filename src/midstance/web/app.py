"""The app as a whole: screens are found, doors are guarded, requests become visits. The only place that wires.

One request opens the diary, lets one screen read or write, and closes it again; nothing is held between requests but
what can be thrown away.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from midstance import __version__
from midstance.discover import discover
from midstance.domain.diary import PlanAccepted
from midstance.formats._format import InputError
from midstance.services.diary import current, open_store
from midstance.web import screens as screens_package
from midstance.web._screen import Action, Answer, Download, Screen, Visit
from midstance.web.bodies import BodyError, Given, read_body
from midstance.web.decoding import of_json, of_pairs
from midstance.web.guard import ALWAYS, CAMERA_HEADERS, Guard, Pairing
from midstance.web.mirror_files import mirror_routes
from midstance.web.notices import COOKIE as NOTICE
from midstance.web.notices import Notice, cookie_of, notice_of
from midstance.web.openapi import document
from midstance.web.pages import THEMES, Frame, page, plain_page
from midstance.web.parts import part_routes

if TYPE_CHECKING:

    from starlette.requests import Request

log = logging.getLogger("midstance.web")
SETUP = "/setup"
THEME = "theme"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the app is wired to.

    Attributes:
        place: The diary: a file or an address.
        clock: Gives the local moment, aware.
        pairing: What other devices need, or None on loopback.
        names: Host names answered; None answers all (with a pairing).
        mirror: Folder of the pose model, or None.
    """

    place: str
    clock: Callable[[], dt.datetime]
    pairing: Pairing | None = None
    names: frozenset[str] | None = frozenset({"localhost", "127.0.0.1", "[::1]"})
    mirror: Path | None = None


def make_app(world: World, screens: tuple[Screen, ...] | None = None) -> Starlette:
    """Put the app together.

    Args:
        world: What it is wired to.
        screens: Screens it has; ``None`` for all that are found.
    Returns: The ASGI application.
    """
    found = discover(screens_package, Screen) if screens is None else screens
    desk = Desk(world, found)
    routes: list[Route] = [*part_routes(world.pairing, desk.frame), *mirror_routes(world.mirror)]
    for screen in found:
        routes += desk.routes(screen)
    routes.append(Route("/api/v1/openapi.json", desk.openapi))
    app = Starlette(routes=routes, exception_handlers={404: desk.missing, 405: desk.missing, 500: desk.broken},
                    middleware=[Middleware(Guard, names=world.names, pairing=world.pairing),
                                Middleware(GZipMiddleware, minimum_size=600, compresslevel=6)])
    app.state.world = world
    return app


class Desk:
    """Takes requests to screens."""

    def __init__(self, world: World, screens: tuple[Screen, ...]) -> None:
        self.world, self.screens = world, screens
        self._document = b""

    def routes(self, screen: Screen) -> list[Route]:
        """List the addresses of one screen."""
        async def shown(request: Request) -> Response:
            return await self._answered(request, lambda: self._page(screen, request))

        async def told(request: Request) -> Response:
            return await self._answered(request, lambda: self._context(screen, request))

        found = [Route(f"/api/v1/{screen.id}", told)]
        if screen.page:
            found += [Route(screen.path, shown), Route(f"{screen.path}.json", told)]
        for action in screen.actions:
            found += self._action_routes(screen, action)
        return found

    def _action_routes(self, screen: Screen, action: Action) -> list[Route]:
        async def form(request: Request) -> Response:
            return await self._acted(request, screen, action, as_json=False)

        async def api(request: Request) -> Response:
            return await self._acted(request, screen, action, as_json=True)

        async def asked(request: Request) -> Response:
            return await self._answered(request, lambda: self._read(action, request))

        reads = [Route(f"/api/v1/{screen.id}/{action.name}", asked)] if action.reads else []
        return [*reads, Route(f"{screen.path}/{action.name}", form, methods=["POST"]),
                Route(f"/api/v1/{screen.id}/{action.name}", api, methods=["POST"])]

    def frame(self, request: Request) -> Frame:
        """Give what stands around a page."""
        theme = request.cookies.get(THEME, "")
        return Frame(screens=self.screens, path=request.url.path, theme=theme if theme in THEMES else "",
                     notice=notice_of(request.cookies.get(NOTICE, "")))

    async def _answered(self, request: Request, make: Callable[[], Response]) -> Response:
        try:
            return await run_in_threadpool(make)
        except InputError as error:
            return self._refused(request, error)

    def _visit(self, given: Given | None = None) -> Any:
        return Opened(self.world, given)

    def _page(self, screen: Screen, request: Request) -> Response:
        asked: Any = of_pairs(screen.asked, request.query_params.multi_items(), screen.path)
        with self._visit() as visit:
            try:
                context = screen.load(asked, visit)
            except InputError:
                if screen.needs_plan and not current(visit.store, kinds=(PlanAccepted,)):
                    return RedirectResponse(SETUP, 303)
                raise
            if isinstance(context, Download):
                return kept(context)
            frame = self.frame(request)
            answer = HTMLResponse(page(screen, context, frame), headers=headers_of(screen))
        if frame.notice is not None:
            answer.delete_cookie(NOTICE, httponly=True, samesite="strict")
        return answer

    def _context(self, screen: Screen, request: Request) -> Response:
        asked: Any = of_pairs(screen.asked, request.query_params.multi_items(), screen.path)
        with self._visit() as visit:
            return encoded(screen.load(asked, visit))

    def _read(self, action: Action, request: Request) -> Response:
        wish: Any = of_pairs(action.wish, request.query_params.multi_items(), action.name)
        with self._visit() as visit:
            return encoded(action.do(wish, visit))

    async def _acted(self, request: Request, screen: Screen, action: Action, *, as_json: bool) -> Response:
        try:
            given = await read_body(request, files=action.files, most=action.most_bytes)
        except BodyError as error:
            return self._too_large(request, error, as_json=as_json)
        try:
            return await run_in_threadpool(self._done, request, screen, action, given, as_json)
        except InputError as error:
            if as_json:
                return self._refused(request, error)
            return await run_in_threadpool(self._again, request, screen, given, error)
        finally:
            given.close()

    def _done(self, request: Request, screen: Screen, action: Action, given: Given, as_json: bool) -> Response:
        wish: Any = (of_json(action.wish, given.body, action.name) if as_json and given.is_json
                else of_pairs(action.wish, given.pairs, action.name))
        with self._visit(given) as visit:
            done = action.do(wish, visit)
        if isinstance(done, Download):
            return kept(done)
        if as_json:
            return encoded(done)
        go = own_path(done.go if isinstance(done, Answer) else "") or screen.path
        answer = RedirectResponse(go, 303)
        if isinstance(done, Answer) and done.says:
            answer.set_cookie(NOTICE, cookie_of(Notice(says=done.says, batch=done.batch)), httponly=True,
                              samesite="strict", max_age=600)
        return answer

    def _again(self, request: Request, screen: Screen, given: Given, error: InputError) -> Response:
        """Show the page once more with what was wrong and what was typed."""
        values: dict[str, list[str]] = {}
        for name, value in given.pairs:
            values.setdefault(name, []).append(value)
        if screen.page:
            try:
                stood = [pair for pair in given.pairs if pair[0] in screen.again]
                asked: Any = of_pairs(screen.asked, stood, screen.path)
                with self._visit() as visit:
                    context = screen.load(asked, visit)
                    if not isinstance(context, Download):
                        return HTMLResponse(
                            page(screen, context, self.frame(request), faults=error.faults, given=values), 422,
                            headers=headers_of(screen))
            except InputError:
                pass
        return self._refused(request, error)

    def _refused(self, request: Request, error: InputError) -> Response:
        if wants_page(request):
            text = plain_page("fault.html", self.frame(request), faults=error.faults, title="That did not work")
            return HTMLResponse(text, 422)
        return JSONResponse({"faults": [fault_values(fault) for fault in error.faults]}, 422)

    def _too_large(self, request: Request, error: BodyError, *, as_json: bool) -> Response:
        if not as_json and wants_page(request):
            return HTMLResponse(plain_page("missing.html", self.frame(request), title="Too large", says=str(error)),
                                error.status)
        fault = {"source": "body", "place": "", "says": str(error), "remedy": error.remedy}
        return JSONResponse({"faults": [fault]}, error.status)

    async def openapi(self, request: Request) -> Response:
        """Give the interface's document."""
        if not self._document:
            self._document = json.dumps(document(self.screens, __version__), indent=1).encode()
        return Response(self._document, media_type="application/json")

    async def missing(self, request: Request, error: Exception) -> Response:
        """Answer what is not there."""
        status = getattr(error, "status_code", 404)
        if not wants_page(request):
            fault = {"source": request.url.path, "place": "", "says": "there is nothing here", "remedy": ""}
            return JSONResponse({"faults": [fault]}, status, headers=getattr(error, "headers", None))
        text = plain_page("missing.html", self.frame(request), title="Not here",
                          says="There is no page of this name.")
        return HTMLResponse(text, status, headers=getattr(error, "headers", None))

    async def broken(self, request: Request, error: Exception) -> Response:
        """Answer what must not happen; the traceback is for the log, and holds no diary."""
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        answer = self._broken(request)
        answer.headers.update(ALWAYS)  # this answer is made outside of the guard
        return answer

    def _broken(self, request: Request) -> Response:
        if not wants_page(request):
            return JSONResponse({"faults": [{"source": "midstance", "place": "", "says": "something broke here",
                                             "remedy": "the terminal shows what; nothing was half-written"}]}, 500)
        says = "Something broke here. Nothing was half-written; the terminal where midstance runs shows what it was."
        return HTMLResponse(plain_page("missing.html", self.frame(request), title="It broke", says=says), 500)


class Opened:
    """A diary opened for one request."""

    def __init__(self, world: World, given: Given | None) -> None:
        self._world, self._given = world, given

    def __enter__(self) -> Visit:
        """Open the diary, and ask the clock once."""
        import datetime as dt  # noqa: PLC0415

        self._store = open_store(self._world.place)
        now = self._world.clock()
        return Visit(store=self._store, at=now.astimezone(dt.UTC), today=now.date(), place=self._world.place,
                     mirror=self._world.mirror, upload=self._given.uploads if self._given else ())

    def __exit__(self, *_: object) -> None:
        """Close the diary."""
        self._store.close()


def headers_of(screen: Screen) -> dict[str, str]:
    """Give the headers that a screen's page has in place of the usual ones."""
    return CAMERA_HEADERS if screen.camera else {}


def encoded(value: Any) -> Response:
    """Write a value as JSON."""
    if isinstance(value, Download):
        return kept(value)
    return Response(msgspec.json.encode(value), media_type="application/json")


def kept(file: Download) -> Response:
    """Give a file to keep."""
    name = "".join(c if (c.isascii() and c.isalnum()) or c in "-_." else "-" for c in file.name)
    return Response(file.data, media_type=file.media_type,
                    headers={"Content-Disposition": f'attachment; filename="{name}"'})


def own_path(path: str) -> str:
    r"""Give a path back if it is one of this app, else nothing: no answer leads a browser elsewhere.

    >>> own_path("/plan?date=2026-12-01"), own_path("//evil.example"), own_path("/" + chr(92) + "evil.example")
    ('/plan?date=2026-12-01', '', '')
    """
    plain = path.isprintable() and chr(92) not in path
    return path if plain and path.startswith("/") and not path.startswith("//") else ""


def wants_page(request: Request) -> bool:
    """Tell whether the answer is for a person's browser."""
    path = request.url.path
    return "text/html" in request.headers.get("accept", "") and not (path.startswith("/api/") or path.endswith(".json"))


def fault_values(fault: Any) -> dict[str, str]:
    """Write a fault for JSON."""
    return {"source": fault.source, "place": fault.place, "says": fault.says, "remedy": fault.remedy}
