"""What was computed for the diary as it stands is kept until something is written: a page twice costs it once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, TypeVar, cast

from midstance.store.store import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from midstance.web._screen import Visit

T = TypeVar("T")
MOST = 24
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = threading.Lock()


def remembered(visit: Visit, what: Hashable, make: Callable[[], T]) -> T:
    """Give what was made for the same diary on the same date, else make it.

    A diary is only ever added to, so its number of rows names its state. What was made while rows were added is not
    kept: it may have been read before them.

    Args:
        visit: The request.
        what: Name of the thing, with all that it depends on beside diary and date.
        make: Makes it.
    """
    if isinstance(visit.store, MemoryStore):
        return make()
    rows = visit.store.count()
    key = (visit.store.address, rows, visit.today, what)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return cast("T", _kept[key])
    made = make()
    if visit.store.count() != rows:
        return made
    with _lock:
        _kept[key] = made
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made


def forget() -> None:
    """Forget everything: for a diary that was deleted, or that rows came into from elsewhere."""
    with _lock:
        _kept.clear()
