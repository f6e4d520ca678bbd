"""Adherence: how much of the plan was kept, and whether it may grow, stays, or becomes smaller (R20, R71; M2, M20).

A plan that is not kept is scaled back, never crammed: missed sessions are dropped. Days of illness and busy spans do
not count against anybody, and a week that was too much counts as half kept at most.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from midstance.domain.dates import monday
from midstance.domain.diary import Busy, CheckIn, IllnessNoted, Moved, SessionDone, SetDone, Skipped
from midstance.domain.evidence import Param
from midstance.planning.readying.symptoms import Sign, worst_sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from midstance.domain.entry import Entry

DAY = dt.timedelta(days=1)
DONE = (SessionDone, SetDone)
TELLING = (*DONE, Busy, CheckIn, IllnessNoted, Moved, Skipped)
GROW_FROM = Param(
    id="adherence-grow", value=0.85, unit="share", between=(0.7, 1),
    says="Share of the sessions of four weeks from which training may grow (R71).",
)
SHORTEN_BELOW = Param(
    id="adherence-shorten", value=0.70, unit="share", between=(0.5, 0.85),
    says="Share of three weeks below which sessions become shorter (R20).",
)
LESS_BELOW = Param(
    id="adherence-less", value=0.60, unit="share", between=(0.4, 0.7),
    says="Share of four weeks below which there is a session less, or a third of the time less (R71).",
)
WEEKS = Param(
    id="adherence-weeks", value=4, unit="weeks", between=(2, 8),
    says="Weeks over which adherence is judged (R71).",
)
SHORTEN_WEEKS = Param(
    id="adherence-shorten-weeks", value=3, unit="weeks", between=(2, 6),
    says="Weeks over which the length of the sessions is judged (R20).",
)
SHORTER = Param(
    id="adherence-shorter", value=0.7, unit="share", between=(0.5, 0.9),
    says="Share of a session's time that is left when it becomes shorter (R71).",
)
SHORT_SESSION = Param(
    id="adherence-short-session", value=15, unit="min", between=(10, 20),
    says="Length of the sessions of the middle rung of the ladder: shorter than that they do not become (R20).",
)
TOO_MUCH = Param(
    id="adherence-too-much", value=0.5, unit="share", between=(0.3, 1),
    says="Largest share that a week counts in which the runner said that it is too much (M20).",
)
PARAMS = (GROW_FROM, SHORTEN_BELOW, LESS_BELOW, WEEKS, SHORTEN_WEEKS, SHORTER, SHORT_SESSION, TOO_MUCH)

LADDER = ((2, (20, 30)), (2, (15, 15)), (1, (20, 20)))
"""Sessions a week and minutes of each, from the usual dose down to the least that is ever planned (R20)."""


class Step(StrEnum):
    """What follows for the plan."""

    EARLY = "early"        # too few weeks to tell
    GROW = "grow"
    HOLD = "hold"
    SHORTEN = "shorten"
    LESS = "less"


GROWS = (
    "You kept {kept} of {planned} sessions in four weeks. That is a lot, and training may grow a little."
)
HOLDS = (
    "You kept {kept} of {planned} sessions in four weeks. Training stays as it is; what was missed is dropped, there "
    "is nothing to catch up on."
)
SHORTENS = (
    "The last three weeks left room for {kept} of {planned} sessions. Shorter sessions fit better, so each now takes "
    "about {share:.0%} of the time. A short session that happens beats a long one that does not."
)
ONE_LESS = (
    "Four weeks left room for {kept} of {planned} sessions. The plan was too big for this time, so it has one session "
    "a week less from now on. It can grow again whenever you like."
)
THIRD_LESS = (
    "Four weeks left room for {kept} of {planned} sessions. The plan was too big for this time, so sessions take about "
    "{share:.0%} of the time from now on. They can grow again whenever you like."
)
LEAST_LEFT = (
    "Four weeks left room for {kept} of {planned} sessions. One short session a week is enough to keep most of what "
    "you have, so it stays there, without any pressure."
)
HEARD = " You said that it was too much; such a week counts as half kept, whatever was done."


@dataclass(frozen=True, slots=True, kw_only=True)
class Adherence:
    """How much was kept and what follows.

    Attributes:
        share_4_weeks: Share of the sessions of the last four weeks, 0 to 1, or None when none was planned.
        share_3_weeks: The same for three weeks.
        step: What follows for the plan.
        sessions_less: Sessions a week that the plan loses.
        minutes_factor: Share of a session's time that stays.
        says: One kind sentence or more, or empty when it is too early to tell.
    """

    share_4_weeks: float | None
    share_3_weeks: float | None
    step: Step
    sessions_less: int = 0
    minutes_factor: float = 1.0
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """Sessions planned and kept in a span of weeks; ``counted`` has half-kept weeks cut."""

    planned: int
    kept: int
    counted: float

    @property
    def share(self) -> float | None:
        return self.counted / self.planned if self.planned else None

    def told(self, text: str, factor: float = 1.0) -> str:
        """Fill in a text, and say where a week counted less than was done."""
        heard = HEARD if self.counted < self.kept else ""
        return text.format(kept=self.kept, planned=self.planned, share=factor) + heard


def adherence(
    planned: Sequence[tuple[dt.date, str]], entries: Sequence[Entry], *, today: dt.date,
    session_minutes: float | None = None, rir_as_planned: bool = True,
) -> Adherence:
    """Judge how much of the plan was kept.

    Args:
        planned: Date and id of each planned session (primers apart), past and future, in any order.
        entries: Entries in force, in any order; those after today do not count.
        today: The day; its own sessions are not yet due.
        session_minutes: Usual length of a session [min]; None when not known.
        rir_as_planned: Whether sets were as hard as planned; without it nothing grows (R71).
    Returns: Shares and what follows; a step that makes the plan smaller never goes below one session a week.
    """
    known = [entry for entry in entries if entry.date <= today and isinstance(entry.what, TELLING)]
    due = _due(planned, known, today)
    kept = _kept(due, known)
    heavy_days = [e.date for e in known if isinstance(e.what, CheckIn) and e.what.too_much]
    long, short = (_span(due, kept, heavy_days, today, round(p.value)) for p in (WEEKS, SHORTEN_WEEKS))
    first = min((date for date, _ in planned), default=today)
    if long.share is None or (today - first).days < 7 * SHORTEN_WEEKS.value:
        return Adherence(share_4_weeks=long.share, share_3_weeks=short.share, step=Step.EARLY)
    whole = (today - first).days >= 7 * WEEKS.value
    if whole and long.share < LESS_BELOW.value:
        return _smaller(long, short, _a_week(planned, today), session_minutes)
    if short.share is not None and short.share < SHORTEN_BELOW.value:
        return _shorter(long, short, session_minutes)
    grows = whole and long.share >= GROW_FROM.value and rir_as_planned
    step, text = (Step.GROW, GROWS) if grows else (Step.HOLD, HOLDS)
    return Adherence(share_4_weeks=long.share, share_3_weeks=short.share, step=step,
                     says=long.told(text))


def _smaller(long: _Span, short: _Span, a_week: int, minutes: float | None) -> Adherence:
    """Go down a rung: long sessions of two a week become shorter first, else there is one less."""
    can_shorten = minutes is None or minutes > SHORT_SESSION.value
    if a_week > 2 or (a_week == 2 and not can_shorten):
        step, less, factor, text = Step.LESS, 1, 1.0, ONE_LESS
    elif a_week == 2:
        step, less, factor, text = Step.LESS, 0, _factor(minutes), THIRD_LESS
    else:
        step, less, factor, text = Step.HOLD, 0, 1.0, LEAST_LEFT
    return Adherence(
        share_4_weeks=long.share, share_3_weeks=short.share, step=step, sessions_less=less, minutes_factor=factor,
        says=long.told(text, factor))


def _shorter(long: _Span, short: _Span, minutes: float | None) -> Adherence:
    if minutes is not None and minutes <= SHORT_SESSION.value:
        return Adherence(share_4_weeks=long.share, share_3_weeks=short.share, step=Step.HOLD,
                         says=long.told(HOLDS))
    factor = _factor(minutes)
    return Adherence(
        share_4_weeks=long.share, share_3_weeks=short.share, step=Step.SHORTEN, minutes_factor=factor,
        says=short.told(SHORTENS, factor))


def _factor(minutes: float | None) -> float:
    """Leave a session two thirds of its time, but not less than a short session."""
    return SHORTER.value if minutes is None else max(SHORTER.value, min(1.0, SHORT_SESSION.value / minutes))


def _due(planned: Iterable[tuple[dt.date, str]], entries: Iterable[Entry], today: dt.date) -> list[tuple[dt.date, str]]:
    """Give past sessions on the dates to which they were moved, without those of illness and busy spans."""
    moved: dict[tuple[dt.date, str], dt.date] = {}
    spans: list[tuple[dt.date, dt.date]] = []
    for entry in entries:
        if isinstance(entry.what, Moved):
            moved[entry.what.day, entry.what.activity] = entry.what.to
        elif isinstance(entry.what, Busy):
            spans.append((entry.what.first, entry.what.last))
        elif _ill(entry):
            spans.append((entry.date, entry.date))
    found = ((_settled(date, key, moved), key) for date, key in planned)
    since = today - 7 * (round(WEEKS.value) + 1) * DAY
    return sorted({(date, key) for date, key in found
                   if since <= date < today and not any(first <= date <= last for first, last in spans)})


def _settled(date: dt.date, key: str, moved: dict[tuple[dt.date, str], dt.date]) -> dt.date:
    """Follow a session from move to move; a circle ends where it began to turn."""
    seen = {date}
    while (to := moved.get((date, key), moved.get((date, "")))) is not None and to not in seen:
        seen.add(to)
        date = to
    return date


def _ill(entry: Entry) -> bool:
    what = entry.what
    symptoms = what.ill if isinstance(what, CheckIn) else what.symptoms if isinstance(what, IllnessNoted) else ()
    return bool(symptoms) and worst_sign(symptoms) > Sign.MILD


def _kept(due: list[tuple[dt.date, str]], entries: Sequence[Entry]) -> set[str]:
    """Give the ids of kept sessions; one done without an id counts for an open one, of its date or else its week."""
    first = min((date for date, _ in due), default=dt.date.max)
    told = [(e.date, e.what.session) for e in entries if isinstance(e.what, DONE)]
    done = {key for _, key in told}
    kept = {key for _, key in due if key in done}
    loose = sorted({date for date, key in told if not key and date >= monday(first)})
    skipped = {(e.what.day, e.what.activity) for e in entries if isinstance(e.what, Skipped)}
    for date in loose:
        still = [(abs((day - date).days), day, key) for day, key in due
                 if key not in kept and monday(day) == monday(date) and not {(day, key), (day, "")} & skipped]
        if still:
            kept.add(min(still)[2])
    return kept


def _span(due: list[tuple[dt.date, str]], kept: set[str], heavy_days: list[dt.date], today: dt.date,
          weeks: int) -> _Span:
    planned = done = 0
    counted = 0.0
    for back in range(weeks):
        end = today - 7 * back * DAY
        keys = [key for date, key in due if end - 7 * DAY <= date < end]
        held = sum(key in kept for key in keys)
        too_much = any(end - 7 * DAY <= date < end or date == today == end for date in heavy_days)
        planned, done = planned + len(keys), done + held
        counted += min(held, TOO_MUCH.value * len(keys)) if too_much else held
    return _Span(planned=planned, kept=done, counted=counted)


def _a_week(planned: Iterable[tuple[dt.date, str]], today: dt.date) -> int:
    """Give the sessions that a usual week of the last four was planned to have."""
    weeks = round(WEEKS.value)
    count = sum(today - 7 * weeks * DAY <= date < today for date, _ in planned)
    return round(count / weeks)
