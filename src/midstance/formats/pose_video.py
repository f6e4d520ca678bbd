"""Videos and the pose model's networks: the one door to PyAV (pictures out of a file) and LiteRT (runs a network).

Both are the optional extra ``mirror`` and are imported on first use. What the networks' answers mean stands in
``midstance.motion.pose_network``; no picture is kept.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from midstance.formats._format import Fault, Format, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

SUFFIXES: Final = (".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi", ".mpg", ".mpeg", ".3gp", ".mts")
REMEDY: Final = "pip install 'midstance[mirror]' brings what reads videos; a landmark series (CSV) needs nothing"
# Longer sides are brought down to this [pixels]: the networks see 256 of them. Midstance default.
LONGEST_SIDE: Final = 1280
LARGEST_SIDE: Final = 8192     # midstance default
MOST_S: Final = 3600.0         # midstance default: one recording is one exercise
# Pictures closer together are passed over [s]: slow motion tells the counter nothing more. Midstance default.
CLOSEST_S: Final = 1 / 34
ENDS_EARLY: Final = 0.9        # of the length a file names; below it was cut off


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture of a video.

    Attributes:
        time_s: When it is shown [s].
        pixels: (height, width, 3) red, green, blue, 0 to 255; an array of numpy.
        share: How much of the video has been read, 0 to 1; 0 where its length is not known.
    """

    time_s: float
    pixels: Any
    share: float


def sniff(data: bytes) -> bool:
    """Tell from the first bytes whether a file is a video container: MP4 and MOV, Matroska and WebM, AVI, MPEG.

    >>> sniff(bytes([0, 0, 0, 24]) + b"ftypmp42")
    True
    """
    return (
        data[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
        or data.startswith((b"\x1aE\xdf\xa3", b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3"))
        or (data.startswith(b"RIFF") and data[8:12] == b"AVI ")
    )


def need_extra(source: str) -> None:
    """Make sure that the optional extra is there.

    Raises: InputError: It is not; the words name the remedy.
    """
    try:
        import ai_edge_litert.interpreter  # noqa: F401, PLC0415 - an extra: loaded when asked for
        import av  # noqa: F401, PLC0415
    except ImportError as error:
        raise refusal(source, f"videos cannot be read here: {error.name or 'the extra mirror'} is missing", REMEDY
                      ) from None


def pictures(path: Path, source: str, doubts: list[Fault]) -> Iterator[Picture]:
    """Read the pictures of a video one after the other, upright, at most 34 a second.

    Args:
        path: The file.
        source: Its name for messages.
        doubts: Takes what was doubtful: a file that ends early, a broken part.
    Raises: InputError: It is no video, has no picture, or lasts too long.
    """
    import av  # noqa: PLC0415 - an extra: loaded when asked for

    try:
        with av.open(str(path), mode="r") as container:
            if not container.streams.video:
                raise refusal(source, "has no picture, only sound", "a video in which the whole body is seen")
            stream = container.streams.video[0]
            stream.thread_type = "AUTO"
            yield from _read(container, stream, source, doubts)
    except (av.error.FFmpegError, ValueError, MemoryError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise refusal(source, f"is no video that can be read ({reason})",
                      "play it to see whether it is whole; MP4 with H.264 is read everywhere") from None


def _read(container: Any, stream: Any, source: str, doubts: list[Fault]) -> Iterator[Picture]:
    """Decode; what breaks after the first pictures ends the reading with a doubt."""
    length = _length(container, stream)
    if length > MOST_S:
        raise refusal(source, f"lasts {length / 60:.0f} minutes, and videos are read up to {MOST_S / 60:.0f}",
                      "cut it into recordings of one exercise")
    import av  # noqa: PLC0415 - an extra: loaded when asked for

    first, last = None, -1.0
    try:
        for number, frame in enumerate(container.decode(stream)):
            at = frame.time if frame.time is not None else number / float(stream.average_rate or 30)
            first = at if first is None else first
            if at - first - last < CLOSEST_S and last >= 0:
                continue
            last = at - first
            if last > MOST_S:
                raise refusal(source, f"lasts more than {MOST_S / 60:.0f} minutes", "cut it")
            yield Picture(time_s=last, pixels=_upright(frame, source), share=min(1.0, last / length if length else 0))
    except av.error.FFmpegError as error:
        if last <= 0:
            raise
        doubts.append(Fault(source=source, place=f"{last:.1f} s", says=f"breaks off there ({error.strerror}); what "
                            "comes before was used"))
        return
    if first is None:
        raise refusal(source, "has no picture that can be read", "play it to see whether it is whole")
    if length and last < ENDS_EARLY * length - 1:
        doubts.append(Fault(source=source, place=f"{last:.1f} s", says=f"ends there, though it names {length:.1f} s; "
                            "what there is was used"))


def _length(container: Any, stream: Any) -> float:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return float(container.duration / 1e6) if container.duration else 0.0


def _upright(frame: Any, source: str) -> Any:
    """Bring a picture to a usual size and turn it as its file asks."""
    import numpy as np  # noqa: PLC0415 - comes with the pictures

    width, height = frame.width, frame.height
    if max(width, height) > LARGEST_SIDE:
        raise refusal(source, f"has pictures of {width} x {height}", f"sides up to {LARGEST_SIDE} pixels")
    scale = min(1.0, LONGEST_SIDE / max(width, height))
    size = (max(2, round(width * scale)), max(2, round(height * scale)))
    pixels = frame.to_ndarray(format="rgb24", width=size[0], height=size[1])
    return np.ascontiguousarray(np.rot90(pixels, round(frame.rotation / 90) % 4))


def load_network(model: bytes, source: str, outputs: int) -> Callable[[Any], Sequence[Any]]:
    """Make a network ready to run, on one thread.

    Args:
        model: Its file, ``.tflite``.
        source: Its name for messages.
        outputs: How many answers it must have.
    Returns: A function from its input to its answers; arrays of numpy with a first axis of 1.
    Raises: InputError: The file is not that network.
    """
    from ai_edge_litert.interpreter import Interpreter  # noqa: PLC0415 - an extra: loaded when asked for

    try:
        with _quiet():
            network = Interpreter(model_content=model, num_threads=1)
            network.allocate_tensors()
        given, told = network.get_input_details(), network.get_output_details()
    except (ValueError, RuntimeError):
        given, told = [], []
    if len(given) != 1 or len(told) != outputs:
        raise refusal(source, "is not the pose model's network", "fetch it anew: midstance mirror --fetch")

    def run(picture: Any) -> Sequence[Any]:
        network.set_tensor(given[0]["index"], picture)
        network.invoke()
        return [network.get_tensor(one["index"]) for one in told]

    return run


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Send what LiteRT's C++ writes to standard error nowhere while it starts: it is no message for a runner."""
    try:
        kept = os.dup(2)
    except OSError:
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)


FORMAT = Format(
    id="pose-video", title="Video of an exercise", suffixes=SUFFIXES, role="movement", sniff=sniff,
    supports={
        "pictures, turned as the file asks": "parsed", "slow motion": "parsed", "sound": "not supported",
        "several people": "not supported",
    },
)
