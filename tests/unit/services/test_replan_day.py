"""Mornings of a plan: what to do, why, and what the diary changes."""

from __future__ import annotations

import datetime as dt

import pytest

from lives import EASY_BPM, EXAMPLES, HARD_BPM, Life, days_of, on
from midstance.domain.diary import ChangeAccepted, CheckIn, Pain, PlanAccepted, SessionDone, SetDone
from midstance.domain.runner import Race
from midstance.domain.session import Kind, content_minutes
from midstance.formats._format import InputError
from midstance.services import change
from midstance.services.course import course_of, planned_sessions
from midstance.services.diary import open_store, take_back
from midstance.services.plan import Wish, plan_from_files
from midstance.services.replan_day import know, morning

HEAVY_DAY, STRENGTH_DAY, MOBILITY_DAY = 3, 5, 4      # Thursday, Saturday, Friday of Jonas's first week


@pytest.fixture
def life() -> Life:
    """Jonas, who keeps his plan so far."""
    return Life.with_plan()


def kept_until(life: Life, day: int) -> None:
    """Do every session and run before a day as planned."""
    course = course_of(life.entries)
    assert course is not None
    for session in course.plan.sessions:
        if session.kind is not Kind.PRIMER and session.date < on(day):
            life.note((session.date - on(0)).days, SessionDone(session=session.id, minutes=session.minutes, rpe_cr10=5))
    for run in course.plan.runs:
        if run.date < on(day):
            where = (run.date - on(0)).days
            life.run(where, HARD_BPM, run.minutes, hour=run.start.hour, easy=run.minutes - run.hard_minutes)


def test_the_example_is_as_these_tests_know_it(life: Life) -> None:
    """Thursday is heavy, Friday for mobility, Saturday for strength."""
    course = course_of(life.entries)
    assert course is not None
    first = {kind: days_of(course.plan, kind)[0] for kind in ("heavy", "strength", "mobility")}
    assert first == {"heavy": HEAVY_DAY, "strength": STRENGTH_DAY, "mobility": MOBILITY_DAY}


def test_a_diary_without_a_plan_says_what_to_do() -> None:
    """The remedy is the command that makes one."""
    with pytest.raises(InputError, match=r"midstance plan RUNNER\.toml --save"):
        morning((), today=on(0))


def test_a_kept_plan_changes_nothing(life: Life) -> None:
    """Done as planned, with a good night: green, today's session as planned, and no change."""
    kept_until(life, HEAVY_DAY)
    life.note(HEAVY_DAY, CheckIn(sleep_h=8))
    found, changes = life.morning(HEAVY_DAY)
    assert found.ready.light.label == "green"
    assert found.session is not None
    assert (found.session.kind, changes, found.left_out) == (Kind.HEAVY, (), ())
    assert found.proposal is None


def test_what_was_done_today_is_not_asked_for_again(life: Life) -> None:
    """The session is done; nothing is left."""
    found, _ = life.morning(HEAVY_DAY)
    assert found.session is not None
    life.note(HEAVY_DAY, SessionDone(session=found.session.id))
    after, _ = life.morning(HEAVY_DAY)
    assert after.session is None
    assert [s.kind for s in after.done] == [Kind.HEAVY]


def test_a_hard_run_yesterday_evening_keeps_heavy_work_away(life: Life) -> None:
    """Easy by title, hard by heart rate: today's heavy session is left out with the rule, and a change waits."""
    life.run(HEAVY_DAY - 1, HARD_BPM, 60, hour=20)
    found, changes = life.morning(HEAVY_DAY)
    assert found.session is None or not found.session.hard
    assert "more than a day between hard efforts" in found.left_out[0]
    assert [c.state for c in changes] == ["proposed"]
    assert "Thursday's heavy session" in changes[0].says[0]


def test_a_recorded_run_takes_the_place_of_the_planned_one(life: Life) -> None:
    """Tuesday's intervals were a jog: nothing hard stands there any more."""
    life.run(1, EASY_BPM, 40)
    known = know(life.entries, today=on(2))
    assert known.brief.lived is not None
    runs = [run for run in known.brief.lived.runs if run.date == on(1)]
    assert [(run.hard, run.minutes) for run in runs] == [(False, 40)]
    found, _ = life.morning(2)
    assert not any(run.hard for run in found.plan.runs if run.date == on(1))


def test_runs_not_yet_imported_count_as_planned(life: Life) -> None:
    """Without recordings nobody knows better; with a later one the planned run was not run."""
    assert any(run.date == on(1) for run in morning(life.entries, today=on(3)).plan.runs)
    life.run(2, EASY_BPM, 45, hour=6)
    assert not any(run.date == on(1) for run in morning(life.entries, today=on(3)).plan.runs)


def test_an_open_change_is_one_entry_and_can_be_accepted_and_undone(life: Life) -> None:
    """Asking twice writes once; accepting makes the new plan the one in force, undoing brings the old one back."""
    life.run(HEAVY_DAY - 1, HARD_BPM, 60, hour=20)
    (waits,) = life.morning(HEAVY_DAY)[1]
    (again,) = life.morning(HEAVY_DAY)[1]
    assert waits == again
    before = course_of(life.entries)
    done = change.accept(life.store, waits.id[:6], **life.at(HEAVY_DAY))
    after = course_of(life.entries)
    assert before is not None
    assert after is not None
    assert after.plan.previous == before.plan.id
    found, changes = life.morning(HEAVY_DAY)
    assert found.proposal is None
    assert [c.state for c in changes] == ["accepted"]
    take_back(life.store, done.batch, **{k: v for k, v in life.at(HEAVY_DAY).items() if k != "origin"})
    back = course_of(life.entries)
    assert back is not None
    assert back.plan.id == before.plan.id
    with pytest.raises(InputError, match="not the change that waits"):
        change.accept(life.store, "ffffffff", **life.at(HEAVY_DAY))


def test_without_a_change_there_is_nothing_to_accept(life: Life) -> None:
    """An error in words."""
    with pytest.raises(InputError, match="no change waits"):
        change.accept(life.store, "", **life.at(0))


def test_pain_makes_the_day_easier(life: Life) -> None:
    """4 of 10 at the knee: no heavy work today, and the light is amber."""
    life.note(HEAVY_DAY, CheckIn(pain=(Pain(area="knee", side="left", score=4),)))
    found, _ = life.morning(HEAVY_DAY)
    assert found.ready.light.label == "amber"
    assert found.session is None or found.session.kind is not Kind.HEAVY
    assert "knee" in found.left_out[0]


def test_illness_stops_everything(life: Life) -> None:
    """Fever: red, no session, no primer, no run."""
    life.note(HEAVY_DAY, CheckIn(ill=("fever",)))
    found, _ = life.morning(HEAVY_DAY)
    assert found.ready.stop
    assert (found.session, found.primers) == (None, ())
    later, _ = life.morning(HEAVY_DAY + 1)
    assert "new check-in" in " ".join(later.notes)
    assert later.run_advice == "No run today."


def test_little_time_shortens_the_session(life: Life) -> None:
    """Fifteen minutes are enough for the key lift."""
    whole, _ = life.morning(HEAVY_DAY)
    life.note(HEAVY_DAY, CheckIn(minutes=15))
    short, _ = life.morning(HEAVY_DAY)
    assert whole.session is not None
    assert short.session is not None
    assert short.session.minutes <= 15 < whole.session.minutes
    assert short.session.blocks[1].items[0].exercise == whole.session.blocks[1].items[0].exercise


def test_one_short_night_takes_a_set() -> None:
    """Fewer rounds in less time, the same weights, and the reason."""
    life = Life.with_plan(runs=False)
    whole, _ = life.morning(HEAVY_DAY)
    life.note(HEAVY_DAY, CheckIn(sleep_h=5))
    short, _ = life.morning(HEAVY_DAY)
    assert whole.session is not None
    assert short.session is not None
    pairs = list(zip(whole.session.blocks, short.session.blocks, strict=True))
    main = [(a.rounds, b.rounds) for a, b in pairs if not a.label.startswith("warm")]
    assert sum(b for _, b in main) < sum(a for a, _ in main)
    assert all(b == a - 1 for a, b in main if a >= 3)
    assert [i.weight_kg for a, _ in pairs for i in a.items] == [i.weight_kg for _, b in pairs for i in b.items]
    assert "A set less today" in short.session.why[-1]
    assert abs(short.session.minutes - content_minutes(short.session.blocks)) <= 1 < whole.session.minutes


def test_cuts_do_not_multiply(life: Life) -> None:
    """In a week whose sets are cut for its mileage, a short night takes no more of them."""
    whole, _ = life.morning(HEAVY_DAY)
    life.note(HEAVY_DAY, CheckIn(sleep_h=5))
    short, _ = life.morning(HEAVY_DAY)
    assert whole.plan.weeks[0].set_factor < 1
    assert whole.session == short.session


def test_a_short_night_makes_a_hard_run_easy(life: Life) -> None:
    """The advice stands beside the run."""
    life.note(1, CheckIn(sleep_h=5))
    assert life.morning(1)[0].run_advice == "Run it easy today, without the hard part."


def test_missed_sessions_are_dropped(life: Life) -> None:
    """Thursday's heavy session was missed: it is said kindly, and does not come back this week."""
    found, changes = life.morning(HEAVY_DAY + 1)
    assert "not noted" in found.notes[0]
    assert changes == ()
    rest = [s for s in found.plan.weeks[0].sessions if s.date > on(HEAVY_DAY)]
    assert not any(s.kind is Kind.HEAVY for s in rest)


def test_a_logged_set_counts_for_the_session_of_its_day(life: Life) -> None:
    """One line is enough: the session counts as done."""
    life.note(HEAVY_DAY, SetDone(exercise="goblet-squat", amount=8, weight_kg=16.0))
    known = know(life.entries, today=on(HEAVY_DAY + 1))
    assert known.brief.lived is not None
    assert [(s.date, s.kind) for s in known.brief.lived.done] == [(on(HEAVY_DAY), Kind.HEAVY)]
    assert known.filling.progress is not None


def test_a_session_that_nobody_planned_is_a_fact(life: Life) -> None:
    """Heavy sets on Tuesday: nothing hard within a day after them."""
    life.note(2, *(SetDone(exercise="goblet-squat", amount=5, number=n, weight_kg=24.0) for n in (1, 2, 3)))
    found, _ = life.morning(HEAVY_DAY)
    assert found.session is None or not found.session.hard
    known = know(life.entries, today=on(HEAVY_DAY))
    assert known.brief.lived is not None
    assert [(s.kind, s.why) for s in known.brief.lived.done] == [(Kind.HEAVY, ("Done, not planned.",))]


def test_busy_days_hold_nothing_and_can_be_taken_back(life: Life) -> None:
    """A week away: no session stands in it, few days change, and one undo restores the plan."""
    done = change.busy(life.store, on(8), on(13), **life.at(2))
    course = course_of(life.entries)
    assert course is not None
    assert not [s for s in course.plan.sessions if on(8) <= s.date <= on(13)]
    assert done.says[0] == f"No sessions from {on(8)} to {on(13)}."
    assert len(done.says) >= 3
    take_back(life.store, done.batch, **{k: v for k, v in life.at(2).items() if k != "origin"})
    back = course_of(life.entries)
    assert back is not None
    assert [s for s in back.plan.sessions if on(8) <= s.date <= on(13)]


def test_a_session_moves_where_the_runner_wants_it(life: Life) -> None:
    """Thursday's heavy session goes to Friday; the sentence says so, and the next morning agrees."""
    done = change.move(life.store, on(HEAVY_DAY), on(HEAVY_DAY + 1), **life.at(0))
    assert done.says[0].startswith("Thursday's heavy session")
    course = course_of(life.entries)
    assert course is not None
    assert days_of(course.plan, "heavy")[0] == HEAVY_DAY + 1
    assert life.morning(1)[1][0].state == "accepted"
    assert life.morning(1)[0].proposal is None


def test_a_session_does_not_move_where_safety_forbids(life: Life) -> None:
    """On the evening before Tuesday's intervals: refused with the rule, and nothing is written."""
    before = life.store.count()
    with pytest.raises(InputError, match="more than a day between hard efforts"):
        change.move(life.store, on(HEAVY_DAY + 7), on(7), **life.at(0))
    with pytest.raises(InputError, match="no free window"):
        change.move(life.store, on(HEAVY_DAY), on(1), **life.at(0))
    assert life.store.count() == before


def test_a_run_moves_and_sessions_give_way(life: Life) -> None:
    """Tuesday's intervals go to Wednesday evening: Thursday's heavy session cannot stay within 24 hours of them."""
    done = change.move(life.store, on(1), on(2), **life.at(0))
    assert done.says[0] == "Tuesday's intervals (2027-01-12) go to Wednesday 2027-01-13."
    course = course_of(life.entries)
    assert course is not None
    run = next(r for r in course.plan.runs if r.date == on(2) and r.hard)
    assert all(s.start > run.end + dt.timedelta(hours=24) for s in course.plan.weeks[0].sessions
               if s.hard and s.start > run.start)
    assert not any(r.hard and r.date == on(1) for r in course.plan.runs)


def test_skipping_is_dropping(life: Life) -> None:
    """The session goes, no other comes in its place."""
    course = course_of(life.entries)
    assert course is not None
    before = [s for s in course.plan.weeks[0].sessions if s.kind is not Kind.PRIMER]
    done = change.skip(life.store, on(STRENGTH_DAY), **life.at(0))
    after = course_of(life.entries)
    assert after is not None
    assert "nothing to catch up on" in done.says[0]
    assert len([s for s in after.plan.weeks[0].sessions if s.kind is not Kind.PRIMER]) == len(before) - 1


def test_a_new_race_changes_what_lies_before_it(life: Life) -> None:
    """No heavy session within the days that the race needs."""
    race = Race(date=on(19), distance_km=10, priority="B", start_minute=600)
    done = change.race(life.store, race, **life.at(2))
    course = course_of(life.entries)
    assert course is not None
    assert done.says[0] == "A 10 km race (B) stands on Saturday 2027-01-30."
    begin = dt.datetime.combine(race.date, dt.time(10))
    assert not [s for s in course.plan.sessions if s.hard and begin - dt.timedelta(hours=48) < s.end <= begin]
    assert any(run.type.value == "race" and run.date == race.date for run in course.plan.runs)


@pytest.mark.parametrize(("command", "message"), [
    (lambda life: change.move(life.store, on(-1), on(3), **life.at(2)), "is past"),
    (lambda life: change.move(life.store, on(3), on(300), **life.at(2)), "outside the plan"),
    (lambda life: change.move(life.store, on(3), on(3), **life.at(2)), "same date"),
    (lambda life: change.move(life.store, on(7), on(8), **life.at(2)), "nothing stands"),
    (lambda life: change.skip(life.store, on(7), **life.at(2)), "nothing is planned"),
    (lambda life: change.busy(life.store, on(5), on(4), **life.at(2)), "before it begins"),
    (lambda life: change.busy(life.store, on(-5), on(-4), **life.at(2)), "outside the plan"),
    (lambda life: change.race(life.store, Race(date=on(-1), distance_km=5, priority="A"), **life.at(2)), "is past"),
])
def test_wishes_that_cannot_be_are_refused_in_words(life: Life, command: object, message: str) -> None:
    """Nothing is written."""
    before = life.store.count()
    with pytest.raises(InputError, match=message):
        command(life)  # type: ignore[operator]
    assert life.store.count() == before


def test_what_was_planned_comes_from_the_plan_then_in_force(life: Life) -> None:
    """A session that moved away on Wednesday counts on its new date alone."""
    change.move(life.store, on(HEAVY_DAY), on(HEAVY_DAY + 1), **life.at(2))
    planned = planned_sessions(life.entries, since=on(0), until=on(7))
    assert [s.date for s in planned if s.kind is Kind.HEAVY] == [on(HEAVY_DAY + 1)]


def test_a_plan_that_is_not_kept_gets_smaller(life: Life) -> None:
    """Four weeks without a session: one less a week, said kindly, and only once in four weeks."""
    found, _ = life.morning(35)
    assert "too big for this time" in found.kept.says
    assert found.proposal is not None
    change.accept(life.store, "", **life.at(35))
    course = course_of(life.entries)
    assert course is not None
    later = [s for s in course.plan.weeks[6].sessions if s.kind is not Kind.PRIMER]
    before = [s for s in found.course.plan.weeks[6].sessions if s.kind is not Kind.PRIMER]
    assert len(later) < len(before) or sum(s.minutes for s in later) < sum(s.minutes for s in before)
    assert life.morning(36)[0].proposal is None


def test_after_the_plan_comes_the_next(life: Life) -> None:
    """A day beyond the end says how to go on."""
    found, changes = life.morning(200)
    assert "The plan ended" in found.notes[0]
    assert (found.session, changes) == (None, ())


def test_everything_of_a_decision_is_one_batch() -> None:
    """One undo takes all of it back."""
    life = Life.with_plan()
    done = change.busy(life.store, on(8), on(13), **life.at(2))
    batch = [e for e in life.entries if e.origin.batch == done.batch]
    assert {type(e.what) for e in batch} >= {ChangeAccepted, PlanAccepted}
    assert open_store("memory:").count() == 0


def test_lasting_pain_is_offered_a_block_that_replaces_sets(life: Life) -> None:
    """Offered with certainty; taken up it stands in the session in place of sets, and one undo ends it."""
    for day in (0, 1, 2):
        life.note(day, CheckIn(pain=(Pain(area="achilles", side="left", score=3, tissue="tendon"),)))
    found, _ = life.morning(2)
    assert found.ready.offers
    offer = found.ready.offers[0]
    done = change.accept(life.store, offer.block, **life.at(STRENGTH_DAY))
    assert any("Stop" in says for says in done.says)
    session = life.morning(STRENGTH_DAY)[0].session
    before = found.plan.sessions
    assert session is not None
    planned = next(s for s in before if s.date == on(STRENGTH_DAY) and s.kind is session.kind)
    assert any(block.label.startswith("T") for block in session.blocks)
    assert session.minutes <= planned.minutes
    assert life.morning(STRENGTH_DAY)[0].ready.offers == ()
    take_back(life.store, done.batch, **{k: v for k, v in life.at(STRENGTH_DAY).items() if k != "origin"})
    assert life.morning(STRENGTH_DAY)[0].sitting is None


def test_a_new_plan_knows_what_was_done_before_it(life: Life) -> None:
    """Saved in the middle of a week: what was done is done, busy days and races stay, old moves of runs do not."""
    kept_until(life, HEAVY_DAY + 1)
    change.busy(life.store, on(8), on(9), **life.at(2))
    change.move(life.store, on(8), on(10), **life.at(2))
    wish = Wish(runner=EXAMPLES / "jonas-10k.toml", runs=(EXAMPLES / "jonas-10k.ics",), start=on(4))
    plan = plan_from_files(wish, lambda: 0.0, entries=life.entries).plan
    assert not [s for s in plan.sessions if on(8) <= s.date <= on(9)]
    change.keep_plan_document(life.store, plan, **life.at(4))
    found, changes = life.morning(4)
    assert (found.notes, changes) == ((), ())
    assert any(run.date == on(8) and run.hard for run in found.plan.runs)
    heavy = [s for s in found.plan.sessions if s.kind is Kind.HEAVY]
    assert all(s.start > dt.datetime.combine(on(HEAVY_DAY + 1), dt.time(18)) for s in heavy)


def test_without_time_there_is_no_session(life: Life) -> None:
    """Nought or three minutes: today's session is left out, not done as a whole; five are enough for a short one."""
    for minutes in (0, 3):
        life.note(HEAVY_DAY, CheckIn(minutes=minutes))
        found, _ = life.morning(HEAVY_DAY)
        assert found.session is None
        assert "no time" in found.left_out[0]
    life.note(HEAVY_DAY, CheckIn(minutes=5))
    short = life.morning(HEAVY_DAY)[0].session
    assert short is not None
    assert short.minutes == 5


def test_what_is_skipped_does_not_come_back(life: Life) -> None:
    """On the same morning, and on the next ones, nothing takes the place of a skipped session."""
    for day in (STRENGTH_DAY, MOBILITY_DAY):
        change.skip(life.store, on(day), **life.at(0))
        assert life.morning(0)[0].proposal is None
    kept_until(life, 2)
    assert life.morning(2)[0].proposal is None


def test_a_moved_session_stays_where_the_runner_wants_it(life: Life) -> None:
    """Nothing of its kind comes to the date it left, on the same morning or later; only its kind stands there now."""
    change.move(life.store, on(HEAVY_DAY), on(HEAVY_DAY + 1), **life.at(0))
    assert life.morning(0)[0].proposal is None
    known = know(life.entries, today=on(1))
    assert known.brief.lived is not None
    assert known.brief.lived.limits[on(HEAVY_DAY + 1)] == {Kind.HEAVY}
    assert Kind.HEAVY not in known.brief.lived.limits[on(HEAVY_DAY)]


def test_nothing_moves_to_a_day_that_forbids_it(life: Life) -> None:
    """With fever no session moves to today; the refusal says why, and nothing is written."""
    life.note(HEAVY_DAY, CheckIn(ill=("fever",)))
    before = life.store.count()
    with pytest.raises(InputError, match="fever"):
        change.move(life.store, on(STRENGTH_DAY), on(HEAVY_DAY), **life.at(HEAVY_DAY))
    assert life.store.count() == before


def test_a_small_race_does_not_make_the_plan_longer(life: Life) -> None:
    """Week after week the plan ends when it ended before; an A race beyond its end moves the end."""
    course = course_of(life.entries)
    assert course is not None
    ends = course.plan.ends
    change.race(life.store, Race(date=on(19), distance_km=10, priority="B", start_minute=600), **life.at(2))
    assert know(life.entries, today=ends - dt.timedelta(days=20)).brief.last == ends
    far = Race(date=ends + dt.timedelta(days=21), distance_km=10, priority="A", start_minute=600)
    change.race(life.store, far, **life.at(2))
    assert know(life.entries, today=on(3)).brief.last > far.date


# what a coach found -----------------------------------------------------------------------------------------------


def sore_block(life: Life) -> None:
    """Three mornings of Achilles pain, and the block taken up on the third."""
    for day in (0, 1, 2):
        life.note(day, CheckIn(pain=(Pain(area="achilles", side="left", score=3, tissue="tendon"),)))
    offer = life.morning(2)[0].ready.offers[0]
    change.accept(life.store, offer.block, **life.at(2))


def test_a_block_keeps_off_busy_days_and_races(life: Life) -> None:
    """Neither on a busy date, nor without a window, nor from two days before a race to the day after; in the time."""
    sore_block(life)
    change.busy(life.store, on(7), on(9), **life.at(3))
    change.race(life.store, Race(date=on(18), distance_km=5, priority="C", start_minute=600), **life.at(3))
    sittings = {day: life.morning(day)[0] for day in range(3, 28)}
    due = {day for day, found in sittings.items() if found.sitting}
    assert due
    assert not due & {7, 8, 9, 16, 17, 18, 19}
    closed = {day for day in range(3, 28) if not sittings[day].course.runner.windows(on(day))}
    assert not due & closed
    for day in due:
        found = sittings[day]
        assert found.sitting is not None
        assert found.sitting.minutes <= found.course.runner.session_minutes
        assert found.session is None or found.session.kind is not Kind.MOBILITY


def test_no_block_begins_on_a_red_day(life: Life) -> None:
    """Fever: refused in words."""
    life.note(2, CheckIn(ill=("fever",)))
    with pytest.raises(InputError, match="without training"):
        change.accept(life.store, "kneecap", **life.at(2))


def test_heavy_work_on_a_day_for_mobility_is_heavy_work(life: Life) -> None:
    """It does not stand for the mobility, and the next day's hard session waits."""
    life.note(MOBILITY_DAY, SessionDone(kind=Kind.HEAVY, minutes=30, rpe_cr10=8))
    found, _ = life.morning(MOBILITY_DAY)
    assert [s.kind for s in found.done] == [Kind.HEAVY]
    assert not any(s.hard for s in life.morning(MOBILITY_DAY + 1)[0].plan.sessions if s.date == on(MOBILITY_DAY + 1))


def test_a_race_moves_with_its_phases_and_clears_its_day(life: Life) -> None:
    """The A race comes two weeks earlier: one race stands there alone, the old date is free, the week is race week."""
    course = course_of(life.entries)
    assert course is not None
    old = next(race for race in course.runner.races if race.priority == "A").date
    new = old - dt.timedelta(days=14)
    change.move(life.store, old, new, **life.at(2))
    after = course_of(life.entries)
    assert after is not None
    assert [race.date for race in after.runner.races if race.priority == "A"] == [new]
    assert [run.type.value for run in after.plan.runs if run.date == new] == ["race"]
    assert not [run for run in after.plan.runs if run.date == old and run.type.value == "race"]
    assert next(w for w in after.plan.weeks if w.starts <= new < w.starts + dt.timedelta(days=7)).phase == "race-week"
    assert life.morning(2)[0].proposal is None


def test_a_skipped_race_is_gone(life: Life) -> None:
    """No race week is left."""
    course = course_of(life.entries)
    assert course is not None
    day = next(race for race in course.runner.races if race.priority == "A").date
    change.skip(life.store, day, **life.at(2))
    after = course_of(life.entries)
    assert after is not None
    assert not after.runner.races
    assert not [w for w in after.plan.weeks if w.phase == "race-week" and w.starts > on(2)]


def test_nothing_is_added_in_the_days_before_a_new_race(life: Life) -> None:
    """Sessions fall away towards it; what comes new is mobility at most."""
    before = life.morning(2)[0].course.plan
    change.race(life.store, Race(date=on(11), distance_km=10, priority="B", start_minute=540), **life.at(2))
    after = course_of(life.entries)
    assert after is not None
    here = {(s.date, s.kind) for s in before.sessions}
    new = [s for s in after.plan.sessions if on(8) <= s.date <= on(11) and (s.date, s.kind) not in here]
    assert {s.kind for s in new} <= {Kind.MOBILITY, Kind.PRIMER}


def test_what_illness_takes_does_not_come_back(life: Life) -> None:
    """Three days of fever: nothing is proposed, morning after morning, and nothing is caught up on."""
    for day in (HEAVY_DAY, HEAVY_DAY + 1, HEAVY_DAY + 2):
        life.note(day, CheckIn(ill=("fever",)))
        found, changes = life.morning(day)
        assert (found.session, changes) == (None, ()), day


def test_a_bad_day_brings_no_primer_and_cuts_no_run() -> None:
    """Hardly any sleep: no primer, and the run is as long as it was planned."""
    life = Life.with_plan(runs=False)
    planned = next(run for run in life.morning(2)[0].plan.runs if run.date == on(MOBILITY_DAY))
    life.note(MOBILITY_DAY, CheckIn(sleep_h=3.5))
    found, _ = life.morning(MOBILITY_DAY)
    assert found.primers == ()
    assert [run.minutes for run in found.runs] == [planned.minutes]


def test_old_days_know_nothing_of_later_ones(life: Life) -> None:
    """Asked later, a day lists no change of later days; before the plan it says when it begins."""
    change.busy(life.store, on(8), on(9), **life.at(5))
    assert life.morning(3)[1] == ()
    early, _ = life.morning(-1)
    assert "begins" in early.notes[0]


def test_two_of_a_kind_do_not_share_a_day(life: Life) -> None:
    """Moving a session onto one of its kind is refused, not swallowed."""
    with pytest.raises(InputError, match="stands on"):
        change.move(life.store, on(MOBILITY_DAY), on(MOBILITY_DAY + 7), **life.at(0))


def test_what_pain_takes_from_today_stays_taken_when_another_change_is_taken(life: Life) -> None:
    """Sore legs forbid today's heavy session, and this morning a trip is told: nothing comes in its place."""
    kept_until(life, HEAVY_DAY)
    life.note(HEAVY_DAY, CheckIn(pain=(Pain(area="knee", side="left", score=4),)))
    change.busy(life.store, on(8), on(10), **life.at(HEAVY_DAY))
    found, _ = life.morning(HEAVY_DAY)
    assert found.proposal is None
    known = know(life.entries, today=on(HEAVY_DAY))
    assert known.brief.lived is not None
    assert (on(HEAVY_DAY), Kind.HEAVY) in known.brief.lived.dropped


def test_a_session_moved_to_a_skipped_day_stays_there(life: Life) -> None:
    """Friday's mobility is skipped, then Thursday's heavy session goes to Friday: one is dropped, the other stands."""
    change.skip(life.store, on(MOBILITY_DAY), **life.at(0))
    change.move(life.store, on(HEAVY_DAY), on(MOBILITY_DAY), **life.at(0))
    found, _ = life.morning(0)
    assert found.proposal is None
    there = {s.kind for s in found.plan.sessions if s.date == on(MOBILITY_DAY)}
    assert there - {Kind.PRIMER} == {Kind.HEAVY}
    known = know(life.entries, today=on(0))
    assert known.brief.lived is not None
    assert known.brief.lived.dropped == ((on(MOBILITY_DAY), Kind.MOBILITY),)


def test_skipping_hides_no_other_change_of_the_weekday(life: Life) -> None:
    """What another Thursday gets is told; that the skipped session falls away is not told twice."""
    done = change.skip(life.store, on(HEAVY_DAY), **life.at(0))
    assert sum(str(on(HEAVY_DAY)) in says for says in done.says) == 1
    course = course_of(life.entries)
    assert course is not None
    assert not [s for s in course.plan.sessions if s.date == on(HEAVY_DAY) and s.kind is Kind.HEAVY]


def test_an_a_race_beyond_the_end_makes_the_plan_longer(life: Life) -> None:
    """The plan in force runs through its recovery, and the next morning asks for nothing more."""
    course = course_of(life.entries)
    assert course is not None
    far = Race(date=course.plan.ends + dt.timedelta(days=60), distance_km=10, priority="A", start_minute=600)
    done = change.race(life.store, far, **life.at(2))
    after = course_of(life.entries)
    assert after is not None
    assert after.plan.ends > far.date
    assert any("runs to" in says for says in done.says)
    assert not any("beyond the plan's end" in says for says in done.says)
    assert life.morning(3)[0].proposal is None
