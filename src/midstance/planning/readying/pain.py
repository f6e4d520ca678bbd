"""Pain: what is safe, what becomes easier, what stops; the morning after, the week after, and a limp (R69, R86)."""

from __future__ import annotations

from itertools import groupby, takewhile
from statistics import fmean
from typing import TYPE_CHECKING

from midstance.catalogue.load import load_catalogue
from midstance.domain.evidence import Param
from midstance.metrics import pain_verdict as metric
from midstance.metrics.pain_verdict import PainVerdict, Tissue, next_morning, pain_verdict
from midstance.planning.readying.facts import DAY, MORNING, same_place
from midstance.planning.readying.light import NOTHING_HARD, Light, Reason, RunToday, stop

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator

    from midstance.domain.diary import Pain
    from midstance.planning.readying.facts import Facts, PainWord, SetPain

SAFE = Param(
    id="pain-safe", value=metric.SAFE, unit="of 10", between=(0, 3), source="thomee-1997",
    says="Pain up to which everything goes on (R69).",
)
EASIER = Param(
    id="pain-easier", value=metric.EASIER_ABOVE, unit="of 10", between=(1, 5),
    says="Pain above which exercises go to the easier version or a hold, outside a tissue block (R26).",
)
STOPS = Param(
    id="pain-stop", value=metric.STOP_ABOVE, unit="of 10", between=(3, 7), source="silbernagel-2007",
    says="Pain above which training stops (R69); pain of a bone stops at any score above 0.",
)
BONE_MEMORY = Param(
    id="bone-memory", value=42, unit="days", between=(14, 60),
    says="Days for which pain of a bone stops training when nothing more is said of it.",
)
LIMP_REFER = Param(
    id="limp-refer", value=48, unit="h", between=(24, 96),
    says="A limp that lasts longer is for a clinician (R86).",
)
RISE = Param(
    id="pain-week-rise", value=1, unit="of 10", between=(0.5, 3),
    says="Rise of a week's mean pain over the week before that takes exercises one step back (R69).",
)
RISE_LEAST = Param(
    id="pain-week-words", value=2, unit="days", between=(1, 5),
    says="Days with a word on the pain that each of the compared weeks needs.",
)
NOT_BETTER = Param(
    id="pain-not-better", value=3, unit="weeks", between=(2, 4),
    says="Weeks of pain above the safe score, without getting less, after which it is for a clinician (R86).",
)
HIGH_MEMORY = Param(
    id="pain-high-memory", value=3, unit="days", between=(1, 7),
    says="Days after pain above the stop for which it is not forgotten while no word is said of it: rest on the first, "
    "nothing hard on the others.",
)
IN_A_ROW = Param(
    id="pain-in-a-row", value=3, unit="mornings", between=(2, 7),
    says="Mornings in a row with pain above the safe score from which it is called unsettled.",
)
PARAMS = (SAFE, EASIER, STOPS, BONE_MEMORY, LIMP_REFER, RISE, RISE_LEAST, NOT_BETTER, HIGH_MEMORY, IN_A_ROW)

PLACES = {
    "foot": "foot", "toe": "toe", "plantar": "sole of the foot", "ankle": "ankle", "achilles": "Achilles tendon",
    "calf": "calf", "shin": "shin", "knee": "knee", "hamstring": "hamstring", "quad": "thigh", "groin": "groin",
    "hip": "hip", "glute": "buttock", "back": "back", "shoulder": "shoulder", "other": "sore place",
}
BONE = (
    "You named pain of a bone at the {place}. A bone must not hurt at all, so training stops. Please see a doctor or "
    "physiotherapist; when they agree and it is gone, say it with a pain of 0 there."
)
TOO_HIGH = (
    "Pain at the {place} is {score:g} of 10, above {stop:g}. Today is for rest. If it does not settle within days, or "
    "you are worried, see a doctor or physiotherapist."
)
STILL_HIGH = (
    "Yesterday the {place} hurt {score:g} of 10, and you have not said how it is today. Until you do, rest; a word is "
    "enough."
)
HIGH_BEFORE = (
    "On {day} the {place} hurt {score:g} of 10, and you have not said how it is since. Until you do, runs are easy and "
    "heavy work and hops wait; a word is enough."
)
SET_STILL_HIGH = (
    "Yesterday pain during {exercise} was {score:g} of 10, and you have not said how it is today. Until you do, rest; "
    "a word on the sore place is enough, 0 when it is gone."
)
SET_HIGH_BEFORE = (
    "On {day} pain during {exercise} was {score:g} of 10, and you have not said how it is since. Until you do, runs "
    "are easy and heavy work and hops wait; a word on the sore place is enough, 0 when it is gone."
)
SET_TOO_HIGH = "Pain during {exercise} was {score:g} of 10, above {stop:g}. Training is over for today."
AMBER = (
    "Pain at the {place} is {score:g} of 10. That is acceptable if it settles by tomorrow morning, so tell how it is "
    "then. A hard run today becomes an easy one, and heavy work and hops wait."
)
AMBER_EASIER = (
    "Pain at the {place} is {score:g} of 10. A hard run today becomes an easy one, heavy work and hops wait, and "
    "exercises for that place go to the easier version or to a hold. It should settle by tomorrow morning."
)
UNSETTLED = (
    "Pain at the {place} is {score:g} of 10 and has not settled for {mornings} mornings. A hard run today stays an "
    "easy one, heavy work and hops wait, and {exercises}. {next}"
)
STAY_EASIER = "exercises for that place stay at the easier version or at a hold"
STAY_IN_BLOCK = "the block for that place goes on without more weight until it settles"
NEXT_BLOCK = "The next step is a block of exercises for it, in place of other sets."
NEXT_NONE = "If it stays like this, ask a doctor or physiotherapist."
NEXT_CLINICIAN = "It has lasted for {weeks:g} weeks now, so please see a doctor or physiotherapist."
ROSE = (
    "The {place} hurts more this morning ({score:g} of 10) than before ({before:g}). Exercises for that place go one "
    "step easier."
)
NOT_SETTLED = (
    "The {place} has not settled since yesterday ({before:g} of 10 then, {score:g} now). The last training was a "
    "little too much for it, so exercises for that place go one step easier."
)
WEEK_ROSE = (
    "Pain at the {place} was {score:.1f} of 10 on average this week and {before:.1f} the week before. It should not "
    "rise from week to week, so exercises for that place go one step easier."
)
LIMP = "You limp. Running and exercising stop until you walk evenly again."
LIMP_LONG = (
    "You have been limping for more than {hours:g} hours. Training stops; please see a doctor or physiotherapist."
)
STUCK = (
    "Pain at the {place} has not become less in {weeks:g} weeks, although training was eased. Training stops; please "
    "see a doctor or physiotherapist before it goes on."
)
GROIN = (
    "Pain in the groin while running should be looked at before you run again. Training stops; please see a doctor or "
    "physiotherapist."
)


def pain_reasons(
    facts: Facts, *, block_areas: Collection[str] = (), offered: Collection[str] = (),
) -> Iterator[Reason]:
    """Judge every pain of today, what is known of yesterday's, and how pains develop.

    Args:
        facts: What the diary says.
        block_areas: Areas of the tissue block that the runner follows: its own pain may reach 5 (R69).
        offered: Areas for which a tissue block is offered today.
    """
    yield from _limp(facts)
    yield from _bones(facts)
    yield from _carried(facts)
    yield from _carried_sets(facts)
    yield from _today(facts, block_areas, offered)
    yield from _mornings_after(facts, block_areas)
    for area in sorted({word.pain.area for word in facts.pains}):
        yield from _over_weeks(facts, area)


def verdict_on(pain: Pain, block_areas: Collection[str] = ()) -> PainVerdict:
    """Judge one pain by itself."""
    return pain_verdict(pain.score, tissue_of(pain), tissue_block=pain.area in block_areas)


def tissue_of(pain: Pain) -> Tissue | None:
    """Give the tissue as far as it was said."""
    return Tissue(pain.tissue) if pain.tissue else None


def place_of(pain: Pain) -> str:
    """Name the place with its side."""
    place = PLACES[pain.area]
    if pain.side == "both":
        return f"{place} on both sides"
    return f"{pain.side} {place}".strip()


def _limp(facts: Facts) -> Iterator[Reason]:
    days = [date for date, morning in facts.mornings.items() if morning.limp]
    if not days or facts.today - days[-1] > DAY or (facts.today in facts.mornings and days[-1] < facts.today):
        return
    first = days[-1]
    for date in reversed(days):
        first = date if first - date <= 2 * DAY else first
    if (facts.today - first).days * 24 >= LIMP_REFER.value:
        yield stop("R86", LIMP_LONG.format(hours=LIMP_REFER.value), refer=True)
    else:
        yield stop("R69", LIMP)


def _bones(facts: Facts) -> Iterator[Reason]:
    """Stop for each bone that hurts by the last word on its place."""
    since = facts.today - BONE_MEMORY.value * DAY
    last: dict[tuple[str, str], PainWord] = {}
    for word in facts.pains:
        key = (word.pain.area, word.pain.side)
        if word.pain.tissue == "bone" and word.pain.score > 0 and word.date >= since:
            last[key] = word
        elif word.pain.score == 0:
            last = {k: w for k, w in last.items() if not same_place(w.pain, word.pain) or w.date == word.date}
    for word in last.values():
        yield stop("R86", BONE.format(place=place_of(word.pain)), refer=True)


def _carried(facts: Facts) -> Iterator[Reason]:
    """Keep a stop of the last days while nothing is said of that place: rest next day, then nothing hard."""
    told = facts.pains_on(facts.today)
    for date in _days_before(facts):
        for word in facts.pains_on(date):
            again = any(same_place(word.pain, other.pain) for other in told)
            told = [*told, word]
            if word.pain.score > STOPS.value and not again:
                where, score = place_of(word.pain), word.pain.score
                yield _not_said(STILL_HIGH.format(place=where, score=score),
                                HIGH_BEFORE.format(place=where, score=score, day=f"{date:%A}"),
                                next_day=date == facts.today - DAY)


def _carried_sets(facts: Facts) -> Iterator[Reason]:
    """Keep the stop of a set the same way, the last one of each exercise; its place is not known.

    So any later word on a pain answers for it, and so does a later set of the exercise with a pain that was told.
    """
    said = max((word.date for word in facts.pains), default=None)
    last: dict[str, SetPain] = {}
    for one in facts.set_pains:
        before = last.get(one.exercise)
        if before is None or before.date < one.date or before.score < one.score:
            last[one.exercise] = one
    dates = _days_before(facts)
    for one in last.values():
        if one.score > STOPS.value and one.date in dates and (said is None or said <= one.date):
            name = name_of(one.exercise)
            yield _not_said(SET_STILL_HIGH.format(exercise=name, score=one.score),
                            SET_HIGH_BEFORE.format(exercise=name, score=one.score, day=f"{one.date:%A}"),
                            next_day=one.date == facts.today - DAY)


def name_of(exercise: str) -> str:
    """Name an exercise as the catalogue does; what another program called it stays as it is."""
    known = load_catalogue().exercises.get(exercise)
    return exercise if known is None else known.name


def _days_before(facts: Facts) -> list[dt.date]:
    return [facts.today - n * DAY for n in range(1, round(HIGH_MEMORY.value) + 1)]


def _not_said(rest: str, easier: str, *, next_day: bool) -> Reason:
    if next_day:
        return stop("R69", rest)
    return Reason(rule="R69", text=easier, light=Light.AMBER, kinds=NOTHING_HARD, run=RunToday.EASY)


def _today(facts: Facts, block_areas: Collection[str], offered: Collection[str]) -> Iterator[Reason]:
    """Judge the worst word of today on each area."""
    words = sorted(facts.pains_on(facts.today), key=lambda w: w.pain.area)
    for _, group in groupby(words, key=lambda w: w.pain.area):
        same = list(group)
        if any(w.pain.area == "groin" and w.when == "during" and w.pain.score > SAFE.value for w in same):
            yield stop("R86", GROIN, refer=True)
        yield from _judged(facts, max(same, key=lambda w: w.pain.score).pain, block_areas, offered)
    worst = max((one for one in facts.set_pains if one.date == facts.today),
                key=lambda one: (one.score, one.exercise), default=None)
    if worst is not None and worst.score > STOPS.value:
        name = name_of(worst.exercise)
        yield stop("R69", SET_TOO_HIGH.format(exercise=name, score=worst.score, stop=STOPS.value))


def _judged(
    facts: Facts, pain: Pain, block_areas: Collection[str], offered: Collection[str]
) -> Iterator[Reason]:
    verdict = verdict_on(pain, block_areas)
    if pain.score > STOPS.value:
        yield stop("R69", TOO_HIGH.format(place=place_of(pain), score=pain.score, stop=STOPS.value))
    elif verdict in {PainVerdict.IF_SETTLED, PainVerdict.EASIER} and not _stuck(facts, pain.area):
        easier, followed = verdict is PainVerdict.EASIER, pain.area in block_areas
        text = (AMBER_EASIER if easier else AMBER).format(place=place_of(pain), score=pain.score)
        row = _in_a_row(facts, pain)
        unsettled = len(row) >= IN_A_ROW.value
        long = bool(row) and (facts.today - row[-1]).days >= 7 * NOT_BETTER.value
        if unsettled:
            text = UNSETTLED.format(
                place=place_of(pain), score=pain.score, mornings=len(row),
                next=_next(offered=pain.area in offered, long=long),
                exercises=STAY_IN_BLOCK if followed else STAY_EASIER)
        yield Reason(
            rule="R69", text=text, light=Light.AMBER, kinds=NOTHING_HARD, run=RunToday.EASY, refer=long,
            areas=(pain.area,) if easier or (unsettled and not followed) else ())


def _in_a_row(facts: Facts, pain: Pain) -> list[dt.date]:
    """List the mornings up to today with a pain above the safe score at that place, the last first.

    One morning without a word on it does not end the row; one with less does.
    """
    worst: dict[dt.date, float] = {}
    for word in facts.pains:
        if same_place(word.pain, pain):
            worst[word.date] = max(word.pain.score, worst.get(word.date, 0.0))
    above = takewhile(lambda date: worst[date] > SAFE.value, sorted(worst, reverse=True))
    row: list[dt.date] = []
    for date in above:
        if row and row[-1] - date > 2 * DAY:
            break
        row.append(date)
    return row


def _next(*, offered: bool, long: bool) -> str:
    """Say what follows from pain that does not settle: the block for it, and after weeks a clinician."""
    if long:
        return NEXT_CLINICIAN.format(weeks=NOT_BETTER.value)
    return NEXT_BLOCK if offered else NEXT_NONE


def _mornings_after(facts: Facts, block_areas: Collection[str]) -> Iterator[Reason]:
    """Compare this morning with yesterday, place by place; where it is said to be unsettled, that is enough."""
    yesterday = facts.pains_on(facts.today - DAY)
    for word in facts.pains_on(facts.today):
        if word.when not in {MORNING, "next-morning"}:
            continue
        score, area = word.pain.score, word.pain.area
        if _stuck(facts, area) or (
                area not in block_areas and score > SAFE.value and len(_in_a_row(facts, word.pain)) >= IN_A_ROW.value):
            continue
        same = [w for w in yesterday if same_place(w.pain, word.pain)]
        before = max((w.pain.score for w in same), default=score)
        trained = any(w.when in {"during", "after"} for w in same)
        if score > before and next_morning(before, score) is not PainVerdict.OK:
            yield Reason(rule="R69", areas=(area,),
                         text=ROSE.format(place=place_of(word.pain), score=score, before=before))
        elif trained and before > SAFE.value and score > SAFE.value:
            yield Reason(rule="R69", areas=(area,),
                         text=NOT_SETTLED.format(place=place_of(word.pain), score=score, before=before))


def _over_weeks(facts: Facts, area: str) -> Iterator[Reason]:
    """Watch an area's pain from week to week: no rise, and not three weeks without getting less."""
    this, before = _week(facts, area, 0), _week(facts, area, 1)
    if _stuck(facts, area):
        yield stop("R86", STUCK.format(place=PLACES[area], weeks=NOT_BETTER.value), refer=True)
    elif min(len(this), len(before)) >= RISE_LEAST.value and fmean(this) - fmean(before) >= RISE.value:
        yield Reason(rule="R69", areas=(area,), text=WEEK_ROSE.format(
            place=PLACES[area], score=fmean(this), before=fmean(before)))


def _stuck(facts: Facts, area: str) -> bool:
    """Tell whether an area has hurt for weeks, on several days of each, without getting less (R86)."""
    weeks = [_week(facts, area, back) for back in range(round(NOT_BETTER.value))]
    unsafe = all(len(week) >= RISE_LEAST.value and min(week) > SAFE.value for week in weeks)
    return unsafe and fmean(weeks[0]) >= fmean(weeks[-1])


def _week(facts: Facts, area: str, back: int) -> list[float]:
    """Give the worst pain of each day with a word on the area, in the week so many weeks before today."""
    end = facts.today - 7 * back * DAY
    worst: dict[object, float] = {}
    for word in facts.pains:
        if word.pain.area == area and end - 7 * DAY < word.date <= end:
            worst[word.date] = max(worst.get(word.date, 0.0), word.pain.score)
    return list(worst.values())
