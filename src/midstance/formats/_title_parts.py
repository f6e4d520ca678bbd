"""Pieces as parts of one run: their roles, their lengths, how much of them is hard, what lies inside what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from midstance.domain.run import RunType
from midstance.formats._title_pieces import Amount, Join, Piece
from midstance.formats._title_tokens import Measure
from midstance.formats._title_words import Does, Effort

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PAUSE_MIN = 6.0
PAUSE_KM = 1.61
STRIDE_MIN = 21 / 60
STRIDE_KM = 0.101
LONGEST_RUN_H = 5.0
HOURS_A_DAY = 24.0
_FILLED_LOOSELY = frozenset({RunType.INTERVALS, RunType.FARTLEK})


class Role(StrEnum):
    """What a part is in its run."""

    MAIN = "run"
    REPS = "repetitions"
    WARM = "warm-up"
    COOL = "cool-down"
    PAUSE = "between"
    STRIDES = "strides"
    TOTAL = "stated whole"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a run.

    Attributes:
        piece: What the title says.
        role: What it is.
        effort: How fast, None when nothing says so.
        length: Its length by measure.
        work: How much of it is hard, by measure [km, min].
        inside: Whether its length is part of another part's.
    """

    piece: Piece
    role: Role
    effort: Effort | None = None
    length: tuple[Amount, ...] = ()
    work: tuple[Amount, ...] = ()
    inside: bool = False

    def of(self, measure: Measure) -> Amount | None:
        """Length in one measure, None when it is not stated in it."""
        return next((a for a in self.length if a.measure is measure), None)

    def __str__(self) -> str:
        how_long = " and ".join(describe(a) for a in self.length)
        hard = ", hard" if self.work else ""
        return f"{self.piece.text}: {self.role.value}{', ' + how_long if how_long else ''}{hard}"


def describe(amount: Amount) -> str:
    """Write an amount for people.

    >>> describe(Amount(8.0, 10.0, Measure.KM))
    '8-10 km'
    """
    low, high = f"{amount.low:.3g}", f"{amount.high:.3g}"
    return f"{low if low == high else low + '-' + high} {amount.measure.value}"


def parts_of(pieces: Sequence[Piece]) -> tuple[Part, ...]:
    """Give every piece of one run its role, length and work.

    Args:
        pieces: Pieces that belong to running.
    Returns: Parts in the order of the title.
    """
    builder = _Parts(pieces)
    for piece in pieces:
        builder.add(piece)
    return tuple(builder.parts)


def is_strides(piece: Piece) -> bool:
    """Tell strides and short sprints, which leave a run easy, from work."""
    if piece.does(Does.STRIDES):
        return True
    return piece.does(Does.SPRINT) and (piece.amount is None or _tiny(piece.amount))


def _tiny(amount: Amount) -> bool:
    return amount.high <= (STRIDE_KM if amount.measure is Measure.KM else STRIDE_MIN)


def _short(amount: Amount) -> bool:
    return amount.high <= (PAUSE_KM if amount.measure is Measure.KM else PAUSE_MIN)


class _Parts:
    """Reads pieces one by one and remembers what the next one hangs on."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.parts: list[Part] = []
        self.framed = any(p.does(Does.WARM, Does.COOL) for p in pieces)
        self.clocks = sum(1 for p in _flat(pieces) if p.amount and p.amount.measure is Measure.CLOCK)
        self.worked = False
        self.holder: int | None = None
        self.headed = False
        self.filled = 0.0

    def add(self, piece: Piece) -> None:
        """Read one piece."""
        if piece.amount and piece.amount.measure is Measure.CLOCK:
            length = self._clock(piece, piece.amount)
            note = "" if length else " (the clock time is no length)"
            piece = replace(piece, amount=length, text=piece.text + note)
        if piece.children:
            piece = replace(piece, children=tuple(_in_seconds(c) for c in piece.children))
        role = self._role(piece)
        if role is Role.TOTAL and self._is_race_total(piece):
            return
        if role is Role.PAUSE and self._walks(piece):
            return
        part = _measured(piece, role, framed=self.framed)
        inside = self._inside(part)
        part = replace(part, inside=inside)
        self.parts.append(part)
        if role is Role.REPS or (part.effort is Effort.HARD and role is Role.MAIN):
            self.worked = True
        if role is Role.MAIN and not inside:
            self.holder, self.filled = len(self.parts) - 1, 0.0
            self.headed = self.headed or bool(piece.headed)
        elif inside and part.length:
            self.filled += part.length[0].low

    def _walks(self, piece: Piece) -> bool:
        """Read ``10 x 1 min run / 1 min walk`` as one easy pattern."""
        last = self.parts[-1]
        runs = last.role is Role.REPS and _runs_plainly(last.piece) and last.piece.amount is not None
        if not runs or not piece.does(Does.WALK):
            return False
        both = (replace(last.piece, times=None), piece)
        text = f"{last.piece.text} / {piece.text}"
        pattern = replace(last.piece, text=text, amount=None, children=both, senses=())
        self.parts[-1] = replace(_repetitions(pattern), inside=last.inside)
        return True

    def _clock(self, piece: Piece, amount: Amount) -> Amount | None:
        """Decide whether 1:30 is 90 minutes or 90 seconds, and 9:30 a time of day."""
        hours = Amount(amount.low * 60, amount.high * 60, Measure.MIN)
        seconds = Amount(amount.low, amount.high, Measure.MIN)
        part = (piece.pauses and self.worked) or piece.times or is_strides(piece) or piece.does(Does.WARM, Does.COOL)
        if part or self.clocks > 1 or amount.low >= HOURS_A_DAY:
            return seconds
        if amount.high < LONGEST_RUN_H:
            return hours
        return seconds if piece.effort is Effort.HARD and piece.types and not piece.does(Does.RACE) else None

    def _role(self, piece: Piece) -> Role:
        if is_strides(piece):
            return Role.STRIDES
        for does, role in ((Does.WARM, Role.WARM), (Does.COOL, Role.COOL)):
            if piece.does(does) and not (piece.times or piece.children):
                return role
        if piece.times or piece.children or (piece.amount and piece.amount.steps > 2):
            return self._repeated(piece)
        if piece.amount is None:
            return Role.WORDS
        last = self.parts[-1] if self.parts else None
        if self.worked and _short(piece.amount) and self._names_pause(piece, last):
            return Role.PAUSE
        return Role.TOTAL if self._states_whole(piece, last) else Role.MAIN

    def _repeated(self, piece: Piece) -> Role:
        """Tell repetitions from strides that are not called so: ``40 min easy, 6 x 20 s``."""
        easy = any(p.role is Role.MAIN and p.effort is not Effort.HARD for p in self.parts)
        tiny = piece.amount and not piece.children and _tiny(piece.amount)
        return Role.STRIDES if easy and tiny else Role.REPS

    def _names_pause(self, piece: Piece, last: Part | None) -> bool:
        if piece.pauses or piece.does(Does.REST):
            return True
        after_reps = last is not None and last.role is Role.REPS
        if not after_reps or last is None or piece.effort is Effort.HARD or piece.amount is None:
            return False
        if not piece.senses:
            return piece.join in (Join.ASIDE, Join.WITH, Join.LIST)
        same = next((a for a in (last.piece.amount,) if a and a.measure is piece.amount.measure), None)
        return piece.effort is Effort.EASY and same is not None and piece.amount.high <= 2 * same.high

    def _states_whole(self, piece: Piece, last: Part | None) -> bool:
        if piece.whole:
            return any(p.length or p.piece.types for p in self.parts)
        if piece.senses or last is None or piece.amount is None:
            return False
        holder = self.parts[self.holder] if self.holder is not None else None
        beside = piece.join in (Join.NONE, Join.ASIDE, Join.LIST)
        if beside and holder and holder.of(piece.amount.measure) is None:
            return last is holder
        return piece.join in (Join.NONE, Join.ASIDE) and any(p.length or p.piece.does(Does.RACE) for p in self.parts)

    def _is_race_total(self, piece: Piece) -> bool:
        """Let ``10K race {11:18}`` be a run of 18 km with a race of 10 km in it."""
        last = self.parts[-1] if self.parts else None
        if last is None or piece.amount is None or not last.piece.does(Does.RACE) or not last.length:
            return False
        if last.of(piece.amount.measure) and piece.amount.high >= last.length[0].low:
            self.parts[-1] = replace(last, length=(piece.amount,))
            return True
        return False

    def _inside(self, part: Part) -> bool:
        """Tell whether a part lies within the part before it."""
        piece = part.piece
        if part.role is Role.TOTAL:
            return False
        if self.holder is None:
            between = piece.join is Join.WITH and bool(self.parts) and self.parts[-1].role is Role.REPS
            return between and part.role is Role.MAIN
        if self.headed or piece.join in (Join.WITH, Join.LAST, Join.ASIDE):
            return True
        holder = self.parts[self.holder]
        if not part.length or part.role in (Role.WARM, Role.COOL):
            return False
        if piece.join is Join.NONE and holder.of(part.length[0].measure) is None and part.role is Role.MAIN:
            return True
        last = self.parts[-1]
        follows = piece.join is Join.LIST and last is not holder and last.inside and last.length
        room = holder.of(part.length[0].measure)
        return bool(follows and (room is None or self.filled + part.length[0].low <= room.high * 1.05))


def _flat(pieces: Iterable[Piece]) -> Iterable[Piece]:
    for piece in pieces:
        yield piece
        yield from _flat(piece.children)


def _in_seconds(piece: Piece) -> Piece:
    """Read 1:30 in a repeated pattern as 90 seconds."""
    amount = piece.amount
    if amount and amount.measure is Measure.CLOCK:
        amount = replace(amount, measure=Measure.MIN)
    return replace(piece, amount=amount, children=tuple(_in_seconds(c) for c in piece.children))


def _measured(piece: Piece, role: Role, *, framed: bool = False) -> Part:
    if role is Role.REPS:
        return _repetitions(piece)
    length = (piece.amount,) if piece.amount else ()
    effort = Effort.EASY if role in (Role.WARM, Role.COOL, Role.PAUSE) or piece.does(Does.WALK) else piece.effort
    loose = any(s.whole and (_in_km(piece) or s.type in _FILLED_LOOSELY) for s in piece.senses) and not framed
    hard = role is Role.MAIN and effort is Effort.HARD and not loose and RunType.HILLS not in piece.types
    return Part(piece, role, effort, length, length if hard else ())


def _in_km(piece: Piece) -> bool:
    return piece.amount is not None and piece.amount.measure is Measure.KM


def _repetitions(piece: Piece) -> Part:
    times = piece.times or (1.0, 1.0)
    if not piece.children:
        effort = _effort_of_reps(piece)
        length: tuple[Amount, ...] = (piece.amount.times(*times),) if piece.amount else ()
        return Part(piece, Role.REPS, effort, length, length if effort is Effort.HARD else ())
    inner, work = _pattern(piece)
    effort = Effort.HARD if work else Effort.EASY
    if piece.amount is None:
        length, work = (tuple(a.times(*times) for a in some) for some in (inner, work))
        return Part(piece, Role.REPS, effort, length, work)
    return Part(piece, Role.REPS, effort, (piece.amount,), _share(piece.amount, inner, work))


def _share(whole: Amount, inner: tuple[Amount, ...], work: tuple[Amount, ...]) -> tuple[Amount, ...]:
    """Give the hard part of ``40 min of (1 min hard, 3 min easy)``."""
    one = next((a for a in inner if a.measure is whole.measure), None)
    hard = next((a for a in work if a.measure is whole.measure), None)
    if one is None or hard is None or not one.middle:
        return ()
    share = min(hard.middle / one.middle, 1.0)
    return (whole.times(share),)


def _effort_of_reps(piece: Piece) -> Effort:
    """Take repetitions as work unless a word says otherwise; the words of their pauses do not count."""
    efforts = [s.effort for s in piece.senses if s.effort and not s.pause]
    if Effort.HARD in efforts:
        return Effort.HARD
    walks = any(s.does is Does.RUN and s.pause and s.sure for s in piece.senses) and not piece.amount
    return efforts[0] if efforts else (Effort.EASY if walks else Effort.HARD)


def _pattern(piece: Piece) -> tuple[tuple[Amount, ...], tuple[Amount, ...]]:
    """Add up one pass of a bracketed pattern: its length and its work, by measure."""
    parts = [_measured(c, Role.REPS if c.times or c.children else Role.MAIN) for c in piece.children]
    named = any(c.effort is Effort.HARD for c in _flat(piece.children)) or piece.effort is Effort.HARD
    walking = any(c.does(Does.WALK) for c in piece.children) and any(_runs_plainly(c) for c in piece.children)
    default = Effort.EASY if walking or (piece.effort and piece.effort is not Effort.HARD) else Effort.HARD
    explicit = any(p.piece.effort is Effort.HARD for p in parts) or _on_and_off(piece)
    work: list[Amount] = []
    for number, part in enumerate(parts):
        pause = (part.piece.pauses or part.piece.does(Does.REST)) and (number > 0 or named)
        effort = part.piece.effort or (Effort.EASY if explicit and (number or not _on_and_off(piece)) else default)
        if part.role is Role.REPS and not part.piece.effort:
            effort = part.effort or effort
        floated = effort is Effort.STEADY and named  # between hard parts it is no rest: work above easy
        if (effort is Effort.HARD or floated) and not pause:
            work += part.length if part.role is Role.MAIN else part.work
    return _add([a for p in parts for a in p.length]), _add(work)


def _on_and_off(piece: Piece) -> bool:
    """Tell ``8 x (1 min / 1 min)``: two bare times, work and pause."""
    two = len(piece.children) == 2 and not piece.effort
    return two and all(c.amount and c.amount.measure is Measure.MIN and not c.senses for c in piece.children)


def _runs_plainly(piece: Piece) -> bool:
    return RunType.EASY in piece.types and piece.effort is not Effort.HARD


def _add(amounts: Sequence[Amount]) -> tuple[Amount, ...]:
    sums = []
    for measure in (Measure.KM, Measure.MIN):
        some = [a for a in amounts if a.measure is measure]
        if some:
            sums.append(Amount(sum(a.low for a in some), sum(a.high for a in some), measure))
    return tuple(sums)
