"""FIT workouts: a session of the plan as the steps that a watch leads through.

A block of several rounds is a loop: its steps once, then one step that says from where and how often. A per-side
exercise is a step a side. Watches name an exercise by two numbers of the FIT profile; because those names are not ours
and some exercises have none, our name stands in the step, in a title message, and first in the notes.

What is written keeps to the public descriptions of the format and is read back by independent readers in the tests.
It has not been tried on a watch.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from midstance.domain.exercise import Exercise
from midstance.domain.session import CHANGEOVER_SECONDS, SWITCH_SECONDS
from midstance.formats import _fit_frames as frames
from midstance.formats._fit_exercises import UNKNOWN, numbers_of
from midstance.formats._fit_writing import (
    ENUM,
    INDEX,
    TEXT,
    TITLE,
    UINT16,
    UINT32,
    UINT32Z,
    WORKOUT_FILE,
    Field,
    Layout,
    Message,
    Value,
    encode,
    file_id,
    fitted,
)
from midstance.formats._format import Format
from midstance.formats._plan_words import KIND_WORDS, Words, day_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from midstance.domain.session import Block, Item, Session

MOST_NAME = 30             # midstance default: bytes of a workout's name, "Heavy strength Thu 30 Dec" has 25
MOST_STEP_NAME = 47        # midstance default: bytes of a step's name; the longest of ours with its side has 43
MOST_NOTES = 199           # midstance default: bytes of a step's notes
MOST_WEIGHT_KG = 655.34    # what the field holds; a heavier weight stands in the notes alone
TRAINING, STRENGTH = 10, 20
STRUCTURED = 32            # the capability "tcx" that structured workouts of other programs state
ACTIVE, REST, WARM_UP = 0, 1, 2
TIME, OPEN, REPEAT, REPS = 0, 5, 6, 29
NO_TARGET = 2
KILOGRAM, POUND = 1, 2
SIDES = ("left", "right")
UNIT_WORDS = {"reps": "reps", "seconds": "s", "steps": "steps each way, then turn", "contacts": "contacts"}

WORKOUT = Layout("workout", 26, {
    "message_index": Field(number=INDEX, base=UINT16), "sport": Field(number=4, base=ENUM),
    "capabilities": Field(number=5, base=UINT32Z), "num_valid_steps": Field(number=6, base=UINT16),
    "wkt_name": Field(number=8, base=TEXT, most=MOST_NAME), "sub_sport": Field(number=11, base=ENUM),
    "wkt_description": Field(number=17, base=TEXT)})
STEP = Layout("workout_step", 27, {
    "message_index": Field(number=INDEX, base=UINT16), "wkt_step_name": Field(number=0, base=TEXT, most=MOST_STEP_NAME),
    "duration_type": Field(number=1, base=ENUM), "duration_value": Field(number=2, base=UINT32),
    "target_type": Field(number=3, base=ENUM), "target_value": Field(number=4, base=UINT32),
    "intensity": Field(number=7, base=ENUM), "notes": Field(number=8, base=TEXT, most=MOST_NOTES),
    "exercise_category": Field(number=10, base=UINT16), "exercise_name": Field(number=11, base=UINT16),
    "exercise_weight": Field(number=12, base=UINT16, scale=100),
    "weight_display_unit": Field(number=13, base=UINT16)})


def render_workout(session: Session, *, exercises: Mapping[str, Exercise], zone: str, units: str = "metric") -> bytes:
    """Write a session as a structured strength workout.

    Args:
        session: A session of the plan.
        exercises: The catalogue, by id; one that it lacks is written by its id's words.
        zone: IANA time zone of the session's start.
        units: ``metric`` or ``imperial``, for weights.
    Returns: A FIT file; the same session gives the same bytes.
    Raises: ValueError: An amount is beyond what FIT can hold.
    """
    book = Titles.of((i.exercise for b in session.blocks for i in b.items), exercises)
    names = {id_: exercise.name for id_, exercise in exercises.items()}
    steps = _Steps(book=book, words=Words(names=names, units=units), exercises=exercises)
    for block in session.blocks:
        steps.take(block)
    head = Message(WORKOUT, {
        "message_index": 0, "sport": TRAINING, "sub_sport": STRENGTH, "capabilities": STRUCTURED,
        "num_valid_steps": len(steps.found),
        "wkt_name": fitted(f"{KIND_WORDS[session.kind]} {day_text(session.date)}", MOST_NAME),
        "wkt_description": fitted(f"{session.minutes} min; midstance {session.id}", 120)})
    made = [Message(STEP, step) for step in steps.found]
    created = session.start.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)
    return encode([file_id(WORKOUT_FILE, f"workout {session.id}", created), head, *made, *book.messages()])


def workout_name(session: Session) -> str:
    """Name the file of a session.

    >>> from midstance.domain.session import Kind, Session
    >>> workout_name(Session(id="s", start=dt.datetime(2026, 12, 3, 18), minutes=24, kind=Kind.HEAVY, hard_minutes=8,
    ...                      load_au=144, why=(), blocks=()))
    '2026-12-03-1800-heavy.fit'
    """
    return f"{session.start:%Y-%m-%d-%H%M}-{session.kind.value}.fit"


@dataclass(frozen=True, slots=True)
class Titles:
    """The exercises of a file with their FIT numbers and our names.

    Attributes:
        numbers: Category and name by exercise id; where the profile has no name, the category is unknown and the
            number counts on within the file.
        names: Our names by exercise id.
    """

    numbers: dict[str, tuple[int, int]]
    names: dict[str, str]

    @classmethod
    def of(cls, ids: Iterable[str], exercises: Mapping[str, Exercise]) -> Titles:
        """Look exercises up.

        Args:
            ids: Ids of the catalogue, or names as another program gives them.
            exercises: The catalogue, by id.
        """
        words = Words(names={id_: exercise.name for id_, exercise in exercises.items()})
        numbers: dict[str, tuple[int, int]] = {}
        for id_ in dict.fromkeys(ids):
            pair = numbers_of(exercises[id_].fit) if id_ in exercises else None
            numbers[id_] = pair or (UNKNOWN, sum(category == UNKNOWN for category, _ in numbers.values()))
        return cls(numbers, {id_: words.exercise(id_) for id_ in numbers})

    def messages(self) -> list[Message]:
        """Write a title for each pair of numbers that means one exercise only."""
        pairs = list(self.numbers.values())
        alone = [(id_, pair) for id_, pair in self.numbers.items() if pairs.count(pair) == 1]
        return [Message(TITLE, {
            "message_index": place, "exercise_category": category, "exercise_name": name,
            "wkt_step_name": fitted(self.names[id_], MOST_STEP_NAME),
        }) for place, (id_, (category, name)) in enumerate(alone)]


@dataclass(slots=True, kw_only=True)
class _Steps:
    """The steps of a workout as they are put together."""

    book: Titles
    words: Words
    exercises: Mapping[str, Exercise]
    found: list[dict[str, Value]] = field(default_factory=list)

    def take(self, block: Block) -> None:
        """Add a block: its rounds as a loop, then the sets that one side has more."""
        intensity = WARM_UP if block.label == "warm-up" else ACTIVE
        loops = block.rounds > 1
        if loops and block.rest_s and block.items and block.items[0].unit == "seconds":
            self.ready(CHANGEOVER_SECONDS)       # later rounds begin behind the loop's own rest
        first = len(self.found)
        for number, item in enumerate(block.items):
            self._sides(item, intensity, rested=number == 0 and loops and block.rest_s > 0)
        if block.rest_s:
            self.rest(block.rest_s)
        if loops:
            self._put(duration_type=REPEAT, duration_value=first, target_value=block.rounds, intensity=ACTIVE)
        for item in block.items:
            for side, more in item.extra_rounds:
                for _ in range(more):
                    self._one(item, intensity, side)
                    if block.rest_s:
                        self.rest(block.rest_s)

    def rest(self, seconds: float) -> None:
        """Add a rest by the clock; it names no exercise."""
        self._put(wkt_step_name="Rest", duration_type=TIME, duration_value=round(1000 * seconds), intensity=REST)

    def ready(self, seconds: float) -> None:
        """Add the time to get into position before the clock of a hold starts, unless a rest has just given it."""
        if not self.found or self.found[-1]["intensity"] != REST:
            self._put(wkt_step_name="Get ready", duration_type=TIME, duration_value=round(1000 * seconds),
                      intensity=REST)

    def _sides(self, item: Item, intensity: int, *, rested: bool) -> None:
        """Add one set of an item: a step, or a step a side with the leading side first."""
        sides = sorted(SIDES, key=lambda side: side != (item.first_side or "left")) if item.per_side else [""]
        for number, side in enumerate(sides):
            if item.unit == "seconds" and not (rested and number == 0):
                self.ready(SWITCH_SECONDS if number else CHANGEOVER_SECONDS)
            self._one(item, intensity, side)

    def _one(self, item: Item, intensity: int, side: str) -> None:
        category, name = self.book.numbers[item.exercise]
        kg = item.weight_kg if item.weight_kg and item.weight_kg <= MOST_WEIGHT_KG else None
        unit = None if kg is None else POUND if self.words.units == "imperial" else KILOGRAM
        kind, amount = _duration(item)
        title = self.book.names[item.exercise] + (f", {side}" if side else "")
        self._put(
            wkt_step_name=fitted(title, MOST_STEP_NAME), duration_type=kind, duration_value=amount,
            intensity=intensity, notes=fitted(self._notes(item, title), MOST_NOTES), exercise_category=category,
            exercise_name=name, exercise_weight=kg, weight_display_unit=unit)

    def _notes(self, item: Item, title: str) -> str:
        """Say name, amount, weight, reserve and tempo, then the cues that fit whole."""
        amount = f"{item.low}" if item.low == item.high else f"{item.low}-{item.high}"
        dose = f"{amount} {UNIT_WORDS[item.unit]}" + (" or to the last good rep" if item.to_last_good_rep else "")
        parts = (dose, *self.words.details(replace(item, extra_rounds=(), first_side=None)))
        says = f"{title}: {', '.join(parts)}."
        for cue in self.exercises[item.exercise].cues if item.exercise in self.exercises else ():
            more = f"{says} {cue if cue.endswith(('.', '!', '?')) else f'{cue}.'}"
            if len(more.encode()) <= MOST_NOTES:
                says = more
        return says

    def _put(self, **values: Value) -> None:
        self.found.append({"message_index": len(self.found), "target_type": NO_TARGET, "target_value": 0, **values})


def _duration(item: Item) -> tuple[int, int | None]:
    """Say how a step ends: at the least of the range, as the player counts; where the top is open, by a key."""
    if item.to_last_good_rep or item.unit == "steps":
        return OPEN, None
    if item.unit == "seconds":
        return TIME, 1000 * item.low
    return REPS, item.low


FORMAT = Format(
    id="fit-workout", title="FIT workout for watches", suffixes=(".fit",), role="watch", sniff=frames.is_header,
    supports={
        "warm-up": "rendered", "rounds as loops": "rendered", "a step for each side": "rendered",
        "repetitions, seconds, contacts": "rendered", "carries and open sets, ended by a key": "rendered",
        "rests and time to get ready": "rendered", "weight in kg or pounds": "rendered",
        "category and name of the FIT profile": "rendered", "our name of the exercise": "rendered",
        "amount, reserve, tempo and cues as notes": "rendered", "sets that one side has more": "rendered",
        "the upper end of a range": "not supported",
    },
)
