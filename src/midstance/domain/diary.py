"""What a diary can hold: each kind of happening as a frozen value that refuses impossible numbers.

The envelope around it (when, where from, id) is in ``domain.entry``, how it looks in a file in ``formats.entry_json``.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TypeAlias

from midstance.domain.run import RunDone
from midstance.domain.runner import AREAS, Race
from midstance.domain.session import Kind

SIDES = ("left", "right", "both")
TISSUES = ("tendon", "bone", "muscle", "joint")
SET_UNITS = ("reps", "seconds", "steps", "contacts")
PAIN_WHEN = ("during", "after", "next-morning")
MOST_SYMPTOM_LETTERS = 40
_ID = re.compile(r"[a-z0-9][a-z0-9-]{3,79}")
_SYMPTOM = re.compile(r"[a-z][a-z -]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pain:
    """A pain with its place.

    Attributes:
        area: One of ``AREAS``.
        score: 0 (none) to 10 (the worst imaginable).
        side: One of ``SIDES``, or empty when not said.
        tissue: One of ``TISSUES``, or empty when not known.
    """

    area: str
    score: float
    side: str = ""
    tissue: str = ""

    def __post_init__(self) -> None:
        _among("area", self.area, AREAS)
        _within("pain", self.score, 0, 10)
        _among("side", self.side, ("", *SIDES))
        _among("tissue", self.tissue, ("", *TISSUES))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDone:
    """One set as it was done; a per-side exercise is one entry a side.

    Attributes:
        exercise: Exercise id, or the name another program gave it.
        amount: Repetitions, seconds, steps or contacts done [unit].
        unit: One of ``SET_UNITS``.
        number: Which set of this exercise it was that day, from 1, so that equal sets stay apart.
        weight_kg: External weight [kg], None for body weight; with ``per_hand`` in each hand.
        rir: Reps in reserve, or None when not said.
        side: ``left`` or ``right``, or empty when both worked or nothing was said.
        pain: Pain during the set, 0 to 10, or None when not said.
        warm_up: Whether it was no working set.
        session: Id of the planned session it belongs to, or empty.
        note: The runner's words.
    """

    exercise: str
    amount: float
    unit: str = "reps"
    number: int = 1
    weight_kg: float | None = None
    per_hand: bool = False
    rir: float | None = None
    side: str = ""
    pain: float | None = None
    warm_up: bool = False
    session: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        _check_said("exercise", self.exercise)
        _within(f"{self.exercise}: {self.unit}", self.amount, 0, 10_000)
        _among("unit", self.unit, SET_UNITS)
        _within("number", self.number, 1, 1000)
        _within("weight_kg", self.weight_kg, 0, 1000)
        _within("rir", self.rir, 0, 30)
        _among("side", self.side, ("", "left", "right"))
        _within("pain", self.pain, 0, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDone:
    """A session as a whole.

    Attributes:
        session: Id of the planned session, or empty for one that was not planned.
        kind: Kind of session, or None when not known.
        minutes: How long it took [min], or None.
        rpe_cr10: Exertion of the whole session, 0 to 10, or None.
        note: The runner's words.
    """

    session: str = ""
    kind: Kind | None = None
    minutes: float | None = None
    rpe_cr10: float | None = None
    note: str = ""

    def __post_init__(self) -> None:
        _within("minutes", self.minutes, 0, 24 * 60)
        _within("rpe_cr10", self.rpe_cr10, 0, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """The morning's answers; None, False and empty mean that nothing was said.

    Attributes:
        sleep_h: Sleep of last night [h].
        sleep_quality: 0 (bad) to 10 (good); ``mood`` the same.
        life: Load of work, family and the rest, 0 (none) to 10 (crushing).
        soreness: 0 (none) to 10 (bad); ``fatigue`` the same.
        hrv_ms: Morning heart-rate variability, rMSSD [ms].
        resting_hr: Resting heart rate [bpm].
        pain: Each pain of this morning.
        ill: Symptoms, in words.
        limp: Whether the runner limps.
        minutes: Time for a session today [min].
        too_much: Whether the routine feels overwhelming (M20).
        note: The runner's words.
    """

    sleep_h: float | None = None
    sleep_quality: float | None = None
    life: float | None = None
    soreness: float | None = None
    fatigue: float | None = None
    mood: float | None = None
    hrv_ms: float | None = None
    resting_hr: float | None = None
    pain: tuple[Pain, ...] = ()
    ill: tuple[str, ...] = ()
    limp: bool = False
    minutes: float | None = None
    too_much: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        _within("sleep_h", self.sleep_h, 0, 24)
        for name in ("sleep_quality", "life", "soreness", "fatigue", "mood"):
            _within(name, getattr(self, name), 0, 10)
        _within("hrv_ms", self.hrv_ms, 0, 500)
        _within("resting_hr", self.resting_hr, 20, 200)
        _within("minutes", self.minutes, 0, 24 * 60)
        _check_symptoms(self.ill)


@dataclass(frozen=True, slots=True, kw_only=True)
class PainNoted:
    """A pain noted outside the morning's check-in.

    Attributes:
        pain: The pain.
        when: One of ``PAIN_WHEN``, or empty.
        activity: Id of the run, session or exercise it belongs to, or empty.
        note: The runner's words.
    """

    pain: Pain
    when: str = ""
    activity: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        _among("when", self.when, ("", *PAIN_WHEN))


@dataclass(frozen=True, slots=True, kw_only=True)
class IllnessNoted:
    """Symptoms of an illness, or with ``over`` that they are gone."""

    symptoms: tuple[str, ...] = ()
    over: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        _check_symptoms(self.symptoms)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentDone:
    """Result of one test: a value, or a value a side, in the test's own unit."""

    test: str
    value: float | None = None
    left: float | None = None
    right: float | None = None
    note: str = ""

    def __post_init__(self) -> None:
        _check_said("test", self.test)
        for name in ("value", "left", "right"):
            _within(name, getattr(self, name), -1000, 100_000)
        if (self.value is None) == (self.left is None and self.right is None):
            msg = f"the result of {self.test!r} is one value, or one a side"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAccepted:
    """A plan that the runner follows from now on: its id and its document (formats.md section 4) as text."""

    plan: str
    document: str

    def __post_init__(self) -> None:
        _check_said("plan", self.plan)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeProposed:
    """A change of the plan that is shown and waits for the runner; its entry's id is the change's id.

    Attributes:
        says: What would change, a sentence each.
        why: What it answers to, a sentence each.
        plan: Id of the plan it would lead to; ``document`` is that plan, as text.
        previous: Id of the plan it starts from.
    """

    says: tuple[str, ...]
    plan: str
    why: tuple[str, ...] = ()
    document: str = ""
    previous: str = ""

    def __post_init__(self) -> None:
        _check_said("plan", self.plan)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAccepted:
    """A proposed change that the runner takes; ``change`` is the id of its ``ChangeProposed`` entry."""

    change: str

    def __post_init__(self) -> None:
        check_id("change", self.change)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockTaken:
    """A tissue block that the runner takes up from this date on, in place of one before; an empty id ends it."""

    block: str

    def __post_init__(self) -> None:
        if self.block:
            check_id("block", self.block)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What was planned on one date goes to another; ``activity`` names one run or session, empty means all."""

    day: dt.date
    to: dt.date
    activity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """What was planned on a date is dropped; ``activity`` names one run or session, empty means all."""

    day: dt.date
    activity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """A span of dates without sessions, both ends included."""

    first: dt.date
    last: dt.date
    note: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            msg = f"a busy time cannot end on {self.last}, before it begins on {self.first}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class RaceAdded:
    """A race that is not in the runner's file."""

    race: Race

    def __post_init__(self) -> None:
        _within("distance_km", self.race.distance_km, 0.1, 1000)
        _among("priority", self.race.priority, ("A", "B", "C"))
        _within("start_minute", self.race.start_minute, 0, 24 * 60 - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rpe:
    """Exertion of a run or session told afterwards, 0 to 10; ``activity`` is its id."""

    activity: str
    rpe_cr10: float

    def __post_init__(self) -> None:
        _check_said("activity", self.activity)
        _within("rpe_cr10", self.rpe_cr10, 0, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """Entries taken back: ``of`` holds ids of entries or of batches written before this one."""

    of: tuple[str, ...]

    def __post_init__(self) -> None:
        _check_ids(self.of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Redone:
    """Entries that were taken back and came in once more; ``of`` holds their ids."""

    of: tuple[str, ...]

    def __post_init__(self) -> None:
        _check_ids(self.of)


What: TypeAlias = (
    RunDone | SetDone | SessionDone | CheckIn | PainNoted | IllnessNoted | AssessmentDone | PlanAccepted
    | ChangeProposed | ChangeAccepted | BlockTaken | Moved | Skipped | Busy | RaceAdded | Rpe | Undone | Redone)
KINDS: dict[str, type[What]] = {
    "run-done": RunDone, "set-done": SetDone, "session-done": SessionDone, "check-in": CheckIn,
    "pain-noted": PainNoted, "illness-noted": IllnessNoted, "assessment-done": AssessmentDone,
    "plan-accepted": PlanAccepted, "change-proposed": ChangeProposed, "change-accepted": ChangeAccepted,
    "block-taken": BlockTaken, "moved": Moved, "skipped": Skipped, "busy": Busy, "race-added": RaceAdded, "rpe": Rpe,
    "undone": Undone, "redone": Redone,
}
KIND_OF = {kind: name for name, kind in KINDS.items()}


def _within(name: str, value: float | None, low: float, high: float) -> None:
    if value is not None and not low <= value <= high:
        msg = f"{name} is {value:g}; it must lie between {low:g} and {high:g}"
        raise ValueError(msg)


def _among(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        msg = f"{name} {value!r} is not known; use one of {', '.join(filter(None, known))}"
        raise ValueError(msg)


def _check_said(name: str, value: str) -> None:
    if not value.strip():
        msg = f"{name} is missing"
        raise ValueError(msg)


def _check_symptoms(symptoms: tuple[str, ...]) -> None:
    for word in symptoms:
        if not _SYMPTOM.fullmatch(word) or len(word) > MOST_SYMPTOM_LETTERS:
            msg = f"symptom {word!r} is no word in small letters"
            raise ValueError(msg)


def check_id(name: str, value: str) -> None:
    """Refuse what is no id of an entry or a batch.

    Raises: ValueError: In words.
    """
    if not _ID.fullmatch(value):
        msg = f"{name} {value!r} is no id: small letters, digits and hyphens, 4 to 80 of them"
        raise ValueError(msg)


def _check_ids(ids: tuple[str, ...]) -> None:
    if not ids:
        msg = "it names no entry"
        raise ValueError(msg)
    for value in ids:
        check_id("of", value)
