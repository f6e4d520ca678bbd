"""A made-up life: illness, pain, bad weeks, travel, a broken watch, time off, new races (all midstance defaults)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.domain.diary import CheckIn, Pain
from midstance.domain.runner import Race

if TYPE_CHECKING:
    from random import Random

    from midstance.services.simulating.people import Habit, Sort

DAY = dt.timedelta(days=1)
AREAS = ("achilles", "calf", "knee", "hamstring", "hip", "plantar", "shin", "back")
SYMPTOMS = (("fever",), ("cough", "aching"), ("runny nose",), ("sore throat",), ("stomach bug",))
GRAVE = frozenset({"fever", "cough", "aching", "stomach bug"})
DISTANCES = (5.0, 10.0, 21.0975)
SAID_MINUTES = (0, 3, 5, 10, 15, 20, 25)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A span of dates, both ends included, with what it brings.

    Attributes:
        kind: ``illness``, ``pain``, ``bad week``, ``travel``, ``watch failure`` or ``time off``.
        told: Date on which it is known.
        pain: The pain of a painful spell, without its daily ups and downs.
        symptoms: Those of an illness.
    """

    kind: str
    first: dt.date
    last: dt.date
    told: dt.date
    pain: Pain | None = None
    symptoms: tuple[str, ...] = ()

    def on(self, date: dt.date) -> bool:
        """Tell whether it lasts on a date."""
        return self.first <= date <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What happens to somebody; ``races`` are (date on which it is said, race)."""

    spells: tuple[Spell, ...]
    races: tuple[tuple[dt.date, Race], ...]

    def now(self, kind: str, date: dt.date) -> Spell | None:
        """Give the spell of a kind that lasts on a date, or None."""
        return next((spell for spell in self.spells if spell.kind == kind and spell.on(date)), None)


def life_of(random: Random, sort: Sort, *, first: dt.date, days: int) -> Life:
    """Draw what happens in so many days, as often as days allow: the numbers are for a year."""
    share = days / 364
    spells = []
    for kind, (often, (least, most), ahead) in USUAL.items():
        for _ in range(times(random, share * random.uniform(*often))):
            begin = first + random.randrange(days) * DAY
            spells.append(spell_of(random, kind, begin, begin + random.randint(least - 1, most - 1) * DAY,
                                   begin - random.randint(0, ahead) * DAY))
    races = [race_of(random, sort, first + random.randrange(days) * DAY)
             for _ in range(times(random, share * random.uniform(0, 2.5)))]
    return Life(spells=tuple(sorted(spells, key=lambda s: (s.first, s.kind, s.last))),
                races=tuple(sorted(races, key=lambda found: found[0])))


USUAL: dict[str, tuple[tuple[float, float], tuple[int, int], int]] = {
    "illness": ((0.5, 2.5), (3, 7), 0),
    "pain": ((0.5, 3.0), (2, 18), 0),
    "bad week": ((2.0, 6.0), (4, 9), 0),
    "travel": ((1.0, 4.0), (2, 8), 10),
    "watch failure": ((0.5, 3.0), (2, 10), 0),
    "time off": ((0.0, 0.4), (10, 50), 0),
}
"""How often a year (least, most), how long [d], and how many days ahead it is known."""


def times(random: Random, expected: float) -> int:
    """Round an expected number up or down by chance."""
    return int(expected) + (random.random() < expected % 1)


def spell_of(random: Random, kind: str, first: dt.date, last: dt.date, told: dt.date) -> Spell:
    """Draw what a spell brings."""
    pain = None
    if kind == "pain":
        tissue = random.choice(("", "", "tendon", "muscle", "joint", "bone"))
        pain = Pain(area=random.choice(AREAS), score=random.randint(2, 6), tissue=tissue,
                    side=random.choice(("", "left", "right")))
    symptoms = random.choice(SYMPTOMS) if kind == "illness" else ()
    return Spell(kind=kind, first=first, last=last, told=told, pain=pain, symptoms=symptoms)


def race_of(random: Random, sort: Sort, said: dt.date) -> tuple[dt.date, Race]:
    """Draw a race that somebody enters, two to twelve weeks ahead on a weekend."""
    date = said + random.randint(14, 84) * DAY
    date += (random.choice((5, 6)) - date.weekday()) % 7 * DAY
    km = random.choice((*DISTANCES, sort.race_km or 10.0))
    race = Race(date=date, distance_km=km, priority=random.choice("ABBCC"),
                start_minute=random.choice((540, 600, None)), name="A new race")
    return said, race


def answers(random: Random, habit: Habit, life: Life, date: dt.date, *, sore: bool) -> CheckIn | None:
    """Draw the morning's answers; None on a morning without any. Who is ill or in pain answers more often."""
    ill, hurt = life.now("illness", date), life.now("pain", date)
    asked = random.random() < (max(habit.checks, 0.8) if ill or hurt else habit.checks)
    if not asked or life.now("time off", date):
        return None
    bad = life.now("bad week", date) is not None
    pains: tuple[Pain, ...] = ()
    if hurt and hurt.pain and random.random() < 0.8:
        score = min(10, max(0, hurt.pain.score + random.randint(-2, 1)))
        pains = (Pain(area=hurt.pain.area, score=score, side=hurt.pain.side, tissue=hurt.pain.tissue),)
    return CheckIn(
        sleep_h=round(random.gauss(5.4 if bad else 7.4, 0.6), 1), sleep_quality=random.randint(2, 5) if bad else
        random.randint(5, 9), life=random.randint(6, 9) if bad else random.randint(1, 4),
        soreness=random.randint(2, 6) if sore and random.random() < 0.4 else random.randint(0, 2),
        fatigue=random.randint(5, 8) if bad else random.randint(1, 4), mood=random.randint(2, 6) if bad else
        random.randint(5, 9), pain=pains, ill=ill.symptoms if ill and random.random() < 0.85 else (),
        limp=bool(pains) and random.random() < 0.03,
        minutes=random.choice(SAID_MINUTES) if random.random() < 0.06 else None,
        too_much=bad and random.random() < 0.08)
