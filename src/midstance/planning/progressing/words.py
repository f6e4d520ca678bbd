"""Sentences of progression: whole, with named places, one for each change and one for what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from midstance.domain.exercise import Exercise

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
           "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")
UNITS = {"reps": "repetitions", "seconds": "seconds", "steps": "steps", "contacts": "contacts"}
GOOD = {"reps": "good repetitions", "seconds": "steady seconds", "steps": "steady steps", "contacts": "contacts"}

# reasons, told after a colon
REACHED = "{count} {good} in all sets twice{reserve}"
WITH_RESERVE = ", with {rir} in reserve"
BEYOND = "the last set went two beyond the range twice"
EASY = "twice there were two or more left in reserve beyond what was asked"
MISSED = "sets stayed below {low} {units} twice"
SPENT = "nothing was left in reserve twice"
FEW = "fewer than {low} {good}"
HURT = "pain of {score:g} out of 10"
HURT_LATER = "it hurt more on the next morning than during"

# changes
WEIGHT = "{name} goes from {old} to {new}: {reason}."
BODY_WEIGHT = "{name} goes back to body weight: {reason}."
USED = "{name} goes on with {new}, as you did it."
TOO_HEAVY = "{name} goes on with {new}: sets stayed below {low} {units} with {old}."
MORE = "{name} stays at {old} and goes up to {high} {units}: {reason}{next}."
SLOWER = "{name} stays at {old} at a slower tempo, {tempo}: {reason}{next}."
NEXT = ", and the next weight, {kg}, is {percent} % more"
NO_NEXT = ", and nothing heavier or harder is there"
HARDER = "{name} gives way to {other}: {reason}{next}."
NO_HEAVIER = ", and no next weight is there"
EASIER = "{name} gives way to {other}: {reason}."
BACK = "{name} comes back: the {other} is owned."
NORMAL_TEMPO = "{name} stays at {old} and returns to its usual range: {reason}."
PAIN_SWAP = "{name} gives way to {other} until two sessions were free of pain: {reason}."
PAIN_REST = "{name} rests until two sessions were free of pain: {reason}."
PAIN_STOP = ("{name} and what loads the same place stop for now: {reason}; a pain that lasts belongs before a medical "
             "professional.")
BREAK = "{name} comes back {at} after {weeks} weeks without strength work."
GUESSED = "{name} begins {at} here, judged from its other range."

# what stays
FIRST = "{name} stays {at}: twice the top of the range, {high} {units}, and it moves on."
ONCE = "{name} stays {at}: the top of the range was reached once; once more and it moves on."
SOON = "{name} stays {at}: it rose less than a week ago."
ENDS = "{name} stays {at}: nothing heavier or harder is there, so this is kept."
LOWEST = "{name} stays {at}: {reason}, and there is no easier version; stop each set earlier."
ACHED = "{name} stays {at}: nothing rises while the place hurts."
ONE_SET = "{name} stays {at}: one set alone raises nothing."
ONE_SIDE = "{name} stays {at}: only one side was noted."

# notes
UNKNOWN = "{count} sets of {names} exercises that the catalogue does not hold were left out."
UNLOADED = "{name} waits until the {other} is owned: top of the range twice, with something to spare."
COMEBACK = "{weeks} weeks without strength work: weights come back lower, with two thirds of the sets for two weeks."


def number(count: int) -> str:
    """Write small whole numbers as words.

    >>> number(12), number(25)
    ('twelve', '25')
    """
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else str(count)


def kilos(weight: float | None, *, per_hand: bool) -> str:
    """Write a weight.

    >>> kilos(12.5, per_hand=True), kilos(None, per_hand=False)
    ('12.5 kg in each hand', 'body weight')
    """
    if weight is None:
        return "body weight"
    return f"{weight:g} kg in each hand" if per_hand else f"{weight:g} kg"


def at(weight: float | None, *, per_hand: bool) -> str:
    """Write a weight after its preposition."""
    return f"at {kilos(weight, per_hand=per_hand)}"


def reached(exercise: Exercise, count: int, rir: int | None, *, slow: bool) -> str:
    """Say that the top of the range was reached twice.

    Args:
        exercise: The exercise.
        count: Counts that every set reached [unit].
        rir: Least reserve that was noted, or None.
        slow: Whether the tempo was slower than usual.
    """
    unit = exercise.dose.unit
    reserve = WITH_RESERVE.format(rir=number(rir)) if rir else ""
    good = GOOD[unit] + (" at the slower tempo" if slow else "")
    return REACHED.format(count=number(count), good=good, reserve=reserve)
