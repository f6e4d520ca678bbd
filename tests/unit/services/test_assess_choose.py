"""Which tests are worth doing now: results, pain, races and hard days decide, and every choice says why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builders_daily import a_document, kept
from builders_diary import DAY, NOON, TODAY, an_entry
from midstance.catalogue.self_tests import load_self_tests
from midstance.domain.diary import AssessmentDone, CheckIn, IllnessNoted, Pain, PainNoted
from midstance.domain.entry import Entry, entry_of
from midstance.domain.plan import Retest
from midstance.domain.runner import Injury, Race
from midstance.services.assess_choose import (
    Choice,
    State,
    Version,
    due,
    next_date,
    one_choice,
    ritual,
    tires,
    usual_version,
)
from midstance.services.assess_latest import newest
from midstance.services.assess_person import Person, person_of, sore_places

if TYPE_CHECKING:
    import datetime as dt

TESTS = load_self_tests()
ANKLE, CALF, PUSH, BALANCE = "knee-to-wall-cm", "calf-raise-reps", "push-up-reps", "balance-eyes-open-s"
NOBODY = Person()


def told(test: str, day: int = 0, **numbers: float) -> Entry:
    """A result on a day counted from today."""
    return an_entry(AssessmentDone(test=test, **numbers), day=day)


def choices(entries: list[Entry], *, person: Person = NOBODY, version: Version = "full") -> dict[str, Choice]:
    """What becomes of each test today, by its id."""
    return {c.test.id: c for c in due(entries, TESTS, TODAY, now=NOON, person=person, version=version)}


def test_nothing_told_means_all_are_due_in_order() -> None:
    """Who never tested is offered every test once, balance and range before what tires, and is told so."""
    found = due([], TESTS, TODAY, now=NOON, person=NOBODY, version="full")
    assert [c.test.id for c in found] == list(TESTS)
    assert {(c.state, c.reason) for c in found} == {(State.DUE, "Not tested yet.")}


def test_the_short_version_is_a_part_of_the_full_one() -> None:
    """The short version holds just the tests that belong to it."""
    assert {c.test.id for c in due([], TESTS, TODAY, now=NOON, person=NOBODY, version="short")} == {
        id_ for id_, test in TESTS.items() if test.short}


@pytest.mark.parametrize(("days", "state"), [(55, State.LATER), (56, State.DUE)])
def test_a_fine_result_is_worth_it_again_after_eight_weeks(days: int, state: State) -> None:
    """A result that asks for nothing is not tested again before eight weeks are over."""
    found = choices([told(ANKLE, -days, left=11, right=11)])[ANKLE]
    assert found.state is state
    assert ("worth it again from Wed 2 Dec on" in found.reason) == (state is State.LATER)


@pytest.mark.parametrize(("days", "state"), [(41, State.LATER), (42, State.DUE)])
def test_a_flagged_result_is_worth_it_again_after_six_weeks(days: int, state: State) -> None:
    """A stiff ankle is tested again after six weeks, and the reason says that something was found."""
    found = choices([told(ANKLE, -days, left=7, right=11)])[ANKLE]
    assert found.state is state
    assert ("it found something to work on" in found.reason) == (state is State.DUE)


def test_a_half_done_test_asks_for_the_other_side() -> None:
    """With one side told the other one is due, alone within two weeks, and both after that."""
    now, late = (choices([told(ANKLE, -day, left=9)])[ANKLE] for day in (3, 30))
    assert (now.sides, late.sides) == (("right",), ("left", "right"))
    assert now.reason == "The right side is still missing."
    assert now.minutes == TESTS[ANKLE].minutes / 2


def test_what_was_told_today_is_done() -> None:
    """A test whose sides were all told today is done, and one told at noon yesterday too."""
    found = choices([told(ANKLE, left=7), told(ANKLE, right=11), told(PUSH, -1, value=20)])
    assert (found[ANKLE].state, found[PUSH].state) == (State.DONE, State.DONE)


def test_a_ritual_of_the_day_before_yesterday_is_over() -> None:
    """A half done test of yesterday belongs to the ritual for 24 hours only."""
    early = entry_of(AssessmentDone(test=PUSH, value=20), at=NOON - 1.01 * DAY, date=TODAY - DAY,
                     origin=told(PUSH, value=1).origin)
    assert choices([early])[PUSH].state is State.LATER


@pytest.mark.parametrize("word", [
    CheckIn(pain=(Pain(area="knee", score=2, side="left"),)), PainNoted(pain=Pain(area="knee", score=2, side="left"))])
def test_pain_holds_the_tests_of_its_place(word: CheckIn | PainNoted) -> None:
    """A sore knee holds each test that names it, says so, and leaves the others."""
    found = choices([an_entry(word)])
    held = {id_ for id_, c in found.items() if c.state is State.NOT_NOW}
    assert held == {id_ for id_, test in TESTS.items() if "knee" in test.avoid}
    assert "left knee (2 of 10 today)" in found[BALANCE].reason


def test_pain_that_is_gone_or_old_holds_nothing() -> None:
    """A later word of 0 there ends it, and so do four days without a word."""
    sore = Pain(area="knee", score=4)
    gone = [an_entry(PainNoted(pain=sore), day=-1), an_entry(CheckIn(pain=(replace(sore, score=0),)))]
    old = [an_entry(PainNoted(pain=sore), day=-4)]
    assert [sore_places(entries, TODAY) for entries in (gone, old)] == [(), ()]
    assert sore_places(gone[:1], TODAY) == ((TODAY - DAY, sore),)


@pytest.mark.parametrize(("until", "held"), [(None, True), (TODAY, True), (TODAY - DAY, False)])
def test_an_injury_holds_its_tests_while_it_lasts(until: dt.date | None, *, held: bool) -> None:
    """An injured Achilles tendon keeps calf raises away until it is over."""
    injury = Injury(area="achilles", side="left", since=TODAY - 30 * DAY, until=until)
    found = choices([], person=Person(injuries=(injury,)))[CALF]
    assert (found.state is State.NOT_NOW) == held
    assert ("left Achilles tendon" in found.reason) == held


def test_illness_is_for_rest() -> None:
    """On a day without training because of fever no test is offered, and the reason is the day's own."""
    entries = [an_entry(IllnessNoted(symptoms=("fever",)))]
    found = ritual(entries, TESTS, TODAY, now=NOON, person=person_of(entries, TODAY), version="full")
    assert found.steps == ()
    assert all(c.reason.startswith("Not today: ") for c in found.skipped)
    assert len(found.skipped) == len(TESTS)


@pytest.mark.parametrize(("days", "priority", "held"), [
    (7, "A", True), (0, "A", True), (8, "A", False), (7, "B", False)])
def test_before_an_a_race_nothing_that_tires(days: int, priority: str, *, held: bool) -> None:
    """In the seven days before an A race what tires waits, balance and range do not."""
    race = Race(date=TODAY + days * DAY, distance_km=10, priority=priority)
    found = choices([], person=Person(races=(race,)))
    assert {id_ for id_, c in found.items() if c.state is State.NOT_NOW} == (
        {id_ for id_, test in TESTS.items() if tires(test)} if held else set())


def test_a_hard_day_and_the_day_before_a_hard_run_hold_what_tires() -> None:
    """What tires waits on the day of a heavy session and before intervals; the next quiet day is named."""
    entries = [kept(a_document())]
    found = choices(entries, person=person_of(entries, TODAY))
    assert found[CALF].reason == ("It tires, and today is a hard day (heavy strength). An easy day suits it better. "
                                  "Thu 3 Dec is a better day.")
    assert found[BALANCE].offered
    before = due(entries, TESTS, TODAY - DAY, now=NOON - DAY, person=person_of(entries, TODAY - DAY), version="full")
    assert all(c.offered for c in before), "only a hard run tomorrow holds, a heavy session does not"
    early = Person(hard_runs={TODAY + DAY: "intervals"})
    assert "tomorrow has a hard run (intervals)" in choices([], person=early)[PUSH].reason


def test_what_is_asked_for_by_name_is_held_by_pain_alone() -> None:
    """A test that is named is offered on a hard day, with a word of caution, and not with pain."""
    hard = one_choice([], TESTS[CALF], TODAY, now=NOON, person=Person(hard_runs={TODAY: "intervals"}))
    sore = one_choice([an_entry(PainNoted(pain=Pain(area="calf", score=3)))], TESTS[CALF], TODAY, now=NOON,
                      person=NOBODY)
    again = one_choice([told(CALF, left=20, right=20)], TESTS[CALF], TODAY, now=NOON, person=NOBODY)
    assert hard.offered
    assert hard.reason.startswith("It tires")
    assert (sore.state, sore.sides) == (State.NOT_NOW, ())
    assert (again.sides, again.reason) == (("left", "right"), "You asked for it.")


def test_equipment_that_is_not_there_is_named() -> None:
    """A test that needs a piece of the equipment list waits where the runner told theirs and it is not among them."""
    tests = {CALF: replace(TESTS[CALF], equipment=("step", "wall"))}
    held = due([], tests, TODAY, now=NOON, person=Person(equipment=("kettlebell",)), version="full")[0]
    free = due([], tests, TODAY, now=NOON, person=NOBODY, version="full")[0]
    assert held.reason == "It needs what is not among your equipment: step."
    assert free.offered


def test_the_next_date_stays_away_from_races() -> None:
    """A next date that falls before a race goes to the quiet days after it."""
    last = newest([told(ANKLE, left=7, right=11)], TODAY)[ANKLE]
    plain = next_date(TESTS[ANKLE], last, NOBODY)
    race = Race(date=plain + 2 * DAY, distance_km=10)
    assert plain == TODAY + 42 * DAY
    assert next_date(TESTS[ANKLE], last, Person(races=(race,))) == race.date + 4 * DAY


def test_the_plans_own_date_counts() -> None:
    """Where the plan has a test again on a date six weeks or more later, that is the next date."""
    last = newest([told(ANKLE, left=11, right=11)], TODAY)[ANKLE]
    dates = [Retest(date=TODAY + days * DAY, tests=(ANKLE,), says="") for days in (20, 45)]
    assert next_date(TESTS[ANKLE], last, Person(retests=tuple(dates))) == TODAY + 45 * DAY


def test_a_ritual_goes_on_where_it_was_left() -> None:
    """What was told is done, what was skipped in this sitting is left out, the rest comes in order."""
    entries = [told("posture-look", value=3), told(BALANCE, left=40)]
    found = ritual(entries, TESTS, TODAY, now=NOON, person=NOBODY, version="short", without={"squat-depth"})
    assert found.started
    assert [c.test.id for c in found.done] == ["posture-look"]
    assert [(c.test.id, c.reason) for c in found.skipped] == [("squat-depth", "Skipped for now.")]
    assert found.next is not None
    assert (found.next.test.id, found.next.sides) == (BALANCE, ("right",))
    assert found.minutes_left == sum(c.minutes for c in found.steps)
    assert not ritual([], TESTS, TODAY, now=NOON, person=NOBODY, version="short").started


def test_the_usual_version_grows_with_the_runner() -> None:
    """Short until something beyond the short version was tested, then full."""
    assert usual_version([told(PUSH, value=20)], TESTS, TODAY) == "short"
    assert usual_version([told(PUSH, value=20), told(CALF, left=20, right=20)], TESTS, TODAY) == "full"


def test_without_a_plan_nearly_nothing_is_known() -> None:
    """A diary without a plan gives a person without age, and a broken plan counts as none."""
    assert person_of([], TODAY) == Person()
    assert person_of([kept("{}")], TODAY) == Person()


def test_a_plan_tells_age_and_sex() -> None:
    """Age, sex, races and injuries are those of the plan's runner."""
    found = person_of([kept(a_document(runner='birth_year = 1990\nsex = "female"'))], TODAY)
    assert (found.age, found.sex) == (36, "female")
