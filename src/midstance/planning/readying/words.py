"""Words of safety: what midstance is and is not, red flags, who asks a clinician first (R86-R88)."""

from __future__ import annotations

DISCLAIMER = (
    "This planner is for healthy adults. It teaches; it does not diagnose or treat. Numbers about injury are averages "
    "of groups and cannot tell whether you will be hurt. Ask a medical professional before you start, and stop and see "
    "one when a sign of the list below appears."
)
RED_FLAGS = (
    "Pain on one spot of a bone, pain at night or at rest, or pain when you hop.",
    "Pain in the groin or deep in the hip while running.",
    "Pain at the front of the shin, on top of the arch, or at the outer edge of the foot.",
    "A joint that swells, locks or gives way.",
    "A sudden pop, or a calf that hurts and is swollen or warm.",
    "Numbness, loss of feeling between the legs, or a change of bladder or bowel.",
    "Weight loss without a reason, or fever.",
    "Chest pain, fainting or a racing or stumbling heart: get help at once.",
    "A limp for more than two days.",
    "Pain that is not better after two to three weeks of less training.",
    "Periods missed for three months or more, repeated stress fractures, or lasting low energy.",
)
"""Each stops training and is for a clinician; none of them is a diagnosis (R86)."""
CLEARANCE = (
    "You are pregnant or gave birth within the last months; no impact in the first twelve weeks after birth.",
    "You have a heart disease, or high blood pressure that is not under control.",
    "You have osteoporosis.",
    "You had an operation not long ago.",
    "You have diabetes with numbness in the feet.",
    "You are younger than 18; then no maximum lifts are tested.",
    "You are 65 or older and new to exercise.",
)
"""Who asks a medical professional first (R87)."""
YOUNG, OLD = 18, 65


def clearance_by_age(age: int | None, *, new_to_exercise: bool) -> str | None:
    """Tell what the runner's age asks for before starting; None for nothing or an unknown age.

    >>> clearance_by_age(70, new_to_exercise=True) == CLEARANCE[-1]
    True
    """
    if age is None:
        return None
    if age < YOUNG:
        return CLEARANCE[-2]
    return CLEARANCE[-1] if age >= OLD and new_to_exercise else None
