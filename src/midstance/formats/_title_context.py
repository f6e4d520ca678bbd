"""Words whose meaning their neighbours tell: race names as paces, letters, counts, things that are no length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from midstance.domain.run import RunType
from midstance.formats._title_tokens import KM_PER_MILE, Kind, Measure, Token
from midstance.formats._title_words import EASY, HARD, LETTERS, STEADY, UNSAID, Does, Effort, Sense

if TYPE_CHECKING:
    from collections.abc import Callable

_RACE_KM = (1.0, 1.5, 3.0, 5.0, 8.0, 10.0, 12.0, 15.0, 20.0, KM_PER_MILE, 10 * KM_PER_MILE)
_LOOKS_AHEAD = frozenset({"every", "each", "per", "after each", "hr", "hf", "fc", "age"})
_PACE_M = re.compile(r"\d{1,2}(?:-\d{1,2})? ?m")
_PROGRAMS = frozenset({"plan", "training", "program", "training plan"})
_GERMAN_PACE = frozenset({"tempo", "renntempo"})
_PAUSE = Sense(does=Does.PAUSE, effort=Effort.EASY, pause=True)
_INTERVALS = Sense(does=Does.RUN, type=RunType.INTERVALS, effort=Effort.HARD, sure=True)
_FRAMES = {"up": Sense(does=Does.WARM), "down": Sense(does=Does.COOL)}
_TRIAL = Sense(does=Does.RACE, type=RunType.RACE, effort=Effort.HARD, sure=True)
_ENDS = frozenset({Kind.BREAK, Kind.COMMA, Kind.PLUS, Kind.SLASH, Kind.CLOSE, Kind.COLON, Kind.DASH, Kind.OPEN})
_JOINS_PACES = frozenset({Kind.DASH, Kind.SLASH})
_SENSES = {Effort.HARD: HARD, Effort.STEADY: STEADY, Effort.EASY: EASY}
_NAMES = frozenset({Does.RUN, Does.EFFORT, Does.RACE})


def settle(tokens: list[Token]) -> list[Token]:
    """Decide what the words mean that can mean several things.

    Args:
        tokens: Tokens as ``tokens`` reads them.
    Returns: Tokens without pace marks, letters and amounts that are no length.
    """
    out: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        rule = _BY_DOES.get(token.does) if token.does else _BY_KIND.get(token.kind)
        taken = rule(tokens, place, out) if rule else 0
        if not taken:
            out.append(token)
        place += taken or 1
    return out


def _token(tokens: list[Token], place: int) -> Token | None:
    return tokens[place] if 0 <= place < len(tokens) else None


def _ends(token: Token | None) -> bool:
    """Tell whether a place ends what stands before it."""
    return token is None or token.kind in _ENDS or token.does in (Does.WITH, Does.THEN, Does.LAST, Does.OR, Does.AT)


def _is_name(token: Token) -> bool:
    """Tell whether a token can name a race distance or another pace."""
    if token.kind is Kind.AMOUNT:
        whole = token.measure is Measure.KM and token.steps == 1 and not token.brace
        return whole and all(any(abs(km - race) < 0.01 for race in _RACE_KM) for km in (token.low, token.high))
    return token.does in _NAMES or (token.kind is Kind.NUMBER and token.low in (400.0, 800.0, 1500.0, 3000.0))


def _pace_names(tokens: list[Token], place: int) -> tuple[list[Token], int, bool]:
    """Collect the names of a pace from a place on: names, the place behind them, whether pace or effort follows."""
    names: list[Token] = []
    end = place
    while token := _token(tokens, place):
        paced = token.does is Does.EFFORT and token.text.endswith((" pace", " effort"))
        if token.does is Does.PACE or (names and paced):
            return names, place + 1, bool(names)
        if _is_name(token):
            names.append(token)
            end = place + 1
        elif token.does is not Does.FILLER and (not names or not (token.kind in _JOINS_PACES or token.does is Does.OR)):
            break
        place += 1
    return names, end, False


def _pace_of(names: list[Token]) -> Sense:
    efforts = [n.sense.effort for n in names if n.sense and n.does is not Does.RACE and n.sense.effort]
    if any(n.kind is not Kind.SENSE or n.does is Does.RACE for n in names):
        efforts.append(Effort.HARD)
    return _SENSES[max(efforts)] if efforts else UNSAID


def _after_at(tokens: list[Token], place: int, out: list[Token]) -> int:
    """Read ``@ 10K``, ``at 15K to half pace``, ``at 92% MP``."""
    names, end, paced = _pace_names(tokens, place + 1)
    if not names:
        following = _token(tokens, place + 1)
        return 2 if following and following.kind is Kind.NUMBER else 1
    if not paced:
        end = _first_names(tokens, place + 1)
        names = [t for t in tokens[place + 1:end] if _is_name(t)]
    out.append(Token(Kind.SENSE, "@ " + " ".join(t.text for t in tokens[place + 1:end]), sense=_pace_of(names)))
    return end - place


def _first_names(tokens: list[Token], place: int) -> int:
    """Find where a pace without the word pace ends: names go on only after a dash, a slash or ``to``."""
    end, wanted = place, True
    while token := _token(tokens, place):
        if _is_name(token):
            if not wanted:
                break
            end, wanted = place + 1, False
        elif token.kind in _JOINS_PACES or token.text == "to" or (wanted and token.does is Does.FILLER):
            wanted = True
        else:
            break
        place += 1
    return end


def _race_as_pace(tokens: list[Token], place: int, out: list[Token]) -> int:
    """Read ``10K pace``, ``5K-10K effort``, ``marathon race pace`` without a word before it."""
    if not _is_name(tokens[place]) or (out and out[-1].kind is Kind.TIMES):
        return 0
    names, end, paced = _pace_names(tokens, place)
    other = any(t.kind in (Kind.AMOUNT, Kind.TIMES) for t in [*out, *tokens[end:]])
    tight = all(map(_belongs_to_pace, tokens[place:end]))
    if not paced or not tight or (tokens[place].kind is Kind.AMOUNT and not other and len(names) == 1):
        return 0
    out.append(Token(Kind.SENSE, " ".join(t.text for t in tokens[place:end]), sense=_pace_of(names)))
    return end - place


def _belongs_to_pace(token: Token) -> bool:
    named = token.does in (Does.RACE, Does.PACE, Does.EFFORT) or token.text in ("to", "goal")
    return named or token.kind in _JOINS_PACES or _amount(token)


def _distance(tokens: list[Token], place: int, out: list[Token]) -> int:
    """Read ``5K pace`` as a pace, ``8 M`` beside E and T as marathon pace, ``Yasso 800s`` as a kind of intervals."""
    token = tokens[place]
    if _PACE_M.fullmatch(token.text) and any(t.kind is Kind.UNKNOWN and t.text in LETTERS for t in tokens):
        low, high = token.low / KM_PER_MILE, token.high / KM_PER_MILE
        out.append(token._replace(kind=Kind.NUMBER, low=low, high=high, measure=None))
        out += [token._replace(kind=Kind.SENSE, text="m", sense=LETTERS["m"])]
        return 1
    if token.text.endswith("00s") and not any(t.kind is Kind.TIMES for t in out[-2:]):
        out.append(token._replace(kind=Kind.SENSE, sense=_INTERVALS))
        return 1
    following = _token(tokens, place + 1)
    if following and following.text in _PROGRAMS and _is_name(token):
        return 2
    if following and following.text == "test" and _is_name(token):
        out += [token, following._replace(sense=_TRIAL)]
        return 2
    return _race_as_pace(tokens, place, out)


def _effort(tokens: list[Token], place: int, out: list[Token]) -> int:
    """Read ``5 s faster`` as a change of pace, no length."""
    seconds = out and out[-1].kind is Kind.AMOUNT and out[-1].measure is Measure.MIN and out[-1].high <= 1
    if seconds and tokens[place].text in ("faster", "slower", "quicker"):
        out.pop()
        return 1
    return _race_as_pace(tokens, place, out)


def _amount(token: Token) -> bool:
    return token.kind in (Kind.AMOUNT, Kind.NUMBER)


def _pace_alone(tokens: list[Token], place: int, out: list[Token]) -> int:
    """Read ``5 miles pace`` as race pace; drop the word after any other pace."""
    if out and out[-1].kind is Kind.AMOUNT and out[-1].measure is Measure.KM:
        out.append(tokens[place]._replace(sense=HARD))
    return 1


def _letter(tokens: list[Token], place: int, out: list[Token]) -> int:
    """Read the pace letters E, M, T, I, R and L beside an amount, and r for the rest between."""
    token, before, following = tokens[place], out[-1] if out else None, _token(tokens, place + 1)
    sense = LETTERS.get(token.text)
    if sense is None:
        return 0
    if token.text == "r" and following and _rest_follows(following, before):
        out.append(token._replace(kind=Kind.SENSE, sense=_PAUSE))
        return 2 if following.kind in (Kind.EQUALS, Kind.COLON) else 1
    paced = following is not None and following.does is Does.PACE
    beside = before is not None and (_amount(before) or before.kind is Kind.TIMES) and (_ends(following) or paced)
    leads = (before is None or before.kind in _ENDS) and following is not None and (
        paced or _amount(following) or following.kind is Kind.TIMES or following.text == "day")
    if not beside and not leads:
        return 0
    out.append(token._replace(kind=Kind.SENSE, sense=sense))
    return 1


def _rest_follows(following: Token, before: Token | None) -> bool:
    return following.kind in (Kind.EQUALS, Kind.COLON) or (
        following.kind is Kind.AMOUNT and following.measure is not Measure.KM and before is not None)


def _no_length(tokens: list[Token], place: int, out: list[Token]) -> int:
    """Leave out an amount that is no length: ``every 5 min``, ``600 m elevation``, ``140 bpm``."""
    following = _token(tokens, place + 1)
    if tokens[place].text in _LOOKS_AHEAD:
        return 2 if following and _amount(following) else 1
    if out and _amount(out[-1]):
        out.pop()
    return 1


def _filler(tokens: list[Token], place: int, out: list[Token]) -> int:
    """Read ``2 min on / 1 min off``, ``2 up, 4 tempo, 2 down`` and German ``in 10 km tempo``."""
    following, third = _token(tokens, place + 1), _token(tokens, place + 2)
    if tokens[place].text == "in" and following and third and _is_name(following) and third.text in _GERMAN_PACE:
        out.append(third._replace(text=f"in {following.text} {third.text}", sense=HARD))
        return 3
    alone = following is None or _ends(following) or following.does is Does.REST
    if tokens[place].text == "on" and out and _amount(out[-1]) and alone:
        out.append(tokens[place]._replace(sense=HARD))
        return 1
    framed = _FRAMES.get(tokens[place].text)
    if framed and out and out[-1].kind is Kind.NUMBER:
        out.append(tokens[place]._replace(sense=framed))
        return 1
    return 0


def _offset(tokens: list[Token], place: int, out: list[Token]) -> int:
    """Leave out seconds added to a pace: ``@ MP - 10s``; make ``MP + 20 s`` steady."""
    following = _token(tokens, place + 1)
    if not (out and out[-1].does is Does.EFFORT and following):
        return 0
    seconds = following.measure is Measure.MIN and following.high <= 1 and not following.text.endswith(("n", "'"))
    bare = following.kind is Kind.NUMBER and following.high <= 60 and _ends(_token(tokens, place + 2))
    per_km = following.does is Does.EFFORT and "/" in following.text
    if not (seconds or bare or per_km):
        return 0
    if tokens[place].kind is Kind.PLUS and "mp" in out[-1].text:
        out[-1] = out[-1]._replace(sense=STEADY)
    return 2


def _plus(tokens: list[Token], place: int, out: list[Token]) -> int:
    """Read ``easy + speed`` as strides in an easy run."""
    taken = _offset(tokens, place, out) if tokens[place].kind is Kind.PLUS else 0
    if taken:
        return taken
    following = _token(tokens, place + 1)
    easy = out and out[-1].sense and out[-1].sense.type in (RunType.EASY, RunType.RECOVERY)
    return 2 if easy and following and following.text == "speed" else 0


def _number(tokens: list[Token], place: int, out: list[Token]) -> int:
    """Read ``6 strides`` and ``8 hills`` as counts, ``800 pace`` as a pace; leave out how many runs."""
    if taken := _race_as_pace(tokens, place, out):
        return taken
    following = _token(tokens, place + 1)
    if following and following.does is Does.RUN and following.text.endswith("runs"):
        return 1
    counted = following.sense if following else None
    if counted and (counted.does in (Does.STRIDES, Does.SPRINT) or counted.type is RunType.HILLS):
        out.append(tokens[place]._replace(kind=Kind.TIMES))
        return 1
    return 2 if following and following.text == "hm" and tokens[place].low >= 50 else 0


def _sets(tokens: list[Token], place: int, out: list[Token]) -> int:
    """Read ``800 m repeats`` and ``4 mile repeats`` (four of one mile)."""
    if out and out[-1].kind is Kind.AMOUNT:
        amount = out.pop()
        counted = any(t.kind is Kind.TIMES for t in (*out[-2:], *tokens[place + 1:place + 3]))
        unit = KM_PER_MILE if "mi" in amount.text else 1.0
        count = amount.high / unit
        if amount.measure is Measure.KM and 2 <= count <= 12 and abs(count - round(count)) < 1e-6:
            out.append(amount._replace(kind=Kind.TIMES, low=amount.low / unit, high=count))
            out.append(amount._replace(low=unit, high=unit))
        elif counted:
            out.append(amount)
        out.append(tokens[place]._replace(sense=_INTERVALS, text=f"{amount.text} {tokens[place].text}"))
    return 1


_BY_DOES: dict[Does, Callable[[list[Token], int, list[Token]], int]] = {
    Does.AT: _after_at, Does.RACE: _race_as_pace, Does.EFFORT: _effort, Does.PACE: _pace_alone,
    Does.NOT_LENGTH: _no_length, Does.FILLER: _filler, Does.SETS: _sets, Does.WITH: _plus,
}
_BY_KIND: dict[Kind, Callable[[list[Token], int, list[Token]], int]] = {
    Kind.AMOUNT: _distance, Kind.UNKNOWN: _letter, Kind.PLUS: _plus, Kind.DASH: _offset, Kind.NUMBER: _number,
    Kind.EQUALS: lambda _tokens, _place, _out: 1,
}
