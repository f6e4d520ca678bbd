"""Workout titles: free text of running plans and calendars read into type, length and work.

A title is normalised, cut into tokens, then into pieces ("2 mi warm up", "4 x 1 mile at 10k pace", "{18}"), and
the pieces are combined. The words are in ``_title_words``, the documented grammar with examples in ``_title_grammar``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from midstance.domain.run import RUN_RPE, RunType, TitleReading
from midstance.formats._title_context import settle
from midstance.formats._title_grammar import GRAMMAR, Example, GrammarRule
from midstance.formats._title_pieces import cut
from midstance.formats._title_run import OneRun, read_run
from midstance.formats._title_text import LIMIT, normalise
from midstance.formats._title_tokens import KM_PER_MILE, Kind, Token, tokens
from midstance.formats._title_words import Does

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["GRAMMAR", "Example", "GrammarRule", "read_title"]

_UNIT_KM = {"km": 1.0, "mi": KM_PER_MILE}
_LEADING = re.compile(r"[^\d{]*[\d.]{1,5}(?: ?(?:-|to) ?[\d.]{1,5})? ?(km|mi|miles?)\b")
_OTHER = frozenset({Does.REST, Does.SPORT, Does.ADDON, Does.WALK})
_HEADS = frozenset({Does.RUN, Does.RACE, Does.EFFORT, Does.STRIDES})


def read_title(title: str, *, units: str = "km", distance: float | None = None) -> TitleReading:
    """Read a workout title.

    Args:
        title: Free text, at most its first 1000 characters are read.
        units: What a number of distance without unit means, ``km`` or ``mi``.
        distance: Distance that the plan states beside the title, in ``units``; used where the title states none.
    Returns: The reading; with ``is_run`` None and the reason in ``why`` when it cannot be read.
    Raises: KeyError: ``units`` is neither ``km`` nor ``mi``.

    >>> reading = read_title("2 mi warm up, 4 x 1 mile at 10k pace, 2 mi cool down (8 miles)")
    >>> reading.type.value, round(reading.distance_km, 1), round(reading.hard_km, 1)
    ('intervals', 12.9, 6.4)
    """
    unit_km = _UNIT_KM[units]
    stated = distance * unit_km if distance is not None and 0 < distance < LIMIT else None
    body = title.strip()
    text = normalise(body)
    cut_off = (f"only the first {LIMIT} characters were read",) if len(body) > LIMIT else ()
    if not text and not cut_off:
        return _blank(title, stated)
    unit_km = _own_unit(text) or unit_km
    read = settle(tokens(text, unit_km))
    runs = [_read_one(part, unit_km) for part in _split_days(read)]
    return _combined(title, runs, stated, cut_off)


def _own_unit(text: str) -> float | None:
    """Find the unit of the distance that a title begins with: its bare numbers are in it too (``8 mi w/ 4 @ 10K``)."""
    leading = _LEADING.match(text)
    return (1.0 if leading[1] == "km" else KM_PER_MILE) if leading else None


def _blank(title: str, stated: float | None) -> TitleReading:
    if stated:
        why = ("easy: only a distance is stated",)
        return TitleReading(title=title, type=RunType.EASY, is_run=True, distance_km=stated, why=why)
    return TitleReading(title=title, type=None, is_run=False, why=("blank: no run",))


def _read_one(part: Sequence[Token], unit_km: float) -> OneRun:
    chosen, note = _choose(part)
    reading = read_run(cut(chosen, unit_km))
    return replace(reading, why=(note, *reading.why)) if note else reading


def _split_days(read: Sequence[Token]) -> list[list[Token]]:
    """Cut a title at AM and PM; the words before a mark belong to it: ``Recovery AM {5} LT PM {11}``."""
    parts: list[list[Token]] = [[]]
    marked = False
    for token in read:
        if token.does is not Does.DAY:
            parts[-1].append(token)
            continue
        if not marked and not any(t.kind is Kind.AMOUNT for t in parts[-1]):
            marked = True
            continue
        heading = _heading(parts[-1])
        del parts[-1][len(parts[-1]) - len(heading):]
        parts.append(heading)
        marked = True
    parts = [p for p in parts if p]
    kind = [t for t in parts[0] if t.does is Does.RUN][:1] if len(parts) > 1 else []
    return [p if any(t.does in _HEADS or t.kind is Kind.TIMES for t in p) else kind + p for p in parts]


def _heading(part: Sequence[Token]) -> list[Token]:
    """Take the words that name a run from the end of a part."""
    place = len(part)
    while place and (part[place - 1].does is Does.RUN or part[place - 1].kind is Kind.PLUS):
        place -= 1
    return [] if place == 0 else list(part[place:])


def _choose(part: Sequence[Token]) -> tuple[list[Token], str]:
    """Take one of several choices: the first run that states a length; a choice of rest makes it optional."""
    choices: list[list[Token]] = [[]]
    for token in part:
        if token.does is Does.OR:
            choices.append([])
        else:
            choices[-1].append(token)
    choices = [c for c in choices if c]
    if len(choices) < 2:
        return list(part), ""
    runs = [c for c in choices if not _is_other(c)]
    if not runs:
        return [t for c in choices for t in c], ""
    optional = len(runs) < len(choices)
    chosen, note = _first_run(runs, [c for c in choices if _is_other(c)])
    return chosen, "optional: the title offers a day without this run" if optional else note


def _first_run(runs: list[list[Token]], others: list[list[Token]]) -> tuple[list[Token], str]:
    sized = [c for c in runs if any(t.kind in (Kind.AMOUNT, Kind.TIMES, Kind.NUMBER) for t in c)]
    if not sized:
        lengths = [t for c in others for t in c if t.kind is Kind.AMOUNT]
        return [t for c in runs for t in c] + (lengths if len(lengths) == 1 else []), ""
    chosen = list(sized[0])
    if sized[0] is not runs[-1] and runs[-1][-1].brace:
        chosen.append(runs[-1][-1])
    if not any(t.does in _HEADS for t in chosen):
        chosen = chosen + [t for c in runs if c is not chosen for t in c if t.does in _HEADS]
    return chosen, "of several choices the first with a length is read" if len(runs) > 1 else ""


def _is_other(choice: Sequence[Token]) -> bool:
    """Tell a choice that is no run: rest, cross training."""
    other = any(t.does in _OTHER for t in choice)
    return other and not any(t.kind is Kind.TIMES or t.does in (Does.RUN, Does.RACE) for t in choice)


def _combined(title: str, runs: Sequence[OneRun], stated: float | None, notes: tuple[str, ...]) -> TitleReading:
    """Put the runs of a title together: sums of length and work, the hardest type."""
    true = [r for r in runs if r.is_run]
    unread = [r for r in runs if r.is_run is None]
    why = (*notes, *(w for r in runs for w in r.why))
    if not true or unread:
        no_run = bool(runs) and not unread
        return TitleReading(title=title, type=None, is_run=False if no_run else None, why=why or ("nothing to read",))
    if len(true) > 1:
        why = (*why, f"{len(true)} runs: lengths are added, the hardest type counts")
    parts = tuple(_combined(title, [r], None, ()) for r in true) if len(true) > 1 else ()
    km, note = _distance(true, stated)
    hardest = max((r.type for r in true if r.type), key=RUN_RPE.__getitem__)
    return TitleReading(
        title=title, type=hardest, is_run=True, minutes=_sum([r.minutes for r in true]), distance_km=km,
        hard_minutes=_sum([r.hard_minutes for r in true if r.hard_minutes]),
        hard_km=_sum([r.hard_km for r in true if r.hard_km]),
        marathon_pace_or_faster=any(r.pace_work for r in true), why=(*why, note) if note else why, parts=parts)


def _sum(values: Sequence[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) if known and len(known) == len(values) else None


def _distance(runs: Sequence[OneRun], stated: float | None) -> tuple[float | None, str]:
    """Take the title's distance; the plan's own where the title has none or only parts of one."""
    own = _sum([r.km for r in runs])
    if stated is None or (own is not None and all(r.stated for r in runs)):
        return own, ""
    least = sum(r.least_km for r in runs)
    if stated < least * 0.95:
        return own, f"the plan's {stated:.3g} km is less than the parts and is not used"
    return stated, f"{stated:.3g} km as the plan states beside the title"
