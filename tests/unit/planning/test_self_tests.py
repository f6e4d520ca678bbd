"""What self-tests change in a plan, what they do not, and for how long."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from builders import MONDAY
from midstance.catalogue.load import load_catalogue
from midstance.domain.plan import Phase
from midstance.domain.session import Kind
from midstance.formats.runner_toml import parse_runner
from midstance.planning.arranging.sides import sides_of
from midstance.planning.make import Brief, make_plan
from midstance.planning.progressing.values import Progress
from midstance.services.handbook import all_rules

if TYPE_CHECKING:
    from midstance.domain.plan import Plan
    from midstance.domain.runner import Runner

RUNNER = """[runner]
timezone = "UTC"
running_level = "intermediate"
strength_level = "{level}"
goal = "10k"
birth_year = 1990
sex = "female"
{kit}
{races}
""" + "".join(f'''[[running]]
day = "{day}"
start = "06:30"
minutes = {minutes}
type = "{kind}"
''' for day, minutes, kind in (("tue", 45, "easy"), ("thu", 45, "easy"), ("sun", 75, "long"))) + """[assessment]
{results}
"""
KIT = 'equipment = ["kettlebell", "dumbbell", "step", "box"]\nweights_kg = [8, 12, 16, 16, 24]'
LONG = 12


def runner_with(results: str, *, level: str = "intermediate", kit: str = KIT, races: str = "") -> Runner:
    """Make a runner with some results."""
    text = RUNNER.format(level=level, kit=kit, results=results, races=races)
    return parse_runner(text.encode(), "runner.toml")


def planned(results: str = "", *, weeks: int = 4, progress: Progress | None = None, **runner: str) -> Plan:
    """Make a plan with some results."""
    brief = Brief(runner=runner_with(results, **runner), first=MONDAY, progress=progress,
                  last=MONDAY + dt.timedelta(days=7 * weeks - 1))
    return make_plan(brief, rules=all_rules(), catalogue=load_catalogue().exercises, version="0")[0]


def exercises(plan: Plan, weeks: tuple[int, int] = (0, LONG)) -> list[str]:
    """List the exercises of the main blocks of some weeks."""
    return [item.exercise for week in plan.weeks[weeks[0]:weeks[1]] for s in week.sessions for block in s.blocks
            if block.label != "warm-up" for item in block.items]


def whys(plan: Plan) -> str:
    """All reasons of a plan."""
    return " ".join(why for s in plan.sessions for why in s.why)


BALANCE = ("balance-eyes-open-s = { left = 6, right = 7 }", {"single-leg-deadlift", "single-leg-step-up"},
           "less than 10 seconds on one foot")
PUSH_UPS = ("push-up-reps = 4", {"push-up", "feet-raised-push-up"}, "fewer than 5 push-ups")
SQUAT = ("squat-depth = 0", {"squat"}, "a squat that stops above level")


@pytest.mark.parametrize(("level", "results", "gone", "words"), [
    ("beginner", *BALANCE), ("intermediate", *BALANCE), ("beginner", *PUSH_UPS), ("intermediate", *PUSH_UPS),
    ("beginner", *SQUAT)])
def test_what_is_too_soon_waits_and_the_reason_is_told(level: str, results: str, gone: set[str], words: str) -> None:
    """A low result brings easier versions in the first weeks, and says so where it chose something."""
    plain, checked = planned(level=level), planned(results, level=level)
    assert gone & set(exercises(plain)), "without the result they are there"
    assert not gone & set(exercises(checked))
    assert f"your test found {words} (" in whys(checked)
    assert "your test" not in whys(plain)


@pytest.mark.parametrize(("results", "patterns", "words"), [
    ("balance-eyes-open-s = 8", {"foot", "hip-abduction"}, "less than 10 seconds"),
    ("posture-look = 2", {"thoracic-mobility", "pull"}, "shoulders or head drifting forward"),
    ("posture-look = 1", {"core-front"}, "a lower back that arches a lot"),
    ("squat-depth = 1", {"ankle-mobility"}, "heels that lift in a deep squat"),
    ("calf-raise-reps = { left = 12, right = 13 }", {"calf-straight", "calf-bent"}, "clearly fewer calf raises"),
    ("knee-to-wall-cm = 7", {"squat", "calf-straight", "calf-bent", "ankle-mobility"},
     "an ankle that bends less than 9 centimetres"),
])
def test_what_helps_is_preferred(results: str, patterns: set[str], words: str) -> None:
    """Exercises that answer a result come at least as often as without it, and are named with it."""
    known = load_catalogue().exercises

    def count(plan: Plan) -> int:
        return sum(known[id_].pattern in patterns for id_ in exercises(plan))

    checked = planned(results)
    assert count(checked) >= count(planned())
    assert words in whys(checked)


def test_a_stiff_ankle_is_answered_with_load_and_not_with_stretching() -> None:
    """Squats and deep calf work name the test; the quiet calf stretch never does, and comes no more often."""
    checked, plain = planned("knee-to-wall-cm = { left = 7, right = 10 }", weeks=8), planned(weeks=8)
    said = [why for s in checked.sessions for why in s.why if "Knee to the wall" in why]
    assert said
    assert not [why for why in said if "stretch" in why.lower()]
    assert exercises(checked).count("calf-stretch") <= exercises(plain).count("calf-stretch")


def test_good_results_change_nothing() -> None:
    """Whoever is as steady, mobile and strong as is typical gets the plan of somebody who skipped the tests."""
    fine = planned("balance-eyes-open-s = { left = 45, right = 41 }\npush-up-reps = 10\nposture-look = 3\n"
                   "squat-depth = 2\nsingle-leg-squat-faults = { left = 1, right = 1 }\n"
                   "calf-raise-reps = { left = 27, right = 24 }\nknee-to-wall-cm = { left = 11, right = 12 }\n"
                   "side-plank-s = { left = 60, right = 55 }\nplank-s = 90\n")
    sides = {item.first_side for s in fine.sessions for b in s.blocks for item in b.items}
    assert exercises(fine) == exercises(planned())
    assert sides == {None}, "differences within the noise let no side lead"
    assert not [item for s in fine.sessions for b in s.blocks for item in b.items if item.extra_rounds]


def test_where_sessions_go_does_not_change() -> None:
    """Self-tests choose exercises: dates, kinds and minutes stay."""
    low = planned("balance-eyes-open-s = 3\npush-up-reps = 0\nsquat-depth = 1\nposture-look = 2")
    shape = [(s.start, s.kind, s.minutes) for s in low.sessions]
    assert shape == [(s.start, s.kind, s.minutes) for s in planned().sessions]


def test_the_less_steady_side_leads_without_a_set_more() -> None:
    """What the eye saw decides which side goes first, never how much it does."""
    plan = planned("single-leg-squat-faults = { left = 3, right = 0 }")
    legs = [item for s in plan.sessions if s.kind is Kind.HEAVY for b in s.blocks if b.label != "warm-up"
            for item in b.items if item.per_side and item.first_side]
    assert legs
    assert {item.first_side for item in legs} == {"left"}
    assert not any(item.extra_rounds for item in legs)
    assert "it looked less steady (Small squats on one leg)" in whys(plan)


def test_a_measured_side_counts_before_a_seen_one() -> None:
    """Where both speak about a pattern, the measured test decides."""
    sides = sides_of(runner_with("single-leg-squat-faults = { left = 3, right = 1 }\n"
                                 "calf-raise-reps = { left = 30, right = 20 }"), MONDAY)
    assert sides.first["calf-straight"] == "right"
    assert sides.first["squat"] == "left"
    assert "calf-straight" not in sides.felt


@pytest.mark.parametrize(("results", "extra"), [
    ("balance-eyes-open-s = { left = 24, right = 30 }", set()),
    ("balance-eyes-open-s = { left = 12, right = 30 }", {"foot", "hip-abduction"}),
    ("calf-raise-reps = { left = 30, right = 24 }", set()),
    ("calf-raise-reps = { left = 31, right = 24 }", {"calf-straight", "calf-bent"}),
])
def test_noise_is_noise(results: str, extra: set[str]) -> None:
    """A difference within the test's noise leads to no set more; one beyond it does."""
    assert sides_of(runner_with(results), MONDAY).extra == extra


def test_one_set_more_is_the_most_a_session_gets() -> None:
    """However many tests say weak, one item of a session gets one set more (R48)."""
    plan = planned("calf-raise-reps = { left = 30, right = 9 }\nside-plank-s = { left = 10, right = 60 }\n"
                   "single-leg-bridge-reps = { left = 8, right = 30 }\nknee-to-wall-cm = { left = 3, right = 12 }")
    extras = [[item.extra_rounds for b in s.blocks for item in b.items if item.extra_rounds] for s in plan.sessions]
    assert max(map(len, extras)) == 1
    assert all(rounds == 1 for one in extras for rounds_of in one for _, rounds in rounds_of)


def test_waiting_ends() -> None:
    """After eight weeks the harder versions come in by themselves."""
    plan = planned("push-up-reps = 2", level="beginner", kit="", weeks=LONG)
    assert "push-up" not in exercises(plan, (0, 8))
    assert "push-up" in exercises(plan, (8, LONG))


def test_the_log_ends_it_sooner() -> None:
    """Whoever logs a push-up gets push-ups, whatever a test said."""
    done = planned("push-up-reps = 4", level="beginner", kit="", progress=Progress(known=frozenset({"push-up"})))
    assert "push-up" in exercises(done)


def test_retests_stand_six_to_eight_weeks_later_on_a_quiet_day() -> None:
    """A flagged result comes back after six to eight weeks, on a day without hard work on it or beside it."""
    plan = planned("calf-raise-reps = { left = 26, right = 12 }", weeks=LONG)
    first = plan.retests[0]
    assert 42 <= (first.date - MONDAY).days <= 56
    assert first.tests == ("calf-raise-reps",)
    near = {first.date + dt.timedelta(days=n) for n in (-1, 0, 1)}
    assert not [r for r in plan.runs if r.hard and r.date in near]
    assert not [s for s in plan.sessions if s.hard and s.date == first.date]
    assert not planned(weeks=LONG).retests, "without results there is nothing to do again"


def test_no_retest_stands_near_a_race() -> None:
    """The week before a race and the days after it stay free of tests."""
    race = MONDAY + dt.timedelta(weeks=7, days=-1)
    races = f'[[races]]\ndate = {race}\ndistance_km = 21.1\npriority = "A"\n'
    plan = planned("calf-raise-reps = { left = 26, right = 12 }", weeks=14, races=races)
    assert plan.retests
    for retest in plan.retests:
        week = next(w for w in plan.weeks if w.starts <= retest.date <= w.starts + dt.timedelta(days=6))
        assert week.phase not in (Phase.RACE_WEEK, Phase.RECOVERY)
        assert not -7 <= (retest.date - race).days <= 3
