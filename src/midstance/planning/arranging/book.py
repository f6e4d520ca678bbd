"""The plan's book: what was done so far, which main lifts lead, and everything worked out once and kept."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import TYPE_CHECKING

from midstance.domain.plan import Phase
from midstance.domain.runner import Level, Runner
from midstance.planning.arranging.doses import Dosed, Mode, dose
from midstance.planning.arranging.drilling import Drill, drill_of
from midstance.planning.arranging.guide import Guide
from midstance.planning.arranging.pool import EASING, Hurt, Option, allowed, drills, hurt_on, options_of
from midstance.planning.arranging.sides import sides_of
from midstance.planning.arranging.weights import rack_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midstance.domain.exercise import Exercise
    from midstance.domain.slot import Slot
    from midstance.planning.progressing.values import Progress

MOST_WEEKS = 4              # main lifts are kept for three to four weeks
KEEPING = frozenset({Phase.PEAK, Phase.TAPER, Phase.RACE_WEEK, Phase.RECOVERY})


class Choices:
    """Dosed exercises, by id and by families."""

    def __init__(self, dosed: Sequence[Dosed]) -> None:
        self.by_id = {d.option.id: d for d in dosed}
        self._of: dict[tuple[str, ...], tuple[Dosed, ...]] = {}

    def of(self, families: tuple[str, ...]) -> tuple[Dosed, ...]:
        """List those of some families, in the order of their ids."""
        if families not in self._of:
            self._of[families] = tuple(d for d in self.by_id.values() if d.option.family in families)
        return self._of[families]


class Book:
    """What one call of arrange knows and remembers.

    Attributes:
        guide: What the log says.
        rack: What the runner can load with.
        sides: What the assessment changes.
        eras: Number of the span of weeks, by Monday, in which the main lifts stay the same.
        seen: Exercises that stood in a main block of an earlier session, or that the runner does already.
        notes: Assumptions behind what was prescribed, in the order in which they came up.
        patterns: Their patterns.
        last: Week number in which each was used last.
        leads: Main lifts by era, kind, number of the session in its week, and place.
        led: Eras in which an exercise was a main lift.
        hopping_since: Number of the week in which the first hops stand, or None.
    """

    def __init__(self, slots: Sequence[Slot], runner: Runner, catalogue: Mapping[str, Exercise],
                 progress: Progress | None = None) -> None:
        self.guide = Guide(progress)
        self.rack = rack_of(runner, dict(catalogue))
        self.eras = eras_of(slots)
        self.starts = min((slot.start.date() for slot in slots), default=dt.date.min)
        self.sides = sides_of(runner, self.starts)
        self.seen: set[str] = {lift.exercise for lift in runner.lifts} | self.guide.progress.known
        self.notes: dict[str, None] = {}
        self.patterns: set[str] = set()
        self.last: dict[str, int] = {}
        self.leads: dict[tuple[int, str, int, str], Option] = {}
        self.led: dict[str, set[int]] = {}
        self.hopping_since: int | None = None
        self._injuries = runner.injuries
        self._options = self.guide.settled(options_of(runner, catalogue, self.sides))
        self._pools: dict[tuple[str, Level, Hurt], tuple[Option, ...]] = {}
        self._choices: dict[tuple[str, Mode, Hurt], Choices] = {}
        self._stocks: dict[tuple[bool, Level, Hurt], tuple[Drill, ...]] = {}
        self._drills: dict[tuple[str, Level], Drill] = {}
        self.kept: dict[tuple[object, ...], tuple[Drill, ...]] = {}

    def hurt(self, date: dt.date) -> Hurt:
        """Tell which injuries count on a date, and what is too soon by self-tests, for some weeks."""
        found = hurt_on(self._injuries, date, self.starts)
        too_soon = self.sides.too_soon(date, self.starts, EASING) - self.guide.progress.known
        return replace(found, too_soon=too_soon) if too_soon else found

    def pool(self, kind: str, level: Level, hurt: Hurt) -> tuple[Option, ...]:
        """List what the main blocks of a session may hold."""
        key = (kind, level, hurt)
        if key not in self._pools:
            self._pools[key] = allowed(self._options, kind=kind, level=level, hurt=hurt)
        return self._pools[key]

    def choices(self, kind: str, mode: Mode, hurt: Hurt) -> Choices:
        """List the same with doses, without what needs a weight that is not there."""
        key = (kind, mode, hurt)
        if key not in self._choices:
            found = (dose(option, mode, self.rack, self.guide.standing(option.exercise, mode))
                     for option in self.pool(kind, mode.level, hurt))
            self._choices[key] = Choices(self.guide.chosen([d for d in found if d is not None], mode))
        return self._choices[key]

    def stock(self, level: Level, hurt: Hurt, *, primer: bool = False) -> tuple[Drill, ...]:
        """List the moving drills for a warm-up or a primer."""
        key = (primer, level, hurt)
        if key not in self._stocks:
            found = [o for o in drills(self._options, primer=primer, hurt=hurt)
                     if Level(o.exercise.least_level) in (Level.BEGINNER, level)]
            liked = [o for o in found if not o.disliked] or found
            self._stocks[key] = tuple(self.drill(o.exercise, level) for o in liked)
        return self._stocks[key]

    def drill(self, exercise: Exercise, level: Level) -> Drill:
        """Take an exercise as a drill, worked out once."""
        key = (exercise.id, level)
        if key not in self._drills:
            self._drills[key] = drill_of(exercise, level)
        return self._drills[key]

    def remember(self, option: Option, week: int) -> None:
        """Note that an exercise stood in a main block."""
        self.seen.add(option.id)
        self.patterns.add(option.pattern)
        self.last[option.id] = week

    def note(self, notes: Sequence[str]) -> None:
        """Keep assumptions, each once."""
        self.notes.update(dict.fromkeys(notes))

    def reserved(self, era: int) -> set[str]:
        """List the main lifts chosen for an era so far."""
        return {option.id for key, option in self.leads.items() if key[0] == era}


def eras_of(slots: Sequence[Slot]) -> dict[dt.date, int]:
    """Number the spans of three to four weeks in which main lifts stay the same, by Monday.

    Each phase is cut into equal spans of at most four weeks; towards a race nothing changes any more.
    """
    phases: dict[tuple[int, Phase], dict[dt.date, int]] = {}
    for slot in sorted(slots, key=lambda s: s.start):
        phases.setdefault((slot.cycle, slot.phase), {})[slot.week] = slot.phase_week
    eras: dict[dt.date, int] = {}
    era = -1
    for (_, phase), weeks in phases.items():
        length = max(weeks.values()) + 1
        spans = 1 if phase in KEEPING else math.ceil(length / MOST_WEEKS)
        last = None
        for week, number in weeks.items():
            span = number * spans // length
            if era < 0 or (span != last and phase not in KEEPING):
                era, last = era + 1, span
            eras[week] = era
    return eras
