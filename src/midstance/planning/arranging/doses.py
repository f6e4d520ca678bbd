"""Doses: repetitions, weight, reserve and tempo of one exercise in one kind of session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midstance.domain.exercise import Exercise, Hold, Role
from midstance.domain.runner import Level
from midstance.domain.session import SWITCH_SECONDS, Item, item_seconds
from midstance.planning.arranging.pool import RANK, Option
from midstance.planning.arranging.weights import Rack, Weight, careful_start, first_weight, logged_weight

if TYPE_CHECKING:
    from midstance.planning.progressing.values import Standing

WORKING_RIR = 3
CONTACT_HARD_SECONDS = 2.0
LEARNING_HEAVY = (6, 8)     # repetitions while learning to load (7.4)
TOO_LIGHT = 0.6             # of the careful start: below it the repetitions of a learner are taken
HEAVY_RIR, STRENGTH_RIR = (1, 3), (2, 4)
FRESH_RIR, NEW_RIR, EASY_RIR = 2, 3, 4
EASED, LESS = frozenset({"push", "pull"}), -0.3
UNLOADED_GAP, LOADED_BONUS, LOWER_RUNG = 0.6, 0.8, -0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """What decides a dose besides the exercise: kind of session, level, and how careful to be.

    ``keeping`` keeps the load that was lifted before, ``steady`` the versions; both matter only with a log.
    """

    heavy: bool
    level: Level
    learning: bool = False
    fresh: bool = False
    keeping: bool = False
    steady: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Dosed:
    """An exercise with its dose.

    Attributes:
        option: The exercise.
        item: The dose as an item, still without label and side.
        bonus: What its weight, or the lack of one, adds to the choice.
        seconds: Time of a set with the switch of sides [s].
        under: Time under the exercise of a set [s].
        working: The same where the set counts as working, else 0 [s].
        notes: Assumptions behind its weight.
        eased: The same farther from the limit, for a heavy session whose hard minutes are spent; or None.
    """

    option: Option
    item: Item
    bonus: float
    seconds: float
    under: float
    working: float
    notes: tuple[str, ...] = ()
    eased: Dosed | None = None


def dose(option: Option, mode: Mode, rack: Rack, standing: Standing | None = None) -> Dosed | None:
    """Dose an exercise, or None where it needs a weight that is not there.

    In a heavy session what carries a weight takes the heavy range; everything else stays at the founding doses.
    Where the log tells how an exercise stands, its weight, range and tempo are taken.
    """
    exercise = option.exercise
    aim = (standing.kept if mode.keeping else standing.aim) if standing else None
    found = weight_of(exercise, mode, rack) if aim is None else logged_weight(rack, exercise, aim.weight_kg)
    weight = found.kg if found else None
    if weight is None and exercise.load.required and exercise.load.hold is not Hold.BAND:
        return None
    heavy = mode.heavy and weight is not None and bool(exercise.dose.heavy)
    adequacy = adequacy_of(exercise, mode, rack, weight)
    low, high = (aim.low, aim.high) if aim else range_of(exercise, mode, heavy=heavy, light=adequacy < TOO_LIGHT)
    item = Item(
        label="", exercise=exercise.id, unit=exercise.dose.unit, low=low, high=high, per_side=exercise.per_side,
        weight_kg=weight, per_hand=weight is not None and exercise.load.hold is Hold.EACH_HAND,
        rir=reserve_of(exercise, mode), tempo=aim.tempo if aim and aim.tempo else exercise.dose.tempo,
    )
    bonus = LOADED_BONUS * adequacy if weight is not None else _unloaded(exercise, mode)
    dosed = timed(option, item, mode, bonus, found.notes if found else ())
    if mode.heavy and not heavy and item.rir is not None and option.family in EASED:
        return replace(dosed, eased=timed(option, replace(item, rir=EASY_RIR), mode, bonus + LESS, dosed.notes))
    return dosed


def timed(option: Option, item: Item, mode: Mode, bonus: float, notes: tuple[str, ...] = ()) -> Dosed:
    """Work out the seconds of an item, by the one model of time in the domain."""
    under = item_seconds(item)
    return Dosed(option=option, item=item, bonus=bonus, under=under,
                 seconds=under + (SWITCH_SECONDS if item.per_side else 0.0),
                 working=under if counts_as_working(item, heavy=mode.heavy) else 0.0, notes=notes)


def counts_as_working(item: Item, *, heavy: bool) -> bool:
    """Tell whether sets of an item are working sets (7.4); a loaded carry in a heavy session counts too."""
    if item.rir is not None:
        return item.rir <= WORKING_RIR
    return item.to_last_good_rep or (heavy and item.weight_kg is not None)


def spared(dosed: Dosed, mode: Mode) -> Dosed:
    """Leave one repetition more in reserve: for a movement that is new while the legs must stay fresh."""
    if dosed.item.rir is None or dosed.item.rir >= NEW_RIR:
        return dosed
    return timed(dosed.option, replace(dosed.item, rir=NEW_RIR), mode, dosed.bonus, dosed.notes)


def weight_of(exercise: Exercise, mode: Mode, rack: Rack) -> Weight | None:
    """Body weight alone while learning; a heavy session asks the load for its heavy range."""
    if mode.learning or not exercise.load.start_share:
        return None
    heavy = mode.heavy and bool(exercise.dose.heavy)
    _, high = range_of(exercise, mode, heavy=heavy, light=False)
    light = bool(exercise.dose.heavy) and not heavy
    return first_weight(rack, exercise, mode.level, reps=high, rir=reserve_of(exercise, mode) or 0, light=light)


def adequacy_of(exercise: Exercise, mode: Mode, rack: Rack, weight: float | None) -> float:
    """Share of the careful start that the house can offer, at most 1."""
    if weight is None:
        return 0.0
    return min(1.0, weight / careful_start(rack, exercise, mode.level))


def range_of(exercise: Exercise, mode: Mode, *, heavy: bool, light: bool) -> tuple[int, int]:
    """Target range: the founding one, or the heavy one; ``light`` weights take the repetitions of a learner."""
    if not heavy:
        return _of_level(exercise.dose.by_level, mode.level, (exercise.dose.low, exercise.dose.high))
    low, high = _of_level(exercise.dose.heavy, mode.level, LEARNING_HEAVY)
    return (max(low, LEARNING_HEAVY[0]), max(high, LEARNING_HEAVY[1])) if light else (low, high)


def _of_level(ranges: dict[str, tuple[int, int]], level: Level, otherwise: tuple[int, int]) -> tuple[int, int]:
    return ranges.get(level, otherwise)


def reserve_of(exercise: Exercise, mode: Mode) -> int | None:
    """Repetitions in reserve, inside the bounds of the kind (7.4); none for holds, carries and hops.

    The core rests the legs in a heavy session and stays far from its limit.
    """
    if exercise.dose.unit != "reps":
        return None
    least, most = HEAVY_RIR if mode.heavy and exercise.dose.heavy else STRENGTH_RIR
    aimed = exercise.dose.rir.get(mode.level, WORKING_RIR)
    if mode.learning or (mode.heavy and exercise.role is Role.CORE):
        aimed = most
    return max(min(aimed, most), least, FRESH_RIR if mode.fresh else 1)


def _unloaded(exercise: Exercise, mode: Mode) -> float:
    """Without a weight, an exercise far below the runner's level is worth less, a lower rung of a ladder least."""
    gap = RANK[mode.level] - RANK[Level(exercise.least_level)]
    rung = LOWER_RUNG if gap and exercise.harder and not exercise.founding else 0.0
    return rung - UNLOADED_GAP * gap
