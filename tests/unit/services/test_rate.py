"""An exertion told afterwards finds its run or session, and makes its load."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders_daily import HEAVY, a_document, a_stamp, kept
from builders_diary import DAY, NOON, TODAY, a_run_done, an_entry, an_origin
from midstance.domain.diary import Rpe, SessionDone
from midstance.domain.entry import run_entry
from midstance.domain.session import Kind
from midstance.formats._format import InputError
from midstance.services.activities import activities
from midstance.services.diary import add, current, open_store
from midstance.services.rate import note_rpe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.store.store import Store

PLANNED_RUN = "run-2026-12-01-0630"


@pytest.fixture
def store() -> Iterator[Store]:
    """A diary with a kept plan: on Tuesday an easy run and a heavy session, on Wednesday intervals."""
    with open_store("memory:") as store:
        add(store, [kept(a_document())], now=NOON)
        yield store


def test_a_recorded_run_is_rated_by_its_date(store: Store) -> None:
    """A date with one run and no session needs no id; the load is exertion times minutes, nothing is estimated."""
    run = run_entry(a_run_done(-1, minutes=50), an_origin())
    add(store, [run], now=NOON)
    before = activities(current(store))[0]
    noted = note_rpe(store, str(TODAY - DAY), 7, a_stamp())
    assert before.estimated
    assert (noted.activity.id, noted.activity.load_au, noted.activity.estimated) == (run.id, 350, False)
    assert [(e.what, e.date) for e in current(store, kinds=(Rpe,))] == [
        (Rpe(activity=run.id, rpe_cr10=7), TODAY - DAY)]


def test_the_last_word_on_a_run_counts(store: Store) -> None:
    """Rated twice, the second rating makes the load; first letters of an id are enough."""
    run = run_entry(a_run_done(-1, minutes=50), an_origin())
    add(store, [run], now=NOON)
    note_rpe(store, run.id, 7, a_stamp())
    assert note_rpe(store, run.id[:6], 4, a_stamp(second=1)).activity.load_au == 200


def test_rating_a_planned_session_notes_it_as_done(store: Store) -> None:
    """Who rates a session has done it; rated again it stays one session."""
    noted = note_rpe(store, HEAVY, 6, a_stamp())
    assert noted.activity.load_au == 6 * 24
    assert [e.what for e in current(store, kinds=(SessionDone,))] == [
        SessionDone(session=HEAVY, kind=Kind.HEAVY, rpe_cr10=6)]
    again = note_rpe(store, HEAVY, 5, a_stamp(second=1))
    assert again.activity.load_au == 5 * 24
    assert len(activities(current(store))) == 1


def test_a_planned_run_counts_once_rated_and_gives_way_to_its_recording(store: Store) -> None:
    """Without a recording the plan's minutes count; with it the rating is the recording's."""
    noted = note_rpe(store, PLANNED_RUN, 4, a_stamp())
    assert (noted.activity.load_au, noted.activity.minutes_told) == (200, False)
    run = run_entry(a_run_done(0, minutes=60), an_origin())
    add(store, [run], now=NOON)
    found = activities(current(store))
    assert [(a.id, a.load_au, a.estimated) for a in found] == [(run.id, 240, False)]
    assert note_rpe(store, PLANNED_RUN, 5, a_stamp(second=1)).activity.id == run.id


def test_several_of_a_date_are_listed_by_id(store: Store) -> None:
    """Run and session of one date are named with ids that the command takes."""
    with pytest.raises(InputError, match=PLANNED_RUN) as found:
        note_rpe(store, "today", 6, a_stamp())
    assert HEAVY in str(found.value)
    assert current(store, kinds=(Rpe, SessionDone)) == ()


@pytest.mark.parametrize(("which", "rpe", "word"), [
    ("2026-12-06", 5, "no run and no session"), ("yesterday", 5, "no run and no session"), ("nothing", 5, "is no run"),
    ("2026-12-02", 5, "lies ahead"), (HEAVY, 11, "10 maximal"),
])
def test_what_cannot_be_rated_is_refused(store: Store, which: str, rpe: float, word: str) -> None:
    """An empty date, an unknown id, tomorrow's run and an exertion beyond the scale write nothing."""
    with pytest.raises(InputError, match=word):
        note_rpe(store, which, rpe, a_stamp())
    assert current(store, kinds=(Rpe, SessionDone)) == ()


def test_without_a_plan_recorded_runs_can_be_rated() -> None:
    """A diary without any plan works; a session that was not planned is rated by its date."""
    with open_store("memory:") as store:
        add(store, [an_entry(SessionDone(kind=Kind.UPPER, minutes=20))], now=NOON)
        assert note_rpe(store, "today", 5, a_stamp()).activity.load_au == 100
