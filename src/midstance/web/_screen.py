"""What a screen is: a documented context, a function that loads it, and what can be done there.

The same context is the page and its JSON. Everything that a screen may touch of the world is its ``Visit``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from midstance.domain.entry import Origin, Via, batch_id
from midstance.services.told import Stamp
from midstance.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that was handed in: its name as the browser told it, and where it lies while the request lasts."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request, as far as a screen may see it.

    Attributes:
        store: The open diary.
        at: The moment, aware, UTC.
        today: The local date.
        place: The diary as the program was told it: a file or an address.
        upload: Files that were handed in.
        mirror: Folder of the pose model, or None.
    """

    store: Store
    at: dt.datetime
    today: dt.date
    place: str = ""
    upload: tuple[Upload, ...] = ()
    mirror: Path | None = None

    def origin(self, *names: str) -> Origin:
        """Mark entries of one action, so that they are taken back together."""
        return Origin(via=Via.HAND, batch=batch_id(self.at, *names))

    def stamp(self, *names: str, date: dt.date | None = None) -> Stamp:
        """Mark what an action writes, for the date that it tells about."""
        day = date or self.today
        return Stamp(at=self.at, date=day, today=max(day, self.today), origin=self.origin(*names))

    def when(self, *names: str) -> dict[str, Any]:
        """Give moment, date and origin as the functions of ``services.change`` take them."""
        return {"now": self.at, "date": self.today, "origin": self.origin(*names)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an action did.

    Attributes:
        says: Sentences for the runner.
        batch: What one undo takes back, or empty when there is nothing to take back.
        go: Path of the page to show next; empty for the screen itself.
    """

    says: tuple[str, ...] = ()
    batch: str = ""
    go: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file to keep: what an action with ``download`` gives back."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """No query parameters, or no fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something that can be done on a screen: ``POST {path}/{name}``.

    Attributes:
        name: Last part of its path, kebab-case.
        title: What it does, as an order; the description in the documented interface.
        wish: Dataclass of its fields, read from a form or from JSON.
        do: Does it; raises ``InputError`` where it cannot be, with nothing half-written.
        answer: Dataclass it gives back.
        files: Whether files may be handed in.
        reads: Whether it writes nothing, and may also be asked by GET with its fields as the query.
        most_bytes: Longest body it takes [bytes].
    """

    name: str
    title: str
    wish: type
    do: Callable[[Any, Visit], Any]
    answer: type = Answer
    files: bool = False
    reads: bool = False
    most_bytes: int = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One screen.

    Attributes:
        id: Kebab-case; the folder's name, and its name in the interface.
        path: Where it is.
        title: Its name for people.
        context: Dataclass of all that its page shows; every field says what it is (``msgspec.Meta``).
        load: Gives the context.
        asked: Dataclass of its query parameters.
        actions: What can be done there.
        nav: Place in the navigation, or None.
        needs_plan: Whether a diary without a plan leads to the set-up instead.
        page: Whether it has a page; without one it is a part of the interface only.
        again: Fields of its forms that say which of its pages they stood on, for when one is refused.
        camera: Whether its page may ask for the camera and run the pose model.
        globals: Functions that its page calls, by name.
    """

    id: str
    path: str
    title: str
    context: type
    load: Callable[[Any, Visit], Any]
    asked: type = Nothing
    actions: tuple[Action, ...] = ()
    nav: int | None = None
    needs_plan: bool = True
    page: bool = True
    again: tuple[str, ...] = ()
    camera: bool = False
    globals: dict[str, Callable[..., Any]] = field(default_factory=dict)
