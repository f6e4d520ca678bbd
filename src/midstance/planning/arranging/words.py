"""Reasons in words: whole sentences with named places, one for the choice of a session's content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.session import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midstance.domain.exercise import Exercise

LEADS_ALONE = "Key lift: {first}."
LEAD = "Key lifts: {first}; {second}."
LEADS_ALONE_FOR = "Key lift: {first}. This session brings the week's first sets for {regions}."
LEAD_FOR = "Key lifts: {first}; {second}. This session brings the week's first sets for {regions}."
HOPS = "{contacts} contacts in all, both sides counted, with full rests between sets."
MOVES = "Moving drills for {parts} in calm rounds; nothing here tires you."
MOVES_HELD = "Moving drills for {parts} in calm rounds, and one quiet hold at the end; nothing here tires you."
PRIMES = "Hip and core wake up before the run; feet and ankles are left fresh."
PREPARES = "Moving drills only: nothing else suits the equipment and the injuries."
LEARNING = "Body weight only while you learn the movements."
LIGHT = "Light on purpose: body weight, four repetitions in reserve, while the body takes the race in."
CUT = "Fewer sets than usual, at the same load."
FRESH = "Two repetitions or more stay in reserve, because a harder run follows within 72 hours."
SIDE = "Your {side} side goes first where sides work apart, because it tested weaker ({test})."
SIDE_FELT = "Your {side} side goes first where sides work apart: it looked less steady ({test})."
TESTED = "{names}: your test found {finding} ({test})."
SIDE_LOGGED = "Your {side} side goes first where sides work apart, because it managed less."
RETURNING = "Fewer sets than usual, because strength work paused for {weeks} weeks."
SHORTENED = "Cut to {minutes} minutes; the key lift stays."
SHORTENED_MOVES = "Cut to {minutes} minutes."


MOST_NAMED = 3
GROUPS = {"glutes": "legs", "quads": "legs", "hamstrings": "legs", "calves": "legs", "hips": "legs", "core": "core",
          "push": "upper body", "pull": "upper body", "foot": "feet"}
PARTS = {"hip-mobility": "hips", "hip-abduction": "hips", "lunge": "hips", "squat": "hips", "hinge": "hips",
         "ankle-mobility": "ankles", "toe-mobility": "big toes", "foot": "feet", "thoracic-mobility": "upper back",
         "rotation": "trunk", "flow": "trunk"}
MOST_PARTS = 4


def joined(words: Sequence[str]) -> str:
    """Join words as a sentence does.

    >>> joined(["quads", "calves", "core"])
    'quads, calves and core'
    """
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def content_why(kind: Kind, blocks: Sequence[Block], catalogue: Mapping[str, Exercise],
                opened: Sequence[str]) -> str:
    """Say in one sentence what leads a session and why.

    Args:
        kind: Kind of session.
        blocks: Its blocks.
        catalogue: Exercises by id.
        opened: Regions that had no set in the week before this session and have one now.
    """
    if kind is Kind.PRIMER:
        return PRIMES
    if kind is Kind.PLYOMETRIC and contacts_of(blocks):
        return HOPS.format(contacts=contacts_of(blocks))
    if kind is Kind.MOBILITY:
        return _moves_why(blocks, catalogue)
    main = [b for b in blocks if b.label not in ("warm-up", "finisher")]
    if not main:
        return PREPARES
    names = [catalogue[b.items[0].exercise].name for b in main]
    few = len(opened) <= MOST_NAMED
    groups = opened if few else list(dict.fromkeys(GROUPS.get(r, r) for r in GROUPS if r in opened))
    template = {
        (False, False): LEADS_ALONE, (False, True): LEADS_ALONE_FOR, (True, False): LEAD, (True, True): LEAD_FOR,
    }[len(names) > 1, bool(opened)]
    return template.format(first=names[0], second=names[min(1, len(names) - 1)], regions=joined(groups))


def tested_why(names: Sequence[str], finding: str, test: str) -> str:
    """Say which exercises of a session answer a self-test.

    >>> tested_why(["Short foot", "Clamshell"], "less than 10 seconds on one foot", "On one foot")
    'Short foot and Clamshell: your test found less than 10 seconds on one foot (On one foot).'
    """
    return TESTED.format(names=joined(names), finding=finding, test=test)


def _moves_why(blocks: Sequence[Block], catalogue: Mapping[str, Exercise]) -> str:
    """Name the parts of the body that a mobility session moves."""
    exercises = [catalogue[item.exercise] for b in blocks for item in b.items]
    held = any("flexibility" in e.trains for e in exercises)
    parts = list(dict.fromkeys(PARTS[e.pattern] for e in exercises if e.pattern in PARTS)) or ["the whole body"]
    return (MOVES_HELD if held else MOVES).format(parts=joined(parts[:MOST_PARTS]))


def contacts_of(blocks: Sequence[Block]) -> int:
    """Count the contacts of all blocks, both sides."""
    return sum(b.rounds * round((i.low + i.high) / 2) * (2 if i.per_side else 1)
               for b in blocks for i in b.items if i.unit == "contacts")
