"""What the log says to sessions that are being filled: weights, ranges, versions, sides, and the words for it.

Without a log it says nothing, and nothing changes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from midstance.domain.plan import Phase
from midstance.domain.runner import Level
from midstance.domain.session import Kind
from midstance.planning.arranging.doses import Mode
from midstance.planning.progressing.values import Comeback, Progress, Rung, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from midstance.domain.exercise import Exercise
    from midstance.domain.session import Block, Item
    from midstance.domain.slot import Slot
    from midstance.planning.arranging.doses import Dosed
    from midstance.planning.arranging.pool import Option

PREFERRED = 1.2             # as much as a like
MOST_TOLD = 2               # sentences about changes in one session
LIGHT_PHASES = frozenset({Phase.RACE_WEEK, Phase.RECOVERY})     # strength in them is light (7.3): body weight, RIR 4
ONE_LOWER = {Level.ADVANCED: Level.INTERMEDIATE, Level.INTERMEDIATE: Level.BEGINNER}


class Guide:
    """The log's answers, by exercise, and what the plan has told of them already."""

    def __init__(self, progress: Progress | None) -> None:
        self.progress = progress or Progress()
        self._by_key = {(s.exercise, s.heavy): s for s in self.progress.standings}
        self._told: set[tuple[str, bool]] = set()
        self._replaced = {rung: {s.exercise: s.instead for s in self.progress.standings if s.rung is rung and s.instead}
                          for rung in (Rung.UP, Rung.DOWN)}
        self._for = {s.instead: s for s in self.progress.standings if s.instead}

    def mode(self, slot: Slot, *, keeping: bool, bring_new: bool) -> Mode:
        """Say how a session doses; only a log makes a difference between a load that is kept and one that rises."""
        logged = bool(self._by_key)
        light = slot.learning or slot.phase in LIGHT_PHASES
        return Mode(heavy=slot.kind is Kind.HEAVY, level=slot.level, learning=light, fresh=slot.keep_fresh,
                    keeping=logged and keeping, steady=logged and (keeping or not bring_new))

    def standing(self, exercise: Exercise, mode: Mode) -> Standing | None:
        """Say where an exercise stands in a kind of session; at body weight both ranges are one."""
        founding = self._by_key.get((exercise.id, False))
        heavy = self._by_key.get((exercise.id, True)) if mode.heavy and exercise.dose.heavy else None
        weights = [s.weight_kg for s in (founding, heavy) if s is not None and s.weight_kg is not None]
        found = heavy if heavy is not None and weights else founding
        return None if found is None or (mode.learning and found.weight_kg is not None) else found

    def settled(self, options: Iterable[Option]) -> tuple[Option, ...]:
        """Leave out what is barred."""
        return tuple(o for o in options if o.id not in self.progress.barred)

    def chosen(self, dosed: Sequence[Dosed], mode: Mode) -> Sequence[Dosed]:
        """Leave out what gives way to a version that is there.

        A harder version that was never tried waits where the load is kept, and on the legs where nothing new may come.
        """
        if not self._by_key and not self.progress.preferred:
            return dosed
        there = {d.option.id: d.option for d in dosed}
        harder = {old: new for old, new in (self._passed(there.values()) | self._replaced[Rung.UP]).items()
                  if new in there and (not mode.steady or new in self.progress.known
                                       or not (mode.keeping or there[new].legs))}
        gives_way = harder | self._replaced[Rung.DOWN]
        wanted = self.progress.preferred | {new for old, new in gives_way.items() if old in there}
        return [replace(d, bonus=d.bonus + PREFERRED) if d.option.id in wanted else d
                for d in dosed if gives_way.get(d.option.id) not in there]

    def _passed(self, options: Iterable[Option]) -> dict[str, str]:
        """List what takes no weight and whose harder version is owned: there is no way back to it (M8)."""
        found = {o.id: o.exercise.harder or "" for o in options if not o.exercise.load.start_share}
        return {old: new for old, new in found.items()
                if new in self.progress.owned and new in self.progress.known and new not in self._replaced[Rung.DOWN]}

    def led(self, blocks: Sequence[Block], mode: Mode, catalogue: Mapping[str, Exercise]) -> tuple[Block, ...]:
        """Let the side lead that managed less; a set more stays with the side that tested weaker."""
        return tuple(
            replace(b, items=tuple(self._led(i, mode, catalogue) for i in b.items)) if b.label != "warm-up" else b
            for b in blocks) if self._by_key else tuple(blocks)

    def _led(self, item: Item, mode: Mode, catalogue: Mapping[str, Exercise]) -> Item:
        found = self.standing(catalogue[item.exercise], mode)
        side = found.decided_side if found is not None and item.per_side and not item.extra_rounds else ""
        return replace(item, first_side=side) if side else item

    def sided(self, item: Item) -> bool:
        """Tell whether the log decided which side leads."""
        return any(s.decided_side == item.first_side for key, s in self._by_key.items() if key[0] == item.exercise)

    def reasons(self, slot: Slot, blocks: Sequence[Block], mode: Mode,
                catalogue: Mapping[str, Exercise]) -> tuple[str, ...]:
        """Say what changed in a session, each change once in a plan and two at most in a session."""
        said: list[str] = []
        for item in (i for b in blocks if b.label != "warm-up" for i in b.items):
            found = self.standing(catalogue[item.exercise], mode)
            for new in (found, self._for.get(item.exercise)):
                if len(said) < MOST_TOLD and new is not None and self._shown(new, item, slot):
                    self._told.add((new.exercise, new.heavy))
                    said.append(new.why)
        return tuple(said)

    def _shown(self, standing: Standing, item: Item, slot: Slot) -> bool:
        """Tell whether a session carries a change that was not told yet."""
        if not standing.changed or (standing.exercise, standing.heavy) in self._told:
            return False
        if standing.exercise != item.exercise:
            return standing.rung is not Rung.STAY
        aim = standing.aim
        shown = (item.weight_kg, item.low, item.high) == (aim.weight_kg, aim.low, aim.high)
        return standing.rung is Rung.STAY and shown and slot.kind is not Kind.PRIMER


def coming_back(slot: Slot, back: Comeback | None) -> Slot:
    """Give a session fewer sets, and one level lower where the break was long, in the first weeks after it (R30)."""
    date = slot.start.date()
    if back is not None and date <= back.sets_until:
        slot = replace(slot, set_factor=min(slot.set_factor, back.set_factor))
    if back is not None and back.lower_until is not None and date <= back.lower_until:
        slot = replace(slot, level=ONE_LOWER.get(slot.level, slot.level))
    return slot
