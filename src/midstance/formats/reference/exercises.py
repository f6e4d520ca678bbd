"""The pages of the exercises: an index, and a page for each place in a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.exercise import Hold, Role, Sides
from midstance.domain.runner import Level
from midstance.formats.reference.markdown import bullets, code, heading, listed, number, page, table
from midstance.formats.reference.rules import citations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.domain.evidence import Source
    from midstance.domain.exercise import Dose, Exercise, Load

ROLES = {
    Role.MAIN: ("Main lifts", "lead a block and stay for three to four weeks"),
    Role.ACCESSORY: ("Accessories", "stand beside a main lift and rotate"),
    Role.CORE: ("Core", "take the third place of a superset"),
    Role.FINISHER: ("Finishers", "close a session where there is time"),
    Role.DRILL: ("Drills", "open a session, fill mobility sessions, precede a run"),
    Role.HOP: ("Hops", "make up plyometric sessions"),
}
SIDES = {Sides.EACH: "each side", Sides.ALTERNATING: "sides alternate", Sides.BOTH: "both sides at once"}
HOLDS = {
    Hold.NONE: "none", Hold.ONE_HAND: "one piece, on the working side", Hold.TWO_HANDS: "one piece in both hands",
    Hold.EACH_HAND: "the same weight in each hand", Hold.BARBELL: "barbell", Hold.BAND: "band",
    Hold.BACKPACK: "backpack",
}


def page_name(role: Role) -> str:
    """Name the page of a role.

    >>> page_name(Role.HOP)
    'exercises-hop.md'
    """
    return f"exercises-{role.value}.md"


def link_to(exercise: Exercise) -> str:
    """Link to an exercise from any page of the folder."""
    return f"[{exercise.name}]({page_name(exercise.role)}#{exercise.id})"


def render_exercises(exercises: Mapping[str, Exercise], sources: Mapping[str, Source]) -> dict[str, str]:
    """Write the index of the exercises and a page for each role.

    Args:
        exercises: All exercises by id.
        sources: Sources by key.
    Returns: Text by file name.
    """
    by_role = {role: [e for e in exercises.values() if e.role is role] for role in ROLES}
    pages = {"exercises.md": _index(exercises, by_role)}
    for role, found in by_role.items():
        title, does = ROLES[role]
        pages[page_name(role)] = page(
            title, f"{len(found)} exercises that {does}.", *(_exercise(e, exercises, sources) for e in found)
        )
    return pages


def _index(exercises: Mapping[str, Exercise], by_role: Mapping[Role, list[Exercise]]) -> str:
    founding = sorted((e for e in exercises.values() if e.founding), key=lambda e: e.founding)
    return page(
        "Exercises",
        f"{len(exercises)} records of `src/midstance/catalogue/exercises/`; `midstance exercises ID` prints one.",
        "## The ten the method begins with",
        table(("place", "exercise", "dose"), ((e.founding, link_to(e), _range(e.dose)) for e in founding)),
        *(
            f"## {ROLES[role][0]} ({len(found)})\n\n" + table(
                ("exercise", "regions", "trains", "needs"),
                ((link_to(e), listed(e.regions), listed(e.trains), _needs(e)) for e in found),
            )
            for role, found in by_role.items()
        ),
    )


def _range(dose: Dose) -> str:
    low_high = str(dose.low) if dose.low == dose.high else f"{dose.low} to {dose.high}"
    return f"{low_high} {dose.unit}"


def _needs(exercise: Exercise) -> str:
    return " and ".join(" or ".join(group) for group in exercise.equipment) or "nothing"


def _exercise(exercise: Exercise, known: Mapping[str, Exercise], sources: Mapping[str, Source]) -> str:
    return "\n\n".join((
        heading(exercise.name, exercise.id),
        exercise.setup,
        bullets(exercise.cues),
        _doses(exercise),
        bullets(_facts(exercise, known, sources)),
    ))


def _doses(exercise: Exercise) -> str:
    dose = exercise.dose
    rows = []
    for level in (level.value for level in Level):
        low, high = dose.by_level.get(level, (dose.low, dose.high))
        heavy = dose.heavy.get(level)
        rows.append((
            level, f"{low} to {high} {dose.unit}", f"{heavy[0]} to {heavy[1]}" if heavy else "",
            str(dose.rir.get(level, "")), _start_share(exercise.load, level),
        ))
    return table(("level", "dose", "loaded, in heavy sessions", "reps in reserve", "first weight"), rows)


def _start_share(load: Load, level: str) -> str:
    share = load.start_share.get(level)
    return "" if share is None else f"{number(100 * share)} % of body mass"


def _facts(exercise: Exercise, known: Mapping[str, Exercise], sources: Mapping[str, Source]) -> list[str]:
    dose, e = exercise.dose, exercise
    shares = listed(f"{region} {number(share)}" for region, share in e.regions.items())
    uses = [*e.kinds, *(["warm-up"] if e.warm_up else []), *(["primer"] if e.primer else [])]
    tempo = f", tempo {dose.tempo} (lowering-pause-lifting-pause, s)" if dose.tempo else ""
    rungs = [known.get(rung) if rung else None for rung in (e.easier, e.harder)]
    easier, harder = (link_to(rung) if rung else "none" for rung in rungs)
    held = HOLDS[e.load.hold] + (", always loaded" if e.load.required else "")
    return [
        f"Id {code(e.id)}; pattern {e.pattern}; trains {listed(e.trains)}; {SIDES[e.sides]}.",
        f"Share of a set: {shares}. Stands in: {listed(uses)}. From level {e.least_level} on.",
        f"Allowed at all: {_range(dose)}{tempo}; rest {dose.rest_s} s after a round.",
        f"Needs {_needs(e)}. Load: {held}.",
        f"Easier: {easier}. Harder: {harder}.",
        f"Not beside what also asks: {listed(e.clashes)}. Not while these hurt: {listed(e.avoid)}.",
        f"Sources: {citations(e.sources, sources)}.",
    ]
