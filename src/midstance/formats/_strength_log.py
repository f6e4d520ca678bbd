"""What the exports of strength apps share: a table of sets becomes workouts; which app wrote it is for its own module.

Names of exercises stay as the app gives them; ``exercise_id`` tells which of them the catalogue knows.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from midstance.domain.diary import SetDone
from midstance.domain.units import KG_PER_POUND
from midstance.formats._format import Fault, InputError, Parsed
from midstance.formats._sport import is_run
from midstance.formats._text import decode, shown
from midstance.formats._track import YEARS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

Cells = dict[str, str]

MOST_BYTES = 24 << 20     # midstance default: a set takes 100 to 200 bytes, so this is 20 sets a day for 20 years
SNIFFED_BYTES = 4096
MOST_SPELLED = 10         # midstance default: bad rows named one by one
MOST_NAME = 100           # midstance default: letters of an exercise's name
MOST_WORDS = 500          # midstance default: letters of a note that are kept
LONGEST_MIN = 360         # midstance default: a longer workout is a timer that was left running
MOST_RPE = 10             # RPE 10 is no repetition in reserve, so RIR = 10 - RPE (R22)
ASSISTED = re.compile(r"\bassisted\b", re.IGNORECASE)
KINDS = {"": "", "normal": "", "warm-up": "warm-up", "failure": "failure", "drop set": "drop set"}

ALIASES = {
    "back squat": "barbell-back-squat", "squat barbell": "barbell-back-squat",
    "back squat barbell": "barbell-back-squat", "front squat": "barbell-front-squat",
    "front squat barbell": "barbell-front-squat", "deadlift": "barbell-deadlift",
    "deadlift barbell": "barbell-deadlift", "deadlift kettlebell": "kettlebell-deadlift",
    "romanian deadlift barbell": "barbell-romanian-deadlift", "romanian deadlift dumbbell": "romanian-deadlift",
    "single leg romanian deadlift dumbbell": "single-leg-deadlift",
    "bench press": "barbell-bench-press", "bench press barbell": "barbell-bench-press",
    "bent over row barbell": "barbell-row", "hip thrust barbell": "barbell-hip-thrust",
    "goblet squat dumbbell": "goblet-squat", "goblet squat kettlebell": "goblet-squat",
    "kettlebell goblet squat": "goblet-squat", "squat bodyweight": "squat", "bodyweight squat": "squat",
    "air squat": "squat", "bulgarian split squat": "rear-foot-elevated-split-squat",
    "bulgarian split squat dumbbell": "rear-foot-elevated-split-squat",
    "pullup": "pull-up", "pull up weighted": "pull-up", "pull up assisted": "assisted-pull-up",
    "pull up band": "assisted-pull-up", "pushup": "push-up", "push up bodyweight": "push-up",
    "nordic curl": "nordic-hamstring-curl", "nordic hamstring curls": "nordic-hamstring-curl",
    "nordic hamstrings curls": "nordic-hamstring-curl", "farmers walk": "farmers-carry",
    "standing calf raise": "calf-raise", "standing calf raise bodyweight": "calf-raise",
    "standing calf raise dumbbell": "calf-raise", "single leg standing calf raise": "single-leg-calf-raise",
    "single leg standing calf raise dumbbell": "single-leg-calf-raise",
    "dumbbell row": "single-arm-row", "single arm row dumbbell": "single-arm-row",
    "bent over one arm row dumbbell": "single-arm-row", "one arm row dumbbell": "single-arm-row",
    "walking lunge": "alternating-walking-lunge", "walking lunge dumbbell": "alternating-walking-lunge",
    "reverse lunge bodyweight": "reverse-lunge", "jump squat": "squat-jump",
}
"""Names that strength apps use, without punctuation, and the exercise of the catalogue that they mean beyond doubt."""

NOT_OURS = frozenset({"seated calf raise"})
"""Names that are the catalogue's too and mean something else: here a machine, whose weights compare with no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workout:
    """One workout of a strength app.

    Attributes:
        start: Start: naive by the runner's clock, or aware where the file tells an offset.
        minutes: How long it took [min], or None.
        title: Its name and what was noted of it.
        sets: Its sets in the order of the file, by the app's names, each with number 1.
    """

    start: dt.datetime
    minutes: float | None
    title: str
    sets: tuple[SetDone, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedSet:
    """One row of a table, its cells turned into numbers.

    Attributes:
        start: Start of its workout; ``minutes`` the workout's length [min] or None, ``title`` its name.
        exercise: Name as the app gives it.
        weight_kg: Weight [kg], 0 where there is none.
        reps: Repetitions; ``seconds`` [s] and ``distance`` [the file's unit]: 0 where there are none.
        rpe: Exertion of the set, 0 to 10, or None.
        kind: A key of ``KINDS``.
        note: The runner's words.
    """

    start: dt.datetime
    minutes: float | None
    title: str
    exercise: str
    weight_kg: float
    reps: float
    seconds: float
    distance: float
    rpe: float | None
    kind: str
    note: str


@dataclass(slots=True)
class _Gathered:
    """Workouts by start and name, and what was left out."""

    workouts: dict[tuple[str, str], tuple[LoggedSet, list[SetDone]]] = field(default_factory=dict)
    bad: list[tuple[int, str]] = field(default_factory=list)
    endurance: int = 0
    empty: int = 0


def exercise_id(name: str, known: Collection[str]) -> str:
    """Give the catalogue's id of an exercise, or the name as it is.

    Args:
        name: Name in an app.
        known: Ids of the catalogue.

    >>> exercise_id("Pull Up", {"pull-up"}), exercise_id("Cable Crunch", {"pull-up"})
    ('pull-up', 'Cable Crunch')
    """
    words = " ".join(re.findall(r"[a-z0-9]+", name.lower().replace("'", "").replace("’", "")))
    found = ALIASES.get(words, words.replace(" ", "-"))
    return found if found in known and words not in NOT_OURS else name


def header_of(data: bytes) -> frozenset[str]:
    """Read the names of a table's columns in small letters; empty where data is no table."""
    try:
        text = decode(data[:SNIFFED_BYTES], "", most_bytes=SNIFFED_BYTES)
    except InputError:
        return frozenset()
    head = text.lstrip().partition("\n")[0]
    try:
        return frozenset(name.strip().lower() for name in next(csv.reader([head], delimiter=_delimiter(head)), []))
    except csv.Error:
        return frozenset()


def read_log(data: bytes, source: str, read: Callable[[Cells], LoggedSet | None]) -> Parsed:
    """Read a table of sets.

    Args:
        data: The whole file.
        source: File name for faults.
        read: Turns a row's cells, by column in small letters, into a set, or None where a row is none by intent;
            raises ValueError in words.
    Returns: ``Workout`` entries in the order of the file; rows that cannot be used are named and left out.
    """
    try:
        text = decode(data, source, most_bytes=MOST_BYTES)
    except InputError as error:
        return Parsed(faults=error.faults)
    gathered = _Gathered()
    for line, cells in _rows(text, gathered):
        try:
            logged = read(cells)
            if logged is not None:
                _add(logged, gathered)
        except ValueError as error:
            gathered.bad.append((line, str(error)))
    workouts = tuple(
        Workout(start=first.start, minutes=first.minutes, title=first.title[:MOST_WORDS], sets=tuple(sets))
        for first, sets in gathered.workouts.values() if sets)
    return Parsed(entries=workouts, faults=tuple(_faults(gathered, source, usable=bool(workouts))),
                  ignored=gathered.endurance)


def _delimiter(head: str) -> str:
    return max(",;\t", key=head.count)


def _rows(text: str, gathered: _Gathered) -> Iterator[tuple[int, Cells]]:
    """Give each row with the line it ends on; a row that breaks the table ends it."""
    body = text.lstrip()
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=_delimiter(body.partition("\n")[0]))
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
    except csv.Error as error:
        gathered.bad.append((reader.line_num, f"from here on it is no table ({error})"))


def _add(logged: LoggedSet, gathered: _Gathered) -> None:
    if not 0 < len(logged.exercise) <= MOST_NAME:
        msg = f"the exercise is {shown(logged.exercise)}" if logged.exercise else "the exercise has no name"
        raise ValueError(msg)
    key = (logged.start.isoformat(), logged.title)
    if _is_endurance(logged):
        gathered.endurance += 1
    elif not logged.reps and not logged.seconds:
        gathered.empty += 1
    else:
        done = _set(logged)
        sets = gathered.workouts.setdefault(key, (logged, []))[1]
        sets.append(_without_repeated_note(done, sets))


def _is_endurance(logged: LoggedSet) -> bool:
    """Tell a run or ride from a set: neither repetitions nor weight, but a distance or the name of a sport."""
    if logged.reps or logged.weight_kg:
        return False
    return logged.distance > 0 or (logged.seconds > 0 and is_run("", logged.exercise) is not None)


def _set(logged: LoggedSet) -> SetDone:
    helped = logged.weight_kg if ASSISTED.search(logged.exercise) else 0.0
    words = (f"{helped:g} kg of help" if helped else "", "drop set" if logged.kind == "drop set" else "", logged.note)
    rir = 0.0 if logged.kind == "failure" else None
    return SetDone(
        exercise=logged.exercise, amount=logged.reps or logged.seconds, unit="reps" if logged.reps else "seconds",
        weight_kg=None if helped else logged.weight_kg or None, warm_up=logged.kind == "warm-up",
        rir=rir if logged.rpe is None else MOST_RPE - logged.rpe, note="; ".join(filter(None, words))[:MOST_WORDS])


def _without_repeated_note(done: SetDone, sets: list[SetDone]) -> SetDone:
    """Keep a note that the app repeats with every set of an exercise at the first one only."""
    said = any(done.note and other.exercise == done.exercise and other.note == done.note for other in sets)
    return replace(done, note="") if said else done


def _faults(gathered: _Gathered, source: str, *, usable: bool) -> Iterator[Fault]:
    if not usable:
        yield Fault(source=source, place="", says="no set of it can be used", fatal=True,
                    remedy="export it from the app once more")
    for line, says in gathered.bad[:MOST_SPELLED]:
        yield Fault(source=source, place=f"line {line}", says=f"{says}; left out")
    if len(gathered.bad) > MOST_SPELLED:
        more = len(gathered.bad) - MOST_SPELLED
        yield Fault(source=source, place="", says=f"further rows cannot be used and are left out (rows: {more})")
    if gathered.endurance:
        yield Fault(source=source, place="", says="running and other endurance is left out, the recordings tell it "
                    f"(rows: {gathered.endurance})")
    if gathered.empty:
        yield Fault(source=source, place="",
                    says=f"sets without repetitions or seconds are left out (rows: {gathered.empty})")


def number(cell: str, name: str) -> float:
    """Read a number, 0 where the cell is empty; a decimal comma is understood.

    Raises: ValueError: In words.

    >>> number("102,5", "weight"), number("", "weight")
    (102.5, 0.0)
    """
    if not cell:
        return 0.0
    if not re.fullmatch(r"\d{1,9}([.,]\d{1,12})?", cell, re.ASCII):
        msg = f"{name} is {shown(cell)}, not a number"
        raise ValueError(msg)
    return float(cell.replace(",", "."))


def kilograms(value: float, *, pounds: bool) -> float:
    """Give a weight in kg; pounds are rounded to 10 g, for apps keep kg and write 88.18 lb for 40 kg.

    >>> kilograms(88.18, pounds=True)
    40.0
    """
    return round(value * KG_PER_POUND, 2) if pounds else value


def exertion(cell: str) -> float | None:
    """Read an RPE; empty and 0 mean that nothing was said.

    Raises: ValueError: In words.
    """
    value = number(cell, "RPE")
    if value > MOST_RPE:
        msg = f"RPE is {value:g}; it must lie between 1 and 10"
        raise ValueError(msg)
    return value or None


def moment(cell: str, forms: tuple[str, ...]) -> dt.datetime:
    """Read a start.

    Args:
        cell: Its text.
        forms: As ``strptime`` knows them, tried in turn after ISO 8601; months by their English names.
    Raises: ValueError: In words.
    """
    text = cell.replace("\u202f", " ")
    found = _iso(text)
    for form in forms:
        if found is None:
            try:
                found = dt.datetime.strptime(text, form)  # noqa: DTZ007 - apps write the runner's own clock
            except ValueError:
                continue
    if found is None or found.year not in YEARS:
        msg = f"its date is {shown(cell)}" if cell else "it has no date"
        raise ValueError(msg)
    return found


def _iso(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None


def believable(minutes: float) -> float | None:
    """Round a workout's length [min]; None where it cannot be true."""
    return round(minutes, 1) if 0 < minutes <= LONGEST_MIN else None
