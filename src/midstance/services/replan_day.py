"""The morning: what to do today and why, and what the diary changes in the days to come.

Today's session is filled anew from the log wherever the plan in force has it, and left out where facts or readiness
forbid it. A change of the days to come is proposed, never made by itself (``services.change``).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING

from midstance import __version__
from midstance.domain.dates import moment_of, monday
from midstance.domain.diary import (
    BlockTaken,
    CheckIn,
    IllnessNoted,
    Moved,
    PainNoted,
    PlanAccepted,
    Rpe,
    SetDone,
    Skipped,
)
from midstance.domain.lived import Scale
from midstance.domain.plan import Plan, Retest
from midstance.domain.run import PlannedRun, RunDone
from midstance.domain.runner import Injury, Runner
from midstance.domain.session import KIND_RPE, STRENGTH_TYPE, Block, Kind, Session, content_minutes
from midstance.formats.plan_inputs import parse_calendar, parse_lived, render_inputs
from midstance.metrics.measured_run import MeasuredRun, measure_runs
from midstance.planning.adherence import Adherence, adherence
from midstance.planning.arrange import shorten
from midstance.planning.arranging.working import hard_minutes
from midstance.planning.changes import Change, compare, placed
from midstance.planning.make import Brief, Solved, keep_plan, make_plan, settle, solve
from midstance.planning.phases import default_end
from midstance.planning.progression import Progress, progress
from midstance.planning.readiness import Readiness, readiness
from midstance.planning.recall import given_up, lately_sore, recall, with_life
from midstance.planning.retests import retest_due
from midstance.planning.tissue_blocks import load_tissue_blocks
from midstance.planning.tissue_sitting import RACE_FREE, Sitting, alone, sitting_on, with_sitting
from midstance.services.assessed import assessed
from midstance.services.course import SOURCE, Course, base_of, course_of, need_course, planned_sessions
from midstance.services.day_words import (
    LEAST_MINUTES,
    calendar_note,
    ends_note,
    longer,
    missed_note,
    reason_of,
    run_advice,
    short_of_time,
    size_change,
    why_left_out,
    word_note,
)
from midstance.services.handbook import all_rules, catalogue
from midstance.services.plan import with_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.entry import Entry

DAY = dt.timedelta(days=1)
NEWS = (CheckIn, PainNoted, IllnessNoted)
JUDGED_DAYS = 35            # four weeks of adherence, and the week that is under way
BEFORE_DAYS = 14            # days before a plan whose sessions still count for its first week
LEAST_ROUNDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A change of the days to come: sentences, the plan it leads to, and the dates whose sessions differ."""

    changes: tuple[Change, ...]
    plan: Plan
    solved: Solved

    @property
    def says(self) -> tuple[str, ...]:
        """What would change, a sentence each."""
        return tuple(change.says for change in self.changes)

    @property
    def days(self) -> frozenset[dt.date]:
        """Dates whose sessions would differ."""
        return frozenset().union(*(change.days for change in self.changes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """A day of the plan in force.

    Attributes:
        date: The day.
        course: The plan in force.
        ready: What the day allows, with its reasons.
        kept: How much of the plan was kept, judged as of this week's Monday.
        runs: Today's runs, recorded ones as they were.
        session: Today's session as it should be done now, or None.
        sitting: A sitting of a tissue block that is due, in the strength session where there is one.
        done: Sessions that were done today.
        primers: Today's primers.
        left_out: Why a session that the plan has today is not for today, sentences.
        proposal: A change that the facts ask for, or None.
        plan: The plan in force with all its sessions as they stand now.
        run_advice: What becomes of today's run, a sentence, or empty when it stays as planned.
        offered: Whether the same block was offered yesterday already.
        notes: What else to know, sentences.
        retest: Self-tests that are worth doing again today, or None.
    """

    date: dt.date
    course: Course
    ready: Readiness
    kept: Adherence
    runs: tuple[PlannedRun, ...]
    session: Session | None
    sitting: Sitting | None
    done: tuple[Session, ...]
    primers: tuple[Session, ...]
    left_out: tuple[str, ...]
    proposal: Proposal | None
    plan: Plan
    run_advice: str = ""
    offered: bool = False
    notes: tuple[str, ...] = ()
    retest: Retest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything a morning knows, gathered once: the brief of a plan made again, and what it was made from.

    ``log`` tells what the log says about weights; only who fills sessions asks for it.
    """

    course: Course
    brief: Brief
    ready: Readiness
    kept: Adherence
    today: dt.date
    log: Callable[[], Progress | None]

    @property
    def filling(self) -> Brief:
        """The brief with what the log says about weights and versions."""
        return replace(self.brief, progress=self.log())


def know(entries: Sequence[Entry], *, today: dt.date) -> Known:
    """Gather what a morning knows.

    Args:
        entries: Entries in force, in the order of writing.
        today: The day.
    Raises: InputError: The diary holds no plan, or one that cannot be read.
    """
    course = need_course(entries)
    found = base_of(entries)
    place, base = found if found is not None else (0, course)
    written = entries[place:]
    runner = base.runner
    calendar = parse_calendar(base.plan.inputs, SOURCE)
    before = parse_lived(course.plan.inputs, SOURCE)
    first = base.plan.starts
    block, _ = block_in_force(entries)
    ready = readiness(entries, today=today, block=block, equipment=runner.equipment)
    due = planned_sessions(entries, since=today - JUDGED_DAYS * DAY, until=today)
    kept = adherence([(s.date, s.id) for s in due], entries, today=monday(today),
                     session_minutes=runner.session_minutes)
    living = assessed(with_life(runner, entries), entries, today)
    added = [race for race in living.races if race.priority == "A" and race.date >= today and race not in runner.races]
    last = max(base.plan.ends, course.plan.ends, *([default_end(today, added)] if added else []))
    plain = Brief(runner=living, first=first, last=last, calendar=calendar, history=base.history)
    ahead = [s for s in course.plan.sessions if s.date >= today and s.kind is not Kind.PRIMER]
    past = planned_sessions(entries, since=first - BEFORE_DAYS * DAY, until=today)
    skipped, wished = decided_sessions(written)
    meant = [s for s in meant_today(written, today) if s.id not in wished]
    named = {s.id for s in (*past, *ahead)}
    recalled = recall(
        [e for e in entries if e.date >= first - BEFORE_DAYS * DAY], edits=written, runner=living, listed=runner.races,
        runs=settle(plain).runs, recorded=recorded_runs(entries, runner, since=first, until=today),
        planned=(*past, *ahead, *(s for s in (*skipped, *meant) if s.id not in named)), first=first, today=today,
        ready=ready, kept=kept, scale=before.scale if before else Scale(), sore=lately_sore(entries, today),
        wished=wished, skipped=skipped,
    )
    log = partial(progressed, entries, recalled.runner, today, (*past, *ahead))
    done = {s.id for s in recalled.lived.done}
    brief = replace(
        plain, runner=recalled.runner, lived=recalled.lived,
        published=frozenset((s.date.toordinal(), s.kind) for s in ahead if s.id not in done))
    return Known(course=course, brief=brief, ready=ready, kept=kept, today=today, log=cache(log))


def decided_sessions(entries: Sequence[Entry]) -> tuple[tuple[Session, ...], dict[str, Kind]]:
    """Find the sessions that the runner skipped, and the kinds of those that were moved, by the id they had.

    Each is looked up in the plan that was in force when it was said: the next plan does not hold it any more.
    """
    skipped: list[Session] = []
    moved: dict[str, Kind] = {}
    for place, entry in enumerate(entries):
        what = entry.what
        if not isinstance(what, Skipped | Moved) or (course := course_of(entries[:place])) is None:
            continue
        there = [s for s in course.plan.sessions if s.date == what.day and what.activity in (s.id, "")]
        if isinstance(what, Skipped):
            skipped += there
        else:
            moved.update((s.id, s.kind) for s in there)
    return tuple(skipped), moved


def meant_today(entries: Sequence[Entry], today: dt.date) -> list[Session]:
    """List today's sessions by the plan that was in force when the day began, or by the one that it began with.

    What pain or illness forbids today is dropped for good, also when another change was taken this morning. What was
    said after that change may forbid what the change had moved: then nothing is taken for forbidden.
    """
    accepted = [place for place, e in enumerate(entries) if isinstance(e.what, PlanAccepted) and e.date == today]
    news = [place for place, e in enumerate(entries) if isinstance(e.what, NEWS) and e.date == today]
    if not accepted or (news and news[-1] > accepted[-1]):
        return []
    course = course_of([e for e in entries if e.date < today]) or course_of(entries[:1])
    return [s for s in course.plan.sessions if s.date == today and s.kind is not Kind.PRIMER] if course else []


def block_in_force(entries: Sequence[Entry]) -> tuple[str, dt.date]:
    """Give the id of the tissue block that the runner follows, or an empty text, and the date it was taken up."""
    for entry in reversed(entries):
        if isinstance(entry.what, BlockTaken):
            known = entry.what.block in load_tissue_blocks()
            return (entry.what.block if known else ""), entry.date
    return "", dt.date.min


def sitting_today(entries: Sequence[Entry], known: Known) -> Sitting | None:
    """Give the sitting of the tissue block in force that is due today, within the time there is, or None.

    None where nothing trains: on red and busy days, without a window, and next to a race.
    """
    block, taken = block_in_force(entries)
    if not block or known.ready.stop or known.ready.minutes == 0:
        return None
    runner, sessions = known.brief.runner, known.course.plan.sessions
    week = [known.today + n * DAY for n in range(-7, 8)]
    strength = {s.date for s in sessions if s.kind in STRENGTH_TYPE}
    other = {s.date for s in sessions if s.kind is Kind.MOBILITY}
    races = {race.date + n * DAY for race in runner.races for n in range(-RACE_FREE, 2)}
    closed = {d for d in week if runner.blocked_on(d) or d in races}
    tissue = load_tissue_blocks()[block]
    if not any(stage.days_a_week[0] == 7 for stage in tissue.stages):  # a daily one is short and needs no free hour
        closed |= {d for d in week if not runner.windows(d)} | (other - strength)
    found = sitting_on(tissue, taken, known.today, catalogue().exercises, strength=strength, closed=closed)
    minutes = [runner.session_minutes, *([] if known.ready.minutes is None else [known.ready.minutes])]
    return alone(found, min(minutes)) if found else None


def recorded_runs(
    entries: Sequence[Entry], runner: Runner, *, since: dt.date, until: dt.date
) -> tuple[PlannedRun, ...]:
    """Measure the recorded runs of a span of dates and give them the shape of runs of the plan."""
    told = {e.what.activity: e.what.rpe_cr10 for e in entries if isinstance(e.what, Rpe)}
    runs = [e for e in entries if isinstance(e.what, RunDone)]
    if not runs:
        return ()
    # an exertion told of a record that a fuller one replaced is told of the run
    rpes = {e.what.start: told[id_] for e in runs for id_ in (e.replaces, e.id) if isinstance(e.what, RunDone)
            and id_ in told}
    found = measure_runs([e.what for e in runs if isinstance(e.what, RunDone)], until=until + DAY,
                         thresholds=runner.thresholds, rpes=rpes)
    return tuple(as_run_of_plan(m) for m in found.runs if since <= m.date <= until)


def as_run_of_plan(measured: MeasuredRun) -> PlannedRun:
    """Give a measured run the shape of a run of the plan."""
    start = measured.run.local_start.replace(second=0, microsecond=0)
    hard = min(measured.minutes, round(measured.hard_minutes or 0)) if measured.hard else 0
    return PlannedRun(
        id=f"run-{start:%Y-%m-%d-%H%M}", start=start, minutes=measured.minutes,
        distance_km=measured.run.distance_km or 0.0, type=measured.type, hard=measured.hard, hard_minutes=hard,
        load_au=measured.load_au, title="", source=measured.run.source)


def progressed(
    entries: Sequence[Entry], runner: Runner, today: dt.date, planned: Sequence[Session]
) -> Progress | None:
    """Ask the log about weights and versions; None without one."""
    if not any(isinstance(entry.what, SetDone) for entry in entries):
        return None
    kinds = {s.id: s.kind for s in planned}
    return progress(entries, runner=runner, catalogue=catalogue().exercises, today=today, planned=kinds)


def morning(entries: Sequence[Entry], *, today: dt.date) -> Morning:
    """Say what to do on a day, and what the diary would change in the days to come.

    Args:
        entries: Entries in force, in the order of writing.
        today: The day; entries after it do not count.
    Returns: The day.
    Raises: InputError: The diary holds no plan, or one that cannot be read.
    """
    known = know(known_until(entries, today), today=today)
    return day_of(known, None if known.today > known.brief.last else propose(known), entries)


def known_until(entries: Sequence[Entry], today: dt.date) -> list[Entry]:
    """Give what was known on a day; a plan that begins later is known before, where there is none yet."""
    until = [e for e in entries if e.date <= today]
    if any(isinstance(e.what, PlanAccepted) for e in until):
        return until
    return [*until, *[e for e in entries if isinstance(e.what, PlanAccepted)][:1]]


def day_of(known: Known, proposal: Proposal | None, entries: Sequence[Entry]) -> Morning:
    """Say what to do on the day that is known, beside the change that is proposed on it."""
    kept_plan = held(known)
    planned = [s for s in known.course.plan.sessions if s.date == known.today and s.kind is not Kind.PRIMER]
    here = [s for s in kept_plan.sessions if s.date == known.today]
    done = tuple(s for s in (known.brief.lived.done if known.brief.lived else ()) if s.date == known.today)
    ids = {s.id for s in done}
    session = next((s for s in here if s.kind is not Kind.PRIMER and s.id not in ids), None)
    sitting = sitting_today(entries, known)
    yesterday = known.today - DAY
    before = readiness([e for e in entries if e.date <= yesterday], today=yesterday,
                       equipment=known.brief.runner.equipment)
    if short_of_time(known.ready):
        session = None
    if session is not None:
        cut = any(w.set_factor < 1 for w in kept_plan.weeks if session in w.sessions)
        session = adjusted(session, known.ready, cut_already=cut)
        session = with_sitting(session, sitting, catalogue().exercises) if sitting else session
    missing = [s for s in planned if s.id not in ids and (session is None or session.kind is not s.kind)]
    return Morning(
        date=known.today, course=known.course, ready=known.ready, kept=known.kept,
        runs=tuple(run for run in kept_plan.runs if run.date == known.today),
        session=session, sitting=sitting, done=done,
        primers=tuple(s for s in here if s.kind is Kind.PRIMER and not known.ready.stop),
        left_out=tuple(why_left_out(s, known, proposal) for s in missing),
        proposal=proposal, plan=kept_plan,
        run_advice=run_advice(kept_plan, known), offered=bool(before.offers),
        notes=(*ends_note(known), *missed_note(known, before), *calendar_note(kept_plan, known),
               *word_note(known, entries)),
        retest=retest_due(known.course.plan.retests or kept_plan.retests, known.brief.runner.assessed_on, known.today),
    )


def held(known: Known) -> Plan:
    """Give the plan in force with its sessions as they stand now: filled by the log, without what is forbidden."""
    sessions = [s for s in known.course.plan.sessions if s.date >= known.today and s.kind is not Kind.PRIMER]
    brief = replace(known.filling, runner=sore_today(known.brief.runner, known.ready, known.today))
    return keep_plan(brief, sessions, rules=all_rules(), catalogue=catalogue().exercises, version=__version__)


def sore_today(runner: Runner, ready: Readiness, today: dt.date) -> Runner:
    """Give a runner today's sore areas, so that easier versions or holds stand there."""
    sore = tuple(Injury(area=area, side="both", since=today, until=today) for area in ready.easier_areas)
    return replace(runner, injuries=(*runner.injuries, *sore))


def adjusted(session: Session, ready: Readiness, *, cut_already: bool) -> Session:
    """Give today's session fewer sets or less time, as readiness asks (R62, R67).

    Cuts combine by the strongest: where the week's sets are cut already, a short night takes no more.
    """
    out = session
    if ready.sets_less and not cut_already:
        blocks = fewer(out.blocks, ready.sets_less)
        minutes = min(out.minutes, content_minutes(blocks))
        out = replace(out, blocks=blocks, minutes=minutes, load_au=round(minutes * KIND_RPE[out.kind]),
                      hard_minutes=min(out.hard_minutes, hard_minutes(out.kind, blocks)),
                      why=(*out.why, "A set less today; the weights stay."))
    if ready.minutes is not None and LEAST_MINUTES <= ready.minutes < out.minutes:
        out = shorten(out, ready.minutes, catalogue().exercises)
    return out


def fewer(blocks: tuple[Block, ...], less: int) -> tuple[Block, ...]:
    """Take sets out of the blocks with three or more; where none has so many, out of the last one with two."""
    main = [b for b in blocks if not b.label.startswith("warm")]
    cut = [b for b in main if b.rounds > LEAST_ROUNDS] or [b for b in main if b.rounds == LEAST_ROUNDS][-1:]
    return tuple(replace(b, rounds=max(1, b.rounds - less)) if b in cut else b for b in blocks)


def propose(known: Known) -> Proposal | None:
    """Make the plan again from what was lived; None where the days to come stay as they are."""
    resized = (*size_change(known), *longer(known))
    if not resized and stays(known, solve(known.brief, all_rules())):
        return None
    plan, solved = make_plan(known.filling, rules=all_rules(), catalogue=catalogue().exercises, version=__version__)
    changes = (*resized, *compare(still_meant(known), plan, first=known.today, contents=False,
                                  because=lambda session: reason_of(known, solved, session)))
    if not changes:
        return None
    inputs = render_inputs(
        known.brief.runner, known.brief.history, known.course.plan.id, calendar=known.brief.calendar,
        lived=known.brief.lived)
    return Proposal(changes=changes, solved=solved,
                    plan=with_id(replace(plan, previous=known.course.plan.id, inputs=inputs)))


def still_meant(known: Known) -> Plan:
    """Give the plan in force without today's sessions that pain or illness forbids: no change needs to say so."""
    gone = set(given_up(known.course.plan.sessions, known.ready, known.today))
    if not gone:
        return known.course.plan
    weeks = tuple(replace(week, days=tuple(
        replace(day, sessions=tuple(s for s in day.sessions if (s.date, s.kind) not in gone)) for day in week.days))
        for week in known.course.plan.weeks)
    return replace(known.course.plan, weeks=weeks)


def stays(known: Known, solved: Solved) -> bool:
    """Tell whether a solution holds the same kinds on the same dates as the plan in force; then nothing is filled."""
    done = known.brief.lived.done if known.brief.lived else ()
    last = min(known.brief.last, known.course.plan.ends)
    after = Counter((moment_of(choice.start).date(), choice.kind) for choice in solved.chosen)
    after.update((s.date, s.kind) for s in done if s.date >= known.today and s.kind is not Kind.PRIMER)
    before = Counter((s.date, s.kind) for s in placed(still_meant(known), known.today))
    return {key: n for key, n in after.items() if key[0] <= last} == {
        key: n for key, n in before.items() if key[0] <= last}


def moved_session(known: Known, wish: Moved, session: Session) -> Known:
    """Give what a morning knows when the runner wants a session on another date: there alone, and not where it was."""
    published = (known.brief.published - {(session.date.toordinal(), session.kind)}) | {
        (wish.to.toordinal(), session.kind)}
    return replace(known, brief=replace(known.brief, published=published))


__all__ = ["Known", "Morning", "Proposal", "know", "morning", "moved_session", "propose"]
