"""The loader of the self-tests is strict: whatever is wrong is found, and all of it at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midstance.catalogue.load import load_catalogue
from midstance.catalogue.record import CatalogueError
from midstance.catalogue.self_tests import check_self_tests, load_self_tests, parse_self_test
from midstance.domain.exercise import Sides
from midstance.domain.self_test import Follow, Norm, Option

if TYPE_CHECKING:
    from collections.abc import Mapping

REPS = """\
name = "Test raises"
asks = "How many?"
order = 7
measure = "reps"
each_side = true
most = 100
stop_at = 50
minutes = 2
beats_per_minute = 60
protocol = ["Do it.", "Count."]
note = "The count."
stop = "Not when it hurts."
avoid = ["calf"]
figure = "single-leg-calf-raise"
camera = "reps"
norms = [{ sex = "male", typical = 30, spread = 5 }, { sex = "female", typical = 25 }]
norm_source = "hebert-losier-2017"
norm_provenance = "Q"
enough = 20
noise = 6
noise_share = 0.1
noise_source = "hebert-losier-2017"
side_patterns = ["calf-straight"]
changes = "Something."
limits = "Nothing."
sources = ["hebert-losier-2017"]
cites = ["R50", "M23"]

[[follows]]
under_typical = 7
finding = "few raises"
patterns = ["calf-straight"]
regions = ["calves"]
"""
CHOICE = """\
name = "Test look"
asks = "Which one?"
order = 8
measure = "choice"
most = 1
minutes = 0.5
protocol = ["Look.", "Choose."]
note = "The answer."
stop = "Never mind."
figure = "squat"
options = [{ value = 1, says = "Good" }, { value = 0, says = "Other" }]
changes = "Something."
limits = "Nothing."
cites = ["R59"]

[[follows]]
chosen = [0]
finding = "the other one"
too_soon = ["squat"]
"""


def faults_of(text: str, id_: str = "test-raise-reps") -> list[str]:
    """List the faults of one record, as text."""
    with pytest.raises(CatalogueError) as caught:
        parse_self_test(text, id_)
    return [str(fault) for fault in caught.value.faults]


def faults_among(texts: Mapping[str, str]) -> list[str]:
    """List the faults of many records against the real catalogue, as text."""
    catalogue = load_catalogue()
    with pytest.raises(CatalogueError) as caught:
        check_self_tests(texts, catalogue.exercises, catalogue.sources)
    return [str(fault) for fault in caught.value.faults]


def test_a_sound_record() -> None:
    """A sound record becomes the value it describes."""
    test = parse_self_test(REPS, "test-raise-reps")
    assert (test.id, test.name, test.unit, test.least, test.most, test.stop_at) == (
        "test-raise-reps", "Test raises", "reps", 0, 100, 50)
    assert test.norms == (Norm(sex="male", typical=30, spread=5), Norm(sex="female", typical=25))
    assert test.follows == (
        Follow(under_typical=7, finding="few raises", patterns=("calf-straight",), regions=("calves",)),)
    assert (test.tempo, test.sides) == ("1-0-1-0", Sides.EACH)


def test_a_sound_choice() -> None:
    """A choice has options and no unit, and its figure no tempo."""
    test = parse_self_test(CHOICE, "test-look")
    assert test.options == (Option(value=1, says="Good"), Option(value=0, says="Other"))
    assert (test.unit, test.tempo, test.sides) == ("", "", Sides.BOTH)


def test_the_battery_is_read_once_and_in_order() -> None:
    """The real records are sound, ordered by their place, and read once in a process."""
    tests = load_self_tests()
    assert tests is load_self_tests()
    assert list(tests) == [test.id for test in sorted(tests.values(), key=lambda test: test.order)]
    assert {id_: test.id for id_, test in tests.items()} == {id_: id_ for id_ in tests}


@pytest.mark.parametrize(("old", "new", "key", "says"), [
    ('name = "Test raises"\n', "", "name", "is missing"),
    ("order = 7", "order = 7\ncolour = 1", "colour", "is no known key"),
    ("minutes = 2", "minuts = 2", "minuts", 'did you mean "minutes"?'),
    ('measure = "reps"', 'measure = "miles"', "measure", 'is "miles"'),
    ('avoid = ["calf"]', 'avoid = ["calve"]', "avoid", 'did you mean "calf"?'),
    ('side_patterns = ["calf-straight"]', 'side_patterns = ["calf"]', "side_patterns", 'is "calf"'),
    ('regions = ["calves"]', 'regions = ["legs"]', "follows[0].regions", 'is "legs"'),
    ('camera = "reps"', 'camera = "film"', "camera", 'is "film"'),
    ("most = 100", 'most = "many"', "most", "write a number"),
    ("most = 100", "least = 200\nmost = 100", "most", "not above least"),
    ("stop_at = 50", "stop_at = 500", "stop_at", "is 500"),
    ("minutes = 2", "minutes = 20", "minutes", "write a number from 0.25 to 10"),
    ("beats_per_minute = 60", "beats_per_minute = 10", "beats_per_minute", "is 10"),
    ('protocol = ["Do it.", "Count."]', 'protocol = ["Do it."]', "protocol", "holds 1"),
    ('protocol = ["Do it.", "Count."]', 'protocol = ["Do it", "Count."]', "protocol", "full stop"),
    ('asks = "How many?"', 'asks = "How many."', "asks", 'let it end in "?"'),
    ('limits = "Nothing."', 'limits = "Nothing"', "limits", "is no whole sentence"),
    ('cites = ["R50", "M23"]', 'cites = ["R101"]', "cites", 'holds "R101"'),
    ('cites = ["R50", "M23"]', "cites = []", "cites", "is empty"),
    ('norm_provenance = "Q"\n', "", "norm_provenance", "does not stand beside norms"),
    ('norm_provenance = "Q"', 'norm_provenance = "X"', "norm_provenance", 'is "X"'),
    ('{ sex = "female", typical = 25 }', '{ sex = "female", age_from = 30, typical = 25 }', "norms",
     "cover nobody: female, from 18 years"),
    ('{ sex = "female", typical = 25 }', "{ typical = 25 }", "norms", "overlap: male, from 18 years"),
    ("typical = 25", "typical = 250", "norms[1].typical", "is 250"),
    ("typical = 25", "age_from = 60, age_to = 50, typical = 25", "norms[1].age_to", "below age_from = 60"),
    ("noise = 6\nnoise_share = 0.1", "", "noise", "is missing, and sides are tested apart"),
    ("noise_share = 0.1", "noise_share = 15", "noise_share", "write a share below 1"),
    ("each_side = true\n", "", "side_patterns", "sides are not tested apart"),
    ("each_side = true", "by_eye = true", "by_eye", "sides are not tested apart"),
    ("under_typical = 7", "", "follows[0].", "has 0 conditions"),
    ("under_typical = 7", "under_typical = 7\nbelow = 10", "follows[0].", "has 2 conditions"),
    ("under_typical = 7", "below = 0", "follows[0].below", "is 0"),
    ("under_typical = 7", "above = 100", "follows[0].above", "is 100"),
    ("under_typical = 7", "above = 40", "follows[0]", "speaks about the better results"),
    ("each_side = true", "each_side = true\nless_is_better = true\ntypical_without_age = 101",
     "typical_without_age", "is 101"),
    ("under_typical = 7", "chosen = [1]", "follows[0].chosen", "name values of options"),
    ("under_typical = 7", 'chosen = ["a"]', "follows[0].chosen", "write a list of values"),
    ('patterns = ["calf-straight"]\nregions = ["calves"]', "", "follows[0].", "changes nothing"),
    ('finding = "few raises"', 'finding = "Few raises."', "follows[0].finding", "because of"),
    ('regions = ["calves"]', 'regions = ["calves"]\nrefer = true', "follows[0].advice", "is missing beside refer"),
    ('regions = ["calves"]', 'refer = true\nadvice = "Ask."', "follows[0].refer", "something preferred"),
    ('regions = ["calves"]', 'advice = "Ask"', "follows[0].advice", "is no whole sentence"),
    ("order = 7", 'order = 7\noptions = [{ value = 1, says = "x" }]', "options", "beside the measure reps"),
    ('figure = "single-leg-calf-raise"', 'figure = "squat"\n[motion]\nbase = "standing"\nposes = [{ name = "a" }]\n'
     "[[follows]]\nbelow = 3", "figure", "and there is a [motion]"),
])
def test_faults(old: str, new: str, key: str, says: str) -> None:
    """Each fault is named with its key and what would be right."""
    assert old in REPS
    found = faults_of(REPS.replace(old, new, 1))
    assert [fault for fault in found if f"test-raise-reps.toml: {key}" in fault and says in fault], found


@pytest.mark.parametrize(("old", "new", "key", "says"), [
    (', { value = 0, says = "Other" }', "", "options", "holds 1"),
    ("value = 1", "value = 0", "options", "the best and highest first"),
    ("most = 1", "most = 2", "options", "run from 0 to 1"),
    ("chosen = [0]", "chosen = [5]", "follows[0].chosen", "holds [5]"),
    ("chosen = [0]", "under_typical = 2", "follows[0].under_typical", "stands without norms"),
    ("order = 8", "order = 8\nbeats_per_minute = 60", "beats_per_minute", "beside the measure choice"),
    ("order = 8", 'order = 8\nnorm_source = "bahr-2016"', "norm_source", "stands without norms"),
    ("order = 8", "order = 8\nnorms = 5", "norms", "write a list of tables"),
])
def test_faults_of_choices(old: str, new: str, key: str, says: str) -> None:
    """Each fault of a test that is looked at is named with its key."""
    assert old in CHOICE
    found = faults_of(CHOICE.replace(old, new, 1), "test-look")
    assert [fault for fault in found if f"test-look.toml: {key}" in fault and says in fault], found


@pytest.mark.parametrize(("id_", "says"), [("Test_Reps", "wrong form"), ("test-raise", "does not end in its unit")])
def test_file_names(id_: str, says: str) -> None:
    """A file name in another form, or without the unit, is a fault."""
    assert any(says in fault for fault in faults_of(REPS, id_))


def test_no_toml() -> None:
    """Text that is no TOML at all is told as such."""
    assert "is no TOML" in faults_of("name = ")[0]


def test_all_faults_of_all_records_at_once() -> None:
    """One error names every fault of every record."""
    broken = REPS.replace("minutes = 2", "minutes = 0").replace("order = 7", 'order = "first"')
    found = faults_among({"test-raise-reps": broken, "test-look": CHOICE.replace("most = 1", "most = 3")})
    assert {fault.partition(": ")[0] for fault in found} == {"test-raise-reps.toml", "test-look.toml"}
    assert len(found) >= 3


@pytest.mark.parametrize(("old", "new", "says"), [
    ('sources = ["hebert-losier-2017"]', 'sources = ["hebert-losier-2016"]', 'did you mean "hebert-losier-2017"?'),
    ('norm_source = "hebert-losier-2017"', 'norm_source = "bahr-2016"', "not among sources"),
    ('noise_source = "hebert-losier-2017"', 'noise_source = "bahr-2016"', "not among sources"),
    ('figure = "single-leg-calf-raise"', 'figure = "calf-rise"', "which does not exist"),
    ('figure = "single-leg-calf-raise"', 'figure = "plank"', "motion of the figure does not allow"),
    ('camera = "reps"', 'camera = "hold"', "motion of the figure does not allow"),
    ('regions = ["calves"]', 'too_soon = ["calf-rise"]', 'holds "calf-rise"'),
])
def test_faults_against_the_catalogue(old: str, new: str, says: str) -> None:
    """Sources, figures and exercises that are named exist, and a camera can see what it is to take over."""
    found = faults_among({"test-raise-reps": REPS.replace(old, new, 1)})
    assert any(says in fault for fault in found), found


def test_a_camera_needs_a_movement() -> None:
    """A figure whose exercise nobody has drawn gives a camera nothing to watch."""
    exercises = dict(load_catalogue().exercises)
    exercises["single-leg-calf-raise"] = replace(exercises["single-leg-calf-raise"], motion=None)
    with pytest.raises(CatalogueError, match="motion of the figure does not allow"):
        check_self_tests({"test-raise-reps": REPS}, exercises, load_catalogue().sources)


def test_names_and_places_belong_to_one_test() -> None:
    """Two records of one name or one place in the ritual are told apart from each other."""
    found = faults_among({"test-raise-reps": REPS, "other-raise-reps": REPS})
    assert [fault for fault in found if "name is 'Test raises', as in" in fault]
    assert [fault for fault in found if "order is 7, as in" in fault]


def test_a_figure_of_its_own() -> None:
    """A record with a motion is its own figure."""
    text = REPS.replace('figure = "single-leg-calf-raise"\n', "").replace('camera = "reps"\n', "")
    test = parse_self_test(text + '\n[motion]\nbase = "standing"\nposes = [{ name = "stand" }]\n', "test-raise-reps")
    assert test.figure == test.id
    assert test.motion is not None
