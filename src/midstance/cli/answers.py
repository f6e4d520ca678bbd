"""The shapes of what is typed beside a command: the morning's answers, and what stands beside sets or a session.

They stand apart because every start of the program needs them; what they mean is read in ``cli.noting``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from cyclopts import Parameter

FLAG = Parameter(negative="", show_default=False)
MANY = Parameter(negative="", show_default=False)


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The morning's answers as they are typed.

    Attributes:
        sleep: Sleep of last night, 0 to 24 h.
        sleep_quality: How good it was, 0 (bad) to 10 (good).
        life: Load of work, family and the rest, 0 (none) to 10 (crushing).
        soreness: How sore the legs are, 0 (not at all) to 10.
        fatigue: How tired you are, 0 (not at all) to 10.
        mood: 0 (bad) to 10 (good).
        hrv: Morning heart-rate variability, rMSSD in ms, 0 to 500.
        resting_hr: Resting heart rate, 20 to 200 beats a minute.
        pain: A pain as area:side:score[:tissue], for example knee:left:4 or shin:right:3:bone; repeatable.
        ill: Symptoms in English, for example cough,fever; none when they are gone.
        limp: You limp.
        minutes: Time for a session today, 0 to 1440 min.
        too_much: The routine feels like too much.
        note: Your own words.
    """

    sleep: str | None = None
    sleep_quality: str | None = None
    life: str | None = None
    soreness: str | None = None
    fatigue: str | None = None
    mood: str | None = None
    hrv: str | None = None
    resting_hr: str | None = None
    pain: Annotated[tuple[str, ...], MANY] = ()
    ill: Annotated[tuple[str, ...], MANY] = ()
    limp: Annotated[bool, FLAG] = False
    minutes: str | None = None
    too_much: Annotated[bool, FLAG] = False
    note: Annotated[str, Parameter(show_default=False)] = ""


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What may be told beside sets or a session.

    Attributes:
        left: Only the left side did these sets.
        right: Only the right side did these sets.
        pain: Pain during the sets, 0 (none) to 10.
        rpe: Exertion, 0 to 10: of a session as a whole; of sets 5 to 10, which is 5 to 0 reps in reserve.
        minutes: How long a session took, 0 to 1440 min.
        note: Your own words.
    """

    left: Annotated[bool, FLAG] = False
    right: Annotated[bool, FLAG] = False
    pain: str | None = None
    rpe: str | None = None
    minutes: str | None = None
    note: Annotated[str, Parameter(show_default=False)] = ""


NOTHING = Answers()
NOTHING_BESIDE = Beside()
