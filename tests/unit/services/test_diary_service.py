"""Where the diary is, and how it is opened by its address."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from builders_diary import DAY, NOON, TODAY, an_entry, sets
from midstance.domain.diary import ChangeAccepted, ChangeProposed, CheckIn
from midstance.formats._format import InputError
from midstance.services.diary import add, current, default_place, open_store, take_back

HOME = Path("/home/ana")


@pytest.mark.parametrize(("environment", "windows", "place"), [
    ({}, False, "/home/ana/.local/share/midstance/diary.db"),
    ({"XDG_DATA_HOME": "/data"}, False, "/data/midstance/diary.db"),
    ({"XDG_DATA_HOME": "data"}, False, "/home/ana/.local/share/midstance/diary.db"),
    ({"XDG_DATA_HOME": ""}, False, "/home/ana/.local/share/midstance/diary.db"),
    ({"MIDSTANCE_DIARY": "here.db", "XDG_DATA_HOME": "/data"}, False, "here.db"),
    ({"MIDSTANCE_DIARY": "postgresql://db/x"}, False, "postgresql://db/x"),
    ({"MIDSTANCE_DIARY": ""}, False, "/home/ana/.local/share/midstance/diary.db"),
    ({"XDG_DATA_HOME": "/data"}, True, "/home/ana/AppData/Local/midstance/diary.db"),
])
def test_the_diary_has_a_place_by_default(environment: dict[str, str], windows: bool, place: str) -> None:
    """A variable names it, else it lies in the user's data folder."""
    assert default_place(environment, HOME, windows=windows) == place


def test_a_file_is_opened_by_path_text_and_address(tmp_path: Path) -> None:
    """The same file, named in four ways, is the same diary."""
    file = tmp_path / "a b%20c?.db"
    with open_store(file) as store:
        add(store, sets(2), now=NOON)
    for place in (str(file), f"sqlite:///{file}", file):
        with open_store(place) as store:
            assert len(current(store)) == 2
            assert store.address == str(file)
    assert [p.name for p in tmp_path.iterdir()] == [file.name]


def test_memory_is_opened_by_its_address() -> None:
    """``memory:`` is a diary that is forgotten."""
    with open_store("memory:") as store:
        assert add(store, sets(2), now=NOON).new == 2
    with open_store("memory:") as store:
        assert current(store) == ()


def test_postgresql_without_its_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where psycopg is not installed, the message names the extra that brings it."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "midstance.store.postgresql", raising=False)
    with pytest.raises(InputError, match=r"midstance\[postgres\]"):
        open_store("postgresql://db/diary")


def test_opening_a_file_loads_nothing_heavy() -> None:
    """The path of every command loads neither PostgreSQL's driver nor numpy nor a database library."""
    script = "import sys, midstance.services.diary as d, midstance.store.sqlite; d.open_store('memory:'); " \
             "print([m for m in ('psycopg', 'sqlalchemy', 'numpy', 'icalendar', 'jinja2') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_last_thing_told_is_taken_back_not_what_the_program_wrote() -> None:
    """A proposal that a morning wrote by itself is passed over; by its own id it is taken back all the same."""
    told = an_entry(CheckIn(sleep_h=3), batch="checkin")
    waits = an_entry(ChangeProposed(says=("Tuesday becomes Wednesday.",), plan="p2"), batch="today")
    with open_store("memory:") as store:
        add(store, [told], now=NOON)
        add(store, [waits], now=NOON)
        assert take_back(store, now=NOON, date=TODAY).entries == (told,)
        with pytest.raises(InputError, match="nothing to take back"):
            take_back(store, now=NOON + DAY, date=TODAY)
        assert take_back(store, waits.id, now=NOON + DAY, date=TODAY).entries == (waits,)
        assert current(store) == ()


def test_a_decision_is_taken_back_with_the_proposal_it_took() -> None:
    """A batch that holds a word of the runner beside the proposal is the last thing told."""
    waits = an_entry(ChangeProposed(says=("Tuesday becomes Wednesday.",), plan="p2"), batch="move")
    taken = an_entry(ChangeAccepted(change=waits.id), batch="move")
    with open_store("memory:") as store:
        add(store, [waits, taken], now=NOON)
        assert take_back(store, now=NOON, date=TODAY).entries == (waits, taken)
