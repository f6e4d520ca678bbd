"""Which self-tests are worth doing now, in which order, and why the others wait (M23, M24).

Pure functions over entries of the diary; no clock. A ritual has no state of its own: what was told in the last 24
hours is done, what is worth testing and still open comes next.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

from midstance.domain.diary import AssessmentDone, Pain
from midstance.domain.runner import EQUIPMENT
from midstance.domain.self_test import SelfTest
from midstance.planning.judging import judge
from midstance.planning.readying.pain import PLACES, place_of
from midstance.planning.retests import AFTER_RACE, BEFORE_RACE, EARLIEST, LATEST
from midstance.services import assess_words as words
from midstance.services.assess_latest import MOST_DAYS_APART, SIDES, Newest, newest
from midstance.services.assess_person import Person, sore_places

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from midstance.domain.entry import Entry

Version: TypeAlias = Literal["short", "full"]
VERSIONS: tuple[Version, ...] = ("short", "full")
DAY = dt.timedelta(days=1)
RITUAL = dt.timedelta(hours=24)
"""How long a ritual may be interrupted and still go on; midstance default."""
LOOK_AHEAD = 15
"""Days ahead in which a quiet one is looked for; midstance default."""
BALANCE = "foot"
"""Movement pattern that a hold speaks about when it is one of balance, which does not tire; midstance default."""


class State(StrEnum):
    """What becomes of a test now."""

    DUE = "due"
    DONE = "done"
    LATER = "later"
    NOT_NOW = "not-now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One test with what becomes of it now.

    Attributes:
        test: The test.
        state: What becomes of it.
        sides: Sides that are open, in the order in which to do them; an empty name is a test of both together.
        reason: Why, one sentence.
        last: The newest result, or None.
        next_date: From when on the next test is worth it, or None where there is no result.
        minutes: Time that the open sides take [min].
    """

    test: SelfTest
    state: State
    sides: tuple[str, ...]
    reason: str
    last: Newest | None = None
    next_date: dt.date | None = None
    minutes: float = 0.0

    @property
    def offered(self) -> bool:
        """Whether it is to be done now."""
        return self.state is State.DUE


@dataclass(frozen=True, slots=True, kw_only=True)
class Ritual:
    """Where the runner is in testing.

    Attributes:
        version: ``short`` or ``full``.
        started: Whether anything of it was told in the last 24 hours.
        steps: What is open, in order.
        done: What was told of in the last 24 hours, all sides of it.
        skipped: What is not offered today or was skipped, with the reason.
        later: What is not worth testing yet.
        minutes_left: Time that ``steps`` takes [min].
    """

    version: Version
    started: bool
    steps: tuple[Choice, ...]
    done: tuple[Choice, ...]
    skipped: tuple[Choice, ...]
    later: tuple[Choice, ...]
    minutes_left: float

    @property
    def next(self) -> Choice | None:
        """The test that comes now, or None."""
        return self.steps[0] if self.steps else None


def usual_version(entries: Sequence[Entry], tests: Mapping[str, SelfTest], today: dt.date) -> Version:
    """Choose the short version until anything beyond it was tested."""
    told = newest(entries, today)
    return "full" if any(name in tests and not tests[name].short for name in told) else "short"


def next_date(test: SelfTest, last: Newest, person: Person) -> dt.date:
    """Say from when on a test is worth doing again: as the plan has it, else six weeks after a finding, else eight.

    A date near a race goes to the quiet days after it.

    Args:
        test: The test.
        last: Its newest result.
        person: Who is tested, with races and the plan's dates.
    """
    planned = [again.date for again in person.retests if test.id in again.tests and again.date >= last.date + EARLIEST]
    if planned:
        return min(planned)
    found = last.date + (EARLIEST if flagged(test, last, person) else LATEST)
    for race in sorted(race.date for race in person.races):
        if race - BEFORE_RACE <= found <= race + AFTER_RACE:
            found = race + AFTER_RACE + DAY
    return found


def ritual(
    entries: Sequence[Entry], tests: Mapping[str, SelfTest], today: dt.date, *, now: dt.datetime, person: Person,
    version: Version, without: Collection[str] = (),
) -> Ritual:
    """Say where the runner is in testing.

    Args:
        entries: Entries in force, in the order of writing.
        tests: The tests by id.
        today: The day.
        now: The moment, aware.
        person: Who is tested.
        version: ``short`` or ``full``.
        without: Ids of tests that the runner skips in this sitting.
    """
    found = due(entries, tests, today, now=now, person=person, version=version)
    steps = tuple(c for c in found if c.offered and c.test.id not in without)
    skipped = tuple(
        c if not c.offered else Choice(
            test=c.test, state=State.NOT_NOW, sides=(), reason=words.SKIPPED, last=c.last, next_date=c.next_date)
        for c in found if c.state is State.NOT_NOW or (c.offered and c.test.id in without))
    told = _told_lately(entries, today, now)
    return Ritual(
        version=version, started=any(c.test.id in told for c in found), steps=steps, skipped=skipped,
        done=tuple(c for c in found if c.state is State.DONE), later=tuple(c for c in found if c.state is State.LATER),
        minutes_left=sum(c.minutes for c in steps))


def due(
    entries: Sequence[Entry], tests: Mapping[str, SelfTest], today: dt.date, *, now: dt.datetime, person: Person,
    version: Version,
) -> tuple[Choice, ...]:
    """Say of each test of a version what becomes of it now, and why.

    Args:
        entries: Entries in force, in the order of writing.
        tests: The tests by id.
        today: The day.
        now: The moment, aware; what was told in the 24 hours before it belongs to this ritual.
        person: Who is tested.
        version: ``short`` or ``full``.
    Returns: The tests in the order of the ritual; what hurts, tires too much or is not worth it yet says so.
    """
    told, lately = newest(entries, today), _told_lately(entries, today, now)
    pains = sore_places(entries, today)
    wanted = [test for test in tests.values() if test.short or version == "full"]
    return tuple(
        _choice(test, told.get(test.id), lately.get(test.id, frozenset()), pains, today, person)
        for test in sorted(wanted, key=lambda test: test.order))


def one_choice(
    entries: Sequence[Entry], test: SelfTest, today: dt.date, *, now: dt.datetime, person: Person,
) -> Choice:
    """Say what becomes of a test that the runner asks for by name: pain keeps it from today, a hard day is only told.

    Args:
        entries: Entries in force, in the order of writing.
        test: The test.
        today: The day.
        now: The moment, aware.
        person: Who is tested.
    """
    last = newest(entries, today).get(test.id)
    why = next(iter((*_hurts(test, sore_places(entries, today), today, person), *_rests(person))), "")
    lately = _told_lately(entries, today, now).get(test.id, frozenset())
    sides = () if why else _open(test, last, lately, today) or _sides(test)
    caution = why or next(_timing(test, today, person), "")
    return Choice(test=test, state=State.NOT_NOW if why else State.DUE, sides=sides, reason=caution or words.ASKED,
                  last=last, next_date=None if last is None else next_date(test, last, person),
                  minutes=_minutes(test, sides))


def flagged(test: SelfTest, last: Newest, person: Person) -> bool:
    """Tell whether a result asks for something: a difference beyond noise, or a finding."""
    return judge(test, last.result, age=person.age, sex=person.sex or None).flagged


def tires(test: SelfTest) -> bool:
    """Tell whether a test tires: repetitions and holds to the end, but not balance and range.

    >>> from midstance.catalogue.self_tests import load_self_tests
    >>> tires(load_self_tests()["calf-raise-reps"]), tires(load_self_tests()["balance-eyes-open-s"])
    (True, False)
    """
    patterns = {*test.side_patterns, *(pattern for follow in test.follows for pattern in follow.patterns)}
    return test.measure == "reps" or (test.measure == "seconds" and BALANCE not in patterns)


def _told_lately(entries: Sequence[Entry], today: dt.date, now: dt.datetime) -> dict[str, frozenset[str]]:
    """Give the sides that were told of in this ritual, by test; an empty name where both were tested together."""
    found: dict[str, frozenset[str]] = {}
    for entry in entries:
        what = entry.what
        if not isinstance(what, AssessmentDone) or not in_ritual(entry, today, now):
            continue
        parts = {"": what.value, "left": what.left, "right": what.right}
        found[what.test] = found.get(what.test, frozenset()).union(s for s, n in parts.items() if n is not None)
    return found


def in_ritual(entry: Entry, today: dt.date, now: dt.datetime) -> bool:
    """Tell whether an entry belongs to the ritual of a day: of that date, or of the evening before."""
    return entry.date == today or (entry.date == today - DAY and now - entry.at <= RITUAL)


def _choice(
    test: SelfTest, last: Newest | None, lately: frozenset[str], pains: Sequence[tuple[dt.date, Pain]],
    today: dt.date, person: Person,
) -> Choice:
    """Judge one test: done in this ritual, still fresh, not for today, or worth it."""
    after = None if last is None else next_date(test, last, person)
    open_sides = _open(test, last, lately, today)
    state, reason = _standing(test, last, today, person) if open_sides else (State.DONE, words.DONE)
    if state is State.DUE and (why := _why_not(test, pains, today, person)):
        state, reason = State.NOT_NOW, why
    sides = open_sides if state is State.DUE else ()
    return Choice(test=test, state=state, sides=sides, reason=reason, last=last, next_date=after,
                  minutes=_minutes(test, sides))


def _open(test: SelfTest, last: Newest | None, lately: frozenset[str], today: dt.date) -> tuple[str, ...]:
    """List the sides that were not told of in this ritual; of a test half done within two weeks the other half."""
    if lately & {""} or (lately and not test.each_side):
        return ()
    missing = _missing(test, last)
    if missing and last is not None and (today - last.date).days <= MOST_DAYS_APART:
        return missing
    return tuple(side for side in _sides(test) if side not in lately)


def _missing(test: SelfTest, last: Newest | None) -> tuple[str, ...]:
    if last is None or last.value is not None or not test.each_side:
        return ()
    return tuple(side for side in SIDES if side not in last.sides)


def _standing(
    test: SelfTest, last: Newest | None, today: dt.date, person: Person,
) -> tuple[State, str]:
    """Say whether a test is fresh or worth it, by its results alone."""
    if last is None:
        return State.DUE, words.NEVER
    if _missing(test, last):
        return State.DUE, words.SIDE_MISSING.format(side=_missing(test, last)[0])
    ago = words.ago_words(last.date, today)
    after = next_date(test, last, person)
    if today < after:
        return State.LATER, words.STILL_FRESH.format(ago=ago, day=words.date_words(after, today))
    text = words.FOUND_AGAIN if flagged(test, last, person) else words.AGAIN
    return State.DUE, text.format(ago=ago, day=words.date_words(last.date, today))


def _why_not(
    test: SelfTest, pains: Sequence[tuple[dt.date, Pain]], today: dt.date, person: Person,
) -> str:
    """Say what keeps a test from today, or give an empty text; what hurts comes first."""
    found = (*_hurts(test, pains, today, person), *_rests(person), *_lacks(test, person), *_timing(test, today, person))
    return next(iter(found), "")


def _hurts(
    test: SelfTest, pains: Sequence[tuple[dt.date, Pain]], today: dt.date, person: Person,
) -> Iterator[str]:
    for date, pain in pains:
        if pain.area in test.avoid:
            when = words.ago_words(date, today)
            yield words.HURTS.format(place=place_of(pain), score=pain.score, when=when)
    for injury in person.injuries:
        there = injury.since <= today and (injury.until is None or today <= injury.until)
        if there and injury.area in test.avoid:
            side = "" if injury.side == "both" else f"{injury.side} "
            yield words.INJURED.format(place=f"{side}{PLACES[injury.area]}")


def _rests(person: Person) -> Iterator[str]:
    if person.rest:
        yield words.REST_TODAY.format(why=person.rest)


def _lacks(test: SelfTest, person: Person) -> Iterator[str]:
    """Name owned pieces that a test needs and the runner lacks; what every home has is not asked for."""
    lacking = [thing for thing in test.equipment if thing in EQUIPMENT and thing not in person.equipment]
    if lacking and person.equipment:
        yield words.NEEDS.format(what=words.things_words(lacking))


def _timing(test: SelfTest, today: dt.date, person: Person) -> Iterator[str]:
    """Say why a test that tires waits: a race within the week, something hard today, a hard run tomorrow."""
    if not tires(test):
        return
    why = _unfit(today, person)
    if why:
        ahead = (today + n * DAY for n in range(1, LOOK_AHEAD))
        quiet = next((date for date in ahead if not _unfit(date, person)), None)
        yield why + (words.QUIET.format(day=words.date_words(quiet, today)) if quiet else "")


def _unfit(date: dt.date, person: Person) -> str:
    """Say what keeps tests that tire from a date, or give an empty text."""
    for race in person.races:
        if race.priority == "A" and race.date - BEFORE_RACE <= date <= race.date:
            return words.RACE_WEEK.format(day=words.date_words(race.date, date), days=BEFORE_RACE // DAY)
    if hard := ", ".join(filter(None, (person.hard_runs.get(date), person.hard_sessions.get(date)))):
        return words.HARD_TODAY.format(what=hard)
    if hard := person.hard_runs.get(date + DAY, ""):
        return words.HARD_TOMORROW.format(what=hard)
    return ""


def _sides(test: SelfTest) -> tuple[str, ...]:
    return SIDES if test.each_side else ("",)


def _minutes(test: SelfTest, sides: Sequence[str]) -> float:
    return test.minutes * len(sides) / len(_sides(test))
