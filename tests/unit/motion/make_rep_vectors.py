"""Write the vectors of the rep counter for Python and JavaScript.

    python tests/unit/motion/make_rep_vectors.py

Everything in them is made motion: the figures' own animations and an idle body, seen by a made camera.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests"))

from made_motion import Camera, idle, joints_of, seen, shown  # noqa: E402 - the tests' folder is on the path now
from midstance.catalogue.load import load_catalogue  # noqa: E402
from midstance.motion.clip import made  # noqa: E402
from midstance.motion.holds import holds_in  # noqa: E402
from midstance.motion.landmarks import INDEX, NAMES, Series, angles  # noqa: E402
from midstance.motion.rep_watch import count_seen  # noqa: E402
from midstance.motion.reps import count  # noqa: E402

WHERE = ROOT / "tests" / "data" / "vectors" / "mirror-reps.json"
KEPT = tuple(name for name in NAMES if name.split("_", 1)[-1] in (
    "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "foot_index"))
EXERCISES = {
    "squat": "", "single-leg-calf-raise": "right", "reverse-lunge": "right", "push-up": "", "squat-jump": "",
    "standing-rotation": "right", "single-leg-deadlift": "right", "a-march": "",
}
HOLDS = {"single-leg-arch-balance": "right", "plank": "", "side-plank": "right"}
PLACES, SURE = 3, 2
"""Decimals kept of a place [m] and of a visibility."""


def rounded(series: Series) -> Series:
    """Keep what the file keeps."""
    hidden = np.ones(len(NAMES), dtype=bool)
    hidden[[INDEX[name] for name in KEPT]] = False
    points, visibility = np.round(series.points, PLACES), np.round(series.visibility, SURE)
    points[:, hidden], visibility[:, hidden] = 0, 0
    return Series(times_s=np.round(series.times_s, PLACES), points=points, visibility=visibility)


def rows_of(series: Series) -> dict[str, Any]:
    """Write a series as the file has it."""
    kept = [INDEX[name] for name in KEPT]
    rows = np.concatenate([series.points[:, kept], series.visibility[:, kept, None]], axis=2)
    return {"times": series.times_s.tolist(), "frames": rows.tolist()}


def series_of(rows: dict[str, Any]) -> Series:
    """Read a series of the file."""
    told = np.array(rows["frames"], dtype=float)
    points, visibility = np.zeros((len(told), len(NAMES), 3)), np.zeros((len(told), len(NAMES)))
    kept = [INDEX[name] for name in KEPT]
    points[:, kept], visibility[:, kept] = told[..., :3], told[..., 3]
    return Series(times_s=np.array(rows["times"]), points=points, visibility=visibility)


def result(series: Series, watched: Any, side: str) -> dict[str, Any]:
    """Count, as the file has it."""
    values = angles(series, watched["angle"])
    return {
        "values": [None if np.isnan(value) else float(value) for value in values],
        "alone": [asdict(rep) for rep in count(series.times_s, values, watched)],
        "reps": [asdict(rep) for rep in count_seen(series, watched, side)],
    }


def vectors() -> list[dict[str, Any]]:
    """Make all cases: name, what is watched, the side, the series, and what is counted."""
    known = load_catalogue().exercises
    cases: list[dict[str, Any]] = []
    for number, (id_, side) in enumerate(EXERCISES.items()):
        clip = made(known[id_])
        watched = clip["watch"]
        assert watched is not None
        series = rounded(shown(clip, 2, max(10, watched["frames_s"]), noise_m=0.006, dropped=0.05, seed=number))
        counted = result(series, watched, side)
        cases.append({"name": id_, "watched": watched, "side": side, **rows_of(series), **counted})
    for number, (id_, side) in enumerate(HOLDS.items()):
        clip = made(known[id_])
        hold = clip["hold"]
        assert hold is not None
        joints = np.repeat(joints_of(clip, np.zeros(1)), 40, axis=0)
        series = rounded(seen(joints, np.arange(40) / 10, 90 if number == 0 else 0, 0, noise_m=0.006, dropped=0.05,
                              seed=number))
        held = [asdict(one) for one in holds_in(series, hold, side)]
        cases.append({"name": id_, "hold": hold, "side": side, **rows_of(series), "held": held})
    watched = made(known["squat"])["watch"]
    series = rounded(idle(0.12, 12, Camera(), seed=3))
    cases.append({"name": "idle", "watched": watched, "side": "", **rows_of(series), **result(series, watched, "")})
    return cases


if __name__ == "__main__":
    WHERE.write_text(json.dumps({"kept": KEPT, "cases": vectors()}, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{WHERE.relative_to(ROOT)}: {WHERE.stat().st_size} bytes")
