"""A sitting of a tissue block: when it is due, and how it takes the place of sets in a session (R78-R85, M25)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midstance.domain.session import KIND_RPE, STRENGTH_TYPE, Block, Item, Session, content_minutes
from midstance.planning.arranging.working import hard_minutes
from midstance.planning.tissue_blocks import TissueBlock

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from midstance.domain.exercise import Exercise
    from midstance.planning.tissue_blocks import BlockItem, Stage

REST_S = 60            # midstance default between sets of a sitting
HEAVY_REST_S = 120     # and where the weight just allows so many repetitions; midstance default
LABEL = "T"
MOST_REGION = 0.5      # share of a set from which an exercise counts for a region (evidence R20)
APART = 2
"""Least days from one sitting to the next, where it is not daily (R78-R85: every second day); midstance default."""
RACE_FREE = 2
"""Days before a race, and the day after it, without a sitting; midstance default."""
ABOUT_CONTENT = "Key lifts"
WHY = "{name}, week {week} of {weeks}: it takes the place of other sets. {stops}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A sitting that is due today.

    Attributes:
        block: The tissue block.
        week: Its week, from 1.
        blocks: What is done, as blocks of a session.
        lines: The dose of each exercise in words.
    """

    block: TissueBlock
    week: int
    blocks: tuple[Block, ...]
    lines: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """How long it takes [min]."""
        return content_minutes(self.blocks)

    @property
    def says(self) -> str:
        """What it is and when to stop, in whole sentences."""
        return WHY.format(name=self.block.name, week=self.week, weeks=self.block.weeks,
                          stops=" ".join(self.block.stops))


def sitting_on(
    block: TissueBlock,
    taken: dt.date,
    today: dt.date,
    catalogue: Mapping[str, Exercise],
    *,
    strength: Collection[dt.date] = (),
    closed: Collection[dt.date] = (),
) -> Sitting | None:
    """Give the sitting of a block that is due on a day, or None.

    Args:
        block: The block.
        taken: Date on which it was taken up: its first day.
        today: The day.
        catalogue: Exercises by id.
        strength: Dates with a strength session, in which it takes the place of sets: they come first.
        closed: Dates on which nothing fits: busy, without a window, next to a race.
    """
    days = (today - taken).days
    week = days // 7 + 1
    if days < 0 or week > block.weeks:
        return None
    stage = block.stage_of(week)
    begins = taken + dt.timedelta(days=7 * (week - 1))
    if today not in due_dates(begins, stage.days_a_week, strength, closed):
        return None
    lines = tuple(f"{catalogue[item.exercise].name} {item}" for item in stage.items)
    return Sitting(block=block, week=week, blocks=blocks_of(stage, catalogue), lines=lines)


def due_dates(
    begins: dt.date, a_week: tuple[int, int], strength: Collection[dt.date], closed: Collection[dt.date]
) -> tuple[dt.date, ...]:
    """Choose the dates of a block's week: those of strength sessions first, then others until there are enough.

    >>> due_dates(dt.date(2027, 1, 11), (3, 3), (dt.date(2027, 1, 14),), (dt.date(2027, 1, 11),))[0]
    datetime.date(2027, 1, 12)
    """
    week = [begins + dt.timedelta(days=k) for k in range(7)]
    least, most = a_week
    chosen: list[dt.date] = []
    for wanted, number in (([d for d in week if d in strength], most), (week, least)):
        for date in wanted:
            apart = min((abs((date - other).days) for other in chosen), default=APART)
            if len(chosen) < number and date not in closed and (apart >= APART or (least > 4 and apart)):
                chosen.append(date)
    return tuple(sorted(chosen))


def blocks_of(stage: Stage, catalogue: Mapping[str, Exercise]) -> tuple[Block, ...]:
    """Write a stage's dose as blocks of a session: one exercise after the other, straight sets."""
    several = len(stage.items) > 1
    return tuple(
        Block(label=f"{LABEL}{number if several else ''}", rounds=item.sets,
              rest_s=HEAVY_REST_S if item.rm else REST_S,
              items=(item_of(item, f"{LABEL}{number if several else ''}", catalogue),))
        for number, item in enumerate(stage.items, start=1))


def item_of(item: BlockItem, label: str, catalogue: Mapping[str, Exercise]) -> Item:
    """Write one line of a dose table as an item of a session."""
    exercise = catalogue[item.exercise]
    return Item(label=label, exercise=item.exercise, unit=item.unit, low=item.low, high=item.high,
                per_side=exercise.per_side, rir=0 if item.rm else None, tempo=item.tempo)


def with_sitting(session: Session, sitting: Sitting, catalogue: Mapping[str, Exercise]) -> Session:
    """Put a sitting into a strength session in place of its sets; another kind of session stays as it is.

    Sets for the same regions go first, then the last blocks, until the session is no longer than it was.
    """
    if session.kind not in STRENGTH_TYPE:
        return session
    own = [b for b in session.blocks if not b.label.startswith("warm")]
    warm = tuple(b for b in session.blocks if b.label.startswith("warm"))
    regions = {r for b in sitting.blocks for i in b.items for r in main_regions(i, catalogue)}
    rest = [b for b in own if not any(regions & main_regions(i, catalogue) for i in b.items)]
    while rest and content_minutes((*warm, *sitting.blocks, *rest)) > session.minutes:
        rest.pop()
    blocks = fitting((*warm, *sitting.blocks, *rest), session.minutes)
    return replace(
        session, blocks=blocks, minutes=min(session.minutes, content_minutes(blocks)),
        hard_minutes=min(session.hard_minutes, hard_minutes(session.kind, blocks)),
        load_au=round(content_minutes(blocks) * KIND_RPE[session.kind]),
        why=(*(why for why in session.why if not why.startswith(ABOUT_CONTENT)), sitting.says))


def alone(sitting: Sitting, minutes: int) -> Sitting:
    """Give a sitting by itself within the time there is, with fewer sets where needed."""
    return replace(sitting, blocks=fitting(sitting.blocks, minutes))


def holds_sitting(session: Session | None) -> bool:
    """Tell whether a session holds a sitting."""
    return session is not None and any(block.label.startswith(LABEL) for block in session.blocks)


def main_regions(item: Item, catalogue: Mapping[str, Exercise]) -> set[str]:
    """Give the regions that an item counts for."""
    exercise = catalogue.get(item.exercise)
    return {r for r, share in (exercise.regions if exercise else {}).items() if share >= MOST_REGION}


def fitting(blocks: tuple[Block, ...], minutes: int) -> tuple[Block, ...]:
    """Take sets out, one at a time from the block with most, until the time is kept or one set of each is left."""
    now = list(blocks)
    while content_minutes(tuple(now)) > minutes and max(b.rounds for b in now) > 1:
        most = max(range(len(now)), key=lambda k: now[k].rounds)
        now[most] = replace(now[most], rounds=now[most].rounds - 1)
    return tuple(now)


def dose_table(block: TissueBlock, catalogue: Mapping[str, Exercise]) -> tuple[str, ...]:
    """Write a block's dose table, one line a stage.

    >>> from midstance.planning.tissue_blocks import load_tissue_blocks
    >>> from midstance.catalogue.load import load_catalogue
    >>> dose_table(load_tissue_blocks()["plantar-fascia"], load_catalogue().exercises)[0]
    'Weeks 1-2, 3-4 days a week: single-leg calf raise 3x12RM'
    """
    out = []
    for stage in block.stages:
        weeks = f"Weeks {stage.first}-{stage.last}" if stage.first < stage.last else f"Week {stage.first}"
        low, high = stage.days_a_week
        days = f"{low}-{high} days a week" if low < high else "every day" if low == 7 else f"{low} days a week"
        twice = f", {block.times_a_day} times a day" if block.times_a_day > 1 else ""
        items = ", ".join(f"{catalogue[i.exercise].name.lower()} {i}" for i in stage.items)
        out.append(f"{weeks}, {days}{twice}: {items}")
    return tuple(out)
