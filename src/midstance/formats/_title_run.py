"""Parts of one run as one reading: type, length, work, and what told them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midstance.domain.run import HARD_TYPES, LONG_MINUTES, RunType
from midstance.formats._title_parts import Part, Role, describe, parts_of
from midstance.formats._title_pieces import Amount, Join, Piece
from midstance.formats._title_tokens import Measure
from midstance.formats._title_words import HALF_KM, MARATHON_KM, UNSAID, Does, Effort

if TYPE_CHECKING:
    from collections.abc import Sequence

TEMPO_WORD = re.compile(r"\btempo|\btdl\b|\bthreshold\b|\blt\b")
NAMED_PACE = re.compile(r"@|pace|\bh?mp\b|effort|marathon|\d:\d\d")
LONG_KM = 16.0
ENOUGH_MINUTES = 5.0
MINUTES_PER_KM = 5.0
SLACK = 0.05
SURGE_MIN = 3.0
RACES_KM = (HALF_KM, MARATHON_KM)
RACE_SLACK_KM = 0.06


@dataclass(frozen=True, slots=True, kw_only=True)
class OneRun:
    """Reading of one run of a title; ``is_run`` is None when it cannot be read.

    Attributes:
        type: Kind of run, or None.
        is_run: True for a run, False for a day without one, None when it cannot be read.
        minutes: Length [min], or None.
        km: Distance [km], or None.
        least_km: What the stated parts add up to at least [km].
        stated: Whether the title states the distance itself, not only its parts.
        hard_minutes: Work stated in time [min], or None.
        hard_km: Work stated in distance [km], or None.
        pace_work: Whether 5 minutes or more are at marathon pace or faster.
        why: How it was read.
    """

    type: RunType | None = None
    is_run: bool | None = None
    minutes: float | None = None
    km: float | None = None
    least_km: float = 0.0
    stated: bool = False
    hard_minutes: float | None = None
    hard_km: float | None = None
    pace_work: bool = False
    why: tuple[str, ...] = ()


def read_run(pieces: Sequence[Piece]) -> OneRun:
    """Read the pieces of one run.

    Args:
        pieces: Pieces of a title, or of its part for one of two runs.
    Returns: What they say; why they say no run, where they do not.
    """
    other, running, notes = _without_other_training(pieces)
    if other is False:
        return OneRun(is_run=False, why=notes)
    running = _not_the_goal(running)
    doubt = _doubt(running)
    if doubt:
        return OneRun(why=(*notes, doubt))
    parts = parts_of(running)
    if any(s is UNSAID for p in running for s in p.senses):
        notes = (*notes, "a pace in figures is not compared with the runner's own")
    work_min, work_km = _work(parts, Measure.MIN), _work(parts, Measure.KM)
    kind, said = _kind(parts, work_min, work_km)
    if kind is None:
        return OneRun(why=(*notes, *map(str, parts), said))
    return _whole(parts, kind, (work_min, work_km), (*notes, *map(str, parts), said))


def _whole(parts: tuple[Part, ...], kind: RunType, work: tuple[float, float], notes: tuple[str, ...]) -> OneRun:
    km, km_note, stated = _length(parts, Measure.KM)
    minutes, min_note, _ = _length(parts, Measure.MIN)
    work_min, work_km = work
    if kind is RunType.RACE:
        km, work_min, work_km = _race(parts, km, minutes)
    at_least = (km.low if km else 0.0, minutes.low if minutes else 0.0)
    if kind is RunType.EASY and (at_least[0] >= LONG_KM or at_least[1] > LONG_MINUTES):
        kind, notes = RunType.LONG, (*notes, f"long: easy, from {LONG_KM:g} km or above {LONG_MINUTES} min on")
    middle_km, middle_min = (km.middle if km else None), (minutes.middle if minutes else None)
    told = work_min + work_km * MINUTES_PER_KM
    if kind is RunType.TEMPO and _names_only_the_run(parts):
        work_min = work_km = 0.0
        notes = (*notes, "the length is the run's; how much of it is work is not told")
    pace_work = told >= ENOUGH_MINUTES or (kind in HARD_TYPES and not told)
    return OneRun(
        type=kind, is_run=True, minutes=middle_min, km=middle_km, least_km=_least(parts), stated=stated,
        hard_minutes=_within(work_min, middle_min), hard_km=_within(work_km, middle_km), pace_work=pace_work,
        why=tuple(n for n in (*notes, km_note, min_note) if n))


def _names_only_the_run(parts: Sequence[Part]) -> bool:
    """Tell whether a title gives one length and a kind of run ("Tempo 8 km"), but no pace that all of it is run at."""
    text = parts[0].piece.text
    return len(parts) == 1 and bool(TEMPO_WORD.search(text)) and not NAMED_PACE.search(text)


def _within(work: float, whole: float | None) -> float | None:
    if not work:
        return None
    return work if whole is None else min(work, whole)


def _least(parts: Sequence[Part]) -> float:
    return sum(a.low for p in parts if not p.inside and p.role is not Role.STRIDES and (a := p.of(Measure.KM)))


def _race(parts: Sequence[Part], km: Amount | None, minutes: Amount | None) -> tuple[Amount | None, float, float]:
    """Take the race itself as work; its name tells the distance where nothing else does."""
    race = next((p for p in parts if p.piece.does(Does.RACE)), None)
    named = max((s.race_km for p in parts for s in p.piece.senses if s.race_km), default=None)
    stated = race.piece.amount if race and race.piece.amount and race.piece.amount.measure is Measure.KM else None
    if km is None and named and not any(p.role in (Role.WARM, Role.COOL) for p in parts):
        km = Amount(named, named, Measure.KM)
    hard_km = named or (stated.middle if stated else km.middle if km else 0.0)
    if km and hard_km > km.middle:
        hard_km = km.middle
    return km, minutes.middle if minutes and not hard_km else 0.0, hard_km


def _without_other_training(pieces: Sequence[Piece]) -> tuple[bool | None, tuple[Piece, ...], tuple[str, ...]]:
    """Tell a day without a run (False), or leave out what is other training beside one (None)."""
    others = [p for p in pieces if p.does(Does.SPORT, Does.ADDON) or _rests(p)]
    running = [p for p in pieces if p not in others]
    sport = next((n for n, p in enumerate(pieces) if p.does(Does.SPORT)), None)
    if sport is not None:
        before = pieces[:sport]
        running = [p for p in running if _plainly(p) or (p in before and p.amount and p.senses)]
        if running and pieces[sport].amount is None and not any(map(_plainly, running)):
            return None, (pieces[sport],), (f"'{pieces[sport].text}' may be what all of it is about",)
    if _only_walking(running):
        return False, (), ("walking, no run",)
    if others and not any(_says_run(p) or _sized(p) for p in running):
        return False, (), tuple(f"{p.text}: no run" for p in others)
    return None, tuple(running), tuple(f"{p.text}: left out" for p in others)


def _sized(piece: Piece) -> bool:
    return bool(piece.amount or piece.times or piece.children)


def _rests(piece: Piece) -> bool:
    return piece.does(Does.REST) and not _sized(piece) and not _says_run(piece)


def _says_run(piece: Piece) -> bool:
    return piece.does(Does.RUN, Does.RACE, Does.STRIDES, Does.SPRINT) or any(_says_run(c) for c in piece.children)


def _plainly(piece: Piece) -> bool:
    """Tell whether a piece speaks of running itself, not only of effort."""
    plain = any(s.sure or (s.does is Does.RUN and s.effort is None) for s in piece.senses)
    return plain or any(_plainly(c) for c in piece.children)


def _only_walking(pieces: Sequence[Piece]) -> bool:
    walks = [p for p in pieces if p.does(Does.WALK)]
    runs = any(_plainly(p) or (p not in walks and (_sized(p) or p.types)) for p in pieces)
    return bool(walks) and not runs and not any(p.effort is Effort.HARD for p in pieces)


def _doubt(pieces: Sequence[Piece]) -> str:
    """Say what keeps a title from being read as a run, or nothing."""
    flat = [p for q in pieces for p in (q, *q.children)]
    unknown = [w for p in flat for w in p.unknown]
    sure = any(s.sure for p in flat for s in p.senses)
    named = any(p.does(Does.RUN, Does.RACE, Does.STRIDES, Does.SPRINT) for p in flat)
    sized = any(p.amount or p.times for p in flat)
    repeated = any(p.times for p in flat) and any(p.does(Does.EFFORT) and p.effort for p in flat)
    if not named and not any(p.amount or p.effort for p in flat) and any(p.times for p in flat):
        return "a count without a length"
    far = any(p.amount and p.amount.measure is Measure.KM for p in flat)
    if any(p.does(Does.REST) and p.amount and not p.types for p in pieces[:1]):
        return f"'{pieces[0].text}': rest with a length"
    if any(p.does(Does.SPORT) for p in pieces):
        return "other training, or a run beside it"
    if any(p.does(Does.EVENT) for p in flat) and not (sure and far):
        return "speaks of something else than training"
    if unknown and not sure and not (named and sized) and not repeated:
        heading = pieces[0].headed == ":" and pieces[0].does(Does.RACE)
        if not heading and not any(p.times and p.amount and p.amount.measure is Measure.KM for p in flat):
            return "unknown: " + ", ".join(unknown[:5])
    return ""


def _work(parts: Sequence[Part], measure: Measure) -> float:
    """Add up the work in one measure; a part that holds stated work is not work itself."""
    return sum(a.middle for p in parts if not _holds(parts, p) for a in p.work if a.measure is measure)


def _holds(parts: Sequence[Part], holder: Part) -> bool:
    if holder.role is not Role.MAIN or holder.inside:
        return False
    for part in parts[parts.index(holder) + 1:]:
        if not part.inside:
            return False
        if part.work:
            return True
    return False


def _kind(parts: Sequence[Part], work_min: float, work_km: float) -> tuple[RunType | None, str]:
    """Decide the type of the run: named kinds first, then what its parts are."""
    pieces = [p.piece for p in parts if p.role not in (Role.WARM, Role.COOL, Role.PAUSE, Role.STRIDES)]
    named = [t for p in pieces for q in (p, *p.children) for t in q.types]
    if any(p.does(Does.RACE) for p in pieces):
        return RunType.RACE, "race: named so"
    broken = any(p.role is Role.REPS and p.effort is Effort.HARD for p in parts)
    eased = {RunType.EASY, RunType.LONG, RunType.RECOVERY, RunType.STEADY} & set(named)
    if RunType.HILLS in named and (broken or not eased):
        return RunType.HILLS, "hills: named so"
    plain = {s.type for p in pieces for s in p.senses if s.type is not RunType.LONG or s.sure or not broken}
    for kind in (RunType.LONG, RunType.FARTLEK, RunType.INTERVALS):
        if kind in named and (kind in plain or any(p.role is Role.MAIN for p in parts)):
            return kind, f"{kind.value}: named so"
    enough = work_min + work_km * MINUTES_PER_KM >= ENOUGH_MINUTES
    return _by_parts(parts, named, broken, enough)


def _by_parts(
    parts: Sequence[Part], named: Sequence[RunType], broken: bool, enough: bool,
) -> tuple[RunType | None, str]:
    if broken:
        return _broken(parts)
    hard = [p for p in parts if p.work and p.role is Role.MAIN]
    if enough and hard:
        if len(hard) > 1 and any(p.role is Role.PAUSE for p in parts):
            return RunType.INTERVALS, "intervals: hard parts with pauses"
        return RunType.TEMPO, "tempo: hard without a break"
    if RunType.TEMPO in named:
        return RunType.TEMPO, "tempo: named so"
    return _calm(parts, named)


def _broken(parts: Sequence[Part]) -> tuple[RunType, str]:
    """Tell intervals from fast stretches within an easy run (fartlek)."""
    easy = any(p.role is Role.MAIN and p.effort is not Effort.HARD and p.length for p in parts)
    reps = [p for p in parts if p.role is Role.REPS and p.work]
    timed = all(p.inside and _surge(p.piece) for p in reps)
    if easy and timed:
        return RunType.FARTLEK, "fartlek: fast stretches within an easy run"
    return RunType.INTERVALS, "intervals: repeated work"


def _surge(piece: Piece) -> bool:
    """Tell a fast stretch of up to 3 minutes, alone or in a pattern, from a longer repetition."""
    one = [p.amount for p in (piece.children or (piece,)) if p.amount]
    return bool(one) and all(a.measure is Measure.MIN and a.high <= SURGE_MIN for a in one)


def _calm(parts: Sequence[Part], named: Sequence[RunType]) -> tuple[RunType | None, str]:
    mains = [p for p in parts if p.role in (Role.MAIN, Role.REPS)]
    headed = [p for p in parts if p.role is Role.WORDS and p.piece.join not in (Join.WITH, Join.LAST, Join.ASIDE)]
    if any(p.effort is Effort.STEADY for p in (*mains, *headed)):
        return RunType.STEADY, "steady: below marathon pace"
    if RunType.RECOVERY in named:
        return RunType.RECOVERY, "recovery: named so"
    if any(p.effort is Effort.HARD and not p.work for p in mains):
        return RunType.TEMPO, "tempo: hard, no length said"
    if RunType.EASY in named or any(p.effort is Effort.EASY for p in mains):
        return RunType.EASY, "easy: named so"
    if any(p.role is Role.STRIDES for p in parts):
        return RunType.EASY, "easy: strides leave a run easy"
    distances = [km.middle for p in parts if (km := p.of(Measure.KM))]
    if any(abs(km - race) < RACE_SLACK_KM for km in distances for race in RACES_KM):
        return RunType.RACE, "race: the very distance of one"
    if distances:
        return RunType.EASY, "easy: a distance, and nothing said about effort"
    return None, "no word or distance of a run"


def _not_the_goal(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Leave out a marathon that another kind of run is for (``marathon long run``); an easy parkrun is an easy 5 km."""
    races = [s for p in pieces for s in p.senses if s.does is Does.RACE]
    said = [s for p in pieces for s in p.senses if s.does in (Does.RUN, Does.EFFORT)]
    plain = any(s.effort or s.type is RunType.LONG for s in said)
    if not races or not plain or any(s.race_km is None for s in races):
        return pieces
    fixed = next((s.race_km for s in races if s.race_km and s.race_km < LONG_KM), None)
    if any(p.amount for p in pieces):
        fixed = None
    left = [replace(p, senses=tuple(s for s in p.senses if s.does is not Does.RACE)) for p in pieces]
    if fixed:
        left[0] = replace(left[0], amount=Amount(fixed, fixed, Measure.KM))
    return tuple(left)


def _length(parts: Sequence[Part], measure: Measure) -> tuple[Amount | None, str, bool]:
    """Find the length of the whole run in one measure: amount, how it was found, whether the title states it."""
    tops = [p for p in parts if not p.inside and p.role in (Role.MAIN, Role.REPS, Role.WARM, Role.COOL, Role.PAUSE)]
    mains = [p for p in tops if p.role is Role.MAIN and p.of(measure)]
    own, note = _sum(tops, measure, broken=any(p.role is Role.PAUSE for p in parts))
    alone = len(mains) == 1 and len([p for p in tops if p.role is not Role.PAUSE]) == 1
    totals = [(p.piece.text, a) for p in parts if p.role is Role.TOTAL and (a := p.of(measure))]
    if not totals:
        return own, note, alone and own is not None
    text, total = totals[-1]
    if alone and own is not None:
        if own.low * (1 - SLACK) <= total.middle <= own.high * (1 + SLACK):
            return total, f"{describe(total)}: '{text}' is what is meant", True
        return own, f"'{text}' lies outside {describe(own)} and is not used", True
    least = sum(a.low for p in tops if (a := p.of(measure)))
    if total.high >= least * (1 - SLACK):
        return total, f"{describe(total)}: '{text}' is the whole", True
    return own, f"'{text}' is less than its parts and is not used", False


def _work_alone(tops: Sequence[Part], *, broken: bool) -> bool:
    """Tell whether only repeated or broken work is stated, so that a warm-up and a cool-down must be missing."""
    work = [p for p in tops if p.effort is Effort.HARD and not (p.piece.amount and p.piece.children)]
    repeated = any(p.role is Role.REPS for p in work) or (broken and len(work) > 1)
    return repeated and all(p in work or p.role in (Role.REPS, Role.PAUSE) for p in tops)


def _sum(tops: Sequence[Part], measure: Measure, *, broken: bool) -> tuple[Amount | None, str]:
    """Add up the parts where all of them have a length in this measure."""
    known = [a for p in tops if (a := p.of(measure))]
    if not known:
        return None, ""
    missing = [p for p in tops if p.of(measure) is None and p.role is not Role.PAUSE]
    if missing:
        return None, f"{measure.value} of the whole not said: '{missing[0].piece.text}' has none"
    if _work_alone(tops, broken=broken):
        return None, f"{measure.value} of the whole not said: warm-up and cool-down are not stated"
    total = Amount(sum(a.low for a in known), sum(a.high for a in known), measure)
    for number, part in enumerate(tops):
        pause, before = part.of(measure), tops[number - 1] if number else None
        if part.role is Role.PAUSE and pause and before and before.role is Role.REPS and not before.piece.children:
            last = 1 if part.piece.join is Join.LIST else 2
            more = [max(n - last, 0) for n in before.piece.times or (1, 1)]
            total = Amount(total.low + pause.low * more[0], total.high + pause.high * more[1], measure)
    said = f"{describe(total)}: the sum of its parts" if len(known) > 1 else ""
    return total, said
