"""What the five questions at a mirror change in a plan, what they do not, and for how long."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from builders import MONDAY
from midstance.catalogue.load import load_catalogue
from midstance.domain.session import Kind
from midstance.formats.runner_toml import parse_runner
from midstance.planning.arranging.sides import SELF_CHECK, sides_of
from midstance.planning.make import Brief, make_plan
from midstance.planning.progressing.values import Progress
from midstance.services.handbook import all_rules

if TYPE_CHECKING:
    from midstance.domain.plan import Plan

RUNNER = """[runner]
timezone = "UTC"
running_level = "intermediate"
strength_level = "{level}"
goal = "10k"
{kit}
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


def planned(results: str = "", *, level: str = "intermediate", kit: str = KIT, weeks: int = 4,
            progress: Progress | None = None) -> Plan:
    """Make a plan with some results of the self-check."""
    runner = parse_runner(RUNNER.format(level=level, kit=kit, results=results).encode(), "runner.toml")
    brief = Brief(runner=runner, first=MONDAY, last=MONDAY + dt.timedelta(days=7 * weeks - 1), progress=progress)
    return make_plan(brief, rules=all_rules(), catalogue=load_catalogue().exercises, version="0")[0]


def exercises(plan: Plan, weeks: tuple[int, int] = (0, LONG)) -> list[str]:
    """List the exercises of the main blocks of some weeks."""
    return [item.exercise for week in plan.weeks[weeks[0]:weeks[1]] for s in week.sessions for block in s.blocks
            if block.label != "warm-up" for item in block.items]


def whys(plan: Plan) -> str:
    """All reasons of a plan."""
    return " ".join(why for s in plan.sessions for why in s.why)


BALANCE = ("mirror-balance-s = { left = 6, right = 7 }", {"single-leg-deadlift", "single-leg-step-up"},
           "less than 10 seconds on one foot")
PUSH_UPS = ("mirror-push-up-reps = 4", {"push-up", "feet-raised-push-up"}, "fewer than 5 push-ups")
SQUAT = ("mirror-squat-depth = 0", {"squat"}, "a squat that stops above level")


@pytest.mark.parametrize(("level", "results", "gone", "words"), [
    ("beginner", *BALANCE), ("intermediate", *BALANCE), ("beginner", *PUSH_UPS), ("intermediate", *PUSH_UPS),
    ("beginner", *SQUAT)])
def test_what_is_too_soon_waits_and_the_reason_is_told(level: str, results: str, gone: set[str], words: str) -> None:
    """A low result brings easier versions in the first weeks, and says so where it chose something."""
    plain, checked = planned(level=level), planned(results, level=level)
    assert gone & set(exercises(plain)), "without the result they are there"
    assert not gone & set(exercises(checked))
    assert f"your self-check found {words}." in whys(checked)
    assert "self-check" not in whys(plain)


@pytest.mark.parametrize(("results", "patterns", "words"), [
    ("mirror-balance-s = 8", {"foot", "hip-abduction"}, "less than 10 seconds"),
    ("mirror-upper-back = 0", {"thoracic-mobility", "pull"}, "shoulders or head drifting forward"),
    ("mirror-lower-back = 0", {"core-front"}, "a lower back that arches a lot"),
    ("mirror-squat-heels = 0", {"ankle-mobility"}, "heels that lift in a deep squat"),
])
def test_what_helps_is_preferred(results: str, patterns: set[str], words: str) -> None:
    """Exercises that answer a result come at least as often as without it, and are named with it."""
    known = load_catalogue().exercises

    def count(plan: Plan) -> int:
        return sum(known[id_].pattern in patterns for id_ in exercises(plan))

    checked = planned(results)
    assert count(checked) >= count(planned())
    assert words in whys(checked)


def test_good_results_change_nothing() -> None:
    """Whoever stands 30 s, squats deep and does ten push-ups gets the plan of somebody who skipped the questions."""
    fine = planned("mirror-balance-s = { left = 30, right = 26 }\nmirror-push-up-reps = 10\nmirror-upper-back = 1\n"
                   "mirror-lower-back = 1\nmirror-squat-heels = 1\nmirror-squat-depth = 1\n"
                   "mirror-one-leg = { left = 2, right = 2 }")
    sides = {item.first_side for s in fine.sessions for b in s.blocks for item in b.items}
    assert exercises(fine) == exercises(planned())
    assert sides <= {None, "right"}
    assert not [item for s in fine.sessions for b in s.blocks for item in b.items if item.extra_rounds]


def test_where_sessions_go_does_not_change() -> None:
    """The self-check chooses exercises: dates, kinds and minutes stay."""
    low = planned("mirror-balance-s = 3\nmirror-push-up-reps = 0\nmirror-squat-heels = 0\nmirror-upper-back = 0")
    shape = [(s.start, s.kind, s.minutes) for s in low.sessions]
    assert shape == [(s.start, s.kind, s.minutes) for s in planned().sessions]


def test_the_less_steady_side_leads_without_a_set_more() -> None:
    """What the eye saw decides which side goes first, never how much it does."""
    plan = planned("mirror-one-leg = { left = 1, right = 2 }")
    legs = [item for s in plan.sessions if s.kind is Kind.HEAVY for b in s.blocks if b.label != "warm-up"
            for item in b.items if item.per_side and item.first_side]
    assert legs
    assert {item.first_side for item in legs} == {"left"}
    assert not any(item.extra_rounds for item in legs)
    assert "it was the less steady one in your self-check" in whys(plan)


def test_a_measured_side_counts_before_a_seen_one() -> None:
    """Where both speak about a pattern, the measured test decides."""
    sides = sides_of({"mirror-one-leg": {"left": 1, "right": 2}, "calf-raise-reps": {"left": 30, "right": 20}})
    assert sides.first["calf-straight"] == "right"
    assert sides.first["squat"] == "left"
    assert "calf-straight" not in sides.felt


def test_noise_is_noise() -> None:
    """A few seconds between the feet lead to no set more; a side with half the time does."""
    assert sides_of({"mirror-balance-s": {"left": 24, "right": 30}}).extra == frozenset()
    assert sides_of({"mirror-balance-s": {"left": 12, "right": 30}}).extra == {"foot", "hip-abduction"}


def test_waiting_ends() -> None:
    """After eight weeks the harder versions come in by themselves."""
    plan = planned("mirror-push-up-reps = 2", level="beginner", kit="", weeks=LONG)
    assert "push-up" not in exercises(plan, (0, 8))
    assert "push-up" in exercises(plan, (8, LONG))


def test_the_log_ends_it_sooner() -> None:
    """Whoever logs a push-up gets push-ups, whatever the mirror said."""
    done = planned("mirror-push-up-reps = 4", level="beginner", kit="",
                   progress=Progress(known=frozenset({"push-up"})))
    assert "push-up" in exercises(done)


def test_what_waits_is_in_the_catalogue() -> None:
    """Every exercise that may wait exists, and what stands on the easier side of it is easier for real."""
    known = load_catalogue().exercises
    waiting = {id_ for test in SELF_CHECK for id_ in test.too_soon}
    assert waiting <= set(known)
    patterns = {e.pattern for e in known.values()}
    assert all(test.patterns <= patterns for test in SELF_CHECK)
