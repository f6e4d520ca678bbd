"""Answers to what was told: what is in the diary now, what follows from it, and how to take it back."""

from __future__ import annotations

import textwrap
from functools import partial
from typing import TYPE_CHECKING

from midstance.formats._plan_words import KIND_WORDS, Words, cleaned, counted, day_text, joined
from midstance.metrics.session_rpe import CR10_WORDS
from midstance.planning.progression import Rung
from midstance.planning.readiness import Light
from midstance.planning.readying.pain import place_of
from midstance.planning.readying.words import DISCLAIMER, RED_FLAGS
from midstance.services.activities import RUN, Activity
from midstance.services.handbook import names

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

    from midstance.domain.diary import CheckIn, SetDone
    from midstance.domain.exercise import Exercise
    from midstance.domain.session import Item
    from midstance.planning.progression import Standing
    from midstance.planning.readiness import Readiness
    from midstance.services.note import Leap, MorningNoted, SessionNoted, SetsNoted
    from midstance.services.rate import RpeNoted
    from midstance.services.told import Stamp

WIDTH = 80
LIGHTS = {
    "green": "GREEN: nothing speaks against today's plan.", "amber": "AMBER: train, but with the changes below.",
    "red": "RED: no training today.",
}
MOSTLY_GREEN = "GREEN: train; one thing to know:"
NOTHING_SAID = "Nothing was said, so nothing was noted. That is fine: no answer never makes a day worse."
SEE_TODAY = "midstance today shows what becomes of today's plan."
TAKE_UP = "midstance accept {block} takes it up."
OF_PAIN = ("R69", "R86")
SET_UNITS = {"reps": "", "seconds": " s", "steps": " steps", "contacts": " contacts"}
NO_PLAN = ("Once a plan is kept in the diary (midstance plan RUNNER.toml --save), you also read here what comes next "
           "for this exercise.")
OTHER_UNIT = "{name} is counted in {own}; sets in {unit} are kept, but they do not move its weight."
NOT_LOGGED = ("No sets are logged for {names}. That is fine; weights only change by logged sets, and one line is "
              "enough: midstance log {line}")
TELL_LENGTH = ("How long it took was not told, so {minutes:.0f} min count: midstance log session {id} --minutes "
               "{other:.0f}")
OTHER_LENGTH = 5
LEAP = "{to} is much more than {before}. A slip? midstance undo {batch}"
SO_FAR, IN_THE_HOUSE = "{weight} so far", "the {weight} that your file has at most"
USUAL_MINUTES = "the minutes are what such a session usually takes"
NO_TIME = "no time today"
BACK = "Not right? midstance undo {batch}"


def folded(text: str, first: str = "", later: str | None = None, width: int = WIDTH) -> list[str]:
    """Break a text into lines of the terminal's width; later lines stand under the first one's text."""
    below = " " * len(first) if later is None else later
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=below, break_on_hyphens=False,
                         break_long_words=False)


def checkin_text(noted: MorningNoted, width: int = WIDTH) -> str:
    """Write what a check-in noted, the day's light with every reason, what it asks for, and what is offered."""
    folded, found = _folding(width), noted.readiness
    answers = _answers(noted.told) + (["that symptoms are gone"] if noted.well_again else [])
    lines = folded(f"Noted for {_day(noted.stamp)}: {joined(answers) or 'your words'}.")
    head = LIGHTS[found.light.label] if found.light.label != "green" or not found.why else MOSTLY_GREEN
    lines += ["", *folded(head)]
    for reason in found.why:
        lines += folded(reason.text, "  - ")
    if measures := _measures(found):
        lines += folded(f"Together: {'; '.join(measures)}.")
    if found.why and noted.planned and noted.stamp.date == noted.stamp.today:
        lines += folded(SEE_TODAY)
    for offer in found.offers:
        how = f" {TAKE_UP.format(block=offer.block)}" if noted.planned else ""
        lines += ["", *folded(f"{offer.text}{how}", "Offer: ", "  ")]
    if any(reason.light is Light.RED and reason.rule in OF_PAIN for reason in found.why):
        lines += ["", *folded(DISCLAIMER), *(line for flag in RED_FLAGS for line in folded(flag, "  - "))]
    return "\n".join([*lines, "", back_text(noted.stamp)])


def sets_text(noted: SetsNoted, width: int = WIDTH) -> str:
    """Write what may be a slip, which sets were noted, where they belong, and what the log now says comes next."""
    folded = _folding(width)
    exercise, words = noted.exercise, _words(noted.course.runner.units if noted.course else "metric")
    numbers = [done.number for done in noted.sets]
    which = f"set {numbers[0]}" if len(numbers) == 1 else f"sets {numbers[0]} to {numbers[-1]}"
    after = f" ({which} of the day)" if numbers[0] > 1 else ""
    told = sets_words(noted.sets, words, a_side=exercise.per_side)
    lines = folded(_leap_words(noted.leap, words, noted.stamp)) if noted.leap else []
    lines += folded(f"Noted for {_day(noted.stamp)}: {exercise.name}, {told}{after}.")
    if noted.session:
        name = KIND_WORDS[noted.session.kind].lower()
        lines += folded(f"They belong to the planned session {noted.session.id} ({name}).")
    if noted.sets[0].unit != exercise.dose.unit:
        lines += folded(OTHER_UNIT.format(name=exercise.name, own=exercise.dose.unit, unit=noted.sets[0].unit))
    for text in noted.stops:
        lines += ["", *folded(text, "STOP: ", "  ")]
    for standing in noted.standings:
        lines += folded(_next(standing, exercise, words, several=len(noted.standings) > 1))
    lines += folded(NO_PLAN) if noted.course is None else []
    return "\n".join([*lines, back_text(noted.stamp)])


def session_text(noted: SessionNoted, width: int = WIDTH) -> str:
    """Write that a session was noted as done, its load, and which sets nobody logged."""
    folded = _folding(width)
    done, planned, activity = noted.done, noted.planned, noted.activity
    name = KIND_WORDS[done.kind] if done.kind else "Session"
    which = f"{name} ({planned.id})" if planned else f"{name} (not planned)"
    parts = [f"{done.minutes:g} min"] if done.minutes is not None else []
    parts += [exertion_words(done.rpe_cr10)] if done.rpe_cr10 is not None else []
    told = "".join(f", {part}" for part in parts)
    lines = folded(f"{'Corrected' if noted.corrected else 'Noted'} for {_day(noted.stamp)}: {which} done{told}.")
    lines += folded(load_words(activity))
    if done.minutes is None and planned:
        less = OTHER_LENGTH if activity.minutes > OTHER_LENGTH else -OTHER_LENGTH
        lines += folded(TELL_LENGTH.format(minutes=activity.minutes, id=planned.id, other=activity.minutes - less))
    if noted.unlogged:
        known = names()
        listed = joined(known.get(item.exercise, item.exercise) for item, _ in noted.unlogged)
        lines += folded(NOT_LOGGED.format(names=listed, line=_example(*noted.unlogged[0], _words(noted.units))))
    return "\n".join([*lines, back_text(noted.stamp)])


def rpe_text(noted: RpeNoted, width: int = WIDTH) -> str:
    """Write to what an exertion belongs, and the load that it gives."""
    folded = _folding(width)
    a = noted.activity
    what = "Run" if a.sport == RUN else KIND_WORDS[a.kind] if a.kind else "Session"
    at = f" at {a.start:%H:%M}" if a.start else ""
    lines = folded(f"Noted: {what} of {day_text(a.date)}{at}, {exertion_words(a.rpe_cr10)}.")
    return "\n".join([*lines, *folded(load_words(a)), back_text(noted.stamp)])


def exertion_words(rpe: float) -> str:
    """Write an exertion with its word.

    >>> exertion_words(7), exertion_words(6)
    ('exertion 7 of 10 (very hard)', 'exertion 6 of 10 (hard)')
    """
    word = CR10_WORDS[max(key for key in CR10_WORDS if key <= rpe)]
    return f"exertion {rpe:g} of 10 ({word})"


def load_words(activity: Activity) -> str:
    """Write a load with what it is made of, and which part of it is a guess."""
    guesses = ([] if activity.rpe_told else ["the exertion is estimated"]) + (
        [] if activity.minutes_told else ["the minutes are the plan's" if "-" in activity.id else USUAL_MINUTES])
    guess = f"; {' and '.join(guesses)}" if guesses else ""
    return (f"Session load: {activity.load_au:.0f} AU (exertion {activity.rpe_cr10:g} x {activity.minutes:.0f} min, "
            f"Foster's session RPE{guess}).")


def sets_words(sets: Sequence[SetDone], words: Words, *, a_side: bool = False) -> str:
    """Write the sets of one line: how many, of what, with which weight, and what was said of them."""
    one = sets[0]
    amounts = [f"{done.amount:g}" for done in sets]
    same = len(set(amounts)) == 1
    told = f"{counted(len(sets), 'set')} of {amounts[0] if same else ', '.join(amounts)}{SET_UNITS[one.unit]}"
    if one.unit == "reps":
        told += " rep" if same and one.amount == 1 else " reps"
    side = f"{one.side} side" if one.side else "each side" if a_side else ""
    weight = "body weight" if one.weight_kg is None else words.weight(one.weight_kg)
    parts = [told, weight + (" in each hand" if one.per_hand else ""), side]
    parts += [] if one.rir is None else [f"{one.rir:g} in reserve"]
    parts += [] if one.pain is None else [f"pain {one.pain:g} of 10"]
    return ", ".join(filter(None, parts))


def back_text(stamp: Stamp) -> str:
    """Say how to take back what was just noted."""
    return BACK.format(batch=stamp.origin.batch)


def weight_as_typed(kg: float, words: Words) -> str:
    """Write a weight as it is typed after ``midstance log``.

    >>> weight_as_typed(8, Words(names={}, units="imperial")), weight_as_typed(16, Words(names={}))
    ('17.5lb', '16kg')
    """
    return words.weight(kg).replace(" ", "")


def _folding(width: int) -> Callable[..., list[str]]:
    """Give ``folded`` for a terminal's width."""
    return partial(folded, width=width)


def _leap_words(leap: Leap, words: Words, stamp: Stamp) -> str:
    """Say that a weight is far above what was lifted before, and how to take it back."""
    before = (SO_FAR if leap.logged else IN_THE_HOUSE).format(weight=words.weight(leap.from_kg))
    return LEAP.format(to=words.weight(leap.to_kg), before=before, batch=stamp.origin.batch)


def _words(units: str) -> Words:
    return Words(names=names(), units=units)


def _day(stamp: Stamp) -> str:
    told: dt.date = stamp.date
    return f"today, {day_text(told)}" if told == stamp.today else day_text(told, year=told.year != stamp.today.year)


def _answers(told: CheckIn) -> list[str]:
    """List what was said, a few words each."""
    of_ten = {"sleep quality": told.sleep_quality, "life load": told.life, "soreness": told.soreness,
              "fatigue": told.fatigue, "mood": told.mood}
    found = [] if told.sleep_h is None else [f"{told.sleep_h:g} h of sleep"]
    found += [f"{name} {value:g} of 10" for name, value in of_ten.items() if value is not None]
    found += [] if told.hrv_ms is None else [f"HRV {told.hrv_ms:g} ms"]
    found += [] if told.resting_hr is None else [f"resting heart rate {told.resting_hr:g}"]
    for pain in told.pain:
        tissue = f", {pain.tissue}" if pain.tissue else ""
        found.append(f"pain {pain.score:g} of 10 at the {place_of(pain)}{tissue}")
    found += list(told.ill)
    found += ["a limp"] if told.limp else []
    found += [] if told.minutes is None else [f"{told.minutes:g} min of time" if told.minutes else NO_TIME]
    return found + (["that it is too much"] if told.too_much else [])


def _measures(found: Readiness) -> list[str]:
    """List what the reasons ask for together, where it is more than the reasons say."""
    if found.stop:
        return []
    measures = [f"{found.factor:.0%} of the strength sets at the same weights"] if found.factor < 1 else []
    missing = [KIND_WORDS[kind].lower() for kind in KIND_WORDS if kind not in found.kinds]
    measures += [", ".join(f"no {name}" for name in missing)] if missing else []
    measures += [] if found.minutes is None else [f"at most {found.minutes} min" if found.minutes else NO_TIME]
    return measures


def _example(item: Item, rounds: int, words: Words) -> str:
    """Write the line that logs an item as it is planned, in the runner's units."""
    unit = {"reps": "", "seconds": "s"}.get(item.unit, item.unit)
    hands = "2x" if item.per_hand else ""
    weight = "" if item.weight_kg is None else f" {hands}{weight_as_typed(item.weight_kg, words)}"
    reserve = "" if item.rir is None else f" @{item.rir}"
    return f"{item.exercise} {rounds}x{item.low}{unit}{weight}{reserve}"


def _next(standing: Standing, exercise: Exercise, words: Words, *, several: bool) -> str:
    """Say what comes next for an exercise, and why."""
    low, high = standing.low, standing.high
    amount = f"{low}{'' if low == high else f'-{high}'}{SET_UNITS[exercise.dose.unit]}"
    weight = "body weight" if standing.weight_kg is None else words.weight(standing.weight_kg)
    place = weight + (" in each hand" if standing.per_hand else "")
    where = (" heavy" if standing.heavy else " light") if several else ""
    told = f"Next time{where}: {amount}{' a side' if exercise.per_side else ''} at {place}"
    told += f", tempo {standing.tempo}" if standing.tempo else ""
    if standing.rung is Rung.DOWN and not standing.instead:
        told = f"Next time{where}: something else"
    elif standing.instead:
        told = f"Next time{where}: {words.exercise(standing.instead)} instead"
    return f"{told}. {cleaned(standing.why)}"


def taken_back_text(lines: Iterable[str], batch: str, *, restored: bool, width: int = WIDTH) -> str:
    """Say what was taken back or brought back, and how to turn that round."""
    folded = _folding(width)
    told = list(lines)
    head = "Back in force again:" if restored else "Taken back:"
    body = [f"{head} {told[0]}"] if len(told) == 1 else [head, *(f"  - {line}" for line in told)]
    body.append(f"Changed your mind? midstance undo {batch}")
    return "\n".join(part for line in body for part in folded(line, later="    "))
