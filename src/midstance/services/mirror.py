"""What a recording of a movement shows: repetitions, holds, angles, and what could not be seen.

How files become bodies stands in ``mirror_source``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midstance.domain.exercise import Exercise, Sides
from midstance.formats._format import refusal
from midstance.motion.clip import Clip, clip_of
from midstance.motion.holds import Hold, holds_in
from midstance.motion.landmarks import INDEX, angles, needed
from midstance.motion.measures import Measure, measures
from midstance.motion.rep_watch import count_seen
from midstance.motion.reps import Rep, count
from midstance.motion.seeing import seeing
from midstance.motion.sides import tempo
from midstance.motion.ways import together
from midstance.services.handbook import catalogue
from midstance.services.mirror_source import read_movement

if TYPE_CHECKING:
    from pathlib import Path

    from midstance.motion.body import Array
    from midstance.motion.landmarks import Series
    from midstance.motion.watch import Watched
    from midstance.services.mirror_source import Movement, Reading

GUESSED: Final = (
    "squat", "reverse-lunge", "side-lunge", "push-up", "glute-bridge", "calf-raise", "bodyweight-deadlift")
"""Movements that are told apart by how the body is held; one of them is taken where no exercise is named."""
LEAST_FRAMES = 10
"""Pictures below which nothing is measured; midstance default: one second of a slow camera."""
AFTER_S = 2.0
"""A way back that is not over so long after its repetition counted is not told [s]; midstance default."""
UNCOUNTED: Final = {
    "small": "its movement is too small for a camera",
    "walking": "its movement looks like walking to a camera",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RepSeen:
    """One repetition: times [s], the watched value at rest and turn, and its tempo [s] where it could be told."""

    start_s: float
    turn_s: float
    end_s: float
    side: str
    rest: float
    turn: float
    away_s: float | None = None
    pause_s: float | None = None
    back_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldSeen:
    """One hold [s]."""

    start_s: float
    end_s: float
    seconds: float
    side: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A body at a moment: its label, and lines between places in the picture, x right and y down."""

    label: str
    lines: tuple[tuple[tuple[float, float], tuple[float, float]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found in a recording.

    Attributes:
        source: Name of the file.
        exercise: The exercise; ``guessed`` whether nobody named it.
        watches: Word of the angle that was watched, and its unit.
        times_s: Time of each frame [s].
        values: What was watched; NaN where not seen.
        reps: Repetitions, ``holds`` holds.
        measured: Angles and the like, with their errors or why they are withheld.
        seen: Share of the frames in which what is needed was seen; ``frames_s`` frames a second.
        doubts: What could not be seen or read, sentences.
        figures: The body at rest and at the turn of each repetition, for a drawing.
    """

    source: str
    exercise: Exercise
    guessed: bool
    watches: str
    unit: str
    times_s: tuple[float, ...]
    values: tuple[float, ...]
    reps: tuple[RepSeen, ...]
    holds: tuple[HoldSeen, ...]
    measured: tuple[Measure, ...]
    seen: float
    frames_s: float
    doubts: tuple[str, ...]
    figures: tuple[Figure, ...]


def look_at(path: Path, reading: Reading, *, exercise: str = "", side: str = "") -> Report:
    """Read a recording and say what it shows.

    Args:
        path: A landmark series, a video, a folder of a known source, or joint angles.
        reading: How to read.
        exercise: Id of the exercise; empty lets it be guessed among a few.
        side: Side that works where sides work apart; empty is unknown.
    Raises: InputError: It cannot be read, or nothing can be counted in it, with what would help.
    """
    found = read_movement(path, reading)
    if len(found.times_s) < LEAST_FRAMES:
        raise refusal(found.source, f"holds {len(found.times_s)} pictures of a body, too few for a movement",
                      f"a recording has at least {LEAST_FRAMES}")
    chosen, guessed = (_known(exercise), False) if exercise else (_guess(found), True)
    clip = clip_of(chosen)
    if clip["watch"] is None and clip["hold"] is None:
        raise refusal(chosen.id, "has nothing that a camera can count or time", "count it by hand")
    return report_of(found, chosen, clip, guessed=guessed, side=side)


def report_of(found: Movement, exercise: Exercise, clip: Clip, *, guessed: bool, side: str) -> Report:
    """Say what a movement shows of an exercise."""
    watched, series = clip["watch"], found.series
    values = _values(found, watched, side)
    holds = _holds(series, clip["hold"], side)
    reps = _reps(found, watched, values, side)
    least = watched["frames_s"] if watched else 0
    sight = seeing(series, _places(watched, side), least_frames_s=least) if series is not None else None
    why_not = UNCOUNTED.get(watched["uncounted"], "") if watched else ""
    doubts = [note.says for note in found.notes]
    doubts += [f"{exercise.name} was not counted: {why_not}."] if why_not else []
    doubts += [sight.says] if sight is not None and sight.says else []
    return Report(
        source=found.source, exercise=exercise, guessed=guessed, watches=watched["angle"] if watched else "",
        unit="cm" if watched and watched["angle"] == "rise" else "degrees",
        times_s=tuple(map(float, found.times_s)), values=tuple(map(float, values)), reps=reps, holds=holds,
        measured=_measured(found, side), seen=sight.seen if sight else 1.0, doubts=tuple(doubts),
        frames_s=sight.frames_s if sight else _rate(found.times_s),
        figures=_figures(series, reps) if series is not None else ())


def _known(name: str) -> Exercise:
    known = catalogue().exercises
    if name not in known:
        near = [id_ for id_ in known if name in id_][:3] or get_close_matches(name, known, n=3)
        perhaps = f"perhaps {', '.join(near)}; " if near else ""
        raise refusal(name, "is no exercise", f"{perhaps}midstance exercises lists them", place="--exercise")
    return known[name]


def _guess(found: Movement) -> Exercise:
    """Take the one movement of a few that is held as this one is, and comes at least once."""
    known = catalogue().exercises
    among = GUESSED if found.series is not None else ()
    fitting = [known[id_] for id_ in among if _reps(found, clip_of(known[id_])["watch"], None, "")]
    if len(fitting) != 1:
        names = ", ".join(exercise.id for exercise in fitting)
        says = f"could be {names}" if names else "shows no movement that is told without its name"
        raise refusal(found.source, says, "name it: --exercise ID, midstance exercises lists them")
    return fitting[0]


def _reps(found: Movement, watched: Watched | None, values: Array | None, side: str) -> tuple[RepSeen, ...]:
    if watched is None or watched["uncounted"]:
        return ()
    if found.series is None:
        values = _values(found, watched, side)
        reps = count(found.times_s, values, watched)
    else:
        reps = count_seen(found.series, watched, side)
        values = _values(found, watched, side) if values is None else values
    which = side if watched["who"] == "one" else ""
    ends = [*(rep.start_s for rep in reps[1:]), math.inf][:len(reps)]
    return tuple(_rep(rep, found.times_s, values, which, until_s) for rep, until_s in zip(reps, ends, strict=True))


def _rep(rep: Rep, times: Array, values: Array, side: str, until_s: float) -> RepSeen:
    """Put a repetition with its tempo; what comes after the next one's start says nothing of its way back."""
    own = times <= min(until_s, rep.end_s + AFTER_S)
    pace = tempo(times[own], values[own], rep)
    parts = (pace.away_s, pace.pause_s, pace.back_s) if pace is not None else (None, None, None)
    return RepSeen(start_s=rep.start_s, turn_s=rep.turn_s, end_s=rep.end_s, side=side, rest=rep.rest, turn=rep.turn,
                   away_s=parts[0], pause_s=parts[1], back_s=parts[2])


def _holds(series: Series | None, hold: Hold | None, side: str) -> tuple[HoldSeen, ...]:
    if series is None or hold is None:
        return ()
    return tuple(HoldSeen(start_s=one.start_s, end_s=one.end_s, seconds=one.seconds, side=side)
                 for one in holds_in(series, hold, side))


def _values(found: Movement, watched: Watched | None, side: str) -> Array:
    """Give what is watched, of the sides that work; all NaN where a source does not have it."""
    nothing = np.full(len(found.times_s), np.nan)
    if watched is None:
        return nothing
    word = watched["angle"]
    own, other = (_angle(found, one, nothing) for one in (word, _other(word)))
    if side == "left":
        own, other = other, own
    who = "either" if watched["who"] == "one" and not side else watched["who"]
    return together(who, own, other, 1 if watched["turn"] >= watched["rest"] else -1)


def _angle(found: Movement, word: str, nothing: Array) -> Array:
    if found.series is None:
        return found.angles.get(word, nothing)
    return angles(found.series, word)


def _other(word: str) -> str:
    side, _, joint = word.partition(" ")
    return f"{'left' if side == 'right' else 'right'} {joint}" if joint else word


def _places(watched: Watched | None, side: str) -> tuple[str, ...]:
    word = watched["angle"] if watched else "trunk"
    return needed(_other(word) if side == "left" and " " in word else word)


def _measured(found: Movement, side: str) -> tuple[Measure, ...]:
    if found.series is None:
        return ()
    seen = [one for one in measures(found.series, side) if one.value is not None]
    known = {(one.id, one.side) for one in seen}
    front = measures(found.front, side) if found.front is not None else ()
    return (*seen, *(one for one in front if one.value is not None and (one.id, one.side) not in known))


def _rate(times: Array) -> float:
    return float(1 / np.median(np.diff(times))) if len(times) > 1 else 0.0


BONES: Final = (("shoulder", "elbow"), ("elbow", "wrist"), ("shoulder", "hip"), ("hip", "knee"), ("knee", "ankle"),
                ("ankle", "foot_index"))
LIMBS: Final = (
    *((f"{side}_{near}", f"{side}_{far}") for side in ("left", "right") for near, far in BONES),
    ("left_shoulder", "right_shoulder"), ("left_hip", "right_hip"))


def _figures(series: Series, reps: tuple[RepSeen, ...]) -> tuple[Figure, ...]:
    moments = [(f"{number}", at) for number, rep in enumerate(reps, start=1) for at in (rep.start_s, rep.turn_s)]
    return tuple(_figure(label, series, at) for label, at in moments)


def _figure(label: str, series: Series, at_s: float) -> Figure:
    frame = int(np.argmin(np.abs(series.times_s - at_s)))
    place = {name: (float(series.points[frame, k, 0]), float(series.points[frame, k, 1])) for name, k in INDEX.items()}
    seen = [(a, b) for a, b in LIMBS if not math.isnan(sum(place[a]) + sum(place[b]))
            and min(series.visibility[frame, INDEX[a]], series.visibility[frame, INDEX[b]]) > 0]
    return Figure(label=label, lines=tuple((place[a], place[b]) for a, b in seen))


def report_json(found: Report) -> dict[str, Any]:
    """Write a report as JSON values (formats.md section 3): counts and times exact, angles to a tenth."""
    return {
        "source": found.source, "exercise": found.exercise.id, "guessed": found.guessed,
        "reps": [{"start_s": round(r.start_s, 3), "end_s": round(r.end_s, 3), "side": r.side or None,
                  "turn_s": round(r.turn_s, 3), "rest": round(r.rest, 1), "turn": round(r.turn, 1),
                  "away_s": _short(r.away_s), "pause_s": _short(r.pause_s), "back_s": _short(r.back_s)}
                 for r in found.reps],
        "holds": [{"start_s": round(h.start_s, 3), "end_s": round(h.end_s, 3), "seconds": round(h.seconds, 3),
                   "side": h.side or None} for h in found.holds],
        "angles": [{"id": m.id, "side": m.side, "value": _short(m.value, 1), "low": _short(m.low, 1),
                    "high": _short(m.high, 1), "unit": m.unit, "error": m.error, "limits": m.limits}
                   for m in found.measured],
        "quality": {"seen": round(found.seen, 3), "frames": len(found.times_s), "frames_s": round(found.frames_s, 2),
                    "watched": found.watches, "doubts": list(found.doubts)},
    }


def _short(value: float | None, digits: int = 2) -> float | None:
    return None if value is None or math.isnan(value) else round(value, digits)


def each_side(exercise: Exercise) -> bool:
    """Tell whether left and right work apart."""
    return exercise.sides is Sides.EACH
