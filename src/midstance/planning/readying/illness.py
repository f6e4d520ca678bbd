"""Illness: signs that stop training, the mild cold, and the way back (R68, R86)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midstance.domain.evidence import Param
from midstance.domain.session import Kind
from midstance.planning.readying.facts import DAY
from midstance.planning.readying.light import ALL_KINDS, NOTHING_HARD, Light, Reason, RunToday, stop
from midstance.planning.readying.symptoms import Sign, sign_of, worst_sign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.planning.readying.facts import Facts, HealthWord

FREE_H = Param(
    id="illness-free", value=24, unit="h", between=(24, 96), source="schwellnus-2022",
    says="Time without symptoms before training starts again (R68); counted in whole days.",
)
TRIAL = Param(
    id="illness-trial", value=30, unit="min", between=(10, 45),
    says="Longest easy trial with no more than a mild head cold (R68).",
)
BACK = tuple(
    Param(
        id=f"illness-back-{number}", value=share, unit="share", between=(0.5, 1),
        says=f"Share of the usual in training day {number} after an illness (R68).",
    )
    for number, share in enumerate((0.5, 0.75, 1.0), start=1)
)
MEMORY = Param(
    id="illness-memory", value=7, unit="days", between=(2, 21),
    says="Days after the last word of a symptom for which it is taken to last when nothing more is said (R68: an "
    "illness takes 7 days on average).",
)
COLD_MEMORY = Param(
    id="cold-memory", value=2, unit="days", between=(0, 7),
    says="The same for a mild head cold.",
)
BACK_WITHIN = Param(
    id="illness-back-within", value=14, unit="days", between=(7, 28),
    says="Days after which an illness is behind the runner, also where no training was logged.",
)
PARAMS = (FREE_H, TRIAL, *BACK, MEMORY, COLD_MEMORY, BACK_WITHIN)

STOPPED = (
    "You named {symptoms}. With such signs there is no training, and a doctor or nurse can tell you more. Training "
    "waits until you have been without symptoms for a day; nothing is lost by that."
)
NOT_KNOWN = (
    "You named {symptoms}: midstance does not know the word. To be on the safe side there is no training today. If it "
    "is no more than a mild head cold, say so; if you are worried, ask a doctor or nurse."
)
SINCE = " What you named since, {lately}, asks for less; it is {symptoms} that keeps training away."
FLAGGED = (
    "You named {symptoms}. Please see a doctor or physiotherapist before you train again. midstance cannot tell what "
    "it is."
)
EMERGENCY = (
    "You named {symptoms}. Please do not train. Get medical help now if it is there at this moment, comes with "
    "exertion or comes back; otherwise see a doctor before you train again."
)
COLD = (
    "You have a mild cold. Up to {minutes:g} easy minutes may be tried; stop if it feels worse. With fever, chills, "
    "aching muscles, a chest cough, dizziness, a racing heart or a tight chest there is no training at all."
)
NOT_YET = (
    "Training starts again after a whole day without symptoms, so today is one more day of rest."
)
RETURNING = (
    "You were ill. Training day {number} after it is at {share:.0%} of the usual, and easy; stop and rest again if any "
    "symptom comes back."
)
BACK_AGAIN = (
    "You were ill. Training day {number} after it may be as planned; for a day after it watch whether a symptom comes "
    "back."
)
TEXTS = {Sign.UNKNOWN: NOT_KNOWN, Sign.STOP: STOPPED, Sign.FLAG: FLAGGED, Sign.URGENT: EMERGENCY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The course of an illness.

    Attributes:
        sign: The gravest sign of it.
        symptoms: The words that gave this sign, as they were said last.
        named: The date on which they were said.
        lately: The words of the last day with symptoms, where they are less grave.
        last: The last day with symptoms; ``free`` the first without, or None.
    """

    sign: Sign
    symptoms: tuple[str, ...]
    named: dt.date
    last: dt.date
    lately: tuple[str, ...] = ()
    free: dt.date | None = None


def illness_reasons(facts: Facts) -> Iterator[Reason]:
    """Judge symptoms and the way back."""
    course = course_of(facts)
    if course is None:
        return
    if course.sign is Sign.MILD:
        if course.free is None and facts.today <= course.last + COLD_MEMORY.value * DAY:
            yield _trial()
        return
    free = min(filter(None, (course.free, course.last + MEMORY.value * DAY)))
    if facts.today < free:
        yield _stopped(course, facts.today)
    elif facts.today < (back := free + FREE_H.value / 24 * DAY):
        yield stop("R68", NOT_YET)
    elif facts.today < back + BACK_WITHIN.value * DAY:
        yield from _way_back(sum(date >= back for date in facts.trained))


def course_of(facts: Facts) -> Course | None:
    """Follow the words on symptoms to the illness that is not yet behind the runner, if there is one.

    A check-in on a later day that names no symptom counts as a day without: the runner was asked.
    """
    course: Course | None = None
    for word in facts.health:
        if course and course.free and _behind(course.free, word.date, facts.trained):
            course = None
        if word.symptoms:
            course = _continued(course, word)
        elif course and course.free is None and (word.over or word.date > course.last):
            course = replace(course, free=word.date)
    return course


def _continued(course: Course | None, word: HealthWord) -> Course:
    """Join a later day's symptoms to a course: the gravest sign counts, and the words that gave it.

    A cold that was over has nothing to do with the next; a word that was not known is corrected by one that is.
    """
    sign = worst_sign(word.symptoms)
    if course is not None and (
            course.sign is Sign.UNKNOWN or (course.free is not None and course.sign is Sign.MILD)):
        course = None
    if course is not None and sign < course.sign:
        return replace(course, lately=word.symptoms, last=word.date, free=None)
    gravest = tuple(symptom for symptom in word.symptoms if sign_of(symptom) is sign)
    return Course(sign=sign, symptoms=gravest, named=word.date, last=word.date)


def _behind(free: dt.date, date: dt.date, trained: tuple[dt.date, ...]) -> bool:
    back = free + FREE_H.value / 24 * DAY
    return date >= back + BACK_WITHIN.value * DAY or sum(back <= day < date for day in trained) >= len(BACK)


def _stopped(course: Course, today: dt.date) -> Reason:
    sign, named = course.sign, _listed(course.symptoms)
    on = "" if course.named == today else f" on {course.named:%A}, {course.named}"
    text = TEXTS[sign].format(symptoms=f"{named}{on}")
    if course.lately:
        text += SINCE.format(lately=_listed(course.lately), symptoms=named)
    return stop("R86" if sign >= Sign.FLAG else "R68", text, refer=sign >= Sign.STOP)


def _trial() -> Reason:
    minutes = round(TRIAL.value)
    return Reason(
        rule="R68", text=COLD.format(minutes=minutes), light=Light.AMBER, kinds=frozenset({Kind.MOBILITY, Kind.PRIMER}),
        run=RunToday.SHORT_EASY, minutes=minutes)


def _way_back(done: int) -> Iterator[Reason]:
    if done >= len(BACK):
        return
    share, number = BACK[done].value, done + 1
    if share < 1:
        yield Reason(rule="R68", text=RETURNING.format(number=number, share=share), light=Light.AMBER, factor=share,
                     kinds=NOTHING_HARD, run=RunToday.EASY)
    else:
        yield Reason(rule="R68", text=BACK_AGAIN.format(number=number), kinds=ALL_KINDS)


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
