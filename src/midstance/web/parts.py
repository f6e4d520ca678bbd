"""Addresses that are no screens: files, figures, the worker, the offline page, pairing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from midstance.services.figures import clip_of
from midstance.web.assets import OFFLINE, SHELL, load_assets
from midstance.web.bodies import BodyError, read_body
from midstance.web.guard import CAMERA_HEADERS, COOKIE
from midstance.web.pages import Frame, plain_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from midstance.web.guard import Pairing

FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
DIGEST = re.compile(r"[0-9a-f]{10}")
"""A page kept from before an update asks for files under the digest of then; it gets today's."""
YEAR_S = 365 * 86400
WRONG_CODE = "That is not the code. It stands in the terminal where midstance was started."
TOO_MANY = "Too many wrong codes. Wait ten minutes, or start midstance again for a new one."
NO_FRAME = Frame()


def part_routes(pairing: Pairing | None, frame: Callable[[Request], Frame]) -> list[Route]:
    """List the addresses.

    Args:
        pairing: What other devices need, or None.
        frame: Gives what stands around a page.
    """
    async def first(request: Request) -> Response:
        return RedirectResponse("/today", 303)

    async def pair(request: Request) -> Response:
        return HTMLResponse(plain_page("pair.html", frame(request), title="Pair this device", says=""))

    async def paired(request: Request) -> Response:
        return await _paired(request, pairing, frame(request))

    doors = [Route("/pair", pair), Route("/pair", paired, methods=["POST"])] if pairing else []
    return [Route("/", first), Route("/static/{version}/{name:path}", static), Route("/static/{name}", static),
            Route("/sw.js", worker), Route(SHELL, shell), Route(OFFLINE, offline),
            Route("/manifest.webmanifest", manifest), Route("/favicon.ico", icon),
            Route("/figures/{exercise}.json", figure), *doors]


async def static(request: Request) -> Response:
    """Give a file: for good under its digest, else only as long as it is asked for anew."""
    assets = load_assets()
    version, name = request.path_params.get("version", ""), request.path_params["name"]
    if version and version != assets.version and not DIGEST.fullmatch(version):
        name = f"{version}/{name}"
    found = assets.files.get(name)
    if found is None:
        return PlainTextResponse("There is no such file.\n", 404)
    tag = f'"{assets.version}"'
    headers = {"ETag": tag, "Cache-Control": FOREVER if version == assets.version else ASK_AGAIN}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(found.data, media_type=found.media_type, headers=headers)


async def worker(request: Request) -> Response:
    """Give the service worker with the files that it keeps."""
    return Response(load_assets().worker(), media_type="text/javascript; charset=utf-8",
                    headers={"Cache-Control": ASK_AGAIN, "Service-Worker-Allowed": "/"})


async def shell(request: Request) -> Response:
    """Give the player's empty page; it holds nothing of the runner, and may ask for the camera when told to."""
    from midstance.web.player_page import shell_page  # noqa: PLC0415

    return HTMLResponse(shell_page(), headers={**CAMERA_HEADERS, "Cache-Control": ASK_AGAIN})


async def offline(request: Request) -> Response:
    """Give the page that is shown when the server cannot be reached."""
    return HTMLResponse(plain_page("offline.html", NO_FRAME, title="Without connection"),
                        headers={"Cache-Control": ASK_AGAIN})


async def manifest(request: Request) -> Response:
    """Give what a phone needs to put the app on its home screen."""
    found = load_assets().files["manifest.webmanifest"]
    return Response(found.data, media_type=found.media_type)


async def icon(request: Request) -> Response:
    """Give the icon that browsers ask for by themselves."""
    found = load_assets().files["icon.svg"]
    return Response(found.data, media_type=found.media_type, headers={"Cache-Control": "max-age=86400"})


async def figure(request: Request) -> Response:
    """Give an exercise's moving picture."""
    made = await run_in_threadpool(clip_of, request.path_params["exercise"])
    if made is None:
        return PlainTextResponse("There is no drawing of it.\n", 404)
    return Response(made, media_type="application/json", headers={"Cache-Control": "max-age=86400"})


async def _paired(request: Request, pairing: Pairing | None, frame: Frame) -> Response:
    assert pairing is not None
    try:
        given = await read_body(request, files=False, most=4096)
    except BodyError as error:
        return PlainTextResponse(f"{error}\n", error.status)
    code = dict(given.pairs).get("code", "")
    if pairing.matches(code):
        answer: Response = RedirectResponse("/today", 303)
        answer.set_cookie(COOKIE, pairing.token, httponly=True, samesite="strict", max_age=YEAR_S,
                          secure=request.url.scheme == "https")
        return answer
    says = TOO_MANY if pairing.too_many() else WRONG_CODE
    return HTMLResponse(plain_page("pair.html", frame, title="Pair this device", says=says), 403)
