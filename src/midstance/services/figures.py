"""How an exercise is done, drawn: the still picture and the moving one, each computed once.

Computing a clip takes a tenth of a second. The program that serves names a folder in which clips stay from one start
to the next, by the digest of all they are made from; without one they stay in memory alone.
"""

from __future__ import annotations

import hashlib
import threading
from contextlib import suppress
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from midstance.catalogue.self_tests import load_self_tests
from midstance.formats._format import InputError
from midstance.services.handbook import catalogue
from midstance.services.output import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.domain.motion import Moved

_shelf: list[Path] = []
_made: dict[str, bytes | None] = {}
_drawing = threading.Lock()


def keep_figures_in(folder: Path | None) -> None:
    """Name the folder in which clips stay; None is none."""
    _shelf[:] = [folder] if folder else []


def drawn(figure: str) -> Moved | None:
    """Find the exercise, or the self-test with a figure of its own, that has an id; None where neither has."""
    return catalogue().exercises.get(figure) or load_self_tests().get(figure)


def figures_folder(environment: Mapping[str, str], home: Path, *, windows: bool = False) -> Path:
    """Say where clips stay when nobody says it: in the user's folder for what can be made again.

    >>> figures_folder({}, Path("/home/ana"))
    PosixPath('/home/ana/.cache/midstance/figures')
    """
    given = Path(environment.get("LOCALAPPDATA" if windows else "XDG_CACHE_HOME", ""))
    usual = home / ("AppData/Local" if windows else ".cache")
    return (given if given.is_absolute() else usual) / "midstance" / "figures"


@lru_cache(maxsize=512)
def still_of(exercise: str, *, poses: int = 2) -> str:
    """Draw an exercise, or a self-test with a figure of its own, standing still.

    Args:
        exercise: Its id.
        poses: How many of its poses stand side by side.
    Returns: SVG; empty where the exercise has no drawing.
    """
    made, found = clip_of(exercise), drawn(exercise)
    if made is None or found is None:
        return ""
    from midstance.motion.still import chosen, strip_of  # noqa: PLC0415 - drawing loads numpy

    clip = msgspec.json.decode(made)
    return strip_of(clip, found.name, chosen(clip["stills"], poses))


def clip_of(exercise: str) -> bytes | None:
    """Give the moving picture of an exercise or self-test as JSON; None where it has none.

    One is made at a time: pages that ask for the same pictures at once wait for them instead of making them twice.
    """
    if exercise not in _made:
        with _drawing:
            if exercise not in _made:
                _made[exercise] = _clip(exercise)
    return _made[exercise]


def _clip(exercise: str) -> bytes | None:
    found = drawn(exercise)
    if found is None or found.motion is None:
        return None
    place = _shelf[0] / f"{exercise}-{_digest(found)}.json" if _shelf else None
    if place is not None:
        with suppress(OSError):
            return place.read_bytes()
    from midstance.motion.clip import clip_json  # noqa: PLC0415 - drawing loads numpy

    made = clip_json(found)
    if place is not None:
        with suppress(OSError, InputError):
            place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(place, made)
    return made


def _digest(exercise: Moved) -> str:
    content = "\n".join((_engine(), exercise.id, exercise.name, exercise.tempo, repr(exercise.motion)))
    return hashlib.sha256(content.encode()).hexdigest()[:16]


@cache
def _engine() -> str:
    """Digest of the code that makes clips."""
    package = files("midstance.motion")
    sources = sorted(entry.name for entry in package.iterdir() if entry.name.endswith(".py"))
    return hashlib.sha256(b"".join(package.joinpath(name).read_bytes() for name in sources)).hexdigest()
