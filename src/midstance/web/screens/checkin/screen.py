"""Check-in: the morning's answers in 20 seconds, and what the day allows by them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

from midstance.domain.diary import TISSUES, CheckIn, Pain
from midstance.domain.runner import AREAS
from midstance.formats._format import refusal
from midstance.planning.readying.words import RED_FLAGS
from midstance.services.diary import current
from midstance.services.note import note_morning
from midstance.web._screen import Action, Answer, Screen, Visit

Score = Annotated[float, Meta(ge=0, le=10, description="0 to 10; nothing when not said.")] | None
FLAGS_SAY = "With one of these, do not train: let a medical professional look at it first."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which day."""

    date: Annotated[dt.date | None, Meta(description="The day; today by default.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a scale: its number and its word."""

    value: Annotated[float, Meta(description="0 to 10.")]
    word: Annotated[str, Meta(description="What it means.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of the morning."""

    name: Annotated[str, Meta(description="Field of the check-in.")]
    asks: Annotated[str, Meta(description="The question.")]
    steps: Annotated[tuple[Step, ...], Meta(description="Its answers.")]
    said: Annotated[float | None, Meta(description="What was answered already.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The questions of a morning and what was answered already."""

    date: Annotated[dt.date, Meta(description="The day.")]
    today: Annotated[dt.date, Meta(description="The clock's date.")]
    questions: Annotated[tuple[Question, ...], Meta(description="The few questions of every morning.")]
    areas: Annotated[tuple[str, ...], Meta(description="Where it can hurt.")]
    tissues: Annotated[tuple[str, ...], Meta(description="What it can be in.")]
    symptoms: Annotated[tuple[str, ...], Meta(description="Symptoms that can be ticked.")]
    flags: Annotated[tuple[str, ...], Meta(description="When not to train before somebody has looked at it.")]
    flags_say: Annotated[str, Meta(description="What follows from them.")]
    told: Annotated[bool, Meta(description="Whether this day has a check-in.")]
    pains: Annotated[tuple[str, ...], Meta(description="Pains told, in words.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The morning's answers; nothing is obligatory."""

    date: Annotated[dt.date | None, Meta(description="The day; today by default.")] = None
    sleep_h: Annotated[float, Meta(ge=0, le=24, description="Hours of sleep [h].")] | None = None
    sleep_quality: Score = None
    life: Score = None
    soreness: Score = None
    fatigue: Score = None
    mood: Score = None
    hrv_ms: Annotated[float, Meta(ge=0, le=500, description="Heart-rate variability, rMSSD [ms].")] | None = None
    resting_hr: Annotated[float, Meta(ge=20, le=200, description="Resting heart rate [bpm].")] | None = None
    minutes: Annotated[float, Meta(ge=0, le=1440, description="Time for a session today [min].")] | None = None
    pain_area: Annotated[str, Meta(description="Where it hurts; empty for nowhere.")] = ""
    pain_side: Annotated[Literal["", "left", "right", "both"], Meta(description="Which side.")] = ""
    pain_score: Score = None
    pain_tissue: Annotated[Literal["", "tendon", "bone", "muscle", "joint"], Meta(description="In what.")] = ""
    ill: Annotated[tuple[str, ...], Meta(description="Symptoms.", max_length=20)] = ()
    well_again: Annotated[bool, Meta(description="Whether symptoms are gone.")] = False
    limp: Annotated[bool, Meta(description="Whether the runner limps.")] = False
    too_much: Annotated[bool, Meta(description="Whether the routine feels overwhelming.")] = False
    note: Annotated[str, Meta(description="The runner's words.", max_length=2000)] = ""


SLEEP = ((4, "4 h"), (5, "5"), (6, "6"), (7, "7"), (8, "8"), (9, "9 h"))
GOOD = ((1, "bad"), (3, "poor"), (5, "fair"), (7, "good"), (9, "great"))
BAD = ((0, "none"), (2, "a little"), (4, "some"), (6, "much"), (8, "a lot"))
TIRED = ((0, "fresh"), (2, "fine"), (4, "a bit"), (6, "tired"), (8, "worn out"))
LIFE = ((1, "light"), (3, "normal"), (5, "full"), (7, "heavy"), (9, "too much"))
QUESTIONS = (
    ("sleep_h", "Hours of sleep", SLEEP), ("sleep_quality", "How was the sleep?", GOOD),
    ("soreness", "Sore legs?", BAD), ("fatigue", "Tired?", TIRED), ("mood", "Mood", GOOD),
    ("life", "Work, family and the rest today", LIFE))
SYMPTOMS = ("cough", "sore throat", "runny nose", "fever", "stomach", "headache", "aches", "dizzy")


def load(asked: Asked, visit: Visit) -> Context:
    """Give the questions, with what was answered already."""
    date = asked.date or visit.today
    told = [entry.what for entry in current(visit.store, since=date, until=date, kinds=(CheckIn,))]
    last = told[-1] if told else CheckIn()
    assert isinstance(last, CheckIn)
    return Context(
        date=date, today=visit.today, areas=tuple(AREAS), tissues=TISSUES, symptoms=SYMPTOMS, flags=RED_FLAGS,
        flags_say=FLAGS_SAY, told=bool(told),
        pains=tuple(" ".join(filter(None, (pain.side, pain.area, f"{pain.score:g} of 10"))) for pain in last.pain),
        questions=tuple(
            Question(name=name, asks=asks, said=getattr(last, name),
                     steps=tuple(Step(value=value, word=word) for value, word in steps))
            for name, asks, steps in QUESTIONS))


def tell(wish: Told, visit: Visit) -> Answer:
    """Write the morning's answers, and judge the day."""
    if wish.pain_area and wish.pain_score is None:
        raise refusal("checkin", "how much does it hurt?", "give 0 to 10", place="pain_score")
    if wish.pain_area and wish.pain_area not in AREAS:
        raise refusal("checkin", f"{wish.pain_area!r} is no area", f"use one of {', '.join(AREAS)}", place="pain_area")
    pain = (Pain(area=wish.pain_area, score=wish.pain_score or 0, side=wish.pain_side, tissue=wish.pain_tissue),
            ) if wish.pain_area else ()
    try:
        told = CheckIn(
            sleep_h=wish.sleep_h, sleep_quality=wish.sleep_quality, life=wish.life, soreness=wish.soreness,
            fatigue=wish.fatigue, mood=wish.mood, hrv_ms=wish.hrv_ms, resting_hr=wish.resting_hr, pain=pain,
            ill=tuple(" ".join(word.lower().split()) for word in wish.ill), limp=wish.limp, minutes=wish.minutes,
            too_much=wish.too_much, note=wish.note)
    except ValueError as error:
        raise refusal("checkin", str(error), place="ill") from None
    if told == CheckIn() and not wish.well_again:
        return Answer(says=("Nothing was said, so nothing was noted.",), go="/today")
    stamp = visit.stamp("checkin", date=wish.date)
    noted = note_morning(visit.store, told, stamp, well_again=wish.well_again)
    return Answer(says=("Noted.", *noted.readiness.says[:1]), batch=stamp.origin.batch,
                  go="/today" if noted.planned else "/setup")


SCREEN = Screen(
    id="checkin", path="/checkin", title="Check-in", asked=Asked, context=Context, load=load, nav=3, needs_plan=False,
    actions=(Action(name="tell", title="Tell how the morning is", wish=Told, do=tell),))
