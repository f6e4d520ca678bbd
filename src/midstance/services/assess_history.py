"""How results of self-tests went over time: points with their band of noise, sides, what is typical, the next date.

Pure functions over entries of the diary; no clock. Noise is called noise, and nothing here is a pass or a fail (M24).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from midstance.domain.diary import AssessmentDone
from midstance.domain.evidence import Provenance
from midstance.domain.self_test import SelfTest
from midstance.formats.reference.rules import PROVENANCE
from midstance.planning.judging import Judgement, judge, noise_of
from midstance.services.assess_choose import next_date
from midstance.services.assess_latest import SIDES, Newest, Result, newest, when
from midstance.services.assess_words import change_words
from midstance.services.handbook import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from midstance.domain.entry import Entry
    from midstance.services.assess_person import Person

CSV_COLUMNS = ("date", "test", "name", "side", "result", "unit", "noise", "note")
SIDE_NAMES = ("", *SIDES)
EVIDENCE = "a usual value of the evidence base, of no one study"
DEFAULT_WORDS = PROVENANCE[Provenance.DEFAULT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The results of one test on one date.

    Attributes:
        date: The date.
        value: Result of both sides together [unit of the test], or None.
        left: Left side [unit of the test], or None; ``right`` the same.
        note: The runner's words and tries.
        entries: Ids of the diary's entries.
    """

    date: dt.date
    value: float | None = None
    left: float | None = None
    right: float | None = None
    note: str = ""
    entries: tuple[str, ...] = ()

    @property
    def numbers(self) -> dict[str, float]:
        """The results by side; an empty name is both together."""
        told = {"": self.value, "left": self.left, "right": self.right}
        return {side: number for side, number in told.items() if number is not None}

    @property
    def result(self) -> Result:
        """The result in the shape of ``Runner.assessment``."""
        return self.numbers if self.value is None else self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one side between its last two results.

    Attributes:
        side: ``left``, ``right``, or empty for both together.
        before: The result before [unit of the test]; ``now`` the newest.
        since: Date of the one before.
        noise: Difference up to which both are the same [unit of the test].
        is_noise: Whether they are.
        better: Whether the newest is the better one, noise or not.
        says: A sentence.
    """

    side: str
    before: float
    now: float
    since: dt.date
    noise: float
    is_noise: bool
    better: bool
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultHistory:
    """The results of one test over time.

    Attributes:
        test: The test.
        points: A point a date, oldest first.
        newest: The newest result, sides put together.
        noise: Half of the band around each point in which nothing has changed for sure [unit of the test]; where it
            is a share of the result, that of the newest.
        changes: What became of each side since the result before; none for a side with one result.
        judgement: What the newest result says.
        typical: What is typical for age and sex [unit of the test], or None.
        typical_source: Where that comes from, in words, or empty.
        next_date: From when on the next test is worth it.
        flagged: Whether the newest result asks for something.
    """

    test: SelfTest
    points: tuple[Point, ...]
    newest: Newest
    noise: float
    changes: tuple[Change, ...]
    judgement: Judgement
    typical: float | None
    typical_source: str
    next_date: dt.date
    flagged: bool

    @property
    def says(self) -> tuple[str, ...]:
        """Sentences: what the newest result says, and what changed."""
        return (*self.judgement.says, *(change.says for change in self.changes))


def history(
    entries: Sequence[Entry], tests: Mapping[str, SelfTest], today: dt.date, *, person: Person,
) -> tuple[ResultHistory, ...]:
    """Gather the results of tests over time.

    Args:
        entries: Entries in force, in the order of writing; those after today do not count.
        tests: The tests by id; results of others are left out.
        today: The day.
        person: Who is tested: age and sex for what is typical, races for the next date.
    Returns: The tests that have a result, in the order of the ritual.
    """
    last = newest(entries, today)
    told: dict[str, list[tuple[Entry, AssessmentDone]]] = {}
    for entry in entries:
        if isinstance(entry.what, AssessmentDone) and entry.date <= today:
            told.setdefault(entry.what.test, []).append((entry, entry.what))
    return tuple(
        _history(test, points_of(told[test.id]), last[test.id], today, person)
        for test in sorted(tests.values(), key=lambda test: test.order) if test.id in told)


def points_of(told: Iterable[tuple[Entry, AssessmentDone]]) -> tuple[Point, ...]:
    """Put the results of each date together, oldest first; what was told later that day counts."""
    found: dict[dt.date, Point] = {}
    for entry, what in sorted(told, key=when):
        old = found.get(entry.date)
        if old is None or (old.value is None) != (what.value is None):
            old = Point(date=entry.date)
        found[entry.date] = Point(
            date=entry.date, value=what.value, left=old.left if what.left is None else what.left,
            right=old.right if what.right is None else what.right, entries=(*old.entries, entry.id),
            note="; ".join(dict.fromkeys(filter(None, (old.note, what.note)))))
    return tuple(found[date] for date in sorted(found))


def changes_of(test: SelfTest, points: Sequence[Point], today: dt.date) -> tuple[Change, ...]:
    """Say what became of each side between its last two results."""
    return tuple(_changes(test, points, today))


def history_csv(found: Iterable[ResultHistory]) -> str:
    """Write results as a table, a row a side and date, oldest first; numbers are in the unit beside them."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(CSV_COLUMNS)
    for one in found:
        for point in one.points:
            for side, number in point.numbers.items():
                rows.writerow((point.date, one.test.id, one.test.name, side, f"{number:g}", one.test.unit,
                               f"{round(one.noise, 2):g}", _plain(point.note)))
    return out.getvalue()


def history_json(found: Iterable[ResultHistory]) -> list[dict[str, Any]]:
    """Give results as plain values for JSON."""
    return [{
        "test": one.test.id, "name": one.test.name, "unit": one.test.unit, "noise": round(one.noise, 3),
        "typical": one.typical, "typical_source": one.typical_source, "next": str(one.next_date),
        "flagged": one.flagged, "weaker": one.judgement.weaker, "apart": one.judgement.apart,
        "points": [{"date": str(p.date), **_named(p), "note": p.note} for p in one.points],
        "changes": [{"side": c.side, "before": c.before, "now": c.now, "since": str(c.since),
                     "noise": round(c.noise, 3), "is_noise": c.is_noise, "better": c.better} for c in one.changes],
        "says": list(one.says)} for one in found]


def source_words(test: SelfTest, *, age: int | None) -> str:
    """Say where a test's typical value comes from, and how the evidence base came by it; empty where it has none.

    Args:
        test: The test.
        age: Age [years], or None: then another source may stand in.

    >>> from midstance.catalogue.self_tests import load_self_tests
    >>> source_words(load_self_tests()["calf-raise-reps"], age=36)
    'Hébert-Losier et al. 2017, R50, as another paper quotes it'
    """
    if not test.norms:
        return ""
    stands_in = age is None and test.typical_without_age is not None
    source = catalogue().sources.get(test.without_age_source if stands_in else test.norm_source)
    if source is None:
        known = [DEFAULT_WORDS if stands_in else EVIDENCE]
    else:
        known = [f"{source.authors} {source.year}", *(cite for cite in test.cites if cite in source.rules)]
    if stands_in:
        return ", ".join([*known, *([PROVENANCE[source.provenance]] if source else [])])
    return ", ".join([*known, PROVENANCE[Provenance(test.norm_provenance)]])


def _history(
    test: SelfTest, points: tuple[Point, ...], last: Newest, today: dt.date, person: Person,
) -> ResultHistory:
    found = judge(test, last.result, age=person.age, sex=person.sex or None)
    numbers = [last.value] if last.value is not None else list(last.sides.values())
    return ResultHistory(
        test=test, points=points, newest=last, noise=noise_of(test, numbers), judgement=found,
        changes=changes_of(test, points, today), typical=found.typical,
        typical_source=source_words(test, age=person.age) if found.typical is not None else "", flagged=found.flagged,
        next_date=next_date(test, last, person))


def _changes(test: SelfTest, points: Sequence[Point], today: dt.date) -> Iterator[Change]:
    for side in SIDE_NAMES:
        told = [(point.date, point.numbers[side]) for point in points if side in point.numbers]
        if len(told) > 1 and told[-1][0] == max(point.date for point in points if _same_kind(point, side)):
            (since, before), (_, now) = told[-2:]
            noise = noise_of(test, (before, now))
            change = Change(side=side, before=before, now=now, since=since, noise=noise,
                            is_noise=abs(now - before) <= noise,
                            better=now < before if test.less_is_better else now > before)
            yield replace(change, says=change_words(test, change, today))


def _same_kind(point: Point, side: str) -> bool:
    return bool(side) == (point.value is None)


def _named(point: Point) -> dict[str, float]:
    return {side or "value": number for side, number in point.numbers.items()}


def _plain(note: str) -> str:
    """Keep a note from being read as a formula where the table is opened as a sheet."""
    return f"'{note}" if note.startswith(tuple("=+-@")) else note
