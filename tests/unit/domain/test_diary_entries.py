"""What a diary refuses to hold, and how entries stand after being taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from builders_diary import NOON, TODAY, a_run_done, an_entry, an_origin, sets
from midstance.domain.diary import (
    AssessmentDone,
    Busy,
    CheckIn,
    IllnessNoted,
    Pain,
    PainNoted,
    PlanAccepted,
    RaceAdded,
    Redone,
    Rpe,
    SessionDone,
    SetDone,
    Undone,
)
from midstance.domain.entry import Origin, Via, batch_id, entry_of, run_entry, standing
from midstance.domain.runner import Race


@pytest.mark.parametrize(("make", "words"), [
    (lambda: CheckIn(sleep_h=25), "sleep_h is 25; it must lie between 0 and 24"),
    (lambda: CheckIn(life=float("nan")), "life is nan"),
    (lambda: CheckIn(mood=-1), "mood is -1; it must lie between 0 and 10"),
    (lambda: CheckIn(resting_hr=5), "resting_hr"),
    (lambda: CheckIn(ill=("Fever!",)), "symptom 'Fever!' is no word"),
    (lambda: IllnessNoted(symptoms=("",)), "symptom"),
    (lambda: Pain(area="elbow", score=3), "area 'elbow' is not known; use one of foot, toe"),
    (lambda: Pain(area="knee", score=11), "pain is 11"),
    (lambda: Pain(area="knee", score=1, side="middle"), "left, right, both"),
    (lambda: Pain(area="knee", score=1, tissue="nerve"), "tendon, bone, muscle, joint"),
    (lambda: PainNoted(pain=Pain(area="knee", score=1), when="soon"), "during, after, next-morning"),
    (lambda: SetDone(exercise=" ", amount=8), "exercise is missing"),
    (lambda: SetDone(exercise="squat", amount=-1), "squat: reps is -1"),
    (lambda: SetDone(exercise="squat", amount=8, unit="miles"), "unit 'miles'"),
    (lambda: SetDone(exercise="squat", amount=8, weight_kg=float("inf")), "weight_kg is inf"),
    (lambda: SetDone(exercise="squat", amount=8, side="both"), "side 'both'"),
    (lambda: SessionDone(rpe_cr10=10.5), "rpe_cr10 is 10.5"),
    (lambda: Rpe(activity="", rpe_cr10=5), "activity is missing"),
    (lambda: AssessmentDone(test="hop"), "one value, or one a side"),
    (lambda: AssessmentDone(test="hop", value=3, left=4), "one value, or one a side"),
    (lambda: PlanAccepted(plan="", document="{}"), "plan is missing"),
    (lambda: Busy(first=TODAY, last=TODAY - dt.timedelta(days=1)), "cannot end on 2026-11-30"),
    (lambda: RaceAdded(race=Race(date=TODAY, distance_km=0)), "distance_km"),
    (lambda: RaceAdded(race=Race(date=TODAY, distance_km=10, priority="D")), "priority 'D'"),
    (lambda: Undone(of=()), "names no entry"),
    (lambda: Redone(of=("A B",)), "is no id"),
    (lambda: Origin(via=Via.HAND, batch=""), "batch '' is no id"),
])
def test_impossible_values_are_refused_in_words(make: object, words: str) -> None:
    """A value that cannot be is refused when it is made, and the message says what would do."""
    with pytest.raises(ValueError, match=r".") as told:
        make()  # type: ignore[operator]
    assert words in str(told.value)


def test_nothing_of_a_check_in_is_obligatory() -> None:
    """A check-in without a single answer is one, and so is one with every answer."""
    full = CheckIn(
        sleep_h=5.5, sleep_quality=2, life=7, soreness=3, fatigue=4, mood=3, hrv_ms=61, resting_hr=49, limp=True,
        pain=(Pain(area="knee", side="left", score=4, tissue="tendon"),), ill=("cough", "fever"), minutes=20,
        too_much=True)
    assert CheckIn() != full
    assert an_entry(full).kind == "check-in"


def test_an_entry_needs_an_instant() -> None:
    """A time without zone is refused; one in another zone becomes UTC."""
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(ValueError, match="no time zone"):
        entry_of(CheckIn(), at=naive, date=TODAY, origin=an_origin())
    nepal = NOON.astimezone(dt.timezone(dt.timedelta(hours=5, minutes=45)))
    assert entry_of(CheckIn(), at=nepal, date=TODAY, origin=an_origin()).at.utcoffset() == dt.timedelta(0)
    with pytest.raises(ValueError, match="no instant in UTC"):
        replace(an_entry(CheckIn()), at=nepal)
    with pytest.raises(ValueError, match="aware instant"):
        an_entry(replace(a_run_done(), start=naive))
    with pytest.raises(ValueError, match="aware instant"):
        an_entry(replace(a_run_done(), local_start=NOON))


def test_a_number_that_is_none_is_refused_in_a_run() -> None:
    """A recording with an infinite heart rate does not become an entry."""
    with pytest.raises(ValueError, match="Out of range float"):
        run_entry(replace(a_run_done(), mean_hr=float("inf")), an_origin())


def test_a_file_name_that_is_no_text_does_no_harm() -> None:
    """Bytes of a name that are no Unicode become question marks in the file."""
    run = replace(a_run_done(), source="l\udce4uft.fit")
    assert run_entry(run, Origin(via=Via.FILE, batch=batch_id(NOON, "l\udce4uft.fit"), name="l\udce4uft.fit")).id


def test_the_id_does_not_change_with_fields_at_their_defaults() -> None:
    """Saying a default aloud makes no other entry, so that a field added later changes no id; saying more does."""
    assert an_entry(CheckIn(sleep_h=7)).id == an_entry(CheckIn(sleep_h=7.0, limp=False, pain=())).id
    assert an_entry(CheckIn(sleep_h=7)).id != an_entry(CheckIn(sleep_h=7, note="x")).id


def test_kept_ids_stay_what_they_are() -> None:
    """Ids written years ago are made in the same way today."""
    assert sets(1)[0].id == "6f0cd6804826d14f80fe21b6c3cf683b"
    assert run_entry(a_run_done(), an_origin()).id == "0708419b04304e967140567ba9bdb419"


def test_taking_back_a_batch_spares_what_comes_later() -> None:
    """Entries written into the same batch after it was taken back are in force: the import was resumed."""
    first, second = sets(2, batch="import")
    undo = an_entry(Undone(of=(first.origin.batch,)), batch="undo")
    assert standing([first, undo, second]).in_force == (second,)
    assert standing([first, second, undo]).in_force == ()


def test_the_newest_word_on_an_entry_counts() -> None:
    """Undo of the batch, redo of one entry, undo of that entry: each changes what the one before said."""
    first, second = sets(2, batch="import")
    words = [an_entry(Undone(of=(first.origin.batch,)), batch="u"), an_entry(Redone(of=(first.id,)), batch="r"),
             an_entry(Undone(of=(first.id,)), batch="v")]
    assert standing([first, second, *words[:1]]).in_force == ()
    assert standing([first, second, *words[:2]]).in_force == (first,)
    assert standing([first, second, *words]).in_force == ()


def test_a_chain_of_corrections_shows_its_last() -> None:
    """Of an entry, its correction and the correction of that, only the last counts, and each undo goes one back."""
    old = sets(1)[0]
    middle = an_entry(SetDone(exercise="squat", amount=9), batch="m", replaces=old.id)
    new = an_entry(SetDone(exercise="squat", amount=10), batch="n", replaces=middle.id)
    assert standing([old, middle, new]).in_force == (new,)
    undo = an_entry(Undone(of=(new.id,)), batch="u")
    assert standing([old, middle, new, undo]).in_force == (middle,)
    assert standing([old, middle, new, undo, an_entry(Undone(of=("b-1234", middle.id)), batch="v")]).in_force == (old,)
    assert standing([old, middle, new, an_entry(Undone(of=(middle.id,)), batch="w")]).in_force == (new,)
