"""Logs in few words: ``"goblet-squat 12 12 12 @2 16kg"`` is one exercise of one day, a number a set."""

from __future__ import annotations

import datetime as dt
import re
from itertools import count
from typing import TYPE_CHECKING

from midstance.catalogue.load import load_catalogue
from midstance.domain.diary import Pain, PainNoted, SessionDone, SetDone
from midstance.domain.entry import Origin, Via, entry_of
from midstance.domain.session import Kind

if TYPE_CHECKING:
    from midstance.domain.diary import What
    from midstance.domain.entry import Entry

HAND = Origin(via=Via.HAND, batch="b-test")
UNITS = {id_: exercise.dose.unit for id_, exercise in load_catalogue().exercises.items()}


def noted(what: What, day: dt.date, minute: int = 0) -> Entry:
    """Put what happened into an entry of a day."""
    at = dt.datetime.combine(day, dt.time(18), tzinfo=dt.UTC) + dt.timedelta(minutes=minute)
    return entry_of(what, at=at, date=day, origin=HAND)


def did(day: dt.date, *lines: str, kind: str = "", session: str = "") -> list[Entry]:
    """Log a session: an exercise a line, as ``NAME COUNT ... [KGkg] [@RIR] [!PAIN] [left|right]``."""
    name = session or (f"s-{day}" if kind else "")
    entries = [noted(what, day, k) for k, what in enumerate(w for line in lines for w in _sets(line, name))]
    return entries + ([noted(SessionDone(session=name, kind=Kind(kind)), day, 59)] if kind else [])


def _sets(line: str, session: str) -> list[SetDone]:
    name, *words = line.split()
    said = {word[0]: float(word[1:]) for word in words if word[0] in "@!"}
    weight = next((float(word[:-2]) for word in words if word.endswith("kg")), None)
    side = next((word for word in words if word in ("left", "right")), "")
    unit = UNITS.get(name, "reps")
    numbers = count(1)
    return [SetDone(exercise=name, amount=float(word), unit=unit, number=next(numbers), weight_kg=weight, side=side,
                    rir=said.get("@"), pain=said.get("!"), session=session)
            for word in words if re.fullmatch(r"[\d.]+", word)]


def hurt(day: dt.date, area: str, score: float, *, activity: str = "", when: str = "") -> Entry:
    """Note a pain."""
    return noted(PainNoted(pain=Pain(area=area, score=score), activity=activity, when=when), day)
