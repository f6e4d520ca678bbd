"""Weights beside the log: at most one step of the house at a time, none after pain or a long break.

Like the judge of the days it shares no rule with the planner; of the catalogue it reads how a weight is held.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from midstance.domain.exercise import Exercise, Hold
from midstance.domain.runner import Runner
from midstance.domain.session import Item, Kind, Session

if TYPE_CHECKING:
    from midstance.domain.diary import SetDone

BREAK = dt.timedelta(days=28)
HURTS = 5
PACK_KG = 10
BAR_KG = 20.0
Key = tuple[str, bool]


@dataclass(kw_only=True)
class Weights:
    """What was lifted so far [kg], by exercise and whether it was its heavy range.

    Attributes:
        catalogue: Exercises by id.
        runner: What is in the house.
        heaviest: Heaviest set of all; ``last`` of the last time.
        hurt: Weight at which an exercise hurt above 5 the last time it was done.
        trained: Last date with strength work; ``rested`` whether four weeks lay before it or lie behind it now.
    """

    catalogue: Mapping[str, Exercise]
    runner: Runner
    heaviest: dict[Key, float] = field(default_factory=dict)
    last: dict[Key, tuple[dt.date, float]] = field(default_factory=dict)
    hurt: dict[str, float] = field(default_factory=dict)
    trained: dt.date | None = None

    def key(self, exercise: str, kind: Kind) -> Key:
        """Tell exercise and range apart."""
        found = self.catalogue[exercise]
        return exercise, kind is Kind.HEAVY and bool(found.dose.heavy)

    def log(self, date: dt.date, kind: Kind, sets: Sequence[SetDone]) -> None:
        """Remember what was lifted."""
        for exercise in dict.fromkeys(one.exercise for one in sets):
            mine = [one for one in sets if one.exercise == exercise]
            most = max(one.weight_kg or 0.0 for one in mine)
            key = self.key(exercise, kind)
            self.heaviest[key] = max(most, self.heaviest.get(key, 0.0))
            self.last[key] = (date, most)
            self.hurt.pop(exercise, None)
            if max(one.pain or 0.0 for one in mine) > HURTS:
                self.hurt[exercise] = most
        self.trained = date

    def judge(self, today: dt.date, session: Session) -> Iterator[str]:
        """Look for a weight that rises by more than a step, or that rises after pain or a break."""
        for item in (item for block in session.blocks for item in block.items):
            key = self.key(item.exercise, session.kind)
            weight = item.weight_kg or 0.0
            if not weight:
                continue
            name = f"{item.exercise} {weight:g} kg in the {session.kind.value} session of {today}"
            if key in self.heaviest and self.heaviest[key] and weight > (most := self.step(item, self.heaviest[key])):
                yield f"{name}: more than a step above {self.heaviest[key]:g} kg (next {most:g})"
            if item.exercise in self.hurt and weight > self.hurt[item.exercise]:
                yield f"{name}: it hurt at {self.hurt[item.exercise]:g} kg"
            if self.trained and today - self.trained > BREAK and key in self.last and 0 < self.last[key][1] < weight:
                yield f"{name}: after a break, {self.last[key][1]:g} kg before it"

    def step(self, item: Item, weight: float) -> float:
        """Give the next weight of the house for an exercise, itself where there is none [kg]."""
        return min((w for w in self.house(item.exercise) if w > weight), default=weight)

    def house(self, exercise: str) -> list[float]:
        """List what an exercise could be loaded with [kg]."""
        hold = self.catalogue[exercise].load.hold
        pieces = Counter(self.runner.weights_kg)
        if hold is Hold.BARBELL:
            loads = {self.runner.bar_kg or BAR_KG}
            for plate, count in Counter(self.runner.plates_kg).items():
                loads |= {load + 2 * plate * k for load in loads for k in range(1, count // 2 + 1)}
            return sorted(loads)
        if hold is Hold.EACH_HAND:
            return sorted(w for w, count in pieces.items() if count > 1)
        light = [w for w in pieces if w <= PACK_KG]
        if hold is Hold.BACKPACK:
            return sorted(light) or [float(w) for w in range(1, PACK_KG + 1)]
        return sorted(pieces) or [float(w) for w in range(1, PACK_KG + 1)]
