"""Readiness: what the diary asks of a day, with its reasons, and what it offers (R45, R61-R72, R86; M20-M22).

Each file of ``readying`` judges one thing by itself. Here the reasons join: the strictest light, the smallest share of
sets, the kinds of session that every reason leaves. Nothing is obligatory: what was not said never worsens a day.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from midstance.domain.evidence import Param
from midstance.metrics import readiness_factor as metric
from midstance.metrics.readiness_factor import readiness_factor
from midstance.planning.readying import hrv, illness, life, light, pain, returning, sleep, wellness
from midstance.planning.readying.facts import DAY, Facts, gather
from midstance.planning.readying.light import ALL_KINDS, Comeback, Light, Reason, RunToday
from midstance.planning.tissue_blocks import TissueBlock, block_for, load_tissue_blocks

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from midstance.domain.entry import Entry
    from midstance.domain.session import Kind

__all__ = ["PARAMS", "Comeback", "Light", "Offer", "Readiness", "Reason", "RunToday", "readiness"]

FLOOR = Param(
    id="factor-floor", value=metric.FLOOR, unit="share", between=(0.3, 0.8),
    says="Smallest share of the sets, whatever comes together (R65).",
)
LASTING_DAYS = Param(
    id="pain-lasting", value=3, unit="days", between=(2, 7),
    says="Days with pain above the safe score, within the window, that make it lasting.",
)
LASTING_WINDOW = Param(
    id="pain-lasting-window", value=14, unit="days", between=(7, 28),
    says="Window in which lasting pain is looked for; the last of its days must lie in its last quarter.",
)
PARAMS: tuple[Param, ...] = (
    FLOOR, *sleep.PARAMS, *life.PARAMS, *wellness.PARAMS, *hrv.PARAMS, *pain.PARAMS, *illness.PARAMS, *returning.PARAMS,
    *light.PARAMS, LASTING_DAYS, LASTING_WINDOW,
)
"""Every number of readiness, for the docs; values of ``metrics`` are shown, not set, here."""
ALL_WELL = "Nothing speaks against today's plan."
OFFERED = (
    "The {place} has hurt on several days now. You can take up one block for it, which replaces other sets: {name}. "
    "{certainty}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something that the runner may take up, never must: a tissue block for an area that keeps hurting."""

    block: str
    area: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What a day allows.

    Attributes:
        date: The day.
        light: Green, amber or red.
        factor: Share of the strength sets, 0.5 to 1: sets fall first, weights stay.
        minutes: Time for training today [min], as the runner said or a reason limits it; None when nobody did.
        why: Reasons, the one that asks for most first; empty when nothing speaks against the plan.
        offers: At most one tissue block.
    """

    date: dt.date
    light: Light
    factor: float
    minutes: int | None
    why: tuple[Reason, ...]
    offers: tuple[Offer, ...] = ()

    @property
    def stop(self) -> bool:
        """Whether there is no training today."""
        return self.light is Light.RED

    @property
    def refer(self) -> bool:
        """Whether a reason asks to see a clinician."""
        return any(reason.refer for reason in self.why)

    @property
    def kinds(self) -> frozenset[Kind]:
        """Kinds of session that stay possible today."""
        return reduce(frozenset.intersection, (reason.kinds for reason in self.why), ALL_KINDS)

    @property
    def run(self) -> RunToday:
        """What becomes of today's run."""
        return max((reason.run for reason in self.why), default=RunToday.AS_PLANNED)

    @property
    def quality_easy(self) -> bool:
        """Whether a quality run of today becomes easy, or less."""
        return self.run >= RunToday.EASY

    @property
    def quality_later(self) -> bool:
        """Whether a quality run of today is better a day later."""
        return any(reason.later for reason in self.why)

    @property
    def sets_less(self) -> int:
        """Sets that each block of today's session loses, where no quality run becomes easy instead."""
        return max((reason.sets_less for reason in self.why), default=0)

    @property
    def easier_areas(self) -> tuple[str, ...]:
        """Areas whose exercises go to the easier version or to a hold."""
        return tuple(sorted({area for reason in self.why for area in reason.areas}))

    @property
    def longest_stays(self) -> bool:
        """Whether no run should be longer than the longest so far."""
        return any(reason.longest_stays for reason in self.why)

    @property
    def comeback(self) -> Comeback | None:
        """How to start again after time off, or None."""
        return next((reason.comeback for reason in self.why if reason.comeback), None)

    @property
    def max_factor(self) -> dict[str, float]:
        """Share of the sets that each rule alone would leave."""
        found: dict[str, float] = {}
        for reason in self.why:
            found[reason.rule] = min(reason.factor, found.get(reason.rule, 1.0))
        return found

    @property
    def says(self) -> tuple[str, ...]:
        """The reasons in words; one sentence when there is none."""
        return tuple(reason.text for reason in self.why) or (ALL_WELL,)


def readiness(
    entries: Sequence[Entry], *, today: dt.date, block: str = "", equipment: Collection[str] | None = None,
) -> Readiness:
    """Judge a day by the diary.

    Args:
        entries: Entries in force (``domain.entry.standing``), in any order; those after today do not count.
        today: The day.
        block: Id of the tissue block that the runner follows, or empty.
        equipment: Pieces in the house, for the choice of a tissue block; None when not known.
    Returns: Light, share of the sets and what stays possible, with the reasons.
    Raises: KeyError: ``block`` is no id of a tissue block.
    """
    facts = gather(entries, today=today)
    areas = load_tissue_blocks()[block].areas if block else ()
    offers = () if block else _offers(facts, equipment)
    alone = [
        *illness.illness_reasons(facts),
        *pain.pain_reasons(facts, block_areas=areas, offered=[offer.area for offer in offers]),
        *sleep.sleep_reasons(facts), *wellness.soreness_reasons(facts), *wellness.wellness_reasons(facts),
        *hrv.hrv_reasons(facts), *life.life_reasons(facts),
    ]
    alone = [*alone, *light.further(alone)]      # a break is none of the ambers that R70 counts
    may_run = all(reason.run < RunToday.NONE for reason in alone)
    why = tuple(sorted((*alone, *returning.break_reasons(facts, run=may_run)), key=light.by_weight))
    worst = max((reason.light for reason in why), default=Light.GREEN)
    return Readiness(
        date=today, light=worst, factor=readiness_factor([reason.factor for reason in why]), why=why,
        offers=() if worst is Light.RED else offers, minutes=_minutes(facts, why))


def lasting_areas(facts: Facts) -> list[str]:
    """Find areas that keep hurting, the worst first; pain of a bone is not among them: there is no block for it."""
    window = round(LASTING_WINDOW.value)
    days: dict[str, dict[dt.date, float]] = {}
    bones = {word.pain.area for word in facts.pains if word.pain.tissue == "bone"}
    for word in facts.pains:
        if word.date > facts.today - window * DAY and word.pain.score > pain.SAFE.value:
            scores = days.setdefault(word.pain.area, {})
            scores[word.date] = max(word.pain.score, scores.get(word.date, 0.0))
    fresh = facts.today - window // 4 * DAY
    lasting = [(sum(s.values()) / len(s), area) for area, s in days.items()
               if len(s) >= LASTING_DAYS.value and max(s) > fresh and area not in bones]
    return [area for _, area in sorted(lasting, key=lambda found: (-found[0], found[1]))]


def _offers(facts: Facts, equipment: Collection[str] | None) -> tuple[Offer, ...]:
    """Offer one block at most, for the area that hurts most of those that have one."""
    for area in lasting_areas(facts):
        found = block_for(area, equipment=equipment)
        if found is not None:
            return (_offer(found, area),)
    return ()


def _offer(block: TissueBlock, area: str) -> Offer:
    text = OFFERED.format(place=pain.PLACES[area], name=block.name, certainty=block.certainty_says)
    return Offer(block=block.id, area=area, text=text)


def _minutes(facts: Facts, why: tuple[Reason, ...]) -> int | None:
    said = facts.morning.minutes
    limits = [reason.minutes for reason in why if reason.minutes is not None]
    return min([*limits, *([] if said is None else [int(said)])], default=None)
