"""Dose and taste: fresh legs, order on a day, habits, and what each costs."""

from __future__ import annotations

import datetime as dt

import pytest

from builders import MONDAY, RULES, a_plan_of, a_runner, cost_of, days_found, judged, race_text
from midstance.catalogue.load import load_catalogue
from midstance.domain.evidence import Tier
from midstance.domain.history import History
from midstance.domain.session import Kind
from midstance.planning.check import check_plan, evaluate, sessions_as_choices
from midstance.planning.prepare import prepare_facts
from midstance.planning.settle_runs import SettledRuns
from midstance.rules import _prices as price


@pytest.mark.parametrize(("text", "found"), [
    ("Mon 06:06 heavy 24min | Wed 06:30 intervals 50min", []),              # 48 h exactly
    ("Mon 06:07 heavy 24min | Wed 06:30 intervals 50min", ["Mon"]),
    ("Mon 18:00 plyometric 10min | Wed 06:30 tempo 50min", ["Mon"]),
    ("Mon 18:00 heavy 24min | Wed 06:30 hills 50min", ["Mon"]),
    ("Mon 18:00 heavy 24min | Wed 06:30 fartlek 50min", []),                # not among the runs that ask for it
    ("Mon 18:00 heavy 24min | Wed 06:30 long 91min", ["Mon"]),
    ("Mon 18:00 heavy 24min | Wed 06:30 long 90min", []),
    ("Mon 18:00 heavy 24min | Wed 06:30 race 10km", []),                    # races have their own rule
    ("Mon 18:00 strength 24min | Wed 06:30 intervals 50min", []),
    ("Wed 06:30 intervals 50min | Wed 18:00 heavy 24min", []),              # the run is over
])
def test_fresh_legs_for_the_runs_that_matter(text: str, found: list[str]) -> None:
    """48 h between hard strength and a following quality run or run over 90 min, as a dose wish."""
    assert days_found(text, "fresh-legs", tier="dose") == found


@pytest.mark.parametrize(("since", "found"), [
    ("", ["Mon", "2 Mon"]), ("strength_since = 2026-11-20", ["Mon"]), ("strength_since = 2026-11-01", []),
])
def test_a_newcomers_first_two_weeks(since: str, found: list[str]) -> None:
    """Body-weight strength counts as heavy for 14 days from the plan's start, or from strength_since."""
    text = " || ".join(["Mon 18:00 strength 20min | Wed 06:30 intervals 50min"] * 3)
    runner = f'strength_level = "beginner"\n{since}'
    assert days_found(text, "fresh-legs", runner) == found
    assert days_found(text, "fresh-legs", since) == []


@pytest.mark.parametrize(("text", "taste"), [
    ("Mon 18:00 strength 24min | Tue 06:30 intervals 50min", price.EVE_OF_QUALITY),
    ("Mon 18:00 strength 24min | Tue 18:24 intervals 50min", 0),            # 24 h exactly
    ("Sat 10:00 strength 24min | Sun 08:00 long 120min", price.EVE_OF_QUALITY),
    ("Sat 10:00 strength 24min | Sun 08:00 long 90min", 0),
    ("Mon 18:00 upper 24min | Tue 06:30 intervals 50min", 0),
])
def test_no_leg_strength_on_the_eve_of_quality(text: str, taste: int) -> None:
    """Body-weight or light leg strength keeps 24 h before a quality run or a run over 90 min, as a matter of taste."""
    assert cost_of(text, "fresh-legs") == (0, taste)


@pytest.mark.parametrize("kind", ["heavy", "strength", "plyometric"])
@pytest.mark.parametrize("priority", ["A", "B"])
def test_three_days_before_a_race_that_matters(kind: str, priority: str) -> None:
    """An A or B race asks for 72 h without leg work as a wish, lighter leg work included."""
    text, race = "Thu {} " + kind + " 24min | Sun 10:00 race 50min 10km", race_text("Sun", 10, priority)
    assert days_found(text.format("09:36"), "fresh-legs", race) == []
    (found,) = judged(text.format("09:37"), "fresh-legs", race)
    assert found.tier == "dose"
    assert "72 h are better" in found.says
    assert "48" not in found.says


def test_c_races_are_trained_through() -> None:
    """A C race, or one that only the calendar knows, asks for no mini-taper; upper-body work is free before any."""
    text = "Thu 18:00 strength 24min | Sun 10:00 race 50min 10km"
    assert days_found(text, "fresh-legs", race_text("Sun", 10, "C")) == []
    assert days_found(text, "fresh-legs") == []
    assert days_found(text.replace("strength", "upper"), "fresh-legs", race_text("Sun", 10)) == []


@pytest.mark.parametrize(("text", "taste"), [
    ("Tue 06:30 tempo 50min | Tue 13:20 strength 20min", 0),                # 6 h after a hard run
    ("Tue 06:30 tempo 50min | Tue 13:19 strength 20min", 2),
    ("Tue 06:30 tempo 50min | Tue 10:20 strength 20min", 2),                # 3 h
    ("Tue 06:30 tempo 50min | Tue 10:19 strength 20min", 6),
    ("Tue 06:30 easy 50min | Tue 07:20 strength 20min", 0),                 # directly after an easy run
    ("Tue 07:00 strength 20min | Tue 18:00 easy 50min", 2),                 # before the run
    ("Tue 15:00 strength 20min | Tue 18:00 easy 50min", 4),                 # and less than 3 h
    ("Tue 07:00 mobility 20min | Tue 18:00 easy 50min", 0),
    ("Tue 17:00 mobility 20min | Tue 18:00 easy 50min", price.MOBILITY_FIRST),
    ("Tue 18:00 easy 50min | Tue 19:00 mobility 20min", 0),
    ("Tue 07:00 strength 20min | Wed 06:30 easy 50min", 0),
])
def test_run_first_strength_later(text: str, taste: int) -> None:
    """On a shared day strength comes after the run, 6 h or more after a hard one, 3 h at least."""
    assert cost_of(text, "strength-after-running") == (0, taste)


@pytest.mark.parametrize(("text", "days"), [
    ("Mon 18:00 strength 20min || Mon 18:00 heavy 24min || Mon 18:00 upper 20min", 0),
    ("Mon 18:00 strength 20min || Tue 18:00 strength 20min", 2),
    ("Mon 18:00 strength 20min || Mon 18:00 mobility 15min", 2),
    ("Mon 18:00 plyometric 10min || Wed 18:00 plyometric 10min", 0),
    ("Mon 18:00 mobility 15min || Mon 18:00 mobility 15min | Thu 18:00 mobility 15min", 1),
])
def test_the_same_weekdays(text: str, days: int) -> None:
    """Lifting and mobility are compared apart, week by week; hops are free."""
    assert cost_of(text, "same-days") == (0, days * price.OTHER_WEEKDAY)


@pytest.mark.parametrize(("text", "taste"), [
    ("Mon 18:00 strength 20min | Tue 18:00 upper 20min", price.BACK_TO_BACK),
    ("Mon 18:00 strength 20min | Tue 18:00 upper 20min | Wed 18:00 strength 20min", 2 * price.BACK_TO_BACK),
    ("Sun 18:00 strength 20min || Mon 18:00 strength 20min", price.BACK_TO_BACK),
    ("Mon 18:00 strength 20min | Tue 18:00 mobility 15min", 0),
    ("Mon 06:30 heavy 24min | Tue 18:00 plyometric 10min", price.BACK_TO_BACK + price.HARD_BACK_TO_BACK),
    ("Tue 06:30 tempo 50min | Wed 18:00 heavy 24min | Thu 20:00 tempo 40min", 2 * price.NEXT_TO_HARD),
    ("Tue 06:30 tempo 50min | Wed 18:00 strength 24min", 0),
    ("Wed 18:00 heavy 24min | Fri 20:00 heavy 24min", price.HEAVY_TOO_SOON),  # whatever the hour
    ("Tue 18:00 heavy 24min | Fri 18:00 heavy 24min", 0),
    ("Wed 18:00 heavy 24min | Fri 08:00 strength 24min", 0),
    ("Wed 18:00 heavy 24min | Fri 08:00 plyometric 10min", 0),
    ("Sun 18:00 heavy 24min || Tue 08:00 heavy 24min", 0),                  # only inside a week
    ("Tue 06:30 tempo 50min | Tue 18:00 heavy 24min", 0),
])
def test_not_back_to_back(text: str, taste: int) -> None:
    """Strength on consecutive dates costs, and a hard session on the date before or after a hard run."""
    assert cost_of(text, "not-back-to-back") == (0, taste)


def test_days_and_hours_a_runner_likes() -> None:
    """Strength off the named days costs; so do odd hours where no windows were named for the day."""
    likes = 'strength_days = ["tue", "fri"]'
    assert cost_of("Tue 18:00 heavy 24min | Fri 18:00 upper 20min | Sat 18:00 mobility 15min",
                   "preferred-days", likes) == (0, 0)
    assert cost_of("Mon 18:00 heavy 24min", "preferred-days", likes) == (0, price.PREFERRED_DAY)
    assert cost_of("Mon 18:00 heavy 24min", "preferred-days") == (0, 0)
    assert cost_of("Mon 06:59 mobility 15min", "preferred-days") == (0, price.ODD_HOUR)
    assert cost_of("Mon 07:00 mobility 15min | Tue 20:15 mobility 15min", "preferred-days") == (0, 0)
    assert cost_of("Tue 20:16 mobility 15min", "preferred-days") == (0, price.ODD_HOUR)
    assert cost_of("Mon 06:00 mobility 15min", "preferred-days", '[availability]\nmon = ["06:00-07:00"]\n') == (0, 0)


def test_strength_goes_where_the_day_is_light() -> None:
    """The price is twice the day's share of an average running day, at most 3; an empty day costs nothing."""
    runs = "Tue 06:30 easy 40min | Thu 06:30 easy 40min | Sun 08:00 easy 120min"
    # loads 120, 120, 360, on average 200: Tuesday 2 * 120 / 200 = 1, Sunday 3
    assert cost_of(f"{runs} | Tue 18:00 strength 20min", "even-days") == (0, 1)
    assert cost_of(f"{runs} | Sun 18:00 strength 20min", "even-days") == (0, 3)
    assert cost_of(f"{runs} | Mon 18:00 strength 20min | Sun 18:00 mobility 15min", "even-days") == (0, 0)
    race = f"{runs} | Sat 18:00 race 30min 5km | Sat 10:00 mobility 15min"
    assert cost_of(race, "even-days") == (0, 3)
    hard = "Tue 06:30 tempo 60min | Tue 18:00 heavy 24min | Sun 08:00 easy 60min"
    assert cost_of(hard, "even-days") == (0, 2)
    assert cost_of(hard, "even-days", "hard_days_hard = true") == (0, 0)


@pytest.mark.parametrize(("first", "second", "taste"), [
    ("", "Tue 18:00 strength 20min", 0),                                    # 1 unit of 100 AU: small steps are free
    ("", "Tue 18:00 heavy 30min | Thu 18:00 heavy 30min", 30),              # 5 x 4 - 10 and 10 x 4 - 20
    ("Tue 18:00 heavy 30min", "Tue 18:00 heavy 30min", 0),
    ("Tue 18:00 heavy 30min | Thu 18:00 heavy 30min", "", 0),               # a week may fall
])
def test_a_week_rises_by_a_fifth_at_most(first: str, second: str, taste: int) -> None:
    """Beside 600 AU of easy running a rise beyond 20 % costs, beyond 30 % twice, in units of 100 AU."""
    text = f"Mon 06:30 easy 200min | {first} || Mon 06:30 easy 200min | {second}"
    assert cost_of(text, "steady-load") == (0, taste)


def test_a_short_first_week_says_nothing_about_the_second() -> None:
    """A week that begins on Saturday is no measure for the next."""
    text = "Sat 06:30 easy 60min || Mon 06:30 easy 60min | Tue 18:00 heavy 30min | Thu 18:00 heavy 30min"
    assert days_found(text, "steady-load", first=MONDAY + dt.timedelta(days=5)) == []
    assert days_found(text, "steady-load") != []


def test_a_new_plan_stays_close_to_the_one_before() -> None:
    """Each session that left its day and each that came costs; what stayed, and days before the plan, cost nothing."""
    runner, plan = a_runner(), a_plan_of("Mon 18:00 strength 20min | Thu 18:00 heavy 24min")
    settled = SettledRuns(runs=(), notes=(), easy_pace_s_per_km=390)
    day = MONDAY.toordinal()
    old = frozenset({(day - 1, Kind.HEAVY), (day, Kind.STRENGTH), (day + 4, Kind.HEAVY)})
    facts = prepare_facts(runner, settled, History(), first=plan.starts, last=plan.ends, published=old)
    problem = sessions_as_choices(facts, plan.sessions, runner, ())
    broken, cost = evaluate(RULES["stay-close"].yield_claims(problem))
    assert cost == (0, 2 * price.CHANGED_DAY)
    assert [claim.day - day for claim, _ in broken] == [4, 3]
    assert all(claim.tier is Tier.TASTE for claim, _ in broken)
    free = prepare_facts(runner, settled, History(), first=plan.starts, last=plan.ends)
    assert not list(RULES["stay-close"].yield_claims(sessions_as_choices(free, plan.sessions, runner, ())))


def test_regions_are_counted_on_the_finished_week() -> None:
    """With two lifting sessions a week, a leg region or the core without a single set is a dose finding."""
    one = "Mon 18:00 strength 20min: A1 push-up 3x8, A2 plank 3x40s"
    two = f"{one} | Thu 18:00 strength 20min: A1 push-up 3x8, A2 squat 3x8"
    exercises = load_catalogue().exercises

    def found(text: str) -> list[str]:
        plan = a_plan_of(text)
        wanted = {"glutes": 6, "quads": 6, "hamstrings": 6, "calves": 4, "core": 6, "push": 2}
        for week in plan.weeks:
            week.targets.sets.update(wanted)
        report = check_plan(plan, (), runner=a_runner(), catalogue=exercises)
        assert {f.rule for f in report.findings} <= {"regions-covered"}
        return [f.says for f in report.findings]

    assert found(one) == []
    missing = " ".join(found(two))
    assert "no set for hamstrings, 6 are wanted" in missing
    assert "calves" in missing
    assert "core" not in missing
    assert "push" not in missing


def test_a_single_run_far_beyond_the_longest() -> None:
    """11 km after 10 km is the border; 11.1 km gets a note, and beyond 13 km the note names what would be a step."""
    recent, text = "recent_longest_km = 10", "Sun 08:00 long 70min {}km"
    assert judged(text.format(11), "single-run-spike", recent) == []
    (found,) = judged(text.format(11.1), "single-run-spike", recent)
    assert (found.on, found.tier) == ("calendar", "dose")
    assert "At most" not in found.says
    (found,) = judged(text.format(13.1), "single-run-spike", recent)
    assert "At most 13.0 km" in found.says
    assert judged("Sun 08:00 race 70min 21.1km", "single-run-spike", recent) == []
    assert judged(text.format(30), "single-run-spike") == []


def test_the_longest_run_is_forgotten_after_thirty_days() -> None:
    """Without a past nothing is judged for 30 days; then the longest of 30 days counts, not of all time."""
    text = "Mon 08:00 long 120min 20km || || || || Tue 08:00 easy 60min 10km | Thu 08:00 long 75min 12km"
    assert days_found(text, "single-run-spike", on="calendar") == ["5 Thu"]
    nearer = "Wed 08:00 long 120min 20km || || || || Tue 08:00 easy 60min 10km | Thu 08:00 long 75min 12km"
    assert days_found(nearer, "single-run-spike", on="calendar") == []


@pytest.mark.parametrize(("now", "found"), [(30.0, []), (30.1, ["2 Mon"])])
def test_weekly_kilometres_jump_beyond_a_fifth(now: float, found: list[str]) -> None:
    """25 km and then 30 km are exactly 20 %; more gets a note on the calendar."""
    text = f"Mon 06:30 easy 150min 25km || Mon 06:30 easy 180min {now}km"
    assert days_found(text, "weekly-jump", on="calendar") == found


def test_which_weeks_are_no_measure() -> None:
    """After a week under 20 km, or under 60 % of the four before, or one that is cut short, nothing is said."""
    assert judged("Mon 06:30 easy 60min 19km || Mon 06:30 easy 90min 40km", "weekly-jump") == []
    text = " || ".join(f"Mon 06:30 easy 150min {km}km" for km in (50, 50, 22, 50))
    assert judged(text, "weekly-jump") == []
    cut = "Fri 06:30 easy 150min 25km || Mon 06:30 easy 210min 40km || Mon 06:30 easy 210min 60km"
    assert days_found(cut, "weekly-jump", on="calendar", first=MONDAY + dt.timedelta(days=4)) == ["3 Mon"]
    assert days_found(cut, "weekly-jump", "recent_week_km = 30", on="calendar",
                      first=MONDAY + dt.timedelta(days=4)) == ["2 Mon", "3 Mon"]
