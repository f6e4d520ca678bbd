"""Recall: from the entries of a diary to what was lived since a plan began, and to the runner as life has it now.

Values in, values out; what a recording means is measured before, how a plan is made again stands in ``make``.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from midstance.domain.diary import Busy, Moved, RaceAdded, Rpe, SessionDone, SetDone, Skipped
from midstance.domain.evidence import Param
from midstance.domain.lived import Lived, Scale
from midstance.domain.run import PlannedRun, RunType
from midstance.domain.runner import Blocked, Injury, Race, Runner
from midstance.domain.session import HARD_KINDS, KIND_MINUTES, KIND_RPE, STRENGTH_TYPE, Kind, Session
from midstance.planning.adherence import Step
from midstance.planning.lived import moved_runs
from midstance.planning.prepare import HARD_PART_OF_SESSION
from midstance.planning.readying.facts import gather
from midstance.planning.readying.light import ALL_KINDS, RunToday
from midstance.planning.weeks import sessions_range

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from midstance.domain.entry import Entry
    from midstance.planning.adherence import Adherence
    from midstance.planning.readiness import Readiness

DAY = dt.timedelta(days=1)
RUN = "run-"
HEAVY_REPS = 6
MINUTES_A_SET = 2.5
"""Length of a set with its rest where nobody told how long a session took [min]; midstance default."""
UNPLANNED_START = dt.time(18)
LEAST_MINUTES = 10
RACED = 0.8
SORE = Param(
    id="sore-days", value=14, unit="days", between=(7, 42),
    says="Days after its last word for which lasting pain keeps an area's demanding exercises out of the plan.",
)
SCALE_EVERY = Param(
    id="scale-every", value=28, unit="days", between=(14, 56),
    says="Days between one step of a plan to a smaller or larger one and the next: the weeks that are judged.",
)
EVE = Param(
    id="race-eve", value=3, unit="days", between=(1, 7),
    says="Days before an A or B race on which making the plan again adds nothing but mobility (7.3: mini-taper).",
)
PARAMS = (SORE, SCALE_EVERY, EVE)
SETTLES_FIRST = frozenset({"R68", "R69", "R72", "R86"})
"""Rules of pain, illness and breaks, whose reasons outlast a day."""
UNPLANNED = "Done, not planned."


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """The runner as life has it now, and what was lived."""

    runner: Runner
    lived: Lived


def recall(  # noqa: PLR0913 - everything that a morning knows, each by its name
    entries: Sequence[Entry],
    *,
    edits: Sequence[Entry],
    runner: Runner,
    runs: Sequence[PlannedRun],
    recorded: Sequence[PlannedRun],
    planned: Sequence[Session],
    first: dt.date,
    today: dt.date,
    ready: Readiness,
    kept: Adherence,
    scale: Scale,
    sore: Sequence[str] = (),
    listed: Sequence[Race] = (),
    wished: Mapping[str, Kind] | None = None,
    skipped: Sequence[Session] = (),
) -> Recalled:
    """Recall what was lived since a plan began.

    Args:
        entries: Entries in force, in the order of writing.
        edits: Those written since the plan was first made: moved and skipped runs are runs of its calendar.
        runner: The runner as life has them now (``with_life``).
        runs: The plan's runs as the calendar had them.
        recorded: Recorded runs as measured, in the shape of runs of the plan.
        planned: What was planned for each past date by the plan then in force, and for today and later by the last.
        first: First date of the plan.
        today: The morning.
        ready: What the morning allows.
        kept: How much was kept, judged as of this week's Monday.
        scale: What adherence had taken from the plan before.
        sore: Areas that keep hurting.
        listed: Races that the plan was first made for, before any moved.
        wished: Kinds of the sessions that the runner moved, by the id that they had before.
        skipped: Sessions that the runner skipped, as they stood in the plan then in force.
    Returns: The runner with sore areas and as much as adherence leaves, and the facts.
    """
    now = smaller(scale, kept, runner, today)
    raced_on = race_moves(listed, edits)
    gone = {id_ for id_, _, _ in raced_on}
    lived = Lived(
        until=today,
        runs=tuple(run for run in raced(recorded, runs) if first <= run.date <= today),
        away=away_runs(edits, runs, recorded, today) | beside_races(runs, raced_on),
        moved=tuple(move for move in run_moves(edits) if move[0] not in gone),
        done=done_sessions(entries, planned, today),
        dropped=tuple(one for one in (*dropped_sessions(entries, planned, today, skipped),
                                      *given_up(planned, ready, today)) if one[0] >= first),
        limits=settling({**before_races(runner.races, planned, today),
                         **limits_of(entries, ready, today, wished or {})},
                        [s for s in planned if s.id not in (wished or {})], today),
        set_factor=ready.factor,
        factor_why=next((reason.text for reason in ready.why if reason.factor == ready.factor < 1), ""),
        scale=now,
    )
    return Recalled(runner=scaled(with_sore(runner, sore, today), now), lived=lived)


# ---------------------------------------------------------------------------------------------------- the runner


def with_life(runner: Runner, entries: Iterable[Entry]) -> Runner:
    """Give a runner the diary's races and busy days."""
    entries = tuple(entries)
    blocked = [Blocked(first=e.what.first, last=e.what.last) for e in entries if isinstance(e.what, Busy)]
    return replace(
        runner,
        races=races_now(runner.races, entries),
        blocked=(*runner.blocked, *(b for b in dict.fromkeys(blocked) if b not in runner.blocked)),
    )


def with_sore(runner: Runner, sore: Sequence[str], today: dt.date) -> Runner:
    """Let areas that keep hurting count as injuries for some time."""
    until = today + round(SORE.value) * DAY
    injuries = [Injury(area=area, side="both", since=today, until=until) for area in sore]
    return replace(runner, injuries=(*runner.injuries, *injuries))


def races_now(races: Iterable[Race], entries: Iterable[Entry]) -> tuple[Race, ...]:
    """Give the races as life has them: added ones, those that moved with their run, without those that are skipped."""
    now = {race.date: race for race in races}
    for entry in entries:
        what = entry.what
        if isinstance(what, RaceAdded):
            now[what.race.date] = what.race
        elif isinstance(what, Moved) and what.activity.startswith(RUN) and what.day in now:
            now[what.to] = replace(now.pop(what.day), date=what.to)
        elif isinstance(what, Skipped) and what.activity.startswith(RUN):
            now.pop(what.day, None)
    return tuple(now[date] for date in sorted(now))


def race_moves(races: Iterable[Race], entries: Iterable[Entry]) -> tuple[tuple[str, dt.date, dt.date], ...]:
    """List (id of the run, from, to) of the races that moved."""
    before = {race.date for race in races}
    out = []
    for entry in entries:
        what = entry.what
        if isinstance(what, RaceAdded):
            before.add(what.race.date)
        elif isinstance(what, Moved) and what.activity.startswith(RUN) and what.day in before:
            before = before - {what.day} | {what.to}
            out.append((what.activity, what.day, what.to))
    return tuple(out)


def smaller(scale: Scale, kept: Adherence, runner: Runner, today: dt.date) -> Scale:
    """Take the step that adherence asks for, at most once in four weeks (R71); growing gives back what was taken."""
    if scale.since is not None and (today - scale.since).days < SCALE_EVERY.value:
        return scale
    if kept.step is Step.GROW and (scale.sessions_less or scale.minutes_factor < 1):
        less = max(0, scale.sessions_less - 1)
        return Scale(sessions_less=less, minutes_factor=1.0 if less == scale.sessions_less else scale.minutes_factor,
                     since=today)
    if kept.step in (Step.LESS, Step.SHORTEN) and (kept.sessions_less or kept.minutes_factor < 1):
        most = sessions_range(runner)[1] - 1
        return Scale(
            sessions_less=min(most, scale.sessions_less + kept.sessions_less),
            minutes_factor=min(scale.minutes_factor, kept.minutes_factor), since=today)
    return scale


def scaled(runner: Runner, scale: Scale) -> Runner:
    """Give a runner the smaller plan that adherence asks for, never below one short session a week."""
    if not scale.sessions_less and scale.minutes_factor >= 1:
        return runner
    low, high = sessions_range(runner)
    most = max(1, high - scale.sessions_less)
    minutes = max(LEAST_MINUTES, round(runner.session_minutes * scale.minutes_factor))
    return replace(runner, sessions_a_week=(min(low, most), most) if scale.sessions_less else runner.sessions_a_week,
                   session_minutes=min(runner.session_minutes, minutes))


# ------------------------------------------------------------------------------------------------------- the runs


def raced(recorded: Sequence[PlannedRun], runs: Sequence[PlannedRun]) -> tuple[PlannedRun, ...]:
    """Tell recorded runs that were the day's race as races: all of it is hard."""
    races = {run.date: run for run in runs if run.type is RunType.RACE}
    out = []
    for run in recorded:
        race = races.get(run.date)
        far = race is not None and (run.distance_km or 0.0) >= RACED * (race.distance_km or 0.0)
        out.append(replace(run, type=RunType.RACE, hard=True, hard_minutes=run.minutes) if far else run)
    return tuple(out)


def run_moves(entries: Iterable[Entry]) -> tuple[tuple[str, dt.date], ...]:
    """List the moves of runs in the order of writing."""
    return tuple((e.what.activity, e.what.to) for e in entries
                 if isinstance(e.what, Moved) and e.what.activity.startswith(RUN))


def away_runs(
    entries: Sequence[Entry], runs: Sequence[PlannedRun], recorded: Sequence[PlannedRun], today: dt.date
) -> frozenset[str]:
    """Find the calendar's runs that do not count: skipped, recorded as they really were, or not run.

    A past run without a recording was not run where later recordings are there; where none is, it may only not be
    imported yet, and counts as run.
    """
    there = moved_runs(runs, run_moves(entries))
    out = {e.what.activity for e in entries if isinstance(e.what, Skipped) and e.what.activity.startswith(RUN)}
    newest = max((run.date for run in recorded), default=dt.date.min)
    on: dict[dt.date, list[PlannedRun]] = defaultdict(list)
    for run in recorded:
        on[run.date].append(run)
    out |= {run.id for run in there if run.date < today and (run.date in on or run.date < newest)}
    left = [run for run in there if run.date == today and run.id not in out]
    for done in on[today]:
        if left:
            nearest = min(left, key=lambda run: abs(run.start - done.start))
            left.remove(nearest)
            out.add(nearest.id)
    return frozenset(out)


def beside_races(runs: Sequence[PlannedRun], moves: Sequence[tuple[str, dt.date, dt.date]]) -> frozenset[str]:
    """Find the runs that a moved race leaves behind on its old date, and those it displaces on the new one."""
    left = {run.id for run in runs for _, day, _ in moves if run.date == day and run.type is RunType.RACE}
    new = {run.id for run in runs for _, _, day in moves if run.date == day and run.type is not RunType.RACE}
    return frozenset(left | new)


# --------------------------------------------------------------------------------------------------- the sessions


def told_sessions(entries: Iterable[Entry]) -> dict[tuple[dt.date, str], list[SessionDone | SetDone]]:
    """Gather what was logged by date and id of the session, an empty id for what names none."""
    told: dict[tuple[dt.date, str], list[SessionDone | SetDone]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry.what, SessionDone | SetDone):
            told[entry.date, entry.what.session].append(entry.what)
    return told


def done_ids(entries: Iterable[Entry], planned: Sequence[Session]) -> dict[str, dt.date]:
    """Tell which planned sessions were done, and when; what names none counts for one of its date."""
    known = {s.id: s for s in planned}
    told = told_sessions(entries)
    done = {key: date for date, key in sorted(told) if key in known}
    for date, key in sorted(told):
        if key not in known:
            kind = told_kind(told[date, key])
            open_ = [s.id for s in planned if s.date == date and s.id not in done and alike(s.kind, kind)]
            done.update(dict.fromkeys(open_[:1], date))
    return done


def told_kind(words: Sequence[SessionDone | SetDone]) -> Kind | None:
    """Tell the kind of a session from what was logged: as named, else by its sets; None where nothing tells."""
    whole = next((w for w in reversed(words) if isinstance(w, SessionDone)), SessionDone())
    sets = [w for w in words if isinstance(w, SetDone) and not w.warm_up]
    if whole.kind or not sets:
        return whole.kind
    heavy = any(w.weight_kg and w.unit == "reps" and 0 < w.amount <= HEAVY_REPS for w in sets)
    return Kind.HEAVY if heavy else Kind.STRENGTH


def alike(planned: Kind, done: Kind | None) -> bool:
    """Tell whether what was done may be the planned session: the same kind, or both strength-type."""
    return done is None or planned is done or {planned, done} <= STRENGTH_TYPE


def done_sessions(entries: Sequence[Entry], planned: Sequence[Session], today: dt.date) -> tuple[Session, ...]:
    """Give the sessions that were done, planned or not, on the dates on which they were done."""
    known = {s.id: s for s in planned}
    told = told_sessions(entries)
    rated = {e.what.activity: e.what.rpe_cr10 for e in entries if isinstance(e.what, Rpe)}
    out = []
    taken: set[dt.date] = set()
    for id_, date in done_ids(entries, planned).items():
        if date <= today:
            words = told.get((date, id_)) or [w for (day, key), said in told.items() if day == date
                                              and key not in known for w in said]
            out.append(as_done(known[id_], date, words, rated.get(id_)))
            taken.add(date)
    for (date, key), words in sorted(told.items()):
        if date <= today and date not in taken and key not in known:
            out.append(unplanned(date, words))
            taken.add(date)
    return tuple(sorted(out, key=lambda s: (s.start, s.id)))


def as_done(
    session: Session, date: dt.date, words: Sequence[SessionDone | SetDone], rated: float | None = None
) -> Session:
    """Give a planned session as it was done: its date, minutes and exertion as told, then or afterwards."""
    whole = next((w for w in reversed(words) if isinstance(w, SessionDone)), SessionDone())
    if Kind.HEAVY in (whole.kind, told_kind(words)) and session.kind in STRENGTH_TYPE - HARD_KINDS:
        session = replace(session, kind=Kind.HEAVY,
                          hard_minutes=int(HARD_PART_OF_SESSION[Kind.HEAVY] * session.minutes))
    minutes = max(1, round(whole.minutes or session.minutes))
    told = whole.rpe_cr10 if rated is None else rated
    rpe = KIND_RPE[session.kind] if told is None else told
    return replace(
        session, start=dt.datetime.combine(date, session.start.time()), minutes=minutes,
        hard_minutes=min(session.hard_minutes, minutes), load_au=round(minutes * rpe))


def unplanned(date: dt.date, words: Sequence[SessionDone | SetDone]) -> Session:
    """Give a session that nobody planned the shape of one: its kind as told, else as its sets say."""
    whole = next((w for w in reversed(words) if isinstance(w, SessionDone)), SessionDone())
    sets = [w for w in words if isinstance(w, SetDone) and not w.warm_up]
    kind = told_kind(words) or Kind.STRENGTH
    minutes = max(1, round(whole.minutes or usual_minutes(kind, len(sets))))
    rpe = KIND_RPE[kind] if whole.rpe_cr10 is None else whole.rpe_cr10
    start = dt.datetime.combine(date, UNPLANNED_START)
    return Session(
        id=f"s-{start:%Y-%m-%d-%H%M}-unplanned", start=start, minutes=minutes, kind=kind,
        hard_minutes=int(HARD_PART_OF_SESSION.get(kind, 0.0) * minutes), load_au=round(minutes * rpe),
        why=(UNPLANNED,), blocks=())


def usual_minutes(kind: Kind, sets: int) -> float:
    """Give the length of a session of which nobody told it [min]: by its sets, else the middle of its kind's range."""
    return MINUTES_A_SET * sets or sum(KIND_MINUTES[kind]) / 2


def dropped_sessions(
    entries: Sequence[Entry], planned: Sequence[Session], today: dt.date, skipped: Sequence[Session] = ()
) -> tuple[tuple[dt.date, Kind], ...]:
    """List what was planned and missed, and what is skipped: it is dropped, not piled up (M2).

    Another session may have been moved to the hour of a skipped one, and so have its id; what is logged is then that.
    """
    done = done_ids(entries, (*skipped, *planned))
    others = {s.id: s.kind for s in planned}
    missed = {(s.date, s.kind) for s in planned if s.id not in done and s.date < today}
    given = {(s.date, s.kind) for s in skipped if s.id not in done or others.get(s.id, s.kind) is not s.kind}
    return tuple(sorted(missed | given, key=lambda found: (found[0], found[1].value)))


def limits_of(
    entries: Sequence[Entry], ready: Readiness, today: dt.date, wished: Mapping[str, Kind] = MappingProxyType({})
) -> dict[dt.date, frozenset[Kind]]:
    """Tell which kinds alone may stand on today, on skipped dates, and where the runner moved a session.

    What pain or illness keeps from today does not come back tomorrow either: it should settle first.
    """
    limits: dict[dt.date, frozenset[Kind]] = {}
    for entry in entries:
        what = entry.what
        if isinstance(what, Skipped) and not what.activity.startswith(RUN):
            limits[what.day] = frozenset()
        elif isinstance(what, Moved) and what.activity in wished:
            limits[what.day] = ALL_KINDS - {wished[what.activity]}
            limits[what.to] = frozenset({wished[what.activity]})
    limits = {day: kinds for day, kinds in limits.items() if day >= today}
    kinds = ready.kinds - ({Kind.PRIMER} if ready.run >= RunToday.SHORT_EASY else set())
    if kinds != ALL_KINDS:
        limits[today] = limits.get(today, ALL_KINDS) & kinds
    body = [reason.kinds for reason in ready.why if reason.rule in SETTLES_FIRST]
    if body and min(map(len, body)) < len(ALL_KINDS):
        settling = frozenset.intersection(*body) | {Kind.MOBILITY}
        limits[today + DAY] = limits.get(today + DAY, ALL_KINDS) & settling
    return limits


def given_up(planned: Sequence[Session], ready: Readiness, today: dt.date) -> tuple[tuple[dt.date, Kind], ...]:
    """List today's sessions that pain or illness forbids: dropped like missed ones, nothing is caught up on."""
    body = [reason.kinds for reason in ready.why if reason.rule in SETTLES_FIRST]
    return tuple((s.date, s.kind) for s in planned if s.date == today and any(s.kind not in kinds for kinds in body))


def before_races(
    races: Iterable[Race], planned: Sequence[Session], today: dt.date
) -> dict[dt.date, frozenset[Kind]]:
    """Limit the days before an A or B race to what stands there and mobility: towards a race nothing is added."""
    limits: dict[dt.date, frozenset[Kind]] = {}
    for race in races:
        for date in (race.date - n * DAY for n in range(round(EVE.value) + 1) if race.priority != "C"):
            if date >= today:
                limits[date] = frozenset({s.kind for s in planned if s.date == date} | {Kind.MOBILITY, Kind.PRIMER})
    return limits


def settling(
    limits: dict[dt.date, frozenset[Kind]], planned: Sequence[Session], today: dt.date
) -> dict[dt.date, frozenset[Kind]]:
    """Leave tomorrow what stands there: nothing comes to it while today settles, but its own morning judges it."""
    tomorrow = today + DAY
    if not limits.get(tomorrow):
        return limits
    return {**limits, tomorrow: limits[tomorrow] | {s.kind for s in planned if s.date == tomorrow}}


def lately_sore(entries: Sequence[Entry], today: dt.date) -> list[str]:
    """List areas that keep hurting, the worst first."""
    from midstance.planning.readiness import lasting_areas  # noqa: PLC0415 - reads the catalogue of blocks

    return lasting_areas(gather(entries, today=today))
