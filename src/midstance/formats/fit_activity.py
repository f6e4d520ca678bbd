"""FIT activities: a session that was done, with a ``set`` message for each set and each rest.

Other services read exercise, repetitions, weight and times. What FIT has no place for (side, reserve, carries by steps,
the exact weight, our id of the exercise) stands in developer fields, so that midstance reads back what it wrote; others
may pass over them. Pain and notes are not written: they are nobody else's business.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from midstance.domain.diary import SetDone
from midstance.formats import _fit_frames as frames
from midstance.formats._fit_sets import APPLICATION, KEYS
from midstance.formats._fit_writing import (
    ACTIVITY_FILE,
    BYTES,
    ENUM,
    FLOAT64,
    INDEX,
    TEXT,
    TIMESTAMP,
    UINT8,
    UINT16,
    UINT32,
    Field,
    Layout,
    Message,
    Value,
    encode,
    file_id,
    fitted,
    moment,
)
from midstance.formats._format import Format
from midstance.formats.fit_workout import KILOGRAM, POUND, STRENGTH, TRAINING, Titles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from midstance.domain.exercise import Exercise

REST, ACTIVE = 0, 1
TIMER, SESSION_EVENT, LAP_EVENT, ACTIVITY_EVENT = 0, 8, 9, 26
START, STOP, STOP_ALL = 0, 1, 4
SESSION_END = 7
GUESSES = 3                # a watch that follows a workout writes the same exercise three times
UNNAMED = "unnamed"
SHORTEST_REST_S = 1.0      # midstance default: a shorter gap is no rest
MOST_WORDS = 120           # midstance default: bytes of an exercise's own name

OWN_BASES = {
    "exercise": TEXT, "unit": TEXT, "amount": FLOAT64, "number": UINT16, "weight_kg": FLOAT64, "per_hand": UINT8,
    "rir": FLOAT64, "side": TEXT, "warm_up": UINT8, "planned": TEXT}
OWN = {name: Field(number=KEYS.index(name), base=base, most=MOST_WORDS, developer=True)
       for name, base in OWN_BASES.items()}
OWN_SESSION = {"planned": OWN.pop("planned")}
UNITS = {"weight_kg": "kg", "rir": "reps"}

EVENT = Layout("event", 21, {
    "timestamp": Field(number=TIMESTAMP, base=UINT32), "event": Field(number=0, base=ENUM),
    "event_type": Field(number=1, base=ENUM)})
RECORD = Layout("record", 20, {"timestamp": Field(number=TIMESTAMP, base=UINT32)})
SET = Layout("set", 225, {
    "timestamp": Field(number=INDEX, base=UINT32), "message_index": Field(number=10, base=UINT16),
    "duration": Field(number=0, base=UINT32, scale=1000), "set_type": Field(number=5, base=UINT8),
    "start_time": Field(number=6, base=UINT32), "repetitions": Field(number=3, base=UINT16),
    "weight": Field(number=4, base=UINT16, scale=16), "category": Field(number=7, base=UINT16, count=GUESSES),
    "category_subtype": Field(number=8, base=UINT16, count=GUESSES),
    "weight_display_unit": Field(number=9, base=UINT16), **OWN})
LAP = Layout("lap", 19, {
    "timestamp": Field(number=TIMESTAMP, base=UINT32), "message_index": Field(number=INDEX, base=UINT16),
    "event": Field(number=0, base=ENUM), "event_type": Field(number=1, base=ENUM),
    "start_time": Field(number=2, base=UINT32), "total_elapsed_time": Field(number=7, base=UINT32, scale=1000),
    "total_timer_time": Field(number=8, base=UINT32, scale=1000), "lap_trigger": Field(number=24, base=ENUM),
    "sport": Field(number=25, base=ENUM), "sub_sport": Field(number=39, base=ENUM)})
SESSION = Layout("session", 18, {
    "timestamp": Field(number=TIMESTAMP, base=UINT32), "message_index": Field(number=INDEX, base=UINT16),
    "event": Field(number=0, base=ENUM), "event_type": Field(number=1, base=ENUM),
    "start_time": Field(number=2, base=UINT32), "sport": Field(number=5, base=ENUM),
    "sub_sport": Field(number=6, base=ENUM), "total_elapsed_time": Field(number=7, base=UINT32, scale=1000),
    "total_timer_time": Field(number=8, base=UINT32, scale=1000), "first_lap_index": Field(number=25, base=UINT16),
    "num_laps": Field(number=26, base=UINT16), "trigger": Field(number=28, base=ENUM), **OWN_SESSION})
ACTIVITY = Layout("activity", 34, {
    "timestamp": Field(number=TIMESTAMP, base=UINT32), "total_timer_time": Field(number=0, base=UINT32, scale=1000),
    "num_sessions": Field(number=1, base=UINT16), "type": Field(number=2, base=ENUM),
    "event": Field(number=3, base=ENUM), "event_type": Field(number=4, base=ENUM),
    "local_timestamp": Field(number=5, base=UINT32)})
DEVELOPER = Layout("developer_data_id", 207, {
    "application_id": Field(number=1, base=BYTES, count=16), "developer_data_index": Field(number=3, base=UINT8)})
DESCRIPTION = Layout("field_description", 206, {
    "developer_data_index": Field(number=0, base=UINT8), "field_definition_number": Field(number=1, base=UINT8),
    "fit_base_type_id": Field(number=2, base=UINT8), "field_name": Field(number=3, base=TEXT, most=63),
    "units": Field(number=8, base=TEXT, most=15)})


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedSet:
    """A set with its time.

    Attributes:
        done: The set.
        start: Start, aware.
        seconds: Length [s].
    """

    done: SetDone
    start: dt.datetime
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedSession:
    """A session that was done.

    Attributes:
        id: What tells it from others: the planned session's id, or an entry's.
        start: Start, aware, in the runner's zone.
        seconds: Length [s].
        sets: In order of time, not overlapping.
    """

    id: str
    start: dt.datetime
    seconds: float
    sets: tuple[TimedSet, ...]

    @property
    def end(self) -> dt.datetime:
        """Its end, aware."""
        return self.start + dt.timedelta(seconds=self.seconds)


def render_activity(done: FinishedSession, *, exercises: Mapping[str, Exercise], units: str = "metric") -> bytes:
    """Write a finished session as a strength activity.

    Args:
        done: The session.
        exercises: The catalogue, by id; an exercise that it lacks is written by its name.
        units: ``metric`` or ``imperial``: the unit in which others show weights.
    Returns: A FIT file; the same session gives the same bytes.
    Raises: ValueError: A time is naive, or an amount is beyond what FIT can hold.
    """
    titles = Titles.of((one.done.exercise for one in done.sets), exercises)
    return encode([
        file_id(ACTIVITY_FILE, f"activity {done.id} {done.start.isoformat()}", done.start), *_developer(),
        Message(EVENT, {"timestamp": done.start, "event": TIMER, "event_type": START}),
        Message(RECORD, {"timestamp": done.start}), *_sets(done, titles, units),
        Message(RECORD, {"timestamp": done.end}),
        Message(EVENT, {"timestamp": done.end, "event": TIMER, "event_type": STOP_ALL}),
        *titles.messages(), *_ends(done),
    ])


def _developer() -> Iterator[Message]:
    """Say whose developer fields follow, and what each is."""
    yield Message(DEVELOPER, {"application_id": APPLICATION, "developer_data_index": 0})
    for name, spec in {**OWN, **OWN_SESSION}.items():
        yield Message(DESCRIPTION, {
            "developer_data_index": 0, "field_definition_number": spec.number, "fit_base_type_id": spec.base.code,
            "field_name": name, "units": UNITS.get(name)})


def _sets(done: FinishedSession, titles: Titles, units: str) -> Iterator[Message]:
    """Write the sets, and the gaps between them as rests."""
    places, last = count(), done.start
    for one in done.sets:
        if (gap := (one.start - last).total_seconds()) >= SHORTEST_REST_S:
            yield Message(SET, {
                "timestamp": one.start, "message_index": next(places), "start_time": last, "duration": gap,
                "set_type": REST})
        last = one.start + dt.timedelta(seconds=one.seconds)
        yield Message(SET, {
            "timestamp": last, "message_index": next(places), "start_time": one.start, "duration": one.seconds,
            "set_type": ACTIVE, "weight_display_unit": POUND if units == "imperial" else KILOGRAM,
            **_plain(one.done, titles), **_own(one.done)})


def _plain(done: SetDone, titles: Titles) -> dict[str, Value]:
    """Say of a set what FIT has fields for; body weight is 0 as watches write it."""
    category, name = titles.numbers[done.exercise]
    counted = done.unit in ("reps", "contacts")
    return {"repetitions": round(done.amount) if counted else None, "weight": done.weight_kg or 0,
            "category": (category,) * GUESSES, "category_subtype": (name,) * GUESSES}


def _own(done: SetDone) -> dict[str, Value]:
    return {
        "exercise": fitted(done.exercise, MOST_WORDS) or UNNAMED, "unit": done.unit, "amount": done.amount,
        "number": done.number, "weight_kg": done.weight_kg, "per_hand": int(done.per_hand), "rir": done.rir,
        "side": done.side or None, "warm_up": int(done.warm_up)}


def _ends(done: FinishedSession) -> Iterator[Message]:
    """Write lap, session and activity, which come last."""
    length: dict[str, Value] = {
        "start_time": done.start, "total_elapsed_time": done.seconds, "total_timer_time": done.seconds,
        "sport": TRAINING, "sub_sport": STRENGTH, "timestamp": done.end, "message_index": 0, "event_type": STOP}
    yield Message(LAP, {**length, "event": LAP_EVENT, "lap_trigger": SESSION_END})
    yield Message(SESSION, {**length, "event": SESSION_EVENT, "first_lap_index": 0, "num_laps": 1, "trigger": 0,
                            "planned": fitted(f"midstance {done.id}", MOST_WORDS)})
    offset = done.end.utcoffset() or dt.timedelta()
    yield Message(ACTIVITY, {
        "timestamp": done.end, "local_timestamp": moment(done.end) + round(offset.total_seconds()),
        "total_timer_time": done.seconds, "num_sessions": 1, "type": 0, "event": ACTIVITY_EVENT, "event_type": STOP})


FORMAT = Format(
    id="fit-activity", title="FIT activity of a finished session", suffixes=(".fit",), role="watch",
    sniff=frames.is_header,
    supports={
        "sets with repetitions, weight and times": "both", "rests": "rendered",
        "category and name of the FIT profile": "both", "side, reserve, carries (as developer fields)": "both",
        "our name of the exercise": "both", "pain and notes": "not supported",
    },
)
