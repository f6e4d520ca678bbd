"""The standing picture of an exercise: its poses side by side, for print, reduced motion and places without scripts."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from midstance.motion.camera import frames_of
from midstance.motion.clip import clip_of
from midstance.motion.draw import draw
from midstance.motion.shapes import Shape, path_of

if TYPE_CHECKING:
    from midstance.domain.motion import Moved
    from midstance.motion.clip import Clip

# Colour of each part where no stylesheet says otherwise (print, PDF): readable on white.
FILLS: Final = {
    "skin": "#3c5d70", "skin near": "#3c5d70", "skin far": "#a9bac4", "shirt": "#6b8fa3", "shirt near": "#5f8498",
    "shirt far": "#bccad2", "shorts": "#22394a", "shorts near": "#22394a", "shorts far": "#8a9daa",
    "shoe near": "#14222c", "shoe far": "#75889a", "hair": "#14222c", "prop": "#d9602b", "plate": "#d9602b",
    "prop-line": "#b84d1f", "towel": "#e3a07f", "block": "#d3c7b0", "top": "#e4dac7", "wall": "#ebe5d8",
    "mat": "#ebe5d8", "post": "#d3cabb", "shadow": "#e2dccf", "mark": "#c9c0b0",
}
GAP_MM: Final = 40


def still_svg(exercise: Moved, *, poses: int = 2, mirrored: bool = False) -> str:
    """Draw an exercise standing still.

    Args:
        exercise: The exercise.
        poses: How many of its poses stand side by side; a hold has one.
        mirrored: Whether the left side works.
    Returns: SVG without any style attribute; empty where the exercise has no ``[motion]``.
    """
    if exercise.motion is None:
        return ""
    clip = clip_of(exercise)
    return strip_of(clip, exercise.name, chosen(clip["stills"], poses), mirrored=mirrored)


def chosen(times: list[float], poses: int) -> list[float]:
    """Choose so many poses, spread over the repetition, the first one always.

    >>> chosen([0.0, 0.25, 0.5, 0.75], 2)
    [0.0, 0.5]
    """
    count = min(poses, len(times))
    return [times[(k * len(times)) // count] for k in range(count)]


def strip_of(clip: Clip, name: str, times: list[float], *, mirrored: bool = False) -> str:
    """Draw a clip at several times, side by side."""
    left, top, right, bottom = clip["camera"]["box"]
    wide, high = right - left, bottom - top
    frames = frames_of(clip)
    pictures = []
    for index, time in enumerate(times):
        shift = index * (wide + GAP_MM)
        move = f"translate({shift + wide + left} 0) scale(-1 1)" if mirrored else f"translate({shift - left} 0)"
        pictures.append(f'<g transform="{move}">{markup(draw(clip, time, frames))}</g>')
    total = len(times) * wide + (len(times) - 1) * GAP_MM
    label = escape(f"{name}, drawn: {len(times)} poses" if len(times) > 1 else f"{name}, drawn")
    return (f'<svg class="figure-drawing" xmlns="http://www.w3.org/2000/svg" viewBox="0 {top} {total} {high}" '
            f'role="img" aria-label="{label}">{"".join(pictures)}</svg>')


def markup(shapes: list[Shape]) -> str:
    """Write shapes as SVG; neighbours of one part become one path, so that no seam shows."""
    found: list[str] = []
    run: list[Shape] = []
    for shape in [*shapes, None]:
        if run and (shape is None or _kin(shape) != _kin(run[0])):
            found.append(_path(run))
            run = []
        if shape is not None:
            run.append(shape)
    return "".join(found)


def _kin(shape: Shape) -> tuple[str, bool, float]:
    return shape["part"], shape["kind"] == "line", shape["width"]


def _path(run: list[Shape]) -> str:
    part, colour = run[0]["part"], FILLS[run[0]["part"]]
    classes = " ".join(f"fg-{word}" for word in part.split(" "))
    d = "".join(path_of(shape) for shape in run)
    if run[0]["kind"] == "line":
        return (f'<path class="{classes} fg-line" fill="none" stroke="{colour}" stroke-width="{run[0]["width"]:g}" '
                f'stroke-linecap="round" stroke-linejoin="round" d="{d}"/>')
    through = ' fill-opacity="0.72"' if part == "plate" else ""
    return f'<path class="{classes}" fill="{colour}"{through} d="{d}"/>'

