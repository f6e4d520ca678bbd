"""How true the mirror's measures are: beside force plates, Vicon, Kinect and OpenCap, and on made motion.

    python benchmarks/mirror_measures.py [--check]

Writes docs/reports/mirror-measures.md from the data beside the checkout; with ``--check`` it only compares.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if __package__ in (None, ""):  # called as a script
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import mirror_made as made
from benchmarks import mirror_moving as moving
from benchmarks.mirror_words import HEAD, PARTS, TAIL

from midstance.formats.reference.markdown import table
from midstance.motion.landmarks import Series, angles
from midstance.motion.measures import KINDS, frames, measure, sway_measures
from midstance.motion.quality import step_down_faults
from midstance.motion.reps import Rep
from midstance.motion.sides import tempo
from midstance.motion.smoothing import evenly, low_pass
from midstance.motion.sway import CAMERA_CUT_HZ, CAMERA_RATE_HZ, sway
from midstance.motion.views import View

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reports" / "mirror-measures.md"
JOINTS = ("knee", "hip", "ankle", "elbow", "shoulder")
LEG_JOINTS = JOINTS[:3]
SIDES = ("left", "right")
SQUAT, SIDE_LUNGE = 1, 4
FEWEST_PAIRS = 10
# Of the incorrect repetitions the two systems' files of one number are not of one repetition (the first squat bends the
# knee by 69 degrees in one and by 108 in the other), so only the correct ones are compared.
PAIRED = "correct"
KINDS_OF_DOING = ("correct", "incorrect")


@cache
def plate_rows() -> tuple[tuple[str, int, float, float], ...]:
    """Measure, trials, correlation with the authors' table, largest relative difference [%]."""
    found = [(sway(path, 100.0), told) for _, path, told in moving.plates()]
    ours = np.array([[one.ellipse_area, one.path_per_s, one.mean_frequency_hz] for one, _ in found])
    theirs = np.array([told for _, told in found])
    names = ("95 % ellipse (COParea, cm²)", "mean speed (COPvelo, cm/s)", "mean frequency (COPmfreq, Hz)")
    return tuple((name, len(found), float(np.corrcoef(ours[:, k], theirs[:, k])[0, 1]),
                  float(np.abs(ours[:, k] / theirs[:, k] - 1).max() * 100)) for k, name in enumerate(names))


def quiet_plate_rows() -> list[Sequence[str]]:
    """How far a camera's rate, low-pass and jitter change sway: the plates' paths [mm], seen as a camera would."""
    rows = []
    for noise in (0.0, 2.0, 5.0, 10.0):
        random = np.random.default_rng(7)
        pairs = []
        for _, path, _ in moving.plates():
            truth = sway(path * 10, 100.0)
            times = np.arange(0, 59.9, 1 / 30)
            jittered = path[np.round(times * 100).astype(int)] * 10 + random.normal(0, noise, (len(times), 2))
            even = np.stack([low_pass(evenly(times, jittered[:, k], CAMERA_RATE_HZ), CAMERA_RATE_HZ, CAMERA_CUT_HZ)
                             for k in (0, 1)], axis=1)
            got = sway(even, CAMERA_RATE_HZ)
            pairs.append([(one.path_per_s, one.rms, one.ellipse_area) for one in (truth, got)])
        truths, gots = (np.array([pair[k] for pair in pairs]) for k in (0, 1))
        cells = [f"{np.median(gots[:, k] / truths[:, k]):.2f} (r {np.corrcoef(truths[:, k], gots[:, k])[0, 1]:.3f})"
                 for k in range(3)]
        rows.append([f"{noise:g}", str(len(pairs)), *cells])
    return rows


def kinematic_plate_rows() -> list[Sequence[str]]:
    """Sway of the four raw trials of PDS, low-passed at 10 Hz as their authors did; there is no table beside them."""
    rows = []
    words = {"O": "eyes open", "C": "eyes closed", "R": "rigid ground", "F": "foam"}
    for name, path in moving.kinematic_plates().items():
        found = sway(np.stack([low_pass(path[:, k], 100.0, 10.0) for k in (0, 1)], axis=1), 100.0)
        rows.append([f"{words[name[5]]}, {words[name[6]]}", f"{found.path_per_s:.2f}", f"{found.rms:.2f}",
                     f"{found.ellipse_area:.2f}", f"{found.mean_frequency_hz:.2f}"])
    return rows


@cache
def matched(movement: int) -> dict[str, tuple[np.ndarray, ...]]:
    """Differences Kinect less Vicon [degrees] by joint: one array for each repetition and side, clocks aligned."""
    found: dict[str, list[np.ndarray]] = {joint: [] for joint in (*JOINTS, "shin", "trunk")}
    for key, body in moving.vicon(movement, PAIRED).items():
        fast, slow = moving.seen(body, 0.0), moving.seen(moving.kinect(movement, PAIRED)[key], 0.0)
        lag = moving.lag_of((slow.times_s, _both_knees(slow)), (fast.times_s, _both_knees(fast)))
        for name in found:
            found[name] += _differences(fast, slow, name, lag)
    return {name: tuple(arrays) for name, arrays in found.items()}


def _both_knees(series: Series) -> np.ndarray:
    """Mean bend of both knees; where one is missing the other, where both are 180 degrees."""
    left, right = (angles(series, f"{side} knee") for side in SIDES)
    mean = np.where(np.isnan(left), right, np.where(np.isnan(right), left, (left + right) / 2))
    return np.where(np.isnan(mean), 180.0, mean)


def _angle(series: Series, name: str, side: str) -> np.ndarray:
    if name in JOINTS:
        return angles(series, f"{side} {name}")
    return frames(series, "shin-forward" if name == "shin" else "trunk-forward", side)


def _differences(fast: Series, slow: Series, name: str, lag: float) -> list[np.ndarray]:
    found = []
    at = fast.times_s + lag
    inside = (at >= slow.times_s[0]) & (at <= slow.times_s[-1])
    for side in SIDES:
        truth, got = _angle(fast, name, side), _angle(slow, name, side)
        there = np.isfinite(got)
        if there.sum() < 5:
            continue
        gap = np.interp(at, slow.times_s[there], got[there]) - truth
        gap = gap[inside & np.isfinite(gap)]
        if len(gap) > 5:
            found.append(gap)
    return found


def angle_rows() -> list[Sequence[str]]:
    """Movement, joint, repetitions, frames, MAE, mean difference, MAE with each repetition's own mean taken off."""
    rows = []
    for movement, name in moving.MOVEMENTS.items():
        for joint, arrays in matched(movement).items():
            if joint not in JOINTS and movement != SQUAT:
                continue
            whole = np.concatenate(arrays)
            rest = np.concatenate([one - one.mean() for one in arrays])
            rows.append([name, joint, str(len(arrays)), str(len(whole)), f"{np.abs(whole).mean():.1f}",
                         f"{whole.mean():+.1f}", f"{np.abs(rest).mean():.1f}"])
    return rows


@cache
def pairs_of(id_: str, movement: int) -> tuple[tuple[float, float], ...]:
    """The same measure of the same repetition by the Vicon and by the Kinect, of every side where both tell."""
    yaw = 0.0 if KINDS[id_].view is View.SIDE else 90.0
    found = []
    for key, body in moving.vicon(movement, PAIRED).items():
        two = (moving.seen(body, yaw), moving.seen(moving.kinect(movement, PAIRED)[key], yaw))
        for side in SIDES:
            values = [measure(series, id_, side).value for series in two]
            if None not in values:
                found.append((values[0], values[1]))
    return tuple(found)


def measure_rows() -> list[Sequence[str]]:
    """Measure, movement, pairs, mean difference, its spread, mean absolute difference, correlation, error shown."""
    rows = []
    for kind in KINDS.values():
        for movement in (SQUAT,) if kind.view is View.SIDE else (SQUAT, SIDE_LUNGE):
            pairs = np.array(pairs_of(kind.id, movement)) if kind.takes else np.empty(0)
            if len(pairs) < FEWEST_PAIRS:
                continue
            gap = pairs[:, 1] - pairs[:, 0]
            rows.append([f"`{kind.id}`", kind.unit, moving.MOVEMENTS[movement], str(len(pairs)), f"{gap.mean():+.1f}",
                         f"{gap.std():.1f}", f"{np.abs(gap).mean():.1f}", f"{np.corrcoef(pairs.T)[0, 1]:.2f}",
                         f"{kind.error:g}"])
    return rows


def picture_rows() -> list[Sequence[str]]:
    """What the picture alone costs: Vicon joints in space against the same seen in perspective, 3 m away."""
    rows = []
    for yaw in (0.0, 10.0, 20.0, 30.0):
        gaps: dict[str, list[np.ndarray]] = {joint: [] for joint in LEG_JOINTS}
        for doing in KINDS_OF_DOING:
            for body in moving.vicon(1, doing).values():
                space, picture = moving.seen(body, yaw), moving.seen(body, yaw, metres=3.0)
                for joint in LEG_JOINTS:
                    gap = frames(picture, f"{joint}-range", "right") - angles(space, f"right {joint}")
                    gaps[joint].append(gap[np.isfinite(gap)])
        rows.append([f"{yaw:g}", str(sum(map(len, gaps["knee"]))),
                     *(f"{np.abs(np.concatenate(gaps[joint])).mean():.1f}" for joint in LEG_JOINTS)])
    return rows


def opencap_rows() -> list[Sequence[str]]:
    """OpenSim's joint angles against the mirror's three-point angles of a body put into them."""
    told, body = moving.opencap()
    space, picture = moving.seen(body, 0.0), moving.seen(body, 0.0, metres=3.0)
    rows = []
    for joint, name in (("knee", "knee_angle_r"), ("hip", "hip_flexion_r"), ("hip with lumbar spine", "both"),
                        ("elbow", "elbow_flex_r"), ("ankle", "ankle_angle_r")):
        truth = told["hip_flexion_r"] - told["lumbar_extension"] if name == "both" else told[name]
        word = f"right {joint.split()[0]}"
        rest = 90.0 if joint == "ankle" else 180.0
        gap = rest - angles(space, word) - truth
        flat = rest - frames(picture, f"{joint.split()[0]}-range", "right") - truth
        rows.append([joint, str(len(gap)), f"{np.abs(gap).mean():.1f}", f"{gap.mean():+.1f}",
                     f"{np.abs(gap - gap.mean()).mean():.1f}", f"{np.abs(flat - flat.mean()).mean():.1f}"])
    return rows


def own_angle_rows() -> list[Sequence[str]]:
    """Bend of the knee by the Kinect's own turns of the shin, against our knee angle from places: arithmetic only."""
    rows = []
    for movement in moving.MOVEMENTS:
        gaps = []
        for doing in KINDS_OF_DOING:
            own = moving.kinect_angles(movement, doing)
            for key, body in moving.kinect(movement, doing).items():
                series = moving.seen(body, 0.0)
                for side, joint in (("left", 15), ("right", 19)):
                    x, _, z = np.radians(own[key][:, joint]).T
                    gap = 180 - angles(series, f"{side} knee") - np.degrees(np.arccos(np.cos(x) * np.cos(z)))
                    gaps.append(gap[np.isfinite(gap)])
        whole = np.concatenate(gaps)
        rows.append([moving.MOVEMENTS[movement], str(len(gaps)), str(len(whole)), f"{np.abs(whole).mean():.3f}"])
    return rows


CAMERAS: tuple[tuple[str, dict[str, float]], ...] = (
    ("no noise, far away", {"metres": 1e6}), ("3 m away", {}), ("noise 0.3 %", {"noise_percent": 0.3}),
    ("noise 0.6 %", {"noise_percent": 0.6}), ("noise 0.3 %, 10 pictures/s", {"noise_percent": 0.3, "rate_hz": 10.0}),
    ("noise 0.3 %, a tenth lost", {"noise_percent": 0.3, "lost": 0.1}), ("turned by 8°", {"yaw": 82.0}),
    ("turned by 20°", {"yaw": 70.0}), ("camera tilted by 2°", {"roll": 2.0}),
)
FAULTS = {"knee-inward": made.knee_in, "pelvic-drop": made.hip_drop, "trunk-sideways": made.lean_aside}


def made_fault(id_: str, degrees: float, camera: dict[str, float]) -> float | None:
    """Measure a fault of three made single-leg squats to seven tenths of their depth."""
    eye = made.Eye(**camera)
    times, points = made.squats(3, eye.rate_hz, share=0.7)
    series = made.seen(times, FAULTS[id_](points, degrees * made.depth_share(points)), eye)
    return measure(series, id_, made.STANCE).value


def made_rows(id_: str) -> list[Sequence[str]]:
    """Camera, then what is measured of 0, 10 and 20 degrees put in."""
    rows = []
    for name, camera in CAMERAS:
        values = [made_fault(id_, degrees, camera) for degrees in (0.0, 10.0, 20.0)]
        rows.append([name, *("withheld" if value is None else f"{value:.1f}" for value in values)])
    return rows


def made_count_rows() -> list[Sequence[str]]:
    """Faults put in, faults counted, by camera."""
    cases = {"none": (0, 0, 0), "trunk 15°": (0, 0, 15), "pelvis 12°": (0, 12, 0), "knee 25°": (25, 0, 0),
             "all three": (25, 12, 15)}
    rows = []
    for name, (knee, pelvis, trunk) in cases.items():
        cells = []
        for camera in ({}, {"noise_percent": 0.3}, {"noise_percent": 0.6}, {"yaw": 82.0}):
            eye = made.Eye(**camera)
            times, points = made.squats(5, eye.rate_hz, share=0.7)
            share = made.depth_share(points)
            points = made.lean_aside(made.hip_drop(made.knee_in(points, knee * share), pelvis * share), trunk * share)
            found = step_down_faults(made.seen(times, points, eye), made.STANCE)
            cells.append(found if isinstance(found, str) else
                         f"{found.total} (trunk {found.trunk}, pelvis {found.pelvis}, knee {found.knee})")
        rows.append([name, *cells])
    return rows


def made_sway_rows() -> list[Sequence[str]]:
    """Sway put in and measured over a balance of 30 s: spread, path and area, by camera."""
    rows = []
    for percent in (0.3, 1.0, 3.0):
        for name, camera in (("3 m away", {}), ("noise 0.3 %", {"noise_percent": 0.3}),
                             ("noise 0.6 %", {"noise_percent": 0.6}),
                             ("noise 0.3 %, 10 pictures/s", {"noise_percent": 0.3, "rate_hz": 10.0}),
                             ("noise 0.3 %, 1 in 50 lost", {"noise_percent": 0.3, "lost": 0.02})):
            eye = made.Eye(**camera)
            series, path = made.swaying(30.0, percent, eye)
            truth = sway(path, eye.rate_hz)
            told = (truth.rms, truth.path_per_s, truth.ellipse_area)
            path_, rms, area = sway_measures(series, made.STANCE)
            cells = [f"{want:.2f} → " + ("withheld" if got.value is None else f"{got.value:.2f}")
                     for want, got in zip(told, (rms, path_, area), strict=True)]
            rows.append([name, *cells])
    return rows


def made_tempo(rate_hz: float, noise: float, legs: tuple[float, float, float]) -> tuple[float, float, float] | None:
    """Tempo of a made repetition of 90 degrees, eased there and back with a pause."""
    away, pause, back = legs
    times = np.arange(0, away + pause + back + 2, 1 / rate_hz)
    t = times - 1
    way = np.where(t < away, (1 - np.cos(np.pi * np.clip(t / away, 0, 1))) / 2,
                   (1 + np.cos(np.pi * np.clip((t - away - pause) / back, 0, 1))) / 2)
    values = 170 - 90 * way + np.random.default_rng(3).normal(0, noise, len(times))
    rep = Rep(start_s=1.0, turn_s=1 + away + pause / 2, end_s=1 + away + pause + back * 0.6, rest=170.0, turn=80.0)
    found = tempo(times, values, rep)
    return None if found is None else (found.away_s, found.pause_s, found.back_s)


def made_tempo_rows() -> list[Sequence[str]]:
    """Pictures a second and noise; then tempo put in and measured."""
    rows = []
    for rate, noise in ((30.0, 0.0), (30.0, 2.0), (10.0, 2.0)):
        cells = []
        for legs in ((3.0, 1.0, 1.0), (1.0, 0.0, 1.0), (2.0, 2.0, 4.0)):
            found = made_tempo(rate, noise, legs)
            told = "-".join(f"{one:g}" for one in legs)
            cells.append(f"{told} → " + ("withheld" if found is None else "-".join(f"{one:.1f}" for one in found)))
        rows.append([f"{rate:g}", f"{noise:g}", *cells])
    return rows


def render() -> str:
    """Write the page."""
    tables = {
        "plates": table(["measure", "trials", "correlation", "largest difference, %"],
                        [[name, str(n), f"{r:.5f}", f"{most:.3f}"] for name, n, r, most in plate_rows()]),
        "quiet": table(["jitter, mm", "trials", "path/s", "rms", "area"], quiet_plate_rows()),
        "pds": table(["trial", "path, cm/s", "rms, cm", "area, cm²", "frequency, Hz"], kinematic_plate_rows()),
        "angles": table(["movement", "angle", "repetitions × sides", "frames", "MAE, °", "mean difference, °",
                         "MAE about it, °"], angle_rows()),
        "measures": table(["measure", "unit", "movement", "pairs", "mean difference", "its spread", "MAE",
                           "correlation", "error shown"], measure_rows()),
        "picture": table(["turned, °", "frames", *LEG_JOINTS], picture_rows()),
        "opencap": table(["angle", "frames", "MAE, °", "mean difference, °", "MAE about it, °",
                          "the same seen from 3 m, °"], opencap_rows()),
        "own": table(["movement", "repetitions × sides", "frames", "MAE, °"], own_angle_rows()),
        "knee": table(["camera", "0°", "10°", "20°"], made_rows("knee-inward")),
        "drop": table(["camera", "0°", "10°", "20°"], made_rows("pelvic-drop")),
        "lean": table(["camera", "0°", "10°", "20°"], made_rows("trunk-sideways")),
        "faults": table(["put in", "3 m away", "noise 0.3 %", "noise 0.6 %", "turned by 8°"], made_count_rows()),
        "sway": table(["camera", "rms", "path/s", "area"], made_sway_rows()),
        "tempo": table(["pictures/s", "noise, °", "slow", "quick", "paused"], made_tempo_rows()),
    }
    parts = [HEAD, *(words.format(**tables) for words in PARTS), TAIL]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def main(arguments: list[str]) -> int:
    """Write the page, or compare it."""
    if not moving.THERE:
        print("mirror_measures: the data are not beside the checkout (../shared/data).", file=sys.stderr)
        return 1
    text = render()
    if "--check" in arguments:
        same = PAGE.exists() and PAGE.read_text("utf-8") == text
        print("as written" if same else "differs: run python benchmarks/mirror_measures.py")
        return 0 if same else 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
