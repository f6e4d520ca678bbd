"""Changed settings that wait for the runner's yes: kept by the program, gone when it ends."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from midstance.services.set_up import Ready
    from midstance.services.set_up_change import Look

MOST = 8
_kept: OrderedDict[tuple[str, str], Draft] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Settings as they would be, and what they would change."""

    ready: Ready
    look: Look


def name_of(draft: Draft) -> str:
    """Name a draft by the plan that it leads to."""
    return draft.look.plan.id.removeprefix("plan-")


def put(place: str, draft: Draft) -> str:
    """Keep a draft for a diary; the oldest of many is forgotten.

    Returns: Its name.
    """
    name = name_of(draft)
    with _lock:
        _kept[place, name] = draft
        _kept.move_to_end((place, name))
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return name


def find(place: str, name: str) -> Draft | None:
    """Find a draft of a diary by its name."""
    with _lock:
        return _kept.get((place, name))


def drop(place: str, name: str) -> None:
    """Forget a draft."""
    with _lock:
        _kept.pop((place, name), None)
