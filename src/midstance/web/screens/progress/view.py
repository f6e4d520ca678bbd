"""What the screen Progress shows, as plain documented values; the drawings are made of them in ``drawings``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta as About

from midstance.web.screens.why.proof import Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Strength on one date."""

    date: Annotated[dt.date, About(description="The date.")]
    value: Annotated[float, About(description="Value in the lift's unit.")]
    weight_kg: Annotated[float | None, About(description="Weight of that set [kg]; null for body weight.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """Strength in one exercise."""

    exercise: Annotated[str, About(description="Id of the exercise.")]
    name: Annotated[str, About(description="Its name.")]
    role: Annotated[str, About(description="main, accessory, core, finisher, drill or hop.")]
    unit: Annotated[str, About(description="kg for an estimated one-rep maximum, else reps, seconds or steps.")]
    points: Annotated[tuple[Point, ...], About(description="One a date, ascending; of two sides the weaker.")]
    change_percent: Annotated[float | None, About(
        description="Change from the first point to the last [%]; null where they cannot be compared.")]
    charted: Annotated[bool, About(description="Whether it is strength work with two dates or more: it gets a chart.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadWeek:
    """What was trained in one calendar week."""

    starts: Annotated[dt.date, About(description="Its Monday.")]
    whole: Annotated[bool, About(description="Whether it is over.")]
    runs: Annotated[int, About(description="Number of runs.")]
    run_minutes: Annotated[float, About(description="Minutes of them [min].")]
    run_km: Annotated[float, About(description="Distance of them as far as known [km].")]
    sessions: Annotated[int, About(description="Number of sessions.")]
    session_minutes: Annotated[float, About(description="Minutes of them [min].")]
    load_au: Annotated[float, About(description="Load of both [AU].")]
    estimated: Annotated[int, About(description="Runs and sessions whose load is in part estimated.")]
    hard_minutes: Annotated[float, About(description="Minutes above easy [min].")]
    easy_share: Annotated[float | None, About(description="Easy minutes over all minutes, 0 to 1; null without any.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How much of the plan was kept."""

    share_4_weeks: Annotated[float | None, About(description="Share of four weeks, 0 to 1; null when none was due.")]
    share_3_weeks: Annotated[float | None, About(description="Share of three weeks, 0 to 1.")]
    step: Annotated[str, About(description="What follows: early, grow, hold, shorten or less.")]
    says: Annotated[str, About(description="The same in words.")]
    less_below: Annotated[float, About(description="Share below which the plan becomes smaller.")]
    grow_from: Annotated[float, About(description="Share from which it may grow.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Sets of one region in one week."""

    region: Annotated[str, About(description="Region of the body.")]
    noted: Annotated[float, About(description="Sets noted one by one; one side of a set is half of one.")]
    assumed: Annotated[int, About(description="Sets of sessions noted as done without their sets, as planned.")]
    wanted: Annotated[int | None, About(description="What the week's plan aims at; null without a plan.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionWeek:
    """Sets by region in one week."""

    starts: Annotated[dt.date, About(description="Its Monday.")]
    whole: Annotated[bool, About(description="Whether it is over.")]
    factor: Annotated[float, About(description="Share of the sets that mileage, life and sleep left in its plan.")]
    why: Annotated[str, About(description="Why sets were cut, or empty.")]
    regions: Annotated[tuple[Region, ...], About(description="Regions wanted or trained.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Left against right in one exercise or test."""

    what: Annotated[str, About(description="Exercise or test.")]
    date: Annotated[dt.date | None, About(description="When; null for a result of the runner's file.")]
    left: Annotated[float, About(description="Result of the left side.")]
    right: Annotated[float, About(description="Result of the right side.")]
    unit: Annotated[str, About(description="Unit of both.")]
    symmetry_percent: Annotated[float, About(description="Weaker side as a part of the stronger [%].")]
    difference_percent: Annotated[float, About(description="Above 0 when the right is the larger [%].")]
    verdict: Annotated[str, About(description="ignore (noise, or too small to matter), work on it, notable.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One version of a movement on its ladder."""

    exercise: Annotated[str, About(description="Id of the exercise.")]
    name: Annotated[str, About(description="Its name.")]
    place: Annotated[str, About(description="owned, below, here (worked on), next or later.")]
    weighted: Annotated[bool, About(description="Whether it needs a weight.")]
    best: Annotated[Point | None, About(description="Best set of the last date with one.")]
    unit: Annotated[str, About(description="Unit of it: kg, reps, seconds or steps; empty without one.")]
    asks: Annotated[str, About(description="What it takes to own it.")]
    missing: Annotated[tuple[str, ...], About(description="What keeps it from the plan now.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A ladder of body-weight versions, easiest first."""

    id: Annotated[str, About(description="Id of its first exercise.")]
    name: Annotated[str, About(description="Its highest body-weight rung.")]
    region: Annotated[str, About(description="Region that it trains most.")]
    rungs: Annotated[tuple[Rung, ...], About(description="Its rungs.")]
    owned: Annotated[int, About(description="How many of them are owned.")]
    says: Annotated[str, About(description="What the log says of the rung worked on, or empty.")]
    since: Annotated[dt.date | None, About(description="Last date with a set of it; null where it was never begun.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What was told of one date, and what the morning made of it."""

    date: Annotated[dt.date, About(description="The date.")]
    sleep_h: Annotated[float | None, About(description="Sleep of the night before [h]; null when not said.")]
    life: Annotated[float | None, About(description="Load of work, family and the rest, 0 to 10.")]
    light: Annotated[str, About(description="green, amber or red; empty without an answer.")]
    factor: Annotated[float, About(description="Share of the sets that the morning left.")]
    why: Annotated[tuple[str, ...], About(description="Reasons that asked for less.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """Something that the plan did."""

    date: Annotated[dt.date, About(description="When; for a week with fewer sets, its Monday.")]
    kind: Annotated[str, About(description="change (taken by the runner) or cut (a week with fewer sets).")]
    factor: Annotated[float, About(description="Share of the sets that was left.")]
    says: Annotated[tuple[str, ...], About(description="What it was, and why.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Sleep and life's load, over what the plan did."""

    days: Annotated[tuple[Day, ...], About(description="Every date, oldest first.")]
    reactions: Annotated[tuple[Reaction, ...], About(description="What the plan did, the latest first.")]
    mean_sleep_h: Annotated[float | None, About(description="Mean of the last nights [h]; null with too few.")]
    mean_life: Annotated[float | None, About(description="Mean of the last days; null with none.")]
    nights: Annotated[int, About(description="Nights of the mean.")]
    life_days: Annotated[int, About(description="Days of the mean.")]
    short_h: Annotated[float, About(description="Mean sleep under which sets are cut [h].")]
    life_from: Annotated[float, About(description="Mean life load from which sets are cut.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proofs:
    """What the numbers of each part rest on."""

    strength: Annotated[Proof, About(description="Estimated maximum and best sets.")]
    skills: Annotated[Proof, About(description="When a rung is owned.")]
    regions: Annotated[Proof, About(description="Counting sets by region.")]
    load: Annotated[Proof, About(description="Load of runs and sessions.")]
    easy: Annotated[Proof, About(description="The aim of four fifths easy.")]
    kept: Annotated[Proof, About(description="Borders of the share kept.")]
    sides: Annotated[Proof, About(description="Left against right.")]
    sleep: Annotated[Proof, About(description="Sleep under which sets are cut.")]
    life: Annotated[Proof, About(description="Life load from which sets are cut.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """How training went, up to a date."""

    date: Annotated[dt.date, About(description="The date, which counts.")]
    units: Annotated[str, About(description="metric or imperial, for screens; the numbers here are metric.")]
    empty: Annotated[bool, About(description="Whether the diary holds nothing to show yet.")]
    strength_weeks: Annotated[int, About(description="Weeks of the strength trends.")]
    lifts: Annotated[tuple[Lift, ...], About(description="Strength by exercise, those with most dates first.")]
    skills: Annotated[tuple[Skill, ...], About(description="Body-weight ladders, those begun first.")]
    regions: Annotated[tuple[RegionWeek, ...], About(description="Sets by region, oldest week first.")]
    weeks: Annotated[tuple[LoadWeek, ...], About(description="Load by week, oldest first.")]
    easy_least: Annotated[float, About(description="Least share of easy minutes aimed at, 0 to 1.")]
    kept: Annotated[Kept | None, About(description="How much of the plan was kept; null without a plan.")]
    sides: Annotated[tuple[Side, ...], About(description="Left against right.")]
    next_test: Annotated[dt.date | None, About(
        description="From when on the first of the self-tests is worth doing again; null without a result.")]
    told: Annotated[Told, About(description="Sleep and life's load over the plan's reaction.")]
    notes: Annotated[tuple[str, ...], About(description="What to know beside it.")]
    proofs: Annotated[Proofs, About(description="What the numbers rest on.")]
