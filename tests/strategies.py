"""Hypothesis strategies shared by tests of several parts; plans have their own in ``strategies_plan.py``."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from midstance.domain.run import RunType
from midstance.domain.runner import (
    AREAS,
    EQUIPMENT,
    GOALS,
    PRIMERS,
    Blocked,
    Injury,
    Level,
    Lift,
    PatternRun,
    Race,
    Runner,
    Thresholds,
)

ZONES = ("Europe/Lisbon", "America/New_York", "Australia/Sydney", "Asia/Kathmandu", "Pacific/Apia", "UTC")
DATES = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=20).map(str.strip)
NAMES = WORDS.filter(bool)
IDS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
QUARTERS = st.integers(1, 400).map(lambda n: n / 4)


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    """Either nothing or a value."""
    return st.none() | strategy


def some(strategy: st.SearchStrategy, most: int = 3) -> st.SearchStrategy:
    """A tuple of a few values."""
    return st.lists(strategy, max_size=most).map(tuple)


def unique(strategy: st.SearchStrategy, most: int = 4) -> st.SearchStrategy:
    """A tuple of a few different values, ascending."""
    return st.sets(strategy, max_size=most).map(lambda values: tuple(sorted(values)))


@st.composite
def windows(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """Free windows of a day that neither overlap nor touch."""
    cuts = draw(st.lists(st.integers(0, 1440), unique=True, max_size=6).map(sorted))
    return tuple((cuts[i], cuts[i + 1]) for i in range(0, len(cuts) - 1, 2))


@st.composite
def spans(draw: st.DrawFn) -> tuple[dt.date, dt.date]:
    """Two dates, the earlier first."""
    return tuple(sorted((draw(DATES), draw(DATES))))


@st.composite
def injuries(draw: st.DrawFn) -> Injury:
    """A past or present injury."""
    since, until = draw(spans())
    return Injury(
        area=draw(st.sampled_from(AREAS)), side=draw(st.sampled_from(("left", "right", "both"))), since=since,
        until=draw(st.sampled_from((until, None))),
    )


RACES = st.builds(
    Race, date=DATES, distance_km=QUARTERS, priority=st.sampled_from("ABC"), start_minute=maybe(st.integers(0, 1439)),
    name=WORDS,
)
PATTERN = st.builds(
    PatternRun, day=st.integers(0, 6), start_minute=maybe(st.integers(0, 1439)), minutes=st.integers(1, 200),
    type=st.sampled_from(RunType),
)
LIFTS = st.builds(
    Lift, exercise=IDS, weight_kg=QUARTERS, reps=st.integers(1, 30), rir=maybe(st.integers(0, 10)),
)
THRESHOLDS = st.builds(
    Thresholds, hr_max=maybe(st.integers(190, 220)), hr_rest=maybe(st.integers(30, 80)),
    hr_threshold=maybe(st.integers(120, 180)), pace_threshold_s_per_km=maybe(st.integers(120, 1200)),
)
RESULTS = QUARTERS | st.fixed_dictionaries({"left": QUARTERS, "right": QUARTERS})
PERSON = {
    "name": NAMES, "timezone": st.sampled_from(ZONES), "running_level": st.sampled_from(Level),
    "strength_level": st.sampled_from(Level), "goal": st.sampled_from(GOALS),
    "units": st.sampled_from(("metric", "imperial")), "birth_year": maybe(st.integers(1930, 2010)),
    "sex": st.sampled_from((None, "female", "male")), "strength_since": maybe(DATES),
    "body_mass_kg": maybe(st.integers(100, 400).map(lambda n: n / 4)),
    "easy_pace_s_per_km": maybe(st.integers(120, 1200)), "run_start_minute": st.integers(0, 1439),
    "recent_week_km": maybe(QUARTERS), "recent_longest_km": maybe(QUARTERS), "session_minutes": st.integers(10, 45),
    "sessions_a_week": maybe(st.tuples(st.integers(0, 3), st.integers(3, 7))),
    "strength_days": unique(st.integers(0, 6)), "primers": st.sampled_from(PRIMERS), "hard_days_hard": st.booleans(),
    "indoor_months": unique(st.integers(1, 12)), "likes": unique(st.sampled_from(("kettlebell", "core", "plank"))),
    "dislikes": unique(st.sampled_from(("push", "box", "burpee"))),
    "availability": st.dictionaries(st.integers(0, 6), windows()),
    "blocked": some(spans().map(lambda span: Blocked(first=span[0], last=span[1]))),
    "races": st.lists(RACES, max_size=3, unique_by=lambda race: race.date).map(tuple),
    "running": st.lists(PATTERN, max_size=4, unique_by=lambda run: run.day).map(tuple),
    "injuries": some(injuries()), "lifts": some(LIFTS), "thresholds": THRESHOLDS,
    "assessment": st.dictionaries(IDS, RESULTS, max_size=3),
}


@st.composite
def runners(draw: st.DrawFn) -> Runner:
    """A runner whose file is sound: values in range, nothing in contradiction."""
    equipment = draw(unique(st.sampled_from(EQUIPMENT)))
    bar = draw(maybe(st.integers(1, 25).map(float)))
    heavy = st.lists(QUARTERS, max_size=4).map(lambda values: tuple(sorted(values)))
    return Runner(
        equipment=equipment, bar_kg=bar, plates_kg=draw(heavy) if bar else (),
        weights_kg=draw(heavy), **{name: draw(strategy) for name, strategy in PERSON.items()},
    )
