"""Real movements and force plates beside the checkout, read for the mirror's measures: one reader for report and tests.

UI-PRMD (Vakanski et al. 2018): Vicon markers at 100 Hz, Kinect joints at 30 Hz of the same repetitions, cut apart by
hand for each system, so their clocks differ. OpenCap: joint angles of squats. BDS and PDS: force plates. The folder is
never copied into the project.
"""

from __future__ import annotations

import gzip
import math
import re
import tarfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from midstance.motion.figure_landmarks import facing
from midstance.motion.landmarks import INDEX, NAMES, Series

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
PRMD = DATA / "mocap" / "ui-prmd"
OPENCAP = DATA / "mocap" / "opencap" / "squats1_videoAndMocap.mot.gz"
BDS = DATA / "balance" / "bds"
PDS = DATA / "balance" / "pds"
THERE = PRMD.is_dir() and BDS.is_dir() and OPENCAP.exists()
MOVEMENTS = {1: "deep squat", 3: "inline lunge", 4: "side lunge"}
LIMBS = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index")
VICON_HZ, KINECT_HZ = 100.0, 30.0

_MARKERS = re.findall(r"\w+", """
    LFHD RFHD LBHD RBHD C7 T10 CLAV STRN RBAK LSHO LUPA LELB LFRM LWRA LWRB LFIN RSHO RUPA RELB RFRM RWRA RWRB RFIN
    LASI RASI LPSI RPSI LTHI LKNE LTIB LANK LHEE LTOE RTHI RKNE RTIB RANK RHEE RTOE""")
# Joint above each Kinect joint: waist, spine, chest, neck, head, tip, left arm, right arm, left leg, right leg.
_ABOVE = (-1, 0, 1, 2, 3, 4, 2, 6, 7, 8, 2, 10, 11, 12, 0, 14, 15, 16, 0, 18, 19, 20)
_KINECT = {"shoulder": (7, 11), "elbow": (8, 12), "wrist": (9, 13), "hip": (14, 18), "knee": (15, 19),
           "ankle": (16, 20), "foot_index": (17, 21)}


@dataclass(frozen=True, kw_only=True)
class Body:
    """Landmarks in space [m], (n, 33, 3), x forward, y left, z up; ``known`` tells which are there, (n, 33)."""

    times_s: np.ndarray
    points: np.ndarray
    known: np.ndarray


def seen(body: Body, yaw: float, *, metres: float = math.inf, pitch: float = 0.0) -> Series:
    """See a body by a camera: from the right at yaw 0, from the front at 90, so many metres away."""
    points = (body.points - body.points[:, [INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=(0, 1))) @ facing(
        yaw, pitch).T
    if math.isfinite(metres):
        points = points * (metres / (metres + points[:, :, 2:]))
    return Series(times_s=body.times_s, points=points, visibility=body.known.astype(float))


def _body(times: np.ndarray, places: dict[str, np.ndarray], up: np.ndarray) -> Body:
    """Turn places in any right-handed axes so that the hips of the first tenth of a second lie across."""
    count = len(times)
    left = (places["left_hip"] - places["right_hip"])[:5].mean(axis=0)
    left = left - (left @ up) * up
    left = left / np.linalg.norm(left)
    turn = np.stack([np.cross(left, up), left, up])
    points, known = np.zeros((count, len(NAMES), 3)), np.zeros(len(NAMES), dtype=bool)
    for name, place in places.items():
        points[:, INDEX[name]], known[INDEX[name]] = place @ turn.T, True
    return Body(times_s=times, points=points, known=_whole(points, known))


# Lengths [m] that a bone of a grown-up may have; a marker that jumped makes another.
_PLAUSIBLE = {("hip", "knee"): (0.2, 0.6), ("knee", "ankle"): (0.2, 0.6), ("ankle", "foot_index"): (0.07, 0.25),
              ("shoulder", "hip"): (0.3, 0.7), ("shoulder", "elbow"): (0.15, 0.45)}


def _whole(points: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Take out, frame by frame, both ends of a bone of an impossible length, (n, 33)."""
    found = np.tile(known, (len(points), 1))
    for (one, two), (least, most) in _PLAUSIBLE.items():
        for side in ("left", "right"):
            ends = [INDEX[f"{side}_{one}"], INDEX[f"{side}_{two}"]]
            if known[ends].all():
                length = np.linalg.norm(points[:, ends[0]] - points[:, ends[1]], axis=1)
                found[np.ix_((length < least) | (length > most), ends)] = False
    return found


def _tables(name: str) -> dict[tuple[int, int], np.ndarray]:
    found = {}
    with tarfile.open(PRMD / f"{name}.tar.gz") as bundle:
        for member in bundle.getnames():
            which = re.search(r"s(\d+)_e(\d+)", member)
            found[int(which[1]), int(which[2])] = np.loadtxt(bundle.extractfile(member), delimiter=",")
    return found


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector, axis=-1, keepdims=True)


def _vicon_places(row: np.ndarray) -> dict[str, np.ndarray]:
    """Joint centres [m] from skin markers: hips after Bell 1990; knees and ankles moved in by half a usual breadth
    (10 and 7 cm); shoulders 5 cm under their marker."""
    marker = dict(zip(_MARKERS, row.reshape(len(row), -1, 3).transpose(1, 0, 2) / 1000, strict=True))
    front, back = (marker["LASI"] + marker["RASI"]) / 2, (marker["LPSI"] + marker["RPSI"]) / 2
    left = _unit(marker["LASI"] - marker["RASI"])
    ahead = front - back
    ahead = _unit(ahead - (ahead * left).sum(axis=1, keepdims=True) * left)
    up = np.cross(ahead, left)
    width = np.linalg.norm(marker["LASI"] - marker["RASI"], axis=1, keepdims=True)
    trunk = _unit((marker["C7"] + marker["CLAV"]) / 2 - (front + back) / 2)
    found = {}
    for side, sign in (("left", 1), ("right", -1)):
        s = side[0].upper()
        found |= {
            f"{side}_hip": front + width * (-0.19 * ahead - 0.30 * up + sign * 0.36 * left),
            f"{side}_knee": marker[f"{s}KNE"] - sign * 0.05 * left,
            f"{side}_ankle": marker[f"{s}ANK"] - sign * 0.035 * left,
            f"{side}_heel": marker[f"{s}HEE"], f"{side}_foot_index": marker[f"{s}TOE"],
            f"{side}_shoulder": marker[f"{s}SHO"] - 0.05 * trunk, f"{side}_elbow": marker[f"{s}ELB"],
            f"{side}_wrist": (marker[f"{s}WRA"] + marker[f"{s}WRB"]) / 2,
        }
    return found


@cache
def vicon(movement: int, kind: str) -> dict[tuple[int, int], Body]:
    """Bodies by person and repetition, from the Vicon; ``kind`` is correct or incorrect."""
    return {key: _body(np.arange(len(row)) / VICON_HZ, _vicon_places(row), np.array([0.0, 0.0, 1.0]))
            for key, row in _tables(f"vicon_positions_m0{movement}_{kind}_s01-02").items()}


def _turned(degrees: np.ndarray) -> np.ndarray:
    """Matrices of z, then x, then y: of the six orders the one in which the skeletons agree best with the Vicon."""
    x, y, z = np.radians(degrees).T
    one, none = np.ones_like(x), np.zeros_like(x)
    parts = (
        [[np.cos(z), -np.sin(z), none], [np.sin(z), np.cos(z), none], [none, none, one]],
        [[one, none, none], [none, np.cos(x), -np.sin(x)], [none, np.sin(x), np.cos(x)]],
        [[np.cos(y), none, np.sin(y)], [none, one, none], [-np.sin(y), none, np.cos(y)]],
    )
    a, b, c = (np.array(part).transpose(2, 0, 1) for part in parts)
    return a @ b @ c


def _kinect_places(row: np.ndarray, angles: np.ndarray) -> dict[str, np.ndarray]:
    steps, turns = row.reshape(len(row), 22, 3) / 100, angles.reshape(len(row), 22, 3)
    places, ways = [], []
    for joint, above in enumerate(_ABOVE):
        own = _turned(turns[:, joint])
        places.append(steps[:, joint] if above < 0 else
                      places[above] + np.einsum("nij,nj->ni", ways[above], steps[:, joint]))
        ways.append(own if above < 0 else ways[above] @ own)
    found = {f"{side}_{name}": places[joint] for name, pair in _KINECT.items()
             for side, joint in zip(("left", "right"), pair, strict=True)}
    return found | {f"{side}_heel": found[f"{side}_ankle"] for side in ("left", "right")}


@cache
def kinect_angles(movement: int, kind: str) -> dict[tuple[int, int], np.ndarray]:
    """The Kinect's own turns of each joint [degrees], (n, 22, 3)."""
    tables = _tables(f"kinect_angles_m0{movement}_{kind}_s01-07")
    return {key: row.reshape(len(row), 22, 3) for key, row in tables.items()}


@cache
def kinect(movement: int, kind: str) -> dict[tuple[int, int], Body]:
    """Bodies by person and repetition, from the Kinect. A heel is not known: the ankle stands in its place."""
    angles = kinect_angles(movement, kind)
    return {key: _body(np.arange(len(row)) / KINECT_HZ, _kinect_places(row, angles[key]), np.array([0.0, 1.0, 0.0]))
            for key, row in _tables(f"kinect_positions_m0{movement}_{kind}_s01-07").items()}


def lag_of(slow: tuple[np.ndarray, np.ndarray], fast: tuple[np.ndarray, np.ndarray]) -> float:
    """Seconds by which the fast clock is behind the slow one: the shift (to 1.5 s) with the least spread of
    differences between both curves, over at least three fifths of the fast one."""
    best, lag = math.inf, 0.0
    for shift in np.arange(-1.5, 1.505, 0.01):
        at = fast[0] + shift
        inside = (at >= slow[0][0]) & (at <= slow[0][-1])
        if inside.mean() < 0.6:
            continue
        spread = float(np.std(np.interp(at[inside], *slow) - fast[1][inside]))
        if spread < best:
            best, lag = spread, float(shift)
    return lag


def _lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return file.read().splitlines()


@cache
def opencap() -> tuple[dict[str, np.ndarray], Body]:
    """OpenCap's joint angles [degrees] by name, and a body of usual lengths put into these angles."""
    lines = _lines(OPENCAP)
    start = lines.index("endheader") + 1
    names = lines[start].split()
    rows = np.array([[float(value) for value in line.split()] for line in lines[start + 1:] if line.strip()])
    angles = dict(zip(names, rows.T, strict=True))
    return angles, _posed(angles)


def _axis(degrees: np.ndarray, axis: str) -> np.ndarray:
    a = np.radians(degrees)
    one, none, c, s = np.ones_like(a), np.zeros_like(a), np.cos(a), np.sin(a)
    rows = {"x": [[one, none, none], [none, c, -s], [none, s, c]],
            "y": [[c, none, s], [none, one, none], [-s, none, c]],
            "z": [[c, -s, none], [s, c, none], [none, none, one]]}[axis]
    return np.array(rows).transpose(2, 0, 1)


def _three(angles: dict[str, np.ndarray], names: tuple[str, str, str], sign: int = 1) -> np.ndarray:
    """Turn about z, then x, then y; the last two mirrored for the left side."""
    return (_axis(angles[names[0]], "z") @ _axis(sign * angles[names[1]], "x")
            @ _axis(sign * angles[names[2]], "y"))


def _posed(angles: dict[str, np.ndarray]) -> Body:
    """Put OpenSim's angles on a body: x forward, y up, z right; lengths [m] of the figure of 172 cm."""
    pelvis = _three(angles, ("pelvis_tilt", "pelvis_list", "pelvis_rotation"))
    trunk = pelvis @ _three(angles, ("lumbar_extension", "lumbar_bending", "lumbar_rotation"))
    found: dict[str, np.ndarray] = {}
    for side, sign in (("left", -1), ("right", 1)):
        s = side[0]
        hip = pelvis @ np.array((0, 0, sign * 0.089))
        thigh = pelvis @ _three(angles, (f"hip_flexion_{s}", f"hip_adduction_{s}", f"hip_rotation_{s}"), sign)
        knee = hip + thigh @ np.array((0, -0.421, 0))
        shin = thigh @ _axis(-angles[f"knee_angle_{s}"], "z")
        ankle = knee + shin @ np.array((0, -0.423, 0))
        foot = shin @ _axis(angles[f"ankle_angle_{s}"], "z")
        shoulder = trunk @ np.array((0, 0.49, sign * 0.19))
        arm = trunk @ _three(angles, (f"arm_flex_{s}", f"arm_add_{s}", f"arm_rot_{s}"), sign)
        elbow = shoulder + arm @ np.array((0, -0.32, 0))
        fore = arm @ _axis(angles[f"elbow_flex_{s}"], "z")
        found |= {f"{side}_hip": hip, f"{side}_knee": knee, f"{side}_ankle": ankle,
                  f"{side}_heel": ankle + foot @ np.array((-0.05, -0.04, 0)),
                  f"{side}_foot_index": ankle + foot @ np.array((0.19, -0.04, 0)), f"{side}_shoulder": shoulder,
                  f"{side}_elbow": elbow, f"{side}_wrist": elbow + fore @ np.array((0, -0.25, 0))}
    return _body(angles["time"], found, np.array([0.0, 1.0, 0.0]))


@cache
def plates() -> list[tuple[str, np.ndarray, tuple[float, float, float]]]:
    """Trials of BDS that are here: name, centre of pressure [cm] (n, 2), the authors' area, speed and frequency."""
    text = _lines(BDS / "BDSinfoCOP_odd_subjects.tsv.gz")
    names = text[0].split("\t")
    wanted = [names.index(name) for name in ("COParea", "COPvelo", "COPmfreq")]
    told = {line.split("\t")[0]: tuple(float(line.split("\t")[k]) for k in wanted) for line in text[1:]}
    found = []
    for path in sorted(BDS.glob("BDS0*.txt.gz")):
        rows = np.loadtxt(path, skiprows=1)
        name = path.name.removesuffix(".txt.gz")
        found.append((name, rows[:, 7:9], told[name]))
    return found


@cache
def kinematic_plates() -> dict[str, np.ndarray]:
    """Trials of PDS that are here: unfiltered centre of pressure of both feet together [cm], (n, 2)."""
    found = {}
    for path in sorted(PDS.glob("PDS*grf.txt.gz")):
        head = _lines(path)[0].split()
        rows = np.loadtxt(path, skiprows=1)
        found[path.name[:8]] = rows[:, [head.index("COPNET_Z"), head.index("COPNET_X")]] * 100
    return found
