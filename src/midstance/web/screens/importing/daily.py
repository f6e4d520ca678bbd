"""What Today needs of the running calendar: a look at the subscribed address at most once a day, and what waits."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from midstance.formats._format import InputError
from midstance.services.calendar_change import need_settings
from midstance.services.calendar_subscription import is_due, kept_in, look_for_changes
from midstance.services.diary import current, open_store
from midstance.web.screens.importing.calendar_view import file_of

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from midstance.web._screen import Visit

log = logging.getLogger("midstance.web")
SAYS = "Your running calendar has changed; nothing of it is in the plan before you say so."
_looking: set[Path] = set()
_turn = threading.Lock()


def calendar_waits(visit: Visit) -> str:
    """Say whether a calendar waits for the runner's yes, or give an empty text; look at the address in the background.

    It costs one look for a small file. What the address gives is there when the page is opened the next time.
    """
    path = file_of(visit)
    if path is None or not path.is_file():
        return ""
    if is_due(path, visit.today):
        look_in_background(path, visit)
    return SAYS if kept_in(path).waiting is not None else ""


def look_in_background(path: Path, visit: Visit) -> threading.Thread | None:
    """Look at the subscribed address beside everything else; None where somebody looks already."""
    with _turn:
        if path in _looking:
            return None
        _looking.add(path)
    thread = threading.Thread(target=_look, args=(path, visit.place, visit.at, visit.today), daemon=True,
                              name="calendar")
    thread.start()
    return thread


def _look(path: Path, place: str, at: dt.datetime, today: dt.date) -> None:
    try:
        with open_store(place) as store:
            now = need_settings(current(store), today)
        look_for_changes(path, now, at=at, today=today)
    except InputError as error:
        log.warning("the calendar was not looked at: %s", error)
    finally:
        with _turn:
            _looking.discard(path)
