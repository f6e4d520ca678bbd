"""What could come next for an exercise: owned weights, ranges, and the neighbours on its ladder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.domain.exercise import Exercise, Hold, Role
from midstance.domain.runner import Level, Runner
from midstance.planning.arranging.doses import (
    LEARNING_HEAVY,
    TOO_LIGHT,
    Mode,
    adequacy_of,
    range_of,
    reserve_of,
    weight_of,
)
from midstance.planning.arranging.pool import RANK, hurt_on
from midstance.planning.arranging.weights import Rack, rack_of

if TYPE_CHECKING:
    import datetime as dt

SMALL_JUMP, FAIR_JUMP = 0.10, 0.35      # a larger step than this needs one, or two, smaller steps before it
FAR_JUMP, FAR_SHARE = 0.6, 0.15         # beyond both, of the weight and of body mass, it is no next step at all
SAME = 1.02                             # a logged weight so little above an owned one is that one: pounds, rounding
MORE = {"reps": 2, "seconds": 10, "steps": 2}
SLOW_S, PAUSE_S = 3, 2
MAIN_KINDS = frozenset({"heavy", "strength", "upper"})


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What the runner has and may do on a date.

    Attributes:
        runner: The runner.
        catalogue: Exercises by id.
        rack: What there is to load with.
        level: Strength level that counts now.
        hurt: Areas that are injured now.
    """

    runner: Runner
    catalogue: Mapping[str, Exercise]
    rack: Rack
    level: Level
    hurt: frozenset[str]

    def allows(self, exercise: Exercise) -> bool:
        """Tell whether an exercise could stand in a main block: equipment, level, weights, injuries, dislikes."""
        owned = set(self.runner.equipment)
        return (
            bool(MAIN_KINDS.intersection(exercise.kinds))
            and all(owned.intersection(group) for group in exercise.equipment)
            and RANK[Level(exercise.least_level)] <= RANK[self.level]
            and not self.hurt.intersection(exercise.avoid)
            and exercise.id not in self.runner.dislikes
            and (not needs_weight(exercise) or self.loads(exercise))
        )

    def loads(self, exercise: Exercise) -> bool:
        """Tell whether a weight light enough to begin with is there."""
        return weight_of(exercise, Mode(heavy=False, level=self.level), self.rack) is not None


def house_of(runner: Runner, catalogue: Mapping[str, Exercise], level: Level, today: dt.date) -> House:
    """Put together what counts on a date."""
    return House(runner=runner, catalogue=catalogue, rack=rack_of(runner, dict(catalogue)), level=level,
                 hurt=hurt_on(runner.injuries, today, today).now)


def needs_weight(exercise: Exercise) -> bool:
    """Tell whether an exercise makes no sense without a weight; a band is none."""
    return exercise.load.required and exercise.load.hold is not Hold.BAND


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The steps of one exercise in one of its ranges.

    Attributes:
        exercise: The exercise.
        heavy: Whether these are the steps of its heavy range.
        house: What there is.
        loads: Weights it could be loaded with, ascending [kg].
        first_kg: Weight that a plan without a log begins with, or None; ``usual_kg`` the heaviest one it would begin
            with in any range, 0 where there is none.
        easier: Next easier version that is possible, or None; ``harder`` the other way.
        rir: Reserve aimed at, or None where none is noted.
        least: Fewest counts that are no miss when nobody knows what kind of session it was.
    """

    exercise: Exercise
    heavy: bool
    house: House
    loads: tuple[float, ...]
    first_kg: float | None
    usual_kg: float
    easier: Exercise | None
    harder: Exercise | None
    rir: int | None
    least: int

    @property
    def mode(self) -> Mode:
        """How a session of this range doses."""
        return Mode(heavy=self.heavy, level=self.house.level)

    def span(self, weight: float | None) -> tuple[int, int]:
        """Target range at a weight [unit]; without a weight always the founding range."""
        heavy = self.heavy and weight is not None
        light = adequacy_of(self.exercise, self.mode, self.house.rack, weight) < TOO_LIGHT
        return range_of(self.exercise, self.mode, heavy=heavy, light=light)

    def most(self, weight: float | None) -> int:
        """Most counts that the top of the range may be raised to [unit]."""
        return LEARNING_HEAVY[1] if self.heavy and weight is not None else self.exercise.dose.high

    def snapped(self, weight: float | None) -> float | None:
        """Take a logged weight as the heaviest owned one that it reaches; None below all of them."""
        reached = [w for w in self.loads if w <= (weight or 0.0) * SAME]
        return reached[-1] if reached else self.loads[0] if needs_weight(self.exercise) else None

    def above(self, weight: float | None) -> float | None:
        """Next weight: from body weight the careful first one, otherwise the next owned one that is not too far."""
        if weight is None:
            return self.first_kg
        heavier = next((w for w in self.loads if w > weight), None)
        if heavier is None:
            return None
        hands = 2 if self.exercise.load.hold is Hold.EACH_HAND else 1
        far = hands * (heavier - weight) > FAR_SHARE * self.house.rack.mass_kg
        return None if far and heavier / weight - 1 > FAR_JUMP else heavier

    def below(self, weight: float | None, *, share: float = 1.0) -> float | None:
        """Next lighter owned weight, or the heaviest one at or under a share of it; None where there is none."""
        if weight is None:
            return None
        lighter = [w for w in self.loads if w < weight and w <= share * weight + 1e-9]
        return lighter[-1] if lighter else self.loads[0] if needs_weight(self.exercise) else None

    def smaller_steps(self, weight: float | None) -> int:
        """Number of smaller steps before the next weight: none up to 10 %, one up to 35 %, else two."""
        heavier = self.above(weight)
        if weight is None or heavier is None:
            return 0
        jump = heavier / weight - 1
        return 0 if jump <= SMALL_JUMP + 1e-9 else 1 if jump <= FAIR_JUMP else 2


def ladder_of(exercise: Exercise, house: House, *, heavy: bool) -> Ladder | None:
    """Lay out the steps of an exercise, or None where it needs a weight that is not there."""
    mode = Mode(heavy=heavy, level=house.level)
    loads = house.rack.loads(exercise.load.hold) if exercise.load.start_share else ()
    if (needs_weight(exercise) or heavy) and not loads:
        return None
    first, other = (weight_of(exercise, Mode(heavy=h, level=house.level), house.rack) for h in (heavy, not heavy))
    return Ladder(
        exercise=exercise, heavy=heavy, house=house, loads=loads, first_kg=first.kg if first else None,
        usual_kg=max(w.kg if w else 0.0 for w in (first, other)),
        easier=_neighbour(exercise, exercise.easier, house), harder=_neighbour(exercise, exercise.harder, house),
        rir=None if exercise.role is Role.FINISHER else reserve_of(exercise, mode),
        least=min(low for low, _ in _spans(exercise, mode)),
    )


def _spans(exercise: Exercise, mode: Mode) -> list[tuple[int, int]]:
    heavy = [range_of(exercise, mode, heavy=True, light=False)] if exercise.dose.heavy else []
    return [range_of(exercise, mode, heavy=False, light=False), *heavy]


def _neighbour(exercise: Exercise, id_: str | None, house: House) -> Exercise | None:
    other = house.catalogue.get(id_ or "")
    fits = other is not None and house.allows(other) and not set(exercise.kinds).isdisjoint(other.kinds)
    return other if fits else None


def slower(tempo: str) -> str:
    """Slow a tempo down without a longer lowering than 3 s, which would be a new eccentric stress (R32).

    >>> slower("3-0-1-0"), slower("2-0-1-0")
    ('3-2-1-0', '3-1-1-0')
    """
    if not tempo:
        return ""
    lowering, pause, *rest = (int(part) for part in tempo.split("-"))
    more = PAUSE_S if lowering >= SLOW_S else 1
    return "-".join(str(part) for part in (max(lowering, SLOW_S), pause + more, *rest))
