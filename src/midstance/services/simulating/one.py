"""One made-up runner with a diary: who it is, what was counted, and what the judges say about plans and mornings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midstance.domain.session import Kind
from midstance.planning.check import check_plan
from midstance.planning.readiness import Light
from midstance.services.course import Course, need_course
from midstance.services.handbook import all_rules, catalogue
from midstance.services.simulating.book import Book, Tally
from midstance.services.simulating.judge import Ahead, World, judge_day, judge_minutes, judge_plan
from midstance.services.simulating.kilograms import Weights
from midstance.services.simulating.life import GRAVE, Life, life_of
from midstance.services.simulating.people import Person, person_of

if TYPE_CHECKING:
    from random import Random

    from midstance.domain.diary import CheckIn
    from midstance.domain.plan import Plan
    from midstance.planning.make import Brief
    from midstance.planning.readiness import Readiness
    from midstance.services.replan_day import Morning

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """What readiness says, as far as it can change a plan."""

    light: Light
    kinds: frozenset[Kind]
    factor: float
    areas: tuple[str, ...]


class One:
    """A made-up runner.

    Attributes:
        random: Where all chance comes from.
        number: The runner's number.
        dates: The days that are lived.
        person: Who it is; ``life`` what happens.
        book: The diary; ``tally`` what was counted.
        world: What the judge of the days knows; ``weights`` the judge of weights.
        happened: Whether something happened since the last look at the plan; ``mood`` what readiness said then.
        told: This morning's answers, or None.
        gone: Ids of runs that were skipped ahead.
    """

    def __init__(self, random: Random, *, number: int, first: dt.date, days: int) -> None:
        self.random = random
        self.number = number
        self.dates = [first + k * DAY for k in range(days)]
        self.person: Person = person_of(random, number=number, first=first)
        self.life: Life = life_of(random, self.person.sort, first=first, days=days)
        self.book = Book()
        self.tally = Tally()
        self.world = World(runner=self.person.runner, races=list(self.person.runner.races))
        self.weights = Weights(catalogue=catalogue().exercises, runner=self.person.runner)
        self.happened = False
        self.mood: Mood | None = None
        self.told: CheckIn | None = None
        self.gone: set[str] = set()

    @property
    def course(self) -> Course:
        """The plan in force."""
        return need_course(self.book.entries())

    def event(self, kind: str, *, matters: bool = True) -> None:
        """Count an event; what matters is looked at as soon as the plan is looked at."""
        self.tally.events[kind] += 1
        self.happened = self.happened or matters

    def breach(self, sort: str, date: dt.date, text: str) -> None:
        """Note what must not be."""
        self.tally.breaches.append((sort, f"runner {self.number}, {date}: {text}"))

    def chance(self, share: float) -> bool:
        """Throw the dice."""
        return self.random.random() < share

    def judge_document(self, date: dt.date, plan: Plan, brief: Brief, name: str) -> None:
        """Judge a plan by the rules and by the judge's own."""
        report = check_plan(plan, all_rules(), runner=brief.runner, history=brief.history, lived=brief.lived)
        for finding in report.findings:
            if finding.tier == "safety" and finding.on == "plan":
                self.breach("safety", date, f"{name}: {finding.rule} on {finding.date}: {finding.says}")
        for text in judge_plan(self.world, ahead_of(plan, date)):
            self.breach("safety", date, f"{name}: {text}")

    def judge_morning(self, date: dt.date, found: Morning) -> None:
        """Judge what a morning advises."""
        session = found.session
        if session is None:
            return
        ahead = ahead_of(found.plan, date)
        sessions = tuple(session if s.id == session.id else s for s in ahead.sessions)
        for text in judge_day(self.world, replace(ahead, sessions=sessions), session, self.told):
            self.breach("safety", date, f"today: {text}")
        if self.told and GRAVE & set(self.told.ill):
            self.breach("safety", date, f"today: a session with {', '.join(self.told.ill)}")
        for text in judge_minutes(self.world.runner, session, self.told):
            self.breach("minutes", date, text)
        for text in self.weights.judge(date, session):
            self.breach("weight", date, text)


def mood_of(ready: Readiness) -> Mood:
    """Keep of readiness what can change a plan."""
    return Mood(light=ready.light, kinds=ready.kinds, factor=ready.factor, areas=ready.easier_areas)


def shown(plan: Plan, first: dt.date) -> tuple[tuple[dt.date, str], ...]:
    """List date and kind of the sessions from a date on, primers apart."""
    return tuple((s.date, s.kind.value) for s in plan.sessions if s.date >= first and s.kind is not Kind.PRIMER)


def ahead_of(plan: Plan, date: dt.date) -> Ahead:
    """Give what a plan holds from a date on."""
    return Ahead(
        today=date, runs=tuple(run for run in plan.runs if run.date >= date),
        sessions=tuple(s for s in plan.sessions if s.date >= date),
        phases={week.starts: week.phase for week in plan.weeks})
