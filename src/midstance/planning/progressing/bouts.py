"""From diary entries to bouts: one exercise on one date, seen from its weaker side."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midstance.domain.diary import CheckIn, PainNoted, SessionDone, SetDone
from midstance.domain.exercise import Hold
from midstance.domain.session import STRENGTH_TYPE, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from midstance.domain.entry import Entry
    from midstance.domain.exercise import Exercise

SINGLE_PIECE = (Hold.ONE_HAND, Hold.TWO_HANDS, Hold.BACKPACK)
CALM_PAIN = 2               # up to here pain is safe (R69)
ACHE_LASTS = dt.timedelta(days=7)
NEXT_MORNING = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bout:
    """One exercise on one date.

    Attributes:
        exercise: Its id; ``date`` the date.
        weight_kg: Weight of the working sets that decide [kg], None for body weight or not said.
        twice_kg: Heaviest weight lifted on two days up to this one, whatever the kind of session [kg], or None.
        counts: Repetitions, seconds or steps of these sets in order; empty where only a pain was noted.
        rir: Least reserve that was noted in them, or None.
        pain: Worst pain that belongs to it, 0 to 10.
        worse_after: Whether it hurt more on the next morning than during (R69).
        ached: Whether the place it loads hurt by more than 2 within seven days up to it.
        side: Side that decided, the weaker one, or empty.
        whole: Whether both sides were noted, where sides work apart.
        kind: Kind of the session, or None when not known.
    """

    exercise: str
    date: dt.date
    weight_kg: float | None = None
    twice_kg: float | None = None
    counts: tuple[int, ...] = ()
    rir: int | None = None
    pain: float = 0.0
    worse_after: bool = False
    ached: bool = False
    side: str = ""
    whole: bool = True
    kind: Kind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """What the entries tell about strength work.

    Attributes:
        bouts: By exercise, oldest first.
        dates: Dates with any strength work, ascending.
        unknown: Number of sets by a name that the catalogue does not hold.
    """

    bouts: dict[str, tuple[Bout, ...]]
    dates: tuple[dt.date, ...]
    unknown: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Side:
    """The working sets of one side."""

    weight: float | None
    counts: tuple[int, ...]
    rir: int | None


def read_log(entries: Iterable[Entry], catalogue: Mapping[str, Exercise], today: dt.date,
             planned: Mapping[str, Kind]) -> Log:
    """Read sets, sessions and pains up to a date.

    Args:
        entries: Entries in force, in any order.
        catalogue: Exercises by id.
        today: Last date that counts.
        planned: Kinds of planned sessions by id, as far as they are known.
    """
    known = sorted((e for e in entries if e.date <= today), key=_order)
    notes = [(e.date, e.what) for e in known if isinstance(e.what, PainNoted)]
    aches = _aches(known)
    kinds = _kinds(known)
    kinds.update(planned)
    sets: dict[tuple[str, dt.date], list[SetDone]] = {}
    for entry in known:
        if isinstance(entry.what, SetDone):
            sets.setdefault((entry.what.exercise, entry.date), []).append(entry.what)
    for date, note in notes:
        if note.activity in catalogue and note.when != "next-morning":
            sets.setdefault((note.activity, date), [])
    bouts: dict[str, list[Bout]] = {}
    for (id_, date), done in sorted(sets.items(), key=lambda pair: (pair[0][1], pair[0][0])):
        if id_ in catalogue:
            bouts.setdefault(id_, []).append(_bout(catalogue[id_], date, done, notes, aches, kinds))
    return Log(
        bouts={id_: _with_twice(found) for id_, found in bouts.items()}, dates=_dates(known, catalogue),
        unknown=dict(Counter(w.exercise for e in known if isinstance(w := e.what, SetDone)
                             and w.exercise not in catalogue)),
    )


def _with_twice(bouts: Sequence[Bout]) -> tuple[Bout, ...]:
    """Tell with each bout the heaviest weight that two days up to it hold: the second of the heaviest of each day."""
    heaviest: list[float] = []
    found = []
    for bout in bouts:
        heaviest = sorted([*heaviest, *([bout.weight_kg] if bout.weight_kg else [])])[-2:]
        found.append(replace(bout, twice_kg=heaviest[0] if len(heaviest) > 1 else None))
    return tuple(found)


def _order(entry: Entry) -> tuple[dt.date, int, dt.datetime, str]:
    number = entry.what.number if isinstance(entry.what, SetDone) else 0
    return entry.date, number, entry.at, entry.id


def _dates(entries: Sequence[Entry], catalogue: Mapping[str, Exercise]) -> tuple[dt.date, ...]:
    """List the dates with strength work; a set of an unknown exercise is strength work of another program."""
    found = set()
    for entry in entries:
        what = entry.what
        if isinstance(what, SetDone):
            exercise = catalogue.get(what.exercise)
            if exercise is None or "strength" in exercise.trains:
                found.add(entry.date)
        elif isinstance(what, SessionDone) and (what.kind is None or what.kind in STRENGTH_TYPE):
            found.add(entry.date)
    return tuple(sorted(found))


def _kinds(entries: Sequence[Entry]) -> dict[str | dt.date, Kind]:
    """Tell the kinds of sessions by id, and by date where only one is noted."""
    kinds: dict[str | dt.date, Kind] = {}
    by_date: dict[dt.date, set[Kind]] = {}
    for entry in entries:
        what = entry.what
        if isinstance(what, SessionDone) and what.kind in STRENGTH_TYPE and what.kind is not None:
            if what.session:
                kinds[what.session] = what.kind
            by_date.setdefault(entry.date, set()).add(what.kind)
    kinds.update({date: next(iter(found)) for date, found in by_date.items() if len(found) == 1})
    return kinds


def _aches(entries: Sequence[Entry]) -> list[tuple[dt.date, str]]:
    """List the places that hurt by more than 2, with their dates."""
    found = []
    for entry in entries:
        what = entry.what
        pains = (what.pain,) if isinstance(what, PainNoted) else what.pain if isinstance(what, CheckIn) else ()
        found += [(entry.date, pain.area) for pain in pains if pain.score > CALM_PAIN]
    return found


def _bout(exercise: Exercise, date: dt.date, done: Sequence[SetDone], notes: Sequence[tuple[dt.date, PainNoted]],
          aches: Sequence[tuple[dt.date, str]], kinds: Mapping[str | dt.date, Kind]) -> Bout:
    sessions = {s.session for s in done if s.session}
    during = max((s.pain or 0.0 for s in done), default=0.0)
    during = max([during, *(n.pain.score for day, n in notes if n.when != "next-morning" and day == date
                            and _belongs(n, exercise, sessions))])
    morning = max((n.pain.score for day, n in notes if n.when == "next-morning" and day - date == NEXT_MORNING
                   and _belongs(n, exercise, sessions)), default=0.0)
    kind = next((kinds[s] for s in sorted(sessions) if s in kinds), None) or kinds.get(date)
    sides = _sides(exercise, [s for s in done if not s.warm_up and s.unit == exercise.dose.unit])
    side, decides = _weaker(sides)
    return Bout(
        exercise=exercise.id, date=date, weight_kg=decides.weight, counts=decides.counts, rir=decides.rir,
        pain=max(during, morning), worse_after=morning > max(during, CALM_PAIN), side=side,
        ached=any(area in exercise.avoid and dt.timedelta() <= date - day <= ACHE_LASTS for day, area in aches),
        whole=set(sides) != {"left"} and set(sides) != {"right"}, kind=kind,
    )


def _belongs(note: PainNoted, exercise: Exercise, sessions: set[str]) -> bool:
    """Tell whether a pain was this exercise's: named, or of its session and in a place that it loads."""
    if note.activity == exercise.id:
        return True
    return note.pain.area in exercise.avoid and (not note.activity or note.activity in sessions)


def _sides(exercise: Exercise, done: Sequence[SetDone]) -> dict[str, _Side]:
    """Sort working sets by side; a set without a side counts for both."""
    sided = {s.side for s in done if s.side} if exercise.per_side else set()
    if not sided:
        return {"": _working(exercise, done)} if done else {}
    named = {side: [s for s in done if s.side in (side, "")] for side in sorted(sided)}
    if len(sided) == 1 and any(not s.side for s in done):
        named[""] = [s for s in done if not s.side]
    return {side: _working(exercise, mine) for side, mine in named.items()}


def _working(exercise: Exercise, done: Sequence[SetDone]) -> _Side:
    """Take the sets at the weight that most were done with, the heavier of equals."""
    weights = Counter(_weight(exercise, s) for s in done)
    weight = max(weights, key=lambda w: (weights[w], w))
    mine = [s for s in done if _weight(exercise, s) == weight]
    said = [int(s.rir) for s in mine if s.rir is not None]
    return _Side(weight or None, tuple(int(s.amount) for s in mine), min(said, default=None))


def _weight(exercise: Exercise, done: SetDone) -> float:
    """Weight of a set as its exercise holds it: one piece instead of two equal ones [kg]."""
    twice = 2 if done.per_hand and exercise.load.hold in SINGLE_PIECE else 1
    return twice * (done.weight_kg or 0.0)


def _weaker(sides: Mapping[str, _Side]) -> tuple[str, _Side]:
    """Choose the side that decides; no side where both did the same."""
    if not sides:
        return "", _Side(None, (), None)
    told = all(s.rir is not None for s in sides.values())
    keys = {name: (s.weight or 0.0, min(s.counts), (s.rir or 0) if told else 0) for name, s in sides.items()}
    name = min(keys, key=lambda n: (keys[n], n))
    equal = len(set(keys.values())) == 1
    return "" if equal else name, sides[name]
