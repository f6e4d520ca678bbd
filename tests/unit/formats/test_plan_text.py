"""The plan on a terminal: complete, inside its width, in the runner's units."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midstance.domain.dates import WEEK
from midstance.domain.plan import Finding, Optimality, Phase, Relaxed, Unread
from midstance.formats.plan_text import render_plan_text
from strategies_plan import MONDAY, a_plan, plans

if TYPE_CHECKING:
    from midstance.domain.plan import Plan

NAMES = {"single-leg-deadlift": "Single-leg deadlift", "goblet-squat": "Goblet squat"}
TEXT = (
    "Tue 06:30 intervals 50min 8.5km | Thu 18:00 heavy 24min: W1 leg-swing-bent-knee 1x10/side, "
    "A1 single-leg-deadlift 3x6-8/left +1left 16kg @2RIR 3-1-1-0, A2 farmers-carry 3x8-10steps 12.5kg/hand, "
    "F1 push-up 1x5-10+ || Sun 09:00 race 10km 52min")
RACED = {"runner": {"strength_level": "advanced", "races": [
    {"date": "2026-12-13", "name": "City 10", "distance_km": 10, "priority": "A"}, {"date": "nonsense"}]}}


def lines_of(plan: Plan, **options: object) -> str:
    return render_plan_text(plan, names=NAMES, **options)  # type: ignore[arg-type]


def test_the_head_says_who_when_what_for_and_how_good() -> None:
    """Runner, dates, race, the way there and the certificate stand above everything else."""
    head = lines_of(a_plan(TEXT, phases=(Phase.TAPER, Phase.RACE_WEEK), inputs=RACED)).split("week  ")[0]
    assert "Ana: strength and mobility around your runs" in head
    assert "Mon 30 Nov 2026 to Sun 13 Dec 2026, 2 weeks" in head
    assert "Race  Sun 13 Dec 2026, City 10 (10 km, priority A)" in head
    assert "1 week of taper and race week towards City 10: 1 session, 0 h 24 min in all" in " ".join(head.split())
    assert "Proven optimal" in head


@pytest.mark.parametrize(("cost", "bound", "says"), [
    ((0, 12), (0, 9), "Within 3 points of taste of the best"), ((2, 40), (1, 0), "Within 1 point of dose of the best"),
    ((), (), "Made without a search: nothing is proven about it."),
])
def test_an_unproven_plan_says_so(cost: tuple[int, ...], bound: tuple[int, ...], says: str) -> None:
    """The gap to the bound is shown, and a plan without a certificate claims nothing."""
    best = Optimality(status="feasible", cost=cost, bound=bound, seconds=0.1)
    assert says in " ".join(lines_of(replace(a_plan(TEXT), optimality=best)).split())


def test_the_overview_has_one_line_a_week() -> None:
    """Each week has one line with dates, phase, running and the marks of its days."""
    wide, narrow = lines_of(a_plan(TEXT)), lines_of(a_plan(TEXT), width=40)
    assert " 1  30 Nov – 6 Dec   base         8.5 km   ·  R  ·  H  ·  ·  ·   1 in 24 min\n" in wide
    assert " 1 30 Nov base       8.5km · R · H · · ·\n" in narrow
    assert " 2 7 Dec  base        10km · · · · · · *\n" in narrow
    assert "R\xa0hard\xa0run · *\xa0race · H\xa0heavy" in wide


def test_a_session_is_told_down_to_each_set() -> None:
    """Blocks carry rounds and rest, items their dose, weight, reserve, tempo and sides, and reasons stand beneath."""
    plan = a_plan(TEXT)
    (session,) = plan.sessions
    day = replace(plan.weeks[0].days[3], sessions=(replace(session, why=("Two days before the next hard run.",)),))
    week = replace(plan.weeks[0], days=(*plan.weeks[0].days[:3], day, *plan.weeks[0].days[4:]))
    text = lines_of(replace(plan, weeks=(week, plan.weeks[1])), width=120)
    for line in ("Thu 3 Dec\n  18:00  Heavy strength, 24 min\n", "Warm-up\n", "W1 Leg swing bent knee 10 a side\n",
                 "A: 3 rounds, rest 90 s\n",
                 "A1 Single-leg deadlift 6-8 a side, 16 kg, 2 in reserve, tempo 3-1-1-0, "
                 "1 set more left, left first\n",
                 "A2 Farmers carry 8-10 steps each way, 12.5 kg in each hand\n",
                 "F1 Push up 5-10 or to the last good rep\n", "> Two days before the next hard run.\n"):
        assert line in text


def test_imperial_units_show_miles_and_pounds() -> None:
    """Distances are in miles and weights in pounds where the runner reads those."""
    text = lines_of(a_plan(TEXT), units="imperial", width=100)
    assert "Intervals, 50 min, 5.3 mi, 20 min of work" in text
    assert "35.5 lb" in text
    assert "27.5 lb in each hand" in text
    assert " km" not in text
    assert " kg" not in text


def test_findings_and_shortfalls_stand_in_their_week() -> None:
    """What the calendar breaks and what gave way is told at the end of the week it belongs to."""
    plan = replace(
        a_plan(TEXT), findings=(Finding(rule="easy-share", tier="safety", on="calendar",
                                        date=dt.date(2026, 12, 2), says="much is hard"),),
        relaxed=(Relaxed(rule="sessions-a-week", what="heavy", week=MONDAY, wanted=2, planned=1,
                         because=("recovery-between-hard",), says="-"),
                 Relaxed(rule="regions-covered", what="calves", week=MONDAY + WEEK, wanted=4, planned=2,
                         because=(), says="Fewer sets for calves")))
    first, second = lines_of(plan).split("Week 2 ·")
    assert "! Your runs, Wed 2 Dec: Much is hard.\n" in first
    assert "! Gave way. Heavy sessions: 1 instead of 2, because of recovery between hard.\n" in first
    assert "! Gave way. Fewer sets for calves.\n" in second
    assert "Fewer sets for calves" in lines_of(plan, full=False)


def test_the_end_lists_what_was_not_read_and_how_to_stay_safe() -> None:
    """Unread titles, honest expectations and safety wording stand once at the end; newcomers read one sentence more."""
    plan = replace(a_plan(TEXT, inputs=RACED), unread=(Unread(source="a.ics", date=MONDAY, title="Club"),))
    text = lines_of(plan)
    assert "  Mon 30 Nov: “Club” (a.ics)\n" in text
    assert text.count("medical professional") == 1
    assert "2-4 %" in text
    assert "New to strength work" not in text
    assert "New to strength work" in lines_of(a_plan(TEXT))


def test_a_cut_week_says_why() -> None:
    """A week with fewer sets names the share and the reason."""
    plan = a_plan(TEXT)
    cut = replace(plan.weeks[0], set_factor=0.75, factor_why="short nights")
    assert "Sets cut to 75 %: short nights\n" in lines_of(replace(plan, weeks=(cut, plan.weeks[1])))


def test_the_days_can_be_left_out() -> None:
    """Without the days the overview and the notes remain."""
    text = lines_of(a_plan(TEXT), full=False)
    assert " 2  7 – 13 Dec" in text
    assert "Single-leg deadlift" not in text


def test_foreign_text_cannot_paint_or_break_lines() -> None:
    """Control characters in names and titles are taken out."""
    plan = replace(a_plan(TEXT), runner="A\x1b[31mna\nB")
    assert "\x1b" not in lines_of(plan)
    assert "A [31mna B:" in lines_of(plan)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plans(), st.sampled_from((40, 57, 76, 92, 120)), st.sampled_from(("metric", "imperial")))
def test_no_line_is_wider_than_asked_and_colour_takes_no_room(plan: Plan, width: int, units: str) -> None:
    """Any plan fits any width, and colour changes nothing but ANSI sequences."""
    plain = lines_of(plan, width=width, units=units)
    assert max(map(len, plain.splitlines())) <= width
    assert re.sub(r"\x1b\[[0-9;]*m", "", lines_of(plan, width=width, units=units, colour=True)) == plain
