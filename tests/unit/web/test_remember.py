"""A page is computed once for a diary as it stands; what is written to it is seen at once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from builders_diary import NOON, TODAY, a_row
from midstance.services.diary import open_store
from midstance.store.store import MemoryStore, Store
from midstance.web import remember
from midstance.web._screen import Visit
from midstance.web.remember import MOST, remembered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty diary in a file."""
    opened = open_store(tmp_path / "diary.db")
    yield opened
    opened.close()


def a_visit(store: Store, day: int = 0) -> Visit:
    """A visit on a day."""
    return Visit(store=store, at=NOON, today=TODAY + dt.timedelta(day))


def test_the_same_page_is_computed_once(store: Store) -> None:
    """A second visit gets what the first made."""
    made: list[int] = []
    for _ in range(3):
        remembered(a_visit(store), "page", lambda: made.append(1))
    assert len(made) == 1


def test_another_day_diary_or_name_is_computed_anew(store: Store, tmp_path: Path) -> None:
    """Nothing is given out for another date, another diary or another thing."""
    other = open_store(tmp_path / "other.db")
    here, there = a_visit(store), a_visit(other)
    visits = [(here, "page"), (a_visit(store, 1), "page"), (here, "other"), (there, "page")]
    assert [remembered(visit, what, lambda n=n: n) for n, (visit, what) in enumerate(visits)] == [0, 1, 2, 3]
    other.close()


def test_what_was_written_is_seen(store: Store) -> None:
    """After an entry the page is computed anew."""
    assert remembered(a_visit(store), "page", lambda: "before") == "before"
    store.append([a_row("a")])
    assert remembered(a_visit(store), "page", lambda: "after") == "after"


def test_what_another_writes_meanwhile_is_never_hidden(store: Store, tmp_path: Path) -> None:
    """A page that was computed while another request wrote is shown once, and not kept for the diary after it."""
    other = open_store(tmp_path / "diary.db")

    def slow() -> str:
        other.append([a_row("b")])
        return "made of the diary before it"

    remembered(a_visit(store), "page", slow)
    assert remembered(a_visit(store), "page", lambda: "fresh") == "fresh"
    other.close()


def test_little_is_kept(store: Store) -> None:
    """The oldest is dropped, so that nothing grows."""
    for n in range(3 * MOST):
        remembered(a_visit(store), n, lambda: None)
    assert len(remember._kept) <= MOST


def test_a_diary_in_memory_is_never_remembered() -> None:
    """Diaries in memory share a name; none sees another's page."""
    assert [remembered(a_visit(MemoryStore()), "page", lambda n=n: n) for n in range(2)] == [0, 1]
