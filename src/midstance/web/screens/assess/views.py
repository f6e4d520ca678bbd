"""What services found, laid out for the screen Assess."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.planning.judging import amount_text
from midstance.services.assess_words import follow_words, result_words
from midstance.services.evidence import source_of
from midstance.services.figures import drawn
from midstance.web.screens.assess import view
from midstance.web.screens.mirror.screen import STAND

if TYPE_CHECKING:
    import datetime as dt

    from midstance.domain.self_test import SelfTest
    from midstance.services.assess_choose import Choice, Ritual
    from midstance.services.assess_history import Point, ResultHistory


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """Which version is gone through, empty for one test alone; what is skipped in it; where the pose model's files are.

    The address is empty where it is not installed.
    """

    version: str
    skip: tuple[str, ...]
    package: str = ""


def version(found: Ritual, today: dt.date) -> view.Version:
    """Lay out a version of the tests."""
    steps, done, not_now, later = (
        tuple(_worth(choice) for choice in choices)
        for choices in (found.steps, found.done, found.skipped, found.later))
    return view.Version(id=found.version, started=found.started, steps=steps, done=done, not_now=not_now, later=later,
                        minutes_left=found.minutes_left)


def _worth(choice: Choice) -> view.Worth:
    test = choice.test
    return view.Worth(
        test=test.id, name=test.name, asks=test.asks, state=choice.state.value, reason=choice.reason,
        minutes=choice.minutes or test.minutes, last=result_words(test, choice.last.result) if choice.last else "",
        next_date=choice.next_date)


def outcome(found: ResultHistory, today: dt.date) -> view.Outcome:
    """Lay out what came out of a test."""
    test, judged = found.test, found.judgement
    half = found.noise / 2
    last = found.newest
    numbers = {"": last.value, "left": last.left, "right": last.right}
    newest = tuple(_point(test, last.dates[side], side, number, half)
                   for side, number in numbers.items() if number is not None)
    follow = judged.follow
    return view.Outcome(
        test=test.id, name=test.name, unit=test.unit, date=last.date, text=result_words(test, last.result),
        newest=newest, points=tuple(point for one in found.points for point in _points(test, one, half)),
        by_choice=test.measure == "choice", less_is_better=test.less_is_better, noise=found.noise,
        weaker=judged.weaker, apart=judged.apart, finding=follow.finding if follow else "",
        advice=follow.advice if follow else "", refer=bool(follow and follow.refer), typical=judged.typical,
        says=found.says, next_date=found.next_date, due=found.next_date <= today)


def _points(test: SelfTest, point: Point, half: float) -> tuple[view.Point, ...]:
    return tuple(_point(test, point.date, side, number, half) for side, number in point.numbers.items())


def _point(test: SelfTest, date: dt.date, side: str, number: float, half: float) -> view.Point:
    """Lay out one result; its band is half the noise wide on each side, so that two overlap where noise divides them.

    The band ends where the test does.
    """
    return view.Point(
        date=date, side=side, value=number, says=amount_text(test, number),
        low=max(number - half, min(test.least, number)), high=min(number + half, max(test.most, number)))


def step(
    test: SelfTest, found: ResultHistory | None, *, side: str | None, sides: tuple[view.Side, ...], today: dt.date,
    asked: Sitting, way: Ritual | None, hint: str,
) -> view.Step:
    """Lay out one test.

    Args:
        test: The test.
        found: Its results over time, or None.
        side: Side that comes now; None when all are told.
        sides: Its sides with what was told.
        today: The day.
        asked: Version and what is skipped.
        way: Where the runner is in that version, or None.
        hint: Why it is not for today, or empty.
    """
    order = sorted((*way.steps, *way.done), key=lambda choice: choice.test.order) if way else []
    ids = [choice.test.id for choice in order]
    after = next((choice.test for choice in way.steps if choice.test.id != test.id), None) if way else None
    return view.Step(
        test=test.id, name=test.name, asks=test.asks, version=asked.version, hint=hint, sides=sides, side=side,
        number=ids.index(test.id) + 1 if test.id in ids else 0, of=len(ids), measure=test.measure, unit=test.unit,
        least=test.least, most=test.most, stop_at=test.stop_at, tries=test.tries, rest_s=test.rest_s,
        beats_per_minute=test.beats_per_minute, beats_a_rep=test.beats_a_rep, less_is_better=test.less_is_better,
        minutes=test.minutes, equipment=test.equipment, protocol=test.protocol, note=test.note, stop=test.stop,
        figure=test.figure, camera=test.camera, package=asked.package, stand=_stand(test),
        changes=_changes(test, found), limits=test.limits,
        options=tuple(view.Option(value=one.value, says=one.says) for one in test.options),
        typical_source=found.typical_source if found else "", norm_source=_norm_source(test),
        noise_text=_noise(test, found), sources=_sources(test), outcome=outcome(found, today) if found else None,
        next_test=after.id if after else "", next_name=after.name if after else "", skip=asked.skip)


def _stand(test: SelfTest) -> str:
    found = drawn(test.figure) if test.camera else None
    return STAND[found.motion.view] if found is not None and found.motion is not None else ""


def _changes(test: SelfTest, found: ResultHistory | None) -> str:
    """Say what the plan makes of the result; before there is one, what it would make of any."""
    return (" ".join(follow_words(test, found.judgement)) if found else "") or test.changes


def _norm_source(test: SelfTest) -> str:
    source = source_of(test.norm_source)
    return source.id if source else ""


def _noise(test: SelfTest, found: ResultHistory | None) -> str:
    if found is None or not found.noise or test.measure == "choice":
        return ""
    return amount_text(test, round(found.noise, 1))


def _sources(test: SelfTest) -> tuple[view.Cited, ...]:
    found = [source for key in test.sources if (source := source_of(key)) is not None]
    return tuple(view.Cited(id=s.id, badge=s.badge, says=s.says) for s in found)
