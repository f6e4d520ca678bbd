"""Draw the figures of the coming sessions while nobody waits for them: the first page then has them at hand."""

from __future__ import annotations

import datetime as dt
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from midstance.formats._format import InputError
from midstance.services.course import course_of
from midstance.services.diary import current, open_store
from midstance.services.figures import clip_of, still_of
from midstance.services.player_session import player_session

if TYPE_CHECKING:
    from collections.abc import Callable

AHEAD = dt.timedelta(days=7)


def start_warming(place: str, clock: Callable[[], dt.datetime]) -> threading.Thread:
    """Begin to draw beside the server; it ends by itself, and with the program."""
    thread = threading.Thread(target=warm, args=(place, clock()), name="midstance-figures", daemon=True)
    thread.start()
    return thread


def warm(place: str, now: dt.datetime) -> int:
    """Draw what today's session and the next ones show.

    Args:
        place: The diary.
        now: The local moment, aware.
    Returns: How many exercises there were; 0 for a diary without a plan.
    """
    with suppress(InputError), open_store(place) as store:
        course = course_of(current(store))
        if course is None:
            return 0
        today = now.date()
        with suppress(InputError):
            player_session(store, now=now, today=today)
        coming = [s for s in course.plan.sessions if today <= s.date <= today + AHEAD]
        shown = dict.fromkeys(item.exercise for s in coming for block in s.blocks for item in block.items)
        for exercise in shown:
            still_of(exercise)
            clip_of(exercise)
        return len(shown)
    return 0
