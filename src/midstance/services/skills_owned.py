"""Body-weight skills as ladders: which rung is owned, which one is worked on, what comes next and what it asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from midstance.domain.exercise import Exercise, Role
from midstance.domain.runner import Level
from midstance.planning.arranging.doses import Mode, range_of, reserve_of
from midstance.planning.arranging.pool import RANK, hurt_on
from midstance.planning.progressing.ladder import MAIN_KINDS, needs_weight
from midstance.planning.progression import Point, Progress, strength_trend
from midstance.services.activities import DAY
from midstance.services.course import planned_sessions
from midstance.services.handbook import catalogue
from midstance.services.replan_day import progressed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from midstance.domain.entry import Entry
    from midstance.domain.runner import Runner
    from midstance.domain.session import Session
    from midstance.planning.progression import Standing

GOOD = {"reps": "good repetitions", "seconds": "steady seconds", "steps": "steady steps", "contacts": "contacts"}
ASKS = "{high} {good}{side} in every set, twice"
RESERVE = ", with {rir} in reserve"


class Place(StrEnum):
    """Where a rung lies."""

    OWNED = "owned"
    BELOW = "below"      # an easier version than the one worked on
    HERE = "here"        # worked on
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One version of a movement.

    Attributes:
        exercise: Id of the exercise; ``name`` its name.
        place: Where it lies.
        weighted: Whether it needs a weight: the first rung beyond body weight.
        best: Best set of the last date with one, or None.
        asks: What it takes to own it.
        missing: What keeps it from a plan now, a few words each.
    """

    exercise: str
    name: str
    place: Place
    weighted: bool
    best: Point | None
    asks: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A ladder from its easiest rung up.

    Attributes:
        id: Id of its first exercise.
        name: Name of its highest body-weight rung, which is where it leads.
        region: Region that its top trains most.
        rungs: Easiest first.
        says: What the log says of the rung worked on, a sentence, or empty.
        since: Last date with a set of any rung, or None where it was never begun.
    """

    id: str
    name: str
    region: str
    rungs: tuple[Rung, ...]
    says: str = ""
    since: dt.date | None = None

    @property
    def owned(self) -> int:
        """Number of rungs that are owned."""
        return sum(rung.place is Place.OWNED for rung in self.rungs)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Log:
    """What was done: standings, what is owned, and best sets by exercise."""

    progress: Progress | None
    points: Mapping[str, tuple[Point, ...]]

    @property
    def owned(self) -> frozenset[str]:
        return self.progress.owned if self.progress else frozenset()

    def standing(self, exercise: str) -> Standing | None:
        return self.progress.of(exercise) if self.progress else None


def skills_owned(entries: Sequence[Entry], *, runner: Runner, today: dt.date) -> tuple[Skill, ...]:
    """Lay out the body-weight ladders with what the log says of each.

    Args:
        entries: Entries in force, in the order of writing; those after today do not count.
        runner: Strength level, equipment and injuries.
        today: The day.
    Returns: Ladders that were begun first, the latest of them first; the others in the catalogue's order.
    """
    known = [e for e in entries if e.date <= today]
    planned: Sequence[Session] = planned_sessions(known, since=dt.date.min, until=today + DAY)
    exercises = catalogue().exercises
    ladders = list(body_weight_ladders(exercises))
    found = {e.id: strength_trend(known, e) for ladder in ladders for e in ladder}
    log = _Log(progress=progressed(known, runner, today, planned), points=found)
    skills = [_skill(ladder, log, runner, today) for ladder in ladders]
    return tuple(sorted(skills, key=lambda s: (s.since is None, -(s.since or dt.date.min).toordinal())))


def body_weight_ladders(exercises: Mapping[str, Exercise]) -> Iterable[tuple[Exercise, ...]]:
    """Yield each chain of versions whose first rungs need no weight, with the first weighted one at its end."""
    for first in exercises.values():
        if first.easier or needs_weight(first) or first.role in (Role.DRILL, Role.HOP):
            continue
        ladder = _up(first, exercises)
        if len(ladder) > 1 and MAIN_KINDS.intersection(first.kinds):
            yield ladder


def _up(first: Exercise, exercises: Mapping[str, Exercise]) -> tuple[Exercise, ...]:
    ladder = [first]
    while (higher := exercises.get(ladder[-1].harder or "")) is not None and higher not in ladder:
        ladder.append(higher)
        if needs_weight(higher):
            break
    return tuple(ladder)


def _skill(ladder: Sequence[Exercise], log: _Log, runner: Runner, today: dt.date) -> Skill:
    top = next(e for e in reversed(ladder) if not needs_weight(e))
    here = _here(ladder, log)
    places = [_place(k, e, here, log.owned) for k, e in enumerate(ladder)]
    standing = log.standing(ladder[here].id) if here is not None and here < len(ladder) else None
    dates = [points[-1].date for e in ladder if (points := log.points[e.id])]
    return Skill(
        id=ladder[0].id, name=top.name, region=top.main_region, since=max(dates, default=None),
        says=standing.why if standing else "",
        rungs=tuple(
            Rung(exercise=e.id, name=e.name, place=place, weighted=needs_weight(e),
                 best=log.points[e.id][-1] if log.points[e.id] else None, asks=what_it_asks(e, runner),
                 missing=tuple(what_is_missing(e, runner, today)))
            for e, place in zip(ladder, places, strict=True)))


def _here(ladder: Sequence[Exercise], log: _Log) -> int | None:
    """Find the rung worked on: the first above the owned ones that was done, else the highest that was done."""
    above = max((k + 1 for k, e in enumerate(ladder) if e.id in log.owned), default=0)
    done = [k for k, e in enumerate(ladder) if k >= above and log.points[e.id]]
    if not done:
        return above or None
    return done[0] if above else done[-1]


def _place(k: int, exercise: Exercise, here: int | None, owned: frozenset[str]) -> Place:
    if exercise.id in owned:
        return Place.OWNED
    if here is None:
        return Place.NEXT if k == 0 else Place.LATER
    if k < here:
        return Place.BELOW
    return Place.HERE if k == here else Place.NEXT if k == here + 1 else Place.LATER


def what_it_asks(exercise: Exercise, runner: Runner) -> str:
    """Say what it takes to own a rung at a runner's strength level (M8)."""
    mode = Mode(heavy=False, level=runner.strength_level)
    _, high = range_of(exercise, mode, heavy=False, light=False)
    rir = reserve_of(exercise, mode)
    side = " a side" if exercise.per_side else ""
    says = ASKS.format(high=high, good=GOOD[exercise.dose.unit], side=side)
    return says + (RESERVE.format(rir=rir) if rir else "")


def what_is_missing(exercise: Exercise, runner: Runner, today: dt.date) -> Iterable[str]:
    """Say in a few words each what keeps an exercise from a runner's plan now."""
    owned = set(runner.equipment)
    for group in exercise.equipment:
        if not owned.intersection(group):
            yield f"needs a {' or '.join(piece.replace('-bar', ' bar') for piece in group)}"
    if needs_weight(exercise) and not runner.can_load:
        yield "needs a weight"
    if RANK[Level(exercise.least_level)] > RANK[runner.strength_level]:
        yield f"from the {exercise.least_level} level on"
    hurt = hurt_on(runner.injuries, today, today).now
    yield from (f"not while the {area} hurts" for area in exercise.avoid if area in hurt)
    if exercise.id in runner.dislikes:
        yield "you would rather not do it"
