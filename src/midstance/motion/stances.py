"""The postures that records start from: orientation of the pelvis, angles and contacts, in the words of a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from midstance.domain.motion import Contact

Angles = dict[str, tuple[float | None, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """A posture to start from.

    Attributes:
        lean: Pelvis pitched forward [degrees]; ``roll`` to the left, ``turn`` to the left.
        angles: Anatomical angles [degrees]; a name without side means both.
        contacts: What lies on the ground.
    """

    lean: float = 0
    roll: float = 0
    turn: float = 0
    angles: Angles = field(default_factory=dict)
    contacts: tuple[Contact, ...] = ()


def _on(*names: str) -> tuple[Contact, ...]:
    found = []
    for name in names:
        side, _, part = name.rpartition(" ")
        sides = ("left", "right") if side == "both" else (side,)
        found += [Contact(side=each, part=part) for each in sides]
    return tuple(found)


_ARMS: Final[Angles] = {"shoulder": (2, 7, 0), "elbow": (10,), "forearm": (10,), "grip": (25,)}
_FLAT_HAND: Final[Angles] = {"wrist": (-85,), "grip": (0,)}
_STRAIGHT: Final[Angles] = {"elbow": (0,), "wrist": (-70,), "grip": (0,), "forearm": (90,)}

STANCES: Final[dict[str, Stance]] = {
    "standing": Stance(angles=_ARMS | {"knee": (3,), "hip": (2, 1, 6)}, contacts=_on("both foot")),
    "split": Stance(
        angles=_ARMS | {"right hip": (28, 0, 0), "right knee": (22,), "left hip": (-18, 0, 0), "left knee": (14,),
                        "left toe": (35,)},
        contacts=_on("right foot", "left ball")),
    "half-kneeling": Stance(
        angles=_ARMS | {"right hip": (90, 4, 0), "right knee": (92,), "left hip": (0, 2, 0), "left knee": (88,),
                        "left ankle": (-35,)},
        contacts=_on("right foot", "left knee", "left instep")),
    "tall-kneeling": Stance(angles=_ARMS | {"hip": (0, 2, 0), "knee": (88,), "ankle": (-40,)},
                            contacts=_on("both knee", "both instep")),
    "heel-sit": Stance(lean=8, angles=_ARMS | {"hip": (95, 6, 0), "knee": (150,), "ankle": (-50,)},
                       contacts=_on("both knee", "both instep")),
    "all-fours": Stance(
        lean=86, angles=_FLAT_HAND | {"hip": (86, 1, 0), "knee": (88,), "ankle": (-40,), "shoulder": (84, 2, 0),
                                      "elbow": (4,), "forearm": (90,), "neck": (-12,)},
        contacts=_on("both hand", "both knee", "both instep")),
    "plank": Stance(
        lean=70, angles=_STRAIGHT | {"shoulder": (72, 3, 0), "hip": (0, 0, 0), "knee": (0,), "ankle": (2,),
                                     "toe": (65,), "spine": (0,), "neck": (-10,)},
        contacts=_on("both hand", "both ball")),
    "forearm-plank": Stance(
        lean=80, angles={"shoulder": (82, 2, 0), "elbow": (90,), "forearm": (60,), "wrist": (0,), "grip": (20,),
                         "hip": (0, 0, 0), "knee": (0,), "ankle": (8,), "toe": (70,), "spine": (0,), "neck": (-8,)},
        contacts=_on("both forearm", "both ball")),
    "side-plank": Stance(
        roll=-68, angles={"right shoulder": (0, 70, 0), "right elbow": (0,), "right forearm": (0,),
                          "right wrist": (-80,), "right grip": (0,), "left shoulder": (0, 100, 0), "left elbow": (3,),
                          "left forearm": (0,), "left grip": (0,), "hip": (0, -3, 0), "knee": (0,), "ankle": (0,)},
        contacts=_on("right hand", "right ankle")),
    "side-forearm-plank": Stance(
        roll=-76, angles={"right shoulder": (0, 80, 0), "right elbow": (90,), "right forearm": (50,),
                          "right wrist": (0,), "left shoulder": (0, 5, 0), "left elbow": (5,),
                          "hip": (0, -3, 0), "knee": (0,), "ankle": (0,)},
        contacts=_on("right forearm", "right ankle")),
    "side-lying": Stance(
        roll=88, angles={"left shoulder": (165, 0, 0), "left elbow": (30,), "right shoulder": (25, 0, 0),
                         "right elbow": (40,), "hip": (0, 0, 0), "knee": (0,), "neck": (0, 0, 0)},
        contacts=_on("left hip", "left ankle", "left shoulder")),
    "supine": Stance(
        lean=-90, angles={"hip": (4, 3, 4), "knee": (4,), "ankle": (-15,), "shoulder": (6, 18, 0), "elbow": (6,),
                          "forearm": (80,), "grip": (0,), "neck": (4,)},
        contacts=_on("pelvis", "back", "head", "both heel", "both hand")),
    "supine-knees-bent": Stance(
        lean=-88, angles={"hip": (52, 0, 0), "knee": (100,), "ankle": (0,), "shoulder": (6, 16, 0), "elbow": (6,),
                          "forearm": (80,), "grip": (0,), "neck": (4,)},
        contacts=_on("pelvis", "back", "head", "both foot", "both hand")),
    "prone": Stance(
        lean=90, angles={"hip": (0, 3, 0), "knee": (0,), "ankle": (-50,), "shoulder": (10, 20, 0), "elbow": (5,),
                         "neck": (0,), "grip": (5,)},
        contacts=_on("belly", "chest", "both instep")),
    "seated": Stance(
        lean=2, angles=_ARMS | {"hip": (88, 4, 0), "knee": (88,), "ankle": (0,), "shoulder": (25, 6, 0),
                                "elbow": (45,)},
        contacts=_on("both foot", "seat")),
    "seated-floor": Stance(
        lean=-4, angles=_ARMS | {"hip": (84, 4, 0), "knee": (4,), "ankle": (5,), "spine": (8,)},
        contacts=_on("seat", "both heel")),
    "hanging": Stance(
        angles={"shoulder": (174, 14, 0), "shrug": (24,), "elbow": (4,), "forearm": (90,), "grip": (92,),
                "hip": (4, 0, 0), "knee": (12,), "ankle": (-30,), "neck": (-4,)},
        contacts=(Contact(side="left", part="grip", on="bar"), Contact(side="right", part="grip", on="bar"))),
}
