"""First weights: what is in the house, what the runner lifted before, and a careful start otherwise.

Weights never rise here: progress comes with the log, which is read in ``progression``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.domain.exercise import Exercise, Hold
from midstance.domain.runner import Lift, Runner
from midstance.metrics.e1rm import MOST_REPS, e1rm, share_of_one_rm

if TYPE_CHECKING:
    from collections.abc import Iterable

DEFAULT_MASS_KG = {"female": 60.0}
OTHER_MASS_KG = 70.0
DEFAULT_BAR_KG = 20.0
BAR_STEP_KG, BAR_MOST_KG = 5, 200
PIECE_STEP_KG, PIECE_MOST_KG = 4, 40
PACK_MOST_KG = 10
DEFAULT_SHARE = 0.1
LIGHT = 0.75                # a light set of 8-15 asks for about three quarters of the weight of a set of 3-8
OVER = 1.25                 # the lightest piece may be so much heavier than the careful start
RELATED = (                 # patterns that tell of each other
    frozenset({"squat", "lunge", "step"}), frozenset({"hinge", "bridge"}), frozenset({"calf-straight", "calf-bent"}),
    frozenset({"push"}), frozenset({"pull"}),
)
RELATED_SHARE = 0.7         # of the known lift, when both use as many legs
ONE_LEG_SHARE = 0.5         # of a lift known on two legs
HANDS = (Hold.ONE_HAND, Hold.TWO_HANDS)

NO_MASS = "Body mass is not stated: first weights assume {kg:g} kg."
NO_BAR = "The weight of the bar is not stated: a bar of 20 kg and steps of 5 kg are assumed."
NO_PIECES = "Weights are not stated: first weights are given in steps of 4 kg; take the nearest lighter one you have."
PACK = "Weights are a loaded backpack of up to 10 kg."
FROM_RELATED = "Where only a related lift is known, the first weight is 50 to 70 % of what that lift suggests."


@dataclass(frozen=True, slots=True)
class Rack:
    """What the runner can load with, ascending [kg], and what was assumed on the way.

    Attributes:
        hand: Single pieces.
        pairs: Weights there are two of.
        bar: Whole loads of the barbell.
        pack: Loads of a backpack.
        mass_kg: Body mass or its default.
        lifts: Known lifts by exercise id.
        known: The records of the known lifts.
        assumed: Notes on what was assumed, by what it is about.
    """

    hand: tuple[float, ...]
    pairs: tuple[float, ...]
    bar: tuple[float, ...]
    pack: tuple[float, ...]
    mass_kg: float
    lifts: dict[str, Lift]
    known: dict[str, Exercise]
    assumed: dict[str, str]

    def loads(self, hold: Hold) -> tuple[float, ...]:
        """List what an exercise of this hold could be loaded with, ascending [kg]."""
        if hold in HANDS:
            return self.hand or self.pack
        return {Hold.EACH_HAND: self.pairs, Hold.BARBELL: self.bar, Hold.BACKPACK: self.pack}.get(hold, ())

    def note(self, hold: Hold) -> str:
        """Name the assumption behind a load of this hold, or nothing."""
        pack = hold is Hold.BACKPACK or (hold in HANDS and not self.hand)
        return self.assumed.get("pack" if pack else "bar" if hold is Hold.BARBELL else "hand", "")


@dataclass(frozen=True, slots=True)
class Weight:
    """A first weight [kg], in each hand where the hold says so, and the assumptions behind it."""

    kg: float
    notes: tuple[str, ...]


def rack_of(runner: Runner, catalogue: dict[str, Exercise]) -> Rack:
    """Put together what a runner can load with.

    Each entry of ``weights_kg`` is one piece and the same weight twice a pair; a bar takes plates in equal pairs.
    """
    owned = set(runner.equipment)
    counts = Counter(runner.weights_kg)
    hand, pairs = tuple(sorted(counts)), tuple(sorted(w for w, n in counts.items() if n > 1))
    assumed = {"pack": PACK}
    if not hand and owned & {"dumbbell", "kettlebell"}:
        hand = tuple(float(w) for w in range(PIECE_STEP_KG, PIECE_MOST_KG + 1, PIECE_STEP_KG))
        pairs = hand if "dumbbell" in owned else ()
        assumed["hand"] = NO_PIECES
    if "barbell" in owned and runner.bar_kg is None:
        assumed["bar"] = NO_BAR
    if runner.body_mass_kg is None:
        assumed["mass"] = NO_MASS.format(kg=_mass(runner))
    return Rack(
        hand=hand, pairs=pairs, bar=_bar_loads(runner) if "barbell" in owned else (),
        pack=_pack_loads(hand) if "backpack" in owned else (), mass_kg=_mass(runner),
        lifts={lift.exercise: lift for lift in runner.lifts},
        known={lift.exercise: catalogue[lift.exercise] for lift in runner.lifts if lift.exercise in catalogue},
        assumed=assumed,
    )


def _mass(runner: Runner) -> float:
    return runner.body_mass_kg or DEFAULT_MASS_KG.get(runner.sex or "", OTHER_MASS_KG)


def _pack_loads(hand: Iterable[float]) -> tuple[float, ...]:
    """A backpack takes the pieces of the house, or water and books where there are none."""
    pieces = tuple(w for w in hand if w <= PACK_MOST_KG)
    return pieces or tuple(float(w) for w in range(1, PACK_MOST_KG + 1))


def _bar_loads(runner: Runner) -> tuple[float, ...]:
    if runner.bar_kg is None and not runner.plates_kg:
        return tuple(float(w) for w in range(int(DEFAULT_BAR_KG), BAR_MOST_KG + 1, BAR_STEP_KG))
    loads = {runner.bar_kg or DEFAULT_BAR_KG}
    for plate, count in Counter(runner.plates_kg).items():
        loads |= {load + 2 * plate * k for load in loads for k in range(1, count // 2 + 1)}
    return tuple(sorted(loads))


def first_weight(rack: Rack, exercise: Exercise, level: str, *, reps: int, rir: int, light: bool) -> Weight | None:
    """Choose the first weight of an exercise, rounded down to what is owned [kg].

    Args:
        rack: What there is.
        exercise: What is to be loaded.
        level: Strength level.
        reps: Most repetitions of the range.
        rir: Repetitions in reserve.
        light: Whether it is a light set, not a heavy one.
    Returns: The weight, or None where nothing light enough is there.
    Source: R23, R24 where a lift is known; otherwise a share of body mass (midstance default).
    """
    loads = rack.loads(exercise.load.hold)
    if not loads:
        return None
    start = careful_start(rack, exercise, level)
    known, source = _known(rack, exercise, reps, rir)
    target = known if known is not None else start * (LIGHT if light else 1.0)
    owned = [w for w in loads if w <= target + 1e-9]
    if owned:
        weight = owned[-1]
    elif loads[0] <= (target if known is not None else start) * OVER:
        weight = loads[0]
    else:
        return None
    mass = rack.assumed.get("mass", "") if known is None else source
    return Weight(weight, tuple(note for note in (rack.note(exercise.load.hold), mass) if note))


def logged_weight(rack: Rack, exercise: Exercise, kg: float | None) -> Weight | None:
    """Take a weight that the log leads to, with what was assumed about the house; None for body weight."""
    if kg is None:
        return None
    note = rack.note(exercise.load.hold)
    return Weight(kg, (note,) if note else ())


def careful_start(rack: Rack, exercise: Exercise, level: str) -> float:
    """Take a share of body mass as the first weight [kg]; the share is of all weight held, so each hand gets half."""
    shares = exercise.load.start_share
    share = shares.get(level) or min(shares.values(), default=DEFAULT_SHARE)
    return share * rack.mass_kg / (2 if exercise.load.hold is Hold.EACH_HAND else 1)


def _known(rack: Rack, exercise: Exercise, reps: int, rir: int) -> tuple[float | None, str]:
    """Weight that the runner's own lifts suggest, or None; with the note that belongs to it."""
    own = rack.lifts.get(exercise.id)
    if own is not None:
        return _scaled(own, reps, rir), ""
    best = None
    for key, other in rack.known.items():
        share = _related_share(other, exercise)
        if share:
            weight = share * _scaled(rack.lifts[key], reps, rir)
            best = weight if best is None else min(best, weight)
    return best, FROM_RELATED


def _related_share(known: Exercise, wanted: Exercise) -> float:
    """How much of a known lift may be asked of another one; 0 where they tell nothing of each other."""
    bars = (known.load.hold is Hold.BARBELL) + (wanted.load.hold is Hold.BARBELL)
    hands = (known.load.hold is Hold.EACH_HAND) + (wanted.load.hold is Hold.EACH_HAND)
    if bars == 1 or hands == 1 or not any({known.pattern, wanted.pattern} <= group for group in RELATED):
        return 0.0
    return ONE_LEG_SHARE if wanted.per_side and not known.per_side else RELATED_SHARE


def _scaled(lift: Lift, reps: int, rir: int) -> float:
    """Weight for other repetitions than those of the lift; without a stated reserve it counts as none."""
    possible = lift.reps + (lift.rir or 0)
    if possible <= MOST_REPS:
        return e1rm(lift.weight_kg, lift.reps, rir=lift.rir or 0) * share_of_one_rm(reps, rir)
    return lift.weight_kg * min(1.0, share_of_one_rm(reps, rir) / share_of_one_rm(possible))
