"""What may take an exercise's place in a session: easier, harder, or for the same slot; with dose and weight.

Doses and first weights are the planner's own (``arranging.doses``, ``arranging.weights``). The weight of the exercise
that is replaced counts as a known lift, from which the planner takes a careful share for a related one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midstance.domain.exercise import Exercise, Role
from midstance.domain.runner import Level, Lift, Runner
from midstance.domain.session import Block, Item, Kind, Session
from midstance.domain.units import weight_text
from midstance.planning.arranging.choose import FOR_HEAVY
from midstance.planning.arranging.doses import Mode, dose
from midstance.planning.arranging.drilling import block as drill_block
from midstance.planning.arranging.drilling import counts, drill_of
from midstance.planning.arranging.guide import Guide
from midstance.planning.arranging.pool import RANK, Hurt, Option, hurt_on, options_of
from midstance.planning.arranging.sides import sides_of
from midstance.planning.arranging.weights import FROM_RELATED, ONE_LEG_SHARE, RELATED_SHARE, Rack, rack_of
from midstance.planning.progressing.hurting import chain
from midstance.planning.tissue_sitting import LABEL as SITTING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from midstance.planning.arranging.doses import Dosed
    from midstance.planning.progressing.values import Progress

WARM_UP = "warm-up"
MOST_SAME, MOST_SAME_DRILLS, MOST_SPARING = 2, 1, 2
MOST_LADDER = 3
"""Steps down, or up, that a ladder is followed in the player; midstance default."""
SAME_ROLE, SAME_PATTERN, SAME_LOAD = 1.0, 1.5, 1.0

AS_PLANNED = "As planned."
LOGGED = "{weight}, as your log has it."
YOUR_LIFT = "{weight}, from the lift you told."
RELATED = "{weight}: {share:.0%} of what {old} in the {name} suggests, rounded down to a weight you own."
YOUR_LIFTS = "{weight}, a careful share of the lifts you told."
CAREFUL = "{weight} is a careful first weight. Change it if it feels wrong."
NO_BASIS = "Begin without a weight: nothing that you lifted tells how heavy."
TOO_HEAVY = "Without a weight: the lightest one you own is more than this one begins with."
RELATED_BARE = ("Without a weight: {share:.0%} of what {old} in the {name} suggests is less than the lightest one you "
                "own.")
FEATHER_KG = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Swapped:
    """An exercise that may take the place of another: ``how`` it stands to it, its dose, where its weight is from."""

    how: str
    item: Item
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What there is to swap with on a date.

    Attributes:
        runner: The runner, with what is sore that day.
        catalogue: Exercises by id.
        options: Exercises that the equipment and the log allow, by id.
        guide: What the log says.
        rack: What there is to load with.
        hurt: Areas that are sore.
        mode: How the session doses.
        kind: Its kind.
        planned: The session's items by exercise.
    """

    runner: Runner
    catalogue: Mapping[str, Exercise]
    options: dict[str, Option]
    guide: Guide
    rack: Rack
    hurt: Hurt
    mode: Mode
    kind: Kind
    planned: dict[str, Item]

    def swaps(self, item: Item, block: Block) -> list[Swapped]:
        """List what may take an item's place, the ladder first; nothing for the exercises of a tissue block."""
        if block.label.startswith(SITTING) or item.exercise not in self.catalogue:
            return []
        drill = is_drill(block, self.kind)
        found = [*self._rungs(item, drill=drill), *self._same(item, block, drill=drill)]
        if not drill:
            found += self._sparing(item, block, found)
        return list({one.item.exercise: one for one in reversed(found)}.values())[::-1]

    def onward(self, swapped: Swapped, before: Item, *, drill: bool) -> list[Swapped]:
        """List what a version of the ladder may give way to in turn: the next one, and the one that it came from."""
        back = {"easier": "harder", "harder": "easier"}[swapped.how]
        here = [one for one in self._rungs(swapped.item, drill=drill) if one.how == swapped.how]
        return [*here, Swapped(how=back, item=before, says=AS_PLANNED)]

    def _rungs(self, item: Item, *, drill: bool) -> Iterator[Swapped]:
        """Give the next easier and the next harder version that are possible."""
        for how in ("easier", "harder"):
            for version in chain(self.catalogue[item.exercise], self.catalogue, harder=how == "harder"):
                option = self.options.get(version.id)
                if option is None or not self._allows(option, any_level=how == "easier"):
                    continue
                made = self._made(option, item, how, drill=drill) if version.id not in self.planned else None
                if made is not None:
                    yield made
                    break

    def _same(self, item: Item, block: Block, *, drill: bool) -> list[Swapped]:
        """Choose others for the same slot: one family, and no muscle or grip that a partner needs."""
        old = self.catalogue[item.exercise]
        mine = self.options.get(item.exercise)
        fitting = [o for o in self._others(item, block, drill=drill) if self._fits(o, old, mine, drill=drill)]
        ranked = self._ranked(fitting, item, drill=drill)
        return ranked[:MOST_SAME_DRILLS if drill else MOST_SAME]

    def _sparing(self, item: Item, block: Block, found: Sequence[Swapped]) -> list[Swapped]:
        """Add what spares each place that an exercise loads, so that a pain there leaves something for its region."""
        old = self.catalogue[item.exercise]
        others = [o for o in self._others(item, block, drill=False) if self.kind.value in o.exercise.kinds
                  and old.main_region in o.counts and o.exercise.role is not Role.HOP]
        more: list[Swapped] = []
        for area in old.avoid:
            there = [self.catalogue[s.item.exercise] for s in (*found, *more)]
            if len(more) >= MOST_SPARING or any(area not in exercise.avoid for exercise in there):
                continue
            more += self._ranked([o for o in others if area not in o.exercise.avoid], item, drill=False)[:1]
        return more

    def _others(self, item: Item, block: Block, *, drill: bool) -> list[Option]:
        """List what is possible, liked, no rung of the ladder, not in the session, and fights no partner."""
        old = self.catalogue[item.exercise]
        partners = [self.options[i.exercise] for i in block.items if i is not item and i.exercise in self.options]
        ladder = {e.id for harder in (False, True) for e in chain(old, self.catalogue, harder=harder)}
        return [o for o in self.options.values()
                if o.id not in self.planned and o.id not in ladder and not o.disliked and self._allows(o)
                and (drill or not any(o.clashes & partner.clashes for partner in partners))]

    def _ranked(self, options: Iterable[Option], item: Item, *, drill: bool) -> list[Swapped]:
        """Dose exercises and put the ones most alike first."""
        old = self.catalogue[item.exercise]
        found = []
        for option in options:
            made = self._made(option, item, "same-slot", drill=drill)
            if made is not None:
                loaded = (made.item.weight_kg is None) == (item.weight_kg is None)
                found.append((self._worth(option, old) + SAME_LOAD * loaded, option.id, made))
        return [made for _, _, made in sorted(found, key=lambda one: (-one[0], one[1]))]

    def _fits(self, option: Option, old: Exercise, mine: Option | None, *, drill: bool) -> bool:
        """Tell whether an exercise may stand in an item's slot at all."""
        new = option.exercise
        if drill:
            here = self.kind.value in new.kinds if self.kind is Kind.MOBILITY else (
                new.primer if self.kind is Kind.PRIMER else new.warm_up)
            alike = new.pattern == old.pattern and ("flexibility" in new.trains) == ("flexibility" in old.trains)
            return here and alike
        if self.kind.value not in new.kinds or (new.role is Role.HOP) != (old.role is Role.HOP):
            return False
        return option.family == (mine.family if mine else "") and (new.role is Role.FINISHER) == (
            old.role is Role.FINISHER)

    def _worth(self, option: Option, old: Exercise) -> float:
        shared = sum(min(share, old.regions.get(region, 0.0)) for region, share in option.exercise.regions.items())
        heaviest = self.kind is not Kind.HEAVY and option.exercise.load.required and bool(option.exercise.dose.heavy)
        return (option.bonus + shared + SAME_ROLE * (option.exercise.role is old.role)
                + SAME_PATTERN * (option.pattern == old.pattern) + FOR_HEAVY * heaviest)

    def _allows(self, option: Option, *, any_level: bool = False) -> bool:
        level = RANK[Level(option.exercise.least_level)] <= RANK[self.mode.level]
        return (level or any_level) and not self.hurt.now.intersection(option.exercise.avoid)

    def _made(self, option: Option, item: Item, how: str, *, drill: bool) -> Swapped | None:
        if drill:
            return Swapped(how=how, item=self._drill(option.exercise, item), says="")
        found = self._dosed(option, item)
        if found is None:
            return None
        dosed, says = found
        new = replace(dosed.item, label=item.label, first_side=item.first_side if dosed.item.per_side else None,
                      extra_rounds=item.extra_rounds if dosed.item.per_side else ())
        if new.rir is not None and item.rir is not None:
            new = replace(new, rir=max(new.rir, item.rir))
        if new.unit == item.unit == "contacts":
            new = _as_many(new, item, option.exercise)
        if item.to_last_good_rep and new.unit == "reps":
            new = replace(new, to_last_good_rep=True, rir=None)
        return Swapped(how=how, item=new, says=says)

    def _drill(self, exercise: Exercise, item: Item) -> Item:
        """Give a drill as many counts as fill the old one's time."""
        new, old = (drill_of(e, self.mode.level) for e in (exercise, self.catalogue[item.exercise]))
        made = drill_block("", "", [new], counts([new], old.seconds((item.low + item.high) / 2))).items[0]
        return replace(made, label=item.label)

    def _dosed(self, option: Option, item: Item) -> tuple[Dosed, str] | None:
        """Dose an exercise, and say where its weight is from: the log, an own lift, the old weight, other lifts."""
        exercise, units = option.exercise, self.runner.units
        standing = self.guide.standing(exercise, self.mode)
        own = standing is not None or exercise.id in self.rack.lifts
        if not own and self._related(option, item):
            return self._converted(option, item)
        dosed = dose(option, self.mode, self.rack, standing)
        if dosed is None:
            return None
        if dosed.item.weight_kg is None:
            return dosed, self._bare(exercise, logged=standing is not None)
        told = LOGGED if standing else YOUR_LIFT if own else YOUR_LIFTS if FROM_RELATED in dosed.notes else ""
        if told or exercise.load.required:
            return dosed, (told or CAREFUL).format(weight=_weight(dosed.item, units))
        bare = dose(option, replace(self.mode, heavy=False, learning=True), self.rack)
        return (bare, NO_BASIS) if bare is not None else None

    def _related(self, option: Option, item: Item) -> bool:
        """Tell whether the planner takes a share of the old weight for an exercise, however light it would be."""
        if item.weight_kg is None:
            return False
        feather = (FEATHER_KG,)
        rack = replace(_knowing(self.rack, self.catalogue[item.exercise], item), hand=feather, pairs=feather,
                       bar=feather, pack=feather)
        dosed = dose(option, self.mode, rack)
        return dosed is not None and FROM_RELATED in dosed.notes

    def _converted(self, option: Option, item: Item) -> tuple[Dosed, str] | None:
        """Dose an exercise with a share of the old weight; None where it needs more than none and none is light."""
        old, units = self.catalogue[item.exercise], self.runner.units
        dosed = dose(option, self.mode, _knowing(self.rack, old, item))
        if dosed is None:
            return None
        share = ONE_LEG_SHARE if option.exercise.per_side and not old.per_side else RELATED_SHARE
        says = RELATED if dosed.item.weight_kg is not None else RELATED_BARE
        return dosed, says.format(weight=_weight(dosed.item, units), share=share, name=old.name.lower(),
                                  old=_weight(item, units))

    def _bare(self, exercise: Exercise, *, logged: bool) -> str:
        """Say why an exercise that takes a weight begins without one; nothing of those that never do."""
        if not self.rack.loads(exercise.load.hold) or not exercise.load.start_share or self.mode.learning:
            return ""
        return LOGGED.format(weight="Body weight") if logged else TOO_HEAVY


def is_drill(block: Block, kind: Kind) -> bool:
    """Tell whether a block holds moving drills, which are dosed by time and never loaded."""
    return block.label == WARM_UP or kind in (Kind.MOBILITY, Kind.PRIMER)


def bench_of(
    session: Session, *, runner: Runner, catalogue: Mapping[str, Exercise], progress: Progress | None, mode: Mode,
    date: dt.date,
) -> Bench:
    """Put together what there is to swap with.

    Args:
        session: The session.
        runner: The runner, with what is sore that day.
        catalogue: Exercises by id.
        progress: What the log says, or None without one.
        mode: How the session doses.
        date: The day on which it is done.
    """
    guide = Guide(progress)
    options = guide.settled(options_of(runner, catalogue, sides_of(runner, date)))
    planned: dict[str, Item] = {}
    for block in sorted(session.blocks, key=lambda b: is_drill(b, session.kind)):
        for item in block.items:
            planned.setdefault(item.exercise, item)
    return Bench(
        runner=runner, catalogue=catalogue, options={o.id: o for o in options}, guide=guide,
        rack=rack_of(runner, dict(catalogue)), hurt=hurt_on(runner.injuries, date, date), mode=mode, kind=session.kind,
        planned=planned)


def _knowing(rack: Rack, exercise: Exercise, item: Item) -> Rack:
    """Give a rack whose only known lift is an item as it is planned."""
    lift = Lift(exercise=exercise.id, weight_kg=item.weight_kg or 0.0, reps=item.high, rir=item.rir)
    return replace(rack, lifts={exercise.id: lift}, known={exercise.id: exercise})


def _as_many(new: Item, old: Item, exercise: Exercise) -> Item:
    """Give another hop as many contacts as the planned one, both feet counted, inside its own bounds."""
    wanted = old.low * (2 if old.per_side else 1) // (2 if new.per_side else 1)
    count = min(exercise.dose.high, max(exercise.dose.low, wanted))
    return replace(new, low=count, high=count)


def _weight(item: Item, units: str) -> str:
    return weight_text(item.weight_kg or 0.0, units) + (" in each hand" if item.per_hand else "")
