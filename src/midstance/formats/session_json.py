"""A session for the player, ``midstance-session/1``: everything that doing it may need, so that no server is asked.

Names, cues, weights in the house, shorter versions, swaps with doses, moving figures, and what pain asks for. It is
written here and made in ``services.player_session``; what the player gives back is in ``formats.events_json``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from midstance.formats._format import Format

SESSION_FORMAT = "midstance-session/1"
Does = Literal["continue", "swap", "stop"]
How = Literal["same-slot", "easier", "harder"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSet:
    """A set of the last time."""

    amount: Annotated[float, Meta(description="Repetitions, seconds, steps or contacts.")]
    weight_kg: Annotated[float | None, Meta(description="Weight [kg]; null for body weight.")] = None
    side: Annotated[str, Meta(description="left, right, or empty.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTime:
    """What was done of an exercise the last time."""

    date: Annotated[dt.date, Meta(description="When that was.")]
    says: Annotated[str, Meta(description="The sets in words.")]
    sets: Annotated[tuple[LastSet, ...], Meta(description="The sets, in their order.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayItem:
    """An exercise of a block with its dose."""

    label: Annotated[str, Meta(description="A1, W2, F1 ...")]
    exercise: Annotated[str, Meta(description="Id of the exercise.")]
    unit: Annotated[str, Meta(description="reps, seconds, steps or contacts.")]
    low: Annotated[int, Meta(description="Least of the range.")]
    high: Annotated[int, Meta(description="Most of the range.")]
    per_side: Annotated[bool, Meta(description="Whether one side is done after the other.")] = False
    first_side: Annotated[str | None, Meta(description="Side that leads.")] = None
    extra_rounds: Annotated[dict[str, int], Meta(description="Sets more on one side.")] = field(default_factory=dict)
    weight_kg: Annotated[float | None, Meta(description="Weight [kg]; null for body weight.")] = None
    per_hand: Annotated[bool, Meta(description="Whether each hand holds that weight.")] = False
    rir: Annotated[int | None, Meta(description="Repetitions to keep in reserve.")] = None
    tempo: Annotated[str, Meta(description="Lowering-pause-lifting-pause [s], or empty.")] = ""
    to_last_good_rep: Annotated[bool, Meta(description="Whether the top is open.")] = False
    last: Annotated[LastTime | None, Meta(description="What was done the last time.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayBlock:
    """Rounds over some items, with rest after each."""

    label: Annotated[str, Meta(description="warm-up, A, B, C, finisher, T1 ...")]
    rounds: Annotated[int, Meta(description="Passes over the items.")]
    rest_s: Annotated[int, Meta(description="Rest after each pass [s].")]
    items: Annotated[tuple[PlayItem, ...], Meta(description="In their order.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shorter:
    """The same session in less time."""

    minutes: Annotated[int, Meta(description="How long it takes [min].")]
    blocks: Annotated[tuple[PlayBlock, ...], Meta(description="What is left.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """Another exercise for the place of one."""

    id: Annotated[str, Meta(description="Id of the other exercise.")]
    name: Annotated[str, Meta(description="Its name.")]
    how: Annotated[How, Meta(description="What it is beside the one it replaces.")]
    item: Annotated[PlayItem, Meta(description="It with its dose and weight.")]
    says: Annotated[str, Meta(description="Where its weight comes from, a sentence.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayExercise:
    """What the player shows of an exercise."""

    name: Annotated[str, Meta(description="Its name.")]
    setup: Annotated[str, Meta(description="How to get into position.")]
    cues: Annotated[tuple[str, ...], Meta(description="What to mind.")]
    unit: Annotated[str, Meta(description="What is counted.")]
    sides: Annotated[str, Meta(description="both, each or alternating.")]
    hold: Annotated[str, Meta(description="How a weight is held.")]
    needs_weight: Annotated[bool, Meta(description="Whether it makes no sense without a weight.")]
    easier: Annotated[str | None, Meta(description="The easier one among the swaps.")]
    harder: Annotated[str | None, Meta(description="The harder one among the swaps.")]
    swaps: Annotated[tuple[Swap, ...], Meta(description="What may take its place, easier and harder first.")]
    weights_kg: Annotated[tuple[float, ...], Meta(description="Weights in the house that it can be done with [kg].")]
    plates: Annotated[dict[str, str], Meta(description="Plates of each weight of the barbell, in words.")]
    areas: Annotated[tuple[str, ...], Meta(description="Areas of the body whose pain it may stir up.")]


class PainRule(msgspec.Struct, frozen=True, kw_only=True):
    """What a pain of some score asks for, both ends included."""

    from_: Annotated[int, Meta(description="Least score.")] = msgspec.field(name="from")
    to: Annotated[int, Meta(description="Highest score.")]
    do: Annotated[Does, Meta(description="What to do with the exercise.")]
    says: Annotated[str, Meta(description="It in words.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PainStop:
    """A pain that stops the session earlier than the rules say, by whichever of these is named."""

    above: Annotated[float, Meta(description="Score above which it does.")]
    says: Annotated[str, Meta(description="It in words.")]
    area: Annotated[str, Meta(description="Of this area, or empty.")] = ""
    tissue: Annotated[str, Meta(description="Of this tissue, or empty.")] = ""
    unit: Annotated[str, Meta(description="In exercises counted in this unit, or empty.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayPain:
    """What pain asks for. Education, no diagnosis."""

    areas: Annotated[tuple[str, ...], Meta(description="Places that can be named.")]
    places: Annotated[dict[str, str], Meta(description="Their names.")]
    rules: Annotated[tuple[PainRule, ...], Meta(description="By score, for every place.")]
    block_areas: Annotated[tuple[str, ...], Meta(description="Areas of the tissue block that is followed.")]
    block_rules: Annotated[tuple[PainRule, ...], Meta(description="By score, for these areas in its exercises.")]
    stops: Annotated[tuple[PainStop, ...], Meta(description="What stops the session earlier.")]
    red_flags: Annotated[tuple[str, ...], Meta(description="Signs that stop training and belong to a clinician.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionHead:
    """The session as a whole."""

    id: Annotated[str, Meta(description="Its id.")]
    date: Annotated[dt.date, Meta(description="Date for which it is planned.")]
    start: Annotated[str, Meta(description="Local start.")]
    minutes: Annotated[int, Meta(description="Length [min].")]
    kind: Annotated[str, Meta(description="Kind of session.")]
    name: Annotated[str, Meta(description="The kind in words.")]
    hard: Annotated[bool, Meta(description="Whether it counts as hard.")]
    why: Annotated[tuple[str, ...], Meta(description="Reasons, most important first.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What the morning allows."""

    level: Annotated[str, Meta(description="green, amber or red.")]
    says: Annotated[tuple[str, ...], Meta(description="Why, the weightiest first.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerSession:
    """A session with everything that doing it may need."""

    format: Annotated[str, Meta(description="Name and version of this document.")] = SESSION_FORMAT
    made_at: Annotated[str, Meta(description="When it was made, UTC.")]
    units: Annotated[str, Meta(description="metric or imperial, for screens.")]
    session: Annotated[SessionHead, Meta(description="The session as a whole.")]
    readiness: Annotated[Allowed | None, Meta(description="What today allows; null for another day's session.")]
    blocks: Annotated[tuple[PlayBlock, ...], Meta(description="Warm-up first.")]
    shorter: Annotated[dict[str, Shorter], Meta(description="Shorter versions by their minutes.")]
    exercises: Annotated[dict[str, PlayExercise], Meta(description="All exercises, of the swaps too, by id.")]
    figures: Annotated[dict[str, Any], Meta(description="Moving figures by exercise; null where there is none.")]
    pain: Annotated[PlayPain, Meta(description="What pain asks for.")]
    primer_of: Annotated[str | None, Meta(description="Id of the run that a primer precedes.")] = None


def render_session(session: PlayerSession) -> bytes:
    """Write a session for the player; the same session gives the same bytes."""
    return msgspec.json.encode(session)


FORMAT = Format(
    id="session-json", title="Session for the player", suffixes=(".json",), role="player-session",
    sniff=lambda data: b'"midstance-session/' in data[:200],
    supports={
        "sets, rests, shorter versions": "rendered", "swaps with weights": "rendered", "pain rules": "rendered",
        "moving figures": "rendered",
    },
)
