"""Write the vectors of the mirror's measures for Python and JavaScript.

    python tests/unit/motion/make_measure_vectors.py

Everything in them is made motion: the figure, seen by a made camera.
"""

from __future__ import annotations

import importlib
import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from midstance.motion.landmarks import INDEX, NAMES, Series
from midstance.motion.measures import KINDS, Measure, measure, measures, sway_measures
from midstance.motion.quality import Faults, step_down_faults
from midstance.motion.reps import Rep
from midstance.motion.sides import sides, tempo
from midstance.motion.sway import sway
from midstance.motion.views import near_side, view_of

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))
try:
    made = importlib.import_module("benchmarks.mirror_made")
finally:
    sys.path.remove(str(ROOT))

WHERE = ROOT / "tests" / "data" / "vectors" / "mirror-measures.json"
KEPT = tuple(name for name in NAMES if name.split("_", 1)[-1] in (
    "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index"))


def squats(eye, knee: float = 0.0, drop: float = 0.0, lean: float = 0.0) -> Series:
    """Two made single-leg squats with faults."""
    times, points = made.squats(2, eye.rate_hz, seconds=2.5, share=0.7)
    share = made.depth_share(points)
    points = made.lean_aside(made.hip_drop(made.knee_in(points, knee * share), drop * share), lean * share)
    return made.seen(times, points, eye)


def flat(series: Series) -> Series:
    """The same without depth."""
    return replace(series, points=series.points * np.array([1.0, 1.0, 0.0]))


def cases() -> dict[str, Series]:
    """Series by name."""
    plain = made.Eye(rate_hz=10)
    noisy = made.Eye(rate_hz=12, noise_percent=0.4, lost=0.05, seed=5)
    return {
        "from the front with faults": squats(noisy, 22, 12, 14),
        "from the front without": squats(plain),
        "without depth": flat(squats(made.Eye(rate_hz=10, noise_percent=0.2), 15)),
        "from the side": squats(replace(noisy, yaw=made.SIDE)),
        "from the other side, far leg hidden": hidden(squats(replace(plain, yaw=180.0)), "right"),
        "between": squats(replace(plain, yaw=45.0)),
        "balance": made.swaying(8.0, 1.2, made.Eye(rate_hz=12.0, noise_percent=0.3, lost=0.01))[0],
        "short balance": made.swaying(3.0, 1.2, made.Eye(rate_hz=12.0))[0],
    }


def hidden(series: Series, side: str) -> Series:
    """The same with one leg hardly seen."""
    visibility = series.visibility.copy()
    visibility[:, [INDEX[f"{side}_{name}"] for name in ("hip", "knee", "ankle", "heel", "foot_index")]] = 0.2
    return replace(series, visibility=visibility)


def packed(series: Series) -> Series:
    """Round to what the file keeps; places that no measure needs become unseen."""
    chosen = [INDEX[name] for name in KEPT]
    points, visibility = np.zeros_like(series.points), np.zeros_like(series.visibility)
    points[:, chosen] = series.points[:, chosen].round(4)
    visibility[:, chosen] = series.visibility[:, chosen].round(2)
    return Series(times_s=series.times_s.round(4), points=points, visibility=visibility)


def unpacked(case: dict[str, object]) -> Series:
    """Read a series of the file."""
    chosen = [INDEX[name] for name in KEPT]
    rows = np.array(case["frames"])
    points, visibility = np.zeros((len(rows), len(NAMES), 3)), np.zeros((len(rows), len(NAMES)))
    points[:, chosen], visibility[:, chosen] = rows[:, :, :3], rows[:, :, 3]
    return Series(times_s=np.array(case["times"]), points=points, visibility=visibility)


def told(found: Measure) -> list[object]:
    """What is compared of a measure."""
    return [found.id, found.side, found.value, found.low, found.high, found.reason]


def faults_told(found: Faults | str) -> object:
    """What is compared of faults."""
    if isinstance(found, str):
        return found
    return [found.arm, found.trunk, found.pelvis, found.knee, found.stance, found.total, found.reading]


def expected(series: Series) -> dict[str, object]:
    """Everything measured of a series."""
    balance = series.times_s[-1] - series.times_s[0] > 6 and view_of(series) == "front"
    return {
        "view": view_of(series), "near": near_side(series), "measures": [told(one) for one in measures(series)],
        "one": told(measure(series, "knee-inward", "right")), "faults": faults_told(step_down_faults(series, "right")),
        "sway": [told(one) for one in sway_measures(series, "right")] if balance else [],
    }


def pairs() -> list[dict[str, object]]:
    """Sides of made values: inside the noise, beyond it, below 0, unknown error."""
    found = []
    for id_, left, right in (("squat-depth", 10.0, 18.0), ("squat-depth", 10.0, 60.0), ("squat-depth", 52.0, 70.0),
                             ("pelvic-drop", -3.0, 14.0), ("sway-rms", 1.0, 1.3), ("knee-inward-share", 0.0, 0.0)):
        kind = KINDS[id_]
        one, two = (Measure(id=id_, side=side, value=value, low=value, high=value, unit=kind.unit, error=kind.error,
                            limits=kind.limits, view=kind.view) for side, value in (("left", left), ("right", right)))
        found.append({"id": id_, "left": left, "right": right, "sides": asdict(sides(one, two))})
    return found


def paces() -> list[dict[str, object]]:
    """Tempos of made angles; one has a hole, one no return."""
    found = []
    for legs, rate, cut in (((3.0, 1.0, 1.0), 10.0, 0), ((1.0, 0.0, 1.0), 15.0, 4), ((2.0, 0.5, 2.0), 10.0, 25)):
        away, pause, back = legs
        times = np.arange(0, sum(legs) + 1.5, 1 / rate).round(4)
        t = times - 0.5
        way = np.where(t < away, (1 - np.cos(np.pi * np.clip(t / away, 0, 1))) / 2,
                       (1 + np.cos(np.pi * np.clip((t - away - pause) / back, 0, 1))) / 2)
        values: list[float | None] = [round(170 - 90 * float(one), 4) for one in way]
        kept = len(values) if cut < 20 else len(values) - cut
        values = [None if cut and k % 9 == cut else value for k, value in enumerate(values[:kept])]
        rep = Rep(start_s=0.5, turn_s=0.5 + away, end_s=0.5 + away + pause + 0.7 * back, rest=170.0, turn=80.0)
        array = np.array([np.nan if value is None else value for value in values])
        pace = tempo(times[:kept], array, rep)
        found.append({"times": times[:kept].tolist(), "values": values, "rep": asdict(rep),
                      "tempo": None if pace is None else asdict(pace)})
    return found


def paths() -> list[dict[str, object]]:
    """Sway of plain paths: an even and an odd number of places, and one on a line."""
    random = np.random.default_rng(11)
    found = []
    for count, rate in ((120, 25.0), (75, 10.0)):
        path = np.cumsum(random.normal(0, 1, (count, 2)), axis=0).round(4)
        found.append({"rate": rate, "path": path.tolist(), "sway": asdict(sway(path, rate))})
    line = np.stack([np.arange(30.0), 2 * np.arange(30.0)], axis=1)
    return [*found, {"rate": 5.0, "path": line.tolist(), "sway": asdict(sway(line, 5.0))}]


def vectors() -> dict[str, object]:
    """Make all vectors."""
    kinds = [{**asdict(kind), "needs": list(kind.needs)} for kind in KINDS.values()]
    chosen = [INDEX[name] for name in KEPT]
    series = {name: packed(one) for name, one in cases().items()}
    rows = [{
        "name": name, "times": one.times_s.tolist(),
        "frames": np.concatenate((one.points, one.visibility[:, :, None]), axis=2)[:, chosen].tolist(),
        "expect": expected(one)} for name, one in series.items()]
    return {"kept": list(KEPT), "kinds": kinds, "cases": rows, "sides": pairs(), "tempos": paces(), "paths": paths()}


if __name__ == "__main__":
    WHERE.write_text(json.dumps(vectors(), separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
