"""Laws that every arranged plan keeps, whoever the runner is."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midstance.catalogue.load import load_catalogue
from midstance.domain.plan import Phase
from midstance.domain.runner import AREAS, EQUIPMENT, WEIGHTS, Injury, Level, Runner
from midstance.domain.session import HARD_KINDS, KIND_MINUTES, Kind, content_minutes
from midstance.domain.slot import Slot
from midstance.planning.arrange import arrange, shorten

CATALOGUE = load_catalogue().exercises
MONDAY = dt.date(2026, 11, 30)
PIECES = (2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 16.0, 20.0, 24.0)


@st.composite
def runners(draw):
    """Draw a runner with any equipment, weights, and up to one injury."""
    equipment = tuple(sorted(draw(st.sets(st.sampled_from(EQUIPMENT), max_size=5))))
    pieces = tuple(sorted(draw(st.lists(st.sampled_from(PIECES), max_size=5)))) if WEIGHTS & set(equipment) else ()
    areas = draw(st.lists(st.sampled_from(AREAS), max_size=1))
    level = draw(st.sampled_from(list(Level)))
    return Runner(
        name="R", timezone="UTC", running_level=level, strength_level=level, goal="10k", equipment=equipment,
        weights_kg=pieces, bar_kg=draw(st.sampled_from([None, 15.0, 20.0])), plates_kg=(2.5, 2.5, 5.0, 5.0),
        body_mass_kg=draw(st.sampled_from([None, 50.0, 90.0])),
        injuries=tuple(Injury(area=a, since=MONDAY - dt.timedelta(days=9)) for a in areas),
    )


@st.composite
def slots(draw, level):
    """Draw the sessions of up to four weeks, one a date."""
    found = []
    for week in range(draw(st.integers(1, 4))):
        monday = MONDAY + dt.timedelta(weeks=week)
        for day in sorted(draw(st.sets(st.integers(0, 6), min_size=1, max_size=5))):
            kind = draw(st.sampled_from(list(Kind)))
            low, high = KIND_MINUTES[kind]
            minutes = draw(st.integers(min(low, 10), high))
            found.append(Slot(
                start=dt.datetime.combine(monday + dt.timedelta(days=day), dt.time(18)), kind=kind, minutes=minutes,
                hard_minutes_most=max(2, round(0.35 * minutes)) if kind in HARD_KINDS else 0, week=monday,
                phase=Phase.BASE, phase_week=week, cycle=0, level=level,
                learning=level is Level.BEGINNER and kind is not Kind.HEAVY, reduced=draw(st.booleans()),
                set_factor=draw(st.sampled_from([0.5, 0.75, 1.0])), keep_fresh=draw(st.booleans()),
            ))
    return found


@st.composite
def cases(draw):
    """Draw a runner and sessions of the runner's level."""
    runner = draw(runners())
    return runner, draw(slots(runner.strength_level))


RELAXED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def owned_loads(runner):
    """List every weight that the house allows, generously."""
    pieces = set(runner.weights_kg) or {float(w) for w in range(1, 41)}
    bars = {(runner.bar_kg or 20.0) + 2 * x for x in (0, 2.5, 5.0, 7.5)}
    return pieces | bars | {float(w) for w in range(1, 11)}


@RELAXED
@given(cases())
def test_sessions_are_legal_for_the_runner(case):
    """Minutes, hard minutes, equipment, weights, injuries and labels hold for every session of every runner."""
    runner, placed = case
    hurt = {i.area for i in runner.injuries}
    arranged = arrange(placed, runner=runner, catalogue=CATALOGUE, targets={})
    stuck = " ".join(arranged.notes)
    for slot, session in zip(placed, arranged.sessions, strict=True):
        assert session.minutes == slot.minutes
        assert session.hard_minutes <= slot.hard_minutes_most
        if str(session.date) not in stuck:
            assert abs(content_minutes(session.blocks) - slot.minutes) <= 1
        for block in session.blocks:
            if block.label not in ("warm-up", "finisher"):
                assert [i.label for i in block.items] == [f"{block.label}{k + 1}" for k in range(len(block.items))]
                assert len(block.items) <= 3
            for item in block.items:
                exercise = CATALOGUE[item.exercise]
                assert not hurt & set(exercise.avoid)
                assert all(set(group) & set(runner.equipment) for group in exercise.equipment)
                assert item.weight_kg is None or item.weight_kg in owned_loads(runner)
                assert item.per_side == exercise.per_side


@RELAXED
@given(cases())
def test_shuffling_the_catalogue_changes_nothing(case):
    """The same exercises in another order, and the same call again, give the same answer."""
    runner, placed = case
    first = arrange(placed, runner=runner, catalogue=CATALOGUE, targets={})
    backwards = dict(reversed(CATALOGUE.items()))
    assert arrange(placed, runner=runner, catalogue=backwards, targets={}) == first


@RELAXED
@given(cases(), st.sampled_from([10, 15, 20, 30]))
def test_shortened_sessions_are_part_of_the_longer_one(case, minutes):
    """A shortened session is no longer than asked, holds nothing new in its main blocks and keeps the first item."""
    runner, placed = case
    for session in arrange(placed, runner=runner, catalogue=CATALOGUE, targets={}).sessions:
        cut = shorten(session, minutes, CATALOGUE)
        assert cut.minutes <= max(minutes, session.minutes)
        before = {i.label: i for b in session.blocks if b.label != "warm-up" for i in b.items}
        after = {i.label: i for b in cut.blocks if b.label != "warm-up" for i in b.items}
        assert after.items() <= before.items()
        assert ("A1" in after) == ("A1" in before)
