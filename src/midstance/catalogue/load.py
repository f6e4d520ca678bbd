"""The catalogue: exercises and sources as values, read strictly from the records beside this file.

One error lists every fault of every file. How a single key is read stands in ``record``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypeVar

from midstance.catalogue.motion_record import read_motion
from midstance.catalogue.record import CatalogueError, Fault, Table, nearest
from midstance.domain.evidence import Provenance, Source
from midstance.domain.exercise import (
    PATTERNS,
    QUALITIES,
    REGIONS,
    UNITS,
    Dose,
    Exercise,
    Hold,
    Load,
    Role,
    Sides,
)
from midstance.domain.runner import AREAS, EQUIPMENT, Level
from midstance.domain.session import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

T = TypeVar("T")

LEVELS = tuple(level.value for level in Level)
KINDS = tuple(kind.value for kind in Kind)
CLASHES = (*REGIONS, "grip", "back", "shoulders", "adductors", "hip-flexors", "shins")
FOUNDING_SLOTS = ("A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "C3", "finisher")
DOSE_BOUNDS = {"reps": (1, 40), "seconds": (5, 120), "steps": (3, 40), "contacts": (4, 60)}
HEAVY_BOUNDS = (3, 8)
HOLD_PIECES = {
    Hold.ONE_HAND: frozenset({"dumbbell", "kettlebell", "backpack"}),
    Hold.TWO_HANDS: frozenset({"dumbbell", "kettlebell", "backpack"}),
    Hold.EACH_HAND: frozenset({"dumbbell", "kettlebell"}),
    Hold.BARBELL: frozenset({"barbell"}),
    Hold.BAND: frozenset({"band"}),
    Hold.BACKPACK: frozenset({"backpack"}),
}
UNWEIGHED = frozenset({Hold.NONE, Hold.BAND})
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SNAKE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
TEMPO = re.compile(r"\d{1,2}-\d{1,2}-\d{1,2}-\d{1,2}")
DOI = re.compile(r"10\.\d{4,9}/\S+")
RULE = re.compile(r"R(100|[1-9]\d?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything the planner may prescribe or cite, by id, in the order of the ids.

    Attributes:
        exercises: Exercises by id.
        sources: Sources by key.
    """

    exercises: dict[str, Exercise]
    sources: dict[str, Source]


@cache
def load_catalogue() -> Catalogue:
    """Load the catalogue that comes with midstance; read once in a process.

    Raises: CatalogueError: A record is wrong; every fault of every file is listed.
    """
    return check_catalogue(_texts("exercises"), _texts("sources"))


def check_catalogue(exercises: Mapping[str, str], sources: Mapping[str, str]) -> Catalogue:
    """Parse all records and check what they say about each other.

    Args:
        exercises: TOML text by id.
        sources: TOML text by key.
    Returns: The catalogue, sorted by id.
    Raises: CatalogueError: With every fault of every file, not only the first.
    """
    faults: list[Fault] = []
    parsed = _parse_all(parse_exercise, exercises, faults)
    cited = _parse_all(parse_source, sources, faults)
    faults += _ladder_faults(parsed, exercises)
    faults += _loop_faults(parsed)
    faults += _source_faults(parsed, sources)
    faults += _twin_faults(parsed)
    if faults:
        raise CatalogueError(faults)
    return Catalogue(exercises=parsed, sources=cited)


def parse_exercise(text: str, id: str) -> Exercise:
    """Parse one exercise record.

    Args:
        text: TOML with the fields of ``Exercise``.
        id: Kebab-case id, the file's name without suffix.
    Raises: CatalogueError: With every fault of this record; other records are not looked at.
    """
    table = Table.of_text(text, f"{id}.toml")
    _check_name(table, id, KEBAB, "single-leg-deadlift")
    exercise = Exercise(
        id=id, name=table.text("name"), role=table.choice("role", Role), pattern=table.word("pattern", PATTERNS),
        trains=table.words("trains", QUALITIES, needed=True), regions=_regions(table),
        kinds=table.words("kinds", KINDS), warm_up=table.flag("warm_up"), primer=table.flag("primer"),
        sides=table.choice("sides", Sides), equipment=table.groups("equipment", EQUIPMENT), load=_load(table),
        dose=_dose(table), clashes=table.words("clashes", CLASHES), avoid=table.words("avoid", AREAS),
        easier=table.link("easier"), harder=table.link("harder"),
        least_level=table.word("least_level", LEVELS, "beginner"), setup=table.text("setup"), cues=_cues(table),
        sources=table.words("sources"), founding=table.word("founding", FOUNDING_SLOTS, ""), fit=_fit(table),
        motion=read_motion(table),
    )
    _check_use(table, exercise)
    _check_load(table, exercise)
    _finish(table)
    return exercise


def parse_source(text: str, id: str) -> Source:
    """Parse one source record; ``id`` is its key, author and year.

    Raises: CatalogueError: With every fault of this record.
    """
    table = Table.of_text(text, f"{id}.toml")
    _check_name(table, id, re.compile(r"[a-z]+(-[a-z]+)*-\d{4}[a-z]?"), "foster-1998")
    source = Source(
        id=id, title=table.text("title"), authors=table.text("authors"), year=table.whole("year", (1900, 2100)),
        where=table.text("where", ""), doi=table.text("doi", ""), provenance=table.choice("provenance", Provenance),
        says=table.text("says"), rules=table.words("rules", needed=True),
    )
    if source.doi and not DOI.fullmatch(source.doi):
        table.fault("doi", f'is "{source.doi}"', "write the bare identifier, 10.NNNN/..., or leave it out")
    if table.sound("year") and str(source.year) not in id:
        table.fault("year", f"is {source.year}", f"write the year of the key {id}")
    for rule in source.rules:
        if not RULE.fullmatch(rule):
            table.fault("rules", f'holds "{rule}"', "write R1 to R100")
    _finish(table)
    return source


def _texts(folder: str) -> dict[str, str]:
    """Read the records of a folder of this package, by the file's name without suffix, sorted."""
    records = (files(__package__) / folder).iterdir()
    named = sorted((record.name, record) for record in records if record.name.endswith(".toml"))
    return {name.removesuffix(".toml"): record.read_text(encoding="utf-8") for name, record in named}


def _parse_all(parse: Callable[[str, str], T], texts: Mapping[str, str], faults: list[Fault]) -> dict[str, T]:
    """Parse what can be parsed; the faults of the rest are added to ``faults``."""
    parsed: dict[str, T] = {}
    for name in sorted(texts):
        try:
            parsed[name] = parse(texts[name], name)
        except CatalogueError as error:
            faults += error.faults
    return parsed


def _finish(table: Table) -> None:
    table.finish()
    if table.faults:
        raise CatalogueError(table.faults)


def _check_name(table: Table, name: str, form: re.Pattern[str], example: str) -> None:
    if not form.fullmatch(name):
        table.fault("", f'the file name "{name}" has the wrong form', f"name it like {example}.toml")


def _regions(table: Table) -> dict[str, float]:
    shares = table.numbers("regions", REGIONS, 1.0)
    if table.sound("regions"):
        if not shares:
            table.fault("regions", "names no region", "write at least one share, for example { glutes = 1.0 }")
        elif next(iter(shares.values())) < max(shares.values()):
            table.fault("regions", "does not begin with the largest share", "write the main region first")
    return shares


def _cues(table: Table) -> tuple[str, ...]:
    cues = table.words("cues", needed=True)
    if table.sound("cues") and not 2 <= len(cues) <= 4:
        table.fault("cues", f"holds {len(cues)}", "write two to four")
    return cues


def _fit(table: Table) -> tuple[str, str] | tuple[()]:
    pair = table.words("fit", twins=True)
    if len(pair) == 2 and all(SNAKE.fullmatch(word) for word in pair):
        return pair[0], pair[1]
    if pair and table.sound("fit"):
        table.fault("fit", f"is {list(pair)}", 'write ["category", "name"] in the words of the FIT profile')
    return ()


def _load(record: Table) -> Load:
    table = record.table("load")
    load = Load(hold=table.choice("hold", Hold, Hold.NONE), required=table.flag("required"),
                start_share=table.numbers("start_share", LEVELS, 1.5))
    if table.sound("hold"):
        if load.required and load.hold is Hold.NONE:
            table.fault("required", "is true, but nothing is held", "name a hold")
        if (load.hold in UNWEIGHED) == bool(load.start_share):
            table.fault("start_share", f"does not fit the hold {load.hold}", "give it for weights and only for weights")
    _check_levels(table, "start_share", load.start_share)
    table.finish()
    return load


def _dose(record: Table) -> Dose:
    table = record.table("dose", needed=True)
    unit = table.word("unit", UNITS)
    bounds = DOSE_BOUNDS[unit]
    low, high = table.whole("low", bounds), table.whole("high", bounds)
    inside = bounds
    if table.sound("low", "high"):
        if low <= high:
            inside = low, high
        else:
            table.fault("high", f"is {high}, below low = {low}", "write the larger number as high")
    dose = Dose(unit=unit, low=low, high=high, by_level=table.ranges("by_level", LEVELS, inside),
                heavy=table.ranges("heavy", LEVELS, HEAVY_BOUNDS), rir=table.counts("rir", LEVELS, (1, 5)),
                tempo=table.text("tempo", ""), rest_s=table.whole("rest_s", (0, 240), 60))
    _check_dose(table, dose)
    table.finish()
    return dose


def _check_dose(table: Table, dose: Dose) -> None:
    if not dose.by_level:
        table.fault("by_level", "is missing", "write a range for each strength level")
    for key, values in (("by_level", dose.by_level), ("heavy", dose.heavy), ("rir", dose.rir)):
        _check_levels(table, key, values)
    if not table.sound("unit"):
        return
    if dose.unit != "reps":
        for key in ("heavy", "rir", "tempo"):
            if key in table:
                table.fault(key, f"stands beside the unit {dose.unit}", "leave it out; it is for repetitions")
    elif dose.tempo and not TEMPO.fullmatch(dose.tempo):
        table.fault("tempo", f'is "{dose.tempo}"', "write lowering-pause-lifting-pause in seconds, 3-1-1-0")


def _check_levels(table: Table, key: str, values: Mapping[str, object]) -> None:
    """A level without a number would be found only by the runner who has that level."""
    missing = [level for level in LEVELS if level not in values]
    if values and missing and table.sound(key):
        table.fault(key, f"lacks {', '.join(missing)}", "write all three strength levels")


def _check_use(table: Table, exercise: Exercise) -> None:
    used = exercise.kinds or exercise.warm_up or exercise.primer
    if table.sound("kinds", "warm_up", "primer") and not used:
        table.fault("kinds", "is empty, and it is neither for warm-up nor primer", "say where it may stand")
    if exercise.dose.heavy and table.sound("kinds") and Kind.HEAVY not in exercise.kinds:
        table.fault("dose.heavy", "is given, but kinds lacks heavy", "add heavy to kinds or drop the range")
    if exercise.dose.heavy and table.sound("load") and exercise.load.hold in UNWEIGHED:
        table.fault("dose.heavy", f"is given with the hold {exercise.load.hold}", "name a hold that carries weight")


def _check_load(table: Table, exercise: Exercise) -> None:
    hold, pieces = exercise.load.hold, {piece for group in exercise.equipment for piece in group}
    if exercise.load.required and hold in HOLD_PIECES and table.sound("equipment") and not pieces & HOLD_PIECES[hold]:
        wanted = " or ".join(sorted(HOLD_PIECES[hold]))
        table.fault("equipment", f"has nothing to hold as {hold}, and the load is required", f"add {wanted}")


def _ladder_faults(parsed: Mapping[str, Exercise], known: Mapping[str, str]) -> Iterator[Fault]:
    """Each rung must point back; one that did not parse is left alone, its own faults stand already."""
    for id_, exercise in parsed.items():
        rungs = (("easier", exercise.easier, "harder"), ("harder", exercise.harder, "easier"))
        for key, other, back in rungs:
            if other is None:
                continue
            if other not in known:
                yield Fault(f"{id_}.toml", key, f'is "{other}", which does not exist', nearest(other, tuple(known)))
            elif other in parsed and getattr(parsed[other], back) != id_:
                yield Fault(f"{id_}.toml", key, f'is "{other}", which does not point back',
                            f'write {back} = "{id_}" in {other}.toml')


def _loop_faults(parsed: Mapping[str, Exercise]) -> Iterator[Fault]:
    """A ladder must have a top: following ``harder`` never comes back."""
    for id_ in parsed:
        seen: set[str] = set()
        rung: str | None = id_
        while rung is not None and rung in parsed and rung not in seen:
            seen.add(rung)
            rung = parsed[rung].harder
        if rung == id_ == min(seen):
            yield Fault(f"{id_}.toml", "harder", "leads round in a circle", "end the ladder somewhere")


def _source_faults(parsed: Mapping[str, Exercise], known: Mapping[str, str]) -> Iterator[Fault]:
    for id_, exercise in parsed.items():
        for source in exercise.sources:
            if source not in known:
                yield Fault(f"{id_}.toml", "sources", f'holds "{source}", which does not exist',
                            nearest(source, tuple(known)))


def _twin_faults(parsed: Mapping[str, Exercise]) -> Iterator[Fault]:
    """Names and founding slots belong to one exercise each."""
    for key in ("name", "founding"):
        first: dict[str, str] = {}
        for id_, exercise in parsed.items():
            value = getattr(exercise, key)
            if value and value in first:
                yield Fault(f"{id_}.toml", key, f'is "{value}", as in {first[value]}.toml', "choose another")
            first.setdefault(value, id_)
