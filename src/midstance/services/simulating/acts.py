"""What somebody does: sets of a session around what was asked, runs with a watch that tells (midstance defaults)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from midstance.domain.diary import SessionDone, SetDone
from midstance.domain.run import RunDone, RunType
from midstance.services.simulating.people import HIGHEST_BPM

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from midstance.domain.run import PlannedRun
    from midstance.domain.session import Item, Session
    from midstance.services.simulating.people import Habit

EASY_BPM, HARD_BPM, TOP_BPM = 0.68, 0.95, 0.99
HARD_SPEED = 1.25
USUAL_PACE = 380
HARDER_SHARE = 0.45
VERY_HARD, LIGHT = 8.0, 3.0
RPE = {"heavy": 6, "strength": 5, "upper": 4, "mobility": 2, "plyometric": 5, "primer": 2}


def sets_of(
    random: Random, habit: Habit, session: Session, owned: Sequence[float], *, aches: bool
) -> tuple[SetDone, ...]:
    """Draw the sets of a session as they were done, the warm-up apart.

    Args:
        random: Where chance comes from.
        habit: How much somebody manages.
        session: What was asked.
        owned: Pieces in the house [kg], for who takes a lighter one.
        aches: Whether something hurts these days.
    """
    out: list[SetDone] = []
    numbers: Counter[str] = Counter()
    for block in session.blocks:
        if block.label.startswith("warm"):
            continue
        for item in block.items:
            weight = taken_weight(random, item, owned)
            pain = float(random.randint(1, 7)) if random.random() < (0.12 if aches else 0.004) else None
            for _ in range(block.rounds):
                numbers[item.exercise] += 1
                out.append(SetDone(
                    exercise=item.exercise, amount=amount_of(random, habit, item), unit=item.unit, pain=pain,
                    number=numbers[item.exercise], weight_kg=weight, session=session.id,
                    per_hand=item.per_hand and weight is not None,
                    rir=float(random.randint(0, 4)) if item.rir is not None and random.random() < 0.7 else None))
    return tuple(out)


def taken_weight(random: Random, item: Item, owned: Sequence[float]) -> float | None:
    """Give the weight that is taken: the asked one, now and then a lighter one of the house."""
    lighter = [w for w in owned if item.weight_kg and w < item.weight_kg]
    return random.choice(lighter) if lighter and random.random() < 0.04 else item.weight_kg


def amount_of(random: Random, habit: Habit, item: Item) -> int:
    """Draw repetitions, seconds, steps or contacts around the asked range."""
    spread = max(1.0, (item.high - item.low) / 2)
    return max(1, round(random.gauss((item.low + item.high) / 2 + habit.able * spread / 2, spread / 2)))


def session_done(random: Random, session: Session) -> SessionDone:
    """Draw what is told of a session as a whole."""
    told = random.random() < 0.5
    return SessionDone(
        session=session.id, kind=session.kind,
        minutes=max(1, session.minutes + random.randint(-4, 6)) if told else None,
        rpe_cr10=float(min(10, max(0, RPE[session.kind.value] + random.randint(-2, 2)))) if told else None)


def run_done(random: Random, habit: Habit, run: PlannedRun, *, zone: str, pace: int | None, harder: bool) -> RunDone:
    """Draw a run as its watch recorded it.

    Args:
        random: Where chance comes from.
        habit: What the watch tells.
        run: What was planned.
        zone: The runner's time zone.
        pace: Easy pace [s/km], or None for a usual one.
        harder: Whether it becomes a hard run although it was none.
    """
    race = run.type is RunType.RACE
    minutes = run.minutes if race else max(10, round(run.minutes * random.uniform(0.85, 1.15)))
    hard = hard_part(run, minutes, harder=harder)
    begin = (minutes - hard) // 2
    speed = 1000 / (pace or USUAL_PACE)
    fast = [begin <= k < begin + hard for k in range(minutes)]
    speeds = tuple(round(speed * (HARD_SPEED if f else 1.0) * random.uniform(0.98, 1.02), 2) for f in fast)
    km = run.distance_km if race and run.distance_km else round(sum(speeds) * 60 / 1000, 2)
    local = run.start + dt.timedelta(minutes=0 if race else random.randint(-10, 30))
    done = RunDone(start=local.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC), local_start=local,
                   seconds=60 * minutes, distance_km=km, source=f"{local:%Y%m%d-%H%M}.fit", device="made up")
    if habit.watch == "told":
        return done
    done = replace(done, minute_speed_m_s=speeds)
    if habit.watch == "pace":
        return done
    beats = tuple(round(HIGHEST_BPM * (HARD_BPM if f else EASY_BPM)) for f in fast)
    return replace(done, minute_hr=beats, mean_hr=round(sum(beats) / minutes, 1),
                   max_hr=float(round(HIGHEST_BPM * (TOP_BPM if hard else EASY_BPM + 0.05))))


def hard_part(run: PlannedRun, minutes: int, *, harder: bool) -> int:
    """Give the minutes of a run that are really hard [min]."""
    if run.type is RunType.RACE:
        return minutes
    share = run.hard_minutes / run.minutes
    return round(minutes * max(share, HARDER_SHARE if harder else 0.0))
