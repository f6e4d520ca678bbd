"""Arranged sessions: structure, doses, choice, injuries, sides and shortening."""

import datetime as dt
from dataclasses import replace

import pytest

from midstance.catalogue.load import load_catalogue
from midstance.domain.plan import Phase, Targets
from midstance.domain.runner import Injury, Level, Lift, Runner
from midstance.domain.session import Kind, content_minutes
from midstance.domain.slot import Slot
from midstance.planning.arrange import arrange, can_hop, shorten
from midstance.planning.arranging.book import eras_of
from midstance.planning.arranging.working import working_seconds

CATALOGUE = load_catalogue().exercises
MONDAY = dt.date(2026, 11, 30)
SETS = {"glutes": 6, "quads": 6, "hamstrings": 6, "calves": 4, "core": 6, "push": 2, "pull": 2, "foot": 2}
ALL_SEVEN = {"glutes", "quads", "hamstrings", "calves", "core", "push", "pull"}


def slot(week=0, day=0, kind=Kind.STRENGTH, minutes=25, level=Level.INTERMEDIATE, **changes):
    """Place one session at 18:00."""
    monday = MONDAY + dt.timedelta(weeks=week)
    hard = round(0.35 * minutes) if kind in (Kind.HEAVY, Kind.PLYOMETRIC) else 0
    values = {"hard_minutes_most": hard, "phase": Phase.BASE, "phase_week": week, "cycle": 0, "learning": False,
              "week": monday, "why": ("A free evening.",)} | changes
    return Slot(start=dt.datetime.combine(monday + dt.timedelta(days=day), dt.time(18)), kind=kind, minutes=minutes,
                level=level, **values)


def runner(level=Level.INTERMEDIATE, **changes):
    """Make a runner with two kettlebells and a step."""
    values = {"equipment": ("kettlebell", "step"), "weights_kg": (8.0, 12.0, 16.0, 16.0), "body_mass_kg": 65} | changes
    return Runner(name="R", timezone="UTC", running_level=level, strength_level=level, goal="10k", **values)


def fill(slots, who=None, sets=SETS):
    """Arrange slots with the same targets in every week."""
    weeks = {s.week: Targets(sessions=(2, 4), strength_type=(2, 3), heavy=(0, 1), mobility=(1, 2), leg_sessions=2,
                             upper=0, plyometric=0, sets=sets) for s in slots}
    return arrange(slots, runner=who or runner(), catalogue=CATALOGUE, targets=weeks)


def items(session, *, warm_up=False):
    """List the items of the main blocks, or of the warm-up."""
    return [i for b in session.blocks if (b.label == "warm-up") is warm_up for i in b.items]


def plan(weeks=8, level=Level.INTERMEDIATE, **changes):
    """Place strength, heavy and mobility in every week."""
    return [s for w in range(weeks) for s in (
        slot(w, 0, Kind.STRENGTH, 30, level, **changes), slot(w, 2, Kind.HEAVY, 28, level, **changes),
        slot(w, 4, Kind.MOBILITY, 15, level, **changes))]


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("level", list(Level))
def test_minutes_are_kept_and_hard_minutes_bounded(kind, level):
    """Each session says the reserved minutes, its content is within one, and hard minutes stay under the bound."""
    low, high = {Kind.PLYOMETRIC: (8, 12), Kind.PRIMER: (5, 10), Kind.MOBILITY: (10, 20)}.get(kind, (10, 30))
    slots = [slot(w, 0, kind, low + w % (high - low + 1), level) for w in range(high - low + 1)]
    for placed, session in zip(slots, fill(slots).sessions, strict=True):
        assert session.minutes == placed.minutes
        assert abs(content_minutes(session.blocks) - placed.minutes) <= 1
        assert session.hard_minutes <= placed.hard_minutes_most
        assert bool(session.hard_minutes) is session.hard


def test_hard_minutes_are_the_working_sets():
    """Stated hard minutes are the minutes under working sets, rounded."""
    session = fill([slot(kind=Kind.HEAVY, minutes=28)]).sessions[0]
    assert session.hard_minutes == round(working_seconds(session.kind, session.blocks) / 60)


def test_names_and_loads_follow_the_format():
    """Ids name date and time, primers with their own letter and run, and the load is minutes times effort."""
    heavy, primer = fill([slot(kind=Kind.HEAVY, minutes=24), slot(0, 2, Kind.PRIMER, 8, for_run="run-1")]).sessions
    assert (heavy.id, heavy.load_au) == ("s-2026-11-30-1800", 144)
    assert (primer.id, primer.for_run, primer.load_au) == ("p-2026-12-02-1800", "run-1", 16)
    assert heavy.why[0] == "A free evening."
    assert heavy.why[1].startswith("Key lift")


def test_strength_types_open_with_moving_drills():
    """Every strength-type session opens with a warm-up of drills that are no static holds."""
    kinds = (Kind.HEAVY, Kind.STRENGTH, Kind.UPPER)
    for session in fill([slot(0, k, kind, 25) for k, kind in enumerate(kinds)]).sessions:
        assert session.blocks[0].label == "warm-up"
        assert all(CATALOGUE[i.exercise].warm_up and "flexibility" not in CATALOGUE[i.exercise].trains
                   for i in items(session, warm_up=True))
        assert session.blocks[1].label == "A"


def test_partners_do_not_fight():
    """Partners of a block share neither muscles and grips nor the same push, pull or leg region."""
    for session in fill(plan(12)).sessions:
        for block in session.blocks:
            mates = [CATALOGUE[i.exercise] for i in block.items]
            if block.label != "warm-up" and session.kind in (Kind.HEAVY, Kind.STRENGTH):
                needed = [c for e in mates for c in e.clashes]
                assert len(needed) == len(set(needed))
                assert len(mates) <= 3


def test_rounds_fit_the_level():
    """A beginner gets two rounds at most, an intermediate three, an advanced runner four."""
    for level, most in ((Level.BEGINNER, 2), (Level.INTERMEDIATE, 3), (Level.ADVANCED, 4)):
        rounds = {b.rounds for s in fill(plan(4, level), runner(level)).sessions for b in s.blocks}
        assert max(rounds) <= most


def test_heavy_is_loaded_and_low_in_repetitions():
    """A heavy session leads with a loaded lower-body lift of 3 to 8 repetitions with one to three in reserve."""
    for session in fill(plan(6)).sessions:
        if session.kind is Kind.HEAVY:
            first = items(session)[0]
            assert first.weight_kg
            assert 3 <= first.low <= first.high <= 8
            assert 1 <= first.rir <= 3


def test_strength_keeps_the_founding_doses():
    """In strength sessions every exercise stays at the doses of its record, with two to four in reserve."""
    for session in fill(plan(8)).sessions:
        if session.kind is Kind.STRENGTH:
            for item in items(session):
                dose = CATALOGUE[item.exercise].dose
                assert dose.low <= item.low <= item.high <= dose.high
                assert item.rir is None or 2 <= item.rir <= 4


def test_learning_means_body_weight():
    """In a strength beginner's first six weeks nothing is loaded."""
    slots = [slot(w, d, minutes=20, level=Level.BEGINNER, learning=True) for w in range(6) for d in (0, 3)]
    assert not [i for s in fill(slots, runner(Level.BEGINNER)).sessions for i in items(s) if i.weight_kg]


def test_two_sessions_reach_every_region():
    """With two strength-type sessions of 20 to 30 min each week every main region gets a set."""
    for minutes in (20, 25, 30):
        slots = [slot(w, d, minutes=minutes) for w in range(6) for d in (0, 3)]
        arranged = fill(slots)
        for week in {s.week for s in slots}:
            done = [i for s, x in zip(arranged.sessions, slots, strict=True) if x.week == week for i in items(s)]
            counted = {r for i in done for r, share in CATALOGUE[i.exercise].regions.items() if share >= 0.5}
            assert counted >= ALL_SEVEN


def test_shortfalls_say_what_is_missing():
    """A week that cannot hold the wanted sets reports region, wanted and got; one that can reports nothing."""
    short = fill([slot(minutes=15)], sets={"quads": 30})
    assert [(s.week, s.region, s.wanted) for s in short.shortfalls] == [(MONDAY, "quads", 30)]
    assert 0 <= short.shortfalls[0].got < 30
    assert fill([slot(minutes=30)], sets={"core": 1}).shortfalls == ()


def test_main_lifts_stay_for_weeks_and_then_change():
    """The key lift of a session stays for three to four weeks and is another in the next span."""
    keys = [items(s)[0].exercise for s in fill(plan(8)).sessions if s.kind is Kind.HEAVY]
    assert len(set(keys[:4])) == 1
    assert len(set(keys[4:])) == 1
    assert keys[0] != keys[4]


def test_days_of_a_week_carry_different_lifts():
    """The key lifts of two sessions of a week differ (M11)."""
    sessions = fill([slot(w, d, minutes=25) for w in range(6) for d in (0, 3)]).sessions
    for one, other in zip(sessions[::2], sessions[1::2], strict=True):
        assert items(one)[0].exercise != items(other)[0].exercise


def test_every_founding_exercise_or_its_pattern_appears():
    """Over twelve weeks with weights and a step every pattern of the founding table stands in a main block."""
    used = {CATALOGUE[i.exercise].pattern for s in fill(plan(12)).sessions
            if s.kind is not Kind.MOBILITY for i in items(s)}
    founding = {e.pattern for e in CATALOGUE.values() if e.founding and e.founding != "finisher"}
    assert used >= founding


def test_nothing_new_near_a_hard_run():
    """After the first week a fresh session brings no new leg exercise while another leg session of the week can."""
    slots = [slot(w, d, minutes=25, keep_fresh=bool(d)) for w in range(5) for d in (0, 3)]
    seen = set()
    for placed, session in zip(slots, fill(slots).sessions, strict=True):
        legs = {i.exercise for i in items(session) if CATALOGUE[i.exercise].main_region in
                ("glutes", "quads", "hamstrings", "calves")}
        if placed.keep_fresh and placed.phase_week > 0:
            assert legs <= seen
        assert not placed.keep_fresh or all(i.rir is None or i.rir >= 2 for i in items(session))
        seen |= legs


def test_injured_areas_are_left_alone():
    """While an area is injured no exercise that strains it appears, not even in the warm-up."""
    hurt = runner(injuries=(Injury(area="knee", since=MONDAY - dt.timedelta(days=10)),))
    for session in fill(plan(4), hurt).sessions:
        for item in items(session) + items(session, warm_up=True):
            assert "knee" not in CATALOGUE[item.exercise].avoid


def test_dislikes_are_avoided():
    """A disliked exercise or region stays away where there is an alternative."""
    who = runner(dislikes=("push-up", "goblet-squat"))
    used = {i.exercise for s in fill(plan(8), who).sessions for i in items(s)}
    assert not used & {"push-up", "goblet-squat"}


def test_the_weaker_side_goes_first_and_gets_one_set_more():
    """Beyond noise the weaker side leads and gets one extra set at most; within noise no side does."""
    clear = runner(assessment={"calf-raise-reps": {"left": 12, "right": 25}})
    slight = runner(assessment={"calf-raise-reps": {"left": 22, "right": 25}})
    for who, side, extra in ((clear, "left", {(("left", 1),)}), (slight, None, set())):
        calves = [i for s in fill(plan(4), who).sessions for i in items(s)
                  if CATALOGUE[i.exercise].pattern.startswith("calf") and i.per_side and s.kind is not Kind.MOBILITY]
        assert {i.first_side for i in calves} == {side}
        assert {i.extra_rounds for i in calves} - {()} == extra


def test_reduced_weeks_cut_sets_and_keep_the_weight():
    """A reduced session has fewer working sets than a full one, at the same weight of the key lift."""
    full = fill([slot(kind=Kind.HEAVY, minutes=28)]).sessions[0]
    less = fill([slot(kind=Kind.HEAVY, minutes=21, reduced=True)]).sessions[0]
    assert items(less)[0].weight_kg == items(full)[0].weight_kg
    assert sum(b.rounds * len(b.items) for b in less.blocks[1:]) < sum(b.rounds * len(b.items) for b in full.blocks[1:])


@pytest.mark.parametrize("level", list(Level))
def test_contacts_stay_between_40_and_100(level):
    """A plyometric session holds 40 to 100 contacts, both sides counted, and all main items are contacts."""
    slots = [slot(w, 0, Kind.PLYOMETRIC, 8 + w % 5, level, phase=Phase.BUILD) for w in range(8)]
    for session in fill(slots, runner(level)).sessions:
        assert {i.unit for i in items(session)} == {"contacts"}
        total = sum(b.rounds * i.low * (2 if i.per_side else 1) for b in session.blocks[1:] for i in b.items)
        assert 40 <= total <= 100


def test_no_hop_fits_a_sore_achilles():
    """With an Achilles injury no hop is allowed, the session says so and holds moving drills."""
    hurt = runner(injuries=(Injury(area="achilles", since=MONDAY),))
    assert not can_hop(hurt, CATALOGUE, MONDAY)
    assert can_hop(runner(), CATALOGUE, MONDAY)
    arranged = fill([slot(kind=Kind.PLYOMETRIC, minutes=10)], hurt)
    assert "plyometric" in arranged.notes[0]
    assert all(i.unit != "contacts" for b in arranged.sessions[0].blocks for i in b.items)


def test_static_holds_only_end_a_mobility_session():
    """A static hold stands in the last block of a mobility session and nowhere else."""
    for session in fill([slot(w, 0, Kind.MOBILITY, 20) for w in range(6)]).sessions:
        held = [b.label for b in session.blocks for i in b.items if "flexibility" in CATALOGUE[i.exercise].trains]
        assert held == [session.blocks[-1].label]


def test_primers_tire_no_foot():
    """A primer is one block of exercises that may stand directly before a run."""
    session = fill([slot(kind=Kind.PRIMER, minutes=8, for_run="run-1")]).sessions[0]
    assert len(session.blocks) == 1
    assert all(CATALOGUE[i.exercise].primer for i in session.blocks[0].items)


@pytest.mark.parametrize("minutes", [10, 15, 20])
def test_shortening_keeps_the_key_lift_and_a_warm_up(minutes):
    """A session cut to fewer minutes keeps warm-up and A1, is as long as it says and no harder than before."""
    for session in fill(plan(4)).sessions:
        cut = shorten(session, minutes, CATALOGUE)
        assert cut.minutes == min(minutes, session.minutes)
        assert abs(content_minutes(cut.blocks) - cut.minutes) <= 1
        assert cut.hard_minutes <= session.hard_minutes
        if session.kind is not Kind.MOBILITY:
            assert cut.blocks[0].label == "warm-up"
            assert items(cut)[0] == items(session)[0]


def test_shortening_leaves_a_short_session_alone():
    """A session that is short enough comes back as it is; fewer than five minutes are refused."""
    session = fill([slot(minutes=20)]).sessions[0]
    assert shorten(session, 30, CATALOGUE) is session
    with pytest.raises(ValueError, match="too few"):
        shorten(session, 4, CATALOGUE)


def test_eras_keep_lifts_towards_a_race():
    """A phase of five weeks has two spans, and peak and taper add none."""
    slots = [slot(w, phase=Phase.BUILD, phase_week=w) for w in range(5)]
    slots += [slot(w, phase=Phase.PEAK, phase_week=w - 5) for w in range(5, 8)]
    assert list(eras_of(slots).values()) == [0, 0, 0, 1, 1, 1, 1, 1]


def test_an_empty_catalogue_still_answers():
    """Without any exercise, and without any slot, arrange gives an answer instead of failing."""
    assert fill([]).sessions == ()
    empty = arrange([slot()], runner=runner(), catalogue={}, targets={})
    assert empty.sessions[0].blocks == ()


def test_known_lifts_count_as_familiar():
    """A lift that the runner already does may lead a fresh session of the second week."""
    who = runner(lifts=(Lift(exercise="kettlebell-deadlift", weight_kg=16, reps=8, rir=2),))
    slots = [slot(0, 0), slot(1, 0, kind=Kind.HEAVY, keep_fresh=True), slot(1, 3)]
    assert "kettlebell-deadlift" in {i.exercise for i in items(fill(slots, who).sessions[1])}


def test_the_order_of_slots_changes_nothing():
    """Slots in another order give the same sessions, in that order."""
    slots = plan(3)
    assert fill(slots[::-1]).sessions == fill(slots).sessions[::-1]


def test_a_copy_of_the_slot_gives_the_same_session():
    """Equal values give equal sessions."""
    slots = plan(2)
    assert fill([replace(s) for s in slots]) == fill(slots)
