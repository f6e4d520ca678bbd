"""Sets by region: counted like the planner counts them, against the plan that was in force."""

from __future__ import annotations

import datetime as dt

from builders_daily import HEAVY, MOBILITY
from builders_diary import TODAY, an_entry
from builders_progress import MONDAY, WANTED, a_plan
from midstance.domain.diary import PlanAccepted, SessionDone, SetDone
from midstance.services.regions_trained import RegionWeek, regions_trained


def done_of(week: RegionWeek) -> dict[str, float]:
    """Sets by region."""
    return {region.region: region.done for region in week.regions}


def test_a_set_counts_for_each_region_that_gets_half_of_it() -> None:
    """Three goblet squats are three sets for quads and glutes, and nothing for a region with a smaller share."""
    entries = [an_entry(SetDone(exercise="goblet-squat", amount=8, number=n, weight_kg=16)) for n in (1, 2, 3)]
    week, = regions_trained(entries, today=TODAY)
    assert done_of(week) == {"quads": 3, "glutes": 3}
    assert not week.whole
    assert {region.wanted for region in week.regions} == {None}


def test_one_side_of_a_set_is_half_of_one() -> None:
    """Left and right of a set make one; a warm-up, a drill and an exercise that nobody knows make none."""
    whats = [
        SetDone(exercise="single-leg-calf-raise", amount=12, side="left"),
        SetDone(exercise="single-leg-calf-raise", amount=12, side="right"),
        SetDone(exercise="single-leg-calf-raise", amount=12, side="left", number=2),
        SetDone(exercise="goblet-squat", amount=5, warm_up=True), SetDone(exercise="ankle-rock", amount=8),
        SetDone(exercise="atlas stone", amount=3)]
    week, = regions_trained([an_entry(what) for what in whats], today=TODAY)
    assert done_of(week)["calves"] == 1.5
    assert "quads" not in done_of(week)


def test_sets_of_a_mobility_session_do_not_count() -> None:
    """What was done within a mobility session is no work for a region."""
    entries = [a_plan(), an_entry(SetDone(exercise="single-leg-calf-raise", amount=8, session=MOBILITY), day=2)]
    week = regions_trained(entries, today=dt.date(2026, 12, 3))[-1]
    assert done_of(week) == dict.fromkeys(WANTED, 0)


def test_a_session_without_its_sets_counts_as_planned() -> None:
    """A session that was only noted as done brings the sets of the plan, told apart from noted ones."""
    entries = [a_plan(), an_entry(SessionDone(session=HEAVY, minutes=24))]
    week, = regions_trained(entries, today=TODAY)
    by_region = {region.region: region for region in week.regions}
    assert (by_region["quads"].noted, by_region["quads"].assumed, by_region["quads"].wanted) == (0, 3, 4)
    assert by_region["core"].assumed == 3
    logged = [*entries, an_entry(SetDone(exercise="goblet-squat", amount=8, weight_kg=16, session=HEAVY))]
    quads = next(r for r in regions_trained(logged, today=TODAY)[-1].regions if r.region == "quads")
    assert (quads.noted, quads.assumed) == (1, 0)


def test_a_week_is_held_against_the_plan_in_force_at_its_end() -> None:
    """A plan that was made again within the week counts, one of the week after does not."""
    entries = [a_plan(name="p"), a_plan(0.75, date=dt.date(2026, 12, 3), name="q"),
               a_plan(0.6, date=dt.date(2026, 12, 8), name="r"),
               an_entry(SetDone(exercise="plank", amount=30, unit="seconds"))]
    weeks = regions_trained(entries, today=dt.date(2026, 12, 9))
    assert [(w.starts, w.factor, w.whole) for w in weeks] == [
        (MONDAY, 0.75, True), (dt.date(2026, 12, 7), 0.6, False)]
    assert weeks[0].why == "Less sleep."


def test_weeks_before_the_first_word_are_left_out() -> None:
    """Nothing gives no week, and a plan that cannot be read takes the sets nothing away."""
    assert regions_trained([], today=TODAY) == ()
    broken = an_entry(PlanAccepted(plan="p", document="{}"))
    entries = [broken, an_entry(SetDone(exercise="goblet-squat", amount=8, weight_kg=16))]
    week, = regions_trained(entries, today=TODAY)
    assert done_of(week) == {"quads": 1, "glutes": 1}
    assert regions_trained(entries, today=TODAY - dt.timedelta(days=1)) == ()
