"""How a result of a self-test is typed: a number with or without its unit, several tries, or the words of an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from midstance.formats._format import Fault, InputError
from midstance.services.assess import MOST_TRIES, Told

if TYPE_CHECKING:
    from midstance.domain.self_test import SelfTest

CM_PER_INCH = 2.54
SECONDS_PER_MINUTE = 60
UNITS: dict[str, dict[str, float]] = {
    "seconds": {**dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1.0),
                **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), float(SECONDS_PER_MINUTE))},
    "reps": dict.fromkeys(("rep", "reps", "x", "times", "raises", "push-ups"), 1.0),
    "cm": {**dict.fromkeys(("cm", "centimetre", "centimetres", "centimeter", "centimeters"), 1.0), "mm": 0.1,
           **dict.fromkeys(("in", "inch", "inches", '"'), CM_PER_INCH)},
    "degrees": dict.fromkeys(("°", "deg", "degree", "degrees"), 1.0),
    "faults": dict.fromkeys(("fault", "faults", "error", "errors"), 1.0),
    "choice": {},
}
"""What each unit word is worth in the unit of the test."""
NUMBER = re.compile(r"(?P<number>\d{1,5}(?:[.,]\d{1,3})?)(?::(?P<seconds>[0-5]\d))?\s*(?P<unit>[a-z°\"][a-z-]*)?")
LISTED = re.compile(r"\d+(?:,\d+){2,}")
FEWEST_LETTERS = 3


def told_of(
    test: SelfTest, words: tuple[str, ...], *, left: str | None = None, right: str | None = None, note: str = "",
) -> Told:
    """Read a result as it was typed beside the name of its test.

    Args:
        test: The test.
        words: The result of both sides together; several numbers are tries, of which the best counts.
        left: The left side, or None.
        right: The right side, or None.
        note: The runner's own words.
    Raises: InputError: Everything that cannot be read, with what would be right.
    """
    faults: list[Fault] = []
    typed = {"": " ".join(words) or None, "left": left, "right": right}
    tries = {side: _tries(test, side, text, faults) for side, text in typed.items() if text is not None}
    if faults:
        raise InputError(tuple(faults))
    return Told(test=test.id, tries=tries, note=note)


def tries_of(test: SelfTest, text: str) -> tuple[float, ...]:
    """Read one side's tries.

    >>> from midstance.catalogue.self_tests import load_self_tests
    >>> tests = load_self_tests()
    >>> tries_of(tests["plank-s"], "1:05"), tries_of(tests["calf-raise-reps"], "12, 15 and 14 reps")
    ((65.0,), (12.0, 15.0, 14.0))

    Raises: InputError: It holds no number of this test.
    """
    faults: list[Fault] = []
    found = _tries(test, "", text, faults)
    if faults:
        raise InputError(tuple(faults))
    return found


def _tries(test: SelfTest, side: str, text: str, faults: list[Fault]) -> tuple[float, ...]:
    text = " ".join(text.lower().split())
    if test.measure == "choice" and (answer := _answer(test, text)) is not None:
        return (answer,)
    text = LISTED.sub(lambda found: found[0].replace(",", " "), text)
    text = re.sub(r"[;/]|,(?=\s)|\band\b", " ", text)
    numbers: list[float] = []
    place = 0
    for found in NUMBER.finditer(text):
        if text[place:found.start()].strip() or (number := _number(test, found)) is None:
            break
        numbers.append(number)
        place = found.end()
    if text[place:].strip() or not 1 <= len(numbers) <= MOST_TRIES:
        faults.append(Fault(source=test.id, place=side, fatal=True, says=f"{text[:40]!r} cannot be read as a result",
                            remedy=_remedy(test)))
        return ()
    return tuple(numbers)


def _number(test: SelfTest, found: re.Match[str]) -> float | None:
    """Turn a number with its unit into the unit of the test; a unit of another test gives None."""
    number, unit = float(found["number"].replace(",", ".")), found["unit"] or ""
    if found["seconds"] is not None:
        minutes = test.measure == "seconds" and not unit and number.is_integer()
        return SECONDS_PER_MINUTE * number + float(found["seconds"]) if minutes else None
    worth = UNITS[test.measure].get(unit) if unit else 1.0
    return None if worth is None else round(number * worth, 2)


def _answer(test: SelfTest, text: str) -> float | None:
    """Find the answer that is meant by its words, or by a part that no other has."""
    meant = [option for option in test.options if text == option.says.lower()] or [
        option for option in test.options if len(text) >= FEWEST_LETTERS and text in option.says.lower()]
    return float(meant[0].value) if len(meant) == 1 else None


def _remedy(test: SelfTest) -> str:
    if test.options:
        return f"answers are {'; '.join(f'{option.value} {option.says}' for option in test.options)}"
    return {"seconds": "seconds are told like 45, 45s or 1:05", "cm": "centimetres are told like 9.5 or 9.5cm",
            "degrees": "degrees are told like 60", "reps": "repetitions are told like 24, or 12 15 14 for three tries",
            }.get(test.measure, "a number is enough")
