"""What the session player asks of the server: a session to keep on the device, and to take what was done.

The player's page is no screen: it is the same for everybody, holds nothing of the runner and works without the server.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Any

from msgspec import Meta

from midstance.formats.session_json import PlayerSession
from midstance.services.player_events import take_events
from midstance.services.player_session import player_session
from midstance.web._screen import Action, Screen, Visit
from midstance.web.remember import remembered

MOST_BYTES = 256 << 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which session."""

    date: Annotated[dt.date | None, Meta(description="Its date; by default that of its id, else today.")] = None
    session: Annotated[str, Meta(description="Its id, the word primer, or empty for the one of the date.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """What a player reports."""

    events: Annotated[tuple[dict[str, Any], ...], Meta(description="Events, 500 at most; docs/app.md describes them.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedEvent:
    """An event that was not taken."""

    key: Annotated[str, Meta(description="Its key, as far as it has one.")]
    says: Annotated[str, Meta(description="Why.")]
    remedy: Annotated[str, Meta(description="What would help.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What became of the events; the same ones once more are all known."""

    kept: Annotated[tuple[str, ...], Meta(description="Keys of those that came into the diary now.")]
    known: Annotated[tuple[str, ...], Meta(description="Keys of those that were in it already.")]
    refused: Annotated[tuple[RefusedEvent, ...], Meta(description="Those that cannot be used.")]
    says: Annotated[tuple[str, ...], Meta(description="What follows for the runner, sentences.")]
    batches: Annotated[tuple[str, ...], Meta(description="What one undo takes back, for each doing of a session.")]


def load(asked: Asked, visit: Visit) -> PlayerSession:
    """Give a session with everything that doing it may need."""
    return remembered(visit, ("player", asked), lambda: player_session(
        visit.store, now=visit.at, today=visit.today, date=asked.date, session=asked.session))


def take(wish: Events, visit: Visit) -> Arrived:
    """Take what was done, once and only once."""
    found = take_events(visit.store, wish.events, now=visit.at, today=visit.today)
    return Arrived(
        kept=found.kept, known=found.known, says=found.says, batches=found.batches,
        refused=tuple(RefusedEvent(key=one.key, says=one.says, remedy=one.remedy) for one in found.refused))


SCREEN = Screen(
    id="player", path="/player", title="Session player", asked=Asked, context=PlayerSession, load=load, page=False,
    actions=(Action(name="events", title="Take what a player reports", wish=Events, do=take, answer=Arrived,
                    most_bytes=MOST_BYTES),))
