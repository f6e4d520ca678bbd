"""What the screen Why shows, as plain documented values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta as About


@dataclass(frozen=True, slots=True, kw_only=True)
class RunThere:
    """A run of a date."""

    start: Annotated[dt.datetime, About(description="Local start.")]
    name: Annotated[str, About(description="What sort of run.")]
    minutes: Annotated[int, About(description="Its length [min].")]
    hard: Annotated[bool, About(description="Whether it counts as hard.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """A rule that speaks against another date."""

    rule: Annotated[str, About(description="Id of the rule.")]
    title: Annotated[str, About(description="Its title.")]
    tier: Annotated[str, About(description="safety, dose or taste.")]
    says: Annotated[str, About(description="What it finds there.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """What another date would mean for a session."""

    date: Annotated[dt.date, About(description="The other date.")]
    possible: Annotated[bool, About(description="Whether some start of it breaks no safety rule.")]
    start: Annotated[dt.datetime | None, About(description="The best start there.")]
    against: Annotated[tuple[Against, ...], About(description="What speaks against it, the strictest first.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionThere:
    """A session of a date, and why it stands there."""

    id: Annotated[str, About(description="Its id.")]
    start: Annotated[dt.datetime, About(description="Local start.")]
    minutes: Annotated[int, About(description="Its length [min].")]
    kind: Annotated[str, About(description="Its kind.")]
    name: Annotated[str, About(description="Its kind in words.")]
    hard: Annotated[bool, About(description="Whether it counts as hard.")]
    why: Annotated[tuple[str, ...], About(description="Reasons, the most important first.")]
    elsewhere: Annotated[Elsewhere | None, About(description="What the other date asked for would mean.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayThere:
    """Why a date of the plan is as it is."""

    date: Annotated[dt.date, About(description="The date.")]
    inside: Annotated[bool, About(description="Whether it lies inside the plan.")]
    starts: Annotated[dt.date, About(description="First date of the plan.")]
    ends: Annotated[dt.date, About(description="Last date of the plan.")]
    phase: Annotated[str, About(description="Phase of its week in words; empty outside the plan.")]
    aim: Annotated[str, About(description="What that phase is for.")]
    factor: Annotated[float, About(description="Share of the sets that mileage, life and sleep left its week.")]
    factor_why: Annotated[str, About(description="Why sets are cut, or empty.")]
    runs: Annotated[tuple[RunThere, ...], About(description="Its runs.")]
    sessions: Annotated[tuple[SessionThere, ...], About(description="Its sessions with their reasons.")]
    gave_way: Annotated[tuple[str, ...], About(description="What gave way in its week, sentences.")]
    findings: Annotated[tuple[Against, ...], About(description="What rules point out on this date.")]
    week: Annotated[tuple[dt.date, ...], About(description="The dates of its week.")]
    with_session: Annotated[tuple[dt.date, ...], About(description="Those of them that hold a session.")]
    other: Annotated[dt.date | None, About(description="The other date asked about.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number of the method."""

    id: Annotated[str, About(description="Its name.")]
    value: Annotated[float, About(description="What midstance starts from.")]
    unit: Annotated[str, About(description="Its unit.")]
    low: Annotated[float, About(description="Lowest value that a coach may set.")]
    high: Annotated[float, About(description="Highest value that a coach may set.")]
    says: Annotated[str, About(description="What it decides.")]
    badge: Annotated[str, About(description="Author and year, or 'midstance default'.")]
    source: Annotated[str, About(description="Key of the source, also of one that is only near; or empty.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A week in the notation of plans, and what the rule says of it."""

    week: Annotated[str, About(description="The week.")]
    finds: Annotated[str | None, About(description="Weekday on which the rule speaks; null where it is silent.")]
    runner: Annotated[str, About(description="What the runner's file says, where it matters.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleShown:
    """A rule of the method."""

    id: Annotated[str, About(description="Its id.")]
    title: Annotated[str, About(description="What it asks for, in a few words.")]
    tier: Annotated[str, About(description="safety, dose or taste.")]
    why: Annotated[str, About(description="Why, paragraphs.")]
    helps: Annotated[str, About(description="What helps where it stands in the way.")]
    certainty: Annotated[str, About(description="How well it is backed.")]
    cites: Annotated[tuple[str, ...], About(description="Ids of the method (M) and of the evidence (R).")]
    numbers: Annotated[tuple[Number, ...], About(description="Its numbers.")]
    sources: Annotated[tuple[str, ...], About(description="Keys of its sources.")]
    examples: Annotated[tuple[Example, ...], About(description="Weeks that break it and weeks that do not.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricShown:
    """A number that midstance computes."""

    id: Annotated[str, About(description="Its id.")]
    title: Annotated[str, About(description="What it is.")]
    unit: Annotated[str, About(description="Its unit.")]
    aggregate: Annotated[str, About(description="How it adds up over a span.")]
    validity: Annotated[str, About(description="How far it can be trusted.")]
    badge: Annotated[str, About(description="Author and year, or 'midstance default'.")]
    source: Annotated[str, About(description="Key of its source, or empty.")]
    cites: Annotated[tuple[str, ...], About(description="Ids of the evidence.")]
    says: Annotated[str, About(description="What it does, a sentence.")]
    more: Annotated[str, About(description="The rest of its page.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """Something that cites a source."""

    id: Annotated[str, About(description="Its id.")]
    title: Annotated[str, About(description="Its title or name.")]
    trust: Annotated[str, About(description="Certainty of a rule, validity of a metric; empty for an exercise.")]
    page: Annotated[str, About(description="Path of its page.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceShown:
    """A publication, and what midstance takes from it."""

    id: Annotated[str, About(description="Its key.")]
    title: Annotated[str, About(description="What it is, in midstance's words where the title is not sure.")]
    authors: Annotated[str, About(description="First author or group.")]
    year: Annotated[int, About(description="Year of print.")]
    where: Annotated[str, About(description="Journal, volume and page as far as known.")]
    doi: Annotated[str, About(description="Digital object identifier, or empty.")]
    says: Annotated[str, About(description="What midstance takes from it.")]
    known: Annotated[str, About(description="How its numbers are known.")]
    citable: Annotated[bool, About(description="Whether its numbers were read in the paper itself.")]
    evidence: Annotated[tuple[str, ...], About(description="Ids of the evidence (R1-R100).")]
    cited_by: Annotated[tuple[Citing, ...], About(description="Rules, metrics and exercises that cite it.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Numbers of one part of the daily loop."""

    name: Annotated[str, About(description="What they belong to.")]
    numbers: Annotated[tuple[Number, ...], About(description="The numbers.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety:
    """Words of safety and honest words."""

    honest: Annotated[str, About(description="What strength work is good for, and what nobody knows (M27).")]
    first: Annotated[tuple[str, ...], About(description="What comes before the first session (M26).")]
    disclaimer: Annotated[str, About(description="What midstance is, and what it is not.")]
    red_flags: Annotated[tuple[str, ...], About(description="What stops training and belongs before a clinician.")]
    clearance: Annotated[tuple[str, ...], About(description="Who asks a medical professional first.")]
    pain: Annotated[tuple[Number, ...], About(description="What pain means for today.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Why things are as they are: the day, the rules, the numbers, the sources, the words of safety."""

    page: Annotated[str, About(description="day, rules, numbers, sources or safety.")]
    today: Annotated[dt.date, About(description="The clock's date.")]
    day: Annotated[DayThere | None, About(description="Why the date is as it is; null without a plan.")]
    one: Annotated[str, About(description="Id of the single rule or metric asked for, or empty.")]
    rules: Annotated[tuple[RuleShown, ...], About(description="Rules, safety first; the one asked for alone.")]
    metrics: Annotated[tuple[MetricShown, ...], About(description="Metrics, on the page of numbers.")]
    daily: Annotated[tuple[Group, ...], About(description="Numbers of the daily loop, on the page of numbers.")]
    sources: Annotated[tuple[SourceShown, ...], About(description="Sources, on their page; else those shown beside.")]
    safety: Annotated[Safety | None, About(description="Words of safety, on their page.")]
