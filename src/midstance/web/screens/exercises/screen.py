"""Exercises: the catalogue with filters that are plain query parameters, and one exercise in full."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from midstance.domain.diary import PlanAccepted, SetDone
from midstance.domain.exercise import Exercise
from midstance.domain.runner import Level
from midstance.formats._format import InputError, refusal
from midstance.formats.reference.exercises import HOLDS, ROLES
from midstance.planning.progressing.ladder import needs_weight
from midstance.services.course import Course, course_of, planned_sessions
from midstance.services.diary import current
from midstance.services.evidence import source_of
from midstance.services.handbook import catalogue
from midstance.services.replan_day import progressed
from midstance.web._screen import Screen, Visit
from midstance.web.screens.exercises import view, words
from midstance.web.screens.exercises.view import Context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.entry import Entry
    from midstance.domain.runner import Runner

Region = Literal["", "glutes", "quads", "hamstrings", "calves", "foot", "hips", "core", "push", "pull"]
KindAsked = Literal["", "heavy", "strength", "upper", "mobility", "plyometric", "primer", "warm-up"]
Equipment = Literal[
    "", "owned", "none", "dumbbell", "kettlebell", "barbell", "bench", "step", "box", "band", "pull-up-bar", "backpack"]
LOG_DAYS = 6
OWNED, NONE = "owned", "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What to show."""

    id: Annotated[str, Meta(description="Id of one exercise to show in full.", max_length=80)] = ""
    q: Annotated[str, Meta(description="Words that its name, region, movement or equipment holds.", max_length=80)] = ""
    region: Annotated[Region, Meta(description="Region that a set counts for.")] = ""
    kind: Annotated[KindAsked, Meta(description="Kind of session that may hold it.")] = ""
    equipment: Annotated[Equipment, Meta(description="What there is: owned, none, or a piece that it needs.")] = ""


def load(asked: Asked, visit: Visit) -> Context:
    """Give the catalogue as asked for.

    Raises: InputError: There is no exercise of that id, or the diary cannot be read.
    """
    exercises = catalogue().exercises
    course = _course(visit)
    runner = course.runner if course else None
    listed = sorted((_listed(e, runner) for e in exercises.values()), key=_place)
    fits = [one for one in listed if _fits(one, asked)]
    ids = {one.id for one in fits}
    return Context(
        units=runner.units if runner else "metric", q=asked.q, region=asked.region, kind=asked.kind,
        equipment=asked.equipment, runner_known=runner is not None, all=len(exercises), found=tuple(fits),
        left_out=tuple(one for one in listed if one.id not in ids),
        one=_shown(asked.id, visit, course) if asked.id else None)


def _course(visit: Visit) -> Course | None:
    """Give the plan in force; one that cannot be read is none here."""
    try:
        return course_of(current(visit.store, kinds=(PlanAccepted,)))
    except InputError:
        return None


def _place(one: view.Listed) -> tuple[int, str, str]:
    roles = [role.value for role in ROLES]
    return roles.index(one.role), one.founding or "~", one.name


def _listed(exercise: Exercise, runner: Runner | None) -> view.Listed:
    regions, kinds = tuple(exercise.regions), _kinds(exercise)
    needs, pieces = words.needs_text(exercise), tuple(dict.fromkeys(p for group in exercise.equipment for p in group))
    said = " ".join((exercise.name, exercise.id, *regions, *kinds, needs, exercise.pattern, *exercise.trains))
    return view.Listed(
        id=exercise.id, name=exercise.name, role=exercise.role.value, regions=regions, kinds=kinds, needs=needs,
        pieces=pieces, at_hand=None if runner is None else at_hand(exercise, runner), founding=exercise.founding,
        words=said.lower().replace("-", " "))


def _kinds(exercise: Exercise) -> tuple[str, ...]:
    return (*exercise.kinds, *(["primer"] if exercise.primer else []), *(["warm-up"] if exercise.warm_up else []))


def at_hand(exercise: Exercise, runner: Runner) -> bool:
    """Tell whether a runner owns what an exercise needs."""
    owned = set(runner.equipment)
    return all(owned.intersection(group) for group in exercise.equipment) and (
        not needs_weight(exercise) or runner.can_load)


def _fits(one: view.Listed, asked: Asked) -> bool:
    wish = asked.equipment
    equipped = {"": True, OWNED: one.at_hand is not False, NONE: not one.needs}.get(wish, wish in one.pieces)
    return (
        equipped and (not asked.region or asked.region in one.regions) and (not asked.kind or asked.kind in one.kinds)
        and all(word in one.words for word in asked.q.lower().replace("-", " ").split()))


def _shown(id_: str, visit: Visit, course: Course | None) -> view.Shown:
    """Lay out one exercise.

    Raises: InputError: There is none of that id; the nearest one is named.
    """
    exercises = catalogue().exercises
    if id_ not in exercises:
        near = get_close_matches(id_, list(exercises), n=1)
        raise refusal(id_[:80], "is no exercise", f"did you mean {near[0]}?" if near else "look for it in the list",
                      place="id")
    e = exercises[id_]
    entries = current(visit.store, until=visit.today)
    return view.Shown(
        id=e.id, name=e.name, role=e.role.value, setup=e.setup, cues=e.cues, unit=e.dose.unit, trains=e.trains,
        regions=e.regions, kinds=_kinds(e), sides=e.sides.value, needs=words.needs_text(e),
        hold=HOLDS[e.load.hold] + (", always with weight" if e.load.required else ""), tempo=e.dose.tempo,
        rest_s=e.dose.rest_s, least_level=e.least_level, doses=_doses(e, course.runner if course else None),
        ladder=tuple(_ladder(e)), clashes=e.clashes, avoid=e.avoid, founding=e.founding, sources=_sources(e),
        log=_log(e.id, entries), next=_next(e.id, entries, visit, course))


def _doses(exercise: Exercise, runner: Runner | None) -> tuple[view.Dose, ...]:
    dose, out = exercise.dose, []
    for level in Level:
        low, high = dose.by_level.get(level, (dose.low, dose.high))
        share = exercise.load.start_share.get(level)
        mass = runner.body_mass_kg if runner else None
        out.append(view.Dose(
            level=level.value, low=low, high=high, unit=dose.unit, heavy=dose.heavy.get(level), rir=dose.rir.get(level),
            first_share=share, first_kg=round(share * mass, 1) if share and mass else None,
            mine=runner is not None and runner.strength_level is level))
    return tuple(out)


def _ladder(exercise: Exercise) -> Sequence[view.Step]:
    exercises = catalogue().exercises
    chain = [exercise]
    while (easier := exercises.get(chain[0].easier or "")) is not None and easier not in chain:
        chain.insert(0, easier)
    while (harder := exercises.get(chain[-1].harder or "")) is not None and harder not in chain:
        chain.append(harder)
    return [view.Step(id=e.id, name=e.name, here=e is exercise) for e in chain]


def _sources(exercise: Exercise) -> tuple[view.Cited, ...]:
    found = [source for key in exercise.sources if (source := source_of(key)) is not None]
    return tuple(view.Cited(id=s.id, badge=s.badge, says=s.says) for s in found)


def _log(id_: str, entries: Sequence[Entry]) -> tuple[view.LogDay, ...]:
    """Gather the sets of the last dates with one."""
    done = [(e.date, e.what) for e in entries if isinstance(e.what, SetDone) and e.what.exercise == id_]
    dates = sorted({date for date, _ in done}, reverse=True)[:LOG_DAYS]
    return tuple(
        view.LogDay(date=date, sets=tuple(
            view.Set(amount=s.amount, unit=s.unit, weight_kg=s.weight_kg, per_hand=s.per_hand, rir=s.rir, side=s.side,
                     warm_up=s.warm_up)
            for _, s in sorted((pair for pair in done if pair[0] == date), key=lambda pair: pair[1].number)))
        for date in dates)


def _next(id_: str, entries: Sequence[Entry], visit: Visit, course: Course | None) -> tuple[view.Next, ...]:
    """Ask the log what comes next; nothing where it holds no set of it or no plan is kept."""
    if course is None or not any(isinstance(e.what, SetDone) and e.what.exercise == id_ for e in entries):
        return ()
    try:
        planned = planned_sessions(entries, since=min(e.date for e in entries), until=visit.today)
    except InputError:
        planned = ()
    found = progressed(entries, course.runner, visit.today, planned)
    standings = [s for s in (found.standings if found else ()) if s.exercise == id_]
    return tuple(view.Next(heavy=s.heavy, low=s.low, high=s.high, weight_kg=s.weight_kg, per_hand=s.per_hand, why=s.why)
                 for s in standings)


SCREEN = Screen(id="exercises", path="/exercises", title="Exercises", asked=Asked, context=Context, load=load, nav=6,
                needs_plan=False, globals=words.GLOBALS)
