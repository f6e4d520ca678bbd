"""Facts of the diary that readiness needs, gathered once: answers by day, pains, symptoms, days of training."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from midstance.domain.diary import CheckIn, IllnessNoted, Pain, PainNoted, Rpe, SessionDone, SetDone
from midstance.domain.run import RunDone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from midstance.domain.entry import Entry

DAY = dt.timedelta(days=1)
WINDOW_DAYS = 63   # the longest look back, pain of a bone and the baselines, with room
MORNING = "morning"
RUN, SESSION = "run", "s"
TRAINING = {RunDone: RUN, SessionDone: SESSION, SetDone: SESSION}
WORDS = frozenset({CheckIn, PainNoted, IllnessNoted, SetDone})
_OF_A_PLAN = re.compile(r"(run|s)-(\d{4}-\d\d-\d\d)-")


@dataclass(frozen=True, slots=True, kw_only=True)
class PainWord:
    """A pain as it was said; ``when`` is ``morning`` for a check-in, else one of ``PAIN_WHEN`` or empty."""

    date: dt.date
    when: str
    pain: Pain


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPain:
    """A pain that was told with a set, so without a place; ``exercise`` is its id, or another program's name."""

    date: dt.date
    score: float
    exercise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthWord:
    """The last word of a date on symptoms; none of them and not ``over`` means a check-in that named none."""

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
        set_pains: Pains of sets of the last nine weeks, oldest first.
        health: Symptoms and their absence of the last nine weeks, one word a date, oldest first.
        ran: Dates with a recorded or rated run before today, ascending; ``lifted`` the same for strength or mobility.
        rated: Dates with an exertion told of something that is neither, by its id.
    """

    today: dt.date
    mornings: dict[dt.date, CheckIn]
    pains: tuple[PainWord, ...]
    set_pains: tuple[SetPain, ...]
    health: tuple[HealthWord, ...]
    ran: tuple[dt.date, ...]
    lifted: tuple[dt.date, ...]
    rated: tuple[dt.date, ...] = ()

    @property
    def morning(self) -> CheckIn:
        """Answers of today; a check-in that says nothing where there is none."""
        return self.mornings.get(self.today, NOTHING_SAID)

    @property
    def trained(self) -> tuple[dt.date, ...]:
        """Dates with any training before today, ascending."""
        return tuple(sorted({*self.ran, *self.lifted, *self.rated}))

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
    trained: dict[str, set[dt.date]] = {RUN: set(), SESSION: set(), "": set()}
    for entry in entries:      # one pass: a diary of years is read every morning
        kind, date = type(entry.what), entry.date
        if date > today:
            continue
        if date > since and kind in WORDS:
            recent.append(entry)
        sport, date = rated_on(entry.what, date) if isinstance(entry.what, Rpe) else (TRAINING.get(kind), date)
        if sport is not None and date < today:
            trained[sport].add(date)
    recent.sort(key=lambda e: (e.date, e.at))
    return Facts(
        today=today,
        mornings=_mornings(recent),
        pains=tuple(word for e in recent for word in _pain_words(e)),
        set_pains=tuple(SetPain(date=e.date, score=e.what.pain, exercise=e.what.exercise) for e in recent
                        if isinstance(e.what, SetDone) and e.what.pain is not None),
        health=_health(recent),
        ran=tuple(sorted(trained[RUN])),
        lifted=tuple(sorted(trained[SESSION])),
        rated=tuple(sorted(trained[""])),
    )


def rated_on(rpe: Rpe, date: dt.date) -> tuple[str, dt.date]:
    """Tell what an exertion was told of: who rates a run has run, also where nothing was recorded.

    Args:
        rpe: The exertion.
        date: Date of its entry, for whatever is not a run or session of a plan.
    Returns: ``run``, ``s`` for a session, or empty for the id of an entry; and the date of it.
    """
    planned = _OF_A_PLAN.match(rpe.activity)
    if planned is None:
        return next((sport for sport in (RUN, SESSION) if rpe.activity.startswith(f"{sport}-")), ""), date
    try:
        return planned[1], dt.date.fromisoformat(planned[2])
    except ValueError:
        return planned[1], date


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


def _health(entries: Sequence[Entry]) -> tuple[HealthWord, ...]:
    """Give one word a date: the later one corrects the earlier; a check-in without any leaves it as it was."""
    found: dict[dt.date, HealthWord] = {}
    for entry in entries:
        word = _health_word(entry)
        if word is not None and (word.symptoms or word.over or entry.date not in found):
            found[entry.date] = word
    return tuple(found.values())


def _health_word(entry: Entry) -> HealthWord | None:
    if isinstance(entry.what, CheckIn):
        return HealthWord(date=entry.date, symptoms=entry.what.ill, over=False)
    if isinstance(entry.what, IllnessNoted):
        return HealthWord(date=entry.date, symptoms=() if entry.what.over else entry.what.symptoms,
                          over=entry.what.over)
    return None
