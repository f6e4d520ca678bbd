"""Phases of method 7.3, by hand: which day and which week belongs to which phase, and where a plan ends."""

from __future__ import annotations

import datetime as dt

import pytest

from builders import MONDAY
from midstance.domain.plan import Phase
from midstance.domain.runner import Race
from midstance.planning.phases import default_end, phase_of_date, phases_of_weeks, recovery_days, squeezed, taper_days

EARLY = dt.date(2026, 1, 5)
RACE_DAY = dt.date(2026, 10, 11)            # a Sunday, 40 weeks after EARLY


def race(km: float, date: dt.date = RACE_DAY, priority: str = "A") -> Race:
    return Race(date=date, distance_km=km, priority=priority)


def phase_at(days: int, km: float, *, start: dt.date = EARLY, months: tuple[int, ...] = ()) -> str:
    """Give the phase so many days before (negative: after) the race."""
    date = RACE_DAY - dt.timedelta(days=days)
    return phase_of_date(date, a_races=(race(km),), start=start, indoor_months=months).value


@pytest.mark.parametrize(("km", "days"), [
    (5, {0: "race-week", 6: "race-week", 7: "race-week", 8: "peak"}),
    (6, {7: "race-week", 8: "peak"}),
    (6.1, {6: "race-week", 7: "taper", 10: "taper", 11: "peak"}),
    (10, {6: "race-week", 7: "taper", 10: "taper", 11: "peak"}),
    (10.6, {14: "taper", 15: "peak"}),
    (21.0975, {6: "race-week", 7: "taper", 14: "taper", 15: "peak", 35: "peak", 36: "build", 84: "build", 85: "base",
               140: "base", 141: "off-season", 279: "off-season"}),
    (42.195, {14: "taper", 15: "peak", 35: "peak", 36: "build"}),
])
def test_the_days_before_a_race(km: float, days: dict[int, str]) -> None:
    """Base from 20 weeks before, build from 12, peak from 5, taper 7, 10 or 14 days by distance, then race week."""
    assert {d: phase_at(d, km) for d in days} == days


@pytest.mark.parametrize(("km", "days"), [(5, 7), (10.5, 7), (21.1, 10), (21.6, 10), (42.2, 14), (43, 14), (50, 21)])
def test_recovery_follows_for_as_long_as_the_distance_asks(km: float, days: int) -> None:
    """7 days to 10 km, 10 after a half, 14 after a marathon, 21 beyond; then the cycle starts again."""
    assert recovery_days(km) == days
    assert phase_at(-1, km) == phase_at(-days, km) == "recovery"
    assert phase_at(-days - 1, km) == "off-season"


def test_no_a_race_is_off_season() -> None:
    """Without an A race, and with B and C races only, every week is off-season."""
    races = (race(10, priority="B"), race(5, RACE_DAY - dt.timedelta(days=14), "C"))
    assert set(phases_of_weeks(EARLY, RACE_DAY, races=races)) == {Phase.OFF_SEASON}


@pytest.mark.parametrize(("lead", "borders"), [
    (140, {"peak": 35, "build": 84}), (77, {"peak": 24, "build": 49}), (35, {"peak": 17, "build": 25}),
    (14, {"peak": 14, "build": 14}),
])
def test_short_leads_squeeze_in_proportion(lead: int, borders: dict[str, int]) -> None:
    """With 77 days for a half the 21 days of peak become 21 * 63 / 126 = 10.5 before the 14 of taper, and so on."""
    assert int(squeezed(35, 14, lead)) == borders["peak"]
    assert int(squeezed(84, 14, lead)) == borders["build"]
    start = RACE_DAY - dt.timedelta(days=lead)
    assert phase_at(14, 21.1, start=start) == "taper"
    assert phase_at(6, 21.1, start=start) == "race-week"


def test_taper_and_race_week_go_last() -> None:
    """A start ten days before a marathon is all taper and race week, five days before all race week."""
    assert {phase_at(d, 42.2, start=RACE_DAY - dt.timedelta(days=10)) for d in range(7, 11)} == {"taper"}
    assert {phase_at(d, 42.2, start=RACE_DAY - dt.timedelta(days=5)) for d in range(6)} == {"race-week"}


def test_weeks_of_a_long_plan() -> None:
    """Forty weeks to a half: 20 off-season, 8 base, 7 build, 3 peak, taper, race week; recovery takes one week."""
    found = phases_of_weeks(EARLY, RACE_DAY + dt.timedelta(days=21), races=(race(21.1),))
    assert [(p.value, found.count(p)) for p in dict.fromkeys(found)] == [
        ("off-season", 22), ("base", 8), ("build", 7), ("peak", 3), ("taper", 1), ("race-week", 1), ("recovery", 1)]


def test_a_week_takes_the_phase_of_most_of_its_days() -> None:
    """A 10 km race on a Wednesday: four days of its week come after it, four of the week before are race week."""
    wednesday = dt.date(2026, 10, 14)
    found = phases_of_weeks(EARLY, wednesday + dt.timedelta(days=11), races=(race(10, wednesday),))
    assert [p.value for p in found[-4:]] == ["peak", "race-week", "recovery", "off-season"]


def test_the_cycle_does_not_fall_back() -> None:
    """A race on Saturday: its Sunday is recovery, six days are race week, and the cycle never falls back."""
    saturday = RACE_DAY - dt.timedelta(days=1)
    found = phases_of_weeks(EARLY, RACE_DAY, races=(race(10, saturday),))
    assert [p.value for p in found[-3:]] == ["peak", "taper", "race-week"]


def test_a_plan_that_starts_mid_week_counts_the_whole_week() -> None:
    """A start on Saturday eight days before a 10 km race: that week is taper by the days before it, too."""
    start = RACE_DAY - dt.timedelta(days=8)
    assert [p.value for p in phases_of_weeks(start, RACE_DAY, races=(race(10),))] == ["taper", "race-week"]


def test_two_a_races_four_weeks_apart() -> None:
    """After the first comes recovery, then what is left is squeezed: build, taper, race week; no base in between."""
    second = RACE_DAY + dt.timedelta(weeks=4)
    races = (race(10), race(10, second))
    found = phases_of_weeks(EARLY, second, races=races)
    assert [p.value for p in found[-5:]] == ["race-week", "recovery", "build", "taper", "race-week"]


def test_two_a_races_in_one_week_and_ten_days_apart() -> None:
    """A second race within the recovery of the first makes race week at once; the rules around races still hold."""
    near = (race(10), race(5, RACE_DAY + dt.timedelta(days=6)))
    assert phases_of_weeks(EARLY, near[1].date, races=near)[-1] is Phase.RACE_WEEK
    later = (race(10), race(5, RACE_DAY + dt.timedelta(days=14)))
    assert [p.value for p in phases_of_weeks(EARLY, later[1].date, races=later)[-2:]] == ["recovery", "race-week"]


def test_a_race_before_the_plan_only_shapes_its_recovery() -> None:
    """A marathon two days before the plan: twelve days of recovery are left, then off-season."""
    past = race(42.2, MONDAY - dt.timedelta(days=2))
    found = phases_of_weeks(MONDAY, MONDAY + dt.timedelta(days=27), races=(past,))
    assert [p.value for p in found] == ["recovery", "recovery", "off-season", "off-season"]


def test_b_races_make_no_phase() -> None:
    """A B race between leaves taper and recovery to the A race."""
    b = race(10, RACE_DAY - dt.timedelta(weeks=3), "B")
    assert phases_of_weeks(EARLY, RACE_DAY, races=(b, race(21.1))) == phases_of_weeks(
        EARLY, RACE_DAY, races=(race(21.1),))


def test_indoor_months_are_off_season_where_no_a_race_is_near() -> None:
    """In June and July base is off-season while the race is more than 12 weeks away, and build stays build."""
    months = (6, 7, 8)
    assert phase_at(85, 21.1, months=months) == "off-season"      # 18 July
    assert phase_at(84, 21.1, months=months) == "build"           # 19 July
    assert phase_at(85, 21.1, months=(1, 2)) == "base"


@pytest.mark.parametrize(("km", "end"), [
    (5, "2026-10-18"), (10, "2026-10-18"), (21.1, "2026-10-25"), (42.2, "2026-10-25"), (50, "2026-11-01"),
])
def test_a_plan_ends_with_the_recovery_of_its_last_a_race(km: float, end: str) -> None:
    """The Sunday on or after race day plus 7, 10, 14 or 21 days."""
    races = (race(10, RACE_DAY - dt.timedelta(weeks=8)), race(km), race(5, RACE_DAY + dt.timedelta(weeks=9), "B"))
    assert default_end(EARLY, races) == dt.date.fromisoformat(end)


def test_without_an_a_race_within_a_year_a_plan_has_sixteen_weeks() -> None:
    """Past races, B races and races beyond 52 weeks do not count; a first week cut short is one of the sixteen."""
    sixteen = dt.date(2027, 3, 21)
    far = MONDAY + dt.timedelta(weeks=52)
    assert default_end(MONDAY, ()) == sixteen
    assert default_end(MONDAY + dt.timedelta(days=3), (race(10, MONDAY), race(10, far, "B"))) == sixteen
    assert default_end(MONDAY, (race(10, far),)) == far + dt.timedelta(days=13)
    assert default_end(MONDAY, (race(10, far + dt.timedelta(days=1)),)) == sixteen
    assert default_end(MONDAY, (race(10, MONDAY),)) == MONDAY + dt.timedelta(days=13)


def test_taper_days_by_distance() -> None:
    """7 days to 6 km, 10 to 10.5 km, 14 beyond."""
    assert [taper_days(km) for km in (5, 6, 6.5, 10.5, 10.6, 42.2, 100)] == [7, 7, 10, 10, 14, 14, 14]
