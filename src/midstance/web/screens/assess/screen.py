"""Assess: what is worth testing now, one guided test at a time, and what came out, left and right, over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from midstance.catalogue.self_tests import load_self_tests
from midstance.domain.diary import AssessmentDone
from midstance.planning.judging import amount_text
from midstance.services import assess_words as words
from midstance.services.assess import Told, entries_of, find_test, note_result
from midstance.services.assess_choose import VERSIONS, in_ritual, one_choice, ritual, usual_version
from midstance.services.assess_history import history, history_csv
from midstance.services.assess_latest import SIDES
from midstance.services.assess_person import person_of
from midstance.services.mirror_package import find_package
from midstance.web._screen import Action, Answer, Download, Nothing, Screen, Visit
from midstance.web.mirror_files import package_address
from midstance.web.remember import remembered
from midstance.web.screens.assess import view, views
from midstance.web.screens.assess.drawings import GLOBALS, step_path
from midstance.web.screens.assess.view import Context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.entry import Entry
    from midstance.domain.self_test import SelfTest
    from midstance.services.assess_choose import Ritual
    from midstance.services.assess_history import ResultHistory
    from midstance.services.assess_person import Person

BOTH = "both"
MOST_SKIPPED, MOST_TRIES = 40, 20
Skip = Annotated[tuple[Annotated[str, Meta(max_length=80)], ...], Meta(
    description="Ids of tests that are skipped in this sitting.", max_length=MOST_SKIPPED)]
Of = Annotated[Literal["", "short", "full"], Meta(description="Version gone through; empty for one test alone.")]
SideAsked = Annotated[Literal["", "left", "right", "both"], Meta(
    description="Side to do, also once more; both where they are tested together. Empty for the one that is open.")]
Number = Annotated[float, Meta(ge=-1000, le=100_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What to show."""

    test: Annotated[str, Meta(description="Id of one test to do; empty for the overview.", max_length=80)] = ""
    of: Of = ""
    side: SideAsked = ""
    skip: Skip = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """What came out of one side of a test."""

    test: Annotated[str, Meta(description="Id of the test.", max_length=80)]
    value: Annotated[Number, Meta(description="Result, in the unit of the test.")]
    side: SideAsked = ""
    tries: Annotated[tuple[Number, ...], Meta(
        description="All tries, where there were several; the best of them is the result.", max_length=MOST_TRIES)] = ()
    note: Annotated[str, Meta(description="The runner's words.", max_length=2000)] = ""
    of: Of = ""
    skip: Skip = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """What one request goes by.

    Attributes:
        entries: What the assessment reads of the diary.
        person: Who is tested.
        rituals: Where the runner is, by version.
        found: Results over time.
    """

    entries: tuple[Entry, ...]
    person: Person
    rituals: dict[str, Ritual]
    found: tuple[ResultHistory, ...]


def load(asked: Asked, visit: Visit) -> Context:
    """Give the overview, or one test.

    Raises: InputError: There is no test of that name, or the diary cannot be read.
    """
    tests = load_self_tests()
    test = find_test(asked.test, tests) if asked.test else None
    entries = entries_of(visit.store, visit.today)
    person = remembered(visit, "assess-person", lambda: person_of(entries, visit.today))
    sitting = Sitting(
        entries=entries, person=person, found=history(entries, tests, visit.today, person=person),
        rituals={version: ritual(entries, tests, visit.today, now=visit.at, person=person, version=version,
                                 without=asked.skip) for version in VERSIONS})
    outcomes = tuple(views.outcome(one, visit.today) for one in sitting.found)
    begun = next((v for v, r in sitting.rituals.items() if r.started and r.steps), "")
    return Context(
        date=visit.today, now=begun or usual_version(entries, tests, visit.today), outcomes=outcomes,
        versions=tuple(views.version(one, visit.today) for one in sitting.rituals.values()),
        next_date=min((o.next_date for o in outcomes if o.next_date), default=None),
        one=_step(test, asked, visit, sitting) if test else None, safety=words.SAFETY, honesty=words.HONESTY)


def _step(test: SelfTest, asked: Asked, visit: Visit, sitting: Sitting) -> view.Step:
    """Lay out one test: the side that comes now, or what came out where all are told."""
    choice = one_choice(sitting.entries, test, visit.today, now=visit.at, person=sitting.person)
    said = said_lately(test, sitting.entries, visit)
    sides = SIDES if test.each_side else ("",)
    side = _side(test, asked, [one for one in sides if one not in said])
    found = next((one for one in sitting.found if one.test.id == test.id), None)
    return views.step(
        test, found, side=side, today=visit.today, asked=_sitting(test, asked, visit),
        sides=tuple(view.Side(side=one, label=one.capitalize() or "Result",
                              said=amount_text(test, said[one]) if one in said else "") for one in sides),
        way=sitting.rituals.get(asked.of), hint="" if choice.offered else choice.reason)


def _sitting(test: SelfTest, asked: Asked, visit: Visit) -> views.Sitting:
    """Say which sitting a step belongs to, and whether a camera may take over."""
    package = find_package(visit.mirror) if test.camera else None
    return views.Sitting(version=asked.of, skip=asked.skip, package=package_address(package) if package else "")


def said_lately(test: SelfTest, entries: Sequence[Entry], visit: Visit) -> dict[str, float]:
    """Give what was told of a test in this sitting, by side; an empty name is both together."""
    found: dict[str, float] = {}
    for entry in entries:
        what = entry.what
        if isinstance(what, AssessmentDone) and what.test == test.id and in_ritual(entry, visit.today, visit.at):
            told = {"": what.value, "left": what.left, "right": what.right}
            found |= {side: number for side, number in told.items() if number is not None}
    return found


def _side(test: SelfTest, asked: Asked, open_sides: Sequence[str]) -> str | None:
    """Choose the side that comes now: the one asked for, else the first that is open, else none."""
    if asked.side and (asked.side in SIDES) == test.each_side:
        return "" if asked.side == BOTH else asked.side
    return open_sides[0] if open_sides else None


def tell(wish: Tell, visit: Visit) -> Answer:
    """Write what came out of one side, at once."""
    test = find_test(wish.test)
    side = wish.side if wish.side in SIDES else ""
    best = (min if test.less_is_better else max)(wish.tries, default=None)
    tries = {side: wish.tries} if best == wish.value else {}
    told = Told(test=test.id, tries=tries, note=wish.note, **{side or "value": wish.value})  # type: ignore[arg-type]
    stamp = visit.stamp("assess", test.id, side)
    note_result(visit.store, told, stamp)
    said = f"{side} {amount_text(test, wish.value)}".strip()
    return Answer(says=(f"{test.name}: {said}.",), batch=stamp.origin.batch, go=step_path(test.id, wish.of, wish.skip))


def table(_: Nothing, visit: Visit) -> Download:
    """Give all results as a table."""
    entries = entries_of(visit.store, visit.today)
    found = history(entries, load_self_tests(), visit.today, person=person_of(entries, visit.today))
    return Download(name=f"midstance-tests-{visit.today}.csv", media_type="text/csv; charset=utf-8",
                    data=history_csv(found).encode())


SCREEN = Screen(
    id="assess", path="/assess", title="Assess", asked=Asked, context=Context, load=load, nav=5, needs_plan=False,
    again=("test", "of", "side", "skip"), camera=True, globals=GLOBALS,
    actions=(
        Action(name="tell", title="Tell what came out of a test", wish=Tell, do=tell),
        Action(name="table", title="Download all results", wish=Nothing, do=table, answer=Download, reads=True),
    ))
