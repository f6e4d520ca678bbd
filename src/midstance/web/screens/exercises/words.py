"""The words of the screen Exercises: equipment, doses and sets as people say them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from midstance.domain.exercise import REGIONS, Exercise
from midstance.domain.units import weight_text
from midstance.formats._plan_words import KIND_WORDS, joined
from midstance.formats.reference.exercises import ROLES
from midstance.planning.progressing.ladder import needs_weight
from midstance.planning.readying.pain import SAFE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from midstance.web.screens.exercises.view import Context, Dose, Listed, LogDay, Next, Set, Shown

UNITS = {"reps": "reps", "seconds": "s", "steps": "steps each way", "contacts": "contacts"}
SIDES = {"each": "one side, then the other", "alternating": "sides alternate", "both": "both sides at once"}
KINDS = {**{kind.value: word for kind, word in KIND_WORDS.items()}, "warm-up": "Warm-up"}
PIECES = {"pull-up-bar": "pull-up bar"}
EQUIPMENT_WORDS = (
    ("", "Anything"), ("owned", "What I own"), ("none", "Nothing"), ("dumbbell", "Dumbbell"),
    ("kettlebell", "Kettlebell"), ("barbell", "Barbell"), ("band", "Band"), ("backpack", "Backpack"), ("step", "Step"),
    ("box", "Box"), ("bench", "Bench"), ("pull-up-bar", "Pull-up bar"))
TEMPO = ("lowering", "pause", "lifting", "pause")


def needs_text(exercise: Exercise) -> str:
    """Name what an exercise needs; empty for nothing.

    A weight that is always there counts as equipment, also where the record leaves open which.
    """
    parts = [" or ".join(PIECES.get(piece, piece) for piece in group) for group in exercise.equipment]
    if needs_weight(exercise) and not parts:
        parts = ["a weight"]
    return " and ".join(parts)


def range_text(low: int, high: int, unit: str, sides: str = "") -> str:
    """Write a dose.

    >>> range_text(6, 10, "reps", "each"), range_text(30, 30, "seconds")
    ('6–10 reps a side', '30 s')
    """
    amount = f"{low}" if low == high else f"{low}–{high}"
    return f"{amount} {UNITS[unit]}" + (" a side" if sides == "each" else "")


def first_text(dose: Dose, units: str) -> str:
    """Write the first weight: a share of body mass, with what it comes to where that is known."""
    if dose.first_share is None:
        return ""
    share = f"{100 * dose.first_share:g} % of body mass"
    return share if dose.first_kg is None else f"{share}, about {weight_text(round(dose.first_kg), units)}"


def tempo_text(tempo: str) -> str:
    """Write a tempo in words.

    >>> tempo_text("3-1-1-0")
    '3 s lowering, 1 s pause, 1 s lifting'
    """
    parts = zip(tempo.split("-"), TEMPO, strict=False) if tempo else ()
    return ", ".join(f"{seconds} s {what}" for seconds, what in parts if seconds != "0")


def day_sets(day: LogDay, units: str) -> str:
    """Write the sets of a day: those alike together, weights and sides named once.

    Sets of a warm-up are left out where there are others.
    """
    sets = [s for s in day.sets if not s.warm_up] or list(day.sets)
    order = sorted(sets, key=lambda s: (s.side, -(s.weight_kg or 0.0)))
    groups = groupby(order, key=lambda s: (s.side, s.weight_kg, s.per_hand, s.unit))
    return "; ".join(_group(list(alike), units) for _, alike in groups)


def _group(sets: Sequence[Set], units: str) -> str:
    first = sets[0]
    amounts = ", ".join(f"{s.amount:g}" for s in sets)
    weight = f" with {weight_text(first.weight_kg, units)}" if first.weight_kg else ""
    hands = " in each hand" if first.weight_kg and first.per_hand else ""
    said = [s.rir for s in sets if s.rir is not None]
    reserve = f", {min(said):g} in reserve" if said else ""
    side = f"{first.side} " if first.side else ""
    return f"{side}{amounts} {UNITS[first.unit]}{weight}{hands}{reserve}"


def next_text(step: Next, shown: Shown, units: str) -> str:
    """Write what the log asks for next."""
    weight = f" with {weight_text(step.weight_kg, units)}" if step.weight_kg else ""
    hands = " in each hand" if step.weight_kg and step.per_hand else ""
    return range_text(step.low, step.high, shown.unit, shown.sides) + weight + hands


def by_role(c: Context) -> list[tuple[str, str, list[Listed]]]:
    """Group all exercises by role, in the order of a session: title, what they do, exercises."""
    rows = sorted((*c.found, *c.left_out), key=lambda one: (one.founding or "~", one.name))
    return [(title, does, [one for one in rows if one.role == role.value]) for role, (title, does) in ROLES.items()]


def shares(regions: dict[str, float]) -> list[tuple[str, float]]:
    """List regions with their share of a set, the largest first."""
    return sorted(regions.items(), key=lambda pair: -pair[1])


GLOBALS: dict[str, Callable[..., Any]] = {
    "range_text": range_text, "first_text": first_text, "tempo_text": tempo_text, "day_sets": day_sets,
    "next_text": next_text, "by_role": by_role, "shares": shares, "all_regions": lambda: REGIONS,
    "all_kinds": lambda: [("", "Any session"), *KINDS.items()], "all_equipment": lambda: EQUIPMENT_WORDS,
    "kind_word": KINDS.__getitem__, "sides_word": SIDES.__getitem__, "said": joined,
    "safe_pain": lambda: SAFE.value,
}
