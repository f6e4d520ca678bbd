"""Read what ``midstance mirror`` looks at: landmark series, videos, UI-PRMD folders, OpenCap's joint angles.

Files are opened here; what their bytes mean is in ``formats``, what they mean for a body in ``motion``.
"""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from midstance.formats import landmarks_csv, landmarks_jsonl, opencap_mot, pose_video, uiprmd
from midstance.formats._format import Fault, refusal
from midstance.formats._landmark_table import MOST_BYTES
from midstance.motion.body import Array
from midstance.motion.landmarks import INDEX, NAMES, Series
from midstance.motion.skeletons import (
    FRONT_YAW,
    SIDE_YAW,
    kinect_places,
    seen_from,
    vicon_places,
    watched_angles,
)
from midstance.services.mirror_package import DETECTOR, LANDMARKS, find_package

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from midstance.formats._landmark_table import LandmarkTable

    Progress = Callable[[float], None]

KINDS: Final = ("a landmark series (.csv, .jsonl), a video (.mp4 and others), a folder of UI-PRMD or joint angles of "
                "OpenCap (.mot)")
FETCH: Final = "midstance mirror --fetch brings it once (some 50 MB); a landmark series (CSV) needs nothing"
GZIP: Final = b"\x1f\x8b"
HEAD_BYTES: Final = 65_536
# Between two repetitions that were cut apart [s]: as long as one frame of a slow camera; midstance default.
JOINT_S: Final = 0.1
# Hips this near to 0 in every frame are the origin: metres about the hips, as the model's world places are.
ORIGIN: Final = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What was read.

    Attributes:
        source: Name of the file.
        kind: ``landmarks``, ``video``, ``skeleton`` (measured in space) or ``angles`` (no body, only joints).
        series: The body; None for angles. A body in space is seen from its right side.
        front: The same body from the front; only for one in space.
        angles: By watch word [degrees]; only for angles.
        times_s: Time of each frame [s].
        notes: What was doubtful.
    """

    source: str
    kind: str
    series: Series | None = None
    front: Series | None = None
    angles: dict[str, Array] = field(default_factory=dict)
    times_s: Array
    notes: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How to read.

    Attributes:
        models: Folder of the fetched pose model, see ``mirror_package.mirror_folder``.
        aspect: Width over height of the picture that x and y of a landmark series are shares of; 1 where they are
            true to scale.
        progress: Takes the share of a video that is done, 0 to 1.
    """

    models: Path | None = None
    aspect: float = 1.0
    progress: Progress = lambda _: None


def read_movement(path: Path, reading: Reading) -> Movement:
    """Read a file or a folder, whatever it is; its content tells, and where that does not, its name.

    Raises: InputError: It cannot be read, in words that name the place and what would be right.
    """
    if _is_folder(path) or _is_set(path):
        return _skeleton(_files_of(path), str(path))
    head = opened(path, HEAD_BYTES)
    if uiprmd.which(path.name):
        return _skeleton([path], str(path))
    if pose_video.sniff(head) or path.suffix.lower() in pose_video.SUFFIXES:
        return _video(path, reading)
    data, source = _whole(path), str(path)
    if opencap_mot.sniff(data):
        return _joints(data, source)
    return _landmarks(data, source, reading.aspect)


def opened(path: Path, most: int) -> bytes:
    """Read at most so many bytes of a plain file.

    Raises: InputError: There is none, or it cannot be opened.
    """
    try:
        if path.exists() and not path.is_file():
            raise refusal(str(path), "is not a plain file", f"give {KINDS}")
        with path.open("rb") as file:
            return file.read(most)
    except FileNotFoundError:
        raise refusal(str(path), "there is no such file", "check the name and the folder") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        raise refusal(str(path), f"cannot be opened: {reason}", "check the name and who may read it") from None


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _whole(path: Path) -> bytes:
    """Read a file, unpacked where it is gzip."""
    data = opened(path, MOST_BYTES + 1)
    if data.startswith(GZIP):
        try:
            with gzip.open(path) as file:
                data = file.read(MOST_BYTES + 1)
        except (EOFError, zlib.error, OSError) as error:
            raise refusal(str(path), f"its gzip data are broken or cut off ({error})", "pack or copy it anew") from None
    if len(data) > MOST_BYTES:
        says = f"is larger than {MOST_BYTES / 1e6:.0f} MB"
        raise refusal(str(path), says, "cut it into recordings of one exercise")
    if not data:
        raise refusal(str(path), "the file is empty", f"give {KINDS}")
    return data


def _landmarks(data: bytes, source: str, aspect: float) -> Movement:
    start = data[:HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"[":
        raise refusal(source, "is one JSON list", "JSON Lines has one object a line, without brackets around all",
                      place="line 1")
    parse = landmarks_jsonl.parse_table if start == b"{" else landmarks_csv.parse_table
    table = parse(data, source, NAMES)
    series = series_of(table, aspect)
    notes = list(table.faults)
    if aspect == 1.0 and _are_shares(series):
        notes.append(Fault(
            source=source, place="", says="x and y all lie between 0 and 1 and were taken as true to scale",
            remedy="where they are shares of a picture's width and height, tell its shape: --aspect 16:9"))
    return Movement(source=source, kind="landmarks", series=series, times_s=series.times_s, notes=tuple(notes))


def series_of(table: LandmarkTable, aspect: float) -> Series:
    """Make a series of a table; x and z grow by the aspect, so that a length is a length in every direction."""
    values = np.array(table.values, dtype=float).reshape(len(table.times_s), len(NAMES), 4)
    points = values[:, :, :3] * np.array([aspect, 1.0, aspect])
    return Series(times_s=np.array(table.times_s, dtype=float), points=points, visibility=values[:, :, 3])


def _are_shares(series: Series) -> bool:
    """Tell whether places may be shares of a picture: all within it, and the hips not the origin."""
    seen = series.points[series.visibility > 0.5][:, :2]
    hips = series.points[:, [INDEX["left_hip"], INDEX["right_hip"]], :2].mean(axis=1)
    if not len(seen) or np.nanmax(np.abs(hips), initial=0) < ORIGIN:
        return False
    return bool(np.nanpercentile(seen, 1) >= 0 and np.nanpercentile(seen, 99) <= 1)


def _video(path: Path, reading: Reading) -> Movement:
    from midstance.motion.pose_tracking import Tracker  # noqa: PLC0415 - only videos need it

    source = str(path)
    opened(path, 1)
    pose_video.need_extra(source)
    package = find_package(reading.models)
    if package is None:
        raise refusal(source, "videos need the pose model, which is not here", FETCH)
    networks = [pose_video.load_network(package.path(name).read_bytes(), str(package.path(name)), answers)
                for name, answers in ((DETECTOR, 2), (LANDMARKS, 5))]
    tracker = Tracker(detector=networks[0], landmarks=networks[1])
    doubts: list[Fault] = []
    for picture in pose_video.pictures(path, source, doubts):
        tracker.look(picture.time_s, picture.pixels)
        reading.progress(picture.share)
    pictures = len(tracker.times_s)
    if tracker.seen < 2:
        raise refusal(source, f"nobody is seen in its {pictures} pictures",
                      "the whole body must be in the picture, in good light")
    if tracker.seen < pictures:
        says = f"nobody is seen in {pictures - tracker.seen} of {pictures} pictures"
        doubts.append(Fault(source=source, place="", says=says))
    series = tracker.series()
    return Movement(source=source, kind="video", series=series, times_s=series.times_s, notes=tuple(doubts))


def _joints(data: bytes, source: str) -> Movement:
    told = opencap_mot.parse_angles(data, source)
    angles = watched_angles({name: np.array(values, dtype=float) for name, values in told.degrees.items()})
    if not angles:
        raise refusal(source, "has none of the joints that are counted by", "columns knee_angle_r, hip_flexion_r, …")
    return Movement(source=source, kind="angles", angles=angles, times_s=np.array(told.times_s, dtype=float))


def _is_set(path: Path) -> bool:
    """Tell whether a path that does not exist names repetitions in a folder, ``Positions/m01_s02``."""
    try:
        return not path.exists() and any(path.parent.glob(f"{path.name}_*")) and bool(_named(path))
    except (OSError, ValueError):
        return False


def _named(path: Path) -> list[Path]:
    """List the files of positions of the folder, or of one set in it."""
    folder = path if path.is_dir() else path.parent
    found = []
    for file in sorted(folder.iterdir()):
        which = uiprmd.which(file.name)
        if which and (path.is_dir() or which.set_name == path.name):
            found.append(file)
    return found


def _files_of(path: Path) -> list[Path]:
    """Choose the repetitions to read: all of one person's one movement.

    Raises: InputError: None are there, or those of several.
    """
    files = _named(path)
    if not files:
        raise refusal(str(path), "is a folder without a recording that is known here",
                      "files such as m01_s01_e01_positions.txt, or give the file itself: " + KINDS)
    sets = sorted({found.set_name for file in files if (found := uiprmd.which(file.name))})
    if len(sets) > 1:
        says = f"holds {len(sets)} recordings: {', '.join(sets[:6])}" + (" and more" if len(sets) > 6 else "")
        raise refusal(str(path), says, f"name one of them: {path / sets[0]}")
    return files


def _skeleton(files: Sequence[Path], source: str) -> Movement:
    """Put repetitions one after the other, as one recording seen from the side and from the front."""
    sides, fronts, start = [], [], 0.0
    for file in files:
        rows = uiprmd.parse_rows(_whole(file), str(file))
        rate = uiprmd.RATE_HZ[uiprmd.WIDTH[rows.width]]
        times = np.arange(rows.count) / rate
        side, front = _bodies(file, rows, times)
        sides.append((start, side))
        fronts.append((start, front))
        start += float(times[-1]) + JOINT_S
    joined, before = _joined(sides), _joined(fronts)
    return Movement(source=source, kind="skeleton", series=joined, front=before, times_s=joined.times_s)


def _bodies(file: Path, rows: uiprmd.Rows, times: Array) -> tuple[Series, Series]:
    table = _table(rows)
    if uiprmd.WIDTH[rows.width] == "vicon":
        places, up = vicon_places(table), (0.0, 0.0, 1.0)
    else:
        places, up = kinect_places(table, _angles_beside(file, rows)), (0.0, 1.0, 0.0)
    side, front = (seen_from(places, up, times, yaw) for yaw in (SIDE_YAW, FRONT_YAW))
    return side, front


def _angles_beside(file: Path, rows: uiprmd.Rows) -> Array:
    """Read the Kinect's angles that belong to its positions: in the same folder, or in ``Angles`` beside it."""
    name = uiprmd.angles_name(file.name)
    places = (file.parent / name, file.parent.parent / "Angles" / name)
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise refusal(str(file), f"the angles that belong to it are missing: {name}",
                      f"put that file beside it or into {places[1].parent}")
    angles = uiprmd.parse_rows(_whole(found), str(found))
    if (angles.count, angles.width) != (rows.count, rows.width):
        raise refusal(str(found), f"has {angles.count} frames, the positions {rows.count}", "files of one recording")
    return _table(angles)


def _table(rows: uiprmd.Rows) -> Array:
    return np.array(rows.values, dtype=float).reshape(rows.count, rows.width)


def _joined(parts: Sequence[tuple[float, Series]]) -> Series:
    return Series(
        times_s=np.concatenate([start + one.times_s for start, one in parts]),
        points=np.concatenate([one.points - _place(one) for _, one in parts]),
        visibility=np.concatenate([one.visibility for _, one in parts]))


def _place(series: Series) -> Array:
    """Where the hips of the first frames are; repetitions that were cut apart begin at one place."""
    hips = series.points[:10, [INDEX["left_hip"], INDEX["right_hip"]]]
    return np.asarray(np.nanmedian(hips.reshape(-1, 3), axis=0))
