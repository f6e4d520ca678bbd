"""Write the vectors that the twin in JavaScript is checked with: ``python tests/unit/motion/make_vectors.py``."""

from __future__ import annotations

import json
from pathlib import Path

from midstance.catalogue.load import load_catalogue
from midstance.motion.clip import Clip, made
from midstance.motion.draw import draw
from midstance.motion.shapes import Shape, path_of

WHERE = Path(__file__).resolve().parents[2] / "data" / "vectors" / "figure.json"
CHOSEN = ("goblet-squat", "farmers-carry", "pull-up", "single-leg-step-up")
TIMES = (0.0, 0.13, 0.871)


def made_up() -> Clip:
    """A small clip by hand with every kind of prop, so that a drawing is checked that no record uses yet."""
    clip = made(load_catalogue().exercises["squat"])
    grips = ["left grip-thumb", "left grip-small", "right grip-thumb", "right grip-small"]
    frames = [list(frame) for frame in clip["frames"]]
    for frame in frames:
        frame += [frame[k] for name in ("left knuckle", "left wrist", "right knuckle", "right wrist")
                  for k in range(3 * clip["joints"].index(name), 3 * clip["joints"].index(name) + 3)]
    clip["frames"], clip["joints"] = frames, [*clip["joints"], *grips]
    plain = {"at": [], "size": [100], "upright": False, "ends": []}
    clip["props"] = [
        plain | {"kind": "barbell", "hold": grips}, plain | {"kind": "barbell", "hold": ["neck"]},
        plain | {"kind": "dumbbell", "hold": grips[:2]}, plain | {"kind": "dumbbell", "hold": grips, "upright": True},
        plain | {"kind": "kettlebell", "hold": grips[2:], "upright": True},
        plain | {"kind": "backpack", "hold": ["chest"]}, plain | {"kind": "backpack", "hold": grips},
        plain | {"kind": "stick", "hold": grips},
        plain | {"kind": "rope", "hold": [], "ends": ["left wrist", "right wrist"]},
        plain | {"kind": "band", "hold": [], "ends": ["left knee", [500, 0, 900]]},
        plain | {"kind": "towel", "hold": [], "ends": ["left wrist", "right wrist"]},
        plain | {"kind": "wall", "hold": [], "at": [500, 0], "size": [0, 900, 1900]},
        plain | {"kind": "mat", "hold": [], "at": [0, 0], "size": [1800, 600, 0]},
    ]
    clip["travel"] = [0, -300]
    return clip


def summary(shape: Shape) -> list[object]:
    """What is compared of a shape: its first points exactly, the others by number and sum."""
    points = shape["points"]
    return [shape["part"], shape["kind"], shape["width"], [[round(value, 8) for value in p] for p in points[:2]],
            len(points), round(sum(sum(p) for p in points), 6)]


def vectors() -> list[dict[str, object]]:
    """Make every vector: a clip, times, and the shapes and path at each."""
    found = []
    for clip in [*(made(load_catalogue().exercises[name]) for name in CHOSEN), made_up()]:
        drawn = [draw(clip, time) for time in TIMES]
        shapes = [[summary(shape) for shape in one] for one in drawn]
        found.append({"clip": clip, "times": TIMES, "shapes": shapes,
                      "paths": ["".join(path_of(shape) for shape in drawn[1])]})
    return found


if __name__ == "__main__":
    WHERE.write_text(json.dumps(vectors(), separators=(",", ":")) + "\n", encoding="utf-8")
