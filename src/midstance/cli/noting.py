"""The small languages in which a runner tells the diary what was: answers of the morning, sets, pains; and dates.

Every mistake is named with what would be right, all of a line at once; the texts that answer are in ``cli.noted``.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from midstance.cli.answers import NOTHING, Answers, Beside
from midstance.cli.diary import moment
from midstance.domain.diary import SIDES, TISSUES, CheckIn, Pain
from midstance.domain.runner import AREAS
from midstance.domain.units import KG_PER_POUND
from midstance.formats._format import Fault, InputError
from midstance.services.told import SessionLine, SetLine, Stamp

if TYPE_CHECKING:
    from collections.abc import Callable

EARLIEST = dt.date(1970, 1, 1)
MOST_SETS, MOST_AMOUNT, MOST_KG = 50, 1000, 500
UNITS = {"": "", "s": "seconds", "sec": "seconds", "seconds": "seconds", "reps": "reps", "rep": "reps",
         "steps": "steps", "step": "steps", "contacts": "contacts", "contact": "contacts"}
AMOUNT = re.compile(r"(?:(?P<sets>\d{1,6})x)?(?P<amounts>\d{1,6}(?:,\d{1,6})*)(?P<unit>[a-z]*)")
WEIGHT = re.compile(r"(?:(?P<pieces>\d)x)?(?P<weight>\d{1,5}(?:[.,]\d{1,3})?)(?P<unit>kgs?|lbs?)")
RESERVE = re.compile(r"@(?P<rir>\d{1,3}(?:[.,]\d)?)")
BARE = ("bw", "bodyweight")
NEGATIVE = re.compile(r"-\d+(?:[.,]\d+)?(?P<unit>kgs?|lbs?)?[a-z]*")
SETS_HELP = "sets are told like 3x8, 8,8,6, 3x40s, 2x10steps or 3x20contacts"
NO_SYMPTOM = ("none", "no", "over", "gone")


@dataclass(frozen=True, slots=True)
class Answer:
    """A number of the morning: where it goes, its range and unit, and the question that asks for it, or none."""

    field: str
    low: float
    high: float
    unit: str = ""
    asks: str = ""

    @property
    def span(self) -> str:
        """The range in words."""
        return f"{self.low:g} to {self.high:g}" + (f" {self.unit}" if self.unit else "")


ANSWERS = {
    "sleep": Answer("sleep_h", 0, 24, "h", "Hours of sleep"),
    "sleep_quality": Answer("sleep_quality", 0, 10, "", "Sleep quality, 0 bad, 10 good"),
    "soreness": Answer("soreness", 0, 10, "", "Sore legs, 0 not at all, 10 very"),
    "fatigue": Answer("fatigue", 0, 10, "", "Tired, 0 not at all, 10 very"),
    "mood": Answer("mood", 0, 10, "", "Mood, 0 bad, 10 good"),
    "life": Answer("life", 0, 10, "", "Load of work and life, 0 none, 10 crushing"),
    "hrv": Answer("hrv_ms", 0, 500, "ms"),
    "resting_hr": Answer("resting_hr", 20, 200, "beats a minute"),
    "minutes": Answer("minutes", 0, 1440, "min"),
}
ASKS_PAIN = "Pain, such as knee:left:4"
ASKS_ILL = "Ill? Such as cough,fever"


def option(name: str) -> str:
    """Write a field's option.

    >>> option("sleep_quality")
    '--sleep-quality'
    """
    return f"--{name.replace('_', '-')}"


def stamped(date: dt.date | None, *names: str) -> Stamp:
    """Mark what a command writes with the moment, and with the date that it tells about.

    Raises: InputError: The date lies more than a day ahead, or before there was anything to note.
    """
    now = moment()
    chosen = date or now.date
    if not EARLIEST <= chosen <= now.date + dt.timedelta(days=1):
        says = f"{chosen} is not a day that can be told about"
        raise InputError((_fault("--date", says, f"today is {now.date}; past days can be noted, and tomorrow"),))
    return Stamp(at=now.at, date=chosen, today=max(chosen, now.date), origin=now.origin(*names))


def morning(said: Answers) -> tuple[CheckIn, bool]:
    """Read the morning's answers.

    Returns: The answers, and whether the runner says that symptoms are gone.
    Raises: InputError: Every answer that cannot be, with its option and range.
    """
    faults: list[Fault] = []
    told: dict[str, Any] = {}
    for name, answer in ANSWERS.items():
        told[answer.field] = _number(name, getattr(said, name), answer.low, answer.high, answer.span, faults)
    pains = [_pain(text, faults) for given in said.pain for text in given.split(",")]
    symptoms = [" ".join(word.lower().split()) for given in said.ill for word in given.split(",") if word.strip()]
    gone = bool(symptoms) and all(word in NO_SYMPTOM for word in symptoms)
    ill = () if gone else tuple(symptoms)
    for word in ill:
        try:
            CheckIn(ill=(word,))
        except ValueError as error:
            faults.append(_fault("--ill", str(error), "write symptoms in English, for example --ill cough,fever"))
    if faults:
        raise InputError(tuple(faults))
    return CheckIn(**told, pain=tuple(p for p in pains if p), ill=ill, limp=said.limp, too_much=said.too_much,
                   note=said.note), gone


def asked(read: Callable[[str], str], tell: Callable[[str], None], *, there: bool) -> Answers:
    """Ask the few questions of the morning one by one; an empty line skips one, the end of input all that follow.

    Args:
        read: Shows a question and gives the line that was typed.
        tell: Says what was wrong with an answer, before the question comes again.
        there: Whether somebody is there to answer: a terminal.
    Raises: InputError: Nobody is there, or the runner broke off; nothing is to be written.
    """
    if not there:
        options = ", ".join(option(f.name) for f in fields(Answers))
        raise InputError((_fault("checkin", "nothing was said, and there is no terminal to ask at",
                                 f"say at least one of {options}"),))
    tell("Enter skips a question.")
    said = NOTHING
    questions = [(name, answer.asks) for name, answer in ANSWERS.items() if answer.asks]
    for name, asks in (*questions, ("pain", ASKS_PAIN), ("ill", ASKS_ILL)):
        try:
            said = _asked_one(said, name, asks, read, tell)
        except EOFError:
            tell("")
            break
        except KeyboardInterrupt:
            raise InputError((_fault("checkin", "broken off; nothing was noted"),)) from None
    return said


def _asked_one(
    said: Answers, name: str, asks: str, read: Callable[[str], str], tell: Callable[[str], None],
) -> Answers:
    while text := read(f"{asks}: ").strip():
        value: Any = (text,) if name in {"pain", "ill"} else text
        try:
            morning(replace(NOTHING, **{name: value}))
        except InputError as error:
            tell("\n".join(f"{fault.says} - {fault.remedy}" for fault in error.faults))
            continue
        return replace(said, **{name: value})
    return said


def set_line(words: tuple[str, ...], beside: Beside) -> SetLine:
    """Read ``EXERCISE 3x8 16kg @2`` with what stands beside it.

    >>> set_line(("goblet", "squat", "3x8", "16", "kg", "@2"), Beside()).amounts
    (8.0, 8.0, 8.0)

    Raises: InputError: Everything that cannot be read, with what would be right.
    """
    count = next((k for k, word in enumerate(words)
                  if k and (re.search(r"[\d@]|^-", word) or word.lower() in BARE)), len(words))
    line = SetLine(exercise=" ".join(words[:count]), amounts=(), note=beside.note)
    faults: list[Fault] = []
    for token in _tokens(words[count:]):
        line = _with_token(line, token, faults)
    if not line.amounts and not faults:
        faults.append(_fault(line.exercise, "no sets are told", f"{SETS_HELP}: midstance log {line.exercise} 3x8 16kg"))
    if beside.minutes is not None:
        faults.append(_fault("--minutes", "belongs to a whole session", "midstance log session --minutes 24"))
    side = "" if beside.left == beside.right else "left" if beside.left else "right"
    line = replace(line, side=side, pain=_number("pain", beside.pain, 0, 10, "0 to 10", faults),
                   rir=_reserve(line.rir, beside.rpe, faults))
    if faults:
        raise InputError(tuple(faults))
    return line


def slip_of_session(word: str) -> InputError:
    """Make the error of a word that was meant to be ``session``."""
    return InputError((_fault(word, "is no exercise of the catalogue",
                              "did you mean session? midstance log session --minutes 24"),))


def session_line(words: tuple[str, ...], beside: Beside) -> SessionLine:
    """Read ``session [ID]`` with what stands beside it.

    Raises: InputError: Everything that cannot be, with what would be right.
    """
    faults: list[Fault] = []
    options = [word for word in words if word.startswith("-")]
    faults += [_fault(word, "is no option of midstance log", "midstance log --help lists them") for word in options]
    if len(words) - len(options) > 2:
        faults.append(_fault(" ".join(words), "names more than one session", "midstance log session [ID]"))
    for name in ("left", "right", "pain"):
        if getattr(beside, name):
            faults.append(_fault(option(name), "belongs to sets", "midstance log EXERCISE 3x8 --pain 3"))
    minutes = _number("minutes", beside.minutes, 0, 1440, "0 to 1440 min", faults)
    rpe = _number("rpe", beside.rpe, 0, 10, "0 to 10", faults)
    if faults:
        raise InputError(tuple(faults))
    return SessionLine(which=words[1] if len(words) > 1 else "", minutes=minutes, rpe_cr10=rpe, note=beside.note)


def exertion_of(text: str) -> float:
    """Read an exertion, 0 to 10.

    Raises: InputError: It is none.
    """
    faults: list[Fault] = []
    value = _number("rpe", text, 0, 10, "0 (rest) to 10 (maximal)", faults)
    if value is None:
        raise InputError(tuple(faults))
    return value


def _fault(source: str, says: str, remedy: str = "") -> Fault:
    return Fault(source=source, place="", says=says, remedy=remedy, fatal=True)


def _number(name: str, text: str | None, low: float, high: float, span: str, faults: list[Fault]) -> float | None:
    """Read a number within its range; commas are points, ``4/10`` is 4."""
    if text is None:
        return None
    try:
        value = float(text.strip().removesuffix("/10").replace(",", "."))
    except ValueError:
        value = math.nan
    if low <= value <= high:
        return value
    says = f"{text!r} is no number" if math.isnan(value) else f"{value:g} is out of range"
    faults.append(_fault(option(name), says, f"{span} is possible"))
    return None


def _pain(text: str, faults: list[Fault]) -> Pain | None:
    """Read ``knee:left:4:tendon``; side and tissue may be left out."""
    area, *parts = (part.strip().lower() for part in text.split(":"))
    if area not in AREAS:
        near = get_close_matches(area, AREAS, n=1)
        says = f"{area!r} is no area" if area else "no area is named"
        faults.append(_fault("--pain", says, f"did you mean {near[0]!r}?" if near else f"areas: {', '.join(AREAS)}"))
        return None
    told: dict[str, Any] = {}
    for part in parts:
        key = "side" if part in SIDES else "tissue" if part in TISSUES else "score"
        if key in told:
            says = f"{part!r} in {text!r} cannot be read"
            faults.append(_fault("--pain", says, f"sides: {', '.join(SIDES)}; tissues: {', '.join(TISSUES)}"))
            return None
        told[key] = part
    if "score" not in told:
        faults.append(_fault("--pain", f"{text!r} does not say how much", f"0 to 10 is possible: {area}:left:4"))
        return None
    score = _number("pain", told["score"], 0, 10, f"0 to 10 is asked in {text!r}: {area}:left:4; 0 to 10", faults)
    return None if score is None else Pain(**{**told, "area": area, "score": score})


def _tokens(words: tuple[str, ...]) -> list[str]:
    """Cut a line into its parts, however it is spaced."""
    text = " ".join(words).lower().replace("×", "x")
    text = re.sub(r"(?<=\d)\s*([x,])\s*(?=\d)", r"\1", text)
    text = re.sub(r"@\s+", "@", text)
    units = "|".join(sorted((u for u in UNITS if u), key=len, reverse=True))
    return re.sub(rf"(?<=\d)\s+(?=(?:{units}|kgs?|lbs?)\b)", "", text).split()


def _with_token(line: SetLine, token: str, faults: list[Fault]) -> SetLine:
    if token in BARE:
        return line
    if found := RESERVE.fullmatch(token):
        return replace(line, rir=float(found["rir"].replace(",", ".")))
    if found := WEIGHT.fullmatch(token):
        return _with_weight(line, found, faults)
    found = AMOUNT.fullmatch(token)
    if found and found["unit"] in UNITS and not (found["sets"] and "," in found["amounts"]):
        return _with_amounts(line, found, faults)
    if found := NEGATIVE.fullmatch(token):
        says = "a weight is not negative" if found["unit"] else "a number of sets is not negative"
        faults.append(_fault(token, says, f"write {token[1:]}" + (", or no weight for body weight" if found["unit"]
                                                                 else "")))
        return line
    if re.match("--?[a-z]", token):
        faults.append(_fault(token, "is no option of midstance log", "midstance log --help lists them"))
        return line
    remedy = f"{SETS_HELP}, a weight like 16kg, 35lb or 2x12kg, reps in reserve like @2"
    faults.append(_fault(token, "cannot be read", remedy))
    return line


def _with_weight(line: SetLine, found: re.Match[str], faults: list[Fault]) -> SetLine:
    pounds = found["unit"].startswith("lb")
    weight = round(float(found["weight"].replace(",", ".")) * (KG_PER_POUND if pounds else 1), 2)
    if line.weight_kg is not None:
        faults.append(_fault(found[0], "is a second weight", "sets with another weight get a line of their own"))
    elif weight > MOST_KG:
        faults.append(_fault(found[0], "is out of range", f"0 to {MOST_KG} kg is possible"))
    elif found["pieces"] not in (None, "1", "2"):
        faults.append(_fault(found[0], "is more than two hands hold", "one weight is 16kg, one in each hand 2x16kg"))
    return replace(line, weight_kg=weight or None, per_hand=found["pieces"] == "2")


def _with_amounts(line: SetLine, found: re.Match[str], faults: list[Fault]) -> SetLine:
    numbers = [float(n) for n in found["amounts"].split(",")] * int(found["sets"] or 1)
    if line.amounts:
        remedy = f"a weight has its unit: {found[0]}kg; other sets get a line of their own"
        faults.append(_fault(found[0], "sets were told already", remedy))
    elif not 1 <= len(numbers) <= MOST_SETS:
        faults.append(_fault(found[0], f"{len(numbers)} sets are told", f"1 to {MOST_SETS} are possible"))
    elif not all(1 <= n <= MOST_AMOUNT for n in numbers):
        faults.append(_fault(found[0], "a set is out of range", f"1 to {MOST_AMOUNT} is possible"))
    return replace(line, amounts=tuple(numbers), unit=UNITS[found["unit"]])


def _reserve(rir: float | None, rpe: str | None, faults: list[Fault]) -> float | None:
    """Turn the exertion of a set into reps in reserve: 10 leaves none, 8 leaves two (R23)."""
    if rir is not None and rir > 30:
        faults.append(_fault(f"@{rir:g}", "is out of range", "reps in reserve are 0 to 30"))
    exerted = _number("rpe", rpe, 5, 10, "for sets, 5 (five left) to 10 (none left)", faults)
    if exerted is None:
        return rir
    if rir is not None and rir != 10 - exerted:
        faults.append(_fault("--rpe", f"{exerted:g} and @{rir:g} do not agree", "say one of them"))
    return 10 - exerted
