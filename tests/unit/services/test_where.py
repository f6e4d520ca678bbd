"""Where sessions and runs could go: the answers are those of ``change``, and a preview is what then happens."""

from __future__ import annotations

import copy
import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import pytest

from lives import EASY_BPM, HARD_BPM, MONDAY, Life, on
from midstance.domain.diary import CheckIn, Pain, PainNoted, SessionDone
from midstance.domain.evidence import Tier
from midstance.domain.runner import Race
from midstance.domain.session import Kind
from midstance.formats._format import InputError
from midstance.planning.check import check_plan
from midstance.planning.explain import why_not
from midstance.services import change, where_preview
from midstance.services.course import need_course
from midstance.services.handbook import all_rules, catalogue
from midstance.services.where import DayAnswer, State, where_could
from midstance.services.where_calendar import Fate, calendar_of
from midstance.services.where_preview import Draft, preview
from midstance.services.where_runs import where_run_could

if TYPE_CHECKING:
    from collections.abc import Callable

    from midstance.domain.plan import Plan
    from midstance.domain.run import PlannedRun
    from midstance.domain.session import Session
    from midstance.services.where_calendar import DayNow

POSSIBLE = (State.FREE, State.PRICE)


def plan_of(life: Life) -> Plan:
    """The plan in force."""
    return need_course(life.entries).plan


def sessions_from(life: Life, day: int, kind: Kind | None = None) -> list[Session]:
    """Sessions of the plan from a day on, primers apart."""
    return [s for s in plan_of(life).sessions
            if s.date >= on(day) and s.kind is not Kind.PRIMER and kind in (None, s.kind)]


def run_from(life: Life, day: int, *, hard: bool) -> PlannedRun:
    """The first run from a day on, hard or not."""
    return next(r for r in plan_of(life).runs if r.date >= on(day) and r.hard is hard)


def said_of(answers: tuple[DayAnswer, ...], day: dt.date) -> DayAnswer:
    """What one date says."""
    return next(one for one in answers if one.date == day)


def kept(life: Life, until: int) -> None:
    """Do every session and run before a day."""
    for session in sessions_from(life, 0):
        if session.date < on(until):
            life.note((session.date - MONDAY).days, SessionDone(session=session.id, minutes=session.minutes))
    for run in plan_of(life).runs:
        if run.date < on(until):
            life.run((run.date - MONDAY).days, HARD_BPM if run.hard else EASY_BPM, run.minutes, hour=run.start.hour)


def fresh(day: int) -> Life:
    """Nothing has happened."""
    return Life.with_plan()


def lived(day: int) -> Life:
    """All was done until the day."""
    life = Life.with_plan()
    kept(life, day)
    return life


def sore(day: int) -> Life:
    """A knee hurts today, and a change waits."""
    life = lived(day)
    life.note(day, PainNoted(pain=Pain(area="knee", score=5.0)))
    return life


def busy(day: int) -> Life:
    """Two days without time were told, so that other days hold what stood there."""
    life = fresh(day)
    change.busy(life.store, on(day + 2), on(day + 3), **life.at(day))
    return life


def tired(day: int) -> Life:
    """A short night, and a hard run yesterday that was not planned."""
    life = lived(day)
    life.run(day - 1, HARD_BPM, 60, hour=19)
    life.note(day, CheckIn(sleep_h=4.0))
    return life


def raced(day: int) -> Life:
    """A race was added nine days ahead."""
    life = fresh(day)
    change.race(life.store, Race(date=on(day + 9), distance_km=5.0, priority="B"), **life.at(day))
    return life


def moved(day: int) -> Life:
    """A session was moved before."""
    life = fresh(day)
    session = sessions_from(life, day + 2, Kind.HEAVY)[0]
    change.move(life.store, session.date, session.date + dt.timedelta(days=2), **life.at(day))
    return life


LIVES = [(fresh, 0, 0), (fresh, 2, 1), (lived, 8, 0), (sore, 8, 2), (busy, 1, 1), (tired, 10, 0), (raced, 3, 2),
         (moved, 1, 0), (fresh, 84, 0), (fresh, 70, 4)]


@pytest.mark.parametrize(("live", "day", "number"), LIVES)
def test_answers_are_those_of_move(live: Callable[[int], Life], day: int, number: int) -> None:
    """A date is possible exactly where ``change.move`` moves, and never is a date called free that is then refused."""
    life = live(day)
    session = sessions_from(life, day)[number]
    answers = where_could(life.store, session.id, date=on(day))
    refused = [a for a in answers if a.state not in POSSIBLE]
    for answer in (*(a for a in answers if a.state in POSSIBLE), *refused[::3]):
        store = copy.deepcopy(life.store)
        try:
            change.move(store, session.date, answer.date, **life.at(day))
            possible = True
        except InputError:
            possible = False
        assert (answer.state in POSSIBLE) == possible, answer
        assert answer.state in (State.FREE, State.HERE) or answer.says, answer


def test_what_safety_forbids_why_not_forbids_too() -> None:
    """Where a safety rule about the hour is the reason, the checker finds no legal start on that date either."""
    life = fresh(0)
    course = need_course(life.entries)
    session = sessions_from(life, 7, Kind.HEAVY)[0]

    def judge(plan: Plan) -> object:
        return check_plan(plan, all_rules(), runner=course.runner, history=course.history,
                          catalogue=catalogue().exercises)

    spoken = [a for a in where_could(life.store, session.id, date=on(0)) if a.state is State.FORBIDDEN
              and {r.rule for r in a.reasons} == {"recovery-between-hard"}]
    assert len(spoken) > 2
    for answer in spoken:
        assert not why_not(course.plan, session, answer.date, judge).legal, answer  # type: ignore[arg-type]


def test_a_reason_has_its_margin() -> None:
    """A hard run too near is named with its hours and those that are needed."""
    life = fresh(0)
    session = sessions_from(life, 7, Kind.HEAVY)[0]
    answers = where_could(life.store, session.id, date=on(0))
    monday = said_of(answers, session.date - dt.timedelta(days=3))
    assert monday.says == "23.6 h before Tuesday's intervals (18:00), more than 24 h are needed"
    assert (monday.reasons[0].rule, monday.reasons[0].tier) == ("recovery-between-hard", Tier.SAFETY.label)
    assert said_of(answers, session.date - dt.timedelta(days=2)).says == "no free time is set for Tuesdays"


def test_a_price_names_dose_before_taste_and_what_else_moves() -> None:
    """Friday costs habits and a swap with the mobility session; nothing of the dose."""
    life = fresh(0)
    session = sessions_from(life, 7, Kind.HEAVY)[0]
    friday = said_of(where_could(life.store, session.id, date=on(0)), session.date + dt.timedelta(days=1))
    assert friday.state is State.PRICE
    assert friday.price is not None
    assert friday.price[0] == 0 < friday.price[1]
    assert friday.reasons[0].rule == "same-days"
    assert friday.also == (f"Friday's mobility session ({friday.date}) moves to Thursday.",)


def test_a_swap_that_costs_nothing_is_free() -> None:
    """Heavy on Saturday and strength on Thursday are as good as the other way round."""
    life = fresh(0)
    session = sessions_from(life, 7, Kind.HEAVY)[0]
    saturday = said_of(where_could(life.store, session.id, date=on(0)), session.date + dt.timedelta(days=2))
    assert (saturday.state, saturday.price, saturday.says) == (State.FREE, (0, 0), "")


def test_the_dates_are_three_weeks_from_today_inside_the_plan() -> None:
    """The week before from today on, its own, and the one after; at most 21, its own date among them."""
    life = fresh(0)
    session = sessions_from(life, 14)[0]
    answers = where_could(life.store, session.id, date=on(9))
    assert [a.date for a in answers] == [on(day) for day in range(9, 28)]
    assert said_of(answers, session.date).state is State.HERE
    last = sessions_from(life, 0)[-1]
    assert where_could(life.store, last.id, date=on(0))[-1].date == plan_of(life).ends


def test_a_session_of_the_kind_takes_the_date() -> None:
    """Two heavy sessions never share a date."""
    life = fresh(0)
    first, second = sessions_from(life, 0, Kind.HEAVY)[:2]
    assert said_of(where_could(life.store, first.id, date=on(0)), second.date).state is State.TAKEN


@pytest.mark.parametrize("wrong", ["s-1999-01-01-1800", "primer", "past"])
def test_what_cannot_move_is_refused(wrong: str) -> None:
    """An id that is gone, a primer, and a session that is past have no dates."""
    life = fresh(0)
    primer = next(s for s in plan_of(life).sessions if s.kind is Kind.PRIMER)
    id_ = {"primer": primer.id, "past": sessions_from(life, 0)[0].id}.get(wrong, wrong)
    with pytest.raises(InputError):
        where_could(life.store, id_, date=on(20) if wrong == "past" else on(0))


# ------------------------------------------------------------------------------------------------------------- runs


def test_a_run_is_never_forbidden_but_says_what_gives_way() -> None:
    """Intervals on the eve of the heavy session are possible: the session would give way, and the day says so."""
    life = fresh(0)
    run = run_from(life, 7, hard=True)
    heavy = next(s for s in sessions_from(life, 7, Kind.HEAVY) if s.date > run.date)
    answers = where_run_could(life.store, run.id, date=on(0))
    assert {a.state for a in answers} == {State.HERE, State.FREE, State.PRICE}
    eve = said_of(answers, heavy.date)
    assert eve.reasons[0].says == "Thursday's heavy session would give way"


def test_a_run_can_be_moved_twice_though_the_plan_stays() -> None:
    """A run that moved without a change of sessions stands on its new date, and moves on from there."""
    life = fresh(0)
    run = run_from(life, 9, hard=False)
    free = [a.date for a in where_run_could(life.store, run.id, date=on(0)) if a.state is State.FREE]
    where_preview.move(life.store, run.id, free[0], **life.at(0))
    there = next(r.run for day in days_of_calendar(life, 0) for r in day.runs if day.date == free[0])
    where_preview.move(life.store, there.id, free[1], **life.at(0))
    found = {day.date: [r.run.type for r in day.runs] for day in days_of_calendar(life, 0)}
    assert (run.type in found[free[0]], run.type in found[free[1]]) == (False, True)


# ---------------------------------------------------------------------------------------------------------- previews


def acts(life: Life, day: int) -> dict[str, Callable[..., change.Decided]]:
    """Each thing that can be done to a plan, with all but the store and the moment filled in."""
    session = sessions_from(life, day, Kind.HEAVY)[0]
    return {
        "move": lambda store, **at: where_preview.move(store, session.id, session.date + dt.timedelta(days=2), **at),
        "move a run": lambda store, **at: where_preview.move(
            store, run_from(life, day, hard=True).id, session.date, **at),
        "skip": lambda store, **at: where_preview.skip(store, session.id, **at),
        "skip a run": lambda store, **at: where_preview.skip(store, run_from(life, day, hard=True).id, **at),
        "busy": lambda store, **at: change.busy(store, session.date, session.date + dt.timedelta(days=2), **at),
        "race": lambda store, **at: change.race(
            store, Race(date=session.date + dt.timedelta(days=3), distance_km=10.0, priority="A"), **at),
    }


@pytest.mark.parametrize("name", ["move", "move a run", "skip", "skip a run", "busy", "race"])
def test_what_was_previewed_happens(name: str) -> None:
    """The preview writes nothing; accepting says the same sentences and changes the days that were shown."""
    life = fresh(7)
    act, at = acts(life, 7)[name], life.at(7)
    rows, before = life.store.count(), where_preview.by_date(life.store, on(7))
    shown = preview(life.store, partial(act, **at), date=on(7))
    assert life.store.count() == rows
    decided = act(life.store, **at)
    assert decided.says == shown.says
    assert where_preview.changed_days(before, where_preview.by_date(life.store, on(7))) == shown.days
    assert shown.days or name == "race"


def test_a_preview_is_refused_as_the_act_is() -> None:
    """A date without free time is refused in the words of the act."""
    life = fresh(0)
    session = sessions_from(life, 7, Kind.HEAVY)[0]
    sunday, at = session.date + dt.timedelta(days=3), life.at(0)
    with pytest.raises(InputError) as tried:
        preview(life.store, lambda store: where_preview.move(store, session.id, sunday, **at), date=on(0))
    with pytest.raises(InputError) as done:
        where_preview.move(life.store, session.id, sunday, **at)
    assert str(tried.value) == str(done.value)


def test_a_draft_reads_through_and_keeps_to_itself() -> None:
    """What is written in a draft is found there beside the diary's own rows, and never in the diary."""
    life = fresh(0)
    rows = life.store.count()
    draft = Draft(life.store)
    session = sessions_from(life, 0)[0]
    change.skip(draft, session.date, **life.at(0))
    assert (life.store.count(), draft.count() > rows) == (rows, True)
    below = [row.id for row in life.store.rows()]
    assert [row.id for row in draft.rows()][:rows] == below
    assert draft.append(life.store.rows()) == 0
    assert next(draft.batches()) != next(life.store.batches())
    assert draft.known(below) == frozenset(below)
    assert draft.named(below[0][:12])[0] == below[0]


@pytest.mark.parametrize("act", [where_preview.move, where_preview.skip])
def test_what_is_gone_cannot_be_done(act: Callable[..., change.Decided]) -> None:
    """An id that the plan does not hold is refused by name, and so is a primer's move."""
    life = fresh(0)
    there = {"to": on(3)} if act is where_preview.move else {}
    with pytest.raises(InputError, match="s-1999"):
        act(life.store, "s-1999-01-01-1800", **there, **life.at(0))
    primer = next(s for s in plan_of(life).sessions if s.kind is Kind.PRIMER)
    with pytest.raises(InputError, match="primer goes with its run"):
        where_preview.move(life.store, primer.id, on(3), **life.at(0))


# ---------------------------------------------------------------------------------------------------------- calendar


def days_of_calendar(life: Life, day: int) -> list[DayNow]:
    """All dates of the calendar."""
    return [date for week in calendar_of(life.entries, today=on(day)).weeks for date in week.days]


def test_the_calendar_tells_what_has_become_of_the_past() -> None:
    """Done, skipped and missed sessions of past dates are told apart; recorded runs are done."""
    life = fresh(0)
    heavy, mobility, strength = sessions_from(life, 0)[:3]
    life.note(3, SessionDone(session=heavy.id, minutes=heavy.minutes))
    change.skip(life.store, mobility.date, **life.at(4))
    life.run(5, EASY_BPM, 40)
    found = {day.date: day for day in days_of_calendar(life, 7)}
    fates = [found[s.date].sessions[0].fate for s in (heavy, mobility, strength)]
    assert fates == [Fate.DONE, Fate.SKIPPED, Fate.MISSED]
    assert [r.fate for r in found[on(5)].runs] == [Fate.DONE]
    assert {r.fate for day in found.values() if day.date >= on(7) for r in day.runs} == {Fate.AHEAD}


def test_the_calendar_adds_up_loads_and_easy_minutes() -> None:
    """A week's load is that of its runs and sessions, its easy share what is left of the hard minutes."""
    life = fresh(0)
    week, planned = calendar_of(life.entries, today=on(0)).weeks[1], plan_of(life).weeks[1]
    assert week.run_load == sum(r.load_au for r in planned.runs)
    assert week.session_load == sum(s.load_au for s in planned.sessions)
    assert week.easy_share == pytest.approx(1 - planned.hard_share)
