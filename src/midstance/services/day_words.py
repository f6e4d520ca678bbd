"""What a morning says: why a session is not for today, why it moves, what becomes of a run, what was missed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from midstance.domain.diary import CheckIn
from midstance.domain.lived import Lived, Scale
from midstance.domain.problem import Fate
from midstance.domain.session import STRENGTH_TYPE
from midstance.formats._plan_words import KIND_WORDS
from midstance.formats.plan_inputs import parse_lived
from midstance.planning.changes import Change
from midstance.planning.readiness import RunToday
from midstance.planning.relax import Moves
from midstance.planning.weeks import sessions_range
from midstance.services.course import SOURCE
from midstance.services.handbook import all_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.entry import Entry
    from midstance.domain.plan import Plan
    from midstance.domain.session import Session
    from midstance.planning.make import Solved
    from midstance.planning.readiness import Readiness
    from midstance.services.replan_day import Known, Proposal

LEAST_MINUTES = 5
"""Least time for a session [min]; with less there is none today."""
DAY = dt.timedelta(days=1)
MOST_REASONS = 2
EASY_RUNS = {
    RunToday.EASY: "Run it easy today, without the hard part.",
    RunToday.SHORT_EASY: "Half an hour of easy running is the most today.",
    RunToday.NONE: "No run today.",
}
OLD_WORD = "This rests on what you said on an earlier day; a new check-in counts at once: midstance checkin"
SMALLER = "From now on sessions take at most {minutes} min, {most} a week at most: the plan was too big for this time."
LARGER = "From now on sessions take up to {minutes} min again, up to {most} a week: you keep what is planned."
LONGER = "The plan runs to {last} now: a race lies beyond its end."
NOT_NOTED = (
    "Yesterday's {kind} session is not noted. If you did it, say so: midstance log session --date {date}. Otherwise it "
    "is dropped; there is nothing to catch up on."
)
NO_TIME = "there is no time for it; there is nothing to catch up on."
NOT_TODAY = "{kind} is not for today: {why}"


def why_left_out(session: Session, known: Known, proposal: Proposal | None) -> str:
    """Say why a session of the plan in force is not for today."""
    kind = session.kind.value.capitalize()
    if session.kind not in known.ready.kinds and known.ready.why:
        return NOT_TODAY.format(kind=kind, why=shortly(known.ready))
    if short_of_time(known.ready):
        return NOT_TODAY.format(kind=kind, why=NO_TIME)
    if known.brief.runner.blocked_on(session.date):
        return NOT_TODAY.format(kind=kind, why="you are busy on this date.")
    reason = because_of(proposal.solved, session) if proposal else ""
    return NOT_TODAY.format(kind=kind, why=reason or "it would stand too near to what was done.")


def because_of(solved: Solved, session: Session) -> str:
    """Say which rule keeps a session from its date, or give an empty text."""
    titles = {rule.id: rule.title for rule in all_rules()}
    found = solved.compiled.masked.get((session.date.toordinal(), session.kind), ())
    if not found:
        return ""
    said: dict[str, str] = {}
    for claim in min((why for _, why in found), key=len):
        said.setdefault(claim.rule, f"{titles[claim.rule].lower()}{f' ({claim.facts})' if claim.facts else ''}")
    return "; ".join(list(said.values())[:MOST_REASONS]) + "."


def in_its_way(solved: Solved, session: Session) -> str:
    """Say which rules keep a session out of the plan as it is now, or give an empty text."""
    titles = {rule.id: rule.title for rule in all_rules()}
    compiled = solved.compiled
    same = [c for c in compiled.problem.choices if c.day == session.date.toordinal() and c.kind is session.kind
            and c.fate is Fate.OPEN]
    if not same:
        return ""
    rules = Moves.of(compiled, solved.certificate.chosen).in_the_way(same[0]) - {"sessions-a-week", "stay-close"}
    return "; ".join(titles[rule].lower() for rule in sorted(rules)) + "." if rules else ""


def size_change(known: Known) -> tuple[Change, ...]:
    """Say that sessions become fewer, shorter, or grow again, where adherence asks for it since the plan in force."""
    before = parse_lived(known.course.plan.inputs, SOURCE)
    old, new = before.scale if before else Scale(), known.brief.lived.scale if known.brief.lived else Scale()
    if (old.sessions_less, old.minutes_factor) == (new.sessions_less, new.minutes_factor):
        return ()
    smaller = (new.sessions_less, -new.minutes_factor) > (old.sessions_less, -old.minutes_factor)
    runner = known.brief.runner
    says = (SMALLER if smaller else LARGER).format(
        minutes=runner.session_minutes, most=sessions_range(runner)[1])
    return (Change(date=known.today, says=says, days=frozenset()),)


def longer(known: Known) -> tuple[Change, ...]:
    """Say that the plan runs on to a race beyond its end."""
    ends, last = known.course.plan.ends, known.brief.last
    return (Change(date=known.today, says=LONGER.format(last=last), days=frozenset()),) if last > ends else ()


def reason_of(known: Known, solved: Solved, session: Session) -> str:
    """Say why a session cannot stay where it was, or give an empty text."""
    lived = known.brief.lived or Lived(until=known.today)
    done = next((s for s in lived.done if s.id == session.id), None)
    if done is not None:
        return f"it was done on {done.date:%A} {done.date}."
    if (session.date, session.kind) in lived.dropped:
        return "you skip it."
    if known.brief.runner.blocked_on(session.date):
        return "you are busy on this date."
    limited = session.date in lived.limits and session.kind not in lived.limits[session.date]
    if limited and session.date <= known.today + DAY and session.kind not in known.ready.kinds and known.ready.why:
        return shortly(known.ready)
    return because_of(solved, session) or in_its_way(solved, session)


def shortly(ready: Readiness) -> str:
    """Give the first sentence of the reason that asks for most."""
    return f"{ready.why[0].text.split('. ')[0].rstrip('.')}."


def run_advice(plan: Plan, known: Known) -> str:
    """Say what becomes of today's planned run; a recorded one is over."""
    recorded = {run.id for run in known.brief.lived.runs} if known.brief.lived else set()
    planned = [run for run in plan.runs if run.date == known.today and run.id not in recorded]
    hard = any(run.hard for run in planned)
    if not planned or known.ready.run is RunToday.AS_PLANNED or (known.ready.run is RunToday.EASY and not hard):
        return ""
    return EASY_RUNS[known.ready.run]


def missed_note(known: Known, before: Readiness) -> tuple[str, ...]:
    """Say kindly that yesterday's strength session is dropped when nobody noted it."""
    lived = known.brief.lived
    kinds = [kind for date, kind in (lived.dropped if lived else ())
             if date == before.date and kind in STRENGTH_TYPE and kind in before.kinds]
    return tuple(NOT_NOTED.format(kind=KIND_WORDS[kind].lower(), date=before.date) for kind in kinds[:1])


def calendar_note(plan: Plan, known: Known) -> tuple[str, ...]:
    """Say what today's runs by themselves would break; the runner decides about runs."""
    return tuple(f.says for f in plan.findings if f.on == "calendar" and f.date == known.today)


def word_note(known: Known, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Say that a stop rests on an older word, and how to renew it."""
    asked = any(isinstance(e.what, CheckIn) and e.date == known.today for e in entries)
    return (OLD_WORD,) if known.ready.stop and not asked else ()


def ends_note(known: Known) -> tuple[str, ...]:
    """Say that a plan is over, or begins later."""
    if known.today > known.brief.last:
        return (f"The plan ended on {known.brief.last}. Make the next one: midstance plan RUNNER.toml --save",)
    if known.today < known.brief.first:
        return (f"The plan begins on {known.brief.first}.",)
    return ()


def short_of_time(ready: Readiness) -> bool:
    """Tell whether there is less time than the shortest session takes."""
    return ready.minutes is not None and ready.minutes < LEAST_MINUTES
