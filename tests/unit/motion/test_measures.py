"""What the mirror measures: made motion with known angles, and what is withheld."""

from __future__ import annotations

import importlib
import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from midstance.metrics.limb_symmetry import SideVerdict
from midstance.motion.landmarks import INDEX, NAMES, Series
from midstance.motion.measures import KINDS, Measure, frames, measure, measures
from midstance.motion.quality import Faults, step_down_faults
from midstance.motion.reps import Rep
from midstance.motion.sides import NOISE_TIMES, sides, tempo
from midstance.motion.smoothing import evenly, longest_gap, low_pass, steady
from midstance.motion.views import View, near_side, turned, view_of

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))
try:
    made = importlib.import_module("benchmarks.mirror_made")
    vectors = importlib.import_module("make_measure_vectors")
finally:
    sys.path.remove(str(ROOT))

FAR = {"metres": 1e6}
VECTORS = json.loads(vectors.WHERE.read_text("utf-8"))


def squats(knee: float = 0.0, drop: float = 0.0, lean: float = 0.0, **camera: float) -> Series:
    """Three single-leg squats with faults put in, seen by a camera."""
    eye = made.Eye(**camera)
    times, points = made.squats(3, eye.rate_hz, share=0.7)
    share = made.depth_share(points)
    points = made.lean_aside(made.hip_drop(made.knee_in(points, knee * share), drop * share), lean * share)
    return made.seen(times, points, eye)


def still(**places: tuple[float, float]) -> Series:
    """Ten pictures of a body that is placed by hand, all else at 0 and unseen."""
    points, visibility = np.zeros((10, len(NAMES), 3)), np.zeros((10, len(NAMES)))
    for name, (x, y) in places.items():
        points[:, INDEX[name]], visibility[:, INDEX[name]] = (x, y, 0), 1
    return Series(times_s=np.arange(10) / 10, points=points, visibility=visibility)


def near(one: object, two: object) -> None:
    """Numbers agree to one in a million, everything else exactly."""
    if isinstance(two, list):
        assert isinstance(one, list | tuple)
        assert len(one) == len(two)
        for a, b in zip(one, two, strict=True):
            near(a, b)
    elif isinstance(two, float):
        assert one == pytest.approx(two, abs=1e-6, rel=1e-6)
    else:
        assert one == two


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_vectors_are_what_is_measured(case: dict) -> None:
    """The file that the browser is checked with holds what Python measures; else run make_measure_vectors.py."""
    expect = json.loads(json.dumps(vectors.expected(vectors.unpacked(case))))
    for key, value in case["expect"].items():
        near(expect[key], value)


def test_other_vectors_are_what_is_computed() -> None:
    """Kinds, sides, tempos and plain paths of the file are those of today."""
    for key, now in (("sides", vectors.pairs()), ("tempos", vectors.paces()), ("paths", vectors.paths())):
        near(json.loads(json.dumps(now)), VECTORS[key])
    assert [kind["id"] for kind in VECTORS["kinds"]] == list(KINDS)


@pytest.mark.parametrize("degrees", [0.0, 10.0, 20.0])
def test_angles_put_in_come_out(degrees: float) -> None:
    """From far away and without noise, drop and lean come out to half a degree, the knee to two."""
    series = squats(degrees, degrees, degrees, **FAR)
    assert measure(series, "pelvic-drop", "right").value == pytest.approx(degrees, abs=0.5)
    assert measure(series, "trunk-sideways", "right").value == pytest.approx(degrees, abs=0.5)
    assert measure(series, "knee-inward", "right").value == pytest.approx(degrees, abs=2)


def test_sides_are_told_apart() -> None:
    """A lean to the right is a negative lean to the left, a drop of the left hip a hitch seen from the left leg."""
    series = squats(0, 12, 12, **FAR)
    right, left = (measure(series, "trunk-sideways", side).value for side in ("right", "left"))
    assert right == pytest.approx(-left)
    assert measure(series, "pelvic-drop", "left").low == pytest.approx(-measure(series, "pelvic-drop", "right").high)


def test_outward_knee_is_negative() -> None:
    """A knee outside the line from hip to ankle gives a negative angle and share."""
    series = squats(-15, **FAR)
    assert measure(series, "knee-inward", "right").low < -10
    assert measure(series, "knee-inward-share", "right").low < -2


def test_a_mirrored_picture_gives_the_same() -> None:
    """Left and right of the picture do not matter, only those of the body."""
    series = squats(20, 10, 10, **FAR)
    other = replace(series, points=series.points * np.array([-1.0, 1.0, 1.0]))
    for id_ in ("knee-inward", "knee-inward-share", "pelvic-drop", "trunk-sideways"):
        assert measure(series, id_, "right").value == pytest.approx(measure(other, id_, "right").value)


@pytest.mark.parametrize("yaw", [0.0, 180.0])
def test_depth_and_leans_from_either_side(yaw: float) -> None:
    """A squat has the same depth, lean of trunk and shin from the right and from the left."""
    series = squats(yaw=yaw, **FAR)
    found = {one.id: one.value for one in measures(series, "right") if one.value is not None}
    _, points = made.squats(3, 30.0, share=0.7)
    shoulder, hip, knee, ankle = (points[:, INDEX[f"right_{name}"]] for name in ("shoulder", "hip", "knee", "ankle"))

    def lean(one: np.ndarray, two: np.ndarray) -> float:
        return float(np.degrees(np.arctan2(one[:, 0] - two[:, 0], one[:, 2] - two[:, 2])).max())

    thigh = np.degrees(np.arctan2(hip[:, 2] - knee[:, 2], np.abs(hip[:, 0] - knee[:, 0]))).min()
    assert found["squat-depth"] == pytest.approx(thigh, abs=0.5)
    assert found["shin-forward"] == pytest.approx(lean(knee, ankle), abs=0.5)
    assert found["trunk-forward"] == pytest.approx(lean(shoulder, hip), abs=0.5)
    assert 60 < found["knee-range"] < 90


def test_hand_placed_lines() -> None:
    """Thigh level is 0, hip under the knee below 0, a shin leaning by 45 degrees is 45."""
    body = {"right_shoulder": (0, -1), "right_hip": (0, 0), "right_knee": (1, 0), "right_ankle": (0, 1),
            "right_heel": (-0.1, 1.1), "right_foot_index": (0.3, 1.1), "left_hip": (0, 0), "left_shoulder": (0, -1)}
    series = still(**body)
    assert measure(series, "squat-depth", "right").value == pytest.approx(0)
    assert measure(series, "shin-forward", "right").value == pytest.approx(45)
    assert measure(still(**{**body, "right_hip": (0, 0.5)}), "squat-depth", "right").value < -20


def test_a_lifted_heel_is_no_ankle_range() -> None:
    """The lean of the shin counts only while the heel is down."""
    series = squats(yaw=made.SIDE, **FAR)
    deepest = int(np.argmax(frames(series, "shin-forward", "right")))
    points = series.points.copy()
    points[deepest - 8:deepest + 9, INDEX["right_heel"], 1] -= 0.1
    less = frames(replace(series, points=points), "shin-forward", "right")
    assert np.isnan(less[deepest - 3:deepest + 4]).all()
    assert np.isfinite(less[:20]).all()


@pytest.mark.parametrize(("yaw", "view"), [
    (90, View.FRONT), (-90, View.FRONT), (115, View.FRONT), (0, View.SIDE), (180, View.SIDE), (20, View.SIDE),
    (45, View.BETWEEN)])
def test_views(yaw: float, view: View) -> None:
    """Facing, sideways and between are told apart with and without depth."""
    series = squats(yaw=yaw, **FAR)
    assert view_of(series) is view
    assert view_of(vectors.flat(series)) in (view, View.BETWEEN)


def test_turn_is_told_in_degrees() -> None:
    """A body turned away by 30 degrees is told so to three degrees."""
    assert float(np.median(turned(squats(yaw=60.0, **FAR)))) == pytest.approx(30, abs=3)


@pytest.mark.parametrize("id_", [id_ for id_, kind in KINDS.items() if kind.takes])
def test_wrong_view_withholds(id_: str) -> None:
    """From the wrong side there is no value, and words say where to turn."""
    yaw = made.SIDE if KINDS[id_].view is View.FRONT else made.FRONT
    found = measure(squats(yaw=yaw), id_, "right")
    assert found.value is found.low is found.high is None
    assert found.reason.startswith("Face the camera" if KINDS[id_].view is View.FRONT else "Turn your side")


@pytest.mark.parametrize("id_", list(KINDS))
def test_hidden_places_withhold(id_: str) -> None:
    """Where the leg, hip or arm is not seen, the place is named; nothing is guessed."""
    series = squats(yaw=made.SIDE if KINDS[id_].view is View.SIDE else made.FRONT)
    hidden = replace(series, visibility=np.full_like(series.visibility, 0.3))
    found = measure(hidden, id_, "right")
    assert found.value is None
    assert found.reason.endswith("was not seen well enough.")


def test_turned_bodies_have_no_inward_knee() -> None:
    """A body turned by 20 degrees is measured for its hips, not for its knees."""
    series = squats(yaw=70.0)
    assert measure(series, "pelvic-drop", "right").value is not None
    assert "squarely" in measure(series, "knee-inward", "right").reason


def test_joints_out_of_the_plane_are_withheld() -> None:
    """An arm that points at the camera has no angle in the picture."""
    series = squats(yaw=made.SIDE, **FAR)
    points = series.points.copy()
    points[:, INDEX["right_elbow"], 2] -= 0.5
    found = measure(replace(series, points=points), "shoulder-range", "right")
    assert "across the picture" in found.reason


def test_nothing_and_unknown() -> None:
    """A series of nothing is too short for everything; an unknown measure is an error."""
    nothing = Series(times_s=np.empty(0), points=np.empty((0, 33, 3)), visibility=np.empty((0, 33)))
    assert {one.reason for one in measures(nothing)} == {"Too short to measure."}
    assert near_side(nothing) == "left"
    assert view_of(nothing) is View.UNSEEN
    with pytest.raises(KeyError):
        measure(nothing, "smile", "left")


def test_one_wild_frame_changes_little() -> None:
    """A knee that jumps for one picture moves no measure by more than a degree."""
    series = squats(10, 5, 5, **FAR)
    points = series.points.copy()
    points[60, INDEX["right_knee"]] += 2
    wild = replace(series, points=points)
    for id_ in ("knee-inward", "pelvic-drop", "trunk-sideways"):
        assert measure(wild, id_, "right").value == pytest.approx(measure(series, id_, "right").value, abs=1)


@pytest.mark.parametrize("camera", [
    {}, {"noise_percent": 0.3}, {"noise_percent": 0.6}, {"noise_percent": 0.3, "rate_hz": 10.0},
    {"noise_percent": 0.3, "lost": 0.1}], ids=str)
def test_made_faults_are_counted(camera: dict) -> None:
    """With noise, missing places or few pictures, faults put in are counted and none is made up (made motion)."""
    clean = step_down_faults(squats(**camera), "right")
    assert isinstance(clean, Faults)
    assert (clean.total, clean.reading, clean.not_judged) == (0, "good", ())
    bad = step_down_faults(squats(25, 12, 15, **camera), "right")
    assert (bad.arm, bad.trunk, bad.pelvis, bad.stance) == (0, 1, 1, 0)
    assert bad.knee >= 1
    assert bad.reading in ("medium", "poor")


def test_faults_need_the_front_and_name_what_is_hidden() -> None:
    """From the side no faults are judged; hidden hands are named as not judged."""
    assert step_down_faults(squats(yaw=made.SIDE), "right") == "Face the camera for this."
    series = squats(**FAR)
    visibility = series.visibility.copy()
    visibility[:, INDEX["left_wrist"]] = 0
    assert step_down_faults(replace(series, visibility=visibility), "right").not_judged == ("arm",)


def test_a_hand_that_leaves_and_a_foot_that_moves_are_faults() -> None:
    """An arm thrown out and a standing foot that shifts are one fault each."""
    series = squats(**FAR)
    points = series.points.copy()
    points[100:140, INDEX["left_wrist"], 0] += 0.4
    points[150:, [INDEX["right_ankle"], INDEX["right_foot_index"]], 0] += 0.12
    found = step_down_faults(replace(series, points=points), "right")
    assert (found.arm, found.stance) == (1, 1)


def pair(id_: str, left: float | None, right: float | None) -> tuple[Measure, Measure]:
    """Both sides of a measure."""
    kind = KINDS[id_]
    one, two = (Measure(id=id_, side=side, value=value, low=value, high=value, unit=kind.unit, error=kind.error,
                        limits=kind.limits, view=kind.view, reason="" if value is not None else "hidden")
                for side, value in (("left", left), ("right", right)))
    return one, two


def test_differences_inside_the_error_are_noise() -> None:
    """A difference below 2.77 times the error is noise and asks for nothing, whatever its per cent."""
    error = KINDS["squat-depth"].error
    inside, beyond = (sides(*pair("squat-depth", 10.0, 10.0 + way * NOISE_TIMES * error)) for way in (0.99, 1.01))
    assert (inside.noise, inside.verdict) == (True, SideVerdict.IGNORE)
    assert inside.percent > 50
    assert (beyond.noise, beyond.verdict) == (False, SideVerdict.NOTABLE)
    assert beyond.percent == pytest.approx(100 * beyond.difference / (10 + beyond.difference))


def test_sides_without_error_sign_or_value() -> None:
    """Unknown error: no verdict. Below 0: no per cent. A side that was not seen: its reason."""
    sway = sides(*pair("sway-rms", 1.0, 1.5))
    assert (sway.noise, sway.verdict, sway.weaker_percent) == (None, None, pytest.approx(200 / 3))
    below = sides(*pair("pelvic-drop", -2.0, 3.0))
    assert (below.percent, below.noise) == (None, True)
    assert sides(*pair("pelvic-drop", None, 3.0)) == "hidden"
    with pytest.raises(ValueError, match="cannot be compared"):
        sides(pair("pelvic-drop", 1.0, 1.0)[0], pair("squat-depth", 1.0, 1.0)[1])


def test_tempo_of_an_eased_repetition() -> None:
    """Three seconds away, one at the turn and two back are told to a tenth; a repetition without end is not."""
    times = np.arange(0, 8, 1 / 30)
    t = times - 1
    way = np.where(t < 3, (1 - np.cos(np.pi * np.clip(t / 3, 0, 1))) / 2,
                   (1 + np.cos(np.pi * np.clip((t - 4) / 2, 0, 1))) / 2)
    rep = Rep(start_s=1.2, turn_s=3.5, end_s=5.4, rest=170.0, turn=80.0)
    found = tempo(times, 170 - 90 * way, rep)
    assert found is not None
    assert (found.away_s, found.pause_s, found.back_s) == pytest.approx((3, 1, 2), abs=0.15)
    assert tempo(times[:150], (170 - 90 * way)[:150], rep) is None
    assert tempo(times, np.full(len(times), np.nan), rep) is None


def test_smoothing_keeps_what_is_slow() -> None:
    """The low-pass keeps a slow wave in place, halves the power at its border and takes out a fast one."""
    times = np.arange(0, 10, 0.01)
    for cut, hertz, gain in ((5.0, 0.5, 1.0), (5.0, 5.0, 0.5 ** 0.5), (5.0, 25.0, 0.0)):
        wave = np.sin(2 * np.pi * hertz * times)
        got = low_pass(wave, 100.0, cut)[200:-200]
        assert np.abs(got).max() == pytest.approx(gain, abs=0.03)
        assert np.abs(got - gain * wave[200:-200]).max() < 0.05


def test_gaps_steps_and_medians() -> None:
    """Gaps are measured with the ends, holes are bridged by straight lines, medians look only at what is seen."""
    times = np.array([0.0, 1.0, 2.0, 4.0])
    assert longest_gap(times, np.array([True, True, False, True])) == 3
    assert longest_gap(times, np.zeros(4, dtype=bool)) == np.inf
    assert evenly(times, np.array([0.0, np.nan, 2.0, 4.0]), 1.0).tolist() == [0, 1, 2, 3, 4]
    assert evenly(times, np.full(4, np.nan), 1.0).size == 0
    assert steady(times, np.array([1.0, np.nan, 5.0, 9.0]), 1.0)[[0, 2]].tolist() == [1, 5]
