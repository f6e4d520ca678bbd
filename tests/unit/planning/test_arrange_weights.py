"""First weights: what is owned, what was lifted, and a careful start."""

import pytest

from midstance.catalogue.load import load_catalogue
from midstance.domain.runner import Level, Lift, Runner
from midstance.metrics.e1rm import e1rm, share_of_one_rm
from midstance.planning.arranging.weights import NO_BAR, NO_MASS, NO_PIECES, PACK, first_weight, rack_of

CATALOGUE = load_catalogue().exercises


def runner(**changes):
    """Make a runner with little said."""
    return Runner(name="R", timezone="UTC", running_level=Level.INTERMEDIATE, strength_level=Level.INTERMEDIATE,
                  goal="10k", **changes)


def weight(exercise, who, *, level="intermediate", reps=8, rir=2, light=False):
    """Give the first weight of an exercise, or None."""
    return first_weight(rack_of(who, CATALOGUE), CATALOGUE[exercise], level, reps=reps, rir=rir, light=light)


def test_a_share_of_body_mass_is_rounded_down_to_a_piece():
    """The largest owned piece at or under the careful start must come out."""
    who = runner(equipment=("kettlebell",), weights_kg=(4, 8, 12, 16), body_mass_kg=80)
    assert weight("goblet-squat", who).kg == 12


def test_a_much_too_heavy_piece_is_not_used():
    """Where the lightest piece is far over the careful start, there is no weight at all."""
    assert weight("single-leg-deadlift", runner(equipment=("kettlebell",), weights_kg=(20,), body_mass_kg=60)) is None


def test_each_hand_needs_an_equal_pair():
    """One piece of a kind is no pair; two are, and each hand gets half of the start."""
    one = runner(equipment=("dumbbell",), weights_kg=(4, 6, 8), body_mass_kg=60)
    two = runner(equipment=("dumbbell",), weights_kg=(4, 4, 6, 8), body_mass_kg=60)
    assert weight("romanian-deadlift", one) is None
    assert weight("romanian-deadlift", two).kg == 4


def test_a_bar_takes_plates_in_equal_pairs():
    """Only the bar with equal pairs of plates is a load of the bar."""
    rack = rack_of(runner(equipment=("barbell",), bar_kg=20, plates_kg=(2.5, 5, 5, 10)), CATALOGUE)
    assert rack.bar == (20, 30)


def test_assumptions_are_said():
    """Weights, bar, body mass and a backpack that nobody stated must each leave their note."""
    pieces = weight("goblet-squat", runner(equipment=("kettlebell",)))
    assert pieces.kg == 8
    assert set(pieces.notes) == {NO_PIECES, NO_MASS.format(kg=70)}
    assert NO_BAR in weight("barbell-back-squat", runner(equipment=("barbell",), body_mass_kg=70)).notes
    packed = weight("single-leg-deadlift", runner(equipment=("backpack",), body_mass_kg=70))
    assert packed.notes == (PACK,)
    assert 1 <= packed.kg <= 10


def test_a_known_lift_overrides_the_share():
    """A logged lift gives its estimated maximum times the share of the target, rounded down."""
    who = runner(equipment=("kettlebell",), weights_kg=tuple(range(4, 41)), lifts=(
        Lift(exercise="goblet-squat", weight_kg=24, reps=6, rir=2),))
    exact = e1rm(24, 6, rir=2) * share_of_one_rm(8, 2)
    assert weight("goblet-squat", who).kg == int(exact)


def test_a_long_set_never_suggests_more_than_was_lifted():
    """Sets beyond ten possible repetitions make no estimate; the lifted weight is the ceiling."""
    who = runner(equipment=("kettlebell",), weights_kg=tuple(range(4, 41)), lifts=(
        Lift(exercise="goblet-squat", weight_kg=16, reps=12, rir=3),))
    assert weight("goblet-squat", who, reps=5).kg == 16


def test_a_related_lift_counts_with_care():
    """A lift on two legs speaks for one leg at half its estimate."""
    who = runner(equipment=("kettlebell",), weights_kg=tuple(range(1, 41)), lifts=(
        Lift(exercise="goblet-squat", weight_kg=24, reps=8, rir=2),))
    assert weight("single-leg-step-up", who).kg == int(0.5 * e1rm(24, 8, rir=2) * share_of_one_rm(8, 2))


@pytest.mark.parametrize("share", [True, False])
def test_light_sets_start_lighter(share):
    """A light set must start at no more than the heavy one."""
    who = runner(equipment=("dumbbell",), weights_kg=tuple(range(2, 41, 2)), body_mass_kg=70 if share else None)
    assert weight("goblet-squat", who, light=True).kg < weight("goblet-squat", who).kg
