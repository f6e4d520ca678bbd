"""The one-line notation of runs and sessions."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from midstance.domain.notation import parse_week, render_days
from midstance.domain.run import RUN_RPE, PlannedRun, RunType
from midstance.domain.session import KIND_RPE, Kind, Session
from strategies_plan import MONDAY, plans

if TYPE_CHECKING:
    from midstance.domain.plan import Plan


def one_run(text: str) -> PlannedRun:
    (run,), sessions = parse_week(text, monday=MONDAY)
    assert not sessions
    return run


def one_session(text: str) -> Session:
    runs, (session,) = parse_week(text, monday=MONDAY)
    assert not runs
    return session


def test_a_line_gives_runs_and_sessions_in_order() -> None:
    """Pieces become runs and sessions on their dates, ordered by start."""
    runs, sessions = parse_week(
        "Wed 06:30 intervals 50min | Tue 18:00 heavy 24min | mon 7:05 easy 40min", monday=MONDAY)
    assert [r.id for r in runs] == ["run-2026-11-30-0705", "run-2026-12-02-0630"]
    assert [(s.id, s.kind, s.start) for s in sessions] == [
        ("s-2026-12-01-1800", Kind.HEAVY, dt.datetime.fromisoformat("2026-12-01T18:00"))]


@pytest.mark.parametrize(("text", "hard", "minutes"), [
    ("Wed 06:30 intervals 50min", True, 20), ("Wed 06:30 tempo 40min", True, 20), ("Wed 06:30 easy 90min", False, 0),
    ("Sun 08:00 long 91min", True, 0), ("Sun 10:00 race 10km 52min", True, 52), ("Sun 10:00 race 10km", True, 65),
    ("Wed 06:30 intervals 50min hard 12min", True, 12), ("Wed 06:30 steady 60min hard 25min", True, 25),
    ("Wed 06:30 easy 60min hard 5min counts-easy", False, 5), ("Wed 06:30 easy 60min counts-hard", True, 0),
])
def test_hard_work_of_a_run_follows_method_unless_stated(text: str, hard: bool, minutes: int) -> None:
    """A run is hard, with as many hard minutes, as method 7.1 says or the text overrides."""
    run = one_run(text)
    assert (run.hard, run.hard_minutes) == (hard, minutes)


@pytest.mark.parametrize(("text", "minutes"), [
    ("Tue 18:00 heavy 24min", 8), ("Tue 18:00 heavy 24min (hard 10)", 10), ("Tue 18:00 plyometric 10min", 4),
    ("Tue 18:00 mobility 15min", 0),
])
def test_hard_minutes_of_a_session_have_a_default_by_kind(text: str, minutes: int) -> None:
    """Heavy holds 8, plyometric 4 and any other session 0 hard minutes unless stated."""
    assert one_session(text).hard_minutes == minutes


def test_weeks_follow_each_other_and_dates_stand_for_themselves() -> None:
    """A double bar moves on by a week, an empty week included; a date needs no week."""
    runs, _ = parse_week("Tue 07:00 easy 30min || || Tue 07:00 easy 30min | 2027-01-05 07:00 easy 30min", monday=MONDAY)
    assert [r.date for r in runs] == [dt.date(2026, 12, 1), dt.date(2026, 12, 15), dt.date(2027, 1, 5)]


def test_items_become_blocks_with_every_option() -> None:
    """Letters name blocks; dose, sides, weight, reserve, tempo and rest are read."""
    session = one_session(
        "Tue 18:00 heavy 24min: W1 leg-swing 1x10/side, A1 single-leg-deadlift 3x6-8/left +1left 16kg @2RIR 3-1-1-0, "
        "A2 farmers-carry 3x8-10steps 12kg/hand, rest 120s, B1 pogo-hop 2x20contacts, F1 push-up 1x5-10+")
    warm, first, second, last = session.blocks
    assert [(b.label, b.rounds, b.rest_s) for b in session.blocks] == [
        ("warm-up", 1, 0), ("A", 3, 120), ("B", 2, 90), ("finisher", 1, 0)]
    lift, carry = first.items
    assert (lift.low, lift.high, lift.per_side, lift.first_side, lift.extra_rounds) == (
        6, 8, True, "left", (("left", 1),))
    assert (lift.weight_kg, lift.rir, lift.tempo, lift.per_hand) == (16.0, 2, "3-1-1-0", False)
    assert (carry.unit, carry.weight_kg, carry.per_hand) == ("steps", 12.0, True)
    assert (warm.items[0].first_side, second.items[0].unit, last.items[0].to_last_good_rep) == (None, "contacts", True)


def test_a_primer_belongs_to_the_next_run_of_its_date() -> None:
    """A primer names the run that follows it on its date, and none where none follows."""
    _, sessions = parse_week(
        "Tue 05:00 easy 30min | Tue 06:20 primer 10min | Tue 06:30 tempo 40min | Wed 06:20 primer 10min", monday=MONDAY)
    assert [(s.id, s.for_run) for s in sessions] == [
        ("p-2026-12-01-0620", "run-2026-12-01-0630"), ("p-2026-12-02-0620", None)]


@pytest.mark.parametrize(("text", "quoted"), [
    ("Tue 18:00 heavy", "Tue 18:00 heavy"), ("Xyz 18:00 easy 30min", "'Xyz'"), ("Tue 25:00 easy 30min", "'25:00'"),
    ("2026-13-01 18:00 easy 30min", "'2026-13-01'"), ("Tue 18:00 heavy 24 minutes", "heavy 24 minutes"),
    ("Tue 18:00 yoga 24min", "yoga"), ("Tue 18:00 easy 30min: A1 plank 3x40s", "A1 plank"),
    ("Tue 18:00 easy 30min hard 40min", "hard 40min"), ("Tue 18:00 heavy 24min: A1 plank", "'A1 plank'"),
    ("Tue 18:00 heavy 24min: A1 plank 3x40s, A2 squat 2x8", "'A2 squat 2x8'"), ("nonsense", "'nonsense'"),
    ("Tue 18:00 heavy 24min: rest 90s", "'rest 90s'"), ("Mon 07:00 easy 0min", "easy 0min"),
])
def test_a_broken_piece_is_quoted(text: str, quoted: str) -> None:
    """An error quotes the piece that cannot be read."""
    with pytest.raises(ValueError, match=re.escape(quoted)):
        parse_week(f"Mon 06:30 easy 30min | {text}", monday=MONDAY)


def test_text_is_written_as_people_write_it() -> None:
    """What follows from the method is left out of the text."""
    text = ("Tue 18:00 heavy 24min: A1 goblet-squat 3x8 @2RIR | Wed 06:30 intervals 50min || "
            "Sun 10:00 race 52min 10km")
    assert render_days(*parse_week(text, monday=MONDAY), monday=MONDAY) == text


def test_a_date_before_the_first_monday_is_written_out() -> None:
    """Days before the first week keep their date, so that nothing is lost."""
    text = "2026-11-28 07:00 easy 30min | Mon 07:00 easy 30min"
    assert render_days(*parse_week(text, monday=MONDAY), monday=MONDAY) == text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plans())
def test_what_is_written_is_read_again(plan: Plan) -> None:
    """Runs and sessions survive the notation, apart from titles, sources, reasons and loads that it leaves out."""
    runs = tuple(
        replace(r, title="", source="notation", load_au=round(RUN_RPE[r.type] * r.minutes)) for r in plan.runs)
    sessions = tuple(
        replace(s, id=s.id.replace("s-", "p-", 1) if s.kind is Kind.PRIMER else s.id, why=(), for_run=None,
                load_au=round(KIND_RPE[s.kind] * s.minutes)) for s in plan.sessions)
    assert parse_week(render_days(runs, sessions, monday=MONDAY), monday=MONDAY) == (runs, sessions)


def test_every_run_type_and_kind_has_its_word() -> None:
    """Each run type and each kind of session is read by its own name."""
    assert [one_run(f"Mon 07:00 {kind.value} 30min").type for kind in RunType] == list(RunType)
    assert [one_session(f"Mon 07:00 {kind.value} 10min").kind for kind in Kind] == list(Kind)
