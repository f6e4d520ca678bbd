"""Sway: plain formulas, and what a camera makes of a balance (made motion)."""

from __future__ import annotations

import importlib
import math
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from midstance.motion.landmarks import INDEX
from midstance.motion.measures import measure, sway_measures
from midstance.motion.sway import Sway, camera_sway, ellipse_area, mean_frequency, sway

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))
try:
    made = importlib.import_module("benchmarks.mirror_made")
finally:
    sys.path.remove(str(ROOT))


def circle(radius: float, hertz: float, rate: float = 100.0, seconds: float = 20.0) -> np.ndarray:
    """A path around a circle."""
    t = np.arange(0, seconds, 1 / rate)
    return radius * np.stack([np.cos(2 * np.pi * hertz * t), np.sin(2 * np.pi * hertz * t)], axis=1)


def test_a_circle_has_known_sway() -> None:
    """Path is the circumference each turn, spread the radius, frequency the turns a second."""
    found = sway(circle(2.0, 0.5), 100.0)
    assert found.path_per_s == pytest.approx(2 * math.pi * 2 * 0.5, rel=1e-3)
    assert found.rms == pytest.approx(2.0, rel=1e-3)
    assert found.mean_frequency_hz == pytest.approx(0.5, abs=0.01)
    assert found.ellipse_area == pytest.approx(math.pi * 5.991 * 2, rel=5e-3)


def test_the_ellipse_holds_95_in_100() -> None:
    """Of 20,000 places drawn from a slanted normal cloud 95 % lie in an ellipse of this area."""
    cloud = np.random.default_rng(2).normal(size=(20_000, 2)) @ np.array([[2.0, 0.5], [0.0, 0.7]])
    area = ellipse_area(cloud)
    away = cloud - cloud.mean(axis=0)
    spread = np.cov(cloud.T)
    reach = area / (math.pi * math.sqrt(np.linalg.det(spread)))
    inside = (np.einsum("ni,ij,nj->n", away, np.linalg.inv(spread), away) <= reach).mean()
    assert inside == pytest.approx(0.95, abs=0.005)


@pytest.mark.parametrize("scale", [0.1, 3.0, 1000.0])
def test_sway_scales_with_its_unit(scale: float) -> None:
    """Lengths scale, areas scale twice, frequency does not; turning the path changes nothing."""
    path = np.cumsum(np.random.default_rng(4).normal(size=(500, 2)), axis=0)
    turn = np.array([[0.6, 0.8], [-0.8, 0.6]])
    one, two = sway(path, 50.0), sway(path @ turn * scale + 7, 50.0)
    assert two.path_per_s == pytest.approx(one.path_per_s * scale)
    assert two.rms == pytest.approx(one.rms * scale)
    assert two.ellipse_area == pytest.approx(one.ellipse_area * scale ** 2)
    assert two.mean_frequency_hz == pytest.approx(one.mean_frequency_hz)


def test_standing_like_a_stone() -> None:
    """A path that does not move has no path, spread, area or frequency; a few places are refused."""
    still = sway(np.ones((40, 2)), 10.0)
    assert (still.path_per_s, still.rms, still.ellipse_area, still.mean_frequency_hz) == (0, 0, 0, 0)
    assert mean_frequency(np.zeros((41, 2)), 10.0) == 0
    with pytest.raises(ValueError, match="too few"):
        sway(np.ones((19, 2)), 10.0)


@pytest.mark.parametrize("percent", [0.3, 1.0, 3.0])
def test_sway_put_in_comes_out(percent: float) -> None:
    """Without noise, 3 m away, spread, path and area come out within 5 % (made motion)."""
    eye = made.Eye()
    series, path = made.swaying(30.0, percent, eye)
    truth, got = sway(path, eye.rate_hz), camera_sway(series, made.STANCE)
    assert isinstance(got, Sway)
    assert got.rms == pytest.approx(truth.rms, rel=0.05)
    assert got.path_per_s == pytest.approx(truth.path_per_s, rel=0.05)
    assert got.ellipse_area == pytest.approx(truth.ellipse_area, rel=0.06)


@pytest.mark.parametrize("camera", [
    {"noise_percent": 0.3}, {"noise_percent": 0.6}, {"noise_percent": 0.3, "rate_hz": 10.0},
    {"noise_percent": 0.3, "lost": 0.02}], ids=str)
def test_noise_leaves_the_spread_and_stretches_the_path(camera: dict) -> None:
    """With noise the spread of a usual balance stays within a tenth, the path grows: it is called a stand-in (made)."""
    eye = made.Eye(**camera)
    series, path = made.swaying(30.0, 1.0, eye)
    truth, got = sway(path, eye.rate_hz), camera_sway(series, made.STANCE)
    assert got.rms == pytest.approx(truth.rms, rel=0.1)
    assert truth.path_per_s < got.path_per_s < 2 * truth.path_per_s


def test_more_sway_is_told_as_more() -> None:
    """Five made balances are put in the right order by each of the three measures."""
    found = [sway_measures(made.swaying(20.0, percent, made.Eye(noise_percent=0.3))[0], made.STANCE)
             for percent in (0.4, 0.8, 1.6, 3.2, 6.4)]
    for k in range(3):
        values = [one[k].value for one in found]
        assert values == sorted(values)


def test_distance_and_size_of_the_picture_do_not_matter() -> None:
    """The same balance in metres and in shares of the picture has the same sway in per cent of height."""
    series, _ = made.swaying(10.0, 1.0, made.Eye())
    small = replace(series, points=series.points * 0.3 + np.array([0.5, 0.4, 0]))
    assert camera_sway(small, "right").rms == pytest.approx(camera_sway(series, "right").rms)


def test_what_cannot_be_told_is_not() -> None:
    """Too short, too few pictures, feet out of sight: words instead of a number."""
    eye = made.Eye()
    assert "5 seconds" in camera_sway(made.swaying(3.0, 1.0, eye)[0], "right")
    assert "8 pictures" in camera_sway(made.swaying(20.0, 1.0, made.Eye(rate_hz=4.0))[0], "right")
    series = made.swaying(20.0, 1.0, eye)[0]
    visibility = series.visibility.copy()
    visibility[100:130, INDEX["right_heel"]] = 0
    gone = replace(series, visibility=visibility)
    assert "out of sight" in camera_sway(gone, "right")
    assert measure(gone, "sway-rms", "right").value is None
    assert measure(gone, "sway-rms", "right").reason == camera_sway(gone, "right")
