"""Tokens as pieces: "2 mi warm up", "4 x 1 mile at 10k pace", "6 strides", "(8 miles)"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from midstance.domain.run import RunType
from midstance.formats._title_tokens import Kind, Measure, Token
from midstance.formats._title_words import Does, Effort, Sense

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DEEPEST = 6
_MOVES_ON = frozenset({Does.RUN, Does.WARM, Does.COOL, Does.EFFORT})


class Join(StrEnum):
    """How a piece hangs on the one before it."""

    START = "start"
    NEXT = "next part"
    LIST = "listed"
    NONE = "beside"
    WITH = "with"
    LAST = "last"
    ASIDE = "in brackets"


@dataclass(frozen=True, slots=True)
class Amount:
    """A length from ``low`` to ``high`` in km or minutes; the middle is meant."""

    low: float
    high: float
    measure: Measure
    brace: str = ""
    steps: int = 1

    @property
    def middle(self) -> float:
        """Middle of the range."""
        return (self.low + self.high) / 2

    def times(self, low: float, high: float | None = None) -> Amount:
        """Multiply, a range by a range."""
        return replace(self, low=self.low * low, high=self.high * (low if high is None else high))


@dataclass(frozen=True, slots=True)
class Piece:
    """One segment of a title.

    Attributes:
        text: Its words, for the report.
        join: How it hangs on the piece before.
        amount: Its length, or of one repetition.
        times: How often (low, high), or None.
        senses: What its words mean.
        children: Pieces of a bracketed pattern that is repeated or that fills the amount.
        number: A number without unit that no word explained.
        headed: Whether a colon or "consisting of" follows it.
        whole: Whether it states the whole (total).
        unknown: Words that mean nothing to the reader.
    """

    text: str
    join: Join
    amount: Amount | None = None
    times: tuple[float, float] | None = None
    senses: tuple[Sense, ...] = ()
    children: tuple[Piece, ...] = ()
    number: tuple[float, float] | None = None
    headed: str = ""
    whole: bool = False
    unknown: tuple[str, ...] = ()

    def does(self, *what: Does) -> bool:
        """Tell whether one of its words does one of these."""
        return any(s.does in what for s in self.senses)

    @property
    def effort(self) -> Effort | None:
        """How fast: hard if any word says so, else what is said first."""
        efforts = [s.effort for s in self.senses if s.effort]
        return Effort.HARD if Effort.HARD in efforts else (efforts[0] if efforts else None)

    @property
    def types(self) -> tuple[RunType, ...]:
        """Kinds of run that its words name."""
        return tuple(s.type for s in self.senses if s.type)

    @property
    def pauses(self) -> bool:
        """Whether its words can name a pause and nothing hard."""
        return any(s.pause for s in self.senses) and self.effort is not Effort.HARD


def cut(tokens: Sequence[Token], unit_km: float) -> tuple[Piece, ...]:
    """Cut settled tokens into pieces.

    Args:
        tokens: Tokens as ``settle`` leaves them.
        unit_km: What a bare number of distance is worth [km].
    Returns: Pieces in order; patterns in brackets are children of what repeats them.
    """
    levels = _Levels(unit_km)
    for token in tokens:
        levels.take(token)
    return levels.finish()


class _Levels:
    """Keeps one cutter for each open bracket; deeper ones than ``DEEPEST`` are read as if they were not there."""

    def __init__(self, unit_km: float) -> None:
        self.unit_km = unit_km
        self.stack = [_Cutter(unit_km)]
        self.skipped = 0
        self.alternates = False

    def take(self, token: Token) -> None:
        """Open, close or read on."""
        if self.alternates and (token.kind in (Kind.BREAK, Kind.PLUS, Kind.CLOSE) or token.does is Does.THEN):
            self._close()
        if token.kind is Kind.OPEN:
            self._open()
        elif token.kind is Kind.CLOSE:
            self._close()
        else:
            self.stack[-1].take(token)
            if token.does is Does.OF and "alternat" in token.text and self.stack[-1].fills:
                self._open()
                self.alternates = True

    def finish(self) -> tuple[Piece, ...]:
        """Close what is open and give the pieces."""
        while len(self.stack) > 1:
            self._close()
        return self.stack[0].finish()

    def _open(self) -> None:
        if len(self.stack) < DEEPEST:
            self.stack.append(_Cutter(self.unit_km))
        else:
            self.skipped += 1

    def _close(self) -> None:
        self.alternates = False
        if self.skipped:
            self.skipped -= 1
        elif len(self.stack) > 1:
            inner = self.stack.pop().finish()
            self.stack[-1].bracket(inner)


class _Cutter:
    """Builds the pieces of one bracket level."""

    def __init__(self, unit_km: float) -> None:
        self.unit_km = unit_km
        self.done: list[Piece] = []
        self.fills = False
        self.led = False
        self._clear(Join.START)

    def _clear(self, join: Join) -> None:
        self.join = join
        self.texts: list[str] = []
        self.amount: Amount | None = None
        self.times: tuple[float, float] | None = None
        self.number: tuple[float, float] | None = None
        self.senses: list[tuple[Sense, bool]] = []
        self.children: tuple[Piece, ...] = ()
        self.unknown: list[str] = []
        self.whole = False

    @property
    def empty(self) -> bool:
        """Whether nothing was read since the last piece."""
        return not (self.texts or self.children)

    def finish(self) -> tuple[Piece, ...]:
        """Close the last piece and give all."""
        self.flush(Join.NEXT)
        return tuple(self.done)

    def flush(self, join: Join, headed: str = "") -> None:
        """Close the piece being built; what follows hangs on it by ``join``."""
        if self.empty:
            if headed and self.done:
                self.done[-1] = replace(self.done[-1], headed=headed)
            if self.join is not Join.START or join in (Join.WITH, Join.LAST):
                self.join = join if self.join not in (Join.WITH, Join.LAST) or join is Join.LAST else self.join
            return
        amount, senses = self.amount, tuple(s for s, _ in self.senses)
        if amount is None and self.number:
            hangs = Join.WITH if not self.done and join in (Join.WITH, Join.LAST) else self.join
            amount = bare_amount(self.number, senses, hangs, self.unit_km, self.times is None)
        piece = Piece(" ".join(self.texts), self.join, amount, self.times, senses, self.children,
                      None if amount else self.number, headed, self.whole, tuple(self.unknown))
        if self.done and _qualifies(piece, self.done[-1]):
            last = self.done[-1]
            piece = replace(last, text=f"{last.text}, {piece.text}", senses=last.senses + senses, headed=headed)
            self.done.pop()
        self.done.append(piece)
        self._clear(join)

    def take(self, token: Token) -> None:
        """Read one token."""
        act = _ACTS.get(token.kind)
        if act:
            act(self, token)
        elif token.kind is Kind.COLON:
            self.flush(Join.LIST, headed=":")
        elif token.kind in (Kind.COMMA, Kind.SLASH, Kind.DASH):
            self.flush(Join.LIST)
        else:
            self.flush(Join.NEXT)

    def take_amount(self, token: Token) -> None:
        """Read an amount: it fills the piece, or begins the next."""
        explained = self.number and (self.times or any(s.does in _MOVES_ON for s, _ in self.senses))
        if self.amount or self.children or explained:
            self._next_piece()
        self.texts.append(token.text)
        self.amount = Amount(token.low, token.high, token.measure or Measure.KM, token.brace, token.steps)

    def _next_piece(self) -> None:
        """Begin a piece without a separator; words before their amounts stay with their amounts."""
        self.led = self.led or any(not after for s, after in self.senses if s.does in _MOVES_ON)
        moving: list[Sense] = []
        while self.senses and self._moves(*self.senses[-1]) and not self.texts[-1].startswith("@"):
            moving.insert(0, self.senses.pop()[0])
        moved = self.texts[-len(moving):] if moving else []
        self.texts = self.texts[:len(self.texts) - len(moving)]
        self.flush(Join.NONE)
        self.texts += moved
        self.senses += [(s, False) for s in moving]

    def _moves(self, sense: Sense, after: bool) -> bool:
        """Tell whether a word belongs to the next amount: ``Endurance {14} Recovery {5}``, ``6 x 800 jog 400``."""
        repeated = bool(self.times or self.children)
        return after and ((self.led and not repeated and sense.does in _MOVES_ON) or (repeated and sense.pause))

    def take_times(self, token: Token) -> None:
        """Read a count: of what follows, or of what stands before."""
        if token.after:
            self._repeat(token)
            return
        if self.amount or self.children:
            self._next_piece()
        self.texts.append(token.text)
        self.times = (token.low * (self.times or (1, 1))[0], token.high * (self.times or (1, 1))[1])

    def _repeat(self, token: Token) -> None:
        """Repeat what stands before: ``run 60 s, walk 90 s x 8``."""
        self.flush(Join.NONE)
        first = len(self.done)
        while first and _repeatable(self.done[first - 1]):
            first -= 1
            if self.done[first].join in (Join.NEXT, Join.START):
                break
        block = tuple(self.done[first:])
        if not block:
            self.texts.append(token.text)
            self.times = (token.low, token.high)
            return
        del self.done[first:]
        text = f"{token.text} ({', '.join(p.text for p in block)})"
        if len(block) == 1:
            self.done.append(replace(block[0], text=text, times=(token.low, token.high)))
        else:
            self.done.append(Piece(text, block[0].join, times=(token.low, token.high), children=block))

    def take_number(self, token: Token) -> None:
        """Read a number without unit."""
        if self.amount or self.number or self.children:
            self._next_piece()
        self.texts.append(token.text)
        self.number = (token.low, token.high)

    def take_unknown(self, token: Token) -> None:
        """Keep a word that means nothing here."""
        if len(token.text) > 2:
            self.unknown.append(token.text)
            self.texts.append(token.text)

    def take_sense(self, token: Token) -> None:
        """Read a word: it joins, counts as a whole, or describes the piece."""
        sense = token.sense
        if sense is None:
            return
        if sense.does in _JOINS:
            self.flush(_JOINS[sense.does])
        elif sense.does is Does.MADE_OF:
            self.flush(Join.NEXT, headed="of")
        elif sense.does is Does.OF:
            self.fills = self.amount is not None
        elif sense.does in (Does.TOTAL, Does.FOR):
            self._total(sense, token)
        elif sense.does is Does.FILLER:
            if not self.empty:
                self.texts.append(token.text)
        else:
            self.led = self.led or sense.does is Does.RACE
            self.texts.append(token.text)
            self.senses.append((sense, self.amount is not None or self.number is not None or bool(self.children)))

    def _total(self, sense: Sense, token: Token) -> None:
        if sense.does is Does.FOR:
            if self.amount or any(p.amount for p in self.done):
                self.flush(Join.NONE)
                self.whole = True
            return
        self.texts.append(token.text)
        self.whole = True

    def bracket(self, inner: tuple[Piece, ...]) -> None:
        """Hang what stood in brackets where it belongs."""
        if not inner:
            return
        repeats = self.times and self.amount is None and self.number is None
        pattern = repeats or (self.amount and self.fills)
        self.fills = False
        if pattern and not self.children:
            self.children = tuple(_metres(p) for p in inner)
            self.texts.append("(" + ", ".join(p.text for p in inner) + ")")
        elif any(p.amount or p.children or p.times for p in inner) or (self.empty and not self.done):
            first = not self.done and self.empty
            self.flush(Join.ASIDE)
            self.done += inner if first else [replace(p, join=Join.ASIDE) for p in inner]
            self._clear(Join.NONE)
        else:
            self._remark(inner)

    def _remark(self, inner: tuple[Piece, ...]) -> None:
        """Give bracketed words without amounts to the piece before: ``5 km (easy)``."""
        senses = tuple(s for p in inner for s in p.senses if s.effort or s.type)
        unknown = tuple(w for p in inner for w in p.unknown)
        if self.empty:
            last = self.done[-1]
            self.done[-1] = replace(last, senses=last.senses + senses, unknown=last.unknown + unknown)
        else:
            self.senses += [(s, True) for s in senses]
            self.unknown += unknown


_JOINS = {Does.WITH: Join.WITH, Does.LAST: Join.LAST, Does.THEN: Join.NEXT, Does.OR: Join.LIST, Does.DAY: Join.NEXT}
_ACTS: dict[Kind, Callable[[_Cutter, Token], None]] = {
    Kind.AMOUNT: _Cutter.take_amount, Kind.TIMES: _Cutter.take_times, Kind.NUMBER: _Cutter.take_number,
    Kind.UNKNOWN: _Cutter.take_unknown, Kind.SENSE: _Cutter.take_sense,
}


def _qualifies(piece: Piece, last: Piece) -> bool:
    """Tell whether a listed piece only says how fast the one before it is run: ``8 km, at MP``."""
    bare = piece.amount is None and piece.times is None and piece.number is None and not piece.children
    paces = bool(piece.senses) and all(s.does is Does.EFFORT for s in piece.senses)
    open_ended = last.amount is not None and last.effort is None and not last.does(Does.WARM, Does.COOL)
    return bare and paces and open_ended and piece.join is Join.LIST and not (piece.unknown or last.headed)


def _repeatable(piece: Piece) -> bool:
    return piece.amount is not None and piece.times is None and not piece.does(Does.WARM, Does.COOL)


def _metres(piece: Piece) -> Piece:
    """Read a bare number in a repeated pattern as metres: ``3 x (1600, 400)``."""
    if piece.amount or piece.number is None or piece.number[0] < 100:
        return piece
    return replace(piece, amount=Amount(piece.number[0] / 1000, piece.number[1] / 1000, Measure.KM), number=None)


def bare_amount(
    number: tuple[float, float], senses: Sequence[Sense], join: Join, unit_km: float, once: bool,
) -> Amount | None:
    """Read a number without unit where its words allow only one reading.

    Args:
        number: The number or range.
        senses: Words of its piece.
        join: How its piece hangs on the one before.
        unit_km: What a number of distance is worth [km].
        once: Whether it is not the size of a repetition.
    Returns: Metres for repetitions from 100 on, minutes where the number is too large for a distance, else distance.
    """
    low, high = number
    metres = Amount(low / 1000, high / 1000, Measure.KM) if low >= 100 else None
    if not once or (metres and any(s.pause for s in senses)):
        return metres
    explained = any(s.does in (Does.RUN, Does.EFFORT, Does.WARM, Does.COOL) for s in senses)
    if not explained and join not in (Join.LAST, Join.WITH):
        return None
    if metres and not any(s.type for s in senses):
        return metres
    if high > 300 or low <= 0:
        return None
    most = min((_MOST_UNITS.get(s.type, 25) for s in senses if s.type), default=25)
    return Amount(low, high, Measure.MIN) if low >= most else Amount(low * unit_km, high * unit_km, Measure.KM)


_MOST_UNITS = {RunType.TEMPO: 15, RunType.RECOVERY: 15, RunType.LONG: 61, RunType.STEADY: 20, RunType.FARTLEK: 15}
