"""Which exercises a runner may get on a date: equipment, level, injuries, dislikes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.domain.exercise import Exercise
from midstance.domain.runner import Injury, Level, Runner

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from midstance.planning.arranging.sides import Sides

FAMILIES = {
    "squat": "knee", "lunge": "knee", "step": "knee", "hinge": "hinge", "leg-curl": "hinge", "bridge": "bridge",
    "calf-straight": "calf", "calf-bent": "calf", "hip-abduction": "hip", "adduction": "hip", "core-front": "core",
    "core-side": "core", "core-back": "core", "rotation": "core", "push": "push", "pull": "pull", "carry": "carry",
    "hop": "hop", "foot": "foot",
}
LEGS = frozenset({"knee", "hinge", "bridge", "calf", "hip", "hop"})
FIGHTS = {"glutes": "glutes", "hips": "glutes", "quads": "quads", "hamstrings": "hamstrings", "calves": "calves",
          "push": "push", "pull": "pull"}
RANK = {Level.BEGINNER: 0, Level.INTERMEDIATE: 1, Level.ADVANCED: 2}
COUNTS_FROM = 0.5           # share of a set from which it counts for a region
AIMED_AT = {"core": "core", "push": "push", "pull": "pull"}
EASING = dt.timedelta(weeks=8)
PAST = dt.timedelta(days=365)
ECCENTRIC_S = 4
FOUNDING_BONUS, LIKED_BONUS, ONE_LEG_BONUS = 0.4, 1.2, 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """An exercise with what choosing needs to know, worked out once.

    Attributes:
        exercise: The exercise itself; ``id`` its id, ``pattern`` its movement pattern.
        family: Coarser than the pattern: ``knee``, ``hinge``, ``core`` ...
        fights: Muscle group that a partner must not share, or empty.
        clashes: Muscles and grips that a partner must not need.
        counts: Regions for which a set counts.
        serves: Those of them for which it is chosen; core, push and pull only where that is the point.
        bonus: What likes, founding table, single-leg work and assessment add.
        legs: Whether it loads the legs.
        disliked: Whether the runner dislikes it.
        eccentric: Whether it lowers slowly for 4 s or more.
    """

    exercise: Exercise
    id: str
    pattern: str
    family: str
    fights: str
    clashes: frozenset[str]
    counts: tuple[str, ...]
    serves: tuple[str, ...]
    bonus: float
    legs: bool
    disliked: bool
    eccentric: bool


def options_of(runner: Runner, catalogue: Mapping[str, Exercise], sides: Sides) -> tuple[Option, ...]:
    """List what the equipment allows, sorted by id, so that the order of the catalogue changes nothing."""
    owned = frozenset(runner.equipment)
    return tuple(_option(catalogue[id_], runner, owned, sides) for id_ in sorted(catalogue)
                 if all(owned.intersection(group) for group in catalogue[id_].equipment))


def _option(exercise: Exercise, runner: Runner, owned: frozenset[str], sides: Sides) -> Option:
    counts = tuple(r for r, share in exercise.regions.items() if share >= COUNTS_FROM)
    family = FAMILIES.get(exercise.pattern, "drill")
    if family == "core" and exercise.main_region != "core":
        family = "drill"    # a lunge with a turn belongs to mobility, however it is called
    serves = tuple(r for r in counts if r not in AIMED_AT or AIMED_AT[r] == family or r == exercise.main_region)
    fights = "pull" if family in ("pull", "carry") else FIGHTS.get(exercise.main_region, "")
    liked = _matches(exercise, runner.likes, owned)
    bonus = FOUNDING_BONUS * bool(exercise.founding) + LIKED_BONUS * liked + sides.tilt(exercise)
    bonus += ONE_LEG_BONUS * (exercise.per_side and family in LEGS)
    lowering = exercise.dose.tempo.partition("-")[0]
    return Option(
        exercise=exercise, id=exercise.id, pattern=exercise.pattern, family=family, fights=fights,
        clashes=frozenset(exercise.clashes), counts=counts, serves=serves, bonus=bonus, legs=family in LEGS,
        disliked=_disliked(exercise, runner.dislikes, owned),
        eccentric="nordic" in exercise.id or (bool(lowering) and int(lowering) >= ECCENTRIC_S),
    )


def _matches(exercise: Exercise, words: Iterable[str], owned: frozenset[str]) -> bool:
    """Whether a word names the exercise, its main region, or a piece that it uses."""
    pieces = {piece for group in exercise.equipment for piece in group} & owned
    return any(word in (exercise.id, exercise.main_region) or word in pieces for word in words)


def _disliked(exercise: Exercise, words: Iterable[str], owned: frozenset[str]) -> bool:
    """Disliked equipment matters only where no other piece would do."""
    unwanted = frozenset(words)
    if exercise.id in unwanted or exercise.main_region in unwanted:
        return True
    return any(not (owned & set(group)) - unwanted for group in exercise.equipment)


@dataclass(frozen=True, slots=True)
class Hurt:
    """What asks for care on a date.

    Attributes:
        now: Injured areas, which rule exercises out.
        lately: Areas that healed not long ago, which ask for the easier rung.
        too_soon: Exercises that a self-test finds too soon; something easier comes first.
    """

    now: frozenset[str]
    lately: frozenset[str]
    too_soon: frozenset[str] = frozenset()


def hurt_on(injuries: Iterable[Injury], date: dt.date, plan_start: dt.date) -> Hurt:
    """Tell which areas are injured on a date, and which were within the last 12 months.

    An area that healed asks for easier rungs through the first 8 weeks after it did, or of the plan.
    """
    now, lately = set(), set()
    for injury in injuries:
        if injury.since > date:
            continue
        if injury.until is None or injury.until >= date:
            now.add(injury.area)
        elif date - injury.until <= PAST and date - max(injury.until, plan_start) < EASING:
            lately.add(injury.area)
    return Hurt(frozenset(now), frozenset(lately))


def allowed(options: Iterable[Option], *, kind: str, level: Level, hurt: Hurt) -> tuple[Option, ...]:
    """Filter what a session of a kind may hold in its main blocks."""
    found = [o for o in options if kind in o.exercise.kinds and RANK[Level(o.exercise.least_level)] <= RANK[level]
             and not hurt.now.intersection(o.exercise.avoid)]
    return tuple(_stepped_down(_eased(found, hurt), hurt.too_soon))


def drills(options: Iterable[Option], *, primer: bool, hurt: Hurt) -> tuple[Option, ...]:
    """Filter the moving drills that may open a session, or stand in a primer; never a static hold (M6)."""
    return tuple(o for o in options if (o.exercise.primer if primer else o.exercise.warm_up)
                 and "flexibility" not in o.exercise.trains and not hurt.now.intersection(o.exercise.avoid))


def _eased(found: list[Option], hurt: Hurt) -> list[Option]:
    """Leave out what strains a lately healed area wherever an easier rung is there."""
    if not hurt.lately:
        return found
    ids = {o.id for o in found}
    return [o for o in found if not hurt.lately.intersection(o.exercise.avoid) or o.exercise.easier not in ids]


def _stepped_down(found: list[Option], too_soon: frozenset[str]) -> list[Option]:
    """Leave out what a self-test finds too soon wherever something easier, or other of its family, is there."""
    if not too_soon.intersection(o.id for o in found):
        return found
    others = {o.family for o in found if o.id not in too_soon}
    return [o for o in found if o.id not in too_soon or o.family not in others]
