"""What the screen Assess shows, as plain documented values; the drawings are made of them in ``drawings``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta as About


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """One test with what becomes of it now."""

    test: Annotated[str, About(description="Id of the test.")]
    name: Annotated[str, About(description="Its name.")]
    asks: Annotated[str, About(description="The question that it answers.")]
    state: Annotated[str, About(description="due, done (in this sitting), later (still fresh) or not-now.")]
    reason: Annotated[str, About(description="Why, one sentence.")]
    minutes: Annotated[float, About(description="Time that it takes [min]; of its open sides, where it is due.")]
    last: Annotated[str, About(description="Its newest result in words, or empty.")]
    next_date: Annotated[dt.date | None, About(description="From when on it is worth doing again; null without any.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One way through the tests: the short one or all of them."""

    id: Annotated[str, About(description="short or full.")]
    started: Annotated[bool, About(description="Whether anything of it was told in the last 24 hours.")]
    steps: Annotated[tuple[Worth, ...], About(description="What is open, in order.")]
    done: Annotated[tuple[Worth, ...], About(description="What was told in the last 24 hours.")]
    not_now: Annotated[tuple[Worth, ...], About(description="What is not for today, with the reason.")]
    later: Annotated[tuple[Worth, ...], About(description="What is still fresh.")]
    minutes_left: Annotated[float, About(description="Time that the open tests take [min].")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One result of one side."""

    date: Annotated[dt.date, About(description="When.")]
    side: Annotated[str, About(description="left, right, or empty for both together.")]
    value: Annotated[float, About(description="Result [unit of the test].")]
    low: Annotated[float, About(description="Lower end of its error band.")]
    high: Annotated[float, About(description="Upper end; where two bands overlap, the difference is noise.")]
    says: Annotated[str, About(description="The result in words.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came out of one test."""

    test: Annotated[str, About(description="Id of the test.")]
    name: Annotated[str, About(description="Its name.")]
    unit: Annotated[str, About(description="Unit of the results, empty for a choice.")]
    date: Annotated[dt.date, About(description="Date of the newest result.")]
    text: Annotated[str, About(description="The newest result in words.")]
    newest: Annotated[tuple[Point, ...], About(description="The newest result, one point a side.")]
    points: Annotated[tuple[Point, ...], About(description="All results, oldest first.")]
    by_choice: Annotated[bool, About(description="Whether it is looked at and not measured.")]
    less_is_better: Annotated[bool, About(description="Whether a lower number is the better one.")]
    noise: Annotated[float, About(description="Difference below which two results are the same [unit].")]
    weaker: Annotated[str, About(description="left or right; empty where sides are equal or not told apart.")]
    apart: Annotated[bool, About(description="Whether the sides differ by more than the noise.")]
    finding: Annotated[str, About(description="What was found that something follows from, or empty.")]
    advice: Annotated[str, About(description="What the runner is told beyond that, or empty.")]
    refer: Annotated[bool, About(description="Whether the advice sends to a professional.")]
    typical: Annotated[float | None, About(description="What is typical for age and sex [unit]; null if not known.")]
    says: Annotated[tuple[str, ...], About(description="What it means, in sentences.")]
    next_date: Annotated[dt.date | None, About(description="From when on it is worth doing again.")]
    due: Annotated[bool, About(description="Whether that date is here.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer of a test that is looked at."""

    value: Annotated[int, About(description="What is noted.")]
    says: Annotated[str, About(description="The answer in words.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A source that a test names."""

    id: Annotated[str, About(description="Key of the source.")]
    badge: Annotated[str, About(description="Author and year, or 'midstance default' where nobody read the paper.")]
    says: Annotated[str, About(description="What it says.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a test in this sitting."""

    side: Annotated[str, About(description="left, right, or empty for both together.")]
    label: Annotated[str, About(description="Its name: Left, Right, Result.")]
    said: Annotated[str, About(description="What was told in this sitting, in words, or empty.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One test in full: how it is done, how its result is taken, and what it means."""

    test: Annotated[str, About(description="Id of the test.")]
    name: Annotated[str, About(description="Its name.")]
    asks: Annotated[str, About(description="The question that it answers.")]
    version: Annotated[str, About(description="Version gone through, short or full; empty for this test alone.")]
    number: Annotated[int, About(description="Its place among the tests of this sitting, from 1; 0 outside of it.")]
    of: Annotated[int, About(description="How many tests this sitting has.")]
    hint: Annotated[str, About(description="Why it is not for today, or empty.")]
    sides: Annotated[tuple[Side, ...], About(description="Its sides in the order in which to do them.")]
    side: Annotated[str | None, About(description="Side that comes now, empty for both; null when all are told.")]
    measure: Annotated[str, About(description="seconds, reps, cm, degrees, faults or choice.")]
    unit: Annotated[str, About(description="Unit of the result.")]
    least: Annotated[float, About(description="Lowest result that is believed [unit].")]
    most: Annotated[float, About(description="Highest result that is believed [unit].")]
    stop_at: Annotated[float | None, About(description="Result at which one is done [unit], or null.")]
    tries: Annotated[int, About(description="Tries a side of which the best counts.")]
    rest_s: Annotated[int, About(description="Rest between tries or sides [s].")]
    beats_per_minute: Annotated[int, About(description="Beat of the metronome; 0 for none.")]
    beats_a_rep: Annotated[int, About(description="Beats of one repetition.")]
    less_is_better: Annotated[bool, About(description="Whether a lower number is the better one.")]
    minutes: Annotated[float, About(description="Time it takes in all [min].")]
    equipment: Annotated[tuple[str, ...], About(description="What is needed.")]
    protocol: Annotated[tuple[str, ...], About(description="What to do, sentence by sentence.")]
    note: Annotated[str, About(description="What to write down.")]
    stop: Annotated[str, About(description="When not to do it, or to stop.")]
    figure: Annotated[str, About(description="Exercise whose figure shows it.")]
    camera: Annotated[str, About(description="What a camera can take over: hold, reps, range; empty for nothing.")]
    package: Annotated[str, About(description="Address of the pose model's files; empty where it is not installed.")]
    stand: Annotated[str, About(description="How to stand before the camera, or empty.")]
    options: Annotated[tuple[Option, ...], About(description="Answers of a choice, the best first.")]
    typical_source: Annotated[str, About(description="Where what is typical comes from, in words, or empty.")]
    changes: Annotated[str, About(description="What a result changes in the plan.")]
    limits: Annotated[str, About(description="What the result does not tell.")]
    norm_source: Annotated[str, About(description="Key of the source of what is typical, or empty.")]
    noise_text: Annotated[str, About(description="Difference that means nothing, in words, or empty.")]
    sources: Annotated[tuple[Cited, ...], About(description="What backs it.")]
    outcome: Annotated[Outcome | None, About(description="What came out of it so far; null without a result.")]
    next_test: Annotated[str, About(description="Id of the test that comes after it in this sitting, or empty.")]
    next_name: Annotated[str, About(description="Name of that test.")]
    skip: Annotated[tuple[str, ...], About(description="Tests that are skipped in this sitting.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Where the runner is in testing, what came out so far, and one test where one is asked for."""

    date: Annotated[dt.date, About(description="The day.")]
    now: Annotated[str, About(description="Version that is suggested: short or full.")]
    versions: Annotated[tuple[Version, ...], About(description="The short version and the full one.")]
    outcomes: Annotated[tuple[Outcome, ...], About(description="What came out, in the order of the tests.")]
    next_date: Annotated[dt.date | None, About(description="The earliest date on which a test is worth it again.")]
    one: Annotated[Step | None, About(description="One test in full, where one is asked for.")]
    safety: Annotated[str, About(description="What holds for every test.")]
    honesty: Annotated[str, About(description="What a result is not.")]
