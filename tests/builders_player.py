"""A phone with the session player, for tests: what it reports, as it would send it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from builders_daily import HEAVY
from builders_diary import TODAY

NOON = dt.datetime(2026, 12, 1, 18, tzinfo=dt.UTC)
"""Six in the evening of the builders' first of December: when the play begins."""


def instant(at: dt.datetime) -> str:
    """An instant as JavaScript writes it."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Phone:
    """One doing of a session; every call gives the event that it would send, half a minute after the one before.

    Attributes:
        play: Id of the play.
        session: Id of its session.
        kind: Kind of its session.
        date: Local date.
        said: How many events there were.
        sent: All of them, in order.
    """

    play: str = "play-0000001"
    session: str = HEAVY
    kind: str = "heavy"
    date: dt.date = TODAY
    said: int = 0
    sent: list[dict[str, Any]] = field(default_factory=list)

    @property
    def now(self) -> dt.datetime:
        """The moment of the next event."""
        start = dt.datetime.combine(self.date, NOON.time(), dt.UTC)
        return start + dt.timedelta(seconds=30 * self.said)

    def event(self, kind: str, **fields: Any) -> dict[str, Any]:
        """Make an event of any kind."""
        made = {"key": f"{self.play}-{self.said:04}", "play": self.play, "session": self.session,
                "date": self.date.isoformat(), "at": instant(self.now), "kind": kind, **fields}
        self.said += 1
        self.sent.append(made)
        return made

    def set(self, exercise: str = "goblet-squat", amount: float = 8, number: int = 1, **fields: Any) -> dict[str, Any]:
        """A set."""
        return self.event("set", **{"exercise": exercise, "amount": amount, "unit": "reps", "number": number, **fields})

    def finish(self, minutes: float = 24, **fields: Any) -> dict[str, Any]:
        """The end of the session."""
        return self.event("finish", **{"minutes": minutes, "session_kind": self.kind, **fields})

    def pain(self, area: str = "knee", score: float = 3, **fields: Any) -> dict[str, Any]:
        """A pain."""
        return self.event("pain", **{"area": area, "score": score, **fields})

    def edit(self, event: dict[str, Any], **fields: Any) -> dict[str, Any]:
        """The same again with other numbers, in place of the earlier one."""
        own = {k: v for k, v in event.items() if k not in ("key", "at", "play", "session", "date", "kind", "replaces")}
        return self.event(event["kind"], **{**own, **fields, "replaces": event})

    def retract(self, event: dict[str, Any]) -> dict[str, Any]:
        """What was told never happened."""
        return self.event("retract", of=event)
