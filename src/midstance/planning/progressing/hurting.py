"""Pain that was noted with an exercise: what pauses, what takes its place, and when it comes back (R26, R69)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.domain.exercise import Exercise, Role
from midstance.metrics.double_progression import MOST_PAIN
from midstance.planning.arranging.pool import FAMILIES
from midstance.planning.arranging.weights import RELATED
from midstance.planning.progressing.bouts import Bout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midstance.planning.progressing.bouts import Log
    from midstance.planning.progressing.ladder import House

STOP_PAIN = 5               # above it the whole pattern stops
HOP_PAIN = 2                # hops stop earlier (R35)
FREE_SESSIONS = 2
STOPPED_AT_LEAST = dt.timedelta(days=7)
FORGOTTEN = dt.timedelta(days=28)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ache:
    """A pain that keeps an exercise away.

    Attributes:
        bout: The bout that hurt.
        barred: What is left out because of it.
        instead: What takes its place, or None.
    """

    bout: Bout
    barred: frozenset[str]
    instead: Exercise | None

    @property
    def stops(self) -> bool:
        """Whether the whole pattern stops."""
        return self.bout.pain > STOP_PAIN


def aches_of(log: Log, house: House, today: dt.date) -> dict[str, Ache]:
    """Find what hurt and has not been free of pain in two sessions since.

    Args:
        log: What was done.
        house: What the runner has and may do.
        today: Date on which it counts.
    Returns: By the exercise that hurt.
    """
    painful: dict[str, Bout] = {}
    for id_, bouts in log.bouts.items():
        last = _last_painful(house.catalogue[id_], bouts)
        if last is not None and not _over(house.catalogue[id_], last, log, house, today):
            painful[id_] = last
    found = {}
    for id_, bout in painful.items():
        exercise = house.catalogue[id_]
        stops = bout.pain > STOP_PAIN or exercise.role is Role.HOP
        barred = _stopped(exercise, house) if stops else _above(exercise, house)
        found[id_] = (bout, barred | {id_})
    everything = frozenset().union(*(barred for _, barred in found.values()))
    return {id_: Ache(bout=bout, barred=barred, instead=_instead(house.catalogue[id_], everything, house))
            for id_, (bout, barred) in found.items()}


def _last_painful(exercise: Exercise, bouts: Sequence[Bout]) -> Bout | None:
    most = HOP_PAIN if exercise.role is Role.HOP else MOST_PAIN
    return next((b for b in reversed(bouts) if b.pain > most or b.worse_after), None)


def _over(exercise: Exercise, painful: Bout, log: Log, house: House, today: dt.date) -> bool:
    """Tell whether two later sessions of its kind were free of pain; without any, four weeks are long enough."""
    if painful.pain > STOP_PAIN and today - painful.date < STOPPED_AT_LEAST:
        return False
    calm: dict[dt.date, bool] = {}
    for id_, bouts in log.bouts.items():
        if _related(exercise, house.catalogue[id_]):
            for bout in bouts:
                if bout.date > painful.date:
                    calm[bout.date] = calm.get(bout.date, True) and bout.pain == 0
    return sum(calm.values()) >= FREE_SESSIONS or today - painful.date > FORGOTTEN


def _related(one: Exercise, other: Exercise) -> bool:
    """Tell whether two exercises belong to one family of movements, so that one speaks for the other."""
    if one.pattern == other.pattern or any({one.pattern, other.pattern} <= group for group in RELATED):
        return True
    family = FAMILIES.get(one.pattern, "")
    return bool(family) and family == FAMILIES.get(other.pattern, "")


def chain(exercise: Exercise, catalogue: Mapping[str, Exercise], *, harder: bool = False) -> list[Exercise]:
    """List the easier versions of an exercise, nearest first, or the harder ones."""
    found: list[Exercise] = []
    nearest = catalogue.get((exercise.harder if harder else exercise.easier) or "")
    while nearest is not None and nearest not in found:
        found.append(nearest)
        nearest = catalogue.get((nearest.harder if harder else nearest.easier) or "")
    return found


def _above(exercise: Exercise, house: House) -> frozenset[str]:
    """List the harder versions, and what loads the same place in the same pattern and is no easier version."""
    easier = {e.id for e in chain(exercise, house.catalogue)}
    harder = {e.id for e in chain(exercise, house.catalogue, harder=True)}
    areas = set(exercise.avoid)
    same = {e.id for e in house.catalogue.values() if e.pattern == exercise.pattern and areas.intersection(e.avoid)}
    return frozenset((same | harder) - easier)


def _stopped(exercise: Exercise, house: House) -> frozenset[str]:
    """List the whole pattern, and what is related and loads the same place."""
    areas = set(exercise.avoid)
    return frozenset(e.id for e in house.catalogue.values() if e.pattern == exercise.pattern
                     or (_related(exercise, e) and areas.intersection(e.avoid)))


def _instead(exercise: Exercise, barred: frozenset[str], house: House) -> Exercise | None:
    """Choose the next easier version that is possible, otherwise a hold of the same family that spares the place."""
    for easier in chain(exercise, house.catalogue):
        if easier.id not in barred and house.allows(easier):
            return easier
    areas = set(exercise.avoid)
    holds = [e for e in house.catalogue.values() if e.dose.unit == "seconds" and e.role is not Role.DRILL
             and "strength" in e.trains and e.id not in barred and house.allows(e) and not areas.intersection(e.avoid)
             and (_related(exercise, e) or e.main_region == exercise.main_region)]
    return min(holds, key=lambda e: (e.pattern != exercise.pattern, e.id), default=None)
