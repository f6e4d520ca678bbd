"""The pose model's files, as the browser asks for them: only those that the package lists, from this computer alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from midstance.services.mirror_package import HOW_TO_GET, PACKED, SERVED, MirrorPackage, find_package
from midstance.web.parts import ASK_AGAIN, FOREVER

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

BASE = "/mirror/package"
MISSING = f"The mirror's package is not on this computer: {HOW_TO_GET}. Everything works by hand without it.\n"


def package_address(package: MirrorPackage) -> str:
    """Give the address under which a browser finds the files, with the content's digest in it."""
    return f"{BASE}/{package.digest}"


def mirror_routes(folder: Path | None) -> list[Route]:
    """List the addresses.

    Args:
        folder: Where the package lies, or None.
    """
    async def file(request: Request) -> Response:
        package = await run_in_threadpool(find_package, folder)
        name = request.path_params["name"]
        if package is None:
            return PlainTextResponse(MISSING, 404)
        if name not in SERVED:
            return PlainTextResponse("There is no such file in the mirror's package.\n", 404)
        same = request.path_params["digest"] == package.digest
        return sent(package, name, packed="gzip" in request.headers.get("accept-encoding", ""), same=same)

    return [Route(f"{BASE}/{{digest}}/{{name:path}}", file)]


def sent(package: MirrorPackage, name: str, *, packed: bool, same: bool) -> Response:
    """Send a file, as it was packed when it was fetched: packing it for each request would hold up everybody.

    Args:
        package: The package.
        name: A name of ``SERVED``.
        packed: Whether the browser takes it packed.
        same: Whether it was asked for under the digest of today; then it may be kept for good.
    """
    headers = {"Cache-Control": FOREVER if same else ASK_AGAIN, "Vary": "Accept-Encoding",
               "Content-Encoding": "gzip" if packed else "identity"}
    return FileResponse(package.path(name + PACKED if packed else name), media_type=SERVED[name], headers=headers)
