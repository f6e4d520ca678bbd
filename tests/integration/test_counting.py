"""Counting on real recordings: seven people in a laboratory, and one film."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
import warnings
from pathlib import Path

import pytest

from midstance.services.mirror import look_at
from midstance.services.mirror_package import find_package, mirror_folder
from midstance.services.mirror_source import Reading

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
FILM = DATA / "video" / "squat-rohanx01.mp4"
pytestmark = [pytest.mark.shared, pytest.mark.filterwarnings("default:NO MIRROR")]


@pytest.mark.skipif(not (DATA / "mocap" / "ui-prmd").is_dir(), reason="the real material is not beside the checkout")
def test_repetitions_of_real_people_are_counted() -> None:
    """Of 840 repetitions, right and wrong ones, at least 99 in 100 are counted in a row; alone nearly as many."""
    sys.path.insert(0, str(ROOT))
    try:
        bench = importlib.import_module("benchmarks.mirror_reps")
    finally:
        sys.path.remove(str(ROOT))
    curves = {(move, kind): bench.curves(move, kind) for move in bench.MOVEMENTS for kind in ("correct", "incorrect")}
    _, right, alone, in_row = bench.counted(curves)
    assert alone == 840
    assert abs(in_row - alone) <= 8
    assert right >= 828


def test_two_squats_of_a_film() -> None:
    """Exactly two, where they are; none in the long still start."""
    package = mirror_folder(os.environ, Path.home(), windows=os.name == "nt")
    lacking = [what for what, there in (
        ("shared/data", FILM.is_file()), ("the pose model (make mirror)", find_package(package) is not None),
        ("the extra mirror", all(map(importlib.util.find_spec, ("av", "ai_edge_litert"))))) if not there]
    if lacking:
        warnings.warn(f"NO MIRROR TESTS: {', '.join(lacking)} not here", stacklevel=1)
        pytest.skip(f"NO MIRROR TESTS: {', '.join(lacking)} not here")
    found = look_at(FILM, Reading(models=package), exercise="squat")
    assert [(264 / 30 <= rep.turn_s <= 344 / 30, 456 / 30 <= rep.turn_s <= 544 / 30) for rep in found.reps] == [
        (True, False), (False, True)]
    assert found.seen > 0.9
