"""Strength: numbers of the evidence base (G25-G33, G51, G52, G54), copied by hand."""

from __future__ import annotations

import pytest

from midstance.catalogue.load import load_catalogue
from midstance.domain.dates import moment_of
from midstance.domain.session import Block, Item, Kind, Session
from midstance.metrics.achilles_dose import achilles_dose
from midstance.metrics.apre import Apre, apre
from midstance.metrics.contacts import contacts
from midstance.metrics.double_progression import LiftDone, NextStep, double_progression
from midstance.metrics.e1rm import CHART, share_of_one_rm
from midstance.metrics.hard_sets import RatedSets, hard_sets, planned_sets
from midstance.metrics.limb_symmetry import (
    SideVerdict,
    limb_symmetry,
    side_difference,
    side_verdict,
    symmetry_angle,
    symmetry_index,
)
from midstance.metrics.plantar_dose import plantar_dose
from midstance.metrics.rpe_chart import HALF_CHART, heavy_set, rpe_chart
from midstance.metrics.volume_load import volume_load

EXERCISES = load_catalogue().exercises
START = moment_of(739951 * 1440 + 18 * 60)   # an evening in December 2026


def an_item(exercise, **fields):
    """One item; repetitions 8 to 8 unless said otherwise."""
    return Item(**{"label": "A1", "exercise": exercise, "unit": "reps", "low": 8, "high": 8, **fields})


def a_session(*items, kind=Kind.STRENGTH, rounds=3, label="A"):
    """A session with one block."""
    return Session(id="s", start=START, minutes=20, kind=kind, hard_minutes=0, load_au=0,
                   why=(), blocks=(Block(label=label, rounds=rounds, rest_s=60, items=items),))


@pytest.mark.parametrize(("reps", "rpe", "percent"), [
    (5, 8, 81.1), (3, 9, 89.2), (8, 7, 70.7), (1, 8, 92.2), (1, 10, 100), (12, 10, 68.0), (5, 8.5, 82.4),
    (1, 9.5, 97.8), (12, 9.5, 66.7),
])
def test_the_chart(reps, rpe, percent):
    """Whole and half exertions give the printed cells (G27, R23)."""
    assert rpe_chart(reps, rpe) == percent


@pytest.mark.parametrize(("reps", "rpe"), [(8, 5), (12, 9), (12, 8.5), (10, 7)])
def test_the_chart_ends_at_twelve(reps, rpe):
    """Beyond twelve with the reserve there is no cell."""
    assert rpe_chart(reps, rpe) is None


def test_half_steps_lie_between_whole_ones():
    """Each half-step cell lies between its neighbours, so the two columns fit together."""
    for k in range(11):
        assert CHART[k] > HALF_CHART[k] > CHART[k + 1]


def test_quarters_are_no_exertion():
    """Only halves are on the chart."""
    with pytest.raises(ValueError, match="whole or a half"):
        rpe_chart(5, 8.25)


@pytest.mark.parametrize(("reps", "rir", "heavy"), [
    (5, 2, True), (6, 1, True), (4, 3, True), (6, 2, False), (8, 0, False)])
def test_heavy_sets_by_the_chart(reps, rir, heavy):
    """A set is heavy when repetitions and reserve make seven or fewer (G54, R21)."""
    assert heavy_set(reps, rir) is heavy
    assert (share_of_one_rm(reps, rir) >= 0.8) is heavy


TOP = LiftDone(reps=(12, 12, 12))


@pytest.mark.parametrize(("lifts", "step"), [
    ([TOP, TOP], NextStep.RAISE_LOAD),
    ([LiftDone(reps=(12, 11, 10)), TOP], NextStep.HOLD),
    ([], NextStep.HOLD),
    ([TOP], NextStep.HOLD),
    ([TOP, TOP, LiftDone(reps=(12, 12, 11))], NextStep.HOLD),
    ([LiftDone(reps=(5, 5, 5)), TOP, TOP], NextStep.RAISE_LOAD),
    ([LiftDone(reps=(12, 12, 12), rir=2), LiftDone(reps=(12, 12, 12), rir=2)], NextStep.RAISE_LOAD),
    ([LiftDone(reps=(12, 12, 12), rir=2), LiftDone(reps=(12, 12, 12), rir=1)], NextStep.HOLD),
    ([LiftDone(reps=(10, 10, 14)), LiftDone(reps=(11, 10, 14))], NextStep.RAISE_LOAD),
    ([LiftDone(reps=(10, 10, 14)), LiftDone(reps=(11, 10, 13))], NextStep.HOLD),
    ([LiftDone(reps=(8, 8, 7)), LiftDone(reps=(8, 8, 7))], NextStep.STEP_BACK),
    ([LiftDone(reps=(8, 8, 7)), LiftDone(reps=(8, 8, 8))], NextStep.HOLD),
    ([TOP, LiftDone(reps=(12, 12, 12), pain=4)], NextStep.STEP_BACK),
    ([TOP, LiftDone(reps=(12, 12, 12), pain=3)], NextStep.RAISE_LOAD),
    ([LiftDone(reps=(12,), pain=4)], NextStep.STEP_BACK),
])
def test_double_progression_from_eight_to_twelve(lifts, step):
    """Two good sessions raise, one holds, two misses or pain go back (G29, R26)."""
    assert double_progression(lifts, 8, 12) is step


def test_a_lift_without_sets_is_refused():
    """No set is no lift done, and never a reason to raise the weight."""
    with pytest.raises(ValueError, match="at least one set"):
        LiftDone(reps=())


@pytest.mark.parametrize(("protocol", "reps", "low", "high"), [
    (Apre.APRE3, 7, 10, 15), (Apre.APRE10, 6, -10, -5),
    (Apre.APRE10, 0, -10, -5), (Apre.APRE10, 7, -5, 0), (Apre.APRE10, 8, -5, 0), (Apre.APRE10, 9, 0, 0),
    (Apre.APRE10, 12, 5, 10), (Apre.APRE6, 3, -5, 0), (Apre.APRE6, 5, 0, 0), (Apre.APRE6, 8, 5, 10),
    (Apre.APRE3, 5, 5, 10), (Apre.APRE10, 11, 0, 0), (Apre.APRE10, 16, 5, 10),
    (Apre.APRE10, 17, 10, 15), (Apre.APRE6, 2, -10, -5), (Apre.APRE6, 4, -5, 0), (Apre.APRE6, 7, 0, 0),
    (Apre.APRE6, 12, 5, 10), (Apre.APRE6, 13, 10, 15), (Apre.APRE3, 2, -10, -5), (Apre.APRE3, 3, 0, 0),
    (Apre.APRE3, 4, 0, 0), (Apre.APRE3, 6, 5, 10),
])
def test_third_sets(protocol, reps, low, high):
    """Each band of the table gives its change in pounds (G28, R27)."""
    assert apre(protocol, reps, in_pounds=True) == (low, high)


def test_third_sets_in_kilograms():
    """Kilograms are the rounded steps of the evidence base, not pounds converted."""
    assert [apre(Apre.APRE6, reps) for reps in (0, 3, 5, 8, 13)] == [(-5, -2.5), (-2.5, 0), (0, 0), (2.5, 5), (5, 7.5)]


def test_beyond_the_chart_the_share_falls_along_epley():
    """The twelfth cell is the chart's; after it the curve goes on without a step (midstance's own)."""
    assert share_of_one_rm(12) == 0.68
    assert share_of_one_rm(13) == pytest.approx(0.68 * 42 / 43)
    assert share_of_one_rm(18) == pytest.approx(0.68 * 42 / 48)


def test_volume_load():
    """Three sets of eight with 40 kg are 960 kg (G30)."""
    assert volume_load(3, 8, 40) == 960
    assert volume_load(3, 8, 0) == 0


def test_left_and_right_by_every_formula():
    """90 against 100 by the five formulas (G32, G33)."""
    assert side_difference(90, 100) == pytest.approx(10)
    assert symmetry_index(90, 100) == pytest.approx(5.263158)
    assert symmetry_index(90, 100, of_mean=True) == pytest.approx(10.526316)
    assert limb_symmetry(90, 100) == pytest.approx(90)
    assert symmetry_angle(90, 100) == pytest.approx(3.347542, abs=1e-6)


def test_signs_tell_the_larger_side():
    """A larger left side turns every sign; equal sides are 0, a missing one the whole."""
    assert side_difference(100, 90) == pytest.approx(-10)
    assert symmetry_index(100, 90) == pytest.approx(-5.263158)
    assert symmetry_angle(100, 90) == pytest.approx(-3.347542, abs=1e-6)
    assert (side_difference(7, 7), symmetry_index(7, 7), symmetry_angle(7, 7), limb_symmetry(7, 7)) == (0, 0, 0, 100)
    assert (side_difference(0, 7), symmetry_angle(0, 7), limb_symmetry(0, 7)) == (100, 50, 0)


def test_two_missing_sides_are_refused():
    """Nothing on both sides compares nothing."""
    for formula in (side_difference, symmetry_index, symmetry_angle, limb_symmetry):
        with pytest.raises(ValueError, match="both are 0"):
            formula(0, 0)


@pytest.mark.parametrize(("left", "noise", "verdict"), [
    (91, 0, SideVerdict.IGNORE), (90, 0, SideVerdict.WORK_ON_IT), (85, 0, SideVerdict.WORK_ON_IT),
    (84, 0, SideVerdict.NOTABLE), (86, 20, SideVerdict.IGNORE), (70, 20, SideVerdict.NOTABLE),
])
def test_what_a_difference_asks_for(left, noise, verdict):
    """Below 10 % or the noise nothing, to 15 % work on it, above notable (R60)."""
    assert side_verdict(left, 100, noise_percent=noise) is verdict
    assert side_verdict(100, left, noise_percent=noise) is verdict


@pytest.mark.parametrize(("week", "plantar", "achilles"), [
    (1, "3x12RM", "3x15RM"), (2, "3x12RM", "3x12RM"), (3, "4x10RM", "3x12RM"), (4, "4x10RM", "4x10RM"),
    (5, "5x8RM", "4x10RM"), (6, "5x8RM", "4x8RM"), (8, "5x8RM", "4x8RM"), (9, "5x8RM", "4x6RM"), (12, "5x8RM", "4x6RM"),
])
def test_doses_of_slow_heavy_loading(week, plantar, achilles):
    """Each week has the dose of its trial (G51, G52)."""
    assert (str(plantar_dose(week)), str(achilles_dose(week))) == (plantar, achilles)


@pytest.mark.parametrize("week", [0, 13])
def test_doses_end_with_the_programme(week):
    """Before the first and after the twelfth week there is no dose."""
    for dose in (plantar_dose, achilles_dose):
        with pytest.raises(ValueError, match="week"):
            dose(week)


def test_hard_sets_by_region():
    """Three rounds of a set count by the exercise's shares, a set on one side by half."""
    lift = an_item("single-leg-deadlift", rir=3, per_side=True, first_side="left", extra_rounds=(("left", 1),))
    assert hard_sets(planned_sets([a_session(lift)]), EXERCISES) == {"glutes": 0.75 * 3.5, "hamstrings": 3.5}


@pytest.mark.parametrize(("fields", "kind", "label", "hard"), [
    ({"rir": 4}, Kind.STRENGTH, "A", True),
    ({"rir": 5}, Kind.STRENGTH, "A", False),
    ({}, Kind.STRENGTH, "A", False),
    ({"to_last_good_rep": True}, Kind.STRENGTH, "A", True),
    ({"weight_kg": 16.0}, Kind.HEAVY, "A", True),
    ({"weight_kg": 16.0}, Kind.STRENGTH, "A", False),
    ({"rir": 2}, Kind.STRENGTH, "warm-up", False),
    ({"rir": 2}, Kind.MOBILITY, "A", False),
    ({"rir": 2}, Kind.PRIMER, "A", False),
    ({"rir": 2}, Kind.PLYOMETRIC, "A", False),
])
def test_what_counts_as_a_hard_set(fields, kind, label, hard):
    """Reserve of four or fewer in a main block of a strength session counts, and what goes to the end (R16)."""
    sets = planned_sets([a_session(an_item("squat", **fields), kind=kind, label=label)])
    assert bool(hard_sets(sets, EXERCISES)) is hard


def test_sets_done_count_like_planned_ones():
    """Done sets need no session; an unknown exercise counts for nothing."""
    done = [RatedSets(exercise="squat", rir=1), RatedSets(exercise="squat", rir=6), RatedSets(exercise="no-such")]
    assert hard_sets(done, EXERCISES) == hard_sets(done[:1], EXERCISES)
    assert hard_sets(done, EXERCISES)["quads"] == EXERCISES["squat"].regions["quads"]


def test_contacts_count_both_feet():
    """A range counts by its middle, one-legged hops twice, an extra set on one side once."""
    both = an_item("pogo-hop", unit="contacts", low=20, high=20)
    each = an_item("single-leg-hop", unit="contacts", low=8, high=10, per_side=True, first_side="left",
                   extra_rounds=(("left", 1),))
    assert contacts([a_session(both, kind=Kind.PLYOMETRIC)]) == 60
    assert contacts([a_session(both, each, kind=Kind.PLYOMETRIC)]) == 60 + 7 * 9
    assert contacts([a_session(an_item("squat"))]) == 0
