"""What every record of a self-test must keep, whoever wrote it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from midstance.catalogue.load import load_catalogue
from midstance.catalogue.self_tests import ENDINGS, SEXES, UNITS, load_self_tests
from midstance.domain.evidence import Provenance
from midstance.domain.exercise import PATTERNS, REGIONS
from midstance.formats.reference.self_tests import render_self_tests
from midstance.metrics.calf_raise_norm import NOISE_REPS, calf_raise_norm
from midstance.metrics.knee_to_wall import APART_ABOVE_CM, LIMITED_BELOW_CM
from midstance.motion.check import faults_of
from midstance.services.figures import clip_of, still_of

if TYPE_CHECKING:
    from midstance.domain.self_test import SelfTest

TESTS = tuple(load_self_tests().values())
EVIDENCE = Path(__file__).resolve().parents[2].parent / "shared" / "design" / "evidence.md"
IDS = {
    "posture-look", "balance-eyes-open-s", "balance-eyes-closed-s", "knee-to-wall-cm", "big-toe-degrees",
    "hip-rotation-in-degrees", "hip-rotation-out-degrees", "squat-depth", "single-leg-squat-faults",
    "calf-raise-reps", "single-leg-bridge-reps", "push-up-reps", "side-plank-s", "plank-s",
}
SHORT = {"posture-look", "balance-eyes-open-s", "squat-depth", "push-up-reps", "single-leg-squat-faults"}
TIRING = {"calf-raise-reps", "single-leg-bridge-reps", "push-up-reps", "side-plank-s", "plank-s"}
FORBIDDEN = re.compile(
    r"\brisk|\bpredicts? an? |\bwill (get|be) (hurt|injured)|\bdiagnos|\bdysfunction|\bweakness|\babnormal|\bshould\b"
    r"|\bdeficien|\bfail", re.IGNORECASE,
)
NO_FORECAST = re.compile(r"injur|finding", re.IGNORECASE)
SHORT_WORDS = {"name": 32, "asks": 70, "note": 110, "stop": 190, "changes": 230, "limits": 190}
STEP_WORDS = 200


def named(tests: tuple[SelfTest, ...] = TESTS) -> pytest.MarkDecorator:
    """Run a test once for each self-test, under its id."""
    return pytest.mark.parametrize("test", tests, ids=lambda test: test.id)


def said_by(test: SelfTest) -> tuple[str, ...]:
    """List everything a runner reads of a self-test."""
    follows = [words for follow in test.follows for words in (follow.finding, follow.advice) if words]
    options = [option.says for option in test.options]
    return (test.name, test.asks, *test.protocol, test.note, test.stop, test.changes, test.limits, *options, *follows)


def test_the_battery_is_whole() -> None:
    """All tests are there, in the order of the ritual."""
    assert {test.id for test in TESTS} == IDS
    assert [test.order for test in TESTS] == sorted(test.order for test in TESTS)


def test_minutes() -> None:
    """The short version holds the five questions of the first set-up and takes five minutes, all of it 35."""
    short = [test for test in TESTS if test.short]
    assert {test.id for test in short} == SHORT
    assert sum(test.minutes for test in short) <= 5
    assert sum(test.minutes for test in TESTS) <= 35


@named(tuple(test for test in TESTS if test.measure in ("seconds", "reps") and test.stop_at))
def test_minutes_are_honest(test: SelfTest) -> None:
    """Somebody typical, or somebody who does enough, is done in the minutes told, rests included."""
    usual = max([norm.typical for norm in test.norms if norm.age_from < 40] or [test.enough or 0])
    usual = min(usual, test.stop_at or usual)
    beat = test.beats_a_rep * 60 / test.beats_per_minute if test.beats_per_minute else 2.0
    seconds = usual * (1.0 if test.measure == "seconds" else beat)
    sides = 2 if test.each_side else 1
    tries = test.tries if usual < (test.stop_at or 0) else 1
    assert sides * tries * seconds + (sides * tries - 1) * test.rest_s <= 60 * test.minutes


def test_what_tires_comes_last() -> None:
    """Balance and range are tested before anything that tires a muscle to the end."""
    assert {test.id for test in TESTS[-len(TIRING):]} == TIRING


@named()
def test_id_and_unit(test: SelfTest) -> None:
    """The id ends in what is measured."""
    assert test.id.endswith(ENDINGS[test.measure])
    assert test.unit == UNITS[test.measure]


@named()
def test_words_are_short_and_whole(test: SelfTest) -> None:
    """What a screen shows fits on a telephone, and sentences end."""
    long = {key: len(getattr(test, key)) for key, most in SHORT_WORDS.items() if len(getattr(test, key)) > most}
    assert not long
    assert [step for step in test.protocol if len(step) > STEP_WORDS] == []
    assert 2 <= len(test.protocol) <= 6
    for text in (*test.protocol, test.note, test.stop, test.changes, test.limits):
        assert text.endswith(".")
        assert text[0].isupper()


@named()
def test_words_neither_judge_nor_foretell(test: SelfTest) -> None:
    """No word is a diagnosis, a threat or a forecast; the limits say that nothing is foretold."""
    for text in said_by(test):
        found = FORBIDDEN.search(text)
        assert found is None, (test.id, found, text)
    assert NO_FORECAST.search(test.limits)


@named(tuple(test for test in TESTS if test.measure != "choice"))
def test_pain_stops_it(test: SelfTest) -> None:
    """Each test that loads or bends something says when not to do it, and is left out for injured areas."""
    assert re.search(r"hurt|pain|pinch", test.stop)
    assert test.avoid


@named(tuple(test for test in TESTS if test.each_side))
def test_left_comes_first(test: SelfTest) -> None:
    """The protocol says which side begins, always the left, and that the other follows."""
    words = " ".join(test.protocol)
    assert "left" in words
    assert re.search(r"[Tt]hen the (right|other)|lie on the right", words)


@named()
def test_every_number_has_an_origin(test: SelfTest) -> None:
    """Norms say how the evidence base knows them; a source named is in the catalogue and names a rule cited."""
    sources = load_catalogue().sources
    assert test.sources
    assert set(test.sources) <= set(sources)
    assert bool(test.norms) == bool(test.norm_provenance)
    for key in (test.norm_source, test.noise_source, test.without_age_source):
        assert not key or set(sources[key].rules) & set(test.cites)
    if test.norm_provenance == Provenance.DEFAULT:
        assert not test.norm_source


@named(tuple(test for test in TESTS if test.norms))
def test_norms_are_sane(test: SelfTest) -> None:
    """Every adult has one norm, none is outside what is believed, and none rises with age."""
    for sex in SEXES:
        ages = [[norm.typical for norm in test.norms if norm.sex in ("", sex) and norm.age_from <= age <= norm.age_to]
                for age in range(18, 121)]
        assert all(len(found) == 1 for found in ages)
        values = [found[0] for found in ages]
        assert values == sorted(values, reverse=True)
        assert test.least < values[-1] <= values[0] <= test.most


@named(tuple(test for test in TESTS if test.each_side))
def test_noise_is_known(test: SelfTest) -> None:
    """Where sides are compared there is a difference that means nothing, and it is smaller than the range."""
    assert test.noise > 0
    assert test.noise < (test.stop_at or test.most) / 4 + 1
    assert 0 <= test.noise_share <= 0.5


@named()
def test_what_follows_exists_and_is_bounded(test: SelfTest) -> None:
    """Patterns, regions and exercises exist; at most three patterns and one region; weaker sides may be wider."""
    exercises = load_catalogue().exercises
    patterns = {exercise.pattern for exercise in exercises.values()}
    for follow in test.follows:
        assert set(follow.patterns) <= patterns <= set(PATTERNS)
        assert len(follow.patterns) <= 3
        assert set(follow.regions) <= set(REGIONS)
        assert len(follow.regions) <= 1
        assert set(follow.too_soon) <= set(exercises)
        assert not follow.refer or not (follow.patterns or follow.regions or follow.loaded)
    assert set(test.side_patterns) <= patterns


@named()
def test_what_waits_leaves_its_family_something(test: SelfTest) -> None:
    """No finding makes a whole movement pattern wait: something of it, or an easier rung, is always left."""
    exercises = load_catalogue().exercises
    for follow in test.follows:
        for id_ in follow.too_soon:
            same = {e.id for e in exercises.values() if e.pattern == exercises[id_].pattern} - set(follow.too_soon)
            assert same or exercises[id_].easier not in (None, *follow.too_soon), id_


@named()
def test_worse_results_never_change_less(test: SelfTest) -> None:
    """Borders of several findings get milder one after the other, so that the first that fits is the gravest."""
    borders = [follow.below for follow in test.follows if follow.below is not None]
    assert borders == sorted(borders)
    above = [follow.above for follow in test.follows if follow.above is not None]
    assert above == sorted(above, reverse=True)


@named()
def test_figure(test: SelfTest) -> None:
    """Each test has a figure that is drawn, still and moving, with feet that stay and joints inside their limits."""
    assert still_of(test.figure).startswith("<svg")
    clip = json.loads(clip_of(test.figure) or b"{}")
    assert clip["frames"]
    if test.motion is not None:
        assert test.figure == test.id
        assert faults_of(test) == ()


@named(tuple(test for test in TESTS if test.camera))
def test_camera_finds_what_it_measures(test: SelfTest) -> None:
    """A hold is a figure that is held; counts and ranges have an angle to watch."""
    clip = json.loads(clip_of(test.figure) or b"{}")
    assert clip["holds"] if test.camera == "hold" else clip["watch"] is not None


@named(tuple(test for test in TESTS if test.beats_per_minute))
def test_figure_keeps_the_beat(test: SelfTest) -> None:
    """One repetition of the figure lasts as long as the metronome says."""
    clip = json.loads(clip_of(test.figure) or b"{}")
    assert clip["seconds"] == pytest.approx(60 * test.beats_a_rep / test.beats_per_minute)


@pytest.mark.parametrize("sex", SEXES)
@pytest.mark.parametrize("age", [18, 29, 30, 44, 59, 60, 71, 90])
def test_calf_norms_are_those_of_the_metric(sex: str, age: int) -> None:
    """The battery and the metric tell one story about calf raises."""
    test = load_self_tests()["calf-raise-reps"]
    found = [norm for norm in test.norms if norm.sex == sex and norm.age_from <= age <= norm.age_to]
    assert [norm.typical for norm in found] == [calf_raise_norm(sex, age)]


def test_borders_are_those_of_the_metrics() -> None:
    """Noise and borders of calf raises and knee to wall are the same as in the metrics."""
    tests = load_self_tests()
    calf, wall = tests["calf-raise-reps"], tests["knee-to-wall-cm"]
    assert calf.noise == NOISE_REPS
    assert [follow.under_typical for follow in calf.follows if follow.under_typical is not None] == [NOISE_REPS + 1]
    assert wall.noise == APART_ABOVE_CM
    assert [follow.below for follow in wall.follows] == [LIMITED_BELOW_CM]


def test_stiff_ankles_get_load() -> None:
    """A stiff ankle and heels that lift are answered with loaded range (M5, R31)."""
    tests = load_self_tests()
    assert tests["knee-to-wall-cm"].follows[0].loaded
    assert [follow.loaded for follow in tests["squat-depth"].follows if 1 in follow.chosen] == [True]


def test_a_stiff_big_toe_is_sent_on() -> None:
    """Below 40 degrees nothing is preferred: a professional is named, and lunges on the bent toe wait."""
    first = load_self_tests()["big-toe-degrees"].follows[0]
    assert first.below == 40
    assert first.refer
    assert "reverse-lunge" in first.too_soon
    assert re.search(r"doctor|physical therapist", first.advice)


@pytest.mark.shared
@named()
def test_norms_stand_in_the_evidence(test: SelfTest) -> None:
    """Every typical value read from the evidence base stands in a rule that the test cites."""
    if not EVIDENCE.exists():
        pytest.skip("evidence.md is not beside the checkout: norms are not compared with it")
    text = EVIDENCE.read_text(encoding="utf-8")
    rules = "".join("".join(re.findall(rf"^\*\*{rule}\. .*$", text, flags=re.MULTILINE)) for rule in test.cites)
    middles = {(float(a) + float(b)) / 2 for a, b in re.findall(r"(\d+)-(\d+)", rules)}
    told = {float(value) for value in re.findall(r"\d+(?:\.\d+)?", rules)}
    near = told | middles | {float(int(value + 0.5)) for value in middles}
    assert {norm.typical for norm in test.norms} <= near


def test_the_page_has_every_test() -> None:
    """Protocol, stop, limits and every source of a test stand on the page of the reference."""
    page = render_self_tests(load_self_tests(), load_catalogue().sources)
    for test in TESTS:
        part = page.partition(f'<a id="{test.id}"></a>')[2].partition("<a id=")[0]
        wanted = [*test.protocol, test.note, test.stop, test.limits, *test.sources, *test.cites]
        assert [text for text in wanted if text not in part] == [], test.id
