"""The files that pages load: found once, named by their content, so that browsers may keep them for good."""

from __future__ import annotations

import hashlib
import json
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from midstance.web.lean import lean

STATIC = Path(__file__).with_name("static")
TYPES = {".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
         ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".json": "application/json",
         ".webmanifest": "application/manifest+json", ".png": "image/png", ".txt": "text/plain; charset=utf-8"}
WORKER = "sw.js"
SHELL = "/player"
OFFLINE = "/offline"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its media type and its bytes."""

    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Assets:
    """All files by their path below ``static``, and the digest of them all."""

    files: dict[str, Asset]
    version: str

    def url(self, name: str) -> str:
        """Give the address of a file, with the digest in it.

        Raises: KeyError: There is no such file.
        """
        if name not in self.files:
            raise KeyError(name)
        return f"/static/{self.version}/{name}"

    def worker(self, *, everything: str = "player/") -> str:
        """Write the service worker: which version it keeps, which files, and its code.

        The player and its style are kept for use without the server; other files are kept when they were used once.
        """
        kept = [self.url(name) for name in sorted(self.files)
                if name.startswith(everything) or name in ("app.css", "api.js", "icon.svg")]
        head = (f"const VERSION = {json.dumps(self.version)};\n"
                f"const FILES = {json.dumps([SHELL, OFFLINE, *kept])};\n")
        return head + self.files[WORKER].data.decode()


@cache
def load_assets(folder: Path = STATIC) -> Assets:
    """Read all files once."""
    files: dict[str, Asset] = {}
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.startswith("."):
            continue
        name, data = path.relative_to(folder).as_posix(), path.read_bytes()
        if path.suffix == ".js":
            data = lean(data.decode()).encode()
        digest.update(name.encode() + b"\0" + data)
        kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        files[name] = Asset(kind, data)
    return Assets(files=files, version=digest.hexdigest()[:10])
