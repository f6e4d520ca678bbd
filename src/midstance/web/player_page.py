"""The player's pages: the empty one that the app serves, and the one file that works without any server.

The first holds nothing of the runner and may be kept by the service worker. How the second is put together is in
``services.session_page``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from midstance.services.session_page import order_of, session_page
from midstance.web.assets import load_assets
from midstance.web.lean import lean
from midstance.web.pages import environment

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = "player/"
ENTRY = "main.js"


def shell_page() -> str:
    """Write the player's empty page, with the addresses of its files."""
    modules = [FOLDER + name for name in order_of(ENTRY, modules_of()) if name != ENTRY]
    return environment().get_template("player.html").render(modules=modules, styles=styles())


def styles() -> list[str]:
    """List the player's style sheets, the figure's first."""
    return sorted(name for name in load_assets().files if name.startswith(FOLDER) and name.endswith(".css"))


def file_page(document: Mapping[str, Any]) -> str:
    """Write a session and its player as one page that needs nothing else.

    Args:
        document: The session document, ``midstance-session/1``.
    Returns: HTML.
    """
    return session_page(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode(), modules_of())


def modules_of() -> dict[str, str]:
    """Read the player's modules and its style, by name."""
    files = load_assets().files
    return {name.removeprefix(FOLDER): lean(asset.data.decode()) for name, asset in files.items()
            if name.startswith(FOLDER)}
