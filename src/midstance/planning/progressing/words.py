"""Sentences of progression: whole, with named places, one for each change and one for what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.units import weight_text

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
TOO_HARD = "far below {low} {units} with nothing left in reserve is too hard"
HURT = "pain of {score:g} out of 10"
HURT_LATER = "it hurt more on the next morning than during"

# changes
WEIGHT = "{name} goes from {old} to {new}: {reason}."
BODY_WEIGHT = "{name} goes back to body weight: {reason}."
USED = "{name} goes on with {new}, as you did it."
USED_LESS = "{name} goes on with {new}, the nearest weight you own below the {done} that you did."
USED_LEAST = "{name} goes on with {new}, the lightest weight you own; you did {done}."
ONE_STEP = ("{name} goes on with {new}, one step up, not the {done} that you did: a weight so much higher counts "
            "once it was lifted on a second day.")
TOO_HEAVY = "{name} goes on with {new}: sets stayed below {low} {units} with {old}."
MORE = "{name} stays at {old} and goes up to {high} {units}: {reason}{next}."
SLOWER = "{name} stays at {old} at a slower tempo, {tempo}: {reason}{next}."
NEXT = ", and the next weight, {weight}, is {percent} % more"
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
DOUBTED = ("{name} stays {at}: the log holds {done}, much more than before. Please check it: if it was a slip, undo it "
           "and log it again; if not, it counts once it was lifted on a second day.")
MISSED_ONCE = "{name} stays {at}: sets stayed below {low} {units} once; once more and it goes back a step."
SPENT_ONCE = "{name} stays {at}: nothing was left in reserve once; once more and it goes back a step."
ONCE_MORE = "{name} stays {at}: {done} was lifted on one day only; on a second day it counts."
TOO_MUCH = "{name} stays {at}: sets stayed below {low} {units} with {done}."
LIGHTER = "{name} stays {at}: {done} is less than was asked; a second day with less and it goes on from there."
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


def load(weight: float | None, units: str, *, per_hand: bool) -> str:
    """Write a weight in the runner's units.

    Args:
        weight: The weight [kg], None for body weight.
        units: ``metric`` or ``imperial``.
        per_hand: Whether it is the weight in each hand.

    >>> load(12.5, "metric", per_hand=True), load(8, "imperial", per_hand=False), load(None, "metric", per_hand=False)
    ('12.5 kg in each hand', '17.5 lb', 'body weight')
    """
    if weight is None:
        return "body weight"
    return weight_text(weight, units) + (" in each hand" if per_hand else "")


def at(weight: float | None, units: str, *, per_hand: bool) -> str:
    """Write a weight after its preposition."""
    return f"at {load(weight, units, per_hand=per_hand)}"


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
