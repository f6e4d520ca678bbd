"""Parts of the body as points that lie on something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from midstance.motion.body import HEIGHT, POINT_INDEX, point

if TYPE_CHECKING:
    from midstance.domain.motion import Contact

DUMBBELL_M: Final = 0.075             # height of a dumbbell's handle over the ground
# Points of each part with their height over the surface [share of body height].
_SIDED: Final[dict[str, tuple[tuple[str, float], ...]]] = {
    "foot": (("heel", 0), ("ball-in", 0.011), ("ball-out", 0.011), ("toe-tip", 0)),
    "ball": (("ball-in", 0.011), ("ball-out", 0.011), ("toe-tip", 0)),
    "toes": (("toe-tip", 0),),
    "heel": (("heel", 0),),
    "instep": (("toe-top", 0),),
    "ankle": (("ball-out", 0.022),),
    "inner-ankle": (("ankle-in", 0),),
    "inner-knee": (("knee-in", 0),),
    "shin": (("knee", 0.030), ("toe-top", 0)),
    "knee": (("knee", 0.030),),
    "thigh": (("thigh", 0),),
    "hip": (("hip", 0),),
    "hand": (("palm", 0), ("palm-thumb", 0), ("palm-small", 0)),
    "fingers": (("fingertip", 0),),
    "fist": (("grip-thumb", DUMBBELL_M / HEIGHT), ("grip-small", DUMBBELL_M / HEIGHT)),
    "grip": (("grip-thumb", 0), ("grip-small", 0)),
    "forearm": (("elbow", 0.018), ("wrist", 0.014)),
    "elbow": (("elbow", 0.018),),
    "shoulder": (("shoulder", 0.032),),
}
_JOINTS: Final = frozenset({"knee", "elbow", "wrist", "shoulder"})   # a ball about the joint, not a point of the skin
_MAIN: Final = {"hand": "wrist", "fingers": "wrist", "fist": "wrist", "grip": "wrist", "forearm": "elbow",
                "elbow": "elbow", "knee": "knee", "shin": "knee"}


def points_of(contact: Contact) -> tuple[tuple[int, float], ...]:
    """List the points of a contact, each with its height over the surface [m]."""
    if not contact.side:
        return ((point(contact.part), 0.0),)
    found = []
    for name, height in _SIDED[contact.part]:
        full = f"{contact.side} {name}"
        found.append((POINT_INDEX[full] if name in _JOINTS else point(full), height * HEIGHT))
    return tuple(found)


def main_point(contact: Contact) -> int:
    """Find the joint that is carried along when the part steps."""
    return POINT_INDEX[f"{contact.side} {_MAIN.get(contact.part, 'ankle')}"]


def is_foot(contact: Contact) -> bool:
    """Tell whether one can stand on it."""
    return contact.part in ("foot", "ball", "toes", "heel")
