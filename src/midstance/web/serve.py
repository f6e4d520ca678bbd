"""Run the app: take a port, say where it is, answer until told to stop."""

from __future__ import annotations

import hashlib
import logging
import secrets
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from midstance.formats._format import refusal
from midstance.services.diary import open_store
from midstance.services.figures import keep_figures_in
from midstance.web.guard import LOOPBACK_NAMES, Pairing, is_loopback

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

PORT = 8765
"""Port of the app unless another is named; midstance default."""
MOST_PORT = 65535
CODE_DIGITS = 8
LEAST_PASSWORD = 8
BACKLOG = 128
READY = "midstance is ready: {address}"
CODE = "Other devices open {address} and give this code once: {code}"
PLAIN = ("The way there is not encrypted: use it in a network that you trust. Phones keep sessions for use without "
         "connection only over https; midstance session -o today.html gives them one as a file.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Where the app is to be reached.

    Attributes:
        host: Address to listen at.
        port: Port; 0 takes a free one.
        password: What other devices say once, in place of a code made at each start.
        figures: Folder in which drawn figures stay, or None.
        mirror: Folder of the pose model, or None.
    """

    host: str = "127.0.0.1"
    port: int = PORT
    password: str = ""
    figures: Path | None = None
    mirror: Path | None = None


def serve(place: str, door: Door, *, clock: Callable[[], dt.datetime], tell: Callable[[str], None]) -> None:
    """Serve the app until it is interrupted.

    Args:
        place: The diary: a file or an address.
        door: Where to listen.
        clock: Gives the local moment, aware.
        tell: Takes the lines that a person reads: one when the app is ready.
    Raises: InputError: The diary cannot be used, or the port is taken.
    """
    import uvicorn  # noqa: PLC0415 - only who serves needs it

    from midstance.web.app import World, make_app  # noqa: PLC0415
    from midstance.web.warm import start_warming  # noqa: PLC0415

    with open_store(place):
        pass
    keep_figures_in(door.figures)
    pairing = pairing_of(door)
    listening = listen(door)
    port = listening.getsockname()[1]
    names = LOOPBACK_NAMES | {door.host.lower()} if pairing is None else None
    app = make_app(World(place=place, clock=clock, pairing=pairing, names=names, mirror=door.mirror))
    shown = "127.0.0.1" if door.host in ("0.0.0.0", "::") else door.host
    logging.getLogger("midstance.web").addHandler(logging.StreamHandler())
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # the app has told its faults already
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, server_header=False,
                                           timeout_graceful_shutdown=3))
    tell(READY.format(address=f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"))
    if pairing is not None:
        code = pairing.code if not door.password else "the password that you set"
        tell(CODE.format(address=f"http://{own_name()}:{port}", code=code))
        tell(PLAIN)
    start_warming(place, clock)
    server.run(sockets=[listening])


def pairing_of(door: Door) -> Pairing | None:
    """Make the code that other devices need; none is needed where only this machine can ask.

    With a password a device stays paired when the program starts again; a code holds for one run of it.

    Raises: InputError: The password is too short.
    """
    if is_loopback(door.host):
        return None
    if door.password and len(door.password) < LEAST_PASSWORD:
        raise refusal("serve", f"the password has fewer than {LEAST_PASSWORD} letters", "take a longer one, or none: "
                      "then a code is made", place="MIDSTANCE_PASSWORD")
    code = door.password or f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    key = hashlib.sha256(b"midstance\0" + code.encode()).digest() if door.password else secrets.token_bytes(32)
    return Pairing(code=code, key=key, clock=time.monotonic)


def listen(door: Door) -> socket.socket:
    """Take the port.

    Raises: InputError: It is taken, or the address is none of this machine.
    """
    if not 0 <= door.port <= MOST_PORT:
        raise refusal("serve", f"{door.port} is no port", f"name one from 1 to {MOST_PORT}", place="--port")
    try:
        found = socket.getaddrinfo(door.host, door.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        made = socket.socket(found[0], found[1])
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(found[4])
        made.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        says = f"{door.host}:{door.port} cannot be used ({getattr(error, 'strerror', None) or error})"
        raise refusal("serve", says, "name another: midstance serve --port 8766") from None
    return made


def own_name() -> str:
    """Name this machine as others in the network may reach it."""
    name = socket.gethostname()
    return name if "." in name else f"{name}.local"
