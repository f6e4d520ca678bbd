"""The loader is strict: whatever is wrong is found, and all of it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midstance.catalogue.load import check_catalogue, load_catalogue, parse_exercise, parse_source
from midstance.catalogue.record import CatalogueError
from midstance.domain.evidence import Provenance
from midstance.domain.exercise import Hold, Role, Sides

if TYPE_CHECKING:
    from collections.abc import Mapping

EXERCISE = """\
name = "Test squat"
role = "main"
pattern = "squat"
trains = ["strength", "mobility"]
regions = { quads = 1.0, glutes = 0.5 }
kinds = ["heavy", "strength"]
sides = "both"
equipment = [["dumbbell", "kettlebell"]]
clashes = ["quads"]
avoid = ["knee"]
setup = "Stand."
cues = ["Down.", "Up."]
sources = ["test-2001"]
fit = ["squat", "squat"]

[load]
hold = "two-hands"
required = true
start_share = { beginner = 0.1, intermediate = 0.15, advanced = 0.2 }

[dose]
unit = "reps"
low = 8
high = 15
by_level = { beginner = [8, 12], intermediate = [10, 15], advanced = [12, 15] }
heavy = { beginner = [6, 8], intermediate = [6, 8], advanced = [4, 6] }
rir = { beginner = 3, intermediate = 2, advanced = 2 }
tempo = "3-0-1-0"
rest_s = 90
"""
SOURCE = """\
title = "A trial"
authors = "Test et al."
year = 2001
provenance = "P"
says = "Something."
rules = ["R1"]
"""


def faults_of(text: str, id_: str = "test-squat") -> list[str]:
    """List the faults of one exercise record, as text."""
    with pytest.raises(CatalogueError) as caught:
        parse_exercise(text, id_)
    return [str(fault) for fault in caught.value.faults]


def faults_among(exercises: Mapping[str, str], sources: Mapping[str, str] | None = None) -> list[str]:
    """List the faults of many records, as text."""
    with pytest.raises(CatalogueError) as caught:
        check_catalogue(exercises, {"test-2001": SOURCE} if sources is None else sources)
    return [str(fault) for fault in caught.value.faults]


def rung(name: str, **links: str) -> str:
    """Write a sound record with ladder links."""
    lines = "".join(f'{key} = "{value}"\n' for key, value in links.items())
    return lines + EXERCISE.replace("Test squat", name)


def test_a_sound_exercise() -> None:
    """A sound record becomes the value it describes, in the order it was written."""
    exercise = parse_exercise(EXERCISE, "test-squat")
    assert (exercise.id, exercise.role, exercise.sides, exercise.main_region) == (
        "test-squat", Role.MAIN, Sides.BOTH, "quads")
    assert exercise.equipment == (("dumbbell", "kettlebell"),)
    assert (exercise.load.hold, exercise.load.required) == (Hold.TWO_HANDS, True)
    assert exercise.dose.heavy["advanced"] == (4, 6)
    assert exercise.fit == ("squat", "squat")
    assert exercise.easier is None
    assert (exercise.least_level, exercise.founding, exercise.warm_up) == ("beginner", "", False)


def test_a_sound_source() -> None:
    """A sound source record becomes the value it describes; place and DOI may be unknown."""
    source = parse_source(SOURCE, "test-2001")
    assert (source.provenance, source.year, source.where, source.doi) == (Provenance.PAPER, 2001, "", "")


def test_the_catalogue_is_sound_and_sorted() -> None:
    """The catalogue of the package loads, by id in order, and is the same object the second time."""
    catalogue = load_catalogue()
    assert list(catalogue.exercises) == sorted(catalogue.exercises)
    assert list(catalogue.sources) == sorted(catalogue.sources)
    assert catalogue is load_catalogue()


def test_order_of_records_does_not_matter() -> None:
    """The same records in another order give the same catalogue."""
    records = {"a": rung("A"), "b": rung("B")}
    backwards = dict(reversed(records.items()))
    assert check_catalogue(records, {"test-2001": SOURCE}) == check_catalogue(backwards, {"test-2001": SOURCE})


@pytest.mark.parametrize(("before", "after", "said"), [
    ("clashes =", "clahses =", 'test-squat.toml: clahses is no known key; did you mean "clashes"?'),
    ("rest_s =", "rests =", 'test-squat.toml: dose.rests is no known key; did you mean "rest_s"?'),
    ("hold =", "holds =", 'test-squat.toml: load.holds is no known key; did you mean "hold"?'),
    ('name = "Test squat"\n', "", "test-squat.toml: name is missing; write a text in quotes"),
    ('name = "Test squat"', "name = 3", "test-squat.toml: name is 3; write a text in quotes"),
    ('"Stand."', '" "', "test-squat.toml: setup is empty; write a text"),
    ('"main"', '"mian"', 'test-squat.toml: role is "mian"; did you mean "main"?'),
    ('pattern = "squat"', 'pattern = "sqat"', 'test-squat.toml: pattern is "sqat"; did you mean "squat"?'),
    ('"strength", "mobility"', '"strenght"', 'test-squat.toml: trains is "strenght"; did you mean "strength"?'),
    ('["heavy", "strength"]', '["heavy", "strong"]', 'kinds is "strong"; did you mean "strength"?'),
    ("quads = 1.0", "quad = 1.0", 'test-squat.toml: regions.quad is no known key; did you mean "quads"?'),
    ("quads = 1.0", "quads = 2", "test-squat.toml: regions.quads is 2; write a number above 0 and up to 1"),
    ("quads = 1.0", "quads = 0.2", "regions does not begin with the largest share"),
    ("regions = { quads = 1.0, glutes = 0.5 }", "regions = {}", "regions names no region"),
    ('["knee"]', '["kne"]', 'test-squat.toml: avoid is "kne"; did you mean "knee"?'),
    ('["knee"]', '["knee", "knee"]', 'test-squat.toml: avoid holds "knee" twice; write it once'),
    ('["knee"]', "[3]", "test-squat.toml: avoid holds 3; write texts only"),
    ('[["dumbbell", "kettlebell"]]', '["dumbbell"]', "equipment is ['dumbbell']; write a list of lists"),
    ('[["dumbbell", "kettlebell"]]', "[]", "equipment has nothing to hold as two-hands"),
    ('"Down.", "Up."', '"Down."', "test-squat.toml: cues holds 1; write two to four"),
    ('fit = ["squat", "squat"]', 'fit = ["squat"]', 'write ["category", "name"]'),
    ('sides = "both"', 'sides = "both"\nwarm_up = 1', "test-squat.toml: warm_up is 1; write true or false"),
    ('sides = "both"', 'sides = "both"\nfounding = "A9"', 'test-squat.toml: founding is "A9"; write one of A1, A2'),
    ("low = 8", "low = 8.5", "test-squat.toml: dose.low is 8.5; write a whole number from 1 to 40"),
    ("low = 8", "low = true", "test-squat.toml: dose.low is True; write a whole number from 1 to 40"),
    ("low = 8", "low = 20", "test-squat.toml: dose.high is 15, below low = 20"),
    ("high = 15", "high = 99", "test-squat.toml: dose.high is 99; write a whole number from 1 to 40"),
    ("beginner = [8, 12]", "beginner = [7, 12]", "dose.by_level.beginner is [7, 12]; write [low, high] inside 8 to 15"),
    ("beginner = [8, 12]", "beginner = [12, 8]", "dose.by_level.beginner is [12, 8]"),
    ("beginner = [8, 12], ", "", "dose.by_level lacks beginner; write all three strength levels"),
    ("beginner = [6, 8]", "beginner = [6, 12]", "dose.heavy.beginner is [6, 12]; write [low, high] inside 3 to 8"),
    ("beginner = 3, ", "beginner = 0, ", "dose.rir.beginner is 0; write a whole number from 1 to 5"),
    ('"3-0-1-0"', '"3010"', 'dose.tempo is "3010"; write lowering-pause-lifting-pause'),
    ('unit = "reps"', 'unit = "seconds"', "dose.tempo stands beside the unit seconds"),
    ('["heavy", "strength"]', '["strength"]', "dose.heavy is given, but kinds lacks heavy"),
    ('["heavy", "strength"]', "[]", "kinds is empty, and it is neither for warm-up nor primer"),
    ('hold = "two-hands"', 'hold = "none"', "load.required is true, but nothing is held"),
    ("beginner = 0.1,", "beginner = 4,", "load.start_share.beginner is 4; write a number above 0 and up to 1.5"),
    ("[dose]", "[dosage]", 'test-squat.toml: dosage is no known key; did you mean "dose"?'),
    ("[load]", "[load", "test-squat.toml is no TOML"),
])
def test_one_fault_is_named(before: str, after: str, said: str) -> None:
    """A single fault is named with file, key, what is wrong and what would be right."""
    assert before in EXERCISE
    found = faults_of(EXERCISE.replace(before, after, 1))
    assert any(said in fault for fault in found), found


def test_all_faults_of_a_record_at_once() -> None:
    """Several faults of one record are all told, each once."""
    text = EXERCISE.replace('"main"', '"chief"').replace("clashes =", "clahses =").replace("low = 8", 'low = "8"')
    found = faults_of(text)
    assert [fault.split(" ")[1] for fault in found] == ["clahses", "dose.low", "role"]


def test_all_faults_of_all_files_at_once() -> None:
    """Faults inside records and between records come in one error, file by file."""
    exercises = {
        "a": rung("A", harder="b"),
        "b": rung("B", easier="c"),
        "c": rung("C") + "\n[dosis]\n",
        "d": rung("A", harder="cc"),
    }
    found = faults_among(exercises, {"test-2002": SOURCE.replace("2001", "2003")})
    assert 'a.toml: harder is "b", which does not point back; write easier = "a" in b.toml' in found
    assert 'c.toml: dosis is no known key; did you mean "dose"?' in found
    assert 'd.toml: harder is "cc", which does not exist; did you mean "c"?' in found
    assert 'd.toml: name is "A", as in a.toml; choose another' in found
    assert 'a.toml: sources holds "test-2001", which does not exist; did you mean "test-2002"?' in found
    assert "test-2002.toml: year is 2003; write the year of the key test-2002" in found
    assert found == sorted(found)


def test_ladder_to_a_broken_record_is_not_a_second_fault() -> None:
    """A rung whose own record is broken is not reported as missing."""
    assert faults_among({"a": rung("A", harder="b"), "b": "name = 1"})[0].startswith("b.toml")


def test_ladder_in_a_circle() -> None:
    """A ladder that comes back to itself is told once."""
    exercises = {"a": rung("A", harder="b", easier="b"), "b": rung("B", harder="a", easier="a")}
    assert faults_among(exercises) == ["a.toml: harder leads round in a circle; end the ladder somewhere"]


def test_file_names() -> None:
    """Ids are kebab case and source keys are author and year."""
    assert "has the wrong form" in faults_of(EXERCISE, "Test_Squat")[0]
    with pytest.raises(CatalogueError, match=r"name it like foster-1998\.toml"):
        parse_source(SOURCE, "test")


@pytest.mark.parametrize(("before", "after", "said"), [
    ('"P"', '"X"', "test-2001.toml: provenance is"),
    ('["R1"]', '["R101"]', 'test-2001.toml: rules holds "R101"; write R1 to R100'),
    ("year = 2001", 'year = 2001\ndoi = "doi:10.1/x"', "test-2001.toml: doi is"),
    ("title =", "titel =", 'test-2001.toml: titel is no known key; did you mean "title"?'),
])
def test_faults_of_a_source(before: str, after: str, said: str) -> None:
    """A fault of a source is named the same way."""
    with pytest.raises(CatalogueError) as caught:
        parse_source(SOURCE.replace(before, after), "test-2001")
    assert said in str(caught.value)
