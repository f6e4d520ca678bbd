"""The body in space: places, slopes, contacts and the words of a record."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.catalogue.load import parse_exercise
from midstance.catalogue.motion_record import parse_contact
from midstance.catalogue.record import CatalogueError
from midstance.domain.motion import BASES, MIDDLE, PAIRED_PARTS, SIDED, SINGLE_PARTS, VIEWS, Motion, Pose, Prop
from midstance.motion.body import HIGH, HINGES, LOW, NAMES, OFFSETS, PARENTS, POINT_INDEX, POINT_NAMES, ROOT
from midstance.motion.camera import CAMERAS
from midstance.motion.contact import points_of
from midstance.motion.keys import keys_of
from midstance.motion.kinematics import place, slopes, turned, turning
from midstance.motion.posture import SWAPPED_JOINTS, angles_of, hinge_angles, mirrored, stance_of
from midstance.motion.solver import State
from midstance.motion.stances import STANCES
from midstance.motion.timing import eased, uneased

RANDOM = np.random.default_rng(7)
RECORD = """\
name = "Test squat"
role = "main"
pattern = "squat"
trains = ["strength"]
regions = { quads = 1.0 }
kinds = ["strength"]
sides = "both"
setup = "Stand."
cues = ["Down.", "Up."]
[dose]
unit = "reps"
low = 5
high = 10
by_level = { beginner = [5, 8], intermediate = [6, 10], advanced = [8, 10] }
tempo = "2-0-1-0"
[motion]
base = "standing"
watch = "right knee"
"""


def a_state(frames: int = 2) -> State:
    """Bodies in any posture inside the limits."""
    return State(root=RANDOM.normal(size=(frames, 3)), orientation=turned(RANDOM.normal(size=(frames, 3))),
                 angles=RANDOM.uniform(LOW, HIGH, size=(frames, len(HINGES))))


def test_bones_keep_their_length() -> None:
    """Whatever the angles, a joint is as far from its parent as the body says."""
    placed = a_state(5).placed()
    for index, parent in enumerate(PARENTS):
        if parent >= 0:
            lengths = np.linalg.norm(placed.joints[:, index] - placed.joints[:, parent], axis=1)
            assert lengths == pytest.approx(np.linalg.norm(OFFSETS[index]))


def test_slopes_are_the_change_of_places() -> None:
    """Turning one hinge a little moves every point as its slope says."""
    state = a_state()
    chosen = np.arange(len(POINT_NAMES))
    found = slopes(state.placed(), chosen)
    for hinge in range(0, len(HINGES), 5):
        moved = state.angles.copy()
        moved[:, hinge] += 1e-6
        after = place(state.root, state.orientation, moved).points
        assert (after - state.placed().points) / 1e-6 == pytest.approx(found[:, ROOT + hinge], abs=1e-4)


def test_turning_undoes_turned() -> None:
    """A rotation vector shorter than half a turn comes back."""
    vectors = RANDOM.uniform(-1.6, 1.6, size=(20, 3))
    assert turning(turned(vectors)) == pytest.approx(vectors)


def test_left_and_right_are_mirrors() -> None:
    """The mirrored posture has every joint where the other side's was, across the middle."""
    state = a_state(3)
    here, there = state.placed().joints, mirrored(state).placed().joints
    assert there == pytest.approx(here[:, SWAPPED_JOINTS] * np.array([1.0, -1.0, 1.0]))
    again = mirrored(mirrored(state))
    assert again.angles == pytest.approx(state.angles)


@pytest.mark.parametrize("base", BASES)
def test_every_stance_stands(base: str) -> None:
    """A stance alone keeps its own contacts and sinks nowhere."""
    bar = Prop(kind="bar", height=235)
    key = keys_of(Motion(base=base, poses=(Pose(name="rest"),), props=(bar,)))[0]
    places = key.state.placed().points[0]
    for spot, where in key.anchors.items():
        assert places[spot] == pytest.approx(where, abs=0.005), POINT_NAMES[spot]


def test_words_of_the_record_are_words_of_the_engine() -> None:
    """Stances, views and parts are the same in the record's vocabulary and in the engine."""
    assert set(STANCES) == set(BASES)
    assert set(CAMERAS) == set(VIEWS)
    for part in PAIRED_PARTS:
        assert points_of(parse_contact(f"right {part}")[0])
    for part in SINGLE_PARTS:
        assert points_of(parse_contact(part)[0])[0][0] >= 0
    assert {hinge.key.split(" ")[-1] for hinge in HINGES} == set(SIDED) | set(MIDDLE) - {"spine"}


def test_signs_are_those_of_the_guide() -> None:
    """Flexion goes forward, the knee bends back, dorsiflexion lifts the toes, abduction goes out on both sides."""
    stance = stance_of("standing")
    still = place(np.zeros((1, 3)), np.eye(3)[None], np.zeros((1, len(HINGES)))).joints[0]

    def moved(joint: str, **angles: tuple[float, ...]) -> np.ndarray:
        written = {name.replace("_", " "): values for name, values in angles.items()}
        full = angles_of(type(stance)(), Pose(name="x", angles=written))
        joints = place(np.zeros((1, 3)), np.eye(3)[None], hinge_angles(full)[None]).joints[0]
        return joints[NAMES.index(joint)] - still[NAMES.index(joint)]

    assert moved("right knee", right_hip=(45,))[0] > 0.1
    assert moved("right ankle", right_knee=(45,))[0] < -0.1
    assert moved("right toe", right_ankle=(30,))[2] > 0.03
    assert moved("right knee", right_hip=(0, 30))[1] < -0.1
    assert moved("left knee", left_hip=(0, 30))[1] > 0.1
    assert moved("left toe", left_hip=(0, 0, 30))[1] > 0.03
    assert moved("right wrist", right_shoulder=(45,))[0] > 0.1
    assert moved("right fingertip", right_wrist=(45,))[1] > 0.02
    assert moved("head", spine=(30,))[0] > 0.1
    assert moved("head", spine=(0, 20))[1] > 0.05
    assert moved("nose", neck=(0, 0, 40))[1] > 0.02


def test_a_wrong_record_lists_all_its_faults() -> None:
    """A joint past its limit, an unknown key, contact, watch and stance are each told, with the pose's place."""
    text = RECORD.replace('"standing"', '"stnading"').replace("right knee", "right knne") + """\
poses = [{ name = "a", knee = 170, hpi = 3, contacts = ["right fot"], right = { elbow = -5 } }]
"""
    with pytest.raises(CatalogueError) as caught:
        parse_exercise(text, "test-squat")
    told = str(caught.value)
    for word in ("motion.base", "standing", "knee has flexion 170", "hpi is no known key", "right fot", "elbow",
                 "motion.watch", "motion.poses[0]"):
        assert word in told


def test_poses_may_start_from_earlier_ones() -> None:
    """``like`` takes the earlier pose's angles and contacts, and what is written changes them."""
    text = RECORD + """\
poses = [{ name = "a", hip = [20, 5], contacts = ["feet"] }, { name = "b", like = "a", knee = 30, left = { hip = 40 } }]
"""
    motion = parse_exercise(text, "test-squat").motion
    assert motion is not None
    second = motion.poses[1]
    assert second.angles["right hip"] == (20, 5)
    assert second.angles["left hip"][0] == 40
    assert second.angles["left knee"] == (30,)
    assert second.contacts == motion.poses[0].contacts


def test_easing_is_undone() -> None:
    """The share of time for a share of the way is the inverse of easing, and easing never goes back."""
    shares = [k / 20 for k in range(21)]
    ways = [eased(share) for share in shares]
    assert ways == sorted(ways)
    assert [uneased(way) for way in ways] == pytest.approx(shares, abs=1e-3)


def test_points_have_names_of_both_sides() -> None:
    """Every point of the left has its twin on the right."""
    for name in POINT_NAMES:
        if name.startswith("left "):
            assert f"right {name.removeprefix('left ')}" in POINT_INDEX
