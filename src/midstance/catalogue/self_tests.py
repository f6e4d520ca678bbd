"""The battery of self-tests, read strictly from the records in ``self_tests/``; one error lists every fault of all.

What a record means stands in ``midstance.domain.self_test``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from midstance.catalogue.load import load_catalogue
from midstance.catalogue.motion_record import read_motion
from midstance.catalogue.record import CatalogueError, Fault, Table, nearest
from midstance.domain.evidence import Provenance
from midstance.domain.exercise import PATTERNS, REGIONS
from midstance.domain.runner import AREAS
from midstance.domain.self_test import CAMERAS, MEASURES, Camera, Follow, Measure, Norm, Option, SelfTest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from midstance.domain.evidence import Source
    from midstance.domain.exercise import Exercise
    from midstance.domain.motion import Motion

UNITS = {"seconds": "s", "reps": "reps", "cm": "cm", "degrees": "°", "faults": "faults", "choice": ""}
ENDINGS = {"seconds": "-s", "reps": "-reps", "cm": "-cm", "degrees": "-degrees", "faults": "-faults", "choice": ""}
SEXES = ("female", "male")
CONDITIONS = ("below", "above", "under_typical", "chosen")
YOUNGEST, OLDEST = 18, 120
MOST = 1000.0                    # highest number that any test could have
MINUTES = (0.25, 10.0)
BEATS = (30, 120)                # of a metronome that one can follow [beats a minute]
PROVENANCES = tuple(provenance.value for provenance in Provenance)
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RULE = re.compile(r"[RM](100|[1-9]\d?)")


@cache
def load_self_tests() -> dict[str, SelfTest]:
    """Load the self-tests that come with midstance, in the order of the ritual; read once in a process.

    Raises: CatalogueError: A record is wrong; every fault of every file is listed.
    """
    records = (files(__package__) / "self_tests").iterdir()
    named = {record.name: record for record in records if record.name.endswith(".toml")}
    catalogue = load_catalogue()
    texts = {name.removesuffix(".toml"): named[name].read_text(encoding="utf-8") for name in sorted(named)}
    return check_self_tests(texts, catalogue.exercises, catalogue.sources)


def check_self_tests(
    texts: Mapping[str, str], exercises: Mapping[str, Exercise], sources: Mapping[str, Source]
) -> dict[str, SelfTest]:
    """Parse all records and check them against each other and against what they name.

    Args:
        texts: TOML text by id.
        exercises: Exercises by id.
        sources: Sources by key.
    Returns: The tests by id, in the order of the ritual.
    Raises: CatalogueError: With every fault of every file, not only the first.
    """
    faults: list[Fault] = []
    parsed: dict[str, SelfTest] = {}
    for name in sorted(texts):
        try:
            parsed[name] = parse_self_test(texts[name], name)
        except CatalogueError as error:
            faults += error.faults
    for test in parsed.values():
        faults += _source_faults(test, sources)
        faults += _exercise_faults(test, exercises)
    faults += _twin_faults(parsed)
    if faults:
        raise CatalogueError(faults)
    return {test.id: test for test in sorted(parsed.values(), key=lambda test: test.order)}


def parse_self_test(text: str, id: str) -> SelfTest:
    """Parse one record; sources and exercises that it names are not looked up.

    Args:
        text: TOML with the fields of ``SelfTest``.
        id: Kebab-case id, the file's name without suffix.
    Raises: CatalogueError: With every fault of this record.
    """
    table = Table.of_text(text, f"{id}.toml")
    test = _with_meaning(table, _with_numbers(table, _told(table, id)))
    _check(table, test)
    table.finish()
    if table.faults:
        raise CatalogueError(table.faults)
    return test


def _told(table: Table, id: str) -> SelfTest:
    """Read how a test is done."""
    measure = cast("Measure", table.word("measure", MEASURES))
    _check_id(table, id, measure)
    motion = read_motion(table)
    return SelfTest(
        id=id, name=table.text("name"), asks=_sentence(table, "asks", "?"), order=table.whole("order", (1, 999)),
        short=table.flag("short"), measure=measure, unit=table.word("unit", (UNITS[measure],), UNITS[measure]),
        each_side=table.flag("each_side"), less_is_better=table.flag("less_is_better"), most=_number(table, "most"),
        minutes=_number(table, "minutes", between=MINUTES), equipment=table.words("equipment"),
        protocol=_protocol(table), note=_sentence(table, "note"), stop=_sentence(table, "stop"),
        avoid=table.words("avoid", AREAS), figure=table.text("figure", id if motion else None),
        camera=cast("Camera", table.word("camera", CAMERAS, "")), options=_options(table),
        changes=_sentence(table, "changes"), limits=_sentence(table, "limits"), motion=motion,
    )


def _with_numbers(table: Table, test: SelfTest) -> SelfTest:
    """Read the numbers of the procedure."""
    return replace(
        test, least=_number(table, "least", 0.0), stop_at=_maybe(table, "stop_at"),
        tries=table.whole("tries", (1, 5), 1), rest_s=table.whole("rest_s", (0, 180), 0),
        beats_per_minute=table.whole("beats_per_minute", (0, BEATS[1]), 0),
        beats_a_rep=table.whole("beats_a_rep", (1, 8), 2),
    )


def _with_meaning(table: Table, test: SelfTest) -> SelfTest:
    """Read what a result means, and where that comes from."""
    return replace(
        test, norms=_norms(table), norm_source=table.text("norm_source", ""),
        norm_provenance=table.word("norm_provenance", PROVENANCES, ""), enough=_maybe(table, "enough"),
        noise=_number(table, "noise", 0.0), noise_share=_number(table, "noise_share", 0.0),
        noise_source=table.text("noise_source", ""), side_patterns=table.words("side_patterns", PATTERNS),
        by_eye=table.flag("by_eye"), follows=_follows(table), sources=table.words("sources"), cites=_cites(table),
        typical_without_age=_maybe(table, "typical_without_age"),
        without_age_source=table.text("without_age_source", ""),
    )


def _check_id(table: Table, id: str, measure: str) -> None:
    if not KEBAB.fullmatch(id):
        table.fault("", f'the file name "{id}" has the wrong form', "name it like calf-raise-reps.toml")
    elif table.sound("measure") and not id.endswith(ENDINGS[measure]):
        table.fault("", f'the file name "{id}" does not end in its unit', f"let it end in {ENDINGS[measure]}")


def _number(
    table: Table, key: str, default: float | None = None, between: tuple[float, float] = (0.0, MOST)
) -> float:
    """Read a number inside bounds; without a default it must be there."""
    raw = table.raw(key)
    if raw is None and default is not None:
        return default
    low, high = between
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not low <= raw <= high:
        table.fault(key, "is missing" if raw is None else f"is {raw!r}", f"write a number from {low:g} to {high:g}")
        return low
    return float(raw)


def _maybe(table: Table, key: str) -> float | None:
    """Read a number that may be left out."""
    if key in table:
        return _number(table, key, 0.0)
    table.raw(key)               # asked for, so that it counts as known
    return None


def _sentence(table: Table, key: str, end: str = ".") -> str:
    text = table.text(key)
    if table.sound(key) and not text.endswith(end):
        table.fault(key, "is no whole sentence", f'let it end in "{end}"')
    return text


def _protocol(table: Table) -> tuple[str, ...]:
    told = table.words("protocol", needed=True)
    if table.sound("protocol"):
        if len(told) < 2:
            table.fault("protocol", f"holds {len(told)}", "write at least two sentences, one thing to do each")
        for one in told:
            if not one.endswith("."):
                table.fault("protocol", f'holds "{one[:30]}..."', "end each with a full stop")
    return told


def _cites(table: Table) -> tuple[str, ...]:
    rules = table.words("cites", needed=True)
    for rule in rules:
        if not RULE.fullmatch(rule):
            table.fault("cites", f'holds "{rule}"', "write R1 to R100, or M1 and so on")
    return rules


def _options(table: Table) -> tuple[Option, ...]:
    found = []
    for inner in table.tables("options"):
        found.append(Option(value=inner.whole("value", (0, 9)), says=inner.text("says")))
        inner.finish()
    return tuple(found)


def _norms(table: Table) -> tuple[Norm, ...]:
    found = []
    ages = (YOUNGEST, OLDEST)
    for inner in table.tables("norms"):
        found.append(Norm(
            sex=inner.word("sex", SEXES, ""), age_from=inner.whole("age_from", ages, YOUNGEST),
            age_to=inner.whole("age_to", ages, OLDEST), typical=_number(inner, "typical"),
            spread=_maybe(inner, "spread"),
        ))
        inner.finish()
    return tuple(found)


def _follows(table: Table) -> tuple[Follow, ...]:
    found = []
    for inner in table.tables("follows"):
        follow = Follow(
            below=_maybe(inner, "below"), above=_maybe(inner, "above"), under_typical=_maybe(inner, "under_typical"),
            chosen=_chosen(inner), under_age=inner.whole("under_age", (0, OLDEST), 0), finding=inner.text("finding"),
            patterns=inner.words("patterns", PATTERNS), regions=inner.words("regions", REGIONS),
            loaded=inner.flag("loaded"), too_soon=inner.words("too_soon"), advice=inner.text("advice", ""),
            refer=inner.flag("refer"),
        )
        _check_follow(inner, follow)
        inner.finish()
        found.append(follow)
    return tuple(found)


def _chosen(table: Table) -> tuple[int, ...]:
    raw = table.raw("chosen")
    if raw is None:
        return ()
    if not isinstance(raw, list) or not raw or not all(type(value) is int for value in raw):
        table.fault("chosen", f"is {raw!r}", "write a list of values of options")
        return ()
    return tuple(raw)


def _check_follow(table: Table, follow: Follow) -> None:
    given = [key for key in CONDITIONS if key in table]
    if len(given) != 1:
        table.fault("", f"has {len(given)} conditions", f"write exactly one of {', '.join(CONDITIONS)}")
    prefers = bool(follow.patterns or follow.regions or follow.loaded)
    if not prefers and not follow.too_soon and not follow.advice:
        table.fault("", "changes nothing", "name patterns, regions, exercises that wait, or an advice")
    if follow.refer and not follow.advice:
        table.fault("advice", "is missing beside refer", "say where to go")
    if follow.refer and prefers:
        table.fault("refer", "stands beside something preferred", "drop patterns, regions and loaded")
    if follow.finding.endswith((".", "!")) or follow.finding[:1].isupper():
        table.fault("finding", f'is "{follow.finding}"', 'write words that can follow "because of"')
    if follow.advice and not follow.advice.endswith("."):
        table.fault("advice", "is no whole sentence", 'let it end in "."')


def _check(table: Table, test: SelfTest) -> None:
    _check_range(table, test)
    _check_options(table, test)
    _check_norms(table, test)
    _check_noise(table, test)
    _check_limits(table, test)
    _check_metronome(table, test)
    if test.motion is not None and test.figure != test.id:
        table.fault("figure", f'is "{test.figure}", and there is a [motion]', "drop one of them")


def _check_range(table: Table, test: SelfTest) -> None:
    if not table.sound("least", "most"):
        return
    if test.least >= test.most:
        table.fault("most", f"is {test.most:g}, not above least = {test.least:g}", "write the larger number as most")
        return
    for key in ("stop_at", "enough", "typical_without_age"):
        value = getattr(test, key)
        if value is not None and not test.least < value <= test.most:
            table.fault(key, f"is {value:g}", f"write a number above {test.least:g} and up to {test.most:g}")


def _check_options(table: Table, test: SelfTest) -> None:
    if test.measure != "choice":
        if test.options:
            table.fault("options", f"stand beside the measure {test.measure}", "drop them, or measure a choice")
        return
    values = [option.value for option in test.options]
    if len(values) < 2:
        table.fault("options", f"holds {len(values)}", "write at least two")
    elif sorted(set(values), reverse=True) != values:
        table.fault("options", f"has the values {values}", "write each once, the best and highest first")
    elif table.sound("least", "most") and (min(values), max(values)) != (test.least, test.most):
        table.fault("options", f"run from {min(values)} to {max(values)}", "write the same as least and most")


def _check_norms(table: Table, test: SelfTest) -> None:
    if bool(test.norms) != bool(test.norm_provenance):
        table.fault("norm_provenance", "does not stand beside norms", "give both or none")
    if test.norm_source and not test.norms:
        table.fault("norm_source", "stands without norms", "give both or none")
    for place, norm in enumerate(test.norms):
        key = f"norms[{place}]"
        if norm.age_from > norm.age_to:
            table.fault(f"{key}.age_to", f"is {norm.age_to}, below age_from = {norm.age_from}", "write the higher age")
        if not test.least <= norm.typical <= test.most:
            table.fault(f"{key}.typical", f"is {norm.typical:g}", f"write {test.least:g} to {test.most:g}")
    if test.norms:
        _check_cover(table, test.norms)


def _check_cover(table: Table, norms: tuple[Norm, ...]) -> None:
    """Every adult has exactly one norm."""
    for sex in SEXES:
        fits = [sum(norm.sex in ("", sex) and norm.age_from <= age <= norm.age_to for norm in norms)
                for age in range(YOUNGEST, OLDEST + 1)]
        for wrong, ages in (("cover nobody", [n for n, k in enumerate(fits) if k == 0]),
                            ("overlap", [n for n, k in enumerate(fits) if k > 1])):
            if ages:
                table.fault("norms", f"{wrong}: {sex}, from {ages[0] + YOUNGEST} years",
                            f"let them run from {YOUNGEST} to {OLDEST} without gaps, each age once")


def _check_noise(table: Table, test: SelfTest) -> None:
    if test.noise_share >= 1:
        table.fault("noise_share", f"is {test.noise_share:g}", "write a share below 1")
    if test.each_side and not (test.noise or test.noise_share):
        table.fault("noise", "is missing, and sides are tested apart", "say below what a difference means nothing")
    for key, given in (("side_patterns", bool(test.side_patterns)), ("by_eye", test.by_eye)):
        if given and not test.each_side:
            table.fault(key, "is given, but sides are not tested apart", "add each_side = true or drop it")


def _check_limits(table: Table, test: SelfTest) -> None:
    """What follows must be reachable: its border inside the range, its answers among the options."""
    values = {option.value for option in test.options}
    low, high = test.least, test.most
    for place, follow in enumerate(test.follows):
        key = f"follows[{place}]"
        if follow.below is not None and not low < follow.below <= high:
            table.fault(f"{key}.below", f"is {follow.below:g}", f"write a number above {low:g} and up to {high:g}")
        if follow.above is not None and not low <= follow.above < high:
            table.fault(f"{key}.above", f"is {follow.above:g}", f"write a number from {low:g} to below {high:g}")
        if set(follow.chosen) - values:
            table.fault(f"{key}.chosen", f"holds {list(follow.chosen)}", "name values of options")
        if (follow.below if test.less_is_better else follow.above) is not None:
            table.fault(key, "speaks about the better results", "write above only where less is better, else below")
        if follow.under_typical is not None and not test.norms:
            table.fault(f"{key}.under_typical", "stands without norms", "write norms, or a border")


def _check_metronome(table: Table, test: SelfTest) -> None:
    beats = test.beats_per_minute
    if beats and test.measure != "reps":
        table.fault("beats_per_minute", f"stands beside the measure {test.measure}", "drop it; it is for repetitions")
    elif beats and not BEATS[0] <= beats <= BEATS[1]:
        table.fault("beats_per_minute", f"is {beats}", f"write {BEATS[0]} to {BEATS[1]}, or leave it out")


def _source_faults(test: SelfTest, sources: Mapping[str, Source]) -> Iterator[Fault]:
    for key in test.sources:
        if key not in sources:
            yield Fault(f"{test.id}.toml", "sources", f'holds "{key}", which does not exist',
                        nearest(key, tuple(sources)))
    for name in ("norm_source", "noise_source", "without_age_source"):
        key = getattr(test, name)
        if key and key not in test.sources:
            yield Fault(f"{test.id}.toml", name, f'is "{key}", which is not among sources', "add it to sources")


def _exercise_faults(test: SelfTest, exercises: Mapping[str, Exercise]) -> Iterator[Fault]:
    motion = test.motion
    if motion is None and test.figure not in exercises:
        yield Fault(f"{test.id}.toml", "figure", f'is "{test.figure}", which does not exist',
                    nearest(test.figure, tuple(exercises)))
    elif motion is None:
        motion = exercises[test.figure].motion
    for place, follow in enumerate(test.follows):
        for id_ in follow.too_soon:
            if id_ not in exercises:
                yield Fault(f"{test.id}.toml", f"follows[{place}].too_soon", f'holds "{id_}", which does not exist',
                            nearest(id_, tuple(exercises)))
    if test.camera and not _seen(test.camera, motion):
        yield Fault(f"{test.id}.toml", "camera", f'is "{test.camera}", which the motion of the figure does not allow',
                    "leave it out, or name a figure that is held, or whose motion says what to watch")


def _seen(camera: Camera, motion: Motion | None) -> bool:
    """Tell whether a camera finds in a movement what it is to take over."""
    if motion is None:
        return False
    return motion.starts == "hold" if camera == "hold" else bool(motion.watch)


def _twin_faults(parsed: Mapping[str, SelfTest]) -> Iterator[Fault]:
    """Names and places belong to one test each."""
    for key in ("name", "order"):
        first: dict[object, str] = {}
        for id_, test in parsed.items():
            value = getattr(test, key)
            if value in first:
                yield Fault(f"{id_}.toml", key, f"is {value!r}, as in {first[value]}.toml", "choose another")
            first.setdefault(value, id_)
