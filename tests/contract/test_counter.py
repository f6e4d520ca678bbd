"""The counter counts what the figure shows: every exercise that can be watched, from its record alone."""

from __future__ import annotations

import json

import numpy as np
import pytest

from made_motion import Camera, idle, shown
from midstance.catalogue.load import load_catalogue
from midstance.motion.clip import clip_of
from midstance.motion.landmarks import angles
from midstance.motion.rep_watch import count_seen
from midstance.motion.reps import count
from midstance.services.mirror import UNCOUNTED
from unit.motion.make_rep_vectors import KEPT, WHERE, result, series_of

WATCHED = {id_: exercise for id_, exercise in load_catalogue().exercises.items()
           if exercise.motion and exercise.motion.watch}
IDLE_EXERCISES = (
    "squat", "reverse-lunge", "push-up", "calf-raise", "single-leg-deadlift", "pogo", "band-row", "a-march")


@pytest.mark.parametrize("id_", sorted(WATCHED))
def test_the_figures_own_movement_is_counted_exactly(id_: str) -> None:
    """Four rounds at 30 and at 10 pictures a second, with noise and lost pictures, are four rounds."""
    clip = clip_of(WATCHED[id_])
    watched = clip["watch"]
    assert watched is not None
    if watched["uncounted"]:
        assert watched["uncounted"] in UNCOUNTED, "a reason that can be told"
        return
    each = 2 if clip["alternating"] or watched["who"] == "either" or "line-hop" in id_ else 1
    for number, rate in enumerate((30, 10)):
        series = shown(clip, 4, max(rate, watched["frames_s"]), noise_m=0.008, dropped=0.05, seed=number + 1)
        assert len(count_seen(series, watched)) == 4 * each, f"{rate} pictures a second"


def test_few_exercises_cannot_be_counted() -> None:
    """What is too small or too like walking is named, and is the exception."""
    not_counted = {id_ for id_, exercise in WATCHED.items() if (clip_of(exercise)["watch"] or {}).get("uncounted")}
    assert len(not_counted) < len(WATCHED) / 8
    assert "farmers-carry" in not_counted


@pytest.mark.parametrize("yaw", [0, 90])
def test_nobody_who_only_walks_about_is_counted(yaw: int) -> None:
    """Made idle people walk, come to the camera, scratch themselves, sit down once: no repetition of anything."""
    series = idle(1.5, 15, Camera(yaw=yaw, metres=3.2), seed=yaw + 7)
    found = {id_: len(count_seen(series, clip_of(WATCHED[id_])["watch"])) for id_ in IDLE_EXERCISES}
    assert found == dict.fromkeys(IDLE_EXERCISES, 0)


def test_a_bent_start_does_not_hide_the_first_repetition() -> None:
    """One straight picture at the start, then a long stand a little bent, then a squat: one repetition."""
    watched = clip_of(WATCHED["squat"])["watch"]
    assert watched is not None
    times = np.arange(0, 16, 1 / 20)
    values = np.where(times < 0.3, 178.0, 168.0)
    values = np.where((times > 11) & (times < 14), 168 - 95 * np.sin((times - 11) / 3 * np.pi), values)
    assert len(count(times, values, watched)) == 1


def test_the_vectors_are_what_the_program_counts() -> None:
    """The file that the browser's tests read is not stale."""
    told = json.loads(WHERE.read_text(encoding="utf-8"))
    assert told["kept"] == list(KEPT)
    for case in (one for one in told["cases"] if "watched" in one):
        series = series_of(case)
        again = result(series, case["watched"], case["side"])
        assert again["alone"] == case["alone"]
        assert again["reps"] == case["reps"]
        values = angles(series, case["watched"]["angle"])
        kept = np.array([np.nan if value is None else value for value in case["values"]])
        assert np.allclose(values, kept, atol=1e-6, equal_nan=True)
