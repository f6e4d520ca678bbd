"""Facts of the diary that readiness needs, gathered once: answers by day, pains, symptoms, days of training."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from midstance.domain.diary import CheckIn, IllnessNoted, Pain, PainNoted, SessionDone, SetDone
from midstance.domain.run import RunDone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from midstance.domain.entry import Entry

DAY = dt.timedelta(days=1)
WINDOW_DAYS = 63   # the longest look back, pain of a bone and the baselines, with room
MORNING = "morning"
TRAINING = frozenset({RunDone, SessionDone, SetDone})
WORDS = frozenset({CheckIn, PainNoted, IllnessNoted, SetDone})


@dataclass(frozen=True, slots=True, kw_only=True)
class PainWord:
    """A pain as it was said; ``when`` is ``morning`` for a check-in, else one of ``PAIN_WHEN`` or empty."""

    date: dt.date
    when: str
    pain: Pain


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthWord:
    """Symptoms as they were said; none of them and not ``over`` means a check-in that named none."""

    date: dt.date
    symptoms: tuple[str, ...]
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the diary says until today.

    Attributes:
        today: The date that is judged.
        mornings: Answers by date; of several check-ins of a date the later word on each question counts.
        pains: Pains of the last nine weeks, oldest first.
        health: Symptoms and their absence of the last nine weeks, oldest first.
        ran: Dates with a recorded run before today, ascending; ``lifted`` the same for strength or mobility.
        worst_set: The worst pain during a set today with the exercise's name, or None.
    """

    today: dt.date
    mornings: dict[dt.date, CheckIn]
    pains: tuple[PainWord, ...]
    health: tuple[HealthWord, ...]
    ran: tuple[dt.date, ...]
    lifted: tuple[dt.date, ...]
    worst_set: tuple[float, str] | None

    @property
    def morning(self) -> CheckIn:
        """Answers of today; a check-in that says nothing where there is none."""
        return self.mornings.get(self.today, NOTHING_SAID)

    @property
    def trained(self) -> tuple[dt.date, ...]:
        """Dates with any training before today, ascending."""
        return tuple(sorted({*self.ran, *self.lifted}))

    def answers(self, name: str, days: int, *, until: dt.date) -> list[float | None]:
        """Give one answer for each of so many days, oldest first, the last one on ``until``; None where not said."""
        dates = (until - n * DAY for n in reversed(range(days)))
        return [getattr(self.mornings.get(date), name, None) for date in dates]

    def pains_on(self, date: dt.date) -> list[PainWord]:
        """Give the pains of one date, the worst first."""
        return sorted((w for w in self.pains if w.date == date), key=lambda w: -w.pain.score)


NOTHING_SAID = CheckIn()


def gather(entries: Iterable[Entry], *, today: dt.date) -> Facts:
    """Gather facts from entries in force, in any order; entries after today do not count."""
    since = today - WINDOW_DAYS * DAY
    recent: list[Entry] = []
    ran: set[dt.date] = set()
    lifted: set[dt.date] = set()
    for entry in entries:      # one pass: a diary of years is read every morning
        kind, date = type(entry.what), entry.date
        if date > today:
            continue
        if date > since and kind in WORDS:
            recent.append(entry)
        if date < today and kind in TRAINING:
            (ran if kind is RunDone else lifted).add(date)
    recent.sort(key=lambda e: (e.date, e.at))
    return Facts(
        today=today,
        mornings=_mornings(recent),
        pains=tuple(word for e in recent for word in _pain_words(e)),
        health=tuple(word for e in recent for word in _health_words(e)),
        ran=tuple(sorted(ran)),
        lifted=tuple(sorted(lifted)),
        worst_set=max(
            ((e.what.pain, e.what.exercise) for e in recent
             if e.date == today and isinstance(e.what, SetDone) and e.what.pain is not None), default=None),
    )


def same_place(one: Pain, other: Pain) -> bool:
    """Tell whether two pains may be the same: one area, and sides that do not exclude each other."""
    return one.area == other.area and (one.side == other.side or bool({one.side, other.side} & {"", "both"}))


def _mornings(entries: Sequence[Entry]) -> dict[dt.date, CheckIn]:
    found: dict[dt.date, CheckIn] = {}
    for entry in entries:
        if isinstance(entry.what, CheckIn):
            earlier = found.get(entry.date)
            found[entry.date] = entry.what if earlier is None else _joined(earlier, entry.what)
    return found


def _joined(earlier: CheckIn, later: CheckIn) -> CheckIn:
    said = {f.name: getattr(later, f.name) for f in fields(later) if getattr(later, f.name) != f.default}
    return replace(earlier, **said)


def _pain_words(entry: Entry) -> list[PainWord]:
    if isinstance(entry.what, CheckIn):
        return [PainWord(date=entry.date, when=MORNING, pain=pain) for pain in entry.what.pain]
    if isinstance(entry.what, PainNoted):
        return [PainWord(date=entry.date, when=entry.what.when, pain=entry.what.pain)]
    return []


def _health_words(entry: Entry) -> list[HealthWord]:
    if isinstance(entry.what, CheckIn):
        return [HealthWord(date=entry.date, symptoms=entry.what.ill, over=False)]
    if isinstance(entry.what, IllnessNoted):
        return [HealthWord(date=entry.date, symptoms=() if entry.what.over else entry.what.symptoms,
                           over=entry.what.over)]
    return []
