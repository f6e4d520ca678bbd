"""Lines of the diary's file: what is read, what is named and left out, and how tables look."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from builders_diary import TODAY, a_run_done, an_entry, an_origin
from midstance.domain.diary import AssessmentDone, ChangeProposed, CheckIn, Pain, PlanAccepted, RaceAdded, SetDone
from midstance.domain.entry import run_entry
from midstance.domain.run import RunDone
from midstance.domain.runner import Race
from midstance.formats.entry_csv import render_entries_csv
from midstance.formats.entry_json import FORMAT, parse_entries, parse_entry, render_entries, render_entry

MORNING = an_entry(CheckIn(sleep_h=5.5, pain=(Pain(area="knee", side="left", score=4),), ill=("cough",)))


def changed(**members: Any) -> bytes:
    """The line of a morning with other members; None takes one out."""
    document = json.loads(render_entry(MORNING)) | members
    return json.dumps({key: value for key, value in document.items() if value is not None}).encode()


def test_a_line_says_only_what_was_said() -> None:
    """Fields at their defaults are left out, and the line is what the contract shows."""
    told = json.loads(render_entry(MORNING))
    assert list(told) == ["kind", "id", "at", "date", "origin", "what"]
    assert told["what"] == {"sleep_h": 5.5, "pain": [{"area": "knee", "score": 4, "side": "left"}], "ill": ["cough"]}
    assert (told["at"], told["date"], told["kind"]) == ("2026-12-01T12:00:00Z", "2026-12-01", "check-in")
    assert told["origin"] == {"via": "hand", "batch": an_origin().batch}
    assert FORMAT.sniff(render_entries([MORNING]))


def test_unknown_fields_are_left_out_and_named() -> None:
    """A field that is not known, at any depth, is dropped with its name and place; the entry is kept."""
    what = {"sleep_h": 5.5, "pain": [{"area": "knee", "side": "left", "score": 4, "colour": "red"}], "ill": ["cough"],
            "dreams": 3}
    origin = {"via": "hand", "batch": MORNING.origin.batch, "app": "x"}
    entry, faults = parse_entry(changed(what=what, weather="wet", origin=origin), "f", "line 3")
    assert entry == MORNING
    assert sorted(fault.says.split()[2] for fault in faults) == ["origin.app", "weather", "what.dreams",
                                                                 "what.pain.colour"]
    assert {(fault.place, fault.fatal) for fault in faults} == {("line 3", False)}


@pytest.mark.parametrize(("line", "words"), [
    (b"", "truncated"), (b"[1]", "no object"), (b"{", "truncated"), (b"[" * 100_000, "ecursion"),
    (changed(kind="dream"), "its kind is 'dream', which is not known"), (changed(kind=["check-in"]), "its kind is ["),
    (changed(what=None), "what is no object"), (changed(what=[]), "what is no object"),
    (changed(what={"sleep_h": "long"}), "sleep_h"), (changed(what={"sleep_h": 30}), "between 0 and 24"),
    (changed(what={"pain": [3]}), "what.pain is no object"), (changed(what={"pain": [{"area": "knee"}]}), "score"),
    (changed(date="yesterday"), "date is 'yesterday'"), (changed(date=None), "date is nothing"),
    (changed(at="2026-12-01T12:00:00"), "no time zone"), (changed(at="2026-12-01T12:00:00+01:00"), "or damaged"),
    (changed(id="00000000000000000000000000000000"), "changed or damaged"), (changed(id=7), "id is 7"),
    (changed(what={"sleep_h": 6.5}), "changed or damaged"),
    (changed(origin={"via": "bird", "batch": "b-1234"}), "bird"),
    (changed(origin={"via": "hand"}), "batch"), (changed(replaces="not an id", id=None), "is no id"),
    (changed().replace(b"5.5", b"1e999"), "range"), (b"\xff\xfe" + changed(), "malformed"),
])
def test_a_line_that_cannot_be_used_is_named(line: bytes, words: str) -> None:
    """Whatever is wrong with a line, it becomes one fault with its place and reason, never a crash."""
    entry, faults = parse_entry(line, "f.jsonl", "line 9")
    assert entry is None
    assert [fault.place for fault in faults] == ["line 9"]
    assert words in str(faults[0]), str(faults[0])


def test_good_lines_of_a_half_broken_file_are_kept() -> None:
    """Broken lines in between are named by their number, empty ones passed over, a byte-order mark and CRLF borne."""
    good = render_entry(MORNING).encode()
    parsed = parse_entries(b"\xef\xbb\xbf" + good + b"\r\n\n{}\n" + good[:-5] + b"\n" + good, "f")
    assert parsed.entries == (MORNING, MORNING)
    assert [fault.place for fault in parsed.faults] == ["line 3", "line 4"]


def test_lines_of_other_programs_need_no_id() -> None:
    """Without an id the entry gets the one its content gives, whatever zone its instant is written in."""
    assert parse_entry(changed(id=None), "f") == (MORNING, ())
    assert parse_entry(changed(id=None, at="2026-12-01T13:00:00+01:00"), "f") == (MORNING, ())


def rows_of(text: str) -> list[dict[str, str]]:
    """A CSV text as records."""
    return list(csv.DictReader(io.StringIO(text)))


def test_tables_have_a_column_for_each_field() -> None:
    """A table has one line an entry; lists, pains and races are written in one cell each."""
    morning, = rows_of(render_entries_csv(CheckIn, [MORNING]))
    assert (morning["date"], morning["via"], morning["sleep_h"]) == ("2026-12-01", "hand", "5.5")
    assert [morning[name] for name in ("pain", "ill", "limp", "mood")] == ["knee:4:left:", "cough", "", ""]
    race = an_entry(RaceAdded(race=Race(date=TODAY, distance_km=10, name="City")))
    assert rows_of(render_entries_csv(RaceAdded, [race]))[0]["race"] == "2026-12-01:10:A::City"
    run, = rows_of(render_entries_csv(RunDone, [run_entry(a_run_done(minutes=3), an_origin())]))
    assert (run["minute_hr"], run["start"], run["seconds"]) == ("120 127 134", "2026-12-01T06:30:00Z", "180")
    test, = rows_of(render_entries_csv(AssessmentDone, [an_entry(AssessmentDone(test="hop", left=3, right=4))]))
    assert (test["left"], test["value"]) == ("3", "")


def test_tables_leave_out_plans_and_calculate_nothing() -> None:
    """Documents are no cells, and a text that a spreadsheet would run as a formula is marked as text."""
    plan = an_entry(PlanAccepted(plan="p1", document="{}"))
    assert list(rows_of(render_entries_csv(PlanAccepted, [plan]))[0]) == ["id", "at", "date", "via", "name", "plan"]
    note = an_entry(SetDone(exercise="squat", amount=8, note="=HYPERLINK(1)"))
    assert rows_of(render_entries_csv(SetDone, [note]))[0]["note"] == "'=HYPERLINK(1)"
    change = an_entry(ChangeProposed(says=("Thursday moved.", "Sunday rests."), plan="p2"))
    assert rows_of(render_entries_csv(ChangeProposed, [change]))[0]["says"] == "Thursday moved.; Sunday rests."
