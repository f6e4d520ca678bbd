"""Arranged sessions follow the log: weights, ranges, versions, sides, pain, breaks, and the words for it."""

import datetime as dt

import pytest

from logs import did
from midstance.catalogue.load import load_catalogue
from midstance.domain.plan import Phase, Targets
from midstance.domain.runner import Level, Runner
from midstance.domain.session import Kind, content_minutes
from midstance.domain.slot import Slot
from midstance.planning.arrange import arrange
from midstance.planning.progression import Progress, progress

CATALOGUE = load_catalogue().exercises
MONDAY = dt.date(2026, 11, 30)
BEFORE = MONDAY - dt.timedelta(days=10)
SETS = {"glutes": 6, "quads": 6, "hamstrings": 6, "calves": 4, "core": 6, "push": 2, "pull": 2, "foot": 2}


def slot(week=0, day=0, kind=Kind.STRENGTH, minutes=25, level=Level.INTERMEDIATE, **changes):
    """Place one session at 18:00."""
    monday = MONDAY + dt.timedelta(weeks=week)
    values = {"hard_minutes_most": round(0.35 * minutes) if kind is Kind.HEAVY else 0, "phase": Phase.BASE,
              "phase_week": week, "cycle": 0, "learning": False, "week": monday} | changes
    return Slot(start=dt.datetime.combine(monday + dt.timedelta(days=day), dt.time(18)), kind=kind, minutes=minutes,
                level=level, **values)


def plan(weeks=6, **changes):
    """Place strength, heavy and upper sessions in every week."""
    return [s for w in range(weeks) for s in (slot(w, 0, Kind.STRENGTH, 30, **changes),
                                              slot(w, 2, Kind.HEAVY, 28, **changes),
                                              slot(w, 4, Kind.UPPER, 20, **changes))]


def runner(level=Level.INTERMEDIATE, **changes):
    """Make a runner with kettlebells, dumbbells and a step."""
    values = {"equipment": ("dumbbell", "kettlebell", "step"), "weights_kg": (4.0, 8.0, 12.0, 16.0, 16.0),
              "body_mass_kg": 65} | changes
    return Runner(name="R", timezone="UTC", running_level=level, strength_level=level, goal="10k", **values)


def logged(*sessions, kind="strength", who=None):
    """Read a log of lines, a session every four days, the last one ten days before the plan begins."""
    days = [BEFORE - dt.timedelta(days=4 * (len(sessions) - 1 - n)) for n in range(len(sessions))]
    entries = [e for day, lines in zip(days, sessions, strict=True) for e in did(day, *lines.split("; "), kind=kind)]
    return progress(entries, runner=who or runner(), catalogue=CATALOGUE, today=MONDAY)


def fill(slots, found, who=None):
    """Arrange slots with what the log says."""
    weeks = {s.week: Targets(sessions=(2, 4), strength_type=(2, 3), heavy=(0, 1), mobility=(1, 2), leg_sessions=2,
                             upper=1, plyometric=0, sets=SETS) for s in slots}
    return arrange(slots, runner=who or runner(), catalogue=CATALOGUE, targets=weeks, progress=found).sessions


def items(sessions, id_=None):
    """List the items of the main blocks with their session, all or one exercise's."""
    return [(s, i) for s in sessions for b in s.blocks if b.label != "warm-up" for i in b.items
            if id_ in (None, i.exercise)]


def test_without_a_log_nothing_changes():
    """No progress and an empty one fill sessions exactly alike."""
    slots = plan()
    assert fill(slots, None) == fill(slots, Progress())


def test_standings_decide_weight_range_and_tempo():
    """Every session of a kind takes the weight, the range and the tempo at which the log stands."""
    found = logged(*("goblet-squat 8 8 8 @2 12kg",) * 2, kind="heavy")
    heavy = [i for s, i in items(fill(plan(), found), "goblet-squat") if s.kind is Kind.HEAVY]
    assert heavy
    assert {(i.weight_kg, i.low, i.high, i.tempo) for i in heavy} == {(12, 6, 8, "3-2-1-0")}


def test_a_change_is_told_once_and_two_at_most():
    """The reason of a change stands in the first session that carries it, in no other, and two at most in one."""
    tops = ("single-leg-step-up 10 10 10 @2 4kg; plank 45 45 45; single-arm-row 12 12 12 @2 8kg; push-up 10 10 10 @3; "
            "single-leg-calf-raise 18 18 18 @2 4kg")
    found = logged(tops, tops)
    changes = [s.why for s in found.standings if s.changed]
    sessions = fill(plan(), found)
    told = [[w for w in s.why if w in changes] for s in sessions]
    assert max(map(len, told)) == 2
    everything = [w for why in told for w in why]
    assert len(everything) == len(set(everything)) >= 3


def test_weeks_that_keep_the_load_take_no_rise():
    """Reduced weeks and the time before a race keep the weight that was lifted, and tell of no change."""
    who = runner(weights_kg=(12.0, 13.0))
    found = logged(*("goblet-squat 8 8 8 @2 12kg",) * 2, kind="heavy", who=who)
    assert found.of("goblet-squat", heavy=True).weight_kg == 13
    for changes in ({"reduced": True}, {"phase": Phase.PEAK}, {"phase": Phase.TAPER}):
        kept = items(fill(plan(4, **changes), found, who), "goblet-squat")
        assert {i.weight_kg for s, i in kept if s.kind is Kind.HEAVY} == {12}
        assert not any("goes from" in w for s, _ in kept for w in s.why)
    assert {i.weight_kg for s, i in items(fill(plan(4), found, who), "goblet-squat") if s.kind is Kind.HEAVY} == {13}


def test_an_owned_version_gives_way_to_the_harder():
    """The harder version takes the place of the owned one and says why; towards a race the owned one may stay."""
    found = logged(*("push-up 10 10 10 @3",) * 2)
    sessions = fill(plan(), found)
    assert not items(sessions, "push-up")
    harder = items(sessions, "feet-raised-push-up")
    assert any(w.startswith("Push-up gives way to push-up with raised feet") for w in harder[0][0].why)
    assert items(fill(plan(phase=Phase.PEAK), found), "push-up")


def test_a_tried_version_keeps_its_place_before_hard_runs():
    """Where nothing new may come the owned version stays away once its successor was tried; arms never wait for it."""
    two = ("push-up 10 10 10 @3; prone-pull 12 12 12 @4",) * 2
    for log in (two, (*two, "feet-raised-push-up 8 8 @3; towel-row 8 8 @3")):
        found = logged(*log)
        later = [i.exercise for s, i in items(fill(plan(keep_fresh=True), found))]
        assert not {"push-up", "prone-pull"} & set(later)
        assert {"feet-raised-push-up", "towel-row"} & set(later)
    tried = logged(*two, "feet-raised-push-up 8 8 @3; towel-row 8 8 @3")
    assert not items(fill(plan(phase=Phase.PEAK), tried), "push-up")
    assert not items(fill(plan(reduced=True), tried), "push-up")


def test_an_owned_harder_version_ends_the_easier_one():
    """Push-ups are not asked for again once those with raised feet are owned, whatever the log says of push-ups."""
    found = logged("push-up 10 10 @4", *("feet-raised-push-up 10 10 10 @4",) * 2)
    assert not items(fill(plan(), found), "push-up")
    lost = logged("push-up 10 10 @4", *("feet-raised-push-up 10 10 10 @4",) * 2, *("feet-raised-push-up 3 3 3 @1",) * 2)
    assert items(fill(plan(), lost), "push-up")
    assert not items(fill(plan(), lost), "feet-raised-push-up")


def test_too_few_push_ups_are_done_from_the_knees():
    """Fewer than five good push-ups bring the version from the knees instead."""
    found = logged("push-up 4 3 @1")
    sessions = fill(plan(), found)
    assert not items(sessions, "push-up")
    assert items(sessions, "push-up-from-knees")


def test_a_painful_exercise_stays_away():
    """What hurt and its relatives are in no session, warm-ups included; what takes its place is."""
    found = logged("goblet-squat 9 9 9 @2 12kg !4")
    sessions = fill(plan(), found)
    everything = {i.exercise for s in sessions for b in s.blocks for i in b.items}
    assert not everything & found.barred
    assert "squat" in everything
    stopped = logged("goblet-squat 9 9 9 @2 12kg !7")
    assert not {i.exercise for s in fill(plan(), stopped) for b in s.blocks for i in b.items} & stopped.barred


def test_the_weaker_side_leads():
    """The side that managed less goes first, and the session says why."""
    found = logged("single-leg-deadlift 10 10 @2 8kg left; single-leg-deadlift 8 8 @2 8kg right")
    led = items(fill(plan(), found), "single-leg-deadlift")
    assert {i.first_side for _, i in led} == {"right"}
    assert any("because it managed less" in w for s, _ in led for w in s.why)


def test_after_a_break_sets_are_cut_for_two_weeks():
    """Coming back after seven weeks, the first two weeks have fewer sets and say so, the third has all."""
    entries = [e for ago in (54, 50) for e in did(MONDAY - dt.timedelta(days=ago), "goblet-squat 7 7 7 @2 16kg",
                                                  kind="heavy")]
    found = progress(entries, runner=runner(), catalogue=CATALOGUE, today=MONDAY)
    sessions = [s for s in fill(plan(), found) if s.kind is Kind.HEAVY]
    rounds = [max(b.rounds for b in s.blocks if b.label == "A") for s in sessions]
    assert rounds[:2] == [2, 2]
    assert max(rounds[2:]) == 3
    assert "Fewer sets than usual, because strength work paused for 7 weeks." in sessions[0].why
    assert {i.weight_kg for s, i in items(sessions, "goblet-squat")} == {12}


def test_after_a_long_break_the_level_is_lower():
    """After more than eight weeks four weeks are filled one level lower."""
    entries = did(MONDAY - dt.timedelta(days=80), "goblet-squat 8 8 8 @2 16kg", kind="heavy")
    found = progress(entries, runner=runner(), catalogue=CATALOGUE, today=MONDAY)
    sessions = fill(plan(8), found)
    hard = {id_ for id_, e in CATALOGUE.items() if e.least_level != "beginner"}
    early = {i.exercise for s, i in items(sessions) if s.date <= MONDAY + dt.timedelta(days=28)}
    late = {i.exercise for s, i in items(sessions) if s.date > MONDAY + dt.timedelta(days=28)}
    assert not early & hard
    assert late & hard


def test_learning_stays_at_body_weight():
    """In a beginner's first weeks a weight that is earned waits until they are over."""
    who = runner(Level.BEGINNER)
    found = logged(*("single-leg-deadlift 10 10 @3; squat 12 12 @3",) * 2, who=who)
    assert found.of("single-leg-deadlift").weight_kg == 4
    sessions = fill(plan(level=Level.BEGINNER, learning=True)[::3], found, who)
    assert {i.weight_kg for _, i in items(sessions)} == {None}
    later = fill(plan(level=Level.BEGINNER)[::3], found, who)
    assert {i.weight_kg for _, i in items(later, "single-leg-deadlift")} == {4}


def test_a_log_that_says_otherwise_keeps_body_weight():
    """A beginner who has not earned the weights keeps body weight after the first weeks (7.3)."""
    who = runner(Level.BEGINNER)
    found = logged(*("single-leg-deadlift 7 7 @3; squat 9 9 @3",) * 2, who=who)
    later = fill(plan(level=Level.BEGINNER)[::3], found, who)
    assert not items(later, "goblet-squat")
    assert {i.weight_kg for _, i in items(later, "single-leg-deadlift")} <= {None}


@pytest.mark.parametrize("session", ["goblet-squat 14 14 14 @2 12kg", "plank 45 45 45; push-up 10 10 10 @2",
                                     "single-leg-deadlift 12 12 12 @2 8kg; single-leg-step-up 10 10 10 @2 4kg"])
def test_time_stays_what_it_was(session):
    """Higher ranges and slower tempos still fill exactly the minutes, inside the hard minutes."""
    for repeats in (2, 4, 6):
        slots = plan()
        for placed, s in zip(slots, fill(slots, logged(*(session,) * repeats)), strict=True):
            assert s.minutes == placed.minutes
            assert abs(content_minutes(s.blocks) - placed.minutes) <= 1
            assert s.hard_minutes <= placed.hard_minutes_most


def kept(session):
    """Log a session exactly as it asks: the top of each range, the reserve, every round, both sides."""
    lines = []
    for block in session.blocks:
        for item in block.items if block.label != "warm-up" else ():
            parts = [item.exercise, *[str(item.high)] * block.rounds]
            parts += [f"{item.weight_kg:g}kg"] if item.weight_kg else []
            parts += [f"@{item.rir}"] if item.rir is not None else []
            lines += [" ".join((*parts, side)) for side in (("left", "right") if item.per_side else ("",))]
    return did(session.date, *lines, kind=session.kind.value)


@pytest.mark.parametrize("level", list(Level))
def test_the_loop_of_plan_and_log_climbs_step_by_step(level):
    """Twelve weeks, each done as asked and planned again: no weight ever falls, none skips a piece, and some rise."""
    who = runner(level, equipment=("kettlebell", "step"), weights_kg=(4.0, 8.0, 12.0, 16.0, 20.0, 24.0))
    entries, lifted, rises = [], {}, 0
    pieces = [0.0, *who.weights_kg]
    for week in range(12):
        today = MONDAY + dt.timedelta(weeks=week)
        found = progress(entries, runner=who, catalogue=CATALOGUE, today=today) if entries else None
        sessions = [s for s in fill(plan(14, level=level)[3 * week:], found, who)
                    if s.date < today + dt.timedelta(days=7)]
        for session, item in items(sessions):
            key = item.exercise, session.kind is Kind.HEAVY and bool(CATALOGUE[item.exercise].dose.heavy)
            before, now = lifted.get(key, item.weight_kg or 0.0), item.weight_kg or 0.0
            assert pieces.index(before) <= pieces.index(now) <= pieces.index(before) + 1 or not before
            rises += now > before
            lifted[key] = now
        entries += [e for s in sessions for e in kept(s)]
    assert rises >= 2
