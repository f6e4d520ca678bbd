"""Real strength recordings: what the watch saw is read by both readers alike, offered and never doubled."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from midstance.formats import fit
from midstance.services.diary import current
from midstance.services.import_files import import_paths
from midstance.store.store import MemoryStore

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "fit"
NOW = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
pytestmark = pytest.mark.shared


@pytest.fixture(autouse=True)
def _material():
    if not DATA.is_dir():
        pytest.skip("the shared material is not beside the checkout: real strength recordings are not checked")


@pytest.mark.parametrize(("name", "sets", "counted", "known", "minutes"), [
    ("strength/20474406937_ACTIVITY.fit", 38, 36, 14, 40), ("strength/20748058539_ACTIVITY.fit", 14, 10, 8, 31),
    ("fit-parser/suunto-weight.fit", 0, 0, 0, 80), ("fit-parser/user_metrics.fit", 0, 0, 0, 24),
])
def test_sets_of_watches(name, sets, counted, known, minutes):
    """Active sets in order of time, repetitions without noise, and guesses only where the watch has some."""
    (session,) = fit.parse((DATA / name).read_bytes(), name).sessions
    assert len(session.sets) == sets
    assert sum(one.reps is not None for one in session.sets) == counted
    assert sum(bool(one.guesses) for one in session.sets) == known
    assert round(session.seconds / 60) == minutes
    assert [one.start for one in session.sets] == sorted(one.start for one in session.sets)
    assert all(one.done is None for one in session.sets)


@pytest.mark.parametrize("name", ["20474406937_ACTIVITY.fit", "20748058539_ACTIVITY.fit"])
def test_both_readers_see_the_same(name, monkeypatch):
    """The fast and the patient reader give the same sessions, set by set."""
    data = (DATA / "strength" / name).read_bytes()
    quick = fit.parse(data, name).sessions
    monkeypatch.setattr(fit, "_fast", lambda _whole: None)
    assert fit.parse(data, name).sessions == quick


def test_other_recordings_have_no_sets():
    """Yoga and volleyball of the same watch are no strength sessions."""
    for name in ("12129115726_ACTIVITY.fit", "20548472357_ACTIVITY.fit"):
        assert fit.parse((DATA / "strength" / name).read_bytes(), name).sessions == ()


def test_an_import_offers_and_fills_only_when_told():
    """Sessions that nobody logged are offered; with fill they are in the log once, however often they come."""
    store = MemoryStore()
    first = import_paths(store, [DATA / "strength"], zone="Europe/Helsinki", now=NOW)
    assert (first.written, len(first.offers), first.strength, first.ignored) == (0, 2, 2, 4)
    assert current(store) == ()
    filled = import_paths(store, [DATA / "strength"], zone="Europe/Helsinki", now=NOW, fill=True)
    assert (filled.sessions.new, filled.sets.new, filled.strength, filled.ignored) == (2, 0, 0, 2)
    again = import_paths(store, [DATA / "strength"], zone="Europe/Helsinki", now=NOW, fill=True)
    assert (again.written, again.sessions.matched) == (0, 2)
    assert len(current(store)) == 2
