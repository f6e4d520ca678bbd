"""What the screen Exercises shows, as plain documented values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta as About


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One exercise of the list."""

    id: Annotated[str, About(description="Its id.")]
    name: Annotated[str, About(description="Its name.")]
    role: Annotated[str, About(description="main, accessory, core, finisher, drill or hop.")]
    regions: Annotated[tuple[str, ...], About(description="Regions a set counts for, the main one first.")]
    kinds: Annotated[tuple[str, ...], About(description="Kinds of session that may hold it; with primer and warm-up.")]
    needs: Annotated[str, About(description="Equipment in words; empty for none.")]
    pieces: Annotated[tuple[str, ...], About(description="Every piece of equipment that can serve.")]
    at_hand: Annotated[bool | None, About(description="Whether the runner owns it all; null without a plan.")]
    founding: Annotated[str, About(description="Its place among the ten that the method begins with, or empty.")]
    words: Annotated[str, About(description="Small letters that a search looks through.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much of it at one strength level."""

    level: Annotated[str, About(description="beginner, intermediate or advanced.")]
    low: Annotated[int, About(description="Least of the range.")]
    high: Annotated[int, About(description="Most of the range.")]
    unit: Annotated[str, About(description="reps, seconds, steps or contacts.")]
    heavy: Annotated[tuple[int, int] | None, About(description="Range when loaded in a heavy session; null for none.")]
    rir: Annotated[int | None, About(description="Reps in reserve aimed at; null where none is noted.")]
    first_share: Annotated[float | None, About(description="First weight as a share of body mass; null for none.")]
    first_kg: Annotated[float | None, About(description="The same for this runner [kg]; null without a body mass.")]
    mine: Annotated[bool, About(description="Whether it is the runner's level.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One version on the ladder of easier and harder ones."""

    id: Annotated[str, About(description="Id of the exercise.")]
    name: Annotated[str, About(description="Its name.")]
    here: Annotated[bool, About(description="Whether it is the one shown.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A source that the exercise rests on."""

    id: Annotated[str, About(description="Key of the source.")]
    badge: Annotated[str, About(description="Author and year, or 'midstance default' where the paper was not read.")]
    says: Annotated[str, About(description="What midstance takes from it.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """A set as it was done."""

    amount: Annotated[float, About(description="Amount in its unit.")]
    unit: Annotated[str, About(description="reps, seconds, steps or contacts.")]
    weight_kg: Annotated[float | None, About(description="Weight [kg]; null for body weight.")]
    per_hand: Annotated[bool, About(description="Whether in each hand.")]
    rir: Annotated[float | None, About(description="Reps in reserve; null when not said.")]
    side: Annotated[str, About(description="left, right or empty.")]
    warm_up: Annotated[bool, About(description="Whether it was no working set.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogDay:
    """The sets of one date."""

    date: Annotated[dt.date, About(description="The date.")]
    sets: Annotated[tuple[Set, ...], About(description="Its sets, in order.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """What the log says about the next time."""

    heavy: Annotated[bool, About(description="Whether in a heavy session.")]
    low: Annotated[int, About(description="Least of the range.")]
    high: Annotated[int, About(description="Most of the range.")]
    weight_kg: Annotated[float | None, About(description="Weight [kg]; null for body weight.")]
    per_hand: Annotated[bool, About(description="Whether in each hand.")]
    why: Annotated[str, About(description="Why, a sentence.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One exercise in full."""

    id: Annotated[str, About(description="Its id.")]
    name: Annotated[str, About(description="Its name.")]
    role: Annotated[str, About(description="main, accessory, core, finisher, drill or hop.")]
    setup: Annotated[str, About(description="How to get into position.")]
    cues: Annotated[tuple[str, ...], About(description="What to mind while doing it.")]
    unit: Annotated[str, About(description="reps, seconds, steps or contacts.")]
    trains: Annotated[tuple[str, ...], About(description="Qualities, most important first.")]
    regions: Annotated[dict[str, float], About(description="Share of a set that counts for each region.")]
    kinds: Annotated[tuple[str, ...], About(description="Kinds of session that may hold it; with primer and warm-up.")]
    sides: Annotated[str, About(description="both, each or alternating.")]
    needs: Annotated[str, About(description="Equipment in words; empty for none.")]
    hold: Annotated[str, About(description="How a weight is held, in words.")]
    tempo: Annotated[str, About(description="Lowering-pause-lifting-pause [s]; empty for none.")]
    rest_s: Annotated[int, About(description="Rest after a round [s].")]
    least_level: Annotated[str, About(description="Lowest strength level that gets it.")]
    doses: Annotated[tuple[Dose, ...], About(description="How much, by strength level.")]
    ladder: Annotated[tuple[Step, ...], About(description="Easier and harder versions, easiest first; with itself.")]
    clashes: Annotated[tuple[str, ...], About(description="What a partner in a superset must not need too.")]
    avoid: Annotated[tuple[str, ...], About(description="Areas that rule it out while they hurt.")]
    founding: Annotated[str, About(description="Its place among the ten that the method begins with, or empty.")]
    sources: Annotated[tuple[Cited, ...], About(description="What it rests on.")]
    log: Annotated[tuple[LogDay, ...], About(description="The last dates with a set of it, newest first.")]
    next: Annotated[tuple[Next, ...], About(description="What the log says about the next time.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The catalogue as asked for, and one exercise in full where one is named."""

    units: Annotated[str, About(description="metric or imperial, for screens; the numbers here are metric.")]
    q: Annotated[str, About(description="Words looked for.")]
    region: Annotated[str, About(description="Region looked for, or empty.")]
    kind: Annotated[str, About(description="Kind of session looked for, or empty.")]
    equipment: Annotated[str, About(description="owned, none, a piece, or empty.")]
    runner_known: Annotated[bool, About(description="Whether a plan says what the runner owns.")]
    all: Annotated[int, About(description="Number of exercises in all.")]
    found: Annotated[tuple[Listed, ...], About(description="Exercises that fit, by role and name.")]
    left_out: Annotated[tuple[Listed, ...], About(description="The others, for a page that filters without asking.")]
    one: Annotated[Shown | None, About(description="The exercise asked for by id; null for the list alone.")]
