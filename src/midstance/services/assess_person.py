"""Who is tested, and what bears on it: age and sex, injuries and pains, races, hard days, the plan's dates.

Pure functions over entries of the diary; no clock.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from midstance.domain.diary import CheckIn, Pain, PainNoted
from midstance.domain.plan import Retest
from midstance.domain.runner import Injury, Race
from midstance.formats._format import InputError
from midstance.formats._plan_words import KIND_WORDS, RUN_WORDS
from midstance.planning.readiness import Light, readiness
from midstance.planning.readying.facts import same_place
from midstance.planning.recall import with_life
from midstance.services.course import course_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.entry import Entry

DAY = dt.timedelta(days=1)
PAIN_DAYS = 3
"""Days for which a pain counts while no word is said of it; midstance default, as for the day's readiness."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What of a runner and of these days decides about tests; of who keeps no plan nearly nothing is known.

    Attributes:
        age: Age [years], or None.
        sex: ``female``, ``male``, or empty where not said.
        injuries: Injuries, also past ones.
        equipment: Owned pieces.
        races: Races.
        hard_runs: What is hard in the runs of a date, in words; dates without anything hard are missing.
        hard_sessions: The same of sessions.
        retests: Dates on which the plan has tests again.
        rest: Why today is for rest, a sentence, or empty.
        units: ``metric`` or ``imperial``, for display only.
    """

    age: int | None = None
    sex: str = ""
    injuries: tuple[Injury, ...] = ()
    equipment: tuple[str, ...] = ()
    races: tuple[Race, ...] = ()
    hard_runs: dict[dt.date, str] = field(default_factory=dict)
    hard_sessions: dict[dt.date, str] = field(default_factory=dict)
    retests: tuple[Retest, ...] = ()
    rest: str = ""
    units: str = "metric"


def person_of(entries: Sequence[Entry], today: dt.date) -> Person:
    """Say who is tested: the runner of the plan in force, with the diary's races, and what is hard in these days.

    Args:
        entries: Entries in force, in the order of writing; those after today do not count.
        today: The day.
    Returns: The person; a plan that cannot be read is none.
    """
    known = [entry for entry in entries if entry.date <= today]
    rest = next((why.text for why in readiness(known, today=today).why if why.light is Light.RED), "")
    try:
        course = course_of(known)
    except InputError:
        course = None
    if course is None:
        return Person(rest=rest)
    runner = with_life(course.runner, known)
    return Person(
        age=None if runner.birth_year is None else today.year - runner.birth_year, sex=runner.sex or "",
        injuries=runner.injuries, equipment=runner.equipment, races=runner.races, units=runner.units, rest=rest,
        hard_runs={run.date: RUN_WORDS[run.type].lower() for run in course.plan.runs if run.hard},
        hard_sessions={s.date: KIND_WORDS[s.kind].lower() for s in course.plan.sessions if s.hard},
        retests=course.plan.retests)


def sore_places(entries: Sequence[Entry], today: dt.date) -> tuple[tuple[dt.date, Pain], ...]:
    """List the pains that count today with their dates: the last word of three days on each place, where it hurts."""
    said: list[tuple[dt.date, dt.datetime, Pain]] = []
    for entry in entries:
        if today - PAIN_DAYS * DAY <= entry.date <= today:
            pains = (entry.what.pain if isinstance(entry.what, CheckIn) else
                     (entry.what.pain,) if isinstance(entry.what, PainNoted) else ())
            said += [(entry.date, entry.at, pain) for pain in pains]
    said.sort(key=lambda one: one[:2])
    last = [(date, pain) for k, (date, _, pain) in enumerate(said)
            if not any(same_place(pain, later) for _, _, later in said[k + 1:])]
    return tuple((date, pain) for date, pain in last if pain.score > 0)
