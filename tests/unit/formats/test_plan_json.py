"""The plan document: exact shape when written, patience and clear faults when read."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from midstance.domain.dates import WEEK
from midstance.domain.plan import Finding, Optimality, Relaxed, Unread
from midstance.domain.run import RunType
from midstance.domain.session import Kind
from midstance.formats._format import InputError
from midstance.formats.plan_json import FORMAT, parse_plan_json, render_plan_json
from strategies_plan import MONDAY, a_plan

SHARED = Path(__file__).parents[4] / "shared" / "acceptance" / "tests"
IMPOSSIBLE = {"metres", "no-json", "phase-name", "phase-spelling", "runs", "runs-moved", "runs-titled", "two-doses",
              "version"}
WEEK_TEXT = (
    "Tue 06:30 intervals 50min 8.5km | Thu 18:00 heavy 24min: W1 leg-swing-bent-knee 1x10/side, "
    "A1 single-leg-deadlift 3x6-8/left +1left 16kg @2RIR 3-1-1-0, A2 farmers-carry 3x8-10steps 12.5kg/hand, "
    "A3 plank 3x40-45s, F1 push-up 1x5-10+ | Sat 06:20 primer 10min: P1 pogo-hop 1x20contacts | Sat 06:30 easy 40min")


def faults_of(document: object) -> list[str]:
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    with pytest.raises(InputError) as error:
        parse_plan_json(data, "mine.json")
    return [str(fault) for fault in error.value.faults]


def written(text: str = WEEK_TEXT) -> dict:  # type: ignore[type-arg]
    return json.loads(render_plan_json(a_plan(text)))  # type: ignore[no-any-return]


def test_keys_stand_in_the_order_of_the_contract() -> None:
    """A document, its week, run, session and block name their keys in the contract's order."""
    document = written()
    assert list(document) == ["format", "id", "previous", "version", "runner", "starts", "ends", "inputs",
                              "optimality", "weeks", "findings", "relaxed", "unread"]
    week = document["weeks"][0]
    assert list(week) == ["starts", "phase", "running", "hard_share", "targets", "days"]
    assert list(week["days"][1]["runs"][0]) == [
        "id", "start", "minutes", "distance_km", "type", "hard", "hard_minutes", "load_au", "title", "source"]
    session = week["days"][3]["sessions"][0]
    assert list(session) == ["id", "start", "minutes", "kind", "hard", "hard_minutes", "load_au", "why", "blocks"]
    assert list(session["blocks"][0]) == ["label", "rounds", "rest_s", "items"]


def test_items_hold_only_what_is_said_of_them() -> None:
    """Absent options are absent keys, a dose is one pair, sides and weights are as in the contract."""
    warm, main, last = written()["weeks"][0]["days"][3]["sessions"][0]["blocks"]
    assert warm["items"] == [{"label": "W1", "exercise": "leg-swing-bent-knee", "reps": [10, 10], "per_side": True}]
    assert main["items"] == [
        {"label": "A1", "exercise": "single-leg-deadlift", "reps": [6, 8], "per_side": True, "first_side": "left",
         "extra_rounds": {"left": 1}, "weight_kg": 16.0, "rir": 2, "tempo": "3-1-1-0"},
        {"label": "A2", "exercise": "farmers-carry", "steps": [8, 10], "per_side": False, "weight_kg": 12.5,
         "per_hand": True},
        {"label": "A3", "exercise": "plank", "seconds": [40, 45], "per_side": False}]
    assert last["items"] == [
        {"label": "F1", "exercise": "push-up", "reps": [5, 10], "to_last_good_rep": True, "per_side": False}]


def test_week_sums_and_flags_follow_from_the_days() -> None:
    """Running sums, the hard share to three places and hard flags are derived, unknown distances left out of them."""
    week = written()["weeks"][0]
    assert week["running"] == {"minutes": 90, "distance_km": 8.5, "hard_minutes": 20}
    assert week["hard_share"] == round(28 / 124, 3)
    assert [s["hard"] for d in week["days"] for s in d["sessions"]] == [True, False]
    assert week["days"][5]["sessions"][0]["for_run"] == "run-2026-12-05-0630"
    assert "distance_km" not in week["days"][5]["runs"][0]


def test_bytes_are_stable_indented_and_plain() -> None:
    """Rendering twice gives the same text, two spaces deep, with letters of all languages as they are."""
    plan = replace(a_plan(WEEK_TEXT), runner="Zoë 走る")
    text = render_plan_json(plan)
    assert text == render_plan_json(plan)
    assert text.startswith('{\n  "format": "midstance-plan/1",\n  "id": "p1",\n  "previous": null,')
    assert "Zoë 走る" in text
    assert text.endswith("}\n")


def test_reasons_for_a_cut_and_notes_are_written_only_where_there_are_some() -> None:
    """A cut week and a plan with notes carry keys that others do not have."""
    plan = a_plan(WEEK_TEXT)
    cut = replace(plan.weeks[0], set_factor=0.75, factor_why="short nights")
    document = json.loads(render_plan_json(replace(plan, weeks=(cut,), notes=("Pace taken from habit.",))))
    assert (document["weeks"][0]["set_factor"], document["weeks"][0]["factor_why"]) == (0.75, "short nights")
    assert document["notes"] == ["Pace taken from habit."]


def test_findings_shortfalls_and_unread_titles_keep_their_words() -> None:
    """Lists at the end of a document use the contract's keys."""
    plan = replace(
        a_plan(WEEK_TEXT),
        findings=(Finding(rule="easy-share", tier="safety", on="calendar", date=MONDAY, says="much is hard"),),
        relaxed=(Relaxed(rule="sessions-a-week", what="heavy", week=MONDAY, wanted=1, planned=0,
                         because=("recovery-between-hard",), says="no room"),),
        unread=(Unread(source="a.ics", date=None, title="Club"), Unread(source="a.ics", date=MONDAY, title="Dinner")))
    document = json.loads(render_plan_json(plan))
    assert document["findings"] == [
        {"rule": "easy-share", "tier": "safety", "on": "calendar", "date": "2026-11-30", "says": "much is hard"}]
    assert document["relaxed"] == [
        {"rule": "sessions-a-week", "what": "heavy", "week": "2026-11-30", "from": 1, "to": 0,
         "because": ["recovery-between-hard"], "says": "no room"}]
    assert document["unread"] == [
        {"source": "a.ics", "title": "Club"}, {"source": "a.ics", "date": "2026-11-30", "title": "Dinner"}]


def test_a_bare_hand_made_plan_is_completed_from_what_it_says() -> None:
    """Loads, hard minutes, lengths and dates that are absent follow from the rest, and nothing claims to be proven."""
    document = {"format": "midstance-plan/1", "weeks": [{"phase": "base", "mood": "good", "days": [
        {"date": "2026-12-01", "runs": [{"start": "2026-12-01T06:30", "minutes": 50, "type": "intervals"}]},
        {"date": "2026-12-02", "sessions": [
            {"start": "2026-12-02T18:00:30", "kind": "heavy", "why": "legs", "blocks": [
                {"items": [{"exercise": "plank", "seconds": [60, 60]}]}]}]}]}]}
    plan = parse_plan_json(json.dumps(document).encode(), "mine.json")
    (run,), (session,) = plan.runs, plan.sessions
    assert (run.id, run.hard, run.hard_minutes, run.load_au) == ("run-2026-12-01-0630", True, 20, 375)
    assert (session.minutes, session.hard_minutes, session.why) == (1, 8, ("legs",))
    assert (plan.starts, plan.ends, plan.weeks[0].starts) == (run.date, session.date, MONDAY)
    assert plan.optimality == Optimality(status="feasible", cost=(), bound=(), seconds=0.0)
    assert plan.weeks[0].targets.heavy == (0, 0)


def test_an_open_top_needs_no_second_number() -> None:
    """With to_last_good_rep the upper end may be absent or null; without it a dose is a pair."""
    document = written("Thu 18:00 strength 20min: F1 push-up 1x5-10+")
    item = document["weeks"][0]["days"][3]["sessions"][0]["blocks"][0]["items"][0]
    for dose in ([5], [5, None]):
        item["reps"] = dose
        read = parse_plan_json(json.dumps(document).encode(), "x").sessions[0].blocks[0].items[0]
        assert (read.low, read.high, read.to_last_good_rep) == (5, 5, True)
    item |= {"to_last_good_rep": False, "reps": [5]}
    assert "write [low, high]" in faults_of(document)[0]


@pytest.mark.parametrize(("path", "value", "says"), [
    ("weeks/0/phase", "spring", "/weeks/0/phase: 'spring' is not known here - use one of off-season, base"),
    ("weeks/0/days/1/runs/0/type", None, "/weeks/0/days/1/runs/0/type: nothing is not known here"),
    ("weeks/0/days/1/runs/0/start", "2026-12-01T06:30+01:00", "runs/0/start: '2026-12-01T06:30+01:00' is no local"),
    ("weeks/0/days/1/runs/0/minutes", -5, "/weeks/0/days/1/runs/0/minutes: -5 is no number of 0 or more"),
    ("weeks/0/days/1/runs/0/hard", "yes", "/weeks/0/days/1/runs/0/hard: 'yes' is neither true nor false"),
    ("weeks/0/days/1/runs", {}, "/weeks/0/days/1/runs: {} is no list"),
    ("weeks/0/days/1", 7, "/weeks/0/days/1: 7 is no object"),
    ("weeks/0/days/1/date", "1 December", "/weeks/0/days/1/date: '1 December' is no date"),
    ("weeks/0/days/3/sessions/0/kind", "yoga", "sessions/0/kind: 'yoga' is not known here - use one of heavy"),
    ("weeks/0/days/3/sessions/0/blocks/1/items/0/reps", None, "items/0: an item has exactly one of reps, seconds"),
    ("weeks/0/days/3/sessions/0/blocks/1/items/0/reps", [8, 6], "items/0/reps: [8, 6] begins above its end"),
    ("weeks/0/days/3/sessions/0/blocks/1/items/0/seconds", [5, 6], "not reps and seconds"),
    ("weeks/0/days/3/sessions/0/blocks/1/items/0/tempo", "slow", "items/0/tempo: 'slow' is no tempo"),
    ("weeks/0/days/3/sessions/0/blocks/1/items/0/exercise", 3, "items/0/exercise: 3 is no text"),
    ("weeks/0/targets/heavy", [1, 2, 3], "/weeks/0/targets/heavy: [1, 2, 3] is no pair"),
    ("inputs", 4, "/inputs: 4 is no object"), ("weeks", None, "/weeks: nothing is no list"),
    ("format", "midstance-plan/2", "/format: 'midstance-plan/2' is not a plan midstance reads"),
])
def test_what_is_impossible_is_named_with_its_place(path: str, value: object, says: str) -> None:
    """A value that no plan can hold becomes a fault with file, JSON pointer and what would be right."""
    document = written()
    at: object = document
    *way, last = [int(part) if part.isdecimal() else part for part in path.split("/")]
    for part in way:
        at = at[part]  # type: ignore[index]
    at[last] = value  # type: ignore[index]
    found = faults_of(document)
    assert all(fault.startswith("mine.json: /") for fault in found)
    assert any(says in fault for fault in found)


def test_all_faults_are_told_at_once() -> None:
    """Two wrong values far apart are both in the error."""
    document = written()
    document["weeks"][0]["phase"] = "spring"
    document["starts"] = "soon"
    assert [fault.split(": ")[1] for fault in faults_of(document)] == ["/weeks/0/phase", "/starts"]


@pytest.mark.parametrize("data", [b"", b"nonsense", b"[1]", b'{"format": NaN}', b'{"a": "\\ud800"}', b"\xff\xfe{}",
                                  b"[" * 100_000, b'{"format": "midstance-plan/1", "weeks": []}'])
def test_bytes_that_hold_no_plan_are_refused(data: bytes) -> None:
    """Broken bytes, other JSON and empty plans raise an InputError, never anything else."""
    assert faults_of(data)


def test_a_cut_document_never_raises_anything_else() -> None:
    """Every cut of a document is refused as input."""
    data = render_plan_json(a_plan(WEEK_TEXT)).encode()
    for end in range(0, len(data) - 2, 97):
        assert faults_of(data[:end])


def test_the_format_knows_its_own() -> None:
    """A rendered plan is sniffed, a published week list is not."""
    assert FORMAT.sniff(render_plan_json(a_plan(WEEK_TEXT)).encode())
    assert not FORMAT.sniff(b'{"units": "mi", "schedule": []}')


@pytest.mark.shared
def test_hand_made_plans_are_read_and_survive() -> None:
    """Every hand-made plan whose shape is possible is read, and reading what is written changes nothing."""
    if not SHARED.is_dir():
        pytest.skip(f"no material beside the checkout: {SHARED} is missing")
    refused = set()
    for path in sorted(SHARED.glob("*.json")):
        try:
            plan = parse_plan_json(path.read_bytes(), path.name)
        except InputError:
            refused.add(path.stem)
        else:
            assert parse_plan_json(render_plan_json(plan).encode(), path.name) == plan
    assert refused == IMPOSSIBLE


def test_a_long_plan_is_written_quickly() -> None:
    """Sixteen full weeks are written in well under 100 ms, the budget of 15 ms with room for a busy machine."""
    week = ("Mon 18:00 heavy 24min: W1 leg-swing 1x10/side, W2 side-lunge 1x8/side, A1 squat 3x6-8 16kg @2RIR 3-0-1-0, "
            "A2 plank 3x40s, B1 step-up 3x6-8/side 16kg @2RIR, B2 push-up 3x5-8 | Tue 06:30 intervals 50min 8km | "
            "Wed 18:00 mobility 15min: M1 ankle-rock 3x10/side, M2 hip-circle 3x8/side | Thu 06:30 tempo 40min 7km | "
            "Fri 18:00 strength 25min: A1 bridge 3x6-12/side, A2 calf-raise 3x10-15/side | Sun 08:00 long 90min 15km")
    plan = a_plan(" || ".join([week] * 16))
    times = []
    for _ in range(5):
        began = time.perf_counter()
        render_plan_json(plan)
        times.append(time.perf_counter() - began)
    assert len(plan.weeks) == 16
    assert min(times) < 0.1


def test_a_plan_in_notation_has_every_week() -> None:
    """The sample builder used here gives whole weeks with the text's runs and sessions."""
    plan = a_plan("Tue 06:30 race 10km || Sun 18:00 upper 20min")
    assert [len(week.days) for week in plan.weeks] == [7, 7]
    assert (plan.runs[0].type, plan.sessions[0].kind, plan.sessions[0].date) == (
        RunType.RACE, Kind.UPPER, MONDAY + WEEK + 6 * (WEEK / 7))
