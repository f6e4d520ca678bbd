"""Random small plans that have the document's shape; whether they are wise is not their concern."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from midstance.domain.dates import WEEK, dates_between, sunday
from midstance.domain.notation import parse_week
from midstance.domain.plan import Day, Finding, Optimality, Phase, Plan, Relaxed, Targets, Unread, Week
from midstance.domain.run import PlannedRun, RunType
from midstance.domain.session import HARD_KINDS, Block, Item, Kind, Session

MONDAY = dt.date(2026, 11, 30)
EXERCISES = ("single-leg-deadlift", "goblet-squat", "plank", "farmers-carry", "pogo-hop", "leg-swing-bent-knee")
REGIONS = ("glutes", "quads", "hamstrings", "calves", "core", "push", "pull", "foot")

ids = st.from_regex(r"[a-z][a-z0-9-]{0,11}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
some_texts = st.lists(texts, max_size=2).map(tuple)
quarters = st.integers(1, 400).map(lambda n: n / 4)
pairs = st.tuples(st.integers(0, 5), st.integers(0, 5)).map(lambda two: (min(two), max(two)))


@st.composite
def items(draw: st.DrawFn, label: str) -> Item:
    """Draw one item whose options fit together."""
    unit = draw(st.sampled_from(("reps", "seconds", "steps", "contacts")))
    low = draw(st.integers(1, 60))
    per_side = draw(st.booleans())
    extra = st.fixed_dictionaries({}, optional={"left": st.integers(1, 3), "right": st.integers(1, 3)})
    weight = draw(st.none() | quarters)
    return Item(
        label=label, exercise=draw(st.sampled_from(EXERCISES)), unit=unit, low=low, high=low + draw(st.integers(0, 10)),
        per_side=per_side, first_side=draw(st.sampled_from((None, "left", "right"))) if per_side else None,
        extra_rounds=tuple(sorted(draw(extra).items())) if per_side else (), weight_kg=weight,
        per_hand=weight is not None and draw(st.booleans()), rir=draw(st.none() | st.integers(0, 5)),
        tempo=draw(st.sampled_from(("", "3-1-1-0", "10-0-1-2"))), to_last_good_rep=draw(st.booleans()))


@st.composite
def blocks(draw: st.DrawFn) -> tuple[Block, ...]:
    """Draw the blocks of one session, warm-up first."""
    labels = draw(st.sampled_from((
        (), (("warm-up", "W"), ("A", "A"), ("B", "B"), ("finisher", "F")), (("warm-up", "W"), ("A", "A")),
        (("flow", "M"),), (("flow", "A"), ("A", "A")), (("primer", "P"),))))
    return tuple(
        Block(label=label, rounds=draw(st.integers(1, 5)), rest_s=draw(st.sampled_from((0, 45, 90, 120))),
              items=tuple(draw(items(f"{letter}{k + 1}")) for k in range(draw(st.integers(1, 3)))))
        for label, letter in labels)


@st.composite
def runs(draw: st.DrawFn, start: dt.datetime) -> PlannedRun:
    """Draw one run at a start."""
    minutes = draw(st.integers(1, 240))
    return PlannedRun(
        id=f"run-{start:%Y-%m-%d-%H%M}", start=start, minutes=minutes, distance_km=draw(st.none() | quarters),
        type=draw(st.sampled_from(RunType)), hard=draw(st.booleans()), hard_minutes=draw(st.integers(0, minutes)),
        load_au=draw(st.integers(0, 900)), title=draw(texts), source=draw(texts))


@st.composite
def sessions(draw: st.DrawFn, start: dt.datetime, run: PlannedRun | None) -> Session:
    """Draw one session at a start; a primer belongs to the run of its day, where there is one."""
    kind = draw(st.sampled_from(Kind))
    return Session(
        id=f"s-{start:%Y-%m-%d-%H%M}", start=start, minutes=draw(st.integers(1, 45)), kind=kind,
        hard_minutes=draw(st.integers(0, 12)) if kind in HARD_KINDS else 0, load_au=draw(st.integers(0, 300)),
        why=draw(some_texts), blocks=draw(blocks()), for_run=run.id if run and kind is Kind.PRIMER else None)


@st.composite
def days(draw: st.DrawFn, date: dt.date) -> Day:
    """Draw one date with at most one run and one session."""
    run = draw(st.none() | runs(dt.datetime.combine(date, dt.time(draw(st.integers(5, 11)), 30))))
    sitting = draw(st.none() | sessions(dt.datetime.combine(date, dt.time(draw(st.integers(12, 20)), 15)), run))
    return Day(date=date, runs=(run,) if run else (), sessions=(sitting,) if sitting else ())


@st.composite
def weeks(draw: st.DrawFn, monday: dt.date, first: int = 0) -> Week:
    """Draw one week from its ``first`` weekday on."""
    targets = Targets(
        sessions=draw(pairs), strength_type=draw(pairs), heavy=draw(pairs), mobility=draw(pairs),
        leg_sessions=draw(st.integers(0, 2)), upper=draw(st.integers(0, 1)), plyometric=draw(st.integers(0, 1)),
        sets=draw(st.dictionaries(st.sampled_from(REGIONS), st.integers(0, 12), max_size=8)))
    cut = draw(st.sampled_from(((1.0, ""), (0.75, "more running than usual"), (0.6, "short nights"))))
    return Week(
        starts=monday, phase=draw(st.sampled_from(Phase)), targets=targets, set_factor=cut[0], factor_why=cut[1],
        days=tuple(draw(days(monday + dt.timedelta(days=k))) for k in range(first, 7)))


dates = st.integers(0, 13).map(lambda k: MONDAY + dt.timedelta(days=k))
findings = st.builds(
    Finding, rule=ids, tier=st.sampled_from(("safety", "dose", "taste")), on=st.sampled_from(("plan", "calendar")),
    date=dates, says=texts)
gave_way = st.builds(
    Relaxed, rule=ids, what=st.sampled_from(("heavy", "sessions", "glutes")), week=st.just(MONDAY),
    wanted=st.integers(1, 6), planned=st.integers(0, 5), because=st.lists(ids, max_size=2).map(tuple), says=texts)
unread = st.builds(Unread, source=texts, date=st.none() | dates, title=texts)
costs = st.tuples(st.integers(0, 999), st.integers(0, 9999))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw a plan of one or two weeks whose first may begin after Monday."""
    first, count = draw(st.integers(0, 6)), draw(st.integers(1, 2))
    planned = tuple(
        draw(weeks(MONDAY + dt.timedelta(weeks=k), first if k == 0 else 0)) for k in range(count))
    return Plan(
        id=draw(ids), previous=draw(st.none() | ids), version="0.1.0", runner=draw(texts),
        starts=planned[0].days[0].date, ends=planned[-1].days[-1].date,
        inputs={"runner": draw(st.dictionaries(ids, texts | st.integers(0, 99) | st.none(), max_size=2)),
                "history": {}, "published": None},
        optimality=Optimality(status=draw(st.sampled_from(("optimal", "feasible"))), cost=draw(costs),
                              bound=draw(costs), seconds=draw(st.integers(0, 9999)) / 1000),
        weeks=planned, findings=tuple(draw(st.lists(findings, max_size=2))),
        relaxed=tuple(draw(st.lists(gave_way, max_size=2))), unread=tuple(draw(st.lists(unread, max_size=2))),
        notes=draw(some_texts))


def a_plan(text: str, *, phases: tuple[Phase, ...] = (Phase.BASE,), inputs: dict[str, Any] | None = None) -> Plan:
    """Build a plan of whole weeks from notation; the last phase stays to the end."""
    in_text, sat = parse_week(text, monday=MONDAY)
    count = max([(x.date - MONDAY).days // 7 for x in (*in_text, *sat)] or [0]) + 1
    targets = Targets(sessions=(2, 4), strength_type=(2, 3), heavy=(1, 2), mobility=(1, 2), leg_sessions=2, upper=0,
                      plyometric=0, sets={"glutes": 6, "core": 6})
    planned = tuple(
        Week(starts=monday, phase=phases[min(k, len(phases) - 1)], targets=targets, days=tuple(
            Day(date=date, runs=tuple(r for r in in_text if r.date == date),
                sessions=tuple(s for s in sat if s.date == date))
            for date in dates_between(monday, sunday(monday))))
        for k in range(count) for monday in [MONDAY + k * WEEK])
    return Plan(
        id="p1", previous=None, version="0.1.0", runner="Ana", starts=MONDAY, ends=planned[-1].days[-1].date,
        inputs=inputs or {"runner": {}, "history": {}, "published": None}, weeks=planned,
        optimality=Optimality(status="optimal", cost=(0, 12), bound=(0, 12), seconds=0.05))
