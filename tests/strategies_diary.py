"""Random diary entries of every kind."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from midstance.domain.diary import (
    KINDS,
    PAIN_WHEN,
    SET_UNITS,
    SIDES,
    TISSUES,
    AssessmentDone,
    BlockTaken,
    Busy,
    ChangeAccepted,
    ChangeProposed,
    CheckIn,
    IllnessNoted,
    Moved,
    Pain,
    PainNoted,
    PlanAccepted,
    RaceAdded,
    Redone,
    Rpe,
    SessionDone,
    SetDone,
    Skipped,
    Undone,
    What,
)
from midstance.domain.entry import Entry, Origin, Via, entry_of
from midstance.domain.run import RunDone
from midstance.domain.runner import AREAS, Race
from midstance.domain.session import Kind

DATES = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
SAID = TEXTS.filter(str.strip)
IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{3,20}", fullmatch=True)
SYMPTOMS = st.lists(st.from_regex(r"[a-z][a-z -]{0,10}", fullmatch=True), max_size=3).map(tuple)
ZONES = (dt.UTC, dt.timezone(dt.timedelta(hours=5, minutes=45)), dt.timezone(-dt.timedelta(hours=9, minutes=30)))
CLOCKS = st.builds(dt.datetime.combine, DATES, st.times())
MOMENTS = st.builds(dt.datetime.combine, DATES, st.times(), st.sampled_from(ZONES))


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    """Whole and other numbers within bounds."""
    return st.integers(int(low), int(high)) | st.floats(low, high, allow_nan=False)


def maybe_number(low: float, high: float) -> st.SearchStrategy[float | None]:
    """A number within bounds, or nothing."""
    return st.none() | numbers(low, high)


SCORES = maybe_number(0, 10)
PAINS = st.builds(Pain, area=st.sampled_from(AREAS), score=numbers(0, 10), side=st.sampled_from(("", *SIDES)),
                  tissue=st.sampled_from(("", *TISSUES)))
RUNS = st.builds(
    RunDone, start=MOMENTS.map(lambda at: at.astimezone(dt.UTC)),
    local_start=CLOCKS, seconds=st.integers(1, 90_000),
    distance_km=maybe_number(0, 200), mean_hr=maybe_number(30, 230), max_hr=maybe_number(30, 230),
    hard_minutes=maybe_number(0, 300), source=TEXTS, device=TEXTS,
    minute_hr=st.lists(st.integers(0, 230), max_size=5).map(tuple),
    minute_speed_m_s=st.lists(numbers(0, 9), max_size=5).map(tuple))
BY_KIND: dict[type, st.SearchStrategy] = {
    RunDone: RUNS,
    SetDone: st.builds(
        SetDone, exercise=SAID, amount=numbers(0, 500), unit=st.sampled_from(SET_UNITS), number=st.integers(1, 30),
        weight_kg=maybe_number(0, 300), per_hand=st.booleans(), rir=maybe_number(0, 10),
        side=st.sampled_from(("", "left", "right")), pain=SCORES, warm_up=st.booleans(), session=TEXTS, note=TEXTS),
    SessionDone: st.builds(SessionDone, session=TEXTS, kind=st.none() | st.sampled_from(Kind),
                           minutes=maybe_number(0, 300), rpe_cr10=SCORES, note=TEXTS),
    CheckIn: st.builds(
        CheckIn, sleep_h=maybe_number(0, 24), sleep_quality=SCORES, life=SCORES, soreness=SCORES, fatigue=SCORES,
        mood=SCORES, hrv_ms=maybe_number(0, 300), resting_hr=maybe_number(25, 120),
        pain=st.lists(PAINS, max_size=3).map(tuple), ill=SYMPTOMS, limp=st.booleans(), minutes=maybe_number(0, 120),
        too_much=st.booleans(), note=TEXTS),
    PainNoted: st.builds(PainNoted, pain=PAINS, when=st.sampled_from(("", *PAIN_WHEN)), activity=TEXTS, note=TEXTS),
    IllnessNoted: st.builds(IllnessNoted, symptoms=SYMPTOMS, over=st.booleans(), note=TEXTS),
    AssessmentDone: st.builds(AssessmentDone, test=SAID, value=numbers(-50, 500), note=TEXTS)
    | st.builds(AssessmentDone, test=SAID, left=numbers(-50, 500), right=maybe_number(-50, 500)),
    PlanAccepted: st.builds(PlanAccepted, plan=SAID, document=TEXTS),
    ChangeProposed: st.builds(ChangeProposed, says=st.lists(TEXTS, max_size=2).map(tuple), plan=SAID,
                              why=st.lists(TEXTS, max_size=2).map(tuple), document=TEXTS, previous=TEXTS),
    ChangeAccepted: st.builds(ChangeAccepted, change=IDS),
    BlockTaken: st.builds(BlockTaken, block=st.just("") | IDS),
    Moved: st.builds(Moved, day=DATES, to=DATES, activity=TEXTS),
    Skipped: st.builds(Skipped, day=DATES, activity=TEXTS),
    Busy: st.tuples(DATES, DATES, TEXTS).map(lambda d: Busy(first=min(d[:2]), last=max(d[:2]), note=d[2])),
    RaceAdded: st.builds(RaceAdded, race=st.builds(
        Race, date=DATES, distance_km=numbers(1, 200), priority=st.sampled_from("ABC"),
        start_minute=st.none() | st.integers(0, 1439), name=TEXTS)),
    Rpe: st.builds(Rpe, activity=SAID, rpe_cr10=numbers(0, 10)),
    Undone: st.builds(Undone, of=st.lists(IDS, min_size=1, max_size=3).map(tuple)),
    Redone: st.builds(Redone, of=st.lists(IDS, min_size=1, max_size=3).map(tuple)),
}
WHATS: st.SearchStrategy[What] = st.one_of([BY_KIND[kind] for kind in KINDS.values()])
ORIGINS = st.builds(Origin, via=st.sampled_from(Via), batch=IDS, name=TEXTS)


@st.composite
def entries(draw: st.DrawFn, what: st.SearchStrategy[What] = WHATS) -> Entry:
    """Draw an entry of any kind."""
    return entry_of(draw(what), at=draw(MOMENTS), date=draw(DATES), origin=draw(ORIGINS),
                    replaces=draw(st.just("") | IDS))
