"""Draw the body of a clip at any time as shapes, the farthest first. Twin: ``figure.js``.

The trunk is a row of elliptic rings along the spine, limbs are chains of balls that swell where muscles do, and
shirt, shorts and shoes tell front from back. Near and far limbs differ in tone.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from midstance.motion.camera import Place, frames_of, pose_at
from midstance.motion.draw_props import ground, things
from midstance.motion.shapes import Pencil, Shape, along, cross, minus, plus, ring, square_to, swollen, unit

if TYPE_CHECKING:
    from midstance.motion.clip import Clip

Pose = dict[str, Place]
Group = tuple[float, list[Shape]]     # how near, and its shapes in order

# Rings of the trunk: joints it lies between, share of the way, half width, front and back from the spine [mm],
# share of the shoulders' direction, part.
RINGS: Final = (
    ("pelvis", "lumbar", -0.62, 104, 52, 70, 0.0, "shorts"),
    ("pelvis", "lumbar", -0.05, 150, 70, 108, 0.0, "shorts"),
    ("pelvis", "lumbar", 0.62, 149, 82, 86, 0.1, "shorts"),
    ("lumbar", "waist", 0.25, 138, 92, 66, 0.3, "shirt"),
    ("waist", "chest", 0.05, 136, 98, 74, 0.6, "shirt"),
    ("waist", "chest", 0.75, 152, 104, 88, 0.9, "shirt"),
    ("chest", "neck", 0.30, 156, 98, 92, 1.0, "shirt"),
    ("chest", "neck", 0.72, 128, 72, 82, 1.0, "shirt"),
    ("chest", "neck", 0.98, 62, 44, 56, 1.0, "shirt"),
)
SEAM: Final = 2                       # ring shared by shorts and shirt
MARGIN_MM: Final = 45
BOX_TIMES: Final = 4
ORIGIN: Final = (0.0, 0.0, 0.0)
Cut = tuple[Place, Place, Place]      # middle and both half axes of a ring


def draw(clip: Clip, time: float, frames: list[list[int]] | None = None) -> list[Shape]:
    """Draw a clip.

    Args:
        clip: The clip.
        time: Share of the repetition, 0 to 1.
        frames: Absolute frames where they are known.
    Returns: Shapes, the farthest first, in mm on the screen.
    """
    pose = pose_at(clip, time, frames or frames_of(clip))
    camera = clip["camera"]
    pencil = Pencil(camera["yaw"], camera["pitch"])
    groups: list[Group] = [_trunk(pencil, pose), _head(pencil, pose)]
    for side in ("left", "right"):
        tone = "far" if side == clip["far"] else "near"
        groups += [_leg(pencil, pose, side, tone), _arm(pencil, pose, side, tone)]
    groups += things(pencil, pose, clip, time)
    groups.sort(key=lambda group: group[0])
    return [*ground(pencil, pose, clip, time), *(shape for _, shapes in groups for shape in shapes)]


def box_of(clip: Clip) -> list[int]:
    """Find the box [mm] that holds the drawing at all times: left, top, right, bottom."""
    frames = frames_of(clip)
    step = max(1, len(clip["times"]) // BOX_TIMES)
    times = sorted({*clip["times"][::step], *clip["stills"]})
    points = []
    for time in times:
        for shape in draw(clip, time, frames):
            around = shape["width"] / 2
            points += [(p[0], p[1], p[2] if shape["kind"] == "chain" else around)
                       for p in shape["points"] if shape["part"] != "mark"]
    return [math.floor(min(x - r for x, _, r in points)) - MARGIN_MM,
            math.floor(min(y - r for _, y, r in points)) - MARGIN_MM,
            math.ceil(max(x + r for x, _, r in points)) + MARGIN_MM,
            math.ceil(max(y + r for _, y, r in points)) + MARGIN_MM]


def _trunk(pencil: Pencil, pose: Pose) -> Group:
    hips = unit(minus(pose["left hip"], pose["right hip"]), (0.0, 1.0, 0.0))
    girdle = unit(minus(pose["left girdle"], pose["right girdle"]), (0.0, 1.0, 0.0))
    cuts = []
    for low, high, share, wide, front, back, turned, _ in RINGS:
        centre = along(pose[low], pose[high], share)
        up = unit(minus(pose[high], pose[low]))
        across = unit(square_to(plus(hips, minus(girdle, hips), turned), up), (0.0, 1.0, 0.0))
        ahead = cross(across, up)
        deep = (front + back) / 2
        cuts.append((plus(centre, ahead, (front - back) / 2), plus(ORIGIN, across, wide), plus(ORIGIN, ahead, deep)))
    rings = [ring(*cut) for cut in _rounded(cuts)]
    shapes = []
    for k in range(len(rings) - 1):
        shapes.append(pencil.hull("shorts" if k < 2 * SEAM else "shirt", [], rings[k:k + 2]))
    neck, chest = pose["neck"], pose["chest"]
    up = unit(minus(pose["crown"], pose["head"]))
    throat = pencil.chain("skin", [(along(neck, pose["head"], 0.1), 47.0), (plus(pose["head"], up, 20.0), 46.0)])
    for side in ("left", "right"):
        shoulder = pose[f"{side} shoulder"]
        shapes.append(pencil.hull("shirt", [(along(neck, chest, 0.12), 54.0), (along(shoulder, chest, 0.06), 44.0),
                                            (along(chest, pose["waist"], 0.1), 70.0)]))
    return pencil.depth(pose["pelvis"], chest), [throat, *shapes]


def _rounded(cuts: list[Cut]) -> list[Cut]:
    """Put one more ring between two, on a curve through the neighbours."""
    found = [cuts[0]]
    for k in range(len(cuts) - 1):
        four = (cuts[max(k - 1, 0)], cuts[k], cuts[k + 1], cuts[min(k + 2, len(cuts) - 1)])
        middle = [plus(plus(plus(plus(ORIGIN, q[j], 0.5625), r[j], 0.5625), p[j], -0.0625), s[j], -0.0625)
                  for p, q, r, s in (four,) for j in range(3)]
        found += [(middle[0], middle[1], middle[2]), cuts[k + 1]]
    return found


def _head(pencil: Pencil, pose: Pose) -> Group:
    base = pose["head"]
    up = unit(minus(pose["crown"], base))
    ahead = unit(square_to(minus(pose["nose"], base), up), (1.0, 0.0, 0.0))

    def at(forward: float, above: float) -> Place:
        return plus(plus(base, ahead, forward), up, above)

    face = pencil.hull("skin", [(at(-2.0, 106.0), 80.0), (at(36.0, 42.0), 47.0), (at(64.0, 102.0), 22.0)])
    nose = pencil.hull("skin", [(at(76.0, 88.0), 12.0), (at(94.0, 68.0), 10.0), (at(74.0, 60.0), 12.0)])
    pole = unit(plus(plus(ORIGIN, ahead, -0.74), up, 0.67))
    hair = pencil.cap("hair", at(-6.0, 110.0), 88.0, pole, 4.0)
    order = [nose, face, hair]
    return pencil.depth(base, pose["crown"]), order


def _leg(pencil: Pencil, pose: Pose, side: str, tone: str) -> Group:
    hip, knee, ankle = (pose[f"{side} {joint}"] for joint in ("hip", "knee", "ankle"))
    heel, ball, toe = (pose[f"{side} {joint}"] for joint in ("heel", "ball", "toe"))
    shank = unit(minus(ankle, knee))
    behind = unit(square_to(minus(heel, ball), shank), (0.0, 0.0, 0.0))
    calf = plus(along(knee, ankle, 0.28), behind, 14.0)
    leg = pencil.chain(f"skin {tone}", swollen([
        (hip, 78.0), (along(hip, knee, 0.35), 76.0), (along(hip, knee, 0.8), 55.0), (knee, 49.0), (calf, 53.0),
        (along(knee, ankle, 0.7), 35.0), (ankle, 29.0),
    ]))
    shorts = pencil.chain(f"shorts {tone}", [
        (hip, 84.0), (along(hip, knee, 0.2), 85.0), (along(hip, knee, 0.48), 77.0),
    ])
    across = unit(cross(minus(ankle, heel), minus(ball, heel)), (0.0, 1.0, 0.0))
    sole = unit(cross(minus(ball, heel), across))
    balls = [(plus(ball, across, 20.0), 21.0), (plus(ball, across, -20.0), 21.0)]
    shoe = pencil.hull(f"shoe {tone}", [
        (plus(heel, sole, -2.0), 29.0), (plus(along(ankle, heel, 0.2), sole, 4.0), 35.0), *balls,
    ])
    toes = pencil.hull(f"shoe {tone}", [
        *balls, (plus(toe, across, 14.0), 17.0), (plus(toe, across, -14.0), 17.0),
    ])
    shapes = [leg, shorts, shoe, toes]
    return pencil.depth(hip, knee, knee, ankle), shapes


def _arm(pencil: Pencil, pose: Pose, side: str, tone: str) -> Group:
    shoulder, elbow, wrist = (pose[f"{side} {joint}"] for joint in ("shoulder", "elbow", "wrist"))
    knuckle, tip, thumb = (pose[f"{side} {joint}"] for joint in ("knuckle", "fingertip", "thumb"))
    arm = pencil.chain(f"skin {tone}", swollen([
        (along(shoulder, elbow, 0.2), 42.0), (along(shoulder, elbow, 0.5), 41.0), (elbow, 33.0),
        (along(elbow, wrist, 0.28), 36.0), (along(elbow, wrist, 0.75), 25.0), (wrist, 21.0),
    ]))
    sleeve = pencil.chain(f"shirt {tone}", swollen([
        (along(shoulder, elbow, 0.03), 47.0), (along(shoulder, elbow, 0.2), 49.0), (along(shoulder, elbow, 0.48), 43.0),
    ]))
    side_of = unit(square_to(minus(thumb, wrist), unit(minus(knuckle, wrist))), (1.0, 0.0, 0.0))
    hand = pencil.hull(f"skin {tone}", [
        (wrist, 20.0), (plus(knuckle, side_of, 17.0), 15.0), (plus(knuckle, side_of, -21.0), 13.0),
        (plus(tip, side_of, 6.0), 10.0), (plus(tip, side_of, -9.0), 9.0),
    ])
    finger = pencil.chain(f"skin {tone}", [(along(wrist, thumb, 0.3), 17.0), (thumb, 10.0)])
    return pencil.depth(shoulder, elbow, elbow, wrist), [arm, sleeve, hand, finger]
