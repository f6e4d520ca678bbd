"""The self-assessment in use: what was told of a test is checked, written to the diary, and answered.

What comes next is chosen in ``assess_choose``, how results went over time stands in ``assess_history``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from midstance.catalogue.self_tests import load_self_tests
from midstance.domain.diary import (
    AssessmentDone,
    Busy,
    CheckIn,
    IllnessNoted,
    Moved,
    PainNoted,
    PlanAccepted,
    RaceAdded,
    Skipped,
)
from midstance.domain.self_test import SelfTest
from midstance.formats._format import Fault, InputError, refusal
from midstance.planning.judging import Judgement, amount_text
from midstance.services.assess_history import Change, ResultHistory, history
from midstance.services.assess_latest import SIDES
from midstance.services.assess_person import person_of
from midstance.services.assess_words import OTHER_SIDE, amount_example, follow_words, tries_words
from midstance.services.diary import add, current
from midstance.services.told import Stamp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.domain.entry import Entry
    from midstance.store.store import Store

KINDS = (AssessmentDone, CheckIn, PainNoted, IllnessNoted, PlanAccepted, RaceAdded, Moved, Skipped, Busy)
"""What the assessment reads: results, pains, and the plan with what life did to its races."""
COUNTED = ("reps", "faults")
NEAREST = 3
MOST_TRIES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the runner tells of one test.

    Attributes:
        test: Id of the test.
        value: Result of both sides together [unit of the test], or None.
        left: Left side [unit of the test], or None; ``right`` the same.
        tries: All tries by side, an empty name for both together; the best of them is the result where none is given.
        note: The runner's words.
    """

    test: str
    value: float | None = None
    left: float | None = None
    right: float | None = None
    tries: dict[str, tuple[float, ...]] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A result that was written.

    Attributes:
        stamp: When, and in which batch.
        test: The test.
        done: What the diary now holds, both sides where both were told today.
        entry: Id of the entry.
        corrected: Whether it takes the place of what was told of the same side before.
        missing: The side that is still open, or empty.
        judgement: What the newest result says.
        changes: What became of it since the last time, one a side.
        next_date: From when on the next test is worth it.
        says: Sentences: what it says, what changed, what follows.
    """

    stamp: Stamp
    test: SelfTest
    done: AssessmentDone
    entry: str
    corrected: bool
    missing: str
    judgement: Judgement
    changes: tuple[Change, ...]
    next_date: dt.date
    says: tuple[str, ...]


def entries_of(store: Store, today: dt.date) -> tuple[Entry, ...]:
    """Give everything in force that the assessment reads, until today.

    Raises: InputError: The diary cannot be read.
    """
    return current(store, until=today, kinds=KINDS)


def find_test(name: str, tests: Mapping[str, SelfTest] | None = None) -> SelfTest:
    """Find a test by its id, its name, or a beginning that only it has.

    Raises: InputError: There is none; the nearest are named.
    """
    known = load_self_tests() if tests is None else tests
    key = "-".join(name.lower().replace("_", " ").replace("-", " ").split())
    by_name = {"-".join(test.name.lower().replace("-", " ").split()): id_ for id_, test in known.items()}
    if key in known or key in by_name:
        return known[key if key in known else by_name[key]]
    begins = [id_ for id_ in known if key and id_.startswith(key)]
    if len(begins) == 1:
        return known[begins[0]]
    near = begins or get_close_matches(key, list(known), n=NEAREST) or [id_ for id_ in known if key and key in id_]
    remedy = f"did you mean {' or '.join(near[:NEAREST])}?" if near else "midstance assess --list names them"
    raise refusal(name, "several tests begin so" if len(begins) > 1 else "is no test", remedy)


def checked(told: Told, test: SelfTest) -> AssessmentDone:
    """Check what was told of a test.

    Args:
        told: What was told.
        test: The test.
    Returns: The result, with its tries in the note; sides that were not told are missing.
    Raises: InputError: Every number that cannot be, with what can.
    """
    faults: list[Fault] = []
    numbers = {"": told.value, "left": told.left, "right": told.right}
    for side, tries in told.tries.items():
        if numbers.get(side) is None and tries:
            numbers[side] = (min if test.less_is_better else max)(tries)
    given = {side: number for side, number in numbers.items() if number is not None}
    _check_sides(test, given, faults)
    for side, number in given.items():
        for one in dict.fromkeys((number, *told.tries.get(side, ())[:MOST_TRIES])):
            _check_number(test, side, one, faults)
    if faults:
        raise InputError(tuple(faults))
    note = "; ".join(part for part in (tries_words(told.tries), told.note.strip()) if part)
    return AssessmentDone(test=test.id, value=given.get(""), left=given.get("left"), right=given.get("right"),
                          note=note)


def note_result(
    store: Store, told: Told, stamp: Stamp, *, tests: Mapping[str, SelfTest] | None = None,
) -> Noted:
    """Write a result at once, and say what it says.

    A second side joins the first one of the same date in one entry; a side told again that day takes the place of the
    earlier word. Both are taken back by undoing the newer one.

    Args:
        store: The diary.
        told: What was told.
        stamp: When it was done.
        tests: The tests by id; those of the catalogue by default.
    Raises: InputError: No such test, a number that cannot be; nothing was written.
    """
    known = load_self_tests() if tests is None else tests
    test = find_test(told.test, known)
    done = checked(told, test)
    before = entries_of(store, stamp.date)
    old = next((e for e in reversed(before) if isinstance(e.what, AssessmentDone) and e.what.test == test.id
                and e.date == stamp.date), None)
    joined, corrected = _joined(old.what, done) if old and isinstance(old.what, AssessmentDone) else (done, False)
    entry = stamp.entry(joined, replaces=old.id if old else "")
    add(store, [entry], now=stamp.at)
    now = (*(e for e in before if e is not old), entry)
    found = history(now, {test.id: test}, stamp.date, person=person_of(now, stamp.date))[0]
    missing = next((side for side in SIDES if test.each_side and side not in found.newest.sides), "")
    return Noted(stamp=stamp, test=test, done=joined, entry=entry.id, corrected=corrected, missing=missing,
                 judgement=found.judgement, changes=found.changes, next_date=found.next_date,
                 says=said(found, done, missing))


def said(found: ResultHistory, done: AssessmentDone, missing: str) -> tuple[str, ...]:
    """Say what a new result says: nothing of sides while one is missing; then what changed and what follows."""
    if missing:
        return (OTHER_SIDE.format(side=missing),)
    told = {"" if name == "value" else name for name in ("value", *SIDES) if getattr(done, name) is not None}
    changes = tuple(change.says for change in found.changes if change.side in told)
    return (*found.judgement.says, *changes, *follow_words(found.test, found.judgement))


def _joined(old: AssessmentDone, new: AssessmentDone) -> tuple[AssessmentDone, bool]:
    """Put a new word to what was told of a test on the same date; the note of a side told again is the new one."""
    again = [name for name in ("value", *SIDES) if getattr(old, name) is not None and getattr(new, name) is not None]
    if new.value is not None or old.value is not None:
        return new, bool(again)
    left, right = (getattr(new, side) if getattr(new, side) is not None else getattr(old, side) for side in SIDES)
    kept = [part for part in old.note.split("; ") if not part.startswith(tuple(again) or ("\n",))]
    note = "; ".join(filter(None, (*kept, new.note)))
    return AssessmentDone(test=new.test, left=left, right=right, note=note), bool(again)


def _check_sides(test: SelfTest, given: Mapping[str, float], faults: list[Fault]) -> None:
    """Refuse a result without a number, and one whose sides are not those of the test."""
    example = amount_example(test)
    if not given:
        faults.append(_fault(test, "no result is told", example))
    elif test.each_side and "" in given:
        faults.append(_fault(test, "left and right are tested apart", example))
    elif not test.each_side and set(given) - {""}:
        faults.append(_fault(test, "it has one result, not one a side", example))


def _check_number(test: SelfTest, side: str, number: float, faults: list[Fault]) -> None:
    """Refuse a number that the test cannot give."""
    if test.measure == "choice":
        if number not in {option.value for option in test.options}:
            answers = ", ".join(f"{option.value} ({option.says})" for option in test.options)
            faults.append(_fault(test, f"{number:g} is none of its answers", f"answers are {answers}", side))
        return
    if not test.least <= number <= test.most:
        span = f"{test.least:g} to {amount_text(test, test.most)} is possible"
        faults.append(_fault(test, f"{amount_text(test, number)} cannot be", span, side))
    elif test.measure in COUNTED and number != int(number):
        faults.append(_fault(test, f"{number:g} is no whole number", f"count whole {test.unit}", side))


def _fault(test: SelfTest, says: str, remedy: str, side: str = "") -> Fault:
    return Fault(source=test.id, place=side, says=says, remedy=remedy, fatal=True)
