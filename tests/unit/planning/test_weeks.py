"""What a week aims at, by hand: ranges by level and phase, learning weeks, and the sets that mileage leaves."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from builders import MONDAY, a_runner, race_text
from midstance.catalogue.phases import load_phases
from midstance.domain.dates import WEEK
from midstance.domain.history import History
from midstance.domain.plan import Phase
from midstance.planning.judging import emphasised
from midstance.planning.settle_runs import settle_runs
from midstance.planning.weeks import Mileage, reduced_weeks, sessions_range, set_factor, targets_of_week, weeks_of_plan

if TYPE_CHECKING:
    from midstance.domain.plan import Targets
    from midstance.domain.problem import WeekFacts

ROWS = {    # method 7.3: strength-type, of these heavy, mobility, leg sessions
    "off-season": ((2, 3), (1, 2), (1, 2), 2), "base": ((2, 3), (1, 2), (1, 2), 2),
    "build": ((2, 3), (1, 1), (1, 2), 2),
    "peak": ((1, 2), (1, 1), (1, 2), 1), "taper": ((1, 1), (0, 1), (1, 2), 1), "race-week": ((0, 1), (0, 0), (1, 2), 0),
    "recovery": ((0, 1), (0, 0), (1, 2), 1),
}


def targets(runner: str = "", phase: str = "base", **settings) -> Targets:
    given = {"learning": False, "factor": 1.0, "hops": True, "share": 1.0, **settings}
    made = a_runner(runner)
    return targets_of_week(made, Phase(phase), emphasis=emphasised(made, MONDAY), **given)


def facts(
    runner: str = "", *, weeks: int = 8, first: dt.date = MONDAY, history: History | None = None
) -> tuple[WeekFacts, ...]:
    who, known = a_runner(runner), history or History()
    last = MONDAY + weeks * WEEK - dt.timedelta(days=1)
    settled = settle_runs(who, (), known, first=first, last=last)
    return weeks_of_plan(who, settled.runs, known, first=first, last=last, pace=390)


@pytest.mark.parametrize("phase", Phase)
def test_every_row_of_the_table(phase: Phase) -> None:
    """Strength-type, heavy, mobility and leg sessions of each phase are those of method 7.3."""
    t = targets(phase=phase.value)
    assert (t.strength_type, t.heavy, t.mobility, t.leg_sessions) == ROWS[phase.value]


@pytest.mark.parametrize(("level", "hops"), [
    ("beginner", {}), ("intermediate", {"build": 1, "peak": 1}), ("advanced", {"base": 1, "build": 1, "peak": 1}),
])
def test_hops_by_level_and_phase(level: str, hops: dict[str, int]) -> None:
    """One plyometric session in build and peak for intermediate and advanced, in base for advanced; never when sore."""
    for phase in Phase:
        assert targets(f'strength_level = "{level}"', phase.value).plyometric == hops.get(phase.value, 0)
        assert targets(f'strength_level = "{level}"', phase.value, hops=False).plyometric == 0
        assert targets(f'strength_level = "{level}"', phase.value, learning=True).plyometric == 0


def test_upper_where_a_third_session_is_no_hop() -> None:
    """Upper is wanted where a third strength-type session is planned that is not plyometric, and nowhere else."""
    for level in ("beginner", "intermediate", "advanced"):
        for phase, spec in load_phases().by_phase.items():
            t = targets(f'strength_level = "{level}"', phase.value)
            assert t.upper + t.plyometric + t.leg_sessions <= max(spec.strength_type[1], 1)
            assert not (t.upper and t.plyometric)


@pytest.mark.parametrize(("level", "total"), [("beginner", (2, 3)), ("intermediate", (2, 4)), ("advanced", (3, 5))])
def test_totals_by_level(level: str, total: tuple[int, int]) -> None:
    """2-3, 2-4 and 3-5 sessions a week in all, or what the runner sets."""
    runner = f'strength_level = "{level}"'
    assert sessions_range(a_runner(runner)) == total
    assert targets(runner).sessions == total
    assert targets(f"{runner}\nsessions_a_week = [1, 2]").sessions == (1, 2)
    assert targets(f"{runner}\nsessions_a_week = [7, 7]").sessions == (5, 7)


def test_phase_maxima_win_over_the_total() -> None:
    """An advanced lifter's three sessions shrink to what taper, race week and recovery ask."""
    assert [targets(phase=p).sessions for p in ("peak", "taper", "race-week", "recovery")] == [
        (3, 5), (2, 5), (1, 5), (1, 5)]


@pytest.mark.parametrize(("runner", "heavy"), [
    ("", (1, 2)), ("equipment = []", (0, 0)), ('equipment = ["band"]', (0, 0)), ('equipment = ["backpack"]', (1, 2)),
    ("session_minutes = 19", (0, 2)), ("session_minutes = 20", (1, 2)),
])
def test_heavy_needs_a_weight_and_twenty_minutes(runner: str, heavy: tuple[int, int]) -> None:
    """No external weight means no heavy; under 20 minutes it is allowed and not asked for."""
    assert targets(runner).heavy == heavy


@pytest.mark.parametrize(("since", "learning"), [
    ("", [True] * 6 + [False, False]),                          # 42 days from the plan's start
    ("strength_since = 2026-11-16", [True] * 4 + [False] * 4),  # to 28 December: the week of the 28th is free
    ("strength_since = 2026-11-17", [True] * 5 + [False] * 3),  # the week of 28 December begins inside
    ("strength_since = 2026-10-01", [False] * 8),
])
def test_a_strength_beginners_first_six_weeks(since: str, learning: list[bool]) -> None:
    """42 days from strength_since, else from the plan's start, without heavy; others never learn."""
    weeks = facts(f'strength_level = "beginner"\n{since}')
    assert [w.learning for w in weeks] == learning
    assert [w.targets.heavy == (0, 0) for w in weeks] == learning
    assert not any(w.learning for w in facts(since))


def test_sets_shrink_with_phase_and_factor_and_grow_with_emphasis() -> None:
    """Off-season 1.2 of the base sets, peak 0.6; a cut of 40 % leaves 0.6; a side-to-side gap adds two sets."""
    base = targets().sets
    assert base["glutes"] == 8
    assert [targets(phase=p).sets["glutes"] for p in ("off-season", "peak")] == [10, 5]
    assert targets(factor=0.6).sets["glutes"] == 5
    assert set(targets(phase="race-week").sets.values()) == {0}
    gap = "[assessment]\nknee-to-wall-cm = { left = 7, right = 11 }\n"
    assert targets(gap).sets["calves"] == base["calves"] + 2
    small = "[assessment]\nknee-to-wall-cm = { left = 10, right = 11 }\n"
    assert targets(small).sets == base
    assert targets("[assessment]\nplank-s = 60\n").sets == base


PATTERN = '[[running]]\nday = "{}"\nminutes = {}\ntype = "easy"\n'


@pytest.mark.parametrize(("now", "factor"), [(115, 1.0), (116, 0.75), (130, 0.75), (131, 0.6), (80, 1.0)])
def test_mileage_cuts_sets_at_its_borders(now: int, factor: float) -> None:
    """More than 15 % above the median of eight weeks cuts sets by 25 %, more than 30 % by 40 %."""
    mileage = Mileage(before=(60, 100, 100, 100, 100, 100, 100, 900), weeks=(now,))
    found, why = set_factor(mileage, 0)
    assert found == factor
    assert (f"{round(100 * (1 - factor))} %" in why) is (factor < 1)


def test_the_median_is_that_of_the_eight_weeks_before() -> None:
    """Older weeks are forgotten, the plan's own weeks join in, and one week alone is no measure."""
    assert set_factor(Mileage(before=(500,) * 9 + (100,) * 8, weeks=(140,)), 0)[0] == 0.6
    assert set_factor(Mileage(before=(), weeks=(100, 100, 200)), 2)[0] == 0.6
    assert set_factor(Mileage(before=(), weeks=(100, 200)), 1) == (1.0, "")
    assert set_factor(Mileage(before=(0, 0, 0), weeks=(100,)), 0) == (1.0, "")


def test_recordings_come_before_what_the_runner_says() -> None:
    """Recorded weeks are the measure; without them recent_week_km at easy pace; without either there is no cut."""
    runner = PATTERN.format("tue", 120)
    weeks = tuple((MONDAY - k * WEEK, 100, 15.0, 0) for k in range(8, 0, -1))
    recorded = History(runs=8, weeks=weeks)
    assert facts(runner, history=recorded)[0].set_factor == 0.75
    # 15.4 km at 6:30 are 100 min
    assert facts(f"recent_week_km = 15.4\n{runner}")[0].set_factor == 0.75
    assert facts(f"recent_week_km = 30\n{runner}", history=recorded)[0].set_factor == 0.75
    assert facts(runner)[0].set_factor == 1.0


def test_a_first_week_that_is_cut_short_is_no_measure() -> None:
    """A start on Saturday: the 60 min of its weekend do not make the next weeks look like a jump."""
    runner = "".join(PATTERN.format(day, 60) for day in ("mon", "wed", "fri", "sun"))
    saturday = MONDAY + dt.timedelta(days=5)
    weeks = facts(runner, first=saturday)
    assert [w.set_factor for w in weeks[:5]] == [1.0] * 5
    assert len(weeks[0].days) == 2


def test_recorded_days_complete_the_first_week() -> None:
    """Monday to Friday were recorded with 300 min: with the planned weekend the week is whole and the median holds."""
    saturday = MONDAY + dt.timedelta(days=5)
    weeks = ((MONDAY - 2 * WEEK, 240, 40.0, 0), (MONDAY - WEEK, 240, 40.0, 0), (MONDAY, 180, 30.0, 0))
    runner = "".join(PATTERN.format(day, 60) for day in ("mon", "wed", "fri", "sun"))
    found = facts(runner, first=saturday, history=History(runs=9, weeks=weeks))
    assert [w.set_factor for w in found[:4]] == [1.0] * 4


def test_minima_shrink_with_a_first_week_that_is_cut_short() -> None:
    """Two of seven days ask for no strength; maxima stay."""
    (first, *_) = facts(first=MONDAY + dt.timedelta(days=5))
    t = first.targets
    assert (t.sessions, t.strength_type, t.heavy, t.mobility, t.leg_sessions) == ((0, 5), (0, 3), (0, 2), (0, 2), 0)


@pytest.mark.parametrize(("minutes", "reduced"), [
    ([100] * 13, [5, 11]),                                              # every sixth
    ([100, 100, 100, 70, 100, 100, 100, 100, 100, 100], [3, 9]),        # with the running's own cut-back week
    ([100, 100, 70, 100, 100, 100, 100, 100], [5]),                     # too early: fewer than three weeks before it
    ([100, 100, 100, 86, 100, 100], [5]),                               # 14 % less is no cut-back
])
def test_reduced_weeks_come_every_fourth_to_sixth(minutes: list[int], reduced: list[int]) -> None:
    """A week of running 15 % under the three before it eases strength too, from the fourth week; else the sixth."""
    mileage = Mileage(before=(), weeks=tuple(minutes))
    found = reduced_weeks(mileage, [Phase.BASE] * len(minutes))
    assert [k for k, r in enumerate(found) if r] == reduced


def test_a_blocked_week_is_eased_by_life() -> None:
    """Five blocked dates or more begin the count again; four do not."""
    blocked = "[[blocked]]\nfrom = 2026-12-28\nto = {}\n"
    assert [w.index for w in facts(blocked.format("2027-01-01"), weeks=12) if w.reduced] == [10]
    assert [w.index for w in facts(blocked.format("2026-12-31"), weeks=12) if w.reduced] == [5, 11]


def test_peak_taper_and_recovery_are_eased_already() -> None:
    """Reduced weeks belong to off-season, base and build; peak and what follows start the count again."""
    phases = [Phase.BUILD] * 4 + [Phase.PEAK] * 3 + [Phase.TAPER, Phase.RACE_WEEK, Phase.RECOVERY] + [Phase.BASE] * 6
    found = reduced_weeks(Mileage(before=(), weeks=(100,) * 16), phases)
    assert [k for k, r in enumerate(found) if r] == [15]


def test_a_reduced_week_says_so_and_the_strongest_cut_wins() -> None:
    """45 % fewer sets, never multiplied with the mileage's cut."""
    weeks = facts(PATTERN.format("tue", 60), weeks=8)
    assert [w.set_factor for w in weeks] == [1.0] * 5 + [0.55, 1.0, 1.0]
    assert weeks[5].factor_why.startswith("A reduced week")
    assert weeks[5].reduced


def test_weeks_count_their_phase() -> None:
    """phase_week counts from 0 in each phase and cycle counts the phases."""
    weeks = facts(race_text("2027-01-17", 10), weeks=8)
    assert [(w.phase.value, w.phase_week, w.cycle) for w in weeks] == [
        ("base", 0, 0), ("base", 1, 0), ("build", 0, 1), ("build", 1, 1), ("peak", 0, 2), ("taper", 0, 3),
        ("race-week", 0, 4), ("recovery", 0, 5)]


@pytest.mark.parametrize(("area", "until", "hops"), [
    ("achilles", "", 0), ("shoulder", "", 1), ("knee", "", 0),
    ("achilles", "until = 2026-11-29", 1), ("achilles", "until = 2026-11-30", 0),
])
def test_a_sore_leg_does_not_hop(area: str, until: str, hops: int) -> None:
    """An injury of foot, calf, knee or hip that is not over on the Monday takes the hops out of the week."""
    injury = f'[[injuries]]\narea = "{area}"\nsince = 2026-11-01\n{until}\n'
    race = race_text("2027-04-11", 10)
    assert facts(injury + race)[0].targets.plyometric == hops
