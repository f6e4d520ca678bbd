"""Tissue blocks: dose tables for one sore tissue, with certainty and stop rules (R78-R85, M25).

Education, no treatment. At most one at a time; it replaces sets and adds none. A bone has no block on purpose: pain
of a bone is for a clinician. The tables stand in ``catalogue/tissue_blocks.toml``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from midstance.catalogue.load import load_catalogue
from midstance.catalogue.record import CatalogueError, Fault, Table
from midstance.domain.evidence import Certainty
from midstance.domain.runner import AREAS, EQUIPMENT

if TYPE_CHECKING:
    from collections.abc import Collection

FILE = "tissue_blocks.toml"
UNITS = ("reps", "seconds", "contacts")
MOST_WEEKS, MOST_SETS, MOST_AMOUNT = 26, 8, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockItem:
    """One exercise of a stage.

    Attributes:
        exercise: Id of the catalogue.
        sets: Sets.
        low: Least amount [unit]; ``high`` the most.
        unit: ``reps``, ``seconds`` or ``contacts``.
        rm: Whether the weight is the one that just allows so many repetitions.
        tempo: Lowering-pause-lifting-pause [s], or empty for the exercise's own.
    """

    exercise: str
    sets: int
    low: int
    high: int
    unit: str
    rm: bool = False
    tempo: str = ""

    def __str__(self) -> str:
        """Write as ``4x8RM`` or ``3x10-12``."""
        amount = f"{self.low}" if self.low == self.high else f"{self.low}-{self.high}"
        return f"{self.sets}x{amount}{'RM' if self.rm else {'reps': '', 'seconds': ' s'}.get(self.unit, ' hops')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What is done from one week to another, both included; ``days_a_week`` least and most."""

    first: int
    last: int
    days_a_week: tuple[int, int]
    items: tuple[BlockItem, ...]

    @property
    def sets(self) -> int:
        """Sets of one sitting."""
        return sum(item.sets for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class TissueBlock:
    """A block for one tissue.

    Attributes:
        id: Kebab-case id.
        rule: Rule of the evidence.
        name: As shown.
        areas: Areas of pain for which it is offered.
        needs: Pieces of which one is needed; empty for none.
        weeks: Length [weeks].
        every_days: Days from one to the next, or 0 when only the number a week counts.
        times_a_day: Times a day.
        pain_most: Pain that is acceptable during it, 0 to 10.
        certainty: How well it is backed.
        certainty_says: The same in words, with what was found.
        first: What comes before or with the exercises, a sentence each.
        stops: When to stop, a sentence each.
        ours: What midstance filled in, a sentence each: midstance defaults.
        sources: Keys of sources.
        stages: Doses, in order, without gaps.
    """

    id: str
    rule: str
    name: str
    areas: tuple[str, ...]
    needs: tuple[str, ...]
    weeks: int
    every_days: int
    times_a_day: int
    pain_most: int
    certainty: Certainty
    certainty_says: str
    first: tuple[str, ...]
    stops: tuple[str, ...]
    ours: tuple[str, ...]
    sources: tuple[str, ...]
    stages: tuple[Stage, ...]

    @property
    def exercises(self) -> tuple[str, ...]:
        """Ids of its exercises, each once."""
        return tuple(dict.fromkeys(item.exercise for stage in self.stages for item in stage.items))

    def stage_of(self, week: int) -> Stage:
        """Give the stage of a week, from 1.

        Raises: ValueError: The week lies outside the block.
        """
        for stage in self.stages:
            if stage.first <= week <= stage.last:
                return stage
        msg = f"{self.id} has weeks 1 to {self.weeks}, not {week}"
        raise ValueError(msg)


def blocks_for(area: str, *, equipment: Collection[str] | None = None) -> tuple[TissueBlock, ...]:
    """Give the blocks for an area of pain, the one to offer first in front.

    Args:
        area: One of ``AREAS``.
        equipment: Pieces in the house; None when not known, which rules nothing out.
    Returns: May be empty: most areas have none.
    """
    return tuple(block for block in load_tissue_blocks().values() if area in block.areas and (
        equipment is None or not block.needs or set(block.needs) & set(equipment)))


def block_for(area: str, *, equipment: Collection[str] | None = None) -> TissueBlock | None:
    """Give the block to offer for an area, or None."""
    return next(iter(blocks_for(area, equipment=equipment)), None)


@cache
def load_tissue_blocks() -> dict[str, TissueBlock]:
    """Read the blocks that come with midstance, in the order in which they are offered.

    Raises: CatalogueError: With every fault of the file.
    """
    return parse_tissue_blocks(files("midstance.catalogue").joinpath(FILE).read_text("utf-8"))


def parse_tissue_blocks(text: str) -> dict[str, TissueBlock]:
    """Parse the file of blocks strictly, against the catalogue.

    Raises: CatalogueError: With every fault: unknown keys, exercises and sources, gaps between stages.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError([Fault(FILE, "", f"is no TOML: {error}", "mend the line named")]) from error
    faults: list[Fault] = []
    blocks = {key: _block(key, raw, faults) for key, raw in data.items()}
    for block in blocks.values():
        faults += _weeks_faults(block)
    if faults:
        raise CatalogueError(faults)
    return blocks


def _block(key: str, raw: dict[str, Any], faults: list[Fault]) -> TissueBlock:
    table = _open(raw, f"{key}.", faults, "stage")
    block = TissueBlock(
        id=key, rule=table.text("rule"), name=table.text("name"), areas=table.words("areas", AREAS, needed=True),
        needs=table.words("needs", EQUIPMENT), weeks=table.whole("weeks", (1, MOST_WEEKS)),
        every_days=table.whole("every_days", (0, 7), 0),
        times_a_day=table.whole("times_a_day", (1, 3), 1), pain_most=table.whole("pain_most", (0, 5)),
        certainty=table.choice("certainty", Certainty), certainty_says=table.text("certainty_says"),
        first=table.words("first", needed=True), stops=table.words("stops", needed=True), ours=table.words("ours"),
        sources=table.words("sources", tuple(load_catalogue().sources)),
        stages=tuple(_stage(f"{key}.stage {n}.", stage, faults) for n, stage in enumerate(raw.get("stage", []), 1)),
    )
    table.finish()
    return block


def _stage(prefix: str, raw: dict[str, Any], faults: list[Fault]) -> Stage:
    table = _open(raw, prefix, faults, "items", "weeks", "days_a_week")
    first, last = _pair(table, "weeks", raw, MOST_WEEKS)
    stage = Stage(
        first=first, last=last, days_a_week=_pair(table, "days_a_week", raw, 7),
        items=tuple(_item(f"{prefix}item {n}.", item, faults) for n, item in enumerate(raw.get("items", []), 1)))
    table.finish()
    return stage


def _item(prefix: str, raw: dict[str, Any], faults: list[Fault]) -> BlockItem:
    table = _open(raw, prefix, faults, *UNITS)
    unit = next((unit for unit in UNITS if unit in raw), UNITS[0])
    low, high = _pair(table, unit, raw, MOST_AMOUNT)
    item = BlockItem(
        exercise=table.word("exercise", tuple(load_catalogue().exercises)), sets=table.whole("sets", (1, MOST_SETS)),
        low=low, high=high, unit=unit, rm=table.flag("rm"), tempo=table.text("tempo", ""))
    table.finish()
    return item


def _pair(table: Table, key: str, raw: dict[str, Any], most: int) -> tuple[int, int]:
    """Read a (least, most) pair of whole numbers from 1."""
    value = raw.get(key)
    match value:
        case [int(low), int(high)] if 1 <= low <= high <= most:
            return low, high
    table.fault(key, f"is {value!r}", f"write [least, most] inside 1 to {most}")
    return 1, 1


def _open(raw: dict[str, Any], prefix: str, faults: list[Fault], *apart: str) -> Table:
    """Open a table without the keys that are read apart: pairs, and lists of tables."""
    return Table({name: value for name, value in raw.items() if name not in apart}, FILE, prefix, faults)


def _weeks_faults(block: TissueBlock) -> list[Fault]:
    """Find stages that leave a week out or hold one twice."""
    weeks = [week for stage in block.stages for week in range(stage.first, stage.last + 1)]
    if weeks == list(range(1, block.weeks + 1)):
        return []
    return [Fault(FILE, f"{block.id}.stage", f"holds the weeks {weeks}", f"cover 1 to {block.weeks}, each once")]
