"""Strength sessions in FIT activities: the ``set`` messages of watches and of midstance, read into plain values.

A watch guesses: category and name come as three guesses, 65534 means unknown, 0 or 1 repetition is often noise, weight
0 is body weight, rests are messages too, and the order of messages is not that of time. A watch that follows a workout
says which step a set belongs to, and that step has a name. What midstance wrote itself it reads back exactly, from
developer fields. Which exercise it was, and whether it is in the log already, is not judged here.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from midstance.domain.diary import SetDone
from midstance.formats._fit_exercises import CATEGORIES, CATEGORY_OF, NAME_OF, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Message = dict[str, Any]

MESSAGES = frozenset({"set", "workout", "workout_step", "developer_data_id"})
APPLICATION = uuid.uuid5(uuid.NAMESPACE_URL, "midstance").bytes
MOST_SETS = 2000           # midstance default: more are no session
MOST_REPS = 1000           # midstance default: more is noise
NO_REPS = 1                # repetitions up to this are noise of a watch (data README: 0 and 1 occur as noise)
WARM_UP = 2                # of the intensities of a step
MOST_KG = 1000.0           # what the log takes (``SetDone``)
MOST_S = 6 * 3600.0        # midstance default: a longer set is a timer that was left running
STEP_SIDES = (", left", ", right")
OURS = re.compile(r"midstance ([sp]-[0-9a-z-]{3,77})$")
KEYS = ("exercise", "unit", "amount", "number", "weight_kg", "per_hand", "rir", "side", "warm_up", "planned")
"""Developer fields of midstance in the order of their numbers; all but the last are fields of ``SetDone``."""
NUMBERED = "developer_field_{number}"
"""How the fast reader names a developer field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedSet:
    """A set as a file has it.

    Attributes:
        start: Start, aware; ``seconds`` its length [s], 0 when not known.
        reps: Repetitions counted, or None when none were or only noise.
        weight_kg: Weight [kg], None for none.
        guesses: Category and name of the FIT profile, the best guess first; the name is empty where only the category
            is known.
        step: Name of the workout step that was followed, or empty; ``side`` is ``left`` or ``right`` where it says so.
        warm_up: Whether that step was a warm-up.
        done: The set itself where midstance wrote the file, else None.
    """

    start: dt.datetime
    seconds: float
    reps: int | None = None
    weight_kg: float | None = None
    guesses: tuple[tuple[str, str], ...] = ()
    step: str = ""
    side: str = ""
    warm_up: bool = False
    done: SetDone | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedSession:
    """A strength session as a file has it.

    Attributes:
        start: Start, aware, UTC.
        local_start: Start by the runner's clock, without offset; equal to ``start`` where the file does not tell.
        seconds: Length [s].
        sets: In order of time, rests left out.
        session: Id of the planned session, where the file names it, or empty.
        device: What recorded it.
        source: File name.
    """

    start: dt.datetime
    local_start: dt.datetime
    seconds: float
    sets: tuple[RecordedSet, ...] = ()
    session: str = ""
    device: str = ""
    source: str = ""

    @property
    def end(self) -> dt.datetime:
        """Its end, aware."""
        return self.start + dt.timedelta(seconds=self.seconds)


def read_sets(messages: Sequence[Message], name_of: Callable[[str, int], str]) -> tuple[RecordedSet, ...]:
    """Read the sets of one activity.

    Args:
        messages: All messages of the file, each with its ``message_type``, as either reader gives them.
        name_of: Names what the table of midstance does not hold, by category and number; empty where nobody knows.
    Returns: Sets in order of time; rests and what has no time are left out.
    """
    ours = any(is_ours(m) for m in messages if m["message_type"] == "developer_data_id")
    steps = {m.get("message_index", place): m for place, m in enumerate(
        m for m in messages if m["message_type"] == "workout_step")}
    found = [_set(m, steps, name_of, ours=ours) for m in messages
             if m["message_type"] == "set" and m.get("set_type") in ("active", 1)]
    return tuple(sorted((one for one in found[:MOST_SETS] if one), key=lambda one: one.start))


def planned_id(messages: Iterable[Message]) -> str:
    """Give the id of the planned session that a file names, or empty."""
    for message in messages:
        text = message.get("wkt_description") or own_field(message, "planned")
        found = OURS.search(text) if isinstance(text, str) else None
        if found:
            return found[1]
    return ""


def is_ours(message: Message) -> bool:
    """Tell whether a message of a developer names midstance."""
    value = message.get("application_id")
    return isinstance(value, bytes | bytearray | list | tuple) and bytes(_small(value)) == APPLICATION


def _small(values: Iterable[Any]) -> list[int]:
    return [v for v in values if isinstance(v, int) and 0 <= v <= 255]


def _set(
    message: Message, steps: Mapping[Any, Message], name_of: Callable[[str, int], str], *, ours: bool,
) -> RecordedSet | None:
    start = _when(message.get("start_time")) or _when(message.get("timestamp"))
    if start is None:
        return None
    reps, kg = _number(message.get("repetitions")), _number(message.get("weight"))
    step = steps.get(_first(message.get("wkt_step_index")), {})
    title = step.get("wkt_step_name")
    name, side = _step_name(title if isinstance(title, str) else "")
    return RecordedSet(
        start=start, seconds=min(_number(message.get("duration")) or 0.0, MOST_S),
        reps=int(reps) if reps and NO_REPS < reps <= MOST_REPS else None,
        weight_kg=round(kg, 2) if kg and kg <= MOST_KG else None, guesses=_guesses(message, name_of), step=name,
        side=side, warm_up=step.get("intensity") in ("warmup", WARM_UP), done=_own(message) if ours else None)


def _step_name(title: str) -> tuple[str, str]:
    """Part the name of a step from its side.

    >>> _step_name("Single-leg deadlift, left"), _step_name("Plank")
    (('Single-leg deadlift', 'left'), ('Plank', ''))
    """
    for ending in STEP_SIDES:
        if title.endswith(ending):
            return title.removesuffix(ending), ending[2:]
    return title, ""


def _guesses(message: Message, name_of: Callable[[str, int], str]) -> tuple[tuple[str, str], ...]:
    """Give the guesses, each once, those without a category left out."""
    subtypes = [*_many(message.get("category_subtype")), None, None, None]
    found: dict[tuple[str, str], None] = {}
    for category, subtype in zip(_many(message.get("category")), subtypes, strict=False):
        word = CATEGORY_OF.get(category, "") if isinstance(category, int) else category
        if isinstance(word, str) and word in CATEGORIES:
            found[word, _name(word, subtype, name_of)] = None
    return tuple(found)


def _name(category: str, subtype: Any, name_of: Callable[[str, int], str]) -> str:
    if not isinstance(subtype, int) or not 0 <= subtype < UNKNOWN:
        return ""
    ours = NAME_OF.get((CATEGORIES[category], subtype))
    return ours[1] if ours else name_of(category, subtype)


def _own(message: Message) -> SetDone | None:
    """Read a set that midstance wrote; None where its fields are none of a set."""
    told = {key: value for key in KEYS[:-1] if (value := own_field(message, key)) is not None}
    for key in ("per_hand", "warm_up"):
        told[key] = told.get(key) == 1
    try:
        return SetDone(**{**told, "amount": float(told["amount"]), "number": int(told["number"])})
    except (KeyError, TypeError, ValueError):
        return None


def own_field(message: Message, key: str) -> Any:
    """Give a developer field of midstance as either reader has it; None where it says nothing."""
    value = _first(message.get(key, message.get(NUMBERED.format(number=KEYS.index(key)))))
    return None if value == "" or (isinstance(value, float) and not isfinite(value)) else value


def _many(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _first(value: Any) -> Any:
    return _many(value)[0] if value not in ((), []) else None


def _number(value: Any) -> float | None:
    value = _first(value)
    return float(value) if isinstance(value, int | float) and isfinite(value) and value >= 0 else None


def _when(value: Any) -> dt.datetime | None:
    """Read a moment as either reader gives it: an ISO time in UTC, or a datetime."""
    value = _first(value)
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, dt.datetime):
        return None
    return value.astimezone(dt.UTC) if value.tzinfo else value.replace(tzinfo=dt.UTC)
