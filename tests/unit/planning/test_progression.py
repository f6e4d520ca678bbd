"""Progression: each rule alone, on logs of a few lines."""

import datetime as dt
import itertools

import pytest

from logs import did, hurt, noted
from midstance.catalogue.load import load_catalogue
from midstance.domain.diary import CheckIn, Pain, SessionDone, SetDone, Undone
from midstance.domain.runner import Injury, Level, Runner
from midstance.domain.runner import Lift as Known
from midstance.domain.session import Kind
from midstance.metrics.double_progression import LiftDone, NextStep, double_progression
from midstance.metrics.e1rm import e1rm
from midstance.planning.progressing.state import Lift, Verdict, verdict
from midstance.planning.progression import Aim, Rung, progress, strength_trend

CATALOGUE = load_catalogue().exercises
MONDAY = dt.date(2026, 11, 30)
SMALL = (8.0, 8.0, 8.5, 8.5, 9.0, 9.0, 10.0, 10.5, 11.0, 12.0, 12.5, 13.0)
KNOWN = (Known(exercise="goblet-squat", weight_kg=16, reps=10, rir=2),)


def runner(level="intermediate", **changes):
    """Make a runner with kettlebells, a pair of dumbbells and a step."""
    values = {"equipment": ("dumbbell", "kettlebell", "step"), "weights_kg": (8.0, 12.0, 16.0, 16.0, 24.0),
              "body_mass_kg": 65, "lifts": KNOWN} | changes
    return Runner(name="R", timezone="UTC", running_level=Level(level), strength_level=Level(level), goal="10k",
                  **values)


def day(number):
    """Give a date, in days from the first Monday."""
    return MONDAY + dt.timedelta(days=number)


def told(*sessions, who=None, kind="strength", every=4, today=None, more=()):
    """Read a log of sessions ``every`` so many days, each given as lines of exercises separated by ``;``."""
    entries = [e for n, lines in enumerate(sessions) for e in did(day(every * n), *lines.split("; "), kind=kind)]
    last = today or day(every * (len(sessions) - 1))
    return progress([*entries, *more], runner=who or runner(), catalogue=CATALOGUE, today=last)


def weight(id_, *sessions, heavy=False, **options):
    """Give the weight that an exercise stands at."""
    return told(*(f"{id_} {s}" for s in sessions), **options).of(id_, heavy=heavy).weight_kg


# ----------------------------------------------------------------------------------------------------- weights rise


def test_the_top_twice_raises_one_owned_step():
    """All sets at the top with the reserve, in two sessions in a row, give the next owned weight from the bottom on."""
    found = told("goblet-squat 12 12 12 @2 12kg", "goblet-squat 12 12 12 @2 12kg",
                 who=runner(weights_kg=(8.0, 12.0, 13.0, 16.0))).of("goblet-squat")
    assert found.aim == Aim(weight_kg=13.0, low=8, high=12)
    assert found.why == ("Goblet squat goes from 12 to 13 kg: twelve good repetitions in all sets twice, "
                         "with two in reserve.")
    assert found.changed


@pytest.mark.parametrize(("first", "second"), [
    ("12 12 11 @2", "12 12 12 @2"), ("12 12 12 @1", "12 12 12 @2"), ("12 12 12 @2", "12 12 12 @1"), ("12 @2", "12 @2"),
])
def test_less_than_that_raises_nothing(first, second):
    """One short set, one reserve too small, or one set alone, leave the weight where it is."""
    who = runner(weights_kg=(12.0, 13.0))
    assert weight("goblet-squat", f"{first} 12kg", f"{second} 12kg", who=who) == 12


def test_two_for_two():
    """Two repetitions beyond the range in the last set, twice, raise the weight though the first set was short."""
    who = runner(weights_kg=(12.0, 13.0))
    found = told("goblet-squat 11 12 14 @2 12kg", "goblet-squat 11 11 14 @2 12kg", who=who).of("goblet-squat")
    assert found.weight_kg == 13
    assert "two beyond the range twice" in found.why


def test_much_in_reserve_raises():
    """Two more in reserve than asked for, in two sessions, raise the weight before the top is reached."""
    who = runner(weights_kg=(12.0, 13.0))
    assert weight("goblet-squat", "9 9 9 @4 12kg", "9 9 9 @4 12kg", who=who) == 13
    assert weight("goblet-squat", "9 9 9 @3 12kg", "9 9 9 @4 12kg", who=who) == 12


def test_an_unsaid_reserve_stands_in_no_way():
    """Without a word on reserve the repetitions alone decide."""
    assert weight("goblet-squat", "12 12 12 12kg", "12 12 12 12kg", who=runner(weights_kg=(12.0, 13.0))) == 13


@pytest.mark.parametrize(("pieces", "before"), [((12.0, 13.0), 2), ((12.0, 16.0), 4), ((12.0, 20.0), 6)])
def test_far_weights_need_smaller_steps_first(pieces, before):
    """Up to 10 % no smaller step is needed, up to 35 % one, and beyond it two: higher reps, then a slower tempo."""
    tops = ["12 12 12 @2 12kg", "12 12 12 @2 12kg", "14 14 14 @2 12kg", "14 14 14 @2 12kg", "12 12 12 @2 12kg",
            "12 12 12 @2 12kg"]
    who = runner(weights_kg=pieces)
    assert weight("goblet-squat", *tops[:before - 1], who=who) == 12
    assert weight("goblet-squat", *tops[:before], who=who) == pieces[1]


def test_smaller_steps_are_told_as_they_are():
    """A raised top is asked for from the old one on; a slower tempo takes the range from the bottom."""
    who = runner(weights_kg=(12.0, 20.0))
    two = ("goblet-squat 12 12 12 @2 12kg",) * 2
    four = (*two, *("goblet-squat 14 14 14 @2 12kg",) * 2)
    assert told(*two, who=who).of("goblet-squat").aim == Aim(weight_kg=12, low=12, high=14)
    assert told(*four, who=who).of("goblet-squat").aim == Aim(weight_kg=12, low=8, high=12, tempo="3-2-1-0")
    assert told(*four, who=who).of("goblet-squat").kept == Aim(weight_kg=12, low=12, high=14)


def test_a_weight_that_is_too_far_is_no_next_weight():
    """From 8 kg straight to 24 is no step: the smaller steps come, and then the weight is kept."""
    found = told(*("goblet-squat 15 15 15 @2 8kg",) * 16, who=runner(weights_kg=(8.0, 24.0))).of("goblet-squat")
    assert (found.weight_kg, found.tempo) == (8, "3-2-1-0")
    assert "nothing heavier or harder" in found.why


def test_weights_rise_once_a_week():
    """With sessions on every second day a weight rises once in seven days at most."""
    sessions = [f"goblet-squat 12 12 12 @2 {w:g}kg" for w in (8, 8, 8.5, 8.5, 8.5)]
    who = runner(weights_kg=SMALL)
    assert [told(*sessions[:n], who=who, every=2).of("goblet-squat").weight_kg for n in range(2, 6)] == [
        8.5, 8.5, 8.5, 8.5]
    assert told(*sessions, who=who, every=3).of("goblet-squat").weight_kg == 9


def test_the_heavy_range_has_its_own_weight():
    """Heavy sessions progress in their own range; strength sessions keep theirs."""
    who = runner(weights_kg=(12.0, 16.0, 17.0, 24.0))
    lines = [("goblet-squat 10 10 10 @2 12kg", "strength"), ("goblet-squat 8 8 8 @2 16kg", "heavy"),
             ("goblet-squat 10 10 10 @2 12kg", "strength"), ("goblet-squat 8 8 8 @2 16kg", "heavy")]
    entries = [e for n, (line, kind) in enumerate(lines) for e in did(day(4 * n), line, kind=kind)]
    found = progress(entries, runner=who, catalogue=CATALOGUE, today=day(12))
    assert found.of("goblet-squat").weight_kg == 12
    assert found.of("goblet-squat", heavy=True).aim == Aim(weight_kg=17, low=6, high=8)


def test_kinds_may_come_from_the_plan():
    """Where no session as a whole was noted, the plan knows what kind it was."""
    who = runner(weights_kg=(12.0, 16.0, 17.0))
    entries = [e for n in (0, 4) for e in did(day(n), "goblet-squat 8 8 8 @2 16kg", session="s-1")]
    found = progress(entries, runner=who, catalogue=CATALOGUE, today=day(4), planned={"s-1": Kind.HEAVY})
    assert found.of("goblet-squat", heavy=True).weight_kg == 17
    assert not progress(entries, runner=who, catalogue=CATALOGUE, today=day(4)).of("goblet-squat").changed


def test_an_untried_range_is_judged_from_the_other():
    """A heavy range that nobody tried begins one weight above a light one that came out lighter than guessed."""
    weaker = told("goblet-squat 10 10 10 @2 4kg", who=runner(weights_kg=(4.0, 6.0, 8.0, 10.0, 12.0)))
    stronger = told(*("goblet-squat 10 10 10 @2 24kg",) * 2)
    assert weaker.of("goblet-squat", heavy=True).weight_kg == 6
    assert stronger.of("goblet-squat", heavy=True).weight_kg == 24


def test_the_runner_may_lift_more_than_asked():
    """A heavier weight that was managed is where it goes on; one that was not changes nothing."""
    assert weight("goblet-squat", "10 10 @2 12kg", "9 9 9 @2 16kg") == 16
    assert weight("goblet-squat", "10 10 @2 12kg", "5 5 5 @0 24kg") == 12


def test_a_lighter_day_is_no_step_back():
    """One day with less weight changes nothing; two in a row bring it to what was lifted, or to a smaller step on."""
    who = runner(weights_kg=(8.0, 12.0, 16.0))
    assert weight("goblet-squat", "9 9 @2 16kg", "9 9 @2 12kg", who=who) == 16
    assert weight("goblet-squat", "9 9 @2 16kg", "9 9 @2 12kg", "9 9 @2 12kg", who=who) == 12
    top = told("goblet-squat 9 9 @2 16kg", *("goblet-squat 12 12 @2 12kg",) * 2, who=who).of("goblet-squat")
    assert top.aim == Aim(weight_kg=12, low=12, high=14)
    once = told("goblet-squat 9 9 @2 16kg", "goblet-squat 9 9 @2 12kg", who=who).of("goblet-squat")
    assert once.why == ("Goblet squat stays at 16 kg: 12 kg is less than was asked; a second day with less and it goes "
                        "on from there.")


def test_two_pieces_in_the_hands_count_together():
    """Two equal pieces at an exercise that asks for one weigh together; a weight in pounds finds its piece."""
    pair = [noted(SetDone(exercise="goblet-squat", amount=10, weight_kg=8, per_hand=True, number=n), day(0))
            for n in (1, 2)]
    assert progress(pair, runner=runner(), catalogue=CATALOGUE, today=day(0)).of("goblet-squat").weight_kg == 16
    assert weight("goblet-squat", "10 10 9kg", who=runner(weights_kg=(9.07, 13.61))) == 9.07


def test_one_weight_in_each_hand_is_said_so():
    """Exercises with a weight in each hand keep it per hand, in value and in words."""
    found = told(*("romanian-deadlift 12 12 12 @2 8kg",) * 2,
                 who=runner(weights_kg=(8.0, 8.0, 8.5, 8.5))).of("romanian-deadlift")
    assert (found.weight_kg, found.per_hand) == (8.5, True)
    assert "from 8 to 8.5 kg in each hand" in found.why


@pytest.mark.parametrize("slip", ["475kg", "120kg"])
def test_a_slip_of_the_keys_is_no_prescription(slip):
    """Ten times the weight changes nothing and is asked about; the honest log after it counts as if it were not."""
    plates = (1.25, 1.25, 2.5, 2.5, 5, 5, 10, 10, 20, 20)
    lifts = (Known(exercise="barbell-deadlift", weight_kg=50, reps=6, rir=2),)
    who = runner(equipment=("barbell",), weights_kg=(), bar_kg=20, plates_kg=plates, lifts=lifts)
    log = ["barbell-deadlift 6 6 6 @3 47.5kg", f"barbell-deadlift 6 6 6 @3 {slip}", "barbell-deadlift 6 6 6 @3 50kg"]
    found = [told(*log[:n], who=who, kind="heavy", every=7).of("barbell-deadlift", heavy=True) for n in (1, 2, 3)]
    assert [s.weight_kg for s in found] == [47.5, 47.5, 50]
    assert found[1].why == (
        f"Barbell deadlift stays at 47.5 kg: the log holds {slip[:-2]} kg, much more than before. Please check it: if "
        "it was a slip, undo it and log it again; if not, it counts once it was lifted on a second day.")
    assert not found[1].changed
    assert found[2].why == "Barbell deadlift goes on with 50 kg, as you did it."


def test_the_first_log_may_hold_a_slip_too():
    """More than twice what a plan begins with waits for a second day, whatever the house could load."""
    who = runner(lifts=(), weights_kg=(8.0, 12.0, 16.0, 24.0))
    once, twice = ("single-leg-step-up 8 8 8 @3 26.5kg",), ("single-leg-step-up 8 8 8 @3 26.5kg",) * 2
    assert told(*once, who=who).of("single-leg-step-up").weight_kg in (None, 8)
    assert "much more than before" in told(*once, who=who).of("single-leg-step-up").why
    found = told(*twice, who=who).of("single-leg-step-up")
    assert found.weight_kg == 24
    assert found.why == ("Single-leg step-up goes on with 24 kg, the nearest weight you own below the 26.5 kg that you "
                         "did.")


def test_more_than_a_step_counts_on_the_second_day():
    """Two pieces above what was asked for is one step at first, and what was done once it was done twice."""
    who = runner(weights_kg=(12.0, 14.0, 16.0, 18.0))
    lines = ("goblet-squat 9 9 9 @2 12kg", *("goblet-squat 9 9 9 @2 18kg",) * 2)
    once = told(*lines[:2], who=who).of("goblet-squat")
    assert once.weight_kg == 14
    assert once.why == ("Goblet squat goes on with 14 kg, one step up, not the 18 kg that you did: a weight so much "
                        "higher counts once it was lifted on a second day.")
    assert told(*lines, who=who).of("goblet-squat").weight_kg == 18


def test_a_weight_below_all_pieces_is_said_so():
    """Who lifted less than the lightest piece goes on with that piece, and is not told to have done so."""
    found = told("goblet-squat 9 9 9 @2 5kg", who=runner(weights_kg=(8.0, 12.0))).of("goblet-squat")
    assert found.weight_kg == 8
    assert found.why == "Goblet squat goes on with 8 kg, the lightest weight you own; you did 5 kg."


def test_pounds_for_who_reads_pounds():
    """Every weight in the sentences is in the runner's units, those before a change too."""
    who = runner(weights_kg=(12.0, 13.0), units="imperial")
    up = told(*("goblet-squat 12 12 12 @2 12kg",) * 2, who=who).of("goblet-squat")
    assert up.why == ("Goblet squat goes from 26.5 to 28.5 lb: twelve good repetitions in all sets twice, with two in "
                      "reserve.")
    far = told(*("goblet-squat 12 12 12 @2 12kg",) * 2, who=runner(weights_kg=(12.0, 16.0), units="imperial"))
    assert "stays at 26.5 lb and goes up" in far.of("goblet-squat").why
    assert "the next weight, 35.5 lb, is 33 % more" in far.of("goblet-squat").why
    assert not any(" kg" in s.why for s in (*far.standings, *told("goblet-squat 9 9 @2 16kg", who=who).standings))


# ----------------------------------------------------------------------------------------------------- weights fall


def test_far_below_with_nothing_left_is_too_hard_at_once():
    """Two below the range in the best set with no reserve is one step back; with a reserve, or near it, is not yet."""
    hard = told("goblet-squat 9 9 9 @2 16kg", "goblet-squat 6 5 4 @0 16kg").of("goblet-squat")
    assert hard.weight_kg == 12
    assert hard.why == ("Goblet squat goes from 16 to 12 kg: far below eight repetitions with nothing left in reserve "
                        "is too hard.")
    lighter = told("goblet-squat 9 9 9 @2 16kg", "goblet-squat 4 4 4 @0 12kg").of("goblet-squat")
    assert lighter.weight_kg == 8
    near = told("goblet-squat 9 9 9 @2 16kg", "goblet-squat 7 7 7 @0 16kg").of("goblet-squat")
    assert near.why == ("Goblet squat stays at 16 kg: sets stayed below eight repetitions once; once more and it goes "
                        "back a step.")
    spent = told("goblet-squat 9 9 9 @2 16kg", "goblet-squat 9 9 9 @0 16kg").of("goblet-squat")
    assert spent.why.endswith("stays at 16 kg: nothing was left in reserve once; once more and it goes back a step.")
    bare = told("push-up 8 8 @2", "squat 6 6 @0").of("squat")
    assert bare.rung is Rung.DOWN or "no easier version" in bare.why


def test_a_heavier_try_that_failed_is_named():
    """More than was asked for and not managed changes nothing and says so."""
    found = told("goblet-squat 10 10 @2 16kg", "goblet-squat 5 5 5 @0 24kg").of("goblet-squat")
    assert found.why == "Goblet squat stays at 16 kg: sets stayed below eight repetitions with 24 kg."


@pytest.mark.parametrize(("sessions", "expected"), [
    (("7 7 7 @1 16kg",), 16), (("7 7 7 @1 16kg", "7 8 7 @1 16kg"), 12), (("7 7 7 @1 16kg", "8 8 8 @2 16kg"), 16),
    (("9 9 9 @0 16kg", "10 9 9 @0 16kg"), 12), (("9 9 9 @0 16kg", "10 9 9 @1 16kg"), 16),
    (("9 9 9 @0 16kg", "7 7 7 16kg"), 12), (("12 12 12 @0 16kg", "12 12 12 @0 16kg"), 16),
])
def test_misses_and_spent_sets_lower_it(sessions, expected):
    """Below the range or nothing in reserve, twice in a row, is one owned step back; once is not, nor is the top."""
    assert weight("goblet-squat", "9 9 9 @2 16kg", *sessions) == expected


def test_a_first_try_that_was_too_heavy_begins_lower():
    """The first weight that was tried and not managed is one owned step too heavy."""
    found = told("goblet-squat 6 5 5 @0 24kg").of("goblet-squat")
    assert found.weight_kg == 16
    assert found.why == "Goblet squat goes on with 16 kg: sets stayed below eight repetitions with 24 kg."


def test_below_the_lightest_weight_is_body_weight():
    """Under the lightest owned weight an exercise goes back to body weight, and from there to its easier version."""
    who = runner(weights_kg=(8.0, 12.0))
    loaded = ("single-leg-deadlift 5 5 5 @1 8kg",) * 2
    found = told("single-leg-deadlift 9 9 9 @2 8kg", *loaded, who=who).of("single-leg-deadlift")
    assert (found.weight_kg, found.rung) == (None, Rung.STAY)
    assert "goes back to body weight" in found.why
    lower = told("single-leg-deadlift 9 9 9 @2 8kg", *loaded, *("single-leg-deadlift 7 7 7 @2",) * 2, who=who)
    assert lower.of("single-leg-deadlift").instead == "kickstand-deadlift"


def test_a_smaller_step_is_taken_back_first():
    """Who misses at the slower tempo returns to the usual one at the same weight."""
    tops = ["12 12 12 @2 12kg"] * 2 + ["14 14 14 @2 12kg"] * 2 + ["6 6 6 @1 12kg"] * 2
    found = told(*(f"goblet-squat {t}" for t in tops), who=runner(weights_kg=(12.0, 20.0))).of("goblet-squat")
    assert found.aim == Aim(weight_kg=12, low=8, high=12)


def test_fewer_than_five_push_ups_go_to_the_knees():
    """One session in which not even the best set had five good push-ups asks for the knees (M13)."""
    few, enough = told("push-up 4 3 @1"), told("push-up 5 4 @1")
    assert (few.of("push-up").rung, few.of("push-up").instead) == (Rung.DOWN, "push-up-from-knees")
    assert few.of("push-up").why == "Push-up gives way to push-up from the knees: fewer than five good repetitions."
    assert enough.of("push-up").rung is Rung.STAY


def test_the_bottom_rung_stays():
    """Where no easier version is there, an exercise stays and says what to do."""
    found = told("glute-bridge 5 5 @1", "glute-bridge 5 5 @1").of("glute-bridge")
    assert found.rung is Rung.STAY
    assert "no easier version" in found.why


# ------------------------------------------------------------------------------------------------ rungs and owning


def test_owning_means_the_top_twice():
    """Once at the top owns nothing, twice in a row does, and a harder version that is managed owns the easier."""
    once, twice = told("squat 15 15 @3"), told("squat 15 15 @3", "squat 15 15 @3")
    assert once.owned == frozenset()
    assert twice.owned >= {"squat", "chair-squat"}
    assert told("goblet-squat 9 9 @2 12kg").owned >= {"goblet-squat", "squat"}


def test_no_heavier_weight_means_the_harder_version():
    """Body weight goes to the harder version; with a load it does so only when no next weight is there."""
    plank = told(*("plank 45 45 45",) * 2).of("plank")
    assert (plank.rung, plank.instead) == (Rung.UP, "plank-shoulder-tap")
    who = runner(weights_kg=(8.0,))
    split = told(*("split-squat 12 12 12 @2 8kg",) * 2, who=who).of("split-squat")
    assert split.instead == "front-foot-elevated-split-squat"
    assert told(*("split-squat 12 12 12 @2 8kg",) * 2).of("split-squat").rung is Rung.STAY


def test_harder_versions_respect_level_kit_injury_and_dislike():
    """A harder version that level, equipment, an injury or a dislike forbids is none: repetitions go on."""
    hurting = runner(injuries=(Injury(area="shoulder", since=day(-9)),))
    unwilling = runner(dislikes=("feet-raised-push-up",))
    for who in (runner("beginner"), runner(equipment=("kettlebell",)), unwilling, hurting):
        reps = "8 8" if who.strength_level is Level.BEGINNER else "10 10"
        found = told(*(f"push-up {reps} @3",) * 2, who=who).of("push-up")
        assert found.rung is Rung.STAY
    assert told(*("push-up 10 10 @3",) * 2).of("push-up").instead == "feet-raised-push-up"


def test_a_harder_version_that_fails_gives_the_easier_one_back():
    """Up and down again: the later word counts, and only one of the two is left."""
    found = told("push-up 10 10 @3", "push-up 10 10 @3", "feet-raised-push-up 3 3 @1")
    assert found.of("feet-raised-push-up").instead == "push-up"
    assert found.of("push-up").rung is Rung.STAY
    again = told("push-up 10 10 @3", "push-up 10 10 @3", "feet-raised-push-up 3 3 @1", "push-up 10 10 @3",
                 "push-up 10 10 @3")
    assert again.of("push-up").instead == "feet-raised-push-up"
    assert again.of("feet-raised-push-up").rung is Rung.STAY


def test_a_beginner_earns_the_first_weight():
    """A beginner's log that does not own the squat keeps the goblet squat away; owning it lets it in."""
    who = runner("beginner")
    early, earned = told("squat 9 9 @4", who=who), told(*("squat 12 12 @3",) * 2, who=who)
    assert "goblet-squat" in early.barred
    assert early.notes == ("Goblet squat waits until the squat is owned: top of the range twice, "
                           "with something to spare.",)
    assert earned.barred == frozenset()
    assert told("squat 9 9 @4").barred == frozenset()


# ------------------------------------------------------------------------------------------------------------ sides


def test_the_weaker_side_decides():
    """The side with fewer repetitions decides, leads, and alone can hold the weight back."""
    who = runner(weights_kg=(8.0, 8.5))
    even = "split-squat 12 12 12 @2 8kg left; split-squat 12 12 12 @2 8kg right"
    uneven = "split-squat 12 12 12 @2 8kg left; split-squat 9 9 9 @2 8kg right"
    both = told(even, even, who=who).of("split-squat")
    held = told(uneven, uneven, who=who).of("split-squat")
    assert (both.weight_kg, both.decided_side) == (8.5, "")
    assert (held.weight_kg, held.decided_side) == (8, "right")


def test_one_side_alone_raises_nothing():
    """With one side noted nobody knows the other."""
    found = told(*("split-squat 12 12 12 @2 8kg left",) * 2, who=runner(weights_kg=(8.0, 8.5))).of("split-squat")
    assert found.weight_kg == 8
    assert "only one side" in found.why


# ------------------------------------------------------------------------------------------------------------- pain


def test_pain_above_three_takes_the_easier_version():
    """A pain of 4 swaps the exercise, bars its harder relatives, and lowers the weight it comes back with."""
    found = told("goblet-squat 9 9 9 @2 16kg", "goblet-squat 10 10 10 @2 16kg !4")
    standing = found.of("goblet-squat")
    assert (standing.rung, standing.instead, standing.weight_kg) == (Rung.DOWN, "squat", 12)
    assert {"goblet-squat", "barbell-front-squat", "split-squat"} <= found.barred
    assert not {"squat", "chair-squat"} & found.barred
    assert found.preferred == {"squat"}


def test_two_sessions_free_of_pain_bring_it_back():
    """After two sessions of its kind without pain the exercise is back, lighter; one is not enough."""
    start = "goblet-squat 10 10 10 @2 16kg !4"
    assert "goblet-squat" in told(start, "squat 10 10 @4").barred
    back = told("goblet-squat 9 9 9 @2 16kg", start, "squat 10 10 @4", "squat 12 12 @4")
    assert back.barred == frozenset()
    assert (back.of("goblet-squat").rung, back.of("goblet-squat").weight_kg) == (Rung.STAY, 12)
    assert "goblet-squat" in told(start, "squat 10 10 @4", "squat 12 12 @4 !1").barred


def test_pain_without_an_easier_version_takes_a_hold():
    """Where no easier version is there, a hold of the same family that spares the place takes over."""
    found = told("hollow-hold 25 25 !4; single-leg-step-down 9 9 @2 !4")
    assert found.of("hollow-hold").instead == "plank-from-knees"
    assert found.of("single-leg-step-down").instead == ""
    assert "rests until" in found.of("single-leg-step-down").why


def test_pain_above_five_stops_the_pattern():
    """A pain of 6 stops the pattern and what loads the same place, for a week at least, and names a professional."""
    found = told("goblet-squat 10 10 10 @2 16kg !6")
    assert {"goblet-squat", "squat", "chair-squat", "reverse-lunge", "single-leg-step-up"} <= found.barred
    assert not {"low-step-up", "plank", "single-leg-deadlift"} & found.barred
    assert "medical professional" in found.of("goblet-squat").why
    calm = ("goblet-squat 10 10 10 @2 16kg !6", "low-step-up 10 10 @4", "low-step-up 10 10 @4")
    assert "squat" in told(*calm, every=2).barred
    assert told(*calm, every=4).barred == frozenset()


@pytest.mark.parametrize(("note", "barred"), [
    (hurt(day(0), "knee", 4, activity="goblet-squat", when="during"), True),
    (hurt(day(0), "knee", 4, activity="s-2026-11-30", when="after"), True),
    (hurt(day(0), "shoulder", 4, activity="s-2026-11-30", when="after"), False),
    (hurt(day(0), "knee", 4, activity="run-2026-11-30", when="during"), False),
    (hurt(day(1), "knee", 3, activity="goblet-squat", when="next-morning"), True),
    (hurt(day(1), "knee", 2, activity="goblet-squat", when="next-morning"), False),
    (hurt(day(2), "knee", 4, activity="goblet-squat", when="next-morning"), False),
])
def test_noted_pains_find_their_exercise(note, barred):
    """A pain belongs to the exercise it names, or to its session where the place fits; a worse morning counts."""
    found = told("goblet-squat 10 10 10 @2 16kg", more=[note], today=day(2))
    assert ("goblet-squat" in found.barred) is barred


def test_a_pain_alone_is_enough():
    """A pain at an exercise of which no set was done still keeps it away; hops stop at 3 already."""
    note = hurt(day(0), "knee", 4, activity="goblet-squat", when="during")
    assert "goblet-squat" in progress([note], runner=runner(), catalogue=CATALOGUE, today=day(0)).barred
    hop = hurt(day(0), "achilles", 3, activity="pogo", when="during")
    found = progress([hop], runner=runner(), catalogue=CATALOGUE, today=day(0))
    assert {"pogo", "single-leg-pogo", "jump-rope-hop"} <= found.barred
    assert found.notes == ("Pogo hop rests until two sessions were free of pain: pain of 3 out of 10.",)


def test_an_aching_place_raises_nothing():
    """While the place hurts by more than 2 in the mornings, the weight waits."""
    ache = noted(CheckIn(pain=(Pain(area="knee", score=3),)), day(3))
    line = "goblet-squat 12 12 12 @2 12kg"
    who = runner(weights_kg=(12.0, 13.0))
    held = told(line, line, who=who, more=[ache]).of("goblet-squat")
    assert held.weight_kg == 12
    assert "while the place hurts" in held.why
    assert told(line, line, who=who).of("goblet-squat").weight_kg == 13


# ------------------------------------------------------------------------------------------- coming back from a break


@pytest.mark.parametrize(("days", "expected", "weeks"), [(28, 20, None), (30, 18, 4), (60, 15, 8)])
def test_after_a_break_weights_come_back_lower(days, expected, weeks):
    """Up to four weeks nothing is lost; then 10 % less and two thirds of the sets; after eight a quarter less."""
    pieces = tuple(float(w) for w in range(4, 31))
    found = told(*("goblet-squat 10 10 10 @2 20kg",) * 2, who=runner(weights_kg=pieces), today=day(days + 4))
    assert found.of("goblet-squat").weight_kg == expected
    if weeks is None:
        assert found.comeback is None
    else:
        assert (found.comeback.weeks, found.comeback.sets_until) == (weeks, day(days + 18))
        assert (found.comeback.lower_until is None) is (days < 57)
        assert found.of("goblet-squat").sets_cut == pytest.approx(1 / 3)
        assert f"comes back at {expected} kg after {weeks} weeks" in found.of("goblet-squat").why


def test_other_strength_work_is_no_break():
    """Sessions without sets, and sets of another program, keep strength work going; a run or a drill does not."""
    between = [noted(SessionDone(kind=Kind.STRENGTH), day(20)), *did(day(40), "Bulgarian-Split-Squat 8 8")]
    line = "goblet-squat 10 10 10 @2 16kg"
    assert told(line, today=day(50), more=between).of("goblet-squat").weight_kg == 16
    drill = [noted(SessionDone(kind=Kind.MOBILITY), day(20)), *did(day(40), "leg-swing-bent-knee 8 8")]
    assert told(line, today=day(50), more=drill).of("goblet-squat").weight_kg == 12


def test_a_comeback_ends():
    """Two weeks after coming back the sets are whole again, and what was lifted counts."""
    line = "goblet-squat 10 10 10 @2 16kg"
    back = did(day(40), line, kind="strength")
    assert told(line, today=day(45), more=back).comeback.weeks == 5
    assert told(line, today=day(45), more=back).of("goblet-squat").weight_kg == 16
    assert told(line, today=day(60), more=back).comeback is None


# ----------------------------------------------------------------------------------------------- what counts at all


def test_foreign_names_are_ignored_and_counted():
    """Names that the catalogue does not hold change nothing and are counted."""
    found = told("goblet-squat 10 10 12kg", more=did(day(0), "Leg-Press 10 10 10", "Curl 12"))
    assert found.unknown == (("Curl", 1), ("Leg-Press", 3))
    assert found.notes == ("4 sets of 2 exercises that the catalogue does not hold were left out.",)
    assert found.known == {"goblet-squat"}


def test_warm_ups_other_units_and_the_future_do_not_count():
    """Warm-up sets, sets in another unit and entries after today leave no trace; nor does what was undone."""
    light = [noted(SetDone(exercise="goblet-squat", amount=10, weight_kg=8, number=n, warm_up=True), day(0))
             for n in (1, 2)]
    timed = [noted(SetDone(exercise="plank", amount=9), day(0))]
    later = did(day(9), "goblet-squat 3 3 3 @0 12kg")
    wrong = did(day(0), "goblet-squat 3 3 @0 8kg")
    undone = noted(Undone(of=tuple(e.id for e in wrong)), day(0), 30)
    found = told("goblet-squat 10 10 12kg", more=[*light, *timed, *later, *wrong, undone])
    assert found.standings == told("goblet-squat 10 10 12kg").standings


def test_nothing_logged_says_nothing():
    """An empty diary gives an empty answer."""
    found = progress([], runner=runner(), catalogue=CATALOGUE, today=day(0))
    assert (found.standings, found.barred, found.comeback, found.notes) == ((), frozenset(), None, ())


def test_the_two_session_rule_is_the_metric():
    """The verdict on two sessions never contradicts the published rule of double progression."""
    reps = ((8, 8, 8), (12, 12, 12), (11, 12, 14), (6, 7, 7), (12, 12, 11))
    for first, second, rir in itertools.product(reps, reps, (None, 1, 2)):
        lifts = [LiftDone(reps=first, rir=rir), LiftDone(reps=second, rir=rir)]
        found = verdict(tuple(Lift(done=lift, low=8) for lift in lifts), 8, 12, 2)
        expected = double_progression(lifts, 8, 12, target_rir=2)
        rises = found in (Verdict.REACHED, Verdict.BEYOND)
        assert rises is (expected is NextStep.RAISE_LOAD)
        assert (found is Verdict.MISSED) is (expected is NextStep.STEP_BACK)


# ----------------------------------------------------------------------------------------------------------- trends


def test_a_trend_estimates_where_a_weight_makes_the_exercise():
    """A goblet squat shows the best estimate of the day; sets beyond ten repetitions are left out."""
    entries = [*did(day(0), "goblet-squat 8 7 @2 16kg"), *did(day(2), "goblet-squat 12 12 @2 16kg"),
               *did(day(4), "goblet-squat 8 6 @1 20kg")]
    points = strength_trend(entries, CATALOGUE["goblet-squat"])
    assert [(p.date, p.unit) for p in points] == [(day(0), "kg"), (day(4), "kg")]
    assert points[0].value == pytest.approx(e1rm(16, 8, rir=2), abs=0.05)
    assert points[1].value == pytest.approx(e1rm(20, 8, rir=1), abs=0.05)


def test_a_trend_of_body_weight_shows_the_best_set():
    """Holds and single legs show their best set, with its weight, of the weaker side."""
    legs = did(day(0), "single-leg-deadlift 8 10 8kg left", "single-leg-deadlift 9 9 8kg right")
    assert strength_trend(legs, CATALOGUE["single-leg-deadlift"]) == ((day(0), 9, "reps", 8),)
    assert strength_trend(did(day(0), "plank 40 45"), CATALOGUE["plank"]) == ((day(0), 45, "seconds", None),)
    assert strength_trend([], CATALOGUE["plank"]) == ()
