"""Laws of the diary: entries survive their file, ids follow content, and taking back is orderly."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from builders_diary import NOON, TODAY, an_entry, an_origin
from midstance.domain.diary import KINDS, Redone, SetDone, Undone, What
from midstance.domain.entry import Entry, Origin, entry_of, run_entry, standing
from midstance.domain.run import RunDone
from midstance.formats.entry_json import parse_entries, parse_entry, render_entries, render_entry
from strategies_diary import BY_KIND, DATES, MOMENTS, ORIGINS, RUNS, WHATS, entries


def test_every_kind_has_its_random_values() -> None:
    """The strategies leave out no kind of entry."""
    assert set(BY_KIND) == set(KINDS.values())


@settings(max_examples=400)
@given(entries())
def test_an_entry_survives_its_line(entry: Entry) -> None:
    """parse(render(x)) == x, without a fault, and rendering again gives the same line."""
    line = render_entry(entry)
    again, faults = parse_entry(line, "diary")
    assert (again, faults) == (entry, ())
    assert again is not None
    assert render_entry(again) == line
    assert "\n" not in line


@given(st.lists(entries(), max_size=5))
def test_a_diary_survives_its_file(some: list[Entry]) -> None:
    """Entries come back from JSON Lines in their order."""
    parsed = parse_entries(render_entries(some), "diary")
    assert parsed.entries == tuple(some)
    assert parsed.faults == ()


@given(WHATS, MOMENTS, DATES, ORIGINS, ORIGINS)
def test_the_id_follows_the_content(what: What, at: dt.datetime, date: dt.date, one: Origin, two: Origin) -> None:
    """The same thing has the same id wherever it comes from and in whatever zone its instant is written."""
    first = entry_of(what, at=at, date=date, origin=one)
    second = entry_of(what, at=at.astimezone(dt.UTC), date=date, origin=two)
    assert first.id == second.id
    later = entry_of(what, at=at + dt.timedelta(microseconds=1), date=date, origin=one)
    assert later.id != first.id


@given(RUNS, st.text(max_size=10), st.integers(-14, 14))
def test_a_run_is_the_same_run_in_another_file_and_zone(run: RunDone, source: str, hours: int) -> None:
    """File name and local time do not make another entry of a run."""
    moved = RunDone(**{**{f: getattr(run, f) for f in RunDone.__slots__}, "source": source,
                       "local_start": run.local_start + dt.timedelta(hours=hours)})
    assert run_entry(run, an_origin()).id == run_entry(moved, an_origin("other")).id


@given(st.binary(max_size=200) | entries().map(lambda e: render_entry(e).encode()), st.data())
def test_damaged_lines_give_faults_and_no_wrong_entry(line: bytes, data: st.DataObject) -> None:
    """A line with a byte changed gives the same entry, a fault, or an entry whose content its id stands for."""
    where = data.draw(st.integers(0, max(0, len(line) - 1)))
    broken = line[:where] + data.draw(st.binary(max_size=2)) + line[where + 1:]
    parsed = parse_entries(broken, "diary")
    for entry in parsed.entries:
        made = entry_of(entry.what, at=entry.at, date=entry.date, origin=entry.origin, replaces=entry.replaces)
        assert made.id == entry.id or parsed.faults


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Draw sets in a few batches, some replaced, some taken back and redone."""
    written: list[Entry] = []
    for number in range(draw(st.integers(1, 12))):
        batch = draw(st.sampled_from(("one", "two", "three")))
        ids = [entry.id for entry in written]
        act = draw(st.sampled_from(("set", "set", "edit", "undo", "redo")) if ids else st.just("set"))
        target = draw(st.sampled_from([*ids, *(e.origin.batch for e in written)])) if ids else ""
        what: What = SetDone(exercise="plank", amount=30, number=number + 1)
        if act in {"undo", "redo"}:
            what = Undone(of=(target,)) if act == "undo" else Redone(of=(target,))
        replaces = draw(st.sampled_from(ids)) if act == "edit" else ""
        written.append(an_entry(what, day=number, batch=batch, replaces=replaces))
    return written


@given(histories())
def test_every_entry_is_in_force_undone_or_replaced(written: list[Entry]) -> None:
    """Each entry that tells of something has exactly one of the three fates, and order is kept."""
    now = standing(written)
    told = [entry for entry in written if not isinstance(entry.what, Undone | Redone)]
    alive = {entry.id for entry in now.in_force}
    assert all((e.id in alive) + (e.id in now.undone) + (e.id in now.replaced and e.id not in alive) == 1 for e in told)
    assert list(now.in_force) == [entry for entry in told if entry.id in alive]


@given(histories())
def test_taking_back_a_taking_back_changes_nothing(written: list[Entry]) -> None:
    """Undo and undo of that undo leave what was in force in force."""
    before = standing(written)
    target = written[0]
    undo = entry_of(Undone(of=(target.id,)), at=NOON, date=TODAY, origin=an_origin("undo"))
    redo = entry_of(Undone(of=(undo.id,)), at=NOON, date=TODAY, origin=an_origin("undo of undo"))
    assert target.id not in {entry.id for entry in standing([*written, undo]).in_force}
    assert standing([*written, undo, redo]).in_force == before.in_force


@given(histories(), st.data())
def test_only_steering_entries_are_needed(written: list[Entry], data: st.DataObject) -> None:
    """Any part of the diary with every steering entry tells the same of its entries as the whole."""
    part = [entry for entry in written if entry.steers or data.draw(st.booleans())]
    whole = {entry.id for entry in standing(written).in_force}
    assert {entry.id for entry in standing(part).in_force} == whole & {entry.id for entry in part}
