"""Laws that progression keeps, whatever the log says."""

import datetime as dt
import random
from dataclasses import replace
from itertools import pairwise

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from logs import did, hurt
from midstance.catalogue.load import load_catalogue
from midstance.domain.dates import monday
from midstance.domain.diary import SetDone
from midstance.domain.exercise import Role
from midstance.domain.plan import Phase
from midstance.domain.runner import AREAS, EQUIPMENT, WEIGHTS, Level, Runner
from midstance.domain.session import Kind, content_minutes
from midstance.domain.slot import Slot
from midstance.planning.arrange import arrange
from midstance.planning.arranging.weights import rack_of
from midstance.planning.progressing.ladder import house_of, ladder_of
from midstance.planning.progression import Rung, progress, strength_trend

CATALOGUE = load_catalogue().exercises
START = dt.date(2026, 11, 30)
PIECES = (2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 16.0, 20.0, 24.0, 32.0)
TRAINED = tuple(sorted(id_ for id_, e in CATALOGUE.items() if e.role not in (Role.DRILL, Role.HOP)
                       and e.dose.unit == "reps" and {"heavy", "strength", "upper"} & set(e.kinds)))
KINDS = ("", "strength", "heavy")
RELAXED = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LONG = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def runners(draw):
    """Draw a runner with any equipment and pieces."""
    equipment = tuple(sorted(draw(st.sets(st.sampled_from(EQUIPMENT), max_size=6))))
    pieces = tuple(sorted(draw(st.lists(st.sampled_from(PIECES), max_size=6)))) if WEIGHTS & set(equipment) else ()
    level = draw(st.sampled_from(list(Level)))
    return Runner(name="R", timezone="UTC", running_level=level, strength_level=level, goal="10k",
                  equipment=equipment, weights_kg=pieces, plates_kg=(1.25, 1.25, 2.5, 2.5, 5.0, 5.0),
                  body_mass_kg=draw(st.sampled_from([None, 55.0, 80.0])))


def loads_of(runner, id_):
    """List what an exercise could be loaded with, body weight first."""
    exercise = CATALOGUE[id_]
    loads = rack_of(runner, CATALOGUE).loads(exercise.load.hold) if exercise.load.start_share else ()
    return loads if exercise.load.required and loads else (None, *loads)


def line(id_, counts, weight, rir, pain=None, side=""):
    """Write one bout."""
    parts = [id_, *map(str, counts)]
    parts += [f"{weight}kg"] if weight else []
    parts += [f"@{rir}"] if rir is not None else []
    parts += [f"!{pain}"] if pain else []
    return " ".join((*parts, side))


@st.composite
def bouts(draw, runner, id_):
    """Draw one bout of an exercise as (gap in days, counts, weight, reserve, pain, kind)."""
    counts = draw(st.lists(st.integers(1, 22), min_size=1, max_size=3))
    if draw(st.booleans()):
        counts = [counts[0]] * 3
    return (draw(st.sampled_from((2, 3, 3, 4, 7, 31, 60))), counts, draw(st.sampled_from(loads_of(runner, id_))),
            draw(st.sampled_from((None, 0, 1, 2, 3, 4, 6))), draw(st.sampled_from((0, 0, 0, 0, 2, 4, 6))),
            draw(st.sampled_from(KINDS)))


@st.composite
def logs(draw, least=1, most=14):
    """Draw a runner, an exercise and its log."""
    runner, id_ = draw(runners()), draw(st.sampled_from(TRAINED))
    return runner, id_, draw(st.lists(bouts(runner, id_), min_size=least, max_size=most))


def entries_of(id_, log):
    """Turn drawn bouts into entries, and give the last date."""
    found, day = [], START
    for gap, counts, weight, rir, pain, kind in log:
        day += dt.timedelta(days=gap)
        found += did(day, line(id_, counts, weight, rir, pain), kind=kind)
    return found, day


def told(runner, id_, log, today=None):
    """Give progress after a log."""
    entries, last = entries_of(id_, log)
    return progress(entries, runner=runner, catalogue=CATALOGUE, today=today or last)


@st.composite
def slots(draw, level, last):
    """Draw the sessions of two weeks after a date."""
    found = []
    for day in sorted(draw(st.sets(st.integers(1, 14), min_size=2, max_size=6))):
        kind = draw(st.sampled_from((Kind.HEAVY, Kind.STRENGTH, Kind.UPPER)))
        date = last + dt.timedelta(days=day)
        minutes = draw(st.integers(15, 30))
        found.append(Slot(
            start=dt.datetime.combine(date, dt.time(18)), kind=kind, minutes=minutes, week=monday(date), cycle=0,
            hard_minutes_most=round(0.35 * minutes) if kind is Kind.HEAVY else 0, phase_week=day // 7, level=level,
            phase=draw(st.sampled_from((Phase.BASE, Phase.PEAK))), keep_fresh=draw(st.booleans()),
            learning=level is Level.BEGINNER and draw(st.booleans()) and kind is not Kind.HEAVY,
            reduced=draw(st.booleans()),
        ))
    return found


def height(standing):
    """How much a standing asks for: version, weight, tempo, top."""
    rank = {Rung.DOWN: 0, Rung.STAY: 1, Rung.UP: 2}[standing.rung]
    return rank, standing.weight_kg or 0.0, bool(standing.tempo), standing.high


def standings(found, id_):
    """Both ranges of an exercise, as far as they are there."""
    return {heavy: s for heavy in (False, True) if (s := found.of(id_, heavy=heavy)) is not None}


def begun(runner, id_):
    """Heaviest weight that a plan without a log begins with in any range [kg]; what the first log is held against."""
    house = house_of(runner, CATALOGUE, runner.strength_level, START)
    found = [ladder_of(CATALOGUE[id_], house, heavy=heavy) for heavy in (False, True)]
    return max((lad.first_kg or 0.0 for lad in found if lad is not None), default=0.0)


@RELAXED
@given(logs(most=10), st.sampled_from((1.0, 1.0, 0.9, 1.3, 2.2, 10.0)), st.integers(0, 9))
def test_weights_are_owned_and_never_jump(case, slip, where):
    """The next weight is owned, and one step at most above what stood before or what two days hold, slips and all."""
    runner, id_, log = case
    loads = [w or 0.0 for w in loads_of(runner, id_)]
    log = [(gap, counts, (weight or 0) * slip if n == where else weight, *rest)
           for n, (gap, counts, weight, *rest) in enumerate(log)]
    before = begun(runner, id_)
    for n in range(1, len(log) + 1):
        now = standings(told(runner, id_, log[:n]), id_)
        twice = sorted([0.0, 0.0, *(b[2] or 0.0 for b in log[:n])])[-2]
        ceiling = max(before, begun(runner, id_), twice)
        step = next((w for w in loads if w > ceiling * 1.0001), ceiling)
        for s in now.values():
            kg = s.weight_kg or 0.0
            assert kg in loads or kg == 0.0
            assert kg <= step
        before = max((s.weight_kg or 0.0 for s in now.values()), default=before)


@RELAXED
@given(logs(most=8), st.sampled_from((3, 10)))
def test_a_slip_leaves_no_trace(case, times):
    """A weight typed several times too high, with what was managed, never asks for more than the log without it."""
    runner, id_, log = case
    top = max([begun(runner, id_), *(b[2] or 0.0 for b in log)]) or 20.0
    typed = [*log, (3, [8, 8, 8], top * times, 2, 0, "")]
    free, slipped = standings(told(runner, id_, log), id_), standings(told(runner, id_, typed), id_)
    for heavy, s in slipped.items():
        if heavy in free:
            assert (s.weight_kg or 0.0) <= (free[heavy].weight_kg or 0.0)
        assert "as you did it" not in s.why


@RELAXED
@given(logs(), st.sampled_from(("strength", "heavy")))
def test_lighter_days_bring_it_down(case, kind):
    """Two days in a row with less, at the top or not, bring the weight to what was lifted or one step on."""
    runner, id_, log = case
    loads = [w for w in loads_of(runner, id_) if w] or [0.0]
    heavy = kind == "heavy" and bool(CATALOGUE[id_].dose.heavy)
    light = [(3, [22, 22, 22], loads[0], 6, 0, kind)] * 2
    now = standings(told(runner, id_, [*log, *light]), id_).get(heavy)
    if now is not None:
        assert (now.weight_kg or 0.0) <= loads[min(1, len(loads) - 1)]


@RELAXED
@given(logs(most=10))
def test_weight_rises_once_a_week(case):
    """Two rises of one range lie a week or more apart, unless the runner lifted more unasked."""
    runner, id_, log = case
    days = [START + dt.timedelta(days=sum(b[0] for b in log[:n + 1])) for n in range(len(log))]
    for heavy in (False, True):
        rises, before = [], None
        for n, day in enumerate(days):
            s = told(runner, id_, log[:n + 1]).of(id_, heavy=heavy)
            told_so = s is not None and before is not None and s.changed and "goes from" in s.why
            if told_so and (s.weight_kg or 0.0) > (before.weight_kg or 0.0):
                rises.append(day)
            before = s
        assert all(b - a >= dt.timedelta(days=7) for a, b in pairwise(rises))


@RELAXED
@given(logs(), st.randoms(use_true_random=False))
def test_the_same_log_gives_the_same_progress(case, shuffle):
    """The same entries give the same answer, in any order, and with the catalogue in any order."""
    runner, id_, log = case
    entries, last = entries_of(id_, log)
    first = progress(entries, runner=runner, catalogue=CATALOGUE, today=last)
    mixed = random.Random(shuffle.random()).sample(entries, len(entries))
    backwards = dict(reversed(CATALOGUE.items()))
    assert progress(mixed, runner=runner, catalogue=backwards, today=last) == first


@RELAXED
@given(logs(), st.integers(1, 6))
def test_more_repetitions_never_give_less(case, more):
    """More repetitions in the last session at the same reserve never ask for less."""
    runner, id_, log = case
    gap, counts, *rest = log[-1]
    better = [*log[:-1], (gap, [c + more for c in counts], *rest)]
    fewer, greater = standings(told(runner, id_, log), id_), standings(told(runner, id_, better), id_)
    for heavy, s in fewer.items():
        assert height(greater[heavy]) >= height(s)


@RELAXED
@given(logs(), st.sampled_from((3, 4, 5, 6, 9)))
def test_pain_never_raises(case, score):
    """A pain in the last session never asks for more than the same session without it, nor for more than before."""
    runner, id_, log = case
    *counts, _, kind = log[-1]
    calm, sore = [*log[:-1], (*counts, 0, kind)], [*log[:-1], (*counts, score, kind)]
    free, hurting = standings(told(runner, id_, calm), id_), standings(told(runner, id_, sore), id_)
    for heavy, s in hurting.items():
        assert height(s)[:2] <= height(free[heavy])[:2]
        assert score <= 3 or s.rung is Rung.DOWN
    assert score <= 3 or id_ in told(runner, id_, sore).barred


@RELAXED
@given(logs(), st.sampled_from(AREAS), st.integers(3, 9), st.integers(0, 6))
def test_an_ache_never_raises(case, area, score, ago):
    """A pain noted apart from the sets never asks for more either."""
    runner, id_, log = case
    entries, last = entries_of(id_, log)
    ache = hurt(last - dt.timedelta(days=ago), area, score)
    free = standings(progress(entries, runner=runner, catalogue=CATALOGUE, today=last), id_)
    sore = standings(progress([*entries, ache], runner=runner, catalogue=CATALOGUE, today=last), id_)
    if ago < log[-1][0]:
        for heavy, s in sore.items():
            assert height(s)[:2] <= height(free[heavy])[:2]


@LONG
@given(runners(), st.sampled_from(TRAINED), st.sampled_from(("strength", "heavy")), st.integers(2, 20),
       st.lists(st.integers(0, 100), min_size=20, max_size=20))
def test_the_plan_kept_never_lowers_a_weight(runner, id_, kind, sessions, drawn):
    """Who lifts what is asked for, somewhere in its range and with the reserve it asks for, never gets less."""
    exercise = CATALOGUE[id_]
    heavy = kind == "heavy" and bool(exercise.dose.heavy)
    log, before = [], None
    for n in range(sessions):
        weight, low, high = (loads_of(runner, id_)[0], *exercise.dose.by_level[runner.strength_level.value])
        if before is not None:
            weight, low, high = before.weight_kg, before.low, before.high
        elif heavy and weight is None:
            assume(len(loads_of(runner, id_)) > 1)
            weight = loads_of(runner, id_)[1]
        count = low + (high - low) * drawn[n] // 100
        log.append((3, [count] * 3, weight, exercise.dose.rir.get(runner.strength_level.value), 0, kind))
        now = told(runner, id_, log).of(id_, heavy=heavy and weight is not None)
        if now is None:
            assert exercise.load.required
            return
        if before is not None:
            assert (now.weight_kg or 0.0) >= (before.weight_kg or 0.0)
        assert now.rung is not Rung.DOWN
        before = now


@LONG
@given(runners(), st.data())
def test_sessions_filled_with_a_log_are_legal(runner, data):
    """Minutes, hard minutes, owned weights, founding doses and what is barred hold for sessions that follow a log."""
    entries, last = [], START
    for id_ in data.draw(st.sets(st.sampled_from(TRAINED), min_size=1, max_size=8).map(sorted)):
        found, day = entries_of(id_, data.draw(st.lists(bouts(runner, id_), min_size=1, max_size=6)))
        entries, last = [*entries, *found], max(last, day)
    found = progress(entries, runner=runner, catalogue=CATALOGUE, today=last)
    placed = data.draw(slots(runner.strength_level, last))
    arranged = arrange(placed, runner=runner, catalogue=CATALOGUE, targets={}, progress=found)
    for slot, session in zip(placed, arranged.sessions, strict=True):
        assert session.minutes == slot.minutes
        assert session.hard_minutes <= slot.hard_minutes_most
        if str(session.date) not in " ".join(arranged.notes):
            assert abs(content_minutes(session.blocks) - slot.minutes) <= 1
        assert sum(w in {s.why for s in found.standings} for w in session.why) <= 2
        for item in (i for b in session.blocks if b.label != "warm-up" for i in b.items):
            exercise = CATALOGUE[item.exercise]
            assert item.exercise not in found.barred
            assert item.weight_kg is None or item.weight_kg in loads_of(runner, item.exercise)
            loaded = session.kind is Kind.HEAVY and item.weight_kg is not None and exercise.dose.heavy
            assert item.high <= (8 if loaded else exercise.dose.high)
            assert item.low >= (3 if loaded else exercise.dose.low)


@RELAXED
@given(logs())
def test_every_change_says_why(case):
    """Every standing has one sentence, and it names the exercise."""
    runner, id_, log = case
    for s in told(runner, id_, log).standings:
        assert s.why.startswith(CATALOGUE[id_].name)
        assert s.why.endswith(".")
        assert "{" not in s.why
        assert 1 <= s.low <= s.high


@RELAXED
@given(logs())
def test_trends_have_one_unit_and_one_point_a_date(case):
    """A trend has one unit, rising dates, one point each, and no estimate beyond ten repetitions."""
    _, id_, log = case
    entries, _ = entries_of(id_, log)
    points = strength_trend(entries, CATALOGUE[id_])
    dates = [p.date for p in points]
    assert dates == sorted(set(dates))
    assert len({p.unit for p in points}) <= 1
    for p in points:
        if p.unit == "kg":
            assert CATALOGUE[id_].load.required
            assert p.value >= p.weight_kg
    assert points or not any(isinstance(e.what, SetDone) for e in entries)


@RELAXED
@given(logs(most=4))
def test_what_was_taken_back_counts_no_more(case):
    """A corrected entry counts as it was corrected: heavier sets replaced by lighter ones leave no trace."""
    runner, id_, log = case
    entries, last = entries_of(id_, log)
    wrong, fixed = [], []
    for k, e in enumerate(entries):
        counted = isinstance(e.what, SetDone)
        wrong += [replace(e, id=f"{k:04d}-old", what=replace(e.what, amount=e.what.amount + 9))] if counted else []
        fixed.append(replace(e, replaces=f"{k:04d}-old" if counted else ""))
    straight = progress(entries, runner=runner, catalogue=CATALOGUE, today=last)
    assert progress([*wrong, *fixed], runner=runner, catalogue=CATALOGUE, today=last) == straight
