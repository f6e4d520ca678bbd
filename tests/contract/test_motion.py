"""What every movement must keep, whoever wrote its record."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midstance.catalogue.load import load_catalogue
from midstance.motion.check import faults_of
from midstance.motion.clip import clip_json, clip_of, made
from midstance.motion.still import still_svg

if TYPE_CHECKING:
    from midstance.domain.exercise import Exercise

MOVED = tuple(e for e in load_catalogue().exercises.values() if e.motion is not None)
MOST_BYTES = 4500
named = pytest.mark.parametrize("exercise", MOVED, ids=lambda exercise: exercise.id)


@named
def test_it_moves_as_a_body_can(exercise: Exercise) -> None:
    """Contacts stay within 1 cm, nothing sinks, bones keep their length, joints their limits, the round closes."""
    assert faults_of(exercise) == ()


@named
def test_its_clip_is_small(exercise: Exercise) -> None:
    """A clip is a few kilobytes when it is sent."""
    assert len(gzip.compress(clip_json(exercise))) < MOST_BYTES


@named
def test_its_clip_is_sound(exercise: Exercise) -> None:
    """Times run from 0 to 1, phases follow each other, every frame has every joint."""
    clip = clip_of(exercise)
    assert clip["times"] == sorted(clip["times"])
    assert clip["times"][0] == 0
    assert clip["times"][-1] <= 1
    ends = [phase["start"] + phase["seconds"] for phase in clip["phase"]]
    assert [phase["start"] for phase in clip["phase"][1:]] == pytest.approx(ends[:-1])
    assert {len(frame) for frame in clip["frames"]} == {3 * len(clip["joints"])}
    assert np.isfinite(np.array(clip["frames"])).all()


@named
def test_it_is_drawn(exercise: Exercise) -> None:
    """The standing picture has a name and no attribute a strict page would refuse."""
    svg = still_svg(exercise, poses=3)
    assert 'role="img"' in svg
    assert "style=" not in svg
    assert "NaN" not in svg


def test_the_same_record_gives_the_same_bytes() -> None:
    """A clip made anew equals the one made before."""
    for exercise in MOVED[:4]:
        assert json.dumps(made(exercise), separators=(",", ":")).encode() == clip_json(exercise)
