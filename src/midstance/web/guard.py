"""Who may ask: the app answers its own pages only, sends a strict policy with each, and knocks before strangers.

On loopback no account is needed; names are checked, so that a page elsewhere cannot make a browser ask here under
another name (DNS rebinding), nor post across sites. On other addresses a pairing code is asked for once a device.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse

if TYPE_CHECKING:

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = ("default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
          "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
ALWAYS = {**HEADERS, "Cache-Control": "no-store"}
CAMERA_HEADERS = {
    "Content-Security-Policy": POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
    + "; worker-src 'self' blob:",
    "Permissions-Policy": HEADERS["Permissions-Policy"].replace("camera=()", "camera=(self)"),
}
"""What pages with a camera have in place of the usual: the pose model may run there, and the camera may be asked for.

Pictures cannot leave: such a page, too, may connect to nothing but the app.
"""
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
COOKIE = "midstance"
OPEN_PATHS = frozenset({"/pair", "/manifest.webmanifest", "/favicon.ico"})
"""Paths that hold nothing of the runner, beside ``/static/``: they are open before a device is paired."""
MOST_TRIES, TRY_SPAN_S = 10, 600.0
"""Wrong pairing codes in ten minutes, from all devices together, before every code is refused; midstance defaults."""


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach an address.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def host_name(header: str) -> str:
    """Take the port off a Host header.

    >>> host_name("localhost:8765"), host_name("[::1]:80"), host_name("Runner.local")
    ('localhost', '[::1]', 'runner.local')
    """
    name, bracket, _ = header.partition("]")
    return f"{name}]".lower() if bracket else header.rpartition(":")[0].lower() or header.lower()


@dataclass(slots=True, kw_only=True)
class Pairing:
    """The code that opens the door to other devices, and the tries at it.

    Attributes:
        code: What a device must say once.
        key: Secret of this run of the program; a device keeps a digest of both.
        clock: Seconds, only ever growing.
    """

    code: str
    key: bytes
    clock: Callable[[], float]
    wrong: deque[float] = field(default_factory=deque)

    @property
    def token(self) -> str:
        """What a device that knows the code shows from then on."""
        return hmac.new(self.key, self.code.encode(), hashlib.sha256).hexdigest()

    def opens(self, shown: str) -> bool:
        """Tell whether a token is the right one."""
        return hmac.compare_digest(shown.encode(), self.token.encode())

    def too_many(self) -> bool:
        """Tell whether codes were guessed too often lately."""
        while self.wrong and self.clock() - self.wrong[0] > TRY_SPAN_S:
            self.wrong.popleft()
        return len(self.wrong) >= MOST_TRIES

    def matches(self, code: str) -> bool:
        """Judge a code; a wrong one is counted, and none is right while there were too many."""
        if self.too_many():
            return False
        right = hmac.compare_digest(code.strip().encode(), self.code.encode())
        if not right:
            self.wrong.append(self.clock())
        return right


class Guard:
    """Refuses what does not come from the app's own pages, and adds the policy to every answer.

    Args:
        app: What is guarded.
        names: Host names that are answered beside those of loopback; ``None`` answers every name (with a pairing).
        pairing: The code that other devices need, or None on loopback.
    """

    def __init__(self, app: ASGIApp, *, names: frozenset[str] | None, pairing: Pairing | None) -> None:
        self.app, self.names, self.pairing = app, names, pairing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it here."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self.refusal(scope)
        await (answer or self.app)(scope, receive, sending)

    def refusal(self, scope: Scope) -> Any:
        """Give the answer for a request that is not let in, or None."""
        headers = Headers(scope=scope)
        host = host_name(headers.get("host", ""))
        if self.names is not None and host not in self.names:
            return PlainTextResponse(
                f"This app does not answer to the name {host!r}. Open it as http://127.0.0.1 with its port.\n", 421)
        if scope["method"] not in SAFE and not own_page(headers):
            return PlainTextResponse("Only the app's own pages may change anything here.\n", 403)
        if scope["method"] in SAFE and not own_reading(headers):
            return PlainTextResponse("Pages elsewhere may lead here, but not load anything from here.\n", 403)
        if self.pairing is None or scope["path"] in OPEN_PATHS or scope["path"].startswith("/static/"):
            return None
        shown = HTTPConnection(scope).cookies.get(COOKIE, "")
        bearer = headers.get("authorization", "").removeprefix("Bearer ").strip()
        if self.pairing.opens(shown) or (bearer and self.pairing.opens(bearer)):
            return None
        if scope["method"] in SAFE and "text/html" in headers.get("accept", ""):
            return RedirectResponse("/pair", 303)
        return PlainTextResponse("This device is not paired. Open the app in a browser and give the code.\n", 401)


def own_reading(headers: Headers) -> bool:
    """Tell whether a request that reads comes from the app, from no page, or from a link that a person followed.

    A page elsewhere could not see the answer, but could make the program work, and guess by how long it takes. Where
    the app's service worker passes a link on, browsers name no destination.
    """
    site = headers.get("sec-fetch-site", "none")
    return site in ("same-origin", "none") or (
        headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") in ("document", "empty"))


def own_page(headers: Headers) -> bool:
    """Tell whether a request that changes something comes from the app's own pages, or from no page at all.

    Browsers say so by themselves: ``Sec-Fetch-Site``, and ``Origin`` on every post.
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        there = urlsplit(origin)
    except ValueError:
        return False
    return there.scheme in ("http", "https") and there.netloc.lower() == headers.get("host", "").lower()
