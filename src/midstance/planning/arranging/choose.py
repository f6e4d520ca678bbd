"""Choosing one exercise for one place of a session."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from midstance.domain.exercise import Hold, Role
from midstance.domain.session import Kind
from midstance.domain.slot import Slot
from midstance.planning.arranging.book import KEEPING, Book, Choices
from midstance.planning.arranging.doses import Dosed, Mode, spared
from midstance.planning.arranging.needs import Ledger
from midstance.planning.arranging.pool import Hurt, Option

if TYPE_CHECKING:
    import datetime as dt
import math

DISLIKED, USED_THIS_WEEK, LEADS_ELSEWHERE, SAME_PATTERN = -100.0, -3.0, -2.0, -1.5
LAST_WEEK, TWO_WEEKS_AGO = -1.0, -0.4
NEW_PATTERN, NEW_FOUNDING, LATE_FOUNDING = 0.6, 1.0, 0.4
NO_MAIN, NO_WEIGHT, NO_RANGE, LED_BEFORE = -1.5, -12.0, -1.0, -2.0
TWO_LEGS, BARBELL, MAIN_SHARE, FOR_HEAVY = 1.2, 0.6, 0.4, -3.0


@dataclass(slots=True)
class Task:
    """One session while it is being filled.

    Attributes:
        slot: What was placed.
        book: The plan's book.
        ledger: The week's ledger.
        week: Number of the week in the plan.
        mode: How to dose.
        hurt: Injuries that count on this date.
        choices: What its main blocks may hold, dosed.
        bring_new: Whether leg exercises new to the plan may appear.
        number: Number of the session among those of its kind in the week.
        worth: What a further set of each region is worth now.
        sets: Sets that each choice will probably get.
        got: Sets by region with those of this session.
        chosen: Ids in this session.
        patterns: Patterns in this session.
        reserved: Main lifts of this era.
        spare: Working seconds that are left under the bound of hard minutes.
    """

    slot: Slot
    book: Book
    ledger: Ledger
    week: int
    mode: Mode
    hurt: Hurt
    choices: Choices
    bring_new: bool
    number: int
    worth: dict[str, float]
    sets: int
    got: dict[str, int]
    chosen: set[str] = field(default_factory=set)
    patterns: set[str] = field(default_factory=set)
    reserved: set[str] = field(default_factory=set)
    spare: float = math.inf

    @property
    def saving(self) -> bool:
        """Whether the heaviest lifts are kept for a heavy session of the same week."""
        return self.slot.kind is Kind.STRENGTH and self.ledger.heavy

    @property
    def date(self) -> dt.date:
        """Date of the session."""
        return self.slot.start.date()

    @property
    def era(self) -> int:
        """Span of weeks in which main lifts stay the same."""
        return self.book.eras[self.slot.week]

    def take(self, dosed: Dosed) -> None:
        """Note a choice, so that the next one sees it."""
        self.chosen.add(dosed.option.id)
        self.patterns.add(dosed.option.pattern)
        self.spare -= dosed.working * self.sets
        for region in dosed.option.serves:
            self.got[region] += self.sets
            self.worth[region] = self.ledger.worth_of(region, self.got[region])


def pick(task: Task, families: tuple[str, ...], block: list[Dosed], *, main: bool = False) -> Dosed | None:
    """Choose the best exercise of some families for a place, or None where nothing fits.

    Something new is taken after all where nothing else is left, or where a heavy session would stay without a weight.

    Args:
        task: The session.
        families: Families that the place allows.
        block: What stands in the block already; the choice shares neither muscles nor grip with it.
        main: Whether it is to lead the block.
    """
    pool = task.choices.of(families)
    best = _best(task, pool, block, main=main, new=task.bring_new)
    unloaded = main and task.mode.heavy and (best is None or best.item.weight_kg is None)
    if not task.bring_new and (best is None or unloaded):
        best = _best(task, pool, block, main=main, new=True)
    if best is None:
        return None
    if task.mode.fresh and best.option.legs and best.option.id not in task.book.seen:
        best = spared(best, task.mode)
    task.take(best)
    return best


def lead(task: Task, families: tuple[str, ...], place: str, block: list[Dosed]) -> Dosed | None:
    """Choose the main lift of a place: the same one through an era, wherever it is still allowed."""
    key = (task.era, task.slot.kind.value, task.number, place)
    kept = task.book.leads.get(key)
    dosed = task.choices.by_id.get(kept.id) if kept is not None else None
    if dosed is not None and dosed.option.id not in task.chosen and not _fights(dosed.option, block):
        task.take(dosed)
        return dosed
    chosen = pick(task, families, block, main=True)
    if chosen is not None and kept is None:
        task.book.leads[key] = chosen.option
        task.book.led.setdefault(chosen.option.id, set()).add(task.era)
    return chosen


def _fights(option: Option, block: list[Dosed]) -> bool:
    """Tell whether a partner needs the same muscles or grip."""
    for other in block:
        partner = other.option
        if (option.fights and option.fights == partner.fights) or not option.clashes.isdisjoint(partner.clashes):
            return True
    return False


def _best(task: Task, pool: tuple[Dosed, ...], block: list[Dosed], *, main: bool, new: bool) -> Dosed | None:
    best, most = None, DISLIKED / 2 if not main else -1e9
    seen, spare = task.book.seen, math.inf if main else task.spare
    for candidate in pool:
        dosed, option = candidate, candidate.option
        if option.id in task.chosen:
            continue
        if dosed.working * task.sets > spare:
            if dosed.eased is None:
                continue
            dosed = dosed.eased
        unseen = option.id not in seen
        if unseen and option.legs and (not new or (task.mode.fresh and option.eccentric)):
            continue
        if block and _fights(option, block):
            continue
        score = _score(task, dosed, unseen=unseen, share=MAIN_SHARE if main else 1.0)
        if main:
            score += _as_main(task, option, dosed, first=not task.chosen)
        if score > most:
            best, most = dosed, score
    return best


def _score(task: Task, dosed: Dosed, *, unseen: bool, share: float) -> float:
    """Add up what speaks for an exercise now; a main lift is chosen less by what the week still lacks."""
    option = dosed.option
    score = 0.0
    for region in option.serves:
        score += task.worth[region]
    score = score * share + option.bonus + dosed.bonus
    if option.id in task.ledger.used:
        score += USED_THIS_WEEK
    elif not unseen:
        ago = task.week - task.book.last.get(option.id, -9)
        score += LAST_WEEK if ago == 1 else TWO_WEEKS_AGO if ago == 2 else 0.0
    if option.id in task.reserved:
        score += LEADS_ELSEWHERE
    if task.saving and option.exercise.load.required and option.exercise.dose.heavy:
        score += FOR_HEAVY
    if option.pattern in task.patterns:
        score += SAME_PATTERN
    if unseen:
        score += NEW_PATTERN * (option.pattern not in task.book.patterns) + overdue(task, option)
    return score + (DISLIKED if option.disliked else 0.0)


def overdue(task: Task, option: Option) -> float:
    """Tell how much a founding exercise is missed that the plan has not had yet; more with every week (M13).

    A main lift is not missed where another lift of its pattern stands in the plan.
    """
    exercise = option.exercise
    if not exercise.founding or option.id in task.book.seen:
        return 0.0
    if exercise.role is Role.MAIN and option.pattern in task.book.patterns:
        return 0.0
    return NEW_FOUNDING + LATE_FOUNDING * task.week


def _as_main(task: Task, option: Option, dosed: Dosed, *, first: bool) -> float:
    """Add up what speaks for or against an exercise as the lift that leads; the heaviest, on two legs, come first."""
    score = 0.0 if option.exercise.role is Role.MAIN else NO_MAIN
    if task.mode.heavy:
        score += NO_WEIGHT * (dosed.item.weight_kg is None) + NO_RANGE * (not option.exercise.dose.heavy)
        score += TWO_LEGS * (first and not option.exercise.per_side)
        score += BARBELL * (option.exercise.load.hold is Hold.BARBELL)
    if task.slot.phase not in KEEPING:
        score += LED_BEFORE * sum(0 < task.era - era <= 2 for era in task.book.led.get(option.id, ()))
    return score
