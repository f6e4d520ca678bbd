"""Clips: contacts, steps, both sides, travel, times and drawings."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from make_vectors import CHOSEN, summary

from midstance.catalogue.load import load_catalogue
from midstance.domain.motion import other_side
from midstance.motion.body import INDEX, POINT_NAMES
from midstance.motion.camera import frames_of, pose_at
from midstance.motion.check import faults_of
from midstance.motion.clip import clip_of, made, solved
from midstance.motion.draw import draw
from midstance.motion.shapes import outline, path_of
from midstance.motion.still import chosen, still_svg

EXERCISES = load_catalogue().exercises
VECTORS = json.loads((Path(__file__).parents[2] / "data" / "vectors" / "figure.json").read_text(encoding="utf-8"))


def test_vectors_are_those_of_this_drawing() -> None:
    """What the browser's twin is checked with is what Python draws; write it anew with make_vectors.py."""
    for vector in VECTORS:
        for time, shapes in zip(vector["times"], vector["shapes"], strict=True):
            drawn = [summary(shape) for shape in draw(vector["clip"], time)]
            assert [one[:3] for one in drawn] == [one[:3] for one in shapes]
            for one, other in zip(drawn, shapes, strict=True):
                assert one[4] == other[4]
                assert np.array(one[3]) == pytest.approx(np.array(other[3]), abs=1e-6)


def test_tempo_tells_the_legs() -> None:
    """A squat lowers first and a step-up lifts first, each in the seconds of its tempo."""
    squat = clip_of(EXERCISES["squat"])
    assert [(leg["says"], leg["seconds"]) for leg in squat["phase"]] == [("lowering", 3), ("lifting", 1)]
    up = clip_of(EXERCISES["single-leg-step-up"])
    assert [(leg["says"], leg["seconds"]) for leg in up["phase"]] == [("lifting", 2), ("lowering", 2)]


def test_alternating_halves_are_mirrors() -> None:
    """The second half of a walk is the first with left and right swapped, a step further on."""
    rep = solved(EXERCISES["farmers-carry"])
    half = len(rep.points) // 2
    names = [POINT_NAMES.index(other_side(name)) for name in POINT_NAMES]
    first, second = rep.points[:half + 1], rep.points[half:]
    flipped = first[:, names] * np.array([1.0, -1.0, 1.0])
    way = second[0, 0] - flipped[0, 0]
    assert second == pytest.approx(flipped + way, abs=1e-9)
    assert rep.travel[0] > 0.8
    assert abs(rep.travel[1]) < 0.01


def test_a_planted_foot_stays_while_the_other_steps() -> None:
    """In a side lunge the left foot stays to the millimetre, the right one is lifted and set down to its side."""
    rep = solved(EXERCISES["side-lunge"])
    left, right = (rep.points[:, INDEX[f"{side} ankle"]] for side in ("left", "right"))
    heel = POINT_NAMES.index("left heel skin")
    assert np.abs(rep.points[:, heel] - rep.points[0, heel]).max() < 0.002
    assert np.abs(left - left[0]).max() < 0.08
    assert right[:, 2].max() > right[0, 2] + 0.03
    assert np.ptp(right[:, 1]) > 0.3


def test_a_hop_flies() -> None:
    """Both feet leave the ground in a pogo hop and come back to where they were."""
    rep = solved(EXERCISES["pogo"])
    toes = rep.points[:, POINT_NAMES.index("right toe-tip"), 2]
    assert toes.max() > 0.04
    assert toes.min() > -0.002
    assert rep.travel == pytest.approx([0, 0, 0])


def test_a_hold_breathes_and_stays() -> None:
    """A held plank moves a few millimetres, no more."""
    clip = clip_of(EXERCISES["plank"])
    frames = np.array(frames_of(clip))
    assert clip["holds"]
    assert 0 < np.abs(frames - frames[0]).max() < 25


def test_it_moves_without_jumps() -> None:
    """From frame to frame and across the end of the round, no joint leaps."""
    for name in CHOSEN:
        clip = clip_of(EXERCISES[name])
        frames = frames_of(clip)
        places = [pose_at(clip, k / 120, frames) for k in range(121)]
        for one, other in pairwise(places):
            assert max(np.abs(np.subtract(one[joint], other[joint])).max() for joint in one) < 90


def test_faults_are_found() -> None:
    """The check tells a watched joint that stays still."""
    squat = EXERCISES["squat"]
    assert squat.motion is not None
    still = replace(squat, motion=replace(squat.motion, poses=squat.motion.poses[:1]))
    assert any("moves only" in fault for fault in faults_of(still))


def test_without_a_record_there_is_no_picture() -> None:
    """An exercise without [motion] has an empty picture and no clip."""
    bare = replace(EXERCISES["squat"], motion=None)
    assert still_svg(bare) == ""
    with pytest.raises(ValueError, match="no \\[motion\\]"):
        made(bare)


def test_the_strip_is_safe_and_named() -> None:
    """The picture's name is escaped, the mirrored one is flipped, no more poses are shown than there are."""
    odd = replace(EXERCISES["squat"], name='Squat <b> & "deep"')
    svg = still_svg(odd, poses=2)
    assert "&lt;b&gt; &amp; &quot;deep&quot;, drawn: 2 poses" in svg
    assert svg.count("<g ") == 2
    assert "scale(-1 1)" in still_svg(odd, mirrored=True)
    assert still_svg(EXERCISES["plank"], poses=3).count("<g ") == 1


def test_poses_are_chosen_evenly() -> None:
    """Two of four times are the first and the third; there are never more than there are."""
    assert chosen([0.0, 0.2, 0.5, 0.8], 2) == [0.0, 0.5]
    assert chosen([0.0], 4) == [0.0]


def test_outlines_and_paths() -> None:
    """The outline of a square with a point inside has four corners; a ball inside another is one circle."""
    assert len(outline([(0, 0), (2, 0), (2, 2), (0, 2), (1, 1)])) == 4
    inside = path_of({"kind": "chain", "part": "skin", "points": [[0, 0, 9], [1, 0, 2]], "width": 0, "depth": 0})
    assert inside.count("A") == 2
    assert inside.startswith("M-9 0")
