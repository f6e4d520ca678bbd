"""Plain titles as tokens: amounts, counts, shares of a speed, and words with a meaning."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from midstance.formats._title_words import EASY, HARD, NUMBER_WORDS, PHRASES, STEADY, UNSAID, Does, Effort, Sense

KM_PER_MILE = 1.609344
MOST_KM = 500.0
MOST_MIN = 48 * 60.0
MOST_TIMES = 200
HOURS_A_DAY = 24

_LEX = re.compile(r"""
  (?P<brace>\{\ ?NUM(?:\ ?-\ ?NUM)?(?:\ ?:\ ?NUM(?:\ ?-\ ?NUM)?)?\ ?\})
| (?P<percent>(?:\d{1,3}(?:\.\d{1,2})?\ ?(?:-|to)\ ?){0,8}\d{1,3}(?:\.\d{1,2})?\ ?%)
| (?P<clock>\d{1,3}(?::\d\d){1,2}(?![\d:]))
| (?P<ratio>\d{1,2}:\d(?![\d:]))
| (?P<number>\d{1,6}(?:\.\d{1,4})?|\.\d{1,4})
| (?P<word>[xhmr](?=\d)|[a-z]+\d?(?![a-z\d])|[a-z]+)
| (?P<line>\n)
| (?P<sign>[^\s\w])
""".replace("NUM", r"\d{1,4}(?:\.\d{1,4})?"), re.VERBOSE)
_REFERENCE = re.compile(
    r"[ ):]*(?:/ ?\d{1,3} ?% ?)?(?:of |your |goal |the |~)*"
    r"(?:(?P<k5>5 ?km?)|(?P<k10>10 ?km?)|(?P<mp>g?m[gr]?p|marathon)|(?P<hmp>g?h[mr]?p|half|hm)|"
    r"(?P<lt>lthr|lt|threshold|ftp|cp)|(?P<none>interval time)|"
    r"(?P<hr>max hr|hr ?max|mhr|hrr|hr|max heart rate|max|heart rate|effort|hfmax|hf|fcm))\b")
_SHARE_OF_MARATHON = {"k5": 1.155, "k10": 1.11, "hmp": 1.05, "lt": 1.07, "mp": 1.0}


class Measure(StrEnum):
    """In what an amount is stated; ``CLOCK`` is a time like 1:30 whose meaning its surroundings tell."""

    KM = "km"
    MIN = "min"
    CLOCK = "clock"


class Kind(StrEnum):
    """Kind of token."""

    AMOUNT = "amount"
    TIMES = "times"
    NUMBER = "number"
    SENSE = "word"
    UNKNOWN = "unknown word"
    OPEN = "("
    CLOSE = ")"
    BREAK = ";"
    COMMA = ","
    PLUS = "+"
    SLASH = "/"
    COLON = ":"
    DASH = "-"
    EQUALS = "="


class Token(NamedTuple):
    """A piece of a title with one meaning; amounts are in km or minutes, from ``low`` to ``high``."""

    kind: Kind
    text: str
    low: float = 0.0
    high: float = 0.0
    measure: Measure | None = None
    sense: Sense | None = None
    brace: str = ""
    steps: int = 1
    after: bool = False

    @property
    def does(self) -> Does | None:
        """What the word does, None for other tokens."""
        return self.sense.does if self.sense else None


class Lexeme(NamedTuple):
    """A run of characters."""

    kind: str
    text: str
    start: int
    end: int


def _per(factor: float, measure: Measure, words: str) -> dict[str, tuple[float, Measure]]:
    return dict.fromkeys(words.split(), (factor, measure))


_UNITS = (
    _per(1.0, Measure.KM, "km kms k ks kilometer kilometers kilometre kilometres kilometros klm")
    | _per(KM_PER_MILE, Measure.KM, "mi mile miles mls meile meilen milers miler")
    | _per(0.001, Measure.KM, "m meter meters metre metres metern mtr mtrs mts metros")
    | _per(0.0009144, Measure.KM, "yd yds yard yards")
    | _per(1.0, Measure.MIN, "min mins minute minutes minuten mn minutos ' mns")
    | _per(1 / 60, Measure.MIN, 's sec secs second seconds sek sekunden segundos secondes "')
    | _per(60.0, Measure.MIN, "h hr hrs hour hours std stunde stunden heures heure horas hora")
)
_SIGNS = {
    "(": Kind.OPEN, "[": Kind.OPEN, ")": Kind.CLOSE, "]": Kind.CLOSE, ",": Kind.COMMA, "+": Kind.PLUS, "&": Kind.PLUS,
    "/": Kind.SLASH, ":": Kind.COLON, "-": Kind.DASH, "=": Kind.EQUALS,
} | dict.fromkeys(";|.!?", Kind.BREAK)
_AT = Sense(does=Does.AT)
_METRES = frozenset({200, 300, 400, 500, 600, 800, 1000, 1200, 1600})


def tokens(text: str, unit_km: float) -> list[Token]:
    """Cut a normalised title into tokens.

    Args:
        text: Title as ``normalise`` leaves it.
        unit_km: What a braced number without unit is worth [km].
    Returns: Tokens in order.
    """
    return _Scanner(text, unit_km).scan()


class _Scanner:
    """Walks over the lexemes of a title once, from left to right."""

    def __init__(self, text: str, unit_km: float) -> None:
        self.text = text
        self.unit_km = unit_km
        self.lexemes = [Lexeme(m.lastgroup or "", m.group(), m.start(), m.end()) for m in _LEX.finditer(text)]
        self.at = 0
        self.out: list[Token] = []

    def scan(self) -> list[Token]:
        """Read all lexemes."""
        while self.at < len(self.lexemes):
            kind = self.lexemes[self.at].kind
            if kind in ("number", "clock", "brace"):
                self._number()
            elif kind == "word":
                self._word()
            elif kind == "percent":
                self._percent()
            else:
                self._sign()
        return self.out

    def _peek(self, ahead: int) -> str:
        place = self.at + ahead
        return self.lexemes[place].text if place < len(self.lexemes) else ""

    def _kind(self, place: int) -> str:
        return self.lexemes[place].kind if place < len(self.lexemes) else ""

    def _text(self, place: int) -> str:
        return self.lexemes[place].text if place < len(self.lexemes) else ""

    def _glued(self, place: int) -> bool:
        """Tell whether a lexeme stands directly at the one before it."""
        return 0 < place < len(self.lexemes) and self.lexemes[place - 1].end == self.lexemes[place].start

    def _sign(self) -> None:
        lexeme = self.lexemes[self.at]
        self.at += 1
        if lexeme.text == "@":
            self.out.append(Token(Kind.SENSE, "@", sense=_AT))
        elif lexeme.kind == "line":
            self.out.append(Token(Kind.BREAK, ";"))
        elif kind := _SIGNS.get(lexeme.text):
            self.out.append(Token(kind, lexeme.text))

    def _percent(self) -> None:
        """Read a share of a race speed or of the highest heart rate as easy, steady or hard."""
        lexeme = self.lexemes[self.at]
        top = max(float(n) for n in re.findall(r"\d+(?:\.\d+)?", lexeme.text))
        found = _REFERENCE.match(self.text, lexeme.end)
        end = found.end() if found else lexeme.end
        while self.at < len(self.lexemes) and self.lexemes[self.at].start < end:
            self.at += 1
        sense = _effort_of(top, found.lastgroup if found else None)
        text = self.text[lexeme.start:end]
        self.out.append(Token(Kind.SENSE, text, sense=sense))
        if ")" in text:
            self.out.append(Token(Kind.CLOSE, ")"))

    def _word(self) -> None:
        lexeme = self.lexemes[self.at]
        word = lexeme.text
        number = NUMBER_WORDS.get(word)
        if number and (self._peek(1) == "x" or (self._peek(1) in _UNITS and len(self._peek(1)) > 1)):
            self.lexemes[self.at] = lexeme._replace(kind="number", text=number)
            self._number()
        elif word == "x":
            self._times_after()
        elif word == "rpe" and self._kind(self.at + 1) == "number":
            self._rpe()
        else:
            self._phrase()

    def _phrase(self) -> None:
        words = self.lexemes[self.at:self.at + 5]
        first = words[0].text
        for rest, sense in PHRASES.get(first, ()):
            n = len(rest)
            if n == 0 or (len(words) > n and tuple(w.text for w in words[1:n + 1]) == rest):
                self.at += n + 1
                self.out.append(Token(Kind.SENSE, self.text[words[0].start:words[n].end], sense=sense))
                return
        self.at += 1
        after_times = bool(self.out) and self.out[-1].kind is Kind.TIMES
        if first in _UNITS and len(first) > 1 and (after_times or self._text(self.at) in ("pace", "repeats", "reps")):
            factor, measure = _UNITS[first]
            self.out.append(Token(Kind.AMOUNT, first, factor, factor, measure))
        elif first == "half" or first not in _UNITS or len(first) == 1:
            self.out.append(Token(Kind.UNKNOWN, first))

    def _rpe(self) -> None:
        place = self.at + 1
        top = float(self._text(place))
        while self._text(place + 1) in ("-", "/", "to") and self._kind(place + 2) == "number":
            if self._text(place + 1) != "/":
                top = float(self._text(place + 2))
            place += 2
        sense = Effort.EASY if top < 5 else Effort.STEADY if top < 7 else Effort.HARD
        self.out.append(Token(Kind.SENSE, f"rpe {top:g}", sense=Sense(does=Does.EFFORT, effort=sense)))
        self.at = place + 1

    def _times_after(self) -> None:
        """Read ``x 8`` behind what is repeated."""
        self.at += 1
        if self._kind(self.at) == "number":
            count = float(self._text(self.at))
            self.at += 1
            self.out.append(Token(Kind.TIMES, f"x {count:g}", count, count, after=True))

    def _number(self) -> None:
        start = self.at
        first = self._one(start)
        if first is None:
            self.at += 1
            return
        chain, place = self._chain(first)
        hour = first.measure in (None, Measure.CLOCK) and not first.brace and first.low < HOURS_A_DAY
        if hour and self._time_of_day(place):
            return
        text = self.text[self.lexemes[start].start:self.lexemes[place - 1].end]
        last = chain[-1]
        chain = [c if c.measure else c.in_unit_of(last) for c in chain]
        self.at = place
        if last.measure is None and self._counts(text, chain):
            return
        self._append(text, chain)

    def _append(self, text: str, chain: list[_Size]) -> None:
        last = chain[-1]
        ladder = len(chain) > 2 or (len(chain) == 2 and chain[0].low > chain[1].high)
        if last.measure is None and all(c.low >= 100 for c in chain) and len(chain) > 2:
            chain = [_Size(c.low / 1000, c.high / 1000, Measure.KM) for c in chain]
        low = sum(c.low for c in chain) if ladder else chain[0].low
        high = sum(c.high for c in chain) if ladder else last.high
        measure = chain[-1].measure
        most = {Measure.KM: MOST_KM, Measure.MIN: MOST_MIN, Measure.CLOCK: MOST_MIN}
        if measure is None:
            self.out.append(Token(Kind.NUMBER, text, low, high))
        elif not isinstance(measure, Measure) or high > most[measure] or high <= 0:
            self.out.append(Token(Kind.SENSE, text, sense=UNSAID))
        else:
            steps = len(chain) if ladder else 1
            self.out.append(Token(Kind.AMOUNT, text, low, high, measure, brace=last.brace, steps=steps))

    def _counts(self, text: str, chain: list[_Size]) -> bool:
        """Read ``6-8 x``, ``3 sets of``, ``5 times`` and ``8x`` at the end; tell whether it was one."""
        low, high = chain[0].low, chain[-1].high
        word = self._text(self.at)
        if word == "x":
            self.at += 1
        elif any(not rest and s.does is Does.SETS for rest, s in PHRASES.get(word, ())):
            self.at += 1
            if self._text(self.at) in ("of", "x"):
                self.at += 1
        else:
            return False
        ends = self.at >= len(self.lexemes) or self._kind(self.at) == "line" or self._text(self.at) in ",;.)"
        if 1 <= high <= MOST_TIMES and low <= high:
            self.out.append(Token(Kind.TIMES, f"{text} x", low, high, after=ends))
        return True

    def _time_of_day(self, place: int) -> bool:
        """Skip times of day (6 am, 18:30-19:30 pm) and ordinals (4th)."""
        if self._text(place) in ("am", "pm") or (self._text(place) in ("th", "st", "nd", "rd") and self._glued(place)):
            self.at = place + 1
            return True
        return False

    def _chain(self, first: _Size) -> tuple[list[_Size], int]:
        """Collect ranges and ladders: 6-8, {4}-{6}, 5-4-3-2-1 km, 60 to 75 min, 8K or 10K."""
        chain, place = [first], first.next
        while joiner := self._joiner(chain, place):
            following = self._one(place + 1)
            if following is None or not self._joins(chain[-1], following, joiner):
                break
            chain.append(following)
            place = following.next
        if len(chain) == 2 and self._text(first.next) in (",", "/"):
            return [first], first.next
        return chain, place

    def _joiner(self, chain: list[_Size], place: int) -> str:
        text = self._text(place)
        bare = chain[-1].measure is None and not chain[-1].brace
        return text if text in ("-", "to", "bis", "or") or (bare and text in (",", "/")) else ""

    def _joins(self, before: _Size, following: _Size, joiner: str) -> bool:
        if self._text(following.next) == "x" and (before.measure is not None or joiner in (",", "/")):
            return False
        if joiner == "or" and (before.measure is None) != (following.measure is None) and following.measure is None:
            return False
        return before.measure is None or following.measure is before.measure

    def _one(self, place: int) -> _Size | None:
        """Read one number, with its unit where one follows."""
        kind = self._kind(place)
        if kind == "brace":
            return self._brace(place)
        if kind == "clock":
            return self._clock(place)
        if kind != "number":
            return None
        value = float(self._text(place))
        unit = self._text(place + 1)
        if unit == "half" and self._text(place + 2) == "mile":
            return _Size(value * 0.5 * KM_PER_MILE, value * 0.5 * KM_PER_MILE, Measure.KM, place + 3)
        if unit not in _UNITS or (unit in ("'", '"') and not self._glued(place + 1)):
            return _Size(value, value, None, place + 1)
        return self._measured(value, unit, place)

    def _measured(self, value: float, unit: str, place: int) -> _Size:
        factor, measure = _UNITS[unit]
        end = place + 2
        if unit == "m":
            factor = self._metres_or_miles(value)
        elif unit == "s" and value in _METRES and self._glued(place + 1):
            factor, measure = 0.001, Measure.KM
        amount = value * factor
        if measure is Measure.MIN and factor >= 1 and self._kind(end) == "number":
            amount, end = self._smaller_unit(amount, factor, end)
        if self._text(end) == "/" and self._text(end + 1) in ("km", "k", "mi", "mile", "m"):
            return _Size(amount, amount, "pace", end + 2)
        return _Size(amount, amount, measure, end, factor=factor)

    def _metres_or_miles(self, value: float) -> float:
        after_times = bool(self.out) and self.out[-1].kind is Kind.TIMES
        metres = value > 10 if after_times else value >= 50
        return 0.001 if metres else KM_PER_MILE

    def _smaller_unit(self, amount: float, factor: float, place: int) -> tuple[float, int]:
        """Add the minutes of 1h30 and 1 hour 30 min, the seconds of 1'30 and 2 min 30 s."""
        unit = self._text(place + 1)
        smaller = _UNITS.get(unit)
        if smaller and smaller[1] is Measure.MIN and smaller[0] < factor and (unit.isalpha() or self._glued(place + 1)):
            return amount + float(self._text(place)) * smaller[0], place + 2
        named = smaller is not None and not (unit == "m" and factor == 60)
        if self._glued(place) and unit != "x" and not named:
            return amount + float(self._text(place)) * factor / 60, place + (2 if unit == "m" else 1)
        return amount, place

    def _brace(self, place: int) -> _Size:
        numbers = re.split("[:-]", self._text(place).strip("{} ").replace(" ", ""))
        miles = ":" in self._text(place)
        first = self._text(place).strip("{} ").split(":")[0].split("-")
        factor = KM_PER_MILE if miles else self.unit_km
        values = sorted(float(n) * factor for n in first)
        brace = "pair" if miles else "lone" if len(numbers) == 1 else "range"
        return _Size(values[0], values[-1], Measure.KM, place + 1, brace, factor)

    def _clock(self, place: int) -> _Size:
        parts = [int(n) for n in self._text(place).split(":")]
        unit = _UNITS.get(self._text(place + 1), (0.0, None))
        if len(parts) == 3:
            value = parts[0] * 60 + parts[1] + parts[2] / 60
            return _Size(value, value, Measure.MIN, place + 1 + (unit[1] is Measure.MIN))
        value = parts[0] + parts[1] / 60
        end = place + 1 + (unit[1] is Measure.MIN)
        paced = self._text(end) == "/" and self._text(end + 1) in ("km", "k", "mi", "mile", "m")
        if paced or self._text(end) in ("pace", "per") or (self.out and self.out[-1].does is Does.AT):
            return _Size(value, value, "pace", end + 2 * paced)
        if unit[1] is Measure.MIN:
            value *= 60 if unit[0] == 60 else 1
            return _Size(value, value, Measure.MIN, end)
        after_times = bool(self.out) and self.out[-1].kind is Kind.TIMES
        return _Size(value, value, Measure.MIN if after_times else Measure.CLOCK, place + 1)


class _Size(NamedTuple):
    """One number of an amount, before ranges are joined; ``next`` is the lexeme after it."""

    low: float
    high: float
    measure: Measure | str | None
    next: int = 0
    brace: str = ""
    factor: float = 1.0

    def in_unit_of(self, other: _Size) -> _Size:
        """Give a bare number the unit of the last number of its range."""
        return self._replace(low=self.low * other.factor, high=self.high * other.factor, measure=other.measure)


def _effort_of(top: float, reference: str | None) -> Sense:
    """Class a share [%] of a speed or of a heart rate."""
    if reference == "none":
        return UNSAID
    share = _SHARE_OF_MARATHON.get(reference or "", 0.0) * top
    if share:
        return HARD if share >= 99.5 else STEADY if share >= 86 else EASY
    return HARD if top >= 88 else STEADY if top >= 80 else EASY
