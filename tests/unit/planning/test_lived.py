"""What was lived goes into the bounds of claims: facts are kept, nothing is piled up, the past forbids no future."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from midstance.domain.evidence import Tier
from midstance.domain.lived import Lived
from midstance.domain.problem import Choice, Claim, Fate
from midstance.domain.run import PlannedRun, RunType
from midstance.domain.session import KIND_RPE, Kind, Session
from midstance.planning.check import check_plan
from midstance.planning.lived import lived_choices, moved_runs, settled_claim, with_lived
from midstance.planning.make import facts_of, keep_plan, settle
from midstance.services.handbook import all_rules, catalogue
from problems import a_brief, a_runner, made

FIRST = dt.date(2026, 11, 30)
BRIEF = a_brief(a_runner(strength_days=(0, 3)), weeks=3)


def on(day: int) -> dt.date:
    """A date of the plan, counted from its first Monday."""
    return FIRST + dt.timedelta(days=day)


def a_session(day: int, kind: Kind = Kind.HEAVY, hour: int = 18, minutes: int = 24) -> Session:
    """A session that was done."""
    start = dt.datetime.combine(on(day), dt.time(hour))
    return Session(id=f"s-{start:%Y-%m-%d-%H%M}", start=start, minutes=minutes, kind=kind,
                   hard_minutes=8 if kind is Kind.HEAVY else 0, load_au=round(minutes * KIND_RPE[kind]), why=(),
                   blocks=())


def a_run(day: int, hour: int = 6, minutes: int = 50, *, hard: bool = False) -> PlannedRun:
    """A recorded run."""
    start = dt.datetime.combine(on(day), dt.time(hour, 30))
    return PlannedRun(id=f"run-{start:%Y-%m-%d-%H%M}", start=start, minutes=minutes, distance_km=8.0,
                      type=RunType.TEMPO if hard else RunType.EASY, hard=hard, hard_minutes=20 if hard else 0,
                      load_au=200, title="recorded", source="run.fit")


def choice(index: int, fate: Fate = Fate.OPEN) -> Choice:
    """A choice of which only the fate matters."""
    return Choice(index=index, week=0, day=1, start=0, end=20, start_real=0, end_real=20, minutes=20, hard_minutes=0,
                  kind=Kind.STRENGTH, load=90, fate=fate)


CHOICES = (choice(0), choice(1, Fate.DONE), choice(2, Fate.DROPPED), choice(3))


@pytest.mark.parametrize(("claim", "terms", "low", "high"), [
    pytest.param({"terms": ((1, 0), (1, 3)), "high": 2}, ((1, 0), (1, 3)), None, 2, id="nothing lived"),
    pytest.param({"terms": ((1, 0), (1, 1)), "high": 2}, ((1, 0),), None, 1, id="done counts"),
    pytest.param({"terms": ((1, 0), (1, 2)), "high": 2}, ((1, 0),), None, 2, id="missed does not count"),
    pytest.param({"terms": ((1, 0), (1, 1), (1, 2)), "high": 3, "rule": "sessions-a-week"}, ((1, 0),), None, 1,
                 id="missed counts among the sessions of a week"),
    pytest.param({"terms": ((1, 0), (3, 1)), "high": 2}, ((1, 0),), None, 0, id="broken by the past, kept possible"),
    pytest.param({"terms": ((1, 0), (1, 1)), "low": 3, "tier": Tier.DOSE, "price": 2}, ((1, 0),), 2, None, id="dose"),
])
def test_facts_go_into_the_bounds(claim: dict[str, object], terms: object, low: int | None, high: int | None) -> None:
    """Terms of facts leave a claim and move its bounds; a safety claim still takes the empty future."""
    made_up = Claim(**{"rule": "r", "tier": Tier.SAFETY, "day": 1, **claim})  # type: ignore[arg-type]
    found = settled_claim(made_up, CHOICES)
    assert found is not None
    assert (found.terms, found.low, found.high) == (terms, low, high)


def test_a_claim_about_facts_alone_is_settled() -> None:
    """Nobody can change it any more."""
    assert settled_claim(Claim(rule="r", tier=Tier.SAFETY, day=1, terms=((1, 1), (1, 2)), high=0), CHOICES) is None


def test_runs_move_one_after_the_other() -> None:
    """A run that moved twice stands where it came to last; one that is not there changes nothing."""
    runs = (a_run(0), a_run(2))
    moved = moved_runs(runs, [(runs[0].id, on(1)), ("run-2026-12-01-0630", on(3)), ("run-none", on(5))])
    assert [(run.date, run.start.hour) for run in moved] == [(on(3), 6), (on(2), 6)]


def test_two_runs_at_one_time_keep_two_names() -> None:
    """A run that comes to a date with one at the same hour gets a name of its own."""
    runs = (a_run(0), a_run(2))
    assert len({run.id for run in moved_runs(runs, [(runs[0].id, on(2))])}) == 2


def test_lived_runs_take_the_place_of_planned_ones() -> None:
    """What was recorded stands, what it replaces does not."""
    settled = settle(BRIEF)
    gone = settled.runs[0]
    done = a_run(1, 17, hard=True)
    lived = with_lived(settled, Lived(until=on(2), runs=(done,), away=frozenset({gone.id})))
    assert done in lived.runs
    assert gone not in lived.runs
    assert len(lived.runs) == len(settled.runs)


def test_weeks_before_the_first_one_count_as_before() -> None:
    """A session before the plan belongs to no week of it."""
    weeks = facts_of(BRIEF, settle(BRIEF)).weeks
    facts = lived_choices(Lived(until=on(0), done=(a_session(-2), a_session(0)), dropped=((on(1), Kind.UPPER),)),
                          weeks, "UTC")
    assert [(c.week, c.fate) for c in facts] == [(-1, Fate.DONE), (0, Fate.DONE), (0, Fate.DROPPED)]


def replanned(**lived: object) -> tuple[object, list[Session]]:
    """Make the plan of the brief again on its third day, and list what is new in the first week."""
    facts = Lived(**{"until": on(2), **lived})  # type: ignore[arg-type]
    done = made(replace(BRIEF, lived=facts))
    report = check_plan(done.plan, all_rules(), runner=BRIEF.runner, catalogue=catalogue().exercises, lived=facts)
    assert not report.unsafe
    assert done.plan.optimality.status == "optimal"
    known = {s.id for s in facts.done}
    return done, [s for s in done.plan.weeks[0].sessions if s.id not in known]


def test_nothing_is_placed_in_the_past() -> None:
    """The first two days stay empty."""
    assert min(s.date for s in replanned()[1]) >= on(2)


def test_missed_sessions_are_not_caught_up_on() -> None:
    """The week has fewer sessions by those that were missed."""
    before = replanned()[1]
    after = replanned(dropped=((on(0), Kind.HEAVY), (on(1), Kind.MOBILITY)))[1]
    assert len(after) <= len(before) - 1
    assert sum(s.kind is Kind.HEAVY for s in after) <= 1


def test_a_done_session_stays_as_it_was_and_counts() -> None:
    """It stands in the document, and a week of one heavy session has had it."""
    heavy = a_session(0)
    done, rest = replanned(done=(heavy,))
    assert heavy in done.plan.weeks[0].sessions  # type: ignore[attr-defined]
    assert len([s for s in rest if s.kind in (Kind.HEAVY, Kind.STRENGTH)]) <= 2


def test_a_hard_run_that_was_not_planned_keeps_hard_work_away() -> None:
    """More than 24 hours lie between its end and the next hard session."""
    run = a_run(2, 20, 60, hard=True)
    _, rest = replanned(runs=(run,))
    assert all(s.start > run.end + dt.timedelta(hours=24) for s in rest if s.hard)


def test_the_past_may_have_broken_every_rule() -> None:
    """Two heavy sessions on one day, next to hard runs and too many: the days to come are planned all the same."""
    done = (a_session(0), a_session(0, hour=20), a_session(1, hour=8), a_session(1, hour=19))
    runs = tuple(a_run(day, hour, hard=True) for day in (0, 1) for hour in (6, 12))
    _, rest = replanned(done=done, runs=runs)
    assert not any(s.hard for s in rest if s.start <= done[-1].end + dt.timedelta(hours=24))


def test_limits_hold() -> None:
    """Only the kinds that a date allows come to it."""
    open_week = made(replace(BRIEF, lived=Lived(until=on(2)))).plan.weeks[0]
    day = next(s.date for s in open_week.sessions if s.kind is Kind.HEAVY)
    closed = made(replace(BRIEF, lived=Lived(until=on(2), limits={day: frozenset({Kind.MOBILITY})}))).plan
    assert all(s.kind is Kind.MOBILITY for s in closed.sessions if s.date == day)


def test_readiness_cuts_the_sets_of_its_week_alone() -> None:
    """The strongest cut counts, and weights stay."""
    facts = Lived(until=on(2), set_factor=0.5, factor_why="Short nights.")
    weeks = made(replace(BRIEF, lived=facts)).plan.weeks
    assert weeks[0].set_factor == 0.5
    assert weeks[0].factor_why == "Short nights."
    assert weeks[1].set_factor > 0.5


def test_a_plan_is_kept_where_it_stands() -> None:
    """Filling anew moves nothing; what the facts forbid by now is left out."""
    plan = made(BRIEF).plan
    same = keep_plan(replace(BRIEF, lived=Lived(until=FIRST)), plan.sessions, rules=all_rules(),
                     catalogue=catalogue().exercises, version="test")
    assert [(s.start, s.kind) for s in same.sessions] == [(s.start, s.kind) for s in plan.sessions]
    heavy = next(s for s in plan.sessions if s.kind is Kind.HEAVY)
    run = replace(a_run(0, hard=True), start=heavy.start - dt.timedelta(hours=8))
    facts = Lived(until=heavy.date, runs=(run,))
    kept = keep_plan(replace(BRIEF, lived=facts), plan.sessions, rules=all_rules(),
                     catalogue=catalogue().exercises, version="test")
    assert (heavy.start, heavy.kind) not in {(s.start, s.kind) for s in kept.sessions}
    assert {s.start for s in kept.sessions} < {s.start for s in plan.sessions}
