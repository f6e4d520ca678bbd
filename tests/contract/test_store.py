"""What every store keeps to: rows are added once, found in order, never changed, and survive being closed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders_diary import DAY, NOON, TODAY, Place, a_row, a_run_done, an_entry, an_origin, sets
from midstance.domain.diary import CheckIn, Rpe, SetDone
from midstance.domain.entry import Entry, run_entry
from midstance.formats._format import InputError
from midstance.services.diary import add, current, open_store, read_row, row_of, take_back
from midstance.store._sql import load_migrations
from midstance.store.sqlite import open_sqlite
from midstance.store.store import Row, Store, StoreError
from strategies_diary import entries

pytestmark = pytest.mark.filterwarnings("default:NO POSTGRESQL")


def names(found: object) -> list[str]:
    """The ids of rows or entries, without their common beginning."""
    return [row.id.removeprefix("entry-") for row in found]  # type: ignore[attr-defined]


def test_rows_come_in_the_order_of_writing(store: Store) -> None:
    """Whatever their dates, rows come as they were written, with growing places."""
    assert store.append([a_row("b", day=5), a_row("a", day=9)]) == 2
    assert store.append([a_row("c", day=1)]) == 1
    found = list(store.rows())
    assert names(found) == ["b", "a", "c"]
    assert found[0].seq < found[1].seq < found[2].seq
    assert [row.date for row in found] == [TODAY + 5 * DAY, TODAY + 9 * DAY, TODAY + DAY]


def test_the_same_id_is_kept_once(store: Store) -> None:
    """A second row of the same id changes nothing, neither in one call nor in a later one."""
    assert store.append([a_row("a"), a_row("a", body="{}"), a_row("b")]) == 2
    assert store.append([a_row("b", body="{}"), a_row("c")]) == 1
    assert names(store.rows()) == ["a", "b", "c"]
    assert {row.body for row in store.rows()} == {'{"note":"é"}'}
    assert store.append([]) == 0
    assert store.count() == 3


def test_rows_are_found_by_date_and_kind(store: Store) -> None:
    """Since and until include their dates, kinds and both together narrow, and nothing is found twice."""
    store.append([a_row(f"{kind[0]}{day}", day=day, kind=kind) for day in range(6) for kind in ("set-done", "rpe")])
    assert names(store.rows(since=TODAY + 4 * DAY)) == ["s4", "r4", "s5", "r5"]
    assert names(store.rows(until=TODAY)) == ["s0", "r0"]
    assert names(store.rows(since=TODAY + DAY, until=TODAY + 2 * DAY, kinds=["rpe"])) == ["r1", "r2"]
    assert names(store.rows(kinds=["rpe", "set-done"], since=TODAY + 5 * DAY)) == ["s5", "r5"]
    assert names(store.rows(kinds=["busy"])) == []
    assert names(store.rows(since=TODAY + DAY, until=TODAY)) == []


def test_rows_that_steer_are_found_beside_others(store: Store) -> None:
    """With ``steering`` every steering row comes as well, in its place."""
    store.append([a_row("s", steers=True, day=-400), a_row("a"), a_row("t", steers=True, day=400), a_row("b", day=1)])
    assert names(store.rows(since=TODAY, until=TODAY, steering=True)) == ["s", "a", "t"]
    assert names(store.rows(kinds=["rpe"], steering=True)) == ["s", "t"]


def test_batches_and_ids_are_found(store: Store) -> None:
    """Rows are found by id or batch, ids by their first letters, batches with the last written first."""
    store.append([a_row("aa1", batch="b-one"), a_row("aa2", batch="b-two"), a_row("bb", batch="b-one")])
    assert names(store.rows(of="b-one")) == ["aa1", "bb"]
    assert names(store.rows(of="entry-aa2")) == ["aa2"]
    assert list(store.batches()) == ["b-one", "b-two"]
    assert store.named("entry-aa") == ("entry-aa1", "entry-aa2")
    assert store.named("b-tw") == ("b-two",)
    assert store.named("ent") == ()
    assert store.named("none") == ()
    assert store.named("entr%") == ()
    assert store.known([*(f"entry-{k}" for k in range(1200)), "entry-bb"]) == {"entry-bb"}


def test_a_failure_while_adding_adds_nothing(store: Store) -> None:
    """Rows come in together or not at all, also when what gives them fails, and the store goes on."""
    def broken() -> object:
        yield a_row("a")
        raise RuntimeError("torn")

    with pytest.raises(RuntimeError, match="torn"):
        store.append(broken())  # type: ignore[arg-type]
    assert store.count() == 0
    assert store.append([a_row("b")]) == 1


def test_what_was_added_is_there_after_closing(place: Place) -> None:
    """A closed diary, opened again, holds the same rows in the same order; the version is known and nothing damaged."""
    rows = [a_row("a", day=3), a_row("b", body='{"long":"' + "läßt " * 5000 + '"}'), a_row("c", body='"\\u0000"')]
    with place.open() as store:
        store.append(rows)
        kept = list(store.rows())
    with place.open() as store:
        assert list(store.rows()) == kept
        assert [row.body for row in kept] == [row.body for row in rows]
        assert store.version() == 1
        assert store.check() == ()
        assert store.size() > 0


def test_rows_cannot_be_changed_or_removed(lasting: Place) -> None:
    """The database itself refuses to change, remove or replace what was written."""
    with lasting.open() as store:
        store.append([a_row("a")])
        for statement in ("UPDATE diary_entry SET body = '{}'", "DELETE FROM diary_entry"):
            with pytest.raises(Exception, match="never"):
                store._connection.execute(statement)
        assert names(store.rows()) == ["a"]


def test_errors_and_printed_rows_hold_nothing_about_the_runner(lasting: Place) -> None:
    """Neither a row nor an entry in print shows its content, and an error does not repeat it."""
    entry = an_entry(CheckIn(sleep_h=4.25, note="secret"))
    assert "secret" not in f"{entry!r}{entry}{row_of(entry)!r}"
    with lasting.open() as store:
        bad = Row(id="entry-a", date=TODAY, kind="set-done", batch="b-1", steers=2, body="secret")  # type: ignore[arg-type]
        with pytest.raises(StoreError) as told:
            store.append([bad])
    assert "secret" not in f"{told.value}{told.value.__cause__}"
    assert told.value.__suppress_context__


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some=st.lists(entries(), max_size=6, unique_by=lambda entry: entry.id))
def test_entries_survive_the_store(store: Store, some: list[Entry]) -> None:
    """Any entry read back from its row is the entry that was written."""
    fresh = [entry for entry in some if entry.id not in store.known([e.id for e in some])]
    store.append(map(row_of, fresh))
    found = {row.id: read_row(row, "diary") for row in store.rows()}
    assert [found[entry.id] for entry in fresh] == fresh


def test_importing_twice_changes_nothing(store: Store) -> None:
    """The same runs a second time, from another file, are known and nothing is written."""
    first = [run_entry(a_run_done(day), an_origin("first")) for day in range(5)]
    second = [run_entry(a_run_done(day, source="zip/run.fit"), an_origin("second")) for day in range(6)]
    assert (add(store, first, now=NOON).new, add(store, first, now=NOON).new) == (5, 0)
    again = add(store, second, now=NOON)
    assert (again.new, again.known, again.again) == (1, 5, 0)
    assert [e.what.source for e in current(store)] == ["run.fit"] * 5 + ["zip/run.fit"]  # type: ignore[union-attr]


def test_a_batch_is_taken_back_as_one(store: Store) -> None:
    """Taking back a batch takes all of it and nothing else, once; taking that back restores it."""
    add(store, sets(3, batch="one"), now=NOON)
    add(store, [an_entry(Rpe(activity="run-1", rpe_cr10=6), batch="two")], now=NOON)
    taken = take_back(store, sets(1, batch="one")[0].origin.batch, now=NOON, date=TODAY)
    assert len(taken.entries) == 3
    assert [entry.kind for entry in current(store)] == ["rpe"]
    with pytest.raises(InputError, match="taken back already"):
        take_back(store, taken.target, now=NOON, date=TODAY)
    undo = next(row.id for row in store.rows(kinds=["undone"]))
    take_back(store, undo, now=NOON, date=TODAY)
    assert [entry.kind for entry in current(store)] == ["set-done"] * 3 + ["rpe"]


def test_the_last_thing_is_taken_back_when_none_is_named(store: Store) -> None:
    """Without an id the last batch still in force goes, then the one before it, then there is nothing."""
    for name in ("one", "two"):
        add(store, sets(2, batch=name, exercise=name), now=NOON)
    for left in (["one", "one"], []):
        take_back(store, now=NOON, date=TODAY)
        assert [e.what.exercise for e in current(store)] == left  # type: ignore[union-attr]
    with pytest.raises(InputError, match="nothing to take back"):
        take_back(store, now=NOON, date=TODAY)


def test_an_import_after_taking_back_is_in_force_again(store: Store) -> None:
    """What was taken back and comes in once more counts again, and the second import can be taken back too."""
    for round_, name in enumerate(("first", "second", "third")):
        added = add(store, [run_entry(a_run_done(day), an_origin(name)) for day in range(3)], now=NOON)
        assert (added.new, added.again, added.known) == ((3, 0, 0) if round_ == 0 else (0, 3, 0))
        assert len(current(store)) == 3
        take_back(store, now=NOON, date=TODAY)
        assert current(store) == ()


def test_a_newer_version_of_an_entry_replaces_the_older(store: Store) -> None:
    """The corrected entry counts alone; taken back, the older one counts again; importing the older changes nothing."""
    old = run_entry(a_run_done(minutes=50), an_origin("old"))
    new = run_entry(a_run_done(minutes=52), an_origin("new"), replaces=old.id)
    add(store, [old], now=NOON)
    add(store, [new], now=NOON)
    assert current(store, since=TODAY, until=TODAY) == (new,)
    assert add(store, [old], now=NOON).again == 0
    assert current(store) == (new,)
    with pytest.raises(InputError, match="replaced by a newer entry"):
        take_back(store, old.id, now=NOON, date=TODAY)
    take_back(store, new.id, now=NOON, date=TODAY)
    assert current(store) == (old,)


def test_current_entries_are_asked_for_by_date_and_kind(store: Store) -> None:
    """Only what was asked for comes, also where a correction or taking back lies outside the dates."""
    add(store, [*sets(2, day=0), *sets(2, day=3), an_entry(CheckIn(sleep_h=7), day=3)], now=NOON)
    fixed = an_entry(SetDone(exercise="goblet-squat", amount=9, number=1), day=9, replaces=sets(1)[0].id)
    add(store, [fixed], now=NOON)
    take_back(store, sets(2, day=3)[1].id, now=NOON + 30 * DAY, date=TODAY + 30 * DAY)
    assert current(store, until=TODAY) == tuple(sets(2)[1:])
    assert [e.kind for e in current(store, since=TODAY + 3 * DAY)] == ["set-done", "check-in", "set-done"]
    assert [e.kind for e in current(store, kinds=(CheckIn, Rpe))] == ["check-in"]


def test_unclear_ids_are_refused_in_words(store: Store) -> None:
    """Too few letters, an unknown id and one that fits several entries each say what to do."""
    add(store, sets(3), now=NOON)
    store.append([a_row("ab"), a_row("ac")])
    for target, words in (("zzzz", "no entry"), ("a", "4 letters"), ("entry", "more letters")):
        with pytest.raises(InputError, match=words):
            take_back(store, target, now=NOON, date=TODAY)


def open_with(place: Place, scripts: tuple[str, ...] | None = None) -> Store:
    """Open a diary by a program that knows other scripts than today's."""
    if place.kind == "sqlite":
        return open_sqlite(Path(place.address), migrations=scripts)
    from midstance.store.postgresql import open_postgresql  # noqa: PLC0415 - psycopg need not be there

    return open_postgresql(place.address, migrations=scripts)


def wider(kind: str, script: str) -> tuple[str, ...]:
    """The scripts of today and one more."""
    return (*load_migrations(kind), script)


def test_an_older_diary_is_brought_up_to_date(lasting: Place) -> None:
    """A diary of the version before opens, with every entry, in the new layout; SQLite keeps a copy of the old file."""
    with open_with(lasting) as store:
        store.append([a_row("a"), a_row("b")])
        before = list(store.rows())
    scripts = wider(lasting.kind, "ALTER TABLE diary_entry ADD COLUMN place TEXT;\n"
                    "CREATE INDEX by_place ON diary_entry (place);")
    with open_with(lasting, scripts) as store:
        assert store.version() == 2
        assert list(store.rows()) == before
        assert store.append([a_row("c")]) == 1
    if lasting.kind == "sqlite":
        with open_sqlite(Path(lasting.address).with_name("diary.version-1.db")) as old:
            assert (old.version(), list(old.rows())) == (1, before)
    with open_with(lasting, scripts) as store:
        assert names(store.rows()) == ["a", "b", "c"]


@pytest.mark.parametrize("script", [
    "ALTER TABLE diary_entry ADD COLUMN place TEXT;\nINSERT INTO nowhere VALUES (1);",
    "DROP TRIGGER diary_entry_is_kept;\nDELETE FROM diary_entry;"])
def test_a_failing_migration_leaves_the_diary_as_it_was(lasting: Place, script: str) -> None:
    """A script that fails or loses entries is tried on a copy only: the diary opens as before, nothing is left over."""
    if lasting.kind == "postgresql":
        script = script.replace("DROP TRIGGER diary_entry_is_kept", "DROP TRIGGER diary_entry_stays ON diary_entry")
    with open_with(lasting) as store:
        store.append([a_row("a")])
        before = list(store.rows())
    with pytest.raises(StoreError, match=r"from version 1 to 2 .* as it was"):
        open_with(lasting, wider(lasting.kind, script))
    with open_with(lasting) as store:
        assert (store.version(), list(store.rows()), store.check()) == (1, before, ())
    if lasting.kind == "sqlite":
        assert sorted(p.name for p in Path(lasting.address).parent.iterdir()) == ["diary.db"]


def test_a_newer_diary_is_refused_in_words(lasting: Place) -> None:
    """A diary of a later version is not opened and not touched, and the words say what to do."""
    with open_with(lasting, wider(lasting.kind, "CREATE TABLE later (x TEXT);")) as store:
        store.append([a_row("a")])
    with pytest.raises(InputError, match=r"newer midstance \(diary version 2; this one reads up to 1\)") as told:
        open_store(lasting.address)
    assert told.value.faults[0].remedy.startswith("install the newer midstance")
    with open_with(lasting, wider(lasting.kind, "CREATE TABLE later (x TEXT);")) as store:
        assert names(store.rows()) == ["a"]


def test_addresses_are_shown_without_password(place: Place) -> None:
    """What the store calls itself holds no password and no options."""
    with place.open() as store:
        assert "?" not in store.address
        assert "user=" not in store.address


def test_dates_are_local_dates(store: Store) -> None:
    """A run shortly before midnight UTC lies on the runner's date."""
    run = a_run_done()
    late = run_entry(type(run)(start=dt.datetime(2026, 12, 1, 23, 30, tzinfo=dt.UTC),
                               local_start=dt.datetime.fromisoformat("2026-12-02T05:15"), seconds=1800), an_origin())
    add(store, [late], now=NOON)
    assert current(store, since=TODAY + DAY) == (late,)
    assert current(store, until=TODAY) == ()
