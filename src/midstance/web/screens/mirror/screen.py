"""Mirror: the camera watches one exercise and counts; the pictures stay in the browser, nothing is written.

What the browser needs to count is the exercise's own figure: the angle that tells a repetition stands in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from midstance.domain.exercise import Sides
from midstance.domain.motion import Motion
from midstance.formats._format import refusal
from midstance.formats.reference.exercises import ROLES
from midstance.services.handbook import catalogue
from midstance.services.mirror_package import HOW_TO_GET, find_package
from midstance.web._screen import Screen, Visit
from midstance.web.mirror_files import package_address

if TYPE_CHECKING:
    from midstance.domain.exercise import Exercise

FIRST = "goblet-squat"
"""The exercise shown when none is asked for: one of the ten founding ones, and easy to see."""
STAND: dict[str, str] = {
    "side": "Stand side-on to the camera.", "far-side": "Stand side-on to the camera.",
    "front": "Face the camera.", "back": "Turn your back to the camera.",
    "quarter": "Stand half turned to the camera.", "back-quarter": "Stand half turned away from the camera."}
"""View of the figure -> how to stand: as it is drawn, the joint that counts is seen best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which exercise."""

    id: Annotated[str, Meta(description="Id of the exercise to watch.", max_length=80)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Countable:
    """An exercise that the camera can watch."""

    id: Annotated[str, Meta(description="Its id.")]
    name: Annotated[str, Meta(description="Its name.")]
    role: Annotated[str, Meta(description="Role in a session, which groups the list.")]
    mode: Annotated[Literal["reps", "hold"], Meta(description="Whether repetitions are counted or a hold is timed.")]
    each_side: Annotated[bool, Meta(description="Whether one side is done, then the other.")]
    stand: Annotated[str, Meta(description="How to stand before the camera.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The exercises that can be watched, and whether the pose model is there."""

    package: Annotated[str, Meta(description="Address of the pose model's files; empty where it is not installed.")]
    megabytes: Annotated[float, Meta(description="What a browser loads on the first use [MB]; 0 without the model.")]
    how_to_get: Annotated[str, Meta(description="How to get the pose model.")]
    chosen: Annotated[str, Meta(description="Id of the exercise that is chosen.")]
    exercises: Annotated[tuple[Countable, ...], Meta(description="All that can be watched, by role and name.")]


def load(asked: Asked, visit: Visit) -> Context:
    """List what can be watched.

    Raises: InputError: There is no exercise of that id, or no camera can watch it.
    """
    exercises = catalogue().exercises
    if asked.id and asked.id not in exercises:
        raise refusal(asked.id, "is no exercise", "choose one of the list", place="id")
    listed = {e.id: countable(e, e.motion) for e in exercises.values() if e.motion is not None and watchable(e.motion)}
    if asked.id and asked.id not in listed:
        raise refusal(exercises[asked.id].name, "cannot be watched by a camera", "count it by hand", place="id")
    package = find_package(visit.mirror)
    roles = [role.value for role in ROLES]
    return Context(
        package=package_address(package) if package else "", how_to_get=HOW_TO_GET, chosen=asked.id or FIRST,
        megabytes=round(package.bytes_to_load / 1e6, 1) if package else 0.0,
        exercises=tuple(sorted(listed.values(), key=lambda one: (roles.index(one.role), one.name))))


def watchable(motion: Motion) -> bool:
    """Tell whether a camera can watch it: a repetition has an angle that tells it, or a posture is held."""
    return bool(motion.watch) or motion.starts == "hold"


def countable(exercise: Exercise, motion: Motion) -> Countable:
    """Say how an exercise is watched."""
    return Countable(
        id=exercise.id, name=exercise.name, role=exercise.role.value, each_side=exercise.sides is Sides.EACH,
        mode="hold" if motion.starts == "hold" else "reps", stand=STAND[motion.view])


def by_role(context: Context) -> tuple[tuple[str, tuple[Countable, ...]], ...]:
    """Group the list: name of a role, its exercises."""
    names = {role.value: name for role, (name, _) in ROLES.items()}
    return tuple((names[role], tuple(one for one in context.exercises if one.role == role))
                 for role in dict.fromkeys(one.role for one in context.exercises))


SCREEN = Screen(id="mirror", path="/mirror", title="Mirror", asked=Asked, context=Context, load=load, nav=9,
                needs_plan=False, camera=True, globals={"by_role": by_role})
